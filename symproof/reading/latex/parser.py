"""Tokens of LaTeX to the tree that the plain language has too, by precedence climbing."""

from __future__ import annotations

from fractions import Fraction

from symproof.reading.latex.arrays import Arrays
from symproof.reading.latex.names import Slice
from symproof.reading.latex.statements import Statements
from symproof.reading.latex.tokens import Token
from symproof.reading.latex.vocabulary import Vocabulary, match, put
from symproof.reading.phrases import AND, FOR, IFF, IMPLIES, OR, PRODUCT, RELATION, SUM
from symproof.reading.phrases import POWER as POWER_LEVEL
from symproof.reading.problems import Source
from symproof.reading.tree import Node

MAX_DEPTH = 60
SIGNS = frozenset(("=", "!=", "<", "<=", ">", ">=", ":=", "≈", "≪", "≫", "⪰", "∼", "⊥", "in", "∝"))
_LOGIC = {"iff": IFF, "implies": IMPLIES, "or": OR, "and": AND}
_OPENING = frozenset(("(", "[", "{", "{{", "⟨", "⌊", "⌈", "∇", "∂", "…", "left.", "left|", "left‖"))


class LatexParser(Arrays, Statements):
    """One piece of a formula."""

    def __init__(self, source: Source, toks: list[Token], vocabulary: Vocabulary, at: int, last: int) -> None:
        super().__init__(source, toks, vocabulary, at, last)
        self.depth = 0
        self.open: list[str] = []

    def whole(self) -> Node:
        """Everything between the two tokens as one term or statement."""
        self.bound |= self.quantified_names()
        node = self.expression(FOR)
        self.quads()
        if self.at < self.last:
            raise self.unexpected("an operator or the end")
        return node

    def quantified_names(self) -> set[str]:
        """The names behind ∀, `for all` and `as`, which stand behind what they bind."""
        found: set[str] = set()
        toks, behind = self.toks, False
        for k in range(self.at, self.last):
            token = toks[k]
            if token.text == "forall":
                behind = True
            elif token.text == "->" and toks[k - 2].text == "as":
                found.add(toks[k - 1].text)
            elif behind and token.kind == "name":
                before, after = toks[k - 1].text, toks[k + 1].text if k + 1 < self.last else ""
                listed = before in ("forall", ",", "(") or toks[k - 1].kind == "quad"
                if (
                    listed
                    and after in ("", "in", "=", ",", ")", "<", "<=", ">", ">=", "!=", ":")
                    or before in ("<", "<=")
                    and after in ("<", "<=")
                ):
                    found.add(token.text)
        return found

    def inside(self, part: Slice) -> Node:
        if part[0] >= part[1]:
            token = self.toks[min(part[0], len(self.toks) - 1)]
            raise self.problem("syntax", "nothing between the braces", token)
        at, last, opened = self.at, self.last, self.open
        self.at, self.last, self.open = part[0], part[1], []
        node = self.expression(FOR)
        if self.at < self.last:
            raise self.unexpected("an operator")
        self.at, self.last, self.open = at, last, opened
        return node

    # --- expressions ------------------------------------------------------------------------

    def expression(self, least: int = FOR) -> Node:
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
        if left.kind in ("sum", "product") and any(item.kind == "dots" for item in left.items):
            return self.filled(left)
        return left

    def grow(self, left: Node, least: int) -> Node | None:
        token = self.peek()
        kind, text = token.kind, token.text
        if kind == "op":
            if text == "^" or text == "_" or text == "'":
                return self.postfix(left)
            if text == "+" or text == "-":
                if least > SUM:
                    return None
                self.at += 1
                return self.chained("sum", left, text, self.expression(PRODUCT), "+")
            if text in ("*", "/", "⊙"):
                if least > PRODUCT:
                    return None
                self.at += 1
                if text == "*" and self.peek().text == "*":
                    raise self.unexpected("a factor")
                return self.chained("product", left, text, self.expression(POWER_LEVEL), "*")
            if text in SIGNS:
                return self.relation(left) if least <= RELATION else None
            if text == "!":
                self.at += 1
                return Node("call", "factorial", (left,), left.start, token.end)
            if text == "mod":
                return self.modulo(left) if least <= PRODUCT else None
            if text in _LOGIC:
                return self.connected(left, text, least)
            if text == "forall":
                return self.quantified(left) if least <= FOR else None
        elif kind == "word":
            return self.worded_statement(left, token, least)
        elif kind == "quad":
            return self.spaced(left, least)
        elif kind == "end":
            return None
        if self.begins(token) and not self.closes(token):
            return self.juxtaposed(left, token) if least <= PRODUCT else None
        return None

    def begins(self, token: Token) -> bool:
        kind = token.kind
        if kind in ("name", "label", "cmd", "begin", "num"):
            return True
        if kind != "op":
            return False
        return token.text in _OPENING or token.text in ("|", "‖") and not self.closes(token)

    def closes(self, token: Token) -> bool:
        """Is it the bar that closes the innermost open one?"""
        return (
            token.kind == "op"
            and token.text in ("|", "‖")
            and bool(self.open)
            and self.open[-1][0] == token.text
        )

    def chained(self, kind: str, left: Node, op: str, right: Node, first: str) -> Node:
        if left.kind == kind:
            return Node(kind, (*left.value, op), (*left.items, right), left.start, right.end)
        return Node(kind, (first, op), (left, right), left.start, right.end)

    def juxtaposed(self, left: Node, token: Token) -> Node:
        if token.kind == "num" and left.kind != "dots":
            hint = "a product with a number behind is written x \\cdot 2"
            raise self.problem("syntax", f"`{token.text}` does not fit here", token, hint=hint)
        if left.kind == "product" and left.value[-1] == "/" and self.source.text[left.start] != "\\":
            if left.end == token.start:
                hint = "write \\frac{a}{b c} or \\frac{a}{b} c"
                raise self.problem("ambiguous", "a division followed by a product", token, hint=hint)
        if left.kind == "product" and left.value == ("*", "/") and self.source.text[left.start] == "\\":
            left = Node("group", None, (left,), left.start, left.end)
        return self.chained("product", left, " ", self.expression(POWER_LEVEL), "*")

    def modulo(self, left: Node) -> Node:
        self.at += 1
        right = self.expression(POWER_LEVEL)
        return Node("call", "mod", (left, right), left.start, right.end)

    def postfix(self, left: Node) -> Node:
        """Scripts behind brackets, bars and calls."""
        token = self.peek()
        scripts = self.scripts()
        node, end = left, scripts.end
        if left.kind == "magnitude":
            node = self.norm_kind(left, scripts.sub)
        elif scripts.sub is not None:
            if (
                left.kind in ("number", "sum", "product", "power")
                or left.kind == "list"
                and self.is_size(scripts.sub)
            ):
                if left.kind != "list":
                    raise self.problem("syntax", "this subscript belongs to nothing", token)
            else:
                found = self.indices(scripts.sub, 2)
                node = Node("index", None, (left, *found), left.start, end)
        if scripts.primes:
            node = self.primed(node, scripts.primes, token, end)
        return self.raised(node, scripts.sup, end)

    def is_size(self, part: Slice) -> bool:
        """n × d, also written nxd, behind a matrix: its size."""
        texts = [t.text for t in self.toks[slice(*part)]]
        return len(texts) == 3 and texts[1] in ("x", "*")

    # --- operands -----------------------------------------------------------------------------

    def operand(self, least: int) -> Node:
        token = self.peek()
        kind, text = token.kind, token.text
        aliases = self.vocabulary.aliases.get(text)
        if aliases is not None and text not in self.bound:
            for alias in aliases:
                found = match(alias, self.toks, self.at, self.last)
                if found is not None:
                    return self.notated(alias.tree, *found)
        if kind == "name" or kind == "label":
            return self.letter()
        if kind == "num":
            self.at += 1
            if text[0] == "0" and text[1:2].isdigit():
                raise self.problem("syntax", "a number that begins with 0", token)
            return Node("number", Fraction(text), (), token.start, token.end)
        if kind == "cmd":
            return self.command(token)
        if kind == "op":
            return self.signed(token, least)
        if kind == "begin":
            return self.environment()
        if kind == "word" and text in ("not", "forall", "solve"):
            return self.prefixed(token, least)
        if kind == "quad":
            self.at += 1
            return self.operand(least)
        raise self.unexpected("a term" if least > RELATION else "a statement or term")

    def signed(self, token: Token, least: int) -> Node:
        """What begins with a sign or bracket."""
        text = token.text
        if text == "-" or text == "+":
            self.at += 1
            inner = self.expression(max(PRODUCT, least))
            kind = "neg" if text == "-" else "group"
            return Node(kind, None, (inner,), token.start, inner.end)
        if text == "(":
            if self.holds_array():
                return self.bracketed_array()
            if (built := self.built()) is not None:
                return built
            args, end = self.arguments_open()
            return Node("group" if len(args) == 1 else "tuple", None, args, token.start, end)
        if text == "[":
            return self.square()
        if text == "{":
            part = self.group()
            inner = self.inside(part)
            return Node("group", None, (inner,), token.start, self.toks[self.at - 1].end)
        if text in ("|", "‖", "left|", "left‖"):
            return self.bars(token)
        if text == "∇":
            return self.nabla(token)
        if text == "∂":
            return self.slanted(token)
        if text == "⟨":
            args, end = self.arguments_open()
            if len(args) != 2:
                raise self.problem("arguments", "an inner product has two arguments", token)
            return Node("call", "dot", args, token.start, end)
        if text in ("⌊", "⌈"):
            args, end = self.arguments_open()
            return Node("call", "floor" if text == "⌊" else "ceil", args[:1], token.start, end)
        if text == "{{":
            return self.braces(token)
        if text == "…":
            self.at += 1
            return Node("dots", None, (), token.start, token.end)
        if text in ("⊤", "⊥"):
            self.at += 1
            return Node("name", "true" if text == "⊤" else "false", (), token.start, token.end)
        if text == "left.":
            return self.evaluated(token)
        if text in ("not", "forall", "exists"):
            return self.prefixed(token, least)
        raise self.unexpected("a term" if least > RELATION else "a statement or term")

    def built(self) -> Node | None:
        """(x_i)_{i=1}^n: the vector of what stands inside."""
        begin = self.at
        close = self.partner(begin)
        if close + 1 >= self.last or self.toks[close + 1].text != "_":
            return None
        stop = self.partner(close + 2)
        if not self.signs(close + 3, stop):
            return None
        outer, self.at = self.bound, close + 1
        scripts = self.scripts()
        assert scripts.sub is not None
        ranged, inferred, conditions = self.ranges(scripts.sub, scripts.sup, "array", self.toks[begin])
        if inferred or conditions:
            raise self.problem("latex", "an array without the ranges of its indices", self.toks[begin])
        body = self.inside((begin + 1, close))
        self.bound = outer
        name = {1: "vector", 2: "matrix"}.get(len(ranged), "array")
        return Node("call", name, (body, *ranged), self.toks[begin].start, scripts.end)

    def arguments_open(self) -> tuple[tuple[Node, ...], int]:
        """Arguments; bars inside close inside."""
        opened, self.open = self.open, []
        found = self.arguments()
        self.open = opened
        return found

    def command(self, token: Token) -> Node:
        text = token.text
        if text == "frac":
            return self.fraction(token)
        if text == "sqrt":
            return self.root(token)
        if text == "binom":
            self.at += 1
            above, below = self.inside(self.group()), self.inside(self.group())
            return Node("call", "binomial", (above, below), token.start, self.toks[self.at - 1].end)
        if text == "overline" or text == "boxed":
            self.at += 1
            inner = self.inside(self.group())
            end = self.toks[self.at - 1].end
            if text == "boxed":
                return Node("group", None, (inner,), token.start, end)
            return Node("call", "conj", (inner,), token.start, end)
        if text in ("underbrace", "overbrace", "substack"):
            raise self.problem("latex", f"`\\{text}` is not read", token)
        return self.big(token)

    def root(self, token: Token) -> Node:
        self.at += 1
        order = None
        if self.sees("["):
            close = self.partner(self.at)
            order, self.at = self.inside((self.at + 1, close)), close + 1
        inner = self.inside(self.group())
        end = self.toks[self.at - 1].end
        if order is None:
            return Node("call", "sqrt", (inner,), token.start, end)
        one = Node("number", Fraction(1), (), order.start, order.end)
        exponent = Node("product", ("*", "/"), (one, order), order.start, order.end)
        return Node("power", None, (inner, exponent), token.start, end)

    def bars(self, token: Token) -> Node:
        """|x|, ‖x‖ and ||x||."""
        text = token.text
        sided = len(text) > 1
        sign = text[-1]
        double = not sided and sign == "|" and self.peek(1).text == "|"
        self.at += 2 if double else 1
        self.open.append("‖‖" if sided else sign + ("|" if double else ""))
        inner = self.expression(FOR)
        self.open.pop()
        wanted = f"right{sign}" if sided else sign
        for _ in range(2 if double else 1):
            if self.peek().text != wanted or self.peek().kind != "op":
                if self.sees("∣") or self.sees("|"):
                    hint = "give the conditional probability or expectation a notation"
                    raise self.problem(
                        "latex", "what stands under a condition is not read", self.peek(), hint=hint
                    )
                raise self.problem("bracket", f"`{self.written(token)}` is never closed", token)
            self.at += 1
        end, kind = self.toks[self.at - 1].end, self.vocabulary.notation.norm
        if inner.kind == "magnitude" and inner.value[0] == "|" and sign == "|" and not double:
            begin = self.source.text[token.end : inner.start].strip()
            if not begin and not self.source.text[inner.end : self.toks[self.at - 1].start].strip():
                return Node("magnitude", ("‖", kind), inner.items, token.start, end)
        return Node("magnitude", ("‖" if double else sign, kind), (inner,), token.start, end)

    def norm_kind(self, node: Node, sub: Slice | None) -> Node:
        """‖A‖_F, ‖x‖_2."""
        if sub is None:
            return node
        label = self.label(sub)
        if label not in ("2", "F") or node.value[0] != "‖":
            raise self.problem(
                "latex",
                "this norm is not known",
                self.toks[sub[0]],
                hint="the norms are those of index 2 and F",
            )
        return Node("magnitude", ("‖", label), node.items, node.start, node.end)

    def square(self) -> Node:
        """[…]: an indicator, a list, or brackets around a term."""
        token = self.peek()
        if self.holds_array():
            return self.bracketed_array()
        close = self.partner(self.at)
        depth = 0
        relation = several = False
        for k in range(self.at + 1, close):
            inner = self.toks[k]
            if inner.kind == "op":
                if inner.text in ("(", "[", "{", "{{", "⟨"):
                    depth += 1
                elif inner.text in (")", "]", "}", "}}", "⟩"):
                    depth -= 1
                elif not depth:
                    relation = relation or inner.text in SIGNS or inner.text in _LOGIC
                    several = several or inner.text in (",", ";")
        args, end = self.arguments_open()
        return Node("list" if relation or several else "group", None, args, token.start, end)

    def braces(self, token: Token) -> Node:
        """\\{…\\}: brackets around a term, or a set."""
        close = self.partner(self.at)
        if any(t.text == "…" for t in self.toks[self.at : close]):
            node = self.listed((self.at + 1, close))
            self.at = close + 1
            return node
        if self.toks[self.at + 1].kind == "begin" and self.toks[self.at + 1].text == "array":
            self.at += 1
            return self.environment("cases")
        args, end = self.arguments_open()
        return Node("group" if len(args) == 1 else "set", None, args, token.start, end)

    # --- notations ---------------------------------------------------------------------

    def notated(self, tree: Node, end: int, captured: dict[str, Slice]) -> Node:
        """What a notation stands for."""
        start = self.toks[self.at].start
        places = {name: self.inside(part) for name, part in captured.items()}
        self.at = end
        return Node(
            "group", None, (put(tree, places, start, self.toks[end - 1].end),), start, self.toks[end - 1].end
        )

    def grown(self, left: Node, least: int) -> Node | None:
        return self.grow(left, least)
