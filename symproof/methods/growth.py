"""Orders of growth at infinity: sums of powers, exponentials and logarithms, divided by the largest."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from symproof.kernel import signs
from symproof.kernel.decide import normal
from symproof.kernel.elementary import logarithm
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ONE,
    ZERO,
    Atom,
    E,
    Exponent,
    Mono,
    Poly,
    as_exponent,
    as_poly,
    coefficient_of,
    merge,
    number,
    of_atom,
    of_mono,
    total,
)
from symproof.kernel.statement import Symbol
from symproof.methods.approach import Approach
from symproof.methods.limits import combined, value
from symproof.methods.raising import raise_poly
from symproof.methods.steps import Steps, Stuck, function, unused
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import REAL


@dataclass(frozen=True)
class Size:
    """c x^p e^q log(x)^r with a polynomial q in x, and b^x with a number b for sequences."""

    c: Poly
    p: Poly
    q: Poly
    r: Poly
    b: Poly

    def over(self, nf: Normal, other: Size) -> Size:
        """The quotient."""
        return Size(
            nf.times(self.c, nf.power(other.c, -1)),
            self.p - other.p,
            self.q - other.q,
            self.r - other.r,
            nf.times(self.b, nf.power(other.b, -1)),
        )

    def constant(self) -> bool:
        return not (self.p or self.q or self.r) and self.b == ONE


def dominated(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """Numerator and denominator divided by the largest term of the denominator."""
    near = approach.near(steps.context)
    nf = normal(near, ())
    above, below = _split(nf, lower(nf, body), str(approach.x.data))
    sizes = _Sizes(nf, approach)
    lead = largest(nf, sizes, below)
    if lead is None:
        raise Stuck("no largest term")
    inverse = nf.power(lead, -1)
    if below == lead:
        return _summed(steps, approach, body, [nf.times(p, inverse) for p in _terms(above)], sizes)
    top, bottom = (nf.times(poly, inverse) for poly in (above, below))
    upper, lower_ = (raise_poly(nf, poly, {}) for poly in (top, bottom))
    s = _summed(steps, approach, upper, _terms(top), sizes)
    t = _summed(steps, approach, lower_, _terms(bottom), sizes)
    return combined(steps, approach, "quotient", (body, upper, lower_), s, t)


def largest(nf: Normal, sizes: _Sizes, poly: Poly) -> Poly | None:
    """The term of a sum beside which the others vanish."""
    found = [(term, sizes.of(term)) for term in _terms(poly)]
    for term, size in found:
        if all(other is size or sizes.vanishes(other.over(nf, size)) for _, other in found):
            return term
    return None


def unwrapped(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """log u = log L + log(u/L) and u^c = L^c (u/L)^c, where L is the largest term of a sum u."""
    near = approach.near(steps.context)
    nf = normal(near, ())
    sizes = _Sizes(nf, approach)
    inside: dict[str, Term] = {}
    context = near

    def replaced(term: Term) -> Term:
        nonlocal context
        if term.data == "softplus":
            term = make("call", make("add", num(1), make("call", *term.args, data="exp")), data="log")
        wrapped = term.op == "pow" and term.args[1].op == "num" or term.data in ("log", "sqrt")
        if wrapped and term.args[0].op == "add" and str(approach.x.data) in free_symbols(term.args[0]):
            poly = lower(nf, term.args[0])
            lead = largest(nf, sizes, poly) if len(poly.terms) > 1 else None
            if lead is not None and lead.constant() is None:
                rest = raise_poly(nf, nf.times(poly, nf.power(lead, -1)), {})
                name = unused(f"w{len(inside)}", body, *inside.values())
                inside[name] = make(term.op, rest, *term.args[1:], data=term.data)
                context = context.with_symbol(Symbol(name, REAL))
                outer = make(term.op, raise_poly(nf, lead, {}), *term.args[1:], data=term.data)
                return make("add" if term.data == "log" else "mul", outer, sym(name, REAL))
        if not term.args or term.op in BINDERS:
            return term
        return make(term.op, *map(replaced, term.args), data=term.data)

    changed = replaced(body)
    if not inside:
        raise Stuck("no sum under a logarithm or root")
    other = normal(context, ())
    plain = raise_poly(other, lower(other, changed), {})
    result = substitute(plain, inside)
    s = value(steps, approach, result, depth + 1)
    functions = {"f": function(body, approach.x), "g": function(result, approach.x)}
    return steps.use(f"{approach.kind}-same", approach.values(**functions, s=s)).args[1]


def _split(nf: Normal, poly: Poly, name: str) -> tuple[Poly, Poly]:
    """Numerator and denominator; only sums with several terms are cleared."""
    clear: dict[Atom, int] = {}
    for mono in poly.terms:
        for atom, exponent in mono:
            if atom.kind == "pow" and name in atom.names and isinstance(exponent, int) and exponent < 0:
                clear[atom] = max(clear.get(atom, 0), -exponent)
    factor: Mono = tuple(sorted(clear.items(), key=lambda item: item[0].key))
    above = total(nf.reduce(merge(mono, factor)).scale(coeff) for mono, coeff in poly.terms.items())
    return above, nf.reduce(factor)


def _terms(poly: Poly) -> list[Poly]:
    return [of_mono(mono, coeff) for mono, coeff in poly.terms.items()]


class _Sizes:
    """Reads terms as sizes and compares them."""

    def __init__(self, nf: Normal, approach: Approach) -> None:
        self.nf, self.approach = nf, approach
        self.x = Atom("sym", str(approach.x.data))

    def of(self, poly: Poly) -> Size:
        """A term as a size; raises Stuck."""
        ((mono, coeff),) = poly.terms.items()
        size = Size(number(coeff), ZERO, ZERO, ZERO, ONE)
        for atom, exponent in mono:
            size = self._with(size, atom, exponent)
        return size

    def _with(self, size: Size, atom: Atom, exponent: Exponent) -> Size:
        nf, name = self.nf, str(self.x.parts[0])
        moving = isinstance(exponent, Poly) and name in exponent.names
        if name not in atom.names and not moving:
            return replace(size, c=nf.times(size.c, nf.reduce(((atom, exponent),))))
        if not moving and atom == self.x:
            return replace(size, p=size.p + as_poly(exponent))
        if not moving and atom == Atom("fun", "log", of_atom(self.x)):
            return replace(size, r=size.r + as_poly(exponent))
        if name in atom.names or not moving:
            raise Stuck("no power, exponential or logarithm")
        power = as_poly(exponent)
        rest = Poly({m: c for m, c in power.terms.items() if not any(a == self.x for a, _ in m)})
        if name in rest.names:
            raise Stuck("an exponent that is no polynomial")
        size = replace(size, c=nf.times(size.c, nf.power(of_atom(atom), as_exponent(rest))))
        parts = coefficient_of(power - rest, self.x)
        if self.approach.kind == "sequence":
            if parts is None:
                raise Stuck("an exponent that is not linear")
            return replace(size, b=nf.times(size.b, nf.power(of_atom(atom), as_exponent(parts[0]))))
        base = ONE if atom == E else logarithm(nf, of_atom(atom))
        return replace(size, q=size.q + nf.times(base, power - rest))

    def vanishes(self, size: Size) -> bool:
        """Does it tend to 0?"""
        if self.approach.kind == "sequence" and size.b != ONE:
            return self._sign(size.b - ONE) == -1 and self._sign(size.b + ONE) == 1
        for exponent in (self.leading(size.q)[0], size.p, size.r):
            sign = self._sign(exponent)
            if sign != 0:
                return sign == -1
        return False

    def leading(self, poly: Poly) -> tuple[Poly, Exponent]:
        """The leading coefficient of a polynomial in x, and its degree."""
        found: dict[Exponent, Poly] = {}
        for mono, coeff in poly.terms.items():
            degree = next((e for a, e in mono if a == self.x), 0)
            if isinstance(degree, Poly):
                raise Stuck("a degree that is no number")
            rest = of_mono(tuple(f for f in mono if f[0] != self.x), coeff)
            found[degree] = found.get(degree, ZERO) + rest
        if not found:
            return ZERO, 1
        degree = max(found, key=lambda e: Fraction(e))  # type: ignore[arg-type]
        return found[degree], degree

    def _sign(self, poly: Poly) -> int | None:
        if not poly:
            return 0
        guess = _approximate(poly)
        if guess is not None and abs(guess) > 1e-9:
            return 1 if guess > 0 else -1
        for sign in (1, -1):
            if signs.holds(self.nf, poly.scale(sign), "gt"):
                return sign
        return None


def _approximate(poly: Poly) -> float | None:
    """A number close to a constant; what it suggests is checked by the kernel."""
    result = 0.0
    for mono, coeff in poly.terms.items():
        term = float(coeff)
        for atom, exponent in mono:
            base = _atom(atom)
            if base is None or isinstance(exponent, Poly) or base < 0 or abs(Fraction(exponent)) > 100:
                return None
            term *= math.pow(base, float(exponent))
        result += term
    return result


def _atom(atom: Atom) -> float | None:
    if atom == E:
        return math.e
    if atom.kind == "base" and isinstance(atom.parts[0], int):
        return float(atom.parts[0])
    if atom.kind == "const":
        return math.pi if atom.parts[0] == "pi" else None
    if atom.kind == "fun" and atom.parts[0] == "log":
        inner = _approximate(atom.parts[1])  # type: ignore[arg-type]
        return math.log(inner) if inner is not None and inner > 0 else None
    return None


def _summed(steps: Steps, approach: Approach, body: Term, terms: Iterable[Poly], sizes: _Sizes) -> Term:
    """The limit of a sum of terms each of which is constant or tends to 0."""
    nf = sizes.nf
    still, parts = ZERO, []
    for poly in terms:
        size = sizes.of(poly)
        if size.constant():
            still = still + poly
        elif sizes.vanishes(size):
            parts.append((poly, size))
        else:
            raise Stuck("a term that does not tend to a number")
    if not parts:
        constant = raise_poly(nf, still, {})
        return steps.use(
            f"{approach.kind}-constant", approach.values(f=function(body, approach.x), s=constant)
        ).args[1]
    so_far: Poly | None = still or None
    found = value(steps, approach, raise_poly(nf, still, {})) if still else num(0)
    for k, (poly, size) in enumerate(parts):
        if so_far is None:
            so_far, found = poly, _null(steps, approach, body if len(parts) == 1 else None, poly, size, nf)
            continue
        last = k == len(parts) - 1
        term = _null(steps, approach, None, poly, size, nf)
        whole = so_far + poly
        target = body if last else raise_poly(nf, whole, {})
        bodies = target, raise_poly(nf, so_far, {}), raise_poly(nf, poly, {})
        found = combined(steps, approach, "sum", bodies, found, term)
        so_far = whole
    return found


def _null(steps: Steps, approach: Approach, body: Term | None, poly: Poly, size: Size, nf: Normal) -> Term:
    """The limit 0 of a term that is outgrown."""
    body = raise_poly(nf, poly, {}) if body is None else body
    known = {key: raise_poly(nf, getattr(size, key), {}) for key in "cpr"}
    f = {"f": function(body, approach.x), "d": approach.radius}
    if approach.kind == "sequence":
        ratio = raise_poly(nf, size.b, {})
        return steps.use("growth-powers", {**f, "c": known["c"], "p": known["p"], "q": ratio}).args[1]
    rate, degree = _Sizes(nf, approach).leading(size.q)
    exponent = {"q": raise_poly(nf, rate, {}), "m": raise_poly(nf, as_poly(degree), {})}
    return steps.use("growth", {**f, **known, **exponent}).args[1]
