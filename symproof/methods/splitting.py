"""Case splits: absolute values, signs, maxima and brackets disappear once the sign of what is inside is assumed."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel import known
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, negation, normal
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, Poly, TooLarge
from symproof.kernel.verdict import Rejected
from symproof.methods.raising import NoTerm, raise_poly
from symproof.methods.search import Certificate, Search, Tactic, fresh_name
from symproof.terms.build import Mistyped, make, num
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Array, Scalar

MAX_SPLITS = 6


def cases(closing: dict[str, tuple[Tactic, ...]]) -> Tactic:
    """Assume u >= 0 and then u < 0 for an innermost |u|, [u >= 0], or u = 0 and u != 0 for [u = 0], sign(u).

    The branches are closed by the tactics given, by the operator of the goal;
    the first of them is tried before a branch is split further.
    """

    def split(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
        return _split(search, context, goal, MAX_SPLITS, closing[goal.op])

    return split


def _split(
    search: Search, context: Context, goal: Term, left: int, closing: tuple[Tactic, ...]
) -> Certificate | None:
    on = _split_on(context, goal)
    if on is None or not left:
        return None
    name = fresh_name(context, "case")
    branches = []
    for assumed in (on, negation(on)):
        search.budget.spend()
        inner = context.with_fact(name, assumed)
        then = closing[0](search, inner, goal, 0) or _split(search, inner, goal, left - 1, closing)
        for tactic in closing[1:]:
            then = then or tactic(search, inner, goal, 0)
        if then is None:
            return None
        branches.append(then)
    return {"rule": "cases", "name": name, "on": encode(on), "branches": branches}


def _split_on(context: Context, goal: Term) -> Term | None:
    """What to assume or deny, if anything in the goal or in the facts about it asks for it."""
    if not isinstance(goal.args[0].type, Scalar) or isinstance(goal.args[1].type, Array):
        return None
    try:
        nf = normal(context, ())
        gap = difference(nf, *goal.args)
        found = list(_inside(gap))
        if not found:
            names = gap.names
            facts = [p for p, _ in known.knowledge(nf).ground if not names.isdisjoint(p.names)]
            found = [a for poly in facts for a in _inside(poly)]
        for atom in sorted(found, key=lambda a: (len(a.key), a.key)):
            prop = _question(nf, atom)
            if prop is not None:
                return prop
    except (Rejected, TooLarge, NoTerm, Mistyped):
        return None
    return None


def _inside(poly: Poly) -> Iterator[Atom]:
    """The atoms with a kink or a jump, at any depth, that mention no bound variable."""
    stack: list[object] = [poly]
    while stack:
        part = stack.pop()
        if isinstance(part, Poly):
            stack += [x for mono in part.terms for factor in mono for x in factor]
        elif isinstance(part, tuple):
            stack += part
        elif isinstance(part, Atom):
            if part.vars or part.kind in ("sum", "bind", "array", "bv"):
                continue
            if part.kind in ("abs", "bracket") or (part.kind == "fun" and part.parts[0] == "sign"):
                yield part
            stack += part.parts


def _question(nf: Normal, atom: Atom) -> Term | None:
    inner = atom.parts[0] if atom.kind == "abs" else atom.parts[1]
    assert isinstance(inner, Poly)
    if next(_inside(inner), None) is not None:
        return None  # something further in comes first
    relation = "ge" if atom.kind == "abs" or atom.parts[0] == "ge" else "eq"
    if relation == "eq" and any(
        p in (inner, -inner) for p, r in known.knowledge(nf).ground if r == "ne"
    ):
        relation = "ge"
    return make(relation, raise_poly(nf, inner, {}), num(0))
