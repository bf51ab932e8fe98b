"""Canonical names for the indices of a sum: equal sums get equal texts."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from symproof.kernel.closing import at_height, close_bodies
from symproof.kernel.poly import (
    Atom,
    Mono,
    Poly,
    TooLarge,
    factor_vars,
    number,
    of_atom,
    of_mono,
)
from symproof.kernel.rewriting import rewrite

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal

MAX_LABELLINGS = 720


def label(nf: Normal, group: frozenset[Atom], mono: Mono) -> Poly:
    """The component as a sum atom, its indices named so that the text is least."""
    classes: dict[str, list[Atom]] = {}
    for var in sorted(group, key=lambda v: v.key):
        classes.setdefault(_colour(nf, var, mono, group), []).append(var)
    count = math.prod(math.factorial(len(c)) for c in classes.values())
    if count > MAX_LABELLINGS:
        raise TooLarge("a sum with too many equal indices")
    orders = itertools.product(*(itertools.permutations(classes[c]) for c in sorted(classes)))
    named = (_named(nf, [v for part in order for v in part], mono) for order in orders)
    _, atom, outside = min(named, key=itemgetter(0))
    value = rewrite(nf, atom)
    return nf.times(of_atom(atom) if value is None else value, outside)


def _named(nf: Normal, variables: Sequence[Atom], mono: Mono) -> tuple[str, Atom, Poly]:
    height, sorts, (body,) = close_bodies(nf, variables, (of_mono(mono),))
    single = body.single()
    if single is None:
        raise TooLarge("a sum whose body changes when it is renamed")
    atom = at_height(Atom("sum", sorts, single[0]), height)
    return f"{atom.key}{single[1]}", atom, number(single[1])


def depth(nf: Normal, var: Atom, group: frozenset[Atom]) -> int:
    """How many ranges must be known one after the other before that of the index is."""
    sort = nf.sorts[var]
    inner = sort[1].vars & group if sort[0] == "range" else frozenset()
    return 1 + max((depth(nf, v, group) for v in inner), default=0)


def _colour(nf: Normal, var: Atom, mono: Mono, group: frozenset[Atom]) -> str:
    """What distinguishes an index whatever the indices are called; an index in the range of another comes
    first.
    """
    marks = []
    for atom, exponent in mono:
        if var in factor_vars((atom, exponent)):
            size = exponent if not isinstance(exponent, Poly) else "p"
            slots = sorted(k for k, p in enumerate(atom.parts) if isinstance(p, Poly) and var in p.vars)
            fixed = slots if atom.kind == "elem" and not _symmetric(nf, atom) else len(slots)
            marks.append(f"{atom.kind}{sorted(atom.names)}{size}{fixed}")
    sort = nf.sorts[var]
    tail = f"{sort[0]}{len(sort[1].vars & group) if sort[0] == 'range' else ''}"
    free = sort[1].key if sort[0] == "range" and sort[1].vars.isdisjoint(group) else ""
    return f"{depth(nf, var, group):04}{sorted(marks)}{tail}{free}"


def _symmetric(nf: Normal, atom: Atom) -> bool:
    symbol = nf.context.symbols.get(str(atom.parts[0]))
    return symbol is None or not symbol.attributes.isdisjoint(("symmetric", "psd", "diagonal"))
