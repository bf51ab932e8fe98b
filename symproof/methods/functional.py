"""Functional equations: what is assumed of a function for all numbers, added up at a few of them."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.instances import specialise
from symproof.kernel.poly import Poly
from symproof.methods.approach import FAILURES
from symproof.methods.asymptotics import weights
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Stuck
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL

MAX_VALUES = 9
MAX_INSTANCES = 90
NUMBERS = (REAL, INTEGER)


def functional(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R as a sum of instances of assumed equations, at what the functions are taken of and at 0."""
    if goal.args[0].type not in NUMBERS:
        return None
    facts = [(n, f) for n, f in context.facts.items() if _names(f)]
    heads = {node.args[0].data for node in goal.walk() if node.op == "apply"}
    facts = [(n, f) for n, f in facts if not heads.isdisjoint(free_symbols(f))]
    if not facts or not heads:
        return None
    nf = normal(context, ())
    try:
        target = difference(nf, *goal.args)
    except FAILURES:
        return None
    items: list[tuple[str, dict[str, Term]]] = []
    gaps: list[Poly] = []
    for (name, fact), values in ((f, _values(context, goal)) for f in facts):
        names = _names(fact)
        for chosen in itertools.islice(itertools.product(values, repeat=len(names)), MAX_INSTANCES):
            search.spend()
            at = dict(zip(names, chosen, strict=True))
            try:
                instance = specialise(context, "search", fact, at)
                gap = difference(nf, *instance.args) if instance.op == "eq" else None
            except FAILURES:
                continue
            if gap and gap not in gaps:
                items.append((name, at))
                gaps.append(gap)
    try:
        found = weights(target, gaps)
    except Stuck:
        return None
    combine = [
        {"fact": name, "at": {k: encode(v) for k, v in at.items()}, "times": ["num", str(weight)]}
        for (name, at), weight in zip(items, found, strict=True)
        if weight
    ]
    return search.first(context, goal, iter([{"rule": "algebra", "combine": combine}]))


def _names(fact: Term) -> list[str]:
    """The names that an equation is assumed for all values of, when they are all numbers."""
    if fact.op != "forall" or fact.args[0].op != "eq":
        return []
    groups: Any = fact.data
    domains = [domain.type.items for domain in fact.args[1:]]  # type: ignore[union-attr]
    if any(len(items) != 1 or items[0] not in NUMBERS for items in domains):
        return []
    return [name for group in groups for name in group]


def _values(context: Context, goal: Term) -> list[Term]:
    """What functions are taken of in the goal, the symbols in it, 0, and these with a minus and doubled."""
    places = [a for node in goal.walk() if node.op == "apply" for a in node.args[1:] if a.type in NUMBERS]
    places = [a for a in places if free_symbols(a) <= context.symbols.keys()]
    names = sorted(frozenset().union(*map(free_symbols, places)))
    symbols = [sym(n, context.symbols[n].type) for n in names if context.symbols[n].type in NUMBERS]
    found = [num(0), *symbols, *places, *(make("neg", s) for s in symbols)]
    found += [make("mul", num(2), s) for s in symbols] + [make("mul", num(Fraction(1, 2)), p) for p in places]
    return list(dict.fromkeys(found))[:MAX_VALUES]
