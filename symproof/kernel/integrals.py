"""Integrals and series as linear forms: factors that are free of the variable leave them, one term at a time.

What is left may diverge where the whole does not; linear relations stay true,
since the values that exist extend to a linear functional.  That a whole has a
value is asked of the term (defined.py).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symproof.kernel import closing, signs, sums
from symproof.kernel.poly import ZERO, Atom, Mono, Poly, natural, of_atom, of_mono, total
from symproof.kernel.verdict import Rejected

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal

INFINITY = of_atom(Atom("const", "oo"))


def integral(nf: Normal, body: Poly, var: Atom, low: Poly, high: Poly) -> Poly:
    """∫ body from low to high; ∫ x^k is known."""
    if low == high:
        if _infinite(low):
            raise Rejected("normal form", "an integral from infinity to infinity")
        return ZERO
    if high.key < low.key:
        return -integral(nf, body, var, high, low)
    finite = not (_infinite(low) or _infinite(high))
    result = []
    for mono, coeff in body.terms.items():
        outside, inside = sums.take_out(nf, mono, (var,))
        power = _power(inside, var) if finite else None
        if power is not None:
            ends = nf.power(high, power + 1) - nf.power(low, power + 1)
            value = ends.scale(Fraction(1, power + 1))
        else:
            value = closing.close_bind(nf, "integral", [var], [of_mono(inside)], (low, high))
        result.append(nf.times(outside, value).scale(coeff))
    return total(result)


def _infinite(bound: Poly) -> bool:
    return bound in (INFINITY, -INFINITY)


def _power(mono: Mono, var: Atom) -> int | None:
    """k for x^k."""
    if not mono:
        return 0
    if len(mono) != 1:
        return None
    ((atom, exponent),) = mono
    return exponent if atom == var and natural(exponent) else None


def between(nf: Normal, var: Atom, low: Poly, high: Poly) -> None:
    """Note what the bounds say of the variable, where they are in order.

    Random bounds are those of one outcome: they would say something of all outcomes inside an expectation.
    """
    if not nf.context.random.isdisjoint(low.names | high.names):
        return
    upward = (
        low == -INFINITY
        or high == INFINITY
        or not (_infinite(low) or _infinite(high))
        and (signs.holds(nf, high - low, "ge"))
    )
    if upward:
        x = of_atom(var)
        facts = [(x - low, "ge")] if low != -INFINITY else []
        nf.premises[var] = facts + ([(high - x, "ge")] if high != INFINITY else [])


def series(nf: Normal, body: Poly, var: Atom) -> Poly:
    """Σ body over 1, 2, 3, …"""
    result = []
    for mono, coeff in body.terms.items():
        outside, inside = sums.take_out(nf, mono, (var,))
        value = closing.close_bind(nf, "series", [var], [of_mono(inside)], "sum")
        result.append(nf.times(outside, value).scale(coeff))
    return total(result)
