"""Two hundred submissions that would do harm are graded to an end, and nothing of them is obeyed."""

from __future__ import annotations

import re
from functools import cache

from symproof.grading.assignments import load
from symproof.grading.classroom import Submission, grade_class
from symproof.grading.results import Graded, Mark
from symproof.options import Options
from symproof.reporting import grades_html
from tests.grading.hostile import EXAMPLE, RIGHT, submissions

LIVE = re.compile(
    r"<(script|img|svg|iframe|body|base|object|form|link|embed|meta http-equiv=.?refresh)\b", re.I
)
SCRIPT = re.compile(r"\son\w+\s*=|javascript:", re.I)


@cache
def graded() -> list[tuple[Submission, Graded]]:
    """All of them, each with what came out; a line may take a tenth of a second."""
    handed = list(submissions())
    found = list(grade_class(load(EXAMPLE), handed, Options(timeout=0.1, jobs=2)))
    return list(zip(handed, found, strict=True))


def test_all_come_to_an_end() -> None:
    """Each is graded; what cannot be read or decided is left to a person, and no right line is wrong."""
    assert len(graded()) == 200
    for submission, item in graded():
        assert item.submission == submission.name and item.problem == ""
        assert 0 <= item.points <= item.max_points
        right = [line for question in item.questions for line in question.lines if line.text == RIGHT]
        assert not [line for line in right if line.mark in (Mark.WRONG, Mark.CARRIED)]
    assert sum(item.questions[0].found for _, item in graded()) >= 180


def test_pages_have_nothing_that_runs() -> None:
    """No tag and no attribute of a page comes from a submission; a browser says the same in tests/browser."""
    for submission, item in graded():
        page = grades_html.submission(item.shown("full"), submission.text)
        tags = re.findall(r"<[^>]*>", page[page.index("<body") + 1 : page.rindex("</main>")])
        assert not [tag for tag in tags if LIVE.match(tag)], submission.name
        assert not [tag for tag in tags if SCRIPT.search(tag)], submission.name
