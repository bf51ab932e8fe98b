"""Do hypotheses about all values of something hold at a point?  No evaluation tells; there they are shown."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import islice

from symproof.kernel.check import check
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Checker, is_finite
from symproof.methods import prove
from symproof.methods.base import Budget
from symproof.methods.points import Points, Values
from symproof.methods.quick import ledger
from symproof.methods.search import run
from symproof.terms.build import num
from symproof.terms.rewrite import occurring, substitute
from symproof.terms.tree import Term
from symproof.terms.types import Function, Scalar

TRIED = 40  # choices of values, of which a few that look right are tried
FEW = 3
SECONDS = 0.3  # what holds of a simple function is shown soon or not at all


def met(statement: Statement, budget: Budget) -> bool:
    """Is there a point at which every hypothesis holds, those about all values of something by a proof?

    Functions and numbers are put into these; sizes and arrays stay what they are, so that more is shown.
    """
    endless = [h for h in statement.hypotheses if _is_endless(h.statement)]
    spoken = frozenset().union(*(occurring(h.statement) for h in endless))
    if not any(isinstance(s.type, Function) and s.name in spoken for s in statement.symbols):
        return False
    if spoken & {d.name for d in statement.definitions}:
        return False
    others = replace(statement, hypotheses=tuple(h for h in statement.hypotheses if h not in endless))
    points, checker = Points(statement, budget.seed), Checker(others)
    for values in islice(points.points(0, TRIED), FEW):
        budget.spend()
        put = _terms(statement, values)
        goals = [substitute(h.statement, put) for h in endless]
        if not all(_shown(statement, goal, budget) for goal in goals):
            continue
        try:
            checker.admits(points.data(values))
        except Rejected:
            continue
        return True
    return False


def _is_endless(term: Term) -> bool:
    return any(node.op == "forall" and not is_finite(node) for node in term.walk())


def _terms(statement: Statement, values: Values) -> dict[str, Term]:
    """The functions, and the numbers that are no sizes, as terms."""
    put: dict[str, Term] = {}
    for symbol in statement.symbols:
        value = values.get(symbol.name)
        if isinstance(value, Term):
            put[symbol.name] = value
        elif (
            isinstance(symbol.type, Scalar)
            and isinstance(value, Fraction)
            and "size" not in symbol.attributes
        ):
            put[symbol.name] = num(value)
    return put


def _shown(statement: Statement, goal: Term, budget: Budget) -> bool:
    """Does the goal hold whatever its sizes and arrays are?"""
    spoken = occurring(goal)
    alone = Statement(tuple(s for s in statement.symbols if s.name in spoken), (), (), goal)
    found = run(alone, Budget(min(SECONDS, budget.left()), budget.seed), prove.WAVES, ledger())
    try:
        return found is not None and not check(alone, found.data, ledger()).conditions
    except Rejected:
        return False
