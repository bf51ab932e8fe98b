"""How large a report of 1,000 claims is, and how fast it opens: `python benchmarks/report_page.py`.

The claims are those of claims/ as often as it takes.  Opening is timed in Chromium from the request until
the page is laid out, and then until a word that is typed into the search box has its answer.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from symproof.options import Options
from symproof.reading.ledger import load as axioms
from symproof.reporting import html, pdf
from symproof.running.cache import FOLDER, Cache
from symproof.running.claims import check_claims
from symproof.running.entries import load

COUNT, SECONDS, BYTES = 1000, 2.0, 10_000_000


def main() -> int:
    found = list(check_claims(load([Path("claims")]), Options(jobs=2), Cache(Path(FOLDER))))
    many = [replace(claim, id=f"{claim.id}-{k}") for k, claim in enumerate(islice(cycle(found), COUNT))]
    began = time.perf_counter()
    page = html.render(many, axioms())
    size = len(page.encode())
    print(f"{COUNT} claims: {size / 1e6:.2f} MB, written in {time.perf_counter() - began:.1f} s")
    slowest = opened(page)
    return int(size > BYTES or slowest > SECONDS)


def opened(page: str) -> float:
    """The seconds until the page is there, the slowest of three."""
    from playwright.sync_api import sync_playwright

    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder, "report.html")
        file.write_text(page, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=pdf.browser(), args=["--no-sandbox"])
        browser.new_page().goto("about:blank")  # the browser itself has started
        for _ in range(3):
            tab = browser.new_page(viewport={"width": 1200, "height": 900})
            began = time.perf_counter()
            tab.goto(file.as_uri())
            tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
            there = time.perf_counter() - began
            tab.keyboard.press("/")
            began = time.perf_counter()
            tab.keyboard.type("attention")
            tab.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
            print(f"opened in {there:.2f} s, searched in {time.perf_counter() - began:.2f} s")
            slowest = max(slowest, there)
            tab.close()
        browser.close()
    return slowest


if __name__ == "__main__":
    sys.exit(main())
