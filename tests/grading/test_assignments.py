"""Assignment files: what they hold, and what is said where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.grading.assignments import load
from symproof.grading.schema import schema
from symproof.reading.problems import Problem
from symproof.terms.plain import plain
from tests.grading.kit import AVERAGE, assignment

ASSIGNMENTS = sorted((Path(__file__).parents[2] / "assignments").glob("*.yaml"))


@pytest.mark.parametrize("path", ASSIGNMENTS, ids=lambda path: path.stem)
def test_shipped_assignments(path: Path) -> None:
    """Every assignment can be read, its claims exist, and its settings make sense."""
    found = load(path)
    assert found.questions
    for question in found.questions:
        assert question.person or question.pieces is not None
        if question.pieces is not None:
            question.setting()


def test_a_claim_by_name(tmp_path: Path) -> None:
    """A question takes over its claim, changes it, and declares what the goal is for."""
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "one.yaml").write_text(
        "claim: one\nlet: {v: sequence of real, a: real}\n"
        "given: {start: 'v[0] = 1', update: 'v[k] = a v[k-1] for integer k >= 1'}\n"
        "prove: v[t] = a^t for integer t >= 0\n",
        encoding="utf-8",
    )
    text = (
        "assignment: a\nquestions:\n  - question: '1'\n    points: 2\n    claim: one\n    let: {a: real > 0}\n"
        "    without: start\n    rubric: {result: 1, steps: [{name: s, points: 1, shows: 'v[1] = a v[0]'}]}\n"
    )
    scope, targets = assignment(tmp_path, text).questions[0].setting()
    assert [plain(target) for target in targets] == ["v[t] = a^t"]
    assert [plain(h.statement) for h in scope.hypotheses] == [
        "a > 0",
        "v[k] = a v[k - 1] for integer k >= 1",
        "t >= 0",
    ]


@pytest.mark.parametrize(
    "change, words",
    [
        (("points: 4", "points: four"), "valid number"),
        (("points: 4", "poinst: 4"), "there is no key `poinst`"),
        (("own: true", "own: true\n    claim: nowhere"), "there is no claim `nowhere`"),
        (("v[0] = 0", "w[0] = 0"), "`w` is not declared"),
        (("feedback: full", "feedback: all"), "feedback"),
        (("points: 4", "points: 4\n    rubric: {result: 5}"), "does not add up"),
        (("points: 4", "points: 4\n    notation: {aliases: {'#1 a': r}}"), "does not vary"),
    ],
)
def test_problems(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    """What is wrong is said at its place."""
    with pytest.raises(Problem) as found:
        assignment(tmp_path, AVERAGE.replace(*change))
    assert words in str(found.value)


def test_schema() -> None:
    """Editors are told every key."""
    assert "QuestionItem" in schema()["$defs"]
