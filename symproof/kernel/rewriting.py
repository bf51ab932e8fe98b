"""Rewriting by equations: an atom that matches the left side becomes the right side.

A rule says: for all values of its variables that meet its premises, the pattern
equals the right side.  Matching binds the variables; the premises must hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from symproof.kernel.poly import (
    BINDING,
    Atom,
    Exponent,
    Mono,
    Poly,
    TooLarge,
    coefficient_of,
    natural,
    of_mono,
)

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal
    from symproof.kernel.signs import Fact

MAX_DEPTH = 40
MAX_POWER = 6  # that is written out
EXPECTATION = "E("  # in the key of an atom that holds one
Binding = dict[Atom, Poly | Atom]


@dataclass(frozen=True)
class Rewrite:
    """pattern = right for all values of the variables that meet the premises."""

    pattern: Atom
    variables: frozenset[Atom]
    premises: tuple[Fact, ...]
    right: Poly

    @property
    def head(self) -> frozenset[str]:
        """What any atom that the pattern matches mentions."""
        return head(self.pattern)

    @property
    def names(self) -> frozenset[str]:
        """The symbols that it speaks of."""
        return self.pattern.names.union(self.right.names, *(poly.names for poly, _ in self.premises))


def head(pattern: Atom) -> frozenset[str]:
    """The symbol of an entry or of a function's value: x[r + v] matches x[T] for v = T - r."""
    first = pattern.parts[0] if pattern.kind in ("sym", "elem", "fun") else None
    return frozenset((first,)) if isinstance(first, str) else frozenset()


def rewrite(nf: Normal, atom: Atom) -> Poly | None:
    """What the first rule that applies makes of the atom."""
    for rule in nf.rewrites:
        if rule.pattern.kind != atom.kind:
            continue
        for binding in instances(nf, rule.pattern, atom, rule.variables, rule.premises):
            if nf.unfolding >= MAX_DEPTH:
                raise TooLarge("rewriting without end")
            nf.unfolding += 1
            try:
                return nf.replace(rule.right, binding)
            finally:
                nf.unfolding -= 1
    return None


def instances(
    nf: Normal, pattern: Atom, target: Atom, variables: frozenset[Atom], premises: tuple[Fact, ...]
) -> Iterator[Binding]:
    """The values of the variables that make the pattern the target and meet the premises."""
    from symproof.kernel.signs import holds

    for binding in match(pattern, target, variables):
        if all(_admissible(nf, pattern, var, value) for var, value in binding.items()):
            if all(holds(nf, nf.replace(poly, binding), relation) for poly, relation in premises):
                yield binding


def _admissible(nf: Normal, pattern: Atom, var: Atom, value: Poly | Atom) -> bool:
    """Integers for integers, real numbers for these; and inside an expectation no value that depends on the
    outcome.
    """
    from symproof.kernel.expectation import depends_on_chance
    from symproof.kernel.signs import IMAGINARY, is_integer

    if var.kind == "var" and nf.sorts[var][0] != "vertices":
        if not isinstance(value, Poly) or not is_integer(nf, value):
            return False
    if IMAGINARY in value.key:
        return False
    return EXPECTATION not in pattern.key or not depends_on_chance(nf, value)


def match(pattern: Atom, target: Atom, variables: frozenset[Atom]) -> Iterator[Binding]:
    """The values of the variables that make the pattern the target."""
    if pattern.kind == "E":
        yield from _match_mono(pattern.part, target.part, variables, {})
    else:
        yield from _match_atom(pattern, target, variables, {})


def _match_atom(pattern: Atom, target: Atom, variables: frozenset[Atom], bound: Binding) -> Iterator[Binding]:
    if pattern.kind != target.kind or len(pattern.parts) != len(target.parts):
        return
    if pattern.vars.isdisjoint(variables):
        if pattern == target:
            yield bound
        return
    if pattern.kind == "array":
        whole = _match_hole(pattern, target, bound)
        if whole is not None:
            yield from whole
            return
    found = bound
    pending = list(zip(pattern.parts, target.parts, strict=True))
    for _ in range(2):  # a second pass for parts whose variables another part binds
        later = []
        for p, t in pending:
            step = _match_part(p, t, variables, found)
            if step is None:
                return
            if step == "later":
                later.append((p, t))
            else:
                found = step  # type: ignore[assignment]
        pending = later
    if not pending and not _captures(target, bound, found):
        yield found


def _captures(target: Atom, before: Binding, after: Binding) -> bool:
    """Was a variable given a value that mentions what the binder binds?"""
    marks = (f"bv({target.height},", f"br({target.height},")
    fresh = [value.key for var, value in after.items() if var not in before]
    return target.kind in BINDING and any(mark in key for key in fresh for mark in marks)


def _match_part(pattern: object, target: object, variables: frozenset[Atom], bound: Binding) -> object:
    """The binding that makes one part of an atom another; "later" when a variable must be bound first."""
    if isinstance(pattern, Poly) and isinstance(target, Poly):
        return _match_poly(pattern, target, variables, bound)
    if isinstance(pattern, Atom) and isinstance(target, Atom):
        return next(_match_atom(pattern, target, variables, bound), None)
    if isinstance(pattern, tuple) and isinstance(target, tuple) and len(pattern) == len(target):
        found: object = bound
        for p, t in zip(pattern, target, strict=True):
            found = _match_part(p, t, variables, found)  # type: ignore[arg-type]
            if not isinstance(found, dict):
                return found
        return found
    return bound if pattern == target else None


def _match_hole(pattern: Atom, target: Atom, bound: Binding) -> list[Binding] | None:
    """A hole stands for any array over its axes; None when the pattern is no hole."""
    body = pattern.parts[1].atom()  # type: ignore[attr-defined]
    if body is None or body.kind != "elem" or not isinstance(body.parts[0], Atom):
        return None
    hole = body.parts[0]
    whole = tuple(p.key for p in body.parts[1:]) == tuple(
        f"{{1*bv({pattern.height},{k})}}" for k in range(len(body.parts) - 1)
    )
    if hole.kind != "hole" or not whole:
        return None
    if pattern.parts[0] != target.parts[0] or bound.get(hole, target) != target:
        return []
    return [{**bound, hole: target}]


def _match_poly(pattern: Poly, target: Poly, variables: frozenset[Atom], bound: Binding) -> object:
    """Bind the one unbound variable of a pattern that is ±variable + rest, or match a single atom."""
    mine, theirs = pattern.atom(), target.atom()
    if mine is not None and theirs is not None and mine not in variables:
        return next(_match_atom(mine, theirs, variables, bound), None)
    for var in sorted(pattern.vars & variables & bound.keys(), key=lambda a: a.key):
        parts = coefficient_of(pattern, var)
        slope = parts and parts[0].constant()
        if parts is None or slope is None:
            return None
        value = bound[var]
        assert isinstance(value, Poly)
        pattern = parts[1] + value.scale(slope)
    free = pattern.vars & (variables - bound.keys())
    if not free:
        return bound if pattern == target else None
    if len(free) > 1:
        return "later"
    (var,) = free
    parts = coefficient_of(pattern, var)
    if parts is None or parts[0].constant() not in (1, -1):
        return None
    slope = parts[0].constant()
    assert slope is not None
    return {**bound, var: (target - parts[1]).scale(slope)}


def _match_mono(pattern: Mono, target: Mono, variables: frozenset[Atom], bound: Binding) -> Iterator[Binding]:
    """Match products; x_i² counts as x_i x_i."""
    need, have = _factors(pattern), _factors(target)
    if len(need) != len(have):
        return
    if not need:
        yield bound
        return
    (first, exponent), rest = need[0], need[1:]
    for k, (atom, power) in enumerate(have):
        if k and have[k - 1] == have[k]:
            continue
        others = have[:k] + have[k + 1 :]
        for step in _match_atom(first, atom, variables, bound):
            if isinstance(exponent, Poly) and isinstance(power, Poly):
                found = _match_poly(exponent, power, variables, step)
                if isinstance(found, dict):
                    yield from _match_mono(tuple(rest), tuple(others), variables, found)
            elif exponent == power:
                yield from _match_mono(tuple(rest), tuple(others), variables, step)


def _factors(mono: Mono) -> list[tuple[Atom, Exponent]]:
    """The factors, small natural powers written out."""
    result: list[tuple[Atom, Exponent]] = []
    for atom, exponent in mono:
        if natural(exponent) and exponent <= MAX_POWER:
            result += [(atom, 1)] * exponent
        else:
            result.append((atom, exponent))
    return result


def orient(nf: Normal, left: Poly, right: Poly) -> tuple[Atom, Poly] | None:
    """(pattern, value) for an equation: an atom that occurs once on the left, times what is not 0."""
    candidates = []
    for mono, coeff in left.terms.items():
        for k, (atom, exponent) in enumerate(mono):
            others = mono[:k] + mono[k + 1 :]
            if exponent != 1 or atom.kind not in PATTERNS or not all(invertible(f) for f in others):
                continue
            rest = Poly({m: c for m, c in left.terms.items() if m != mono})
            if not any(a == atom for m in (*rest.terms, others) for a, _ in m):
                candidates.append((atom.kind == "E", atom.height, atom.key, atom, others, coeff, rest))
    if not candidates:
        return None
    *_, atom, others, coeff, rest = max(candidates, key=lambda c: c[:3])
    value = (right - rest).scale(1 / Fraction(coeff))
    return atom, nf.times(value, nf.power(of_mono(others), -1)) if others else value


PATTERNS = frozenset(("sym", "elem", "fun", "E", "sum", "bind", "deg", "pow"))


def invertible(factor: tuple[Atom, Exponent]) -> bool:
    """Is the factor nonzero wherever it is defined: a base, π, or a power below 0?"""
    atom, exponent = factor
    return atom.kind in ("base", "const") or isinstance(exponent, int) and exponent < 0
