"""A glance at a point says no more than a probe of it."""

from __future__ import annotations

import pytest

from symproof.evaluation.arithmetic import Unknown
from symproof.methods.points import Points
from symproof.reading.inline import read_statement

STATEMENTS = [
    ("(x + y)^2 = x^2 + y^2", ["x: real", "y: real"]),
    ("x / y + y / x >= 2", ["x: real > 0", "y: real"]),
    ("sqrt(x) <= x or x < 1", ["x: real"]),
    ("not (log(x) = y)", ["x: real", "y: real"]),
    ("x > 0 implies sum(x^k, k = 0..n) >= 1", ["x: real", "n: integer >= 0"]),
    ("x^2 = 4 iff x = 2", ["x: real"]),
    ("mod(n, 2) = 0 or mod(n, 2) = 1", ["n: integer"]),
]


@pytest.mark.parametrize(("text", "let"), STATEMENTS)
def test_what_it_says_holds_does_not_fail(text: str, let: list[str]) -> None:
    points = Points(read_statement(text, let))
    assert points.glance is not None
    for p in range(60):
        values = points.raw(p)
        if values is None:
            continue
        probe = points.probe(values)
        if points.glance.admits(values):
            assert probe.admissible()
        if points.glance.holds(values):
            try:
                assert points.probe(values).failure() is None
            except Unknown:
                pytest.fail(f"undefined at {values}")


def test_it_leaves_other_things_alone() -> None:
    """Vectors, functions, sequences and what hypotheses define are for a probe."""
    for text, let, given in (
        ("x' x >= 0", ["n: size", "x: vector(n)"], []),
        ("f(x) = f(x)", ["f: function", "x: real"], []),
        (
            "v[n] = 0",
            ["v: sequence of real", "n: integer >= 0"],
            ["v[0] = 0", "v[k] = v[k-1] for integer k >= 1"],
        ),
    ):
        assert Points(read_statement(text, let, given)).glance is None
