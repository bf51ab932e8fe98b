"""Σ c x^m exp(a·x) in free quantities x.

Expectations under the normal law, integrals of polynomials and statements for all real x are
read off the terms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from symproof.evaluation.expansion import Expansion
from symproof.evaluation.failures import TooCostly, Unknown

if TYPE_CHECKING:
    from symproof.evaluation.arithmetic import Arithmetic

Number = Any
Generator = tuple[Any, ...]  # the name of a free quantity and the place of an entry
MAX_TERMS = 2000
Powers = tuple[tuple[Generator, Any], ...]


class ExpPolynomial:
    """Σ c x^m exp(a·x): terms (c, m, a), with m and a sorted by the free quantities x."""

    __slots__ = ("A", "terms")

    def __init__(self, A: Arithmetic, terms: list[tuple[Number, Powers, Powers]]) -> None:
        merged: dict[Powers, Number] = {}
        rest = []
        for c, mono, rate in terms:
            if rate:
                rest.append((c, mono, rate))
            else:
                merged[mono] = merged[mono] + c if mono in merged else c
        self.A = A
        self.terms = [(c, m, ()) for m, c in merged.items() if not A.vanishes(c)] + rest
        if len(self.terms) > MAX_TERMS:
            raise TooCostly("too many terms")

    @staticmethod
    def free(A: Arithmetic, x: Generator) -> ExpPolynomial:
        return ExpPolynomial(A, [(A.one, ((x, 1),), ())])

    def constant(self) -> Number:
        """The plain number it is; raises where it moves."""
        if not self.terms:
            return self.A.zero
        if len(self.terms) == 1 and not self.terms[0][1] and not self.terms[0][2]:
            return self.terms[0][0]
        raise Unknown("depends on a free quantity")

    def _terms(self, x: Number) -> list[tuple[Number, Powers, Powers]]:
        return x.terms if isinstance(x, ExpPolynomial) else [(x, (), ())]

    def __add__(self, other: Number) -> Number:
        if isinstance(other, Expansion):
            return NotImplemented
        return ExpPolynomial(self.A, self.terms + self._terms(other))

    def __neg__(self) -> ExpPolynomial:
        return ExpPolynomial(self.A, [(-c, m, a) for c, m, a in self.terms])

    def __sub__(self, other: Number) -> Number:
        return self + (-other) if not isinstance(other, Expansion) else NotImplemented

    def __rsub__(self, other: Number) -> Number:
        return -self + other

    def __mul__(self, other: Number) -> Number:
        if isinstance(other, Expansion):
            return NotImplemented
        others = self._terms(other)
        self.A.spend(len(self.terms) * len(others))
        return ExpPolynomial(
            self.A,
            [(self.A.bounded(c * d), self._merge(m, n), self._merge(a, b))
             for c, m, a in self.terms for d, n, b in others],
        )  # fmt: skip

    __radd__ = __add__
    __rmul__ = __mul__

    def _merge(self, m: Powers, n: Powers) -> Powers:
        if not m or not n:
            return m or n
        total = dict(m)
        for x, k in n:
            total[x] = total[x] + k if x in total else k
        return tuple(sorted((p for p in total.items() if not self.A.vanishes(p[1])), key=lambda p: p[0]))

    def reciprocal(self) -> ExpPolynomial:
        """1 over c exp(a·x); other denominators may vanish."""
        if len(self.terms) == 1 and not self.terms[0][1]:
            c, _, rate = self.terms[0]
            return ExpPolynomial(
                self.A, [(self.A.divide(self.A.one, c), (), tuple((x, -a) for x, a in rate))]
            )
        return ExpPolynomial(self.A, [(self.A.divide(self.A.one, self.constant()), (), ())])

    def exp(self) -> ExpPolynomial:
        """exp of what is affine in the free quantities."""
        shift, rate = self.A.zero, []
        for c, mono, a in self.terms:
            if a or len(mono) > 1 or (mono and mono[0][1] != 1):
                raise Unknown("exp of something that is not affine")
            if mono:
                rate.append((mono[0][0], c))
            else:
                shift = c
        return ExpPolynomial(
            self.A, [(self.A.call("exp", shift), (), tuple(sorted(rate, key=lambda p: p[0])))]
        )
