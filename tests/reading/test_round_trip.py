"""Printing and reading undo each other."""

from __future__ import annotations

from random import Random

import pytest

from symproof.reading.inline import read_scope, read_term
from symproof.terms.build import Mistyped
from symproof.terms.plain import plain, plain_type
from symproof.terms.tree import Term
from tests.reading.grown import COLS, ROWS, Grower, scope

SCOPE = scope()


def grown(seed: int) -> Term | None:
    random = Random(seed)
    grower = Grower(random)
    kinds = [
        grower.statement,
        grower.scalar,
        lambda depth: grower.vector(COLS, depth),
        lambda depth: grower.matrix(ROWS, COLS, depth),
    ]
    try:
        return random.choice(kinds)(random.randint(1, 6))
    except Mistyped:
        return None


@pytest.mark.parametrize("block", range(10))
def test_reading_a_printed_term_gives_the_term(block: int) -> None:
    """For every term that the language has: read(plain(t)) = t."""
    for seed in range(block * 150, (block + 1) * 150):
        term = grown(seed)
        if term is not None:
            assert read_term(plain(term), SCOPE) == term, seed


def test_printing_is_a_normal_form_of_text() -> None:
    """Printing what was read and reading it again changes nothing more."""
    for seed in range(5000, 5300):
        term = grown(seed)
        if term is not None:
            text = plain(term)
            assert plain(read_term(text, SCOPE)) == text


@pytest.mark.parametrize(
    "text",
    [
        "a + b - 2 k", "a - (b - 1)", "a/b/2", "a/(b r)", "1/2 x' S x", "-a^2", "(-a)^2", "a^-1",
        "a^(-1/2)", "(a + b)^2", "2^(k + 1)", "A' w", "(A x)' w", "S^-1", "S^2", "(S + I(n))^-1", "x' y",
        "x y'", "x' y x", "x' S y a", "2 (a x)", "|x|^2", "|a - b|", "abs(|x| - |y|)", "f'(a)",
        "f''(a + 1)", "tanh'(a)", "diff(a^2, a)", "diff(a^2, a, 2)", "diff(t^2, t, at = 3)",
        "grad(x' S x, x)", "jacobian(M(x), x)", "hessian(L(x), x, at = y)", "sum(x[i]^2, i = 1..n)",
        "sum((X[u] - X[v])^2, (u, v) in E(G))", "max(x[i], i = 1..n)", "argmax(x[i], i = 1..n)",
        "product(s[i], i = 1..n)", "integral(exp(-t^2), t = -oo..oo)", "limit(s[t], integer t -> oo)",
        "limit(sin(t)/t, t -> 0)", "limit(1/t, t -> 0+)", "E[r]", "Var[r]", "Cov[r, r^2]", "P[r > 0]",
        "cases(a if a > 0, 0 if a = 0, -a)", "[k = 1]", "a * [k = 1]", "[1, 2, 3]", "[[1, 2], [3, 4]]",
        "vector(i^2, i = 1..n)", "matrix(i j, i = 1..m, j = 1..n)", "fn(t: real, t^2)(3)", "softmax(A)",
        "softmax_columns(A)", "hadamard(x, y)", "diag(x)", "ones(n)", "zeros(m, n)", "fronorm(A)",
        "opnorm(A)", "lambda_max(S)", "lambda_min(S)", "trace(S)", "det(S)", "rank(A)", "degree(v0)",
        "degree(G)", "adjacency(G)", "components(G)", "|V(G)|", "|E(G)|", "factorial(k)", "binomial(n, k)",
        "mod(k, 2)", "Γ(a)", "a < b <= r", "a = b and k != 2", "a = b or not a < b",
        "a = 0 implies b = 0 implies r = 0", "a = 0 iff b = 0", "(a = 0 iff x[i] = 0) for i in 1..n",
        "a = 0 iff (x[i] = 0 for i in 1..n)", "s[t] = 0 for integer t >= 1", "x[i] = 0 for i in 1..n",
        "a t = 0 for all real t", "(a = 0 for i in 1..n) and b = 0", "exists t: real such that t^2 = a",
        "u' S u >= 0 for u: vector(n)", "S[i, j] = 0 for i in 1..n, j in 1..n with i != j", "a in [0, 1)",
        "k in 1..n", "v0 in V(G)", "f(t) = o(t^2) as t -> 0", "f(t) = O(t) as t -> oo",
        "n^2 m = Θ(n^2) in n, m", "psd(S)", "solve for a, b such that a + b = 1", "independent(r, a)",
        "integrable(r)", "differentiable(f)", "true", "ψ(a) = 0 for ψ: function", "e^(i π) = -1",
    ],
)  # fmt: skip
def test_usual_text_prints_as_it_is_written(text: str) -> None:
    """No parenthesis more and none less; `for all` is only another word for `for`."""
    assert plain(read_term(text, SCOPE)) == text.replace("for all", "for")


@pytest.mark.parametrize(
    "written, same",
    [
        ("a**2", "a^2"), ("a²", "a^2"), ("a·b", "a b"), ("x^T y", "x' y"), ("x′ y", "x' y"),
        ("x^⊤ y", "x' y"), ("||x||", "|x|"), ("‖x‖", "|x|"), ("a ≤ b", "a <= b"), ("a ≠ b", "a != b"),
        ("√(a)", "sqrt(a)"), ("k!", "factorial(k)"), ("0.1", "1/10"), ("1e-3", "1/1000"), ("2.50", "5/2"),
        ("k ∈ 1..n", "k in 1..n"), ("a = 0 ⇒ b = 0", "a = 0 implies b = 0"), ("pi", "π"),
        ("gamma(a)", "Γ(a)"), ("∃ t: real such that t = a", "exists t: real such that t = a"),
        ("x ⊙ y", "hadamard(x, y)"), ("laplacian(G)", "degree(G) - adjacency(G)"),
        ("A x = 0", "A x = zeros(m)"), ("S = I", "S = I(n)"), ("I - x x'/|x|^2", "I(n) - x x'/|x|^2"),
        ("A ones", "A ones(n)"), ("ones' x", "ones(n)' x"),
        ("S - 1/n ones ones'", "S - 1/n ones(n) ones(n)'"), ("(S - I)^-1 = S", "(S - I(n))^-1 = S"),
        ("sum(x)", "sum(x[i], i = 1..n)"), ("max(x)", "max(x[i], i = 1..n)"), ("2a", "2 a"),
        ("2(a + b)", "2 (a + b)"), ("f (a)", "f(a)"), ("beta", "β"), ("(x' y) x", "x' y x"),
        ("a (b + 1)", "a (b + 1)"), ("k in {0, 1}", "k = 0 or k = 1"), ("Cov[x]", "Cov[x, x]"),
        ("grad(L, x)", "grad(L(x), x)"), ("f'(x)", "vector(f'(x[i]), i = 1..n)"),
        ("n^2 m = Theta(n^2)", "n^2 m = Θ(n^2) in n, m"), ("(v0, v0) in E(G)", "adjacency(G)[v0, v0] = 1"),
        ("S[i, j] = 0 for i, j in 1..n, i != j", "S[i, j] = 0 for i in 1..n, j in 1..n with i != j"),
        ("for all integer t >= 1, s[t] = 0", "s[t] = 0 for integer t >= 1"),
        ("s[t] = 0 for integer t >= 1, t <= n", "s[t] = 0 for integer t with t >= 1 and t <= n"),
        ("a t = 0 for t: real in (0, 1)", "a t = 0 for real t with t in (0, 1)"),
        ("Q' = Q for symmetric matrix(n) Q", "Q' = Q for Q: matrix(n, n) with Q' = Q"),
    ],
)  # fmt: skip
def test_other_spellings(written: str, same: str) -> None:
    """Two texts, one term."""
    assert plain(read_term(written, SCOPE)) == same
    assert read_term(written, SCOPE) == read_term(same, SCOPE)


@pytest.mark.parametrize(
    "text",
    [
        "real", "complex", "integer", "vector(n)", "matrix(m, n)", "array(n, m, n)", "integer matrix(n, n)",
        "sequence of vector(n)", "function", "function(real, real) -> real",
        "function(vector(n)) -> vector(m)", "sequence of function(vector(n)) -> real", "graph", "vertex(G)",
        "vector(V(G))", "vector(0..n)",
    ],
)  # fmt: skip
def test_types_print_as_they_are_written(text: str) -> None:
    scope = read_scope(["n: size", "m: size", "G: graph", f"T: {text}"])
    assert plain_type(scope.types["T"]) == text
