"""Matrices and random variables at every size: what is true is proved, what is false never is."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.methods import prove
from symproof.methods.base import Budget
from symproof.reading.inline import read_statement
from symproof.reading.ledger import load

SIZES = ["m: size", "n: size"]
MATRICES = [*SIZES, "A: matrix(n)", "B: matrix(n)", "X: matrix(m, n)", "x: vector(n)", "y: vector(m)"]
INVERTIBLE = ["n: size", "A: invertible matrix(n)", "B: invertible matrix(n)", "u: vector(n)", "v: vector(n)"]
SAMPLE = ["n: size", "X: independent random vector(n)", "s: real >= 0", "μ: real"]
SAME = ["E[X[i]] = μ for i in 1..n", "Var[X[i]] = s^2 for i in 1..n"]
MEAN = ["M: sum(X[i], i = 1..n)/n"]
NORMAL = ["m: real", "v: real > 0", "t: real", "Z: random real ~ normal(m, v)"]
VECTOR = ["n: size", "A: matrix(n)", "μ: vector(n)", "S: psd matrix(n)", "a: vector(n)"]

TRUE = [
    ("(A B)^-1 = B^-1 A^-1", INVERTIBLE, [], []),
    ("(A + u v')^-1 = A^-1 - A^-1 u v' A^-1/(1 + v' A^-1 u)", INVERTIBLE, ["1 + v' A^-1 u != 0"], []),
    ("det(A^-1 B A) = det(B)", INVERTIBLE, [], []),
    ("det([[a, b], [c, d]]) = a d - b c", ["a: real", "b: real", "c: real", "d: real"], [], []),
    ("det(X' X + λ I) != 0", [*MATRICES, "λ: real > 0"], [], []),
    ("psd(X' X + λ I)", [*MATRICES, "λ: real >= 0"], [], []),
    ("u' (S + A' A) u >= 0", ["n: size", "S: psd matrix(n)", "A: matrix(n)", "u: vector(n)"], [], []),
    ("H H = H", [*MATRICES, "H: matrix(m)"], ["det(X' X) != 0", "H = X (X' X)^-1 X'"], []),
    ("|U x| = |x|", ["m: size", "n: size", "U: matrix(m, n)", "x: vector(n)"], ["U' U = I"], []),
    ("opnorm(Q) = 1", ["n: size", "Q: orthogonal matrix(n)"], [], []),
    ("Var[M] = s^2/n", SAMPLE, SAME, MEAN),
    ("E[sum((X[i] - M)^2, i = 1..n)/(n - 1)] = s^2", SAMPLE, [*SAME, "n >= 2"], MEAN),
    ("Var[w[1] + w[2]] = 2 s", ["w: independent random sequence of real", "s: real"],
     ["Var[w[k]] = s for integer k", "E[w[k]] = 1 for integer k"], []),
    ("E[exp(t Z)] = exp(m t + t^2 v/2)", NORMAL, [], []),
    ("E[exp(t Z)] <= exp(m t + t^2 v/2)", NORMAL, [], []),
    ("t >= 0 and exp(m t + t^2 v/2) >= E[exp(t Z)]", NORMAL, ["t >= 0"], []),
    ("E[(Z - m)^4] = 3 v^2", NORMAL, [], []),
    ("E[x' A x] = trace(A S) + μ' A μ", [*VECTOR, "x: random vector(n) ~ normal(μ, S)"], [], []),
    ("E[exp(a' x)] = exp(a' μ + a' S a/2)", [*VECTOR, "x: random vector(n) ~ normal(μ, S)"], [], []),
    ("sqrt(sum(x[i]^2, i = 1..n)/n + ε) != 0", ["n: size", "x: vector(n)", "ε: real > 0"], [], []),
]  # fmt: skip
CONDITIONAL = [
    ("E[X]^2 <= E[X^2]", ["X: random real"]),
    ("Var[X + Y] = Var[X] + Var[Y] + 2 Cov[X, Y]", ["X: random real", "Y: random real"]),
    ("Cov[A x, A x] = A Cov[x, x] A'", ["n: size", "A: matrix(n)", "x: random vector(n)"]),
    ("P[X >= a] <= E[X]/a", ["X: random real >= 0", "a: real > 0"]),
]
FALSE = [
    ("(A B)^-1 = A^-1 B^-1", INVERTIBLE, [], []),
    ("det(A + B) = det(A) + det(B)", INVERTIBLE, [], []),
    ("psd(X' X - λ I)", [*MATRICES, "λ: real > 0"], [], []),
    ("|U x| = |x|", ["m: size", "n: size", "U: matrix(m, n)", "x: vector(n)"], ["U U' = I"], []),
    ("Var[M] = s^2", SAMPLE, SAME, MEAN),
    ("Var[M] = s^2/n", ["n: size", "X: random vector(n)", "s: real >= 0", "μ: real"], SAME, MEAN),
    ("E[sum((X[i] - M)^2, i = 1..n)/n] = s^2", SAMPLE, [*SAME, "n >= 2"], MEAN),
    ("E[exp(t Z)] = exp(m t + t^2 v)", NORMAL, [], []),
    ("E[Z^3] = m^3", NORMAL, [], []),
    ("X >= 0 implies E[X] >= 0", ["X: random real"], ["integrable(X)"], []),
    ("sum(x[i]^2, i = 1..n) > 0", ["n: size", "x: vector(n)"], [], []),
]  # fmt: skip
Case = tuple[str, list[str], list[str], list[str]]


@pytest.mark.parametrize("case", TRUE, ids=[case[0] for case in TRUE])
def test_a_true_statement_is_proved(case: Case) -> None:
    """The search finds a certificate and the kernel accepts it without conditions."""
    statement = read_statement(*case)
    evidence = prove.propose(statement, Budget(60))
    assert evidence is not None
    assert check(statement, evidence.data, load()).conditions == ()


@pytest.mark.parametrize(("text", "let"), CONDITIONAL)
def test_a_statement_about_moments_is_proved_where_they_exist(text: str, let: list[str]) -> None:
    """The conditions say that an expectation exists, and nothing else."""
    statement = read_statement(text, let, [], [])
    evidence = prove.propose(statement, Budget(60))
    assert evidence is not None
    found = check(statement, evidence.data, load()).conditions
    assert found and all(any(node.op == "integrable" for node in c.walk()) for c in found)


@pytest.mark.parametrize("case", FALSE, ids=[case[0] for case in FALSE])
def test_a_false_statement_is_not_proved(case: Case) -> None:
    """Nor is one that lacks a hypothesis."""
    assert prove.propose(read_statement(*case), Budget(2)) is None
