"""Complex numbers in the normal form: z is re z + i im z, and these two are real.

A polynomial is split into its real and imaginary part only where i stands nowhere but as a
factor of monomials, so that all else in it is real.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symproof.kernel import atoms, elementary
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, I, Mono, Number, Poly, as_poly, of_atom, total
from symproof.kernel.verdict import Rejected
from symproof.terms.types import COMPLEX

HALF = Fraction(1, 2)


def symbol(nf: Normal, name: str) -> Poly:
    """A declared complex number, by its real and imaginary part."""
    re, im = parts(nf, of_atom(Atom("sym", name)))
    return re + nf.times(of_atom(I), im)


def parts(nf: Normal, poly: Poly) -> tuple[Poly, Poly]:
    """The real and the imaginary part; raises Rejected where they are not plain to see."""
    alone = poly.atom()
    if alone is not None and _is_complex(nf, alone):
        re, im = (atoms.made(nf, Atom("fun", part, poly)) for part in ("re", "im"))
        return re, im
    terms: tuple[dict[Mono, Number], dict[Mono, Number]] = ({}, {})
    for mono, coeff in poly.terms.items():
        rest = tuple(f for f in mono if f != (I, 1))
        if any(I.key in a.key or I.key in as_poly(e).key or _is_complex(nf, a) for a, e in rest):
            raise Rejected("lowering", "the real part of something complex")
        terms[len(rest) < len(mono)][rest] = coeff
    return Poly(terms[0]), Poly(terms[1])


def _is_complex(nf: Normal, atom: Atom) -> bool:
    symbol = nf.context.symbols.get(str(atom.part)) if atom.kind == "sym" else None
    return symbol is not None and symbol.type == COMPLEX


def reciprocal(nf: Normal, poly: Poly) -> Poly:
    """1/(x + i y) = (x - i y)/(x² + y²)."""
    return nf.times(conjugate(nf, poly), nf.power(square(nf, poly), -1))


def conjugate(nf: Normal, poly: Poly) -> Poly:
    """x - i y."""
    re, im = parts(nf, poly)
    return re - nf.times(of_atom(I), im)


def exponential(nf: Normal, poly: Poly) -> Poly:
    """e^(x + i y) = e^x (cos y + i sin y)."""
    re, im = parts(nf, poly)
    turn = atoms.apply(nf, "cos", (im,)) + nf.times(of_atom(I), atoms.apply(nf, "sin", (im,)))
    return nf.times(elementary.exponential(nf, re), turn)


def modulus(nf: Normal, poly: Poly) -> Poly:
    """√(x² + y²)."""
    return nf.power(square(nf, poly), HALF)


def square(nf: Normal, poly: Poly) -> Poly:
    """x² + y² of x + i y."""
    return total(nf.times(part, part) for part in parts(nf, poly))


PARTS: dict[str, Callable[[Normal, Poly], Poly]] = {
    "conj": conjugate,
    "re": lambda nf, z: parts(nf, z)[0],
    "im": lambda nf, z: parts(nf, z)[1],
}
atoms.ELEMENTARY.update(PARTS)
# What is known of complex arguments.
FUNCTIONS: dict[str, Callable[[Normal, Poly], Poly]] = {
    **PARTS,
    "exp": exponential,
}
