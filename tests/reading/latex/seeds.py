"""The seed documents, where they are, and the declarations under which their answers are read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from symproof.reading.inline import read_scope
from symproof.reading.latex import Document, Line, Notation, Reader, lines, read_document

HERE = Path(__file__).parent
_ABOVE = (folder / "shared" / "seeds" for folder in HERE.parents)
SEEDS = next((folder for folder in _ABOVE if folder.is_dir()), Path("shared/seeds"))


@cache
def document(number: str) -> Document:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return read_document(path.read_text(encoding="utf-8"), number)


def sections() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((HERE / "sections.yaml").read_text(encoding="utf-8"))
    return found


def reader(section: dict[str, Any]) -> Reader:
    scope = read_scope([f"{names}: {type}" for names, type in section["let"].items()])
    aliases = tuple(section.get("aliases", {}).items())
    return Reader(scope, Notation(aliases, section.get("norm", ""), section.get("orders", "")))


def display_lines(section: dict[str, Any]) -> list[Line]:
    """The relation lines of the displays of a section."""
    first, last = section["lines"]
    found = document(section["document"])
    formulas = tuple(f for f in found.formulas if f.display and first <= f.line <= last)
    return [line for line in lines(found, formulas) if line.kind != "expression" or line.problem]


def all_lines() -> Iterator[tuple[str, Reader, Line]]:
    for section in sections():
        read = reader(section)
        for line in display_lines(section):
            yield section["document"], read, line
