"""`pytest claims/`: claim files are tests, and nobody else's test run notices."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

INSTALLED = importlib.metadata.entry_points(group="pytest11", name="symproof")
GOOD = """\
claim: square
let: {a: real, b: real}
prove: (a + b)^2 = a^2 + 2 a b + b^2
refute:
  - (a + b)^2 = a^2 + b^2
  - (a + b)^2 = a^2 + a b + b^2
"""
BAD = """\
- claim: wrong
  let: {x: real}
  prove: x + x = 3 x
- claim: divided
  let: {x: real}
  prove: x/x = 1
- claim: toothless
  let: {x: real}
  prove: x + x = 2 x
  refute: x = x + 0
- claim: false-on-purpose
  expect: refuted
  let: {x: real}
  prove: x = x + 1
"""


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs pytest in a process of its own, in a folder with good.yaml and bad.yaml in claims/."""
    (pytester.path / "claims").mkdir()
    (pytester.path / "claims" / "good.yaml").write_text(GOOD)
    (pytester.path / "claims" / "bad.yaml").write_text(BAD)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    plugin = [] if INSTALLED else ["-p", "symproof.pytest_plugin"]

    def go(*args: str) -> pytest.RunResult:
        return pytester.runpytest_subprocess("-p", "no:cacheprovider", *plugin, *args)

    return go


def test_the_plugin_is_installed_with_the_package() -> None:
    """The entry point names the module."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["pytest11"] == {"symproof": "symproof.pytest_plugin"}


def test_claims_and_their_variants_pass_or_fail(run) -> None:  # type: ignore[no-untyped-def]
    """What is wrong fails with its witness, its place and the line itself; the rest passes."""
    found = run("claims", "-v")
    found.assert_outcomes(passed=5, failed=3)
    found.stdout.fnmatch_lines(
        [
            "claims/bad.yaml::wrong FAILED*",
            "claims/bad.yaml::false-on-purpose PASSED*",
            "claims/good.yaml::square PASSED*",
            "claims/good.yaml::square/refute-2 PASSED*",
            "refuted: x + x = 3 x (at x = 1)",
            " --> claims/bad.yaml:3:10",
            "3 |   prove: x + x = 3 x",
            "*left   2",
            "*right  3",
            "FAILED claims/bad.yaml::wrong - refuted: x + x = 3 x (at x = 1)",
            "FAILED claims/bad.yaml::divided - conditional: x/x = 1 (if x != 0)",
            "FAILED claims/bad.yaml::toothless/refute-1 - proved: x = x + 0",
        ]
    )
    found.stdout.no_fnmatch_line("*Traceback*")


def test_options_say_what_passes(run) -> None:  # type: ignore[no-untyped-def]
    """A conditional claim passes when lenient; time runs out as told."""
    run("claims", "--symproof-lenient").assert_outcomes(passed=6, failed=2)
    found = run("claims", "-k", "wrong", "--symproof-timeout", "0.0001", "--symproof-no-cache")
    found.stdout.fnmatch_lines(["*undecided*time*"])


def test_k_and_x_work(run) -> None:  # type: ignore[no-untyped-def]
    """Claims are chosen by name, and the first failure can end the run."""
    run("claims", "-k", "square and not refute").assert_outcomes(passed=1, deselected=7)
    run("claims", "-x").assert_outcomes(failed=1)
    run("claims/good.yaml::square/refute-1").assert_outcomes(passed=1)


def test_processes_of_xdist_share_the_work(run) -> None:  # type: ignore[no-untyped-def]
    """The same outcomes with `-n 2`."""
    pytest.importorskip("xdist")
    found = run("claims", "-n", "2")
    found.assert_outcomes(passed=5, failed=3)
    found.stdout.fnmatch_lines(["FAILED claims/bad.yaml::wrong - refuted: x + x = 3 x (at x = 1)"])


def test_what_cannot_be_read_fails_where_it_is_wrong(run, pytester: pytest.Pytester) -> None:  # type: ignore[no-untyped-def]
    """A claim with a typing error, and one whose name is taken by another file."""
    (pytester.path / "claims" / "odd.yaml").write_text("claim: odd\nlet: {x: real}\nprove: x = y\n")
    (pytester.path / "claims" / "zz.yaml").write_text(GOOD)
    found = run("claims")
    found.assert_outcomes(passed=5, failed=5)
    found.stdout.fnmatch_lines(["*`y` is not declared*", "*the name `square` is taken*"])


def test_results_of_check_are_used(run, pytester: pytest.Pytester) -> None:  # type: ignore[no-untyped-def]
    """The second run finds what the first has kept."""
    run("claims/good.yaml").assert_outcomes(passed=3)
    assert (pytester.path / ".symproof").is_dir()
    run("claims/good.yaml").assert_outcomes(passed=3)


def test_a_project_without_claims_notices_nothing(run, pytester: pytest.Pytester) -> None:  # type: ignore[no-untyped-def]
    """Other YAML is no test; a bare `pytest` looks for claims in folders called claims only; nothing is loaded."""
    for path in (pytester.path / "claims").iterdir():
        path.unlink()
    (pytester.path / "data").mkdir()
    (pytester.path / "data" / "deploy.yaml").write_text("claim: volume\nspec: {}\n")
    (pytester.path / "data" / "good.yaml").write_text(GOOD)
    (pytester.path / "data" / "binary.yaml").write_bytes(b"\xff\xfe\x00claim:")
    (pytester.path / "test_ours.py").write_text(
        "import sys\n"
        "def test_ours():\n"
        "    loaded = {m for m in sys.modules if m.startswith('symproof')}\n"
        "    assert loaded <= {'symproof', 'symproof.pytest_plugin'}, loaded\n"
        "    assert not {'sympy', 'flint', 'yaml'} & set(sys.modules)\n"
    )
    run().assert_outcomes(passed=1)
    run(".").assert_outcomes(passed=1)
    run("data").assert_outcomes(passed=3)
    run("data/good.yaml::square").assert_outcomes(passed=1)
