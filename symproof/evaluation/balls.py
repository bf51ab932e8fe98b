"""Certified numbers: exact rationals as long as they last, then balls that hold the true value.

A ball that could lie on either side of a question raises `Imprecise`; it is never guessed.
Arb's comparisons are False when balls overlap and its functions give NaN instead of
raising, so every sign goes through `plain_sign` and every function value through `_finite`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import acb, acb_mat, arb, ctx, fmpq, fmpz

from symproof.evaluation.arithmetic import (
    Arithmetic,
    Expansion,
    ExpPolynomial,
    Imprecise,
    Number,
    TooCostly,
    Undefined,
    Unknown,
)

MAX_BITS = 200_000
MAX_FACTORIAL = 15_000
FEWEST = 100  # values of a function that an integral takes at least

# Values at rational points that stay rational.
_EXACT: dict[tuple[str, Any], tuple[int, int]] = {
    **{(name, 0): (0, 1) for name in "sin tan asin atan sinh tanh asinh atanh erf".split()},
    **{(name, 0): (1, 1) for name in ("exp", "cos", "cosh")},
    **{(name, 1): (0, 1) for name in ("log", "acos", "acosh")},
    ("sigmoid", 0): (1, 2),
}
# Where a real function is defined: this must be positive, or (True) not negative.
_DOMAIN: dict[str, tuple[Callable[[Any], Any], bool]] = {
    "log": (lambda x: x, False),
    "asin": (lambda x: 1 - x * x, True),
    "acos": (lambda x: 1 - x * x, True),
    "acosh": (lambda x: x - 1, True),
    "atanh": (lambda x: 1 - x * x, False),
}
# Where the analytic continuation has no cut: real points there are in the domain.
_CUT_FREE: dict[str, Callable[[acb], bool]] = {
    "asin": lambda z: bool(abs(z.real) < 1),
    "acos": lambda z: bool(abs(z.real) < 1),
    "atanh": lambda z: bool(abs(z.real) < 1),
    "acosh": lambda z: bool(z.real > 1),
    "atan": lambda z: bool(abs(z.imag) < 1),
    "asinh": lambda z: bool(abs(z.imag) < 1),
    "gamma": lambda z: bool(z.real > 0),
    "digamma": lambda z: bool(z.real > 0),
}


# Balls that hold all values of a function: mid-point and radius.
_RANGES = {"tanh": (0, 1), "erf": (0, 1), "sigmoid": (0.5, 0.5), "atan": (0, 2), "sin": (0, 1), "cos": (0, 1)}


class Balls(Arithmetic):
    """Plain numbers are `fmpq` (exact), `arb` (real balls) and `acb` (complex balls).

    While `analytic` is set (inside a quadrature) an `acb` is a ball of the complex plane around
    real points, and functions are the continuations of the real ones or raise `Imprecise`.
    """

    zero, one = fmpq(0), fmpq(1)
    analytic = False

    def number(self, q: Any) -> fmpq:
        return fmpq(q.numerator, q.denominator)

    def constant(self, name: str) -> Number:
        if name == "oo":
            raise Unknown("oo is only a bound")
        return acb(0, 1) if name == "i" else arb.pi() if name == "pi" else arb.const_e()

    def complex(self, x: Number) -> Number:
        if self.analytic or isinstance(x, Expansion | ExpPolynomial):
            raise Unknown("a complex value inside an integral or a derivative")
        return acb(x)

    def is_integer(self, x: Number) -> bool:
        return isinstance(x, int) or (type(x) is fmpq and x.q == 1)

    def integer(self, x: Number) -> int:
        if isinstance(x, ExpPolynomial):
            x = x.constant()
        if not self.is_integer(x):
            raise Undefined("not an integer") if type(x) is fmpq else Unknown("not known to be an integer")
        return int(x)

    def vanishes(self, x: Number) -> bool:
        if isinstance(x, Expansion):
            return False
        return not x.terms if isinstance(x, ExpPolynomial) else bool(x == 0)

    def bounded(self, x: Number) -> Number:
        if type(x) is fmpq:
            self._weigh(x.height_bits())
        elif isinstance(x, Expansion):
            for c in x.c:
                self.bounded(c)
        return x

    def _weigh(self, bits: int) -> None:
        """Long numbers cost more steps, and very long ones are refused."""
        if bits > MAX_BITS:
            raise TooCostly("a number of more than 60,000 digits")
        if bits > 1024:
            self.spend(bits >> 9)

    def plain_sign(self, x: Number) -> int:
        if type(x) is acb:
            if not self.analytic:
                raise Unknown("the sign of a complex number")
            x = x.real
        if x > 0:
            return 1
        if x < 0:
            return -1
        if x == 0:
            return 0
        raise Imprecise("a sign")

    def plain_equal(self, a: Number, b: Number) -> bool:
        gap = a - b
        if type(gap) is not acb or self.analytic:
            return self.plain_sign(gap) == 0
        if not gap.contains(0):
            return False
        if gap == 0:
            return True
        raise Imprecise("an equality")

    def plain_divide(self, a: Number, b: Number) -> Number:
        if type(b) is fmpq:
            if not b:
                raise Undefined("division by zero")
            return a / b
        if b == 0:
            raise Undefined("division by zero")
        return self._finite(a / b)

    def _finite(self, x: Number) -> Number:
        if not x.is_finite():
            raise Imprecise("a value that may not exist")
        return x

    def plain_power(self, a: Number, b: Number) -> Number:
        if self.is_integer(b):
            return self._integer_power(a, self.integer(b))
        if type(a) is acb or type(b) is acb:
            if not self.analytic:
                if a == 0:
                    raise Unknown("a complex power of zero")
                return self._finite((acb(a).log() * b).exp())
            return self._finite(acb(a).pow(acb(b), analytic=True))
        sign = self.plain_sign(a)
        if sign < 0:
            if type(b) is arb and b.contains_integer():
                raise Imprecise("an exponent that may be an integer")
            raise Undefined("a power of a negative number")
        if sign == 0:
            if self.plain_sign(b) < 0:
                raise Undefined("a negative power of zero")
            if self.plain_sign(b) == 0:  # a ball that is exactly 0
                return self.one
            return self.zero
        if type(a) is fmpq and type(b) is fmpq:
            root = self._exact_root(a, int(b.q))
            if root is not None:
                return self._integer_power(root, int(b.p))
        return self._finite(arb(a) ** arb(b))

    def _integer_power(self, a: Number, n: int) -> Number:
        if type(a) is fmpq:
            if not a and n < 0:
                raise Undefined("a negative power of zero")
            if a in (1, -1):
                return a ** (n % 2)
            self._weigh(a.height_bits() * abs(n) if a else 0)
            return a**n
        if n < 0:
            return self.plain_divide(self.one, self._finite(a**-n))
        return self._finite(a**n)

    def _exact_root(self, a: fmpq, q: int) -> fmpq | None:
        if q > 64:
            return None
        p, d = fmpz(a.p).root(q), fmpz(a.q).root(q)
        return fmpq(p, d) if p**q == a.p and d**q == a.q else None

    def plain_call(self, name: str, *args: Number) -> Number:
        if type(args[0]) is fmpq and (name, args[0]) in _EXACT:
            return fmpq(*_EXACT[name, args[0]])
        if type(args[0]) is arb and name in _RANGES and not args[0].is_finite() and not args[0].is_nan():
            return arb(*_RANGES[name])
        special = getattr(self, f"_{name}", None)
        if special is not None:
            return special(*args)
        x = args[0]
        if name in _DOMAIN and type(x) is not acb:
            test, closed = _DOMAIN[name]
            sign = self.plain_sign(test(x))
            if sign < 0 or (sign == 0 and not closed):
                raise Undefined(f"{name} outside its domain")
        if type(x) is acb:
            return self._complex_call(name, x)
        return self._finite(getattr(arb(x), name)())

    def _complex_call(self, name: str, z: acb) -> Number:
        if name == "log":
            if z == 0:
                raise Undefined("log of zero")
            return self._finite(z.log(analytic=self.analytic))
        if self.analytic and name in _CUT_FREE and not _CUT_FREE[name](z):
            raise Imprecise("a branch cut")
        return self._finite(getattr(z, name)())

    def _sqrt(self, x: Number) -> Number:
        if type(x) is acb:
            return self._finite(x.sqrt(analytic=self.analytic))
        return self.plain_power(x, fmpq(1, 2))

    def _sigmoid(self, x: Number) -> Number:
        return self.plain_divide(self.one, 1 + self.plain_call("exp", -x))

    def _softplus(self, x: Number) -> Number:
        return self.plain_call("log", 1 + self.plain_call("exp", x))

    def _abs(self, x: Number) -> Number:
        return self._finite(x.real_abs(analytic=True)) if self.analytic and type(x) is acb else abs(x)

    def _relu(self, x: Number) -> Number:
        return self._max(x, self.zero)

    def _max(self, x: Number, y: Number) -> Number:
        if type(x) is fmpq and type(y) is fmpq:
            return x if x >= y else y
        if type(x) is acb or type(y) is acb:
            return x if self.plain_sign(x - y) >= 0 else y
        return arb(x).max(arb(y))

    def _min(self, x: Number, y: Number) -> Number:
        return -self._max(-x, -y)

    def _sign(self, x: Number) -> fmpq:
        return fmpq(self.plain_sign(x))

    def _floor(self, x: Number) -> fmpq:
        if type(x) is fmpq:
            return fmpq(x.floor())
        below = x.real.floor().unique_fmpz() if type(x) is arb or self.analytic else None
        if below is None:
            raise Imprecise("a floor")
        return fmpq(below)

    def _ceil(self, x: Number) -> fmpq:
        return -self._floor(-x)

    def _mod(self, a: Number, m: Number) -> Number:
        return a - m * self._floor(self.plain_divide(a, m))

    def _factorial(self, x: Number) -> fmpq:
        n = self.integer(x)
        if n < 0:
            raise Undefined("the factorial of a negative number")
        if n > MAX_FACTORIAL:
            raise TooCostly("a large factorial")
        return fmpq(fmpz.fac_ui(fmpz(n)))

    def _binomial(self, x: Number, y: Number) -> fmpq:
        n, k = self.integer(x), self.integer(y)
        if n < 0:
            raise Undefined("a binomial coefficient of a negative number")
        if k < 0 or k > n:
            return self.zero
        if min(k, n - k) * n.bit_length() > MAX_BITS or n.bit_length() > 60:
            raise TooCostly("a large binomial coefficient")
        return fmpq(fmpz.bin_uiui(n, min(k, n - k)))

    def _gamma(self, x: Number) -> Number:
        if self.is_integer(x):
            n = self.integer(x)
            if n <= 0:
                raise Undefined("gamma at a pole")
            if n <= 1000:
                return self._factorial(fmpq(n - 1))
        if type(x) is acb:
            return self._complex_call("gamma", x)
        return self._finite(arb(x).gamma())

    def _re(self, x: Number) -> Number:
        return x.real if type(x) is acb and not self.analytic else x

    def _im(self, x: Number) -> Number:
        return x.imag if type(x) is acb and not self.analytic else self.zero

    def _conj(self, x: Number) -> Number:
        return x.conjugate() if type(x) is acb and not self.analytic else x

    def eigenvalues(self, rows: list[list[Number]]) -> list[Number]:
        """Balls that hold the eigenvalues of a symmetric matrix."""
        try:
            found = acb_mat([[acb(x) for x in row] for row in rows]).eig(multiple=True)
        except (ValueError, TypeError):
            raise Imprecise("eigenvalues") from None
        return [self._finite(z.real) for z in found]

    def line(self) -> arb:
        """A ball that holds every real number."""
        return arb(0, arb.pos_inf())

    def integral(self, f: Callable[[Number], Number], a: Number, b: Number) -> Number:
        """The integral over an interval on which f is analytic."""
        if self.analytic or not all(type(x) in (fmpq, arb) for x in (a, b)):
            raise Unknown("an integral inside an integral")
        costly: list[TooCostly] = []
        each = max(1, ctx.prec // 64) ** 3  # what a value costs with so many bits
        if self.steps < FEWEST * each:
            raise TooCostly("an integral with so many bits")

        def integrand(z: acb, analytic: bool) -> acb:
            self.analytic = analytic or z.imag != 0
            try:
                self.spend(each)
                return acb(f(z if self.analytic else z.real))
            except TooCostly as error:
                costly.append(error)
            except (Undefined, Unknown):
                pass
            return acb("nan", "nan")

        try:
            found = acb.integral(integrand, acb(a), acb(b), eval_limit=4000)
        finally:
            self.analytic = False
        if costly:
            raise costly[0]
        if not found.is_finite():
            raise Unknown("an integral that the quadrature cannot bound")
        return found.real
