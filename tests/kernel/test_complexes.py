"""Complex numbers by their real and imaginary parts: what holds is proved, what only looks so is not."""

from __future__ import annotations

import pytest

from tests.kernel.kit import ALGEBRA, EVIDENT, ORDER, conditional, form, not_proved, proved, rejected

LET = ["z: complex", "w: complex", "x: real", "y: real", "n: integer >= 0", "a: real > 0", "f: function"]


@pytest.mark.parametrize(
    "text",
    [
        "z = re(z) + i im(z)", "conj(z) = re(z) - i im(z)", "z conj(z) = |z|^2", "i^2 = -1",
        "(x + i y)^2 = x^2 - y^2 + 2 i x y", "re(z w) = re(z) re(w) - im(z) im(w)", "conj(conj(z)) = z",
        "im(z w) = re(z) im(w) + im(z) re(w)", "|z w| = |z| |w|", "|conj(z)| = |z|", "|z^3| = |z|^3",
        "e^(i x) = cos(x) + i sin(x)", "|e^z| = e^(re(z))", "|exp(z)| = exp(re(z))",
        "conj(exp(z)) = exp(conj(z))", "e^(i pi) = -1", "re(x) = x", "im(x) = 0", "conj(x) = x",
        "f(re(z) + 0 x) = f(re(z))", "2 re(z)^2 + 2 im(z)^2 = 2 |z|^2", "|x + i y| = sqrt(x^2 + y^2)",
    ],
)  # fmt: skip
def test_what_holds_of_complex_numbers(text: str) -> None:
    proved(text, ALGEBRA, LET)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1/z = conj(z)/|z|^2", ["z != 0"]),
        ("z^(-2) = conj(z)^2/|z|^4", ["z != 0"]),
        ("z/w = z conj(w)/(re(w)^2 + im(w)^2)", ["w != 0"]),
        ("|z/w| = |z|/|w|", ["w != 0"]),
        ("|1/w^2| = |w|^(-2)", ["w^2 != 0"]),
    ],
)
def test_what_is_divided_by(text: str, wanted: list[str]) -> None:
    found = conditional(text, ALGEBRA, LET)
    assert found[: len(wanted)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "1/z = conj(z)", "1/z = z/|z|^2", "|2^z| = e^(re(z))", "|pi^z| = e^(re(z))", "|z + w| = |z| + |w|",
        "|z|^2 = z^2", "conj(z w) = z conj(w)", "re(z w) = re(z) re(w)", "im(z^2) = 2 re(z)", "|e^z| = e^(im(z))",
        "e^(i x) = cos(x) - i sin(x)", "z = re(z)", "z^(-2) = conj(z)^2/|z|^2", "|z^2| = |z|", "|z/w| = |z| |w|",
        "z - conj(z) = 2 im(z)", "re(i z) = im(z)", "|z|^n = z^n", "conj(z)^n = z^n",
    ],
)  # fmt: skip
@pytest.mark.parametrize("leaf", [ALGEBRA, EVIDENT])
def test_what_only_looks_so(text: str, leaf: dict[str, str]) -> None:
    not_proved(text, leaf, LET)


def test_what_is_not_zero_has_a_size() -> None:
    """z ≠ 0 says that |z|² > 0, and no more."""
    proved("re(z)^2 + im(z)^2 > 0", ORDER, LET, ["z != 0"])
    proved("|z| > 0", ORDER, LET, ["z != 0"])
    proved("z/z = 1", ALGEBRA, LET, ["z != 0"])
    not_proved("re(z)^2 + im(z)^2 > 0", ORDER, LET, ["z != i"])
    not_proved("re(z)^2 > 0", ORDER, LET, ["z != 0"])
    not_proved("re(z)^2 + im(z)^2 > 0", ORDER, LET)


def test_parts_that_are_not_plain_to_see_are_refused() -> None:
    for text in ("re(z^n)", "re(1/f(im(z)) + z^n)", "|z^n + 1|", "e^(z^n)"):
        rejected("lowering: the real part of something complex", f"{text} = 0", ALGEBRA, LET)
    assert form("re((3 + 2 i) i)", LET) == form("-2", LET)
    assert form("im((3 + 2 i) i)", LET) == form("3", LET)
