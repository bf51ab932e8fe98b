"""Hints that name hypotheses, steps and axioms; what the search does with them."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.methods.base import Budget, Evidence, Step
from symproof.methods.matching import match
from symproof.methods.prove import propose
from symproof.reading.inline import read_statement
from symproof.reading.ledger import load

LEDGER = load()


def searched(
    goal: str, let: list[str], given: list[str], steps: list[tuple[str, str | None]], hint: str | None
) -> Evidence | None:
    statement = read_statement(goal, let, given)
    shown = tuple(Step(read_statement(text, let, given).goal, by) for text, by in steps)
    return propose(statement, Budget(2, 0, hint, shown))


def proved(evidence: Evidence | None, goal: str, let: list[str], given: list[str]) -> bool:
    return (
        evidence is not None and not check(read_statement(goal, let, given), evidence.data, LEDGER).conditions
    )


A = ["a: sequence of real", "c: real >= 0", "n: integer >= 0"]
STEP = "a[k] <= c a[k-1] for integer k >= 1"


@pytest.mark.parametrize(
    ("goal", "given", "steps", "hint", "wanted"),
    [
        ("a[n] <= 3 c^n", [STEP, "a[0] <= 3"], [], "geometric-bound", True),
        ("a[n] <= 2 c^n", [STEP, "a[0] <= 3"], [], "geometric-bound", False),
        ("a[n] <= 3 c^n", ["a[k] <= c a[k-1] for integer k >= 2", "a[0] <= 3"], [], "geometric-bound", False),
        ("a[n] <= 3 c^n", [STEP, "a[0] <= 2"], [("a[0] <= 3", None)], "(1), geometric-bound", True),
        ("a[n] <= 3 c^n", [STEP, "a[0] <= 4"], [("a[0] <= 3", None)], "(1), geometric-bound", False),
    ],
)
def test_growth_by_a_factor(
    goal: str, given: list[str], steps: list[tuple[str, str | None]], hint: str, wanted: bool
) -> None:
    assert proved(searched(goal, A, given, steps, hint), goal, A, given) is wanted


def test_a_hint_that_names_too_little_loses_nothing() -> None:
    """What the author names comes first; then everything that is known."""
    let, given = ["x: real", "y: real"], ["x <= 1", "y <= 2"]
    steps: list[tuple[str, str | None]] = [("x <= 1", None), ("y <= 2", None)]
    assert proved(searched("x + y <= 3", let, given, steps, "(1)"), "x + y <= 3", let, given)
    assert not proved(searched("x + y <= 2", let, given, steps, "(1), (2)"), "x + y <= 2", let, given)


def test_what_rests_on_named_facts_is_checked_from_these_alone() -> None:
    """The certificate leaves out what the author does not name, but for declarations."""
    let, given = ["x: real > 0", "y: real"], ["a: y >= x", "b: x^2 + y^2 <= 9"]
    found = searched("y > 0", let, given, [("y >= x", "a")], "(1)")
    assert found is not None and proved(found, "y > 0", let, given)
    have = found.data
    assert have["proof"]["rule"] == "only" and set(have["proof"]["facts"]) == {"x: real > 0", "a"}
    assert have["then"]["rule"] == "only" and set(have["then"]["facts"]) == {"x: real > 0", have["name"]}


def test_alternatives_are_told_apart_beside_many_facts_that_are_not_named() -> None:
    """What the author does not name does not count among the facts that are too many."""
    let = ["x: real", "q: real", *(f"a{k}: real" for k in range(45))]
    given = ["a: x = 0 or x = 1", "b: x = 0 implies q >= 1", "c: x = 1 implies q >= 0"]
    given += [f"a{k} >= {k}" for k in range(45)]
    assert proved(searched("1 - x <= q", let, given, [], "a, b, c"), "1 - x <= q", let, given)


def test_a_function_of_symbols_that_are_found_later() -> None:
    """f(n) <= a c^n against u[m] <= 5 q^m gives f = m ↦ u[m]."""
    axiom = LEDGER["geometric-bound"].statement
    let = ["u: sequence of real", "m: integer >= 0", "q: real >= 0", "r: integer"]
    values = match(axiom, axiom.goal, read_statement("u[m] <= 5 q^m", let, []).goal)
    assert values is not None
    assert repr(values["f"].args[0]) == "index(u, m)"
    assert match(axiom, axiom.goal, read_statement("u[m] <= 5 q^(m + 1)", let, []).goal) is None


@pytest.mark.parametrize(
    ("goal", "wanted"),
    [("s[k+1] = 3 u[k] for integer k >= 0", True), ("s[k+1] = 2 u[k] for integer k >= 0", False)],
)
def test_equations_for_all_integers_are_combined(goal: str, wanted: bool) -> None:
    let = ["s: sequence of real", "t: sequence of real", "u: sequence of real", "b: real > 0"]
    given = [
        "b s[k+1] + t[k] = 2 b u[k] + t[k] for integer k >= 0",
        "b u[k] + t[k]^2 = t[k]^2 for integer k >= 0",
    ]
    goal_given = given if wanted else given[:1]
    if not wanted:
        goal = "s[k+1] = 3 u[k] for integer k >= 0"
    assert proved(searched(goal, let, goal_given, [], None), goal, let, goal_given) is wanted
