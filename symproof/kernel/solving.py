"""Solving: there is exactly one choice of the unknowns with which a statement holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from symproof.kernel.certificates import Certificate, Conditions, field, read_term
from symproof.kernel.context import Context
from symproof.kernel.decide import conjunction
from symproof.kernel.logic import close
from symproof.kernel.verdict import Rejected
from symproof.kernel.wellformed import agree, occurrences
from symproof.terms.build import fits, make, sym
from symproof.terms.rewrite import occurring, substitute
from symproof.terms.tree import Term

if TYPE_CHECKING:
    from symproof.kernel.rules import Checker


def solve(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """Γ(x), P(x) ⊢ x = v and Γ' ⊢ H(v), P(v) give Γ ⊢ solve for x: P(x).

    Γ' is Γ without the unknowns x and without H, which is all that Γ assumes of
    them: a solution is one among the values that the declarations and hypotheses admit.
    """
    if goal.op != "solve":
        raise Rejected("solve", f"the goal is {goal.op}")
    names = [name for group in goal.data for name in group]  # type: ignore[attr-defined]
    outer, assumed = setting(context, names)
    for name, type in occurrences(goal.arg):
        if name in names and not agree(type, context.symbols[name].type):
            raise Rejected("solve", f"{name} occurs with another type than declared")
    data = field("solve", certificate, "values", Mapping)
    values: dict[str, Term] = {}
    found: Conditions = ()
    for name in names:
        if name not in data:
            raise Rejected("solve", f"no value for {name}")
        value = read_term(outer, "solve", data[name])
        if not fits(value.type, context.symbols[name].type):
            raise Rejected("solve", f"{name} has another type there")
        if outer.is_random(value) and any(map(context.speaks_of_chance, (goal, *assumed))):
            raise Rejected("solve", f"a random value for {name} inside an expectation")
        found += checker.undischarged(outer, (), value)
        values[name] = value
    wanted = [substitute(prop, values) for prop in (*assumed, goal.arg)]
    proofs = field("solve", certificate, "holds", list)
    if len(proofs) != len(wanted):
        raise Rejected("solve", f"expected {len(wanted)} proofs, found {len(proofs)}")
    for prop, proof in zip(wanted, proofs, strict=True):
        found += checker.check(outer, prop, proof)
    inner = context.assuming(field("solve", certificate, "name", str), goal.arg)
    unique = checker.check(inner, equations(context, values), field("solve", certificate, "unique"))
    return found + tuple(close(outer, inner, c) for c in unique)


def setting(context: Context, names: list[str]) -> tuple[Context, list[Term]]:
    """The context without the unknowns, and what it assumes of them."""
    unknown = frozenset(names)
    if len(unknown) != len(names) or not unknown <= context.symbols.keys():
        raise Rejected("solve", "the unknowns must be declared, each named once")
    about = {n: f for n, f in context.facts.items() if not unknown.isdisjoint(occurring(f))}
    symbols = {n: s for n, s in context.symbols.items() if n not in unknown}
    facts = {n: f for n, f in context.facts.items() if n not in about}
    outer = replace(context, symbols=symbols, facts=facts)
    for name in names:
        if context.symbols[name].attributes or context.symbols[name].law is not None:
            raise Rejected("solve", f"{name} has attributes")
        left = outer.mentions(name)
        if left:
            raise Rejected("solve", f"{left[0]} mentions {name}")
    return outer, list(about.values())


def equations(context: Context, values: Mapping[str, Term]) -> Term:
    """That each unknown is its value."""
    found = [make("eq", sym(n, context.symbols[n].type), v) for n, v in values.items()]
    return conjunction(found)
