"""Graded submissions as Markdown: marks beside the lines, and the mistakes of a class."""

from __future__ import annotations

from collections.abc import Sequence

from symproof.grading.results import Graded, Line, Mark
from symproof.reporting.grades import SAID, SIGNS, mistakes, number, reason
from symproof.reporting.markdown import code, inline


def submission(item: Graded) -> str:
    """One submission, question by question."""
    out = [f"# {inline(item.submission)}", "", _total(item), ""]
    if item.problem:
        out += [f"Not graded: {inline(item.problem)}", ""]
    for question in item.questions:
        title = f" · {inline(question.title)}" if question.title else ""
        out.append(f"## {inline(question.question)}{title}")
        out += ["", f"{number(question.points)} of {number(question.max_points)} points"]
        if question.message:
            out[-1] += f": {inline(question.message)}"
        out.append("")
        for award in question.awards:
            of = f" of {number(award.max_points)}" if award.max_points else ""
            why = f" ({inline(award.why)})" if award.why else ""
            out.append(f"- {inline(award.name)}: {number(award.points)}{of}{why}")
        out += [""] if question.awards else []
        out += [text for line in question.lines if line.mark is not Mark.PROSE for text in _line(line)]
        out += [""] if question.lines else []
    return "\n".join(out).rstrip() + "\n"


def summary(graded: Sequence[Graded]) -> str:
    """The class: points, and equal mistakes together."""
    out = [f"# {len(graded)} submissions", "", "| submission | points | for a person |", "|---|---|---|"]
    for item in graded:
        person = "yes" if item.needs_person else ""
        out.append(
            f"| {inline(item.submission)} | {number(item.points)} of {number(item.max_points)} | {person} |"
        )
    found = mistakes(graded)
    out += ["", "## Mistakes", ""] + ([] if found else ["None was found.", ""])
    for mistake in found:
        count = len(mistake.submissions)
        many = f"{count} submission{'s' if count > 1 else ''}"
        out.append(
            f"- question {inline(mistake.question)}, {inline(mistake.kind)}, {many}: "
            f"{code(mistake.line.read_as or mistake.line.text)}"
        )
        out += [f"  - {inline(text)}" for text in reason(mistake.line)]
        out.append(f"  - {inline(', '.join(mistake.submissions[:20]))}{' …' if count > 20 else ''}")
    return "\n".join(out).rstrip() + "\n"


def _total(item: Graded) -> str:
    person = "; some of it is for a person" if item.needs_person else ""
    return f"**{number(item.points)} of {number(item.max_points)} points**{person}"


def _line(line: Line) -> list[str]:
    text = f"- {SIGNS[line.mark]} line {line.line}, {SAID[line.mark]}: {code(' '.join(line.text.split()))}"
    return [text, *(f"  - {inline(said)}" for said in reason(line))]
