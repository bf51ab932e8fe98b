"""The README tells the truth: its claim, its commands and their output."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^\$ symproof (prove .*)\n((?:.+\n)+)", README, re.MULTILINE)


@pytest.mark.parametrize(("command", "output"), SHOWN, ids=[command for command, _ in SHOWN])
def test_the_output_shown_is_the_output(command: str, output: str) -> None:
    """Every `symproof prove` line prints what stands below it."""
    found = subprocess.run(
        [sys.executable, "-m", "symproof", *shlex.split(command)], capture_output=True, text=True
    )
    assert found.stdout == output.removesuffix("```\n")


def test_the_example_is_a_claim_that_passes(tmp_path: Path) -> None:
    """The claim of the README is proved and its variants are refuted."""
    import symproof

    [text] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    assert yaml.safe_load(text)["claim"] == "bias-correction"
    (tmp_path / "example.yaml").write_text(text, encoding="utf-8")
    [result] = symproof.check(tmp_path, timeout=30.0)
    assert (result.verdict, result.scope) == ("proved", "all sizes")
    assert [variant.verdict for variant in result.refute] == ["refuted", "refuted"]


def test_what_check_prints_is_what_it_prints(tmp_path: Path) -> None:
    """The output of `symproof check --verbose` on the example, times apart."""
    [text] = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)
    [output] = re.findall(r"^\$ symproof check --verbose\n(.*?)```", README, re.DOTALL | re.MULTILINE)
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "bias-correction.yaml").write_text(text, encoding="utf-8")
    root = Path(__file__).parents[2]
    found = subprocess.run(
        [sys.executable, "-m", "symproof", "check", "--verbose"], cwd=tmp_path, capture_output=True, text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    time = re.compile(r"\d+\.\d+ s")
    assert time.sub("", found.stdout) == time.sub("", output)


def test_the_python_example_runs() -> None:
    """The lines of Python do what they say."""
    [text] = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    program = text.replace('symproof.check("claims/")', "")
    subprocess.run([sys.executable, "-W", "error", "-c", program], check=True)
