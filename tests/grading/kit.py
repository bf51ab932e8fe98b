"""One question in a file, and answers to it, graded in this process."""

from __future__ import annotations

from pathlib import Path

from symproof.grading.assignments import Assignment, load
from symproof.grading.marking import grade_one
from symproof.grading.results import Graded, Line, Question

AVERAGE = """
assignment: averages
feedback: full
questions:
  - question: "1"
    points: 4
    own: true
    let: {"v, g": sequence of real, β: "real in (0, 1)", t: integer >= 1, r: real, c: real}
    given:
      start: v[0] = 0
      update: v[k] = β v[k-1] + (1 - β) g[k] for integer k >= 1
    goal: v[t] = β^2 v[t-2] + β (1 - β) g[t-1] + (1 - β) g[t]
"""


def assignment(folder: Path, text: str = AVERAGE) -> Assignment:
    file = folder / "assignment.yaml"
    file.write_text(text, encoding="utf-8")
    return load(file)


def grade(folder: Path, answer: str, text: str = AVERAGE) -> Graded:
    """The answer to question 1 of the assignment."""
    return grade_one(assignment(folder, text), f"**Question 1**\n\nanswer:\n\n{answer}\n", "ada.md", 60.0)


def question(folder: Path, answer: str, text: str = AVERAGE) -> Question:
    return grade(folder, answer, text).questions[0]


def lines(folder: Path, *answer: str, text: str = AVERAGE) -> tuple[Line, ...]:
    """The marked lines of an answer of displays."""
    return question(folder, "\n\n".join(f"$${line}$$" for line in answer), text).lines
