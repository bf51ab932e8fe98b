"""The HTML report as a reader meets it: in a browser, at the desk and on the phone, by day and by night."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from symproof.engine import Options
from symproof.reading.ledger import load
from symproof.reporting import html, pdf
from symproof.results import VERDICTS, ClaimResult, Result
from symproof.running.claims import check_claims
from symproof.running.entries import load as load_claims
from tests.browser.conftest import DESKTOP, PHONE, SCREENSHOTS, axe, keep, open_all
from tests.reporting.test_report import HOSTILE, hostile

CLAIMS = Path(__file__).with_name("claims.yaml")
LEDGER = load()
Show = Callable[..., Any]


@pytest.fixture(scope="module")
def results() -> list[ClaimResult]:
    """Claims of each verdict, decided for real."""
    found = list(check_claims(load_claims([CLAIMS]), Options(timeout=20)))
    undecided = Result(statement="x = y", verdict="undecided", message="time: search ran out of time")
    return [*found, ClaimResult.of(undecided, id="open-question", file="claims/other.yaml")]


@pytest.fixture(scope="module")
def report(results: list[ClaimResult]) -> str:
    assert {claim.verdict for claim in results} == set(VERDICTS) - {"supported"}
    return html.render(results, LEDGER)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("device", "size"), [("desktop", DESKTOP), ("phone", PHONE)])
def test_it_is_quiet_fits_and_is_accessible(
    opened: Show, report: str, device: str, size: dict[str, int], scheme: str
) -> None:
    """No word on the console, no request, no horizontal scroll, no serious violation; closed and open."""
    shown = opened(report, size, scheme)
    for state in ("closed", "open"):
        if state == "open":
            open_all(shown)
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        keep(shown, f"report-{device}-{scheme}-{state}")
        assert axe(shown) == []
    assert shown.quiet(), (shown.said, shown.asked)


def test_search_and_filters_work_by_keyboard(opened: Show, report: str, results: list[ClaimResult]) -> None:
    shown = opened(report)
    page = shown.page

    def visible() -> list[str]:
        return [h.text_content() for h in page.locator(".claim:not([hidden]) h3").all()]

    page.keyboard.press("/")
    page.keyboard.type("commute")
    assert visible() == ["matrices-commute"]
    page.keyboard.press("Escape")
    page.keyboard.type("other.yaml x =")  # words of the file's name count as well
    assert visible() == ["open-question"]
    assert "1 of" in page.locator("#status").inner_text()
    page.keyboard.press("Escape")
    assert visible() == [claim.id for claim in results]
    for _ in range(50):  # to the filter for refuted claims
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.dataset.only") == "refuted":
            break
    page.keyboard.press("Space")
    refuted = [claim.id for claim in results if claim.verdict == "refuted"]
    assert visible() == refuted
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.keyboard.press("Enter")
    assert len(visible()) == len(results)
    for _ in range(50):  # to the first claim, which Enter opens
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.claim > summary')"):
            break
    page.keyboard.press("Enter")
    assert page.locator(".claim[open]").count() == 1
    assert shown.quiet()


def test_a_link_opens_its_claim(opened: Show, report: str) -> None:
    shown = opened(report)
    shown.page.evaluate("location.hash = '#claim-matrices-commute'")
    shown.page.wait_for_selector("#claim-matrices-commute[open]")
    assert shown.quiet()


def test_printed_everything_is_there(opened: Show, report: str) -> None:
    shown = opened(report)
    shown.page.emulate_media(media="print")
    shown.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert shown.page.locator("details:not([open])").count() == 0
    assert not shown.page.locator(".tools").first.is_visible()
    shown.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown.page.locator("details[open]").count() == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_runs_nothing(opened: Show, text: str) -> None:
    """In every field of claims, steps and variants: no dialog, no request, no refusal on the console."""
    claims = [
        replace(hostile(text, verdict, refute=(hostile(text, "refuted"),)), steps=(hostile(text),), why=text,
                origins=(text,))
        for verdict in VERDICTS
    ]  # fmt: skip
    shown = opened(html.render(claims, LEDGER), PHONE)
    open_all(shown)
    shown.page.keyboard.press("/")
    shown.page.keyboard.type("a")
    assert shown.quiet(), (shown.said, shown.asked)
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert shown.page.locator("script").count() == 1
    assert shown.page.locator("a").count() == 1  # to skip to the claims


def test_pdf_is_written(report: str, tmp_path: Path) -> None:
    if pdf.browser() is None:
        pytest.skip("there is no Chromium here (apt install chromium)")
    pdf.write(report, tmp_path / "report.pdf")
    data = (tmp_path / "report.pdf").read_bytes()
    assert data.startswith(b"%PDF") and len(data) > 20_000


def test_firefox_shows_it(report: str, tmp_path: Path) -> None:
    """Firefox can be asked for no more than a screenshot here, which is kept for people to look at."""
    firefox = shutil.which("firefox") or shutil.which("firefox-esr")
    if firefox is None:
        pytest.skip("there is no Firefox here (apt install firefox-esr)")
    (tmp_path / "page.html").write_text(report.replace("<details", "<details open"), encoding="utf-8")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    target = SCREENSHOTS / "report-firefox.png"
    target.unlink(missing_ok=True)
    subprocess.run(
        [firefox, "--headless", "--profile", str(tmp_path), "--window-size=1000,6000", "--screenshot",
         str(target), (tmp_path / "page.html").as_uri()],
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert target.is_file() and target.stat().st_size > 50_000
