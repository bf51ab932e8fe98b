"""Equations solved for a term of a sequence, or a value of a function, that they are linear in.

u + c x = v says the same as x = (v − u) / c, wherever the right side is defined.  The number c
speaks of no sequence or function.
"""

from __future__ import annotations

from collections.abc import Iterator

from symproof.terms.build import make, num
from symproof.terms.tree import Term
from symproof.terms.types import Array, Function, Sequence

Signed = tuple[int, Term]


def isolated(left: Term, right: Term) -> Iterator[tuple[Term, Term]]:
    """Terms of sequences and values of functions in the equation, and what each equals."""
    addends = [*_addends(left, 1), *_addends(right, -1)]
    things = [thing for _, addend in addends for thing in _things(addend)]
    for thing in dict.fromkeys(things):
        body = _solved(addends, thing)
        if body is not None:
            yield thing, body


def _addends(term: Term, sign: int) -> Iterator[Signed]:
    """Terms and signs that add up to the term."""
    if term.op == "add":
        for part in term.args:
            yield from _addends(part, sign)
    elif term.op == "neg":
        yield from _addends(term.args[0], -sign)
    else:
        yield sign, term


def _things(addend: Term) -> Iterator[Term]:
    """The terms of sequences and the values of functions that are factors of an addend."""
    if _is_thing(addend):
        yield addend
    elif addend.op in ("mul", "scale", "div", "neg"):
        for part in addend.args[:1] if addend.op == "div" else addend.args:
            yield from _things(part)


def _is_thing(term: Term) -> bool:
    return term.op in ("index", "apply") and isinstance(term.args[0].type, Sequence | Function)


def _solved(addends: list[Signed], thing: Term) -> Term | None:
    """The thing, from Σ ± addends = 0; None where it does not occur linearly."""
    factors, rest = [], []
    for sign, addend in addends:
        if all(part != thing for part in addend.walk()):
            rest.append(addend if sign < 0 else make("neg", addend))
            continue
        factor = _factor(addend, thing)
        if factor is None or any(map(_is_thing, factor.walk())):
            return None
        factors.append(factor if sign > 0 else make("neg", factor))
    if not rest:
        return None
    total = rest[0] if len(rest) == 1 else make("add", *rest)
    factor = factors[0] if len(factors) == 1 else make("add", *factors)
    return total if factor == num(1) else make("div", total, factor)


def _factor(term: Term, thing: Term) -> Term | None:
    """The number c with term = c · thing; None where there is none to be seen."""
    if term == thing:
        return num(1)
    if term.op not in ("mul", "scale", "div", "neg"):
        return None
    inside = [part for part in term.args if any(t == thing for t in part.walk())]
    if len(inside) != 1 or (term.op == "div" and inside[0] is not term.args[0]):
        return None
    factor = _factor(inside[0], thing)
    if factor is None or term.op == "neg":
        return factor and make("neg", factor)
    if term.op == "div":
        return make("div", factor, term.args[1])
    others = [part for part in term.args if part is not inside[0]]
    if any(isinstance(part.type, Array) for part in others):
        return None  # a number times an array that holds the thing in a factor
    factors = [factor, *others] if factor != num(1) else others
    return factors[0] if len(factors) == 1 else make("mul", *factors)
