"""Contractions that a declaration allows: a sum over exactly the axis of a declared array collapses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symproof.kernel.atoms import element, equal, matrix_power
from symproof.kernel.poly import ONE, Atom, Poly, of_atom
from symproof.kernel.sums import sum_over, surely_nonempty
from symproof.terms.types import Array

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal


def contract_one(nf: Normal, atom: Atom, var: Atom) -> Poly | None:
    """Σ_v A_uv is the degree of u."""
    if atom.kind != "adj" or nf.sorts[var] != ("vertices", atom.parts[0]):
        return None
    index = of_atom(var)
    first, second = atom.parts[1], atom.parts[2]
    other = second if first == index else first if second == index else None
    if other is None or var in other.vars:  # type: ignore[attr-defined]
        return None
    return of_atom(Atom("deg", atom.parts[0], other))


def contract_pair(nf: Normal, left: Atom, right: Atom, var: Atom) -> Poly | None:
    """Σ_k Q_ki Q_kj = Σ_k Q_ik Q_jk = [i = j], Q orthogonal; Σ_k A⁻¹_ik A_kj = [i = j]; A^p A^q = A^(p+q)."""
    slot, other = _slot(left, var), _slot(right, var)
    if slot is None or other is None:
        return None
    (k, i), (m, j) = slot, other
    a, b = left.parts[0], right.parts[0]
    powers = _power(a), _power(b)
    if k != m and powers[0][0] == powers[1][0] and (isinstance(a, Atom) or isinstance(b, Atom)):
        (first, second), (row, column) = (powers, (i, j)) if k == 1 else (powers[::-1], (j, i))
        return _powers(nf, first, second, row, column, var)
    if a == b and isinstance(a, str):
        symbol = nf.context.symbols.get(a)
        if symbol is None or "orthogonal" not in symbol.attributes:
            return None
        swapped = "symmetric" in symbol.attributes
        if (k == m or swapped) and _full_axis(nf, a, var):
            return equal(nf, i, j)
        return None
    if isinstance(b, Atom) and b.kind == "inverse" and b.parts[0] == a:
        a, b, k, m, i, j = b, a, m, k, j, i
    if isinstance(a, Atom) and a.kind == "inverse" and a.parts[0] == b and isinstance(b, str):
        if (a.parts[1] or k != m) and _full_axis(nf, b, var):
            return equal(nf, i, j)
    return None


def _powers(
    nf: Normal, first: tuple[object, Poly], second: tuple[object, Poly], row: Poly, column: Poly, var: Atom
) -> Poly | None:
    """A^p A^q = A^(p+q) and A A^p = A^p A."""
    base, p, q = first[0], first[1], second[1]
    if not isinstance(base, str) or q == ONE or not _full_axis(nf, base, var):
        return None
    if p != ONE:
        return matrix_power(nf, base, p + q, row, column)
    inner = nf.variable(nf.sorts[var])
    middle = of_atom(inner)
    product = nf.times(matrix_power(nf, base, q, row, middle), element(nf, base, (middle, column)))
    return sum_over(nf, product, inner)


def _power(base: object) -> tuple[object, Poly]:
    """The matrix and the exponent that the base of an entry stands for."""
    if isinstance(base, Atom) and base.kind == "matpow":
        return base.parts[0], base.parts[1]  # type: ignore[return-value]
    return base, ONE


def _slot(atom: Atom, var: Atom) -> tuple[int, Poly] | None:
    """Which of the two indices is the variable, and the other index."""
    if atom.kind != "elem" or len(atom.parts) != 3:
        return None
    index = of_atom(var)
    first, second = atom.parts[1], atom.parts[2]
    if first == index and var not in second.vars:  # type: ignore[attr-defined]
        return 0, second  # type: ignore[return-value]
    if second == index and var not in first.vars:  # type: ignore[attr-defined]
        return 1, first  # type: ignore[return-value]
    return None


def _full_axis(nf: Normal, name: str, var: Atom) -> bool:
    """Does the variable run over exactly the declared axis of a square matrix, which is not empty?"""
    from symproof.kernel.lower import axis_sort

    symbol = nf.context.symbols.get(name)
    if symbol is None or not isinstance(symbol.type, Array):
        return False
    return axis_sort(nf, symbol.type.axes[0], {}) == nf.sorts[var] and surely_nonempty(nf, nf.sorts[var])
