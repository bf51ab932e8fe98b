"""Vectors, matrices and arrays of more axes: sizes that have to agree, and what comes out."""

from __future__ import annotations

from symproof.terms.build import (
    Mistyped,
    array_at,
    domain_at,
    integer_at,
    make,
    num,
    rule,
    same_type,
    set_at,
    show_type,
    square_at,
)
from symproof.terms.sizes import same_axis
from symproof.terms.tree import Term
from symproof.terms.types import (
    INTEGER,
    REAL,
    Array,
    Scalar,
    Sequence,
    Type,
    Vertex,
    join,
)


@rule("scale")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = array_at(args, 1)
    return Array(shape.axes, join(domain_at(args, 0), shape.domain), shape.row)


@rule("matmul")
def _(args: tuple[Term, ...], data: object) -> Type:
    left, right = array_at(args, 0), array_at(args, 1)
    domain = join(left.domain, right.domain)
    column = len(right.axes) == 1 and not right.row
    if len(left.axes) == 1 and not left.row:
        if len(right.axes) == 1 and right.row:  # outer product
            return Array((left.axes[0], right.axes[0]), domain)
        raise Mistyped(
            f"cannot multiply {show_type(left)} by {show_type(right)}; "
            "did you mean x' (a transpose), or x ⊙ y (entry by entry)?",
            1,
        )
    if len(right.axes) == 1 and right.row:
        raise Mistyped(f"cannot multiply {show_type(left)} by a transposed vector", 1)
    if not same_axis(left.axes[-1], right.axes[0]):
        raise Mistyped(f"sizes do not fit: {show_type(left)} times {show_type(right)}", 1)
    if left.row:
        return Scalar(domain) if column else Array((right.axes[1],), domain, row=True)
    return Array((left.axes[0],) if column else (left.axes[0], right.axes[1]), domain)


@rule("hadamard")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = array_at(args, 0)
    if not same_type(shape, args[1].type):
        raise Mistyped(f"hadamard of {show_type(shape)} and {show_type(args[1].type)}", 1)
    return Array(shape.axes, join(shape.domain, array_at(args, 1).domain), shape.row)


@rule("transpose")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = array_at(args, 0)
    if len(shape.axes) == 1:
        return Array(shape.axes, shape.domain, not shape.row)
    return Array(array_at(args, 0, 2).axes[::-1], shape.domain)


@rule("inverse")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = square_at(args, 0)
    return Array(shape.axes, join("real", shape.domain))


@rule("matpow")
def _(args: tuple[Term, ...], data: object) -> Type:
    integer_at(args, 1)
    found = square_at(args, 0)
    natural = args[1].op == "num" and args[1].data >= 0  # type: ignore[operator]
    return found if natural else Array(found.axes, join("real", found.domain))


@rule("index")
def _(args: tuple[Term, ...], data: object) -> Type:
    found, rest = args[0].type, list(range(1, len(args)))
    while rest:
        k = rest.pop(0)
        if isinstance(found, Sequence):
            integer_at(args, k)
            found = found.item
        elif isinstance(found, Array):
            axis = found.axes[0]
            if axis.op == "vertices":
                if args[k].type != Vertex(axis.args[0]):
                    raise Mistyped(f"expected a vertex of {show_type(found)}", k)
            else:
                integer_at(args, k)
            found = Array(found.axes[1:], found.domain) if found.axes[1:] else Scalar(found.domain)
        else:
            raise Mistyped(f"{show_type(found)} has no index", k)
    return found


@rule("dot")
def _(args: tuple[Term, ...], data: object) -> Type:
    left, right = array_at(args, 0, 1), array_at(args, 1, 1)
    if not same_axis(left.axes[0], right.axes[0]):
        raise Mistyped(f"sizes do not fit: {show_type(left)} and {show_type(right)}", 1)
    return Scalar(join(left.domain, right.domain))


@rule("norm")
def _(args: tuple[Term, ...], data: object) -> Type:
    array_at(args, 0, 1)
    return REAL


@rule("opnorm", "fronorm")
def _(args: tuple[Term, ...], data: object) -> Type:
    array_at(args, 0, 2)
    return REAL


@rule("trace", "det")
def _(args: tuple[Term, ...], data: object) -> Type:
    return Scalar(square_at(args, 0).domain)


@rule("lambda_max", "lambda_min")
def _(args: tuple[Term, ...], data: object) -> Type:
    square_at(args, 0)
    return REAL


@rule("rank")
def _(args: tuple[Term, ...], data: object) -> Type:
    array_at(args, 0, 2)
    return INTEGER


@rule("diag")
def _(args: tuple[Term, ...], data: object) -> Type:
    shape = array_at(args, 0, 1)
    return Array(shape.axes * 2, shape.domain)


@rule("eye")
def _(args: tuple[Term, ...], data: object) -> Type:
    set_at(args, 0)
    return Array((args[0], args[0]), "integer")


@rule("ones", "zeros")
def _(args: tuple[Term, ...], data: object) -> Type:
    for k in range(len(args)):
        set_at(args, k)
    if data and len(args) > 1:
        raise Mistyped("only a vector can be a row")
    return Array(args, "integer", row=bool(data))


@rule("softmax")
def _(args: tuple[Term, ...], data: object) -> Type:
    """Along the last axis; data "columns" for the first axis of a matrix."""
    shape = array_at(args, 0, 2 if data == "columns" else None)
    return Array(shape.axes, "real", shape.row)


@rule("entries")
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
        domain = join(*(array_at(args, k).domain for k in range(len(args))))
        return Array((axis, *first.axes), domain)
    return Array((axis,), join(*(domain_at(args, k) for k in range(len(args)))))
