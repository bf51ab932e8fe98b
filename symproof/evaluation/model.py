"""The values of declared symbols at a witness.

A `Model` compiles a statement for one arithmetic; a `World` holds the values at one witness.
What the witness leaves out is computed from definitions, laws and defining hypotheses; what is
not admissible raises `Rejected`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

from symproof.evaluation.arithmetic import Beyond, Generator, Number, Undefined, Unknown
from symproof.evaluation.beyond import BEHIND, REACH, identical
from symproof.evaluation.compiler import Averaging
from symproof.evaluation.evaluate import Arithmetic, Compiler, Tensor
from symproof.evaluation.given import (
    SMOOTH,
    TESTS,
    SequenceValue,
    check_attributes,
    check_type,
    given,
    reject,
    special_places,
)
from symproof.evaluation.laws import drawn, is_random, lawful
from symproof.evaluation.recursion import Definitional, Rule
from symproof.evaluation.totality import Totality
from symproof.kernel.statement import Definition, Hypothesis, Statement, Symbol
from symproof.terms.build import fits
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Array, Function, Scalar, Sequence, Type

MEANS = frozenset(("expect", "variance", "covariance", "probability"))
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
        self._shapes: dict[int, tuple[tuple[Term, ...], Shape]] = {}

    def run(self, term: Term, names: tuple[str, ...] = ()) -> Run:
        """The compiled term, in which the names are bound by what surrounds it."""
        found = self._runs.get((id(term), names))
        if found is None:  # the term is kept, so that its id stays its own
            found = self._runs[id(term), names] = term, self.compiler.under(names, term)
        return found[1]

    def shape(self, axes: tuple[Term, ...]) -> Shape:
        """The first indices and the lengths of axes, compiled."""
        found = self._shapes.get(id(axes))
        if found is None:  # the axes are kept, so that their id stays their own
            found = self._shapes[id(axes)] = axes, self.compiler.shape(axes)
        return found[1]

    def points(self, term: Term, names: tuple[str, ...]) -> Callable[[Env], Iterator[Env]]:
        """The environments of the body of a binder, compiled."""
        kept, self.compiler.bound = self.compiler.bound, frozenset(names)
        try:
            return self.compiler.points(term)
        finally:
            self.compiler.bound = kept

    def definers(self, raw: Mapping[str, Any]) -> dict[str, Rule]:
        """For symbols without a value equations that give one, each needing only what is known before."""
        rules = self.definitional
        known = {s.name for s in self.statement.symbols if s.name in raw or s.law is not None}
        known |= rules.recurrences.keys() | rules.starts.keys() | self.definitions.keys()
        found: dict[str, Rule] = {}
        waiting = [s.name for s in self.statement.symbols if s.name not in known]
        while waiting:
            ready = next(
                (
                    e
                    for name in waiting
                    for e in rules.equations.get(name, ())
                    if rules.closure(e.body) <= known | set(e.params)
                ),
                None,
            )
            if ready is None:
                break
            found[ready.name] = ready
            known.add(ready.name)
            waiting.remove(ready.name)
        return found

    @cached_property
    def differentiable(self) -> frozenset[str]:
        """The functions that are declared to be smooth."""
        return frozenset(s.name for s in self.statement.symbols if s.attributes & SMOOTH)

    def world(self, values: Mapping[str, Any]) -> World:
        return World(self, values, None)


class World:
    """The values of all symbols: the root holds what is not random, a branch is one outcome."""

    def __init__(self, model: Model, raw: Mapping[str, Any], root: World | None) -> None:
        self.model, self.raw = model, raw
        self.A: Arithmetic = model.A
        self.root = root or self
        self.definers: dict[str, Rule] = root.definers if root else model.definers(raw)
        self.used: set[int] = root.used if root else {id(e.hypothesis) for e in self.definers.values()}
        self.variances: dict[Generator, Number] = root.variances if root else {}
        self.chosen: dict[object, Any] = {}
        self.drawn: dict[str, list[tuple[Number, Any]]] = {}  # the outcomes of symbols, kept at the root
        self.env: Env = {"": self}
        self._memo: dict[str, Any] = {}
        self._varying: dict[str, bool] = root._varying if root else {}
        self._resting: dict[tuple[Any, ...], tuple[Any, ...]] = {}
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
        found = self._varying.get(name)
        if found is None:
            symbol, raw = self.model.statement.symbol(name), self.raw.get(name)
            chance = symbol is not None and (symbol.law is not None or raw is None or is_random(raw))
            found = self._varying[name] = chance and symbol is not None and symbol.random
        return found

    def is_source(self, name: str) -> bool:
        """Is the symbol given, or drawn from a law, and not computed from others?"""
        symbol = self.model.statement.symbol(name)
        return symbol is not None and (name in self.raw or symbol.law is not None)

    def varies(self, names: frozenset[str]) -> bool:
        """May something that the names rest on be another one in another outcome?"""
        return any(map(self._varies, self.model.definitional.reached(names)))

    def _defined(self, definition: Definition) -> Any:
        names = tuple(p for p, _ in definition.params)
        averages = any(n.op in MEANS and free_symbols(n) & set(names) for n in definition.body.walk())
        body = self.model.compiler.under(names, definition.body, params=not averages)
        if not names:
            return body(self.env)

        def at(*values: Any) -> Any:
            return body({**self.env, **dict(zip(names, values, strict=True))})

        return Averaging(at) if averages else at

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
        if name in rule.starts and isinstance(symbol.type, Sequence):
            return self._recursive(symbol, None)
        if raw is not None:
            value = given(self, symbol.type, raw, name)
            check_attributes(self, symbol, value)
        elif name in self.definers and isinstance(symbol.type, Function):
            value = self._function(self.definers[name])
        elif name in self.definers:
            value = self.value(self.definers[name].body)
            check_type(self, symbol, value)
        else:
            raise reject(f"no value for {name}")
        return value

    # --- what hypotheses define --------------------------------------------------------

    def _zero(self, type: Type) -> Any:
        if isinstance(type, Array):
            return self.filled(type.axes, lambda k: self.A.zero)
        if isinstance(type, Scalar):
            return self.A.zero
        raise reject("a sequence or function whose values are neither numbers nor arrays")

    def _function(self, rule: Rule, more: Env | None = None) -> Callable[..., Any]:
        """The right side of a rule as a function of its parameters."""
        body = self.model.run(rule.body, (*rule.params, *(more or {})))
        env = {**self.env, **(more or {})}

        def apply(*values: Any) -> Any:
            self.A.spend()
            return body({**env, **dict(zip(rule.params, values, strict=True))})

        return apply

    def _base(self, symbol: Symbol, type: Type) -> Callable[[int], Any]:
        """A sequence where no hypothesis says what it is."""
        if symbol.name in self.raw:
            raw = self.raw[symbol.name]
            if symbol.random and is_random(raw):
                return drawn(self, symbol, raw)  # type: ignore[no-any-return]
            value = given(self, symbol.type, raw, symbol.name)
            check_attributes(self, symbol, value)
            if isinstance(value, SequenceValue):
                return value
            raise reject(f"{symbol.name} is defined by hypotheses and takes no value")
        zero = self._zero(type)
        return lambda index: zero

    def _starts(self, name: str, slot: int, wanted: Callable[[int], bool]) -> dict[int, Callable[..., Any]]:
        """The wanted places that hypotheses fix; the first hypothesis for each place."""
        found: dict[int, Callable[..., Any]] = {}
        for start in self.model.definitional.starts.get(name, ()):
            assert start.at is not None
            place = self.A.integer(self.root.value(start.at))
            if wanted(place) and place not in found and start.slots.index(None) == slot:
                found[place] = self._function(start)
                self.used.add(id(start.hypothesis))
        return found

    def _recursive(self, symbol: Symbol, r: Rule | None) -> Callable[..., Any]:
        """A sequence, or a function of an integer, filled upwards from the first place of its rule.

        Where nothing is said of it, it has the values that the witness gives, or zero.
        """
        A, type = self.A, symbol.type
        assert isinstance(type, Sequence | Function)
        term = replace(symbol, type=type.item if isinstance(type, Sequence) else type.result)
        place = r.slots.index(None) if r else 0
        low = None if r is None or r.low is None else A.integer(self.root.value(r.low)) + r.shift
        high = None if r is None or r.high is None else A.integer(self.root.value(r.high)) + r.shift

        def outside(index: int) -> bool:
            below, above = low is not None and index < low, high is not None and index > high
            return r is None or below or above

        starts = self._starts(symbol.name, place, outside)
        base = self._base(symbol, term.type)
        table: dict[tuple[int, ...], tuple[Any, ...]] = {}

        def step(index: int, params: tuple[Any, ...]) -> Any:
            """The value at an index where all smaller ones are known."""
            A.spend()
            if index in starts:
                value = starts[index](*params)
            elif r is None or outside(index):
                value = base(index)
            else:
                value = self._function(r, {r.k: A.number(Fraction(index - r.shift))})(*params)
            if not params:
                check_type(self, term, value)
            return value

        def at(*values: Any) -> Any:
            index, params = values[place], values[:place] + values[place + 1 :]
            if isinstance(index, Beyond):
                if r is None or r.high is not None:  # behind the range of the rule
                    return base(self.root.behind)
                return self._at_rest(r, at, params, place)
            index = A.integer(index) if isinstance(type, Function) else index
            ids = tuple(map(id, params))
            if (index, *ids) not in table:
                first = index if low is None or outside(index) else low
                A.spend(index - first)
                for j in range(first, index + 1):
                    if (j, *ids) not in table:  # the parameters are kept, so that their ids stay theirs
                        table[j, *ids] = (step(j, params), *params)
            return table[index, *ids][0]

        if r is not None:
            self.used.add(id(r.hypothesis))
        return at

    def _at_rest(self, r: Rule, at: Callable[..., Any], params: tuple[Any, ...], place: int) -> Any:
        """The value at which a sequence of a recursion has come to rest; raises Unknown."""
        key = (r.name, *map(id, params))
        if key in self._resting:
            return self._resting[key][0]
        last, number = self.root.behind, isinstance(params, tuple) and bool(params)
        window = []
        for index in range(last - REACH, last + 1):
            n = self.A.number(Fraction(index)) if number else index
            window.append(at(*params[:place], n, *params[place:]))
        if not all(identical(window[-1], value) for value in window):
            raise Unknown("a sequence that does not come to rest soon")
        self._resting[key] = (window[-1], *params)
        try:
            again = self._function(r, {r.k: Beyond(-r.shift)})(*params)
            if not identical(window[-1], again):
                raise Unknown("a sequence that does not rest")
        except BaseException:
            self._resting.clear()  # others may have been judged by this one
            raise
        return window[-1]

    @cached_property
    def behind(self) -> int:
        """A place so far behind all that is special that a window before it is, too."""
        rules, A = self.model.definitional, self.A
        special = [0]
        for name, raw in self.raw.items():
            special += special_places(raw, name)
        for starts in rules.starts.values():
            special += [A.integer(self.root.value(start.at)) for start in starts if start.at is not None]
        for r in rules.recurrences.values():
            special += [
                A.integer(self.root.value(end)) + r.shift for end in (r.low, r.high) if end is not None
            ]
        return max(special) + BEHIND

    def check_definition(self, hypothesis: Hypothesis) -> None:
        """A hypothesis that served as a definition holds if it is defined wherever it speaks."""
        rules = self.model.definitional
        serving = [*rules.recurrences.values(), *self.definers.values()]
        serving += [start for starts in rules.starts.values() for start in starts]
        for r in serving:
            if r.hypothesis is not hypothesis:
                continue
            if r.at is not None and not r.params:
                self.read(r.name)(self.A.integer(self.root.value(r.at)))
            if not (r.k or r.params):
                continue
            symbol = self.model.statement.symbol(r.name)
            assert symbol is not None
            if isinstance(symbol.type, Sequence) and r.low is not None and r.high is not None:
                self.read(r.name)(self.A.integer(self.root.value(r.high)) + r.shift)
                continue
            steady = {r.k, *(name for name, q in rules.recurrences.items() if not q.params)}
            steady |= {s.name for s in self.model.statement.symbols if s.random}
            moving = frozenset(steady | set(r.params) | rules.recurrences.keys())
            test = self.root.totality(bool(symbol.attributes & SMOOTH), frozenset(steady))
            if r.k and r.low is not None and self.A.integer(self.root.value(r.low)) >= 1:
                test = replace(test, positive=frozenset({r.k}))
            if rules.recurrences.get(r.name) is r:
                test = test.keeping_sign(r, moving)
            result = symbol.type.item if isinstance(symbol.type, Sequence) else symbol.type.result  # type: ignore[union-attr]
            if symbol.attributes & (TESTS.keys() - SMOOTH) or not fits(r.body.type, result):
                raise reject(f"{r.name} is not known to be what it is declared")
            if not test.total(r.body, moving):
                raise reject(f"{r.name} is not known to be defined by {hypothesis.name}")

    def totality(self, smooth: bool, steady: frozenset[str] = frozenset()) -> Totality:
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

        functions = self.model.differentiable
        return Totality(self.model.definitional, sign, defined, functions, smooth, steady)
