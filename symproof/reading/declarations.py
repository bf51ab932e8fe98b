"""Declarations, definitions and hypotheses: what a statement stands under.

A declaration gives a symbol, its attributes, and hypotheses for what its type
says besides (`β: real in (0, 1)` gives `0 < β` and `β < 1`).  Types are read in
the order in which they need each other, conditions after all types.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symproof.kernel.statement import Definition, Hypothesis, Law, Statement, Symbol
from symproof.reading import algebra, binders, forms, relations  # noqa: F401  (they register what nodes mean)
from symproof.reading.definitions import Definitions
from symproof.reading.elaborate import Elaborator
from symproof.reading.entries import for_all, general_entry
from symproof.reading.names import RESERVED
from symproof.reading.parser import Parser, parse, parse_type
from symproof.reading.problems import Source
from symproof.reading.relations import RELATION_OPS, member
from symproof.reading.tree import Node, TypeTree, Word, written_names
from symproof.reading.typeforms import Meaning, kind_of_type, meaning
from symproof.terms.build import make, num, show_type, sym
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL, Array, Scalar, Sequence, Type


class Scope:
    """Declared symbols, definitions and hypotheses; texts are read under them."""

    def __init__(self) -> None:
        self.symbols: dict[str, Symbol] = {}
        self.hypotheses: list[Hypothesis] = []
        self.types: dict[str, Type] = {}
        self.kinds: dict[str, str] = {}
        self._definitions = Definitions(self.types, self.kinds, formula)

    def elaborator(self, source: Source) -> Elaborator:
        sizes = [s.name for s in self.symbols.values() if "size" in s.attributes]
        return Elaborator(source, self.types, sizes, self._definitions.type_of)

    def term(self, source: Source) -> Term:
        """The term that the text is; raises Problem."""
        return self.elaborator(source).whole(formula(source, self.kinds, self.types))

    def proposition(self, source: Source) -> Term:
        """The statement that the text is; raises Problem."""
        return self.elaborator(source).whole_statement(formula(source, self.kinds, self.types))

    def statement(self, source: Source) -> Statement:
        """The text as a goal under everything declared."""
        goal = self.proposition(source)
        return Statement(tuple(self.symbols.values()), self.definitions, tuple(self.hypotheses), goal)

    def _free(self, name: Word, source: Source) -> None:
        """The name is no word of the language and not declared yet."""
        if name.text in RESERVED:
            message = f"`{name.text}` has a meaning and cannot be declared"
            raise source.problem("reserved", message, name.start, name.end)
        if name.text in self.types or name.text in self._definitions:
            raise source.problem("name-taken", f"`{name.text}` is declared twice", name.start, name.end)

    def introduce(self, symbol: Symbol) -> None:
        """Declare a symbol that is made already."""
        self.symbols[symbol.name] = symbol
        self.types[symbol.name] = symbol.type
        kind = kind_of_type(symbol.type)
        if kind is not None:
            self.kinds[symbol.name] = kind

    # --- let --------------------------------------------------------------------------

    def declare(
        self, declarations: Iterable[tuple[Source, Source]], bare: frozenset[str] = frozenset()
    ) -> None:
        """Names and their types, as pairs of texts; of the names in `bare` only the type is kept."""
        written = [(word, keys, type) for keys, type in declarations for word in names_in(keys)]
        trees = {id(type): parse_type(type, {}) for _, _, type in written}
        order = _needed_first([(word.text, trees[id(type)]) for word, _, type in written])
        meanings: dict[int, Meaning] = {}
        for k in order:
            word, keys, type = written[k]
            meanings[k] = found = meaning(Elaborator(type, self.types), trees[id(type)])
            self._free(word, keys)
            self.types[word.text] = found.type
            self.kinds[word.text] = kind_of_type(found.type)
        for k, (word, _, type) in enumerate(written):
            found, tree = meanings[k], trees[id(type)]
            el = Elaborator(type, self.types)
            attributes = found.attributes
            if word.text in bare:
                attributes &= {"size", "random", "independent"}
            law = self._law(el, tree, found, type) if tree.law is not None else None
            self.symbols[word.text] = Symbol(word.text, found.type, attributes, law)
            if word.text not in bare:
                name = f"{word.text}: {' '.join(type.text.split())}"
                conditions = [*_bounds(word, found), *_tails(el, word, found, tree)]
                if law is not None and law.name == "bernoulli":
                    conditions += _probability(law.args[0])
                self.hypotheses += [Hypothesis(name, condition) for condition in conditions]

    def _law(self, el: Elaborator, tree: TypeTree, found: Meaning, source: Source) -> Law:
        """`normal(mean, covariance)` or `bernoulli(p)` for every member of a sequence."""
        node = tree.law
        assert node is not None
        item = found.type
        while isinstance(item, Sequence):
            item = item.item
        if "random" not in found.attributes:
            raise el.problem("law", "only what is random has a law", node, expected="random … ~ law")
        if node.kind != "call" or node.value not in ("normal", "bernoulli"):
            raise el.problem(
                "law", "this law is not known", node, expected="normal(mean, covariance) or bernoulli(p)"
            )
        wanted = [item] if node.value == "bernoulli" else [item, _spread(item)]
        if len(node.items) != len(wanted):
            expected = "bernoulli(p)" if node.value == "bernoulli" else "normal(mean, covariance)"
            raise el.problem(
                "law", f"{node.value} with {len(node.items)} argument(s)", node, expected=expected
            )
        args = tuple(el.value(arg, type) for arg, type in zip(node.items, wanted, strict=True))
        for arg, type, written in zip(args, wanted, node.items, strict=True):
            same = isinstance(arg.type, Scalar) and (isinstance(type, Scalar) or node.value == "bernoulli")
            if not same and (not isinstance(arg.type, Array) or Array(arg.type.axes) != _real(type)):
                raise el.problem(
                    "law",
                    f"found {show_type(arg.type)} for {show_type(type)}",
                    written,
                    expected=show_type(type),
                )
        if isinstance(item, Array) and len(item.axes) > 1 and node.value == "normal":
            if args[0].op != "zeros" or args[1].op != "eye":
                raise el.problem("law", "a random array has the law normal(0, I) only", node)
        return Law(node.value, args)

    # --- define -----------------------------------------------------------------------

    def define(self, head: Source, body: Source) -> None:
        """`L: term` or `f(x): term`."""
        name = Parser(head, self.kinds).signature()[0]
        self._free(name, head)
        self._definitions.add(head, body)

    @property
    def definitions(self) -> tuple[Definition, ...]:
        return self._definitions.all()

    # --- given ------------------------------------------------------------------------

    def assume(self, name: str, source: Source) -> None:
        """A hypothesis under its name."""
        self.hypotheses.append(Hypothesis(name, self.proposition(source)))


def formula(source: Source, kinds: dict[str, str], types: Mapping[str, Type]) -> Node:
    """The tree of a text, plain or LaTeX between dollars."""
    text = source.text.lstrip()
    if text.startswith(("$", "\\[", "\\(")):
        from symproof.reading.latex.reader import formula_in

        found = formula_in(source, types, kinds)
        if found is not None:
            return found
        raise source.problem(
            "latex", "a formula in LaTeX stands between two $", 0, len(source.text), hint="$x^2 + 1$"
        )
    return parse(source, kinds)


def names_in(source: Source) -> tuple[Word, ...]:
    """`x` or `x, y`."""
    parser = Parser(source, {})
    names = [parser.name()]
    while parser.take(","):
        names.append(parser.name())
    parser.finish()
    return tuple(names)


def _needed_first(written: list[tuple[str, TypeTree]]) -> list[int]:
    """The order in which every type comes after the names that it mentions."""
    position = {name: k for k, (name, _) in enumerate(written)}
    order: list[int] = []
    state: dict[int, bool] = {}
    for root in range(len(written)):
        stack = [(root, False)]
        while stack:
            k, done = stack.pop()
            if done:
                state[k] = True
                order.append(k)
            elif k not in state:
                state[k] = False
                stack.append((k, True))
                needs = sorted(
                    {position[n] for n in written_names(written[k][1]) if n in position}, reverse=True
                )
                stack.extend((m, False) for m in needs if m not in state)
    return order


# --- what a type says besides ---------------------------------------------------------------


def _bounds(word: Word, found: Meaning) -> list[Term]:
    """What `size` and `index(n)` say."""
    if found.low is None:
        return []
    entry, indices = general_entry(sym(word.text, found.type), free_symbols(found.high or found.low))
    if found.high is None:
        return [for_all(indices, make("ge", entry, found.low))]
    return [for_all(indices, make("le", found.low, entry)), for_all(indices, make("le", entry, found.high))]


def _tails(el: Elaborator, word: Word, found: Meaning, tree: TypeTree) -> list[Term]:
    """`> 0`, `!= 0`, `in (0, 1)`: for numbers, for every entry, for every member."""
    result: list[Term] = []
    for op, right in tree.tails:
        entry, indices = general_entry(sym(word.text, found.type), written_names(right))
        if op in ("=", "!=") and entry.op == "index" and isinstance(entry.args[0].type, Array):
            count = len(entry.args) - 1  # an array is equal or different as a whole
            entry, indices = entry.args[0], indices[: len(indices) - count]
        for statement in _relation(el, op, entry, right):
            result.append(for_all(indices, statement))
    return result


def _relation(el: Elaborator, op: str, entry: Term, right: Node) -> list[Term]:
    if op != "in":
        return [el.make(RELATION_OPS[op], entry, el.value(right, entry.type), node=right)]
    if right.kind == "interval":
        low, high = (el.value(item) for item in right.items)
        first = el.make("lt" if right.value[0] == "(" else "le", low, entry, node=right)
        last = el.make("lt" if right.value[1] == ")" else "le", entry, high, node=right)
        ends = ((low, first), (high, last))
        return [statement for bound, statement in ends if not _infinite(bound)]
    if right.kind == "range" and entry.type == INTEGER:
        low, high = (el.value(item) for item in right.items)
        found = [el.make("le", low, entry, node=right)]
        return found if _infinite(high) else [*found, el.make("le", entry, high, node=right)]
    return [member(el, entry, right, right)]


def _infinite(term: Term) -> bool:
    return "oo" in (term.data, *(arg.data for arg in term.args))


def _probability(p: Term) -> list[Term]:
    """0 <= p <= 1 for the parameter of a Bernoulli law, or for each of its entries."""
    entry, indices = general_entry(p)
    return [for_all(indices, make("le", num(0), entry)), for_all(indices, make("le", entry, num(1)))]


def _spread(type: Type) -> Type:
    """The type of a covariance."""
    return Array(type.axes[:1] * 2) if isinstance(type, Array) else REAL


def _real(type: Type) -> Type:
    return Array(type.axes) if isinstance(type, Array) else REAL
