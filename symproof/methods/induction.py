"""Induction on an integer that is bounded below and that nothing else speaks of."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.kernel.induction import without
from symproof.kernel.statement import Symbol
from symproof.kernel.verdict import Rejected
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER

MAX_NESTED = 2
RELATIONS = frozenset(("eq", "le", "lt", "ge", "gt"))


def induction(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Try each integer of the goal, or those alone that the author names, from each of their lower bounds."""
    if (
        depth > 1
        or _over_integers(goal)
        or sum(name.startswith("induction") for name in context.facts) >= MAX_NESTED
    ):
        return None
    for name in _variables(search, context, goal):
        for start in _starts(context, name):
            found = _by_induction(search, context, goal, name, start, depth)
            if found is not None:
                return found
    return None


def _over_integers(goal: Term) -> bool:
    """Is it about all integers?  Then it goes by induction on these, once one is taken."""
    return goal.op == "forall" and any(d.op == "numbers" and d.data == "integer" for d in goal.args[1:])


def _variables(search: Search, context: Context, goal: Term) -> list[str]:
    free = free_symbols(goal)
    names = [
        n
        for n, s in context.symbols.items()
        if s.type == INTEGER and n in free and "size" not in s.attributes
    ]
    names += [n for n, s in context.symbols.items() if s.type == INTEGER and n in free and n not in names]
    return [n for n in names if n in search.hinted] or names


def _starts(context: Context, name: str) -> Iterator[Term]:
    """The least values that the facts allow, as terms."""
    for fact in context.facts.values():
        if _is_lower_bound(fact, name):
            bound = fact.args[1] if fact.op in ("ge", "gt") else fact.args[0]
            if fact.op in ("gt", "lt"):
                bound = make("add", bound, num(1))
            if bound.type == INTEGER:
                yield bound


def _is_lower_bound(fact: Term, name: str) -> bool:
    """t >= c, t > c, c <= t or c < t, where c does not mention t."""
    if fact.op in ("ge", "gt"):
        left, right = fact.args
    elif fact.op in ("le", "lt"):
        right, left = fact.args
    else:
        return False
    return left.op == "sym" and left.data == name and name not in free_symbols(right)


def _by_induction(
    search: Search, context: Context, goal: Term, name: str, start: Term, depth: int
) -> Certificate | None:
    variable = sym(name, INTEGER)
    try:
        outer = without(context, name)
    except Rejected:
        return None
    bound = make("ge", variable, start)
    if not seen(context, bound):
        return None
    inner = outer.with_symbol(Symbol(name, INTEGER)).with_fact(f"{name} from the start", bound)
    for count in (1, 2):
        bases = []
        for k in range(count):
            point = start if k == 0 else make("add", start, num(k))
            base = search.prove(outer, substitute(goal, {name: point}), depth + 1)
            if base is None:
                return None
            bases.append(base)
        assumed = inner
        for k in range(count):
            hypothesis = substitute(goal, {name: make("add", variable, num(k))}) if k else goal
            assumed = assumed.with_fact(f"induction {k}" if k else "induction", hypothesis)
        target = substitute(goal, {name: make("add", variable, num(count))})
        step = search.prove(assumed, target, depth + 1)
        if step is None and count == 1:
            step = _without_sum(search, assumed, goal, target, variable, depth)
        if step is not None:
            return {"rule": "induction", "on": name, "from": encode(start), "bases": bases, "step": step}
    return None


def _without_sum(
    search: Search, context: Context, goal: Term, target: Term, variable: Term, depth: int
) -> Certificate | None:
    """The step from Σ_{k<=n} f(k) R(n), by R(n) + f(n + 1) R(n + 1), which speaks of no sum."""
    for side, (total, other) in enumerate((goal.args, goal.args[::-1])) if goal.op in RELATIONS else ():
        if total.op != "sum" or len(total.args) != 2 or total.args[1].op != "range":
            continue
        if total.args[1].args[1] != variable or variable.data in free_symbols(total.args[1].args[0]):
            continue
        after = make("add", variable, num(1))
        last = substitute(total.args[0], {bound_names(total)[0]: after})
        sides = (make("add", other, last), target.args[1 - side])
        reduced = make(goal.op, *(sides if side == 0 else sides[::-1]))
        proof = search.prove(context, reduced, depth + 1)
        if proof is None:
            continue
        name = fresh_name(context, "last")
        facts = [{"fact": "induction"}, {"fact": name}]
        then = {"rule": "algebra", "combine": facts} if goal.op == "eq" else {"rule": "order"}
        found = {"rule": "have", "name": name, "claim": encode(reduced), "proof": proof, "then": then}
        if search.conditions(context, target, found) is not None:
            return found
    return None
