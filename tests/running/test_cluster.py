"""A cluster gives the results that this machine gives: with bad tasks, lost workers, and a cache."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from symproof.options import Options
from symproof.reading.inline import read_statement
from symproof.running import cluster
from symproof.running.cache import Cache
from symproof.running.check import Question, decide_all
from symproof.running.crew import Unavailable, carry_out
from symproof.running.pool import Done, Lost
from tests.running.errands import Task

dask = pytest.importorskip("dask")
distributed = pytest.importorskip("distributed")
# what the cluster's own code does at its end is not ours to judge
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Two workers on this machine."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        yield found.scheduler_address


def outcomes(tasks: list[Task], address: str | None, limit: float = 20.0) -> dict[int, Done | Lost]:
    options = Options(memory=256, jobs=1, cluster=address)
    return dict(carry_out(tasks, [limit] * len(tasks), options))


def test_the_same_outcomes_here_and_there(address: str) -> None:
    """Good and bad tasks: results, reasons, and what a resumed task was told."""
    acts = ["square", "exhaust", "crash", "raise", "resume", "square"]
    tasks = [Task(k, act) for k, act in enumerate(acts * 3)]
    here, there = outcomes(tasks, None), outcomes(tasks, address)
    assert here == there
    assert [here[k] for k in (0, 4, 5)] == [Done(0), Done([4, "first", "crash"]), Done(25)]
    assert [here[k].why for k in (1, 2, 3)] == ["memory", "crash", "crash"]  # type: ignore[union-attr]


def test_a_limit_holds_on_the_cluster(address: str) -> None:
    """A task stuck in a call of C is lost to time; the others of its batch are not."""
    found = outcomes([Task(0), Task(1, "hang"), Task(2)], address, limit=0.5)
    lost = found.pop(1)
    assert isinstance(lost, Lost) and lost.why == "time" and lost.seconds > 0.4
    assert found == {0: Done(0), 2: Done(4)}


def test_a_lost_worker_changes_no_result(address: str) -> None:
    """kill -9 of one of the two in mid-run: every task has its result once."""
    tasks = [Task(k, "nap") for k in range(300)]
    with distributed.Client(address, set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))
    found: list[tuple[int, Any]] = []
    for number, outcome in carry_out(tasks, [20.0] * 300, Options(memory=256, cluster=address)):
        if not found:
            os.kill(victim, signal.SIGKILL)
        found.append((number, outcome))
    assert sorted(number for number, _ in found) == list(range(300))
    assert all(outcome == Done(number**2) for number, outcome in found)


def test_statements_have_the_same_verdicts(address: str, tmp_path: Path) -> None:
    """True and false ones, proofs and witnesses; what is kept from the first run serves the second."""
    questions = [
        Question(str(k), read_statement(f"(a + {k})^2 = a^2 + {2 * k} a + {k * k - k % 2}", ["a: real"]))
        for k in range(12)
    ]
    cache = Cache(tmp_path, b"k" * 32)
    runs = [
        dict(decide_all(questions, options, kept))
        for options, kept in (
            (Options(), None),
            (Options(cluster=address), cache),
            (Options(cluster=address), cache),
        )
    ]
    for k in range(12):
        first, *others = ({**run[k].encode(), "seconds": 0} for run in runs)
        assert first["verdict"] == ("refuted" if k % 2 else "proved")
        assert others == [first, first]


def test_another_version_on_the_cluster_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results of a program that is not this one are not taken."""
    monkeypatch.setattr(cluster, "fingerprint", lambda: "another")
    with pytest.raises(Unavailable, match="another version"):
        outcomes([Task(0)], address)


def test_no_cluster_is_an_error_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers, or the extra is not installed: the message says what to do."""
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    with pytest.raises(Unavailable, match="dask scheduler"):
        outcomes([Task(0)], "tcp://127.0.0.1:1")
    with pytest.raises(Unavailable, match="tcp://host:8786"):
        outcomes([Task(0)], "nonsense")
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Unavailable, match=r"symproof\[cluster\]"):
        outcomes([Task(0)], "tcp://127.0.0.1:1")


def test_a_cluster_without_workers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says how to start one."""
    monkeypatch.setattr(cluster, "CONNECT", 0.5)
    found = distributed.LocalCluster(n_workers=0, dashboard_address=None)
    with found, pytest.raises(Unavailable, match="dask worker tcp"):
        outcomes([Task(0)], found.scheduler_address)


def test_a_cluster_that_goes_away_is_an_error() -> None:
    """What had come stays; nobody waits for the rest."""
    found = distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None)
    options = Options(cluster=found.scheduler_address)
    running = carry_out([Task(k, "nap") for k in range(300)], [20.0] * 300, options)
    assert isinstance(next(running)[1], Done)
    found.close()
    at_once = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with at_once, pytest.raises(Unavailable, match="gone"):
        list(running)


def test_the_command_decides_on_a_cluster(address: str, tmp_path: Path) -> None:
    """`check --cluster` prints what `check` prints; a wrong address exits 2 without a traceback."""
    (tmp_path / "a.yaml").write_text("claim: a\nlet: {x: real}\nprove: x + x = 2 x\nrefute: x + x = x\n")

    def check(where: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "symproof", "check", "a.yaml", "--no-cache", "--cluster", where],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )

    found = check(address)
    assert found.returncode == 0, found.stderr
    assert "1 proved · 1 of 1 false variants refuted" in found.stdout
    wrong = check("nonsense://x")
    assert wrong.returncode == 2 and "Traceback" not in wrong.stderr
