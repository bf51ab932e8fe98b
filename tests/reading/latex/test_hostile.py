"""Formulas and documents that are made to break a reader end in a Problem, and soon."""

from __future__ import annotations

from time import process_time

import pytest

from symproof.reading.inline import read_scope
from symproof.reading.latex import Reader, lines, read_document
from symproof.reading.problems import Problem

SCOPE = read_scope(["n: size", "a: real", "x: vector(n)", "S: matrix(n, n)"])
FORMULAS = {
    "macro": r"\def\a{b} \a = 1",
    "newcommand": r"\newcommand{\x}{\x\x}\x = 1",
    "input": r"\input{/etc/passwd} = 1",
    "write": r"\immediate\write18{ls} = 1",
    "include": r"a = \includegraphics{file}",
    "link": r"\href{javascript:alert(1)}{a} = 1",
    "script in text": r"\text{<script>alert(1)</script>} = a",
    "control characters": "a \x00 = \x1b[31m 1",
    "direction marks": "a \u202e = 1",
    "megabyte of letters": "a" * 1_000_000 + " = 1",
    "long sum": "a + " * 4_900 + "a = 1",
    "long product": "a " * 9_000 + "= 1",
    "braces": "{" * 9_000 + "a" + "}" * 9_000 + "= 1",
    "brackets": "(" * 9_000 + "a" + ")" * 9_000 + "= 1",
    "open brackets": "(" * 15_000,
    "closing braces": "}" * 15_000 + " = 1",
    "bars": "|" * 15_000,
    "fractions": r"\frac{1}{" * 1_500 + "a" + "}" * 1_500 + "= 1",
    "hats": r"\hat{" * 2_500 + "a" + "}" * 2_500 + "= 1",
    "fonts": r"\mathbf{" * 2_000 + "a" + "}" * 2_000 + "= 1",
    "powers": "a^{" * 5_000 + "a" + "}" * 5_000 + "= 1",
    "subscripts": "a_{" * 5_000 + "a" + "}" * 5_000 + "= 1",
    "functions": r"\log " * 3_000 + "a = 1",
    "sums": r"\sum_{i=1}^{n} " * 1_000 + "a = 1",
    "signs": "-" * 15_000 + "a = 1",
    "primes": "a" + "'" * 15_000 + " = 1",
    "relations": "a = " * 4_900 + "a",
    "implications": r"a = 1 \implies " * 1_000 + "a = 1",
    "environments": r"\begin{cases}" * 1_000 + "a" + r"\end{cases}" * 1_000,
    "rows": r"\begin{aligned}" + r"a &= 1 \\ " * 1_500 + r"\end{aligned}",
    "no end": r"\begin{aligned} a &= 1",
    "huge number": "9" * 5_000 + " = a",
    "huge power": "10^{10^{10^{10}}} = a",
    "huge factorial": "(10^9)!!! = a",
    "dots": "a + " * 2_000 + r"\dots + a = 1",
    "commas": "f(" + "a," * 7_000 + "a) = 1",
    "derivatives": r"\frac{\partial}{\partial a}" * 500 + "a = 1",
    "slashes": "∂a/" * 4_000,
    "unknown": r"\foo\bar = 1",
    "empty": " ",
    "backslash": "\\",
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS.keys())
def test_formulas(formula: str) -> None:
    """Each line is a statement of bounded size or a Problem, within a second."""
    start = process_time()
    document = read_document(f"We have $${formula}$$ and so on.")
    reader = Reader(SCOPE)
    for line in lines(document, document.formulas)[:50]:
        try:
            reader.readings(line)
        except Problem as problem:
            assert problem.place is not None
    assert process_time() - start < 1.5


@pytest.mark.parametrize(
    "text",
    [
        "$" * 100_000,
        "$$" * 50_000 + "a",
        "`" * 100_000,
        "\n\n" * 100_000,
        "answer:" * 50_000,
        "# " * 100_000,
        "\\(" * 100_000,
        "\\begin{align}" * 20_000,
        "```\n" * 30_000,
        "1.1.1" * 50_000,
        "$a$ " * 30_000,
        "<!--" * 50_000,
        "- " * 100_000 + "answer",
        "(a) " * 50_000,
        "a\n" * 100_000,
        "** " * 100_000,
    ],
)
def test_documents(text: str) -> None:
    """Splitting takes time in proportion to the length, or little more."""
    start = process_time()
    read_document(text)
    assert process_time() - start < 2


def test_size() -> None:
    with pytest.raises(Problem, match="the limit is"):
        read_document("a" * 4_000_001)
