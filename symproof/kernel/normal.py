"""The normal form: products and powers of polynomials over atoms, canonical as far as it goes.

What holds between two equal normal forms: at every point where the terms they
came from are defined, the terms are equal.  So x/x becomes 1 here, and that x
is not 0 is asked for elsewhere (defined.py), of the terms themselves.

The canonicaliser is incomplete on purpose: whatever involves a choice is a step
of a certificate.  What it may use of signs it asks of `signs.py`.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symproof.kernel import angles, equality, rebuilding, signs
from symproof.kernel.exponents import primes, smaller, whole_part
from symproof.kernel.poly import (
    MINUS,
    ONE,
    REDUCING,
    ZERO,
    Atom,
    E,
    Exponent,
    I,
    Mono,
    Number,
    Poly,
    TooLarge,
    as_exponent,
    as_poly,
    fresh_ids,
    magnitude,
    merge,
    mono_key,
    natural,
    number,
    of_atom,
    of_mono,
    rational,
    total,
)
from symproof.kernel.verdict import Rejected

if TYPE_CHECKING:
    from symproof.kernel.context import Context
    from symproof.kernel.known import Knowledge
    from symproof.kernel.rewriting import Rewrite
    from symproof.terms.tree import Term

MAX_BITS = 20_000
MAX_EXPANDED = 20_000  # terms of a power
MAX_POWER = 400
MAX_STEPS = 400_000
Sort = tuple[Any, ...]  # ("range", length), ("vertices", G) or ("number", domain)


class Normal:
    """Normal forms in one context; holds the sorts of index variables and the rewrite rules in force."""

    def __init__(self, context: Context, rewrites: tuple[Rewrite, ...] = (), angles: bool = False) -> None:
        self.context = context
        self.rewrites = rewrites
        self.before: Normal | None = None  # that with one equation less in force, if it has been made
        self.angles = angles  # are trigonometric polynomials brought to one form?
        self.sorts: dict[Atom, Sort] = {}
        self.premises: dict[Atom, list[signs.Fact]] = {}
        self.known: dict[tuple[str, str], bool] = {}
        self.instances: dict[tuple[str, str, int], Poly] = {}  # what facts say at values, at each depth
        self.failed: dict[tuple[str, str], int] = {}
        self.signs: dict[tuple[str, int], str | None] = {}  # of sums and extrema, at each depth
        self.about: dict[tuple[str, int], list[signs.Fact]] = {}  # what is known of monomials, at each depth
        self.steps = 0
        self.depth = 0
        self.unfolding = 0
        self.knowledge: Knowledge | None = None
        self.oriented: dict[Term, list[Rewrite]] = {}  # facts as rewrite rules, where no equation is in force

    # --- index variables ---

    def variable(self, sort: Sort) -> Atom:
        """A fresh index variable of the given sort."""
        var = Atom("var", fresh_ids())
        self.confine(var, sort)
        return var

    def confine(self, var: Atom, sort: Sort) -> None:
        """The variable runs over the sort; a random length would bring facts of one outcome into
        expectations.
        """
        if sort[0] == "range" and sort[1] is not None and not sort[1].names.isdisjoint(self.context.random):
            raise Rejected("normal form", "a range whose length is random")
        self.sorts[var] = sort

    def number_variable(self, sort: Sort) -> Atom:
        """A fresh variable that stands for any number of a domain."""
        var = Atom("var" if sort[1] == "integer" else "real", fresh_ids())
        self.sorts[var] = sort
        return var

    def hole(self) -> Atom:
        """A fresh variable that stands for any array."""
        hole = Atom("hole", fresh_ids())
        self.sorts[hole] = ("arrays",)
        return hole

    @contextmanager
    def assuming(self, variables: frozenset[Atom], facts: Sequence[signs.Fact]) -> Iterator[None]:
        """Facts about variables for a while; what was seen of the variables with their help is forgotten."""
        before = self.premises
        self.premises = dict(before)
        for var in variables:
            said = [f for f in facts if var in f[0].vars]
            if said:
                self.premises[var] = [*before.get(var, []), *said]
        try:
            self._forget(variables)
            yield
        finally:
            self._forget(variables)
            self.premises = before

    def _forget(self, variables: frozenset[Atom]) -> None:
        caches: tuple[dict[Any, Any], ...] = (
            *(self.known, self.failed, self.instances),
            *(self.signs, self.about),
        )
        for seen in caches:
            for key in [k for k in seen if any(v.key in k[0] for v in variables)]:
                del seen[key]

    def spend(self, amount: int = 1) -> None:
        """Count work; a runaway normal form stops."""
        self.steps += amount
        if self.steps > MAX_STEPS:
            raise TooLarge("too many steps")

    # --- products ---

    def times(self, left: Poly, right: Poly) -> Poly:
        """The product."""
        value = left.constant()
        if value is not None:
            return right.scale(value)
        value = right.constant()
        if value is not None:
            return left.scale(value)
        self.spend(len(left.terms) * len(right.terms))
        plain: dict[Mono, Number] = {}
        extra: list[Poly] = []
        for m, c in left.terms.items():
            for n, d in right.terms.items():
                mono = merge(m, n)
                if self._reducible(mono):
                    extra.append(self.reduce(mono).scale(c * d))
                else:
                    plain[mono] = plain.get(mono, 0) + c * d
        clean = Poly({m: rational(c) for m, c in plain.items() if c})
        return total((clean, *extra)) if extra else clean

    def product(self, *polys: Poly) -> Poly:
        """The product of several."""
        return functools.reduce(self.times, polys, ONE)

    def _reducible(self, mono: Mono) -> bool:
        for atom, exponent in mono:
            if exponent != 1:
                if atom.kind in REDUCING or self.context.idempotent(atom):
                    if self._step(atom, exponent) is not None:
                        return True
            elif (atom.kind == "pow" or atom.kind == "base") and atom != E:
                return True
        return self.angles and angles.crowded(mono) is not None

    def reduce(self, mono: Mono) -> Poly:
        """The monomial with every factor that has a rule reduced."""
        pair = angles.crowded(mono) if self.angles else None
        if pair is not None:
            return angles.spread(self, mono, pair)
        result = ONE
        kept: list[tuple[Atom, Exponent]] = []
        for atom, exponent in mono:
            step = self._step(atom, exponent)
            if step is None:
                kept.append((atom, exponent))
            else:
                result = self.times(result, step)
        return self.times(result, of_mono(tuple(kept)))

    def _step(self, atom: Atom, exponent: Exponent) -> Poly | None:
        """What atom^exponent reduces to; None when it stays."""
        kind = atom.kind
        if kind == "base":
            return self._step_exponential(exponent) if atom == E else self._step_base(atom, exponent)
        if kind == "i":
            if isinstance(exponent, int) and exponent != 1:
                return (ONE, of_atom(I), -ONE, -of_atom(I))[exponent % 4]
            return None
        if kind == "pow":
            rest, whole = whole_part(exponent)
            if whole < 1 or not self._splits(atom, rest):
                return None
            inner = self.power(atom.part, whole)
            return self.times(inner, of_atom(atom, rest)) if rest != 0 else inner
        if kind == "abs":
            if isinstance(exponent, int) and abs(exponent) > 1:
                even = self.power(atom.part, exponent - exponent % 2)
                return self.times(even, of_atom(atom)) if exponent % 2 else even
            return None
        if isinstance(exponent, int) and exponent > 1:
            if kind in ("bracket", "adj") or self.context.idempotent(atom):
                return of_atom(atom)
        return None

    def _splits(self, atom: Atom, rest: Exponent) -> bool:
        """Is p^(rest + k) = p^k p^rest for natural k, at p = 0 too?  (0^0 = 1, and 0^(-1) is nothing.)"""
        if not isinstance(rest, Poly) or signs.holds(self, rest, "ge"):
            return True
        return signs.holds(self, atom.part, "ne")

    def _step_exponential(self, exponent: Exponent) -> Poly | None:
        """e^(u + b v) = e^u (1 + b (e^v − 1)) for a bracket b, which is 0 or 1."""
        terms = exponent.terms if isinstance(exponent, Poly) else {}
        switch = next((a for m in terms for a, e in m if a.kind == "bracket" and e == 1), None)
        if switch is None:
            return None
        inside = {m: c for m, c in terms.items() if (switch, 1) in m}
        rest = Poly({m: c for m, c in terms.items() if m not in inside})
        jump = Poly({tuple(f for f in m if f[0] != switch): c for m, c in inside.items()})
        e = of_atom(E)
        step = ONE + self.times(of_atom(switch), self.power(e, jump) - ONE)
        return self.times(self.power(e, rest), step)

    def _step_base(self, atom: Atom, exponent: Exponent) -> Poly | None:
        base: int = atom.part
        rest, whole = whole_part(exponent)
        if base == -1:
            kept = {}
            for mono, coeff in as_poly(rest).terms.items():
                if mono and isinstance(coeff, int) and signs.is_integer(self, of_mono(mono)):
                    coeff %= 2
                if coeff:
                    kept[mono] = coeff
            reduced = as_exponent(Poly(kept))
            if reduced == rest and whole == 0:
                return None
            sign = number(-1 if whole % 2 else 1)
            return sign if reduced == 0 else self.times(sign, of_atom(atom, reduced))
        if self.angles and rest == Fraction(1, 2):
            root = angles.gauss(self, base)
            if root is not None:
                return root.scale(self._rational_power(base, whole))
        if whole == 0:
            return None
        factor = self._rational_power(base, whole)
        return number(factor) if rest == 0 else of_atom(atom, rest).scale(factor)

    # --- powers ---

    def power(self, base: Poly, exponent: Exponent) -> Poly:
        """base^exponent; factors leave a non-integer power only when that is sound wherever it is defined."""
        exponent = as_exponent(exponent) if isinstance(exponent, Poly) else rational(exponent)
        if exponent == 0:
            return ONE
        if exponent == 1:
            return base
        value = base.constant()
        if value is not None:
            return self._number_power(value, exponent)
        single = base.single()
        if natural(exponent):
            if single is not None:
                return self._mono_power(single[0], exponent).scale(self._rational_power(single[1], exponent))
            if exponent >= MAX_POWER or math.comb(len(base.terms) + exponent - 1, exponent) > MAX_EXPANDED:
                raise TooLarge("a power with too many terms")
            half = self.power(base, exponent // 2)
            square = self.times(half, half)
            return self.times(square, base) if exponent % 2 else square
        content, common, rest = self.content(base)
        if isinstance(exponent, int) or signs.is_integer(self, exponent):
            result = self.times(self._number_power(content, exponent), self._mono_power(common, exponent))
            return result if rest == ONE else self.times(result, self._atom_power(rest, exponent))
        return self._root(content, common, rest, exponent)

    def _root(self, content: Number, common: Mono, rest: Poly, exponent: Exponent) -> Poly:
        """A power that need not be an integer: (u v)^q = u^q v^q for u >= 0, and |u| for u² ."""
        result = self._number_power(magnitude(content), exponent)
        residual: list[tuple[Atom, Exponent]] = []
        for atom, k in common:
            even = isinstance(k, int) and k % 2 == 0
            if isinstance(k, Fraction) or signs.holds(self, of_atom(atom), "ge"):
                result = self.times(result, self._mono_power(((atom, k),), exponent))
            elif even:
                size = self.absolute(of_atom(atom))
                result = self.times(result, self.power(size, self._scaled(k, exponent)))
            else:
                residual.append((atom, k))
        left = self.times(of_mono(tuple(residual), -1 if content < 0 else 1), rest)
        if left == ONE:
            return result
        mono, sign = left.single() or ((), 0)
        if sign == 1 and [type(k) for _, k in mono] == [int]:
            # u^k with k odd has a real power only where u >= 0
            return self.times(result, self._mono_power(mono, exponent))
        return self.times(result, self._atom_power(left, exponent))

    def _scaled(self, left: Exponent, right: Exponent) -> Exponent:
        return as_exponent(self.times(as_poly(left), as_poly(right)))

    def _mono_power(self, mono: Mono, exponent: Exponent) -> Poly:
        return self.reduce(tuple((a, self._scaled(e, exponent)) for a, e in mono))

    def _atom_power(self, base: Poly, exponent: Exponent) -> Poly:
        return self.reduce(((base.atom() or Atom("pow", base), exponent),))

    def _rational_power(self, value: Number, exponent: int) -> Number:
        bits = max(abs(value.numerator), value.denominator).bit_length()
        if bits > 1 and bits * abs(exponent) > MAX_BITS:
            raise TooLarge("a number with too many digits")
        return rational(Fraction(value) ** exponent)

    def _number_power(self, value: Number, exponent: Exponent) -> Poly:
        if isinstance(exponent, int):
            if value == 0:
                if exponent < 0:
                    raise Rejected("normal form", "division by zero")
                return ZERO
            return number(self._rational_power(value, exponent))
        if value == 0:
            if signs.holds(self, as_poly(exponent), "gt"):
                return ZERO
            return of_atom(Atom("pow", ZERO), exponent)
        result = ONE
        if value < 0:
            if not signs.is_integer(self, exponent):
                root = of_atom(Atom("pow", number(-1)), exponent)
                return self.times(self._number_power(-value, exponent), root)
            result = self.reduce(((MINUS, exponent),))
        for prime, power in primes(magnitude(value)):
            factor = self.reduce(((Atom("base", prime), self._scaled(power, exponent)),))
            result = self.times(result, factor)
        return result

    def content(self, poly: Poly) -> tuple[Number, Mono, Poly]:
        """(c, g, p) with poly = c·g·p, where g is a monomial and p is 1 or has no common factor.

        The sign is chosen by the order of monomials, so poly and −poly share p.
        """
        single = poly.single()
        if single is not None:
            return single[1], single[0], ONE
        monos = list(poly.terms)
        common: list[tuple[Atom, Exponent]] = []
        for atom in sorted({a for m in monos for a, _ in m}, key=lambda a: a.key):
            exponents = [next((e for a, e in m if a == atom), 0) for m in monos]
            least = functools.reduce(smaller, exponents)
            if least != 0:
                common.append((atom, least))
        inverse = tuple((a, as_exponent(-as_poly(e))) for a, e in common)
        terms = {merge(m, inverse): c for m, c in poly.terms.items()}
        coeffs = list(terms.values())
        unit = Fraction(math.gcd(*(c.numerator for c in coeffs)), math.lcm(*(c.denominator for c in coeffs)))
        lead = max(terms, key=mono_key)
        if terms[lead] < 0:
            unit = -unit
        rest = Poly({m: rational(Fraction(c) / unit) for m, c in terms.items()})
        return rational(unit), tuple(common), rest

    def absolute(self, poly: Poly) -> Poly:
        """|poly|, with factors of known sign outside."""
        if not poly or signs.holds(self, poly, "ge"):
            return poly
        if signs.holds(self, -poly, "ge"):
            return -poly
        content, common, rest = self.content(poly)
        result = number(magnitude(content))
        for atom, exponent in common:
            power = of_atom(atom, exponent)
            if signs.holds(self, power, "ge"):
                result = self.times(result, power)
            elif isinstance(exponent, int):
                result = self.times(result, self.reduce(((Atom("abs", of_atom(atom)), exponent),)))
            else:
                result = self.times(result, of_atom(Atom("abs", power)))
        return of_atom(Atom("abs", rest)) if rest == poly else self.times(result, self.absolute(rest))

    # --- by other modules ---

    def is_zero(self, poly: Poly) -> bool:
        """Is the polynomial 0 wherever it is defined?"""
        return equality.is_zero(self, poly)

    def rebuild(
        self, poly: Poly, touched: Callable[[Atom], bool], value: Callable[[Atom], Poly | None]
    ) -> Poly:
        """The polynomial with some atoms replaced; what mentions them is `touched`."""
        return rebuilding.rebuild(self, poly, touched, value)

    def replace(self, poly: Poly, values: Mapping[Atom, Poly | Atom]) -> Poly:
        """The polynomial with index variables, symbols and holes (which stand for arrays) replaced."""
        return rebuilding.replace(self, poly, values)
