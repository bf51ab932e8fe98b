"""The conventions of the claim language, pinned for both arithmetics."""

from __future__ import annotations

from fractions import Fraction

import pytest

EXACT = [
    ("0^0", 1),
    ("x^0", 1),
    ("8^(1/3)", 2),
    ("(4/9)^(1/2)", Fraction(2, 3)),
    ("(-8)^3", -512),
    ("2^(-3)", Fraction(1, 8)),
    ("exp(0)", 1),
    ("log(1)", 0),
    ("sigmoid(0)", Fraction(1, 2)),
    ("sum(i, i = 1..0)", 0),
    ("sum(i, i = 5..2)", 0),
    ("product(i, i = 1..0)", 1),
    ("sum(i^2, i = -2..2)", 10),
    ("sum(i j, i = 1..3, j = 1..i)", 25),
    ("floor(-7/2)", -4),
    ("ceil(-7/2)", -3),
    ("mod(-7, 3)", 2),
    ("mod(7, -3)", -2),
    ("sign(0)", 0),
    ("sign(-3/2)", -1),
    ("|-3|", 3),
    ("relu(-2)", 0),
    ("binomial(5, 2)", 10),
    ("binomial(5, -1)", 0),
    ("binomial(5, 6)", 0),
    ("binomial(0, 0)", 1),
    ("factorial(5)", 120),
    ("factorial(0)", 1),
    ("gamma(5)", 24),
    ("max(1, 3, 2)", 3),
    ("min(1, 3, 2)", 1),
    ("[1 = 1] + [1 = 2]", 1),
    ("[1/0 = 1 or 1 = 1]", 1),
    ("0.1", Fraction(1, 10)),
]
UNDEFINED = [
    "1/x", "0^(-1)", "x^(-2)", "sqrt(-1)", "(-8)^(1/3)", "(-1)^(1/2)", "log(0)", "log(-1)", "asin(2)",
    "acos(-2)",
    "acosh(1/2)", "atanh(1)", "atanh(-1)", "mod(1, 0)", "binomial(-1, 2)", "factorial(-1)", "gamma(0)",
    "gamma(-2)", "max(i, i in 1..0)", "sum(1/(i-3), i = 1..5)", "0 (1/0)", "[1/0 = 1]", "0^(-1/2)",
]  # fmt: skip
COSTLY = [
    "9^9^9^9", "factorial(10^9)", "((9^9)^9999)^9999", "sum(i, i = 1..10^12)", "product(i, i = 1..10^12)",
    "2^(10^9)", "sum(j, i = 1..10^5, j = 1..10^5)",
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), EXACT)
def test_values(at, text, wanted):
    """Rational values are exact, and floats are close to them."""
    exact, floats = at.both(text, ["x: real"], {"x": "0"})
    assert exact == wanted
    assert floats == pytest.approx(float(wanted))


@pytest.mark.parametrize("text", UNDEFINED)
def test_undefined(at, text):
    """What has no value is undefined, not unknown, in both arithmetics."""
    assert at.both(text, ["x: real"], {"x": "0"}) == ("undefined", "undefined")


@pytest.mark.parametrize("text", COSTLY)
def test_cost_is_bounded_before_it_arises(at, text):
    """Huge values stop at once."""
    assert at.value(text) == "costly"
    assert at.value(text, arithmetic="floats") in ("costly", "unknown")


@pytest.mark.parametrize(
    "text",
    ["exp(exp(exp(100)))", "gamma(10^50 + 1/2)", "1/(sin(10^4000) - sin(10^4000))", "1/(pi - pi)",
     "log(sqrt(2)^2 - 2)", "sqrt(sqrt(2)^2 - 2)", "[sqrt(2)^2 = 2]", "floor(sqrt(2)^2)"],
)  # fmt: skip
def test_what_balls_cannot_tell(at, text):
    """A ball that touches the edge says nothing: neither a value nor that there is none."""
    assert at.value(text) in ("imprecise", "unknown")


def test_infinity_is_only_a_bound(at):
    assert at.value("oo + 1") == "unknown"


def test_index_outside_its_axis(at):
    let, values = ["x: vector(2)", "k: integer"], {"x": ["5", "7"], "k": "3"}
    assert at.both("x[k]", let, values) == ("undefined", "undefined")
    assert at.value("x[2]", let, values) == 7


def test_bounds_of_integrals_need_not_be_ordered(at):
    assert at.value("integral(t^2, t = 1..0)") == Fraction(-1, 3)


@pytest.mark.parametrize("text", ["sum(x[u] - x[v], (u,v) in E(G))", "max(x[u] - x[v], (u,v) in E(G))"])
def test_edges_have_no_direction(at, text):
    """A body that changes when the ends are swapped has no value."""
    let = ["G: graph", "x: vector(V(G))"]
    values = {"G": {"vertices": 2, "edges": [[0, 1]]}, "x": ["1", "2"]}
    assert at.both(text, let, values) == ("undefined", "undefined")
    values["x"] = ["2", "2"]
    assert at.value(text, let, values) == 0


def test_complex_numbers(at):
    """Principal values where a symbol is complex, real partial functions elsewhere."""
    let, values = ["z: complex", "x: real"], {"z": ["-1", "0"], "x": "-1"}
    assert at.value("re(z^2) + im(z)", let, values) == 1
    assert at.value("im(sqrt(z))", let, values) == 1
    assert at.value("sqrt(x)", let, values) == "undefined"
    assert at.value("log(z)", let, {"z": ["0", "0"], "x": "1"}) == "undefined"
    assert at.value("[z = x]", let, values) == 1
    assert at.value("i i", let, values) == -1
