"""Every axiom is attacked with numbers: none may have a point at which its conditions hold and it fails."""

from __future__ import annotations

import pytest

from symproof.methods.base import Budget
from symproof.methods.refute import Refuter
from symproof.reading.ledger import load

LEDGER = load()


@pytest.mark.parametrize("name", list(LEDGER))
def test_no_point_contradicts_it(name: str) -> None:
    statement = LEDGER[name].statement
    assert Refuter(statement, Budget(0.5, seed=1), isolated=True).search(0, 10) is None
