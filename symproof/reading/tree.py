"""The untyped tree that parsing gives: what was written, with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple


class Node:
    """A piece of text: its kind, its parts and where it stands."""

    __slots__ = ("kind", "value", "items", "start", "end")

    def __init__(self, kind: str, value: Any, items: tuple[Node, ...], start: int, end: int) -> None:
        self.kind = kind
        self.value = value
        self.items = items
        self.start = start
        self.end = end

    def __repr__(self) -> str:
        inner = ", ".join(map(repr, self.items))
        return f"{self.kind}{'' if self.value is None else f'<{self.value}>'}({inner})"


class Word(NamedTuple):
    """A name or word and its place."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TypeTree:
    """A type as written: adjectives, a base word with its arguments, and what follows it.

    `tails` are relations of the thing declared (`> 0`, `in (0, 1)`): pairs of an operator and an operand.
    """

    base: str
    start: int
    end: int
    adjectives: tuple[Word, ...] = ()
    args: tuple[Node, ...] = ()
    params: tuple[TypeTree, ...] = ()
    result: TypeTree | None = None
    tails: tuple[tuple[str, Node], ...] = ()
    law: Node | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Names and what they range over: a type, or a domain after `in`; `pair` for `(u, v) in E(G)`."""

    names: tuple[Word, ...]
    type: TypeTree | None
    domain: Node | None
    pair: bool
    start: int
    end: int
