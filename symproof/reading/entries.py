"""The general entry of an array, the general member of a sequence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count

from symproof.reading.elaborate import names_in
from symproof.terms.build import make, sym
from symproof.terms.tree import Term
from symproof.terms.types import Array, Sequence

Indices = list[tuple[str, Term]]  # names and the sets they range over


def general_entry(term: Term, avoid: Iterable[str] = ()) -> tuple[Term, Indices]:
    """x[i] for a vector x, h[k][i] for a sequence of vectors h, and the indices that are new in it."""
    taken = set(avoid)
    for node in term.walk():
        if node.op == "sym":
            taken |= {str(node.data), *names_in(node.type)}
    indices: Indices = []

    def index(domain: Term, letters: str) -> Term:
        names = chain(letters, (f"{letters[0]}{k}" for k in count()))
        name = next(n for n in names if n not in taken)
        taken.add(name)
        indices.append((name, domain))
        return sym(name, domain.type.items[0])  # type: ignore[union-attr]

    while isinstance(term.type, Sequence):
        term = make("index", term, index(make("numbers", data="integer"), "kt"))
    if isinstance(term.type, Array):
        term = make("index", term, *[index(axis, "ijl") for axis in term.type.axes])
    return term, indices


def for_all(indices: Indices, statement: Term) -> Term:
    """The statement for all values of the indices."""
    if not indices:
        return statement
    domains = [domain for _, domain in indices]
    return make("forall", statement, *domains, data=tuple((name,) for name, _ in indices))
