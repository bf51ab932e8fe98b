"""What bounds a decision, and where it is made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Seconds and megabytes a goal, the seed of every choice; how many processes, or which cluster."""

    timeout: float = 10.0
    memory: int = 1024
    seed: int = 0
    jobs: int = 1
    cluster: str | None = None
