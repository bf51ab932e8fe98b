"""What binds names: sums, quantifiers, derivatives, limits; and what is said of random variables."""

from __future__ import annotations

from symproof.terms.build import (
    Mistyped,
    array_at,
    domain_at,
    integer_at,
    rule,
    set_at,
    statement_at,
)
from symproof.terms.tree import Term
from symproof.terms.types import (
    INTEGER,
    PROP,
    REAL,
    Array,
    Function,
    Scalar,
    Sequence,
    Type,
    join,
)


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


@rule("sum", "product", "maximum", "minimum")
def _(args: tuple[Term, ...], data: object) -> Type:
    for k in range(1, len(args)):
        set_at(args, k)
    found = args[0].type
    if not isinstance(found, Array):
        return Scalar(domain_at(args, 0))
    _closed(found, data)
    return found


@rule("argmax", "argmin")
def _(args: tuple[Term, ...], data: object) -> Type:
    domain_at(args, 0)
    return set_at(args, 1).items[0]


@rule("array")
def _(args: tuple[Term, ...], data: object) -> Type:
    """The array whose entry at the bound indices is the body."""
    for k in range(1, len(args)):
        if args[k].op not in ("range", "vertices"):
            raise Mistyped("an array needs index ranges", k)
        if _occurs(_bound(data, k - 1), args[k]):
            raise Mistyped("a range of an array depends on another index", k)
    return Array(args[1:], domain_at(args, 0))


@rule("lambda")
def _(args: tuple[Term, ...], data: object) -> Type:
    params = tuple(set_at(args, k).items[0] for k in range(1, len(args)))
    for type in (*params, args[0].type):
        _closed(type, data)
    return Function(params, args[0].type)


@rule("forall", "exists")
def _(args: tuple[Term, ...], data: object) -> Type:
    statement_at(args, 0)
    for k in range(1, len(args)):
        set_at(args, k)
    return PROP


@rule("integral")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, from, to); the bounds need not be ordered.  data is ((x,),)."""
    domain_at(args, 1), domain_at(args, 2)
    return Scalar(join("real", domain_at(args, 0)))


@rule("diff")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, at, order): the derivative in the bound name, at a point."""
    domain_at(args, 1)
    integer_at(args, 2)
    found = args[0].type
    if isinstance(found, Array):
        return Array(found.axes, join("real", found.domain), found.row)
    return Scalar(join("real", domain_at(args, 0)))


@rule("grad")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, at): entry k is the derivative in entry k of the bound vector or matrix."""
    domain_at(args, 0)
    return Array(array_at(args, 1).axes)


@rule("jacobian")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, at): entry (i, j) is the derivative of entry i of the body in entry j."""
    return Array((array_at(args, 0, 1).axes[0], array_at(args, 1, 1).axes[0]))


@rule("hessian")
def _(args: tuple[Term, ...], data: object) -> Type:
    domain_at(args, 0)
    return Array(array_at(args, 1, 1).axes * 2)


@rule("limit")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(body, point, side): side is the number -1, 0 or 1; a sequence has an integer bound name."""
    domain_at(args, 1), domain_at(args, 2)
    return Scalar(join("real", domain_at(args, 0)))


@rule("cases")
def _(args: tuple[Term, ...], data: object) -> Type:
    """(condition, value, …, else): the first value whose condition holds."""
    if len(args) % 2 == 0:
        raise Mistyped("cases need a last value")
    for k in range(0, len(args) - 1, 2):
        statement_at(args, k)
    values = (*args[1:-1:2], args[-1])
    return Scalar(join(*(domain_at(values, k) for k in range(len(values)))))


@rule("bracket")
def _(args: tuple[Term, ...], data: object) -> Type:
    statement_at(args, 0)
    return INTEGER


@rule("expect", "variance")
def _(args: tuple[Term, ...], data: object) -> Type:
    found = args[0].type
    if isinstance(found, Array):
        return Array(found.axes, "real", found.row)
    return Scalar(join("real", domain_at(args, 0)))


@rule("covariance")
def _(args: tuple[Term, ...], data: object) -> Type:
    """Of two numbers a number; of two vectors (or one vector with itself) a matrix."""
    first, second = args[0].type, args[1].type
    if isinstance(first, Array) and isinstance(second, Array):
        return Array((array_at(args, 0, 1).axes[0], array_at(args, 1, 1).axes[0]))
    domain_at(args, 0), domain_at(args, 1)
    return REAL


@rule("probability")
def _(args: tuple[Term, ...], data: object) -> Type:
    statement_at(args, 0)
    return REAL
