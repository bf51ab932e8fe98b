"""Bounds by replacement: a term that lowers the difference is replaced by what a fact bounds it by.

To show G >= 0, take a fact F >= 0 and a nonnegative cofactor w such that w·F
cancels a negative term of G; go on with G − w·F.  The steps add up to the
decomposition G = Σ w·F + (what is seen to be nonnegative).
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symproof.kernel import signs
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.known import as_fact
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Poly, TooLarge, of_mono
from symproof.kernel.verdict import Rejected
from symproof.methods.equations import cofactor, rewritings
from symproof.methods.raising import NoTerm, raise_poly
from symproof.methods.search import Certificate, Search
from symproof.terms.build import Mistyped, make
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

MAX_STEPS = 10
MAX_NODES = 400
Step = tuple[Poly, str]  # the cofactor, and the fact by name


def bound(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by facts multiplied by nonnegative cofactors."""
    return search.first(context, goal, _candidates(search, context, goal)) if goal.op != "ne" else None


def _candidates(search: Search, context: Context, goal: Term) -> Iterator[Certificate]:
    for rules in list(rewritings(context, goal))[:3]:
        try:
            names = list(rules.get("rewrite", ()))
            nf = normal(context, _facts(context, names))
            ((gap, _),) = as_fact(difference(nf, *goal.args), goal.op)
            bounds = list(_bounds(nf, context))
        except (Rejected, TooLarge):
            continue
        found = _replace(search, nf, gap, bounds)
        if found is None:
            continue
        steps, rest = found
        try:
            yield {"rule": "order", **rules, "terms": list(_terms(nf, context, steps, rest))}
        except (NoTerm, Mistyped):
            continue


def _facts(context: Context, names: list[Any]) -> tuple[Term, ...]:
    from symproof.kernel.instances import specialise
    from symproof.terms.codec import decode

    found = []
    for item in names:
        if isinstance(item, str):
            found.append(context.facts[item])
        else:
            values = {k: decode(v) for k, v in item["at"].items()}
            found.append(specialise(context, "search", context.facts[item["fact"]], values))
    return tuple(found)


def _bounds(nf: Normal, context: Context) -> Iterator[tuple[str, Poly]]:
    """The facts F >= 0 of the context, by name."""
    for name, fact in context.facts.items():
        if fact.op in ("le", "lt", "ge", "gt") and isinstance(fact.args[0].type, Scalar):
            try:
                ((poly, _),) = as_fact(difference(nf, *fact.args), fact.op)
            except (Rejected, TooLarge):
                continue
            if poly.constant() is None:
                yield name, poly


def _replace(
    search: Search, nf: Normal, gap: Poly, bounds: list[tuple[str, Poly]]
) -> tuple[list[Step], Poly] | None:
    """Best first, fewest negative terms: cancel them until the rest is seen to be nonnegative."""
    order = itertools.count()
    heap: list[tuple[int, int, int, Poly, list[Step]]] = [(_negative(gap), 0, next(order), gap, [])]
    seen: set[str] = {gap.key}
    for _ in range(MAX_NODES):
        if not heap:
            return None
        search.budget.spend()
        _, _, _, left, steps = heapq.heappop(heap)
        if steps and signs.holds(nf, left, "ge"):
            return steps, left
        if len(steps) >= MAX_STEPS:
            continue
        for after, step in _successors(nf, left, bounds):
            if after.key not in seen:
                seen.add(after.key)
                path = [*steps, step]
                heapq.heappush(heap, (_negative(after), len(path), next(order), after, path))
    return None


def _negative(poly: Poly) -> int:
    return sum(c < 0 for c in poly.terms.values())


def _successors(nf: Normal, gap: Poly, bounds: list[tuple[str, Poly]]) -> Iterator[tuple[Poly, Step]]:
    for mono, coeff in gap.terms.items():
        if coeff >= 0:
            continue
        for name, fact in bounds:
            for lead, weight in fact.terms.items():
                if weight >= 0 or not lead:
                    continue
                rest = cofactor(mono, lead)
                if rest is None:
                    continue
                factor = of_mono(rest, Fraction(coeff) / Fraction(weight))
                if signs.holds(nf, factor, "ge"):
                    yield gap - nf.times(factor, fact), (factor, name)


def _terms(nf: Normal, context: Context, steps: list[Step], rest: Poly) -> Iterator[dict[str, Any]]:
    for factor, name in steps:
        fact = context.facts[name]
        low, high = fact.args if fact.op in ("le", "lt") else fact.args[::-1]
        gap = make("add", high, make("neg", low))
        yield {"c": "1", "factors": [[encode(raise_poly(nf, factor, {})), 1], [encode(gap), 1]]}
    if rest:
        yield {"c": "1", "factors": [[encode(raise_poly(nf, rest, {})), 1]]}
