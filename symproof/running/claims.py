"""Claims as wholes: read, unfolded into statements, decided in workers, put together again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from symproof.engine import complete
from symproof.kernel.statement import Statement
from symproof.methods.base import Method, Step
from symproof.options import Options
from symproof.reading.inline import read_statement
from symproof.reading.problems import Problem
from symproof.results import ClaimResult, Place, Result
from symproof.running.cache import Cache
from symproof.running.check import Question, decide_all
from symproof.running.entries import Entry, Memory

if TYPE_CHECKING:
    from symproof.reading.claims import Claim

# How much a step weighs against the goal it leads to: a claim is no better than its worst step.
_WEIGHT = {"conditional": 1, "undecided": 2, "refuted": 3}


def check_claims(
    entries: Sequence[Entry],
    options: Options,
    cache: Cache | None = None,
    *,
    memory: Memory | None = None,
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
    finished = Files(entries, memory)
    shown = 0

    def ready() -> Iterator[ClaimResult]:
        nonlocal shown
        while shown < len(entries) and all(k in results for k in ranges[shown]):
            parts = [results.pop(k) for k in ranges[shown]]
            found = _assembled(entries[shown], parts)
            finished.add(entries[shown], found, parts)
            yield found
            shown += 1

    def show(question: Question, stage: str | None) -> None:
        if watch is not None:
            watch(question.name if stage is None else f"{question.name}: {stage}")

    yield from ready()
    for number, result in decide_all(questions, options, cache, watch=show, methods=methods):
        results[number] = result
        yield from ready()


class Files:
    """Gives the memory the results of every file whose claims are all decided for good."""

    def __init__(self, entries: Sequence[Entry], memory: Memory | None) -> None:
        self._memory = memory
        self._left = Counter(entry.file for entry in entries)
        self._found: defaultdict[str, list[ClaimResult]] = defaultdict(list)
        self._passing: set[str] = set()

    def add(self, entry: Entry, found: ClaimResult, parts: Sequence[Result]) -> None:
        """The claim was decided by the results for its statements."""
        if self._memory is None or entry.file is None or entry.known is not None:
            return
        self._left[entry.file] -= 1
        self._found[entry.file].append(found)
        if entry.claim is None or not all(map(complete, parts)):
            self._passing.add(entry.file)
        if not self._left[entry.file]:
            results = self._found.pop(entry.file)
            if entry.file not in self._passing:
                self._memory.keep(entry.file, results)


def shown(claim: Claim) -> tuple[Step, ...]:
    """What the author shows on the way to the goal."""
    return tuple(Step(step.statement.goal, step.by) for step in claim.steps)


def _questions(claim: Claim) -> list[Question]:
    """The steps (each may use those before it), the goal they lead to, and the variants that must fail."""
    before = shown(claim)
    steps = [
        Question(f"{claim.id}, step {k}", step.statement, step.by, before[: k - 1])
        for k, step in enumerate(claim.steps, start=1)
    ]
    variants = [
        Question(f"{claim.id}, variant {k}", variant.statement, claim.by)
        for k, variant in enumerate(claim.variants, start=1)
    ]
    return [*steps, Question(claim.id, claim.statement, claim.by, before), *variants]


def _assembled(entry: Entry, results: Sequence[Result]) -> ClaimResult:
    """The claim's result made from those of its statements."""
    if entry.known is not None:
        return entry.known
    claim = entry.claim
    if claim is None:
        expected = next((p.expect for p in entry.problems if p.expect is not None), "proved")
        return ClaimResult.of(unreadable(entry.problems), id=entry.id, file=entry.file, expected=expected)
    steps, goal = results[: len(claim.steps)], results[len(claim.steps)]
    result = replace(goal, statement=claim.text, place=Place(*claim.place))
    for k, (step, found) in enumerate(zip(claim.steps, steps, strict=True), start=1):
        if _WEIGHT.get(found.verdict, 0) > _WEIGHT.get(result.verdict, 0):
            message = "\n".join(filter(None, [f"in step {k}", found.message]))
            result = replace(found, statement=step.text, place=Place(*step.place), message=message)
    told = [
        _part(claim, f"step-{k}", replace(found, statement=step.text, place=Place(*step.place)))
        for k, (step, found) in enumerate(zip(claim.steps, steps, strict=True), start=1)
    ]
    refute = [_variant(claim, k, found) for k, found in enumerate(results[1 + len(claim.steps) :], start=1)]
    return ClaimResult.of(
        result, id=claim.id, file=claim.file, title=claim.title, refute=refute, expected=claim.expect,
        steps=told, origins=filter(None, [claim.source, *claim.also]), why=claim.why,
    )  # fmt: skip


def _variant(claim: Claim, number: int, found: Result) -> ClaimResult:
    """The result for a false variant, counted from 1."""
    variant = claim.variants[number - 1]
    found = replace(found, statement=variant.text, place=Place(*variant.place))
    return _part(claim, f"refute-{number}", found, "refuted")


def _part(claim: Claim, name: str, result: Result, expected: str = "proved") -> ClaimResult:
    """The result for a step or a variant, named after its claim."""
    return ClaimResult.of(
        result, id=f"{claim.id}/{name}", file=claim.file, title=claim.title, expected=expected
    )


def check_part(entry: Entry, number: int, options: Options, cache: Cache | None = None) -> ClaimResult:
    """The result for the claim alone (number 0), or for one of its false variants (from 1)."""
    if entry.known is not None:
        return replace(entry.known, refute=()) if number == 0 else entry.known.refute[number - 1]
    claim = entry.claim
    if claim is None or number == 0:
        alone = None if claim is None else replace(claim, variants=())
        return next(check_claims([replace(entry, claim=alone)], options, cache))
    question = _questions(claim)[number - 1 - len(claim.variants)]
    [(_, found)] = decide_all([question], options, cache)
    return _variant(claim, number, found)


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
