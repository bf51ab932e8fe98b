"""The tutorial is true: its files are written, its commands run, and they print what stands there.

Where the output has changed for a good reason, `python tests/docs/test_tutorial.py` writes it into the page.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorial.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TIME = re.compile(r"\d+\.\d+ s")


def played(page: str, folder: Path) -> str:
    """The page with the output that its commands print when they are run in order from an empty folder."""
    bin, work = folder / "bin", folder / "work"
    for made in (bin, work):
        made.mkdir()
    (bin / "symproof").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m symproof "$@"\n')
    (bin / "symproof").chmod(0o755)
    environment = {
        **os.environ, "PATH": f"{bin}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(folder),
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip

    def block(match: re.Match[str]) -> str:
        kind, text = match.groups()
        if kind != "console":
            found = re.match(r"# (\S+)\n", text)
            assert found is not None, text
            target = work / found[1]
            target.parent.mkdir(exist_ok=True, parents=True)
            target.write_text(text, encoding="utf-8")
            return match[0]
        shown = []
        for command in re.findall(r"^\$ (.*)\n", text, re.MULTILINE):
            run = subprocess.run(
                ["sh", "-c", command], cwd=work, env=environment, capture_output=True, text=True, timeout=120
            )
            assert run.stderr == ""
            shown.append(f"$ {command}\n{run.stdout}")
        return f"```console\n{''.join(shown)}```"

    return BLOCK.sub(block, page)


def test_from_an_empty_folder(tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count("\n$ ") >= 10
    assert TIME.sub("0.00 s", played(page, tmp_path)) == TIME.sub("0.00 s", page)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(played(PAGE.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
