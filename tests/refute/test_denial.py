"""Refutation by proof: what no evaluation decides, at given values, with a certificate of what holds instead."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.denial import check_denial
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.methods import denial
from symproof.methods.base import Budget, Evidence
from symproof.methods.quick import ledger
from symproof.reading.inline import read_statement
from symproof.terms.build import make, num
from symproof.terms.codec import encode


def statement(text: str) -> Statement:
    goal, _, rest = text.partition(" | ")
    let, _, given = rest.partition(" given ")
    return read_statement(
        goal, [x for x in let.split("; ") if x.strip()], [x for x in given.split("; ") if x.strip()]
    )


def proposed(read: Statement) -> Evidence | None:
    return denial.by_values(read, Budget(10.0)) or denial.propose(read, Budget(10.0))


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("limit(x^4 exp(-x), x -> oo) = 24", "0", "24"),
        ("limit(exp(x) / x, x -> oo) = 1", "oo", "1"),
        ("limit(log(x) / x, x -> oo) = oo", "0", "oo"),
        ("integral(x^2 exp(-x), x = 0..oo) = 1", "2", "1"),
        ("integral(exp(-3 x), x = 0..oo) > 1/2", "1/3", "1/2"),
        ("integral(1 / x^2, x = -1..1) = -2", "oo", "-2"),
        ("integral(1 / (x - 1)^2, x = 0..3) = -3/2", "oo", "-3/2"),
        ("integral(1 / (1 - x), x = 0..1) = 2", "oo", "2"),
        ("integral(exp(-b x), x = 0..oo) = b | b: real > 0", "1/2", "2"),
        ("sum((1/4)^k, k = 0..oo) = 5/3", "4/3", "5/3"),
        ("sum(q^k, k = 1..oo) = 1 / (1 - q) | q: real in (0, 1)", "1", "2"),
        ("x^2 = o(x) as x -> oo", "oo", "0"),
        ("n^2 >= 0 and limit(1/T, integer T -> oo) = -1 | n: integer", "0", "-1"),
        (
            "limit(1/T, integer T -> oo) = 0 and n^2 >= 0 and limit(N^T, integer T -> oo) = 0 | n: integer; N: integer >= 2",
            "oo",
            "0",
        ),
        ("exists x: real such that a < x and 2 x < a + b | a: real; b: real given b < a", "false", "true"),
        ("exists k: integer such that n^2 + n = 4 k | n: integer >= 1", "false", "true"),
        ("x^2 = O(x) as x -> oo", "false", "true"),
        ("x^2 sin(x) = O(x) as x -> oo", "false", "true"),
        ("n^2 = O(n) as integer n -> oo", "false", "true"),
        ("1 / x = O(1) as x -> 0", "false", "true"),
        ("x cos(x) = o(x) as x -> oo", "false", "true"),
        ("exp(z) = exp(w) implies z = w | z: complex; w: complex", "false", "true"),
        ("z^3 = 1 implies z = 1 | z: complex", "false", "true"),
        ("x^2 != 2 | x: real", "false", "true"),
        ("x = 0 | x: real given sin(x) = 0", "false", "true"),
        ("solve for x: x^2 = 9 | x: real", "several solutions", "one solution"),
        ("solve for x: x^2 = 9 | x: real given x > 4", "no solution", "one solution"),
        (
            "solve for x, y: x + y = 1 and x + y = a | x: real; y: real; a: real",
            "no solution",
            "one solution",
        ),
    ],
)
def test_false_statements_have_a_checked_refutation(text: str, left: str, right: str) -> None:
    """The kernel accepts it, and says what both sides are."""
    read = statement(text)
    evidence = proposed(read)
    assert evidence is not None and evidence.kind == "witness"
    found = check_denial(read, evidence.data, ledger())
    assert (found.left, found.right) == (left, right)


@pytest.mark.parametrize(
    "text",
    [
        "limit(x^4 exp(-x), x -> oo) = 0",
        "limit(exp(x) / x, x -> oo) = oo",
        "integral(x^2 exp(-x), x = 0..oo) = 2",
        "integral(exp(-3 x), x = 0..oo) < 1/2",
        "sum(q^k, k = 1..oo) = q / (1 - q) | q: real in (0, 1)",
        "x = o(x^2) as x -> oo",
        "exists x: real such that a < x and x < b | a: real; b: real given a < b",
        "solve for x: x^2 = 9 | x: real given x > 0",
        "solve for x: x^3 = 8 | x: real",
    ],
)
def test_true_statements_have_none(text: str) -> None:
    """What is proposed for them, if anything, is a proof."""
    evidence = proposed(statement(text))
    assert evidence is None or evidence.kind == "certificate"


def good(text: str) -> tuple[Statement, dict[str, Any]]:
    read = statement(text)
    evidence = proposed(read)
    assert evidence is not None
    return read, evidence.data


def test_the_values_must_meet_the_hypotheses() -> None:
    """What is shown for b = 2 does not refute a statement about b < 0, nor one without that value."""
    read, data = good("integral(exp(-b x), x = 0..oo) = b | b: real > 0")
    for values in ({"b": "-2"}, {}, {"b": "2", "c": "1"}, {"b": 2}, {"b": "two"}):
        with pytest.raises(Rejected):
            check_denial(read, {**data, "values": values}, ledger())


def test_the_proof_must_be_of_what_is_shown_instead() -> None:
    """Neither another statement with this proof nor this statement with another proof."""
    read, data = good("limit(x^4 exp(-x), x -> oo) = 24")
    three = encode(make("and", make("eq", read.goal.args[0], num(3)), make("eq", num(24), num(24))))
    for forged in (
        {**data, "instead": three},
        {**data, "proof": {"rule": "evident"}},
        {**data, "instead": encode(make("true")), "proof": {"rule": "evident"}},
        {**data, "instead": encode(make("eq", num(24), num(24))), "proof": {"rule": "algebra"}},
        {**data, "instead": None},
    ):
        with pytest.raises(Rejected):
            check_denial(read, forged, ledger())


def test_a_refutation_serves_no_other_statement() -> None:
    """What refutes one goal does not refute the true one beside it."""
    _, data = good("limit(x^4 exp(-x), x -> oo) = 24")
    for text in ("limit(x^4 exp(-x), x -> oo) = 0", "limit(x^3 exp(-x), x -> oo) = 24"):
        with pytest.raises(Rejected):
            check_denial(statement(text), data, ledger())
    _, data = good("solve for x: x^2 = 9 | x: real")
    with pytest.raises(Rejected):
        check_denial(statement("solve for x: x^2 = 9 | x: real given x > 0"), data, ledger())


def test_the_same_infinity_excludes_nothing() -> None:
    """A limit that is ∞ refutes no statement that says so."""
    _, data = good("limit(exp(x) / x, x -> oo) = 1")
    with pytest.raises(Rejected):
        check_denial(statement("limit(exp(x) / x, x -> oo) = oo"), data, ledger())


def exists_data(text: str) -> tuple[Statement, dict[str, Any]]:
    read = statement(text)
    evidence = denial.propose(read, Budget(10.0))
    assert evidence is not None
    return read, evidence.data


def test_a_counterexample_that_is_shown_to_exist_names_its_values() -> None:
    read, data = exists_data("x = 0 | x: real given sin(x) = 0")
    assert check_denial(read, data, ledger()).values == {"x": "π"}


def test_a_counterexample_must_meet_the_hypotheses() -> None:
    """What shows one without a hypothesis, or of another goal, shows nothing."""
    _, data = exists_data("x^2 != 2 | x: real")
    for other in (
        "x^2 != 2 | x: real given x > 2",
        "x^2 != 3 | x: real",
        "x^2 != 2 | x: integer",
        "x^2 != 2 | x: real; y: real",
    ):
        with pytest.raises(Rejected):
            check_denial(statement(other), data, ledger())


def test_a_counterexample_is_about_numbers_without_a_law() -> None:
    for let in ("x: random real", "x: random real ~ normal(0, 1)"):
        read = statement(f"x^2 != 2 | {let}")
        _, data = exists_data("x^2 != 2 | x: real")
        with pytest.raises(Rejected):
            check_denial(read, data, ledger())
        assert denial.propose(read, Budget(5.0)) is None


def test_no_counterexample_is_claimed_under_conditions() -> None:
    read = statement("x = 0 | x: real given log(x) = log(x)")
    good = statement("x = 1 | x: real")
    evidence = denial.propose(good, Budget(5.0))
    with pytest.raises(Rejected):
        check_denial(read, evidence.data if evidence else {"values": {}}, ledger())


@pytest.mark.parametrize(
    "text",
    [
        "x = O(x) as x -> oo",
        "x sin(x) = O(x) as x -> oo",
        "x^2 = O(x) as x -> 0",
        "x^2 sin(x) = o(x^3) as x -> oo",
        "exp(z) = exp(w) implies exp(2 z) = exp(2 w) | z: complex; w: complex",
    ],
)
def test_true_growth_and_implications_are_not_refuted(text: str) -> None:
    assert denial.propose(statement(text), Budget(2.0)) is None


def test_a_part_is_excluded_only_from_a_conjunction_that_has_it() -> None:
    """Neither from one with another part in its place, nor from an alternative."""
    wrong, right = "limit(1/T, integer T -> oo) = -1", "limit(1/T, integer T -> oo) = 0"
    _, data = good(f"n^2 >= 0 and {wrong} | n: integer")
    for text in (f"n^2 >= 0 and {right}", f"n^2 >= 0 or {wrong}", f"n^2 < 0 implies {wrong}"):
        with pytest.raises(Rejected):
            check_denial(statement(f"{text} | n: integer"), data, ledger())
