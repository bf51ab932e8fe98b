"""What numbers, names, sums, products, powers, bars, lists and indices mean."""

from __future__ import annotations

from fractions import Fraction

from symproof.reading.elaborate import Elaborator, bare, kind_of, reads, unknown
from symproof.reading.names import CONSTANTS
from symproof.reading.tree import Node
from symproof.terms.build import make, num, show_type, sym
from symproof.terms.plain import plain
from symproof.terms.sizes import polynomial
from symproof.terms.tree import Span, Term
from symproof.terms.types import INTEGER, Array, Domain, Function, Prop, Scalar, Sequence, Type

# --- numbers and names -----------------------------------------------------------------


@reads("number")
def _number(el: Elaborator, node: Node, want: Type | None) -> Term:
    if node.value == 0 and isinstance(want, Array):
        return zeros(el, want, node)
    return num(node.value, Span(node.start, node.end))


def zeros(el: Elaborator, shape: Array, node: Node) -> Term:
    """The zero of a shape."""
    found = el.make("zeros", *shape.axes, node=node)
    return el.make("transpose", found, node=node) if shape.row else found


@reads("name")
def _name(el: Elaborator, node: Node, want: Type | None) -> Term:
    name, span = node.value, Span(node.start, node.end)
    type = el.type_of(name, node)
    if type is not None:
        return sym(name, type, span)
    if name in CONSTANTS or name == "i":
        return el.make("const", data=CONSTANTS.get(name, "i"), node=node)
    if name in ("true", "false"):
        return el.make(name, node=node)
    if name in ("I", "ones", "zeros"):
        if not isinstance(want, Array):
            raise el.needs_size(node, name)
        if name == "zeros":
            return zeros(el, want, node)
        if name == "I":
            if len(want.axes) != 2:
                raise el.problem("type", f"`I` is a matrix; here a {show_type(want)} is needed", node)
            return el.make("eye", want.axes[0], node=node)
        found = el.make("ones", *want.axes, node=node)
        return el.make("transpose", found, node=node) if want.row else found
    raise unknown(el, node, name)


# --- sums, products, powers ----------------------------------------------------------------


@reads("neg")
def _neg(el: Elaborator, node: Node, want: Type | None) -> Term:
    inner = node.items[0]
    literal = literal_of(inner)
    if literal is not None and not (literal == 0 and isinstance(want, Array)):
        return num(-literal, Span(node.start, node.end))
    return el.make("neg", el.value(inner, want), node=node)


def literal_of(node: Node) -> Fraction | None:
    """The number that a bare numeral or quotient of numerals is."""
    if node.kind == "number":
        value: Fraction = node.value
        return value
    if node.kind == "product" and node.value == ("*", "/"):
        top, below = node.items
        if top.kind == below.kind == "number" and below.value and whole(top.value) and whole(below.value):
            return Fraction(top.value / below.value)
    return None


def whole(value: Fraction) -> bool:
    return value.denominator == 1


@reads("sum")
def _sum(el: Elaborator, node: Node, want: Type | None) -> Term:
    terms = el.several(node.items, want)
    parts = []
    for sign, term, item in zip(node.value, terms, node.items, strict=True):
        if isinstance(term.type, Prop | Domain):
            raise el.problem("statement", f"{kind_of(term)} cannot be added", item)
        if not isinstance(term.type, Scalar | Array):
            raise el.problem("type", f"{kind_of(term)} cannot be added", item, hint=_values_hint(el, item))
        parts.append(el.make("neg", term, node=item) if sign == "-" else term)
    first = next((t for t in terms if isinstance(t.type, Array)), None)
    hint = ""
    if first is not None and any(isinstance(t.type, Scalar) for t in terms):
        hint = "a number and an array are not added; write c ones(n) for the array whose entries are c"
    return el.make("add", *parts, node=node, hint=hint)


@reads("product")
def _product(el: Elaborator, node: Node, want: Type | None) -> Term:
    """From the left: numbers collect in front, arrays multiply, a finished x' y is a number again."""
    literal = literal_of(node)
    if literal is not None:
        return num(literal, Span(node.start, node.end))
    items = list(node.items)
    ops = list(node.value)
    head = None
    if len(items) > 2 and ops[1] == "/":
        quotient = Node("product", ("*", "/"), (items[0], items[1]), items[0].start, items[1].end)
        if literal_of(quotient) is not None:
            head = num(literal_of(quotient) or 0, Span(quotient.start, quotient.end))
            items[:2], ops[:2] = [quotient], ["*"]
    found = [el.attempt(item) for item in items]
    if head is not None:
        found[0] = head
    scalars: list[Term] = []
    array: Term | None = None
    for k, (op, item) in enumerate(zip(ops, items, strict=True)):
        term = found[k]
        if term is None:
            term = el.term(item, _beside(item, _shape(array), _following(found[k + 1 :]), want))
        so_far = Node("product", None, (), node.start, item.end)
        if op == "/":
            top = _joined(el, scalars, array, so_far)
            quotient_term = el.make("div", top, term, node=so_far)
            scalars, array = ([], quotient_term) if isinstance(top.type, Array) else ([quotient_term], None)
        elif op == "⊙":
            left = _joined(el, scalars, array, so_far)
            scalars, array = [], el.make("hadamard", left, term, node=so_far)
        elif isinstance(term.type, Array):
            if array is None:
                array = term
            else:
                array = el.make("matmul", array, term, node=so_far)
                if isinstance(array.type, Scalar):
                    scalars, array = [*scalars, array], None
        elif isinstance(term.type, Scalar):
            if k and op == " ":
                _unlike_an_entry(el, items[k - 1], item, term)
            scalars.append(term)
        else:
            raise el.problem(
                "type", f"{kind_of(term)} is no factor of a product", item, hint=_values_hint(el, item)
            )
    return _joined(el, scalars, array, node)


def _joined(el: Elaborator, scalars: list[Term], array: Term | None, node: Node) -> Term:
    if not scalars:
        assert array is not None
        return array
    number = scalars[0] if len(scalars) == 1 else el.make("mul", *scalars, node=node)
    return number if array is None else el.make("scale", number, array, node=node)


def _shape(term: Term | None) -> Array | None:
    return term.type if term is not None and isinstance(term.type, Array) else None


def _following(terms: list[Term | None]) -> Array | None:
    """The type of the next array."""
    return next((t.type for t in terms if t is not None and isinstance(t.type, Array)), None)


def _beside(item: Node, left: Array | None, right: Array | None, want: Type | None) -> Array | None:
    """The type of an unsized factor between its neighbours."""
    first = left.axes[-1] if left is not None else None
    last = right.axes[0] if right is not None and not right.row else None
    if isinstance(want, Array):
        if left is None and not want.row:
            first = want.axes[0]
        if right is None and (want.row or len(want.axes) == 2):
            last = want.axes[-1]
    rank = _rank(item)
    if rank == "column":
        return Array((first,)) if first is not None else None
    if rank == "row":
        return Array((last,), row=True) if last is not None else None
    if first is None or last is None:
        first = last = first or last
    return Array((first, last)) if first is not None and last is not None else None


def _rank(node: Node) -> str:
    """What an unsized piece is: a column (`ones`), a row (`ones'`) or a matrix."""
    node = bare(node)
    if node.kind == "name":
        return "matrix" if node.value == "I" else "column"
    if node.kind in ("prime", "turned"):
        return {"column": "row", "row": "column"}.get(_rank(node.items[0]), "matrix")
    if node.kind in ("neg", "sum"):
        return _rank(node.items[0])
    return "matrix"


def _values_hint(el: Elaborator, node: Node) -> str:
    """How the values of a name that is no number are written."""
    type = el.types.get(node.value) if node.kind == "name" else None
    if isinstance(type, Sequence):
        return f"members of a sequence are written {node.value}[t]"
    if isinstance(type, Function):
        return f"values of a function are written {node.value}(x)"
    return ""


def _unlike_an_entry(el: Elaborator, before: Node, item: Node, term: Term) -> None:
    """x(1) could be the entry x[1] as well as a product."""
    adjacent = item.kind == "group" and before.kind == "name" and before.end == item.start
    if adjacent and term.type == INTEGER and isinstance(el.types.get(before.value), Array):
        hint = f"write {before.value}[…] for an entry, {before.value} (…) for a product"
        raise el.problem("ambiguous", f"`{before.value}(…)` is no function", item, hint=hint)


@reads("power")
def _power(el: Elaborator, node: Node, want: Type | None) -> Term:
    base_node, exponent_node = node.items
    if exponent_node.kind == "name" and exponent_node.value == "T" and "T" not in el.types:
        return _transposed(el, base_node, 1, node, want)
    exponent = el.value(exponent_node)
    base = el.value(base_node, want if isinstance(want, Array) and len(want.axes) == 2 else None)
    if isinstance(base.type, Array):
        if len(base.type.axes) == 1:
            raise el.problem(
                "type",
                f"a {show_type(base.type)} has no powers",
                base_node,
                hint="write |x|^2 or x' x for the squared norm, hadamard(x, x) for entries",
            )
        if exponent.op == "num" and exponent.data == -1 and exponent_node.kind == "neg":
            return el.make("inverse", base, node=node)
        return el.make("matpow", base, exponent, node=node)
    return el.make("pow", base, exponent, node=node)


@reads("prime", "turned")  # ', and ⊤ behind a bracket, in which there may be a number
def _prime(el: Elaborator, node: Node, want: Type | None) -> Term:
    return _transposed(el, node.items[0], node.value, node, want)


def _transposed(el: Elaborator, inner: Node, count: int, node: Node, want: Type | None) -> Term:
    if isinstance(want, Array) and count % 2:
        row = not want.row if len(want.axes) == 1 else want.row
        want = Array(want.axes[::-1], want.domain, row)
    found = el.value(inner, want)
    if node.kind == "turned" and isinstance(found.type, Scalar):
        return found
    if not isinstance(found.type, Array):
        what = f"{kind_of(found)} has no transpose"
        hint = "a derivative is written f'(x) with declared f, or diff(f, x)"
        raise el.problem("type", what, node, hint=hint)
    for _ in range(count):
        found = el.make("transpose", found, node=node)
    return found


@reads("bars")
def _bars(el: Elaborator, node: Node, want: Type | None) -> Term:
    inner = el.term(node.items[0])
    type = inner.type
    if isinstance(type, Domain):
        return el.make("cardinality", inner, node=node)
    if isinstance(type, Array):
        if len(type.axes) == 1:
            return el.make("norm", inner, node=node)
        raise el.problem(
            "ambiguous", "bars around a matrix", node, hint="write opnorm(A), fronorm(A) or det(A)"
        )
    if node.value == "‖":
        raise el.problem("type", f"a norm of {show_type(type)}", node, hint="write |x| for an absolute value")
    return el.make("call", inner, data="abs", node=node)


# --- lists and indices -------------------------------------------------------------------------


@reads("list")
def _list(el: Elaborator, node: Node, want: Type | None) -> Term:
    items = node.items
    if len(items) == 1 and items[0].kind not in ("list", "number"):
        only = el.term(items[0])
        if isinstance(only.type, Prop):
            return el.make("bracket", only, node=node)
        return el.make("entries", only, node=node)
    return el.make("entries", *(el.value(item) for item in items), node=node)


@reads("index")
def _index(el: Elaborator, node: Node, want: Type | None) -> Term:
    base = el.value(node.items[0])
    indices = [el.value(item) for item in node.items[1:]]
    if not isinstance(base.type, Array | Sequence):
        raise el.problem("type", f"{kind_of(base)} has no index", node)
    for index, item in zip(indices, node.items[1:], strict=True):
        if index.op == "const" and index.data == "i":
            hint = "say what it ranges over: `… for i in 1..n`; alone it is the imaginary unit"
            raise el.problem("name", "`i` is not declared", item, hint=hint)
    found = el.make("index", base, *indices, node=node)
    _inside(el, base.type, indices, node)
    return found


def _inside(el: Elaborator, type: Type, indices: list[Term], node: Node) -> None:
    """No index that is outside its axis whatever the sizes are."""
    for index, item in zip(indices, node.items[1:], strict=True):
        if isinstance(type, Sequence):
            type = type.item
        elif isinstance(type, Array):
            axis = type.axes[0]
            type = Array(type.axes[1:]) if type.axes[1:] else Scalar(type.domain)
            if axis.op != "range":
                continue
            low, high = axis.args
            if _below(index, low) or _below(high, index):
                raise el.problem(
                    "index", f"the index {plain(index)} is outside {plain(low)}..{plain(high)}", item
                )
        else:
            return


def _below(left: Term, right: Term) -> bool:
    """Is left < right for all values of the letters, by a constant difference?"""
    if "oo" in (left.data, right.data):
        return False
    try:
        difference = polynomial(make("add", right, make("neg", left)))
    except OverflowError:
        return False
    return set(difference) == {()} and difference[()] > 0
