"""The teeth of claims and of the checker: true claims with one slip each, which should be refuted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from symproof.kernel.statement import Statement
from symproof.mutations import Mutant, mutants
from symproof.options import Options
from symproof.results import Result
from symproof.running.check import Question, Watch, decide_all


@dataclass(frozen=True)
class Tally:
    """The verdicts on the mutants of one claim, in the order in which a person would make the slips."""

    claim: str
    found: tuple[tuple[Mutant, Result], ...]

    def count(self) -> Counter[str]:
        """How many mutants have which verdict."""
        return Counter(result.verdict for _, result in self.found)

    def left(self) -> Iterator[tuple[Mutant, Result]]:
        """The mutants that were not refuted: true in spite of the slip, or not decided."""
        return ((mutant, result) for mutant, result in self.found if result.verdict != "refuted")

    def encode(self) -> dict[str, Any]:
        """The tally as JSON data."""
        rows = [
            {"kind": str(mutant.kind), "slip": mutant.description, **result.encode()}
            for mutant, result in self.found
        ]
        return {"claim": self.claim, "mutants": len(rows), "verdicts": dict(self.count()), "found": rows}


def mutate(
    claims: Sequence[tuple[str, Statement, str | None]],
    options: Options,
    limit: int | None = None,
    watch: Watch | None = None,
) -> Iterator[Tally]:
    """The tallies of the claims, given by name, statement and hint, in order."""
    slips = [mutants(statement, limit, options.seed) for _, statement, _ in claims]
    owners = [k for k, found in enumerate(slips) for _ in found]
    flat = [mutant for found in slips for mutant in found]
    questions = [
        Question(claims[k][0], mutant.statement, claims[k][2]) for k, mutant in zip(owners, flat, strict=True)
    ]
    results: dict[int, Result] = {}
    waiting = Counter(owners)
    shown = start = 0

    def ready() -> Iterator[Tally]:
        nonlocal shown, start
        while shown < len(claims) and not waiting[shown]:
            rows = range(start, start + len(slips[shown]))
            yield Tally(claims[shown][0], tuple((flat[k], results.pop(k)) for k in rows))
            start = rows.stop
            shown += 1

    yield from ready()
    for number, result in decide_all(questions, options, watch=watch):
        results[number] = result
        waiting[owners[number]] -= 1
        yield from ready()
