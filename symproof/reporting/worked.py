"""What stands beside a result for a reader: both sides at a witness, and what a false variant changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import Any

from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import check_witness
from symproof.results import Result
from symproof.terms.build import Mistyped, make, num
from symproof.terms.codec import Malformed, decode
from symproof.terms.plain import plain
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term

MAX_SHOWN = 80
_RELATIONS = ("eq", "ne", "lt", "le", "gt", "ge")
_NUMBER = re.compile(r"-?[0-9]{1,40}(/[0-9]{1,40})?")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a relation: as it stands, with the values put in where that says more, and worked out."""

    term: Term | None
    put_in: Term | None
    value: str


def sides(result: Result) -> tuple[Side, Side]:
    """Both sides of the relation that fails at the witness of the result."""
    point = result.witness
    assert point is not None
    relation = _failing(result) if result.source is not None else None
    if relation is None:
        return Side(None, None, point.left), Side(None, None, point.right)
    left, right = relation.args
    return _side(left, point.left, point.values), _side(right, point.right, point.values)


def _side(term: Term, value: str, values: Mapping[str, str]) -> Side:
    worked = put_in(term, values)
    if worked is not None and worked == number(value):
        worked = None
    return Side(term if plain(term) != value else None, worked, value)


def _failing(result: Result) -> Term | None:
    """The one relation of the goal that is false at the witness."""
    statement, point = result.source, result.witness
    assert statement is not None and point is not None
    goals = list(islice(_parts(statement.goal), 9))
    if len(goals) > 1:
        data = result.evidence.get("witness")
        goals = [
            goal for goal in goals if _refuted(replace(statement, goal=goal), data, (point.left, point.right))
        ]
    relation = goals[0] if len(goals) == 1 else None
    while relation is not None and relation.op in ("forall", "implies"):
        relation = relation.args[relation.op == "implies"]
    return relation if relation is not None and relation.op in _RELATIONS else None


def _parts(goal: Term) -> Iterator[Term]:
    """Goals with one relation each that together say what the goal says."""
    if goal.op == "and":
        for part in goal.args:
            yield from _parts(part)
    elif goal.op == "forall":
        for part in _parts(goal.args[0]):
            yield make("forall", part, *goal.args[1:], data=goal.data)
    elif goal.op == "implies":
        for part in _parts(goal.args[1]):
            yield make("implies", goal.args[0], part)
    else:
        yield goal


def _refuted(statement: Statement, data: Any, sides: tuple[str, str]) -> bool:
    try:
        found = check_witness(statement, data)
    except (Rejected, Mistyped, ValueError):
        return False
    return (found.left, found.right) == sides


def put_in(term: Term, values: Mapping[str, str]) -> Term | None:
    """The term with the values of the witness in the place of names, if it can be written and is short."""
    known = {name: value for name, text in values.items() if (value := number(text)) is not None}
    try:
        found = substitute(term, known)
    except (Mistyped, ValueError):
        return None
    if next(islice(found.walk(), MAX_SHOWN, None), None) is not None or plain(found) == plain(term):
        return None
    return found


def number(text: str) -> Term | None:
    """The number that the text writes out, if it does."""
    if not _NUMBER.fullmatch(text) or text.endswith("/0"):
        return None
    value = Fraction(text)
    return num(value) if value >= 0 else make("neg", num(-value))


def function(raw: Any) -> Term | None:
    """The function that a witness gives as data."""
    if isinstance(raw, list) and raw[:1] == ["lambda"]:
        try:
            return decode(raw)
        except Malformed:
            return None
    return None


@dataclass(frozen=True, slots=True)
class Change:
    """What a variant says otherwise than its claim: `word` is `without` or `with`."""

    word: str
    name: str
    term: Term | None


def changes(claim: Statement, variant: Statement) -> list[Change]:
    """The hypotheses, definitions and types in which a variant differs from its claim."""
    found = []
    kept = {h.statement for h in variant.hypotheses}
    named = {h.name for h in variant.hypotheses}
    found += [
        Change("without", h.name, h.statement)
        for h in claim.hypotheses
        if h.statement not in kept and h.name not in named
    ]
    had = {h.statement for h in claim.hypotheses}
    found += [Change("with", h.name, h.statement) for h in variant.hypotheses if h.statement not in had]
    found += [Change("with", d.name, d.body) for d in variant.definitions if d not in claim.definitions]
    before = {symbol.name: symbol for symbol in claim.symbols}
    found += [
        Change("with", symbol.name, None) for symbol in variant.symbols if before.get(symbol.name) != symbol
    ]
    return found


def grouped(statement: Statement) -> tuple[dict[str, Term], list[tuple[str, Term]]]:
    """What the declarations say of each symbol beside its type, and the other hypotheses with their names."""
    said: dict[str, list[Term]] = {}
    others = []
    names = {symbol.name for symbol in statement.symbols}
    for hypothesis in statement.hypotheses:
        name, colon, _ = hypothesis.name.partition(": ")
        if colon and name in names:
            said.setdefault(name, []).append(hypothesis.statement)
        else:
            others.append((hypothesis.name, hypothesis.statement))
    together = {n: parts[0] if len(parts) == 1 else make("and", *parts) for n, parts in said.items()}
    return together, others
