"""The claims on the page of examples are decided as the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import symproof
from symproof.reading.ledger import load
from symproof.reporting import markdown

PAGE = (Path(__file__).parents[2] / "docs" / "examples.md").read_text(encoding="utf-8")
LEDGER = load()
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=[re.findall(r"claim: (\S+)", block)[0] for block in BLOCKS])
def test_it_is_decided_as_expected(block: str, tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(block, encoding="utf-8")
    for result in symproof.check(tmp_path, timeout=30.0):
        assert result.exit_code(strict=True) == 0, [
            (case.verdict, case.statement, case.message) for case in result.unexpected(strict=True)
        ]
        assert "cannot be told" not in markdown.render([result], LEDGER)
