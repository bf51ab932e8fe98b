"""The sign of a sum from the signs of its addends, each found by a search of its own."""

from __future__ import annotations

import itertools

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.methods.factorwise import from_signs
from symproof.methods.search import Certificate, Search
from symproof.terms.build import make, num
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

ZERO = num(0)
MAX_PARTS = 6
BILINEAR = frozenset(("matmul", "dot", "scale"))


def addends(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """x'(A + B) x > 0 from x'A x >= 0 and x'B x > 0."""
    larger, smaller = goal.args if goal.op in ("gt", "ge") else goal.args[::-1]
    if depth > 2 or not isinstance(larger.type, Scalar):
        return None
    parts = [p for p in (*expanded(larger), *map(_negated, expanded(smaller))) if p != ZERO]
    if not 2 <= len(parts) <= MAX_PARTS or not any(n.op in BILINEAR for p in parts for n in p.walk()):
        return None
    claims = [make("ge", part, ZERO) for part in parts]
    if goal.op in ("gt", "lt"):
        positive = _positive(search, context, parts, depth)
        if positive is None:
            return None
        claims[positive] = make("gt", parts[positive], ZERO)
    return from_signs(search, context, goal, claims, lambda inner, claim: _shown(search, inner, claim, depth))


def _positive(search: Search, context: Context, parts: list[Term], depth: int) -> int | None:
    """Which addend is positive: one that is seen to be, else one that can be shown to be."""
    claims = [make("gt", part, ZERO) for part in parts]
    for look in (lambda claim: seen(context, claim), lambda claim: _shown(search, context, claim, depth)):
        for k, claim in enumerate(claims):
            if look(claim):
                return k
    return None


def _shown(search: Search, context: Context, claim: Term, depth: int) -> Certificate | None:
    """A proof; what is subtracted must be seen at once."""
    if seen(context, claim):
        return {"rule": "evident"}
    return None if claim.args[0].op == "neg" else search.part(context, claim, depth + 1)


def expanded(term: Term) -> list[Term]:
    """Addends of a term, with products of arrays multiplied out."""
    if term.op == "add":
        return [part for arg in term.args for part in expanded(arg)]
    if term.op == "neg":
        return [_negated(part) for part in expanded(term.args[0])]
    if term.op == "transpose":
        return [make("transpose", part) for part in expanded(term.args[0])]
    if term.op in BILINEAR:
        pairs = itertools.product(*map(expanded, term.args))
        return [_product(term.op, *pair) for pair in pairs]
    return [term]


def _product(op: str, left: Term, right: Term) -> Term:
    signs = [part for part in (left, right) if part.op == "neg"]
    plain = make(op, *(part.args[0] if part.op == "neg" else part for part in (left, right)))
    return make("neg", plain) if len(signs) == 1 else plain


def _negated(term: Term) -> Term:
    return term.args[0] if term.op == "neg" else make("neg", term)
