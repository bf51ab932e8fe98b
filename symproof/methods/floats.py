"""Floats for the evaluator: quick and not to be trusted; a filter before exact arithmetic."""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable
from typing import Any

from flint import acb_mat, arb

from symproof.evaluation.arithmetic import Arithmetic, Expansion, ExpPolynomial, Number, Undefined, Unknown

TOLERANCE = 1e-9
_BIG = 1 << 53


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _factorial(n: float) -> float:
    if n < 0:
        raise Undefined("the factorial of a negative number")
    if n > 170:
        raise Unknown("a large factorial")
    return float(math.factorial(int(n))) if n > 18 else math.factorial(int(n))


def _binomial(n: float, k: float) -> float:
    if n < 0:
        raise Undefined("a binomial coefficient of a negative number")
    if n > 1000:
        raise Unknown("a large binomial coefficient")
    return math.comb(int(n), int(k)) if k >= 0 else 0


def _root(x: float) -> float:
    root = math.sqrt(x)
    return int(root) if type(x) is int and root.is_integer() else root


_REAL: dict[str, Callable[..., Any]] = {
    **{name: getattr(math, name) for name in "exp log sin cos tan asin acos atan sinh cosh tanh".split()},
    **{name: getattr(math, name) for name in "asinh acosh atanh erf gamma floor ceil".split()},
    "sqrt": _root,
    "abs": abs,
    "sigmoid": _sigmoid,
    "softplus": lambda x: max(x, 0) + math.log1p(math.exp(-abs(x))),
    "relu": lambda x: max(x, 0),
    "sign": lambda x: (x > 0) - (x < 0),
    "max": max,
    "min": min,
    "factorial": _factorial,
    "binomial": _binomial,
    "mod": lambda a, m: a - m * math.floor(a / m),
    "digamma": lambda x: float(arb(x).digamma()),
    "re": lambda x: x,
    "im": lambda x: 0,
    "conj": lambda x: x,
}
_COMPLEX: dict[str, Callable[..., Any]] = {
    **{name: getattr(cmath, name) for name in "exp log sqrt sin cos tan asin acos atan sinh cosh".split()},
    **{name: getattr(cmath, name) for name in "tanh asinh acosh atanh".split()},
    "abs": abs,
    "re": lambda z: z.real,
    "im": lambda z: z.imag,
    "conj": lambda z: z.conjugate(),
}


class Floats(Arithmetic):
    """Plain numbers are `int`, `float` and `complex`; signs and equality have a tolerance."""

    zero, one = 0, 1

    def number(self, q: Any) -> Number:
        return int(q) if q.denominator == 1 and -_BIG < q < _BIG else float(q)

    def constant(self, name: str) -> Number:
        if name == "oo":
            raise Unknown("oo is only a bound")
        return {"pi": math.pi, "e": math.e, "i": 1j}[name]

    def complex(self, x: Number) -> Number:
        if isinstance(x, Expansion | ExpPolynomial):
            raise Unknown("a complex value inside a derivative")
        return complex(x)

    def is_integer(self, x: Number) -> bool:
        return type(x) is int or (type(x) is float and x.is_integer())

    def integer(self, x: Number) -> int:
        if isinstance(x, ExpPolynomial):
            x = x.constant()
        if not self.is_integer(x):
            raise Undefined("not an integer") if type(x) is float else Unknown("not known to be an integer")
        return int(x)

    def vanishes(self, x: Number) -> bool:
        if isinstance(x, Expansion):
            return False
        return not x.terms if isinstance(x, ExpPolynomial) else bool(x == 0)

    def bounded(self, x: Number) -> Number:
        return float(x) if type(x) is int and not -_BIG < x < _BIG else x

    def plain_sign(self, x: Number) -> int:
        if type(x) is complex or x != x:
            raise Unknown("a sign")
        return 0 if -1e-12 < x < 1e-12 else 1 if x > 0 else -1

    def plain_equal(self, a: Number, b: Number) -> bool:
        gap = abs(a - b)
        if gap != gap:
            raise Unknown("an equality")
        return bool(gap <= TOLERANCE * (1 + abs(a) + abs(b)))

    def plain_divide(self, a: Number, b: Number) -> Number:
        if not b:
            raise Undefined("division by zero")
        if type(a) is int and type(b) is int and not a % b:
            return a // b
        return a / b

    def plain_power(self, a: Number, b: Number) -> Number:
        try:
            if type(b) is int or (type(b) is float and b.is_integer()):
                if type(a) is int and b >= 0 and a.bit_length() * b <= 53:
                    return a ** int(b)
                return (a if type(a) is complex else float(a)) ** int(b)
            if type(a) is not complex and type(b) is not complex and a < 0:
                raise Undefined("a power of a negative number")
            return a**b
        except ZeroDivisionError:
            raise Undefined("a negative power of zero") from None
        except OverflowError:
            raise Unknown("a large power") from None

    def plain_call(self, name: str, *args: Number) -> Number:
        table = _COMPLEX if type(args[0]) is complex else _REAL
        try:
            return table[name](*args)
        except ValueError:
            raise Undefined(f"{name} outside its domain") from None
        except ZeroDivisionError:
            raise Undefined("division by zero") from None
        except (OverflowError, KeyError, TypeError):
            raise Unknown(f"{name} of this") from None

    def line(self) -> Number:
        raise Unknown("floats hold one number")

    def eigenvalues(self, rows: list[list[Number]]) -> list[Number]:
        try:
            found = acb_mat([[arb(x) for x in row] for row in rows]).eig(algorithm="approx")
        except (ValueError, TypeError):
            raise Unknown("eigenvalues") from None
        return [float(z.real.mid()) for z in found]

    def integral(self, f: Callable[[Number], Number], a: Number, b: Number) -> Number:
        """Gauss's rule with three points on each of 64 parts."""
        a, b = float(a), float(b)
        width = (b - a) / 64
        nodes = ((-math.sqrt(0.6), 5 / 18), (0.0, 8 / 18), (math.sqrt(0.6), 5 / 18))
        total = 0.0
        for k in range(64):
            for x, weight in nodes:
                total = total + f(a + (k + 0.5 + x / 2) * width) * weight
        return total * width
