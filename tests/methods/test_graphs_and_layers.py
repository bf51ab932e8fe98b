"""Recurrences of derivatives, 0/1 variables, vectors on graphs: what is proved, and what must not be."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.methods.base import Budget, OutOfTime
from symproof.methods.prove import propose
from symproof.reading import ledger
from symproof.reading.inline import read_statement

LEDGER = ledger.load()
Item = tuple[str, list[str], list[str]]

LAYERS = ["n: integer >= 0", "x: real", "f: differentiable function(integer, real) -> real"]
SINES = ["f(0, y) = y for real y", "f(k, y) = sin(f(k-1, y)) + 2 f(k-1, y) for integer k >= 1, real y"]
COIN = ["p: real in (0, 1)", "c: random real ~ bernoulli(p)", "h: function", "y: real"]
GRAPH = ["G: graph", "x: vector(V(G))", "o: vertex(G)", "b: vertex(G)"]
ACROSS = ["x[u] + 2 x[v] = 0 for (u, v) in E(G)"]
MATRICES = ["n: size", "A: matrix(n)", "B: matrix(n)", "C: matrix(n)"]
VECTORS = ["n: size", "A: matrix(n)", "y: vector(n)", "z: vector(n)"]

TRUE: list[Item] = [
    ("diff(f(1, y), y, at = x) = cos(x) + 2", LAYERS, SINES),
    ("diff(f(n + 1, y), y, at = x) = (cos(f(n, x)) + 2) diff(f(n, y), y, at = x)", LAYERS, SINES),
    ("E[h(c)] = 3 p - 1", COIN, ["h(1) = 2", "h(0) = -1"]),
    ("E[exp(c y)] = p exp(y) + 1 - p", COIN, []),
    ("E[1 / (c + 1)] = 1 - p / 2", COIN, []),
    ("E[[c = 1]] = p", COIN, []),
    ("diff(cases(y^2 if p > 1/2, 3 y), y) = cases(2 y if p > 1/2, 3)", COIN, []),
    ("x[o]^2 = 4 x[b]^2", GRAPH, [*ACROSS, "adjacency(G)[o, b] = 1"]),
    ("x[b] = 0", GRAPH, [*ACROSS, "adjacency(G)[b, o] = 1", "x[o] = 0"]),
    ("sum((x[u] / sqrt(degree(u)) - 2 x[v] / sqrt(degree(v)))^2 + (x[v] / sqrt(degree(v)) - 2 x[u]"
     " / sqrt(degree(u)))^2, (u, v) in E(G)) >= 0", GRAPH, ["degree(v) >= 1 for v in V(G)"]),
    ("4 z' (A y) = 8 z' y", VECTORS, ["A y = 2 y"]),
    ("(z[1])^2 = 0", VECTORS, ["A z = zeros(n) implies (z[i] = 0 for i in 1..n)", "A z = zeros(n)"]),
    ("A A B = A C", MATRICES, ["A B = C"]),
    ("exists X in matrix(n) such that X B = C", MATRICES, ["A' B = C"]),
    ("exists v in vector(n) such that v[1] = -1", MATRICES, []),
    ("exists U: orthogonal matrix(n), l: vector(n) such that A A' = U diag(l) U'", MATRICES, []),
]  # fmt: skip
FALSE: list[Item] = [
    ("diff(f(1, y), y, at = x) = cos(x)", LAYERS, SINES),
    ("diff(f(n, y), y, at = x) >= 0", LAYERS, SINES[1:]),
    ("E[h(c)] = 3 p + 1", COIN, ["h(1) = 2", "h(0) = -1"]),
    ("E[log(c)] = 0", COIN, []),
    ("E[1 / c] = p", COIN, []),
    ("diff(cases(y if y > 0, -y), y) = cases(1 if y > 0, -1)", COIN, []),
    ("x[b] = 0", GRAPH, [*ACROSS, "x[o] = 0"]),
    ("x[b] = 0", GRAPH, ["x[u] + 2 x[v] = 0 for (u, v) in E(G)", "adjacency(G)[b, o] = 0", "x[o] = 0"]),
    ("sum((x[u] / sqrt(degree(u)) - x[v] / sqrt(degree(v)))^2, (u, v) in E(G)) > 0", GRAPH,
     ["degree(v) >= 1 for v in V(G)"]),
    ("z' (A y) = 3 z' y", VECTORS, ["A y = 2 y"]),
    ("y' (A z) = 2 y' z", VECTORS, ["A y = 2 y"]),
    ("(z[1])^2 = 0", VECTORS, ["A z = zeros(n) implies (z[i] = 0 for i in 1..n)"]),
    ("A B A = A C", MATRICES, ["A B = C"]),
    ("exists X in matrix(n) such that X B = C", MATRICES, ["A B = A C"]),
    ("exists U: orthogonal matrix(n), l: vector(n) such that A = U diag(l) U'", MATRICES, []),
]  # fmt: skip


def _proved(item: Item, seconds: float) -> bool:
    statement = read_statement(*item)
    try:
        evidence = propose(statement, Budget(seconds))
    except OutOfTime:
        return False
    return evidence is not None and not check(statement, evidence.data, LEDGER).conditions


@pytest.mark.parametrize("item", TRUE, ids=lambda item: item[0])
def test_true_statements_are_proved(item: Item) -> None:
    """Every true statement has a certificate without conditions."""
    assert _proved(item, 20)


@pytest.mark.parametrize("item", FALSE, ids=lambda item: item[0])
def test_false_statements_are_not_proved(item: Item) -> None:
    """No false statement is proved."""
    assert not _proved(item, 0.5)
