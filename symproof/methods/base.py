"""What a method is: it looks at a goal for a while and proposes evidence, or passes.

Nothing here is trusted.  A certificate or a witness counts once the kernel has
checked it; the other kinds of evidence never make more than `supported`.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Theorem
from symproof.terms.tree import Term


class Step(NamedTuple):
    """A statement to show on the way, the author's hint for it, and what became of it if it was tried before.

    That it `failed`, or a certificate for it that stands on certain steps before it, or (`apart`) on none,
    and the theorem that it is, if it was shown by this process.
    """

    claim: Term
    hint: str | None = None
    proof: dict[str, Any] | None = None
    apart: bool = False
    rests: Sequence[int] = ()
    failed: bool = False
    theorem: Theorem | None = None


class OutOfTime(Exception):
    """The budget is spent; the engine goes on with the next method."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a method proposes.

    kind         data
    certificate  the certificate, as JSON data
    witness      the witness, as JSON data
    sympy        {"step": what sympy did, "sympy": its version}
    bounded      {"bound": text such as "n <= 3", "cases": how many were exact}
    sampled      {"points": how many admissible points agreed, "digits": to how many digits}
    """

    kind: str
    data: Any


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a method may take, the seed of its choices, and what the author says of the proof:
    a hint (`by: …`) and statements to show on the way (`steps: …`), each with its own hint.

    The seconds are those that this thread computes, so that what a method finds does not depend
    on what else the machine does; who waits by the clock is the pool, which kills.
    """

    seconds: float
    seed: int = 0
    hint: str | None = None
    steps: tuple[Step, ...] = ()
    started: float = field(default_factory=time.thread_time)

    def left(self) -> float:
        """The seconds that are left; negative when the time is over."""
        return self.started + self.seconds - time.thread_time()

    def spend(self) -> None:
        """Raise OutOfTime when the time is over: for the head of a loop."""
        if self.left() <= 0:
            raise OutOfTime


Propose = Callable[[Statement, Budget], Evidence | None]


@dataclass(frozen=True, slots=True)
class Method:
    """A way to attack a goal; cheaper ones (in milliseconds, about) go first.

    One that only `refutes` is not asked once there is a proof, be it under conditions.
    """

    name: str
    cost: float
    propose: Propose
    refutes: bool = False


@dataclass(frozen=True, slots=True)
class Lazy:
    """The function of a module of this package that is imported when first called."""

    module: str
    function: str = "propose"

    def load(self) -> Propose:
        """The function; its module is imported now."""
        found: Propose = getattr(importlib.import_module(f"symproof.methods.{self.module}"), self.function)
        return found

    def __call__(self, goal: Statement, budget: Budget) -> Evidence | None:
        return self.load()(goal, budget)
