"""Replacing atoms by polynomials, everything around them brought to normal form again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, cast

from symproof.kernel import atoms, closing, sums
from symproof.kernel.poly import ZERO, Atom, Exponent, Poly, as_exponent, number, of_atom, of_mono, total
from symproof.kernel.verdict import Rejected

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal

Touched = Callable[[Atom], bool]
Valued = Callable[[Atom], Poly | None]


def rebuild(nf: Normal, poly: Poly, touched: Touched, value: Valued) -> Poly:
    """The polynomial with some atoms replaced by polynomials.

    `touched` says whether an atom mentions anything to be replaced.
    """
    result: list[Poly] = []
    changed = False
    for mono, coeff in poly.terms.items():
        if not any(isinstance(exponent, Poly) or touched(atom) for atom, exponent in mono):
            result.append(of_mono(mono, coeff))
            continue
        changed = True
        kept: list[tuple[Atom, Exponent]] = []
        made = number(coeff)
        for atom, exponent in mono:
            fresh = exponent
            if isinstance(exponent, Poly):
                fresh = as_exponent(rebuild(nf, exponent, touched, value))
            if touched(atom):
                nf.spend()
                found = value(atom)
                if found is None:
                    found = remake(nf, atom, touched, value)
                made = nf.times(made, nf.power(found, fresh))
            elif not isinstance(exponent, Poly):
                kept.append((atom, exponent))
            else:
                alone = atom.kind == "base" and fresh == 1  # a number, to be reduced
                power = nf.reduce(((atom, 1),)) if alone else nf.power(of_atom(atom), fresh)
                made = nf.times(made, power)
        result.append(nf.times(made, of_mono(tuple(kept))))
    return total(result) if changed else poly


def replace(nf: Normal, poly: Poly, values: Mapping[Atom, Poly | Atom]) -> Poly:
    """The polynomial with index variables, symbols and holes (which stand for arrays) replaced."""
    if not values:
        return poly
    variables = frozenset(v for a in values for v in a.vars)
    names = frozenset(n for a in values for n in a.names)

    def touched(atom: Atom) -> bool:
        return not (variables.isdisjoint(atom.vars) and names.isdisjoint(atom.names))

    def value(atom: Atom) -> Poly | None:
        if atom.kind == "elem" and atom.parts[0] in values:
            indices = [rebuild(nf, p, touched, value) for p in cast(tuple[Poly, ...], atom.parts[1:])]
            return closing.array_entry(nf, cast(Atom, values[cast(Atom, atom.parts[0])]), indices)
        return cast("Poly | None", values.get(atom))

    return rebuild(nf, poly, touched, value)


def remake(nf: Normal, atom: Atom, touched: Touched, value: Valued) -> Poly:
    """The atom with what it mentions rebuilt."""

    def again(part: object) -> Any:
        if isinstance(part, Poly):
            return rebuild(nf, part, touched, value)
        if isinstance(part, Atom) and not touched(part):
            return part
        if isinstance(part, Atom) and part.kind == "array":
            return closing.rebuild_array(nf, part, again)
        if isinstance(part, Atom) and part.kind in ("fun", "inverse", "nabla", "matpow"):
            return Atom(part.kind, *map(again, part.parts))
        return tuple(map(again, part)) if isinstance(part, tuple) else part

    kind = atom.kind
    if kind == "sum":
        return sums.rebuild_sum(nf, atom, touched, value)
    if kind == "bind":
        return closing.rebuild_bind(nf, atom, again)
    if kind == "E":
        return _expectation(nf, atom, touched, value)
    first, *rest = map(again, atom.parts)
    if kind == "elem":
        return atoms.element(nf, first, tuple(rest))
    if kind == "fun":
        return atoms.apply(nf, first, tuple(rest))
    if kind == "pow":
        return first  # type: ignore[no-any-return]
    if kind == "abs":
        return nf.absolute(first)
    if kind == "bracket":
        return atoms.equal(nf, rest[0], ZERO) if first == "eq" else atoms.at_least(nf, rest[0])
    if kind == "adj":
        return atoms.adjacency(nf, first, *rest)
    return of_atom(Atom(kind, first, *rest))


def _expectation(nf: Normal, atom: Atom, touched: Touched, value: Valued) -> Poly:
    """E[…] with what it mentions rebuilt; what is put in must not depend on the outcome."""
    from symproof.kernel.expectation import depends_on_chance, expect

    def steady(part: Atom) -> Poly | None:
        found = value(part)
        if found is not None and depends_on_chance(nf, found):
            raise Rejected("expectation", "a random value put into an expectation")
        return found

    return expect(nf, rebuild(nf, of_mono(atom.part), touched, steady))
