"""Numbers: what the operators of arithmetic and the elementary functions make of their arguments."""

from __future__ import annotations

from symproof.terms.build import (
    CONSTANTS,
    FUNCTIONS,
    Mistyped,
    array_at,
    domain_at,
    fits,
    integer_at,
    rule,
    same_type,
    show_type,
)
from symproof.terms.tree import Term
from symproof.terms.types import (
    Array,
    Function,
    Scalar,
    Type,
    join,
    within,
)


@rule("const")
def _(args: tuple[Term, ...], data: object) -> Type:
    return CONSTANTS[str(data)]


@rule("add")
def _(args: tuple[Term, ...], data: object) -> Type:
    if len(args) < 2:
        raise Mistyped("a sum needs two terms")
    first = args[0].type
    if isinstance(first, Scalar):
        return Scalar(join(*(domain_at(args, k) for k in range(len(args)))))
    shape = array_at(args, 0)
    for k in range(1, len(args)):
        if not same_type(shape, args[k].type):
            raise Mistyped(f"cannot add {show_type(args[k].type)} to {show_type(shape)}", k)
    return Array(shape.axes, join(*(array_at(args, k).domain for k in range(len(args)))), shape.row)


@rule("neg")
def _(args: tuple[Term, ...], data: object) -> Type:
    return args[0].type if isinstance(args[0].type, Array) else Scalar(domain_at(args, 0))


@rule("mul")
def _(args: tuple[Term, ...], data: object) -> Type:
    return Scalar(join(*(domain_at(args, k) for k in range(len(args)))))


@rule("div")
def _(args: tuple[Term, ...], data: object) -> Type:
    below = join("real", domain_at(args, 1))
    top = args[0].type
    if isinstance(top, Array):
        return Array(top.axes, join(top.domain, below), top.row)
    return Scalar(join(domain_at(args, 0), below))


@rule("pow")
def _(args: tuple[Term, ...], data: object) -> Type:
    base, exponent = domain_at(args, 0), domain_at(args, 1)
    natural = args[1].op == "num" and exponent == "integer" and args[1].data >= 0  # type: ignore[operator]
    return Scalar(base if natural else join("real", base, exponent))


@rule("call")
def _(args: tuple[Term, ...], data: object) -> Type:
    arity, result = FUNCTIONS[str(data)]
    if arity is None and not args or arity is not None and len(args) != arity:
        raise Mistyped(f"{data} takes {arity or 'one or more'} argument(s), found {len(args)}")
    if data in ("factorial", "binomial"):
        for k in range(len(args)):
            integer_at(args, k)
    if data == "mod" and "complex" in [domain_at(args, k) for k in range(len(args))]:
        raise Mistyped("expected real numbers")
    first = args[0].type
    if arity == 1 and isinstance(first, Array):  # elementwise
        return Array(first.axes, result or join("real", first.domain), first.row)
    domain = join(*(domain_at(args, k) for k in range(len(args))))
    if result is None:
        keeps = data in ("abs", "max", "min", "relu", "conj", "mod")
        result = domain if keeps else join("real", domain)
        if data == "abs" and domain == "complex":
            result = "real"
    return Scalar(result)


@rule("apply")
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
