"""∞ is no number: nothing has it as a value, and no arithmetic is done with it."""

from __future__ import annotations

import pytest

from symproof.kernel.infinity import among_numbers
from tests.kernel.kit import (
    ALGEBRA,
    EVIDENT,
    ORDER,
    axiom,
    code,
    conditional,
    not_proved,
    proved,
    rejected,
    term,
)

LET = ["f: function", "g: function(integer) -> real", "c: real"]
LIMIT, SERIES = "limit(f(x), x -> oo)", "sum(g(k), k = 1..oo)"
OO = ["const", "oo"]


@pytest.mark.parametrize("term", [LIMIT, SERIES])
def test_what_is_infinite_is_no_number(term: str) -> None:
    for value in (OO, ["neg", None, OO], ["add", None, OO, ["num", "1"]]):
        by = {"rule": "exists", "values": {"t": value}, "then": EVIDENT}
        rejected(
            "exists: infinity is no number", f"exists real t such that {term} = t", by, LET, [f"{term} = oo"]
        )
    have = {"rule": "have", "name": "n", "fact": "h", "at": {"t": OO}, "then": EVIDENT}
    given = [f"{term} = oo", f"h: ({term} = t implies c = 1) for real t"]
    rejected("have: infinity is no number", "c = 1", have, LET, given)


def test_no_axiom_is_had_at_infinity() -> None:
    ledger = axiom("limit(c f(x), x -> oo) = c s", ["f: function", "c: real", "s: real"], [f"{LIMIT} = s"])
    at = {"f": code("f", LET), "c": ["num", "2"], "s": OO}
    have = {"rule": "have", "name": "n", "axiom": "axiom", "at": at, "premises": {}, "then": EVIDENT}
    with pytest.raises(Exception, match="infinity is no number"):
        proved(
            "limit(2 f(x), x -> oo) - limit(2 f(x), x -> oo) = 0", have, LET, [f"{LIMIT} = oo"], ledger=ledger
        )


@pytest.mark.parametrize(
    "text", [f"{LIMIT} = oo + 1", f"{SERIES} = 2 oo", f"{LIMIT} < oo", "c < oo", "oo = oo", f"c {LIMIT} = oo"]
)
def test_statements_with_infinity_among_numbers(text: str) -> None:
    rejected("statement: infinity is no number", "c = c", ALGEBRA, LET, [text])


@pytest.mark.parametrize("text", [f"{LIMIT} = oo", f"{SERIES} = -oo", "integral(f(x), x = 0..oo) = oo"])
def test_where_infinity_may_stand(text: str) -> None:
    """As a bound, and as what something tends to; then it has no value."""
    proved("c = c", ALGEBRA, LET, [text])
    term = text.rpartition(" = ")[0]
    assert conditional(f"{term} - {term} = 0", ALGEBRA, LET, [text])
    not_proved(f"{term} = 1", EVIDENT, LET, [text])


def test_products_and_arrays_without_end() -> None:
    """A product without end needs a value; an array without end has no sum over its axis."""
    there = "product(1 + 1/k^2, k = 1..oo) = product(1 + 1/k^2, k = 1..oo)"
    text = "product(1 + 1/k^2, k = 1..oo) > 0"
    assert conditional(text, ORDER) == [there]
    rejected("normal form: a sum over an axis without end", "norm(vector(1/i, i = 1..oo)) >= 0", ORDER)
    there = "max(1/k, k = 1..oo) = max(1/k, k = 1..oo)"
    assert conditional(there, ALGEBRA) == [there]


@pytest.mark.parametrize(
    "text",
    ["f(x) = o(x) as x -> oo", "f(x) = O(x) as x -> -oo", f"{LIMIT} = c", f"{SERIES} = c", f"{LIMIT} = oo",
     "integral(f(x), x = -oo..oo) = c", "x < 2 for x in (-oo, 1)", "x > 2 for x in (3, oo)"],
)  # fmt: skip
def test_bounds_and_points_that_are_infinite(text: str) -> None:
    """As a bound, as a point, and as what a limit or series is."""
    assert not among_numbers(term(text, LET))


def test_a_limit_whose_value_is_known_is_compared() -> None:
    """The limit is 3, so it is above 2."""
    proved(f"{LIMIT} > 2", ORDER, LET, [f"{LIMIT} = 3"])
    not_proved(f"{LIMIT} > 4", ORDER, LET, [f"{LIMIT} = 3"])
    closed = "limit(sin(x)/x, x -> oo)"
    proved(f"{closed} > -1", ORDER, [], [f"{closed} = 0"])
    not_proved(f"{closed} > 1", ORDER, [], [f"{closed} = 0"])
