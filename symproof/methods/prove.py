"""The prover: goals taken apart, equations and inequalities closed, induction where nothing else helps."""

from __future__ import annotations

import functools

from symproof.kernel.ledger import Ledger
from symproof.kernel.statement import Statement
from symproof.methods import search as logic
from symproof.methods.axioms import backward, backward_deep, forward
from symproof.methods.base import Budget, Evidence
from symproof.methods.bounding import bound
from symproof.methods.cancelling import cancel
from symproof.methods.chance import chance
from symproof.methods.contradiction import differ, indirect
from symproof.methods.equations import equation
from symproof.methods.induction import induction
from symproof.methods.inequalities import (
    by_comparison,
    by_functions,
    decomposition,
    order,
    squares,
    summed,
)
from symproof.methods.search import Tactic
from symproof.methods.splitting import cases

INEQUALITIES = ("lt", "le", "gt", "ge", "ne")
LOGIC: dict[str, tuple[Tactic, ...]] = {
    "forall": (logic.intro,),
    "implies": (logic.intro,),
    "and": (logic.split,),
    "iff": (logic.split,),
    "or": (logic.evident, logic.choose),
    "true": (logic.evident,),
    "integrable": (logic.evident,),
}
CHEAP: dict[str, tuple[Tactic, ...]] = {
    **LOGIC,
    "eq": (equation,),
    **dict.fromkeys(INEQUALITIES, (order, squares)),
}
split_cases = cases({"eq": (equation,), **dict.fromkeys(INEQUALITIES, (order, squares, decomposition))})
FULL: dict[str, tuple[Tactic, ...]] = {
    **LOGIC,
    "eq": (equation, cancel, chance, split_cases, backward, induction, forward, backward_deep),
    **dict.fromkeys(
        INEQUALITIES,
        (
            *(order, squares, summed, split_cases, bound, decomposition, by_comparison, by_functions),
            *(backward, induction, forward, backward_deep),
        ),
    ),
    "ne": (
        *(order, squares, differ, split_cases, decomposition, by_functions),
        *(backward, indirect, induction, forward, backward_deep),
    ),
}


def quickly(statement: Statement, budget: Budget) -> Evidence | None:
    """Normal forms and signs alone."""
    return logic.run(statement, budget, CHEAP, _ledger())


def propose(statement: Statement, budget: Budget) -> Evidence | None:
    """Everything this prover knows."""
    return logic.run(statement, budget, FULL, _ledger())


@functools.cache
def _ledger() -> Ledger:
    from symproof.reading.ledger import load

    return load()
