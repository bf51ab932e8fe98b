"""Sums and products that are run through backwards."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.methods.base import Budget
from symproof.methods.prove import propose
from symproof.methods.quick import ledger
from symproof.reading.inline import read_statement

LET = (
    *("t: integer >= 1", "β: real in (0, 1)", "f: function(integer) -> real", "n: size"),
    *(f"{name}: sequence of real" for name in "vgspq"),
)
AVERAGE = ("v[0] = 0", "v[k] = β v[k-1] + (1 - β) g[k] for integer k >= 1")
SUMS = ("p[0] = 0", "p[k] = p[k-1] + s[k] for integer k >= 1")
PRODUCTS = ("q[0] = 1", "q[k] = s[k] q[k-1] for integer k >= 1")
FILTER = ("f(0) = g[0]", "f(k) = β f(k-1) + g[k] for integer k >= 1")
TRUE = [
    ("sum(β^i g[t-i], i = 0..t-1) = sum(β^(t-i) g[i], i = 1..t)", ()),
    ("product(s[t-i+1], i = 1..t) = product(s[i], i = 1..t)", ()),
    ("v[t] = (1 - β) sum(β^i g[t-i], i = 0..t-1)", AVERAGE),
    ("p[t] = sum(s[t-i+1], i = 1..t)", SUMS),
    ("q[t] = product(s[t-i+1], i = 1..t)", PRODUCTS),
    ("f(t) = sum(β^i g[t-i], i = 0..t)", FILTER),
]
FALSE = [
    ("sum(β^i g[t-i], i = 0..t-1) = sum(β^i g[i], i = 1..t)", ()),
    ("product(s[t-i], i = 1..t) = product(s[i], i = 1..t)", ()),
    ("v[t] = (1 - β) sum(β^i g[t-i], i = 0..t)", AVERAGE),
    ("f(t) = sum(β^i g[t-i], i = 0..t-1)", FILTER),
]


@pytest.mark.parametrize(("text", "given"), TRUE)
def test_what_follows_is_proved(text: str, given: tuple[str, ...]) -> None:
    statement = read_statement(text, LET, given)
    evidence = propose(statement, Budget(20.0))
    assert evidence is not None and check(statement, evidence.data, ledger()).conditions == ()


@pytest.mark.parametrize(("text", "given"), FALSE)
def test_what_does_not_follow_is_not(text: str, given: tuple[str, ...]) -> None:
    """A place too many or too few."""
    assert propose(read_statement(text, LET, given), Budget(1.0)) is None
