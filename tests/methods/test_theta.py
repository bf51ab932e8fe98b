"""Orders of growth in several sizes, also of functions of which only their order is known."""

from __future__ import annotations

import pytest

from symproof.engine import Options, decide
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Checker
from symproof.reading.inline import read_statement

LET = [
    "n: size", "m: size", "d: size", "f: (integer, integer) -> real", "s: function(integer) -> real",
]  # fmt: skip
F, S = "f(m, d) = Theta(m d) in m, d", "s(n) = Theta(n) in n"


def verdict(text: str, *given: str) -> str:
    return decide(read_statement(text, LET, list(given)), Options(timeout=30)).verdict


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        ("n (2 m - 1) d = Theta(n m d)", [], "proved"),
        ("sum(1, i = 1..n, j = 0..m) = Theta(n m)", [], "proved"),
        ("sum(1, i = 1..n, j = 0..m) = Theta(n)", [], "refuted"),
        ("sum(d, i = 1..n - 1) = Theta(n d) in n, d", [], "refuted"),  # it is 0 for n = 1
        ("n f(m, d) + n m = Theta(n m d)", [F], "proved"),
        ("n f(d, m) + n m = Theta(n m d)", [F], "proved"),
        ("n f(m, 3) + 1 = Theta(n m) in n, m", [F], "proved"),
        ("n m d = Theta(n f(m, d) + n d)", [F], "proved"),
        ("f(m, d) + s(n) + s(m) = Theta(m d + n)", [F, S], "proved"),
        ("n f(m, d) + n^2 = Theta(n m d)", [F], "refuted"),
        ("n f(m, d) - n m = Theta(n m d)", [F], "refuted"),
        ("f(m, d) s(n) = Theta(n m) in n, m, d", [F, S], "refuted"),
        ("f(m, d) = Theta(m) in m", [F], "proved"),
    ],
)
def test_a_verdict(text: str, given: list[str], wanted: str) -> None:
    assert verdict(text, *given) == wanted


@pytest.mark.parametrize(
    ("body", "order", "admitted"),
    [
        ("3 k + 2", "k", True),
        ("k^2 + k", "2 k^2", True),
        ("k^2", "k", False),
        ("k", "k^2 + k", False),
        ("0 k", "k", False),
        ("-k", "k", False),
        ("k - 1", "k", False),  # it is 0 for k = 1
    ],
)
def test_an_assumed_order_is_checked_of_a_witness(body: str, order: str, admitted: bool) -> None:
    statement = read_statement("s(2) = -100", LET, [f"s(n) = Theta({order.replace('k', 'n')}) in n"])
    from symproof.reading.inline import read_scope, read_term
    from symproof.terms.codec import encode

    function = encode(read_term(f"fn(k: integer, {body})", read_scope(["c: integer"])))
    values = {"n": "1", "m": "1", "d": "1", "f": None, "s": function}
    values["f"] = encode(read_term("fn(k: integer, l: integer, k + l)", read_scope(["c: integer"])))
    try:
        Checker(statement).check({"values": values})
    except Rejected:
        assert not admitted
    else:
        assert admitted


@pytest.mark.parametrize(
    ("text", "given", "wanted"),
    [
        ("f(-x) = o(|x|) as x -> zeros(n)", ["f(x) = o(|x|) as x -> zeros(n)"], "proved"),
        ("a' x = o(|x|) as x -> zeros(n)", [], "refuted"),
        ("x' x = o(|x|^2) as x -> zeros(n)", [], "refuted"),
        ("f(x) = o(|x|^2) as x -> zeros(n)", ["f(x) = o(|x|) as x -> zeros(n)"], "refuted"),
    ],
)
def test_small_beside_a_vector(text: str, given: list[str], wanted: str) -> None:
    let = ["n: size", "a: vector(n)", "f: function(vector(n)) -> real"]
    assert decide(read_statement(text, let, given), Options(timeout=30)).verdict == wanted
