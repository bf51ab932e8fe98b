"""Claims as wholes: read, unfolded into statements, decided in workers, put together again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from symproof.engine import Options
from symproof.kernel.statement import Statement
from symproof.methods.base import Method
from symproof.reading.inline import read_statement
from symproof.reading.problems import Problem
from symproof.results import ClaimResult, Place, Result
from symproof.running.cache import Cache
from symproof.running.check import Question, decide_all

if TYPE_CHECKING:
    from symproof.reading.claims import Claim

# How much a step weighs against the goal it leads to: a claim is no better than its worst step.
_WEIGHT = {"conditional": 1, "undecided": 2, "refuted": 3}


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a file under one name: a claim, or what is wrong with it."""

    id: str
    file: str | None
    claim: Claim | None
    problems: tuple[Problem, ...] = ()


def load(paths: Sequence[Path]) -> list[Entry]:
    """The claims in files and folders; all that is wrong with one claim is one entry."""
    from symproof.reading.claims import load as read

    entries: list[Entry] = []
    for found in read(paths):
        if not isinstance(found, Problem):
            entries.append(Entry(found.id, found.file, found))
            continue
        # a problem with a file as a whole begins with the name of the file
        file = found.place.file if found.place is not None else found.message.partition(":")[0]
        last = entries[-1] if entries else None
        if last is not None and last.problems and found.claim is not None and last.id == found.claim:
            entries[-1] = replace(last, problems=(*last.problems, found))
        else:
            entries.append(Entry(found.claim or Path(file or "claims").name, file, None, (found,)))
    return entries


def true_claims(entries: Sequence[Entry]) -> list[tuple[str, Statement, str | None]]:
    """Name, statement and hint of the claims that are meant to be true."""
    claims = [entry.claim for entry in entries if entry.claim is not None]
    return [(claim.id, claim.statement, claim.by) for claim in claims if claim.expect == "proved"]


def check_claims(
    entries: Sequence[Entry],
    options: Options,
    cache: Cache | None = None,
    *,
    watch: Callable[[str], None] | None = None,
    methods: Sequence[Method] | None = None,
) -> Iterator[ClaimResult]:
    """The results of all entries, in order; each comes as soon as all before it are there."""
    questions: list[Question] = []
    ranges: list[range] = []
    for entry in entries:
        start = len(questions)
        if entry.claim is not None:
            questions += _questions(entry.claim)
        ranges.append(range(start, len(questions)))
    results: dict[int, Result] = {}
    shown = 0

    def ready() -> Iterator[ClaimResult]:
        nonlocal shown
        while shown < len(entries) and all(k in results for k in ranges[shown]):
            yield _assembled(entries[shown], [results.pop(k) for k in ranges[shown]])
            shown += 1

    def show(question: Question, stage: str | None) -> None:
        if watch is not None:
            watch(question.name if stage is None else f"{question.name}: {stage}")

    yield from ready()
    for number, result in decide_all(questions, options, cache, watch=show, methods=methods):
        results[number] = result
        yield from ready()


def _questions(claim: Claim) -> list[Question]:
    """The goal, the steps that lead to it (each may use those before it), and the variants that must fail."""
    shown = tuple((step.statement.goal, step.by) for step in claim.steps)
    steps = [
        Question(f"{claim.id}, step {k}", step.statement, step.by, shown[: k - 1])
        for k, step in enumerate(claim.steps, start=1)
    ]
    variants = [
        Question(f"{claim.id}, variant {k}", variant.statement, claim.by)
        for k, variant in enumerate(claim.variants, start=1)
    ]
    return [Question(claim.id, claim.statement, claim.by, shown), *steps, *variants]


def _assembled(entry: Entry, results: Sequence[Result]) -> ClaimResult:
    """The claim's result made from those of its statements."""
    claim = entry.claim
    if claim is None:
        expected = next((p.expect for p in entry.problems if p.expect is not None), "proved")
        return ClaimResult.of(unreadable(entry.problems), id=entry.id, file=entry.file, expected=expected)
    goal, steps = results[0], results[1 : 1 + len(claim.steps)]
    result = replace(goal, statement=claim.text, place=Place(*claim.place))
    for k, (step, found) in enumerate(zip(claim.steps, steps, strict=True), start=1):
        if _WEIGHT.get(found.verdict, 0) > _WEIGHT.get(result.verdict, 0):
            message = "\n".join(filter(None, [f"in step {k}", found.message]))
            result = replace(found, statement=step.text, place=Place(*step.place), message=message)
    told = [
        _part(claim, f"step-{k}", replace(found, statement=step.text, place=Place(*step.place)))
        for k, (step, found) in enumerate(zip(claim.steps, steps, strict=True), start=1)
    ]
    refute = [
        _part(
            claim,
            f"refute-{k}",
            replace(found, statement=variant.text, place=Place(*variant.place)),
            "refuted",
        )
        for k, (variant, found) in enumerate(
            zip(claim.variants, results[1 + len(claim.steps) :], strict=True), start=1
        )
    ]
    return ClaimResult.of(
        result, id=claim.id, file=claim.file, title=claim.title, refute=refute, expected=claim.expect,
        steps=told, origins=filter(None, [claim.source, *claim.also]), why=claim.why,
    )  # fmt: skip


def _part(claim: Claim, name: str, result: Result, expected: str = "proved") -> ClaimResult:
    """The result for a step or a variant, named after its claim."""
    return ClaimResult.of(
        result, id=f"{claim.id}/{name}", file=claim.file, title=claim.title, expected=expected
    )


def decide_one(statement: Statement, options: Options, methods: Sequence[Method] | None = None) -> Result:
    """The verdict on one statement, found in a worker that can be killed."""
    [(_, result)] = decide_all([Question("statement", statement)], replace(options, jobs=1), methods=methods)
    return result


def prove_text(text: str, let: Sequence[str], given: Sequence[str], options: Options) -> ClaimResult:
    """The verdict on a statement that is given as text."""
    try:
        result = decide_one(read_statement(text, let, given), options)
    except Problem as problem:
        result = unreadable([problem], text)
    return ClaimResult.of(result, id="statement", file=None)


def unreadable(problems: Sequence[Problem], text: str = "") -> Result:
    """The result for what cannot be read: all messages with their carets, and the first place."""
    place = next((problem.place for problem in problems if problem.place is not None), None)
    return Result(
        statement=" ".join(text.split()),
        verdict="invalid",
        message="\n".join(map(str, problems)),
        place=Place(place.line, place.column) if place is not None else None,
    )
