"""Exact linear algebra on sparse rows: all solutions of a system of equations."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Any

Row = dict[int, Fraction]
Column = Mapping[Any, int | Fraction]


def solutions(
    columns: Sequence[Column], target: Column, prefer: Callable[[int], int]
) -> tuple[list[Fraction], list[Row]] | None:
    """x0 and directions n with {x: Σ x_j·column_j = target} = x0 + span(n); None when there is no solution.

    Unknowns of low preference are solved for last, so that they are 0 in x0 where they can be.
    """
    rows: dict[Hashable, Row] = {name: {} for name in target}
    for j, column in enumerate(columns):
        for name, value in column.items():
            if value:
                rows.setdefault(name, {})[j] = Fraction(value)
    pending = [(row, Fraction(target.get(name, 0))) for name, row in rows.items()]
    pending.sort(key=lambda item: len(item[0]))
    solved: dict[int, tuple[Row, Fraction]] = {}
    for row, value in pending:
        row, value = _reduced(row, value, solved)
        if not row:
            if value:
                return None
            continue
        pivot = max(row, key=lambda j: (prefer(j), -j))
        scale = row.pop(pivot)
        row = {j: v / scale for j, v in row.items()}
        value /= scale
        for j, (other, known) in list(solved.items()):
            if pivot in other:
                factor = other.pop(pivot)
                _subtract(other, row, factor)
                solved[j] = (other, known - factor * value)
        solved[pivot] = (row, value)
    start = [solved[j][1] if j in solved else Fraction(0) for j in range(len(columns))]
    directions: dict[int, Row] = {j: {j: Fraction(1)} for j in range(len(columns)) if j not in solved}
    for pivot, (row, _) in solved.items():
        for j, v in row.items():
            directions[j][pivot] = -v
    return start, list(directions.values())


def _reduced(row: Row, value: Fraction, solved: Mapping[int, tuple[Row, Fraction]]) -> tuple[Row, Fraction]:
    for j in list(row):
        if j in solved:
            factor = row.pop(j)
            other, known = solved[j]
            _subtract(row, other, factor)
            value -= factor * known
    return row, value


def _subtract(row: Row, other: Row, factor: Fraction) -> None:
    for j, v in other.items():
        left = row.get(j, 0) - factor * v
        if left:
            row[j] = left
        else:
            row.pop(j, None)
