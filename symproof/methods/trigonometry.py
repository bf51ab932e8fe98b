"""Angles and roots: trigonometric polynomials, sums of inverse functions, radicals by their squares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symproof.kernel.context import Context
from symproof.methods.equations import rewritings
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Steps, Stuck
from symproof.terms.build import make, num
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

CIRCULAR = frozenset(("sin", "cos", "tan"))
INVERSE = frozenset(("asin", "acos", "atan"))


def calls(term: Term) -> Iterator[Term]:
    return (node for node in term.walk() if node.op == "call")


def identity(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R as trigonometric polynomials; e^(i t) is one."""
    if not any(node.data in CIRCULAR or node.data == "i" for node in goal.walk()):
        return None
    usual: list[dict[str, Any]] = [*rewritings(context, goal)]
    facts = context.facts.items()
    known = [n for n, fact in facts if fact.op == "eq" and isinstance(fact.args[0].type, Scalar)]
    usual += [{"combine": [{"fact": name}]} for name in known[-3:]]
    return search.first(context, goal, ({"rule": "algebra", "angles": True, **r} for r in usual))


def wave(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R for trigonometric polynomials, by the ranges of sines and cosines."""
    if not any(node.data in CIRCULAR for node in calls(goal)):
        return None
    found = search.clean(
        context, goal, ({"rule": "order", "angles": True, **r} for r in rewritings(context, goal))
    )
    return found if found is not None or goal.op != "ne" else _doubled(search, context, goal)


def _doubled(search: Search, context: Context, goal: Term) -> Certificate | None:
    """A product is not 0: sin u = 2 sin(u/2) cos(u/2)."""
    steps = Steps(search, context)
    for node in dict.fromkeys(calls(goal)):
        if node.data == "sin":
            half = steps.simplified(make("div", node.args[0], num(2)))
            product = make("mul", num(2), *(make("call", half, data=name) for name in ("sin", "cos")))
            steps.claim(make("eq", node, product), {"rule": "algebra", "angles": True})
    if not steps.haves:
        return None
    return search.clean(context, goal, iter([steps.then({"rule": "order", "rewrite": steps.names})]))


def angle(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R for angles: the sine of the difference is 0, its cosine is positive, and it is small."""
    if not any(node.data in INVERSE for node in calls(goal)) or not isinstance(goal.args[0].type, Scalar):
        return None
    steps = Steps(search, context, goal)
    left, right = goal.args
    difference = make("add", left, make("neg", right))
    try:
        for node in dict.fromkeys(calls(goal)):
            if node.data in ("atan", "asin"):
                _signs(steps, node)
        try:
            steps.use("angle-zero-half", {"t": difference})
        except Stuck:
            steps.use("angle-zero", {"t": difference}, cosine=_cosine(steps, difference))
    except Stuck:
        return _by_cosines(search, context, goal)
    end: Certificate = {"rule": "algebra", "combine": [{"fact": steps.names[-1]}]}
    return search.clean(context, goal, iter([steps.then(end)]))


def _by_cosines(search: Search, context: Context, goal: Term) -> Certificate | None:
    """L = R for angles from 0 to π with one cosine."""
    steps, (left, right) = Steps(search, context, goal), goal.args
    if not any(side.op == "call" and side.data == "acos" for side in (left, right)):
        return None
    try:
        steps.use("angles-by-cosine", {"s": left, "t": right})
    except Stuck:
        return None
    return search.clean(context, goal, iter([steps.then({"rule": "evident"})]))


def _signs(steps: Steps, node: Term) -> None:
    """Bring in the sign of an arctangent or arcsine, where that of its argument is seen."""
    name = str(node.data)
    known = {"atan": ("atan-below",), "asin": ("asin-nonnegative", "asin-nonpositive")}[name]
    for axiom in known:
        (symbol,) = steps.search.ledger[axiom].statement.symbols
        try:
            steps.use(axiom, {symbol.name: node.args[0]})
        except Stuck:
            continue


def _cosine(steps: Steps, difference: Term) -> Certificate:
    goal = make("gt", make("call", difference, data="cos"), num(0))
    for extra in ({"angles": True}, {}):
        found: Certificate = {"rule": "order", **extra}
        if steps.search.conditions(steps.context, goal, found) is not None:
            return found
    raise Stuck("the cosine of the difference")
