"""A pool of workers that loses nothing but the task that broke its worker.

Every task has a limit in seconds; a part of a task (a stage) may have a
shorter one.  When a stage runs over its limit or breaks the worker, the task
begins again in a new worker from the state it had reported, as long as the task
itself has time left.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from symproof.running.worker import Death, Resume, Work, Worker

# A stage that minds its own clock gets this long to come to an end by itself.
GRACE = 0.2


@dataclass(frozen=True, slots=True)
class Done:
    """The task's result."""

    value: Any


@dataclass(frozen=True, slots=True)
class Lost:
    """The task was lost to `time`, `memory` or a `crash`, perhaps in a stage."""

    why: str
    detail: str
    stage: str | None = None


Started = Callable[[int, str | None], None]


class _Seat:
    """A place for a worker, and the task that the worker has in hand."""

    def __init__(self, work: Work, memory: int) -> None:
        self._work = work
        self._memory = memory
        self._worker: Worker | None = None
        self.task: int | None = None
        self.end = 0.0
        self.stage: str | None = None
        self.stage_end = 0.0
        self.state: Any = None

    def begin(self, task: int, resume: Resume | None, end: float) -> None:
        """Give a task to the worker, or to a new one where there is none."""
        self.task, self.end = task, end
        self.stage, self.stage_end = None, end
        if self._worker is None:
            self._worker = Worker(self._work, self._memory)
        self._worker.send(task, resume, end - time.monotonic())

    @property
    def worker(self) -> Worker:
        assert self._worker is not None
        return self._worker

    def dismiss(self) -> Death | None:
        """End the worker; says how it had ended."""
        death = self._worker.end() if self._worker is not None else None
        self._worker = None
        return death

    @property
    def deadline(self) -> float:
        return min(self.end, self.stage_end) + GRACE


def run(
    work: Work,
    limits: Sequence[float],
    *,
    jobs: int = 1,
    memory: int = 1 << 30,
    started: Started | None = None,
) -> Iterator[tuple[int, Done | Lost]]:
    """Do `work` for the tasks 0, 1, …, each within its limit in seconds; yields results as they come.

    `started(task, stage)` is told what is in work.  Workers are forks of the
    caller, so `work` may use anything that was loaded before; only numbers and
    JSON data cross.
    """
    waiting = iter(range(len(limits)))
    seats = [_Seat(work, memory) for _ in range(min(jobs, len(limits)))]
    try:
        for seat in seats:
            _next(seat, waiting, limits, started)
        while busy := [seat for seat in seats if seat.task is not None]:
            _wait(busy)
            for seat in busy:
                assert seat.task is not None
                task, found = seat.task, _hear(seat, started)
                if found is None:
                    continue
                if isinstance(found, Death):
                    if seat.stage is not None and seat.end > time.monotonic():
                        seat.begin(task, Resume(seat.state, seat.stage, found.why), seat.end)
                        continue
                    found = Lost(found.why, found.detail, seat.stage)
                _next(seat, waiting, limits, started)
                yield task, found
    finally:
        for seat in seats:
            seat.dismiss()


def _next(seat: _Seat, waiting: Iterator[int], limits: Sequence[float], started: Started | None) -> None:
    task = next(waiting, None)
    if task is None:
        seat.task = None
        return
    seat.begin(task, None, time.monotonic() + limits[task])
    if started is not None:
        started(task, None)


def _wait(busy: list[_Seat]) -> None:
    """Sleep until a worker says something or the next deadline."""
    poll = select.poll()
    for seat in busy:
        poll.register(seat.worker.reply, select.POLLIN | select.POLLHUP)
    rest = min(seat.deadline for seat in busy) - time.monotonic()
    poll.poll(max(0, int(rest * 1000) + 1))


def _hear(seat: _Seat, started: Started | None) -> Done | Lost | Death | None:
    """What has become of the task in hand; a worker that is dead or late is ended here."""
    messages, alive = seat.worker.messages()
    for message in messages:
        if "stage" in message:
            seat.stage = str(message["stage"])
            seat.stage_end = time.monotonic() + float(message["seconds"])
            seat.state = message["state"]
            if started is not None and seat.task is not None:
                started(seat.task, seat.stage)
        elif "done" in message:
            if message["full"]:
                seat.dismiss()
            return Done(message["done"])
        else:
            return Lost("crash", str(message.get("failed", "no answer")))
    if not alive:
        return seat.dismiss()
    if time.monotonic() >= seat.deadline:
        seat.dismiss()
        return Death("time", "ran out of time")
    return None
