"""Integers that no multiple of a number meets."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.methods.base import Budget
from symproof.methods.prove import propose
from symproof.methods.quick import ledger
from symproof.reading.inline import read_statement

TRUE = [
    ("10 != 4 k for integer k", ()),
    ("6 a + 9 b != 5", ("a: integer", "b: integer")),
    ("n^2 != 4 k + 3 for integer k", ("n: integer",)),
    ("n^2 + 1 != 3 k for integer k", ("n: integer",)),
]
FALSE = [
    ("12 != 4 k for integer k", ()),
    ("6 a + 9 b != 6", ("a: integer", "b: integer")),
    ("n^2 != 4 k + 1 for integer k", ("n: integer",)),
    ("10 != 4 k for real k", ()),
]


@pytest.mark.parametrize(("text", "let"), TRUE)
def test_what_no_multiple_meets_is_proved(text: str, let: tuple[str, ...]) -> None:
    statement = read_statement(text, let)
    evidence = propose(statement, Budget(10.0))
    assert evidence is not None and check(statement, evidence.data, ledger()).conditions == ()


@pytest.mark.parametrize(("text", "let"), FALSE)
def test_what_a_multiple_meets_is_not(text: str, let: tuple[str, ...]) -> None:
    assert propose(read_statement(text, let), Budget(0.5)) is None
