"""Making terms: `make`, and what the typing rules of the operators in `rules/` stand on.

`make(op, *args, data=…)` checks the arguments and computes the type, or raises
`Mistyped`.  Overloading is resolved before this point: reading decides whether
a bar is a norm and juxtaposition a matrix product, and the rules here say only
what each resolved operator means.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symproof.terms.sizes import same_axis
from symproof.terms.tree import Span, Term
from symproof.terms.types import (
    COMPLEX,
    INTEGER,
    REAL,
    Array,
    Domain,
    Function,
    Prop,
    Scalar,
    Sequence,
    Type,
    within,
)


class Mistyped(Exception):
    """The arguments do not fit the operator; `argument` is the index of the one to blame."""

    def __init__(self, reason: str, argument: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.argument = argument


Rule = Callable[[tuple[Term, ...], object], Type]
RULES: dict[str, Rule] = {}

# Scalar functions by name: (number of arguments or None for one or more, result domain).
FUNCTIONS: dict[str, tuple[int | None, str | None]] = {
    **dict.fromkeys(
        "exp log sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh "
        "sigmoid softplus relu erf gamma".split(),
        (1, None),
    ),
    "abs": (1, None),
    "re": (1, "real"),
    "im": (1, "real"),
    "conj": (1, None),
    "sign": (1, "integer"),
    "floor": (1, "integer"),
    "ceil": (1, "integer"),
    "factorial": (1, "integer"),
    "binomial": (2, "integer"),
    "mod": (2, None),
    "max": (None, None),
    "min": (None, None),
}
CONSTANTS: dict[str, Type] = {"pi": REAL, "e": REAL, "oo": REAL, "i": COMPLEX}


# How many arguments an operator takes, where its rule does not say.
ARITY: dict[str, int] = {
    **dict.fromkeys("true false const numbers graphs".split(), 0),
    **dict.fromkeys(
        "neg transpose inverse norm opnorm fronorm trace det lambda_max lambda_min rank diag eye softmax "
        "vertices edges sequences degree_matrix adjacency components cardinality bracket expect variance "
        "probability not differentiable psd integrable solve".split(),
        1,
    ),
    **dict.fromkeys(
        "div pow scale matmul hadamard matpow dot range interval degree grad jacobian hessian covariance "
        "eq ne lt le gt ge implies iff in theta argmax argmin".split(),
        2,
    ),
    **dict.fromkeys("integral diff limit little_o big_o".split(), 3),
}
AT_LEAST: dict[str, int] = {
    **dict.fromkeys(
        "add mul index functions sum product maximum minimum array lambda forall exists".split(), 2
    ),
    **dict.fromkeys("and or call apply entries ones zeros arrays cases independent".split(), 1),
}


def make(op: str, *args: Term, data: object = None, span: Span | None = None) -> Term:
    """The term, typed; raises Mistyped."""
    if ARITY.get(op, len(args)) != len(args) or len(args) < AT_LEAST.get(op, 0):
        raise Mistyped(f"{op} does not take {len(args)} argument(s)")
    return Term(op, args, data, RULES[op](args, data), span)


def num(value: int | Fraction, span: Span | None = None) -> Term:
    """An exact number."""
    value = Fraction(value)
    return Term("num", (), value, INTEGER if value.denominator == 1 else REAL, span)


def sym(name: str, type: Type, span: Span | None = None) -> Term:
    """A declared or bound symbol."""
    return Term("sym", (), name, type, span)


def show_type(type: Type) -> str:
    """A type in the words of the claim language."""
    from symproof.terms.plain import plain_type

    return plain_type(type)


def rule(*ops: str) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        for op in ops:
            RULES[op] = rule
        return rule

    return register


def domain_at(args: tuple[Term, ...], k: int) -> str:
    """The domain of a scalar argument."""
    found = args[k].type
    if not isinstance(found, Scalar):
        raise Mistyped(f"expected a number, found {show_type(found)}", k)
    return found.domain


def integer_at(args: tuple[Term, ...], k: int) -> None:
    if domain_at(args, k) != "integer":
        raise Mistyped("expected an integer", k)


def array_at(args: tuple[Term, ...], k: int, rank: int | None = None) -> Array:
    found = args[k].type
    wanted = {None: "a vector or matrix", 1: "a vector", 2: "a matrix"}.get(rank, "an array")
    if not isinstance(found, Array) or (rank is not None and len(found.axes) != rank):
        raise Mistyped(f"expected {wanted}, found {show_type(found)}", k)
    return found


def square_at(args: tuple[Term, ...], k: int) -> Array:
    found = array_at(args, k, 2)
    if not same_axis(*found.axes):
        raise Mistyped(f"expected a square matrix, found {show_type(found)}", k)
    return found


def statement_at(args: tuple[Term, ...], k: int) -> None:
    if not isinstance(args[k].type, Prop):
        raise Mistyped(f"expected a statement, found {show_type(args[k].type)}", k)


def set_at(args: tuple[Term, ...], k: int) -> Domain:
    found = args[k].type
    if not isinstance(found, Domain):
        raise Mistyped(f"expected a range or set, found {show_type(found)}", k)
    return found


def same_type(left: Type, right: Type) -> bool:
    """Do the two types agree, integer, real and complex numbers taken together?"""
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        return True
    if isinstance(left, Array) and isinstance(right, Array):
        return (
            len(left.axes) == len(right.axes)
            and (left.row == right.row)
            and all(same_axis(a, b) for a, b in zip(left.axes, right.axes, strict=True))
        )
    if isinstance(left, Sequence) and isinstance(right, Sequence):
        return same_type(left.item, right.item)
    if isinstance(left, Function) and isinstance(right, Function):
        return (
            len(left.params) == len(right.params)
            and all(map(same_type, left.params, right.params))
            and same_type(left.result, right.result)
        )
    return left == right


def fits(found: Type, wanted: Type) -> bool:
    """May a term of type `found` stand where `wanted` is declared?"""
    if isinstance(found, Scalar) and isinstance(wanted, Scalar):
        return within(found.domain, wanted.domain)
    if isinstance(found, Array) and isinstance(wanted, Array):
        return same_type(found, wanted) and within(found.domain, wanted.domain)
    if isinstance(found, Sequence) and isinstance(wanted, Sequence):
        return fits(found.item, wanted.item)
    if isinstance(found, Function) and isinstance(wanted, Function):
        takes = len(found.params) == len(wanted.params) and all(map(fits, wanted.params, found.params))
        return takes and fits(found.result, wanted.result)
    return found == wanted
