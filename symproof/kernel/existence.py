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
from symproof.kernel.poly import Atom, Poly, TooLarge, mono_key
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
    known = _existing(forms)
    binds = {atom for mono in wanted.terms for atom, _ in mono if atom.kind == "bind"}
    return wanted in forms or binds <= known


def _form(nf: Normal, term: Term) -> Poly | None:
    """The normal form, divided by its leading number; None where there is none."""
    try:
        form = lower.lower(nf, term)
    except (Rejected, TooLarge):
        return None
    return form.scale(1 / Fraction(form.terms[max(form.terms, key=mono_key)])) if form else form


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
