"""Alternatives: A or B is shown by A, by B, or by B where A fails."""

from __future__ import annotations

from symproof.kernel.context import Context
from symproof.kernel.decide import negation
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.codec import encode
from symproof.terms.tree import Term

MAX_ALTERNATIVES = 6


def exhaust(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Each alternative but one may be assumed to fail; the last one tried must then hold."""
    count = len(goal.args)
    if count > MAX_ALTERNATIVES:
        return None
    for last in (count - 1, 0):
        found = _exhaust(search, context, goal, depth, [k for k in range(count) if k != last], last)
        if found is not None:
            return found
    return None


def _exhaust(
    search: Search, context: Context, goal: Term, depth: int, first: list[int], last: int
) -> Certificate | None:
    if not first:
        then = search.prove(context, goal.args[last], depth + 1)
        return None if then is None else {"rule": "choose", "index": last, "then": then}
    index, rest = first[0], first[1:]
    on = goal.args[index]
    name = fresh_name(context, "case")
    other = _exhaust(search, context.with_fact(name, negation(on)), goal, depth, rest, last)
    if other is None:
        return None
    chosen = {"rule": "choose", "index": index, "then": {"rule": "evident"}}
    found = {"rule": "cases", "name": name, "on": encode(on), "branches": [chosen, other]}
    return found if search.conditions(context, goal, found) is not None else None
