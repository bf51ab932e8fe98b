"""Maxima and minima: each is one of its values, and none of its values lies beyond it.

Both facts are brought in for every extremum over a range that the goal or the facts speak of:
the place where it is attained, and the bound at every index in sight.
"""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel.context import Context
from symproof.kernel.decide import introduce, seen
from symproof.kernel.ledger import instance
from symproof.kernel.verdict import Rejected
from symproof.methods.axioms import replaced
from symproof.methods.particulars import in_sight
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import Mistyped, make
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term

SIDES = {"maximum": ("maximum-above", "maximum-attained"), "minimum": ("minimum-below", "minimum-attained")}
PLACES = {"argmax": "argmax-attains"}
BROUGHT = "extremum "
MAX_EXTREMA = 4


def extreme(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Speak of the values of the maxima and minima in the goal, then of all in sight; try again."""
    if any(name.startswith(BROUGHT) for name in context.facts):
        return None
    near = list(extrema(context, [goal]))[:MAX_EXTREMA]
    far = list(extrema(context, [goal, *context.facts.values()]))[:MAX_EXTREMA]
    for found in (near, far) if near and near != far else (far,):
        proof = _valued(search, context, goal, depth, found)
        if proof is not None:
            return proof
    return None


def _valued(
    search: Search, context: Context, goal: Term, depth: int, found: list[Term]
) -> Certificate | None:
    haves: list[Certificate] = []
    target = goal
    for term in found:
        context, value = _attained(search, context, term, haves)
        target = target if value is None else replaced(target, term, value)
    for term in (t for t in found if t.op in SIDES):
        for index in in_sight(context, target):
            context = _bounded(search, context, term, index, haves)
    if not haves:
        return None
    if target != goal:  # in terms of the values first
        proof = search.prove(context, target, depth + 1)
        if proof is not None:
            name = fresh_name(context, BROUGHT)
            haves.append({"rule": "have", "name": name, "claim": encode(target), "proof": proof})
            context = context.with_fact(name, target)
    then = search.prove(context, goal, depth + 1)
    return None if then is None else nested(haves, then)


def extrema(context: Context, terms: list[Term]) -> Iterator[Term]:
    """The maxima and minima over one range that stand in the terms and the definitions that they use."""
    names = frozenset[str]().union(*map(free_symbols, terms))
    terms = terms + [d.body for name, d in context.definitions.items() if name in names and not d.params]
    known = context.symbols.keys() | context.definitions.keys()
    for node in dict.fromkeys(n for term in terms for n in term.walk() if n.op in SIDES or n.op in PLACES):
        if len(node.args) == 2 and node.args[1].op == "range" and free_symbols(node) <= known:
            yield node


def values_of(term: Term) -> dict[str, Term]:
    """What the axioms about the extremum are instantiated at."""
    body, domain = term.args
    function = make("lambda", body, make("numbers", data="integer"), data=term.data)
    return {"a": domain.args[0], "b": domain.args[1], "f": function}


def _attained(
    search: Search, context: Context, term: Term, haves: list[Certificate]
) -> tuple[Context, Term | None]:
    """With a place where the extremum is attained, and the value there."""
    place = PLACES.get(term.op)
    gained = _axiom(search, context, place or SIDES[term.op][1], values_of(term), haves)
    if gained is None or place:
        return gained[0] if gained else context, None
    context, fact = gained
    name = fresh_name(context, BROUGHT)
    statement = context.facts[fact]
    context, body = introduce(context, make("forall", *statement.args, data=statement.data))
    haves.append({"rule": "obtain", "fact": fact, "name": name})
    return context.with_fact(name, body), body.args[1]


def _bounded(search: Search, context: Context, term: Term, index: Term, haves: list[Certificate]) -> Context:
    """With the extremum as a bound of its value at the index, if that is in the range."""
    values = {**values_of(term), "j": index}
    gained = _axiom(search, context, SIDES[term.op][0], values, haves)
    return context if gained is None else gained[0]


def _axiom(
    search: Search, context: Context, axiom: str, values: dict[str, Term], haves: list[Certificate]
) -> tuple[Context, str] | None:
    """The context with an instance of an axiom whose premises are seen, and its name there."""
    search.spend()
    try:
        premises, fact = instance(context, search.ledger[axiom], values)
    except (Rejected, Mistyped):
        return None
    if fact in context.facts.values() or not all(seen(context, p) for p in premises.values()):
        return None
    name = fresh_name(context, BROUGHT + axiom)
    haves.append(
        {"rule": "have", "name": name, "axiom": axiom, "at": {k: encode(v) for k, v in values.items()}}
    )
    return context.with_fact(name, fact), name
