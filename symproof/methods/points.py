"""Admissible points of a statement: values for its symbols that meet its hypotheses.

Values are chosen symbol by symbol, small and telling ones first; symbols that hypotheses define
are left out for the evaluator to compute, and an equation that does not hold yet is solved for
a number that occurs in it linearly.  The same seed gives the same points.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

from symproof.kernel.arithmetic import TooCostly, Undefined, Unknown
from symproof.kernel.balls import Balls
from symproof.kernel.chance import Choice
from symproof.kernel.compiler import FiniteGraph
from symproof.kernel.model import Model
from symproof.kernel.statement import Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Checker
from symproof.methods.base import Budget
from symproof.methods.families import Range, matrix, nth_function, outcome_patterns, vector
from symproof.methods.floats import Floats
from symproof.methods.graphs import graphs, telling
from symproof.methods.probe import Probe, to_data
from symproof.methods.solve import solved
from symproof.terms.tree import Term
from symproof.terms.types import Array, Function, Graph, Scalar, Sequence, Type, Vertex

FAILURES = (Rejected, Undefined, Unknown, TooCostly, Choice, ArithmeticError, RecursionError)
_FLIPPED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq"}
Values = dict[str, Any]


class Points:
    """The points of one statement."""

    def __init__(self, statement: Statement, seed: int = 0) -> None:
        self.statement, self.seed = statement, seed
        self.model = Model(statement, Floats())
        self.chosen = _order(self._free())
        self.bounds = self._bounds()
        self.exact = Model(statement, Balls())
        self.most: int | None = None  # the largest size to choose

    def probe(self, values: Values) -> Probe:
        """A look at a point in floats."""
        return Probe(self.model, values)

    def point(self, p: int) -> Values | None:
        """The p-th point, if it is admissible as far as floats can tell."""
        values = self.raw(p)
        if values is None:
            return None
        return self.mended(values)

    def mended(self, values: Values) -> Values | None:
        """The values if they are admissible, or with a few numbers changed so that they are."""
        probe = self.probe(values)
        return values if probe.admissible() else solved(self, values, probe.world.used)

    def points(self, first: int = 0, last: int = 10**6) -> Iterator[Values]:
        """The admissible points among those of the given numbers, each once."""
        seen: set[str] = set()
        for p in range(first, last):
            values = self.point(p)
            key = repr(values)
            if values is None or key in seen:
                continue
            seen.add(key)
            yield values

    def raw(self, p: int) -> Values | None:
        """The p-th choice of values, perhaps not admissible; None where a range is empty."""
        random = Random(f"{self.seed} {p}")
        values: Values = {}
        counts: dict[str, int] = {}
        for symbol in self.chosen:
            kind = _kind(symbol)
            j = counts[kind] = counts.get(kind, -1) + 1
            value = self._value(symbol, p, j, random, values)
            if value is None:
                return None
            values[symbol.name] = value
        return values

    # --- which symbols, and what bounds them ---------------------------------------------

    def _free(self) -> list[Symbol]:
        """The symbols that no hypothesis defines and no law describes."""
        rule = self.model.definitional
        computed: dict[str, frozenset[str]] = {}

        def reaches(names: frozenset[str], goal: str) -> bool:
            return goal in names or any(reaches(computed[n], goal) for n in names if n in computed)

        for name, equations in rule.equations.items():
            symbol = self.statement.symbol(name)
            for equation in equations:
                needs = rule.closure(equation.body)
                if symbol is not None and name not in computed and not reaches(needs, name):
                    computed[name] = needs
        return [
            s
            for s in self.statement.symbols
            if s.law is None
            and s.name not in computed
            and s.name not in rule.recurrences
            and s.name not in rule.starts
        ]

    def _bounds(self) -> dict[str, list[tuple[str, Term]]]:
        found: dict[str, list[tuple[str, Term]]] = {}
        for hypothesis in self.statement.hypotheses:
            parts = hypothesis.statement.args if hypothesis.statement.op == "and" else (hypothesis.statement,)
            for part in parts:
                if part.op not in _FLIPPED:
                    continue
                for op, (left, right) in ((part.op, part.args), (_FLIPPED[part.op], part.args[::-1])):
                    if left.op == "sym" and isinstance(left.type, Scalar):
                        found.setdefault(str(left.data), []).append((op, right))
        return found

    def _range(self, symbol: Symbol, values: Values) -> Range:
        assert isinstance(symbol.type, Scalar)
        found = Range(symbol.type.domain == "integer")
        world = self.model.world(values)
        for op, term in self.bounds.get(symbol.name, ()):
            self.model.A.steps = 10_000
            try:
                bound = self.model.run(term)(world.env)
                found.narrow(op, Fraction(bound).limit_denominator(10**6))
            except (*FAILURES, TypeError, ValueError):
                continue
        return found

    # --- one value -----------------------------------------------------------------------

    def _value(self, symbol: Symbol, p: int, j: int, random: Random, values: Values) -> Any:
        type = symbol.type
        if symbol.random:
            return self._random(symbol, p, random, values)
        if isinstance(type, Function):
            smooth = bool(symbol.attributes & {"differentiable", "twice_differentiable", "continuous"})
            return nth_function(type, smooth, p + 2 * j)
        if isinstance(type, Graph):
            return _graph(symbol.attributes, p, j, random, self.most)
        if isinstance(type, Scalar):
            found = self._range(symbol, values)
            if "size" in symbol.attributes:
                return _size(found, p, j, random, self.most)
            if type.domain == "complex":
                return [found.pick(p, j, random), found.pick(p + 1, j + 1, random)]
            return found.pick(p, j, random)
        if isinstance(type, Sequence):
            item = type.item
            places = {k: self._entry(item, symbol, p, j + k, random, values) for k in range(-1, 7)}
            rest = self._entry(item, symbol, p, j, random, values)
            kept = {} if p % 3 == 2 else places
            return {"at": {str(k): v for k, v in kept.items()}, "else": rest}
        return self._entry(type, symbol, p, j, random, values)

    def _entry(self, type: Type, symbol: Symbol, p: int, j: int, random: Random, values: Values) -> Any:
        if isinstance(type, Scalar):
            return Range(type.domain == "integer").pick(p if p < 3 else 9, j, random)
        if isinstance(type, Vertex):
            graph = self.model.world(values).read(str(type.graph.data))
            return Fraction(j % graph.n if p < 3 else random.randrange(graph.n))
        if not isinstance(type, Array):
            return None
        try:
            _, shape = self.model.compiler.shape(type.axes)(self.model.world(values).env)
        except FAILURES:
            return None
        if sum(shape) > 40:
            return None
        integer = type.domain == "integer"
        if len(shape) == 1:
            return vector(shape[0], p, random, integer)
        if len(shape) == 2:
            return matrix(shape[0], shape[1], symbol.attributes, p, random, integer)
        return _nested(shape, p, random)

    def _random(self, symbol: Symbol, p: int, random: Random, values: Values) -> Any:
        """A fixed value, or outcomes for it or for each of its entries."""
        type: Type = symbol.type
        pattern = outcome_patterns(p, random)
        if isinstance(type, Scalar):
            return {"outcomes": pattern}
        if p % 4 == 2 or (p > 6 and random.random() < 0.2):
            fixed = self._entry(
                type.item if isinstance(type, Sequence) else type, symbol, p, 0, random, values
            )
            return {"at": {}, "else": fixed} if isinstance(type, Sequence) else fixed
        return {"each": {"outcomes": pattern}}


def find_point(statement: Statement, budget: Budget) -> Any:
    """A witness's values that meet every hypothesis, checked by the kernel, or None."""
    if not statement.symbols:
        return _admitted(Checker(statement), {})
    points, checker = Points(statement, budget.seed), Checker(statement)
    for p in range(4000):
        if budget.left() <= 0:
            return None
        values = points.point(p)
        data = _admitted(checker, values) if values is not None else None
        if data is not None:
            return data
    return None


def _admitted(checker: Checker, values: Values) -> Any:
    data = {"values": to_data(values)}
    try:
        checker.admits(data)
    except Rejected:
        return None
    return data


def _kind(symbol: Symbol) -> str:
    if "size" in symbol.attributes:
        return "size"
    return type(symbol.type).__name__ + (symbol.type.domain if isinstance(symbol.type, Scalar) else "")


def _order(symbols: list[Symbol]) -> list[Symbol]:
    """Sizes and graphs first, then numbers, then what is built over them."""

    def rank(symbol: Symbol) -> int:
        if "size" in symbol.attributes:
            return 0
        if isinstance(symbol.type, Graph):
            return 1
        if isinstance(symbol.type, Scalar):
            return 2 if symbol.type.domain == "integer" else 3
        return 4

    return sorted(symbols, key=rank)


def _size(found: Range, p: int, j: int, random: Random, most: int | None) -> Fraction | None:
    """Different sizes of at least 2 first, then the corner 1 and equal sizes."""
    if p == 0:
        wanted = 2 + j % 3
    elif p == 1:
        wanted = 3 - j % 2 if j < 2 else 2 + j % 2
    elif p == 2:
        wanted = 1
    else:
        wanted = random.choice((1, 2, 2, 3, 3, 4))
    size = Fraction(wanted if most is None else min(wanted, most))
    while size not in found:
        size += 1
        if size > 12:
            candidates = found.simple()
            return candidates[p % len(candidates)] if candidates else None
    return size


def _graph(
    attributes: frozenset[str], p: int, j: int, random: Random, most: int | None
) -> FiniteGraph | None:
    def admitted(graph: FiniteGraph) -> bool:
        return ("connected" not in attributes or graph.connected()) and (
            "bipartite" not in attributes or graph.bipartite()
        )

    first = [graph for graph in telling() if admitted(graph) and (most is None or graph.n <= most)]
    if p + j < len(first):
        return first[p + j]
    n = random.choice((2, 3, 3, 4, 4, 4, 5))
    n = n if most is None else min(n, most)
    candidates = [graph for graph in graphs(n) if admitted(graph)]
    return random.choice(candidates) if candidates else None


def _nested(shape: tuple[int, ...], p: int, random: Random) -> Any:
    if len(shape) == 1:
        return vector(shape[0], p, random)
    return [_nested(shape[1:], p, random) for _ in range(shape[0])]
