"""Costs of expressions, against loops that are run and counted."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symproof.engine import Options, decide
from symproof.kernel.witness import Checker
from symproof.reading.inline import Problem, read_scope, read_statement, read_term
from symproof.terms.plain import plain

LET = [
    "n: size", "m: size", "d: size", "A: matrix(m, n)", "B: matrix(n, d)", "C: matrix(n, d)", "S: matrix(n, n)",
    "T: matrix(n, n)", "x: vector(n)", "y: vector(n)", "w: vector(m)", "X: array(m, n, n)", "a: real", "b: real",
    "h: sequence of vector(n)", "k: integer >= 1", "G: graph", "v: vector(V(G))", "f: function",
]  # fmt: skip
SIZES = {"n": 3, "m": 2, "d": 4, "k": 2}


class Counted:
    """A number that counts what is done with it."""

    done: dict[str, int] = {}

    def _count(self, kind: str) -> Counted:
        Counted.done[kind] = Counted.done.get(kind, 0) + 1
        return Counted()

    def __add__(self, other: Counted) -> Counted:
        return self._count("+")

    def __mul__(self, other: Counted) -> Counted:
        return self._count("*")

    def __truediv__(self, other: Counted) -> Counted:
        return self._count("/")

    def value(self) -> Counted:
        return self._count("f")


def array(*sizes: int):
    return [array(*sizes[1:]) for _ in range(sizes[0])] if sizes else Counted()


def total(terms):
    """A running sum that starts at 0."""
    found = Counted()
    for term in terms:
        found = found + term
    return found


def times(P, Q):
    return [
        [total(p * q for p, q in zip(row, column, strict=True)) for column in zip(*Q, strict=True)]
        for row in P
    ]


def transposed(P):
    return [list(column) for column in zip(*P, strict=True)]


def softmax(P):
    found = []
    for row in P:
        values = [p.value() for p in row]
        below = total(values)
        found.append([v / below for v in values])
    return found


def each(f, *arrays):
    return [
        each(f, *parts) if isinstance(parts[0], list) else f(*parts) for parts in zip(*arrays, strict=True)
    ]


n, m, d, k = (SIZES[name] for name in "nmdk")
A, B, C, S, T = array(m, n), array(n, d), array(n, d), array(n, n), array(n, n)
X, x, y, a = array(m, n, n), array(n), array(n), Counted()


def column(values):
    return [[value] for value in values]


RUN = {
    "A B": lambda: times(A, B),
    "(A S) B": lambda: times(times(A, S), B),
    "A (S B)": lambda: times(A, times(S, B)),
    "S x": lambda: times(S, column(x)),
    "x' y": lambda: times([x], column(y)),
    "x' S y": lambda: times(times([x], S), column(y)),
    "x y'": lambda: each(lambda p, q: p * q, [p for p in x for _ in y], [q for _ in x for q in y]),
    "B + C - B": lambda: each(lambda p, q, r: p + q + r, B, C, B),
    "a B": lambda: each(lambda p: a * p, B),
    "B / a": lambda: each(lambda p: p / a, B),
    "hadamard(B, C)": lambda: each(lambda p, q: p * q, B, C),
    "exp(-S')": lambda: each(Counted.value, transposed(S)),
    "softmax(S T')": lambda: softmax(times(S, transposed(T))),
    "diag(x) B": lambda: [[p * q for q in row] for p, row in zip(x, B, strict=True)],
    "diag(x)^-1 (diag(y) B)": lambda: [
        [p * (q * r) for r in row]
        for p, q, row in zip([a / p for p in x], y, B, strict=True)
    ],
    "diag(x) diag(y)": lambda: [p * q for p, q in zip(x, y, strict=True)],
    "S^3": lambda: times(times(S, S), S),
    "|x|": lambda: total(p * p for p in x).value(),
    "x' x / (a b)": lambda: times([x], column(x))[0][0] / (a * a),
    "sum(X[i], i = 1..m)": lambda: [each(Counted.__add__, S, X[i]) for i in range(m)],
    "sum(x[i]^2 y[i], i = 1..n)": lambda: total((p * p) * q for p, q in zip(x, y, strict=True)),
    "sum(sum(S[i, j], j = 1..i), i = 1..n)": lambda: total(total(S[i][j] for j in range(i + 1)) for i in range(n)),
    "vector(x[i] + y[i], i = 1..n)": lambda: [p + q for p, q in zip(x, y, strict=True)],
    "max(x) + trace(S)": lambda: total(x) + total(S[i][i] for i in range(n)),
    "S h[k]": lambda: times(S, column(x)),
}  # fmt: skip


def value(text: str) -> Fraction:
    """The value of a cost at the sizes."""
    scope = [line for line in LET if line.split(":")[0] in SIZES]
    term = plain(read_term(text, read_scope(LET)))
    statement = read_statement(f"{term} != {term}", scope, [])
    witness = {"values": {name: str(size) for name, size in SIZES.items()}}
    return Fraction(Checker(statement).check(witness).left)


@pytest.mark.parametrize("text", RUN)
def test_operations_are_those_of_the_loops(text: str) -> None:
    Counted.done = {}
    RUN[text]()
    assert value(f"operations({text})") == sum(Counted.done.values())
    assert value(f"multiplications({text})") == Counted.done.get("*", 0)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("A", m * n),
        ("A B", m * n + n * d + m * d),
        ("S S' x", n * n + n * n + n + n),
        ("A (S B)", m * n + n * n + n * d + n * d + m * d),
        ("diag(x) B", n + n * d + n * d),
        ("diag(x)^-1", n + n),
        ("a x + b y", 5 * n),
        ("x' y", 2 * n),
        ("I(n) + ones(n, n)", n * n),
        ("h[k] + h[k]", 2 * n),
        ("sum(softmax(X[i] S) B, i = 1..m)", m * n * n + n * n + n * d + 2 * n * n + n * d + n * d),
    ],
)
def test_storage_holds_names_once_and_every_result(text: str, numbers: int) -> None:
    assert value(f"storage({text})") == numbers


def test_storage_of_several() -> None:
    assert value("storage(S x, S y)") == value("storage(S x) + storage(S y)") - n * n


def test_loops_over_a_graph() -> None:
    text = "operations(adjacency(G) v, sum((v[i] - v[j])^2, (i, j) in E(G))) = 2 |V(G)|^2 + 3 |E(G)|"
    statement = read_statement(text, LET, [])
    for edges in ([], [[0, 1]], [[0, 1], [1, 2], [0, 2]]):
        graph = {"vertices": 3, "edges": edges}
        assert not _fails(statement, {"values": {"G": graph}})


def _fails(statement, witness) -> bool:
    from symproof.kernel.verdict import Rejected

    try:
        Checker(statement).check(witness)
    except Rejected:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    ["operations(S^-1)", "operations(opnorm(S))", "storage(det(S) x)", "operations(f(a))", "operations()"],
)
def test_no_cost_is_invented(text: str) -> None:
    with pytest.raises(Problem):
        read_term(text, read_scope(LET))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("operations(A B) = Theta(m n d)", "proved"),
        ("operations(A B) = Theta(m n)", "refuted"),
        ("operations((A S) B) = Theta(m n^2 + m n d)", "proved"),
        ("operations(A (S B)) = Theta(m n^2 + m n d)", "refuted"),
        ("storage(S B, x) = Theta(n^2 + n d)", "proved"),
        ("storage(S B, x) = Theta(n^2)", "refuted"),
        ("multiplications(A B) = m n d", "proved"),
        ("multiplications(A B) = m n (d + 1)", "refuted"),
        ("limit(operations(S x) / operations(S B), integer d -> oo) = 0", "proved"),
        ("limit(operations(S x) / operations(S B), integer n -> oo) = 0", "refuted"),
    ],
)
def test_orders_of_costs_are_decided(text: str, verdict: str) -> None:
    assert decide(read_statement(text, LET, []), Options(timeout=30)).verdict == verdict


def test_a_size_that_is_bound_anew_is_meant() -> None:
    one = read_term("sum(operations(S x), n = 1..5)", read_scope(LET))
    assert plain(one) == "sum(2 sum(1, i = 1..n, j = 1..n), n = 1..5)"
