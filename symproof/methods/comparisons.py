"""Inequalities through a monotone function: squares where there are roots, products where there are logs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction

from symproof.kernel import signs
from symproof.kernel.context import Context
from symproof.kernel.elementary import exponential
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, Mono, Number, Poly, of_mono, rational, total
from symproof.methods.inequalities import by_functions, dear, light, squares, summed
from symproof.methods.posing import FAILURES, posed, simplest
from symproof.methods.positivity import Problem, Summand
from symproof.methods.quick import order
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.methods.termwise import termwise
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.tree import Term

MAX_SQUARINGS = 3
MAX_EXPONENT = 12
Prover = Callable[[Context, Term], Certificate | None]


def by_comparison(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by squares or exponentials of both sides."""
    return _compared(search, context, goal, 0)


def _compared(search: Search, context: Context, goal: Term, level: int) -> Certificate | None:
    def prove(context: Context, premise: Term) -> Certificate | None:
        for tactic in (order, squares, summed, light, by_functions, termwise, dear):
            found = tactic(search, context, premise, 0)
            if found is not None:
                return found
        return _compared(search, context, premise, level + 1)

    def candidates() -> Iterator[Certificate]:
        for problem in posed(search, context, goal, facts=False):
            try:
                for found in (
                    by_squaring(problem, level, prove),
                    by_exponential(simplest(problem), prove) if level == 0 else None,
                ):
                    if found is not None:
                        yield found
            except FAILURES:
                continue

    return search.clean(context, goal, candidates())


def by_squaring(problem: Problem, level: int, prove: Prover) -> Certificate | None:
    """target = R − L, R its terms with positive coefficients: R >= 0 and L² <= R² give L <= R."""
    nf, target = problem.nf, problem.target
    if level >= MAX_SQUARINGS or not any(map(_is_root, target.terms)):
        return None
    right = total(of_mono(m, c) for m, c in target.terms.items() if c > 0)
    left = right - target
    if not left or not signs.holds(nf, right, "ge"):
        return None
    x, y = (_term(nf, side) for side in (left, right))
    premise = make("lt" if problem.strict else "le", *(make("pow", t, num(2)) for t in (x, y)))
    proof = prove(problem.context, premise)
    if proof is None:
        return None
    axiom = "strictly-below-by-squares" if problem.strict else "below-by-squares"
    return _have(problem, axiom, {"x": x, "y": y}, {"squares": proof}, target)


def _is_root(mono: Mono) -> bool:
    return any(a.kind == "abs" or (isinstance(e, Fraction) and a.kind != "i") for a, e in mono)


def by_exponential(problem: Problem, prove: Prover) -> Certificate | None:
    """target = Σ c·log w + rest: Π_{c<0} w^−c · e^−rest <= Π_{c>0} w^c gives target >= 0."""
    nf = problem.nf
    logs: list[tuple[Poly, Fraction]] = []
    rest: list[Poly] = []
    for mono, coeff in problem.target.terms.items():
        if len(mono) == 1 and mono[0][0].kind == "fun" and mono[0][0].parts[0] == "log" and mono[0][1] == 1:
            logs.append((mono[0][0].parts[1], Fraction(coeff)))  # type: ignore[arg-type]
        else:
            rest.append(of_mono(mono, coeff))
    if not logs:
        return None
    scale = _scale(logs)
    above, below = ONE, exponential(nf, -total(rest).scale(scale))
    for w, c in logs:
        power = Fraction(c * scale)
        if abs(power) > MAX_EXPONENT or (len(w.terms) > 1 and abs(power) != 1):
            return None  # the logarithm of a power of a sum is not seen to be a multiple
        if power > 0:
            above = nf.times(above, nf.power(w, rational(power)))
        else:
            below = nf.times(below, nf.power(w, rational(-power)))
    x, y = _term(nf, below), _term(nf, above)
    proof = prove(problem.context, make("lt" if problem.strict else "le", x, y))
    if proof is None:
        return None
    axiom = "log-strictly-monotone" if problem.strict else "log-monotone"
    return _have(problem, axiom, {"x": x, "y": y}, {"ordered": proof}, problem.target)


def _scale(logs: list[tuple[Poly, Fraction]]) -> Number:
    """What makes the coefficients of logarithms of sums ±1, else all coefficients integers."""
    sizes = {abs(c) for w, c in logs if len(w.terms) > 1}
    return rational(1 / min(sizes)) if sizes else math.lcm(*(c.denominator for _, c in logs))


def _have(
    problem: Problem, axiom: str, values: dict[str, Term], premises: dict[str, Certificate], target: Poly
) -> Certificate:
    return {
        "rule": "have",
        "name": fresh_name(problem.context, axiom),
        "axiom": axiom,
        "at": {k: encode(v) for k, v in values.items()},
        "premises": premises,
        "then": problem.certificate([Summand(1, (target,))]),
    }


def _term(nf: Normal, poly: Poly) -> Term:
    return raise_poly(nf, poly, {})
