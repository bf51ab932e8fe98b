"""The values of declared symbols at a witness.

A `Model` compiles a statement for one arithmetic; a `World` holds the values at one witness.
What the witness leaves out is computed from definitions, laws and defining hypotheses; what is
not admissible raises `Rejected`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import prod
from typing import Any

from symproof.kernel.arithmetic import Generator, Number, Undefined, Unknown
from symproof.kernel.evaluate import Arithmetic, Compiler, Tensor
from symproof.kernel.given import TESTS, SequenceValue, check_attributes, check_type, given, reject
from symproof.kernel.laws import drawn, is_random, lawful
from symproof.kernel.recursion import Definitional, Equation, Recurrence, Totality
from symproof.kernel.statement import Definition, Hypothesis, Statement, Symbol
from symproof.terms.build import fits
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Array, Scalar, Sequence, Type

Env = dict[str, Any]
Run = Callable[[Env], Any]
Shape = Callable[[Env], tuple[tuple[int, ...], tuple[int, ...]]]


class Model:
    """A statement, ready to be evaluated over one arithmetic."""

    def __init__(self, statement: Statement, A: Arithmetic) -> None:
        self.statement, self.A = statement, A
        self.compiler = Compiler(A)
        self.definitional = Definitional(statement)
        self.definitions = {d.name: d for d in statement.definitions}
        self._runs: dict[tuple[int, tuple[str, ...]], tuple[Term, Run]] = {}
        self._shapes: dict[tuple[Term, ...], Shape] = {}

    def run(self, term: Term, names: tuple[str, ...] = ()) -> Run:
        """The compiled term, in which the names are bound by what surrounds it."""
        found = self._runs.get((id(term), names))
        if found is None:  # the term is kept, so that its id stays its own
            found = self._runs[id(term), names] = term, self.compiler.under(names, term)
        return found[1]

    def shape(self, axes: tuple[Term, ...]) -> Shape:
        """The first indices and the lengths of axes, compiled."""
        if axes not in self._shapes:
            self._shapes[axes] = self.compiler.shape(axes)
        return self._shapes[axes]

    def points(self, term: Term, names: tuple[str, ...]) -> Callable[[Env], Iterator[Env]]:
        """The environments of the body of a binder, compiled."""
        kept, self.compiler.bound = self.compiler.bound, frozenset(names)
        try:
            return self.compiler.points(term)
        finally:
            self.compiler.bound = kept

    def definers(self, raw: Mapping[str, Any]) -> dict[str, Equation]:
        """For symbols without a value equations that give one, each needing only what is known before."""
        rule = self.definitional
        known = {s.name for s in self.statement.symbols if s.name in raw or s.law is not None}
        known |= rule.recurrences.keys() | rule.starts.keys() | self.definitions.keys()
        found: dict[str, Equation] = {}
        waiting = [s.name for s in self.statement.symbols if s.name not in known]
        while waiting:
            ready = next(
                (
                    e
                    for name in waiting
                    for e in rule.equations.get(name, ())
                    if rule.closure(e.body) <= known
                ),
                None,
            )
            if ready is None:
                break
            found[ready.name] = ready
            known.add(ready.name)
            waiting.remove(ready.name)
        return found

    def world(self, values: Mapping[str, Any]) -> World:
        return World(self, values, None)


class World:
    """The values of all symbols: the root holds what is not random, a branch is one outcome."""

    def __init__(self, model: Model, raw: Mapping[str, Any], root: World | None) -> None:
        self.model, self.raw = model, raw
        self.A: Arithmetic = model.A
        self.root = root or self
        self.definers: dict[str, Equation] = root.definers if root else model.definers(raw)
        self.used: set[int] = root.used if root else {id(e.hypothesis) for e in self.definers.values()}
        self.variances: dict[Generator, Number] = root.variances if root else {}
        self.chosen: dict[object, Any] = {}
        self.env: Env = {"": self}
        self._memo: dict[str, Any] = {}
        self._pending: set[str] = set()

    def branch(self, chosen: dict[object, Any]) -> World:
        """The same witness in one outcome."""
        other = World(self.model, self.raw, self.root)
        other.chosen = chosen
        return other

    def value(self, term: Term) -> Any:
        return self.model.run(term)(self.env)

    def shape(self, axes: tuple[Term, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The first indices and the lengths of the axes."""
        return self.model.shape(axes)(self.env)

    def filled(self, axes: tuple[Term, ...], entry: Callable[[int], Number]) -> Tensor:
        """The array over the axes with the given entries, row by row."""
        starts, shape = self.shape(axes)
        self.A.spend(prod(shape))
        return Tensor(starts, shape, [entry(k) for k in range(prod(shape))])

    def given(self, type: Type, raw: Any, name: str) -> Any:
        """The value that data gives for a type."""
        return given(self, type, raw, name)

    def read(self, name: str, bound: frozenset[str] = frozenset()) -> Any:
        """The value of a symbol or definition; `bound` are the names bound where it is read."""
        definition = self.model.definitions.get(name)
        if definition is None:
            if self.root is not self and not self._varies(name):
                return self.root.read(name)
        elif bound & (free_symbols(definition.body) - {p for p, _ in definition.params}):
            raise Unknown("a definition under a binder of one of its symbols")
        if name in self._memo:
            return self._memo[name]
        if name in self._pending:
            raise reject(f"{name} is defined by itself")
        self._pending.add(name)
        try:
            value = self._memo[name] = self._defined(definition) if definition else self._declared(name)
        finally:
            self._pending.discard(name)
        return value

    def _varies(self, name: str) -> bool:
        """May the value be another one in another outcome?"""
        symbol = self.model.statement.symbol(name)
        if symbol is None or not symbol.random:
            return False
        raw = self.raw.get(name)
        return symbol.law is not None or raw is None or is_random(raw)

    def is_source(self, name: str) -> bool:
        """Is the symbol given, or drawn from a law, and not computed from others?"""
        symbol = self.model.statement.symbol(name)
        return symbol is not None and (name in self.raw or symbol.law is not None)

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
        if symbol.law is not None or (symbol.random and is_random(raw)):
            if self.root is self:
                raise Unknown("a random value where a constant is needed")
            return lawful(self, symbol, symbol.law) if symbol.law else drawn(self, symbol, raw)
        if raw is not None:
            value = given(self, symbol.type, raw, name)
            check_attributes(self, symbol, value)
        elif name in rule.starts and isinstance(symbol.type, Sequence):
            table = self._starts(symbol, lambda place: True)
            value = SequenceValue(table, self._zero(symbol.type.item))
            check_attributes(self, symbol, value)
        elif name in self.definers:
            value = self.value(self.definers[name].body)
            check_type(self, symbol, value)
        else:
            raise reject(f"no value for {name}")
        return value

    # --- sequences ------------------------------------------------------------------

    def _zero(self, type: Type) -> Any:
        if isinstance(type, Array):
            return self.filled(type.axes, lambda k: self.A.zero)
        if isinstance(type, Scalar):
            return self.A.zero
        raise reject("a sequence whose terms are neither numbers nor arrays")

    def _starts(self, symbol: Symbol, wanted: Callable[[int], bool]) -> dict[int, Any]:
        """The wanted places of a sequence that hypotheses fix; the first one for each place."""
        assert isinstance(symbol.type, Sequence)
        found: dict[int, Any] = {}
        for equation in self.model.definitional.starts.get(symbol.name, ()):
            assert equation.at is not None
            place = self.A.integer(self.root.value(equation.at))
            if wanted(place) and place not in found:
                found[place] = self.value(equation.body)
                check_type(self, replace(symbol, type=symbol.type.item), found[place])
                self.used.add(id(equation.hypothesis))
        return found

    def _recursive(self, symbol: Symbol, r: Recurrence) -> Callable[[int], Any]:
        """The sequence of a recurrence, filled upwards from its first index.

        Where nothing is said of it, it has the values that the witness gives, or zero.
        """
        assert isinstance(symbol.type, Sequence)
        A, term = self.A, replace(symbol, type=symbol.type.item)
        if symbol.attributes & TESTS.keys() or not fits(r.body.type, term.type):
            raise reject(f"{symbol.name} is not known to be what it is declared")
        low, high = (
            None if end is None else A.integer(self.root.value(end)) + r.shift for end in (r.low, r.high)
        )
        assert low is not None

        def outside(index: int) -> bool:
            return index < low or (high is not None and index > high)

        table: dict[int, Any] = {}
        if symbol.name in self.raw:
            base = given(self, symbol.type, self.raw[symbol.name], symbol.name)
        else:
            table = self._starts(symbol, outside)
            base = SequenceValue({}, self._zero(term.type))
        body = self.model.run(r.body, (r.k,))

        def at(index: int) -> Any:
            if index not in table and outside(index):
                table[index] = base(index)
            if index not in table:
                A.spend(index - low)
                for j in range(low, index + 1):
                    if j not in table:
                        A.spend()
                        value = body({**self.env, r.k: A.number(j - r.shift)})
                        check_type(self, term, value)
                        table[j] = value
            return table[index]

        self.used.add(id(r.hypothesis))
        return at

    def check_definition(self, hypothesis: Hypothesis) -> None:
        """A hypothesis that served as a definition holds if it is defined wherever it speaks."""
        for r in self.model.definitional.recurrences.values():
            if r.hypothesis is hypothesis and r.high is not None:
                self.read(r.name)(self.A.integer(self.root.value(r.high)) + r.shift)
            elif r.hypothesis is hypothesis:
                moving = {r.k, *self.model.definitional.recurrences}
                moving |= {s.name for s in self.model.statement.symbols if s.random}
                if not self.root.totality(False).total(r.body, frozenset(moving)):
                    raise reject(f"{r.name} is not known to be defined by {hypothesis.name}")

    def totality(self, smooth: bool) -> Totality:
        """The test for terms that are defined (or smooth) everywhere, at these values."""

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
