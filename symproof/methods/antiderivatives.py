"""Antiderivatives: a table for sums of products, then sympy's rules; the kernel derives what is found."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, cast

from symproof.kernel import atoms
from symproof.kernel.angles import product_of_waves
from symproof.kernel.context import Context
from symproof.kernel.decide import normal
from symproof.kernel.derivative import derive
from symproof.kernel.elementary import exponential, logarithm
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ONE,
    PI,
    ZERO,
    Atom,
    E,
    Exponent,
    Mono,
    Poly,
    as_exponent,
    as_poly,
    merge,
    mono_of,
    number,
    of_atom,
    of_mono,
    total,
)
from symproof.kernel.statement import Definition, Hypothesis, Statement, Symbol
from symproof.methods.approach import FAILURES
from symproof.methods.raising import raise_poly
from symproof.methods.steps import Stuck
from symproof.terms.build import make, num, sym
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import REAL, Scalar

MAX_POWER = 12
LATE = ("log", "atan", "asin", "erf")  # what is derived in an integration by parts


def antiderivatives(context: Context, body: Term, x: Term) -> Iterator[Term]:
    """Candidates for a function whose derivative is the body; `context` declares x and says where it lies."""
    circular = any(node.data in ("sin", "cos", "tan") for node in body.walk() if node.op == "call")
    for angles in (True, False) if circular else (False,):
        try:
            nf = normal(context, (), angles)
            yield raise_poly(nf, _Table(nf, str(x.data)).of(lower(nf, body)), {})
        except (Stuck, *FAILURES):
            continue
    for found in _from_sympy(context, body, x):
        yield found
        yield _with_sizes(found)


def factor_names(factor: tuple[Atom, Exponent]) -> frozenset[str]:
    """The symbols that a factor mentions."""
    atom, exponent = factor
    return atom.names | exponent.names if isinstance(exponent, Poly) else atom.names


def polynomial_root(poly: Poly, x: Atom, m: int) -> Poly | None:
    """The m-th root of a polynomial in x with rational coefficients and leading coefficient 1."""
    coefficients: dict[int, Fraction] = {}
    for mono, coeff in poly.terms.items():
        degree = mono[0][1] if len(mono) == 1 and mono[0][0] == x else 0 if not mono else None
        if not isinstance(degree, int):
            return None
        coefficients[degree] = Fraction(coeff)
    top = max(coefficients)
    if top % m or not top or coefficients[top] != 1:
        return None
    root = {top // m: Fraction(1)}
    for low in range(1, top // m + 1):
        power = {0: Fraction(1)}
        for _ in range(m):
            product: dict[int, Fraction] = {}
            for i, a in power.items():
                for j, b in root.items():
                    product[i + j] = product.get(i + j, Fraction(0)) + a * b
            power = product
        gap = coefficients.get(top - low, Fraction(0)) - power.get(top - low, Fraction(0))
        root[top // m - low] = gap / m
    found = total(of_mono(((x, k),) if k else (), c) for k, c in root.items() if c)
    whole = functools.reduce(_multiplied, [found] * m)
    return found if whole == poly and len(found.terms) > 1 else None


def _multiplied(left: Poly, right: Poly) -> Poly:
    return total(of_mono(merge(m, n), c * d) for m, c in left.terms.items() for n, d in right.terms.items())


class _Table:
    """Antiderivatives of sums of products, term by term."""

    def __init__(self, nf: Normal, name: str) -> None:
        self.nf, self.name = nf, name
        self.x = Atom("sym", name)

    def of(self, poly: Poly) -> Poly:
        """Raises Stuck."""
        whole = self._as_chain(poly) if len(poly.terms) > 1 else None
        if whole is None and any(a.kind == "pow" for m in poly.terms for a, _ in m):
            whole = self._of_exponential(poly)
        if whole is not None:
            return whole
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

    def _derived(self, poly: Poly) -> Poly:
        return derive(self.nf, poly, self.name, ())

    def _term(self, mono: Mono) -> Poly:
        nf = self.nf
        if not mono:
            return of_atom(self.x)
        mono = mono_of(self._unpowered(a, e) for a, e in mono)
        for k, factor in enumerate(mono):
            for inner, value in self._inner(*factor):
                slope = self._derived(inner)
                rest = of_mono(mono[:k] + mono[k + 1 :])
                ratio = nf.times(rest, nf.power(slope, -1)) if slope else rest
                if slope and self.name not in ratio.names:
                    return nf.times(ratio, value)
        for way in (self._quadratic, self._by_parts, self._wave, self._waves):
            found = way(mono)
            if found is not None:
                return found
        raise Stuck("not in the table")

    def _unpowered(self, atom: Atom, exponent: Exponent) -> tuple[Atom, Exponent]:
        """A power of a polynomial that is itself a square or cube, as a power of the root."""
        if atom.kind == "pow" and isinstance(exponent, int):
            for m in (2, 3):
                root = polynomial_root(cast(Poly, atom.parts[0]), self.x, m)
                if root is not None:
                    return self._unpowered(Atom("pow", root), exponent * m)
        return atom, exponent

    def _as_chain(self, poly: Poly) -> Poly | None:
        """c u' g(u), where the product was multiplied out."""
        first = next(iter(poly.terms))
        for factor in first:
            if self.name in factor_names(factor):
                for inner, value in self._inner(*factor):
                    target = self.nf.times(self._derived(inner), of_mono((factor,)))
                    scale = target.terms.get(first)
                    if scale is not None and len(target.terms) == len(poly.terms):
                        c = Fraction(poly.terms[first]) / scale
                        if not poly - target.scale(c):
                            return value.scale(c)
        return None

    def _of_exponential(self, poly: Poly) -> Poly | None:
        """∫ R(e^(c x)) dx = ∫ R(u)/(c u) du."""
        u = f"{self.name}_exp"
        context = self.nf.context.with_symbol(Symbol(u, REAL))
        context = context.with_fact(f"{u} > 0", make("gt", sym(u, REAL), num(0)))
        nf, rates = normal(context, ()), set[Fraction]()
        _rates(poly, self.x, rates)
        if not rates or u in self.nf.context.symbols:
            return None
        step = Fraction(1, math.lcm(*(r.denominator for r in rates)))
        step *= math.gcd(*(int(r / step) for r in rates))
        there = _in_exponential(nf, poly, self.x, Atom("sym", u), step)
        if self.name in there.names:
            return None
        found = _Table(nf, u).of(nf.times(there, nf.power(of_atom(Atom("sym", u)).scale(step), -1)))
        back = exponential(self.nf, of_atom(self.x).scale(step))
        return self.nf.replace(found, {Atom("sym", u): back})

    def _inner(self, atom: Atom, exponent: Exponent) -> Iterator[tuple[Poly, Poly]]:
        """(u, G(u)) for ways to read a factor as g(u) with an antiderivative G of g."""
        nf = self.nf
        if isinstance(exponent, Poly) and self.name in exponent.names:
            if self.name not in atom.names:
                rate = ONE if atom == E else logarithm(nf, of_atom(atom))
                yield exponent, nf.times(of_mono(((atom, exponent),)), nf.power(rate, -1))
            return
        u: Poly = atom.parts[0] if atom.kind == "pow" else of_atom(atom)  # type: ignore[assignment]
        if exponent == -1:
            yield u, logarithm(nf, nf.absolute(u))
        else:
            more = as_poly(exponent) + ONE
            yield u, nf.times(nf.power(u, as_exponent(more)), nf.power(more, -1))
        if exponent == 1 and atom.kind == "fun" and isinstance(atom.parts[-1], Poly):
            inner = atom.parts[-1]
            value = self._function(str(atom.parts[0]), inner)
            if value is not None:
                yield inner, value

    def _function(self, name: str, u: Poly) -> Poly | None:
        """An antiderivative in u of a function of u."""
        nf = self.nf

        def call(name: str) -> Poly:
            return atoms.apply(nf, name, (u,))

        if name.endswith("'"):
            return atoms.made(nf, Atom("fun", name[:-1], u))
        square = nf.times(u, u)
        if name == "sin":
            return -call("cos")
        if name == "cos":
            return call("sin")
        if name == "tan":
            return -logarithm(nf, nf.absolute(call("cos")))
        if name == "log":
            return nf.times(u, call("log") - ONE)
        if name == "atan":
            return nf.times(u, call("atan")) - logarithm(nf, ONE + square).scale(Fraction(1, 2))
        if name == "asin":
            return nf.times(u, call("asin")) + nf.power(ONE - square, Fraction(1, 2))
        if name == "erf":
            bell = nf.times(exponential(nf, -square), nf.power(of_atom(PI), Fraction(-1, 2)))
            return nf.times(u, call("erf")) + bell
        return None

    def _quadratic(self, mono: Mono) -> Poly | None:
        """∫ 1/(x² + c²) and ∫ 1/√(c² − x²), with a rational c."""
        nf = self.nf
        if len(mono) != 1 or mono[0][0].kind != "pow":
            return None
        base: Poly = mono[0][0].parts[0]  # type: ignore[assignment]
        square = nf.power(of_atom(self.x), 2)
        for sign, power, name in ((1, -1, "atan"), (-1, Fraction(-1, 2), "asin")):
            rest = (base - square.scale(sign)).constant()
            if mono[0][1] == power and rest is not None and rest > 0:
                c = nf.power(number(rest), Fraction(1, 2))
                value = atoms.apply(nf, name, (nf.times(of_atom(self.x), nf.power(c, -1)),))
                return nf.times(value, nf.power(c, -1)) if name == "atan" else value
        return None

    def _by_parts(self, mono: Mono) -> Poly | None:
        """x^p times a logarithm or inverse function; x^k times waves and exponentials, or by a polynomial."""
        nf = self.nf
        power = next((e for a, e in mono if a == self.x), None)
        rest = tuple(f for f in mono if f[0] != self.x)
        if power is None or not rest:
            return None
        atom, exponent = rest[0]
        if len(rest) == 1 and atom.kind == "fun" and atom.parts[0] in LATE:
            more = as_poly(power) + ONE
            primitive = nf.times(nf.power(of_atom(self.x), as_exponent(more)), nf.power(more, -1))
            left = nf.times(primitive, self._derived(of_mono(rest)))
            return nf.times(primitive, of_mono(rest)) - self.of(left)
        if not isinstance(power, int) or not 0 < power <= MAX_POWER:
            return None
        if len(rest) == 1 and atom.kind == "pow" and isinstance(exponent, int) and exponent < 0:
            return self._reduced(power, atom, exponent)
        if any(a.kind == "pow" or a.kind == "fun" and a.parts[0] not in ("sin", "cos") for a, _ in rest):
            return None
        result, sign, steps = ZERO, 1, nf.power(of_atom(self.x), power)
        integrated = of_mono(rest)
        while steps:
            integrated = self.of(integrated)
            result = result + nf.times(steps, integrated).scale(sign)
            steps, sign = self._derived(steps), -sign
        return result

    def _reduced(self, power: int, atom: Atom, exponent: int) -> Poly | None:
        """x^k / B^m with a polynomial B of degree at most k: x^d is B and less, divided by a number."""
        base: Poly = atom.parts[0]  # type: ignore[assignment]
        degrees = {next((e for a, e in m if a == self.x), 0): m for m in base.terms}
        if not all(isinstance(d, int) for d in degrees):
            return None
        degree = max(degrees)  # type: ignore[type-var]
        lead = base.terms[degrees[degree]]
        if not isinstance(degree, int) or degree > power or degrees[degree] != ((self.x, degree),):
            return None
        less = of_mono(((self.x, degree),)) - base.scale(1 / Fraction(lead))
        divided = of_mono(((atom, exponent + 1),)) if exponent < -1 else ONE
        whole = divided.scale(1 / Fraction(lead)) + self.nf.times(less, of_mono(((atom, exponent),)))
        return self.of(self.nf.times(of_mono(((self.x, power - degree),)) if power > degree else ONE, whole))

    def _wave(self, mono: Mono) -> Poly | None:
        """∫ e^(a x + c) cos(b x + d) and the same with a sine."""
        nf = self.nf
        found = {a if a == E else a.kind: (a, e) for a, e in mono}
        if len(mono) != 2 or E not in found or "fun" not in found:
            return None
        (atom, one), (_, exponent) = found["fun"], found[E]
        if one != 1 or atom.parts[0] not in ("sin", "cos"):
            return None
        wave = of_atom(atom)
        a, slope = self._derived(as_poly(exponent)), self._derived(wave)
        b = self._derived(atom.parts[1])  # type: ignore[arg-type]
        if self.name in a.names or self.name in b.names:
            return None
        size = nf.power(nf.times(a, a) + nf.times(b, b), -1)
        return nf.product(of_mono(((E, exponent),)), nf.times(a, wave) - slope, size)

    def _waves(self, mono: Mono) -> Poly | None:
        """∫ cos a cos b and the like, as half a sum."""
        pair = [a for a, e in mono if a.kind == "fun" and a.parts[0] in ("sin", "cos") and e == 1][:2]
        if len(pair) < 2 or self.nf.angles:
            return None
        rest = of_mono(tuple(f for f in mono if f[0] not in pair))
        both = product_of_waves(self.nf, *sorted(pair, key=lambda a: a.parts[0] != "cos"))
        return self.of(self.nf.times(rest, both))


def _rates(poly: Poly, x: Atom, found: set[Fraction]) -> None:
    """The numbers c of the exponentials e^(c x + …)."""
    for mono in poly.terms:
        for atom, exponent in mono:
            if atom == E and isinstance(exponent, Poly) and ((x, 1),) in exponent.terms:
                found.add(Fraction(exponent.terms[((x, 1),)]))
            elif atom.kind == "pow":
                _rates(cast(Poly, atom.parts[0]), x, found)


def _in_exponential(nf: Normal, poly: Poly, x: Atom, u: Atom, step: Fraction) -> Poly:
    """The polynomial with u^(c/step) for e^(c x)."""
    result = []
    for mono, coeff in poly.terms.items():
        made = number(coeff)
        for atom, exponent in mono:
            if atom == E and isinstance(exponent, Poly) and ((x, 1),) in exponent.terms:
                rate = exponent.terms[((x, 1),)]
                rest = exponent - of_mono(((x, 1),), rate)
                made = nf.product(made, exponential(nf, rest), nf.power(of_atom(u), int(rate / step)))
            elif atom.kind == "pow":
                inner = _in_exponential(nf, cast(Poly, atom.parts[0]), x, u, step)
                made = nf.times(made, nf.power(inner, exponent))
            else:
                made = nf.times(made, of_mono(((atom, exponent),)))
        result.append(made)
    return total(result)


# --- sympy ------------------------------------------------------------------------------------


def _from_sympy(context: Context, body: Term, x: Term) -> Iterator[Term]:
    """What sympy's rules for integration by hand give."""
    symbols = tuple(s for s in context.symbols.values() if isinstance(s.type, Scalar))
    facts = tuple(Hypothesis(name, fact) for name, fact in context.facts.items())
    found = _by_hand(symbols, tuple(context.definitions.values()), facts, body, x)
    if found is not None:
        yield found


@functools.lru_cache(maxsize=64)
def _by_hand(
    symbols: tuple[Symbol, ...],
    definitions: tuple[Definition, ...],
    facts: tuple[Hypothesis, ...],
    body: Term,
    x: Term,
) -> Term | None:
    from sympy.integrals.manualintegrate import manualintegrate

    from symproof.methods.sympy_bridge import Bridge
    from symproof.methods.sympy_reader import Untranslatable

    bridge = Bridge(Statement(symbols, definitions, facts, make("eq", x, x)))
    try:
        return bridge.back(_first_case(manualintegrate(bridge.to(body), bridge.to(x))))
    except (Untranslatable, NotImplementedError, AttributeError, TypeError, *FAILURES):
        return None


def _first_case(expression: Any) -> Any:
    """The first of the values that sympy tells apart, which is the one for general parameters."""
    import sympy

    return expression.replace(lambda part: isinstance(part, sympy.Piecewise), lambda part: part.args[0][0])


def _with_sizes(term: Term) -> Term:
    """log |u| for log u."""
    if not term.args or term.op in BINDERS:
        return term
    args = tuple(map(_with_sizes, term.args))
    if term.op == "call" and term.data == "log":
        args = (make("call", *args, data="abs"),)
    return make(term.op, *args, data=term.data)
