"""Formulas in LaTeX under declared names: to the tree that plain text gives, and to typed terms."""

from __future__ import annotations

from collections.abc import Mapping

from symproof.reading.latex import derivatives, meanings  # noqa: F401  (they register what nodes mean)
from symproof.reading.latex.parser import LatexParser
from symproof.reading.latex.prepare import prepare
from symproof.reading.latex.tokens import tokens
from symproof.reading.latex.vocabulary import Notation, Vocabulary
from symproof.reading.problems import Source
from symproof.reading.tree import Node
from symproof.terms.types import Type

FENCES = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"))


def parse_latex(source: Source, vocabulary: Vocabulary, first: int = 0, last: int | None = None) -> Node:
    """The tree of text[first:last]; raises Problem."""
    try:
        toks = prepare(tokens(source, first, last), vocabulary)
        end = len(toks) - 1
        while end and (toks[end - 1].kind == "quad" or toks[end - 1].text in (",", ";", ".")):
            end -= 1
        return LatexParser(source, toks, vocabulary, 0, end).whole()
    except RecursionError:
        raise source.problem("nesting", "nested too deeply", first, first + 1) from None


def formula_in(source: Source, types: Mapping[str, Type], kinds: Mapping[str, str]) -> Node | None:
    """The tree of a text that is `$…$` as a whole; None for any other text."""
    text = source.text
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    for opening, closing in FENCES:
        if text.startswith(opening, first) and text.endswith(closing, first + len(opening), last):
            begin, end = first + len(opening), last - len(closing)
            if closing in text[begin:end]:
                break
            return parse_latex(source, Vocabulary(types, kinds), begin, end)
    return None


__all__ = ["Notation", "Vocabulary", "formula_in", "parse_latex"]
