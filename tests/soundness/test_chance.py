"""Chance: what holds for fixed values, or at one outcome, is not put into an expectation."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.statement import Law, Statement, Symbol
from symproof.terms.types import INTEGER, REAL
from tests.kernel.kit import form
from tests.soundness.forging import (
    ALGEBRA,
    EVIDENT,
    ORDER,
    attempt,
    axiom,
    claim,
    encode,
    make,
    num,
    refused,
    shown,
    sym,
    term,
)

COUNT = ["N: random integer >= 1", "m: real", "x: random sequence of real"]
MEAN = ["mean: E[x[k]] = m for integer k >= 1"]
REWRITE = [{**leaf, "rewrite": ["mean"]} for leaf in (ALGEBRA, ORDER, EVIDENT)]
AT_N = {"fact": "mean", "at": {"k": ["sym", "N", ["integer"]]}}


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("E[x[N]] = m", REWRITE),
        ("E[x[N]] = m", [{**ALGEBRA, "rewrite": [AT_N]}, {**ALGEBRA, "combine": [AT_N]}]),
        ("E[x[N]] = m", [{"rule": "have", "name": "h", **AT_N, "then": {**ALGEBRA, "rewrite": ["h"]}}]),
        ("E[sum(x[i], i=1..N)] = N m", REWRITE),
        ("sum(E[x[i]], i=1..N) = E[sum(x[i], i=1..N)]", REWRITE),
    ],
)
def test_random_numbers_are_no_values_of_a_fact_about_expectations(text: str, by: list[Any]) -> None:
    """E[x_k] = m for every k says nothing of x_N, nor of a sum of N terms."""
    assert refused(text, COUNT, MEAN, (), by)
    assert shown("E[x[n]] = m", [*COUNT, "n: size"], MEAN, (), REWRITE)


@pytest.mark.parametrize(
    ("text", "let", "given", "define"),
    [
        ("E[x][N] = E[x[N]]", ["n: size", "N: random integer in 1..n", "x: random vector(n)"],
         ["E[x[k]] = 0 for k in 1..n", "E[x[N]] = 1"], []),
        ("array(E[x[k]], k in 1..n)[N] = E[x[N]]",
         ["n: size", "N: random integer in 1..n", "x: random vector(n)"], ["E[x[N]] = 1"], []),
        ("sum([k = N] E[x[k]], k=1..n) = E[x[N]]",
         ["n: size", "N: random integer in 1..n", "x: random vector(n)"], ["E[x[N]] = 1"], []),
        ("f(N) = E[x[N]]", COUNT, ["E[x[N]] = m"], ["f(k: integer): E[x[k]]"]),
        ("f(Y) = E[X Y]", ["X: random real", "Y: random real", "m: real"], ["E[X Y] = m"], ["f(s: real): E[s X]"]),
        ("sum(P[i <= N], i=1..N) = N", ["N: random integer >= 1"], [], []),
        ("sum([v <= N] P[v <= N], v=1..n) = N", ["n: size", "N: random integer in 1..n"], [], []),
        ("sum(E[N - i + 1], i=1..N) >= 0", ["N: random integer >= 1", "m: real"], ["E[N] = m"], []),
    ],
)  # fmt: skip
def test_an_expectation_is_taken_over_all_outcomes(
    text: str, let: list[str], given: list[str], define: list[str]
) -> None:
    """A mean at a random place is not the mean of what stands there; a random range says nothing inside E."""
    assert refused(text, let, given, define)


X = ["X: random real", "a: real", "b: real"]
MEANS = ["E[X] = a", "E[|X|] = b"]


def test_cases_on_random_values_say_nothing_of_expectations() -> None:
    """X >= 0 or X < 0 at each outcome, but E[|X|]^2 = E[X]^2 in neither case."""
    forged = {"rule": "cases", "on": term("X >= 0", X), "name": "c", "branches": [ALGEBRA, ALGEBRA]}
    assert attempt(claim("b^2 = a^2", X, MEANS), forged) is None
    assert attempt(claim("E[|X|]^2 = E[X]^2", X, MEANS), forged) is None


@pytest.mark.parametrize(
    "text", ["X >= 0 implies E[X] >= 0", "X >= 0 implies E[|X|] = E[X]", "X >= 0 implies a = b"]
)
def test_what_is_assumed_of_one_outcome_stays_there(text: str) -> None:
    """A premise about a random value holds at some outcomes only."""
    intro = [{"rule": "intro", "name": "h", "then": leaf} for leaf in (ORDER, ALGEBRA, EVIDENT)]
    assert refused(text, X, MEANS, (), [EVIDENT, *intro])


def test_a_range_up_to_a_random_number() -> None:
    """For every k up to N it is not sure that k <= N."""
    forged = [EVIDENT, {"rule": "intro", "then": ALGEBRA}, {"rule": "intro", "then": EVIDENT}]
    assert refused("P[k <= N] = 1 for k in 1..N", ["N: random integer >= 1"], (), (), forged)


def test_a_random_fact_with_either() -> None:
    """A hypothesis that offers two cases offers them outcome by outcome."""
    forged = {"rule": "either", "fact": "h", "name": "c", "branches": [ALGEBRA, ALGEBRA]}
    statement = claim("b^2 = a^2", X, [*MEANS, "h: X >= 0 or X <= 0"])
    assert attempt(statement, forged) is None


def test_no_induction_on_a_random_number() -> None:
    """E[N] = N holds for fixed N, step by step."""
    forged = {"rule": "induction", "on": "N", "from": ["num", "1"], "bases": [ALGEBRA], "step": ALGEBRA}
    assert refused("E[N] = N", ["N: random integer >= 1", "m: real"], ["E[N] = m"], (), [forged])


def test_normal_entries_are_independent_only_when_uncorrelated() -> None:
    """E[x1 x2] is not E[x1] E[x2] for a covariance that is not diagonal."""
    statement = "E[x[1] x[2]] = E[x[1]] E[x[2]]"
    assert refused(statement, ["S: symmetric matrix(2)", "x: random vector(2) ~ normal(zeros(2), S)"])
    assert shown(statement, ["x: random vector(2) ~ normal(zeros(2), I)"])


def _random(name: str, *law: Any) -> Symbol:
    return Symbol(name, REAL, frozenset(("random",)), Law(*law) if law else None)


@pytest.mark.parametrize(
    "symbol",
    [
        _random("x", "cauchy", ()),
        _random("x", "normal", (num(0),)),
        _random("x", "bernoulli", (sym("y", REAL),)),
        Symbol("x", REAL, frozenset(), Law("bernoulli", (num(0),))),
        Symbol("x", REAL, frozenset(("random",)), Law("bernoulli", (sym("t", REAL),))),
    ],
)
def test_laws_that_the_kernel_does_not_know(symbol: Symbol) -> None:
    """A law has a known name, its parameters, and these are declared and fixed."""
    x = sym("x", REAL)
    for op in ("expect", "variance"):
        value = make(op, make("mul", x, x))
        goal = make("eq", value, value)
        assert attempt(Statement((symbol, _random("y")), (), (), goal)) is None
        assert attempt(Statement((_random("y"), symbol), (), (), make("eq", make("mul", x, x), x))) is None


def test_induction_on_the_parameter_of_a_law() -> None:
    """A variable whose law depends on t has another law at t + 1."""
    t, x = sym("t", INTEGER), sym("x", REAL)
    symbols = (Symbol("t", INTEGER), _random("x", "bernoulli", (make("div", num(1), t),)))
    facts = claim("0 = 0", ["t: integer >= 1"]).hypotheses
    before = make("add", t, num(-1))
    goal = make(
        "eq", make("mul", before, make("add", make("mul", before, make("expect", x)), num(-1))), num(0)
    )
    mean = axiom("E[x] = p", ["p: real", "x: random real ~ bernoulli(p)"])
    at = {"p": encode(make("div", num(1), t)), "x": encode(x)}
    premises = {h.name: EVIDENT for h in mean.statement.hypotheses}
    step = {"rule": "have", "name": "h", "axiom": "test", "at": at, "then": {**ALGEBRA, "rewrite": ["h"]}}
    for chosen in (step, {**step, "premises": premises}):
        forged = {"rule": "induction", "on": "t", "from": ["num", "1"], "bases": [ALGEBRA], "step": chosen}
        assert attempt(Statement(symbols, (), facts, goal), forged, ledger={"test": mean}) is None


def test_random_parameters_of_axioms() -> None:
    """Independent ones are declared so, and two of them are two symbols."""
    product = axiom("E[x y] = E[x] E[y]", ["x: random real ~ normal(0, 1)", "y: random real ~ normal(0, 1)"])
    x, y = ["sym", "X", ["real"]], ["sym", "Y", ["real"]]
    have = {"rule": "have", "name": "h", "axiom": "test", "then": EVIDENT}
    normal = ["X: random real ~ normal(0, 1)", "Y: random real ~ normal(0, 1)"]
    good = claim("E[X Y] = E[X] E[Y]", normal)
    assert attempt(good, {**have, "at": {"x": x, "y": y}}, ledger={"test": product}) is not None
    square = claim("E[X X] = E[X] E[X]", normal)
    assert attempt(square, {**have, "at": {"x": x, "y": x}}, ledger={"test": product}) is None
    free = axiom("E[x y] = 0", ["x: independent random real", "y: independent random real"], ["E[x] = 0"])
    some = claim("E[X Y] = 0", ["X: random real", "Y: random real"], ["E[X] = 0"])
    assert attempt(some, {**have, "at": {"x": x, "y": y}}, ledger={"test": free}) is None


def test_covariances_need_both_means() -> None:
    """Cov[x, y] needs the mean of y, too."""
    let = ["x: random vector(2)", "y: random vector(2)"]
    given = ["E[x[i]] = 0 for i in 1..2", "E[x[i] y[j]] = 0 for i in 1..2, j in 1..2"]
    assert refused("Cov[x, y] = Cov[x, y]", let, given)
    assert shown("Cov[x, y] = Cov[x, y]", let, [*given, "E[y[i]] = 0 for i in 1..2"])


def test_random_bounds_of_an_integral_say_nothing_of_other_outcomes() -> None:
    """That t lies below X at this outcome does not make |X - t| the number X - t at all of them."""
    let = ["X: random real ~ bernoulli(1/2)", "a: real >= 0"]
    assert refused("integral(E[|X - t|], t = 0..X) = integral(E[X] - t, t = 0..X)", let)
    assert form("integral(E[|X - t|], t = 0..X)", let) != form("integral(E[X - t], t = 0..X)", let)
    assert shown("integral(|a - t|, t = 0..a) = integral(a - t, t = 0..a)", let)


MATRICES = [
    "n: size",
    "k: size",
    "X: random invertible matrix(n)",
    "Y: random matrix(n)",
    "A: invertible matrix(n)",
]


@pytest.mark.parametrize("entry", ["(X^-1)[1, 1]", "(X^k)[1, 1]", "(X'^-1 X)[1, 1]", "(X^k X)[1, 1]"])
def test_inverses_and_powers_of_random_matrices_are_random(entry: str) -> None:
    assert refused(f"E[{entry}] = {entry}", MATRICES)
    assert refused(f"E[{entry} Y[1, 1]] = {entry} E[Y[1, 1]]", MATRICES, ["integrable(Y[1, 1])"])
    by = {"rule": "exists", "values": {"c": term(f"E[{entry}]", MATRICES)}, "then": EVIDENT}
    assert refused(f"exists real c: c = E[{entry}]", MATRICES, (), (), [by])
    fixed = entry.replace("X", "A")
    assert shown(f"E[{fixed}] = {fixed}", MATRICES)


@pytest.mark.parametrize("tied", ["symmetric", "psd", "diagonal", "orthogonal"])
def test_entries_that_are_tied_have_no_law_and_are_not_independent(tied: str) -> None:
    """S[1, 2] is S[2, 1] in a symmetric matrix: an axiom on independent entries says nothing of it."""
    let = ["n: size", f"S: random {tied} matrix(n) ~ normal(0, I)"]
    assert refused("n = n", let)
    step = {
        "rule": "have",
        "name": "h",
        "axiom": "all",
        "at": {"n": term("n", let), "X": term("S", let)},
        "then": ALGEBRA,
    }
    ledger = {"all": axiom("n = n", ["n: size", "X: independent random matrix(n)"])}
    statement = claim("n = n", ["n: size", f"S: independent random {tied} matrix(n)"])
    assert attempt(statement, step, ledger=ledger) is None
    assert attempt(claim("n = n", ["n: size", "S: independent random matrix(n)"]), step, ledger=ledger)
