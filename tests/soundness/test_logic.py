"""Rules of logic: every part of a goal is defined, and facts are used only where they speak."""

from __future__ import annotations

from typing import Any

import pytest

from tests.soundness.forging import ALGEBRA, EVIDENT, ORDER, attempt, axiom, claim, refused, shown, term


def intro(then: Any, name: str | None = None) -> dict[str, Any]:
    return {"rule": "intro", "then": then} if name is None else {"rule": "intro", "name": name, "then": then}


@pytest.mark.parametrize(
    ("text", "let", "more"),
    [
        ("k >= 1 for k in 1..floor(1/x)", ["x: real"], ["x: real > 0"]),
        ("t >= 0 for t in [0, 1/x]", ["x: real"], ["x: real != 0"]),
        ("t >= 0 for t in [0, log(x)]", ["x: real"], ["x: real > 0"]),
    ],
)
def test_the_domain_of_a_quantifier_is_defined(text: str, let: list[str], more: list[str]) -> None:
    """For all k up to floor(1/x): there must be such a number."""
    by = [intro(leaf) for leaf in (EVIDENT, ORDER)]
    assert refused(text, let, by=by)
    assert shown(text, more, by=by)


@pytest.mark.parametrize(
    "text",
    [
        "1/x = 1/x or 0 = 0",
        "1/x = 1/x and 0 = 0",
        "1/x = 1/x implies 0 = 0",
        "0 = 0 iff 1/x = 1/x",
        "not 1/x != 1/x",
        "1/y > 0 or 1/y <= 0 for real y",
        "limit(f(t), t -> 0) >= 0 implies 0 = 0",
    ],
)
def test_every_part_of_a_goal_is_defined(text: str) -> None:
    """A part that is undefined somewhere makes a condition, whichever way the goal is taken apart."""
    leaf = [EVIDENT, ALGEBRA, ORDER]
    parts = [intro(EVIDENT), intro(EVIDENT, "h"), {"rule": "choose", "index": 1, "then": EVIDENT}]
    split = [
        {"rule": "split", "parts": [a, b]}
        for a in (EVIDENT, intro(EVIDENT, "h"))
        for b in (EVIDENT, intro(EVIDENT, "g"))
    ]
    cases = [{"rule": "cases", "on": term("x = 0", ["x: real"]), "name": "c", "branches": [EVIDENT, EVIDENT]}]
    both = [{"rule": "contradiction", "name": "c", "claim": term("0 = 0"), "proofs": [EVIDENT, EVIDENT]}]
    assert refused(text, ["x: real", "f: function"], by=[*leaf, *parts, *split, *cases, *both])


@pytest.mark.parametrize(
    ("text", "let", "given"),
    [
        ("a = b", ["n: integer >= 0", "a: real", "b: real"], "h: a = b for i in 1..n"),
        ("a = b", ["a: real", "b: real"], "h: a = b for real x with x^2 < 0"),
        ("a = b", ["a: real", "b: real"], "h: a = b for integer k with 2 k = 1"),
        ("a > b", ["n: integer >= 0", "a: real", "b: real"], "h: a > b for i in 1..n"),
        ("f(1/2) = 0", ["f: function"], "h: f(k) = 0 for integer k"),
        ("f(1/2) >= 0", ["f: function"], "h: f(k) >= 0 for integer k"),
        ("f(3/2) = 0", ["f: function"], "h: f(k) = 0 for k in 1..2"),
        ("g[0] = 0", ["g: sequence of real"], "h: g[k] = 0 for integer k >= 1"),
        ("b[-2] = -2", ["a: sequence of real", "b: sequence of real"],
         "h: (k >= 1 implies a[k] = 1) and (k <= 0 implies b[k] = |k|) for integer k"),
        ("1 = 0", ["a: sequence of real"], "h: (k >= 1 implies a[k] = |k|) and (k <= -1 implies a[k] = |k|) for integer k"),
        ("y = 0", ["x: real", "y: real"], "h: x y = 0"),
    ],
)  # fmt: skip
def test_facts_are_used_where_they_speak(text: str, let: list[str], given: str) -> None:
    """For no value, for other values, or under one premise and not another."""
    by = [{**leaf, "rewrite": ["h"]} for leaf in (ALGEBRA, ORDER, EVIDENT)]
    assert refused(text, let, [given], by=[*by, ORDER, EVIDENT])


def test_arrays_without_entries_do_not_differ() -> None:
    """v + 1 is v where v has no entries."""
    assert refused("v + ones(n) != v", ["n: integer >= 0", "v: vector(n)"])


def test_side_conditions_of_axioms_are_defined_and_all_there() -> None:
    """x/y = 1 at x = y = a says nothing when a = 0; and `q in (-1, 1)` is two conditions."""
    a = ["sym", "a", ["real"]]
    nonzero = axiom("y != 0", ["x: real", "y: real"], ["x/y = 1"])
    have = {"rule": "have", "name": "h", "axiom": "test", "then": EVIDENT}
    statement = claim("a != 0", ["a: real"])
    assert attempt(statement, {**have, "at": {"x": a, "y": a}}, ledger={"test": nonzero}) is None
    bounded = axiom("c >= 1", ["q: real in (-1, 1)", "c: real"], ["c >= q - 1"])
    low = claim("c >= 1", ["c: real"], ["c >= -6", "c <= 0"])
    forged = {**have, "at": {"q": ["num", "-5"], "c": ["sym", "c", ["real"]]}}
    assert attempt(low, forged, ledger={"test": bounded}) is None


def test_functions_written_out_are_defined_where_an_axiom_speaks_of_them() -> None:
    """f(a) > f(a) - 1 for every function f; 1/x is none at 0."""
    total = axiom("f(a) > f(a) - 1", ["a: real", "f: function"])
    reciprocal = term("fn(x: real, 1/x)")
    at = {"a": ["sym", "c", ["real"]], "f": reciprocal}
    for text in ("1/c > 1/c - 1 or 0 = 0", "0 = 0"):
        then = {"rule": "choose", "index": 0, "then": EVIDENT} if "or" in text else EVIDENT
        forged = {"rule": "have", "name": "h", "axiom": "test", "at": at, "then": then}
        assert attempt(claim(text, ["c: real"]), forged, ledger={"test": total}) is None


@pytest.mark.parametrize(
    ("text", "let", "given"),
    [
        ("limit(exp(-x), x -> 5 - oo) = 0", ["x: real"], ["limit(exp(-x), x -> oo) = 0"]),
        ("limit(x log(-1-x^2)/log(-1-x^2), x -> 0) = 0", ["x: real"], ["limit(x, x -> 0) = 0"]),
        (
            "integral(exp(-x) log(-1-x^2)/log(-1-x^2), x = 0..oo) = 1",
            [],
            ["integral(exp(-x), x = 0..oo) = 1"],
        ),
        ("integral(exp(x), x = oo..oo) = 0", [], []),
        ("integral(exp(x), x = -oo..-oo) = 0", [], []),
        ("product(2, i = 1..oo, j = 1..1) = product(2, i = 1..oo, j = 1..1)", [], []),
        ("product(2, i = 1..oo) = product(2, i = 1..oo)", [], []),
        ("max(k, k = 1..oo) = max(k, k = 1..oo)", [], []),
        ("argmin(-k, k = 1..oo) = argmin(-k, k = 1..oo)", [], []),
        ("sum(k, k = 1..oo) = sum(k, k = 1..oo)", [], []),
        ("diff(f(x), x, 3) = diff(f(x), x, 3)", ["f: twice_differentiable function", "x: real"], []),
        ("lambda_max(A) = lambda_max(A)", ["A: matrix(2, 2)"], []),
    ],
)
def test_what_need_not_exist_is_not_shown(text: str, let: list[str], given: list[str]) -> None:
    """Limits, series and derivatives exist by what is known of them, not by being written down."""
    assert refused(text, let, given)


def test_an_equation_for_an_inner_sum_leaves_a_division_inside() -> None:
    """Where the inner sum is empty, x may be 0 and q anything: the division must not leave it."""
    sizes = ["x: real", "q: real", "n: integer >= 0", "m: integer >= 1"]
    let = [*sizes, "a: sequence of real", "b: sequence of real", "h: sequence of real"]
    fact = "f: sum(a[k] h[i + k], k = 1..n) = q x for integer i"
    by = [{"rule": "algebra", "rewrite": ["f"]}]
    text = "sum(sum(a[k] h[i + k] b[i]{}, k = 1..n), i = 1..m) = q {}sum(b[i], i = 1..m)"
    assert shown(text.format("", "x "), let, [fact], by=by)
    assert refused(text.format("/x", ""), let, [fact, "x != 0 for k in 1..n"], by=by)
    assert shown(text.format("/x", ""), let, [fact, "x != 0"], by=by)
