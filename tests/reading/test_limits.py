"""What the variable of a limit is: an integer where it is an index or ends a sum, else a real number."""

from __future__ import annotations

import pytest

from symproof.reading.inline import read_statement
from symproof.terms.types import INTEGER, REAL


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("limit(integral(t^2, t = 0..x), x -> 1) = 1/3", REAL),
        ("limit(integral(1/t^2, t = 1..x), x -> oo) = 1", REAL),
        ("limit(integral(sum(t^k, k = 0..x), t = 0..1/2), x -> oo) = log(2)", INTEGER),
        ("limit(sum(1/2^k, k = 1..x), x -> oo) = 1", INTEGER),
        ("limit(binomial(x, 2) / x^2, x -> oo) = 1/2", INTEGER),
        ("limit(1/x, x -> oo) = 0", REAL),
    ],
)
def test_the_bounds_of_an_integral_are_no_range(text: str, type: object) -> None:
    limit = read_statement(text, []).goal.args[0]
    assert {node.type for node in limit.args[0].walk() if node.op == "sym" and node.data == "x"} == {type}
