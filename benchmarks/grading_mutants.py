"""How often a line with one slip is marked wrong, and how often the first repair restores it.

    python benchmarks/grading_mutants.py [--each 4] [--seconds 10] [--seed 0] [--show]

Every line of benchmarks/derivations.yaml is mutated; mutants that are still provable are set aside.  The
derivation with the mutant in it is written as LaTeX, read, and graded like any submission.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from symproof.grading.asking import Ask
from symproof.grading.assignments import Find, Question
from symproof.grading.classroom import Answering
from symproof.grading.judging import shown
from symproof.grading.marking import question_lines
from symproof.grading.results import Line, Mark
from symproof.grading.setting import TRUE, Setting
from symproof.kernel.statement import Statement
from symproof.methods.base import Budget
from symproof.mutations import neighbours
from symproof.options import Options
from symproof.reading.inline import read_scope
from symproof.reading.latex import Notation
from symproof.reading.pieces import Pieces
from symproof.reading.problems import Problem, Source
from symproof.running.crew import Crew
from symproof.running.pool import Done
from symproof.terms.build import Mistyped, make
from symproof.terms.latex import latex
from symproof.terms.plain import plain
from symproof.terms.tree import Term

HERE = Path(__file__).parent


@dataclass
class Derivation:
    """A right derivation, ready to be graded with a line changed."""

    name: str
    question: Question
    setting: Setting
    lines: list[Term]
    scope: Any

    def graded(self, lines: list[Term], seconds: float, answers: Answers) -> tuple[Line, ...]:
        """The marked lines of the derivation with these lines."""
        return graded(self.question, [latex(line) for line in lines], seconds, answers)


def load(path: Path = HERE / "derivations.yaml") -> Iterator[Derivation]:
    """The derivations of the file."""
    for item in yaml.safe_load(path.read_text(encoding="utf-8")):
        let = [f"{names}: {type}" for names, type in item["let"].items()]
        define = [f"{name}: {body}" for name, body in item.get("define", {}).items()]
        scope = read_scope(let, item.get("given", []), define)
        base = Statement(tuple(scope.symbols.values()), scope.definitions, tuple(scope.hypotheses), TRUE)
        lines = [scope.proposition(Source(line, item["name"])) for line in item["lines"]]
        yield Derivation(item["name"], question_about(item), Setting(base), lines, scope)


def question_about(item: dict[str, Any]) -> Question:
    """A question with the declarations of an item of the file."""
    names = [(name.strip(), type) for names, type in item["let"].items() for name in names.split(",")]
    pieces = Pieces(
        let=tuple((Source(name), Source(type)) for name, type in names),
        define=tuple((Source(name), Source(body)) for name, body in item.get("define", {}).items()),
        given=tuple((f"h{k}", Source(given)) for k, given in enumerate(item.get("given", []))),
    )
    return Question(
        "1", "", 1.0, "", False, "find", Find("1"), Notation(norm="opnorm", transpose=True), pieces
    )


class Answers:
    """Answers that are asked for once, of a worker that is killed when it is late, as in a class."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, Any] | None] = {}
        Answering.warm()
        self.crew = Crew(Answering, Options(jobs=1))

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, *exception: object) -> None:
        self.crew.__exit__()

    def __call__(self, ask: Ask) -> dict[str, Any] | None:
        if ask.key not in self.known:
            for _, outcome in self.crew.carry_out([Answering(ask)], [2 * ask.seconds]):
                self.known[ask.key] = outcome.value if isinstance(outcome, Done) else None
        return self.known[ask.key]


def graded(question: Question, lines: list[str], seconds: float, answers: Answers) -> tuple[Line, ...]:
    """The marked lines of an answer, each given as LaTeX."""
    text = "**Question 1**\n\nanswer:\n\n" + "\n\n".join(f"$${line}$$" for line in lines) + "\n"
    asking, reply = question_lines(question, text, seconds), None
    while True:
        try:
            reply = answers(asking.send(reply))
        except StopIteration as stop:
            found: tuple[Line, ...] = stop.value
            return found


def mutants(derivation: Derivation, k: int, each: int, chance: random.Random) -> list[tuple[str, Term]]:
    """Some changes of a line, of different kinds; what is still provable is set aside."""
    line = derivation.lines[k]
    statement = derivation.setting.statement()
    by_kind: dict[str, list[Term]] = {}
    for kind, _, term in neighbours(line, statement.symbols, statement.definitions):
        by_kind.setdefault(kind.value, []).append(term)
    kinds = list(by_kind)
    chance.shuffle(kinds)
    found: list[tuple[str, Term]] = []
    for kind in kinds:
        for term in chance.sample(by_kind[kind], min(3, len(by_kind[kind]))):
            if shown(derivation.setting.statement(term), Budget(2.0)) is None:
                found.append((kind, term))
                break
        if len(found) == each:
            break
    return found


def same(derivation: Derivation, text: str, line: Term) -> bool:
    """Does the mended text say what the line said?"""
    try:
        mended = derivation.scope.proposition(Source(text))
    except Problem:
        return False
    canon = derivation.setting.canon
    if canon.key(mended) == canon.key(line):
        return True
    if mended.op != line.op or len(line.args) != 2:
        return False
    try:
        claim = make("and", *(make("eq", a, b) for a, b in zip(mended.args, line.args, strict=True)))
        if shown(derivation.setting.statement(claim), Budget(2.0)) is not None:
            return True
        difference = [make("add", e.args[0], make("neg", e.args[1])) for e in (mended, line)]
        equal = make("eq", *difference)
    except Mistyped:
        return False
    bare = Setting(Statement(derivation.setting.base.symbols, derivation.setting.base.definitions, (), TRUE))
    return shown(bare.statement(equal), Budget(2.0)) is not None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    with Answers() as answers:
        return measure(options, answers)


def measure(options: argparse.Namespace, answers: Answers) -> int:
    """Count, and print what was counted."""
    chance, count, began = random.Random(options.seed), Counter[str](), time.monotonic()
    for derivation in load():
        if options.only not in derivation.name:
            continue
        for k, line in enumerate(derivation.graded(derivation.lines, options.seconds, answers)):
            count["right lines"] += 1
            if line.mark is not Mark.FOLLOWS:
                count["right lines not followed"] += 1
                print(f"{derivation.name} {k}: {line.mark} {line.read_as or line.text}: {line.message}")
        for k, original in enumerate(derivation.lines):
            for kind, term in mutants(derivation, k, options.each, chance):
                lines = [*derivation.lines[:k], term]
                marked = derivation.graded(lines, options.seconds, answers)
                last = marked[-1]
                count["mutants"] += 1
                if last.mark is Mark.WRONG and all(m.mark is not Mark.WRONG for m in marked[:-1]):
                    count["wrong"] += 1
                    restored = last.repair is not None and same(derivation, last.repair.text, original)
                    count["restored"] += restored
                    shown_as = "restored" if restored else f"mended: {last.repair and last.repair.text}"
                else:
                    shown_as = f"{last.mark}: {last.message}"
                if options.show and shown_as != "restored":
                    print(f"{derivation.name} {k} {kind}: {plain(term)}  |  {shown_as}")
        print(f"{derivation.name}: {dict(count)}", flush=True)
    mutated = max(1, count["mutants"])
    print(f"{count['right lines']} right lines, {count['right lines not followed']} of them not shown")
    print(f"{count['mutants']} mutants, {count['wrong']} wrong ({count['wrong'] / mutated:.1%}), "
          f"{count['restored']} restored by the first repair ({count['restored'] / mutated:.1%}), "
          f"{time.monotonic() - began:.0f} s")  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main())
