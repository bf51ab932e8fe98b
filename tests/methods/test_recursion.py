"""Recursions over the words of a sequence: maxima of products, places of maxima, families shown by induction."""

from __future__ import annotations

import pytest

from symproof.engine import decide
from symproof.methods.base import Step
from symproof.options import Options
from symproof.reading.inline import read_statement
from symproof.terms.codec import encode

LET = [
    "n: size",
    "m: size",
    "k: integer",
    "A: matrix(n, n) >= 0",
    "s: sequence of vector(n)",
    "w: integer vector(0..m) in 1..n",
]
GIVEN = [
    "first: s[0][i] = i for i in 1..n",
    "later: s[t][j] = max(A[i, j] s[t-1][i], i = 1..n) for t in 1..m, j in 1..n",
]


def verdict(text: str, let: list[str] | None = None, given: list[str] | None = None) -> str:
    statement = read_statement(text, let or LET, GIVEN if given is None else given)
    return decide(statement, Options(timeout=30)).verdict


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("t <= m implies (s[t][i] >= 0 for i in 1..n) for integer t >= 0", "proved"),
        ("t <= m implies (s[t][i] > 0 for i in 1..n) for integer t >= 0", "refuted"),
        ("s[m][w[m]] < 1", "refuted"),
        ("s[1][1] = A[1, 1]", "refuted"),
    ],
)
def test_members_of_a_sequence_given_entry_by_entry(text: str, wanted: str) -> None:
    assert verdict(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("argmax(s[k][i], i = 1..n) >= 1", "proved"),
        ("argmax(s[k][i], i = 1..n) <= n", "proved"),
        ("argmin(s[k][i], i = 3..n) >= 3", "conditional"),
        ("argmax(s[k][i], i = 1..n) >= 2", "refuted"),
        ("argmax(s[k][i], i = 1..n) < n", "refuted"),
    ],
)
def test_places_lie_in_their_range(text: str, wanted: str) -> None:
    assert verdict(text, given=[]) == wanted


def test_entries_of_arrays_that_count_from_0_are_named_as_they_are_written() -> None:
    let = ["m: size", "t: integer >= 0", "y: vector(0..m) >= 0", "r: sequence of real"]
    given = ["short: t < m", "r[t] <= product(y[s], s = 1..t)", "r[t+1] = r[t] y[t+1]"]
    assert verdict("r[t+1] <= product(y[s], s = 1..t+1)", let, given) == "proved"
    assert verdict("r[t+1] < product(y[s], s = 1..t+1)", let, given) == "refuted"


@pytest.mark.parametrize(
    ("text", "wanted"), [("z != 0", "proved"), ("p != 0", "proved"), ("x != y", "refuted")]
)
def test_factors_of_what_is_positive(text: str, wanted: str) -> None:
    let = ["p: real >= 0", "x: real", "y: real", "z: real >= 0"]
    assert verdict(text, let, ["x p z > 0", "y > 0"]) == wanted


@pytest.mark.parametrize(
    ("high", "wanted"), [("1 / (1 + k c)", "proved"), ("1 + 1 / (1 + k c)", "undecided")]
)
def test_limits_below_a_bound_that_tends_to_0(high: str, wanted: str) -> None:
    given = ["d[k] >= 0 for integer k >= 0", f"d[k] <= {high} for integer k >= 0"]
    given.append("limit(1 / (1 + n c), integer n -> oo) = 0")
    let = ["c: real > 0", "d: sequence of real"]
    assert verdict("limit(d[n], integer n -> oo) = 0", let, given) == wanted


def test_a_step_on_which_nothing_rests_is_left_out() -> None:
    statement = read_statement("a + b > 0", ["a: real > 0", "b: real > 0"], ["c: a < b"])
    goals = [read_statement(text, ["a: real > 0", "b: real > 0"]).goal for text in ("a^2 >= 0", "a b > 0")]
    result = decide(statement, hint="(2)", steps=tuple(Step(goal) for goal in goals), methods=_search())
    assert result.verdict == "proved"
    assert str(encode(goals[0])) not in str(result.evidence["certificate"])


def _search() -> list[object]:
    from symproof.methods import METHODS

    return [method for method in METHODS if method.name == "search"]
