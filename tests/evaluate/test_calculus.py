"""Derivatives, kinks, limits and integrals."""

from __future__ import annotations

from fractions import Fraction

import pytest

X0 = (["x: real"], {"x": "0"})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("diff(abs(x), x)", "undefined"),
        ("diff(x abs(x), x)", 0),
        ("diff(x abs(x), x, 2)", "undefined"),
        ("diff(abs(x)^3, x, 2)", 0),
        ("diff(abs(x)^3, x, 3)", "undefined"),
        ("diff(0 abs(x), x)", 0),
        ("diff(relu(x) - relu(-x), x)", 1),
        ("diff(max(x, 2 x), x)", "undefined"),
        ("diff(max(x, x^2 + x), x)", 1),
        ("diff(sqrt(x^2), x)", "undefined"),
        ("diff(sqrt(x^4), x)", 0),
        ("diff(sign(x), x)", "undefined"),
        ("diff(floor(x + 1/2), x)", 0),
        ("diff(floor(x), x)", "undefined"),
        ("diff([x < 0], x)", "undefined"),
        ("diff(x [x < 0], x)", "undefined"),
        ("diff(x^2 [x < 0], x)", 0),
        ("diff([x = 0], x)", "undefined"),
        ("diff(1/x, x)", "undefined"),
        ("diff(log(x), x)", "undefined"),
        ("diff(x^0, x)", 0),
        ("diff(sqrt(x), x)", "unknown"),
        ("diff(asin(x + 1), x)", "unknown"),
        ("diff(exp(2 x), x, 3)", 8),
        ("diff(x^5, x, 5)", 120),
        ("diff(1/(1 - x), x, 4)", 24),
        ("diff(diff(abs(x), y), x)", 0),
        ("diff(diff(x y^2, y), x)", 6),
        ("diff(sum(x^i, i = 0..4), x, 2)", 2),
        ("diff(integral(t^2, t = 0..x + 1), x)", 1),
    ],
)
def test_derivatives_at_zero(at, text, wanted):
    """Kinks make a derivative undefined only where the two sides really differ."""
    assert at.value(text, ["x: real", "y: real"], {"x": "0", "y": "3"}) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("limit(sin(t)/t, t -> 0)", 1),
        ("limit((1 - cos(t))/t^2, t -> 0)", Fraction(1, 2)),
        ("limit(abs(t)/t, t -> 0)", "undefined"),
        ("limit(abs(t), t -> 0)", 0),
        ("limit(1/t, t -> 0)", "undefined"),
        ("limit(floor(t), t -> 0)", "undefined"),
        ("limit(sqrt(t), t -> 4)", 2),
        ("limit((n^2 + 1)/(2 n^2 + n), n -> oo)", Fraction(1, 2)),
        ("limit(n/(n^2 + 1), n -> oo)", 0),
        ("limit((1/2)^n, n -> oo)", 0),
        ("limit(n^3 exp(-n), n -> oo)", 0),
        ("limit(sqrt(n^2 + n) - n, n -> oo)", Fraction(1, 2)),
        ("limit((-1)^n, n -> oo)", "unknown"),
        ("limit(sin(n), n -> oo)", "unknown"),
        ("limit(exp(t), t -> 0) - 1", 0),
    ],
)
def test_limits(at, text, wanted):
    """Expansions give quotients of Taylor series, rational functions and exponential decay."""
    assert at.value(text) == wanted


def test_integrals_in_balls(at):
    """A quadrature holds the value; what is not integrable so is left open."""
    inside = "[{} < {}] + [{} < {}]"
    text = "integral(exp(-t^2), t = 0..1)"
    assert at.value(inside.format(text, "0.746825", "0.746824", text)) == 2
    assert at.value("[integral(|t|, t = -1..2) < 2.51] + [integral(|t|, t = -1..2) > 2.49]") == 2
    assert at.value("integral(1/t, t = -1..1)") == "unknown"
    assert at.value("integral(log(t), t = -2..-1)") == "unknown"
    assert at.value("integral(s t, s = 0..1)", ["t: real"], {"t": "3"}) == Fraction(3, 2)
    assert at.value("integral(integral(s t, s = 0..t), t = 0..1)") == Fraction(1, 8)


LET = ["n: size", "x: vector(n)", "A: matrix(n, n)"]
VALUES = {"n": "2", "x": ["3", "4"], "A": [["1", "2"], ["5", "7"]]}


def test_gradients(at):
    assert at.entries("grad(x' A x, x)", LET, VALUES) == [34, 77]
    assert at.entries("grad(|x|, x)", LET, VALUES) == [Fraction(3, 5), Fraction(4, 5)]
    assert at.entries("hessian(x' A x, x)", LET, VALUES) == [[2, 7], [7, 14]]
    assert at.entries("jacobian(A x, x)", LET, VALUES) == [[1, 2], [5, 7]]
    assert at.entries("grad(det(A), A)", LET, VALUES) == [[7, -5], [-2, 1]]
    assert at.entries("jacobian(x/|x|, x)", LET, VALUES)[0] == [Fraction(16, 125), Fraction(-12, 125)]


def test_a_norm_has_no_gradient_at_zero(at):
    values = {**VALUES, "x": ["0", "0"]}
    assert at.value("grad(|x|, x)", LET, values) == "undefined"
    assert at.entries("grad(|x|^2, x)", LET, values) == [0, 0]


def test_derivative_of_a_declared_function(at):
    let = ["σ: differentiable function", "x: real"]
    square = ["lambda", [["z"]], ["pow", None, ["sym", "z", ["real"]], ["num", "2"]], ["numbers", "real"]]
    assert at.value("σ'(x)", let, {"σ": square, "x": "3"}) == 6
    assert at.value("diff(σ(2 x), x)", let, {"σ": square, "x": "3"}) == 24
