"""The five claims of the design and a few statements that give every kind of slip a place."""

from __future__ import annotations

import pytest

from symproof.kernel.statement import Statement
from symproof.reading.inline import Scope, read_scope, read_statement

DESIGN: dict[str, dict[str, list[str]]] = {
    "E[v[t]] = (1 - β^t) m": {
        "let": [
            "β: real in (0, 1)",
            "t: integer >= 1",
            "g: random sequence of real",
            "v: random sequence of real",
            "m: real",
        ],
        "given": [
            "start: v[0] = 0",
            "update: v[k] = β v[k-1] + (1-β) g[k]   for integer k >= 1",
            "stationary: E[g[k]] = m   for integer k >= 1",
        ],
    },
    "g[t] = σ(h[t])   for integer t >= 0": {
        "let": [
            "n: size",
            "p: size",
            "W: matrix(n, n)",
            "U: matrix(n, p)",
            "b: vector(n)",
            "σ: function",
            "x: sequence of vector(p)",
            "h: sequence of vector(n)",
            "g: sequence of vector(n)",
        ],
        "given": [
            "h-update: h[t] = W σ(h[t-1]) + U x[t] + b   for integer t >= 1",
            "g-update: g[t] = σ(W g[t-1] + U x[t] + b)   for integer t >= 1",
            "start: g[0] = σ(h[0])",
        ],
    },
    "exp(-|q|^2/2) E[exp(x'q) exp(x'k)] exp(-|k|^2/2) = exp(q'k)": {
        "let": ["d: size", "q: vector(d)", "k: vector(d)", "x: random vector(d) ~ normal(0, I)"],
    },
    "x' L x = sum((x[u] - x[v])^2, (u,v) in E(G))": {
        "let": ["G: graph", "x: vector(V(G))"],
        "define": ["L: degree(G) - adjacency(G)"],
    },
    "f(x0 - ε g) = c - ε g'g + ε^2/2 g' H g": {
        "let": [
            "n: size",
            "c: real",
            "ε: real > 0",
            "x0: vector(n)",
            "g: vector(n)",
            "H: symmetric matrix(n)",
        ],
        "define": ["f(x): c + (x - x0)' g + 1/2 (x - x0)' H (x - x0)"],
    },
}
OTHERS: dict[str, dict[str, list[str]]] = {
    "sum(i^2, i = 1..n) = n (n + 1) (2 n + 1)/6": {"let": ["n: size"]},
    "(A B)' v + hadamard(u, A^-1 v) = B' A' v + hadamard(A^-1 v, u) and opnorm(A B) <= opnorm(A) opnorm(B)"
    " and trace(A B) = trace(B A) and hadamard(A, B) = hadamard(B, A) and A[i, j] = A'[j, i]"
    " and softmax(A) ones(n) = ones(n)": {
        "let": [
            "n: size",
            "A: invertible matrix(n)",
            "B: matrix(n)",
            "u: vector(n)",
            "v: vector(n)",
            "i: index(n)",
            "j: index(n)",
        ],
    },
    "a > 0 and b > 0 implies sqrt(a b) <= (a + b)/2 and (max(a, b) = cases(a if a >= b, b) or not a = b"
    " or sigmoid(a) in (0, 1))": {
        "let": ["a: real", "b: real"],
    },
    "diff(sin(a x), x) + integral(y^2, y = 0..a) = a cos(a x) + a^3/3": {"let": ["a: real", "x: real"]},
    "Var[a X + b] + Cov[X, Y] = a^2 (E[X^2] - E[X]^2) + E[X Y] - E[X] E[Y] and P[X <= a] >= 0": {
        "let": ["a: real", "b: real", "X: random real", "Y: random real"],
    },
    "sum(degree(v), v in V(G)) = 2 |E(G)| and components(G) = 1"
    " and adjacency(G) ones(V(G)) = degree(G) ones(V(G)) and (exists v in V(G): degree(v) != |V(G)|)": {
        "let": ["G: connected graph"]
    },
}


def read(text: str) -> Statement:
    return read_statement(text, **{**DESIGN, **OTHERS}[text])


@pytest.fixture(scope="session", params=[*DESIGN, *OTHERS])
def example(request: pytest.FixtureRequest) -> Statement:
    return read(request.param)


@pytest.fixture(scope="session", params=list(DESIGN))
def design(request: pytest.FixtureRequest) -> Statement:
    return read(request.param)


@pytest.fixture(scope="session", params=[*DESIGN, *OTHERS])
def claim(request: pytest.FixtureRequest) -> tuple[str, Statement, Scope]:
    return request.param, read(request.param), read_scope(**{**DESIGN, **OTHERS}[request.param])


@pytest.fixture(scope="session")
def examples() -> list[Statement]:
    return [read(text) for text in (*DESIGN, *OTHERS)]
