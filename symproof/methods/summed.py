"""Sums of squares at symbolic size: a combination of sums is one sum whose body is nonnegative.

|x|²|y|² − (x'y)² = ½ Σ_ij (x_i y_j − x_j y_i)²: every monomial is opened over the
same one or two indices, the body is averaged over their exchange and then
decomposed like any polynomial.  A degree is a sum of adjacencies, what is said of
a vertex with neighbours the mean of it over them, a factor n the length of a range.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symproof.kernel import signs, sums
from symproof.kernel.atoms import adjacency
from symproof.kernel.normal import Normal, Sort
from symproof.kernel.poly import ONE, Atom, Mono, Poly, mono_of, of_atom, of_mono, total
from symproof.methods.decompositions import by_factors, by_sign
from symproof.methods.positivity import Problem, Summand
from symproof.methods.products import by_products
from symproof.methods.raising import raise_poly, variable_domain
from symproof.methods.search import Certificate
from symproof.methods.sums_of_squares import by_squares
from symproof.terms.codec import encode
from symproof.terms.tree import Term

MAX_OPENINGS = 24
WAYS = (
    by_sign,
    by_factors,
    by_squares,
    lambda problem: by_products(problem, 1),
    lambda problem: by_products(problem, 2),
)


def by_summing(problem: Problem) -> Iterator[Certificate]:
    """Certificates that the target is a sum over one or two indices of something nonnegative."""
    with_sums = {a for m in problem.target.terms for a, e in m if a.kind == "sum"}
    if not with_sums:
        return
    for sort in dict.fromkeys(s for a in sorted(with_sums, key=lambda a: a.key) for s in _sorts(a)):
        for count in (1, 2):
            for body, variables, rest in _bodies(problem, sort, count):
                found = _decomposed(problem, body)
                outside = _decomposed(problem, rest) if rest else []
                # of a sum that may be empty, or vanish, only what stands outside can be positive
                if found is not None and outside is not None and (outside or not problem.strict):
                    yield _certificate(problem, found, variables, outside)


def _sorts(atom: Atom) -> Iterator[Sort]:
    """The sorts of the indices of a sum that do not depend on other indices."""
    for sort in atom.parts[0]:  # type: ignore[attr-defined]
        if sort[0] == "vertices" or (sort[0] == "range" and _plain(sort[1])):
            yield sort


def _plain(length: Poly) -> bool:
    """Does a length mention no index?"""
    return not length.vars and all(a.kind != "bv" for m in length.terms for a, _ in m)


def _decomposed(problem: Problem, target: Poly) -> list[Summand] | None:
    inner = Problem(problem.nf, problem.context, target, target, False, problem.spend)
    inner.gather()
    inner.equations = []
    for way in WAYS:
        found = way(inner)
        if found is not None:
            return found[0]
    return None


def _bodies(problem: Problem, sort: Sort, count: int) -> Iterator[tuple[Poly, tuple[Atom, ...], Poly]]:
    """(body, indices, what has no sum) with target = Σ body + rest, the body symmetric in the indices."""
    nf = problem.nf
    variables = tuple(nf.variable(sort) for _ in range(count))
    rest: list[Poly] = []
    choices: list[list[Poly]] = []
    for mono, coeff in problem.target.terms.items():
        summed = any(a.kind == "sum" for a, _ in mono)
        opened = _opened(nf, mono, sort, variables) if summed or not problem.strict else ()
        found = [b.scale(coeff) for b in itertools.islice(opened, 4)]
        if not found:
            if summed:
                return
            rest.append(of_mono(mono, coeff))
            continue
        choices.append(found)
    for chosen in itertools.islice(itertools.product(*choices), MAX_OPENINGS):
        body = total(chosen)
        if count == 2:
            u, v = variables
            swapped = nf.replace(body, {u: of_atom(v), v: of_atom(u)})
            body = (body + swapped).scale(Fraction(1, 2))
        yield body, variables, total(rest)


def _opened(nf: Normal, mono: Mono, sort: Sort, variables: tuple[Atom, ...]) -> Iterator[Poly]:
    """Bodies b with monomial = Σ over the variables of b."""
    inside: list[Atom] = []
    free = []
    for atom, exponent in mono:
        if atom.kind == "sum" and isinstance(exponent, int) and 0 < exponent <= 2:
            inside += [atom] * exponent
        else:
            free.append((atom, exponent))
    yield from _open_next(nf, inside, of_mono(mono_of(free)), sort, list(variables))


def _open_next(nf: Normal, inside: list[Atom], body: Poly, sort: Sort, left: list[Atom]) -> Iterator[Poly]:
    if inside:
        atom, later = inside[0], inside[1:]
        bound, inner = sums.open_sum(nf, atom)
        of_sort = [v for v in bound if nf.sorts[v] == sort]
        for count in range(min(len(of_sort), len(left)), 0, -1):
            for chosen in itertools.combinations(of_sort, count):
                opened = inner
                for var in reversed([v for v in bound if v not in chosen]):
                    opened = sums.sum_over(nf, opened, var)
                values = {v: of_atom(w) for v, w in zip(chosen, left, strict=False)}
                product = nf.times(body, nf.replace(opened, values))
                yield from _open_next(nf, later, product, sort, left[count:])
        return
    if not left:
        yield body
        return
    if sort[0] == "vertices":
        yield from _by_degree(nf, body, sort, left)
    length = sums.length(nf, sort)
    size = length.atom()
    if size is not None and all(any(a == size and e in (1, 2) for a, e in m) for m in body.terms):
        lower = total(
            of_mono(mono_of((a, 1 if a == size else e) for a, e in m if a != size or e != 1), c)
            for m, c in body.terms.items()
        )
        yield from _open_next(nf, [], lower, sort, left[1:])


def _by_degree(nf: Normal, body: Poly, sort: Sort, left: list[Atom]) -> Iterator[Poly]:
    """A degree in every monomial becomes an adjacency to the next index; where there is none, the body is
    shared out among the neighbours."""
    degrees = [{a for a, e in m if a.kind == "deg" and e == 1} for m in body.terms]
    common = set.intersection(*degrees) if degrees else set()
    for atom in sorted(common, key=lambda a: a.key):
        joined = adjacency(nf, str(atom.parts[0]), atom.parts[1], of_atom(left[0]))  # type: ignore[arg-type]
        lower = total(of_mono(tuple(f for f in m if f[0] != atom), c) for m, c in body.terms.items())
        yield from _open_next(nf, [], nf.times(lower, joined), sort, left[1:])
    for vertex in sorted((v for v in body.vars if nf.sorts.get(v) == sort), key=lambda v: v.key):
        number = of_atom(Atom("deg", sort[1], of_atom(vertex)))
        if vertex not in left and signs.holds(nf, number, "gt"):
            joined = adjacency(nf, str(sort[1]), of_atom(vertex), of_atom(left[0]))
            shared = nf.product(body, joined, nf.power(number, -1))
            yield from _open_next(nf, [], shared, sort, left[1:])


def _certificate(
    problem: Problem, found: list[Summand], variables: tuple[Atom, ...], outside: list[Summand]
) -> Certificate:
    names: dict[Atom, Term] = {}
    over = []
    for k, var in enumerate(variables, start=1):
        domain, name = variable_domain(problem.nf, var, names, f"i_{k}")
        names[var] = name
        over.append([str(name.data), encode(domain)])
    certificate = problem.certificate(outside)
    for summand in found:
        factors: list[list[Any]] = [
            [encode(raise_poly(problem.nf, f, names)), power]
            for power, parts in ((1, summand.factors), (2, summand.squares))
            for f in parts
            if f != ONE
        ]
        certificate["terms"].append({"c": str(summand.weight), "over": over, "factors": factors})
    return certificate
