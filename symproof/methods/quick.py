"""Quick proofs: normal forms and signs alone.  Little is imported here, for a single short statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symproof.kernel.context import Context
from symproof.kernel.ledger import Ledger
from symproof.kernel.statement import Statement
from symproof.methods import search as logic
from symproof.methods.base import Budget, Evidence
from symproof.methods.equations import equation, rewritings
from symproof.methods.search import Certificate, Search, Tactic
from symproof.methods.trigonometry import identity
from symproof.terms.tree import Term

INEQUALITIES = ("lt", "le", "gt", "ge", "ne")


def order(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by the signs of the difference."""
    candidates: Iterator[Certificate] = ({"rule": "order", **r} for r in rewritings(context, goal))
    return search.first(context, goal, candidates)


LOGIC: dict[str, tuple[Tactic, ...]] = {
    "forall": (logic.intro,),
    "implies": (logic.intro,),
    "and": (logic.split,),
    "iff": (logic.split,),
    "or": (logic.evident, logic.choose),
    "in": (logic.evident, logic.split),
    "not": (logic.evident,),
    "true": (logic.evident,),
    "integrable": (logic.evident,),
}
QUICK: dict[str, tuple[Tactic, ...]] = {
    **LOGIC,
    "eq": (equation, identity),
    **dict.fromkeys(INEQUALITIES, (order,)),
}


def propose(statement: Statement, budget: Budget) -> Evidence | None:
    """Evidence by normal forms and signs; what the author shows on the way is for the search."""
    return logic.run(statement, replace(budget, steps=()), ((QUICK, 1.0),), ledger())


def ledger() -> Ledger:
    """The axioms, read as they are needed."""
    from symproof.reading.ledger import standard

    return standard()
