"""Equations of calculus: what is proved, and what must not be."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.methods.base import Budget, OutOfTime
from symproof.methods.prove import propose
from symproof.reading import ledger
from symproof.reading.inline import read_statement
from tests.methods.calculus_statements import FALSE, TRUE, Item

LEDGER = ledger.load()


def _verdict(item: Item, seconds: float) -> str:
    """`proved`, `conditional` or `open`."""
    text, let, given = item
    statement = read_statement(text, let, given)
    try:
        evidence = propose(statement, Budget(seconds))
    except OutOfTime:
        return "open"
    if evidence is None:
        return "open"
    return "conditional" if check(statement, evidence.data, LEDGER).conditions else "proved"


@pytest.mark.parametrize("item", [i for items in TRUE.values() for i in items], ids=lambda item: item[0])
def test_true_statements_are_proved(item: Item) -> None:
    """Every true statement has a certificate without conditions."""
    assert _verdict(item, 20) == "proved"


@pytest.mark.parametrize("item", [i for items in FALSE.values() for i in items], ids=lambda item: item[0])
def test_false_statements_are_not_proved(item: Item) -> None:
    """No false statement is proved; under conditions it may hold."""
    assert _verdict(item, 0.3) != "proved"
