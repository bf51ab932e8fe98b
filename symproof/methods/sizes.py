"""|L| <= R from L <= R and −L <= R."""

from __future__ import annotations

from symproof.kernel.context import Context
from symproof.methods.quick import order
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import make
from symproof.terms.codec import encode
from symproof.terms.tree import Term


def size(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """A size is bounded by bounds of both signs."""
    strict = goal.op in ("lt", "gt")
    lesser, larger = goal.args if goal.op in ("le", "lt") else goal.args[::-1]
    if lesser.op != "call" or lesser.data != "abs" or depth > 1:
        return None
    (inner,) = lesser.args
    haves: list[Certificate] = []
    for side in (inner, make("neg", inner)):
        claim = make("lt" if strict else "le", side, larger)
        proof = search.prove(context, claim, depth + 1)
        if proof is None or search.conditions(context, claim, proof) != 0:
            return None
        haves.append(
            {"rule": "have", "name": fresh_name(context, "side"), "claim": encode(claim), "proof": proof}
        )
        context = context.with_fact(haves[-1]["name"], claim)
    then = order(search, context, goal, depth)
    return None if then is None else nested(haves, then)
