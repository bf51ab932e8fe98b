"""Claim files: what is claimed, under what, with which false variants.

    load(paths) -> [Claim or Problem, …] in the order of the files

One bad claim does not lose the others, and of one claim all that is wrong with its
hypotheses, goal, steps and variants is reported together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from symproof.kernel.statement import Statement
from symproof.reading.declarations import Scope, formula
from symproof.reading.folders import claim_files
from symproof.reading.pieces import Pieces, commented, entries, items, pieces, text, texts, wrong
from symproof.reading.problems import Problem, Source, suggest
from symproof.reading.yamlfile import File, List, Map, Text, Value, check_characters, load_files, parse

VERDICTS = ("proved", "conditional", "refuted", "supported", "undecided", "invalid")

CLAIM_KEYS = {
    "claim": "the name of the claim: letters, digits, `-`, `_` and `.`; no two claims share one",
    "title": "one line for reports",
    "source": "where it comes from",
    "also": "other places where it stands",
    "why": "why it is worth checking, or what the answer hangs on",
    "let": "what it speaks of: names and their types, such as `x: real > 0`",
    "define": "names for terms: `L: degree(G) - adjacency(G)`, `f(x): x^2`",
    "given": "hypotheses, with names or as a list",
    "prove": "the statement to decide",
    "by": "a hint for the proof, such as `induction on t`",
    "steps": "a derivation: one relation a line",
    "refute": "false variants, each of which must be refuted",
    "expect": "the verdict that is right for this claim; `proved` if not given",
}
VARIANT_KEYS = {
    "prove": "another statement under the same hypotheses",
    "let": "declarations put for those of the same name",
    "define": "definitions put for those of the same name",
    "given": "hypotheses put for those of the same name, or further ones",
    "without": "hypotheses to leave out, or declarations of which only the type is kept",
}
STEP_KEYS = {"step": "a relation", "by": "a hint for it"}
_NAME = re.compile(r"[^\W_][\w.-]*")


class Position(NamedTuple):
    """A line and a column of a file, from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Variant:
    """A false variant: a statement that must be refuted."""

    text: str
    statement: Statement
    place: Position


@dataclass(frozen=True)
class Step:
    """A line of a derivation."""

    text: str
    statement: Statement
    by: str | None
    place: Position


@dataclass(frozen=True)
class Claim:
    """A claim that could be read."""

    id: str
    file: str
    title: str
    source: str
    also: tuple[str, ...]
    why: str
    statement: Statement
    by: str | None
    steps: tuple[Step, ...]
    variants: tuple[Variant, ...]
    expect: str
    place: Position
    text: str


def load(paths: Iterable[str | Path]) -> list[Claim | Problem]:
    """All claims in the files and folders, and what cannot be read."""
    found: list[Claim | Problem] = []
    taken: dict[str, str] = {}
    for path in claim_files(paths):
        found += [path] if isinstance(path, Problem) else read(path, taken)
    return found


def read(path: Path, taken: dict[str, str]) -> list[Claim | Problem]:
    """The claims in one file; `taken` says where the names stand that are taken already, and learns more."""
    found: list[Claim | Problem] = []
    for file in load_files(path):
        found += [file] if isinstance(file, Problem) else _claims(file, taken)
    return found


def read_text(text: str, name: str) -> list[Claim | Problem]:
    """The claims in a text; `name` stands for the file in what is said of them."""
    try:
        check_characters(Source(text, name))
        return list(_claims(parse(name, text), {}))
    except Problem as problem:
        return [problem]


def _claims(file: File, taken: dict[str, str]) -> Iterator[Claim | Problem]:
    document = file.document
    if isinstance(document, List):
        items = document.items
    else:
        items = (document,)
    for item in items:
        if not isinstance(item, Map):
            yield wrong(file, item, "this is no claim", "a mapping with `claim:` and `prove:`")
            continue
        problems: list[Problem] = []
        reader = _Reader(file, item, taken, problems)
        claim = reader.claim()
        if claim is not None and not problems:
            yield claim
        for problem in problems:
            problem.claim, problem.expect = reader.id, reader.expect
            yield problem


def keyed(file: File, value: Map, known: Mapping[str, str]) -> dict[str, Value]:
    """The entries by key; raises Problem for a key that is unknown or there twice."""
    found = dict[str, Value]()
    for key, entry in entries(file, value):
        if key.value not in known:
            raise _unknown(file, key, known)
        found[key.value] = entry
    return found


def _unknown(file: File, key: Text, known: Mapping[str, str]) -> Problem:
    return file.problem(
        "key",
        f"there is no key `{key.value}`",
        key.start,
        key.end,
        expected=", ".join(known),
        hint=suggest(key.value, known),
    )


class _Reader:
    """Reads one claim; what is wrong is collected."""

    def __init__(self, file: File, item: Map, taken: dict[str, str], problems: list[Problem]) -> None:
        self.file = file
        self.item = item
        self.taken = taken
        self.problems = problems
        self.keys: dict[str, Value] = {}
        self.id: str | None = None
        self.expect = "proved"

    def claim(self) -> Claim | None:
        """The claim, or None when nothing can be said about it."""
        file = self.file
        self._collect_keys()
        try:
            name = self._name()
            self.expect = self._expect()
            words = {key: self._words(key) for key in ("title", "source", "why", "by")}
            also = (
                tuple(t.value.strip() for t in texts(file, self.keys["also"], "also"))
                if "also" in self.keys
                else ()
            )
            if "prove" not in self.keys:
                raise file.problem(
                    "missing-key", "the claim has no `prove`", self.item.start, self.item.start + 1,
                    expected="prove: the statement to decide",
                )  # fmt: skip
            goal = text(file, self.keys["prove"], "prove")
            base = pieces(file, self.keys)
            scope, problems = base.scope()
        except Problem as problem:
            self.problems.append(problem)
            return None
        self.problems.extend(problems)
        statement = self._statement(scope, goal)
        steps = tuple(self._steps(scope))
        variants = tuple(self._variants(base, scope, goal, statement, changes=not problems))
        if statement is None:
            return None
        return Claim(
            id=name, file=file.name, title=words["title"] or "", source=words["source"] or "", also=also,
            why=words["why"] or "", statement=statement, by=words["by"], steps=steps,
            variants=variants, expect=self.expect, place=self._position(goal),
            text=" ".join(goal.value.split()),
        )  # fmt: skip

    def _collect_keys(self) -> None:
        """The known keys; the others are problems, and the claim is read all the same."""
        lines: dict[str, int] = {}
        for key, value in self.item.entries:
            if key.value not in CLAIM_KEYS:
                self.problems.append(_unknown(self.file, key, CLAIM_KEYS))
            elif key.value in self.keys:
                message = f"the key `{key.value}` stands already in line {lines[key.value]}"
                self.problems.append(self.file.problem("duplicate-key", message, key.start, key.end))
            else:
                self.keys[key.value] = value
                lines[key.value] = self._position(key).line

    def _name(self) -> str:
        if "claim" not in self.keys:
            raise self.file.problem(
                "missing-key", "the claim has no name", self.item.start, self.item.start + 1,
                expected="claim: a-name",
            )  # fmt: skip
        key = text(self.file, self.keys["claim"], "claim")
        name = key.value.strip()
        if not _NAME.fullmatch(name):
            raise self.file.problem(
                "value", f"`{name}` cannot name a claim", key.start, key.end,
                expected="letters, digits, `-`, `_` and `.`",
            )  # fmt: skip
        here = f"{self.file.name}:{self._position(key).line}"
        if name in self.taken:
            raise self.file.problem(
                "claim-taken",
                f"the name `{name}` is taken by the claim in {self.taken[name]}",
                key.start,
                key.end,
            )
        self.taken[name] = here
        self.id = name
        return name

    def _expect(self) -> str:
        if "expect" not in self.keys:
            return "proved"
        value = text(self.file, self.keys["expect"], "expect")
        if value.value not in VERDICTS:
            raise self.file.problem(
                "value", f"`{value.value}` is no verdict", value.start, value.end,
                expected=", ".join(VERDICTS), hint=suggest(value.value, VERDICTS),
            )  # fmt: skip
        return value.value

    def _words(self, key: str) -> str | None:
        if key not in self.keys:
            return None
        return " ".join(text(self.file, self.keys[key], key).value.split())

    def _position(self, value: Text | Map) -> Position:
        whole = self.file.whole
        if isinstance(value, Text) and value.value:
            value_start = value.source.place(0)
            return Position(value_start.line, value_start.column)
        return Position(
            whole.count("\n", 0, value.start) + 1, value.start - whole.rfind("\n", 0, value.start)
        )

    # --- statements --------------------------------------------------------------------

    def _statement(self, scope: Scope, goal: Text) -> Statement | None:
        try:
            return scope.statement(goal.source)
        except Problem as problem:
            self.problems.append(commented(self.file, goal, problem))
            return None

    def _variants(
        self, base: Pieces, scope: Scope, goal: Text, statement: Statement | None, changes: bool
    ) -> Iterator[Variant]:
        """The variants; without `changes` only those that are other goals."""
        value = self.keys.get("refute")
        if value is None:
            return
        try:
            found = items(self.file, value)
        except Problem as problem:
            self.problems.append(problem)
            return
        for item in found:
            if isinstance(item, Map) and not changes:
                continue
            try:
                variant = self._variant(item, base, scope, goal)
            except Problem as problem:
                self.problems.append(problem)
                continue
            if variant.statement == statement:
                message = "the variant is the claim itself"
                self.problems.append(self.file.problem("variant", message, item.start, item.start + 1))
            yield variant

    def _variant(self, item: Value, base: Pieces, scope: Scope, goal: Text) -> Variant:
        file = self.file
        if not isinstance(item, Map) or item.flow and not _looks_like_mapping(item):
            other = text(file, item, "refute")
            try:
                statement = scope.statement(other.source)
            except Problem as problem:
                raise commented(file, other, problem) from None
            return Variant(" ".join(other.value.split()), statement, self._position(other))
        keys = keyed(file, item, VARIANT_KEYS)
        changed = base.changed(pieces(file, keys))
        said = []
        if "without" in keys:
            names = texts(file, keys["without"], "without")
            changed = changed.without(file, names)
            said.append("without " + ", ".join(n.value for n in names))
        for key in ("let", "define", "given"):
            found = keys.get(key)
            if isinstance(found, Map):
                said += [f"{k.value}: {v.value}" for k, v in found.entries if isinstance(v, Text)]
            elif found is not None:
                said += [t.value for t in texts(file, found, key)]
        if "prove" in keys:
            goal = text(file, keys["prove"], "prove")
        scope, problems = changed.scope()
        if problems:
            raise problems[0]
        statement = scope.statement(goal.source)
        written = " ".join(goal.value.split())
        return Variant(f"{written} ({'; '.join(said)})" if said else written, statement, self._position(item))

    # --- steps ---------------------------------------------------------------------------

    def _steps(self, scope: Scope) -> Iterator[Step]:
        value = self.keys.get("steps")
        if value is None:
            return
        before: Source | None = None
        for source, by, at in self._lines(value):
            try:
                whole = _continued(before, source, scope)
                statement = scope.statement(whole)
            except Problem as problem:
                self.problems.append(problem)
                before = None
                continue
            before = _right_side(whole, scope)
            yield Step(" ".join(source.text.split()), statement, by, at)

    def _lines(self, value: Value) -> Iterator[tuple[Source, str | None, Position]]:
        """The lines of a block of text, or the items of a list."""
        if isinstance(value, Text):
            for found in re.finditer(r"\S.*", value.value):
                part = value.source.part(found.start(), found.start() + len(found.group().rstrip()))
                place = part.place(0)
                yield part, None, Position(place.line, place.column)
            return
        items = value.items if isinstance(value, List) else (value,)
        for item in items:
            try:
                if isinstance(item, Map) and _looks_like_mapping(item):
                    keys = keyed(self.file, item, STEP_KEYS)
                    if "step" not in keys:
                        raise wrong(self.file, item, "this step says nothing", "step: a relation")
                    line = text(self.file, keys["step"], "step")
                    by = text(self.file, keys["by"], "by").value if "by" in keys else None
                else:
                    line, by = text(self.file, item, "steps"), None
            except Problem as problem:
                self.problems.append(problem)
                continue
            yield line.source, by, self._position(line)


def _looks_like_mapping(value: Map) -> bool:
    """{prove: …} rather than a formula in braces."""
    return all(not (isinstance(v, Text) and v.start == v.end) for _, v in value.entries)


_SIGN = re.compile(r"\s*(=|!=|<|<=|>|>=|≤|≥|≠)(?![=>])")
_LATEX_SIGN = re.compile(r"\s*\$+\s*(?:=|<|>|≤|≥|≠|\\(?:leq?|geq?|neq?|lt|gt)(?![a-zA-Z]))")


def _continued(before: Source | None, line: Source, scope: Scope) -> Source:
    """The line; one that begins with a relation sign continues from the last right side."""
    latex = _LATEX_SIGN.match(line.text)
    if not latex and not _SIGN.match(line.text):
        return line
    if before is None:
        raise line.problem(
            "syntax", "there is nothing on the left", 0, 1, expected="a relation such as a = b"
        )
    first = line.text.rindex("$", 0, latex.end()) + 1 if latex else 0
    if bool(latex) != before.text.startswith("$"):
        raise line.problem("latex", "a line in LaTeX continues a line in LaTeX only", 0, 1)
    places = [before._offset(k) for k in range(len(before.text))]
    places += [line._offset(k) for k in range(first - 1, len(line.text) + 1)]
    return Source(f"{before.text} {line.text[first:]}", line.file, line.whole, places)


def _right_side(line: Source, scope: Scope) -> Source | None:
    """What stands on the right of the last relation sign of a line, behind its dollars if it has some."""
    node = formula(line, scope.kinds, scope.types)
    if node.kind != "chain":
        return None
    last = node.items[-1]
    dollars = re.match(r"\s*(\$*)", line.text)
    assert dollars is not None
    right = line.part(last.start, last.end)
    if not dollars[1]:
        return right
    places = [line._offset(dollars.start(1) + k) for k in range(len(dollars[1]))]
    places += [right._offset(k) for k in range(len(right.text) + 1)]
    return Source(dollars[1] + right.text, line.file, line.whole, places)
