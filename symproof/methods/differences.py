"""Sums of m·(x − y)² with monomials m of what is not negative: averages compared, Muirhead, Schur-like sums.

A negative monomial m·x·y of the target asks for m·(x − y)², whose other monomials may ask again.
Where an equation says that a linear form is a number, the target is made homogeneous with it first.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from symproof.kernel import signs
from symproof.kernel.poly import ONE, ZERO, Atom, Mono, Poly, merge, of_atom, of_mono, rational, total
from symproof.methods.positivity import Equation, Found, Problem, Summand, accepted, column, summed_up
from symproof.methods.simplex import combination

ROUNDS = 2
MAX_COLUMNS = 200
MAX_DEGREE = 8
Taken = list[tuple[Equation, Fraction]]


def by_differences(problem: Problem) -> Found | None:
    """The target as Σ c·m·(x − y)² + Σ c·m, after it is made homogeneous."""
    letters = [a for a in problem.letters() if a.kind != "base"]
    fine = {a for a in letters if signs.holds(problem.nf, of_atom(a), "ge")}
    if len(fine) < 2:
        return None
    for target, taken in _targets(problem):
        parts = _parts(target, fine)
        if not parts or len(parts) > MAX_COLUMNS:
            continue
        problem.spend()
        strict = (j for j, (_, squares) in enumerate(parts) if problem.strict and not squares)
        columns = [column(_value(problem, part)) for part in parts]
        weights = combination(columns, column(target), frozenset(strict))
        if weights is not None:
            summands = [Summand(rational(w), *parts[j]) for j, w in weights.items() if w]
            found = accepted(problem, summands, summed_up(taken))
            if found is not None:
                return found
    return None


def _value(problem: Problem, part: tuple[tuple[Poly, ...], tuple[Poly, ...]]) -> Poly:
    (factors, squares), value = part, ONE
    for factor in (*factors, *squares, *squares):
        value = problem.nf.times(value, factor)
    return value


def _parts(target: Poly, fine: set[Atom]) -> list[tuple[tuple[Poly, ...], tuple[Poly, ...]]]:
    """What may be added up: factors and the roots of squares."""
    found: dict[tuple[Mono, Atom, Atom], None] = {}
    waiting = [m for m, c in target.terms.items() if c < 0]
    done: set[Mono] = set()
    for _ in range(ROUNDS):
        fresh: list[Mono] = []
        for mono in waiting:
            done.add(mono)
            for x, y in combinations([a for a, e in mono if isinstance(e, int) and e > 0], 2):
                left = merge(mono, ((x, -1),))
                left = merge(left, ((y, -1),))
                if _nonnegative(left, fine):
                    found[left, x, y] = None
                    fresh += [merge(left, ((x, 2),)), merge(left, ((y, 2),))]
        waiting = [m for m in dict.fromkeys(fresh) if m not in done and target.terms.get(m, 0) <= 0]
    positive = [m for m, c in target.terms.items() if c > 0 and _nonnegative(m, fine)]
    alone = [((of_mono(m),) if m else (), ()) for m in positive]
    pairs = [((of_mono(m),) if m else (), (of_atom(x) - of_atom(y),)) for m, x, y in found]
    return [*alone, *pairs] if pairs else []


def _nonnegative(mono: Mono, fine: set[Atom]) -> bool:
    return all(isinstance(e, int) and e > 0 and (a in fine or e % 2 == 0) for a, e in mono)


def _targets(problem: Problem) -> Iterator[tuple[Poly, Taken]]:
    """The target, and made homogeneous by each equation that says what a linear form is."""
    yield problem.target, []
    degrees = {m: _degree(m) for m in problem.target.terms}
    whole = [d for d in degrees.values() if d is not None]
    if len(whole) < len(degrees) or not 0 < max(whole) <= MAX_DEGREE or len(set(whole)) == 1:
        return
    for equation in problem.equations:
        form, value = _linear(equation.value)
        if form is None:
            continue
        nf, scale = problem.nf, Fraction(-1) / value
        unit, powers = form.scale(rational(scale)), [ONE]  # unit = 1 where the equation holds
        for _ in range(max(whole)):
            powers.append(nf.times(powers[-1], unit))
        homogeneous, factor = [], []
        for mono, coeff in problem.target.terms.items():
            missing = max(whole) - int(degrees[mono])  # type: ignore[arg-type]
            term = of_mono(mono, coeff)
            homogeneous.append(nf.times(term, powers[missing]))
            factor.append(nf.times(term, total(powers[:missing]) if missing else ZERO))
        times = total(factor).scale(rational(Fraction(1) / value))
        yield total(homogeneous), [(equation.times(nf, times), Fraction(1))]


def _degree(mono: Mono) -> int | None:
    if not all(isinstance(e, int) and e > 0 for _, e in mono):
        return None
    return sum(e for _, e in mono)  # type: ignore[misc]


def _linear(poly: Poly) -> tuple[Poly | None, Fraction]:
    """ℓ and c for ℓ + c with a linear form ℓ and a number c that is not 0."""
    value = Fraction(poly.terms.get((), 0))
    form = Poly({m: c for m, c in poly.terms.items() if m})
    if not value or any(_degree(m) != 1 for m in form.terms):
        return None, value
    return form, value
