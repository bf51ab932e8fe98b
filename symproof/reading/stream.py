"""A stream of tokens with the errors that any grammar needs."""

from __future__ import annotations

from symproof.reading.lexer import Token, tokens
from symproof.reading.problems import Problem, Source

_INSTEAD = {
    ",": "statements are joined with `and`",
    "if": "write `condition implies statement`",
    "{": "an index is written x[t]; a name can be x_t",
    "}": "an index is written x[t]; a name can be x_t",
    ":": "an equation is written with =",
    "~": "a law stands in a declaration: x: random real ~ normal(0, 1)",
}


class Stream:
    """The tokens of one text, gone through from left to right."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.tokens = tokens(source)
        self.at = 0

    def peek(self, k: int = 0) -> Token:
        at = self.at + k
        return self.tokens[at] if at < len(self.tokens) else self.tokens[-1]

    def next(self) -> Token:
        token = self.tokens[self.at]
        if token.kind != "end":
            self.at += 1
        return token

    def sees(self, *texts: str) -> bool:
        token = self.tokens[self.at]
        return token.text in texts and token.kind != "end"

    def take(self, text: str) -> bool:
        """Go past the token if it is the one."""
        token = self.tokens[self.at]
        if token.text == text and token.kind != "end":
            self.at += 1
            return True
        return False

    def problem(
        self, code: str, message: str, token: Token, *, expected: str = "", hint: str = ""
    ) -> Problem:
        return self.source.problem(code, message, token.start, token.end, expected=expected, hint=hint)

    def unexpected(self, expected: str, hint: str = "") -> Problem:
        token = self.peek()
        if token.kind == "end":
            return self.problem("syntax", "the text ends too early", token, expected=expected, hint=hint)
        if token.text in (")", "]", "}"):
            return self.problem(
                "bracket", f"`{token.text}` closes nothing", token, expected=expected, hint=hint
            )
        message, hint = f"`{self.written(token)}` does not fit here", hint or _INSTEAD.get(token.text, "")
        if token.kind == "num" and not hint:
            hint = "a product with a number behind is written x * 2"
        return self.problem("syntax", message, token, expected=expected, hint=hint)

    def written(self, token: Token) -> str:
        return self.source.text[token.start : token.end]

    def close(self, opener: Token, text: str) -> int:
        """Go past the partner of an opening bracket; the offset behind it."""
        token = self.peek()
        if token.text == text and token.kind == "op":
            self.at += 1
            return token.end
        if token.kind == "end" or token.text in (")", "]", "}"):
            raise self.problem("bracket", f"`{opener.text}` is never closed", opener, expected=f"a `{text}`")
        raise self.unexpected(f"an operator or `{text}`")

    def finish(self) -> None:
        """Nothing may follow."""
        if self.peek().kind != "end":
            raise self.unexpected("an operator or the end")
