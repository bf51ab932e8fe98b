"""Inequalities between quadratic forms: squares of vectors, and forms of positive semidefinite matrices, with
nonnegative weights, and multiples of known equations: |x|² − x'P x = |x − P x|² where P² = P = P'.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symproof.kernel import known, lower
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.instances import rewrite_facts
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, Poly
from symproof.methods import simplex
from symproof.methods.contracting import definitions, item_of, known_equations, multiples_near
from symproof.methods.posing import FAILURES
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.sizes import same_axis
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array, Scalar

MAX_VECTORS = 6
MAX_FORMS = 90
MAX_WEIGHTS = 4
SUMMED = frozenset(("matmul", "dot", "norm", "sum", "fronorm"))


@dataclass(frozen=True)
class _Form:
    """What is not negative: a square of a vector, or d'A d, times a weight that is not negative."""

    value: Poly
    weights: tuple[Poly, ...]
    vector: Term
    matrix: Term | None


def quadratic(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by squares of the vectors at hand, once multiples of known equations are added."""
    if goal.op not in ("le", "ge") or not isinstance(goal.args[0].type, Scalar) or depth > 2:
        return None
    if not any(node.op in SUMMED for node in goal.walk()):
        return None
    rules = definitions(context)
    try:
        nf = normal(context, rewrite_facts(context, "search", {"rewrite": rules}))
        ((gap, _),) = known.as_fact(difference(nf, *goal.args), goal.op)
        forms = list(itertools.islice(_forms(nf, context, goal), MAX_FORMS))
        equations = list(known_equations(nf, context, goal))
        near = multiples_near(search, nf, [gap, *(f.value for f in forms)], equations)
        for items, columns in near if equations else [([], [])]:
            signed = [c.terms for c in columns] + [(-c).terms for c in columns]
            found = simplex.combination([f.value.terms for f in forms] + signed, gap.terms, frozenset())
            if found is not None:
                used = [(form, found[j]) for j, form in enumerate(forms) if j in found]
                combine = []
                for j, item in enumerate(items, start=len(forms)):
                    c = found.get(j, Fraction(0)) - found.get(j + len(items), Fraction(0))
                    if c:
                        combine.append(item_of(nf, item, c if goal.op == "ge" else -c, ONE, {}))
                then = _certificate(context, nf, used, combine, rules)
                return then if search.conditions(context, goal, then) is not None else None
    except (*FAILURES, Mistyped):
        pass
    return None


def _certificate(
    context: Context,
    nf: Normal,
    used: list[tuple[_Form, Fraction]],
    combine: list[dict[str, Any]],
    rules: list[str],
) -> Certificate:
    """The goal as a sum of the forms and of multiples of equations; what is semidefinite is said first."""
    haves: list[Certificate] = []
    terms = []
    for form, c in used:
        (axis,) = form.vector.type.axes  # type: ignore[union-attr]
        factors = [[encode(raise_poly(nf, weight, {})), 1] for weight in form.weights]
        term: dict[str, Any] = {"c": str(c), "factors": factors}
        if form.matrix is None:
            index = sym(context.fresh("i_1"), axis.type.items[0])  # type: ignore[union-attr]
            term["over"] = [[str(index.data), encode(axis)]]
            term["factors"].append([encode(make("index", form.vector, index)), 2])
        else:
            value = _value(form.vector, form.matrix)
            at = {"n": encode(axis.args[1]), "S": encode(form.matrix), "x": encode(form.vector)}
            name = fresh_name(context, "form")
            haves.append({"rule": "have", "name": name, "axiom": "psd-form", "at": at})
            context = context.with_fact(name, make("ge", value, num(0)))
            term["factors"].append([encode(value), 1])
        terms.append(term)
    return nested(haves, {"rule": "order", "terms": terms, "combine": combine, "rewrite": rules})


def _forms(nf: Normal, context: Context, goal: Term) -> Iterator[_Form]:
    """Squares of the vectors at hand, of their sums and differences, and what is semidefinite at them."""
    psd = [sym(s.name, s.type) for s in context.symbols.values() if "psd" in s.attributes]
    groups = list(_vectors(context, goal))
    for weights, vectors in itertools.product(_weights(nf), groups):
        vectors = vectors if not weights else [v for v in vectors if v.op == "sym"]
        pairs = itertools.combinations(vectors, 2)
        sums = (make("add", x, y) for p in pairs for x, y in ((p[0], make("neg", p[1])), p))
        for vector in (*vectors, *sums):
            for matrix in (None, *psd):
                if matrix is None or _fits(matrix, vector):
                    value = nf.product(*weights, lower.scalar(nf, _value(vector, matrix), {}))
                    yield _Form(value, weights, vector, matrix)


def _fits(matrix: Term, vector: Term) -> bool:
    """Is x'A x a form in which A stands once?"""
    axes = [term.type.axes[0] for term in (matrix, vector)]  # type: ignore[union-attr]
    return same_axis(*axes) and all(node.op != "matmul" for node in vector.walk())


def _value(vector: Term, matrix: Term | None) -> Term:
    row = make("transpose", vector)
    return make("matmul", row if matrix is None else make("matmul", row, matrix), vector)


def _weights(nf: Normal) -> Iterator[tuple[Poly, ...]]:
    """Nothing, numbers with names that are known not to be negative, and their products."""
    found = [
        p
        for p, relation in known.whole(nf).ground
        if relation in ("ge", "gt")
        and len(p.terms) <= 2
        and all(a.kind == "sym" for m in p.terms for a, _ in m)
    ]
    found = [p for p in found if not any(nf.context.symbols[n].type == INTEGER for n in p.names)]
    for count in range(3):
        yield from itertools.combinations(found[:MAX_WEIGHTS], count)


def _vectors(context: Context, goal: Term) -> Iterator[list[Term]]:
    """The vectors of the goal, the matrices of the goal times them, and what they have in the directions of
    others; those over one axis together.
    """
    names = sorted(free_symbols(goal) & context.symbols.keys())
    symbols = [sym(n, context.symbols[n].type) for n in names if isinstance(context.symbols[n].type, Array)]
    plain = [s for s in symbols if len(s.type.axes) == 1]  # type: ignore[union-attr]
    matrices = [s for s in symbols if len(s.type.axes) == 2]  # type: ignore[union-attr]
    found = list(plain)
    for matrix, vector in itertools.product(matrices, plain):
        for turned in (matrix, make("transpose", matrix)):
            if same_axis(turned.type.axes[1], vector.type.axes[0]):  # type: ignore[union-attr]
                found.append(make("matmul", turned, vector))
    for x, y in itertools.permutations(plain, 2):
        if same_axis(x.type.axes[0], y.type.axes[0]):  # type: ignore[union-attr]
            found.append(make("scale", make("matmul", make("transpose", x), y), x))
    while found:
        axis = found[0].type.axes[0]  # type: ignore[union-attr]
        alike = [v for v in found if same_axis(v.type.axes[0], axis)]  # type: ignore[union-attr]
        found = [v for v in found if v not in alike]
        yield alike[:MAX_VECTORS]
