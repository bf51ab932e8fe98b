"""Things that exist: values for the bound names, found by solving what is asked of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from symproof.kernel import signs
from symproof.kernel.certificates import Conditions
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, introduce, negation, normal, seen
from symproof.kernel.elementary import exponential, logarithm
from symproof.kernel.instances import rewrite_facts
from symproof.kernel.known import RELATIONS, belonging
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, Poly, coefficient_of, of_mono, rational, total
from symproof.methods.equations import rewritings
from symproof.methods.posing import FAILURES
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.build import make, num, same_type, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL, Array, Scalar, Vertex

MAX_NAMES = 3
MAX_TRIED = 24
HALF = Fraction(1, 2)
WHERE = "otherwise"


def exists(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """There is x with P(x): try the values that P suggests, name by name."""
    names = [name for group in goal.data for name in group]  # type: ignore[attr-defined]
    if len(names) > MAX_NAMES:
        return None
    best: Certificate | None = None
    for values in itertools.islice(_assignments(context, goal, names), MAX_TRIED):
        search.budget.spend()
        then = search.prove(context, substitute(goal.args[0], values), depth + 1)
        if then is not None:
            found = {"rule": "exists", "values": {k: encode(v) for k, v in values.items()}, "then": then}
            left = search.left(context, goal, found)
            if left == ():
                return found
            if best is None and left is not None:
                best = _otherwise(search, context, goal, depth, found, left) or found
    return best


def _otherwise(
    search: Search, context: Context, goal: Term, depth: int, found: Certificate, left: Conditions
) -> Certificate | None:
    """Other values where the condition of the first ones fails."""
    if len(left) != 1 or left[0].op not in RELATIONS or any(n.startswith(WHERE) for n in context.facts):
        return None
    name = fresh_name(context, WHERE)
    other = exists(search, context.with_fact(name, negation(left[0])), goal, depth)
    if other is None:
        return None
    return {"rule": "cases", "name": name, "on": encode(left[0]), "branches": [found, other]}


def _assignments(context: Context, goal: Term, names: list[str]) -> Iterator[dict[str, Term]]:
    """Values for all the bound names."""
    inner, body = introduce(context, make("forall", *goal.args, data=goal.data))
    fresh = [n for n in inner.symbols if n not in context.symbols]
    bounds = [f for n, f in inner.facts.items() if n not in context.facts]
    for values in solutions(inner, [body, *bounds], fresh):
        yield {name: values[symbol] for name, symbol in zip(names, fresh, strict=True)}


def solutions(context: Context, asked: list[Term], unknown: list[str]) -> Iterator[dict[str, Term]]:
    """Values for the unknowns, each solved for in turn and put into what is asked of the others."""
    if not unknown:
        yield {}
        return
    for symbol in unknown:
        others = [n for n in unknown if n != symbol]
        for value in _candidates(context, asked, symbol, frozenset(unknown)):
            after = [substitute(a, {symbol: value}) for a in asked]
            for found in itertools.islice(solutions(context, after, others), MAX_TRIED):
                yield {**found, symbol: substitute(value, found)}


def _candidates(context: Context, asked: list[Term], symbol: str, unknown: frozenset[str]) -> Iterator[Term]:
    """Solutions of the equations, then values beside and between the bounds, then small ones."""
    type = context.symbols[symbol].type
    if isinstance(type, Vertex):
        yield from (sym(n, type) for n, s in context.symbols.items() if s.type == type and n not in unknown)
        return
    if isinstance(type, Array):
        yield from _named(context, type, unknown)
        yield from _arrays(type)
    if not isinstance(type, Scalar):
        return
    found: dict[Term, None] = {}
    try:
        for rules in _rules(context):
            nf = normal(context, rewrite_facts(context, "search", rules))
            solved, low, high = _bounds(nf, asked, Atom("sym", symbol))
            for poly in solved:
                for value in (poly, *_reduced(nf, context, poly)) if type == INTEGER else (poly,):
                    found.setdefault(raise_poly(nf, value, {}))
            lower, upper = ([raise_poly(nf, p, {}) for p in side] for side in (low, high))
            found |= dict.fromkeys(_between(lower, upper, type == INTEGER))
    except FAILURES:
        pass
    found |= dict.fromkeys(_small(context, asked, type, unknown))
    for term in found:
        if (type != INTEGER or term.type == INTEGER) and symbol not in free_symbols(term):
            yield term


def _between(low: list[Term], high: list[Term], whole: bool) -> Iterator[Term]:
    """Values above the lower and below the upper bounds, at once if there is no more than one of each."""
    above = low[0] if len(low) == 1 else make("call", *low, data="max") if low else None
    below = high[0] if len(high) == 1 else make("call", *high, data="min") if high else None
    if whole:
        above, below = _floor(above), _floor(below)
    if above is not None and below is not None and not whole:
        yield make("div", make("add", above, below), num(2))
    if above is not None:
        yield above
        yield make("add", above, num(1))
    if below is not None:
        yield below
        yield make("add", below, num(-1))
        yield make("div", below, num(2))


def _floor(bound: Term | None) -> Term | None:
    return bound if bound is None or bound.type == INTEGER else make("call", bound, data="floor")


def _small(context: Context, asked: list[Term], type: Scalar, unknown: frozenset[str]) -> Iterator[Term]:
    """An integer that was taken, small numbers, and fractions of what is positive by a number that occurs."""
    if type == INTEGER:
        taken = [
            n for n, s in context.symbols.items() if s.type == type and not s.attributes and n not in unknown
        ]
        yield from (sym(n, type) for n in taken[-2:])
    yield from map(num, (0, 1, 2, -1))
    if type == INTEGER:
        return
    yield num(HALF)
    numbers = (n.data for a in asked for n in a.walk() if n.op == "num")
    sizes = {v for v in numbers if isinstance(v, Fraction) and v > 1}
    for name, symbol in context.symbols.items():
        if symbol.type == REAL and name not in unknown:
            value = sym(name, REAL)
            if seen(context, make("gt", value, num(0))):
                yield value
                for size in sorted({*sizes, Fraction(2)})[:4]:
                    yield make("div", value, num(size))


def _reduced(nf: Normal, context: Context, poly: Poly) -> Iterator[Poly]:
    """The value with a known equation used to replace one of its monomials."""
    for fact in context.facts.values():
        if fact.op == "eq" and isinstance(fact.args[0].type, Scalar):
            known = difference(nf, *fact.args)
            for lead in known.terms:
                if lead in poly.terms:
                    yield poly - known.scale(rational(Fraction(poly.terms[lead]) / known.terms[lead]))


def _named(context: Context, type: Array, unknown: frozenset[str]) -> Iterator[Term]:
    """What was obtained from other existence, latest first, and transposes of it."""
    for name, symbol in reversed(list(context.symbols.items())):
        if name in unknown or not isinstance(symbol.type, Array) or len(symbol.type.axes) != len(type.axes):
            continue
        value = sym(name, symbol.type)
        if same_type(symbol.type, type):
            yield value
        if len(type.axes) == 2 and same_type(make("transpose", value).type, type):
            yield make("transpose", value)


def _arrays(type: Array) -> Iterator[Term]:
    """Zeros, ones in the first row and zeros elsewhere, ones and their negatives."""
    if type.row or any(axis.op != "range" for axis in type.axes):
        return
    yield make("zeros", *type.axes)
    names = [f"i_{k}" for k in range(1, len(type.axes) + 1)]
    first = make("bracket", make("eq", sym(names[0], INTEGER), type.axes[0].args[0]))
    yield make("array", first, *type.axes, data=tuple((n,) for n in names))
    yield make("ones", *type.axes)
    yield make("scale", num(-1), make("ones", *type.axes))


def _rules(context: Context) -> Iterator[dict[str, object]]:
    """The equations as they stand, and with each other as rewrite rules."""
    yield from itertools.islice(rewritings(context, make("true")), 2)


def _bounds(nf: Normal, asked: list[Term], atom: Atom) -> tuple[list[Poly], list[Poly], list[Poly]]:
    """What the unknown equals, is at least and is at most, by the relations that are solved for it."""
    solved: list[Poly] = []
    low: list[Poly] = []
    high: list[Poly] = []
    for relation in _relations(asked):
        try:
            gap = difference(nf, *relation.args)
        except FAILURES:
            continue
        if relation.op == "eq":
            solved += _roots(nf, gap, atom)
            continue
        parts = coefficient_of(gap, atom)
        if parts is None or not parts[0]:
            continue
        slope, rest = parts
        value = nf.times(-rest, nf.power(slope, -1))
        up = relation.op in ("ge", "gt")
        if signs.holds(nf, slope, "gt"):
            (low if up else high).append(value)
        elif signs.holds(nf, -slope, "gt"):
            (high if up else low).append(value)
        elif relation.op == "ne":
            low.append(value)
    return solved, low, high


def _relations(asked: list[Term]) -> Iterator[Term]:
    for term in asked:
        if term.op in ("and", "or", "implies"):
            yield from _relations(list(term.args))
        elif term.op == "in":
            yield from belonging(term)
        elif term.op in RELATIONS and isinstance(term.args[0].type, Scalar):
            yield term


def _roots(nf: Normal, gap: Poly, atom: Atom) -> Iterator[Poly]:
    """The solutions of an equation that is linear or quadratic in the unknown, or in one function of it."""
    powers: dict[int, list[Poly]] = {}
    functions: dict[str, tuple[Poly, Poly]] = {}
    rest: list[Poly] = []
    for mono, coeff in gap.terms.items():
        inside = [(a, e) for a, e in mono if atom.names & (a.names | getattr(e, "names", frozenset()))]
        others = of_mono(tuple(f for f in mono if f not in inside), coeff)
        if not inside:
            rest.append(others)
        elif len(inside) == 1 and inside[0][0] == atom and inside[0][1] in (1, 2, 3):
            powers.setdefault(int(inside[0][1]), []).append(others)  # type: ignore[arg-type]
        elif len(inside) == 1 and _monotone(*inside[0]) is not None and not functions:
            kind, argument = _monotone(*inside[0])  # type: ignore[misc]
            functions[kind] = (others, argument)
        else:
            return
    c = total(rest)
    if functions and not powers:
        ((kind, (slope, argument)),) = functions.items()
        value = nf.times(-c, nf.power(slope, -1))
        inner = logarithm(nf, value) if kind == "exp" else exponential(nf, value)
        parts = coefficient_of(argument - inner, atom)
        if parts is not None and parts[0]:
            yield nf.times(-parts[1], nf.power(parts[0], -1))
        return
    if functions:
        return
    a3, a2, b = (total(powers.get(k, ())) for k in (3, 2, 1))
    if a3:
        if not a2 and not b:
            cube = nf.times(-c, nf.power(a3, -1))
            yield nf.power(cube, Fraction(1, 3))
            yield -nf.power(-cube, Fraction(1, 3))
        return
    if not a2:
        if b:
            yield nf.times(-c, nf.power(b, -1))
        return
    root = nf.power(nf.times(b, b) - nf.times(a2, c).scale(4), HALF)
    for sign in (1, -1):
        yield nf.times((root.scale(sign) - b).scale(HALF), nf.power(a2, -1))


def _monotone(atom: Atom, exponent: object) -> tuple[str, Poly] | None:
    """e^u or log u, and u."""
    if atom.kind == "base" and atom.parts[0] == "e" and isinstance(exponent, Poly):
        return "exp", exponent
    if atom.kind == "fun" and atom.parts[0] == "log" and exponent == 1:
        return "log", atom.parts[1]  # type: ignore[return-value]
    return None
