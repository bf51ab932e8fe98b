"""Notebooks: results show themselves as mathematics, and a cell can hold a claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import symproof
from symproof.results import ClaimResult, Result, Results

pytest.importorskip("IPython")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e"


@pytest.fixture(scope="module")
def shell() -> Iterator[Any]:
    """A running IPython with the extension loaded."""
    from IPython.testing.globalipapp import start_ipython

    found = start_ipython() or __import__("IPython").get_ipython()
    found.run_line_magic("load_ext", "symproof")
    yield found


def run(shell: Any, source: str) -> Any:
    """The value of a cell; what it raises is raised here."""
    result = shell.run_cell(source)
    result.raise_error()
    return result.result


def shown(shell: Any, value: Any) -> dict[str, str]:
    """What the front end is given."""
    data, _ = shell.display_formatter.format(value)
    return data


def test_a_cell_holds_a_claim(shell: Any) -> None:
    """Its value is the result, variants included; the name stands in the first line."""
    found = run(
        shell,
        "%%claim square\nlet: {a: real, b: real}\nprove: (a + b)^2 = a^2 + 2 a b + b^2\nrefute: a = b\n",
    )
    assert isinstance(found, ClaimResult)
    assert (found.id, found.verdict, found.refute[0].verdict) == ("square", "proved", "refuted")
    several = run(shell, "%%claim\n- claim: a\n  prove: 1 = 1\n- claim: b\n  prove: 1 = 2\n")
    assert isinstance(several, Results)
    assert [result.verdict for result in several] == ["proved", "refuted"]


def test_a_cell_that_cannot_be_read_says_where(shell: Any) -> None:
    """The line of the cell, with a caret; no traceback."""
    found = run(shell, "%%claim odd\nlet: {x: real}\nprove: x = y\n")
    assert found.verdict == "invalid" and found.place.line == 3
    assert "cell:3:12" in found.message and "^" in found.message
    assert run(shell, "%%claim\nprove: [").verdict == "invalid"


def test_options_of_the_cell(shell: Any) -> None:
    """A limit in seconds; wrong usage is one line."""
    found = run(
        shell, "%%claim slow --timeout 0.0001\nlet: {f: function, x: real}\nprove: f(x) = f(x + 1)^2 + f(x)\n"
    )
    assert found.verdict == "undecided" and "time" in found.message
    with pytest.raises(ValueError, match="SECONDS"):
        run(shell, "%%claim slow --timeout -1\nprove: 1 = 1\n")


def test_results_are_shown_as_mathematics(shell: Any) -> None:
    """MathML in the HTML, LaTeX for a printed notebook, and few lines of text for a terminal."""
    data = shown(shell, symproof.prove("sum(i, i = 1..n) = n (n + 1)/2", "n: integer >= 1"))
    assert "<munderover>" in data["text/html"] and "By induction on" in data["text/html"]
    assert data["text/latex"].startswith("$\\displaystyle \\sum")
    assert data["text/plain"].splitlines()[0] == "proved: sum(i, i = 1..n) = n (n + 1)/2"
    refuted = shown(shell, symproof.prove("(a + b)^2 = a^2 + b^2", ["a: real", "b: real"]))["text/html"]
    assert "refuted" in refuted and "<details open" in refuted


def test_several_results_are_a_table(shell: Any, tmp_path: Path) -> None:
    """A row a claim, a summary below, the same tuple as before."""
    (tmp_path / "a.yaml").write_text("- claim: a\n  prove: 1 = 1\n- claim: b\n  prove: 1 = 2\n")
    found = symproof.check(tmp_path)
    assert isinstance(found, Results) and len(found) == 2 and found[:1] == Results(found.claims[:1])
    data = shown(shell, found)
    assert data["text/html"].count("<details>") >= 2
    assert "1 proved, 1 refuted" in data["text/plain"] and "1 proved, 1 refuted" in data["text/html"]


def test_hostile_text_runs_nothing_in_a_notebook(shell: Any) -> None:
    """Markup in every field is shown, not obeyed; the HTML is well formed."""
    result = Result(HOSTILE, "refuted", message=HOSTILE, conditions=(HOSTILE,), methods=(HOSTILE,))
    claim = ClaimResult.of(result, id=HOSTILE, file=HOSTILE, title=HOSTILE, refute=())
    for value in (result, claim, Results((claim,))):
        html = shown(shell, value)["text/html"]
        assert "<script" not in html and "<img" not in html and "\u202e" not in html
        assert "\u202e" not in shown(shell, value)["text/plain"]
        ElementTree.fromstring(f"<x>{re.sub('&[a-z]+;', '', html)}</x>")
