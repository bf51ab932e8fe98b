"""What types make of what only LaTeX writes: norms, T as a superscript, indices without a range."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.reading.elaborate import Elaborator, kind_of, reads
from symproof.reading.tree import Node
from symproof.terms.sizes import same_axis
from symproof.terms.tree import BINDERS, Term, bound_names
from symproof.terms.types import INTEGER, Array, Domain, Scalar, Sequence, Type

_OPS = {
    "sum": "sum",
    "product": "product",
    "max": "maximum",
    "min": "minimum",
    "argmax": "argmax",
    "argmin": "argmin",
}


@reads("magnitude")
def _magnitude(el: Elaborator, node: Node, want: Type | None) -> Term:
    """|x| and ‖x‖: an absolute value, a norm or a number of elements."""
    sign, kind = node.value
    inner = el.term(node.items[0])
    type = inner.type
    if isinstance(type, Domain) and sign == "|":
        return el.make("cardinality", inner, node=node)
    if isinstance(type, Array):
        if len(type.axes) == 1 and kind != "F":
            return el.make("norm", inner, node=node)
        op = {"F": "fronorm", "2": "opnorm"}.get(kind, kind)
        if len(type.axes) == 2 and op and sign == "‖":
            return el.make(op, inner, node=node)
        hint = "write \\|A\\|_2 or \\|A\\|_F, or say in the notation which norm is meant"
        raise el.problem("ambiguous", "bars around a matrix", node, hint=hint)
    if not isinstance(type, Scalar) or kind == "F":
        raise el.problem("type", f"a norm of {kind_of(inner)}", node)
    return el.make("call", inner, data="abs", node=node)


@reads("raised")
def _raised(el: Elaborator, node: Node, want: Type | None) -> Term:
    """A superscript T where T is declared: a power of a number, a transpose of a vector.

    Of a square matrix it may be either, unless the notation says that it is the transpose.
    """
    base_node, exponent = node.items
    base = el.value(base_node)
    if isinstance(base.type, Scalar):
        return el.make("pow", base, el.value(exponent), node=node)
    if isinstance(base.type, Array) and len(base.type.axes) == 2:
        square = same_axis(*base.type.axes)
        if not node.value and square and el.type_of(exponent.value, exponent) == INTEGER:
            hint = "write ^\\top for the transpose, or say it in the notation"
            raise el.problem("ambiguous", "a transpose, or the T-th power?", node, hint=hint)
    return el.make("transpose", base, node=node)


@reads("landau", "dots")
def _lone(el: Elaborator, node: Node, want: Type | None) -> Term:
    if node.kind == "dots":
        raise el.problem("latex", "these dots leave out what cannot be told", node)
    raise el.problem("syntax", f"`{node.value}(…)` stands alone behind an equals sign", node)


# --- indices without a range -------------------------------------------------------------------------


def uses(term: Term, name: str) -> Iterator[Term | None]:
    """The axes in which the free name is an index by itself; None for a place in a sequence."""
    stack = [term]
    while stack:
        node = stack.pop()
        if node.op == "index":
            found: Type = node.args[0].type
            for arg in node.args[1:]:
                axis = None
                if isinstance(found, Array):
                    axis = found.axes[0]
                    rest = found.axes[1:]
                    found = Array(rest, found.domain) if rest else Scalar(found.domain)
                elif isinstance(found, Sequence):
                    found = found.item
                if arg.op == "sym" and arg.data == name:
                    yield axis
        if node.op in BINDERS and name in bound_names(node):
            continue
        stack.extend(node.args)


def _place(el: Elaborator, term: Term, name: str, node: Node, whole: bool) -> Term:
    """The set that an index ranges over, as its use tells."""
    axes = list(uses(term, name))
    known = [axis for axis in axes if axis is not None]
    if not known and axes and whole:
        return el.make("numbers", data="integer", node=node)
    if not known:
        raise el.problem("latex", f"it is not said what `{name}` ranges over", node)
    if any(not same_axis(axis, known[0]) for axis in known):
        raise el.problem("ambiguous", f"`{name}` is an index of things of different sizes", node)
    return known[0]


@reads("over")
def _over(el: Elaborator, node: Node, want: Type | None) -> Term:
    """Σ_i x_i: over all indices that x has."""
    op, words = node.value
    names = [word.text for word in words]
    with el.binding(dict.fromkeys(names, INTEGER), node):
        body = el.value(node.items[0])
    places = [_place(el, body, name, node, whole=False) for name in names]
    return el.make(_OPS[op], body, *places, data=tuple((name,) for name in names), node=node)


@reads("every")
def _every(el: Elaborator, node: Node, want: Type | None) -> Term:
    """… ∀ i: for all values that the use of i, or its declaration, admits."""
    names = [word.text for word in node.value]
    declared = {name: el.types.get(name) for name in names}
    with el.binding({n: t if isinstance(t, Scalar) else INTEGER for n, t in declared.items()}, node):
        body, *conditions = (el.statement(item) for item in node.items)
        both = el.make("and", body, *conditions, node=node) if conditions else body
        places = []
        for name in names:
            type = declared[name]
            if isinstance(type, Scalar) and not list(uses(both, name)):
                places.append(el.make("numbers", data=type.domain, node=node))
            else:
                places.append(_place(el, both, name, node, whole=True))
    if conditions:
        condition = conditions[0] if len(conditions) == 1 else el.make("and", *conditions, node=node)
        body = el.make("implies", condition, body, node=node)
    return el.make("forall", body, *places, data=tuple((name,) for name in names), node=node)
