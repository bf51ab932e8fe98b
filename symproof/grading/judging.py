"""The verdict on one line in its setting: points first, normal forms next, the engine last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from symproof.engine import Judges, Options, decide
from symproof.evaluation.recursion import Definitional
from symproof.grading.setting import Setting, instances
from symproof.grading.sieve import sieve_of
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.methods import METHODS, quick
from symproof.methods.base import Budget, OutOfTime
from symproof.methods.refute import QUICK_POINTS, Refuter
from symproof.results import Point
from symproof.running.worker import Stage
from symproof.terms.plain import plain
from symproof.terms.rewrite import alike
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import Scalar

_RELATIONS = frozenset("eq ne lt le gt ge".split())
DEEP = tuple(method for method in METHODS if method.name in ("search", "more points"))
# Operators that a result is asked to be free of, unless the expected result has them too.
_HEAVY = frozenset(
    "sum product integral limit diff grad jacobian hessian expect variance covariance maximum minimum".split()
)
judges = Judges()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found out about a line.

    `given` says that it is a hypothesis or a definition, which needs no verdict; `near` that normal forms
    alone showed it; `trivial` that both sides are the same; `reaches` which targets it states, and
    `restates` which of them word by word.
    """

    verdict: str
    near: bool = False
    trivial: bool = False
    given: bool = False
    reaches: tuple[int, ...] = ()
    restates: tuple[int, ...] = ()
    conditions: tuple[str, ...] = ()
    witness: Point | None = None
    data: Any = None
    message: str = ""

    def encode(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict, "near": self.near, "trivial": self.trivial, "given": self.given,
            "reaches": list(self.reaches), "restates": list(self.restates),
            "conditions": list(self.conditions),
            "witness": self.witness and self.witness.encode(), "data": self.data, "message": self.message,
        }  # fmt: skip

    @staticmethod
    def decode(data: dict[str, Any]) -> Judgement:
        return Judgement(
            verdict=str(data["verdict"]),
            near=bool(data["near"]),
            trivial=bool(data["trivial"]),
            given=bool(data["given"]),
            reaches=tuple(map(int, data["reaches"])),
            restates=tuple(map(int, data["restates"])),
            conditions=tuple(map(str, data["conditions"])),
            witness=data["witness"] and Point.decode(data["witness"]),
            data=data["data"],
            message=str(data["message"]),
        )

    @property
    def holds(self) -> bool:
        return self.given or self.verdict in ("proved", "conditional")


def judge(setting: Setting, line: Term, seconds: float, stage: Stage, deep: bool = True) -> Judgement:
    """The verdict on the line; `deep` also tries what takes long."""
    budget = Budget(seconds)
    statement = setting.statement(line)
    if _given(setting, line):
        found = Judgement("", near=True, given=True)
        return _with_targets(found, setting, line, budget)
    refuted = refutation(setting, statement, budget, quickly=True)
    if refuted is not None:
        return refuted
    conditions = shown(statement, budget)
    if conditions is not None:
        verdict = "conditional" if conditions else "proved"
        found = Judgement(verdict, True, _trivial(line), conditions=conditions)
    else:
        if not deep:
            return Judgement("undecided")
        limits = Options(timeout=max(0.1, budget.left()))
        # whether the hypotheses admit a point was asked of the claim, and of each assumption
        result = decide(statement, limits, methods=DEEP, stage=stage, line=True)
        if result.verdict == "refuted" and result.witness is not None:
            point = _telling(statement, result.witness.values, result.witness.left, result.witness.right)
            return Judgement("refuted", witness=point, data=result.evidence.get("witness"))
        if result.verdict not in ("proved", "conditional"):
            return Judgement(result.verdict, message=result.message)
        found = Judgement(result.verdict, conditions=result.conditions)
    if found.conditions and not sieve_of(setting).met(line):
        return Judgement("undecided", message="it makes sense only if " + " and ".join(found.conditions))
    return _with_targets(found, setting, line, budget)


def _with_targets(found: Judgement, setting: Setting, line: Term, budget: Budget) -> Judgement:
    key = setting.canon.key(line)
    told = tuple(k for k, target in enumerate(setting.targets) if setting.canon.key(target) == key)
    return replace(found, reaches=reached(setting, line, budget), restates=told)


def refutation(setting: Setting, statement: Statement, budget: Budget, quickly: bool) -> Judgement | None:
    """A checked witness against the line, or None."""
    if quickly and not sieve_of(setting).rejects(statement.goal) and _decidable(statement.goal):
        return None
    data = Refuter(statement, budget).search(0, QUICK_POINTS, 0)
    if data is None:
        return None
    try:
        found = judges.witness(statement, data)
    except Rejected:
        return None
    return Judgement("refuted", witness=_telling(statement, found.values, found.left, found.right), data=data)


def _telling(statement: Statement, values: Mapping[str, str], left: str, right: str) -> Point:
    """The witness with the values that the line depends on."""
    needed = Definitional(statement).closure(statement.goal)
    bound = {name for node in statement.goal.walk() for name in bound_names(node)}
    return Point({n: v for n, v in values.items() if n in needed or n in bound}, left, right)


def _decidable(goal: Term) -> bool:
    """Can a look at a few points in floats be trusted to see most failures?"""
    return goal.op in _RELATIONS or goal.op == "and"


def shown(statement: Statement, budget: Budget) -> tuple[str, ...] | None:
    """The conditions under which normal forms and signs show it; None where they do not."""
    try:
        evidence = quick.propose(statement, budget)
        if evidence is None or evidence.kind != "certificate":
            return None
        theorem = judges.certificate(statement, evidence.data)
    except (Rejected, OutOfTime):
        return None
    return tuple(plain(condition) for condition in theorem.conditions)


def _trivial(line: Term) -> bool:
    """Are both sides the same?"""
    if line.op == "eq" and len(line.args) == 2:
        return alike(*line.args)
    return False


def _given(setting: Setting, line: Term) -> bool:
    """Is it a hypothesis, a member of a hypothesis for all k, or a definition, written down?"""
    key = setting.canon.key(line)
    if any(setting.canon.key(instance) == key for instance in instances(setting, line)):
        return True
    if line.op == "eq":
        statement = setting.statement()
        for definition in statement.definitions:
            for side, other in (line.args, line.args[::-1]):
                if side.op == "sym" and side.data == definition.name:
                    if setting.canon.key(other) == setting.canon.key(definition.body):
                        return True
    return False


# --- what was to be shown --------------------------------------------------------------------------


def reached(setting: Setting, line: Term, budget: Budget) -> tuple[int, ...]:
    """The targets that a true line states, perhaps in another form."""
    return tuple(k for k, target in enumerate(setting.targets) if states(setting, line, target, budget))


def states(setting: Setting, line: Term, target: Term, budget: Budget) -> bool:
    """Does the line say what the target says?

    It does where the target follows from the line alone.  A target that follows from nothing is said by
    a line with the same left side and a right side that is worked out as far.
    """
    canon = setting.canon
    if canon.key(line) == canon.key(target):
        return True
    rule = Definitional(setting.statement())
    declared = {symbol.name for symbol in setting.base.symbols}
    if not rule.closure(target) & declared <= rule.closure(line):
        return False
    bare = replace(setting.statement(target), hypotheses=setting.declarations)
    if shown(bare, budget) is None:
        fact = replace(setting, base=replace(setting.base, hypotheses=setting.declarations), facts=(line,))
        return shown(fact.statement(target), budget) is not None
    return _worked_out(setting, line, target)


def _worked_out(setting: Setting, line: Term, target: Term) -> bool:
    if line.op != target.op or line.op not in _RELATIONS or len(line.args) != 2:
        return False
    canon = setting.canon
    for mine, other in (line.args, line.args[::-1]):
        for yours, wanted in (target.args, target.args[::-1]):
            if canon.key(mine) == canon.key(yours) and canon.key(mine) != canon.key(other):
                nodes, most = list(other.walk()), list(wanted.walk())
                heavy = {n.op for n in nodes} & _HEAVY
                expanded = _addends(other) >= _addends(wanted)  # (x - y)² is not yet x² - 2 x y + y²
                if expanded and len(nodes) <= 2 * len(most) + 4 and heavy <= {n.op for n in most}:
                    return True
    return False


def _addends(term: Term) -> int:
    return sum(map(_addends, term.args)) if term.op in ("add", "neg") else 1


def is_number(term: Term) -> bool:
    """Is it a constant: a number, or an array of zeros or ones?"""
    return term.op in ("num", "zeros", "ones") or (
        term.op == "neg" and isinstance(term.type, Scalar) and is_number(term.args[0])
    )
