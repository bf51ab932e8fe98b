"""Graded submissions as data."""

from __future__ import annotations

import json

from symproof.grading.results import Award, Graded, Line, Mark, Question, Repair, Role
from symproof.results import Point

WRONG = Line(
    3, 4, 3, 20, "v = 2 w", Mark.WRONG, "v = 2 w", verdict="refuted",
    witness=Point({"w": "1", "v": "1"}, "1", "2"),
    repair=Repair("factor", "v = w", "w instead of 2 w", "1", "1"),
    slips=("q is read as g",), message="the two sides differ",
)  # fmt: skip
RIGHT = Line(4, 1, 4, 9, "v = w", Mark.FOLLOWS, "v = w", Role.RESULT, "proved")
GRADED = Graded(
    "ada.md", "averages", 2.5, 4.0,
    (Question("2.1", "Averages", "average", 2.5, 4.0, True, True, (WRONG, RIGHT), (Award("result", 2.5, 4.0, "found"),), "m"),),
)  # fmt: skip


def test_round_trip() -> None:
    """What is written as JSON is read back as the same."""
    assert Graded.decode(json.loads(json.dumps(GRADED.encode()))) == GRADED


def test_feedback_keeps_the_solution() -> None:
    """A student sees no repair unless the assignment says so, and with `mark` nothing but marks."""
    hint = GRADED.shown("hint").questions[0].lines[0]
    assert hint.witness == WRONG.witness and hint.message and hint.repair is not None
    assert (hint.repair.kind, hint.repair.text, hint.repair.change) == ("factor", "", "")
    mark = GRADED.shown("mark").questions[0]
    assert mark.lines[0].witness is None and mark.lines[0].repair is None and not mark.lines[0].message
    assert mark.awards[0].why == "" and mark.awards[0].points == 2.5
    assert GRADED.shown("full").questions == GRADED.questions
