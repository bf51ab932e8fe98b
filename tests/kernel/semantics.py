"""Values of terms and of normal forms in floating point, written apart from the kernel.

`Point` holds values for names: numbers, `Arr` for arrays, callables for functions and sequences,
`Net` for graphs.  `Point.term` evaluates a term by its meaning; `Point.poly` evaluates a normal
form atom by atom.  The two must agree wherever both have a value.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symproof.kernel.poly import Atom, Poly
from symproof.kernel.statement import Definition
from symproof.terms.tree import Term
from symproof.terms.types import Array, Scalar


class NoValue(Exception):
    """Undefined at this point, or not known here."""


@dataclass(frozen=True)
class Arr:
    """An array: the index ranges of its axes and the entry at each tuple of indices."""

    axes: tuple[tuple[int, ...], ...]
    cells: Mapping[tuple[int, ...], float]

    @staticmethod
    def of(axes: tuple[tuple[int, ...], ...], entry: Callable[..., float]) -> Arr:
        return Arr(axes, {k: entry(*k) for k in itertools.product(*axes)})

    @property
    def list(self) -> tuple[float, ...]:
        return tuple(self.cells[k] for k in itertools.product(*self.axes))


@dataclass(frozen=True)
class Net:
    """A graph on the vertices 0, …, n − 1."""

    n: int
    edges: frozenset[tuple[int, int]]

    def joined(self, u: int, v: int) -> int:
        return int((min(u, v), max(u, v)) in self.edges)


def power(base: Any, exponent: Any) -> Any:
    if exponent == int(exponent.real if isinstance(exponent, complex) else exponent):
        n = int(exponent.real if isinstance(exponent, complex) else exponent)
        if base == 0 and n < 0:
            raise NoValue
        return base**n
    if isinstance(base, complex) or base < 0 or (base == 0 and exponent < 0):
        raise NoValue
    return base**exponent


def _binomial(n: float, k: float) -> float:
    if n < 0:
        raise NoValue
    return math.comb(int(n), int(k)) if k >= 0 else 0


def _factorial(n: float) -> float:
    if n < 0 or n != int(n):
        raise NoValue
    return math.factorial(int(n))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": math.exp, "log": math.log, "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos,
    "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan, "sinh": math.sinh,
    "cosh": math.cosh, "tanh": math.tanh, "asinh": math.asinh, "acosh": math.acosh,
    "atanh": math.atanh, "sigmoid": lambda x: 1 / (1 + math.exp(-x)),
    "softplus": lambda x: math.log(1 + math.exp(x)), "relu": lambda x: max(x, 0), "erf": math.erf,
    "gamma": math.gamma, "abs": abs, "sign": lambda x: (x > 0) - (x < 0), "floor": math.floor,
    "ceil": math.ceil, "factorial": _factorial, "binomial": _binomial,
    "mod": lambda a, m: a - m * math.floor(a / m), "max": max, "min": min, "re": lambda x: x,
    "im": lambda x: 0, "conj": lambda x: x,
}  # fmt: skip
RELATIONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda a, b: close(a, b), "ne": lambda a, b: not close(a, b), "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
}  # fmt: skip


def close(a: Any, b: Any, tolerance: float = 1e-9) -> bool:
    """Equal, up to rounding."""
    if isinstance(a, Arr):
        return all(close(a.cells[k], b.cells[k], tolerance) for k in a.cells)
    return abs(a - b) <= tolerance * max(1, abs(a), abs(b))


def _gauss(count: int) -> list[tuple[float, float]]:
    """Places and weights of Gauss and Legendre on [−1, 1]."""
    found = []
    for k in range(1, count + 1):
        x = math.cos(math.pi * (k - 0.25) / (count + 0.5))
        for _ in range(50):
            before, value = 1.0, x
            for m in range(2, count + 1):
                before, value = value, ((2 * m - 1) * x * value - (m - 1) * before) / m
            slope = count * (x * value - before) / (x * x - 1)
            x -= value / slope
        found.append((x, 2 / ((1 - x * x) * slope * slope)))
    return found


GAUSS = _gauss(20)


def integrate(body: Callable[[float], float], low: float, high: float) -> float:
    """∫ body from low to high, of a smooth function."""
    half, total = (high - low) / 8, 0.0
    for k in range(4):
        middle = low + (2 * k + 1) * half
        total += sum(w * body(middle + half * x) for x, w in GAUSS) * half
    return total


def inverse(matrix: Arr) -> Arr:
    """By elimination."""
    (rows, columns), n = matrix.axes, len(matrix.axes[0])
    work = [[matrix.cells[i, j] for j in columns] + [float(i == j) for j in rows] for i in rows]
    for k in range(n):
        pivot = max(range(k, n), key=lambda r: abs(work[r][k]))
        if abs(work[pivot][k]) < 1e-9:
            raise NoValue
        work[k], work[pivot] = work[pivot], work[k]
        work[k] = [x / work[k][k] for x in work[k]]
        for r in range(n):
            if r != k:
                work[r] = [x - work[r][k] * y for x, y in zip(work[r], work[k], strict=True)]
    return Arr.of(matrix.axes, lambda i, j: work[rows.index(i)][n + columns.index(j)])


def moved(array: Arr, place: tuple[int, ...], step: float) -> Arr:
    """The array with one entry moved."""
    return Arr(array.axes, {k: v + step * (k == place) for k, v in array.cells.items()})


def slope(body: Callable[[float], float], at: float, order: int) -> float:
    """A derivative by differences that are exact for polynomials of degree six."""
    if order == 0:
        return body(at)
    if order > 1:
        return slope(lambda x: slope(body, x, order - 1), at, 1)
    h = 0.02
    ends = [(body(at + k * h) - body(at - k * h)) / (2 * h) for k in (1, 2, 3)]
    return 1.5 * ends[0] - 0.3 * ends[1] + ends[2] / 30 * 1.0


def matrix_power(matrix: Arr, exponent: int) -> Arr:
    if exponent < 0:
        return matrix_power(inverse(matrix), -exponent)
    axis = matrix.axes[0]
    result = Arr.of(matrix.axes, lambda i, j: float(i == j))
    for _ in range(exponent):
        before = result
        result = Arr.of(
            matrix.axes, lambda i, j, b=before: sum(b.cells[i, k] * matrix.cells[k, j] for k in axis)
        )
    return result


@dataclass
class Point:
    """Values for names; for random names, outcomes with probabilities of which one is chosen."""

    values: dict[str, Any]
    outcomes: list[tuple[float, dict[str, Any]]] = field(default_factory=list)
    definitions: Mapping[str, Definition] = field(default_factory=dict)

    def at(self, **more: Any) -> Point:
        return Point({**self.values, **more}, self.outcomes, self.definitions)

    def average(self, run: Callable[[Point], float]) -> float:
        """The expectation over the outcomes."""
        return sum(p * run(self.at(**chosen)) for p, chosen in self.outcomes)

    # --- terms ---

    def term(self, term: Term) -> Any:
        """The value of a term; raises NoValue where it has none."""
        try:
            found = self._term(term)
        except (ZeroDivisionError, ValueError, OverflowError, KeyError):
            raise NoValue from None
        return found

    def _term(self, t: Term) -> Any:
        rule = getattr(self, f"_{t.op}", None)
        return rule(t) if rule is not None else self._elementwise(t)

    def _args(self, t: Term) -> list[Any]:
        return [self._term(a) for a in t.args]

    def _num(self, t: Term) -> Any:
        value: Any = t.data
        return int(value) if value.denominator == 1 else float(value)

    def _sym(self, t: Term) -> Any:
        name = str(t.data)
        if name in self.values or name not in self.definitions:
            return self.values[name]
        definition = self.definitions[name]
        if not definition.params:
            return self._term(definition.body)
        names = [p for p, _ in definition.params]
        return lambda *args: self.at(**dict(zip(names, args, strict=True)))._term(definition.body)

    def _const(self, t: Term) -> Any:
        return {"pi": math.pi, "e": math.e, "i": 1j}[str(t.data)]

    def _elementwise(self, t: Term) -> Any:
        """What acts on numbers, and entry by entry on arrays."""
        args = self._args(t)
        shape = next((a for a in args if isinstance(a, Arr)), None)
        if shape is None:
            return self._scalar(t, args)
        return Arr.of(
            shape.axes, lambda *k: self._scalar(t, [a.cells[k] if isinstance(a, Arr) else a for a in args])
        )

    def _scalar(self, t: Term, args: list[Any]) -> Any:
        if t.op == "add":
            return sum(args)
        if t.op == "neg":
            return -args[0]
        if t.op in ("mul", "scale", "hadamard"):
            return math.prod(args)
        if t.op == "div":
            return args[0] / args[1]
        if t.op == "pow":
            return power(*args)
        if t.op == "call":
            return FUNCTIONS[str(t.data)](*args)
        if t.op == "apply":
            return args[0](*args[1:])
        raise NoValue(t.op)

    def _apply(self, t: Term) -> Any:
        result = t.args[0].type.result  # type: ignore[union-attr]
        function, *args = self._args(t)
        if isinstance(result, Scalar) and isinstance(args[0], Arr) and t.type != result:
            return Arr(args[0].axes, {k: function(x) for k, x in args[0].cells.items()})
        return function(*args)

    def _lambda(self, t: Term) -> Any:
        names = [group[0] for group in t.data]  # type: ignore[attr-defined]
        return lambda *args: self.at(**dict(zip(names, args, strict=True)))._term(t.args[0])

    # arrays

    def axis(self, t: Term) -> tuple[int, ...]:
        if t.op == "vertices":
            return tuple(range(self._term(t.args[0]).n))
        low, high = self._args(t)
        return tuple(range(int(low), int(high) + 1))

    def _index(self, t: Term) -> Any:
        found, rest = self._term(t.args[0]), [self._term(a) for a in t.args[1:]]
        while rest:
            if isinstance(found, Arr):
                count = len(found.axes)
                if len(rest) < count:
                    fixed, axes = tuple(rest), found.axes[len(rest) :]
                    array = found
                    return Arr.of(axes, lambda *k, cells=array.cells, fixed=fixed: cells[(*fixed, *k)])
                return found.cells[tuple(map(int, rest))]
            found = found(int(rest.pop(0)))
        return found

    def _transpose(self, t: Term) -> Arr:
        (x,) = self._args(t)
        return x if len(x.axes) == 1 else Arr.of(x.axes[::-1], lambda i, j: x.cells[j, i])

    def _matmul(self, t: Term) -> Any:
        left, right = self._args(t)
        lt, _rt = (a.type for a in t.args)
        if len(lt.axes) == 1 and not lt.row:  # type: ignore[union-attr]
            return Arr.of((left.axes[0], right.axes[0]), lambda i, j: left.cells[i,] * right.cells[j,])
        inner = right.axes[0]

        def entry(*k: int) -> float:
            before, after = (k[:1], k[1:]) if len(lt.axes) == 2 else ((), k)  # type: ignore[union-attr]
            return sum(left.cells[(*before, m)] * right.cells[(m, *after)] for m in inner)

        axes = (*left.axes[:-1], *right.axes[1:])
        return Arr.of(axes, entry) if axes else entry()

    def _dot(self, t: Term) -> float:
        x, y = self._args(t)
        return sum(x.cells[k] * y.cells[k] for k in x.cells)

    def _norm(self, t: Term) -> float:
        return math.sqrt(sum(x * x for x in self._term(t.args[0]).list))

    _fronorm = _norm

    def _trace(self, t: Term) -> float:
        x = self._term(t.args[0])
        return sum(x.cells[i, i] for i in x.axes[0])

    def _det(self, t: Term) -> float:
        x = self._term(t.args[0])
        rows, total = x.axes[0], 0.0
        for order in itertools.permutations(rows):
            swaps = sum(a > b for a, b in itertools.combinations(order, 2))
            total += (-1) ** swaps * math.prod(x.cells[i, j] for i, j in zip(rows, order, strict=True))
        return total

    def _inverse(self, t: Term) -> Arr:
        return inverse(self._term(t.args[0]))

    def _matpow(self, t: Term) -> Arr:
        return matrix_power(self._term(t.args[0]), int(self._term(t.args[1])))

    def _diag(self, t: Term) -> Arr:
        x = self._term(t.args[0])
        return Arr.of(x.axes * 2, lambda i, j: x.cells[i,] if i == j else 0)

    def _eye(self, t: Term) -> Arr:
        return Arr.of((self.axis(t.args[0]),) * 2, lambda i, j: int(i == j))

    def _ones(self, t: Term) -> Arr:
        return Arr.of(tuple(map(self.axis, t.args)), lambda *k: 1)

    def _zeros(self, t: Term) -> Arr:
        return Arr.of(tuple(map(self.axis, t.args)), lambda *k: 0)

    def _softmax(self, t: Term) -> Arr:
        x = self._term(t.args[0])
        slot = 0 if t.data == "columns" else len(x.axes) - 1

        def entry(*k: int) -> float:
            others = [(*k[:slot], m, *k[slot + 1 :]) for m in x.axes[slot]]
            return math.exp(x.cells[k]) / sum(math.exp(x.cells[o]) for o in others)

        return Arr.of(x.axes, entry)

    def _entries(self, t: Term) -> Arr:
        rows = self._args(t)
        if isinstance(rows[0], Arr):
            axes = (tuple(range(1, len(rows) + 1)), rows[0].axes[0])
            return Arr.of(axes, lambda i, j: rows[i - 1].cells[j,])
        return Arr.of((tuple(range(1, len(rows) + 1)),), lambda i: rows[i - 1])

    def _array(self, t: Term) -> Arr:
        names = [group[0] for group in t.data]  # type: ignore[attr-defined]
        axes = tuple(map(self.axis, t.args[1:]))
        return Arr.of(axes, lambda *k: self.at(**dict(zip(names, k, strict=True)))._term(t.args[0]))

    # graphs

    def _adjacency(self, t: Term) -> Arr:
        net = self._term(t.args[0])
        return Arr.of((tuple(range(net.n)),) * 2, net.joined)

    def _degree(self, t: Term) -> int:
        net, v = self._args(t)
        return sum(net.joined(u, v) for u in range(net.n))

    def _degree_matrix(self, t: Term) -> Arr:
        net = self._term(t.args[0])
        return Arr.of(
            (tuple(range(net.n)),) * 2,
            lambda u, v: sum(net.joined(u, w) for w in range(net.n)) if u == v else 0,
        )

    def _cardinality(self, t: Term) -> int:
        domain = t.args[0]
        return len(self._term(domain.args[0]).edges) if domain.op == "edges" else len(self.axis(domain))

    # binders

    def _points(self, t: Term, first: int = 1) -> Iterator[Point]:
        """This point with values for what the term binds."""
        points = [self]
        for group, domain in zip(t.data, t.args[first:], strict=True):  # type: ignore[call-overload]
            found = []
            for point in points:
                if domain.op == "edges":
                    found += [
                        point.at(**dict(zip(group, e, strict=True)))
                        for e in sorted(point._term(domain.args[0]).edges)
                    ]
                else:
                    found += [point.at(**{group[0]: k}) for k in point.axis(domain)]
            points = found
        return iter(points)

    def _sum(self, t: Term) -> Any:
        values = [p._term(t.args[0]) for p in self._points(t)]
        if isinstance(t.type, Array):
            return Arr.of(tuple(map(self.axis, t.type.axes)), lambda *k: sum(v.cells[k] for v in values))
        return sum(values)

    def _product(self, t: Term) -> Any:
        return math.prod(p._term(t.args[0]) for p in self._points(t))

    def _maximum(self, t: Term) -> Any:
        return max(p._term(t.args[0]) for p in self._points(t))

    def _minimum(self, t: Term) -> Any:
        return min(p._term(t.args[0]) for p in self._points(t))

    def _argmax(self, t: Term) -> Any:
        points = list(self._points(t))
        best = max(range(len(points)), key=lambda k: (points[k]._term(t.args[0]), -k))
        return points[best].values[t.data[0][0]]  # type: ignore[index]

    def _argmin(self, t: Term) -> Any:
        points = list(self._points(t))
        best = min(range(len(points)), key=lambda k: (points[k]._term(t.args[0]), k))
        return points[best].values[t.data[0][0]]  # type: ignore[index]

    def _cases(self, t: Term) -> Any:
        for k in range(0, len(t.args) - 1, 2):
            if self._term(t.args[k]):
                return self._term(t.args[k + 1])
        return self._term(t.args[-1])

    def _bracket(self, t: Term) -> int:
        return int(self._term(t.args[0]))

    def _expect(self, t: Term) -> Any:
        if isinstance(self._term(t.args[0]), Arr):
            axes = self._term(t.args[0]).axes
            return Arr.of(axes, lambda *k: self.average(lambda p: p._term(t.args[0]).cells[k]))
        return self.average(lambda p: p._term(t.args[0]))

    def _probability(self, t: Term) -> float:
        return self.average(lambda p: int(p._term(t.args[0])))

    def _variance(self, t: Term) -> float:
        mean = self._expect(t)
        return self.average(lambda p: (p._term(t.args[0]) - mean) ** 2)

    def _covariance(self, t: Term) -> Any:
        x, y = t.args
        mx, my = (self.average(lambda p, a=a: p._term(a)) for a in (x, y))
        return self.average(lambda p: (p._term(x) - mx) * (p._term(y) - my))

    def _integral(self, t: Term) -> float:
        ((name,),) = t.data  # type: ignore[misc]
        low, high = self._term(t.args[1]), self._term(t.args[2])
        return integrate(lambda x: self.at(**{name: x})._term(t.args[0]), low, high)

    def _diff(self, t: Term) -> Any:
        """By central differences, of the first and second order."""
        ((name,),) = t.data  # type: ignore[misc]
        at, order = self._term(t.args[1]), int(t.args[2].data)  # type: ignore[call-overload]
        return slope(lambda x: self.at(**{name: x})._term(t.args[0]), at, order)

    def _along(self, t: Term, body: Term) -> Callable[[Arr], Any]:
        ((name,),) = t.data  # type: ignore[misc]
        return lambda x: self.at(**{name: x})._term(body)

    def _grad(self, t: Term) -> Arr:
        run, at = self._along(t, t.args[0]), self._term(t.args[1])
        return Arr(at.axes, {k: slope(lambda h, k=k: run(moved(at, k, h)), 0.0, 1) for k in at.cells})

    def _jacobian(self, t: Term) -> Arr:
        run, at = self._along(t, t.args[0]), self._term(t.args[1])
        rows = run(at).axes[0]
        return Arr.of(
            (rows, at.axes[0]), lambda i, j: slope(lambda h: run(moved(at, (j,), h)).cells[i,], 0.0, 1)
        )

    def _hessian(self, t: Term) -> Arr:
        run, at = self._along(t, t.args[0]), self._term(t.args[1])

        def entry(i: int, j: int) -> float:
            def first(h: float) -> float:
                return slope(lambda k: run(moved(moved(at, (j,), h), (i,), k)), 0.0, 1)

            return slope(first, 0.0, 1)

        return Arr.of(at.axes * 2, entry)

    # statements

    def _and(self, t: Term) -> bool:
        return all(self._args(t))

    def _or(self, t: Term) -> bool:
        return any(self._args(t))

    def _not(self, t: Term) -> bool:
        return not self._term(t.args[0])

    def _implies(self, t: Term) -> bool:
        return not self._term(t.args[0]) or bool(self._term(t.args[1]))

    def _iff(self, t: Term) -> bool:
        left, right = self._args(t)
        return bool(left) is bool(right)

    def _forall(self, t: Term) -> bool:
        return all(p._term(t.args[0]) for p in self._points(t))

    def __getattr__(self, name: str) -> Any:
        op = name[1:]
        if name.startswith("_") and op in RELATIONS:
            return lambda t: RELATIONS[op](*self._args(t))
        raise AttributeError(name)

    # --- normal forms ---

    def poly(self, poly: Poly, bound: Mapping[Atom, Any] | None = None) -> Any:
        """The value of a normal form where the index variables have the given values."""
        try:
            return self._poly(poly, dict(bound or {}))
        except (ZeroDivisionError, ValueError, OverflowError, KeyError):
            raise NoValue from None

    def _poly(self, poly: Poly, bound: dict[Atom, Any]) -> Any:
        return sum(c * self._mono(mono, bound) for mono, c in poly.terms.items())

    def _mono(self, mono: Any, bound: dict[Atom, Any]) -> Any:
        result: Any = 1
        for atom, exponent in mono:
            e = self._poly(exponent, bound) if isinstance(exponent, Poly) else exponent
            result = result * power(self._atom(atom, bound), float(e) if isinstance(e, Fraction) else e)
        return result

    def _part(self, part: Any, bound: dict[Atom, Any]) -> Any:
        return self._poly(part, bound) if isinstance(part, Poly) else self._array_of(part, bound)

    def _array_of(self, atom: Any, bound: dict[Atom, Any]) -> Arr:
        """An array that is an argument of a function."""
        sorts, body = atom.parts
        axes = tuple(self._range(s, bound) for s in sorts)
        names = [Atom("bv", atom.height, k) for k in range(len(sorts))]
        return Arr.of(axes, lambda *k: self._poly(body, {**bound, **dict(zip(names, k, strict=True))}))

    def _range(self, sort: Any, bound: dict[Atom, Any]) -> tuple[int, ...]:
        if sort[0] == "vertices":
            return tuple(range(self.values[sort[1]].n))
        return tuple(range(1, int(self._poly(sort[1], bound)) + 1))

    def _atom(self, atom: Atom, bound: dict[Atom, Any]) -> Any:
        if atom in bound:
            return bound[atom]
        kind, parts = atom.kind, atom.parts
        if kind == "sym":
            return self.values[str(parts[0])]
        if kind == "elem":
            return self._element(parts[0], [self._poly(p, bound) for p in parts[1:]], bound)  # type: ignore[arg-type]
        if kind == "fun":
            name, args = str(parts[0]), [self._part(p, bound) for p in parts[1:]]
            return self.values[name](*args) if name in self.values else FUNCTIONS[name](*args)
        if kind == "base":
            return math.e if parts[0] == "e" else parts[0]
        if kind == "const":
            return math.pi
        if kind == "i":
            return 1j
        if kind == "pow":
            return self._poly(parts[0], bound)  # type: ignore[arg-type]
        if kind == "abs":
            return abs(self._poly(parts[0], bound))  # type: ignore[arg-type]
        if kind == "bracket":
            value = self._poly(parts[1], bound)  # type: ignore[arg-type]
            return int(close(value, 0) if parts[0] == "eq" else value >= -1e-12)
        if kind == "adj":
            return self.values[str(parts[0])].joined(*(self._poly(p, bound) for p in parts[1:]))  # type: ignore[arg-type]
        if kind == "deg":
            net, v = self.values[str(parts[0])], self._poly(parts[1], bound)  # type: ignore[arg-type]
            return sum(net.joined(u, v) for u in range(net.n))
        if kind == "card":
            return self.values[str(parts[0])].n
        if kind == "length":
            return max(0, self._poly(parts[0], bound))  # type: ignore[arg-type]
        if kind == "sum":
            return sum(self._mono(parts[1], b) for b in self._assignments(atom, parts[0], bound))
        if kind == "bind":
            name, sorts, (body,), rest = parts  # type: ignore[misc]
            if name == "integral":
                var = Atom("br", atom.height, 0)
                low, high = (self._poly(p, bound) for p in rest)  # type: ignore[has-type]
                return integrate(lambda x: self._poly(body, {**bound, var: x}), low, high)  # type: ignore[has-type]
            values = [self._poly(body, b) for b in self._assignments(atom, sorts, bound)]  # type: ignore[has-type]
            if name in ("argmax", "argmin"):  # type: ignore[has-type]
                return values.index((max if name == "argmax" else min)(values)) + 1  # type: ignore[has-type]
            return {"product": math.prod, "maximum": max, "minimum": min}[name](values)  # type: ignore[has-type, index]
        if kind == "E":
            return self.average(lambda p: p._mono(parts[0], bound))
        raise NoValue(kind)

    def _element(self, base: Any, indices: list[Any], bound: dict[Atom, Any]) -> Any:
        if isinstance(base, str):
            found = self.values[base]
            while not isinstance(found, Arr) and indices:
                found = found(int(indices.pop(0)))
            return found.cells[tuple(map(int, indices))] if indices else found
        if base.kind in ("inverse", "matpow"):
            first = base.parts[0]
            matrix = self.values[first] if isinstance(first, str) else self._array_of(first, bound)
            found = (
                inverse(matrix)
                if base.kind == "inverse"
                else matrix_power(matrix, int(self._poly(base.parts[1], bound)))
            )
            return found.cells[tuple(map(int, indices))]
        if base.kind == "fun":
            found = self.values[base.parts[0]](*(self._part(p, bound) for p in base.parts[1:]))
            return found.cells[tuple(map(int, indices))]
        if base.kind == "nabla":
            function = base
            while function.kind == "nabla":
                function = function.parts[1]
            args = [self._part(p, bound) for p in function.parts[1:]]
            return self._nabla(base, tuple(map(int, indices)), args)
        raise NoValue(base.kind)

    def _nabla(self, base: Atom, indices: tuple[int, ...], args: list[Any]) -> float:
        """The derivative of a declared function in one of its arguments, or of such a derivative."""
        if base.kind == "fun":
            found = self.values[str(base.parts[0])](*args)
            return found.cells[indices] if indices else found
        slot: int = base.parts[0]  # type: ignore[assignment]
        inner: Atom = base.parts[1]  # type: ignore[assignment]
        arg = args[slot]
        place = indices[len(indices) - len(arg.axes) :] if isinstance(arg, Arr) else ()
        before = indices[: len(indices) - len(place)]

        def run(step: float) -> float:
            other = moved(arg, place, step) if isinstance(arg, Arr) else arg + step
            return self._nabla(inner, before, [*args[:slot], other, *args[slot + 1 :]])

        return slope(run, 0.0, 1)

    def _assignments(self, atom: Atom, sorts: Any, bound: dict[Atom, Any]) -> Iterator[dict[Atom, Any]]:
        """Values for the indices that an atom binds; a range may depend on the indices before it."""
        found = [bound]
        for k, sort in enumerate(sorts):
            name = Atom("bv", atom.height, k)
            found = [{**b, name: value} for b in found for value in self._range(sort, b)]
        return iter(found)
