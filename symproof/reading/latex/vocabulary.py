"""What names and notations stand for: the declared names, words that are functions, and given notations.

A notation is a piece of LaTeX, perhaps with places `#1`, `#2` for what varies, and the text in the
claim language that it stands for: `\\frac{\\partial h_{#1}}{\\partial h_{#2}}` for `J(#1, #2)`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from symproof.kernel.statement import Law, Symbol
from symproof.reading.latex.prepare import prepare
from symproof.reading.latex.tokens import Token, tokens
from symproof.reading.names import canonical
from symproof.reading.parser import parse
from symproof.reading.problems import Problem, Source
from symproof.reading.tree import Node
from symproof.terms.types import Array, Function, Graph, Type
from symproof.terms.types import Sequence as SequenceType

# Words that are functions where nothing of the name is declared: the word and what it is in the language.
WORDS = {
    word: word
    for word in "exp log sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sigmoid softplus "
    "relu erf abs sign floor ceil softmax diag det rank hadamard trace degree adjacency laplacian opnorm "
    "fronorm lambda_max lambda_min conj re im components dot independent psd integrable differentiable "
    "softmax_columns argmax argmin gamma norm factorial binomial".split()
} | {
    "tr": "trace", "Tr": "trace", "ReLU": "relu", "sgn": "sign", "softmax_row": "softmax", "deg": "degree",
    "softmax_col": "softmax_columns", "softmax_column": "softmax_columns", "softmax_rows": "softmax",
    "softmax_cols": "softmax_columns", "sig": "sigmoid", "Diag": "diag", "λ_max": "lambda_max", "Im": "im",
    "λ_min": "lambda_min", "Softmax": "softmax", "Softmax_row": "softmax", "gamma": "Γ", "Re": "re",
    "arg_max": "argmax", "arg_min": "argmin",
    "Softmax_col": "softmax_columns",
}  # fmt: skip
BRACKETED = {
    "\U0001d53c": "expect", "E": "expect", "Var": "variance", "var": "variance", "Cov": "covariance",
    "cov": "covariance", "P": "probability", "\u2119": "probability", "Pr": "probability",
}  # fmt: skip
_PLACE = "ŋ"  # stands for `#` in the text of a notation


@dataclass(frozen=True, slots=True)
class Notation:
    """How a document writes what is declared.

    `aliases` maps LaTeX to text of the claim language; `norm` is what bars around a matrix mean
    (`opnorm` or `fronorm`); `orders` is what tends to what where o(…) does not say it, `x -> 0`;
    `transpose` says that `^T` transposes matrices although T is declared.
    """

    aliases: tuple[tuple[str, str], ...] = ()
    norm: str = ""
    orders: str = ""
    transpose: bool = False


@dataclass(frozen=True, slots=True)
class Alias:
    """A notation: the tokens to find, and the tree to put there."""

    pattern: tuple[str, ...]
    tree: Node


class Vocabulary:
    """The names of a scope as LaTeX may write them."""

    def __init__(
        self,
        types: Mapping[str, Type],
        kinds: Mapping[str, str],
        notation: Notation | None = None,
        symbols: Mapping[str, Symbol] | None = None,
    ) -> None:
        self.types = types
        self.kinds = kinds
        self.notation = notation or Notation()
        drawn = {name: s for name, s in (symbols or {}).items() if "random" in s.attributes}
        self.random = frozenset(drawn)
        self.standard = frozenset(name for name, s in drawn.items() if _standard(s.law))
        self._runs: dict[str, tuple[str, ...]] = {}
        self._size = 0
        self.aliases: dict[str, list[Alias]] = {}
        for written, meaning in self.notation.aliases:
            self._add(written, meaning)

    def type(self, name: str) -> Type | None:
        """The type of a declared or defined name."""
        return self.types.get(name)

    def knows(self, name: str) -> bool:
        return name in self.types or name in self.kinds

    def segments(self, run: str) -> tuple[str, ...]:
        """A run of letters: one declared name or function, or a product of letters."""
        if self._size != len(self.types) + len(self.kinds):
            self._size = len(self.types) + len(self.kinds)
            self._runs.clear()
        found = self._runs.get(run)
        if found is None:
            found = self._runs[run] = self._split(run)
        return found

    def _split(self, run: str) -> tuple[str, ...]:
        name = canonical(run)
        if self.knows(name) or run in WORDS or run in BRACKETED:
            return (run,)
        if any(known.startswith(f"{name}_") for known in self.types):
            return (run,)
        for k in range(1, len(run) - 2):
            if run[k:] in WORDS and not all(self.knows(c) for c in run[k:]):
                return (*run[:k], run[k:])
        return tuple(run)

    # --- notations -------------------------------------------------------------------------

    def _add(self, written: str, meaning: str) -> None:
        source = Source(written, "notation")
        places = re.sub(r"#([1-9])", rf"\\operatorname{{{_PLACE}\1}}", written)
        found = prepare(tokens(Source(places, "notation")), self)
        pattern = tuple(token.text for token in found[:-1])
        if not pattern or pattern[0].startswith(_PLACE):
            raise source.problem(
                "latex", "a notation begins with something that does not vary", 0, len(written)
            )
        text = re.sub(r"#([1-9])", rf" {_PLACE}\1 ", meaning)
        try:
            tree = parse(Source(text, "notation"), self.kinds)
        except Problem as problem:
            problem.hint = problem.hint or f"a notation stands for text of the claim language: {meaning}"
            raise
        group = self.aliases.setdefault(pattern[0], [])
        group.append(Alias(pattern, tree))
        group.sort(key=lambda alias: -len(alias.pattern))


def _standard(law: Law | None) -> bool:
    """Is it the normal law with mean 0 and covariance I?"""
    if law is None or law.name != "normal":
        return False
    mean, covariance = law.args
    return (mean.op == "zeros" or mean.data == 0) and (covariance.op == "eye" or covariance.data == 1)


Captured = dict[str, tuple[int, int]]
_OPEN = {"(": ")", "[": "]", "{": "}", "{{": "}}", "⟨": "⟩"}
_CLOSE = frozenset(_OPEN.values())
_NEVER = frozenset(("\\\\", "&", "=", "<=", ">=", "implies", "iff"))


def match(alias: Alias, toks: list[Token], at: int, last: int) -> tuple[int, Captured] | None:
    """Where the notation ends that begins at token `at`, and the tokens in its places."""
    captured: Captured = {}
    k = 0
    pattern = alias.pattern
    while k < len(pattern):
        part = pattern[k]
        if part.startswith(_PLACE):
            following = pattern[k + 1] if k + 1 < len(pattern) else None
            stop = _balanced(toks, at, last, following)
            if stop is None or stop == at:
                return None
            before = captured.get(part)
            if before is not None and [t.text for t in toks[before[0] : before[1]]] != [
                t.text for t in toks[at:stop]
            ]:
                return None
            captured[part] = (at, stop)
            at = stop
        elif at < last and toks[at].text == part:
            at += 1
        else:
            return None
        k += 1
    return at, captured


def _balanced(toks: list[Token], at: int, last: int, following: str | None) -> int | None:
    """The end of the shortest balanced run of tokens before one that is `following`."""
    depth = 0
    start = at
    while at < last:
        text = toks[at].text
        if depth == 0 and at > start and (following is None or text == following):
            return at
        if text in _OPEN:
            depth += 1
        elif text in _CLOSE:
            depth -= 1
            if depth < 0:
                return None
        elif depth == 0 and text in _NEVER:
            return None
        at += 1
    return at if depth == 0 and following is None and at > start else None


def put(tree: Node, places: Mapping[str, Node], start: int, end: int) -> Node:
    """The tree of a notation with what is written in its places, all of it at one place of the text."""
    if tree.kind == "name" and tree.value in places:
        inner = places[tree.value]
        return Node("group", None, (inner,), inner.start, inner.end)
    items = tuple(put(item, places, start, end) for item in tree.items)
    return Node(tree.kind, tree.value, items, start, end)


def rank(type: Type | None) -> int:
    """How many indices a thing of the type takes."""
    count = 0
    while isinstance(type, SequenceType):
        count += 1
        type = type.item
    return count + (len(type.axes) if isinstance(type, Array) else 0)


def is_function(type: Type | None) -> bool:
    return isinstance(type, Function)


def is_graph(type: Type | None) -> bool:
    return isinstance(type, Graph)
