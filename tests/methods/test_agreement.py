"""What floats say of equations with limits, series and integrals at a point."""

import pytest

from symproof.methods.agreement import Look, agreement
from symproof.methods.points import Points
from symproof.reading.inline import read_statement


def look(text: str, *let: str, **values: int) -> Look:
    statement = read_statement(text, list(let))
    sides = agreement(Points(statement))
    assert sides is not None
    return sides.at(values)


@pytest.mark.parametrize(
    "text",
    [
        "limit((1 + 1/n)^n, integer n -> oo) = e",
        "limit(log(x) / x, x -> oo) = 0",
        "limit(sin(x) / x, x -> 0) = 1",
        "sum(1 / k^2, k = 1..oo) = pi^2 / 6",
        "sum((-1)^k / (k + 1), k = 0..oo) = log(2)",
        "integral(1 / sqrt(x), x = 0..1) = 2",
        "integral(exp(-x^2), x = -oo..oo) = sqrt(pi)",
        "integral(1 / cosh(x)^2, x = -oo..oo) = 2",
        "limit(sum(1 / 2^k, k = 0..n), integer n -> oo) = 2",
        "limit(integral(exp(-t), t = 0..x), x -> oo) = 1",
    ],
)
def test_true_equations_agree(text: str) -> None:
    assert look(text).agrees is True


@pytest.mark.parametrize(
    "text",
    [
        "limit((1 + 1/n)^n, integer n -> oo) = 3",
        "sum(1 / k^2, k = 1..oo) = pi^2 / 5",
        "integral(1 / sqrt(x), x = 0..1) = 3",
        "integral(exp(-x^2), x = -oo..oo) = pi",
    ],
)
def test_false_equations_do_not(text: str) -> None:
    assert look(text).agrees is False


@pytest.mark.parametrize(
    "text",
    [
        "sum(1 / k, k = 1..oo) = 2",
        "sum(2^k, k = 0..oo) = -1",
        "integral(1 / x, x = 1..oo) = 1",
        "limit(x^2, x -> oo) = 4",
    ],
)
def test_what_has_no_value_is_seen_to_diverge(text: str) -> None:
    assert look(text).agrees is not True and look(text).diverges is True


def test_symbols_have_their_values() -> None:
    assert look("sum(r^k, k = 0..oo) = 1/(1 - r)", "r: real", r=2) == Look(False, True)
    assert look("integral(exp(a x), x = 0..1) = exp(a) - 1", "a: real", a=1).agrees is True
    assert look("integral(exp(a x), x = 0..1) = exp(a) - 1", "a: real", a=2).agrees is False


def test_an_alternating_series_without_a_sum_does_not_agree() -> None:
    assert look("sum((-1)^k, k = 0..oo) = 0").agrees is not True
    assert look("sum((-1)^k, k = 0..oo) = 1").agrees is not True


def test_what_depends_on_a_bound_name_is_left_open() -> None:
    statement = read_statement("diff(integral(cos(t), t = 0..x), x) = cos(x)", ["x: real"])
    assert agreement(Points(statement)) is None
