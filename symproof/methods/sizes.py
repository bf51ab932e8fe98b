"""|L| <= R from L <= R and −L <= R."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from symproof.kernel.context import Context
from symproof.kernel.decide import negation
from symproof.kernel.instances import specialise
from symproof.kernel.verdict import Rejected
from symproof.methods.equations import points
from symproof.methods.quick import order
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.methods.universal import opened
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

MAX_BOUNDS = 8


def size(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """A size is bounded by bounds of both signs."""
    strict = goal.op in ("lt", "gt")
    lesser, larger = goal.args if goal.op in ("le", "lt") else goal.args[::-1]
    if lesser.op != "call" or lesser.data != "abs" or depth > 1:
        return None
    (inner,) = lesser.args
    haves: list[Certificate] = []
    for have, fact in itertools.islice(_both_signs(context, goal), MAX_BOUNDS):
        haves.append({**have, "name": fresh_name(context, "bound")})
        context = context.with_fact(haves[-1]["name"], fact)
    facts = []
    for side in (inner, make("neg", inner)):
        claim = make("lt" if strict else "le", side, larger)
        proof = search.prove(context, claim, depth + 1)
        if proof is None or search.conditions(context, claim, proof) != 0:
            return None
        facts.append((claim, proof))
    for claim, proof in facts:
        name = fresh_name(context, "side")
        haves.append({"rule": "have", "name": name, "claim": encode(claim), "proof": proof})
        context = context.with_fact(name, claim)
    then = order(search, context, goal, depth) or _by_sign(search, context, goal, inner, depth)
    return None if then is None else nested(haves, then)


def _both_signs(context: Context, goal: Term) -> Iterator[tuple[Certificate, Term]]:
    """u <= c and −u <= c for what is assumed of sizes, |u| <= c, also for all integers where the goal speaks
    of them: both c − |u| and |u| ∓ u are not negative.
    """
    for name, fact in context.facts.items():
        bound, body = opened(fact)
        if body.op not in ("le", "lt") or body.args[0].op != "call" or body.args[0].data != "abs":
            continue
        if list(bound.values()) not in ([], [INTEGER]):
            continue
        for place in points(context, goal) if bound else (None,):
            at = {n: place for n in bound if place is not None}
            try:
                said = specialise(context, "search", fact, at) if at else fact
            except Rejected:
                continue
            size, high = said.args
            for side in (size.args[0], make("neg", size.args[0])):
                gaps = (make("add", high, make("neg", size)), make("add", size, make("neg", side)))
                proof: Certificate = {
                    "rule": "order",
                    "terms": [{"c": "1", "factors": [[encode(g), 1]]} for g in gaps],
                }
                if at:
                    values = {k: encode(v) for k, v in at.items()}
                    label = fresh_name(context, "size")
                    proof = {"rule": "have", "fact": name, "at": values, "name": label, "then": proof}
                claim = make("le", side, high)
                yield {"rule": "have", "claim": encode(claim), "proof": proof}, claim


def _by_sign(search: Search, context: Context, goal: Term, inner: Term, depth: int) -> Certificate | None:
    """Where L is not negative and where it is, for |L| that the normal form takes factors out of."""
    on, name = make("ge", inner, num(0)), fresh_name(context, "sign")
    branches = []
    for prop in (on, negation(on)):
        here = context.with_fact(name, prop)
        then = order(search, here, goal, depth) or search.prove(here, goal, depth + 2)
        if then is None:
            return None
        branches.append(then)
    found = {"rule": "cases", "name": name, "on": encode(on), "branches": branches}
    return found if search.conditions(context, goal, found) is not None else None
