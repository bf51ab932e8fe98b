"""What the prover decides of order, logic and integers, and that it proves no near miss."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.kernel.verdict import Theorem
from symproof.methods import prove
from symproof.methods.base import Budget, OutOfTime
from symproof.reading.inline import read_statement
from symproof.reading.ledger import load
from tests.methods.statements import FALSE, TRUE, Item

LEDGER = load()
SECONDS = 20.0
WANTED = 0.97  # the share of true statements that must be proved


def theorem(item: Item) -> Theorem | None:
    """What the kernel makes of the certificate that the prover finds, if it finds one."""
    goal, let, given = item
    statement = read_statement(goal, list(let), list(given))
    try:
        evidence = prove.propose(statement, Budget(SECONDS))
    except OutOfTime:
        return None
    return None if evidence is None else check(statement, evidence.data, LEDGER)


@pytest.mark.parametrize("kind", TRUE)
def test_true_statements_are_proved(kind: str) -> None:
    """Nearly all of them are, without a condition; none makes the kernel reject what was found."""
    found = {item: theorem(item) for item in TRUE[kind]}
    open_ = [item[0] for item, result in found.items() if result is None or result.conditions]
    assert len(open_) <= (1 - WANTED) * len(found), open_


@pytest.mark.parametrize("kind", FALSE)
def test_near_misses_are_not_proved(kind: str) -> None:
    """At most they hold under a condition, which is then shown."""
    proved = [item[0] for item in FALSE[kind] if (result := theorem(item)) and not result.conditions]
    assert proved == []


def test_there_are_enough_statements() -> None:
    """The share means something."""
    assert sum(map(len, TRUE.values())) >= 340
    assert sum(map(len, FALSE.values())) >= 100
