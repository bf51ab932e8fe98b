"""Limits, integrals and series in an equation: the value of each becomes a fact, and the rest is algebra."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symproof.kernel.context import Context
from symproof.kernel.existence import improper
from symproof.kernel.infinity import infinite
from symproof.methods.approach import FAILURES
from symproof.methods.integration import chained, infinite_integral, integral
from symproof.methods.limits import infinite_limit, limit
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Steps, Stuck
from symproof.methods.summation import infinite_series, row, series
from symproof.terms.rewrite import alike
from symproof.terms.tree import BINDERS, Term


def summed(steps: Steps, term: Term) -> None:
    """The value of a series or of a row of binomial coefficients."""
    (series if improper(term) else row)(steps, term)


WAYS: dict[str, Callable[[Steps, Term], object]] = {"limit": limit, "integral": integral, "sum": summed}


def valued(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R, where the values of the limits, integrals and series in them have a proof."""
    if goal.args[0].op in WAYS and infinite(goal.args[1]):
        return _infinite(search, context, goal)
    if depth > 1 or not any(t.op in WAYS for t in outermost(goal)):
        return None
    steps = Steps(search, context, goal)
    made = found_values(steps, goal)
    if not made:
        return None
    ends = ({"rule": "algebra", "rewrite": made, **more} for more in ({}, {"angles": True}))
    found = search.clean(context, goal, map(steps.then, ends))
    if found is None:
        found = steps.equation(context, goal, depth)
    return found


def found_values(steps: Steps, goal: Term) -> list[str]:
    """The values of the limits, integrals and series in a goal become facts, as far as they are found."""
    terms = [t for t in dict.fromkeys(outermost(goal)) if t.op in WAYS]
    made: list[str] = []
    for term in terms:
        attempt, before = steps.copy(), len(steps.haves)
        try:
            WAYS[term.op](attempt, term)
        except (Stuck, *FAILURES):
            continue
        steps.take(attempt)
        made += (n for n in steps.names[before:] if _speaks(steps.context.facts[n], term))
    before = len(steps.haves)
    chained(steps, [t for t in terms if t.op == "integral"])
    return made + steps.names[before:]


def _speaks(fact: Term, term: Term) -> bool:
    """Does the fact give the value of the term, or of a part of it?"""
    if fact.op != "eq" or fact.args[0].op != term.op:
        return False
    return term.op != "limit" or alike(fact.args[0], term)


def _infinite(search: Search, context: Context, goal: Term) -> Certificate | None:
    """A limit that is ∞ or −∞, a series or an integral that is ∞."""
    steps, above = Steps(search, context), goal.args[1].data == "oo"
    try:
        if goal.args[0].op == "limit":
            infinite_limit(steps, goal.args[0], 1 if above else -1)
        elif above:
            (infinite_series if goal.args[0].op == "sum" else infinite_integral)(steps, goal.args[0])
    except (Stuck, *FAILURES):
        return None
    return search.clean(context, goal, iter([steps.then({"rule": "evident"})]))


def outermost(term: Term) -> Iterator[Term]:
    """The limits, integrals and sums that stand in no other binder."""
    for arg in term.args:
        if arg.op in BINDERS:
            yield arg
        else:
            yield from outermost(arg)
