"""A TextMate grammar that highlights the mathematics in claim files, made from the reader's words.

It is injected into YAML: keys and comments keep the colours that the editor gives them, and
what stands behind the keys of a claim is set as mathematics.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from symproof.reading.names import ADJECTIVES, BRACKETED, CONSTANTS, FORMS, KEYWORDS, SCALAR
from symproof.reading.phrases import TYPE_WORDS

SCOPE = "symproof.injection"
_MATH = {"include": "#mathematics"}
# A comment of YAML, so that words in it are not taken for mathematics.
_COMMENT = {"match": r"(?:^|\s)#.*$", "name": "comment.line.number-sign.yaml"}


def grammar() -> dict[str, Any]:
    """The grammar as JSON data."""
    return {
        "scopeName": SCOPE,
        "injectionSelector": "L:source.yaml",
        "patterns": [{"include": "#statement"}, {"include": "#block"}],
        "repository": {
            "statement": {
                "begin": r"^\s*(?:- +)?(?:prove|step|refute|steps)(?=:\s+[^\s#|>])",
                "beginCaptures": {"0": {"name": "entity.name.tag.yaml"}},
                "end": "$",
                "patterns": [_COMMENT, _MATH],
            },
            "block": {
                "begin": r"^( *(?:- +)?)(let|define|given|refute|steps)(?=:\s*(?:[|>{\[#]|$))",
                "beginCaptures": {"2": {"name": "entity.name.tag.yaml"}},
                "while": r"^(?!\1[^\s#])(?=\s|$)|^(?=\1\s*- )",
                "patterns": [
                    _COMMENT,
                    {"match": r"^\s*(?:- +)?([^\s:]+(?:\([^)]*\))?)(?=:\s)", "captures": {"1": _NAME}},
                    _MATH,
                ],
            },
            "mathematics": {"patterns": [*_words(), *_signs()]},
        },
    }


_NAME = {"name": "entity.name.tag.yaml"}


def _words() -> Iterable[dict[str, str]]:
    functions = SCALAR | FORMS
    yield _word(KEYWORDS, "keyword.control.symproof")
    yield _word(set(ADJECTIVES) | {"twice", "of"}, "storage.modifier.symproof")
    # `vector(n)` is a type in a declaration and a form in a term: it looks the same
    yield _word(TYPE_WORDS, "storage.type.symproof")
    yield _word(functions - TYPE_WORDS, "support.function.symproof", after=r"(?=\s*\()")
    yield _word(BRACKETED, "support.function.symproof", after=r"(?=\[)")
    yield _word([*(c for c in CONSTANTS if c.isascii()), "pi", "true", "false"], "constant.language.symproof")


def _signs() -> Iterable[dict[str, str]]:
    yield {"match": r"(?<![\w.])\d+(?:\.\d+)?", "name": "constant.numeric.symproof"}
    yield {"match": r"\\[A-Za-z]+", "name": "support.function.latex.symproof"}
    yield {"match": "<=|>=|!=|->|~|[=<>≤≥≠∈]", "name": "keyword.operator.relation.symproof"}
    yield {"match": r"\*\*|\.\.|[-+*/^'|!·⊤]", "name": "keyword.operator.arithmetic.symproof"}
    yield {"match": r"[^\W\d_]\w*", "name": "variable.other.symproof"}


def _word(words: Iterable[str], name: str, after: str = r"(?!\w)") -> dict[str, str]:
    return {"match": rf"(?<!\w)(?:{'|'.join(sorted(words))}){after}", "name": name}
