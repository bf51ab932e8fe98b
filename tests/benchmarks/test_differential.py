"""Identities built at random by rewriting, and the same with one error: a small sample of a fixed seed."""

from __future__ import annotations

from itertools import islice

import pytest

from benchmarks.differential import pairs
from symproof.engine import Options, decide
from symproof.kernel.statement import Statement
from symproof.methods import METHODS
from symproof.terms.plain import plain

QUICK = [method for method in METHODS if method.cost <= 200]
SAMPLE = list(islice(pairs(2), 30))


def verdict(statement: Statement) -> str:
    return decide(statement, Options(timeout=2.0), methods=QUICK).verdict


@pytest.mark.parametrize("pair", SAMPLE, ids=lambda pair: plain(pair[0].goal)[:40])
def test_no_true_one_is_refuted_and_no_false_one_proved(pair: tuple[Statement, Statement]) -> None:
    true, false = pair
    assert verdict(true) in ("proved", "conditional", "undecided")
    assert verdict(false) in ("refuted", "conditional", "undecided")


def test_the_same_seed_gives_the_same_identities() -> None:
    assert [true.goal for true, _ in islice(pairs(2), 5)] == [true.goal for true, _ in SAMPLE[:5]]
