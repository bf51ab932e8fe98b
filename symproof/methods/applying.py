"""What is known of all values, applied to the goal: its conclusion matches, its premises are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symproof.kernel.context import Context
from symproof.kernel.decide import membership, seen
from symproof.methods.matching import match_names
from symproof.methods.search import RELATIONS, Certificate, Search, fresh_name, nested
from symproof.terms.build import Mistyped, make
from symproof.terms.codec import encode
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import Type

MAX_DEPTH = 3
MIRROR = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}


def applied(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """The goal is what a fact says of all values, taken at some; search for proofs of what it asks for."""
    if depth > MAX_DEPTH:
        return None
    for name, fact in context.facts.items():
        bound, conclusion = _opened(fact)
        if conclusion.op not in RELATIONS or not bound:
            continue
        for target in _read(conclusion.op, goal):
            values = match_names(bound, conclusion, target)
            if values is None or not bound.keys() <= values.keys():
                continue
            found = _used(search, context, goal, depth, name, {n: values[n] for n in bound})
            if found is not None:
                return found
    return None


def _opened(fact: Term) -> tuple[dict[str, Type], Term]:
    """The names that a fact is about all values of, and what it says of them under its premises."""
    bound: dict[str, Type] = {}
    while fact.op in ("forall", "implies"):
        if fact.op == "forall":
            for group, domain in _domains(fact):
                bound.update(zip(group, domain.type.items, strict=True))  # type: ignore[union-attr]
        fact = fact.args[0] if fact.op == "forall" else fact.args[1]
    return bound, fact


def _domains(fact: Term) -> Iterator[tuple[tuple[str, ...], Term]]:
    groups: tuple[tuple[str, ...], ...] = fact.data  # type: ignore[assignment]
    return zip(groups, fact.args[1:], strict=True)


def _read(relation: object, goal: Term) -> Iterator[Term]:
    """The goal as a relation of this kind: as it stands, and from right to left."""
    if goal.op == relation:
        yield goal
    if MIRROR.get(goal.op) == relation:
        yield make(str(relation), *goal.args[::-1])


def _used(
    search: Search, context: Context, goal: Term, depth: int, name: str, values: Mapping[str, Term]
) -> Certificate | None:
    """The fact at the values, once its premises are shown."""
    haves: list[Certificate] = []
    inner = context
    fact = context.facts[name]
    try:
        for premise in _premises(fact, values):
            if premise in inner.facts.values() or seen(inner, premise):
                continue
            proof = search.prove(inner, premise, depth + 1)
            if proof is None:
                return None
            claim = fresh_name(inner, "premise")
            haves.append({"rule": "have", "name": claim, "claim": encode(premise), "proof": proof})
            inner = inner.with_fact(claim, premise)
    except Mistyped:
        return None
    gained = fresh_name(inner, "gained")
    at = {n: encode(value) for n, value in values.items()}
    for then in ({"rule": "evident"}, {"rule": "algebra", "rewrite": [gained]}):
        have = {"rule": "have", "name": gained, "fact": name, "at": at}
        found = nested([*haves, have], then)
        if search.conditions(context, goal, found) is not None:
            return found
    return None


def _premises(fact: Term, values: Mapping[str, Term]) -> Iterator[Term]:
    """What the fact asks of the values: that they lie in their domains, and its premises."""
    while fact.op in ("forall", "implies"):
        if fact.op == "implies":
            yield fact.args[0]
            fact = fact.args[1]
            continue
        chosen: dict[str, Term] = {}
        for group, domain in _domains(fact):
            chosen |= {n: values[n] for n in group}
            yield from membership(substitute(domain, chosen), [values[n] for n in group])
        fact = substitute(fact.args[0], chosen)
