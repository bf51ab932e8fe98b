"""The rules: what a certificate may do, and what is checked at each step.

A certificate is a tree of JSON objects; each names a rule.  `Checker.check`
returns the conditions under which the goal was shown, or raises
`Rejected("rule", "reason")`.  Every rule's docstring states it as
"premises ⊢ goal".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from symproof.kernel import known, lower, signs
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, introduce, negation, normal, seen
from symproof.kernel.defined import conditions, under
from symproof.kernel.ledger import Ledger, instance
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, Poly, TooLarge, of_atom, total
from symproof.kernel.statement import Symbol
from symproof.kernel.sums import sum_over
from symproof.kernel.verdict import Rejected
from symproof.terms.build import fits, make, num, same_type, sym
from symproof.terms.codec import Malformed, decode
from symproof.terms.rewrite import MULTI, free_symbols, substitute, substitute_type
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import INTEGER, REAL, Array, Function, Prop, Scalar, Type

Certificate = Mapping[str, Any]
Conditions = tuple[Term, ...]
MAX_DEPTH = 60


class Checker:
    """Checks goal trees against one ledger; remembers which axioms were used."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.axioms: dict[str, bool] = {}
        self.depth = 0

    def check(self, context: Context, goal: Term, certificate: Any) -> Conditions:
        """The conditions under which the certificate shows the goal; raises Rejected."""
        if not isinstance(certificate, Mapping) or certificate.get("rule") not in RULES:
            raise Rejected("certificate", f"unknown rule {_short(certificate)}")
        name = str(certificate["rule"])
        rule, fields = RULES[name]
        extra = set(certificate) - fields - {"rule"}
        if extra:
            raise Rejected(name, f"unknown field {min(extra)}")
        if self.depth > MAX_DEPTH:
            raise Rejected(name, "nested too deeply")
        self.depth += 1
        try:
            return rule(self, context, goal, certificate)
        except TooLarge as error:
            raise Rejected(name, str(error)) from None
        except Malformed as error:
            raise Rejected(name, str(error)) from None
        finally:
            self.depth -= 1

    def undischarged(self, context: Context, rules: tuple[Term, ...], *terms: Term) -> Conditions:
        """The conditions for the terms to be defined that are not seen to hold."""
        found: dict[Term, None] = {}
        for term in terms:
            for condition in conditions(context, term):
                found[condition] = None
        return tuple(c for c in found if not seen(context, c, rules))


def _short(data: Any) -> str:
    return repr(data.get("rule") if isinstance(data, Mapping) else data)[:60]


def _field(rule: str, certificate: Certificate, name: str, kind: type = object) -> Any:
    if name not in certificate or not isinstance(certificate[name], kind):
        raise Rejected(rule, f"the field {name} is missing or malformed")
    return certificate[name]


def _term(context: Context, rule: str, data: Any, bound: frozenset[str] = frozenset()) -> Term:
    """A term of the certificate; its symbols must be declared, with the types it claims."""
    term = decode(data)
    for name in free_symbols(term) - bound:
        if name not in context.symbols and name not in context.definitions:
            raise Rejected(rule, f"{name} is not declared")
    check_types(context, rule, term)
    return term


def check_types(context: Context, rule: str, term: Term) -> None:
    """Every symbol has the type of its declaration or of its binder: a certificate cannot give it another."""
    for name, type in occurrences(term):
        declared = declared_type(context, name)
        if declared is not None and declared != type:
            raise Rejected(rule, f"{name} is declared with another type")


def declared_type(context: Context, name: str) -> Type | None:
    """The type of a declared or defined symbol."""
    if name in context.symbols:
        return context.symbols[name].type
    definition = context.definitions.get(name)
    if definition is None:
        return None
    if definition.params:
        return Function(tuple(t for _, t in definition.params), definition.body.type)
    return definition.body.type


def occurrences(term: Term) -> Iterator[tuple[str, Type]]:
    """The free symbols with the types they occur with; raises Rejected where a bound one has not its binder's."""
    stack: list[tuple[Term, Mapping[str, Type]]] = [(term, {})]
    while stack:
        node, bound = stack.pop()
        if node.op == "sym":
            name = str(node.data)
            if name not in bound:
                yield name, node.type
            elif bound[name] != node.type and not same_type(bound[name], node.type):
                raise Rejected("types", f"{name} has not the type of its binder")
        elif node.op in MULTI:
            names: tuple[tuple[str, ...], ...] = node.data  # type: ignore[assignment]
            if len(names) != len(node.args) - 1:
                raise Rejected("types", "a binder with the wrong number of domains")
            inner = dict(bound)
            for group, domain in zip(names, node.args[1:], strict=True):
                stack.append((domain, dict(inner)))
                items = domain.type.items  # type: ignore[union-attr]
                if len(items) != len(group):
                    raise Rejected("types", "a binder with the wrong number of names")
                inner |= dict(zip(group, items, strict=True))
            stack.append((node.args[0], inner))
        elif node.op in BINDERS:
            ((name,), *rest) = node.data  # type: ignore[misc]
            scoped = BINDERS[node.op]
            if rest:
                raise Rejected("types", f"{node.op} binds one name")
            found = {n.type for b in node.args[:scoped] for n in b.walk() if n.op == "sym" and n.data == name}
            wanted = REAL if node.op == "integral" else node.args[scoped].type
            if node.op in ("limit", "little_o", "big_o") and found <= {INTEGER}:
                wanted = INTEGER if found else REAL
            elif isinstance(wanted, Scalar):
                wanted = REAL
            for k, arg in enumerate(node.args):
                stack.append((arg, {**bound, name: wanted} if k < scoped else bound))
        else:
            stack.extend((arg, bound) for arg in node.args)


# --- leaves ---------------------------------------------------------------------


def algebra(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """L − R − Σ c·(instances of known equations) has normal form 0, with known equations as rewrite rules ⊢ L = R."""
    if goal.op != "eq":
        raise Rejected("algebra", f"the goal is no equation but {goal.op}")
    rules = _rules(context, "algebra", certificate)
    nf = normal(context, rules)
    gap, used = _gap(nf, context, "algebra", goal, certificate)
    if not nf.is_zero(gap):
        raise Rejected("algebra", "the difference is not 0")
    return checker.undischarged(context, rules, goal, *used)


def _gap(
    nf: Normal, context: Context, rule: str, goal: Term, certificate: Certificate
) -> tuple[Poly, list[Term]]:
    """left − right − the combination of known equations, and the terms that the combination brings in."""
    left, right = goal.args
    entries: tuple[Poly, ...] | None = None
    env: dict[str, lower.Value] = {}
    axes: list[tuple[str, Term]] = []
    if isinstance(left.type, Array):
        axes = [(f"#{k}", axis) for k, axis in enumerate(left.type.axes, start=1)]
        variables = lower.index_variables(nf, left.type, {})
        entries = tuple(map(of_atom, variables))
        gap = lower.entry(nf, left, entries, {}) - lower.entry(nf, right, entries, {})
        env = {name: p for (name, _), p in zip(axes, entries, strict=True)}
    else:
        gap = difference(nf, left, right)
    used: list[Term] = []
    for item in certificate.get("combine", ()):
        part, terms = _combination(nf, context, rule, item, env)
        gap = gap - part
        used += [_closed(t, axes) for t in terms] if axes else terms
    return gap, used


def _combination(
    nf: Normal, context: Context, rule: str, item: Any, env: dict[str, lower.Value]
) -> tuple[Poly, list[Term]]:
    """Σ over `over` of times · (L − R) for a known equation L = R at some values; #1, #2 are the entry compared."""
    if not isinstance(item, Mapping):
        raise Rejected(rule, "a combination is an object")
    fact = context.facts.get(str(item.get("fact")))
    if fact is None:
        raise Rejected(rule, f"no fact {item.get('fact')!r}")
    inner, variables = dict(env), []
    bound = set(env)
    for name, domain_data in item.get("over", ()):
        domain = _term(context, rule, domain_data, frozenset(bound))
        if domain.op not in ("range", "vertices"):
            raise Rejected(rule, "a combination is summed over index ranges")
        var = nf.variable(lower.axis_sort(nf, domain, inner))
        shift = lower.scalar(nf, domain.args[0], inner) - ONE if domain.op == "range" else Poly({})
        inner[str(name)] = of_atom(var) + shift
        variables.append(var)
        bound.add(str(name))
    scope = frozenset(bound)
    at = {str(k): _term(context, rule, v, scope) for k, v in item.get("at", {}).items()}
    times = _term(context, rule, item.get("times", ["num", "1"]), scope)
    entry = [_term(context, rule, e, scope) for e in item.get("entry", ())]
    poly = _instance_gap(nf, rule, fact, at, inner, tuple(lower.scalar(nf, e, inner) for e in entry))
    poly = nf.times(lower.scalar(nf, times, inner), poly)
    for var in reversed(variables):
        poly = sum_over(nf, poly, var)
    binders = [(str(n), decode(d)) for n, d in item.get("over", ())]
    return poly, [t if not binders else _closed(t, binders) for t in (times, *at.values())]


def _closed(term: Term, binders: list[tuple[str, Term]]) -> Term:
    """A statement that is defined where the term is, for all values of the indices."""
    prop = term if isinstance(term.type, Prop) else make("eq", term, term)
    return make("forall", prop, *(d for _, d in binders), data=tuple((n,) for n, _ in binders))


def _instance_gap(
    nf: Normal, rule: str, fact: Term, at: Mapping[str, Term], env: dict[str, lower.Value], entry: tuple[Poly, ...]
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


def _rules(context: Context, rule: str, certificate: Certificate) -> tuple[Term, ...]:
    """The facts that a certificate uses as rewrite rules, as they stand or at given values."""
    found = []
    for item in certificate.get("rewrite", ()):
        name, at = (item.get("fact"), item.get("at", {})) if isinstance(item, Mapping) else (item, {})
        fact = context.facts.get(str(name))
        if fact is None:
            raise Rejected(rule, f"no fact {name!r}")
        values = {str(k): _term(context, rule, v) for k, v in at.items()}
        found.append(specialise(context, rule, fact, values) if values else fact)
    return tuple(found)


def specialise(context: Context, rule: str, fact: Term, values: Mapping[str, Term]) -> Term:
    """The fact at values for all its variables; the domains and premises must be seen to hold."""
    from symproof.kernel.decide import membership

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
                chosen[name] = values[name]
            for premise in membership(domain, [values[n] for n in group]):
                if not seen(context, premise):
                    raise Rejected(rule, f"{group[0]} may leave its range")
        fact = substitute(fact.args[0], chosen)
    return fact


def order(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """scale·(L − R) = Σ c·Πf with c > 0, scale > 0, every f >= 0 (for a strict goal some product > 0) ⊢ L >= R."""
    if goal.op not in ("lt", "le", "gt", "ge", "ne"):
        raise Rejected("order", f"the goal is no inequality but {goal.op}")
    rules = _rules(context, "order", certificate)
    nf = normal(context, rules)
    gap, used = _gap(nf, context, "order", make("eq", *goal.args), certificate)
    ((gap, relation),) = known.as_fact(gap, goal.op)
    if "terms" not in certificate:
        if not signs.holds(nf, gap, relation):
            raise Rejected("order", "the sign is not seen")
        return checker.undischarged(context, rules, goal, *used)
    if relation == "ne":
        gap, relation = (-gap if certificate.get("negative") else gap), "gt"
    for data in certificate.get("scale", ()):
        factor = _term(context, "order", data)
        value = lower.lower(nf, factor)
        if not signs.holds(nf, value, "gt"):
            raise Rejected("order", "a scale that is not seen to be positive")
        gap, used = nf.times(gap, value), [*used, factor]
    strict = False
    parts = []
    for item in certificate["terms"]:
        value, positive, terms = _summand(nf, context, item)
        parts.append(value)
        strict |= positive
        used += terms
    if not nf.is_zero(gap - total(parts)):
        raise Rejected("order", "the decomposition does not add up")
    if relation == "gt" and not strict:
        raise Rejected("order", "no summand is seen to be positive")
    return checker.undischarged(context, rules, goal, *used)


def _summand(nf: Normal, context: Context, item: Any) -> tuple[Poly, bool, list[Term]]:
    """c·Πf: its value, whether it is positive, and its factors; a factor may be a square [f, 2]."""
    if not isinstance(item, Mapping) or not isinstance(item.get("c"), str):
        raise Rejected("order", "a summand has a coefficient c and factors")
    try:
        coefficient = Fraction(item["c"])
    except (ValueError, ZeroDivisionError):
        raise Rejected("order", "a coefficient that is no number") from None
    if coefficient <= 0:
        raise Rejected("order", "a coefficient that is not positive")
    value, positive, terms = ONE.scale(coefficient), True, []
    for data, power in item.get("factors", ()):
        factor = _term(context, "order", data)
        poly = lower.lower(nf, factor)
        if power == 2:
            positive = positive and signs.holds(nf, poly, "ne")
            poly = nf.times(poly, poly)
        elif power != 1 or not signs.holds(nf, poly, "ge"):
            raise Rejected("order", "a factor that is not seen to be nonnegative")
        else:
            positive = positive and signs.holds(nf, poly, "gt")
        value = nf.times(value, poly)
        terms.append(factor)
    return value, positive, terms


def evident(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """The goal is seen at once by normal forms and signs, or is a fact ⊢ goal."""
    rules = _rules(context, "evident", certificate)
    if goal not in context.facts.values() and not seen(context, goal, rules):
        raise Rejected("evident", "the goal is not seen at once")
    return checker.undischarged(context, rules, goal)


# --- logic ------------------------------------------------------------------------


def intro(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ, x in D ⊢ P(x) gives Γ ⊢ for all x in D: P(x);  Γ, A ⊢ B gives Γ ⊢ A implies B."""
    then = _field("intro", certificate, "then")
    if goal.op == "forall":
        inner, body = introduce(context, goal)
        return tuple(
            close(context, inner, c) for c in checker.check(inner, body, then)
        )
    if goal.op != "implies":
        raise Rejected("intro", f"nothing to introduce in {goal.op}")
    name = _field("intro", certificate, "name", str)
    inner = context.with_fact(name, goal.args[0])
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
    from symproof.terms.types import Function, Sequence, Vertex

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
    """Γ ⊢ A and Γ ⊢ B give Γ ⊢ A and B;  A implies B and B implies A give A iff B."""
    parts = _field("split", certificate, "parts", list)
    if goal.op == "iff":
        goals: tuple[Term, ...] = (make("implies", *goal.args), make("implies", *goal.args[::-1]))
    elif goal.op == "and":
        goals = goal.args
    else:
        raise Rejected("split", f"nothing to split in {goal.op}")
    if len(parts) != len(goals):
        raise Rejected("split", f"expected {len(goals)} parts, found {len(parts)}")
    return tuple(c for g, p in zip(goals, parts, strict=True) for c in checker.check(context, g, p))


def choose(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ⊢ A_k (and every A_i is defined) gives Γ ⊢ A_1 or … or A_n."""
    index = _field("choose", certificate, "index", int)
    if goal.op != "or" or not 0 <= index < len(goal.args):
        raise Rejected("choose", "no such alternative")
    own = checker.undischarged(context, (), *goal.args)
    return own + checker.check(context, goal.args[index], _field("choose", certificate, "then"))


def exists(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ⊢ P(a) for some a in D gives Γ ⊢ there is x in D with P(x)."""
    from symproof.kernel.decide import membership

    if goal.op != "exists":
        raise Rejected("exists", f"the goal is {goal.op}")
    data = _field("exists", certificate, "values", Mapping)
    names: tuple[tuple[str, ...], ...] = goal.data  # type: ignore[assignment]
    values: dict[str, Term] = {}
    conditions_found: Conditions = ()
    for group, domain in zip(names, goal.args[1:], strict=True):
        domain = substitute(domain, values)
        for name, type in zip(group, domain.type.items, strict=True):  # type: ignore[union-attr]
            if name not in data:
                raise Rejected("exists", f"no value for {name}")
            value = _term(context, "exists", data[name])
            if not fits(value.type, type):
                raise Rejected("exists", f"{name} has another type there")
            values[name] = value
            conditions_found += checker.undischarged(context, (), value)
        for premise in membership(domain, [values[n] for n in group]):
            if not seen(context, premise):
                raise Rejected("exists", f"{group[0]} is not seen to lie in its domain")
    body = substitute(goal.args[0], values)
    return conditions_found + checker.check(context, body, _field("exists", certificate, "then"))


def cases(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ, A ⊢ G and Γ, not A ⊢ G give Γ ⊢ G, for a statement A that is defined."""
    on = _term(context, "cases", _field("cases", certificate, "on"))
    name = _field("cases", certificate, "name", str)
    branches = _field("cases", certificate, "branches", list)
    if not isinstance(on.type, Prop) or len(branches) != 2:
        raise Rejected("cases", "a statement and two branches are needed")
    own = checker.undischarged(context, (), on)
    if own:
        raise Rejected("cases", "the statement to split on may be undefined")
    found: Conditions = ()
    for assumed, branch in zip((on, negation(on)), branches, strict=True):
        inner = context.with_fact(name, assumed)
        found += tuple(under([assumed], c) for c in checker.check(inner, goal, branch))
    return found


def either(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ∋ A_1 or … or A_n and Γ, A_i ⊢ G for every i give Γ ⊢ G."""
    fact = context.facts.get(_field("either", certificate, "fact", str))
    name = _field("either", certificate, "name", str)
    branches = _field("either", certificate, "branches", list)
    if fact is None or fact.op != "or" or len(branches) != len(fact.args):
        raise Rejected("either", "the fact must be an alternative with a branch for each case")
    found: Conditions = ()
    for case, branch in zip(fact.args, branches, strict=True):
        inner = context.with_fact(name, case)
        found += tuple(under([case], c) for c in checker.check(inner, goal, branch))
    return found


def obtain(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ∋ there is x in D with P(x), and Γ, x in D, P(x) ⊢ G, x fresh, give Γ ⊢ G."""
    fact = context.facts.get(_field("obtain", certificate, "fact", str))
    name = _field("obtain", certificate, "name", str)
    if fact is None or fact.op != "exists":
        raise Rejected("obtain", "the fact must say that something exists")
    inner, body = introduce(context, make("forall", *fact.args, data=fact.data))
    inner = inner.with_fact(name, body)
    found = checker.check(inner, goal, _field("obtain", certificate, "then"))
    return tuple(close(context, inner, c) for c in found)


def contradiction(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ, not G ⊢ A and Γ, not G ⊢ not A give Γ ⊢ G, where G is defined."""
    name = _field("contradiction", certificate, "name", str)
    claim = _term(context, "contradiction", _field("contradiction", certificate, "claim"))
    proofs = _field("contradiction", certificate, "proofs", list)
    if not isinstance(claim.type, Prop) or len(proofs) != 2:
        raise Rejected("contradiction", "a statement and two proofs are needed")
    opposite = negation(goal)
    inner = context.with_fact(name, opposite)
    own = checker.undischarged(context, (), goal)
    found = checker.check(inner, claim, proofs[0]) + checker.check(inner, negation(claim), proofs[1])
    return own + tuple(under([opposite], c) for c in found)


def have(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ⊢ A and Γ, A ⊢ G give Γ ⊢ G; A is an axiom's instance, a fact's instance or a claim with its proof."""
    name = _field("have", certificate, "name", str)
    sources = [s for s in ("axiom", "fact", "claim") if s in certificate]
    if len(sources) != 1:
        raise Rejected("have", "one of axiom, fact and claim is needed")
    if sources == ["axiom"]:
        gained, found = _axiom(checker, context, certificate)
    elif sources == ["fact"]:
        fact = context.facts.get(str(certificate["fact"]))
        if fact is None:
            raise Rejected("have", f"no fact {certificate['fact']!r}")
        at = _field("have", certificate, "at", Mapping)
        values = {str(k): _term(context, "have", v) for k, v in at.items()}
        gained = specialise(context, "have", fact, values)
        found = checker.undischarged(context, (), *values.values())
    else:
        gained = _term(context, "have", certificate["claim"])
        if not isinstance(gained.type, Prop):
            raise Rejected("have", "the claim states nothing")
        found = checker.check(context, gained, _field("have", certificate, "proof"))
    inner = context.with_fact(name, gained)
    return found + checker.check(inner, goal, _field("have", certificate, "then"))


def _axiom(checker: Checker, context: Context, certificate: Certificate) -> tuple[Term, Conditions]:
    """An axiom at some terms, its side conditions shown."""
    axiom = checker.ledger.get(str(certificate["axiom"]))
    if axiom is None:
        raise Rejected("have", f"no axiom {certificate['axiom']!r}")
    at = _field("have", certificate, "at", Mapping)
    values = {str(k): _term(context, "have", v) for k, v in at.items()}
    premises, conclusion = instance(context, axiom, values)
    proofs = certificate.get("premises", {})
    found = checker.undischarged(context, (), *values.values())
    for premise_name, premise in premises.items():
        if isinstance(proofs, Mapping) and premise_name in proofs:
            found += checker.check(context, premise, proofs[premise_name])
        elif not seen(context, premise):
            raise Rejected(f"axiom {axiom.name}", f"the side condition {premise_name!r} is not seen to hold")
    checker.axioms[axiom.name] = axiom.imported
    return conclusion, found


def unfold(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ ⊢ G with every name of a defined term replaced by the term gives Γ ⊢ G."""
    return checker.check(*unfolding(context, goal), _field("unfold", certificate, "then"))


def unfolding(context: Context, goal: Term) -> tuple[Context, Term]:
    """The context and the goal with defined names replaced; definitions with parameters stay."""
    plain = {d.name: d.body for d in context.definitions.values() if not d.params}
    for _ in range(len(plain) + 1):
        plain = {n: substitute(b, plain) for n, b in plain.items()}
    if any(not free_symbols(b).isdisjoint(plain) for b in plain.values()):
        raise Rejected("unfold", "a definition that refers to itself")
    rest = {}
    for name, definition in context.definitions.items():
        if definition.params:
            visible = {k: v for k, v in plain.items() if k not in dict(definition.params)}
            rest[name] = replace(definition, body=substitute(definition.body, visible))
    facts = {n: substitute(f, plain) for n, f in context.facts.items()}
    return Context(context.symbols, rest, facts), substitute(goal, plain)


# --- induction ------------------------------------------------------------------------


def induction(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """P(b), …, P(b+k−1) and P(t), …, P(t+k−1) ⊢ P(t+k) for t >= b give P(t) for all t >= b.

    Nothing assumed may mention t but a lower bound for it, and that bound is at least b.
    """
    name = _field("induction", certificate, "on", str)
    symbol = context.symbols.get(name)
    if symbol is None or symbol.type != INTEGER:
        raise Rejected("induction", f"{name} is no integer of the context")
    start = _term(context, "induction", _field("induction", certificate, "from"))
    if start.type != INTEGER or name in free_symbols(start):
        raise Rejected("induction", "the start must be an integer that does not mention the variable")
    bases = _field("induction", certificate, "bases", list)
    if not 1 <= len(bases) <= 4:
        raise Rejected("induction", "one to four base cases")
    variable = sym(name, INTEGER)
    if not seen(context, make("ge", variable, start)):
        raise Rejected("induction", f"nothing says that {name} is at least the start")
    outer = without(context, name)
    found: Conditions = ()
    for k, base in enumerate(bases):
        point = start if k == 0 else make("add", start, num(k))
        found += checker.check(outer, substitute(goal, {name: point}), base)
    inner = outer.with_symbol(Symbol(name, INTEGER)).with_fact(f"{name} from the start", make("ge", variable, start))
    for k in range(len(bases)):
        assumed = substitute(goal, {name: make("add", variable, num(k))}) if k else goal
        inner = inner.with_fact(f"induction {k}" if k else "induction", assumed)
    target = substitute(goal, {name: make("add", variable, num(len(bases)))})
    step = checker.check(inner, target, _field("induction", certificate, "step"))
    bare = outer.with_symbol(Symbol(name, INTEGER)).with_fact(f"{name} from the start", make("ge", variable, start))
    return found + tuple(close(outer, bare, c) for c in step)


def without(context: Context, name: str) -> Context:
    """The context without a symbol and the facts that bound it from below."""
    bounds = {n for n, f in context.facts.items() if is_lower_bound(f, name)}
    symbols = {n: s for n, s in context.symbols.items() if n != name}
    facts = {n: f for n, f in context.facts.items() if n not in bounds}
    rest = Context(symbols, context.definitions, facts)
    left = rest.mentions(name)
    if left:
        raise Rejected("induction", f"{left[0]} mentions {name}")
    return rest


def is_lower_bound(fact: Term, name: str) -> bool:
    """t >= c, t > c, c <= t or c < t, where c does not mention t."""
    if fact.op in ("ge", "gt"):
        left, right = fact.args
    elif fact.op in ("le", "lt"):
        right, left = fact.args
    else:
        return False
    return left.op == "sym" and left.data == name and name not in free_symbols(right)


Rule = Callable[[Checker, Context, Term, Certificate], Conditions]
RULES: dict[str, tuple[Rule, frozenset[str]]] = {
    "algebra": (algebra, frozenset(("rewrite", "combine"))),
    "order": (order, frozenset(("rewrite", "combine", "terms", "scale", "negative"))),
    "evident": (evident, frozenset(("rewrite",))),
    "intro": (intro, frozenset(("name", "then"))),
    "split": (split, frozenset(("parts",))),
    "choose": (choose, frozenset(("index", "then"))),
    "exists": (exists, frozenset(("values", "then"))),
    "cases": (cases, frozenset(("on", "name", "branches"))),
    "either": (either, frozenset(("fact", "name", "branches"))),
    "obtain": (obtain, frozenset(("fact", "name", "then"))),
    "contradiction": (contradiction, frozenset(("name", "claim", "proofs"))),
    "have": (have, frozenset(("name", "axiom", "fact", "claim", "at", "premises", "proof", "then"))),
    "unfold": (unfold, frozenset(("then",))),
    "induction": (induction, frozenset(("on", "from", "bases", "step"))),
}
