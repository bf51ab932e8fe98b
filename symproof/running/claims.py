"""Claims as wholes: read, unfolded into statements, decided in workers, put together again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symproof.engine import Options
from symproof.kernel.statement import Statement
from symproof.methods.base import Method
from symproof.reading.inline import Problem, read_statement
from symproof.results import ClaimResult, Place, Result
from symproof.running.check import Question, decide_all


def decide_one(
    statement: Statement, options: Options, methods: Sequence[Method] | None = None
) -> Result:
    """The verdict on one statement, found in a worker that can be killed."""
    [(_, result)] = decide_all([Question("statement", statement)], replace(options, jobs=1), methods=methods)
    return result


def prove_text(text: str, let: Sequence[str], given: Sequence[str], options: Options) -> ClaimResult:
    """The verdict on a statement that is given as text."""
    try:
        result = decide_one(read_statement(text, let, given), options)
    except Problem as problem:
        result = invalid(problem, text)
    return ClaimResult.of(result, id="statement", file=None)


def invalid(problem: Problem, text: str = "") -> Result:
    """The result for what cannot be read: the message with its caret, and the place."""
    place = problem.place
    return Result(
        statement=" ".join(text.split()),
        verdict="invalid",
        message=str(problem),
        place=Place(place.line, place.column) if place is not None else None,
    )
