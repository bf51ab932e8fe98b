"""Values in two ways: ours, exact or in balls, against sympy's; and balls against floats."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.evaluation.balls import Balls
from symproof.evaluation.evaluate import Compiler, TooCostly, Undefined, Unknown
from symproof.methods.floats import Floats
from symproof.terms.build import make, num, sym
from symproof.terms.types import REAL

X = sym("x", REAL)
SMOOTH = "exp sin cos tanh atan sinh cosh asinh sigmoid softplus erf".split()
PARTIAL = ["log", "sqrt", "asin", "acosh", "atanh", "tan", "gamma"]
SYMPY = {
    "sigmoid": lambda z: 1 / (1 + sympy.exp(-z)),
    "softplus": lambda z: sympy.log(1 + sympy.exp(z)),
    "abs": sympy.Abs,
    "relu": lambda z: sympy.Max(z, 0),
}


def call(name):
    return lambda z: make("call", z, data=name)


def grown(leaves, names):
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda a, b: make("add", a, b), inner, inner),
            st.builds(lambda a, b: make("mul", a, b), inner, inner),
            st.builds(lambda a: make("neg", a), inner),
            st.builds(lambda a, b: make("div", a, b), inner, inner),
            st.builds(lambda a, k: make("pow", a, num(k)), inner, st.integers(-2, 3)),
            st.builds(lambda a, f: call(f)(a), inner, st.sampled_from(names)),
        ),
        max_leaves=6,
    )


numbers = st.builds(num, st.fractions(-4, 4, max_denominator=3))
terms = grown(st.one_of(st.just(X), numbers), SMOOTH + PARTIAL + ["abs", "relu"])
smooth_terms = grown(st.one_of(st.just(X), numbers), SMOOTH)
points = st.fractions(-3, 3, max_denominator=4)


def evaluated(A, term, x):
    A.steps = 20_000
    try:
        return Compiler(A).under(("x",), term)({"x": A.number(x)})
    except Undefined:
        return "undefined"
    except (Unknown, TooCostly):
        return None


def to_sympy(term, x):
    args = [to_sympy(a, x) for a in term.args]
    if term.op == "num":
        return sympy.Rational(term.data.numerator, term.data.denominator)
    if term.op == "sym":
        return x
    if term.op == "call":
        return SYMPY.get(term.data, getattr(sympy, term.data, None))(*args)
    operators = {
        "add": sympy.Add,
        "mul": sympy.Mul,
        "neg": lambda a: -a,
        "div": lambda a, b: a / b,
        "pow": sympy.Pow,
    }
    return operators[term.op](*args)


def exact(x):
    return fmpq(x.numerator, x.denominator)


def middle(value):
    return float(value.p) / float(value.q) if isinstance(value, fmpq) else float(value.mid())


@settings(max_examples=300, deadline=None)
@given(terms, points)
def test_balls_and_floats_agree(term, x):
    """Where both arithmetics give a number, it is the same one."""
    exact, rough = evaluated(Balls(), term, x), evaluated(Floats(), term, x)
    if exact is None or exact == "undefined" or rough is None or rough == "undefined":
        return
    assert rough == pytest.approx(middle(exact), rel=1e-6, abs=1e-6) or abs(middle(exact)) > 1e12


@settings(max_examples=60, deadline=None)
@given(smooth_terms, points, st.integers(1, 3))
def test_derivatives_against_sympy(term, x, order):
    """A derivative read off an expansion is the one that sympy computes symbolically."""
    derivative = make("diff", term, num(x), num(order), data=(("x",),))
    found = evaluated(Balls(), derivative, x)
    if found is None or found == "undefined":
        return
    z = sympy.Symbol("z")
    expected = sympy.diff(to_sympy(term, z), z, order).subs(z, sympy.Rational(x.numerator, x.denominator))
    value = sympy.N(expected, 20)
    if not value.is_real:
        return
    assert middle(found) == pytest.approx(float(value), rel=1e-9, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.fractions(-3, 3, max_denominator=3), min_size=1, max_size=5),
    points,
    points,
    st.integers(0, 3),
)
def test_polynomials_by_hand(coefficients, a, b, order):
    """Derivatives and integrals of polynomials are those of the coefficients."""
    body = make(
        "add",
        num(0),
        num(0),
        *(make("mul", num(c), make("pow", X, num(k))) for k, c in enumerate(coefficients)),
    )
    derivative = list(coefficients)
    for _ in range(order):
        derivative = [k * c for k, c in enumerate(derivative)][1:]
    found = evaluated(Balls(), make("diff", body, num(a), num(order), data=(("x",),)), a)
    assert found == exact(sum((c * a**k for k, c in enumerate(derivative)), Fraction(0)))
    found = evaluated(Balls(), make("integral", body, num(a), num(b), data=(("x",),)), a)
    powers = range(1, len(coefficients) + 1)
    area = sum((c * (b**k - a**k) / k for k, c in zip(powers, coefficients, strict=True)), Fraction(0))
    assert found == exact(area)


@settings(max_examples=40, deadline=None)
@given(smooth_terms, points, points)
def test_fundamental_theorem(term, a, b):
    """The integral of a derivative is the difference of the values."""
    slope = make("diff", term, X, num(1), data=(("x",),))
    inner = make("integral", slope, num(a), num(b), data=(("x",),))
    total, ends = evaluated(Balls(), inner, a), [evaluated(Balls(), term, p) for p in (a, b)]
    if total in (None, "undefined") or any(e in (None, "undefined") for e in ends):
        return
    gap = total - (ends[1] - ends[0])
    assert gap == 0 or gap.contains(0)
