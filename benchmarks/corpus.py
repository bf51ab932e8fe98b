"""The questions of the corpus: true statements, the same with one mutation, and traps.

An entry of a file is a mapping: `let` and `given` are lists split by `;`, `holds` and `fails`
are a statement and its mutant, `trap` is a statement that holds only under assumptions that
are not given.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from symproof.kernel.statement import Statement
from symproof.reading.inline import read_statement
from symproof.terms.tree import Term

HERE = Path(__file__).parent
KINDS = {"holds": "true", "fails": "false", "trap": "trap"}


@dataclass(frozen=True, slots=True)
class Question:
    """One statement to decide, and the answer."""

    name: str
    kind: str
    text: str
    let: tuple[str, ...]
    given: tuple[str, ...]

    def statement(self) -> Statement:
        """The statement as a term under its declarations."""
        return read_statement(self.text, self.let, self.given)


def questions(folder: Path = HERE / "corpus") -> list[Question]:
    """All questions of a folder, in the order of its files."""
    return [question for path in sorted(folder.glob("*.yaml")) for question in _file(path)]


def _file(path: Path) -> Iterator[Question]:
    for number, entry in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), start=1):
        for key, kind in KINDS.items():
            if key in entry:
                name = f"{path.stem} {number} {kind}"
                yield Question(name, kind, entry[key], _list(entry, "let"), _list(entry, "given"))


def _list(entry: dict[str, str], key: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in entry.get(key, "").split(";") if part.strip())


def is_limiting(term: Term) -> bool:
    """Does the statement speak of a limit, a series, an improper integral or an order of growth?"""
    for part in term.walk():
        if part.op in ("limit", "little_o", "big_o", "theta"):
            return True
        ends = part.args[1:] if part.op == "integral" else ()
        if part.op in ("sum", "product"):
            ends = tuple(end for domain in part.args[1:] for end in domain.args)
        if any(node.data == "oo" for end in ends for node in end.walk()):
            return True
    return False
