"""Inequalities about a member of a sequence, with what a recurrence says of it written in its place."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel.context import Context
from symproof.kernel.instances import specialise
from symproof.kernel.verdict import Rejected
from symproof.methods.axioms import replaced
from symproof.methods.matching import match_names
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.methods.universal import opened
from symproof.terms.build import Mistyped
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

MAX_DEPTH = 3


def unroll(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """The goal with f(a[k]) for a[k + 1], whose form other methods can look at."""
    if depth > MAX_DEPTH:
        return None
    for have, changed in _written_out(context, goal):
        rule, name = fresh_name(context, "recurrence"), fresh_name(context, "unrolled")
        proof = search.prove(context, changed, depth + 1)
        if proof is None:
            continue
        shown = {"rule": "have", "name": name, "claim": encode(changed), "proof": proof}
        then = {**shown, "then": {"rule": "order", "rewrite": [rule]}}
        found = {**have, "name": rule, "then": then}
        if search.conditions(context, goal, found) is not None:
            return found
    return None


def _written_out(context: Context, goal: Term) -> Iterator[tuple[Certificate, Term]]:
    """The goal with what an equation for all integers says of a member of a sequence, for each member."""
    members = [n for side in goal.args for n in side.walk() if n.op == "index" and n.args[1].type == INTEGER]
    members = [n for n in dict.fromkeys(members) if n.args[0].op == "sym" and _known(context, n)]
    for name, fact in context.facts.items():
        bound, body = opened(fact)
        if body.op != "eq" or list(bound.values()) != [INTEGER] or body.args[0].op != "index":
            continue
        for member in members:
            values = match_names(bound, body.args[0], member)
            if values is None or not bound.keys() <= values.keys():
                continue
            at = {n: values[n] for n in bound}
            try:
                said = specialise(context, "search", fact, at)
                changed = replaced(goal, *said.args)
            except (Rejected, Mistyped):
                continue
            if changed != goal:
                yield {"rule": "have", "fact": name, "at": {k: encode(v) for k, v in at.items()}}, changed


def _known(context: Context, member: Term) -> bool:
    return free_symbols(member) <= context.symbols.keys()
