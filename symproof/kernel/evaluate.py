"""The value of a term at a point, over any arithmetic: exact rationals and balls, or floats.

`Compiler(arithmetic).run(term)` is a closure from environments to values.  Its parts: numbers
(`arithmetic`, `balls`), arrays (`linear`), derivatives and limits (`calculus`), expectations
(`chance`), and one small function an operator (`operators`, `relations`).
"""

from symproof.kernel import operators, relations
from symproof.kernel.arithmetic import Arithmetic, Imprecise, TooCostly, Undefined, Unknown
from symproof.kernel.balls import Balls
from symproof.kernel.compiler import Compiler, FiniteGraph, same
from symproof.kernel.linear import Tensor

__all__ = [
    "Arithmetic", "Balls", "Compiler", "FiniteGraph", "Imprecise", "Tensor", "TooCostly",
    "Undefined", "Unknown", "operators", "relations", "same",
]  # fmt: skip
