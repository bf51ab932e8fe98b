"""Contractions that a declaration allows: a sum over exactly the axis of a declared array collapses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symproof.kernel.atoms import equal
from symproof.kernel.poly import Atom, Poly, of_atom
from symproof.terms.types import Array, Sequence

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
    """Σ_k Q_ki Q_kj = Σ_k Q_ik Q_jk = [i = j] for orthogonal Q; Σ_k A⁻¹_ik A_kj = [i = j]."""
    slot, other = _slot(left, var), _slot(right, var)
    if slot is None or other is None:
        return None
    (k, i), (m, j) = slot, other
    a, b = left.parts[0], right.parts[0]
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
    """Does the variable run over exactly the declared axis of a square matrix?"""
    from symproof.kernel.lower import axis_sort

    symbol = nf.context.symbols.get(name)
    if symbol is None or isinstance(symbol.type, Sequence) or not isinstance(symbol.type, Array):
        return False
    return axis_sort(nf, symbol.type.axes[0], {}) == nf.sorts[var]
