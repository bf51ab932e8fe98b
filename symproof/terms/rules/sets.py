"""Ranges, sets of numbers, arrays and functions, and what belongs to graphs."""

from __future__ import annotations

from symproof.terms.build import (
    Mistyped,
    domain_at,
    integer_at,
    make,
    rule,
    set_at,
    show_type,
)
from symproof.terms.tree import Term
from symproof.terms.types import (
    GRAPH,
    INTEGER,
    REAL,
    Array,
    Domain,
    Function,
    Graph,
    Scalar,
    Sequence,
    Type,
    Vertex,
)


@rule("range")
def _(args: tuple[Term, ...], data: object) -> Type:
    domain_at(args, 0)
    if args[1].data != "oo":
        integer_at(args, 1)
    integer_at(args, 0)
    return Domain((INTEGER,))


@rule("vertices")
def _(args: tuple[Term, ...], data: object) -> Type:
    _graph(args, 0)
    return Domain((Vertex(args[0]),))


@rule("edges")
def _(args: tuple[Term, ...], data: object) -> Type:
    _graph(args, 0)
    return Domain((Vertex(args[0]), Vertex(args[0])))


@rule("interval")
def _(args: tuple[Term, ...], data: object) -> Type:
    """Real numbers between two bounds; data is "[]", "()", "[)" or "(]"."""
    if data not in ("[]", "()", "[)", "(]"):
        raise Mistyped("an interval is open or closed at its ends")
    domain_at(args, 0), domain_at(args, 1)
    return Domain((REAL,))


@rule("numbers")
def _(args: tuple[Term, ...], data: object) -> Type:
    """All integers, reals or complex numbers; data names which."""
    return Domain((Scalar(_numbers(data)),))


@rule("arrays")
def _(args: tuple[Term, ...], data: object) -> Type:
    """All arrays over the given axes; data is the domain of the entries."""
    for k in range(len(args)):
        set_at(args, k)
    return Domain((Array(args, _numbers(data)),))


def _numbers(data: object) -> str:
    if data not in ("integer", "real", "complex"):
        raise Mistyped("numbers are integer, real or complex")
    return str(data)


@rule("functions")
def _(args: tuple[Term, ...], data: object) -> Type:
    """All functions; arguments are the domains of the parameters, then of the result."""
    types = [set_at(args, k).items[0] for k in range(len(args))]
    return Domain((Function(tuple(types[:-1]), types[-1]),))


@rule("sequences")
def _(args: tuple[Term, ...], data: object) -> Type:
    return Domain((Sequence(set_at(args, 0).items[0]),))


@rule("graphs")
def _(args: tuple[Term, ...], data: object) -> Type:
    return Domain((GRAPH,))


def _graph(args: tuple[Term, ...], k: int) -> None:
    if not isinstance(args[k].type, Graph):
        raise Mistyped(f"expected a graph, found {show_type(args[k].type)}", k)


@rule("degree_matrix", "adjacency")
def _(args: tuple[Term, ...], data: object) -> Type:
    _graph(args, 0)
    axis = make("vertices", args[0])
    return Array((axis, axis), "integer")


@rule("degree")
def _(args: tuple[Term, ...], data: object) -> Type:
    """The degree of a vertex: (graph, vertex)."""
    _graph(args, 0)
    if args[1].type != Vertex(args[0]):
        raise Mistyped("expected a vertex of the graph", 1)
    return INTEGER


@rule("components")
def _(args: tuple[Term, ...], data: object) -> Type:
    _graph(args, 0)
    return INTEGER


@rule("cardinality")
def _(args: tuple[Term, ...], data: object) -> Type:
    set_at(args, 0)
    return INTEGER
