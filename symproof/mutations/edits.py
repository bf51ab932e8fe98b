"""The slips at one place: what a person may have written instead of a term.

Each function lists the changes of one family; operators have theirs in `operators`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from symproof.mutations.kinds import Kind
from symproof.mutations.places import Place, Role
from symproof.mutations.pool import Pool
from symproof.mutations.shapes import (
    ONE,
    attempt,
    chained,
    coefficient,
    links,
    multiplied,
    negated,
    number,
    product,
    shifted,
    total,
    transposed,
    weighted,
)
from symproof.terms.build import fits, make, num, sym
from symproof.terms.sizes import same_axis
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array, Domain, Graph, Scalar, Vertex


class Edit(NamedTuple):
    """Another term for the one at a place; a part left out, or words that say the change better."""

    kind: Kind
    term: Term
    without: Term | None = None
    words: str = ""


def edit(
    kind: Kind, build: Callable[..., Term], *args: object, without: Term | None = None, words: str = ""
) -> Iterator[Edit]:
    """One edit, or none where the term would be ill typed."""
    term = attempt(build, *args)
    if term is not None:
        yield Edit(kind, term, without, words)


_VALUES = (Role.VALUE, Role.FACTOR)
_AVERAGES = frozenset("expect variance covariance probability".split())
_PASSING = frozenset("neg mul div scale matmul dot hadamard transpose".split())
_INVERTED = frozenset("sym transpose call apply index diag degree_matrix".split())
_NORMS = frozenset("norm opnorm fronorm".split())


def anywhere(place: Place, pool: Pool) -> Iterator[Edit]:
    """The changes that depend on the type and the role, not on the operator."""
    term = place.term
    if isinstance(term.type, Scalar | Array):
        yield from _numbers(place, pool)
    if term.op == "sym":
        yield from _another_symbol(place)


def _numbers(place: Place, pool: Pool) -> Iterator[Edit]:
    term = place.term
    yield from _sign(place)
    if place.role in (Role.VALUE, Role.EXPONENT):
        yield from _factor(place, pool)
    if place.role in (Role.INDEX, Role.BOUND):
        yield from _shift(place)
    if place.role in _VALUES:
        if isinstance(term.type, Array):
            yield from _array(place)
        else:
            yield from _power(place)
        yield from _expectation(place)
        yield from _too_much(place, pool)


def _another_symbol(place: Place) -> Iterator[Edit]:
    term = place.term
    if isinstance(term.type, Graph | Domain):  # types mention graphs: another one fits nowhere
        return
    index = place.role in (Role.INDEX, Role.PART) or isinstance(term.type, Vertex)
    sizes = place.scope.sizes
    for name, type in place.scope.types.items():
        if name != term.data and (type == term.type or isinstance(type, Array) and fits(type, term.type)):
            alike = index and not (term.data in sizes or name in sizes)
            yield Edit(Kind.INDEX if alike else Kind.SYMBOL, sym(name, type))


def _sign(place: Place) -> Iterator[Edit]:
    later = place.role is Role.PART and place.parent == "add" and place.way[-1][1] > 0
    owns = place.role in (Role.VALUE, Role.EXPONENT) or later
    if owns or place.role is Role.BOUND and place.term.type != INTEGER:
        yield Edit(Kind.SIGN, negated(place.term))


def _factor(place: Place, pool: Pool) -> Iterator[Edit]:
    term = place.term
    value, rest = coefficient(term)
    if place.role is Role.EXPONENT and rest is None:
        return
    for digit in pool.digits:
        for factor in (digit, 1 / digit):
            yield from edit(Kind.FACTOR, weighted, value * factor, rest)
    if rest is not None and abs(value) not in (0, 1):
        for other in (value / abs(value), 1 / value):
            yield from edit(Kind.FACTOR, weighted, other, rest)


def _shift(place: Place) -> Iterator[Edit]:
    term = place.term
    if term.type == INTEGER or number(term) is not None:
        kind = Kind.INDEX if place.role is Role.INDEX else Kind.BOUND
        for step in (-1, 1):
            if place.parent != "diff" or (number(term) or 2) + step >= 1:  # no derivative of order 0
                yield from edit(kind, shifted, term, step)


def _array(place: Place) -> Iterator[Edit]:
    term = place.term
    if not isinstance(term.type, Array) or len(term.type.axes) != 2:
        return
    if place.parent != "transpose" and term.op not in ("eye", "zeros", "ones"):
        yield from edit(Kind.TRANSPOSE, transposed, term)
    square = same_axis(*term.type.axes)
    if square and place.parent != "inverse" and term.op in _INVERTED:
        yield from edit(Kind.INVERSE, make, "inverse", term)


def _power(place: Place) -> Iterator[Edit]:
    term = place.term
    if place.parent != "pow" and term.op not in ("num", "neg", "mul", "div", "pow", "const"):
        root = term.op in _NORMS or term.op == "call" and term.data == "abs"
        yield from edit(Kind.SQUARE if root else Kind.EXPONENT, make, "pow", term, num(2))


def _expectation(place: Place) -> Iterator[Edit]:
    """E[X] for X, at the parts of a product that are random."""
    term, random = place.term, place.scope.random
    if any(up.op in _AVERAGES for up, _ in place.way) or not _varies(term, random):
        return
    if term.op == "mul":
        sure = [arg for arg in term.args if not _varies(arg, random)]
        if sure:
            wild = [arg for arg in term.args if _varies(arg, random)]
            yield from edit(Kind.EXPECTATION, lambda: product([*sure, make("expect", product(wild))]))
    if term.op not in ("neg", "add"):
        yield from edit(Kind.EXPECTATION, make, "expect", term)


def _varies(term: Term, random: frozenset[str]) -> bool:
    """Is something random in the term, outside of expectations?"""
    stack = [term]
    while stack:
        node = stack.pop()
        if node.op == "sym" and node.data in random:
            return True
        if node.op not in _AVERAGES:
            stack.extend(node.args)
    return False


def _too_much(place: Place, pool: Pool) -> Iterator[Edit]:
    """Terms, factors, denominators and functions put in: what repairs something left out."""
    term, scope = place.term, place.scope
    numbers = [c.term for c in pool.numbers if c.at_home(scope)]
    arrays = [c.term for c in pool.arrays if c.at_home(scope)]
    if place.parent not in ("add", "neg"):
        for other in [ONE, *numbers] if isinstance(term.type, Scalar) else arrays:
            if isinstance(other.type, Array) and not fits(other.type, term.type):
                continue
            for summand in (other, negated(other)):
                yield from edit(Kind.ADDED, total, [term, summand])
    if place.parent not in _PASSING and number(term) not in (1, -1):
        for factor in numbers:
            yield from edit(Kind.SPURIOUS, multiplied, factor, term)
            yield from edit(Kind.SPURIOUS, make, "div", term, factor)
    if place.parent != "pow" and term.op not in ("num", "neg", "mul", "div", "pow", "const"):
        for exponent in numbers:
            if exponent.type == INTEGER != term.type:
                yield from edit(Kind.EXPONENT, make, "pow", term, exponent)
    if place.parent not in ("matmul", "neg"):
        chain = links(term) if isinstance(term.type, Array) or term.op == "matmul" else []
        for k in range(len(chain) + 1) if chain else ():
            for link in arrays:
                longer = [*chain[:k], link, *chain[k:]]
                for found in edit(Kind.SPURIOUS, chained, longer):
                    if found.term.type == term.type:
                        yield found
    if place.parent != "neg" and term.op != "num":
        for function in pool.functions:
            if (function.op, function.data) != (term.op, term.data):
                wrapped = attempt(function.to, term)
                if wrapped is not None and wrapped.type == term.type:
                    yield Edit(Kind.SPURIOUS, wrapped)
