"""When a term is smooth in a bound name: the conditions that a derivative adds to definedness.

Every condition is open in the named variable, so that where it holds at the
point it holds around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import cast

from symproof.kernel.context import Context
from symproof.kernel.decide import branches, seen, under
from symproof.kernel.infinity import infinite
from symproof.kernel.statement import Definition
from symproof.kernel.verdict import Rejected
from symproof.terms.build import make, num
from symproof.terms.rewrite import free_symbols, renamed, substitute
from symproof.terms.tree import BINDERS, Term, bound_names
from symproof.terms.types import Array, Scalar

ZERO, ONE = num(0), num(1)


def refuse(reason: str) -> Rejected:
    return Rejected("definedness", reason)


def rational_value(term: Term) -> Fraction | None:
    """The value of an exponent written as a number."""
    if term.op == "num":
        return term.data  # type: ignore[return-value]
    if term.op == "neg":
        value = rational_value(term.arg)
        return None if value is None else -value
    if term.op == "div":
        above, below = map(rational_value, term.args)
        return above / below if above is not None and below else None
    return None


def apart(context: Context, term: Term) -> Term:
    """The term with bound names that are declared or defined renamed, so that none is taken for a symbol."""
    taken = context.symbols.keys() | context.definitions.keys()
    return term if taken.isdisjoint(bound_names(term)) else renamed(term, frozenset(taken))


def smooth(context: Context, term: Term, name: str, order: int) -> Iterator[Term]:
    """Conditions, open in the named variable, under which the term is differentiable in it."""
    if name not in free_symbols(term):
        return
    term = apart(context, term)
    op = term.op
    if op == "cases":
        yield from _smooth_cases(context, term, name, order)
        return
    if op in ("bracket", "argmax", "argmin", "maximum", "minimum", "limit",
              "expect", "variance", "covariance", "probability", "rank", "opnorm", "lambda_max",
              "lambda_min", "inverse", "det", "fronorm", "lambda", "product"):  # fmt: skip
        raise refuse(f"the derivative of {op}")
    if op == "call":
        if isinstance(term.args[0].type, Array) and _kinks(str(term.data), (ONE,)) is not None:
            raise refuse(f"the derivative of {term.data} of an array")
        kinks = _kinks(str(term.data), term.args)
        yield from kinks or ()
    elif op == "norm":
        yield make("gt", term, ZERO)
    elif op == "pow":
        base, exponent = term.args
        value = rational_value(exponent)
        if value == 2 and (base.op == "norm" or (base.op == "call" and base.data == "abs")):
            yield from smooth(context, base.arg, name, order)  # |u|² is smooth where u is
            return
        if value is None or value.denominator != 1:
            if value is None and exponent.type == Scalar("integer") and name not in free_symbols(exponent):
                yield make("or", make("ge", exponent, ZERO), make("ne", base, ZERO))
            else:
                yield make("gt", base, ZERO)
    elif op == "index" and any(name in free_symbols(i) for i in term.args[1:]):
        raise refuse("a derivative in an index")
    elif op == "apply":
        yield from _smooth_apply(context, term, name, order)
        return
    elif op == "integral":
        low, high = term.args[1:]
        if infinite(low) or infinite(high):
            raise refuse("the derivative of an integral to infinity")
        ((variable,),) = cast(tuple[tuple[str]], term.data)
        for varied in (name, variable):
            # in the parameter one order more, since the derivative under the integral must be continuous
            least = order + (varied == name)
            for condition in smooth(context, term.args[0], varied, least):
                yield make("forall", condition, hull(context, low, high), data=term.data)
        for bound in (low, high):
            yield from smooth(context, bound, name, order)
        return
    elif op == "diff":
        # both derivatives together: what is smooth around the point in each variable is so in both
        ((variable,),) = cast(tuple[tuple[str]], term.data)
        inside = rational_value(term.args[2])
        if inside is None or inside.denominator != 1 or any(n.op == "apply" for n in term.args[0].walk()):
            raise refuse("a derivative of a derivative of a function that is not written out")
        for varied in (name, variable):
            for condition in smooth(context, term.args[0], varied, order + int(inside)):
                yield substitute(condition, {variable: term.args[1]})
        yield from smooth(context, term.args[1], name, order)
        return
    elif op in ("sum", "array"):
        names: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        if any(name in free_symbols(d) for d in term.args[1:]):
            raise refuse("a derivative in the bound of a sum")
        for condition in smooth(context, term.args[0], name, order):
            yield make("forall", condition, *term.args[1:], data=names)
        return
    elif op in BINDERS:
        raise refuse(f"the derivative of {op}")
    for arg in term.args:
        yield from smooth(context, arg, name, order)


def _smooth_cases(context: Context, term: Term, name: str, order: int) -> Iterator[Term]:
    """One case holds for all values of the variable, which is smooth where it is the one chosen."""
    if any(name in free_symbols(chosen) for chosen in term.args[:-1:2]):
        raise refuse("the derivative of cases that change with the variable")
    for premises, value in branches(term):
        for condition in smooth(context, value, name, order):
            yield under(premises, condition)


def hull(context: Context, low: Term, high: Term, brackets: str = "[]") -> Term:
    """The interval between two bounds in either order."""
    if not (infinite(low) or infinite(high)):
        if seen(context, make("ge", low, high)):
            low, high = high, low
        elif not seen(context, make("le", low, high)):
            low, high = make("call", low, high, data="min"), make("call", low, high, data="max")
    elif low.data == "oo" or infinite(high) and high.op == "neg":
        low, high = high, low
    return make("interval", low, high, data=brackets)


def _kinks(function: str, args: tuple[Term, ...]) -> list[Term] | None:
    """Where an elementary function is not smooth inside its domain; None when it is smooth everywhere."""
    x, *_ = args
    if function in ("floor", "ceil", "sign", "mod", "factorial", "binomial", "re", "im", "conj", "gamma"):
        raise refuse(f"the derivative of {function}")
    if function in ("abs", "relu"):
        return [make("ne", x, ZERO)]
    if function == "sqrt":
        return [make("gt", x, ZERO)]
    if function in ("asin", "acos"):
        return [make("gt", x, num(-1)), make("lt", x, ONE)]
    if function == "acosh":
        return [make("gt", x, ONE)]
    if function in ("max", "min") and len(args) > 1:
        return [make("ne", a, b) for k, a in enumerate(args) for b in args[k + 1 :]]
    return None


def _smooth_apply(context: Context, term: Term, name: str, order: int) -> Iterator[Term]:
    function = term.args[0]
    if function.op == "sym" and function.data in context.definitions:
        yield from smooth(context, applied(context.definitions[str(function.data)], term), name, order)
        return
    for arg in term.args[1:]:
        yield from smooth(context, arg, name, order)
    if function.op == "sym" and function.data in context.symbols:
        attributes = context.symbols[str(function.data)].attributes
        if order > 2:
            raise refuse(f"a derivative of order {order} of {function.data}")
        wanted = "differentiable" if order <= 1 else "twice_differentiable"
        if wanted not in attributes and "twice_differentiable" not in attributes:
            raise refuse(f"{function.data} is not declared {wanted.replace('_', ' ')}")
        return
    raise refuse("the derivative of a function that is not a symbol")


def applied(definition: Definition, term: Term) -> Term:
    """The body of a definition at the arguments of a term."""
    values = {}
    for (param, type), arg in zip(definition.params, term.args[1:], strict=True):
        if isinstance(arg.type, Array) and isinstance(type, Scalar):
            raise refuse("a definition applied to the entries of an array")
        values[param] = arg
    return substitute(definition.body, values)


def jumps(context: Context, body: Term) -> bool:
    """May the body, where it is defined, be discontinuous?"""
    for node in body.walk():
        if node.op in _JUMPS or node.op == "call" and node.data in _STEPS:
            return True
        if node.op in ("apply", "diff"):
            inside = node if node.op == "apply" else node.args[0]
            wanted = _CONTINUOUS[0 if node.op == "apply" else 2 if node.args[2].data == 1 else 3 :]
            for one in (n for n in inside.walk() if n.op == "apply"):
                name = str(one.args[0].data)
                definition, symbol = context.definitions.get(name), context.symbols.get(name)
                if definition is not None:
                    if node.op == "diff" or jumps(context, applied(definition, one)):
                        return True
                elif symbol is None or symbol.attributes.isdisjoint(wanted):
                    return True
    return False


_JUMPS = frozenset(
    # an expectation of continuous functions need not even be bounded
    "cases bracket argmax argmin grad hessian jacobian expect variance covariance".split()
)
_STEPS = frozenset(("floor", "ceil", "sign", "mod", "factorial", "binomial"))
_CONTINUOUS = ("continuous", "differentiable", "twice_differentiable")
