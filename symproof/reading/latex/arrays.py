"""Environments inside a term: cases, matrices, and matrices with dots."""

from __future__ import annotations

from fractions import Fraction

from symproof.reading.latex import elision
from symproof.reading.latex.dots import Dots
from symproof.reading.latex.names import Slice
from symproof.reading.latex.tokens import Token
from symproof.reading.tree import Node

_MATRICES = frozenset("matrix pmatrix bmatrix Bmatrix smallmatrix array".split())
_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
Cells = list[list[Slice]]


class Arrays(Dots):
    """The part of the parser that reads rows and columns."""

    def finish_of(self, at: int) -> int:
        """The index of the \\end that belongs to the \\begin at `at`."""
        depth = 0
        for k in range(at, self.last):
            if self.toks[k].kind == "begin":
                depth += 1
            elif self.toks[k].kind == "finish":
                depth -= 1
                if not depth:
                    if self.toks[k].text != self.toks[at].text:
                        break
                    return k
        raise self.problem(
            "bracket", f"\\begin{{{self.toks[at].text[:20]}}} without its \\end", self.toks[at]
        )

    def environment(self, meaning: str = "") -> Node:
        token = self.peek()
        stop = self.finish_of(self.at)
        rows = self.cells((self.at + 1, stop))
        self.at = stop + 1
        end = self.toks[stop].end
        if token.text == "cases" or meaning == "cases":
            if meaning and not self.take("right."):
                raise self.unexpected("`\\right.` behind the cases")
            return self.cases(rows, token, end)
        if token.text in ("vmatrix", "Vmatrix"):
            return Node("call", "det", (self.matrix(rows, token, end),), token.start, end)
        if token.text not in _MATRICES:
            raise self.problem(
                "latex", f"the environment `{token.text[:30]}` is not read inside a term", token
            )
        return self.matrix(rows, token, end)

    def holds_array(self) -> bool:
        """Do the brackets here hold nothing but a matrix?"""
        if self.at + 1 >= self.last or self.toks[self.at + 1].kind != "begin":
            return False
        if self.toks[self.at + 1].text not in _MATRICES:
            return False
        stop = self.finish_of(self.at + 1)
        return stop + 1 < self.last and self.toks[stop + 1].text in (")", "]")

    def bracketed_array(self) -> Node:
        self.at += 1
        found = self.environment()
        self.at += 1
        return found

    def cells(self, part: Slice) -> Cells:
        """The cells between & and \\\\."""
        rows: Cells = [[]]
        begin, depth = part[0], 0
        for k in range(part[0], part[1] + 1):
            token = self.toks[k]
            if k < part[1]:
                if token.kind == "begin" or token.kind == "op" and token.text == "{":
                    depth += 1
                elif token.kind == "finish" or token.kind == "op" and token.text == "}":
                    depth -= 1
            if k == part[1] or token.kind == "op" and not depth and token.text in ("&", "\\\\"):
                rows[-1].append((begin, k))
                begin = k + 1
                if k < part[1] and token.text == "\\\\":
                    rows.append([])
        return [row for row in rows if any(a < b for a, b in row)]

    # --- cases -----------------------------------------------------------------------------------

    def cases(self, rows: Cells, token: Token, end: int) -> Node:
        values: list[Node] = []
        conditions: list[Node | None] = []
        for row in rows:
            cells = [self.trimmed(cell) for cell in row if cell[0] < cell[1]]
            cells = [cell for cell in cells if cell[0] < cell[1]]
            if len(cells) == 1:
                cells = self.worded_apart(cells[0])
            if len(cells) != 2:
                raise self.problem("latex", "a case without its condition", self.toks[row[0][0]])
            values.append(self.inside(cells[0]))
            conditions.append(self.condition(cells[1]))
        if not rows or None in conditions[:-1]:
            raise self.problem("latex", "these are no cases", token)
        start = token.start
        if conditions[-1] is None or len(rows) == 2 and self.opposite(conditions[0], conditions[1]):
            other = values.pop()
            conditions.pop()
        else:  # where no case applies, the value is undefined
            one, zero = (Node("number", Fraction(k), (), start, end) for k in (1, 0))
            other = Node("product", ("*", "/"), (one, zero), start, end)
        pairs = [
            Node("if", None, (value, condition), value.start, condition.end)
            for value, condition in zip(values, conditions, strict=True)
            if condition is not None
        ]
        if not pairs:
            return other
        return Node("call", "cases", (*pairs, other), start, end)

    def trimmed(self, cell: Slice) -> Slice:
        """The cell without spaces and commas at its ends, and without the `if`."""
        first, last = cell
        while first < last and (
            self.toks[first].kind == "quad" or self.toks[first].text in ("if", "forall", ",")
        ):
            if self.toks[first].kind == "op" and self.toks[first].text == "forall":
                break
            first += 1
        while first < last and (
            self.toks[last - 1].kind == "quad" or self.toks[last - 1].text in (",", ".", ";")
        ):
            last -= 1
        return first, last

    def worded_apart(self, cell: Slice) -> list[Slice]:
        """A row without &: the condition follows `if` or a wide space."""
        for k in range(*cell):
            token = self.toks[k]
            if (
                token.kind == "word"
                and token.text in ("if", "forall", "otherwise", "where")
                or token.kind == "quad"
            ):
                keep = k if token.text == "otherwise" else k + 1
                return [self.trimmed((cell[0], k)), self.trimmed((keep, cell[1]))]
        return [cell]

    def condition(self, cell: Slice) -> Node | None:
        """The condition of a case; None for `otherwise`."""
        if self.toks[cell[0]].kind == "word" and self.toks[cell[0]].text == "otherwise":
            return None
        signs = [k for k in range(*cell) if self.toks[k].kind == "op" and self.toks[k].text == "="]
        dots = any(self.toks[k].text == "…" for k in range(*cell))
        if len(signs) == 1 and dots:
            left, where = self.inside((cell[0], signs[0])), self.spread((signs[0] + 1, cell[1]))
            return Node("chain", ("in",), (left, where), left.start, where.end)
        return self.statement_inside(cell)

    def spread(self, part: Slice) -> Node:
        """`2, …, n - 2`, also without the commas: a range."""
        dots = next(k for k in range(*part) if self.toks[k].text == "…")
        first = dots - 1 if self.toks[dots - 1].text == "," else dots
        behind = dots + 2 if self.toks[dots + 1].text == "," else dots + 1
        if any(self.toks[k].text == "," for k in range(part[0], first)):
            return self.listed(part)
        low, high = self.inside((part[0], first)), self.inside((behind, part[1]))
        return Node("range", None, (low, high), low.start, high.end)

    def opposite(self, one: Node | None, two: Node | None) -> bool:
        """Is the second condition exactly that the first does not hold?"""
        if one is None or two is None or one.kind != "chain" or two.kind != "chain" or len(one.value) != 1:
            return False
        return two.value == (_OPPOSITE.get(one.value[0]),) and all(
            elision.same(a, b) for a, b in zip(one.items, two.items, strict=True)
        )

    # --- matrices ----------------------------------------------------------------------------------

    def matrix(self, rows: Cells, token: Token, end: int) -> Node:
        rows = [[self.trimmed(cell) for cell in row] for row in rows]
        if any(a == b for row in rows for a, b in row):
            raise self.problem("latex", "an empty entry", token)
        start = token.start
        entries = [[self.inside(cell) for cell in row] for row in rows]
        dotted = [[entry.kind == "dots" for entry in row] for row in entries]
        if any(map(any, dotted)):
            return self.general_matrix(entries, token, end)
        if len({len(row) for row in entries}) != 1:
            raise self.problem("latex", "rows of different lengths", token)
        if all(len(row) == 1 for row in entries):
            return Node("list", None, tuple(row[0] for row in entries), start, end)
        lists = [Node("list", None, tuple(row), row[0].start, row[-1].end) for row in entries]
        if len(lists) == 1:
            return Node("prime", 1, (lists[0],), start, end)
        return Node("list", None, tuple(lists), start, end)

    def general_matrix(self, entries: list[list[Node]], token: Token, end: int) -> Node:
        """The array that dots stand for: each row by its dots, then the rows by theirs."""
        start = token.start
        solid = [row for row in entries if not all(entry.kind == "dots" for entry in row)]
        names: list[str] = []
        places: list[Node] = []
        if len(entries[0]) > 1:
            index = self.fresh(Node("tuple", None, tuple(e for row in entries for e in row), start, end))
            terms = []
            for row in solid:
                found = self.dotted_run(row, index)
                if found is None:
                    raise self.problem("latex", "these dots leave out what cannot be told", token)
                terms.append(found)
            if any(not elision.same(t[1], terms[0][1]) or not elision.same(t[2], terms[0][2]) for t in terms):
                raise self.problem("latex", "these dots leave out what cannot be told", token)
            names, places = [index], [Node("range", None, (terms[0][1], terms[0][2]), start, end)]
            column = [term[0] for term in terms]
        else:
            column = [row[0] for row in solid]
        if len(solid) < len(entries):
            gap = next(k for k, row in enumerate(entries) if all(entry.kind == "dots" for entry in row))
            dots = Node("dots", None, (), start, end)
            whole = Node(
                "tuple", None, (*column, *(Node("name", n, (), start, end) for n in names)), start, end
            )
            index = self.fresh(whole)
            found = self.dotted_run([*column[:gap], dots, *column[gap:]], index)
            if found is None:
                raise self.problem("latex", "these dots leave out what cannot be told", token)
            names, places = [index, *names], [Node("range", None, (found[1], found[2]), start, end), *places]
            column = [found[0]]
        elif len(solid) > 1:
            raise self.problem("latex", "these dots leave out what cannot be told", token)
        clauses = tuple(
            Node("chain", ("=",), (Node("name", n, (), start, end), where), start, end)
            for n, where in zip(names, places, strict=True)
        )
        found_array = Node(
            "call", "vector" if len(names) == 1 else "matrix", (column[0], *clauses), start, end
        )
        if len(entries) == 1:
            return Node("prime", 1, (found_array,), start, end)
        return found_array

    def dotted_run(self, row: list[Node], index: str) -> tuple[Node, Node, Node] | None:
        gaps = [k for k, entry in enumerate(row) if entry.kind == "dots"]
        if len(gaps) != 1 or gaps[0] != len(row) - 2 or gaps[0] == 0:
            return None
        found = elision.general(row[: gaps[0]], row[-1], index)
        return None if found is None or found[3] else found[:3]
