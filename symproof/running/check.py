"""Deciding many statements: each in a worker that can be killed, each remembered once it is decided."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from symproof.engine import CHEAP, Judges, Options, complete, decide
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.methods import METHODS
from symproof.methods.base import Lazy, Method, Step
from symproof.results import InternalContradiction, Result
from symproof.running.cache import Cache
from symproof.running.pool import Done, Lost, run
from symproof.running.worker import Resume, Stage
from symproof.terms.codec import Malformed, digest, encode
from symproof.terms.plain import plain


@dataclass(frozen=True, slots=True)
class Question:
    """A statement to decide, the author's hint, and what the author shows on the way."""

    name: str
    statement: Statement
    hint: str | None = None
    steps: tuple[Step, ...] = ()


# Told which question is in work, and the stage it is in.
Watch = Callable[[Question, str | None], None]


def decide_all(
    questions: Sequence[Question],
    options: Options,
    cache: Cache | None = None,
    *,
    watch: Watch | None = None,
    methods: Sequence[Method] | None = None,
    judges: Judges | None = None,
) -> Iterator[tuple[int, Result]]:
    """The results as they come, with the numbers of their questions.

    Raises InternalContradiction when symproof has proved and refuted one statement.
    """
    judges = judges or Judges()
    methods = METHODS if methods is None else methods
    names = [_name(question, options) for question in questions]
    if any(cache is None or cache.get(name) is None for name in names):
        _warm(methods)
    began = [0.0] * len(questions)

    def started(task: int, stage: str | None) -> None:
        if stage is None:
            began[task] = time.monotonic()
        if watch is not None:
            watch(questions[task], stage)

    def work(task: int, resume: Resume | None, stage: Stage) -> dict[str, Any]:
        question = questions[task]
        if resume is None and cache is not None:
            stage("recall", options.timeout / 4, None)
            kept = _recall(cache.get(names[task]), question.statement, judges)
            if kept is not None:
                return {"kept": True, "result": kept.encode()}
        try:
            result = decide(
                question.statement,
                options,
                hint=question.hint,
                steps=question.steps,
                methods=methods,
                judges=judges,
                stage=stage,
                lost=None if resume is None or resume.state is None else tuple(resume),
            )
        except InternalContradiction as contradiction:
            return {"contradiction": contradiction.report}
        return {"kept": False, "result": result.encode()}

    outcomes = run(
        work,
        [options.timeout] * len(questions),
        jobs=options.jobs,
        memory=options.memory << 20,
        started=started,
    )
    for task, outcome in outcomes:
        question = questions[task]
        seconds = time.monotonic() - began[task]
        if isinstance(outcome, Done):
            if "contradiction" in outcome.value:
                raise InternalContradiction(outcome.value["contradiction"])
            result = Result.decode(outcome.value["result"])
            if cache is not None and not outcome.value["kept"] and complete(result):
                cache.put(names[task], result.encode())
        else:
            result = _lost(question, outcome, options)
        yield task, replace(result, source=question.statement, seconds=seconds)


def _warm(methods: Sequence[Method]) -> None:
    """Load what every worker will need before the first is forked: the next ones start the faster."""
    for method in methods:
        if method.cost <= CHEAP and isinstance(method.propose, Lazy):
            with contextlib.suppress(ImportError):  # it shows again where the method is asked
                method.propose.load()


def _lost(question: Question, lost: Lost, options: Options) -> Result:
    limits = {"time": f" ({options.timeout:g} s)", "memory": f" ({options.memory} MB)"}
    where = f"{lost.stage}: " if lost.stage else ""
    message = f"{lost.why}: {where}{lost.detail}{limits.get(lost.why, '')}"
    return Result(statement=plain(question.statement.goal), verdict="undecided", message=message)


def _name(question: Question, options: Options) -> str:
    """What a result depends on, apart from the program itself."""
    steps = [[encode(step), hint] for step, hint in question.steps]
    return digest(
        [question.statement.digest, question.hint, steps, options.timeout, options.memory, options.seed]
    )


def _recall(entry: dict[str, Any] | None, statement: Statement, judges: Judges) -> Result | None:
    """A kept result, if it can be believed: the kernel checks its certificate or witness again."""
    if entry is None:
        return None
    try:
        result = Result.decode(entry)
        if result.verdict in ("proved", "conditional"):
            theorem = judges.certificate(statement, result.evidence["certificate"])
            if tuple(plain(condition) for condition in theorem.conditions) != result.conditions:
                return None
            if bool(theorem.conditions) != (result.verdict == "conditional"):
                return None
        elif result.verdict == "refuted":
            judges.witness(statement, result.evidence["witness"])
    except (Rejected, Malformed, KeyError, TypeError, ValueError):
        return None
    return result
