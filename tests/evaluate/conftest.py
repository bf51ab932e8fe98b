"""Evaluating text at given values."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import fmpq

from symproof.evaluation.balls import Balls
from symproof.evaluation.evaluate import Imprecise, TooCostly, Undefined, Unknown
from symproof.evaluation.linear import Tensor
from symproof.evaluation.model import Model
from symproof.methods.floats import Floats
from symproof.reading.inline import read_statement

ARITHMETICS = {"exact": Balls, "floats": Floats}


class At:
    """Evaluates terms, as text, at values of the symbols."""

    def value(
        self, text: str, let: Any = (), values: Any = None, define: Any = (), arithmetic: str = "exact"
    ) -> Any:
        """The value, or the name of the reason why there is none."""
        A = ARITHMETICS[arithmetic]()
        A.steps = 200_000
        statement = read_statement(f"{text} = {text}", let, (), define)
        world = Model(statement, A).world(values or {})
        try:
            found = world.branch({}).value(statement.goal.args[0])
            return Fraction(int(found.p), int(found.q)) if isinstance(found, fmpq) else found
        except Imprecise:
            return "imprecise"
        except Unknown:
            return "unknown"
        except Undefined:
            return "undefined"
        except TooCostly:
            return "costly"

    def both(self, text: str, let: Any = (), values: Any = None, define: Any = ()) -> tuple[Any, Any]:
        """The value in exact arithmetic and in floats."""
        return (
            self.value(text, let, values, define),
            self.value(text, let, values, define, arithmetic="floats"),
        )

    def entries(self, text: str, let: Any = (), values: Any = None, define: Any = ()) -> Any:
        """The entries of an array as nested lists."""
        return _nested(self.value(text, let, values, define))


def _nested(value: Any) -> Any:
    if isinstance(value, fmpq):
        return Fraction(int(value.p), int(value.q))
    if not isinstance(value, Tensor):
        return value
    return [_nested(value.pick(value.starts[0] + k)) for k in range(value.shape[0])]


@pytest.fixture
def at() -> At:
    return At()
