"""When a term is defined: the conditions that its divisions, logarithms, indices … ask for.

`conditions(term)` yields closed statements; at every point where all of them
hold, the term is defined.  A derivative also asks that the function is smooth
at the point.  What cannot be said as a condition is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import cast

from symproof.kernel.context import Context
from symproof.kernel.decide import branches, under
from symproof.kernel.existence import exists, improper
from symproof.kernel.infinity import DIVERGING, infinite
from symproof.kernel.smooth import apart, hull, jumps, rational_value, refuse, smooth
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import BINDERS, Term, bound_names
from symproof.terms.types import COMPLEX, Array, Function, Scalar

ZERO, ONE = num(0), num(1)
MAX_ORDER = 20  # of a derivative
EXTREMA = frozenset(("maximum", "minimum", "argmax", "argmin"))


def conditions(context: Context, term: Term) -> Iterator[Term]:
    """Statements that together make the term (or both sides of a relation) defined."""
    term = apart(context, term)
    if term.op == "eq" and term.args[0].op in DIVERGING and infinite(term.args[1]):
        return  # that it tends to ∞ says all
    rule = _RULES.get(term.op)
    if rule is not None:
        yield from rule(context, term)
        return
    if term.op in BINDERS:
        yield from _quantified(context, term)
        return
    if term.op == "sym":
        definition = context.definitions.get(str(term.data))
        if definition is not None and not definition.params:
            yield from conditions(context, definition.body)
        return
    for arg in term.args:
        yield from conditions(context, arg)
    local = _LOCAL.get(term.op)
    if local is not None:
        yield from local(context, term)


# --- one operator at a time -------------------------------------------------------


def _nonzero(term: Term) -> Iterator[Term]:
    if term.op == "num" and term.data:
        return
    yield make("ne", term, ZERO)


def _div(context: Context, term: Term) -> Iterator[Term]:
    yield from _nonzero(term.args[1])


def _pow(context: Context, term: Term) -> Iterator[Term]:
    base, exponent = term.args
    if base.op == "const":
        return
    value = rational_value(exponent)
    if value is not None:
        if value.denominator == 1:
            if value < 0:
                yield from _nonzero(base)
        else:
            yield _compared("ge" if value > 0 else "gt", base, ZERO)
    elif base.op == "num" and base.data > 0:  # type: ignore[operator]
        return
    elif exponent.type == Scalar("integer"):
        yield make("or", make("ge", exponent, ZERO), make("ne", base, ZERO))
    else:
        positive = _compared("gt", base, ZERO)
        rest = make("and", make("ge", base, ZERO), _compared("gt", exponent, ZERO))
        yield make("or", positive, rest)


def _compared(op: str, left: Term, right: Term) -> Term:
    """A comparison of real numbers."""
    if COMPLEX in (left.type, right.type):
        raise refuse("powers, roots and functions of complex numbers have no conditions here")
    return make(op, left, right)


def _call(context: Context, term: Term) -> Iterator[Term]:
    argument = term.args[0]
    if isinstance(argument.type, Array):
        entry, everywhere = _entrywise(context, argument, term)
        yield from map(everywhere, _of_call(str(term.data), (entry,)))
        return
    yield from _of_call(str(term.data), term.args)


def _of_call(name: str, args: tuple[Term, ...]) -> Iterator[Term]:
    x = args[0]
    if name == "log" or name == "gamma":
        yield _compared("gt", x, ZERO)
    elif name in ("sqrt", "factorial", "binomial"):
        yield _compared("ge", x, ZERO)
    elif name in ("asin", "acos"):
        yield _compared("ge", x, num(-1))
        yield _compared("le", x, ONE)
    elif name == "atanh":
        yield _compared("gt", x, num(-1))
        yield _compared("lt", x, ONE)
    elif name == "acosh":
        yield _compared("ge", x, ONE)
    elif name == "tan":
        yield make("ne", make("call", x, data="cos"), ZERO)
    elif name == "mod":
        yield from _nonzero(args[1])


def _entrywise(
    context: Context, array: Term, within: Term, letter: str = "i", diagonal: bool = False
) -> tuple[Term, Callable[[Term], Term]]:
    """An entry of the array, and what makes a condition on it one on all entries (on the diagonal).

    The names of the indices stand for nothing, neither in the term around it nor in the definitions it uses.
    """
    assert isinstance(array.type, Array)
    axes = array.type.axes[: 1 if diagonal else None]
    taken = free_symbols(within) | context.symbols.keys() | context.definitions.keys()
    names = [f"{letter}{k}" for k in range(len(axes))]
    while not taken.isdisjoint(names):
        names = [n + "_" for n in names]
    types = [type for axis in axes for type in axis.type.items]  # type: ignore[union-attr]
    indices = [sym(name, type) for name, type in zip(names, types, strict=True)]
    whole = make("transpose", array) if array.type.row else array
    entry = make("index", whole, *(indices * 2 if diagonal else indices))
    return entry, lambda condition: make("forall", condition, *axes, data=tuple((n,) for n in names))


def _index(context: Context, term: Term) -> Iterator[Term]:
    """1 <= i <= n for every index of an array; sequences have all indices."""
    from symproof.terms.types import Sequence

    found = term.args[0].type
    for index in term.args[1:]:
        if isinstance(found, Sequence):
            found = found.item
            continue
        assert isinstance(found, Array)
        axis, rest = found.axes[0], found.axes[1:]
        if axis.op == "range":
            yield make("ge", index, axis.args[0])
            yield make("le", index, axis.args[1])
        found = Array(rest, found.domain)


def _apply(context: Context, term: Term) -> Iterator[Term]:
    """A declared function is total; a definition or a lambda is defined where its body is."""
    function = term.args[0]
    body: Term | None = None
    names: list[str] = []
    if function.op == "lambda":
        body, names = function.args[0], list(bound_names(function))
    elif function.op == "sym" and function.data in context.definitions:
        definition = context.definitions[str(function.data)]
        body, names = definition.body, [p for p, _ in definition.params]
    if body is None:
        return
    first = function.type
    assert isinstance(first, Function)
    if isinstance(term.type, Array) and isinstance(first.result, Scalar):
        (name,) = names
        entry, everywhere = _entrywise(context, term.args[1], term)
        yield from map(everywhere, conditions(context, substitute(body, {name: entry})))
        return
    yield from conditions(context, substitute(body, dict(zip(names, term.args[1:], strict=True))))


def _inverse(context: Context, term: Term) -> Iterator[Term]:
    matrix = term.args[0]
    while matrix.op == "sym" and matrix.data in context.definitions:
        matrix = context.definitions[str(matrix.data)].body
    if matrix.op == "eye":
        return
    if matrix.op == "transpose":
        yield from _inverse(context, make("inverse", matrix.arg))
        return
    if matrix.op == "scale":
        yield from _nonzero(matrix.args[0])
        yield from _inverse(context, make("inverse", matrix.args[1]))
        return
    symbol = context.symbols.get(str(matrix.data)) if matrix.op == "sym" else None
    if symbol is not None and not symbol.attributes.isdisjoint(("invertible", "orthogonal")):
        return
    if matrix.op in ("diag", "degree_matrix"):
        entry, everywhere = _entrywise(context, matrix, matrix, diagonal=True)
        yield everywhere(make("ne", entry, ZERO))
        return
    yield make("ne", make("det", matrix), ZERO)


def _matpow(context: Context, term: Term) -> Iterator[Term]:
    value = rational_value(term.args[1])
    if value is None:
        yield make("ge", term.args[1], ZERO)
    elif value < 0:
        yield from _inverse(context, make("inverse", term.args[0]))


def _symmetric(context: Context, term: Term) -> Iterator[Term]:
    """The largest eigenvalue is meant for symmetric matrices."""
    yield make("eq", make("transpose", term.arg), term.arg)


_LOCAL = {
    "div": _div,
    "pow": _pow,
    "call": _call,
    "index": _index,
    "apply": _apply,
    "inverse": _inverse,
    "matpow": _matpow,
    "lambda_max": _symmetric,
    "lambda_min": _symmetric,
}


# --- binders and branches ------------------------------------------------------------


def _solve(context: Context, term: Term) -> Iterator[Term]:
    raise refuse("a statement about solutions inside another")


def _quantified(context: Context, term: Term) -> Iterator[Term]:
    """What the body needs, for all values of the bound names; what the domains need."""
    names: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    domains = term.args[BINDERS[term.op] :]
    for domain in domains:
        for condition in conditions(context, domain):
            if not free_symbols(condition).isdisjoint(n for g in names for n in g):
                raise refuse("a range that needs a condition on another index")
            yield condition
        if term.op in EXTREMA and domain.op == "range" and not infinite(domain.args[1]):
            yield make("ge", domain.args[1], domain.args[0])
    if improper(term):
        yield make("eq", term, term)
    for condition in conditions(context, term.args[0]):
        yield make("forall", condition, *domains, data=names)


def _whole(context: Context, term: Term) -> Iterator[Term]:
    """A function needs nothing until it is applied; of growth, definedness is part of what is said."""
    yield from ()


def _limit(context: Context, term: Term) -> Iterator[Term]:
    """That a limit exists is a fact."""
    yield make("eq", term, term)


def _integral(context: Context, term: Term) -> Iterator[Term]:
    """A body defined, without jumps, on the closed hull of finite bounds; else a fact that speaks of the
    integral, and a body defined between the bounds, or at them where they are equal."""
    (name,) = bound_names(term)
    low, high = term.args[1], term.args[2]
    for bound in (low, high):
        if not infinite(bound):
            yield from conditions(context, bound)
    proper = not improper(term)
    settled = exists(context, term)
    if not proper and not settled:
        yield make("eq", term, term)
    if proper and not settled and jumps(context, term.args[0]):
        raise refuse("an integral of a function that may jump")
    domain = hull(context, low, high, "[]" if proper and not settled else "()")
    for condition in conditions(context, term.args[0]):
        yield make("forall", condition, domain, data=term.data)
        if proper and settled:
            yield make("or", make("ne", low, high), substitute(condition, {name: low}))


def _cases(context: Context, term: Term) -> Iterator[Term]:
    """Each condition, and each value where it is the one chosen."""
    for chosen in term.args[:-1:2]:
        yield from conditions(context, chosen)
    for premises, value in branches(term):
        for condition in conditions(context, value):
            yield under(premises, condition)


def _implies(context: Context, term: Term) -> Iterator[Term]:
    yield from conditions(context, term.args[0])
    for condition in conditions(context, term.args[1]):
        yield under([term.args[0]], condition)


def _random(context: Context, term: Term) -> Iterator[Term]:
    """An expectation must exist; a variance needs the square, a covariance the product."""
    x, y = term.args[0], term.args[-1]
    for arg in term.args:
        yield from conditions(context, arg)
    if isinstance(x.type, Array):
        inner, everywhere = _entrywise(context, x, term)
        if term.op == "covariance":
            other, throughout = _entrywise(context, y, term, "j")
            yield everywhere(throughout(make("integrable", make("mul", inner, other))))
            yield throughout(make("integrable", other))
        yield everywhere(make("integrable", make("mul", inner, inner) if term.op == "variance" else inner))
        return
    yield make("integrable", x if term.op == "expect" else make("mul", x, y))
    if term.op == "covariance":
        yield make("integrable", x)
        yield make("integrable", y)


def _derivative(context: Context, term: Term) -> Iterator[Term]:
    """The body is defined and smooth in the bound name at the point."""
    ((name,),) = cast(tuple[tuple[str]], term.data)
    at = term.args[1]
    yield from conditions(context, at)
    order = 2 if term.op == "hessian" else 1
    if term.op == "diff":
        if term.args[2].op != "num" or term.args[2].data not in range(MAX_ORDER + 1):
            raise refuse("a derivative whose order is not a small number")
        order = int(cast(Fraction, term.args[2].data))
    for condition in (*conditions(context, term.args[0]), *smooth(context, term.args[0], name, order)):
        yield substitute(condition, {name: at})


_RULES = {
    "cases": _cases,
    "implies": _implies,
    "expect": _random,
    "variance": _random,
    "covariance": _random,
    "diff": _derivative,
    "grad": _derivative,
    "jacobian": _derivative,
    "hessian": _derivative,
    "integral": _integral,
    "limit": _limit,
    "lambda": _whole,
    "theta": _whole,
    "little_o": _whole,
    "big_o": _whole,
    "solve": _solve,
}
