"""The grammar for highlighting: the reader's words, in the places where mathematics stands, and only there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from symproof.reading.highlighting import grammar
from symproof.reading.names import FORMS, KEYWORDS, SCALAR

HERE = Path(__file__).parent
TEXT = """\
# for x in 2
claim: for-the-sum-of-2
title: the sum of 2 vectors, for all x
let:                # every symbol: real
  n: size
  x: random vector(n)
  f: (real, real) -> real
given:
  start: x[0] = 0   # for 2
  - h(t) <= 2 for all real t
prove: sum(x[i]^2, i = 1..n) >= 0 and E[x'x] = pi
by: induction on 2
refute:
  - exp(n) != $\\\\frac{1}{2}$
  - let: {n: integer}
why: exp(2) for all
"""


@pytest.fixture(scope="module")
def pieces() -> list[list[tuple[str, str]]]:
    """The pieces of the text, line by line, with the innermost scope of each."""
    if not (HERE / "node_modules" / "vscode-textmate").exists() or shutil.which("node") is None:
        pytest.skip("the highlighter is not installed: make editors")
    told = json.dumps({"grammar": grammar(), "text": TEXT})
    found = subprocess.run(
        ["node", str(HERE / "tokens.cjs")], input=told, capture_output=True, text=True, check=True
    )
    return [[(text, scope) for text, scope in line] for line in json.loads(found.stdout)]


def scopes(pieces: list[list[tuple[str, str]]], line: int) -> dict[str, str]:
    """What of a line has a colour, and which."""
    return {text.strip(): scope for text, scope in pieces[line] if text.strip() and scope != "source.yaml"}


def test_every_word_of_the_reader_is_known() -> None:
    """A new function of the language is highlighted without more."""
    patterns = "|".join(part["match"] for part in grammar()["repository"]["mathematics"]["patterns"])
    for word in KEYWORDS | SCALAR | FORMS:
        assert re.search(rf"[:|]{word}[)|]", patterns), word


def test_statements_are_mathematics(pieces: list[list[tuple[str, str]]]) -> None:
    """Functions, numbers, relations, words and names, each in its colour."""
    found = scopes(pieces, 10)
    assert found["prove"] == "entity.name.tag.yaml"
    assert found["sum"] == found["E"] == "support.function.symproof"
    assert found["0"] == "constant.numeric.symproof" and found["pi"] == "constant.language.symproof"
    assert found[">="] == "keyword.operator.relation.symproof" and found["and"] == "keyword.control.symproof"
    assert found["n"] == "variable.other.symproof"


def test_blocks_are_mathematics_and_their_keys_and_comments_are_not(
    pieces: list[list[tuple[str, str]]],
) -> None:
    """Declarations and hypotheses; comments keep their colour."""
    assert scopes(pieces, 4) == {"n": "entity.name.tag.yaml", "size": "storage.type.symproof"}
    found = scopes(pieces, 5)
    assert found["random"] == "storage.modifier.symproof" and found["vector"] == "storage.type.symproof"
    assert scopes(pieces, 6)["->"] == "keyword.operator.relation.symproof"
    start = scopes(pieces, 8)
    assert start["start"] == "entity.name.tag.yaml" and start["# for 2"] == "comment.line.number-sign.yaml"
    assert scopes(pieces, 9)["for"] == "keyword.control.symproof"
    assert scopes(pieces, 13)["exp"] == "support.function.symproof"


def test_everything_else_is_left_alone(pieces: list[list[tuple[str, str]]]) -> None:
    """Titles, hints and comments are words; a block ends where the next key begins."""
    for line in (0, 1, 2, 11, 15):
        assert not any("symproof" in scope for scope in scopes(pieces, line).values()), TEXT.splitlines()[
            line
        ]
