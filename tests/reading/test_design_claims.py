"""The five claims of the design read to the terms that are meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.reading.claims import Claim, load
from symproof.terms.build import make, num, sym
from symproof.terms.plain import plain
from symproof.terms.tree import Term
from symproof.terms.types import GRAPH, INTEGER, REAL, Array, Function, Sequence

CLAIMS = """\
- claim: bias-correction
  title: The running average of gradients is biased by 1 - β^t
  source: 000 question 2.3
  let:
    β: real in (0, 1)
    t: integer >= 1
    g: random sequence of real          # g[1], g[2], …
    v: random sequence of real
    m: real
  given:
    start: v[0] = 0
    update: v[k] = β v[k-1] + (1-β) g[k]   for integer k >= 1
    stationary: E[g[k]] = m                for integer k >= 1
  prove: E[v[t]] = (1 - β^t) m
  refute:                                  # the claim's teeth
    - E[v[t]] = m
    - E[v[t]] = (1 - β^(t-1)) m
- claim: rnn-activation-order
  let:
    n: size
    p: size
    W: matrix(n, n)
    U: matrix(n, p)
    b: vector(n)
    σ: function
    x: sequence of vector(p)
    h: sequence of vector(n)
    g: sequence of vector(n)
  given:
    h-update: h[t] = W σ(h[t-1]) + U x[t] + b   for integer t >= 1
    g-update: g[t] = σ(W g[t-1] + U x[t] + b)   for integer t >= 1
    start: g[0] = σ(h[0])
  prove: g[t] = σ(h[t])   for integer t >= 0
  by: induction on t
- claim: attention-kernel-gaussian
  let:
    d: size
    q: vector(d)
    k: vector(d)
    x: random vector(d) ~ normal(0, I)
  prove: exp(-|q|^2/2) E[exp(x'q) exp(x'k)] exp(-|k|^2/2) = exp(q'k)
- claim: laplacian-quadratic-form
  let:
    G: graph
    x: vector(V(G))
  define:
    L: degree(G) - adjacency(G)
  prove: x' L x = sum((x[u] - x[v])^2, (u,v) in E(G))
- claim: taylor-gradient-step
  let:
    n: size
    c: real
    ε: real > 0
    x0: vector(n)
    g: vector(n)
    H: symmetric matrix(n)
  define:
    f(x): c + (x - x0)' g + 1/2 (x - x0)' H (x - x0)
  prove: f(x0 - ε g) = c - ε g'g + ε^2/2 g' H g
"""


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Claim]:
    path: Path = tmp_path_factory.mktemp("claims") / "design.yaml"
    path.write_text(CLAIMS, encoding="utf-8")
    found = load([path])
    assert all(isinstance(claim, Claim) for claim in found), found
    return {claim.id: claim for claim in found if isinstance(claim, Claim)}


def axis(name: str) -> Term:
    return make("range", num(1), sym(name, INTEGER))


def dot(left: Term, right: Term) -> Term:
    return make("matmul", make("transpose", left), right)


def minus(left: Term, right: Term) -> Term:
    return make("add", left, make("neg", right))


def test_bias_correction(claims: dict[str, Claim]) -> None:
    claim = claims["bias-correction"]
    β, t, m = sym("β", REAL), sym("t", INTEGER), sym("m", REAL)
    v, k = sym("v", Sequence(REAL)), sym("k", INTEGER)
    g = sym("g", Sequence(REAL))
    expected = make(
        "eq", make("expect", make("index", v, t)), make("mul", minus(num(1), make("pow", β, t)), m)
    )
    assert claim.statement.goal == expected
    hypotheses = [(h.name, h.statement) for h in claim.statement.hypotheses]
    assert hypotheses[:3] == [
        ("β: real in (0, 1)", make("lt", num(0), β)),
        ("β: real in (0, 1)", make("lt", β, num(1))),
        ("t: integer >= 1", make("ge", t, num(1))),
    ]
    assert hypotheses[3] == ("start", make("eq", make("index", v, num(0)), num(0)))
    before = make("index", v, minus(k, num(1)))
    step = make("add", make("mul", β, before), make("mul", minus(num(1), β), make("index", g, k)))
    update = make("implies", make("ge", k, num(1)), make("eq", make("index", v, k), step))
    every = make("numbers", data="integer")
    assert hypotheses[4] == ("update", make("forall", update, every, data=(("k",),)))
    assert {s.name for s in claim.statement.symbols if s.random} == {"g", "v"}
    assert [plain(variant.statement.goal) for variant in claim.variants] == [
        "E[v[t]] = m",
        "E[v[t]] = (1 - β^(t - 1)) m",
    ]
    assert (claim.title, claim.source) == (
        "The running average of gradients is biased by 1 - β^t",
        "000 question 2.3",
    )


def test_rnn_activation_order(claims: dict[str, Claim]) -> None:
    claim = claims["rnn-activation-order"]
    vector = Array((axis("n"),))
    σ, t = sym("σ", Function((REAL,), REAL)), sym("t", INTEGER)
    g, h = sym("g", Sequence(vector)), sym("h", Sequence(vector))
    body = make("eq", make("index", g, t), make("apply", σ, make("index", h, t)))
    guarded = make("implies", make("ge", t, num(0)), body)
    assert claim.statement.goal == make("forall", guarded, make("numbers", data="integer"), data=(("t",),))
    assert claim.by == "induction on t"


def test_attention_kernel(claims: dict[str, Claim]) -> None:
    claim = claims["attention-kernel-gaussian"]
    vector = Array((axis("d"),))
    q, k, x = (sym(name, vector) for name in "qkx")

    def exp(term: Term) -> Term:
        return make("call", term, data="exp")

    def half(term: Term) -> Term:
        return make("neg", make("div", make("pow", make("norm", term), num(2)), num(2)))

    inner = make("expect", make("mul", exp(dot(x, q)), exp(dot(x, k))))
    left = make("mul", exp(half(q)), inner, exp(half(k)))
    assert claim.statement.goal == make("eq", left, exp(dot(q, k)))
    symbol = claim.statement.symbol("x")
    assert symbol is not None and symbol.law is not None
    assert symbol.attributes == {"random"}
    assert symbol.law.name == "normal"
    assert symbol.law.args == (make("zeros", axis("d")), make("eye", axis("d")))


def test_laplacian_quadratic_form(claims: dict[str, Claim]) -> None:
    claim = claims["laplacian-quadratic-form"]
    graph = sym("G", GRAPH)
    vertices = make("vertices", graph)
    (definition,) = claim.statement.definitions
    assert definition.body == minus(make("degree_matrix", graph), make("adjacency", graph))
    x, L = sym("x", Array((vertices,))), sym("L", Array((vertices, vertices), "integer"))
    u, v = (sym(name, vertices.type.items[0]) for name in "uv")  # type: ignore[union-attr]
    square = make("pow", minus(make("index", x, u), make("index", x, v)), num(2))
    total = make("sum", square, make("edges", graph), data=(("u", "v"),))
    form = make("matmul", make("matmul", make("transpose", x), L), x)
    assert claim.statement.goal == make("eq", form, total)


def test_taylor_gradient_step(claims: dict[str, Claim]) -> None:
    claim = claims["taylor-gradient-step"]
    vector = Array((axis("n"),))
    (definition,) = claim.statement.definitions
    assert definition.params == (("x", vector),)
    assert plain(definition.body) == "c + (x - x0)' g + 1/2 (x - x0)' H (x - x0)"
    ε, x0, g = sym("ε", REAL), sym("x0", vector), sym("g", vector)
    left = claim.statement.goal.args[0]
    f = sym("f", Function((vector,), REAL))
    assert left == make("apply", f, minus(x0, make("scale", ε, g)))
    assert plain(claim.statement.goal) == "f(x0 - ε g) = c - ε g' g + ε^2/2 g' H g"
    symbol = claim.statement.symbol("H")
    assert symbol is not None and symbol.attributes == {"symmetric"}


def test_ascii_names_give_the_same_claim(tmp_path: Path) -> None:
    """`beta` is `β`: the terms agree."""
    names = {"β": "beta", "σ": "sigma", "ε": "epsilon"}
    text = CLAIMS
    for letter, name in names.items():
        text = text.replace(letter, name)
    (tmp_path / "a.yaml").write_text(CLAIMS, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    first, second = load([tmp_path / "a.yaml"]), load([tmp_path / "b.yaml"])
    for a, b in zip(first, second, strict=True):
        assert isinstance(a, Claim) and isinstance(b, Claim)
        assert a.statement.goal == b.statement.goal
        assert [h.statement for h in a.statement.hypotheses] == [h.statement for h in b.statement.hypotheses]
