"""What is known of all values, applied to the goal: its conclusion matches, its premises are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.methods.matching import match_names
from symproof.methods.search import RELATIONS, Certificate, Search, fresh_name, nested
from symproof.methods.universal import opened, premises
from symproof.terms.build import Mistyped, make
from symproof.terms.codec import encode
from symproof.terms.tree import Term

MAX_DEPTH = 3
MIRROR = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq", "ne": "ne"}


def applied(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """The goal is what a fact says of all values, taken at some; search for proofs of what it asks for."""
    if depth > MAX_DEPTH:
        return None
    for name, fact in context.facts.items():
        bound, conclusion = opened(fact)
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
        for premise in premises(fact, values):
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
