"""The page on grading tells every key of assignment files, every mark, role and kind; its example reads."""

from __future__ import annotations

import re
from pathlib import Path

from symproof.grading.assignments import load
from symproof.grading.results import FEEDBACK, Mark, Role
from symproof.grading.schema import schema
from symproof.mutations.kinds import Kind

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "grading.md").read_text(encoding="utf-8")
CLAIM = re.findall(
    r"^```yaml\n(# claims/running-average.*?)^```$", (DOCS / "tutorial.md").read_text("utf-8"), re.M | re.S
)


def test_every_word_is_told() -> None:
    shape = schema()
    keys = {key for part in (shape, *shape["$defs"].values()) for key in part.get("properties", ())}
    for word in (*keys, *FEEDBACK, *Mark, *filter(None, Role)):
        assert f"`{word}`" in PAGE, word
    for kind in Kind:
        assert f"| `{kind.value}` | {kind.meaning} |" in PAGE, kind


def test_the_example_reads(tmp_path: Path) -> None:
    [example] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "running-average.yaml").write_text(CLAIM[-1], encoding="utf-8")
    (tmp_path / "assignment.yaml").write_text(example, encoding="utf-8")
    assignment = load(tmp_path / "assignment.yaml")
    assert (assignment.id, assignment.max_points) == ("week-3", 5)
    assert [question.person for question in assignment.questions] == [False, True]
