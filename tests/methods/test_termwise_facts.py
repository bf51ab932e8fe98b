"""What is assumed of several indices, of all integers, or of sizes, used term by term; and of several arrays."""

from __future__ import annotations

import pytest

from symproof.engine import Options, decide
from symproof.kernel.check import check
from symproof.methods.base import Budget
from symproof.methods.prove import propose
from symproof.methods.quick import ledger
from symproof.reading.inline import read_statement

LET = (
    *("n: size", "d: size", "P: matrix(n)", "V: matrix(n, d)", "v: vector(n)", "w: vector(n)", "c: real"),
    *("i: index(n)", "j: index(d)", "S: matrix(n)", "g: sequence of real", "m: sequence of real"),
    *("β: real in (0, 1)", "t: integer >= 0", "L: real > 0", "F: differentiable vector(n) -> real"),
)
STOCHASTIC = ("P[k, l] >= 0 for k in 1..n, l in 1..n", "sum(P[k, l], l = 1..n) = 1 for k in 1..n")
SMALL = "|V[k, l]| <= c for k in 1..n, l in 1..d"
MEAN = ("m[0] = 0", "m[k] = β m[k-1] + (1 - β) g[k] for integer k >= 1")
SMOOTH = "F(b) <= F(a) + grad(F(a), a)' (b - a) + L/2 |b - a|^2 for a, b: vector(n)"
CONVEX = "F(b) >= F(a) + grad(F(a), a)' (b - a) for a, b: vector(n)"
TRUE = [
    ("(P V)[i, j] <= c", (*STOCHASTIC, "V[k, l] <= c for k in 1..n, l in 1..d")),
    ("|(P V)[i, j]| <= c", (*STOCHASTIC, SMALL)),
    ("|(softmax(S) V)[i, j]| <= c", (SMALL,)),
    ("|β (P v)[i] - β (P w)[i]| <= β c", (*STOCHASTIC, "|v[k] - w[k]| <= c for k in 1..n")),
    ("|sum(g[k], k = 1..t)| <= t", ("|g[k]| <= 1 for integer k >= 1",)),
    ("|sum(β^(t-k) g[k], k = 1..t)| <= c sum(β^(t-k), k = 1..t)", ("|g[k]| <= c for integer k >= 1",)),
    ("|m[t]| <= 1", (*MEAN, "|g[k]| <= 1 for integer k >= 1")),
    ("F(v - grad(F(v), v)/L) <= F(v) - |grad(F(v), v)|^2/(2 L)", (SMOOTH,)),
    ("F(v) >= F(w)", (CONVEX, "grad(F(w), w) = zeros(n)")),
    ("F(v) >= F(w)", ("F(v) >= F(w) + grad(F(w), w)' (v - w)", "grad(F(w), w) = zeros(n)")),
]
FALSE = [
    ("(P V)[i, j] < c", (*STOCHASTIC, "V[k, l] <= c for k in 1..n, l in 1..d")),
    ("|(P V)[i, j]| <= c", (STOCHASTIC[1], SMALL)),
    ("|(P V)[i, j]| <= c", (*STOCHASTIC, "V[k, l] <= c for k in 1..n, l in 1..d")),
    ("|sum(g[k], k = 1..t)| <= t", ("|g[k]| <= 1 for integer k >= 2",)),
    ("|m[t]| < 1/2", (*MEAN, "|g[k]| <= 1 for integer k >= 1")),
    ("F(v - grad(F(v), v)/L) <= F(v) - |grad(F(v), v)|^2/L", (SMOOTH,)),
    ("F(v) > F(w)", (CONVEX, "grad(F(w), w) = zeros(n)")),
]


@pytest.mark.parametrize(("text", "given"), TRUE)
def test_what_follows_is_proved(text: str, given: tuple[str, ...]) -> None:
    statement = read_statement(text, LET, given)
    evidence = propose(statement, Budget(20.0))
    assert evidence is not None and check(statement, evidence.data, ledger()).conditions == ()


@pytest.mark.parametrize(("text", "given"), FALSE)
def test_what_does_not_follow_is_refuted(text: str, given: tuple[str, ...]) -> None:
    assert decide(read_statement(text, LET, given), Options(timeout=20.0)).verdict == "refuted"
