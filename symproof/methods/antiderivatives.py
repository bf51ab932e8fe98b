"""Antiderivatives: a small table for sums of products, then sympy's rules.  The kernel differentiates what is found."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import normal
from symproof.kernel.derivative import derive
from symproof.kernel.elementary import logarithm
from symproof.kernel.lower import lower
from symproof.kernel.normal import E, Normal
from symproof.kernel.poly import (
    ONE,
    ZERO,
    Atom,
    Exponent,
    Mono,
    Poly,
    as_exponent,
    as_poly,
    coefficient_of,
    number,
    of_atom,
    of_mono,
    total,
)
from symproof.kernel.statement import Hypothesis, Statement
from symproof.methods.approach import FAILURES
from symproof.methods.raising import raise_poly
from symproof.methods.steps import Stuck
from symproof.terms.build import make
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import Scalar

MAX_POWER = 12


def antiderivatives(context: Context, body: Term, x: Term) -> Iterator[Term]:
    """Candidates for a function whose derivative is the body; `context` declares x and says where it lies."""
    try:
        nf = normal(context, ())
        yield raise_poly(nf, _Table(nf, str(x.data)).of(lower(nf, body)), {})
    except (Stuck, *FAILURES):
        pass
    for found in _from_sympy(context, body, x):
        yield found
        yield _with_sizes(found)


def factor_names(factor: tuple[Atom, Exponent]) -> frozenset[str]:
    """The symbols that a factor mentions."""
    atom, exponent = factor
    return atom.names | exponent.names if isinstance(exponent, Poly) else atom.names


class _Table:
    """Antiderivatives of sums of products, term by term."""

    def __init__(self, nf: Normal, name: str) -> None:
        self.nf, self.name = nf, name
        self.x = Atom("sym", name)

    def of(self, poly: Poly) -> Poly:
        """Raises Stuck."""
        found = []
        for mono, coeff in poly.terms.items():
            outside, inside = ONE, []
            for factor in mono:
                if self.name in factor_names(factor):
                    inside.append(factor)
                else:
                    outside = self.nf.times(outside, self.nf.reduce((factor,)))
            found.append(self.nf.times(outside, self._term(tuple(inside))).scale(coeff))
        return total(found)

    def _term(self, mono: Mono) -> Poly:
        if not mono:
            return of_atom(self.x)
        if len(mono) == 1:
            return self._factor(*mono[0])
        powers = [e for a, e in mono if a == self.x]
        if len(mono) == 2 and powers:
            other = next(f for f in mono if f[0] != self.x)
            return self._with_power(powers[0], *other)
        raise Stuck("not in the table")

    def _power(self, base: Poly, exponent: Exponent, slope: Poly) -> Poly:
        """∫ u^p = u^(p + 1) / (p + 1), ∫ 1/u = log |u|, for u of constant slope."""
        nf = self.nf
        if exponent == -1:
            value = logarithm(nf, nf.absolute(base))
        else:
            more = as_poly(exponent) + ONE
            value = nf.times(nf.power(base, as_exponent(more)), nf.power(more, -1))
        return nf.times(value, nf.power(slope, -1))

    def _slope(self, poly: Poly) -> Poly:
        """The slope of a polynomial of degree 1."""
        parts = coefficient_of(poly, self.x)
        if parts is None or not parts[0] or self.name in parts[0].names or self.name in parts[1].names:
            raise Stuck("not linear")
        return parts[0]

    def _factor(self, atom: Atom, exponent: Exponent) -> Poly:
        nf = self.nf
        if atom == self.x:
            return self._power(of_atom(atom), exponent, ONE)
        if atom.kind == "pow" and not (isinstance(exponent, Poly) and self.name in exponent.names):
            base: Poly = atom.parts[0]  # type: ignore[assignment]
            try:
                return self._power(base, exponent, self._slope(base))
            except Stuck:
                return self._quadratic(base, exponent)
        if self.name not in atom.names:  # c^(a x + b)
            rate = ONE if atom == E else logarithm(nf, of_atom(atom))
            slope = nf.times(rate, self._slope(as_poly(exponent)))
            return nf.times(of_mono(((atom, exponent),)), nf.power(slope, -1))
        if exponent == 1 and atom.kind == "fun" and atom.parts[0] in ("sin", "cos"):
            inner: Poly = atom.parts[1]  # type: ignore[assignment]
            other = of_atom(Atom("fun", "cos" if atom.parts[0] == "sin" else "sin", inner))
            signed = -other if atom.parts[0] == "sin" else other
            return nf.times(signed, nf.power(self._slope(inner), -1))
        if exponent == 1 and atom == Atom("fun", "log", of_atom(self.x)):
            return nf.times(of_atom(self.x), of_atom(atom) - ONE)
        raise Stuck("not in the table")

    def _quadratic(self, base: Poly, exponent: Exponent) -> Poly:
        """∫ 1/(x² + c²) and ∫ 1/√(c² − x²), with a rational c."""
        nf = self.nf
        from symproof.kernel import atoms

        square = nf.power(of_atom(self.x), 2)
        for sign, power, name in ((1, -1, "atan"), (-1, Fraction(-1, 2), "asin")):
            rest = (base - square.scale(sign)).constant()
            lead = base.terms.get(((self.x, 2),))
            if exponent == power and rest is not None and rest > 0 and lead == sign:
                c = nf.power(number(rest), Fraction(1, 2))
                value = atoms.apply(nf, name, (nf.times(of_atom(self.x), nf.power(c, -1)),))
                return nf.times(value, nf.power(c, -1)) if name == "atan" else value
        raise Stuck("not in the table")

    def _with_power(self, power: Exponent, atom: Atom, exponent: Exponent) -> Poly:
        """x^k times something, by parts; x^p log x."""
        nf = self.nf
        if atom == Atom("fun", "log", of_atom(self.x)) and exponent == 1:
            more = as_poly(power) + ONE
            inverse = nf.power(more, -1)
            return nf.product(nf.power(of_atom(self.x), as_exponent(more)), inverse, of_atom(atom) - inverse)
        if not isinstance(power, int) or not 0 < power <= MAX_POWER:
            raise Stuck("not in the table")
        result, sign, steps = ZERO, 1, nf.power(of_atom(self.x), power)
        integrated = of_mono(((atom, exponent),))
        while steps:
            integrated = self.of(integrated)
            result = result + nf.times(steps, integrated).scale(sign)
            steps, sign = derive(nf, steps, self.name, ()), -sign
        return result


# --- sympy ------------------------------------------------------------------------------------


def _from_sympy(context: Context, body: Term, x: Term) -> Iterator[Term]:
    """What sympy's rules for integration by hand give."""
    from sympy.integrals.manualintegrate import manualintegrate

    from symproof.methods.sympy_bridge import Bridge
    from symproof.methods.sympy_reader import Untranslatable

    facts = tuple(Hypothesis(name, fact) for name, fact in context.facts.items())
    symbols = tuple(s for s in context.symbols.values() if isinstance(s.type, Scalar))
    bridge = Bridge(Statement(symbols, tuple(context.definitions.values()), facts, make("eq", x, x)))
    try:
        found = manualintegrate(bridge.to(body), bridge.to(x))
        yield bridge.back(_first_case(found))
    except (Untranslatable, NotImplementedError, AttributeError, TypeError, *FAILURES):
        return


def _first_case(expression: Any) -> Any:
    """The first of the values that sympy tells apart, which is the one for general parameters."""
    import sympy

    return expression.replace(
        lambda part: isinstance(part, sympy.Piecewise), lambda part: part.args[0][0]
    )


def _with_sizes(term: Term) -> Term:
    """log |u| for log u."""
    if not term.args or term.op in BINDERS:
        return term
    args = tuple(map(_with_sizes, term.args))
    if term.op == "call" and term.data == "log":
        args = (make("call", *args, data="abs"),)
    return make(term.op, *args, data=term.data)
