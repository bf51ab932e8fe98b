"""Θ in several sizes: constants, and the proof that they do for all sizes >= 1.

Each term of one side is bounded by one of the other.  A function of which Θ is assumed, such as what a step
of unknown cost takes, is replaced by its bounds.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import cast

from symproof.kernel import signs
from symproof.kernel.context import Context
from symproof.kernel.decide import introduce, normal
from symproof.kernel.growth import meaning
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ZERO,
    Atom,
    Mono,
    Poly,
    merge,
    number,
    of_atom,
    of_mono,
    total,
)
from symproof.kernel.statement import Symbol
from symproof.methods.approach import FAILURES
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.methods.steps import Stuck
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import occurring, substitute
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, REAL


@dataclass(frozen=True)
class Part:
    """c · (product of growing sizes) · others, with c > 0 free of them."""

    coefficient: Poly
    sizes: Mono
    others: Mono


@dataclass(frozen=True)
class Bounded:
    """low <= term <= high for all sizes >= 1, as a fact says: term is a function or sequence at places."""

    term: Term
    low: Term
    high: Term

    def at(self, node: Term) -> tuple[Term, Term] | None:
        """The bounds of a value of the same function, or None."""
        if node.op != self.term.op or node.args[0] != self.term.args[0]:
            return None
        names = [str(arg.data) for arg in self.term.args[1:]]
        values = dict(zip(names, node.args[1:], strict=True))
        return substitute(self.low, values), substitute(self.high, values)


def theta(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """c g <= f <= d g for all sizes >= 1."""
    opened, haves, known = _opened(context)
    try:
        then = _by_constants(search, opened, goal, known)
    except (Stuck, *FAILURES):
        return None
    whole = nested(haves, then) if then is not None else None
    return whole if whole is not None and search.conditions(context, goal, whole) == 0 else None


def _by_constants(search: Search, context: Context, goal: Term, known: list[Bounded]) -> Certificate | None:
    """By the constants that the terms give, else by some that a few quotients suggest."""
    (names,) = cast(tuple[tuple[str, ...]], goal.data)
    nf = normal(_with_sizes(context, names), ())
    f, g = (lower(nf, side) for side in goal.args)
    try:
        over = _dominance(nf, (goal.args[0], f), (goal.args[1], g), names, known)[0]
        under = _dominance(nf, (goal.args[1], g), (goal.args[0], f), names, known)[0]
        terms = {"c": raise_poly(nf, nf.power(under, -1), {}), "d": raise_poly(nf, over, {})}
        return _proof(search, context, goal, terms, names, known)
    except (Stuck, *FAILURES):
        return _proof(search, context, goal, _guessed(nf, f, g, names), names, known)


def _opened(context: Context) -> tuple[Context, list[Certificate], list[Bounded]]:
    """The constants of the Θ that are assumed, as symbols, and the bounds that they give."""
    haves: list[Certificate] = []
    known: list[Bounded] = []
    for name, fact in list(context.facts.items()):
        if fact.op != "theta" or fact.args[0].op not in ("apply", "index"):
            continue
        places = fact.args[0].args[1:]
        if any(a.op != "sym" for a in places) or sorted(str(a.data) for a in places) != sorted(
            bound_names(fact)
        ):
            continue
        said = fresh_name(context, "meaning")
        context, body = context.with_fact(said, meaning(fact)), meaning(fact)
        haves.append({"rule": "meaning", "fact": name, "name": said})
        constants: list[Term] = []
        for _ in range(2):
            context, body = introduce(context, make("forall", *body.args, data=body.data))
            new = fresh_name(context, "constant")
            haves.append({"rule": "obtain", "fact": said, "name": new})
            context, said = context.assuming(new, body), new
            constants.append(sym(list(context.symbols)[-1], REAL))
        known.append(Bounded(fact.args[0], *(make("mul", c, fact.args[1]) for c in constants)))
    return context, haves, known


def _guessed(nf: Normal, f: Poly, g: Poly, names: tuple[str, ...]) -> dict[str, Term]:
    """Constants a little outside the quotients at a few sizes; the search has to prove that they do."""
    ratios = []
    for point in itertools.product((1, 2, 3, 10, 100), repeat=len(names)):
        at = {Atom("sym", name): number(k) for name, k in zip(names, point, strict=True)}
        above, below = (nf.replace(poly, at).constant() for poly in (f, g))
        if above is None or not below:
            raise Stuck("no polynomials in the sizes")
        ratios.append(Fraction(above) / below)
    low, high = min(ratios), max(ratios)
    if low <= 0 or high > 100 * low:
        raise Stuck("one side outgrows the other")
    return {"c": num((low * 3 / 4).limit_denominator(8) or low / 2), "d": num(high + 1)}


def _with_sizes(context: Context, names: tuple[str, ...]) -> Context:
    """The context in which the growing sizes are at least 1, whatever else is assumed of them."""
    facts = {n: f for n, f in context.facts.items() if occurring(f).isdisjoint(names)}
    symbols = {n: s for n, s in context.symbols.items() if n not in names}
    context = replace(context, symbols=symbols, facts=facts)
    for name in names:
        context = context.with_symbol(Symbol(name, INTEGER))
        context = context.with_fact(f"{name} is a size", make("ge", sym(name, INTEGER), num(1)))
    return context


def _parts(nf: Normal, poly: Poly, names: tuple[str, ...]) -> list[Part]:
    found: dict[tuple[Mono, Mono], Poly] = {}
    for mono, coeff in poly.terms.items():
        growing = [(a, e) for a, e in mono if a.kind == "sym" and a.parts[0] in names]
        sizes = tuple((a, e) for a, e in growing if isinstance(e, int))
        rest = tuple(f for f in mono if f not in sizes)
        others = tuple(f for f in rest if not f[0].names.isdisjoint(names))
        fixed = of_mono(tuple(f for f in rest if f not in others), coeff)
        key = sizes, others
        found[key] = found.get(key, ZERO) + fixed
    if not all(signs.holds(nf, c, "gt") for c in found.values()):
        raise Stuck("a coefficient that is not positive")
    if not all(signs.holds(nf, of_mono(o), "ge") for _, o in found):
        raise Stuck("a factor that may be negative")
    return [Part(c, s, o) for (s, o), c in found.items()]


def _dominance(
    nf: Normal, less: tuple[Term, Poly], more: tuple[Term, Poly], names: tuple[str, ...], known: list[Bounded]
) -> tuple[Poly, list[list[Poly]]]:
    """D with less <= D more, and D more − less as a sum of products of factors that are not negative.

    Each side comes as a term and its polynomial; what is known replaces unknown functions by their bounds.
    """
    high, above = _replaced(nf, *less, known, 1)
    low, below = _replaced(nf, *more, known, -1)
    constant, products = _constant(nf, high, low, names)
    return constant, [*products, *above, *([constant, *factors] for factors in below)]


def _replaced(
    nf: Normal, term: Term, poly: Poly, known: list[Bounded], sign: int
) -> tuple[Poly, list[list[Poly]]]:
    """The polynomial with upper (lower) bounds put for known functions, and the products that this adds
    (takes away)."""
    products: list[list[Poly]] = []
    for node in dict.fromkeys(term.walk()):
        bounds = next((found for b in known if (found := b.at(node)) is not None), None)
        value = lower(nf, node) if bounds is not None else ZERO
        linear = {m: c for m, c in poly.terms.items() if any(of_mono((f,)) == value for f in m)}
        if bounds is not None and linear:
            factor = Poly({tuple(f for f in m if of_mono((f,)) != value): c for m, c in linear.items()})
            bound = lower(nf, bounds[sign > 0])
            poly = poly - Poly(linear) + nf.times(factor, bound)
            products.append([factor, (bound - value).scale(sign)])
    return poly, products


def _constant(nf: Normal, f: Poly, g: Poly, names: tuple[str, ...]) -> tuple[Poly, list[list[Poly]]]:
    """D with f <= D g, and D g − f as a sum of products of factors that are not negative."""
    above = _parts(nf, g, names)
    constant: list[Poly] = []
    products: list[list[Poly]] = []
    for part in _parts(nf, f, names):
        dominating = next((b for b in above if _larger(b, part)), None)
        if dominating is None:
            raise Stuck("a term that outgrows the other side")
        weight = nf.times(part.coefficient, nf.power(dominating.coefficient, -1))
        constant.append(weight)
        for other in above:
            if other is not dominating:
                products.append([weight, other.coefficient, of_mono(merge(other.sizes, other.others))])
        products += _gap(nf, part, dominating)
    return total(constant), products


def _larger(big: Part, small: Part) -> bool:
    """Is the one product of sizes at least the other, for all sizes >= 1?"""
    have = dict(big.sizes)
    exponents = [(have.get(a, 0), e) for a, e in small.sizes]
    return big.others == small.others and all(cast(int, h) >= cast(int, e) for h, e in exponents)


def _gap(nf: Normal, small: Part, big: Part) -> Iterator[list[Poly]]:
    """c μ (u₁ … u_m − 1) = Σ c μ u₁ … u_{k−1} (u_k − 1), each factor not negative."""
    factors: list[Atom] = []
    less = dict(small.sizes)
    for atom, exponent in big.sizes:
        factors += [atom] * (cast(int, exponent) - cast(int, less.get(atom, 0)))
    so_far = nf.times(small.coefficient, of_mono(merge(small.sizes, small.others)))
    for atom in factors:
        yield [so_far, of_atom(atom) - number(1)]
        so_far = nf.times(so_far, of_atom(atom))


def _proof(
    search: Search,
    context: Context,
    goal: Term,
    constants: dict[str, Term],
    names: tuple[str, ...],
    known: list[Bounded],
) -> Certificate | None:
    """The certificate: the two constants, then both bounds under the quantifier."""
    statement = meaning(goal)
    chosen = []
    for key in ("c", "d"):
        name = cast(tuple[tuple[str]], statement.data)[0][0]
        chosen.append((name, constants[key]))
        statement = substitute(statement.args[0], {name: constants[key]})
    every = statement.args[2]
    inner, body = introduce(context, every)
    name = fresh_name(inner, "sizes")
    assumed, bounds = inner.with_fact(name, body.args[0]), body.args[1]
    nf = normal(assumed, ())
    fresh = tuple(str(s) for s in inner.symbols if s not in context.symbols)
    renamed = {n: sym(m, INTEGER) for n, m in zip(names, fresh, strict=True)}
    f, g = ((side, lower(nf, side)) for side in (substitute(side, renamed) for side in goal.args))
    proofs = []
    for bound, less, more in zip(bounds.args, (g, f), (f, g), strict=True):
        proof = _bound(nf, less, more, fresh, known, bound is bounds.args[0])
        if proof is None or search.conditions(assumed, bound, proof) != 0:
            proof = search.prove(assumed, bound, 1)
        if proof is None:
            return None
        proofs.append(proof)
    every_proof = {"rule": "intro", "then": {"rule": "intro", "name": name,
                   "then": {"rule": "split", "parts": proofs}}}  # fmt: skip
    positive = [{"rule": "evident"}, {"rule": "evident"}]
    then: Certificate = {"rule": "split", "parts": [*positive, every_proof]}
    for key, constant in reversed(chosen):
        then = {"rule": "exists", "values": {key: encode(constant)}, "then": then}
    whole = {"rule": "meaning", "then": then}
    return whole if search.conditions(context, goal, whole) == 0 else None


def _bound(
    nf: Normal,
    less: tuple[Term, Poly],
    more: tuple[Term, Poly],
    names: tuple[str, ...],
    known: list[Bounded],
    scaled: bool,
) -> Certificate | None:
    """The proof of less <= D more, or of less / D <= more, product by product."""
    try:
        constant, products = _dominance(nf, less, more, names, known)
        terms = [
            {"c": "1", "factors": [[encode(raise_poly(nf, factor, {})), 1] for factor in factors]}
            for factors in products
        ]
        scale = {"scale": [encode(raise_poly(nf, constant, {}))]} if scaled else {}
    except (Stuck, *FAILURES):
        return None
    return {"rule": "order", "terms": terms, **scale}
