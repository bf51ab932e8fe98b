"""One forked worker process: limits on memory and time, one task after another.

A worker is a fork of a process that has everything loaded, so it costs about
3 ms; it can be stopped at any moment, also inside one long call of a C library,
and takes nothing with it but the task it was working on.  The parent sends a
task (its number, or all that it needs as JSON data) and reads messages:

    {"stage": name, "seconds": s, "state": data}   a part of the task begins that may take s seconds
    {"done": data, "full": bool}   the task is finished; full: the process has grown, take a new one
    {"failed": text}               the task raised an exception

A worker that runs out of memory leaves at once: after a MemoryError nothing in
the process can be relied on.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import os
import resource
import signal
import struct
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple


class Resume(NamedTuple):
    """A task begins again: the state it had reported, the stage that was lost since, and to what."""

    state: Any
    stage: str
    why: str


# A task says which stage begins, the seconds it may take, and the state (JSON data) to resume from.
Stage = Callable[[str, float, Any], None]
# (task, where to resume, stage) -> JSON data
Work = Callable[[Any, Resume | None, Stage], Any]

HEADER = struct.Struct(">I")
MAX_MESSAGE = 1 << 26
_OUT_OF_MEMORY = 77
_MAX_FILE = 1 << 26
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
_forking = threading.Lock()


class Death(NamedTuple):
    """Why a worker ended: `time`, `memory` or `crash`, and in words."""

    why: str
    detail: str


class Worker:
    """The parent's side of a worker."""

    def __init__(self, work: Work, memory: int) -> None:
        """Fork a worker whose address space may grow to about `memory` bytes."""
        task_read, task_write = os.pipe()
        reply_read, reply_write = os.pipe()
        self._words = _memory_file()
        limit = max(memory, _address_space() + memory // 2)
        pid = _fork()
        if pid == 0:
            try:
                _serve(work, limit, task_read, reply_write, self._words)
            finally:
                os._exit(1)
        os.close(task_read)
        os.close(reply_write)
        os.set_blocking(reply_read, False)
        self.pid = pid
        self.reply = reply_read
        self._task = task_write
        self._limit = limit
        self._buffer = bytearray()

    def send(self, task: Any, resume: Resume | None, seconds: float) -> None:
        """Give the worker a task; a worker that is dead already shows so at the next read."""
        with contextlib.suppress(BrokenPipeError):
            _write(self._task, {"task": task, "resume": resume, "seconds": seconds})

    def messages(self) -> tuple[list[dict[str, Any]], bool]:
        """The messages that have come in, and whether the worker is still there."""
        alive = True
        while True:
            try:
                chunk = os.read(self.reply, 1 << 16)
            except BlockingIOError:
                break
            if not chunk:
                alive = False
                break
            self._buffer += chunk
        found: list[dict[str, Any]] = []
        while len(self._buffer) >= HEADER.size:
            (length,) = HEADER.unpack_from(self._buffer)
            if length > MAX_MESSAGE:
                return found, False
            if len(self._buffer) < HEADER.size + length:
                break
            body = bytes(self._buffer[HEADER.size : HEADER.size + length])
            del self._buffer[: HEADER.size + length]
            try:
                found.append(json.loads(body))
            except (ValueError, RecursionError):
                return found, False
        return found, alive

    def end(self) -> Death:
        """Kill the worker, free what it held and say how it had ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        status, usage = 0, None
        with contextlib.suppress(ChildProcessError):  # someone else may reap all children
            _, status, usage = os.wait4(self.pid, 0)
        words = ""
        if self._words is not None:
            size = os.fstat(self._words).st_size
            words = os.pread(self._words, 400, max(0, size - 400)).decode(errors="replace")
            os.close(self._words)
        os.close(self._task)
        os.close(self.reply)
        peak = usage.ru_maxrss * _RSS_UNIT if usage else 0
        return _cause(status, words, peak > 0.9 * self._limit)


def _cause(status: int, words: str, full: bool) -> Death:
    last = " ".join(words.split())[-160:]
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        name = signal.Signals(number).name if number in signal.valid_signals() else f"signal {number}"
        if number == signal.SIGXCPU:
            return Death("time", "used up its processor time")
        if full or "alloc" in last.lower():
            return Death("memory", "ran out of memory")
        return Death("crash", f"the process died of {name}" + (f": {last}" if last else ""))
    code = os.waitstatus_to_exitcode(status)
    if code == _OUT_OF_MEMORY:
        return Death("memory", "ran out of memory")
    return Death("crash", f"the process left with exit code {code}" + (f": {last}" if last else ""))


def _fork() -> int:
    """Fork, also while other threads run: the child touches nothing that they could hold locked.

    Should it get stuck all the same, it is killed when its time is over.
    """
    with _forking, warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _memory_file() -> int | None:
    """A file in memory that takes the last words of a library that aborts."""
    if sys.platform == "linux":
        return os.memfd_create("symproof-worker")
    return None


def _address_space() -> int:
    """The bytes of address space this process has already (0 where nobody says)."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _write(fd: int, message: dict[str, Any]) -> None:
    body = json.dumps(message, separators=(",", ":")).encode()
    data = memoryview(HEADER.pack(len(body)) + body)
    while data:
        data = data[os.write(fd, data) :]


# --- the child's side ----------------------------------------------------------


def _serve(work: Work, limit: int, tasks: int, replies: int, words: int | None) -> None:
    """Answer tasks until the parent is gone; never returns."""
    try:
        tasks, replies = _settle(limit, tasks, replies, words)
        size, room = _peak(), limit - _address_space()
        while True:
            header = _read(tasks, HEADER.size)
            request = json.loads(_read(tasks, *HEADER.unpack(header)))
            _limit_processor(request["seconds"])
            try:
                data = work(
                    request["task"],
                    request["resume"] and Resume(*request["resume"]),
                    lambda name, seconds, state: _write(
                        replies, {"stage": name, "seconds": seconds, "state": state}
                    ),
                )
                _write(replies, {"done": data, "full": _peak() - size > room // 4})
            except MemoryError:
                raise
            except Exception as error:  # a fault of ours in one task must not lose the others
                _write(replies, {"failed": _describe(error)})
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except (EOFError, BrokenPipeError):
        os._exit(0)


def _settle(limit: int, tasks: int, replies: int, words: int | None) -> tuple[int, int]:
    """Cut the child off from everything it inherited but its two pipes, and limit it."""
    gc.freeze()  # what the parent loaded stays; to look through it again and again would cost, and copy it
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears Ctrl-C and decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    tasks, replies, errors = (
        fcntl.fcntl(fd, fcntl.F_DUPFD, 3) for fd in (tasks, replies, nothing if words is None else words)
    )
    for source, target in ((nothing, 0), (errors, 1), (errors, 2)):
        os.dup2(source, target)
    low, high = sorted((tasks, replies))
    os.closerange(3, low)
    os.closerange(low + 1, high)
    os.closerange(high + 1, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    for kind, value in (
        (resource.RLIMIT_AS, limit),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, _MAX_FILE),
    ):
        hard = resource.getrlimit(kind)[1]
        # a system that does not know a limit refuses it: the parent's clock still holds
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (value if hard < 0 else min(value, hard), hard))
    return tasks, replies


def _peak() -> int:
    """The most memory this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT


def _limit_processor(seconds: float) -> None:
    """Should the parent be gone, the system ends a task that never does."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    # threads of a library may use several processors at once
    soft = int(usage.ru_utime + usage.ru_stime + 4 * seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def _read(fd: int, size: int) -> bytes:
    data = b""
    while len(data) < size:
        chunk = os.read(fd, size - len(data))
        if not chunk:
            raise EOFError
        data += chunk
    return data


def _describe(error: BaseException) -> str:
    """The exception and the place that raised it, in one line."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno})" if trace else ""
    return f"{type(error).__name__}: {str(error)[:300]}{place}"
