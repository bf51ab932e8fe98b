"""What running costs and what it withstands: `python -m benchmarks.running [PART…] [--count N]`.

    start    CPU seconds of `symproof --help`, of a proof, of a refutation, of a second `symproof check`
    jobs     two jobs against one, on 200 statements of equal work
    limits   how far hard limits are overrun, also in one call of C and from a thread
    bad      statements that hang, exhaust memory or crash, mixed with ordinary ones
    cluster  a cluster of two local workers against two jobs, on 10,000 small statements

Each row has a figure and its bound; the exit code is 1 when a bound is broken.  Wall-clock ratios (jobs,
cluster) mean something on an otherwise idle machine only.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from symproof.kernel.statement import Statement
from symproof.methods import METHODS
from symproof.methods.base import Budget, Evidence, Method
from symproof.options import Options
from symproof.reading.inline import read_statement
from symproof.running.check import Question, decide_all
from symproof.running.pool import Lost, run

ROOT = Path(__file__).parent.parent
LET = ["--let", "a: real", "--let", "b: real"]


@dataclass(frozen=True)
class Row:
    """A figure and the bound that it must not exceed (or, if `least`, fall below)."""

    what: str
    figure: float
    bound: float
    unit: str
    least: bool = False

    @property
    def kept(self) -> bool:
        return self.figure >= self.bound if self.least else self.figure <= self.bound


# --- start ---------------------------------------------------------------------------------


def cpu(*args: str, cwd: Path = ROOT) -> float:
    """The CPU seconds of a run of the command, the least of seven."""
    least = float("inf")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for _ in range(7):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-m", "symproof", *args], cwd=cwd, env=environment, capture_output=True
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        least = min(least, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return least


def start() -> Iterator[Row]:
    yield Row("`symproof --help`", cpu("--help"), 0.1, "s CPU")
    yield Row(
        "`prove` of (a+b)^2 = a^2 + 2 a b + b^2",
        cpu("prove", "(a+b)^2 = a^2 + 2 a b + b^2", *LET),
        0.3,
        "s CPU",
    )
    yield Row(
        "`prove` of (a+b)^2 = a^2 + b^2, refuted", cpu("prove", "(a+b)^2 = a^2 + b^2", *LET), 0.3, "s CPU"
    )
    claims = str(ROOT / "claims")
    with tempfile.TemporaryDirectory() as folder:
        cpu("check", claims, cwd=Path(folder))
        yield Row(
            "a second `symproof check` of claims/", cpu("check", claims, cwd=Path(folder)), 0.25, "s CPU"
        )


# --- jobs ----------------------------------------------------------------------------------


def equal_work(count: int) -> list[Question]:
    """Statements that take some ten milliseconds each."""
    return [
        Question(
            str(k),
            read_statement(f"(a + b + c + {k})^12 = (a + c + {k} + b)^12", ["a: real", "b: real", "c: real"]),
        )
        for k in range(count)
    ]


def seconds(questions: Sequence[Question], options: Options) -> float:
    began = time.monotonic()
    for _ in decide_all(questions, options):
        pass
    return time.monotonic() - began


def jobs(count: int = 200) -> Iterator[Row]:
    questions = equal_work(count)
    ratios = sorted(
        seconds(questions, Options(jobs=2)) / seconds(questions, Options(jobs=1)) for _ in range(3)
    )
    yield Row(f"two jobs against one, {count} statements", ratios[1], 0.6, "of the time")


# --- limits --------------------------------------------------------------------------------


def hang_in_python() -> None:
    while True:
        pass


def hang_in_c() -> None:
    ctypes.PyDLL(None).sleep(1000)  # holds the interpreter's lock, and no signal handler runs


def exhaust() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 24))


def exhaust_in_c() -> None:
    import flint

    flint.fmpz(9) ** (1 << 33)


def overrun(act: Callable[[], None], limit: float) -> float:
    """Seconds beyond the limit until the loss of the task is known."""
    began = time.monotonic()
    [(_, lost)] = run(lambda task, resume, stage: act(), [limit], memory=256 << 20)
    assert isinstance(lost, Lost) and lost.why == "time", lost
    return time.monotonic() - began - limit


def peak(act: Callable[[], None], memory: int) -> float:
    """The memory that a task held before it was lost, as a share of its limit."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    [(_, lost)] = run(lambda task, resume, stage: act(), [60.0], memory=memory)
    assert isinstance(lost, Lost) and lost.why == "memory", lost
    return max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024 / memory


def limits() -> Iterator[Row]:
    for act, words in ((hang_in_python, "in Python"), (hang_in_c, "in one call of C")):
        yield Row(f"overrun of a limit of 1 s, stuck {words}", overrun(act, 1.0), 0.5, "s")
    found: list[float] = []
    threads = [threading.Thread(target=lambda: found.append(overrun(hang_in_c, 1.0))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    yield Row("the same from four threads at once, the worst", max(found), 0.5, "s")
    for act, words in ((exhaust, "Python"), (exhaust_in_c, "FLINT")):
        yield Row(
            f"memory held when {words} exhausts a limit of 1 GiB", peak(act, 1 << 30), 1.0, "of the limit"
        )


# --- bad -----------------------------------------------------------------------------------

BAD: dict[int, Callable[[], None]] = {
    1: hang_in_c,
    3: exhaust,
    5: lambda: os._exit(3),
    7: lambda: ctypes.string_at(0),  # type: ignore[arg-type,return-value]
}


def misbehave(statement: Statement, budget: Budget) -> Evidence | None:
    """Every second statement (its number stands in it) takes its process with it."""
    number = int(statement.symbols[0].name.removeprefix("x"))
    act = BAD.get(number % 8)
    if act is not None:
        act()
    return None


def bad(count: int = 1000) -> Iterator[Row]:
    methods = (Method("misbehave", 0.1, misbehave), *METHODS)
    questions = [
        Question(
            str(k), read_statement(f"(x{k} + 1)^2 = x{k}^2 + 2 x{k} + {1 + k // 2 % 2}", [f"x{k}: real"])
        )
        for k in range(2 * count)
    ]
    options = Options(timeout=1.0, memory=256, jobs=2)
    verdicts = {k: result.verdict for k, result in decide_all(questions, options, methods=methods)}
    right = sum(verdicts[k] == ("refuted" if k // 2 % 2 else "proved") for k in range(0, 2 * count, 2))
    yield Row(
        f"right verdicts on {count} ordinary among {count} bad statements", right, count, "", least=True
    )
    others = Counter(verdicts[k] for k in range(1, 2 * count, 2))
    print("the bad ones:", ", ".join(f"{n} {verdict}" for verdict, n in others.items()), file=sys.stderr)


# --- cluster -------------------------------------------------------------------------------


def small(count: int) -> list[Question]:
    """Small true and false statements."""
    return [
        Question(str(k), read_statement(f"(a + {k})^2 = a^2 + {2 * k} a + {k * k - k % 2}", ["a: real"]))
        for k in range(count)
    ]


def cluster(count: int = 10_000) -> Iterator[Row]:
    from distributed import LocalCluster

    questions = small(count)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as two:
        there = Options(cluster=two.scheduler_address)
        seconds(questions[:100], there)
        ratios = sorted(seconds(questions, Options(jobs=2)) / seconds(questions, there) for _ in range(3))
    yield Row(
        f"throughput of a cluster of two, {count} statements", ratios[1], 0.8, "of two jobs'", least=True
    )


PARTS: dict[str, Callable[..., Iterator[Row]]] = {
    "start": start,
    "jobs": jobs,
    "limits": limits,
    "bad": bad,
    "cluster": cluster,
}


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.running", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all of them if none is named"
    )
    parser.add_argument("--count", type=int, help="how many statements, in the parts that have many")
    chosen = parser.parse_args()
    unknown = [part for part in chosen.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}")
    print("| | figure | bound | |\n|---|---|---|---|")
    kept = True
    for part in chosen.parts or PARTS:
        many = (chosen.count,) if chosen.count and part in ("jobs", "bad", "cluster") else ()
        for row in PARTS[part](*many):
            kept &= row.kept
            sign = "≥" if row.least else "≤"
            verdict = "kept" if row.kept else "**broken**"
            print(
                f"| {row.what} | {row.figure:.4g} {row.unit} | {sign} {row.bound:g} | {verdict} |", flush=True
            )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
