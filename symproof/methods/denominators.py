"""What stands below a fraction: that it is positive, negative or not 0 is shown first, as the terms say it.

The normal form multiplies (x − 1)² out, and no longer sees that it is not 0.
"""

from __future__ import annotations

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import INTEGER, REAL

BELOW = "below "
MOST = 3


def denominators(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R once the signs of what is divided by are facts."""
    if depth > 2 or any(name.startswith(BELOW) for name in context.facts):
        return None
    haves: list[Certificate] = []
    inner = context
    for below in _below(context, goal)[:MOST]:
        if any(seen(inner, make(op, below, num(0))) for op in ("gt", "lt")):
            continue
        for op in ("gt", "lt", "ne"):
            claim = make(op, below, num(0))
            proof = search.prove(inner, claim, depth + 1)
            if proof is not None and search.conditions(inner, claim, proof) == 0:
                name = fresh_name(inner, BELOW)
                haves.append({"rule": "have", "name": name, "claim": encode(claim), "proof": proof})
                inner = inner.with_fact(name, claim)
                break
    if not haves:
        return None
    then = search.prove(inner, goal, depth + 1)
    return None if then is None else nested(haves, then)


def _below(context: Context, goal: Term) -> list[Term]:
    """The sums and powers of sums that the goal divides by, outside of binders."""
    found: dict[Term, None] = {}
    stack = list(goal.args)
    while stack:
        node = stack.pop()
        if node.op in BINDERS:
            continue
        stack.extend(node.args)
        negative = node.op == "pow" and node.args[1].op == "neg"
        below = node.args[1] if node.op == "div" else node.args[0] if negative else None
        if below is not None and below.type in (REAL, INTEGER) and any(n.op == "add" for n in below.walk()):
            if free_symbols(below) and free_symbols(below) <= context.symbols.keys():
                found[below] = None
    return list(found)
