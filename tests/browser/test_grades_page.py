"""Graded submissions in a browser: quiet, as wide as the screen, accessible, and deaf to what students write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symproof.grading.results import Award, Graded, Line, Mark, Question, Repair, Role
from symproof.reporting import grades_html
from symproof.results import Point
from tests.browser.conftest import DESKTOP, PHONE, axe, keep
from tests.grading.test_hostile import graded as hostile
from tests.reporting.test_report import HOSTILE

Show = Callable[..., Any]
HARMLESS = "v[t] = 1 - β^t"


def graded(text: str) -> Graded:
    """A submission with the text in every field, and a line of each mark."""
    lines = tuple(
        Line(
            line=k, column=1, end_line=k, end_column=3, text=text, mark=mark, read_as=text, role=Role.NONE,
            verdict="refuted", witness=Point({text: text}, text, text), repair=Repair("sign", text, text, text, text),
            slips=(text,), message=text,
        )
        for k, mark in enumerate(Mark, start=1)
    )  # fmt: skip
    award = Award(text, 1.0, 2.0, text)
    question = Question(text, text, text, 1.0, 2.0, True, True, lines, (award,), text)
    return Graded(text, text, 1.0, 2.0, (question,), "full")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("device", "size"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_pages_are_quiet_fit_and_are_accessible(
    opened: Show, device: str, size: dict[str, int], scheme: str
) -> None:
    item, source = graded(HARMLESS), f"{HARMLESS}\n" * len(Mark)
    pages = {"student": grades_html.submission(item, source), "class": grades_html.summary([item], {})}
    for name, page in pages.items():
        shown = opened(page, size, scheme)
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        keep(shown, f"grades-{name}-{device}-{scheme}")
        assert axe(shown) == []
        assert shown.quiet(), (shown.said, shown.asked)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_submissions_run_nothing(opened: Show, text: str, tmp_path: Path) -> None:
    item, source = graded(text), f"{text}\n" * len(Mark)
    for page in (grades_html.submission(item, source), grades_html.summary([item], {})):
        shown = opened(page, PHONE)
        assert shown.quiet(), (shown.said, shown.asked)
        assert shown.page.locator("a, img, iframe").count() == 0
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_two_hundred_hostile_submissions_run_nothing(browser: Any, tmp_path: Path) -> None:
    """The page of each: no script, no dialog, no request, no other window, nothing that could be followed."""
    page = browser.new_page(viewport=DESKTOP)
    page.set_default_timeout(60_000)
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: (heard.append("a dialog"), dialog.dismiss()))
    page.on("popup", lambda popup: heard.append("a window"))
    page.on("request", lambda request: heard.append(request.url))
    for number, (submission, item) in enumerate(hostile()):
        file = tmp_path / f"{number}.html"
        file.write_text(grades_html.submission(item.shown("full"), submission.text), encoding="utf-8")
        page.goto(file.as_uri())
        assert heard == [file.as_uri()], submission.name
        assert page.locator("main a, main script, img, iframe, object, form, base, link").count() == 0
        heard.clear()
    page.close()
