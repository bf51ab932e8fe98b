"""What the facts of a context say, as polynomials: read once for each normal form, instantiated on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from symproof.kernel import atoms, lower
from symproof.kernel.poly import ONE, Atom, I, Mono, Poly, TooLarge, of_atom
from symproof.kernel.rewriting import Binding, head, instances
from symproof.kernel.verdict import Rejected
from symproof.terms.build import make
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Array, Scalar, Vertex

if TYPE_CHECKING:
    from symproof.kernel.context import Context
    from symproof.kernel.lower import Value
    from symproof.kernel.normal import Normal
    from symproof.kernel.signs import Fact

RELATIONS = ("eq", "ne", "lt", "le", "gt", "ge")
MAX_INSTANCES = 30
MATCHED = frozenset(("elem", "fun", "E", "deg", "abs", "sum", "pow"))  # what facts are instantiated for
NOTHING: Mapping[str, Any] = MappingProxyType({})
Each = Callable[["Normal", Term, Mapping[str, "Value"], frozenset[Atom], tuple["Fact", ...]], None]


@dataclass(frozen=True)
class Quantified:
    """A fact for all values of some variables that meet the premises.

    `heads` are the atoms that it is read for: all of an inequality, those of the left side of an equation, so
    that a recurrence is followed downwards.
    """

    variables: frozenset[Atom]
    premises: tuple[Fact, ...]
    poly: Poly
    relation: str
    heads: tuple[Atom, ...] = ()


@dataclass
class Knowledge:
    """The facts of a context as they have been read so far."""

    ground: list[Fact]
    quantified: list[Quantified]
    # atoms E[…] that exist for all values of some variables that meet the premises
    expectations: list[tuple[Atom, frozenset[Atom], tuple[Fact, ...]]] = field(default_factory=list)
    values: list[Term] = field(default_factory=list)  # of limits, not read yet (see `_value`)
    read: list[Term] = field(default_factory=list)
    ends: list[tuple[int, int, int]] = field(default_factory=list)  # of what was read, behind each fact
    complete: bool = False

    def size(self) -> tuple[int, int, int]:
        """How much there is of each kind."""
        return len(self.ground), len(self.quantified), len(self.expectations)

    def copy(self) -> Knowledge:
        """The same, to be added to."""
        kinds = list(self.ground), list(self.quantified), list(self.expectations)
        return Knowledge(*kinds, list(self.values), list(self.read), list(self.ends))


def knowledge(nf: Normal) -> Knowledge:
    """The facts, read on first use; while they are read, those read so far.

    That a limit is a number says nothing of anything but limits: it is read when these are asked for.
    """
    if nf.knowledge is None:
        source = nf.before
        while source is not None and source.knowledge is None and source.before is not None:
            source = source.before
        if source is not None and knowledge(source).complete:
            _carry(source, nf)
        else:
            nf.knowledge = Knowledge([], [])
            _read_all(nf, nf.knowledge, nf.context.facts.values())
    return cast(Knowledge, nf.knowledge)


def _carry(source: Normal, nf: Normal) -> None:
    """What was read with fewer equations in force is true as it stands; what they change is read anew."""
    old, nf.knowledge = knowledge(source), Knowledge([], [])
    nf.known = {key: seen for key, seen in source.known.items() if seen}
    heads = [rule.head for rule in nf.rewrites[len(source.rewrites) :]]
    store, changed, start = nf.knowledge, [], (0, 0, 0)
    store.values += old.values
    for fact, end in zip(old.read, old.ends, strict=True):
        g, q, e = map(slice, start, end)
        start = end
        names = [poly.names for poly, _ in old.ground[g]]
        names += [f.poly.names.union(*(p.names for p, _ in f.premises)) for f in old.quantified[q]]
        names += [a.names.union(*(p.names for p, _ in premises)) for a, _, premises in old.expectations[e]]
        if not names or any(head <= found for head in heads for found in names):
            changed.append(fact)
            continue
        store.ground += old.ground[g]
        store.quantified += old.quantified[q]
        store.expectations += old.expectations[e]
        store.read.append(fact)
        store.ends.append(store.size())
    _read_in_order(nf, changed)
    store.complete = True


def whole(nf: Normal) -> Knowledge:
    """All the facts, the values of limits too."""
    store = knowledge(nf)
    if store.values and store.complete:
        values, store.values = store.values, []
        _read_in_order(nf, values)
    return store


def _value(fact: Term) -> bool:
    """Does the fact say that a limit without symbols is a number?"""
    return fact.op == "eq" and fact.args[0].op == "limit" and not free_symbols(fact)


def larger(nf: Normal, context: Context) -> Normal:
    """The normal form in a context with further facts and symbols: what is known stays known."""
    found = type(nf)(context, nf.rewrites, nf.angles)
    found.sorts = nf.sorts
    found.premises = dict(nf.premises)
    if nf.knowledge is not None and nf.knowledge.complete:
        found.knowledge = nf.knowledge.copy()
        found.known = dict(nf.known)
        _read_all(found, found.knowledge, [f for n, f in context.facts.items() if n not in nf.context.facts])
    return found


def _read_all(nf: Normal, store: Knowledge, facts: Iterable[Term]) -> None:
    """Read the facts but for the values of limits."""
    rest: list[Term] = []
    for fact in facts:
        (store.values if _value(fact) else rest).append(fact)
    _read_in_order(nf, rest)
    store.complete = True


def _read_in_order(nf: Normal, facts: Iterable[Term]) -> None:
    """Read facts, short ones first; what was not seen before may be seen now."""
    depth, nf.depth = nf.depth, 0  # what is read must not depend on what was asked first
    store = knowledge(nf)
    for fact in sorted(facts, key=lambda f: sum(1 for _ in f.walk())):
        _forget(nf)
        with suppress(Rejected, TooLarge):  # a fact that has no normal form says nothing of signs
            stated(nf, fact, _store)
        store.read.append(fact)
        store.ends.append(store.size())
    nf.depth = depth
    _forget(nf)


def _forget(nf: Normal) -> None:
    """Forget what was not seen: with another fact it may be."""
    nf.known = {key: seen for key, seen in nf.known.items() if seen}
    nf.failed.clear()
    nf.signs.clear()
    nf.about.clear()


def stated(
    nf: Normal,
    fact: Term,
    each: Each,
    env: Mapping[str, Value] = NOTHING,
    over: frozenset[Atom] = frozenset(),
    premises: tuple[Fact, ...] = (),
) -> None:
    """Tell `each` of the relations that a fact states: what their names stand for, the variables that they
    speak of, and the premises; and of the parts that cannot be read so."""
    if fact.op == "and":
        for arg in fact.args:
            stated(nf, arg, each, env, over, premises)
        return
    if fact.op == "in":
        for part in belonging(fact):
            stated(nf, part, each, env, over, premises)
        return
    bound = bind(nf, fact, env) if fact.op == "forall" else None
    if bound is not None:
        return stated(nf, fact.args[0], each, bound[0], over | bound[1], premises + bound[2])
    assumed = relation_facts(nf, fact.args[0], env) if fact.op == "implies" else None
    if assumed is not None:
        with nf.assuming(over, assumed):
            return stated(nf, fact.args[1], each, env, over, premises + tuple(assumed))
    return each(nf, fact, env, over, premises)


def belonging(prop: Term) -> list[Term]:
    """What x in an interval says as relations; nothing for other domains."""
    from symproof.kernel.decide import membership

    value, domain = prop.args
    if domain.op != "interval" or value.type not in (Scalar("real"), Scalar("integer")):
        return []
    return membership(domain, [value])


def _store(
    nf: Normal, fact: Term, env: Mapping[str, Value], over: frozenset[Atom], premises: tuple[Fact, ...]
) -> None:
    """Keep a relation, or that an expectation exists; one with premises only if it has variables."""
    if premises and not over:
        return
    store = knowledge(nf)
    if fact.op == "integrable":
        inside = lower.scalar(nf, fact.args[0], env).single()
        if inside is not None:
            store.expectations.append((Atom("E", inside[0]), over, premises))
    if fact.op not in RELATIONS:
        return
    left, right = fact.args
    if isinstance(left.type, Array):
        if fact.op == "ne" and not over:
            store.ground.append((distance(nf, left, right), "gt"))
        if fact.op != "eq" or not any(n.op in ("expect", "variance", "covariance") for n in fact.walk()):
            return
    elif not isinstance(left.type, Scalar):
        return
    variables, mine, yours = lower.sides(nf, left, right, env)
    over |= frozenset(variables)
    premises += tuple(f for v in variables for f in sort_facts(nf, v))
    first = {a for m in mine.terms for a in _atoms(m)}
    store.expectations += [(atom, over, premises) for value in (mine, yours) for atom in _averages(value)]
    facts = as_fact(mine - yours, fact.op)
    facts += [(root, "gt") for poly, relation in facts for root in _under_root(poly, relation)]
    facts += [(over, relation) for poly, relation in facts for over in _numerator(nf, poly)]
    facts += [(size, "gt") for poly, relation in facts for size in _size(nf, poly, relation)]
    for poly, relation in facts:
        if over:
            heads = frozenset(
                a for m in poly.terms for a in _atoms(m) if a.kind in MATCHED and over <= a.vars
            )
            if relation == "eq":
                heads = heads & first or heads
            ordered = tuple(sorted(heads, key=lambda a: a.key))
            store.quantified.append(Quantified(over, premises, poly, relation, ordered))
        elif poly.terms:
            store.ground.append((poly, relation))


def _atoms(mono: Mono) -> Iterator[Atom]:
    """The atoms of a monomial and of its exponents."""
    for atom, exponent in mono:
        yield atom
        if isinstance(exponent, Poly):
            yield from (a for m in exponent.terms for a, _ in m)


def _averages(value: Poly) -> set[Atom]:
    """The expectations in a number that surely exist: one beside a bracket need not (`cases`), nor one to a
    power that may be 0 (an empty product)."""
    found: tuple[set[Atom], set[Atom]] = set(), set()
    for mono in value.terms:
        beside = any(atom.kind == "bracket" for atom, _ in mono)
        for atom, exponent in mono:
            found[beside or isinstance(exponent, Poly)].add(atom)
    return {atom for atom in found[False] - found[True] if atom.kind == "E"}


def distance(nf: Normal, left: Term, right: Term) -> Poly:
    """Σ (left − right)², which is positive where two arrays differ."""
    return lower.square_sum(nf, make("add", left, make("neg", right)), {})


def _under_root(poly: Poly, relation: str) -> list[Poly]:
    """c·√u > 0 or != 0 says that u > 0."""
    single = poly.single()
    if single is None or relation not in ("gt", "ne") or len(single[0]) != 1:
        return []
    ((atom, exponent),), _ = single
    return [of_atom(atom)] if isinstance(exponent, Fraction) and exponent > 0 else []


def _size(nf: Normal, poly: Poly, relation: str) -> list[Poly]:
    """x + i y != 0 says that x² + y² > 0."""
    from symproof.kernel import complexes

    if relation != "ne" or I.key not in poly.key:
        return []
    try:
        return [complexes.square(nf, poly)]
    except Rejected:
        return []


def _numerator(nf: Normal, poly: Poly) -> list[Poly]:
    """u of u/d with d > 0, which has the sign of u/d."""
    from symproof.kernel.signs import holds

    if not poly:
        return []
    content, common, rest = nf.content(poly)
    below = [(a, -e) for a, e in common if isinstance(e, int) and e < 0]
    if not below or len(below) < len(common) or not all(holds(nf, of_atom(a), "gt") for a, _ in below):
        return []
    return [rest if content > 0 else -rest]


def as_fact(poly: Poly, relation: str) -> list[Fact]:
    """`poly relation 0` with the relation turned to eq, ne, gt or ge."""
    if relation in ("lt", "le"):
        return [(-poly, "gt" if relation == "lt" else "ge")]
    return [(poly, relation)]


def sort_facts(nf: Normal, var: Atom) -> tuple[Fact, ...]:
    """That a variable lies in its range."""
    sort = nf.sorts[var]
    if sort[0] != "range":
        return ()
    above = () if sort[1] is None else ((sort[1] - of_atom(var), "ge"),)
    return ((of_atom(var) - ONE, "ge"), *above)


def bind(
    nf: Normal, term: Term, env: Mapping[str, Value]
) -> tuple[dict[str, Value], frozenset[Atom], tuple[Fact, ...]] | None:
    """Variables for the names of a quantifier over numbers, indices or vertices; None for other domains."""
    names: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    inner, variables, facts = dict(env), [], ()
    for group, domain in zip(names, term.args[1:], strict=True):
        if domain.op == "edges":
            return None
        (name,) = group
        if domain.op == "numbers" and domain.data != "complex":
            var = nf.number_variable(("number", domain.data))
            inner[name] = of_atom(var)
        elif domain.op == "arrays" and domain.data == "real":
            var = nf.hole()
            inner[name] = _entries(nf, var)
        elif domain.op in ("range", "vertices"):
            var = nf.variable(lower.axis_sort(nf, domain, inner))
            inner[name] = of_atom(var) + lower.offset(nf, domain, inner)
            facts += sort_facts(nf, var)  # type: ignore[assignment]
        else:
            return None
        variables.append(var)
    return inner, frozenset(variables), facts


def _entries(nf: Normal, hole: Atom) -> lower.Entries:
    return lambda indices: atoms.element(nf, hole, indices)


def relation_facts(nf: Normal, prop: Term, env: Mapping[str, Value]) -> list[Fact] | None:
    """A conjunction of relations between numbers as facts; None when it is something else."""
    if prop.op == "and":
        parts = [relation_facts(nf, arg, env) for arg in prop.args]
        return None if any(p is None for p in parts) else [f for p in parts if p for f in p]
    if prop.op not in RELATIONS or not isinstance(prop.args[0].type, Scalar | Vertex):
        return None
    difference = lower.scalar(nf, prop.args[0], env) - lower.scalar(nf, prop.args[1], env)
    return as_fact(difference, prop.op)


# --- what is asked ---------------------------------------------------------------


def about(nf: Normal, poly: Poly) -> list[Fact]:
    """The facts that share a monomial with the polynomial, or an atom where they say `not 0`."""
    monos = {m for m in poly.terms if m}
    present = {a for m in monos for a in _atoms(m)}
    store = whole(nf) if any(a.kind == "bind" for a in present) else knowledge(nf)
    found = [
        (fact, relation)
        for fact, relation in store.ground
        if not monos.isdisjoint(fact.terms)
        or (relation == "ne" and any(a in present for m in fact.terms for a, _ in m))
    ]
    by_kind: dict[str, list[Atom]] = {}
    for atom in sorted(present, key=lambda a: a.key) if store.quantified else ():
        by_kind.setdefault(atom.kind, []).append(atom)
    for quantified in store.quantified:
        for binding in _instances(nf, quantified, by_kind):
            found.append((_at(nf, quantified, binding), quantified.relation))
            if len(found) > MAX_INSTANCES:
                return found
    return found


def _at(nf: Normal, fact: Quantified, binding: Binding) -> Poly:
    """What the fact says is related to 0 at the values, worked out once."""
    values = ",".join(f"{var.key}={value.key}" for var, value in binding.items())
    key = values, fact.poly.key, nf.depth  # from further down less is seen
    if key not in nf.instances:
        nf.instances[key] = nf.replace(fact.poly, binding)
    return nf.instances[key]


def _instances(nf: Normal, fact: Quantified, present: Mapping[str, list[Atom]]) -> list[Binding]:
    """The values of the variables at which the fact speaks of one of the atoms."""
    found: list[Binding] = []
    for pattern in fact.heads:
        for atom in present.get(pattern.kind, ()):
            if head(pattern) <= atom.names:
                found += instances(nf, pattern, atom, fact.variables, fact.premises)
    return found


def expectation(nf: Normal, atom: Atom) -> bool:
    """Does a fact name this expectation, so that it exists?"""
    return any(
        over <= pattern.vars
        for pattern, over, premises in knowledge(nf).expectations
        for _ in instances(nf, pattern, atom, over, premises)
    )


def independent(nf: Normal, names: frozenset[str]) -> bool:
    """Does a hypothesis say that these random symbols are independent of each other?"""
    return any(
        fact.op == "independent" and names <= {str(a.data) for a in fact.args if a.op == "sym"}
        for fact in nf.context.facts.values()
    )
