"""Indirect proof: from the opposite of the goal, the opposite of something that is assumed."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel.context import Context
from symproof.kernel.decide import negation
from symproof.methods.search import Certificate, Search
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Array

OPPOSITE = "opposite"


def indirect(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Suppose the goal fails; then something that is assumed to differ does not."""
    if depth > 1 or OPPOSITE in context.facts:
        return None
    opposite = negation(goal)
    inner = context.with_fact(OPPOSITE, opposite)
    for fact in context.facts.values():
        if fact.op == "ne":
            claim = negation(fact)
            proof = search.prove(inner, claim, depth + 1)
            if proof is not None:
                return _contradiction(claim, proof, {"rule": "evident"})
    return None


def differ(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Arrays differ where one of their first entries does."""
    left, right = goal.args
    if not isinstance(left.type, Array) or OPPOSITE in context.facts:
        return None
    inner = context.with_fact(OPPOSITE, negation(goal))
    for place in _places(left.type):
        claim = make("eq", make("index", left, *place), make("index", right, *place))
        same = {"rule": "algebra", "combine": [{"fact": OPPOSITE, "entry": [encode(i) for i in place]}]}
        if search.conditions(inner, claim, same) is None:
            continue
        proof = search.prove(inner, negation(claim), depth + 1)
        if proof is not None:
            return _contradiction(claim, same, proof)
    return None


def _contradiction(claim: Term, first: Certificate, second: Certificate) -> Certificate:
    return {"rule": "contradiction", "name": OPPOSITE, "claim": encode(claim), "proofs": [first, second]}


def _places(type: Array) -> Iterator[tuple[Term, ...]]:
    """The first entry, and one beside it."""
    if type.row or any(axis.op != "range" for axis in type.axes):
        return
    starts = [axis.args[0] for axis in type.axes]
    yield tuple(starts)
    for k in range(len(starts)):
        yield tuple(make("add", s, num(1)) if j == k else s for j, s in enumerate(starts))
