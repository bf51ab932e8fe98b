"""Formulas to relation lines: one line a link of a chain, a row of an aligned block, a statement of a list.

A row that begins with a relation sign continues the row before it, or the formula before it.
"""

from __future__ import annotations

from dataclasses import dataclass

from symproof.reading.latex.parser import SIGNS
from symproof.reading.latex.tokens import Token, tokens
from symproof.reading.problems import Problem, Source

_BLOCKS = frozenset(
    "aligned align split gather gathered equation multline eqnarray alignat flalign array".split()
)
_PARTNER = {"(": ")", "[": "]", "{": "}", "{{": "}}", "⟨": "⟩"}
_CLOSE = frozenset(_PARTNER.values())
_TAIL = frozenset(("forall", "if", "with", "where", "as", "over"))
_EDGES = frozenset((",", ";", ".", "&"))


@dataclass(frozen=True, slots=True)
class Line:
    """One relation, statement or expression of a formula.

    `kind` is relation, statement (it joins relations), or expression; `left` and `right` are its two
    sides where it is a relation.  `leads` is the arrow it begins with (`implies`, `iff` or nothing),
    `continued` says that its left side stands in an earlier line, `label` what stands before a colon.
    """

    source: Source
    kind: str
    tokens: tuple[Token, ...]
    start: int
    end: int
    leads: str = ""
    label: str = ""
    sign: str = ""
    left: tuple[Token, ...] = ()
    right: tuple[Token, ...] = ()
    continued: bool = False
    problem: Problem | None = None

    @property
    def text(self) -> str:
        """The line as it is written."""
        return self.source.text[self.start : self.end].strip()


def relations(
    source: Source, first: int = 0, last: int | None = None, before: Line | None = None
) -> list[Line]:
    """The lines of the formula text[first:last]; `before` is the line that it may continue."""
    last = len(source.text) if last is None else last
    try:
        toks = tokens(source, first, last)
        return _Splitter(source, toks[-1]).rows(toks[:-1], before)
    except Problem as error:
        problem = error
    except RecursionError:
        problem = source.problem("nesting", "nested too deeply", first, first + 1)
    return [Line(source, "expression", (), first, last, problem=problem)]


class _Splitter:
    def __init__(self, source: Source, end: Token) -> None:
        self.source = source
        self.end = end

    def rows(self, toks: list[Token], before: Line | None) -> list[Line]:
        found: list[Line] = []
        for row in _rows(_trimmed(toks)):
            row = _trimmed(row)
            leads = ""
            while row and (row[0].text in ("implies", "iff") and row[0].kind in ("op", "word")):
                leads = row[0].text
                row = _trimmed(row[1:])
            if row and row[0].kind == "word" and row[0].text in ("where", "and", "with", "if", "as"):
                row = _trimmed(row[1:])
            label, row = _label(row)
            for k, part in enumerate(_statements(row)):
                lines = self.statement(part, leads if not k else "", label, before)
                found += lines
                before = lines[-1] if lines else before
        return found

    def statement(self, toks: list[Token], leads: str, label: str, before: Line | None) -> list[Line]:
        toks = _trimmed(toks)
        while toks and toks[0].kind == "word" and toks[0].text in ("and", "where"):
            toks = _trimmed(toks[1:])
        if not toks:
            return []
        start, end = toks[0].start, toks[-1].end
        level = _top(toks)
        joined = any(
            k for k in level if toks[k].text in ("implies", "iff", "or") and toks[k].kind in ("op", "word")
        )
        prefixed = toks[0].text in ("forall", "exists", "not")
        tail = next((k for k in level if k and _is_tail(toks[k])), len(toks))
        signs = [k for k in level if k < tail and toks[k].kind == "op" and toks[k].text in SIGNS]
        if joined or prefixed:
            return [Line(self.source, "statement", tuple(toks), start, end, leads, label)]
        if not signs:
            return [Line(self.source, "expression", tuple(toks), start, end, leads, label)]
        conditions = tuple(toks[tail:])
        bounds = [-1, *signs, tail]
        sides = [tuple(_trimmed(toks[bounds[k] + 1 : bounds[k + 1]])) for k in range(len(bounds) - 1)]
        continued = not sides[0]
        if continued:
            if before is None or not before.right:
                problem = self.source.problem("syntax", "there is nothing on the left", start, toks[0].end)
                return [Line(self.source, "relation", tuple(toks), start, end, leads, label, problem=problem)]
            sides[0] = before.right
        found: list[Line] = []
        origin = sides[0]
        if continued and before is not None and _landau(before.right):
            origin = before.left
        for k, at in enumerate(signs):
            left, right = sides[k], sides[k + 1]
            if _landau(left) and k:
                left = found[-1].left
            elif _landau(left):
                left = origin
            here = start if not k else toks[at].start
            stop = end if k == len(signs) - 1 else (right[-1].end if right else toks[at].end)
            whole = (*left, toks[at], *right, *conditions)
            found.append(
                Line(
                    self.source, "relation", whole, here, stop, leads if not k else "", label, toks[at].text,
                    left, right, continued or bool(k),
                )
            )  # fmt: skip
        return found


def _rows(toks: list[Token]) -> list[list[Token]]:
    """The rows of the block that the formula is, or the formula itself."""
    if toks and toks[0].kind == "begin" and toks[0].text in _BLOCKS:
        stop = _finish(toks)
        if stop == len(toks) - 1 and not (toks[0].text == "array" and _columns(toks[1:-1])):
            return [row for part in _split(toks[1:-1]) for row in _rows(_trimmed(part))]
        return [toks]
    parts = _split(toks)
    return [row for part in parts for row in _rows(_trimmed(part))] if len(parts) > 1 else [toks]


def _columns(toks: list[Token]) -> bool:
    """Is it an array of entries, without a relation sign?"""
    return not any(t.kind == "op" and t.text in SIGNS for t in toks)


def _finish(toks: list[Token]) -> int:
    depth = 0
    for k, token in enumerate(toks):
        depth += (token.kind == "begin") - (token.kind == "finish")
        if not depth:
            return k
    return -1


def _split(toks: list[Token]) -> list[list[Token]]:
    """The rows between \\\\, without &."""
    rows: list[list[Token]] = [[]]
    depth = inside = 0
    for token in toks:
        inside += (token.kind == "begin") - (token.kind == "finish")
        if token.kind == "op" and not inside:
            depth = max(0, depth + (token.text == "{") - (token.text == "}"))
            if not depth and token.text == "\\\\":
                rows.append([])
                continue
            if not depth and token.text == "&":
                continue
        rows[-1].append(token)
    return [row for row in rows if row]


def _top(toks: list[Token]) -> list[int]:
    """The indices of the tokens outside all brackets and environments.

    A closing bracket closes what is open inside it too, so that one forgotten bracket does not hide the rest.
    """
    found: list[int] = []
    opened: list[str] = []
    for k, token in enumerate(toks):
        text = token.text
        if token.kind == "begin" or token.kind == "op" and text in _PARTNER:
            opened.append("finish" if token.kind == "begin" else _PARTNER[text])
        elif token.kind == "finish" or token.kind == "op" and text in _CLOSE:
            text = "finish" if token.kind == "finish" else text
            if text not in opened and text in (")", "]"):
                text = {")": "]", "]": ")"}[text]  # half-open intervals
            if text in opened:
                while opened.pop() != text:
                    pass
        elif not opened and not (k and toks[k - 1].text in ("^", "_") and token.kind == "op"):
            found.append(k)
    return found


def _trimmed(toks: list[Token]) -> list[Token]:
    """Without spaces and punctuation at the ends."""
    first, last = 0, len(toks)
    while first < last and (
        toks[first].kind == "quad" or toks[first].kind == "op" and toks[first].text in _EDGES
    ):
        first += 1
    while first < last and (
        toks[last - 1].kind == "quad" or toks[last - 1].kind == "op" and toks[last - 1].text in _EDGES
    ):
        last -= 1
    return toks[first:last]


def _label(row: list[Token]) -> tuple[str, list[Token]]:
    """What stands before a colon, and the rest: `sample 1 : μ = 2`."""
    stop = -1
    for k in _top(row):
        token = row[k]
        if token.text == ":" or token.kind == "text" and token.text.endswith(":"):
            stop = k
        elif token.kind not in ("name", "letters", "label", "num", "text", "word"):
            break
    if stop < 0 or row[0].text in ("forall", "exists"):
        return "", row
    return " ".join(token.text for token in row[: stop + 1]).strip(" :"), row[stop + 1 :]


def _is_tail(token: Token) -> bool:
    return token.kind == "word" and token.text in _TAIL or token.kind == "op" and token.text == "forall"


def _statements(row: list[Token]) -> list[list[Token]]:
    """The statements of a row: apart by wide spaces, commas, semicolons or `and`, each with a relation."""
    level = _top(row)
    if any(row[k].text in ("implies", "iff", "or") and row[k].kind in ("op", "word") for k in level):
        return [row]
    found: list[list[Token]] = []
    begin = 0
    if row and row[0].text in ("forall", "exists"):
        return [row]
    tail = False
    for k in level:
        token = row[k]
        if _is_tail(token):
            tail = True
        apart = (
            token.kind == "quad"
            or token.text in (",", ";", "and", "&")
            and token.kind in ("op", "word", "text")
        )
        if not apart or k < begin:
            continue
        if (
            tail
            and token.text != ";"
            and not (token.kind == "quad" and k + 1 < len(row) and row[k + 1].kind != "word")
        ):
            continue
        if token.text == "," and ("…" in (row[k - 1].text, row[k + 1].text if k + 1 < len(row) else "")):
            continue
        here = [row[j] for j in level if begin <= j < k]
        there = [row[j] for j in level if j > k]
        if _has_sign(here) and _has_sign(there) and not (there and _is_tail(there[0])):
            first = there[0]
            if token.text == "," and first.kind == "op" and first.text in SIGNS:
                continue
            found.append(row[begin:k])
            begin, tail = k + 1, False
    found.append(row[begin:])
    return found


def _has_sign(toks: list[Token]) -> bool:
    return any(t.kind == "op" and t.text in SIGNS for t in toks)


def _landau(side: tuple[Token, ...]) -> bool:
    """Is it o(…) or O(…) alone?"""
    return len(side) > 3 and side[0].text in ("o", "O") and side[1].text == "(" and side[-1].text == ")"
