"""Signs: what is seen to be positive, nonnegative or nonzero, and what must not be."""

from __future__ import annotations

import itertools
from dataclasses import FrozenInstanceError
from fractions import Fraction
from typing import Any

import pytest

from symproof.kernel import signs
from symproof.kernel.context import Context
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Poly, number, of_atom
from symproof.kernel.verdict import Rejected
from symproof.reading.inline import Source
from tests.kernel.kit import ALGEBRA, ORDER, claim, form, normal, not_proved, proved, reals, term
from tests.kernel.semantics import NoValue
from tests.kernel.test_agreement import ANGLES, POINTS, SCOPE, STATEMENT, TERMS, lines

XYZ = reals("x y z")
INTS = ["n: integer", "m: integer", "k: integer"]
GRAPH = ["G: graph", "o: vertex(G)", "b: vertex(G)"]
SEQ = ["g: sequence of real", "n: integer"]

# (term, relation to 0, declarations, hypotheses)
SEEN: list[tuple[Any, ...]] = [
    ("3", "gt"), ("0", "ge"), ("-1", "ne"), ("0", "eq"), ("pi - 3", "gt"), ("22/7 - pi", "gt"),
    ("x^2", "ge", XYZ), ("x^2 + 1", "gt", XYZ), ("x^2 y^4", "ge", XYZ), ("-x^2 - 1", "ne", XYZ),
    ("x^2 + y^2 + 1/2", "ne", XYZ), ("|x|", "ge", XYZ), ("|x| - x", "ge", XYZ), ("|x| + x", "ge", XYZ),
    ("|x + y|", "ge", XYZ), ("2^x", "gt", XYZ), ("exp(x) + exp(-x)", "gt", XYZ), ("sqrt(x)", "ge", XYZ),
    ("x^(-2)", "gt", XYZ), ("x^(-1/2)", "gt", XYZ), ("1/x", "ne", XYZ), ("(x + y)^(-2)", "gt", XYZ),
    ("x", "gt", XYZ, ["x > 0"]), ("x", "ge", XYZ, ["x > 0"]), ("x", "ne", XYZ, ["x > 0"]),
    ("x", "ne", XYZ, ["x < 0"]), ("-x", "gt", XYZ, ["x < 0"]), ("x", "ge", XYZ, ["0 <= x"]),
    ("x", "ne", XYZ, ["x != 0"]), ("x^2", "gt", XYZ, ["x != 0"]), ("x^3", "ne", XYZ, ["x != 0"]),
    ("|x|", "gt", XYZ, ["x != 0"]), ("2 x", "ne", XYZ, ["x != 0"]), ("x y", "ne", XYZ, ["x != 0", "y != 0"]),
    ("x", "ne", XYZ, ["x y != 0"]), ("x^2 y", "ne", XYZ, ["x y != 0"]), ("y - x", "ne", XYZ, ["x != y"]),
    ("3 x - 3 y", "ne", XYZ, ["x != y"]), ("(x - y) z", "ne", XYZ, ["x != y", "z > 0"]),
    ("x - y", "ne", XYZ, ["(x - y) z != 0"]), ("x^2 - x y", "ne", XYZ, ["x != y", "x != 0"]),
    ("x y", "gt", XYZ, ["x > 0", "y > 0"]), ("x y", "gt", XYZ, ["x < 0", "y < 0"]),
    ("-x y", "ge", XYZ, ["x <= 0", "y >= 0"]), ("x y z", "ge", XYZ, ["x >= 0", "y >= 0", "z >= 0"]),
    ("-x^3", "gt", XYZ, ["x < 0"]), ("-x^3", "ge", XYZ, ["x <= 0"]), ("-x^(-3)", "gt", XYZ, ["x < 0"]),
    ("x^3", "ge", XYZ, ["x >= 0"]), ("x^(-1)", "gt", XYZ, ["x >= 0"]), ("x^y", "gt", XYZ, ["x > 0"]),
    ("x^y", "ge", XYZ, ["x >= 0"]), ("x^2", "gt", XYZ, ["x < 0"]), ("(x + y)^(1/2)", "ge", XYZ),
    ("(x + y)^(1/2)", "gt", XYZ, ["x + y > 0"]), ("-1/(x + y)", "gt", XYZ, ["x + y < 0"]),
    ("1/(x + y)", "gt", XYZ, ["x + y > 0"]), ("1/(x + y)", "gt", XYZ, ["x + y >= 0"]),
    ("x - z", "ge", XYZ, ["x >= y", "y >= z"]), ("x - z", "gt", XYZ, ["x > y", "y >= z"]),
    ("x - z", "eq", XYZ, ["x = y", "y = z"]), ("x - z", "eq", XYZ, ["x <= z", "x >= z"]),
    ("2 x + 3 y - 5", "ge", XYZ, ["x >= 1", "y >= 1"]), ("x + y", "gt", XYZ, ["x = 1 - y"]),
    ("1 - x y", "gt", XYZ, ["x y < 1"]), ("2 - x y - y", "gt", XYZ, ["x y < 1", "y <= 1"]),
    ("x", "gt", XYZ, ["3 x > 1"]), ("sqrt(x)", "gt", XYZ, ["x > 0"]),
    ("x", "gt", XYZ, ["2 sqrt(x) > 0"]), ("x", "gt", XYZ, ["sqrt(x) != 0"]), ("x", "gt", XYZ, ["x > 0 and y > 0"]),
    ("x - 1/2", "ge", XYZ, ["x in [1/2, 3]"]), ("3 - x", "gt", XYZ, ["x in [1/2, 3)"]),
    ("x", "gt", XYZ, ["x in (0, oo)"]), ("-x", "ge", XYZ, ["x in (-oo, 0]"]),
    ("n - 1", "ge", INTS, ["n > 0"]), ("n", "ge", INTS, ["n > -1"]), ("n - 3", "ge", INTS, ["2 n > 5"]),
    ("n - m - 1", "ge", INTS, ["n > m"]), ("n m - 1", "ge", INTS, ["n m > 0"]), ("n + 1", "gt", INTS, ["n >= 0"]),
    ("n - k - 2", "ge", INTS, ["n > m", "m > k"]), ("2^n", "gt", INTS), ("n^2 + 1", "gt", INTS),
    ("2 n - 5", "ge", INTS, ["n > 5/2"]), ("n/2 - 1/2", "ge", INTS, ["n > 0"]),
    ("floor(x) - n", "ge", [*XYZ, "n: integer"], ["floor(x) > n - 1"]), ("floor(x) + 1 - x", "gt", XYZ),
    ("x - floor(x)", "ge", XYZ), ("1 - sign(x)", "ge", XYZ), ("1 + sign(x)", "ge", XYZ),
    ("[x > y]", "ge", XYZ), ("1 - [x > y]", "ge", XYZ), ("adjacency(G)[o, b]", "ge", GRAPH),
    ("1 - adjacency(G)[o, b]", "ge", GRAPH), ("degree(o)", "ge", GRAPH), ("|V(G)|", "gt", GRAPH),
    ("factorial(n)", "gt", INTS, ["n >= 0"]), ("binomial(n, k)", "ge", INTS), ("components(G)", "gt", GRAPH),
    ("opnorm(A)", "ge", ["d: size", "A: matrix(d)"]), ("rank(A)", "ge", ["d: size", "A: matrix(d)"]),
    ("fronorm(A)", "ge", ["d: size", "A: matrix(d)"]), ("norm(u)", "ge", ["d: size", "u: vector(d)"]),
    ("u'u", "gt", ["d: size", "u: vector(d)"], ["u != zeros(d)"]),
    ("u'u", "gt", ["d: size", "u: vector(d)"], ["norm(u) > 0"]),
    ("sum(g[i]^2, i=1..n)", "ge", SEQ), ("sum(exp(g[i]), i=1..n)", "ge", SEQ),
    ("sum(exp(g[i]), i=1..n)", "gt", SEQ, ["n >= 1"]), ("-sum(g[i], i=1..n)", "ge", SEQ, ["g[k] <= 0 for integer k"]),
    ("sum(exp(a[v]), v in V(G))", "gt", ["G: graph", "a: vector(V(G))"]), ("sum(i, i=1..n)", "ge", SEQ),
    ("max(exp(g[i]), i=1..n)", "gt", SEQ, ["n >= 1"]),
    ("min(g[i]^2, i=1..n)", "ge", SEQ, ["n >= 1"]), ("product(exp(g[i]), i=1..n)", "gt", SEQ),
    ("product(g[i]^2, i=1..n)", "ge", SEQ),
    ("E[X^2]", "ge", ["X: random real"]), ("E[|X|]", "ge", ["X: random real"]),
    ("p", "ge", ["p: real in [0, 1]", "Z: random real ~ bernoulli(p)"]), ("Z", "ge", ["Z: random real ~ bernoulli(1/2)"]),
    ("1 - Z", "ge", ["Z: random real ~ bernoulli(1/2)"]), ("1 - B[k]", "ge", ["d: size", "k: index(d)", "B: random vector(d) ~ bernoulli(1/2)"]),
    ("sin(pi/5)", "gt"), ("-cos(4 pi/5)", "gt"), ("1 - sin(x)", "ge", XYZ), ("1 + cos(x)", "ge", XYZ),
    ("pi/2 - atan(x)", "gt", XYZ), ("pi/2 + asin(x)", "ge", XYZ), ("acos(x)", "ge", XYZ), ("pi - acos(x)", "ge", XYZ),
    ("log(x)", "gt", XYZ, ["x > 1"]), ("-log(x)", "ge", XYZ, ["x <= 1"]), ("log(2)", "gt"), ("log(x)", "ge", XYZ, ["x >= 1"]),
    ("erf(x)", "gt", XYZ, ["x > 0"]), ("atan(x)", "ge", XYZ, ["x >= 0"]), ("-asin(x)", "gt", XYZ, ["x < 0"]),
    ("f(y) - 1", "ge", ["f: function", "y: real"], ["f(s) >= 1 for real s"]),
    ("f(y)", "gt", ["f: function", "y: real > 0"], ["f(s) > 0 for real s with s > 0"]),
    ("g[n + 1] - g[n]", "ge", SEQ, ["g[k + 1] >= g[k] for integer k"]),
    ("u[k]", "gt", ["d: size", "u: vector(d)", "k: index(d)"], ["u[i] > 0 for i in 1..d"]),
    ("degree(o) - 2", "ge", GRAPH, ["degree(v) >= 2 for v in V(G)"]),
    ("|x + y| - 3", "ge", XYZ, ["|x + y| >= 3"]),
    ("F(u)", "ge", ["d: size", "u: vector(d)", "F: vector(d) -> real"], ["F(w) >= 0 for w: vector(d)"]),
    ("F(2 u)", "ge", ["d: size", "u: vector(d)", "F: vector(d) -> real"], ["F(w) >= 0 for w: vector(d)"]),
    ("E[X] - 1", "ge", ["X: random real"], ["E[X] >= 1"]),
    ("E[X[n]] - 1", "ge", ["X: random sequence of real", "n: integer"], ["E[X[k]] >= 1 for integer k"]),
]  # fmt: skip
UNSEEN: list[tuple[Any, ...]] = [
    ("0", "gt"), ("0", "ne"), ("-1", "ge"), ("1", "eq"), ("pi - 22/7", "gt"), ("x", "ge", XYZ), ("x", "ne", XYZ),
    ("x^2", "gt", XYZ), ("x^2 - 1", "ge", XYZ), ("x^3", "ge", XYZ), ("|x|", "gt", XYZ), ("x^y", "ge", XYZ),
    ("(-2)^n", "ge", INTS), ("x^n", "ge", [*XYZ, *INTS]), ("x^(n/2)", "ge", [*XYZ, *INTS]),
    ("x", "gt", XYZ, ["x >= 0"]), ("x", "ge", XYZ, ["x != 0"]), ("x", "ge", XYZ, ["x < 0"]), ("x", "ne", XYZ, ["y != 0"]),
    ("x + y", "ne", XYZ, ["x != 0", "y != 0"]), ("x y", "ne", XYZ, ["x != 0"]), ("x", "ne", XYZ, ["x + y != 0"]),
    ("x^2 - y^2", "ne", XYZ, ["x != y"]), ("x", "ne", [*XYZ, *INTS], ["x^n y != 0"]), ("x y", "ge", XYZ, ["x >= 0", "y <= 0"]),
    ("x y", "gt", XYZ, ["x > 0", "y >= 0"]), ("x - z", "gt", XYZ, ["x >= y", "y >= z"]), ("z - x", "ge", XYZ, ["x >= y", "y >= z"]),
    ("x - 1", "ge", XYZ, ["x > 0"]), ("n - 2", "ge", INTS, ["n > 0"]), ("n - 1", "ge", INTS, ["n >= 0"]),
    ("n - 3", "gt", INTS, ["2 n > 5"]), ("n x - 1", "ge", [*XYZ, *INTS], ["n x > 0"]), ("n/2 - 1", "ge", INTS, ["n > 0"]),
    ("(x + y)^(1/2)", "gt", XYZ, ["x + y >= 0"]), ("sum(exp(g[i]), i=1..n)", "gt", SEQ, ["n >= 0"]),
    ("sum(g[i], i=1..n)", "ge", SEQ), ("sum(g[i]^2, i=1..n)", "gt", SEQ, ["n >= 1"]), ("min(g[i], i=1..n)", "ge", SEQ, ["n >= 1"]),
    ("product(g[i], i=1..n)", "ge", SEQ), ("1 - |x|", "ge", XYZ), ("x - floor(x)", "gt", XYZ), ("degree(o)", "gt", GRAPH),
    ("degree(o) - 2", "ge", GRAPH, ["degree(v) >= 1 for v in V(G)"]), ("E[X^2]", "gt", ["X: random real"]),
    ("E[X]", "ge", ["X: random real"]), ("log(x)", "ge", XYZ), ("log(x)", "gt", XYZ, ["x > 0"]), ("1/2 - sin(x)", "ge", XYZ),
    ("sin(6 pi/5)", "gt"), ("sin(pi x)", "ge", XYZ), ("f(y)", "gt", ["f: function", "y: real >= 0"], ["f(s) > 0 for real s with s > 0"]),
    ("f(y)", "ge", ["f: function", "y: real"], ["f(k) >= 0 for integer k"]), ("u[1]", "gt", ["d: size", "u: vector(d)"], ["u[i] > 0 for i in 2..d"]),
    ("x i", "ge", XYZ), ("(x i)^2 + x", "gt", XYZ, ["x > 0"]), ("u'u", "gt", ["d: size", "u: vector(d)"]),
    ("g[n + 1] - g[n]", "ge", SEQ, ["g[k + 1] >= g[k] for integer k with k >= 0"]), ("x", "ge", XYZ, ["x in [-1, 1]"]),
    ("x", "gt", XYZ, ["x > 0 or y > 0"]), ("x", "ge", XYZ, ["y > 0 implies x > 0"]), ("n", "ne", INTS, ["m != n"]),
    ("x^3 y", "gt", XYZ, ["x y > 0"]), ("Z", "gt", ["Z: random real ~ bernoulli(1/2)"]), ("1 - 2 Z", "ge", ["Z: random real ~ bernoulli(1/2)"]),
]  # fmt: skip


def holds(text: str, relation: str, let: Any = (), given: Any = ()) -> bool:
    found = signs.holds(normal(let, given), form(text, let, given), relation)
    return found


@pytest.mark.parametrize("case", SEEN, ids=str)
def test_signs_that_are_seen(case: tuple[Any, ...]) -> None:
    """By factors, facts, ranges and linear arithmetic."""
    assert holds(*case)


@pytest.mark.parametrize("case", UNSEEN, ids=str)
def test_signs_that_do_not_follow(case: tuple[Any, ...]) -> None:
    """What some admissible point contradicts."""
    assert not holds(*case)


@pytest.mark.parametrize("text", [*TERMS, *lines(ANGLES)])
def test_no_sign_is_wrong_at_a_point(text: str) -> None:
    """Whatever is seen of a term, a factor or a term minus a number holds at every point."""
    term = SCOPE.term(Source(text, "term"))
    nf = SHARED
    nf.steps = 0
    whole = lower(nf, term)
    for shift in (0, Fraction(1, 2)):
        poly = whole + number(shift)
        for relation, test in TESTS.items():
            try:
                seen = signs.holds(nf, poly, relation)
            except Rejected:
                continue
            if not seen:
                continue
            for point in POINTS[::2]:
                try:
                    value = point.poly(poly)
                    point.term(term)
                except NoValue:
                    continue
                assert test(value), (text, shift, relation, value)


SHARED = Normal(Context.of(STATEMENT))
TESTS = {
    "ge": lambda v: v >= -1e-9,
    "gt": lambda v: v > -1e-12,
    "eq": lambda v: abs(v) < 1e-9,
    "ne": lambda v: abs(v) > 1e-300,
}


def test_integers_are_told_from_other_numbers() -> None:
    """Sums and products of integers with integer coefficients; nothing that may be a fraction."""
    let = [*INTS, "x: real", "h: sequence of integer", "c: integer -> integer", "G: graph", "o: vertex(G)"]
    let = [*let, "X: random integer"]
    nf = normal(let)
    whole = ["n", "n m - 3", "n^2", "h[n] + c(m)", "floor(x)", "sign(x)", "factorial(n)", "binomial(n, m)",
             "degree(o)", "[x > 0]", "|V(G)|", "5", "rank(I(3))"]  # fmt: skip
    broken = ["x", "n/2", "n x", "1/n", "2^n", "1/2", "pi", "exp(n)", "|n|", "sqrt(n)", "E[X]"]
    for text in whole:
        assert signs.is_integer(nf, lower(nf, term(text, let))), text
    for text in broken:
        assert not signs.is_integer(nf, lower(nf, term(text, let))), text
    assert signs.is_integer(nf, 3) and not signs.is_integer(nf, Fraction(1, 2))


def test_what_was_seen_with_more_facts_about_a_variable_is_forgotten() -> None:
    """Premises of a fact hold inside of it only."""
    nf = normal(["x: real"])
    var = nf.number_variable(("number", "integer"))
    one = of_atom(var) - number(1)
    assert not signs.holds(nf, one, "ge")
    with nf.assuming(frozenset((var,)), [(one, "ge")]):
        assert signs.holds(nf, one, "ge")
        with nf.assuming(frozenset((var,)), [(-of_atom(var), "ge")]):
            assert signs.holds(nf, -of_atom(var), "ge")
    assert not signs.holds(nf, one, "ge") and not signs.holds(nf, -of_atom(var), "ge")


def test_a_chain_of_facts_that_is_too_long_is_not_followed() -> None:
    """Four steps along shared monomials, not more; and never a loop."""
    names = [f"a{k}" for k in range(12)]
    let = [f"{n}: real" for n in names]
    given = [f"{a} >= {b}" for a, b in itertools.pairwise(names)]
    assert holds("a0 - a3", "ge", let, given)
    assert not holds("a0 - a11", "ge", let, given)


def test_signs_of_nothing_known() -> None:
    """A polynomial of which nothing is known has no sign, whatever is asked."""
    nf = normal(["x: real", "y: real"])
    poly: Poly = form("x y - x", ["x: real", "y: real"])
    assert not any(signs.holds(nf, poly, r) for r in ("ge", "gt", "eq", "ne"))
    assert claim("0 = 0").goal.op == "eq"


def test_sizes_are_split_by_the_sign_of_what_is_inside() -> None:
    """Bounds of x and −x bound |x|, and one of them does not."""
    let, given = ["x: real", "y: real"], ["x <= 2", "x >= -2", "y <= 1", "y >= -1"]
    for text in ("|x| <= 2", "|x| + |y| <= 3", "|x - y| <= 3", "2 |x| <= 4 + |y|"):
        proved(text, ORDER, let, given)
    not_proved("|x| <= 2", ORDER, let, ["x <= 2", "x >= -3"])
    not_proved("|x| + |y| <= 2", ORDER, let, given)


def test_a_quotient_has_the_sign_of_its_numerator_over_what_is_positive() -> None:
    """x/y > 0 says nothing of x where nothing is said of y."""
    let = ["x: real", "y: real", "z: real > 0"]
    proved("x + y > 0", ORDER, let, ["(x + y)/z > 0"])
    proved("x + 1 >= 0", ORDER, let, ["(x + 1)/z^2 >= 0"])
    not_proved("x > 0", ORDER, let, ["x/y > 0"])
    not_proved("x + z > 0", ORDER, let, ["(x + z)/(y z) > 0"])
    not_proved("x + y >= 0", ORDER, let, ["(x + y)/y >= 0"])


def test_a_product_is_nonzero_where_all_its_factors_are() -> None:
    let = ["x: real != 0", "y: real", "z: real"]
    not_proved("x (y + z) != 0", ORDER, let)
    not_proved("1/(x (y + z)) = 1/(y + z)/x", ALGEBRA, let)
    proved("x (y + z) != 0", ORDER, let, ["y + z != 0"])


def test_contexts_do_not_change() -> None:
    context = Context.of(claim("0 = 0", ["x: real"]))
    with pytest.raises(FrozenInstanceError):
        context.facts = {}  # type: ignore[misc]
