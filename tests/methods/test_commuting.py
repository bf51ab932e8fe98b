"""Powers of a matrix that is written as a term."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.methods.base import Budget
from symproof.methods.prove import propose
from symproof.methods.quick import ledger
from symproof.reading.inline import read_statement

LET = ("n: size", "A: matrix(n)", "B: matrix(n)", "x: vector(n)", "η: real", "t: integer >= 0")
TRUE = [
    ("A (I(n) - η A)^t = (I(n) - η A)^t A", ()),
    ("(I(n) - η A)^(t+1) = (I(n) - η A) (I(n) - η A)^t", ()),
    ("(I(n) + A)^(t+1) x = (I(n) + A)^t x + A (I(n) + A)^t x", ()),
    ("A B^t = B^t A", ("A B = B A",)),
]
FALSE = [
    ("A (I(n) - η B)^t = (I(n) - η B)^t A", ()),
    ("(I(n) + A)^(t+1) x = (I(n) + A)^t x + A x", ()),
    ("A B^t = B^t A", ("A' B = B A'",)),
]


@pytest.mark.parametrize(("text", "given"), TRUE)
def test_what_follows_is_proved(text: str, given: tuple[str, ...]) -> None:
    statement = read_statement(text, LET, given)
    evidence = propose(statement, Budget(20.0))
    assert evidence is not None and check(statement, evidence.data, ledger()).conditions == ()


@pytest.mark.parametrize(("text", "given"), FALSE)
def test_what_does_not_follow_is_not(text: str, given: tuple[str, ...]) -> None:
    """Matrices that need not commute."""
    assert propose(read_statement(text, LET, given), Budget(1.0)) is None
