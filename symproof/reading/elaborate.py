"""The untyped tree to typed terms.

Types decide what overloaded notation means: juxtaposition is a product of
numbers, of matrices or a scaling; bars are an absolute value, a norm or a
number of elements.  Where a size is left out (`I`, `ones`, `zeros`, and `0`
for an array) it comes from the neighbours: such a piece is *unsized* until
what stands beside it says what it has to be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Sequence as Several
from contextlib import contextmanager
from functools import lru_cache
from typing import TypeAlias

from symproof.reading.names import FORMS, RESERVED, SCALAR
from symproof.reading.problems import Problem, Source, suggest
from symproof.reading.tree import Node
from symproof.terms.build import Mistyped, make, show_type
from symproof.terms.tree import BINDERS, Span, Term, bound_names
from symproof.terms.types import Array, Domain, Function, Graph, Prop, Scalar, Sequence, Type, Vertex

MAX_TERM_DEPTH = 100  # everything that goes through terms by recursion has room


Handler: TypeAlias = "Callable[[Elaborator, Node, Type | None], Term]"
HANDLERS: dict[str, Handler] = {}


def reads(*kinds: str) -> Callable[[Handler], Handler]:
    """Register what gives a kind of node its meaning."""

    def register(handler: Handler) -> Handler:
        for kind in kinds:
            HANDLERS[kind] = handler
        return handler

    return register


class Unsized(Problem):
    """A piece whose size only its surroundings can tell."""


class Elaborator:
    """One text under declared names."""

    def __init__(
        self,
        source: Source,
        types: Mapping[str, Type],
        sizes: Several[str] = (),
        define: Callable[[str, Several[Type] | None], Type | None] | None = None,
    ) -> None:
        self.source = source
        self.types: dict[str, Type] = dict(types)
        self.sizes = sizes  # the declared sizes, over which Θ grows
        self.define = define  # the type of a defined name, given the types of its arguments
        self.levels: dict[str, int] = {}  # how deep each bound name is bound
        self.unsized: dict[int, Unsized] = {}

    # --- errors and construction -----------------------------------------------------

    def problem(self, code: str, message: str, node: Node, *, expected: str = "", hint: str = "") -> Problem:
        return self.source.problem(code, message, node.start, node.end, expected=expected, hint=hint)

    def make(self, op: str, *args: Term, data: object = None, node: Node, hint: str = "") -> Term:
        """A term, or a Problem at the argument that does not fit."""
        try:
            found = make(op, *args, data=data, span=Span(node.start, node.end))
            if op in BINDERS and not isinstance(found.type, Scalar | Prop):
                for name in names_in(found.type).intersection(bound_names(found)):
                    message = f"the size of this depends on `{name}`, which is bound in it"
                    raise self.problem("type", message, node)
            return found
        except Mistyped as error:
            span = args[error.argument].span if error.argument is not None else None
            start, end = span or (node.start, node.end)
            raise self.source.problem("type", error.reason, start, end, hint=hint) from None
        except OverflowError:
            raise self.problem("type", "the sizes have too many terms to compare", node) from None

    def needs_size(self, node: Node, name: str) -> Unsized:
        place = self.source.place(node.start, node.end)
        written = {"I": "I(n)", "ones": "ones(n)", "zeros": "zeros(n)"}[name]
        return Unsized("size", f"cannot tell the size of `{name}` here", place, hint=f"write it: {written}")

    @contextmanager
    def binding(self, bound: Mapping[str, Type], node: Node) -> Iterator[None]:
        """Names bound inside."""
        for name in bound:
            self.bindable(name, node)
        outer = self.types, self.levels
        level = 1 + max(self.levels.values(), default=0)
        self.types = {**self.types, **bound}
        self.levels = {**self.levels, **dict.fromkeys(bound, level)}
        yield
        self.types, self.levels = outer

    def bindable(self, name: str, node: Node) -> None:
        if name in RESERVED:
            raise self.problem("reserved", f"`{name}` has a meaning and cannot be a variable", node)

    def type_of(self, name: str, node: Node, args: Several[Type] | None = None) -> Type | None:
        """The type of a name that is bound, declared or defined; no size in it may be bound since."""
        found = self.types.get(name)
        if found is None and self.define is not None:
            found = self.define(name, args)
        if found is not None and self.levels and not isinstance(found, Scalar):
            for size in names_in(found):
                if self.levels.get(size, 0) > self.levels.get(name, 0):
                    raise self.problem(
                        "name-taken",
                        f"`{size}` is bound here, and `{name}` is a {show_type(found)} with another `{size}`",
                        node,
                        hint="bind another letter",
                    )
        return found

    # --- entry -----------------------------------------------------------------------

    def whole(self, node: Node) -> Term:
        """A term or statement that stands alone."""
        try:
            found = self.term(node)
        except RecursionError:
            raise self.problem("nesting", "nested too deeply", node) from None
        if depth(found) > MAX_TERM_DEPTH:
            raise self.problem("nesting", f"nested more than {MAX_TERM_DEPTH} deep", node)
        return found

    def whole_statement(self, node: Node) -> Term:
        found = self.whole(node)
        if not isinstance(found.type, Prop):
            raise self.problem(
                "statement",
                f"this is a term ({show_type(found.type)}), not a statement",
                node,
                expected="a relation such as a = b or a <= b",
            )
        return found

    def statement(self, node: Node) -> Term:
        found = self.term(node)
        if not isinstance(found.type, Prop):
            raise self.problem(
                "statement", f"this is a term ({show_type(found.type)}), not a statement", node
            )
        return found

    def value(self, node: Node, want: Type | None = None) -> Term:
        """A term that is no statement and no set."""
        found = self.term(node, want)
        if isinstance(found.type, Prop | Domain):
            what = "a statement" if isinstance(found.type, Prop) else "a set"
            raise self.problem("statement", f"this is {what}, not a term", node)
        return found

    def term(self, node: Node, want: Type | None = None) -> Term:
        """The typed term; `want` is the type that the surroundings suggest for what is unsized."""
        while node.kind == "group":
            node = node.items[0]
        if want is None and (known := self.unsized.get(id(node))):
            raise known
        handler = HANDLERS.get(node.kind)
        if handler is None:
            raise self.problem("syntax", "this does not fit here", node)
        try:
            return handler(self, node, want)
        except Unsized as error:
            if want is None:
                self.unsized[id(node)] = error
            raise

    def attempt(self, node: Node) -> Term | None:
        """The term, or None where its size has to come from elsewhere."""
        try:
            return self.term(node)
        except Unsized:
            return None

    def several(self, nodes: Several[Node], want: Type | None = None) -> list[Term]:
        """Terms that ought to have one type: what has a size gives it to what has none."""
        found = [self.attempt(node) for node in nodes]
        shape = want if isinstance(want, Array) else None
        for term in found:
            if term is not None and isinstance(term.type, Array):
                shape = term.type
                break
        result = []
        for node, term in zip(nodes, found, strict=True):
            if term is None or (shape is not None and is_zero(term)):
                term = self.term(node, shape)
            result.append(term)
        return result


def is_zero(term: Term) -> bool:
    return term.op == "num" and term.data == 0


@lru_cache(maxsize=512)
def names_in(type: Type) -> frozenset[str]:
    """The symbols in the sizes of a type."""
    if isinstance(type, Array):
        terms: tuple[Term, ...] = type.axes
    elif isinstance(type, Vertex):
        terms = (type.graph,)
    else:
        parts: tuple[Type, ...] = ()
        if isinstance(type, Sequence):
            parts = (type.item,)
        elif isinstance(type, Function):
            parts = (*type.params, type.result)
        return frozenset().union(*map(names_in, parts))
    return frozenset(str(n.data) for term in terms for n in term.walk() if n.op == "sym")


def bare(node: Node) -> Node:
    """The node without the parentheses around it."""
    while node.kind == "group":
        node = node.items[0]
    return node


def depth(term: Term) -> int:
    """How deep the term is nested."""
    deepest, stack = 0, [(term, 1)]
    while stack:
        node, level = stack.pop()
        deepest = max(deepest, level)
        stack.extend((arg, level + 1) for arg in node.args)
    return deepest


def unknown(el: Elaborator, node: Node, name: str) -> Problem:
    """A name that nothing declares."""
    if name in ("E", "P", "Pr"):
        return el.problem("name", f"`{name}` needs brackets", node, expected=f"{name}[…]")
    if name in RESERVED:
        return el.problem("reserved", f"`{name}` cannot stand here alone", node)
    hint = suggest(name, [*el.types, *FORMS, *SCALAR])
    if len(name) > 1 and all(c in el.types for c in name):
        hint = f"a product is written with spaces: {' '.join(name)}"
    elif not hint and not name.isascii() and not any("\u0370" <= c <= "\u03ff" for c in name):
        import unicodedata

        hint = f"its letters are {', '.join(unicodedata.name(c, '?').lower() for c in name[:4])}"
    return el.problem("name", f"`{name}` is not declared", node, hint=hint)


def kind_of(term: Term) -> str:
    return {Prop: "a statement", Domain: "a set", Function: "a function", Graph: "a graph"}.get(
        type(term.type), show_type(term.type)
    )
