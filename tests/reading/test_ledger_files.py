"""Axiom files: found at once, read one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.reading import ledger
from symproof.reading.problems import Problem
from symproof.terms.plain import plain

TEXT = """\
# Two axioms.

- axiom: first
  note: >
    Squares are not
    negative.
  let: {x: real}
  prove: x^2 >= 0

- axiom: second
  import: true
  let:
    x: real > 0
  given:
    more: x > 1
  prove: x > 0 and unknown
"""


def test_reading_one_axiom_reads_no_other(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TEXT, encoding="utf-8")
    axioms = ledger.load(tmp_path)
    assert list(axioms) == ["first", "second"]
    first = axioms["first"]
    assert plain(first.statement.goal) == "x^2 >= 0"
    assert (first.note, first.imported) == ("Squares are not negative.", False)
    assert axioms["first"] is first
    with pytest.raises(Problem) as caught:
        axioms["second"]
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (16, 20)
    with pytest.raises(KeyError):
        axioms["third"]


def test_every_axiom_of_the_ledger_reads() -> None:
    axioms = ledger.load()
    assert len(axioms) > 0
    for name in axioms:
        assert axioms[name].name == name
