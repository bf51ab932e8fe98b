"""A cursor on the tokens of a formula, with the errors that any grammar needs."""

from __future__ import annotations

from symproof.reading.latex.tokens import Token
from symproof.reading.latex.vocabulary import Vocabulary
from symproof.reading.problems import Problem, Source, suggest
from symproof.reading.tree import Node

PARTNER = {"(": ")", "[": "]", "{": "}", "{{": "}}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉"}
CLOSING = frozenset(PARTNER.values())


class Cursor:
    """Goes through the tokens from `at` to `last`."""

    def __init__(self, source: Source, toks: list[Token], vocabulary: Vocabulary, at: int, last: int) -> None:
        self.source = source
        self.toks = toks
        self.vocabulary = vocabulary
        self.at = at
        self.last = last
        self.bound: frozenset[str] = frozenset()
        here = toks[last].start if last < len(toks) else 0
        if last > at:
            here = toks[last - 1].end
        self.stop = Token("end", "", here, here)

    def peek(self, k: int = 0) -> Token:
        at = self.at + k
        return self.toks[at] if at < self.last else self.stop

    def next(self) -> Token:
        token = self.peek()
        if self.at < self.last:
            self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        token = self.peek()
        return token.kind == "op" and token.text in texts

    def take(self, text: str) -> bool:
        token = self.peek()
        if token.kind == "op" and token.text == text:
            self.at += 1
            return True
        return False

    def quads(self) -> None:
        """Go past wide spaces."""
        while self.peek().kind == "quad":
            self.at += 1

    def group(self) -> tuple[int, int]:
        """The tokens inside the braces that begin here; the cursor goes behind them."""
        if not self.take("{"):
            raise self.unexpected("an argument in braces")
        stop = self.partner(self.at - 1)
        inside = self.at, stop
        self.at = stop + 1
        return inside

    def partner(self, at: int) -> int:
        """The index of the bracket that closes the one at `at`."""
        opener = self.toks[at]
        opened: list[str] = []
        for k in range(at, self.last):
            token = self.toks[k]
            if token.kind == "op":
                if token.text in PARTNER:
                    opened.append(PARTNER[token.text])
                elif token.text in CLOSING:
                    wanted = opened.pop()
                    if token.text != wanted and not (opened and {token.text, wanted} == {")", "]"}):
                        if not opened and token.text in (")", "]") and opener.text in ("(", "["):
                            self.half_open(at, k)
                            return k
                        break
                    if not opened:
                        return k
        raise self.problem("bracket", f"`{self.written(opener)}` is never closed", opener)

    def half_open(self, at: int, k: int) -> None:
        """A bracket closed by another one encloses an interval, which has one comma and follows ∈."""
        if at == 0 or self.toks[at - 1].text != "in":
            raise self.problem("bracket", f"`{self.written(self.toks[at])}` is never closed", self.toks[at])

    # --- errors ---------------------------------------------------------------------------

    def problem(
        self, code: str, message: str, token: Token | Node, *, expected: str = "", hint: str = ""
    ) -> Problem:
        return self.source.problem(code, message, token.start, token.end, expected=expected, hint=hint)

    def written(self, token: Token) -> str:
        return self.source.text[token.start : token.end] or token.text

    def unexpected(self, expected: str, hint: str = "") -> Problem:
        token = self.peek()
        if token.kind == "end":
            return self.problem("syntax", "the formula ends too early", token, expected=expected, hint=hint)
        if token.kind == "text":
            hint = hint or "words inside a formula are read where they join statements: and, if, for all"
        message = f"`{self.written(token)}` does not fit here"
        return self.problem("syntax", message, token, expected=expected, hint=hint)

    def undeclared(self, name: str, token: Token | Node) -> Problem:
        hint = suggest(name, list(self.vocabulary.types))
        return self.problem("name", f"`{name}` is not declared", token, hint=hint)
