"""Types of terms; sizes inside a type are terms themselves and stay symbolic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from symproof.terms.tree import Term


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number: `integer`, `real` or `complex`."""

    domain: str


@dataclass(frozen=True, slots=True)
class Vertex:
    """A vertex of a graph."""

    graph: Term


@dataclass(frozen=True, slots=True)
class Array:
    """A vector (one axis), matrix (two) or tensor; an axis is a term: `range(1, n)` or `vertices(G)`.

    `row` marks a transposed vector: x' has the axis of x and multiplies from the left.
    """

    axes: tuple[Term, ...]
    domain: str = "real"
    row: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A function on all integers, written with an index: g[t]."""

    item: Type


@dataclass(frozen=True, slots=True)
class Function:
    """A total function; one from numbers to numbers is applied to arrays elementwise."""

    params: tuple[Type, ...]
    result: Type


@dataclass(frozen=True, slots=True)
class Graph:
    """A finite simple undirected graph."""


@dataclass(frozen=True, slots=True)
class Prop:
    """A statement."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What a binder ranges over; `items` are the types of the names it binds (two for edges)."""

    items: tuple[Type, ...]


Type: TypeAlias = Scalar | Vertex | Array | Sequence | Function | Graph | Prop | Domain

INTEGER = Scalar("integer")
REAL = Scalar("real")
COMPLEX = Scalar("complex")
PROP = Prop()
GRAPH = Graph()
_RANK = {"integer": 0, "real": 1, "complex": 2}


def join(*domains: str) -> str:
    """The smallest of integer, real, complex that holds them all."""
    return max(domains, key=_RANK.__getitem__)


def within(inner: str, outer: str) -> bool:
    """Is every number of the inner domain one of the outer?"""
    return _RANK[inner] <= _RANK[outer]


def leaves_open(type: Type) -> bool:
    """Does a type leave a size open: an integer, a graph, a sequence, an axis with a symbol?"""
    if isinstance(type, Scalar):
        return type.domain == "integer"
    if isinstance(type, Array):
        return any(node.op == "sym" for axis in type.axes for node in axis.walk())
    return isinstance(type, Graph | Sequence) or (
        isinstance(type, Function) and any(map(leaves_open, (*type.params, type.result)))
    )
