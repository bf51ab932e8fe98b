"""docs/api.md tells the truth: its examples run, its signatures are those of the functions."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import symproof
from symproof.results import ClaimResult

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


def test_the_examples_run() -> None:
    """All of them, one after the other."""
    program = "\n".join(re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL))
    found = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True)
    assert found.returncode == 0, found.stderr


@pytest.mark.parametrize("function", [symproof.prove, symproof.check])
def test_the_signatures_are_those_of_the_functions(function: object) -> None:
    """Parameters and defaults, in order."""
    signature = inspect.signature(function)  # type: ignore[arg-type]
    bare = [p.replace(annotation=inspect.Parameter.empty) for p in signature.parameters.values()]
    written = str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty))
    assert f"`symproof.{function.__name__}{written}`" in PAGE  # type: ignore[attr-defined]


def test_every_field_of_a_result_is_told() -> None:
    """In the table."""
    for field in fields(ClaimResult):
        assert f"`{field.name}`" in PAGE, field.name
