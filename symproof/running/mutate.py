"""The teeth of claims and of the checker: true claims with one slip each, which should be refuted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from symproof.mutations import Mutant, mutants
from symproof.options import Options
from symproof.results import Result
from symproof.running.check import Question, Watch, decide_all
from symproof.running.claims import shown

if TYPE_CHECKING:
    from symproof.reading.claims import Claim


SETTLED = ("refuted", "proved")


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
    claims: Sequence[Claim],
    options: Options,
    limit: int | None = None,
    watch: Watch | None = None,
) -> Iterator[Tally]:
    """The tallies of the claims, in order.

    What is neither refuted nor proved is tried once more with what the author shows on the way.
    """
    slips = [mutants(claim.statement, limit, options.seed) for claim in claims]
    owners = [k for k, found in enumerate(slips) for _ in found]
    flat = [mutant for found in slips for mutant in found]
    questions = [
        Question(claims[k].id, mutant.statement, claims[k].by) for k, mutant in zip(owners, flat, strict=True)
    ]
    results: dict[int, Result] = {}
    waiting = Counter(owners)
    done = start = 0

    def again(claim: Claim, rows: range) -> None:
        steps = shown(claim)
        left = [k for k in rows if results[k].verdict not in SETTLED] if steps else []
        more = [replace(questions[k], steps=steps, alone=True) for k in left]
        for number, result in decide_all(more, options, watch=watch) if more else ():
            if result.verdict in SETTLED:
                results[left[number]] = result

    def ready() -> Iterator[Tally]:
        nonlocal done, start
        while done < len(claims) and not waiting[done]:
            rows = range(start, start + len(slips[done]))
            again(claims[done], rows)
            yield Tally(claims[done].id, tuple((flat[k], results.pop(k)) for k in rows))
            start = rows.stop
            done += 1

    yield from ready()
    for number, result in decide_all(questions, options, watch=watch):
        results[number] = result
        waiting[owners[number]] -= 1
        yield from ready()
