"""Statements: what is to be decided, frozen and hashed.

A statement is a goal under typed symbols, definitions and closed hypotheses.
Facts that a declaration carries (`β in (0, 1)`, `n >= 1`) are hypotheses like
any other; attributes say what only a declaration can say (`symmetric`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from symproof.terms.codec import Malformed, decode, decode_type, digest, encode, encode_type
from symproof.terms.tree import Term
from symproof.terms.types import Prop, Type

ATTRIBUTES = frozenset(
    "size random independent symmetric orthogonal diagonal psd invertible "
    "differentiable twice_differentiable continuous connected bipartite".split()
)
# Those by which the entries of a matrix depend on each other.
TIED = frozenset(("symmetric", "psd", "diagonal", "orthogonal"))


@dataclass(frozen=True, slots=True)
class Law:
    """A distribution: `normal(mean, covariance)` with every entry independent, or `bernoulli(p)`."""

    name: str
    args: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A declared symbol."""

    name: str
    type: Type
    attributes: frozenset[str] = frozenset()
    law: Law | None = None

    @property
    def random(self) -> bool:
        return "random" in self.attributes


@dataclass(frozen=True, slots=True)
class Definition:
    """`name(params) := body`; without parameters, a name for a term.  Never recursive."""

    name: str
    params: tuple[tuple[str, Type], ...]
    body: Term


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A named, closed assumption: what it says "for integer k >= 1" is a `forall` in it."""

    name: str
    statement: Term


@dataclass(frozen=True)
class Statement:
    """A goal under symbols, definitions and hypotheses."""

    symbols: tuple[Symbol, ...]
    definitions: tuple[Definition, ...]
    hypotheses: tuple[Hypothesis, ...]
    goal: Term

    @cached_property
    def digest(self) -> str:
        """The hash that names this statement; places in the text do not enter."""
        return digest(self.encode())

    def symbol(self, name: str) -> Symbol | None:
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Symbol]:
        return {s.name: s for s in self.symbols}

    def encode(self) -> dict[str, Any]:
        """The statement as JSON data."""
        return {
            "symbols": [
                [
                    s.name,
                    encode_type(s.type),
                    sorted(s.attributes),
                    s.law and [s.law.name, *map(encode, s.law.args)],
                ]
                for s in self.symbols
            ],
            "definitions": [
                [d.name, [[p, encode_type(t)] for p, t in d.params], encode(d.body)] for d in self.definitions
            ],
            "hypotheses": [[h.name, encode(h.statement)] for h in self.hypotheses],
            "goal": encode(self.goal),
        }

    @staticmethod
    def decode(data: Any) -> Statement:
        """The statement that the data encodes; raises Malformed."""
        try:
            symbols = tuple(
                Symbol(
                    _text(name),
                    decode_type(type),
                    frozenset(map(_attribute, attributes)),
                    None if law is None else Law(_text(law[0]), tuple(map(decode, law[1:]))),
                )
                for name, type, attributes, law in data["symbols"]
            )
            definitions = tuple(
                Definition(_text(name), tuple((_text(p), decode_type(t)) for p, t in params), decode(body))
                for name, params, body in data["definitions"]
            )
            hypotheses = tuple(
                Hypothesis(_text(name), decode(statement)) for name, statement in data["hypotheses"]
            )
            goal = decode(data["goal"])
        except (KeyError, TypeError, ValueError, IndexError) as error:
            if isinstance(error, Malformed):
                raise
            raise Malformed(f"not a statement: {type(error).__name__}") from None
        for statement in (goal, *(h.statement for h in hypotheses)):
            if not isinstance(statement.type, Prop):
                raise Malformed("a goal or hypothesis that states nothing")
        return Statement(symbols, definitions, hypotheses, goal)


def _text(data: Any) -> str:
    if not isinstance(data, str):
        raise Malformed("a name that is not text")
    return data


def _attribute(data: Any) -> str:
    if data not in ATTRIBUTES:
        raise Malformed(f"unknown attribute {data!r}")
    return str(data)
