"""A small part of what the commands in benchmarks/ measure: mutants, and right lines that are written unusually."""

from __future__ import annotations

import random

import pytest

from benchmarks.grading_false_alarms import marked
from benchmarks.grading_mutants import Answers, load, mutants, same
from symproof.grading.results import Mark

SAMPLE = ("running average", "polarisation", "momentum with decay")


@pytest.mark.parametrize("name", SAMPLE)
def test_mutants(name: str) -> None:
    """A line with one slip is wrong, and mostly the first repair restores it; the right lines follow."""
    (derivation,) = [found for found in load() if found.name == name]
    chance = random.Random(1)
    with Answers() as answers:
        right = derivation.graded(derivation.lines, 60.0, answers)
        assert {line.mark for line in right} == {Mark.FOLLOWS}
        tried = restored = 0
        for k, original in enumerate(derivation.lines[:3]):
            for _, term in mutants(derivation, k, 2, chance):
                last = derivation.graded([*derivation.lines[:k], term], 60.0, answers)[-1]
                assert last.mark is Mark.WRONG and last.witness is not None, last
                tried += 1
                restored += last.repair is not None and same(derivation, last.repair.text, original)
    assert tried == 6 and restored >= 4


def test_unusual_right_lines() -> None:
    """None of them is wrong, and nearly all are shown."""
    found = [line for k, (_, line) in enumerate(marked(60.0)) if k % 3 == 0]
    assert not [line for line in found if line.mark in (Mark.WRONG, Mark.CARRIED, Mark.UNREADABLE)]
    assert sum(line.mark is Mark.FOLLOWS for line in found) >= len(found) - 2
