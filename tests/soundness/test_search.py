"""Whatever the search proves holds: nearly true statements that fail at some point must not be shown there.

The statements are those of `nearly`; the points, corners first, are those of `growing`.  Certificates that were
found for a form are tried, as they are and tampered with, on other statements of their kind.

`python -m tests.soundness.test_search FIRST SECONDS` goes on for longer than the test does.
"""

from __future__ import annotations

import copy
import sys
import time
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from symproof.kernel.check import check
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected, Theorem
from symproof.methods import prove, quick
from symproof.methods.base import Budget, OutOfTime
from symproof.reading.inline import read_statement
from symproof.reading.ledger import load
from symproof.reading.problems import Problem
from symproof.terms.plain import plain
from symproof.terms.tree import Term
from tests.kernel.semantics import NoValue
from tests.soundness.growing import LET, Point, Unclear, point
from tests.soundness.nearly import nearly

POINTS = [point(seed) for seed in range(60)]
LEDGER = load()
UNKNOWN = (Unclear, OverflowError, TypeError, AttributeError, RecursionError, NotImplementedError)


def truth(at: Point, prop: Term) -> bool | None:
    """Whether the statement holds at the point (undefined is false); None where that cannot be told."""
    if any(n.op in ("diff", "integral") for n in prop.walk()):
        return _roughly(at, prop)
    try:
        return bool(at.term(prop))
    except NoValue as error:
        return None if error.args else False  # it names an operator that it cannot work out
    except UNKNOWN:
        return None


def _roughly(at: Point, prop: Term) -> bool | None:
    """Slopes and areas are known to a few digits: an equation may be told to fail, and nothing else."""
    if prop.op != "eq":
        return None
    try:
        left, right = map(at.term, prop.args)
        return False if abs(left - right) > 0.01 * max(1, abs(left), abs(right)) else None
    except (NoValue, *UNKNOWN):
        return None


def against(statement: Statement) -> list[Point]:
    """The points that meet the hypotheses, as far as they can be told, and at which the goal fails."""
    given = [h.statement for h in statement.hypotheses]
    return [at for at in POINTS if truth(at, statement.goal) is False and all(truth(at, h) for h in given)]


def complaint(theorem: Theorem, failing: list[Point]) -> str | None:
    for at in failing:
        if all(truth(at, c) for c in theorem.conditions):
            names = {str(n.data) for n in theorem.statement.goal.walk() if n.op == "sym"} & at.values.keys()
            shown = {n: getattr(at.values[n], "cells", at.values[n]) for n in sorted(names)}
            given = [plain(h.statement) for h in theorem.statement.hypotheses[-3:]]
            return f"{plain(theorem.statement.goal)} ({given}) under {theorem.conditions} at {shown}"
    return None


def tampered(random: Random, certificate: Any) -> Any:
    """The certificate with one part changed: left out, doubled, exchanged, or a number or name moved."""
    copied = copy.deepcopy(certificate)
    places: list[tuple[Any, Any]] = []
    stack = [copied]
    while stack:
        node = stack.pop()
        items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in items:
            places.append((node, key))
            stack.append(value)
    if not places:
        return copied
    node, key = random.choice(places)
    value = node[key]
    if isinstance(value, str):
        others = [n[k] for n, k in places if isinstance(n[k], str)]
        node[key] = random.choice([*others, "0", "1", "-1", "2"])
    elif isinstance(value, bool | int):
        node[key] = random.choice([0, 1, 2, True, False])
    elif random.random() < 0.5:
        others = [n[k] for n, k in places if type(n[k]) is type(value)]
        node[key] = copy.deepcopy(random.choice(others))
    elif isinstance(value, list) and value:
        value.pop(random.randrange(len(value)))
    elif isinstance(node, dict):
        del node[key]
    return copied


def shown(statement: Statement, certificate: Any) -> Theorem | None:
    try:
        return check(statement, certificate, LEDGER)
    except Rejected:
        return None


class Attack:
    """One statement after the other; remembers the certificates that were found."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self.found = seconds, []  # type: ignore[var-annotated]
        self.tried = self.false = self.conditional = 0

    def one(self, seed: int) -> Iterator[str]:
        """Complaints about the statement of a seed."""
        random = Random(seed)
        text, given = nearly(random)
        try:
            statement = read_statement(text, LET, given)
        except Problem:
            return
        self.tried += 1
        failing = against(statement)
        if not failing and len(self.found) > 50 and random.random() < 0.8:
            return  # nothing can be wrong with a proof of it; some are proved for their certificates
        try:
            proposer = prove if self.seconds > 0.5 else quick
            evidence = proposer.propose(statement, Budget(self.seconds))
        except OutOfTime:
            evidence = None
        self.false += bool(failing)
        if evidence is not None:
            self.found = [*self.found[-300:], evidence.data]
        mine = [evidence.data] if evidence is not None else []
        others = random.sample(self.found, min(len(self.found), 6)) if failing else []
        for certificate in (
            *mine,
            *others,
            *(tampered(random, c) for c in (*mine, *others) for _ in range(2)),
        ):
            theorem = shown(statement, certificate)
            if theorem is not None and failing:
                self.conditional += 1
                wrong = complaint(theorem, failing)
                if wrong is not None:
                    yield f"seed {seed}: {text} given {given}: {wrong} by {certificate}"


@pytest.mark.parametrize("block", range(3))
def test_what_is_proved_holds(block: int) -> None:
    attack = Attack(0.3)
    for seed in range(block * 60, (block + 1) * 60):
        wrong = next(attack.one(seed), None)
        assert wrong is None, wrong


if __name__ == "__main__":
    first, seconds = int(sys.argv[1]), float(sys.argv[2])
    attack, started, seed = Attack(1.0), time.process_time(), first
    while time.process_time() - started < seconds:
        for wrong in attack.one(seed):
            print(wrong, flush=True)
        seed += 1
    print(
        f"{seed - first} seeds, {attack.tried} statements, {attack.false} false, {attack.conditional} shown conditionally"
    )
