"""Tokens to a tree, by precedence climbing.

From loose to tight: `for`, `iff`, `implies`, `or`, `and`, `not`, relations, `..`, sums, products
(`*`, `/` and juxtaposition alike, from the left), powers, and what is written behind
(transposes, indices, arguments).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from symproof.reading.lexer import MAX_DIGITS, Token
from symproof.reading.names import BRACKETED, FORMS, SCALAR
from symproof.reading.phrases import (
    AND,
    FOR,
    IFF,
    IMPLIES,
    NOT,
    OR,
    POSTFIX,
    POWER,
    PRODUCT,
    RANGE,
    RELATION,
    RELATIONS,
    SCALAR_TYPES,
    SUM,
    TYPE_WORDS,
    Phrases,
)  # fmt: skip
from symproof.reading.problems import Source
from symproof.reading.tree import Node, TypeTree, Word

MAX_DEPTH = 160
_LOGIC = {"iff": IFF, "implies": IMPLIES, "or": OR, "and": AND}

# What a declared name is, as far as the grammar depends on it.
Kinds = Mapping[str, str]  # "function", "family" (of functions), "graph" or "value"


class Parser(Phrases):
    """One text; `kinds` says which declared names are functions."""

    def __init__(self, source: Source, kinds: Kinds) -> None:
        super().__init__(source)
        self.depth = 0
        self.open = []
        self.sided = -1  # how many brackets enclose the point of a limit that is being read
        self.kinds = self._with_bound_functions(kinds)
        self.relational = self._relational()

    def _with_bound_functions(self, kinds: Kinds) -> Kinds:
        """Names that the text itself introduces as functions or graphs: `f: function`, `G: graph`."""
        found: dict[str, str] = {}
        toks = self.tokens
        for k, token in enumerate(toks):
            if token.text != ":" or k == 0:
                continue
            kind = self._kind_of_type(k + 1)
            at = k - 1
            while kind and toks[at].kind == "name":
                found[toks[at].text] = kind
                at -= 2
                if at < 0 or toks[at + 1].text != ",":
                    break
        return {**kinds, **found} if found else kinds

    def _kind_of_type(self, k: int) -> str | None:
        """What the type that begins at token k makes of a name."""
        depth, family = 0, False
        for kind, text, _, _ in self.tokens[k : k + 40]:
            if text in ("(", "["):
                depth += 1
            elif text in (")", "]"):
                depth -= 1
                if depth < 0:
                    break
            elif depth == 0:
                if text in ("function", "->"):
                    return "family" if family else "function"
                if text == "graph":
                    return "graph"
                if text == "sequence":
                    family = True
                elif kind != "name":
                    break
        return None

    def _relational(self) -> frozenset[int]:
        """The `[` tokens whose own level holds a relation: [i = j]."""
        found, stack = set(), []
        for k, (kind, text, _, _) in enumerate(self.tokens):
            if kind == "op":
                if text in "([{":
                    stack.append(k)
                elif text in ")]}":
                    if stack:
                        stack.pop()
                elif text in RELATIONS and stack and self.tokens[stack[-1]].text == "[":
                    found.add(stack[-1])
            elif kind == "word" and stack and self.tokens[stack[-1]].text == "[":
                found.add(stack[-1])
        return frozenset(found)

    # --- expressions -------------------------------------------------------------

    def expression(self, least: int = FOR) -> Node:
        """Everything that binds at least as tightly as `least`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.problem("nesting", "nested too deeply", self.peek())
        left = self.operand(least)
        while True:
            grown = self.grow(left, least)
            if grown is None:
                break
            left = grown
        self.depth -= 1
        return left

    def grow(self, left: Node, least: int) -> Node | None:
        """The node with the next operator and its right side; None where it ends."""
        token = self.tokens[self.at]
        kind, text = token.kind, token.text
        if kind == "end":
            return None
        if left.kind == "forall" and (text in _LOGIC or text == "in" or text in RELATIONS):
            hint = "write (… for …) and (…), or `for all …` before everything"
            raise self.problem("ambiguous", "what stands behind `for …` needs parentheses", token, hint=hint)
        if kind == "op":
            if text == "^":
                return self.power(left) if least <= POWER else None
            if text in ("+", "-"):
                if least > SUM or self.is_side():
                    return None
                self.at += 1
                return self.chained("sum", left, text, self.expression(PRODUCT), "+")
            if text in ("*", "/", "⊙"):
                if least > PRODUCT:
                    return None
                self.at += 1
                return self.chained("product", left, text, self.expression(POWER), "*")
            if text == "'":
                self.at += 1
                if left.kind == "prime":
                    return Node("prime", left.value + 1, left.items, left.start, token.end)
                return Node("prime", 1, (left,), left.start, token.end)
            if text == "!":
                self.at += 1
                return Node("call", "factorial", (left,), left.start, token.end)
            apart = left.kind == "list" and left.end < token.start  # [[1, 2]] [3, 4] is a product
            if text == "[" and left.kind != "number" and not apart and self.at not in self.relational:
                args, end = self.arguments("]")
                return Node("index", None, (left, *args), left.start, end)
            if text == "(" and self.applies(left):
                args, end = self.arguments(")")
                return Node("apply", None, (left, *args), left.start, end)
            if text in RELATIONS:
                return self.relation(left) if least <= RELATION else None
            if text == "..":
                if least > RANGE:
                    return None
                self.at += 1
                right = self.expression(SUM)
                return Node("range", None, (left, right), left.start, right.end)
            if text in ("|", "‖") and self.open and self.open[-1] == text:
                return None
            if text in ("(", "[", "|", "‖", "√"):  # a bracket here begins a factor
                return self.juxtaposed(left, token) if least <= PRODUCT else None
            return None
        if kind == "word":
            return self.worded(left, text, least)
        if kind == "name":
            return self.juxtaposed(left, token) if least <= PRODUCT else None
        if kind == "power":
            self.at += 1
            exponent = self.number(token._replace(text=token.text.lstrip("-")))
            if token.text.startswith("-"):
                exponent = Node("neg", None, (exponent,), token.start, token.end)
            return Node("power", None, (left, exponent), left.start, token.end)
        return None

    def chained(self, kind: str, left: Node, op: str, right: Node, first: str) -> Node:
        """`left op right`, one flat node for a run of operators of one level."""
        if left.kind == kind:
            return Node(kind, (*left.value, op), (*left.items, right), left.start, right.end)
        return Node(kind, (first, op), (left, right), left.start, right.end)

    def juxtaposed(self, left: Node, token: Token) -> Node:
        if left.kind == "product" and left.value[-1] == "/" and left.end == token.start:
            raise self.problem(
                "ambiguous",
                "a division followed by a product without a space",
                token,
                hint="write a/(b c) or (a/b) c",
            )
        return self.chained("product", left, " ", self.expression(POWER), "*")

    def power(self, left: Node) -> Node:
        self.at += 1
        token = self.peek()
        if self.take("⊤"):
            return Node("prime", 1, (left,), left.start, token.end)
        exponent = self.expression(POWER)
        return Node("power", None, (left, exponent), left.start, exponent.end)

    def applies(self, left: Node) -> bool:
        """Is what stands before a `(` a function that is not a plain name?"""
        if left.kind == "call":
            return bool(left.value == "fn")
        if left.kind == "index" and left.items[0].kind == "name":
            return self.kinds.get(left.items[0].value) == "family"
        return False

    def worded(self, left: Node, text: str, least: int) -> Node | None:
        """The node with a word behind it: `and`, `in`, `for` …"""
        if text == "for":
            if least > FOR:
                return None
            self.at += 1
            clauses, conditions = self.clauses(behind=True)
            return Node("forall", (clauses, conditions), (left,), left.start, self.tokens[self.at - 1].end)
        if text == "in":
            return self.relation(left) if least <= RELATION else None
        level = _LOGIC.get(text)
        if level is None or least > level:
            return None
        self.at += 1
        if text in ("and", "or"):
            right = self.expression(level + 1)
            items = (*left.items, right) if left.kind == text else (left, right)
            return Node(text, None, items, left.start, right.end)
        right = self.expression(level if text == "implies" else level + 1)
        if left.kind == "iff" == text:
            raise self.source.problem(
                "ambiguous",
                "a chain of `iff`",
                left.start,
                right.end,
                hint="join two statements at a time with `and`",
            )
        return Node(text, None, (left, right), left.start, right.end)

    def relation(self, left: Node) -> Node:
        """A comparison, or a chain of them."""
        token = self.next()
        if token.text == "=" and self.peek().text in ("o", "O", "Θ") and self.peek(1).text == "(":
            if self.peek().text not in self.kinds:
                return self.order(left)
        right = self.domain() if token.text == "in" else self.expression(RANGE)
        if left.kind == "chain":
            return Node("chain", (*left.value, token.text), (*left.items, right), left.start, right.end)
        return Node("chain", (token.text,), (left, right), left.start, right.end)

    def order(self, left: Node) -> Node:
        """f = o(g) as x -> 0, f = O(g) as n -> oo, f = Theta(g) in n, d."""
        name = self.next()
        args, end = self.arguments(")")
        if len(args) != 1:
            raise self.source.problem("arguments", f"{name.text} takes one argument", name.start, end)
        if name.text == "Θ":
            names: tuple[Word, ...] = ()
            if self.take("in"):
                names = self.names()
                end = names[-1].end
            return Node("order", ("Θ", names), (left, args[0]), left.start, end)
        if not self.take("as"):
            raise self.unexpected(f"`as x -> …` after {name.text}(…)")
        arrow = self.arrow(self.typeword())
        return Node("order", (name.text, ()), (left, args[0], arrow), left.start, arrow.end)

    def is_side(self) -> bool:
        """Is the sign here the side of a limit, x -> 0+, and no sum?"""
        after = self.peek(1)
        return self.sided == len(self.open) and (after.text in (")", ",", "") or after.kind == "word")

    def typeword(self) -> str | None:
        """`integer`, `real` or `complex` before a name."""
        token = self.peek()
        if token.text in SCALAR_TYPES and self.peek(1).kind == "name":
            self.at += 1
            return token.text
        return None

    def arrow(self, type: str | None) -> Node:
        """x -> a, with a side: x -> 0+."""
        name = self.name("a variable")
        if not self.take("->"):
            raise self.unexpected("`->`")
        outer, self.sided = self.sided, len(self.open)
        target = self.expression(SUM)
        self.sided = outer
        side, end = 0, target.end
        if self.sees("+", "-"):
            token = self.next()
            side, end = (1 if token.text == "+" else -1), token.end
        return Node("arrow", (type, name, side), (target,), name.start, end)

    # --- operands ------------------------------------------------------------------

    def operand(self, least: int) -> Node:
        """What an expression begins with."""
        token = self.tokens[self.at]
        kind, text = token.kind, token.text
        if kind == "num":
            self.at += 1
            return self.number(token)
        if kind == "name":
            return self.named(token)
        if kind == "op":
            if text == "(":
                args, end = self.arguments(")")
                return Node("group" if len(args) == 1 else "tuple", None, args, token.start, end)
            if text == "-" or text == "+":
                self.at += 1
                inner = self.expression(max(PRODUCT, least))
                if text == "+":
                    return Node("group", None, (inner,), token.start, inner.end)
                return Node("neg", None, (inner,), token.start, inner.end)
            if text == "[":
                args, end = self.arguments("]")
                return Node("list", None, args, token.start, end)
            if text in ("|", "‖"):
                return self.bars(token)
            if text == "√":
                self.at += 1
                inner = self.expression(POSTFIX)
                return Node("call", "sqrt", (inner,), token.start, inner.end)
        elif kind == "word":
            return self.worded_operand(token, least)
        raise self.unexpected("a term" if least > RELATION else "a statement or term")

    def worded_operand(self, token: Token, least: int) -> Node:
        text = token.text
        if text == "not":
            self.at += 1
            inner = self.expression(max(NOT, least))
            return Node("not", None, (inner,), token.start, inner.end)
        if text in ("for", "forall", "exists"):
            self.at += 1
            clauses, conditions = self.clauses(behind=False)
            if self.take("such"):
                if not self.take("that"):
                    raise self.unexpected("`such that`")
            elif not (self.take(":") or self.take(",")):
                raise self.unexpected("`such that` and a statement")
            body = self.expression(FOR)
            kind = "exists" if text == "exists" else "forall"
            return Node(kind, (clauses, conditions), (body,), token.start, body.end)
        if text == "solve":
            self.at += 1
            if not self.take("for"):
                raise self.unexpected("`solve for` and the unknowns")
            names = self.names()
            while self.take(","):  # the last name, which a colon follows
                names += (self.name(),)
            if self.take("such"):
                self.take("that")
            elif not self.take(":"):
                raise self.unexpected("`such that` or `:` and a statement")
            body = self.expression(FOR)
            return Node("solve", names, (body,), token.start, body.end)
        raise self.unexpected("a term" if least > RELATION else "a statement or term")

    def number(self, token: Token) -> Node:
        text = token.text
        if text[0] == "0" and text[1:2].isdigit():
            hint = "large numbers are written without commas: 1000000"
            raise self.problem("syntax", "a number that begins with 0", token, hint=hint)
        mantissa, _, exponent = text.lower().partition("e")
        power = exponent.lstrip("+-").lstrip("0")
        if (
            len(mantissa) + (int(power) if power and len(power) < 6 else len(power) and MAX_DIGITS)
            > MAX_DIGITS
        ):
            raise self.problem("large", f"a number of more than {MAX_DIGITS:,} digits", token)
        return Node("number", Fraction(text), (), token.start, token.end)

    def bars(self, token: Token) -> Node:
        """|x|, ‖x‖ and ||x||."""
        self.at += 1
        self.open.append(token.text)
        inner = self.expression(FOR)
        self.open.pop()
        closing = self.peek()
        if closing.text != token.text:
            if closing.kind == "end" or closing.text in (")", "]", "}"):
                hint = "bars can be written abs(x) or norm(x); there are no conditional expectations"
                raise self.problem("bracket", f"`{token.text}` is never closed", token, hint=hint)
            raise self.unexpected(f"an operator or `{token.text}`")
        self.at += 1
        double = inner.kind == "bars" and inner.start == token.start + 1 and inner.end == closing.start
        if double and token.text == "|" and inner.value == "|":
            return Node("bars", "‖", inner.items, token.start, closing.end)
        return Node("bars", token.text, (inner,), token.start, closing.end)

    def named(self, token: Token) -> Node:
        """A name, or a function with its arguments."""
        self.at += 1
        name, after = token.text, self.peek()
        kind = self.kinds.get(name)
        if after.text == "(" and after.kind == "op":
            if self.calls(name, kind, token, after):
                args, end = self.arguments(")")
                if name in ("Var", "Cov"):
                    return Node("bracketed", BRACKETED[name], args, token.start, end)
                return Node("call", name, args, token.start, end)
        elif after.text == "'" and (kind == "function" or name in SCALAR):
            primes = 1
            while self.peek(primes).text == "'":
                primes += 1
            if self.peek(primes).text == "(":
                self.at += primes
                args, end = self.arguments(")")
                return Node("derived", (name, primes), args, token.start, end)
        elif after.text == "[" and kind is None and name in BRACKETED:
            args, end = self.arguments("]")
            return Node("bracketed", BRACKETED[name], args, token.start, end)
        if kind is None and (name in SCALAR or name in FORMS):
            if name in TYPE_WORDS or (name == "ones" or name == "zeros"):
                return Node("name", name, (), token.start, token.end)
            raise self.problem(
                "syntax", f"`{name}` needs its argument in parentheses", after, expected=f"{name}(…)"
            )
        return Node("name", name, (), token.start, token.end)

    def calls(self, name: str, kind: str | None, token: Token, after: Token) -> bool:
        """Is a name before a `(` applied to what stands there?"""
        if kind is not None:
            if name in ("V", "E") and self.kinds.get(self.peek(1).text) == "graph":
                return True
            return kind == "function"
        if name in SCALAR or name in FORMS or name in ("Var", "Cov"):
            return True
        return token.end == after.start and name not in ("e", "π", "oo", "i")

    def arguments(self, closing: str) -> tuple[tuple[Node, ...], int]:
        """The arguments between brackets, and the offset behind the closing one."""
        opener = self.next()
        self.open.append(opener.text)
        found = []
        if not self.sees(closing):
            found.append(self.argument())
            while self.take(","):
                found.append(self.argument())
        end = self.close(opener, closing)
        self.open.pop()
        if not found:
            raise self.source.problem("syntax", "nothing between the brackets", opener.start, end)
        return tuple(found), end

    def argument(self) -> Node:
        token = self.peek()
        if token.kind == "name":
            k = 1
            while self.peek(k).text == "," and self.peek(k + 1).kind == "name":
                k += 2
            if self.peek(k).text == ":":
                clause, conditions = self.clause()
                return Node("clause", clause, conditions, clause.start, clause.end)
            if self.peek(1).text == "->":
                return self.arrow(None)
            if token.text in SCALAR_TYPES and self.peek(1).kind == "name":
                return self.arrow(self.typeword())
        node = self.expression(FOR)
        if self.take("if"):
            condition = self.expression(FOR)
            return Node("if", None, (node, condition), node.start, condition.end)
        if self.sees("otherwise"):
            self.at += 1
        return node


def parse(source: Source, kinds: Kinds) -> Node:
    """The tree of a statement or term; raises Problem."""
    parser = Parser(source, kinds)
    try:
        node = parser.expression()
        parser.finish()
    except RecursionError:
        raise parser.problem("nesting", "nested too deeply", parser.peek()) from None
    return node


def parse_type(source: Source, kinds: Kinds) -> TypeTree:
    """The tree of a type; raises Problem."""
    parser = Parser(source, kinds)
    try:
        tree = parser.type()
        parser.finish()
    except RecursionError:
        raise parser.problem("nesting", "nested too deeply", parser.peek()) from None
    return tree
