"""Summands of the rule `order` that are sums over indices, and membership in intervals."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.check import check
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.reading.inline import read_statement
from symproof.reading.ledger import load
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array

LEDGER = load()
N = sym("n", INTEGER)
RANGE = make("range", num(1), N)
I, J = sym("i", INTEGER), sym("j", INTEGER)
X, Y = (sym(name, Array((RANGE,))) for name in "xy")


def _at(vector: Term, index: Term) -> Term:
    return make("index", vector, index)


def _statement(goal: str) -> Statement:
    return read_statement(goal, ["n: size", "x: vector(n)", "y: vector(n)"], [])


def _summand(root: Term, weight: str = "1", power: int = 2, over: Any = None) -> dict[str, Any]:
    names = [["i", encode(RANGE)], ["j", encode(RANGE)]] if over is None else over
    return {"c": weight, "over": names, "factors": [[encode(root), power]]}


LAGRANGE = make(
    "add",
    make("mul", _at(X, I), _at(Y, J)),
    make("neg", make("mul", _at(X, J), _at(Y, I))),
)


def test_the_identity_of_lagrange_proves_cauchy_schwarz() -> None:
    """|x|²|y|² − (x'y)² is half the sum of (x_i y_j − x_j y_i)²."""
    statement = _statement("(x' y)^2 <= |x|^2 |y|^2")
    theorem = check(statement, {"rule": "order", "terms": [_summand(LAGRANGE, "1/2")]}, LEDGER)
    assert theorem.conditions == ()


@pytest.mark.parametrize(
    "summand",
    [
        _summand(LAGRANGE, "1"),
        _summand(LAGRANGE, "-1/2"),
        _summand(LAGRANGE, "1/2", power=1),
        _summand(LAGRANGE, "1/2", over=[["i", encode(RANGE)]]),
        _summand(LAGRANGE, "1/2", over=[["i", encode(RANGE)], ["k", encode(RANGE)]]),
        _summand(LAGRANGE, "1/2", over=[["i", encode(make("range", num(1), make("const", data="oo")))]] * 2),
    ],
)
def test_forged_summands_are_rejected(summand: dict[str, Any]) -> None:
    """Wrong weights, factors without a sign, indices without a range, ranges without an end."""
    with pytest.raises(Rejected):
        check(_statement("(x' y)^2 <= |x|^2 |y|^2"), {"rule": "order", "terms": [summand]}, LEDGER)


def test_a_sum_over_indices_is_not_seen_to_be_positive() -> None:
    """The strict inequality needs a positive summand, and a sum of squares is none."""
    with pytest.raises(Rejected, match="positive"):
        check(
            _statement("(x' y)^2 < |x|^2 |y|^2"),
            {"rule": "order", "terms": [_summand(LAGRANGE, "1/2")]},
            LEDGER,
        )


@pytest.mark.parametrize(
    ("goal", "given", "holds"),
    [
        ("x in [0, 1]", ["0 <= x", "x <= 1"], True),
        ("x in (0, 1)", ["0 <= x", "x <= 1"], False),
        ("x >= 0", ["x in [0, 1)"], True),
        ("x < 1", ["x in [0, 1)"], True),
        ("x > 0", ["x in [0, 1)"], False),
        ("x in [0, oo)", ["x >= 0"], True),
    ],
)
def test_an_interval_says_what_its_bounds_say(goal: str, given: list[str], holds: bool) -> None:
    """Both as a goal and as a hypothesis."""
    statement = read_statement(goal, ["x: real"], given)
    if holds:
        assert check(statement, {"rule": "evident"}, LEDGER).conditions == ()
    else:
        with pytest.raises(Rejected):
            check(statement, {"rule": "evident"}, LEDGER)


def test_splitting_nothing_proves_nothing() -> None:
    """Membership in a set of integers is no pair of bounds."""
    x, end = sym("x", INTEGER), make("const", data="oo")
    for domain in (make("numbers", data="integer"), make("interval", end, end, data="()")):
        statement = read_statement("x = x", ["x: integer"], [])
        forged = Statement(statement.symbols, (), (), make("in", x, domain))
        for certificate in ({"rule": "split", "parts": []}, {"rule": "evident"}):
            with pytest.raises(Rejected):
                check(forged, certificate, LEDGER)
