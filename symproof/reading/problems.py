"""What goes wrong while reading: one closed list of codes, a place, and what was expected.

A `Problem` says what is wrong; `render` shows it with the line and a caret under the place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

CODES: dict[str, str] = {
    "ambiguous": "the text has two readings",
    "arguments": "a function or form with the wrong arguments",
    "attribute": "an adjective that does not fit the type",
    "bracket": "a bracket or bar without its partner",
    "character": "a character that has no meaning here or cannot be seen",
    "claim-taken": "two claims with one name",
    "control": "control characters, or a file that is not UTF-8 text",
    "duplicate-key": "a key that is given twice",
    "file": "a file that cannot be opened",
    "index": "an index outside its axis",
    "key": "a key that does not exist",
    "large": "a text, file or number above its limit",
    "latex": "LaTeX where plain text is read",
    "law": "a distribution that is not known or does not fit",
    "missing-key": "a key that is needed",
    "name": "a name that is not declared",
    "name-taken": "a name that is declared twice",
    "nesting": "brackets or operators nested too deeply",
    "reserved": "a word of the language used as a name",
    "size": "a size that cannot be inferred",
    "statement": "a term where a statement is needed, or the other way round",
    "syntax": "text that does not follow the grammar",
    "type": "operands that do not fit together",
    "value": "a value of the wrong kind",
    "variant": "a false variant that changes nothing or cannot be built",
    "yaml": "text that is not YAML",
    "yaml-value": "a value to which YAML gives a meaning of its own",
}


class Place(NamedTuple):
    """Where: a line and a column, both from 1, the line's text, and how many characters are meant."""

    file: str | None
    line: int
    column: int
    excerpt: str
    width: int = 1


class Problem(Exception):
    """Something that cannot be read: a code of CODES, what is wrong, where, and what would be right."""

    def __init__(
        self,
        code: str,
        message: str,
        place: Place | None = None,
        *,
        expected: str = "",
        hint: str = "",
    ) -> None:
        assert code in CODES, code
        super().__init__(message)
        self.code = code
        self.message = message
        self.place = place
        self.expected = expected
        self.hint = hint
        # the claim it belongs to and what that claim expects, where they are known
        self.claim: str | None = None
        self.expect: str | None = None

    def __str__(self) -> str:
        return render(self)


class Source:
    """A text that is read, and where each of its characters stands in its file.

    `places[k]` is the offset in `whole` of character k of `text`; without it the text is
    the whole.
    """

    __slots__ = ("text", "file", "whole", "places")

    def __init__(
        self,
        text: str,
        file: str | None = None,
        whole: str | None = None,
        places: Sequence[int] | None = None,
    ) -> None:
        self.text = text
        self.file = file
        self.whole = text if whole is None else whole
        self.places = places

    def place(self, start: int, end: int | None = None) -> Place:
        """The place of the characters from start to end."""
        first = self._offset(start)
        last = first if end is None or end <= start else self._offset(end - 1)
        return place_in(self.whole, self.file, first, last + 1)

    def _offset(self, k: int) -> int:
        if self.places is None:
            return k
        return self.places[min(max(k, 0), len(self.places) - 1)]

    def part(self, start: int, end: int) -> Source:
        """The text from start to end, whose places stay where they are."""
        places = range(start, end + 1) if self.places is None else self.places[start : end + 1]
        return Source(self.text[start:end], self.file, self.whole, places)

    def problem(
        self,
        code: str,
        message: str,
        start: int,
        end: int | None = None,
        *,
        expected: str = "",
        hint: str = "",
    ) -> Problem:
        return Problem(code, message, self.place(start, end), expected=expected, hint=hint)


def place_in(whole: str, file: str | None, start: int, end: int) -> Place:
    """The place of whole[start:end]; what lies beyond the first line is not shown."""
    start = min(start, len(whole))
    begin = whole.rfind("\n", 0, start) + 1
    stop = whole.find("\n", start)
    stop = len(whole) if stop < 0 else stop
    line = whole.count("\n", 0, start) + 1
    excerpt = whole[begin:stop].rstrip("\r")
    return Place(file, line, start - begin + 1, excerpt, max(1, min(end, stop) - start))


def suggest(word: str, known: Iterable[str]) -> str:
    """ "did you mean …?" for a word that is not among the known ones, or nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word[:60], list(known), n=2, cutoff=0.6)
    if not found:
        found = [k for k in known if k.casefold() == word.casefold()][:1]
    return f"did you mean {' or '.join(f'`{f}`' for f in found)}?" if found else ""


_SHOWN = 100


def render(problem: Problem) -> str:
    """The problem as text: where and what, the line, a caret under the place, and advice."""
    place, lines = problem.place, []
    head = f"{problem.message} [{problem.code}]"
    if place is None:
        lines.append(head)
    else:
        lines.append(f"{place.file or 'text'}:{place.line}:{place.column}: {head}")
        margin = f"{place.line:>5} | "
        excerpt, column = _window(place)
        lines.append(margin + printable(excerpt))
        before = excerpt[: column - 1]
        marked = excerpt[column - 1 : column - 1 + place.width]
        lines.append(" " * 5 + " | " + " " * _width(before) + "^" * max(1, _width(marked)))
    if problem.expected:
        lines.append(f"  expected {problem.expected}")
    if problem.hint:
        lines.append(f"  {problem.hint}")
    return "\n".join(lines)


def _window(place: Place) -> tuple[str, int]:
    """The part of a long line around the place, and the column in it."""
    if len(place.excerpt) <= _SHOWN:
        return place.excerpt, place.column
    start = max(0, place.column - 1 - _SHOWN // 2)
    return place.excerpt[start : start + _SHOWN], place.column - start


def printable(text: str) -> str:
    """The text with everything that would not print, or would print out of order, made visible."""
    return "".join(c if unicodedata.category(c) not in _HIDDEN else _visible(c) for c in text)


_HIDDEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def _visible(c: str) -> str:
    return " " if c == "\t" else "\N{REPLACEMENT CHARACTER}"


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )
