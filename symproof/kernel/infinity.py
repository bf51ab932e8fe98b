"""∞ is no number: it is a bound, the point of a limit, or what a limit, a series or an integral is."""

from __future__ import annotations

from symproof.terms.tree import Term

DIVERGING = frozenset(("limit", "sum", "integral"))  # what may be infinite, as axioms say
# The arguments of an operator that may be infinite.
ENDS = {
    "range": (1,),
    "interval": (0, 1),
    "integral": (1, 2),
    "limit": (1,),
    "little_o": (2,),
    "big_o": (2,),
}


def infinite(bound: Term) -> bool:
    """Is the bound ∞ or −∞?"""
    return bound.data == "oo" or bound.op == "neg" and bound.arg.data == "oo"


def among_numbers(term: Term) -> bool:
    """Does ∞ stand where a number has to?"""
    stack = [term]
    while stack:
        node = stack.pop()
        if infinite(node):
            return True
        ends = ENDS.get(node.op, ())
        if node.op == "eq" and node.args[0].op in DIVERGING:
            ends = (1,)
        stack += [arg for k, arg in enumerate(node.args) if k not in ends or not infinite(arg)]
    return False
