"""Expectations of normal forms.

E is linear over finite sums of integrable pieces, deterministic factors leave
it, and E[X Y] = E[X] E[Y] for independent X and Y.  A piece is integrable when a
fact names its expectation, or when its law makes it so: polynomials times
exponentials of affine functions of normal variables, and functions of 0/1 ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from symproof.kernel import known, signs, sums
from symproof.kernel.poly import (
    ONE,
    Atom,
    E,
    Exponent,
    Mono,
    Poly,
    as_exponent,
    mono_of,
    natural,
    of_atom,
    of_mono,
    total,
)
from symproof.kernel.rewriting import rewrite
from symproof.kernel.statement import TIED, Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.types import Scalar, Sequence

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal

MAX_POWER = 4  # of a sum that is opened
MORE = 4  # degrees above its own at which a moment is looked for


def expect(nf: Normal, poly: Poly) -> Poly:
    """E[poly]."""
    if nf.context.conditional:
        raise Rejected("expectation", "an expectation where something is assumed of random values")
    whole = poly.single()
    alone = whole is not None
    return total(_expect_mono(nf, mono, alone).scale(coeff) for mono, coeff in poly.terms.items())


def depends_on_chance(nf: Normal, value: Poly | Atom) -> bool:
    """Does a value mention a random symbol outside an expectation?"""
    monos = value.terms if isinstance(value, Poly) else (((value, 1),),)
    return any(is_random(nf, factor) for mono in monos for factor in mono)


def is_random(nf: Normal, factor: tuple[Atom, Exponent]) -> bool:
    """Does the factor mention a random symbol outside an expectation?"""
    atom, exponent = factor
    if atom.kind == "E":
        return False
    names = atom.names | (exponent.names if isinstance(exponent, Poly) else frozenset())
    return not names.isdisjoint(nf.context.random)


def _expect_mono(nf: Normal, mono: Mono, alone: bool) -> Poly:
    outside, inside = ONE, []
    for atom, exponent in mono:
        if not is_random(nf, (atom, exponent)):
            outside = nf.times(outside, nf.reduce(((atom, exponent),)))
        elif isinstance(exponent, Poly) and atom.names.isdisjoint(nf.context.random):
            fixed = Poly({m: c for m, c in exponent.terms.items() if not any(is_random(nf, f) for f in m)})
            if fixed:
                outside = nf.times(outside, nf.power(of_atom(atom), as_exponent(fixed)))
            inside.append((atom, as_exponent(exponent - fixed)))
        else:
            inside.append((atom, exponent))
    if not inside:
        return outside
    for k, (atom, exponent) in enumerate(inside):
        if atom.kind == "sum" and natural(exponent) and exponent <= MAX_POWER:
            variables, body = sums.open_sum(nf, atom)
            rest = nf.times(of_mono(mono_of(inside[:k] + inside[k + 1 :])), body)
            if exponent > 1:
                rest = nf.times(rest, of_atom(atom, exponent - 1))
            value = total(_expect_mono(nf, m, False).scale(c) for m, c in rest.terms.items())
            return nf.times(outside, sums.sum_all(nf, value, variables))
    groups = _independent_groups(nf, inside)
    pure = alone and outside == ONE and len(groups) == 1
    return nf.product(outside, *(_atom(nf, mono_of(group), pure) for group in groups))


def _atom(nf: Normal, mono: Mono, pure: bool) -> Poly:
    """The expectation of a product that cannot be split."""
    apart = _two_entries(nf, mono)
    if apart is not None:
        return apart
    atom = Atom("E", mono)
    found = rewrite(nf, atom)
    if found is not None:
        return found
    if not pure and not integrable_mono(nf, mono):
        raise Rejected("expectation", f"cannot split: nothing says that {_names(mono)} has an expectation")
    return of_atom(atom)


def _names(mono: Mono) -> str:
    return " ".join(sorted({n for a, _ in mono for n in a.names}))


def integrable(nf: Normal, poly: Poly) -> bool:
    """Has every piece of the polynomial an expectation, for certain?"""
    if nf.context.conditional:
        return False  # what is assumed of some outcomes says nothing of the others
    try:
        total(_expect_mono(nf, mono, False) for mono in poly.terms)
    except Rejected:
        return False
    return True


def integrable_mono(nf: Normal, mono: Mono) -> bool:
    """Is the product of random factors integrable: by its laws, by a fact, or by moments?"""
    return all(_tame(nf, f) for f in mono) or known.expectation(nf, Atom("E", mono)) or _by_moments(nf, mono)


def _by_moments(nf: Normal, mono: Mono) -> bool:
    """|x₁^a₁ ⋯ xₖ^aₖ| <= 1 + |x₁|^N + … + |xₖ|^N for N >= a₁ + … + aₖ; where x^N has a mean, |x|^N has."""
    if not all(natural(e) and _real(nf, a) for a, e in mono):
        return False
    degree = sum(e for _, e in mono if natural(e))
    degrees = range(degree, degree + MORE)
    return all(
        _tame(nf, factor) or any(known.expectation(nf, Atom("E", ((factor[0], n),))) for n in degrees)
        for factor in mono
    )


def _real(nf: Normal, atom: Atom) -> bool:
    """Is the atom a real number, being a symbol or an entry of one?"""
    if atom.kind == "bracket":
        return True
    name = atom.parts[0] if atom.kind in ("sym", "elem") else None
    return isinstance(name, str) and nf.context.item_type(name) in (Scalar("real"), Scalar("integer"))


def _symbol(nf: Normal, atom: Atom) -> Symbol | None:
    """The symbol that the atom is, or of which it is an entry at a place that does not depend on chance."""
    if atom.kind not in ("sym", "elem") or not isinstance(atom.parts[0], str):
        return None
    if any(depends_on_chance(nf, index) for index in cast(tuple[Poly, ...], atom.parts[1:])):
        return None
    return nf.context.symbols.get(atom.parts[0])


def _lawful(nf: Normal, atom: Atom) -> bool:
    """Has the atom a law?"""
    symbol = _symbol(nf, atom)
    return symbol is not None and symbol.law is not None


def _tame(nf: Normal, factor: tuple[Atom, Exponent]) -> bool:
    """A natural power of an entry with a law, e to an affine function of such entries, 0 or 1, or what has
    finitely many values."""
    atom, exponent = factor
    if all(_finite(nf.context.symbols[name]) for name in _sources(nf, factor)):
        return True
    if natural(exponent):
        return _lawful(nf, atom) or atom.kind == "bracket"
    if atom == E and isinstance(exponent, Poly):
        return all(_affine(nf, m) for m in exponent.terms)
    return False


def _finite(symbol: Symbol) -> bool:
    """Has the symbol finitely many values?"""
    return symbol.law is not None and symbol.law.name == "bernoulli" and not isinstance(symbol.type, Sequence)


def _affine(nf: Normal, mono: Mono) -> bool:
    random = [f for f in mono if is_random(nf, f)]
    if [exponent for _, exponent in random] != [1]:
        return False
    ((atom, _),) = random
    if atom.kind == "sum":
        return _affine(nf, sums.open_sum(nf, atom)[1].single()[0])  # type: ignore[index]
    return _lawful(nf, atom)


# --- independence -----------------------------------------------------------------


def _independent_groups(
    nf: Normal, factors: list[tuple[Atom, Exponent]]
) -> list[list[tuple[Atom, Exponent]]]:
    """The factors in groups that are independent of each other."""
    names = frozenset().union(*(_sources(nf, f) for f in factors))
    declared = all(_declared(nf, n) for n in names)
    if not declared and not known.independent(nf, names):
        return [factors]
    groups: list[list[tuple[Atom, Exponent]]] = []
    for factor in factors:
        joined, apart = [factor], []
        for group in groups:
            if all(_independent(nf, f, g, declared) for f in joined for g in group):
                apart.append(group)
            else:
                joined = group + joined
        groups = [*apart, joined]
    return groups


def _independent(
    nf: Normal, left: tuple[Atom, Exponent], right: tuple[Atom, Exponent], declared: bool
) -> bool:
    """Different independent symbols, or entries of one at indices that differ."""
    shared = _sources(nf, left) & _sources(nf, right)
    if not shared:
        return True
    x, y = left[0], right[0]
    plain = isinstance(left[1], int) and isinstance(right[1], int)
    symbol = _symbol(nf, x)
    if not declared or not plain or symbol is None or symbol != _symbol(nf, y) or x.kind != "elem":
        return False
    pairs = list(zip(x.parts[1:], y.parts[1:], strict=True))
    if not _independent_entries(symbol):
        pairs = pairs[: isinstance(symbol.type, Sequence)]  # the members are, the entries of one need not be
    return any(signs.holds(nf, p - q, "ne") for p, q in pairs)  # type: ignore[operator]


def _independent_entries(symbol: Symbol) -> bool:
    """Are the entries of one vector or matrix independent of each other?"""
    if not symbol.attributes.isdisjoint(TIED):
        return False
    if symbol.law is None:
        return not isinstance(symbol.type, Sequence)
    return symbol.law.name != "normal" or symbol.law.args[1].op in ("num", "eye", "diag")


def _two_entries(nf: Normal, mono: Mono) -> Poly | None:
    """E[X_i X_j] = E[X_i] E[X_j] + [i = j] (E[X_i²] − E[X_i]²) where X has independent entries; the same for
    a sequence with independent members.
    """
    from symproof.kernel.atoms import equal

    if len(mono) != 2 or any(a.kind != "elem" or e != 1 for a, e in mono):
        return None
    (x, _), (y, _) = mono
    symbol = _symbol(nf, x)
    if symbol is None or symbol != _symbol(nf, y) or not _declared(nf, symbol.name):
        return None
    apart = len(x.parts) if _independent_entries(symbol) else 1 + isinstance(symbol.type, Sequence)
    pairs = cast("Iterable[tuple[Poly, Poly]]", zip(x.parts[1:apart], y.parts[1:apart], strict=True))
    same = nf.product(*(equal(nf, p, q) for p, q in pairs))
    if same == ONE:
        return None  # nothing tells the two apart
    moved = Atom("elem", *x.parts[:apart], *y.parts[apart:])
    first, second, third = (_expect_mono(nf, ((atom, 1),), False) for atom in (x, y, moved))
    ((product, _),) = nf.times(of_atom(x), of_atom(moved)).terms.items()
    both = _expect_mono(nf, product, False)
    return nf.times(first, second) + nf.times(same, both - nf.times(first, third))


def _sources(nf: Normal, factor: tuple[Atom, Exponent]) -> frozenset[str]:
    atom, exponent = factor
    names = atom.names | (exponent.names if isinstance(exponent, Poly) else frozenset())
    return names & nf.context.random


def _declared(nf: Normal, name: str) -> bool:
    """Are the entries independent, of each other and of all other such symbols?"""
    symbol = nf.context.symbols[name]
    return symbol.law is not None or "independent" in symbol.attributes
