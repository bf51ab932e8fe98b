"""Induction over the integers from a start, with one to four base cases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from symproof.kernel.certificates import Certificate, Conditions, field, read_term
from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.kernel.logic import close
from symproof.kernel.statement import Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import free_symbols, occurring, substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

if TYPE_CHECKING:
    from symproof.kernel.rules import Checker


def induction(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """P(b), …, P(b+k−1) and P(t), …, P(t+k−1) ⊢ P(t+k) for t >= b give P(t) for all t >= b.

    The facts say that t >= b; what else they say of t is left out.
    """
    name = field("induction", certificate, "on", str)
    symbol = context.symbols.get(name)
    if symbol is None or symbol.type != INTEGER:
        raise Rejected("induction", f"{name} is no integer of the context")
    if symbol.random:
        raise Rejected("induction", f"{name} is random")
    start = read_term(context, "induction", field("induction", certificate, "from"))
    if start.type != INTEGER or name in free_symbols(start):
        raise Rejected("induction", "the start must be an integer that does not mention the variable")
    if context.is_random(start):
        raise Rejected("induction", "the start is random")
    bases = field("induction", certificate, "bases", list)
    if not 1 <= len(bases) <= 4:
        raise Rejected("induction", "one to four base cases")
    variable = sym(name, INTEGER)
    if not seen(context, make("ge", variable, start)):
        raise Rejected("induction", f"nothing says that {name} is at least the start")
    outer = without(context, name)
    found = checker.undischarged(context, (), start)
    for k, base in enumerate(bases):
        point = start if k == 0 else make("add", start, num(k))
        found += checker.check(outer, substitute(goal, {name: point}), base)
    inner = outer.with_symbol(Symbol(name, INTEGER)).with_fact(
        f"{name} from the start", make("ge", variable, start)
    )
    for k in range(len(bases)):
        assumed = substitute(goal, {name: make("add", variable, num(k))}) if k else goal
        inner = inner.with_fact(f"induction {k}" if k else "induction", assumed)
    target = substitute(goal, {name: make("add", variable, num(len(bases)))})
    step = checker.check(inner, target, field("induction", certificate, "step"))
    bare = outer.with_symbol(Symbol(name, INTEGER)).with_fact(
        f"{name} from the start", make("ge", variable, start)
    )
    return found + tuple(close(outer, bare, c) for c in step)


def without(context: Context, name: str) -> Context:
    """The context without a symbol and the facts that speak of it; definitions and types must not."""
    symbols = {n: s for n, s in context.symbols.items() if n != name}
    facts = {n: f for n, f in context.facts.items() if name not in occurring(f)}
    rest = replace(context, symbols=symbols, facts=facts)
    left = rest.mentions(name)
    if left:
        raise Rejected("induction", f"{left[0]} mentions {name}")
    return rest
