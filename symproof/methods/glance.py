"""A glance at a point where all symbols are numbers: do the hypotheses and the goal hold, in floats?

It says yes or nothing: whatever does not hold plainly, is undefined or takes long is left to a
probe, which looks at the same point with more care.  Most points of a true statement need no more.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from symproof.evaluation.arithmetic import TooCostly, Undefined, Unknown
from symproof.evaluation.model import Model
from symproof.kernel.statement import Statement
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

STEPS = 2_000
Env = dict[str, Any]
Test = Callable[[Env], bool]
CANNOT = (Undefined, Unknown, TooCostly, ArithmeticError, ValueError, TypeError, LookupError, RecursionError)


class Glance:
    """The tests of one statement, compiled over floats."""

    def __init__(self, model: Model, hypotheses: Sequence[Term]) -> None:
        self.A = model.A
        self._admits = [test(model, term) for term in hypotheses]
        self._goal = test(model, model.statement.goal)

    def admits(self, values: dict[str, Any]) -> bool:
        """Do all hypotheses plainly hold?"""
        return not self._admits or self._all(self._admits, values)

    def holds(self, values: dict[str, Any]) -> bool:
        """Does the goal plainly hold?"""
        return self._all((self._goal,), values)

    def _all(self, tests: Sequence[Test], values: dict[str, Any]) -> bool:
        self.A.steps = STEPS
        number = self.A.number
        env = {name: number(value) for name, value in values.items()}
        try:
            return all(test(env) for test in tests)
        except CANNOT:
            return False


def glance(model: Model, chosen: Sequence[Any], hypotheses: Sequence[Term]) -> Glance | None:
    """The glance at points of these symbols, where they are all there is to choose and plain numbers."""
    statement: Statement = model.statement
    rules = model.definitional
    if statement.definitions or rules.recurrences or rules.starts or len(chosen) != len(statement.symbols):
        return None
    if not all(isinstance(s.type, Scalar) and s.type.domain != "complex" and not s.random for s in chosen):
        return None
    return Glance(model, hypotheses)


def test(model: Model, term: Term) -> Test:
    """Whether a statement about numbers plainly holds, as a function of the values of its names."""
    op, A = term.op, model.A
    if op in ("and", "or"):
        parts, some = [test(model, part) for part in term.args], any if op == "or" else all
        return lambda env: some(part(env) for part in parts)
    if op in ("implies", "iff"):
        left, right = (test(model, part) for part in term.args)
        if op == "iff":
            return lambda env: left(env) is right(env)
        return lambda env: not left(env) or right(env)
    if op == "not":
        inner = test(model, term.args[0])
        return lambda env: not inner(env)
    if op not in _COMPARE or not all(isinstance(side.type, Scalar) for side in term.args):
        return _refuse
    sides, compare, equal = [model.run(side) for side in term.args], _COMPARE[op], A.plain_equal
    first, second = sides

    def compared(env: Env) -> bool:
        a, b = first(env), second(env)
        return compare(equal(a, b), a, b)

    return compared


def _refuse(env: Env) -> bool:
    raise Unknown("not about single numbers")


_COMPARE: dict[str, Callable[[bool, Any, Any], bool]] = {
    "eq": lambda same, a, b: same,
    "ne": lambda same, a, b: not same,
    "le": lambda same, a, b: bool(same or a < b),
    "ge": lambda same, a, b: bool(same or a > b),
    "lt": lambda same, a, b: bool(not same and a < b),
    "gt": lambda same, a, b: bool(not same and a > b),
}
