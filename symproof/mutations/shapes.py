"""Building changed terms in the shape in which people write them.

Sums and products stay flat, signs and numbers stand in front, products of arrays nest to the left:
what `make` would accept in any shape is put into the one that reading produces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from symproof.terms.build import Mistyped, make, num
from symproof.terms.tree import Term
from symproof.terms.types import Array

ONE = num(1)


def attempt(build: Callable[..., Term], *args: object) -> Term | None:
    """The term, or None where it would be ill typed."""
    try:
        return build(*args)
    except (Mistyped, OverflowError):
        return None


def number(term: Term) -> Fraction | None:
    """The value of a written number such as 2, -1 or 1/2."""
    if term.op == "num":
        return term.data  # type: ignore[return-value]
    if term.op == "neg":
        inner = number(term.args[0])
        return None if inner is None else -inner
    if term.op == "div":
        above, below = map(number, term.args)
        return None if above is None or not below else above / below
    return None


def negated(term: Term) -> Term:
    """The term with the other sign."""
    if term.op == "neg":
        return term.args[0]
    value = number(term)
    return make("neg", term) if value is None else num(-value)


def signed(term: Term) -> tuple[int, Term]:
    """The sign in front of a summand, and the rest."""
    return (-1, term.args[0]) if term.op == "neg" else (1, term)


def with_sign(sign: int, term: Term) -> Term:
    return term if sign > 0 else negated(term)


def total(terms: Sequence[Term]) -> Term:
    """The sum, flat."""
    flat = [arg for term in terms for arg in (term.args if term.op == "add" else (term,))]
    for k, arg in enumerate(flat[1:], start=1):
        if arg.op == "num" and arg.data < 0:  # type: ignore[operator]
            flat[k] = make("neg", num(-arg.data))  # type: ignore[operator]
    return flat[0] if len(flat) == 1 else make("add", *flat)


def product(factors: Sequence[Term]) -> Term:
    """The product of numbers, flat."""
    flat = [arg for factor in factors for arg in (factor.args if factor.op == "mul" else (factor,))]
    flat = [arg for arg in flat if arg != ONE] or [ONE]
    return flat[0] if len(flat) == 1 else make("mul", *flat)


def links(term: Term) -> list[Term]:
    """The factors of a product of arrays."""
    if term.op != "matmul":
        return [term]
    return [link for arg in term.args for link in links(arg)]


def chained(factors: Sequence[Term]) -> Term:
    """The product of arrays, nested to the left."""
    result = factors[0]
    for factor in factors[1:]:
        result = make("matmul", result, factor)
    return result


def transposed(term: Term) -> Term:
    return term.args[0] if term.op == "transpose" else make("transpose", term)


def multiplied(factor: Term, term: Term) -> Term:
    """A number or array times a number."""
    if not isinstance(term.type, Array):
        return product([factor, term])
    if term.op == "scale":
        return make("scale", product([factor, term.args[0]]), term.args[1])
    return make("scale", factor, term)


def coefficient(term: Term) -> tuple[Fraction, Term | None]:
    """The number in front and the rest; no rest for a number."""
    value = number(term)
    if value is not None:
        return value, None
    if term.op == "neg":
        value, rest = coefficient(term.args[0])
        return -value, rest
    if term.op == "mul":
        value, others = Fraction(1), []
        for arg in term.args:
            inner = number(arg)
            if inner is None:
                others.append(arg)
            else:
                value *= inner
        return (value, product(others)) if others else (value, None)
    if term.op == "scale":
        value, rest = coefficient(term.args[0])
        return value, term.args[1] if rest is None else make("scale", rest, term.args[1])
    below = number(term.args[1]) if term.op == "div" else None
    if below:
        value, rest = coefficient(term.args[0])
        return value / below, rest
    return Fraction(1), term


def weighted(value: Fraction, rest: Term | None) -> Term:
    """A number in front of a term."""
    if rest is None:
        return num(value)
    if abs(value) == 1:
        return with_sign(int(value), rest)
    return with_sign(1 if value > 0 else -1, multiplied(num(abs(value)), rest))


def shifted(term: Term, step: int) -> Term:
    """The term plus a small integer, which joins a number already there."""
    parts = list(term.args) if term.op == "add" else [term]
    for k, part in enumerate(parts):
        value = number(part)
        if value is not None:
            parts[k : k + 1] = [num(value + step)] if value + step or len(parts) == 1 else []
            return total(parts)
    return total([*parts, num(step)])


def joined(above: Term, k: int, new: Term) -> Term:
    """The term above with another k-th argument."""
    args = (*above.args[:k], new, *above.args[k + 1 :])
    if above.op == "add":
        return total(args)
    if above.op == "mul":
        return product(args)
    if above.op == "neg":
        return negated(new)
    if above.op == "transpose":
        return transposed(new)
    if above.op == "matmul" and new.op == "matmul":
        return chained([*links(args[0]), *links(args[1])])
    return make(above.op, *args, data=above.data, span=above.span)
