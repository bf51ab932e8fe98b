"""The rules of logic in corners that no forged certificate visits; conditions are closed on the way out."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.context import Context
from symproof.kernel.decide import introduce, membership, negation, seen
from symproof.kernel.ledger import Axiom, instance
from symproof.kernel.logic import close, unfolding
from symproof.kernel.statement import Statement, Symbol
from symproof.kernel.verdict import Refutation, Rejected, Theorem
from symproof.terms.build import make, num, sym
from symproof.terms.plain import plain
from symproof.terms.types import (
    COMPLEX,
    GRAPH,
    INTEGER,
    REAL,
    Array,
    Vertex,
)
from tests.kernel.kit import (
    ALGEBRA,
    EVIDENT,
    ORDER,
    axiom,
    claim,
    code,
    conditional,
    not_proved,
    proved,
    reals,
    rejected,
    term,
    theorem,
)

XY = reals("x y")
INTRO: dict[str, Any] = {"rule": "intro", "name": "a", "then": ALGEBRA}


# --- conditions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "by", "let", "conditions"),
    [
        ("for real s: s/s = 1", {"rule": "intro", "then": ALGEBRA}, [], ["s != 0 for real s"]),
        ("for k in 1..n: x/(x k) = 1/k", {"rule": "intro", "then": ALGEBRA}, ["n: size", "x: real"],
         ["x k != 0 for integer k with k >= 1 and k <= n"]),
        ("x > y implies x/x = 1", INTRO, XY, ["x > y implies x != 0"]),
        ("for u: vector(n): u[1]/u[1] = 1", {"rule": "intro", "then": ALGEBRA}, ["n: size"],
         ["u[1] != 0 for u: vector(n)"]),
        ("for o in V(G): degree(o)/degree(o) = 1", {"rule": "intro", "then": ALGEBRA}, ["G: graph"],
         ["degree(o) != 0 for o in V(G)"]),
        ("for f: real -> real: f(0)/f(0) = 1", {"rule": "intro", "then": ALGEBRA}, [],
         ["f(0) != 0 for f: function"]),
        ("for g: sequence of real: g[0]/g[0] = 1", {"rule": "intro", "then": ALGEBRA}, [],
         ["g[0] != 0 for g: sequence of real"]),
    ],
)  # fmt: skip
def test_conditions_leave_quantifiers_and_premises(
    text: str, by: dict[str, Any], let: list[str], conditions: list[str]
) -> None:
    """A condition under an introduced name or assumption becomes a closed statement."""
    assert conditional(text, by, let) == conditions


def test_conditions_of_cases_stand_under_the_case() -> None:
    """What one branch needs is asked in that branch only."""
    by = {"rule": "cases", "on": code("x > y", XY), "name": "a", "branches": [ALGEBRA, ALGEBRA]}
    assert conditional("x/x = 1", by, XY) == ["x > y implies x != 0", "x <= y implies x != 0"]
    by = {"rule": "cases", "on": code("x > 0", XY), "name": "a", "branches": [ALGEBRA, ALGEBRA]}
    assert conditional("x/x = 1", by, XY) == ["x <= 0 implies x != 0"]
    either = {"rule": "either", "fact": "h", "name": "a", "branches": [ALGEBRA, ALGEBRA]}
    assert conditional("y/y = 1", either, XY, ["h: y > 0 or x > 0"]) == ["x > 0 implies y != 0"]


def test_conditions_of_what_is_obtained_and_denied() -> None:
    """They are closed over the thing obtained, and stand under the denial."""
    by = {"rule": "obtain", "fact": "h", "name": "a", "then": {"rule": "algebra", "combine": [
        {"fact": "a", "times": code("1/s", ["s: real"])}]}}  # fmt: skip
    assert conditional("x = y", by, XY, ["h: exists real s such that s x = s y"]) == [
        "s != 0 for real s with s x = s y"
    ]
    proofs = [{"rule": "algebra", "combine": [{"fact": "h", "times": code("1/x", XY)}]}, EVIDENT]
    by = {"rule": "contradiction", "name": "a", "claim": code("y = 1", XY), "proofs": proofs}
    assert conditional("x != 0", by, XY, ["h: x y = x", "g: y != 1"]) == ["x = 0 implies x != 0"]


def test_a_condition_needs_a_quantifier_for_its_symbol() -> None:
    """Graphs and complex numbers are closed over too; what has no domain is refused."""
    outer = Context({}, {}, {})
    for type, domain in ((COMPLEX, "numbers"), (Array((make("range", num(1), num(2)),)), "arrays")):
        inner = outer.with_symbol(Symbol("z", type))
        assert close(outer, inner, make("eq", num(1), num(1))).args[1].op == domain
    inner = outer.with_symbol(Symbol("G", GRAPH))
    with pytest.raises(Rejected) as caught:
        close(outer, inner, make("true"))
    assert str(caught.value) == "close: a symbol that no quantifier binds"


# --- introducing, denying, seeing -----------------------------------------------


@pytest.mark.parametrize(
    ("text", "denial"),
    [
        ("x = y", "x != y"), ("x != y", "x = y"), ("x < y", "x >= y"), ("x <= y", "x > y"), ("x > y", "x <= y"), ("x >= y", "x < y"),
        ("not x = y", "x = y"), ("x = 1 and y = 1", "x != 1 or y != 1"), ("x = 1 or y = 1", "x != 1 and y != 1"),
        ("x = 1 implies y = 1", "x = 1 and y != 1"), ("for real s: s = x", "exists s: real such that s != x"),
        ("exists real s such that s = x", "s != x for real s"), ("x = 1 iff y = 1", "not (x = 1 iff y = 1)"),
        ("o = b", "not o = b"), ("u = v", "u != v"), ("independent(X, Y)", "not independent(X, Y)"),
    ],
)  # fmt: skip
def test_denials(text: str, denial: str) -> None:
    """Denying twice gives the statement back, up to how it is written."""
    let = [
        *XY,
        "G: graph",
        "o: vertex(G)",
        "b: vertex(G)",
        "u: vector(2)",
        "v: vector(2)",
        "X: random real",
        "Y: random real",
    ]
    statement = term(text, let)
    denied = negation(statement)
    assert plain(denied) == denial
    if statement.op not in ("implies", "not"):
        assert negation(denied) == statement


INTERVALS = {
    "[0, 1]": ["s >= 0", "s <= 1"], "(0, 1)": ["s > 0", "s < 1"], "[0, 1)": ["s >= 0", "s < 1"], "(0, 1]": ["s > 0", "s <= 1"],
    "(0, oo)": ["s > 0"], "(-oo, 0]": ["s <= 0"], "(-oo, oo)": [],
}  # fmt: skip


@pytest.mark.parametrize("text", INTERVALS)
def test_what_it_means_to_lie_in_an_interval(text: str) -> None:
    """Open and closed ends; infinite ones say nothing."""
    goal = term(f"for s in {text}: s = s", [])
    context, body = introduce(Context({}, {}, {}), goal)
    assert [plain(f) for f in context.facts.values()] == INTERVALS[text]
    assert plain(body) == "s = s"


def test_introducing_keeps_names_apart() -> None:
    """A bound name that is taken gets another one, and later ranges follow it."""
    statement = claim(
        "for k in 1..n, j in 1..k: g[j] = g[j]", ["n: size", "k: integer", "g: sequence of real", "j: real"]
    )
    context, body = introduce(Context.of(statement), statement.goal)
    assert plain(body) == "g[j_] = g[j_]"
    assert [plain(f) for f in list(context.facts.values())[1:]] == [
        "k_ >= 1",
        "k_ <= n",
        "j_ >= 1",
        "j_ <= k_",
    ]
    assert context.symbols["k_"].type == INTEGER and context.symbols["j"].type == REAL


def test_domains_without_meaning_are_refused() -> None:
    """Edges are pairs that are joined; an unknown set is none."""
    o, b = sym("o", Vertex(sym("G", GRAPH))), sym("b", Vertex(sym("G", GRAPH)))
    joined = membership(make("edges", sym("G", GRAPH)), [o, b])
    assert [plain(f) for f in joined] == ["adjacency(G)[o, b] = 1"]
    with pytest.raises(Rejected) as caught:
        membership(make("ones", make("range", num(1), num(2))), [num(1)])
    assert str(caught.value) == "introduce: a domain of kind ones"


SEEN: list[tuple[str, list[str], bool]] = [
    ("x = x", [], True), ("x > 0 and y > 0", ["x > 0", "y > 1"], True), ("x > 0 and y > 0", ["x > 0"], False),
    ("x > 0 or y > 0", ["y > 0"], True), ("x > 0 or y > 0", [], False), ("not x > 0", ["x <= 0"], True), ("not x > 0", [], False),
    ("not independent(X, Y)", [], False), ("for real s: s^2 >= 0", [], True), ("for real s: s >= 0", [], False),
    ("x > 0 implies x > -1", [], True), ("x > 0 implies x > 1", [], False), ("true", [], True), ("x in [0, 1]", ["x > 0", "x < 1"], True),
    ("x in [0, 1]", ["x > 0"], False), ("exists real s such that s = x", [], False), ("u = v", [], False), ("u != v", ["u != v"], True),
    ("u + v = v + u", [], True), ("o = o", [], True), ("f = f", [], True), ("integrable(X)", ["E[X] = 1"], True), ("integrable(X)", [], False),
    ("x > 0 iff x > 0", [], False), ("x != y", ["x > y"], True),
]  # fmt: skip


@pytest.mark.parametrize("case", SEEN, ids=str)
def test_statements_that_are_seen_at_once(case: tuple[str, list[str], bool]) -> None:
    """By the connectives down to relations; existence is never seen."""
    text, given, expected = case
    let = [
        *XY,
        "X: random real",
        "Y: random real",
        "u: vector(2)",
        "v: vector(2)",
        "G: graph",
        "o: vertex(G)",
        "f: function",
    ]
    if text.startswith("integrable"):
        statement = claim("0 = 0", let, given)
        assert seen(Context.of(statement), make("integrable", sym("X", REAL))) is expected
        return
    statement = claim(text, let, given) if text != "true" else claim("0 = 0", let)
    goal = make("true") if text == "true" else statement.goal
    assert seen(Context.of(statement), goal) is expected


def test_equations_between_functions_and_sequences_are_not_compared() -> None:
    """Functions are equal at an argument, or not at all here."""
    rejected(
        "equality: functions are compared at an argument", "f = g", ALGEBRA, ["f: function", "g: function"]
    )
    not_proved("f = g", EVIDENT, ["f: sequence of real", "g: sequence of real"])
    proved("f = f", EVIDENT, ["f: function"])
    proved("G = G", EVIDENT, ["G: graph"])


def test_membership_is_split_like_a_conjunction() -> None:
    """x in [0, 1] is x >= 0 and x <= 1."""
    given = ["x > 0", "x < 1"]
    proved("x in [0, 1]", {"rule": "split", "parts": [ORDER, ORDER]}, XY, given)
    proved("x in [0, 1]", EVIDENT, XY, given)
    rejected(
        "split: expected 2 parts, found 1", "x in [0, 1]", {"rule": "split", "parts": [ORDER]}, XY, given
    )
    rejected("split: nothing to split in eq", "x = y", {"rule": "split", "parts": []}, XY)


def test_a_part_of_a_fact_is_a_fact() -> None:
    """A and B says A."""
    proved("f(x) = y", EVIDENT, [*XY, "f: function"], ["f(x) = y and x = 2"])
    not_proved("f(x) = y", EVIDENT, [*XY, "f: function"], ["f(x) = y or x = 2"])


# --- definitions --------------------------------------------------------------------


def test_unfolding_replaces_names_in_goal_facts_and_functions() -> None:
    """Definitions with parameters stay, with their bodies unfolded."""
    statement = claim("b + f(b) > 0", ["x: real"], ["h: b > 1"], ["a: x + 1", "b: 2 a", "f(s): s + b"])
    context, goal = unfolding(Context.of(statement), statement.goal)
    assert plain(goal) == "2 (x + 1) + f(2 (x + 1)) > 0"
    assert plain(context.facts["h"]) == "2 (x + 1) > 1"
    assert list(context.definitions) == ["f"] and plain(context.definitions["f"].body) == "s + 2 (x + 1)"


# --- contexts ----------------------------------------------------------------------


def test_names_are_new() -> None:
    """Facts, symbols and definitions share no names."""
    context = Context.of(claim("x = x", ["x: real"], ["h: x > 0"], ["a: x"]))
    for name in ("x", "a"):
        with pytest.raises(Rejected) as caught:
            context.with_symbol(Symbol(name, REAL))
        assert str(caught.value) == f"introduce: the name {name} is taken"
    with pytest.raises(Rejected) as caught:
        context.with_fact("h", make("true"))
    assert str(caught.value) == "assume: the name h is taken"


def test_what_mentions_a_symbol() -> None:
    """Facts, definitions, types and laws; parameters of definitions hide it."""
    context = Context.of(claim(
        "x = x", ["x: real", "n: integer", "m: size", "u: vector(n)", "f: function", "h: sequence of vector(n)",
                  "F: vector(n) -> real", "X: random real ~ normal(0, x)", "z: real"],
        ["p: x > 0", "q: u = u"], ["a: x + 1", "g(x): x^2", "k(y): x y"]))  # fmt: skip
    assert set(context.mentions("x")) == {"p", "a", "k", "X"}
    assert set(context.mentions("n")) == {"q", "u", "h", "F"}
    assert context.mentions("z") == []


def test_random_values_and_expectations_are_told_apart() -> None:
    """An expectation does not depend on the outcome; definitions are looked into."""
    let = ["X: random real", "x: real"]
    context = Context.of(claim("0 = 0", let, (), ["a: X + 1", "b: E[X]", "c: a + b", "d: x"]))
    for text, is_random, chance in (
        ("X", True, False), ("x", False, False), ("E[X]", False, True), ("E[X] + X", True, True), ("a", True, False),
        ("b", False, True), ("c", True, True), ("d", False, False), ("P[X > 0] x", False, True), ("Var[a]", False, True),
    ):  # fmt: skip
        found = term(text, let, ["a: X + 1", "b: E[X]", "c: a + b", "d: x"])
        assert (context.is_random(found), context.speaks_of_chance(found)) == (is_random, chance)


def test_assumptions_about_random_values_are_marked() -> None:
    """They hold at some outcomes only; assumptions about expectations do not matter."""
    let = ["X: random real", "x: real"]
    context = Context.of(claim("0 = 0", let, ["X >= 0"]))
    assert not context.conditional
    assert not context.assuming("a", term("x > 0", let)).conditional
    assert not context.assuming("a", term("E[X] > 0", let)).conditional
    assert context.assuming("a", term("X > 0", let)).conditional
    assert context.assuming("a", term("X > 0", let)).assuming("b", term("x > 0", let)).conditional
    assert not context.with_fact("a", term("X > 0", let)).conditional


def test_item_types_and_zero_one_symbols() -> None:
    """What a symbol's innermost items are."""
    context = Context.of(claim("0 = 0", [
        "x: real", "n: size", "h: sequence of integer", "A: integer matrix(n)", "c: integer -> integer", "G: graph",
        "o: vertex(G)", "Z: random vector(n) ~ bernoulli(1/2)", "u: sequence of vector(n)",
    ]))  # fmt: skip
    found = {name: context.item_type(name) for name in context.symbols}
    assert found["x"] == REAL and found["u"] == REAL
    assert found["h"] == found["A"] == found["c"] == found["n"] == INTEGER
    assert found["o"] == Vertex(sym("G", GRAPH)) and context.item_type("nothing") is None
    assert context.zero_one == {"Z"} and context.random == {"Z"}


# --- axioms --------------------------------------------------------------------------


def instanced(ledger: dict[str, Axiom], let: list[str], **values: Any) -> tuple[dict[str, str], str]:
    context = Context.of(claim("0 = 0", let, ["E[X^2] = 1"] if any(v.startswith("X:") for v in let) else ()))
    found, goal = instance(context, ledger["axiom"], values)
    return {k: plain(v) for k, v in found.items()}, plain(goal)


def test_attributes_of_axioms_become_premises() -> None:
    """Symmetric, orthogonal and invertible can be shown; others must be declared."""
    let = [
        "n: size",
        "A: matrix(n)",
        "O: orthogonal matrix(n)",
        "C: invertible matrix(n)",
        "S: symmetric matrix(n)",
    ]
    for attribute, premise in (
        ("symmetric", "A' = A"),
        ("orthogonal", "A' A = I(n)"),
        ("invertible", "det(A) != 0"),
    ):
        ledger = axiom("trace(M) = trace(M)", ["k: size", f"M: {attribute} matrix(k)"])
        found, _ = instanced(ledger, let, k=term("n", let), M=term("A", let))
        assert found[f"M is {attribute}"] == premise
        name = {"symmetric": "S", "orthogonal": "O", "invertible": "C"}[attribute]
        found, _ = instanced(ledger, let, k=term("n", let), M=term(name, let))
        assert f"M is {attribute}" not in found
    ledger = axiom("trace(M) = trace(M)", ["k: size", "M: psd matrix(k)"])
    with pytest.raises(Rejected) as caught:
        instanced(ledger, let, k=term("n", let), M=term("A", let))
    assert str(caught.value) == "axiom axiom: M must be declared psd"


def test_smoother_functions_are_smooth_enough() -> None:
    """Twice differentiable is differentiable is continuous."""
    let = [
        "f: function",
        "c: continuous function",
        "d: differentiable function",
        "t: twice differentiable function",
    ]
    ranks = {"continuous": "cdt", "differentiable": "dt", "twice differentiable": "t"}
    for attribute, allowed in ranks.items():
        ledger = axiom("s(0) = s(0)", [f"s: {attribute} function"])
        for name in "fcdt":
            if name in allowed:
                instanced(ledger, let, s=term(name, let))
                continue
            with pytest.raises(Rejected) as caught:
                instanced(ledger, let, s=term(name, let))
            assert str(caught.value) == f"axiom axiom: s must be declared {attribute.replace(' ', '_')}"


def test_values_of_axioms_are_declared_and_define_nothing() -> None:
    """Undeclared names, definitions in axioms, expectations at random values are refused."""
    ledger = axiom("s = s", ["s: real"])
    with pytest.raises(Rejected) as caught:
        instanced(ledger, [], s=sym("q", REAL))
    assert str(caught.value) == "axiom axiom: q is not declared"
    defining = {"axiom": Axiom("axiom", claim("a = a", ["s: real"], (), ["a: s"]), False, "")}
    with pytest.raises(Rejected) as caught:
        instanced(defining, [], s=num(1))
    assert str(caught.value) == "axiom axiom: an axiom must not define a"
    let = ["X: random real", "Y: random real"]
    mean = make("lambda", term("E[Y s]", [*let, "s: real"]), make("numbers", data="real"), data=(("s",),))
    ledger = axiom("f(s) = f(s)", ["f: function", "s: real"])
    with pytest.raises(Rejected) as caught:
        instanced(ledger, let, f=mean, s=term("X", let))
    assert str(caught.value) == "axiom axiom: an expectation as a function of random values"
    instanced(ledger, let, f=mean, s=num(1))


def test_standard_normal_parameters() -> None:
    """normal(0, 1) and normal(0, I) only, entries of such vectors too."""
    ledger = axiom("E[Z] = 0", ["Z: random real ~ normal(0, 1)"])
    let = ["n: size", "u: random vector(n) ~ normal(0, I)", "w: random vector(n) ~ normal(ones(n), I)",
           "a: random real ~ normal(0, 1)", "b: random real ~ normal(0, 2)", "c: random real ~ normal(1, 1)", "s: real"]  # fmt: skip
    for good in ("a", "u[1]"):
        instanced(ledger, let, Z=term(good, let))
    for bad in ("b", "c", "w[1]"):
        with pytest.raises(Rejected) as caught:
            instanced(ledger, let, Z=term(bad, let))
        assert str(caught.value) == "axiom axiom: Z must be standard normal"


def test_independent_parameters_take_laws_or_independent_symbols() -> None:
    """A law makes independent; a member of a sequence of vectors says nothing of its entries."""
    ledger = axiom("E[Z[1]] = E[Z[1]]", ["k: size", "Z: independent random vector(k)"])
    let = ["n: size", "u: random vector(n) ~ normal(0, I)", "v: independent random vector(n)", "w: random vector(n)",
           "R: independent random sequence of vector(n)", "X: random real"]  # fmt: skip
    for good in ("u", "v"):
        instanced(ledger, let, k=term("n", let), Z=term(good, let))
    for bad in ("w", "R[0]"):
        with pytest.raises(Rejected) as caught:
            instanced(ledger, let, k=term("n", let), Z=term(bad, let))
        assert str(caught.value) == "axiom axiom: Z must be independent"
    single = axiom("E[Z] = E[Z]", ["Z: independent random real"])
    instanced(single, let, Z=term("v[1]", let))


def test_axioms_are_counted() -> None:
    """A theorem lists its axioms, imported ones apart."""
    ledger = axiom("f(0) = f(0)", ["f: function"], imported=True, name="b") | axiom(
        "s = s", ["s: real"], name="a"
    )
    by = {"rule": "have", "name": "p", "axiom": "a", "at": {"s": ["num", "1"]}, "then": {
        "rule": "have", "name": "q", "axiom": "b", "at": {"f": code("f", ["f: function"])}, "then": ALGEBRA}}  # fmt: skip
    found = theorem("f(1) = f(1)", by, ["f: function"], ledger=ledger)
    assert (found.axioms, found.imports) == (("a", "b"), ("b",))
    assert theorem("f(1) = f(1)", ALGEBRA, ["f: function"]).axioms == ()


# --- verdicts ------------------------------------------------------------------------


def test_only_the_kernel_makes_verdicts() -> None:
    """The seal is needed, and cannot be taken from a theorem."""
    from dataclasses import replace

    found = theorem("x = x", ALGEBRA, ["x: real"])
    with pytest.raises(Rejected) as caught:
        Theorem(found.statement, (), (), (), object())
    assert str(caught.value) == "theorem: only the kernel makes theorems"
    with pytest.raises(Rejected) as caught:
        Refutation(found.statement, {}, "", "", None, object())
    assert str(caught.value) == "refutation: only the kernel makes refutations"
    with pytest.raises((ValueError, TypeError)):
        replace(found, statement=claim("1 = 2"))
    assert not hasattr(found, "seal")
    error = Rejected("rule", "reason")
    assert (str(error), error.rule, error.reason) == ("rule: reason", "rule", "reason")


def test_certificates_that_are_too_deep_or_too_large() -> None:
    """Depth is bounded, and so is what Python can recurse through."""
    by: dict[str, Any] = ALGEBRA
    for _ in range(900):
        by = {"rule": "unfold", "then": by}
    rejected("check: too large: RecursionError", "x = x", by, ["x: real"])
    rejected("algebra: a power with too many terms", "(x + y + z)^300 = 0", ALGEBRA, reals("x y z"))
    rejected("algebra: a number with too many digits", "(7^9999)^9999 = 0", ALGEBRA)
    x = sym("x", REAL)
    deep = x
    for _ in range(3000):
        deep = make("neg", deep)
    statement = Statement((Symbol("x", REAL),), (), (), make("eq", deep, deep))
    rejected("check: too large: RecursionError", statement, ALGEBRA)


def test_a_random_number_may_exist_where_nothing_is_averaged() -> None:
    let = ["X: random real"]
    value = {"rule": "exists", "values": {"c": code("X + 1", let)}, "then": EVIDENT}
    proved("exists real c such that c > X", value, let)
