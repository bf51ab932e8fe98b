"""The files that `symproof grade` writes, by format."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from symproof.grading.results import Graded
from symproof.reporting import grades, grades_html, grades_markdown, grades_platforms

FORMATS = ("html", "md", "json", "csv", "gradescope", "markus")


def single(form: str, graded: Sequence[Graded], sources: Mapping[str, str], feedback: str | None) -> str:
    """What one format says of all submissions in one text."""
    if form == "json":
        return grades.to_json(graded)
    if form == "csv":
        return grades.to_csv(graded)
    if len(graded) > 1:
        return grades_html.summary(graded, {}) if form == "html" else grades_markdown.summary(graded)
    return _of_one(form, graded[0], sources, feedback)


def write(
    folder: Path,
    forms: Sequence[str],
    graded: Sequence[Graded],
    sources: Mapping[str, str],
    feedback: str | None,
) -> list[Path]:
    """The files of the formats; for a class also a page and a text that sum it up."""
    folder.mkdir(parents=True, exist_ok=True)
    names = _names(graded)
    written: list[Path] = []

    def put(name: str, text: str) -> None:
        (folder / name).write_text(text, encoding="utf-8")
        written.append(folder / name)

    for form in forms:
        if form in ("json", "csv"):
            put(f"grades.{form}", single(form, graded, sources, feedback))
            continue
        for item in graded:
            put(names[item.submission] + SUFFIX[form], _of_one(form, item, sources, feedback))
    if "html" in forms and len(graded) > 1:
        put("index.html", grades_html.summary(graded, {n: f"{s}.html" for n, s in names.items()}))
    if "md" in forms and len(graded) > 1:
        put("summary.md", grades_markdown.summary(graded))
    return written


SUFFIX = {"html": ".html", "md": ".md", "gradescope": ".gradescope.json", "markus": ".markus.json"}


def _of_one(form: str, item: Graded, sources: Mapping[str, str], feedback: str | None) -> str:
    if form == "gradescope":
        return grades_platforms.gradescope(item, feedback)
    if form == "markus":
        return grades_platforms.markus(item, feedback)
    shown = item.shown(feedback)
    if form == "md":
        return grades_markdown.submission(shown)
    return grades_html.submission(shown, sources.get(item.submission, ""))


def _names(graded: Sequence[Graded]) -> dict[str, str]:
    """A file name for each submission, in which nothing can be a path."""
    found: dict[str, str] = {}
    for item in graded:
        name = re.sub(r"[^A-Za-z0-9._-]+", "-", re.sub(r"\.[A-Za-z]+$", "", item.submission)).strip("-.")[
            :100
        ]
        name = name or "submission"
        taken = {"index", "summary", "grades", *found.values()}
        found[item.submission] = next(
            n for n in (name, *(f"{name}-{k}" for k in range(2, len(graded) + 5))) if n not in taken
        )
    return found
