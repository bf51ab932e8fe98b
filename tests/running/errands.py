"""Errands that do as they are told, well or badly, wherever they are done."""

from __future__ import annotations

import ctypes
import os
import time
from dataclasses import dataclass
from typing import Any

from symproof.running.worker import Resume, Stage


@dataclass(frozen=True)
class Task:
    """`act` says what to do; the result of a good one is its square."""

    number: int
    act: str = "square"

    def do(self, resume: Resume | None, stage: Stage) -> Any:
        if self.act == "hang":
            ctypes.PyDLL(None).sleep(1000)
        elif self.act == "exhaust":
            held = []
            while True:
                held.append(bytearray(1 << 24))
        elif self.act == "crash":
            os._exit(3)
        elif self.act == "raise":
            raise ValueError("a fault")
        elif self.act == "resume" and resume is None:
            stage("first", 5.0, {"kept": self.number})
            os._exit(3)
        elif self.act == "resume" and resume is not None:
            return [resume.state["kept"], resume.stage, resume.why]
        elif self.act == "nap":
            time.sleep(0.02)
        return self.number**2

    def encode(self) -> Any:
        return [self.number, self.act]

    @classmethod
    def decode(cls, data: Any) -> Task:
        return cls(*data)

    @classmethod
    def warm(cls) -> None:
        pass
