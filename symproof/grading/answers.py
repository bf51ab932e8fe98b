"""Where the answer to a question stands in a text, and the lines of mathematics in it.

A question begins at its number, its answer behind a marker (`answer:`, `Solution.`), or where there is no
marker behind the paragraph with the number; it ends where another question of the text begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from symproof.grading.assignments import Find
from symproof.reading.latex import Block, Document, Formula, Line, lines, relations

# Words in front of a formula that make it a supposition, or give a name to something.
_SUPPOSE = re.compile(
    r"\b(assum\w*|suppos\w*|if|when(ever)?|in case|provided|given( that)?|unless|consider(ing)?|case)\b"
    r"[^.,;:]*$",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(let('?s)?|denot\w*|defin\w*|where|set(ting)?|put(ting)?|tak(e|ing)|call|write|choos\w*|with|for|"
    r"substitut\w*|chang\w*)\b[^.,;:]*$",
    re.IGNORECASE,
)
_LASTING = re.compile(r"\b(assum\w*|suppos\w*)\b[^.,;:]*$", re.IGNORECASE)
_WINDOW = 90


@dataclass(frozen=True, slots=True)
class Written:
    """A line of an answer; whether the words before it suppose it (for good: "assume"), or name something."""

    line: Line
    display: bool
    supposed: bool = False
    names: bool = False
    lasting: bool = False


def answer_lines(document: Document, find: Find, known: Iterable[str]) -> list[Written] | None:
    """The lines of the answer in their order; None where the text has no such question."""
    blocks = _blocks(document, find, sorted(known))
    if blocks is None:
        return None
    found: list[Written] = []
    formulas = sorted((f for block in blocks for f in block.formulas), key=lambda f: f.start)
    first, last = _range(document, find, blocks)
    before: Line | None = None
    end = first
    for formula in formulas:
        if formula.start < first or formula.end > last:
            continue
        words = _words(document, end, formula)
        cues = tuple(bool(cue.search(words)) for cue in (_SUPPOSE, _NAME, _LASTING))
        if formula.display:
            more = (
                lines(document, (formula,))
                if before is None
                else relations(document.source, formula.start, formula.end, before)
            )
            before = next((line for line in reversed(more) if line.right), before)
        else:
            more = [
                line
                for line in relations(document.source, formula.start, formula.end)
                if line.kind != "expression" and line.problem is None
            ]
        found += [Written(line, formula.display, *cues) for line in more]
        end = formula.end
    return found


def _words(document: Document, start: int, formula: Formula) -> str:
    """What is said right before a formula, without markup."""
    text = document.text[max(start, formula.start - _WINDOW) : formula.start]
    text = re.sub(r"[$\\*_\[\]]+", " ", text).rstrip(" :\n")
    return text.rpartition("\n\n")[2] if formula.display else text


def _range(document: Document, find: Find, blocks: list[Block]) -> tuple[int, int]:
    """From where to where the answer goes, by the phrases that the assignment names."""
    first = min((block.start for block in blocks), default=0)
    last = max((block.end for block in blocks), default=0)
    if find.after:
        at = _phrase(document.text, find.after, first, last)
        first = at[1] if at else first
    if find.until:
        at = _phrase(document.text, find.until, first, last)
        last = at[0] if at else last
    return first, last


def _phrase(text: str, phrase: str, first: int, last: int) -> tuple[int, int] | None:
    """Where the phrase stands, whatever spaces are between its words."""
    pattern = r"\s+".join(re.escape(word) for word in phrase.split())
    found = re.compile(pattern, re.IGNORECASE).search(text, first, last)
    return (found.start(), found.end()) if found else None


# --- the blocks of a question ------------------------------------------------------------------------


def _blocks(document: Document, find: Find, known: list[str]) -> list[Block] | None:
    """The blocks that answer the question."""
    sections = _sections(document, known)
    mine = [section for section in sections if section.question == find.question]
    if not mine:
        return None
    marked = [s for s in mine if s.marker and find.answer in s.marker]
    if find.answer and not marked:
        return None
    chosen = marked or [s for s in mine if not s.heading]
    return [section.block for section in chosen]


@dataclass(frozen=True, slots=True)
class _Section:
    block: Block
    question: str
    marker: str
    heading: bool


def _sections(document: Document, known: list[str]) -> list[_Section]:
    """Every block with the question it belongs to and the marker of an answer that it stands behind."""
    found: list[_Section] = []
    number = question = marker = ""
    for block in document.blocks:
        heading = False
        if block.kind == "question":
            label = block.label
            part = len(label) == 1 and label.isalpha()
            full = f"{number}.{label}" if part and number else label
            if part and full not in known:
                pass  # an enumeration inside an answer
            elif full in known or _later(full, number):
                if not part:
                    number = full if re.fullmatch(r"[\d.]+", full) else full.rpartition(".")[0]
                if part and marker and full in known:
                    question = full  # the parts of a solution: a), b)
                else:
                    question, marker, heading = full, "", True
        elif block.kind == "answer":
            marker = block.label
            continue
        found.append(_Section(block, question, marker, heading))
    return found


def _later(label: str, current: str) -> bool:
    """Does the number come after the current one, as the numbers of questions do?"""
    try:
        return tuple(map(int, re.findall(r"\d+", label))) > tuple(map(int, re.findall(r"\d+", current)))
    except ValueError:
        return False
