"""Decompositions that need little search: by signs, by factors, by moving every bound to 0."""

from __future__ import annotations

from symproof.kernel import signs
from symproof.kernel.poly import Atom, Poly, of_atom, of_mono, split_constant
from symproof.methods.letters import factors
from symproof.methods.positivity import Found, Problem, Summand, accepted
from symproof.methods.sums_of_squares import definite

MAX_SUMMANDS = 60


def by_sign(problem: Problem) -> Found | None:
    """The sign of the target is seen once the denominators are gone."""
    if signs.holds(problem.nf, problem.target, "gt" if problem.strict else "ge"):
        return [Summand(1, (problem.target,))], []
    return None


def by_factors(problem: Problem) -> Found | None:
    """c·Π f^k: even powers are squares, the sign of the others is seen or each is a sum of squares."""
    found = factors(problem.nf, problem.target)
    if found is None:
        return None
    content, parts = found
    result = [Summand(1)]
    positive = content > 0
    for part, power in parts:
        half, odd = divmod(power, 2)
        if half:
            square = problem.nf.power(part, half)
            result = [Summand(s.weight, s.factors, (*s.squares, square)) for s in result]
        if not odd:
            continue
        pieces = definite(problem, part)
        if pieces is None:
            pieces, positive = definite(problem, -part), not positive
        if pieces is None or len(result) * len(pieces) > MAX_SUMMANDS:
            return None
        result = [
            Summand(s.weight * p.weight, s.factors + p.factors, s.squares + p.squares)
            for s in result
            for p in pieces
        ]
    if not positive:
        return None
    size = content if content > 0 else -content
    return accepted(problem, [Summand(s.weight * size, s.factors, s.squares) for s in result])


def by_shift(problem: Problem) -> Found | None:
    """x = low + t or x = high − t for every x with a bound: all coefficients are then nonnegative."""
    nf = problem.nf
    bounds: dict[Atom, tuple[Poly, int]] = {}
    for fact in problem.facts:
        rest, _ = split_constant(fact.value)
        for sign in (1, -1):
            atom = rest.scale(sign).atom()
            if atom is not None and atom.kind == "sym" and len(fact.factors) == 1:
                if atom not in bounds or sign > bounds[atom][1]:
                    bounds[atom] = (fact.value, sign)
    if not bounds:
        return None
    moved = nf.replace(
        problem.target,
        {a: of_atom(a).scale(sign) + (of_atom(a) - f.scale(sign)) for a, (f, sign) in bounds.items()},
    )
    summands = []
    for mono, coeff in moved.terms.items():
        if coeff < 0:
            return None
        once: list[Poly] = []
        even: list[Poly] = []
        for atom, exponent in mono:
            if atom in bounds and isinstance(exponent, int) and 0 < exponent < 40:
                distance = bounds[atom][0]
                once += [distance] * (exponent % 2)
                even += [nf.power(distance, exponent // 2)] * (exponent > 1)
            elif isinstance(exponent, int) and exponent % 2 == 0:
                even.append(of_mono(((atom, exponent // 2),)))
            else:
                power = of_mono(((atom, exponent),))
                if not signs.holds(nf, power, "ge"):
                    return None
                once.append(power)
        summands.append(Summand(coeff, tuple(once), tuple(even)))
    return accepted(problem, summands)
