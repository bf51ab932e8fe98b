"""What a letter with its scripts means: a name, an index, a power, a transpose, a label, a derivative.

The declared type decides.  `x_i` is an entry where x has indices and a name where x_i is declared;
`v^t` is a member of a sequence, `W^T` a transpose, `β^t` a power, `W^Q` a name where W_Q is declared.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction

from symproof.reading.latex.cursor import CLOSING, PARTNER, Cursor
from symproof.reading.latex.tokens import Token
from symproof.reading.latex.vocabulary import BRACKETED, WORDS, rank
from symproof.reading.names import CONSTANTS
from symproof.reading.tree import Node
from symproof.terms.types import INTEGER, Array, Function, Scalar, Sequence, Type

Slice = tuple[int, int]
SPECIAL = frozenset(("I", "i", "𝟙", "ones", "zeros", "true", "false", *CONSTANTS))  # where not declared
_LABELS = {"⋆": "star", "*": "star", "⊥": "perp", "†": "dagger", "+": "plus"}


@dataclass(slots=True)
class Scripts:
    """What is written around a letter: primes, and the tokens of the subscript and the superscript."""

    primes: int
    sub: Slice | None
    sup: Slice | None
    end: int


class Names(Cursor, ABC):
    """The part of the parser that reads names."""

    @abstractmethod
    def inside(self, part: Slice) -> Node:
        """The term between two tokens."""

    @abstractmethod
    def call_arguments(self) -> tuple[tuple[Node, ...], int]:
        """What stands in parentheses behind a function, and the offset behind."""

    @abstractmethod
    def applied(self, name: str, token: Token, primes: int, power: Slice | None) -> Node:
        """A function with its arguments."""

    def scripts(self) -> Scripts:
        """The primes and scripts that begin here."""
        primes, sub, sup = 0, None, None
        while True:
            token = self.peek()
            if token.kind != "op":
                break
            if token.text == "'":
                primes += 1
                self.at += 1
            elif token.text == "_":
                if sub is not None:
                    raise self.problem("latex", "two subscripts", token)
                self.at += 1
                sub = self.group()
            elif token.text == "^":
                self.at += 1
                part = self.group()
                while part[0] < part[1] and self.toks[part[0]].text == "'":
                    primes += 1
                    part = part[0] + 1, part[1]
                if part[0] < part[1]:
                    if sup is not None:
                        raise self.problem("latex", "two superscripts", token)
                    sup = part
            else:
                break
        return Scripts(primes, sub, sup, self.toks[self.at - 1].end)

    def label(self, part: Slice | None) -> str | None:
        """The text of a script that could be part of a name: `reg`, `max`, `0`, `(1)`, `*`."""
        if part is None:
            return None
        first, last = part
        if last - first >= 3 and self.toks[first].text == "(" and self.toks[last - 1].text == ")":
            first, last = first + 1, last - 1
        words = []
        for token in self.toks[first:last]:
            if token.kind == "op" and token.text in _LABELS and last - first == 1:
                words.append(_LABELS[token.text])
            elif token.kind in ("name", "label", "num", "cmd") or token.kind == "word":
                words.append(token.text)
            elif token.text == ",":
                words.append("_")
            else:
                return None
        return "".join(words) or None

    def known(self, name: str) -> bool:
        return name not in self.bound and self.vocabulary.knows(name)

    def letter(self) -> Node:
        """A name with everything written around it."""
        token = self.next()
        name = token.text
        if name == "Δ" and not self.known("Δ") and self.peek().kind in ("name", "label"):
            after = self.peek()
            joined = name + after.text
            if self.known(joined) or self.labelled(joined):
                self.at += 1
                name, token = joined, Token("name", joined, token.start, after.end)
        if self.peek().kind != "op" or self.peek().text not in ("'", "_", "^"):
            return self.bare(name, token)
        begin = self.at
        scripts = self.scripts()
        found = self.joined(name, token, scripts)
        if found is not None:
            return found
        if (
            not self.known(name)
            and name not in self.bound
            and (name in WORDS or name in BRACKETED or name in SPECIAL)
        ):
            self.at = begin
            return self.special(name, token)
        return self.scripted(name, token, scripts)

    def labelled(self, name: str) -> bool:
        """Is the name, with the subscript that follows, declared?"""
        return self.peek(1).text == "_" and any(k.startswith(f"{name}_") for k in self.vocabulary.types)

    def bare(self, name: str, token: Token) -> Node:
        """A name without scripts."""
        if name in self.bound:
            return Node("name", name, (), token.start, token.end)
        kind = self.vocabulary.kinds.get(name)
        if kind == "function" or kind is None and not self.vocabulary.knows(name):
            return self.special(name, token)
        return Node("name", name, (), token.start, token.end)

    @abstractmethod
    def special(self, name: str, token: Token) -> Node:
        """A function, a constant or a letter with a meaning of its own."""

    # --- names with labels ---------------------------------------------------------------------

    def joined(self, name: str, token: Token, scripts: Scripts) -> Node | None:
        """The declared name that the letter makes with its scripts, and what is left of them."""
        prime = name + "_prime" * scripts.primes
        if scripts.primes and self.known(prime):
            name, primes = prime, 0
        else:
            primes = scripts.primes
        sub, sup = self.label(scripts.sub), self.label(scripts.sup)
        rest = Scripts(primes, scripts.sub, scripts.sup, scripts.end)
        found = None
        if sub and sup:
            found = next((n for n in (f"{name}_{sub}_{sup}", f"{name}_{sup}_{sub}") if self.known(n)), None)
            if found:
                rest.sub = rest.sup = None
        if not found and sub:
            choices = [f"{name}_{sub}", name + sub] if sub.isdigit() else [f"{name}_{sub}"]
            found = next((n for n in choices if self.known(n)), None)
            if found:
                rest.sub = None
        if not found and sup and not self.transposes(scripts.sup) and self.known(f"{name}_{sup}"):
            found, rest.sup = f"{name}_{sup}", None
        if not found and sub and f"{name}_{sub}" in WORDS and not self.known(name):
            return self.applied(WORDS[f"{name}_{sub}"], token, primes, rest.sup)
        if not found and primes < scripts.primes:
            found = name
        if not found:
            return None
        return self.scripted(found, token, rest)

    def transposes(self, part: Slice | None) -> bool:
        """Is the superscript a T or ⊤?"""
        if part is None or part[1] - part[0] != 1:
            return False
        token = self.toks[part[0]]
        return token.text in ("⊤", "T")

    # --- scripts by type -------------------------------------------------------------------------

    def scripted(self, name: str, token: Token, scripts: Scripts) -> Node:
        """The name with its indices, primes and power."""
        type: Type | None = INTEGER if name in self.bound else self.vocabulary.type(name)
        kind = "value" if name in self.bound else self.vocabulary.kinds.get(name)
        node = Node("name", name, (), token.start, token.end)
        if kind == "function" or isinstance(type, Function):
            if scripts.sub is not None:
                raise self.problem("name", f"`{name}` with this subscript is not declared", token)
            return self.applied(name, token, scripts.primes, scripts.sup)
        if type is None:
            written = self.source.text[token.start : scripts.end]
            label = self.label(scripts.sub)
            hint = f"declare `{name}` or `{name}_{label}`" if label else ""
            problem = self.undeclared(name, token)
            problem.hint = problem.hint or (hint if len(written) < 60 else "")
            raise problem
        indices: list[Node] = []
        count = rank(type)
        sup = scripts.sup
        if scripts.sub is not None:
            if not count:
                raise self.problem(
                    "name",
                    f"`{name}` has no index, and `{name}_{self.label(scripts.sub) or '…'}` is not declared",
                    token,
                )
            indices = self.indices(scripts.sub, count, isinstance(type, Sequence))
        if sup is not None and isinstance(type, Sequence) and self.counts(type, indices, sup):
            part = self.unwrapped(sup)
            indices = [self.inside(part), *indices]
            sup = None
        elif sup is not None and count and not indices and self.parenthesised(sup):
            indices, sup = [self.inside(self.unwrapped(sup))], None
        if len(indices) == count > 1 and self.transposes(sup):
            assert sup is not None
            hint = f"write ({name}^\\top)_{{ij}} or ({name}_{{ij}})^T"
            raise self.problem(
                "ambiguous", "an entry of the transpose, or a power?", self.toks[sup[0]], hint=hint
            )
        if indices:
            node = Node("index", None, (node, *indices), token.start, scripts.end)
            if kind == "family" and self.sees("("):
                args, end = self.call_arguments()
                return Node("apply", None, (node, *args), token.start, end)
        if scripts.primes:
            if count - len(indices) <= 0:
                raise self.problem(
                    "name", f"`{name}` with a prime is not declared", token, hint=f"{name}_prime"
                )
            node = self.primed(node, scripts.primes, token, scripts.end)
        return self.raised(node, sup, scripts.end, _item(type, len(indices)))

    def primed(self, node: Node, primes: int, token: Token, end: int) -> Node:
        """A prime behind an array is a transpose only where the notation says so."""
        if not self.vocabulary.notation.transpose:
            name = self.written(token) if node.kind == "name" else "this"
            hint = f"write ^\\top, or declare {node.value}_prime" if node.kind == "name" else "write ^\\top"
            raise self.problem(
                "ambiguous", f"`{name}` with a prime: a transpose, or another name?", token, hint=hint
            )
        return Node("prime", primes, (node,), node.start, end)

    def counts(self, type: Sequence, indices: list[Node], sup: Slice) -> bool:
        """Is the superscript of a member of a sequence its place, and no power or transpose?"""
        if self.parenthesised(sup):
            return True
        if self.transposes(sup) and self.toks[sup[0]].text == "⊤":
            return False
        if not indices:
            if sup[1] - sup[0] == 1 and self.toks[sup[0]].kind == "num":
                hint = "write the place as a subscript"
                raise self.problem(
                    "ambiguous", "a power, or the place in a sequence?", self.toks[sup[0]], hint=hint
                )
            return True
        left = _item(type, len(indices))
        return isinstance(left, Array) and len(left.axes) == 1 and not self.transposes(sup)

    def parenthesised(self, part: Slice) -> bool:
        first, last = part
        return (
            last - first >= 3
            and self.toks[first].text == "("
            and self.toks[last - 1].text == ")"
            and self.partner(first) == last - 1
        )

    def unwrapped(self, part: Slice) -> Slice:
        return (part[0] + 1, part[1] - 1) if self.parenthesised(part) else part

    def indices(self, part: Slice, count: int, sequence: bool = False) -> list[Node]:
        """The indices of a subscript: separated by commas, or single letters side by side."""
        first, last = part
        pieces: list[Slice] = []
        begin, depth = first, 0
        for k in range(first, last):
            text = self.toks[k].text
            depth += (text in PARTNER) - (text in CLOSING)
            if text == "," and not depth:
                pieces.append((begin, k))
                begin = k + 1
        pieces.append((begin, last))
        if len(pieces) == 1 and count >= 2:
            single = self.side_by_side(part)
            if len(single) > 1:
                if sequence and single[0].kind == "number":
                    hint = "separate indices with a comma, or write 2 \\cdot t"
                    raise self.problem("ambiguous", "two indices, or a product?", self.toks[first], hint=hint)
                return single
        return [self.inside(piece) for piece in pieces]

    def side_by_side(self, part: Slice) -> list[Node]:
        """i and j of `ij`, 1 and j of `1j`, 1 and 2 of `12`; nothing where an operator stands between."""
        found: list[Node] = []
        for token in self.toks[part[0] : part[1]]:
            if token.kind == "name" or token.kind == "label" and len(token.text) == 1:
                found.append(Node("name", token.text, (), token.start, token.end))
            elif token.kind == "num" and token.text.isdigit() and "0" not in token.text:
                for k, digit in enumerate(token.text):
                    at = token.start + k
                    found.append(Node("number", Fraction(digit), (), at, at + 1))
            else:
                return []
        return found

    def raised(self, node: Node, sup: Slice | None, end: int, type: Type | None = None) -> Node:
        """The node with its superscript: a transpose, an inverse or a power."""
        if sup is None:
            return node
        first, last = sup
        token = self.toks[first]
        if last - first == 1 and token.kind == "op":
            if token.text == "⊤":
                kind = "turned" if node.kind == "group" else "prime"
                return Node(kind, 1, (node,), node.start, end)
            if token.text in _LABELS:
                name = node.value if node.kind == "name" else "this"
                message = f"`{name}` with the superscript `{self.written(token)}` is not declared"
                raise self.problem("name", message, token)
        if last - first == 2 and token.text == "-" and self.toks[first + 1].text in ("⊤", "T"):
            one = Node("number", Fraction(1), (), token.start, token.end)
            inverse = Node(
                "power", None, (node, Node("neg", None, (one,), token.start, token.end)), node.start, end
            )
            return Node("prime", 1, (inverse,), node.start, end)
        if last - first == 1 and token.text == "T" and "T" not in self.bound:
            if not isinstance(type, Scalar):
                if not self.vocabulary.knows("T"):
                    return Node("prime", 1, (node,), node.start, end)
                exponent = Node("name", "T", (), token.start, token.end)
                return Node("raised", self.vocabulary.notation.transpose, (node, exponent), node.start, end)
        exponent = self.inside(sup)
        return Node("power", None, (node, exponent), node.start, end)


def _item(type: Type, count: int) -> Type | None:
    """What is left of a type behind some indices."""
    while count and isinstance(type, Sequence):
        type, count = type.item, count - 1
    if count and isinstance(type, Array):
        axes = type.axes[count:]
        return Array(axes, type.domain) if axes else Scalar(type.domain)
    return type if not count else None
