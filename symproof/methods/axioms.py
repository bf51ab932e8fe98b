"""The ledger at work: an axiom whose conclusion is the goal, and what axioms say of the terms that occur."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.kernel.ledger import Axiom, instance
from symproof.kernel.verdict import Rejected
from symproof.methods.bounding import bound
from symproof.methods.equations import points
from symproof.methods.factorwise import MIRRORED
from symproof.methods.matching import Values, match, match_further
from symproof.methods.quick import INEQUALITIES, order
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.methods.universal import TRIGGERS, lengths, members, opened, spoken_of
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols, occurring, substitute, substitute_type
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import INTEGER, Array, Scalar

MAX_DEPTH = 2
MAX_FACTS = 10
MAX_UNITS = 4
ROUNDS = 3


def backward(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """The goal is an axiom's conclusion whose side conditions are seen at once."""
    return _backward(search, context, goal, MAX_DEPTH)


def backward_deep(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """The goal is an axiom's conclusion: search for proofs of the side conditions."""
    return _backward(search, context, goal, depth) if depth < MAX_DEPTH else None


def _backward(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    for axiom in search.axioms(goal.op):
        matched = match(axiom.statement, opened(axiom.statement.goal)[1], goal)
        for values in _filled(context, axiom, matched, units=True) if matched is not None else ():
            premises = _premises(search, context, axiom, values, depth)
            if premises is None:
                continue
            name = fresh_name(context, axiom.name)
            for then in ({"rule": "evident"}, {"rule": "evident", "rewrite": [name]}):
                found = _have(axiom, values, premises, name, then)
                if search.conditions(context, goal, found) is not None:
                    return found
    return None


def _have(
    axiom: Axiom, values: Values, premises: dict[str, Any], name: str, then: Certificate
) -> Certificate:
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
        if premise in context.facts.values():
            found[name] = {"rule": "evident"}
            continue
        if depth >= MAX_DEPTH:
            return None
        certificate = search.prove(context, premise, depth + 1)
        if certificate is None:
            return None
        found[name] = certificate
    return found


def instances(search: Search, context: Context, terms: list[Term]) -> Iterator[tuple[Axiom, Values]]:
    """Axioms that say something of a term that occurs: a part of the conclusion matches it."""
    done: set[tuple[str, tuple[tuple[str, Term], ...]]] = set()
    nodes = list(dict.fromkeys(node for term in terms for node in term.walk() if node.op in TRIGGERS))
    ops = {node.op for node in nodes}
    for axiom in search.axioms(None):
        for pattern in triggers(axiom):
            if pattern.op not in ANYTHING and pattern.op not in ops:
                continue
            for node in nodes:
                found = match(axiom.statement, pattern, node)
                if found is None:
                    continue
                for values in _filled(context, axiom, found):
                    key = (axiom.name, tuple(sorted(values.items(), key=lambda item: item[0])))
                    if key not in done:
                        done.add(key)
                        yield axiom, values


def triggers(axiom: Axiom) -> list[Term]:
    """What brings an axiom to mind, worked out once."""
    if id(axiom) not in _TRIGGERS:  # the axiom is kept, so that its id stays its own
        _TRIGGERS[id(axiom)] = axiom, _triggers(axiom)
    return _TRIGGERS[id(axiom)][1]


_TRIGGERS: dict[int, tuple[Axiom, list[Term]]] = {}
ANYTHING = frozenset(("sym", "apply"))  # what a pattern begins with that may stand for any term


def _triggers(axiom: Axiom) -> list[Term]:
    """What brings an axiom to mind: the left side of an equation (and a right side that is no simpler);
    of other relations the parts that fix most of the symbols."""
    conclusion = opened(axiom.statement.goal)[1]
    if conclusion.op == "eq":
        left, right = conclusion.args
        larger = sum(1 for _ in right.walk()) >= sum(1 for _ in left.walk())
        return [left, right] if larger and right.op in TRIGGERS else [left]
    found: list[Term] = []
    stack = list(conclusion.args)
    while stack:
        term = stack.pop()
        if term.op in TRIGGERS:
            found.append(term)
        else:
            stack.extend(term.args)
    telling = [t for t in found if t.op != "pow" or any(n.op in TRIGGERS for a in t.args for n in a.walk())]
    found = telling or found
    names = {s.name for s in axiom.statement.symbols}
    fixed = [len(occurring(t) & names) for t in found]
    return [t for t, n in zip(found, fixed, strict=True) if n == max(fixed)]


def _filled(context: Context, axiom: Axiom, found: Values, units: bool = False) -> Iterator[Values]:
    """The values, completed by a declared symbol of the right type (or a unit vector) for one that is
    missing.
    """
    missing = [s for s in axiom.statement.symbols if s.name not in found]
    if not missing:
        yield found
        return
    yield from _by_premises(context, axiom, found)
    if len(missing) > 1 or missing[0].random:
        return
    name, wanted = missing[0].name, substitute_type(missing[0].type, found)
    for symbol in context.symbols.values():
        if symbol.type == wanted and not isinstance(wanted, Scalar):
            yield {**found, name: sym(symbol.name, symbol.type)}
    if units and isinstance(wanted, Array) and len(wanted.axes) == 1 and wanted.axes[0].op == "range":
        (axis,) = wanted.axes
        size = axis.args[1].data if axis.args[1].op == "num" else Fraction(1)
        for k in range(min(int(size), MAX_UNITS)):  # type: ignore[call-overload]
            place = make("add", axis.args[0], num(k)) if k else axis.args[0]
            i = context.fresh("i_1")
            entry = make("bracket", make("eq", sym(i, INTEGER), place))
            yield {**found, name: make("array", entry, axis, data=((i,),))}


def _by_premises(context: Context, axiom: Axiom, found: Values) -> Iterator[Values]:
    """The values, completed by what makes side conditions some of the facts."""
    missing = {s.name for s in axiom.statement.symbols} - found.keys()
    if not missing:
        yield found
        return
    for hypothesis in axiom.statement.hypotheses:
        if free_symbols(hypothesis.statement).isdisjoint(missing):
            continue
        for fact in context.facts.values():
            for form in (fact, make(MIRRORED[fact.op], *fact.args[::-1])) if fact.op in MIRRORED else (fact,):
                values = match_further(axiom.statement, hypothesis.statement, form, found)
                if values is not None and len(values) > len(found):
                    yield from _by_premises(context, axiom, values)


# What an equation for all integers may say more of.
UNROLLED = frozenset(("index", "apply", "expect", "grad", "jacobian"))


def forward(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Bring in what the facts and the ledger say of the terms of the goal, and of what they become; try
    again.
    """
    return _forward(search, context, goal, depth, MAX_DEPTH)


def forward_deep(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """The same, with a search for proofs of the side conditions."""
    return _forward(search, context, goal, depth, MAX_DEPTH - 1)


def _forward(search: Search, context: Context, goal: Term, depth: int, deep: int) -> Certificate | None:
    if depth > 1 or any(name.startswith("ledger ") for name in context.facts):
        return None
    haves: list[Certificate] = []
    inner = context
    for source in (lengths, members, spoken_of, spoken_of):  # what is gained may be a premise of more
        for fragment, fact in list(source(inner, [goal])):
            name = fresh_name(inner, "ledger")
            inner = inner.with_fact(name, fact)
            haves.append({**fragment, "name": name})
    if haves and goal.op in INEQUALITIES:  # what is assumed may do without the ledger
        then = order(search, inner, goal, depth) or bound(search, inner, goal, depth)
        if then is not None:
            return nested(haves, then)
    terms = [goal, *unrolled(context, goal)]
    done: list[tuple[str, Values]] = []
    for _ in range(ROUNDS):
        gained: list[Term] = []
        for axiom, values in instances(search, context, terms):
            if len(done) >= MAX_FACTS or (axiom.name, values) in done:
                continue
            premises = _premises(search, context, axiom, values, deep)
            if premises is None:
                continue
            name = fresh_name(inner, "ledger")
            fact = instance(context, axiom, values)[1]
            inner = inner.with_fact(name, fact)
            haves.append(_have(axiom, values, premises, name, {}))
            done.append((axiom.name, values))
            gained.append(fact)
        for fragment, fact in spoken_of(inner, [*terms, *gained]):
            if fact not in inner.facts.values():
                name = fresh_name(inner, "ledger")
                inner = inner.with_fact(name, fact)
                haves.append({**fragment, "name": name})
                gained.append(fact)
        terms = gained
    if not haves:
        return None
    then = search.prove(inner, goal, depth + 1)
    if then is None:
        return None
    return nested(haves, then)


def unrolled(context: Context, goal: Term) -> Iterator[Term]:
    """The goal with members of sequences replaced by what an equation or a recurrence says of them."""
    for fact in context.facts.values():
        if fact.op == "eq" and fact.args[0].op in ("index", "sym"):
            changed = replaced(goal, *fact.args)
            if changed != goal:
                yield changed
    for point in points(context, goal):
        for fact in context.facts.values():
            groups: Any = fact.data
            if fact.op == "forall" and fact.args[1:][0].op == "numbers" and len(groups) == 1:
                body = substitute(opened(fact)[1], {groups[0][0]: point})
                if body.op == "eq" and body.args[0].op in UNROLLED:
                    changed = replaced(goal, body.args[0], body.args[1])
                    if changed != goal:
                        yield changed


def replaced(term: Term, old: Term, new: Term) -> Term:
    """The term with one subterm, outside binders, replaced by another."""
    if term == old:
        return new
    if term.op in BINDERS or not term.args:
        return term
    return make(term.op, *(replaced(a, old, new) for a in term.args), data=term.data)
