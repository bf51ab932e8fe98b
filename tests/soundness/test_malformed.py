"""Data that encodes no term, or a certificate of the wrong shape, is refused and never crashes the kernel."""

from __future__ import annotations

import time
from typing import Any

import pytest

from symproof.terms.build import Mistyped
from symproof.terms.codec import Malformed, decode, decode_type
from tests.soundness.forging import EVIDENT, attempt, claim, make, num

ZERO: list[Any] = ["num", "0"]
TRUE: list[Any] = ["eq", None, ZERO, ZERO]
FALSE: list[Any] = ["eq", None, ZERO, ["num", "1"]]
REALS: list[Any] = ["numbers", "real"]

NO_TERMS: list[Any] = [
    ["implies", None, TRUE, TRUE, FALSE],
    ["iff", None, TRUE, TRUE, FALSE],
    ["not", None, FALSE, TRUE],
    ["eq", None, ZERO, ZERO, ["num", "1"]],
    ["neg", None, ZERO, ["num", "1"]],
    ["pow", None, ZERO, ZERO, ZERO],
    ["true", None, FALSE],
    ["cases", None, TRUE, ZERO],
    ["index", None, ZERO],
    ["numbers", "natural"],
    ["interval", "<>", ZERO, ZERO],
    ["zeros", True, ["range", None, ["num", "1"], ["num", "2"]], ["range", None, ["num", "1"], ["num", "2"]]],
    ["num", "1e1000000000"],
    ["num", "1.5"],
    ["num", "1/0"],
    ["num", " 1"],
    ["num", "1_0"],
    ["num", 1],
    ["num", "9" * 5000],
    ["const", "infinity"],
    ["sym", "x", ["array", "real", True, REALS]],
    ["diff", [["x", "y"]], ZERO, ZERO],
    [],
    ["neg"],
    None,
]


@pytest.mark.parametrize("data", NO_TERMS, ids=lambda d: str(d)[:30])
def test_what_is_no_term_is_not_decoded(data: Any) -> None:
    """Wrong arity, unknown data and numbers in disguise are malformed, and quickly so."""
    started = time.process_time()
    with pytest.raises(Malformed):
        decode(data)
    assert time.process_time() - started < 0.2


def test_rows_have_one_axis() -> None:
    """Only vectors are transposed to rows."""
    axis = ["range", None, ["num", "1"], ["num", "2"]]
    with pytest.raises(Malformed):
        decode_type(["array", "real", True, axis, axis])


def test_terms_built_by_hand_have_the_arity_of_their_operator() -> None:
    """An implication has one premise and one conclusion, whoever builds it."""
    with pytest.raises(Mistyped):
        make("implies", make("eq", num(0), num(0)), make("eq", num(0), num(0)), make("eq", num(0), num(1)))


CERTIFICATES: list[Any] = [
    None, [], "algebra", {}, {"rule": None}, {"rule": ["algebra"]}, {"rule": "algebra", "combine": 3},
    {"rule": "algebra", "combine": [3]}, {"rule": "algebra", "combine": {"fact": "h"}},
    {"rule": "algebra", "combine": [{"fact": ["h"]}]}, {"rule": "algebra", "combine": [{"fact": "h", "at": 3}]},
    {"rule": "algebra", "combine": [{"fact": "h", "over": 3}]},
    {"rule": "algebra", "combine": [{"fact": "h", "over": [["k"]]}]},
    {"rule": "algebra", "combine": [{"fact": "h", "over": [[["k"], ZERO]]}]},
    {"rule": "algebra", "combine": [{"fact": "h", "over": [["k", ZERO]]}]},
    {"rule": "algebra", "combine": [{"fact": "h", "entry": [ZERO]}]},
    {"rule": "algebra", "combine": [{"fact": "h", "times": TRUE}]},
    {"rule": "algebra", "rewrite": 3}, {"rule": "algebra", "rewrite": [3]}, {"rule": "algebra", "rewrite": [{}]},
    {"rule": "algebra", "rewrite": [{"fact": "h", "at": {"x": TRUE}}]},
    {"rule": "algebra", "rewrite": [{"fact": "h", "at": [1]}]},
    {"rule": "order", "terms": 3}, {"rule": "order", "terms": [{"c": "x"}]}, {"rule": "order", "scale": [ZERO], "terms": []},
    {"rule": "order", "terms": [{"c": "1", "factors": 3}]}, {"rule": "order", "terms": [{"c": "1", "factors": [3]}]},
    {"rule": "order", "terms": [{"c": "1e999999999", "factors": []}]},
    {"rule": "order", "terms": [{"c": "1", "factors": [[TRUE, 2]]}]}, {"rule": "intro"}, {"rule": "intro", "then": None},
    {"rule": "cases", "on": ZERO, "name": "c", "branches": [EVIDENT, EVIDENT]},
    {"rule": "cases", "on": TRUE, "name": "c", "branches": [None, None]},
    {"rule": "cases", "on": ["in", None, ZERO, REALS], "name": "c", "branches": [EVIDENT, EVIDENT]},
    {"rule": "have", "name": "n", "fact": "h", "at": {"x": TRUE}, "then": EVIDENT},
    {"rule": "have", "name": "n", "claim": ZERO, "proof": EVIDENT, "then": EVIDENT},
    {"rule": "have", "name": "n", "axiom": "a", "at": {}, "then": EVIDENT},
    {"rule": "have", "name": "n", "axiom": ["a"], "at": {}, "then": EVIDENT},
    {"rule": "induction", "on": "n", "from": TRUE, "bases": [EVIDENT], "step": EVIDENT},
    {"rule": "induction", "on": "n", "from": ["num", "0"], "bases": 3, "step": EVIDENT},
    {"rule": "contradiction", "name": "c", "claim": TRUE, "proofs": [EVIDENT]},
    {"rule": "exists", "values": {}, "then": EVIDENT}, {"rule": "choose", "index": True, "then": EVIDENT},
    {"rule": "either", "fact": "h", "name": "e", "branches": []}, {"rule": "obtain", "fact": "h", "name": "e", "then": EVIDENT},
    {"rule": "unfold", "then": {"rule": "unfold", "then": {"rule": "intro", "then": EVIDENT}}},
]  # fmt: skip


@pytest.mark.parametrize("certificate", CERTIFICATES, ids=lambda c: str(c)[:60])
def test_malformed_certificates_are_rejected(certificate: Any) -> None:
    """A certificate of the wrong shape is rejected with a reason, whatever the goal."""
    let = ["x: real", "n: integer >= 0", "f: function"]
    given = ["h: f(y) = 0 for y: real", "e: f(n) = 0 or f(n) = 1"]
    for text in ("x = 1", "x > 0", "x = 0 implies x = 1", "x = 2 or x = 1"):
        assert attempt(claim(text, let, given), certificate) is None
