"""Linear arithmetic by Fourier–Motzkin elimination, the monomials taken as unknowns, in integers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from symproof.kernel.poly import Mono, Poly

Row = tuple[dict[int, int], int, bool]  # Σ c·m + k >= 0, strictly if True
MAX_ROWS = 400


def contradictory(facts: Sequence[tuple[Poly, bool]]) -> bool:
    """Can the polynomials not all be >= 0 (> 0 where it says so), whatever the values of the monomials?"""
    names: dict[Mono, int] = {}
    rows = _deduplicated(_bounded([_row(poly, strict, names) for poly, strict in facts]))
    while True:
        if any(not coeffs and (value < 0 or (strict and value == 0)) for coeffs, value, strict in rows):
            return True
        rows = [row for row in _bounded(rows) if row[0]]
        if not rows:
            return False
        counts: dict[int, list[int]] = {}
        for coeffs, _, _ in rows:
            for m, c in coeffs.items():
                counts.setdefault(m, [0, 0])[c > 0] += 1
        pivot = min(counts, key=lambda m: counts[m][0] * counts[m][1] - sum(counts[m]))
        lower = [row for row in rows if row[0].get(pivot, 0) > 0]
        upper = [row for row in rows if row[0].get(pivot, 0) < 0]
        rest = [row for row in rows if pivot not in row[0]]
        if len(rest) + len(lower) * len(upper) > MAX_ROWS:
            return False
        rest += [_combine(a, b, pivot) for a in lower for b in upper]
        rows = _deduplicated(rest)


def _bounded(rows: list[Row]) -> list[Row]:
    """The rows whose unknowns are all bounded from both sides; the others can always be met."""
    while True:
        above = {m for coeffs, _, _ in rows for m, c in coeffs.items() if c < 0}
        below = {m for coeffs, _, _ in rows for m, c in coeffs.items() if c > 0}
        free = above ^ below
        if not free:
            return rows
        rows = [row for row in rows if free.isdisjoint(row[0])]


def _row(poly: Poly, strict: bool, names: dict[Mono, int]) -> Row:
    """The polynomial times a positive integer."""
    scale = math.lcm(*[c.denominator for c in poly.terms.values()])
    coeffs, value = {}, 0
    for mono, c in poly.terms.items():
        whole = c.numerator * (scale // c.denominator)
        if mono:
            coeffs[names.setdefault(mono, len(names))] = whole
        else:
            value = whole
    return coeffs, value, strict


def _combine(lower: Row, upper: Row, pivot: int) -> Row:
    """The positive combination of two rows that is free of the pivot."""
    a, b = lower[0][pivot], -upper[0][pivot]
    coeffs = {m: c * b for m, c in lower[0].items()}
    for m, c in upper[0].items():
        value = coeffs.get(m, 0) + c * a
        if value:
            coeffs[m] = value
        else:
            coeffs.pop(m, None)
    return coeffs, lower[1] * b + upper[1] * a, lower[2] or upper[2]


def _deduplicated(rows: list[Row]) -> list[Row]:
    """Of rows with proportional coefficients the sharpest one, in lowest terms."""
    best: dict[frozenset[tuple[int, int]], tuple[int, Row]] = {}
    for coeffs, value, strict in rows:
        unit = math.gcd(*coeffs.values()) if coeffs else 1
        common = math.gcd(unit, value)
        if coeffs and common > 1:
            coeffs, value, unit = {m: c // common for m, c in coeffs.items()}, value // common, unit // common
        row = coeffs, value, strict
        key = frozenset((m, c // unit) for m, c in coeffs.items())
        old = best.get(key)
        if old is not None:
            gap = value * old[0] - old[1][1] * unit
            if gap > 0 or (gap == 0 and not strict):
                continue
        best[key] = unit, row
    return [row for _, row in best.values()]
