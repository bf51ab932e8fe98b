"""Right lines that are written unusually: how many follow, and that none is marked wrong.

    python benchmarks/grading_false_alarms.py [--seconds 10]
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks.grading_mutants import Answers
from symproof.grading.assignments import Find, Question
from symproof.grading.marking import question_lines
from symproof.grading.results import Line, Mark
from symproof.reading.latex import Notation
from symproof.reading.pieces import Pieces
from symproof.reading.problems import Source

HERE = Path(__file__).parent


def marked(seconds: float, path: Path = HERE / "false_alarms.yaml") -> Iterator[tuple[str, Line]]:
    """Every line of the file, graded alone."""
    answers = Answers()
    for item in yaml.safe_load(path.read_text(encoding="utf-8")):
        pieces = Pieces(
            let=tuple((Source(n.strip()), Source(t)) for names, t in item["let"].items() for n in names.split(",")),
            given=tuple((f"h{k}", Source(g)) for k, g in enumerate(item.get("given", []))),
        )
        question = Question("1", "", 1.0, "", False, "find", Find("1"), Notation(transpose=True), pieces)
        for text in item["lines"]:
            asking, reply = question_lines(question, f"**Question 1**\n\nanswer:\n\n$${text}$$\n", seconds), None
            while True:
                try:
                    reply = answers(asking.send(reply))
                except StopIteration as stop:
                    yield from ((text, line) for line in stop.value)
                    break


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    count = Counter[str]()
    for text, line in marked(parser.parse_args().seconds):
        count[line.mark] += 1
        if line.mark is not Mark.FOLLOWS:
            print(f"{line.mark}: {text}  |  {line.message}")
    print(f"{count.total()} right lines: " + ", ".join(f"{n} {mark}" for mark, n in count.most_common()))
    return 1 if count[Mark.WRONG] + count[Mark.CARRIED] else 0


if __name__ == "__main__":
    sys.exit(main())
