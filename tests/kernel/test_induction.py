"""Induction: what is assumed, what is dropped, what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.context import Context
from symproof.kernel.induction import without
from tests.kernel.kit import ALGEBRA, EVIDENT, ORDER, claim, code, conditional, not_proved, proved, rejected

T = ["t: integer >= 0"]


def by(
    step: Any, base: Any = ALGEBRA, start: Any = ("num", "0"), on: str = "t", count: int = 1
) -> dict[str, Any]:
    return {"rule": "induction", "on": on, "from": list(start), "bases": [base] * count, "step": step}


ADDED: dict[str, Any] = {"rule": "algebra", "combine": [{"fact": "induction"}]}
USED: dict[str, Any] = {"rule": "algebra", "rewrite": ["h", "induction"]}


def test_sums_by_induction() -> None:
    """The hypothesis is the goal at t, added to the difference."""
    proved("sum(2 i - 1, i=1..t) = t^2", by(ADDED), T)
    proved("sum(q^i, i=0..t) (1 - q) = 1 - q^(t + 1)", by({**ADDED}), [*T, "q: real"])
    rejected("algebra: the difference is not 0", "sum(2 i - 1, i=1..t) = t^2 + 1", by(ADDED), T)
    rejected("algebra: the difference is not 0", "sum(2 i - 1, i=1..t) = t^2", by(ALGEBRA), T)


def test_the_start_may_be_a_term() -> None:
    """From n on, where t >= n is known; the start is defined."""
    let = ["n: integer", "t: integer", "g: sequence of real"]
    given = ["t >= n", "h: g[k + 1] = g[k] for integer k >= n"]
    start = code("n", let)
    same = by({"rule": "algebra", "rewrite": ["h", "induction"]}, ALGEBRA, start)
    proved("g[t] = g[n]", same, let, given)
    rejected("induction: nothing says that t is at least the start", "g[t] = g[n]", same, let, given[1:])
    late = by(
        {"rule": "algebra", "rewrite": ["h", "induction"]},
        {"rule": "algebra", "rewrite": ["h"]},
        code("n + 1", let),
    )
    rejected("induction: nothing says that t is at least the start", "g[t] = g[n]", late, let, given)
    odd = by(ORDER, ORDER, code("mod(n, m)", [*let, "m: integer"]))
    assert conditional("x^2 >= 0", odd, [*let, "m: integer", "x: real"], ["t >= mod(n, m)"]) == ["m != 0"]


def test_facts_about_the_variable_are_left_out() -> None:
    """t = 3 does not follow to t + 1; facts about other things stay."""
    given = ["h: t <= 3", "p: x > 0"]
    not_proved("t <= 3", by(EVIDENT, EVIDENT), [*T, "x: real"], given)
    proved("x^(t + 1) > 0", by({"rule": "order", "combine": []}, ORDER), [*T, "x: real"], given)
    context = Context.of(claim("0 = 0", [*T, "x: real"], given))
    rest = without(context, "t")
    assert set(rest.facts) == {"p"} and set(rest.symbols) == {"x"}


@pytest.mark.parametrize(
    ("let", "define", "reason"),
    [
        (["u: vector(t)"], [], "u mentions t"), ([], ["a: t + 1"], "a mentions t"),
        (["X: random real ~ normal(0, t)"], [], "X mentions t"), (["h: sequence of vector(t)"], [], "h mentions t"),
        (["F: vector(t) -> real"], [], "F mentions t"),
    ],
)  # fmt: skip
def test_what_else_mentions_the_variable(let: list[str], define: list[str], reason: str) -> None:
    """Types, definitions and laws that depend on t cannot be kept, nor left out."""
    rejected(f"induction: {reason}", "t >= 0", by(ORDER, ORDER), [*T, *let], (), define)


def test_several_bases() -> None:
    """With two bases the step may use P(t) and P(t + 1), and shows P(t + 2)."""
    let = [*T, "F: sequence of real"]
    given = ["a: F[0] = 1", "b: F[1] = 2", "c: F[k + 2] = 3 F[k + 1] - 2 F[k] for integer k >= 0"]
    step = {"rule": "algebra", "rewrite": ["c", "induction", "induction 1"]}
    bases = [{"rule": "algebra", "rewrite": ["a"]}, {"rule": "algebra", "rewrite": ["b"]}]
    two = {"rule": "induction", "on": "t", "from": ["num", "0"], "bases": bases, "step": step}
    proved("F[t] = 2^t", two, let, given)
    rejected("algebra: the difference is not 0", "F[t] = 2^t + t", two, let, given)
    rejected("algebra: the difference is not 0", "F[t] = 2^t", {**two, "bases": bases[::-1]}, let, given)
    four = by(ORDER, ORDER, count=4)
    proved("t^2 + 1 > 0", four, T)


def test_conditions_of_the_step_hold_for_all_t() -> None:
    """A condition of the step is closed over t from the start on."""
    let = [*T, "x: real"]
    assert conditional("x/x + t = t + 1", by(ALGEBRA), let) == ["x != 0", "x != 0 for integer t >= 0"]
    proved("t/t = 1", by(ALGEBRA, ALGEBRA, ("num", "1")), ["t: integer >= 1"])


def test_random_starts_are_refused() -> None:
    """The start must be the same at all outcomes."""
    let = ["t: integer", "N: random integer"]
    rejected("induction: the start is random", "t^2 >= 0", by(ORDER, ORDER, code("N", let)), let, ["t >= N"])
