"""Multiples of known equations under sums: x'(A − A')y is 0 where A' = A, though no rule turns A' into A.

A product under sums is matched against a product of an equation between entries, whose own sums become
sums of the product: Σ_abc x_a P_ab P_bc y_c against Σ_v P_iv P_vj with i = a, v = b, j = c leaves x_a y_c.
What is left, times the equation, is summed; a goal is a linear combination of such sums, or follows from
one and an inequality.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symproof.kernel import atoms, known, lower, signs, sums
from symproof.kernel.context import Context
from symproof.kernel.decide import normal
from symproof.kernel.instances import rewrite_facts, specialise
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, Atom, Mono, Poly, as_poly, mono_of, of_atom, of_mono, rational
from symproof.kernel.rewriting import Binding, match
from symproof.methods.elimination import solutions
from symproof.methods.equations import MAX_PLACES, points
from symproof.methods.posing import FAILURES
from symproof.methods.raising import raise_poly, variable_domain
from symproof.methods.search import Certificate, Search
from symproof.terms.build import make, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import occurring
from symproof.terms.tree import Term
from symproof.terms.types import Array

MULTIPLES = (6, 12, 24, 48)  # after so many it is tried whether they are enough
MAX_LONGER = 2  # by which products may become longer
FEW = 3  # terms of what is not 0
MAX_NONZERO = 3
MAX_FACTORS = 8  # of a product that is looked at
MAX_EXPANDED = 4  # powers up to here are products
Names = dict[Atom, Term]


@dataclass(frozen=True)
class _Equation:
    """left − right of a fact at any entry and any values of the indices that it is about; it is 0."""

    name: str
    gap: Poly
    at: dict[str, Poly]  # the names that it binds, as written
    entry: tuple[Poly, ...]  # of arrays, as written
    variables: frozenset[Atom]
    leads: tuple[_Product, ...]  # its terms that speak of all the variables


@dataclass(frozen=True)
class _Product:
    """Factors under sums over indices."""

    binders: tuple[Atom, ...]
    factors: tuple[Atom, ...]
    others: Mono  # what is not taken apart


@dataclass(frozen=True)
class Multiple:
    """An equation at some indices, times what is left of a product, summed."""

    equation: _Equation
    rest: _Product
    binding: Binding


def contracted(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R as a linear combination of multiples of known equations, summed over indices."""
    rules = definitions(context)
    try:
        nf = normal(context, rewrite_facts(context, "search", {"rewrite": rules}))
        variables, left, right = lower.sides(nf, goal.args[0], goal.args[1], {})
        gap = left - right
        axes = goal.args[0].type.axes if isinstance(goal.args[0].type, Array) else ()
        names: Names = {
            v: sym(f"#{k}", axis.type.items[0])  # type: ignore[union-attr]
            for k, (v, axis) in enumerate(zip(variables, axes, strict=True), start=1)
        }
        if not gap or any(lower.offset(nf, axis, {}) for axis in axes):
            return None
        equations = list(known_equations(nf, context, goal))
    except FAILURES:
        return None
    if not any(e.variables for e in equations):  # equations between numbers are for division
        return None
    found = ({**c, "rewrite": rules} for c in _candidates(search, nf, gap, equations, names))
    return search.first(context, goal, found)


def definitions(context: Context) -> list[str]:
    """The facts that say what a name stands for."""
    return [
        name
        for name, fact in context.facts.items()
        if fact.op == "eq"
        and fact.args[0].op == "sym"
        and str(fact.args[0].data) not in occurring(fact.args[1])
    ]


def _candidates(
    search: Search, nf: Normal, gap: Poly, equations: list[_Equation], names: Names
) -> Iterator[Certificate]:
    """The gap, then the gap times what is not 0, as a combination."""
    for factor in (ONE, *_nonzero(nf, gap)):
        try:
            items = _combined(search, nf, nf.times(factor, gap), equations, names, factor)
        except FAILURES:
            continue
        if items is not None:
            yield {"rule": "algebra", "combine": items}


def _nonzero(nf: Normal, gap: Poly) -> Iterator[Poly]:
    """What is assumed not to be 0."""
    found = [p for p, relation in known.whole(nf).ground if relation in ("ne", "gt") and len(p.terms) <= FEW]
    found = list(dict.fromkeys(p for p in found if not signs.is_integer(nf, p)))[:MAX_NONZERO]
    yield from found
    yield from (nf.times(f, g) for f, g in itertools.combinations(found, 2))


def _combined(
    search: Search, nf: Normal, gap: Poly, equations: list[_Equation], names: Names, divisor: Poly
) -> list[dict[str, Any]] | None:
    """Multiples that add up to the gap, divided by the divisor, as a certificate lists them."""
    for items, columns in multiples_near(search, nf, [gap], equations):
        solved = solutions([c.terms for c in columns], gap.terms, lambda j: -j)
        if solved is not None:
            return [item_of(nf, items[j], c, divisor, names) for j, c in enumerate(solved[0]) if c]
    return None


def multiples_near(
    search: Search, nf: Normal, polys: list[Poly], equations: list[_Equation]
) -> Iterator[tuple[list[Multiple], list[Poly]]]:
    """Multiples of the equations in which terms of the polynomials occur, or of the multiples found so far,
    with their values; a few at first, then more.
    """
    items: list[Multiple] = []
    columns: list[Poly] = []
    done: set[str] = set()
    waiting: list[tuple[int, int, _Product]] = []
    seen: set[Mono] = set()

    def look_at(poly: Poly, most: int) -> None:
        for mono in poly.terms:
            if mono not in seen:
                seen.add(mono)
                product = _opened(nf, mono)
                if product is not None and len(product.factors) <= most:
                    heapq.heappush(waiting, (len(product.factors), len(seen), product))

    for poly in polys:
        look_at(poly, MAX_FACTORS)
    most = max((size for size, _, _ in waiting), default=0) + MAX_LONGER
    attempt = MULTIPLES[0]
    while waiting and len(columns) < MULTIPLES[-1]:
        product = heapq.heappop(waiting)[2]
        for equation in equations:
            for rest, binding in _multiples(nf, product, equation):
                search.spend()
                value = _value(nf, equation, rest, binding)
                if value.terms and value.key not in done and (-value).key not in done:
                    done.add(value.key)
                    items.append(Multiple(equation, rest, binding))
                    columns.append(value)
                    look_at(value, most)
        if not waiting or len(columns) >= attempt:
            yield items, columns
            attempt = min((n for n in MULTIPLES if n > len(columns)), default=MULTIPLES[-1])


def known_equations(nf: Normal, context: Context, goal: Term) -> Iterator[_Equation]:
    """The known equations, also those for all indices, and those for all integers where the goal speaks of
    them.
    """
    for name, fact in context.facts.items():
        try:
            if fact.op == "forall" and all(d.op == "numbers" for d in fact.args[1:]):
                yield from _at_integers(nf, context, goal, name, fact)
                continue
            bound = known.bind(nf, fact, {}) if fact.op == "forall" else ({}, frozenset(), ())
            body = fact.args[0] if fact.op == "forall" else fact
            if bound is not None and all(isinstance(value, Poly) for value in bound[0].values()):
                yield from _read(nf, name, body, bound[0], dict(bound[0]), bound[1])
        except FAILURES:
            continue


def _at_integers(nf: Normal, context: Context, goal: Term, name: str, fact: Term) -> Iterator[_Equation]:
    """A fact about all integers, where the goal speaks of a sequence."""
    groups: Any = fact.data
    if len(groups) > 1 or fact.args[1].data != "integer":
        return
    for place in itertools.islice(points(context, goal), MAX_PLACES):
        (variable,) = groups[0]
        body = specialise(context, "search", fact, {variable: place})
        yield from _read(nf, name, body, {}, {variable: lower.scalar(nf, place, {})}, frozenset())


def _read(
    nf: Normal,
    name: str,
    body: Term,
    env: Mapping[str, lower.Value],
    at: dict[str, Any],
    bound: frozenset[Atom],
) -> Iterator[_Equation]:
    """An equation between numbers or arrays, and the values at which its fact is taken."""
    if body.op != "eq":
        return
    axes, left, right = lower.sides(nf, body.args[0], body.args[1], env)
    type = body.args[0].type
    written = tuple(
        of_atom(v) + lower.offset(nf, axis, env)
        for v, axis in zip(axes, type.axes if isinstance(type, Array) else (), strict=True)
    )
    variables = bound | frozenset(axes)
    leads = tuple(p for p in (_opened(nf, mono) for mono in (left - right).terms) if _leads(p, variables))
    if leads:
        yield _Equation(name, left - right, at, written, variables, leads)  # type: ignore[arg-type]


def _leads(product: _Product | None, variables: frozenset[Atom]) -> bool:
    """Are all the variables known where this is matched?"""
    if product is None or not product.factors or product.others:
        return False
    return variables <= frozenset().union(*(a.vars for a in product.factors))


def _opened(nf: Normal, mono: Mono) -> _Product | None:
    """A monomial with its sums opened."""
    binders: tuple[Atom, ...] = ()
    factors: list[Atom] = []
    others: list[Any] = []
    pending = list(mono)
    while pending:
        atom, exponent = pending.pop()
        if atom.kind == "sum" and exponent == 1:
            variables, body = sums.open_sum(nf, atom)
            ((inside, _),) = body.terms.items()
            binders += variables
            pending += inside
        elif isinstance(exponent, int) and 0 < exponent <= MAX_EXPANDED:
            factors += [atom] * exponent
        else:
            others.append((atom, exponent))
    if len(factors) > MAX_FACTORS:
        return None
    return _Product(binders, tuple(factors), mono_of(others))


def _multiples(nf: Normal, product: _Product, equation: _Equation) -> Iterator[tuple[_Product, Binding]]:
    """What the equation is to be multiplied by, and at which indices, for a product of it to be this one."""
    for pattern in equation.leads:
        inside = frozenset(pattern.binders)
        for binding, left in _placed(nf, pattern.factors, product.factors, equation.variables | inside, {}):
            taken = [binding[v].atom() for v in pattern.binders if isinstance(binding[v], Poly)]  # type: ignore[union-attr]
            rest = mono_of([*((a, 1) for a in left), *product.others])
            values = [v for k, v in binding.items() if k not in inside]
            if len(set(taken)) < len(pattern.binders) or not set(taken) <= set(product.binders):
                continue
            used = frozenset().union(*(v.vars for v in values), *(a.vars | as_poly(e).vars for a, e in rest))
            if not used.isdisjoint(taken) or any(
                nf.sorts[v] != nf.sorts[t] for v, t in zip(pattern.binders, taken, strict=True) if t
            ):
                continue
            binders = tuple(b for b in product.binders if b not in taken)
            yield _Product(binders, (), rest), {k: v for k, v in binding.items() if k not in inside}


def _placed(
    nf: Normal,
    pattern: tuple[Atom, ...],
    factors: tuple[Atom, ...],
    variables: frozenset[Atom],
    so_far: Binding,
) -> Iterator[tuple[Binding, tuple[Atom, ...]]]:
    """Each factor of the pattern at a factor of the product, with what is left of the product."""
    if not pattern:
        yield so_far, factors
        return
    for k, factor in enumerate(factors):
        for turned in _turned(nf, nf.replace(of_atom(pattern[0]), so_far)):
            for binding in match(turned, factor, variables) if turned.kind == factor.kind else ():
                left = factors[:k] + factors[k + 1 :]
                yield from _placed(nf, pattern[1:], left, variables, {**so_far, **binding})


def _turned(nf: Normal, factor: Poly) -> Iterator[Atom]:
    """The factor, and the entry of a symmetric matrix also with its indices exchanged."""
    atom = factor.atom()
    if atom is None:
        return
    yield atom
    if atom.kind == "elem" and len(atom.parts) == 3:
        base, row, column = atom.parts
        if atoms.element(nf, base, (column, row)).atom() == atom:  # type: ignore[arg-type]
            yield Atom("elem", base, column, row)


def _value(nf: Normal, equation: _Equation, rest: _Product, binding: Binding) -> Poly:
    gap = nf.replace(equation.gap, binding)
    return sums.sum_all(nf, nf.times(of_mono(rest.others), gap), rest.binders)


def item_of(
    nf: Normal, multiple: Multiple, coefficient: Fraction, divisor: Poly, names: Names
) -> dict[str, Any]:
    """The multiple as a certificate says it, times a number and divided by the divisor."""
    equation, rest, binding = multiple.equation, multiple.rest, multiple.binding
    over = []
    inner = dict(names)
    for var in rest.binders:
        domain, name = variable_domain(nf, var, inner, f"i_{len(inner) + 1}")
        inner[var] = name
        over.append([str(name.data), encode(domain)])
    values = {k: raise_poly(nf, nf.replace(v, binding), inner) for k, v in equation.at.items()}
    entry = [raise_poly(nf, nf.replace(v, binding), inner) for v in equation.entry]
    times = raise_poly(nf, of_mono(rest.others, rational(coefficient)), inner)
    if divisor != ONE:
        times = make("div", times, raise_poly(nf, divisor, inner))
    found: dict[str, Any] = {"fact": equation.name, "times": encode(times)}
    if over:
        found["over"] = over
    if values:
        found["at"] = {k: encode(v) for k, v in values.items()}
    if entry:
        found["entry"] = [encode(v) for v in entry]
    return found
