"""What a line says: its readings, the likeliest first, with what each supposes; or a name that it gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from symproof.grading.assignments import Question
from symproof.reading.declarations import Scope
from symproof.reading.latex import Line, Notation, Reader, Reading
from symproof.reading.problems import Problem
from symproof.reading.typeforms import kind_of_type
from symproof.terms.build import Mistyped, make
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import Array, Scalar

RELATIONS = frozenset("eq ne lt le gt ge".split())


@dataclass(frozen=True, slots=True)
class Meaning:
    """A reading: the statement, what it supposes (`slips`), whether a name was mended in it.

    `rounded` is what it says if its decimal numbers are rounded; `left` and `right` are the sides of a
    relation, for the chain that it is in.
    """

    term: Term
    slips: tuple[str, ...] = ()
    renamed: bool = False
    strict: bool = True
    rounded: Term | None = None
    left: Term | None = None
    right: Term | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """The line gives a new name to a term."""

    name: str
    term: Term


@dataclass(frozen=True, slots=True)
class Unread:
    """Why the line could not be read."""

    message: str
    column: int = 0


class Understanding:
    """Reads the lines of one answer."""

    def __init__(self, question: Question, scope: Scope) -> None:
        self.scope = scope
        self.reader = Reader(scope, question.notation)
        self._notation = question.notation
        self._labels = [(_pattern(label), dict(meant)) for label, meant in question.labels]
        self._labelled: dict[str, Reader] = {}

    def line(self, line: Line, tail: Term | None, head: Term | None = None) -> list[Meaning] | Named | Unread:
        """What the line says; `tail` is the right side before it, as it was understood there, `head` the
        left side with which its chain began."""
        reader = self._reader(line)
        try:
            readings = reader.readings(line)
        except Problem as problem:
            named = self._name(reader, line)
            return named or Unread(problem.message, problem.place.column if problem.place else 0)
        except RecursionError:
            return Unread("nested too deeply")
        found = [meaning for reading in readings if reading.is_statement for meaning in _of(reading)]
        if line.continued and tail is not None:
            tails = [tail]
            if head is not None and head.op == "limit" and set(bound_names(head)) & free_symbols(tail):
                tails.append(_limit_of(head, tail))
            found = list(chain.from_iterable(_continued(meaning, tails) for meaning in found))
        if not found:
            return Unread("it states nothing")
        if not found[0].strict and any(meaning.renamed for meaning in found):
            named = self._name(reader, line)
            if named is not None:
                return named
        return found

    def _reader(self, line: Line) -> Reader:
        """The reader for lines with this label."""
        label = _squeezed(line.label)
        for pattern, meant in self._labels if label else ():
            found = pattern.fullmatch(label)
            if found is None:
                continue
            if label not in self._labelled:
                aliases = {name: _filled(text, found.groups()) for name, text in meant.items()}
                old = self._notation
                notation = Notation((*aliases.items(), *old.aliases), old.norm, old.orders, old.transpose)
                self._labelled[label] = Reader(self.scope, notation)
            return self._labelled[label]
        return self.reader

    def _name(self, reader: Reader, line: Line) -> Named | None:
        """`T = …` where nothing is called T yet: the name is declared, with the type of the right side."""
        if line.kind != "relation" or line.sign not in ("=", ":=") or line.continued or not line.left:
            return None
        name = reader.undeclared(line, "left")
        if name is None:
            return None
        try:
            term = reader.term(line, "right")
        except Problem:
            return None
        if not isinstance(term.type, Scalar | Array) or name in free_symbols(term):
            return None
        self.scope.types[name] = term.type
        kind = kind_of_type(term.type)
        if kind is not None:
            self.scope.kinds[name] = kind
        try:
            left = reader.term(line, "left")
        except Problem:
            left = None
        if left is None or left.op != "sym" or left.data != name:
            del self.scope.types[name]
            self.scope.kinds.pop(name, None)
            return None
        return Named(name, term)


def _of(reading: Reading) -> Iterator[Meaning]:
    """The reading as it stands, then what it is sometimes used for."""
    slips = tuple(note.text for note in reading.notes)
    renamed = any(" is read as " in slip and _mends_a_name(slip) for slip in slips)
    term = reading.term
    left, right = _sides(term)
    yield Meaning(_spread(term), slips, renamed, not reading.notes, reading.rounded, left, right)
    if left is not None and right is not None:
        limit = _both_limits(term, left, right)
        if limit is not None:
            words = "the limit is taken on both sides"
            yield Meaning(limit, (*slips, words), renamed, False, None, left, limit.args[1])


def _mends_a_name(slip: str) -> bool:
    """`q is read as g`: one name for another."""
    return re.fullmatch(r"\S+ is read as \S+", slip) is not None


def _sides(term: Term) -> tuple[Term | None, Term | None]:
    if term.op in RELATIONS and len(term.args) == 2:
        return term.args[0], term.args[1]
    return None, None


def _continued(meaning: Meaning, tails: list[Term]) -> Iterator[Meaning]:
    """The line with the right side before it as that was understood, or may be."""
    yield meaning
    for tail in tails:
        if meaning.left is None or meaning.right is None or meaning.left == tail:
            continue
        right, slips = meaning.right, meaning.slips
        if tail.op == "limit":
            slips = (*slips, "the limit is taken on both sides")
            if set(bound_names(tail)) & free_symbols(right):
                right = _limit_of(tail, right)
        try:
            term = make(meaning.term.op, tail, right, span=meaning.term.span)
        except Mistyped:
            continue
        yield Meaning(_spread(term), slips, meaning.renamed, False, None, tail, right)


def _both_limits(term: Term, left: Term, right: Term) -> Term | None:
    """`lim f <= g(T)` with the limit on both sides, where the right side speaks of what goes to its limit."""
    if left.op != "limit" or not set(bound_names(left)) & free_symbols(right):
        return None
    try:
        return make(term.op, left, _limit_of(left, right), span=term.span)
    except Mistyped:
        return None


def _limit_of(limit: Term, body: Term) -> Term:
    """The limit of another body."""
    (name,) = bound_names(limit)
    inside = next((n for n in limit.args[0].walk() if n.op == "sym" and n.data == name), None)
    body = substitute(body, {name: inside}) if inside is not None else body
    return make("limit", body, *limit.args[1:], data=limit.data, span=limit.span)


def _spread(term: Term) -> Term:
    """A relation with cases on one side, case by case: where cases overlap, all of them are claimed."""
    left, right = _sides(term)
    if left is None or right is None or "cases" not in (left.op, right.op):
        return term
    cases, other = (right, left) if right.op == "cases" else (left, right)
    if other.op == "cases":
        return term
    claims, before = [], []
    for k in range(0, len(cases.args) - 1, 2):
        condition, value = cases.args[k : k + 2]
        claims.append(make("implies", condition, make(term.op, other, value)))
        before.append(make("not", condition))
    last = cases.args[-1]
    if not (last.op == "div" and last.args[1].op == "num" and last.args[1].data == 0):
        claims.append(
            make(
                "implies", make("and", *before) if len(before) > 1 else before[0], make(term.op, other, last)
            )
        )
    return make("and", *claims) if len(claims) > 1 else claims[0]


# --- labels ---------------------------------------------------------------------------------------------


def _squeezed(label: str) -> str:
    return re.sub(r"[^\w#]+", "", label).lower()


def _pattern(label: str) -> re.Pattern[str]:
    """`sample #1` as a pattern of squeezed labels."""
    return re.compile("".join(
        r"(\d+|[a-z])" if part.startswith("#") else re.escape(part)
        for part in re.split(r"(#\d)", _squeezed(label)) if part
    ))  # fmt: skip


def _filled(text: str, groups: tuple[str, ...]) -> str:
    for k, group in enumerate(groups, start=1):
        text = text.replace(f"#{k}", group)
    return text
