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

from benchmarks.grading_mutants import Answers, graded, question_about
from symproof.grading.results import Line, Mark

HERE = Path(__file__).parent


def marked(seconds: float, path: Path = HERE / "false_alarms.yaml") -> Iterator[tuple[str, Line]]:
    """Every line of the file, graded alone."""
    with Answers() as answers:
        for item in yaml.safe_load(path.read_text(encoding="utf-8")):
            question = question_about(item)
            for text in item["lines"]:
                yield from ((text, line) for line in graded(question, [text], seconds, answers))


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
