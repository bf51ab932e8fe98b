"""Recursion that halves: places such as ⌊k/2⌋ and ⌈k/2⌉ are read before k."""

from __future__ import annotations

import pytest

from symproof.evaluation.recursion import Definitional
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import check_witness
from symproof.reading.inline import read_statement

LET = ["s: function(integer) -> real", "m: integer >= 1"]


def statement(goal: str, rule: str) -> Statement:
    return read_statement(goal, LET, ["s(1) = 0", rule])


def test_merge_sort_is_counted() -> None:
    """Comparisons for 1 to 8 numbers: 0, 2, 5, 8, 12, 16, 20, 24."""
    rule = "s(k) = s(floor(k/2)) + s(ceil(k/2)) + k for integer k >= 2"
    for size, count in enumerate((0, 2, 5, 8, 12, 16, 20, 24), start=1):
        check_witness(statement(f"s(m) < {count}", rule), {"values": {"m": str(size)}})
        with pytest.raises(Rejected):
            check_witness(statement(f"s(m) <= {count}", rule), {"values": {"m": str(size)}})


@pytest.mark.parametrize(
    ("rule", "defines"),
    [
        ("s(k) = s(floor(k/2)) + 1 for integer k >= 2", True),
        ("s(k) = s(floor(7 k/10)) + s(floor(k/5)) + k for integer k >= 2", True),
        ("s(k) = s(ceil(k/2)) + 1 for integer k >= 1", False),  # ⌈1/2⌉ = 1
        ("s(k) = s(ceil(2 k/3)) + 1 for integer k >= 2", False),  # ⌈4/3⌉ = 2
        ("s(k) = s(ceil(2 k/3)) + 1 for integer k >= 3", True),
        ("s(k) = s(floor(3 k/2)) + 1 for integer k >= 2", False),
        ("s(k) = s(floor(k/2 + 1)) + 1 for integer k >= 2", False),
        ("s(k) = s(floor(k/2)) + 1 for integer k >= 0", False),  # ⌊0/2⌋ = 0
    ],
)
def test_only_what_shrinks_is_a_definition(rule: str, defines: bool) -> None:
    assert ("s" in Definitional(statement("s(m) = 0", rule)).recurrences) == defines


def test_a_recurrence_reads_an_earlier_one_anywhere() -> None:
    """v[k] reads s from its end; s does not depend on v."""
    let = [*LET, "v: sequence of real"]
    given = ["s(1) = 1", "s(k) = s(k - 1) + max(j, j = 1..3) for integer k >= 2"]
    backwards = "v[k] = v[k - 1] + s(9 - k) for integer k >= 1"
    check_witness(
        read_statement("v[m] < 22", LET[:1] + let[1:], [*given, "v[0] = 0", backwards]),
        {"values": {"m": "1"}},
    )
    circular = "s(k) = s(k - 1) + v[9 - k] for integer k >= 2"
    rules = Definitional(read_statement("v[m] = 0", let, ["s(1) = 1", circular, "v[0] = 0", backwards]))
    assert not {"s", "v"} <= rules.recurrences.keys()
