"""The sign of a product from the signs of what it is made of, each found by a search of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

ZERO = num(0)
Prove = Callable[[Context, Term], Certificate | None]
MIRRORED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "ne": "ne"}


def factorwise(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """f·g/√h != 0 from f != 0, g != 0, h > 0; likewise for > 0 and >= 0."""
    if goal.args[0] == ZERO:
        goal = make(MIRRORED[goal.op], *goal.args[::-1])
    if (
        depth > 3
        or goal.op in ("lt", "le")
        or goal.args[1] != ZERO
        or not isinstance(goal.args[0].type, Scalar)
    ):
        return None
    claims = [part for part in dict.fromkeys(_parts(goal.args[0], goal.op)) if not seen(context, part)]
    if not claims or goal in claims:
        return None
    return from_signs(
        search, context, goal, claims, lambda inner, claim: search.prove(inner, claim, depth + 1)
    )


def from_signs(
    search: Search, context: Context, goal: Term, claims: Iterable[Term], prove: Prove
) -> Certificate | None:
    """The goal by signs alone, once each of the claims is shown with the help of those before it."""
    haves: list[Certificate] = []
    inner = context
    for claim in claims:
        proof = prove(inner, claim)
        if proof is None:
            return None
        name = fresh_name(inner, "sign")
        haves.append({"rule": "have", "name": name, "claim": encode(claim), "proof": proof})
        inner = inner.with_fact(name, claim)
    found = nested(haves, {"rule": "order"})
    return found if search.conditions(context, goal, found) is not None else None


def _parts(term: Term, relation: str) -> Iterator[Term]:
    """Statements about the factors of a term from which `term relation 0` follows."""
    if term.op == "mul" or (term.op == "div" and relation != "ge"):
        for arg in term.args:
            yield from _parts(arg, relation)
    elif term.op == "div":
        yield from _parts(term.args[0], "ge")
        yield from _parts(term.args[1], "gt")
    elif term.op == "neg" and relation == "ne":
        yield from _parts(term.args[0], relation)
    elif term.op == "call" and term.data == "sqrt":
        yield from _parts(term.args[0], "gt" if relation == "ne" else relation)
    elif term.op == "pow":
        base, exponent = term.args
        whole = exponent.type == Scalar("integer")
        yield from _parts(base, relation if whole or relation != "ne" else "gt")
    elif term.op != "num":
        yield make(relation, term, ZERO)
