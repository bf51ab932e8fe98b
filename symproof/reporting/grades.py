"""What a class got: JSON, a table, and the mistakes that were made, equal ones together."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from symproof.grading.results import Graded, Line, Mark, Question

SAID = {
    Mark.FOLLOWS: "follows",
    Mark.WRONG: "wrong",
    Mark.CARRIED: "follows from a wrong line",
    Mark.ASSUMED: "assumes what is not given",
    Mark.OPEN: "undecided: for a person",
    Mark.UNREADABLE: "not read: for a person",
    Mark.PROSE: "prose",
}
SIGNS = {
    Mark.FOLLOWS: "✓", Mark.WRONG: "✗", Mark.CARRIED: "↳", Mark.ASSUMED: "!", Mark.OPEN: "?",
    Mark.UNREADABLE: "?", Mark.PROSE: "·",
}  # fmt: skip

# What the kinds of mistakes are, in words: for those who did not read docs/grading.md.
MISTAKES = {
    "sign": "a sign turned round",
    "factor": "a number as factor put in, left out or changed: 2, 1/2, a coefficient",
    "index": "an index shifted by one, or another index: t-1 for t, i for j",
    "exponent": "an exponent one off, put in or left out, or taken for a factor: 2 x for x^2",
    "transpose": "a transposition put in or left out, two indices of a matrix exchanged",
    "missing": "a factor, a denominator or a function left out",
    "dropped": "a term of a sum left out, an argument of a maximum, an alternative",
    "order": "factors of a matrix product, arguments or branches in another order",
    "bound": "the end of a sum, an integral or a range one off, a case too few or too many",
    "square": "a norm for its square, or the other way round",
    "assumption": "an assumption left out or weakened: hypothesis, attribute, law, < to <=",
    "symbol": "another symbol of the same type",
    "bracket": "a bracket, a fraction or a function that ends too early or too late",
    "spread": "a function taken term by term: (a + b)^2 as a^2 + b^2, E[X Y] as E[X] E[Y]",
    "relation": "another relation: < for <=, <= for =, a relation reversed, an open interval",
    "fraction": "a fraction turned over, a factor that belongs in the denominator",
    "inverse": "an inverse put in or left out",
    "expectation": "an expectation put in or left out",
    "moment": "another moment: variance, mean, second moment, covariance",
    "constant": "a number one off, another constant, ones for zeros",
    "function": "a sibling: sin for cos, max for min, trace for det, rows for columns",
    "graph": "degree for adjacency, vertices for edges, components for vertices",
    "product": "the elementwise product for the matrix product, or the other way round",
    "connective": "and/or, for all/exists exchanged, an implication reversed, a negation",
    "doubled": "a factor or an argument written twice",
    "added": "a term too many",
    "spurious": "a factor, a denominator or a function too many",
}


def to_json(graded: Sequence[Graded]) -> str:
    """One object for one submission, a list for several."""
    data = [item.encode() for item in graded]
    return json.dumps(data[0] if len(data) == 1 else data, ensure_ascii=False, indent=1) + "\n"


def to_csv(graded: Sequence[Graded]) -> str:
    """A row a submission: points in all and a question, and how many lines got which mark."""
    questions = list(dict.fromkeys(q.question for item in graded for q in item.questions))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    marks = [mark.value for mark in Mark]
    writer.writerow(
        [
            "submission",
            "points",
            "max_points",
            "needs_person",
            *(f"question {q}" for q in questions),
            *marks,
            "problem",
        ]
    )
    for item in graded:
        points = {q.question: number(q.points) for q in item.questions}
        counts = [sum(line.mark == mark for q in item.questions for line in q.lines) for mark in Mark]
        writer.writerow(
            [_cell(item.submission), number(item.points), number(item.max_points),
             "yes" if item.needs_person else "no",
             *(points.get(q, "") for q in questions), *counts, _cell(item.problem)]
        )  # fmt: skip
    return out.getvalue()


def _cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def number(points: float) -> str:
    """Points as they are written: 2, 1.5."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Mistake:
    """The same wrong line in several submissions: its first place, and who made it."""

    question: str
    kind: str
    line: Line
    submissions: tuple[str, ...]


def mistakes(graded: Iterable[Graded]) -> list[Mistake]:
    """The wrong lines of a class, the most frequent first; equal ones are one."""
    found: dict[tuple[str, str, str], list[tuple[str, Line]]] = {}
    for item in graded:
        for question in item.questions:
            for line in question.lines:
                if line.mark is Mark.WRONG:
                    kind = line.repair.kind if line.repair else "no repair found"
                    key = (question.question, kind, line.read_as or line.text)
                    found.setdefault(key, []).append((item.submission, line))
    grouped = [
        Mistake(question, kind, places[0][1], tuple(dict.fromkeys(name for name, _ in places)))
        for (question, kind, _), places in found.items()
    ]
    return sorted(grouped, key=lambda m: (-len(m.submissions), m.question))


def for_person(question: Question) -> list[Line]:
    """The lines of an answer that a person must look at."""
    return [line for line in question.lines if line.needs_person]


def reason(line: Line) -> list[str]:
    """What is said of a line, a sentence each."""
    said = [line.message] if line.message else []
    said += [f"read as a slip: {slip}" for slip in line.slips]
    if line.repair is not None:
        words = MISTAKES.get(line.repair.kind, "")
        said.append(f"kind of mistake: {line.repair.kind}" + (f" ({words})" if words else ""))
        if line.repair.text:
            at = ""
            if line.repair.left:
                at = f"; there the left side is {line.repair.left}, the right side {line.repair.right}"
            said.append(f"right would be: {line.repair.text} ({line.repair.change}){at}")
    return said


def questions_of(item: Graded) -> list[str]:
    """A line a question: points and what is left to do."""
    found = []
    for q in item.questions:
        left = len(for_person(q))
        more = [q.message] if q.message else []
        if left:
            more.append(f"{left} line{'s' if left > 1 else ''} for a person")
        elif q.needs_person and not q.message:
            more.append("for a person")
        told = f" ({'; '.join(more)})" if more else ""
        found.append(f"{q.question}  {number(q.points)}/{number(q.max_points)}  {q.title}{told}".rstrip())
    return found
