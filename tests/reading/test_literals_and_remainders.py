"""Arrays written out side by side, and remainders of numbers that need not be integers."""

from __future__ import annotations

import pytest

from symproof.engine import Options, decide
from symproof.reading.inline import read_statement
from symproof.reading.problems import Problem

LET = ("a: real", "b: real > 0", "n: integer >= 0", "z: complex")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("[[1, a], [0, 1]] [2, 3] = [2 + 3 a, 3]", "proved"),  # a product, as there is a space
        ("[[1, a], [0, 1]] [[1, -a], [0, 1]] = I(2)", "proved"),
        ("[1, a, 3][2] = a", "proved"),  # an entry
        ("[1, a, 3][1] = a", "refuted"),
        ("mod(a + 1, 1) = mod(a, 1)", "proved"),
        ("0 <= mod(a, b) and mod(a, b) < b", "proved"),
        ("mod(a, b) = a", "refuted"),
        ("mod(3^n - 1, 8) = 0", "refuted"),
    ],
)
def test_verdicts(text: str, verdict: str) -> None:
    assert decide(read_statement(text, LET), Options(timeout=20.0)).verdict == verdict


def test_complex_numbers_have_no_remainder() -> None:
    with pytest.raises(Problem):
        read_statement("mod(z, 2) = 0", LET)
