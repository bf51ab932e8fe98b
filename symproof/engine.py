"""The engine: a statement goes through the methods in order of cost; the kernel judges what they propose.

Quick refutation comes before proofs, proofs before deeper refutation, all of
them before evidence that proves nothing.  A method is not trusted and not
waited for: what it raises, and a time-out or crash that its worker process
reports, is a note and never a verdict.  Before a proof is reported its
hypotheses must admit a point, and somebody tries to break it with numbers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from symproof.kernel.decide import negation
from symproof.kernel.statement import Hypothesis, Statement
from symproof.kernel.verdict import Refutation, Rejected, Theorem
from symproof.methods.base import Budget, Evidence, Method, OutOfTime, Step
from symproof.options import Options as Options
from symproof.results import InternalContradiction, Point, Result
from symproof.terms.plain import plain
from symproof.terms.tree import Term
from symproof.terms.types import leaves_open

# After a proof under conditions, only methods up to this cost (in ms) look for one without.
CHEAP = 200.0
# The hypotheses are contradictory where methods up to this cost show it.
QUICK = 50.0
# Where a condition fails is shown for the reader: so many seconds are enough to look for it.
SHOWING = 0.06
# Agreement at sampled points to fewer digits is no evidence.
DIGITS = 10
# A goal may take this many times the seconds that it computes, where it has to share the processor.
PATIENCE = 1.2
UNDEFINED = "undefined"
UNSATISFIABLE = "no point satisfies the hypotheses"
NO_POINT = "no point was found that satisfies the hypotheses"
_REASONS = {"time": "ran out of time", "memory": "ran out of memory", "crash": "crashed"}

# What a stage of the decision reports: its name, the seconds it may take, where to resume after it.
Stage = Callable[[str, float, Any], None]


def scope(statement: Statement) -> str:
    """Does a proof of the statement speak of all sizes, or is none left open?"""
    return "all sizes" if any(leaves_open(s.type) for s in statement.symbols) else "fixed"


class Judges:
    """The trusted and the adversarial: the kernel's two checks, and who looks for points."""

    def certificate(self, statement: Statement, data: Any, theorems: Sequence[Theorem] = ()) -> Theorem:
        """The kernel's word on a certificate, where these were shown before; raises Rejected."""
        from symproof.kernel.check import check
        from symproof.reading.ledger import standard

        return check(statement, data, standard(), theorems)

    def witness(self, statement: Statement, data: Any) -> Refutation:
        """The kernel's word on a witness; raises Rejected."""
        if isinstance(data, dict) and "proof" in data:
            from symproof.kernel.denial import check_denial
            from symproof.reading.ledger import standard

            return check_denial(statement, data, standard())
        from symproof.kernel.witness import check_witness

        return check_witness(statement, data)

    def admits(self, statement: Statement, data: Any) -> dict[str, str]:
        """The values at a point that meets every hypothesis, as text; raises Rejected."""
        from symproof.kernel.witness import Checker

        return Checker(statement).admits(data)

    def challenge(self, statement: Statement, budget: Budget) -> Any:
        """A witness against the statement if an independent look at points finds one, else None."""
        from symproof.methods.sample import challenge

        return challenge(statement, budget)

    def met(self, statement: Statement, budget: Budget) -> bool:
        """Is it shown that what is assumed of all values of something holds somewhere?"""
        from symproof.methods.meeting import met

        return met(statement, budget)

    def point(self, statement: Statement, budget: Budget) -> Any:
        """A point that satisfies the hypotheses, or None."""
        from symproof.methods.points import find_point

        return find_point(statement, budget)


@dataclass(frozen=True, slots=True)
class _Proof:
    """A checked certificate, and who found it."""

    method: str
    certificate: Any
    theorem: Theorem


class Decision:
    """One run over the methods; `state` is what another process needs to go on after a loss."""

    def __init__(
        self,
        statement: Statement,
        options: Options,
        methods: Sequence[Method],
        judges: Judges,
        hint: str | None,
        steps: tuple[Step, ...],
        stage: Stage,
        line: bool = False,
    ) -> None:
        self.statement = statement
        self.methods = sorted(methods, key=lambda method: method.cost)
        self.judges = judges
        self.seed = options.seed
        self.hint = hint
        self.steps = steps
        self.stage = stage
        self.line = line
        # what a derivation leads to is checked as a whole, its lines with what was shown before them
        self.theorems = tuple(step.theorem for step in steps if line and step.theorem is not None)
        self.end = time.thread_time() + options.timeout / PATIENCE
        self.notes: list[tuple[str, str]] = []
        self.position = 0
        self.proof: _Proof | None = None
        self.support: tuple[str, Evidence] | None = None
        self.failure: Point | None = None

    def state(self) -> dict[str, Any]:
        """JSON data from which `resume` goes on."""
        return {
            "position": self.position,
            "notes": self.notes,
            "proof": self.proof and [self.proof.method, self.proof.certificate],
            "support": self.support and [self.support[0], self.support[1].kind, self.support[1].data],
            "failure": self.failure and self.failure.encode(),
        }

    def resume(self, state: Mapping[str, Any], stage: str, why: str) -> None:
        """Go on behind the stage that was lost."""
        self.position = state["position"] + 1
        self.notes = [*((name, reason) for name, reason in state["notes"]), (stage, why)]
        if state["proof"]:
            method, certificate = state["proof"]
            theorem = self.judges.certificate(self.statement, certificate, self.theorems)
            self.proof = _Proof(method, certificate, theorem)
        if state["support"]:
            method, kind, data = state["support"]
            self.support = method, Evidence(kind, data)
        if state["failure"]:
            self.failure = Point.decode(state["failure"])

    def run(self) -> Result:
        """The verdict."""
        while self.position < len(self.methods):
            method = self.methods[self.position]
            if self.proof is not None and method.cost > CHEAP:
                break
            if self.proof is not None and method.refutes:
                self.position += 1
                continue
            found = self._guarded(method.name, lambda budget, m=method: self._try(m, budget))  # type: ignore[misc]
            if found is not None:
                return found
            if self.support is not None or (self.proof is not None and not self.proof.theorem.conditions):
                break
            self.position += 1
        self.position = max(self.position, len(self.methods))
        last = (("admit", self._admit), ("conditions", self._fail), ("challenge", self._challenge))
        for step, (name, act) in enumerate(last, start=len(self.methods)):
            if self.position <= step:
                self.position = step
                found = self._guarded(name, act)
                if found is not None:
                    return found
        return self._report()

    def _guarded(self, name: str, act: Callable[[Budget], Result | None]) -> Result | None:
        """Do it within half of the time that is left; a failure becomes a note."""
        seconds = (self.end - time.thread_time()) / 2
        if seconds <= 0:
            self.notes.append((name, "time"))
            return None
        self.stage(name, PATIENCE * seconds, self.state())
        try:
            return act(Budget(seconds, self.seed, self.hint, self.steps))
        except OutOfTime:
            self.notes.append((name, "time"))
        except Rejected as rejected:
            self.notes.append((name, f"rejected by the kernel: {rejected}"))
        except (MemoryError, InternalContradiction):
            raise
        except Exception as error:  # a method may fail in any way; that says nothing of the statement
            said = " ".join(f"{type(error).__name__}: {error}".split())[:120].rstrip(": ")
            self.notes.append((name, f"crash: {said}"))
        return None

    def _try(self, method: Method, budget: Budget) -> Result | None:
        evidence = method.propose(self.statement, budget)
        if evidence is None:
            return None
        if evidence.kind == "witness":
            return self._refuted(method.name, evidence.data)
        if evidence.kind == "certificate":
            theorem = self.judges.certificate(self.statement, evidence.data, self.theorems)
            if self.proof is None or len(theorem.conditions) < len(self.proof.theorem.conditions):
                self.proof = _Proof(method.name, evidence.data, theorem)
        elif self.proof is None and not (evidence.kind == "sampled" and evidence.data["digits"] < DIGITS):
            self.support = method.name, evidence
        return None

    def _refuted(self, method: str, data: Any) -> Result:
        refutation = self.judges.witness(self.statement, data)
        if self.proof is not None and not self.proof.theorem.conditions:
            raise self._contradiction(self.proof, method, refutation)
        return Result(
            statement=plain(self.statement.goal),
            verdict="refuted",
            methods=(method,),
            evidence={
                "kind": "witness",
                "statement": self.statement.encode(),
                "witness": refutation.data,
            },
            witness=Point(dict(refutation.values), refutation.left, refutation.right),
            source=self.statement,
        )

    def _contradiction(self, proof: _Proof, method: str, found: Refutation) -> InternalContradiction:
        return InternalContradiction(
            {
                "text": plain(self.statement.goal),
                "statement": self.statement.encode(),
                "certificate": proof.certificate,
                "proved by": proof.method,
                "witness": found.data,
                "refuted by": method,
                "seed": self.seed,
            }
        )

    def _admit(self, budget: Budget) -> Result | None:
        """The hypotheses, and the conditions of a proof, must admit a point."""
        conditions = self.proof.theorem.conditions if self.proof else ()
        if not conditions and (self.line or not self.statement.hypotheses):
            return None
        premises = assuming(self.statement, conditions)
        half = replace(budget, seconds=budget.left() / 2)
        if self.judges.met(premises, half) or self.judges.point(premises, budget) is not None:
            return None
        for k, hypothesis in enumerate(premises.hypotheses):
            others = (*premises.hypotheses[:k], *premises.hypotheses[k + 1 :])
            denied = replace(premises, hypotheses=others, goal=negation(hypothesis.statement))
            for method in self.methods:
                if method.cost <= QUICK and self._shows(method, denied, budget):
                    what = UNSATISFIABLE + (" and the conditions of the proof" if conditions else "")
                    return self._result("invalid", message=what, methods=(method.name,))
        self.notes.append(("admit", "none found"))
        return None

    def _shows(self, method: Method, statement: Statement, budget: Budget) -> bool:
        """Does the method have a proof without conditions, of a statement with hypotheses of its own?"""
        budget.spend()
        evidence = method.propose(statement, replace(budget, steps=()))
        if evidence is None or evidence.kind != "certificate":
            return False
        try:
            return not self.judges.certificate(statement, evidence.data).conditions
        except Rejected:
            return False

    def _fail(self, budget: Budget) -> Result | None:
        """A point where a condition of the proof fails, and what happens there."""
        conditions = self.proof.theorem.conditions if self.proof else ()
        for condition in conditions:
            budget.spend()
            there = assuming(self.statement, [negation(condition)])
            data = self.judges.point(there, replace(budget, seconds=min(SHOWING, budget.left())))
            if data is None:
                continue
            values = self.judges.admits(there, data)
            # what the failing condition determined must be given where it is not assumed
            data = {**data, "values": {**values, **data["values"]}}
            try:
                found = self.judges.witness(self.statement, data)
            except Rejected as rejected:
                if rejected.reason == "both sides are undefined":
                    self.failure = Point(values, UNDEFINED, UNDEFINED)
                    return None
                continue
            if UNDEFINED not in (found.left, found.right):
                return self._refuted("conditions", data)
            self.failure = Point(dict(found.values), found.left, found.right)
            return None
        return None

    def _challenge(self, budget: Budget) -> Result | None:
        """An independent attempt to break what is about to be reported."""
        if self.proof is not None:
            target = assuming(self.statement, self.proof.theorem.conditions)
            data = self.judges.challenge(target, budget)
            if data is not None:
                found = self.judges.witness(target, data)
                raise self._contradiction(self.proof, "challenge", found)
        elif self.support is not None:
            data = self.judges.challenge(self.statement, budget)
            if data is not None:
                return self._refuted("challenge", data)
        return None

    def _report(self) -> Result:
        if self.proof is not None:
            theorem = self.proof.theorem
            return self._result(
                "conditional" if theorem.conditions else "proved",
                scope=scope(self.statement),
                conditions=tuple(plain(condition) for condition in theorem.conditions),
                imports=tuple(theorem.imports),
                methods=(self.proof.method,),
                evidence={
                    "kind": "certificate",
                    "statement": self.statement.encode(),
                    "certificate": self.proof.certificate,
                    "axioms": list(theorem.axioms),
                },
                witness=self.failure,
                message=NO_POINT if any(name == "admit" for name, _ in self.notes) else "",
                theorem=theorem,
            )
        if self.support is not None:
            method, evidence = self.support
            return self._result(
                "supported",
                scope=str(evidence.data["bound"]) if evidence.kind == "bounded" else None,
                methods=(method,),
                evidence={"kind": evidence.kind, **evidence.data},
                message=self._lost(),
            )
        ideas = "ideas: no method found a proof or a counterexample"
        return self._result("undecided", message=self._lost() or ideas)

    def _lost(self) -> str:
        """Which methods could not finish, and why."""
        lost = []
        for reason, words in _REASONS.items():
            names = []
            for name, why in self.notes:
                what, _, detail = why.partition(": ")
                if what == reason:
                    names.append(f"{name} ({detail})" if detail else name)
            if names:
                lost.append(f"{reason}: {', '.join(names)} {words}")
        return "; ".join(lost)

    def _result(self, verdict: str, **fields: Any) -> Result:
        return Result(statement=plain(self.statement.goal), verdict=verdict, source=self.statement, **fields)


def complete(result: Result) -> bool:
    """Did every method that was tried come to an end?  Otherwise another run may find out more."""
    return result.verdict in ("proved", "refuted") or result.message.partition(":")[0] not in _REASONS


def assuming(statement: Statement, conditions: Sequence[Term]) -> Statement:
    """The statement under further hypotheses."""
    if not conditions:
        return statement
    further = tuple(Hypothesis(f"condition {k}", c) for k, c in enumerate(conditions, start=1))
    return replace(statement, hypotheses=(*statement.hypotheses, *further))


def decide(
    statement: Statement,
    options: Options | None = None,
    *,
    hint: str | None = None,
    steps: tuple[Step, ...] = (),
    methods: Sequence[Method] | None = None,
    judges: Judges | None = None,
    stage: Stage = lambda name, seconds, state: None,
    lost: tuple[Any, str, str] | None = None,
    line: bool = False,
) -> Result:
    """The verdict on a statement, worked out in this process.

    `stage` hears what begins; `lost` is what it heard last before this process's
    forerunner was killed: the state, the stage and the reason.  Of a `line` of a derivation
    it is not asked whether its hypotheses admit a point: of what it leads to it is.
    """
    if methods is None:
        from symproof.methods import METHODS

        methods = METHODS
    began = time.monotonic()
    decision = Decision(
        statement, options or Options(), methods, judges or Judges(), hint, steps, stage, line
    )
    if lost is not None:
        decision.resume(*lost)
    return replace(decision.run(), seconds=time.monotonic() - began)
