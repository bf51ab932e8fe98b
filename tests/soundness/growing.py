"""Random well-typed terms over fixed declarations, and points for them, corners first.

Points give exact rationals, so that what jumps (brackets, floors, signs) is compared exactly;
where rounding could decide, `Point` has no value (`Unclear`).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from symproof.kernel.poly import Atom, Poly
from symproof.terms.build import make, num, sym
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL, Type, Vertex
from tests.kernel import semantics
from tests.kernel.semantics import Arr, Net, NoValue
from tests.soundness.forging import claim

LET = [
    "x: real", "y: real", "p: real > 0", "q: real >= 0", "r: real < 0", "s: real != 0", "w: real in [0, 1]",
    "i: integer", "j: integer", "n: integer >= 0", "m: integer >= 1", "l: integer != 0", "c: integer >= -1",
    "d: size", "k: index(d)", "u: vector(d)", "v: vector(d)", "z: vector(n)",
    "A: matrix(d, d)", "S: symmetric matrix(d)", "D: diagonal matrix(d)",
    "g: sequence of real", "h: sequence of integer", "f: differentiable function",
    "G: graph", "a: vector(V(G))", "o: vertex(G)", "b: vertex(G)",
]  # fmt: skip
STATEMENT = claim("0 = 0", LET)
TYPES = {s.name: s.type for s in STATEMENT.symbols}
SMALL = 1e-7


class Unclear(Exception):
    """Rounding or size hides the value."""


class Point(semantics.Point):
    """Values at a point; exact where they can be, and silent where rounding decides."""

    def at(self, **more: Any) -> Point:
        return Point({**self.values, **more}, self.outcomes)

    def term(self, term: Term) -> Any:
        try:
            return self._term(term)
        except (ZeroDivisionError, ValueError, KeyError):
            raise NoValue from None
        except OverflowError:
            raise Unclear from None

    def _scalar(self, t: Term, args: list[Any]) -> Any:
        if t.op == "pow":
            return _power(*args)
        if t.op == "div" and all(isinstance(x, int | Fraction) for x in args):
            return Fraction(args[0]) / args[1]
        if t.op == "call" and t.data in ("floor", "ceil", "sign", "mod"):
            _clear(args[0] - round(args[0]))
        return super()._scalar(t, args)

    def _poly(self, poly: Poly, bound: dict[Atom, Any]) -> Any:
        parts = [c * self._mono(mono, bound) for mono, c in poly.terms.items()]
        if any(isinstance(p, float) and abs(p) > 1e8 for p in parts):
            raise OverflowError  # rounding would be all that is left
        return sum(parts)

    def _mono(self, mono: Any, bound: dict[Atom, Any]) -> Any:
        result: Any = 1
        for atom, exponent in mono:
            e = exponent if isinstance(exponent, int | Fraction) else self._poly(exponent, bound)
            result = result * _power(self._atom(atom, bound), e)
        return result

    def _atom(self, atom: Atom, bound: dict[Atom, Any]) -> Any:
        if atom.kind == "bracket":
            _clear(self._poly(atom.parts[1], bound))  # type: ignore[arg-type]
        if atom.kind == "fun" and atom.parts[0] in ("floor", "sign"):
            value = self._poly(atom.parts[1], bound)  # type: ignore[arg-type]
            _clear(value - round(value))
        return super()._atom(atom, bound)

    def __getattr__(self, name: str) -> Any:
        run = super().__getattr__(name)

        def relation(t: Term) -> bool:
            left, right = self._args(t)
            _clear(left - right)
            return bool(run(t))

        return relation


def _clear(gap: Any) -> None:
    if isinstance(gap, float) and abs(gap) < SMALL:
        raise OverflowError


def _power(base: Any, exponent: Any) -> Any:
    if isinstance(base, int | Fraction) and exponent == int(exponent):
        if abs(exponent) > 300:
            raise OverflowError
        return Fraction(base) ** int(exponent)
    _clear(base)
    return semantics.power(base, exponent)


# --- points ------------------------------------------------------------------------------------


CORNERS = [Fraction(k, 2) for k in (-4, -2, -1, 0, 0, 0, 1, 2, 2, 4)]
FUNCTIONS: list[dict[str, Callable[[Any], Any]]] = [
    {"f": lambda t: t * t / 3 - t + Fraction(1, 4), "f'": lambda t: 2 * t / 3 - 1, "f''": lambda t: Fraction(2, 3)},
    {"f": lambda t: t * t * t - t / 2, "f'": lambda t: 3 * t * t - Fraction(1, 2), "f''": lambda t: 6 * t},
    {"f": lambda t: 0 * t, "f'": lambda t: 0 * t, "f''": lambda t: 0 * t},
]  # fmt: skip


def point(seed: int) -> Point:
    """Values that meet the declarations; two of three points are corners."""
    rng = Random(seed)

    def real(fits: Callable[[Fraction], bool] = lambda value: True) -> Fraction:
        while True:
            value = rng.choice(CORNERS) if seed % 3 else Fraction(rng.randint(-20, 20), 7)
            if fits(value):
                return value

    size, length, count = rng.choice([1, 1, 2, 3]), rng.choice([0, 0, 1, 2, 3]), rng.choice([1, 2, 3])
    axis, nodes = tuple(range(1, size + 1)), tuple(range(count))
    half = {(i, j): real() for i in axis for j in axis}
    numbers = [real() for _ in range(80)]
    x = real()
    values: dict[str, Any] = {
        "x": x, "y": rng.choice([x, -x, real(), real()]),
        "p": real(lambda t: t > 0), "q": real(lambda t: t >= 0), "r": real(lambda t: t < 0),
        "s": real(lambda t: t != 0), "w": real(lambda t: 0 <= t <= 1),
        "i": rng.randint(-2, 3), "j": rng.randint(-2, 3), "n": length, "m": rng.randint(1, 3),
        "l": rng.choice([-2, -1, 1, 2, 3]), "c": rng.choice([-1, -1, 0, 1, 2]), "d": size, "k": rng.choice(axis),
        "u": Arr.of((axis,), lambda i: real()), "v": Arr.of((axis,), lambda i: real()),
        "z": Arr.of((tuple(range(1, length + 1)),), lambda i: real()),
        "A": Arr.of((axis, axis), lambda i, j: real()),
        "S": Arr.of((axis, axis), lambda i, j: half[min(i, j), max(i, j)]),
        "D": Arr.of((axis, axis), lambda i, j: half[i, i] if i == j else 0),
        "g": lambda k: numbers[int(k) % 80], "h": lambda k: round(numbers[int(k) % 80]),
        **rng.choice(FUNCTIONS),
        "G": Net(count, frozenset((a, b) for a in nodes for b in nodes if a < b and rng.random() < 0.6)),
        "a": Arr.of((nodes,), lambda i: real()), "o": rng.choice(nodes), "b": rng.choice(nodes),
    }  # fmt: skip
    return Point(values)


# --- terms --------------------------------------------------------------------------------------


def declared(name: str) -> Term:
    return sym(name, TYPES[name])


class Grower:
    """Grows a term of a wanted type, at most `depth` deep; `bound` are names that it may use besides."""

    def __init__(self, random: Random, bound: dict[str, Type] | None = None) -> None:
        self.random, self.bound, self.made = random, dict(bound or {}), 0

    def pick(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    def local(self, type: Type) -> list[Term]:
        return [sym(name, t) for name, t in self.bound.items() if t == type]

    def under(self, type: Type, grow: Callable[[Term], Term]) -> tuple[str, Term]:
        """A fresh name and what is grown in its scope."""
        self.made += 1
        name, before = f"t{self.made}", dict(self.bound)
        self.bound[name] = type
        try:
            return name, grow(sym(name, type))
        finally:
            self.bound = before

    # numbers

    def integer(self, depth: int) -> Term:
        if depth <= 0 or self.random.random() < 0.45:
            local = self.local(INTEGER)
            if local and self.random.random() < 0.5:
                return self.pick(*local)
            if self.random.random() < 0.2:
                return num(self.random.randint(-2, 3))
            return declared(self.pick(*"ijnnmldkc"))
        smaller = depth - 1
        kind = self.pick(
            "add", "add", "shift", "shift", "mul", "neg", "call", "two", "bracket", "floor", "index"
        )
        if kind == "add":
            return make("add", self.integer(smaller), self.pick(1, -1) and self.integer(smaller))
        if kind == "shift":
            return make("add", self.integer(smaller), num(self.pick(1, -1, 2)))
        if kind == "mul":
            return make("mul", self.pick(num(2), num(-1), self.integer(smaller)), self.integer(smaller))
        if kind == "neg":
            return make("neg", self.integer(smaller))
        if kind == "call":
            return make("call", self.integer(smaller), data=self.pick("abs", "sign", "relu"))
        if kind == "two":
            return make("call", self.integer(smaller), self.integer(smaller), data=self.pick("max", "min"))
        if kind == "bracket":
            return make("bracket", self.statement(smaller))
        if kind == "floor":
            return make("call", self.real(smaller), data=self.pick("floor", "ceil"))
        return make("index", declared("h"), self.integer(smaller))

    def end(self) -> Term:
        """The end of a range; ranges may be empty."""
        found = self.pick(*map(declared, "nnmdkc"), *self.local(INTEGER) * 2)
        if self.random.random() < 0.5:
            return found  # type: ignore[no-any-return]
        return make(
            "add", found, self.pick(num(1), num(-1), num(2), make("neg", declared("k")), declared("n"))
        )

    def statement(self, depth: int) -> Term:
        chance = self.random.random()
        if depth > 0 and chance < 0.15:
            return make(self.pick("and", "or"), self.statement(depth - 1), self.statement(depth - 1))
        if depth > 0 and chance < 0.2:
            return make("not", self.statement(depth - 1))
        op = self.pick("eq", "ne", "lt", "le", "gt", "ge")
        if self.random.random() < 0.5:
            return make(op, self.integer(depth - 1), self.integer(depth - 1))
        return make(op, self.real(depth - 1), self.pick(num(0), self.real(depth - 1)))

    def leaf(self) -> Term:
        local = self.local(REAL)
        if local and self.random.random() < 0.4:
            return self.pick(*local)  # type: ignore[no-any-return]
        chance = self.random.random()
        if chance < 0.2:
            return num(self.pick(0, 1, 2, -1, Fraction(1, 2), 3))
        return self.integer(0) if chance < 0.35 else declared(self.pick(*"xxyypqrsw"))

    def real(self, depth: int) -> Term:
        if depth <= 0 or self.random.random() < 0.25:
            return self.leaf()
        kind = self.pick(*KINDS)
        return getattr(self, f"_{kind}")(depth - 1)  # type: ignore[no-any-return]

    def _add(self, d: int) -> Term:
        return make("add", self.real(d), self.real(d))

    def _mul(self, d: int) -> Term:
        return make("mul", self.real(d), self.real(d))

    def _div(self, d: int) -> Term:
        return make("div", self.real(d), self.real(d))

    def _neg(self, d: int) -> Term:
        return make("neg", self.real(d))

    def _pow(self, d: int) -> Term:
        fixed = [num(e) for e in (2, 3, 0, -1, -2, Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2))]
        return make(
            "pow", self.real(d), self.pick(*fixed, *(self.integer(d) for _ in range(5)), self.real(d))
        )

    def _call(self, d: int) -> Term:
        names = "abs abs exp log sqrt sign relu sigmoid tanh floor".split()
        return make("call", self.real(d), data=self.pick(*names))

    def _two(self, d: int) -> Term:
        return make("call", self.real(d), self.real(d), data=self.pick("max", "min"))

    def _bracket(self, d: int) -> Term:
        return make("bracket", self.statement(d))

    def _cases(self, d: int) -> Term:
        return make("cases", self.statement(d), self.real(d), self.real(d))

    def _over(self, d: int) -> Term:
        op = self.pick("sum", "sum", "sum", "product", "maximum")
        low, high = self.pick(num(1), num(1), num(0), self.end()), self.end()
        name, body = self.under(INTEGER, lambda t: self.real(d))
        return make(op, body, make("range", low, high), data=((name,),))

    def _fixed(self, d: int) -> Term:
        name, body = self.under(
            INTEGER, lambda t: make("mul", make("bracket", make("eq", t, self.integer(d))), self.real(d))
        )
        return make("sum", body, make("range", num(1), self.end()), data=((name,),))

    def _entry(self, d: int) -> Term:
        place = self.pick(declared("k"), num(1), self.integer(0))
        return self.pick(make("index", declared("g"), self.integer(d)), make("index", self.vector(d), place))  # type: ignore[no-any-return]

    def _product(self, d: int) -> Term:
        return self.pick(  # type: ignore[no-any-return]
            make("dot", self.vector(d), self.vector(d)),
            make("norm", self.vector(d)),
            make("trace", self.matrix(d)),
        )

    def _apply(self, d: int) -> Term:
        return make("apply", declared("f"), self.real(d))

    def _graph(self, d: int) -> Term:
        def body(t: Term) -> Term:
            weights = (
                make("bracket", make("eq", t, declared("o"))),
                make("index", make("adjacency", declared("G")), t, declared("b")),
                make("degree", declared("G"), t),
                self.real(d),
            )
            return make("mul", make("index", declared("a"), t), self.pick(*weights))

        name, found = self.under(Vertex(declared("G")), body)
        return make("sum", found, make("vertices", declared("G")), data=((name,),))

    def _empty(self, d: int) -> Term:
        name, body = self.under(INTEGER, lambda t: make("mul", make("index", declared("z"), t), self.real(d)))
        return make("sum", body, make("range", num(1), declared("n")), data=((name,),))

    # arrays

    def vector(self, depth: int) -> Term:
        axis = make("range", num(1), declared("d"))
        if depth <= 0 or self.random.random() < 0.35:
            return self.pick(declared("u"), declared("v"), make("ones", axis))  # type: ignore[no-any-return]
        d = depth - 1
        kind = self.pick("add", "scale", "matmul", "hadamard", "call", "array", "div")
        if kind in ("add", "hadamard"):
            return make(kind, self.vector(d), self.vector(d))
        if kind == "scale":
            return make("scale", self.real(d), self.vector(d))
        if kind == "matmul":
            return make("matmul", self.matrix(d), self.vector(d))
        if kind == "call":
            return make("call", self.vector(d), data=self.pick("abs", "exp", "relu", "floor"))
        if kind == "array":
            name, body = self.under(INTEGER, lambda t: self.real(d))
            return make("array", body, axis, data=((name,),))
        return make("div", self.vector(d), self.real(d))

    def matrix(self, depth: int) -> Term:
        axis = make("range", num(1), declared("d"))
        if depth <= 0 or self.random.random() < 0.4:
            return self.pick(*map(declared, "ASD"), make("eye", axis))  # type: ignore[no-any-return]
        d = depth - 1
        kind = self.pick("add", "matmul", "transpose", "scale", "diag", "matpow", "outer")
        if kind in ("add", "matmul"):
            return make(kind, self.matrix(d), self.matrix(d))
        if kind == "transpose":
            return make("transpose", self.matrix(d))
        if kind == "scale":
            return make("scale", self.real(d), self.matrix(d))
        if kind == "diag":
            return make("diag", self.vector(d))
        if kind == "matpow":
            powers = (num(2), num(0), num(1), declared("n"), make("add", declared("n"), num(1)))
            return make("matpow", self.matrix(d), self.pick(*powers))
        return make("matmul", self.vector(d), make("transpose", self.vector(d)))


KINDS = (
    "add add mul div neg pow pow pow call call two bracket cases over over over fixed entry entry product apply "
    "graph empty".split()
)


def grown(seed: int, bound: dict[str, Type] | None = None) -> Term:
    """The number that a seed grows."""
    random = Random(seed)
    return Grower(random, bound).real(random.randint(2, 4))
