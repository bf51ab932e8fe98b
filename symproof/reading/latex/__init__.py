"""LaTeX in Markdown and TeX: documents, formulas, relation lines, and what they say under declared names."""

from symproof.reading.latex.document import Block, Document, Formula, lines, read_document
from symproof.reading.latex.lines import Line, relations
from symproof.reading.latex.reader import parse_latex
from symproof.reading.latex.readings import Note, Reader, Reading
from symproof.reading.latex.vocabulary import Notation, Vocabulary

__all__ = [
    "Block", "Document", "Formula", "Line", "Notation", "Note", "Reader", "Reading", "Vocabulary", "lines",
    "parse_latex", "read_document", "relations",
]  # fmt: skip
