"""How fast a class is graded: submissions of ten lines each, one line in five wrong.

    python benchmarks/grading_class.py [--submissions 500] [--jobs 2] [--cluster ADDRESS] [--seed 0]

The lines are those of three derivations of benchmarks/derivations.yaml; a wrong line is any neighbour of
a right one by a single slip.  Prints lines a second, by the clock and of processor time (all of it, loading
too), the questions that were asked, marks, and memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections import Counter
from dataclasses import replace

from benchmarks.grading_mutants import Derivation, load
from symproof.grading.assignments import Assignment, Find
from symproof.grading.classroom import Answering, Submission, grade_class
from symproof.grading.results import Mark
from symproof.mutations import neighbours
from symproof.options import Options
from symproof.running.crew import Crew
from symproof.terms.latex import latex
from symproof.terms.tree import Term

NAMES = ("running average", "momentum", "geometric sum")
COUNTS = (4, 3, 3)


def submission(name: str, parts: list[Derivation], choice: random.Random) -> Submission:
    """Ten lines, two of them wrong on average."""
    text = []
    for number, (derivation, count) in enumerate(zip(parts, COUNTS, strict=True), start=1):
        text.append(f"## {number}\n")
        for line in derivation.lines[:count]:
            written = changed(line, choice) if choice.random() < 0.2 else line
            text.append(f"$${latex(written)}$$\n")
    return Submission(name, "\n".join(text))


def changed(line: Term, choice: random.Random) -> Term:
    """The line with one slip."""
    found = [mutant for _, _, mutant in neighbours(line)]
    return choice.choice(found) if found else line


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--submissions", type=int, default=500)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cluster")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    choice = random.Random(given.seed)
    known = {derivation.name: derivation for derivation in load()}
    parts = [known[name] for name in NAMES]
    questions = tuple(
        replace(derivation.question, name=str(k), find=Find(str(k)))
        for k, derivation in enumerate(parts, start=1)
    )
    assignment = Assignment("class", "", "", "hint", questions)
    handed = [submission(f"s{k:03}.md", parts, choice) for k in range(given.submissions)]
    asked = 0
    carry_out = Crew.carry_out

    def counted(crew, errands, limits):  # type: ignore[no-untyped-def]
        nonlocal asked
        asked += len(errands)
        return carry_out(crew, errands, limits)

    Crew.carry_out = counted  # type: ignore[method-assign]
    Answering.warm()
    began = time.perf_counter()
    marks: Counter[Mark] = Counter()
    for item in grade_class(assignment, handed, Options(jobs=given.jobs, cluster=given.cluster)):
        marks.update(line.mark for question in item.questions for line in question.lines)
    seconds = time.perf_counter() - began
    lines = sum(marks.values())
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own, children = (each.ru_maxrss / 1024 for each in used)
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    print(f"{len(handed)} submissions, {lines} lines, {asked} questions asked, {seconds:.1f} s")
    print(f"{lines / seconds:.0f} lines a second, {lines / processor:.0f} a second of processor time")
    print("  ".join(f"{mark.value} {count}" for mark, count in marks.most_common()))
    print(f"memory: {own:.0f} MB here, {children:.0f} MB in the largest worker")


if __name__ == "__main__":
    main()
