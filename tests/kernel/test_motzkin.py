"""Linear arithmetic: elimination says "contradictory" only where no point satisfies the rows."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from symproof.kernel.motzkin import contradictory
from symproof.kernel.poly import Atom, Poly, number, of_atom, total

A, B, C = (of_atom(Atom("sym", name)) for name in "abc")
Facts = list[tuple[Poly, bool]]


def rows(rng: Random, size: int) -> tuple[list[list[Fraction]], list[bool]]:
    """Coefficients of a, b, c and 1 with strictness."""
    found = [[Fraction(rng.randint(-2, 2), rng.choice([1, 1, 2, 3])) for _ in range(4)] for _ in range(size)]
    return found, [rng.random() < 0.4 for _ in range(size)]


def facts(coefficients: list[list[Fraction]], strict: list[bool]) -> Facts:
    units = (A, B, C, number(1))
    return [
        (total(u.scale(c) for u, c in zip(units, row, strict=True)), s)
        for row, s in zip(coefficients, strict, strict=True)
    ]


@pytest.mark.parametrize("seed", range(60))
def test_rows_that_a_point_satisfies_are_not_contradictory(seed: int) -> None:
    """Against a grid of points."""
    rng = Random(seed)
    coefficients, strict = rows(rng, rng.randint(1, 5))
    grid = [Fraction(k, 2) for k in range(-6, 7)]
    for a, b, c in product(grid, repeat=3):
        values = [r[0] * a + r[1] * b + r[2] * c + r[3] for r in coefficients]
        if all(v > 0 or (v == 0 and not s) for v, s in zip(values, strict, strict=True)):
            assert not contradictory(facts(coefficients, strict))
            return


@pytest.mark.parametrize("seed", range(60))
def test_farkas_combinations_are_found(seed: int) -> None:
    """Rows of which a positive combination is a negative number, or 0 > 0, are contradictory in any order."""
    rng = Random(seed)
    coefficients, strict = rows(rng, rng.randint(1, 3))
    weights = [Fraction(rng.randint(1, 3)) for _ in coefficients]
    last = [
        -sum((w * r[k] for w, r in zip(weights, coefficients, strict=True)), Fraction(0)) for k in range(4)
    ]
    for constant, sharp, expected in (
        (-1, False, True),
        (0, True, True),
        (0, False, any(strict)),
        (1, False, None),
    ):
        whole = [*coefficients, [*last[:3], last[3] + constant]]
        found = facts(whole, [*strict, sharp])
        rng.shuffle(found)
        if expected is not None:
            assert contradictory(found) or not expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([(A - number(1), False), (number(1) - A, True)], True),
        ([(A - number(1), False), (number(1) - A, False)], False),
        ([(A.scale(2) - number(2), False), (number(2) - A.scale(3), False)], True),
        ([(A - number(1), False), (A - number(5), False)], False),
        ([(number(0), True)], True),
        ([(number(0), False)], False),
        ([(number(-1), False)], True),
        ([(number(1), True)], False),
        ([], False),
        ([(A - B, False), (B - C, False), (C - A, True)], True),
        ([(A - B, False), (B - C, False), (C - A, False)], False),
        ([(A - B - number(1), False), (B - A, False)], True),
        ([(A.scale(Fraction(1, 2)), True), (-A, False)], True),
        ([(A + B, False), (A - B, False), (-A, True)], True),
        ([(A + B, False), (A - B, False), (-A, False), (B, True)], True),
        ([(A + B, False), (A - B, False), (-A, False), (B, False)], False),
        ([(A, False), (A.scale(2), True), (-A, False)], True),
        ([(A - number(3), False), (A.scale(2) - number(2), True), (number(2) - A, False)], True),
        ([(A.scale(2) - number(2), True), (A - number(1), False), (number(1) - A, False)], True),
        ([(A - number(1), False), (A.scale(2) - number(2), True), (number(1) - A, False)], True),
        ([(A - number(1), False), (A.scale(2) - number(1), True), (number(1) - A, False)], False),
    ],
)
def test_small_systems(found: Facts, expected: bool) -> None:
    """Strict and weak rows, fractions, proportional rows, chains."""
    assert contradictory(found) is expected


def test_products_are_unknowns_of_their_own() -> None:
    """a b and a² are letters here."""
    square, mixed = (
        Poly({((Atom("sym", "a"), 2),): 1}),
        Poly({((Atom("sym", "a"), 1), (Atom("sym", "b"), 1)): 1}),
    )
    assert contradictory([(square - mixed, True), (mixed - square, False)])
    assert not contradictory([(-square - number(1), False)])


def test_too_many_pairs_are_not_tried() -> None:
    """Beyond the bound nothing is said."""
    up = [(A + B.scale(k) + number(k), False) for k in range(1, 40)]
    down = [(number(-1) - A - B.scale(k), False) for k in range(1, 40)]
    assert not contradictory([*up, *down])
