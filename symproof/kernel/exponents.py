"""Exponents: their whole part, an order among them, and numbers as products of prime powers."""

from __future__ import annotations

import math
from functools import lru_cache

from symproof.kernel.poly import (
    Exponent,
    Number,
    Poly,
    as_exponent,
    as_poly,
    mono_key,
    number,
    rational,
    split_constant,
)

MAX_PRIME = 1000


def whole_part(exponent: Exponent) -> tuple[Exponent, int]:
    """The exponent as rest + whole with the constant part of the rest in [0, 1)."""
    if isinstance(exponent, Poly):
        rest, value = split_constant(exponent)
        whole = math.floor(value)
        return as_exponent(rest + number(value - whole)), whole
    whole = math.floor(exponent)
    return rational(exponent - whole), whole


def smaller(left: Exponent, right: Exponent) -> Exponent:
    """The smaller exponent in an order that adding to both sides does not change."""
    if not isinstance(left, Poly) and not isinstance(right, Poly):
        return min(left, right)
    difference = as_poly(left) - as_poly(right)
    value = difference.constant()
    if value is None:
        value = difference.terms[max(difference.terms, key=mono_key)]
    return left if value <= 0 else right


@lru_cache(maxsize=4096)
def primes(value: Number) -> tuple[tuple[int, int], ...]:
    """The factorisation into primes; what trial division leaves counts as one base."""
    found: dict[int, int] = {}
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        for prime in range(2, MAX_PRIME):
            if prime * prime > part:
                break
            while part % prime == 0:
                part //= prime
                found[prime] = found.get(prime, 0) + sign
        if part > 1:
            found[part] = found.get(part, 0) + sign
    return tuple(sorted((p, k) for p, k in found.items() if k))
