"""A look in floats at what moves towards its limit, before anything is proved of it.

Where symbols occur they have the values of a few points that the facts admit: what has no limit at one
has none for all values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cached_property, partial
from itertools import islice, pairwise, product
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
TRIED, LOOKS = 12, 4  # points, and how many are looked at
LARGE = 5000  # numbers with names may be so many times as large
SMALL = 1e-5  # a relative step of no account
SHARES = (Fraction(9, 10), Fraction(3, 7), Fraction(1, 50), Fraction(1, 10**6))  # of the distance
FACTORS = (Fraction(11, 10), Fraction(17, 5), Fraction(40), Fraction(10**6))  # of where near infinity begins
_CANNOT = (Rejected, Unknown, TooCostly, ArithmeticError, ValueError, TypeError, RecursionError)


class Surroundings:
    """What floats see in a context, at a few admissible points."""

    def __init__(self, context: Context, conditions: Iterable[Term]) -> None:
        self.assumed = [*context.facts.values(), *conditions]  # what may stay open counts as met
        self.context = context

    @cached_property
    def _seen(self) -> tuple[Points, list[dict[str, Any]], int] | None:
        """The points, the values at a few of them and far out, and how many of them are not far out."""
        symbols = tuple(s for s in self.context.symbols.values() if isinstance(s.type, Scalar))
        names = {s.name for s in symbols}
        facts = tuple(
            Hypothesis(f"fact {k}", fact)
            for k, fact in enumerate(self.assumed)
            if fact.op in OPPOSITE and free_symbols(fact) <= names and not any(map(improper, fact.walk()))
        )
        statement = Statement(symbols, (), facts, make("true"))
        try:
            points = Points(statement)
            found = list(islice(points.points(0, TRIED), LOOKS))
            large = [
                {name: LARGE * value if isinstance(value, Fraction) else value for name, value in v.items()}
                for v in found
            ]
            far = [values for values in large if points.probe(values).admissible()]
            return points, [points.probe(values).world.env for values in found + far], len(found)
        except (Undefined, *_CANNOT):
            return None

    def _values(self, body: Term, name: str, far: bool) -> list[Callable[[Fraction], float]]:
        """The body as a function of the name at the points; none where it speaks of more than numbers."""
        if self._seen is None:
            return []
        points, worlds, near = self._seen
        names = {s.name for s in points.statement.symbols}
        if not free_symbols(body) - {name} <= names:
            return []
        try:
            run = points.model.run(body, (name,))
        except (Undefined, *_CANNOT):
            return []

        def value(x: Fraction, env: dict[str, Any]) -> float:
            points.model.A.steps = STEPS
            return float(run({**env, name: int(x) if x.denominator == 1 else float(x)}))

        count = 1 if free_symbols(body) <= {name} else len(worlds) if far else near
        return [partial(value, env=env) for env in worlds[:count]]

    def undefined(self, approach: Approach, body: Term) -> bool:
        """Is the body seen to be undefined at a place as near as the approach asks for?

        Where it is so at all of them, with numbers that have names, a condition fails that may stay open.
        """
        if not all(end.op == "num" for end in (approach.point, approach.radius)):
            return False
        places = _places(approach)
        for value in self._values(body, str(approach.x.data), True):
            fails = sum(_undefined(value, place) for place in places)
            if fails and (fails < len(places) or free_symbols(body) <= {str(approach.x.data)}):
                return True
        return False

    def diverges(self, approach: Approach, body: Term) -> bool:
        """Does the body make steps on the way that do not become smaller?"""
        if approach.point.op != "num":
            return False
        point = cast(Fraction, approach.point.data)
        signs = (1, -1) if approach.kind == "point" else (1,)
        for value, sign in product(self._values(body, str(approach.x.data), False), signs):
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


def _undefined(value: Callable[[Fraction], float], place: Fraction) -> bool:
    try:
        value(place)
    except Undefined:
        return True
    except _CANNOT:
        return False
    return False


def _places(approach: Approach) -> list[Fraction]:
    point, radius = (cast(Fraction, end.data) for end in (approach.point, approach.radius))
    if approach.kind == "point":
        return [point + sign * share * radius for share in SHARES for sign in (1, -1)]
    if approach.kind == "infinity" and radius > 0:
        return [factor * radius for factor in FACTORS]
    return []
