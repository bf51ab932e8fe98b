"""Statements: relations and the connectives."""

from __future__ import annotations

from symproof.terms.build import (
    Mistyped,
    domain_at,
    rule,
    same_type,
    set_at,
    show_type,
    statement_at,
)
from symproof.terms.tree import Term
from symproof.terms.types import (
    PROP,
    Function,
    Type,
)


@rule("eq", "ne")
def _(args: tuple[Term, ...], data: object) -> Type:
    if not same_type(args[0].type, args[1].type):
        raise Mistyped(f"cannot compare {show_type(args[0].type)} with {show_type(args[1].type)}", 1)
    return PROP


@rule("lt", "le", "gt", "ge")
def _(args: tuple[Term, ...], data: object) -> Type:
    for k in (0, 1):
        if domain_at(args, k) == "complex":
            raise Mistyped("complex numbers have no order", k)
    return PROP


@rule("and", "or", "implies", "iff", "not")
def _(args: tuple[Term, ...], data: object) -> Type:
    for k in range(len(args)):
        statement_at(args, k)
    return PROP


@rule("true", "false", "solve", "little_o", "big_o", "theta", "independent", "psd", "integrable")
def _(args: tuple[Term, ...], data: object) -> Type:
    return PROP


@rule("in")
def _(args: tuple[Term, ...], data: object) -> Type:
    items = set_at(args, 1).items
    if len(items) != 1 or not same_type(args[0].type, items[0]):
        raise Mistyped(f"{show_type(args[0].type)} is no member of that set", 0)
    return PROP


@rule("differentiable")
def _(args: tuple[Term, ...], data: object) -> Type:
    if not isinstance(args[0].type, Function):
        raise Mistyped("expected a function", 0)
    return PROP
