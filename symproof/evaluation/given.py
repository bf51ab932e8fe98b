"""Values that a witness gives: decoded by type, and checked against what the declaration says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symproof.evaluation.arithmetic import Number
from symproof.evaluation.compiler import FiniteGraph, same
from symproof.evaluation.linear import Tensor, eliminate, identity, positive_semidefinite, transposed_product
from symproof.kernel.statement import Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.build import fits
from symproof.terms.codec import Malformed, decode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, Array, Function, Graph, Scalar, Sequence, Type, Vertex

if TYPE_CHECKING:
    from symproof.evaluation.model import World

_NUMBER = re.compile(r"-?[0-9]{1,400}(/[0-9]{1,400})?")
MAX_VERTICES = 100


def reject(reason: str) -> Rejected:
    return Rejected("witness", reason)


class SequenceValue:
    """A sequence with finitely many places of its own and one value everywhere else."""

    def __init__(self, at: dict[int, Any], otherwise: Any) -> None:
        self.at, self.otherwise = at, otherwise

    def __call__(self, index: int) -> Any:
        return self.at.get(index, self.otherwise)


def given(world: World, type: Type, raw: Any, name: str) -> Any:
    """The value of the type that the data gives; raises Rejected."""
    if isinstance(type, Scalar):
        return _scalar(world, type, raw, name)
    if isinstance(type, Array):
        starts, shape = world.shape(type.axes)
        entry = Scalar(type.domain)
        return Tensor(starts, shape, [_scalar(world, entry, c, name) for c in _flat(raw, shape, name)])
    if isinstance(type, Vertex):
        vertex, graph = _place(raw, name), world.value(type.graph)
        if not 0 <= vertex < graph.n:
            raise reject(f"{name} is no vertex of its graph")
        return vertex
    if isinstance(type, Graph):
        return raw if isinstance(raw, FiniteGraph) else _graph(raw, name)
    if isinstance(type, Sequence):
        if not isinstance(raw, dict) or "else" not in raw or not isinstance(raw.get("at", {}), dict):
            raise reject(f"{name} is no sequence")
        places = {_place(k, name): v for k, v in raw.get("at", {}).items()}
        at = {k: given(world, type.item, v, name) for k, v in places.items()}
        return SequenceValue(at, given(world, type.item, raw["else"], name))
    if isinstance(type, Function):
        return _function(world, type, raw, name)
    raise reject(f"{name} cannot be given")


def exact(raw: Any, name: str) -> Fraction:
    """An exact rational, from text such as "-1/2"; numbers are taken as they are."""
    if isinstance(raw, Fraction | int) and not isinstance(raw, bool):
        return Fraction(raw)
    if not isinstance(raw, str) or not _NUMBER.fullmatch(raw):
        raise reject(f"{name} is not given as an exact number of at most 400 digits")
    try:
        return Fraction(raw)
    except ZeroDivisionError:
        raise reject(f"{name} is divided by zero") from None


def _place(raw: Any, name: str) -> int:
    place = exact(raw, name)
    if place.denominator != 1:
        raise reject(f"{name} has a place that is no integer")
    return int(place)


def special_places(raw: Any, name: str) -> set[int]:
    """The places at which a sequence, given or in an outcome, is not what it is elsewhere."""
    outcomes = raw.get("outcomes") if isinstance(raw, dict) else None
    parts = [pair[1] for pair in outcomes if isinstance(pair, list) and len(pair) == 2] if outcomes else [raw]
    tables = [part.get("at") for part in parts if isinstance(part, dict)]
    return {_place(k, name) for table in tables if isinstance(table, dict) for k in table}


def _scalar(world: World, type: Scalar, raw: Any, name: str) -> Number:
    A = world.A
    if type.domain == "complex" and isinstance(raw, list) and len(raw) == 2:
        re, im = (A.complex(A.number(exact(part, name))) for part in raw)
        return re + im * A.constant("i")
    number = exact(raw, name)
    if type.domain == "integer" and number.denominator != 1:
        raise reject(f"{name} is not an integer")
    return A.complex(A.number(number)) if type.domain == "complex" else A.number(number)


def _flat(raw: Any, shape: tuple[int, ...], name: str) -> Iterator[Any]:
    """The entries of nested lists, which must have the shape."""
    if not shape:
        yield raw
        return
    if not isinstance(raw, list) or len(raw) != shape[0]:
        raise reject(f"{name} has another shape")
    for part in raw:
        yield from _flat(part, shape[1:], name)


def _graph(raw: Any, name: str) -> FiniteGraph:
    """A simple graph; its vertices are numbered from 0."""
    n = raw.get("vertices") if isinstance(raw, dict) else None
    pairs = raw.get("edges") if isinstance(raw, dict) else None
    if type(n) is not int or not 1 <= n <= MAX_VERTICES or not isinstance(pairs, list):
        raise reject(f"{name} is no graph with 1 to {MAX_VERTICES} vertices")
    edges = set()
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and all(type(v) is int for v in pair)):
            raise reject(f"{name} has an edge that is no pair of vertices")
        low, high = min(pair), max(pair)
        if not 0 <= low < high < n or (low, high) in edges:
            raise reject(f"{name} is not simple, or an edge leaves it")
        edges.add((low, high))
    return FiniteGraph(n, frozenset(edges))


def _function(world: World, type: Function, raw: Any, name: str) -> Callable[..., Any]:
    """A lambda term that is total; besides its parameters it may use integers of the statement."""
    try:
        term = raw if isinstance(raw, Term) else decode(raw)
    except Malformed as error:
        raise reject(f"{name} is no function: {error}") from None
    if term.op != "lambda" or not fits(term.type, type):
        raise reject(f"{name} has another type")
    for free in free_symbols(term):
        symbol = world.model.statement.symbol(free)
        if symbol is None or symbol.type != INTEGER:
            raise reject(f"{name} uses {free}")
    if not world.totality(False).total(term.args[0], frozenset(bound_names(term))):
        raise reject(f"{name} is not defined everywhere")
    return world.model.compiler.run(term)(world.env)  # type: ignore[no-any-return]


# --- what declarations say ------------------------------------------------------------


def check_attributes(world: World, symbol: Symbol, value: Any) -> None:
    """Reject a value that is not what its declaration says; a sequence says it of all its terms."""
    if isinstance(value, SequenceValue):
        for part in (*value.at.values(), value.otherwise):
            check_attributes(world, symbol, part)
        return
    for attribute in sorted(symbol.attributes & TESTS.keys()):
        if not TESTS[attribute](world, symbol, value):
            raise reject(f"{symbol.name} is not {attribute.replace('_', ' ')}")


def check_type(world: World, symbol: Symbol, value: Any) -> None:
    """Reject a computed value that is not of the declared type, or not what the declaration says."""
    type = symbol.type
    if isinstance(type, Array) and (value.starts, value.shape) != world.shape(type.axes):
        raise reject(f"{symbol.name} has another shape")
    cells = value.cells if isinstance(value, Tensor) else [value]
    if isinstance(type, Scalar | Array) and type.domain == "integer":
        if not all(world.A.is_integer(c) for c in cells):
            raise reject(f"{symbol.name} is not an integer")
    check_attributes(world, symbol, value)


def _square(test: Callable[[World, Tensor, int], bool]) -> Callable[[World, Symbol, Any], bool]:
    """A test of square matrices only."""

    def guarded(world: World, symbol: Symbol, x: Any) -> bool:
        square = isinstance(x, Tensor) and len(x.shape) == 2 and x.shape[0] == x.shape[1]
        return square and test(world, x, x.shape[0])

    return guarded


def _symmetric(world: World, x: Tensor, n: int) -> bool:
    return all(world.A.equal(x.cells[i * n + j], x.cells[j * n + i]) for i in range(n) for j in range(i))


def _orthogonal(world: World, x: Tensor, n: int) -> bool:
    return same(world.A, transposed_product(world.A, x), identity(world.A, x.starts, n))


def _diagonal(world: World, x: Tensor, n: int) -> bool:
    return all(world.A.equal(c, world.A.zero) for k, c in enumerate(x.cells) if k % (n + 1))


def _smooth(world: World, symbol: Symbol, value: Any) -> bool:
    """Is the function given by a term that has derivatives of all orders?"""
    raw = world.raw.get(symbol.name)
    term = raw if isinstance(raw, Term) else decode(raw)
    return world.totality(True).total(term.args[0], frozenset(bound_names(term)))


SMOOTH = frozenset(("differentiable", "twice_differentiable", "continuous"))
TESTS: dict[str, Callable[[World, Symbol, Any], bool]] = {
    "symmetric": _square(_symmetric),
    "orthogonal": _square(_orthogonal),
    "diagonal": _square(_diagonal),
    "psd": _square(lambda world, x, n: _symmetric(world, x, n) and positive_semidefinite(world.A, x)),
    "invertible": _square(lambda world, x, n: eliminate(world.A, x.rows(), n)[0] == n),
    "connected": lambda world, symbol, graph: graph.connected(),
    "bipartite": lambda world, symbol, graph: graph.bipartite(),
    **dict.fromkeys(SMOOTH, _smooth),
}
