"""Values to try for each type: simple ones first, shaped by what a declaration says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice
from math import floor
from random import Random
from typing import Any

from symproof.kernel.statement import Symbol
from symproof.terms.build import make, num, sym
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array, Function, Scalar, Type

Vector = list[Any]
Matrix = list[list[Any]]

_GENERIC = [Fraction(x) for x in ("2", "3", "1/2", "5", "1/3", "7", "3/2", "4", "1/5", "11")]
_FRACTIONS = [Fraction(x) for x in ("1/2", "1/3", "3/2", "2/3", "1/4", "5/2", "3/4", "1/5")]
_INSIDE = [Fraction(x) for x in ("1/2", "1/3", "3/4", "1/5", "9/10", "1/10", "99/100", "1/100", "5/7")]
_EXTREME = [Fraction(x) for x in ("100", "-100", "1/1000", "-1/1000", "1000000", "10", "-10")]


class Range:
    """What hypotheses say of a number: ends that may be open, and integers only or all."""

    def __init__(self, integer: bool) -> None:
        self.integer = integer
        self.low: Fraction | None = None
        self.high: Fraction | None = None
        self.open = [False, False]
        self._simple: list[Fraction] | None = None

    def narrow(self, op: str, bound: Fraction) -> None:
        """Take in that the number stands in the relation to the bound."""
        if op in ("gt", "ge") and (self.low is None or bound >= self.low):
            self.open[0] = op == "gt" or (self.open[0] and bound == self.low)
            self.low = bound
        elif op in ("lt", "le") and (self.high is None or bound <= self.high):
            self.open[1] = op == "lt" or (self.open[1] and bound == self.high)
            self.high = bound
        elif op == "eq":
            self.low = self.high = bound

    def __contains__(self, x: Fraction) -> bool:
        if self.integer and x.denominator != 1:
            return False
        above = self.low is None or x > self.low or (x == self.low and not self.open[0])
        return above and (self.high is None or x < self.high or (x == self.high and not self.open[1]))

    def simple(self) -> list[Fraction]:
        """Simple numbers that lie in the range."""
        if self._simple is None:
            self._simple = self._listed()
        return self._simple

    def _listed(self) -> list[Fraction]:
        low, high = self.low, self.high
        found = (
            [Fraction(k) for k in (2, 3, 1, -1, 0, 5, -2, 4, -3)] + _FRACTIONS + [-x for x in _FRACTIONS[:3]]
        )
        if low is not None and high is not None:
            found += [low + (high - low) * x for x in _INSIDE]
            found += [Fraction(floor(low) + k) for k in range(min(12, max(1, floor(high - low) + 2)))]
            found += [high, low]
        elif low is not None:
            found += [floor(low) + x for x in (Fraction(1), Fraction(2), *_GENERIC)] + [low]
            found += [low + x for x in _GENERIC]
        elif high is not None:
            found += [floor(high) - x for x in (Fraction(0), Fraction(1), *_GENERIC)] + [high]
            found += [high - x for x in _GENERIC]
        return list(dict.fromkeys(x for x in found + _EXTREME if x in self))

    def pick(self, p: int, j: int, random: Random) -> Fraction | None:
        """A value for the j-th number of the p-th point: distinct and generic, then signs, then anything."""
        if p <= 5:
            x = (_FRACTIONS if p in (3, 4) else _GENERIC)[(j + (p == 5) * 3) % 8]
            x = -x if (p == 2 or (p == 1 and j % 2 == 0) or (p == 4 and j % 2)) else x
        else:
            kind = random.random()
            if kind < 0.55:
                x = Fraction(random.randint(-4, 5))
            elif kind < 0.85:
                x = Fraction(random.randint(-9, 9), random.randint(2, 5))
            elif kind < 0.95:
                x = Fraction(random.choice((0, 1, -1)))
            else:
                x = Fraction(random.randint(5, 12)) if self.integer else random.choice(_EXTREME)
        if x in self:
            return x
        candidates = self.simple()
        if not candidates:
            return None
        return candidates[(p + j) % min(len(candidates), 6)] if p <= 5 else random.choice(candidates)


def vector(n: int, p: int, random: Random, integer: bool = False) -> Vector:
    """A vector of small numbers, sometimes one that hypotheses like to ask for."""
    kind = random.random() if p else 1.0
    if kind < 0.12:
        return [Fraction(random.randint(1, 4)) for _ in range(n)]
    if kind < 0.2:
        return [Fraction(random.randint(0, 1)) for _ in range(n)]
    if kind < 0.28 and not integer:
        return _unit(n, random)
    if kind < 0.34:
        return [Fraction(k == random.randrange(n)) for k in range(n)] if n else []
    if kind < 0.4:
        return [Fraction(random.choice((1, 1, 0)))] * n
    if kind < 0.46:
        return [Fraction(random.choice((1, -1))) for _ in range(n)]
    if kind < 0.52 and not integer:
        weights = [Fraction(random.randint(1, 3)) for _ in range(n)]
        return [w / sum(weights) for w in weights]
    if kind < 0.6 and not integer:
        return [Fraction(random.randint(-5, 5), random.randint(1, 4)) for _ in range(n)]
    return [Fraction(random.choice((1, 2, 3, -1, -2, 0, 1, 2))) for _ in range(n)]


def _unit(n: int, random: Random) -> Vector:
    """A rational vector of length 1."""
    basis = [Fraction(int(k == random.randrange(max(n, 1)))) for k in range(n)]
    sides = random.choice(((3, 4, 5), (5, 12, 13), (4, -3, 5)))
    basis = [Fraction(0)] * n
    i = random.randrange(n) if n else 0
    if n >= 2:
        j = (i + 1) % n
        basis[i], basis[j] = Fraction(sides[0], sides[2]), Fraction(sides[1], sides[2])
    elif n:
        basis[i] = Fraction(random.choice((1, -1)))
    return basis


def matrix(
    m: int, n: int, attributes: frozenset[str], p: int, random: Random, integer: bool = False
) -> Matrix:
    """A matrix of small numbers that is what its declaration says."""
    if m == n and attributes & {"symmetric", "orthogonal", "diagonal", "psd", "invertible"}:
        return _square(n, attributes, p, random)
    kind = random.random() if p else 1.0
    if kind < 0.05:
        return [[Fraction(0)] * n for _ in range(m)]
    if kind < 0.1:
        return [
            [Fraction(i == j, 1 if integer else random.choice((1, 2, 4))) for j in range(n)] for i in range(m)
        ]
    if kind < 0.16:
        return [[Fraction(j == i + 1) for j in range(n)] for i in range(m)]
    if kind < 0.24 and m == n:
        return _orthogonal(n, random) if not integer else _permuted(n, random)
    if kind < 0.3 and m == n:
        return _times(_transposed(half := matrix(n, n, frozenset(), 0, random)), half)
    if kind < 0.36 and m == n:
        half = matrix(n, n, frozenset(), 0, random)
        return [[half[i][j] + half[j][i] for j in range(n)] for i in range(n)]
    return [vector(n, p if kind > 0.8 else 0, random, integer) for _ in range(m)]


def _square(n: int, attributes: frozenset[str], p: int, random: Random) -> Matrix:
    one = [[Fraction(i == j) for j in range(n)] for i in range(n)]
    if "diagonal" in attributes:
        positive = attributes & {"psd", "orthogonal", "invertible"}
        signs = (1,) if attributes >= {"psd", "orthogonal"} else (1, -1)
        if "orthogonal" in attributes:
            entries = [Fraction(random.choice(signs)) for _ in range(n)]
        else:
            low = 1 if "invertible" in attributes else 0
            entries = [Fraction(random.randint(low if positive else -3, 4)) for _ in range(n)]
        return [[entries[i] if i == j else Fraction(0) for j in range(n)] for i in range(n)]
    if "orthogonal" in attributes:
        if "psd" in attributes:
            return one
        return _reflection(n, random) if "symmetric" in attributes else _orthogonal(n, random)
    half = matrix(n, n, frozenset(), 0, random)
    if "psd" in attributes:
        gram = _times(_transposed(half), half)
        if p and random.random() < 0.2:
            gram = one
        return _sum(gram, one) if "invertible" in attributes else gram
    if "symmetric" in attributes:
        half = [[half[min(i, j)][max(i, j)] for j in range(n)] for i in range(n)]
    while "invertible" in attributes and not _regular(half):
        for i in range(n):
            half[i][i] += 1
    return half


def _orthogonal(n: int, random: Random) -> Matrix:
    """A rotation by a Pythagorean angle, a reflection, or a permutation with signs."""
    kind = random.random()
    if kind < 0.4 and n >= 2:
        c, s = Fraction(3, 5), Fraction(4, 5)
        q = [[Fraction(i == j) for j in range(n)] for i in range(n)]
        q[0][0], q[0][1], q[1][0], q[1][1] = c, -s, s, c
        return q
    return _reflection(n, random) if kind < 0.7 else _permuted(n, random)


def _reflection(n: int, random: Random) -> Matrix:
    v = [Fraction(random.randint(-2, 2)) for _ in range(n)]
    square = sum(x * x for x in v) or Fraction(1)
    return [[Fraction(i == j) - 2 * v[i] * v[j] / square for j in range(n)] for i in range(n)]


def _permuted(n: int, random: Random) -> Matrix:
    order = list(range(n))
    random.shuffle(order)
    return [
        [Fraction(random.choice((1, -1))) if order[i] == j else Fraction(0) for j in range(n)]
        for i in range(n)
    ]


def _transposed(a: Matrix) -> Matrix:
    return [list(column) for column in zip(*a, strict=True)]


def _times(a: Matrix, b: Matrix) -> Matrix:
    return [
        [sum((x * y for x, y in zip(row, c, strict=True)), Fraction(0)) for c in _transposed(b)] for row in a
    ]


def _sum(a: Matrix, b: Matrix) -> Matrix:
    return [[x + y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def _regular(a: Matrix) -> bool:
    rows = [list(row) for row in a]
    for j in range(len(rows)):
        pivot = next((i for i in range(j, len(rows)) if rows[i][j]), None)
        if pivot is None:
            return False
        rows[j], rows[pivot] = rows[pivot], rows[j]
        for i in range(j + 1, len(rows)):
            factor = rows[i][j] / rows[j][j]
            rows[i] = [x - factor * y for x, y in zip(rows[i], rows[j], strict=True)]
    return True


# --- functions ----------------------------------------------------------------------


def _call(name: str) -> Callable[[Term], Term]:
    return lambda z: make("call", z, data=name)


_SMOOTH: tuple[Callable[[Term], Term], ...] = (
    lambda z: make("add", make("pow", z, num(2)), num(1)),
    lambda z: z,
    lambda z: make("add", make("mul", num(2), z), num(1)),
    lambda z: make("neg", z),
    lambda z: make("pow", z, num(2)),
    _call("tanh"),
    lambda z: num(1),
    lambda z: num(0),
    _call("exp"),
    lambda z: make("pow", z, num(3)),
    _call("sin"),
    _call("sigmoid"),
    lambda z: make("mul", num(Fraction(1, 2)), z),
)
_ROUGH: tuple[Callable[[Term], Term], ...] = (_call("abs"), _call("relu"), _call("floor"))


def functions(type: Function, smooth: bool) -> Iterator[Term]:
    """Total functions of the type as lambda terms, telling ones first."""
    params = [sym(f"z{k}" if k else "z", t) for k, t in enumerate(type.params)]
    domains = [_domain(t) for t in type.params]
    if any(d is None for d in domains):
        return
    data = tuple((str(p.data),) for p in params)
    for body in _bodies(params, type.result, smooth):
        yield make("lambda", body, *(d for d in domains if d is not None), data=data)


def _domain(type: Type) -> Term | None:
    if isinstance(type, Scalar):
        return make("numbers", data=type.domain)
    return make("arrays", *type.axes, data=type.domain) if isinstance(type, Array) and not type.row else None


def _bodies(params: list[Term], result: Type, smooth: bool) -> Iterator[Term]:
    first = params[0]
    whole = isinstance(result, Scalar) and result.domain == "integer"
    if isinstance(result, Scalar):
        number = first if isinstance(first.type, Scalar) else make("dot", first, first)
        if isinstance(first.type, Array) and len(first.type.axes) != 1:
            number = num(2)
        elif isinstance(first.type, Array) and not whole:
            total = _entry_sum(first)
            yield from (t for t in (total, make("add", number, total) if total else None) if t is not None)
        number = _mixed(number, params[1:])
        for shape in (*_SMOOTH, *(() if smooth else _ROUGH)):
            body = shape(number)
            if not whole or body.type == result:
                yield body
    elif isinstance(result, Array):
        yield from _spread(params, result)
        for param in params:
            if param.type == result:
                yield param
                yield make("scale", num(2), param)
                yield make("add", param, make("ones", *result.axes))
                yield make("call", param, data="tanh")
                yield make("hadamard", param, param)
        yield make("ones", *result.axes)
        yield make("zeros", *result.axes)


def _mixed(number: Term, others: list[Term]) -> Term:
    """A number that depends on other arguments, too."""
    for other in others:
        more = _number(other)
        if more is not None:
            number = make("add", make("mul", num(2), number), make("mul", number, more), more)
    return number


def _spread(params: list[Term], result: Array) -> Iterator[Term]:
    """Arrays whose entries differ: i plus, and i times, a number made from the arguments."""
    first, *others = params
    number = _number(first)
    axes = result.axes
    if number is None or len(axes) != 1 or axes[0].op != "range":
        return
    number = _mixed(number, others)
    i = sym("i", INTEGER)
    for body in (make("add", i, number), make("mul", i, number), make("add", i, make("pow", number, num(2)))):
        yield make("array", body, *axes, data=(("i",),))


def _number(param: Term) -> Term | None:
    """A number made from an argument: itself, or the sum of the entries of a vector."""
    return param if isinstance(param.type, Scalar) else _entry_sum(param)


def _entry_sum(array: Term) -> Term | None:
    """The sum of the entries of a vector."""
    if not isinstance(array.type, Array) or len(array.type.axes) != 1:
        return None
    return make("dot", make("ones", array.type.axes[0]), array)


def nth_function(type: Function, smooth: bool, k: int) -> Term | None:
    """The k-th of them, counted round."""
    found = list(islice(functions(type, smooth), 40))
    return found[k % len(found)] if found else None


def is_smooth(symbol: Symbol) -> bool:
    """Is the function declared to have derivatives?"""
    return bool(symbol.attributes & {"differentiable", "twice_differentiable", "continuous"})


def scaled(value: Any, factor: Fraction) -> Any:
    """All numbers of nested lists times a factor."""
    return [scaled(part, factor) for part in value] if isinstance(value, list) else value * factor


def outcome_patterns(p: int, random: Random) -> list[list[Any]]:
    """Probabilities and values of a small random number."""
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    patterns: list[list[list[Any]]] = [
        [[half, Fraction(-1)], [half, Fraction(1)]],
        [[half, Fraction(0)], [half, Fraction(2)]],
        [[Fraction(1), Fraction(1)]],
        [[1 - quarter, Fraction(0)], [quarter, Fraction(1)]],
        [[half, Fraction(0)], [half, Fraction(1)]],
        [[quarter, Fraction(-2)], [half, Fraction(0)], [quarter, Fraction(2)]],
        [[1 - quarter, Fraction(1)], [quarter, Fraction(5)]],
        [[Fraction(1), Fraction(0)]],
    ]
    return patterns[p] if p < 4 else random.choice(patterns)
