"""Solving for unknowns: values that meet what is asked, and a proof that no others do."""

from __future__ import annotations

import itertools

from symproof.kernel.context import Context
from symproof.kernel.solving import equations, setting
from symproof.methods.search import Certificate, Search, fresh_name, nested, taken_apart
from symproof.methods.witnesses import MAX_TRIED, solutions
from symproof.terms.codec import encode
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term

MAX_UNKNOWNS = 4


def solve(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Solve for x: P — a value that P and what is assumed of x admit, and x equals it wherever P holds."""
    unknown = [name for group in goal.data for name in group]  # type: ignore[attr-defined]
    if len(unknown) > MAX_UNKNOWNS:
        return None
    outer, assumed = setting(context, unknown)
    asked = goal.args[0]
    name = fresh_name(context, "asked")
    inner, haves = taken_apart(context.assuming(name, asked), asked)
    for values in itertools.islice(solutions(context, [asked, *assumed], unknown), MAX_TRIED):
        search.budget.spend()
        holds = []
        for prop in (*assumed, asked):
            proof = search.prove(outer, substitute(prop, values), depth + 1)
            if proof is None:
                break
            holds.append(proof)
        if len(holds) <= len(assumed):
            continue
        unique = search.prove(inner, equations(context, {n: values[n] for n in unknown}), depth + 1)
        if unique is not None:
            return {
                "rule": "solve",
                "name": name,
                "values": {k: encode(values[k]) for k in unknown},
                "holds": holds,
                "unique": nested(haves, unique),
            }
    return None
