"""Normal forms as ordinary polynomials: each power product is a vector of exponents of letters.

An atom with numbers as exponents is one letter; a base with symbolic exponents
(e^x, 2^n) is one letter for each monomial of the exponents.
"""

from __future__ import annotations

import itertools
import math
import operator
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from symproof.kernel import angles, signs
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ONE,
    Atom,
    Mono,
    Number,
    Poly,
    as_exponent,
    as_poly,
    merge,
    of_atom,
    of_mono,
    rational,
)

Letter = tuple[Atom, Mono]
Vector = tuple[Fraction, ...]
MAX_FACTORED = 200
MAX_DEGREE = 24
MAX_POINTS = 120


class Letters:
    """The letters of some polynomials, in a fixed order."""

    def __init__(self, polys: Iterable[Poly]) -> None:
        found: dict[tuple[str, str], Letter] = {}
        for poly in polys:
            for mono in poly.terms:
                for atom, exponent in mono:
                    for inner in as_poly(exponent).terms:
                        found.setdefault((atom.key, repr(inner)), (atom, inner))
        self.letters = [found[key] for key in sorted(found)]
        self._place = {(atom.key, inner): k for k, (atom, inner) in enumerate(self.letters)}

    def vector(self, mono: Mono) -> Vector:
        """The exponents of a monomial."""
        found = [Fraction(0)] * len(self.letters)
        for atom, exponent in mono:
            for inner, value in as_poly(exponent).terms.items():
                found[self._place[atom.key, inner]] = Fraction(value)
        return tuple(found)

    def mono(self, vector: Sequence[Fraction]) -> Mono:
        """The monomial with these exponents."""
        result: Mono = ()
        for (atom, inner), value in zip(self.letters, vector, strict=True):
            if value:
                result = merge(result, ((atom, as_exponent(of_mono(inner, rational(value)))),))
        return result

    def nonnegative(self, nf: Normal, k: int) -> bool:
        """Is the letter >= 0 wherever it occurs?"""
        atom, inner = self.letters[k]
        return atom.kind == "base" or bool(inner) or signs.holds(nf, of_mono(((atom, 1),)), "ge")


def factors(nf: Normal, poly: Poly) -> tuple[Number, list[tuple[Poly, int]]] | None:
    """c·Π f^k = poly with irreducible f, by FLINT; None when it is too large or has one factor."""
    single = poly.single()
    if single is not None:
        found = [(of_atom(a), e) if isinstance(e, int) else (of_mono(((a, e),)), 1) for a, e in single[0]]
        return (single[1], found) if len(found) > 1 or any(k > 1 for _, k in found) else None
    letters = Letters([poly])
    vectors = {letters.vector(m): c for m, c in poly.terms.items()}
    if not letters.letters or len(vectors) > MAX_FACTORED:
        return None
    columns = list(zip(*vectors, strict=True))
    units = [math.lcm(*(e.denominator for e in column)) for column in columns]
    lows = [min(column) for column in columns]
    degrees = [(max(c) - low) * u for c, low, u in zip(columns, lows, units, strict=True)]
    if sum(degrees) > MAX_DEGREE * 2:
        return None
    from flint import Ordering, fmpq, fmpq_mpoly_ctx

    ring = fmpq_mpoly_ctx.get([f"x{k}" for k in range(len(units))], Ordering.lex)
    terms = {
        tuple(int((e - low) * u) for e, low, u in zip(v, lows, units, strict=True)): fmpq(
            c.numerator, c.denominator
        )
        for v, c in vectors.items()
    }
    content, parts = ring.from_dict(terms).factor()
    found = []
    for part, power in parts:
        back = {
            letters.mono([Fraction(int(e), u) for e, u in zip(exponents, units, strict=True)]): Fraction(
                int(c.p), int(c.q)
            )
            for exponents, c in part.to_dict().items()
        }
        found.append((Poly({m: rational(c) for m, c in back.items()}), int(power)))
    outside = letters.mono(lows)
    if outside:
        found += [(of_mono(((atom, exponent),)), 1) for atom, exponent in outside]
    if len(found) < 2 and all(power == 1 for _, power in found):
        return None
    return rational(Fraction(int(content.p), int(content.q))), found


def squarable(nf: Normal, *polys: Poly) -> list[Poly]:
    """Monomials whose squares and products may make up a combination of the polynomials: half their support.

    These are the lattice points in half of the box and the degrees that the
    polynomials span; one stays when its square occurs or is also a product of
    two others.  What has a simpler square is one in any case.
    """
    roots = list(_radicals(nf, polys))
    letters = Letters((*polys, *roots))
    support = {letters.vector(m) for poly in polys for m in poly.terms}
    if not letters.letters:
        return [ONE]
    halved = {tuple(e / 2 for e in v) for v in support}
    whole = [not letters.nonnegative(nf, k) for k in range(len(letters.letters))]
    points = {v for v in halved if all(e.denominator == 1 or not w for e, w in zip(v, whole, strict=True))}
    points |= set(_lattice(support))
    if len(points) > MAX_POINTS:
        return []
    kept = _thinned(points, support)
    kept |= {letters.vector(m) for root in roots for m in root.terms}
    if roots:
        kept.add((Fraction(0),) * len(letters.letters))
    ordered = sorted(kept, key=lambda v: (-sum(map(abs, v)), [-e for e in v]))
    return [of_mono(letters.mono(v)) for v in ordered]


def _radicals(nf: Normal, polys: Iterable[Poly]) -> Iterator[Poly]:
    """Powers whose squares are something simpler: roots, absolute values, sines and cosines."""
    turned: dict[str, Poly] = {}
    for poly in polys:
        for mono in poly.terms:
            for atom, exponent in mono:
                if atom.kind == "abs" or (atom.kind in ("pow", "base") and isinstance(exponent, Fraction)):
                    yield of_mono(((atom, exponent),))
                elif nf.angles and atom.kind == "fun" and atom.parts[0] in ("sin", "cos"):
                    angle: Poly = atom.parts[1]  # type: ignore[assignment]
                    turned[angle.key] = angle
    for angle in turned.values():
        if angle.scale(Fraction(1, 2)).key not in turned:
            yield angles.sine(nf, angle)
            yield angles.cosine(nf, angle)


def _lattice(support: set[Vector]) -> Iterator[Vector]:
    """The integer points between half the least and half the greatest exponents and degrees."""
    if any(e < 0 or e.denominator != 1 for v in support for e in v):
        return
    columns = list(zip(*support, strict=True))
    degrees = [sum(v) for v in support]
    low, high = min(degrees), max(degrees)
    spans = [range(math.ceil(min(c) / 2), math.floor(max(c) / 2) + 1) for c in columns]
    if math.prod(map(len, spans)) > 2000:
        return
    for point in itertools.product(*spans):
        if low <= 2 * sum(point) <= high:
            yield tuple(map(Fraction, point))


def _thinned(points: set[Vector], support: set[Vector]) -> set[Vector]:
    unit = math.lcm(*(e.denominator for v in (*points, *support) for e in v))
    scaled = {tuple(int(e * unit) for e in v): v for v in points}
    squares = {tuple(int(e * unit) for e in v) for v in support}
    left = set(scaled)
    while True:
        products = {tuple(map(operator.add, u, v)) for u, v in itertools.combinations(left, 2)}
        kept = {v for v in left if (d := tuple(2 * e for e in v)) in squares or d in products}
        if kept == left:
            return {scaled[v] for v in kept}
        left = kept


def evaluate(poly: Poly, letters: Letters, values: Sequence[Number]) -> Fraction:
    """The value where each letter has a value."""
    result = Fraction(0)
    for mono, coeff in poly.terms.items():
        term = Fraction(coeff)
        for exponent, value in zip(letters.vector(mono), values, strict=True):
            if exponent:
                term *= Fraction(value) ** int(exponent)
        result += term
    return result


Compiled = list[tuple[float, list[tuple[int, float]]]]


def compiled(letters: Letters, poly: Poly) -> Compiled:
    """The polynomial for `value_at`."""
    found = []
    for mono, coeff in poly.terms.items():
        powers = [(k, float(e)) for k, e in enumerate(letters.vector(mono)) if e]
        found.append((float(coeff), powers))
    return found


def value_at(poly: Compiled, point: Sequence[float | Fraction]) -> float:
    """The value in floating point."""
    result = 0.0
    for coeff, powers in poly:
        for k, e in powers:
            coeff *= point[k] ** e
        result += coeff
    return result
