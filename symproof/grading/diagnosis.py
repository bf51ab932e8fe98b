"""Why a line is wrong: the earlier mistake it comes from, or the small change that mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, islice
from typing import Any

from symproof.engine import Options, decide
from symproof.evaluation.balls import Balls
from symproof.evaluation.model import Model
from symproof.evaluation.showing import show
from symproof.grading.judging import DEEP, is_number, shown
from symproof.grading.results import Repair
from symproof.grading.setting import Setting, members
from symproof.grading.sieve import sieve_of
from symproof.kernel.statement import Statement
from symproof.kernel.witness import STEPS, Check
from symproof.methods.base import Budget
from symproof.methods.points import FAILURES
from symproof.mutations import Kind, neighbours
from symproof.terms.build import Mistyped, make
from symproof.terms.plain import plain
from symproof.terms.rewrite import alike, free_symbols
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER

MOST = 4000  # changes that are tried
SEARCHES = 4  # of those that no point speaks against and normal forms do not show, so many get a search


# --- carried on ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """The earlier wrong line that a line follows from; `empty` says that nothing is earned by that, since the
    earlier line puts a number in the place of what was to be found."""

    line: int
    empty: bool


def origin(setting: Setting, line: Term, wrong: Sequence[Term], seconds: float) -> Origin | None:
    """The wrong line that the line follows from, the last one first, or all of them together."""
    budget = Budget(seconds)
    for k in reversed(range(len(wrong))):
        if follows(setting, line, wrong[k], budget):
            return Origin(k, _puts_a_number(wrong[k]))
    if len(wrong) > 1:
        other = line
        for one in wrong:
            other = _back(other, one)
        if other != line and _holds(setting, other, budget):
            return Origin(len(wrong) - 1, any(map(_puts_a_number, wrong)))
    return None


def follows(setting: Setting, line: Term, wrong: Term, budget: Budget) -> bool:
    """Does the line follow from the wrong one, used as what is known of its left side is used?

    Everything follows from a contradiction, so the wrong line stands in for a hypothesis rather than
    beside all of them: either it is used as an equation, to rewrite the line into a true one, or one
    hypothesis gives way to it and the rest can still hold.
    """
    if alike(line, wrong) or setting.canon.key(line) == setting.canon.key(wrong):
        return True
    if any(_holds(setting, other, budget) for other in _rewritten(line, wrong)):
        return True
    key = setting.canon.key
    for k, given in enumerate(setting.base.hypotheses):
        if given in setting.declarations:
            continue
        if key(given.statement) == key(line):
            continue
        rest = (*setting.base.hypotheses[:k], *setting.base.hypotheses[k + 1 :])
        if not free_symbols(given.statement) & free_symbols(wrong):
            continue  # what is left contradicts the wrong line as before
        other = replace(setting, base=replace(setting.base, hypotheses=rest), facts=(*setting.facts, wrong))
        if sieve_of(other).rejects(line):
            continue
        if not sieve_of(other).probes or not _proved(other, line, budget):
            continue
        return True
    return False


def _proved(setting: Setting, line: Term, budget: Budget) -> bool:
    """By normal forms, or by a short search."""
    if shown(setting.statement(line), budget) is not None:
        return True
    left = budget.left() / 4
    if left < 0.05:
        return False
    found = decide(setting.statement(line), Options(timeout=left), methods=DEEP[:1])
    return found.verdict in ("proved", "conditional")


def _holds(setting: Setting, line: Term, budget: Budget) -> bool:
    return not sieve_of(setting).rejects(line) and shown(setting.statement(line), budget) is not None


def _rewritten(line: Term, wrong: Term) -> Iterator[Term]:
    """The line with one side of the wrong equation put for the other."""
    if wrong.op != "eq":
        return
    for old, new in (wrong.args, wrong.args[::-1]):
        if is_number(old):
            continue
        other = _replaced(line, old, new)
        if other is not None and other != line and (other.op != "eq" or not alike(*other.args)):
            yield other


def _back(line: Term, wrong: Term) -> Term:
    """The line with the left side of a wrong equation put for its right side."""
    if wrong.op != "eq" or is_number(wrong.args[1]):
        return line
    return _replaced(line, wrong.args[1], wrong.args[0]) or line


def _replaced(term: Term, old: Term, new: Term) -> Term | None:
    if alike(term, old):
        return new
    if not term.args:
        return term
    args = [_replaced(arg, old, new) for arg in term.args]
    if any(arg is None for arg in args):
        return None
    if all(a is b for a, b in zip(args, term.args, strict=True)):
        return term
    try:
        return make(term.op, *(arg for arg in args if arg is not None), data=term.data, span=term.span)
    except Mistyped:
        return None


def _puts_a_number(wrong: Term) -> bool:
    return wrong.op == "eq" and any(map(is_number, wrong.args))


# --- repair -----------------------------------------------------------------------------------------------


def repair(setting: Setting, line: Term, witness: Any, seconds: float) -> Repair | None:
    """The likeliest small change that makes the line right and provable."""
    budget = Budget(seconds)
    statement = setting.statement()
    pool = [*(given.statement for given in setting.givens), *setting.targets]
    sieve = sieve_of(setting)
    waiting: list[tuple[str, str, Term]] = []
    changes = islice(neighbours(line, statement.symbols, statement.definitions, pool), MOST)
    others = chain(_exchanges(line), _without_sums(line, statement))
    for kind, change, term in sorted(chain(changes, others), key=lambda c: _rank(line, *c)):
        if budget.left() <= 0:
            break
        if term.op == "ne" or sieve.rejects(term) or _says_nothing(term):
            continue
        conditions = shown(setting.statement(term), budget)
        if conditions == ():
            return _mended(setting, kind.undone_by.value, change, term, witness)
        if conditions is None:
            waiting.append((kind.undone_by.value, change, term))
    for name, change, term in waiting[:SEARCHES]:
        left = budget.left() / 2
        if left <= 0.05:
            break
        result = decide(setting.statement(term), Options(timeout=left), methods=DEEP[:1])
        if result.verdict == "proved":
            return _mended(setting, name, change, term, witness)
    return None


def _rank(line: Term, kind: Kind, change: str, term: Term) -> int:
    """Changes of the right side first, since lines say of the left what the right is; `=` stays if it can."""
    if kind is Kind.RELATION and line.op == "eq":
        return 2
    kept = line.op == term.op and len(line.args) == 2 and line.args[0] == term.args[0]
    return 0 if kept else 1


def _exchanges(line: Term) -> Iterator[tuple[Kind, str, Term]]:
    """The line with two members of a sequence in each other's places."""
    places = list(dict.fromkeys((name, place) for name, place in members(line, free_symbols(line))))
    for (name, one), (other, two) in combinations(places, 2):
        if name == other:
            found = _swapped(line, name, one, two)
            if found is not None:
                change = f"{name}[{plain(one)}] and {name}[{plain(two)}] in each other's places"
                yield Kind.INDEX, change, found


def _without_sums(line: Term, statement: Statement) -> Iterator[tuple[Kind, str, Term]]:
    """The line with the body of a sum for the sum, where its index is declared as well."""
    for node in dict.fromkeys(line.walk()):
        if node.op in ("sum", "product") and len(bound_names(node)) == 1:
            symbol = statement.symbol(bound_names(node)[0])
            if symbol is not None and symbol.type == INTEGER:
                found = _replaced(line, node, node.args[0])
                if found is not None:
                    yield Kind.MISSING, f"{plain(node.args[0])} without the {node.op}", found


def _swapped(term: Term, name: str, one: Term, two: Term) -> Term | None:
    args = [_swapped(arg, name, one, two) for arg in term.args]
    if term.op == "index" and term.args[0].data == name and term.args[1] in (one, two):
        args[1] = two if term.args[1] == one else one
    try:
        return (
            make(term.op, *(arg for arg in args if arg is not None), data=term.data, span=term.span)
            if (args)
            else term
        )
    except Mistyped:
        return None


def _says_nothing(term: Term) -> bool:
    """A line with the same on both sides is no repair."""
    return term.op == "eq" and alike(*term.args)


def _mended(setting: Setting, kind: str, change: str, term: Term, witness: Any) -> Repair:
    left, right = sides(setting.statement(term), witness)
    return Repair(kind, plain(term), change, left, right)


def sides(statement: Statement, witness: Any) -> tuple[str, str]:
    """Both sides of a relation at a witness against another line of the same setting; empty where unknown."""
    if statement.goal.op not in ("eq", "ne", "lt", "le", "gt", "ge") or not isinstance(witness, dict):
        return "", ""
    model = Model(statement, Balls())
    model.A.steps = STEPS
    found = []
    try:
        check = Check(model, witness["values"], witness.get("at", {}), {}, witness.get("outcome", {}))
        for side in statement.goal.args:
            values = check.outcomes(lambda env, side=side: show(check.value(side, env)))  # type: ignore[misc]
            found.append(values[0] if len(set(values)) == 1 else "")
    except (*FAILURES, ValueError, TypeError, KeyError):
        return "", ""
    return found[0], found[1]
