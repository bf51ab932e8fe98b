"""Numbers without symbols lie in the intervals that the kernel encloses them in."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from flint import arb, ctx, fmpq

from symproof.kernel.intervals import FUNCTIONS, NoInterval, _Enclosure, _over, _plus, _wider, sign
from tests.kernel.kit import ORDER, form, proved, rejected


def ball(x: Fraction) -> arb:
    return arb(fmpq(x.numerator, x.denominator))


@pytest.mark.parametrize("name", [*FUNCTIONS, "exp", "pi"])
def test_intervals_hold_the_values(name: str) -> None:
    """At both ends of an interval and inside, at every precision; at a point they are narrow."""
    random, before = Random(name), ctx.prec
    ctx.prec = 1200
    try:
        for _ in range(40):
            bits = random.choice((64, 192, 448))
            x = Fraction(random.randint(-4000, 4000), random.choice((1, 7, 50, 1000)))
            x = abs(x) + Fraction(1, 9) if name == "log" else x % 90 - 45 if name != "atan" else x
            width = Fraction(random.randint(0, 9), 10 ** random.choice((1, 12)))
            enclosure = _Enclosure(bits)
            if name == "pi":
                low, high = enclosure.pi()
                inside = [arb.pi()]
            else:
                low, high = getattr(enclosure, name)((x, x + width))
                inside = [getattr(ball(x + part * width), name)() for part in (0, Fraction(1, 3), 1)]
            assert all(ball(low) <= value and value <= ball(high) for value in inside)
    finally:
        ctx.prec = before


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("exp(pi sqrt(163)) - 262537412640768744", -1),
        ("log(2) - 7/10", -1),
        ("exp(pi) - pi^e", 1),
        ("2^(1/3) + 3^(1/3) - 27/10", 1),
        ("atan(2) - 1", 1),
        ("sqrt(10^40 + 1) - 10^20 - 1/(2 * 10^20)", -1),
        ("sqrt(2) + sqrt(3) - sqrt(5 + 2 sqrt(6))", None),
        ("exp(10^9) - 1", None),
        ("pi^300 - 1", None),
        ("sin(1000) - 2", None),
        ("1/pi^2 - 1/10", 1),
        ("sqrt(1 + sqrt(2)) - 31/20", 1),
        ("sqrt(1 + sqrt(2)) - 14/9", -1),
        ("|sqrt(2) + sqrt(3) - sqrt(5 + 2 sqrt(6))| - 1", -1),
        ("|sqrt(2) + sqrt(3) - sqrt(5 + 2 sqrt(6))| + 1", 1),
        ("1/sin(pi^2) + 2", -1),
        ("1/log(2) - 14427/10000", -1),
        ("asin(1/3)", None),
    ],
)
def test_signs(number: str, wanted: int | None) -> None:
    """What is 0, or not known how to enclose, has no sign."""
    assert sign(form(number)) == wanted


def test_orders_of_numbers() -> None:
    """They close inequalities, and close no false one."""
    proved("log(10) > 23/10", ORDER)
    proved("log(640320^3 + 744)/sqrt(163) != pi", ORDER)
    rejected("order: the sign is not seen", "log(10) > 24/10", ORDER)


@pytest.mark.parametrize("low", [0, Fraction(-1, 2), -2])
def test_no_logarithm_of_an_interval_that_reaches_zero(low: Fraction) -> None:
    with pytest.raises(NoInterval):
        _Enclosure(64).log((Fraction(low), Fraction(1)))


def test_numbers_with_too_many_digits_are_not_enclosed() -> None:
    with pytest.raises(NoInterval):
        _Enclosure(64).times((Fraction(2**3000), Fraction(2**3000)), (Fraction(2**3000), Fraction(2**3000)))


@pytest.mark.parametrize("x", [Fraction(9, 16), Fraction(3, 4), Fraction(1)])
def test_the_arctangent_between_a_half_and_one(x: Fraction) -> None:
    low, high = _Enclosure(64).atan((x, x))
    with ctx.workprec(200):
        assert ball(low) < ball(x).atan() < ball(high)
    assert high - low < Fraction(1, 2**60)


def test_an_inverse_of_an_interval_that_holds_zero() -> None:
    """There is none; of others it is exact at the ends."""
    for ends in ((-1, 1), (0, 1), (-1, 0), (0, 0)):
        with pytest.raises(NoInterval):
            _Enclosure(64)._whole((Fraction(ends[0]), Fraction(ends[1])), -1)
    for low, high in ((1, 2), (-2, -1)):
        found = _Enclosure(64)._whole((Fraction(low), Fraction(high)), -2)
        assert found == (Fraction(1, 4), 1)


def test_the_arctangent_at_zero() -> None:
    assert _Enclosure(64).atan((Fraction(0), Fraction(0))) == (0, 0)


def test_quotients_of_integers_are_rounded_outward() -> None:
    assert _wider((3, 5), 2) == (1, 7) and _plus((1, 2), (10, 20)) == (11, 22)
    assert _over((-3, 5), 2) == (-2, 3) and _over((3, -5), 2) == (1, -2)


@pytest.mark.parametrize("ends", [(-1, 0), (0, 1), (0, 0)])
def test_an_interval_that_ends_at_zero_has_no_sign(
    ends: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    low, high = map(Fraction, ends)
    monkeypatch.setattr(_Enclosure, "of", lambda enclosure, poly: (low, high))
    sign.cache_clear()
    assert sign(form("pi")) is None
    sign.cache_clear()
