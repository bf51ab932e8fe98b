"""Inequalities: what signs show at once, with what is assumed as rewrite rules."""

from __future__ import annotations

from symproof.kernel.context import Context
from symproof.methods.equations import rewritings
from symproof.methods.search import Certificate, Search
from symproof.terms.tree import Term


def order(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by the signs of the difference."""
    return search.first(context, goal, ({"rule": "order", **r} for r in rewritings(context, goal)))
