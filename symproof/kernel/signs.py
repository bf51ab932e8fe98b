"""Signs: whether a polynomial is positive, nonnegative or nonzero in a context.

The means are few: the sign of a product from the signs of its factors, the
facts of the context, the ranges of index variables, and linear arithmetic over
all of these (Fourier–Motzkin), with v > 0 read as v >= 1 where v is an integer.
What needs more is proved by a step of a certificate and becomes a fact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from symproof.kernel import atoms, closing, intervals, known, sums
from symproof.kernel.motzkin import contradictory
from symproof.kernel.poly import (
    ONE,
    Atom,
    Exponent,
    Mono,
    Poly,
    mono_key,
    natural,
    of_atom,
    of_mono,
)
from symproof.kernel.verdict import Rejected

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal

Fact = tuple[Poly, str]  # the polynomial is "ge", "gt", "eq" or "ne" 0
Row = tuple[Poly, bool]  # the polynomial is >= 0, or > 0 if True

IMAGINARY = Atom("i").key
MAX_FACTS = 40
MAX_DEPTH = 4
MAX_SPLITS = 2
MAX_ROUNDS = 4  # of facts about what other facts mention


def holds(nf: Normal, poly: Poly, relation: str) -> bool:
    """Is the polynomial ge, gt, eq or ne 0 in this context?  False means: not seen."""
    value = poly.constant()
    if value is not None:
        return {"ge": value >= 0, "gt": value > 0, "eq": value == 0, "ne": value != 0}[relation]
    key = (poly.key, relation)
    if key in nf.known:
        return nf.known[key]
    if nf.depth >= nf.failed.get(key, MAX_DEPTH) or (relation in ("ge", "gt") and IMAGINARY in poly.key):
        return False
    nf.depth += 1
    try:
        found = _decide(nf, poly, relation)
    finally:
        nf.depth -= 1
    if nf.depth == 0 or found:
        nf.known[key] = found
    else:
        nf.failed[key] = nf.depth  # nor is it seen from further down
    return found


def _decide(nf: Normal, poly: Poly, relation: str) -> bool:
    if relation == "eq":
        return nf.is_zero(poly) or (holds(nf, poly, "ge") and holds(nf, -poly, "ge"))
    if relation == "ne":
        return _nonzero(nf, poly)
    if _linear(nf, poly, relation == "gt") or intervals.sign(poly) == 1:
        return True
    return relation == "gt" and _said_nonzero(nf, poly) and _linear(nf, poly, False)


def _said_nonzero(nf: Normal, poly: Poly) -> bool:
    """Does a fact say that it is not 0?"""
    store = known.knowledge(nf)
    if all(r != "ne" for _, r in store.ground) and all(q.relation != "ne" for q in store.quantified):
        return False
    return any(relation == "ne" and _proportional(nf, fact, poly) for fact, relation in known.about(nf, poly))


def _nonzero(nf: Normal, poly: Poly) -> bool:
    """A product of nonzero factors, a positive or negative number, or what a fact says is nonzero."""
    if IMAGINARY in poly.key:
        return _size_positive(nf, poly) or _said_nonzero(nf, poly)
    _content, common, rest = nf.content(poly)
    if common and all(_factor_nonzero(nf, a, e) for a, e in common):
        if rest == ONE or holds(nf, rest, "ne"):
            return True
    if holds(nf, poly, "gt") or holds(nf, -poly, "gt"):
        return True
    return _said_nonzero(nf, poly) or intervals.sign(poly) is not None


def _size_positive(nf: Normal, poly: Poly) -> bool:
    """Is x² + y² positive for x + i y?"""
    from symproof.kernel import complexes

    try:
        return holds(nf, complexes.square(nf, poly), "gt")
    except Rejected:
        return False


def _proportional(nf: Normal, fact: Poly, poly: Poly) -> bool:
    if fact == poly:
        return True
    _, common, rest = nf.content(fact)
    _, wanted_common, wanted_rest = nf.content(poly)
    if rest != wanted_rest:
        return False
    # every factor of `poly` is one of the nonzero `fact`; of a^n only itself is known, for n may be 0
    known_factors = dict(common)
    return all(
        known_factors.get(a) == e
        or (a in known_factors and not isinstance(known_factors[a], Poly))
        or _factor_nonzero(nf, a, e)
        for a, e in wanted_common
    )


def _factor_nonzero(nf: Normal, atom: Atom, exponent: Exponent) -> bool:
    if not isinstance(exponent, Poly) and exponent < 0:
        return True  # where it is defined
    return holds(nf, of_atom(atom), "ne") if atom.kind != "base" else True


# --- signs of monomials --------------------------------------------------------


def mono_sign(nf: Normal, mono: Mono) -> str | None:
    """`gt`, `ge`, `lt` or `le` 0, from the signs of the factors."""
    negative, strict = False, True
    if IMAGINARY in mono_key(mono):
        return None
    for atom, exponent in mono:
        sign = _factor_sign(nf, atom, exponent, alone=len(mono) == 1)
        if sign is None:
            return None
        negative ^= sign in ("lt", "le")
        strict &= sign in ("lt", "gt")
    return ("lt" if negative else "gt") if strict else ("le" if negative else "ge")


def _factor_sign(nf: Normal, atom: Atom, exponent: Exponent, alone: bool) -> str | None:
    sign = atom_sign(nf, atom)
    if sign == "ge" and atom.kind == "deg" and not (alone and exponent == 1):
        sign = "gt" if holds(nf, of_atom(atom), "gt") else "ge"
    if sign is None and not (alone and exponent == 1):
        base = of_atom(atom)
        for candidate, poly, relation in (
            ("gt", base, "gt"), ("lt", -base, "gt"), ("ge", base, "ge"), ("le", -base, "ge"),
        ):  # fmt: skip
            if holds(nf, poly, relation):
                sign = candidate
                break
    if exponent == 1:
        return sign
    if sign == "gt":
        return "gt"
    if isinstance(exponent, int) and exponent % 2 == 0:
        strict = sign == "lt" or exponent < 0 or holds(nf, of_atom(atom), "ne")
        return "gt" if strict else "ge"
    if isinstance(exponent, Fraction):
        # defined only for a base >= 0; a fact may say that it is not 0, whatever its shape says
        return "gt" if exponent < 0 or holds(nf, of_atom(atom), "ne") else "ge"
    if sign == "ge":
        return "gt" if isinstance(exponent, int) and exponent < 0 else "ge"
    if isinstance(exponent, int) and sign is not None:
        return "lt" if sign == "lt" or exponent < 0 else "le"
    return None


def atom_sign(nf: Normal, atom: Atom) -> str | None:
    """What the shape of an atom says of its sign."""
    kind = atom.kind
    if kind == "base":
        return "gt" if atom.part != -1 else None
    if kind == "const":
        return "gt"
    if kind == "abs":
        return "gt" if holds(nf, atom.part, "ne") else "ge"
    if kind in ("bracket", "adj", "deg", "length"):
        return "ge"
    if kind == "card":
        return "gt"
    if kind == "pow":
        base: Poly = atom.part
        if holds(nf, base, "gt"):
            return "gt"
        return "ge" if holds(nf, base, "ge") else "lt" if holds(nf, -base, "gt") else None
    if kind == "sum" or kind == "bind" and atom.parts[0] in ("maximum", "minimum", "product"):
        key = atom.key, nf.depth  # from further down less is seen
        if key not in nf.signs:
            nf.signs[key] = _sum_sign(nf, atom) if kind == "sum" else _extremum_sign(nf, atom)
        return nf.signs[key]
    if kind == "fun":
        return atoms.function_sign(nf, atom)
    if kind == "E":
        return _weak(mono_sign(nf, atom.part))
    return None


def _weak(sign: str | None) -> str | None:
    return {"gt": "ge", "lt": "le"}.get(sign or "", sign)


def _extremum_sign(nf: Normal, atom: Atom) -> str | None:
    """What all the values are, their maximum, minimum and product are too."""
    _, (body,) = closing.open_bind(nf, atom)
    for sign in ("gt", "ge"):
        if holds(nf, body, sign):
            return sign
    return None


def _sum_sign(nf: Normal, atom: Atom) -> str | None:
    variables, body = sums.open_sum(nf, atom)
    sign = "gt" if holds(nf, body, "gt") else "ge" if holds(nf, body, "ge") else None
    if sign is None and holds(nf, -body, "ge"):
        return "le"
    if sign in ("ge", "gt"):
        strict = sign == "gt" and all(
            s[0] == "vertices" or (s[0] == "range" and holds(nf, s[1] - ONE, "ge"))
            for s in (nf.sorts[v] for v in variables)
        )
        return "gt" if strict else "ge"
    return None


# --- integers --------------------------------------------------------------------


def is_integer(nf: Normal, exponent: Exponent) -> bool:
    """Is the value an integer at every point?"""
    if not isinstance(exponent, Poly):
        return isinstance(exponent, int)
    return all(
        isinstance(c, int) and all(natural(e) and nf.context.integer_atom(a) for a, e in m)
        for m, c in exponent.terms.items()
    )


# --- linear arithmetic -------------------------------------------------------------


def _linear(nf: Normal, goal: Poly, strict: bool) -> bool:
    """goal >= 0 (or > 0): its negation together with what is known is contradictory."""
    rows: list[Row] = []
    seen: set[Mono] = set()
    used: set[tuple[str, str]] = set()
    integral = is_integer(nf, _cleared(goal))
    if integral and strict:
        rows.append((-_cleared(goal), False))
    elif integral:
        rows.append((-_cleared(goal) - ONE, False))
    else:
        rows.append((-goal, not strict))
    frontier = [m for m in goal.terms if m]
    for _ in range(MAX_ROUNDS):
        fresh: list[Mono] = []
        for mono in frontier:
            if mono in seen:
                continue
            seen.add(mono)
            for fact, relation in _about(nf, mono):
                if relation == "ne" or (fact.key, relation) in used or len(rows) > MAX_FACTS:
                    continue
                used.add((fact.key, relation))
                whole = relation == "gt" and is_integer(nf, _cleared(fact))
                rows.append((_cleared(fact) - ONE if whole else fact, relation == "gt" and not whole))
                if relation == "eq":
                    rows.append((-fact, False))
                fresh += [m for m in fact.terms if m and m not in seen]
        if contradictory(rows):
            return True
        if not fresh:
            break
        frontier = fresh
    alone = (of_mono(m).atom() for m in seen)
    sizes = sorted((a for a in alone if a and a.kind == "abs"), key=lambda a: a.key)
    return bool(sizes) and len(sizes) <= MAX_SPLITS and _contradictory_by_sign(rows, sizes)


def _contradictory_by_sign(rows: list[Row], sizes: list[Atom]) -> bool:
    """Are the rows contradictory whichever of p and −p each |p| is?"""
    if not sizes:
        return contradictory(rows)
    first, *others = sizes
    size, inner = of_atom(first), first.part
    return all(
        _contradictory_by_sign([*rows, (value - size, False), (value, False)], others)
        for value in (inner, -inner)
    )


def _about(nf: Normal, mono: Mono) -> list[Fact]:
    """What is known of a monomial: its own sign, the range of a variable, the facts that mention it."""
    key = mono_key(mono), nf.depth  # from further down less is seen
    if key not in nf.about:
        nf.about[key] = list(_gathered(nf, mono))
    return nf.about[key]


def _gathered(nf: Normal, mono: Mono) -> Iterator[Fact]:
    sign = mono_sign(nf, mono)
    if sign is not None:
        poly = of_mono(mono)
        yield poly if sign in ("gt", "ge") else -poly, "gt" if sign in ("gt", "lt") else "ge"
    for atom, _ in mono:
        for var in atom.vars:
            yield from range_facts(nf, var)
        yield from atoms.bounds(nf, atom) + _place_bounds(nf, atom)
    yield from known.about(nf, of_mono(mono))


def _place_bounds(nf: Normal, atom: Atom) -> list[Fact]:
    """1 <= argmax <= length: a place lies in its range, which is not empty where there is one."""
    if atom.kind != "bind" or atom.parts[0] not in ("argmax", "argmin"):
        return []
    (var,), _ = closing.open_bind(nf, atom)
    sort = nf.sorts[var]
    if sort[0] != "range":
        return []
    return [(of_atom(atom) - ONE, "ge"), *([] if sort[1] is None else [(sort[1] - of_atom(atom), "ge")])]


def range_facts(nf: Normal, var: Atom) -> list[Fact]:
    """1 <= v <= length, and what was assumed when the variable was introduced."""
    sort = nf.sorts[var]
    facts = list(nf.premises.get(var, ()))
    if sort[0] == "range":
        facts.append((of_atom(var) - ONE, "ge"))
        if sort[1] is not None:
            facts.append((sort[1] - of_atom(var), "ge"))
    return facts


def _cleared(poly: Poly) -> Poly:
    """The polynomial times a positive integer, so that its coefficients are integers."""
    return poly.scale(math.lcm(*(c.denominator for c in poly.terms.values())))
