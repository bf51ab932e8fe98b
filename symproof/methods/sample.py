"""Sampling: an independent attack on what was proved, and evidence where nothing was.

Points are drawn with another seed than the refuter's and judged in exact arithmetic and balls,
not by floats alone.  Agreement proves nothing.
"""

from __future__ import annotations

from math import log10
from typing import Any

from flint import ctx, fmpq

from symproof.evaluation.arithmetic import Imprecise, TooCostly, Undefined, Unknown
from symproof.evaluation.linear import Tensor
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Checker
from symproof.methods.base import Budget, Evidence
from symproof.methods.points import Points
from symproof.methods.probe import Probe
from symproof.methods.refute import Refuter
from symproof.terms.tree import Term

CHALLENGES = 60  # points, or as many as these seconds allow
SECONDS = 1.0
SOLVING = 0.1  # seconds for a second solution
SAMPLES = 40
TRIES = 400  # points that are looked at for as many samples
SILENT = 8  # so many points in a row that say nothing end the sampling
ENOUGH = 10  # samples that count as evidence when the time is over
BITS = 128
_DIGITS = int(BITS * 0.3)
_OTHER = 7919
STEPS = 20_000


def challenge(statement: Statement, budget: Budget) -> Any:
    """A witness against the statement, if an independent look at points finds one, else None."""
    other = Budget(budget.left() / 2, budget.seed + _OTHER)
    if statement.goal.op == "solve":  # no evaluation decides it
        from symproof.methods import denial  # it imports all of the search

        found = denial.propose(statement, Budget(min(SOLVING, other.seconds), other.seed))
        return None if found is None else found.data
    return Refuter(statement, other, isolated=True).search(0, CHALLENGES, near=1, seconds=SECONDS)


def propose(statement: Statement, budget: Budget) -> Evidence | None:
    """Agreement at many admissible points, to how many digits: evidence, no proof."""
    points, checker = Points(statement, budget.seed + _OTHER + 1), Checker(statement, STEPS)
    agreed: list[int] = []
    silent = 0
    for values in points.points(0, TRIES):
        if budget.left() <= 0 or silent >= SILENT or len(agreed) >= SAMPLES:
            break
        try:
            checker.admits(points.data(values))
        except Rejected:
            continue
        try:
            checker.check(points.data(values))
        except Rejected:
            digits = _digits(points, values)
        else:
            return None
        silent = silent + 1 if digits is None else 0
        if digits is not None and digits < 0:
            return None
        agreed += [digits] if digits is not None else []
    if len(agreed) < min(ENOUGH, SAMPLES) and points.chosen:
        return None
    return Evidence("sampled", {"points": len(agreed), "digits": min(agreed)}) if agreed else None


def _digits(points: Points, values: dict[str, Any]) -> int | None:
    """To how many digits the goal was seen to hold; None where it cannot be told, -1 where it fails."""
    kept, ctx.prec = ctx.prec, BITS
    probe = points.exactly(points.exact, values)
    points.exact.A.steps = STEPS
    goal = points.statement.goal
    try:
        found: list[int] = probe.outcomes(lambda env: _agreement(probe, goal, env))
        return min(found, default=_DIGITS)
    except (Unknown, Undefined, TooCostly, Rejected, RecursionError):
        return None
    finally:
        ctx.prec = kept


def _agreement(probe: Probe, goal: Term, env: dict[str, Any]) -> int:
    try:
        return _DIGITS if probe.holds(goal, env) else -1
    except Imprecise:
        if goal.op not in ("eq", "le", "ge"):
            raise
    sides = [probe.value(side, env) for side in goal.args]
    cells = [x for side in sides for x in (side.cells if isinstance(side, Tensor) else [side])]
    return min((_digits_of(x) for x in cells), default=0)


def _digits_of(x: Any) -> int:
    """The digits of a ball that are known, after the point for small numbers."""
    if isinstance(x, fmpq):
        return _DIGITS
    radius = float(x.rad()) / (1 + float(abs(x.mid())))
    return max(0, min(_DIGITS, int(-log10(radius)))) if radius else _DIGITS
