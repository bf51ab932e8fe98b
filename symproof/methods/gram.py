"""Positive semidefinite matrices under linear equations: found in floating point, rounded, checked exactly.

A system asks for symmetric matrices G_b ⪰ 0 and free numbers whose entries
solve linear equations; a solution is what a decomposition into squares needs.
The equations are solved exactly first, so that rounding what is left free
keeps them, and the rest is a search for a point where all G_b are positive
definite: t is lowered while all G_b + t·I stay positive definite.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from symproof.methods.elimination import Column, solutions

Key = tuple[int, int, int]  # block, row, column with row <= column; block -1 for a free number
Matrix = list[list[Fraction]]
Floats = list[list[float]]
DENOMINATORS = (1, 2, 3, 4, 6, 12, 60, 2**8, 2**14, 2**24)
MAX_STEPS = 60


def squares(matrix: Matrix) -> list[tuple[Fraction, list[Fraction]]] | None:
    """Weights d > 0 and vectors l with matrix = Σ d·l·lᵀ; None when it is not positive semidefinite."""
    rest = [list(row) for row in matrix]
    size = len(rest)
    found = []
    for k in range(size):
        pivot = rest[k][k]
        if pivot < 0 or (pivot == 0 and any(rest[k][k:])):
            return None
        if pivot == 0:
            continue
        vector = [Fraction(0)] * k + [rest[k][j] / pivot for j in range(k, size)]
        found.append((pivot, vector))
        for i in range(k + 1, size):
            if vector[i]:
                factor = vector[i] * pivot
                row = rest[i]
                for j in range(i, size):
                    row[j] -= factor * vector[j]
                    rest[j][i] = row[j]
    return found


class System:
    """Linear equations for the entries of the matrices and the free numbers, solved exactly."""

    def __init__(
        self,
        unknowns: Sequence[Key],
        columns: Sequence[Column],
        target: Column,
        positive: int | None = None,
    ) -> None:
        kept = _presolved(unknowns, columns, target)
        self.unknowns = [unknowns[j] for j in kept]
        self.positive = positive  # a block that must not be 0
        solved = solutions(
            [columns[j] for j in kept], target, lambda j: self.unknowns[j][1] == self.unknowns[j][2]
        )
        self.start: list[Fraction] | None = solved[0] if solved else None
        directions = solved[1] if solved else []
        self.directions = [d for d in directions if any(self.unknowns[j][0] >= 0 for j in d)]

    def simplest(self) -> dict[Key, Fraction] | None:
        """The solution with what is free at 0, if all its matrices are positive semidefinite."""
        return None if self.start is None else self._admitted(self.start)

    def search(self, spend: Callable[[], None]) -> dict[Key, Fraction] | None:
        """A solution with positive semidefinite matrices, from a point in floating point."""
        if self.start is None or not self.directions:
            return None
        point = _Interior(self.unknowns, self.start, self.directions, spend).find()
        for denominator in DENOMINATORS if point is not None else ():
            values = list(self.start)
            for x, direction in zip(point or (), self.directions, strict=True):
                rounded = Fraction(round(x * denominator), denominator)
                if rounded:
                    for j, v in direction.items():
                        values[j] += rounded * v
            found = self._admitted(values)
            if found is not None:
                return found
        return None

    def _admitted(self, values: Sequence[Fraction]) -> dict[Key, Fraction] | None:
        found = matrices(self.unknowns, values)
        if self.positive is not None and not any(any(row) for row in found.get(self.positive, ())):
            return None
        if any(squares(matrix) is None for matrix in found.values()):
            return None
        return dict(zip(self.unknowns, values, strict=True))


def _presolved(unknowns: Sequence[Key], columns: Sequence[Column], target: Column) -> list[int]:
    """Without the rows of G that must be 0: a diagonal entry that alone, or with its like, adds up to 0."""
    kept = set(range(len(unknowns)))
    diagonal = {(b, i): j for j, (b, i, k) in enumerate(unknowns) if i == k and b >= 0}
    rows: dict[object, set[int]] = {}
    for j, column in enumerate(columns):
        for name in column:
            rows.setdefault(name, set()).add(j)
    touching: dict[tuple[int, int], list[int]] = {}
    for j, (b, i, k) in enumerate(unknowns):
        if b >= 0:
            for place in {(b, i), (b, k)}:
                touching.setdefault(place, []).append(j)
    pending = list(rows)
    while pending:
        name = pending.pop()
        if target.get(name, 0) or not rows[name]:
            continue
        inside = [unknowns[j] for j in rows[name]]
        if any(b < 0 or i != k for b, i, k in inside):
            continue
        if len({columns[diagonal[b, i]][name] > 0 for b, i, _ in inside}) > 1:
            continue
        for b, i, _ in inside:
            for j in touching[b, i]:
                if j in kept:
                    kept.discard(j)
                    for other in columns[j]:
                        rows[other].discard(j)
                        pending.append(other)
    return sorted(kept)


def _places(unknowns: Sequence[Key]) -> dict[int, list[int]]:
    """The rows of each block that are left, in order."""
    found: dict[int, set[int]] = {}
    for b, i, k in unknowns:
        if b >= 0:
            found.setdefault(b, set()).update((i, k))
    return {b: sorted(rows) for b, rows in sorted(found.items())}


def matrices(unknowns: Sequence[Key], values: Sequence[Fraction]) -> dict[int, Matrix]:
    """The blocks, their rows in the order of `_places`."""
    places = _places(unknowns)
    at = {(b, i): n for b, rows in places.items() for n, i in enumerate(rows)}
    found = {b: [[Fraction(0)] * len(rows) for _ in rows] for b, rows in places.items()}
    for (b, i, k), value in zip(unknowns, values, strict=True):
        if b >= 0:
            found[b][at[b, i]][at[b, k]] = found[b][at[b, k]][at[b, i]] = value
    return found


Entry = tuple[int, int, float]


class _Interior:
    """Newton's method on t/μ − Σ log det(G_b + t·I), over the free directions and t, with falling μ."""

    def __init__(
        self,
        unknowns: Sequence[Key],
        start: Sequence[Fraction],
        directions: Sequence[dict[int, Fraction]],
        spend: Callable[[], None],
    ) -> None:
        offset, at = 0, {}
        self.ranges: list[range] = []
        for b, rows in _places(unknowns).items():
            at.update({(b, i): offset + n for n, i in enumerate(rows)})
            self.ranges.append(range(offset, offset + len(rows)))
            offset += len(rows)
        self.size = offset
        self.spend = spend
        place = [None if b < 0 else (at[b, i], at[b, k]) for b, i, k in unknowns]
        self.start: list[Entry] = [
            (*p, float(v)) for p, v in zip(place, start, strict=True) if p is not None and v
        ]
        self.directions: list[list[Entry]] = [
            [(*p, float(v)) for j, v in d.items() if (p := place[j]) is not None] for d in directions
        ]
        self.directions.append([(i, i, 1.0) for i in range(offset)])

    def find(self) -> list[float] | None:
        """Multiples of the directions at which every block is positive definite, or nearly semidefinite."""
        x = [0.0] * len(self.directions)
        x[-1] = 1.0 + max(sum(abs(v) for i, k, v in self.start if r in (i, k)) for r in range(self.size))
        scale = x[-1]
        mu = scale
        for _ in range(MAX_STEPS):
            self.spend()
            if not self._newton(x, 1 / mu, len(x)):
                return None
            if x[-1] < -1e-9 * scale:
                break
            mu *= 0.35
            if mu < 1e-10 * scale:
                return x[:-1] if x[-1] < 1e-5 * scale else None  # perhaps one point, on the boundary
        else:
            return None
        x[-1] = 0.0
        for _ in range(12):
            if not self._newton(x, 0.0, len(x) - 1):
                break
        return x[:-1]

    def _matrix(self, x: Sequence[float]) -> Floats:
        found = [[0.0] * self.size for _ in range(self.size)]
        for factor, entries in ((1.0, self.start), *zip(x, self.directions, strict=True)):
            for i, k, v in entries:
                found[i][k] += factor * v
                if i != k:
                    found[k][i] += factor * v
        return found

    def _newton(self, x: list[float], weight: float, count: int) -> bool:
        """One damped step in the first `count` coordinates; False when the method breaks down."""
        factor = _cholesky(self._matrix(x), self.ranges)
        if factor is None:
            return False
        inverse = _inverse(factor, self.ranges)
        gradient = [0.0] * count
        hessian = [[0.0] * count for _ in range(count)]
        around = []
        for entries in self.directions[:count]:
            found: dict[tuple[int, int], float] = {}
            for block in self.ranges:
                inside = [e for e in entries if e[0] in block]
                if not inside:
                    continue
                for r in block:
                    row = inverse[r]
                    for s in range(r, block.stop):
                        other = inverse[s]
                        found[r, s] = sum(
                            v * row[i] * other[i] if i == k else v * (row[i] * other[k] + row[k] * other[i])
                            for i, k, v in inside
                        )
            around.append(found)
        for a, entries in enumerate(self.directions[:count]):
            gradient[a] = -sum(v * inverse[i][k] * (1 if i == k else 2) for i, k, v in entries)
            for b in range(a, count):
                value = sum(v * around[b].get((i, k), 0.0) * (1 if i == k else 2) for i, k, v in entries)
                hessian[a][b] = hessian[b][a] = value
        if count == len(x):
            gradient[-1] += weight
        for a in range(count):
            hessian[a][a] += 1e-12 * (1 + hessian[a][a])
        root = _cholesky(hessian, [range(count)])
        if root is None:
            return False
        step = _solve(root, gradient)
        decrement = math.sqrt(max(0.0, sum(g * s for g, s in zip(gradient, step, strict=True))))
        length = 1.0 if decrement < 0.3 else 1 / (1 + decrement)
        for a in range(count):
            x[a] -= length * step[a]
        return decrement > 1e-7 or count == len(x)


def _cholesky(matrix: Floats, ranges: Sequence[range]) -> Floats | None:
    """The lower triangular factor, block by block; None when the matrix is not positive definite."""
    size = len(matrix)
    factor = [[0.0] * size for _ in range(size)]
    for block in ranges:
        for i in block:
            row = factor[i]
            for j in range(block.start, i + 1):
                other = factor[j]
                value = matrix[i][j] - sum(row[k] * other[k] for k in range(block.start, j))
                if i == j:
                    if not value > 1e-300:
                        return None
                    row[i] = math.sqrt(value)
                else:
                    row[j] = value / other[j]
    return factor


def _inverse(factor: Floats, ranges: Sequence[range]) -> Floats:
    size = len(factor)
    found = [[0.0] * size for _ in range(size)]
    for block in ranges:
        for k in block:
            column = [0.0] * size
            column[k] = 1.0
            solved = _solve(factor, column, block)
            for i in block:
                found[i][k] = solved[i]
    return found


def _solve(factor: Floats, right: Sequence[float], block: range | None = None) -> list[float]:
    """x with L·Lᵀ·x = right."""
    block = block or range(len(factor))
    y = list(right)
    for i in block:
        row = factor[i]
        y[i] = (y[i] - sum(row[k] * y[k] for k in range(block.start, i))) / row[i]
    for i in reversed(block):
        y[i] = (y[i] - sum(factor[k][i] * y[k] for k in range(i + 1, block.stop))) / factor[i][i]
    return y
