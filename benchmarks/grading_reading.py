"""How the display relations in the answers of the seed documents are read: how many, which not, and how fast.

python -m benchmarks.grading_reading
"""

from __future__ import annotations

import sys
from statistics import median
from time import process_time

from symproof.reading.problems import Problem
from tests.reading.latex.seeds import SEEDS, all_lines, document
from tests.reading.latex.test_seeds import NOT_READ


def main() -> int:
    if not SEEDS.is_dir():
        print("the seed documents are not here")
        return 0
    every = list(all_lines())
    unread = []
    for name, reader, line in every:
        try:
            reader.readings(line)
        except Problem:
            unread.append((name, document(name).place(line.start)[0]))
    share = 1 - len(unread) / len(every)
    print(f"{len(every)} relations, {len(every) - len(unread)} read ({share:.1%})")
    for place in dict.fromkeys(unread):
        print(f"  {place[0]}, line {place[1]}: {NOT_READ[place]}")
    times = []
    for _ in range(3):  # the last time everything is warm
        times = []
        for _, reader, line in every:
            start = process_time()
            try:
                reader.read(line)
            except Problem:
                continue
            times.append(process_time() - start)
    print(f"{median(times) * 1e3:.2f} ms of processor time a formula (median)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
