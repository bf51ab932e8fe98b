"""The axiom files: every axiom is found by a quick look and read when it is asked for."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from symproof.kernel.ledger import Axiom

FOLDER = Path(__file__).parent.parent / "ledger"
_OWNED = re.compile(r"^  by:", re.MULTILINE)
_ENTRY = re.compile(r"^- axiom:[ ]*(\S+)[ ]*$", re.MULTILINE)


class AxiomFiles(Mapping[str, Axiom]):
    """Axioms by name; reading one reads no other."""

    def __init__(self, paths: list[Path]) -> None:
        self._chunks: dict[str, tuple[Path, str, int]] = {}
        self._read: dict[str, Axiom] = {}
        self.searched: list[str] = []  # those that no method keeps to itself
        for path in paths:
            whole = path.read_text(encoding="utf-8")
            found = list(_ENTRY.finditer(whole))
            for entry, after in zip(found, [*found[1:], None], strict=True):
                name = entry[1]
                if name in self._chunks:
                    raise ValueError(f"{path}: the axiom {name} stands also in {self._chunks[name][0]}")
                end = after.start() if after else len(whole)
                line = whole.count("\n", 0, entry.start())
                self._chunks[name] = (path, whole[entry.start() : end], line)
                if not _OWNED.search(whole, entry.start(), end):
                    self.searched.append(name)

    def __getitem__(self, name: str) -> Axiom:
        found = self._read.get(name)
        if found is None:
            path, chunk, line = self._chunks[name]
            found = self._read[name] = _axiom(name, path, "\n" * line + chunk)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._chunks)

    def __len__(self) -> int:
        return len(self._chunks)


def load(folder: Path = FOLDER) -> AxiomFiles:
    """The axioms of all files in the folder, none of them read yet."""
    return AxiomFiles(sorted(folder.glob("*.yaml")))


@functools.cache
def standard() -> AxiomFiles:
    """The axioms that symproof comes with; each is read at most once a process."""
    return load()


def _axiom(name: str, path: Path, whole: str) -> Axiom:
    """The axiom that the text holds; raises Problem."""
    from symproof.reading.claims import keyed
    from symproof.reading.pieces import commented, pieces, text
    from symproof.reading.problems import Problem
    from symproof.reading.yamlfile import List, Map, Text, parse

    file = parse(f"{path.parent.name}/{path.name}", whole)
    assert isinstance(file.document, List) and isinstance(file.document.items[0], Map)
    keys = keyed(file, file.document.items[0], AXIOM_KEYS)
    goal = text(file, keys.get("prove", Text(keys["axiom"].source, 0, 0, True)), "prove")  # type: ignore[union-attr]
    try:
        scope, problems = pieces(file, keys).scope()
        if problems:
            raise problems[0]
        statement = scope.statement(goal.source)
    except Problem as problem:
        raise commented(file, goal, problem) from None
    note, imported = keys.get("note"), keys.get("import")
    return Axiom(
        name,
        statement,
        imported is not None and text(file, imported, "import").value == "true",
        " ".join(text(file, note, "note").value.split()) if note is not None else "",
    )


AXIOM_KEYS = {
    "axiom": "the name of the axiom",
    "note": "what it says, in words",
    "import": "true for a theorem from the literature, which verdicts list",
    "by": "the method that brings it in, where a general search should not",
    "let": "what it speaks of: names and their types",
    "define": "names for terms",
    "given": "its side conditions",
    "prove": "what holds",
}
