"""A simple sufficient test that a term is defined, or smooth, whatever values some symbols take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from symproof.evaluation.recursion import Definitional, Rule, offset
from symproof.terms.build import make, sym
from symproof.terms.sizes import same_axis
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, Array, Scalar, Sequence

_SMOOTH = frozenset("exp sin cos sinh cosh tanh atan asinh sigmoid softplus erf".split())
_TOTAL = _SMOOTH | frozenset("abs relu sign floor ceil max min".split())
_POLYNOMIAL = frozenset("add neg mul scale hadamard matmul transpose dot trace diag entries softmax".split())
_ROUGH = frozenset("norm fronorm bracket cases".split())
_EXTREMA = frozenset(("maximum", "minimum", "argmax", "argmin"))
_RELATIONS = frozenset("eq ne lt le gt ge and or not implies iff true false".split())


@dataclass(frozen=True)
class Totality:
    """Is a term defined whatever values the moving symbols take?

    `sign` gives the certain sign of a term that does not move, `defined` says whether it has a value.
    With `smooth`, is it also a smooth function of the symbols that move and are not steady?  The
    `differentiable` functions are smooth by declaration.
    """

    definitional: Definitional
    sign: Callable[[Term], int | None]
    defined: Callable[[Term], bool]
    differentiable: frozenset[str]
    smooth: bool = False
    steady: frozenset[str] = frozenset()
    positive: frozenset[str] = frozenset()  # moving integers that are at least 1
    lasting: str | None = None  # a sequence that is positive or not negative wherever its recurrence reads it
    strictly: bool = False

    def total(self, term: Term, moving: frozenset[str], ranges: dict[str, Term] | None = None) -> bool:
        ranges = ranges or {}
        touched = self.definitional.closure(term) & moving
        if not touched:
            return self.defined(term)
        if self.smooth and touched <= self.steady:
            return replace(self, smooth=False).total(term, moving, ranges)

        def rest(parts: Iterable[Term]) -> bool:
            return all(self.total(part, moving, ranges) for part in parts)

        op, args = term.op, term.args
        if op == "sym":
            return str(term.data) not in self.definitional.bodies
        if op in _POLYNOMIAL or (not self.smooth and op in _RELATIONS | _ROUGH):
            return rest(args)
        if op == "call" and term.data == "sqrt" and self._bound_below(args[0]) is not None:
            return (not self.smooth or self._is_positive(args[0])) and rest(args)
        if op == "call":
            return term.data in (_SMOOTH if self.smooth else _TOTAL) and rest(args)
        if op == "div":
            return rest(args[:1]) and self._sign(args[1], moving) not in (None, 0)
        if op == "pow":
            if args[1].op == "num" and args[1].type == INTEGER and args[1].data >= 0:  # type: ignore[operator]
                return rest(args[:1])
            base, whole = self._sign(args[0], moving), args[1].type == INTEGER
            return rest(args[1:]) and (base == 1 or (base == -1 and whole))
        if op == "apply" and args[0].op == "sym":  # a declared function is total
            name = str(args[0].data)
            known = name in self.differentiable or not self.smooth
            return known and name not in self.definitional.bodies and rest(args[1:])
        if op in ("diff", "grad", "jacobian", "hessian"):
            places = frozenset(bound_names(term))
            steady = self.steady if self.smooth else moving - places
            body = replace(self, smooth=True, steady=steady).total(args[0], moving | places, ranges)
            return body and rest(args[1:2]) and all(order.op == "num" for order in args[2:])
        if op == "index":
            return self._inside(term, moving, ranges) and rest(args)
        if op in ("sum", "array") or op in _EXTREMA:
            names = bound_names(term)
            inner = {**ranges, **dict(zip(names, args[1:], strict=False))}
            finite = all(
                d.op in ("range", "vertices")
                and not self.definitional.closure(d) & (moving | set(names))
                and all(map(self.defined, d.args))
                for d in args[1:]
            )
            if op in _EXTREMA and (self.smooth or not all(self._nonempty(d, moving) for d in args[1:])):
                return False
            within = replace(self, steady=self.steady | set(names))
            return finite and within.total(args[0], moving | set(names), inner)
        return False

    def _sign(self, term: Term, moving: frozenset[str]) -> int | None:
        if self.definitional.closure(term) & moving:
            return 1 if self._is_positive(term) else None
        return self.sign(term)

    def _is_positive(self, term: Term) -> bool:
        return self._bound_below(term) is True

    def _bound_below(self, term: Term) -> bool | None:
        """Is it made of integers that are at least 1, of numbers, and of a sequence that keeps its sign in a
        way that is positive (True) or not negative (False)?
        """
        parts = [self._bound_below(arg) for arg in term.args] if term.op in ("add", "mul", "div") else []
        if term.op == "num":
            return term.data > 0 if term.data >= 0 else None  # type: ignore[operator]
        if term.op == "add":
            return None if None in parts else any(parts)
        if term.op == "mul":
            return None if None in parts else all(parts)
        if term.op == "div":
            return parts[0] if parts[1] else None
        if term.op == "pow" and term.args[1].op == "num" and term.args[1].data > 0:  # type: ignore[operator]
            return self._bound_below(term.args[0])
        if term.op == "call" and term.data == "sqrt":
            return self._bound_below(term.args[0])
        if term.op == "index" and term.args[0].op == "sym" and term.args[0].data == self.lasting:
            return self.strictly
        return True if term.op == "sym" and term.data in self.positive else None

    def keeping_sign(self, rule: Rule, moving: frozenset[str]) -> Totality:
        """The test for the body of a recurrence a[k + s] = f(a[k], …), where a is positive, or not negative,
        wherever it is read: so it begins, and so f keeps it.
        """
        name, starts = rule.name, self.definitional.starts.get(rule.name, ())
        reads = [n for n in rule.body.walk() if n.op == "index" and n.args[0] == sym(name, n.args[0].type)]
        if (
            rule.slots != (None,)
            or rule.low is None
            or not isinstance(rule.body.type, Scalar)
            or self.smooth
            or not self.definitional.settled(name)
            or any(self.definitional.closure(start.body) & moving for start in starts)
            or sum(n.op == "sym" and n.data == name for n in rule.body.walk()) != len(reads)
            or any(len(n.args) != 2 or (offset(n.args[1], rule.k) or 0) >= rule.shift for n in reads)
            or any(offset(n.args[1], rule.k) is None for n in reads)
        ):
            return self
        values = [start.body for start in starts]
        for strictly in (True, False):
            least = {self.sign(value) for value in values}
            kept = replace(self, lasting=name, strictly=strictly)
            if least <= ({1} if strictly else {0, 1}) and kept._bound_below(rule.body) in (True, strictly):
                return kept
        return self

    def _nonempty(self, domain: Term, moving: frozenset[str]) -> bool:
        """Is the range sure to hold an integer?  A graph has a vertex."""
        if domain.op != "range":
            return domain.op == "vertices"
        return self._sign(make("bracket", make("le", *domain.args)), moving) == 1

    def _inside(self, term: Term, moving: frozenset[str], ranges: dict[str, Term]) -> bool:
        """Are the indices in their axes?  Sequences have a value at every integer."""
        found = term.args[0].type
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
