"""What was shown before is not checked again, where it says the same under no other hypotheses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from symproof.kernel.check import check
from symproof.kernel.statement import Hypothesis, Statement
from symproof.kernel.verdict import Rejected, Theorem
from symproof.methods.base import Budget
from symproof.methods.prove import propose
from symproof.reading.inline import read_statement
from symproof.reading.ledger import standard
from symproof.terms.codec import encode

LET = ["x: real"]
GIVEN = ["low: x >= 2"]
LEMMA = read_statement("x^2 >= 4", LET, GIVEN)
GOAL = read_statement("x^2 + 1 >= 5", LET, GIVEN)
BROKEN = {"rule": "evident"}


def through(claim: Statement, proof: Any) -> Any:
    """The goal by way of a claim."""
    have = {"rule": "have", "name": "squared", "claim": encode(claim.goal), "proof": proof}
    return {**have, "then": {"rule": "order"}}


def lemma(text: str = "x^2 >= 4", let: list[str] = LET, given: list[str] = GIVEN) -> Theorem:
    """A theorem, proved by the search."""
    statement = read_statement(text, let, given)
    found = propose(statement, Budget(5))
    assert found is not None
    return check(statement, found.data, standard())


def test_a_theorem_stands_for_its_proof() -> None:
    with pytest.raises(Rejected):
        check(GOAL, through(LEMMA, BROKEN), standard())
    theorem = check(GOAL, through(LEMMA, BROKEN), standard(), [lemma()])
    assert theorem.statement == GOAL and theorem.conditions == ()


@pytest.mark.parametrize(
    ("let", "given"),
    [
        (LET, ["low: x >= 2", "high: x <= 9"]),
        (LET, ["low: x >= 3"]),
        (["x: integer"], GIVEN),
        ([*LET, "y: real"], GIVEN),
    ],
)
def test_one_under_other_hypotheses_does_not(let: list[str], given: list[str]) -> None:
    other = lemma("x^2 >= 4", let, given)
    with pytest.raises(Rejected):
        check(GOAL, through(LEMMA, BROKEN), standard(), [other])


def test_one_that_defines_its_names_differently_does_not() -> None:
    """x^2 >= c holds for c := 4, and not for c := 5."""
    small, large = (read_statement("x^2 >= c", LET, GIVEN, [f"c: {k} + x - x"]) for k in (4, 5))
    found = propose(small, Budget(5))
    assert found is not None
    shown = check(small, found.data, standard())
    assert check(small, through(small, BROKEN), standard(), [shown])
    with pytest.raises(Rejected):
        check(large, through(small, BROKEN), standard(), [shown])


def test_where_more_is_known_it_still_holds() -> None:
    more = Hypothesis("more", read_statement("x <= 7", LET).goal)
    further = replace(GOAL, hypotheses=(*GOAL.hypotheses, more))
    assert check(further, through(LEMMA, BROKEN), standard(), [lemma()]).statement == further


def test_what_it_assumes_may_be_called_otherwise() -> None:
    assert check(GOAL, through(LEMMA, BROKEN), standard(), [lemma("x^2 >= 4", ["x: real >= 2"], [])])


def test_its_axioms_and_imports_are_named() -> None:
    let = ["n: size", "A: matrix(n, n)"]
    shown = lemma("opnorm(A)^2 = lambda_max(A' A)", let, [])
    assert shown.axioms
    goal = read_statement("opnorm(A)^2 + 1 = lambda_max(A' A) + 1", let)
    have = {"rule": "have", "name": "known", "claim": encode(shown.statement.goal), "proof": BROKEN}
    found = check(
        goal, {**have, "then": {"rule": "algebra", "combine": [{"fact": "known"}]}}, standard(), [shown]
    )
    assert (found.axioms, found.imports) == (shown.axioms, shown.imports)


def test_its_conditions_are_taken_over() -> None:
    """log(x^2)/log(x) is 2 only where the logarithm is not 0."""
    conditional = lemma("log(x) / log(x) = 1", ["x: real > 0"], [])
    assert conditional.conditions
    goal = read_statement("log(x) / log(x) + 1 = 2", ["x: real > 0"])
    have = {"rule": "have", "name": "one", "claim": encode(conditional.statement.goal), "proof": BROKEN}
    certificate = {**have, "then": {"rule": "algebra"}}
    theorem = check(goal, certificate, standard(), [conditional])
    assert set(conditional.conditions) <= set(theorem.conditions)
