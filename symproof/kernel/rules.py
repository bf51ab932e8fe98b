"""The rules: what a certificate may do, and what is checked at each step.

A certificate is a tree of JSON objects; each names a rule.  `Checker.check`
returns the conditions under which the goal was shown, or raises
`Rejected("rule", "reason")`.  Every rule's docstring states it as
"premises ⊢ goal".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from symproof.kernel import growth, leaves, logic
from symproof.kernel.certificates import Certificate, Conditions, short
from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.kernel.defined import conditions
from symproof.kernel.induction import induction
from symproof.kernel.ledger import Ledger
from symproof.kernel.poly import TooLarge
from symproof.kernel.solving import solve
from symproof.kernel.verdict import Rejected, Theorem
from symproof.terms.codec import Malformed
from symproof.terms.tree import Term


class Checker:
    """Checks goal trees against one ledger; remembers which axioms were used."""

    def __init__(self, ledger: Ledger, theorems: Sequence[Theorem] = ()) -> None:
        self.ledger = ledger
        self.axioms: dict[str, bool] = {}
        self.theorems = {theorem.statement.goal: theorem for theorem in theorems}

    def check(self, context: Context, goal: Term, certificate: Any) -> Conditions:
        """The conditions under which the certificate shows the goal; raises Rejected."""
        if not isinstance(certificate, Mapping) or certificate.get("rule") not in RULES:
            raise Rejected("certificate", f"unknown rule {short(certificate)}")
        name = str(certificate["rule"])
        rule, fields = RULES[name]
        extra = set(certificate) - fields - {"rule"}
        if extra:
            raise Rejected(name, f"unknown field {min(extra)}")
        if goal.op == "solve" and name not in SOLVING:
            raise Rejected(name, "what is to be solved is meant under all that is assumed, and no more")
        try:
            return rule(self, context, goal, certificate)
        except TooLarge as error:
            raise Rejected(name, str(error)) from None
        except Malformed as error:
            raise Rejected(name, str(error)) from None

    def shown(self, context: Context, claim: Term) -> Conditions | None:
        """The conditions of a theorem that states the claim and assumes nothing but facts of the context."""
        theorem = self.theorems.get(claim)
        if theorem is None:
            return None
        own = Context.of(theorem.statement)
        facts = set(context.facts.values())
        if own.definitions != context.definitions or not facts.issuperset(own.facts.values()):
            return None
        if any(context.symbols.get(name) != symbol for name, symbol in own.symbols.items()):
            return None
        self.axioms |= {name: name in theorem.imports for name in theorem.axioms}
        return theorem.conditions

    def undischarged(self, context: Context, rules: tuple[Term, ...], *terms: Term) -> Conditions:
        """The conditions for the terms to be defined that are not seen to hold."""
        return _without_implied(context, _asked(context, rules, *terms))


def _asked(context: Context, rules: tuple[Term, ...], *terms: Term) -> Conditions:
    """The conditions for the terms to be defined that are neither facts nor seen to hold."""
    found = dict.fromkeys(condition for term in terms for condition in conditions(context, term))
    assumed = set(context.facts.values())
    return tuple(c for c in found if c not in assumed and not seen(context, c, rules))


def _without_implied(context: Context, asked: Conditions) -> Conditions:
    """The conditions without those that follow from the others, long ones first: y >= 0 where y > 0 is asked.

    What is seen holds where it is defined; so the others must also be seen to make it defined.
    """
    for condition in sorted(asked, key=lambda c: -sum(1 for _ in c.walk())) if len(asked) > 1 else ():
        inner, others = context, tuple(c for c in asked if c is not condition)
        for k, other in enumerate(others):
            inner = inner.assuming(f"other {k} of {len(context.facts)}", other)
        if seen(inner, condition) and not _asked(inner, (), condition):
            asked = others
    return asked


Rule = Callable[[Checker, Context, Term, Certificate], Conditions]
RULES: dict[str, tuple[Rule, frozenset[str]]] = {
    "algebra": (leaves.algebra, frozenset(("rewrite", "combine", "angles"))),
    "order": (leaves.order, frozenset(("rewrite", "combine", "angles", "terms", "scale", "negative"))),
    "evident": (leaves.evident, frozenset(("rewrite",))),
    "intro": (logic.intro, frozenset(("name", "then"))),
    "split": (logic.split, frozenset(("parts",))),
    "choose": (logic.choose, frozenset(("index", "then"))),
    "exists": (logic.exists, frozenset(("values", "then"))),
    "cases": (logic.cases, frozenset(("on", "name", "branches"))),
    "either": (logic.either, frozenset(("fact", "name", "branches"))),
    "obtain": (logic.obtain, frozenset(("fact", "name", "then"))),
    "defined": (logic.defined, frozenset(("name", "then"))),
    "contradiction": (logic.contradiction, frozenset(("name", "claim", "proofs"))),
    "have": (logic.have, frozenset(("name", "axiom", "fact", "claim", "at", "premises", "proof", "then"))),
    "only": (logic.only, frozenset(("facts", "then"))),
    "solve": (solve, frozenset(("name", "values", "holds", "unique"))),
    "unfold": (logic.unfold, frozenset(("then",))),
    "meaning": (growth.spelled, frozenset(("fact", "name", "then"))),
    "induction": (induction, frozenset(("on", "from", "bases", "step"))),
}
# A goal that asks to solve speaks of what the facts admit: rules that leave facts out, assume further ones of
# a case or name what depends on the unknowns would change what it says.
SOLVING = frozenset(("solve", "have", "unfold", "defined", "evident"))
