"""Lowering binders: sums, products, extrema, integrals and limits; cases and brackets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from symproof.kernel import atoms, closing, expectation, integrals, signs, sums
from symproof.kernel.lower import SCALAR, Env, Value, at_all_outcomes, axis_sort, offset, refuse, scalar
from symproof.kernel.normal import Normal, Sort
from symproof.kernel.poly import ONE, ZERO, Atom, Poly, as_exponent, number, of_atom, split_constant
from symproof.terms.rewrite import bound_type
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

FEW = 4


def _bind(
    nf: Normal, term: Term, env: Env, first: int
) -> tuple[list[tuple[Atom, Poly]], dict[str, Value], Poly]:
    """Fresh variables for the domains of a binder, what the names stand for, and a weight (edges)."""
    names: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    inner: dict[str, Value] = dict(env)
    variables: list[tuple[Atom, Poly]] = []
    weight = ONE
    for group, domain in zip(names, term.args[first:], strict=True):
        if domain.op == "edges":
            sort: Sort = ("vertices", str(domain.arg.data))
            pair = [nf.variable(sort), nf.variable(sort)]
            for name, var in zip(group, pair, strict=True):
                inner[name] = of_atom(var)
                variables.append((var, of_atom(var)))
            joined = atoms.adjacency(nf, sort[1], of_atom(pair[0]), of_atom(pair[1]))
            weight = nf.times(weight, joined.scale(atoms.HALF))
            continue
        var = nf.variable(axis_sort(nf, domain, inner))
        index = of_atom(var) + offset(nf, domain, inner)
        (name,) = group
        inner[name] = index
        variables.append((var, index))
    return variables, inner, weight


def summed(nf: Normal, term: Term, env: Env, body: Callable[[Env], Poly]) -> Poly:
    variables, inner, weight = _bind(nf, term, env, 1)
    value = body(inner)
    if weight != ONE:
        _check_symmetric(nf, term, env, inner, body, value)
        if any(sums.perhaps_undefined(nf, *factor) for mono in value.terms for factor in mono):
            raise refuse("a division in a sum over edges, of which there may be none")
    value = nf.times(weight, value)
    endless = ("range", None)
    if [nf.sorts[var] for var, _ in variables] == [endless]:
        ((var, _),) = variables
        return integrals.series(nf, value, var)
    for var, _ in reversed(variables):
        if nf.sorts[var] == endless:
            return closing.close_bind(nf, "series", [v for v, _ in variables], [value], "sum")
        value = sums.sum_over(nf, value, var)
    return value


def _check_symmetric(
    nf: Normal, term: Term, env: Env, inner: dict[str, Value], body: Callable[[Env], Poly], value: Poly
) -> None:
    """A sum over edges means something only if swapping the ends changes nothing."""
    names: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    for group in names:
        if len(group) == 2:
            u, v = group
            if not nf.is_zero(body({**inner, u: inner[v], v: inner[u]}) - value):
                raise refuse("a sum over edges of what changes when the ends are swapped")


def _sum(nf: Normal, term: Term, env: Env) -> Poly:
    return summed(nf, term, env, lambda inner: scalar(nf, term.args[0], inner))


def _product(nf: Normal, term: Term, env: Env) -> Poly:
    """A short product is multiplied out; the top factors of a range that surely has them leave it."""
    if len(term.args) != 2 or term.args[1].op != "range":
        return _extremum(nf, term, env)
    variables, inner, _ = _bind(nf, term, env, 1)
    ((var, _),) = variables
    body = scalar(nf, term.args[0], inner)
    return product_over(nf, body, var)


def product_over(nf: Normal, body: Poly, var: Atom) -> Poly:
    """Π body over the range of the variable."""
    length: Poly | None = nf.sorts[var][1]
    if length is None:
        return closing.close_bind(nf, "product", [var], [body], "")
    value = length.constant()
    if value is not None and value <= sums.SHORT:
        return nf.product(*(nf.replace(body, {var: number(k)}) for k in range(1, int(value) + 1)))
    if var not in body.vars and signs.holds(nf, length, "ge"):
        return nf.power(body, as_exponent(length))
    below, extra = split_constant(length)
    if isinstance(extra, int) and 0 < extra <= sums.PEEL and signs.holds(nf, below, "ge"):
        tops = [nf.replace(body, {var: below + number(k)}) for k in range(1, extra + 1)]
        inner = nf.variable(("range", below))
        return nf.product(product_over(nf, nf.replace(body, {var: of_atom(inner)}), inner), *tops)
    return closing.close_bind(nf, "product", [var], [body], "")


def _extremum(nf: Normal, term: Term, env: Env) -> Poly:
    variables, inner, weight = _bind(nf, term, env, 1)
    if weight != ONE:
        raise refuse(f"{term.op} over edges")
    body = scalar(nf, term.args[0], inner)
    value = extremum_over(nf, term.op, [v for v, _ in variables], body)
    if term.op in ("argmax", "argmin"):  # the place counts from 1, the index from the start of its range
        value = value + offset(nf, term.args[1], env)
    return value


def extremum_over(nf: Normal, name: str, variables: Sequence[Atom], body: Poly) -> Poly:
    """A binder over the variables; the largest or least of a few values is that of its arguments."""
    if name in ("maximum", "minimum") and len(variables) == 1:
        (var,) = variables
        sort = nf.sorts[var]
        length = sort[1].constant() if sort[0] == "range" and sort[1] is not None else None
        if length is not None and 1 <= length <= FEW:
            values = [nf.replace(body, {var: number(k)}) for k in range(1, int(length) + 1)]
            return atoms.apply(nf, "max" if name == "maximum" else "min", tuple(values))
    return closing.close_bind(nf, name, variables, [body], "")


def _limit(nf: Normal, term: Term, env: Env) -> Poly:
    ((name,),) = cast(tuple[tuple[str]], term.data)
    var = nf.number_variable(("number", "integer" if bound_type(term, name) == INTEGER else "real"))
    body = scalar(nf, term.args[0], {**env, name: of_atom(var)})
    rest = tuple(_end(nf, a, env) for a in term.args[1:])
    return closing.close_bind(nf, "limit", [var], [body], rest)


def _integral(nf: Normal, term: Term, env: Env) -> Poly:
    ((name,),) = cast(tuple[tuple[str]], term.data)
    var = nf.number_variable(("number", "real"))
    low, high = (_end(nf, a, env) for a in term.args[1:])
    integrals.between(nf, var, low, high)
    return integrals.integral(nf, scalar(nf, term.args[0], {**env, name: of_atom(var)}), var, low, high)


def _end(nf: Normal, bound: Term, env: Env) -> Poly:
    """A bound or a point, which may be infinite."""
    if bound.op == "neg" and bound.arg.data == "oo":
        return -integrals.INFINITY
    return integrals.INFINITY if bound.data == "oo" else scalar(nf, bound, env)


def _cases(nf: Normal, term: Term, env: Env) -> Poly:
    result, before = ZERO, ONE
    for prop, value in zip(term.args[:-1:2], term.args[1::2], strict=True):
        chosen = bracket(nf, prop, env)
        result = result + nf.product(before, chosen, scalar(nf, value, env))
        before = nf.times(before, ONE - chosen)
    return result + nf.times(before, scalar(nf, term.args[-1], env))


def bracket(nf: Normal, prop: Term, env: Env) -> Poly:
    """1 where the statement holds, else 0."""
    if prop.op == "not":
        return ONE - bracket(nf, prop.arg, env)
    if prop.op == "implies":
        premise, then = (bracket(nf, arg, env) for arg in prop.args)
        return ONE - nf.times(premise, ONE - then)
    if prop.op in ("and", "or"):
        values = [bracket(nf, arg, env) for arg in prop.args]
        if prop.op == "and":
            return nf.product(*values)
        return ONE - nf.product(*(ONE - v for v in values))
    if prop.op not in ("eq", "ne", "lt", "le", "gt", "ge"):
        raise refuse(f"no bracket for {prop.op}")
    difference = scalar(nf, prop.args[0], env) - scalar(nf, prop.args[1], env)
    if prop.op == "eq":
        return atoms.equal(nf, difference, ZERO)
    if prop.op == "ne":
        return ONE - atoms.equal(nf, difference, ZERO)
    if prop.op in ("ge", "lt"):
        value = atoms.at_least(nf, difference)
        return value if prop.op == "ge" else ONE - value
    value = atoms.at_least(nf, -difference)
    return value if prop.op == "le" else ONE - value


SCALAR.update(
    {
        "sum": _sum,
        "product": _product,
        "maximum": _extremum,
        "minimum": _extremum,
        "argmax": _extremum,
        "argmin": _extremum,
        "integral": _integral,
        "limit": _limit,
        "cases": _cases,
        "bracket": lambda nf, t, env: bracket(nf, t.args[0], env),
        "probability": lambda nf, t, env: expectation.expect(
            nf, bracket(nf, t.args[0], at_all_outcomes(nf, env))
        ),
    }
)
