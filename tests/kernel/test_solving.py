"""The rule `solve`: exactly one choice of the unknowns, among the values that the declarations admit."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel.check import check
from symproof.kernel.verdict import Rejected
from symproof.methods import prove
from symproof.methods.base import Budget
from symproof.reading.inline import read_statement
from symproof.reading.ledger import load
from symproof.terms.build import num, sym
from symproof.terms.codec import encode
from symproof.terms.types import REAL

LEDGER = load()
EVIDENT = {"rule": "evident"}


def _found(goal: str, let: list[str], given: list[str]) -> Any:
    evidence = prove.propose(read_statement(goal, let, given), Budget(10.0))
    return None if evidence is None else evidence.data


def test_a_linear_equation_is_solved() -> None:
    """a x = b has one solution where a is not 0."""
    statement = read_statement("solve for x: a x = b", ["x: real", "a: real", "b: real"], ["a != 0"])
    evidence = prove.propose(statement, Budget(10.0))
    assert evidence is not None
    assert check(statement, evidence.data, LEDGER).conditions == ()


def test_declarations_choose_among_the_solutions() -> None:
    """x² = 4 has two real solutions and one positive one."""
    assert _found("solve for x: x^2 = 4", ["x: real"], []) is None
    assert _found("solve for x: x^2 = 4", ["x: real > 0"], []) is not None


def test_a_solution_must_be_among_the_admitted_values() -> None:
    """x + 1 = 0 has no solution above 0."""
    assert _found("solve for x: x + 1 = 0", ["x: real > 0"], []) is None


@pytest.mark.parametrize(
    ("forged", "reason"),
    [
        ({"values": {"x": encode(sym("x", REAL))}}, "not declared"),
        ({"values": {"x": encode(num(3))}}, "not"),
        ({"values": {}}, "no value"),
        ({"holds": []}, "expected"),
        ({"unique": EVIDENT}, "not seen"),
    ],
)
def test_forged_certificates_are_rejected(forged: dict[str, Any], reason: str) -> None:
    """The value may not mention the unknown, must solve, and must be shown to be the only one."""
    statement = read_statement("solve for x: x^3 = 8", ["x: real"], [])
    evidence = prove.propose(statement, Budget(10.0))
    assert evidence is not None
    with pytest.raises(Rejected, match=reason):
        check(statement, {**evidence.data, **forged}, LEDGER)


def test_what_else_speaks_of_the_unknown_forbids_the_rule() -> None:
    """A size that is an unknown would change the types of other symbols."""
    let = ["n: integer >= 1", "x: vector(n)"]
    assert _found("solve for n: n = 3", let, []) is None


def test_a_statement_about_solutions_stands_alone() -> None:
    """Inside another statement it has no conditions that could be asked for."""
    let = ["x: real", "y: real"]
    assert _found("y = y or (solve for x: x = y)", let, []) is None
