"""Refutation by proof: what a limit, series or integral is instead, and that nothing or too much exists.

The symbols get the values of a few simple points, so that what is to be shown is about numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import OPPOSITE, negation
from symproof.kernel.denial import at_values, check_denial, no_solution, two_solutions
from symproof.kernel.existence import improper
from symproof.kernel.growth import meaning
from symproof.kernel.infinity import infinite
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.methods import prove
from symproof.methods.agreement import agreement
from symproof.methods.approach import FAILURES, INFINITY
from symproof.methods.base import Budget, Evidence, OutOfTime
from symproof.methods.equations import compatible
from symproof.methods.integration import infinite_integral
from symproof.methods.limits import infinite_limit
from symproof.methods.points import Points
from symproof.methods.quick import ledger
from symproof.methods.search import Certificate, Search, run
from symproof.methods.shrink import weight
from symproof.methods.specials import special
from symproof.methods.steps import Steps, Stuck
from symproof.methods.summation import infinite_series
from symproof.methods.values import WAYS, found_values, valued
from symproof.terms.build import make
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

POINTS = 6
TRIED = 40
PLAINEST = 2  # of the points, which go first
LOOKS = 5  # points at which floats look first
VALUES = {**prove.PLAIN, "eq": (valued,)}
DIVERGING: dict[str, Callable[[Steps, Term], None]] = {"sum": infinite_series, "integral": infinite_integral}
Instead = tuple[Term, Certificate]
Place = tuple[dict[str, str], bool | None]  # values, and whether the left side seems to diverge there


def by_values(statement: Statement, budget: Budget) -> Evidence | None:
    """A comparison of limits, series and integrals, decided by their values: a proof or a witness."""
    goal = statement.goal
    if goal.op == "and":
        return _by_parts(statement, budget)
    if not _compares(goal):
        return None
    apart, unsure = _seen(statement, budget.seed)
    if goal.op == "eq" and not apart:
        part = Budget(budget.left() / 2, budget.seed)
        found = run(statement, part, ((VALUES, 1.0),), ledger(), clean=True)
        if found is not None:
            return found
    return _denied(statement, chain(apart, unsure), budget)


def _compares(goal: Term) -> bool:
    """Is it a comparison of limits, series or integrals?"""
    return goal.op in OPPOSITE and any(n.op == "integral" or improper(n) for n in goal.walk())


def _by_parts(statement: Statement, budget: Budget) -> Evidence | None:
    """A conjunction fails where one of its parts does."""
    parts = [replace(statement, goal=part) for part in statement.goal.args if _compares(part)]
    for k, part in enumerate(parts):
        share = Budget(budget.left() / (len(parts) - k), budget.seed)
        found = _denied(part, chain(*_seen(part, budget.seed)), share)
        if found is not None:
            return found
    return None


def propose(statement: Statement, budget: Budget) -> Evidence | None:
    """A witness with a proof that nothing exists or solves, or several do, that something is not small, or
    that there is a counterexample.
    """
    if statement.goal.op in ("solve", "exists", "little_o", "big_o"):
        return _denied(statement, islice(_points(statement, budget.seed), POINTS), budget)
    data = special(statement, budget, prove.WAVES)
    return None if data is None else Evidence("witness", data)


def _seen(statement: Statement, seed: int) -> tuple[list[Place], list[Place]]:
    """Points at which the sides of an equation seem to be apart, and those where floats cannot tell."""
    if not _numeric(statement):
        return [], []
    points = Points(statement, seed)
    sides = agreement(points) if statement.goal.op == "eq" else None
    if sides is None:
        return [], list(islice(_points(statement, seed), POINTS))
    seems = [(sides.at(values), values) for values in islice(points.points(0, TRIED), LOOKS)]
    apart, unsure = (
        [(_text(v), look.diverges) for look, v in seems if look.agrees is said] for said in (False, None)
    )
    return apart, unsure


def _numeric(statement: Statement) -> bool:
    """Is it about single numbers only?"""
    return not statement.definitions and all(isinstance(s.type, Scalar) for s in statement.symbols)


def _denied(statement: Statement, places: Iterable[Place], budget: Budget) -> Evidence | None:
    """A witness with a proof of what holds instead of the goal there."""
    if not _numeric(statement):
        return None
    for values, diverges in places:
        budget.spend()
        try:
            _, rest = at_values(statement, values)
        except Rejected:
            return None
        for instead, proof in _instead(rest, budget, diverges):
            data = {"values": values, "instead": encode(instead), "proof": proof}
            try:
                check_denial(statement, data, ledger())
            except Rejected:
                continue
            return Evidence("witness", data)
    return None


def _text(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items()}


def _points(statement: Statement, seed: int) -> Iterator[Place]:
    """Values for all symbols but the unknowns, as text; one point for a statement without symbols."""
    unknown = {n for group in statement.goal.data for n in group} if statement.goal.op == "solve" else set()  # type: ignore[attr-defined]
    found: dict[str, dict[str, Any]] = {}
    for values in Points(statement, seed).points(0, TRIED):
        chosen = {name: value for name, value in values.items() if name not in unknown}
        found.setdefault(repr(chosen), chosen)
    plain = sorted(found, key=lambda key: _weights(found[key]))[:PLAINEST]  # a = 1 before a = 3
    for key in dict.fromkeys([*plain, *found]):
        yield _text(found[key]), None


def _weights(values: Mapping[str, Any]) -> list[Any]:
    return sorted((weight(value) for value in values.values()), reverse=True)


def _instead(statement: Statement, budget: Budget, diverges: bool | None) -> Iterator[Instead]:
    """What may hold instead of a goal about numbers, with a proof."""
    goal = statement.goal
    if goal.op == "solve":
        yield from _shown((two_solutions(statement), no_solution(statement)), budget)
        return
    if goal.op in OPPOSITE or goal.op == "little_o":
        yield from _values(meaning(goal) if goal.op == "little_o" else goal, budget, diverges)
    if goal.op not in OPPOSITE:
        yield from _shown((negation(goal),), budget)


def _shown(goals: tuple[Term, ...], budget: Budget) -> Iterator[Instead]:
    for goal in goals:
        part = Budget(budget.left() / 2, budget.seed)
        found = run(Statement((), (), (), goal), part, prove.WAVES, ledger())
        if found is not None:
            yield goal, found.data


def _values(goal: Term, budget: Budget, diverges: bool | None) -> Iterator[Instead]:
    """Both sides are numbers, or a limit, a series or an integral is infinite."""
    context = Context.of(Statement((), (), (), make("true")))
    search = Search(ledger(), Budget(budget.left() / 2, budget.seed), prove.LIGHT)
    if diverges is not True:
        try:
            steps = Steps(search, context, goal)
            made = found_values(steps, goal)
            sides = [side for side in goal.args if not infinite(side)]
            claims = [_number(steps, side, made) for side in sides]
            equations = [make("eq", side, value) for side, value in zip(sides, claims, strict=True)]
            yield _both(equations, steps, made)
        except (Stuck, OutOfTime, *FAILURES):
            pass
    if diverges is not False and goal.op == "eq" and not infinite(goal.args[1]):
        yield from _without_value(search, context, goal)


def _without_value(search: Search, context: Context, goal: Term) -> Iterator[Instead]:
    """The left side is infinite, the right one a number."""
    left, right = goal.args
    ways: list[tuple[Term, Callable[[Steps], None]]] = []
    if left.op in DIVERGING:
        ways = [(INFINITY, lambda steps: DIVERGING[left.op](steps, left))]
    elif left.op == "limit":
        ways = [
            (INFINITY, lambda steps: infinite_limit(steps, left, 1)),
            (make("neg", INFINITY), lambda steps: infinite_limit(steps, left, -1)),
        ]
    for end, show in ways:
        steps = Steps(search, context, goal)
        try:
            show(steps)
        except (Stuck, OutOfTime, *FAILURES):
            continue
        yield _both([make("eq", left, end), make("eq", right, right)], steps, [])


def _number(steps: Steps, side: Term, made: list[str]) -> Term:
    """The value of a side by what was found; the equation becomes a fact."""
    for name in made:  # what it is as it stands, perhaps with other bounds of the same value
        claim = make("eq", side, steps.context.facts[name].args[1])
        proof = {"rule": "algebra", "combine": [{"fact": name}]}
        if claim == steps.context.facts[name]:
            return claim.args[1]
        if side.op in WAYS and steps.search.conditions(steps.context, claim, proof) == 0:
            steps.claim(claim, proof)
            return claim.args[1]
    return steps.evaluate(side, compatible(steps.context, list(made)))


def _both(equations: list[Term], steps: Steps, names: list[str]) -> Instead:
    if len(equations) == 1:
        return equations[0], steps.then({"rule": "evident"})
    parts = [{"rule": "evident"} for _ in equations]
    return make("and", *equations), steps.then({"rule": "split", "parts": parts})
