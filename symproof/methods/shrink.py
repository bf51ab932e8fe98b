"""Smaller witnesses: sizes, then graphs, then numbers towards 0, 1, -1 and small fractions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from symproof.kernel.compiler import FiniteGraph
from symproof.kernel.statement import Statement, Symbol
from symproof.methods.families import functions
from symproof.methods.graphs import smaller
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


def shrunk(statement: Statement, values: Values, still: Callable[[Values], bool], tries: int = 400) -> Values:
    """The simplest values found, one change after another, that are `still` a witness."""
    for _ in range(ROUNDS):
        before = values
        for symbol in sorted(statement.symbols, key=_rank):
            if symbol.name not in values:
                continue
            while tries > 0:
                for simpler in _simpler(statement, symbol, values):
                    tries -= 1
                    if still(simpler):
                        values = simpler
                        break
                    if tries <= 0:
                        break
                else:
                    break
        if values is before or tries <= 0:
            break
    return values


def _rank(symbol: Symbol) -> int:
    if "size" in symbol.attributes:
        return 0
    return 1 if isinstance(symbol.type, Graph) else 2 if isinstance(symbol.type, Scalar) else 3


def _simpler(statement: Statement, symbol: Symbol, values: Values) -> Iterator[Values]:
    """The values with something simpler for one symbol."""
    value = values[symbol.name]
    if isinstance(value, FiniteGraph):
        for graph in smaller(value):
            yield _cropped(statement, {**values, symbol.name: graph})
    elif "size" in symbol.attributes:
        for k in range(1, int(value)):
            yield _cropped(statement, {**values, symbol.name: Fraction(k)})
    elif isinstance(value, Term) and isinstance(symbol.type, Function):
        smooth = bool(symbol.attributes & {"differentiable", "twice_differentiable", "continuous"})
        for f in functions(symbol.type, smooth):
            if _length(f) < _length(value):
                yield {**values, symbol.name: f}
    else:
        for simpler in _parts(value, symbol.type):
            yield {**values, symbol.name: simpler}


def _length(term: Term) -> int:
    return sum(1 for _ in term.walk())


def _parts(value: Any, type: Type) -> Iterator[Any]:
    """Simpler forms of a number, of an array or sequence as a whole, then of each part of it."""
    if isinstance(value, Fraction):
        yield from (x for x in _SIMPLE if weight(x) < weight(value))
    elif isinstance(value, list):
        flat = [x for _, x in _numbers(value)]
        for constant in (Fraction(0), Fraction(1)):
            if any(x != constant for x in flat) and sum(map(bool, flat)) > 1:
                yield _constant(value, constant)
        for path, x in _numbers(value):
            for simpler in _parts(x, type):
                yield replaced(value, path, simpler)
    elif isinstance(value, dict) and "else" in value:
        for place in list(value["at"]):
            yield {**value, "at": {k: v for k, v in value["at"].items() if k != place}}
        for simpler in _parts(value["else"], type):
            yield {**value, "else": simpler}
        for place, part in value["at"].items():
            for simpler in _parts(part, type):
                yield {**value, "at": {**value["at"], place: simpler}}
    elif isinstance(value, dict) and "outcomes" in value:
        for _, outcome in value["outcomes"]:
            yield outcome
        for k, (p, outcome) in enumerate(value["outcomes"]):
            for simpler in _parts(outcome, type):
                others = value["outcomes"]
                yield {"outcomes": [*others[:k], [p, simpler], *others[k + 1 :]]}
    elif isinstance(value, dict) and "each" in value:
        for _, outcome in value["each"]["outcomes"]:
            if isinstance(type, Sequence) and isinstance(type.item, Scalar):
                yield {"at": {}, "else": outcome}
        for simpler in _parts(value["each"], type):
            if isinstance(simpler, dict):
                yield {"each": simpler}


def _numbers(value: list[Any]) -> Iterator[tuple[Path, Fraction]]:
    for k, part in enumerate(value):
        if isinstance(part, list):
            yield from (((k, *path), x) for path, x in _numbers(part))
        else:
            yield (k,), part


def _constant(value: Any, x: Fraction) -> Any:
    return [_constant(part, x) for part in value] if isinstance(value, list) else x


def _cropped(statement: Statement, values: Values) -> Values:
    """The values with arrays cut to the sizes; places beyond the new end move to it."""
    found = dict(values)
    for symbol in statement.symbols:
        if symbol.name in found and not isinstance(found[symbol.name], Term):
            found[symbol.name] = _cut(found[symbol.name], symbol.type, values)
    return found


def _cut(value: Any, type: Type, values: Values) -> Any:
    if isinstance(value, dict) and "else" in value and isinstance(type, Sequence):
        at = {k: _cut(v, type.item, values) for k, v in value["at"].items()}
        return {"at": at, "else": _cut(value["else"], type.item, values)}
    if isinstance(value, list) and isinstance(type, Array):
        return _cut_axes(value, [_axis(axis, values) for axis in type.axes])
    return value


def _cut_axes(value: Any, sizes: list[int | None]) -> Any:
    if not sizes or not isinstance(value, list):
        return value
    return [_cut_axes(part, sizes[1:]) for part in value[: sizes[0]]]


def _axis(axis: Term, values: Values) -> int | None:
    """The length of an axis, where it is a symbol's value."""
    end = axis.args[-1]
    if axis.op == "vertices":
        graph = values.get(str(end.data))
        return graph.n if isinstance(graph, FiniteGraph) else None
    size = values.get(str(end.data)) if end.op == "sym" else None
    return int(size) if isinstance(size, Fraction) and axis.args[0].data == 1 else None
