"""A sum below a constant, by induction on something stronger: it is below the constant less a rest."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel.context import Context
from symproof.methods.induction import induction
from symproof.methods.inequalities import light
from symproof.methods.quick import order
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER

STRONGER = "stronger"


def strengthened(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Σ_{k<=n} f(k) < C from Σ_{k<=n} f(k) <= C − r(n) with r(n) one of f(n), 1/n and 1/(n + 1)."""
    lesser, larger = goal.args if goal.op in ("lt", "le") else goal.args[::-1]
    if lesser.op != "sum" or len(lesser.args) != 2 or any(n.startswith(STRONGER) for n in context.facts):
        return None
    domain = lesser.args[1]
    if domain.op != "range" or domain.args[1].op != "sym" or domain.args[1].data in free_symbols(larger):
        return None
    for rest in _rests(lesser, domain.args[1]):
        claim = make("le", lesser, make("add", larger, make("neg", rest)))
        proof = induction(search, context, claim, depth)
        if proof is None:
            continue
        name = fresh_name(context, STRONGER)
        inner = context.with_fact(name, claim)
        then = order(search, inner, goal, depth) or light(search, inner, goal, depth)
        if then is not None:
            return {"rule": "have", "name": name, "claim": encode(claim), "proof": proof, "then": then}
    return None


def _rests(total: Term, last: Term) -> Iterator[Term]:
    yield make("div", num(1), make("add", last, num(1)))
    yield make("div", num(1), last)
    yield substitute(total.args[0], {bound_names(total)[0]: sym(str(last.data), INTEGER)})
