"""A quick look at points: what is negative somewhere has no decomposition into nonnegative parts.

The letters of a polynomial count as independent, which they are for the
decompositions; where they obey relations (|x|² = x²) nothing is said.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from symproof.kernel.normal import Normal
from symproof.kernel.poly import Poly
from symproof.methods.letters import Letters, compiled, value_at
from symproof.methods.positivity import Known, Problem

POINTS = 60
VALUES = (0.0, 1.0, -1.0, 2.0, 0.5, -2.0, -0.5, 3.0, 0.1, 1.5, -3.0, 10.0, 0.9, 1.1)
SMALL = 1e-7


def fails_somewhere(problem: Problem) -> bool:
    """Is the target negative (or 0, where it should be positive) at a point that all the facts admit?"""
    if problem.equations:
        return False
    return _fails(problem.nf, problem.target, problem.facts, problem.strict)


def negative_somewhere(nf: Normal, poly: Poly) -> bool:
    """Is the polynomial negative at some point?"""
    return _fails(nf, poly, [], False)


def _fails(nf: Normal, target: Poly, facts: list[Known], strict: bool) -> bool:
    letters = Letters([target, *(f.value for f in facts)])
    if nf.angles or any(atom.kind in ("abs", "pow") for atom, _ in letters.letters):
        return False
    positive = [letters.nonnegative(nf, k) for k in range(len(letters.letters))]
    goal, known = compiled(letters, target), [compiled(letters, f.value) for f in facts]
    for point in _points(positive):
        try:
            value = value_at(goal, point)
            low = value < -SMALL or (strict and value < SMALL and all(4 * v == int(4 * v) for v in point))
            if low and all(value_at(f, point) > SMALL for f in known):
                return True
        except (OverflowError, ZeroDivisionError, TypeError):
            continue
    return False


def _points(positive: list[bool]) -> Iterator[list[float]]:
    draw = random.Random(1)
    for _ in range(POINTS):
        drawn = [draw.choice(VALUES) for _ in positive]
        yield [abs(v) or 0.25 if p else v for p, v in zip(positive, drawn, strict=True)]
