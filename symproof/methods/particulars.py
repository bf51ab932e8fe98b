"""Particular cases of what is assumed for all indices: alternatives, existence, equations of products.

Equations that say what something is and bounds are instantiated where they are used; what has to be
taken apart first is brought in here, at the integers in sight.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.kernel.instances import specialise
from symproof.kernel.verdict import Rejected
from symproof.methods.assumptions import connected
from symproof.methods.equations import points
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import Mistyped, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

BROUGHT = "particular "
COMPOUND = frozenset(("or", "exists", "iff", "not"))
PLAIN = frozenset(("index", "apply", "sym", "expect", "grad", "jacobian"))
MAX_BROUGHT = 8
MAX_TRIED = 60


def particular(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Bring in compound facts, at the integers of the goal, then at all in sight; try again."""
    if any(name.startswith(BROUGHT) for name in context.facts):
        return None
    before: list[Certificate] = []
    for integers in (_of_goal(context, goal), in_sight(context, goal)):
        haves: list[Certificate] = []
        inner = context
        for have, fact in itertools.islice(_instances(search, context, goal, integers), MAX_BROUGHT):
            if fact not in inner.facts.values():
                name = fresh_name(inner, BROUGHT)
                inner = inner.with_fact(name, fact)
                haves.append({**have, "name": name})
        if haves and haves != before:
            then = search.prove(inner, goal, depth + 1)
            if then is not None:
                return nested(haves, then)
        before = haves
    return None


def _instances(
    search: Search, context: Context, goal: Term, integers: list[Term]
) -> Iterator[tuple[Certificate, Term]]:
    """Facts with compound bodies at integers for which their premises are seen."""
    for name, fact in connected(context, goal):
        names = _integers(fact)
        if not names:
            continue
        for values in itertools.islice(itertools.product(*[integers] * len(names)), MAX_TRIED):
            search.spend()
            at = dict(zip(names, values, strict=True))
            try:
                gained = specialise(context, "search", fact, at)
            except (Rejected, Mistyped):
                continue
            if gained.op != "or" or not any(seen(context, part) for part in gained.args):
                yield {"rule": "have", "fact": name, "at": {k: encode(v) for k, v in at.items()}}, gained


def _integers(fact: Term) -> list[str]:
    """The names that a fact with a compound body is about all values of, when they are all integers."""
    names: list[str] = []
    if fact.op != "forall":
        return []
    while fact.op in ("forall", "implies"):
        if fact.op == "forall":
            groups: Any = fact.data
            for group, domain in zip(groups, fact.args[1:], strict=True):
                if domain.type.items != (INTEGER,):  # type: ignore[union-attr]
                    return []
                names += group
        fact = fact.args[0] if fact.op == "forall" else fact.args[1]
    tangled = fact.op == "eq" and all(side.op not in PLAIN for side in fact.args)
    return names if tangled or fact.op in COMPOUND else []


def _of_goal(context: Context, goal: Term) -> list[Term]:
    """The integers that the goal speaks of, apart from sizes."""
    free = free_symbols(goal)
    return [term for term in in_sight(context, goal) if term.op != "sym" or term.data in free]


def in_sight(context: Context, goal: Term) -> list[Term]:
    """The integers that were taken, those at which the goal speaks of a sequence, and numbers as indices."""
    taken = [
        sym(name, INTEGER)
        for name, symbol in context.symbols.items()
        if symbol.type == INTEGER and "size" not in symbol.attributes
    ]
    nodes = (node for term in (goal, *context.facts.values()) for node in term.walk() if node.op == "index")
    numbers = [index for node in nodes for index in node.args[1:] if index.op == "num"]
    places = [
        at
        for node in goal.walk()
        if node.op == "apply"
        for at in node.args[2:]
        if at.type == INTEGER and at.op != "num" and free_symbols(at) <= context.symbols.keys()
    ]
    return list(dict.fromkeys([*taken, *points(context, goal), *places, *numbers]))
