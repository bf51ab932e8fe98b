"""What is asked of a worker about a line, and the answer: pure functions of settings and terms.

Equal asks have equal keys, so a class asks once; the answer is JSON data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from symproof.grading.diagnosis import origin, repair
from symproof.grading.judging import judge, reached
from symproof.grading.setting import Setting
from symproof.methods.base import Budget
from symproof.methods.points import find_point
from symproof.running.worker import Resume, Stage
from symproof.terms.codec import decode, digest, encode
from symproof.terms.tree import Term

Answer = dict[str, Any]


@dataclass(frozen=True)
class Ask:
    """A question about a line, by its kind.

    `judge`: its verdict.  `reach`: which targets it states.  `admit`: can it hold together with the setting?
    `trace`: from which of the earlier wrong lines does it follow?  `mend`: the small change that makes it
    right, with both sides at the `witness` against it.
    """

    kind: str
    setting: Setting
    line: Term
    seconds: float
    wrong: tuple[Term, ...] = ()
    witness: Any = None

    @cached_property
    def key(self) -> str:
        wrong = [encode(term) for term in self.wrong]
        return digest([self.kind, self.setting.key, encode(self.line), self.seconds, wrong])

    def encode(self) -> dict[str, Any]:
        """JSON data for another machine."""
        return {
            "kind": self.kind, "setting": self.setting.encode(), "line": encode(self.line),
            "seconds": self.seconds,
            "wrong": [encode(term) for term in self.wrong], "witness": self.witness,
        }  # fmt: skip

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Ask:
        wrong, setting = tuple(map(decode, data["wrong"])), Setting.decode(data["setting"])
        return Ask(data["kind"], setting, decode(data["line"]), data["seconds"], wrong, data["witness"])


def answer(ask: Ask, stage: Stage, resume: Resume | None = None) -> Answer:
    """The answer; `resume` says that an earlier try was lost, after which only what is quick is tried."""
    if ask.kind == "judge":
        return judge(ask.setting, ask.line, ask.seconds, stage, deep=resume is None).encode()
    if resume is not None:
        return {}
    if ask.kind == "trace":
        source = origin(ask.setting, ask.line, ask.wrong, ask.seconds)
        return {} if source is None else {"line": source.line, "empty": source.empty}
    if ask.kind == "mend":
        mended = repair(ask.setting, ask.line, ask.witness, ask.seconds)
        return {} if mended is None else mended.encode()
    budget = Budget(ask.seconds)
    if ask.kind == "reach":
        return {"reaches": list(reached(ask.setting, ask.line, budget))}
    assert ask.kind == "admit", ask.kind
    point = find_point(ask.setting.assuming(ask.line).statement(), Budget(min(1.0, ask.seconds)))
    return {"admits": point is not None}
