"""What is said to have a value has one: expectations, integrals and functions that may be undefined."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.statement import Statement, Symbol
from symproof.terms.types import REAL, Function
from tests.soundness.forging import (
    ALGEBRA,
    EVIDENT,
    attempt,
    axiom,
    encode,
    make,
    num,
    refused,
    shown,
    sym,
    term,
)

NUMBERS = make("numbers", data="real")
MAPS = make("functions", NUMBERS, NUMBERS)
F = sym("f", Function((REAL,), REAL))
Y = sym("y", REAL)
AT_ZERO = make("apply", F, num(0))


def is_a_number(text: str, let: list[str]) -> list[Any]:
    """The certificate that there is a number equal to the term."""
    return [{"rule": "exists", "values": {"c": term(text, let)}, "then": EVIDENT}]


def each(name: str, domain: Any, body: Any, op: str = "forall") -> Any:
    return make(op, body, domain, data=((name,),))


# --- expectations ----------------------------------------------------------------------------


CHANCE = ["X: random real", "a: real", "n: integer >= 0"]


@pytest.mark.parametrize(
    "fact",
    [
        "cases(E[X] if a > 0, 0) >= 0",
        "cases(a if a > 0, E[X]) >= 0",
        "sum(E[X], k = 1..n) >= 0",
        "sum(k E[X], k = 1..n) >= 0",
        "product(E[X], k = 1..n) >= 0",
        "E[X] = 0 for k in 1..n",
        "a > 0 implies E[X] = 0",
    ],
)
def test_a_fact_may_name_an_expectation_that_does_not_exist(fact: str) -> None:
    """One that is not chosen, or stands in an empty sum or product, need not exist."""
    by = is_a_number("E[X]", CHANCE)
    assert refused("exists real c: c = E[X]", CHANCE, [fact], (), by)
    assert shown("exists real c: c = E[X]", CHANCE, ["a E[X] = 0"], (), by)


PICKED = ["J: random integer >= 1", "K: random integer", "X: random sequence of real ~ normal(0, 1)"]
VECTOR = ["J: random integer in 1..4", "K: random integer in 5..9", "X: random vector(9) ~ normal(0, I)"]


@pytest.mark.parametrize(
    ("text", "let"),
    [
        ("E[X[J] X[K]] = E[X[J]] E[X[K]]", VECTOR),
        ("E[X[J] X[J + 1]] = E[X[J]] E[X[J + 1]]", PICKED),
        ("E[X[J] + 1] = E[X[J]] + 1", PICKED),
    ],
)
def test_a_place_that_depends_on_chance_has_no_law(text: str, let: list[str]) -> None:
    """The place may be chosen by looking at the values: that of the largest, or of a very large one."""
    assert refused(text, let)
    assert shown(text.replace("J", "j").replace("K", "k"), [*let, "j: integer in 1..4", "k: integer in 5..9"])


def test_a_random_place_need_not_have_a_mean() -> None:
    assert refused("exists real c: c = E[X[J]]", PICKED, (), (), is_a_number("E[X[J]]", PICKED))
    assert shown("exists real c: c = E[X[3]]", PICKED, (), (), is_a_number("E[X[3]]", PICKED))


def test_the_integral_of_means_may_be_infinite() -> None:
    """f may have, near k + 1/k, a peak so high that the means at each t are finite and their integral is not."""
    let = ["X: random real", "f: differentiable function"]
    mean = "integral(E[f(X + t)], t = 0..1)"
    given = ["integrable(f(X + t)) for all real t"]
    assert refused(f"exists real c: c = {mean}", let, given, (), is_a_number(mean, let))


# --- integrals over nothing -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "let"),
    [
        ("integral(1/x, t = a..a + x) = 1", ["a: real", "x: real >= 0"]),
        ("integral(1/x, t = 0..x) = 1", ["x: real >= 0"]),
        ("integral(x/x, t = 0..x) = x", ["x: real"]),
    ],
)
def test_what_an_integral_is_taken_of_is_defined_where_its_bounds_are_equal(
    text: str, let: list[str]
) -> None:
    assert refused(text, let)
    assert shown(text, let, ["x > 0"])


# --- functions ----------------------------------------------------------------------------------


def test_what_is_said_of_all_functions_is_not_said_of_partial_ones() -> None:
    """Every function has a value at 0; that the constant 1/a has one would give a its inverse."""
    a = sym("a", REAL)
    values = each("f", MAPS, each("y", NUMBERS, make("eq", Y, AT_ZERO), "exists"))
    partial = make("lambda", make("div", num(1), a), NUMBERS, data=(("x",),))
    goal = each("y", NUMBERS, make("eq", make("mul", Y, a), num(1)), "exists")
    by = {
        "rule": "have", "name": "A", "claim": encode(values),
        "proof": {"rule": "intro", "then": {"rule": "exists", "values": {"y": encode(AT_ZERO)}, "then": EVIDENT}},
        "then": {
            "rule": "have", "name": "B", "fact": "A", "at": {"f": encode(partial)},
            "then": {"rule": "obtain", "fact": "B", "name": "C", "then": {
                "rule": "exists", "values": {"y": encode(Y)}, "then": {"rule": "algebra", "rewrite": ["C"]}}},
        },
    }  # fmt: skip
    assert attempt(Statement((Symbol("a", REAL),), (), (), goal), by) is None


@pytest.mark.parametrize("way", ["have", "combine", "axiom"])
def test_what_is_said_of_real_functions_is_not_said_of_complex_ones(way: str) -> None:
    """|f(0)|² = f(0)² for real functions; at the constant i it would give 1 = −1."""
    square = make("eq", *(make("pow", x, num(2)) for x in (make("call", AT_ZERO, data="abs"), AT_ZERO)))
    constant = encode(make("lambda", make("const", data="i"), NUMBERS, data=(("x",),)))
    use = {"rule": "algebra", "combine": [{"fact": "B"}]}
    if way == "axiom":
        by = {"rule": "have", "name": "B", "axiom": "axiom", "at": {"f": constant}, "then": use}
    else:
        then = {"rule": "have", "name": "B", "fact": "A", "at": {"f": constant}, "then": use}
        if way == "combine":
            then = {"rule": "algebra", "combine": [{"fact": "A", "at": {"f": constant}}]}
        by = {"rule": "have", "name": "A", "claim": encode(each("f", MAPS, square)),
              "proof": {"rule": "intro", "then": ALGEBRA}, "then": then}  # fmt: skip
    ledger = {"axiom": axiom("|f(0)|^2 = f(0)^2", ["f: function"])}
    assert attempt(Statement((), (), (), make("eq", num(1), num(-1))), by, ledger=ledger) is None
