"""Numbers without symbols, enclosed between fractions: what is needed for their signs.

An interval is a pair of fractions with a power of 2 below; inside a series, where that power stays,
it is the pair of integers above it.  Every step rounds outward; series are cut off with a bound of what
is left out, so the number lies between the ends.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar, cast

from symproof.kernel.poly import Atom, E, Exponent, Poly

Interval = tuple[Fraction, Fraction]
Fixed = tuple[int, int]
Number = TypeVar("Number", int, Fraction)
PRECISIONS = (64, 192, 448)
MAX_ARGUMENT = 200  # of exp, sin and cos
MAX_BITS = 4000
GUARD = 16  # bits more inside a series
ONE: Interval = (Fraction(1), Fraction(1))


class NoInterval(Exception):
    """Not a number, or none that can be enclosed."""


@lru_cache(maxsize=4096)
def sign(poly: Poly) -> int | None:
    """The sign of a number, if it has no symbols and is not too close to 0."""
    if not _closed(poly):
        return None
    for bits in PRECISIONS:
        try:
            low, high = _Enclosure(bits).of(poly)
        except (NoInterval, ZeroDivisionError, OverflowError):
            continue
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
    return None


def _closed(poly: Poly) -> bool:
    """Is the polynomial made of numbers alone, in ways that can be enclosed?"""
    return bool(poly.terms) and all(
        _closed_atom(atom) and (not isinstance(exponent, Poly) or _closed(exponent))
        for mono in poly.terms
        for atom, exponent in mono
    )


def _closed_atom(atom: Atom) -> bool:
    if atom.kind in ("pow", "abs"):
        return _closed(atom.part)
    if atom.kind == "fun":
        inner = atom.parts[1] if len(atom.parts) == 2 else None
        return atom.parts[0] in FUNCTIONS and isinstance(inner, Poly) and _closed(inner)
    return atom.kind == "base" or atom.kind == "const" and atom.part == "pi"


class _Enclosure:
    """Intervals that are rounded to multiples of 2^(−bits)."""

    def __init__(self, bits: int) -> None:
        self.bits = bits

    def _round(self, low: Fraction, high: Fraction) -> Interval:
        scale = 1 << self.bits
        below = low.numerator * scale // low.denominator
        above = -(-high.numerator * scale // high.denominator)
        if max(abs(below), abs(above)).bit_length() > MAX_BITS:
            raise NoInterval
        return Fraction(below, scale), Fraction(above, scale)

    # --- the integers over 2^bits ---

    def _fixed(self, x: Fraction) -> Fixed:
        scaled = x.numerator << self.bits
        return scaled // x.denominator, -(-scaled // x.denominator)

    def _product(self, x: Fixed, y: Fixed) -> Fixed:
        ends = [a * b for a in x for b in y]
        return min(ends) >> self.bits, -(-max(ends) >> self.bits)

    def _interval(self, x: Fixed) -> Interval:
        return Fraction(x[0], 1 << self.bits), Fraction(x[1], 1 << self.bits)

    # --- polynomials ---

    def of(self, poly: Poly) -> Interval:
        low = high = Fraction(0)
        for mono, coeff in poly.terms.items():
            value = ONE
            for atom, exponent in mono:
                value = self.times(value, self._power(atom, exponent))
            a, b = sorted((coeff * value[0], coeff * value[1]))
            low, high = low + a, high + b
        return self._round(low, high)

    def _power(self, atom: Atom, exponent: Exponent) -> Interval:
        if atom == E:
            return self.exp(self.of(exponent) if isinstance(exponent, Poly) else self._number(exponent))
        base = self._atom(atom)
        if isinstance(exponent, int):
            return self._whole(base, exponent)
        raised = self.of(exponent) if isinstance(exponent, Poly) else self._number(exponent)
        return self.exp(self.times(raised, self.log(base)))

    def _number(self, value: int | Fraction) -> Interval:
        return Fraction(value), Fraction(value)

    def _whole(self, base: Interval, exponent: int) -> Interval:
        if exponent < 0:
            if base[0] <= 0 <= base[1]:
                raise NoInterval
            return self._whole(self._round(1 / base[1], 1 / base[0]), -exponent)
        if exponent > MAX_ARGUMENT:
            raise NoInterval
        value = ONE
        for _ in range(exponent):
            value = self.times(value, base)
        return value

    def _atom(self, atom: Atom) -> Interval:
        if atom.kind == "const":
            return self.pi()
        if atom.kind == "base":
            return self._number(atom.part)
        inner = self.of(cast(Poly, atom.parts[-1]))
        if atom.kind == "abs":
            return Fraction(0), max(-inner[0], inner[1])  # of p with a known sign, |p| is p or −p
        return inner if atom.kind == "pow" else FUNCTIONS[str(atom.parts[0])](self, inner)

    def times(self, x: Interval, y: Interval) -> Interval:
        ends = [a * b for a in x for b in y]
        return self._round(min(ends), max(ends))

    # --- functions ---

    def exp(self, x: Interval) -> Interval:
        """The exponential is monotone."""
        return self._exp_at(x[0])[0], self._exp_at(x[1])[1]

    def _exp_at(self, x: Fraction) -> Interval:
        """(e^(x/2^k))^(2^k) with |x|/2^k <= 1/2; behind a term t^n/n! there is less than |t^n/n!|."""
        if abs(x) > MAX_ARGUMENT:
            raise NoInterval
        k = (2 * abs(x)).__ceil__().bit_length()
        fine = _Enclosure(self.bits + 2 * k + GUARD)
        t = fine._fixed(x / 2**k)
        value = term = fine._fixed(Fraction(1))
        n = 0
        while _largest(term) >= 2:
            n += 1
            term = _over(fine._product(term, t), n)
            value = _plus(value, term)
        value = _wider(value, _largest(term))
        for _ in range(k):
            value = fine._product(value, value)
        return self._round(*fine._interval(value))

    def log(self, x: Interval) -> Interval:
        """The logarithm is monotone."""
        if x[0] <= 0:
            raise NoInterval
        return self._log_at(x[0])[0], self._log_at(x[1])[1]

    def _log_at(self, x: Fraction) -> Interval:
        """e log 2 + 2 artanh((m − 1)/(m + 1)) for x = m 2^e with m near 1; log 2 = 2 artanh(1/3)."""
        e = x.numerator.bit_length() - x.denominator.bit_length()
        m = x / Fraction(2) ** e
        while m > Fraction(4, 3):
            m, e = m / 2, e + 1
        while m < Fraction(2, 3):
            m, e = m * 2, e - 1
        fine = _Enclosure(self.bits + GUARD)
        two, rest = (fine._odd_series(z, 1) for z in (Fraction(1, 3), (m - 1) / (m + 1)))
        whole = _plus(_scaled(two, Fraction(2 * e)), _scaled(rest, Fraction(2)))
        return self._round(*whole)

    def pi(self) -> Interval:
        """π = 16 atan(1/5) − 4 atan(1/239)."""
        fine = _Enclosure(self.bits + GUARD)
        first, second = (fine._odd_series(Fraction(1, n), -1) for n in (5, 239))
        return self._round(*_plus(_scaled(first, Fraction(16)), _scaled(second, Fraction(-4))))

    def atan(self, x: Interval) -> Interval:
        """The arctangent is monotone."""
        return self._atan_at(x[0])[0], self._atan_at(x[1])[1]

    def _atan_at(self, x: Fraction) -> Interval:
        """−atan(−x); π/2 − atan(1/x) for x > 1; atan(1/2) + atan((2x − 1)/(2 + x)) for x > 1/2; else
        the series."""
        fine = _Enclosure(self.bits + GUARD)
        if x < 0:
            found = _scaled(self._atan_at(-x), Fraction(-1))
        elif x > 1:
            found = _plus(_scaled(fine.pi(), Fraction(1, 2)), _scaled(fine._atan_at(1 / x), Fraction(-1)))
        elif 2 * x > 1:
            found = _plus(fine._odd_series(Fraction(1, 2), -1), fine._odd_series((2 * x - 1) / (2 + x), -1))
        else:
            found = fine._odd_series(x, -1)
        return self._round(*found)

    def _odd_series(self, z: Fraction, sign: int) -> Interval:
        """Σ sign^k z^(2k + 1)/(2k + 1), |z| <= 1/2: behind the term with z^n there is less than |z|^n."""
        power, square = self._fixed(z), self._fixed(sign * z * z)
        value, n = power, 1
        while _largest(power) >= 2 and n < 2 * self.bits:
            power, n = self._product(power, square), n + 2
            term = _over(power, n)
            value = _plus(value, term)
        return self._interval(_wider(value, _largest(power)))

    def cos(self, x: Interval) -> Interval:
        return self._wave(x, 0)

    def sin(self, x: Interval) -> Interval:
        return self._wave(x, 1)

    def _wave(self, x: Interval, first: int) -> Interval:
        """Σ ± m^n/n! for even or odd n in the middle m, and at most the distance from there; behind the term
        with m^n, n > 2 |m|, there is less than that term."""
        middle, distance = (x[0] + x[1]) / 2, (x[1] - x[0]) / 2
        if abs(middle) > MAX_ARGUMENT:
            raise NoInterval
        fine = _Enclosure(self.bits + 2 * abs(middle).__ceil__() + GUARD)
        square = fine._fixed(-middle * middle)
        term = fine._fixed(middle if first else Fraction(1))
        value, n = term, first
        while n <= 2 * abs(middle) + 2 or _largest(term) >= 2:
            n += 2
            term = _over(fine._product(term, square), n * (n - 1))
            value = _plus(value, term)
        low, high = fine._interval(_wider(value, _largest(term)))
        return self._round(low - distance, high + distance)


def _plus(x: tuple[Number, Number], y: tuple[Number, Number]) -> tuple[Number, Number]:
    return x[0] + y[0], x[1] + y[1]


def _scaled(x: Interval, factor: Fraction) -> Interval:
    low, high = sorted((x[0] * factor, x[1] * factor))
    return low, high


def _over(x: Fixed, n: int) -> Fixed:
    return x[0] // n, -(-x[1] // n)


def _wider(x: Fixed, left: int) -> Fixed:
    """What lies at most `left` below or above."""
    return x[0] - left, x[1] + left


def _largest(x: Fixed) -> int:
    return max(abs(x[0]), abs(x[1]))


FUNCTIONS: dict[str, Callable[[_Enclosure, Interval], Interval]] = {
    "log": _Enclosure.log,
    "atan": _Enclosure.atan,
    "sin": _Enclosure.sin,
    "cos": _Enclosure.cos,
}
