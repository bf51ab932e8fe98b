"""Points at which many lines of one setting are looked at, in floats: a quick no, never a yes."""

from __future__ import annotations

from typing import Any

from symproof.grading.setting import Setting
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Checker
from symproof.methods.points import FAILURES, Points
from symproof.methods.probe import STEPS, Probe
from symproof.terms.tree import Term

POINTS = 6
FEW = 2  # points of a setting that few lines are looked at in
TRIES = 40
CHECKS = 20_000  # steps that the check of one point may take
MOST = 400  # lines that one set of points serves before it is made anew: each leaves its code behind
_CANNOT = (*FAILURES, ValueError, TypeError)


class Sieve:
    """Some admissible points of a setting, each with what was worked out there so far."""

    def __init__(self, setting: Setting, points: int = POINTS) -> None:
        self.setting, self.points = setting, points
        self.lawful = frozenset(s.name for s in setting.base.symbols if s.law is not None)
        self.used = 0
        self.probes: list[Probe] = []
        self._fill()

    def _fill(self) -> None:
        statement = self.setting.statement()
        points, checker = Points(statement), Checker(statement, CHECKS)
        self.steps = points.model.A
        sure: list[Probe] = []
        others: list[Probe] = []
        for values in points.points(0, TRIES):
            # what floats take for admissible may not be, where numbers are large
            found = sure if _admits(checker, points.data(values)) else others
            found.append(points.probe(values))
            if len(sure) == self.points or len(others) == 2 * self.points or not points.chosen:
                break
        self.probes = sure or others[: self.points]

    def rejects(self, line: Term, strictly: bool = False) -> bool:
        """Does the line fail at one of the points, with both sides defined or, `strictly`, not so?"""
        if self._speaks_of_outcomes(line):
            return False
        self.used += 1
        if self.used % MOST == 0:
            self._fill()
        return any(self._fails(probe, line, strictly) for probe in self.probes)

    def met(self, line: Term) -> bool:
        """Is the line defined and true at one of the points, where there are any?"""
        if self._speaks_of_outcomes(line) or not self.probes:
            return True
        for probe in self.probes:
            self.steps.steps = STEPS
            try:
                if all(probe.outcomes(lambda env, probe=probe: probe.holds(line, env))):  # type: ignore[misc]
                    return True
            except _CANNOT:
                continue
        return False

    def _fails(self, probe: Probe, line: Term, strictly: bool) -> bool:
        self.steps.steps = STEPS
        try:
            failures: list[Any] = probe.outcomes(lambda env: probe.fails(line, env))
        except _CANNOT:
            return False
        found = [failure for failure in failures if failure is not None]
        return any(strictly or "undefined" not in (failure.left, failure.right) for failure in found)

    def _speaks_of_outcomes(self, line: Term) -> bool:
        """Does it mention something with a law outside of expectations?"""
        if not self.lawful:
            return False
        stack = [line]
        while stack:
            term = stack.pop()
            if term.op in ("expect", "variance", "covariance", "probability"):
                continue
            if term.op == "sym" and term.data in self.lawful:
                return True
            stack.extend(term.args)
        return any(
            node.op == "sym" and node.data in {d.name for d in self.setting.base.definitions}
            for node in line.walk()
        )


def _admits(checker: Checker, data: Any) -> bool:
    try:
        checker.admits(data)
    except Rejected:
        return False
    return True


_sieves: dict[tuple[str, int], Sieve] = {}


def sieve_of(setting: Setting, points: int = POINTS) -> Sieve:
    """The sieve of a setting; a few are kept."""
    key = setting.key, points
    found = _sieves.get(key)
    if found is None:
        if len(_sieves) >= 64:
            _sieves.pop(next(iter(_sieves)))
        found = _sieves[key] = Sieve(setting, points)
    return found
