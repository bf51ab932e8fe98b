"""The tutorial is true: its files are written, its commands run, and they print what stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TIME = re.compile(r"\d+\.\d+ s")


def commands(block: str) -> list[tuple[str, str]]:
    """Each line after a dollar, and what stands below it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    assert parts[0] == ""
    return list(zip(parts[1::2], parts[2::2], strict=True))


def test_from_an_empty_folder(tmp_path: Path) -> None:
    bin, home = tmp_path / "bin", tmp_path / "home"
    folder = tmp_path / "empty"
    for made in (bin, home, folder):
        made.mkdir()
    (bin / "symproof").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m symproof "$@"\n')
    (bin / "symproof").chmod(0o755)
    environment = {
        **os.environ, "PATH": f"{bin}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(home),
        "PYTHONIOENCODING": "utf-8",
    }  # fmt: skip
    ran = 0
    for kind, block in BLOCKS:
        if kind == "console":
            for command, output in commands(block):
                run = subprocess.run(
                    ["sh", "-c", command],
                    cwd=folder,
                    env=environment,
                    capture_output=True,
                    text=True,
                    timeout=120,
                )
                assert run.stderr == ""
                assert TIME.sub("0.00 s", run.stdout) == TIME.sub("0.00 s", output), command
                ran += 1
        else:
            found = re.match(r"# (\S+)\n", block)
            assert found is not None, block
            target = folder / found[1]
            target.parent.mkdir(exist_ok=True)
            target.write_text(block, encoding="utf-8")
    assert ran >= 10
