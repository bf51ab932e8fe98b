"""Statements about infinitely many things, at given values of the symbols.

They are accepted only by an argument, never by sampling:
- over integers that occur only as places k + c of sequences that are given, or in k = j and
  k ≠ j: such a statement is the same at all places outside a finite window;
- over real numbers and arrays of them: polynomial identities, quadratic polynomials without
  negative values, and what one ball around the whole line shows;
- orders of growth: polynomials whose coefficients are positive, and whose terms bound each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from itertools import product
from typing import Any, Protocol

from symproof.evaluation.arithmetic import (
    Arithmetic,
    Beyond,
    ExpPolynomial,
    Generator,
    Imprecise,
    Number,
    Unknown,
)
from symproof.evaluation.given import special_places
from symproof.evaluation.linear import Tensor, eliminate, positive_semidefinite
from symproof.evaluation.model import World
from symproof.evaluation.recursion import bounds, offset
from symproof.terms.build import make
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, Prop, Sequence

Env = dict[str, Any]
INTEGER_LABEL = "∀ integer "


class Check(Protocol):
    """What is needed of the check of a witness."""

    A: Arithmetic
    world: World

    def holds(self, term: Term, env: Env) -> bool: ...
    def value(self, term: Term, env: Env) -> Any: ...


def holds_everywhere(check: Check, term: Term, env: Env) -> bool:
    """The truth of a `forall` over infinite domains; raises Unknown where no argument is seen."""
    domains: dict[str, Term] = {}
    body = term
    while body.op == "forall" and all(map(_of_integers, body.args[1:])):
        domains.update(zip(bound_names(body), body.args[1:], strict=True))
        body = body.args[0]
    if domains and not domains.keys() & env.keys():
        try:
            return _in_window(check, domains, body, env)
        except _Unseen:
            pass
    try:
        return _identically(check, term, env)
    except Unknown:
        return _on_the_line(check, term, env)


class _Unseen(Unknown):
    """The integers occur otherwise than as places of sequences."""


def _of_integers(domain: Term) -> bool:
    return domain.op == "range" or (domain.op == "numbers" and domain.data == "integer")


def _in_window(check: Check, domains: dict[str, Term], body: Term, env: Env) -> bool:
    """Try all integers of a window so wide that every pattern of places outside occurs inside.

    The statement sees the integers only through the places at which sequences are not constant
    and through which of them are equal or near; a pattern of m integers that are far from
    those places can be moved to its edge.
    """
    A, names = check.A, frozenset(domains)
    conditions: list[Term] = []
    conclusion = body
    if body.op == "implies":
        conditions = list(body.args[0].args) if body.args[0].op == "and" else [body.args[0]]
        conclusion = body.args[1]
    ends: dict[str, list[list[int]]] = {}
    for name, domain in domains.items():
        low, high, conditions = bounds(conditions, name, names)
        if domain.op == "range":
            low.append(domain.args[0])
            high += [domain.args[1]] if domain.args[1].data != "oo" else []
        if any(free_symbols(end) & names for end in low + high):
            raise _Unseen("a range that depends on another")
        ends[name] = [[A.integer(check.value(end, env)) for end in side] for side in (low, high)]
    marks = {end for sides in ends.values() for side in sides for end in side}
    offsets, resting = {0}, set[str]()
    for part in (*conditions, conclusion):
        _collect(check, part, names, offsets, marks, resting)
    if resting:
        marks.add(check.world.root.behind)
        if len(names) > 1 or not all(low for low, _ in ends.values()):
            raise _Unseen("recursive sequences at several places, or without a first one")
    marks = marks or {0}
    margin = 2 * len(names) * (max(offsets) - min(offsets) + 1)
    windows = []
    for low_ends, high_ends in ends.values():
        first = max(low_ends) if low_ends else min(marks) - margin
        last = min(high_ends) if high_ends else max(marks) + margin
        A.spend(max(0, last - first))
        windows.append([A.number(Fraction(k)) for k in range(first, last + 1)])
        if resting and not high_ends:
            windows[-1].append(Beyond(0))
    for values in product(*windows):
        A.spend()
        if not check.holds(body, {**env, **dict(zip(domains, values, strict=True))}):
            return False
    return True


def _collect(
    check: Check, term: Term, names: frozenset[str], offsets: set[int], marks: set[int], resting: set[str]
) -> None:
    """The offsets at which sequences are read, the integers at which something special happens, and
    the sequences that are computed by recursion."""
    if not free_symbols(term) & names:
        return
    base = term.args[0] if term.args else term
    if term.op in ("eq", "ne") and all(_place(arg, names) is not None for arg in term.args):
        marks |= {int(arg.data) for arg in term.args if arg.op == "num"}  # type: ignore[call-overload]
        return
    if term.op in ("index", "apply") and base.op == "sym" and base.data not in names:
        place = _place_read(check, term)
        shifts = [] if place is None else [c for k in names if (c := offset(place, k)) is not None]
        if shifts:
            shift = shifts[0]
            offsets.add(shift)
            name = str(base.data)
            if name in check.world.model.definitional.recurrences:
                resting.add(name)
            marks |= {k - shift for k in special_places(check.world.raw.get(name), name)}
            for arg in term.args[1:]:
                if arg is not place:
                    _collect(check, arg, names, offsets, marks, resting)
            return
    if term.op == "sym" or names & set(bound_names(term)):
        raise _Unseen("an integer that is no place of a sequence")
    for arg in term.args:
        _collect(check, arg, names, offsets, marks, resting)


def _place_read(check: Check, term: Term) -> Term | None:
    """The argument that is the place, of a sequence that is given or computed by recursion."""
    name, rules = str(term.args[0].data), check.world.model.definitional
    if name in rules.recurrences:
        return term.args[1 + rules.recurrences[name].slots.index(None)]
    raw = check.world.raw.get(name)
    if term.op != "index" or not isinstance(raw, dict) or name in rules.starts:
        return None
    parts = [value for _, value in raw["outcomes"]] if "outcomes" in raw else [raw]
    alike = "each" in raw or all(isinstance(part, dict) and "else" in part for part in parts)
    return term.args[1] if alike and isinstance(term.args[0].type, Sequence) else None


def _place(term: Term, names: frozenset[str]) -> str | None:
    """Is the term one of the integers, or a fixed one?"""
    if term.op == "sym" and term.data in names or (term.op == "num" and term.type == INTEGER):
        return str(term.data)
    return None


def same_order(check: Check, term: Term, env: Env) -> bool:
    """Is f = Θ(g), for polynomials in the sizes; raises Unknown where no argument is seen.

    For sizes >= 1 a term is at most each other one with a positive coefficient and no smaller exponents.
    """
    inner = {**env, **{name: _free(check.A, INTEGER_LABEL + name, 0) for name in bound_names(term)}}
    f, g = (_powers(check.A, check.value(side, inner)) for side in term.args)
    if not all(
        any(_at_most(small, large) for large in more) for less, more in ((f, g), (g, f)) for small in less
    ):
        raise Unknown("no argument is seen for an order of growth")
    return True


def _powers(A: Arithmetic, x: Number) -> list[dict[Generator, int]]:
    """The exponents of the terms of a polynomial with positive coefficients."""
    terms = x.terms if isinstance(x, ExpPolynomial) else [(x, (), ())]
    if not terms or any(rate or A.sign(c) <= 0 for c, _, rate in terms):
        raise Unknown("no polynomial with positive coefficients")
    return [dict(mono) for _, mono, _ in terms]


def _at_most(small: dict[Generator, int], large: dict[Generator, int]) -> bool:
    return all(small.get(x, 0) <= large.get(x, 0) for x in small.keys() | large.keys())


# --- polynomials -------------------------------------------------------------------


def _identically(check: Check, term: Term, env: Env) -> bool:
    """Certify a statement about all values of real quantities, which become free quantities."""
    op, args = term.op, term.args
    if op == "and":
        return all(_identically(check, part, env) for part in args)
    if op == "forall":
        return all(
            _identically(check, args[0], inner) for inner in _freed(check, term, env, partial(_free, check.A))
        )
    if op == "implies":
        try:
            if not check.holds(args[0], env):
                return True
        except Unknown:
            pass
        if args[0].op == "ne" and args[1].op in ("lt", "gt") and _is_definite(check, args[0], args[1], env):
            return True
        return _identically(check, args[1], env)
    if op == "not" and args[0].op in _OPPOSITE:
        return _identically(check, make(_OPPOSITE[args[0].op], *map(_negation, args[0].args)), env)
    if op == "or":
        return _one_identically(check, args, env)
    if op not in ("eq", "ne", "le", "lt", "ge", "gt"):
        return check.holds(term, env)
    left, right = (check.value(side, env) for side in args)
    if op == "ne":
        cells = (left + -right).cells if isinstance(left, Tensor) else [left - right]
        certain = any(_is_never_zero(check.A, cell) for cell in cells)
    elif op == "eq":
        cells = (left + -right).cells if isinstance(left, Tensor) else [left - right]
        certain = all(_is_zero(check.A, cell) for cell in cells)
    else:
        certain = _is_positive(
            check.A, right - left if op in ("le", "lt") else left - right, op in ("lt", "gt")
        )
    if not certain:
        raise Unknown("no argument is seen for infinitely many cases")
    return True


_OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "gt": "le", "le": "gt", "and": "or", "or": "and"}


def _negation(term: Term) -> Term:
    return make("not", term) if isinstance(term.type, Prop) else term


def _one_identically(check: Check, parts: tuple[Term, ...], env: Env) -> bool:
    """One of the parts alone is certified for all values."""
    for part in parts:
        try:
            if _identically(check, part, env):
                return True
        except Unknown:
            continue
    raise Unknown("no argument is seen for infinitely many cases")


def _is_never_zero(A: Arithmetic, x: Number) -> bool:
    """Is a polynomial of degree two positive, or negative, or linear in an integer without a root?"""
    if not isinstance(x, ExpPolynomial):
        return not A.equal(x, A.zero)
    if _is_positive(A, x, True) or _is_positive(A, -x, True):
        return True
    parts = {mono: c for c, mono, rate in x.terms if not rate}
    shift = parts.pop((), A.zero)
    if len(parts) != 1 or len(x.terms) > 2 or any(rate for _, _, rate in x.terms):
        return False
    ((mono, slope),) = parts.items()
    (free, power), *others = mono
    if others or power != 1 or not free[0].startswith(INTEGER_LABEL):
        return False
    root = A.divide(shift, slope)
    return not A.equal(A.call("floor", root), root)


def _is_definite(check: Check, premise: Term, conclusion: Term, env: Env) -> bool:
    """Is the conclusion that a quadratic form is positive where the premise y ≠ 0 holds?"""
    A = check.A
    small, large = (check.value(side, env) for side in conclusion.args[:: 1 if conclusion.op == "lt" else -1])
    gap = large - small
    for free, zero in (premise.args, premise.args[::-1]):
        y, origin = check.value(free, env), check.value(zero, env)
        cells, zeros = (v.cells if isinstance(v, Tensor) else [v] for v in (y, origin))
        places = [place for x in cells if (place := _generator(A, x)) is not None]
        if len(set(places)) == len(cells) and all(map(A.vanishes, zeros)) and isinstance(gap, ExpPolynomial):
            form = _form(A, gap, places)
            regular = form is not None and eliminate(A, form.rows(), len(places))[0] == len(places)
            return form is not None and regular and positive_semidefinite(A, form)
    return False


def _generator(A: Arithmetic, x: Number) -> Generator | None:
    """The free quantity that the number is."""
    if isinstance(x, ExpPolynomial) and len(x.terms) == 1:
        c, mono, rate = x.terms[0]
        if not rate and len(mono) == 1 and mono[0][1] == 1 and A.vanishes(c - A.one):
            return mono[0][0]
    return None


def _form(A: Arithmetic, x: ExpPolynomial, free: list[Any]) -> Tensor | None:
    """The matrix of a polynomial as a quadratic form in the free quantities; None stands for 1."""
    n = len(free)
    A.spend(n * n)
    form = Tensor((0, 0), (n, n), [A.zero] * (n * n))
    for c, mono, rate in x.terms:
        factors: list[Generator | None] = [y for y, power in mono for _ in range(power)]
        factors += [None] * (2 - len(factors))
        if rate or len(factors) > 2 or any(y not in free for y in factors):
            return None
        i, j = map(free.index, factors)
        for place in (i * n + j, j * n + i):
            form.cells[place] = form.cells[place] + c * A.number(Fraction(1, 2))
    return form


def _on_the_line(check: Check, term: Term, env: Env) -> bool:
    """Certify a statement by one ball that holds all real numbers, as bounded functions allow."""
    if term.op == "forall":
        lines = _freed(check, term, env, lambda label, place: check.A.line())
        return all(_on_the_line(check, term.args[0], inner) for inner in lines)
    try:
        if check.holds(term, env):
            return True
    except Imprecise:  # more bits do not make the line shorter
        pass
    raise Unknown("no argument is seen for infinitely many cases")


def _freed(check: Check, term: Term, env: Env, free: Callable[[str, int], Number]) -> Iterator[Env]:
    """The environments of the body of a `forall`, in which the bound quantities are free, but for those that
    have finitely many values.
    """
    inner = dict(env)
    ranges: dict[str, list[Number]] = {}
    for name, domain in zip(bound_names(term), term.args[1:], strict=True):
        integer = domain.op == "numbers" and domain.data == "integer"
        label = f"{INTEGER_LABEL if integer else '∀'}{name}"
        if domain.op == "arrays" and domain.data == "real":
            axes = domain.type.items[0].axes  # type: ignore[union-attr]
            inner[name] = check.world.filled(axes, partial(free, label))
        elif domain.op == "numbers" and domain.data != "complex":
            inner[name] = free(label, 0)
        elif domain.op == "range" and domain.args[1].data != "oo":
            if free_symbols(domain) & set(bound_names(term)):
                raise Unknown("a range that depends on another")
            low, high = (check.A.integer(check.value(end, env)) for end in domain.args)
            check.A.spend(max(0, high - low))
            ranges[name] = [check.A.number(Fraction(k)) for k in range(low, high + 1)]
        else:
            raise Unknown(f"all of {domain.op}")
    for values in product(*ranges.values()):
        check.A.spend()
        yield {**inner, **dict(zip(ranges, values, strict=True))}


def _free(A: Arithmetic, label: str, place: int) -> ExpPolynomial:
    return ExpPolynomial.free(A, (label, place))


def _is_zero(A: Arithmetic, x: Number) -> bool:
    return not x.terms if isinstance(x, ExpPolynomial) else A.equal(x, A.zero)


def _is_positive(A: Arithmetic, x: Number, strict: bool) -> bool:
    """Is a polynomial of degree two, as the quadratic form of (1, x), nowhere negative (or zero)?"""
    if not isinstance(x, ExpPolynomial):
        return A.sign(x) > (0 if strict else -1)
    form = _form(A, x, [None, *sorted({y for _, mono, _ in x.terms for y, _ in mono})])
    if form is None:
        return False
    if strict:
        if A.sign(form.cells[0]) <= 0:
            return False
        form.cells[0] = form.cells[0] * A.number(Fraction(1, 2))
    return positive_semidefinite(A, form)
