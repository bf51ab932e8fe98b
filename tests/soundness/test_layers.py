"""Who may import whom: what a proof rests on stays apart from what searches, evaluates and shows."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import symproof

ROOT = Path(symproof.__file__).parent

# Each layer, and the layers that it may import beside itself.  A module of the top level is a layer.
ALLOWED = {
    "terms": "",
    "kernel": "terms",
    "evaluation": "terms kernel.statement kernel.verdict",
    "kernel.witness": "terms kernel.statement kernel.verdict evaluation",
    "kernel.denial": "terms kernel kernel.witness",
    "reading": "terms kernel",
    "mutations": "terms kernel",
    "results": "terms kernel reporting.notebook",  # what a notebook shows of a result
    "options": "",
    "methods": "terms kernel kernel.witness kernel.denial evaluation reading",
    "engine": "options terms kernel kernel.witness kernel.denial evaluation reading methods results",
    "running": "options terms kernel kernel.witness kernel.denial evaluation reading methods mutations results engine",
    "grading": "options terms kernel kernel.witness kernel.denial evaluation reading methods mutations results engine running",
    "reporting": "options terms kernel kernel.witness evaluation reading methods results engine running grading",
}
FRONT = {"cli", "command", "api", "magic", "pytest_plugin", "__main__", ""}  # these may import everything
SEALERS = {"kernel.check", "kernel.denial", "kernel.witness"}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


def layer(module: str) -> str:
    return module if module in ALLOWED else module.split(".")[0]


def only_typing(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The modules that a file imports, with the name taken from each, wherever it does so."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name, "") for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0 and child.module, ast.unparse(child)
            yield from ((child.module, alias.name) for alias in child.names)
        elif not only_typing(child):
            yield from imports(child)


def own_imports(path: Path) -> Iterator[tuple[str, str]]:
    """What it imports from symproof: `kernel.poly` and the name, whichever way it is written."""
    for module, name in imports(ast.parse(path.read_text(encoding="utf-8"))):
        if module.split(".")[0] == "symproof":
            whole = [*module.split(".")[1:], name]
            if (ROOT.joinpath(*whole)).with_suffix(".py").exists() or ROOT.joinpath(*whole).is_dir():
                yield ".".join(part for part in whole if part), ""
            else:
                yield ".".join(whole[:-1]), name


def permitted(importer: str, imported: str) -> bool:
    allowed = ALLOWED[importer].split()
    return imported in allowed or layer(imported) in (*allowed, importer)


@pytest.mark.parametrize(("module", "path"), list(modules()))
def test_it_imports_only_from_layers_above(module: str, path: Path) -> None:
    if layer(module) in FRONT:
        return
    for imported, name in own_imports(path):
        assert permitted(layer(module), imported) or not imported, f"{module} imports {imported} {name}"


def test_every_layer_has_its_rule() -> None:
    assert {layer(module) for module, _ in modules()} <= {*ALLOWED, *FRONT}


@pytest.mark.parametrize(("module", "path"), list(modules()))
def test_only_the_two_checkers_can_seal_a_verdict(module: str, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ("_SEAL" in text) == (module in SEALERS or module == "kernel.verdict")


def test_what_a_proof_rests_on_is_the_standard_library() -> None:
    for module, path in modules():
        if layer(module) in ("terms", "kernel"):
            foreign = {name.split(".")[0] for name, _ in imports(ast.parse(path.read_text(encoding="utf-8")))}
            assert foreign <= {*sys.stdlib_module_names, "symproof"}, module


def test_an_import_the_wrong_way_is_seen() -> None:
    assert not permitted("kernel", "evaluation.compiler")
    assert not permitted("kernel", "kernel.witness")
    assert not permitted("evaluation", "kernel.rules")
    assert not permitted("terms", "kernel.statement")
    assert not permitted("methods", "reporting.words")
    assert permitted("kernel.witness", "evaluation.balls") and permitted("engine", "methods.prove")
