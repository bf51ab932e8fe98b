"""Exact linear programming: what is found is a solution, and what is not has a reason."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from symproof.methods.simplex import combination

VALUES = (0, 0, 0, 1, -1, 2, -2, Fraction(1, 2), Fraction(-2, 3))


def _column(values: list[Fraction]) -> dict[int, Fraction]:
    return {row: Fraction(v) for row, v in enumerate(values) if v}


def _times(columns: list[dict[int, Fraction]], weights: dict[int, Fraction], rows: int) -> list[Fraction]:
    return [sum((w * columns[j].get(r, 0) for j, w in weights.items()), Fraction(0)) for r in range(rows)]


@pytest.mark.parametrize("seed", range(60))
def test_a_target_with_a_solution_gets_one(seed: int) -> None:
    """The weights are positive and give the target exactly."""
    draw = random.Random(seed)
    rows, count = draw.randint(1, 6), draw.randint(1, 10)
    columns = [_column([draw.choice(VALUES) for _ in range(rows)]) for _ in range(count)]
    known = {j: Fraction(draw.choice((1, 2, Fraction(1, 3)))) for j in range(count) if draw.random() < 0.5}
    target = _times(columns, known, rows)
    found = combination(columns, _column(target), frozenset())
    assert found is not None
    assert all(w > 0 for w in found.values())
    assert _times(columns, found, rows) == target
    for wanted in known:
        reached = combination(columns, _column(target), frozenset({wanted}))
        assert reached is not None
        assert reached.get(wanted, 0) > 0
        assert _times(columns, reached, rows) == target


@pytest.mark.parametrize("seed", range(60))
def test_a_target_beyond_a_plane_gets_none(seed: int) -> None:
    """Farkas: where y·column >= 0 for all columns and y·target < 0 there is no solution."""
    draw = random.Random(seed)
    rows = draw.randint(1, 5)
    normal = [draw.choice((1, -1, 2, Fraction(1, 2))) for _ in range(rows)]

    def side(values: list[Fraction]) -> Fraction:
        return sum((Fraction(a) * b for a, b in zip(normal, values, strict=True)), Fraction(0))

    drawn = [[Fraction(draw.choice(VALUES)) for _ in range(rows)] for _ in range(20)]
    columns = [_column(v) for v in drawn if side(v) >= 0]
    targets = [v for v in drawn if side(v) < 0]
    for target in targets:
        assert combination(columns, _column(target), frozenset()) is None


def test_a_wanted_column_that_must_be_zero_is_not_reached() -> None:
    """x + y = 0 with x, y >= 0 leaves no room."""
    columns = [{0: Fraction(1)}, {0: Fraction(1)}]
    assert combination(columns, {}, frozenset({0})) is None
    assert combination(columns, {}, frozenset()) == {}


def test_an_unbounded_direction_is_taken() -> None:
    """x − y = 0 has solutions with x as large as one likes."""
    columns = [{0: Fraction(1)}, {0: Fraction(-1)}]
    found = combination(columns, {}, frozenset({0}))
    assert found is not None
    assert found[0] == found[1] > 0
