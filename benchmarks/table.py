"""What a run showed, as a table: for every tool how many questions it decided rightly, and its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.corpus import Question, is_limiting
from benchmarks.workers import Answer

# What is right, and what is wrong, for each kind of question; anything else is not decided.
RIGHT = {"true": ("true", "conditional"), "false": ("false",), "trap": ("false", "conditional")}
WRONG = {
    "true": ("false", "invalid"),
    "false": ("true", "conditional", "supported"),
    "trap": ("true", "supported"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what one tool said."""

    question: Question
    answer: Answer

    @property
    def grade(self) -> str:
        kind, said = self.question.kind, self.answer.said
        if said in RIGHT[kind]:
            return "right"
        if said in WRONG[kind]:
            return "wrong"
        return "untold" if said == "untold" else "open"


@dataclass(frozen=True, slots=True)
class Run:
    """All that one tool said, and the seconds that it took to load."""

    tool: str
    asked: Sequence[Asked]
    loading: float

    def count(self, grade: str, kind: str | None = None) -> int:
        return sum(a.grade == grade and kind in (None, a.question.kind) for a in self.asked)

    def times(self, *kinds: str) -> list[float]:
        """Seconds for the questions that it took, time-outs and crashes left out."""
        return sorted(
            a.answer.seconds
            for a in self.asked
            if a.answer.said not in ("untold", "time", "crash") and a.question.kind in (kinds or RIGHT)
        )

    @property
    def total(self) -> float:
        return sum(self.times())


def at(times: Sequence[float], share: float) -> float:
    return times[min(len(times) - 1, int(share * len(times)))] if times else 0.0


def table(runs: Sequence[Run]) -> str:
    """The runs as a Markdown table."""
    lines = [
        "| tool | taken | true: right | wrong | false: right | wrong | traps: right | wrong | not decided "
        "| median | 95 % | total | time-outs |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for run in runs:
        taken = len(run.asked) - run.count("untold")
        cells = [run.tool, taken]
        for kind in ("true", "false", "trap"):
            cells += [run.count("right", kind), run.count("wrong", kind)]
        lost = sum(a.answer.said in ("time", "crash") for a in run.asked)
        times = run.times()
        cells += [run.count("open"), ms(median(times or [0.0])), ms(at(times, 0.95))]
        cells += [f"{run.total:.2f} s", lost]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def remarks(runs: Sequence[Run]) -> str:
    """What the table does not show: symproof by kind of question, and ratios."""
    ours = next((run for run in runs if run.tool == "symproof"), None)
    if ours is None:
        return ""
    lines = []
    said: dict[str, list[str]] = {"true": [], "false": [], "trap": []}
    for asked in ours.asked:
        said[asked.question.kind].append(asked.answer.said)
    true, n = said["true"], max(1, len(said["true"]))
    shown = sum(s in ("true", "conditional") for s in true)
    lines.append(
        f"- of the true: {true.count('true')} proved, {true.count('conditional')} conditional "
        f"({100 * shown / n:.1f} %), {true.count('supported')} supported "
        f"({100 * (shown + true.count('supported')) / n:.1f} %)"
    )
    for name, limiting in (("point by point", False), ("limits, series, improper integrals, growth", True)):
        some = [
            a
            for a in ours.asked
            if a.question.kind == "false" and is_limiting(a.question.statement().goal) is limiting
        ]
        right = sum(a.grade == "right" for a in some)
        share = 100 * right / max(1, len(some))
        lines.append(f"- of the false, {name}: {right} of {len(some)} refuted ({share:.1f} %)")
    trap = said["trap"]
    lines.append(f"- of the traps: {trap.count('false')} refuted, {trap.count('conditional')} conditional")
    refutations = sorted(a.answer.seconds for a in ours.asked if a.answer.said == "false")
    proofs = sorted(a.answer.seconds for a in ours.asked if a.answer.said in ("true", "conditional"))
    for what, times in (("refutation", refutations), ("proof", proofs)):
        middle, most = ms(at(times, 0.5)), ms(at(times, 0.95))
        lines.append(f"- a {what} takes {middle} in the median, 95 % take at most {most}")
    whole = ours.loading + sum(a.answer.seconds for a in ours.asked)
    lines.append(f"- all questions: {whole:.2f} s with loading and time-outs, {ours.total:.2f} s without")
    for run in runs:
        if run.tool in ("sympy simplify", "Maxima"):
            ratio = run.total / whole
            lines.append(f"- {run.tool} took {ratio:.1f} times as long (time-outs and loading left out)")
    flint = next((run for run in runs if run.tool == "FLINT"), None)
    if flint is not None:
        both = {a.question.name: a.answer.seconds for a in flint.asked if a.grade == "right"}
        mine = sum(a.answer.seconds for a in ours.asked if a.question.name in both)
        ratio = mine / max(1e-9, sum(both.values()))
        lines.append(f"- on the {len(both)} questions for FLINT symproof took {ratio:.1f} times as long")
    return "\n".join(lines)
