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
from symproof.grading.sieve import FEW, sieve_of
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
SEARCHES = 3  # of those that no point speaks against and normal forms do not show, so many are asked for
_RANGED = frozenset("sum product maximum minimum argmax argmin".split())
SHORT = 2.0  # seconds of a search for how a line follows from a wrong one


# --- carried on ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Origin:
    """The earlier wrong line that a line follows from; `empty` says that nothing is earned by that, since the
    earlier line puts a number in the place of what was to be found."""

    line: int
    empty: bool


def origin(setting: Setting, line: Term, wrong: Sequence[Term], seconds: float, deep: bool) -> Origin | None:
    """The wrong line that the line follows from, the last one first, or all of them together."""
    budget = Budget(seconds)
    for k in reversed(range(len(wrong))):
        if follows(setting, line, wrong[k], budget, deep):
            return Origin(k, _puts_a_number(wrong[k]))
    if len(wrong) > 1:
        other = line
        for one in wrong:
            other = _back(other, one)
        if other != line and _holds(setting, other, budget):
            return Origin(len(wrong) - 1, any(map(_puts_a_number, wrong)))
    return None


def follows(setting: Setting, line: Term, wrong: Term, budget: Budget, deep: bool) -> bool:
    """Does the line follow from the wrong one, used as what is known of its left side is used?

    Everything follows from a contradiction, so the wrong line stands in for a hypothesis rather than
    beside all of them: either it is used as an equation, to rewrite the line into a true one, or one
    hypothesis gives way to it and the rest can still hold.
    """
    if alike(line, wrong) or setting.canon.key(line) == setting.canon.key(wrong):
        return True
    if any(_holds(setting, other, budget) for other in _rewritten(line, wrong)):
        return True
    others = list(_giving_way(setting, line, wrong))
    for other in others:
        if shown(other.statement(line), budget) is not None and sieve_of(other, FEW).probes:
            return True
    deep = deep or line.op != "eq" or wrong.op != "eq"  # equations follow by normal forms if they do
    return deep and any(_searched(other, line, budget) for other in others)


def _giving_way(setting: Setting, line: Term, wrong: Term) -> Iterator[Setting]:
    """The setting with the wrong line in the place of a hypothesis about the same."""
    key = setting.canon.key
    for k, given in enumerate(setting.base.hypotheses):
        if given in setting.declarations or key(given.statement) == key(line):
            continue
        if free_symbols(given.statement) & free_symbols(wrong):  # else what is left contradicts it as before
            rest = (*setting.base.hypotheses[:k], *setting.base.hypotheses[k + 1 :])
            yield replace(setting, base=replace(setting.base, hypotheses=rest), facts=(*setting.facts, wrong))


def _searched(setting: Setting, line: Term, budget: Budget) -> bool:
    """Does a short search find it, where points do not speak against it?"""
    left = min(SHORT, budget.left() / 4)
    sieve = sieve_of(setting, FEW)
    if left < 0.05 or not sieve.probes or sieve.rejects(line):
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A small change that would make a line right: as a repair, and the line with it."""

    repair: Repair
    line: Term


def repairs(setting: Setting, line: Term, witness: Any, seconds: float) -> tuple[bool, list[Candidate]]:
    """The likeliest small change that makes the line right and provable.

    True says that the one candidate is shown by normal forms; otherwise there may be some that points do
    not speak against, to be judged as any line of the class is.
    """
    budget = Budget(seconds)
    statement = setting.statement()
    pool = [*(given.statement for given in setting.givens), *setting.targets]
    sieve = sieve_of(setting)
    waiting: list[tuple[str, str, Term]] = []
    provided: tuple[str, str, Term] | None = None  # shown under conditions
    changes = islice(neighbours(line, statement.symbols, statement.definitions, pool), MOST)
    others = chain(_exchanges(line), _over_others(line, statement), _without_sums(line, statement))
    for kind, change, term in sorted(chain(changes, others), key=lambda c: _rank(line, *c)):
        if budget.left() <= 0:
            break
        if term.op == "ne" or sieve.rejects(term, strictly=True) or _says_nothing(line, term):
            continue
        conditions = shown(setting.statement(term), budget)
        if conditions == ():
            return True, [_candidate(setting, line, (kind.undone_by.value, change, term), witness)]
        found = kind.undone_by.value, change, term
        if conditions and provided is None and sieve.met(term):
            provided = found
        elif conditions is None and len(waiting) < SEARCHES and sieve.met(term):
            waiting.append(found)
    if provided is not None:
        return True, [_candidate(setting, line, provided, witness)]
    return False, [_candidate(setting, line, item, witness) for item in waiting]


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


def _over_others(line: Term, statement: Statement) -> Iterator[tuple[Kind, str, Term]]:
    """The line with a sum or a maximum over another index: Σ_j A[i, j] x[j] for Σ_i A[i, j] x[j]."""
    indices = [symbol for symbol in statement.symbols if symbol.type == INTEGER]
    for node in dict.fromkeys(line.walk()):
        if node.op in _RANGED and len(bound_names(node)) == 1 and len(node.args) == 2:
            body, domain = node.args
            for symbol in indices:
                if symbol.name in free_symbols(body) - set(bound_names(node)):
                    try:
                        other = make(node.op, body, domain, data=((symbol.name,),), span=node.span)
                    except Mistyped:
                        continue
                    found = _replaced(line, node, other)
                    if found is not None:
                        yield Kind.INDEX, f"over {symbol.name} instead of {bound_names(node)[0]}", found


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


def _says_nothing(line: Term, term: Term) -> bool:
    """A line with the same on both sides is no repair, nor is one with x - x put in."""
    return term.op == "eq" and alike(*term.args) or _cancels(term) and not _cancels(line)


def _cancels(term: Term) -> bool:
    """Does something stand beside its own negative?"""
    for node in term.walk():
        if node.op == "add":
            minus = [arg.args[0] for arg in node.args if arg.op == "neg"]
            if any(alike(one, arg) for one in minus for arg in node.args):
                return True
    return False


def _on_the_right(line: Term, change: str, term: Term) -> tuple[str, Term]:
    """What was put in on the left, taken away on the right: lines say of the left what the right is."""
    if line.op == term.op == "eq" and line.args[1] == term.args[1] and term.args[0].op == "add":
        left, right = line.args
        own = left.args if left.op == "add" else (left,)
        more = term.args[0].args[len(own) :]
        if more and term.args[0].args[: len(own)] == own:
            taken = [one.args[0] if one.op == "neg" else make("neg", one) for one in more]
            right = make("add", *(right.args if right.op == "add" else (right,)), *taken)
            return f"{plain(right)} instead of {plain(line.args[1])}", make("eq", left, right)
    return change, term


def _candidate(setting: Setting, line: Term, found: tuple[str, str, Term], witness: Any) -> Candidate:
    kind, change, term = found
    change, term = _on_the_right(line, change, term)
    left, right = sides(setting.statement(term), witness)
    return Candidate(Repair(kind, plain(term), change, left, right), term)


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
