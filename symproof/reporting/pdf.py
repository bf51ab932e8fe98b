"""A page on paper: the HTML report printed by the browser that is installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SECONDS = 300
MISSING = "PDF needs Chromium or Chrome: install chromium, or print report.html from a browser"


class NoBrowser(Exception):
    """No browser could print the page; says what to do."""


def browser() -> str | None:
    """The Chromium or Chrome of this system."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def write(page: str, path: Path) -> None:
    """Print the page into a PDF file."""
    command = browser()
    if command is None:
        raise NoBrowser(MISSING)
    with tempfile.TemporaryDirectory(prefix="symproof-") as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8")
        options = [
            "--headless",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:  # the sandbox of Chromium refuses to serve root
            options.append("--no-sandbox")
        try:
            run = subprocess.run(
                [command, *options, f"--print-to-pdf={target}", source.as_uri()],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=SECONDS,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise NoBrowser(f"{command} could not print the report: {error}") from None
        if not target.is_file():
            said = run.stderr.strip().splitlines()[-1:] or ["it said nothing"]
            raise NoBrowser(f"{command} did not print the report: {said[0][:200]}")
        shutil.copyfile(target, path)
