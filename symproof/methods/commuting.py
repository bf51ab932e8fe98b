"""Powers of a matrix that is written as a term: (I − η A)^k, with which A commutes."""

from __future__ import annotations

from symproof.kernel.context import Context
from symproof.methods.approach import FAILURES
from symproof.methods.search import Certificate, Search
from symproof.methods.steps import Steps, Stuck
from symproof.terms.build import make, same_type, sym
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Array


def commuting(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R once A B^k = B^k A is known for each power of a term B that occurs and each matrix A in B."""
    powers = [node for node in goal.walk() if node.op == "matpow" and node.args[0].op != "sym"]
    steps = Steps(search, context, goal)
    for base, exponent in dict.fromkeys(node.args for node in powers if node.args[1].op != "num"):
        for name in sorted(free_symbols(base) & context.symbols.keys()):
            matrix = sym(name, context.symbols[name].type)
            if not isinstance(base.type, Array) or not same_type(matrix.type, base.type):
                continue
            k = _without_number(exponent)  # A^(t + 1) is multiplied out to A^t A
            try:
                size = base.type.axes[0].args[1]
                steps.use("power-commutes", {"n": size, "A": matrix, "B": base, "k": k})
            except (Stuck, *FAILURES):
                continue
    return steps.equation(context, goal, depth)


def _without_number(exponent: Term) -> Term:
    """t for t + 1."""
    if exponent.op != "add":
        return exponent
    rest = [part for part in exponent.args if part.op != "num"]
    return make("add", *rest) if len(rest) > 1 else rest[0] if rest else exponent
