"""Limits, integrals and series in an equation: the value of each becomes a fact, and the rest is algebra."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symproof.kernel.context import Context
from symproof.kernel.existence import improper, infinite
from symproof.methods.approach import FAILURES
from symproof.methods.limits import infinite_limit, limit
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Steps, Stuck
from symproof.terms.tree import BINDERS, Term

WAYS: dict[str, Callable[[Steps, Term], Term]] = {"limit": limit}


def valued(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R, where the values of the limits, integrals and series in them have a proof."""
    if goal.args[0].op == "limit" and infinite(goal.args[1]):
        return _infinite(search, context, goal)
    terms = [t for t in dict.fromkeys(_outermost(goal)) if t.op in WAYS and (t.op != "sum" or improper(t))]
    if not terms or depth > 1:
        return None
    steps = Steps(search, context, goal)
    made = []
    for term in terms:
        try:
            WAYS[term.op](steps, term)
        except (Stuck, *FAILURES):
            continue
        made.append(steps.names[-1])
    if not made:
        return None
    ends = ({"rule": "algebra", "rewrite": made, **more} for more in ({}, {"angles": True}))
    return search.clean(context, goal, map(steps.then, ends))


def _infinite(search: Search, context: Context, goal: Term) -> Certificate | None:
    """A limit that is ∞ or −∞."""
    steps = Steps(search, context)
    try:
        infinite_limit(steps, goal.args[0], 1 if goal.args[1].data == "oo" else -1)
    except (Stuck, *FAILURES):
        return None
    return search.clean(context, goal, iter([steps.then({"rule": "evident"})]))


def _outermost(term: Term) -> Iterator[Term]:
    """The limits, integrals and sums that stand in no other binder."""
    for arg in term.args:
        if arg.op in BINDERS:
            yield arg
        else:
            yield from _outermost(arg)
