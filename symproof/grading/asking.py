"""What is asked of a worker about a line, and the answer: pure functions of settings and terms.

Equal asks have equal keys, so a class asks once; the answer is JSON data.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from symproof.grading.diagnosis import origin, repairs
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
    `trace`: from which of the earlier wrong lines does it follow (`deep`: where it is worth a search)?
    `mend`: the small change that makes it right, with both sides at the `witness` against it, or changes
    that may, each to be judged like a line.
    """

    kind: str
    setting: Setting
    line: Term
    seconds: float
    wrong: tuple[Term, ...] = ()
    witness: Any = None
    deep: bool = False

    @cached_property
    def key(self) -> str:
        wrong = [encode(term) for term in self.wrong]
        return digest([self.kind, self.setting.key, encode(self.line), self.seconds, wrong, self.deep])

    def encode(self) -> dict[str, Any]:
        """JSON data for another machine."""
        return {
            "kind": self.kind, "key": self.setting.key, "setting": self.setting.encoded,
            "line": encode(self.line), "seconds": self.seconds,
            "wrong": [encode(term) for term in self.wrong], "witness": self.witness, "deep": self.deep,
        }  # fmt: skip

    @staticmethod
    def decode(data: Mapping[str, Any]) -> Ask:
        wrong, setting = tuple(map(decode, data["wrong"])), _setting(data["key"], data["setting"])
        line = decode(data["line"])
        return Ask(data["kind"], setting, line, data["seconds"], wrong, data["witness"], data["deep"])


_settings: dict[str, Setting] = {}


def _setting(key: str, data: Any) -> Setting:
    """The setting with this key; a few are kept, with what was found out about them."""
    found = _settings.get(key)
    if found is None:
        if len(_settings) >= 64:
            _settings.pop(next(iter(_settings)))
        found = _settings[key] = Setting.decode(data)
    return found


def answer(ask: Ask, stage: Stage, resume: Resume | None = None) -> Answer:
    """The answer; `resume` says that an earlier try was lost, after which only what is quick is tried."""
    if ask.kind == "judge":
        return judge(ask.setting, ask.line, ask.seconds, stage, deep=resume is None).encode()
    if resume is not None:
        return {}
    if ask.kind == "trace":
        source = origin(ask.setting, ask.line, ask.wrong, ask.seconds, ask.deep)
        return {} if source is None else {"line": source.line, "empty": source.empty}
    if ask.kind == "mend":
        shown, candidates = repairs(ask.setting, ask.line, ask.witness, ask.seconds)
        found = [{"repair": one.repair.encode(), "line": encode(one.line)} for one in candidates]
        return {"shown": shown, "candidates": found}
    budget = Budget(ask.seconds)
    if ask.kind == "reach":
        return {"reaches": list(reached(ask.setting, ask.line, budget))}
    assert ask.kind == "admit", ask.kind
    point = find_point(ask.setting.assuming(ask.line).statement(), Budget(min(1.0, ask.seconds)))
    return {"admits": point is not None}
