"""Every axiom is attacked with numbers: none may have a point at which its conditions hold and it fails."""

from __future__ import annotations

import pytest

from symproof.methods.base import Budget
from symproof.methods.refute import Refuter
from symproof.reading.inline import read_statement
from symproof.reading.ledger import load

LEDGER = load()


@pytest.mark.parametrize("name", list(LEDGER))
def test_no_point_contradicts_it(name: str) -> None:
    statement = LEDGER[name].statement
    assert Refuter(statement, Budget(0.5, seed=1), isolated=True).search(0, 10) is None


def test_nothing_is_small_compared_with_nothing() -> None:
    """Of vectors o means |f| <= c |g| near the point, so 0 = o(0): it must not be refuted by 0/0."""
    statement = read_statement(
        "0 = o(h(x)) as x -> a", ["n: size", "h: vector(n) -> real", "a: vector(n)"], []
    )
    assert Refuter(statement, Budget(2.0), isolated=True).search(0, 40) is None
