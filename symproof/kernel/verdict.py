"""Verdicts that only the kernel can make.

`Theorem` and `Refutation` are made inside the kernel by code that has checked
a certificate or a witness; anywhere else the constructor refuses.
"""

from __future__ import annotations

from dataclasses import InitVar, dataclass
from typing import Any

from symproof.kernel.statement import Statement
from symproof.terms.tree import Term

_SEAL = object()


class Rejected(Exception):
    """The evidence does not show the statement; the text is "rule: reason"."""

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{rule}: {reason}")
        self.rule = rule
        self.reason = reason


@dataclass(frozen=True)
class Theorem:
    """The statement holds wherever the conditions do; `imports` are the named theorems it rests on."""

    statement: Statement
    conditions: tuple[Term, ...]
    imports: tuple[str, ...]
    axioms: tuple[str, ...]
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise Rejected("theorem", "only the kernel makes theorems")


@dataclass(frozen=True)
class Refutation:
    """The statement fails at the witness: the values, and what both sides are there."""

    statement: Statement
    values: dict[str, str]
    left: str
    right: str
    data: Any
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise Rejected("refutation", "only the kernel makes refutations")
