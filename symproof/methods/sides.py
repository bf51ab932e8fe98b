"""Limits from one side, at infinity and of sequences, from limits that are reached in another way."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symproof.kernel.decide import normal
from symproof.kernel.lower import lower
from symproof.kernel.statement import Symbol
from symproof.methods.approach import FAILURES, ZERO, Approach
from symproof.methods.limits import quotient, value
from symproof.methods.raising import raise_poly
from symproof.methods.steps import Steps, Stuck, Undefined, function, unused
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import REAL


def _moved(approach: Approach, name: str) -> Approach:
    """The approach to infinity with a name of its own."""
    return Approach("infinity", sym(name, REAL), num(1))


def _simplified(steps: Steps, approach: Approach, body: Term) -> Term:
    """The body in normal form near the end."""
    nf = normal(approach.near(steps.context), ())
    return raise_poly(nf, lower(nf, body), {})


def reciprocal(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """x = 1/h or 1/h² with h to 0, where the body is a quotient of functions smooth at h = 0."""
    if any(node.op == "call" and node.data in ("asin", "acos") for node in body.walk()):
        raise Stuck("a function that is steep at the ends of its domain")
    for power in (1, 2):
        for radius in (approach.radius, num(10), num(1000)):
            nearer = replace(approach, radius=radius)
            if steps.around.undefined(nearer, body):
                continue
            try:
                return _by_powers(steps, nearer, body, power)
            except Undefined:
                continue
            except (Stuck, *FAILURES):
                break
    raise Stuck("nothing smooth in 1/x")


def _by_powers(steps: Steps, approach: Approach, body: Term, power: int) -> Term:
    h = Approach("point", approach.x, num(1))
    context = steps.context.with_symbol(Symbol(str(h.x.data), REAL)).with_fact("h", make("gt", h.x, ZERO))
    nf = normal(context, ())
    inner = substitute(body, {str(h.x.data): make("pow", h.x, num(-power))})
    other = raise_poly(nf, lower(nf, inner), {})
    attempt = steps.copy()
    found = quotient(attempt, h, other, 1)
    values = {"f": function(body, approach.x), "g": function(other, h.x), "c": num(Fraction(1, power))}
    fact = attempt.use("infinity-by-reciprocal", {**values, "d": approach.radius, "s": found})
    steps.take(attempt)
    return fact.args[1]


def reflected(steps: Steps, approach: Approach, body: Term) -> Term:
    inner = substitute(body, {str(approach.x.data): make("neg", approach.x)})
    other = _simplified(steps, approach, inner)
    found = value(steps, approach, other)
    functions = {"f": function(body, approach.x), "g": function(other, approach.x)}
    return steps.use("minus-infinity", {**functions, "d": approach.radius, "s": found}).args[1]


def one_sided(steps: Steps, approach: Approach, body: Term, side: int) -> Term:
    """As a limit from both sides, or by x = a ± 1/t."""
    f = function(body, approach.x)
    word = "right" if side > 0 else "left"
    try:
        attempt = steps.copy()
        found = quotient(attempt, approach, body, 0)
        fact = attempt.use(f"limit-{word}", {"f": f, "a": approach.point, "s": found})
        steps.take(attempt)
        return fact.args[1]
    except (Stuck, *FAILURES):
        pass
    t = _moved(approach, str(approach.x.data))
    step = make("div", num(1) if side > 0 else num(-1), t.x)
    inner = substitute(body, {str(t.x.data): make("add", approach.point, step)})
    other = _simplified(steps, t, inner)
    found = value(steps, t, other)
    values = {"f": f, "g": function(other, t.x), "a": approach.point, "d": t.radius, "s": found}
    return steps.use(f"{word}-by-infinity", values).args[1]


def both_sides(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    right, left = (one_sided(steps, approach, body, side) for side in (1, -1))
    if left != right:
        raise Stuck("the limits from the two sides differ")
    at = {"f": function(body, approach.x), "a": approach.point, "s": right}
    return steps.use("limit-both", at).args[1]


def through_reals(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """The members are values of a function of a real variable."""
    x = sym(unused("t", body), REAL)
    plain = approach.radius.op == "num"
    real = Approach("infinity", x, num(1) if plain else approach.radius)
    other = substitute(body, {str(approach.x.data): x})
    found = value(steps, real, other, depth + 1)
    start = replace(approach, radius=num(2) if plain else make("add", approach.radius, num(1)))
    values = {"f": function(body, approach.x), "g": function(other, x), "d": start.radius, "s": found}
    return steps.use("sequence-by-real", values).args[1]
