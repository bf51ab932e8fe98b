"""What both sides of an equation become when they are multiplied out, as a term to read."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from symproof.kernel import lower
from symproof.kernel.context import Context
from symproof.kernel.decide import normal
from symproof.kernel.instances import rewrite_facts
from symproof.kernel.poly import Atom, Poly, TooLarge, of_atom
from symproof.kernel.verdict import Rejected
from symproof.methods.raising import NoTerm, raise_poly
from symproof.terms.build import Mistyped, sym
from symproof.terms.rewrite import alike
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array

# A form with more operators explains nothing.
MAX_SHOWN = 40
_UNTELLABLE = (Rejected, NoTerm, Mistyped, TooLarge, TypeError, ValueError, LookupError, RecursionError)


def common_form(context: Context, goal: Term, certificate: Mapping[str, Any]) -> Term | None:
    """The normal form of both sides of a goal that the rule `algebra` closes, where it says something.

    Of arrays it is the entry at #1, #2, as the kernel calls the indices of an entry.
    """
    if certificate.get("combine"):
        return None
    left, right = goal.args
    try:
        nf = normal(context, rewrite_facts(context, "algebra", certificate), bool(certificate.get("angles")))
        names: dict[Atom, Term] = {}
        entry: tuple[Poly, ...] = ()
        if isinstance(left.type, Array):
            if any(axis.op != "range" or axis.args[0].data != 1 for axis in left.type.axes):
                return None
            variables = lower.index_variables(nf, left.type, {})
            names = {v: sym(f"#{k}", INTEGER) for k, v in enumerate(variables, start=1)}
            entry = tuple(map(of_atom, variables))
        forms = [lower.entry(nf, side, entry, {}) for side in (left, right)]
        if not nf.is_zero(forms[0] - forms[1]):
            return None
        found = raise_poly(nf, min(forms, key=lambda form: len(form.terms)), names)
    except _UNTELLABLE:
        return None
    if next(islice(found.walk(), MAX_SHOWN, None), None) is not None:
        return None
    return None if any(alike(found, side) for side in goal.args) else found
