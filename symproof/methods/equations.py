"""Equations: normal form, rewriting by what is assumed, and multiples of known equations."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.instances import rewrite_facts, specialise
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Mono, Poly, TooLarge, as_exponent, as_poly, mono_of, of_mono, total
from symproof.kernel.verdict import Rejected
from symproof.methods.raising import NoTerm, raise_poly
from symproof.methods.search import Certificate, Search
from symproof.terms.build import Mistyped
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array

Item = dict[str, Any]  # how a certificate names an equation: a fact, perhaps at values
MAX_PLACES = 4  # at which a fact for all integers is tried
MAX_KNOWN = 8  # equations that are combined
MAX_STEPS = 40  # of a division
GROWTH = 8  # so many terms more than twice as many a remainder may have on the way


def equation(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R by normal forms, with what is assumed as rewrite rules, then by multiples of it."""
    found = search.first(context, goal, ({"rule": "algebra", **r} for r in rewritings(context, goal)))
    if found is not None or isinstance(goal.args[0].type, Array):
        return found
    return search.first(context, goal, _multiples(context, goal))


def rewritings(context: Context, goal: Term) -> Iterator[dict[str, Any]]:
    """Sets of known equations to rewrite with, the most promising first."""
    yield {}
    usable = usable_rules(context)
    plain = [n for n in usable if not n.startswith("ledger ")]
    done: list[list[Any]] = [[]]
    for names in (plain, usable) if len(plain) < len(usable) else (usable,):
        # one rule at a time is tried for equations only, and not with what was brought in from outside
        for rules in _sets(context, goal, names, few=goal.op != "eq" or len(names) > len(plain)):
            rules = compatible(context, rules)
            if rules not in done:
                done.append(rules)
                yield {"rewrite": rules}


def _sets(context: Context, goal: Term, usable: list[str], few: bool) -> Iterator[list[Any]]:
    ground = [n for n in usable if context.facts[n].op != "forall"]
    quantified = [n for n in usable if context.facts[n].op == "forall"]
    if quantified:
        for point in points(context, goal):
            yield [*ground, *(at_point(n, context.facts[n], point) for n in quantified)]
    yield [*ground, *quantified]
    if few:
        return
    if ground and quantified:
        yield [*quantified, *ground]
        yield quantified
        yield from ([*ground, name] for name in quantified)
    yield from ([name] for name in usable)


def compatible(context: Context, rules: list[Any]) -> list[Any]:
    """The rules without those that say nothing new once the rules before them are in force."""
    try:
        normal(context, rewrite_facts(context, "search", {"rewrite": rules}))
        return rules
    except (Rejected, TooLarge):
        pass
    kept: list[Any] = []
    for rule in rules:
        try:
            normal(context, rewrite_facts(context, "search", {"rewrite": [*kept, rule]}))
            kept.append(rule)
        except (Rejected, TooLarge):
            continue
    return kept


def usable_rules(context: Context) -> list[str]:
    """The facts that can serve as rewrite rules; a conjunction whose parts are facts too is left out."""
    facts = set(context.facts.values())
    return [
        name
        for name, fact in context.facts.items()
        if not (fact.op == "and" and facts.issuperset(fact.args)) and orientable(context, fact)
    ]


def orientable(context: Context, fact: Term) -> bool:
    """Can the fact serve as a rewrite rule?"""
    body = fact
    while body.op in ("forall", "implies"):
        body = body.args[-1] if body.op == "implies" else body.args[0]
    if body.op not in ("eq", "and"):
        return False
    try:
        normal(context, (fact,))
    except (Rejected, TooLarge):
        return False
    return True


def at_point(name: str, fact: Term, point: Term) -> Any:
    """A fact about all integers at one of them, or as it stands when it speaks of more."""
    groups: Any = fact.data
    if len(groups) == 1 and fact.args[1].op == "numbers" and fact.args[1].data == "integer":
        return {"fact": name, "at": {groups[0][0]: encode(point)}}
    return name


def points(context: Context, goal: Term) -> Iterator[Term]:
    """The integers at which the goal speaks of a sequence, a declared function or a power, latest first."""
    seen: dict[Term, None] = {}
    for node in goal.walk():
        if node.op in ("index", "apply", "pow") and len(node.args) > 1 and node.args[1].type == INTEGER:
            index = node.args[1]
            if index.op != "num" and all(n in context.symbols for n in free_symbols(index)):
                seen[index] = None
    yield from sorted(seen, key=lambda t: (t.op != "add", repr(t)))


# --- multiples of known equations ---------------------------------------------------


def _multiples(context: Context, goal: Term) -> Iterator[Certificate]:
    """Reduce the difference by each known equation in turn, one of its monomials as the leading one."""
    for rules in ({}, *list(rewritings(context, goal))[1:2]):
        names = [r if isinstance(r, str) else r["fact"] for r in rules.get("rewrite", ())]
        try:
            nf = normal(context, tuple(context.facts[n] for n in names))
            gap = difference(nf, *goal.args)
        except (Rejected, TooLarge):
            continue
        known = list(_known(nf, (({"fact": name}, fact) for name, fact in context.facts.items())))
        several = [] if rules else list(_known(nf, _instances(context, goal)))
        for combination in itertools.chain(
            _combinations(nf, gap, known), _combinations(nf, gap, [*known, *several]) if several else ()
        ):
            try:
                items = [
                    {**item, "times": encode(raise_poly(nf, factor, {}))}
                    for item, factor in combination
                    if factor
                ]
            except (NoTerm, Mistyped):
                continue
            yield {"rule": "algebra", "combine": items, **({"rewrite": names} if names else {})}


def _known(nf: Normal, facts: Iterable[tuple[Item, Term]]) -> Iterator[tuple[Item, Poly]]:
    """The equations between numbers among the facts, as polynomials that are 0."""
    for item, fact in facts:
        if fact.op == "eq" and not isinstance(fact.args[0].type, Array):
            try:
                poly = difference(nf, *fact.args)
            except (Rejected, TooLarge):
                continue
            if poly:
                yield item, poly


def _instances(context: Context, goal: Term) -> Iterator[tuple[Item, Term]]:
    """What is known of all integers, at those at which the goal speaks of a sequence."""
    places = list(itertools.islice(points(context, goal), MAX_PLACES))
    for name, fact in context.facts.items():
        groups: Any = fact.data
        if fact.op == "forall" and len(groups) == 1 and fact.args[1].type.items == (INTEGER,):  # type: ignore[union-attr]
            for place in places:
                values = {groups[0][0]: place}
                try:
                    yield (
                        {"fact": name, "at": {k: encode(v) for k, v in values.items()}},
                        specialise(context, "search", fact, values),
                    )
                except (Rejected, Mistyped):
                    continue


def _combinations(nf: Normal, gap: Poly, known: list[tuple[Item, Poly]]) -> Iterator[list[tuple[Item, Poly]]]:
    """Multipliers with gap = Σ multiplier · equation, by division with chosen leading monomials."""
    for item, poly in known:
        for lead in poly.terms:
            if lead:
                rest, quotient = divide(nf, gap, poly, lead)
                if nf.is_zero(rest):
                    yield [(item, quotient)]
    if 1 < len(known) <= MAX_KNOWN:
        left, used = gap, []
        for item, poly in known * 2:
            leads = [m for m in poly.terms if m]
            if not leads:
                continue
            lead = max(leads, key=lambda m: (len(m), repr(m)))
            left, quotient = divide(nf, left, poly, lead)
            used.append((item, quotient))
            if nf.is_zero(left):
                yield used
                return


def divide(nf: Normal, poly: Poly, divisor: Poly, lead: Mono) -> tuple[Poly, Poly]:
    """Remainder and quotient when the monomial `lead` of the divisor is replaced by the rest."""
    quotient: list[Poly] = []
    most = 2 * len(poly.terms) + GROWTH
    for _ in range(MAX_STEPS):
        if len(poly.terms) > most:
            break  # it does not become simpler
        for mono, coeff in poly.terms.items():
            left = cofactor(mono, lead)
            if left is not None:
                factor = of_mono(left, coeff).scale(1 / Fraction(divisor.terms[lead]))
                quotient.append(factor)
                poly = poly - nf.times(factor, divisor)
                break
        else:
            break
    return poly, total(quotient)


def cofactor(mono: Mono, lead: Mono) -> Mono | None:
    """mono / lead when lead divides it."""
    have = dict(mono)
    for atom, exponent in lead:
        if atom not in have:
            return None
        left = as_exponent(as_poly(have[atom]) - as_poly(exponent))
        if isinstance(left, int) and left < 0:
            return None
        have[atom] = left
    return mono_of((a, e) for a, e in have.items() if e != 0)
