"""Lowering arrays, entry by entry: matrix products are sums over the shared axis."""

from __future__ import annotations

from collections.abc import Callable

from symproof.kernel import atoms, derivative, elementary, expectation, signs
from symproof.kernel.binders import summed
from symproof.kernel.lower import (
    ENTRY,
    Closure,
    Env,
    Indices,
    Value,
    argument,
    array_atom,
    at_all_outcomes,
    axis_of,
    bound_env,
    entry,
    function_of,
    named,
    offset,
    over,
    real_arguments,
    refuse,
    scalar,
)
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, ZERO, Atom, Poly, number, of_atom, split_constant, total
from symproof.kernel.statement import Definition
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import Array, Function, Scalar, Sequence, Type

MAX_FACTORS = 8  # of a power of a matrix that is multiplied out


def _entry_sym(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    found = named(nf, str(term.data), env)
    if isinstance(found, Definition):
        return entry(nf, found.body, indices, {})
    if found is None:
        return atoms.element(nf, str(term.data), indices)
    if not callable(found):
        raise refuse(f"{term.data} has no entries")
    return found(indices)


def _entry_add(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    return total(entry(nf, arg, indices, env) for arg in term.args)


def _entry_matmul(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    left, right = term.args
    lt, rt = left.type, right.type
    assert isinstance(lt, Array) and isinstance(rt, Array)
    if len(lt.axes) == 1 and not lt.row:  # outer product
        return nf.times(entry(nf, left, indices[:1], env), entry(nf, right, indices[1:], env))
    before, after = (indices, ()) if len(rt.axes) == 1 else (indices[:-1], indices[-1:])
    return over(
        nf, rt.axes[0], env,
        lambda k: nf.times(entry(nf, left, (*before, k), env), entry(nf, right, (k, *after), env)),
    )  # fmt: skip


def _entry_inverse(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """Entries of an inverse; of a diagonal matrix the reciprocals, of c A the inverse of A over c."""
    matrix = _unfold(nf, term.arg, env)
    if matrix.op in ("diag", "degree_matrix"):
        diagonal = entry(nf, matrix, (indices[0], indices[0]), env)
        return nf.times(atoms.equal(nf, *indices), nf.power(diagonal, -1))
    if matrix.op == "transpose":
        return _entry_inverse_of(nf, matrix.arg, indices[::-1], env)
    if matrix.op == "scale":
        factor = nf.power(scalar(nf, matrix.args[0], env), -1)
        return nf.times(factor, _entry_inverse_of(nf, matrix.args[1], indices, env))
    if matrix.op == "eye":
        return atoms.equal(nf, *indices)
    return _entry_inverse_of(nf, matrix, indices, env)


def _entry_inverse_of(nf: Normal, matrix: Term, indices: Indices, env: Env) -> Poly:
    if matrix.op == "sym" and matrix.data not in env and matrix.data in nf.context.symbols:
        attributes = nf.context.symbols[str(matrix.data)].attributes
        symmetric = not attributes.isdisjoint(("symmetric", "psd", "diagonal"))
        return atoms.element(nf, Atom("inverse", matrix.data, symmetric), indices)
    return atoms.element(nf, Atom("inverse", array_atom(nf, matrix, env), False), indices)


def _unfold(nf: Normal, term: Term, env: Env) -> Term:
    while term.op == "sym" and isinstance(found := named(nf, str(term.data), env), Definition):
        term = found.body
    return term


def _entry_matpow(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """Small powers are multiplied out; A^(k + c) = A^k A … A for k >= 0."""
    matrix, exponent = term.args[0], scalar(nf, term.args[1], env)
    below, extra = split_constant(exponent)
    if not isinstance(extra, int):
        raise refuse("a matrix to a power that is not an integer")
    named = matrix.op == "sym" and matrix.data not in env and matrix.data in nf.context.symbols
    base = str(matrix.data) if named else array_atom(nf, matrix, env)
    if not 0 < extra <= MAX_FACTORS or not signs.holds(nf, below, "ge"):
        return atoms.matrix_power(nf, base, exponent, *indices)

    def multiplied(k: int, row: Poly, column: Poly) -> Poly:
        if k == 0:
            return atoms.matrix_power(nf, base, below, row, column)
        return over(
            nf, axis_of(matrix, 0), env,
            lambda m: nf.times(multiplied(k - 1, row, m), entry(nf, matrix, (m, column), env)),
        )  # fmt: skip

    return multiplied(extra, *indices)


def _entry_index(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """Members of sequences as written, entries of arrays counted from 1."""
    given = []
    found: Type = term.args[0].type
    for arg in term.args[1:]:
        value = scalar(nf, arg, env)
        if isinstance(found, Sequence):
            found = found.item
        else:
            assert isinstance(found, Array)
            value = value - offset(nf, found.axes[0], env)
            found = Array(found.axes[1:], found.domain)
        given.append(value)
    return entry(nf, term.args[0], (*given, *indices), env)


def _entry_call(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    if term.data != "exp":
        real_arguments(term)
    return atoms.apply(nf, str(term.data), tuple(entry(nf, arg, indices, env) for arg in term.args))


def _entry_apply(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """An elementwise function, or an entry of an array-valued one."""
    result = term.args[0].type
    assert isinstance(result, Function)
    function = function_of(nf, term.args[0], env)
    if isinstance(result.result, Scalar):
        value = entry(nf, term.args[1], indices, env)
        if isinstance(function, Closure):
            (name,) = bound_names(function.term)
            return scalar(nf, function.term.args[0], {**function.env, name: value})
        return atoms.apply(nf, function, (value,))
    if isinstance(function, Closure):
        return entry(nf, function.term.args[0], indices, bound_env(nf, function, term.args[1:], env))
    args = tuple(argument(nf, arg, env) for arg in term.args[1:])
    return atoms.element(nf, Atom("fun", function, *args), indices)


def _entry_array(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """The body at the indices; an index counts from 1 and a range may start elsewhere."""
    inner: dict[str, Value] = dict(env)
    for name, index, domain in zip(bound_names(term), indices, term.args[1:], strict=True):
        inner[name] = index + offset(nf, domain, inner)
    return scalar(nf, term.args[0], inner)


def _entry_entries(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    first, rest = indices[0], indices[1:]
    value = first.constant()
    if isinstance(value, int) and 1 <= value <= len(term.args):
        return entry(nf, term.args[value - 1], rest, env)
    return total(
        nf.times(atoms.equal(nf, first, number(k)), entry(nf, arg, rest, env))
        for k, arg in enumerate(term.args, start=1)
    )


def _entry_softmax(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    array = term.args[0]
    slot = 0 if term.data == "columns" else len(indices) - 1

    def weight(index: Poly) -> Poly:
        exponent = entry(nf, array, (*indices[:slot], index, *indices[slot + 1 :]), env)
        return elementary.exponential(nf, exponent)

    return nf.times(weight(indices[slot]), nf.power(over(nf, axis_of(array, slot), env, weight), -1))


def _entry_random(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """E[X]; Var[X] = E[X²] − E[X]²; Cov[X, Y] = E[X Y] − E[X] E[Y]."""
    env = at_all_outcomes(nf, env)
    if any(expectation.depends_on_chance(nf, i) for i in indices):
        raise refuse("an expectation at a random index")
    if term.op != "expect":
        real_arguments(term)
    if term.op == "covariance" and indices:
        x, y = (entry(nf, arg, (i,), env) for arg, i in zip(term.args, indices, strict=True))
    else:
        x = entry(nf, term.args[0], indices, env)
        y = entry(nf, term.args[1], (), env) if term.op == "covariance" else x
    mean = expectation.expect
    if term.op == "expect":
        return mean(nf, x)
    return mean(nf, nf.times(x, y)) - nf.times(mean(nf, x), mean(nf, y))


def _entry_calculus(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    return derivative.differentiate(nf, term, indices, env)


def _on_diagonal(nf: Normal, indices: Indices, value: Callable[[Poly], Poly]) -> Poly:
    """[i = j] f(i)."""
    row, column = indices
    return nf.times(atoms.equal(nf, row, column), value(row))


def _entry_extremum(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    return summed(nf, term, env, lambda inner: entry(nf, term.args[0], indices, inner))


ENTRY.update(
    {
        "sym": _entry_sym,
        "add": _entry_add,
        "neg": lambda nf, t, i, env: -entry(nf, t.arg, i, env),
        "scale": lambda nf, t, i, env: nf.times(scalar(nf, t.args[0], env), entry(nf, t.args[1], i, env)),
        "div": lambda nf, t, i, env: nf.times(
            entry(nf, t.args[0], i, env), nf.power(scalar(nf, t.args[1], env), -1)
        ),
        "hadamard": lambda nf, t, i, env: nf.times(
            entry(nf, t.args[0], i, env), entry(nf, t.args[1], i, env)
        ),
        "matmul": _entry_matmul,
        "transpose": lambda nf, t, i, env: entry(nf, t.arg, i[::-1], env),
        "inverse": _entry_inverse,
        "matpow": _entry_matpow,
        "index": _entry_index,
        "call": _entry_call,
        "apply": _entry_apply,
        "array": _entry_array,
        "entries": _entry_entries,
        "diag": lambda nf, t, i, env: _on_diagonal(nf, i, lambda k: entry(nf, t.arg, (k,), env)),
        "eye": lambda nf, t, i, env: atoms.equal(nf, *i),
        "ones": lambda nf, t, i, env: ONE,
        "zeros": lambda nf, t, i, env: ZERO,
        "softmax": _entry_softmax,
        "adjacency": lambda nf, t, i, env: atoms.adjacency(nf, str(t.arg.data), *i),
        "degree_matrix": lambda nf, t, i, env: _on_diagonal(
            nf, i, lambda v: of_atom(Atom("deg", str(t.arg.data), v))
        ),
        "sum": _entry_extremum,
        "expect": _entry_random,
        "variance": _entry_random,
        "covariance": _entry_random,
        "diff": _entry_calculus,
        "grad": _entry_calculus,
        "jacobian": _entry_calculus,
        "hessian": _entry_calculus,
    }
)
