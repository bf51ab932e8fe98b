"""What grading found out, as frozen data that every output is made from; JSON as DESIGN.md says, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from symproof.results import Point


class Mark(StrEnum):
    """What is to be said of one line."""

    FOLLOWS = "follows"  # shown, from the hypotheses, definitions and the lines before
    WRONG = "wrong"  # refuted by a checked witness
    CARRIED = "carried"  # refuted, but it follows from an earlier wrong line
    ASSUMED = "assumed"  # states a hypothesis that was not given; later lines may use it
    OPEN = "open"  # could not be decided: for a person
    UNREADABLE = "unreadable"  # could not be read: for a person
    PROSE = "prose"  # states nothing that could be checked


class Role(StrEnum):
    """What a line that follows does in the derivation; `none` for all other lines."""

    STEP = "step"  # something new
    GIVEN = "given"  # a hypothesis or a definition of the question, written down
    REPEATED = "repeated"  # says what an earlier line says: true, but nothing new
    DEFINITION = "definition"  # gives a name to something
    RESULT = "result"  # what was to be shown, and the lines before lead there
    JUMP = "jump"  # what was to be shown, with nothing that leads there: it restates the goal
    NONE = ""


# How much a student is told: marks and points; why, with the kind of mistake and its witness; the repair too.
FEEDBACK = ("mark", "hint", "full")


@dataclass(frozen=True, slots=True)
class Repair:
    """The smallest change that makes a wrong line right and provable.

    `kind` is the kind of mistake that was made (a value of `symproof.mutations.Kind`), `text` the line as
    it should read, `change` what is different; `left` and `right` are both sides of the mended line at the
    witness against the line, empty where they have no value there.
    """

    kind: str
    text: str
    change: str
    left: str = ""
    right: str = ""

    def encode(self) -> dict[str, str]:
        return {
            "kind": self.kind, "text": self.text, "change": self.change, "lhs": self.left, "rhs": self.right,
        }  # fmt: skip

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Repair:
        return Repair(*(str(data[key]) for key in ("kind", "text", "change", "lhs", "rhs")))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer, where it stands in the file (counted from 1), and what is to be said of it.

    `text` is what the student wrote, `read_as` how it was understood, in the language of claims; `verdict`
    is that on the statement (empty where there is none); `slips` says what was read differently from what
    is written.  `message` may tell what is wrong, and never how it should be; that is in `repair` alone.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    mark: Mark
    read_as: str = ""
    role: Role = Role.NONE
    verdict: str = ""
    witness: Point | None = None
    repair: Repair | None = None
    slips: tuple[str, ...] = ()
    message: str = ""

    @property
    def needs_person(self) -> bool:
        return self.mark in (Mark.OPEN, Mark.UNREADABLE, Mark.ASSUMED)

    def encode(self) -> dict[str, Any]:
        return {
            "line": self.line, "column": self.column,
            "end_line": self.end_line, "end_column": self.end_column,
            "text": self.text, "read_as": self.read_as, "mark": self.mark.value, "role": self.role.value,
            "verdict": self.verdict, "witness": self.witness and self.witness.encode(),
            "repair": self.repair and self.repair.encode(),
            "slips": list(self.slips), "message": self.message,
        }  # fmt: skip

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Line:
        return Line(
            line=int(data["line"]),
            column=int(data["column"]),
            end_line=int(data["end_line"]),
            end_column=int(data["end_column"]),
            text=str(data["text"]),
            mark=Mark(data["mark"]),
            read_as=str(data["read_as"]),
            role=Role(data["role"]),
            verdict=str(data["verdict"]),
            witness=data["witness"] and Point.decode(data["witness"]),
            repair=data["repair"] and Repair.decode(data["repair"]),
            slips=tuple(map(str, data["slips"])),
            message=str(data["message"]),
        )

    def shown(self, feedback: str) -> Line:
        """What a student is told of it."""
        if feedback == "full":
            return self
        if feedback == "hint":
            kind = self.repair and replace(self.repair, text="", change="", left="", right="")
            return replace(self, repair=kind)
        return replace(self, repair=None, witness=None, message="", verdict="")


@dataclass(frozen=True, slots=True)
class Award:
    """Points for one item of the rubric, or points taken off (then `max_points` is 0), and why."""

    name: str
    points: float
    max_points: float
    why: str = ""

    def encode(self) -> dict[str, Any]:
        return {"name": self.name, "points": self.points, "max_points": self.max_points, "why": self.why}

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Award:
        return Award(str(data["name"]), float(data["points"]), float(data["max_points"]), str(data["why"]))


@dataclass(frozen=True, slots=True)
class Question:
    """The answer to one question: its lines, and the points it gets.

    `points` is what is sure; where `needs_person` is set a person may add to it, up to `max_points`.
    `found` says whether there is an answer at all, `claim` is empty where only a person marks.
    """

    question: str
    title: str
    claim: str
    points: float
    max_points: float
    needs_person: bool
    found: bool
    lines: tuple[Line, ...] = ()
    awards: tuple[Award, ...] = ()
    message: str = ""

    def encode(self) -> dict[str, Any]:
        return {
            "question": self.question, "title": self.title, "claim": self.claim, "points": self.points,
            "max_points": self.max_points, "needs_person": self.needs_person, "found": self.found,
            "message": self.message, "awards": [award.encode() for award in self.awards],
            "lines": [line.encode() for line in self.lines],
        }  # fmt: skip

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Question:
        return Question(
            question=str(data["question"]),
            title=str(data["title"]),
            claim=str(data["claim"]),
            points=float(data["points"]),
            max_points=float(data["max_points"]),
            needs_person=bool(data["needs_person"]),
            found=bool(data["found"]),
            lines=tuple(map(Line.decode, data["lines"])),
            awards=tuple(map(Award.decode, data["awards"])),
            message=str(data["message"]),
        )


@dataclass(frozen=True, slots=True)
class Graded:
    """A graded submission; `problem` says why it could not be read, and then there are no questions."""

    submission: str
    assignment: str
    points: float
    max_points: float
    questions: tuple[Question, ...] = ()
    feedback: str = "hint"
    problem: str = ""

    @property
    def needs_person(self) -> bool:
        return bool(self.problem) or any(question.needs_person for question in self.questions)

    def encode(self) -> dict[str, Any]:
        return {
            "submission": self.submission, "assignment": self.assignment, "points": self.points,
            "max_points": self.max_points, "needs_person": self.needs_person, "feedback": self.feedback,
            "problem": self.problem, "questions": [question.encode() for question in self.questions],
        }  # fmt: skip

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Graded:
        """The graded submission that `encode` wrote; raises KeyError, TypeError or ValueError."""
        if data["feedback"] not in FEEDBACK:
            raise ValueError("not a graded submission")
        return Graded(
            submission=str(data["submission"]),
            assignment=str(data["assignment"]),
            points=float(data["points"]),
            max_points=float(data["max_points"]),
            questions=tuple(map(Question.decode, data["questions"])),
            feedback=data["feedback"],
            problem=str(data["problem"]),
        )

    def shown(self, feedback: str | None = None) -> Graded:
        """What the student is shown: nothing of the solution unless the assignment says so."""
        level = self.feedback if feedback is None else feedback
        questions = []
        for question in self.questions:
            lines = tuple(line.shown(level) for line in question.lines)
            awards = question.awards
            if level == "mark":
                awards = tuple(replace(award, why="") for award in awards)
            questions.append(replace(question, lines=lines, awards=awards))
        return replace(self, questions=tuple(questions), feedback=level)


def apart(witness: Point | None) -> str:
    """A witness in words."""
    if witness is None:
        return ""
    at = ", ".join(f"{name} = {value}" for name, value in witness.values.items())
    return f"at {at} the left side is {witness.left}, the right side {witness.right}"
