"""Arithmetic that evaluation is generic over.

A number is a plain number of some arithmetic (exact or a ball, or a float), or
one of two things built over plain numbers:

- an `Expansion` c0 h^k + c1 h^(k+1) + …, the asymptotic expansion of a quantity for
  small h > 0.  Derivatives of every order and limits are read off its coefficients,
  and a function with a kink (|x|, max, a case distinction) is followed on one side.
- an `ExpPolynomial` Σ c x^m exp(a·x) in free quantities x: expectations under the normal
  law, integrals of polynomials and statements for all real x are read off its terms.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

Number = Any
Generator = tuple[Any, ...]  # the name of a free quantity and the place of an entry
MAX_TERMS = 2000


class Undefined(Exception):
    """The term has no value at this point."""


class Unknown(Exception):
    """It cannot be told here."""


class Imprecise(Unknown):
    """It cannot be told at this precision; more bits may tell."""


class TooShort(Unknown):
    """An expansion has too few terms to tell; more may."""


class TooCostly(Exception):
    """The value would cost more than the budget; nothing is said about it."""


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
        return x

    def sign(self, x: Number) -> int:
        """-1, 0 or 1, for certain."""
        if isinstance(x, Expansion):
            lead = x.strip()
            if lead.low:
                x.level.kink = True
            return self.sign(lead.c[0])
        return self.plain_sign(self.plain(x))

    def equal(self, a: Number, b: Number) -> bool:
        if isinstance(a, Expansion | ExpPolynomial) or isinstance(b, Expansion | ExpPolynomial):
            return self.sign(a - b) == 0
        return self.plain_equal(a, b)

    def divide(self, a: Number, b: Number) -> Number:
        if isinstance(a, Expansion) or isinstance(b, Expansion):
            inner = b if not isinstance(a, Expansion) or _deeper(b, a) else a
            return _quotient(inner.lift(a), inner.lift(b))
        if isinstance(b, ExpPolynomial):
            return a * b.reciprocal()
        if isinstance(a, ExpPolynomial):
            return a * self.plain_divide(self.one, b)
        return self.plain_divide(a, b)

    def power(self, a: Number, b: Number) -> Number:
        if not isinstance(a, Expansion | ExpPolynomial) and not isinstance(b, Expansion | ExpPolynomial):
            return self.plain_power(a, b)
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
                if isinstance(best, Expansion | ExpPolynomial) or isinstance(
                    other, Expansion | ExpPolynomial
                ):
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
        if _deeper(other, self):
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
        if _deeper(other, self):
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


def _deeper(x: Number, than: Number) -> bool:
    return isinstance(x, Expansion) and x.level.depth > than.level.depth


def _total(values: Any) -> Number:
    iterator = iter(values)
    total = next(iterator)
    for value in iterator:
        total = total + value
    return total


def _quotient(a: Expansion, b: Expansion) -> Expansion:
    A, b = a.level.A, b.strip()
    size = min(len(a.c), len(b.c))
    q: list[Number] = []
    for k in range(size):
        rest = a.c[k]
        for j in range(1, k + 1):
            rest = rest - b.c[j] * q[k - j]
        q.append(A.divide(rest, b.c[0]))
    return Expansion(a.level, a.low - b.low, q)


Powers = tuple[tuple[Generator, Any], ...]


class ExpPolynomial:
    """Σ c x^m exp(a·x): terms (c, m, a), with m and a sorted by the free quantities x."""

    __slots__ = ("A", "terms")

    def __init__(self, A: Arithmetic, terms: list[tuple[Number, Powers, Powers]]) -> None:
        merged: dict[Powers, Number] = {}
        rest = []
        for c, mono, rate in terms:
            if rate:
                rest.append((c, mono, rate))
            else:
                merged[mono] = merged[mono] + c if mono in merged else c
        self.A = A
        self.terms = [(c, m, ()) for m, c in merged.items() if not A.vanishes(c)] + rest
        if len(self.terms) > MAX_TERMS:
            raise TooCostly("too many terms")

    @staticmethod
    def free(A: Arithmetic, x: Generator) -> ExpPolynomial:
        return ExpPolynomial(A, [(A.one, ((x, 1),), ())])

    def constant(self) -> Number:
        """The plain number it is; raises where it moves."""
        if not self.terms:
            return self.A.zero
        if len(self.terms) == 1 and not self.terms[0][1] and not self.terms[0][2]:
            return self.terms[0][0]
        raise Unknown("depends on a free quantity")

    def _terms(self, x: Number) -> list[tuple[Number, Powers, Powers]]:
        return x.terms if isinstance(x, ExpPolynomial) else [(x, (), ())]

    def __add__(self, other: Number) -> Number:
        if isinstance(other, Expansion):
            return NotImplemented
        return ExpPolynomial(self.A, self.terms + self._terms(other))

    def __neg__(self) -> ExpPolynomial:
        return ExpPolynomial(self.A, [(-c, m, a) for c, m, a in self.terms])

    def __sub__(self, other: Number) -> Number:
        return self + (-other) if not isinstance(other, Expansion) else NotImplemented

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, Expansion):
            return NotImplemented
        others = self._terms(other)
        self.A.spend(len(self.terms) * len(others))
        return ExpPolynomial(
            self.A,
            [(self.A.bounded(c * d), self._merge(m, n), self._merge(a, b))
             for c, m, a in self.terms for d, n, b in others],
        )  # fmt: skip

    __radd__ = __add__
    __rmul__ = __mul__

    def _merge(self, m: Powers, n: Powers) -> Powers:
        if not m or not n:
            return m or n
        total = dict(m)
        for x, k in n:
            total[x] = total[x] + k if x in total else k
        return tuple(sorted((p for p in total.items() if not self.A.vanishes(p[1])), key=lambda p: p[0]))

    def reciprocal(self) -> ExpPolynomial:
        """1 over c exp(a·x); other denominators may vanish."""
        if len(self.terms) == 1 and not self.terms[0][1]:
            c, _, rate = self.terms[0]
            return ExpPolynomial(
                self.A, [(self.A.divide(self.A.one, c), (), tuple((x, -a) for x, a in rate))]
            )
        return ExpPolynomial(self.A, [(self.A.divide(self.A.one, self.constant()), (), ())])

    def exp(self) -> ExpPolynomial:
        """exp of what is affine in the free quantities."""
        shift, rate = self.A.zero, []
        for c, mono, a in self.terms:
            if a or len(mono) > 1 or (mono and mono[0][1] != 1):
                raise Unknown("exp of something that is not affine")
            if mono:
                rate.append((mono[0][0], c))
            else:
                shift = c
        return ExpPolynomial(
            self.A, [(self.A.call("exp", shift), (), tuple(sorted(rate, key=lambda p: p[0])))]
        )
