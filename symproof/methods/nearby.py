"""A look in floats at what moves towards its limit, before anything is proved of it.

Where symbols occur they have the values of one point that the facts admit: what has no limit there
has none for all values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cached_property
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, cast

from symproof.evaluation.arithmetic import TooCostly, Undefined, Unknown
from symproof.kernel.context import Context
from symproof.kernel.decide import OPPOSITE
from symproof.kernel.existence import improper
from symproof.kernel.statement import Hypothesis, Statement
from symproof.kernel.verdict import Rejected
from symproof.methods.points import Points
from symproof.terms.build import make
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

if TYPE_CHECKING:
    from symproof.methods.approach import Approach

STEPS = 2_000
TRIED = 12
SMALL = 1e-5  # a relative step of no account
SHARES = (Fraction(9, 10), Fraction(3, 7), Fraction(1, 50))  # of the distance
FACTORS = (Fraction(11, 10), Fraction(17, 5), Fraction(40))  # of where near infinity begins
_CANNOT = (Rejected, Unknown, TooCostly, ArithmeticError, ValueError, TypeError, RecursionError)


class Surroundings:
    """What floats see in a context, at one admissible point."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def _point(self) -> tuple[Points, dict[str, Any]] | None:
        symbols = tuple(s for s in self.context.symbols.values() if isinstance(s.type, Scalar))
        names = {s.name for s in symbols}
        facts = tuple(
            Hypothesis(f"fact {k}", fact)
            for k, fact in enumerate(self.context.facts.values())
            if fact.op in OPPOSITE and free_symbols(fact) <= names and not any(map(improper, fact.walk()))
        )
        statement = Statement(symbols, (), facts, make("true"))
        try:
            points = Points(statement)
            values = next(islice(points.points(0, TRIED), 1), None)
            return None if values is None else (points, points.probe(values).world.env)
        except (Undefined, *_CANNOT):
            return None

    def _value(self, body: Term, name: str) -> Callable[[Fraction], float] | None:
        """The body as a function of the name; None where it speaks of more than numbers."""
        if self._point is None:
            return None
        points, env = self._point
        if not free_symbols(body) - {name} <= env.keys():
            return None
        try:
            run = points.model.run(body, (name,))
        except (Undefined, *_CANNOT):
            return None

        def value(x: Fraction) -> float:
            points.model.A.steps = STEPS
            return float(run({**env, name: int(x) if x.denominator == 1 else float(x)}))

        return value

    def undefined(self, approach: Approach, body: Term) -> bool:
        """Is the body seen to be undefined at a place as near as the approach asks for?"""
        value = self._value(body, str(approach.x.data))
        if value is None or not all(end.op == "num" for end in (approach.point, approach.radius)):
            return False
        for place in _places(approach):
            try:
                value(place)
            except Undefined:
                return True
            except _CANNOT:
                continue
        return False

    def diverges(self, approach: Approach, body: Term) -> bool:
        """Does the body make steps on the way that do not become smaller?"""
        value = self._value(body, str(approach.x.data))
        if value is None or approach.point.op != "num":
            return False
        point = cast(Fraction, approach.point.data)
        for sign in (1, -1) if approach.kind == "point" else (1,):
            if approach.kind == "point":
                way = [point + sign * Fraction(1, 2 * 2**k) for k in range(5)]
            else:
                way = [Fraction(8 * 4**k) for k in range(5)]
            try:
                seen = [value(x) for x in way]
            except (Undefined, *_CANNOT):
                continue
            steps = [abs(b - a) for a, b in pairwise(seen)][1:]
            if steps[-1] > SMALL * (1 + abs(seen[-1])) and all(b >= 0.9 * a for a, b in pairwise(steps)):
                return True
        return False


def _places(approach: Approach) -> Iterator[Fraction]:
    point, radius = (cast(Fraction, end.data) for end in (approach.point, approach.radius))
    if approach.kind == "point":
        yield from (point + sign * share * radius for share in SHARES for sign in (1, -1))
    elif approach.kind == "infinity" and radius > 0:
        yield from (factor * radius for factor in FACTORS)
