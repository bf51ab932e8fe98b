"""Positive semidefinite matrices: squares from a matrix, and matrices under equations."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from symproof.methods.elimination import solutions
from symproof.methods.gram import Matrix, System, matrices, squares

ENTRIES = (0, 0, 1, -1, 2, Fraction(1, 2), -3)


def _product(rows: Matrix) -> Matrix:
    """M·Mᵀ."""
    return [[sum((a * b for a, b in zip(r, s, strict=True)), Fraction(0)) for s in rows] for r in rows]


@pytest.mark.parametrize("seed", range(40))
def test_squares_add_up_to_the_matrix(seed: int) -> None:
    """A product M·Mᵀ of any rank is a sum of weighted squares."""
    draw = random.Random(seed)
    size, rank = draw.randint(1, 6), draw.randint(1, 6)
    matrix = _product([[Fraction(draw.choice(ENTRIES)) for _ in range(rank)] for _ in range(size)])
    found = squares(matrix)
    assert found is not None
    places = range(size)
    assert matrix == [[sum((d * v[i] * v[j] for d, v in found), Fraction(0)) for j in places] for i in places]
    assert all(d > 0 for d, _ in found)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_negative_in_a_direction_is_no_sum_of_squares(seed: int) -> None:
    """M·Mᵀ less more than it has in the direction of a basis vector."""
    draw = random.Random(seed)
    size = draw.randint(1, 5)
    matrix = _product([[Fraction(draw.choice(ENTRIES)) for _ in range(3)] for _ in range(size)])
    k = draw.randrange(size)
    matrix[k][k] = -Fraction(1, 10**9)
    assert squares(matrix) is None


def test_a_matrix_with_freedom_is_found() -> None:
    """x⁴ − x² + 1 over (x², x, 1): the entry beside x² and 1 is free, and must leave room for x."""
    unknowns = [(0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 1, 1), (0, 1, 2), (0, 2, 2)]
    columns = [{4: 1}, {3: 2}, {2: 2}, {2: 1}, {1: 2}, {0: 1}]
    target = {4: Fraction(1), 2: Fraction(-1), 0: Fraction(1)}
    system = System(unknowns, columns, target)
    found = system.simplest() or system.search(lambda: None)
    assert found is not None
    keys, values = list(found), list(found.values())
    assert all(squares(m) is not None for m in matrices(keys, values).values())
    assert found[0, 1, 1] + 2 * found[0, 0, 2] == -1


def test_a_system_without_a_semidefinite_solution_has_none() -> None:
    """x² − 1 is no sum of squares."""
    system = System([(0, 0, 0), (0, 0, 1), (0, 1, 1)], [{2: 1}, {1: 2}, {0: 1}], {2: 1, 0: -1})
    assert system.simplest() is None
    assert system.search(lambda: None) is None


@pytest.mark.parametrize("seed", range(40))
def test_solutions_solve_the_equations(seed: int) -> None:
    """The point and every direction do, and the directions are as many as the rank leaves."""
    draw = random.Random(seed)
    rows, count = draw.randint(1, 5), draw.randint(1, 7)
    columns = [{r: Fraction(draw.choice(ENTRIES)) for r in range(rows)} for _ in range(count)]
    x = [Fraction(draw.choice(ENTRIES)) for _ in range(count)]
    target = {r: sum((c[r] * v for c, v in zip(columns, x, strict=True)), Fraction(0)) for r in range(rows)}
    solved = solutions(columns, target, lambda j: j)
    assert solved is not None
    start, directions = solved
    for r in range(rows):
        assert sum((c[r] * v for c, v in zip(columns, start, strict=True)), Fraction(0)) == target[r]
        for direction in directions:
            assert sum((columns[j][r] * v for j, v in direction.items()), Fraction(0)) == 0
