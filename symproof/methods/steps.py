"""A proof that grows by one fact after the other: instances of axioms, and claims shown on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import introduce, normal, seen
from symproof.kernel.ledger import instance
from symproof.kernel.lower import lower
from symproof.kernel.poly import TooLarge
from symproof.kernel.rules import Checker
from symproof.kernel.verdict import Rejected
from symproof.methods.contracting import contracted
from symproof.methods.equations import equation
from symproof.methods.nearby import Surroundings
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import Mistyped, make, num
from symproof.terms.codec import encode
from symproof.terms.rewrite import alike, free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Scalar


class Stuck(Exception):
    """This way leads nowhere."""


class Undefined(Stuck):
    """What it speaks of may be undefined."""


class Steps:
    """The context as it grows, and the steps that made it."""

    def __init__(self, search: Search, context: Context, *terms: Term) -> None:
        """`terms`: what is to be shown speaks of them; conditions that they leave open may stay open."""
        self.search = search
        self.context = context
        self.haves: list[Certificate] = []
        self.open = set(self._conditions(*terms))
        self.spent = [0]  # how much was tried, in all copies
        self.stuck: set[Any] = set()  # what was tried in vain, in all copies
        self.around = Surroundings(context, self.open)

    def copy(self) -> Steps:
        """The same so far; what is tried in the copy does not show here."""
        other = Steps.__new__(Steps)
        other.search, other.context = self.search, self.context
        other.haves, other.open, other.spent = list(self.haves), self.open, self.spent
        other.stuck, other.around = self.stuck, self.around
        return other

    def spend(self, most: int) -> None:
        """Count an attempt; raises Stuck when there have been too many."""
        self.search.budget.spend()
        self.spent[0] += 1
        if self.spent[0] > most:
            raise Stuck("too many attempts")

    def take(self, other: Steps) -> None:
        """Go on where a copy has come to."""
        self.context, self.haves = other.context, other.haves

    def use(self, axiom: str, values: Mapping[str, Term], **proofs: Certificate) -> Term:
        """What the axiom says at the values, as a fact; raises Stuck where it does not show."""
        self.search.budget.spend()
        have = {"rule": "have", "axiom": axiom, "at": {k: encode(v) for k, v in values.items()}}
        try:
            premises, fact = instance(self.context, self.search.ledger[axiom], values)
            shown: dict[str, Any] = {}
            for name, premise in premises.items():
                proof = proofs.get(name) or self._proof(premise)
                if proof is not None:
                    shown[name] = proof
            if shown:
                have["premises"] = shown
            whole = {**have, "name": fresh_name(self.context, "step"), "then": {"rule": "evident"}}
            left = Checker(self.search.ledger).check(self.context, fact, whole)
        except (Rejected, TooLarge, Mistyped) as error:
            raise Stuck(str(error)) from None
        for condition in set(left) - self.open:
            proof = self.show(self.context, condition)
            if proof is None:
                raise Undefined(f"{condition!r} does not show")
            self.claim(condition, proof)
        self._add(have, fact)
        return fact

    def equate(self, left: Term, right: Term) -> None:
        """A known equation with another form of its right side, as a fact."""
        for name, fact in self.context.facts.items():
            if fact.op == "eq" and fact.args[0] == left:
                claim = make("eq", left, right)
                if fact == claim:
                    return
                proof = {"rule": "algebra", "rewrite": [name], "angles": True}
                if self.search.conditions(self.context, claim, proof) is None:
                    raise Stuck("the values differ")
                self.claim(claim, proof)
                return
        raise Stuck("no such equation")

    def evaluate(self, term: Term, names: list[str]) -> Term:
        """What the term becomes by the equations with these names, as a fact."""
        nf = normal(self.context, tuple(self.context.facts[n] for n in names))
        found = raise_poly(nf, lower(nf, term), {})
        self.claim(make("eq", term, found), {"rule": "algebra", "rewrite": names})
        return found

    def simplified(self, term: Term) -> Term:
        """A number in the form that its normal form is read back in."""
        nf = normal(self.context, ())
        return raise_poly(nf, lower(nf, term), {})

    def claim(self, prop: Term, proof: Certificate) -> Term:
        """A statement with its proof, as a fact."""
        self._add({"rule": "have", "claim": encode(prop), "proof": proof}, prop)
        return prop

    def _add(self, have: Certificate, fact: Term) -> None:
        name = fresh_name(self.context, "step")
        self.haves.append({**have, "name": name})
        self.context = self.context.with_fact(name, fact)

    @property
    def names(self) -> list[str]:
        """The facts made here, by name."""
        return [have["name"] for have in self.haves]

    def then(self, certificate: Certificate) -> Certificate:
        """The whole proof, given its end."""
        return nested(self.haves, certificate)

    def equation(self, start: Context, goal: Term, depth: int) -> Certificate | None:
        """The goal, where these steps began, as an equation that follows from all that is known now."""
        if not self.haves:
            return None
        then = equation(self.search, self.context, goal, depth)
        then = then or contracted(self.search, self.context, goal, depth)
        return None if then is None else self.search.clean(start, goal, iter([self.then(then)]))

    def _proof(self, premise: Term) -> Certificate | None:
        """A proof of a side condition; None where the kernel sees it; raises Stuck."""
        if any(alike(premise, fact) for fact in self.context.facts.values()):
            return {"rule": "evident"}
        if seen(self.context, premise):
            return None
        growth = premise.op in ("theta", "little_o", "big_o")  # to be shown by a step of its own
        found = None if growth else self.show(self.context, premise)
        if found is None:
            raise Stuck(f"{premise!r} does not show")
        return found

    def show(self, context: Context, goal: Term) -> Certificate | None:
        """A certificate: quantifiers and premises are taken in; then normal forms, then the search."""
        if goal.op == "forall":
            inner, body = introduce(context, goal)
            then = self.show(inner, body)
            return None if then is None else {"rule": "intro", "then": then}
        if goal.op == "implies":
            name = fresh_name(context, "assumed")
            then = self.show(context.with_fact(name, goal.args[0]), goal.args[1])
            return None if then is None else {"rule": "intro", "name": name, "then": then}
        if goal.op == "and":
            parts = [self.show(context, part) for part in goal.args]
            return None if None in parts else {"rule": "split", "parts": parts}
        if seen(context, goal):
            return {"rule": "evident"}
        if goal.op == "eq":
            found: Certificate = {"rule": "algebra", "angles": True}
            if self.search.conditions(context, goal, found) is not None:
                return found
            return (
                equation(self.search, context, goal, 2) if any(n.op == "sum" for n in goal.walk()) else None
            )
        return self._by_parts(context, goal) or self.search.prove(context, goal, 2)

    def _by_parts(self, context: Context, goal: Term) -> Certificate | None:
        """A goal about roots, once their radicands are known to be positive."""
        inner = Steps(self.search, context)
        for node in dict.fromkeys(goal.walk()):
            radicand = node.args[0] if node.op == "call" and node.data == "sqrt" else None
            claim = None if radicand is None else make("gt", radicand, num(0))
            if claim is not None and not seen(context, claim):
                proof = self.search.prove(context, claim, 2)
                if proof is not None:
                    inner.claim(claim, proof)
        if inner.haves and seen(inner.context, goal):
            return inner.then({"rule": "evident"})
        return None

    def _conditions(self, *terms: Term) -> tuple[Term, ...]:
        """What must hold for the terms to be defined and is not seen to."""
        try:
            return Checker(self.search.ledger).undischarged(self.context, (), *terms)
        except (Rejected, TooLarge):
            return ()


def function(body: Term, *names: Term) -> Term:
    """The function that takes the symbols to the body."""
    domains = [make("numbers", data=name.type.domain) for name in names]  # type: ignore[union-attr]
    return make("lambda", body, *domains, data=tuple((str(name.data),) for name in names))


def unused(name: str, *terms: Term) -> str:
    """A name like this one that does not occur free in the terms."""
    taken = frozenset().union(*map(free_symbols, terms))
    while name in taken:
        name += "_"
    return name


def is_integer(term: Term) -> bool:
    return term.type == INTEGER or isinstance(term.type, Scalar) and term.type.domain == "integer"
