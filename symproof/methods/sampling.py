"""A quick look at points: what is negative somewhere has no decomposition into nonnegative parts."""

from __future__ import annotations

import random

from symproof.methods.letters import Letters, compiled, value_at
from symproof.methods.positivity import Problem

POINTS = 60
VALUES = (0.0, 1.0, -1.0, 2.0, 0.5, -2.0, -0.5, 3.0, 0.1, 1.5, -3.0, 10.0, 0.9, 1.1)
SMALL = 1e-7


def fails_somewhere(problem: Problem) -> bool:
    """Is the target negative (or 0, where it should be positive) at a point that all the facts admit?

    The letters count as independent, which they are for the decompositions.
    """
    polys = [problem.target, *(f.value for f in problem.facts), *(e.value for e in problem.equations)]
    letters = Letters(polys)
    kinds = {atom.kind for atom, _ in letters.letters}
    if problem.nf.angles or not kinds.isdisjoint(("abs", "pow")) or problem.equations:
        return False
    positive = [letters.nonnegative(problem.nf, k) for k in range(len(letters.letters))]
    target = compiled(letters, problem.target)
    facts = [(compiled(letters, f.value), f.strict) for f in problem.facts]
    draw = random.Random(1)
    for _ in range(POINTS):
        point = [abs(v) + 0.01 * (v == 0) if p else v for p, v in ((p, draw.choice(VALUES)) for p in positive)]
        try:
            value = value_at(target, point)
            if value >= (SMALL if problem.strict else -SMALL):
                continue
            if problem.strict and value > -SMALL and not _exact(point):
                continue
            if all(value_at(f, point) > SMALL for f, _ in facts):
                return True
        except (OverflowError, ZeroDivisionError, TypeError):
            continue
    return False


def _exact(point: list[float]) -> bool:
    return all(v * 4 == int(v * 4) for v in point)
