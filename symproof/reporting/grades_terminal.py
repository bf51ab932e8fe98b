"""Graded submissions in the terminal: what needs a look, and the mistakes of a class."""

from __future__ import annotations

from collections.abc import Sequence

from symproof.grading.results import Graded, Mark
from symproof.reporting.grades import SAID, SIGNS, mistakes, number, questions_of, reason
from symproof.reporting.terminal import safe


def submission(item: Graded) -> str:
    """A submission in a few lines."""
    out = [f"{item.submission}  {number(item.points)}/{number(item.max_points)}"]
    if item.problem:
        return safe(f"{out[0]}  not graded: {item.problem}") + "\n"
    out += [f"  {text}" for text in questions_of(item)]
    for question in item.questions:
        for line in question.lines:
            if line.mark not in (Mark.FOLLOWS, Mark.PROSE):
                place = f"{item.submission}:{line.line}:{line.column}"
                out.append(f"  {SIGNS[line.mark]} {place} {SAID[line.mark]}: {' '.join(line.text.split())}")
                out += [f"      {text}" for text in reason(line)]
    return "\n".join(map(safe, out)) + "\n"


def summary(graded: Sequence[Graded]) -> str:
    """How many there are, how many are left to a person, and equal mistakes together."""
    left = sum(item.needs_person for item in graded)
    mean = sum(item.points for item in graded) / len(graded)
    out = [f"{len(graded)} submissions · {number(mean)} points on average · {left} need a person"]
    for mistake in mistakes(graded):
        count = len(mistake.submissions)
        who = ", ".join(mistake.submissions[:5]) + (" …" if count > 5 else "")
        out.append(
            f"  {count} × {mistake.kind}, question {mistake.question}: "
            f"{mistake.line.read_as or mistake.line.text}"
        )
        out.append(f"      {who}")
    return "\n".join(map(safe, out)) + "\n"
