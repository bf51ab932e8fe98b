"""Workers that hang, exhaust memory or die take nothing with them but their task."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from symproof.running.pool import Done, Lost, run
from symproof.running.worker import Resume, Stage

MEMORY = 512 << 20


def hang_in_python() -> None:
    while True:
        pass


def hang_in_c() -> None:
    ctypes.PyDLL(None).sleep(1000)  # holds the interpreter's lock, and no signal handler runs


def compute_in_c() -> None:
    pow(7, 3 ** (10**2), 10 ** (10**5))


def exhaust_python() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 24))


def exhaust_flint() -> None:
    import flint

    flint.fmpz(9) ** (1 << 31)


def leave() -> None:
    os._exit(3)


def leave_cheerfully() -> None:
    os._exit(0)


def crash() -> None:
    ctypes.string_at(0)


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def raise_error() -> None:
    raise ValueError("a fault")


def overflow_stack() -> None:
    def deeper() -> None:
        deeper()

    deeper()


HOSTILE = {
    hang_in_python: "time",
    hang_in_c: "time",
    compute_in_c: "time",
    exhaust_python: "memory",
    exhaust_flint: "memory",
    leave: "crash",
    leave_cheerfully: "crash",
    crash: "crash",
    killed: "crash",
    raise_error: "crash",
    overflow_stack: "crash",
}


@pytest.mark.parametrize("act", HOSTILE, ids=lambda act: act.__name__)
def test_a_hostile_task_is_lost_for_its_own_reason_and_nothing_else_is(act: Any) -> None:
    """Of three tasks the one in the middle misbehaves; the worker of the others goes on."""
    tasks = [lambda: 10, act, lambda: 30]
    limit = 0.4 if HOSTILE[act] == "time" else 20.0
    found = dict(run(lambda k, resume, stage: tasks[k](), [5.0, limit, 5.0], memory=MEMORY))
    assert found[0] == Done(10)
    assert found[2] == Done(30)
    lost = found[1]
    assert isinstance(lost, Lost)
    assert lost.why == HOSTILE[act]


@pytest.mark.parametrize("act", [hang_in_python, hang_in_c])
def test_the_limit_is_kept_within_half_a_second(act: Any) -> None:
    """A task with 0.3 s is gone before 0.8 s, also while it is stuck in one call of C."""
    began = time.monotonic()
    found = list(run(lambda k, resume, stage: act(), [0.3], memory=MEMORY))
    assert 0.3 <= time.monotonic() - began < 0.8
    assert found[0][1].why == "time"  # type: ignore[union-attr]


def test_a_lost_stage_is_left_out_and_the_task_goes_on_from_its_state() -> None:
    """The second worker is told the state, the stage and the reason; the result is complete."""

    def work(task: int, resume: Resume | None, stage: Stage) -> Any:
        if resume is None:
            stage("first", 5.0, {"done": []})
            stage("second", 0.1, {"done": ["first"]})
            hang_in_c()
        assert resume is not None
        if resume.stage == "second":
            stage("third", 5.0, {"done": ["first"], "lost": [[resume.stage, resume.why]]})
            leave()
        return [*resume.state["lost"], [resume.stage, resume.why]]

    assert list(run(work, [5.0], memory=MEMORY)) == [(0, Done([["second", "time"], ["third", "crash"]]))]


def test_stages_cannot_stretch_the_limit_of_the_task() -> None:
    """A task whose every stage breaks is lost when its own time is over."""

    def work(task: int, resume: Resume | None, stage: Stage) -> Any:
        stage("stubborn", 60.0, None)
        time.sleep(0.05)
        leave()

    began = time.monotonic()
    [(_, lost)] = run(work, [0.5], memory=MEMORY)
    assert time.monotonic() - began < 1.0
    assert isinstance(lost, Lost)


def test_many_bad_tasks_among_good_ones() -> None:
    """Every ordinary task of 200 gets its result though every second one kills its worker."""
    bad = [leave, exhaust_python, crash, raise_error]

    def work(task: int, resume: Resume | None, stage: Stage) -> Any:
        return bad[task // 2 % len(bad)]() if task % 2 else task * task

    found = dict(run(work, [5.0] * 200, jobs=2, memory=256 << 20))
    assert len(found) == 200
    assert all(found[k] == Done(k * k) for k in range(0, 200, 2))
    assert all(isinstance(found[k], Lost) for k in range(1, 200, 2))


def test_two_jobs_work_at_the_same_time() -> None:
    """Ten naps on two jobs take about half as long as on one."""
    nap = 0.05

    def took(jobs: int) -> float:
        began = time.monotonic()
        assert len(list(run(lambda k, resume, stage: time.sleep(nap), [5.0] * 10, jobs=jobs))) == 10
        return time.monotonic() - began

    assert took(2) < 0.8 * took(1)


def test_it_works_from_threads() -> None:
    """Four threads run pools of their own, each with a task that has to be killed."""
    found: list[Any] = []

    def body() -> None:
        work = [lambda: 1, hang_in_c, lambda: 3]
        outcomes = dict(run(lambda k, resume, stage: work[k](), [5.0, 0.3, 5.0], memory=MEMORY))
        found.append((outcomes[0], outcomes[1].why, outcomes[2]))  # type: ignore[union-attr]

    threads = [threading.Thread(target=body) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert found == [(Done(1), "time", Done(3))] * 4


def test_memory_of_one_task_is_not_charged_to_the_next() -> None:
    """Each of 20 tasks takes a sixth of the limit and keeps it; none runs out of memory."""

    def work(task: int, resume: Resume | None, stage: Stage) -> Any:
        kept = globals().setdefault("_leak", [])
        kept.append(bytearray(MEMORY // 6))
        return len(kept)

    found = [outcome for _, outcome in run(work, [5.0] * 20, memory=MEMORY)]
    assert all(isinstance(outcome, Done) for outcome in found)


def test_a_worker_hears_nothing_of_ctrl_c() -> None:
    """SIGINT to a worker does not end its task: the parent decides."""

    def work(task: int, resume: Resume | None, stage: Stage) -> Any:
        os.kill(os.getpid(), signal.SIGINT)
        return "still here"

    assert list(run(work, [5.0])) == [(0, Done("still here"))]


def test_leaving_the_iterator_ends_the_workers() -> None:
    """After the first result the rest is dropped; no child process is left."""
    before = _children()
    outcomes = run(lambda k, resume, stage: k or time.sleep(60), [100.0, 100.0], jobs=2)
    assert next(outcomes) == (1, Done(1))
    assert len(_children() - before) == 2
    outcomes.close()  # type: ignore[attr-defined]
    assert _children() <= before


def test_a_worker_whose_parent_is_killed_does_not_stay() -> None:
    """kill -9 of the parent: the worker finds its pipe closed, or its processor time used up."""
    program = (
        "import os, time\n"
        "from symproof.running.pool import run\n"
        "def work(k, resume, stage):\n"
        "    print(os.getppid(), os.getpid(), flush=True)\n"
        "    open(path, 'w').write(str(os.getpid()))\n"
        "    time.sleep(0.3)\n"
        "import sys; path = sys.argv[1]\n"
        "for _ in run(work, [5.0, 5.0]): pass\n"
    )
    with tempfile.NamedTemporaryFile("r") as note:
        parent = subprocess.Popen([sys.executable, "-c", program, note.name])
        pid = ""
        while not pid:
            time.sleep(0.02)
            note.seek(0)
            pid = note.read()
        parent.kill()
        parent.wait()
        for _ in range(100):
            time.sleep(0.05)
            if not _running(int(pid)):
                return
    pytest.fail("the worker is still there")


def _children() -> set[int]:
    """The processes whose parent is this one; others than the pool may have started some."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found.add(int(path.parent.name))
        except OSError:  # it has ended meanwhile
            pass
    return found


def _running(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
