"""Certificates and witnesses checked again by the kernel alone, in processes where sympy cannot load."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from symproof.engine import Judges
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.options import Options
from symproof.running.pool import Lost, run
from symproof.running.worker import Resume, Stage
from symproof.terms.codec import Malformed
from symproof.terms.plain import plain


@dataclass(frozen=True, slots=True)
class Record:
    """Evidence from a file: what it is said to show, and where it was found."""

    name: str
    verdict: str
    evidence: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Word:
    """The kernel's word on a record; `text` is the statement that was accepted, or the reason."""

    record: Record
    accepted: bool
    text: str


class Unreadable(Exception):
    """The file holds no results of symproof."""


def records(name: str, body: bytes) -> Iterator[Record]:
    """The certificates and witnesses in what `check --json` wrote or the cache keeps."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise Unreadable(f"{name} is not JSON: give a file that `symproof check --json FILE` wrote") from None
    found = data.get("claims", [data]) if isinstance(data, dict) else data
    if not isinstance(found, list):
        raise Unreadable(f"{name} holds no claims")
    stack = list(reversed(found))
    while stack:
        entry = stack.pop()
        if not isinstance(entry, dict) or not isinstance(entry.get("evidence"), dict):
            raise Unreadable(f"{name} holds something that is not a result of symproof")
        if entry["evidence"].get("kind") in ("certificate", "witness"):
            yield Record(str(entry.get("id") or name), str(entry.get("verdict")), entry["evidence"])
        stack += reversed([*(entry.get("steps") or []), *(entry.get("refute") or [])])


@contextlib.contextmanager
def without_sympy() -> Iterator[None]:
    """Importing sympy raises, here and in every process that is forked meanwhile."""
    held = {name: sys.modules.pop(name) for name in list(sys.modules) if name.partition(".")[0] == "sympy"}
    sys.modules["sympy"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules["sympy"]
        sys.modules.update(held)


def recheck(found: Sequence[Record], options: Options) -> Iterator[Word]:
    """The kernel's word on each record, in order."""
    judges = Judges()

    def work(task: int, resume: Resume | None, stage: Stage) -> Any:
        return _judge(found[task], judges)

    words: dict[int, Word] = {}
    with without_sympy():
        outcomes = run(work, [options.timeout] * len(found), jobs=options.jobs, memory=options.memory << 20)
        for task, outcome in outcomes:
            accepted, text = (False, outcome.detail) if isinstance(outcome, Lost) else outcome.value
            words[task] = Word(found[task], accepted, text)
    for task in range(len(found)):
        yield words[task]


def _judge(record: Record, judges: Judges) -> tuple[bool, str]:
    try:
        statement = Statement.decode(record.evidence["statement"])
        if record.evidence["kind"] == "witness":
            judges.witness(statement, record.evidence["witness"])
            reached = "refuted"
        else:
            theorem = judges.certificate(statement, record.evidence["certificate"])
            reached = "conditional" if theorem.conditions else "proved"
    except (Rejected, Malformed) as error:
        return False, str(error)
    except KeyError as error:
        return False, f"the evidence has no {error.args[0]}"
    if reached != record.verdict:
        return False, f"the evidence shows `{reached}`, not `{record.verdict}`"
    return True, plain(statement.goal)
