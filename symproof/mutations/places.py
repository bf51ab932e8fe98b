"""Places in a term: what a person may change there, what is in scope, and putting a change back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from symproof.kernel.statement import Definition, Symbol
from symproof.mutations.shapes import attempt, joined
from symproof.terms.rewrite import MULTI
from symproof.terms.tree import BINDERS, Span, Term, bound_names
from symproof.terms.types import INTEGER, REAL, Domain, Function, Type


class Role(Enum):
    """What a place holds, which decides what can go wrong there."""

    VALUE = auto()  # a number or array whose sign and factor are its own
    FACTOR = auto()  # one whose sign and factor are those of what is around it
    EXPONENT = auto()
    INDEX = auto()  # an index, an argument of a factorial, the order of a derivative
    BOUND = auto()  # the end of a range or integral, a side of a comparison of integers
    PART = auto()  # a part of an index or bound
    OTHER = auto()  # a statement, a function, a set


@dataclass(frozen=True)
class Scope:
    """The symbols that a place may mention."""

    types: Mapping[str, Type]
    random: frozenset[str] = frozenset()
    symmetric: frozenset[str] = frozenset()
    sizes: frozenset[str] = frozenset()

    @staticmethod
    def of(symbols: Iterable[Symbol], definitions: Iterable[Definition] = ()) -> Scope:
        """Declared and defined names."""
        symbols = tuple(symbols)
        types = {s.name: s.type for s in symbols}
        for d in definitions:
            kinds = tuple(kind for _, kind in d.params)
            types[d.name] = Function(kinds, d.body.type) if kinds else d.body.type

        def named(*attributes: str) -> frozenset[str]:
            return frozenset(s.name for s in symbols if s.attributes.intersection(attributes))

        return Scope(types, named("random"), named("symmetric", "diagonal", "psd"), named("size"))

    def within(self, names: Mapping[str, Type]) -> Scope:
        """The scope under a binder; its names hide others."""
        hidden = frozenset(names)
        return Scope(
            {**self.types, **names}, self.random - hidden, self.symmetric - hidden, self.sizes - hidden
        )


@dataclass(frozen=True)
class Place:
    """A node with the way to it from the root."""

    term: Term
    role: Role
    scope: Scope
    way: tuple[tuple[Term, int], ...]

    @property
    def parent(self) -> str:
        """The operator above, or "" at the root."""
        return self.way[-1][0].op if self.way else ""

    @property
    def span(self) -> Span | None:
        """Where it came from in the text: its own place, or the nearest around it."""
        if self.term.span is not None:
            return self.term.span
        return next((up.span for up, _ in reversed(self.way) if up.span is not None), None)

    def put(self, new: Term) -> Term | None:
        """The root with another term here, or None where that is not well typed."""
        for up, k in reversed(self.way):
            old = up.args[k]
            binds = up.op in BINDERS and k >= BINDERS[up.op] and isinstance(old.type, Domain)
            if binds and new.type != old.type:  # the bound names have their types from here
                return None
            plugged = attempt(joined, up, k, new)
            if plugged is None:
                return None
            new = plugged
        return new


# Operators that carry a sign or a factor of these arguments outwards.
_CARRIES: dict[str, tuple[int, ...]] = {
    **dict.fromkeys("neg transpose sum expect trace diag integral diff index".split(), (0,)),
    **dict.fromkeys("grad jacobian hessian limit variance norm opnorm fronorm inverse".split(), (0,)),
    **dict.fromkeys("scale matmul dot hadamard div covariance".split(), (0, 1)),
}
_CLOSED = frozenset("solve eye ones zeros vertices edges numbers arrays functions sequences graphs".split())
_COMPARISONS = frozenset("eq ne lt le gt ge".split())


def _role(place: Place, k: int) -> Role | None:
    """The role of the k-th argument; None where nothing is to be changed."""
    term = place.term
    op, arg = term.op, term.args[k]
    if op in _CLOSED or op in ("array", "lambda") and k > 0 or op == "limit" and k > 0:
        return None
    if op in ("range", "interval") or op == "integral" and k > 0:
        return Role.BOUND
    if op in _COMPARISONS and all(map(_counts, term.args)):
        return Role.BOUND
    if op == "index" and k > 0 or op == "diff" and k == 2 or op == "degree" and k == 1:
        return Role.INDEX
    if op == "call" and term.data in ("factorial", "binomial", "mod"):
        return Role.INDEX
    if op in ("pow", "matpow") and k == 1:
        return Role.EXPONENT
    if op in ("add", "neg", "mul") and (
        place.role in (Role.INDEX, Role.BOUND, Role.PART)
        or place.role is Role.EXPONENT
        and term.type == INTEGER
    ):
        return Role.PART
    if op == "mul" or k in _CARRIES.get(op, ()):
        return Role.FACTOR
    if arg.op in _CLOSED and arg.op not in ("eye", "ones", "zeros"):
        return None
    return Role.VALUE


def _counts(term: Term) -> bool:
    """Is the term built from whole numbers and their symbols alone, as in t - 1 >= k?"""
    if term.op in ("add", "neg"):
        return all(map(_counts, term.args))
    return term.op in ("sym", "num") and term.type == INTEGER


def _scopes(term: Term, scope: Scope) -> list[Scope]:
    """The scope of each argument."""
    if term.op not in BINDERS:
        return [scope] * len(term.args)
    scoped = BINDERS[term.op]
    if term.op not in MULTI:
        inside = scope.within({name: _seen(term, name) for name in bound_names(term)})
        return [inside] * scoped + [scope] * (len(term.args) - scoped)
    groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    found = []
    for group, domain in zip(groups, term.args[scoped:], strict=True):
        found.append(scope)
        scope = scope.within(dict(zip(group, domain.type.items, strict=True)))  # type: ignore[union-attr]
    return [scope] * scoped + found


def _seen(term: Term, name: str) -> Type:
    """The type of a bound name, read off an occurrence."""
    for body in term.args[: BINDERS[term.op]]:
        for node in body.walk():
            if node.op == "sym" and node.data == name:
                return node.type
    return REAL


def places(root: Term, scope: Scope) -> Iterator[Place]:
    """Every place where something can go wrong, in reading order."""
    stack = [Place(root, Role.VALUE, scope, ())]
    while stack:
        place = stack.pop()
        yield place
        below: list[Place] = []
        for k, inner in enumerate(_scopes(place.term, place.scope)):
            role = _role(place, k)
            if role is not None:
                below.append(Place(place.term.args[k], role, inner, (*place.way, (place.term, k))))
        stack.extend(reversed(below))
