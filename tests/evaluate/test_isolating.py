"""Recurrences and first values that are not written as definitions, solved for the term that they give."""

from __future__ import annotations

import pytest

import symproof
from symproof.evaluation.isolating import isolated
from symproof.evaluation.recursion import Definitional
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import check_witness
from symproof.reading.inline import read_statement
from symproof.terms.plain import plain

LET = ["v: sequence of real", "w: sequence of real", "a: real", "b: real", "t: integer >= 0"]


def solutions(equation: str) -> list[str]:
    goal = read_statement(equation, LET).goal
    return [f"{plain(left)} = {plain(right)}" for left, right in isolated(*goal.args)]


def test_equations_are_solved_for_terms_of_sequences() -> None:
    assert solutions("3 v[t + 1] - v[t] = a") == [
        "v[t + 1] = (v[t] + a)/3",
        "v[t] = (-3 v[t + 1] + a)/(-(1))",
    ]
    assert solutions("-v[t] = a v[t] + b") == ["v[t] = b/(-(1) - a)"]
    assert solutions("a v[t]/b = 1") == ["v[t] = 1/(a/b)"]


@pytest.mark.parametrize(
    "equation", ["v[t]^2 = a", "v[t] w[t] = 1", "exp(v[t]) = 2", "a/v[t] = b", "v[t] = v[t]"]
)
def test_no_number_stands_before_the_term(equation: str) -> None:
    assert not solutions(equation)


RECURSIONS = {
    "-v[k] = 2 v[k-1] for integer k >= 1": "-2",
    "v[k-1] = 2 v[k] for integer k >= 1": "1/2",
    "3 v[k+1] - v[k] = 3 for integer k >= 0": "4/3",
    "v[k] + v[k-1] = 4 v[k] + 5 for integer k >= 1": "-4/3",
    "v[k] = 2 v[k-1] for integer k >= 1": "2",
}


@pytest.mark.parametrize(("update", "value"), RECURSIONS.items())
def test_a_solved_recurrence_gives_the_sequence(update: str, value: str) -> None:
    def goal(text: str) -> Statement:
        return read_statement(text, LET[:1], ["2 v[0] = 2", update])

    check_witness(goal(f"v[1] != {value}"), {"values": {}})
    with pytest.raises(Rejected, match="does not fail"):
        check_witness(goal(f"v[1] = {value}"), {"values": {}})


@pytest.mark.parametrize(
    "update", ["a v[k] = v[k-1] for integer k >= 1", "v[k] = (1 + a) v[k] + v[k-1] for integer k >= 1"]
)
def test_what_multiplies_the_term_must_not_be_0(update: str) -> None:
    """At a = 0 the equation says nothing of v[k]."""
    statement = read_statement("v[1] = 100", [LET[0], LET[2]], ["v[0] = 1", update])
    check_witness(statement, {"values": {"a": "1"}})
    with pytest.raises(Rejected, match="not known to be defined"):
        check_witness(statement, {"values": {"a": "0"}})


def test_written_definitions_come_first() -> None:
    rules = Definitional(
        read_statement(
            "v[t] = 0",
            LET,
            [
                "v[0] = w[0]",
                "v[k] = v[k-1] + w[k] for integer k >= 1",
                "w[0] = v[0]",
                "-w[k] = a for integer k >= 1",
            ],
        )
    )
    assert [plain(rules.recurrences[name].body) for name in "vw"] == ["v[k - 1] + w[k]", "a/(-(1))"]
    assert list(map(len, rules.starts.values())) == [1, 1]


@pytest.mark.parametrize(
    ("starts", "settled"),
    [(["v[0] = 1"], False), (["v[0] = 1", "v[1] = 2"], True), (["v[2] = 1", "v[1] = 1"], False)],
)
def test_a_sequence_is_settled_where_its_recurrence_reads_it(starts: list[str], settled: bool) -> None:
    given = [*starts, "v[k] = v[k-1] + v[k-2] for integer k >= 2"]
    assert Definitional(read_statement("v[t] = 0", LET, given)).settled("v") == settled


RANDOM = [
    "β: real in (0, 1)", "t: integer >= 1", "n: size", "m: vector(n)",
    "g: random sequence of vector(n)", "v: random sequence of vector(n)",
]  # fmt: skip
BIAS = {
    "start": "v[0] = zeros(n)",
    "update": "v[k] = β v[k-1] + (1-β) g[k] for integer k >= 1",
    "stationary": "E[g[k]] = m for integer k >= 1",
}


@pytest.mark.parametrize(
    "changed",
    [
        {"update": "-v[k] = β v[k-1] + (1-β) g[k] for integer k >= 1"},
        {"update": "v[k] = β v[k-1] + (1-β) g[k] for integer k >= 2"},
        {"start": "v[-1] = zeros(n)"},
        {"stationary": "E[g[k]] = m for integer k >= 2"},
    ],
)
def test_slips_in_what_is_assumed_of_a_recursion_are_refuted(changed: dict[str, str]) -> None:
    """Signs, ranges and places: what they leave open is chosen."""
    found = symproof.prove("E[v[t]] = (1 - β^t) m", RANDOM, {**BIAS, **changed})
    assert found.verdict == "refuted"


def test_equal_first_values_define_one_of_the_two() -> None:
    given = ["v[0] = w[0]", "v[k] = 2 v[k-1] for integer k >= 1", "w[k] = 2 w[k-1] for integer k >= 1"]
    assert symproof.prove("v[t] = -w[t]", LET, given).verdict == "refuted"
    assert symproof.prove("v[t] = w[t]", LET, given).verdict == "proved"


def test_a_witness_says_that_a_recursion_goes_before_what_it_gives() -> None:
    """Of v the witness gives v[1], and the recursion all that is later."""
    given = ["v[0] = 0", "v[k] = v[k-1] + 1 for integer k >= 2"]
    statement = read_statement("v[3] < 4", LET[:1], given)
    refutation = check_witness(statement, {"values": {"v": {"at": {}, "else": "2"}}})
    assert refutation.values["v"] == "always 2, but for what is assumed"
    assert (refutation.left, refutation.right) == ("4", "4")
