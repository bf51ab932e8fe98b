"""Lines to statements: the one reading, or candidates with what had to be supposed.

A candidate supposes a slip of transcription (q for g, b for β, k for K), or an abuse of notation that
has one meaning only (a number beside a matrix is that number times I).  It says what it supposes, and
counts for nothing until the line that it gives is shown to follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product as pairs

from symproof.reading.algebra import whole
from symproof.reading.declarations import Scope
from symproof.reading.elaborate import Elaborator, bare
from symproof.reading.latex.cursor import CLOSING, PARTNER
from symproof.reading.latex.lines import Line
from symproof.reading.latex.parser import LatexParser
from symproof.reading.latex.prepare import prepare
from symproof.reading.latex.tokens import Token
from symproof.reading.latex.vocabulary import Notation, Vocabulary
from symproof.reading.problems import Problem, Source
from symproof.reading.tree import Node
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.rewrite import free_symbols
from symproof.terms.sizes import same_axis
from symproof.terms.tree import Span, Term
from symproof.terms.types import INTEGER, Array, Prop, Scalar, Type

MOST = 12  # candidates that are tried for one line
# Letters that hands and machines take for each other.
_ALIKE = (
    "gq", "bβB", "aα", "vν", "kκK", "wωW", "xχX", "pρP", "rγy", "nη", "tτT", "lλ", "oσ", "uμ", "εe", "δd",
    "φψ",
    "cC", "sS", "zZ", "yY", "fF", "hH", "mM", "iIj", "LℒℓI", "jJ", "QO",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """Something that a candidate supposes, and where."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A line as a term.

    `notes` are what it supposes, none for a strict reading.  Where a side is a decimal number, `rounded`
    says that the two sides agree to its digits, cut off or rounded.
    """

    term: Term
    notes: tuple[Note, ...] = ()
    rounded: Term | None = None

    @property
    def is_statement(self) -> bool:
        return isinstance(self.term.type, Prop)


class Reader:
    """Reads lines under a scope; declarations that are added later are seen."""

    def __init__(self, scope: Scope, notation: Notation | None = None) -> None:
        self.scope = scope
        self.vocabulary = Vocabulary(scope.types, scope.kinds, notation, scope.symbols)

    def read(self, line: Line) -> Reading:
        """The one reading of a line; raises Problem."""
        return self._read(line.source, self._checked(line), ())

    def node(self, line: Line) -> Node:
        """The line as an untyped tree; raises Problem."""
        return self._parse(line.source, self._checked(line))

    def term(self, line: Line, side: str) -> Term:
        """The `left` or `right` side of a line alone; raises Problem."""
        toks: tuple[Token, ...] = getattr(line, side)
        return self._elaborated(line.source, self._parse(line.source, toks), None)

    def undeclared(self, line: Line, side: str) -> str | None:
        """The first name of a side that nothing declares."""
        toks: tuple[Token, ...] = getattr(line, side)
        try:
            self._parse_and_name(line.source, toks)
        except _Undeclared as error:
            return error.name
        return None

    def readings(self, line: Line) -> list[Reading]:
        """The strict reading, or where there is none the candidates; raises Problem if there are none."""
        toks = self._checked(line)
        try:
            return [self._read(line.source, toks, ())]
        except Problem as problem:
            if problem.code in ("nesting", "large"):
                raise
            found: list[Reading] = []
            for changed, notes in self._changed(line, toks, problem):
                try:
                    found.append(self._read(line.source, changed, notes))
                except Problem:
                    try:
                        found.append(self._supposing(line.source, changed, notes))
                    except Problem:
                        continue
            distinct = {reading.term: reading for reading in reversed(found)}
            if not distinct:
                raise
            return [reading for reading in found if distinct[reading.term] is reading]

    def _checked(self, line: Line) -> tuple[Token, ...]:
        if line.problem is not None:
            raise line.problem
        return line.tokens

    # --- one reading ------------------------------------------------------------------------

    def _parse(self, source: Source, toks: tuple[Token, ...]) -> Node:
        end = toks[-1].end if toks else 0
        try:
            ready = prepare([*toks, Token("end", "", end, end)], self.vocabulary)
            return LatexParser(source, ready, self.vocabulary, 0, len(ready) - 1).whole()
        except RecursionError:
            raise source.problem("nesting", "nested too deeply", toks[0].start, toks[0].end) from None

    def _elaborated(self, source: Source, node: Node, el: Elaborator | None) -> Term:
        return (el or self.scope.elaborator(source)).whole(node)

    def _read(self, source: Source, toks: tuple[Token, ...], notes: tuple[Note, ...]) -> Reading:
        node = self._parse(source, toks)
        term = self._elaborated(source, node, None)
        return Reading(term, notes, _rounded(source, node, term))

    def _supposing(self, source: Source, toks: tuple[Token, ...], notes: tuple[Note, ...]) -> Reading:
        node = self._parse(source, toks)
        strict = self.scope.elaborator(source)
        lenient = Lenient(source, strict.types, strict.sizes, strict.define)
        lenient.norm = self.vocabulary.notation.norm
        term = self._elaborated(source, node, lenient)
        return Reading(term, (*notes, *lenient.notes), _rounded(source, node, term))

    # --- candidates --------------------------------------------------------------------------

    def _changed(
        self, line: Line, toks: tuple[Token, ...], problem: Problem
    ) -> Iterator[tuple[tuple[Token, ...], tuple[Note, ...]]]:
        """The tokens with slips mended, and what that supposes."""
        unknown = self._unknown(line.source, toks)
        choices = [[(name, other) for other in self._alike(name)] for name in unknown]
        if all(choices):
            for k, choice in enumerate(pairs(*choices)):
                if k >= MOST:
                    break
                yield _renamed(toks, dict(choice))
        mended, note = _mended(toks)
        if note is not None:
            yield mended, (note,)
        if problem.code in ("ambiguous", "type"):
            raised = [
                k
                for k, t in enumerate(toks)
                if t.text == "T"
                and t.kind == "name"
                and k
                and (toks[k - 1].text == "^" or toks[k - 1].text == "{" and toks[k - 2].text == "^")
            ]
            if raised and self.vocabulary.knows("T"):
                swapped = list(toks)
                for k in raised:
                    swapped[k] = Token("op", "⊤", toks[k].start, toks[k].end)
                note = Note("T is read as a transpose", toks[raised[0]].start, toks[raised[0]].end)
                yield tuple(swapped), (note,)
            primes = [k for k, t in enumerate(toks) if t.kind == "op" and t.text == "'"]
            if primes and problem.code == "ambiguous":
                swapped = list(toks)
                for k in reversed(primes):
                    at, end = toks[k].start, toks[k].end
                    swapped[k : k + 1] = [Token("op", "^", at, at), Token("op", "⊤", at, end)]
                yield (
                    tuple(swapped),
                    (Note("' is read as a transpose", toks[primes[0]].start, toks[primes[0]].end),),
                )
            zeros = [k for k, t in enumerate(toks) if t.kind == "num" and t.text == "0"]
            if zeros:
                swapped = list(toks)
                for k in zeros:
                    swapped[k] = Token("name", "zeros", toks[k].start, toks[k].end)
                yield (
                    tuple(swapped),
                    (Note("0 is read as the zero array", toks[zeros[0]].start, toks[zeros[0]].end),),
                )

    def _unknown(self, source: Source, toks: tuple[Token, ...]) -> list[str]:
        """The names of a line that nothing declares, as far as its problems tell."""
        found: list[str] = []
        known = toks
        for _ in range(4):
            try:
                self._parse_and_name(source, known)
            except _Undeclared as error:
                if error.name in found or not self._alike(error.name):
                    break
                found.append(error.name)
                known, _notes = _renamed(known, {error.name: self._alike(error.name)[0]})
                continue
            break
        return found

    def _parse_and_name(self, source: Source, toks: tuple[Token, ...]) -> None:
        """Raises _Undeclared for the first name that is not declared."""
        try:
            ready = prepare([*toks, Token("end", "", 0, 0)], self.vocabulary)
            parser = _Naming(source, ready, self.vocabulary, 0, len(ready) - 1)
            parser.whole()
        except (Problem, RecursionError):
            return

    def _alike(self, name: str) -> list[str]:
        """The declared names that are easily taken for this one."""
        found: list[str] = []
        for other in self.vocabulary.types:
            if other == name:
                continue
            if len(name) == 1 == len(other):
                if (
                    any(name in group and other in group for group in _ALIKE)
                    or name.casefold() == other.casefold()
                ):
                    found.append(other)
            elif len(name) > 2 and len(other) > 2 and _one_apart(name, other):
                found.append(other)
        return found


class _Undeclared(Exception):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class _Naming(LatexParser):
    """A parser that only looks for names that are not declared."""

    def undeclared(self, name: str, token: Token | Node) -> Problem:
        raise _Undeclared(name)


def _mended(toks: tuple[Token, ...]) -> tuple[tuple[Token, ...], Note | None]:
    """Without brackets that close nothing, and with those that another bracket shows to be missing."""
    found: list[Token] = []
    opened: list[str] = []
    note: Note | None = None
    for token in toks:
        if token.kind == "op" and token.text in PARTNER:
            opened.append(PARTNER[token.text])
        elif token.kind == "op" and token.text in CLOSING:
            if token.text not in opened:
                note = note or Note("a bracket that closes nothing is left out", token.start, token.end)
                continue
            while (closing := opened.pop()) != token.text:
                note = note or Note(f"a missing `{closing[0]}` is put here", token.start, token.end)
                found.append(Token("op", closing, token.start, token.start))
        found.append(token)
    return tuple(found), note


def _renamed(toks: tuple[Token, ...], names: dict[str, str]) -> tuple[tuple[Token, ...], tuple[Note, ...]]:
    """The tokens with other names in the place of some, and notes of that."""
    found: list[Token] = []
    notes: dict[str, Note] = {}
    for token in toks:
        if token.kind == "letters" and token.text not in names and set(token.text) & names.keys():
            at = token.start
            for k, letter in enumerate(token.text):
                found.append(Token("name", names.get(letter, letter), at + k, at + k + 1))
                if letter in names:
                    notes.setdefault(letter, Note(f"{letter} is read as {names[letter]}", at + k, at + k + 1))
            continue
        other = names.get(token.text) if token.kind in ("name", "label", "letters") else None
        if other is None:
            found.append(token)
            continue
        kind = "name" if len(other) == 1 else "label"
        found.append(Token(kind, other, token.start, token.end))
        notes.setdefault(token.text, Note(f"{token.text} is read as {other}", token.start, token.end))
    return tuple(found), tuple(notes.values())


def _one_apart(one: str, two: str) -> bool:
    """Does one letter more, less or other make one word of the other?"""
    if abs(len(one) - len(two)) > 1:
        return False
    k = 0
    while k < min(len(one), len(two)) and one[k] == two[k]:
        k += 1
    return one[k + 1 :] == two[k + 1 :] or one[k:] == two[k + 1 :] or one[k + 1 :] == two[k:]


# --- abuses of notation ---------------------------------------------------------------------------


class Lenient(Elaborator):
    """Reads abuses of notation that have one meaning, and notes each."""

    notes: tuple[Note, ...] = ()
    norm: str = ""

    def note(self, text: str, node: Node) -> None:
        self.notes = (*self.notes, Note(text, node.start, node.end))

    def make(self, op: str, *args: Term, data: object = None, node: Node, hint: str = "") -> Term:
        types = [arg.type for arg in args]
        if op == "add" and any(isinstance(t, Scalar) for t in types):
            square = next((t for t in types if isinstance(t, Array) and _square(t)), None)
            if square is not None:
                self.note("a number beside a matrix is read as that number times I", node)
                args = tuple(
                    self._identity(arg, square) if isinstance(arg.type, Scalar) else arg for arg in args
                )
        if op == "matmul" and all(isinstance(t, Array) and len(t.axes) == 1 and not t.row for t in types):
            first, second = types
            if (
                isinstance(first, Array)
                and isinstance(second, Array)
                and same_axis(first.axes[0], second.axes[0])
            ):
                self.note("a product of two vectors is read as the inner product", node)
                return make("dot", *args, span=Span(node.start, node.end))
        if op in ("lt", "le", "gt", "ge") and {Scalar, Array} == set(map(type, types)):
            args = tuple(self._normed(arg, node) for arg in args)
        if op == "eq" and len(args) == 2:
            args = self._entrywise(args[0], args[1], node)
        return super().make(op, *args, data=data, node=node, hint=hint)

    def _normed(self, term: Term, node: Node) -> Term:
        """An array in an inequality with a number: its norm."""
        if not isinstance(term.type, Array):
            return term
        op = "norm" if len(term.type.axes) == 1 else self.norm
        if not op:
            return term
        self.note("an array in an inequality is read as its norm", node)
        return make(op, term, span=term.span)

    def _entrywise(self, left: Term, right: Term, node: Node) -> tuple[Term, Term]:
        """An array beside a number that depends on i and j: its entry at i and j."""
        array, number = (left, right) if isinstance(left.type, Array) else (right, left)
        if not isinstance(array.type, Array) or not isinstance(number.type, Scalar):
            return left, right
        names = sorted(
            {
                str(t.data)
                for axis_use in number.walk()
                if axis_use.op == "index"
                for t in axis_use.args[1:]
                if t.op == "sym" and t.data in free_symbols(number)
            }
        )
        if len(names) != len(array.type.axes):
            return left, right
        entry = make("index", array, *(sym(name, INTEGER) for name in names), span=array.span)
        self.note("an array beside a number is read as its entry at " + ", ".join(names), node)
        return (entry, number) if array is left else (number, entry)

    def _identity(self, number: Term, square: Array) -> Term:
        return make("scale", number, make("eye", square.axes[0]), span=number.span)

    def term(self, node: Node, want: Type | None = None) -> Term:
        inner = bare(node)
        if inner.kind == "power" and inner.items[1].kind == "number" and inner.items[1].value == 2:
            base = self.attempt(inner.items[0])
            if base is not None and isinstance(base.type, Array) and len(base.type.axes) == 1:
                self.note("the square of a vector is read as its inner product with itself", inner)
                return make("dot", base, base, span=Span(inner.start, inner.end))
        return super().term(node, want)


def _square(type: Array) -> bool:
    return len(type.axes) == 2 and same_axis(*type.axes)


# --- stated digits ---------------------------------------------------------------------------------


def _rounded(source: Source, node: Node, term: Term) -> Term | None:
    """The sides differ by less than a unit of the last digit that is stated."""
    if node.kind != "chain" or node.value != ("=",) or term.op != "eq":
        return None
    digits = max(_decimals(source, item) for item in node.items)
    if not digits:
        return None
    close = [_close(left, right, digits) for left, right in _entries(*term.args)]
    return None if None in close else close[0] if len(close) == 1 else make("and", *filter(None, close))


def _entries(left: Term, right: Term) -> list[tuple[Term, Term]]:
    """The two sides entry by entry, where one of them is written out."""
    if isinstance(left.type, Scalar):
        return [(left, right)]
    if left.op == "entries" != right.op:
        return [(b, a) for a, b in _entries(right, left)]
    if right.op != "entries":
        return [(left, right)]
    found = []
    for k, entry in enumerate(right.args, start=1):
        other = left.args[k - 1] if left.op == "entries" else make("index", left, num(k))
        found += _entries(other, entry)
    return found


def _close(left: Term, right: Term, digits: int) -> Term | None:
    """The two numbers differ by less than a unit of the last digit."""
    try:
        apart = make("call", make("add", left, make("neg", right)), data="abs")
        return make("lt", apart, num(Fraction(1, 10**digits)))
    except Mistyped:
        return None


def _decimals(source: Source, node: Node) -> int:
    node = bare(node)
    if node.kind in ("list", "prime"):
        return max((_decimals(source, item) for item in node.items), default=0)
    if node.kind == "neg":
        node = bare(node.items[0])
    if node.kind != "number" or whole(node.value) and "." not in source.text[node.start : node.end]:
        return 0
    text = source.text[node.start : node.end]
    after = sum(c.isdigit() for c in text.partition(".")[2])
    return after + 2 if text.endswith("%") else after
