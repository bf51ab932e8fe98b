"""Expectations: finite outcomes, Bernoulli and normal laws."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

COIN = {"outcomes": [["1/2", "-1"], ["1/2", "3"]]}


def test_finite_outcomes(at):
    let = ["x: random real", "y: random real"]
    values = {"x": COIN, "y": {"outcomes": [["1/3", "0"], ["2/3", "1"]]}}
    assert at.value("E[x]", let, values) == 1
    assert at.value("Var[x]", let, values) == 4
    assert at.value("E[x y] - E[x] E[y]", let, values) == 0
    assert at.value("Cov[x, x + y]", let, values) == 4
    assert at.value("P[x > y]", let, values) == Fraction(1, 2)
    assert at.value("E[abs(x)]", let, values) == 2
    assert at.value("E[1/(x - 3)]", let, values) == "undefined"
    assert at.value("E[E[x] x]", let, values) == 1


def test_numbers_drawn_together(at):
    """`with` another symbol: outcome by outcome the same draw."""
    let = ["x: random real", "y: random real", "z: random real"]
    along = {"with": "x", "outcomes": [["1/2", "0"], ["1/2", "1"]]}
    values = {"x": COIN, "y": along, "z": {"outcomes": [["1/2", "0"], ["1/2", "1"]]}}
    assert at.value("E[x y]", let, values) == Fraction(3, 2)
    assert at.value("Cov[x, y]", let, values) == 1
    assert at.value("Cov[x, z]", let, values) == 0 == at.value("Cov[y, z]", let, values)
    assert at.value("P[x = -1 and y = 1]", let, values) == 0
    assert at.value("E[y]", let, values) == Fraction(1, 2)
    assert at.value("Var[x + y]", let, values) == Fraction(25, 4)


def test_entries_drawn_independently(at):
    """`each` draws every entry of an array or sequence on its own."""
    let = ["n: size", "x: independent random vector(n)", "g: random sequence of real"]
    each = {"each": {"outcomes": [["1/2", "-1"], ["1/2", "1"]]}}
    values = {"n": "3", "x": each, "g": each}
    assert at.value("Var[sum(x[i], i = 1..n)]", let, values) == 3
    assert at.entries("Cov[x, x]", let, values) == [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
    assert at.value("E[g[1] g[2]] + E[g[4]^2]", let, values) == 1


def test_bernoulli(at):
    let = ["n: size", "p: vector(n)", "g: random vector(n) ~ bernoulli(p)", "a: real"]
    values = {"n": "2", "p": ["1/3", "1/4"], "a": "6"}
    assert at.entries("E[g]", let, values) == [Fraction(1, 3), Fraction(1, 4)]
    assert at.entries("Var[a g]", let, values) == [8, Fraction(27, 4)]
    assert at.value("P[g[1] = g[2]]", let, values) == Fraction(7, 12)


@pytest.mark.parametrize("power", range(7))
def test_normal_moments(at, power):
    """Moments of a normal law are those that sympy integrates."""
    z = sympy.Symbol("z")
    density = sympy.exp(-((z - 1) ** 2) / 8) / sympy.sqrt(8 * sympy.pi)
    wanted = sympy.integrate(z**power * density, (z, -sympy.oo, sympy.oo))
    assert at.value(f"E[x^{power}]", ["x: random real ~ normal(1, 4)"]) == Fraction(int(wanted))


def test_normal_exponentials(at):
    """Closed forms for affine exponents times polynomials."""
    let, values = (
        ["d: size", "q: vector(d)", "x: random vector(d) ~ normal(0, I)"],
        {"d": "2", "q": ["1", "2"]},
    )
    assert at.value("E[exp(q'x)] - exp(5/2)", let, values).contains(0)
    assert at.value("E[x[1] exp(q'x)] - exp(5/2)", let, values).contains(0)
    assert at.value("E[x[1]^2 x[2] exp(q'x)] - 4 exp(5/2)", let, values).contains(0)
    assert at.value("E[exp(q'x)/exp(q'x)]", let, values) == 1
    assert at.value("E[x[1]^2 x[2]^2 + x[1]]", let, values) == 1
    assert at.value("E[abs(x[1])]", let, values) == "unknown"
    assert at.value("P[x[1] > 0]", let, values) == "unknown"
    assert at.value("x[1]", let, values) != 0


def test_derivative_of_an_expectation(at):
    let = ["a: real", "x: random real ~ normal(0, 1)"]
    assert at.value("diff(E[(a x + a)^2], a)", let, {"a": "3"}) == 12


def test_a_parameter_is_no_random_variable(at):
    """A definition is called with values, so an expectation of its parameter is refused."""
    let = ["x: random real"]
    assert at.value("E[f(x)]", let, {"x": COIN}, ["f(z): E[z^2]"]) == "unknown"


def test_a_mean_in_a_definition(at):
    """f(y) = E[b y] has a value where y is not random; what f(b) would be is left open."""
    let = ["b: random real ~ bernoulli(1/4)", "x: random real ~ normal(0, 1)", "y: real"]
    define, values = ["c: 2 b", "d: y + 1", "f(z): E[b z + x^2]", "g(z): b + f(z)"], {"y": "8"}
    assert at.value("f(y)", let, values, define=define) == 3
    assert at.value("E[f(y) b]", let, values, define=define) == Fraction(3, 4)
    assert at.value("E[f(d) x^2]", let, values, define=define) == Fraction(13, 4)
    assert at.value("E[sum(f(k) b, k = 1..2)]", let, values, define=define) == Fraction(11, 16)
    for text in ("E[f(b)]", "E[f(x)]", "E[f(c)]", "E[g(b)]", "E[f(E[x] + b)]"):
        assert at.value(text, let, values, define=define) == "unknown"
