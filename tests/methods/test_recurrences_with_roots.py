"""Sequences that are defined by roots and quotients of what came before, as long as these keep their sign."""

from __future__ import annotations

import pytest

from symproof.engine import Options, decide
from symproof.reading.inline import read_statement

LET = ("a: sequence of real", "n: integer >= 0")
ROOT = ("a[0] = 0", "a[k+1] = sqrt(2 + a[k]) for integer k >= 0")
HERON = ("a[0] = 1", "a[k+1] = (a[k] + 2/a[k])/2 for integer k >= 0")


@pytest.mark.parametrize(
    ("text", "given", "verdict"),
    [
        ("0 <= a[n] < 2", ROOT, "proved"),
        ("a[n] <= a[n+1]", ROOT, "proved"),
        ("a[n] >= 1", ("a[0] = 2", "a[k+1] = sqrt(a[k]) for integer k >= 0"), "proved"),
        ("a[n] = 1/(n+1)", ("a[0] = 1", "a[k+1] = a[k]/(1 + a[k]) for integer k >= 0"), "proved"),
        ("a[n] < 1", ROOT, "refuted"),
        ("a[n+1] <= a[n]", ROOT, "refuted"),
        ("a[n]^2 < 9/4", HERON, "refuted"),
        ("a[n] = 1/(n+2)", ("a[0] = 1", "a[k+1] = a[k]/(1 + a[k]) for integer k >= 0"), "refuted"),
    ],
)
def test_verdicts(text: str, given: tuple[str, ...], verdict: str) -> None:
    assert decide(read_statement(text, LET, given), Options(timeout=20.0)).verdict == verdict


@pytest.mark.parametrize(
    "given",
    [
        ("a[0] = 1", "a[k+1] = sqrt(a[k] - 1/2) for integer k >= 0"),  # it ends: a[3] is no number
        ("a[0] = -3", "a[k+1] = sqrt(2 + a[k]) for integer k >= 0"),
        ("a[0] = 0", "a[k+1] = 1/a[k] for integer k >= 0"),
        ("a[0] = 1", "a[k+1] = sqrt(a[k-1]) for integer k >= 0"),  # nothing is said of a[-1]
        ("a[1] = 1", "a[k+1] = sqrt(a[k]) for integer k >= 0"),  # nor of a[0]
        ("a[0] = 1", "a[k+1] = a[k] - 2/a[k] for integer k >= 0"),
    ],
)
def test_no_point_is_claimed_where_the_sequence_may_end(given: tuple[str, ...]) -> None:
    """A recurrence that cannot go on is met by no sequence, so that nothing is refuted by one."""
    from symproof.kernel.verdict import Rejected
    from symproof.kernel.witness import check_witness

    statement = read_statement("a[n] < -100", LET, given)
    for n in ("0", "1"):
        with pytest.raises(Rejected):
            check_witness(statement, {"values": {"n": n}})
