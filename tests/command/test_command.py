"""The command as a person and a script meet it: in a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from symproof import __version__

IDENTITY = ["prove", "(a+b)^2 = a^2 + 2 a b + b^2", "--let", "a: real", "--let", "b: real"]
SQUARE = """\
claim: square
let: {a: real, b: real}
prove: (a + b)^2 = a^2 + 2 a b + b^2
refute:
  - (a + b)^2 = a^2 + b^2
"""


def symproof(*args: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "symproof", *args],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": os.getcwd(), **environment},
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good claim."""
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "square.yaml").write_text(SQUARE, encoding="utf-8")
    return tmp_path


# --- start-up ------------------------------------------------------------------


def test_help_loads_no_mathematics() -> None:
    """`symproof --help` stays fast because it imports neither kernel, methods nor sympy."""
    found = symproof("--help", PYTHONPROFILEIMPORTTIME="1")
    assert not re.search(r"symproof\.(kernel|methods|reading)|sympy|flint|networkx", found.stderr)


@pytest.mark.parametrize("statement", ["(a+b)^2 = a^2 + 2 a b + b^2", "(a+b)^2 = a^2 + b^2"])
def test_neither_proof_nor_refutation_needs_sympy(statement: str, tmp_path: Path) -> None:
    """With a sympy that cannot be imported the verdict is the same."""
    (tmp_path / "sympy.py").write_text("raise ImportError('sympy is not wanted here')")
    paths = os.pathsep.join([str(tmp_path), os.getcwd()])
    found = symproof("prove", statement, "--let", "a: real", "--let", "b: real", PYTHONPATH=paths)
    assert found.stdout.startswith("proved" if "2 a b" in statement else "refuted"), found.stderr


# --- help and usage --------------------------------------------------------------


def test_version() -> None:
    """The version is that of the package."""
    assert symproof("--version").stdout == f"symproof {__version__}\n"


COMMANDS = ["check", "prove", "recheck", "mutate", "new", "schema", "ledger"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    """Help says what the command does and shows a line to copy."""
    found = symproof(command, "--help")
    assert found.returncode == 0
    assert f"symproof {command}" in found.stdout.partition("Options:")[0].partition("\n")[2]
    assert f"  {command} " in symproof("--help").stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["chekc"], "No such command"),
        (["check", "--jobs", "0"], "--jobs"),
        (["check", "--timeout", "soon"], "--timeout"),
        (["check", "--memory", "1"], "--memory"),
        (["prove"], "Missing argument"),
        (["new", "../escape"], "letters, digits"),
        (["recheck", "nowhere.json"], "does not exist"),
        (["ledger", "no-such-axiom"], "lists them all"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_is_right(args: list[str], message: str, tmp_path: Path) -> None:
    """No traceback, a message that names the place, exit code 2."""
    found = symproof(*args, cwd=tmp_path)
    assert found.returncode == 2
    assert message in found.stderr
    assert "Traceback" not in found.stderr


# --- prove -------------------------------------------------------------------------


def test_prove_says_how_it_is_known() -> None:
    """The verdict first, then how far it reaches."""
    found = symproof(*IDENTITY)
    assert found.stdout.splitlines()[0] == "proved: (a + b)^2 = a^2 + 2 a b + b^2"
    assert found.returncode == 0


def test_a_refutation_shows_its_witness() -> None:
    """Small values, and what both sides are there."""
    found = symproof("prove", "(a+b)^2 = a^2 + b^2", "--let", "a: real", "--let", "b: real")
    assert found.returncode == 1
    assert found.stdout.startswith("refuted: (a + b)^2 = a^2 + b^2\n")
    for word in ("a = ", "b = ", "left ", "right "):
        assert word in found.stdout


def test_prove_as_json() -> None:
    """`--json -` prints the object and nothing else."""
    data = json.loads(symproof(*IDENTITY, "--json", "-").stdout)
    assert data["summary"]["proved"] == 1
    assert data["claims"][0]["evidence"]["kind"] == "certificate"


def test_what_cannot_be_read_is_invalid_with_a_caret() -> None:
    """An undeclared name: exit code 2, the place, the name."""
    found = symproof("prove", "a + c = c + a", "--let", "a: real")
    assert found.returncode == 2
    assert found.stdout.startswith("invalid: a + c = c + a\n")
    assert "`c` is not declared" in found.stdout and "^" in found.stdout


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_in_a_pipe(environment: dict[str, str]) -> None:
    """Output that is not a terminal is plain."""
    assert "\x1b" not in symproof(*IDENTITY, **environment).stdout


def test_any_encoding_of_the_terminal_will_do() -> None:
    """A terminal that says it knows no β is no error."""
    found = symproof("prove", "β = β", "--let", "β: real", PYTHONIOENCODING="ascii")
    assert found.returncode == 0, found.stderr


# --- check ---------------------------------------------------------------------------


def test_check_decides_the_claims_folder(folder: Path) -> None:
    """Without a path, claims/; results are kept in .symproof/ and used again."""
    found = symproof("check", cwd=folder)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "claims/square.yaml" in found.stdout and "1 proved" in found.stdout
    assert (folder / ".symproof").is_dir()
    again = symproof("check", "--json", "-", cwd=folder)
    assert json.loads(again.stdout)["summary"]["proved"] == 1


def test_the_same_report_every_time(folder: Path) -> None:
    """Two runs without cache and one with two jobs give the same JSON, times apart."""

    def report(*args: str) -> object:
        data = json.loads(symproof("check", "--json", "-", *args, cwd=folder).stdout)
        for claim in data["claims"]:
            for entry in (claim, *claim["refute"]):
                entry["seconds"] = 0
        return data

    first = report("--no-cache", "--jobs", "1")
    assert not (folder / ".symproof").exists()
    assert first == report("--no-cache", "--jobs", "2") == report() == report()


def test_check_without_claims_says_what_to_do(tmp_path: Path) -> None:
    """No folder claims/: exit code 2 and advice."""
    found = symproof("check", cwd=tmp_path)
    assert found.returncode == 2
    assert "symproof new" in found.stderr


def test_one_bad_file_does_not_stop_the_others(folder: Path) -> None:
    """A file that is not UTF-8, an empty one, and a false claim: each has its verdict, all are shown."""
    (folder / "claims" / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    (folder / "claims" / "empty.yaml").write_text("")
    (folder / "claims" / "wrong.yaml").write_text("claim: wrong\nlet:\n  x: real\nprove: x = x + 1\n")
    found = symproof("check", "--junit", "junit.xml", "--sarif", "out.sarif", cwd=folder)
    assert found.returncode == 2
    assert "1 proved, 1 refuted" in found.stdout
    assert "wrong.yaml:4:8" in found.stdout
    assert "Traceback" not in found.stdout + found.stderr
    assert "testsuites" in (folder / "junit.xml").read_text()
    assert json.loads((folder / "out.sarif").read_text())["version"] == "2.1.0"


def test_new_writes_a_claim_that_passes(tmp_path: Path) -> None:
    """`new`, then `check`; a name that is taken is left alone."""
    assert symproof("new", "my-claim", cwd=tmp_path).returncode == 0
    checked = symproof("check", cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert "my-claim" in checked.stdout and "2 of 2" in checked.stdout
    again = symproof("new", "my-claim", cwd=tmp_path)
    assert again.returncode == 2 and "exists already" in again.stderr


def test_recheck_accepts_what_check_found_and_rejects_what_was_changed(folder: Path) -> None:
    """From the cache and from a report; a certificate under another statement is rejected."""
    assert symproof("check", "--json", "r.json", cwd=folder).returncode == 0
    for args in ([], ["r.json"]):
        found = symproof("recheck", *args, cwd=folder)
        assert found.returncode == 0, found.stdout + found.stderr
        assert "2 accepted, 0 rejected, without sympy" in found.stdout
    data = json.loads((folder / "r.json").read_text())
    [claim] = data["claims"]
    claim["evidence"]["statement"]["goal"] = claim["refute"][0]["evidence"]["statement"]["goal"]
    (folder / "r.json").write_text(json.dumps(data))
    found = symproof("recheck", "r.json", cwd=folder)
    assert found.returncode == 1
    assert "1 accepted, 1 rejected" in found.stdout


def test_recheck_without_results_says_what_to_do(tmp_path: Path) -> None:
    """Nothing to check is an error, so that CI notices."""
    found = symproof("recheck", cwd=tmp_path)
    assert found.returncode == 2 and "symproof check" in found.stderr


@pytest.mark.parametrize("text", ["", "[1, 2]", '{"claims": 3}', '{"claims": [{}]}', "{" * 100000, "\x00"])
def test_recheck_of_something_else_is_an_error_with_advice(text: str, tmp_path: Path) -> None:
    """A file that is no report: exit code 2, no traceback."""
    (tmp_path / "r.json").write_text(text)
    found = symproof("recheck", "r.json", cwd=tmp_path)
    assert found.returncode == 2
    assert "Traceback" not in found.stderr


def test_mutate_refutes_what_is_false(folder: Path) -> None:
    """Mutants of a claim: most refuted, none that is false proved, the rest listed."""
    found = symproof("mutate", "--limit", "12", "--json", "-", cwd=folder)
    assert found.returncode == 0, found.stderr
    [tally] = json.loads(found.stdout)
    assert tally["claim"] == "square" and tally["mutants"] == 12
    assert tally["verdicts"]["refuted"] >= 10


def test_mutate_names_what_it_cannot_read(folder: Path) -> None:
    """The readable claims are mutated all the same."""
    (folder / "claims" / "wrong.yaml").write_text("claim: wrong\nprove: x\n")
    found = symproof("mutate", "--limit", "3", cwd=folder)
    assert found.returncode == 2
    assert "square  3 of 3" in found.stdout and "cannot be read: wrong" in found.stderr


def test_ledger_and_schema_print(tmp_path: Path) -> None:
    """Axioms with what they say; a JSON Schema that is JSON."""
    assert "then " in symproof("ledger").stdout
    assert json.loads(symproof("schema").stdout)["$schema"].startswith("https://json-schema.org/")


def test_a_reader_who_leaves_is_no_error(folder: Path) -> None:
    """`symproof ledger | head -1` ends without a traceback."""
    command = f"{sys.executable} -m symproof ledger | head -1"
    found = subprocess.run(
        command, shell=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": os.getcwd()}
    )
    assert "Traceback" not in found.stderr and "BrokenPipe" not in found.stderr


def test_ctrl_c_shows_what_is_done_and_exits_130(folder: Path) -> None:
    """SIGINT in the middle: the decided claims are reported and kept."""
    for k in range(40):
        (folder / "claims" / f"hard{k:02}.yaml").write_text(
            f"claim: hard{k}\nlet:\n  x: real\n  y: real\nprove: sin(x + 1) + cos(y) <= sqrt(x^2 + y^2 + {k + 9})\n"
        )
    process = subprocess.Popen(
        [sys.executable, "-m", "symproof", "check", "--json", "r.json", "--jobs", "1"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert process.stdout is not None
    process.stdout.readline(), process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "Traceback" not in err and "stopped" in err
    assert json.loads((folder / "r.json").read_text())["claims"]


def test_kill_9_loses_no_finished_result(folder: Path) -> None:
    """After kill -9 the next run finds what was finished and goes on from there."""
    for k in range(30):
        text = SQUARE.replace("square", f"square-{k}").replace("2 a b", f"2 a b + {k} - {k}")
        (folder / "claims" / f"c{k:02}.yaml").write_text(text)
    process = subprocess.Popen(
        [sys.executable, "-m", "symproof", "check", "--jobs", "1"],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd(), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    for _ in range(5):
        process.stdout.readline()
    process.kill()
    process.communicate()
    kept = list((folder / ".symproof").glob("*/*/*.json"))
    assert kept
    before = {path: path.stat().st_mtime_ns for path in kept}
    assert symproof("check", cwd=folder).returncode == 0
    assert all(path.stat().st_mtime_ns == mtime for path, mtime in before.items())


def test_two_runs_at_once(folder: Path) -> None:
    """Two checks of one folder at the same time both succeed, and so does a third."""
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    runs = [
        subprocess.Popen([sys.executable, "-m", "symproof", "check"], cwd=folder, env=environment)
        for _ in range(2)
    ]
    assert [run.wait(timeout=60) for run in runs] == [0, 0]
    assert symproof("check", cwd=folder).returncode == 0


def test_an_unchanged_folder_is_checked_quickly(folder: Path) -> None:
    """The second check needs neither sympy nor the methods nor the kernel, not even the reader."""
    symproof("check", cwd=folder)
    found = symproof("check", "--json", "r.json", cwd=folder, PYTHONPROFILEIMPORTTIME="1")
    assert found.returncode == 0
    heavy = r"symproof\.(kernel|methods|engine|terms|reading\.claims)|sympy|flint|networkx|yaml"
    assert not re.search(heavy, found.stderr)
    assert json.loads((folder / "r.json").read_text())["summary"]["proved"] == 1


def test_a_terminal_sees_a_bar_and_colours_and_ctrl_c_leaves_it_clean(folder: Path) -> None:
    """In a pseudo terminal: the bar is taken away, the cursor stands at the margin, exit code 130."""
    import pty

    for k in range(20):
        hard = f"sin(x + 1) + cos(y) <= sqrt(x^2 + y^2 + {k + 9})"
        (folder / "claims" / f"hard{k:02}.yaml").write_text(
            f"claim: hard{k}\nlet:\n  x: real\n  y: real\nprove: {hard if k > 2 else 'x = y'}\n"
        )
    pid, terminal = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ.update(TERM="xterm", COLUMNS="80", PYTHONPATH=str(Path(__file__).parents[2]))
        os.environ.pop("NO_COLOR", None)
        os.execv(sys.executable, [sys.executable, "-m", "symproof", "check", "--jobs", "1"])
    seen = b""
    while b"hard02" not in seen:
        seen += os.read(terminal, 4096)
    os.write(terminal, b"\x03")
    with contextlib.suppress(OSError):  # the end of a terminal
        while chunk := os.read(terminal, 4096):
            seen += chunk
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 130
    text = seen.decode()
    assert "/21  " in text and "\x1b[1;31mrefuted" in text
    last = text.rpartition("\r\x1b[K")[2]
    assert "Traceback" not in text and "stopped: " in last


@pytest.mark.parametrize("command", ["report", "mutate"])
def test_ctrl_c_ends_long_commands_without_a_traceback(command: str, folder: Path) -> None:
    """Exit code 130 and one line that says what became of the work; no report is half written."""
    for k in range(40):
        (folder / "claims" / f"hard{k:02}.yaml").write_text(
            f"claim: hard{k}\nlet:\n  x: real\n  y: real\nprove: sin(x + 1) + cos(y) <= sqrt(x^2 + y^2 + {k + 9})\n"
        )
    process = subprocess.Popen(
        [sys.executable, "-m", "symproof", command, "--jobs", "1"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Traceback" not in err and err.startswith("stopped: ")
    assert not (folder / "reports").exists()
