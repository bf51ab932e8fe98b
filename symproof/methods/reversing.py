"""Sums and products run through backwards: Σ_{i=0..t-1} β^i g(t − i) for Σ_{i=1..t} β^(t − i) g(i)."""

from __future__ import annotations

from typing import cast

from symproof.kernel.context import Context
from symproof.kernel.decide import normal
from symproof.kernel.existence import improper
from symproof.kernel.lower import lower
from symproof.kernel.poly import Atom, coefficient_of
from symproof.kernel.statement import Symbol
from symproof.methods.approach import FAILURES
from symproof.methods.axioms import replaced
from symproof.methods.induction import induction
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Steps, Stuck, function
from symproof.terms.build import make, sym
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import INTEGER


def turned(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R with a sum or product run through backwards: at once, or by induction with ascending places."""
    if depth > 1:
        return None
    for node in dict.fromkeys(goal.walk()):
        if node.op not in ("sum", "product") or len(node.args) != 2 or improper(node):
            continue
        if node.args[1].op != "range":
            continue
        steps = Steps(search, context, goal)
        try:
            fact = _reverse(steps, node)
        except (Stuck, *FAILURES):
            continue
        ends: list[Certificate] = [
            {"rule": "algebra", "combine": [{"fact": steps.names[-1], "times": ["num", sign]}]}
            for sign in ("1", "-1")
        ]
        found = search.clean(context, goal, map(steps.then, ends))
        if found is None and _descends(context, node.args[0], _index(node)):
            found = _inductively(search, context, goal, node, fact.args[1], depth)
        if found is not None:
            return found
    return None


def _reverse(steps: Steps, node: Term) -> Term:
    """Σ_{k=a..b} f(k) = Σ_{k=a..b} f(a + b − k), and so for products, as a fact."""
    low, high = node.args[1].args
    body = function(node.args[0], sym(_index(node), INTEGER))
    return steps.use(f"{node.op}-reverse", {"f": body, "a": low, "b": high})


def _inductively(
    search: Search, context: Context, goal: Term, node: Term, other: Term, depth: int
) -> Certificate | None:
    """The goal from the goal with the sum turned round, which is shown by induction."""
    body = _tidied(context, other.args[0], _index(other))
    ascending = make(node.op, body, *other.args[1:], data=other.data)
    aim = replaced(goal, node, ascending)
    proof = None if aim == goal else induction(search, context, aim, depth)
    if proof is None:
        return None
    steps = Steps(search, context, goal)
    steps.claim(aim, proof)  # first: induction is on what no other fact speaks of
    once: Certificate = {"times": ["num", "1"]}
    _reverse(steps, node)
    steps.claim(
        make("eq", node, ascending), {"rule": "algebra", "combine": [{"fact": steps.names[-1], **once}]}
    )
    shown, _, equal = steps.names
    end = {"rule": "algebra", "rewrite": [equal], "combine": [{"fact": shown, **once}]}
    return search.clean(context, goal, iter([steps.then(end)]))


def _index(total: Term) -> str:
    return cast(tuple[tuple[str, ...], ...], total.data)[0][0]


def _descends(context: Context, body: Term, name: str) -> bool:
    """Is the index taken away from something in a place of a sequence or an argument?"""
    places = [arg for node in body.walk() if node.op in ("index", "apply") for arg in node.args[1:]]
    nf = normal(context.with_symbol(Symbol(name, INTEGER)), ())
    for place in places:
        if place.type == INTEGER and name in free_symbols(place):
            try:
                slope = coefficient_of(lower(nf, place), Atom("sym", name))
            except FAILURES:
                continue
            number = None if slope is None else slope[0].constant()
            if number is not None and number < 0:
                return True
    return False


def _tidied(context: Context, term: Term, name: str) -> Term:
    """The term with what it says of places multiplied out."""
    if term.type == INTEGER and term.op in ("add", "neg", "mul") and name in free_symbols(term):
        nf = normal(context.with_symbol(Symbol(name, INTEGER)), ())
        return raise_poly(nf, lower(nf, term), {})
    if term.op in BINDERS or not term.args:
        return term
    return make(term.op, *(_tidied(context, arg, name) for arg in term.args), data=term.data)
