"""Limits of sequences between bounds that are assumed for all places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.kernel.ledger import instance
from symproof.kernel.verdict import Rejected
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.methods.steps import function
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

AXIOM = "sequence-squeeze"


def between(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """f(k) -> s where f(k) is known to be at most g(k) and g(k) -> s, s <= f(k)."""
    term, value = goal.args if goal.args[0].op == "limit" else goal.args[::-1]
    if term.op != "limit" or term.args[1].data != "oo" or AXIOM not in search.ledger:
        return None
    ((name,),) = cast(tuple[tuple[str]], term.data)
    x = sym(name, INTEGER)
    for bound, start in _bounds(context, term.args[0], x):
        gap = bound if value == num(0) else make("add", bound, make("neg", value))
        at = {
            "f": function(term.args[0], x),
            "g": function(gap, x),
            "d": start,
            "s": value,
        }
        found = _squeeze(search, context, goal, at, depth)
        if found is not None:
            return found
    return None


def _bounds(context: Context, body: Term, x: Term) -> Iterator[tuple[Term, Term]]:
    """(g, d) for a fact f(k) <= g(k) for all integers k >= d."""
    for fact in context.facts.values():
        groups: Any = fact.data
        if (
            fact.op != "forall"
            or len(groups) != 1
            or fact.args[1].op != "numbers"
            or fact.args[1].data != "integer"
        ):
            continue
        inner, start = fact.args[0], num(0)
        if inner.op == "implies":
            premise, inner = inner.args
            if premise.op != "ge" or premise.args[0] != sym(groups[0][0], INTEGER):
                continue
            start = premise.args[1]
        for part in inner.args if inner.op == "and" else (inner,):
            if part.op in ("le", "lt", "ge", "gt"):
                low, high = part.args if part.op in ("le", "lt") else part.args[::-1]
                if substitute(low, {groups[0][0]: x}) == body:
                    yield substitute(high, {groups[0][0]: x}), start


def _squeeze(
    search: Search, context: Context, goal: Term, at: dict[str, Term], depth: int
) -> Certificate | None:
    try:
        premises, _ = instance(context, search.ledger[AXIOM], at)
    except (Rejected, Mistyped):
        return None
    proofs: dict[str, Certificate] = {}
    for name, premise in premises.items():
        if not seen(context, premise):
            proof = search.prove(context, premise, depth + 1)
            if proof is None:
                return None
            proofs[name] = proof
    fact = fresh_name(context, AXIOM)
    found = {
        "rule": "have",
        "name": fact,
        "axiom": AXIOM,
        "at": {k: encode(v) for k, v in at.items()},
        "premises": proofs,
        "then": {"rule": "evident", "rewrite": [fact]},
    }
    return search.first(context, goal, iter([{**found, "then": {"rule": "evident"}}, found]))
