"""The page on the language shows only what is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symproof.reading.claims import Claim, load
from symproof.reading.inline import read_scope, read_term
from symproof.terms.build import RULES
from symproof.terms.latex import latex
from symproof.terms.plain import plain
from tests.reading.grown import LET

PAGE = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)
TEXTS = [block for kind, block in BLOCKS if kind == "text"]
SCOPE = read_scope([*LET, "i: index(m)", "j: index(n)"])
EXAMPLES = [re.split(r" {3,}", line)[0] for block in (*TEXTS[:2], TEXTS[3]) for line in block.splitlines()]
TYPES = [type for line in TEXTS[2].splitlines()[1:] for type in line.split(" · ")]
# What the page has no room for.
FURTHER = [
    "row_ones(n)' + row_zeros(n)'", "matpow(S, -1)", "argmin(x[i], i = 1..n) = 1", "true or false",
    "s in sequence of real", "f in function", "G in graph", "a in real", "x in vector(n)", "x/a + 2 x", "e^a",
]  # fmt: skip


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_is_read_and_printed(text: str) -> None:
    scope = read_scope(LET) if "e^(i π)" in text else SCOPE
    term = read_term(text, scope)
    assert read_term(plain(term), scope) == term
    assert latex(term)


@pytest.mark.parametrize("type", TYPES)
def test_a_type_can_be_declared(type: str) -> None:
    read_scope(["n, m: size", "G: graph", f"T: {type}"])


def test_every_operator_can_be_written() -> None:
    """What terms can say, the language can say."""
    terms = [read_term(text, SCOPE) for text in (*EXAMPLES, *FURTHER) if "e^(i π)" not in text]
    assert set(RULES) - {node.op for term in terms for node in term.walk()} == set()


def test_the_claim_is_read(tmp_path: Path) -> None:
    (text,) = (block for kind, block in BLOCKS if kind == "yaml")
    (tmp_path / "claim.yaml").write_text(text, encoding="utf-8")
    (claim,) = load([tmp_path])
    assert isinstance(claim, Claim), claim
    assert [len(claim.variants), len(claim.steps)] == [3, 2]
