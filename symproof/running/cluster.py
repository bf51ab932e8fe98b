"""The same work on a dask.distributed cluster: errands go out in batches, outcomes come back.

A cluster's worker does the errands of a batch in a child process, which it can kill:
limits hold there as they do here.  A batch stops after a while and its rest goes out again, so
that nobody waits long; what a lost worker had in hand is done by another one.  Only JSON text
and the name of the errands' class cross the network.
"""

from __future__ import annotations

import gc
import importlib
import json
import socket
import threading
import time
from asyncio import CancelledError
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from symproof.running.cache import fingerprint
from symproof.running.crew import Errand, Unavailable
from symproof.running.pool import Done, Lost, Pool, Started
from symproof.running.worker import Resume, Stage

# A batch begins no errand after so many seconds: its rest goes out again.
SLICE = 2.0
# Errands in a batch at most, and batches that wait at a worker's thread beside the one in work.
MAX_BATCH = 1000
AHEAD = 1
CONNECT = 10.0
_loading = threading.Lock()
_mine = threading.local()


def run(
    address: str,
    errands: Sequence[Errand],
    limits: Sequence[float],
    *,
    memory: int,
    started: Started | None = None,
) -> Iterator[tuple[int, Done | Lost]]:
    """The outcomes of the errands as they come, found by the workers of the cluster at the address."""
    if not errands:
        return
    client = connect(address)
    try:
        yield from dispatched(client, errands, limits, memory=memory, started=started)
    finally:
        client.close(timeout=2)


def dispatched(
    client: Any,
    errands: Sequence[Errand],
    limits: Sequence[float],
    *,
    memory: int,
    started: Started | None = None,
) -> Iterator[tuple[int, Done | Lost]]:
    """The outcomes of the errands as they come, found by the workers of the client's cluster."""
    try:
        yield from _Dispatch(client, errands, limits, memory, started).outcomes()
    except (CancelledError, OSError) as error:
        raise Unavailable(f"the cluster is gone ({type(error).__name__})") from None


def connect(address: str) -> Any:
    """A client of the cluster, which has at least one worker."""
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise Unavailable("a cluster needs dask: python -m pip install 'symproof[cluster]'") from None
    found = urlsplit(address if "://" in address else f"tcp://{address}")
    try:
        if found.scheme not in ("tcp", "tls") or not found.hostname or not found.port:
            raise ValueError
        socket.create_connection((found.hostname, found.port), CONNECT).close()
        client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except ValueError:
        raise Unavailable(f"{address} is no address of a scheduler, such as tcp://host:8786") from None
    except OSError as error:
        advice = "start one with: dask scheduler"
        raise Unavailable(f"no scheduler answers at {address}: {error}; {advice}") from None
    try:
        client.wait_for_workers(1, timeout=CONNECT)
    except TimeoutError:
        client.close(timeout=2)
        raise Unavailable(f"the cluster has no worker; start one with: dask worker {address}") from None
    return client


class _Dispatch:
    """Keeps every worker's threads busy with batches until all errands are done."""

    def __init__(
        self,
        client: Any,
        errands: Sequence[Errand],
        limits: Sequence[float],
        memory: int,
        started: Started | None,
    ) -> None:
        self.client = client
        self.errands = errands
        self.limits = limits
        self.memory = memory
        self.started = started
        self.waiting = deque(range(len(errands)))
        self.alone: deque[int] = deque()  # those whose batch lost its worker too often
        kind = type(errands[0])
        self.kind = [kind.__module__, kind.__qualname__]

    def outcomes(self) -> Iterator[tuple[int, Done | Lost]]:
        distributed: Any = importlib.import_module("distributed")
        inside: dict[Any, list[int]] = {}
        queue = distributed.as_completed(loop=self.client.loop)
        try:
            while True:
                while len(inside) < max(1, self._threads()) * (1 + AHEAD) and (batch := self._batch()):
                    future = self.client.submit(work_through, self._message(batch), pure=False, retries=0)
                    inside[future] = batch
                    queue.add(future)
                if not inside:
                    return
                future = next(queue)
                batch = inside.pop(future)
                try:
                    found = json.loads(future.result())
                except distributed.KilledWorker:
                    if len(batch) == 1:
                        yield batch[0], Lost("crash", "the cluster's workers died of it")
                    else:
                        self.alone.extend(batch)
                    continue
                except ImportError as error:
                    raise Unavailable(f"the cluster's workers lack symproof: {error}") from None
                if "trouble" in found:
                    raise Unavailable(found["trouble"])
                for place, outcome in found["outcomes"]:
                    yield batch[place], _outcome(outcome)
                done = {place for place, _ in found["outcomes"]}
                self.waiting.extendleft(reversed([k for place, k in enumerate(batch) if place not in done]))
        finally:
            for future in inside:
                future.cancel()

    def _threads(self) -> int:
        return sum(self.client.nthreads().values())

    def _batch(self) -> list[int]:
        """The next numbers: fewer when the end is near, so that all workers come to it together."""
        if self.waiting:
            size = min(MAX_BATCH, -(-len(self.waiting) // (2 * max(1, self._threads()))))
            batch = [self.waiting.popleft() for _ in range(size)]
        else:
            batch = [self.alone.popleft()] if self.alone else []
        if self.started is not None:
            for task in batch[:1]:
                self.started(task, None)
        return batch

    def _message(self, batch: Sequence[int]) -> str:
        return json.dumps(
            {
                "program": fingerprint(),
                "kind": self.kind,
                "memory": self.memory,
                "limits": [self.limits[k] for k in batch],
                "errands": [self.errands[k].encode() for k in batch],
            }
        )


def _outcome(data: list[Any]) -> Done | Lost:
    kind, *rest = data
    return Done(*rest) if kind == "done" else Lost(*rest)


# --- on the cluster's side ---------------------------------------------------------------


def work_through(text: str) -> str:
    """The outcomes of as many errands of the batch as there is time for."""
    message = json.loads(text)
    if message["program"] != fingerprint():
        return json.dumps({"trouble": "the cluster has another version of symproof: install the same there"})
    pool = _pool(message["kind"], message["memory"])
    end = time.monotonic() + SLICE

    def in_time() -> Iterator[tuple[Any, float]]:
        for place, task in enumerate(zip(message["errands"], message["limits"], strict=True)):
            if place and time.monotonic() >= end:
                return
            yield task

    outcomes = [
        (place, ["done", found.value, found.seconds])
        if isinstance(found, Done)
        else (place, ["lost", found.why, found.detail, found.stage, found.seconds])
        for place, found in pool.run(in_time())
    ]
    return json.dumps({"outcomes": outcomes})


def _pool(kind: Sequence[str], memory: int) -> Pool:
    """This thread's own child process for errands of one class; it stays for the batches to come."""
    made: tuple[Any, Pool] | None = getattr(_mine, "pool", None)
    if made is not None and made[0] == [*kind, memory]:
        return made[1]
    if made is not None:
        made[1].close()
    module, name = kind
    with _loading:
        errand: Any = getattr(importlib.import_module(module), name)
        errand.warm()
        gc.freeze()  # what is loaded stays: looking through it again and again would cost

    def work(task: Any, resume: Resume | None, stage: Stage) -> Any:
        return errand.decode(task).do(resume, stage)

    pool = Pool(work, memory=memory)
    _mine.pool = [*kind, memory], pool
    return pool
