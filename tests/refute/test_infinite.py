"""Hypotheses about infinitely many things are accepted only by an argument."""

from __future__ import annotations

import pytest

from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Checker
from symproof.reading.inline import read_statement
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.types import INTEGER, REAL

Z = sym("z", REAL)
AXIS = make("range", num(1), num(2))


def function(body):
    return encode(make("lambda", body, make("numbers", data="real"), data=(("z",),)))


def admits(given, let, values):
    """Is the point admitted under the hypothesis?"""
    try:
        Checker(read_statement("1 = 2", let, [given])).admits({"values": values})
    except Rejected as error:
        assert "hold" in error.reason or "told" in error.reason or "defined" in error.reason
        return False
    return True


X = ["x: sequence of real"]


@pytest.mark.parametrize(
    ("given", "places", "rest", "wanted"),
    [
        ("x[k] > 0 for integer k >= 0", {}, "1", True),
        ("x[k] > 0 for integer k >= 0", {"-1": "-5"}, "1", True),
        ("x[k] > 0 for integer k >= 0", {"3": "-5"}, "1", False),
        ("x[k] > 0 for integer k >= 0", {"3": "5"}, "0", False),
        ("x[k] > 0 for integer k <= 2", {"3": "-5"}, "1", True),
        ("x[k] > 0 for integer k", {"10000": "-5"}, "1", False),
        ("x[k+1] >= x[k] for integer k >= 0", {"0": "-1"}, "1", True),
        ("x[k+1] >= x[k] for integer k >= 0", {"1": "-1"}, "1", False),
        ("x[k+1] >= x[k] for integer k >= 0", {"-1": "2"}, "1", True),
        ("k != 3 implies x[k] = 0 for integer k", {"3": "7"}, "0", True),
        ("x[i] x[j] = [i = j] x[i]^2 for integer i >= 1, integer j >= 1", {"4": "7"}, "0", True),
        ("x[i] x[j] = [i = j] x[i]^2 for integer i >= 1, integer j >= 1", {}, "1", False),
        ("x[i] = x[j] for integer i >= 1, integer j >= 1", {"0": "4"}, "1", True),
        ("x[i] = x[j] for integer i >= 1, integer j >= 1", {"50": "4"}, "1", False),
        ("x[k] <= k for integer k >= 2", {}, "1", False),
        ("x[2 k] = 1 for integer k >= 2", {}, "1", False),
        ("x[k]/k > 0 for integer k >= 1", {}, "1", False),
    ],
)
def test_sequences(given, places, rest, wanted):
    """Places k + c of a given sequence: a finite window decides; other uses of k are refused."""
    assert admits(given, X, {"x": {"at": places, "else": rest}}) is wanted


def test_moments_of_independent_draws():
    """Entries that are drawn independently have the same law at all places, and vanishing covariances."""
    let = ["g: random sequence of real"]
    each = {"g": {"each": {"outcomes": [["1/2", "-1"], ["1/2", "1"]]}}}
    assert admits("E[g[k]] = 0 for integer k >= 1", let, each)
    assert not admits("E[g[k]] = 1 for integer k >= 1", let, each)
    assert admits("E[g[i] g[j]] = [i = j] for integer i >= 1, integer j >= 1", let, each)
    assert not admits("E[g[i] g[j]] = 0 for integer i >= 1, integer j >= 1", let, each)
    assert admits("E[g[i] g[i-1]] = 0 for integer i >= 1", let, each)
    assert not admits("E[g[i] g[j-3]] = [i = j] for integer i >= 1, integer j >= 1", let, each)


@pytest.mark.parametrize(
    ("given", "body", "wanted"),
    [
        ("|σ'(x)| <= γ for real x", Z, True),
        ("|σ'(x)| <= γ for real x", make("mul", num(2), Z), False),
        ("|σ'(x)| <= γ for real x", make("call", Z, data="tanh"), False),
        ("|σ'(x)| <= 3 γ for real x", make("call", Z, data="tanh"), True),
        ("|σ(x)| <= 2 γ for real x", make("call", Z, data="sin"), True),
        ("|σ(x)| <= 2 γ for real x", make("call", Z, data="exp"), False),
        ("σ(x) != γ for real x", make("add", make("pow", Z, num(2)), num(2)), True),
        ("σ(x) != γ for real x", make("pow", Z, num(2)), False),
        ("not σ(x) <= 0 for real x", make("add", make("pow", Z, num(2)), num(2)), True),
        ("σ(x) >= -1 for real x", make("pow", Z, num(2)), True),
        ("σ(x) > -1 for real x", make("pow", Z, num(2)), True),
        ("σ(x) > 0 for real x", make("pow", Z, num(2)), False),
        ("σ(x) >= 2 x - 1 for real x", make("pow", Z, num(2)), True),
        ("σ(x) >= 2 x for real x", make("pow", Z, num(2)), False),
        ("σ(x + y) = σ(x) + σ(y) for real x, real y", make("mul", num(3), Z), True),
        ("σ(x + y) = σ(x) + σ(y) for real x, real y", make("pow", Z, num(2)), False),
        ("σ(x)^2 + y^2 >= 2 x y for real x, real y", Z, True),
        ("x > 0 implies σ(x) >= 0 for real x", make("pow", Z, num(2)), True),
    ],
)
def test_functions(given, body, wanted):
    """Polynomial identities and quadratic forms are decided; the rest is refused."""
    let = ["σ: differentiable function", "γ: real"]
    assert admits(given, let, {"σ": function(body), "γ": "1"}) is wanted


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("x' A x >= 0 for x: vector(n)", True),
        ("x' A x >= |x|^2 for x: vector(n)", True),
        ("x' A x >= 2 |x|^2 for x: vector(n)", False),
        ("x' A y = y' A x for x: vector(n), y: vector(n)", True),
        ("A x = x for x: vector(n)", False),
        ("x != zeros(n) implies x' A x > 0 for x: vector(n)", True),
        ("x != zeros(n) implies x' A x > |x|^2 for x: vector(n)", False),
        ("x != ones(n) implies x' A x > 0 for x: vector(n)", False),
        ("|A x| <= 3 for x: vector(n)", False),
    ],
)
def test_vectors(given, wanted):
    values = {"n": "2", "A": [["2", "-1"], ["-1", "2"]]}
    assert admits(given, ["n: size", "A: matrix(n, n)"], values) is wanted


def test_a_bound_name_does_not_meet_a_random_symbol_of_its_name():
    """All real x are meant, not the random x."""
    let = ["x: random real ~ normal(0, 1)"]
    assert admits("E[x]^2 >= 0 for real z", let, {})
    assert not admits("E[x] >= 1 for real x", let, {})


STEP = ["s: sequence of real", "g: sequence of real"]
REST = [
    ("s[k] = s[k-1]/2 + g[k] for integer k >= 1", "0", {}, "s[k] = 0 for integer k >= 0", True),
    ("s[k] = s[k-1]/2 + g[k] for integer k >= 1", "0", {"30": "1"}, "s[k] = 0 for integer k >= 0", False),
    ("s[k] = s[k-1]/2 + g[k] for integer k >= 1", "0", {"-3": "1"}, "s[k] = 0 for integer k >= 0", True),
    ("s[k] = s[k-1]^2 + g[k] for integer k >= 1", "0", {"2": "1"}, "s[k] >= 0 for integer k >= 0", True),
    ("s[k] = s[k-1] + [k >= 1000] for integer k >= 1", "0", {}, "s[k] = 0 for integer k >= 0", False),
    ("s[k] = -s[k-1] + 1 for integer k >= 1", "0", {}, "s[k] >= 0 for integer k >= 0", False),
    ("s[k] = k s[k-1] for integer k >= 1", "0", {}, "s[k] = 0 for integer k >= 0", False),
    ("s[k] = s[k-2] for integer k >= 2", "0", {}, "s[k] = 0 for integer k >= 0", True),
    ("s[k] = s[k-9] + s[k-20] for integer k >= 20", "0", {}, "s[k] = 0 for integer k >= 0", False),
    ("s[k] = s[k-1] for integer k in 1..5", "0", {}, "s[k] = 0 for integer k >= 0", True),
]


@pytest.mark.parametrize(("rule", "rest", "places", "given", "wanted"), REST)
def test_sequences_that_come_to_rest(rule, rest, places, given, wanted):
    """What a recursion gives is known for ever once everything that it reads is at rest."""
    statement = read_statement("1 = 2", STEP, ["s[0] = 0", rule, given])
    try:
        Checker(statement).admits({"values": {"g": {"at": places, "else": rest}}})
    except Rejected:
        assert not wanted
    else:
        assert wanted


def test_limits_of_sequences_that_come_to_rest():
    given = ["s[0] = 1", "s[k] = a s[k-1] for integer k >= 1"]
    let, text = ["s: sequence of real", "a: real"], "limit(s[n], n -> oo) = 2"

    def limit(a):
        found = Checker(read_statement(text, let, given)).check({"values": {"a": a}})
        return found.left

    assert limit("1") == "1"
    assert limit("0") == "0"
    for a in ("1/2", "-1", "2"):
        with pytest.raises(Rejected):
            limit(a)


@pytest.mark.parametrize(
    ("given", "entries", "wanted"),
    [
        ("f(y)[l] >= 0 for y: vector(2), l in 1..m", "1 2", True),
        ("f(y)[l] >= 0 for y: vector(2), l in 1..m", "1 -2", False),
        ("f(y)[l] >= 0 for l in 1..m, y: vector(2)", "0 1", True),
        ("f(y)[l] > 0 for y: vector(2), l in 1..m", "0 1", False),
        ("f(y)[l] >= l for y: vector(2), l in 1..m", "1 2", True),
        ("f(y)[l] >= l for y: vector(2), l in 1..m", "1 1", False),
        ("f(y)[l] <= y' y for y: vector(2), l in 1..m", "0 -1", True),
        ("f(y)[l] <= y' y for y: vector(2), l in 1..m", "0 1", False),
        (
            "f(y)[l] = 0 for l in 1..m, y: vector(2), k in 1..l",
            "0 0",
            False,
        ),  # a range that depends on another
    ],
)
def test_all_arrays_and_the_indices_of_a_range(given, entries, wanted):
    """The finite ranges are run through, for all arrays at once."""
    i = sym("i", INTEGER)
    vectors = make("arrays", AXIS, data="real")
    first, second = (num(int(x)) for x in entries.split())
    body = make("array", make("cases", make("eq", i, num(1)), first, second), AXIS, data=(("i",),))
    constant = encode(make("lambda", body, vectors, data=(("y",),)))
    let = ["m: size", "f: vector(2) -> vector(2)"]
    assert admits(given, let, {"m": "2", "f": constant}) is wanted
