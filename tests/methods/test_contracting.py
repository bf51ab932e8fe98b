"""Known equations between matrices and vectors, multiplied by what stands around them and summed."""

from __future__ import annotations

import pytest

from symproof.engine import Options, decide
from symproof.kernel.check import check
from symproof.methods.base import Budget
from symproof.methods.prove import propose
from symproof.methods.quick import ledger
from symproof.reading.inline import read_statement

LET = (
    *("n: size", "m: size", "A: matrix(n)", "B: invertible matrix(n)", "S: symmetric matrix(n)"),
    *("X: matrix(m, n)", "x: vector(n)", "y: vector(n)", "z: vector(m)", "a: real", "b: real", "η: real"),
    *("U: matrix(n, m)", "V: matrix(m, n)", "C: invertible matrix(m)", "h: sequence of vector(n)"),
    *("G: graph", "d: integer", "t: integer >= 0"),
)
TRUE = [
    ("x' A y = y' A x", ("A' = A",)),
    ("x' A x = 0", ("A' = -A",)),
    ("x' A y = y' A x", ("A[i, j] = A[j, i] for i in 1..n, j in 1..n",)),
    ("(A x)' (A x) = x' A x", ("A^2 = A", "A' = A")),
    ("x' y = 0", ("S x = a x", "S y = b y", "a != b")),
    ("a = 0 or a = 1", ("A^2 = A", "A x = a x", "x' x > 0")),
    ("|X y - z|^2 = |X x - z|^2 + |X (y - x)|^2", ("X' X x = X' z",)),
    ("X (X' X)^-1 X' (X (X' X)^-1 X') = X (X' X)^-1 X'", ("det(X' X) != 0",)),
    ("trace(X (X' X)^-1 X') = n", ("rank(X) = n",)),
    (
        "(B + U C V)^-1 = B^-1 - B^-1 U (C^-1 + V B^-1 U)^-1 V B^-1",
        ("det(C^-1 + V B^-1 U) != 0", "det(B + U C V) != 0"),
    ),
    (
        "h[t] - y = (I(n) - η A)^t (h[0] - y)",
        ("A y = x", "h[k] = h[k-1] - η (A h[k-1] - x) for integer k >= 1"),
    ),
    ("(I(n) - η A)^t x = (1 - η a)^t x", ("A x = a x",)),
    ("d |V(G)| = 2 |E(G)|", ("degree(v) = d for v in V(G)",)),
    ("adjacency(G) ones = d ones", ("degree(v) = d for v in V(G)",)),
]
FALSE = [
    ("x' A x = 0", ("A' = A",)),
    ("x' A y = y' A x", ("A' A = A A'",)),
    ("(A x)' (A x) = x' A x", ("A^2 = A",)),
    ("x' y = 0", ("A x = a x", "A y = b y", "a != b")),
    ("x' y = 0", ("S x = a x", "S y = b y")),
    ("a = 1", ("A^2 = A", "A x = a x", "x' x > 0")),
    ("|X y - z|^2 = |X x - z|^2 + |X (y - x)|^2", ("X' X x = 2 X' z",)),
    ("trace(X (X' X)^-1 X') = m", ("rank(X) = n",)),
    (
        "(B + U C V)^-1 = B^-1 + B^-1 U (C^-1 + V B^-1 U)^-1 V B^-1",
        ("det(C^-1 + V B^-1 U) != 0", "det(B + U C V) != 0"),
    ),
    (
        "h[t] - y = (I(n) + η A)^t (h[0] - y)",
        ("A y = x", "h[k] = h[k-1] - η (A h[k-1] - x) for integer k >= 1"),
    ),
    ("d |V(G)| = |E(G)|", ("degree(v) = d for v in V(G)",)),
]


@pytest.mark.parametrize(("text", "given"), TRUE)
def test_what_follows_is_proved(text: str, given: tuple[str, ...]) -> None:
    statement = read_statement(text, LET, given)
    evidence = propose(statement, Budget(20.0))
    assert evidence is not None and check(statement, evidence.data, ledger()).conditions == ()


@pytest.mark.parametrize(("text", "given"), FALSE)
def test_what_does_not_follow_is_refuted(text: str, given: tuple[str, ...]) -> None:
    assert decide(read_statement(text, LET, given), Options(timeout=20.0)).verdict == "refuted"


@pytest.mark.parametrize(
    ("text", "given", "verdict"),
    [
        ("det(A) != 0", "rank(A) = n", "proved"),
        ("det(X' X) != 0", "rank(X) = n", "proved"),
        ("x = 0", ("rank(X) = n", "X x = zeros(m)"), "proved"),
        ("det(A) = 1", "rank(A) = n", "refuted"),
        ("m > n", "rank(X) = n", "refuted"),
        ("det(X' X) != 0", "rank(X) = m", "refuted"),
    ],
)
def test_a_rank_that_is_assumed_has_points(text: str, given: str | tuple[str, ...], verdict: str) -> None:
    """rank(A) = n, in which n is a size of A, is no definition of n."""
    facts = (given,) if isinstance(given, str) else given
    assert decide(read_statement(text, LET, facts), Options(timeout=20.0)).verdict == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("diff(log(sum(exp(x[j]), j = 1..n)), x[k]) = softmax(x)[k]", "proved"),
        ("diff(x' A x, A[k, l]) = x[k] x[l]", "proved"),
        ("diff(x' A x, A[k, l]) = x[k]", "refuted"),
    ],
)
def test_a_derivative_in_an_entry_is_the_entry_of_the_gradient(text: str, verdict: str) -> None:
    statement = read_statement(text, (*LET, "k: index(n)", "l: index(n)"), ())
    assert decide(statement, Options(timeout=20.0)).verdict == verdict
