"""Statements that the kernel sees at once, and the logic of contexts.

`seen(context, statement)` is true when normal forms and signs settle the
statement; what needs more is a goal with a certificate of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from symproof.kernel import expectation, known, lower, signs
from symproof.kernel.context import Context
from symproof.kernel.existence import exists, improper
from symproof.kernel.infinity import infinite
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, Poly, TooLarge
from symproof.kernel.rewriting import Rewrite, orient
from symproof.kernel.statement import Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.build import make, sym
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import Array, Scalar, Vertex

OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt"}


def negation(prop: Term) -> Term:
    """What holds when a statement whose sides are defined does not."""
    if prop.op in OPPOSITE:
        if prop.op in ("eq", "ne") and not isinstance(prop.args[0].type, Scalar | Array):
            return make("not", prop)
        return make(OPPOSITE[prop.op], *prop.args)
    if prop.op == "not":
        return prop.arg
    if prop.op in ("and", "or"):
        return make("or" if prop.op == "and" else "and", *map(negation, prop.args))
    if prop.op == "implies":
        return make("and", prop.args[0], negation(prop.args[1]))
    if prop.op in ("forall", "exists"):
        other = "exists" if prop.op == "forall" else "forall"
        return make(other, negation(prop.args[0]), *prop.args[1:], data=prop.data)
    return make("not", prop)


def under(premises: list[Term], condition: Term) -> Term:
    """The condition where the premises hold."""
    if not premises:
        return condition
    return make("implies", conjunction(premises), condition)


def conjunction(parts: Sequence[Term]) -> Term:
    """That all of them hold."""
    first, *others = parts
    return make("and", first, *others) if others else first


def branches(term: Term) -> Iterator[tuple[list[Term], Term]]:
    """The values of `cases`, each with what holds where it is the one chosen."""
    earlier: list[Term] = []
    for chosen, value in zip(term.args[:-1:2], term.args[1::2], strict=True):
        yield [*earlier, chosen], value
        earlier.append(make("not", chosen))
    yield earlier, term.args[-1]


def introduce(context: Context, goal: Term) -> tuple[Context, Term]:
    """For all x in D: take a fresh x and assume that it lies in D."""
    names: tuple[tuple[str, ...], ...] = goal.data  # type: ignore[assignment]
    values: dict[str, Term] = {}
    for group, domain in zip(names, goal.args[1:], strict=True):
        domain = substitute(domain, values)
        fresh: list[Term] = []
        for name, type in zip(group, domain.type.items, strict=True):  # type: ignore[union-attr]
            new = context.fresh(name)
            context = context.with_symbol(Symbol(new, type))
            fresh.append(sym(new, type))
            values[name] = fresh[-1]
        for fact in membership(domain, fresh):
            context = context.assuming(context.unused(f"{fresh[0].data} in its range"), fact)
    return context, substitute(goal.args[0], values)


def membership(domain: Term, values: list[Term]) -> list[Term]:
    """What it means to lie in a domain, beyond the type."""
    if domain.op == "range":
        (value,), (low, high) = values, domain.args
        upper = [] if high.data == "oo" else [make("le", value, high)]
        return [make("ge", value, low), *upper]
    if domain.op == "interval":
        (value,), (low, high) = values, domain.args
        ends = str(domain.data)
        facts = []
        if not infinite(low):
            facts.append(make("ge" if ends[0] == "[" else "gt", value, low))
        if not infinite(high):
            facts.append(make("le" if ends[1] == "]" else "lt", value, high))
        return facts
    if domain.op == "edges":
        from symproof.terms.build import num

        return [make("eq", make("index", make("adjacency", domain.arg), *values), num(1))]
    if domain.op in ("vertices", "numbers", "arrays", "functions", "sequences", "graphs"):
        return []
    raise Rejected("introduce", f"a domain of kind {domain.op}")


# --- rewrite rules from facts ----------------------------------------------------------


def _oriented(nf: Normal, fact: Term) -> list[Rewrite]:
    """The fact as rewrite rules, worked out once for all lists of equations that change nothing in it."""
    root = normal(nf.context, (), nf.angles)
    if root.sorts is not nf.sorts:  # it has variables of its own
        return rewrites(nf, fact)
    if fact not in root.oriented:
        root.oriented[fact] = []
        with suppress(Rejected, TooLarge):  # under other equations it may still serve
            root.oriented[fact] = rewrites(root, fact)
    found = root.oriented[fact]
    if not found:
        return rewrites(nf, fact)
    names = frozenset().union(*(rule.names for rule in found))
    return rewrites(nf, fact) if any(rule.head <= names for rule in nf.rewrites) else found


def rewrites(nf: Normal, fact: Term) -> list[Rewrite]:
    """The fact as rewrite rules: under its quantifiers and premises, an atom of the left side becomes the
    rest.
    """
    found: list[Rewrite] = []

    def collect(nf: Normal, part: Term, *where: Any) -> None:
        if part.op == "forall":
            raise Rejected("rewrite", "a quantifier over something else than numbers, indices or vertices")
        if part.op == "implies":
            raise Rejected("rewrite", "a premise that is not a relation between numbers")
        rule = _equation(nf, part, *where) if part.op == "eq" else None
        if rule is not None:
            found.append(rule)

    known.stated(nf, fact, collect)
    if not found:
        raise Rejected(
            "rewrite", "no side of the equation is a single symbol, entry, function value or expectation"
        )
    return found


def _equation(
    nf: Normal,
    fact: Term,
    env: lower.Env,
    over: frozenset[Atom],
    premises: tuple[signs.Fact, ...],
) -> Rewrite | None:
    left, right = fact.args
    if not isinstance(left.type, Array | Scalar):
        raise Rejected("rewrite", "an equation between things that are not numbers or arrays")
    variables, *sides = lower.sides(nf, left, right, env)
    over |= frozenset(variables)
    premises += tuple(f for v in variables for f in known.sort_facts(nf, v))
    oriented = orient(nf, *sides)
    if oriented is None or sides[0] == sides[1]:
        return None
    pattern, value = oriented
    free = {v for v in over if v not in pattern.vars}
    if any(v in value.vars for v in free) or any(v in poly.vars for v in free for poly, _ in premises):
        return None  # an equation for no value of a variable says nothing
    return Rewrite(pattern, over, premises, value)


# --- what is seen at once -----------------------------------------------------------------


def seen(context: Context, prop: Term, rules: tuple[Term, ...] = ()) -> bool:
    """Does the statement follow by normal forms and signs alone?"""
    try:
        return _seen(context, prop, rules)
    except (Rejected, TooLarge):
        return False


def normal(context: Context, rules: tuple[Term, ...], angles: bool = False) -> Normal:
    """A normal form with the equations in force, each brought to normal form by those before it.

    One context has one for each list of equations: what it has read of the facts is read once.
    """
    nf = context.normals.get((rules, angles))
    if nf is None:
        try:
            nf = _made(context, rules, angles)
        except (Rejected, TooLarge) as error:
            context.normals[rules, angles] = error
            raise
        context.normals[rules, angles] = nf
    if not isinstance(nf, Normal):
        raise nf.with_traceback(None)
    nf.steps = 0
    return nf


def _made(context: Context, rules: tuple[Term, ...], angles: bool) -> Normal:
    """The normal form from one in a smaller context, or from that with one equation less."""
    smaller, outer = None, context.around
    while outer is not None and not isinstance(smaller, Normal):
        smaller, outer = outer.normals.get((rules, angles)), outer.around
    if isinstance(smaller, Normal):
        nf = known.larger(smaller, context)
        if rules and nf.knowledge is None:
            before = normal(context, rules[:-1], angles)
            nf.before = (
                before if before.sorts is nf.sorts else None
            )  # with variables of its own it is no help
        return nf
    nf = Normal(context, angles=angles)
    if rules:
        nf.before = normal(context, rules[:-1], angles)
        nf.sorts, nf.premises = nf.before.sorts, dict(nf.before.premises)
        nf.rewrites = nf.before.rewrites
        nf.rewrites = (*nf.rewrites, *_oriented(nf, rules[-1]))
    return nf


def _seen(context: Context, prop: Term, rules: tuple[Term, ...]) -> bool:
    op = prop.op
    if op == "true":
        return True
    if op == "in":
        parts = known.belonging(prop)
        return bool(parts) and all(_seen(context, a, rules) for a in parts)
    if op == "and":
        return all(_seen(context, a, rules) for a in prop.args)
    if op == "or":
        return any(_seen(context, a, rules) for a in prop.args)
    if op == "not":
        opposite = negation(prop.arg)
        return opposite.op != "not" and _seen(context, opposite, rules)
    if op == "forall":
        return _seen(*introduce(context, prop), rules)
    if op == "implies":
        return _seen(context.assuming(context.unused("assumed"), prop.args[0]), prop.args[1], rules)
    nf = normal(context, rules)
    if op == "integrable":
        return expectation.integrable(nf, lower.lower(nf, prop.arg))
    if op in known.RELATIONS:
        left, right = prop.args
        if op == "eq" and left == right:
            return not improper(left) or exists(context, left)
        return relation_seen(nf, prop)
    return False


def relation_seen(nf: Normal, prop: Term) -> bool:
    """Does an equation or inequality hold by its normal form?"""
    left, right = prop.args
    if prop.op == "eq":
        return nf.is_zero(difference(nf, left, right))
    if prop.op == "ne" and isinstance(left.type, Array):
        return signs.holds(nf, known.distance(nf, left, right), "gt")
    if not isinstance(left.type, Scalar | Vertex):
        return False
    gap = lower.lower(nf, left) - lower.lower(nf, right)
    ((poly, relation),) = known.as_fact(gap, prop.op)
    return signs.holds(nf, poly, relation)


def difference(nf: Normal, left: Term, right: Term) -> Poly:
    """left − right, at fresh indices when they are arrays."""
    _, mine, yours = lower.sides(nf, left, right, {})
    return mine - yours
