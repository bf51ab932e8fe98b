"""What Θ, O and o mean, spelled out; and that names which grow stay apart."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.growth import meaning
from symproof.kernel.verdict import Rejected
from symproof.terms.plain import plain
from tests.kernel.kit import EVIDENT, ORDER, claim, code, not_proved, proved, rejected, term

LET = ["x: real", "n: integer", "m: integer", "f: function", "g: function", "c: real", "k: size", "F: vector(k) -> real", "u: vector(k)",
       "L: vector(k) -> vector(k)"]  # fmt: skip
MEANINGS: dict[str, str] = {
    "2 n = Theta(n) in n":
        "exists c: real such that (exists d: real such that c > 0 and d > 0 and (c n <= 2 n and 2 n <= d n for integer n with n >= 1))",
    "n m = Theta(m n) in n, m":
        "exists c: real such that (exists d: real such that c > 0 and d > 0 and "
        "(c (m n) <= n m and n m <= d (m n) for n: integer, m: integer with n >= 1 and m >= 1))",
    "1 = O(n) as n -> oo":
        "exists c: real such that c > 0 and (exists d: real such that d > 0 and (|1| <= c |n| for integer n with n >= d))",
    "f(x) = o(x) as x -> 0": "limit(f(x)/x, x -> 0) = 0",
    "f(x) = O(x) as x -> 0":
        "exists c: real such that c > 0 and (exists d: real such that d > 0 and "
        "(|f(x)| <= c |x| for real x with |x - 0| > 0 and |x - 0| < d))",
    "f(x) = O(x^2) as x -> oo":
        "exists c: real such that c > 0 and (exists d: real such that d > 0 and (|f(x)| <= c |x^2| for real x with x >= d))",
    "f(x) = O(1) as x -> -oo":
        "exists c: real such that c > 0 and (exists d: real such that d > 0 and (|f(x)| <= c |1| for real x with -x >= d))",
    "n = O(n^2) as n -> oo":
        "exists c: real such that c > 0 and (exists d: real such that d > 0 and (|n| <= c |n^2| for integer n with n >= d))",
    "c x = O(x) as x -> 0":
        "exists c_: real such that c_ > 0 and (exists d: real such that d > 0 and "
        "(|c x| <= c_ |x| for real x with |x - 0| > 0 and |x - 0| < d))",
}  # fmt: skip


@pytest.mark.parametrize("text", MEANINGS)
def test_statements_of_growth_are_spelled_out(text: str) -> None:
    """With constants whose names are new."""
    found = plain(meaning(term(text, LET)))
    wanted = term(MEANINGS[text], LET)
    assert meaning(term(text, LET)) == wanted, found


def test_small_o_of_vectors() -> None:
    """For every c > 0 there is a radius around the point."""
    found = meaning(term("F(u) = o(norm(u)) as u -> zeros(k)", LET))
    assert found.op == "forall" and found.args[0].op == "implies"
    body = found.args[0].args[1]
    assert plain(found.args[0].args[0]) == "c > 0" and body.op == "exists"
    inner = body.args[0].args[1]
    assert inner.op == "forall" and inner.args[1].op == "arrays"
    assert plain(inner.args[0].args[0]) == "|u - zeros(k)| > 0 and |u - zeros(k)| < d"
    assert inner.args[0].args[1].args[0] == term("|F(u)|", LET)


def test_nothing_else_has_such_a_meaning() -> None:
    """The rule is for statements of growth."""
    with pytest.raises(Rejected) as caught:
        meaning(term("x = 1", LET))
    assert str(caught.value) == "meaning: nothing to spell out in eq"


BOUNDS: dict[str, Any] = {"rule": "exists", "values": {"c": ["num", "1"]}, "then": {
    "rule": "exists", "values": {"d": ["num", "2"]}, "then": {"rule": "split", "parts": [ORDER, ORDER, {
        "rule": "intro", "then": {"rule": "intro", "name": "a", "then": {"rule": "split", "parts": [ORDER, ORDER]}}}]}}}  # fmt: skip


def test_growth_is_shown_by_constants() -> None:
    """2 n = Θ(n) with 1 and 2, n² is not Θ(n) with any."""
    by = {"rule": "meaning", "then": BOUNDS}
    proved("n + 1 = Theta(n) in n", by, LET)
    not_proved("n^2 = Theta(n) in n", by, LET)
    not_proved("n - 1 = Theta(n) in n", by, LET)


def test_growth_as_a_fact_gives_its_constants() -> None:
    """A fact may be spelled out under a new name."""
    by = {"rule": "meaning", "fact": "h", "name": "m", "then": EVIDENT}
    proved(plain(meaning(term("f(x) = o(x) as x -> 0", LET))), by, LET, ["h: f(x) = o(x) as x -> 0"])
    rejected("meaning: no fact 'q'", "x = 1", {**by, "fact": "q"}, LET, ["h: f(x) = o(x) as x -> 0"])
    rejected("meaning: nothing to spell out in eq", "x = 1", by, LET, ["h: x = 1"])
    rejected("assume: the name h is taken", "x = 1", {**by, "name": "h"}, LET, ["h: f(x) = o(x) as x -> 0"])


@pytest.mark.parametrize("define", [["a: n + 1"], ["b: n + 1", "a: 2 b"]])
def test_definitions_do_not_hide_what_grows(define: list[str]) -> None:
    """Where a is defined by n, a = Θ(n) in n would stand still: it is refused."""
    reason = "definition: a speaks of a symbol whose name is bound around it"
    rejected(reason, "a = Theta(n) in n", {"rule": "meaning", "then": BOUNDS}, LET, (), define)
    rejected(reason, "a = Theta(n) in n", {"rule": "unfold", "then": EVIDENT}, LET, (), define)
    by = {"rule": "meaning", "fact": "h", "name": "m", "then": EVIDENT}
    rejected(reason, "x = x", by, LET, ["h: a = Theta(n) in n"], define)


def test_definitions_with_other_names_do_no_harm() -> None:
    """A parameter may be called like a size that grows."""
    statement = claim("h(n) = Theta(n) in n", LET, (), ["h(n): n + 1"])
    proved(statement, {"rule": "meaning", "then": BOUNDS})
    assert code("n", LET) == ["sym", "n", ["integer"]]
