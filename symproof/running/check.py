"""Deciding many statements: each in a worker that can be killed, each remembered once it is decided."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from symproof.engine import CHEAP, Judges, complete, decide
from symproof.kernel.statement import Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.methods import METHODS
from symproof.methods.base import Lazy, Method, Step
from symproof.options import Options
from symproof.results import InternalContradiction, Result
from symproof.running.cache import Cache
from symproof.running.crew import carry_out
from symproof.running.pool import Done, Lost
from symproof.running.worker import Resume, Stage
from symproof.terms.build import make, num, sym
from symproof.terms.codec import Malformed, decode, digest, encode
from symproof.terms.plain import plain
from symproof.terms.types import REAL


@dataclass(frozen=True, slots=True)
class Question:
    """A statement to decide, the author's hint, and what the author shows on the way."""

    name: str
    statement: Statement
    hint: str | None = None
    steps: tuple[Step, ...] = ()


# Told which question is in work, and the stage it is in.
Watch = Callable[[Question, str | None], None]


# So many questions are worth loading everything first.
MANY = 20
_JUDGES = Judges()  # one ledger for all


@dataclass(frozen=True)
class Deciding:
    """The errand of deciding one question; a kept result is believed if the kernel accepts it again."""

    question: Question
    options: Options
    cache: Cache | None = None
    name: str = ""
    methods: Sequence[Method] = METHODS
    judges: Judges = _JUDGES
    kept: dict[str, Any] | None = None

    def do(self, resume: Resume | None, stage: Stage) -> dict[str, Any]:
        """The result, and whether it was kept before."""
        statement = self.question.statement
        if resume is None:
            entry = self.kept or (self.cache and self.cache.get(self.name))
            if entry:
                stage("recall", self.options.timeout / 4, None)
                recalled = _recall(entry, statement, self.judges)
                if recalled is not None:
                    return {"kept": True, "result": recalled.encode()}
        try:
            result = decide(
                statement,
                self.options,
                hint=self.question.hint,
                steps=self.question.steps,
                methods=self.methods,
                judges=self.judges,
                stage=stage,
                lost=None if resume is None or resume.state is None else tuple(resume),
            )
        except InternalContradiction as contradiction:
            return {"contradiction": contradiction.report}
        return {"kept": False, "result": result.encode()}

    def encode(self) -> dict[str, Any]:
        question, options = self.question, self.options
        return {
            "name": question.name,
            "statement": question.statement.encode(),
            "hint": question.hint,
            "steps": [[encode(step), hint] for step, hint in question.steps],
            "options": [options.timeout, options.memory, options.seed],
            "kept": self.cache and self.cache.get(self.name),
        }

    @classmethod
    def decode(cls, data: Any) -> Deciding:
        steps = tuple((decode(step), hint) for step, hint in data["steps"])
        question = Question(data["name"], Statement.decode(data["statement"]), data["hint"], steps)
        return cls(question, Options(*data["options"]), kept=data["kept"])

    @classmethod
    def warm(cls) -> None:
        """Import every method, and what it imports when it is first used."""
        load_methods(METHODS)
        rehearse()


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
    judges = judges or _JUDGES
    methods = METHODS if methods is None else methods
    errands = [
        Deciding(question, options, cache, _name(question, options), methods, judges)
        for question in questions
    ]
    # one statement alone loads what it needs itself: a refutation needs nothing of the proofs
    several = options.cluster is None and len(errands) > 1
    if several and any(cache is None or cache.get(errand.name) is None for errand in errands):
        load_methods([method for method in methods if method.cost <= CHEAP])
        if len(errands) > MANY:
            rehearse()

    def started(task: int, stage: str | None) -> None:
        if watch is not None:
            watch(questions[task], stage)

    limits = [options.timeout] * len(errands)
    for task, outcome in carry_out(errands, limits, options, started=started):
        question = questions[task]
        if isinstance(outcome, Done):
            if "contradiction" in outcome.value:
                raise InternalContradiction(outcome.value["contradiction"])
            result = Result.decode(outcome.value["result"])
            if cache is not None and not outcome.value["kept"] and complete(result):
                cache.put(errands[task].name, result.encode())
        else:
            result = _lost(question, outcome, options)
        yield task, replace(result, source=question.statement, seconds=outcome.seconds)


def rehearse() -> None:
    """Decide one true and one false statement here: it loads what workers would load one by one."""
    x = sym("x", REAL)
    for multiple in (2, 3):
        goal = make("eq", make("add", x, x), make("mul", num(multiple), x))
        decide(Statement((Symbol("x", REAL),), (), (), goal), judges=_JUDGES)


def load_methods(methods: Sequence[Method]) -> None:
    """Import the methods before workers are forked: they start the faster."""
    for method in methods:
        if isinstance(method.propose, Lazy):
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
