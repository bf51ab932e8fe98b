"""Processes that answer questions one after another, and that can be killed at any moment."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

# A tool says "true", "false", "conditional", "supported", "open", "untold" (it has no words for the
# question), or ends by "time" or "crash".
Ask = Callable[[Any], "tuple[str, float]"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a tool said, and the seconds of processor time that it took."""

    said: str
    seconds: float


class Worker:
    """A process in which `make()` loads a tool and returns the function that answers.

    The function also says how many seconds it computed; what it needs to understand a
    question does not count.
    """

    def __init__(self, make: Callable[[], Ask], limit: float) -> None:
        self.make, self.limit = make, limit
        self.loading = 0.0
        self._process: Any = None
        self._pipe: Connection | None = None

    def ask(self, question: Any) -> Answer:
        """The answer within the limit by the clock; a process that is late is killed."""
        if self._process is None:
            self._start()
        assert self._pipe is not None
        self._pipe.send(question)
        try:
            if self._pipe.poll(self.limit):
                return Answer(*self._pipe.recv())
            said = "time"
        except (EOFError, ConnectionError):
            said = "crash"
        self.close()
        return Answer(said, self.limit if said == "time" else 0.0)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = self._pipe = None

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(self.make, theirs), daemon=True)
        self._process.start()
        theirs.close()
        loading: float = self._pipe.recv()
        self.loading = self.loading or loading


def _serve(make: Callable[[], Ask], pipe: Connection) -> None:
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    began = time.process_time()
    ask = make()
    pipe.send(time.process_time() - began)
    while True:
        try:
            question = pipe.recv()
        except EOFError:
            return
        began = time.process_time()
        try:
            answer = ask(question)
        except Exception:  # a tool that fails has not decided
            answer = "crash", time.process_time() - began
        pipe.send(answer)
