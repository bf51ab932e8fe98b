"""Limits of what becomes smaller by a factor below 1 in each step."""

from __future__ import annotations

import pytest

from symproof.engine import Options, decide
from symproof.reading.inline import read_statement

LET = (
    *("L: real in [0, 1)", "M: real in [0, 1]", "a: sequence of real", "d: size", "x: sequence of vector(d)"),
    "s: vector(d)",
)
POSITIVE = "a[k] >= 0 for integer k >= 0"


@pytest.mark.parametrize(
    ("text", "given", "verdict"),
    [
        ("limit(a[k], integer k -> oo) = 0", (POSITIVE, "a[k] <= L a[k-1] for integer k >= 1"), "proved"),
        ("limit(a[k], integer k -> oo) = 0", (POSITIVE, "a[k+1] <= L a[k] for integer k >= 0"), "proved"),
        (
            "limit(|x[k] - s|, integer k -> oo) = 0",
            ("|x[k+1] - s| <= L |x[k] - s| for integer k >= 0",),
            "proved",
        ),
        ("limit(a[k], integer k -> oo) = 0", (POSITIVE, "a[k+1] <= M a[k] for integer k >= 0"), "refuted"),
        ("limit(a[k], integer k -> oo) = 1", (POSITIVE, "a[k+1] <= L a[k] for integer k >= 0"), "refuted"),
    ],
)
def test_verdicts(text: str, given: tuple[str, ...], verdict: str) -> None:
    assert decide(read_statement(text, LET, given), Options(timeout=20.0)).verdict == verdict


def test_without_a_sign_nothing_follows() -> None:
    """a[k+1] <= L a[k] holds of -2^k, too."""
    statement = read_statement(
        "limit(a[k], integer k -> oo) = 0", LET, ("a[k+1] <= L a[k] for integer k >= 0",)
    )
    assert decide(statement, Options(timeout=20.0)).verdict != "proved"
