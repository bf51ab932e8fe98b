"""What may be put in where something is missing: small terms from around the place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from symproof.mutations.places import Scope
from symproof.terms.build import make, sym
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, Array, Function, Scalar, Type

_SMALL = 12
_DIGITS = 100

Ranks = dict[Term, tuple[bool, int]]


@dataclass(frozen=True)
class Candidate:
    """A term with the symbols it needs."""

    term: Term
    needs: tuple[tuple[str, Type], ...]

    def at_home(self, scope: Scope) -> bool:
        """Does the term mean something in this scope?"""
        return all(scope.types.get(name) == type for name, type in self.needs)


@dataclass(frozen=True)
class Applied:
    """A function of one argument: exp, σ."""

    op: str
    data: object
    head: tuple[Term, ...]

    def to(self, term: Term) -> Term:
        return make(self.op, *self.head, term, data=self.data)


@dataclass(frozen=True)
class Pool:
    """Numbers, arrays and functions that occur in a statement or stand in its scope."""

    numbers: tuple[Candidate, ...]
    arrays: tuple[Candidate, ...]
    functions: tuple[Applied, ...]
    digits: tuple[Fraction, ...]  # whole numbers that are written somewhere

    @staticmethod
    def of(term: Term, around: Iterable[Term], scope: Scope, most: int) -> Pool:
        """At most so many of each: first what the term itself lacks, then the smallest."""
        own = set(term.walk())
        names = {*scope.types, *(name for node in own for name in bound_names(node))}
        numbers: Ranks = {}
        arrays: Ranks = {}
        functions: dict[Applied, None] = {}
        digits: dict[Fraction, None] = {Fraction(2): None}
        for node in (node for root in (term, *around) for node in root.walk()):
            if node.op in ("call", "apply") and len(node.args) - (node.op == "apply") == 1:
                functions.setdefault(Applied(node.op, node.data, node.args[:-1]))
            if node.op == "num":
                value: Fraction = node.data  # type: ignore[assignment]
                if value.denominator == 1 and 2 < value < _DIGITS:
                    digits.setdefault(value)
            elif isinstance(node.type, Scalar | Array) and node.op != "neg" and free_symbols(node) <= names:
                size = _size(node) + 2 * (node.type == INTEGER)
                if size <= _SMALL:
                    found = numbers if isinstance(node.type, Scalar) else arrays
                    found.setdefault(node, (node in own, size))
        for name, type in scope.types.items():
            symbol = sym(name, type)
            if isinstance(type, Scalar) and type != INTEGER:
                numbers.setdefault(symbol, (symbol in own, 1))
            elif isinstance(type, Array) and len(type.axes) == 2:
                arrays.setdefault(symbol, (symbol in own, 1))
            elif isinstance(type, Function) and len(type.params) == 1 and isinstance(type.params[0], Scalar):
                functions.setdefault(Applied("apply", None, (symbol,)))
        return Pool(
            _first(numbers, most), _first(arrays, most), tuple(functions)[:most], tuple(digits)[: most // 2]
        )


def _size(term: Term) -> int:
    size = 0
    for _ in term.walk():
        size += 1
        if size > _SMALL:
            break
    return size


def _first(found: Ranks, most: int) -> tuple[Candidate, ...]:
    return tuple(map(_candidate, sorted(found, key=lambda term: found[term])[:most]))


def _candidate(term: Term) -> Candidate:
    free = free_symbols(term)
    needs = {str(n.data): n.type for n in term.walk() if n.op == "sym" and n.data in free}
    return Candidate(term, tuple(needs.items()))
