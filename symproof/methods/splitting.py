"""Case splits: absolute values, maxima and brackets disappear once the sign of what is inside is assumed."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel import known, signs
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, negation, normal
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, Poly, TooLarge
from symproof.kernel.verdict import Rejected
from symproof.methods.raising import NoTerm, raise_poly
from symproof.methods.search import Certificate, Search, Tactic, fresh_name, nested
from symproof.terms.build import Mistyped, make, num
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

MAX_SPLITS = 6
KINKS = ("abs", "max", "min", "relu", "sign")


def cases(closing: dict[str, tuple[Tactic, ...]]) -> Tactic:
    """Assume u >= 0 and then u < 0 for an innermost |u| or [u >= 0], u = 0 and u != 0 for [u = 0], and so on.

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
        inner, again = _read_again(context.with_fact(name, assumed))
        then = closing[0](search, inner, goal, 0) or _split(search, inner, goal, left - 1, closing)
        for tactic in closing[1:]:
            then = then or tactic(search, inner, goal, 0)
        if then is None:
            return None
        branches.append(nested(again, then))
    return {"rule": "cases", "name": name, "on": encode(on), "branches": branches}


def _read_again(context: Context) -> tuple[Context, list[Certificate]]:
    """The facts with a kink, stated once more: in this case they say something simpler."""
    haves: list[Certificate] = []
    for fact in dict.fromkeys(f for f in context.facts.values() if any(map(_kinked, f.walk()))):
        name = fresh_name(context, "read again")
        proof = {"rule": "evident"}
        haves.append({"rule": "have", "name": name, "claim": encode(fact), "proof": proof})
        context = context.with_fact(name, fact)
    return context, haves


def _kinked(node: Term) -> bool:
    return node.op in ("cases", "bracket") or (node.op == "call" and node.data in KINKS)


def _split_on(context: Context, goal: Term) -> Term | None:
    """What to assume or deny, if anything in the goal or in the facts about it asks for it."""
    try:
        nf = normal(context, ())
        gaps = [difference(nf, *relation.args) for relation in _relations(goal)]
        found = [a for gap in gaps for a in _inside(gap)]
        if not found:
            names = frozenset().union(*(gap.names for gap in gaps))
            facts = [p for p, _ in known.whole(nf).ground if not names.isdisjoint(p.names)]
            found = [a for poly in facts for a in _inside(poly)]
        for atom in sorted(found, key=lambda a: (len(a.key), a.key)):
            prop = _question(nf, atom)
            if prop is not None:
                return prop
    except (Rejected, TooLarge, NoTerm, Mistyped):
        return None
    return None


def _relations(goal: Term) -> Iterator[Term]:
    """The relations between numbers that a goal without quantifiers is made of."""
    if goal.op in ("and", "or", "not", "implies", "iff"):
        for part in goal.args:
            yield from _relations(part)
    elif goal.op in known.RELATIONS and isinstance(goal.args[0].type, Scalar):
        yield goal


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
    """What to assume or deny to be rid of the atom; None when it is known, or when something further in comes
    first.
    """
    inner = atom.parts[0] if atom.kind == "abs" else atom.parts[1]
    assert isinstance(inner, Poly)
    if next(_inside(inner), None) is not None:
        return None
    term = raise_poly(nf, inner, {})
    if atom.kind == "abs" or atom.parts[0] == "ge":
        seen = signs.holds(nf, inner, "ge") or signs.holds(nf, -inner, "ge" if atom.kind == "abs" else "gt")
        return None if seen else make("ge", term, num(0))
    if atom.parts[0] == "eq":
        seen = signs.holds(nf, inner, "eq") or signs.holds(nf, inner, "ne")
        return None if seen else make("eq", term, num(0))
    if signs.holds(nf, inner, "gt") or signs.holds(nf, -inner, "gt") or signs.holds(nf, inner, "eq"):
        return None
    return make("gt" if signs.holds(nf, inner, "ne") else "eq", term, num(0))
