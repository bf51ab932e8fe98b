"""Known equations at chosen values: in a linear combination, or as rewrite rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from symproof.kernel import known, lower, signs
from symproof.kernel.certificates import Certificate, read_term
from symproof.kernel.context import Context
from symproof.kernel.decide import membership, seen
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, Atom, Poly, of_atom
from symproof.kernel.sums import sum_all
from symproof.kernel.verdict import Rejected
from symproof.terms.build import fits, make
from symproof.terms.rewrite import substitute, substitute_type
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array, Function, Prop, Type, Vertex


def combination(
    nf: Normal,
    context: Context,
    rule: str,
    item: Any,
    env: Mapping[str, lower.Value],
    axes: list[tuple[str, Term]],
) -> tuple[Poly, list[Term]]:
    """Σ over `over` of times · (L − R) for a known equation L = R at some values; #1, #2 are the entry
    compared.
    """
    if not isinstance(item, Mapping):
        raise Rejected(rule, "a combination is an object")
    fact = context.facts.get(str(item.get("fact")))
    if fact is None:
        raise Rejected(rule, f"no fact {item.get('fact')!r}")
    inner, variables, binders = indices(nf, context, rule, item, env)
    scope = types_of(axes + binders)
    at = {str(k): read_term(context, rule, v, scope) for k, v in item.get("at", {}).items()}
    times = read_term(context, rule, item.get("times", ["num", "1"]), scope)
    entry = tuple(read_term(context, rule, e, scope) for e in item.get("entry", ()))
    poly = nf.times(lower.scalar(nf, times, inner), _instance_gap(nf, context, rule, fact, at, inner, entry))
    poly = sum_all(nf, poly, variables)
    used = (times, *at.values(), *entry)
    return poly, [closed(t, binders) for t in used] if binders else list(used)


def indices(
    nf: Normal, context: Context, rule: str, item: Mapping[str, Any], env: Mapping[str, lower.Value]
) -> tuple[dict[str, lower.Value], list[Atom], list[tuple[str, Term]]]:
    """What the names under `over` stand for, their variables, and each with its range as a term."""
    inner: dict[str, lower.Value] = dict(env)
    variables: list[Atom] = []
    binders: list[tuple[str, Term]] = []
    for name, data in item.get("over", ()):
        if name in inner or name in context.symbols or name in context.definitions:
            raise Rejected(rule, f"the name {name} is taken")
        domain = read_term(context, rule, data, types_of(binders))
        sort = lower.axis_sort(nf, domain, inner)
        if sort == ("range", None):
            raise Rejected(rule, "a sum without end")
        var = nf.variable(sort)
        inner[str(name)] = of_atom(var) + lower.offset(nf, domain, inner)
        variables.append(var)
        binders.append((str(name), domain))
    return inner, variables, binders


def types_of(binders: list[tuple[str, Term]]) -> dict[str, Type]:
    """The types of names that run over index ranges."""
    return {name: domain.type.items[0] for name, domain in binders}  # type: ignore[union-attr]


def closed(term: Term, binders: list[tuple[str, Term]]) -> Term:
    """A statement that is defined where the term is, for all values of the indices."""
    prop = term if isinstance(term.type, Prop) else make("eq", term, term)
    return make("forall", prop, *(d for _, d in binders), data=tuple((n,) for n, _ in binders))


def _instance_gap(
    nf: Normal,
    context: Context,
    rule: str,
    fact: Term,
    at: Mapping[str, Term],
    env: Mapping[str, lower.Value],
    entry: tuple[Term, ...],
) -> Poly:
    """left − right of the equation at the values, which are read under `env`; its premises must be seen."""

    def follows(premise: Term) -> bool:
        facts = known.relation_facts(nf, premise, env)
        return facts is not None and all(signs.holds(nf, poly, relation) for poly, relation in facts)

    fact = specialise(context, rule, fact, at, follows)
    if fact.op != "eq":
        raise Rejected(rule, "the fact is no equation")
    left, right = fact.args
    axes = left.type.axes if isinstance(left.type, Array) else ()
    if len(entry) != len(axes):
        raise Rejected(rule, "an equation of arrays needs the entry that is meant")
    places = tuple(_place(nf, rule, e, axis, env) for e, axis in zip(entry, axes, strict=True))
    return lower.entry(nf, left, places, env) - lower.entry(nf, right, places, env)


def _place(nf: Normal, rule: str, entry: Term, axis: Term, env: Mapping[str, lower.Value]) -> Poly:
    """Where an index stands on an axis, counted from 1; it must be seen to lie on it."""
    index, sort = lower.scalar(nf, entry, env), lower.axis_sort(nf, axis, env)
    if sort[0] == "vertices":
        if entry.type != Vertex(axis.arg):
            raise Rejected(rule, "the entry is no vertex")
        return index
    place = index - lower.offset(nf, axis, env)
    inside = signs.holds(nf, place - ONE, "ge") and signs.holds(nf, sort[1] - place, "ge")
    if entry.type != INTEGER or not inside:
        raise Rejected(rule, "the entry may leave its range")
    return place


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


def specialise(
    context: Context,
    rule: str,
    fact: Term,
    values: Mapping[str, Term],
    follows: Callable[[Term], bool] | None = None,
) -> Term:
    """The fact at values for its variables; the domains and premises must be seen to hold.

    What an implication says for all values of further names may be had as it stands.
    """
    follows = follows or partial(seen, context)
    implied = False
    while fact.op in ("forall", "implies"):
        bound = [n for group in fact.data for n in group] if fact.op == "forall" else []  # type: ignore[attr-defined]
        if implied and bound and values.keys().isdisjoint(bound):
            break
        if fact.op == "implies":
            implied = True
            if fact.args[0] not in context.facts.values() and not follows(fact.args[0]):
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
                if isinstance(type, Function) and values[name].data not in context.symbols:
                    raise Rejected(rule, f"{name} stands for functions that are declared, which are total")
                if context.is_random(values[name]) and context.speaks_of_chance(fact):
                    raise Rejected(rule, f"a random value for {name} inside an expectation")
                chosen[name] = values[name]
            premises = membership(domain, [values[n] for n in group])
            if not all(p in context.facts.values() or follows(p) for p in premises):
                raise Rejected(rule, f"{group[0]} may leave its range")
        fact = substitute(fact.args[0], chosen)
    return fact
