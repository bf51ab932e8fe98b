"""Random terms against their values: normal forms, signs, conditions and derivatives.

`python -m tests.soundness.test_values FIRST SECONDS` goes on for longer than the tests do.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest

from symproof.kernel import signs
from symproof.kernel.context import Context
from symproof.kernel.defined import conditions
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Poly, TooLarge
from symproof.kernel.verdict import Rejected
from symproof.terms.build import Mistyped, make, num
from symproof.terms.plain import plain
from symproof.terms.tree import Term
from symproof.terms.types import REAL
from tests.kernel.semantics import NoValue
from tests.soundness.growing import SMALL, STATEMENT, Point, Unclear, declared, grown, point

CONTEXT = Context.of(STATEMENT)
POINTS = [point(seed) for seed in range(45)]
LARGE = 1e6
HOLDS = {
    "gt": lambda value: value > 0,
    "ge": lambda value: value >= 0,
    "ne": lambda value: value != 0,
    "eq": lambda value: value == 0,
}
REFUSALS = (Rejected, TooLarge, RecursionError)


def value(at: Point, term: Term) -> Any:
    """The value at a point; None where it has none."""
    try:
        found = at.term(term)
    except NoValue:
        return None
    except TypeError:  # a complex number where a real one is needed
        raise Unclear from None
    if isinstance(found, complex) or found != found or abs(found) > LARGE:
        raise Unclear
    return found


def normal_form(term: Term) -> Poly | None:
    try:
        return lower(Normal(CONTEXT), term)
    except REFUSALS:
        return None


def asked(term: Term) -> list[Term] | None:
    """The conditions under which the term is defined."""
    try:
        return list(conditions(CONTEXT, term))
    except (*REFUSALS, Mistyped):
        return None


def meets(at: Point, wanted: list[Term]) -> bool:
    """Do the conditions hold at the point, for certain?"""
    try:
        return all(at.term(c) for c in wanted)
    except (NoValue, Unclear, TypeError, OverflowError):
        return False


def seen(poly: Poly, relation: str) -> bool:
    try:
        return signs.holds(Normal(CONTEXT), poly, relation)
    except REFUSALS:
        return False


def complaints(term: Term) -> Iterator[str]:
    """Where the kernel says of a term what its values deny."""
    poly, wanted = normal_form(term), asked(term)
    relations = [r for r in HOLDS if poly is not None and seen(poly, r)]
    for at in POINTS:
        try:
            found = value(at, term)
        except (Unclear, OverflowError):
            continue
        if found is None:
            if wanted is not None and meets(at, wanted):
                yield f"undefined though {wanted} at {shown(at, term)}"
            continue
        for relation in relations:
            if not (HOLDS[relation](found) or isinstance(found, float) and abs(found) < SMALL):
                yield f"{found} is not {relation} 0 at {shown(at, term)}"
        if poly is not None:
            try:
                other = at.poly(poly)
            except (NoValue, OverflowError, Unclear):
                continue
            if isinstance(other, complex) or abs(other - found) > 1e-6 * max(1, abs(found)):
                yield f"{found} has the normal form {other} at {shown(at, term)}"


def slopes(term: Term) -> Iterator[str]:
    """Where the derivative of a term in X at x is not its slope, or is none."""
    slope = make("diff", term, declared("x"), num(1), data=(("X",),))
    poly, wanted = normal_form(slope), asked(slope)
    if wanted is None:
        return
    for at in POINTS:
        if not meets(at, wanted):
            continue
        x, step = float(at.values["x"]), 1e-4
        try:
            values = [value(at.at(X=x + k * step), term) for k in (-2, -1, 0, 1, 2)]  # type: ignore[arg-type]
        except (Unclear, OverflowError):
            continue
        if None in values:
            yield f"undefined though {wanted} at {shown(at, term)}"
            continue
        left, right = (values[2] - values[1]) / step, (values[3] - values[2]) / step
        scale = max(1, abs(left), abs(right))
        bend = abs(values[4] - 2 * values[2] + values[0]) / (4 * step)
        if scale > 50 or 0.02 * scale < abs(left - right) < 3 * bend / 4:
            continue  # too steep, or bent too much for this step
        if abs(left - right) > 0.05 * scale:
            yield f"slopes {left} and {right} though {wanted} at {shown(at, term)}"
        elif poly is not None:
            try:
                found = at.poly(poly)
            except (NoValue, OverflowError, Unclear):
                continue
            if abs(found - (left + right) / 2) > 0.02 * scale:
                yield f"the slope {(left + right) / 2} is said to be {found} at {shown(at, term)}"


def shown(at: Point, term: Term) -> dict[str, Any]:
    names = {str(n.data) for n in term.walk() if n.op == "sym"} & at.values.keys()
    return {n: getattr(at.values[n], "cells", at.values[n]) for n in sorted(names)}


def attack(seed: int) -> str | None:
    """A complaint about the term or the derivative that a seed grows."""
    slope = seed % 4 == 0
    try:
        term = grown(seed, {"X": REAL} if slope else None)
    except Mistyped:
        return None
    if sum(1 for _ in term.walk()) > 40:
        return None
    found = next(slopes(term) if slope else complaints(term), None)
    return None if found is None else f"seed {seed}: {plain(term)}: {found}"


@pytest.mark.parametrize("block", range(4))
def test_the_kernel_says_of_random_terms_what_holds(block: int) -> None:
    """Normal forms have the values of terms, signs are right, conditions suffice, derivatives are slopes."""
    for seed in range(block * 75, (block + 1) * 75):
        complaint = attack(seed)
        assert complaint is None, complaint


if __name__ == "__main__":
    first, seconds = int(sys.argv[1]), float(sys.argv[2])
    started, seed = time.monotonic(), first
    while time.monotonic() - started < seconds:
        complaint = attack(seed)
        if complaint is not None:
            print(complaint)
        seed += 1
    print(f"{seed - first} seeds")
