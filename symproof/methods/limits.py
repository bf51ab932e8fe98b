"""Limits: quotients by Taylor's theorem, orders of growth, and what limits do under the operations.

`value(steps, approach, body)` brings in the fact that a limit has a value and
returns the value; every step is an instance of an axiom of the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from symproof.kernel.decide import normal
from symproof.kernel.derivative import derive
from symproof.kernel.infinity import infinite
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, Mono, Poly, merge, total
from symproof.methods.approach import FAILURES, ZERO, Approach, approach_of
from symproof.methods.raising import raise_poly
from symproof.methods.steps import Steps, Stuck, Undefined, function, unused
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import alike, free_symbols, substitute
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import INTEGER, REAL, Array

MAX_ORDER = 6
MAX_ATTEMPTS = 60
WAVES = frozenset(("sin", "cos", "tan"))


def limit(steps: Steps, term: Term) -> Term:
    """The value of a limit, which becomes a fact."""
    from symproof.methods.sides import one_sided, reflected

    _, point, side = term.args
    approach, body = approach_of(steps, term)
    if infinite(point) and point.op == "neg":
        return reflected(steps, approach, body)
    if approach.kind == "point" and side.data != 0:
        return one_sided(steps, approach, body, int(side.data))  # type: ignore[call-overload]
    try:
        attempt = steps.copy()
        found = value(attempt, approach, body)
    except (Stuck, *FAILURES):
        far = _far(approach, body)
        if far is None:
            raise
        attempt = steps.copy()
        found = value(attempt, replace(approach, radius=far), body)
    steps.take(attempt)
    return found


def _far(approach: Approach, body: Term) -> Term | None:
    """Where near infinity begins for numbers that have names: beyond all of their absolute values."""
    sizes = _sizes(approach, body)
    if not sizes or approach.kind == "point":
        return None
    if approach.kind == "sequence":
        sizes = [make("call", size, data="ceil") for size in sizes]
    return make("add", num(1), *sizes)


def _sizes(approach: Approach, body: Term) -> list[Term]:
    """The absolute values of the numbers with names."""
    symbols = {n for n in body.walk() if n.op == "sym" and n != approach.x and n.type in (REAL, INTEGER)}
    named = sorted((s for s in symbols if s.data in free_symbols(body)), key=lambda s: str(s.data))
    return [make("call", s, data="abs") for s in named]


def infinite_limit(steps: Steps, term: Term, sign: int) -> None:
    """The fact that a limit is ∞ or −∞; raises Stuck."""
    _, point, side = term.args
    approach, body = approach_of(steps, term)
    to = {1: "right", -1: "left"}.get(int(side.data), approach.kind)  # type: ignore[call-overload]
    if infinite(point) and point.op == "neg":
        to, approach = "minus", replace(approach, radius=num(-1))
    inverse = make("limit", make("div", num(1), body), point, side, data=((str(approach.x.data),),))
    if limit(steps, inverse) != ZERO:
        raise Stuck("no infinite limit")
    word = "infinite" if sign > 0 else "infinite-below"
    steps.use(f"{to}-{word}", approach.values(f=function(body, approach.x)))


def value(steps: Steps, approach: Approach, body: Term, depth: int = 0) -> Term:
    """The value of the limit of a body, which becomes a fact; raises Stuck."""
    steps.spend(MAX_ATTEMPTS)
    wanted = approach.limit(body)
    for fact in steps.context.facts.values():
        if fact.op == "eq" and alike(fact.args[0], wanted) and not alike(*fact.args):
            return fact.args[1]
    x = str(approach.x.data)
    if x not in free_symbols(body):
        fact = steps.use(f"{approach.kind}-constant", approach.values(f=function(body, approach.x), s=body))
        return fact.args[1]
    if (approach, body) in steps.stuck or steps.around.diverges(approach, body):
        raise Stuck("no limit found before, or none in sight")
    from symproof.methods.growth import dominated, unwrapped
    from symproof.methods.sides import both_sides, reciprocal, through_reals

    ways = {
        "point": (quotient, _bounded, _composed, _beyond, both_sides),
        "infinity": (_named, reciprocal, dominated, unwrapped, _spread, _bounded, _composed, _beyond),
        "sequence": (
            _closed,
            _standing,
            through_reals,
            dominated,
            _spread,
            _bounded,
            _composed,
            _beyond,
            _ratio,
        ),
    }[approach.kind]
    if approach.kind == "infinity" and any(node.data in ("asin", "acos") for node in body.walk()):
        ways = (_composed, *ways)  # steep at the ends of its domain: nothing smooth in 1/x
    for way in ways:
        attempt = steps.copy()
        try:
            found = way(attempt, approach, body, depth)
        except (Stuck, *FAILURES):
            continue
        steps.take(attempt)
        return found
    if steps.spent[0] <= MAX_ATTEMPTS:
        steps.stuck.add((approach, body))
    raise Stuck("no limit found")


# --- quotients of functions that are smooth at the point ---------------------------------------


def radii(approach: Approach, body: Term) -> Iterator[Approach]:
    """How near the point is near enough: a few distances, that to 0, and what numbers with names ask for."""
    yield approach
    for distance in (Fraction(1, 2), Fraction(1, 10), Fraction(1, 1000)):
        yield replace(approach, radius=num(distance))
    if approach.point.op != "num":
        yield replace(approach, radius=make("call", approach.point, data="abs"))
    elif sizes := _sizes(approach, body):
        yield replace(approach, radius=make("div", num(1), make("add", num(1), *sizes)))


def quotient(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """N/M where N and M vanish to one order n at the point: the quotient of the n-th derivatives."""
    skipped = False
    for trial in radii(approach, body):
        if steps.around.undefined(trial, body):
            skipped = True
            continue
        if trial.radius.op == "div" and not skipped:
            continue  # the distances before were not too large
        try:
            return _quotient_within(steps, trial, body)
        except Undefined:
            continue
    raise Stuck("not defined around the point")


def _quotient_within(steps: Steps, approach: Approach, body: Term) -> Term:
    x = str(approach.x.data)
    nf = normal(approach.near(steps.context), ())
    above, below = split(nf, lower(nf, _without_tangents(body)), x)
    there = {Atom("sym", x): lower(nf, approach.point)}
    top, bottom, order = above, below, 0
    while nf.is_zero(q := nf.replace(bottom, there)):
        if order == MAX_ORDER or not nf.is_zero(nf.replace(top, there)):
            raise Stuck("no finite limit, or a zero of high order")
        top, bottom, order = derive(nf, top, x, ()), derive(nf, bottom, x, ()), order + 1
    p = nf.replace(top, there)
    upper, lowest = (function(raise_poly(nf, poly, {}), approach.x) for poly in (above, below))
    ends = {"p": p, "q": q, "s": nf.times(p, nf.power(q, -1))}
    numbers = {key: raise_poly(nf, poly, {}) for key, poly in ends.items()}
    given = approach.values(f=function(body, approach.x), N=upper, M=lowest, **numbers)
    return steps.use(f"limit-quotient-{order}", given).args[1]


def _without_tangents(term: Term) -> Term:
    """tan u as sin u / cos u, so that the cosine is seen as a denominator."""
    if not term.args or term.op in ("limit", "integral", "sum", "product", "lambda"):
        return term
    args = [_without_tangents(a) for a in term.args]
    if term.op == "call" and term.data == "tan":
        return make("div", make("call", *args, data="sin"), make("call", *args, data="cos"))
    return make(term.op, *args, data=term.data)


def split(nf: Normal, poly: Poly, name: str) -> tuple[Poly, Poly]:
    """The numerator and the denominator in a variable: factors to negative powers are cleared."""
    clear: dict[Atom, int] = {}
    for mono in poly.terms:
        for atom, exponent in mono:
            if name in atom.names and isinstance(exponent, int | Fraction) and exponent < 0:
                clear[atom] = max(clear.get(atom, 0), -int(exponent // 1))
    factor: Mono = tuple(sorted(clear.items(), key=lambda item: item[0].key))
    above = total(nf.reduce(merge(mono, factor)).scale(coeff) for mono, coeff in poly.terms.items())
    return above, nf.reduce(factor)


def _named(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """The limits at infinity of functions that are bounded and monotone."""
    if body.op != "call" or body.data not in ("atan", "erf") or body.args[0] != approach.x:
        raise Stuck("no such limit")
    return steps.use(f"infinity-{body.data}", {}).args[1]


# --- operations -------------------------------------------------------------------------------


def _composed(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """Sums, products, quotients, and functions differentiable at the limit of their argument."""
    x = str(approach.x.data)
    if body.op in ("add", "mul"):
        head, tail = body.args[0], body.args[1:]
        rest = tail[0] if len(tail) == 1 else make(body.op, *tail)
        return _binary(steps, approach, body, "sum" if body.op == "add" else "product", head, rest, depth)
    if body.op == "neg":
        return _binary(steps, approach, body, "product", num(-1), body.args[0], depth)
    if body.op == "div":
        return _binary(steps, approach, body, "quotient", body.args[0], body.args[1], depth)
    z = sym(unused("z", body), REAL)
    inside = _inside(approach, body)
    if inside is not None:
        s = value(steps, approach, body.args[0], depth + 1)
        given = approach.values(f=function(body, approach.x), g=function(body.args[0], approach.x), s=s)
        steps.use(f"infinity-inside-{inside}", given)
        return _restated(steps, approach, body, make("call", s, data=inside))
    if body.op == "call" and len(body.args) == 1:
        return _after(steps, approach, body, make("call", z, data=body.data), z, body.args[0], depth)
    if body.op == "pow" and x not in free_symbols(body.args[1]):
        return _after(steps, approach, body, make("pow", z, body.args[1]), z, body.args[0], depth)
    if body.op == "apply" and len(body.args) == 2 and body.args[0].op == "sym":
        s = value(steps, approach, body.args[1], depth + 1)
        functions = {"f": function(body, approach.x), "g": function(body.args[1], approach.x)}
        given = approach.values(**functions, F=body.args[0], s=s)
        return steps.use(f"{approach.kind}-continuous", given).args[1]
    if body.op == "pow" and x in free_symbols(body.args[0]):
        logarithm = make("mul", body.args[1], make("call", body.args[0], data="log"))
        return _after(steps, approach, body, make("call", z, data="exp"), z, logarithm, depth)
    raise Stuck(f"nothing is known of {body.op}")


INSIDE = frozenset(("asin", "acos", "sqrt"))


def _inside(approach: Approach, body: Term) -> str | None:
    """The function with a closed domain that is applied last, at infinity."""
    if approach.kind != "infinity":
        return None
    if body.op == "pow" and body.args[1].op == "num" and body.args[1].data == Fraction(1, 2):
        return "sqrt"
    return str(body.data) if body.op == "call" and body.data in INSIDE else None


def _restated(steps: Steps, approach: Approach, body: Term, value: Term) -> Term:
    """The limit with its value in normal form."""
    s = steps.simplified(value)
    steps.claim(make("eq", approach.limit(body), s), {"rule": "algebra", "rewrite": steps.names[-1:]})
    return s


def _binary(
    steps: Steps, approach: Approach, body: Term, operation: str, g: Term, h: Term, depth: int
) -> Term:
    s = value(steps, approach, g, depth + 1)
    t = value(steps, approach, h, depth + 1)
    return combined(steps, approach, operation, (body, g, h), s, t)


def combined(
    steps: Steps, approach: Approach, operation: str, bodies: tuple[Term, Term, Term], s: Term, t: Term
) -> Term:
    """The limit of the first body, the sum, product or quotient of two others with known limits."""
    functions = {key: function(body, approach.x) for key, body in zip("fgh", bodies, strict=True)}
    whole = {"sum": make("add", s, t), "product": make("mul", s, t), "quotient": make("div", s, t)}[operation]
    u = steps.simplified(whole)
    return steps.use(f"{approach.kind}-{operation}", approach.values(**functions, s=s, t=t, u=u)).args[1]


def _after(
    steps: Steps, approach: Approach, body: Term, outer: Term, z: Term, inner: Term, depth: int
) -> Term:
    """A function of something that has a limit, at which the function is differentiable."""
    s = value(steps, approach, inner, depth + 1)
    t = steps.simplified(substitute(outer, {str(z.data): s}))
    given = approach.values(
        f=function(body, approach.x), g=function(inner, approach.x), F=function(outer, z), s=s, t=t
    )
    return steps.use(f"{approach.kind}-composition", given).args[1]


def _closed(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """Sums whose ranges grow, in closed form."""
    from symproof.methods.summation import partial_sum

    nf = normal(approach.near(steps.context), ())
    x, values = str(approach.x.data), dict[Term, Term]()
    for node in dict.fromkeys(body.walk()):
        if node.op == "sum" and x in free_symbols(node) and not isinstance(node.type, Array):
            poly = lower(nf, node)
            values[node] = partial_sum(steps, node) if poly.height else raise_poly(nf, poly, {})
    closed = _replaced(body, values)
    if closed == body:
        raise Stuck("no sum with a closed form")
    s = value(steps, approach, closed, depth + 1)
    functions = {"f": function(body, approach.x), "g": function(closed, approach.x)}
    return steps.use(f"{approach.kind}-same", approach.values(**functions, s=s)).args[1]


def _standing(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """Waves and powers that stand still: sin(2 π n + π/2) is 1."""
    nf = normal(approach.near(steps.context), ())
    x, still = str(approach.x.data), dict[Term, Term]()
    for node in dict.fromkeys(body.walk()):
        if (node.op == "pow" or node.data in WAVES) and x in free_symbols(node):
            poly = lower(nf, node)
            if x not in poly.names:
                still[node] = raise_poly(nf, poly, {})
    other = _replaced(body, still)
    if other == body:
        raise Stuck("nothing stands still")
    s = value(steps, approach, other, depth + 1)
    functions = {"f": function(body, approach.x), "g": function(other, approach.x)}
    return steps.use(f"{approach.kind}-same", approach.values(**functions, s=s)).args[1]


def _replaced(term: Term, values: Mapping[Term, Term]) -> Term:
    """The term with other terms put for some of its parts, outside of binders."""
    if term in values:
        return values[term]
    if not term.args or term.op in BINDERS:
        return term
    return make(term.op, *(_replaced(arg, values) for arg in term.args), data=term.data)


def _spread(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """A quotient of a sum, term by term."""
    if body.op != "div" or body.args[0].op != "add":
        raise Stuck("no quotient of a sum")
    terms = make("add", *(make("div", term, body.args[1]) for term in body.args[0].args))
    s = value(steps, approach, terms, depth + 1)
    functions = {"f": function(body, approach.x), "g": function(terms, approach.x)}
    return steps.use(f"{approach.kind}-same", approach.values(**functions, s=s)).args[1]


def _beyond(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """A function with a limit at infinity, of something that grows beyond all bounds."""
    if body.op != "call" or len(body.args) != 1 or depth > 1:
        raise Stuck("no function of one number")
    inner = body.args[0]
    y = sym(unused("y", body), REAL)
    for sign in (1, -1):
        attempt = steps.copy()
        grown, outer = (inner, y) if sign == 1 else (make("neg", inner), make("neg", y))
        try:
            if value(attempt, approach, make("div", num(1), grown), depth + 1) != ZERO:
                continue
            outer = make("call", outer, data=body.data)
            t = value(attempt, Approach("infinity", y, num(1)), outer, depth + 1)
            functions = {"f": function(body, approach.x), "g": function(grown, approach.x)}
            given = approach.values(**functions, F=function(outer, y), t=t)
            found = attempt.use(f"{approach.kind}-after", given)
        except (Stuck, *FAILURES):
            continue
        steps.take(attempt)
        return found.args[1]
    raise Stuck("nothing that grows beyond all bounds")


def _bounded(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """A factor between −1 and 1, times something that tends to 0."""
    for factor in dict.fromkeys(body.walk()):
        powered = factor.op == "pow" and factor.args[1].op == "num" and factor.args[1].type == INTEGER
        inside = factor.args[0] if powered else factor
        sine = inside.op == "call" and inside.data in ("sin", "cos")
        sign = factor.op == "pow" and factor.args[0] in (num(-1), make("neg", num(1)))
        if not (sine or sign) or str(approach.x.data) not in free_symbols(factor):
            continue
        rest = _divided(body, factor)
        if rest is None:
            continue
        if value(steps, approach, rest, depth + 1) != ZERO:
            continue
        functions = {k: function(v, approach.x) for k, v in (("f", body), ("g", rest), ("h", factor))}
        return steps.use(f"{approach.kind}-bounded", approach.values(**functions, c=num(1))).args[1]
    raise Stuck("no bounded factor")


def _divided(body: Term, factor: Term) -> Term | None:
    """The product without one factor."""
    if body == factor:
        return num(1)
    if body.op == "mul":
        for k, arg in enumerate(body.args):
            rest = _divided(arg, factor)
            if rest is not None:
                return make("mul", *body.args[:k], rest, *body.args[k + 1 :])
    if body.op in ("div", "neg"):
        rest = _divided(body.args[0], factor)
        return None if rest is None else make(body.op, rest, *body.args[1:])
    return None


def _ratio(steps: Steps, approach: Approach, body: Term, depth: int) -> Term:
    """A sequence whose quotients tend to a number between −1 and 1 tends to 0."""
    if depth > 1:
        raise Stuck("a quotient of quotients")
    nf = normal(approach.near(steps.context), ())
    following = substitute(body, {str(approach.x.data): make("add", approach.x, num(1))})
    quotient = nf.times(lower(nf, following), nf.power(lower(nf, body), -1))
    ratio = raise_poly(nf, quotient, {})
    s = value(steps, approach, ratio, depth + 1)
    functions = {"f": function(body, approach.x), "g": function(ratio, approach.x)}
    return steps.use("growth-ratio", {**functions, "d": approach.radius, "s": s}).args[1]
