"""Names: what is bound, declared, defined and used by the kernel itself is kept apart."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symproof.kernel.statement import Statement, Symbol
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL, Array, Function
from tests.soundness.forging import (
    ALGEBRA,
    EVIDENT,
    attempt,
    claim,
    encode,
    make,
    num,
    refused,
    shown,
    stated,
    sym,
)

REALS = make("numbers", data="real")
ENDLESS = make("const", data="oo")


def one_to(high: int | Term) -> Term:
    return make("range", num(1), num(high) if isinstance(high, int) else high)


def limit(body: Term, name: str) -> Term:
    return make("limit", body, ENDLESS, num(0), data=((name,),))


# --- names that the kernel uses itself -----------------------------------------------------


@pytest.mark.parametrize("name", ["exp", "log", "abs", "det", "rank", "opnorm"])
def test_a_declared_function_is_not_the_one_of_that_name(name: str) -> None:
    """f(x + y) = f(x) f(y) does not follow from calling f exp, declared or bound."""
    f = sym(name, Function((REAL,), REAL))
    x, y = sym("x", REAL), sym("y", REAL)

    def at(t: Term) -> Term:
        return make("apply", f, t)

    for goal in (
        make("eq", at(make("add", x, y)), make("mul", at(x), at(y))),
        make("eq", at(make("mul", x, x)), make("mul", at(x), at(x))),
        make("ge", at(x), num(0)),
    ):
        let = ["x: real > 0", "y: real > 0"]
        base = claim("0 = 0", let)
        declared = Statement((*base.symbols, Symbol(name, f.type)), (), base.hypotheses, goal)
        assert attempt(declared) is None
        bound = make("forall", goal, make("functions", REALS, REALS), data=((name,),))
        inner = ({"rule": "intro", "then": leaf} for leaf in (ALGEBRA, EVIDENT))
        assert attempt(stated(let, bound), EVIDENT, *inner) is None


def test_a_symbol_is_not_the_derivative_of_another() -> None:
    """f' may be any function."""
    base = claim("0 = 0", ["x: real", "f: differentiable function"])
    x, real = sym("x", REAL), Function((REAL,), REAL)
    slope = make("diff", make("apply", sym("f", real), x), x, num(1), data=(("x",),))
    for name in ("f'", "f''"):
        goal = make("eq", slope, make("apply", sym(name, real), x))
        assert attempt(Statement((*base.symbols, Symbol(name, real)), (), (), goal)) is None
        bound = make("forall", goal, make("functions", REALS, REALS), data=((name,),))
        statement = Statement(base.symbols, (), (), bound)
        assert attempt(statement, EVIDENT, {"rule": "intro", "then": ALGEBRA}) is None


# --- names bound over declared ones ----------------------------------------------------------


def test_a_definition_under_a_binder_of_its_symbol() -> None:
    """The a of D stays the declared one where another a is bound."""
    base = claim("0 = 0", ["a: real > 0"], (), ["D: diag([a])"])
    entry = make("index", make("inverse", sym("D", base.definitions[0].body.type)), num(1), num(1))
    total = make("sum", entry, one_to(2), data=(("a",),))
    goal = make("eq", total, num(Fraction(3, 2)))
    assert attempt(Statement(base.symbols, base.definitions, base.hypotheses, goal)) is None


def test_the_inverse_of_a_definition_under_a_binder_of_its_symbol() -> None:
    """M is t S for the declared t, not for the t that is summed over."""
    let = ["t: real != 0", "n: size", "S: invertible matrix(n)"]
    assert refused("sum((M^-1)[1, 1], t = 1..2) = 3/2 (S^-1)[1, 1]", let, (), ["M: t S"])
    assert shown("sum((M^-1)[1, 1], k = 1..2) = 2/t (S^-1)[1, 1]", let, (), ["M: t S"])


def test_a_fact_does_not_take_an_index_out_of_its_binder() -> None:
    """max f(i, s) = f(i, s) over k says nothing of max f(k, s), however deep the binders in s are nested."""
    let = ["n: size", "m: size", "f: (integer, real) -> real", "h: real", "i: integer"]
    given = [f"{g}: {g}(f(i, s), k = 1..n) = f(i, s) for integer i for all real s" for g in ("max", "min")]
    by = [{"rule": "algebra", "rewrite": ["max", "min"]}]
    text = "max(f(k, max(h, j = 1..m)), k = 1..n) = min(f(k, max(h, j = 1..m)), k = 1..n)"
    assert refused(text, let, given, (), by)
    assert shown(text.replace("f(k", "f(i"), let, given, (), by)


def test_a_condition_of_a_definition_under_a_binder_of_its_symbol() -> None:
    """1/(a - 5) needs a != 5 of the declared a, whatever a is bound around it."""
    base = claim("0 = 0", ["a: real"], (), ["y: 1/(a - 5)"])
    y = sym("y", REAL)
    total = make("sum", make("add", y, make("neg", y)), one_to(2), data=(("a",),))
    assert attempt(Statement(base.symbols, base.definitions, (), make("eq", total, num(0)))) is None


@pytest.mark.parametrize("name", ["i0", "i0_", "j0", "i"])
def test_conditions_entry_by_entry_capture_nothing(name: str) -> None:
    """The index that a condition runs over is none of the declared names."""
    let, define = [f"{name}: real", "v: vector(3)"], [f"f(x: real): 1/(x - x + {name})"]
    assert refused("f(v) = f(v)", let, (), define)
    assert shown("f(v) = f(v)", [f"{name}: real > 0", let[1]], (), define)


def test_a_derivative_does_not_look_past_a_name() -> None:
    """With y := x^2 it is not shown that dy/dx = 0."""
    assert refused("diff(y, x) = 0", ["x: real"], (), ["y: x^2"])
    assert refused("grad(y, x) = zeros(n)", ["n: size", "x: vector(n)"], (), ["y: x'x"])
    assert refused("integral(y, x=0..2) = 2 y", ["x: real"], (), ["y: x^2"])


def test_unfolding_into_a_definition_with_parameters() -> None:
    """y := x^2 and f(x) := y + x: the x of y is not the argument of f."""
    statement = claim("f(3) = 12", ["x: real"], (), ["y: x^2", "f(x): y + x"])
    assert attempt(statement, ALGEBRA, {"rule": "unfold", "then": ALGEBRA}) is None


def test_sizes_are_not_bound_anew() -> None:
    """v'v is a sum up to the declared N, not up to the N bound around it."""
    base = claim("0 = 0", ["N: size", "v: vector(N)"])
    kind = next(s.type for s in base.symbols if s.name == "v")
    v, i, n = sym("v", kind), sym("i", INTEGER), sym("N", INTEGER)
    left = make("sum", make("dot", v, v), one_to(3), data=(("N",),))
    squares = make("sum", make("pow", make("index", v, i), num(2)), one_to(n), data=(("i",),))
    right = make("sum", squares, one_to(3), data=(("N",),))
    assert attempt(Statement(base.symbols, (), base.hypotheses, make("eq", left, right))) is None


def test_names_under_over_stand_for_nothing_in_the_fact() -> None:
    """x = a, summed over a = 1, 2, 3, is not 3 x = 6."""
    statement = claim("x = 2", ["x: real", "a: real"], ["h: x = a"])
    item = {"fact": "h", "over": [["a", encode(one_to(3))]], "times": ["num", "1/3"]}
    assert attempt(statement, {**ALGEBRA, "combine": [item]}) is None


def test_entries_of_equations_lie_between_no_others() -> None:
    """Two descriptions of (1, 4) differ at 3/2, which is no index."""
    statement = claim("1 = 0", ["v: vector(2)"], ["p: v = [1, 4]", "q: v = array(k^2, k in 1..2)"])
    half = {"entry": [["num", "3/2"]]}
    for c in ("4/9", "-4/9"):
        items = [
            {"fact": "p", "times": ["num", c], **half},
            {"fact": "q", "times": ["num", f"-{c}".replace("--", "")], **half},
        ]
        assert attempt(statement, {**ALGEBRA, "combine": items}) is None


# --- types -----------------------------------------------------------------------------------------


def test_types_are_those_of_declarations() -> None:
    """A real x that occurs as an integer gives (-2)^x no value."""
    x = sym("x", INTEGER)
    power = make("pow", num(-2), x)
    statement = Statement((Symbol("x", REAL),), (), (), make("eq", power, power))
    assert attempt(statement) is None
    bound = make("forall", make("eq", power, power), REALS, data=(("x",),))
    assert attempt(stated([], bound), EVIDENT, {"rule": "intro", "then": ALGEBRA}) is None


def test_sequences_and_functions_have_different_limits() -> None:
    """sin(π n) tends to 0 for integers n; for real ones it has no limit, and they are two terms."""

    def sine(t: Term) -> Term:
        return make("call", make("mul", make("const", data="pi"), t), data="sin")

    n, x = sym("n", INTEGER), sym("n", REAL)
    steps, reals = limit(sine(n), "n"), limit(sine(x), "n")
    inside = make("sum", make("add", n, make("neg", n)), one_to(1), data=(("n",),))
    hidden = limit(make("add", sine(x), inside), "n")
    assert steps != reals
    for other in (reals, hidden):
        assert attempt(stated([], make("eq", other, num(0)), [("h", make("eq", steps, num(0)))])) is None


def test_arrays_keep_their_first_index() -> None:
    """array(k^2, k in 0..3) has 1 at 1; the place of a maximum counts like the range it is looked for in."""
    squares = make(
        "array", make("pow", sym("k", INTEGER), num(2)), make("range", num(0), num(3)), data=(("k",),)
    )
    assert isinstance(squares.type, Array)
    assert attempt(stated([], make("eq", make("index", squares, num(1)), num(0)))) is None
    assert attempt(stated([], make("eq", make("index", squares, num(1)), num(1)))) is not None
    let = ["n: size", "v: vector(n)"]
    for place in ("argmax", "argmin"):
        assert refused(f"{place}(v[i+1], i in 0..n-1) = {place}(v[i], i in 1..n)", let)
        assert shown(f"{place}(v[i+1], i in 0..n-1) = {place}(v[i], i in 1..n) - 1", let)
