"""The search for counterexamples: false statements fall with small witnesses, true ones stand."""

from __future__ import annotations

import json

import pytest

import symproof
from symproof.engine import decide
from symproof.kernel.witness import check_witness
from symproof.methods.base import Budget, Step
from symproof.methods.points import find_point
from symproof.methods.refute import further, propose, quickly, refute
from symproof.methods.sample import challenge
from symproof.methods.sample import propose as sample
from symproof.reading.inline import read_statement

XY = (["x: real", "y: real"],)
BIAS = (
    [
        "β: real in (0, 1)",
        "t: integer >= 1",
        "m: real",
        "g: random sequence of real",
        "v: random sequence of real",
    ],
    [
        "start: v[0] = 0",
        "update: v[k] = β v[k-1] + (1-β) g[k] for integer k >= 1",
        "stationary: E[g[k]] = m for integer k >= 1",
    ],
)
RNN = (
    [
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
    [
        "h-update: h[t] = W σ(h[t-1]) + U x[t] + b for integer t >= 1",
        "g-update: g[t] = σ(W g[t-1] + U x[t] + b) for integer t >= 1",
        "start: g[0] = σ(h[0])",
    ],
)
KERNEL = (["d: size", "q: vector(d)", "k: vector(d)", "x: random vector(d) ~ normal(0, I)"],)
GRAPH = (["G: graph", "x: vector(V(G))"], [], ["L: degree(G) - adjacency(G)"])
TAYLOR = (
    ["n: size", "c: real", "ε: real > 0", "x0: vector(n)", "g: vector(n)", "H: symmetric matrix(n)"],
    [],
    ["f(x): c + (x - x0)' g + 1/2 (x - x0)' H (x - x0)"],
)
SQUARE = (["n: size", "A: matrix(n, n)", "B: matrix(n, n)"],)
SHAPES = (["m: size", "n: size", "A: matrix(m, n)"],)

TRUE = [
    ("E[v[t]] = (1 - β^t) m", BIAS),
    ("g[t] = σ(h[t]) for integer t >= 0", RNN),
    ("exp(-|q|^2/2) E[exp(x'q) exp(x'k)] exp(-|k|^2/2) = exp(q'k)", KERNEL),
    ("x' L x = sum((x[u] - x[v])^2, (u,v) in E(G))", GRAPH),
    ("f(x0 - ε g) = c - ε g'g + ε^2/2 g' H g", TAYLOR),
    ("(x + y)^2 = x^2 + 2 x y + y^2", XY),
    ("sqrt(x^2) = |x|", XY),
    ("|x + y| <= |x| + |y|", XY),
    ("trace(A B) = trace(B A)", SQUARE),
    ("diff(x^3 y, x) = 3 x^2 y", XY),
    ("log(x y) = log(x) + log(y)", (["x: real > 0", "y: real > 0"],)),
]
FALSE = [
    ("E[v[t]] = m", BIAS),
    ("E[v[t]] = (1 - β^(t-1)) m", BIAS),
    ("E[v[t]] = (1 + β^t) m", BIAS),
    ("E[v[t]^2] = E[v[t]]^2", BIAS),
    ("g[t] = h[t] for integer t >= 0", RNN),
    ("g[t] = σ(h[t-1]) for integer t >= 1", RNN),
    ("g[t] = σ(W h[t]) for integer t >= 0", RNN),
    ("exp(-|q|^2/2) E[exp(x'q) exp(x'k)] = exp(q'k)", KERNEL),
    ("exp(-|q|^2/2) E[exp(x'q) exp(x'k)] exp(-|k|^2/2) = exp(q'k/2)", KERNEL),
    ("exp(-|q|^2/2) E[exp(x'q) exp(x'k)] exp(-|k|^2/2) = exp(q'k/sqrt(d))", KERNEL),
    ("x' L x = sum((x[u] + x[v])^2, (u,v) in E(G))", GRAPH),
    ("x' L x = 2 sum((x[u] - x[v])^2, (u,v) in E(G))", GRAPH),
    ("x' L x = sum((x[u] - x[v])^2, u in V(G), v in V(G))", GRAPH),
    ("f(x0 - ε g) = c - ε g'g + ε/2 g' H g", TAYLOR),
    ("f(x0 - ε g) = c - ε g'g - ε^2/2 g' H g", TAYLOR),
    ("f(x0 - ε g) = c - ε g'g", TAYLOR),
    ("log(x y) = log(x) + log(y)", XY),
    ("sqrt(x^2) = x", XY),
    ("sqrt(x y) = sqrt(x) sqrt(y)", XY),
    ("asin(sin(x)) = x", XY),
    ("exp(log(x)) = x", XY),
    ("A B = B A", SQUARE),
    ("(A B)' = A' B'", SQUARE),
    ("det(A + B) = det(A) + det(B)", SQUARE),
    ("rank(A + B) = rank(A) + rank(B)", SQUARE),
    ("opnorm(A B) = opnorm(A) opnorm(B)", SQUARE),
    ("opnorm(A) >= fronorm(A)", SHAPES),
    ("rank(A) = m", SHAPES),
    ("diff(x^3 y, x) = 3 x^2", XY),
    ("grad(x' A x, x) = 2 A x", (["n: size", "A: matrix(n, n)", "x: vector(n)"],)),
    ("integral(t^2, t = 0..x) = x^3/2", XY),
    ("integral(exp(t^2), t = 0..x) = x exp(x)", XY),
    ("limit(sin(x t)/t, t -> 0) = 1", XY),
    ("sum(i, i = 1..n) = n^2/2", (["n: integer >= 0"],)),
    ("x^2 > 0", XY),
    ("x[i] x[j] = [i = j] x[i]^2", (["n: size", "i: index(n)", "j: index(n)", "x: vector(n)"],)),
    ("|x' y| >= |x| |y|", (["n: size", "x: vector(n)", "y: vector(n)"],)),
    ("sum(degree(v), v in V(G)) = |E(G)|", (["G: graph"],)),
    ("components(G) = 1", (["G: graph"],)),
    ("components(G) = 1", (["G: bipartite graph"],)),
    ("|E(G)| = |V(G)| - 1", (["G: connected graph"],)),
    ("v' Q v = 1", (["n: size", "Q: orthogonal matrix(n)", "v: vector(n)"], ["|v| = 1"])),
    ("Var[x + y] = Var[x]", (["x: random real", "y: random real"],)),
    ("E[x y] = E[x]", (["x: random real", "y: random real"], ["E[y] = 0"])),
    ("Var[sum(x[i], i = 1..n)] = n^2", (["n: size", "x: independent random vector(n)"],
     ["E[x[i]^2] = 1 for i in 1..n", "E[x[i]] = 0 for i in 1..n"])),
    ("abs(z)^2 = z^2", (["z: complex"],)),
    ("σ(x + y) = σ(x) + σ(y)", (["x: real", "y: real", "σ: differentiable function"],)),
    ("grad(sum(L(i, θ)^2, i = 1..m), θ) = grad(sum(L(i, θ), i = 1..m), θ)",
     (["n: size", "m: size", "L: differentiable function(integer, vector(n)) -> real", "θ: vector(n)"],)),
    ("f(t, y) = f(t, z)", (["n: size", "t: integer", "f: function(integer, vector(n)) -> vector(n)",
     "y: vector(n)", "z: vector(n)"],)),
    ("E[f(q)' f(k)] = E[f(q)]' E[f(k)]", (["d: size", "q: vector(d)", "k: vector(d)",
     "X: random matrix(d, d) ~ normal(0, I)"], [], ["f(y): E[exp(X' y)] + X' y"])),
    ("x + y + z = 4", (["x: real", "y: real", "z: real"], ["x + 2 y = 3", "y = z"])),
    ("a^2 = 1", (["a: real"], ["2 a + 3 = 8"])),
]  # fmt: skip
ISOLATED = [
    ("x/x = 1", XY),
    ("(x^2 - 1)/(x - 1) = x + 1", XY),
    ("sin(x)/x x = sin(x)", XY),
    ("n!/(n-1)! = n", (["n: integer >= 0"],)),
    ("A^-1 A = I", SQUARE),
]


def statement(text, parts):
    return read_statement(text, *parts)


def name(case):
    return case[0]


@pytest.mark.parametrize("case", FALSE, ids=name)
def test_false_statements_are_refuted(case):
    """The witness is checked, small, JSON, and the same every time."""
    goal = statement(*case)
    data = refute(goal, Budget(20.0))
    assert data is not None
    found = check_witness(goal, json.loads(json.dumps(data)))
    assert found.left != found.right or goal.goal.op in ("lt", "gt", "ne")
    for symbol in goal.symbols:
        value = data["values"].get(symbol.name)
        if "size" in symbol.attributes:
            assert int(value) <= 3
        if isinstance(value, dict) and "vertices" in value:
            assert value["vertices"] <= 3
    assert refute(statement(*case), Budget(20.0)) == data


@pytest.mark.parametrize("case", TRUE, ids=name)
def test_true_statements_stand(case):
    """No point refutes what is true, whatever the seed; the challenge finds nothing either."""
    goal = statement(*case)
    for seed in (0, 1):
        assert propose(goal, Budget(0.5, seed)) is None
    assert challenge(goal, Budget(1.0)) is None


@pytest.mark.parametrize("case", ISOLATED, ids=name)
def test_isolated_points_are_a_matter_of_conditions(case):
    """Where a denominator vanishes is not proposed as a refutation, but the challenge sees it."""
    goal = statement(*case)
    assert refute(goal, Budget(1.0)) is None
    data = challenge(goal, Budget(10.0))
    assert data is not None and "undefined" in (
        check_witness(goal, data).left,
        check_witness(goal, data).right,
    )


def test_witnesses_are_simple():
    """A person can check them by hand."""
    found = refute(statement("(x + y)^2 = x^2 + y^2", XY), Budget(5.0))
    assert found == {"values": {"x": "1", "y": "1"}}
    found = refute(statement("x' L x = 2 sum((x[u] - x[v])^2, (u,v) in E(G))", GRAPH), Budget(5.0))
    assert found["values"]["G"] == {"vertices": 2, "edges": [[0, 1]]}
    found = refute(statement("A B = B A", SQUARE), Budget(5.0))
    assert sum(x != "0" for name in "AB" for row in found["values"][name] for x in row) == 2


def test_speed_of_false_identities():
    """The median false identity of elementary functions falls in well under a millisecond."""
    goals = [
        statement(text, XY)
        for text in (
            "(x+y)^2 = x^2+y^2", "exp(x+y) = exp(x)+exp(y)", "sin(2 x) = 2 sin(x)", "1/(x^2+1) = 1/x^2+1",
            "sqrt(x^2+y^2) = x+y", "|x+y| <= |x|-|y|", "tanh(x) = 2 sigmoid(x)-1", "x y/(1+y^2) = x/(1+y)",
        )
    ]  # fmt: skip
    for goal in goals:
        assert quickly(goal, Budget(5.0)) is not None


def test_hypotheses_that_admit_a_point():
    """A point is found where there is one, and checked."""
    data = find_point(statement("1 = 1", RNN), Budget(5.0))
    assert set(data["values"]) >= {"n", "W", "σ"}
    assert find_point(read_statement("1 = 1", ["x: real"], ["x > 1", "x < 1"]), Budget(0.3)) is None
    assert find_point(read_statement("1 = 1", ["x: real in (0, 1)"], ["x > 99/100"]), Budget(5.0)) is not None
    assert find_point(read_statement("1 = 1"), Budget(1.0)) == {"values": {}}
    assert find_point(read_statement("1 = 1", [], ["1 = 2"]), Budget(1.0)) is None


def test_sampling_is_evidence_of_its_kind():
    found = sample(statement("sin(x)^2 + cos(x)^2 = 1", XY), Budget(5.0))
    assert found.kind == "sampled" and found.data["points"] >= 20 and found.data["digits"] >= 30
    assert sample(statement("x = y", XY), Budget(5.0)) is None


def test_little_is_said_where_nothing_can_be_told():
    """Statements that cannot be evaluated are neither refuted nor sampled."""
    goal = statement("limit(sin(n), n -> oo) = 0", ([],))
    assert refute(goal, Budget(1.0)) is None
    assert sample(goal, Budget(1.0)) is None


def test_points_name_every_value():
    """What an equation gives is spelled out, so that the point also serves without the equation."""
    goal = read_statement("1 = 1", ["x: real", "y: vector(2)"], ["x = 3", "y = 2 ones(2)"])
    assert find_point(goal, Budget(5.0)) == {"values": {"x": "3", "y": ["2", "2"]}}


@pytest.mark.parametrize("text", ["x y <= 50 - z", "x + y <= 2 z + 6", "x^2 - 3 y <= 30"])
def test_a_long_search_for_a_proof_waits_for_some_more_points(text: str) -> None:
    """What the first few points miss is refuted before the search is asked, unless a derivation is shown."""
    goal = read_statement(text, ["x: real", "y: real", "z: real"])
    stages: list[str] = []
    found = decide(goal, stage=lambda name, seconds, state: stages.append(name))
    assert found.verdict == "refuted" and found.methods == ("some points",) and "search" not in stages
    assert further(goal, Budget(2.0, steps=(Step(goal.goal),))) is None


@pytest.mark.parametrize(
    ("text", "falls"),
    [
        ("n^2 d + n = Theta(n^2 d) in n, d", False),
        ("n^2 d + d^2 = Theta(n^2 d) in n, d", True),
        ("n^2 + n = Theta(n^2) in n and k <= 4", True),
        ("k >= 3 implies n^2 k + n = Theta(n) in n", True),
        ("n^2 k + n = Theta(n^2) in n and k^2 >= 1", False),
    ],
)
def test_rays_are_tried_wherever_orders_may_differ(text: str, falls: bool) -> None:
    """Along rays the sizes alone matter; what else is claimed, or assumed, is looked at at every point."""
    goal = read_statement(text, ["n: size", "d: size", "k: integer >= 1"])
    found = refute(goal, Budget(5.0))
    assert (found is not None) == falls
    if falls:
        check_witness(goal, found)


def test_a_sequence_within_bounds_is_found():
    """1 <= u[k] <= N for all k: a constant sequence will do."""
    let, given = ["N: size", "u: sequence of integer"], ["1 <= u[k] and u[k] <= N for integer k"]
    assert symproof.prove("u[1] >= 2", let, given).verdict == "refuted"
    assert symproof.prove("u[1] <= N", let, given).verdict == "proved"
