"""A browser for the tests of pages: the system's Chromium, or the one that playwright has installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from symproof.reporting import pdf

SCREENSHOTS = Path(__file__).parents[2] / "build" / "screenshots"
DESKTOP, PHONE = {"width": 1200, "height": 900}, {"width": 375, "height": 740}


@dataclass
class Opened:
    """A page in a browser, with everything that it said, asked for, or tried."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def quiet(self) -> bool:
        """Nothing on the console, no error, no dialog, and no request but for the page itself."""
        return not self.said and len(self.asked) == 1


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        try:
            found = playwright.chromium.launch(executable_path=pdf.browser(), args=["--no-sandbox"])
        except api.Error as error:
            pytest.skip(f"there is no Chromium here (apt install chromium): {str(error).splitlines()[0]}")
        yield found
        found.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a page at a size and in a colour scheme, and listens."""
    contexts = []

    def show(text: str, size: dict[str, int] = DESKTOP, scheme: str = "light") -> Opened:
        file = tmp_path / "page.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")
        contexts.append(context)
        found = Opened(context.new_page())
        found.page.set_default_timeout(20_000)
        found.page.on("console", lambda message: found.said.append(message.text))
        found.page.on("pageerror", lambda error: found.said.append(str(error)))
        found.page.on("dialog", lambda dialog: (found.said.append("a dialog"), dialog.dismiss()))
        found.page.on("popup", lambda popup: found.said.append("a new window"))
        found.page.on("request", lambda request: found.asked.append(request.url[:100]))
        found.page.goto(file.as_uri())
        return found

    yield show
    for context in contexts:
        context.close()


def open_all(opened: Opened) -> None:
    """Every claim and every detail opened and laid out."""
    opened.page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    opened.page.evaluate(
        "document.querySelectorAll('.claim').forEach((c) => { c.style.contentVisibility = 'visible'; })"
    )
    opened.page.wait_for_timeout(300)


def keep(opened: Opened, name: str) -> None:
    """A screenshot for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    opened.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)


def axe(opened: Opened) -> list[str]:
    """What axe-core finds serious or critical, with the places."""
    axe_core = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe_core.Axe().run(opened.page).response["violations"]
    return [
        f"{v['id']}: {node['target']} {node['html'][:120]}"
        for v in found
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"][:3]
    ]
