"""Errands: pieces of work that are done where they can be killed, here or on a cluster.

    for number, outcome in carry_out(errands, limits, options): ...

gives a `Done` with the errand's result or a `Lost` with the reason, as they come.  It is the
same work in both places: a child process with limits on time and memory does each errand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, Self

from symproof.options import Options
from symproof.running.pool import Done, Lost, Pool, Started, run
from symproof.running.worker import Resume, Stage


class Errand(Protocol):
    """A piece of work.  Its class stands in a module and can be told to another machine as JSON data."""

    def do(self, resume: Resume | None, stage: Stage) -> Any:
        """The result as JSON data; may announce stages, and go on where a killed process left off."""

    def encode(self) -> Any:
        """Everything that `do` needs, as JSON data."""

    @classmethod
    def decode(cls, data: Any) -> Self:
        """The errand that `encode` told of."""

    @classmethod
    def warm(cls) -> None:
        """Load what every errand will need, before processes are forked."""


class Unavailable(Exception):
    """There is no cluster to work on; says what to do."""


def carry_out(
    errands: Sequence[Errand], limits: Sequence[float], options: Options, *, started: Started | None = None
) -> Iterator[tuple[int, Done | Lost]]:
    """The outcomes of the errands, all of one class, each within its limit in seconds."""
    memory = options.memory << 20
    if options.cluster is not None:
        from symproof.running.cluster import run as run_there

        return run_there(options.cluster, errands, limits, memory=memory, started=started)

    def work(task: int, resume: Resume | None, stage: Stage) -> Any:
        return errands[task].do(resume, stage)

    return run(work, limits, jobs=min(options.jobs, len(errands)), memory=memory, started=started)


class Crew:
    """Workers that stay for errands of one class, with what they have worked out so far."""

    def __init__(self, kind: type[Errand], options: Options) -> None:
        self._pool: Pool | None = None
        self._client: Any = None
        self._memory = options.memory << 20
        if options.cluster is not None:
            from symproof.running.cluster import connect

            self._client = connect(options.cluster)
            return

        def work(task: Any, resume: Resume | None, stage: Stage) -> Any:
            return kind.decode(task).do(resume, stage)

        self._pool = Pool(work, jobs=options.jobs, memory=self._memory)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._pool is not None:
            self._pool.close()
        else:
            self._client.close(timeout=2)

    def carry_out(
        self, errands: Sequence[Errand], limits: Sequence[float]
    ) -> Iterator[tuple[int, Done | Lost]]:
        """The outcomes of the errands, each within its limit in seconds."""
        if self._pool is None:
            from symproof.running.cluster import dispatched

            return dispatched(self._client, errands, limits, memory=self._memory)
        tasks = zip((errand.encode() for errand in errands), limits, strict=True)
        return self._pool.run(tasks)
