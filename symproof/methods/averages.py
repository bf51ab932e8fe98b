"""Expectations under sums: what a law says of each term, for all values of the index.

Σ_l E[exp(…x_l…)] holds an expectation for every l.  A lemma "for all l: E[…] = value"
is shown from an axiom at a general l; the sum of its multiples turns the goal into one
without expectations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from symproof.kernel import lower, sums
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, introduce, normal
from symproof.kernel.instances import rewrite_facts
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, Atom, Mono, Poly, TooLarge, mono_of, of_atom, of_mono
from symproof.kernel.verdict import Rejected
from symproof.methods.chance import OPS, conclusion, exponentials
from symproof.methods.equations import compatible, usable_rules
from symproof.methods.raising import NoTerm, raise_poly, variable_domain
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import Mistyped, make, num
from symproof.terms.codec import decode, encode
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term

Names = dict[Atom, Term]
MAX_LEMMAS = 6


def averaged(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R where the expectations in sums have the values that an exponential moment gives."""
    names = {d.name: d.body for d in context.definitions.values()}
    if not any(n.op in OPS for term in (goal, *names.values()) for n in term.walk()):
        return None
    for rules in _rules(context):
        try:
            found = _with_rules(search, context, goal, rules)
        except (Rejected, TooLarge, NoTerm, Mistyped):
            continue
        if found is not None and search.conditions(context, goal, found) is not None:
            return found
    return None


def _rules(context: Context) -> Iterator[list[Any]]:
    yield []
    usable = compatible(context, usable_rules(context))
    if usable:
        yield usable


def _with_rules(search: Search, context: Context, goal: Term, rules: list[Any]) -> Certificate | None:
    nf = normal(context, rewrite_facts(context, "search", {"rewrite": rules}))
    gap = difference(nf, *goal.args)
    haves: list[Certificate] = []
    combine: list[dict[str, Any]] = []
    for mono, coeff in gap.terms.items():
        found = _expected(nf, mono)
        if found is None:
            continue
        lemma = _lemma(search, context, found, nf)
        if lemma is None or len(haves) >= MAX_LEMMAS:
            return None
        have = next((h for h in haves if h["claim"] == lemma["claim"]), None)
        if have is None:
            have = {**lemma, "name": fresh_name(context, "mean")}
            context = context.with_fact(have["name"], decode(have["claim"]))
            haves.append(have)
        combine.append(_multiple(nf, found, have, of_mono(found.others, coeff)))
    if not combine:
        return None
    last = {"rule": "algebra", "combine": combine, **({"rewrite": rules} if rules else {})}
    return nested(haves, last)


@dataclass(frozen=True)
class _Expected:
    """A factor S^k of a monomial: S is an expectation, or the sum of rest · E[…] over some indices."""

    expectation: Atom
    names: Names
    rest: Poly
    power: int
    others: Mono


def _expected(nf: Normal, mono: Mono) -> _Expected | None:
    """The first factor of the monomial that is an expectation or a sum of them."""
    for atom, exponent in mono:
        if not isinstance(exponent, int) or exponent < 1:
            continue
        others = mono_of(f for f in mono if f[0] != atom)
        if atom.kind == "E":
            return _Expected(atom, {}, ONE, exponent, others)
        if atom.kind == "sum":
            variables, body = sums.open_sum(nf, atom)
            single = body.single()
            inside = [a for a, e in single[0] if a.kind == "E" and e == 1] if single else []
            if single is None or len(inside) != 1:
                continue
            names: Names = {}
            for k, var in enumerate(variables, start=1):
                names[var] = variable_domain(nf, var, names, f"i_{k}")[1]
            rest = of_mono(mono_of(f for f in single[0] if f[0] != inside[0]), single[1])
            return _Expected(inside[0], names, rest, exponent, others)
    return None


def _multiple(nf: Normal, found: _Expected, have: Certificate, others: Poly) -> dict[str, Any]:
    """S^k − V^k = (S − V) (S^(k−1) + … + V^(k−1)), where V is S with the value of the expectation in it."""
    names = {str(t.data): (v, t) for v, t in found.names.items()}
    domains = [variable_domain(nf, v, found.names, n)[0] for n, (v, _) in names.items()]
    factors = [raise_poly(nf, others, {}), raise_poly(nf, found.rest, found.names)]
    equation = decode(have["claim"])
    if names:
        equation = equation.args[0]
    sides = []
    for side in equation.args:
        term = make("mul", factors[1], side)
        sides.append(make("sum", term, *domains, data=tuple((n,) for n in names)) if names else term)
    if found.power > 1:
        terms = [
            make("mul", make("pow", sides[0], num(found.power - 1 - k)), make("pow", sides[1], num(k)))
            for k in range(found.power)
        ]
        factors.append(make("add", *terms))
    item: dict[str, Any] = {"fact": have["name"], "times": encode(make("mul", *factors))}
    if names:
        item["over"] = [[n, encode(d)] for n, d in zip(names, domains, strict=True)]
        item["at"] = {n: encode(t) for n, (_, t) in names.items()}
    return item


def _lemma(search: Search, context: Context, found: _Expected, nf: Normal) -> Certificate | None:
    """For all values of the indices: E[…] = its value, with a proof."""
    names = found.names
    left = raise_poly(nf, of_atom(found.expectation), names)
    domains = [variable_domain(nf, v, names, str(t.data))[0] for v, t in names.items()]
    groups = tuple((str(t.data),) for t in names.values())
    if names:
        shape = make("forall", make("eq", left, left), *domains, data=groups)
        inner, body = introduce(context, shape)
    else:
        inner, body = context, make("eq", left, left)
    here = normal(inner, ())
    value = lower.lower(here, body.args[0])
    one = value.atom()
    if one is None or one.kind != "E":
        return None
    for item in exponentials(here, cast(Mono, one.parts[0])):
        fact = conclusion(search, inner, item)
        name = fresh_name(inner, item["axiom"])
        with_fact = inner.with_fact(name, fact)
        after = normal(with_fact, (fact,))
        right = lower.lower(after, body.args[0])
        if any(a.kind == "E" for m in right.terms for a, _ in m):
            continue
        back: Names = {}
        term = raise_poly(after, right, back)
        claim = make("eq", body.args[0], term)
        proof = {"rule": "have", "name": name, **item, "then": {"rule": "algebra", "rewrite": [name]}}
        if search.conditions(inner, claim, proof) is None:
            continue
        if not names:
            return {"rule": "have", "claim": encode(claim), "proof": proof}
        fresh = [n for n in inner.symbols if n not in context.symbols]
        renamed = substitute(claim, dict(zip(fresh, names.values(), strict=True)))
        whole = make("forall", renamed, *domains, data=groups)
        return {"rule": "have", "claim": encode(whole), "proof": {"rule": "intro", "then": proof}}
    return None
