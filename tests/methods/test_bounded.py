"""Evidence that is exact up to a bound: only where every case was settled."""

from __future__ import annotations

import pytest

from symproof.methods.base import Budget, Evidence
from symproof.methods.bounded import propose, put
from symproof.reading.inline import read_statement
from symproof.terms.build import num

SQUARE = ["n: size", "A: matrix(n, n)", "B: matrix(n, n)"]
GRAPH = ["G: graph"]


def found(text: str, let: list[str], given: list[str] | None = None) -> Evidence | None:
    return propose(read_statement(text, let, given or []), Budget(30.0))


@pytest.mark.parametrize(
    ("text", "let", "bound"),
    [
        ("trace(A B) = trace(B A)", SQUARE, "n <= 3"),
        ("|x|^2 |y|^2 = |x|^2 y'y", ["n: size", "x: vector(n)", "y: vector(n)"], "n <= 3"),
        ("sum(degree(v), v in V(G)) = 2 |E(G)|", GRAPH, "|V(G)| <= 5"),
        ("components(G) <= |V(G)|", GRAPH, "|V(G)| <= 5"),
    ],
)
def test_what_holds_for_all_small_cases_is_bounded(text: str, let: list[str], bound: str) -> None:
    """The bound is said, and how many cases were settled."""
    evidence = found(text, let)
    assert evidence is not None and evidence.kind == "bounded"
    assert evidence.data["bound"] == bound and evidence.data["cases"] >= 3


@pytest.mark.parametrize(
    ("text", "let"),
    [
        ("A B = B A", SQUARE),  # true for n = 1 alone
        ("components(G) = 1", GRAPH),
        ("|E(G)| <= |V(G)|", GRAPH),  # first false on four vertices
        ("x = x", ["x: real"]),  # nothing has a size
    ],
)
def test_one_case_that_fails_is_enough(text: str, let: list[str]) -> None:
    """Evidence for some cases is no evidence."""
    assert found(text, let) is None


def test_hypotheses_choose_the_graphs() -> None:
    """Every connected graph has one component; no graph at all is no evidence."""
    assert found("components(G) = 1", ["G: connected graph"]) is not None
    assert found("components(G) = 1", GRAPH, ["|V(G)| = 0"]) is None


def test_a_size_that_is_put_in_is_gone() -> None:
    """Types, hypotheses and the goal speak of the number instead."""
    case = put(read_statement("x'y = y'x", ["n: size", "x: vector(n)", "y: vector(n)"]), {"n": num(2)})
    assert [symbol.name for symbol in case.symbols] == ["x", "y"]
    assert "['sym', 'n'" not in repr(case.encode())
