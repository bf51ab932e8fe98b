"""YAML files as trees of texts that know their places.

Scalars stay text (YAML would read `no`, `012` and `1e-3` its own way); aliases, anchors
and tags are refused, since a formula that begins with `*`, `&` or `!` means none of them.
Where YAML gives a value a meaning of its own, the problem says which and shows the value quoted.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from symproof.reading.problems import Problem, Source, place_in

MAX_BYTES = 2_000_000
MAX_DEPTH = 12
_WORK = 20_000_000  # characters gone through to save the sound items of a broken list


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, and where it begins and ends in the file."""

    source: Source
    start: int
    end: int
    plain: bool

    @property
    def value(self) -> str:
        return self.source.text


@dataclass(frozen=True, slots=True)
class Map:
    """A mapping, in the order written; keys may occur twice."""

    entries: tuple[tuple[Text, Value], ...]
    start: int
    flow: bool


@dataclass(frozen=True, slots=True)
class List:
    items: tuple[Value, ...]
    start: int
    flow: bool


Value: TypeAlias = "Text | Map | List"


@dataclass(frozen=True, slots=True)
class File:
    """The text of a file and its one document."""

    name: str
    whole: str
    document: Value

    def problem(
        self, code: str, message: str, start: int, end: int, *, expected: str = "", hint: str = ""
    ) -> Problem:
        return Problem(
            code, message, place_in(self.whole, self.name, start, end), expected=expected, hint=hint
        )


def load_files(path: Path) -> list[File | Problem]:
    """The file; where a list of claims is broken in places, a file for every item that is sound."""
    name = str(path)
    try:
        with path.open("rb") as stream:
            text = decoded(name, stream.read(MAX_BYTES + 1))
    except OSError as error:
        return [Problem("file", f"{name}: {error.strerror or 'cannot be read'}")]
    except Problem as problem:
        return [problem]
    try:
        return [parse(name, text)]
    except Problem as problem:
        return _items_alone(name, text) or [problem]


_CLAIM = re.compile(r"- claim: *(\S+)")


def _items_alone(name: str, text: str) -> list[File | Problem]:
    """Every item of a list as a file of its own, in its lines; nothing where the text is no list of items."""
    starts = [found.start() for found in re.finditer(r"^- ", text, re.MULTILINE)]
    if len(starts) < 2 or re.sub(r"#.*", "", text[: starts[0]]).strip() or len(starts) * len(text) > _WORK:
        return []
    result: list[File | Problem] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        try:
            result.append(parse(name, "\n" * text.count("\n", 0, start) + text[start:end]))
        except Problem as problem:
            named = _CLAIM.match(text, start)
            problem.claim = named[1] if named else None
            result.append(problem)
    return result


def decoded(name: str, data: bytes) -> str:
    """The bytes as text without anything invisible; raises Problem."""
    if len(data) > MAX_BYTES:
        raise Problem("large", f"{name}: more than {MAX_BYTES // 1_000_000} MB")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem(
            "control", f"{name}: not UTF-8 text (line {line}, byte 0x{data[error.start]:02x})"
        ) from None
    check_characters(Source(text, name))
    return text


_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff]"
)


def check_characters(source: Source) -> None:
    """No control characters, no change of writing direction, no half characters."""
    found = _SUSPECT.search(source.text)
    if found:
        kind = unicodedata.name(found.group(), "a control character")
        message = f"the invisible character U+{ord(found.group()):04X} ({kind})"
        raise source.problem("control", message, found.start(), found.end())


def parse(name: str, text: str) -> File:
    """The one document of the text; raises Problem."""
    import yaml

    reader = _Reader(name, text)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            reader.take(event)
    except yaml.YAMLError as error:
        raise reader.explained(error) from None
    if reader.document is None:
        raise Problem("value", f"{name}: the file is empty", expected="a claim")
    return File(name, text, reader.document)


class _Reader:
    """Events to values, with the places of all characters."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.document: Value | None = None
        self.open: list[tuple[str, int, bool, list[Value]]] = []

    def take(self, event: Any) -> None:
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._refuse(event)
            self._add(self._scalar(event))
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            self._refuse(event)
            if len(self.open) >= MAX_DEPTH:
                raise self._problem("nesting", "nested too deeply", event.start_mark.index)
            self.open.append((kind[0], event.start_mark.index, bool(event.flow_style), []))
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            letter, start, flow, items = self.open.pop()
            if letter == "S":
                self._add(List(tuple(items), start, flow))
                return
            entries = []
            for key, value in zip(items[::2], items[1::2], strict=True):
                if not isinstance(key, Text):
                    raise self._problem("yaml", "a key that is no text", key.start)
                entries.append((key, value))
            self._add(Map(tuple(entries), start, flow))
        elif kind == "AliasEvent":
            raise self.own_meaning(event.start_mark.index) or self._problem(
                "yaml", "aliases are not used here", event.start_mark.index
            )
        elif kind == "DocumentStartEvent" and self.document is not None:
            raise self._problem(
                "yaml", "a second document", event.start_mark.index, expected="a list of claims"
            )

    def _add(self, value: Value) -> None:
        if self.open:
            self.open[-1][3].append(value)
        else:
            self.document = value

    def _refuse(self, event: Any) -> None:
        """No anchors and no tags."""
        start = event.start_mark.index
        plain = type(event).__name__ == "ScalarEvent" and not event.style
        if event.anchor is not None or event.tag is not None or (plain and event.implicit != (True, False)):
            raise self.own_meaning(start) or self._problem(
                "yaml", "anchors and tags are not used here", start
            )

    def _scalar(self, event: Any) -> Text:
        start, end = event.start_mark.index, event.end_mark.index
        places = _places(self.text, start, end, event.value, event.style)
        source = Source(event.value, self.name, self.text, places)
        check_characters(source)  # an escape may have made what the file does not hold
        return Text(source, start, end, not event.style)

    def _problem(self, code: str, message: str, at: int, expected: str = "") -> Problem:
        return Problem(code, message, place_in(self.text, self.name, at, at + 1), expected=expected)

    def explained(self, error: Any) -> Problem:
        """What YAML stumbled over, in terms of the line."""
        mark = error.problem_mark or error.context_mark
        if mark is None:
            return Problem("yaml", f"{self.name}: not YAML: {error}")
        at = min(mark.index, len(self.text))
        message = f"not YAML: {error.problem or error.context}"
        here = place_in(self.text, self.name, at, at + 1)
        if self.text[at : at + 1] == "\t":
            return Problem("yaml", "a tab where YAML needs spaces", here)
        begin = self.text.rfind("\n", 0, at) + 1
        own = self.own_meaning(begin)
        if own is None and begin:  # an error may show only on the line behind
            own = self.own_meaning(begin - 1)
        return own or Problem("yaml", message, here)

    def own_meaning(self, at: int) -> Problem | None:
        return own_meaning(self.name, self.text, at)


# --- values that YAML reads its own way -----------------------------------------------------------

_LINE = re.compile(r"(?P<head>[ ]*(?:- +)*(?:(?P<key>[^\s:#'\"\[{][^:#]*?) *:(?= |$) *)?)(?P<value>.*?)\s*$")
_HALF_OPEN = re.compile(  # an entry with [a, b) or (a, b], in a mapping between braces
    r"(?P<key>[^\s,:{}\"]+): +(?P<before>[^,:{}\"\[\]()]*)(?P<interval>\[[^\[\]()\"]*\)|\([^\[\]()\"]*\])"
)
_BLOCK = re.compile(r"[|>][-+0-9]{0,2}(\s+#.*)?")
_MEANINGS = {
    "|": "the start of a block of text",
    ">": "the start of a folded text",
    "[": "a list",
    "{": "a mapping",
    "*": "an alias",
    "&": "an anchor",
    "!": "a tag",
    "%": "a directive",
    "@": "a reserved character",
    "`": "a reserved character",
}


def own_meaning(name: str, text: str, at: int) -> Problem | None:
    """The problem of the line at the offset, where YAML gives its value a meaning of its own."""
    begin = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    line = text[begin : len(text) if stop < 0 else stop]
    found = _LINE.match(line)
    value = found["value"] if found else ""
    if not found or not value or _BLOCK.fullmatch(value):
        return None
    start = begin + len(found["head"])
    first = value[0]
    half = _HALF_OPEN.search(value) if first == "{" else None
    if half:
        return Problem(
            "yaml-value",
            "inside braces YAML reads `[` and `]` as a list, which a half-open interval does not close",
            place_in(text, name, start + half.start("interval"), start + half.end("interval")),
            hint=f"quote the value: {half['key']}: {quoted(half['before'] + half['interval'])}",
        )
    if first in _MEANINGS:
        what = f"YAML reads a value that begins with `{first}` as {_MEANINGS[first]}"
        mark = (start, start + 1)
    elif first in "-?" and value[1:2] == " ":
        what = f"YAML reads a value that begins with `{first} ` as a {'list' if first == '-' else 'key'}"
        mark = (start, start + 1)
    elif first in "\"'":
        closing = value.find(first, 1)
        if closing < 0 or not value[closing + 1 :].strip() or value[closing + 1 :].lstrip().startswith("#"):
            return None
        what = f"YAML ends the value at the second `{first}`"
        mark = (start + closing, start + closing + 1)
    else:
        colon = re.search(r":(?= |$)", value)
        if not colon:
            return None
        what = "YAML reads `: ` inside a value as a further key"
        mark = (start + colon.start(), start + colon.end())
    head = found["head"].strip()
    return Problem(
        "yaml-value",
        what,
        place_in(text, name, *mark),
        hint=f"quote the value: {head}{' ' if head else ''}{quoted(value)}",
    )


def quoted(value: str) -> str:
    """The value as a YAML string that means itself."""
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return "'" + value.replace("'", "''") + "'"


# --- places -----------------------------------------------------------------------------------------


def _places(text: str, start: int, end: int, value: str, style: str | None) -> range | list[int]:
    """Where each character of a scalar stands in the file, and where it ends."""
    if not style and end - start == len(value):
        return range(start, end + 1)
    at, places = start, []
    if style in ("'", '"'):
        at += 1
    elif style in ("|", ">"):
        at = text.find("\n", start) + 1
    for c in value:
        if not c.isspace():
            while at < end and text[at].isspace():
                at += 1
            if style == '"' and text[at : at + 2] == "\\\n":
                at += 2
                while at < end and text[at].isspace():
                    at += 1
        places.append(min(at, end))
        if style == "'" and c == "'":
            at += 2
        elif style == '"' and text[at : at + 1] == "\\":
            at += {"x": 4, "u": 6, "U": 10}.get(text[at + 1 : at + 2], 2)
        else:
            at += 1
    places.append(min(at, end))
    return places
