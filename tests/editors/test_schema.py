"""The schema of claim files: it takes what the reader takes, and an editor's language server works with it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from symproof.reading.claims import CLAIM_KEYS, VERDICTS, Claim, load
from symproof.reading.schema import TYPES, schema
from symproof.reading.starter import SCHEMA, starter
from tests.editors.language_server import PROGRAM, Server, running

ROOT = Path(__file__).parents[2]
CHECK = jsonschema.Draft202012Validator(schema())
FILES = [p for folder in ("claims", "examples") for p in sorted((ROOT / folder).rglob("*.yaml"))]


def fits(text: str) -> bool:
    return bool(CHECK.is_valid(yaml.safe_load(text)))


def test_it_is_a_schema() -> None:
    """By the rules of JSON Schema itself."""
    jsonschema.Draft202012Validator.check_schema(schema())


def test_every_claim_of_this_repository_fits() -> None:
    """What the reader reads, editors do not underline."""
    assert FILES
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        if not re.search(r"^(- )?claim:", text, re.MULTILINE):
            continue
        errors = [f"{path}: {e.json_path}: {e.message}" for e in CHECK.iter_errors(yaml.safe_load(text))]
        assert not errors


def test_every_type_of_the_language_page_fits() -> None:
    """And those that are offered are types."""
    pattern = re.compile(schema()["$defs"]["type"]["pattern"])
    page = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"## Declarations\n\n```text\nlet\n(.*?)```", page, re.DOTALL)
    for text in (*re.split(r" · |\n", shown.strip()), *TYPES):
        assert pattern.search(text), text
    for text in ("rael", "vectors(n)", "> 0", "matrixes", ""):
        assert not pattern.search(text), text


def test_the_types_that_are_offered_can_be_read(tmp_path: Path) -> None:
    """Each as the declaration of a claim."""
    for k, kind in enumerate(TYPES):
        (tmp_path / f"c{k}.yaml").write_text(
            f"claim: c{k}\nlet:\n  n: size\n  m: size\n  G: graph\n  x: {kind}\nprove: 1 = 1\n"
        )
    assert all(isinstance(found, Claim) for found in load([tmp_path]))


@pytest.mark.parametrize(
    "text",
    [
        "claim: a\nprove: x\nproof: y\n",
        "claim: a\n",
        "prove: 1 = 1\n",
        "claim: -a\nprove: 1 = 1\n",
        "claim: a\nprove: 1 = 1\nexpect: true\n",
        "claim: a\nprove: 1 = 1\nlet: {x: rael}\n",
        "claim: a\nprove: 1 = 1\nrefute:\n  - {}\n",
        "claim: a\nprove: 1 = 1\nrefute:\n  - {proof: x}\n",
        "claim: a\nprove: 1 = 1\nsteps:\n  - {by: x}\n",
        "[]\n",
    ],
)
def test_what_the_reader_refuses_is_underlined(text: str, tmp_path: Path) -> None:
    """Keys, names, verdicts, types and variants that are none."""
    assert not fits(text)
    (tmp_path / "a.yaml").write_text(text)
    assert not all(isinstance(found, Claim) for found in load([tmp_path])) or text == "[]\n"


# --- with a real language server ---------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server in a folder that holds the schema beside the claims, as `symproof new` leaves it."""
    if not PROGRAM.exists() or shutil.which("node") is None:
        pytest.skip("the language server is not installed: make editors")
    folder = tmp_path_factory.mktemp("claims")
    (folder / SCHEMA).write_text(json.dumps(schema()), encoding="utf-8")
    with running(folder) as found:
        yield found


HEAD = f"# yaml-language-server: $schema={SCHEMA}\n"


def test_a_new_claim_has_no_problems(server: Server) -> None:
    """The first line that `symproof new` writes leads to the schema; the claim fits it."""
    assert starter("good").startswith(HEAD)
    assert server.problems("good.yaml", starter("good")) == []


def test_what_is_wrong_is_underlined(server: Server) -> None:
    """A key that is misspelt, a verdict that is none, a goal that is missing, a type that is none."""
    text = HEAD + "claim: a\nlet:\n  x: rael\nexpect: prooved\nproves: x = x\n"
    said = " ".join(server.problems("bad.yaml", text))
    for words in ("prove", "proves", "proved", "x"):
        assert words in said
    assert len(server.problems("bad2.yaml", HEAD + "- claim: a\n  prove: 1 = 1\n- claim: b\n")) >= 1


def test_keys_are_completed(server: Server) -> None:
    """Those of a claim, in a list too, but not those that are there already; those of a variant."""
    offered = server.completions("keys.yaml", HEAD + "claim: a\nprove: 1 = 1\n")
    assert set(CLAIM_KEYS) - {"claim", "prove"} <= set(offered) and "claim" not in offered
    assert "prove" in server.completions("keys2.yaml", HEAD + "- claim: a\n  pr")
    variant = server.completions("keys3.yaml", HEAD + "claim: a\nprove: 1 = 1\nrefute:\n  - with")
    assert "without" in variant


def test_verdicts_and_types_are_completed(server: Server) -> None:
    """The values that a key can have."""
    assert set(VERDICTS) <= set(server.completions("v.yaml", HEAD + "claim: a\nprove: 1 = 1\nexpect: "))
    types: list[Any] = server.completions("t.yaml", HEAD + "claim: a\nprove: 1 = 1\nlet:\n  x: ")
    assert {"real > 0", "vector(n)", "random real"} <= set(types)


def test_a_key_says_what_it_is_for(server: Server) -> None:
    """The words of the reader, when the pointer rests on it."""
    assert CLAIM_KEYS["why"] in server.hover("h.yaml", HEAD + "claim: a\nprove: 1 = 1\nwhy: so")
    text = HEAD + "claim: a\nprove: 1 = 1\nrefute: 1 = 2\nexpect: proved"
    assert "verdict" in server.hover("h2.yaml", text)
