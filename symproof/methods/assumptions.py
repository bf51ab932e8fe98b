"""What is assumed, put to use: alternatives, existence, denials, implications, products that vanish."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel.context import NOTHING, Context
from symproof.kernel.decide import difference, introduce, negation, normal, seen
from symproof.kernel.instances import rewrite_facts
from symproof.kernel.known import RELATIONS
from symproof.kernel.leaves import parts
from symproof.kernel.poly import Poly
from symproof.methods.cancelling import cancel
from symproof.methods.equations import rewritings
from symproof.methods.letters import factors
from symproof.methods.posing import FAILURES
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search, fresh_name, nested, taken_apart
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

MAX_FACTS = 40


def assumed(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Use one fact that is more than a relation, and go on."""
    if sum(fact != NOTHING for fact in context.facts.values()) > MAX_FACTS:
        return None
    have = set(context.facts.values())
    for name, fact in connected(context, goal):
        if fact.op == "and":
            for part in fact.args:
                if part not in have and part.op not in RELATIONS:
                    return _claim(search, context, goal, depth, part, {"rule": "evident"})
        elif fact.op == "or":
            if have.isdisjoint(fact.args) and not any(seen(context, part) for part in fact.args):
                return _either(search, context, goal, depth, name, fact)
        elif fact.op == "exists":
            if name not in _obtained(context):
                return _obtain(search, context, goal, depth, name, fact)
        elif fact.op == "not":
            opposite = negation(fact.args[0])
            if opposite.op != "not" and opposite not in have:
                proof = {
                    "rule": "contradiction",
                    "name": fresh_name(context, "denied"),
                    "claim": encode(fact),
                    "proofs": [{"rule": "evident"}, {"rule": "evident"}],
                }
                return _claim(search, context, goal, depth, opposite, proof)
        elif fact.op == "iff":
            for way in parts(fact)[1:]:
                if way.args[1] not in have and way not in have and _holds(context, way.args[0]):
                    return _claim(search, context, goal, depth, way, {"rule": "evident"})
        elif fact.op == "implies" and fact.args[1] not in have and _holds(context, fact.args[0]):
            return _instance(search, context, goal, depth, name, fact.args[1])
    return None


def connected(context: Context, goal: Term) -> list[tuple[str, Term]]:
    """The facts that speak of what the goal speaks of, or of what such a fact speaks of, sizes apart."""
    names = {name: _names(context, fact) for name, fact in context.facts.items()}
    reached, before = _names(context, goal), frozenset[str]()
    while reached != before:
        before = reached
        reached = reached.union(*(found for found in names.values() if not found.isdisjoint(reached)))
    return [(name, fact) for name, fact in context.facts.items() if not names[name].isdisjoint(reached)]


def _names(context: Context, term: Term) -> frozenset[str]:
    sizes = {name for name, symbol in context.symbols.items() if "size" in symbol.attributes}
    return frozenset(free_symbols(term) - sizes)


def _holds(context: Context, prop: Term) -> bool:
    return prop in context.facts.values() or seen(context, prop)


def _claim(
    search: Search, context: Context, goal: Term, depth: int, claim: Term, proof: Certificate
) -> Certificate | None:
    name = fresh_name(context, "part")
    then = search.prove(context.with_fact(name, claim), goal, depth)
    if then is None:
        return None
    return {"rule": "have", "name": name, "claim": encode(claim), "proof": proof, "then": then}


def _instance(
    search: Search, context: Context, goal: Term, depth: int, fact: str, gained: Term
) -> Certificate | None:
    name = fresh_name(context, "gained")
    then = search.prove(context.with_fact(name, gained), goal, depth)
    return None if then is None else {"rule": "have", "name": name, "fact": fact, "at": {}, "then": then}


def _either(
    search: Search, context: Context, goal: Term, depth: int, fact: str, alternative: Term
) -> Certificate | None:
    name = fresh_name(context, "alternative")
    branches = []
    for part in alternative.args:
        then = search.prove(context.with_fact(name, part), goal, depth)
        if then is None:
            return None
        branches.append(then)
    return {"rule": "either", "fact": fact, "name": name, "branches": branches}


def _obtain(
    search: Search, context: Context, goal: Term, depth: int, fact: str, statement: Term
) -> Certificate | None:
    name = f"{OBTAINED}{fact}"
    inner, body = introduce(context, make("forall", *statement.args, data=statement.data))
    inner, haves = taken_apart(inner.assuming(name, body), body)
    then = search.prove(inner, goal, depth)
    return (
        None if then is None else {"rule": "obtain", "fact": fact, "name": name, "then": nested(haves, then)}
    )


OBTAINED = "one with "


def _obtained(context: Context) -> set[str]:
    return {name.removeprefix(OBTAINED) for name in context.facts if name.startswith(OBTAINED)}


# --- products that vanish --------------------------------------------------------------


def factored(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """A known equation f·g = 0: assume f = 0; where f is not 0, g = 0."""
    for zeros in _vanishing(context, goal):
        facts = set(context.facts.values())
        if any(zero in facts for zero in zeros):
            continue
        return _each(search, context, goal, depth, zeros)
    return None


def _each(search: Search, context: Context, goal: Term, depth: int, parts: list[Term]) -> Certificate | None:
    first, rest = parts[0], parts[1:]
    if not rest:
        proof = cancel(search, context, first, depth)
        return None if proof is None else _claim(search, context, goal, depth, first, proof)
    name = fresh_name(context, "case")
    zero = search.prove(context.with_fact(name, first), goal, depth)
    if zero is None:
        return None
    other = _each(search, context.with_fact(name, negation(first)), goal, depth, rest)
    if other is None:
        return None
    return {"rule": "cases", "name": name, "on": encode(first), "branches": [zero, other]}


def _vanishing(context: Context, goal: Term) -> Iterator[list[Term]]:
    """The factors of known equations with several, each as an equation with 0."""
    for name, fact in context.facts.items():
        if fact.op != "eq" or not isinstance(fact.args[0].type, Scalar):
            continue
        try:
            for rules in _others(context, goal, name):
                nf = normal(context, rewrite_facts(context, "search", rules))
                found = _factors(nf, difference(nf, *fact.args))
                if len(found) > 1:
                    yield [make("eq", raise_poly(nf, f, {}), num(0)) for f in found]
                    break
        except FAILURES:
            continue


def _others(context: Context, goal: Term, name: str) -> Iterator[dict[str, object]]:
    """As it stands, and with the other equations as rewrite rules."""
    yield {}
    for rules in rewritings(context, goal):
        kept = [r for r in rules.get("rewrite", ()) if r != name]
        if kept and len(kept) == len(rules["rewrite"]) - 1:
            yield {"rewrite": kept}
            return


def _factors(nf, poly: Poly) -> list[Poly]:  # type: ignore[no-untyped-def]
    found = factors(nf, poly)
    return [f for f, _ in found[1] if f.constant() is None] if found else []


def denial(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """not P by the opposite of P."""
    opposite = negation(goal.args[0])
    if opposite.op == "not":
        return None
    proof = search.prove(context, opposite, depth)
    if proof is None:
        return None
    name, claim = fresh_name(context, "opposite"), encode(opposite)
    found = {"rule": "have", "name": name, "claim": claim, "proof": proof, "then": {"rule": "evident"}}
    return found if search.conditions(context, goal, found) is not None else None
