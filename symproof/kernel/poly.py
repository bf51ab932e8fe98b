"""Polynomials over atoms, the raw material of the normal form.

A polynomial maps monomials to nonzero rationals.  A monomial is a tuple of
(atom, exponent) pairs sorted by atom; an exponent is an integer, a fraction or,
when it is symbolic, a polynomial.  An atom is anything the normal form does not
look into: a symbol, a component x[i, j], a function value, a sum.  Its `key` is
an injective text, so that equality and order are those of texts.

Nothing here decides what a product of equal atoms means: multiplication adds
exponents, and `Normal` (normal.py) reduces what needs a rule (i² = −1, brackets).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any, TypeAlias, TypeGuard, Union

Exponent: TypeAlias = Union[int, Fraction, "Poly"]
Mono: TypeAlias = tuple[tuple["Atom", Exponent], ...]
Number: TypeAlias = int | Fraction

MAX_TERMS = 20_000


class TooLarge(Exception):
    """A normal form grew past what is worth waiting for."""


class Atom:
    """`kind` and its parts: texts, numbers, atoms, polynomials, monomials or tuples of these."""

    __slots__ = ("kind", "parts", "key", "height", "_names", "_vars", "_hash")

    def __init__(self, kind: str, *parts: object) -> None:
        self.kind = kind
        self.parts = parts
        texts: list[str] = []
        height = 0
        for part in parts:
            height = max(height, _scan(part, texts))
        self.key = f"{kind}({','.join(texts)})"
        self.height = height + (kind in BINDING)
        self._hash = hash(self.key)
        self._names: frozenset[str] | None = None
        self._vars: frozenset[Atom] | None = None

    @property
    def names(self) -> frozenset[str]:
        if self._names is None:
            own = (self.parts[0],) if self.kind in NAMED and isinstance(self.parts[0], str) else ()
            self._names = frozenset(own).union(*[part.names for part in _inside(self.parts)])
        return self._names

    @property
    def vars(self) -> frozenset[Atom]:
        if self._vars is None:
            own = (self,) if self.kind in VARIABLE else ()
            self._vars = frozenset(own) if own else frozenset().union(*[p.vars for p in _inside(self.parts)])
        return self._vars

    @property
    def part(self) -> Any:
        """The part of an atom that has one: the base of a power, the inside of |·|."""
        (only,) = self.parts
        return only

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Atom) and self.key == other.key)

    def __repr__(self) -> str:
        return self.key


# Atoms whose monomials or polynomials use bound variables ("bv") of their own.
BINDING = frozenset(("sum", "bind", "array"))
NAMED = frozenset(("sym", "elem", "fun", "inverse", "matpow"))  # of a symbol, if of no other atom
VARIABLE = frozenset(("var", "real", "hole"))


def _scan(part: object, texts: list[str]) -> int:
    """Append the injective text of a part; its height."""
    if isinstance(part, (Poly, Atom)):
        texts.append(part.key)
        return part.height
    if isinstance(part, tuple):
        inner: list[str] = []
        height = max([_scan(p, inner) for p in part], default=0)
        texts.append(f"[{','.join(inner)}]")
        return height
    texts.append(repr(part))
    return 0


def _inside(parts: tuple[object, ...]) -> Iterator[Atom | Poly]:
    """The atoms and polynomials among the parts, those in tuples too."""
    for part in parts:
        if isinstance(part, (Poly, Atom)):
            yield part
        elif isinstance(part, tuple):
            yield from _inside(part)


class Poly:
    """An immutable polynomial."""

    __slots__ = ("terms", "_key", "_names", "_vars", "_height")

    def __init__(self, terms: dict[Mono, Number]) -> None:
        self.terms = terms
        self._key: str | None = None
        self._names: frozenset[str] | None = None
        self._vars: frozenset[Atom] | None = None
        self._height = -1

    # --- what it mentions ---

    @property
    def key(self) -> str:
        if self._key is None:
            self._key = "{" + "+".join(sorted([f"{c}*{mono_key(m)}" for m, c in self.terms.items()])) + "}"
        return self._key

    def _atoms_of(self) -> Iterator[Atom | Poly]:
        for mono in self.terms:
            for atom, exponent in mono:
                yield atom
                if isinstance(exponent, Poly):
                    yield exponent

    @property
    def names(self) -> frozenset[str]:
        if self._names is None:
            self._names = frozenset().union(*(a.names for a in self._atoms_of()))
        return self._names

    @property
    def vars(self) -> frozenset[Atom]:
        if self._vars is None:
            self._vars = frozenset().union(*(a.vars for a in self._atoms_of()))
        return self._vars

    @property
    def height(self) -> int:
        if self._height < 0:
            self._height = max((a.height for a in self._atoms_of()), default=0)
        return self._height

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Poly) and self.terms == other.terms)

    def __repr__(self) -> str:
        return self.key

    def __bool__(self) -> bool:
        return bool(self.terms)

    # --- constants ---

    def constant(self) -> Number | None:
        """The number that the polynomial is, if it is one."""
        if not self.terms:
            return 0
        if len(self.terms) == 1 and () in self.terms:
            return self.terms[()]
        return None

    def single(self) -> tuple[Mono, Number] | None:
        """The one term, if there is just one."""
        return next(iter(self.terms.items())) if len(self.terms) == 1 else None

    def atom(self) -> Atom | None:
        """The atom that the polynomial is, if it is one."""
        if len(self.terms) == 1:
            ((mono, coeff),) = self.terms.items()
            if coeff == 1 and [exponent for _, exponent in mono] == [1]:
                ((atom, _),) = mono
                return atom
        return None

    # --- the linear structure (exact; needs no rule) ---

    def __add__(self, other: Poly) -> Poly:
        if not other.terms:
            return self
        if not self.terms:
            return other
        terms = dict(self.terms)
        for mono, coeff in other.terms.items():
            total = terms.get(mono, 0) + coeff
            if total:
                terms[mono] = total if type(total) is int else rational(total)
            else:
                del terms[mono]
        return Poly(terms)

    def scale(self, factor: Number) -> Poly:
        if factor == 1:
            return self
        if not factor:
            return ZERO
        return Poly({m: rational(c * factor) for m, c in self.terms.items()})

    def __neg__(self) -> Poly:
        return Poly({m: -c for m, c in self.terms.items()})

    def __sub__(self, other: Poly) -> Poly:
        if not other.terms:
            return self
        terms = dict(self.terms)
        for mono, coeff in other.terms.items():
            total = terms.get(mono, 0) - coeff
            if total:
                terms[mono] = total if type(total) is int else rational(total)
            else:
                del terms[mono]
        return Poly(terms)


def rational(value: Number) -> Number:
    """The same number, as an int when it is one."""
    if type(value) is Fraction and value.denominator == 1:
        return value.numerator
    return value


def magnitude(value: Number) -> Number:
    """The absolute value."""
    return max(value, -value)


def number(value: Number) -> Poly:
    """A constant polynomial."""
    return Poly({(): rational(value)}) if value else ZERO


def of_atom(atom: Atom, exponent: Exponent = 1) -> Poly:
    """The polynomial that is one atom to a power."""
    return Poly({((atom, exponent),): 1})


def of_mono(mono: Mono, coeff: Number = 1) -> Poly:
    """The polynomial that is one term."""
    return Poly({mono: coeff})


def total(polys: Iterable[Poly]) -> Poly:
    """The sum of polynomials."""
    terms: dict[Mono, Number] = {}
    for poly in polys:
        for mono, coeff in poly.terms.items():
            terms[mono] = terms.get(mono, 0) + coeff
    if len(terms) > MAX_TERMS:
        raise TooLarge("too many terms")
    return Poly({m: c if type(c) is int else rational(c) for m, c in terms.items() if c})


def mono_key(mono: Mono) -> str:
    """An injective text of a monomial."""
    return "*".join(
        [
            a.key if type(e) is int and e == 1 else f"{a.key}^{e.key if isinstance(e, Poly) else e}"
            for a, e in mono
        ]
    )


def add_exponents(left: Exponent, right: Exponent) -> Exponent:
    """The sum of two exponents, as a number when it is one."""
    if isinstance(left, Poly) or isinstance(right, Poly):
        return as_exponent(as_poly(left) + as_poly(right))
    return rational(left + right)


def as_poly(exponent: Exponent) -> Poly:
    """The exponent as a polynomial."""
    return exponent if isinstance(exponent, Poly) else number(exponent)


def natural(exponent: Exponent) -> TypeGuard[int]:
    """Is the exponent 1, 2, 3, …?  None of a factor is 0."""
    return isinstance(exponent, int) and exponent > 0


def as_exponent(poly: Poly) -> Exponent:
    """The polynomial as an exponent."""
    value = poly.constant()
    return poly if value is None else value


def merge(left: Mono, right: Mono) -> Mono:
    """The product of two monomials, exponents added and zero exponents dropped."""
    if not left:
        return right
    if not right:
        return left
    result: list[tuple[Atom, Exponent]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        (a, e), (b, f) = left[i], right[j]
        if a.key == b.key:
            exponent = add_exponents(e, f)
            if exponent != 0:
                result.append((a, exponent))
            i, j = i + 1, j + 1
        elif a.key < b.key:
            result.append(left[i])
            i += 1
        else:
            result.append(right[j])
            j += 1
    result.extend(left[i:])
    result.extend(right[j:])
    return tuple(result)


def mono_of(factors: Iterable[tuple[Atom, Exponent]]) -> Mono:
    """The monomial with the given factors in any order."""
    mono: Mono = ()
    for factor in factors:
        mono = merge(mono, (factor,))
    return mono


def mono_vars(mono: Mono) -> frozenset[Atom]:
    """The index variables that a monomial mentions."""
    return frozenset().union(*(factor_vars(f) for f in mono))


def factor_vars(factor: tuple[Atom, Exponent]) -> frozenset[Atom]:
    """The index variables that a factor mentions."""
    atom, exponent = factor
    return atom.vars | exponent.vars if isinstance(exponent, Poly) else atom.vars


def split_constant(poly: Poly) -> tuple[Poly, Number]:
    """The polynomial without its constant term, and that term."""
    value = poly.terms.get((), 0)
    return (Poly({m: c for m, c in poly.terms.items() if m}) if value else poly), value


def coefficient_of(poly: Poly, atom: Atom) -> tuple[Poly, Poly] | None:
    """(a, b) with poly = a·atom + b and neither mentioning the atom; None when it is not linear."""
    slope: dict[Mono, Number] = {}
    rest: dict[Mono, Number] = {}
    for mono, coeff in poly.terms.items():
        inside = [f for f in mono if f[0] == atom]
        others = tuple(f for f in mono if f[0] != atom)
        if any(mentions(f, atom) for f in others) or [exponent for _, exponent in inside] not in ([], [1]):
            return None
        (slope if inside else rest)[others] = coeff
    return Poly(slope), Poly(rest)


def mentions(factor: tuple[Atom, Exponent], atom: Atom) -> bool:
    """Does the factor mention the variable or symbol?"""
    if atom.kind in ("var", "real"):
        return atom in factor_vars(factor)
    base, exponent = factor
    found = base.names | (exponent.names if isinstance(exponent, Poly) else frozenset())
    return bool(atom.names & found)


ZERO = Poly({})
ONE = number(1)
E = Atom("base", "e")
MINUS = Atom("base", -1)
I = Atom("i")  # noqa: E741
PI = Atom("const", "pi")
# Kinds of atoms whose powers need a rule.
REDUCING = frozenset(("base", "i", "pow", "bracket", "adj", "abs"))
fresh_ids: Callable[[], int] = itertools.count(1).__next__
