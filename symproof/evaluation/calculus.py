"""Derivatives, integrals and limits of bodies that can be evaluated, over any arithmetic.

A derivative is a coefficient of the expansion of t -> f(a + t) for small t > 0.  Where a kink
was met on the way, the expansion for t < 0 and the value at t = 0 must agree with it;
where they certainly do not, the derivative does not exist.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import factorial
from typing import Any

from symproof.evaluation.arithmetic import (
    Arithmetic,
    Expansion,
    ExpPolynomial,
    Level,
    Number,
    TooCostly,
    TooShort,
    Undefined,
    Unknown,
)
from symproof.evaluation.linear import Tensor

Body = Callable[[Number], Any]
MAX_ORDER = 12


class _Depth:
    """How many derivatives and limits are being taken one inside the other."""

    now = 0


def _expand(A: Arithmetic, body: Body, low: int, direction: Number, extra: int) -> tuple[Any, Level]:
    """The body at direction · h^low, with `extra` more known terms."""
    _Depth.now += 1
    try:
        level = Level(A, _Depth.now)
        return body(Expansion(level, low, [direction] + [A.zero] * extra)), level
    finally:
        _Depth.now -= 1


def _cells(value: Any) -> list[Number]:
    return value.cells if isinstance(value, Tensor) else [value]


def _coefficient(A: Arithmetic, x: Number, level: Level, k: int) -> Number:
    """The coefficient of h^k in something that tends to a finite value."""
    if not isinstance(x, Expansion) or x.level is not level:
        return A.zero if k else x
    for j in range(x.low, 0):
        if not A.vanishes(x[j]):
            A.sign(x[j])
            raise Undefined("no finite value")
    return x[k]


def derivative(A: Arithmetic, body: Body, order: int) -> Any:
    """The derivative of the given order of t -> body(t) at 0, entry by entry."""
    if not 0 <= order <= MAX_ORDER:
        raise Undefined("a derivative of negative order") if order < 0 else TooCostly("a high derivative")
    here = body(A.zero)
    if order == 0:
        return here
    for extra in (order, order + 2, order + 6):
        try:
            found = _one_sided(A, body, here, order, extra)
        except TooShort:
            continue
        scaled = [c * factorial(order) for c in found]
        return Tensor(here.starts, here.shape, scaled) if isinstance(here, Tensor) else scaled[0]
    raise Unknown("a derivative that needs more terms")


def _one_sided(A: Arithmetic, body: Body, here: Any, order: int, extra: int) -> list[Number]:
    right, level = _expand(A, body, 1, A.one, extra - 1)
    coefficients = [_coefficient(A, x, level, order) for x in _cells(right)]
    if not level.kink:
        return coefficients
    left, other = _expand(A, body, 1, -A.one, extra - 1)
    for value, a, b in zip(_cells(here), _cells(right), _cells(left), strict=True):
        for k in range(order + 1):
            from_right, from_left = _coefficient(A, a, level, k), _coefficient(A, b, other, k) * (-1) ** k
            if not A.equal(from_right, from_left) or (k == 0 and not A.equal(from_right, value)):
                raise Undefined("not differentiable here")
    return coefficients


def _along(body: Body, at: Tensor, k: int) -> Body:
    """The body as a function of how far entry k of the point has moved."""

    def moved(t: Number) -> Any:
        return body(Tensor(at.starts, at.shape, [x + t if j == k else x for j, x in enumerate(at.cells)]))

    return moved


def gradient(A: Arithmetic, body: Body, at: Tensor) -> Tensor:
    """Entry k is the derivative in entry k of the point."""
    cells = [derivative(A, _along(body, at, k), 1) for k in range(len(at.cells))]
    return Tensor(at.starts, at.shape, cells)


def jacobian(A: Arithmetic, body: Body, at: Tensor) -> Tensor:
    """Entry (i, j) is the derivative of entry i of the body in entry j of the point."""
    columns = [derivative(A, _along(body, at, k), 1) for k in range(len(at.cells))]
    if not columns:
        raise Unknown("a derivative in a vector without entries")
    first = columns[0]
    cells = [column.cells[i] for i in range(first.shape[0]) for column in columns]
    return Tensor(first.starts + at.starts, first.shape + at.shape, cells)


def hessian(A: Arithmetic, body: Body, at: Tensor) -> Tensor:
    """The Jacobian of the gradient."""
    return jacobian(A, lambda point: gradient(A, body, point), at)


def integral(A: Arithmetic, body: Body, low: Number, high: Number) -> Number:
    """Polynomials exactly, other functions by a quadrature that bounds its error."""
    x = ("", _Depth.now)
    _Depth.now += 1
    try:
        found = body(ExpPolynomial.free(A, x))
        return _primitive(A, found, x, high) - _primitive(A, found, x, low)
    except Unknown:
        return A.integral(body, low, high)
    finally:
        _Depth.now -= 1


def _primitive(A: Arithmetic, f: Number, x: tuple[str, int], at: Number) -> Number:
    """The primitive of a polynomial in x that is zero at 0, at a point."""
    if isinstance(f, Expansion):
        parts = [_primitive(A, c, x, at) for c in f.c]
        return sum((p * Expansion(f.level, f.low + k, [A.one] + [A.zero] * (len(f.c) - k - 1))
                    for k, p in enumerate(parts)), A.zero)  # fmt: skip
    total = A.zero
    for c, mono, rate in f.terms if isinstance(f, ExpPolynomial) else [(f, (), ())]:
        if any(y == x for y, _ in rate):
            raise Unknown("an integral of an exponential")
        power = dict(mono).get(x, 0)
        rest = tuple(p for p in mono if p[0] != x)
        kept = ExpPolynomial(A, [(c, rest, rate)]) if rest or rate else c
        total = total + kept * A.repeat(at, power + 1) * A.number(Fraction(1, power + 1))
    return total


def limit(A: Arithmetic, body: Body, point: Number | None, side: int) -> Number:
    """The limit at a point, from a side (0: both), or at infinity, with the sign of it, for None."""
    if point is None:
        return _limit(A, body, -1, A.number(side))[0]
    if isinstance(point, Tensor):
        raise Unknown("a limit in more than one variable")
    sides = [1, -1] if side == 0 else [side]
    found = []
    for s in sides:
        value, kink = _limit(A, lambda t: body(point + t), 1, A.number(s))
        found.append(value)
        if not kink:
            return value
    if len(found) == 2 and not A.equal(*found):
        raise Undefined("the limits from the two sides differ")
    return found[0]


def _limit(A: Arithmetic, body: Body, low: int, direction: Number) -> tuple[Number, bool]:
    for extra in (2, 6, 10):
        try:
            value, level = _expand(A, body, low, direction, extra)
            return _coefficient(A, value, level, 0), level.kink
        except TooShort:
            continue
    raise Unknown("a limit that needs more terms")
