"""Sampling: an independent attack on what was proved, and evidence where nothing was.

Points are drawn with another seed than the refuter's and judged by the kernel's own arithmetic,
not by floats alone.  Agreement proves nothing.
"""

from __future__ import annotations

from typing import Any

from flint import ctx

from symproof.kernel.arithmetic import Imprecise, TooCostly, Undefined, Unknown
from symproof.kernel.linear import Tensor
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import STEPS, Check, Checker
from symproof.methods.base import Budget, Evidence
from symproof.methods.points import Points
from symproof.methods.refute import Refuter

CHALLENGES = 60
SAMPLES = 40
BITS = 128
_OTHER = 7919


def challenge(statement: Statement, budget: Budget) -> Any:
    """A witness against the statement, if an independent look at points finds one, else None."""
    other = Budget(budget.left() / 2, budget.seed + _OTHER)
    return Refuter(statement, other, isolated=True).search(0, CHALLENGES)


def propose(statement: Statement, budget: Budget) -> Evidence | None:
    """Agreement at many admissible points, to how many digits: evidence, no proof."""
    points, checker = Points(statement, budget.seed + _OTHER + 1), Checker(statement)
    agreed, digits = 0, None
    for values in points.points(0, 20 * SAMPLES):
        budget.spend()
        data = points.data(values)
        try:
            checker.admits(data)
        except Rejected:
            continue
        found = _digits(checker, data)
        if found is None:
            continue
        if found < 0:
            return None
        agreed += 1
        digits = found if digits is None else min(digits, found)
        if agreed == SAMPLES:
            break
    return Evidence("sampled", {"points": agreed, "digits": digits}) if agreed else None


def _digits(checker: Checker, data: Any) -> int | None:
    """To how many digits the goal was seen to hold; None where it cannot be told, -1 where it fails."""
    kept, ctx.prec, checker.model.A.steps = ctx.prec, BITS, STEPS
    goal = checker.statement.goal
    check = Check(checker.model, data["values"], {}, {}, data.get("outcome", {}))
    exact = int(BITS * 0.3)
    try:
        found: list[int] = check.outcomes(lambda env: _agreement(check, goal, env, exact))
        return min(found, default=exact)
    except (Unknown, Undefined, TooCostly, Rejected, RecursionError):
        return None
    finally:
        ctx.prec = kept


def _agreement(check: Check, goal: Any, env: dict[str, Any], exact: int) -> int:
    try:
        return exact if check.holds(goal, env) else -1
    except Imprecise:
        if goal.op not in ("eq", "le", "ge"):
            raise
    sides = [check.value(side, env) for side in goal.args]
    cells = [x for side in sides for x in (side.cells if isinstance(side, Tensor) else [side])]
    bits = [x.rel_accuracy_bits() for x in cells if hasattr(x, "rel_accuracy_bits")]
    return max(0, int(min(bits, default=0) * 0.3))
