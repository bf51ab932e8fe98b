"""Expectations: linear over what is integrable, products of what is independent, nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.poly import Atom, number, of_atom
from symproof.kernel.verdict import Rejected
from tests.kernel.kit import ALGEBRA, conditional, form, normal, not_proved, proved, rejected

NORMAL = ["n: size", "i: index(n)", "x: random vector(n) ~ normal(0, I)", "a: vector(n)", "c: real"]
TWO = ["X: random real", "Y: random real", "c: real"]
FLIP = ["p: real in [0, 1]", "Z: random real ~ bernoulli(p)", "W: random real ~ bernoulli(1/2)", "c: real"]
SEQ = ["g: independent random sequence of real", "m: integer", "n: size"]
ROWS = ["d: size", "R: independent random sequence of vector(d)", "n: size", "k: index(d)", "l: index(d)"]
SPREAD = ["n: size", "S: matrix(n, n)", "y: random vector(n) ~ normal(0, S)"]
DIAGONAL = ["n: size", "s: vector(n)", "y: random vector(n) ~ normal(0, diag(s))"]
MATRIX = ["d: size", "M: random matrix(d, d) ~ normal(0, I)", "i: index(d)", "j: index(d)"]

TRUE: list[tuple[Any, ...]] = [
    ("E[c] = c", TWO), ("E[E[X]] = E[X]", TWO, ["E[X] = c"]), ("E[2 X] = 2 E[X]", TWO, ["E[X] = c"]),
    ("E[c X] = c E[X]", TWO, ["E[X] = 1"]), ("E[X + c] = E[X] + c", TWO, ["E[X] = 1"]),
    ("E[X - Y] = E[X] - E[Y]", TWO, ["E[X] = 1", "E[Y] = c"]),
    ("Var[X] = E[X^2] - E[X]^2", TWO, ["E[X] = 1", "E[X^2] = 2"]),
    ("Var[c X] = c^2 Var[X]", TWO, ["E[X] = 1", "E[X^2] = 2"]),
    ("Cov[X, Y] = E[X Y] - E[X] E[Y]", TWO, ["E[X] = 1", "E[Y] = 1", "E[X Y] = 2"]),
    ("Cov[X, X] = Var[X]", TWO, ["E[X] = 1", "E[X^2] = 2"]),
    ("E[X^2 Y] = E[X^2] E[Y]", TWO, ["independent(X, Y)", "E[X^2] = 1", "E[Y] = 1"]),
    ("E[X (Y + 1)] = E[X] E[Y] + E[X]", TWO, ["independent(X, Y)", "E[X] = 1", "E[Y] = 1"]),
    ("E[x[i] c] = c E[x[i]]", NORMAL), ("E[x[i] + x[i]^2] = E[x[i]] + E[x[i]^2]", NORMAL),
    ("E[a' x] = sum(a[j] E[x[j]], j=1..n)", NORMAL), ("E[x' x] = sum(E[x[j]^2], j=1..n)", NORMAL),
    ("E[(a' x)^2] = sum(a[j] a[k] E[x[j] x[k]], j=1..n, k=1..n)", NORMAL),
    ("E[x[i]^2 (a' x)] = sum(a[j] E[x[j] x[i]^2], j=1..n)", NORMAL),
    ("E[exp(c x[i]) + x[i]] = E[exp(c x[i])] + E[x[i]]", NORMAL),
    ("E[exp(a' x) + 1] = E[exp(a' x)] + 1", NORMAL), ("E[exp(c + a' x) + 1] = exp(c) E[exp(a' x)] + 1", NORMAL),
    ("E[x[i] exp(a' x) + 1] = E[x[i] exp(a' x)] + 1", NORMAL),
    ("E[2^(c + x[i])] = 2^c E[2^x[i]]", NORMAL, ["E[2^x[i]] = 1"]),
    ("E[Z^2] = E[Z]", FLIP), ("E[Z W] = E[Z] E[W]", FLIP), ("E[Z + W] = E[Z] + E[W]", FLIP),
    ("E[(2 Z - 1)^2] = 1", FLIP), ("E[exp(c Z) + 1] = E[exp(c Z)] + 1", FLIP), ("Z^3 = Z", FLIP),
    ("E[x[i] Z] = E[x[i]] E[Z]", [*NORMAL, *FLIP[:2]]), ("E[g[1] g[2]] = E[g[1]] E[g[2]]", SEQ, ["E[g[k]] = 1 for integer k"]),
    ("E[g[m] g[m + 1]] = E[g[m]] E[g[m + 1]]", SEQ, ["E[g[k]] = 1 for integer k"]),
    ("E[g[1]^2 g[2]] = E[g[1]^2] E[g[2]]", SEQ, ["E[g[k]] = 1 for integer k", "E[g[k]^2] = 1 for integer k"]),
    ("E[R[1][k] R[2][k]] = E[R[1][k]] E[R[2][k]]", ROWS, ["E[R[t][j]] = 1 for t: integer, j in 1..d"]),
    ("E[M[1, 1] M[1, 2]] = E[M[1, 1]] E[M[1, 2]]", MATRIX, ["d >= 2"]),
    ("E[trace(M)] = sum(E[M[j, j]], j=1..d)", MATRIX), ("E[x][i] = E[x[i]]", NORMAL),
    ("Cov[x, x][i, i] = Var[x[i]]", NORMAL), ("Cov[x, a][i, i] = 0", NORMAL), ("P[c > 0] = [c > 0]", TWO),
    ("P[X > 0] = E[[X > 0]]", TWO), ("E[X]^2 + E[X] = E[X] (E[X] + 1)", TWO, ["E[X] = c"]),
    ("E[y[1] y[2]] = E[y[1]] E[y[2]]", DIAGONAL, ["n >= 2", "s[j] >= 0 for j in 1..n"]),
    ("E[i x] = i E[x]", NORMAL[:1] + NORMAL[2:]),
    ("E[x[i] E[x[i]]] = E[x[i]]^2", NORMAL), ("E[sum(x[j], j=1..n)^2] = sum(E[x[j] x[k]], j=1..n, k=1..n)", NORMAL),
]  # fmt: skip
FALSE: list[tuple[Any, ...]] = [
    ("E[X] = X", TWO), ("E[X] = c", TWO), ("E[X Y] = E[X] E[Y]", TWO, ["E[X] = 1", "E[Y] = 1", "E[X Y] = c"]),
    ("E[X^2] = E[X]^2", TWO, ["E[X] = 1", "E[X^2] = c"]), ("E[1/X] = 1/E[X]", TWO, ["E[X] = 1"]),
    ("E[X^2] = E[X]^2", TWO, ["independent(X, Y)", "E[X] = 1", "E[X^2] = c"]),
    ("E[X + Y] = E[X] + E[Y]", TWO, ["E[X + Y] = 1"]), ("E[X + Y] = E[X] + E[Y]", TWO, ["E[X] = 1"]),
    ("E[X Y] = 1", TWO, ["independent(X, c)", "E[X] = 1", "E[Y] = 1"]),
    ("E[x[i]^2] = E[x[i]]^2", NORMAL), ("E[exp(x' x) + 1] = E[exp(x' x)] + 1", NORMAL),
    ("E[exp(x[i]^2) + 1] = E[exp(x[i]^2)] + 1", NORMAL), ("E[1/x[i] + 1] = E[1/x[i]] + 1", NORMAL),
    ("E[exp(x[i]) exp(x[i])] = E[exp(x[i])]^2", NORMAL), ("E[sqrt(x[i]) + 1] = E[sqrt(x[i])] + 1", NORMAL),
    ("E[g[m] g[k]] = E[g[m]] E[g[k]]", [*SEQ, "k: integer"], ["E[g[j]] = 1 for integer j"]),
    ("E[R[1][k] R[1][l]] = E[R[1][k]] E[R[1][l]]", ROWS, ["k != l", "E[R[t][j]] = 1 for t: integer, j in 1..d"]),
    ("E[h[1] h[2]] = E[h[1]] E[h[2]]", ["h: random sequence of real"], ["E[h[k]] = 1 for integer k"]),
    ("E[y[1] y[2]] = E[y[1]] E[y[2]]", SPREAD, ["n >= 2"]), ("E[y[1]^2 y[2]] = E[y[1]^2] E[y[2]]", SPREAD, ["n >= 2"]),
    ("Var[i x] = -Var[x]", NORMAL[:1] + NORMAL[2:]),
    ("E[M[i, j] M[j, i]] = E[M[i, j]] E[M[j, i]]", MATRIX), ("Var[X] = 0", TWO), ("Z^2 = 1", FLIP),
    ("E[x[i] (a' x)] = E[x[i]] E[a' x]", NORMAL), ("P[X > 0] = [X > 0]", TWO), ("E[u^2] = E[u]", ["u: random real ~ normal(0, 1)"]),
]  # fmt: skip


@pytest.mark.parametrize("case", TRUE, ids=str)
def test_true_equations_between_expectations(case: tuple[Any, ...]) -> None:
    """Linearity, constants, independence, laws."""
    text, let, *given = case
    proved(text, ALGEBRA, let, *given)


def test_moments_that_are_given_are_put_in() -> None:
    """E[X Y] = 6 where X and Y are independent with means 2 and 3."""
    given = ["independent(X, Y)", "a: E[X] = 2", "b: E[Y] = 3"]
    proved("E[X Y] = 6", {"rule": "algebra", "rewrite": ["a", "b"]}, TWO, given)
    not_proved("E[X Y] = 6", {"rule": "algebra", "rewrite": ["a", "b"]}, TWO, given[1:])
    pairs = ["a: E[x[i] x[j]] = [i = j] for i in 1..n, j in 1..n"]
    let = ["n: integer >= 2", "x: random vector(n)"]
    proved("E[x[1] x[2]] = 0", {"rule": "algebra", "rewrite": ["a"]}, let, pairs)
    proved("E[x[2]^2] = 1", {"rule": "algebra", "rewrite": ["a"]}, let, pairs)
    proved("E[x' x] = n", {"rule": "algebra", "rewrite": ["a"]}, let, pairs)
    not_proved("E[x[1] x[2] x[2]] = 0", {"rule": "algebra", "rewrite": ["a"]}, let, pairs)
    given = ["a: E[exp(s X)] = exp(s^2) for real s"]
    proved(
        "E[exp(2 X)] = exp(4)",
        {"rule": "algebra", "rewrite": [{"fact": "a", "at": {"s": ["num", "2"]}}]},
        TWO,
        given,
    )


@pytest.mark.parametrize("case", FALSE, ids=str)
def test_false_equations_between_expectations(case: tuple[Any, ...]) -> None:
    """Dependence, divergence, squares."""
    text, let, *given = case
    not_proved(text, ALGEBRA, let, *given)


def test_what_cannot_be_split_says_so() -> None:
    """A sum of two random variables needs two expectations."""
    rejected(
        "expectation: cannot split: nothing says that X has an expectation",
        "E[X + Y] = E[Y + X]", ALGEBRA, TWO,
    )  # fmt: skip


def test_a_sum_is_taken_apart_only_where_its_summands_have_expectations() -> None:
    """E[Σ X_j + 1] is split when every E[X_j] exists."""
    let, text = ["n: size", "X: random vector(n)"], "E[sum(X[j], j = 1..n) + 1]"
    with pytest.raises(Rejected):
        form(text, let)
    assert form(text, let, ["E[X] = zeros(n)"]) == form(
        "sum(E[X[j]], j = 1..n) + 1", let, ["E[X] = zeros(n)"]
    )


def test_a_random_power_of_what_is_random_need_not_have_an_expectation() -> None:
    """Y^X for a normal X and a positive Y of which nothing is known."""
    with pytest.raises(Rejected):
        form("E[Y^X + 1]", ["X: random real ~ normal(0, 1)", "Y: random real > 0"])


def test_higher_moments_bound_lower_ones() -> None:
    """Where E[X³] exists, X and X² have means, but X⁴ need not; a rule for X^n leaves X² alone."""
    proved("E[X^2 + X] = E[X] + E[X^2]", ALGEBRA, TWO, ["E[X^3] = c"])
    with pytest.raises(Rejected):
        form("E[X^4 + 1]", TWO, ["E[X^3] = c"])
    given = ["a: E[X^n] = factorial(n) for integer n >= 0", "E[X^2] = 2", "E[X] = 1"]
    proved("E[X^2] + E[X] = E[X] + E[X^2]", {"rule": "algebra", "rewrite": ["a"]}, TWO, given)


def test_two_entries_are_told_apart_only_where_they_have_means() -> None:
    """E[X_i X_j] at indices that may be equal."""
    let = ["n: size", "i: index(n)", "j: index(n)", "X: independent random vector(n)"]
    with pytest.raises(Rejected):
        form("E[X[i] X[j] + 1]", let, ["E[X[k]^2] = 1 for k in 2..n"])
    assert form("E[X[i] X[j] + 1]", let, ["E[X[k]^2] = 1 for k in 1..n"])


def test_that_an_expectation_exists_is_a_condition() -> None:
    """E[X] = E[X] holds where X is integrable."""
    assert conditional("E[2 X] = 2 E[X]", ALGEBRA, TWO) == ["integrable(X)"]
    proved("E[X] = E[X]", ALGEBRA, TWO, ["E[X] = 0"])
    proved("E[X[1]] = E[X[1]]", ALGEBRA, ["X: random sequence of real"], ["E[X[k]] = 0 for integer k"])
    assert conditional(
        "E[X[0]] = E[X[0]]", ALGEBRA, ["X: random sequence of real"], ["E[X[k]] = 0 for integer k >= 1"]
    )
    proved("E[x[1]] = E[x[1]]", ALGEBRA, ["n: size", "x: random vector(n)"], ["E[x] = zeros(n)"])


def test_moments_bound_only_what_is_a_product_of_powers() -> None:
    """E[X²] bounds E[X], and nothing of 1/X, √|X| Y or X^n."""
    proved("E[X + 1] = E[X] + 1", ALGEBRA, TWO, ["E[X^2] = 1"])
    for odd in ("1/X", "X^n", "X^(-2) Y"):
        not_proved(
            f"E[{odd} + 1] = E[{odd}] + 1", ALGEBRA, [*TWO, "n: integer >= 0"], ["E[X^2] = 1", "E[Y^2] = 1"]
        )


def test_a_random_index_is_refused() -> None:
    """E[x][T] is no expectation of x[T]."""
    let = ["n: size", "x: random vector(n) ~ normal(0, I)", "T: random index(n)"]
    with pytest.raises(Rejected) as caught:
        form("E[x][T]", let)
    assert str(caught.value) == "lowering: an expectation at a random index"


@pytest.mark.parametrize(
    ("text", "define", "reason"),
    [
        ("f(X)", "f(c): E[Y c]", "c is not a number"),
        ("f(v)", "f(w: vector(2)): E[Y w[1]]", "a random value put into an expectation"),
        ("f(h)", "f(φ: real -> real): E[φ(Y)]", "φ is not a function"),
        ("P[y > 0] f(X)", "f(c): P[Y > c]", "c is not a number"),
        ("f(y)", "f(c): E[c X]", None),
        ("f(u)", "f(w: vector(2)): E[X w[1]]", None),
        ("f(g)", "f(φ: real -> real): E[φ(y) X]", None),
        ("f(twice)", "f(φ: real -> real): E[φ(y) X]", None),
    ],
)
def test_functions_of_random_values_with_expectations(text: str, define: str, reason: str | None) -> None:
    """What is defined by an expectation takes no random value, for it would be averaged too."""
    let = [
        "X: random real",
        "Y: random real",
        "y: real",
        "v: random vector(2)",
        "u: vector(2)",
        "g: function",
    ]
    run = lambda: form(text, let, ["E[X] = 1"], ["h(s): s X", "twice(s): 2 s", define])  # noqa: E731
    if reason is None:
        run()
        return
    with pytest.raises(Rejected) as caught:
        run()
    assert str(caught.value) == f"lowering: {reason}"


def test_a_random_value_does_not_enter_by_substitution() -> None:
    """Replacing a name inside an expectation by a random value is refused, outside it is not."""
    nf = normal(["X: random real", "y: real", "T: random real"], ["E[X] = 1"])
    y, t = Atom("sym", "y"), of_atom(Atom("sym", "T"))
    inside = of_atom(Atom("E", ((Atom("sym", "X"), 1), (y, 1))))
    with pytest.raises(Rejected) as caught:
        nf.replace(inside, {y: t})
    assert str(caught.value) == "expectation: a random value put into an expectation"
    assert nf.replace(of_atom(y), {y: t}) == t
    assert nf.replace(inside, {y: number(2)}) == of_atom(Atom("E", ((Atom("sym", "X"), 1),))).scale(2)
