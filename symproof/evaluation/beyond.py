"""Places beyond all that is special, and sequences that have come to rest there.

A sequence of a recursion rests at v when it had the value v at all the places of a window that
lies behind everything special, and when the right side gives v again wherever all that it reads
is at rest.  Then it has the value v from there on.
"""

from __future__ import annotations

from typing import Any

from symproof.evaluation.expansion import Expansion
from symproof.evaluation.exppolynomial import ExpPolynomial
from symproof.evaluation.failures import Unknown

REACH = 8  # how far from each other the places may be that are read together
BEHIND = 2 * REACH + 4  # how far behind the last special place the window lies


class Beyond:
    """The number n + shift, or shift - n, for every large n: it can be moved a little and has a sign."""

    __slots__ = ("shift", "sense")

    def __init__(self, shift: int, sense: int = 1) -> None:
        if abs(shift) > REACH:
            raise Unknown("places that are far apart")
        self.shift, self.sense = shift, sense

    def __add__(self, other: Any) -> Beyond:
        if isinstance(other, Beyond | Expansion | ExpPolynomial) or int(other) != other:
            raise Unknown("a large place that is not n + c")
        return Beyond(self.shift + int(other), self.sense)

    def __neg__(self) -> Beyond:
        return Beyond(-self.shift, -self.sense)

    def __sub__(self, other: Any) -> Any:
        return self + (-other)

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        raise Unknown("a product with a large number")

    __radd__ = __add__
    __rmul__ = __mul__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Beyond) and (other.shift, other.sense) == (self.shift, self.sense)

    def __hash__(self) -> int:
        return hash(("beyond", self.shift, self.sense))


def identical(a: Any, b: Any) -> bool:
    """Are two values the same for certain, term by term?"""
    if hasattr(a, "cells"):
        return a.shape == b.shape and all(map(identical, a.cells, b.cells))
    if isinstance(a, Expansion):
        if not isinstance(b, Expansion) or a.level is not b.level or a.low != b.low or len(a.c) != len(b.c):
            return False
        return all(map(identical, a.c, b.c))
    if isinstance(a, ExpPolynomial) or isinstance(b, Expansion | ExpPolynomial):
        return False
    return bool(a == b)
