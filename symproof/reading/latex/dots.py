"""Sums and products with dots as ones over an index."""

from __future__ import annotations

from fractions import Fraction

from symproof.reading.latex import elision
from symproof.reading.latex.calculus import Calculus
from symproof.reading.tree import Node, written_names

_LETTERS = "ijklpqrsuvw"


class Dots(Calculus):
    """The part of the parser that fills in what dots leave out."""

    def filled(self, node: Node) -> Node:
        """A sum or product with dots as one over an index."""
        items, signs = list(node.items), list(node.value)
        dots = [k for k, item in enumerate(items) if item.kind == "dots"]
        at = dots[0]
        usual = "+" if node.kind == "sum" else None
        if len(dots) == 1 and 0 < at < len(items) - 1:
            width = len(items) - 1 - at if node.kind == "product" else 1
            fits = at % width == 0 or at >= width
            if (
                fits
                and all(s != "/" and s != "⊙" for s in signs)
                and (usual is None or set(signs[1 : at + 2]) <= {"+"})
            ):
                found = self.run_of(node, items, at, width)
                if found is not None:
                    before, inner, behind = found
                    rest = [*before, inner, *behind]
                    if len(rest) == 1:
                        return inner
                    ops = (*signs[: len(before)], "+" if usual else " ", *signs[at + 2 :][: len(behind)])
                    if not before:
                        ops = ("+" if usual else "*", *ops[1:])
                    return Node(node.kind, ops, tuple(rest), node.start, node.end)
        raise self.problem("latex", "these dots leave out what cannot be told", items[at])

    def run_of(
        self, node: Node, items: list[Node], at: int, width: int
    ) -> tuple[list[Node], Node, list[Node]] | None:
        def block(part: list[Node]) -> Node:
            if len(part) == 1:
                return part[0]
            return Node("product", ("*", *[" "] * (len(part) - 1)), tuple(part), part[0].start, part[-1].end)

        index = self.fresh(node)
        blocks = [block(items[k : k + width]) for k in range(at % width, at, width)]
        last = block(items[at + 1 : at + 1 + width])
        while blocks:
            found = elision.general(blocks, last, index)
            if found is not None:
                term, low, high, down = found
                before = items[: at - width * len(blocks)]
                op = "sum" if node.kind == "sum" else "product"
                if down and op == "product":
                    term, low, high = self.counted_up(term, index, low, high)
                elif down:
                    low, high = high, low
                name = Node("name", index, (), term.start, term.end)
                where = Node("range", None, (low, high), term.start, term.end)
                clause = Node("chain", ("=",), (name, where), term.start, term.end)
                whole = Node("call", op, (term, clause), blocks[0].start, last.end)
                return before, whole, items[at + 1 + width :]
            blocks = blocks[1:]
        return None

    def counted_up(self, term: Node, index: str, high: Node, low: Node) -> tuple[Node, Node, Node]:
        """A product that counts down, in its order: with the index k, the factor at high + 1 - k."""
        top = elision.linear(high) or {}
        value = {**top, index: Fraction(-1)}
        value[""] = value.get("", Fraction(0)) + 1
        turned = elision.instance(term, index, {k: v for k, v in value.items() if v})
        count = elision.minus(top, elision.linear(low) or {})
        count[""] = count.get("", Fraction(0)) + 1
        one = Node("number", Fraction(1), (), term.start, term.end)
        return turned, one, elision.node_of({k: v for k, v in count.items() if v}, term)

    def fresh(self, node: Node) -> str:
        """A letter for an index that nothing else uses."""
        taken = written_names(node) | self.bound
        letters: list[str] = [*_LETTERS, *(f"i{k}" for k in range(99))]
        return next(c for c in letters if c not in taken and not self.vocabulary.knows(c))
