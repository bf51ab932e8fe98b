"""What is assumed for all values of several names: monotone, Lipschitz and injective functions and the like."""

from __future__ import annotations

import pytest

import symproof

LET = [
    "f: function", "x: real", "y: real", "a: sequence of real", "m: integer", "n: integer", "d: size",
    "F: function(vector(d)) -> vector(d)", "u: vector(d)", "w: vector(d)",
]  # fmt: skip
INCREASING = "f(s) <= f(t) for real s, real t with s <= t"
STRICTLY = "f(s) < f(t) for real s, real t with s < t"
LIPSCHITZ = "|f(s) - f(t)| <= 2 |s - t| for real s, real t"
INJECTIVE = "f(s) = f(t) implies s = t for real s, real t"
SEQUENCE = "a[i] <= a[j] for integer i, integer j with i <= j"
CONTRACTION = "norm(F(p) - F(q)) <= norm(p - q)/2 for p: vector(d), q: vector(d)"

TRUE = [
    ("f(x) <= f(y)", [INCREASING, "x <= y"]),
    ("f(x) <= f(x + 1)", [INCREASING]),
    ("2 f(x) <= 2 f(y) + 1", [INCREASING, "x <= y"]),
    ("f(x) + f(x + 1) <= 2 f(y)", [INCREASING, "x + 1 <= y"]),
    ("f(f(x)) <= f(f(y))", [INCREASING, "x <= y"]),
    ("f(x) < f(y)", [STRICTLY, "x < y"]),
    ("f(x) = f(y)", ["f(s) = f(t) for real s, real t with s <= t", "x <= y"]),
    ("|f(x) - f(0)| <= 2 |x|", [LIPSCHITZ]),
    ("x = y", [INJECTIVE, "f(x) = f(y)"]),
    ("a[m] <= a[n + 1]", [SEQUENCE, "m <= n"]),
    ("norm(F(u) - F(w)) <= norm(u - w)/2", [CONTRACTION]),
]
FALSE = [
    ("f(x) <= f(y)", [INCREASING]),
    ("f(y) <= f(x)", [INCREASING, "x <= y"]),
    ("f(x) < f(y)", [INCREASING, "x < y"]),
    ("f(x) < f(y)", [STRICTLY, "x <= y"]),
    ("|f(x) - f(0)| <= |x|", [LIPSCHITZ]),
    ("x = y", ["s = t implies f(s) = f(t) for real s, real t", "f(x) = f(y)"]),
    ("a[n + 1] <= a[m]", [SEQUENCE, "m <= n"]),
    ("norm(F(u) - F(w)) <= norm(u - w)/3", [CONTRACTION]),
]


@pytest.mark.parametrize(("goal", "given"), TRUE)
def test_instances_at_what_the_goal_speaks_of(goal: str, given: list[str]) -> None:
    assert symproof.prove(goal, LET, given, timeout=20).verdict == "proved"


@pytest.mark.parametrize(("goal", "given"), FALSE)
def test_near_misses_are_not_proved(goal: str, given: list[str]) -> None:
    assert symproof.prove(goal, LET, given, timeout=1.5).verdict not in ("proved", "conditional")


@pytest.mark.parametrize("given", [INCREASING, STRICTLY, LIPSCHITZ])
def test_that_such_functions_exist_is_shown_for_one(given: str) -> None:
    """No evaluation tells that f increases everywhere; for f(s) = s it is proved."""
    found = symproof.prove("f(x) + 0 = f(x)", LET, [given, "x < y"])
    assert (found.verdict, found.message) == ("proved", "")


def test_what_nothing_meets_is_not_met() -> None:
    found = symproof.prove("f(x) < f(y)", LET, [STRICTLY, "x < y", "f(s) = f(t) for real s, real t"])
    assert (found.verdict, bool(found.message)) != ("proved", False)


def test_an_inverse_of_a_product_on_either_side() -> None:
    let = ["n: size", "A: invertible matrix(n)", "B: invertible matrix(n)"]
    for goal in ("(B A)^-1 = A^-1 B^-1", "A^-1 B^-1 = (B A)^-1"):
        assert symproof.prove(goal, let).verdict == "proved"
    assert symproof.prove("A^-1 B^-1 = (A B)^-1", let).verdict == "refuted"
