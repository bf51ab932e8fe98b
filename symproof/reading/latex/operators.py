"""Functions with their arguments, and what LaTeX writes in two dimensions: sums, integrals, limits, derivatives."""

from __future__ import annotations

from fractions import Fraction

from symproof.reading.latex.names import Names, Slice
from symproof.reading.latex.tokens import Token
from symproof.reading.latex.vocabulary import BRACKETED, WORDS, is_graph
from symproof.reading.names import CONSTANTS
from symproof.reading.phrases import FOR, POWER, PRODUCT, SUM
from symproof.reading.tree import Node, Word, written_names

_BIG = {
    "sum": "sum", "prod": "product", "max": "max", "min": "min", "argmax": "argmax", "argmin": "argmin",
    "sup": "max", "inf": "min",
}  # fmt: skip
_NEUTRAL = {"sum": 0, "product": 1}
_STANDARD_NORMAL = (("𝒩", "N"), ("(",), ("0", "zeros"), (",",), ("I",), (")",))


class Operators(Names):
    """The part of the parser that reads functions and big operators."""

    def expression(self, least: int = FOR) -> Node:
        raise NotImplementedError

    def statement_inside(self, part: Slice) -> Node:
        raise NotImplementedError

    def begins(self, token: Token) -> bool:
        """Can an operand begin with the token?"""
        raise NotImplementedError

    def domain(self) -> Node:
        raise NotImplementedError

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
        if name in ("Γ", "γ") and after.text == "(":
            args, end = self.arguments()
            return Node("call", "Γ", args, token.start, end)
        if name in ("o", "O", "Θ") and after.text == "(":
            args, end = self.arguments()
            return Node("landau", name, args, token.start, end)
        if name in ("true", "false"):
            return Node("name", name, (), token.start, token.end)
        raise self.undeclared(name, self.whole_run(token))

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
        return token._replace(start=start, end=end) if end - start > 3 else token

    def worded(self, name: str, token: Token) -> Node:
        """A function known by its word: `\\exp`, `softmax`, `\\log_2`."""
        function = WORDS[name]
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
        if self.sees("(") or self.sees("{{") or self.sees("[") and not order:
            args, end = self.arguments()
        elif power is None and not order and self.vocabulary.kinds.get(name) == "function" and not self.begins(self.peek()):
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
        if after.kind in ("name", "num") and self.begins(after) and not self.is_function_name(after):
            hint = "put the argument in parentheses"
            raise self.problem("ambiguous", "does this belong to the argument of the function?", after, hint=hint)
        if len(items) == 1:
            return items[0]
        return Node("product", ("*", *[" "] * (len(items) - 1)), tuple(items), items[0].start, items[-1].end)

    def is_function_name(self, token: Token) -> bool:
        name = token.text
        if name in self.bound:
            return False
        return self.vocabulary.kinds.get(name) == "function" or not self.vocabulary.knows(name) and name in WORDS

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
                message = f"an average over `{variable}` alone, while {', '.join(sorted(others))} is random too"
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

    # --- big operators -----------------------------------------------------------------------

    def big(self, token: Token) -> Node:
        """`\\sum_{i=1}^{n} x_i`: the body reaches to the next + or −."""
        self.at += 1
        command = token.text
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
            raise self.problem("syntax", f"`{self.written(token)}` without an index", token, expected="\\sum_{i=1}^{n}")
        outer = self.bound
        ranged, inferred, conditions = self.ranges(scripts.sub, scripts.sup, op, token)
        body = self.expression(PRODUCT)
        self.bound = outer
        return self.over(op, token, body, ranged, inferred, conditions)

    def over(
        self, op: str, token: Token, body: Node, ranged: list[Node], inferred: list[Word], conditions: list[Node]
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
            signs = [k for k in range(first, last) if self.relates(k, first, last)]
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
                conditions.append((first, last))
            else:
                raise self.source.problem(
                    "latex", "this says no index and range", toks[first].start, toks[last - 1].end,
                    expected="i=1, i \\in S or 1 \\leq i \\leq n",
                )  # fmt: skip
        if high is not None:
            raise self.problem("syntax", "an upper limit without a lower one", high)
        return ranged, inferred, [self.statement_inside(part) for part in conditions]

    def relates(self, k: int, first: int, last: int) -> bool:
        token = self.toks[k]
        return token.kind == "op" and token.text in ("=", "<", ">", "<=", ">=", "!=", "in") and k > first

    def comma_parts(self, part: Slice) -> list[Slice]:
        """The parts between commas; `i, j \\in S` and `1, …, n` stay together."""
        found: list[Slice] = []
        begin, depth = part[0], 0
        for k in range(*part):
            text = self.toks[k].text
            if text in ("(", "{{", "{", "["):
                depth += 1
            elif text in (")", "}}", "}", "]"):
                depth -= 1
            elif text in (",", "\\\\") and not depth and k > begin:
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
        dots = -1
        for k in range(part[0], part[1] + 1):
            if k == part[1] or self.toks[k].text in (",", "…"):
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
        raise self.source.problem("latex", "these dots leave out what cannot be told", start, end, expected="1, …, n")

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
        return Node("chain", ("=",), (node, Node("range", None, (low, high), low.start, high.end)), low.start, high.end)

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

    # --- derivatives ------------------------------------------------------------------------------

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
            raise self.problem("ambiguous", "a derivative, or the declared `d`?", first, hint="write \\mathrm{d} or \\partial")
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



