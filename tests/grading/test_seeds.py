"""The worked answers of the seed documents, graded as they are."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from symproof.grading.assignments import load
from symproof.grading.marking import grade_one
from symproof.grading.results import Line, Mark, Question

HERE = Path(__file__).resolve()
ASSIGNMENTS = HERE.parents[2] / "assignments"
SEEDS = next((p / "shared" / "seeds" for p in HERE.parents if (p / "shared" / "seeds").is_dir()), None)

pytestmark = pytest.mark.skipif(SEEDS is None, reason="the seed documents are not here")

# Questions that are quickly graded: the marks of their lines by the line of the document.
F, W, C = Mark.FOLLOWS, Mark.WRONG, Mark.CARRIED
MARKS = {
    ("000", "2.1"): {123: [F], 127: [W], 129: [F, F]},
    ("000", "4.1"): {393: [F], 395: [W], 396: [F], 398: [C]},
    ("000", "4.2"): {404: [W]},
    ("001", "2.2.b"): {106: [W]},
    ("001", "4.2"): {359: [W, C, F], 361: [C, C, F], 363: [Mark.PROSE] * 2, 366: [F], 367: [F], 370: [F]},
    ("001", "4.3"): {374: [F], 376: [F], 378: [Mark.PROSE], 380: [F], 382: [F], 386: [F], 388: [F, F]},
    ("003", "1.a"): {19: [F], 21: [F], 23: [F], 25: [F], 27: [F, F], 31: [F]},
    ("003", "1.b"): {35: [F], 39: [F], 43: [F], 45: [F], 47: [F], 51: [F]},
    ("003", "5.b.scheme"): {145: [W], 147: [F]},
    ("003", "5.b.first"): {151: [F], 153: [F], 157: [F], 161: [F]},
    ("003", "5.b.match"): {179: [F], 181: [F], 183: [F], 187: [F, W, F, F]},
}


@cache
def graded(document: str) -> dict[str, Question]:
    """The questions of a document that stand in the table."""
    assert SEEDS is not None
    (path,) = SEEDS.glob(f"{document}_*.txt")
    (file,) = ASSIGNMENTS.glob(f"{document}-*.yaml")
    assignment = load(file)
    wanted = {name for number, name in MARKS if number == document}
    others = [replace(q, pieces=None, person=True) for q in assignment.questions if q.name not in wanted]
    chosen = (*(q for q in assignment.questions if q.name in wanted), *others)
    found = grade_one(replace(assignment, questions=chosen), path.read_text(encoding="utf-8"), document, 60.0)
    return {question.question: question for question in found.questions}


@pytest.mark.parametrize("document, name", MARKS)
def test_marks(document: str, name: str) -> None:
    """Right lines follow, wrong ones are wrong with a witness, and one mistake is wrong once."""
    found: dict[int, list[Line]] = {}
    for line in graded(document)[name].lines:
        found.setdefault(line.line, []).append(line)
    assert {at: [line.mark for line in lines] for at, lines in found.items()} == MARKS[document, name]
    refuted = [line for lines in found.values() for line in lines if line.mark in (W, C)]
    assert all(line.witness is not None for line in refuted)


def test_every_question_is_found() -> None:
    """The answers to all questions that a claim is about are found."""
    for document in ("000", "001", "003"):
        assert all(question.found for question in graded(document).values())
