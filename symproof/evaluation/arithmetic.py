"""Arithmetic that evaluation is generic over.

A number is a plain number of some arithmetic (exact or a ball, or a float), or one of two things
built over plain numbers: an `Expansion` in a small quantity or an `ExpPolynomial` in free ones.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from symproof.evaluation.beyond import Beyond
from symproof.evaluation.expansion import Expansion, Level, is_deeper, quotient
from symproof.evaluation.exppolynomial import ExpPolynomial, Generator
from symproof.evaluation.failures import Imprecise, TooCostly, TooShort, Undefined, Unknown

Number = Any
_BUILT = Expansion | ExpPolynomial | Beyond


class Arithmetic:
    """The real functions; a concrete arithmetic supplies them on plain numbers (`plain_…`)."""

    zero: Number
    one: Number
    steps = 0

    def spend(self, count: int = 1) -> None:
        """Account for work before it is done."""
        self.steps -= count
        if self.steps < 0:
            raise TooCostly("too many steps")

    number: Callable[[Any], Number]  # an exact rational
    constant: Callable[[str], Number]  # pi, e, i
    complex: Callable[[Number], Number]
    integer: Callable[[Number], int]  # the integer that the number is
    vanishes: Callable[[Number], bool]  # certainly zero; never raises
    bounded: Callable[[Number], Number]  # the number itself, unless it has grown too long
    plain_sign: Callable[[Number], int]
    plain_equal: Callable[[Number, Number], bool]
    plain_divide: Callable[[Number, Number], Number]
    plain_power: Callable[[Number, Number], Number]
    plain_call: Callable[..., Number]
    is_integer: Callable[[Number], bool]  # certainly an integer; never raises
    line: Callable[[], Number]  # every real number at once
    eigenvalues: Callable[[list[list[Number]]], list[Number]]  # of a symmetric matrix
    integral: Callable[[Callable[[Number], Number], Number, Number], Number]

    def plain(self, x: Number) -> Number:
        """A number without free quantities, if it has none."""
        if isinstance(x, ExpPolynomial):
            return x.constant()
        if isinstance(x, Beyond):
            raise Unknown("something that depends on a large number")
        return x

    def sign(self, x: Number) -> int:
        """-1, 0 or 1, for certain."""
        if isinstance(x, Expansion):
            lead = x.strip()
            if lead.low:
                x.level.kink = True
            return self.sign(lead.c[0])
        if isinstance(x, Beyond):
            return x.sense
        return self.plain_sign(self.plain(x))

    def equal(self, a: Number, b: Number) -> bool:
        if isinstance(a, _BUILT) or isinstance(b, _BUILT):
            return self.sign(a - b) == 0
        return self.plain_equal(a, b)

    def divide(self, a: Number, b: Number) -> Number:
        if isinstance(a, Expansion) or isinstance(b, Expansion):
            inner = b if not isinstance(a, Expansion) or is_deeper(b, a) else a
            return quotient(inner.lift(a), inner.lift(b))
        if isinstance(b, ExpPolynomial):
            return a * b.reciprocal()
        if isinstance(a, ExpPolynomial):
            return a * self.plain_divide(self.one, b)
        return self.plain_divide(self.plain(a), self.plain(b))

    def power(self, a: Number, b: Number) -> Number:
        if not isinstance(a, Expansion | ExpPolynomial) and not isinstance(b, Expansion | ExpPolynomial):
            return self.plain_power(self.plain(a), self.plain(b))
        if isinstance(b, Expansion | ExpPolynomial):
            if self.sign(a) <= 0:
                raise Unknown("a moving power of a base that is not positive")
            return self.call("exp", b * self.call("log", a))
        if self.is_integer(b):
            n = self.integer(b)
            whole = self.repeat(a, abs(n))
            return whole if n >= 0 else self.divide(self.one, whole)
        return a.power(b) if isinstance(a, Expansion) else self.plain_power(self.plain(a), b)

    def repeat(self, a: Number, n: int) -> Number:
        """a^n for a natural n, by squaring."""
        result, square = self.one, a
        while n:
            self.spend()
            if n & 1:
                result = self.bounded(result * square)
            n >>= 1
            square = self.bounded(square * square) if n else square
        return result

    def call(self, name: str, *args: Number) -> Number:
        """A function of the claim language at numbers."""
        if name in ("max", "min"):
            best = args[0]
            for other in args[1:]:
                if isinstance(best, _BUILT) or isinstance(other, _BUILT):
                    best = best if (self.sign(best - other) >= 0) == (name == "max") else other
                else:
                    best = self.plain_call(name, best, other)
            return best
        x = args[0]
        if isinstance(x, Expansion):
            return x.call(name)
        if isinstance(x, ExpPolynomial) and name == "exp":
            return x.exp()
        return self.plain_call(name, *map(self.plain, args))


__all__ = [
    "Arithmetic", "Beyond", "ExpPolynomial", "Expansion", "Generator", "Imprecise", "Level", "Number",
    "TooCostly", "TooShort", "Undefined", "Unknown",
]  # fmt: skip
