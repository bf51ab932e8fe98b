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


def written_names(*roots: Node | TypeTree | Clause) -> set[str]:
    """The names that occur in a piece of text, those of functions included."""
    found: set[str] = set()
    stack: list[Any] = list(roots)
    while stack:
        piece = stack.pop()
        if isinstance(piece, Node):
            value = piece.value
            if piece.kind in ("name", "call"):
                found.add(value)
            elif piece.kind == "derived":
                found.add(value[0])
            elif piece.kind in ("forall", "exists"):
                stack.extend(part for parts in value for part in parts)
            elif piece.kind in ("clause", "type"):
                stack.append(value)
            stack.extend(piece.items)
        elif isinstance(piece, Clause):
            stack.extend(part for part in (piece.type, piece.domain) if part is not None)
        elif isinstance(piece, TypeTree):
            stack.extend((*piece.args, *piece.params, *(right for _, right in piece.tails)))
            stack.extend(part for part in (piece.result, piece.law) if part is not None)
    return found
