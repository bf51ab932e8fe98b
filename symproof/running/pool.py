"""A pool of workers that loses nothing but the task that broke its worker.

Every task has a limit in seconds; a part of a task (a stage) may have a
shorter one.  When a stage runs over its limit or breaks the worker, the task
begins again in a new worker and is told which stages to leave out, as long as
the task itself has time left.
"""

from __future__ import annotations

import select
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from symproof.running.worker import Death, Work, Worker

# A stage that minds its own clock gets this long to come to an end by itself.
GRACE = 0.2


@dataclass(frozen=True, slots=True)
class Done:
    """The task's result."""

    value: Any


@dataclass(frozen=True, slots=True)
class Lost:
    """The task was lost to `time`, `memory` or a `crash`."""

    why: str
    detail: str


Started = Callable[[int, str | None], None]


class _Seat:
    """A worker, and the task it has in hand."""

    def __init__(self, work: Work, memory: int) -> None:
        self.worker = Worker(work, memory)
        self.task: int | None = None
        self.lost: tuple[tuple[str, str], ...] = ()
        self.end = 0.0
        self.stage: str | None = None
        self.stage_end = 0.0

    def begin(self, task: int, lost: tuple[tuple[str, str], ...], end: float) -> None:
        self.task, self.lost, self.end = task, lost, end
        self.stage, self.stage_end = None, end
        self.worker.send(task, lost, end - time.monotonic())

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
    seats: list[_Seat] = []
    try:
        for _ in range(min(jobs, len(limits))):
            seat = _Seat(work, memory)
            seats.append(seat)
            _next(seat, waiting, limits, started)
        while any(seat.task is not None for seat in seats):
            _wait(seats)
            for place, seat in enumerate(seats):
                task = seat.task
                if task is None:
                    continue
                found = _hear(seat, started)
                if isinstance(found, Death):
                    fresh = seats[place] = _Seat(work, memory)
                    if seat.stage is not None and seat.end > time.monotonic():
                        fresh.begin(task, (*seat.lost, (seat.stage, found.why)), seat.end)
                        continue
                    _next(fresh, waiting, limits, started)
                    yield task, Lost(found.why, found.detail)
                elif found is not None:
                    if seat.worker.full:
                        seat.worker.end()
                        seat = seats[place] = _Seat(work, memory)
                    _next(seat, waiting, limits, started)
                    yield task, found
    finally:
        for seat in seats:
            seat.worker.end()


def _next(
    seat: _Seat, waiting: Iterator[int], limits: Sequence[float], started: Started | None
) -> None:
    task = next(waiting, None)
    if task is None:
        seat.task = None
        return
    seat.begin(task, (), time.monotonic() + limits[task])
    if started is not None:
        started(task, None)


def _wait(seats: list[_Seat]) -> None:
    """Sleep until a worker says something or the next deadline."""
    busy = [seat for seat in seats if seat.task is not None]
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
            if started is not None and seat.task is not None:
                started(seat.task, seat.stage)
        elif "done" in message:
            seat.worker.full = bool(message["full"])
            return Done(message["done"])
        else:
            return Lost("crash", str(message.get("failed", "no answer")))
    if not alive:
        return seat.worker.end()
    if time.monotonic() >= seat.deadline:
        seat.worker.end()
        return Death("time", "ran out of time")
    return None
