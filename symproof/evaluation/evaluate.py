"""The value of a term at a point, over any arithmetic: exact rationals and balls, or floats.

`Compiler(arithmetic).run(term)` is a closure from environments to values.  Its parts: numbers
(`arithmetic`, `balls`), arrays (`linear`), derivatives and limits (`calculus`), expectations
(`chance`), and one small function an operator (`operators`, `relations`).
"""

from symproof.evaluation import operators, relations
from symproof.evaluation.arithmetic import Arithmetic, Imprecise, TooCostly, Undefined, Unknown
from symproof.evaluation.balls import Balls
from symproof.evaluation.compiler import Compiler, FiniteGraph, same
from symproof.evaluation.linear import Tensor

__all__ = [
    "Arithmetic", "Balls", "Compiler", "FiniteGraph", "Imprecise", "Tensor", "TooCostly",
    "Undefined", "Unknown", "operators", "relations", "same",
]  # fmt: skip
