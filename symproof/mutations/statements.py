"""Mutants of statements, and the neighbours of one term.

A mutant is the statement with one slip: in the goal, in a definition, in a hypothesis (which changes
the claim as well), or with an assumption less.  Whether it is false is not decided here: a mutant can
be true by algebra, because the assumption was not needed, or because nothing satisfies it any more.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from symproof.kernel.statement import Definition, Hypothesis, Statement, Symbol
from symproof.mutations.brackets import brackets
from symproof.mutations.edits import Edit, anywhere
from symproof.mutations.kinds import Kind
from symproof.mutations.operators import operator
from symproof.mutations.places import Place, Scope, places
from symproof.mutations.pool import Pool
from symproof.mutations.same import Canon
from symproof.mutations.siblings import siblings
from symproof.terms.build import make
from symproof.terms.plain import plain
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Span, Term
from symproof.terms.types import Array

T = TypeVar("T")

# Terms nested more deeply have no mutants: nobody wrote them by hand.
MAX_DEPTH = 60
# No more changes than this are tried on one term.
MAX_CHANGES = 10000


@dataclass(frozen=True)
class Mutant:
    """A statement with one slip."""

    kind: Kind
    description: str
    place: Span | None
    statement: Statement


@dataclass(frozen=True)
class Change:
    """One term for another, and where they differ."""

    kind: Kind
    description: str
    place: Span | None
    term: Term


def neighbours(
    term: Term,
    symbols: Iterable[Symbol] = (),
    definitions: Iterable[Definition] = (),
    pool: Iterable[Term] = (),
) -> Iterator[tuple[Kind, str, Term]]:
    """The terms one slip away, the likeliest repairs of a wrong term first.

    `pool` holds terms from around (the lines before, the hypotheses) of which parts may be missing in
    the term.  The kind is that of the change; `kind.undone_by` names the mistake that it repairs.
    """
    symbols, definitions = tuple(symbols), tuple(definitions)
    scope = Scope.of(symbols, definitions)
    canon = _canon(scope, definitions)
    found = changes(term, scope, canon, pool, most=6)
    for change in _by_likelihood([(c.kind.undone_by, c) for c in found], 0):
        yield change.kind, change.description, change.term


def mutants(statement: Statement, limit: int | None = None, seed: int = 0) -> list[Mutant]:
    """The statements one slip away, the likeliest first; another seed draws other places first."""
    scope = Scope.of(statement.symbols, statement.definitions)
    canon = _canon(scope, statement.definitions)
    found = [*_of_goal(statement, scope, canon), *_of_definitions(statement, canon)]
    matters = _what_matters(statement)
    found += _of_hypotheses(statement, scope, canon, matters)
    found += _of_symbols(statement, matters)
    return _by_likelihood([(m.kind, m) for m in found], seed)[:limit]


def _by_likelihood(found: list[tuple[Kind, T]], seed: int) -> list[T]:
    """The n-th place where a slip of one kind can happen counts 1/n of the kind's weight."""
    kinds: dict[Kind, list[T]] = {}
    for kind, item in found:
        kinds.setdefault(kind, []).append(item)
    chance = random.Random(seed)
    ranked: list[tuple[float, T]] = []
    for kind in Kind:
        items = kinds.get(kind, [])
        if seed:
            chance.shuffle(items)
        ranked += [(kind.weight / n, item) for n, item in enumerate(items, start=1)]
    return [item for _, item in sorted(ranked, key=lambda pair: -pair[0])]


# --- one term ------------------------------------------------------------------


def changes(term: Term, scope: Scope, canon: Canon, pool: Iterable[Term] = (), most: int = 2) -> list[Change]:
    """Every different term one slip away, each under the likeliest kind of slip that makes it.

    At most so many terms of a type, from this term and the pool, are put in where they may be missing.
    """
    if _depth(term) > MAX_DEPTH:
        return []
    source = Pool.of(term, pool, scope, most)
    best: dict[str, tuple[Place, Edit, Term]] = {}
    own = canon.key(term)
    for place, edit in islice(edits(term, scope, source), MAX_CHANGES):
        whole = place.put(edit.term)
        if whole is None:
            continue
        key = canon.key(whole)
        if key != own and (key not in best or best[key][1].kind.weight < edit.kind.weight):
            best[key] = (place, edit, whole)
    return [_change(place, edit, whole) for place, edit, whole in best.values()]


def edits(term: Term, scope: Scope, pool: Pool) -> Iterator[tuple[Place, Edit]]:
    """Every edit at every place, ill typed and equal ones included."""
    for place in places(term, scope):
        for family in (anywhere(place, pool), operator(place), siblings(place), brackets(place)):
            for edit in family:
                yield place, edit


def _change(place: Place, edit: Edit, whole: Term) -> Change:
    out = edit.without
    description = edit.words or (
        f"{plain(edit.term)} instead of {plain(place.term)}" if out is None else f"{plain(out)} left out"
    )
    span = place.span if out is None or out.span is None else out.span
    return Change(edit.kind, description, span, whole)


def _depth(term: Term) -> int:
    """The height of the tree, counted without recursion."""
    deepest, level = 0, [term]
    while level and deepest <= MAX_DEPTH:
        deepest += 1
        level = [arg for node in level for arg in node.args]
    return deepest


def _canon(scope: Scope, definitions: Iterable[Definition]) -> Canon:
    """Keys that know which matrices are symmetric, by declaration or visibly by definition."""
    symmetric = set(scope.symmetric)
    for d in definitions:
        if not d.params and isinstance(d.body.type, Array) and len(d.body.type.axes) == 2:
            if _depth(d.body) <= MAX_DEPTH and Canon(symmetric).is_symmetric(d.body):
                symmetric.add(d.name)
    return Canon(symmetric)


# --- the parts of a statement -----------------------------------------------------


def _of_goal(statement: Statement, scope: Scope, canon: Canon) -> Iterator[Mutant]:
    for c in changes(statement.goal, scope, canon):
        yield Mutant(c.kind, c.description, c.place, replace(statement, goal=c.term))


def _of_definitions(statement: Statement, canon: Canon) -> Iterator[Mutant]:
    """A slip in a definition; what it defines keeps its type, since the goal mentions it."""
    for k, d in enumerate(statement.definitions):
        scope = Scope.of(statement.symbols, statement.definitions[:k])  # a definition looks back only
        for c in changes(d.body, scope.within(dict(d.params)), canon):
            if c.term.type == d.body.type:
                yield Mutant(
                    c.kind,
                    f"in the definition of {d.name}: {c.description}",
                    c.place,
                    replace(statement, definitions=_put(statement.definitions, k, replace(d, body=c.term))),
                )


def _what_matters(statement: Statement) -> frozenset[str]:
    """The symbols that the goal mentions, and those tied to them by definitions and hypotheses."""
    ties = [free_symbols(h.statement) for h in statement.hypotheses]
    ties += [free_symbols(d.body) | {d.name} for d in statement.definitions]
    found = free_symbols(statement.goal)
    while more := [tie for tie in ties if tie & found and not tie <= found]:
        found = found.union(*more)
    return found


def _of_hypotheses(
    statement: Statement, scope: Scope, canon: Canon, matters: frozenset[str]
) -> Iterator[Mutant]:
    """A hypothesis left out or weakened; an equation also with a slip in it.

    A bound made stronger leaves a true claim true, so bounds are only weakened.  That a size is at
    least 1 is no assumption but what a size is.
    """
    for k, h in enumerate(statement.hypotheses):
        if _says_what_a_size_is(statement, h) or not free_symbols(h.statement) & matters:
            continue
        rest = (*statement.hypotheses[:k], *statement.hypotheses[k + 1 :])
        span = h.statement.span
        words = f"without the hypothesis {h.name}: {plain(h.statement)}"
        yield Mutant(Kind.ASSUMPTION, words, span, replace(statement, hypotheses=rest))
        weaker = _weaker(h.statement)
        if weaker is not None:
            words = f"{plain(weaker)} instead of {plain(h.statement)}"
            found = [Change(Kind.ASSUMPTION, words, span, weaker)]
        elif _conclusion(h.statement).op in _BOUNDS:
            found = []
        else:
            found = [c for c in changes(h.statement, scope, canon) if c.kind not in _PIVOTAL]
        for c in found:
            changed = _put(statement.hypotheses, k, Hypothesis(h.name, c.term))
            yield Mutant(
                c.kind,
                f"in the hypothesis {h.name}: {c.description}",
                c.place,
                replace(statement, hypotheses=changed),
            )


def _of_symbols(statement: Statement, matters: frozenset[str]) -> Iterator[Mutant]:
    """What a declaration says about a symbol, left out."""
    for k, s in enumerate(statement.symbols):
        if s.name not in matters:
            continue
        for attribute in sorted(s.attributes - {"size", "random"}):
            less = replace(s, attributes=s.attributes - {attribute})
            yield Mutant(
                Kind.ASSUMPTION,
                f"{s.name} no longer {attribute}",
                None,
                replace(statement, symbols=_put(statement.symbols, k, less)),
            )
        if s.law is not None:
            yield Mutant(
                Kind.ASSUMPTION,
                f"{s.name} with any distribution instead of {s.law.name}",
                None,
                replace(statement, symbols=_put(statement.symbols, k, replace(s, law=None))),
            )


def _put(items: tuple[T, ...], k: int, item: T) -> tuple[T, ...]:
    return (*items[:k], item, *items[k + 1 :])


# The form of a hypothesis is not slipped in; without its "if" it would be stronger.
_PIVOTAL = frozenset({Kind.RELATION, Kind.CONNECTIVE, Kind.ASSUMPTION})
_STRICT = {"lt": "le", "gt": "ge"}
_BOUNDS = frozenset("lt le gt ge ne in".split())


def _conclusion(term: Term) -> Term:
    """What a hypothesis says once its "for all" and "if" are taken off."""
    while term.op in ("forall", "implies"):
        term = term.args[0] if term.op == "forall" else term.args[1]
    return term


def _weaker(term: Term) -> Term | None:
    """A strict bound as a weak one."""
    if term.op in _STRICT:
        return make(_STRICT[term.op], *term.args, span=term.span)
    if term.op in ("forall", "implies"):
        k = 0 if term.op == "forall" else 1
        inner = _weaker(term.args[k])
        if inner is not None:
            return make(term.op, *term.args[:k], inner, *term.args[k + 1 :], data=term.data, span=term.span)
    return None


def _says_what_a_size_is(statement: Statement, hypothesis: Hypothesis) -> bool:
    names = free_symbols(hypothesis.statement)
    symbols = [statement.symbol(name) for name in names]
    return len(names) == 1 and all(s is not None and "size" in s.attributes for s in symbols)
