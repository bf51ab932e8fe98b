"""Inequalities: what signs show at once, then decompositions into nonnegative parts, in order of cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symproof.kernel import known
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, negation, normal
from symproof.kernel.instances import rewrite_facts
from symproof.kernel.known import RELATIONS
from symproof.kernel.poly import ZERO, TooLarge
from symproof.kernel.verdict import Rejected
from symproof.methods.comparisons import FAILURES, by_exponential, by_squaring
from symproof.methods.decompositions import by_factors, by_shift, by_sign
from symproof.methods.equations import rewritings
from symproof.methods.functions import enriched
from symproof.methods.positivity import Found, Problem, cleared, gather
from symproof.methods.products import by_products
from symproof.methods.sampling import fails_somewhere
from symproof.methods.search import Certificate, Search
from symproof.methods.summed import by_summing
from symproof.methods.sums_of_squares import by_squares, by_squares_and_facts
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

Way = Callable[[Problem], Found | None]
QUICK: tuple[Way, ...] = (by_sign, by_squares)
MORE: tuple[Way, ...] = (
    by_factors,
    by_shift,
    lambda problem: by_products(problem, 1),
)
DEAR: tuple[Way, ...] = (
    lambda problem: by_products(problem, 2),
    lambda problem: by_products(problem, 3) if len(problem.facts) <= 8 else None,
    by_squares_and_facts,
)


def order(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by the signs of the difference."""
    return search.first(context, goal, ({"rule": "order", **r} for r in rewritings(context, goal)))


def squares(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by a sum of squares that uses no facts."""
    return search.clean(context, goal, _decompositions(search, context, goal, QUICK))


def decomposition(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by products of facts and squares."""
    return search.clean(context, goal, _decompositions(search, context, goal, MORE))


def _decompositions(
    search: Search, context: Context, goal: Term, these: tuple[Way, ...]
) -> Iterator[Certificate]:
    problems = list(posed(search, context, goal, facts=these is MORE))
    yield from _certificates(problems, these)
    if these is MORE:
        yield from _certificates([p for p in problems if not fails_somewhere(p)], DEAR)


def _certificates(problems: list[Problem], these: tuple[Way, ...]) -> Iterator[Certificate]:
    for way in these:
        for problem in problems:
            try:
                found = way(problem)
                if found is not None:
                    yield problem.certificate(*found)
            except FAILURES:
                continue


def summed(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by a sum of something nonnegative over indices."""
    problems = posed(search, context, goal, facts=False)
    return search.clean(context, goal, (c for problem in problems for c in _tried(by_summing(problem))))


def _tried(candidates: Iterator[Certificate]) -> Iterator[Certificate]:
    try:
        yield from candidates
    except FAILURES:
        return


def by_comparison(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by squares or exponentials of both sides."""
    return _compared(search, context, goal, 0)


def _compared(search: Search, context: Context, goal: Term, level: int) -> Certificate | None:
    def prove(context: Context, premise: Term) -> Certificate | None:
        for tactic in (order, squares, summed, decomposition, by_functions):
            found = tactic(search, context, premise, 0)
            if found is not None:
                return found
        return _compared(search, context, premise, level + 1)

    def candidates() -> Iterator[Certificate]:
        for problem in posed(search, context, goal, facts=False):
            try:
                for found in (
                    by_squaring(search, problem, level, prove),
                    by_exponential(search, problem, prove) if level == 0 else None,
                ):
                    if found is not None:
                        yield found
            except FAILURES:
                continue

    return search.clean(context, goal, candidates())


def by_functions(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by what the ledger says of the function values that occur."""
    for problem in posed(search, context, goal, facts=True):
        inner, added = enriched(search, context, problem.nf, [problem.target, *(f.value for f in problem.facts)])
        if not added:
            continue
        then = order(search, inner, goal, depth) or decomposition(search, inner, goal, depth)
        if then is not None:
            for name, item in reversed(added):
                then = item.certificate(name, then)
            return then
    return None


REFUTING: tuple[Way, ...] = (
    lambda problem: by_products(problem, 1),
    lambda problem: by_products(problem, 2),
    lambda problem: by_products(problem, 3) if len(problem.facts) <= 6 else None,
)


def absurd(search: Search, context: Context, near: list[Term], ways_: tuple[Way, ...] = REFUTING) -> Certificate | None:
    """A proof of 0 > 0 from facts that contradict each other; `near` are relations whose atoms matter."""
    nothing = make("gt", num(0), num(0))

    def candidates() -> Iterator[Certificate]:
        problems = []
        for rules in _few(context, make("and", *near)):
            try:
                nf = normal(context, rewrite_facts(context, "search", rules), "angles" in rules)
                problem = Problem(nf, context, ZERO, True, search.budget.spend, rules)
                gather(problem, [difference(nf, *relation.args) for relation in near])
                problems.append(problem)
            except FAILURES:
                continue
        yield from _certificates(problems, ways_)

    return search.clean(context, nothing, candidates())


def by_refutation(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R because L > R contradicts what is known."""
    if OPPOSITE in context.facts:
        return None
    opposite = negation(goal)
    proof = absurd(search, context.with_fact(OPPOSITE, opposite), [opposite])
    return None if proof is None else contradiction(OPPOSITE, proof)


def from_absurd(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Anything follows from facts that contradict each other."""
    near = [f for f in context.facts.values() if f.op in RELATIONS and isinstance(f.args[0].type, Scalar)]
    if not near or OPPOSITE in context.facts:
        return None
    proof = absurd(search, context, near[-MAX_NEAR:], REFUTING[:2])
    return None if proof is None else contradiction(OPPOSITE, proof)


def contradiction(name: str, proof: Certificate) -> Certificate:
    """From a proof of 0 > 0."""
    claim = make("gt", num(0), num(0))
    return {"rule": "contradiction", "name": name, "claim": encode(claim), "proofs": [proof, {"rule": "evident"}]}


OPPOSITE = "opposite"
MAX_NEAR = 12


def posed(search: Search, context: Context, goal: Term, facts: bool) -> Iterator[Problem]:
    """What is to be shown, with the equations of the context as rewrite rules and without."""
    for rules in _few(context, goal):
        try:
            nf = normal(context, rewrite_facts(context, "search", rules), "angles" in rules)
            ((gap, relation),) = known.as_fact(difference(nf, *goal.args), goal.op)
            for negative in (False, True) if relation == "ne" else (False,):
                free = cleared(nf, -gap if negative else gap)
                if free is None:
                    continue
                target, scale = free
                turned = negative or goal.op in ("lt", "le")
                problem = Problem(
                    nf, context, target, relation != "ge", search.budget.spend, rules, scale, turned, negative
                )
                if facts:
                    gather(problem)
                yield problem
        except (Rejected, TooLarge):
            continue


def _few(context: Context, goal: Term) -> list[dict[str, object]]:
    found = []
    for rules in rewritings(context, goal):
        found.append(rules)
        if len(found) == 2:
            break
    if any(node.op == "call" and node.data in ANGULAR for node in goal.walk()):
        found = [{**rules, "angles": True} for rules in found]
    return found[::-1]


ANGULAR = ("sin", "cos", "tan")
