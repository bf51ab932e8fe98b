"""From a goal to the problems of showing something positive, one for each way to use the known equations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from symproof.kernel import known
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.instances import rewrite_facts
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ZERO, Poly, TooLarge
from symproof.kernel.verdict import Rejected
from symproof.methods.equations import rewritings
from symproof.methods.positivity import Problem, cleared
from symproof.methods.raising import NoTerm
from symproof.methods.search import Search
from symproof.terms.build import Mistyped, make
from symproof.terms.tree import Term

FAILURES = (NoTerm, Mistyped, TooLarge, Rejected)
ANGULAR = ("sin", "cos", "tan")


def posed(search: Search, context: Context, goal: Term, facts: bool) -> list[Problem]:
    """What is to be shown, with the known equations as rewrite rules and without; made once for a goal."""
    key = id(context), goal
    if key not in search.problems:
        search.problems[key] = context, list(_posed(search, context, goal))
    found: list[Problem] = search.problems[key][1]
    if facts:
        for problem in found:
            problem.gather()
    return found


def _posed(search: Search, context: Context, goal: Term) -> Iterator[Problem]:
    for rules, nf in _forms(context, goal):
        try:
            ((gap, relation),) = known.as_fact(difference(nf, *goal.args), goal.op)
            for negative in (False, True) if relation == "ne" else (False,):
                problem = _problem(search, context, nf, -gap if negative else gap, relation != "ge")
                if problem is None:
                    continue
                problem.rules, problem.negative = rules, negative
                problem.turned = negative or goal.op in ("lt", "le")
                yield problem
        except FAILURES:
            continue


def posed_absurd(search: Search, context: Context, near: list[Term]) -> Iterator[Problem]:
    """That the facts contradict each other: 0 > 0, with what is known near some relations."""
    for rules, nf in _forms(context, make("and", *near)):
        try:
            problem = _problem(search, context, nf, ZERO, True)
            if problem is not None:
                problem.rules = rules
                problem.gather([difference(nf, *relation.args) for relation in near])
                yield problem
        except FAILURES:
            continue


def _problem(search: Search, context: Context, nf: Normal, gap: Poly, strict: bool) -> Problem | None:
    free = cleared(nf, gap)
    if free is None:
        return None
    target, scale = free
    return Problem(nf, context, gap, target, strict, search.spend, scale=scale)


def _forms(context: Context, goal: Term) -> Iterator[tuple[dict[str, Any], Normal]]:
    """The normal forms to try: what rewrites most first, trigonometric polynomials brought to one form."""
    found: list[dict[str, Any]] = []
    for rules in rewritings(context, goal):
        found.append(rules)
        if len(found) == 2:
            break
    angles = {"angles": True} if any(n.op == "call" and n.data in ANGULAR for n in goal.walk()) else {}
    for rules in reversed(found):
        try:
            yield {**rules, **angles}, normal(context, rewrite_facts(context, "search", rules), bool(angles))
        except FAILURES:
            continue


def simplest(problem: Problem) -> Problem:
    """The problem as it was before denominators were cleared."""
    return replace(problem, target=problem.gap, scale=())
