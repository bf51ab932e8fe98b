"""Exact for all small sizes, or all small graphs: strong evidence, no proof.

With every size put in, a statement about vectors and matrices is one about finitely many
numbers, which the prover may settle although the general one escapes it.  A statement about a
graph and nothing else is evaluated on every graph up to a number of vertices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from symproof.kernel.check import check
from symproof.kernel.statement import Definition, Hypothesis, Law, Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Checker
from symproof.methods.base import Budget, Evidence
from symproof.methods.graphs import graphs
from symproof.methods.probe import to_data
from symproof.methods.quick import propose as quickly
from symproof.reading.ledger import standard
from symproof.terms.build import Mistyped, num
from symproof.terms.rewrite import substitute, substitute_type
from symproof.terms.tree import Term
from symproof.terms.types import Graph

MAX_SIZE = 3
MAX_CASES = 30
MAX_VERTICES = 5


def propose(goal: Statement, budget: Budget) -> Evidence | None:
    """Evidence that the goal holds for every size, or every graph, up to a bound."""
    if [type(symbol.type) for symbol in goal.symbols] == [Graph]:
        return _on_graphs(goal, budget)
    sizes = [symbol.name for symbol in goal.symbols if "size" in symbol.attributes]
    if not sizes:
        return None
    bound = max((k for k in range(1, MAX_SIZE + 1) if k ** len(sizes) <= MAX_CASES), default=1)
    cases = 0
    for values in product(range(1, bound + 1), repeat=len(sizes)):
        budget.spend()
        try:
            case = put(goal, {name: num(value) for name, value in zip(sizes, values, strict=True)})
        except Mistyped:  # an index outside its axis there: the sizes do not go together
            return None
        if not _proved(case, budget):
            return None
        cases += 1
    return Evidence("bounded", {"bound": ", ".join(f"{name} <= {bound}" for name in sizes), "cases": cases})


def put(statement: Statement, values: Mapping[str, Term]) -> Statement:
    """The statement with terms put for some of its symbols."""
    symbols = tuple(
        Symbol(
            s.name,
            substitute_type(s.type, values),
            s.attributes,
            s.law and Law(s.law.name, tuple(substitute(arg, values) for arg in s.law.args)),
        )
        for s in statement.symbols
        if s.name not in values
    )
    definitions = tuple(
        Definition(
            d.name,
            tuple((name, substitute_type(type, values)) for name, type in d.params),
            substitute(d.body, values),
        )
        for d in statement.definitions
    )
    hypotheses = tuple(Hypothesis(h.name, substitute(h.statement, values)) for h in statement.hypotheses)
    return replace(
        statement,
        symbols=symbols,
        definitions=definitions,
        hypotheses=hypotheses,
        goal=substitute(statement.goal, values),
    )


def _proved(case: Statement, budget: Budget) -> bool:
    evidence = quickly(case, budget)
    if evidence is None:
        return False
    try:
        return not check(case, evidence.data, standard()).conditions
    except Rejected:
        return False


def _on_graphs(goal: Statement, budget: Budget) -> Evidence | None:
    """Exact evaluation on every graph that meets the hypotheses, up to isomorphism."""
    [symbol] = goal.symbols
    premises = Checker(goal)
    holds = Checker(replace(goal, hypotheses=(*goal.hypotheses, Hypothesis("goal", goal.goal))))
    cases = 0
    for graph in (graph for n in range(1, MAX_VERTICES + 1) for graph in graphs(n)):
        budget.spend()
        data = {"values": {symbol.name: to_data(graph)}}
        if not _accepts(premises, data):
            continue
        if not _accepts(holds, data):
            return None
        cases += 1
    bound = f"|V({symbol.name})| <= {MAX_VERTICES}"
    return Evidence("bounded", {"bound": bound, "cases": cases}) if cases else None


def _accepts(checker: Checker, data: Any) -> bool:
    try:
        checker.admits(data)
    except Rejected:
        return False
    return True
