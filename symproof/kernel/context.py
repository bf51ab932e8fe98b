"""Contexts: the symbols, definitions and named facts under which a goal is checked.

A context is frozen; a rule that assumes something makes a larger one.  Facts
are closed statements; the normal form reads the scalar relations among them
when a sign is asked for, and instances of the quantified ones on demand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from symproof.kernel.poly import Atom, TooLarge
from symproof.kernel.statement import Definition, Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.build import FUNCTIONS, make
from symproof.terms.rewrite import occurring, type_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Array, Function, Scalar, Sequence, Type

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal


# Operators whose value the normal form writes as that of a function of the same name.
OPAQUE = frozenset(("opnorm", "fronorm", "det", "rank", "lambda_max", "lambda_min", "components"))
# Operators that look at all outcomes at once.
AVERAGES = frozenset(("expect", "variance", "covariance", "probability", "integrable", "independent"))

NOTHING = make("true")
MAX_INNER = 40


@dataclass(frozen=True)
class Context:
    """What may be used: symbols and definitions by name, facts by name."""

    symbols: Mapping[str, Symbol]
    definitions: Mapping[str, Definition]
    facts: Mapping[str, Term]
    conditional: bool = False  # was anything assumed of random values, that need not hold surely?

    @staticmethod
    def of(statement: Statement) -> Context:
        """The context of a claim: its declarations and hypotheses."""
        facts: dict[str, Term] = {}
        for hypothesis in statement.hypotheses:
            name = hypothesis.name
            while name in facts:  # `β: real in (0, 1)` declares two
                name += "'"
            facts[name] = hypothesis.statement
        definitions = {d.name: d for d in statement.definitions}
        symbols = {s.name: s for s in statement.symbols}
        return Context(symbols, definitions, facts)

    def with_fact(self, name: str, fact: Term) -> Context:
        """One more fact; its name must be new."""
        if name in self.facts:
            raise Rejected("assume", f"the name {name} is taken")
        return self._larger((name, fact), lambda: replace(self, facts={**self.facts, name: fact}))

    def unused(self, base: str) -> str:
        """A name that no fact has."""
        number = len(self.facts)
        while f"{base} {number}" in self.facts:
            number += 1
        return f"{base} {number}"

    def assuming(self, name: str, fact: Term) -> Context:
        """One more fact, assumed and not derived: of random values it holds at some outcomes only."""
        inner = self.with_fact(name, fact)
        return replace(inner, conditional=True) if self.is_random(fact) else inner

    def with_symbol(self, symbol: Symbol) -> Context:
        """One more symbol; its name must be new."""
        if symbol.name in self.symbols or symbol.name in self.definitions:
            raise Rejected("introduce", f"the name {symbol.name} is taken")
        return self._larger(symbol, lambda: replace(self, symbols={**self.symbols, symbol.name: symbol}))

    def relying(self, names: frozenset[str]) -> Context:
        """The context with these facts alone; the others keep their names and say nothing."""
        found = self._narrowed.get(names)
        if found is None:
            facts = {n: fact if n in names else NOTHING for n, fact in self.facts.items()}
            found = replace(self, facts=facts)
            inner = self._within(names)
            if inner is not None and inner.conditional == self.conditional:  # it is made from this one
                for name in list(facts)[len(inner.facts) :]:
                    inner = inner.with_fact(name, facts[name])
                found = inner if inner == found else found
            self._narrowed[names] = found
        return found

    def _within(self, names: frozenset[str]) -> Context | None:
        """The largest context around this one with none but these facts."""
        inner: Context | None = self
        while inner is not None and not names.issuperset(inner.facts):
            inner = inner.around
        return inner

    @cached_property
    def _narrowed(self) -> dict[frozenset[str], Context]:
        """What was made of this context by `relying`: what it reads of its facts it reads once."""
        return {}

    def _larger(self, added: object, make: Callable[[], Context]) -> Context:
        """What was read of the facts here holds in the larger context, of which there is one; a copy of it
        forgets where it came from.
        """
        inner = self._inner.get(added)
        if inner is None:
            inner = self._inner[added] = make()
            inner.__dict__["outer"] = self
            if len(self._inner) > MAX_INNER:
                del self._inner[next(iter(self._inner))]
        return inner

    @cached_property
    def _inner(self) -> dict[object, Context]:
        """The last larger contexts that were made from this one, by what they have more."""
        return {}

    @property
    def around(self) -> Context | None:
        """The context that this one was made from by adding a fact or a symbol, if it was."""
        return self.__dict__.get("outer")

    def fresh(self, name: str) -> str:
        """The name, or one made from it, that stands for nothing yet, neither here nor in the normal form."""
        name = name.strip("$#'") or "x"
        while name in self.symbols or name in self.definitions or name in FUNCTIONS or name in OPAQUE:
            name += "_"
        return name

    def mentions(self, name: str) -> list[str]:
        """The names of the facts and definitions in which a symbol occurs free, types included."""
        found = [f for f, fact in self.facts.items() if name in occurring(fact)]
        found += [
            d.name for d in self.definitions.values() if name in occurring(d.body) - {p for p, _ in d.params}
        ]
        for symbol in self.symbols.values():
            law = symbol.law.args if symbol.law else ()
            if name in type_symbols(symbol.type).union(*map(occurring, law)):
                found.append(symbol.name)
        return found

    @cached_property
    def normals(self) -> dict[tuple[tuple[Term, ...], bool], Normal | Rejected | TooLarge]:
        """The normal forms made in this context by the equations in force, and why some could not be made
        (see `decide.normal`)."""
        return {}

    # --- what the normal form asks ---

    def definition(self, name: str, bound: Iterable[str]) -> Definition | None:
        """The definition of a name where others are bound: none of these may be a symbol it speaks of,
        for it would be unclear which of the two is meant."""
        found = self.definitions.get(name)
        if found is not None:
            bound = set(bound)
            if bound and not bound.isdisjoint(self.underlying(found)):
                raise Rejected("definition", f"{name} speaks of a symbol whose name is bound around it")
        return found

    def underlying(self, definition: Definition) -> frozenset[str]:
        """The names that a definition speaks of, itself or through other definitions."""
        found: set[str] = set()
        waiting = [definition]
        while waiting:
            one = waiting.pop()
            fresh = occurring(one.body) - {p for p, _ in one.params} - found
            found |= fresh
            waiting += [self.definitions[n] for n in fresh if n in self.definitions]
        return frozenset(found)

    def item_type(self, name: str) -> Type | None:
        """The type of a symbol's innermost items: of numbers for a vector or a sequence of vectors."""
        symbol = self.symbols.get(name)
        found = symbol.type if symbol else None
        while isinstance(found, Sequence | Array | Function):
            if isinstance(found, Sequence):
                found = found.item
            elif isinstance(found, Function):
                found = found.result
            else:
                found = Scalar(found.domain)
        return found

    @cached_property
    def zero_one(self) -> frozenset[str]:
        """The symbols whose values are 0 or 1 by their law."""
        return frozenset(s.name for s in self.symbols.values() if s.law and s.law.name == "bernoulli")

    def idempotent(self, atom: Atom) -> bool:
        """Is the atom 0 or 1 by its declared law?"""
        return atom.kind in ("sym", "elem") and atom.parts[0] in self.zero_one

    @cached_property
    def random(self) -> frozenset[str]:
        """The random symbols."""
        return frozenset(s.name for s in self.symbols.values() if s.random)

    def is_random(self, term: Term) -> bool:
        """May the value of the term depend on the outcome?  An expectation does not."""
        return self._finds(term, lambda node: node.op == "sym" and node.data in self.random, AVERAGES)

    def speaks_of_chance(self, term: Term) -> bool:
        """Does an expectation occur in the term?"""
        return self._finds(term, lambda node: node.op in AVERAGES, frozenset())

    def _finds(self, term: Term, wanted: Callable[[Term], bool], closed: frozenset[str]) -> bool:
        """Is a node wanted, in the term or in the definitions it uses, outside the closed operators?"""
        stack, met = [term], set()
        while stack:
            node = stack.pop()
            if wanted(node):
                return True
            if node.op in closed:
                continue
            stack.extend(node.args)
            if node.op == "sym" and node.data in self.definitions and node.data not in met:
                met.add(node.data)
                stack.append(self.definitions[str(node.data)].body)
        return False

    def integer_atom(self, atom: Atom) -> bool:
        """Is the atom an integer at every point?"""
        if atom.kind in ("var", "bv", "card", "deg", "adj", "bracket", "length"):
            return True
        if atom.kind in ("sym", "elem") and isinstance(atom.parts[0], str):
            return self.item_type(atom.parts[0]) == Scalar("integer")
        if atom.kind == "fun":
            if atom.parts[0] in ("floor", "sign", "factorial", "binomial", "rank", "components"):
                return True
            return self.item_type(str(atom.parts[0])) == Scalar("integer")
        return False
