"""Polynomials over letters: factors multiply out, and a basis for squares covers what is a square."""

from __future__ import annotations

import pytest

from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Poly, number
from symproof.methods.letters import factors, squarable
from symproof.reading.inline import read_statement

LET = ["x: real", "y: real", "a: real > 0", "b: real > 0", "n: integer"]
EXPRESSIONS = [
    "(x - y)^2 (x + 2 y)", "x^3 - 8", "x^2 y - y^3", "exp(2 x) - 2 exp(x) + 1", "a - 2 sqrt(a b) + b",
    "x y^2", "6 x^2 - 12 x y + 6 y^2", "4^n - 1", "(x^2 + 1) (y^2 + 1)", "x^2 - x",
]  # fmt: skip
SQUARES = [
    "(x - y)^2", "(x^2 - y)^2 + (x - 1)^2", "(exp(x) - exp(y))^2", "(exp(x/2) - exp(-x/2))^2",
    "(sqrt(a) - sqrt(b))^2", "(2^n - x)^2", "(x y - 1)^2",
]  # fmt: skip


def _poly(text: str) -> tuple[Normal, Poly]:
    statement = read_statement(f"{text} = 0", LET, [])
    nf = normal(Context.of(statement), ())
    return nf, difference(nf, *statement.goal.args)


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_factors_multiply_out(text: str) -> None:
    """The content times the factors to their powers is the polynomial."""
    nf, poly = _poly(text)
    found = factors(nf, poly)
    assert found is not None
    content, parts = found
    again = nf.product(number(content), *(nf.power(part, power) for part, power in parts))
    assert nf.is_zero(again - poly)


def test_what_is_irreducible_has_no_factors() -> None:
    """x² + x + 1 stays as it is."""
    assert factors(*_poly("x^2 + x + 1")) is None


@pytest.mark.parametrize("text", SQUARES)
def test_a_basis_covers_a_sum_of_squares(text: str) -> None:
    """Every monomial of the polynomial is in a product of two of the basis."""
    nf, poly = _poly(text)
    basis = squarable(nf, poly)
    products = {m for a in basis for b in basis for m in nf.times(a, b).terms}
    assert poly.terms.keys() <= products
