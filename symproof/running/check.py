"""Deciding many statements: each in a worker that can be killed, each remembered once it is decided.

The lines of a derivation go to one worker in a row: what is shown once stays shown for those behind it.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from symproof.engine import CHEAP, Judges, complete, decide
from symproof.kernel.statement import Statement, Symbol
from symproof.kernel.verdict import Rejected, Theorem
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
    """A statement to decide, the author's hint, and what the author shows on the way.

    One with steps comes right behind the questions of these steps, unless it stands alone.
    """

    name: str
    statement: Statement
    hint: str | None = None
    steps: tuple[Step, ...] = ()
    alone: bool = False


# Told which question is in work, and the stage it is in.
Watch = Callable[[Question, str | None], None]


# So many questions are worth loading everything first.
MANY = 20
_JUDGES = Judges()  # one ledger for all


@dataclass(frozen=True)
class Deciding:
    """The errand of deciding questions in a row, each with the steps before it; a kept result is believed
    if the kernel accepts it again.
    """

    questions: tuple[Question, ...]
    options: Options
    cache: Cache | None = None
    names: tuple[str, ...] = ()
    methods: Sequence[Method] = METHODS
    judges: Judges = _JUDGES
    kept: tuple[dict[str, Any] | None, ...] = ()

    def do(self, resume: Resume | None, stage: Stage) -> list[dict[str, Any]]:
        """The results, and whether they were kept before; it ends where there is a contradiction."""
        found: list[dict[str, Any]] = []
        proofs: list[dict[str, Any]] = []
        began = time.monotonic()
        if resume is not None and resume.state is not None:
            found, proofs, began, state = resume.state
            resume = resume._replace(state=state)
        theorems: list[Theorem | None] = [None] * len(found)
        for number in range(len(found), len(self.questions)):

            def heard(name: str, seconds: float, state: Any, began: float = began) -> None:
                stage(name, seconds, [found, proofs, began, state])

            question = self.questions[number]
            steps = tuple(
                step._replace(**proof, theorem=theorem)
                for step, proof, theorem in zip(question.steps, proofs, theorems, strict=False)
            )
            try:
                kept, result = self._decide(number, steps or question.steps, resume, heard)
            except InternalContradiction as contradiction:
                return [*found, {"contradiction": contradiction.report}]
            resume, now = None, time.monotonic()
            found.append({"kept": kept, "result": result.encode(), "seconds": now - began})
            proofs.append(_shown(result.evidence.get("certificate"), steps))
            theorems.append(result.theorem)
            began = now
        return found

    def _decide(
        self, number: int, steps: tuple[Step, ...], resume: Resume | None, stage: Stage
    ) -> tuple[bool, Result]:
        """Was the result kept, and what is it?"""
        statement = self.questions[number].statement
        if resume is None:
            entry = self._entry(number)
            if entry:
                stage("recall", self.options.timeout / 4, None)
                recalled = _recall(entry, statement, self.judges)
                if recalled is not None:
                    return True, recalled
        result = decide(
            statement,
            self.options,
            hint=self.questions[number].hint,
            steps=steps,
            methods=self.methods,
            judges=self.judges,
            stage=stage,
            line=number + 1 < len(self.questions),
            lost=None if resume is None or resume.state is None else tuple(resume),
        )
        return False, result

    def _entry(self, number: int) -> dict[str, Any] | None:
        """What was kept of the question, here or where the errand comes from."""
        if self.kept:
            return self.kept[number]
        return None if self.cache is None else self.cache.get(self.names[number])

    def encode(self) -> dict[str, Any]:
        return {
            "questions": [
                [
                    question.name,
                    question.statement.encode(),
                    question.hint,
                    [[encode(step.claim), step.hint] for step in question.steps],
                ]
                for question in self.questions
            ],
            "options": [self.options.timeout, self.options.memory, self.options.seed],
            "kept": [self._entry(number) for number in range(len(self.questions))],
        }

    @classmethod
    def decode(cls, data: Any) -> Deciding:
        questions = tuple(
            Question(
                name,
                Statement.decode(statement),
                hint,
                tuple(Step(decode(step), by) for step, by in steps),
            )
            for name, statement, hint, steps in data["questions"]
        )
        return cls(questions, Options(*data["options"]), kept=tuple(data["kept"]))

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
    names = [_name(question, options) for question in questions]
    # one statement alone loads what it needs itself: a refutation needs nothing of the proofs
    several = options.cluster is None and len(questions) > 1
    if several and any(cache is None or cache.get(name) is None for name in names):
        load_methods([method for method in methods if method.cost <= CHEAP])
        if len(questions) > MANY:
            rehearse()
    rows = list(_rows(questions))
    errands = [
        Deciding(
            tuple(questions[k] for k in row), options, cache, tuple(names[k] for k in row), methods, judges
        )
        for row in rows
    ]

    def started(task: int, stage: str | None) -> None:
        if watch is not None:
            watch(questions[rows[task][-1]], stage)

    limits = [options.timeout * len(row) for row in rows]
    for task, outcome in carry_out(errands, limits, options, started=started):
        if not isinstance(outcome, Done):
            for number in rows[task]:
                result = _lost(questions[number], outcome, options)
                yield number, replace(result, source=questions[number].statement, seconds=outcome.seconds)
            continue
        for number, found in zip(rows[task], outcome.value, strict=False):
            if "contradiction" in found:
                raise InternalContradiction(found["contradiction"])
            result = Result.decode(found["result"])
            if cache is not None and not found["kept"] and complete(result):
                cache.put(names[number], result.encode())
            yield number, replace(result, source=questions[number].statement, seconds=found["seconds"])


def _rows(questions: Sequence[Question]) -> Iterator[range]:
    """The numbers of the questions that are decided in a row: one with steps belongs to those before it."""
    starts = [k for k, question in enumerate(questions) if question.alone or not question.steps]
    ends = [*starts[1:], len(questions)]
    return map(range, starts, ends)


def _shown(certificate: dict[str, Any] | None, steps: Sequence[Step]) -> dict[str, Any]:
    """What a certificate says behind the steps that it begins with, as the proof of a step itself."""
    proof, rests = certificate, []
    for number, step in enumerate(steps, start=1):
        if step.proof is not None and proof is not None and proof.get("claim") == encode(step.claim):
            proof = proof["then"]
            rests.append(number)
    return {"proof": proof, "apart": not rests, "rests": rests, "failed": proof is None}


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
    steps = [[encode(step.claim), step.hint] for step in question.steps]
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
            result = replace(result, theorem=theorem)
        elif result.verdict == "refuted":
            judges.witness(statement, result.evidence["witness"])
    except (Rejected, Malformed, KeyError, TypeError, ValueError):
        return None
    return result
