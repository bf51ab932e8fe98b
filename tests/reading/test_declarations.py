"""What declarations and definitions put before a goal."""

from __future__ import annotations

import pytest

from symproof.reading.inline import Problem, read_scope, read_statement, read_term
from symproof.terms.plain import plain, plain_type


@pytest.mark.parametrize(
    ("declaration", "facts"),
    [
        ("x: real", []),
        ("x: real > 0", ["x > 0"]),
        ("x: real >= 0, < 1", ["x >= 0", "x < 1"]),
        ("x: real in [0, 1)", ["0 <= x", "x < 1"]),
        ("x: real in (0, oo)", ["0 < x"]),
        ("x: real != 0", ["x != 0"]),
        ("x: real in {0, 1}", ["x = 0 or x = 1"]),
        ("x: integer in 1..n", ["1 <= x", "x <= n"]),
        ("x: size", ["x >= 1"]),
        ("x: index(n)", ["1 <= x", "x <= n"]),
        ("x: vector(n) > 0", ["x[i] > 0 for i in 1..n"]),
        ("x: vector(n) != 0", ["x != zeros(n)"]),
        ("x: vector(n) in [0, 1]", ["0 <= x[i] for i in 1..n", "x[i] <= 1 for i in 1..n"]),
        ("x: matrix(n, m) >= 0", ["x[i, j] >= 0 for i in 1..n, j in 1..m"]),
        ("x: sequence of real > 0", ["x[k] > 0 for integer k"]),
        ("x: sequence of vector(n) != 0", ["x[k] != zeros(n) for integer k"]),
        ("x: random real ~ bernoulli(p)", ["0 <= p", "p <= 1"]),
        ("x: random vector(n) ~ bernoulli(q)", ["0 <= q[i] for i in 1..n", "q[i] <= 1 for i in 1..n"]),
    ],
)
def test_facts_of_a_declaration(declaration: str, facts: list[str]) -> None:
    """Intervals and comparisons are hypotheses under the name of the declaration."""
    before = ["n: size", "m: size", "p: real", "q: vector(n)"]
    statement = read_statement("1 = 1", let=[*before, declaration])
    found = [h for h in statement.hypotheses if h.name == declaration]
    assert [plain(h.statement) for h in found] == facts


def test_declarations_may_stand_in_any_order() -> None:
    one = read_scope(["A: matrix(m, n)", "m, n: size"])
    assert plain_type(one.types["A"]) == "matrix(m, n)"
    assert list(one.symbols) == ["A", "m", "n"]


@pytest.mark.parametrize(
    ("declaration", "type", "attributes"),
    [
        ("symmetric matrix(n)", "matrix(n, n)", {"symmetric"}),
        ("random vector(n)", "vector(n)", {"random"}),
        ("independent random sequence of real", "sequence of real", {"independent", "random"}),
        ("random sequence of vector(n) ~ normal(0, I)", "sequence of vector(n)", {"random"}),
        ("sequence of orthogonal matrix(n)", "sequence of matrix(n, n)", {"orthogonal"}),
        ("twice differentiable function", "function", {"twice_differentiable"}),
        (
            "differentiable vector(n) -> real",
            "function(vector(n)) -> real",
            {"differentiable"},
        ),
        ("(real, real) -> vector(n)", "function(real, real) -> vector(n)", set()),
        ("connected bipartite graph", "graph", {"connected", "bipartite"}),
        ("integer vector(n)", "integer vector(n)", set()),
    ],
)
def test_types_and_attributes(declaration: str, type: str, attributes: set[str]) -> None:
    symbol = read_scope(["n: size", f"T: {declaration}"]).symbols["T"]
    assert (plain_type(symbol.type), symbol.attributes) == (type, attributes)


def test_laws() -> None:
    scope = read_scope(
        [
            "n, m: size",
            "S: psd matrix(n)",
            "μ: vector(n)",
            "x: random vector(n) ~ normal(μ, S)",
            "y: random real ~ normal(1, 4)",
            "X: random matrix(m, n) ~ normal(0, I)",
        ]
    )
    laws = {name: symbol.law for name, symbol in scope.symbols.items() if symbol.law is not None}
    shown = {name: [law.name, *map(plain, law.args)] for name, law in laws.items()}
    assert shown == {
        "x": ["normal", "μ", "S"],
        "y": ["normal", "1", "4"],
        "X": ["normal", "zeros(m, n)", "I(m)"],
    }


@pytest.mark.parametrize(
    ("definition", "goal", "params"),
    [
        ("f(x): x^2", "f(a) = a^2", ["real"]),
        ("f(x): |x|^2", "f(u) = u' u", ["vector(n)"]),
        ("f(x): |x|^2", "f(3) = 9", ["real"]),
        ("f(p, q): exp(p' q)", "f(u, M[1]) = 1", ["vector(n)", "vector(n)"]),
        ("f(x: vector(n)): x' x", "1 = 1", ["vector(n)"]),
        ("f(x, t: real): t x", "f(u, 1) = u", ["vector(n)", "real"]),
        ("f(z): 1/(1 + exp(-z))", "f'(z) > 0 for all real z", ["real"]),
        ("f(x): x' x", "grad(f, u) = 2 u", ["vector(n)"]),
        ("f(u): u' u", "1 = 1", ["vector(n)"]),
        ("f(x): x^3", "1 = 1", ["real"]),
    ],
)
def test_parameters_take_their_types_from_the_first_use(
    definition: str, goal: str, params: list[str]
) -> None:
    let = ["n: size", "a: real", "u: vector(n)", "M: matrix(n, n)"]
    (found,) = read_statement(goal, let=let, define=[definition]).definitions
    assert [plain_type(type) for _, type in found.params] == params


def test_a_definition_sees_those_before_it_only() -> None:
    read_statement("g(1) = 2", define=["f(x): 2 x", "g(x): f(x)"])
    for bodies in (["g(x): f(x)", "f(x): 2 x"], ["g(x): g(x)"], ["g: g"]):
        with pytest.raises(Problem) as caught:
            read_statement("g(1) = 2" if "(" in bodies[0] else "g = 2", define=bodies)
        assert caught.value.code == "name"


def test_a_use_that_does_not_fit_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        read_statement("f(u) = f(a)", let=["n: size", "u: vector(n)", "a: real"], define=["f(x): |x|"])
    assert caught.value.code == "type"


def test_bound_variables_have_the_types_of_their_domains() -> None:
    scope = read_scope(["n: size", "A: matrix(n, n)", "G: graph"])
    for text, type in [
        ("A[i, i] = 0 for i in 1..n", "integer"),
        ("t = t for real t", "real"),
        ("w' A w >= 0 for w: vector(n)", "vector(n)"),
        ("degree(v) >= 0 for v in V(G)", "vertex(G)"),
        ("f(0) = 0 for f: function", "function"),
        ("F(ones(n)) = 0 for F: vector(n) -> real", "function(vector(n)) -> real"),
    ]:
        term = read_term(text, scope)
        name = term.data[0][0]  # type: ignore[index]
        found = {plain_type(t.type) for t in term.args[0].walk() if t.op == "sym" and t.data == name}
        assert found == {type}


def test_a_shadowed_name_is_the_bound_one() -> None:
    term = read_term("sum(n, n = 1..n)", read_scope(["n: size"]))
    assert plain(term) == "sum(n, n = 1..n)"
    assert read_term("f(t) = 0 for integer t", read_scope(["t: real", "f: function"])).op == "forall"


def test_hypotheses_have_names() -> None:
    statement = read_statement("x = 1", let=["x: real"], given=["first-one: x > 0", "x  <  2"])
    assert [h.name for h in statement.hypotheses] == ["first-one", "x < 2"]
