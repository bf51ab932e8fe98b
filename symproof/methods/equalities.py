"""Equations between numbers from what is known: combinations of equations, bounds from both sides."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.instances import rewrite_facts, specialise
from symproof.kernel.poly import ONE, Poly, of_atom, rational, total
from symproof.kernel.verdict import Rejected
from symproof.methods.applying import applied
from symproof.methods.elimination import solutions
from symproof.methods.equations import points, rewritings
from symproof.methods.inequalities import light
from symproof.methods.posing import FAILURES
from symproof.methods.positivity import atoms_of
from symproof.methods.quick import order
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.sizes import same_axis
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array, Scalar

MAX_COLUMNS = 120
MAX_LETTERS = 6
MAX_PLACES = 9


def combined(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L − R = Σ m·(equations) with multipliers of low degree, found by linear algebra."""
    if not isinstance(goal.args[0].type, Scalar):
        return None
    return search.clean(context, goal, _combinations(context, goal))


def _combinations(context: Context, goal: Term) -> Iterator[Certificate]:
    for rules in itertools.islice(rewritings(context, goal), 2):
        try:
            nf = normal(context, rewrite_facts(context, "search", rules))
            gap = difference(nf, *goal.args)
            known = [
                (item, poly)
                for item, fact in _equations(context, goal)
                if (poly := difference(nf, *fact.args))
            ]
            near = _connected(gap, [p for _, p in known])
            letters = sorted({a for p in (gap, *near) for m in p.terms for a, _ in m}, key=lambda a: a.key)
            if not near or len(letters) > MAX_LETTERS:
                continue
            cofactors = [ONE, *map(of_atom, letters)]
            pairs = itertools.combinations_with_replacement(cofactors[1:], 2)
            cofactors += [nf.times(a, b) for a, b in pairs]
            items = [(k, m, nf.times(m, p)) for k, (_, p) in enumerate(known) if p in near for m in cofactors]
            items = items[:MAX_COLUMNS]
            columns = [{k: Fraction(c) for k, c in value.terms.items()} for _, _, value in items]
            solved = solutions(columns, {k: Fraction(c) for k, c in gap.terms.items()}, lambda j: -j)
            if solved is None:
                continue
            multipliers: dict[int, list[Poly]] = {}
            for weight, (k, factor, _) in zip(solved[0], items, strict=True):
                if weight:
                    multipliers.setdefault(k, []).append(factor.scale(rational(weight)))
            combine: list[dict[str, Any]] = [
                {**known[k][0], "times": encode(raise_poly(nf, total(parts), {}))}
                for k, parts in multipliers.items()
            ]
            yield {"rule": "algebra", **rules, "combine": combine}
        except FAILURES:
            continue


def _equations(context: Context, goal: Term) -> Iterator[tuple[dict[str, Any], Term]]:
    """Known equations between numbers; those for all integers at the integers of the goal, those for all
    vertices or edges at the vertices that were taken.
    """
    for name, fact in context.facts.items():
        if fact.op == "eq" and isinstance(fact.args[0].type, Scalar):
            yield {"fact": name}, fact
        groups: Any = fact.data
        if fact.op == "forall" and len(groups) == 1 and fact.args[1].data == "integer":
            for point in points(context, goal):
                try:
                    gained = specialise(context, "search", fact, {groups[0][0]: point})
                except Rejected:
                    continue
                if gained.op == "eq" and isinstance(gained.args[0].type, Scalar):
                    yield {"fact": name, "at": {groups[0][0]: encode(point)}}, gained
        for at, gained in at_vertices(context, fact):
            if gained.op == "eq" and isinstance(gained.args[0].type, Scalar):
                yield {"fact": name, "at": {n: encode(v) for n, v in at.items()}}, gained


def at_vertices(context: Context, fact: Term) -> Iterator[tuple[dict[str, Term], Term]]:
    """What is said of all vertices, or edges, at those that were taken."""
    if fact.op != "forall" or any(domain.op not in ("vertices", "edges") for domain in fact.args[1:]):
        return
    groups: Any = fact.data
    names = [name for group in groups for name in group]
    wanted = fact.args[1].type.items[0]  # type: ignore[union-attr]
    vertices = [sym(name, symbol.type) for name, symbol in context.symbols.items() if symbol.type == wanted]
    for values in itertools.islice(itertools.product(vertices, repeat=len(names)), MAX_PLACES):
        at = dict(zip(names, values, strict=True))
        try:
            yield at, specialise(context, "search", fact, at)
        except Rejected:
            continue


def _connected(gap: Poly, known: list[Poly]) -> list[Poly]:
    """The equations that share atoms with the difference, or with one that does."""
    near: list[Poly] = []
    reached = atoms_of(gap)
    for _ in range(3):
        for poly in known:
            if poly not in near and not reached.isdisjoint(atoms_of(poly)):
                near.append(poly)
                reached |= atoms_of(poly)
    return near


def squeezed(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R and R <= L, or (L − R)² <= 0."""
    left, right = goal.args
    if isinstance(left.type, Array):
        return _vanishing(search, context, left, right, depth) if context.facts else None
    if not isinstance(left.type, Scalar) or not context.facts:
        return None
    below = order(search, context, make("le", left, right), depth)
    if below is not None:
        above = order(search, context, make("le", right, left), depth)
        if above is not None:
            premises = {"below": below, "above": above}
            return _have(context, "antisymmetric", {"x": left, "y": right}, premises)
    gap = make("add", left, make("neg", right))
    premise = make("le", make("pow", gap, num(2)), num(0))
    small = applied(search, context, premise, depth) or light(search, context, premise, depth)
    return None if small is None else _have(context, "square-zero", {"x": gap}, {"small": small})


def _vanishing(search: Search, context: Context, left: Term, right: Term, depth: int) -> Certificate | None:
    """Vectors are equal when their difference has length 0."""
    assert isinstance(left.type, Array)
    axes = left.type.axes
    if len(axes) != 1 or left.type.row or axes[0].op != "range" or axes[0].args[0] != num(1):
        return None
    gap = left if right.op == "zeros" else make("add", left, make("scale", num(-1), right))
    premise = make("le", make("matmul", make("transpose", gap), gap), num(0))
    small = order(search, context, premise, depth) or light(search, context, premise, depth)
    if small is None:
        return None
    values = {"n": axes[0].args[1], "x": gap}
    return _have(context, "vector-zero", values, {"small": small}, {"entry": [encode(sym("#1", INTEGER))]})


def _have(
    context: Context,
    axiom: str,
    values: dict[str, Term],
    premises: dict[str, Certificate],
    entry: dict[str, Any] | None = None,
) -> Certificate:
    name = fresh_name(context, axiom)
    at = {k: encode(v) for k, v in values.items()}
    then = {"rule": "algebra", "combine": [{"fact": name, **(entry or {})}]}
    return {"rule": "have", "name": name, "axiom": axiom, "at": at, "premises": premises, "then": then}


def paired(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L − R = ±(A − B) X or ±X (A − B) for a known equation A = B of vectors or matrices and a declared X."""
    return search.clean(context, goal, _pairings(context, goal))


def _pairings(context: Context, goal: Term) -> Iterator[Certificate]:
    found = goal.args[0].type
    axes = found.axes if isinstance(found, Array) else ()
    for name, fact in context.facts.items():
        type = fact.args[0].type if fact.op == "eq" else None
        if not isinstance(type, Array):
            continue
        for other, symbol in context.symbols.items():
            if not isinstance(symbol.type, Array):
                continue
            for factors in ((type.axes, symbol.type.axes), (symbol.type.axes, type.axes)):
                shape = _shape(*factors)
                if shape is None or not _same(shape, axes):
                    continue
                places = [*_outer(axes), sym("i_1", factors[0][-1].type.items[0])]  # type: ignore[union-attr]
                left = [*places[: len(factors[0]) - 1], places[-1]]
                right = [places[-1], *places[len(factors[0]) - 1 : -1]]
                entry, at = (left, right) if factors[0] is type.axes else (right, left)
                times = make("index", sym(other, symbol.type), *at)
                for term in (times, make("neg", times)):
                    item = {
                        "fact": name,
                        "over": [["i_1", encode(factors[0][-1])]],
                        "times": encode(term),
                        "entry": [encode(e) for e in entry],
                    }
                    yield {"rule": "algebra", "combine": [item]}


def _shape(left: tuple[Term, ...], right: tuple[Term, ...]) -> tuple[Term, ...] | None:
    """The axes of a product, if there is one."""
    return (*left[:-1], *right[1:]) if same_axis(left[-1], right[0]) else None


def _same(left: tuple[Term, ...], right: tuple[Term, ...]) -> bool:
    return len(left) == len(right) and all(map(same_axis, left, right))


def _outer(axes: tuple[Term, ...]) -> list[Term]:
    """The names of the entry that is compared."""
    return [
        sym(f"#{k}", axis.type.items[0])  # type: ignore[union-attr]
        for k, axis in enumerate(axes, start=1)
    ]
