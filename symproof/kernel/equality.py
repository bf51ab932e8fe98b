"""When a polynomial is 0: powers gathered, indices that brackets fix put in, denominators cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from symproof.kernel import angles, signs
from symproof.kernel.exponents import whole_part
from symproof.kernel.poly import (
    REDUCING,
    Atom,
    E,
    Exponent,
    Poly,
    as_exponent,
    as_poly,
    coefficient_of,
    merge,
    number,
    of_atom,
    of_mono,
    total,
)
from symproof.kernel.verdict import Rejected

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal
MAX_ROUNDS = 12


def is_zero(nf: Normal, poly: Poly) -> bool:
    """Is the polynomial zero once multi-term denominators, all nonzero where it is defined, are cleared?"""
    along, rounds = True, 0
    while poly and rounds < MAX_ROUNDS:
        rounds += 1
        before, poly = poly, _gathered(nf, poly)
        if along:
            poly = _along_brackets(nf, poly)
        if poly == before:
            poly, sure = _cleared(nf, poly)
            along &= sure
        if poly == before:
            break
    return not poly


def _cleared(nf: Normal, poly: Poly) -> tuple[Poly, bool]:
    """The polynomial times its multi-term denominators, and whether all of them are known to be nonzero.

    Beside a bracket a denominator may be 0 where the bracket is (`cases`): then it is cleared only
    as a polynomial is, of which no product with something else is 0.
    """
    guarded = any(atom.kind == "bracket" for mono in poly.terms for atom, _ in mono)
    clear: dict[Atom, int] = {}
    sure = True
    for mono in poly.terms:
        for atom, exponent in mono:
            base = atom.part if atom.kind == "pow" else of_atom(atom)
            trigonometric = nf.angles and isinstance(exponent, int) and angles.generator(atom) is not None
            if not trigonometric and not (atom.kind == "pow" and _denominator(nf, atom, exponent)):
                continue
            whole = whole_part(exponent)[1]
            if whole < 0 and guarded and not signs.holds(nf, base, "ne"):
                if not _free(nf, base):
                    continue
                sure = False
            clear[atom] = min(clear.get(atom, 0), whole)
    factor = tuple((a, -k) for a, k in sorted(clear.items(), key=lambda item: item[0].key) if k < 0)
    if not factor:
        return poly, True
    return total(nf.reduce(merge(mono, factor)).scale(c) for mono, c in poly.terms.items()), sure


def _free(nf: Normal, poly: Poly) -> bool:
    """Does no rule for products look at the atoms of the polynomial?"""
    return not any(
        (atom.kind in REDUCING and atom != E) or nf.context.idempotent(atom)
        for mono in poly.terms
        for atom, _ in mono
    )


def _denominator(nf: Normal, atom: Atom, exponent: Exponent) -> bool:
    """Is the base nonzero wherever the power is defined?  p^(n − 1) may be 0^0."""
    if not isinstance(exponent, Poly):
        return exponent < 0
    return signs.holds(nf, -exponent, "gt") or signs.holds(nf, atom.part, "ne")


def _gathered(nf: Normal, poly: Poly) -> Poly:
    """Powers p^(n + k) of one p as the least times a polynomial; it is defined, so n + k >= 0 at p = 0."""
    least: dict[tuple[Atom, str], int] = {}
    for mono in poly.terms:
        for atom, exponent in mono:
            if atom.kind == "pow" and isinstance(exponent, Poly):
                rest, whole = whole_part(exponent)
                slot = atom, as_poly(rest).key
                least[slot] = min(least.get(slot, whole), whole)
    result: list[Poly] = []
    for mono, coeff in poly.terms.items():
        made, kept = number(coeff), list(mono)
        for k, (atom, exponent) in enumerate(mono):
            if atom.kind == "pow" and isinstance(exponent, Poly):
                rest, whole = whole_part(exponent)
                more = whole - least[atom, as_poly(rest).key]
                if more:
                    kept[k] = atom, as_exponent(exponent - number(more))
                    made = nf.times(made, nf.power(atom.part, more))
        result.append(nf.times(made, of_mono(tuple(kept))))
    return total(result)


def _along_brackets(nf: Normal, poly: Poly) -> Poly:
    """[i = e] f(i) = [i = e] f(e), for an index i."""
    result: list[Poly] = []
    for mono, coeff in poly.terms.items():
        for k, (atom, exponent) in enumerate(mono):
            found = _index_equation(atom) if exponent == 1 else None
            rest = of_mono(mono[:k] + mono[k + 1 :], coeff)
            if found is not None and found[0] in rest.vars:
                var, value = found
                try:
                    moved = nf.replace(rest, {var: value})
                except Rejected:  # a pole there: it stays as it is
                    continue
                result.append(nf.times(of_atom(atom), moved))
                break
        else:
            result.append(of_mono(mono, coeff))
    return total(result)


def _index_equation(atom: Atom) -> tuple[Atom, Poly] | None:
    """(i, e) when the atom is the bracket [i = e] for the last index variable i in it."""
    if atom.kind != "bracket" or atom.parts[0] != "eq":
        return None
    equation = cast(Poly, atom.parts[1])
    for var in sorted(equation.vars, key=lambda a: a.key, reverse=True):
        parts = coefficient_of(equation, var)
        slope = parts and parts[0].constant()
        if parts is not None and slope in (1, -1) and var.kind == "var":
            return var, parts[1].scale(-slope)
    return None
