"""What it costs to evaluate expressions as they are written: numbers, found by counting loops.

operations(E, …)       operations on numbers; multiplications(E, …) those among them that are products
storage(E, …)          numbers in arrays that are held: every name once, and every result on the way

A name is at hand.  Transposes, signs, indices and the arrays I, ones and zeros are free.  The product of a
p×q and a q×r matrix is the naive triple loop: for each of the p r entries q products and q additions to a
running sum.  Otherwise an operation on arrays is one for each entry.  A diagonal matrix is its diagonal.
The rounds of a loop, as in a sum, use the same storage again.

The cost is read as a term, sums of 1 over the loops; nothing downstream knows of costs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, count

from symproof.reading.elaborate import Elaborator
from symproof.reading.tree import Node
from symproof.terms.build import make, num
from symproof.terms.rewrite import occurring
from symproof.terms.tree import BINDERS, Term, bound_names
from symproof.terms.types import Array, Type

Names = tuple[str, ...]
Loop = tuple[Names, Term]  # the names that it binds, none where nothing speaks of them, and where they run

FREE = frozenset("sym num const eye ones zeros degree adjacency degree_matrix cardinality".split())
VIEWS = frozenset("transpose neg diag index".split())
SUMMING = {"sum": "addition", "product": "product", "maximum": "comparison", "minimum": "comparison"}
EVERY = frozenset("product addition comparison quotient value".split())


def operations(el: Elaborator, node: Node, want: Type | None) -> Term:
    """How many operations on numbers it takes to evaluate the expressions."""
    return _cost(el, node, _Operations(EVERY))


def multiplications(el: Elaborator, node: Node, want: Type | None) -> Term:
    """How many products of numbers it takes to evaluate the expressions."""
    return _cost(el, node, _Operations(frozenset({"product"})))


def storage(el: Elaborator, node: Node, want: Type | None) -> Term:
    """How many numbers in arrays are held while the expressions are evaluated, one after the other."""
    return _cost(el, node, _Storage())


def _cost(el: Elaborator, node: Node, counter: _Counter) -> Term:
    if not node.items:
        raise el.problem("arguments", f"{node.value} of what?", node, expected=f"{node.value}(A B)")
    used = set(el.types)
    for item in node.items:
        with _sizes_in_force(el):
            term = el.value(item)
        for part in term.walk():
            used |= {*bound_names(part), *([str(part.data)] if part.op == "sym" else [])}
            for axis in shape(part):
                used |= occurring(axis)
        try:
            counter.evaluate(term, ())
        except _Unpriced as unpriced:
            raise el.problem(
                "arguments",
                f"no cost is agreed for {unpriced}",
                node,
                hint="give its result a name and add what it costs",
            ) from None
    return counter.total(el, node, used)


@contextmanager
def _sizes_in_force(el: Elaborator) -> Iterator[None]:
    """In a cost only the sizes of arrays matter; where a size is bound anew, the new one is meant."""
    outer, el.levels = el.levels, {}
    try:
        yield
    finally:
        el.levels = outer


def shape(term: Term) -> tuple[Term, ...]:
    """The axes over which the numbers that a result consists of run; one for diagonal matrices."""
    if not isinstance(term.type, Array):
        return ()
    return term.type.axes[:1] if diagonal(term) else term.type.axes


def diagonal(term: Term) -> bool:
    """Is this a diagonal matrix by the way it is written?"""
    if term.op in ("diag", "eye", "degree_matrix"):
        return True
    if term.op in ("transpose", "neg", "inverse"):
        return diagonal(term.args[0])
    if term.op == "matpow":
        return diagonal(term.args[0])
    if term.op == "scale":
        return diagonal(term.args[1])
    return term.op in ("add", "matmul", "hadamard") and all(map(diagonal, term.args))


class _Unpriced(Exception):
    """An operation with no agreed cost; says which."""


class _Counter(ABC):
    """Counts how often something is done, by the loops around it."""

    def __init__(self) -> None:
        self.found: dict[tuple[Loop, ...], int] = {}

    @abstractmethod
    def evaluate(self, term: Term, loops: tuple[Loop, ...]) -> None:
        """Count what the term costs inside the loops."""

    def add(self, loops: Iterable[Loop], times: int = 1) -> None:
        key = tuple(loops)
        self.found[key] = self.found.get(key, 0) + times

    def total(self, el: Elaborator, node: Node, used: set[str]) -> Term:
        """Σ times · (Σ over the loops of 1)."""
        letters = (name for name in chain("ijkl", (f"i{k}" for k in count(1))) if name not in used)
        spare: list[str] = []
        parts = []
        for loops, times in self.found.items():
            free = iter(range(len(loops)))
            groups: list[Names] = []
            for names, _ in loops:
                if not names:
                    k = next(free)
                    if k == len(spare):
                        spare.append(next(letters))
                    names = (spare[k],)
                groups.append(names)
            one = num(1)
            if loops:
                one = el.make("sum", one, *(where for _, where in loops), data=tuple(groups), node=node)
            parts.append(one if times == 1 else el.make("mul", num(times), one, node=node))
        if not parts:
            return num(0)
        return parts[0] if len(parts) == 1 else el.make("add", *parts, node=node)


class _Operations(_Counter):
    """Counts operations of some kinds."""

    def __init__(self, kinds: frozenset[str]) -> None:
        super().__init__()
        self.kinds = kinds

    def do(self, kind: str, loops: tuple[Loop, ...], axes: Iterable[Term] = (), times: int = 1) -> None:
        """Something done for each entry over the axes, inside the loops."""
        if kind in self.kinds and times:
            self.add((*loops, *(((), axis) for axis in axes)), times)

    def evaluate(self, term: Term, loops: tuple[Loop, ...]) -> None:
        op, args, axes = term.op, term.args, shape(term)
        if op in FREE:
            return
        if op in ("sum", "product", "maximum", "minimum", "array"):
            groups: tuple[Names, ...] = term.data  # type: ignore[assignment]
            inside = (*loops, *zip(groups, args[1:], strict=True))
            self.evaluate(args[0], inside)
            if op in SUMMING:
                self.do(SUMMING[op], inside, axes)
            return
        for part in args[:1] if op == "index" else args:
            self.evaluate(part, loops)
        if op in VIEWS or op == "entries":
            return
        if op in ("add", "mul"):
            self.do("addition" if op == "add" else "product", loops, axes, len(args) - 1)
        elif op in ("scale", "hadamard"):
            self.do("product", loops, axes)
        elif op == "div" or (op == "inverse" and diagonal(term)):
            self.do("quotient", loops, axes)
        elif op == "pow":
            natural = args[1].op == "num" and args[1].data in range(1, 10)
            kind, times = ("product", int(str(args[1].data)) - 1) if natural else ("value", 1)
            self.do(kind, loops, (), times)
        elif op == "call":
            several = term.data in ("max", "min")
            self.do("comparison" if several else "value", loops, axes, len(args) - 1 if several else 1)
        elif op == "softmax":
            for kind in ("value", "addition", "quotient"):
                self.do(kind, loops, axes)
        elif op in ("dot", "norm", "fronorm"):
            for kind in ("product", "addition"):
                self.do(kind, loops, shape(args[0]))
            self.do("value", loops, (), op != "dot")
        elif op == "trace":
            self.do("addition", loops, shape(args[0])[:1])
        elif op == "matpow":
            self._power(term, loops)
        elif op == "matmul":
            self._matmul(args[0], args[1], loops)
        else:
            raise _Unpriced(_NAMES.get(op, f"`{op}`"))

    def _matmul(self, left: Term, right: Term, loops: tuple[Loop, ...]) -> None:
        """The triple loop; a diagonal factor scales rows or columns."""
        if diagonal(left) or diagonal(right):
            return self.do("product", loops, shape(right if diagonal(left) else left))
        a, b = left.type, right.type
        assert isinstance(a, Array) and isinstance(b, Array)
        if not a.row and len(a.axes) == 1:  # a column times a row
            return self.do("product", loops, (*a.axes, *b.axes))
        for kind in ("product", "addition"):
            self.do(kind, loops, (*a.axes[:-1], *b.axes[1:], a.axes[-1]))

    def _power(self, term: Term, loops: tuple[Loop, ...]) -> None:
        """A^K by K-1 products; of a diagonal matrix, the powers of its entries."""
        base, exponent = term.args
        if diagonal(base):
            return self.do("value", loops, shape(base))
        self._matmul(base, base, (*loops, ((), make("range", num(2), exponent))))


class _Storage(_Counter):
    """Counts the numbers in arrays that are held."""

    def __init__(self) -> None:
        super().__init__()
        self.given: set[Term] = set()

    def evaluate(self, term: Term, loops: tuple[Loop, ...]) -> None:
        _Operations(EVERY).evaluate(term, loops)  # it has an agreed cost
        self.hold(term, frozenset())

    def hold(self, term: Term, bound: frozenset[str]) -> None:
        """Hold what the term names, and what is computed on the way."""
        op = term.op
        if op in ("eye", "ones", "zeros"):
            return
        of_sequence = op == "index" and not isinstance(term.args[0].type, Array)
        if of_sequence or op in FREE:
            if term in self.given:
                return
            self.given.add(term)
        else:
            inner = bound | set(bound_names(term))
            for part in term.args[:1] if op == "index" or op in BINDERS else term.args:
                self.hold(part, inner)
            if op in VIEWS:
                return
        axes = shape(term)
        if any(not bound.isdisjoint(occurring(axis)) for axis in axes):
            raise _Unpriced("to hold what grows from round to round")
        if axes:
            self.add(((), axis) for axis in axes)


_NAMES = {
    "apply": "a value of a function",
    "inverse": "an inverse",
    "opnorm": "an operator norm",
    "det": "a determinant",
    "rank": "a rank",
    "lambda_max": "an eigenvalue",
    "lambda_min": "an eigenvalue",
}
