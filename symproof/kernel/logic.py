"""The rules of logic: goals taken apart, facts brought in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from symproof.kernel.certificates import Certificate, Conditions, field, read_term
from symproof.kernel.context import Context
from symproof.kernel.decide import introduce, membership, negation, seen, under
from symproof.kernel.defined import conditions
from symproof.kernel.existence import improper
from symproof.kernel.growth import free_of_definitions
from symproof.kernel.instances import specialise
from symproof.kernel.known import belonging
from symproof.kernel.ledger import instance
from symproof.kernel.statement import Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.build import fits, make
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term
from symproof.terms.types import Array, Function, Prop, Scalar, Sequence, Vertex

if TYPE_CHECKING:
    from symproof.kernel.rules import Checker


def intro(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ, x in D ⊢ P(x) gives Γ ⊢ for all x in D: P(x);  Γ, A ⊢ B gives Γ ⊢ A implies B."""
    then = field("intro", certificate, "then")
    if goal.op == "forall":
        inner, body = introduce(context, goal)
        domains = make("forall", make("true"), *goal.args[1:], data=goal.data)  # they must be defined, too
        own = checker.undischarged(context, (), domains)
        return own + tuple(close(context, inner, c) for c in checker.check(inner, body, then))
    if goal.op != "implies":
        raise Rejected("intro", f"nothing to introduce in {goal.op}")
    name = field("intro", certificate, "name", str)
    inner = context.assuming(name, goal.args[0])
    found = checker.check(inner, goal.args[1], then)
    own = checker.undischarged(context, (), goal.args[0])
    return own + tuple(under([goal.args[0]], c) for c in found)


def close(outer: Context, inner: Context, condition: Term) -> Term:
    """A condition in the larger context as a statement of the smaller one."""
    facts = [f for n, f in inner.facts.items() if n not in outer.facts]
    condition = under(facts, condition)
    fresh = [s for n, s in inner.symbols.items() if n not in outer.symbols]
    for symbol in reversed(fresh):
        condition = make("forall", condition, _domain_of(symbol), data=((symbol.name,),))
    return condition


def _domain_of(symbol: Symbol) -> Term:
    type = symbol.type
    if isinstance(type, Scalar):
        return make("numbers", data=type.domain)
    if isinstance(type, Array):
        return make("arrays", *type.axes, data=type.domain)
    if isinstance(type, Vertex):
        return make("vertices", type.graph)
    if isinstance(type, Sequence | Function):
        items = (*type.params, type.result) if isinstance(type, Function) else (type.item,)
        domains = [_domain_of(Symbol("x", t)) for t in items]
        return make("functions" if isinstance(type, Function) else "sequences", *domains)
    raise Rejected("close", "a symbol that no quantifier binds")


def split(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ⊢ A and Γ ⊢ B give Γ ⊢ A and B;  A implies B and B implies A give A iff B;  x >= a and x <= b, x in
    [a, b].
    """
    parts = field("split", certificate, "parts", list)
    if goal.op == "iff":
        goals: tuple[Term, ...] = (make("implies", *goal.args), make("implies", *goal.args[::-1]))
    elif goal.op == "and":
        goals = goal.args
    elif goal.op == "in" and belonging(goal):
        goals = tuple(belonging(goal))
    else:
        raise Rejected("split", f"nothing to split in {goal.op}")
    if len(parts) != len(goals):
        raise Rejected("split", f"expected {len(goals)} parts, found {len(parts)}")
    return tuple(c for g, p in zip(goals, parts, strict=True) for c in checker.check(context, g, p))


def choose(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ⊢ A_k (and every A_i is defined) gives Γ ⊢ A_1 or … or A_n."""
    index = field("choose", certificate, "index", int)
    if goal.op != "or" or not 0 <= index < len(goal.args):
        raise Rejected("choose", "no such alternative")
    own = checker.undischarged(context, (), *goal.args)
    return own + checker.check(context, goal.args[index], field("choose", certificate, "then"))


def exists(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ⊢ P(a) for some a in D gives Γ ⊢ there is x in D with P(x)."""
    if goal.op != "exists":
        raise Rejected("exists", f"the goal is {goal.op}")
    data = field("exists", certificate, "values", Mapping)
    names: tuple[tuple[str, ...], ...] = goal.data  # type: ignore[assignment]
    values: dict[str, Term] = {}
    conditions_found: Conditions = ()
    for group, domain in zip(names, goal.args[1:], strict=True):
        domain = substitute(domain, values)
        for name, type in zip(group, domain.type.items, strict=True):  # type: ignore[union-attr]
            if name not in data:
                raise Rejected("exists", f"no value for {name}")
            value = read_term(context, "exists", data[name])
            if not fits(value.type, type):
                raise Rejected("exists", f"{name} has another type there")
            if context.is_random(value) and context.speaks_of_chance(goal):
                raise Rejected("exists", f"a random value for {name} inside an expectation")
            values[name] = value
            conditions_found += checker.undischarged(context, (), value)
        for premise in membership(domain, [values[n] for n in group]):
            if not seen(context, premise):
                raise Rejected("exists", f"{group[0]} is not seen to lie in its domain")
            conditions_found += checker.undischarged(context, (), premise)
    body = substitute(goal.args[0], values)
    return conditions_found + checker.check(context, body, field("exists", certificate, "then"))


def cases(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ, A ⊢ G and Γ, not A ⊢ G give Γ ⊢ G, for a statement A that is defined."""
    on = read_term(context, "cases", field("cases", certificate, "on"))
    name = field("cases", certificate, "name", str)
    branches = field("cases", certificate, "branches", list)
    if not isinstance(on.type, Prop) or len(branches) != 2:
        raise Rejected("cases", "a statement and two branches are needed")
    own = checker.undischarged(context, (), on)
    if own:
        raise Rejected("cases", "the statement to split on may be undefined")
    found: Conditions = ()
    for assumed, branch in zip((on, negation(on)), branches, strict=True):
        inner = context.assuming(name, assumed)
        found += tuple(under([assumed], c) for c in checker.check(inner, goal, branch))
    return found


def either(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ∋ A_1 or … or A_n and Γ, A_i ⊢ G for every i give Γ ⊢ G."""
    fact = context.facts.get(field("either", certificate, "fact", str))
    name = field("either", certificate, "name", str)
    branches = field("either", certificate, "branches", list)
    if fact is None or fact.op != "or" or len(branches) != len(fact.args):
        raise Rejected("either", "the fact must be an alternative with a branch for each case")
    found: Conditions = ()
    for case, branch in zip(fact.args, branches, strict=True):
        inner = context.assuming(name, case)
        found += tuple(under([case], c) for c in checker.check(inner, goal, branch))
    return found


def obtain(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ∋ there is x in D with P(x), and Γ, x in D, P(x) ⊢ G, x fresh, give Γ ⊢ G."""
    fact = context.facts.get(field("obtain", certificate, "fact", str))
    name = field("obtain", certificate, "name", str)
    if fact is None or fact.op != "exists":
        raise Rejected("obtain", "the fact must say that something exists")
    inner, body = introduce(context, make("forall", *fact.args, data=fact.data))
    inner = inner.assuming(name, body)
    found = checker.check(inner, goal, field("obtain", certificate, "then"))
    return tuple(close(context, inner, c) for c in found)


def defined(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ, D ⊢ G gives Γ ⊢ G under the conditions D that make G defined and are not seen to hold."""
    name = field("defined", certificate, "name", str)
    asked: Conditions = ()
    inner = context
    for k, condition in enumerate(checker.undischarged(context, (), goal), start=1):
        if not exists_by_itself(condition):
            inner = inner.assuming(f"{name} {k}", condition)
            asked += (condition,)
    return asked + checker.check(inner, goal, field("defined", certificate, "then"))


def contradiction(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ, not G ⊢ A and Γ, not G ⊢ not A give Γ ⊢ G, where G is defined."""
    name = field("contradiction", certificate, "name", str)
    claim = read_term(context, "contradiction", field("contradiction", certificate, "claim"))
    proofs = field("contradiction", certificate, "proofs", list)
    if not isinstance(claim.type, Prop) or len(proofs) != 2:
        raise Rejected("contradiction", "a statement and two proofs are needed")
    opposite = negation(goal)
    inner = context.assuming(name, opposite)
    own = checker.undischarged(context, (), goal)
    found = checker.check(inner, claim, proofs[0]) + checker.check(inner, negation(claim), proofs[1])
    return own + tuple(under([opposite], c) for c in found)


def have(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ⊢ A and Γ, A ⊢ G give Γ ⊢ G; A is an instance of an axiom or a fact, or a claim with its proof."""
    name = field("have", certificate, "name", str)
    sources = [s for s in ("axiom", "fact", "claim") if s in certificate]
    if len(sources) != 1:
        raise Rejected("have", "one of axiom, fact and claim is needed")
    if sources == ["axiom"]:
        gained, found = _axiom(checker, context, name, certificate)
    elif sources == ["fact"]:
        fact = context.facts.get(str(certificate["fact"]))
        if fact is None:
            raise Rejected("have", f"no fact {certificate['fact']!r}")
        at = field("have", certificate, "at", Mapping)
        values = {str(k): read_term(context, "have", v) for k, v in at.items()}
        gained = specialise(context, "have", fact, values)
        found = checker.undischarged(context, (), *values.values())
    else:
        gained = read_term(context, "have", certificate["claim"])
        if not isinstance(gained.type, Prop):
            raise Rejected("have", "the claim states nothing")
        proof = field("have", certificate, "proof")
        shown = checker.shown(context, gained)
        found = checker.check(context, gained, proof) if shown is None else shown
    inner = context.with_fact(name, gained)
    return found + checker.check(inner, goal, field("have", certificate, "then"))


def _axiom(
    checker: Checker, context: Context, name: str, certificate: Certificate
) -> tuple[Term, Conditions]:
    """An axiom at some terms, its side conditions shown; both they and what it says must be defined there."""
    axiom = checker.ledger.get(str(certificate["axiom"]))
    if axiom is None:
        raise Rejected("have", f"no axiom {certificate['axiom']!r}")
    at = field("have", certificate, "at", Mapping)
    values = {str(k): read_term(context, "have", v) for k, v in at.items()}
    premises, conclusion = instance(context, axiom, values)
    proofs = certificate.get("premises", {})
    found = checker.undischarged(context, (), *values.values())
    for premise_name, premise in premises.items():
        if isinstance(proofs, Mapping) and premise_name in proofs:
            found += checker.check(context, premise, proofs[premise_name])
        elif not seen(context, premise):
            raise Rejected(f"axiom {axiom.name}", f"the side condition {premise_name!r} is not seen to hold")
        else:
            found += checker.undischarged(context, (), premise)
    checker.axioms[axiom.name] = axiom.imported
    asserted = context.with_fact(name, conclusion)  # that its limits and integrals exist is what it says
    assumed = set(context.facts.values())
    for condition in conditions(asserted, conclusion):
        if condition not in assumed and not seen(asserted if _existence(condition) else context, condition):
            found += (condition,)
    return conclusion, found


def _existence(condition: Term) -> bool:
    """Does the condition say that a limit, a series, an improper integral or an expectation exists?"""
    while condition.op == "forall":
        condition = condition.args[0]
    return condition.op == "integrable" or exists_by_itself(condition)


def exists_by_itself(condition: Term) -> bool:
    """Does the condition say that a limit, a series or an improper integral exists?"""
    while condition.op == "forall":
        condition = condition.args[0]
    return condition.op == "eq" and condition.args[0] == condition.args[1] and improper(condition.args[0])


def only(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ' ⊢ G gives Γ ⊢ G for a part Γ' of Γ; what the kernel need not read costs nothing."""
    names = field("only", certificate, "facts", list)
    if not all(isinstance(name, str) and name in context.facts for name in names):
        raise Rejected("only", "the facts must be named")
    return checker.check(context.relying(frozenset(names)), goal, field("only", certificate, "then"))


def unfold(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ⊢ G with every name of a defined term replaced by the term gives Γ ⊢ G."""
    return checker.check(*unfolding(context, goal), field("unfold", certificate, "then"))


def unfolding(context: Context, goal: Term) -> tuple[Context, Term]:
    """The context and the goal with defined names replaced; definitions with parameters stay."""
    for prop in (goal, *context.facts.values()):
        free_of_definitions(context, prop)
    plain: dict[str, Term] = {}
    for definition in context.definitions.values():  # each sees those before it
        if not definition.params:
            plain[definition.name] = substitute(definition.body, plain)
    rest = {}
    mentioned = frozenset().union(*map(free_symbols, plain.values()))
    for name, definition in context.definitions.items():
        if definition.params:
            if not mentioned.isdisjoint(p for p, _ in definition.params):
                raise Rejected("unfold", f"a parameter of {name} has the name of a symbol in a definition")
            visible = {k: v for k, v in plain.items() if k not in dict(definition.params)}
            rest[name] = replace(definition, body=substitute(definition.body, visible))
    facts = {n: substitute(f, plain) for n, f in context.facts.items()}
    return replace(context, definitions=rest, facts=facts), substitute(goal, plain)
