"""The page on grading tells every key of assignment files, every mark, role and kind; its example reads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from symproof.grading.assignments import Assignment, load
from symproof.grading.marking import grade_one
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


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    [example] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "running-average.yaml").write_text(CLAIM[-1], encoding="utf-8")
    (tmp_path / "assignment.yaml").write_text(example, encoding="utf-8")
    return load(tmp_path / "assignment.yaml")


def test_the_example_reads(assignment: Assignment) -> None:
    assert (assignment.id, assignment.max_points) == ("week-3", 5)
    assert [question.person for question in assignment.questions] == [False, True]


def test_the_answer_is_marked_as_told(assignment: Assignment) -> None:
    [answer] = re.findall(r"^```markdown\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    question = grade_one(assignment, answer, "answer.md", seconds=60.0).questions[0]
    rows = re.findall(r"^\| (\d+) \| `(.*)` \| `(\w+)` \|$", PAGE, re.MULTILINE)
    assert [(str(line.line), line.read_as, line.mark.value) for line in question.lines] == rows
    assert (question.points, question.max_points) == (1.5, 4)
    [wrong] = [line for line in question.lines if line.mark is Mark.WRONG]
    assert wrong.witness is not None
    assert (wrong.witness.values, wrong.witness.left, wrong.witness.right) == (
        {"β": "1/2", "t": "2"},
        "-1/4",
        "-1/2",
    )
