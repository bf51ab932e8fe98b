"""|f(x) − f(y)| <= L |x − y| by the mean value theorem, where |f'| <= L everywhere."""

from __future__ import annotations

from symproof.kernel.context import Context
from symproof.kernel.decide import normal
from symproof.kernel.lower import lower
from symproof.kernel.poly import Poly
from symproof.methods.approach import FAILURES
from symproof.methods.quick import order
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Steps, Stuck, function, unused
from symproof.terms.build import make, sym
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import REAL, Scalar


def mean_value(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """The two values on the left side are f(x) and f(y), what is on the right a multiple of |x − y|."""
    lesser, larger = goal.args if goal.op == "le" else goal.args[::-1]
    if goal.op not in ("le", "ge") or lesser.op != "call" or lesser.data != "abs" or depth > 1:
        return None
    (inner,) = lesser.args
    if inner.op != "add" or len(inner.args) != 2:
        return None
    first, second = inner.args
    if second.op != "neg":
        return None
    t = sym(unused("t", goal, *(sym(n, REAL) for n in context.symbols)), REAL)
    places: list[tuple[Term, Term]] = []
    body = _common(first, second.args[0], t, places)
    if body is None or not places or places[0] == (first, second.args[0]):
        return None
    x, y = places[0]
    steps = Steps(search, context, goal)
    try:
        nf = normal(context, ())
        gap = lower(nf, make("call", make("add", x, make("neg", y)), data="abs"))
        slope = nf.times(lower(nf, larger), nf.power(gap, -1))
        if not _free(slope, gap):
            return None
        steps.use(
            "mean-value-bound", {"f": function(body, t), "L": raise_poly(nf, slope, {}), "x": x, "y": y}
        )
    except (Stuck, *FAILURES):
        return None
    then = order(search, steps.context, goal, depth)
    return None if then is None else steps.then(then)


def _free(slope: Poly, gap: Poly) -> bool:
    """Is what is left free of the distance?"""
    sizes = {a for m in gap.terms for a, _ in m}
    return not any(a in sizes for m in slope.terms for a, _ in m)


def _common(left: Term, right: Term, t: Term, places: list[tuple[Term, Term]]) -> Term | None:
    """The term with t where the two differ, which is by one pair of numbers throughout."""
    if left == right:
        return left
    alike = left.op == right.op and left.data == right.data and len(left.args) == len(right.args)
    if alike and left.args and left.op not in BINDERS and (left, right) not in places:
        before = len(places)
        args = [_common(a, b, t, places) for a, b in zip(left.args, right.args, strict=True)]
        if None not in args:
            return make(left.op, *(a for a in args if a is not None), data=left.data)
        del places[before:]
    if not isinstance(left.type, Scalar) or (places and places[0] != (left, right)):
        return None
    places.append((left, right))
    return t
