"""Text to tokens; every token knows its offsets."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from symproof.reading.names import KEYWORDS, canonical
from symproof.reading.problems import Problem, Source

MAX_TEXT = 20_000
MAX_DIGITS = 4_000


class Token(NamedTuple):
    """`kind` is num, name, word (a keyword), op, power (a superscript) or end; `text` is canonical."""

    kind: str
    text: str
    start: int
    end: int


_ACCENT = "\u0300-\u036f\u20d0-\u20ff"
_NOT_NAME = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ᵀⁿ"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<num>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    |(?P<name>[^\W\d_{_NOT_NAME}][{_ACCENT}]*(?:[^\W{_NOT_NAME}][{_ACCENT}]*)*)
    |(?P<op>\.\.|\*\*|=>|->|<=|>=|!=|==|[-+*/^'|()\[\]{{}},:=<>!~])
    |(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_SAME: dict[str, tuple[str, str]] = {
    "≤": ("op", "<="), "≥": ("op", ">="), "≠": ("op", "!="), "→": ("op", "->"), "−": ("op", "-"),
    "·": ("op", "*"), "⋅": ("op", "*"), "×": ("op", "*"), "∗": ("op", "*"), "÷": ("op", "/"),
    "′": ("op", "'"), "’": ("op", "'"), "ᵀ": ("op", "'"),
    "⊤": ("op", "⊤"), "‖": ("op", "‖"), "∥": ("op", "‖"),
    "⊙": ("op", "⊙"), "√": ("op", "√"), "∈": ("word", "in"), "∀": ("word", "forall"), "∃": ("word", "exists"),
    "∧": ("word", "and"), "∨": ("word", "or"), "¬": ("word", "not"), "⇒": ("word", "implies"),
    "⟹": ("word", "implies"), "⇔": ("word", "iff"), "⟺": ("word", "iff"), "∞": ("name", "oo"),
    "…": ("op", ".."), "∣": ("op", "|"),
}  # fmt: skip
_RENAMED = {"==": "=", "**": "^"}
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_INSTEAD = {
    "ⁿ": "write ^n",
    "$": "formulas in $…$ are LaTeX; here the text is plain",
    "\\": "commands with a backslash belong to LaTeX, between $ and $",
    ";": "separate with a comma",
    "–": "this is a dash; write - for minus",
    "—": "this is a dash; write - for minus",
    "‘": "write ' for a transpose or a derivative",
    "`": "write ' for a transpose or a derivative",
    "½": "write 1/2",
    "¼": "write 1/4",
    "&": "write `and`",
    "#": "write |V(G)| or |E(G)| for a number of elements",
    "%": "write a mod b as mod(a, b)",
    "∑": "write sum(body, i = 1..n)",
    "∏": "write product(body, i = 1..n)",
    "∫": "write integral(body, x = a..b)",
    "∇": "write grad(f, x)",
    "∂": "write diff(f, x)",
    "_": "a name begins with a letter",
    ".": "write 0.5 for .5 and 1..n for a range",
}


def tokens(source: Source) -> list[Token]:
    """The tokens of the text, an `end` token last; raises Problem."""
    text = source.text
    if len(text) > MAX_TEXT:
        raise source.problem(
            "large", f"the text has {len(text):,} characters; the limit is {MAX_TEXT:,}", 0, 1
        )
    found: list[Token] = []
    add = found.append
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        assert kind is not None
        start, end = match.span()
        if kind == "space":
            continue
        word = match.group()
        if kind == "name":
            word = canonical(word)
            add(Token("word" if word in KEYWORDS else "name", word, start, end))
        elif kind == "op":
            if word == "=>":
                add(Token("word", "implies", start, end))
            else:
                add(Token("op", _RENAMED.get(word, word), start, end))
        elif kind == "num":
            add(Token("num", word, start, end))
        elif kind == "power":
            add(Token("power", word.translate(_DIGITS), start, end))
        elif word in _SAME:
            add(Token(*_SAME[word], start, end))
        elif word == "″":
            add(Token("op", "'", start, end))
            add(Token("op", "'", start, end))
        else:
            raise _unreadable(source, word, start)
    add(Token("end", "", len(text), len(text)))
    return found


def _unreadable(source: Source, c: str, start: int) -> Problem:
    if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"):
        name = unicodedata.name(c, "a control character")
        return source.problem(
            "character", f"the invisible character U+{ord(c):04X} ({name})", start, start + 1
        )
    return source.problem(
        "character", f"the character `{c}` has no meaning here", start, start + 1, hint=_INSTEAD.get(c, "")
    )
