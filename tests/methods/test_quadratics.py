"""Inequalities between quadratic forms at any size, with squares of vectors that the statement does not show."""

from __future__ import annotations

import pytest

from symproof.engine import Options, decide
from symproof.kernel.check import check
from symproof.methods.base import Budget
from symproof.methods.prove import propose
from symproof.methods.quick import ledger
from symproof.reading.inline import read_statement

LET = (
    *(
        "n: size",
        "A: psd matrix(n)",
        "S: symmetric matrix(n)",
        "P: matrix(n)",
        "x: vector(n)",
        "y: vector(n)",
    ),
    *("u: vector(n)", "a: real > 0", "t: real in [0, 1]"),
)
TRUE = [
    ("2 x' A y <= x' A x + y' A y", ()),
    ("(t x + (1-t) y)' A (t x + (1-t) y) <= t x' A x + (1-t) y' A y", ()),
    ("x' P x <= x' x", ("P^2 = P", "P' = P")),
    ("x' S x >= 0", ("S^2 = S",)),
    ("(u' x)^2 <= x' x", ("u' u = 1",)),
    ("2 x' y <= a x' x + y' y/a", ()),
]
FALSE = [
    ("2 x' S y <= x' S x + y' S y", ()),
    ("(t x + (1-t) y)' S (t x + (1-t) y) <= t x' S x + (1-t) y' S y", ()),
    ("x' P x <= x' x", ("P^2 = P",)),
    ("x' S x >= 0", ("S^2 = I",)),
    ("(u' x)^2 <= x' x", ("u' u = 2",)),
    ("2 x' y <= a x' x + a y' y", ()),
]


@pytest.mark.parametrize(("text", "given"), TRUE)
def test_what_follows_is_proved(text: str, given: tuple[str, ...]) -> None:
    statement = read_statement(text, LET, given)
    evidence = propose(statement, Budget(20.0))
    assert evidence is not None and check(statement, evidence.data, ledger()).conditions == ()


@pytest.mark.parametrize(("text", "given"), FALSE)
def test_what_does_not_follow_is_refuted(text: str, given: tuple[str, ...]) -> None:
    assert decide(read_statement(text, LET, given), Options(timeout=20.0)).verdict == "refuted"
