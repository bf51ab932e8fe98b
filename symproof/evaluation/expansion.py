"""Asymptotic expansions c0 h^k + c1 h^(k+1) + … for small h > 0.

Derivatives of every order and limits are read off the coefficients, and a function with a kink
(|x|, max, a case distinction) is followed on one side.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symproof.evaluation.failures import TooShort, Undefined, Unknown

if TYPE_CHECKING:
    from symproof.evaluation.arithmetic import Arithmetic

Number = Any


def _root(A: Arithmetic, x: Number) -> Number:
    return A.call("sqrt", x)


# f' as a function of the argument, for the smooth functions of one argument.
SLOPES: dict[str, Callable[[Arithmetic, Number], Number]] = {
    "exp": lambda A, u: A.call("exp", u),
    "log": lambda A, u: A.divide(A.one, u),
    "sin": lambda A, u: A.call("cos", u),
    "cos": lambda A, u: -A.call("sin", u),
    "tan": lambda A, u: A.one + A.repeat(A.call("tan", u), 2),
    "asin": lambda A, u: A.divide(A.one, _root(A, A.one - u * u)),
    "acos": lambda A, u: A.divide(-A.one, _root(A, A.one - u * u)),
    "atan": lambda A, u: A.divide(A.one, A.one + u * u),
    "sinh": lambda A, u: A.call("cosh", u),
    "cosh": lambda A, u: A.call("sinh", u),
    "tanh": lambda A, u: A.one - A.repeat(A.call("tanh", u), 2),
    "asinh": lambda A, u: A.divide(A.one, _root(A, A.one + u * u)),
    "acosh": lambda A, u: A.divide(A.one, _root(A, u * u - A.one)),
    "atanh": lambda A, u: A.divide(A.one, A.one - u * u),
    "sigmoid": lambda A, u: A.call("sigmoid", u) * A.call("sigmoid", -u),
    "softplus": lambda A, u: A.call("sigmoid", u),
    "erf": lambda A, u: A.call("exp", -u * u) * A.divide(A.number(2), _root(A, A.constant("pi"))),
    "gamma": lambda A, u: A.call("gamma", u) * A.call("digamma", u),
}


class Level:
    """One small quantity h; deeper levels are infinitely smaller.  `kink`: a sign at h = 0 differs."""

    __slots__ = ("A", "depth", "kink")

    def __init__(self, A: Arithmetic, depth: int) -> None:
        self.A, self.depth, self.kink = A, depth, False


class Expansion:
    """c[0] h^low + c[1] h^(low+1) + …, known to len(c) terms, as h -> 0+."""

    __slots__ = ("level", "low", "c")

    def __init__(self, level: Level, low: int, c: list[Number]) -> None:
        self.level, self.low, self.c = level, low, c

    def __getitem__(self, k: int) -> Number:
        """The coefficient of h^k."""
        if k >= self.low + len(self.c):
            raise TooShort("too few terms")
        return self.c[k - self.low] if k >= self.low else self.level.A.zero

    def lift(self, x: Number) -> Expansion:
        """The number as an expansion on this level; what does not move is constant."""
        if isinstance(x, Expansion) and x.level is self.level:
            return x
        end = self.low + len(self.c)
        zeros = [self.level.A.zero] * (max(end, len(self.c)) - 1)
        return Expansion(self.level, 0, [x, *zeros])

    def __add__(self, other: Number) -> Number:
        if is_deeper(other, self):
            return other + self
        b = self.lift(other)
        low, end = min(self.low, b.low), min(self.low + len(self.c), b.low + len(b.c))
        return Expansion(self.level, low, [self[k] + b[k] for k in range(low, end)])

    def __neg__(self) -> Expansion:
        return Expansion(self.level, self.low, [-c for c in self.c])

    def __sub__(self, other: Number) -> Number:
        return self + (-other)

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        if is_deeper(other, self):
            return other * self
        if not isinstance(other, Expansion) or other.level is not self.level:
            return Expansion(self.level, self.low, [c * other for c in self.c])
        size = min(len(self.c), len(other.c))
        c = [_total(self.c[j] * other.c[k - j] for j in range(k + 1)) for k in range(size)]
        return Expansion(self.level, self.low + other.low, c)

    __radd__ = __add__
    __rmul__ = __mul__

    def strip(self) -> Expansion:
        """The same with a leading coefficient that is not zero, for certain."""
        A = self.level.A
        for k, c in enumerate(self.c):
            if not A.vanishes(c):
                A.sign(c)  # raises when it cannot tell whether c is zero
                return Expansion(self.level, self.low + k, self.c[k:])
        raise TooShort("an expansion without a leading term")

    def call(self, name: str) -> Expansion | Number:
        A = self.level.A
        if name in ("abs", "relu", "sign"):
            s = A.sign(self)
            if name == "sign":
                return A.number(s)
            return self if s > 0 else (-self if name == "abs" else A.zero)
        if name in ("floor", "ceil"):
            below = A.call("floor", self[0]) if self.low >= 0 else None
            if below is None:
                raise Unknown(f"{name} of something that grows")
            rest = A.sign(self - below)
            return (
                below - (A.one if rest < 0 else A.zero)
                if name == "floor"
                else (below + (A.one if rest > 0 else A.zero))
            )
        if name == "sqrt":
            return self.power(A.number(Fraction(1, 2)))
        if name == "exp" and self.low < 0:
            lead = self.strip()
            if lead.low < 0 and A.sign(lead.c[0]) < 0:  # smaller than every power of h
                self.level.kink = True
                return Expansion(self.level, 0, [A.zero] * len(self.c))
        if name not in SLOPES:
            raise Unknown(f"no expansion of {name}")
        return self.compose(lambda u: A.call(name, u), lambda u: SLOPES[name](A, u))

    def compose(self, f: Callable[[Number], Number], slope: Callable[[Number], Number]) -> Expansion:
        """f(u) = f(u(0)) + the integral of f'(u) u', term by term."""
        A, u = self.level.A, self
        if u.low < 0:
            u = u.strip()
        if u.low < 0:
            raise Unknown("a function of something that grows")
        c = [u[k] for k in range(u.low + len(u.c))]
        if not c:
            raise TooShort("too few terms")
        try:
            result = [f(c[0])]
            if len(c) > 1:
                du = Expansion(self.level, 0, [c[k] * k for k in range(1, len(c))])
                rate = slope(Expansion(self.level, 0, c[:-1])) * du
                result += [A.divide(rate[k], A.number(k + 1)) for k in range(len(c) - 1)]
        except Undefined:
            raise Unknown("at the edge of a domain") from None
        return Expansion(self.level, 0, result)

    def power(self, r: Number) -> Expansion:
        """A constant power r, no integer, of something positive."""
        A, lead = self.level.A, self.strip()
        if A.sign(lead.c[0]) < 0:
            raise Unknown("at the edge of a domain")
        shift = r * lead.low
        if lead.low and not A.is_integer(shift):
            raise Unknown("a fractional power at the edge of a domain")
        self.level.kink |= lead.low != 0
        unit = Expansion(self.level, 0, lead.c)
        root = unit.compose(lambda u: A.power(u, r), lambda u: A.divide(A.power(u, r) * r, u))
        return Expansion(self.level, A.integer(shift) if lead.low else 0, root.c)


def is_deeper(x: Number, than: Number) -> bool:
    return isinstance(x, Expansion) and x.level.depth > than.level.depth


def _total(values: Any) -> Number:
    iterator = iter(values)
    total = next(iterator)
    for value in iterator:
        total = total + value
    return total


def quotient(a: Expansion, b: Expansion) -> Expansion:
    A, b = a.level.A, b.strip()
    size = min(len(a.c), len(b.c))
    q: list[Number] = []
    for k in range(size):
        rest = a.c[k]
        for j in range(1, k + 1):
            rest = rest - b.c[j] * q[k - j]
        q.append(A.divide(rest, b.c[0]))
    return Expansion(a.level, a.low - b.low, q)
