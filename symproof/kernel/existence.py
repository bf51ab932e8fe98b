"""Limits, series and improper integrals exist where a fact speaks of them.

A fact is a relation that holds, so what stands in it is defined.  A limit must
stand there as it is, up to the names it binds; an integral or a series may
stand there in another form of the same value, for its body is asked to be
defined besides.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symproof.kernel import lower
from symproof.kernel.context import Context
from symproof.kernel.infinity import infinite
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, Poly, TooLarge, as_exponent, as_poly, merge, mono_of
from symproof.kernel.rewriting import invertible
from symproof.kernel.verdict import Rejected
from symproof.terms.rewrite import alike
from symproof.terms.tree import Term

RELATIONS = frozenset(("eq", "ne", "lt", "le", "gt", "ge"))
STRICT = frozenset(("add", "neg", "mul", "div", "pow", "call"))


def improper(term: Term) -> bool:
    """Something that may have no value where its body has one: a limit, a series, an integral to infinity."""
    if term.op == "integral":
        return infinite(term.args[1]) or infinite(term.args[2])
    if term.op in ("sum", "product", "maximum", "minimum", "argmax", "argmin"):
        return any(d.op == "range" and infinite(d.args[1]) for d in term.args[1:])
    return term.op == "limit"


def exists(context: Context, term: Term) -> bool:
    """Does a fact speak of the limit, series or integral, so that it has a value?"""
    found = list(_asserted(context))
    if any(alike(node, term) for node in found):
        return True
    if term.op == "limit":
        return False
    nf = Normal(context)
    wanted = _form(nf, term)
    if wanted is None:
        return False
    forms = [form for form in (_form(nf, node) for node in found) if form]
    if any(_proportional(form, wanted) for form in forms):
        return True
    known = _existing(forms)
    return all(atom in known for mono in wanted.terms for atom, _ in mono if atom.kind == "bind")


def _form(nf: Normal, term: Term) -> Poly | None:
    """The normal form, divided by its leading number; None where there is none."""
    try:
        form = lower.lower(nf, term)
    except (Rejected, TooLarge):
        return None
    single = form.single()
    return form if single is None else form.scale(1 / Fraction(single[1]))


def _existing(forms: list[Poly]) -> set[Atom]:
    """The binders that exist: one that is left in a form, times what is not 0, when all others there do."""
    known: set[Atom] = set()
    waiting = list(forms)
    while waiting:
        found = {form: _last(form, known) for form in waiting}
        fresh = {atom for atom in found.values() if atom is not None}
        if not fresh:
            break
        known |= fresh
        waiting = [form for form in waiting if found[form] is None]
    return known


def _last(form: Poly, known: set[Atom]) -> Atom | None:
    """The one binder of a form that is not known to exist, where it is multiplied by what is not 0."""
    left = {atom for mono in form.terms for atom, _ in mono if atom.kind == "bind" and atom not in known}
    terms = [mono for mono in form.terms if any(atom in left for atom, _ in mono)]
    if len(left) != 1 or len(terms) != 1:
        return None
    (atom,) = left
    return atom if all(factor == (atom, 1) or invertible(factor) for factor in terms[0]) else None


def _proportional(known: Poly, wanted: Poly) -> bool:
    """Is the wanted form a monomial, which is defined, times the known one?"""
    if not known.terms or len(known.terms) != len(wanted.terms):
        return False
    mono, coeff = next(iter(known.terms.items()))
    inverse = mono_of((a, as_exponent(-as_poly(e))) for a, e in mono)
    for other, value in wanted.terms.items():
        factor, scale = merge(other, inverse), Fraction(value) / coeff
        if any(
            a.kind == "bind" or not (a.kind in ("base", "const") or isinstance(e, int) and e > 0)
            for a, e in factor
        ):
            continue
        if all(wanted.terms.get(merge(m, factor)) == c * scale for m, c in known.terms.items()):
            return True
    return False


def _asserted(context: Context) -> Iterator[Term]:
    """What surely has a value: limits, sums and integrals in relations that are facts, outside binders."""
    stack = list(context.facts.values())
    while stack:
        fact = stack.pop()
        if fact.op == "and":
            stack.extend(fact.args)
        elif fact.op in RELATIONS and not any(map(infinite, fact.args)):
            terms = list(fact.args)
            while terms:
                term = terms.pop()
                if term.op in ("limit", "integral", "sum"):
                    yield term
                elif term.op in STRICT:
                    terms.extend(term.args)
