"""A class: the example graded as its README says, answers kept, and submissions that would do harm."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from symproof.grading import classroom
from symproof.grading.assignments import Assignment, load
from symproof.grading.classroom import Submission, gather, grade_class
from symproof.grading.results import Graded, Mark, Role
from symproof.mutations import Kind
from symproof.options import Options
from symproof.reporting import grades, grades_files, grades_html, grades_platforms, grades_terminal
from symproof.running.cache import Cache

EXAMPLE = Path(__file__).parents[2] / "examples" / "grading"
OPTIONS = Options(timeout=20, jobs=2)
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> [x](javascript:alert(3)) \u202e"


@pytest.fixture(scope="module")
def assignment() -> Assignment:
    return load(EXAMPLE / "assignment.yaml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("answers")


@pytest.fixture(scope="module")
def graded(assignment: Assignment, folder: Path) -> dict[str, Graded]:
    """The five submissions of the example."""
    handed = gather([EXAMPLE / "submissions"])
    found = grade_class(assignment, handed, OPTIONS, Cache(folder, b"key"))
    return {item.submission.removesuffix(".md"): item for item in found}


def marks(item: Graded, question: str) -> list[Mark]:
    (found,) = (q for q in item.questions if q.question == question)
    return [line.mark for line in found.lines]


def test_the_example_is_graded_as_it_says(graded: dict[str, Graded]) -> None:
    """Right and unusual answers get all points, a slip costs what it is worth, an empty shell gets none."""
    assert graded["right"].points == graded["alternative"].points == 7
    assert graded["shell"].points == 0
    assert graded["slip"].points == 6.5
    assert marks(graded["slip"], "2") == [Mark.FOLLOWS, Mark.WRONG, Mark.CARRIED]
    assert marks(graded["carried"], "1")[1:] == [Mark.WRONG, Mark.CARRIED]
    roles = {line.line: line.role for q in graded["slip"].questions for line in q.lines}
    assert roles[6] is Role.RESULT and roles[12] is Role.STEP  # what is not worked out yet is no result
    assert not any(item.needs_person for item in graded.values())


def test_a_second_run_asks_nothing(
    graded: dict[str, Graded], assignment: Assignment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer is kept as soon as it is there: an interrupted run goes on, a repeated one is free."""

    def nothing(*_args: object, **_more: object) -> Iterator[object]:
        raise AssertionError("a question was asked again")

    monkeypatch.setattr(classroom.Crew, "carry_out", nothing)
    again = list(grade_class(assignment, gather([EXAMPLE / "submissions"]), OPTIONS, Cache(folder, b"key")))
    assert again == list(graded.values())


def test_equal_lines_are_asked_once(assignment: Assignment, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty equal submissions cost what one costs."""
    asked: list[int] = []
    carry_out = classroom.Crew.carry_out

    def counted(crew: classroom.Crew, errands: list[Any], limits: list[float]) -> object:
        asked.append(len(errands))
        return carry_out(crew, errands, limits)

    monkeypatch.setattr(classroom.Crew, "carry_out", counted)
    text = (EXAMPLE / "submissions" / "shell.md").read_text(encoding="utf-8")
    found = list(grade_class(assignment, [Submission(f"s{k}.md", text) for k in range(20)], OPTIONS))
    assert len(found) == 20 and set(asked) == {1}


def test_bad_files_stop_nothing(assignment: Assignment, tmp_path: Path) -> None:
    """Not UTF-8, too deep, too large, empty: each is said, the others are graded."""
    (tmp_path / "latin.md").write_bytes(b"## 1\n\n$$v = \xe9$$")
    (tmp_path / "deep.md").write_text(
        "## 1\n\n$$" + "{" * 20_000 + "v_t" + "}" * 20_000 + "$$", encoding="utf-8"
    )
    (tmp_path / "large.md").write_text("x" * (classroom.LARGEST + 1), encoding="utf-8")
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    (tmp_path / "right.md").write_bytes((EXAMPLE / "submissions" / "right.md").read_bytes())
    found = {item.submission: item for item in grade_class(assignment, gather([tmp_path]), OPTIONS)}
    assert found["right.md"].points == 7
    assert "not UTF-8" in found["latin.md"].problem and "larger than" in found["large.md"].problem
    assert found["empty.md"].points == found["deep.md"].points == 0


def test_a_submission_that_breaks_the_reader_is_left_to_a_person(
    assignment: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong is said of this one submission."""

    def broken(*_args: object) -> Iterator[object]:
        raise RuntimeError("broken")
        yield

    monkeypatch.setattr(classroom, "grading", broken)
    (item,) = grade_class(assignment, [Submission("a.md", "")], OPTIONS)
    assert item.needs_person and "RuntimeError" in item.problem


def test_asks_survive_the_way_to_a_cluster(assignment: Assignment) -> None:
    """An errand told as JSON data is the same errand."""
    text = (EXAMPLE / "submissions" / "slip.md").read_text(encoding="utf-8")
    asking = classroom.grading(assignment, text, "slip.md", 10.0)
    ask = next(asking)
    again = classroom.Answering.decode(json.loads(json.dumps(classroom.Answering(ask).encode())))
    assert again.ask.key == ask.key and again.ask.setting.key == ask.setting.key


# --- outputs --------------------------------------------------------------------------------------


def test_students_see_no_more_than_the_assignment_allows(graded: dict[str, Graded]) -> None:
    """The repair is in what the teacher sees, and with `hint` in nothing that the student sees."""
    item = graded["slip"]
    sources = {"slip.md": (EXAMPLE / "submissions" / "slip.md").read_text(encoding="utf-8")}
    repairs = [line.repair.text for q in item.questions for line in q.lines if line.repair]
    assert repairs and all(text in grades.to_json([item]) for text in repairs)
    for form in ("html", "md", "gradescope", "markus"):
        shown = grades_files.single(form, [item], sources, None)
        assert "right would be" not in shown
        full = grades_files.single(form, [item], sources, "full")
        assert "right would be" in full.replace("\\", "")
        assert "left side" not in grades_files.single(form, [item], sources, "mark")


def test_formats(graded: dict[str, Graded], tmp_path: Path) -> None:
    """Each format is what its readers expect."""
    found = list(graded.values())
    assert [Graded.decode(data) for data in json.loads(grades.to_json(found))] == found
    rows = list(csv.DictReader(io.StringIO(grades.to_csv(found))))
    assert {row["submission"]: row["points"] for row in rows}["slip.md"] == "6.5"
    results = json.loads(grades_platforms.gradescope(graded["slip"]))
    assert results["score"] == sum(test["score"] for test in results["tests"]) == 6.5
    markus = json.loads(grades_platforms.markus(graded["slip"]))
    assert [a["line_start"] for a in markus["annotations"]] == [13, 14]
    written = grades_files.write(tmp_path, grades_files.FORMATS, found, {}, None)
    assert len(written) == len(set(written)) == 4 * 5 + 4 and (tmp_path / "index.html").exists()
    assert "slip.md" in grades_terminal.summary(found)


def test_the_readme_shows_what_is_said(graded: dict[str, Graded]) -> None:
    """The example of grading in the README is the output."""
    readme = (EXAMPLE.parents[1] / "README.md").read_text(encoding="utf-8")
    assert grades_terminal.submission(graded["slip"]) in readme


def test_equal_mistakes_are_one(graded: dict[str, Graded]) -> None:
    """A mistake that two made is told once."""
    item = graded["slip"]
    first = grades.mistakes([item, Graded("copy.md", item.assignment, 1, 7, item.questions)])
    assert first[0].submissions == ("slip.md", "copy.md")


def test_hostile_text_is_text(assignment: Assignment) -> None:
    """Nothing of a submission is obeyed: not in HTML, not in Markdown, not by a spreadsheet."""
    name = f"=cmd{HOSTILE}.md"
    text = f"## 1\n\n{HOSTILE}\n\n$$v_t = \\text{{{HOSTILE}}} + 1$$\n"
    found = list(grade_class(assignment, [Submission(name, text), Submission("b.md", text)], OPTIONS))
    for item in found:
        page = grades_html.submission(item, text)
        assert "<script>alert" not in page and "<img" not in page and "\u202e" not in page
    assert "<script>alert" not in grades_html.summary(found, {})
    assert list(csv.reader(io.StringIO(grades.to_csv(found))))[1][0].startswith("'=")
    markdown = re.sub(r"(`+).*?\1", "", grades_files.single("md", found[:1], {}, None))  # code is inert
    assert "<script>" not in markdown.replace("\\<", "")
    assert all(
        file.parent == Path("x") for file in map(Path("x").joinpath, grades_files._names(found).values())
    )


def test_every_kind_of_mistake_has_words() -> None:
    """What a student reads as the kind of a mistake is told in words, the same as in the documentation."""
    page = (EXAMPLE.parents[1] / "docs" / "grading.md").read_text(encoding="utf-8")
    for kind in Kind:
        assert f"| `{kind.value}` | {grades.MISTAKES[kind.value]} |" in page
