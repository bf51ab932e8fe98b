"""Trigonometric polynomials in one form, over the reals.

An angle is a sum of generators with rational coefficients: monomials, and the
angles 2π/p^e.  With `angles` in force, cos and sin of a sum are multiplied out
over the generators, products in one generator become sums, and what is left has
at most one cos or sin of each generator: these products are independent, those
of prime powers after the relations Σ_d cos(α + 2πd/p) = 0 = Σ_d sin(α + 2πd/p)
are used.  Square roots of small primes are such sums (Gauss), so that they meet
cos(π/5) or sin(π/12).  Without `angles` only signs, periods and a few values are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from symproof.kernel import atoms, signs
from symproof.kernel.exponents import primes
from symproof.kernel.poly import (
    ONE,
    PI,
    ZERO,
    Atom,
    Mono,
    Poly,
    TooLarge,
    merge,
    mono_key,
    mono_of,
    natural,
    number,
    of_atom,
    of_mono,
    rational,
    total,
)

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal

Pair = tuple[Poly, Poly]  # a cosine and a sine
HALF = Fraction(1, 2)
MAX_MULTIPLE = 40
MAX_POWER = 60
GAUSS = (2, 3, 5, 7, 11, 13)
INVERSE = ("asin", "acos", "atan")


def cosine(nf: Normal, x: Poly) -> Poly:
    return _pair(nf, x)[0] if nf.angles else _plain(nf, x)[0]


def sine(nf: Normal, x: Poly) -> Poly:
    return _pair(nf, x)[1] if nf.angles else _plain(nf, x)[1]


def tangent(nf: Normal, x: Poly) -> Poly:
    """sin/cos."""
    return nf.times(sine(nf, x), nf.power(cosine(nf, x), -1))


def _split(x: Poly) -> tuple[Fraction, Poly]:
    """x as q·π + rest."""
    key: Mono = ((PI, 1),)
    return Fraction(x.terms.get(key, 0)), Poly({m: c for m, c in x.terms.items() if m != key})


def backwards(poly: Poly) -> bool:
    """Is the leading coefficient negative?"""
    return poly.terms[max(poly.terms, key=mono_key)] < 0


def _turned(pair: Pair, quarters: int) -> Pair:
    """The pair of the angle after some quarter turns."""
    c, s = pair
    return ((c, s), (-s, c), (-c, -s), (s, -c))[quarters % 4]


def _plus(nf: Normal, left: Pair, right: Pair) -> Pair:
    """The pair of a sum of two angles."""
    (a, b), (c, d) = left, right
    return nf.times(a, c) - nf.times(b, d), nf.times(b, c) + nf.times(a, d)


def _made(nf: Normal, angle: Poly) -> Pair:
    return atoms.made(nf, Atom("fun", "cos", angle)), atoms.made(nf, Atom("fun", "sin", angle))


# --- signs, periods and a few values ------------------------------------------------


def _plain(nf: Normal, x: Poly) -> Pair:
    """The pair of an angle, brought to a positive leading term plus r·π with 0 <= r < 1/2."""
    q, rest = _split(x)
    whole = [(m, c) for m, c in rest.terms.items() if _multiple(nf, m, c) is not None]
    if whole:
        sign = nf.product(*(cast(Poly, _multiple(nf, m, c)) for m, c in whole))
        c, s = _plain(nf, x - total(of_mono(m, k) for m, k in whole))
        return nf.times(sign, c), nf.times(sign, s)
    turned = bool(rest) and backwards(rest)
    if turned:
        q, rest = -q, -rest
    turns = int(q * 2 // 1)
    r = q - turns * HALF
    arc = None if r or not rest else _arc(rest)
    if arc is not None:
        pair = _inverse(nf, *arc)
    elif rest:
        pair = _made(nf, rest + of_atom(PI).scale(r))
    else:
        pair = _value(nf, r), _value(nf, HALF - r)
    c, s = _turned(pair, turns)
    return c, -s if turned else s


def _arc(angle: Poly) -> tuple[str, Poly, bool] | None:
    """The function and its argument for an angle asin u, acos u or atan u; True for half of it."""
    single = angle.single()
    if single is None or single[1] not in (1, HALF) or len(single[0]) != 1 or single[0][0][1] != 1:
        return None
    atom = single[0][0][0]
    if atom.kind != "fun" or atom.parts[0] not in INVERSE:
        return None
    return str(atom.parts[0]), cast(Poly, atom.parts[1]), single[1] == HALF


def _multiple(nf: Normal, mono: Mono, coeff: int | Fraction) -> Poly | None:
    """(−1)^k for a term k·π of an angle, k an integer that is no number."""
    rest = tuple(f for f in mono if f != (PI, 1))
    if len(rest) == len(mono) or not rest or not signs.is_integer(nf, of_mono(rest, rational(coeff))):
        return None
    return nf.power(number(-1), of_mono(rest, rational(coeff)))


def _value(nf: Normal, r: Fraction) -> Poly:
    """cos(r π) for 0 <= r <= 1/2."""
    if r in (0, HALF):
        return ZERO if r else ONE
    if r == Fraction(1, 3):
        return number(HALF)
    if r == Fraction(1, 4):
        return nf.power(number(2), -HALF)
    if r == Fraction(1, 6):
        return nf.power(number(3), HALF).scale(HALF)
    return atoms.made(nf, Atom("fun", "cos", of_atom(PI).scale(r)))


def bounds(atom: Atom) -> list[tuple[Poly, str]]:
    """The ranges of sines, cosines and their inverses; 333/106 < π < 355/113."""
    poly, pi = of_atom(atom), of_atom(PI)
    if atom == PI:
        return [(poly - number(Fraction(333, 106)), "gt"), (number(Fraction(355, 113)) - poly, "gt")]
    if atom.kind != "fun":
        return []
    if atom.parts[0] in ("sin", "cos"):
        return [(ONE - poly, "ge"), (ONE + poly, "ge")]
    if atom.parts[0] in ("asin", "atan"):
        strict = "gt" if atom.parts[0] == "atan" else "ge"
        return [(pi.scale(HALF) - poly, strict), (pi.scale(HALF) + poly, strict)]
    return [(poly, "ge"), (pi - poly, "ge")] if atom.parts[0] == "acos" else []


def inverse(name: str) -> Callable[[Normal, Poly], Poly]:
    """asin, acos or atan: odd, but acos(−u) = π − acos u; with their values at a few roots."""

    def value(nf: Normal, u: Poly) -> Poly:
        pi = of_atom(PI)
        if u and backwards(u):
            return pi - value(nf, -u) if name == "acos" else -value(nf, -u)
        slot = 1 if name == "asin" else 0
        for r in (
            () if u.names or u.vars else (Fraction(0), Fraction(1, 6), Fraction(1, 4), Fraction(1, 3), HALF)
        ):
            pair = _value(nf, r), _value(nf, HALF - r)
            if name == "atan" and r < HALF and u == nf.times(pair[1], nf.power(pair[0], -1)):
                return pi.scale(r)
            if name != "atan" and u == pair[slot]:
                return pi.scale(r)
        return atoms.made(nf, Atom("fun", name, u))

    return value


# --- independent generators -----------------------------------------------------------


def _pair(nf: Normal, x: Poly) -> Pair:
    pair = ONE, ZERO
    for mono, coeff in x.terms.items():
        for part in _parts(nf, mono, Fraction(coeff)):
            pair = _plus(nf, pair, part)
    return pair


def _parts(nf: Normal, mono: Mono, coeff: Fraction) -> Iterator[Pair]:
    """The pairs of the generators of one term of an angle."""
    if mono == ((PI, 1),):
        turns = coeff / 2 % 1
        for prime, power in primes(turns.denominator):
            size = prime**power
            cofactor = turns.denominator // size
            yield _root(nf, prime, Fraction(turns.numerator * pow(cofactor, -1, size) % size, size))
        return
    sign = _multiple(nf, mono, coeff)
    if sign is not None:
        yield sign, ZERO
        return
    steps = abs(coeff)
    arc = _arc(of_mono(mono, Fraction(1, steps.denominator)))
    if arc is not None:
        c, s = _times(nf, _inverse(nf, *arc), steps.numerator)
    else:
        c, s = _made(nf, of_mono(mono, rational(steps)))
    yield c, s if coeff > 0 else -s


def _times(nf: Normal, pair: Pair, times: int) -> Pair:
    """The pair of a multiple of an angle."""
    if times > MAX_MULTIPLE:
        raise TooLarge("a multiple of an angle that is too large")
    result = ONE, ZERO
    for _ in range(times):
        result = _plus(nf, result, pair)
    return result


def _inverse(nf: Normal, name: str, u: Poly, half: bool) -> Pair:
    """The pair of asin u, acos u or atan u, or of half of it."""
    square = nf.times(u, u)
    if name == "atan":
        c = nf.power(ONE + square, -HALF)
        pair = c, nf.times(u, c)
    else:
        root = nf.power(ONE - square, HALF)
        pair = (root, u) if name == "asin" else (u, root)
    if not half:
        return pair
    c = nf.power((ONE + pair[0]).scale(HALF), HALF)
    if name == "acos":
        return c, nf.power((ONE - u).scale(HALF), HALF)
    return c, nf.times(pair[1], nf.power(c, -1)).scale(HALF)


# --- roots of unity -----------------------------------------------------------------------


def _root(nf: Normal, prime: int, turn: Fraction) -> Pair:
    """The pair of the angle 2π·turn, turn = a/p^e in lowest terms, by the relations between them."""
    if prime == 2:
        quarters = int(turn * 4 // 1)
        r = turn - Fraction(quarters, 4)
        pair = (ONE, ZERO) if not r else (_atom(nf, "cos", r), _atom(nf, "cos", Fraction(1, 4) - r))
        return _turned(pair, quarters)
    r, sign = _fold(turn)
    cos, sin = _atom(nf, "cos", r), _atom(nf, "sin", r).scale(sign)
    if turn.denominator == prime:
        if r == Fraction(prime // 2, prime):  # 1 + 2 Σ cos = 0; the sines are independent
            cos = number(-HALF) - total(_atom(nf, "cos", Fraction(k, prime)) for k in range(1, prime // 2))
        return cos, sin
    others = [_fold(turn + Fraction(d, prime)) for d in range(1, prime)]
    if r > max(t for t, _ in others):
        cos = -total(_atom(nf, "cos", t) for t, _ in others)
        sin = -total(_atom(nf, "sin", t).scale(s) for t, s in others)
    return cos, sin


def _fold(turn: Fraction) -> tuple[Fraction, int]:
    """The turn in (0, 1/2) with the same cosine, and the sign of its sine."""
    turn %= 1
    return (turn, 1) if turn < HALF else (1 - turn, -1)


def _atom(nf: Normal, name: str, turn: Fraction) -> Poly:
    return of_atom(Atom("fun", name, of_atom(PI).scale(2 * turn)))


def gauss(nf: Normal, prime: int) -> Poly | None:
    """√p as a sum of cosines or sines: 2 cos(π/4), and Σ (k/p) cos(2πk/p) or Σ (k/p) sin(2πk/p)."""
    if prime not in GAUSS:
        return None
    if prime == 2:
        return _atom(nf, "cos", Fraction(1, 8)).scale(2)
    slot = 0 if prime % 4 == 1 else 1
    squares = {k * k % prime for k in range(1, prime)}
    return total(
        _root(nf, prime, Fraction(k, prime))[slot].scale(1 if k in squares else -1) for k in range(1, prime)
    )


# --- products in one generator --------------------------------------------------------------


def generator(atom: Atom) -> object:
    """What a cos or sin is a function of: a monomial, or a prime; None for other atoms."""
    if atom.kind != "fun" or atom.parts[0] not in ("cos", "sin"):
        return None
    ((mono, coeff),) = cast(Poly, atom.parts[1]).terms.items()
    return primes(Fraction(coeff / 2).denominator)[-1][0] if mono == ((PI, 1),) else mono_key(mono)


def crowded(mono: Mono) -> tuple[Atom, Atom] | None:
    """Two factors cos or sin of one generator, cos before sin; None where there are none."""
    found: dict[object, Atom] = {}
    for atom, exponent in mono:
        key = generator(atom) if natural(exponent) else None
        if key is not None:
            if exponent != 1 or key in found:
                return atom if exponent != 1 else found[key], atom
            found[key] = atom
    return None


def spread(nf: Normal, mono: Mono, pair: tuple[Atom, Atom]) -> Poly:
    """The monomial with a product of two factors in one generator made a sum."""
    nf.spend()
    if max(cast(int, dict(mono)[atom]) for atom in pair) > MAX_POWER:
        raise TooLarge("a power of a sine or cosine that is too large")
    rest = merge(mono, mono_of((atom, -1) for atom in pair))
    return nf.times(nf.reduce(rest), product_of_waves(nf, *pair))


def product_of_waves(nf: Normal, left: Atom, right: Atom) -> Poly:
    """cos a cos b, sin a sin b or cos a sin b as half a sum of values at a + b and at the difference."""
    a, b = cast(Poly, left.parts[1]), cast(Poly, right.parts[1])
    if left.parts[0] == right.parts[0]:
        far = cosine(nf, a + b)
        return (cosine(nf, a - b) + (far if left.parts[0] == "cos" else -far)).scale(HALF)
    return (sine(nf, b + a) + sine(nf, b - a)).scale(HALF)
