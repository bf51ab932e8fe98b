"""Equality of sizes: integer polynomials in symbols, compared exactly.

`n + 1` and `1 + n` are one size; `2 n` and `n` are two.  Anything that is not
a polynomial counts as a letter of its own, so the comparison never says equal
wrongly.
"""

from __future__ import annotations

from fractions import Fraction

from symproof.terms.tree import Term

Polynomial = dict[tuple[Term, ...], Fraction]
_LIMIT = 64


def polynomial(term: Term) -> Polynomial:
    """The term as a map from multisets of letters to coefficients."""
    if term.op == "num":
        value: Fraction = term.data  # type: ignore[assignment]
        return {(): value} if value else {}
    if term.op == "neg":
        return {m: -c for m, c in polynomial(term.args[0]).items()}
    if term.op == "add":
        total: Polynomial = {}
        for arg in term.args:
            for mono, coeff in polynomial(arg).items():
                total[mono] = total.get(mono, Fraction(0)) + coeff
        return {m: c for m, c in total.items() if c}
    if term.op == "mul":
        result: Polynomial = {(): Fraction(1)}
        for arg in term.args:
            result = _times(result, polynomial(arg))
        return result
    return {(term,): Fraction(1)}


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    if len(left) * len(right) > _LIMIT:
        raise OverflowError("a size with too many terms")
    result: Polynomial = {}
    for m, c in left.items():
        for n, d in right.items():
            mono = tuple(sorted(m + n, key=repr))
            result[mono] = result.get(mono, Fraction(0)) + c * d
    return {m: c for m, c in result.items() if c}


def same_size(left: Term, right: Term) -> bool:
    """Are the two sizes equal as polynomials?"""
    return left == right or polynomial(left) == polynomial(right)


def same_axis(left: Term, right: Term) -> bool:
    """Do two axes run over the same indices?"""
    if left == right:
        return True
    if left.op == right.op == "range":
        return all(same_size(a, b) for a, b in zip(left.args, right.args, strict=True))
    return False
