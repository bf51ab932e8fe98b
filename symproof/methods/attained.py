"""Inequalities whose sides are equal."""

from __future__ import annotations

from symproof.kernel.context import Context
from symproof.methods.chance import chance
from symproof.methods.equations import equation
from symproof.methods.explicit import by_entries
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.build import make
from symproof.terms.codec import encode
from symproof.terms.tree import Term


def attained(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R from L = R, where that takes what is known, the laws, or going through entries."""
    if goal.op not in ("le", "ge"):
        return None
    claim = make("eq", *goal.args)
    for tactic in (equation, chance, by_entries):
        proof = tactic(search, context, claim, depth)
        if proof is not None and search.conditions(context, claim, proof) == 0:
            name = fresh_name(context, "equal")
            have = {"rule": "have", "name": name, "claim": encode(claim), "proof": proof}
            return {**have, "then": {"rule": "order"}}
    return None
