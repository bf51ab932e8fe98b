"""What is to be shown positive, and with what: the material that every decomposition works on.

A goal L >= R becomes scale·(L − R) = target with positive scale and without
denominators; the facts are products of things that the kernel sees to be
nonnegative, each with the factors that a certificate lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

from symproof.kernel import atoms, known, signs
from symproof.kernel.context import Context
from symproof.kernel.decide import difference
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ONE,
    Atom,
    Mono,
    Number,
    Poly,
    TooLarge,
    merge,
    of_atom,
    of_mono,
    rational,
    split_constant,
    total,
)
from symproof.kernel.verdict import Rejected
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate
from symproof.terms.build import make
from symproof.terms.codec import encode
from symproof.terms.types import Scalar

Multiples = list[tuple[str, Poly]]
MAX_FACTS = 14
FEW = 3  # facts below which those that share no atom but a symbol are taken too
ROUNDS = 3


@dataclass(frozen=True)
class Known:
    """A product of factors that the kernel sees to be >= 0 (or > 0)."""

    value: Poly
    factors: tuple[Poly, ...]
    strict: bool

    def times(self, nf: Normal, other: Known) -> Known:
        return Known(
            nf.times(self.value, other.value), self.factors + other.factors, self.strict and other.strict
        )


UNIT = Known(ONE, (), True)


@dataclass(frozen=True)
class Equation:
    """factor · (left − right) of a fact by name, without denominators; it is 0."""

    name: str
    value: Poly
    factor: Poly

    def times(self, nf: Normal, factor: Poly) -> Equation:
        return Equation(self.name, nf.times(self.value, factor), nf.times(self.factor, factor))


@dataclass(frozen=True)
class Summand:
    """c·Πf·Πs²."""

    weight: Number
    factors: tuple[Poly, ...] = ()
    squares: tuple[Poly, ...] = ()


@dataclass
class Problem:
    """gap = L − R or, turned, R − L, is to be shown >= 0 or > 0, by target = scale·gap.

    `negative` says that L ≠ R is shown by L < R.
    """

    nf: Normal
    context: Context
    gap: Poly
    target: Poly
    strict: bool
    spend: Callable[[], None]
    rules: dict[str, Any] = field(default_factory=dict)
    scale: tuple[Poly, ...] = ()
    turned: bool = False
    negative: bool = False
    facts: list[Known] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    gathered: bool = False

    def gather(self, near: Iterable[Poly] = ()) -> None:
        """Fill in what is known of the atoms of the target (or near by), and of those in what is known."""
        if self.gathered:
            return
        self.gathered = True
        have: set[str] = set()
        done: set[Atom] = set()
        frontier = [self.target, *near]
        for _ in range(ROUNDS):
            fresh = []
            for poly in frontier:
                new = atoms_of(poly) - done
                fresh += self._add(have, _about(self.nf, poly, new))
                done |= new
            frontier = fresh
        names = frozenset().union(*(a.names for a in done))
        if len(self.facts) < FEW:
            ground = known.whole(self.nf).ground
            for poly in self._add(have, (f for f in ground if not names.isdisjoint(f[0].names))):
                self._add(have, _about(self.nf, poly, atoms_of(poly) - done))
        self.facts = _irredundant(self.facts)
        self.equations = list(_equations(self.nf, self.context, names))

    def _add(self, have: set[str], facts: Iterable[signs.Fact]) -> list[Poly]:
        """Keep what is new and can be used; what it speaks of."""
        fresh = []
        for fact, relation in facts:
            if relation not in ("ge", "gt") or fact.key in have or fact.constant() is not None:
                continue
            have.add(fact.key)
            found = _usable(self.nf, fact, relation == "gt")
            if found is not None and len(self.facts) < MAX_FACTS:
                self.facts.append(found)
                fresh.append(found.value)
        return fresh

    def letters(self) -> list[Atom]:
        """The atoms of the target, the facts and the equations."""
        polys = [self.target, *(f.value for f in self.facts), *(e.value for e in self.equations)]
        return sorted({a for p in polys for m in p.terms for a, _ in m}, key=lambda a: a.key)

    def certificate(self, summands: list[Summand], multiples: Iterable[tuple[str, Poly]] = ()) -> Certificate:
        """The `order` certificate; raises NoTerm when a part has no name in the language."""
        found: Certificate = {"rule": "order", **self.rules}
        found["terms"] = [
            {
                "c": str(s.weight),
                "factors": [[self._encoded(f), 1] for f in s.factors if f != ONE]
                + [[self._encoded(f), 2] for f in s.squares],
            }
            for s in summands
        ]
        if self.scale:
            found["scale"] = [self._encoded(s) for s in self.scale]
        if self.negative:
            found["negative"] = True
        if multiples:
            below = [raise_poly(self.nf, s, {}) for s in self.scale]
            found["combine"] = []
            for name, factor in multiples:
                times = raise_poly(self.nf, -factor if self.turned else factor, {})
                for term in below:
                    times = make("div", times, term)
                found["combine"].append({"fact": name, "times": encode(times)})
        return found

    def _encoded(self, poly: Poly) -> Any:
        return encode(raise_poly(self.nf, poly, {}))


Found = tuple[list[Summand], Multiples]  # target = Σ summands, after multiples of equations are taken away


def accepted(problem: Problem, found: list[Summand], multiples: Multiples | None = None) -> Found | None:
    """The decomposition, where the kernel will see one of the summands to be positive if it must."""
    nf = problem.nf
    if problem.strict and not any(
        all(signs.holds(nf, f, "gt") for f in s.factors) and all(signs.holds(nf, f, "ne") for f in s.squares)
        for s in found
    ):
        return None
    return found, multiples or []


def column(poly: Poly) -> Mapping[Any, Number]:
    """The polynomial as a column of a linear system, its monomials the rows."""
    return poly.terms


def summed_up(taken: Iterable[tuple[Equation, Fraction]]) -> Multiples:
    """Multiples of equations, those of one fact together."""
    found: dict[str, list[Poly]] = {}
    for equation, weight in taken:
        if weight:
            found.setdefault(equation.name, []).append(equation.factor.scale(rational(weight)))
    return [(name, total(parts)) for name, parts in found.items()]


def cleared(nf: Normal, poly: Poly) -> tuple[Poly, tuple[Poly, ...]] | None:
    """(s·poly, s as factors) with s > 0 and s·poly without denominators; None when no sign is seen."""
    scale: list[Poly] = []
    for _ in range(4):
        below = denominators(poly)
        if not below:
            return poly, tuple(scale)
        for atom in sorted(below, key=lambda a: a.key):
            power = below[atom]
            found = _positive_power(nf, atom, power)
            if found is None:
                return None
            factor, exponent, sign = found
            scale.append(factor)
            # term by term, so that u^-1·u becomes 1 also where u has several terms
            clear = ((atom, exponent),)
            poly = total(nf.reduce(merge(m, clear)).scale(c * sign) for m, c in poly.terms.items())
    return None


def _positive_power(nf: Normal, atom: Atom, power: Fraction) -> tuple[Poly, Number, int] | None:
    """(±atom^k, k, ±1) that is positive with k at least the power."""
    base = cast(Poly, atom.parts[0]) if atom.kind == "pow" else of_atom(atom)
    exponent = rational(power)
    if signs.holds(nf, base, "gt"):
        return nf.power(base, exponent), exponent, 1
    if isinstance(exponent, int):
        if exponent % 2 and signs.holds(nf, -base, "gt"):
            return nf.power(-base, exponent), exponent, -1
        if signs.holds(nf, base, "ne"):
            exponent += exponent % 2
            return nf.power(base, exponent), exponent, 1
    return None


# --- facts ---------------------------------------------------------------------------------


def atoms_of(poly: Poly) -> set[Atom]:
    """The atoms of the monomials and of their exponents."""
    found: set[Atom] = set()
    for mono in poly.terms:
        for atom, exponent in mono:
            found.add(atom)
            if isinstance(exponent, Poly):
                found |= atoms_of(exponent)
    return found


def _about(nf: Normal, poly: Poly, fresh: set[Atom]) -> Iterator[signs.Fact]:
    for fact, relation in known.whole(nf).ground:
        if not fresh.isdisjoint(atoms_of(fact)):
            yield fact, relation
    for mono in poly.terms:
        if mono:
            yield from known.about(nf, of_mono(mono))
        for atom, exponent in mono:
            if atom in fresh and (atom.kind == "pow" or isinstance(exponent, Poly)):
                yield from _sign(nf, ((atom, exponent),))
    for atom in sorted(fresh, key=lambda a: a.key):
        yield from atoms.bounds(nf, atom)
        for var in atom.vars:
            yield from signs.range_facts(nf, var)
        if atom.kind not in ("base", "pow"):
            yield from _sign(nf, ((atom, 1),))


def _sign(nf: Normal, mono: Mono) -> Iterator[signs.Fact]:
    """What the shape of a power says of its sign."""
    sign = signs.atom_sign(nf, mono[0][0]) if mono[0][1] == 1 else signs.mono_sign(nf, mono)
    if sign is not None:
        value = of_mono(mono)
        yield (value if sign in ("gt", "ge") else -value), ("gt" if sign in ("gt", "lt") else "ge")


def _usable(nf: Normal, fact: Poly, strict: bool) -> Known | None:
    """The fact without denominators; v > 0 read as v >= 1 where v is an integer."""
    if strict and all(isinstance(c, int) for c in fact.terms.values()) and signs.is_integer(nf, fact):
        below, _ = split_constant(fact)
        if below:
            fact, strict = fact - ONE, False
            if fact.constant() is not None:
                return None
    free = cleared(nf, fact)
    if free is None:
        return None
    value, scale = free
    return Known(value, (fact, *scale), strict)


def _irredundant(facts: list[Known]) -> list[Known]:
    """Without what another fact says more sharply: the same up to a smaller constant term."""
    best: dict[str, tuple[Number, Known]] = {}
    for fact in facts:
        rest, value = split_constant(fact.value)
        key = rest.key
        if key not in best or value < best[key][0] or (value == best[key][0] and fact.strict):
            best[key] = (value, fact)
    return [fact for _, fact in best.values()]


def _equations(nf: Normal, context: Context, names: frozenset[str]) -> Iterator[Equation]:
    for name, fact in context.facts.items():
        if fact.op == "eq" and isinstance(fact.args[0].type, Scalar):
            try:
                poly = difference(nf, *fact.args)
                if poly and (poly.constant() is not None or not names.isdisjoint(poly.names)):
                    yield _whole(nf, Equation(name, poly, ONE))
            except (Rejected, TooLarge):
                continue


def _whole(nf: Normal, equation: Equation) -> Equation:
    """The equation times its denominators, which need no sign."""
    for _ in range(4):
        below = denominators(equation.value)
        if not below:
            break
        clear = tuple((a, rational(k)) for a, k in sorted(below.items(), key=lambda item: item[0].key))
        value = total(nf.reduce(merge(m, clear)).scale(c) for m, c in equation.value.terms.items())
        equation = Equation(equation.name, value, nf.times(equation.factor, nf.reduce(clear)))
    return equation


def denominators(poly: Poly) -> dict[Atom, Fraction]:
    """The atoms with negative powers, powers of e and of numbers aside, and the highest of these."""
    below: dict[Atom, Fraction] = {}
    for mono in poly.terms:
        for atom, exponent in mono:
            if atom.kind != "base" and isinstance(exponent, int | Fraction) and exponent < 0:
                below[atom] = max(below.get(atom, Fraction(0)), Fraction(-exponent))
    return below
