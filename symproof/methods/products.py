"""Products of facts, squares and multiples of equations that add up to the target, by linear programming."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from symproof.kernel import signs
from symproof.kernel.poly import ONE, Poly, coefficient_of, of_atom, of_mono, rational
from symproof.methods.letters import squarable
from symproof.methods.positivity import (
    UNIT,
    Equation,
    Found,
    Known,
    Problem,
    Summand,
    accepted,
    column,
    summed_up,
)
from symproof.methods.simplex import combination

MAX_COLUMNS = 300
MAX_BASIS = 12
MAX_LETTERS = 6
FEW = 5
Part = tuple[Known, tuple[Poly, ...]]  # what may be added up, and those of its factors that are squared


def by_products(problem: Problem, degree: int) -> Found | None:
    """Σ c·(products of up to `degree` facts and squares), after multiples of the equations are taken away."""
    parts = list(itertools.islice(_parts(problem, degree), MAX_COLUMNS + 1))
    if len(parts) > MAX_COLUMNS:
        return None
    equations = list(_multiples(problem))
    columns = [column(known.value) for known, _ in parts]
    for equation in equations:
        columns += [column(equation.value), column(-equation.value)]
    strict = (j for j, (known, _) in enumerate(parts) if known.strict and problem.strict)
    problem.spend()
    weights = combination(columns, column(problem.target), frozenset(strict))
    if weights is None:
        return None
    summands, taken = [], []
    for j, weight in weights.items():
        if j < len(parts):
            known, squares = parts[j]
            summands.append(Summand(rational(weight), known.factors, squares))
        else:
            k, negative = divmod(j - len(parts), 2)
            taken.append((equations[k], -weight if negative else weight))
    return accepted(problem, summands, summed_up(taken))


def _parts(problem: Problem, degree: int) -> Iterator[Part]:
    nf, facts = problem.nf, problem.facts
    yield UNIT, ()
    for size in range(1, degree + 1):
        for chosen in itertools.combinations_with_replacement(facts, size):
            product = chosen[0]
            for other in chosen[1:]:
                product = product.times(nf, other)
            if product.value:
                yield product, ()
    known = [f.value for f in facts] + [e.value for e in problem.equations]
    basis = squarable(nf, problem.target, ONE, *known)
    letters = [of_atom(a) for a in problem.letters() if a.kind != "base"]
    if degree > 1:
        basis += [p for p in letters if p not in basis]
        yield from ((Known(nf.times(r, r), (), False), (r,)) for r in _tops(problem, letters, known))
    if len(basis) > MAX_BASIS:
        return
    for k, a in enumerate(basis):
        if a != ONE:
            square = Known(nf.times(a, a), (), signs.holds(nf, a, "ne"))
            yield square, (a,)
            for fact in facts if degree > 1 else ():
                yield fact.times(nf, square), (a,)
        for b in basis[k + 1 :]:
            for root in (a + b, a - b):
                square = Known(nf.times(root, root), (), False)
                yield square, (root,)
                if degree > 2 and len(facts) <= FEW and a in letters and b in letters:
                    yield from ((fact.times(nf, square), (root,)) for fact in facts)


def _tops(problem: Problem, letters: list[Poly], polys: list[Poly]) -> Iterator[Poly]:
    """2Ax + B for every Ax² + Bx + C: its square is 4A(Ax² + Bx + C) + B² − 4AC."""
    for poly in (problem.target, *polys):
        for letter in letters:
            atom = letter.atom()
            assert atom is not None
            square = {m: c for m, c in poly.terms.items() if (atom, 2) in m}
            if not square or len(poly.terms) == 1:
                continue
            lead = Poly({tuple(f for f in m if f[0] != atom): c for m, c in square.items()})
            parts = coefficient_of(poly - Poly(square), atom)
            if parts is not None and (parts[0] or lead.constant() is None):
                yield problem.nf.times(lead, letter).scale(2) + parts[0]


def _multiples(problem: Problem) -> Iterator[Equation]:
    """The equations times 1, times each letter and times the roots that they hold."""
    letters = problem.letters()
    for equation in problem.equations:
        yield equation
        roots = [of_mono((f,)) for m in equation.value.terms for f in m if isinstance(f[1], Fraction)]
        plain = map(of_atom, letters) if len(letters) <= MAX_LETTERS else ()
        for factor in (*plain, *roots):
            yield equation.times(problem.nf, factor)
