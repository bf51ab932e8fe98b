"""Points: what an answer has shown, and what that is worth by the rubric of its question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from symproof.grading.assignments import Question
from symproof.grading.results import Award, Line, Mark, Role
from symproof.grading.results import Question as Marked

_COUNTED = (Role.STEP, Role.RESULT)


@dataclass
class Account:
    """What an answer has shown: which targets, which named steps, and which lines come of empty mistakes."""

    targets: int
    reached: dict[int, int] = field(default_factory=dict)  # target: the line
    jumped: dict[int, int] = field(default_factory=dict)
    supposed: bool = False  # something was reached under an assumption of the student's own
    carried: bool = False  # the result follows from a mistake made before
    empty: set[int] = field(default_factory=set)  # numbers of lines that follow from nothing


def awarded(blank: Marked, question: Question, account: Account, lines: Sequence[Line]) -> Marked:
    """The marked question with its points."""
    marked = replace(blank, lines=tuple(lines), needs_person=question.person or _open(lines, account))
    if question.person:
        return replace(marked, message="a person gives the points")
    awards = []
    if question.result:
        awards.append(_result(question, account))
    if question.lines:
        awards.append(_lines(question, account, lines))
    for k, step in enumerate(question.steps):
        first = account.targets + sum(len(s.shows) for s in question.steps[:k])
        shown = all(t in account.reached for t in range(first, first + len(step.shows)))
        awards.append(Award(step.name, step.points if shown else 0.0, step.points))
    points = round(max(0.0, sum(award.points for award in awards)), 2)
    return replace(marked, points=points, awards=tuple(awards))


def _open(lines: Sequence[Line], account: Account) -> bool:
    return account.supposed or any(line.needs_person for line in lines)


def _result(question: Question, account: Account) -> Award:
    """Points for what was to be shown."""
    wanted = range(account.targets)
    done = sum(target in account.reached for target in wanted)
    if done == account.targets and done:
        at = max(account.reached[target] for target in wanted)
        return Award("result", question.result, question.result, f"reached in line {at}")
    share = round(question.result * done / max(1, account.targets), 2)
    if account.carried and question.task == "find":
        return Award(
            "result", question.result, question.result, "what was found follows from an earlier mistake"
        )
    jumps = [account.jumped[target] for target in wanted if target in account.jumped]
    if jumps:
        return Award("result", share, question.result, f"line {jumps[0]} restates it; no step leads there")
    missing = "not reached" if not done else "only a part of it is reached"
    return Award("result", share, question.result, missing)


def _lines(question: Question, account: Account, lines: Sequence[Line]) -> Award:
    """Points for the lines: each wrong one costs its share, or what its kind of mistake costs."""
    counted = [(k, line) for k, line in enumerate(lines) if _counts(line)]
    if not counted:
        return Award("lines", 0.0, question.lines, "no line that takes a step")
    share = question.lines / len(counted)
    lost, wrong = 0.0, 0
    for k, line in counted:
        if line.mark is Mark.WRONG or k in account.empty:
            wrong += 1
            lost += _cost(question.deductions, line, share)
        elif line.mark in (Mark.OPEN, Mark.UNREADABLE):
            lost += share
    points = round(max(0.0, question.lines - lost), 2)
    waiting = sum(line.mark in (Mark.OPEN, Mark.UNREADABLE) for _, line in counted)
    why = f"{len(counted)} line{'s' if len(counted) > 1 else ''}"
    why += f", {wrong} wrong" if wrong else ""
    why += f", {waiting} for a person" if waiting else ""
    return Award("lines", points, question.lines, why)


def _counts(line: Line) -> bool:
    if line.mark is Mark.FOLLOWS:
        return line.role in _COUNTED
    return line.mark in (Mark.WRONG, Mark.CARRIED, Mark.OPEN, Mark.UNREADABLE)


def _cost(deductions: Mapping[str, float], line: Line, share: float) -> float:
    kind = line.repair.kind if line.repair else ""
    return deductions.get(kind, share)
