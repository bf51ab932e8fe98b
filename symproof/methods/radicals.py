"""Radicals: a root is the number that is not negative and has the right square."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import copysign, isqrt

from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.lower import lower
from symproof.kernel.poly import Atom, Number, Poly, TooLarge, magnitude, of_mono
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

HALF = Fraction(1, 2)
MAX_DEGREE = 9
MAX_DIGITS = 10**12


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
    return _injective(search, context, goal, "log-injective")


def exponentials(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R where both have the same exponential: sums of logarithms are products there."""
    if depth > 1 or not any(n.op == "call" and n.data in ("log", "softplus") for n in goal.walk()):
        return None
    return _injective(search, context, goal, "exp-injective")


def _injective(search: Search, context: Context, goal: Term, axiom: str) -> Certificate | None:
    """L = R because a function that takes no value twice has one value at both."""
    left, right = goal.args
    steps = Steps(search, context, goal)
    try:
        steps.use(axiom, {"x": left, "y": right})
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
        for degree, value in _odd_values(context, node):
            steps.use("powers-equal", {"a": node, "b": value, "n": num(degree)})
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
    """√(a + b√c) = √((a + d)/2) ± √((a − d)/2) with d² = a² − b² c, and √(c + b√c + b²/4) = |√c + b/2|."""
    nf = normal(context, ())
    try:
        poly = lower(nf, radicand)
    except (Rejected, TooLarge):
        return
    for root in sorted({f for m in poly.terms for f in m if f[1] == HALF}, key=lambda f: f[0].key):
        linear = {m: c for m, c in poly.terms.items() if root in m}
        double = Poly({tuple(f for f in m if f != root): c for m, c in linear.items()})
        s = of_mono((root,)) + double.scale(HALF)
        if nf.is_zero(poly - nf.times(s, s)):
            yield make("call", raise_poly(nf, s, {}), data="abs")
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


def _odd_values(context: Context, node: Term) -> Iterator[tuple[int, Term]]:
    """(a + b√c)^(1/q) = r + s√c for odd q, where (a − b√c)^(1/q) = r − s√c: r and s are found in floats."""
    degree = _degree(node)
    if degree is None or degree > MAX_DEGREE:
        return
    try:
        poly = lower(normal(context, ()), node.args[0])
    except (Rejected, TooLarge):
        return
    others = {m: b for m, b in poly.terms.items() if m}
    c = _under_the_root(next(iter(others))) if len(others) == 1 else None
    if c is None or magnitude(c) > MAX_DIGITS or any(magnitude(x) > MAX_DIGITS for x in poly.terms.values()):
        return
    a, b, root = float(poly.terms.get((), 0)), float(next(iter(others.values()))), float(c) ** 0.5
    first, second = (copysign(abs(x) ** (1 / degree), x) for x in (a + b * root, a - b * root))
    r, s = (Fraction(x).limit_denominator(6) for x in ((first + second) / 2, (first - second) / (2 * root)))
    if abs(float(r) + float(s) * root - first) < 1e-9 and s:
        yield degree, make("add", num(r), make("mul", num(s), make("call", num(Fraction(c)), data="sqrt")))


def _degree(node: Term) -> int | None:
    """q for a power 1/q with an odd q."""
    exponent = node.args[1] if node.op == "pow" else None
    if exponent is None:
        return None
    parts = exponent.args if exponent.op == "div" else (exponent, num(1))
    top, below = (part.data for part in parts)
    if not isinstance(top, Fraction) or not isinstance(below, Fraction) or not below:
        return None
    power = top / below
    return power.denominator if power.numerator == 1 and power.denominator % 2 == 1 and power != 1 else None


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
