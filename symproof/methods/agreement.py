"""Do two sides with limits, series or integrals in them seem to be equal at a point?

Floats follow both along better and better approximations: arguments that tend to the point of a
limit, longer and longer partial sums, finer and finer quadratures.  A gap that shrinks from one to
the next speaks for the equation, one that stays or grows against it.  Neither shows anything; it
says whether a proof is worth looking for, or a refutation.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any, NamedTuple, cast

from symproof.evaluation.arithmetic import TooCostly, Undefined, Unknown
from symproof.kernel.existence import improper
from symproof.kernel.infinity import infinite
from symproof.kernel.verdict import Rejected
from symproof.methods.points import Points, Values
from symproof.terms.build import make, sym
from symproof.terms.tree import BINDERS, Term

LEVELS, FEW = 6, 3  # of approximation, and how many tell something
STEPS = 200_000
EQUAL = 1e-9  # a relative gap between numbers that seem equal
SHRINKS, STAYS = 0.9, 0.97  # by which factor a gap does from one level to the next
FAR = 30.0  # so far out there may be nothing left of an integral
MANY = 30  # so many terms of a series may be all that floats have numbers for
_CANNOT = (Rejected, Undefined, Unknown, TooCostly, ArithmeticError, ValueError, TypeError, RecursionError)
Env = dict[str, Any]
Value = Callable[[int, Env], Any]  # of a term at a level of approximation


def agreement(points: Points) -> Agreement | None:
    """The comparison of the two sides of an equation, where floats can follow them."""
    try:
        return Agreement(points)
    except _CANNOT:
        return None


class Look(NamedTuple):
    """Does the equation seem to hold, does its left side seem to have no value?  None: it cannot be told."""

    agrees: bool | None
    diverges: bool | None


class Agreement:
    """What floats say of an equation at points of its statement."""

    def __init__(self, points: Points) -> None:
        self.points, self.model, self.A = points, points.model, points.model.A
        self.sides = [self._value(side, ()) for side in points.statement.goal.args]

    def at(self, values: Values) -> Look:
        """What is seen there."""
        env = self.points.probe(values).world.env
        self.A.steps = STEPS
        sides: list[tuple[float, float]] = []
        gaps: list[float] = []
        try:
            while len(gaps) < LEVELS and (len(gaps) < 2 or max(gaps[-2:]) > EQUAL):
                left, right = (side(len(gaps), env) for side in self.sides)
                gaps.append(float(abs(left - right) / (1 + abs(left) + abs(right))))
                sides.append((left, right))
                if gaps[-1] != gaps[-1]:
                    return Look(None, None)
        except _CANNOT:  # perhaps floats have no numbers for what lies so far out
            if len(gaps) < FEW:
                return Look(None, None)
        steps = [abs(after[0] - before[0]) for before, after in pairwise(sides)]
        converges = _shrinking(steps[-3:])
        return Look(_shrinking(gaps[-3:]), None if converges is None else not converges)

    def _value(self, term: Term, bound: tuple[str, ...]) -> Value:
        """The value of a term with approximations for what tends to a value."""
        parts: dict[Term, Term] = {}
        rest = _without(term, parts, len(bound))
        inner = [(str(name.data), self._approximation(node, bound)) for node, name in parts.items()]
        run = self.model.run(rest, (*bound, *(name for name, _ in inner)))
        if not inner:
            return lambda level, env: run(env)
        return lambda level, env: run({**env, **{name: value(level, env) for name, value in inner}})

    def _approximation(self, node: Term, bound: tuple[str, ...]) -> Value:
        groups = cast(tuple[tuple[str, ...], ...], node.data)
        if node.op not in ("limit", "integral", "sum") or len(groups) != 1 or len(groups[0]) != 1:
            raise Unknown(node.op)
        (name,) = groups[0]
        body = self._value(node.args[0], (*bound, name))
        if node.op == "limit":
            return self._limit(node, name, body, bound)
        if node.op == "integral":
            return self._integral(node, name, body, bound)
        return self._series(node, name, body, bound)

    def _limit(self, node: Term, name: str, body: Value, bound: tuple[str, ...]) -> Value:
        point, side = node.args[1], int(cast(Any, node.args[2].data))
        at = None if infinite(point) else self._value(point, bound)
        far = -1 if point.op == "neg" else 1
        start, factor = (2, 2) if any(n.op == "integral" for n in node.args[0].walk()) else (8, 4)

        def value(level: int, env: Env) -> Any:
            size = start * factor**level
            x = far * size if at is None else at(level, env) + (side or 1) / size
            return body(level, {**env, name: x})

        return value

    def _series(self, node: Term, name: str, body: Value, bound: tuple[str, ...]) -> Value:
        """Σ of about 4·3^level terms, now an even and now an odd number of them."""
        first = self._value(node.args[1].args[0], bound)

        def value(level: int, env: Env) -> Any:
            start, inner = self.A.integer(first(level, env)), dict(env)
            total = term = 0.0
            for k in range(4 * 3**level + level % 2):
                inner[name] = start + k
                try:
                    term = body(level, inner)
                except (Unknown, OverflowError):
                    if k < MANY or abs(term) > EQUAL:
                        raise
                    break
                total += term
            return total

        return value

    def _integral(self, node: Term, name: str, body: Value, bound: tuple[str, ...]) -> Value:
        """Gauss's rule with three points on parts of [0, 1], after a change of variables that is flat at
        the ends, where the function may grow.
        """
        ends = [None if infinite(end) else self._value(end, bound) for end in node.args[1:]]
        signs = [-1 if end.op == "neg" else 1 for end in node.args[1:]]

        def value(level: int, env: Env) -> Any:
            low, high = (
                sign * math.inf if end is None else end(level, env)
                for end, sign in zip(ends, signs, strict=True)
            )
            parts, total, inner = 4 * 2**level, 0.0, dict(env)
            endless = None in ends
            for k in range(parts):
                for x, weight in ((-math.sqrt(0.6), 5), (0.0, 8), (math.sqrt(0.6), 5)):
                    t = (k + 0.5 + x / 2) / parts
                    inner[name], slope = _stretched(t * t * (3 - 2 * t), low, high)
                    try:
                        here = body(level, inner)
                    except (Unknown, OverflowError):
                        if not endless or abs(inner[name]) < FAR:
                            raise
                        continue
                    total += here * slope * 6 * t * (1 - t) * weight
            return total / (18 * parts)

        return value


def _shrinking(gaps: list[float]) -> bool | None:
    """Do they tend to 0, or stay?"""
    if max(gaps[-2:]) <= EQUAL:
        return True
    if all(after <= SHRINKS * before for before, after in pairwise(gaps)):
        return True
    return False if all(after >= STAYS * before for before, after in pairwise(gaps)) else None


def _stretched(s: float, low: float, high: float) -> tuple[float, float]:
    """A point between the ends for s in [0, 1], and its derivative in s."""
    if math.isinf(low) and math.isinf(high):
        u = 2 * s - 1
        return u / (1 - u * u), 2 * (1 + u * u) / (1 - u * u) ** 2
    if math.isinf(high):
        return low + s / (1 - s), 1 / (1 - s) ** 2
    if math.isinf(low):
        return high - (1 - s) / s, 1 / s**2
    return low + s * (high - low), high - low


def _without(term: Term, parts: dict[Term, Term], depth: int) -> Term:
    """The term with names for the outermost things in it that tend to a value."""
    if term.op == "integral" or improper(term):
        if term not in parts:
            parts[term] = sym(f"approximation {depth} {len(parts)}", term.type)
        return parts[term]
    if not term.args:
        return term
    if term.op in BINDERS and any(n.op == "integral" or improper(n) for n in term.walk()):
        raise Unknown("what depends on a bound name")
    args = tuple(_without(arg, parts, depth) for arg in term.args)
    return term if args == term.args else make(term.op, *args, data=term.data)
