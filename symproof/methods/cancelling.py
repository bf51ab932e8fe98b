"""Cancelling: an equation that is known says u·(L − R) = 0 with u not 0, so L = R.

The factor may be a number, or a vector: (L − R) u_i = 0 for all i and Σ u_i² > 0.
An equation of vectors may have to be multiplied by an inverse matrix first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from symproof.kernel import lower, signs, sums
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.instances import rewrite_facts, specialise
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, Atom, Poly, TooLarge, as_poly, mono_of, of_atom, of_mono
from symproof.kernel.verdict import Rejected
from symproof.methods.equations import compatible, divide, points, usable_rules
from symproof.methods.raising import NoTerm, raise_poly, variable_domain
from symproof.methods.search import Certificate, Search
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.codec import encode
from symproof.terms.sizes import same_axis
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array, Scalar

Names = dict[Atom, Term]


def cancel(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R from a known equation that is L = R times something that is not 0."""
    if not isinstance(goal.args[0].type, Scalar | Array):
        return None
    return search.first(context, goal, _candidates(context, goal))


def _candidates(context: Context, goal: Term) -> Iterator[Certificate]:
    for name, at, equation in known_equations(context, goal):
        for rules in (compatible(context, r) for r in _rules(context, name)):
            try:
                nf = normal(context, rewrite_facts(context, "search", {"rewrite": rules}))
                for item in _multiples(nf, context, goal, equation):
                    combine = {"fact": name, **({"at": at} if at else {}), **item}
                    yield {"rule": "algebra", "combine": [combine], **({"rewrite": rules} if rules else {})}
            except (Rejected, TooLarge, NoTerm, Mistyped):
                continue


def _rules(context: Context, without: str) -> Iterator[list[str]]:
    """Lists of facts to rewrite with, those without quantifiers first: they simplify the others."""
    usable = [n for n in usable_rules(context) if n != without]
    ground = [n for n in usable if context.facts[n].op != "forall"]
    quantified = [n for n in usable if context.facts[n].op == "forall"]
    yield [*ground, *quantified]
    if ground and quantified:
        yield ground
        if len(quantified) > 1:
            for name in quantified:
                yield [*ground, name]
    if usable:
        yield []


def known_equations(context: Context, goal: Term) -> Iterator[tuple[str, dict[str, Any], Term]]:
    """Equations that are facts, and those for all integers or arrays at a few of them."""
    for name, fact in context.facts.items():
        if fact.op == "eq":
            yield name, {}, fact
        groups: Any = fact.data
        if fact.op != "forall" or len(groups) != 1:
            continue
        for value in _values(context, goal, fact):
            try:
                found = specialise(context, "search", fact, {groups[0][0]: value})
            except Rejected:
                continue
            if found.op == "eq":
                yield name, {groups[0][0]: encode(value)}, found


def _values(context: Context, goal: Term, fact: Term) -> Iterator[Term]:
    """Integers where the fact begins and where the goal speaks of them; the array of ones and declared
    arrays.
    """
    domain = fact.args[1]
    if domain.op == "numbers" and domain.data == "integer":
        yield from _beginning(fact.args[0], fact.data[0][0])  # type: ignore[index]
        yield from points(context, goal)
    elif domain.op == "arrays":
        yield make("ones", *domain.args)
        type = domain.type.items[0]  # type: ignore[union-attr]
        yield from (sym(s.name, s.type) for s in context.symbols.values() if s.type == type)


def _beginning(body: Term, name: str) -> Iterator[Term]:
    """The first two integers k of a statement for all k >= c, c a number."""
    if body.op == "implies" and body.args[0].op == "ge" and body.args[0].args[1].op == "num":
        left, start = body.args[0].args
        if left.op == "sym" and left.data == name:
            for step in (0, 1):
                yield num(start.data + step)  # type: ignore[operator]


def _multiples(nf: Normal, context: Context, goal: Term, equation: Term) -> Iterator[dict[str, Any]]:
    """Multipliers with which the equation becomes the goal."""
    mine, theirs = goal.args[0].type, equation.args[0].type
    if isinstance(mine, Array):
        if isinstance(theirs, Array):
            yield from _by_entry(nf, context, goal, equation, mine, theirs)
        return
    gap = difference(nf, *goal.args)
    if isinstance(theirs, Array):
        yield from _by_vector(nf, gap, equation, theirs)
        yield from _by_sum(nf, gap, equation, theirs)
    else:
        yield from _by_number(nf, gap, equation)


def _by_entry(
    nf: Normal, context: Context, goal: Term, equation: Term, mine: Array, theirs: Array
) -> Iterator[dict[str, Any]]:
    """The same entry of the equation, divided by a number; or all its entries times an inverse matrix."""
    entries = lower.index_variables(nf, mine, {})
    names: Names = {v: sym(f"#{k}", INTEGER) for k, v in enumerate(entries, start=1)}
    if len(mine.axes) == len(theirs.axes) and all(map(same_axis, mine.axes, theirs.axes)):
        factor = quotient(nf, _entry(nf, equation, entries), _entry(nf, goal, entries))
        if factor is not None and signs.holds(nf, factor, "ne"):
            times = encode(_inverse(nf, factor, names))
            yield {"times": times, "entry": [encode(names[v]) for v in entries]}
    if len(mine.axes) == len(theirs.axes) == 1 and same_axis(mine.axes[0], theirs.axes[0]):
        yield from _by_inverses(context, mine.axes[0], names[entries[0]])


def _by_number(nf: Normal, gap: Poly, equation: Term) -> Iterator[dict[str, Any]]:
    """The equation divided by a number; before that, an equation of roots times the sum of its sides."""
    left, right = (lower.lower(nf, side) for side in equation.args)
    for conjugate in (None, left + right) if _rooted(left) or _rooted(right) else (None,):
        multiple = left - right if conjugate is None else nf.times(left - right, conjugate)
        factor = quotient(nf, multiple, gap)
        if factor is not None and signs.holds(nf, factor, "ne"):
            times = _inverse(nf, factor, {})
            if conjugate is not None:
                times = make("mul", make("add", *equation.args), times)
            yield {"times": encode(times)}


def _rooted(side: Poly) -> bool:
    return any(isinstance(e, Fraction) for mono in side.terms for _, e in mono)


def _by_vector(nf: Normal, gap: Poly, equation: Term, type: Array) -> Iterator[dict[str, Any]]:
    """The equation says gap · u_i = 0: times u_i / Σ u_i², and summed."""
    entries = lower.index_variables(nf, type, {})
    factor = quotient(nf, _entry(nf, equation, entries), gap)
    if factor is None:
        return
    number, vector = _split(nf, factor, frozenset(entries))
    length = nf.times(vector, vector)
    for var in reversed(entries):
        length = sums.sum_over(nf, length, var)
    if signs.holds(nf, length, "gt") and signs.holds(nf, number, "ne"):
        below = make("mul", raise_poly(nf, number, {}), raise_poly(nf, length, {}))
        yield from _summed(nf, entries, lambda names: make("div", raise_poly(nf, vector, names), below))


def _by_sum(nf: Normal, gap: Poly, equation: Term, type: Array) -> Iterator[dict[str, Any]]:
    """The gap is Σ w_i · (left_i − right_i): the weights, by division of the body of a sum."""
    if len(type.axes) != 1:
        return
    for mono, coeff in gap.terms.items():
        for atom, exponent in mono:
            if atom.kind != "sum" or exponent != 1:
                continue
            variables, body = sums.open_sum(nf, atom)
            entries = lower.index_variables(nf, type, {})
            if len(variables) != 1 or nf.sorts[variables[0]] != nf.sorts[entries[0]]:
                continue
            others = of_mono(mono_of(f for f in mono if f[0] != atom), coeff)
            weight = quotient(nf, nf.times(body, others), _entry(nf, equation, variables))
            if weight is not None:
                yield from _summed(nf, variables, lambda names, w=weight: raise_poly(nf, w, names))  # type: ignore[misc]


def _summed(
    nf: Normal, variables: tuple[Atom, ...], times: Callable[[Names], Term]
) -> Iterator[dict[str, Any]]:
    """A multiple of every entry, summed over the entries."""
    names: Names = {}
    over = []
    for k, var in enumerate(variables, start=1):
        domain, name = variable_domain(nf, var, names, f"i_{k}")
        names[var] = name
        over.append([str(name.data), encode(domain)])
    yield {"over": over, "entry": [encode(t) for t in names.values()], "times": encode(times(names))}


def _entry(nf: Normal, equation: Term, variables: tuple[Atom, ...]) -> Poly:
    indices = tuple(map(of_atom, variables))
    left, right = equation.args
    return lower.entry(nf, left, indices, {}) - lower.entry(nf, right, indices, {})


def quotient(nf: Normal, poly: Poly, divisor: Poly) -> Poly | None:
    """The factor u with poly = u · divisor, if polynomial division finds one."""
    if not poly or not divisor:
        return None
    for lead in divisor.terms:
        if lead or divisor.constant() is not None:
            rest, found = divide(nf, poly, divisor, lead)
            if found and nf.is_zero(rest):
                return found
    return None


def _split(nf: Normal, factor: Poly, indices: frozenset[Atom]) -> tuple[Poly, Poly]:
    """The factor as a number times a vector."""
    content, common, rest = nf.content(factor)
    if not rest.vars.isdisjoint(indices):
        return ONE, factor
    entries = [f for f in common if not indices.isdisjoint(as_poly(f[1]).vars | f[0].vars)]
    number = nf.times(rest.scale(content), of_mono(mono_of(f for f in common if f not in entries)))
    return number, of_mono(mono_of(entries))


def _inverse(nf: Normal, factor: Poly, names: Mapping[Atom, Term]) -> Term:
    return make("div", num(1), raise_poly(nf, factor, names))


def _by_inverses(context: Context, axis: Term, entry: Term) -> Iterator[dict[str, Any]]:
    """Multiply by M⁻¹ or M'⁻¹ for a declared invertible M."""
    name = context.fresh("i_1")
    j = sym(name, INTEGER)
    for symbol in context.symbols.values():
        if symbol.attributes.isdisjoint(("invertible", "orthogonal")) or not isinstance(symbol.type, Array):
            continue
        if len(symbol.type.axes) == 2 and same_axis(symbol.type.axes[0], axis):
            inverse = make("inverse", sym(symbol.name, symbol.type))
            for places in ((entry, j), (j, entry)):
                times = make("index", inverse, *places)
                yield {"over": [[name, encode(axis)]], "entry": [encode(j)], "times": encode(times)}
