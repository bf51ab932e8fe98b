"""Derivatives as fractions, as operators, on one line and at a point; gradients."""

from __future__ import annotations

from abc import abstractmethod

from symproof.reading.latex.big import Big
from symproof.reading.latex.names import Slice
from symproof.reading.latex.tokens import Token
from symproof.reading.phrases import POWER
from symproof.reading.tree import Node


class Calculus(Big):
    """The part of the parser that reads derivatives."""

    @abstractmethod
    def operand(self, least: int) -> Node: ...

    def fraction(self, token: Token) -> Node:
        self.at += 1
        top, below = self.group(), self.group()
        end = self.toks[self.at - 1].end
        sign = self.toks[top[0]] if top[0] < top[1] else self.stop
        if self.differentiates(top, below):
            return self.derivative(token, sign, top, below, end)
        numerator, denominator = self.inside(top), self.inside(below)
        return Node("product", ("*", "/"), (numerator, denominator), token.start, end)

    def differentiates(self, top: Slice, below: Slice) -> bool:
        """Is it ∂f/∂x or df/dx?"""
        if top[0] == top[1] or below[1] - below[0] < 2:
            return False
        first, under = self.toks[top[0]], self.toks[below[0]]
        if first.text == "∂" == under.text:
            return True
        if first.text != "d" or under.text != "d" or first.kind != "name":
            return False
        after = self.toks[below[0] + 1]
        if after.kind not in ("name", "label", "cmd") and after.text not in ("{", "("):
            return False
        if self.vocabulary.knows("d") and self.source.text[first.start] != "\\":
            raise self.problem(
                "ambiguous",
                "a derivative, or the declared `d`?",
                first,
                hint="write \\mathrm{d} or \\partial",
            )
        return True

    def derivative(self, token: Token, sign: Token, top: Slice, below: Slice, end: int) -> Node:
        order, first = self.order_behind(top[0] + 1, top[1])
        variables: list[tuple[Node, int]] = []
        at = below[0]
        while at < below[1]:
            if self.toks[at].text != sign.text:
                raise self.problem("syntax", "this is no derivative", self.toks[at])
            stop = at + 1
            while stop < below[1] and self.toks[stop].text != sign.text:
                stop += 1
            times, inner = 1, stop
            tail = [t.text for t in self.toks[at + 1 : stop]]
            if len(tail) > 4 and tail[-4] == "^" and tail[-1] == "}" and tail[-2].isdigit() and order > 1:
                times, inner = int(tail[-2]), stop - 4
            if inner == at + 1:
                raise self.problem("syntax", "a derivative without its variable", self.toks[at])
            variables.append((self.inside((at + 1, inner)), times))
            at = stop
        if sum(times for _, times in variables) != order:
            raise self.problem("latex", "the orders above and below differ", sign)
        if first < top[1]:
            body = self.inside((first, top[1]))
        else:
            body = self.operated(token)
            end = body.end
        for variable, times in reversed(variables):
            body = Node("differential", (sign.text, times), (body, variable), token.start, end)
        return body

    def order_behind(self, at: int, last: int) -> tuple[int, int]:
        """2 of `d^2 f`, and where the function begins."""
        if at < last and self.toks[at].text == "^":
            if last - at >= 4 and self.toks[at + 2].text.isdigit() and self.toks[at + 3].text == "}":
                return int(self.toks[at + 2].text[:3]), at + 4
            raise self.problem("latex", "a derivative of this order is not read", self.toks[at])
        return 1, at

    def operated(self, token: Token) -> Node:
        """What a derivative written as an operator is taken of."""
        body = self.expression(POWER)
        after = self.peek()
        if self.begins(after) and after.kind != "op":
            hint = "put what is differentiated in parentheses"
            raise self.problem("ambiguous", "is this differentiated too?", after, hint=hint)
        return body

    def nabla(self, token: Token) -> Node:
        """∇_x f(x), ∇ f(x), ∇²_x f."""
        self.at += 1
        scripts = self.scripts()
        order = 1
        if scripts.sup is not None:
            if [t.text for t in self.toks[slice(*scripts.sup)]] != ["2"]:
                raise self.problem("latex", "this power of ∇ is not read", token)
            order = 2
        variable = self.inside(scripts.sub) if scripts.sub is not None else None
        body = self.operated(token)
        items = (body,) if variable is None else (body, variable)
        return Node("gradient", order, items, token.start, body.end)

    def slanted(self, token: Token) -> Node:
        """∂h_t/∂h_{t-1} on one line."""
        slash = next(
            (
                k
                for k in range(self.at + 1, self.last)
                if self.toks[k].text == "/" and self.toks[k].kind == "op"
            ),
            -1,
        )
        if slash < 0 or slash + 1 >= self.last or self.toks[slash + 1].text != "∂":
            raise self.problem(
                "syntax", "this is no derivative", token, expected="\\frac{\\partial f}{\\partial x}"
            )
        body = self.inside((self.at + 1, slash))
        self.at = slash + 2
        variable = self.operand(POWER)
        return Node("differential", ("∂", 1), (body, variable), token.start, variable.end)

    def evaluated(self, token: Token) -> Node:
        """\\left. … \\right|_{x = p}: a derivative at a point."""
        depth, stop = 0, -1
        for k in range(self.at + 1, self.last):
            text = self.toks[k].text
            if text == "left.":
                depth += 1
            elif text == "right|":
                if not depth:
                    stop = k
                    break
        if stop < 0 or stop + 1 >= self.last or self.toks[stop + 1].text != "_":
            raise self.problem("bracket", "`\\left.` without its bar", token)
        begin, self.at = self.at + 1, stop + 2
        first, last = self.group()
        outer = self.bound
        self.bound |= {self.toks[first].text}
        body = self.inside((begin, stop))
        self.bound = outer
        end = self.toks[self.at - 1].end
        if body.kind in ("differential", "gradient") and len(body.items) == 2 and last - first > 2:
            name = body.items[1]
            if (
                name.kind == "name"
                and name.value == self.toks[first].text
                and self.toks[first + 1].text == "="
            ):
                point = self.inside((first + 2, last))
                return Node(body.kind, body.value, (*body.items, point), token.start, end)
        raise self.problem("latex", "only derivatives are taken at a point like this", token)
