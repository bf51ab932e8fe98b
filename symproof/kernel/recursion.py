"""Hypotheses that define: `s[k] = … s[k-1] … for integer k >= 1`, `x = …`, `s[0] = …`.

A symbol that a witness leaves out is computed from such a hypothesis, which then holds by
construction, provided that the recursion ends and that its right side is defined at every index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

from symproof.kernel.statement import Hypothesis, Statement
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import free_symbols
from symproof.terms.sizes import polynomial, same_axis
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, Array, Scalar, Sequence


@dataclass(frozen=True)
class Recurrence:
    """`name[k + shift] = body` for every integer k with low <= k (<= high)."""

    hypothesis: Hypothesis
    name: str
    k: str
    shift: int
    low: Term
    high: Term | None
    body: Term


@dataclass(frozen=True)
class Equation:
    """`name = body`, or `name[at] = body` for a place of a sequence."""

    hypothesis: Hypothesis
    name: str
    body: Term
    at: Term | None = None


def offset(term: Term, k: str) -> int | None:
    """The integer c for which the term is k + c."""
    try:
        parts = polynomial(term)
    except OverflowError:
        return None
    letters = {mono: c for mono, c in parts.items() if mono}
    constant = parts.get((), Fraction(0))
    if letters != {(sym(k, INTEGER),): Fraction(1)} or constant.denominator != 1:
        return None
    return int(constant)


def bounds(
    conditions: Iterable[Term], k: str, moving: frozenset[str]
) -> tuple[list[Term], list[Term], list[Term]]:
    """Lower and upper bounds of the integer k that do not move, and the other conditions."""
    low: list[Term] = []
    high: list[Term] = []
    rest: list[Term] = []
    for part in conditions:
        op, sides = part.op, part.args
        if op in ("le", "lt", "ge", "gt"):
            if sides[1].op == "sym" and sides[1].data == k:
                op, sides = {"le": "ge", "lt": "gt", "ge": "le", "gt": "lt"}[op], sides[::-1]
            whole = isinstance(sides[1].type, Scalar) and sides[1].type.domain == "integer"
            if sides[0].op == "sym" and sides[0].data == k and whole and not free_symbols(sides[1]) & moving:
                step = num({"gt": 1, "lt": -1}.get(op, 0))
                (low if op in ("ge", "gt") else high).append(make("add", sides[1], step))
                continue
        rest.append(part)
    return low, high, rest


def _recurrence(hypothesis: Hypothesis) -> Recurrence | None:
    term = hypothesis.statement
    if term.op != "forall" or len(term.args) != 2 or len(bound_names(term)) != 1:
        return None
    (k,), (body, domain) = bound_names(term), term.args
    low: list[Term]
    high: list[Term]
    if domain.op == "range":
        low, high = [domain.args[0]], [] if domain.args[1].data == "oo" else [domain.args[1]]
    elif domain.op == "numbers" and domain.data == "integer" and body.op == "implies":
        conditions = body.args[0].args if body.args[0].op == "and" else (body.args[0],)
        low, high, rest = bounds(conditions, k, frozenset({k}))
        body = body.args[1]
        if rest or len(low) != 1 or len(high) > 1:
            return None
    else:
        return None
    if body.op != "eq" or body.args[0].op != "index" or len(body.args[0].args) != 2:
        return None
    sequence, at = body.args[0].args
    shift = offset(at, k)
    if sequence.op != "sym" or not isinstance(sequence.type, Sequence) or shift is None:
        return None
    return Recurrence(
        hypothesis, str(sequence.data), k, shift, low[0], high[0] if high else None, body.args[1]
    )


def _equation(hypothesis: Hypothesis) -> Iterable[Equation]:
    term = hypothesis.statement
    if term.op == "eq":
        for left, right in (term.args, term.args[::-1]):
            if left.op == "sym" and isinstance(left.type, Scalar | Array):
                yield Equation(hypothesis, str(left.data), right)
            elif left.op == "index" and len(left.args) == 2 and isinstance(left.args[0].type, Sequence):
                if left.args[0].op == "sym":
                    yield Equation(hypothesis, str(left.args[0].data), right, left.args[1])
    elif term.op == "forall" and term.args[0].op == "eq":  # y[i] = … for i in 1..n
        left, right = term.args[0].args
        names = bound_names(term)
        if left.op != "index" or left.args[0].op != "sym" or not isinstance(left.args[0].type, Array):
            return
        axes = left.args[0].type.axes
        fits = len(axes) == len(names) == len(term.args) - 1 == len(left.args) - 1
        if fits and all(
            at.op == "sym" and at.data == name and same_axis(axis, domain)
            for at, name, axis, domain in zip(left.args[1:], names, axes, term.args[1:], strict=True)
        ):
            data = tuple((name,) for name in names)
            yield Equation(
                hypothesis, str(left.args[0].data), make("array", right, *term.args[1:], data=data)
            )


class Definitional:
    """The hypotheses of a statement that can serve as definitions."""

    def __init__(self, statement: Statement) -> None:
        self.bodies = {d.name: d.body for d in statement.definitions}
        found = [r for h in statement.hypotheses if (r := _recurrence(h)) is not None]
        names = {r.name for r in found}
        self.recurrences: dict[str, Recurrence] = {}
        for candidate in found:
            if candidate.name not in self.recurrences and self._descends(candidate, names):
                self.recurrences[candidate.name] = candidate
        self.equations: dict[str, list[Equation]] = {}
        self.starts: dict[str, list[Equation]] = {}
        for hypothesis in statement.hypotheses:
            for equation in _equation(hypothesis):
                if equation.name not in self.closure(equation.body) or equation.at is not None:
                    table = self.equations if equation.at is None else self.starts
                    table.setdefault(equation.name, []).append(equation)

    def closure(self, term: Term) -> frozenset[str]:
        """The free symbols of the term and of the definitions that it uses."""
        found: set[str] = set()
        todo = set(free_symbols(term))
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                if name in self.bodies:
                    todo |= free_symbols(self.bodies[name])
        return frozenset(found)

    def _descends(self, r: Recurrence, names: set[str]) -> bool:
        """Every recursive sequence is read at a smaller index, or at the same one if it comes earlier."""
        if any(self.closure(self.bodies[d]) & names for d in free_symbols(r.body) if d in self.bodies):
            return False
        if self.closure(r.low) & names or (r.high is not None and self.closure(r.high) & names):
            return False
        stack = [r.body]
        while stack:
            node = stack.pop()
            if r.k in bound_names(node) or names & set(bound_names(node)):
                return False
            if node.op == "sym" and node.data in names:
                return False
            if node.op == "index" and node.args[0].op == "sym" and node.args[0].data in names:
                read, shift = str(node.args[0].data), offset(node.args[1], r.k)
                earlier = read in self.recurrences and read != r.name
                if shift is None or shift > r.shift or (shift == r.shift and not earlier):
                    return False
                stack.extend(node.args[2:])
                continue
            stack.extend(node.args)
        return True


_SMOOTH = frozenset("exp sin cos sinh cosh tanh atan asinh sigmoid softplus erf".split())
_TOTAL = _SMOOTH | frozenset("abs relu sign floor ceil max min".split())
_POLYNOMIAL = frozenset("add neg mul scale hadamard matmul transpose dot trace diag entries softmax".split())
_RELATIONS = frozenset("eq ne lt le gt ge and or not implies iff true false".split())


@dataclass(frozen=True)
class Totality:
    """Is a term defined whatever values the moving symbols take?  A simple sufficient test.

    `sign` gives the certain sign of a term that does not move, `defined` says whether it has a value.
    """

    definitional: Definitional
    sign: Callable[[Term], int | None]
    defined: Callable[[Term], bool]
    smooth: bool = False

    def total(self, term: Term, moving: frozenset[str], ranges: dict[str, Term] | None = None) -> bool:
        ranges = ranges or {}
        if not self.definitional.closure(term) & moving:
            return self.defined(term)

        def rest(parts: Iterable[Term]) -> bool:
            return all(self.total(part, moving, ranges) for part in parts)

        op, args = term.op, term.args
        if op == "sym":
            return str(term.data) not in self.definitional.bodies
        if op in _POLYNOMIAL or (
            not self.smooth and op in _RELATIONS | {"norm", "fronorm", "bracket", "cases"}
        ):
            return rest(args)
        if op == "call":
            return term.data in (_SMOOTH if self.smooth else _TOTAL) and rest(args)
        if op == "div":
            return rest(args[:1]) and self._sign(args[1], moving) not in (None, 0)
        if op == "pow":
            if args[1].op == "num" and args[1].type == INTEGER and args[1].data >= 0:  # type: ignore[operator]
                return rest(args[:1])
            base, whole = self._sign(args[0], moving), args[1].type == INTEGER
            return rest(args[1:]) and (base == 1 or (base == -1 and whole))
        if op == "apply" and not self.smooth and args[0].op == "sym":  # a declared function is total
            return str(args[0].data) not in self.definitional.bodies and rest(args[1:])
        if op == "index":
            return self._inside(term, moving, ranges) and rest(args[1:])
        if op in ("sum", "array"):
            names = bound_names(term)
            inner = {**ranges, **dict(zip(names, args[1:], strict=False))}
            finite = all(
                d.op in ("range", "vertices")
                and not self.definitional.closure(d) & (moving | set(names))
                and all(map(self.defined, d.args))
                for d in args[1:]
            )
            return finite and self.total(args[0], moving | set(names), inner)
        return False

    def _sign(self, term: Term, moving: frozenset[str]) -> int | None:
        return None if self.definitional.closure(term) & moving else self.sign(term)

    def _inside(self, term: Term, moving: frozenset[str], ranges: dict[str, Term]) -> bool:
        """Are the indices in their axes?  Sequences have a value at every integer."""
        found = term.args[0].type
        if term.args[0].op not in ("sym", "index"):
            return False
        for at in term.args[1:]:
            if isinstance(found, Sequence):
                found = found.item
                continue
            if not isinstance(found, Array):
                return False
            bound = ranges.get(str(at.data)) if at.op == "sym" else None
            if bound is None or not same_axis(bound, found.axes[0]):
                fixed = make("in", at, found.axes[0])
                if found.axes[0].op != "range" or self._sign(make("bracket", fixed), moving) != 1:
                    return False
            found = Array(found.axes[1:], found.domain) if found.axes[1:] else Scalar(found.domain)
        return True
