"""What derivatives in fractions and gradients mean.

The derivative in x of a term that contains x is taken as it stands.  In an entry x_i of a vector it is
the entry of the gradient; in a member h_{t-1} of a sequence the other members stay as they are.  A term
in which the variable does not occur has no derivative here that one could know: it is not 0.
"""

from __future__ import annotations

from symproof.reading.binders import smooth
from symproof.reading.elaborate import Elaborator, bare, reads, unknown
from symproof.reading.latex.elision import same
from symproof.reading.tree import Node, written_names
from symproof.terms.build import make, num, sym
from symproof.terms.sizes import polynomial
from symproof.terms.tree import Span, Term
from symproof.terms.types import INTEGER, Array, Function, Scalar, Sequence, Type


@reads("differential")
def _differential(el: Elaborator, node: Node, want: Type | None) -> Term:
    """∂f/∂x: (body, variable) or (body, variable, point); the value is the sign and the order."""
    order: int = node.value[1]
    body, variable = bare(node.items[0]), bare(node.items[1])
    if variable.kind == "name":
        point = el.value(node.items[2]) if len(node.items) == 3 else None
        return _in_name(el, node, body, variable, order, point)
    if variable.kind == "index" and variable.items[0].kind == "name" and len(node.items) == 2:
        base = variable.items[0]
        type = el.type_of(base.value, base)
        if isinstance(type, Array) and len(type.axes) == len(variable.items) - 1 and order == 1:
            whole = _in_name(el, node, body, base, 1, None)
            indices = [el.value(item) for item in variable.items[1:]]
            return el.make("index", whole, *indices, node=node)
        if isinstance(type, Sequence):
            return _in_member(el, node, body, variable, order)
    raise el.problem("latex", "a derivative in this variable is not read", variable)


def _in_name(el: Elaborator, node: Node, body: Node, variable: Node, order: int, point: Term | None) -> Term:
    name = variable.value
    declared = el.type_of(name, variable)
    if point is None:
        if declared is None:
            raise unknown(el, variable, name)
        if declared == INTEGER:
            raise el.problem("type", f"`{name}` is an integer", variable, expected="a real variable")
        point = sym(name, declared, Span(variable.start, variable.end))
    function = body.kind == "name" and isinstance(
        el.type_of(body.value, body, [smooth(point.type)]), Function
    )
    if name not in written_names(body) and not function:
        raise _unknown_dependence(el, node, body, variable)
    with el.binding({name: smooth(point.type)}, variable):
        found = el.value(body)
        if isinstance(found.type, Function):
            found = el.make("apply", found, sym(name, smooth(point.type)), node=body)
    return _taken(el, node, found, point, order, name)


def _in_member(el: Elaborator, node: Node, body: Node, variable: Node, order: int) -> Term:
    """In h_{t-1}: every place where it is written varies, the other members do not."""
    point = el.value(variable)
    name = next(
        n
        for n in ("u", "z", "w", *(f"u{k}" for k in range(99)))
        if n not in written_names(body) | set(el.types)
    )
    changed, count = _replaced(body, variable, name)
    if not count:
        raise _unknown_dependence(el, node, body, variable)
    with el.binding({name: smooth(point.type)}, variable):
        found = el.value(changed)
    for term in found.walk():
        if term.op == "index" and term.args[0] == point.args[0] and not _apart(term, point):
            raise el.problem("ambiguous", "does this change with the variable?", body)
    return _taken(el, node, found, point, order, name)


def _apart(one: Term, two: Term) -> bool:
    """Are the two places of a sequence different for all values of the letters?"""
    try:
        difference = polynomial(make("add", one.args[1], make("neg", two.args[1])))
    except OverflowError:
        return False
    return set(difference) == {()} and difference[()] != 0


def _replaced(node: Node, variable: Node, name: str) -> tuple[Node, int]:
    if node.kind == "index" and same(node, variable):
        return Node("name", name, (), node.start, node.end), 1
    found = [_replaced(item, variable, name) for item in node.items]
    count = sum(k for _, k in found)
    if not count:
        return node, 0
    return Node(node.kind, node.value, tuple(item for item, _ in found), node.start, node.end), count


def _unknown_dependence(el: Elaborator, node: Node, body: Node, variable: Node) -> Exception:
    start, end = variable.start, variable.end
    return el.source.problem(
        "latex",
        "the variable does not occur in what is differentiated, so the derivative is not known",
        start,
        end,
        hint="define what is differentiated, or give this derivative a notation",
    )


def _taken(el: Elaborator, node: Node, body: Term, point: Term, order: int, name: str) -> Term:
    """The derivative by the types: of a number or vector, in a number or vector."""
    bound = ((name,),)
    if isinstance(point.type, Scalar):
        return el.make("diff", body, point, num(order), data=bound, node=node)
    if isinstance(body.type, Array):
        if order == 1:
            return el.make("jacobian", body, point, data=bound, node=node)
    elif order == 1:
        return el.make("grad", body, point, data=bound, node=node)
    elif order == 2:
        return el.make("hessian", body, point, data=bound, node=node)
    raise el.problem("latex", "a derivative of this order in a vector is not read", node)


@reads("gradient")
def _gradient(el: Elaborator, node: Node, want: Type | None) -> Term:
    """∇_x f, ∇f(x), ∇²_x f."""
    order: int = node.value
    body = bare(node.items[0])
    if len(node.items) > 1:
        rest = node.items[1:]
        return _differential(
            el, Node("differential", ("∂", order), (body, *rest), node.start, node.end), want
        )
    if body.kind == "call" and len(body.items) == 1:
        type = el.type_of(body.value, body, [el.value(body.items[0]).type])
        if isinstance(type, Function):
            point = el.value(body.items[0])
            name = next(n for n in ("z", "u", "w") if n != body.value)
            smoothed = smooth(point.type)
            value = el.make("apply", sym(body.value, type), sym(name, smoothed), node=node)
            return _taken(el, node, value, point, order, name)
    raise el.problem("latex", "it is not said in which variable", node, expected="\\nabla_x f")
