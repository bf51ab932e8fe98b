"""Orders of growth denied: one side outgrows the other along a sequence that goes where the variable does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from symproof.kernel.context import Context
from symproof.kernel.infinity import infinite
from symproof.methods.approach import FAILURES, INFINITY, ZERO
from symproof.methods.limits import limit
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Steps, Stuck, function, unused
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL, Array

PI = make("const", data="pi")
WAVES = frozenset(("sin", "cos", "tan"))


def outgrown(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """not f = O(g), because g/f tends to 0 along a sequence; not f = o(g), because f/g does not."""
    (claim,) = goal.args
    if claim.op not in ("big_o", "little_o") or isinstance(claim.args[2].type, Array) or depth > 1:
        return None
    for path in _paths(context, claim):
        steps = Steps(search, context, goal)
        try:
            (_outgrows if claim.op == "big_o" else _keeps_up)(steps, claim, path)
        except (Stuck, *FAILURES):
            continue
        found = search.clean(context, goal, iter([steps.then({"rule": "evident"})]))
        if found is not None:
            return found
    return None


def _paths(context: Context, claim: Term) -> Iterator[Term]:
    """Sequences in n that go to the point, those on the crests of waves first; n itself for an integer."""
    ((name,),) = cast(tuple[tuple[str]], claim.data)
    n = _index(context, claim)
    if any(node.op == "sym" and node.data == name and node.type == INTEGER for node in claim.walk()):
        yield n
        return
    turns = make("mul", num(2), PI, n)
    waves = any(node.op == "call" and node.data in WAVES for node in claim.walk())
    far = [*([make("add", turns, make("div", PI, num(2))), turns] if waves else []), n]
    point = claim.args[2]
    if infinite(point):
        yield from far if point.op != "neg" else ()
        return
    for path in far:
        for sign in (1, -1):
            step = make("div", num(sign), path)
            yield step if point == ZERO else make("add", point, step)


def _index(context: Context, claim: Term) -> Term:
    return sym(unused("n", claim, *(sym(s, REAL) for s in context.symbols)), INTEGER)


def _outgrows(steps: Steps, claim: Term, path: Term) -> None:
    """g/f tends to 0, and f is not 0 on the way."""
    values, (f, g), kind = _along(steps, claim, path)
    limit(steps, _tends(make("div", g, f), _index(steps.context, claim)))
    _use(steps, f"{kind}-big-not", values)


def _keeps_up(steps: Steps, claim: Term, path: Term) -> None:
    """f/g tends to a number that is not 0."""
    values, (f, g), kind = _along(steps, claim, path)
    t = limit(steps, _tends(make("div", f, g), _index(steps.context, claim)))
    _use(steps, f"{kind}-o-not", {**values, "t": t})


def _use(steps: Steps, axiom: str, values: dict[str, Term]) -> None:
    """The axiom from the first member on, or from the second: log 1 is 0."""
    try:
        steps.use(axiom, {**values, "d": num(1)})
    except Stuck:
        steps.use(axiom, {**values, "d": num(2)})


def _along(steps: Steps, claim: Term, path: Term) -> tuple[dict[str, Term], tuple[Term, Term], str]:
    """What the axioms need, both sides along the path, and how the variable moves."""
    ((name,),) = cast(tuple[tuple[str]], claim.data)
    f, g, point = claim.args
    n = _index(steps.context, claim)
    there = (substitute(f, {name: path}), substitute(g, {name: path}))
    if path == n and any(s.op == "sym" and s.data == name and s.type == INTEGER for s in claim.walk()):
        x = sym(name, INTEGER)
        return {"f": function(f, x), "g": function(g, x)}, there, "sequence"
    x = sym(name, REAL)
    values = {"f": function(f, x), "g": function(g, x), "s": function(path, n)}
    if infinite(point):
        limit(steps, _tends(make("div", num(1), path), n))
        return values, there, "infinity"
    limit(steps, _tends(path, n))
    return {**values, "a": point}, there, "point"


def _tends(body: Term, n: Term) -> Term:
    return make("limit", body, INFINITY, ZERO, data=((str(n.data),),))
