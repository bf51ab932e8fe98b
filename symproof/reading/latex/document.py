"""Markdown and TeX documents: blocks, markers of questions and answers, and formulas with their places."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from symproof.reading.latex.lines import Line, relations
from symproof.reading.problems import Source

MAX_DOCUMENT = 4_000_000
_ENVIRONMENTS = "equation|align|gather|multline|eqnarray|displaymath|math|flalign|alignat"
_MATH = re.compile(
    r"(?P<code>^[ ]{0,3}(?:```|~~~)[^\n]*\n)"
    r"|(?P<tick>`[^`\n]+`)"
    r"|(?P<comment><!--)"
    r"|(?P<escaped>\\[$\\])"
    r"|(?P<display>\$\$)"
    r"|(?P<inline>\$)"
    r"|(?P<square>\\\[)"
    r"|(?P<round>\\\()"
    rf"|\\begin\{{(?P<environment>(?:{_ENVIRONMENTS})\*?)\}}",
    re.MULTILINE,
)
_DECORATION = r"[ \t]{0,8}(?:[-+>•][ \t]+|\#{1,6}[ \t]+)?[\\*_]{0,6}"
_QUESTION = re.compile(
    rf"{_DECORATION}(?:(?P<word>Question|Problem|Exercise|Assignment|Task|Part|Q)\s{{0,3}}"
    r"(?P<number>\d+(?:\.\w+)*)|(?P<bare>\d+(?:\.(?:\d+|[a-z])){1,3})|\(?(?P<part>[a-z])\))[\\*_.:)]*(?=\s|$)",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    rf"{_DECORATION}(?P<word>answer|solution|proof|ans)\b(?P<rest>[^\n:.$]{{0,60}}?)[\\*_]{{0,3}}[:.][\\*_]{{0,3}}",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(?P<number>\d{1,3})[.):]?(?=\s|$)")  # a heading: ## 2
_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+|\\(?:sub)*section\*?\{")


@dataclass(frozen=True, slots=True)
class Formula:
    """text[start:end] of the document without its dollars."""

    start: int
    end: int
    display: bool
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the document: prose, display, heading, question, answer (the markers), table or code.

    `label` is the number of a question, or the words of an answer's marker.
    """

    kind: str
    start: int
    end: int
    label: str = ""
    formulas: tuple[Formula, ...] = ()


@dataclass(slots=True)
class Document:
    """A document in blocks."""

    name: str
    text: str
    blocks: tuple[Block, ...] = ()
    _starts: list[int] = field(default_factory=list)

    @property
    def source(self) -> Source:
        return Source(self.text, self.name)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of a character, from 1."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    @property
    def formulas(self) -> tuple[Formula, ...]:
        return tuple(formula for block in self.blocks for formula in block.formulas)


def read_document(text: str, name: str = "text") -> Document:
    """The document in blocks; raises Problem where it is too large."""
    if len(text) > MAX_DOCUMENT:
        message = f"the document has {len(text):,} characters; the limit is {MAX_DOCUMENT:,}"
        raise Source(text[:100], name).problem("large", message, 0, 1)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    document = Document(name, text, (), starts)
    formulas, code = _spans(document)
    document.blocks = tuple(_blocks(document, formulas, code))
    return document


def lines(document: Document, formulas: tuple[Formula, ...]) -> list[Line]:
    """The relation lines of some formulas, in their order; a block may continue the one before."""
    found: list[Line] = []
    before: Line | None = None
    source = document.source
    for formula in formulas:
        more = relations(source, formula.start, formula.end, before)
        found += more
        before = next((line for line in reversed(more) if line.right), before)
    return found


# --- formulas ---------------------------------------------------------------------------------


def _spans(document: Document) -> tuple[list[Formula], list[tuple[int, int]]]:
    """All formulas, and the pieces of code."""
    text, at = document.text, 0
    formulas: list[Formula] = []
    code: list[tuple[int, int]] = []
    seen: dict[str, tuple[int, int]] = {}  # from where to where a text does not occur; none is sought twice

    def find(sought: str, first: int, last: int) -> int:
        start, stop = seen.get(sought, (0, 0))
        if start <= first <= stop:
            if stop >= last:
                return -1
            if text.startswith(sought, stop):
                return stop
        stop = text.find(sought, first, last)
        seen[sought] = first, last if stop < 0 else stop
        return stop

    while found := _MATH.search(text, at):
        kind, begin = found.lastgroup, found.end()
        if kind == "code":
            fence = found.group().strip()[:3]
            stop = text.find(f"\n{fence}", begin - 1)
            at = len(text) if stop < 0 else stop + 4
            code.append((found.start(), at))
            continue
        if kind == "comment":
            stop = find("-->", begin, len(text))
            at = begin if stop < 0 else stop + 3
            continue
        if kind in ("tick", "escaped"):
            at = begin
            continue
        closing = {"display": "$$", "square": "\\]", "round": "\\)", "inline": "$"}.get(kind or "")
        if kind == "environment":
            closing = f"\\end{{{found['environment']}}}"
        assert closing is not None
        limit = len(text)
        if kind in ("inline", "round"):
            limit = find("\n\n", begin, limit)
            limit = len(text) if limit < 0 else limit
        stop = find(closing, begin, limit)
        while stop > 0 and kind == "inline" and text[stop - 1] == "\\":
            stop = text.find(closing, stop + 1, limit)
        if stop < 0:
            at = begin
            continue
        at = stop + len(closing)
        start = found.start() if kind == "environment" else begin
        end = at if kind == "environment" else stop
        if text[start:end].strip():
            line, column = document.place(start)
            formulas.append(Formula(start, end, kind not in ("inline", "round"), line, column))
    return formulas, code


# --- blocks -----------------------------------------------------------------------------------


def _blocks(document: Document, formulas: list[Formula], code: list[tuple[int, int]]) -> list[Block]:
    """Cut at displays, blank lines, markers and code."""
    text = document.text
    fixed = [(f.start, f.end, f) for f in formulas if f.display]
    cuts: list[tuple[int, int, Formula | None]] = sorted(
        [*fixed, *((a, b, None) for a, b in code)], key=lambda cut: cut[0]
    )
    inline = [f for f in formulas if not f.display]
    found: list[Block] = []
    at = k = 0

    def prose(start: int, end: int) -> None:
        nonlocal k
        for first, last in _paragraphs(text, start, end):
            while k < len(inline) and inline[k].start < first:
                k += 1
            mine = []
            while k < len(inline) and inline[k].end <= last:
                mine.append(inline[k])
                k += 1
            found.extend(_marked(text, first, last, mine))

    for start, end, formula in cuts:
        fence = 2 if formula and text[max(0, start - 2) : start] in ("$$", "\\[") else 0
        prose(at, start - fence)
        if formula is None:
            found.append(Block("code", start, end))
        else:
            found.append(Block("display", start - fence, end + fence, "", (formula,)))
        at = end + fence
    prose(at, len(text))
    return found


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces between blank lines; lines that begin with a marker begin a piece."""
    found: list[tuple[int, int]] = []
    begin = at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop + 1
        line = text[at : min(stop, at + 200)]
        fresh = at == 0 or text[at - 1] == "\n"
        if not line.strip():
            found.append((begin, at))
            begin = stop
        elif fresh and at > begin and (_QUESTION.match(line) or _ANSWER.match(line) or _HEADING.match(line)):
            found.append((begin, at))
            begin = at
        at = stop
    found.append((begin, end))
    return [(a, b) for a, b in found if text[a:b].strip()]


def _marked(text: str, start: int, end: int, formulas: list[Formula]) -> list[Block]:
    """The marker that a paragraph begins with, and the rest."""
    fresh = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    answer = _ANSWER.match(text, start, end) if fresh else None
    if answer:
        label = f"{answer['word']}{answer['rest']}".strip().lower()
        blocks = [Block("answer", start, answer.end(), label)]
        rest = [f for f in formulas if f.start >= answer.end()]
        if text[answer.end() : end].strip():
            blocks.append(Block("prose", answer.end(), end, "", tuple(rest)))
        return blocks
    question = (_QUESTION.match(text, start, end) or _NUMBERED.match(text, start, end)) if fresh else None
    if question:
        groups = question.groupdict()
        label = groups["number"] or groups["bare"] or groups["part"]
        return [Block("question", start, end, label.lower(), tuple(formulas))]
    if fresh and _HEADING.match(text, start, end):
        return [Block("heading", start, end, "", tuple(formulas))]
    table = all(
        "\t" in line or line.lstrip().startswith("|") for line in text[start:end].strip("\n").split("\n")
    )
    return [Block("table" if table else "prose", start, end, "", tuple(formulas))]
