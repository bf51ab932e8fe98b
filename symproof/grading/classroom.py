"""A class: many submissions, every question about a line asked once, its answer kept as soon as it is there.

Each submission is a generator of questions (see marking.py).  All of them go on together: what they
ask next is gathered, what no earlier run or classmate has asked is answered by workers that can be killed,
and the answers are sent back.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from symproof.grading.asking import Answer, Ask, answer
from symproof.grading.assignments import Assignment
from symproof.grading.marking import Asking, grading
from symproof.grading.results import Graded
from symproof.methods import METHODS
from symproof.options import Options
from symproof.running.cache import Cache
from symproof.running.check import load_methods, rehearse
from symproof.running.crew import Crew
from symproof.running.pool import Done
from symproof.running.worker import Resume, Stage

SUFFIXES = frozenset((".md", ".markdown", ".tex", ".txt", ".latex"))
LARGEST = 4_000_000  # bytes of a submission
READING = 20.0  # seconds that one submission may take between two questions
BATCH = 200  # submissions that are open at the same time

Watch = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission by name; `problem` says why there is no text."""

    name: str
    text: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Answering:
    """The answer to one question as an errand."""

    ask: Ask

    def do(self, resume: Resume | None, stage: Stage) -> Any:
        return answer(self.ask, stage, resume)

    def encode(self) -> Any:
        return self.ask.encode()

    @classmethod
    def decode(cls, data: Any) -> Answering:
        return cls(Ask.decode(data))

    @classmethod
    def warm(cls) -> None:
        load_methods(METHODS)
        rehearse()


def gather(paths: Sequence[Path]) -> list[Submission]:
    """The submissions in files and folders, by name; a file that cannot be read says why."""
    found: dict[str, Submission] = {}
    for path in paths:
        files = [path]
        if path.is_dir():
            files = sorted(f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in SUFFIXES)
        for file in files:
            name = str(file.relative_to(path)) if path.is_dir() else file.name
            found.setdefault(name if name not in found else str(file), _read(name, file))
    return list(found.values())


def _read(name: str, file: Path) -> Submission:
    try:
        if file.stat().st_size > LARGEST:
            return Submission(name, problem=f"larger than {LARGEST // 1_000_000} MB")
        return Submission(name, file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Submission(name, problem=f"not UTF-8 text (byte {error.start})")
    except OSError as error:
        return Submission(name, problem=f"cannot be read: {error.strerror}")


def grade_class(
    assignment: Assignment,
    submissions: Sequence[Submission],
    options: Options,
    cache: Cache | None = None,
    watch: Watch | None = None,
) -> Iterator[Graded]:
    """The graded submissions, in order within each batch."""
    Answering.warm()
    known: dict[str, Answer | None] = {}
    with Crew(Answering, options) as crew:
        for start in range(0, len(submissions), BATCH):
            batch = submissions[start : start + BATCH]
            yield from _batch(assignment, batch, crew, options.timeout, cache, known, watch)


def _batch(
    assignment: Assignment,
    submissions: Sequence[Submission],
    crew: Crew,
    seconds: float,
    cache: Cache | None,
    known: dict[str, Answer | None],
    watch: Watch | None,
) -> Iterator[Graded]:
    desks = [_Desk(assignment, submission, seconds) for submission in submissions]
    shown = 0
    while True:
        while shown < len(desks) and desks[shown].graded is not None:
            graded = desks[shown].graded
            assert graded is not None
            yield graded
            shown += 1
        if shown == len(desks):
            return
        new: dict[str, Ask] = {}
        for desk in desks:
            desk.go_on(known)
            if desk.ask is not None and desk.ask.key not in known:
                kept = cache.get(desk.ask.key, "answer") if cache is not None else None
                if kept is not None:
                    known[desk.ask.key] = kept
                else:
                    new[desk.ask.key] = desk.ask
        keys = list(new)
        limits = [2 * new[key].seconds for key in keys]
        if watch is not None and keys:
            waiting = sum(desk.graded is None for desk in desks)
            watch(f"{waiting} submissions in work, {len(keys)} new questions")
        for number, outcome in crew.carry_out([Answering(new[key]) for key in keys], limits) if keys else ():
            reply = outcome.value if isinstance(outcome, Done) else None
            known[keys[number]] = reply
            if cache is not None and reply is not None:
                cache.put(keys[number], reply, "answer")


class _Desk:
    """A submission that is being graded, and what it asks."""

    def __init__(self, assignment: Assignment, submission: Submission, seconds: float) -> None:
        self._assignment, self._submission = assignment, submission
        self._asking: Asking | None = None
        self._seconds = seconds
        self.ask: Ask | None = None
        self.graded: Graded | None = None
        if submission.problem:
            self._fail(submission.problem)
        else:
            self._asking = grading(assignment, submission.text, submission.name, seconds)

    def go_on(self, known: dict[str, Answer | None]) -> None:
        """Take the answers that are known, up to a question that has none."""
        while self._asking is not None and (self.ask is None or self.ask.key in known):
            try:
                with _within(READING):
                    self.ask = self._asking.send(None if self.ask is None else known[self.ask.key])
            except StopIteration as stop:
                self.graded, self._asking, self.ask = stop.value, None, None
            except _TooLong:
                self._fail(f"reading took longer than {READING:.0f} s")
            except Exception as error:  # one bad submission must not stop a class
                self._fail(f"symproof failed on it ({type(error).__name__}); please report it")

    def _fail(self, problem: str) -> None:
        assignment = self._assignment
        self._asking, self.ask = None, None
        self.graded = Graded(
            self._submission.name, assignment.id, 0.0, assignment.max_points, (), assignment.feedback, problem
        )


class _TooLong(BaseException):
    """The text of a submission holds the program up."""


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Stop what takes longer; only the main thread can, elsewhere the reader's own limits must do."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
