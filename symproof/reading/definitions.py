"""Definitions: `L: term` and `f(x): term`.

Where the head does not say the type of a parameter, the first use of the function does;
a function that nothing uses takes numbers, or whatever else its body admits.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product

from symproof.kernel.statement import Definition
from symproof.reading.binders import smooth
from symproof.reading.elaborate import Elaborator
from symproof.reading.parser import Parser
from symproof.reading.problems import Problem, Source
from symproof.reading.tree import Node, Word
from symproof.reading.typeforms import kind_of_type, meaning
from symproof.terms.build import show_type
from symproof.terms.types import REAL, Array, Function, Scalar, Type
from symproof.terms.types import Sequence as SequenceType

_TRIES = 200  # how many parameter types are tried where nothing says them

Read = Callable[[Source, dict[str, str], Mapping[str, Type]], Node]


@dataclass
class _Draft:
    """A definition whose parameters may still have no type."""

    place: int
    name: Word
    params: tuple[str, ...]
    said: tuple[Type | None, ...]
    head: Source
    body: Source
    definition: Definition | None = None


class Definitions:
    """The definitions of a scope, in order; a body sees what is declared and the definitions before it."""

    def __init__(self, types: dict[str, Type], kinds: dict[str, str], read: Read) -> None:
        self._types = types
        self._kinds = kinds
        self._read = read
        self._drafts: dict[str, _Draft] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._drafts

    def all(self) -> tuple[Definition, ...]:
        """Every definition; the types that are still open are found now."""
        for draft in self._drafts.values():
            if draft.definition is None:
                self._guess(draft)
        return tuple(d.definition for d in self._drafts.values() if d.definition is not None)

    def add(self, head: Source, body: Source) -> Word:
        """A further definition; its name."""
        name, params = Parser(head, self._kinds).signature()
        el = Elaborator(head, self._types)
        names = tuple(param.text for param, _ in params)
        for param, _ in params:
            el.bindable(param.text, Node("name", None, (), param.start, param.end))
        if len(set(names)) < len(names):
            first, last = params[0][0], params[-1][0]
            raise head.problem("name-taken", "a parameter is named twice", first.start, last.end)
        said = tuple(meaning(el, tree).type if tree is not None else None for _, tree in params)
        draft = _Draft(len(self._drafts), name, names, said, head, body)
        if all(type is not None for type in said):
            self._fix(draft, [type for type in said if type is not None])
        self._drafts[name.text] = draft
        if names:
            self._kinds[name.text] = "function"
        return name

    def type_of(self, name: str, args: Sequence[Type] | None, before: int | None = None) -> Type | None:
        """The type of a defined name; the types of the arguments of its first use fix what is open."""
        draft = self._drafts.get(name)
        if draft is None or (before is not None and draft.place >= before):
            return None
        if draft.definition is None:
            if args is not None and len(args) == len(draft.params):
                self._fix(draft, [s or smooth(a) for s, a in zip(draft.said, args, strict=True)])
            else:
                self._guess(draft)
        return self._types[name]

    def _fix(self, draft: _Draft, types: Sequence[Type]) -> None:
        """Give the parameters these types; raises Problem where the body does not fit them."""
        bound = dict(zip(draft.params, types, strict=True))
        later = {name for name, d in self._drafts.items() if d.place >= draft.place}
        visible = {name: type for name, type in self._types.items() if name not in later}
        kinds = {name: kind for name, kind in self._kinds.items() if name not in later}
        bound_kinds = {name: kind_of_type(type) for name, type in bound.items()}
        tree = self._read(draft.body, kinds | bound_kinds, visible | bound)

        def earlier(name: str, args: Sequence[Type] | None) -> Type | None:
            return self.type_of(name, args, before=draft.place)

        value = Elaborator(draft.body, visible | bound, define=earlier).whole(tree)
        if not isinstance(value.type, Scalar | Array | Function | SequenceType):
            message = f"a definition names a term, not a {show_type(value.type)}"
            raise draft.body.problem("statement", message, 0, len(draft.body.text))
        type = Function(tuple(types), value.type) if draft.params else value.type
        draft.definition = Definition(draft.name.text, tuple(bound.items()), value)
        self._types[draft.name.text] = type
        self._kinds[draft.name.text] = kind_of_type(type)

    def _guess(self, draft: _Draft) -> None:
        """The first types with which the body makes sense."""
        choices = [
            [t] if t is not None else self._choices(n) for n, t in zip(draft.params, draft.said, strict=True)
        ]
        failure: Problem | None = None
        for types in islice(product(*choices), _TRIES):
            try:
                return self._fix(draft, types)
            except Problem as problem:
                failure = failure or problem
        assert failure is not None
        hint = f"say the types of the parameters: {draft.name.text}({draft.params[0]}: vector(n))"
        failure.hint = f"{failure.hint}; {hint}" if failure.hint else hint
        raise failure

    def _choices(self, name: str) -> list[Type]:
        """That of a symbol of the same name, a number, then what is declared."""
        found = [self._types[name]] if name in self._types else []
        for type in (REAL, *self._types.values()):
            if type not in found and not (isinstance(type, Scalar) and type != REAL):
                found.append(type)
        return found
