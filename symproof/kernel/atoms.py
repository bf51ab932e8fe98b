"""Making atoms: components, function values and brackets, each brought to one form.

Every atom that can be rewritten by an equation in force, or simplified by a
declared attribute, is made here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from symproof.kernel import angles, signs
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ONE,
    ZERO,
    Atom,
    Poly,
    of_atom,
    of_mono,
)
from symproof.kernel.rewriting import rewrite

HALF = Fraction(1, 2)


def element(nf: Normal, base: str | Atom, indices: tuple[Poly, ...]) -> Poly:
    """The component base[indices], by the declared attributes of the base."""
    attributes: frozenset[str] = frozenset()
    if isinstance(base, str) and base in nf.context.symbols:
        attributes = nf.context.symbols[base].attributes
    if isinstance(base, Atom) and (base.kind == "inverse" and base.parts[1] or _hessian(nf, base)):
        attributes = frozenset(("symmetric",))
    if len(indices) >= 2 and ("symmetric" in attributes or "psd" in attributes or "diagonal" in attributes):
        *front, i, j = indices
        if j.key < i.key:
            i, j = j, i
        indices = (*front, i, j)
        if "diagonal" in attributes:
            return nf.times(equal(nf, i, j), made(nf, Atom("elem", base, *front, i, i)))
    return made(nf, Atom("elem", base, *indices))


def _hessian(nf: Normal, base: Atom) -> bool:
    """Is it the second derivative of a function that is declared twice differentiable?"""
    inner = base.parts[1] if base.kind == "nabla" else None
    if not isinstance(inner, Atom) or inner.kind != "nabla":
        return False
    symbol = nf.context.symbols.get(str(cast(Atom, inner.parts[1]).parts[0]))
    return symbol is not None and "twice_differentiable" in symbol.attributes


def matrix_power(nf: Normal, base: str | Atom, exponent: Poly, row: Poly, column: Poly) -> Poly:
    """An entry of a power of a matrix that is not multiplied out."""
    if not exponent:
        return equal(nf, row, column)
    return element(nf, Atom("matpow", base, exponent), (row, column))


def made(nf: Normal, atom: Atom) -> Poly:
    """The atom, rewritten by an equation in force if one applies."""
    found = rewrite(nf, atom)
    return of_atom(atom) if found is None else found


def adjacency(nf: Normal, graph: str, u: Poly, v: Poly) -> Poly:
    """1 if u and v are joined, else 0: symmetric, no loops."""
    if u == v:
        return ZERO
    first, second = sorted((u, v), key=lambda p: p.key)
    return of_atom(Atom("adj", graph, first, second))


def equal(nf: Normal, left: Poly, right: Poly) -> Poly:
    """[left = right], decided where signs decide it."""
    difference = left - right
    if not difference:
        return ONE
    if signs.holds(nf, difference, "ne"):
        return ZERO
    _content, common, rest = nf.content(difference)
    whole = rest if not common else nf.times(of_mono(common), rest)
    return of_atom(Atom("bracket", "eq", whole))


def at_least(nf: Normal, poly: Poly) -> Poly:
    """[poly >= 0], decided where signs decide it."""
    if signs.holds(nf, poly, "ge"):
        return ONE
    if signs.holds(nf, -poly, "gt"):
        return ZERO
    return of_atom(Atom("bracket", "ge", poly))


# Filled by elementary.py.
ELEMENTARY: dict[str, Callable[..., Poly]] = {}


def apply(nf: Normal, name: str, args: tuple[Poly | Atom, ...]) -> Poly:
    """A function value; elementary functions by exponentials, powers and |·|, others as they are."""
    rule = ELEMENTARY.get(name)
    if rule is not None:
        return rule(nf, *args)
    return made(nf, Atom("fun", name, *args))


def function_sign(nf: Normal, atom: Atom) -> str | None:
    """What a function value's name, and the place of its argument, say of its sign."""
    if atom.parts[0] in ("log", "atan", "asin", "erf"):  # increasing, with their zero at 1 or 0
        from_zero = cast(Poly, atom.parts[1]) - (ONE if atom.parts[0] == "log" else ZERO)
        for sign, poly, relation in (
            ("gt", from_zero, "gt"), ("lt", -from_zero, "gt"),
        ("ge", from_zero, "ge"), ("le", -from_zero, "ge"),
        ):  # fmt: skip
            if signs.holds(nf, poly, relation):
                return sign
        return None
    if atom.parts[0] in ("opnorm", "binomial", "fronorm", "rank"):
        return "ge"
    return "gt" if atom.parts[0] in ("factorial", "gamma", "components") else None


def bounds(nf: Normal, atom: Atom) -> list[signs.Fact]:
    """Bounds that an atom obeys by what it means."""
    poly = of_atom(atom)
    if atom.kind in ("bracket", "adj"):
        return [(ONE - poly, "ge")]
    if atom.kind == "abs":
        inner: Poly = atom.part
        return [(poly - inner, "ge"), (poly + inner, "ge")]
    if atom.kind == "fun" and atom.parts[0] == "floor":
        inner = atom.parts[1]  # type: ignore[assignment]
        return [(inner - poly, "ge"), (poly + ONE - inner, "gt")]
    if atom.kind == "fun" and atom.parts[0] == "sign":
        return [(ONE - poly, "ge"), (ONE + poly, "ge")]
    if atom.kind in ("sym", "elem") and nf.context.idempotent(atom):
        return [(poly, "ge"), (ONE - poly, "ge")]
    return angles.bounds(atom)
