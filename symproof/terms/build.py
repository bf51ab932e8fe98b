"""Making terms: every operator with its typing rule.

`make(op, *args, data=…)` checks the arguments and computes the type, or raises
`Mistyped`.  Overloading is resolved before this point: reading decides whether
a bar is a norm and juxtaposition a matrix product, and the rules here say only
what each resolved operator means.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symproof.terms.sizes import same_axis
from symproof.terms.tree import Span, Term
from symproof.terms.types import (
    COMPLEX,
    GRAPH,
    INTEGER,
    PROP,
    REAL,
    Array,
    Domain,
    Function,
    Graph,
    Prop,
    Scalar,
    Sequence,
    Type,
    Vertex,
    join,
    within,
)


class Mistyped(Exception):
    """The arguments do not fit the operator; `argument` is the index of the one to blame."""

    def __init__(self, reason: str, argument: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.argument = argument


Rule = Callable[[tuple[Term, ...], object], Type]
RULES: dict[str, Rule] = {}

# Scalar functions by name: (number of arguments or None for one or more, result domain).
FUNCTIONS: dict[str, tuple[int | None, str | None]] = {
    **dict.fromkeys(
        "exp log sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh "
        "sigmoid softplus relu erf gamma".split(),
        (1, None),
    ),
    "abs": (1, None),
    "re": (1, "real"),
    "im": (1, "real"),
    "conj": (1, None),
    "sign": (1, "integer"),
    "floor": (1, "integer"),
    "ceil": (1, "integer"),
    "factorial": (1, "integer"),
    "binomial": (2, "integer"),
    "mod": (2, "integer"),
    "max": (None, None),
    "min": (None, None),
}
CONSTANTS: dict[str, Type] = {"pi": REAL, "e": REAL, "oo": REAL, "i": COMPLEX}


# How many arguments an operator takes, where its rule does not say.
ARITY: dict[str, int] = {
    **dict.fromkeys("true false const numbers graphs".split(), 0),
    **dict.fromkeys(
        "neg transpose inverse norm opnorm fronorm trace det lambda_max lambda_min rank diag eye softmax "
        "vertices edges sequences degree_matrix adjacency components cardinality bracket expect variance "
        "probability not differentiable psd integrable solve".split(),
        1,
    ),
    **dict.fromkeys(
        "div pow scale matmul hadamard matpow dot range interval degree grad jacobian hessian covariance "
        "eq ne lt le gt ge implies iff in theta argmax argmin".split(),
        2,
    ),
    **dict.fromkeys("integral diff limit little_o big_o".split(), 3),
}
AT_LEAST: dict[str, int] = {
    **dict.fromkeys(
        "add mul index functions sum product maximum minimum array lambda forall exists".split(), 2
    ),
    **dict.fromkeys("and or call apply entries ones zeros arrays cases independent".split(), 1),
}


def make(op: str, *args: Term, data: object = None, span: Span | None = None) -> Term:
    """The term, typed; raises Mistyped."""
    if ARITY.get(op, len(args)) != len(args) or len(args) < AT_LEAST.get(op, 0):
        raise Mistyped(f"{op} does not take {len(args)} argument(s)")
    return Term(op, args, data, RULES[op](args, data), span)


def num(value: int | Fraction, span: Span | None = None) -> Term:
    """An exact number."""
    value = Fraction(value)
    return Term("num", (), value, INTEGER if value.denominator == 1 else REAL, span)


def sym(name: str, type: Type, span: Span | None = None) -> Term:
    """A declared or bound symbol."""
    return Term("sym", (), name, type, span)


def show_type(type: Type) -> str:
    """A type in the words of the claim language."""
    from symproof.terms.plain import plain_type

    return plain_type(type)


def _rule(*ops: str) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        for op in ops:
            RULES[op] = rule
        return rule

    return register


def _domain(args: tuple[Term, ...], k: int) -> str:
    """The domain of a scalar argument."""
    found = args[k].type
    if not isinstance(found, Scalar):
        raise Mistyped(f"expected a number, found {show_type(found)}", k)
    return found.domain


def _integer(args: tuple[Term, ...], k: int) -> None:
    if _domain(args, k) != "integer":
        raise Mistyped("expected an integer", k)


def _array(args: tuple[Term, ...], k: int, rank: int | None = None) -> Array:
    found = args[k].type
    wanted = {None: "a vector or matrix", 1: "a vector", 2: "a matrix"}.get(rank, "an array")
    if not isinstance(found, Array) or (rank is not None and len(found.axes) != rank):
        raise Mistyped(f"expected {wanted}, found {show_type(found)}", k)
    return found


def _square(args: tuple[Term, ...], k: int) -> Array:
    found = _array(args, k, 2)
    if not same_axis(*found.axes):
        raise Mistyped(f"expected a square matrix, found {show_type(found)}", k)
    return found


def _prop(args: tuple[Term, ...], k: int) -> None:
    if not isinstance(args[k].type, Prop):
        raise Mistyped(f"expected a statement, found {show_type(args[k].type)}", k)


def _set(args: tuple[Term, ...], k: int) -> Domain:
    found = args[k].type
    if not isinstance(found, Domain):
        raise Mistyped(f"expected a range or set, found {show_type(found)}", k)
    return found


def same_type(left: Type, right: Type) -> bool:
    """Do the two types agree, integer, real and complex numbers taken together?"""
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        return True
    if isinstance(left, Array) and isinstance(right, Array):
        return (
            len(left.axes) == len(right.axes)
            and (left.row == right.row)
            and all(same_axis(a, b) for a, b in zip(left.axes, right.axes, strict=True))
        )
    if isinstance(left, Sequence) and isinstance(right, Sequence):
        return same_type(left.item, right.item)
    if isinstance(left, Function) and isinstance(right, Function):
        return (
            len(left.params) == len(right.params)
            and all(map(same_type, left.params, right.params))
            and same_type(left.result, right.result)
        )
    return left == right


def fits(found: Type, wanted: Type) -> bool:
    """May a term of type `found` stand where `wanted` is declared?"""
    if isinstance(found, Scalar) and isinstance(wanted, Scalar):
        return within(found.domain, wanted.domain)
    if isinstance(found, Array) and isinstance(wanted, Array):
        return same_type(found, wanted) and within(found.domain, wanted.domain)
    return same_type(found, wanted)


# --- numbers -----------------------------------------------------------------


@_rule("const")
def _(args: tuple[Term, ...], data: object) -> Type:
    return CONSTANTS[str(data)]


@_rule("add")
def _(args: tuple[Term, ...], data: object) -> Type:
    if len(args) < 2:
        raise Mistyped("a sum needs two terms")
    first = args[0].type
    if isinstance(first, Scalar):
        return Scalar(join(*(_domain(args, k) for k in range(len(args)))))
    shape = _array(args, 0)
    for k in range(1, len(args)):
        if not same_type(shape, args[k].type):
            raise Mistyped(f"cannot add {show_type(args[k].type)} to {show_type(shape)}", k)
    return Array(shape.axes, join(*(_array(args, k).domain for k in range(len(args)))), shape.row)


@_rule("neg")
def _(args: tuple[Term, ...], data: object) -> Type:
    return args[0].type if isinstance(args[0].type, Array) else Scalar(_domain(args, 0))


@_rule("mul")
def _(args: tuple[Term, ...], data: object) -> Type:
    return Scalar(join(*(_domain(args, k) for k in range(len(args)))))


@_rule("div")
def _(args: tuple[Term, ...], data: object) -> Type:
    below = join("real", _domain(args, 1))
    top = args[0].type
    if isinstance(top, Array):
        return Array(top.axes, join(top.domain, below), top.row)
    return Scalar(join(_domain(args, 0), below))


@_rule("pow")
def _(args: tuple[Term, ...], data: object) -> Type:
    base, exponent = _domain(args, 0), _domain(args, 1)
    natural = args[1].op == "num" and exponent == "integer" and args[1].data >= 0  # type: ignore[operator]
    return Scalar(base if natural else join("real", base, exponent))


@_rule("call")
def _(args: tuple[Term, ...], data: object) -> Type:
    arity, result = FUNCTIONS[str(data)]
    if arity is None and not args or arity is not None and len(args) != arity:
        raise Mistyped(f"{data} takes {arity or 'one or more'} argument(s), found {len(args)}")
    if data in ("factorial", "binomial", "mod"):
        for k in range(len(args)):
            _integer(args, k)
    first = args[0].type
    if arity == 1 and isinstance(first, Array):  # elementwise
        return Array(first.axes, result or join("real", first.domain), first.row)
    domain = join(*(_domain(args, k) for k in range(len(args))))
    if result is None:
        keeps = data in ("abs", "max", "min", "relu", "conj")
        result = domain if keeps else join("real", domain)
        if data == "abs" and domain == "complex":
            result = "real"
    return Scalar(result)


@_rule("apply")
def _(args: tuple[Term, ...], data: object) -> Type:
    function = args[0].type
    if not isinstance(function, Function):
        raise Mistyped(f"expected a function, found {show_type(function)}", 0)
    if len(args) - 1 != len(function.params):
        raise Mistyped(f"expected {len(function.params)} argument(s), found {len(args) - 1}", 0)
    if len(args) == 2 and isinstance(function.params[0], Scalar):
        found = args[1].type
        if isinstance(found, Array) and isinstance(function.result, Scalar):  # elementwise
            if not within(found.domain, function.params[0].domain):
                raise Mistyped(
                    f"expected {show_type(function.params[0])} entries, found {show_type(found)}", 1
                )
            return Array(found.axes, function.result.domain, found.row)
    for k, wanted in enumerate(function.params, start=1):
        if not fits(args[k].type, wanted):
            raise Mistyped(f"expected {show_type(wanted)}, found {show_type(args[k].type)}", k)
    return function.result


# --- arrays ------------------------------------------------------------------


@_rule("scale")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = _array(args, 1)
    return Array(shape.axes, join(_domain(args, 0), shape.domain), shape.row)


@_rule("matmul")
def _(args: tuple[Term, ...], data: object) -> Type:
    left, right = _array(args, 0), _array(args, 1)
    domain = join(left.domain, right.domain)
    column = len(right.axes) == 1 and not right.row
    if len(left.axes) == 1 and not left.row:
        if len(right.axes) == 1 and right.row:  # outer product
            return Array((left.axes[0], right.axes[0]), domain)
        raise Mistyped(
            f"cannot multiply {show_type(left)} by {show_type(right)}; did you mean x' (a transpose)?", 1
        )
    if len(right.axes) == 1 and right.row:
        raise Mistyped(f"cannot multiply {show_type(left)} by a transposed vector", 1)
    if not same_axis(left.axes[-1], right.axes[0]):
        raise Mistyped(f"sizes do not fit: {show_type(left)} times {show_type(right)}", 1)
    if left.row:
        return Scalar(domain) if column else Array((right.axes[1],), domain, row=True)
    return Array((left.axes[0],) if column else (left.axes[0], right.axes[1]), domain)


@_rule("hadamard")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = _array(args, 0)
    if not same_type(shape, args[1].type):
        raise Mistyped(f"hadamard of {show_type(shape)} and {show_type(args[1].type)}", 1)
    return Array(shape.axes, join(shape.domain, _array(args, 1).domain), shape.row)


@_rule("transpose")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = _array(args, 0)
    if len(shape.axes) == 1:
        return Array(shape.axes, shape.domain, not shape.row)
    return Array(_array(args, 0, 2).axes[::-1], shape.domain)


@_rule("inverse")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = _square(args, 0)
    return Array(shape.axes, join("real", shape.domain))


@_rule("matpow")
def _(args: tuple[Term, ...], data: object) -> Type:
    _integer(args, 1)
    found = _square(args, 0)
    natural = args[1].op == "num" and args[1].data >= 0  # type: ignore[operator]
    return found if natural else Array(found.axes, join("real", found.domain))


@_rule("index")
def _(args: tuple[Term, ...], data: object) -> Type:
    found, rest = args[0].type, list(range(1, len(args)))
    while rest:
        k = rest.pop(0)
        if isinstance(found, Sequence):
            _integer(args, k)
            found = found.item
        elif isinstance(found, Array):
            axis = found.axes[0]
            if axis.op == "vertices":
                if args[k].type != Vertex(axis.args[0]):
                    raise Mistyped(f"expected a vertex of {show_type(found)}", k)
            else:
                _integer(args, k)
            found = Array(found.axes[1:], found.domain) if found.axes[1:] else Scalar(found.domain)
        else:
            raise Mistyped(f"{show_type(found)} has no index", k)
    return found


@_rule("dot")
def _(args: tuple[Term, ...], data: object) -> Type:
    left, right = _array(args, 0, 1), _array(args, 1, 1)
    if not same_axis(left.axes[0], right.axes[0]):
        raise Mistyped(f"sizes do not fit: {show_type(left)} and {show_type(right)}", 1)
    return Scalar(join(left.domain, right.domain))


@_rule("norm")
def _(args: tuple[Term, ...], data: object) -> Type:
    _array(args, 0, 1)
    return REAL


@_rule("opnorm", "fronorm")
def _(args: tuple[Term, ...], data: object) -> Type:
    _array(args, 0, 2)
    return REAL


@_rule("trace", "det")
def _(args: tuple[Term, ...], data: object) -> Type:
    return Scalar(_square(args, 0).domain)


@_rule("lambda_max", "lambda_min")
def _(args: tuple[Term, ...], data: object) -> Type:
    _square(args, 0)
    return REAL


@_rule("rank")
def _(args: tuple[Term, ...], data: object) -> Type:
    _array(args, 0, 2)
    return INTEGER


@_rule("diag")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = _array(args, 0, 1)
    return Array(shape.axes * 2, shape.domain)


@_rule("eye")
def _(args: tuple[Term, ...], data: object) -> Type:
    _set(args, 0)
    return Array((args[0], args[0]), "integer")


@_rule("ones", "zeros")
def _(args: tuple[Term, ...], data: object) -> Type:
    for k in range(len(args)):
        _set(args, k)
    if data and len(args) > 1:
        raise Mistyped("only a vector can be a row")
    return Array(args, "integer", row=bool(data))


@_rule("softmax")
def _(args: tuple[Term, ...], data: object) -> Type:
    """Along the last axis; data "columns" for the first axis of a matrix."""
    shape = _array(args, 0, 2 if data == "columns" else None)
    return Array(shape.axes, "real", shape.row)


@_rule("entries")
def _(args: tuple[Term, ...], data: object) -> Type:
    """An explicit vector, or an array as a vector of arrays of one shape."""
    if not args:
        raise Mistyped("an explicit vector needs an entry")
    axis = make("range", num(1), num(len(args)))
    first = args[0].type
    if isinstance(first, Array):
        for k in range(1, len(args)):
            if not same_type(first, args[k].type):
                raise Mistyped("rows of different lengths", k)
        domain = join(*(_array(args, k).domain for k in range(len(args))))
        return Array((axis, *first.axes), domain)
    return Array((axis,), join(*(_domain(args, k) for k in range(len(args)))))


# --- domains -----------------------------------------------------------------


@_rule("range")
def _(args: tuple[Term, ...], data: object) -> Type:
    _domain(args, 0)
    if args[1].data != "oo":
        _integer(args, 1)
    _integer(args, 0)
    return Domain((INTEGER,))


@_rule("vertices")
def _(args: tuple[Term, ...], data: object) -> Type:
    _graph(args, 0)
    return Domain((Vertex(args[0]),))


@_rule("edges")
def _(args: tuple[Term, ...], data: object) -> Type:
    _graph(args, 0)
    return Domain((Vertex(args[0]), Vertex(args[0])))


@_rule("interval")
def _(args: tuple[Term, ...], data: object) -> Type:
    """Real numbers between two bounds; data is "[]", "()", "[)" or "(]"."""
    if data not in ("[]", "()", "[)", "(]"):
        raise Mistyped("an interval is open or closed at its ends")
    _domain(args, 0), _domain(args, 1)
    return Domain((REAL,))


@_rule("numbers")
def _(args: tuple[Term, ...], data: object) -> Type:
    """All integers, reals or complex numbers; data names which."""
    return Domain((Scalar(_numbers(data)),))


@_rule("arrays")
def _(args: tuple[Term, ...], data: object) -> Type:
    """All arrays over the given axes; data is the domain of the entries."""
    for k in range(len(args)):
        _set(args, k)
    return Domain((Array(args, _numbers(data)),))


def _numbers(data: object) -> str:
    if data not in ("integer", "real", "complex"):
        raise Mistyped("numbers are integer, real or complex")
    return str(data)


@_rule("functions")
def _(args: tuple[Term, ...], data: object) -> Type:
    """All functions; arguments are the domains of the parameters, then of the result."""
    types = [_set(args, k).items[0] for k in range(len(args))]
    return Domain((Function(tuple(types[:-1]), types[-1]),))


@_rule("sequences")
def _(args: tuple[Term, ...], data: object) -> Type:
    return Domain((Sequence(_set(args, 0).items[0]),))


@_rule("graphs")
def _(args: tuple[Term, ...], data: object) -> Type:
    return Domain((GRAPH,))


def _graph(args: tuple[Term, ...], k: int) -> None:
    if not isinstance(args[k].type, Graph):
        raise Mistyped(f"expected a graph, found {show_type(args[k].type)}", k)


# --- graphs ------------------------------------------------------------------


@_rule("degree_matrix", "adjacency")
def _(args: tuple[Term, ...], data: object) -> Type:
    _graph(args, 0)
    axis = make("vertices", args[0])
    return Array((axis, axis), "integer")


@_rule("degree")
def _(args: tuple[Term, ...], data: object) -> Type:
    """The degree of a vertex: (graph, vertex)."""
    _graph(args, 0)
    if args[1].type != Vertex(args[0]):
        raise Mistyped("expected a vertex of the graph", 1)
    return INTEGER


@_rule("components")
def _(args: tuple[Term, ...], data: object) -> Type:
    _graph(args, 0)
    return INTEGER


@_rule("cardinality")
def _(args: tuple[Term, ...], data: object) -> Type:
    _set(args, 0)
    return INTEGER


def _bound(data: object, count: int | None = None) -> frozenset[str]:
    """The names in the first groups of a binder's data."""
    groups: tuple[tuple[str, ...], ...] = data  # type: ignore[assignment]
    return frozenset(name for group in groups[:count] for name in group)


def _occurs(names: frozenset[str], term: Term) -> bool:
    return any(node.op == "sym" and node.data in names for node in term.walk())


def _closed(type: Type, data: object) -> None:
    """No size in the type of a body may mention what the binder binds."""
    if isinstance(type, Array):
        if any(_occurs(_bound(data), axis) for axis in type.axes):
            raise Mistyped("the size of the body depends on what is bound", 0)
    elif isinstance(type, Sequence):
        _closed(type.item, data)
    elif isinstance(type, Function):
        for part in (*type.params, type.result):
            _closed(part, data)


# --- binders -----------------------------------------------------------------


@_rule("sum", "product", "maximum", "minimum")
def _(args: tuple[Term, ...], data: object) -> Type:
    for k in range(1, len(args)):
        _set(args, k)
    found = args[0].type
    if not isinstance(found, Array):
        return Scalar(_domain(args, 0))
    _closed(found, data)
    return found


@_rule("argmax", "argmin")
def _(args: tuple[Term, ...], data: object) -> Type:
    _domain(args, 0)
    return _set(args, 1).items[0]


@_rule("array")
def _(args: tuple[Term, ...], data: object) -> Type:
    """The array whose entry at the bound indices is the body."""
    for k in range(1, len(args)):
        if args[k].op not in ("range", "vertices"):
            raise Mistyped("an array needs index ranges", k)
        if _occurs(_bound(data, k - 1), args[k]):
            raise Mistyped("a range of an array depends on another index", k)
    return Array(args[1:], _domain(args, 0))


@_rule("lambda")
def _(args: tuple[Term, ...], data: object) -> Type:
    params = tuple(_set(args, k).items[0] for k in range(1, len(args)))
    for type in (*params, args[0].type):
        _closed(type, data)
    return Function(params, args[0].type)


@_rule("forall", "exists")
def _(args: tuple[Term, ...], data: object) -> Type:
    _prop(args, 0)
    for k in range(1, len(args)):
        _set(args, k)
    return PROP


@_rule("integral")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, from, to); the bounds need not be ordered.  data is ((x,),)."""
    _domain(args, 1), _domain(args, 2)
    return Scalar(join("real", _domain(args, 0)))


@_rule("diff")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, at, order): the derivative in the bound name, at a point."""
    _domain(args, 1)
    _integer(args, 2)
    found = args[0].type
    if isinstance(found, Array):
        return Array(found.axes, join("real", found.domain), found.row)
    return Scalar(join("real", _domain(args, 0)))


@_rule("grad")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, at): entry k is the derivative in entry k of the bound vector or matrix."""
    _domain(args, 0)
    return Array(_array(args, 1).axes)


@_rule("jacobian")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, at): entry (i, j) is the derivative of entry i of the body in entry j."""
    return Array((_array(args, 0, 1).axes[0], _array(args, 1, 1).axes[0]))


@_rule("hessian")
def _(args: tuple[Term, ...], data: object) -> Type:
    _domain(args, 0)
    return Array(_array(args, 1, 1).axes * 2)


@_rule("limit")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, point, side): side is the number -1, 0 or 1; a sequence has an integer bound name."""
    _domain(args, 1), _domain(args, 2)
    return Scalar(join("real", _domain(args, 0)))


@_rule("cases")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(condition, value, …, else): the first value whose condition holds."""
    if len(args) % 2 == 0:
        raise Mistyped("cases need a last value")
    for k in range(0, len(args) - 1, 2):
        _prop(args, k)
    values = (*args[1:-1:2], args[-1])
    return Scalar(join(*(_domain(values, k) for k in range(len(values)))))


@_rule("bracket")
def _(args: tuple[Term, ...], data: object) -> Type:
    _prop(args, 0)
    return INTEGER


# --- random variables ----------------------------------------------------------


@_rule("expect", "variance")
def _(args: tuple[Term, ...], data: object) -> Type:
    found = args[0].type
    if isinstance(found, Array):
        return Array(found.axes, "real", found.row)
    return Scalar(join("real", _domain(args, 0)))


@_rule("covariance")
def _(args: tuple[Term, ...], data: object) -> Type:
    """Of two numbers a number; of two vectors (or one vector with itself) a matrix."""
    first, second = args[0].type, args[1].type
    if isinstance(first, Array) and isinstance(second, Array):
        return Array((_array(args, 0, 1).axes[0], _array(args, 1, 1).axes[0]))
    _domain(args, 0), _domain(args, 1)
    return REAL


@_rule("probability")
def _(args: tuple[Term, ...], data: object) -> Type:
    _prop(args, 0)
    return REAL


# --- statements ----------------------------------------------------------------


@_rule("eq", "ne")
def _(args: tuple[Term, ...], data: object) -> Type:
    if not same_type(args[0].type, args[1].type):
        raise Mistyped(f"cannot compare {show_type(args[0].type)} with {show_type(args[1].type)}", 1)
    return PROP


@_rule("lt", "le", "gt", "ge")
def _(args: tuple[Term, ...], data: object) -> Type:
    for k in (0, 1):
        if _domain(args, k) == "complex":
            raise Mistyped("complex numbers have no order", k)
    return PROP


@_rule("and", "or", "implies", "iff", "not")
def _(args: tuple[Term, ...], data: object) -> Type:
    for k in range(len(args)):
        _prop(args, k)
    return PROP


@_rule("true", "false", "solve", "little_o", "big_o", "theta", "independent", "psd", "integrable")
def _(args: tuple[Term, ...], data: object) -> Type:
    return PROP


@_rule("in")
def _(args: tuple[Term, ...], data: object) -> Type:
    items = _set(args, 1).items
    if len(items) != 1 or not same_type(args[0].type, items[0]):
        raise Mistyped(f"{show_type(args[0].type)} is no member of that set", 0)
    return PROP


@_rule("differentiable")
def _(args: tuple[Term, ...], data: object) -> Type:
    if not isinstance(args[0].type, Function):
        raise Mistyped("expected a function", 0)
    return PROP
