"""Equations freed from an exponential or a logarithm: e^u = r gives u = log r, log u = r gives u = e^r."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from symproof.kernel import signs
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.elementary import exponential, logarithm
from symproof.kernel.normal import Normal
from symproof.kernel.poly import E, Poly, as_poly, of_mono, rational
from symproof.methods.posing import FAILURES
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.build import make
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Scalar


@dataclass(frozen=True)
class Freed:
    """u = v, by an injective function: the equation at them follows from the fact."""

    axiom: str
    left: Term
    right: Term


def inverted(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Free one known equation from an exponential or a logarithm, and go on."""
    known = set(context.facts.values())
    for fact in context.facts.values():
        if fact.op != "eq" or not isinstance(fact.args[0].type, Scalar):
            continue
        for freed in _freed(context, fact):
            gained = make("eq", freed.left, freed.right)
            if gained in known or freed.left == freed.right:
                continue
            return _have(search, context, goal, depth, freed, gained)
    return None


def _freed(context: Context, fact: Term) -> Iterator[Freed]:
    try:
        nf = normal(context, ())
        gap = difference(nf, *fact.args)
        for mono, coeff in gap.terms.items():
            if len(mono) != 1:
                continue
            atom, exponent = mono[0]
            value = (of_mono(mono, coeff) - gap).scale(rational(1 / Fraction(coeff)))
            if atom == E and signs.holds(nf, value, "gt"):
                sides = as_poly(exponent), logarithm(nf, value)
                yield Freed("exp-injective", *(_term(nf, p) for p in sides))
            elif atom.kind == "fun" and atom.parts[0] == "log" and exponent == 1:
                inner: Poly = atom.parts[1]  # type: ignore[assignment]
                if signs.holds(nf, inner, "gt"):
                    yield Freed("log-injective", _term(nf, inner), _term(nf, exponential(nf, value)))
    except FAILURES:
        return


def _term(nf: Normal, poly: Poly) -> Term:
    return raise_poly(nf, poly, {})


def _have(
    search: Search, context: Context, goal: Term, depth: int, freed: Freed, gained: Term
) -> Certificate | None:
    function = freed.axiom.partition("-")[0]
    same = make("eq", *(make("call", t, data=function) for t in (freed.left, freed.right)))
    proof = search.prove(context, same, depth + 1)
    if proof is None:
        return None
    name = fresh_name(context, "freed")
    then = search.prove(context.with_fact(name, gained), goal, depth)
    if then is None:
        return None
    return {
        "rule": "have",
        "name": name,
        "axiom": freed.axiom,
        "at": {"x": encode(freed.left), "y": encode(freed.right)},
        "premises": {"same": proof},
        "then": then,
    }
