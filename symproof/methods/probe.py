"""A quick look at a point in floats: does it meet the hypotheses, and does the goal fail there?"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice, product
from typing import Any

from flint import fmpq

from symproof.evaluation.arithmetic import TooCostly, Undefined, Unknown
from symproof.evaluation.compiler import FiniteGraph
from symproof.evaluation.linear import Tensor
from symproof.evaluation.model import Model
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Check, Failure
from symproof.methods.families import functions
from symproof.terms.codec import encode
from symproof.terms.tree import Term
from symproof.terms.types import Array, Function, Scalar

STEPS = 20_000
_INTEGERS = (1, 2, 0, 3, 4, -1, 5)
_REALS = (Fraction(2), Fraction(-1), Fraction(1, 2), Fraction(0), Fraction(-3), Fraction(1))
_CANNOT = (Rejected, Undefined, Unknown, TooCostly, ArithmeticError, ValueError, TypeError, RecursionError)


class Probe(Check):
    """The check of a witness, in floats, where infinitely many cases become a few."""

    def __init__(self, model: Model, values: dict[str, Any], outcome: dict[str, Any]) -> None:
        model.A.steps = STEPS
        super().__init__(model, values, {}, {}, outcome)
        self.blind = False  # could a hypothesis not be judged?

    def admissible(self) -> bool:
        """Do all declarations and hypotheses hold, as far as this can tell?"""
        try:
            for symbol in self.model.statement.symbols:
                if symbol.law is None and not symbol.random:
                    self.world.read(symbol.name)
            for hypothesis in self.model.statement.hypotheses:
                if id(hypothesis) not in self.world.used:
                    self.hypothesis(hypothesis)
        except _CANNOT as error:
            self.blind = isinstance(error, Unknown)
            return False
        return True

    def failure(self) -> Failure | None:
        """How the goal fails; raises Unknown where floats cannot tell."""
        try:
            return self.first_failure()
        except TooCostly:
            return None
        except (Undefined, ArithmeticError, ValueError, TypeError, RecursionError, Rejected) as error:
            raise Unknown(str(error)) from None

    def everywhere(self, term: Term, env: dict[str, Any]) -> bool:
        return all(self.holds(term.args[0], inner) for inner in self.instances(term, env))

    def instances(self, term: Term, env: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """A few places of an infinite range."""
        groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        choices = []
        for group, domain in zip(groups, term.args[1:], strict=True):
            choices.append([(group[0], value) for value in self._samples(domain, env)])
        for combination in islice(product(*choices), 60):
            yield {**env, **dict(combination)}

    def _samples(self, domain: Term, env: dict[str, Any]) -> Iterator[Any]:
        type = domain.type.items[0]  # type: ignore[union-attr]
        world = env[""]
        if domain.op == "range":
            low, high = domain.args
            first = self.A.integer(self.value(low, env))
            last = first + 4 if high.data == "oo" else self.A.integer(self.value(high, env))
            yield from (self.A.number(Fraction(k)) for k in range(first, min(first + 4, last) + 1))
        elif isinstance(type, Scalar):
            samples = _INTEGERS if type.domain == "integer" else _REALS
            yield from (world.given(type, x, "") for x in samples)
        elif isinstance(type, Array):
            for shift in (0, 1, 2, 3):
                yield world.filled(
                    type.axes, lambda k, s=shift: self.A.number(Fraction((3 * k + 2 * s) % 5 - s))
                )
        elif isinstance(type, Function):
            yield from (world.given(type, f, "") for f in islice(functions(type, True), 4))
        else:
            raise Unknown(f"all of {domain.op}")


def exact_data(value: Any) -> Any:
    """A rational number, or an array of them, as nested lists of fractions; raises TypeError."""
    if isinstance(value, Tensor):
        parts = (
            value.cells
            if len(value.shape) == 1
            else [value.pick(value.starts[0] + k) for k in range(value.shape[0])]
        )
        return [exact_data(part) for part in parts]
    if not isinstance(value, fmpq):
        raise TypeError("not rational")
    return Fraction(int(value.p), int(value.q))


def to_data(value: Any) -> Any:
    """Values as the JSON data of a witness."""
    if isinstance(value, float):
        value = Fraction(value).limit_denominator(1000)
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Term):
        return encode(value)
    if isinstance(value, FiniteGraph):
        return {"vertices": value.n, "edges": [list(edge) for edge in sorted(value.edges)]}
    if isinstance(value, Tensor):
        if len(value.shape) == 1:
            return [to_data(x) for x in value.cells]
        return [to_data(value.pick(value.starts[0] + k)) for k in range(value.shape[0])]
    if isinstance(value, dict):
        return {str(k): to_data(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [to_data(v) for v in value]
    return value
