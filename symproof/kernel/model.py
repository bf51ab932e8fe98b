"""The values of declared symbols at a witness.

A `Model` compiles a statement for one arithmetic; a `World` holds the values at one witness.
Given values are decoded and checked against the declarations; what is left out is computed from
definitions, laws and defining hypotheses; what is not admissible raises `Rejected`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import Any

from symproof.kernel.arithmetic import ExpPolynomial, Generator, Number, Undefined, Unknown
from symproof.kernel.chance import Choice
from symproof.kernel.evaluate import Arithmetic, Compiler, FiniteGraph, Tensor, same
from symproof.kernel.linear import eliminate, identity, positive_semidefinite
from symproof.kernel.recursion import Definitional, Recurrence, Totality
from symproof.kernel.statement import Definition, Hypothesis, Law, Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.build import fits
from symproof.terms.codec import Malformed, decode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import Array, Function, Graph, Scalar, Sequence, Type, Vertex

_NUMBER = re.compile(r"-?[0-9]{1,400}(/[0-9]{1,400})?")
Run = Callable[[dict[str, Any]], Any]


def reject(reason: str) -> Rejected:
    return Rejected("witness", reason)


class SequenceValue:
    """A sequence with finitely many places of its own and one value everywhere else."""

    def __init__(self, at: dict[int, Any], otherwise: Any) -> None:
        self.at, self.otherwise = at, otherwise

    def __call__(self, index: int) -> Any:
        return self.at.get(index, self.otherwise)


class Model:
    """A statement, ready to be evaluated over one arithmetic."""

    def __init__(self, statement: Statement, A: Arithmetic) -> None:
        self.statement, self.A = statement, A
        self.compiler = Compiler(A)
        self.definitional = Definitional(statement)
        self.definitions = {d.name: d for d in statement.definitions}
        self._runs: dict[int, tuple[Term, Run]] = {}

    def run(self, term: Term, names: tuple[str, ...] = ()) -> Run:
        """The compiled term; names are bound by what surrounds it."""
        found = self._runs.get(id(term))
        if found is None:
            found = self._runs[id(term)] = term, self.compiler.under(names, term)
        return found[1]

    def points(
        self, term: Term, names: tuple[str, ...]
    ) -> Callable[[dict[str, Any]], Iterator[dict[str, Any]]]:
        """The environments of the body of a binder, compiled."""
        kept, self.compiler.bound = self.compiler.bound, frozenset(names)
        try:
            return self.compiler.points(term)
        finally:
            self.compiler.bound = kept

    def world(self, values: Mapping[str, Any]) -> World:
        return World(self, values)


class World:
    """The values of all symbols at one witness: the root what is not random, its branches the
    outcomes of what is."""

    def __init__(self, model: Model, raw: Mapping[str, Any], root: World | None = None) -> None:
        self.model, self.A, self.raw = model, model.A, raw
        self.root = root or self
        self.chosen: dict[object, Any] = {}
        self.memo: dict[str, Any] = {}
        self.pending: set[str] = set()
        self.env: dict[str, Any] = {"": self}
        self.used: set[int] = root.used if root else set()  # hypotheses (by id) that served as definitions
        self.variances: dict[Generator, Number] = root.variances if root else {}

    def branch(self, chosen: dict[object, Any]) -> World:
        """The same witness in one outcome."""
        other = World(self.model, self.raw, self.root)
        other.chosen = chosen
        return other

    def read(self, name: str, bound: frozenset[str] = frozenset()) -> Any:
        """The value of a symbol or definition; `bound` are the names bound where it is read."""
        definition = self.model.definitions.get(name)
        if definition is None:
            if self.root is not self and not self._varies(name):
                return self.root.read(name)
        elif bound & (free_symbols(definition.body) - {p for p, _ in definition.params}):
            raise Unknown("a definition under a binder of one of its symbols")
        if name in self.memo:
            return self.memo[name]
        if name in self.pending:
            raise reject(f"{name} is defined by itself")
        self.pending.add(name)
        try:
            value = self.memo[name] = self._defined(definition) if definition else self._declared(name)
        finally:
            self.pending.discard(name)
        return value

    def _varies(self, name: str) -> bool:
        """May the value be another one in another outcome?"""
        symbol = self.model.statement.symbol(name)
        if symbol is None or not symbol.random:
            return False
        raw = self.raw.get(name)
        return symbol.law is not None or raw is None or _is_random(raw)

    def _defined(self, definition: Definition) -> Any:
        names = tuple(p for p, _ in definition.params)
        body = self.model.compiler.under(names, definition.body, params=True)
        if not names:
            return body(self.env)
        return lambda *values: body({**self.env, **dict(zip(names, values, strict=True))})

    def _declared(self, name: str) -> Any:
        symbol = self.model.statement.symbol(name)
        if symbol is None:
            raise Unknown(f"{name} is not declared")
        rule, raw = self.model.definitional, self.raw.get(name)
        if name in rule.recurrences:
            return self._recursive(symbol, rule.recurrences[name])
        if symbol.law is not None or (symbol.random and _is_random(raw)):
            if self.root is self:
                raise Unknown("a random value where a constant is needed")
            return self._lawful(symbol, symbol.law) if symbol.law else self._random(symbol, raw or {})
        if raw is not None:
            value = self.value(symbol.type, raw, name)
            self.attributes(symbol, value)
            return value
        if name in rule.starts and isinstance(symbol.type, Sequence):
            return SequenceValue(self._starts(name, lambda place: True), self._zero(symbol.type.item))
        for equation in rule.equations.get(name, ()):
            try:
                value = self.model.run(equation.body)(self.env)
            except (Rejected, Undefined, Unknown):
                continue
            self.fit(symbol, value)
            self.used.add(id(equation.hypothesis))
            return value
        raise reject(f"no value for {name}")

    # --- values that the witness gives -------------------------------------------

    def value(self, type: Type, raw: Any, name: str) -> Any:
        """The value that the data gives for a type."""
        if isinstance(type, Scalar):
            return self._scalar(type, raw, name)
        if isinstance(type, Array):
            starts, shape = self.model.compiler.shape(type.axes)(self.env)
            cells = [self._scalar(Scalar(type.domain), c, name) for c in _flat(raw, shape, name)]
            return Tensor(starts, shape, cells)
        if isinstance(type, Vertex):
            vertex, graph = self._place(raw, name), self.model.run(type.graph)(self.env)
            if not 0 <= vertex < graph.n:
                raise reject(f"{name} is no vertex of its graph")
            return vertex
        if isinstance(type, Graph):
            return _graph(raw, name)
        if isinstance(type, Sequence):
            if not isinstance(raw, dict) or "else" not in raw or not isinstance(raw.get("at", {}), dict):
                raise reject(f"{name} is no sequence")
            places = {self._place(k, name): v for k, v in raw.get("at", {}).items()}
            at = {k: self.value(type.item, v, name) for k, v in places.items()}
            return SequenceValue(at, self.value(type.item, raw["else"], name))
        if isinstance(type, Function):
            return self._function(type, raw, name)
        raise reject(f"{name} cannot be given")

    def _place(self, raw: Any, name: str) -> int:
        place = _exact(raw, name)
        if place.denominator != 1:
            raise reject(f"{name} has a place that is no integer")
        return int(place)

    def _scalar(self, type: Scalar, raw: Any, name: str) -> Number:
        if type.domain == "complex" and isinstance(raw, list) and len(raw) == 2:
            re, im = (self.A.complex(self.A.number(_exact(part, name))) for part in raw)
            return re + im * self.A.constant("i")
        number = _exact(raw, name)
        if type.domain == "integer" and number.denominator != 1:
            raise reject(f"{name} is not an integer")
        return self.A.complex(self.A.number(number)) if type.domain == "complex" else self.A.number(number)

    def _function(self, type: Function, raw: Any, name: str) -> Callable[..., Any]:
        """A lambda term that is total; besides its parameters it may use integers of the statement."""
        term = raw if isinstance(raw, Term) else None
        try:
            term = term or decode(raw)
        except Malformed as error:
            raise reject(f"{name} is no function: {error}") from None
        if term.op != "lambda" or not fits(term.type, type):
            raise reject(f"{name} has another type")
        for free in free_symbols(term):
            symbol = self.model.statement.symbol(free)
            if symbol is None or symbol.type != Scalar("integer"):
                raise reject(f"{name} uses {free}")
        if not self.totality(False).total(term.args[0], frozenset(bound_names(term))):
            raise reject(f"{name} is not defined everywhere")
        return self.model.run(term)(self.env)  # type: ignore[no-any-return]

    def totality(self, smooth: bool) -> Totality:
        def sign(term: Term) -> int | None:
            try:
                return self.A.sign(self.model.compiler.run(term)(self.env))
            except (Undefined, Unknown):
                return None

        def defined(term: Term) -> bool:
            try:
                self.model.compiler.run(term)(self.env)
            except (Undefined, Unknown):
                return False
            return True

        return Totality(self.model.definitional, sign, defined, smooth)

    # --- randomness ----------------------------------------------------------------

    def _draw(self, key: object, outcomes: Callable[[], list[tuple[Number, Any]]]) -> Any:
        if key not in self.chosen:
            raise Choice(key, outcomes())
        return self.chosen[key]

    def _places(self, symbol: Symbol, draw: Callable[[tuple[Any, ...], Type], Any]) -> Any:
        """A value whose entries are drawn one by one, each under its place."""
        if symbol.attributes & ATTRIBUTES.keys():
            raise reject(f"{symbol.name} has random entries and more that is declared of it")

        def fill(type: Type, place: tuple[Any, ...]) -> Any:
            if isinstance(type, Sequence):
                return lambda k: fill(type.item, (*place, k))
            if isinstance(type, Array):
                return self.filled(type.axes, lambda k: draw((*place, k), Scalar(type.domain)))
            return draw(place, type)

        return fill(symbol.type, (symbol.name,))

    def _random(self, symbol: Symbol, raw: Mapping[str, Any]) -> Any:
        if "each" in raw:  # independent entries, each with these outcomes
            return self._places(
                symbol,
                lambda place, type: self._draw(place, lambda: self._outcomes(type, raw["each"], symbol)),
            )
        if "independent" in symbol.attributes and not isinstance(symbol.type, Scalar):
            raise reject(f"the entries of {symbol.name} must be independent: give the law of each")
        return self._draw((symbol.name,), lambda: self._outcomes(symbol.type, raw, symbol))

    def _outcomes(self, type: Type, raw: Any, symbol: Symbol) -> list[tuple[Number, Any]]:
        pairs = raw.get("outcomes") if isinstance(raw, dict) else None
        if not isinstance(pairs, list) or not all(isinstance(p, list) and len(p) == 2 for p in pairs):
            raise reject(f"{symbol.name} has no outcomes")
        weights = [_exact(p, symbol.name) for p, _ in pairs]
        if any(w < 0 for w in weights) or sum(weights) != 1:
            raise reject(f"the probabilities of {symbol.name} do not sum to 1")
        found = [
            (self.A.number(w), self.value(type, v, symbol.name))
            for w, (_, v) in zip(weights, pairs, strict=True)
        ]
        for _, value in found:
            self.attributes(symbol, value)
        return found

    def _lawful(self, symbol: Symbol, law: Law) -> Any:
        """A random symbol with a law: Bernoulli entries are drawn, normal ones are free quantities."""
        if symbol.name in self.raw:
            raise reject(f"{symbol.name} has a law and takes no value")
        args = [self.model.run(arg)(self.env) for arg in law.args]
        A = self.A
        if law.name == "bernoulli" and len(args) == 1:

            def chance(place: tuple[Any, ...]) -> list[tuple[Number, Any]]:
                p = _entry(args[0], place[-1])
                if A.sign(p) < 0 or A.sign(A.one - p) < 0:
                    raise reject(f"the law of {symbol.name} has no such probability")
                return [(A.one - p, A.zero), (p, A.one)]

            return self._places(symbol, lambda place, type: self._draw(place, lambda: chance(place)))
        if law.name != "normal" or len(args) != 2:
            raise Unknown(f"the law {law.name}")
        mean, covariance = args
        if isinstance(covariance, Tensor):
            n = covariance.shape[0]
            if any(not A.vanishes(c) for k, c in enumerate(covariance.cells) if k % (n + 1)):
                raise Unknown("a normal law with dependent entries")
            if isinstance(symbol.type, Array) and len(symbol.type.axes) == 2:  # standard normal entries
                covariance = covariance.cells[0]
            else:
                covariance = Tensor(covariance.starts[:1], (n,), covariance.cells[:: n + 1])

        def entry(place: tuple[Any, ...], type: Type) -> Number:
            v = self.variances[place] = _entry(covariance, place[-1])
            if A.sign(v) < 0:
                raise reject(f"the variance of {symbol.name} is negative")
            return _entry(mean, place[-1]) + ExpPolynomial.free(A, place)

        return self._places(symbol, entry)

    # --- values that hypotheses give --------------------------------------------------

    def filled(self, axes: tuple[Term, ...], entry: Callable[[int], Number]) -> Tensor:
        """The array over the axes with the given entries, row by row."""
        starts, shape = self.model.compiler.shape(axes)(self.env)
        self.A.spend(prod(shape))
        return Tensor(starts, shape, [entry(k) for k in range(prod(shape))])

    def _zero(self, type: Type) -> Any:
        if isinstance(type, Array):
            return self.filled(type.axes, lambda k: self.A.zero)
        if isinstance(type, Scalar):
            return self.A.zero
        raise reject("a recursion whose start is not given")

    def _starts(self, name: str, wanted: Callable[[int], bool]) -> dict[int, Any]:
        """The wanted places of a sequence that hypotheses fix; the first one for each place."""
        found: dict[int, Any] = {}
        for equation in self.model.definitional.starts.get(name, ()):
            assert equation.at is not None
            place = self.A.integer(self.model.run(equation.at)(self.env))
            if wanted(place) and place not in found:
                found[place] = self.model.run(equation.body)(self.env)
                self.used.add(id(equation.hypothesis))
        return found

    def _recursive(self, symbol: Symbol, r: Recurrence) -> Callable[[int], Any]:
        """The sequence of a recurrence, filled upwards from its first index.

        Where nothing is said of it, it has the values that the witness gives, or zero.
        """
        assert isinstance(symbol.type, Sequence)
        A, term = self.A, replace(symbol, type=symbol.type.item)
        low = A.integer(self.model.run(r.low)(self.env)) + r.shift
        high = None if r.high is None else A.integer(self.model.run(r.high)(self.env)) + r.shift

        def outside(index: int) -> bool:
            return index < low or (high is not None and index > high)

        if symbol.name in self.raw:
            table: dict[int, Any] = {}
            base = self.value(symbol.type, self.raw[symbol.name], symbol.name)
        else:
            table = self._starts(symbol.name, outside)
            base = SequenceValue({}, self._zero(term.type))
        for value in table.values():
            self.fit(term, value)
        self.attributes(symbol, base)
        body = self.model.compiler.under((r.k,), r.body)

        def at(index: int) -> Any:
            if index not in table and outside(index):
                table[index] = base(index)
            if index not in table:
                A.spend(index - low)
                for j in range(low, index + 1):
                    if j not in table:
                        A.spend()
                        value = body({**self.env, r.k: A.number(j - r.shift)})
                        self.fit(term, value)
                        table[j] = value
            return table[index]

        self.used.add(id(r.hypothesis))
        return at

    def check_definition(self, hypothesis: Hypothesis) -> None:
        """A hypothesis that served as a definition holds if it is defined wherever it speaks."""
        for r in self.model.definitional.recurrences.values():
            if r.hypothesis is hypothesis and r.high is not None:
                self.read(r.name)(self.A.integer(self.model.run(r.high)(self.env)) + r.shift)
            elif r.hypothesis is hypothesis:
                moving = {r.k, *self.model.definitional.recurrences}
                moving |= {s.name for s in self.model.statement.symbols if s.random}
                if not self.root.totality(False).total(r.body, frozenset(moving)):
                    raise reject(f"{r.name} is not known to be defined by {hypothesis.name}")

    def fit(self, symbol: Symbol, value: Any) -> None:
        """A computed value must be of the declared type and have the declared attributes."""
        type = symbol.type
        if isinstance(type, Array):
            if (value.starts, value.shape) != self.model.compiler.shape(type.axes)(self.env):
                raise reject(f"{symbol.name} has another shape")
        cells = value.cells if isinstance(value, Tensor) else [value]
        if isinstance(type, Scalar | Array) and type.domain == "integer":
            if not all(self.A.is_integer(c) for c in cells):
                raise reject(f"{symbol.name} is not an integer")
        self.attributes(symbol, value)

    # --- attributes ---------------------------------------------------------------------

    def attributes(self, symbol: Symbol, value: Any) -> None:
        """Check what the declaration says of the value; a sequence says it of each of its terms."""
        if isinstance(value, SequenceValue):
            for part in (*value.at.values(), value.otherwise):
                self.attributes(symbol, part)
            return
        for attribute in sorted(symbol.attributes):
            test = ATTRIBUTES.get(attribute)
            if test is not None and not test(self, value):
                raise reject(f"{symbol.name} is not {attribute.replace('_', ' ')}")
            if attribute in ("differentiable", "twice_differentiable", "continuous"):
                self._smooth(symbol)

    def _smooth(self, symbol: Symbol) -> None:
        raw = self.raw.get(symbol.name)
        term = raw if isinstance(raw, Term) else decode(raw)
        if not self.totality(True).total(term.args[0], frozenset(bound_names(term))):
            raise reject(f"{symbol.name} is not known to be differentiable")


def _symmetric(world: World, x: Tensor) -> bool:
    n = x.shape[0]
    return all(world.A.equal(x.cells[i * n + j], x.cells[j * n + i]) for i in range(n) for j in range(i))


def _orthogonal(world: World, x: Tensor) -> bool:
    A, n = world.A, x.shape[0]
    gram = [
        sum((x.cells[k * n + i] * x.cells[k * n + j] for k in range(n)), A.zero)
        for i in range(n)
        for j in range(n)
    ]
    return same(A, Tensor(x.starts, x.shape, gram), identity(A, x.starts, n))


def _diagonal(world: World, x: Tensor) -> bool:
    return all(world.A.equal(c, world.A.zero) for k, c in enumerate(x.cells) if k % (x.shape[0] + 1))


# What the attributes of a declaration say of a value.
ATTRIBUTES: dict[str, Callable[[World, Any], bool]] = {
    "symmetric": _symmetric,
    "orthogonal": _orthogonal,
    "diagonal": _diagonal,
    "psd": lambda world, x: positive_semidefinite(world.A, x),
    "invertible": lambda world, x: eliminate(world.A, x.rows(), x.shape[0])[0] == x.shape[0],
    "connected": lambda world, graph: graph.connected(),
    "bipartite": lambda world, graph: graph.bipartite(),
}


def _is_random(raw: Any) -> bool:
    return isinstance(raw, dict) and ("outcomes" in raw or "each" in raw)


def _entry(value: Any, place: Any) -> Number:
    return value.cells[place] if isinstance(value, Tensor) else value


def _exact(raw: Any, name: str) -> Fraction:
    """An exact rational, from text such as "-1/2"; numbers are taken as they are."""
    if isinstance(raw, Fraction | int) and not isinstance(raw, bool):
        return Fraction(raw)
    if not isinstance(raw, str) or not _NUMBER.fullmatch(raw):
        raise reject(f"{name} is not given as an exact number of at most 400 digits")
    try:
        return Fraction(raw)
    except ZeroDivisionError:
        raise reject(f"{name} is divided by zero") from None


def _flat(raw: Any, shape: tuple[int, ...], name: str) -> Iterator[Any]:
    """The entries of nested lists, which must have the shape."""
    if not shape:
        yield raw
        return
    if not isinstance(raw, list | tuple) or len(raw) != shape[0]:
        raise reject(f"{name} has another shape")
    for part in raw:
        yield from _flat(part, shape[1:], name)


def _graph(raw: Any, name: str) -> FiniteGraph:
    """A simple graph on at most 100 vertices, which are numbered from 0."""
    if isinstance(raw, FiniteGraph):
        return raw
    n = raw.get("vertices") if isinstance(raw, dict) else None
    pairs = raw.get("edges") if isinstance(raw, dict) else None
    if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= 100 or not isinstance(pairs, list):
        raise reject(f"{name} is no graph")
    edges = set()
    for pair in pairs:
        if (
            not isinstance(pair, list)
            or len(pair) != 2
            or not all(type(v) is int and 0 <= v < n for v in pair)
        ):
            raise reject(f"{name} has an edge that joins no two of its vertices")
        if pair[0] == pair[1] or (min(pair), max(pair)) in edges:
            raise reject(f"{name} is not simple")
        edges.add((min(pair), max(pair)))
    return FiniteGraph(n, frozenset(edges))
