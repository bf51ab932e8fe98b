"""Equations between arrays of a few entries: entry by entry."""

from __future__ import annotations

from symproof.kernel.context import Context
from symproof.kernel.decide import introduce
from symproof.kernel.ledger import instance
from symproof.kernel.verdict import Rejected
from symproof.methods.equations import equation
from symproof.methods.integers import trying
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.methods.trigonometry import identity
from symproof.terms.build import Mistyped, num, sym
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array

MAX_LENGTH = 4


def by_entries(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """A = B for matrices or vectors whose sizes are small numbers."""
    lengths = _lengths(goal.args[0])
    if lengths is None or depth > 1:
        return None
    names = ("m", "n", "A", "B") if len(lengths) == 2 else ("n", "x", "y")
    values = dict(zip(names, [*map(num, lengths), *goal.args], strict=True))
    axiom = "matrix-by-entries" if len(lengths) == 2 else "vector-by-entries"
    try:
        premises, _ = instance(context, search.ledger[axiom], values)
    except (Rejected, Mistyped):
        return None
    premise = premises["entries"]
    inner, body = introduce(context, premise)
    indices = [sym(name, INTEGER) for name in inner.symbols if name not in context.symbols]
    proof = _each(search, inner, list(zip(indices, lengths, strict=True)), body)
    if proof is None:
        return None
    found = {
        "rule": "have",
        "name": fresh_name(context, "entries"),
        "axiom": axiom,
        "at": {k: encode(v) for k, v in values.items()},
        "premises": {"entries": {"rule": "intro", "then": proof}},
        "then": {"rule": "evident"},
    }
    return search.first(context, goal, iter([found]))


def _lengths(array: Term) -> list[int] | None:
    """The lengths of the axes, if all are small numbers."""
    if not isinstance(array.type, Array) or array.type.row or len(array.type.axes) > 2:
        return None
    ends = [
        axis.args[1] if axis.op == "range" and axis.args[0] == num(1) else None for axis in array.type.axes
    ]
    if any(end is None or end.op != "num" or not 1 <= end.data <= MAX_LENGTH for end in ends):  # type: ignore[operator]
        return None
    return [int(end.data) for end in ends if end is not None]  # type: ignore[call-overload]


def _each(
    search: Search, context: Context, indices: list[tuple[Term, int]], body: Term
) -> Certificate | None:
    """The equation for every value of the indices."""
    if not indices:
        return equation(search, context, body, 1) or identity(search, context, body, 1)
    (index, length), later = indices[0], indices[1:]

    def leaf(value: int, inner: Context) -> Certificate | None:
        return _each(search, inner, later, body)

    return trying(search, context, index, range(1, length + 1), leaf)
