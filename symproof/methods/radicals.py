"""Radicals: a root is the number that is not negative and has the right square."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt

from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.lower import lower
from symproof.kernel.poly import Atom, Number, TooLarge
from symproof.kernel.verdict import Rejected
from symproof.methods.equations import divide, equation
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Steps, Stuck
from symproof.methods.trigonometry import CIRCULAR, calls, identity
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Scalar


def roots(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R by the squares of both sides, or with nested roots written without nesting."""
    if depth > 1 or not isinstance(goal.args[0].type, Scalar) or not any(map(_is_root, goal.walk())):
        return None
    for way in (_squared, _denested):
        try:
            found = way(search, context, goal, depth)
        except Stuck:
            continue
        if found is not None:
            return found
    return None


def _is_root(node: Term) -> bool:
    if node.op == "call":
        return node.data == "sqrt"
    return node.op == "pow" and node.args[1].op in ("num", "div") and node.args[1].type != num(1).type


def _squared(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Both sides are not negative, and their squares are equal."""
    steps = Steps(search, context, goal)
    left, right = goal.args
    squares = make("eq", make("pow", left, num(2)), make("pow", right, num(2)))
    proof = _equal(search, context, squares, depth)
    if proof is None:
        return None
    steps.use("squares-equal", {"a": left, "b": right}, squares=proof)
    return search.clean(context, goal, iter([steps.then({"rule": "evident"})]))


def _equal(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    trigonometric = any(node.data in CIRCULAR for node in calls(goal))
    for tactic in (equation, identity) if trigonometric else (equation,):
        found = tactic(search, context, goal, depth)
        if found is not None:
            return found
    return roots(search, context, goal, depth + 1)


def logarithms(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R for positive sides with equal logarithms, where an exponent is no number."""
    if not any(n.op == "pow" and n.args[1].op not in ("num", "sym") for n in goal.walk()) or depth > 1:
        return None
    left, right = goal.args
    steps = Steps(search, context, goal)
    try:
        steps.use("log-injective", {"x": left, "y": right})
    except Stuck:
        return None
    return search.clean(context, goal, iter([steps.then({"rule": "evident"})]))


def _denested(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    steps = Steps(search, context, goal)
    for node in dict.fromkeys(goal.walk()):
        if node.op == "call" and node.data == "sqrt":
            for value in _values(context, node.args[0]):
                try:
                    steps.use("root-unique", {"u": node.args[0], "v": value})
                    break
                except Stuck:
                    continue
    if not steps.haves:
        return None
    circular = any(node.data in CIRCULAR for node in calls(goal))
    nf = normal(steps.context, (), circular)
    gap, items = difference(nf, *goal.args), []
    for name in steps.names:
        root, value = steps.context.facts[name].args
        lead = lower(nf, root).single()
        if lead is not None:
            gap, quotient = divide(nf, gap, lower(nf, root) - lower(nf, value), lead[0])
            items.append({"fact": name, "times": encode(raise_poly(nf, quotient, {}))})
    end: Certificate = {"rule": "algebra", "combine": items, "angles": circular}
    return search.clean(context, goal, iter([steps.then(end)]))


def _values(context: Context, radicand: Term) -> Iterator[Term]:
    """√(a + b√c) = √((a + d)/2) ± √((a − d)/2) with d² = a² − b² c."""
    try:
        poly = lower(normal(context, ()), radicand)
    except (Rejected, TooLarge):
        return
    a = poly.terms.get((), 0)
    others = {m: c for m, c in poly.terms.items() if m}
    if len(others) != 1:
        return
    ((mono, b),) = others.items()
    c = _under_the_root(mono)
    d = None if c is None else _root(Fraction(a) * a - Fraction(b) * b * c)
    if d is not None:
        first, second = (make("call", num((a + s * d) / 2), data="sqrt") for s in (1, -1))
        yield make("add", first, second if b > 0 else make("neg", second))


def _under_the_root(mono: tuple[tuple[Atom, object], ...]) -> Number | None:
    """c for a product of square roots of primes with product c."""
    value = 1
    for atom, exponent in mono:
        if atom.kind != "base" or exponent != Fraction(1, 2) or not isinstance(atom.parts[0], int):
            return None
        value *= atom.parts[0]
    return value


def _root(value: Fraction) -> Fraction | None:
    """The rational root, if there is one."""
    if value < 0:
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return root if root * root == value else None
