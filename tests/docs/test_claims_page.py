"""The page of claims says of every claim what its file says, and a verdict that is meant."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


def module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("claims_page", DOCS / "claims_page.py")
    assert spec is not None and spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


PAGES = module()
CLAIMS = PAGES.claims()
RESULT = {
    "verdict": "proved", "scope": "all sizes", "imports": ["theirs"], "seconds": 0.5,
    "evidence": {"axioms": ["ours", "theirs"]}, "refute": [{"verdict": "refuted", "seconds": 0.25}],
}  # fmt: skip


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_a_line_says_all_of_a_claim() -> None:
    claim = next(c for c in CLAIMS if c.id == "rnn-activation-order")
    name, source, statement, *rest = cells(PAGES.row(claim, RESULT))
    assert (name, source) == ("rnn-activation-order", "000-1.1, 001-1.1, 002-1.1")
    assert statement.startswith("$") and statement.endswith("$")
    assert rest == ["proved", "all sizes", "ours, *theirs*", "1 of 8", "0.8 s"]


def test_mathematics_does_not_break_the_table() -> None:
    for claim in CLAIMS:
        assert len(cells(PAGES.row(claim, RESULT))) == 8, claim.id


@pytest.mark.skipif(not PAGES.PAGE.exists(), reason="`make claims-page` writes the page")
def test_the_page_is_that_of_the_claims() -> None:
    """Every claim stands there once, as it is stated now, proved or with a reason why not."""
    text = PAGES.PAGE.read_text(encoding="utf-8")
    rows = {cells(line)[0]: cells(line) for line in text.splitlines() if re.match(r"\| [a-z0-9]", line)}
    rows.pop("claim", None)
    assert list(rows) == [claim.id for claim in CLAIMS]
    for claim in CLAIMS:
        now = cells(PAGES.row(claim, RESULT))
        assert rows[claim.id][:3] == now[:3], claim.id
        assert rows[claim.id][3] == "proved" or (rows[claim.id][3] == "supported" and claim.why), claim.id
        assert rows[claim.id][6] == f"{len(claim.variants)} of {len(claim.variants)}", claim.id
