"""What a claim is written with: `new`, `schema`, `ledger`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from symproof.command.shared import (
    Trouble,
)

if TYPE_CHECKING:
    pass


@click.command()
@click.argument("name")
def new(name: str) -> int:
    """Write a claim to start from, claims/NAME.yaml; it passes as it is.

    Beside it stands claims/claims.schema.json, from which editors complete and check claims.

    \b
    symproof new square-of-a-sum && symproof check
    """
    from symproof.reading.starter import SCHEMA, starter

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise click.BadParameter("a name has letters, digits, `-`, `_` and `.` only", param_hint="NAME")
    path = Path("claims", f"{name}.yaml")
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(starter(name))
        Path("claims", SCHEMA).write_text(_description("claims"), encoding="utf-8")
    except FileExistsError:
        raise Trouble(f"{path} exists already; choose another name or edit that file") from None
    except OSError as error:
        raise Trouble(f"cannot write {path}: {error.strerror}") from None
    click.echo(f"wrote {path}; decide it with: symproof check {path}")
    return 0


@click.command()
@click.argument("kind", type=click.Choice(["claims", "assignment", "highlighting"]), default="claims")
def schema(kind: str) -> int:
    """Print what editors need: the JSON Schema of claim files (KIND claims, if none is given) or of
    assignments, or a TextMate grammar that highlights the mathematics in claim files.

    \b
    symproof schema > claims.schema.json
    symproof schema assignment > assignment.schema.json
    symproof schema highlighting > symproof.tmLanguage.json
    """
    click.echo(_description(kind), nl=False)
    return 0


def _description(kind: str) -> str:
    if kind == "claims":
        from symproof.reading.schema import schema as describe
    elif kind == "assignment":
        from symproof.grading.schema import schema as describe
    else:
        from symproof.reading.highlighting import grammar as describe
    return json.dumps(describe(), ensure_ascii=False, indent=2) + "\n"


@click.command()
@click.argument("names", nargs=-1)
def ledger(names: tuple[str, ...]) -> int:
    """Print the axioms that proofs may rest on, or those whose names contain one of NAMES.

    \b
    symproof ledger
    symproof ledger norm expectation
    """
    from symproof.reading.ledger import load
    from symproof.reporting.axioms import show

    found = [axiom for name, axiom in load().items() if not names or any(part in name for part in names)]
    if not found:
        raise Trouble(f"no axiom has {' or '.join(names)} in its name; `symproof ledger` lists them all")
    click.echo("\n".join(map(show, found)), nl=False)
    return 0
