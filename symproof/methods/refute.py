"""Refutation: look at points in floats, check what fails there with the kernel, and shrink it.

A point at which one side is undefined and the other is not is proposed only when such points are
not isolated: near it, or one step away for integers, the goal fails as well.  What fails only
where a denominator vanishes is a matter of conditions.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import count, product
from math import inf
from typing import Any

from symproof.evaluation.arithmetic import Unknown
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Checker, Failure
from symproof.methods.base import Budget, Evidence
from symproof.methods.points import Points
from symproof.methods.shrink import Shrinker, weight
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import Scalar

UNDEFINED = "undefined"
QUICK_POINTS = 12
SOME_POINTS, SOME_SECONDS = 150, 0.4
MANY_POINTS = 600
SMALLER = 60  # points of smaller sizes that are tried for a smaller witness
NEAR = 3
FEW, SMALL = 3, 3  # so many numbers, each so hard to read, need not be shrunk
BLIND = 12  # points that floats cannot judge and that the kernel looks at
Values = dict[str, Any]


def quickly(statement: Statement, budget: Budget) -> Evidence | None:
    """The first few points."""
    return _evidence(Refuter(statement, budget).search(0, QUICK_POINTS, 0))


def further(statement: Statement, budget: Budget) -> Evidence | None:
    """Some more points, for a moment: what is false should not be searched for a proof first, unless its
    derivation is shown.
    """
    if budget.steps:
        return None
    return _evidence(Refuter(statement, budget).search(QUICK_POINTS, SOME_POINTS, 0, SOME_SECONDS))


def propose(statement: Statement, budget: Budget) -> Evidence | None:
    """Many points."""
    return _evidence(Refuter(statement, budget).search(0, MANY_POINTS))


def refute(statement: Statement, budget: Budget, isolated: bool = False) -> Any:
    """A witness against the statement, as data, or None."""
    return Refuter(statement, budget, isolated).search(0, MANY_POINTS)


def _evidence(data: Any) -> Evidence | None:
    return None if data is None else Evidence("witness", data)


class Refuter:
    """The search for a counterexample of one statement."""

    def __init__(self, statement: Statement, budget: Budget, isolated: bool = False) -> None:
        self.statement, self.budget, self.isolated = statement, budget, isolated
        self.points = Points(statement, budget.seed)
        self.checker = Checker(statement)
        self.blind = BLIND
        self.grows = any(term.op == "theta" for term in statement.goal.walk())
        self.grown: set[str] = set()  # the values that orders of growth depend on, tried along all rays
        self.near = 0

    def search(self, first: int, last: int, near: int = NEAR, seconds: float = inf) -> Any:
        """A checked witness among the points of the given numbers, or None if so many seconds find none.

        At the first `near` points where floats see no failure the kernel looks as well.
        """
        self.near = near
        rest = max(0.0, self.budget.left() - seconds)
        for values in self.points.points(first, last):
            if self.budget.left() <= rest:
                return None
            data = self._look(values)
            if data is not None:
                return self._with_smaller_sizes(data)
        return None

    def _with_smaller_sizes(self, data: Any) -> Any:
        """A witness that looks again among points whose sizes are smaller, if there is one."""
        while (size := _largest(self.statement, data)) > 2 and self.budget.left() > 0:
            self.points.most = size - 1
            found = next(
                (d for values in self.points.points(0, SMALLER) if (d := self._look(values)) is not None),
                None,
            )
            if found is None:
                break
            data = found
        self.points.most = None
        return data

    def _look(self, values: Values) -> Any:
        if self.grows:
            return self._growing(values)
        glance = self.points.glance
        try:
            holds = glance is not None and glance.holds(values)
            failure = None if holds else self.points.probe(values).failure()
        except Unknown:
            if self.blind <= 0:
                return None
            self.blind -= 1
            return self._certified(values, {})
        if failure is None:
            if self.near <= 0 and self.points.chosen:
                return None
            self.near -= 1  # floats do not see what is very close
            return self._certified(values, {})
        if UNDEFINED in (failure.left, failure.right) and not self._spread(values):
            return None
        if _is_plain(values):
            return self._plainest(values, failure)
        if self._certified(values, dict(failure.where)) is None:
            return None
        return self._smallest(values, failure)

    def _plainest(self, values: Values, failure: Failure) -> Any:
        """The data of a witness among few small numbers: with ones, or as they are."""
        ones = {name: Fraction(1) for name in values}
        found = self._failure(ones)
        data = self._certified(ones, dict(found.where)) if found is not None else None
        return data or self._certified(values, dict(failure.where))

    def _growing(self, values: Values) -> Any:
        """Rays of sizes along which a quotient tends to 0 or to infinity."""
        orders = [t for t in self.statement.goal.walk() if t.op == "theta"]
        names = sorted({n for t in orders for n in bound_names(t)})
        rays = sorted(product(range(3), repeat=len(names)), key=sum)
        if all(order in _conjuncts(self.statement.goal) for order in orders):
            needed = frozenset().union(*map(self.points.model.definitional.closure, orders))
            key = repr([(name, value) for name, value in values.items() if name in needed])
            if key in self.grown:  # along the rays nothing is new, only what else is claimed
                rays = rays[:1]
            self.grown.add(key)
        for powers in rays:
            data = {**self.points.data(values), "grow": dict(zip(names, powers, strict=True))}
            try:
                self.checker.check(data)
            except Rejected:
                continue
            return data
        return None

    def _certified(self, values: Values, where: Values) -> Any:
        """The witness, if the kernel accepts it."""
        data = self.points.data(values, where)
        try:
            found = self.checker.check(data)
        except Rejected:
            return None
        if UNDEFINED in (found.left, found.right) and not self._spread(values):
            return None
        return data

    def _failure(self, values: Values) -> Failure | None:
        """How the goal fails at an admissible point, by floats."""
        probe = self.points.probe(values)
        try:
            return probe.failure() if probe.admissible() else None
        except Unknown:
            return None

    def _smallest(self, values: Values, failure: Failure) -> Any:
        """The data of a witness as simple as can be, of the same kind as the one that was found."""
        apart = UNDEFINED not in (failure.left, failure.right)

        def by_floats(simpler: Values) -> Values | None:
            if self.budget.left() <= 0:
                return None
            mended = self.points.mended(simpler, thoroughly=False)
            found = self._failure(mended) if mended is not None else None
            if mended is None or found is None or (UNDEFINED not in (found.left, found.right)) != apart:
                return None
            return mended if apart or self._spread(mended) else None

        def by_kernel(simpler: Values) -> Values | None:
            mended = by_floats(simpler)
            found = self._failure(mended) if mended is not None else None
            if mended is None or found is None or self._certified(mended, dict(found.where)) is None:
                return None
            return mended

        for still in (by_floats, by_kernel):
            small = Shrinker(self.points, still).smallest(values)
            found = self._failure(small)
            data = self._certified(small, dict(found.where)) if found is not None else None
            if data is not None:
                return data
        return self._certified(values, dict(failure.where))

    # --- undefined on one side only -----------------------------------------------------

    def _spread(self, values: Values) -> bool:
        """Does the goal also fail near the point, so that it is not isolated?"""
        if self.isolated:
            return True
        moved = list(_nudged(self.statement, values))
        if moved:
            return any(self._failure(near) is not None for near in moved)
        integers = [n for n, v in values.items() if isinstance(v, Fraction)]
        return all(
            any(self._failure({**values, n: values[n] + step}) is not None for step in (1, -1, 2, -2))
            for n in integers
        )


def _conjuncts(goal: Term) -> Iterator[Term]:
    """A, B and C of A and (B and C)."""
    if goal.op != "and":
        yield goal
    for part in goal.args if goal.op == "and" else ():
        yield from _conjuncts(part)


def _is_plain(values: Values) -> bool:
    """Are they few small numbers, which nobody wants smaller?"""
    return 0 < len(values) <= FEW and all(
        isinstance(value, Fraction) and weight(value)[0] <= SMALL for value in values.values()
    )


def _largest(statement: Statement, data: Any) -> int:
    """The largest size or number of vertices in a witness."""
    values = data["values"]
    sizes = [int(values[s.name]) for s in statement.symbols if "size" in s.attributes and s.name in values]
    graphs = [v["vertices"] for v in values.values() if isinstance(v, dict) and "vertices" in v]
    return max(sizes + graphs, default=0)


def _nudged(statement: Statement, values: Values) -> Iterator[Values]:
    """The values with all real numbers moved a little, in a few directions."""
    real = {s.name for s in statement.symbols if not isinstance(s.type, Scalar) or s.type.domain != "integer"}
    for signs in ((1,), (-1,), (1, -1), (-1, 1)):
        steps = (Fraction(signs[k % len(signs)], 97 + 10 * k) for k in count())
        moved = {name: _moved(value, steps) if name in real else value for name, value in values.items()}
        if moved == values:
            return
        yield moved


def _moved(value: Any, steps: Iterator[Fraction]) -> Any:
    if isinstance(value, Fraction):
        return value + next(steps)
    if isinstance(value, list):
        return [_moved(part, steps) for part in value]
    if isinstance(value, dict) and "else" in value:
        at = {place: _moved(part, steps) for place, part in value["at"].items()}
        return {"at": at, "else": _moved(value["else"], steps)}
    return value
