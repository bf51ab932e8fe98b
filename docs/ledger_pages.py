"""The ledger of axioms as pages of the documentation, one for each file of the ledger."""

from __future__ import annotations

import os
from pathlib import Path

from symproof.kernel.ledger import Axiom
from symproof.reading.ledger import FOLDER, AxiomFiles
from symproof.reporting.card import declarations
from symproof.reporting.setting import formula, text, wide
from symproof.reporting.worked import grouped

INTRODUCTION = """\
# The ledger of axioms

A proof may rest on these statements without a proof of its own. Each holds under its side conditions, which
the kernel asks for at every use; each is attacked with numbers by a test. Those marked *theorem* are taken
from the literature, and every verdict that rests on one names it.
There are {count}, {theorems} of them theorems.

`symproof ledger NAME` prints those with NAME in their names.
[How to add an axiom](../extending.md#how-to-add-an-axiom) says what is asked of a new one.

```{{toctree}}
:maxdepth: 1

{pages}
```
"""


def write(folder: Path) -> None:
    """Write the pages into a folder."""
    folder.mkdir(exist_ok=True)
    files = {path.stem: list(AxiomFiles([path]).values()) for path in sorted(FOLDER.glob("*.yaml"))}
    for name, axioms in files.items():
        put(folder / f"{name}.md", page(name, axioms))
    every = [axiom for axioms in files.values() for axiom in axioms]
    introduction = INTRODUCTION.format(
        count=len(every), theorems=sum(axiom.imported for axiom in every), pages="\n".join(files)
    )
    put(folder / "index.md", introduction)


def put(path: Path, text: str) -> None:
    """Write the file whole, so that another build that runs now reads it whole."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def page(name: str, axioms: list[Axiom]) -> str:
    """The axioms of one file, each with its side conditions in mathematics."""
    return "\n".join([f"# Axioms: {name}", "", *map(entry, axioms)])


def entry(axiom: Axiom) -> str:
    """What an axiom says, of what, under which conditions, in words and in mathematics."""
    statement = axiom.statement
    parts = [f"## {axiom.name}"]
    if axiom.imported:
        parts.append("*A theorem.*")
    if axiom.note:
        parts.append(f"<p>{text(axiom.note)}</p>")
    parts.append(formula(statement.goal))
    if statement.symbols:
        parts.append(f"<p>for {declarations(statement)}</p>")
    conditions = [wide(condition) for _, condition in grouped(statement)[1]]
    if conditions:
        parts.append(f"<p>if {', '.join(conditions)}</p>")
    return "\n\n".join(parts) + "\n"
