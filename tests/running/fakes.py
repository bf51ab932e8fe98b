"""Methods and judges that do as they are told, to test what the engine makes of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from symproof.engine import Judges
from symproof.kernel.statement import Hypothesis, Statement, Symbol
from symproof.kernel.verdict import _SEAL, Refutation, Rejected, Theorem
from symproof.methods.base import Budget, Evidence, Method
from symproof.terms.build import make, num, sym
from symproof.terms.tree import Term
from symproof.terms.types import REAL

X = sym("x", REAL)
POSITIVE = make("gt", X, num(0))


def statement(number: int = 0, *hypotheses: Term) -> Statement:
    """x = number, about a real x."""
    named = tuple(Hypothesis(f"h{k}", h) for k, h in enumerate(hypotheses))
    return Statement((Symbol("x", REAL),), (), named, make("eq", X, num(number)))


def method(name: str, act: Callable[[Statement, Budget], Evidence | None], cost: float = 1.0) -> Method:
    return Method(name, cost, act)


def certificate(*conditions: Term) -> Evidence:
    """A certificate that the fake kernel takes for a proof under the conditions."""
    return Evidence("certificate", {"proves": True, "conditions": [c == POSITIVE for c in conditions]})


FALSE_CERTIFICATE = Evidence("certificate", {"proves": False})
WITNESS = Evidence("witness", {"values": {"x": "7"}})
FALSE_WITNESS = Evidence("witness", {"values": {"x": "0"}})


@dataclass
class FakeJudges(Judges):
    """A kernel that believes what says that it proves; points and counterexamples on demand."""

    counterexample: Any = None
    admissible: Any = field(default_factory=lambda: {"values": {"x": "0"}})
    asked: list[str] = field(default_factory=list)

    def certificate(self, statement: Statement, data: Any, theorems: Sequence[Theorem] = ()) -> Theorem:
        self.asked.append("certificate")
        if not data["proves"]:
            raise Rejected("normal form", "not zero")
        conditions = tuple(POSITIVE for _ in data.get("conditions", ()))
        return Theorem(statement, conditions, ("Cauchy",), ("exp-add",), _SEAL)

    def witness(self, statement: Statement, data: Any) -> Refutation:
        self.asked.append("witness")
        if data["values"]["x"] == "0":
            raise Rejected("witness", "both sides are undefined")
        return Refutation(statement, data["values"], "7", "0", data, _SEAL)

    def challenge(self, statement: Statement, budget: Budget) -> Any:
        self.asked.append("challenge")
        return self.counterexample

    def admits(self, statement: Statement, data: Any) -> dict[str, str]:
        return dict(data["values"])

    def point(self, statement: Statement, budget: Budget) -> Any:
        self.asked.append("point")
        return self.admissible
