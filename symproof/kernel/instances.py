"""Known equations at chosen values: in a linear combination, or as rewrite rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symproof.kernel import known, lower, signs
from symproof.kernel.certificates import Certificate, read_term
from symproof.kernel.context import Context
from symproof.kernel.decide import membership, seen
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, ZERO, Atom, Poly, of_atom
from symproof.kernel.sums import sum_over
from symproof.kernel.verdict import Rejected
from symproof.terms.build import fits, make
from symproof.terms.rewrite import substitute, substitute_type
from symproof.terms.tree import Term
from symproof.terms.types import Array, Prop


def combination(
    nf: Normal, context: Context, rule: str, item: Any, env: dict[str, lower.Value]
) -> tuple[Poly, list[Term]]:
    """Σ over `over` of times · (L − R) for a known equation L = R at some values; #1, #2 are the entry compared."""
    if not isinstance(item, Mapping):
        raise Rejected(rule, "a combination is an object")
    fact = context.facts.get(str(item.get("fact")))
    if fact is None:
        raise Rejected(rule, f"no fact {item.get('fact')!r}")
    inner, variables, binders = indices(nf, context, rule, item, env)
    scope = frozenset(inner)
    at = {str(k): read_term(context, rule, v, scope) for k, v in item.get("at", {}).items()}
    times = read_term(context, rule, item.get("times", ["num", "1"]), scope)
    entry = [read_term(context, rule, e, scope) for e in item.get("entry", ())]
    poly = _instance_gap(nf, rule, fact, at, inner, tuple(lower.scalar(nf, e, inner) for e in entry))
    poly = nf.times(lower.scalar(nf, times, inner), poly)
    for var in reversed(variables):
        poly = sum_over(nf, poly, var)
    return poly, [t if not binders else closed(t, binders) for t in (times, *at.values())]


def indices(
    nf: Normal, context: Context, rule: str, item: Mapping[str, Any], env: Mapping[str, lower.Value]
) -> tuple[dict[str, lower.Value], list[Atom], list[tuple[str, Term]]]:
    """What the names under `over` stand for, their variables, and each with its range as a term."""
    inner, variables, binders = dict(env), [], []
    for name, data in item.get("over", ()):
        domain = read_term(context, rule, data, frozenset(inner))
        sort = lower.axis_sort(nf, domain, inner)
        if sort == ("range", None):
            raise Rejected(rule, "a sum without end")
        var = nf.variable(sort)
        shift = lower.scalar(nf, domain.args[0], inner) - ONE if domain.op == "range" else ZERO
        inner[str(name)] = of_atom(var) + shift
        variables.append(var)
        binders.append((str(name), domain))
    return inner, variables, binders


def closed(term: Term, binders: list[tuple[str, Term]]) -> Term:
    """A statement that is defined where the term is, for all values of the indices."""
    prop = term if isinstance(term.type, Prop) else make("eq", term, term)
    return make("forall", prop, *(d for _, d in binders), data=tuple((n,) for n, _ in binders))


def _instance_gap(
    nf: Normal,
    rule: str,
    fact: Term,
    at: Mapping[str, Term],
    env: dict[str, lower.Value],
    entry: tuple[Poly, ...],
) -> Poly:
    """left − right of the equation at the values; its premises must be seen to hold."""
    inner = dict(env)
    while fact.op in ("forall", "implies"):
        if fact.op == "forall":
            names: tuple[tuple[str, ...], ...] = fact.data  # type: ignore[assignment]
            for group, domain in zip(names, fact.args[1:], strict=True):
                for name, type in zip(group, domain.type.items, strict=True):  # type: ignore[union-attr]
                    if name not in at:
                        raise Rejected(rule, f"the fact needs a value for {name}")
                    if not fits(at[name].type, type):
                        raise Rejected(rule, f"{name} has another type there")
                    inner[name] = lower.value_of(nf, at[name], env)
                if domain.op == "range":
                    value = inner[group[0]]
                    assert isinstance(value, Poly)
                    low, high = (lower.scalar(nf, b, inner) for b in domain.args)
                    if not (signs.holds(nf, value - low, "ge") and signs.holds(nf, high - value, "ge")):
                        raise Rejected(rule, f"{group[0]} may leave its range")
                elif domain.op not in ("numbers", "arrays", "vertices"):
                    raise Rejected(rule, f"a fact over {domain.op}")
            fact = fact.args[0]
        else:
            premises = known.relation_facts(nf, fact.args[0], inner)
            if premises is None or not all(signs.holds(nf, p, r) for p, r in premises):
                raise Rejected(rule, "a premise of the fact is not seen to hold")
            fact = fact.args[1]
    if fact.op != "eq":
        raise Rejected(rule, "the fact is no equation")
    left, right = fact.args
    if isinstance(left.type, Array):
        if len(entry) != len(left.type.axes):
            raise Rejected(rule, "an equation of arrays needs the entry that is meant")
        for index, axis in zip(entry, left.type.axes, strict=True):
            sort = lower.axis_sort(nf, axis, inner)
            if sort[0] == "range" and not (
                signs.holds(nf, index - ONE, "ge") and signs.holds(nf, sort[1] - index, "ge")
            ):
                raise Rejected(rule, "the entry may leave its range")
        return lower.entry(nf, left, entry, inner) - lower.entry(nf, right, entry, inner)
    return lower.scalar(nf, left, inner) - lower.scalar(nf, right, inner)


def rewrite_facts(context: Context, rule: str, certificate: Certificate) -> tuple[Term, ...]:
    """The facts that a certificate uses as rewrite rules, as they stand or at given values."""
    found = []
    for item in certificate.get("rewrite", ()):
        name, at = (item.get("fact"), item.get("at", {})) if isinstance(item, Mapping) else (item, {})
        fact = context.facts.get(str(name))
        if fact is None:
            raise Rejected(rule, f"no fact {name!r}")
        values = {str(k): read_term(context, rule, v) for k, v in at.items()}
        found.append(specialise(context, rule, fact, values) if values else fact)
    return tuple(found)


def specialise(context: Context, rule: str, fact: Term, values: Mapping[str, Term]) -> Term:
    """The fact at values for all its variables; the domains and premises must be seen to hold."""
    while fact.op in ("forall", "implies"):
        if fact.op == "implies":
            if not seen(context, fact.args[0]):
                raise Rejected(rule, "a premise of the fact is not seen to hold")
            fact = fact.args[1]
            continue
        names: tuple[tuple[str, ...], ...] = fact.data  # type: ignore[assignment]
        chosen: dict[str, Term] = {}
        for group, domain in zip(names, fact.args[1:], strict=True):
            domain = substitute(domain, chosen)
            for name, type in zip(group, domain.type.items, strict=True):  # type: ignore[union-attr]
                if name not in values:
                    raise Rejected(rule, f"the fact needs a value for {name}")
                if not fits(values[name].type, substitute_type(type, chosen)):
                    raise Rejected(rule, f"{name} has another type there")
                if context.is_random(values[name]) and context.speaks_of_chance(fact):
                    raise Rejected(rule, f"a random value for {name} inside an expectation")
                chosen[name] = values[name]
            for premise in membership(domain, [values[n] for n in group]):
                if not seen(context, premise):
                    raise Rejected(rule, f"{group[0]} may leave its range")
        fact = substitute(fact.args[0], chosen)
    return fact
