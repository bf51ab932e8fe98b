"""Terms and sympy's expressions say the same thing, both ways."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.kernel.statement import Definition, Hypothesis, Statement, Symbol
from symproof.methods.base import Budget
from symproof.methods.simplify import propose
from symproof.methods.sympy_bridge import Bridge
from symproof.methods.sympy_reader import Foreign, Untranslatable
from symproof.terms.build import make, num, sym
from symproof.terms.tree import Term
from symproof.terms.types import COMPLEX, INTEGER, REAL, Array, Function, Sequence

x, y = sympy.symbols("x y", real=True)
k, n = sympy.symbols("k n", integer=True)
f = sympy.Function("f", real=True)


def statement(expression: Any) -> Statement:
    """The statement that a sympy expression makes by itself."""
    foreign = Foreign({})
    goal = foreign.read(expression)
    facts = tuple(Hypothesis(str(k), fact) for k, fact in enumerate(foreign.facts))
    return Statement(tuple(foreign.symbols.values()), (), facts, goal)


ROUND = [
    sympy.Eq((x + y) ** 2, x**2 + 2 * x * y + y**2),
    sympy.Eq(sympy.Sum(k**2, (k, 1, n)), n * (n + 1) * (2 * n + 1) / 6),
    sympy.Eq(sympy.Product(k, (k, 1, n)), sympy.factorial(n)),
    sympy.Eq(sympy.Integral(sympy.exp(-(x**2)), (x, -sympy.oo, sympy.oo)), sympy.sqrt(sympy.pi)),
    sympy.Eq(sympy.Limit(sympy.sin(x) / x, x, 0, "+"), 1),
    sympy.Eq(sympy.Derivative(f(x), x), 1 / x),
    sympy.Eq(sympy.Derivative(f(x) ** 2, (x, 2)).subs(x, 2 * y), 0),
    sympy.Eq(sympy.Piecewise((x, x > 0), (-x, True)), sympy.Abs(x)),
    sympy.Implies(x > 1, sympy.Or(x > y, sympy.Ne(x, y))),
    sympy.Eq(sympy.binomial(n, k), sympy.factorial(n) / (sympy.factorial(k) * sympy.factorial(n - k))),
    sympy.Le(sympy.Max(x, y) + sympy.Min(x, y), x + y),
    sympy.Eq(x ** sympy.Rational(-3, 2), sympy.gamma(x) * sympy.erf(y) / sympy.floor(x)),
    sympy.Eq(sympy.cot(x), sympy.cosh(x) * sympy.atan(y)),
]


@pytest.mark.parametrize("expression", ROUND, ids=str)
def test_there_and_back_is_the_same_term(expression: Any) -> None:
    """From sympy to a term, to sympy, and back gives the same term."""
    found = statement(expression)
    bridge = Bridge(found)
    assert bridge.back(bridge.to(found.goal)) == found.goal


def terms() -> st.SearchStrategy[Term]:
    """Random rational functions of two real numbers."""
    leaves = st.one_of(
        st.fractions(-5, 5, max_denominator=4).map(num),
        st.sampled_from([sym("x", REAL), sym("y", REAL)]),
    )

    def grow(inner: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
        return st.one_of(
            st.tuples(inner, inner).map(lambda p: make("add", *p)),
            st.tuples(inner, inner).map(lambda p: make("mul", *p)),
            inner.map(lambda a: make("neg", a)),
            st.tuples(inner, inner).map(lambda p: make("div", *p)),
            st.tuples(inner, st.integers(0, 3)).map(lambda p: make("pow", p[0], num(p[1]))),
            inner.map(lambda a: make("call", a, data="abs")),
        )

    return st.recursive(leaves, grow, max_leaves=8)


def value(term: Term, point: dict[str, Fraction]) -> Fraction:
    """The value of a rational function, worked out here; raises ZeroDivisionError."""
    args = [value(arg, point) for arg in term.args]
    if term.op == "num":
        return term.data  # type: ignore[return-value]
    if term.op == "sym":
        return point[str(term.data)]
    if term.op == "add":
        return sum(args, Fraction(0))
    if term.op == "mul":
        return math.prod(args, start=Fraction(1))
    if term.op == "neg":
        return -args[0]
    if term.op == "div":
        return args[0] / args[1]
    if term.op == "pow":
        return args[0] ** int(args[1])
    return abs(args[0])


@settings(max_examples=300, deadline=None)
@given(terms(), st.fractions(-3, 3, max_denominator=3), st.fractions(-3, 3, max_denominator=3))
def test_values_agree(term: Term, a: Fraction, b: Fraction) -> None:
    """Where a term has a value, sympy's expression and the term read back from it have that value."""
    point = {"x": a, "y": b}
    try:
        expected = value(term, point)
    except ZeroDivisionError:
        return
    bridge = Bridge(Statement((Symbol("x", REAL), Symbol("y", REAL)), (), (), make("true")))
    expression = bridge.to(term)
    numbers = {x: sympy.Rational(a.numerator, a.denominator), y: sympy.Rational(b.numerator, b.denominator)}
    found = expression.subs(numbers)
    if found is sympy.nan or found is sympy.zoo:  # sympy reordered a quotient before the values came in
        return
    assert found == sympy.Rational(expected.numerator, expected.denominator)
    assert value(bridge.back(expression), point) == expected


def test_assumptions_become_declarations_and_facts() -> None:
    """positive, nonzero, integer, odd: each is said in our words."""
    p = sympy.Symbol("p", positive=True)
    m = sympy.Symbol("m", odd=True)
    z = sympy.Symbol("z")
    foreign = Foreign({})
    foreign.read(sympy.Eq(p + m, z))
    assert {s.name: s.type for s in foreign.symbols.values()} == {"p": REAL, "m": INTEGER, "z": COMPLEX}
    assert set(map(repr, foreign.facts)) == {"gt(p, 0)", "eq(call'mod'(m, 2), 1)"}


def test_a_declaration_goes_before_what_sympy_assumes_but_loses_nothing() -> None:
    """A plain symbol may be declared real; an integer one must not become real, a sign is kept."""
    real = {"x": Symbol("x", REAL)}
    foreign = Foreign(real)
    foreign.read(sympy.Eq(sympy.Symbol("x"), 1))
    assert foreign.symbols == real and not foreign.facts
    foreign = Foreign(real)
    foreign.read(sympy.Eq(sympy.Symbol("x", positive=True), 1))
    assert list(map(repr, foreign.facts)) == ["gt(x, 0)"]
    with pytest.raises(Untranslatable, match="x is declared real but is integer in sympy"):
        Foreign(real).read(sympy.Eq(sympy.Symbol("x", integer=True), 1))


def test_hypotheses_become_assumptions() -> None:
    """0 < x lets sympy take the root of x^2."""
    term = sym("x", REAL)
    fact = Hypothesis("x > 0", make("lt", num(0), term))
    bridge = Bridge(Statement((Symbol("x", REAL),), (), (fact,), make("true")))
    assert sympy.sqrt(bridge.to(term) ** 2) == bridge.to(term)


REFUSED = [
    (sympy.Eq(sympy.Symbol("p", prime=True), 2), "p is prime in sympy"),
    (sympy.Eq(x, 0.1), "floating-point"),
    (sympy.Eq(sympy.zeta(x), 1), "zeta has no counterpart"),
    (sympy.Eq(sympy.Integral(x, x), y), "without limits"),
    (sympy.Eq(x, sympy.Symbol("x")), "two different symbols are called x"),
    (sympy.Eq(sympy.Integer(10) ** 5000, x), "too many digits"),
]


@pytest.mark.parametrize(("expression", "reason"), REFUSED, ids=[reason for _, reason in REFUSED])
def test_what_cannot_be_said_is_refused(expression: Any, reason: str) -> None:
    """Nothing is dropped silently: a lost assumption could make a true statement false."""
    with pytest.raises(Untranslatable, match=reason):
        Foreign({}).read(expression)


def test_named_things_are_undefined_functions_and_come_back() -> None:
    """Entries of vectors, terms of sequences and values of functions go through sympy unharmed."""
    axis = make("range", num(1), sym("n", INTEGER))
    symbols = (
        Symbol("n", INTEGER),
        Symbol("v", Array((axis,))),
        Symbol("g", Sequence(REAL)),
        Symbol("σ", Function((REAL,), REAL)),
    )
    named = {s.name: sym(s.name, s.type) for s in symbols}
    term = make(
        "add",
        make("index", named["v"], num(1)),
        make("index", named["g"], named["n"]),
        make("apply", named["σ"], num(2)),
    )
    bridge = Bridge(Statement(symbols, (), (), make("true")))
    back = bridge.back(bridge.to(term))
    assert set(back.args) == set(term.args)
    with pytest.raises(Untranslatable):
        bridge.to(make("norm", named["v"]))


def test_definitions_are_unfolded() -> None:
    """A defined function is put in for its name."""
    body = make("pow", sym("t", REAL), num(2))
    square = Definition("q", (("t", REAL),), body)
    applied = make("apply", sym("q", Function((REAL,), REAL)), num(3))
    assert Bridge(Statement((), (square,), (), make("true"))).to(applied) == 9


def test_a_power_with_too_many_digits_is_not_worked_out() -> None:
    """9^9^9 stays a power instead of filling the memory."""
    tower = make("pow", num(9), make("pow", num(9), num(9)))
    assert Bridge(Statement((), (), (), make("true"))).to(tower).is_Pow


@pytest.mark.parametrize(
    ("expression", "supported"),
    [
        (sympy.Eq(sympy.sin(x) ** 2 + sympy.cos(x) ** 2, 1), True),
        (sympy.Eq(sympy.sin(x) ** 2 - sympy.cos(x) ** 2, 1), False),
        (sympy.And(sympy.Eq(x + x, 2 * x, evaluate=False), sympy.Eq(sympy.sin(2 * x), sympy.sin(x))), False),
        (sympy.Eq(sympy.gamma(x + 1), x * sympy.gamma(x)), True),
    ],
    ids=str,
)
def test_sympys_simplifier_is_evidence_for_true_statements_only(expression: Any, supported: bool) -> None:
    """What sympy brings to zero is supported; what it does not is passed over."""
    found = propose(statement(expression), Budget(20.0))
    assert (found is not None and found.kind == "sympy") == supported
