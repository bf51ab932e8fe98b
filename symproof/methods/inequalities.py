"""Inequalities: what signs show at once, then decompositions into nonnegative parts, in order of cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symproof.kernel.context import Context
from symproof.methods.decompositions import by_factors, by_shift, by_sign
from symproof.methods.differences import by_differences
from symproof.methods.functions import enriched
from symproof.methods.posing import FAILURES, posed
from symproof.methods.positivity import Found, Problem
from symproof.methods.products import by_products
from symproof.methods.quick import order
from symproof.methods.sampling import fails_somewhere
from symproof.methods.search import Certificate, Search
from symproof.methods.summed import by_summing
from symproof.methods.sums_of_squares import by_squares, by_squares_and_facts
from symproof.terms.tree import Term

Way = Callable[[Problem], Found | None]
QUICK: tuple[Way, ...] = (by_sign, by_squares)
LIGHT: tuple[Way, ...] = (
    by_factors,
    by_shift,
    lambda problem: by_products(problem, 1),
    by_differences,
    lambda problem: by_products(problem, 2),
)
DEAR: tuple[Way, ...] = (
    lambda problem: by_products(problem, 3) if len(problem.facts) <= MANY else None,
    by_squares_and_facts,
)
MANY = 8


def squares(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by a sum of squares that uses no facts."""
    problems = list(posed(search, context, goal, facts=False))
    return search.clean(context, goal, certificates(problems, QUICK))


def light(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by factors, bounds moved to 0, and products of at most two facts and squares."""
    return _decomposed(search, context, goal, LIGHT)


def dear(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by products of three facts, and facts times sums of squares."""
    return _decomposed(search, context, goal, DEAR)


def decomposition(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by products of facts and squares."""
    return light(search, context, goal, depth) or dear(search, context, goal, depth)


def _decomposed(search: Search, context: Context, goal: Term, ways: tuple[Way, ...]) -> Certificate | None:
    problems = [p for p in posed(search, context, goal, facts=True) if not fails_somewhere(p)]
    return search.clean(context, goal, certificates(problems, ways))


def certificates(problems: list[Problem], ways: tuple[Way, ...]) -> Iterator[Certificate]:
    """Certificates by the first way that works for a problem, then by the others."""
    for way in ways:
        for problem in problems:
            try:
                found = way(problem)
                if found is not None:
                    yield problem.certificate(*found)
            except FAILURES:
                continue


def summed(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by a sum of something nonnegative over indices."""

    def candidates() -> Iterator[Certificate]:
        for problem in posed(search, context, goal, facts=False):
            try:
                yield from by_summing(problem)
            except FAILURES:
                continue

    return search.clean(context, goal, candidates())


def by_functions(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by what the ledger says of the function values that occur."""
    for problem in posed(search, context, goal, facts=True):
        known = [*(f.value for f in problem.facts), *(e.value for e in problem.equations)]
        inner, added = enriched(search, context, problem.nf, [problem.target, *known])
        if not added:
            continue
        then = order(search, inner, goal, depth) or light(search, inner, goal, depth)
        if then is not None:
            for name, item in reversed(added):
                then = item.certificate(name, then)
            return then
    return None
