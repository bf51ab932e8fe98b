"""Orders of growth: o and O by limits, by constants, and of unknown functions by what is assumed."""

from __future__ import annotations

from fractions import Fraction
from typing import cast

from symproof.kernel.context import Context
from symproof.kernel.decide import normal
from symproof.kernel.growth import meaning
from symproof.kernel.lower import lower
from symproof.kernel.poly import Poly
from symproof.kernel.statement import Symbol
from symproof.methods.approach import FAILURES, approach_of
from symproof.methods.limits import value
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Steps, Stuck, function
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import alike, free_symbols, renamed, substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL, Array, Function, Type

# --- o and O ----------------------------------------------------------------------------------------


def small(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """f = o(g): the limit of f/g is 0, or f is a combination of what is known to be small."""
    if depth > 2:
        return None
    if not isinstance(goal.args[2].type, Array):
        try:
            then = search.prove(context, meaning(goal), depth + 1)
        except FAILURES:
            then = None
        if then is not None and search.conditions(context, goal, {"rule": "meaning", "then": then}) == 0:
            return {"rule": "meaning", "then": then}
    try:
        return _combination(search, context, goal)
    except (Stuck, *FAILURES):
        return None


def large(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """f = O(g): f/g has a limit, or a constant does it."""
    if isinstance(goal.args[2].type, Array) or depth > 2:
        return None
    f, g, point = goal.args
    steps = Steps(search, context)
    quotient = make("limit", make("div", f, g), point, num(0), data=goal.data)
    try:
        approach, body = approach_of(steps, quotient)
        s = value(steps, approach, body)
        functions = {"f": function(body.args[0], approach.x), "h": function(body.args[1], approach.x), "s": s}
        steps.use(
            f"{approach.kind}-big-by-limit",
            {**functions, **({"a": point} if approach.kind == "point" else {})},
        )
    except (Stuck, *FAILURES):
        return _by_constant(search, context, goal)
    return search.clean(context, goal, iter([steps.then({"rule": "evident"})]))


def _by_constant(search: Search, context: Context, goal: Term) -> Certificate | None:
    """|f| <= C |g| near the point, for a few constants."""
    statement = meaning(goal)
    factor = cast(tuple[tuple[str]], statement.data)[0][0]
    for constant in (1, 2, 10):
        rest = substitute(statement.args[0], {factor: num(constant)}).args[1]
        radius = cast(tuple[tuple[str]], rest.data)[0][0]
        every = substitute(rest.args[0], {radius: num(1)}).args[1]
        proof = search.prove(context, every, 2)
        if proof is not None:
            inside = {"rule": "split", "parts": [{"rule": "evident"}, proof]}
            found = {"rule": "exists", "values": {radius: encode(num(1))}, "then": inside}
            both = {"rule": "split", "parts": [{"rule": "evident"}, found]}
            whole: Certificate = {
                "rule": "meaning",
                "then": {"rule": "exists", "values": {factor: encode(num(constant))}, "then": both},
            }
            if search.conditions(context, goal, whole) == 0:
                return whole
    return None


def _combination(search: Search, context: Context, goal: Term) -> Certificate | None:
    """f, or |f|, as a linear combination of functions that facts, or Taylor's theorem, say are o(g)."""
    steps = Steps(search, context)
    goal = renamed(goal, frozenset(context.symbols))
    ((name,),) = cast(tuple[tuple[str]], goal.data)
    f, g, point = goal.args
    absolute = f.op == "call" and f.data == "abs"
    f = f.args[0] if absolute else f
    vector = isinstance(point.type, Array)
    kind = "vector" if vector else "infinity" if point.data == "oo" else "point"
    x = sym(name, _moving(goal, name))
    if x.type == INTEGER:
        kind = "sequence"
    if vector:
        _expansions(steps, goal)
    inner = steps.context.with_symbol(Symbol(name, x.type))
    nf = normal(inner, ())
    known = []
    for fact in steps.context.facts.values():
        if fact.op == "little_o" and alike(fact.args[2], point):
            old = cast(tuple[tuple[str]], fact.data)[0][0]
            body, bound = (substitute(a, {old: x}) for a in fact.args[:2])
            if nf.is_zero(lower(nf, bound) - lower(nf, g)):
                known.append((body, bound, lower(nf, body)))
    factors = weights(lower(nf, f), [poly for *_, poly in known])
    common: dict[str, Term] = {"a": point} if kind in ("point", "vector") else {}
    if vector:
        common["n"] = cast(Array, point.type).axes[0].args[1]

    def of(body: Term) -> Term:
        return _lambda(body, x, point)

    so_far: Term | None = None
    for (body, bound, _), weight in zip(known, factors, strict=True):
        if not weight:
            continue
        if bound != g:
            steps.use(f"{kind}-o-same", {**common, "f": of(body), "g": of(body), "h": of(g), "k": of(bound)})
        scaled = make("mul", num(weight), body)
        steps.use(f"{kind}-o-scale", {**common, "f": of(body), "h": of(g), "c": num(weight)})
        if so_far is None:
            so_far = scaled
            continue
        steps.use(f"{kind}-o-sum", {**common, "f": of(so_far), "g": of(scaled), "h": of(g)})
        so_far = make("add", so_far, scaled)
    if so_far is None:
        raise Stuck("nothing known is small")
    given = {**common, "f": of(f), "g": of(so_far), "h": of(g), "k": of(g)}
    steps.use(f"{kind}-o-same", given)
    if absolute:
        steps.use(f"{kind}-o-absolute", {**common, "f": of(f), "h": of(g)})
    return search.clean(context, goal, iter([steps.then({"rule": "evident"})]))


def _moving(goal: Term, name: str) -> Type:
    """The type of what moves."""
    point = goal.args[2].type
    if isinstance(point, Array):
        return Array(point.axes)
    found = {n.type for side in goal.args[:2] for n in side.walk() if n.op == "sym" and n.data == name}
    return INTEGER if INTEGER in found else REAL


def _lambda(body: Term, x: Term, point: Term) -> Term:
    if isinstance(point.type, Array):
        domain = make("arrays", *point.type.axes, data="real")
        return make("lambda", body, domain, data=((str(x.data),),))
    return function(body, x)


def _expansions(steps: Steps, goal: Term) -> None:
    """Taylor's theorem for the functions of the goal at the points they are taken at; it and what is assumed
    to be small, on both sides of 0.
    """
    n = cast(Array, goal.args[2].type).axes[0].args[1]
    for node in dict.fromkeys(goal.args[0].walk()):
        if node.op == "apply" and node.args[0].op == "sym" and node.args[0].data in steps.context.symbols:
            head = node.args[0]
            kind = head.type
            if not isinstance(kind, Function) or not isinstance(kind.params[0], Array):
                continue
            point = _base(node.args[1], cast(tuple[tuple[str]], goal.data)[0][0])
            for order in ("first", "second"):
                if point is None:
                    continue
                try:
                    steps.use(f"vector-taylor-{order}", {"n": n, "L": head, "w": point})
                except (Stuck, *FAILURES):
                    continue
    for fact in list(steps.context.facts.values()):
        if fact.op != "little_o" or not isinstance(fact.args[2].type, Array):
            continue
        old = cast(tuple[tuple[str]], fact.data)[0][0]
        h = sym(old, fact.args[2].type)
        functions = {"f": _lambda(fact.args[0], h, h), "h": _lambda(fact.args[1], h, h)}
        try:
            steps.use("vector-o-reflect", {"n": n, **functions})
        except (Stuck, *FAILURES):
            continue


def _base(argument: Term, name: str) -> Term | None:
    """w for w + h, w − h or w + c h."""
    parts = argument.args if argument.op == "add" else (argument,)
    kept = [p for p in parts if name not in free_symbols(p)]
    return None if not kept else kept[0] if len(kept) == 1 else make("add", *kept)


def weights(target: Poly, polys: list[Poly]) -> list[Fraction]:
    """Numbers c with target = Σ c · poly; raises Stuck."""
    monos = sorted({m for p in (target, *polys) for m in p.terms}, key=repr)
    rows = [[Fraction(p.terms.get(m, 0)) for p in (*polys, target)] for m in monos]
    width, pivots = len(polys), []
    at = 0
    for column in range(width):
        row = next((r for r in range(at, len(rows)) if rows[r][column]), None)
        if row is None:
            continue
        rows[at], rows[row] = rows[row], rows[at]
        rows[at] = [v / rows[at][column] for v in rows[at]]
        for r in range(len(rows)):
            if r != at and rows[r][column]:
                factor = rows[r][column]
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[at], strict=True)]
        pivots.append(column)
        at += 1
    if any(row[-1] for row in rows[at:]):
        raise Stuck("no combination")
    found = [Fraction(0)] * width
    for row_index, column in enumerate(pivots):
        found[column] = rows[row_index][-1]
    return found
