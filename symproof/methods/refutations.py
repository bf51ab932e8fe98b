"""Facts that contradict each other, by themselves or with the opposite of a goal."""

from __future__ import annotations

from symproof.kernel.context import Context
from symproof.kernel.decide import negation
from symproof.kernel.known import RELATIONS
from symproof.methods.inequalities import Way, certificates
from symproof.methods.posing import posed_absurd
from symproof.methods.products import by_products
from symproof.methods.sampling import fails_somewhere
from symproof.methods.search import Certificate, Search
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

OPPOSITE = "opposite"
ABSURD = make("gt", num(0), num(0))
MAX_NEAR = 12
WAYS: tuple[Way, ...] = (
    lambda problem: by_products(problem, 1),
    lambda problem: by_products(problem, 2),
    lambda problem: by_products(problem, 3) if len(problem.facts) <= 6 else None,
)


def absurd(search: Search, context: Context, near: list[Term], ways: tuple[Way, ...]) -> Certificate | None:
    """A proof of 0 > 0 from facts that contradict each other; `near` are relations whose atoms matter."""
    problems = [p for p in posed_absurd(search, context, near) if not fails_somewhere(p)]
    return search.clean(context, ABSURD, certificates(problems, ways))


def by_refutation(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R because L > R contradicts what is known."""
    if OPPOSITE in context.facts or not isinstance(goal.args[0].type, Scalar):
        return None
    opposite = negation(goal)
    proof = absurd(search, context.with_fact(OPPOSITE, opposite), [opposite], WAYS)
    return None if proof is None else _contradiction(proof)


def from_absurd(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Anything follows from facts that contradict each other."""
    near = [f for f in context.facts.values() if f.op in RELATIONS and isinstance(f.args[0].type, Scalar)]
    if not near or OPPOSITE in context.facts:
        return None
    proof = absurd(search, context, near[-MAX_NEAR:], WAYS[:2])
    return None if proof is None else _contradiction(proof)


def _contradiction(proof: Certificate) -> Certificate:
    return {
        "rule": "contradiction",
        "name": OPPOSITE,
        "claim": encode(ABSURD),
        "proofs": [proof, {"rule": "evident"}],
    }
