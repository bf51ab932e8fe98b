"""What the ledger says of the function values in a goal: tangents, monotone functions and ranges."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from symproof.kernel import signs, sums
from symproof.kernel.context import Context
from symproof.kernel.ledger import instance
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, ZERO, Atom, E, Mono, Poly, TooLarge, as_poly, number, of_atom
from symproof.kernel.rewriting import match
from symproof.kernel.verdict import Rejected
from symproof.methods.positivity import atoms_of
from symproof.methods.raising import NoTerm, raise_poly
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.build import Mistyped, make, sym
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

INTEGERS = make("numbers", data="integer")
MAX_POINTS = 5
MAX_FACTS = 20

# Axioms about f(x) at one point, by function.
AT_A_POINT = {
    "exp": ("exp-tangent",),
    "log": ("log-tangent", "log-below"),
    "sin": ("sin-bounded", "sin-below"),
    "cos": ("cos-bounded", "cos-above"),
    "tan": ("tan-above",),
    "atan": ("atan-bounded", "atan-below"),
    "asin": ("asin-bounded",),
    "acos": ("acos-bounded",),
    "erf": ("erf-bounded",),
}
# Closer bounds, which are needed less often.
CLOSER = {
    "exp": ("exp-parabola", "exp-parabola-below", "cosh-below", "sinh-above", "exp-quotient"),
    "log": ("log-hyperbola", "log-parabola"),
    "sin": ("sin-cubic", "sin-fifth", "sin-chord"),
    "cos": ("cos-fourth",),
    "atan": ("atan-quotient", "atan-cubic"),
}
# Axioms that compare f(x) with f(y): when x < y, and when x <= y; and points where f is simple.
COMPARING: dict[str, tuple[str, str, tuple[Poly, ...]]] = {
    "exp": ("exp-strictly-monotone", "exp-monotone", (ZERO,)),
    "log": ("log-strictly-monotone", "log-monotone", (ONE,)),
    "atan": ("atan-strictly-monotone", "atan-monotone", (ZERO,)),
    "erf": ("erf-strictly-monotone", "erf-monotone", (ZERO,)),
    "floor": ("floor-monotone", "floor-monotone", ()),
}
TANGENTS = {"exp": "exp-tangent-at", "log": "log-tangent-at"}
STRICT = {"exp-tangent": ("exp-tangent-strict", ZERO), "log-tangent": ("log-tangent-strict", ONE)}


@dataclass(frozen=True)
class Instance:
    """An axiom at some values."""

    axiom: str
    values: dict[str, Term]

    def certificate(self, name: str, then: Certificate) -> Certificate:
        at = {k: encode(v) for k, v in self.values.items()}
        return {"rule": "have", "name": name, "axiom": self.axiom, "at": at, "then": then}


def instances(nf: Normal, polys: list[Poly]) -> Iterator[Instance]:
    """What the ledger says of the function values, powers and sums in some polynomials."""
    points: dict[str, dict[str, Poly]] = {}
    powers: dict[str, tuple[Poly, list[Poly]]] = {}
    atoms: dict[Atom, None] = {}
    for poly in polys:
        for mono in poly.terms:
            for atom, exponent in mono:
                if atom == E:
                    _add(points, "exp", as_poly(exponent))
                elif atom.kind in ("pow", "sym", "elem", "base") and not isinstance(exponent, int):
                    base = _base(atom)
                    base = -base if signs.holds(nf, -base, "ge") else base
                    if base == ONE:
                        continue
                    powers.setdefault(base.key, (base, []))[1].append(as_poly(exponent))
            for base, exponent in _quotients(nf, mono):
                powers.setdefault(base.key, (base, []))[1].append(exponent)
        atoms |= dict.fromkeys(sorted(atoms_of(poly), key=lambda a: a.key))
    for atom in atoms:
        if atom.kind == "fun" and len(atom.parts) == 2 and isinstance(atom.parts[1], Poly):
            _add(points, str(atom.parts[0]), atom.parts[1])
        elif atom.kind == "const":
            yield Instance("pi-between", {})
        elif atom.kind == "sum":
            yield from _of_sum(nf, atom, [a for a in atoms if a.kind == "elem"])
    given = {function: list(found.values())[:MAX_POINTS] for function, found in points.items()}
    for point in list(points.get("exp", {}).values())[:2]:
        _add(points, "exp", -point)
    for function, found in points.items():
        yield from _of_function(nf, function, list(found.values())[:MAX_POINTS])
    yield from _of_powers(nf, list(powers.values())[:MAX_POINTS])
    for function, places in given.items():
        yield from _closer(nf, function, places)


def _quotients(nf: Normal, mono: Mono) -> Iterator[tuple[Poly, Poly]]:
    """(u/v, n) for a product u^n v^(-n)."""
    raised = [(a, e) for a, e in mono if a != E and isinstance(e, Poly)]
    for (u, n), (v, m) in itertools.permutations(raised, 2):
        if not as_poly(n) + as_poly(m):
            yield nf.times(_base(u), nf.power(_base(v), -1)), as_poly(n)


def _of_sum(nf: Normal, atom: Atom, entries: list[Atom]) -> Iterator[Instance]:
    """A sum over a range is at least each of its terms, if none is negative."""
    variables, body = sums.open_sum(nf, atom)
    if len(variables) != 1 or nf.sorts[variables[0]][0] != "range":
        return
    places: dict[str, Poly] = {}
    for pattern in sorted(atoms_of(body), key=lambda a: a.key):
        for entry in entries if pattern.kind == "elem" else ():
            for binding in match(pattern, entry, frozenset(variables)):
                place = cast(Poly, binding.get(variables[0], ZERO))
                places[place.key] = place
    for place in places.values():
        i = nf.context.fresh("i_1")
        index = sym(i, INTEGER)
        values = {
            "n": _term(nf, cast(Poly, nf.sorts[variables[0]][1])),
            "f": make("lambda", raise_poly(nf, body, {variables[0]: index}), INTEGERS, data=((i,),)),
            "j": _term(nf, place),
        }
        yield Instance("sum-above-term", values)


def _add(points: dict[str, dict[str, Poly]], function: str, point: Poly) -> None:
    points.setdefault(function, {})[point.key] = point


def _base(atom: Atom) -> Poly:
    inner = atom.parts[0]
    if atom.kind == "pow":
        assert isinstance(inner, Poly)
        return inner
    return number(inner) if atom.kind == "base" else of_atom(atom)  # type: ignore[arg-type]


def _term(nf: Normal, poly: Poly) -> Term:
    return raise_poly(nf, poly, {})


def _of_function(nf: Normal, function: str, points: list[Poly]) -> Iterator[Instance]:
    strict, weak, anchors = COMPARING.get(function, ("", "", ()))
    if function == "exp" and ONE.key in {p.key for p in points}:
        yield Instance("e-between", {})
    for axiom in AT_A_POINT.get(function, ()):
        for x in points:
            if axiom in STRICT:
                sharper, touching = STRICT[axiom]
                if signs.holds(nf, x - touching, "ne"):
                    yield Instance(sharper, {"x": _term(nf, x)})
                    continue
            yield Instance(axiom, {"x": _term(nf, x)})
    if strict:
        for x, y in itertools.permutations([*points, *(a for a in anchors if a not in points)], 2):
            if signs.holds(nf, y - x, "ge"):
                axiom = strict if signs.holds(nf, y - x, "gt") else weak
                yield Instance(axiom, {"x": _term(nf, x), "y": _term(nf, y)})


def _closer(nf: Normal, function: str, points: list[Poly]) -> Iterator[Instance]:
    """Tangents at the other points, parabolas and cubics."""
    if function in TANGENTS:
        for x, y in itertools.permutations(points, 2):
            yield Instance(TANGENTS[function], {"x": _term(nf, x), "y": _term(nf, y)})
    for axiom in CLOSER.get(function, ()):
        for x in points:
            yield Instance(axiom, {"x": _term(nf, x)})


def _of_powers(nf: Normal, powers: list[tuple[Poly, list[Poly]]]) -> Iterator[Instance]:
    """Powers of one base compared by their exponents, powers of two bases with one exponent."""
    for base, exponents in powers:
        for exponent in {e.key: e for e in exponents}.values():
            if signs.holds(nf, base, "ge"):
                yield from _of_power(nf, base, exponent)
        distinct = list({e.key: e for e in [*exponents, ZERO, ONE]}.values())
        small = signs.holds(nf, ONE - base, "ge") and signs.holds(nf, base, "ge")
        large = signs.holds(nf, base - ONE, "ge")
        if not small and not large:
            continue
        for s, t in itertools.permutations(distinct, 2):
            if not signs.holds(nf, t - s, "ge"):
                continue
            strict = signs.holds(nf, t - s, "gt")
            values = {"q": _term(nf, base), "s": _term(nf, s), "t": _term(nf, t)}
            if large:
                proper = strict and signs.holds(nf, base - ONE, "gt")
                yield Instance("power-strictly-increasing" if proper else "power-increasing", values)
            else:
                proper = strict and signs.holds(nf, ONE - base, "gt")
                if proper and s == ZERO:
                    yield Instance("power-below-one", {"q": values["q"], "t": values["t"]})
                elif proper and signs.holds(nf, base, "gt"):
                    yield Instance("power-strictly-decreasing", values)
                else:
                    yield Instance("power-decreasing", values)
    for (x, first), (y, second) in itertools.permutations(powers, 2):
        for a in {e.key: e for e in first if e in second}.values():
            if signs.holds(nf, y - x, "ge"):
                strict = signs.holds(nf, y - x, "gt") and signs.holds(nf, a, "gt")
                values = {"x": _term(nf, x), "y": _term(nf, y), "a": _term(nf, a)}
                yield Instance("power-strictly-monotone" if strict else "power-monotone", values)


def _of_power(nf: Normal, base: Poly, exponent: Poly) -> Iterator[Instance]:
    """What Bernoulli's inequality says of a power of something that is not negative, and exp of it."""
    values = {"x": _term(nf, base - ONE), "a": _term(nf, exponent)}
    if signs.is_integer(nf, exponent):
        yield Instance("bernoulli", {"x": values["x"], "n": values["a"]})
        if signs.holds(nf, ONE - base, "ge"):
            yield Instance("bernoulli-reciprocal", {"x": _term(nf, ONE - base), "n": values["a"]})
    elif signs.holds(nf, exponent - ONE, "ge"):
        yield Instance("bernoulli-real", values)
    elif signs.holds(nf, exponent, "ge") and signs.holds(nf, ONE - exponent, "ge"):
        yield Instance("bernoulli-root", values)
    yield Instance("power-below-exponential", values)


def enriched(
    search: Search, context: Context, nf: Normal, polys: list[Poly]
) -> tuple[Context, list[tuple[str, Instance]]]:
    """The context with every instance whose side conditions are seen."""
    from symproof.kernel.decide import seen

    added: list[tuple[str, Instance]] = []
    inner = context
    try:
        for item in itertools.islice(instances(nf, polys), 3 * MAX_FACTS):
            try:
                premises, fact = instance(context, search.ledger[item.axiom], item.values)
            except (Rejected, Mistyped):
                continue
            if all(seen(context, premise) for premise in premises.values()):
                name = fresh_name(inner, item.axiom)
                inner = inner.with_fact(name, fact)
                added.append((name, item))
            if len(added) >= MAX_FACTS:
                break
    except (NoTerm, TooLarge):
        pass
    return inner, added
