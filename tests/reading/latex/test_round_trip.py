"""What symproof prints as LaTeX, it reads back as the same term, or not at all."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random
from typing import Any

from symproof.reading.latex import Vocabulary, parse_latex
from symproof.reading.problems import Problem, Source
from symproof.terms.build import Mistyped
from symproof.terms.latex import latex
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import Scalar
from tests.reading.grown import Grower, scope

SCOPE = scope()
VOCABULARY = Vocabulary(SCOPE.types, SCOPE.kinds, symbols=SCOPE.symbols)


class Letters(Grower):
    """Terms whose bound names are single letters."""

    def fresh(self) -> str:
        return str(self.pick("i", "j", "t", "u", "l", "ξ"))


def settled(term: Term) -> Any:
    """The term without what LaTeX does not show.

    Numbers may stand anywhere in a product of arrays, 1/2 is a number or a quotient, an array has
    several indices or one after the other, `1` may be written as a row or be transposed.
    """
    args = term.args
    if term.op in ("mul", "scale", "matmul"):
        numbers, arrays = _factors(term)
        return "product", tuple(numbers), tuple(arrays)
    if term.op == "div" and all(arg.op == "num" for arg in args) and args[1].data:
        return "num", Fraction(args[0].data) / Fraction(args[1].data)  # type: ignore[arg-type]
    if term.op == "neg" and args[0].op == "num":
        return "num", -Fraction(args[0].data)  # type: ignore[arg-type]
    if term.op == "num":
        return "num", term.data
    if term.op == "index":
        inner = settled(args[0])
        rest = tuple(settled(arg) for arg in args[1:])
        return ("index", inner[1], inner[2] + rest) if inner[0] == "index" else ("index", inner, rest)
    if term.op == "transpose" and args[0].op in ("ones", "zeros") and len(args[0].args) == 1:
        return args[0].op, not args[0].data, tuple(settled(arg) for arg in args[0].args)
    if term.op in ("ones", "zeros"):
        return term.op, bool(term.data), tuple(settled(arg) for arg in args)
    if term.op == "and":
        parts = [part for arg in args for part in (arg.args if arg.op == "and" else (arg,))]
        return "and", None, tuple(settled(part) for part in parts)
    if term.op == "matpow" and args[1].op == "num" and args[1].data == -1:
        return "inverse", None, (settled(args[0]),)
    return term.op, term.data, tuple(settled(arg) for arg in args)


def _factors(term: Term) -> tuple[list[Any], list[Any]]:
    """The numbers of a product, sorted, and its arrays in their order, those of inner products too."""
    if term.op not in ("mul", "scale", "matmul"):
        return ([settled(term)], []) if isinstance(term.type, Scalar) else ([], [settled(term)])
    parts = [_factors(arg) for arg in term.args]
    numbers = [n for numbers, _ in parts for n in numbers]
    return sorted(numbers, key=str), [a for _, arrays in parts for a in arrays]


def sayable(term: Term) -> bool:
    """Does LaTeX show all of it?  Not the type of a parameter, nor that a constant has the derivative 0."""
    for node in term.walk():
        if node.op in ("lambda", "functions"):
            return False
        if node.op in ("diff", "grad", "jacobian", "hessian"):
            names = bound_names(node)
            if not any(inner.op == "sym" and inner.data in names for inner in node.args[0].walk()):
                return False
    return True


def test_what_is_printed() -> None:
    """Terms of all kinds; nearly all are read, and none differently."""
    count: Counter[str] = Counter()
    for seed in range(900):
        grower = Letters(Random(seed))
        try:
            term = grower.statement(3) if seed % 2 else grower.real(3)
        except Mistyped:
            continue
        if not sayable(term):
            continue
        text = latex(term)
        source = Source(text)
        try:
            found = SCOPE.elaborator(source).whole(parse_latex(source, VOCABULARY))
        except Problem:
            count["not read"] += 1
            continue
        count["read"] += 1
        same = found == term or settled(found) == settled(term) or latex(found) == text
        assert same, f"{text}\n{term}\n{found}"
    assert count["read"] > 50 * count["not read"]
