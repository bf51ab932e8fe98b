"""Elementary functions in the normal form: by exponentials, powers, |·| and a few functions that stay."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import cast

from symproof.kernel import angles, atoms, signs
from symproof.kernel.exponents import primes
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ONE,
    PI,
    ZERO,
    Atom,
    E,
    I,
    Poly,
    TooLarge,
    as_exponent,
    as_poly,
    magnitude,
    number,
    of_atom,
    of_mono,
    split_constant,
    total,
)
from symproof.kernel.verdict import Rejected

HALF = Fraction(1, 2)
MAX_SHIFT = 12  # steps that gamma and factorials are taken apart
MAX_FACTORIAL = 500
MAX_GAMMA = 60


def exponential(nf: Normal, x: Poly) -> Poly:
    """e^x, with e^(c log u) = u^c taken out (u > 0 wherever log u is defined)."""
    rest: list[Poly] = []
    result = ONE
    for mono, coeff in x.terms.items():
        logs = [factor for factor in mono if factor[0].kind == "fun" and factor[0].parts[:1] == ("log",)]
        if [exponent for _, exponent in logs] == [1]:
            others = of_mono(tuple(factor for factor in mono if factor not in logs), coeff)
            ((log, _),) = logs
            inner = cast(Poly, log.parts[1])
            result = nf.times(result, nf.power(inner, as_exponent(others)))
        else:
            rest.append(of_mono(mono, coeff))
    left = total(rest)
    return nf.times(result, nf.power(of_atom(E), left)) if left else result


def logarithm(nf: Normal, x: Poly) -> Poly:
    """log of a product: factors of known sign leave it (log u^k = k log |u|, log e^y = y), even powers as
    powers of |u|; the rest stays inside.  Where the log is defined, no factor is 0."""
    if not x:
        raise Rejected("normal form", "the logarithm of zero")
    content, common, rest = nf.content(x)
    result = [of_atom(Atom("fun", "log", number(p))).scale(k) for p, k in primes(magnitude(content))]
    left, sign = rest, 1 if content > 0 else -1
    for atom, exponent in common:
        base = of_atom(atom)
        if atom == E and I not in {a for m in as_poly(exponent).terms for a, _ in m}:
            result.append(as_poly(exponent))
            continue
        if atom.kind in ("pow", "base"):
            inner = atom.part
            base = inner if isinstance(inner, Poly) else number(inner)
        if isinstance(exponent, int) and exponent % 2 == 0:
            base = nf.absolute(base)
        elif isinstance(exponent, int) and signs.holds(nf, -base, "ge"):
            base, sign = -base, -sign
        elif not signs.holds(nf, of_atom(atom), "ge"):
            left = nf.times(left, of_mono(((atom, exponent),)))
            continue
        result.append(nf.times(as_poly(exponent), of_atom(Atom("fun", "log", base))))
    left = left.scale(sign)
    if left == -ONE:
        return of_atom(Atom("fun", "log", x))
    if left != ONE:
        result.append(of_atom(Atom("fun", "log", left)))
    return total(result)


def floor(nf: Normal, x: Poly) -> Poly:
    """Integers leave a floor."""
    inside: list[Poly] = []
    outside: list[Poly] = []
    for mono, coeff in x.terms.items():
        term = of_mono(mono, coeff)
        if mono and signs.is_integer(nf, term):
            outside.append(term)
        elif not mono:
            whole = coeff.numerator // coeff.denominator
            outside.append(number(whole))
            inside.append(number(coeff - whole))
        else:
            inside.append(term)
    left = total(inside)
    return (
        total((*outside, of_atom(Atom("fun", "floor", left)))) if left.constant() is None else total(outside)
    )


def factorial(nf: Normal, x: Poly) -> Poly:
    """n!, with (n + c)! = (n + 1) … (n + c) n! for n >= 0 and (n − c)! = n! / (n (n − 1) … (n − c + 1))."""
    value = x.constant()
    if value is not None:
        if not isinstance(value, int) or not 0 <= value <= MAX_FACTORIAL:
            raise TooLarge("a factorial that is too large or undefined")
        return number(math.factorial(value))
    below, shift = split_constant(x)
    if not isinstance(shift, int) or abs(shift) > MAX_SHIFT or shift > 0 and not signs.holds(nf, below, "ge"):
        return of_atom(Atom("fun", "factorial", x))
    steps = [below + number(k) for k in range(min(shift, 0) + 1, max(shift, 0) + 1)]
    factor = nf.power(nf.product(*steps), 1 if shift > 0 else -1)
    return nf.times(factor, of_atom(Atom("fun", "factorial", below)))


def gamma(nf: Normal, x: Poly) -> Poly:
    """Γ: (n − 1)! at integers, √π at 1/2, and Γ(y + 1) = y Γ(y) for y > 0."""
    value = x.constant()
    if signs.is_integer(nf, as_exponent(x)):
        return factorial(nf, x - ONE)
    shift = split_constant(x)[1]
    if value is not None and (value <= 0 or value > MAX_GAMMA):
        raise TooLarge("a value of gamma that is too large or undefined")
    steps = math.floor(shift)
    if value is None and steps > MAX_SHIFT:
        return atoms.made(nf, Atom("fun", "gamma", x))
    while steps > 0 and not signs.holds(nf, x - number(steps), "gt"):
        steps -= 1
    least = x - number(steps)
    if least == number(HALF):
        root = nf.power(of_atom(PI), HALF)
    else:
        root = atoms.made(nf, Atom("fun", "gamma", least))
    if steps < 0:
        return nf.times(root, nf.power(nf.product(*(x + number(k) for k in range(-steps))), -1))
    return nf.product(root, *(least + number(k) for k in range(steps)))


def binomial(nf: Normal, n: Poly, k: Poly) -> Poly:
    """n over k, n >= 0: a polynomial in n where k or n − k is a small number."""
    for lower in (k, n - k):
        value = lower.constant()
        if isinstance(value, int) and value <= MAX_SHIFT:
            steps = (n - number(j) for j in range(value))
            return nf.product(*steps).scale(Fraction(1, math.factorial(value))) if value >= 0 else ZERO
    return atoms.made(nf, Atom("fun", "binomial", n, k))


def _odd(name: str) -> Callable[[Normal, Poly], Poly]:
    """A function with f(−x) = −f(x)."""

    def value(nf: Normal, x: Poly) -> Poly:
        if not x:
            return ZERO
        sign = -1 if angles.backwards(x) else 1
        return atoms.made(nf, Atom("fun", name, x.scale(sign))).scale(sign)

    return value


def _arsinh(offset: int) -> Callable[[Normal, Poly], Poly]:
    """asinh x = log(x + √(x² + 1)), acosh x = log(x + √(x² − 1))."""

    def value(nf: Normal, x: Poly) -> Poly:
        root = nf.power(nf.times(x, x) + number(offset), HALF)
        return logarithm(nf, x + root)

    return value


def _ratio(top: Callable[[Normal, Poly], Poly], below: Callable[[Normal, Poly], Poly]) -> Callable[..., Poly]:
    return lambda nf, x: nf.times(top(nf, x), nf.power(below(nf, x), -1))


def _sinh(nf: Normal, x: Poly) -> Poly:
    return (exponential(nf, x) - exponential(nf, -x)).scale(HALF)


def _cosh(nf: Normal, x: Poly) -> Poly:
    return (exponential(nf, x) + exponential(nf, -x)).scale(HALF)


def _larger(nf: Normal, x: Poly, y: Poly) -> Poly:
    return (x + y + nf.absolute(x - y)).scale(HALF)


def _smaller(nf: Normal, x: Poly, y: Poly) -> Poly:
    return (x + y - nf.absolute(x - y)).scale(HALF)


def _fold(two: Callable[[Normal, Poly, Poly], Poly]) -> Callable[..., Poly]:
    def many(nf: Normal, *args: Poly) -> Poly:
        result = args[0]
        for arg in args[1:]:
            result = two(nf, result, arg)
        return result

    return many


def _sign(nf: Normal, x: Poly) -> Poly:
    for value, poly, relation in ((1, x, "gt"), (-1, -x, "gt"), (0, x, "eq")):
        if signs.holds(nf, poly, relation):
            return number(value)
    if signs.holds(nf, x, "ne"):
        return nf.times(x, nf.power(nf.absolute(x), -1))
    content, common, rest = nf.content(x)
    whole = rest if not common else nf.times(of_mono(common), rest)
    return of_atom(Atom("fun", "sign", whole)).scale(1 if content > 0 else -1)


atoms.ELEMENTARY.update(
    {
        "exp": exponential,
        "log": logarithm,
        "sqrt": lambda nf, x: nf.power(x, HALF),
        "abs": Normal.absolute,
        "sin": angles.sine,
        "cos": angles.cosine,
        "tan": angles.tangent,
        "asin": angles.inverse("asin"),
        "acos": angles.inverse("acos"),
        "atan": angles.inverse("atan"),
        "sinh": _sinh,
        "cosh": _cosh,
        "tanh": _ratio(_sinh, _cosh),
        "sigmoid": lambda nf, x: nf.power(ONE + exponential(nf, -x), -1),
        "softplus": lambda nf, x: logarithm(nf, ONE + exponential(nf, x)),
        "relu": lambda nf, x: _larger(nf, x, ZERO),
        "max": _fold(_larger),
        "min": _fold(_smaller),
        "sign": _sign,
        "floor": floor,
        "ceil": lambda nf, x: -floor(nf, -x),
        "mod": lambda nf, x, m: x - nf.times(m, floor(nf, nf.times(x, nf.power(m, -1)))),
        "factorial": factorial,
        "gamma": gamma,
        "binomial": binomial,
        "erf": _odd("erf"),
        "asinh": _arsinh(1),
        "acosh": _arsinh(-1),
        "atanh": lambda nf, x: (logarithm(nf, ONE + x) - logarithm(nf, ONE - x)).scale(HALF),
    }
)
