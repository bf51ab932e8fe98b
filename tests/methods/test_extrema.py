"""Maxima, minima and particular cases of what is assumed for all indices."""

from __future__ import annotations

import pytest

from symproof.engine import Options, decide
from symproof.reading.inline import read_statement

LET = ["n: size", "m: size", "x: vector(n)", "y: vector(n)", "i: index(n)", "c: real", "s: sequence of real"]


def verdict(text: str, *given: str) -> str:
    return decide(read_statement(text, LET, list(given)), Options(timeout=30)).verdict


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        ("min(x[k], k = 1..n) <= max(x[k], k = 1..n)", [], "proved"),
        ("min(x[k], k = 1..n) < max(x[k], k = 1..n)", [], "refuted"),
        ("x[i] <= c", ["max(x[k], k = 1..n) <= c"], "proved"),
        ("x[i] < c", ["max(x[k], k = 1..n) <= c"], "refuted"),
        ("max(x[k], k = 1..n) <= c", ["x[k] <= c for k in 1..n"], "proved"),
        ("max(x[k], k = 1..n) >= c", ["x[k] <= c for k in 1..n"], "refuted"),
        ("max(x[k] + y[k], k = 1..n) <= max(x[k], k = 1..n) + max(y[k], k = 1..n)", [], "proved"),
        ("max(x[k] + y[k], k = 1..n) = max(x[k], k = 1..n) + max(y[k], k = 1..n)", [], "refuted"),
        ("max(s[k], k = 2..5) >= s[4]", [], "proved"),
        ("max(s[k], k = 2..5) >= s[6]", [], "refuted"),
        ("(c <= x[k] for k in 1..n) iff c <= min(x[k], k = 1..n)", [], "proved"),
        ("(c < x[k] for k in 1..n) iff c <= min(x[k], k = 1..n)", [], "refuted"),
    ],
)
def test_extrema(text: str, given: list[str], wanted: str) -> None:
    assert verdict(text, *given) == wanted


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        ("x[i]^2 = x[i]", ["x[k] = 0 or x[k] = 1 for k in 1..n"], "proved"),
        ("x[i] = 1", ["x[k] = 0 or x[k] = 1 for k in 1..n"], "refuted"),
        ("x[i] (x[i] - c) = 0", ["x[k] (x[k] - y[k]) = 0 for k in 1..n", "y[i] = c"], "proved"),
        ("x[i] = c", ["x[k] (x[k] - y[k]) = 0 for k in 1..n", "y[i] = c"], "refuted"),
    ],
)
def test_particular_cases(text: str, given: list[str], wanted: str) -> None:
    assert verdict(text, *given) == wanted


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        # each part needs something else, the third the two before it
        ("c = 2 and x[i] = 2 and x[i] c = 4", ["2 c = 4", "x[k] = c for k in 1..n"], "proved"),
        ("c = 2 and x[i] = 2 and x[i] c = 5", ["2 c = 4", "x[k] = c for k in 1..n"], "refuted"),
        # what an implication says for all integers is had as it stands
        ("s[k] = 0 for integer k", ["c = 1 implies (s[k] = 0 for integer k)", "c = 1"], "proved"),
        ("s[k] = 0 for integer k", ["c = 1 implies (s[k] = 0 for integer k)", "c = 2"], "refuted"),
        ("|x| > 0", ["x != zeros(n)"], "proved"),
        ("|x| > 0", ["x != y"], "refuted"),
    ],
)
def test_statements_of_several_parts(text: str, given: list[str], wanted: str) -> None:
    assert verdict(text, *given) == wanted


def test_a_definition_with_numbers_and_an_array_has_derivatives() -> None:
    """An array where the definition wants an array is no elementwise use of it."""
    define = ["f(t: real, z: vector(n)): t z' z"]
    assert decide(read_statement("diff(f(t, x), t, at = c) = x' x", LET, (), define)).verdict == "proved"
    assert decide(read_statement("diff(f(t, x), t, at = c) = c x' x", LET, (), define)).verdict == "refuted"


def test_explicit_arrays_of_any_rank() -> None:
    define = ["X: [[[1, 2], [3, 4]], [[5, 6], [7, 9]]]"]
    for text, wanted in (
        ("sum(X[i, j, 2], i = 1..2, j = 1..2) = 21", "proved"),
        ("X[2, 2, 1] = 9", "refuted"),
    ):
        assert decide(read_statement(text, (), (), define)).verdict == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("max(k^2, k = -2..1) = 4", "proved"),
        ("max(k^2, k = -2..1) = 1", "refuted"),
        ("min(s[k], k = 1..2) = min(s[1], s[2])", "proved"),
        ("min(s[k], k = 1..2) = min(s[2], s[3])", "refuted"),
    ],
)
def test_extrema_of_a_few_values(text: str, wanted: str) -> None:
    assert verdict(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("s[argmax(s[k], k = 1..n)] = max(s[k], k = 1..n)", "proved"),
        ("s[argmax(s[k], k = 1..n)] = max(s[k], k = 1..n + 1)", "refuted"),
        ("f(m, m) <= max(f(m, k), k = 1..m)", "proved"),
        ("f(m, m) <= max(f(m, k), k = 1..n)", "refuted"),
    ],
)
def test_places_of_maxima(text: str, wanted: str) -> None:
    let = ["n: size", "m: size", "s: sequence of real", "f: (integer, integer) -> real"]
    assert decide(read_statement(text, let), Options(timeout=30)).verdict == wanted
