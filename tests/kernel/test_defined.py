"""When a term is defined: the conditions are enough, and each is the one expected."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.context import Context
from symproof.kernel.defined import conditions
from symproof.kernel.smooth import rational_value, smooth
from symproof.kernel.verdict import Rejected
from symproof.reading.inline import Source
from symproof.terms.build import make, num, sym
from symproof.terms.plain import plain
from symproof.terms.types import INTEGER, REAL, Function
from tests.kernel.kit import ALGEBRA, EVIDENT, ORDER, claim, conditional, not_proved, proved, rejected, term
from tests.kernel.semantics import NoValue
from tests.kernel.test_agreement import ANGLES, POINTS, SCOPE, STATEMENT, TERMS, lines

LET = [
    "x: real", "y: real", "n: integer", "m: size", "u: vector(m)", "v: vector(m)", "A: matrix(m)",
    "C: invertible matrix(m)", "Q: orthogonal matrix(m)", "G: graph", "g: sequence of real", "f: function",
    "h: differentiable function", "r: twice differentiable function", "c: continuous function",
    "X: random real", "Y: random real", "N: random vector(m)", "k: integer", "s: real", "R: matrix(m, 3)",
]  # fmt: skip
DEFINE = [
    "inv(s: real): 1/s",
    "flat(s): s + 1",
    "D: diag(u)",
    "κ: 1/x",
    "B: A",
    "kink(s): |s|",
    "both(s, t): log(s) + t",
]
CONTEXT = Context.of(claim("0 = 0", LET, (), DEFINE))

# A term and the conditions under which it is defined, in order.
CASES: dict[str, list[str]] = {
    "x + 2 y - x y": [],
    "1/x": ["x != 0"],
    "x/2": [],
    "1/(1/x)": ["x != 0", "1/x != 0"],
    "x^2 + x^0": [],
    "x^(-2)": ["x != 0"],
    "2^(-1)": [],
    "x^(1/2)": ["x >= 0"],
    "x^(-1/2)": ["x > 0"],
    "x^(-(1/2))": ["x > 0"],
    "2^x + e^x + pi^n": [],
    "x^n": ["n >= 0 or x != 0"],
    "0^n": ["n >= 0 or 0 != 0"],
    "(-2)^n": ["n >= 0 or -2 != 0"],
    "x^y": ["x > 0 or x >= 0 and y > 0"],
    "x^(n/2)": ["x > 0 or x >= 0 and n/2 > 0"],
    "x^(2/0)": ["0 != 0", "x > 0 or x >= 0 and 2/(0) > 0"],
    "log(x)": ["x > 0"],
    "gamma(x)": ["x > 0"],
    "sqrt(x)": ["x >= 0"],
    "factorial(n)": ["n >= 0"],
    "binomial(n, k)": ["n >= 0"],
    "asin(x) + acos(y)": ["x >= -1", "x <= 1", "y >= -1", "y <= 1"],
    "atanh(x)": ["x > -1", "x < 1"],
    "acosh(x)": ["x >= 1"],
    "tan(x)": ["cos(x) != 0"],
    "mod(n, k)": ["k != 0"],
    "mod(n, 3)": [],
    "exp(x) + sin(x) + |x| + max(x, y) + sign(x) + floor(x) + sigmoid(x) + softplus(x) + relu(x)": [],
    "log(u)[1]": ["u[i0] > 0 for i0 in 1..m", "1 >= 1", "1 <= m"],
    "log(u')[1]": ["u''[i0] > 0 for i0 in 1..m", "1 >= 1", "1 <= m"],
    "u[n]": ["n >= 1", "n <= m"],
    "R[n, k]": ["n >= 1", "n <= m", "k >= 1", "k <= 3"],
    "A[n, k]": ["n >= 1", "n <= m", "k >= 1", "k <= m"],
    "g[n]": [],
    "f(x)": [],
    "inv(x)": ["x != 0"],
    "flat(x)": [],
    "both(x, 1/y)": ["y != 0", "x > 0"],
    "κ": ["x != 0"],
    "inv(u)[1]": ["i0 >= 1 for i0 in 1..m", "i0 <= m for i0 in 1..m", "u[i0] != 0 for i0 in 1..m", "1 >= 1", "1 <= m"],
    "norm(C^-1 u) + norm(Q^-1 u)": [],
    "det(A^-1)": ["det(A) != 0"],
    "det(B^-1)": ["det(A) != 0"],
    "det(D^-1)": ["diag(u)[i0, i0] != 0 for i0 in 1..m"],
    "det((A')^-1)": ["det(A) != 0"],
    "det((x A)^-1)": ["x != 0", "det(A) != 0"],
    "det(I(m)^-1)": [],
    "det(A^3)": [],
    "det(A^n)": ["n >= 0"],
    "det(A^(-2))": ["det(A) != 0"],
    "lambda_max(A)": ["A' = A"],
    "lambda_min(A)": ["A' = A"],
    "sum(1/i, i=1..n)": ["i != 0 for i in 1..n"],
    "sum(g[i], i=1..factorial(n))": ["n >= 0"],
    "sum(sum(1/j, j=1..i), i=1..n)": ["j != 0 for j in 1..i for i in 1..n"],
    "max(g[i], i=1..n)": ["n >= 1"],
    "min(1/g[i], i=1..n)": ["n >= 1", "g[i] != 0 for i in 1..n"],
    "argmax(u[i], i=1..m)": ["m >= 1", "i >= 1 for i in 1..m", "i <= m for i in 1..m"],
    "cases(1/x if x > 0, log(y) if 1/y > 0, 1/(x + y))": [
        "y != 0",
        "x > 0 implies x != 0",
        "not x > 0 and 1/y > 0 implies y > 0",
        "not x > 0 and not 1/y > 0 implies x + y != 0",
    ],
    "[1/x > 0]": ["x != 0"],
    "1/x > 0 implies 1/y > 0": ["x != 0", "1/x > 0 implies y != 0"],
    "integral(1/τ, τ = 0..1)": ["τ != 0 for τ in [0, 1]"],
    "integral(1/τ, τ = x..y)": ["τ != 0 for τ in [min(x, y), max(x, y)]"],
    "integral(s, s = 1/x..1)": ["x != 0"],
    "integral(c(s) + exp(s), s = 0..1)": [],
    "E[X]": ["integrable(X)"],
    "Var[X]": ["integrable(X X)"],
    "Cov[X, Y]": ["integrable(X Y)", "integrable(X)", "integrable(Y)"],
    "E[1/X]": ["X != 0", "integrable(1/X)"],
    "P[X > 0]": [],
    "E[N][1]": ["integrable(N[i0]) for i0 in 1..m", "1 >= 1", "1 <= m"],
    "diff(x^3, x)": [],
    "diff(x^n, x)": ["n >= 0 or x != 0"],
    "diff(x^y, x)": ["x > 0 or x >= 0 and y > 0", "x > 0"],
    "diff(x^(1/3), x)": ["x >= 0", "x > 0"],
}  # fmt: skip


@pytest.mark.parametrize("text", CASES)
def test_the_conditions_of_a_term(text: str) -> None:
    """What each operator asks, after what its arguments ask; nothing else."""
    found = list(dict.fromkeys(plain(c) for c in conditions(CONTEXT, term(text, LET, DEFINE))))
    assert found == CASES[text]


@pytest.mark.parametrize("text", [*TERMS, *lines(ANGLES)])
def test_where_the_conditions_hold_a_term_is_defined(text: str) -> None:
    """At every point where all of them are true, the term has a value."""
    found = SCOPE.term(Source(text, "term"))
    asked = [c for c in conditions(Context.of(STATEMENT), found) if not mentions_integrable(c)]
    for point in POINTS:
        try:
            holds = all(point.term(c) for c in asked)
        except NoValue:
            continue
        if holds:
            point.term(found)


def mentions_integrable(condition: Any) -> bool:
    return any(node.op == "integrable" for node in condition.walk())


SMOOTH: dict[str, list[str]] = {
    "y^2": [],
    "x^3 + 2 x": [],
    "|x|": ["x != 0"],
    "relu(x)": ["x != 0"],
    "sqrt(x)": ["x > 0"],
    "asin(x)": ["x > -1", "x < 1"],
    "acosh(x)": ["x > 1"],
    "max(x, y)": ["x != y"],
    "min(x, y, 1)": ["x != y", "x != 1", "y != 1"],
    "max(x)": [],
    "exp(x) log(x) sin(x) atan(x) erf(x) sigmoid(x)": [],
    "norm(x u)": ["|x u| > 0"],
    "norm(x u)^2": [],
    "|x|^2": [],
    "sqrt(x)^2": ["x > 0"],
    "norm(x u)^3": ["|x u| > 0"],
    "x^n": ["n >= 0 or x != 0"],
    "x^y": ["x > 0"],
    "x^(2/3)": ["x > 0"],
    "x^(4/2)": [],
    "2^x": ["2 > 0"],
    "sum(|x - g[k]|, k=1..n)": ["x - g[k_1] != 0 for k_1 in 1..n"],
    "array(|x| k, k in 1..m)[1]": ["x != 0 for k_1 in 1..m"],
    "h(x)": [],
    "r(|x|)": ["x != 0"],
    "flat(|x|)": ["x != 0"],
    "kink(2 x)": ["2 x != 0"],
    "diff(x s^2, s)": [],
    "diff(|x s|, s)": ["x s != 0"],
    "diff(t^2, t, at = |x|)": ["x != 0"],
    "diff(|s|, s, 1) x": [],
    "integral(|x s|, s = 0..x)": ["x s_1 != 0 for s_1 in [min(0, x), max(0, x)]"],
    "integral(x s, s = 0..|x|)": ["x != 0"],
}
NOT_SMOOTH: dict[str, str] = {
    "cases(x if x > 0, 0)": "the derivative of cases that change with the variable",
    "[x > 0]": "the derivative of bracket",
    "max(x g[k], k=1..n)": "the derivative of maximum",
    "limit(x s, s -> 0)": "the derivative of limit",
    "E[X x]": "the derivative of expect",
    "P[X > x]": "the derivative of probability",
    "det(x A)": "the derivative of det",
    "product(x, k=1..n)": "the derivative of product",
    "floor(x)": "the derivative of floor",
    "sign(x)": "the derivative of sign",
    "gamma(x)": "the derivative of gamma",
    "relu(x u)[1]": "the derivative of relu of an array",
    "g[floor(x)]": "a derivative in an index",
    "sum(x, k=1..floor(x))": "a derivative in the bound of a sum",
    "integral(exp(-s^2), s = x..oo)": "the derivative of an integral to infinity",
    "integral(exp(s), s = -oo..x)": "the derivative of an integral to infinity",
    "f(x)": "f is not declared differentiable",
    "inv(x u)[1]": "a definition applied to the entries of an array",
    "diff(h(x s), s)": "a derivative of a derivative of a function that is not written out",
    "grad(x u'u, u)[1]": "the derivative of grad",
}


@pytest.mark.parametrize("text", SMOOTH)
def test_the_conditions_of_a_derivative(text: str) -> None:
    """Where a term is differentiable in x, besides being defined."""
    found = smooth(CONTEXT, term(text, LET, DEFINE), "x", 1)
    assert list(dict.fromkeys(map(plain, found))) == SMOOTH[text]


@pytest.mark.parametrize("text", NOT_SMOOTH)
def test_what_has_no_derivative_by_rule_is_refused(text: str) -> None:
    """No condition can say where it is smooth."""
    with pytest.raises(Rejected) as caught:
        list(smooth(CONTEXT, term(text, LET, DEFINE), "x", 1))
    assert str(caught.value) == f"definedness: {NOT_SMOOTH[text]}"


@pytest.mark.parametrize(
    ("text", "order", "reason"),
    [
        ("h(x)", 2, "h is not declared twice differentiable"),
        ("r(x)", 3, "a derivative of order 3 of r"),
        ("f(x)", 2, "f is not declared twice differentiable"),
        ("r(x)", 2, None),
        ("h(x)", 1, None),
        ("h(x)", 0, None),
        ("integral(h(x s), s = 0..1)", 1, "h is not declared twice differentiable"),
        ("integral(r(x s), s = 0..1)", 1, None),
    ],
)
def test_how_smooth_a_declared_function_must_be(text: str, order: int, reason: str | None) -> None:
    """As often differentiable as it is derived, once more under an integral."""
    run = smooth(CONTEXT, term(text, LET, DEFINE), "x", order)
    if reason is None:
        assert list(run) == []
        return
    with pytest.raises(Rejected) as caught:
        list(run)
    assert caught.value.reason == reason


def test_functions_that_are_written_out_or_bound_are_not_smooth() -> None:
    """Nothing is known of a function that is no symbol of the context."""
    x, p = sym("x", REAL), sym("p", Function((REAL,), REAL))
    for function in (p, make("lambda", x, make("numbers", data="real"), data=(("x",),))):
        with pytest.raises(Rejected) as caught:
            list(smooth(CONTEXT, make("apply", function, x), "x", 1))
        assert caught.value.reason == "the derivative of a function that is not a symbol"


@pytest.mark.parametrize(
    ("text", "value"),
    [("3", 3), ("-3", -3), ("1/2", 0.5), ("-(1/2)", -0.5), ("2/4", 0.5), ("x", None), ("-x", None), ("1/x", None), ("2/0", None), ("1 + 1", None)],
)  # fmt: skip
def test_exponents_that_are_numbers(text: str, value: float | None) -> None:
    """Numbers, their negatives and quotients."""
    assert rational_value(term(text, LET)) == value


WHOLE: list[tuple[str, dict[str, Any], list[str], list[str]]] = [
    ("(1/x) x = 1", ALGEBRA, ["x: real"], ["x != 0"]),
    ("integral(x^2, x=0..1) = 1/3", ALGEBRA, [], []),
    ("integral(1/s, s=1..2) = integral(1/t, t=1..2)", ALGEBRA, [], []),
    ("integral(s, s=x..y) = y^2/2 - x^2/2", ALGEBRA, ["x: real", "y: real"], []),
    ("diff(h(x), x) = diff(h(x), x)", ALGEBRA, ["h: differentiable function", "x: real"], []),
    ("hessian(u'u, u) = 2 I(m)", ALGEBRA, ["m: size", "u: vector(m)"], []),
    ("jacobian(A u, u) = A", ALGEBRA, ["m: size", "u: vector(m)", "A: matrix(m)"], []),
    ("x != 0 implies x/x = 1", {"rule": "intro", "name": "a", "then": ALGEBRA}, ["x: real"], []),
    ("1/x > 0 implies x > x - 1", {"rule": "intro", "name": "a", "then": ORDER}, ["x: real"], ["x != 0"]),
]


@pytest.mark.parametrize("case", WHOLE, ids=lambda case: case[0])
def test_conditions_of_theorems(case: tuple[str, dict[str, Any], list[str], list[str]]) -> None:
    """What is not seen to hold is a condition of the theorem."""
    text, by, let, expected = case
    if expected:
        assert conditional(text, by, let) == expected
    else:
        proved(text, by, let)


IMPROPER: list[tuple[str, list[str], list[str], bool]] = [
    ("limit(g[k], k -> oo) = limit(g[k], k -> oo)", ["g: sequence of real"], [], False),
    ("limit(g[k], k -> oo) = limit(g[k], k -> oo)", ["g: sequence of real"], ["limit(g[j], j -> oo) = 1"], True),
    ("limit(g[k], k -> oo) = limit(g[k], k -> oo)", ["g: sequence of real"],
     ["limit(g[j], j -> oo) = 1 and g[0] = 0"], True),
    ("limit(g[k], k -> oo) = limit(g[k], k -> oo)", ["g: sequence of real"], ["limit(g[j], j -> oo) = oo"], False),
    ("limit(g[k], k -> oo) = limit(g[k], k -> oo)", ["g: sequence of real"],
     ["g[0] = 1 or limit(g[j], j -> oo) = 1"], False),
    ("limit(g[k], k -> oo) = limit(g[k], k -> oo)", ["g: sequence of real"], ["limit(g[2 j], j -> oo) = 1"], False),
    ("sum(g[k], k=1..oo) = sum(g[k], k=1..oo)", ["g: sequence of real"], [], False),
    ("sum(g[k], k=1..oo) = sum(g[k], k=1..oo)", ["g: sequence of real"], ["2 sum(g[j], j=1..oo) = 1"], True),
    ("sum(2 g[k], k=1..oo) = 2 sum(g[k], k=1..oo)", ["g: sequence of real"], ["sum(g[j], j=1..oo) <= 1"], True),
    ("sum(g[k] + 2 g[k]^2, k=1..oo) = sum(2 g[k]^2 + g[k], k=1..oo)", ["g: sequence of real"],
     ["sum(3 g[j] + 6 g[j]^2, j=1..oo) > 1"], True),
    ("sum(g[k] + g[k]^2, k=1..oo) = sum(g[k]^2 + g[k], k=1..oo)", ["g: sequence of real"],
     ["sum(g[j] + 2 g[j]^2, j=1..oo) > 1"], False),
    ("sum(g[k] + g[k]^2, k=1..oo) = sum(g[k]^2 + g[k], k=1..oo)", ["g: sequence of real"],
     ["sum(g[j], j=1..oo) = 1", "sum(g[j]^2, j=1..oo) = 1"], True),
    ("sum(g[k], k=1..oo) = sum(g[k], k=1..oo)", ["g: sequence of real", "x: real"],
     ["x sum(g[j], j=1..oo) = 1"], True),
    ("sum(g[k], k=1..oo) = sum(g[k], k=1..oo)", ["g: sequence of real", "x: real"],
     ["sum(x g[j], j=1..oo) = 0"], False),
    ("sum(g[k], k=1..oo) = sum(g[k], k=1..oo)", ["g: sequence of real"],
     ["(sum(g[j], j=1..oo) > 1 and g[0] = 1) or g[0] = 2"], False),
    ("integral(f(x), x=0..oo) = integral(f(x), x=0..oo)", ["f: continuous function"], [], False),
    ("integral(f(x), x=0..oo) = integral(f(x), x=0..oo)", ["f: continuous function"],
     ["integral(f(y), y=0..oo) = 1"], True),
    ("integral(f(x), x=0..1) = integral(f(x), x=0..1)", ["f: continuous function"], [], True),
    ("integral(f(x), x=0..1) = integral(f(x), x=0..1)", ["f: function"], [], False),
    ("integral(f(x), x=0..1) = integral(f(x), x=0..1)", ["f: function"], ["integral(f(y), y=0..1) = 2"], True),
    ("integral(floor(x), x=0..1) = integral(floor(x), x=0..1)", [], [], False),
    ("integral([x > 0], x=0..1) = integral([x > 0], x=0..1)", [], [], False),
    ("integral(diff(f(x), x), x=0..1) = integral(diff(f(x), x), x=0..1)", ["f: differentiable function"], [], False),
    ("integral(diff(f(x), x), x=0..1) = integral(diff(f(x), x), x=0..1)",
     ["f: twice differentiable function"], [], True),
    ("integral(1/x, x=0..1) = integral(1/x, x=0..1)", [], [], False),
    ("integral(1/x, x=-oo..-1) = integral(1/x, x=-oo..-1)", [], ["integral(1/x, x=-oo..-1) < 5"], True),
    ("integral(x^(-1/2), x=0..1) = integral(x^(-1/2), x=0..1)", [], ["integral(x^(-1/2), x=0..1) = 2"], True),
]  # fmt: skip


@pytest.mark.parametrize("case", IMPROPER, ids=lambda case: f"{case[0]} {case[2]}")
def test_limits_series_and_integrals_exist_by_a_fact(case: tuple[str, list[str], list[str], bool]) -> None:
    """A proper integral of a continuous function exists; all else must be spoken of by a fact."""
    text, let, given, defined = case
    (proved if defined else not_proved)(text, ALGEBRA, let, given)


def test_a_range_that_needs_a_condition_on_another_index() -> None:
    """Σ_i Σ_{j <= 1/i}: the inner range may be undefined, which is refused."""
    rejected(
        "definedness: a range that needs a condition on another index",
        "sum(j, i=1..n, j=1..mod(5, i)) = sum(j, i=1..n, j=1..mod(5, i))", ALGEBRA, ["n: size"],
    )  # fmt: skip


def test_the_order_of_a_derivative_is_a_small_number() -> None:
    """diff(f, x, n) is read for 0 <= n <= 20 only."""
    x, n = sym("x", REAL), sym("n", INTEGER)
    for order in (n, num(21), num(-1)):
        goal = make("diff", x, x, order, data=(("x",),))
        with pytest.raises(Rejected) as caught:
            list(conditions(CONTEXT, goal))
        assert caught.value.reason == "a derivative whose order is not a small number"


def test_statements_about_solutions_are_not_nested() -> None:
    """`solve for` inside another statement has no conditions to say."""
    goal = claim("solve for x: 2 x = 4", ["x: real"]).goal
    with pytest.raises(Rejected) as caught:
        list(conditions(CONTEXT, make("and", goal, goal)))
    assert caught.value.reason == "a statement about solutions inside another"


def test_bound_names_are_not_taken_for_symbols() -> None:
    """An index named like an invertible matrix or a definition has nothing of it."""
    let, define = ["m: size", "A: invertible matrix(m)"], ["D: I(m)"]
    for name in ("A", "D", "B"):
        text = f"for {name}: matrix(m): det({name}^-1) = det({name}^-1)"
        assert conditional(text, EVIDENT, let, (), define) == [
            f"det({name if name == 'B' else name + '_1'}) != 0 for {name if name == 'B' else name + '_1'}: matrix(m, m)"
        ]


@pytest.mark.parametrize("text", ["z^x", "z^(1/2)", "x^z", "sqrt(z)", "log(z)", "asin(z)", "acosh(z)"])
def test_powers_and_functions_of_complex_numbers_have_no_conditions(text: str) -> None:
    """They are defined with cuts, of which the kernel says nothing."""
    let = ["z: complex", "x: real"]
    with pytest.raises(Rejected, match="complex numbers have no conditions"):
        list(conditions(Context.of(claim("0 = 0", let)), term(text, let)))


def test_a_mean_of_continuous_functions_may_jump() -> None:
    """No integral of an expectation is taken for granted."""
    mean = "integral(E[f(X t)], t = 0..1)"
    let = ["X: random real", "f: differentiable function"]
    rejected(
        "definedness: an integral of a function that may jump",
        f"{mean} + 1 = 1 + {mean}", ALGEBRA, let, ["|f(x)| <= 1 for real x"],
    )  # fmt: skip


def test_quotients_as_exponents() -> None:
    """4/2 is the number 2; 1/0 is none."""
    quotient = [make("div", num(4), num(k)) for k in (2, 0)]
    assert [rational_value(q) for q in quotient] == [2, None]
    assert rational_value(make("neg", quotient[0])) == -2 and rational_value(sym("x", REAL)) is None


def test_a_gradient_under_an_integral_is_continuous() -> None:
    """It asks for one order more."""
    slope = "grad(integral(f(t x' x), t = 0..1), x)"
    let = ["n: size", "x: vector(n)", "y: vector(n)"]
    goal = f"{slope} + y = y + {slope}"
    rejected(
        "definedness: f is not declared twice differentiable",
        goal, ALGEBRA, [*let, "f: differentiable function"],
    )  # fmt: skip
    proved(goal, ALGEBRA, [*let, "f: twice_differentiable function"])
