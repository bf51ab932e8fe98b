"""Hypotheses that define: `s[k] = … s[k-1] … for integer k >= 1`, `s[0] = …`, `x = …`, `f(x) = … for real x`.

A symbol that a witness leaves out is computed from such hypotheses, which then hold by
construction, provided that the recursion ends and that right sides are defined at every index.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import cast

from symproof.evaluation.isolating import isolated
from symproof.kernel.statement import Hypothesis, Statement
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import free_symbols, occurring
from symproof.terms.sizes import polynomial, same_axis
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, REAL, Array, Function, Scalar, Type


@dataclass(frozen=True)
class Rule:
    """`name(params) = body`, at one place, at all integer places of a range, or without a place.

    The slots are the arguments of the name: a parameter, or None for the place.  The place is the
    term `at`, or k + shift for every integer k with low <= k (<= high).
    """

    hypothesis: Hypothesis
    name: str
    slots: tuple[str | None, ...]
    body: Term
    at: Term | None = None
    k: str = ""
    shift: int = 0
    low: Term | None = None
    high: Term | None = None

    @property
    def params(self) -> tuple[str, ...]:
        return tuple(slot for slot in self.slots if slot is not None)


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


def _difference(term: Term, other: Term) -> int | None:
    """The integer by which the first exceeds the second, if that is a number."""
    try:
        parts = polynomial(make("add", term, make("neg", other)))
    except OverflowError:
        return None
    constant = parts.pop((), Fraction(0))
    return None if parts or constant.denominator != 1 else int(constant)


def shrinks(term: Term, k: str, low: Term) -> bool:
    """Is the term q k rounded, with 0 <= q < 1, and smaller than k for every integer k >= low?

    ⌊q k⌋ < k for k >= 1, and ⌈q k⌉ < k when q k <= k − 1.
    """
    if term.op != "call" or term.data not in ("floor", "ceil"):
        return False
    inner, divisor = term.args[0], Fraction(1)
    if inner.op == "div" and inner.args[1].op == "num":
        inner, divisor = inner.args[0], cast(Fraction, inner.args[1].data)
    try:
        parts, start = polynomial(inner), polynomial(low)
    except OverflowError:
        return False
    if set(parts) != {(sym(k, INTEGER),)} or set(start) != {()} or not divisor:
        return False
    share = parts[sym(k, INTEGER),] / divisor
    return 0 <= share < 1 and start[()] >= (1 if term.data == "floor" else 1 / (1 - share))


def bounds(
    conditions: Iterable[Term], k: str, moving: frozenset[str]
) -> tuple[list[Term], list[Term], list[Term]]:
    """Lower and upper bounds of the integer k that do not move, and the other conditions."""
    low: list[Term] = []
    high: list[Term] = []
    rest: list[Term] = []
    for part in conditions:
        op, sides = part.op, part.args
        if op == "in" and sides[0].op == "sym" and sides[0].data == k and sides[1].op == "range":
            if not free_symbols(sides[1]) & moving:
                low.append(sides[1].args[0])
                high += [sides[1].args[1]] if sides[1].args[1].data != "oo" else []
                continue
        if op in ("le", "lt", "ge", "gt"):
            if offset(sides[0], k) is None:
                op, sides = {"le": "ge", "lt": "gt", "ge": "le", "gt": "lt"}[op], sides[::-1]
            shift = offset(sides[0], k)
            whole = isinstance(sides[1].type, Scalar) and sides[1].type.domain == "integer"
            if shift is not None and whole and not free_symbols(sides[1]) & moving:
                step = num({"gt": 1, "lt": -1}.get(op, 0) - shift)
                (low if op in ("ge", "gt") else high).append(make("add", sides[1], step))
                continue
        rest.append(part)
    return low, high, rest


def _rules(hypothesis: Hypothesis, solved: bool = False) -> Iterable[Rule]:
    """The ways in which a hypothesis can be read as a definition: as it stands, or solved for a term."""
    domains: dict[str, Term] = {}
    body = hypothesis.statement
    while body.op == "forall":
        if set(bound_names(body)) & domains.keys() or len(bound_names(body)) != len(body.args) - 1:
            return
        domains.update(zip(bound_names(body), body.args[1:], strict=True))
        body = body.args[0]
    conditions: tuple[Term, ...] = ()
    if body.op == "implies":
        conditions = body.args[0].args if body.args[0].op == "and" else (body.args[0],)
        body = body.args[1]
    if body.op != "eq":
        return
    for side, other in isolated(*body.args) if solved else (body.args, body.args[::-1]):
        if side.op == "add" and not (solved or domains or conditions):
            yield from _by_addends(hypothesis, side.args, other)
        left, right, rest = _whole(side, other, domains, conditions)
        if left.op == "sym" and not rest and not conditions and isinstance(left.type, Scalar | Array):
            if str(left.data) in occurring(right):  # rank(A) = n does not say what the size n of A is
                continue
            yield Rule(hypothesis, str(left.data), (), right)
        elif left.op in ("index", "apply") and left.args[0].op == "sym":
            rule = _at_places(hypothesis, left, right, rest, conditions)
            if rule is not None:
                yield rule


def _by_addends(hypothesis: Hypothesis, addends: tuple[Term, ...], right: Term) -> Iterable[Rule]:
    """x = c − y from x + y = c, for real x; where all is rational, a witness may as well say it."""
    if not any(node.op in ("const", "call") for part in (*addends, right) for node in part.walk()):
        return
    for k, part in enumerate(addends):
        if part.op == "sym" and part.type == REAL:
            rest = [make("neg", other) for other in addends[:k] + addends[k + 1 :]]
            yield Rule(hypothesis, str(part.data), (), make("add", right, *rest) if rest else right)


def _at_places(
    hypothesis: Hypothesis, left: Term, body: Term, domains: dict[str, Term], conditions: tuple[Term, ...]
) -> Rule | None:
    """The rule for a sequence, function or array that stands on the left with its arguments."""
    head, name = left.args[0].type, str(left.args[0].data)
    if name in domains:
        return None
    if isinstance(head, Array):
        return None
    wanted: tuple[Type, ...] = head.params if isinstance(head, Function) else (INTEGER,)
    limited = frozenset().union(*map(free_symbols, conditions))
    slots: list[str | None] = []
    place: Term | None = None
    for arg, type in zip(left.args[1:], wanted, strict=False):
        bound = str(arg.data) if isinstance(head, Function) and arg.op == "sym" else ""
        if bound in domains and bound not in limited and bound not in slots and _is_all(domains[bound], type):
            slots.append(bound)
        elif type == INTEGER and place is None:
            slots.append(None)
            place = arg
        else:
            return None
    if len(left.args) != len(wanted) + 1 or (place is not None and free_symbols(place) & set(slots)):
        return None
    rest = [bound for bound in domains if bound not in slots]
    if not rest:
        return Rule(hypothesis, name, tuple(slots), body, place) if not conditions else None
    (k,) = rest if len(rest) == 1 else ("",)
    shift = offset(place, k) if place is not None and k else None
    if shift is None or (domains[k].op != "range" and domains[k].data != "integer"):
        return None
    low, high, others = bounds(conditions, k, frozenset(domains))
    if domains[k].op == "range":
        low.append(domains[k].args[0])
        high += [domains[k].args[1]] if domains[k].args[1].data != "oo" else []
    if others or len(low) > 1 or len(high) > 1 or any(free_symbols(t) & domains.keys() for t in low + high):
        return None
    ends = low[0] if low else None, high[0] if high else None
    return Rule(hypothesis, name, tuple(slots), body, None, k, shift, *ends)


def _is_all(domain: Term, type: Type) -> bool:
    """Does the domain hold everything of the type?"""
    if isinstance(type, Scalar):
        return domain.op == "numbers" and domain.data == type.domain
    if not isinstance(type, Array) or domain.op != "arrays" or domain.data != type.domain:
        return False
    return len(domain.args) == len(type.axes) and all(map(same_axis, domain.args, type.axes))


def _whole(
    left: Term, right: Term, domains: dict[str, Term], conditions: tuple[Term, ...]
) -> tuple[Term, Term, dict[str, Term]]:
    """`y[i] = … for i in 1..n` gives the array y, or a member of a sequence, if the ranges are its axes.

    The equation for the array, and the domains that are left.
    """
    whole = left.args[0] if left.op == "index" else left
    if left.op != "index" or not isinstance(whole.type, Array):
        return left, right, domains
    names = [str(at.data) if at.op == "sym" else "" for at in left.args[1:]]
    ranges = [domains[name] for name in names if name in domains]
    rest = {name: domain for name, domain in domains.items() if name not in names}
    taken = free_symbols(whole).union(*map(free_symbols, (*conditions, *rest.values())))
    if (
        len(set(names)) != len(left.args) - 1
        or len(ranges) != len(whole.type.axes)
        or taken & set(names)
        or any(free_symbols(r) & domains.keys() for r in ranges)
        or not all(map(same_axis, whole.type.axes, ranges))
    ):
        return left, right, domains
    return whole, make("array", right, *ranges, data=tuple((name,) for name in names)), rest


class Definitional:
    """The hypotheses of a statement that can serve as definitions."""

    def __init__(self, statement: Statement) -> None:
        self.bodies = {d.name: d.body for d in statement.definitions}
        self._uses = {d.name: free_symbols(d.body) - {p for p, _ in d.params} for d in statement.definitions}
        self.recurrences: dict[str, Rule] = {}  # for all places of a range
        self.starts: dict[str, list[Rule]] = {}  # for one place
        self.equations: dict[str, list[Rule]] = {}  # without a place
        candidates: list[Rule] = []
        for hypothesis in statement.hypotheses:
            for rule in _rules(hypothesis):
                if rule.k:
                    candidates.append(rule)
                elif rule.at is not None:
                    if self._start(rule):
                        break
                elif rule.name not in self.closure(rule.body):
                    self.equations.setdefault(rule.name, []).append(rule)
        self._order(candidates)
        self._solve(statement)

    def _solve(self, statement: Statement) -> None:
        """Hypotheses that define nothing as they stand, solved for a term of a sequence."""
        rules = (*self.recurrences.values(), *chain(*self.starts.values(), *self.equations.values()))
        serving = {id(rule.hypothesis) for rule in rules}
        for hypothesis in statement.hypotheses:
            for rule in _rules(hypothesis, solved=True) if id(hypothesis) not in serving else ():
                if rule.k and rule.name not in self.recurrences:
                    before = self.recurrences
                    self._order([*before.values(), rule])
                    if len(self.recurrences) > len(before):
                        break
                    self.recurrences = before
                elif rule.at is not None and self._start(rule):
                    break

    def _start(self, rule: Rule) -> bool:
        """Take the rule for one place, unless there is one already."""
        starts = self.starts.setdefault(rule.name, [])
        fresh = all(rule.at != other.at for other in starts)
        if fresh:
            starts.append(rule)
        return fresh

    def closure(self, term: Term) -> frozenset[str]:
        """The free symbols of the term and of the definitions that it uses."""
        return self.reached(free_symbols(term))

    def reached(self, names: frozenset[str]) -> frozenset[str]:
        """The names and those of the definitions that they use."""
        found: set[str] = set()
        todo = set(names)
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                todo |= self._uses.get(name, frozenset())
        return frozenset(found)

    def rules(self, name: str) -> bool:
        """Do hypotheses say what some terms of a sequence, or some values of a function, are?"""
        return name in self.recurrences or name in self.starts

    def settled(self, name: str) -> bool:
        """Do hypotheses say what a sequence is wherever its recurrence reads it?"""
        rule, starts = self.recurrences.get(name), self.starts.get(name, ())
        if rule is None or not starts:
            return False
        if rule.low is None:
            return True
        slot = rule.slots.index(None)
        fixed = {_difference(start.at, rule.low) for start in starts if start.at is not None}
        reads = [
            offset(node.args[1 + slot], rule.k)
            for node in rule.body.walk()
            if node.op in ("index", "apply") and node.args[0].op == "sym" and node.args[0].data == name
        ]
        return all(fixed.issuperset(range(first, rule.shift)) for first in reads if first is not None)

    def _order(self, candidates: list[Rule]) -> None:
        """Accept recurrences one after another, each needing the earlier ones only at the same place."""
        self.recurrences = {}
        places = {rule.name: rule.slots.index(None) for rule in reversed(candidates)}
        waiting = [rule for rule in candidates if rule.slots.index(None) == places[rule.name]]
        while waiting:
            accepted = next((rule for rule in waiting if self._descends(rule, places)), None)
            if accepted is None:
                return
            self.recurrences[accepted.name] = accepted
            waiting = [rule for rule in waiting if rule.name != accepted.name]

    def _read_by(self, name: str) -> set[str]:
        """The recursive names that the recurrence for a name reads, directly or through others."""
        found: set[str] = set()
        todo = [name]
        while todo:
            rule = self.recurrences.get(todo.pop())
            fresh = self.closure(rule.body) - found if rule else frozenset()
            found |= fresh
            todo += fresh
        return found

    def _descends(self, r: Rule, places: dict[str, int]) -> bool:
        """Every recursive name is read at a smaller place, or at the same one if it comes earlier.

        `places` says which argument of a recursive name is its place.
        """
        names = places.keys()
        if self.reached(free_symbols(r.body) & self.bodies.keys()) & names:
            return False
        if any(self.closure(end) & names for end in (r.low, r.high) if end is not None):
            return False
        if r.low is None:
            return not self.closure(r.body) & names
        stack = [r.body]
        while stack:
            node = stack.pop()
            if r.k in bound_names(node) or names & set(bound_names(node)):
                return False
            if node.op == "sym" and node.data in names:
                return False
            if node.op in ("index", "apply") and node.args[0].op == "sym" and node.args[0].data in names:
                read = str(node.args[0].data)
                place = node.args[1 + places[read]]
                if shrinks(place, r.k, r.low):
                    continue
                shift = offset(place, r.k)
                earlier = read in self.recurrences and read != r.name
                if earlier and r.name not in self._read_by(read):  # it is known at all places by then
                    stack.extend(node.args[1:])
                    continue
                if shift is None or shift > r.shift or (shift == r.shift and not earlier):
                    return False
                stack.extend(arg for arg in node.args[1:] if arg is not place)
                continue
            stack.extend(node.args)
        return True
