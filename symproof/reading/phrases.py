"""The phrases of the language that are not formulas: names, clauses of quantifiers, types.

`Phrases` is the lower half of the parser; the upper half gives it `expression` and `arguments`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from itertools import islice

from symproof.reading.lexer import Token
from symproof.reading.names import ADJECTIVES, TYPES
from symproof.reading.problems import suggest
from symproof.reading.stream import Stream
from symproof.reading.tree import Clause, Node, TypeTree, Word

FOR, IFF, IMPLIES, OR, AND, NOT, RELATION, RANGE, SUM, PRODUCT, POWER, POSTFIX = range(12)
RELATIONS = frozenset(["=", "!=", "<", "<=", ">", ">="])
SCALAR_TYPES = ("integer", "real", "complex")
TYPE_WORDS = TYPES | {"vector", "matrix", "array"}


class Phrases(Stream, ABC):
    """Names, sets, clauses and types."""

    kinds: Mapping[str, str]  # what declared names are for the grammar
    open: list[str]  # brackets and bars that enclose the current place

    @abstractmethod
    def expression(self, least: int = FOR) -> Node:
        """The formula here, whose operators bind at least this tightly."""

    @abstractmethod
    def arguments(self, closing: str) -> tuple[tuple[Node, ...], int]:
        """The formulas up to the closing bracket, and where it ends."""

    def name(self, what: str = "a name") -> Word:
        token = self.peek()
        if token.kind != "name":
            raise self.unexpected(what)
        self.at += 1
        return Word(token.text, token.start, token.end)

    def names(self, typed: bool = False) -> tuple[Word, ...]:
        """x, y, z; what stands before a colon belongs to them where they may be `typed`."""
        found = [self.name()]
        while self.sees(",") and self.peek(1).kind == "name" and (typed or self.peek(2).text != ":"):
            self.at += 1
            found.append(self.name())
        return tuple(found)

    def domain(self) -> Node:
        """What stands after `in`: a range, an interval, a set, V(G), E(G) or a type."""
        token = self.peek()
        if token.text in ("(", "[") and self.comma_inside():
            self.at += 1
            self.open.append(token.text)
            low = self.expression(SUM)
            if not self.take(","):
                raise self.unexpected("a comma and the upper bound of an interval")
            high = self.expression(SUM)
            closing = self.peek()
            if closing.text not in (")", "]"):
                raise self.unexpected("`)` or `]`")
            self.at += 1
            self.open.pop()
            return Node("interval", token.text + closing.text, (low, high), token.start, closing.end)
        if token.text == "{":
            args, end = self.arguments("}")
            if len(args) == 1 and args[0].kind == "range":
                return Node("range", None, args[0].items, token.start, end)
            return Node("set", None, args, token.start, end)
        if token.kind == "name" and token.text in TYPE_WORDS and self.kinds.get(token.text) is None:
            type = self.type(tails=False)
            return Node("type", type, (), type.start, type.end)
        return self.expression(RANGE)

    def comma_inside(self) -> bool:
        """Does the bracket here hold a comma of its own?"""
        depth = 0
        for token in islice(self.tokens, self.at, None):
            if token.text in ("(", "[", "{"):
                depth += 1
            elif token.text in (")", "]", "}"):
                depth -= 1
                if not depth:
                    return False
            elif token.text == "," and depth == 1:
                return True
        return False

    def clauses(self, behind: bool) -> tuple[tuple[Clause, ...], tuple[Node, ...]]:
        """`all real x, i in 1..n with …`: the clauses of a quantifier and its conditions.

        `behind`: they stand behind the statement, where a condition may follow a comma.
        """
        if self.sees("all", "every", "each", "any") and self.peek(1).kind in ("name", "op"):
            self.at += 1
        clauses: list[Clause] = []
        conditions: list[Node] = []
        while True:
            clause, more = self.clause()
            clauses.append(clause)
            conditions.extend(more)
            if not (self.sees(",", "and") and self.clause_follows()):
                break
            self.at += 1
        if behind:
            while not self.open and self.take(","):
                conditions.append(self.expression(NOT))
            if self.take("with"):
                conditions.append(self.expression(IFF))
            elif self.take("such"):
                if not self.take("that"):
                    raise self.unexpected("`such that`")
                conditions.append(self.expression(IFF))
        return tuple(clauses), tuple(conditions)

    def clause_follows(self) -> bool:
        """Does a further clause stand behind the comma here?"""
        first = self.peek(1)
        if first.text == "(":
            return self.peek(3).text == "," and self.peek(5).text == ")" and self.peek(6).text == "in"
        if first.kind != "name":
            return False
        if (first.text in TYPE_WORDS or first.text in ADJECTIVES) and self.peek(2).text not in (":", "in"):
            return True
        k = 2
        while self.peek(k).text == "," and self.peek(k + 1).kind == "name":
            k += 2
        return self.peek(k).text in (":", "in")

    def clause(self) -> tuple[Clause, tuple[Node, ...]]:
        """Names with what they range over, and the conditions that are written with them."""
        token = self.peek()
        if self.take("("):
            names = self.names()
            if len(names) != 2 or not self.take(")") or not self.take("in"):
                raise self.problem("syntax", "this is not a pair", token, expected="`(u, v) in E(G)`")
            domain = self.domain()
            return Clause(names, None, domain, True, token.start, domain.end), ()
        if token.kind == "name" and (token.text in TYPE_WORDS or token.text in ADJECTIVES):
            if self.peek(1).text not in (":", ",", "in"):
                return self.typed_before(token)
        names = self.names(typed=True)
        if self.take("in"):
            domain = self.domain()
            return Clause(names, None, domain, False, token.start, domain.end), ()
        if not self.take(":"):
            raise self.unexpected(
                "what the names range over",
                "write `integer {0} …`, `{0} in 1..n` or `{0}: vector(n)`".format(names[-1].text),
            )
        type = self.type()
        clause = Clause(names, type, None, False, token.start, type.end)
        return clause, conditions_of(names, type.tails)

    def typed_before(self, token: Token) -> tuple[Clause, tuple[Node, ...]]:
        """`integer k >= 1`: the type first."""
        type = self.type(tails=False)
        names = [self.name()]
        while self.sees(",") and self.peek(1).kind == "name" and self.peek(2).text != ":":
            following = self.peek(1).text
            if following in TYPE_WORDS or following in ADJECTIVES or following in [n.text for n in names]:
                break
            self.at += 1
            names.append(self.name())
        if len(names) > 1 and self.sees("in"):
            raise self.problem(
                "ambiguous",
                f"does `in` belong to {names[-1].text} alone?",
                self.peek(),
                hint=f"write `{names[0].text}: {type.base}, {names[-1].text} in …`",
            )
        tails = self.tails()
        end = self.tokens[self.at - 1].end
        return Clause(tuple(names), type, None, False, token.start, end), conditions_of(names, tails)

    def type(self, tails: bool = True) -> TypeTree:
        """A type: adjectives, a base word, arguments, and (with `tails`) relations and a law."""
        token = self.peek()
        if token.text == "(":
            self.at += 1
            params = [self.type(tails=False)]
            while self.take(","):
                params.append(self.type(tails=False))
            end = self.close(token, ")")
            if not self.take("->"):
                raise self.unexpected("`->` and the type of the values")
            result = self.type(tails=False)
            return TypeTree("function", token.start, result.end, params=tuple(params), result=result)
        adjectives: list[Word] = []
        while True:
            word = self.name("a type")
            if word.text == "twice" and self.sees("differentiable"):
                word = Word("twice_differentiable", word.start, self.next().end)
            entries = word.text in SCALAR_TYPES and self.peek().text in ("vector", "matrix", "array")
            if not (word.text in ADJECTIVES or entries):
                break
            adjectives.append(word)
        tree = self.base(word, tuple(adjectives))
        if self.sees("->"):
            self.at += 1
            result = self.type(tails=False)
            inner = TypeTree(tree.base, tree.start, tree.end, (), tree.args, tree.params, tree.result)
            outer = tuple(a for a in adjectives if ADJECTIVES.get(a.text))
            tree = TypeTree("function", token.start, result.end, outer, params=(inner,), result=result)
        if not tails:
            return tree
        relations = self.tails()
        law = None
        if self.take("~"):
            law = self.expression(POSTFIX)
        end = self.tokens[self.at - 1].end
        return TypeTree(
            tree.base, token.start, end, tree.adjectives, tree.args, tree.params, tree.result, relations, law
        )

    def base(self, word: Word, adjectives: tuple[Word, ...]) -> TypeTree:
        start = adjectives[0].start if adjectives else word.start
        if word.text in ("vector", "matrix", "array", "index", "vertex"):
            if word.text == "vertex" and self.sees("of"):
                self.at += 1
                graph = self.expression(POSTFIX)
                return TypeTree("vertex", start, graph.end, adjectives, (graph,))
            if not self.sees("("):
                raise self.unexpected(f"the size: {word.text}(n)")
            args, end = self.arguments(")")
            return TypeTree(word.text, start, end, adjectives, args)
        if word.text == "sequence":
            if not self.sees("of"):
                raise self.unexpected("`of` and the type of the members")
            self.at += 1
            item = self.type(tails=False)
            return TypeTree("sequence", start, item.end, adjectives, result=item)
        if word.text == "function" and self.sees("("):
            opener = self.next()
            params = [self.type(tails=False)]
            while self.take(","):
                params.append(self.type(tails=False))
            end = self.close(opener, ")")
            if not self.take("->"):
                raise self.unexpected("`->` and the type of the values")
            result = self.type(tails=False)
            return TypeTree("function", start, result.end, adjectives, params=tuple(params), result=result)
        if word.text not in TYPE_WORDS:
            known = [*TYPE_WORDS, *ADJECTIVES]
            raise self.source.problem(
                "name",
                f"there is no type `{word.text}`",
                word.start,
                word.end,
                expected="a type such as `real`, `integer`, `size`, `vector(n)`, `matrix(m, n)`, "
                "`sequence of real`, `function` or `graph`",
                hint=suggest(word.text, known),
            )
        return TypeTree(word.text, start, word.end, adjectives)

    def tails(self) -> tuple[tuple[str, Node], ...]:
        """`> 0`, `in (0, 1)`, `>= 1, < n`: relations whose left side is what is declared."""
        found: list[tuple[str, Node]] = []
        while True:
            token = self.peek()
            if found:
                if not self.sees(",", "and") or not (
                    self.peek(1).text in RELATIONS or self.peek(1).text == "in"
                ):
                    break
                self.at += 1
                token = self.peek()
            if self.take("in"):
                found.append(("in", self.domain()))
            elif token.text in RELATIONS:
                self.at += 1
                found.append((token.text, self.expression(RANGE)))
            else:
                break
        return tuple(found)

    def signature(self) -> tuple[Word, tuple[tuple[Word, TypeTree | None], ...]]:
        """The head of a definition: `L`, `f(x)` or `f(x: vector(n), y)`."""
        name = self.name()
        params: list[tuple[Word, TypeTree | None]] = []
        if self.sees("("):
            opener = self.next()
            while True:
                param = self.name("a parameter")
                params.append((param, self.type(tails=False) if self.take(":") else None))
                if not self.take(","):
                    break
            self.close(opener, ")")
        self.finish()
        return name, tuple(params)


def conditions_of(names: Iterable[Word], tails: Iterable[tuple[str, Node]]) -> tuple[Node, ...]:
    """The relations of each name, written out."""
    return tuple(
        Node("chain", (op,), (Node("name", n.text, (), n.start, n.end), right), n.start, right.end)
        for n in names
        for op, right in tails
    )
