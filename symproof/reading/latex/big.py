"""Sums, products, extremes, limits and integrals, with the ranges of their indices."""

from __future__ import annotations

from fractions import Fraction

from symproof.reading.latex.cursor import CLOSING, PARTNER
from symproof.reading.latex.names import Slice
from symproof.reading.latex.operators import Operators
from symproof.reading.latex.tokens import Token
from symproof.reading.latex.vocabulary import WORDS
from symproof.reading.phrases import PRODUCT, SUM
from symproof.reading.tree import Node, Word, written_names

_BIG = {
    "sum": "sum", "prod": "product", "max": "max", "min": "min", "argmax": "argmax", "argmin": "argmin",
    "sup": "max", "inf": "min",
}  # fmt: skip
_NEUTRAL = {"sum": 0, "product": 1}


class Big(Operators):
    """The part of the parser that reads big operators."""

    def big(self, token: Token) -> Node:
        """`\\sum_{i=1}^{n} x_i`: the body reaches to the next + or −."""
        self.at += 1
        command = WORDS.get(token.text, token.text)
        if command == "arg":
            after = self.next()
            if after.text not in ("max", "min"):
                raise self.problem("syntax", "`\\arg` stands before \\max or \\min", token)
            command = "arg" + after.text
        if command == "lim":
            return self.limit(token)
        if command == "int":
            return self.integral(token)
        op = _BIG[command]
        scripts = self.scripts()
        if scripts.sub is None:
            if op in ("max", "min") and self.sees("(", "{{", "["):
                args, end = self.arguments()
                return Node("call", op, args, token.start, end)
            raise self.problem(
                "syntax", f"`{self.written(token)}` without an index", token, expected="\\sum_{i=1}^{n}"
            )
        outer = self.bound
        ranged, inferred, conditions = self.ranges(scripts.sub, scripts.sup, op, token)
        body = self.expression(PRODUCT)
        self.bound = outer
        if op == "product":
            self.clear_scope(body, {item.items[0].value for item in ranged} | {w.text for w in inferred})
        return self.over(op, token, body, ranged, inferred, conditions)

    def clear_scope(self, body: Node, names: set[str]) -> None:
        """Whether a last factor without the index belongs to the product cannot be told."""
        if body.kind == "product" and names.isdisjoint(written_names(body.items[-1])):
            hint = "put the factors in parentheses"
            raise self.problem("ambiguous", "is this a factor for every index?", body.items[-1], hint=hint)

    def over(
        self,
        op: str,
        token: Token,
        body: Node,
        ranged: list[Node],
        inferred: list[Word],
        conditions: list[Node],
    ) -> Node:
        start, end = token.start, body.end
        if conditions:
            if op not in _NEUTRAL:
                raise self.problem("latex", "a condition on this index is not read", conditions[0])
            both = conditions[0] if len(conditions) == 1 else Node("and", None, tuple(conditions), start, end)
            neutral = Node("number", Fraction(_NEUTRAL[op]), (), start, end)
            body = Node("call", "cases", (Node("if", None, (body, both), start, end), neutral), start, end)
        if inferred:
            body = Node("over", (op, tuple(inferred)), (body,), start, end)
        if ranged:
            body = Node("call", op, (body, *ranged), start, end)
        return body

    def ranges(
        self, sub: Slice, sup: Slice | None, op: str, token: Token
    ) -> tuple[list[Node], list[Word], list[Node]]:
        """The indices under a big operator: with their ranges, without, and conditions on them."""
        ranged: list[Node] = []
        inferred: list[Word] = []
        conditions: list[Slice] = []
        high = self.inside(sup) if sup is not None else None
        for first, last in self.comma_parts(sub):
            signs = self.signs(first, last)
            toks = self.toks
            lone = toks[first].kind == "name" and (not signs or signs[0] == first + 1)
            if not signs and lone and last == first + 1:
                inferred.append(self.bind(toks[first]))
            elif lone and len(signs) == 1 and toks[signs[0]].text == "=":
                node = Node("name", toks[first].text, (), toks[first].start, toks[first].end)
                low = self.limits((first + 2, last), high)
                if low is None:
                    raise self.problem("syntax", "a sum without its upper limit", token)
                self.bind(toks[first])
                ranged.append(Node("chain", ("=",), (node, low), node.start, low.end))
                high = None if len(signs) == 1 else high
            elif len(signs) == 2 and signs[1] == signs[0] + 2 and toks[signs[0] + 1].kind == "name":
                ranged.append(self.between(first, signs[0], signs[1], last))
            elif len(signs) == 1 and toks[signs[0]].text == "in":
                ranged.append(self.member(first, signs[0], last, inferred))
            elif lone and signs:
                if toks[first].text not in {w.text for w in inferred} | self.bound:
                    inferred.append(self.bind(toks[first]))
                    other = toks[last - 1]  # i != j and i < j over both, where nothing else is called j
                    if len(signs) == 1 and last == signs[0] + 2 and other.kind == "name":
                        if not self.vocabulary.knows(other.text) and other.text not in self.bound:
                            inferred.append(self.bind(other))
                conditions.append((first, last))
            else:
                raise self.source.problem(
                    "latex", "this says no index and range", toks[first].start, toks[last - 1].end,
                    expected="i=1, i \\in S or 1 \\leq i \\leq n",
                )  # fmt: skip
        if high is not None:
            raise self.problem("syntax", "an upper limit without a lower one", high)
        return ranged, inferred, [self.statement_inside(part) for part in conditions]

    def signs(self, first: int, last: int) -> list[int]:
        """The relation signs outside brackets."""
        found, depth = [], 0
        for k in range(first, last):
            token = self.toks[k]
            if token.kind == "op":
                depth += (token.text in PARTNER) - (token.text in CLOSING)
                if not depth and k > first and token.text in ("=", "<", ">", "<=", ">=", "!=", "in"):
                    found.append(k)
        return found

    def comma_parts(self, part: Slice) -> list[Slice]:
        """The parts between commas; `i, j \\in S` and `1, …, n` stay together."""
        found: list[Slice] = []
        begin, depth = part[0], 0
        for k in range(*part):
            text = self.toks[k].text
            depth += (text in PARTNER) - (text in CLOSING)
            if text in (",", "\\\\") and not depth and k > begin:
                around = (self.toks[k - 1].text, self.toks[k + 1].text if k + 1 < part[1] else "")
                if "…" not in around:
                    found.append((begin, k))
                    begin = k + 1
        found.append((begin, part[1]))
        return [piece for piece in found if piece[0] < piece[1]]

    def bind(self, token: Token) -> Word:
        self.bound |= {token.text}
        return Word(token.text, token.start, token.end)

    def limits(self, part: Slice, high: Node | None) -> Node | None:
        """1 with the upper limit n, or `1, …, n`."""
        dots = [k for k in range(*part) if self.toks[k].text == "…"]
        if high is None and len(dots) == 1:
            return self.listed(part)
        if high is None:
            return None
        low = self.inside(part)
        return Node("range", None, (low, high), low.start, low.end)

    def listed(self, part: Slice) -> Node:
        """`1, …, n` and `1, 2, …, n`: a range of integers."""
        pieces, begin = [], part[0]
        dots, depth = -1, 0
        for k in range(part[0], part[1] + 1):
            if k < part[1] and self.toks[k].kind == "op":
                depth += (self.toks[k].text in PARTNER) - (self.toks[k].text in CLOSING)
            if k == part[1] or not depth and self.toks[k].text in (",", "…"):
                if k > begin:
                    pieces.append(self.inside((begin, k)))
                if k < part[1] and self.toks[k].text == "…":
                    dots = len(pieces)
                begin = k + 1
        start, end = self.toks[part[0]].start, self.toks[part[1] - 1].end
        if dots in (1, 2) and len(pieces) == dots + 1:
            steps = [p.value for p in pieces[:dots]]
            if dots == 1 or all(p.kind == "number" for p in pieces[:2]) and steps[1] == steps[0] + 1:
                return Node("range", None, (pieces[0], pieces[-1]), start, end)
        raise self.source.problem(
            "latex", "these dots leave out what cannot be told", start, end, expected="1, …, n"
        )

    def between(self, first: int, one: int, two: int, last: int) -> Node:
        """1 ≤ i ≤ n as the range of i."""
        toks = self.toks
        low, high = self.inside((first, one)), self.inside((two + 1, last))
        signs = toks[one].text, toks[two].text
        unit = Node("number", Fraction(1), (), low.start, low.end)
        if not set(signs) <= {"<", "<="}:
            raise self.problem("latex", "this says no range", toks[one])
        if signs[0] == "<":
            low = Node("sum", ("+", "+"), (low, unit), low.start, low.end)
        if signs[1] == "<":
            high = Node("sum", ("+", "-"), (high, unit), high.start, high.end)
        name = toks[one + 1]
        self.bind(name)
        node = Node("name", name.text, (), name.start, name.end)
        return Node(
            "chain",
            ("=",),
            (node, Node("range", None, (low, high), low.start, high.end)),
            low.start,
            high.end,
        )

    def member(self, first: int, sign: int, last: int, inferred: list[Word]) -> Node:
        """`i \\in S` or `(u, v) \\in E(G)`."""
        toks = self.toks
        names = [t for t in toks[first:sign] if t.kind == "name"]
        pair = toks[first].text == "("
        if not names or len(names) > 2 or len(names) == 2 and not pair:
            raise self.problem("latex", "this says no index", toks[first])
        at, outer = self.at, self.last
        self.at, self.last = sign + 1, last
        where = self.domain()
        if self.at < last:
            raise self.unexpected("the end of the set")
        self.at, self.last = at, outer
        for name in names:
            self.bind(name)
        nodes = tuple(Node("name", t.text, (), t.start, t.end) for t in names)
        left = Node("tuple", None, nodes, nodes[0].start, nodes[-1].end) if pair else nodes[0]
        return Node("chain", ("in",), (left, where), left.start, where.end)

    # --- limits and integrals -------------------------------------------------------------------

    def limit(self, token: Token) -> Node:
        scripts = self.scripts()
        if scripts.sub is None or scripts.sup is not None:
            raise self.problem("syntax", "a limit without its arrow", token, expected="\\lim_{x \\to a}")
        arrow = self.arrow_inside(scripts.sub)
        outer = self.bound
        self.bound |= {arrow.value[1].text}
        body = self.expression(PRODUCT)
        self.bound = outer
        return Node("call", "limit", (body, arrow), token.start, body.end)

    def arrow_inside(self, part: Slice) -> Node:
        """x -> a, with a side as a superscript: x -> 0^{+}."""
        first, last = part
        name = self.toks[first]
        if name.kind != "name" or last - first < 3 or self.toks[first + 1].text != "->":
            raise self.problem("syntax", "this is no limit", name, expected="x \\to a")
        side, stop = 0, last
        tail = [t.text for t in self.toks[max(first, last - 4) : last]]
        if len(tail) == 4 and tail[0] == "^" and tail[2] in ("+", "-"):
            side, stop = (1 if tail[2] == "+" else -1), last - 4
        elif tail[-1] in ("+", "-"):
            side, stop = (1 if tail[-1] == "+" else -1), last - 1
        point = self.inside((first + 2, stop))
        word = Word(name.text, name.start, name.end)
        return Node("arrow", (None, word, side), (point,), name.start, point.end)

    def integral(self, token: Token) -> Node:
        scripts = self.scripts()
        if scripts.sub is None or scripts.sup is None:
            hint = "only integrals over an interval of numbers are read; others need a notation"
            raise self.problem("latex", "an integral without its limits", token, hint=hint)
        stop = self.differential_sign(token)
        name = self.toks[stop + 1]
        low, high = self.inside(scripts.sub), self.inside(scripts.sup)
        outer, last = self.bound, self.last
        self.bound |= {name.text}
        self.last = stop
        if self.at == stop:
            body = Node("number", Fraction(1), (), token.start, token.end)
        else:
            body = self.expression(SUM)
        if self.at < stop:
            raise self.unexpected("an operator or the end of the integral")
        self.bound, self.last, self.at = outer, last, stop + 2
        variable = Node("name", name.text, (), name.start, name.end)
        where = Node("range", None, (low, high), low.start, high.end)
        clause = Node("chain", ("=",), (variable, where), name.start, name.end)
        return Node("call", "integral", (body, clause), token.start, name.end)

    def differential_sign(self, token: Token) -> int:
        """The index of the `d` of `dx` that ends the integral."""
        depth = nested = 0
        found = -1
        for k in range(self.at, self.last - 1):
            sign = self.toks[k]
            if sign.kind == "op" and sign.text in ("(", "[", "{", "{{", "⟨"):
                depth += 1
            elif sign.kind == "op" and sign.text in (")", "]", "}", "}}", "⟩"):
                depth -= 1
                if depth < 0:
                    break
            elif sign.kind == "cmd" and sign.text == "int" and not depth:
                nested += 1
            elif sign.text == "d" and sign.kind == "name" and not depth and self.toks[k + 1].kind == "name":
                if nested:
                    nested -= 1
                    continue
                after = self.toks[k + 2] if k + 2 < self.last else self.stop
                if "d" not in self.vocabulary.types or not self.begins(after):
                    found = k
                    break
        if found < 0:
            raise self.problem("latex", "an integral without its dx", token)
        return found
