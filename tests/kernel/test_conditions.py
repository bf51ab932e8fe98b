"""What a goal needs to be defined: assumed on the way, asked for in the end, and nothing asked for twice."""

from __future__ import annotations

import pytest

from tests.kernel.kit import ALGEBRA, ORDER, code, conditional, proved, reals, rejected

TWO = ["X: random real", "Y: random real"]


def under(then: dict[str, object]) -> dict[str, object]:
    """The certificate where the goal is defined."""
    return {"rule": "defined", "name": "needed", "then": then}


def test_conditions_are_counted_from_one() -> None:
    """A proof refers to what it assumes by number."""
    for number in range(4):
        reason = (
            "rewrite: no side of the equation is a single symbol, entry, function value or expectation"
            if number in (1, 2)
            else f"algebra: no fact 'needed {number}'"
        )
        then = {"rule": "algebra", "rewrite": [f"needed {number}"]}
        rejected(reason, "x/y + x/z = x/z + x/y", under(then), reals("x y z"))


@pytest.mark.parametrize("bounds", ["1..oo", "oo..1", "-oo..-1", "-1..-oo"])
def test_between_infinite_bounds_in_either_order(bounds: str) -> None:
    """A body is defined between the bounds, not beyond them."""
    inverse = f"integral(1/x^2, x = {bounds})"
    proved(f"2 {inverse} = 2", {"rule": "algebra", "rewrite": ["h"]}, [], [f"h: {inverse} = 1"])
    pole = inverse.replace("x^2", "(x - 2)^2 (x + 2)^2").replace("1/", "1/(", 1).replace("^2,", "^2),")
    assert conditional(f"2 {pole} = 2", {"rule": "algebra", "rewrite": ["h"]}, [], [f"h: {pole} = 1"])


@pytest.mark.parametrize("factor", ["(x + y)", "x"])
def test_what_is_asked_of_a_limit_that_is_multiplied(factor: str) -> None:
    """A factor that may be 0 says nothing of the limit of the other."""
    let, given = ["f: (real) -> real", *reals("x y c")], [f"limit({factor} f(t), t -> oo) = c", "y != 0"]
    assert conditional("limit(f(t), t -> oo) = limit(f(t), t -> oo)", ALGEBRA, let, given)
    if factor == "x":
        return
    parts = ["x limit(f(t), t -> oo) + y limit(f(t), t -> oo) = c"]
    proved("limit(f(t), t -> oo) = limit(f(t), t -> oo)", ALGEBRA, let, parts)


@pytest.mark.parametrize(
    ("text", "let", "asked"),
    [
        ("E[X + Y] = E[X] + E[Y]", TWO, ["integrable(X)", "integrable(Y)"]),
        ("Var[X] = E[X^2] - E[X]^2", TWO, ["integrable(X^2)"]),
        ("Var[X + Y] = Var[X] + Var[Y] + 2 Cov[X, Y]", TWO, ["integrable(X X)", "integrable(Y Y)"]),
        ("log(x y) = log(x) + log(y)", reals("x y"), ["x > 0", "y > 0"]),
        ("x/sqrt(y) = x y^(-1/2)", reals("x y"), ["y > 0"]),
    ],
)
def test_what_the_goal_needs_is_assumed_and_asked_for(text: str, let: list[str], asked: list[str]) -> None:
    """The equation holds where both sides are defined, and the conditions say just that."""
    assert conditional(text, under(ALGEBRA), let) == asked


def test_nothing_else_is_assumed() -> None:
    """What the goal does not need stays unknown."""
    rejected("order: the sign is not seen", "x y > 0", under(ORDER), reals("x y"))
    rejected("algebra: the difference is not 0", "sqrt(x)^2 = 2 x", under(ALGEBRA), reals("x"))
    rejected(
        "expectation: cannot split: nothing says that X has an expectation",
        "E[X + Y] = E[Y + X]", under(ALGEBRA), TWO,
    )  # fmt: skip


def test_that_a_limit_exists_is_not_assumed() -> None:
    """Otherwise limits could be split that do not exist."""
    text = "limit(f(x), x -> 0) - limit(f(x), x -> 0) = 0"
    assert any("limit" in c for c in conditional(text, under(ALGEBRA), ["f: function"]))


def test_even_moments_bound_the_lower_ones() -> None:
    """|X Y| <= 1 + X² + Y²: with second moments, products of two have expectations."""
    second = ["E[X^2] = 1", "E[Y^2] = 1"]
    proved("E[X Y + X] = E[X Y] + E[X]", ALGEBRA, TWO, second)
    proved("E[X Y + X] = E[X Y] + E[X]", ALGEBRA, TWO, ["integrable(X^2)", "integrable(Y^4)"])
    assert conditional("E[X^2 Y + X] = E[X^2 Y] + E[X]", under(ALGEBRA), TWO, second) == ["integrable(X^2 Y)"]
    assert conditional("E[X^3 + X] = E[X^3] + E[X]", under(ALGEBRA), TWO, second) == ["integrable(X^3)"]


@pytest.mark.parametrize("text", ["X = 1 implies integrable(X)", "X = 0 implies integrable(X Y)"])
def test_what_holds_at_some_outcomes_makes_nothing_integrable(text: str) -> None:
    """An expectation is over all outcomes, not over those where X = 1."""
    for leaf in ({"rule": "evident", "rewrite": ["a"]}, {"rule": "evident"}):
        rejected(
            "evident: the goal is not seen at once", text, {"rule": "intro", "name": "a", "then": leaf}, TWO
        )


def test_what_is_integrable_for_every_number_need_not_be_for_a_random_one() -> None:
    """y X has an expectation for every number y, and Y X may have none."""
    at = {"rule": "have", "name": "b", "fact": "a", "at": {"y": code("Y", TWO)}, "then": {"rule": "evident"}}
    rejected(
        "have: a random value for y inside an expectation",
        "integrable(Y X)", at, TWO, ["a: integrable(y X) for real y"],
    )  # fmt: skip


def test_members_that_are_integrable() -> None:
    """A hypothesis may say it of all entries."""
    let = ["n: size", "x: random vector(n)", "k: index(n)"]
    proved("E[x[k] + 1] = E[x[k]] + 1", ALGEBRA, let, ["integrable(x[i]) for i in 1..n"])
    rejected(
        "expectation: cannot split: nothing says that x has an expectation",
        "E[x[k] + x[1]^3] = E[x[1]^3 + x[k]]", ALGEBRA, let, ["integrable(x[i]) for i in 1..n"],
    )  # fmt: skip


def test_what_makes_a_condition_defined_stays() -> None:
    """x/y/z != 0 is seen from x/y != 0 where it is defined: z != 0 must not be dropped for its sake."""
    let = ["x: real", "y: real != 0", "z: real"]
    asked = conditional("1/((x/y)/z) = z/(x/y)", ALGEBRA, let)
    assert "z != 0" in asked or "x/y/z != 0" in asked
    assert conditional("sqrt(x) + log(x) = log(x) + sqrt(x)", ALGEBRA, let) == ["x > 0"]
