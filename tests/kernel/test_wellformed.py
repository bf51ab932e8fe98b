"""Statements and certificates keep to the declarations: tampered ones are refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from symproof.kernel.statement import Definition, Hypothesis, Law, Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.kernel.wellformed import agree, occurrences
from symproof.terms.build import make, num, sym
from symproof.terms.codec import Malformed
from symproof.terms.tree import Term
from symproof.terms.types import (
    COMPLEX,
    GRAPH,
    INTEGER,
    PROP,
    REAL,
    Array,
    Domain,
    Function,
    Sequence,
    Vertex,
)
from tests.kernel.kit import ALGEBRA, EVIDENT, claim, proved, rejected, term

X = sym("x", REAL)
N = sym("n", INTEGER)
AXIS = make("range", num(1), N)
REALS = make("numbers", data="real")


def statement(goal: Term, *symbols: Symbol, definitions: Any = (), given: Any = ()) -> Statement:
    hypotheses = tuple(Hypothesis(f"h{k}", h) for k, h in enumerate(given))
    return Statement(symbols, tuple(definitions), hypotheses, goal)


def same(t: Term) -> Term:
    return make("eq", t, t)


XS = Symbol("x", REAL)
NS = Symbol("n", INTEGER)
G = sym("G", GRAPH)

TAMPERED: list[tuple[str, Statement]] = [
    ("statement: x is not declared", statement(same(X))),
    ("statement: x is not declared", statement(same(num(1)), given=[same(X)])),
    ("statement: x is declared twice", statement(same(X), XS, Symbol("x", INTEGER))),
    ("statement: x is declared twice", statement(same(X), XS, XS)),
    ("statement: x is declared twice", statement(same(X), XS, definitions=[Definition("x", (), num(1))])),
    ("statement: a is declared twice",
     statement(same(X), XS, definitions=[Definition("a", (), num(1)), Definition("a", (), num(2))])),
    ("statement: the name '$1' is not allowed", statement(same(sym("$1", REAL)), Symbol("$1", REAL))),
    ("statement: the name '#1' is not allowed", statement(same(sym("#1", REAL)), Symbol("#1", REAL))),
    ("statement: the name '' is not allowed", statement(same(sym("", REAL)), Symbol("", REAL))),
    ("statement: the name \"f'\" is not allowed", statement(same(X), XS, Symbol("f'", Function((REAL,), REAL)))),
    ("statement: the name '$a' is not allowed", statement(same(X), XS, definitions=[Definition("$a", (), X)])),
    ("statement: the name 'exp' is not allowed", statement(same(X), XS, Symbol("exp", Function((REAL,), REAL)))),
    ("statement: the name 'det' is not allowed",
     statement(same(X), XS, Symbol("det", Sequence(Function((REAL,), REAL))))),
    ("statement: x occurs with another type than declared", statement(same(sym("x", INTEGER)), XS)),
    ("statement: x occurs with another type than declared", statement(same(sym("x", COMPLEX)), XS)),
    ("statement: x occurs with another type than declared", statement(same(sym("x", Array((AXIS,)))), XS, NS)),
    ("statement: x occurs with another type than declared",
     statement(same(num(1)), XS, given=[make("gt", sym("x", INTEGER), num(0))])),
    ("statement: x is not declared", statement(same(num(1)), definitions=[Definition("a", (), X)])),
    ("statement: x occurs with another type than declared",
     statement(same(num(1)), XS, definitions=[Definition("a", (), sym("x", INTEGER))])),
    ("statement: y occurs with another type than declared",
     statement(same(num(1)), definitions=[Definition("f", (("y", REAL),), sym("y", INTEGER))])),
    ("statement: b is not declared",
     statement(same(num(1)), definitions=[Definition("a", (), sym("b", INTEGER)), Definition("b", (), num(1))])),
    ("statement: a is not declared", statement(same(num(1)), definitions=[Definition("a", (), sym("a", INTEGER))])),
    ("statement: n is not declared", statement(same(num(1)), Symbol("v", Array((AXIS,))))),
    ("statement: G is not declared", statement(same(num(1)), Symbol("v", Vertex(G)))),
    ("statement: no law cauchy with 0 parameters",
     statement(same(num(1)), Symbol("X", REAL, frozenset(("random",)), Law("cauchy", ())))),
    ("statement: no law normal with 1 parameters",
     statement(same(num(1)), Symbol("X", REAL, frozenset(("random",)), Law("normal", (num(0),))))),
    ("statement: p is not declared",
     statement(same(num(1)), Symbol("X", REAL, frozenset(("random",)), Law("bernoulli", (sym("p", REAL),))))),
    ("types: s has not the type of its binder",
     statement(make("forall", same(sym("s", INTEGER)), REALS, data=(("s",),)))),
    ("types: k has not the type of its binder",
     statement(make("eq", make("sum", sym("k", REAL), make("range", num(1), num(3)), data=(("k",),)), num(6)))),
    ("types: a binder with the wrong number of domains",
     statement(make("forall", same(sym("s", REAL)), REALS, data=(("s",), ("t",))))),
    ("types: a binder with the wrong number of names",
     statement(make("forall", same(sym("s", REAL)), REALS, data=(("s", "t"),)))),
    ("types: integral binds one name",
     statement(same(make("integral", sym("s", REAL), num(0), num(1), data=(("s",), ("t",)))))),
    ("types: s has not the type of its binder",
     statement(same(make("integral", sym("s", INTEGER), num(0), num(1), data=(("s",),))))),
    ("types: s has not the type of its binder",
     statement(same(make("diff", sym("s", INTEGER), X, num(1), data=(("s",),))), XS)),
    ("types: s has not the type of its binder",
     statement(same(make("limit", sym("s", COMPLEX), num(0), num(0), data=(("s",),))))),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "forged"), TAMPERED, ids=[str(k) for k in range(len(TAMPERED))])
def test_tampered_statements_are_refused(reason: str, forged: Statement) -> None:
    """Undeclared names, names with two types, names of the kernel's own, unknown laws."""
    rejected(reason, forged, EVIDENT)


GOOD: list[tuple[Any, ...]] = [
    ("sum(k, k=1..3) = 6", ALGEBRA),
    ("sum(A[u, v], u in V(G), v in V(G)) = sum(degree(u), u in V(G))", ALGEBRA, ["G: graph"], (), ["A: adjacency(G)"]),
    ("f(x) = x + 1", ALGEBRA, ["x: real"], (), ["f(y): y + 1"]),
    ("integral(s, s = 0..1) = integral(t, t = 0..1)", ALGEBRA),
    ("diff(s^2, s) = 2 s", ALGEBRA, ["s: real"]),
    ("grad(u'u, u) = 2 u", ALGEBRA, ["n: size", "u: vector(n)"]),
    ("E[x[1]] = E[x[1]]", ALGEBRA, ["n: size", "x: random vector(n) ~ normal(0, I)"]),
]  # fmt: skip


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case[0])
def test_well_formed_statements_pass(case: tuple[Any, ...]) -> None:
    """Nothing is refused that the reader makes."""
    proved(*case)


def test_statements_of_growth_bind_several_names() -> None:
    """Θ binds its sizes, o its variable; their types are those of the occurrences."""
    for text in ("n m = Theta(m n) in n, m", "x^2 = o(x) as x -> 0", "n = O(n^2) as n -> oo"):
        found = dict(occurrences(claim(text, ["x: real", "n: integer", "m: integer"]).goal))
        assert not found


def test_a_limit_binds_a_real_number_or_an_integer() -> None:
    """What the body makes of the name decides."""
    for type in (INTEGER, REAL):
        s = sym("s", type)
        assert not dict(occurrences(make("limit", s, make("const", data="oo"), num(0), data=(("s",),))))


def test_free_symbols_come_with_their_types() -> None:
    """Bound names are left out, free ones of the same name are not."""
    found = set(occurrences(term("sum(x k, k=1..n) + k", ["x: real", "n: size", "k: real"])))
    assert found == {("x", REAL), ("n", INTEGER), ("k", REAL)}


def test_a_later_range_may_use_an_earlier_index() -> None:
    """In Σ_i Σ_{j <= i} the second range is read where i is bound."""
    found = set(occurrences(term("sum(x[i] x[j], i=1..n, j=1..i)", ["n: size", "x: sequence of real"])))
    assert {name for name, _ in found} == {"n", "x"}


VECTOR, LONGER = Array((AXIS,)), Array((make("range", num(1), make("add", N, num(1))),))


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (REAL, REAL, True), (REAL, INTEGER, False), (INTEGER, REAL, False), (REAL, COMPLEX, False),
        (VECTOR, VECTOR, True), (VECTOR, LONGER, False), (VECTOR, Array((AXIS,), "integer"), False),
        (VECTOR, Array((AXIS,), row=True), False), (Sequence(REAL), Sequence(REAL), True),
        (Sequence(REAL), Sequence(INTEGER), False), (Sequence(REAL), REAL, False),
        (Function((REAL,), REAL), Function((REAL,), REAL), True),
        (Function((REAL,), REAL), Function((INTEGER,), REAL), False),
        (Function((REAL,), REAL), Function((REAL,), INTEGER), False),
        (Function((REAL,), REAL), Function((REAL, REAL), REAL), False),
        (Function((REAL,), REAL), REAL, False), (GRAPH, GRAPH, True), (GRAPH, PROP, False),
        (Vertex(G), Vertex(G), True), (Vertex(G), Vertex(sym("H", GRAPH)), False),
        (Domain((REAL,)), Domain((REAL,)), True),
        (Array((make("range", num(1), make("add", N, num(1))),)),
         Array((make("range", num(1), make("add", num(1), N)),)), True),
    ],
)  # fmt: skip
def test_types_agree_when_they_are_the_same(left: Any, right: Any, same: bool) -> None:
    """Up to how a size is written."""
    assert agree(left, right) is same


def test_statements_survive_encoding() -> None:
    """Encoding and decoding give the same statement with the same digest; places do not count."""
    let = ["n: size", "x: random vector(n) ~ normal(0, I)", "A: symmetric matrix(n)", "f: function"]
    before = claim("f(x'A x) = 0", let, ["h: f(s) = 0 for real s"], ["c: 1", "g(y): y^2"])
    after = Statement.decode(before.encode())
    assert after == before and after.digest == before.digest
    assert after.symbol("x") == before.symbols[1] and after.symbol("y") is None
    assert before.symbols[1].random and not before.symbols[2].random
    assert replace(before, goal=before.hypotheses[0].statement).digest != before.digest


MALFORMED: list[tuple[Any, str]] = [
    (None, "not a statement: TypeError"),
    ({}, "not a statement: KeyError"),
    ({"symbols": [["x", ["real"], []]], "definitions": [], "hypotheses": [], "goal": ["true", None]},
     "not a statement: ValueError"),
    ({"symbols": [[1, ["real"], [], None]], "definitions": [], "hypotheses": [], "goal": ["true", None]},
     "a name that is not text"),
    ({"symbols": [["x", ["real"], ["nice"], None]], "definitions": [], "hypotheses": [], "goal": ["true", None]},
     "unknown attribute 'nice'"),
    ({"symbols": [["x", ["real"], [], []]], "definitions": [], "hypotheses": [], "goal": ["true", None]},
     "not a statement: IndexError"),
    ({"symbols": [], "definitions": [], "hypotheses": [], "goal": ["num", "1"]},
     "a goal or hypothesis that states nothing"),
    ({"symbols": [], "definitions": [], "hypotheses": [["h", ["num", "1"]]], "goal": ["true", None]},
     "a goal or hypothesis that states nothing"),
    ({"symbols": [], "definitions": [], "hypotheses": [], "goal": ["nothing"]}, "unknown operator 'nothing'"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), MALFORMED, ids=lambda m: str(m)[:30])
def test_malformed_statements_are_refused(data: Any, reason: str) -> None:
    """Data of another shape is no statement, and says why."""
    with pytest.raises(Malformed) as caught:
        Statement.decode(data)
    assert str(caught.value) == reason


def test_binders_are_checked_in_certificates_too() -> None:
    """A term of a certificate is held to the same rules."""
    with pytest.raises(Rejected) as caught:
        list(occurrences(make("sum", sym("k", REAL), make("range", num(1), num(2)), data=(("k",),))))
    assert str(caught.value) == "types: k has not the type of its binder"
