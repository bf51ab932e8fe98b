"""The ledger at work: an axiom whose conclusion is the goal, and what axioms say of the terms that occur."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.kernel.ledger import Axiom, instance
from symproof.kernel.verdict import Rejected
from symproof.methods.matching import Values, match
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.build import Mistyped
from symproof.terms.codec import encode
from symproof.terms.tree import Term

MAX_DEPTH = 3
MAX_FACTS = 8


def backward(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """The goal is an axiom's conclusion: show the side conditions."""
    if depth > MAX_DEPTH:
        return None
    for axiom in search.axioms(goal.op):
        conclusion = _body(axiom.statement.goal)
        values = match(axiom.statement, conclusion, goal)
        if values is None or len(values) != len(axiom.statement.symbols):
            continue
        premises = _premises(search, context, axiom, values, depth)
        if premises is None:
            continue
        name = fresh_name(context, axiom.name)
        for then in ({"rule": "evident"}, {"rule": "evident", "rewrite": [name]}):
            found = _have(axiom, values, premises, name, then)
            if search.conditions(context, goal, found) is not None:
                return found
    return None


def _body(statement: Term) -> Term:
    while statement.op in ("forall", "implies"):
        statement = statement.args[0] if statement.op == "forall" else statement.args[1]
    return statement


def _have(axiom: Axiom, values: Values, premises: dict[str, Any], name: str, then: Certificate) -> Certificate:
    return {
        "rule": "have",
        "name": name,
        "axiom": axiom.name,
        "at": {k: encode(v) for k, v in values.items()},
        **({"premises": premises} if premises else {}),
        "then": then,
    }


def _premises(
    search: Search, context: Context, axiom: Axiom, values: Values, depth: int
) -> dict[str, Certificate] | None:
    """Certificates for the side conditions that are not seen at once; None when one cannot be shown."""
    try:
        premises, _ = instance(context, axiom, values)
    except (Rejected, Mistyped):
        return None
    found: dict[str, Certificate] = {}
    for name, premise in premises.items():
        if seen(context, premise):
            continue
        certificate = search.prove(context, premise, depth + 1)
        if certificate is None:
            return None
        found[name] = certificate
    return found


def instances(search: Search, context: Context, terms: list[Term]) -> Iterator[tuple[Axiom, Values]]:
    """Axioms that say something of a term that occurs: a side of the conclusion matches it."""
    done: set[tuple[str, tuple[tuple[str, Term], ...]]] = set()
    nodes = list(dict.fromkeys(node for term in terms for node in term.walk() if node.op in TRIGGERS))
    for axiom in search.axioms(None):
        conclusion = _body(axiom.statement.goal)
        if len(conclusion.args) != 2:
            continue
        for side in conclusion.args:
            if side.op not in TRIGGERS:
                continue
            for node in nodes:
                values = match(axiom.statement, side, node)
                if values is None or len(values) != len(axiom.statement.symbols):
                    continue
                key = (axiom.name, tuple(sorted(values.items(), key=lambda item: item[0])))
                if key not in done:
                    done.add(key)
                    yield axiom, values


# Operators worth a look into the ledger.
TRIGGERS = frozenset(
    "opnorm lambda_max lambda_min rank det norm fronorm sum product call apply maximum minimum components "
    "expect variance covariance integral limit".split()
)


def forward(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Bring in what the ledger says of the terms of the goal, then try again."""
    if depth > 1 or any(name.startswith("ledger ") for name in context.facts):
        return None
    haves: list[tuple[Axiom, Values, dict[str, Any], str]] = []
    inner = context
    for axiom, values in instances(search, context, [goal]):
        premises = _premises(search, context, axiom, values, MAX_DEPTH - 1)
        if premises is None:
            continue
        name = fresh_name(inner, "ledger")
        try:
            inner = inner.with_fact(name, instance(context, axiom, values)[1])
        except Rejected:
            continue
        haves.append((axiom, values, premises, name))
        if len(haves) >= MAX_FACTS:
            break
    if not haves:
        return None
    then = search.prove(inner, goal, depth + 1)
    if then is None:
        return None
    for axiom, values, premises, name in reversed(haves):
        then = _have(axiom, values, premises, name, then)
    return then
