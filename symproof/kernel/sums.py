"""Finite sums over symbolic ranges, in one form.

A sum atom is one connected component: its index ranges and one monomial.  Sums
are linear, so a body is closed one monomial at a time: sums inside that depend
on the index are opened and flattened; brackets that fix an index are contracted;
declared contractions (orthogonality, inverses, degrees) are applied where the
range is exactly the axis; what does not depend on an index leaves the sum; what
is left is split into connected parts, and each part is labelled canonically.

Ranges are (1..length); a length below 1 is an empty range and a sum over it 0.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from symproof.kernel import signs
from symproof.kernel.closing import again_confined, open_bodies
from symproof.kernel.labelling import depth, label
from symproof.kernel.poly import (
    ONE,
    ZERO,
    Atom,
    Exponent,
    Mono,
    Poly,
    as_exponent,
    coefficient_of,
    factor_vars,
    mono_vars,
    natural,
    number,
    of_atom,
    of_mono,
    split_constant,
    total,
)
from symproof.kernel.verdict import Rejected

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal, Sort

SHORT = 12
PEEL = 6
MAX_POWER = 6  # of a sum that is opened
NO_TIES: Mapping[Atom, frozenset[Atom]] = MappingProxyType({})


def sum_over(nf: Normal, body: Poly, var: Atom) -> Poly:
    """Σ body over the range of the variable."""
    sort = nf.sorts[var]
    if sort[0] == "range":
        length: Poly | None = sort[1]
        if length is None:
            raise Rejected("normal form", "a sum over an axis without end")
        value = length.constant()
        if value is not None and value <= SHORT:
            return total(nf.replace(body, {var: number(k)}) for k in range(1, math.floor(value) + 1))
        below, extra = split_constant(length)
        if isinstance(extra, int) and 0 < extra <= PEEL and signs.holds(nf, below, "ge"):
            tops = [nf.replace(body, {var: below + number(k)}) for k in range(1, extra + 1)]
            inner = nf.variable(("range", below))
            return total((sum_over(nf, nf.replace(body, {var: of_atom(inner)}), inner), *tops))
    return _close_all(nf, body, (var,))


def sum_all(nf: Normal, body: Poly, variables: Sequence[Atom]) -> Poly:
    """Σ body over the ranges of several variables, of which the later may depend on the earlier."""
    for var in reversed(variables):
        body = sum_over(nf, body, var)
    return body


def _close_all(nf: Normal, body: Poly, binders: tuple[Atom, ...]) -> Poly:
    return total(_close(nf, mono, binders).scale(coeff) for mono, coeff in body.terms.items())


def _close(nf: Normal, mono: Mono, binders: tuple[Atom, ...]) -> Poly:
    """Σ over the binders of one monomial."""
    nf.spend(len(mono) + 1)
    if not binders:
        return nf.reduce(mono)
    for step in (_flatten, _contract_bracket, _contract_declared, _cut_range, _cancel_inverse, _drop_unused):
        found = step(nf, mono, binders)
        if found is not None:
            return found
    ties = _ties(nf, mono, binders)
    outside, inside = take_out(nf, mono, binders, ties)
    result = outside
    for group in _components(nf, inside, binders, ties):
        factors = tuple(f for f in inside if not _held(f, ties).isdisjoint(group))
        result = nf.times(result, label(nf, group, factors))
    return result


# --- opening -------------------------------------------------------------------


def open_sum(nf: Normal, atom: Atom) -> tuple[tuple[Atom, ...], Poly]:
    """Fresh variables for the indices of a sum atom, and its body at them."""
    variables, (body,) = open_bodies(nf, atom, atom.parts[0], (of_mono(atom.parts[1]),))  # type: ignore[arg-type]
    return variables, body


def rebuild_sum(
    nf: Normal, atom: Atom, touched: Callable[[Atom], bool], value: Callable[[Atom], Poly | None]
) -> Poly:
    """The sum with what it mentions replaced, in its body and in its ranges."""
    variables, body = open_sum(nf, atom)
    again_confined(nf, variables, lambda length: nf.rebuild(length, touched, value))
    return sum_all(nf, nf.rebuild(body, touched, value), variables)


def _flatten(nf: Normal, mono: Mono, binders: tuple[Atom, ...]) -> Poly | None:
    """Open a sum inside that depends on a binder."""
    bound = frozenset(binders)
    for k, (atom, exponent) in enumerate(mono):
        inside = atom.kind == "sum" and not atom.vars.isdisjoint(bound)
        if inside and natural(exponent) and exponent <= MAX_POWER:
            body = of_mono(mono[:k] + mono[k + 1 :])
            added: tuple[Atom, ...] = ()
            for _ in range(exponent):
                variables, inner = open_sum(nf, atom)
                body, added = nf.times(body, inner), added + variables
            return _close_all(nf, body, binders + added)
    return None


# --- contraction -----------------------------------------------------------------


def _eliminate(nf: Normal, mono: Mono, binders: tuple[Atom, ...], var: Atom, value: Poly) -> Poly:
    """The monomial with the index fixed; the ranges that depend on it follow."""
    values = {var: value}
    rest: list[Atom] = []
    bound = frozenset(binders)
    for other in sorted(binders, key=lambda v: depth(nf, v, bound)):
        sort = nf.sorts[other]
        if other == var:
            continue
        if sort[0] == "range" and not sort[1].vars.isdisjoint(values):
            fresh = nf.variable(("range", nf.replace(sort[1], values)))
            values[other] = of_atom(fresh)
            other = fresh
        rest.append(other)
    return _close_all(nf, nf.replace(of_mono(mono), values), tuple(rest))


def _contract_bracket(nf: Normal, mono: Mono, binders: tuple[Atom, ...]) -> Poly | None:
    """Σ_v [v = e] f(v) = [1 <= e <= length] f(e) for integers e."""
    from symproof.kernel.atoms import at_least

    for k, (atom, exponent) in enumerate(mono):
        if atom.kind != "bracket" or atom.parts[0] != "eq" or exponent != 1:
            continue
        for var in reversed(binders):
            parts = coefficient_of(atom.parts[1], var)  # type: ignore[arg-type]
            slope = parts and parts[0].constant()
            if parts is None or slope not in (1, -1):
                continue
            value = parts[1].scale(-slope)
            if not value.vars.isdisjoint(_dependents(nf, binders, var)):
                continue
            sort = nf.sorts[var]
            rest = of_mono(mono[:k] + mono[k + 1 :])
            if sort[0] == "range":
                if not signs.is_integer(nf, value):
                    continue
                rest = nf.product(rest, at_least(nf, value - ONE), at_least(nf, sort[1] - value))
            return total(_eliminate(nf, m, binders, var, value).scale(c) for m, c in rest.terms.items())
    return None


def _dependents(nf: Normal, binders: tuple[Atom, ...], var: Atom) -> frozenset[Atom]:
    """The binders whose range depends on the variable."""
    return frozenset(b for b in binders if nf.sorts[b][0] == "range" and var in nf.sorts[b][1].vars)


def _cut_range(nf: Normal, mono: Mono, binders: tuple[Atom, ...]) -> Poly | None:
    """Σ_v [v <= u] f = Σ up to u where u <= length; Σ_v [v >= l] f = Σ from l where l >= 1."""
    for k, (atom, exponent) in enumerate(mono):
        if atom.kind != "bracket" or atom.parts[0] != "ge" or exponent != 1:
            continue
        for var in reversed(binders):
            sort = nf.sorts[var]
            parts = coefficient_of(atom.parts[1], var)  # type: ignore[arg-type]
            slope = parts and parts[0].constant()
            if sort[0] != "range" or parts is None or slope not in (1, -1):
                continue
            if _dependents(nf, binders, var) or not parts[1].vars.isdisjoint(binders):
                continue
            if not signs.is_integer(nf, parts[1]) or not parts[1].names.isdisjoint(nf.context.random):
                continue
            rest = of_mono(mono[:k] + mono[k + 1 :])
            others = tuple(b for b in binders if b != var)
            if slope == -1 and signs.holds(nf, sort[1] - parts[1], "ge"):
                fresh, shift = nf.variable(("range", parts[1])), ZERO
            elif slope == 1 and signs.holds(nf, -parts[1] - ONE, "ge"):
                fresh, shift = nf.variable(("range", sort[1] + parts[1] + ONE)), -parts[1] - ONE
            else:
                continue
            moved = nf.replace(rest, {var: of_atom(fresh) + shift})
            return _close_all(nf, sum_over(nf, moved, fresh), others)
    return None


def _contract_declared(nf: Normal, mono: Mono, binders: tuple[Atom, ...]) -> Poly | None:
    """Σ_k Q_ki Q_kj = [i = j] for orthogonal Q, Σ_k A⁻¹_ik A_kj = [i = j], Σ_v A_uv = degree of u; and what
    an equation in force makes of a sum over one of the indices.
    """
    from symproof.kernel.contractions import contract_one, contract_pair

    for var in binders:
        if _dependents(nf, binders, var):
            continue
        inside = [f for f in mono if var in factor_vars(f)]
        if any(e != 1 for _, e in inside):
            continue
        found = None
        if len(inside) == 1:
            ((one, _),) = inside
            found = contract_one(nf, one, var)
        elif len(inside) == 2:
            (left, _), (right, _) = inside
            found = contract_pair(nf, left, right, var)
        if found is None and len(binders) > 1 and any(rule.pattern.kind == "sum" for rule in nf.rewrites):
            ties = _ties(nf, mono, binders)
            if inside and sum(var in _held(f, ties) for f in mono) == len(inside):
                closed = _close(nf, tuple(inside), (var,))
                alone = closed.atom()
                found = closed if alone is None or alone.kind != "sum" else None  # used by an equation
        if found is not None:
            rest = of_mono(tuple(f for f in mono if f not in inside))
            return _close_all(nf, nf.times(rest, found), tuple(b for b in binders if b != var))
    return None


def _cancel_inverse(nf: Normal, mono: Mono, binders: tuple[Atom, ...]) -> Poly | None:
    """Σ_j f(j, k) · (Σ_l f(l, k))^(−1) = 1 under further sums over k."""
    inverses = {a for a, e in mono if a.kind == "sum" and isinstance(e, int) and e < 0}
    if not inverses:
        return None
    for var in binders:
        if _dependents(nf, binders, var):
            continue
        inside = tuple(f for f in mono if var in factor_vars(f))
        if not inside or any(a in inverses for a, _ in inside):
            continue
        closed = _close(nf, inside, (var,))
        single = closed.single()
        if single is not None and any(
            a in inverses and e == 1 and signs.holds(nf, of_atom(a), "ne") for a, e in single[0]
        ):
            rest = of_mono(tuple(f for f in mono if f not in inside))
            return _close_all(nf, nf.times(rest, closed), tuple(b for b in binders if b != var))
    return None


def _drop_unused(nf: Normal, mono: Mono, binders: tuple[Atom, ...]) -> Poly | None:
    """An index in no factor and no range gives the length of its range."""
    used = mono_vars(mono).union(*_ties(nf, mono, binders).values())
    for var in binders:
        if var in used or _dependents(nf, binders, var):
            continue
        others = tuple(b for b in binders if b != var)
        return _close_all(nf, nf.times(of_mono(mono), length(nf, nf.sorts[var])), others)
    return None


def length(nf: Normal, sort: Sort) -> Poly:
    """How many values an index of this sort takes."""
    if sort[0] == "vertices":
        return of_atom(Atom("card", sort[1]))
    if signs.holds(nf, sort[1], "ge"):
        return sort[1]  # type: ignore[no-any-return]
    if signs.holds(nf, -sort[1], "ge"):
        return ZERO
    return of_atom(Atom("length", sort[1]))


# --- what leaves a sum -------------------------------------------------------------

Ties = Mapping[Atom, frozenset[Atom]]


def _ties(nf: Normal, mono: Mono, binders: tuple[Atom, ...]) -> Ties:
    """Factors that may be undefined, with the indices whose range may be empty: an empty sum of them is 0,
    and they must not leave it."""
    loose = [f[0] for f in mono if perhaps_undefined(nf, *f)]
    if not loose:
        return {}
    empty = frozenset(v for v in binders if not surely_nonempty(nf, nf.sorts[v]))
    return dict.fromkeys(loose, empty) if empty else {}


def surely_nonempty(nf: Normal, sort: Sort) -> bool:
    """Does an index of this sort surely take some value?  Graphs have vertices."""
    return sort[0] == "vertices" or sort[1] is None or signs.holds(nf, sort[1] - ONE, "ge")


def perhaps_undefined(nf: Normal, atom: Atom, exponent: Exponent) -> bool:
    """May the factor be a division by 0, have a pole like log at 0, or be an expectation without a value?"""
    from symproof.kernel.expectation import integrable_mono

    if atom.kind == "E":
        return not integrable_mono(nf, atom.part)
    base: Poly = atom.part if atom.kind == "pow" else of_atom(atom)
    if atom.kind == "fun" and atom.parts[0] in ("log", "gamma"):
        return not signs.holds(nf, atom.parts[1], "gt")  # type: ignore[arg-type]
    if isinstance(exponent, Poly):
        natural = signs.holds(nf, exponent, "ge")
    else:
        natural = exponent > 0
    return not natural and not signs.holds(nf, base, "ne")


def _held(factor: tuple[Atom, Exponent], ties: Ties) -> frozenset[Atom]:
    """The indices on which a factor depends, or in whose sum it must stay."""
    return factor_vars(factor) | ties.get(factor[0], frozenset())


def take_out(nf: Normal, mono: Mono, binders: tuple[Atom, ...], ties: Ties = NO_TIES) -> tuple[Poly, Mono]:
    """The product of what does not depend on the binders, and what does."""
    bound = frozenset(binders)
    outside = ONE
    inside: list[tuple[Atom, Exponent]] = []
    for atom, exponent in mono:
        if _held((atom, exponent), ties).isdisjoint(bound):
            outside = nf.times(outside, nf.reduce(((atom, exponent),)))
        elif isinstance(exponent, Poly) and atom.vars.isdisjoint(bound):
            free = _free_exponent(nf, atom, exponent, bound)
            if free:
                outside = nf.times(outside, nf.power(of_atom(atom), as_exponent(free)))
            inside.append((atom, as_exponent(exponent - free)))
        else:
            inside.append((atom, exponent))
    return outside, tuple(inside)


def _free_exponent(nf: Normal, atom: Atom, exponent: Poly, bound: frozenset[Atom]) -> Poly:
    """The part of an exponent that may leave the sum: all that is free of the index if the base is
    not 0, else the least value over the range where that is a natural number."""
    if atom.kind == "base" or signs.holds(nf, of_atom(atom), "ne"):
        return Poly({m: c for m, c in exponent.terms.items() if mono_vars(m).isdisjoint(bound)})
    variables = exponent.vars & bound
    if len(variables) != 1:
        return ZERO
    (var,) = variables
    parts, sort = coefficient_of(exponent, var), nf.sorts[var]
    slope = parts and parts[0].constant()
    if parts is None or slope is None or sort[0] != "range":
        return ZERO
    if sort[1] is None:
        if slope < 0:
            return ZERO
    elif not sort[1].vars.isdisjoint(bound):
        return ZERO
    least = parts[1] + (number(slope) if slope > 0 else sort[1].scale(slope))
    return least if signs.is_integer(nf, least) and signs.holds(nf, least, "ge") else ZERO


def _components(nf: Normal, mono: Mono, binders: tuple[Atom, ...], ties: Ties) -> list[frozenset[Atom]]:
    """The binders in groups that no factor and no range connects."""
    bound = frozenset(binders)
    links = [_held(f, ties) & bound for f in mono]
    for var in binders:
        if nf.sorts[var][0] == "range":
            links.append((nf.sorts[var][1].vars & bound) | {var})
    groups: list[frozenset[Atom]] = []
    for link in (*links, *(frozenset((v,)) for v in binders)):
        joined = link
        apart = []
        for group in groups:
            if group.isdisjoint(joined):
                apart.append(group)
            else:
                joined |= group
        groups = [*apart, joined] if joined else apart
    return groups
