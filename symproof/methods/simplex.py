"""Exact linear programming: nonnegative combinations of columns that give a target.

The tableau holds integers over one common denominator (Edmonds' pivoting), so
that no fraction is ever reduced; the largest coefficient enters, and after a
while the first one (Bland), which cannot cycle.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any

Column = Mapping[Any, int | Fraction]
MAX_PIVOTS = 300
PATIENCE = 80


def combination(
    columns: Sequence[Column], target: Column, wanted: frozenset[int]
) -> dict[int, Fraction] | None:
    """Weights w >= 0 with Σ w_j·column_j = target, one of those wanted positive if any are named."""
    kept = _presolved(columns, target)
    if kept is None or (wanted and wanted.isdisjoint(kept)):
        return None
    tableau = _Tableau([columns[j] for j in kept], target)
    try:
        if not tableau.feasible():
            return None
        if wanted and not tableau.reach({k for k, j in enumerate(kept) if j in wanted}):
            return None
    except _TooLong:
        return None
    return {kept[k]: w for k, w in tableau.solution().items() if w}


def _presolved(columns: Sequence[Column], target: Column) -> list[int] | None:
    """The columns that may be used: where the target is 0 and one sign occurs, those that occur are not."""
    kept = dict.fromkeys(range(len(columns)))
    rows: dict[Hashable, dict[int, bool]] = {}
    for j, column in enumerate(columns):
        for row, value in column.items():
            rows.setdefault(row, {})[j] = value > 0
    if any(row not in rows for row in target):
        return None
    pending = list(rows)
    while pending:
        row = pending.pop()
        signs = set(rows[row].values())
        goal = target.get(row, 0)
        if goal and (goal > 0) not in signs:
            return None
        if not goal and len(signs) == 1:
            for j in list(rows[row]):
                kept.pop(j, None)
                for other in columns[j]:
                    rows[other].pop(j, None)
                    if other != row:
                        pending.append(other)
    return list(kept)


class _TooLong(Exception):
    """More pivots than are worth waiting for."""


class _Tableau:
    """Rows [coefficients | right side] of integers over the denominator; the last row is the objective."""

    def __init__(self, columns: Sequence[Column], target: Column) -> None:
        self.width = len(columns)
        sparse: dict[Hashable, dict[int, int | Fraction]] = {row: {} for row in target}
        for j, column in enumerate(columns):
            for row, value in column.items():
                sparse.setdefault(row, {})[j] = value
        self.rows: list[list[int]] = []
        for name, entries in sparse.items():
            goal = target.get(name, 0)
            scale = math.lcm(goal.denominator, *(v.denominator for v in entries.values()))
            row = [0] * (self.width + 1)
            for j, v in (*entries.items(), (self.width, goal)):
                row[j] = v.numerator * (scale // v.denominator)
            divisor = math.gcd(*row) or 1
            if row[-1] < 0:
                divisor = -divisor
            self.rows.append([v // divisor for v in row] if divisor != 1 else row)
        self.denominator = 1
        self.basis = [-1] * len(self.rows)  # -1: an artificial variable
        self.ray: int | None = None
        self.objective = [-sum(row[j] for row in self.rows) for j in range(self.width + 1)]
        self.pivots = 0

    def feasible(self) -> bool:
        """Drive the artificial variables to 0."""
        while self.objective[-1]:
            column = self._entering(range(self.width))
            if column is None or not self._enter(column):
                return False
        return True

    def reach(self, wanted: set[int]) -> bool:
        """Move to a solution in which one of the wanted variables is positive."""
        self._drop_artificial()
        self.objective = [-self.denominator if j in wanted else 0 for j in range(self.width)] + [0]
        for i, j in enumerate(self.basis):
            if j in wanted:
                self.objective = [a + b for a, b in zip(self.objective, self.rows[i], strict=True)]
        while not any(self.rows[i][-1] for i, j in enumerate(self.basis) if j in wanted):
            column = self._entering(range(self.width))
            if column is None:
                return False
            if not self._enter(column):
                self.ray = column
                return True
        return True

    def solution(self) -> dict[int, Fraction]:
        """The basic solution, one step along the unbounded direction if there was one."""
        found = {j: Fraction(self.rows[i][-1], self.denominator) for i, j in enumerate(self.basis) if j >= 0}
        if self.ray is not None:
            for i, j in enumerate(self.basis):
                if j >= 0:
                    found[j] -= Fraction(self.rows[i][self.ray], self.denominator)
            found[self.ray] = Fraction(1)
        return found

    def _entering(self, choices: range) -> int | None:
        if self.pivots > PATIENCE:
            return next((j for j in choices if self.objective[j] < 0), None)
        best = min(choices, key=self.objective.__getitem__, default=None)
        return best if best is not None and self.objective[best] < 0 else None

    def _enter(self, column: int) -> bool:
        """Bring a column into the basis; False when nothing bounds it."""
        self.pivots += 1
        if self.pivots > MAX_PIVOTS:
            raise _TooLong
        best: tuple[Fraction, int, int] | None = None
        for i, row in enumerate(self.rows):
            if row[column] > 0:
                ratio = (Fraction(row[-1], row[column]), self.basis[i], i)
                if best is None or ratio < best:
                    best = ratio
            elif row[column] < 0 and self.basis[i] < 0 and row[-1] == 0 and self.ray is None:
                best = (Fraction(0), -1, i)  # an artificial variable at 0 must not grow
        if best is None:
            return False
        self._pivot(best[2], column)
        return True

    def _pivot(self, at: int, column: int) -> None:
        pivot_row, denominator = self.rows[at], self.denominator
        pivot = pivot_row[column]
        if pivot < 0:
            pivot_row[:] = [-v for v in pivot_row]
            pivot = -pivot
        for row in (*self.rows, self.objective):
            factor = row[column]
            if row is pivot_row:
                continue
            if factor:
                row[:] = [
                    (v * pivot - factor * p) // denominator for v, p in zip(row, pivot_row, strict=True)
                ]
            elif pivot != denominator:
                row[:] = [v * pivot // denominator for v in row]
        self.denominator = pivot
        self.basis[at] = column

    def _drop_artificial(self) -> None:
        """Exchange artificial variables at 0 for real ones; rows that are 0 throughout say nothing."""
        for i in range(len(self.rows)):
            if self.basis[i] < 0:
                column = next((j for j in range(self.width) if self.rows[i][j]), None)
                if column is not None:
                    self._pivot(i, column)
        kept = [i for i, j in enumerate(self.basis) if j >= 0]
        self.rows = [self.rows[i] for i in kept]
        self.basis = [self.basis[i] for i in kept]
