"""Smaller witnesses: sizes, then graphs, then numbers towards 0, 1, -1 and small fractions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from symproof.evaluation.compiler import FiniteGraph
from symproof.kernel.statement import Symbol
from symproof.methods.families import functions
from symproof.methods.graphs import make_graph
from symproof.methods.points import FAILURES, Points
from symproof.methods.solve import replaced
from symproof.terms.tree import Term
from symproof.terms.types import Array, Function, Graph, Scalar, Sequence, Type

Values = dict[str, Any]
Path = tuple[Any, ...]
_SIMPLE = tuple(Fraction(x) for x in ("0", "1", "-1", "2", "1/2", "-2", "3", "-1/2", "1/3", "4", "1/4"))
ROUNDS = 3


def weight(x: Fraction) -> tuple[int, bool]:
    """How hard a number is for a person."""
    return abs(x.numerator) + 2 * (x.denominator - 1), x < 0


class Shrinker:
    """Makes the values of a witness simpler, one change after another, as long as it stays one."""

    def __init__(self, points: Points, still: Callable[[Values], Values | None], tries: int = 600) -> None:
        self.points, self.still, self.tries = points, still, tries
        self.symbols = sorted(points.statement.symbols, key=_rank)

    def smallest(self, values: Values) -> Values:
        for _ in range(ROUNDS):
            before = values
            for symbol in self.symbols:
                if symbol.name in values:
                    values = self._symbol(symbol, values)
            values = self._together(values)
            if values == before:
                break
        return values

    def _better(self, simpler: Iterator[Values], values: Values) -> Values:
        """The first of the simpler values that still do, or the values."""
        for candidate in simpler:
            self.tries -= 1
            if self.tries < 0:
                break
            found = self.still(candidate)
            if found is not None and (found is candidate or _total(found) < _total(values)):
                return found
        return values

    def _together(self, values: Values) -> Values:
        """Change numbers of the same size at once, as equations may ask."""
        places = [(name, path, x) for name, value in values.items() for path, x in _numbers(value)]
        for size in sorted({abs(x) for _, _, x in places}, reverse=True):
            same = [place for place in places if abs(place[2]) == size]
            if len(same) > 1:
                values = self._better(
                    (_scaled(values, same, s) for s in _SIMPLE if s >= 0 and weight(s) < weight(size)), values
                )
        return values

    def _symbol(self, symbol: Symbol, values: Values) -> Values:
        name, value = symbol.name, values[symbol.name]
        if "size" in symbol.attributes or isinstance(value, FiniteGraph):
            while (smaller := self._better(self._dropped(symbol, values), values)) is not values:
                values = smaller
            if isinstance(values[name], FiniteGraph):
                for edge in sorted(values[name].edges):
                    graph = FiniteGraph(values[name].n, values[name].edges - {edge})
                    values = self._better(iter([{**values, name: graph}]), values)
            return values
        if isinstance(value, Term):
            found = (f for f in _functions(symbol) if _length(f) < _length(value))
            return self._better(({**values, name: f} for f in found), values)
        values = self._better(({**values, name: whole} for whole in _wholes(value, symbol.type)), values)
        for path, x in list(_numbers(values[name])):
            simpler = (
                {**values, name: replaced(values[name], path, s)} for s in _SIMPLE if weight(s) < weight(x)
            )
            values = self._better(simpler, values)
        return values

    def _dropped(self, symbol: Symbol, values: Values) -> Iterator[Values]:
        """The values without one index of a size, or without one vertex of a graph."""
        value = values[symbol.name]
        n = value.n if isinstance(value, FiniteGraph) else int(value)
        for k in reversed(range(n) if n > 1 else ()):
            cut: Values = dict(values)
            if isinstance(value, FiniteGraph):
                kept = frozenset((a - (a > k), b - (b > k)) for a, b in value.edges if k not in (a, b))
                cut[symbol.name] = make_graph(n - 1, kept)
            else:
                cut[symbol.name] = value - 1
            for other in self.points.statement.symbols:
                if other.name in cut and not isinstance(cut[other.name], Term | FiniteGraph | Fraction):
                    cut[other.name] = _without(cut[other.name], other.type, symbol.name, k)
            fitted = self._fitted(cut)
            if fitted is not None:
                yield fitted

    def _fitted(self, values: Values) -> Values | None:
        """The values with arrays cut to the shapes that their types have now."""
        env = self.points.model.world(values).env
        found = dict(values)
        for symbol in self.points.statement.symbols:
            if isinstance(symbol.type, Array) and isinstance(values.get(symbol.name), list):
                try:
                    _, shape = self.points.model.compiler.shape(symbol.type.axes)(env)
                except FAILURES:
                    return None
                found[symbol.name] = _cut(values[symbol.name], shape)
        return found


def _scaled(values: Values, places: list[tuple[str, Path, Fraction]], size: Fraction) -> Values:
    for name, path, x in places:
        values = {**values, name: replaced(values[name], path, size if x > 0 else -size)}
    return values


def _total(values: Values) -> int:
    """How hard all values together are, with the number of entries."""
    numbers = [x for value in values.values() for _, x in _numbers(value)]
    graphs = [v for v in values.values() if isinstance(v, FiniteGraph)]
    return sum(1 + weight(x)[0] for x in numbers) + sum(g.n + len(g.edges) for g in graphs)


def _rank(symbol: Symbol) -> int:
    if "size" in symbol.attributes:
        return 0
    return 1 if isinstance(symbol.type, Graph) else 2 if isinstance(symbol.type, Scalar) else 3


def _functions(symbol: Symbol) -> Iterator[Term]:
    assert isinstance(symbol.type, Function)
    return functions(symbol.type, bool(symbol.attributes & {"differentiable", "twice_differentiable"}))


def _length(term: Term) -> int:
    return sum(1 for _ in term.walk())


def _wholes(value: Any, type: Type) -> Iterator[Any]:
    """Simpler forms of an array, a sequence or a random value as a whole."""
    if isinstance(value, list):
        flat = [x for _, x in _numbers(value)]
        for constant in (Fraction(0), Fraction(1)):
            if any(x != constant for x in flat) and sum(map(bool, flat)) > 1:
                yield _constant(value, constant)
    elif isinstance(value, dict) and "else" in value:
        if value["at"]:
            yield {"at": {}, "else": value["else"]}
            for place in value["at"]:
                yield {"at": {place: value["at"][place]}, "else": _constant(value["else"], Fraction(0))}
            for place in value["at"]:
                yield {**value, "at": {k: v for k, v in value["at"].items() if k != place}}
    elif isinstance(value, dict):
        pairs = value["outcomes"] if "outcomes" in value else value["each"]["outcomes"]
        for fixed in [x for _, x in pairs] + _mean(pairs):
            if "outcomes" in value:
                yield fixed
            elif isinstance(type, Sequence) and isinstance(type.item, Scalar):
                yield {"at": {}, "else": fixed}


def _mean(pairs: list[Any]) -> list[Fraction]:
    if all(isinstance(x, Fraction) for _, x in pairs):
        return [sum((p * x for p, x in pairs), Fraction(0))]
    return []


def _numbers(value: Any) -> Iterator[tuple[Path, Fraction]]:
    """The numbers in a value and their places; probabilities and places of a sequence stay."""
    if isinstance(value, Fraction):
        yield (), value
    elif isinstance(value, dict) and "outcomes" in value:
        for k, (_, outcome) in enumerate(value["outcomes"]):
            yield from ((("outcomes", k, 1, *path), x) for path, x in _numbers(outcome))
    elif isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from (((key, *path), x) for path, x in _numbers(part))


def _constant(value: Any, x: Fraction) -> Any:
    return [_constant(part, x) for part in value] if isinstance(value, list) else x


def _without(value: Any, type: Type, name: str, k: int) -> Any:
    """The value without index k of every axis that has the size or graph of this name."""
    if isinstance(value, dict) and "outcomes" in value:
        return {**value, "outcomes": [[w, _without(part, type, name, k)] for w, part in value["outcomes"]]}
    if isinstance(type, Sequence) and isinstance(value, dict) and "else" in value:
        at = {place: _without(part, type.item, name, k) for place, part in value["at"].items()}
        return {"at": at, "else": _without(value["else"], type.item, name, k)}
    if not isinstance(type, Array):
        return value
    return _drop(value, [axis.args[-1].data == name for axis in type.axes], k)


def _drop(value: Any, along: list[bool], k: int) -> Any:
    if not along or not isinstance(value, list):
        return value
    return [_drop(part, along[1:], k) for i, part in enumerate(value) if not (along[0] and i == k)]


def _cut(value: Any, shape: tuple[int, ...]) -> Any:
    if not shape or not isinstance(value, list):
        return value
    return [_cut(part, shape[1:]) for part in value[: shape[0]]]
