"""Linear algebra and graphs at concrete values, against plain loops and known values."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.evaluation.balls import Balls
from symproof.evaluation.linear import Tensor, eliminate, positive_semidefinite
from symproof.evaluation.model import Model
from symproof.reading.inline import read_statement

LET = [
    "m: size",
    "n: size",
    "A: matrix(m, n)",
    "B: matrix(n, n)",
    "C: matrix(n, n)",
    "x: vector(n)",
    "y: vector(m)",
]
integers = st.integers(-3, 3)


def matrices(rows, columns):
    return st.lists(st.lists(integers, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


@st.composite
def values(draw):
    m, n = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    found = {"A": draw(matrices(m, n)), "B": draw(matrices(n, n)), "C": draw(matrices(n, n))}
    vectors = {"x": draw(matrices(1, n))[0], "y": draw(matrices(1, m))[0]}
    return {"m": m, "n": n, **found, **vectors}


def evaluate(text, point, let=LET):
    A = Balls()
    A.steps = 100_000
    statement = read_statement(f"{text} = {text}", let)
    world = Model(statement, A).world(point)
    value = world.branch({}).value(statement.goal.args[0])
    if isinstance(value, Tensor):
        return [Fraction(int(c.p), int(c.q)) for c in value.cells], value.shape
    return Fraction(int(value.p), int(value.q))


def determinant(rows):
    n, total = len(rows), 0
    for order in permutations(range(n)):
        sign = (-1) ** sum(order[i] > order[j] for i in range(n) for j in range(i + 1, n))
        product = sign
        for i in range(n):
            product *= rows[i][order[i]]
        total += product
    return total


@settings(max_examples=60, deadline=None)
@given(values())
def test_products_by_loops(point):
    """Products, transposes, dots and traces are their sums."""
    A, B, C, x, y = (point[name] for name in "ABCxy")
    m, n = range(point["m"]), range(point["n"])
    assert evaluate("A x", point)[0] == [sum(A[i][j] * x[j] for j in n) for i in m]
    assert evaluate("y' A", point)[0] == [sum(y[i] * A[i][j] for i in m) for j in n]
    assert evaluate("y' A x", point) == sum(y[i] * A[i][j] * x[j] for i in m for j in n)
    assert evaluate("y x'", point) == ([y[i] * x[j] for i in m for j in n], (point["m"], point["n"]))
    assert evaluate("A B", point)[0] == [sum(A[i][k] * B[k][j] for k in n) for i in m for j in n]
    assert evaluate("A'", point) == ([A[i][j] for j in n for i in m], (point["n"], point["m"]))
    assert evaluate("trace(B C)", point) == sum(B[i][k] * C[k][i] for i in n for k in n)
    assert evaluate("dot(x, x) - |x|^2", point) == 0
    assert evaluate("hadamard(B, C)", point)[0] == [B[i][j] * C[i][j] for i in n for j in n]
    assert evaluate("diag(x) B", point)[0] == [x[i] * B[i][j] for i in n for j in n]
    assert evaluate("2 B - C + I", point)[0] == [2 * B[i][j] - C[i][j] + (i == j) for i in n for j in n]
    assert evaluate("B^2", point)[0] == evaluate("B B", point)[0]
    assert evaluate("det(B)", point) == determinant(B)


@settings(max_examples=60, deadline=None)
@given(values())
def test_inverse_and_rank(point):
    """A matrix has an inverse exactly when its determinant is not zero, and then the product is 1."""
    n = point["n"]
    if determinant(point["B"]):
        assert evaluate("B^-1 B", point)[0] == [Fraction(i == j) for i in range(n) for j in range(n)]
        assert evaluate("rank(B)", point) == n
    else:
        assert evaluate("rank(B)", point) < n
        with pytest.raises(Exception, match="singular"):
            evaluate("B^-1", point)
    assert evaluate("rank(A) - rank(A')", point) == 0


@settings(max_examples=80, deadline=None)
@given(matrices(3, 3))
def test_positive_semidefinite_by_minors(half):
    """Pivots agree with the principal minors, all of which must be nonnegative."""
    rows = [[Fraction(half[i][j] + half[j][i]) for j in range(3)] for i in range(3)]
    minors = [
        determinant([[rows[i][j] for j in keep] for i in keep])
        for keep in ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2))
    ]
    A = Balls()
    A.steps = 1000
    cells = [A.number(c) for row in rows for c in row]
    assert positive_semidefinite(A, Tensor((1, 1), (3, 3), cells)) == all(minor >= 0 for minor in minors)
    assert eliminate(A, [[A.number(c) for c in row] for row in rows], 3)[1] == A.number(Fraction(minors[-1]))


def test_spectra(at):
    """Largest eigenvalues and operator norms: exact where they can be, balls elsewhere."""
    let = ["n: size", "S: matrix(n, n)"]
    two = {"n": "2", "S": [["2", "0"], ["0", "-3"]]}
    assert at.value("lambda_max(S)", let, two) == 2
    assert at.value("lambda_min(S)", let, two) == -3
    assert at.value("opnorm(S)", let, two) == 3
    assert at.value("lambda_max(S)", let, {"n": "2", "S": [["2", "1"], ["1", "2"]]}) == 3
    three = {"n": "3", "S": [["2", "1", "0"], ["1", "2", "1"], ["0", "1", "2"]]}
    assert at.value("[lambda_max(S) < 3.5] + [lambda_max(S) > 3.4]", let, three) == 2
    assert at.value("lambda_max(S)", let, {"n": "2", "S": [["0", "1"], ["0", "0"]]}) == "unknown"
    assert at.value("opnorm(S)", let, {"n": "2", "S": [["0", "5"], ["0", "0"]]}) == 5


def test_softmax(at):
    let = ["n: size", "x: vector(n)", "A: matrix(2, n)"]
    values = {"n": "2", "x": ["5", "5"], "A": [["1", "1"], ["0", "0"]]}
    assert at.entries("softmax(x)", let, values) == [Fraction(1, 2)] * 2
    assert at.entries("softmax(A)", let, values) == [[Fraction(1, 2)] * 2] * 2


def test_graphs(at):
    """Matrices, degrees and components of a path with a vertex apart."""
    let, values = ["G: graph", "v: vertex(G)"], {"G": {"vertices": 4, "edges": [[0, 1], [2, 1]]}, "v": "1"}
    assert at.value("degree(v)", let, values) == 2
    assert at.value("components(G)", let, values) == 2
    assert at.value("sum(degree(u), u in V(G)) - 2 |E(G)|", let, values) == 0
    assert at.entries("adjacency(G)", let, values)[1] == [1, 0, 1, 0]
    assert at.entries("laplacian(G)", let, values)[1] == [-1, 2, -1, 0]
    assert at.value("rank(laplacian(G)) + components(G) - |V(G)|", let, values) == 0


def test_sums_of_arrays(at):
    let = ["n: size", "g: sequence of vector(n)", "T: integer"]
    values = {"n": "2", "g": {"at": {"1": ["1", "2"], "2": ["3", "5"]}, "else": ["0", "0"]}, "T": "2"}
    assert at.entries("sum(g[t], t = 1..T)", let, values) == [4, 7]
    assert at.entries("sum(g[t], t = 1..T)", let, {**values, "T": "0"}) == [0, 0]


def test_products_over_no_index_are_zero(at):
    """An n × k times a k × m matrix, k = 0."""
    let, values = ["n: size", "k: integer >= 0", "m: size"], {"n": "2", "k": "0", "m": "3"}
    left, right = "array(i, i in 1..n, j in 1..k)", "array(i, i in 1..k, j in 1..m)"
    assert at.entries(f"{left} {right}", let, values) == [[0, 0, 0], [0, 0, 0]]
    assert at.entries(f"{left} array(i, i in 1..k)", let, values) == [0, 0]
    assert at.value("array(i, i in 1..k)' array(i, i in 1..k)", let, values) == 0
    assert at.entries(f"{left} {left}'", let, values) == [[0, 0], [0, 0]]
    assert at.entries(f"({left}' {left})^2", let, values) == []
    assert at.entries(f"{left} ({left}' {left}) {right}", let, values) == [[0, 0, 0], [0, 0, 0]]


def test_extremes(at):
    let, values = ["n: size", "x: vector(n)"], {"n": "3", "x": ["2", "7", "-1"]}
    assert at.value("max(x[j], j in 1..n) + min(x[j], j in 1..n)", let, values) == 6
    assert at.value("argmax(x[j], j in 1..n)", let, values) == 2
    assert at.value("argmax(x[j]^0, j in 1..n)", let, values) == "unknown"
