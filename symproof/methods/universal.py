"""What is assumed for all values: names, premises, conclusion, and what it says of the terms at hand."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from symproof.kernel.context import Context
from symproof.kernel.decide import membership
from symproof.kernel.instances import specialise
from symproof.kernel.verdict import Rejected
from symproof.methods.equations import points
from symproof.methods.matching import Values, match_names
from symproof.methods.search import Certificate
from symproof.terms.build import Mistyped, make, num, same_type, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols, occurring, substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array, Type

MAX_NAMES = 3
MAX_TOGETHER = 40

# Operators worth a look into the ledger.
TRIGGERS = frozenset(
    "opnorm lambda_max lambda_min rank det norm fronorm sum product call apply maximum minimum components "
    "expect variance covariance probability integral limit matmul pow degree cardinality".split()
)

SPOKEN_OF = TRIGGERS | {"index"}


def opened(fact: Term) -> tuple[dict[str, Type], Term]:
    """The names that a fact is about all values of, and what it says of them under its premises."""
    bound: dict[str, Type] = {}
    while fact.op in ("forall", "implies"):
        if fact.op == "forall":
            for group, domain in clauses(fact):
                bound.update(zip(group, domain.type.items, strict=True))  # type: ignore[union-attr]
        fact = fact.args[0] if fact.op == "forall" else fact.args[1]
    return bound, fact


def clauses(fact: Term) -> Iterator[tuple[tuple[str, ...], Term]]:
    """The names that a `forall` binds, group by group, each group with its domain."""
    groups: tuple[tuple[str, ...], ...] = fact.data  # type: ignore[assignment]
    return zip(groups, fact.args[1:], strict=True)


def premises(fact: Term, values: Mapping[str, Term]) -> Iterator[Term]:
    """What the fact asks of the values: that they lie in their domains, and its premises."""
    while fact.op in ("forall", "implies"):
        if fact.op == "implies":
            yield fact.args[0]
            fact = fact.args[1]
            continue
        chosen: dict[str, Term] = {}
        for group, domain in clauses(fact):
            chosen |= {n: values[n] for n in group}
            yield from membership(substitute(domain, chosen), [values[n] for n in group])
        fact = substitute(fact.args[0], chosen)


def lengths(context: Context, goals: list[Term]) -> Iterator[tuple[Certificate, Term]]:
    """x' x = c² for what is assumed of a length, |x| = c."""
    for name, fact in context.facts.items():
        for size, value in (fact.args, fact.args[::-1]) if fact.op == "eq" else ():
            if size.op == "norm" and isinstance(size.args[0].type, Array) and not size.args[0].type.row:
                x = size.args[0]
                claim = make("eq", make("matmul", make("transpose", x), x), make("pow", value, num(2)))
                turn = num(1 if size == fact.args[0] else -1)
                times = make("mul", turn, make("add", size, value))
                proof = {"rule": "algebra", "combine": [{"fact": name, "times": encode(times)}]}
                yield {"rule": "have", "claim": encode(claim), "proof": proof}, claim


def members(context: Context, goals: list[Term]) -> Iterator[tuple[Certificate, Term]]:
    """What is assumed for all integers, arrays or vertices, at those of the goal; equations for all integers
    are left to rewriting."""
    (goal,) = goals
    for name, fact in context.facts.items():
        domains = {n: domain for group, domain in clauses(fact) for n in group} if fact.op == "forall" else {}
        if not 0 < len(domains) <= MAX_NAMES:
            continue
        integers = any(domain.op == "numbers" for domain in domains.values())
        if integers and (len(domains) > 1 or opened(fact)[1].op == "eq"):
            continue
        places = (list(_of_goal(context, goal, domain)) for domain in domains.values())
        for values in itertools.product(*places):
            at = dict(zip(domains, values, strict=True))
            try:
                gained = specialise(context, "search", fact, at)
            except Rejected:
                continue
            yield {"rule": "have", "fact": name, "at": {k: encode(v) for k, v in at.items()}}, gained


def _of_goal(context: Context, goal: Term, domain: Term) -> Iterator[Term]:
    """The integers of the goal, the vertices, or the declared arrays in the goal that lie in the domain."""
    if domain.op == "numbers" and domain.data == "integer":
        yield from points(context, goal)
    elif domain.op in ("vertices", "edges"):
        vertex = domain.type.items[0]  # type: ignore[union-attr]
        yield from (sym(name, vertex) for name, s in context.symbols.items() if s.type == vertex)
    elif domain.op == "arrays":
        type = domain.type.items[0]  # type: ignore[union-attr]
        for name in sorted(free_symbols(goal) & context.symbols.keys()):
            if same_type(context.symbols[name].type, type):
                yield sym(name, context.symbols[name].type)


def spoken_of(context: Context, terms: list[Term]) -> Iterator[tuple[Certificate, Term]]:
    """What is assumed for all values of names, at those with which it speaks of terms that occur.

    Equations whose one side has all the names are left to rewriting.
    """
    facts = list(context.facts.items())
    known = set(context.facts.values())
    here = _speaking(terms)
    for name, fact in facts:
        bound, body = opened(fact)
        if not bound or list(bound.values()) == [INTEGER]:
            continue
        if body.op == "eq" and any(bound.keys() <= free_symbols(side) for side in body.args):
            continue
        if any(bound.keys() & free_symbols(part) for part in _speaking([body])):
            found = _together(bound, body, here)
        else:  # x = y from f(x) = f(y): what is premised has to be among the facts
            found = _together(bound, fact, _speaking([f for _, f in facts if f.op != "forall"]))
        for values in itertools.islice(found, MAX_TOGETHER):
            try:
                gained = specialise(context, "search", fact, values)
            except (Rejected, Mistyped):
                continue
            if gained not in known and len(set(gained.args)) > 1:
                known.add(gained)
                yield {"rule": "have", "fact": name, "at": {k: encode(v) for k, v in values.items()}}, gained


def _speaking(terms: list[Term]) -> list[Term]:
    """The parts that something may be said of."""
    return list(dict.fromkeys(node for term in terms for node in term.walk() if node.op in SPOKEN_OF))


def _together(bound: dict[str, Type], body: Term, nodes: list[Term]) -> Iterator[Values]:
    """Values for all the names with which one part of the body, or two together, are among the nodes."""
    parts = [part for part in _speaking([body]) if occurring(part) & bound.keys()]
    groups: list[tuple[Term, ...]] = [(t,) for t in parts if bound.keys() <= occurring(t)]
    for pair in itertools.combinations([p for p in parts if p.op == "apply"] if groups else parts, 2):
        if bound.keys() <= occurring(pair[0]) | occurring(pair[1]):
            groups.append(pair)
    for group in groups:
        for places in itertools.product(nodes, repeat=len(group)):
            values: Values | None = {}
            for part, node in zip(group, places, strict=True):
                values = match_names(bound, part, node, values) if values is not None else None
            if values is not None and values.keys() == bound.keys():
                yield values
