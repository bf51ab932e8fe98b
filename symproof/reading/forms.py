"""What functions and other forms with arguments mean."""

from __future__ import annotations

from collections.abc import Callable

from symproof.reading import binders, costs
from symproof.reading.elaborate import Elaborator, kind_of, reads, unknown
from symproof.reading.names import FORMS as WORDS
from symproof.reading.names import SCALAR
from symproof.reading.tree import Node
from symproof.reading.typeforms import axis
from symproof.terms.build import FUNCTIONS, num, sym
from symproof.terms.tree import Span, Term
from symproof.terms.types import Array, Function, Graph, Type, Vertex

Form = Callable[[Elaborator, Node, Type | None], Term]

# Forms that are operators of their arguments: (operator, number of arguments).
SIMPLE = {
    "dot": ("dot", 2), "norm": ("norm", 1), "opnorm": ("opnorm", 1), "fronorm": ("fronorm", 1),
    "trace": ("trace", 1), "tr": ("trace", 1), "det": ("det", 1), "rank": ("rank", 1),
    "lambda_max": ("lambda_max", 1),
    "lambda_min": ("lambda_min", 1), "softmax": ("softmax", 1), "adjacency": ("adjacency", 1),
    "components": ("components", 1), "psd": ("psd", 1), "integrable": ("integrable", 1),
    "differentiable": ("differentiable", 1), "matpow": ("matpow", 2), "inverse": ("inverse", 1),
    "transpose": ("transpose", 1),
}  # fmt: skip


_WORDS = SCALAR | WORDS


@reads("call")
def _call(el: Elaborator, node: Node, want: Type | None) -> Term:
    name = node.value
    type = None
    if name in el.types:
        type = el.type_of(name, node)
    elif el.define is not None and name not in _WORDS and not any(map(_ranges, node.items)):
        type = el.type_of(name, node, [el.value(arg).type for arg in node.items])
    if type is not None and name not in ("V", "E"):
        return _applied(el, sym(name, type, Span(node.start, node.start + len(name))), node.items, node)
    if name in SCALAR:
        return _scalar(el, name, node, want)
    if name in SIMPLE:
        op, count = SIMPLE[name]
        return el.make(op, *_arguments(el, node, count), node=node)
    form = FORMS.get(name)
    if form is None:
        raise unknown(el, Node("name", name, (), node.start, node.start + len(name)), name)
    return form(el, node, want)


def _ranges(node: Node) -> bool:
    """Does an argument say where an index runs, which those of functions do not?"""
    return node.kind == "forall" or binders.clause_of(node) is not None


@reads("apply")
def _apply(el: Elaborator, node: Node, want: Type | None) -> Term:
    return _applied(el, el.term(node.items[0]), node.items[1:], node)


def _applied(el: Elaborator, function: Term, args: tuple[Node, ...], node: Node) -> Term:
    if not isinstance(function.type, Function):
        hint = "a product is written with a space or *; members of a sequence or vector as x[i]"
        raise el.problem("type", f"{kind_of(function)} is no function", node, hint=hint)
    params = function.type.params
    if len(args) != len(params):
        raise el.problem("arguments", f"expected {len(params)} argument(s), found {len(args)}", node)
    values = [el.value(arg, param) for arg, param in zip(args, params, strict=True)]
    return el.make("apply", function, *values, node=node)


def _arguments(el: Elaborator, node: Node, count: int) -> list[Term]:
    if len(node.items) != count:
        raise el.problem(
            "arguments", f"{node.value} takes {count} argument(s), found {len(node.items)}", node
        )
    return [el.value(item) for item in node.items]


def _scalar(el: Elaborator, name: str, node: Node, want: Type | None) -> Term:
    """A function of numbers; one of one number is taken entry by entry of an array."""
    arity = FUNCTIONS[name][0]
    assert arity is not None
    if len(node.items) != arity:
        raise el.problem("arguments", f"{name} takes {arity} argument(s), found {len(node.items)}", node)
    wanted = want if arity == 1 and isinstance(want, Array) else None
    return el.make("call", *(el.value(item, wanted) for item in node.items), data=name, node=node)


@reads("bracketed")
def _bracketed(el: Elaborator, node: Node, want: Type | None) -> Term:
    """E[x], Var[x], Cov[x, y] (Cov[x] is Cov[x, x]) and P[statement]."""
    op, items = node.value, node.items
    if op == "covariance":
        values = [el.value(item) for item in items]
        if not 1 <= len(values) <= 2:
            raise el.problem("arguments", "Cov takes one or two arguments", node, expected="Cov[x, y]")
        return el.make(op, values[0], values[-1], node=node)
    if len(items) != 1:
        raise el.problem("arguments", "one argument is needed between the brackets", node)
    if op == "probability":
        return el.make(op, el.statement(items[0]), node=node)
    return el.make(op, el.value(items[0], want), node=node)


# --- forms by name ------------------------------------------------------------------------------------


def _binder(op: str) -> Form:
    """sum and product; with one vector, over its entries."""

    def form(el: Elaborator, node: Node, want: Type | None) -> Term:
        if len(node.items) == 1 and node.items[0].kind != "forall":
            found = binders.over_entries(op, el, node)
            if found is None:
                raise el.problem(
                    "arguments",
                    f"{node.value} needs an index and its range",
                    node,
                    expected=f"{node.value}(body, i = 1..n)",
                )
            return found
        return binders.binder(op, el, node, single=op in ("argmax", "argmin"))

    return form


def _mean(el: Elaborator, node: Node, want: Type | None) -> Term:
    """mean(x) and mean(body, i = 1..n): the sum divided by how many there are."""
    total = _binder("sum")(el, node, want)
    counts = [_count(el, domain, node) for domain in total.args[1:]]
    return el.make("div", total, el.make("mul", *counts, node=node) if counts[1:] else counts[0], node=node)


def _count(el: Elaborator, domain: Term, node: Node) -> Term:
    """How many indices there are: n for 1..n."""
    if domain.op != "range":
        return el.make("cardinality", domain, node=node)
    low, high = domain.args
    if low == num(1):
        return high
    return el.make("add", high, el.make("neg", low, node=node), num(1), node=node)


def _extreme(op: str, name: str) -> Form:
    """max(a, b) of numbers, max(body, i = 1..n) over a range, max(x) over the entries of a vector."""
    over = _binder(op)

    def form(el: Elaborator, node: Node, want: Type | None) -> Term:
        if len(node.items) == 1 and node.items[0].kind != "forall":
            found = binders.over_entries(op, el, node)
            if found is not None:
                return found
        elif len(node.items) == 1 or binders.clause_of(node.items[-1]) is not None:
            return over(el, node, want)
        return el.make("call", *(el.value(item) for item in node.items), data=name, node=node)

    return form


def _array(rank: int | None) -> Form:
    def form(el: Elaborator, node: Node, want: Type | None) -> Term:
        if node.items[0].kind != "forall" and not any(binders.clause_of(item) for item in node.items):
            raise el.problem(
                "statement", f"{node.value}(…) with sizes is a type, not a term", node,
                expected="vector(body, i = 1..n), matrix(body, i = 1..m, j = 1..n) or [1, 2, 3]",
            )  # fmt: skip
        found = binders.binder("array", el, node)
        if rank is not None and len(found.args) != rank + 1:
            raise el.problem("arguments", f"a {node.value} has {rank} index(es)", node)
        return found

    return form


def _cases(el: Elaborator, node: Node, want: Type | None) -> Term:
    *pairs, last = node.items
    if not pairs or last.kind == "if" or any(pair.kind != "if" for pair in pairs):
        raise el.problem(
            "arguments", "these are no cases", node, expected="cases(x if x > 0, 0 if x = 0, -x)"
        )
    parts: list[Term] = []
    for pair in pairs:
        parts += [el.statement(pair.items[1]), el.value(pair.items[0])]
    return el.make("cases", *parts, el.value(last), node=node)


def _filled(name: str) -> Form:
    """ones(n), zeros(m, n), I(n)."""

    def form(el: Elaborator, node: Node, want: Type | None) -> Term:
        axes = [axis(el, item) for item in node.items]
        if name == "eye":
            if len(axes) != 1:
                raise el.problem("arguments", "I takes one size", node, expected="I(n)")
            return el.make("eye", axes[0], node=node)
        row = name.startswith("row_")
        return el.make(name.removeprefix("row_"), *axes, data=True if row else None, node=node)

    return form


def _identity(el: Elaborator, node: Node, want: Type | None) -> Term:
    """I(n); before a matrix in parentheses, a product."""
    if len(node.items) == 1 and node.items[0].kind != "range":
        inner = el.attempt(node.items[0])
        if inner is not None and isinstance(inner.type, Array):
            name = Node("name", "I", (), node.start, node.start + 1)
            group = Node("group", None, node.items, node.start + 1, node.end)
            return el.term(Node("product", ("*", " "), (name, group), node.start, node.end), want)
    return _filled("eye")(el, node, want)


def _degree(el: Elaborator, node: Node, want: Type | None) -> Term:
    """degree(v) of a vertex, degree(G) the diagonal matrix of degrees."""
    (argument,) = _arguments(el, node, 1)
    if isinstance(argument.type, Vertex):
        return el.make("degree", argument.type.graph, argument, node=node)
    if isinstance(argument.type, Graph):
        return el.make("degree_matrix", argument, node=node)
    raise el.problem("type", f"degree of {kind_of(argument)}", node, expected="a vertex or a graph")


def _laplacian(el: Elaborator, node: Node, want: Type | None) -> Term:
    (graph,) = _arguments(el, node, 1)
    adjacency = el.make("adjacency", graph, node=node)
    return el.make(
        "add", el.make("degree_matrix", graph, node=node), el.make("neg", adjacency, node=node), node=node
    )


def _graph_set(op: str) -> Form:
    def form(el: Elaborator, node: Node, want: Type | None) -> Term:
        (graph,) = _arguments(el, node, 1)
        if not isinstance(graph.type, Graph):
            name = node.value
            hint = "an expectation is written E[x]" if name == "E" else ""
            raise el.problem("type", f"{name}(…) needs a graph, found {kind_of(graph)}", node, hint=hint)
        return el.make(op, graph, node=node)

    return form


def _diag(el: Elaborator, node: Node, want: Type | None) -> Term:
    inner = Array(want.axes[:1]) if isinstance(want, Array) and len(want.axes) == 2 else None
    if len(node.items) != 1:
        return el.make("diag", *_arguments(el, node, 1), node=node)
    return el.make("diag", el.value(node.items[0], inner), node=node)


def _hadamard(el: Elaborator, node: Node, want: Type | None) -> Term:
    if len(node.items) != 2:
        raise el.problem("arguments", "hadamard takes two arguments", node)
    return el.make("hadamard", *el.several(node.items, want), node=node)


def _softmax_columns(el: Elaborator, node: Node, want: Type | None) -> Term:
    return el.make("softmax", *_arguments(el, node, 1), data="columns", node=node)


def _independent(el: Elaborator, node: Node, want: Type | None) -> Term:
    return el.make("independent", *(el.value(item) for item in node.items), node=node)


def _gamma(el: Elaborator, node: Node, want: Type | None) -> Term:
    return el.make("call", *_arguments(el, node, 1), data="gamma", node=node)


def _order_alone(el: Elaborator, node: Node, want: Type | None) -> Term:
    form = "f = Theta(g) in n" if node.value == "Θ" else f"f = {node.value}(g) as x -> 0"
    raise el.problem("syntax", f"`{node.value}` stands behind an equals sign", node, expected=form)


FORMS: dict[str, Form] = {
    "sum": _binder("sum"),
    "product": _binder("product"),
    "mean": _mean,
    "argmax": _binder("argmax"),
    "argmin": _binder("argmin"),
    "max": _extreme("maximum", "max"),
    "min": _extreme("minimum", "min"),
    "vector": _array(1),
    "matrix": _array(2),
    "array": _array(None),
    "fn": lambda el, node, want: binders.lambda_(el, node),
    "integral": lambda el, node, want: binders.integral(el, node),
    "limit": lambda el, node, want: binders.limit(el, node),
    "diff": lambda el, node, want: binders.derivative("diff", el, node),
    "grad": lambda el, node, want: binders.derivative("grad", el, node),
    "jacobian": lambda el, node, want: binders.derivative("jacobian", el, node),
    "hessian": lambda el, node, want: binders.derivative("hessian", el, node),
    "cases": _cases,
    "ones": _filled("ones"),
    "zeros": _filled("zeros"),
    "row_ones": _filled("row_ones"),
    "row_zeros": _filled("row_zeros"),
    "eye": _filled("eye"),
    "I": _identity,
    "degree": _degree,
    "laplacian": _laplacian,
    "V": _graph_set("vertices"),
    "E": _graph_set("edges"),
    "diag": _diag,
    "hadamard": _hadamard,
    "softmax_columns": _softmax_columns,
    "independent": _independent,
    "operations": costs.operations,
    "multiplications": costs.multiplications,
    "storage": costs.storage,
    "Γ": _gamma,
    "γ": _gamma,
    "o": _order_alone,
    "O": _order_alone,
    "Θ": _order_alone,
}
