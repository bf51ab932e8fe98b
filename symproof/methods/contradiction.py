"""Indirect proof: from the opposite of the goal, the opposite of something that is assumed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import negation
from symproof.kernel.instances import specialise
from symproof.kernel.verdict import Rejected
from symproof.methods.quick import order
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Array

OPPOSITE = "opposite"


def indirect(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Suppose the goal fails; then something that is assumed does not hold."""
    if depth > 1 or OPPOSITE in context.facts:
        return None
    inner = context.with_fact(OPPOSITE, negation(goal))
    for fact in context.facts.values():
        if fact.op == "ne" or (depth == 0 and _tells(fact, goal)):
            claim = negation(fact)
            proof = search.prove(inner, claim, depth + 1)
        elif goal.op == "ne" and fact.op in ("lt", "gt"):  # a product is not 0 where it is positive
            claim = negation(fact)
            proof = order(search, inner, claim, depth + 1)
        else:
            continue
        if proof is not None:
            return _contradiction(claim, proof, {"rule": "evident"})
    return None


def _tells(fact: Term, goal: Term) -> bool:
    """A strict inequality about a function of what the goal is about."""
    return (
        goal.op != "ne"
        and fact.op in ("lt", "gt")
        and any(n.op in FUNCTIONS for n in fact.walk())
        and not free_symbols(fact).isdisjoint(free_symbols(goal))
    )


FUNCTIONS = frozenset(
    ("pow", "call", "apply", "opnorm", "norm", "sum", "product", "lambda_max", "lambda_min")
)


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


def at_numbers(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """What is assumed to exist for every number, at 0, at 1 and at the numbers of the goal."""
    if any(name.startswith(AT) for name in context.facts):
        return None
    haves: list[Certificate] = []
    inner = context
    numbers = dict.fromkeys([num(1), num(0), *(n for n in goal.walk() if n.op == "num")])
    for name, fact in context.facts.items():
        groups: Any = fact.data
        if (
            fact.op != "forall"
            or len(groups) != 1
            or fact.args[1].op != "numbers"
            or fact.args[0].op != "exists"
        ):
            continue
        for value in numbers:
            at = {groups[0][0]: value}
            try:
                gained = specialise(context, "search", fact, at)
            except Rejected:
                continue
            new = fresh_name(inner, AT)
            inner = inner.with_fact(new, gained)
            haves.append(
                {"rule": "have", "name": new, "fact": name, "at": {k: encode(v) for k, v in at.items()}}
            )
    then = search.prove(inner, goal, depth) if haves else None
    return None if then is None else nested(haves, then)


AT = "at a number"
