"""A proof that grows by one fact after the other: instances of axioms, and claims shown on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import introduce, seen
from symproof.kernel.ledger import instance
from symproof.kernel.poly import TooLarge
from symproof.kernel.rules import Checker
from symproof.kernel.verdict import Rejected
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import Mistyped, make
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Scalar


class Stuck(Exception):
    """This way leads nowhere."""


class Steps:
    """The context as it grows, and the steps that made it."""

    def __init__(self, search: Search, context: Context) -> None:
        self.search = search
        self.context = context
        self.haves: list[Certificate] = []

    def copy(self) -> Steps:
        """The same so far; what is tried in the copy does not show here."""
        other = Steps(self.search, self.context)
        other.haves = list(self.haves)
        return other

    def use(self, axiom: str, values: Mapping[str, Term], **proofs: Certificate) -> Term:
        """What the axiom says at the values, as a fact; raises Stuck where a side condition does not show."""
        self.search.budget.spend()
        try:
            premises, fact = instance(self.context, self.search.ledger[axiom], values)
            shown: dict[str, Any] = {}
            for name, premise in premises.items():
                proof = proofs.get(name) or self._proof(premise)
                if proof is not None:
                    shown[name] = proof
        except (Rejected, TooLarge, Mistyped) as error:
            raise Stuck(str(error)) from None
        have = {"rule": "have", "axiom": axiom, "at": {k: encode(v) for k, v in values.items()}}
        if shown:
            have["premises"] = shown
        self._add(have, fact)
        return fact

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

    def _proof(self, premise: Term) -> Certificate | None:
        """A proof of a side condition; None where the kernel sees it; raises Stuck."""
        if premise in self.context.facts.values():
            return {"rule": "evident"}
        if seen(self.context, premise):
            return None
        found = self.show(self.context, premise)
        if found is None:
            raise Stuck(f"{premise!r} does not show")
        return found

    def show(self, context: Context, goal: Term) -> Certificate | None:
        """A certificate without conditions: quantifiers and premises are taken in, then normal forms are asked."""
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
            return found if self.search.conditions(context, goal, found) is not None else None
        return self.search.prove(context, goal, 2)

    def accepts(self, goal: Term, certificate: Certificate) -> bool:
        """Does the kernel accept it without conditions?"""
        return self.search.conditions(self.context, goal, certificate) == 0

    def defined(self, term: Term) -> bool:
        """Is the term seen to be defined?"""
        try:
            return not Checker(self.search.ledger).undischarged(self.context, (), term)
        except (Rejected, TooLarge):
            return False


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
