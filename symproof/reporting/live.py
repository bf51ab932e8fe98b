"""What a person sees while claims are decided: each result as it comes, and below it what is in work."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from typing import TextIO

from symproof.reporting.terminal import Painter, cut, safe
from symproof.results import ClaimResult

CLEAR = "\r\x1b[K"
# Seconds between two renewals of the line, and the characters of the bar.
PAUSE = 0.1
CELLS = 20


class Live:
    """Shows results on `out`; on the terminal `progress` a bar, the claim in work and the time left."""

    def __init__(
        self,
        painter: Painter,
        names: Sequence[str],
        out: TextIO,
        progress: TextIO | None,
        *,
        passes: Callable[[ClaimResult], bool] = lambda result: True,
        tell: Callable[[ClaimResult], str] | None = None,
    ) -> None:
        self._painter = painter
        self._widest = max(map(len, names), default=0)
        self._total = len(names)
        self._out = out
        self._progress = progress
        self._passes = passes
        self._tell = tell
        self._began = time.monotonic()
        self._shown = 0.0
        self._done = 0
        self._decided = 0  # of these some may have been known before
        self._file: str | None = None

    def working(self, name: str) -> None:
        """Name what is in work; the line is renewed at most ten times a second."""
        now = time.monotonic()
        if self._progress is None or now - self._shown < PAUSE:
            return
        self._shown = now
        width = shutil.get_terminal_size().columns - 1
        bar = self._bar() if width >= 3 * CELLS else ""
        text = f" {self._done}/{self._total}  {safe(name)}"
        left = self._left(now)
        text = cut(text, width - len(left) - (CELLS if bar else 0)) + left
        self._progress.write(CLEAR + bar + text)
        self._progress.flush()

    def claim(self, result: ClaimResult) -> None:
        """Show the result for one claim."""
        text = ""
        if result.file is not None and result.file != self._file:
            self._file = result.file
            text = self._painter.heading(result.file)
        text += self._painter.line(result, self._widest, passes=self._passes(result))
        if self._tell is not None:
            text += self._tell(result)
        self.show(text, decided=any(case.seconds for case in (result, *result.refute)))

    def show(self, text: str, decided: bool = True) -> None:
        """One more is done, and this is what there is to say of it."""
        self._done += 1
        self._decided += decided
        self.clear()
        self._out.write(text)
        self._out.flush()

    def clear(self) -> None:
        """Take the progress line away."""
        if self._progress is not None and self._shown:
            self._progress.write(CLEAR)
            self._progress.flush()

    def _bar(self) -> str:
        full = CELLS * self._done // max(1, self._total)
        encoding = (self._progress and self._progress.encoding or "ascii").lower()
        done, rest = ("━", "─") if encoding.startswith("utf") else ("#", "-")
        return self._painter.good(done * full) + self._painter.faint(rest * (CELLS - full))

    def _left(self, now: float) -> str:
        """The time that the rest will take if it goes on like this."""
        if not self._decided:
            return ""
        seconds = (now - self._began) / self._decided * (self._total - self._done)
        return f" · about {seconds:.0f} s left" if seconds < 100 else f" · about {seconds / 60:.0f} min left"
