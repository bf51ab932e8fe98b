"""Equations through an injective function: exponentials of logarithms, odd powers of roots, signs by cases."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.methods.base import Budget
from symproof.methods.prove import propose
from symproof.methods.quick import ledger
from symproof.reading.inline import read_statement

TRUE = [
    ("log(x^2 - 9) - log(x + 3) = log(x - 3)", ("x: real > 3",)),
    ("log(x) + log(1 + 1 / x) = log(1 + x)", ("x: real > 0",)),
    ("(7 + 5 sqrt(2))^(1/3) = 1 + sqrt(2)", ()),
    ("(10 + 6 sqrt(3))^(1/3) - (6 sqrt(3) - 10)^(1/3) = 2", ()),
    ("sign(x)^3 = sign(x)", ("x: real",)),
    ("x^3 sign(x) = |x|^3", ("x: real",)),
    ("1 / (x - 2) - 1 / (x + 2) = 4 / (x^2 - 4)", ("x: real", "x != 2", "x != -2")),
]
FALSE = [
    ("log(x^2 - 9) - log(x + 3) = log(x + 3)", ("x: real > 3",)),
    ("log(1 + exp(x)) + log(1 + sigmoid(x)) = 0", ("x: real",)),
    ("(7 + 5 sqrt(2))^(1/3) = 2 + sqrt(2)", ()),
    ("(10 + 6 sqrt(3))^(1/3) + (6 sqrt(3) - 10)^(1/3) = 2", ()),
    ("x^3 sign(x) = x^3", ("x: real",)),
]


def read(text: str, let: tuple[str, ...]):  # type: ignore[no-untyped-def]
    return read_statement(text, [x for x in let if ":" in x], [x for x in let if ":" not in x])


@pytest.mark.parametrize(("text", "let"), TRUE)
def test_true_equations_are_proved(text: str, let: tuple[str, ...]) -> None:
    statement = read(text, let)
    evidence = propose(statement, Budget(10.0))
    assert evidence is not None and check(statement, evidence.data, ledger()).conditions == ()


@pytest.mark.parametrize(("text", "let"), FALSE)
def test_false_ones_are_not(text: str, let: tuple[str, ...]) -> None:
    assert propose(read(text, let), Budget(0.5)) is None
