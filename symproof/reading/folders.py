"""Which files hold claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from symproof.reading.problems import Problem

SUFFIXES = (".yaml", ".yml")


def claim_files(paths: Iterable[str | Path]) -> Iterator[Path | Problem]:
    """The files given, and all YAML files in the folders given, in order; a problem for what is not there."""
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file())
        elif path.exists():
            yield path
        else:
            yield Problem("file", f"{path}: there is no such file or folder")
