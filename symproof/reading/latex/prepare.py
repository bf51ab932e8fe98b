"""The tokens of a formula in the form that the parser reads.

Runs of letters become names; every script and every argument of a command stands in braces, other
braces around one name are gone; bars lose their side where the sides do not match.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symproof.reading.latex.tokens import Token
from symproof.reading.names import canonical

if TYPE_CHECKING:
    from symproof.reading.latex.vocabulary import Vocabulary

_ARGUMENTS = {"frac": 2, "binom": 2, "sqrt": 1, "overline": 1, "substack": 1, "boxed": 1}
_NAMES = ("name", "label", "letters")


def prepare(found: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """The tokens, ready for the parser; may raise RecursionError for deep nesting."""
    return _Preparer(found, vocabulary).run()


class _Preparer:
    def __init__(self, found: list[Token], vocabulary: Vocabulary) -> None:
        self.found = found
        self.vocabulary = vocabulary
        self.result: list[Token] = []
        self.loose = _unbalanced_bars(found)

    def run(self) -> list[Token]:
        k, last = 0, len(self.found) - 1
        while k < last:
            k = self.item(k)
        self.result.append(self.found[last])
        return self.result

    def item(self, k: int) -> int:
        """Take over what begins at token k; the index behind it."""
        token = self.found[k]
        kind, text, start, end = token
        add = self.result.append
        if kind == "letters":
            at = start
            for name in self.vocabulary.segments(text):
                kind = "name" if len(name) == 1 else "label"
                add(Token(kind, canonical(name), at, at + len(name)))
                at += len(name)
        elif kind == "label" or kind == "name" and not text.isascii():
            add(Token(kind, canonical(text), start, end))
        elif kind == "op":
            if text == "^" or text == "_":
                add(token)
                return self.argument(k + 1)
            if text == "{":
                return self.group(k)
            if self.loose and text[-1] in "|‖" and len(text) > 1:
                text = text[-1]
                token = Token("op", text, start, end)
            add(token)
        elif kind == "cmd":
            add(token)
            k += 1
            if text == "sqrt" and self.found[k].text == "[":
                while self.found[k].text != "]" and self.found[k].kind != "end":
                    k = self.item(k)
                if self.found[k].kind != "end":
                    k = self.item(k)
            for _ in range(_ARGUMENTS.get(text, 0)):
                k = self.argument(k)
            return k
        else:
            add(token)
        return k + 1

    def group(self, k: int) -> int:
        """Braces: none around one name, as in {\\bf v}_t."""
        found = self.found
        if found[k + 1].kind in _NAMES and k + 2 < len(found) and found[k + 2].text == "}":
            if found[k + 1].kind != "letters" or len(self.vocabulary.segments(found[k + 1].text)) == 1:
                self.item(k + 1)
                return k + 3
        return self.braced(k)

    def braced(self, k: int) -> int:
        self.result.append(self.found[k])
        k += 1
        while self.found[k].text != "}" or self.found[k].kind != "op":
            if self.found[k].kind == "end":
                return k
            k = self.item(k)
        self.result.append(self.found[k])
        return k + 1

    def argument(self, k: int) -> int:
        """What a script or command takes: a group, or one letter, digit or sign."""
        token = self.found[k]
        if token.kind == "end" or token.text in ("&", "\\\\", "}"):
            return k
        if token.text == "{" and token.kind == "op":
            return self.braced(k)
        add = self.result.append
        add(Token("op", "{", token.start, token.start))
        if token.kind in ("num", "letters") and token.end - token.start == len(token.text) > 1:
            middle = token.start + 1
            kind = "num" if token.kind == "num" else "name"
            add(Token(kind, token.text[0], token.start, middle))
            rest = token.text[1:]
            kind = "name" if kind == "name" and len(rest) == 1 else token.kind
            self.found[k] = Token(kind, rest, middle, token.end)
            add(Token("op", "}", middle, middle))
            return k
        k = self.item(k)
        end = self.result[-1].end
        add(Token("op", "}", end, end))
        return k


def _unbalanced_bars(found: list[Token]) -> bool:
    """Do the sides that `\\left|` and `\\right|` give contradict each other?"""
    depth = 0
    for token in found:
        if token.kind == "op" and len(token.text) > 1 and token.text[-1] in "|‖.":
            depth += 1 if token.text[0] == "l" else -1
            if depth < 0:
                return True
    return depth != 0
