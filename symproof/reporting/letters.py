"""Made-up names of the search (`i_1`, `z_`, `#2`) as letters a person would take, [i - j = 0] as [i = j].

One letter stands for one name throughout a derivation, and for nothing that
the statement speaks of, so what the terms say stays the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from symproof.kernel.statement import Statement
from symproof.terms.codec import decode, encode
from symproof.terms.tree import BINDERS, Term, bound_names

_MADE_UP = re.compile(r"[a-z](_[0-9]*)+|#[0-9]+")
_INDICES, _POINTS = "ijklpqrsuvwabcd", "zyxwvuts"


class Letters:
    """Gives each made-up name a letter that is still free."""

    def __init__(self, statement: Statement) -> None:
        self._taken = set(_names(statement))
        self._given: dict[str, str] = {}

    def tidy(self, term: Term) -> Term:
        """The term with letters for its made-up names."""
        if any(_MADE_UP.fullmatch(name) for name in _occurring(term)):
            return decode(self._renamed(encode(term)))
        return term

    def _renamed(self, data: Any) -> Any:
        if not isinstance(data, list):
            return data
        if data and data[0] == "sym":
            return ["sym", self._letter(data[1]), self._renamed(data[2])]
        if data and data[0] in BINDERS and isinstance(data[1], list):  # not the type of an array
            groups = [[self._letter(name) for name in group] for group in data[1]]
            return [data[0], groups, *map(self._renamed, data[2:])]
        if data[:1] == ["bracket"] and data[2][0] == "eq" and data[2][3] == ["num", "0"]:
            data = ["bracket", None, ["eq", None, *_apart(data[2][2])]]
        return [self._renamed(part) for part in data]

    def _letter(self, name: str) -> str:
        found = _MADE_UP.fullmatch(name)
        if found is None or name in self._taken:
            return name
        if name not in self._given:
            letters = _POINTS if name.endswith("_") else _INDICES
            free = (c for c in letters if c not in self._taken and c not in self._given.values())
            self._given[name] = next(free, name)
        return self._given[name]


def _apart(total: list[Any]) -> list[Any]:
    """The two sides of an equation with 0 when what is subtracted goes to the other side."""
    parts = total[2:] if total[0] == "add" else [total]
    taken = [p[2] if p[0] == "neg" else ["num", p[1][1:]] for p in parts if _negative(p)]
    kept = [p for p in parts if not _negative(p)]
    if not taken or not kept:
        return [total, ["num", "0"]]
    return [side[0] if len(side) == 1 else ["add", None, *side] for side in (kept, taken)]


def _negative(part: list[Any]) -> bool:
    return bool(part[0] == "neg" or (part[0] == "num" and part[1][0] == "-"))


def _names(statement: Statement) -> Iterator[str]:
    """Every name that the statement uses."""
    yield from (symbol.name for symbol in statement.symbols)
    for definition in statement.definitions:
        yield definition.name
        yield from (name for name, _ in definition.params)
    terms = [statement.goal, *(d.body for d in statement.definitions)]
    terms += [h.statement for h in statement.hypotheses]
    for term in terms:
        yield from _occurring(term)


def _occurring(term: Term) -> Iterator[str]:
    for node in term.walk():
        if node.op == "sym":
            yield str(node.data)
        yield from bound_names(node)
