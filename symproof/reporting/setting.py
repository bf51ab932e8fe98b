"""Texts, formulas and values as HTML; everything that a claim brings is escaped here."""

from __future__ import annotations

import re
from html import escape
from itertools import islice

from symproof.reporting.terminal import safe
from symproof.reporting.words import MAX_NODES, MAX_TEXT
from symproof.reporting.worked import number
from symproof.terms.mathml import mathml, mathml_name
from symproof.terms.plain import plain
from symproof.terms.tree import Term

# A formula that is too long to be set is cut as text.
MAX_FORMULA = 600
# A vector or matrix of numbers that is not too long to be laid out.
_NUMBERS = re.compile(r"(?=.{1,400}\Z)\[(\[[-0-9/., ]+\](, )?)+\]|(?=.{1,160}\Z)\[[-0-9/., ]+\]")
_DECIMAL = re.compile(r"-?[0-9]{1,30}\.[0-9]{1,30}")


def text(words: str) -> str:
    """Text of a claim: markup is shown and not obeyed, what cannot be seen is shown as its number."""
    return escape(safe(words if len(words) <= MAX_TEXT else words[:MAX_TEXT] + " …"))


def span(words: str) -> str:
    return f'<span class="text">{text(words)}</span>'


def code(words: str) -> str:
    return f"<code>{text(words)}</code>"


def name(symbol: str) -> str:
    return mathml_name(symbol)


def verdict(word: str, before: str = "") -> str:
    """The verdict in its colour; the style sheet puts its mark before it."""
    return f'<b class="{word}">{before}{word}</b>'


def _math(term: Term, display: bool = False) -> str:
    """A formula; one that nobody would read as such is shown as text."""
    if next(islice(term.walk(), MAX_NODES, None), None) is not None:
        shown = plain(term)
        return code(shown if len(shown) <= MAX_FORMULA else shown[:MAX_FORMULA] + " …")
    return mathml(term, display)


def formula(term: Term) -> str:
    """A formula on a line of its own."""
    return f'<div class="formula">{_math(term, display=True)}</div>'


def wide(term: Term) -> str:
    """A formula in a line of text that may be wider than a phone."""
    return f'<span class="wide">{_math(term)}</span>'


def plain_text(shown: str) -> bool:
    """Is the value a decimal number?"""
    return _DECIMAL.fullmatch(shown) is not None


def value(shown: str) -> str:
    """A value: a number, vector or matrix laid out, anything else as it was printed."""
    term = number(shown)
    if term is not None:
        return mathml(term)
    if plain_text(shown):
        sign = "<mo>−</mo>" if shown[0] == "-" else ""
        return f"<math>{sign}<mn>{shown.removeprefix('-')}</mn></math>"
    if not _NUMBERS.fullmatch(shown):
        return code(shown)
    rows = [row.split(",") for row in shown.strip("[] ").replace("[", "").split("],")]
    if len(rows) == 1 and not shown.startswith("[["):  # a vector is a column
        rows = [[entry] for entry in rows[0]]
    lines = ["".join(f"<mtd>{_entry(x.strip(' ]'))}</mtd>" for x in row) for row in rows]
    cells = "".join(f"<mtr>{line}</mtr>" for line in lines)
    return f'<math><mrow class="matrix"><mo>(</mo><mtable>{cells}</mtable><mo>)</mo></mrow></math>'


def _entry(shown: str) -> str:
    return (
        f"<mrow><mo>−</mo><mn>{text(shown[1:])}</mn></mrow>"
        if shown[:1] == "-"
        else f"<mn>{text(shown)}</mn>"
    )
