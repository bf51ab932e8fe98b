"""What a line is checked against: declarations, definitions, hypotheses, and what the student added.

A `Setting` is a value; its key names it, so that equal lines in equal settings are checked once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import chain
from math import floor
from typing import Any

from symproof.kernel.statement import Definition, Hypothesis, Statement, Symbol
from symproof.methods.universal import clauses, opened
from symproof.mutations.same import Canon
from symproof.terms.build import make, num
from symproof.terms.codec import decode, digest, encode
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, Sequence

TRUE = make("true")


@dataclass(frozen=True)
class Setting:
    """A base (its goal says nothing), what is to be shown, and what an answer added to the base."""

    base: Statement
    targets: tuple[Term, ...] = ()
    facts: tuple[Term, ...] = ()
    definitions: tuple[Definition, ...] = ()
    symbols: tuple[Symbol, ...] = ()

    @cached_property
    def key(self) -> str:
        return digest([
            self.base.digest, [encode(target) for target in self.targets],
            [encode(fact) for fact in self.facts],
            [[definition.name, encode(definition.body)] for definition in self.definitions],
            [symbol.name for symbol in self.symbols],
        ])  # fmt: skip

    @cached_property
    def encoded(self) -> dict[str, Any]:
        """JSON data from which `decode` makes the setting again."""
        facts = tuple(Hypothesis(str(k), fact) for k, fact in enumerate(self.facts))
        added = Statement(self.symbols, self.definitions, facts, TRUE)
        return {
            "base": self.base.encode(),
            "targets": [encode(target) for target in self.targets],
            "added": added.encode(),
        }

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Setting:
        added = Statement.decode(data["added"])
        return Setting(
            Statement.decode(data["base"]), tuple(map(decode, data["targets"])),
            tuple(h.statement for h in added.hypotheses), added.definitions, added.symbols,
        )  # fmt: skip

    def assuming(self, *facts: Term) -> Setting:
        """The setting with more hypotheses."""
        new = tuple(fact for fact in facts if fact not in self.facts)
        return replace(self, facts=(*self.facts, *new)) if new else self

    def defining(self, definition: Definition) -> Setting:
        """The setting with a name for a term."""
        return replace(self, definitions=(*self.definitions, definition))

    def declaring(self, symbol: Symbol) -> Setting:
        """The setting with another symbol."""
        return replace(self, symbols=(*self.symbols, symbol))

    def statement(self, goal: Term = TRUE) -> Statement:
        """The goal under everything that holds here."""
        added = tuple(Hypothesis(f"added {k}", fact) for k, fact in enumerate(self.facts, start=1))
        return Statement(
            (*self.base.symbols, *self.symbols), (*self.base.definitions, *self.definitions),
            (*self.base.hypotheses, *added), goal,
        )  # fmt: skip

    @cached_property
    def declarations(self) -> tuple[Hypothesis, ...]:
        """The hypotheses that belong to declarations, such as `β: real in (0, 1)`."""
        return tuple(h for h in self.base.hypotheses if self._declares(h))

    @cached_property
    def givens(self) -> tuple[Hypothesis, ...]:
        """The other hypotheses, and what the answer added."""
        return tuple(h for h in self.statement().hypotheses if not self._declares(h))

    def _declares(self, hypothesis: Hypothesis) -> bool:
        name, colon, _ = hypothesis.name.partition(": ")
        return bool(colon) and self.base.symbol(name) is not None

    @cached_property
    def canon(self) -> Canon:
        """Keys of terms that are the same at a glance."""
        names = (s.name for s in self.base.symbols if s.attributes & {"symmetric", "psd", "diagonal"})
        return Canon(names)

    @cached_property
    def _starts(self) -> dict[str, int]:
        return _starts(self.base)

    def guards(self, term: Term) -> tuple[Term, ...]:
        """That the members of sequences that the term names are among those that the hypotheses speak of.

        Where x[k] is known for k >= 0, a line about x[t - 2] is meant for t >= 2.
        """
        found = []
        for name, place in members(term, free_symbols(term)):
            if name in self._starts:
                guard = make("ge", place, num(self._starts[name]))
                if not self._seen(place, self._starts[name]) and guard not in found:
                    found.append(guard)
        return tuple(found)

    def _seen(self, place: Term, low: int) -> bool:
        """Is the place at least `low` by a bound that a declaration gives?"""
        name, shift = offset(place)
        if name is None:
            return True
        bounds = [_lower(h.statement, name) for h in self.base.hypotheses]
        return any(bound is not None and bound + shift >= low for bound in bounds)


def members(term: Term, names: frozenset[str]) -> Iterator[tuple[str, Term]]:
    """The members s[e] of sequences in a term where e is built from some of the names."""
    for node in term.walk():
        if node.op == "index" and node.args[0].op == "sym" and isinstance(node.args[0].type, Sequence):
            if free_symbols(node.args[1]) <= names and node.args[1].type == INTEGER:
                yield str(node.args[0].data), node.args[1]


def offset(place: Term) -> tuple[str | None, int]:
    """`t - 2` as (t, -2); no name where it is a number or anything else."""
    if place.op == "sym":
        return str(place.data), 0
    if place.op == "add" and len(place.args) == 2 and place.args[0].op == "sym":
        shift = place.args[1]
        sign = -1 if shift.op == "neg" else 1
        shift = shift.args[0] if shift.op == "neg" else shift
        if shift.op == "num":
            return str(place.args[0].data), sign * _whole(shift)
    return None, 0


def _whole(number: Term) -> int:
    """The value of a number, rounded down."""
    value = number.data
    assert isinstance(value, Fraction)
    return floor(value)


def _lower(condition: Term, name: str) -> int | None:
    """The lower bound that a condition gives for a name."""
    parts = condition.args if condition.op == "and" else (condition,)
    for part in parts:
        for op, low, this in (("ge", 1, 0), ("gt", 1, 0), ("le", 0, 1), ("lt", 0, 1)):
            if part.op == op and part.args[this].data == name and part.args[low].op == "num":
                value = _whole(part.args[low])
                return value + int(op in ("gt", "lt"))
    return None


def _starts(statement: Statement) -> dict[str, int]:
    """The first member of each sequence that a hypothesis speaks of, where there is a first."""
    found: dict[str, int] = {}
    for hypothesis in statement.hypotheses:
        body, bounds = hypothesis.statement, dict[str, int]()
        names: list[str] = []
        while body.op in ("forall", "implies"):
            if body.op == "forall":
                names += bound_names(body)
                for group, domain in clauses(body):
                    if domain.op == "range" and domain.args[0].op == "num":
                        bounds[group[0]] = _whole(domain.args[0])
                body = body.args[0]
            else:
                for name in names:
                    low = _lower(body.args[0], name)
                    if low is not None:
                        bounds[name] = low
                body = body.args[1]
        for name, place in members(body, frozenset(names)):
            at, shift = offset(place)
            if at is None and place.op == "num":
                first = _whole(place)
            elif at in bounds:
                first = bounds[at] + shift
            else:
                continue
            found[name] = min(first, found.get(name, first))
    return found


def instances(setting: Setting, line: Term) -> Iterator[Term]:
    """The givens, and their instances at the places of sequences that a line names."""
    places = dict.fromkeys(place for _, place in members(line, free_symbols(line)))
    for hypothesis in setting.givens:
        bound, body = opened(hypothesis.statement)
        yield body
        if list(bound.values()) != [INTEGER]:
            continue
        (name,) = bound
        shifts = {offset(place)[1] for _, place in members(body, frozenset(bound))} or {0}
        for place, shift in chain((p, s) for p in places for s in shifts):
            yield substitute_place(body, name, place, shift)


def substitute_place(body: Term, name: str, place: Term, shift: int) -> Term:
    """The body with a place put for a name, so that `name + shift` is the place."""
    at, own = offset(place)
    if at is not None:
        base = next(node for node in place.walk() if node.op == "sym")
        by = own - shift
        value = base if not by else make("add", base, num(by) if by > 0 else make("neg", num(-by)))
    elif place.op == "num":
        value = num(_whole(place) - shift)
    else:
        value = place if not shift else make("add", place, num(-shift))
    return substitute(body, {name: value})
