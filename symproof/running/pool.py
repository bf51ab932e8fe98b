"""A pool of workers that loses nothing but the task that broke its worker.

Every task has a limit in seconds; a part of a task (a stage) may have a
shorter one.  When a stage runs over its limit or breaks the worker, the task
begins again in a new worker from the state it had reported, as long as the task
itself has time left.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from symproof.running.worker import Death, Resume, Work, Worker

# A stage that minds its own clock gets this long to come to an end by itself.
GRACE = 0.2
# How often, in seconds, the caller hears what is in work.
TICK = 0.5


@dataclass(frozen=True, slots=True)
class Done:
    """The task's result, and how long it took."""

    value: Any
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Lost:
    """The task was lost to `time`, `memory` or a `crash`, perhaps in a stage."""

    why: str
    detail: str
    stage: str | None = None
    seconds: float = field(default=0.0, compare=False)


Started = Callable[[int, str | None], None]


class _Seat:
    """A place for a worker, and the task that the worker has in hand."""

    def __init__(self, work: Work, memory: int) -> None:
        self._work = work
        self._memory = memory
        self._worker: Worker | None = None
        self._task: Any = None
        self.number: int | None = None
        self.began = 0.0
        self.end = 0.0
        self.stage: str | None = None
        self.stage_end = 0.0
        self.state: Any = None

    def take(self, number: int, task: Any, limit: float) -> None:
        """Begin a task that may take so many seconds."""
        self.number, self._task = number, task
        self.began = time.monotonic()
        self.end = self.began + limit
        self.begin(None)

    def begin(self, resume: Resume | None) -> None:
        """Give the task to the worker, or to a new one where there is none."""
        self.stage, self.stage_end = None, self.end
        if self._worker is None:
            self._worker = Worker(self._work, self._memory)
        self._worker.send(self._task, resume, self.end - time.monotonic())

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


class Pool:
    """Workers that stay between runs.  They are forks of the caller, so `work` may use all that was loaded
    before the first run; only tasks and results, both JSON data, cross."""

    def __init__(self, work: Work, *, jobs: int = 1, memory: int = 1 << 30) -> None:
        self._seats = [_Seat(work, memory) for _ in range(jobs)]

    def run(
        self, tasks: Iterable[tuple[Any, float]], started: Started | None = None
    ) -> Iterator[tuple[int, Done | Lost]]:
        """Do `work` for the tasks, each within its limit in seconds; yields numbers and results as they come.

        A task is taken when it begins, so an iterator may end when enough was begun.
        `started(number, stage)` is told what is in work.
        """
        waiting = enumerate(tasks)
        try:
            for seat in self._seats:
                _next(seat, waiting, started)
            while busy := [seat for seat in self._seats if seat.number is not None]:
                first = busy[0]
                if not _wait(busy) and started is not None and first.number is not None:
                    started(first.number, first.stage)  # once more: time goes by
                for seat in busy:
                    assert seat.number is not None
                    number, found = seat.number, _hear(seat, started)
                    if found is None:
                        continue
                    if isinstance(found, Death):
                        if seat.stage is not None and seat.end > time.monotonic():
                            seat.begin(Resume(seat.state, seat.stage, found.why))
                            continue
                        found = Lost(found.why, found.detail, seat.stage)
                    found = replace(found, seconds=time.monotonic() - seat.began)
                    _next(seat, waiting, started)
                    yield number, found
        finally:
            for seat in self._seats:
                if seat.number is not None:
                    seat.dismiss()

    def close(self) -> None:
        """End the workers."""
        for seat in self._seats:
            seat.dismiss()


def run(
    work: Work,
    limits: Iterable[float],
    *,
    jobs: int = 1,
    memory: int = 1 << 30,
    started: Started | None = None,
) -> Iterator[tuple[int, Done | Lost]]:
    """Do `work` for the tasks 0, 1, …, each within its limit, with workers for this run alone."""
    pool = Pool(work, jobs=jobs, memory=memory)
    try:
        yield from pool.run(enumerate(limits), started)
    finally:
        pool.close()


def _next(seat: _Seat, waiting: Iterator[tuple[int, tuple[Any, float]]], started: Started | None) -> None:
    """Begin the next task, if there is one."""
    seat.number = None
    for number, (task, limit) in waiting:
        seat.take(number, task, limit)
        if started is not None:
            started(number, None)
        return


def _wait(busy: list[_Seat]) -> bool:
    """Sleep until a worker says something (true), or to the next deadline or for a while (false)."""
    poll = select.poll()
    for seat in busy:
        poll.register(seat.worker.reply, select.POLLIN | select.POLLHUP)
    rest = min(seat.deadline for seat in busy) - time.monotonic()
    return bool(poll.poll(max(0, int(min(rest, TICK) * 1000) + 1)))


def _hear(seat: _Seat, started: Started | None) -> Done | Lost | Death | None:
    """What has become of the task in hand; a worker that is dead or late is ended here."""
    messages, alive = seat.worker.messages()
    for message in messages:
        if "stage" in message:
            seat.stage = str(message["stage"])
            seat.stage_end = time.monotonic() + float(message["seconds"])
            seat.state = message["state"]
            if started is not None and seat.number is not None:
                started(seat.number, seat.stage)
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
