"""Relations, memberships, orders of growth, connectives and quantifiers as LaTeX writes them."""

from __future__ import annotations

from abc import abstractmethod
from fractions import Fraction

from symproof.reading.latex.calculus import Calculus
from symproof.reading.latex.names import Slice
from symproof.reading.latex.tokens import Token
from symproof.reading.latex.vocabulary import put
from symproof.reading.parser import parse
from symproof.reading.phrases import AND, FOR, IFF, IMPLIES, NOT, OR, RANGE, RELATION, SUM
from symproof.reading.problems import Source
from symproof.reading.stream import Stream
from symproof.reading.tree import Clause, Node, TypeTree, Word

_LOGIC = {"iff": IFF, "implies": IMPLIES, "or": OR, "and": AND}
_SETS = {"R": "real", "Z": "integer", "C": "complex"}


class Statements(Calculus):
    """The part of the parser that reads statements."""

    def statement_inside(self, part: Slice) -> Node:
        return self.inside(part)

    # --- relations ------------------------------------------------------------------------------

    def relation(self, left: Node) -> Node:
        token = self.next()
        sign = "=" if token.text == ":=" else token.text
        if sign == "in":
            right = self.domain()
            return self.linked(left, "in", right)
        if sign in ("∼", "∝"):
            hint = "a law belongs to the declaration of a random variable" if sign == "∼" else ""
            raise self.problem("latex", f"`{self.written(token)}` is not read here", token, hint=hint)
        right = self.expression(RANGE)
        if sign == "⪰":
            if right.kind != "number" or right.value != 0:
                raise self.problem("latex", "`\\succeq` is read before 0 only", token)
            return Node("call", "psd", (left,), left.start, right.end)
        if sign == "⊥":
            return Node("call", "independent", (left, right), left.start, right.end)
        if sign == "≈":
            return self.approximate(left, right, token)
        if sign in ("≪", "≫"):
            small, large = (left, right) if sign == "≪" else (right, left)
            return self.order(small, "o", large, token)
        if sign == "=" and (grown := self.landau_of(right)) is not None:
            rest, letter, of = grown
            start = left.items[0] if left.kind == "chain" and self.landau(left.items[-1]) else left
            start = start.items[0] if start.kind == "order" and start.value[0] != "Θ" else start
            if start.kind == "chain":
                start = start.items[-1]
            if rest is not None:
                rest = Node("group", None, (rest,), rest.start, rest.end)
                start = Node("sum", ("+", "-"), (start, rest), start.start, rest.end)
            order = self.order(start, letter, of, token)
            if left.kind in ("chain", "order"):
                return Node("and", None, (left, order), left.start, right.end)
            return order
        return self.linked(left, sign, right)

    def linked(self, left: Node, sign: str, right: Node) -> Node:
        if left.kind == "chain":
            return Node("chain", (*left.value, sign), (*left.items, right), left.start, right.end)
        return Node("chain", (sign,), (left, right), left.start, right.end)

    def approximate(self, left: Node, right: Node, token: Token) -> Node:
        """a ≈ 0.667: apart by at most half a unit of the last digit that is written."""
        digits = max((self.decimals(node) for node in (left, right)), default=0)
        if not digits:
            hint = "write a decimal number on one side, or `=`"
            raise self.problem("latex", "≈ without stated digits says nothing", token, hint=hint)
        start, end = left.start, right.end
        apart = Node("sum", ("+", "-"), (left, Node("group", None, (right,), right.start, end)), start, end)
        most = Node("number", Fraction(1, 2 * 10**digits), (), right.start, end)
        return Node("chain", ("<=",), (Node("magnitude", ("|", ""), (apart,), start, end), most), start, end)

    def decimals(self, node: Node) -> int:
        """How many digits stand behind the point of a decimal number, and a sign before it."""
        while node.kind in ("neg", "group"):
            node = node.items[0]
        if node.kind != "number":
            return 0
        _, point, digits = self.source.text[node.start : node.end].partition(".")
        return len(digits) if point else 0

    # --- orders of growth -------------------------------------------------------------------------

    def landau(self, node: Node) -> bool:
        return node.kind == "landau"

    def landau_of(self, node: Node) -> tuple[Node | None, str, Node] | None:
        """f + o(g) in parts: f, the letter and g."""
        if node.kind == "landau":
            return None, node.value, node.items[0]
        if node.kind == "sum" and node.items[-1].kind == "landau":
            signs, items = node.value[:-1], node.items[:-1]
            rest = items[0] if len(items) == 1 else Node("sum", signs, items, node.start, items[-1].end)
            return rest, node.items[-1].value, node.items[-1].items[0]
        return None

    def order(self, left: Node, letter: str, of: Node, token: Token) -> Node:
        """f = o(g), with what tends to what behind `as`, or as the notation says."""
        if letter == "Θ":
            words: list[Word] = []
            if self.peek().kind == "word" and self.peek().text == "over":
                self.at += 1
                while self.peek().kind in ("name", "label"):
                    name = self.next()
                    words.append(Word(name.text, name.start, name.end))
                    if not (self.sees(",") and self.peek(1).kind in ("name", "label")):
                        break
                    self.at += 1
            end = words[-1].end if words else of.end
            return Node("order", ("Θ", tuple(words)), (left, of), left.start, end)
        self.quads()
        if self.peek().kind == "word" and self.peek().text == "as":
            self.at += 1
            name = self.peek()
            if name.kind != "name" or self.peek(1).text != "->":
                raise self.unexpected("x \\to a")
            self.at += 2
            point = self.expression(SUM)
            arrow = Node(
                "arrow", (None, Word(name.text, name.start, name.end), 0), (point,), name.start, point.end
            )
        else:
            arrow = self.usual_arrow(token)
        return Node("order", (letter, ()), (left, of, arrow), left.start, of.end)

    def usual_arrow(self, token: Token) -> Node:
        """What tends to what, from the notation."""
        said = self.vocabulary.notation.orders
        if not said:
            hint = "write \\text{as } x \\to 0, or say it in the notation"
            raise self.problem("latex", "it is not said what tends to what", token, hint=hint)
        name, _, point = said.partition("->")
        stream = Stream(Source(name.strip(), "notation"))
        target = put(
            parse(Source(point.strip(), "notation"), self.vocabulary.kinds), {}, token.start, token.end
        )
        word = Word(stream.peek().text, token.start, token.end)
        return Node("arrow", (None, word, 0), (target,), token.start, token.end)

    # --- sets ---------------------------------------------------------------------------------------

    def domain(self) -> Node:
        """What stands after ∈."""
        token = self.peek()
        if token.kind == "set":
            return self.number_set(token)
        if token.kind == "op" and token.text in ("[", "("):
            close = self.closing_of_interval()
            if close >= 0:
                comma = self.comma_parts((self.at + 1, close))[0][1]
                low, high = self.inside((self.at + 1, comma)), self.inside((comma + 1, close))
                signs = token.text + self.toks[close].text
                self.at = close + 1
                return Node("interval", signs, (low, high), token.start, self.toks[close].end)
        if token.kind == "op" and token.text == "{{":
            close = self.partner(self.at)
            part = self.at + 1, close
            if any(self.toks[k].text == "…" for k in range(*part)):
                found = self.listed(part)
            else:
                args, end = self.arguments()
                found = Node("set", None, args, token.start, end)
            self.at = close + 1
            if self.sees("^"):
                raise self.problem("latex", "powers of sets are not read", self.peek())
            return found
        return self.expression(RANGE)

    def closing_of_interval(self) -> int:
        """The closing bracket of [a, b), or -1 where no comma stands inside."""
        depth, comma = 0, False
        for k in range(self.at, self.last):
            text = self.toks[k].text
            if self.toks[k].kind != "op":
                continue
            if text in ("(", "[", "{", "{{"):
                depth += 1
            elif text in (")", "]", "}", "}}"):
                depth -= 1
                if not depth:
                    return k if comma else -1
            elif text == "," and depth == 1:
                comma = True
        return -1

    def number_set(self, token: Token) -> Node:
        """ℝ, ℝ^n, ℝ^{m × n}."""
        self.at += 1
        word = _SETS.get(token.text)
        if word is None:
            hint = "write t \\geq 0 or t \\geq 1" if token.text == "N" else ""
            raise self.problem("latex", f"the set `{token.text}` is not known", token, hint=hint)
        sizes: list[Node] = []
        end = token.end
        if self.sees("_"):
            raise self.problem("latex", "say the condition as a relation", self.peek())
        if self.take("^"):
            part = self.group()
            begin = part[0]
            for k in range(part[0], part[1] + 1):
                if k == part[1] or self.toks[k].text == "*":
                    sizes.append(self.inside((begin, k)))
                    begin = k + 1
            end = self.toks[self.at - 1].end
        if not sizes:
            tree = TypeTree(word, token.start, end)
        else:
            adjectives = () if word == "real" else (Word(word, token.start, token.end),)
            base = {1: "vector", 2: "matrix"}.get(len(sizes), "array")
            tree = TypeTree(base, token.start, end, adjectives, tuple(sizes))
        return Node("type", tree, (), token.start, end)

    # --- connectives and quantifiers -------------------------------------------------------------------

    def connected(self, left: Node, text: str, least: int) -> Node | None:
        level = _LOGIC[text]
        if least > level:
            return None
        self.at += 1
        self.quads()
        if text in ("and", "or"):
            right = self.expression(level + 1)
            items = (*left.items, right) if left.kind == text else (left, right)
            return Node(text, None, items, left.start, right.end)
        right = self.expression(level if text == "implies" else level + 1)
        if left.kind == "iff" == text:
            message = "a chain of `iff`"
            raise self.source.problem("ambiguous", message, left.start, right.end, hint="join two at a time")
        return Node(text, None, (left, right), left.start, right.end)

    def worded_statement(self, left: Node, token: Token, least: int) -> Node | None:
        text = token.text
        if text in _LOGIC:
            return self.connected(left, text, least)
        if text in ("forall", "over"):
            return self.quantified(left) if least <= FOR else None
        if text in ("if", "with", "where") and least <= FOR:
            self.at += 1
            self.quads()
            condition = self.expression(IFF)
            return Node("implies", None, (condition, left), left.start, condition.end)
        return None

    def spaced(self, left: Node, least: int) -> Node | None:
        """A wide space before a word, a condition or the end."""
        k = 0
        while self.peek(k).kind == "quad":
            k += 1
        after = self.peek(k)
        if (
            after.kind == "word"
            or after.kind == "op"
            and after.text in ("forall", "implies", "iff", "and", "or")
        ):
            at, self.at = self.at, self.at + k
            grown = self.grown(left, least)
            if grown is None:
                self.at = at
            return grown
        return None

    @abstractmethod
    def grown(self, left: Node, least: int) -> Node | None: ...

    def quantified(self, left: Node) -> Node:
        """`… ∀ i`, `… for all i ∈ S`, `… for t ≥ 1`."""
        self.at += 1
        clauses, names, conditions = self.clauses()
        end = self.toks[self.at - 1].end
        return self.over_all(left, clauses, names, conditions, left.start, end)

    def over_all(
        self,
        body: Node,
        clauses: list[Clause],
        names: list[Word],
        conditions: list[Node],
        start: int,
        end: int,
    ) -> Node:
        if names:
            body = Node("every", tuple(names), (body, *conditions), start, end)
            conditions = []
        if clauses:
            body = Node("forall", (tuple(clauses), tuple(conditions)), (body,), start, end)
        return body

    def prefixed(self, token: Token, least: int) -> Node:
        """`¬ A`, `∀ t > 0 : A`, `∃ c ∈ S : A`."""
        self.at += 1
        self.quads()
        if token.text == "not":
            inner = self.expression(max(NOT, least))
            return Node("not", None, (inner,), token.start, inner.end)
        if token.text == "solve":
            return self.solved(token)
        clauses, names, conditions = self.clauses()
        self.quads()
        if not (self.take(":") or self.take(",")):
            raise self.unexpected("a colon or comma and the statement")
        outer = self.bound
        self.bound |= {word.text for clause in clauses for word in clause.names}
        body = self.expression(FOR)
        self.bound = outer
        if token.text == "forall":
            return self.over_all(body, clauses, names, conditions, token.start, body.end)
        if names or conditions:
            raise self.problem(
                "latex", "it is not said what this ranges over", token, expected="\\exists x \\in S :"
            )
        return Node("exists", (tuple(clauses), ()), (body,), token.start, body.end)

    def solved(self, token: Token) -> Node:
        """`solve for a, b : …`"""
        names: list[Word] = []
        while self.peek().kind in ("name", "label"):
            name = self.next()
            names.append(Word(name.text, name.start, name.end))
            if not self.take(","):
                break
        if not names or not self.take(":"):
            raise self.unexpected("the unknowns, a colon and a statement")
        body = self.expression(FOR)
        return Node("solve", tuple(names), (body,), token.start, body.end)

    def clauses(self) -> tuple[list[Clause], list[Word], list[Node]]:
        """What is quantified: names with sets, names alone, and conditions on them."""
        clauses: list[Clause] = []
        names: list[Word] = []
        conditions: list[Node] = []
        while True:
            self.clause(clauses, names, conditions)
            self.quads()
            if self.peek().kind == "word" and self.peek().text == "with":
                self.at += 1
                conditions.append(self.expression(IFF))
            after = self.peek(1)
            if not (
                self.sees(",")
                and after.kind == "name"
                and self.peek(2).text in ("in", "=", ",", ">", ">=", "<", "<=")
            ):
                break
            self.at += 1
        return clauses, names, conditions

    def clause(self, clauses: list[Clause], names: list[Word], conditions: list[Node]) -> None:
        token = self.peek()
        found: list[Word] = []
        pair = self.take("(")
        while self.peek().kind == "name":
            name = self.next()
            found.append(Word(name.text, name.start, name.end))
            if not (self.sees(",") and self.peek(1).kind == "name" and (pair or self.listed_names())):
                break
            self.at += 1
        if pair and not self.take(")"):
            raise self.unexpected("`)`")
        if not found:
            if token.kind == "num":  # 0 < t < T
                at = self.at
                name = self.toks[at + 2] if at + 2 < self.last else self.stop
                if name.kind == "name":
                    names.append(Word(name.text, name.start, name.end))
                    conditions.append(self.expression(RELATION))
                    return
            raise self.unexpected("the name that is quantified")
        if self.take("in"):
            where = self.domain()
            if where.kind == "type":
                clauses.append(Clause(tuple(found), where.value, None, False, token.start, where.end))
            else:
                clauses.append(Clause(tuple(found), None, where, pair, token.start, where.end))
            return
        if self.sees("=") and len(found) == 1:
            stop = self.at + 1
            while stop < self.last and not (
                self.toks[stop].kind in ("quad", "word") or self.toks[stop].text == ":"
            ):
                stop += 1
            if any(self.toks[k].text == "…" for k in range(self.at, stop)):
                where = self.spread((self.at + 1, stop))
                self.at = stop
                clauses.append(Clause(tuple(found), None, where, False, token.start, where.end))
                return
        names.extend(found)
        if self.sees("<", ">", "<=", ">=", "!=", "="):
            self.at -= 1
            conditions.append(self.expression(RELATION))

    def listed_names(self) -> bool:
        """Do names and commas reach to an ∈?"""
        k = 1
        while self.peek(k).kind == "name" and self.peek(k + 1).text == ",":
            k += 2
        return self.peek(k + 1).text == "in"

    @abstractmethod
    def spread(self, part: Slice) -> Node: ...
