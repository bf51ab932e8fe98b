"""Statements about reals and integers for Z3; what it has no words for raises `Untold`."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import z3

from benchmarks.texts import Untold
from symproof.kernel.statement import Statement
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Scalar

_RELATIONS: dict[str, Any] = {
    "eq": lambda a, b: a == b, "ne": lambda a, b: a != b, "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
    "and": z3.And, "or": z3.Or, "not": z3.Not, "implies": z3.Implies, "iff": lambda a, b: a == b,
}  # fmt: skip


class Smt:
    """One statement; every divisor is said to be different from 0."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        if statement.definitions or not all(isinstance(s.type, Scalar) for s in statement.symbols):
            raise Untold("more than numbers")
        if any(s.type == Scalar("complex") for s in statement.symbols):
            raise Untold("complex numbers")
        self.symbols = {s.name: self._symbol(s.name, s.type) for s in statement.symbols}
        self.divisors: list[Any] = []

    def _symbol(self, name: str, type: object) -> Any:
        return z3.Int(name) if type == INTEGER else z3.Real(name)

    def problem(self) -> list[Any]:
        """Formulas that have a model exactly where the statement fails."""
        given = [self.of(h.statement) for h in self.statement.hypotheses]
        goal = self.of(self.statement.goal)
        return [*given, *self.divisors, z3.Not(goal)]

    def of(self, t: Term) -> Any:
        op, args = t.op, t.args
        if op == "num":
            value = t.data
            assert isinstance(value, Fraction)
            whole = value.denominator == 1
            return z3.IntVal(value.numerator) if whole else z3.Q(value.numerator, value.denominator)
        if op == "sym" and t.data in self.symbols:
            return self.symbols[str(t.data)]
        if op in _RELATIONS and all(isinstance(a.type, Scalar) or a.op in _RELATIONS for a in args):
            return _RELATIONS[op](*map(self.of, args))
        if op in ("add", "mul"):
            total = self.of(args[0])
            for arg in args[1:]:
                total = total + self.of(arg) if op == "add" else total * self.of(arg)
            return total
        if op == "neg":
            return -self.of(args[0])
        if op == "div":
            below = self.real(self.of(args[1]))
            self.divisors.append(below != 0)
            return self.real(self.of(args[0])) / below
        if op == "pow" and args[1].op == "num" and args[1].data in range(13):
            total, base = z3.IntVal(1), self.of(args[0])
            for _ in range(int(args[1].data)):  # type: ignore[call-overload]
                total = total * base
            return total
        if op == "call":
            return self.call(str(t.data), [self.of(a) for a in args])
        if op == "cases":
            found = self.of(args[-1])
            for value, condition in reversed(list(zip(args[:-1:2], args[1:-1:2], strict=True))):
                found = z3.If(self.of(value), self.of(condition), found)
            return found
        raise Untold(op)

    def real(self, x: Any) -> Any:
        return z3.ToReal(x) if x.is_int() else x

    def call(self, name: str, args: list[Any]) -> Any:
        x = args[0]
        if name == "abs":
            return z3.If(x >= 0, x, -x)
        if name == "relu":
            return z3.If(x >= 0, x, 0)
        if name == "sign":
            return z3.If(x > 0, 1, z3.If(x < 0, -1, 0))
        if name in ("max", "min"):
            for y in args[1:]:
                x = z3.If(x >= y if name == "max" else x <= y, x, y)
            return x
        if name == "floor":
            return z3.ToInt(self.real(x))
        if name == "ceil":
            return -z3.ToInt(self.real(-x))
        if name == "mod" and x.is_int() and args[1].is_int():
            self.divisors.append(args[1] > 0)
            return x % args[1]
        raise Untold(name)
