"""Sympy's simplifier as the last symbolic resort: what it brings to zero or to true is supported."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import sympy

from symproof.kernel.statement import Hypothesis, Statement, Symbol
from symproof.methods.base import Budget, Evidence
from symproof.methods.sympy_bridge import Bridge
from symproof.methods.sympy_reader import Untranslatable
from symproof.methods.universal import clauses
from symproof.terms.rewrite import parts
from symproof.terms.tree import Term
from symproof.terms.types import Domain


def propose(goal: Statement, budget: Budget) -> Evidence | None:
    """Evidence if sympy simplifies every part of the goal to true, given what it can be told."""
    steps = []
    try:
        for part in parts(goal.goal):
            opened = _opened(replace(goal, goal=part))
            bridge = Bridge(opened)
            step = _simplified(bridge, opened.goal)
            if step is None:
                return None
            steps.append(step)
            budget.spend()
    except (Untranslatable, NotImplementedError):
        return None
    return Evidence("sympy", {"step": "; ".join(steps), "sympy": sympy.__version__})


def _opened(goal: Statement) -> Statement:
    """The statement with its leading quantifiers and premises taken as symbols and hypotheses."""
    while goal.goal.op in ("forall", "implies"):
        term = goal.goal
        if term.op == "implies":
            premise = Hypothesis(f"premise {len(goal.hypotheses)}", term.args[0])
            goal = replace(goal, hypotheses=(*goal.hypotheses, premise), goal=term.args[1])
            continue
        symbols = list(goal.symbols)
        for group, domain in clauses(term):
            assert isinstance(domain.type, Domain)
            for name, type in zip(group, domain.type.items, strict=True):
                if goal.symbol(name) is not None:
                    raise Untranslatable(f"{name} is bound and declared")
                symbols.append(Symbol(name, type))
        goal = replace(goal, symbols=tuple(symbols), goal=term.args[0])
    return goal


def _simplified(bridge: Bridge, goal: Term) -> str | None:
    """What simplified to what, if that shows the goal."""
    if goal.op == "eq":
        left, right = map(bridge.to, goal.args)
        return "simplify(lhs - rhs) = 0" if _zero(left - right) else None
    return "simplify(statement) = true" if sympy.simplify(bridge.to(goal)) is sympy.S.true else None


def _zero(expression: Any) -> bool:
    return bool(sympy.simplify(expression.doit()) == 0)
