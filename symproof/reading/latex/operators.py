"""Functions with their arguments, averages, sized arrays and indicators."""

from __future__ import annotations

from abc import abstractmethod

from symproof.reading.latex.names import Names, Slice
from symproof.reading.latex.tokens import Token
from symproof.reading.latex.vocabulary import BRACKETED, WORDS, is_graph
from symproof.reading.names import CONSTANTS
from symproof.reading.phrases import FOR, POWER
from symproof.reading.tree import Node, written_names

_STANDARD_NORMAL = (("𝒩", "N"), ("(",), ("0", "zeros"), (",",), ("I",), (")",))


class Operators(Names):
    """The part of the parser that reads functions and big operators."""

    @abstractmethod
    def expression(self, least: int = FOR) -> Node: ...

    @abstractmethod
    def statement_inside(self, part: Slice) -> Node: ...

    @abstractmethod
    def begins(self, token: Token) -> bool:
        """Can an operand begin with the token?"""

    @abstractmethod
    def domain(self) -> Node: ...

    # --- functions -------------------------------------------------------------------------

    def special(self, name: str, token: Token) -> Node:
        kind = None if name in self.bound else self.vocabulary.kinds.get(name)
        after = self.peek()
        if kind == "function":
            if self.sees("'", "^", "_"):
                scripts = self.scripts()
                if scripts.sub is not None:
                    raise self.problem("name", f"`{name}` with this subscript is not declared", token)
                return self.applied(name, token, scripts.primes, scripts.sup)
            return self.applied(name, token, 0, None)
        if name in ("V", "E") and after.text == "(" and is_graph(self.vocabulary.type(self.peek(1).text)):
            args, end = self.arguments()
            return Node("call", name, args, token.start, end)
        if name in BRACKETED:
            return self.averaged(name, token)
        if name in WORDS:
            return self.worded(name, token)
        if name in ("I", "ones", "zeros"):
            return self.sized(name, token)
        if name == "𝟙":
            return self.indicator(token)
        if name in CONSTANTS or name == "i":
            return Node("name", name, (), token.start, token.end)
        if name == "Γ" and after.text == "(":
            args, end = self.arguments()
            return Node("call", "Γ", args, token.start, end)
        if name in ("o", "O", "Θ") and after.text == "(":
            args, end = self.arguments()
            return Node("landau", name, args, token.start, end)
        if name in ("true", "false"):
            return Node("name", name, (), token.start, token.end)
        token = self.whole_run(token)
        raise self.undeclared(token.text, token)

    def whole_run(self, token: Token) -> Token:
        """The run of letters around a letter that means nothing."""
        text, start, end = self.source.text, token.start, token.end
        if not token.text.isascii() or end - start != len(token.text):
            return token
        while start > 0 and text[start - 1].isascii() and text[start - 1].isalpha():
            start -= 1
        if start > 0 and text[start - 1] == "\\":
            return token
        while end < len(text) and text[end].isascii() and text[end].isalpha():
            end += 1
        known = any(self.known(c) for c in text[start:end])
        return (
            token._replace(text=text[start:end], start=start, end=end)
            if end > start + 2 and not known
            else token
        )

    def worded(self, name: str, token: Token) -> Node:
        """A function known by its word: `\\exp`, `softmax`, `\\log_2`."""
        function = WORDS[name]
        letters = self.source.text[token.start : token.end]
        if (
            letters.isalpha()
            and not self.sees("(", "{{", "[")
            and all(self.vocabulary.knows(c) for c in letters)
        ):
            raise self.problem("ambiguous", f"the function `{letters}`, or a product of letters?", token)
        if function in ("argmax", "argmin"):
            self.at -= 1
            return self.big(token)
        base = None
        primes, power = 0, None
        if self.sees("'", "^", "_"):
            scripts = self.scripts()
            primes, power = scripts.primes, scripts.sup
            if scripts.sub is not None:
                if function != "log":
                    raise self.problem("name", f"`{name}` with this subscript is not declared", token)
                base = self.inside(scripts.sub)
        found = self.applied(function, token, primes, power)
        if base is None:
            return found
        below = Node("call", "log", (base,), base.start, base.end)
        return Node("product", ("*", "/"), (found, below), found.start, found.end)

    def applied(self, name: str, token: Token, primes: int, power: Slice | None) -> Node:
        order = primes
        if power is not None and self.parenthesised(power):
            inner = self.toks[power[0] + 1]
            if power[1] - power[0] != 3 or not inner.text.isdigit():
                raise self.problem("latex", "a derivative of this order is not read", inner)
            order, power = order + int(inner.text), None
        if power is not None and self.toks[power[0]].text == "-":
            raise self.problem(
                "ambiguous", f"an inverse function or 1/{name}(…)?", self.toks[power[0]], hint="write 1/f(x)"
            )
        if power is not None and self.vocabulary.kinds.get(name) == "function" and not self.transposes(power):
            message = f"the square of {name}(…), or {name} applied again and again?"
            raise self.problem(
                "ambiguous", message, self.toks[power[0]], hint="put the exponent behind the argument"
            )
        if self.sees("(") or self.sees("{{") or self.sees("[") and not order:
            args, end = self.arguments()
        elif (
            power is None
            and not order
            and self.vocabulary.kinds.get(name) == "function"
            and not self.begins(self.peek())
        ):
            return Node("name", name, (), token.start, token.end)
        else:
            argument = self.argument_alone(token)
            args, end = (argument,), argument.end
        kind, value = ("derived", (name, order)) if order else ("call", name)
        found = Node(kind, value, args, token.start, end)
        return self.raised(found, power, end)

    def argument_alone(self, token: Token) -> Node:
        """The argument of a function without parentheses: `\\log n`, `\\sin 2x`, `σ h_t`."""
        if not self.begins(self.peek()):
            raise self.unexpected(f"the argument of `{self.written(token)}`")
        items = [self.expression(POWER)]
        while items[-1].kind == "number" and self.begins(self.peek()):
            items.append(self.expression(POWER))
        after = self.peek()
        if self.sees("/"):
            hint = "put the argument in parentheses, or write a fraction"
            raise self.problem("ambiguous", "the argument, or the value of the function?", after, hint=hint)
        if after.kind in ("name", "num") and self.begins(after) and not self.is_function_name(after):
            hint = "put the argument in parentheses"
            raise self.problem(
                "ambiguous", "does this belong to the argument of the function?", after, hint=hint
            )
        if len(items) == 1:
            return items[0]
        return Node("product", ("*", *[" "] * (len(items) - 1)), tuple(items), items[0].start, items[-1].end)

    def is_function_name(self, token: Token) -> bool:
        name = token.text
        if name in self.bound:
            return False
        return (
            self.vocabulary.kinds.get(name) == "function" or not self.vocabulary.knows(name) and name in WORDS
        )

    def arguments(self) -> tuple[tuple[Node, ...], int]:
        """What stands between brackets, separated by commas or semicolons, and the offset behind."""
        at, last = self.at, self.last
        close = self.partner(at)
        if close == at + 1:
            raise self.problem("syntax", "nothing between the brackets", self.toks[at])
        self.at = at + 1
        self.last = close
        args = [self.expression(FOR)]
        while self.sees(",", ";"):
            self.at += 1
            args.append(self.expression(FOR))
        if self.at < close:
            raise self.unexpected("an operator or a comma")
        self.at, self.last = close + 1, last
        return tuple(args), self.toks[close].end

    @abstractmethod
    def big(self, token: Token) -> Node:
        """A big operator with its body."""

    def call_arguments(self) -> tuple[tuple[Node, ...], int]:
        return self.arguments()

    def averaged(self, name: str, token: Token) -> Node:
        """E[…], Var(…), Cov(…, …) and P(…), perhaps with the variable as a subscript."""
        variable = None
        square: Slice | None = None
        if self.sees("_", "^"):
            scripts = self.scripts()
            square = scripts.sup
            if scripts.sub is not None:
                variable = self.random_variable(scripts.sub)
        if not self.sees("[", "(", "{{"):
            raise self.problem("syntax", f"`{self.written(token)}` needs brackets", token, expected="E[…]")
        args, end = self.arguments()
        if variable is not None:
            others = set().union(*(written_names(arg) for arg in args)) & self.vocabulary.random - {variable}
            if others:
                message = (
                    f"an average over `{variable}` alone, while {', '.join(sorted(others))} is random too"
                )
                raise self.problem("latex", message, token)
        return self.raised(Node("bracketed", BRACKETED[name], args, token.start, end), square, end)

    def random_variable(self, part: Slice) -> str:
        """x of E_x or of E_{x ∼ N(0, I)}."""
        first, last = part
        token = self.toks[first]
        name = token.text
        if name in self.vocabulary.random:
            rest = self.toks[first + 1 : last]
            if not rest:
                return name
            if rest[0].text in ("∼", "in") and name in self.vocabulary.standard:
                if len(rest) == 1 + len(_STANDARD_NORMAL) and all(
                    t.text in choices for t, choices in zip(rest[1:], _STANDARD_NORMAL, strict=True)
                ):
                    return name
        raise self.source.problem(
            "latex", "what is averaged over is not declared like this", token.start, self.toks[last - 1].end,
            hint="declare the variable as random with its law",
        )  # fmt: skip

    def sized(self, name: str, token: Token) -> Node:
        """I, 1 and 0 as arrays, perhaps with sizes: I_n, 1_{m × n}."""
        if not self.sees("_"):
            return Node("name", name, (), token.start, token.end)
        self.at += 1
        part = self.group()
        sizes: list[Node] = []
        begin = part[0]
        for k in range(part[0], part[1] + 1):
            if k == part[1] or self.toks[k].text == "*" and k > begin:
                sizes.append(self.inside((begin, k)))
                begin = k + 1
        return Node("call", name, tuple(sizes), token.start, self.toks[self.at - 1].end)

    def indicator(self, token: Token) -> Node:
        """𝟙[a < b], 𝟙{…}, 𝟙_{…}: 1 or 0."""
        if self.take("_"):
            part = self.group()
        elif self.sees("[", "(", "{{", "{"):
            close = self.partner(self.at)
            part, self.at = (self.at + 1, close), close + 1
        else:
            raise self.unexpected("the condition of the indicator")
        inner = self.statement_inside(part)
        return Node("list", None, (inner,), token.start, self.toks[self.at - 1].end)
