"""The term tree.

A term is an operator, its arguments, and a little data (a number, a name, the
names a binder binds).  Terms are frozen and compare by structure; the span
says where in the text a term came from and takes no part in equality.

Terms are made by `symproof.terms.build.make`, which computes the type; nothing
else calls the constructor, so a term that exists is well typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from symproof.terms.types import Type


class Span(NamedTuple):
    """A place in a text: half-open character offsets."""

    start: int
    end: int


class Term:
    """One node of the tree; immutable."""

    __slots__ = ("op", "args", "data", "type", "span", "_hash", "_free", "_occurring")

    op: str
    args: tuple[Term, ...]
    data: object
    type: Type
    span: Span | None
    _hash: int
    _free: frozenset[str] | None  # what `rewrite.free_symbols` and `rewrite.occurring` found
    _occurring: frozenset[str] | None

    def __init__(
        self,
        op: str,
        args: tuple[Term, ...],
        data: object,
        type: Type,
        span: Span | None = None,
    ) -> None:
        put = object.__setattr__
        put(self, "op", op)
        put(self, "args", args)
        put(self, "data", data)
        put(self, "type", type)
        put(self, "span", span)
        put(self, "_hash", hash((op, args, data)))
        put(self, "_free", None)
        put(self, "_occurring", None)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("terms are frozen")

    __delattr__ = __setattr__  # type: ignore[assignment]

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Term) or self._hash != other._hash:
            return False
        if self.op != other.op or self.data != other.data or self.args != other.args:
            return False
        return self.op != "sym" or self.type == other.type

    def __repr__(self) -> str:
        if self.op in ("sym", "const", "num"):
            return str(self.data)
        inner = ", ".join(map(repr, self.args))
        return f"{self.op}{'' if self.data is None else repr(self.data)}({inner})"

    @property
    def arg(self) -> Term:
        """The argument of a node that has one."""
        (only,) = self.args
        return only

    def walk(self) -> Iterator[Term]:
        """This term and all below it, parents first."""
        stack = [self]
        while stack:
            term = stack.pop()
            yield term
            stack += term.args[::-1]


def bound_names(term: Term) -> tuple[str, ...]:
    """The names that a binder binds in its first argument(s), in order."""
    if term.op not in BINDERS:
        return ()
    groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    return tuple(name for group in groups for name in group)


# op: how many leading arguments lie in the scope of the bound names (-1: all
# but the domains, one domain for each group of names, which follow the body).
# A later domain may mention names that an earlier one binds.
BINDERS: dict[str, int] = {
    "sum": 1, "product": 1, "maximum": 1, "minimum": 1, "argmax": 1, "argmin": 1,
    "array": 1, "lambda": 1, "forall": 1, "exists": 1, "integral": 1,
    # (body, at[, order]): the bound name stands for a point that then becomes `at`
    "diff": 1, "grad": 1, "jacobian": 1, "hessian": 1,
    # (body, point): data is ((x,),), the direction is a separate `const`-like third argument
    "limit": 1,
    # (f, g, point): two bodies in scope
    "little_o": 2, "big_o": 2,
    # (f, g): Θ and o over several growing sizes; data is ((n, d, …),)
    "theta": 2,
    # (statement): the unknowns to solve for
    "solve": 1,
}  # fmt: skip
