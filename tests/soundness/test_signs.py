"""Signs: powers that may be 0^0, exponents that may be odd, and numbers that are not real."""

from __future__ import annotations

import pytest

from tests.soundness.forging import ORDER, attempt, claim, refused, shown

FALSE = [
    ("x != 0", ["x: real", "n: integer >= 0"], ["x^n != 0"]),  # 0^0 = 1
    ("x + y != 0", ["x: real", "y: real", "n: integer >= 0"], ["(x + y)^n != 0"]),
    ("x y != 0", ["x: real", "y: real", "n: integer >= 0"], ["x^n y != 0"]),
    ("x^|n| >= 0", ["x: real", "n: integer"], []),
    ("x^max(n, m) >= 0", ["x: real", "n: size", "m: size"], []),
    ("(-1)^|n| >= 0", ["n: integer"], []),
    ("x^sum(i, i=1..n) >= 0", ["x: real", "n: size"], []),
    ("exp(i x) + 1 != 0", ["x: real"], []),
    ("(x + i y)^(-2) + 1 != 0", ["x: real", "y: real"], ["x + i y != 0"]),
    ("v[1]^2 + 1 != 0", ["v: complex vector(2)"], []),
    ("z[1]^2 + 1 != 0", ["z: sequence of complex"], []),
    ("re(i ones(2)) = i ones(2)", [], []),
    ("|i ones(2)|^2 = -2", [], []),
    ("exp(i x)^y = exp(i x y)", ["x: real", "y: real"], []),
    ("Var[exp(i x)] = E[exp(2 i x)] - E[exp(i x)]^2", ["x: random real ~ normal(0, 1)"], []),
]
TRUE = [
    ("x y^2 != 0", ["x: real", "y: real"], ["x y != 0"]),
    ("x^n y != 0", ["x: real", "y: real", "n: integer >= 0"], ["x^n y != 0"]),
    ("x^(2 n) >= 0", ["x: real > 0", "n: integer"], []),
    ("exp(i x) exp(i y) = exp(i (x + y))", ["x: real", "y: real"], []),
]


@pytest.mark.parametrize(("text", "let", "given"), FALSE)
def test_false_signs_are_not_seen(text: str, let: list[str], given: list[str]) -> None:
    """No leaf shows a sign that a corner case contradicts."""
    assert refused(text, let, given)


@pytest.mark.parametrize(("text", "let", "given"), TRUE)
def test_true_signs_are_seen(text: str, let: list[str], given: list[str]) -> None:
    """What is refused is refused for its fault."""
    assert shown(text, let, given)


@pytest.mark.parametrize(
    "factor",
    [
        ["const", "i"],
        [
            "index",
            None,
            ["scale", None, ["const", "i"], ["ones", False, ["range", None, ["num", "1"], ["num", "2"]]]],
            ["num", "1"],
        ],
    ],
)
def test_squares_are_nonnegative_for_real_numbers_only(factor: object) -> None:
    """-1 = i^2 does not make -1 >= 0."""
    forged = {**ORDER, "terms": [{"c": "1", "factors": [[factor, 2]]}]}
    assert attempt(claim("-1 >= 0"), forged) is None


def test_a_square_through_an_elementwise_function() -> None:
    """A real function is not applied to complex entries."""
    forged = [
        "index",
        None,
        [
            "apply",
            None,
            ["sym", "f", ["function", ["real"], ["real"]]],
            ["scale", None, ["const", "i"], ["ones", False, ["range", None, ["num", "1"], ["num", "2"]]]],
        ],
        ["num", "1"],
    ]
    statement = claim("-1 >= 0", (), (), ["f(x): x"])
    assert attempt(statement, {**ORDER, "terms": [{"c": "1", "factors": [[forged, 2]]}]}) is None
