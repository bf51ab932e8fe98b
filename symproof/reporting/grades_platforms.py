"""Graded submissions for Gradescope and MarkUs, as their graders hand results over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from symproof.grading.results import Graded, Line, Mark, Question
from symproof.reporting.grades import SAID, SIGNS, number, reason
from symproof.reporting.markdown import code, inline


def gradescope(item: Graded, feedback: str | None = None) -> str:
    """`results.json`: a test a question, the lines in its output."""
    shown = item.shown(feedback)
    tests = [
        {
            "name": q.title or q.question,
            "number": q.question,
            "score": q.points,
            "max_score": q.max_points,
            "status": "passed" if q.points >= q.max_points else "failed",
            "output": _output(q),
            "output_format": "md",
            "visibility": "visible",
        }
        for q in shown.questions
    ]
    said = f"Not graded: {inline(shown.problem)}" if shown.problem else ""
    if shown.needs_person and not said:
        said = "Some of it is left to a person, who may add points."
    data = {
        "score": item.points,
        "output": said,
        "output_format": "md",
        "tests": tests,
        "extra_data": {"assignment": item.assignment, "needs_person": item.needs_person},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def markus(item: Graded, feedback: str | None = None) -> str:
    """Test results with marks, and annotations of the lines that do not simply follow."""
    shown = item.shown(feedback)
    tests = [
        {
            "name": q.question,
            "output": _output(q),
            "marks_earned": q.points,
            "marks_total": q.max_points,
            "status": "pass" if q.points >= q.max_points else "partial" if q.points else "fail",
            "time": None,
        }
        for q in shown.questions
    ]
    if shown.problem:
        tests = [{"name": "reading", "output": shown.problem, "marks_earned": 0,
                  "marks_total": item.max_points,
                  "status": "error", "time": None}]  # fmt: skip
    annotations = [
        {
            "filename": shown.submission,
            "content": "; ".join((SAID[line.mark], *reason(line))),
            "line_start": line.line,
            "line_end": line.end_line,
            "column_start": line.column,
            "column_end": line.end_column,
        }
        for line in _marked(shown)
    ]
    return json.dumps({"tests": tests, "annotations": annotations}, ensure_ascii=False, indent=1) + "\n"


def _marked(item: Graded) -> Iterator[Line]:
    for question in item.questions:
        yield from (line for line in question.lines if line.mark not in (Mark.FOLLOWS, Mark.PROSE))


def _output(question: Question) -> str:
    out = [inline(question.message)] if question.message else []
    out += [
        f"- {inline(a.name)}: {number(a.points)}" + (f" of {number(a.max_points)}" if a.max_points else "")
        + (f" ({inline(a.why)})" if a.why else "")
        for a in question.awards
    ]  # fmt: skip
    for line in question.lines:
        if line.mark is not Mark.PROSE:
            out.append(f"- {SIGNS[line.mark]} line {line.line}, {SAID[line.mark]}: {code(line.text)}")
            out += [f"  - {inline(said)}" for said in reason(line)]
    return "\n".join(out)


SETUP = """#!/usr/bin/env bash
# Gradescope runs this once, to build the machine that grades.
set -euo pipefail
apt-get update && apt-get install -y python3 python3-venv
python3 -m venv /autograder/venv
/autograder/venv/bin/pip install symproof
"""
RUN = """#!/usr/bin/env bash
# Gradescope runs this for every submission.
set -euo pipefail
cd /autograder/source
/autograder/venv/bin/symproof grade assignment.yaml /autograder/submission \\
	--format gradescope --out /autograder/results/results.json
"""


def harness(assignment: Path, claims: Sequence[Path], folder: Path) -> list[Path]:
    """The files of a Gradescope autograder, to be zipped: set-up, run, assignment and claims."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "claims").mkdir(exist_ok=True)
    files = [(folder / "setup.sh", SETUP), (folder / "run_autograder", RUN)]
    text = assignment.read_text(encoding="utf-8")
    files.append((folder / "assignment.yaml", _CLAIMS.sub("", text)))  # they stand beside it now
    for k, claim in enumerate(claims, start=1):
        files.append((folder / "claims" / f"{k:02}-{claim.name}", claim.read_text(encoding="utf-8")))
    for file, text in files:
        file.write_text(text, encoding="utf-8")
    for file, _ in files[:2]:
        file.chmod(0o755)
    return [file for file, _ in files]


_CLAIMS = re.compile(r"^claims:.*\n([ \t-].*\n)*", re.MULTILINE)
