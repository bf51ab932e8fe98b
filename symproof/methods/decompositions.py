"""Ways to write a polynomial as a sum of products of squares and of things known to be nonnegative."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from symproof.kernel import signs
from symproof.kernel.poly import ONE, Atom, Mono, Poly, merge, of_atom, of_mono, rational, split_constant, total
from symproof.methods.gram import Key, semidefinite, squares
from symproof.methods.letters import Letters, evaluate, factors, squarable
from symproof.methods.positivity import Known, Problem, Summand
from symproof.methods.simplex import combination

Multiples = list[tuple[str, Poly]]
Found = tuple[list[Summand], Multiples]

MAX_COLUMNS = 260
MAX_UNKNOWNS = 160
MAX_BASIS = 12
UNIT = Known(ONE, (), True)


def is_strict(problem: Problem, summands: list[Summand]) -> bool:
    """Will the kernel see that one of the summands is positive?"""
    nf = problem.nf
    return any(
        all(signs.holds(nf, f, "gt") for f in s.factors) and all(signs.holds(nf, f, "ne") for f in s.squares)
        for s in summands
    )


def accepted(problem: Problem, found: list[Summand] | None, multiples: Multiples | None = None) -> Found | None:
    if found is None or (problem.strict and not is_strict(problem, found)):
        return None
    return found, multiples or []


# --- without facts -------------------------------------------------------------------------


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
        pieces = _definite(problem, part)
        if pieces is None:
            pieces, positive = _definite(problem, -part), not positive
        if pieces is None or len(result) * len(pieces) > 60:
            return None
        result = [
            Summand(s.weight * p.weight, s.factors + p.factors, s.squares + p.squares)
            for s in result
            for p in pieces
        ]
    if not positive:
        return None
    size = rational(Fraction(abs(content)))
    return accepted(problem, [Summand(s.weight * size, s.factors, s.squares) for s in result])


def _definite(problem: Problem, part: Poly) -> list[Summand] | None:
    if signs.holds(problem.nf, part, "ge"):
        return [Summand(1, (part,))]
    found = _gram(problem, part, [(UNIT, squarable(problem.nf, part))], [])
    return found[0] if found else None


def by_squares(problem: Problem) -> Found | None:
    """Σ d·l² by a positive semidefinite matrix, equations of the context added with any multiple."""
    basis = squarable(problem.nf, problem.target)
    if not basis or len(basis) > MAX_BASIS or not _covers(problem, basis):
        return None
    return _gram(problem, problem.target, [(UNIT, basis)], [])


def _covers(problem: Problem, basis: list[Poly]) -> bool:
    """Is every monomial of the target one of a product of two of the basis?"""
    seen: set[Mono] = set()
    for k, a in enumerate(basis):
        for b in basis[k:]:
            seen |= problem.nf.times(a, b).terms.keys()
    return problem.target.terms.keys() <= seen


# --- with facts ----------------------------------------------------------------------------


def by_shift(problem: Problem) -> Found | None:
    """x = low + t or x = high − t for every x with a bound: all coefficients are then nonnegative."""
    nf = problem.nf
    bounds: dict[Atom, tuple[Poly, int]] = {}
    for fact in problem.facts:
        rest, value = split_constant(fact.value)
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
        factors_: list[Poly] = []
        even: list[Poly] = []
        for atom, exponent in mono:
            if atom in bounds and isinstance(exponent, int) and 0 < exponent < 40:
                fact = bounds[atom][0]
                factors_ += [fact] * (exponent % 2)
                even += [nf.power(fact, exponent // 2)] * (exponent > 1)
            elif isinstance(exponent, int) and exponent % 2 == 0:
                even.append(of_mono(((atom, exponent // 2),)))
            else:
                value = of_mono(((atom, exponent),))
                if not signs.holds(nf, value, "ge"):
                    return None
                factors_.append(value)
        summands.append(Summand(coeff, tuple(factors_), tuple(even)))
    return accepted(problem, summands)


def by_products(problem: Problem, degree: int) -> Found | None:
    """Products of up to `degree` facts, squares of small differences and multiples of equations, by linear programming."""
    columns = list(_columns(problem, degree))
    if len(columns) > MAX_COLUMNS:
        return None
    equations = list(_multiples(problem))
    vectors = [_column(value.value) for value, _ in columns]
    for _, _, poly in equations:
        vectors += [_column(poly), _column(-poly)]
    wanted = frozenset(j for j, (k, _) in enumerate(columns) if k.strict) if problem.strict else frozenset()
    problem.spend()
    weights = combination(vectors, _column(problem.target), wanted)
    if weights is None:
        return None
    summands = [Summand(rational(weights[j]), columns[j][0].factors, columns[j][1]) for j in weights if j < len(columns)]
    multiples: dict[str, list[Poly]] = {}
    for j, weight in weights.items():
        if j >= len(columns):
            k, negative = divmod(j - len(columns), 2)
            name, factor, _ = equations[k]
            multiples.setdefault(name, []).append(factor.scale(rational(-weight if negative else weight)))
    return accepted(problem, summands, [(name, total(parts)) for name, parts in multiples.items()])


def _column(poly: Poly) -> dict[object, Fraction]:
    return {m: Fraction(c) for m, c in poly.terms.items()}


def _columns(problem: Problem, degree: int) -> Iterator[tuple[Known, tuple[Poly, ...]]]:
    """What may be added up: (its value and its factors, those of them that are squared)."""
    nf = problem.nf
    yield UNIT, ()
    for size in range(1, degree + 1):
        for chosen in itertools.combinations_with_replacement(problem.facts, size):
            product = chosen[0]
            for other in chosen[1:]:
                product = product.times(nf, other)
            if product.value:
                yield product, ()
    known = [f.value for f in problem.facts] + [e for _, e in problem.equations]
    basis = squarable(nf, problem.target, ONE, *known)
    if degree > 1:
        letters = {a for p in (problem.target, *known) for m in p.terms for a, e in m if e == 1}
        basis += [p for a in sorted(letters, key=lambda a: a.key) if (p := of_atom(a)) not in basis]
    if len(basis) > MAX_BASIS:
        return
    for k, a in enumerate(basis):
        square = Known(nf.times(a, a), (), signs.holds(nf, a, "ne"))
        if a != ONE:
            yield square, (a,)
            for fact in problem.facts if degree > 1 else ():
                yield fact.times(nf, square), (a,)
        for b in basis[k + 1 :]:
            for root in (a + b, a - b):
                yield Known(nf.times(root, root), (), False), (root,)


def _multiples(problem: Problem) -> Iterator[tuple[str, Poly, Poly]]:
    """(equation, multiplier, product) for multipliers of low degree."""
    nf = problem.nf
    letters = sorted({a for m in problem.target.terms for a, _ in m}, key=lambda a: a.key)
    cofactors = [ONE, *map(of_atom, letters)] if len(letters) <= 6 else [ONE]
    for name, poly in problem.equations:
        for factor in cofactors:
            yield name, factor, nf.times(factor, poly)


def by_squares_and_facts(problem: Problem) -> Found | None:
    """Σ σ_i·f_i with sums of squares σ_i and products f_i of facts."""
    nf = problem.nf
    letters = Letters([problem.target, *(f.value for f in problem.facts), *(e for _, e in problem.equations)])
    if len(letters.letters) > 6 or not _independent(problem, letters):
        return None
    whole = all(e >= 0 and e.denominator == 1 for m in problem.target.terms for e in letters.vector(m))
    if not whole:
        return None
    for extra in (0, 2):
        top = max((sum(letters.vector(m)) for m in problem.target.terms), default=Fraction(0))
        facts = list(problem.facts)
        top = max(top, *(_degree(letters, f) for f in facts), *(_degree_of(letters, e) for _, e in problem.equations), 1)
        top += top % 2 + extra
        facts += [a.times(nf, b) for a, b in itertools.combinations(problem.facts, 2)]
        facts = [f for f in facts if f.value]
        blocks = [(UNIT, _monomials(letters, int(top) // 2))]
        for fact in facts:
            room = (top - _degree(letters, fact)) // 2
            if room >= 0:
                blocks.append((fact, _monomials(letters, int(room))))
        free = [
            (name, m, nf.times(m, poly))
            for name, poly in problem.equations
            for m in _monomials(letters, int(top - _degree_of(letters, poly)))
        ]
        if sum(len(b) * (len(b) + 1) // 2 for _, b in blocks) + len(free) > MAX_UNKNOWNS:
            return None
        found = _gram(problem, problem.target, blocks, free, slack=problem.strict)
        if found is not None:
            return found
    return None


def _independent(problem: Problem, letters: Letters) -> bool:
    """Do the letters obey no relation, so that products are those of polynomials?"""
    return not problem.nf.angles and all(atom.kind not in ("abs", "pow") for atom, _ in letters.letters)


def _degree_of(letters: Letters, poly: Poly) -> Fraction:
    return max((sum(letters.vector(m), Fraction(0)) for m in poly.terms), default=Fraction(0))


def _degree(letters: Letters, fact: Known) -> Fraction:
    return _degree_of(letters, fact.value)


def _monomials(letters: Letters, degree: int) -> list[Poly]:
    """All monomials up to a degree, the highest first."""
    found = []
    for total_degree in range(degree, -1, -1):
        for chosen in itertools.combinations_with_replacement(range(len(letters.letters)), total_degree):
            mono: Mono = ()
            for k in chosen:
                mono = merge(mono, letters.mono([Fraction(int(j == k)) for j in range(len(letters.letters))]))
            found.append(of_mono(mono))
    return found


# --- positive semidefinite matrices -----------------------------------------------------------


def _gram(
    problem: Problem,
    target: Poly,
    blocks: list[tuple[Known, list[Poly]]],
    free: list[tuple[str, Poly, Poly]],
    slack: bool = False,
) -> Found | None:
    """target = Σ_b f_b·mᵀ G_b m + Σ multiples with G_b ⪰ 0, by the known zeros of the target first."""
    reduced = _faces(problem, target, blocks, [e for _, _, e in free])
    for choice in (reduced, blocks) if reduced is not blocks else (blocks,):
        found = _solve(problem, target, choice, free, slack)
        if found is not None:
            return found
    return None


def _solve(
    problem: Problem,
    target: Poly,
    blocks: list[tuple[Known, list[Poly]]],
    free: list[tuple[str, Poly, Poly]],
    slack: bool,
) -> Found | None:
    nf = problem.nf
    unknowns: list[Key] = []
    columns: list[dict[object, Fraction]] = []
    for b, (fact, basis) in enumerate(blocks):
        for i, left in enumerate(basis):
            for k in range(i, len(basis)):
                value = nf.times(nf.times(left, basis[k]), fact.value)
                unknowns.append((b, i, k))
                columns.append(_column(value if i == k else value.scale(2)))
    if slack:
        unknowns.append((len(blocks), 0, 0))
        columns.append(_column(ONE))
    for k, (_, _, value) in enumerate(free):
        unknowns.append((-1, k, 0))
        columns.append(_column(value))
    problem.spend()
    values = semidefinite(unknowns, columns, _column(target), problem.spend, len(blocks) if slack else None)
    if values is None:
        return None
    summands = []
    for b, (fact, basis) in enumerate(blocks):
        size = len(basis)
        matrix = [[values.get((b, min(i, k), max(i, k)), Fraction(0)) for k in range(size)] for i in range(size)]
        for weight, vector in squares(matrix) or ():
            root = total(m.scale(rational(v)) for m, v in zip(basis, vector, strict=True) if v)
            square = () if root == ONE else (root,)
            summands.append(Summand(rational(weight), fact.factors, square))
    rest = values.get((len(blocks), 0, 0), Fraction(0)) if slack else Fraction(0)
    if rest:
        summands.append(Summand(rational(rest)))
    multiples: dict[str, list[Poly]] = {}
    for k, (name, factor, _) in enumerate(free):
        value = values.get((-1, k, 0))
        if value:
            multiples.setdefault(name, []).append(factor.scale(rational(value)))
    return accepted(problem, summands, [(name, total(parts)) for name, parts in multiples.items()])


GRID = (Fraction(0), Fraction(1), Fraction(-1), Fraction(2), Fraction(1, 2), Fraction(-2))
MAX_GRID = 800


def _faces(
    problem: Problem, target: Poly, blocks: list[tuple[Known, list[Poly]]], equations: list[Poly]
) -> list[tuple[Known, list[Poly]]]:
    """Where the target is 0 every summand is: the basis of a block shrinks to what vanishes at such points."""
    letters = Letters([target, *(m for _, basis in blocks for m in basis), *(f.value for f, _ in blocks), *equations])
    if not _independent(problem, letters):
        return blocks
    count = len(letters.letters)
    grid = GRID[: max(2, min(6, int(MAX_GRID ** (1 / count))))] if count else ()
    if not count or len(grid) ** count > MAX_GRID or any(
        e.denominator != 1 or e < 0 for m in target.terms for e in letters.vector(m)
    ):
        return blocks
    zeros: list[list[list[Fraction]]] = [[] for _ in blocks]
    for point in itertools.product(grid, repeat=count):
        if evaluate(target, letters, point) or any(evaluate(e, letters, point) for e in equations):
            continue
        levels = [evaluate(f.value, letters, point) for f, _ in blocks]
        if any(v < 0 for v in levels):
            continue
        for b, (_, basis) in enumerate(blocks):
            if levels[b]:
                zeros[b].append([evaluate(m, letters, point) for m in basis])
    if not any(zeros):
        return blocks
    return [
        (fact, _vanishing(basis, rows) if rows else basis)
        for (fact, basis), rows in zip(blocks, zeros, strict=True)
    ]


def _vanishing(basis: list[Poly], rows: list[list[Fraction]]) -> list[Poly]:
    """The combinations of the basis that are 0 at all the points (rows: the values of the basis there)."""
    from symproof.methods.elimination import solutions

    columns = [{k: row[j] for k, row in enumerate(rows) if row[j]} for j in range(len(basis))]
    solved = solutions(columns, {}, lambda j: j)
    assert solved is not None
    return [total(basis[j].scale(rational(v)) for j, v in d.items()) for d in solved[1]]

