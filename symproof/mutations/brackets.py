"""Brackets that end too early or too late, and functions taken term by term."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from symproof.mutations.edits import Edit, edit
from symproof.mutations.kinds import Kind
from symproof.mutations.places import Place
from symproof.mutations.shapes import (
    ONE,
    attempt,
    chained,
    joined,
    links,
    number,
    product,
    signed,
    total,
    with_sign,
)
from symproof.terms.build import make
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import Scalar


class Hole(NamedTuple):
    """A way to see a term as f(inside); `linear` where f goes through sums anyway."""

    inside: Term
    build: Callable[[Term], Term]
    linear: bool


_LINEAR = frozenset("neg mul scale matmul dot trace transpose expect sum index".split())
_FIRST = frozenset("neg norm opnorm fronorm inverse variance trace det expect sum transpose".split())
_OPEN = frozenset("mul div pow scale matmul".split())  # nothing is written before the first argument
_ALL = frozenset("mul div pow scale matmul dot".split())


def _holes(term: Term) -> list[Hole]:
    op = term.op
    if op in _FIRST or op == "call" and len(term.args) == 1:
        inside = [0]
    elif op in _ALL:
        inside = [k for k, arg in enumerate(term.args) if number(arg) is None]
    elif op in ("apply", "index") and len(term.args) == 2:
        inside = [1]
    else:
        inside = []
    return [
        Hole(term.args[k], partial(joined, term, k), op in _LINEAR or op == "div" and k == 0) for k in inside
    ]


def brackets(place: Place) -> Iterator[Edit]:
    """f(a + b) for f(a) + b and back; f(a + b) for f(a) + f(b) and back, f not linear."""
    term = place.term
    for hole in _holes(term):
        if hole.inside.op == "add":
            yield from _too_early(term, hole)
            if not hole.linear and term.op != "index":
                yield from edit(Kind.SPREAD, _term_by_term, hole)
    if term.op == "add":
        yield from _too_late(term)
        yield from _gathered(term)
    yield from _expectations(term)


def _too_early(term: Term, hole: Hole) -> Iterator[Edit]:
    """The last summand falls out of the bracket, or the first where the bracket opens the term."""
    bound = frozenset(bound_names(term))
    first, *rest = hole.inside.args
    *start, last = hole.inside.args
    if not free_symbols(last) & bound:
        yield from edit(Kind.BRACKET, lambda: total([hole.build(total(start)), last]))
    if term.op in _OPEN:
        sign, core = signed(rest[0]) if len(rest) == 1 else (1, total(rest))
        yield from edit(Kind.BRACKET, lambda: total([first, with_sign(sign, hole.build(core))]))


def _too_late(term: Term) -> Iterator[Edit]:
    """The summand on the right falls into the bracket, or the one on the left where nothing opens it."""
    args = term.args
    for k, (sign, part) in enumerate(map(signed, args)):
        bound = frozenset(bound_names(part))
        for hole in (*_holes(part), *_openings(part)):
            if k + 1 < len(args) and _moves(args[k + 1], hole, bound):
                inside = [hole.inside, with_sign(sign, args[k + 1])]
                whole = attempt(lambda h=hole, x=inside, s=sign: with_sign(s, h.build(total(x))))
                if whole is not None:
                    yield from edit(Kind.BRACKET, total, (*args[:k], whole, *args[k + 2 :]))
            if k > 0 and part.op in _OPEN and _moves(args[k - 1], hole, bound):
                inside = [args[k - 1], with_sign(sign, hole.inside)]
                whole = attempt(lambda h=hole, x=inside: h.build(total(x)))
                if whole is not None:
                    yield from edit(Kind.BRACKET, total, (*args[: k - 1], whole, *args[k + 1 :]))


def _moves(summand: Term, hole: Hole, bound: frozenset[str]) -> bool:
    """Not under a binder of its own names, and not a number to the 1 that is not written."""
    return not free_symbols(summand) & bound and not (hole.inside == ONE and number(summand) is not None)


def _openings(part: Term) -> Iterator[Hole]:
    """The last or first few factors of a product as the inside, or the 1 that is not written."""
    if not isinstance(part.type, Scalar) or number(part) is not None:
        return
    yield Hole(ONE, partial(_between, (), (part,)), True)
    if part.op == "mul":
        args = part.args
        for k in range(1, len(args) - 1):
            yield Hole(product(args[k:]), partial(_between, args[:k], ()), True)
            yield Hole(product(args[: k + 1]), partial(_between, (), args[k + 1 :]), True)


def _between(left: tuple[Term, ...], right: tuple[Term, ...], new: Term) -> Term:
    return product([*left, new, *right])


def _term_by_term(hole: Hole) -> Term:
    return total([with_sign(s, hole.build(x)) for s, x in map(signed, hole.inside.args)])


def _gathered(term: Term) -> Iterator[Edit]:
    """f(a) + f(b) as f(a + b), for all summands or two that stand together."""
    args = term.args
    spans = [(0, len(args))] + [(k, k + 2) for k in range(len(args) - 1) if len(args) > 2]
    for start, end in spans:
        parts = [signed(arg) for arg in args[start:end]]
        for k, hole in enumerate(_holes(parts[0][1])):
            if hole.linear or parts[0][1].op == "index":
                continue
            inner: list[Term] = []
            for sign, part in parts:
                others = _holes(part)
                if k >= len(others) or attempt(hole.build, others[k].inside) != part:
                    break
                inner.append(with_sign(sign, others[k].inside))
            else:
                whole = attempt(lambda h=hole, x=tuple(inner): h.build(total(x)))
                if whole is not None:
                    yield from edit(Kind.SPREAD, total, (*args[:start], whole, *args[end:]))


def _expectations(term: Term) -> Iterator[Edit]:
    """E[X Y] as E[X] E[Y] and E[f(X)] as f(E[X]), and back."""
    if term.op == "expect":
        (inside,) = term.args
        if inside.op == "mul":
            yield from edit(Kind.SPREAD, lambda: product([make("expect", arg) for arg in inside.args]))
        elif inside.op == "matmul":
            yield from edit(Kind.SPREAD, lambda: chained([make("expect", arg) for arg in links(inside)]))
        for hole in _holes(inside):
            if not hole.linear:
                yield from edit(Kind.SPREAD, lambda h=hole: h.build(make("expect", h.inside)))
    elif term.op in ("mul", "matmul"):
        factors = list(term.args) if term.op == "mul" else links(term)
        join = product if term.op == "mul" else chained
        for k in range(len(factors) - 1):
            if factors[k].op == factors[k + 1].op == "expect":
                args = [factors[k].args[0], factors[k + 1].args[0]]
                rest = [*factors[:k], make("expect", join(args)), *factors[k + 2 :]]
                yield from edit(Kind.SPREAD, join, rest)
    for hole in _holes(term):
        if not hole.linear and hole.inside.op == "expect":
            yield from edit(Kind.SPREAD, lambda h=hole: make("expect", h.build(h.inside.args[0])))
