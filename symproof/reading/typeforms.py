"""What types mean: the words of a type to the type of a term, and to the set a quantifier ranges over."""

from __future__ import annotations

from dataclasses import dataclass

from symproof.reading.elaborate import Elaborator
from symproof.reading.names import ADJECTIVES
from symproof.reading.tree import Node, TypeTree
from symproof.terms.build import make, num
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


@dataclass(frozen=True, slots=True)
class Meaning:
    """A type with what its words say besides: attributes, and the least and greatest value."""

    type: Type
    attributes: frozenset[str] = frozenset()
    low: Term | None = None
    high: Term | None = None


def meaning(el: Elaborator, tree: TypeTree) -> Meaning:
    """The type that the tree names; raises Problem."""
    adjectives = {word.text for word in tree.adjectives}
    attributes = {ADJECTIVES[word] for word in adjectives if word in ADJECTIVES}
    entries = next((word for word in ("complex", "integer") if word in adjectives), "real")
    low = high = None
    type: Type
    if tree.base in ("real", "integer", "complex"):
        type = Scalar(tree.base)
    elif tree.base == "size":
        type, low = INTEGER, num(1)
        attributes.add("size")
    elif tree.base == "index":
        type, low, high = INTEGER, num(1), _size(el, tree)
    elif tree.base == "vertex":
        type = Vertex(_graph(el, tree))
    elif tree.base == "vector":
        type = Array(_axes(el, tree, 1), entries)
    elif tree.base == "matrix":
        type = Array(_axes(el, tree, 2), entries)
    elif tree.base == "array":
        type = Array(_axes(el, tree, None), entries)
    elif tree.base == "graph":
        type = GRAPH
    elif tree.base == "sequence":
        assert tree.result is not None
        inner = meaning(el, tree.result)
        type, low, high = Sequence(inner.type), inner.low, inner.high
        attributes |= inner.attributes - {"size"}
    elif tree.params:
        assert tree.result is not None
        parts = [meaning(el, part) for part in (*tree.params, tree.result)]
        for part, sub in zip(parts, (*tree.params, tree.result), strict=True):
            if part.attributes or part.low is not None:
                raise el.source.problem(
                    "attribute", "only plain types can stand in the type of a function", sub.start, sub.end
                )
        type = Function(tuple(part.type for part in parts[:-1]), parts[-1].type)
    else:
        assert tree.base == "function", tree.base
        type = Function((REAL,), REAL)
    for word in tree.adjectives:
        if word.text in ADJECTIVES:
            reason = misfit(ADJECTIVES[word.text], type)
            if reason:
                raise el.source.problem("attribute", f"{word.text}: {reason}", word.start, word.end)
    return Meaning(type, frozenset(attributes), low, high)


def misfit(attribute: str, type: Type) -> str:
    """Why the attribute does not fit the type, or nothing."""
    while isinstance(type, Sequence):
        type = type.item
    square = isinstance(type, Array) and len(type.axes) == 2 and type.axes[0] == type.axes[1]
    if attribute in ("symmetric", "orthogonal", "psd", "invertible") and not square:
        return "only a square matrix, matrix(n, n), can be that"
    if attribute == "diagonal" and not (isinstance(type, Array) and len(type.axes) == 2):
        return "only a matrix can be that"
    if attribute in ("connected", "bipartite") and not isinstance(type, Graph):
        return "only a graph can be that"
    if attribute in ("differentiable", "twice_differentiable", "continuous") and not isinstance(
        type, Function
    ):
        return "only a function can be that"
    if attribute in ("random", "independent") and not isinstance(type, Scalar | Array):
        return "only numbers, vectors, matrices and sequences of them can be that"
    return ""


def _axes(el: Elaborator, tree: TypeTree, count: int | None) -> tuple[Term, ...]:
    axes = tuple(axis(el, arg) for arg in tree.args)
    if tree.base == "matrix" and len(axes) == 1:
        axes *= 2
    if count is not None and len(axes) != count:
        form = "vector(n)" if count == 1 else "matrix(m, n)"
        raise el.source.problem(
            "arguments", f"{tree.base} with {len(axes)} sizes", tree.start, tree.end, expected=form
        )
    return axes


def axis(el: Elaborator, node: Node) -> Term:
    """A size n stands for the indices 1..n; a range or V(G) for itself."""
    from symproof.reading.binders import domain

    if node.kind == "range":
        return domain(el, node)
    found = el.term(node)
    if found.type == INTEGER:
        if found.op == "num" and found.data < 1:  # type: ignore[operator]
            raise el.problem("index", "a size is at least 1", node)
        return make("range", num(1), found)
    if found.op == "vertices":
        return found
    raise el.problem("type", "this is no size", node, expected="an integer such as n, a range a..b, or V(G)")


def _size(el: Elaborator, tree: TypeTree) -> Term:
    found = el.value(tree.args[0])
    if len(tree.args) != 1 or found.type != INTEGER:
        raise el.source.problem(
            "arguments", "index needs one size", tree.start, tree.end, expected="index(n)"
        )
    return found


def _graph(el: Elaborator, tree: TypeTree) -> Term:
    found = el.value(tree.args[0])
    if len(tree.args) != 1 or not isinstance(found.type, Graph):
        raise el.source.problem(
            "arguments", "vertex needs a graph", tree.start, tree.end, expected="vertex(G)"
        )
    return found


def domain_of(type: Type) -> Term:
    """The set of all things of a type."""
    if isinstance(type, Scalar):
        return make("numbers", data=type.domain)
    if isinstance(type, Array):
        return make("arrays", *type.axes, data=type.domain)
    if isinstance(type, Function):
        return make("functions", *map(domain_of, (*type.params, type.result)))
    if isinstance(type, Sequence):
        return make("sequences", domain_of(type.item))
    if isinstance(type, Vertex):
        return make("vertices", type.graph)
    assert isinstance(type, Graph) and not isinstance(type, Domain)
    return make("graphs")


def kind_of_type(type: Type) -> str:
    """What a name of the type is for the grammar."""
    if isinstance(type, Function):
        return "function"
    if isinstance(type, Graph):
        return "graph"
    while isinstance(type, Sequence):
        type = type.item
        if isinstance(type, Function):
            return "family"
    return "value"
