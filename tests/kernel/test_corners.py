"""Corners of the kernel that ordinary statements do not visit."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symproof.kernel import angles, closing, elementary, labelling, signs
from symproof.kernel import normal as normal_module
from symproof.kernel import poly as polys
from symproof.kernel.check import check
from symproof.kernel.context import MAX_INNER, Context
from symproof.kernel.decide import seen
from symproof.kernel.exponents import primes, smaller, whole_part
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ONE,
    ZERO,
    Atom,
    E,
    Poly,
    TooLarge,
    coefficient_of,
    merge,
    number,
    of_atom,
    of_mono,
)
from symproof.kernel.statement import Law, Statement, Symbol
from symproof.kernel.verdict import Refutation, Rejected
from symproof.kernel.witness import check_witness
from symproof.reading.inline import read_statement
from symproof.terms.build import make, num, sym
from symproof.terms.plain import plain
from symproof.terms.types import COMPLEX, GRAPH, INTEGER, REAL, Array, Function
from tests.kernel.kit import (
    ALGEBRA,
    EVIDENT,
    ORDER,
    axiom,
    claim,
    code,
    conditional,
    form,
    normal,
    not_proved,
    proved,
    reals,
    rejected,
    term,
    theorem,
)

XY = reals("x y")
X, Y, Z = (of_atom(Atom("sym", n)) for n in "xyz")


# --- polynomials ----------------------------------------------------------------------


def test_polynomials_print_their_key() -> None:
    """For people who debug; equal polynomials have one key, different ones two."""
    assert repr(X + number(1)) == (number(1) + X).key == "{1*+1*sym('x')}"
    assert repr(Atom("sym", "x")) == "sym('x')"
    assert hash(X + Y) == hash(Y + X) and X + Y == Y + X and X != Y
    assert bool(X) and not bool(X - X) and not ZERO and X - X == ZERO


def test_arithmetic_of_polynomials() -> None:
    """Sums, negatives, multiples, constants, single terms."""
    assert X + ZERO == X == ZERO + X and (X + Y) - Y == X
    assert (X.scale(Fraction(1, 2)) + X.scale(Fraction(1, 2))) == X and X.scale(0) == ZERO and X.scale(1) is X
    assert (
        X.scale(Fraction(1, 2)).scale(2) == X
        and type(next(iter(X.scale(Fraction(4, 2)).terms.values()))) is int
        and type(next(iter((X.scale(Fraction(1, 2)) + X.scale(Fraction(1, 2))).terms.values()))) is int
    )
    assert (
        number(5).constant() == 5
        and ZERO.constant() == 0
        and X.constant() is None
        and (X + number(1)).constant() is None
    )
    assert (
        X.atom() == Atom("sym", "x")
        and X.scale(2).atom() is None
        and (X + Y).atom() is None
        and of_mono(((Atom("sym", "x"), 2),)).atom() is None
    )
    assert X.single() == (((Atom("sym", "x"), 1),), 1) and (X + Y).single() is None
    assert polys.total([X, Y, -X]) == Y and polys.total([]) == ZERO
    assert polys.split_constant(X + number(3)) == (X, 3) and polys.split_constant(X) == (X, 0)
    assert (X + Y).names == {"x", "y"} and not (X + Y).vars


def test_products_of_monomials() -> None:
    """Exponents add, zero exponents vanish, factors stay sorted."""
    x, y, z = (Atom("sym", n) for n in "xyz")
    n = of_atom(Atom("sym", "n"))
    assert merge(((x, 1),), ((y, 2),)) == ((x, 1), (y, 2)) == merge(((y, 2),), ((x, 1),))
    assert merge(((x, 1), (z, 1)), ((x, -1), (y, 1))) == ((y, 1), (z, 1))
    assert merge(((x, n),), ((x, -n),)) == () and merge(((x, n),), ((x, 1),)) == ((x, n + ONE),)
    assert merge(((x, Fraction(1, 2)),), ((x, Fraction(3, 2)),)) == ((x, 2),)
    assert merge((), ((x, 1),)) == ((x, 1),) == merge(((x, 1),), ())
    assert polys.mono_of([(y, 1), (x, 1), (y, 1)]) == ((x, 1), (y, 2))


def test_coefficients_of_a_variable() -> None:
    """a·v + b; None where v stands in a power, an exponent or an atom."""
    v, w = Atom("var", 1), Atom("var", 2)
    pv, pw = of_atom(v), of_atom(w)
    assert coefficient_of(pv.scale(2) + pw + number(3), v) == (number(2), pw + number(3))
    assert coefficient_of(of_mono(((v, 1), (w, 1))), v) == (pw, ZERO)
    assert coefficient_of(pw, v) == (ZERO, pw)
    for bad in (
        of_mono(((v, 2),)),
        of_mono(((Atom("sym", "x"), pv),)),
        of_atom(Atom("elem", "u", pv)),
        of_mono(((v, 1), (Atom("fun", "f", pv), 1))),
    ):
        assert coefficient_of(bad, v) is None
    x = Atom("sym", "x")
    assert (
        coefficient_of(of_atom(Atom("fun", "f", X)), x) is None
        and coefficient_of(of_mono(((Y.atom(), X),)), x) is None
    )  # type: ignore[arg-type]
    assert coefficient_of(X + Y, x) == (ONE, Y)


def test_sums_of_too_many_terms_stop() -> None:
    """A polynomial has at most so many terms."""
    with pytest.raises(TooLarge) as caught:
        polys.total(of_atom(Atom("sym", f"a{k}")) for k in range(polys.MAX_TERMS + 1))
    assert str(caught.value) == "too many terms"


def test_exponents_and_primes() -> None:
    """Whole parts, the order of exponents, prime factors."""
    n = of_atom(Atom("sym", "n"))
    assert (
        whole_part(3) == (0, 3)
        and whole_part(Fraction(7, 2)) == (Fraction(1, 2), 3)
        and whole_part(Fraction(-1, 2)) == (Fraction(1, 2), -1)
    )
    assert whole_part(n + number(2)) == (n, 2) and whole_part(n - number(Fraction(1, 2))) == (
        n + number(Fraction(1, 2)),
        -1,
    )
    assert whole_part(n) == (n, 0)
    assert (
        smaller(2, 3) == 2 == smaller(3, 2)
        and smaller(n, n + ONE) == n == smaller(n + ONE, n)
        and smaller(n, n) == n
        and smaller(n - number(Fraction(1, 2)), n) == n - number(Fraction(1, 2))
        and smaller(n, n + number(Fraction(1, 2))) == n
    )
    assert smaller(n, 0) == 0 == smaller(0, n) and smaller(-n, 0) == -n
    assert (
        primes(360) == ((2, 3), (3, 2), (5, 1))
        and primes(Fraction(4, 9)) == ((2, 2), (3, -2))
        and primes(1) == ()
    )
    big = 1009 * 1013
    assert (
        primes(big) == ((big, 1),)
        and primes(997 * 991) == ((991, 1), (997, 1))
        and primes(Fraction(1, big)) == ((big, -1),)
    )
    assert primes(999983) == ((999983, 1),) and primes(Fraction(6, 10)) == ((3, 1), (5, -1))


# --- powers, roots, logarithms --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1/(x - x)", "normal form: division by zero"), ("log(x - x)", "normal form: the logarithm of zero"),
        ("log(0)", "normal form: the logarithm of zero"),
    ],
)  # fmt: skip
def test_what_is_nowhere_defined_is_refused(text: str, reason: str) -> None:
    """Division by zero and its like have no normal form."""
    with pytest.raises(Rejected) as caught:
        form(text, XY)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("factorial(1000)", "a factorial that is too large or undefined"), ("factorial(0 - 3)", "a factorial that is too large or undefined"),
        ("gamma(100)", None), ("gamma(201/2)", "a value of gamma that is too large or undefined"), ("gamma(-1/2)", "a value of gamma that is too large or undefined"),
        ("9^9^9", "a number with too many digits"), ("(x + y + 1)^500", "a power with too many terms"),
    ],
)  # fmt: skip
def test_what_is_too_large_is_refused(text: str, reason: str | None) -> None:
    """Before it is computed."""
    if reason is None:
        form(text, XY)
        return
    with pytest.raises(TooLarge) as caught:
        form(text, XY)
    assert str(caught.value) == reason


def test_angles_that_are_too_large_are_refused() -> None:
    """Multiples of arcs and powers of sines are bounded."""
    context = Context.of(claim("0 = 0", XY))
    for text, reason in (
        ("sin(41 atan(x))", "a multiple of an angle that is too large"),
        ("sin(x)^61", "a power of a sine or cosine that is too large"),
    ):
        with pytest.raises(TooLarge) as caught:
            lower(Normal(context, angles=True), term(text, XY))
        assert str(caught.value) == reason
    assert angles.gauss(Normal(context, angles=True), 17) is None


def test_roots_of_primes_are_sums_of_cosines() -> None:
    """√13 by the cosines of the squares mod 13, √11 by sines; eighths of a turn in every quarter."""
    angular = {"rule": "algebra", "angles": True}
    proved("sqrt(13) = 1 + 4 (cos(2 π/13) + cos(6 π/13) + cos(8 π/13))", angular)
    proved("sqrt(11) = 2 (sin(2 π/11) + sin(6 π/11) + sin(8 π/11) + sin(10 π/11) - sin(4 π/11))", angular)
    proved("cos(5 π/4) = -sqrt(2)/2", angular)
    proved("cos(7 π/8) = -cos(π/8)", angular)
    proved("cos(2 π/9) + cos(8 π/9) + cos(14 π/9) = 0", angular)
    proved("cos(2 π/25) + cos(12 π/25) + cos(22 π/25) + cos(32 π/25) + cos(42 π/25) = 0", angular)
    proved("sin(13 π/8) = -cos(π/8)", angular)


def test_arcs_at_zero_and_one() -> None:
    """asin 0 = atan 0 = acos 1 = 0."""
    for text in ("asin(0) = 0", "atan(0) = 0", "acos(1) = 0", "acos(0) = π/2", "asin(-1) = -π/2"):
        proved(text, ALGEBRA)


def test_exponents_that_are_logarithms() -> None:
    """e^(c log u) = u^c, for one logarithm; e^(log u log v) stays."""
    above = ["x > 0", "y > 0"]
    proved("exp(y log(x)) = x^y", ALGEBRA, XY, above)
    proved("exp(2 log(x) + y) = x^2 exp(y)", ALGEBRA, XY, above)
    for text in ("exp(log(x) log(y))", "exp(log(x)^2)", "exp(log(x))"):
        assert form(text, XY, above).single() == (
            ((Atom("sym", "x"), 1),) if text == "exp(log(x))" else ((E, form(text[4:-1], XY, above)),),
            1,
        )


def test_what_is_refused_below_zero() -> None:
    """(−1)! and a derivative of order −1."""
    with pytest.raises(TooLarge):
        elementary.factorial(normal(), number(-1))
    square = make("diff", term("x^2", ["x: real"]), sym("x", REAL), num(-1), data=(("x",),))
    with pytest.raises(Rejected):
        lower(normal(["x: real"]), square)


def test_arrays_in_a_sum_have_the_size_of_its_index() -> None:
    """Σ_m ‖M_m‖ = ‖M_1‖ + ‖M_2‖."""
    size = "opnorm(array(i j, i in 1..{0}, j in 1..{0}))".format
    proved(f"sum({size('m')}, m = 1..2) = {size(1)} + {size(2)}", ALGEBRA)
    not_proved(f"sum({size('m')}, m = 1..2) = {size(1)} + {size(3)}", ALGEBRA)


def test_a_random_number_of_summands_stays() -> None:
    """A range has no random length: the bracket is kept."""
    let, given = ["n: size", "T: random integer"], ["0 <= T", "T <= n"]
    proved("sum([k <= T] k, k = 1..n) + T = T + sum([k <= T] k, k = 1..n)", ALGEBRA, let, given)


def test_roots_of_odd_powers() -> None:
    """√(x³) = x √x, which has a value only where x >= 0; 2^(k + 1) at k = 0 is the number 2."""
    assert form("sqrt(x^3)", XY) == form("x sqrt(x)", XY) != form("sqrt(x)", XY)
    assert form("sqrt(-x^3)", XY) != form("x sqrt(-x)", XY)
    proved("sum(2^k + x^(k - 1), k = 1..2) = 7 + x", ALGEBRA, ["x: real != 0"])
    proved(
        "integral(2^t, t = 0..x) + sum(2^(x k), k = 0..1) = 1 + 2^x + integral(2^t, t = 0..x)", ALGEBRA, XY
    )


def test_facts_for_all_values_are_read_from_either_side() -> None:
    """0 <= f and f <= g give 0 <= g, at the value that the goal mentions."""
    let, given = (
        ["f: function", "g: function", "a: real"],
        ["f(x) <= g(x) for real x", "f(x) >= 0 for real x"],
    )
    proved("g(a) >= 0", ORDER, let, given)
    proved("g(a) >= 0", ORDER, let, ["g(x) = f(x) for real x", given[1]])
    proved("g(a) >= 0", ORDER, let, ["0 = f(x) - g(x) for real x", given[1]])
    not_proved("f(a) >= g(a)", ORDER, let, given)


def test_orthogonal_matrices_at_every_size() -> None:
    """Q'Q = QQ' = I, and QQ = I where Q is symmetric."""
    let = ["n: size", "Q: orthogonal matrix(n)"]
    proved("Q' Q = I(n)", ALGEBRA, let)
    proved("Q Q' = I(n)", ALGEBRA, let)
    proved("Q Q = I(n)", ALGEBRA, ["n: size", "Q: orthogonal symmetric matrix(n)"])
    for other in (let[1], "Q: symmetric matrix(n)"):
        not_proved("Q Q = I(n)", ALGEBRA, ["n: size", other])
    for other in ("Q: matrix(n)", "Q: symmetric matrix(n)"):
        not_proved("Q' Q = I(n)", ALGEBRA, ["n: size", other])


def test_derivatives_by_the_bounds_of_an_integral() -> None:
    """The upper bound adds f(b) b', the lower one takes f(a) a' away."""
    let = ["x: real", "f: differentiable function"]
    proved("diff(integral(f(t), t = 0..x), x) = f(x)", ALGEBRA, let)
    proved("diff(integral(f(t), t = x..0), x) = -f(x)", ALGEBRA, let)
    proved("diff(integral(f(t), t = x..x^2), x) = 2 x f(x^2) - f(x)", ALGEBRA, let)
    not_proved("diff(integral(f(t), t = x..x^2), x) = f(x^2) - f(x)", ALGEBRA, let)


def test_series_in_a_sum() -> None:
    """A series stays one when the index of the sum around it gets a value."""
    let = ["f: (integer, integer) -> real"]
    for body, bound in (("k", "k = 1..oo"), ("k + l", "k = 1..oo, l = 1..oo")):
        single = f"sum(f({{}}, {body}), {bound})".format
        assert form(f"sum({single('m')}, m = 1..2)", let) == form(f"{single(1)} + {single(2)}", let)


def test_factorials_are_taken_apart_from_zero_on() -> None:
    """(n + 1)! = (n + 1) n! where n >= 0; at n = −1 it is 1."""
    for least, parts in ((-1, 1), (0, 2)):
        assert len(form("factorial(n + 1)", [f"n: integer >= {least}"]).terms) == parts


def test_a_known_degree_is_a_positive_factor() -> None:
    """deg u > 0 and y > 0 give y deg u > 0."""
    let = ["G: graph", "u: vertex(G)", "y: real"]
    proved("degree(u) y > 0", ORDER, let, ["degree(u) > 0", "y > 0"])
    proved("degree(u)^2 y^3 > 0", ORDER, let, ["degree(u) > 0", "y > 0"])
    not_proved("degree(u) y > 0", ORDER, let, ["y > 0"])


@pytest.mark.parametrize("domain", ["(-oo, 1)", "(-oo, 1]"])
def test_half_lines(domain: str) -> None:
    """An interval without a lower end."""
    proved(f"x < 2 for x in {domain}", {"rule": "intro", "then": ORDER})
    not_proved(f"x < 1/2 for x in {domain}", {"rule": "intro", "then": ORDER})


def test_fractions_in_fractions() -> None:
    """What clearing one denominator leaves is cleared, too."""
    proved("1/(1 + 1/(x + y)) = (x + y)/(x + y + 1)", ALGEBRA, XY, ["x > 0", "y > 0"])


def test_products_that_are_not_zero() -> None:
    """Each factor is not, or a fact says so; a complex number with one part that is not."""
    proved("x (x^2 + 1) != 0", ORDER, XY, ["x != 0"])
    proved("x (x + y) != 0", ORDER, XY, ["x != 0", "x + y > 0"])
    not_proved("x (x + y) != 0", ORDER, XY, ["x != 0", "x + y >= 0"])
    proved("x + i != 0", ORDER, XY)
    proved("x + i y != 0", ORDER, XY, ["y != 0"])
    not_proved("x + i y != 0", ORDER, XY)


def test_zero_by_two_inequalities() -> None:
    """p >= 0 and p <= 0, not one of them."""
    for given, zero in ((["x >= 0", "x <= 0"], True), (["x >= 0"], False), (["x <= 0"], False)):
        assert signs.holds(normal(XY, given), X, "eq") is zero


def test_softmax_along_columns() -> None:
    """The entries of a column sum to 1, those of a row need not."""
    let = ["m: size", "n: size", "A: matrix(m, n)"]
    proved("sum(softmax_columns(A)[i, 1], i = 1..m) = 1", ALGEBRA, let)
    not_proved("sum(softmax_columns(A)[1, j], j = 1..n) = 1", ALGEBRA, let)


def test_odd_functions() -> None:
    proved("erf(-x) = -erf(x)", ALGEBRA, XY)
    proved("erf(0) = 0", ALGEBRA)


def test_what_follows_from_another_condition_is_not_asked() -> None:
    """√y needs y >= 0, which log y asks for."""
    assert conditional("log(y) + sqrt(y) = sqrt(y) + log(y)", ALGEBRA, XY) == ["y > 0"]


def test_no_power_of_a_matrix_needs_no_inverse() -> None:
    let = ["n: size", "A: matrix(n)", "k: integer >= 0"]
    proved("A^0 = I(n)", ALGEBRA, let)
    proved("A^(k + 1) = zeros(n, n)", {"rule": "algebra", "rewrite": ["h"]}, let, ["h: A = zeros(n, n)"])


def test_factors_of_a_decomposition_must_be_defined() -> None:
    """1 = x² (1/x)² shows 1 >= 0 where x != 0."""
    factors = [[code("x", XY), 2], [code("1/x", XY), 2]]
    certificate = {"rule": "order", "terms": [{"c": "1", "factors": factors}]}
    assert conditional("1 >= 0", certificate, XY) == ["x != 0"]


def test_no_integral_from_infinity_to_infinity() -> None:
    with pytest.raises(Rejected):
        form("integral(1/x, x = oo..oo)")


def test_sums_that_nothing_connects() -> None:
    """Σ x_i y_j z_k is a product of three sums."""
    proved(
        "sum(x[i] y[j] z[k], i = 1..n, j = 1..n, k = 1..m)"
        " = sum(x[i], i = 1..n) sum(y[i], i = 1..n) sum(z[k], k = 1..m)",
        ALGEBRA, ["n: size", "m: size", "x: vector(n)", "y: vector(n)", "z: vector(m)"],
    )  # fmt: skip
    assert form("1/(x + i)", XY) == form("(x - i)/(x^2 + 1)", XY)


def test_decompositions_over_ranges_that_start_elsewhere() -> None:
    """Σ_{i=0}^n g_i² is a sum of squares over the same range."""
    let = ["n: size", "g: sequence of real", "i: integer"]
    over, square = [["i", code("0..n", let[:1])]], [[code("g[i]", let), 2]]
    certificate = {"rule": "order", "terms": [{"c": "1", "over": over, "factors": square}]}
    proved("sum(g[i]^2, i = 0..n) >= 0", certificate, let[:2])
    not_proved("sum(g[i]^2, i = 2..n) >= 0", certificate, let[:2])


def test_a_series_that_is_divided_by_a_number_exists() -> None:
    """Σ f(k)/a has a value, so Σ f(k) has one; where it is multiplied, the number may be 0."""
    let, goal = (
        ["f: (integer) -> real", "a: real", "c: real"],
        "2 sum(f(k), k = 1..oo) = sum(2 f(k), k = 1..oo)",
    )
    proved(goal, ALGEBRA, let, ["sum(f(k)/a, k = 1..oo) = c", "a != 0"])
    assert conditional(goal, ALGEBRA, let, ["sum(f(k) a, k = 1..oo) = c"])


def test_complex_values_whose_parts_are_unknown() -> None:
    """f(x) + i need not differ from 0, whatever is assumed of others."""
    let = ["x: real", "y: real", "f: (real) -> complex"]
    not_proved("f(x) + i != 0", ORDER, let)
    not_proved("f(x) + i != 0", ORDER, let, ["f(y) + i != 0"])
    let = ["x: real", "n: size"]
    for unclear in ("(x + i)^n", "sum((x + i)^k, k = 1..n)"):
        assert not signs.holds(normal(let), form(f"{unclear} + i", let), "ne")
        not_proved("x != 0", ORDER, let, [f"{unclear} + i != 0"])


def test_facts_about_edges() -> None:
    """What is said of all edges is used at edges only."""
    let = ["G: graph", "x: vector(V(G))", "u: vertex(G)", "v: vertex(G)"]
    not_proved("x[u] x[v] >= 0", ORDER, let, ["x[a] x[b] >= 0 for (a, b) in E(G)"])


def test_powers_of_minus_one() -> None:
    """(−1)^x stays, and so does its base."""
    assert form("(-1)^x", XY).atom() is None
    assert {a.key for m in form("(-3)^x", XY).terms for a, _ in m} == {"base(3)", "pow({-1*})"}


def test_no_derivative_at_a_complex_number() -> None:
    z = sym("z", COMPLEX)
    square = make("diff", make("pow", sym("t", COMPLEX), num(2)), z, num(1), data=(("t",),))
    with pytest.raises(Rejected) as caught:
        lower(normal(["z: complex"]), square)
    assert str(caught.value) == "lowering: a derivative in a complex number"


def test_relying_on_some_facts_is_worked_out_once() -> None:
    """The context that relies on no fact is one, and says nothing of x."""
    context = Context.of(claim("0 = 0", XY, ["h: x > 0"]))
    assert context.relying(frozenset()) is context.relying(frozenset())
    assert seen(context, term("x > 0", XY)) and not seen(context.relying(frozenset()), term("x > 0", XY))


def test_relying_on_the_facts_of_a_smaller_context() -> None:
    """What was added since keeps its name and says nothing."""
    low, high = term("x > 0", XY), term("y > 0", XY)
    context = Context.of(claim("0 = 0", XY, ["h: x > 0"])).with_fact("k", high)
    narrow = context.relying(frozenset(("h",)))
    assert seen(narrow, low) and not seen(narrow, high) and list(narrow.facts) == ["h", "k"]
    other = context.relying(frozenset(("k",)))
    assert seen(other, high) and not seen(other, low)


def test_few_larger_contexts_are_kept() -> None:
    """One with the same fact is the same, until there are too many."""
    context, fact = Context.of(claim("0 = 0", XY)), term("x > 0", XY)
    first = context.with_fact("0", fact)
    assert context.with_fact("0", fact) is first
    for k in range(MAX_INNER):
        context.with_fact(f"{k + 1}", fact)
    assert context.with_fact("0", fact) is not first
    assert context.with_fact(str(MAX_INNER), fact) is context.with_fact(str(MAX_INNER), fact)


DERIVATIVES = {
    "asin(x)": "1/sqrt(1 - x^2)", "acos(x)": "-1/sqrt(1 - x^2)", "atan(x)": "1/(1 + x^2)", "log(x)": "1/x",
    "erf(x)": "2/sqrt(π) exp(-x^2)", "sin(x)": "cos(x)", "cos(x)": "-sin(x)", "x^y": "y x^(y - 1)",
    "y^x": "log(y) * y^x", "asinh(x)": "1/sqrt(x^2 + 1)", "sigmoid(x)": "sigmoid(x) (1 - sigmoid(x))",
}  # fmt: skip


@pytest.mark.parametrize("function", DERIVATIVES)
def test_derivatives_one_by_one(function: str) -> None:
    """Alone, so that nothing makes up for what is wrong in another."""
    given = ["x > 0", "x < 1", "y > 0"]
    certificate = {"rule": "algebra"}
    found = theorem(f"diff({function}, x) = {DERIVATIVES[function]}", certificate, XY, given)
    assert all("sqrt" in plain(c) or "x^2" in plain(c) for c in found.conditions)


def test_the_bounds_of_an_integral_do_not_see_its_variable() -> None:
    """∫_t^1 t dt with t bound in the body alone: the t below is not declared."""
    t = sym("t", REAL)
    wrong = make("integral", t, t, num(1), data=(("t",),))
    with pytest.raises(Rejected):
        check(Statement((), (), (), make("eq", wrong, wrong)), ALGEBRA, {})


def test_a_vertex_has_no_bounds() -> None:
    """The vertex of the largest value is any of them."""
    let = ["G: graph", "x: vector(V(G))", "u: vertex(G)"]
    not_proved("argmax(x[v], v in V(G)) != u", ORDER, let)
    not_proved("argmax(x[v], v in V(G)) = u", ALGEBRA, let)


def test_bounds_of_pi_beside_letters() -> None:
    """333/106 < π < 355/113."""
    proved("2 π + x > 6 + 28/100", ORDER, XY, ["x >= 0"])
    proved("x - π > -3 - 15/100", ORDER, XY, ["x >= 0"])
    not_proved("2 π + x > 6 + 29/100", ORDER, XY, ["x >= 0"])


def test_places_lie_in_their_range() -> None:
    """1 <= argmax <= n."""
    let = ["n: size", "x: vector(n)"]
    for name in ("argmax", "argmin"):
        proved(f"{name}(x[i], i = 1..n) >= 1", ORDER, let)
        proved(f"{name}(x[i], i = 1..n) <= n", ORDER, let)


def test_what_the_bounds_of_an_integral_say() -> None:
    """The variable lies between them where they are in order."""
    proved("integral(|x - a|, x = a..b) = integral(x - a, x = a..b)", ALGEBRA, reals("a b"), ["a <= b"])
    proved("integral(|x - b|, x = a..b) = integral(b - x, x = a..b)", ALGEBRA, reals("a b"), ["a <= b"])
    for bounds, size, body in (("a..oo", "x - a", "exp(-x)"), ("-oo..a", "a - x", "exp(x)")):
        plain = f"integral(({size}) {body}, x = {bounds})"
        proved(f"integral(|{size}| {body}, x = {bounds}) = {plain}", ALGEBRA, ["a: real"], [f"{plain} = 1"])


ZEROS: list[tuple[Any, ...]] = [
    ("log(-x) = log(-x)", XY, ["x < 0"]), ("log(x^2 y^2) = 2 log(|x|) + 2 log(|y|)", XY, ["x != 0", "y != 0"]), ("log(x y) = log(-x) + log(-y)", XY, ["x < 0", "y < 0"]),
    ("log(1/(x + y)) = -log(x + y)", XY, ["x + y > 0"]), ("log(x/y) = log(x) - log(y)", XY, ["x > 0", "y > 0"]), ("log(8) = 3 log(2)", []),
    ("(x^2 + 1)^(1/2) (x^2 + 1)^(1/2) = x^2 + 1", XY), ("sqrt(x + y)^2 = x + y", XY, ["x + y >= 0"]), ("(x + y)^(3/2) = (x + y) sqrt(x + y)", XY, ["x + y >= 0"]),
    ("|x + y|^2 = (x + y)^2", XY), ("|x^2 + y^2 + 1| = x^2 + y^2 + 1", XY), ("|-x^2 - y^2 - 1| = x^2 + y^2 + 1", XY), ("|x (y^2 + 1)| = |x| (y^2 + 1)", XY),
    ("|x (-y^2 - 1)| = |x| (y^2 + 1)", XY), ("exp([x > 0] y) = 1 + [x > 0] (exp(y) - 1)", XY), ("exp(x + [x > y] y + [x > y]) = exp(x) (1 - [x > y] + [x > y] exp(y + 1))", XY),
    ("(2 x + 2 y)^(-1) = 1/2 (x + y)^(-1)", XY, ["x + y > 0"]), ("(x^2)^(1/2) (y^2)^(1/2) = |x y|", XY),
    ("sign(x) |x| = x", XY, ["x != 0"]), ("sign(-x) = -sign(x)", XY), ("gamma(x + 1) = x gamma(x)", XY, ["x > 0"]),
    ("gamma(n + 1) = factorial(n)", ["n: integer >= 0"]), ("gamma(x + 2) = (x + 1) x gamma(x)", XY, ["x > 0"]), ("gamma(x - 1/2) = gamma(x + 1/2)/(x - 1/2)", XY, ["x > 1/2"]),
    ("gamma(x + 13) = gamma(x + 13)", XY, ["x > 0"]), ("binomial(n, 2) = n (n - 1)/2", ["n: integer >= 0"]), ("binomial(n, n - 1) = n", ["n: integer >= 0"]),
    ("factorial(n + 2) = (n + 2) (n + 1) factorial(n)", ["n: integer >= 0"]), ("factorial(n)/factorial(n - 1) = n", ["n: integer >= 1"]),
    ("floor(x + 2) = floor(x) + 2", XY), ("ceil(x) = -floor(-x)", XY), ("mod(n + m, m) = mod(n, m)", ["n: integer", "m: integer >= 1"]),
    ("x^(y + 1) = x x^y", XY, ["x > 0"]), ("x^(2 y) = (x^2)^y", XY, ["x > 0"]), ("4^x = 2^(2 x)", XY), ("(1/2)^x * 2^x = 1", XY), ("6^x = 2^x * 3^x", XY),
    ("(-1)^(n + 2) = (-1)^n", ["n: integer"]), ("(-1)^(2 n + 1) = -1", ["n: integer"]), ("(-1)^(n m) (-1)^(n m) = 1", ["n: integer", "m: integer"]),
    ("(-x)^(2 n) = x^(2 n)", ["x: real", "n: integer >= 0"]), ("(-x)^n = (-1)^n x^n", ["x: real", "n: integer >= 0"]), ("x^(-n) x^n = 1", ["x: real != 0", "n: integer"]),
    ("(x + y)^n (x + y)^(-n) = 1", [*XY, "n: integer"], ["x + y > 0"]), ("(x + y)^(n - 1) (x + y)^2 = (x + y)^(n + 1)", [*XY, "n: integer >= 1"]),
]  # fmt: skip
NONZEROS: list[tuple[Any, ...]] = [
    ("log(x^2) = 2 log(x)", XY, ["x != 0"]), ("log(x y) = log(x) + log(y)", XY, ["x y > 0"]), ("log(-x) = -log(x)", XY, ["x < 0"]), ("sqrt(x)^2 = -x", XY, ["x >= 0"]),
    ("|x + y| = |x| + |y|", XY), ("|x - y| = x - y", XY), ("exp([x > 0] y) = [x > 0] exp(y)", XY), ("sign(x) x = x", XY), ("sign(x + y) = sign(x)", XY),
    ("gamma(x + 1) = gamma(x)", XY, ["x > 0"]), ("binomial(n, 2) = n^2/2", ["n: integer >= 0"]), ("factorial(n + 1) = n factorial(n)", ["n: integer >= 0"]),
    ("floor(x + 1/2) = floor(x)", XY), ("floor(2 x) = 2 floor(x)", XY), ("mod(n, m) = n", ["n: integer", "m: integer >= 1"]), ("(1/2)^x = 2^x", XY), ("(-1)^(n + 1) = (-1)^n", ["n: integer"]),
    ("(-x)^n = x^n", ["x: real", "n: integer >= 0"]), ("(x + y)^n = x^n + y^n", [*XY, "n: integer >= 1"]), ("(-1)^(x + 2) = (-1)^x + 1", XY), ("2^(x + 1) = 2^x + 2", XY),
]  # fmt: skip


@pytest.mark.parametrize("case", ZEROS, ids=str)
def test_identities_of_elementary_functions(case: tuple[Any, ...]) -> None:
    """Powers, roots, logarithms, signs, factorials."""
    text, let, *given = case
    proved(text, ALGEBRA, let, *given)


@pytest.mark.parametrize("case", NONZEROS, ids=str)
def test_their_false_neighbours(case: tuple[Any, ...]) -> None:
    """A sign, a factor or a condition away."""
    text, let, *given = case
    not_proved(text, ALGEBRA, let, *given)


TRIG_TRUE = [
    "sin(x)^2 + cos(x)^2 = 1", "sin(2 x) = 2 sin(x) cos(x)", "cos(x + y) = cos(x) cos(y) - sin(x) sin(y)", "sin(x)^3 = 3/4 sin(x) - 1/4 sin(3 x)",
    "cos(pi/5) - cos(2 pi/5) = 1/2", "cos(pi/5) = (1 + sqrt(5))/4", "sin(pi/12) = (sqrt(6) - sqrt(2))/4", "cos(2 pi/7) + cos(4 pi/7) + cos(6 pi/7) = -1/2",
    "sin(2 pi/7) + sin(4 pi/7) - sin(6 pi/7) = sqrt(7)/2", "sin(3 atan(x)) (1 + x^2)^(3/2) = 3 x - x^3", "sin(x) cos(y) = 1/2 (sin(x + y) + sin(x - y))",
    "cos(x) sin(y) = 1/2 (sin(x + y) - sin(x - y))", "sin(x) sin(y) = 1/2 (cos(x - y) - cos(x + y))", "cos(x) cos(y) sin(x) = 1/2 sin(2 x) cos(y)", "cos(x)^4 - sin(x)^4 = cos(2 x)",
]  # fmt: skip
TRIG_FALSE = [
    "sin(x)^2 - cos(x)^2 = 1", "sin(2 x) = sin(x) cos(x)", "cos(x + y) = cos(x) cos(y) + sin(x) sin(y)", "cos(pi/5) = (1 - sqrt(5))/4", "sin(x)^3 = sin(x)",
    "cos(2 pi/7) + cos(4 pi/7) + cos(6 pi/7) = 1/2", "sqrt(17) = 4", "sin(x) = cos(x)", "sin(x + y) = sin(x) + sin(y)",
]  # fmt: skip


@pytest.mark.parametrize("text", TRIG_TRUE)
def test_trigonometric_identities(text: str) -> None:
    """With angles multiplied out over independent generators."""
    proved(text, {"rule": "algebra", "angles": True}, XY)


@pytest.mark.parametrize("text", TRIG_FALSE)
def test_trigonometric_falsehoods(text: str) -> None:
    """Near misses stay apart."""
    not_proved(text, {"rule": "algebra", "angles": True}, XY)
    not_proved(text, ALGEBRA, XY)


def test_signs_of_constant_angles() -> None:
    """sin and cos of rational multiples of π have signs by their angle, sin(1) and sin(4) by intervals."""
    nf = normal([])
    for text, sign in (
        ("sin(pi/7)", "gt"),
        ("cos(3 pi/7)", "gt"),
        ("-cos(4 pi/7)", "gt"),
        ("-sin(8 pi/7)", "gt"),
        ("sin(12 pi/7)", None),
        ("sin(1)", "gt"),
        ("sin(4)", None),
    ):
        assert signs.holds(nf, form(text), "gt") is (sign is not None), text


# --- zero, closing, rewriting -------------------------------------------------------------


def test_denominators_within_denominators() -> None:
    """Each round clears one layer; a tower that is too high is left."""
    deep = "x"
    for _ in range(5):
        deep = f"(1 + 1/({deep}))"
    nf = normal(["x: real > 0"])
    value = lower(nf, term(f"{deep} {deep} - ({deep})^2", ["x: real"]))
    assert nf.is_zero(value)
    high = "x"
    for _ in range(14):
        high = f"(1 + 1/({high}))"
    poly = lower(nf, term(high, ["x: real"]))
    assert not nf.is_zero(poly)


def test_binders_keep_their_height() -> None:
    """A body that changes its height when it is renamed cannot be opened again: it is refused."""
    atom = Atom("sum", (("range", number(3)),), ((Atom("elem", "g", of_atom(Atom("bv", 1, 0))), 1),))
    assert closing.at_height(atom, 1) is atom
    with pytest.raises(TooLarge) as caught:
        closing.at_height(atom, 2)
    assert str(caught.value) == "a binder whose body changes when it is renamed"


def test_bodies_that_split_when_they_are_renamed_are_refused() -> None:
    """One monomial must stay one."""
    nf = normal(["g: sequence of real", "n: size"])
    var = nf.variable(("range", number(20)))
    nf.rewrites = ()
    split = Atom("fun", "max", of_atom(var), of_atom(var) + ONE)
    with pytest.raises(TooLarge) as caught:
        labelling._named(nf, [var], ((split, 1),))
    assert "renamed" in str(caught.value)


def test_factor_of_an_inverse_that_is_symmetric() -> None:
    """The inverse of a symmetric matrix is symmetric."""
    let = ["n: size", "S: symmetric invertible matrix(n)", "i: index(n)", "j: index(n)", "k: index(n)"]
    assert form("(S^-1)[i, j]", let) == form("(S^-1)[j, i]", let)
    let = [d.replace("symmetric ", "") for d in let]
    assert form("(S^-1)[i, j]", let) != form("(S^-1)[j, i]", let)
    proved(
        "u' S^-1 v = v' S^-1 u",
        ALGEBRA,
        ["n: size", "S: symmetric invertible matrix(n)", "u: vector(n)", "v: vector(n)"],
    )
    not_proved(
        "u' S^-1 v = v' S^-1 u",
        ALGEBRA,
        ["n: size", "S: invertible matrix(n)", "u: vector(n)", "v: vector(n)"],
    )


def test_contractions_need_the_declared_axis() -> None:
    """Neither members of sequences nor other ranges contract; both indices the same do not."""
    let = ["n: size", "Q: sequence of orthogonal matrix(n)", "A: invertible matrix(n)", "G: graph"]
    not_proved("sum(Q[0][k, 1] Q[0][k, 2], k=1..n) = 0", ALGEBRA, let, ["n >= 2"])
    not_proved("sum(adjacency(G)[u, u] a[u], u in V(G)) = 1", ALGEBRA, [*let, "a: vector(V(G))"])
    not_proved("sum(A[k, k] (A^-1)[k, k], k=1..n) = n", ALGEBRA, let)


def test_double_series() -> None:
    """An infinite sum over two indices is one binder."""
    let = ["T: (integer, integer) -> real"]
    given = ["sum(T(i, j), i=1..oo, j=1..oo) = 1"]
    proved("sum(T(k, l), k=1..oo, l=1..oo) = sum(T(i, j), i=1..oo, j=1..oo)", ALGEBRA, let, given)
    not_proved("sum(T(l, k), k=1..oo, l=1..oo) = sum(T(i, j), i=1..oo, j=1..oo)", ALGEBRA, let, given)


def test_series_follow_their_parameters() -> None:
    """Replacing a name inside a series keeps it a series."""
    nf = normal(["x: real", "y: real", "g: sequence of real"])
    one, other = (
        lower(nf, term(f"sum({v} g[k] exp({v} k), k=1..oo)", ["x: real", "y: real", "g: sequence of real"]))
        for v in "xy"
    )
    assert nf.replace(one, {Atom("sym", "x"): Y}) == other


def test_lengths_that_are_random_are_refused() -> None:
    """A sum with a random number of terms is no sum here."""
    rejected(
        "normal form: a range whose length is random",
        "sum(g[k], k=1..T) = 0",
        ALGEBRA,
        ["T: random integer >= 1", "g: sequence of real"],
    )


def test_definitions_do_not_catch_bound_names() -> None:
    """A definition that speaks of x is not read where x is bound to something else."""
    reason = "definition: a speaks of a symbol whose name is bound around it"
    rejected(reason, "sum(a, k=1..2) = 2 a", ALGEBRA, ["k: real"], (), ["a: k + 1"])
    proved("sum(a, j=1..2) = 2 a", ALGEBRA, ["k: real"], (), ["a: k + 1"])


# --- definedness in corners -----------------------------------------------------------------


CONDITIONED: list[tuple[Any, ...]] = [
    ("limit(f(x), x -> oo) = oo", EVIDENT, ["f: function"], ["h: limit(f(x), x -> oo) = oo"], []),
    ("(x > 0 implies 1/x > 0) or x = x", {"rule": "choose", "index": 1, "then": EVIDENT}, XY, [], []),
    ("(x > 0 implies 1/y > 0) or x = x", {"rule": "choose", "index": 1, "then": EVIDENT}, XY, [], ["x > 0 implies y != 0"]),
    ("P[X > 0] = P[X > 0]", ALGEBRA, ["X: random real"], [], []),
    ("integral(a(s), s=0..1) = integral(a(t), t=0..1)", ALGEBRA, [], [], []),
]  # fmt: skip


@pytest.mark.parametrize("case", CONDITIONED, ids=str)
def test_conditions_in_corners(case: tuple[Any, ...]) -> None:
    """Infinite limits, implications, probabilities, integrals of definitions."""
    text, by, let, given, expected = case
    if expected:
        assert conditional(text, by, let, given, ["a(x): x + 1"]) == expected
    else:
        proved(text, by, let, given, ["a(x): x + 1"])


def test_integrals_of_definitions_that_jump() -> None:
    """A definition is looked into."""
    for body in ("floor(x)", "[x > 0]", "cases(1 if x > 0, 0)", "f(x)"):
        not_proved(
            "integral(a(s), s=0..1) = integral(a(t), t=0..1)", ALGEBRA, ["f: function"], (), [f"a(x): {body}"]
        )
    proved(
        "integral(a(s), s=0..1) = integral(a(t), t=0..1)",
        ALGEBRA,
        ["f: continuous function"],
        (),
        ["a(x): f(x)"],
    )


def test_functions_that_are_written_out() -> None:
    """(x ↦ 1/x)(y) needs y != 0 and is 1/y."""
    x, y = sym("x", REAL), sym("y", REAL)
    inverse = make("lambda", make("div", num(1), x), make("numbers", data="real"), data=(("x",),))
    goal = make("eq", make("apply", inverse, y), make("div", num(1), y))
    statement = Statement((Symbol("y", REAL),), (), (), goal)
    assert conditional(statement, ALGEBRA) == ["y != 0"]


def test_bounds_of_integrals_in_any_order() -> None:
    """The hull of the bounds is where the body must be defined."""
    assert conditional("diff(integral(|s - x|, s=2..1), x) = diff(integral(|s - x|, s=2..1), x)", ALGEBRA, XY)
    proved("diff(integral(log(s) x, s=2..1), x) = integral(log(s), s=2..1)", ALGEBRA, XY)
    not_proved("integral(1/s, s=1..-1) = integral(1/s, s=1..-1)", ALGEBRA)
    proved("integral(exp(s), s=x..y) = -integral(exp(s), s=y..x)", ALGEBRA, XY)
    not_proved("integral(exp(s), s=x..y) = integral(exp(s), s=y..x)", ALGEBRA, XY)


# --- facts in corners ------------------------------------------------------------------------


def test_facts_over_other_things() -> None:
    """Functions are values like others; vertices are no numbers."""
    let = ["G: graph", "a: vector(V(G))", "b: vector(V(G))", "o: vertex(G)", "n: integer", "f: function"]
    combine = lambda **more: {"rule": "algebra", "combine": [{"fact": "h", **more}]}  # noqa: E731
    given = ["h: a = b"]
    proved("a[o] = b[o]", combine(entry=[code("o", let)]), let, given)
    rejected("algebra: the entry is no vertex", "a[o] = b[o]", combine(entry=[code("n", let)]), let, given)
    fact = ["h: φ(0) = φ(0) + 0 for φ: real -> real"]
    at = {"φ": code("f", let)}
    proved("f(0) = f(0)", combine(at=at), let, fact)
    proved("f(0) = f(0)", {"rule": "have", "name": "x", "fact": "h", "at": at, "then": EVIDENT}, let, fact)
    every = ["h: a[v] = 1 for v in V(G)"]
    proved(
        "a[o] = 1",
        {"rule": "have", "name": "x", "fact": "h", "at": {"v": code("o", let)}, "then": EVIDENT},
        let,
        every,
    )


def test_many_instances_of_a_fact() -> None:
    """Only so many instances of facts are looked at for one atom."""
    let = ["f: function", "x: real"]
    weak = [f"f(s) >= {-k - 1} for real s" for k in range(40)]
    proved("f(x) >= 0", ORDER, let, ["f(s) >= 0 for real s", *weak])
    not_proved("f(x) >= 0", ORDER, let, [*weak, "f(s) >= 0 for real s"])


def test_differences_that_are_not_numbers() -> None:
    """Functions are unequal by no sign."""
    not_proved("f != g", EVIDENT, ["f: function", "g: function"])


def test_axioms_speak_of_limits_and_expectations() -> None:
    """What an axiom says of a limit, a series or an expectation exists; what else it needs is asked."""
    ledger = axiom("limit(x^n, n -> oo) = 0", ["x: real in (0, 1)"])
    by = {"rule": "have", "name": "l", "axiom": "axiom", "at": {"x": code("y", XY)}, "then": EVIDENT}
    proved("limit(y^n, n -> oo) = 0", by, ["y: real in (0, 1)"], ledger=ledger)
    ledger = axiom("E[X^2] >= E[X]^2", ["X: random real"])
    by = {
        "rule": "have",
        "name": "l",
        "axiom": "axiom",
        "at": {"X": code("Y", ["Y: random real"])},
        "then": EVIDENT,
    }
    proved("E[Y^2] >= E[Y]^2", by, ["Y: random real"], ledger=ledger)
    ledger = axiom("f(1/x) = f(1/x)", ["f: function", "x: real"])
    at = {"f": ["sym", "f", ["function", ["real"], ["real"]]], "x": code("y", XY)}
    by = {"rule": "have", "name": "l", "axiom": "axiom", "at": at, "then": ALGEBRA}
    assert conditional("y = y", by, ["f: function", "y: real"], ledger=ledger) == ["y != 0"]
    ledger = axiom("sum(g[k], k=1..oo) = sum(g[k], k=1..oo)", ["g: sequence of real"])
    let = ["g: sequence of real"]
    by = {"rule": "have", "name": "l", "axiom": "axiom", "at": {"g": code("g", let)}, "then": EVIDENT}
    proved("sum(g[j], j=1..oo) = sum(g[k], k=1..oo)", {**by, "then": ALGEBRA}, let, ledger=ledger)


# --- declarations ---------------------------------------------------------------------------------


def test_laws_and_random_symbols_are_what_they_can_be() -> None:
    """Laws are for random symbols, with fixed parameters; functions are not random."""
    one = make("eq", num(1), num(1))
    random = frozenset(("random",))
    law = Law("normal", (num(0), num(1)))
    other = Law("normal", (sym("X", REAL), num(1)))
    fixed = "a law is for what is random, with fixed parameters"
    for reason, symbols in (
        ("f: only numbers and arrays can be random", [Symbol("f", Function((REAL,), REAL), random)]),
        (f"X: {fixed}", [Symbol("X", REAL, frozenset(), law)]),
        (f"Y: {fixed}", [Symbol("X", REAL, random), Symbol("Y", REAL, random, other)]),
    ):
        rejected(f"statement: {reason}", Statement(tuple(symbols), (), (), one), EVIDENT)


def test_sizes_are_not_bound_anew() -> None:
    """A name for an array of size n stays with its n."""
    n = sym("n", INTEGER)
    vector = Array((make("range", num(1), n),))
    u = sym("u", vector)
    goal = make("forall", make("eq", u, u), make("numbers", data="integer"), data=(("n",),))
    statement = Statement((Symbol("n", INTEGER), Symbol("u", vector)), (), (), goal)
    rejected("types: a size of u is bound anew", statement, EVIDENT)


def test_solving_in_corners() -> None:
    """Unknowns are declared once, without attributes, and nothing else is defined by them."""
    by: dict[str, Any] = {"rule": "solve", "name": "a", "values": {"x": ["num", "2"]}, "holds": [ALGEBRA], "unique": {
        "rule": "algebra", "combine": [{"fact": "a", "times": ["num", "1/2"]}]}}  # fmt: skip
    proved("solve for x: 2 x = 4", by, XY)
    rejected("solve: the goal is eq", "x = x", by, XY)
    rejected("solve: expected 2 proofs, found 1", "solve for x: 2 x = 4", by, XY, ["x > 0"])
    proved("solve for x: 2 x = 4", {**by, "holds": [ORDER, ALGEBRA]}, XY, ["x > 0"])
    not_proved("solve for x: 2 x = 4", {**by, "holds": [ORDER, ALGEBRA]}, XY, ["x > 5"])
    rejected("solve: d mentions x", "solve for x: 2 x = 4", by, XY, (), ["d: x + 1"])
    rejected(
        "solve: n has attributes", "solve for n: 2 n = 4", {**by, "values": {"n": ["num", "2"]}}, ["n: size"]
    )
    rejected(
        "solve: x has another type there",
        "solve for x: 2 x = 4",
        {**by, "values": {"x": ["num", "1/2"]}},
        ["x: integer"],
    )
    x = sym("x", REAL)
    equation = make("eq", x, num(2))
    for names in (("x", "x"), ("y",)):
        goal = make("solve", equation, data=(names,))
        rejected(
            "solve: the unknowns must be declared, each named once",
            Statement((Symbol("x", REAL),), (), (), goal),
            by,
        )
    goal = make("solve", make("eq", sym("x", INTEGER), num(2)), data=(("x",),))
    rejected(
        "solve: x occurs with another type than declared", Statement((Symbol("x", REAL),), (), (), goal), by
    )


def test_a_goal_that_asks_to_solve_keeps_what_is_assumed_of_the_unknowns() -> None:
    """No proof leaves out what the facts say of an unknown, or assumes more of it in each of several cases."""
    let = ["x: real", "n: integer >= 0"]
    at = {"rule": "solve", "name": "a", "values": {"x": ["num", "0"]}, "holds": [EVIDENT], "unique": EVIDENT}
    proved("solve for x: x = 0", at, let)
    changed = "what is to be solved is meant under all that is assumed, and no more"
    induction = {"rule": "induction", "on": "n", "from": ["num", "0"], "bases": [at], "step": at}
    rejected(f"induction: {changed}", "solve for x: x = 0", induction, let, ["x >= n"])
    rejected(
        f"only: {changed}", "solve for x: x = 0", {"rule": "only", "facts": [], "then": at}, let, ["x >= 1"]
    )
    sides = {"rule": "cases", "on": code("x > 0", let), "name": "side", "branches": [at, at]}
    rejected(f"cases: {changed}", "solve for x: x^2 = 1", sides, let)
    either = {"rule": "either", "fact": "sides", "name": "side", "branches": [at, at]}
    rejected(f"either: {changed}", "solve for x: x^2 = 1", either, let, ["sides: x > 0 or x <= 0"])
    obtain = {"rule": "obtain", "fact": "same", "name": "y", "then": at}
    rejected(
        f"obtain: {changed}", "solve for x: x^2 >= 0", obtain, let, ["same: exists y: real such that y = x"]
    )


def test_growth_in_corners() -> None:
    """Without an occurrence the variable has the type of the point."""
    from symproof.kernel.growth import meaning

    zero = make("zeros", make("range", num(1), num(2)))
    found = meaning(make("big_o", num(1), num(1), zero, data=(("v",),)))
    assert found.args[0].args[1].args[0].args[1].args[1].op == "arrays"
    found = meaning(make("big_o", num(1), num(1), num(0), data=(("v",),)))
    assert found.args[0].args[1].args[0].args[1].args[1].data == "real"


def test_a_refutation_is_sealed_too() -> None:
    """The kernel's own witness check makes one."""
    found = check_witness(claim("x = 1", ["x: real"]), {"values": {"x": "2"}})
    assert isinstance(found, Refutation) and found.values == {"x": "2"}
    assert GRAPH != REAL and normal_module.MAX_BITS > 0


def test_bound_variables_on_ranges_without_end() -> None:
    """k >= 1, and no more, is known of an index of a series."""
    nf = normal(["g: sequence of real"])
    var = nf.variable(("range", None))
    assert signs.range_facts(nf, var) == [(of_atom(var) - ONE, "ge")]
    assert signs.holds(nf, of_atom(var), "gt")
    poly: Poly = of_atom(var) - number(3)
    assert not signs.holds(nf, poly, "ge")


@pytest.mark.parametrize(
    ("text", "by", "let", "given"),
    [
        ("A^k A^m = A^(k + m)", ALGEBRA, ["n: size", "A: matrix(n)", "k: size", "m: size"], []),
        ("A^k A^m A = A^(k + m) A", ALGEBRA, ["n: size", "A: matrix(n)", "k: size", "m: size"], []),
        ("integral(|1 - t|, t = 0..1) = integral(1 - t, t = 0..1)", ALGEBRA, [], []),
        ("sum(product(g[k], k=1..j), j=1..2) = g[1] + g[1] g[2]", ALGEBRA, ["g: sequence of real"], []),
        ("sum(product(a[v] + j, v in V(G)), j=1..2) = product(a[v] + 1, v in V(G)) + product(a[v] + 2, v in V(G))",
         ALGEBRA, ["G: graph", "a: vector(V(G))"], []),
        ("x + z < 0", ORDER, ["x: real", "y: real > 0", "z: real"], ["-(x + z)/(2 y) > 0"]),
        ("max(g[k], k=1..1) = g[1]", ALGEBRA, ["g: sequence of real"], []),
        ("E[x[i] x[j]] = E[x[i]] E[x[j]] + [i = j] (E[x[i]^2] - E[x[i]]^2)", ALGEBRA,
         ["n: size", "x: random vector(n) ~ normal(0, I)", "i: index(n)", "j: index(n)"], []),
    ],
)  # fmt: skip
def test_forms_are_brought_as_far_as_they_go(
    text: str, by: dict[str, Any], let: list[str], given: list[str]
) -> None:
    """Powers of matrices, short ranges, what bounds say of a variable, denominators and entries of chance."""
    proved(text, by, let, given)


def test_half_of_an_equivalence_that_is_assumed() -> None:
    given = ["h: (x > 0 iff y > 0)"]
    proved("y > 0 implies x > 0", EVIDENT, ["x: real", "y: real"], given)
    not_proved("y > 0 implies x > 1", EVIDENT, ["x: real", "y: real"], given)


def test_the_logarithm_of_a_negative_number_stays() -> None:
    assert form("log(-2)") == of_atom(Atom("fun", "log", number(-2)))


@pytest.mark.parametrize("base", ["assumed", "y in its range"])
def test_a_name_that_is_taken_hides_nothing(base: str) -> None:
    """What is seen does not depend on the names of facts."""
    context = Context.of(read_statement("0 <= x", ["x: real"], ["x >= 1"]))
    (fact,) = context.facts.values()
    goal = read_statement("(y >= 0 implies x + y >= 1) for real y in (0, 2)", ["x: real"], []).goal
    for k in range(10, 40):
        context = context.with_fact(f"{base} {k}", fact)
    assert seen(context, goal)
