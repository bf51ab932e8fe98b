"""Sums of squares: a polynomial as Σ d·l² (times facts) by a positive semidefinite matrix."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from fractions import Fraction

from symproof.kernel import signs
from symproof.kernel.poly import ONE, Mono, Poly, merge, of_mono, rational, total
from symproof.methods.elimination import Column, solutions
from symproof.methods.gram import Key, System, squares
from symproof.methods.letters import Letters, compiled, evaluate, squarable, value_at
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
from symproof.methods.sampling import negative_somewhere

MAX_BASIS = 12
SURE = 2  # bases of this size are settled faster than points
MAX_UNKNOWNS = 160
MAX_LETTERS = 6
GRID = (0, 1, -1, 2, Fraction(1, 2), -2)
MAX_GRID = 800
SMALL = 1e-9
Block = tuple[Known, list[Poly]]  # a factor f and the basis m of f·mᵀGm


def definite(problem: Problem, part: Poly) -> list[Summand] | None:
    """The sign of the polynomial is seen, or it is a sum of squares."""
    if signs.holds(problem.nf, part, "ge"):
        return [Summand(1, (part,))]
    found = _without_facts(problem, part)
    return found[0] if found else None


def by_squares(problem: Problem) -> Found | None:
    """Σ d·l² without facts."""
    return _without_facts(problem, problem.target)


def _without_facts(problem: Problem, target: Poly) -> Found | None:
    basis = squarable(problem.nf, target)
    if not basis or len(basis) > MAX_BASIS or not _covers(problem, target, basis):
        return None
    if len(basis) > SURE and negative_somewhere(problem.nf, target):
        return None
    return _gram(problem, target, [(UNIT, basis)], [])


def _covers(problem: Problem, target: Poly, basis: list[Poly]) -> bool:
    """Is every monomial of the target one of a product of two of the basis?"""
    seen: set[Mono] = set()
    for k, a in enumerate(basis):
        for b in basis[k:]:
            seen |= problem.nf.times(a, b).terms.keys()
    return target.terms.keys() <= seen


def by_squares_and_facts(problem: Problem) -> Found | None:
    """Σ σ_i·f_i with sums of squares σ_i and products f_i of facts, and multiples of equations."""
    nf, facts, equations = problem.nf, problem.facts, problem.equations
    known = [*(f.value for f in facts), *(e.value for e in equations)]
    letters = Letters([problem.target, *known])
    if not 0 < len(letters.letters) <= MAX_LETTERS or not _independent(problem, letters):
        return None
    if any(e < 0 or e.denominator != 1 for m in problem.target.terms for e in letters.vector(m)):
        return None
    degrees = [_degree(letters, p) for p in (problem.target, *known)]
    products = [p for a, b in itertools.combinations(facts, 2) if (p := a.times(nf, b)).value]
    for top in range(even_degree(max(degrees)), even_degree(max(degrees)) + 3, 2):
        blocks = [(UNIT, _monomials(letters, top // 2))]
        for fact in (*facts, *products):
            blocks.append((fact, _monomials(letters, (top - _degree(letters, fact.value)) // 2)))
        free = [
            equation.times(nf, m)
            for equation in equations
            for m in _monomials(letters, top - _degree(letters, equation.value))
        ]
        if sum(len(b) * (len(b) + 1) // 2 for _, b in blocks) + len(free) > MAX_UNKNOWNS:
            return None
        found = _gram(problem, problem.target, blocks, free, slack=problem.strict)
        if found is not None:
            return found
    return None


def even_degree(degree: int) -> int:
    """The degree, at least 2 and even."""
    return max(2, degree + degree % 2)


def _independent(problem: Problem, letters: Letters) -> bool:
    """Do the letters obey no relation, so that products are those of polynomials?"""
    return not problem.nf.angles and all(atom.kind not in ("abs", "pow") for atom, _ in letters.letters)


def _degree(letters: Letters, poly: Poly) -> int:
    return max((int(sum(letters.vector(m))) for m in poly.terms), default=0)


def _monomials(letters: Letters, degree: int) -> list[Poly]:
    """All monomials up to a degree, the highest first; none for a negative one."""
    found = []
    count = len(letters.letters)
    for size in range(degree, -1, -1):
        for chosen in itertools.combinations_with_replacement(range(count), size):
            mono: Mono = ()
            for k in chosen:
                mono = merge(mono, letters.mono([Fraction(int(j == k)) for j in range(count)]))
            found.append(of_mono(mono))
    return found


# --- positive semidefinite matrices -----------------------------------------------------------


def _gram(
    problem: Problem, target: Poly, blocks: list[Block], free: list[Equation], slack: bool = False
) -> Found | None:
    """target = Σ_b f_b·mᵀ G_b m + Σ multiples with G_b ⪰ 0, a positive number among them with `slack`."""
    if slack:
        blocks = [*blocks, (UNIT, [ONE])]
    system = _system(problem, target, blocks, free, slack)
    found = _read_off(problem, blocks, free, system.simplest())
    if found is not None or not system.directions:
        return found
    smaller = _faces(problem, target, blocks, free)
    if smaller is not blocks:
        reduced = _system(problem, target, smaller, free, slack)
        for values in (reduced.simplest, lambda: reduced.search(problem.spend)):
            found = _read_off(problem, smaller, free, values())
            if found is not None:
                return found
    return _read_off(problem, blocks, free, system.search(problem.spend))


def _system(problem: Problem, target: Poly, blocks: list[Block], free: list[Equation], slack: bool) -> System:
    nf = problem.nf
    unknowns: list[Key] = []
    columns: list[Column] = []
    for b, (fact, basis) in enumerate(blocks):
        for i, left in enumerate(basis):
            for k in range(i, len(basis)):
                value = nf.times(nf.times(left, basis[k]), fact.value)
                unknowns.append((b, i, k))
                columns.append(column(value if i == k else value.scale(2)))
    for k, equation in enumerate(free):
        unknowns.append((-1, k, 0))
        columns.append(column(equation.value))
    problem.spend()
    return System(unknowns, columns, column(target), len(blocks) - 1 if slack else None)


def _read_off(
    problem: Problem, blocks: list[Block], free: list[Equation], values: Mapping[Key, Fraction] | None
) -> Found | None:
    """The squares of a solution."""
    if values is None:
        return None
    summands = []
    for b, (fact, basis) in enumerate(blocks):
        places = range(len(basis))
        matrix = [[values.get((b, min(i, k), max(i, k)), Fraction(0)) for k in places] for i in places]
        for weight, vector in squares(matrix) or ():
            root = total(m.scale(rational(v)) for m, v in zip(basis, vector, strict=True) if v)
            summands.append(Summand(rational(weight), fact.factors, () if root == ONE else (root,)))
    taken = [(e, values.get((-1, k, 0), Fraction(0))) for k, e in enumerate(free)]
    return accepted(problem, summands, summed_up(taken))


def _faces(problem: Problem, target: Poly, blocks: list[Block], free: list[Equation]) -> list[Block]:
    """Where the target is 0 every summand is: the basis of a block shrinks to what vanishes there."""
    polys = [target, *(f.value for f, _ in blocks), *(e.value for e in free)]
    letters = Letters([*polys, *(m for _, basis in blocks for m in basis)])
    count = len(letters.letters)
    if not count or not _independent(problem, letters):
        return blocks
    grid = GRID[: max(2, min(len(GRID), int(MAX_GRID ** (1 / count))))]
    everything = (*polys, *(m for _, basis in blocks for m in basis))
    powers = {e for p in everything for m in p.terms for e in letters.vector(m)}
    if len(grid) ** count > MAX_GRID or any(e.denominator != 1 or e < 0 for e in powers):
        return blocks
    quick = compiled(letters, target)
    zeros: list[list[list[Fraction]]] = [[] for _ in blocks]
    for point in itertools.product(grid, repeat=count):
        if abs(value_at(quick, point)) > SMALL or evaluate(target, letters, point):
            continue
        if any(evaluate(e.value, letters, point) for e in free):
            continue
        levels = [evaluate(f.value, letters, point) for f, _ in blocks]
        if any(v < 0 for v in levels):
            continue
        for b, (_, basis) in enumerate(blocks):
            if levels[b]:
                zeros[b].append([evaluate(m, letters, point) for m in basis])
    if not any(zeros):
        return blocks
    shrunk = zip(blocks, zeros, strict=True)
    return [(fact, _vanishing(basis, rows) if rows else basis) for (fact, basis), rows in shrunk]


def _vanishing(basis: list[Poly], rows: list[list[Fraction]]) -> list[Poly]:
    """The combinations of the basis that are 0 at all the points (rows: the values of the basis there)."""
    columns = [{k: row[j] for k, row in enumerate(rows) if row[j]} for j in range(len(basis))]
    solved = solutions(columns, {}, lambda j: j)
    assert solved is not None
    return [total(basis[j].scale(rational(v)) for j, v in d.items()) for d in solved[1]]
