"""Lowering: from terms to the normal form, in index notation.

`scalar(nf, term, env)` is a number's normal form; `entry(nf, term, indices, env)`
is the normal form of one entry of an array (or of one member of a sequence).
A vector equation is its entries at fresh indices; products of matrices, norms,
traces and softmax are sums.  The environment gives the bound names: polynomials
for numbers, functions from indices to polynomials for arrays, closures for
functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from symproof.kernel import atoms, expectation, sums
from symproof.kernel.normal import PI, I, Normal, Sort
from symproof.kernel.poly import ONE, ZERO, Atom, Poly, number, of_atom, total
from symproof.kernel.verdict import Rejected
from symproof.terms.tree import Term
from symproof.terms.types import Array, Function, Scalar, Sequence, Type, Vertex

if TYPE_CHECKING:
    from collections.abc import Sequence as Seq


@dataclass(frozen=True)
class Closure:
    """A lambda term with the environment it was met in."""

    term: Term
    env: Env


Entries: TypeAlias = Callable[[tuple[Poly, ...]], Poly]
Value: TypeAlias = "Poly | Entries | Closure"
Env: TypeAlias = Mapping[str, "Value"]
Indices: TypeAlias = tuple[Poly, ...]


def refuse(what: str) -> Rejected:
    return Rejected("lowering", what)


# --- numbers -------------------------------------------------------------------


def scalar(nf: Normal, term: Term, env: Env) -> Poly:
    """The normal form of a number (or a vertex)."""
    if not isinstance(term.type, Scalar | Vertex):
        raise refuse(f"a number was expected, found {term.op}")
    rule = _SCALAR.get(term.op)
    if rule is None:
        raise refuse(f"no normal form for {term.op}")
    nf.spend()
    return rule(nf, term, env)


def _sym(nf: Normal, term: Term, env: Env) -> Poly:
    name = str(term.data)
    if name in env:
        value = env[name]
        if not isinstance(value, Poly):
            raise refuse(f"{name} is not a number")
        return value
    definition = nf.context.definitions.get(name)
    if definition is not None:
        return scalar(nf, definition.body, {})
    if name not in nf.context.symbols:
        raise refuse(f"{name} is not declared")
    if isinstance(term.type, Scalar) and term.type.domain == "complex":
        raise refuse("complex symbols have no normal form here")
    return atoms.made(nf, Atom("sym", name))


def _const(nf: Normal, term: Term, env: Env) -> Poly:
    if term.data == "pi":
        return of_atom(PI)
    if term.data == "e":
        return atoms.exponential(nf, ONE)
    if term.data == "i":
        return of_atom(I)
    raise refuse("infinity is no number")


def _call(nf: Normal, term: Term, env: Env) -> Poly:
    for arg in term.args:
        if isinstance(arg.type, Scalar) and arg.type.domain == "complex" and term.data != "exp":
            raise refuse(f"{term.data} of a complex number")
    return atoms.apply(nf, str(term.data), tuple(scalar(nf, arg, env) for arg in term.args))


def _apply(nf: Normal, term: Term, env: Env) -> Poly:
    function = _function(nf, term.args[0], env)
    if isinstance(function, Closure):
        return scalar(nf, function.term.args[0], _bound(nf, function, term.args[1:], env))
    return atoms.apply(nf, function, tuple(_argument(nf, arg, env) for arg in term.args[1:]))


def _function(nf: Normal, term: Term, env: Env) -> Closure | str:
    """A function as a closure, or by its name when nothing is known of it."""
    if term.op == "lambda":
        return Closure(term, env)
    if term.op != "sym":
        raise refuse(f"no function in {term.op}")
    name = str(term.data)
    if name in env:
        value = env[name]
        if not isinstance(value, Closure):
            raise refuse(f"{name} is not a function")
        return value
    definition = nf.context.definitions.get(name)
    if definition is not None:
        return Closure(_definition_term(definition.params, definition.body), {})
    if name not in nf.context.symbols:
        raise refuse(f"{name} is not declared")
    return name


def _definition_term(params: Seq[tuple[str, Type]], body: Term) -> Term:
    """A definition with parameters as a lambda; the domains do not matter here."""
    return Term("lambda", (body,), tuple((p,) for p, _ in params), Function(tuple(t for _, t in params), body.type))


def _bound(nf: Normal, function: Closure, args: Seq[Term], env: Env) -> Env:
    names: tuple[tuple[str, ...], ...] = function.term.data  # type: ignore[assignment]
    if len(names) != len(args):
        raise refuse("a function with the wrong number of arguments")
    return {**function.env, **{n[0]: value_of(nf, a, env) for n, a in zip(names, args, strict=True)}}


def value_of(nf: Normal, term: Term, env: Env) -> Value:
    """What a bound name stands for when it is given this term."""
    if isinstance(term.type, Scalar | Vertex):
        return scalar(nf, term, env)
    if isinstance(term.type, Array | Sequence):
        return lambda indices: entry(nf, term, indices, env)
    if isinstance(term.type, Function):
        function = _function(nf, term, env)
        if isinstance(function, Closure):
            return function
        names = tuple((f"${k}",) for k in range(len(term.type.params)))
        symbols = [Term("sym", (), n[0], t) for n, t in zip(names, term.type.params, strict=True)]
        body = Term("apply", (term, *symbols), None, term.type.result)
        return Closure(Term("lambda", (body,), names, term.type), {})
    raise refuse("this cannot be substituted")


def _argument(nf: Normal, term: Term, env: Env) -> Poly | Atom:
    """An argument of an unknown function: a number, or an array closed over its axes."""
    if isinstance(term.type, Array):
        return array_atom(nf, term, env)
    return scalar(nf, term, env)


def array_atom(nf: Normal, term: Term, env: Env) -> Atom:
    """The array as an atom: equal entries give equal atoms."""
    variables = index_variables(nf, term.type, env)
    body = entry(nf, term, tuple(map(of_atom, variables)), env)
    return sums.close_array(nf, variables, body)


def axis_sort(nf: Normal, axis: Term, env: Env) -> Sort:
    """The sort of an index that runs over an axis: (1..length) or the vertices of a graph."""
    if axis.op == "vertices":
        graph = axis.args[0]
        if graph.op != "sym":
            raise refuse("a graph that is not a symbol")
        return ("vertices", str(graph.data))
    if axis.op != "range":
        raise refuse("an axis that is not a range")
    low, high = axis.args
    if high.data == "oo":
        return ("range", None)
    return ("range", scalar(nf, high, env) - scalar(nf, low, env) + ONE)


def index_variables(nf: Normal, type: Type, env: Env) -> tuple[Atom, ...]:
    """Fresh indices for the axes of an array type."""
    if not isinstance(type, Array):
        raise refuse("no axes")
    return tuple(nf.variable(axis_sort(nf, axis, env)) for axis in type.axes)


def over(nf: Normal, axis: Term, env: Env, body: Callable[[Poly], Poly]) -> Poly:
    """Σ over an axis, the index counted from 1."""
    var = nf.variable(axis_sort(nf, axis, env))
    return sums.sum_over(nf, body(of_atom(var)), var)


def _axis(term: Term, k: int) -> Term:
    assert isinstance(term.type, Array)
    return term.type.axes[k]


def _matmul_scalar(nf: Normal, term: Term, env: Env) -> Poly:
    left, right = term.args
    return over(
        nf, _axis(right, 0), env,
        lambda k: nf.times(entry(nf, left, (k,), env), entry(nf, right, (k,), env)),
    )  # fmt: skip


def _square_sum(nf: Normal, term: Term, env: Env) -> Poly:
    variables = index_variables(nf, term.type, env)
    value = entry(nf, term, tuple(map(of_atom, variables)), env)
    body = nf.times(value, value)
    for var in reversed(variables):
        body = sums.sum_over(nf, body, var)
    return body


def _trace(nf: Normal, term: Term, env: Env) -> Poly:
    matrix = term.args[0]
    return over(nf, _axis(matrix, 0), env, lambda k: entry(nf, matrix, (k, k), env))


def _opaque(nf: Normal, term: Term, env: Env) -> Poly:
    return atoms.made(nf, Atom("fun", term.op, *(_argument(nf, arg, env) for arg in term.args)))


# --- binders ---------------------------------------------------------------------


def _bind(nf: Normal, term: Term, env: Env, first: int) -> tuple[list[tuple[Atom, Poly]], dict[str, Value], Poly]:
    """Fresh variables for the domains of a binder, what the names stand for, and a weight (edges)."""
    names: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    inner: dict[str, Value] = dict(env)
    variables: list[tuple[Atom, Poly]] = []
    weight = ONE
    for group, domain in zip(names, term.args[first:], strict=True):
        if domain.op == "edges":
            sort: Sort = ("vertices", str(domain.args[0].data))
            pair = [nf.variable(sort), nf.variable(sort)]
            for name, var in zip(group, pair, strict=True):
                inner[name] = of_atom(var)
                variables.append((var, of_atom(var)))
            joined = atoms.adjacency(nf, sort[1], of_atom(pair[0]), of_atom(pair[1]))
            weight = nf.times(weight, joined.scale(atoms.HALF))
            continue
        var = nf.variable(axis_sort(nf, domain, inner))
        shift = ZERO if domain.op == "vertices" else scalar(nf, domain.args[0], inner) - ONE
        inner[group[0]] = of_atom(var) + shift
        variables.append((var, of_atom(var) + shift))
    return variables, inner, weight


def _summed(nf: Normal, term: Term, env: Env, body: Callable[[Env], Poly]) -> Poly:
    variables, inner, weight = _bind(nf, term, env, 1)
    value = body(inner)
    if weight != ONE:
        _check_symmetric(nf, term, env, inner, body, value)
    value = nf.times(weight, value)
    for var, _ in reversed(variables):
        if nf.sorts[var] == ("range", None):
            return sums.close_bind(nf, "series", [v for v, _ in variables], [value], "sum")
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
    return _summed(nf, term, env, lambda inner: scalar(nf, term.args[0], inner))


def _product(nf: Normal, term: Term, env: Env) -> Poly:
    """A short product is multiplied out; the top factors of a range that surely has them leave it."""
    if len(term.args) != 2 or term.args[1].op != "range":
        return _extremum(nf, term, env)
    variables, inner, _ = _bind(nf, term, env, 1)
    var, index = variables[0]
    body = scalar(nf, term.args[0], inner)
    return product_over(nf, body, var)


def product_over(nf: Normal, body: Poly, var: Atom) -> Poly:
    """Π body over the range of the variable."""
    from symproof.kernel import signs
    from symproof.kernel.poly import split_constant

    length: Poly = nf.sorts[var][1]
    value = length.constant()
    if value is not None and value <= sums.SHORT:
        return nf.product(*(nf.replace(body, {var: number(k)}) for k in range(1, int(value) + 1)))
    if var not in body.vars and signs.holds(nf, length, "ge"):
        from symproof.kernel.poly import as_exponent

        return nf.power(body, as_exponent(length))
    below, extra = split_constant(length)
    if isinstance(extra, int) and 0 < extra <= sums.PEEL and signs.holds(nf, below, "ge"):
        tops = [nf.replace(body, {var: below + number(k)}) for k in range(1, extra + 1)]
        inner = nf.variable(("range", below))
        return nf.product(product_over(nf, nf.replace(body, {var: of_atom(inner)}), inner), *tops)
    return sums.close_bind(nf, "product", [var], [body], "")


def _extremum(nf: Normal, term: Term, env: Env) -> Poly:
    variables, inner, weight = _bind(nf, term, env, 1)
    if weight != ONE:
        raise refuse(f"{term.op} over edges")
    body = scalar(nf, term.args[0], inner)
    return sums.close_bind(nf, term.op, [v for v, _ in variables], [body], "")


def _over_numbers(nf: Normal, term: Term, env: Env) -> Poly:
    """integral and limit: the body as a function of a bound number, and the other arguments."""
    names: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    name = names[0][0]
    integer = term.op == "limit" and _bound_integer(term.args[0], name)
    var = nf.number_variable(("number", "integer" if integer else "real"))
    body = scalar(nf, term.args[0], {**env, name: of_atom(var)})
    rest = tuple(
        of_atom(Atom("const", "oo")).scale(-1 if a.op == "neg" else 1)
        if "oo" in {n.data for n in a.walk() if n.op == "const"}
        else scalar(nf, a, env)
        for a in term.args[1:]
    )
    return sums.close_bind(nf, term.op, [var], [body], rest)


def _bound_integer(body: Term, name: str) -> bool:
    return any(n.op == "sym" and n.data == name and n.type == Scalar("integer") for n in body.walk())


def _cases(nf: Normal, term: Term, env: Env) -> Poly:
    result, before = ZERO, ONE
    for k in range(0, len(term.args) - 1, 2):
        chosen = bracket(nf, term.args[k], env)
        result = result + nf.product(before, chosen, scalar(nf, term.args[k + 1], env))
        before = nf.times(before, ONE - chosen)
    return result + nf.times(before, scalar(nf, term.args[-1], env))


def bracket(nf: Normal, prop: Term, env: Env) -> Poly:
    """1 where the statement holds, else 0."""
    if prop.op in ("and", "or", "not", "implies"):
        values = [bracket(nf, arg, env) for arg in prop.args]
        if prop.op == "not":
            return ONE - values[0]
        if prop.op == "implies":
            values[0] = ONE - values[0]
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


def _diff(nf: Normal, term: Term, env: Env) -> Poly:
    from symproof.kernel import derivative

    return derivative.differentiate(nf, term, (), env)


def _index(nf: Normal, term: Term, env: Env) -> Poly:
    return entry(nf, term, (), env)


def _expect(nf: Normal, term: Term, env: Env) -> Poly:
    return entry(nf, term, (), env)


_SCALAR: dict[str, Callable[[Normal, Term, Env], Poly]] = {
    "num": lambda nf, t, env: number(t.data),  # type: ignore[arg-type]
    "sym": _sym,
    "const": _const,
    "add": lambda nf, t, env: total(scalar(nf, a, env) for a in t.args),
    "neg": lambda nf, t, env: -scalar(nf, t.args[0], env),
    "mul": lambda nf, t, env: nf.product(*(scalar(nf, a, env) for a in t.args)),
    "div": lambda nf, t, env: nf.times(
        scalar(nf, t.args[0], env), nf.power(scalar(nf, t.args[1], env), -1)
    ),
    "pow": lambda nf, t, env: power(nf, scalar(nf, t.args[0], env), scalar(nf, t.args[1], env)),
    "call": _call,
    "apply": _apply,
    "index": _index,
    "matmul": _matmul_scalar,
    "dot": _matmul_scalar,
    "norm": lambda nf, t, env: nf.power(_square_sum(nf, t.args[0], env), atoms.HALF),
    "fronorm": lambda nf, t, env: nf.power(_square_sum(nf, t.args[0], env), atoms.HALF),
    "trace": _trace,
    "opnorm": _opaque,
    "det": _opaque,
    "rank": _opaque,
    "lambda_max": _opaque,
    "lambda_min": _opaque,
    "degree": lambda nf, t, env: of_atom(
        Atom("deg", str(t.args[0].data), scalar(nf, t.args[1], env))
    ),
    "components": lambda nf, t, env: of_atom(Atom("fun", "components", str(t.args[0].data))),
    "cardinality": lambda nf, t, env: _cardinality(nf, t, env),
    "sum": _sum,
    "product": _product,
    "maximum": _extremum,
    "minimum": _extremum,
    "argmax": _extremum,
    "argmin": _extremum,
    "integral": _over_numbers,
    "limit": _over_numbers,
    "cases": _cases,
    "bracket": lambda nf, t, env: bracket(nf, t.args[0], env),
    "diff": _diff,
    "expect": _expect,
    "variance": _expect,
    "covariance": _expect,
    "probability": lambda nf, t, env: expectation.expect(nf, bracket(nf, t.args[0], env)),
}


def power(nf: Normal, base: Poly, exponent: Poly) -> Poly:
    """base^exponent for terms; e^x is exp(x)."""
    from symproof.kernel.normal import E
    from symproof.kernel.poly import as_exponent

    if base.atom() == E:
        return atoms.exponential(nf, exponent)
    return nf.power(base, as_exponent(exponent))


def _cardinality(nf: Normal, term: Term, env: Env) -> Poly:
    domain = term.args[0]
    if domain.op == "edges":
        graph = str(domain.args[0].data)
        var = nf.variable(("vertices", graph))
        degree = of_atom(Atom("deg", graph, of_atom(var)))
        return sums.sum_over(nf, degree, var).scale(atoms.HALF)
    return sums.length(nf, axis_sort(nf, domain, env))


# --- entries of arrays ---------------------------------------------------------------


def entry(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """The normal form of one entry; no indices for a number."""
    if not indices and isinstance(term.type, Scalar | Vertex) and term.op not in _BOTH:
        return scalar(nf, term, env)
    rule = _ENTRY.get(term.op)
    if rule is None:
        raise refuse(f"no entries for {term.op}")
    nf.spend()
    return rule(nf, term, indices, env)


def _entry_sym(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    name = str(term.data)
    if name in env:
        value = env[name]
        if not indices and isinstance(value, Poly):
            return value
        if not callable(value):
            raise refuse(f"{name} has no entries")
        return value(indices)
    definition = nf.context.definitions.get(name)
    if definition is not None:
        return entry(nf, definition.body, indices, {})
    if name not in nf.context.symbols:
        raise refuse(f"{name} is not declared")
    if not indices:
        return _sym(nf, term, env)
    return atoms.element(nf, name, indices)


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
    matrix = _unfold(nf, term.args[0], env)
    if matrix.op in ("diag", "degree_matrix"):
        diagonal = entry(nf, matrix, (indices[0], indices[0]), env)
        return nf.times(atoms.equal(nf, *indices), nf.power(diagonal, -1))
    if matrix.op == "transpose":
        return _entry_inverse_of(nf, matrix.args[0], indices[::-1], env)
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
    while term.op == "sym" and term.data not in env and term.data in nf.context.definitions:
        term = nf.context.definitions[str(term.data)].body
    return term


def _entry_matpow(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """Small powers are multiplied out; A^(k + 1) = A^k A for k >= 0; other powers are atoms."""
    from symproof.kernel import signs
    from symproof.kernel.poly import split_constant

    matrix, exponent = term.args[0], scalar(nf, term.args[1], env)
    below, extra = split_constant(exponent)
    if not below and not isinstance(extra, int):
        raise refuse("a matrix to a power that is not an integer")
    if not below and extra == 0:
        return atoms.equal(nf, *indices)
    if isinstance(extra, int) and 0 < extra <= 8 and signs.holds(nf, below, "ge"):
        def lower_power(k: int, i: Poly, j: Poly) -> Poly:
            if k == 0:
                return _power_atom(nf, matrix, below, (i, j), env)
            return over(
                nf, _axis(matrix, 0), env,
                lambda m: nf.times(lower_power(k - 1, i, m), entry(nf, matrix, (m, j), env)),
            )  # fmt: skip

        return lower_power(extra, *indices)
    return _power_atom(nf, matrix, exponent, indices, env)


def _power_atom(nf: Normal, matrix: Term, exponent: Poly, indices: Indices, env: Env) -> Poly:
    if not exponent:
        return atoms.equal(nf, *indices)
    return atoms.element(nf, Atom("matpow", array_atom(nf, matrix, env), exponent), indices)


def _entry_index(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    given = tuple(scalar(nf, arg, env) for arg in term.args[1:])
    return entry(nf, term.args[0], given + indices, env)


def _entry_call(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    return atoms.apply(nf, str(term.data), tuple(entry(nf, arg, indices, env) for arg in term.args))


def _entry_apply(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """An elementwise function, or an entry of an array-valued one."""
    result = term.args[0].type
    assert isinstance(result, Function)
    function = _function(nf, term.args[0], env)
    if isinstance(result.result, Scalar):
        if not indices:
            return _apply(nf, term, env)
        value = entry(nf, term.args[1], indices, env)
        if isinstance(function, Closure):
            names: tuple[tuple[str, ...], ...] = function.term.data  # type: ignore[assignment]
            return scalar(nf, function.term.args[0], {**function.env, names[0][0]: value})
        return atoms.apply(nf, function, (value,))
    if isinstance(function, Closure):
        return entry(nf, function.term.args[0], indices, _bound(nf, function, term.args[1:], env))
    args = tuple(_argument(nf, arg, env) for arg in term.args[1:])
    return atoms.element(nf, Atom("fun", function, *args), indices)


def _entry_array(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """The body at the indices; an index counts from 1 and a range may start elsewhere."""
    names: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    inner: dict[str, Value] = dict(env)
    for group, index, domain in zip(names, indices, term.args[1:], strict=True):
        shift = ZERO if domain.op == "vertices" else scalar(nf, domain.args[0], inner) - ONE
        inner[group[0]] = index + shift
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
        return atoms.exponential(nf, entry(nf, array, (*indices[:slot], index, *indices[slot + 1 :]), env))

    return nf.times(weight(indices[slot]), nf.power(over(nf, _axis(array, slot), env, weight), -1))


def _entry_random(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """E[X]; Var[X] = E[X²] − E[X]²; Cov[X, Y] = E[X Y] − E[X] E[Y]."""
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
    from symproof.kernel import derivative

    return derivative.differentiate(nf, term, indices, env)


def _entry_extremum(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    return _summed(nf, term, env, lambda inner: entry(nf, term.args[0], indices, inner))


_ENTRY: dict[str, Callable[[Normal, Term, Indices, Env], Poly]] = {
    "sym": _entry_sym,
    "add": _entry_add,
    "neg": lambda nf, t, i, env: -entry(nf, t.args[0], i, env),
    "scale": lambda nf, t, i, env: nf.times(scalar(nf, t.args[0], env), entry(nf, t.args[1], i, env)),
    "div": lambda nf, t, i, env: nf.times(
        entry(nf, t.args[0], i, env), nf.power(scalar(nf, t.args[1], env), -1)
    ),
    "hadamard": lambda nf, t, i, env: nf.times(entry(nf, t.args[0], i, env), entry(nf, t.args[1], i, env)),
    "matmul": _entry_matmul,
    "transpose": lambda nf, t, i, env: entry(nf, t.args[0], i[::-1], env),
    "inverse": _entry_inverse,
    "matpow": _entry_matpow,
    "index": _entry_index,
    "call": _entry_call,
    "apply": _entry_apply,
    "array": _entry_array,
    "entries": _entry_entries,
    "diag": lambda nf, t, i, env: nf.times(
        atoms.equal(nf, i[0], i[1]), entry(nf, t.args[0], (i[0],), env)
    ),
    "eye": lambda nf, t, i, env: atoms.equal(nf, i[0], i[1]),
    "ones": lambda nf, t, i, env: ONE,
    "zeros": lambda nf, t, i, env: ZERO,
    "softmax": _entry_softmax,
    "adjacency": lambda nf, t, i, env: atoms.adjacency(nf, str(t.args[0].data), i[0], i[1]),
    "degree_matrix": lambda nf, t, i, env: nf.times(
        atoms.equal(nf, i[0], i[1]), of_atom(Atom("deg", str(t.args[0].data), i[0]))
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


# Numbers whose rule is that of entries.
_BOTH = frozenset(("index", "expect", "variance", "covariance", "diff"))


def lower(nf: Normal, term: Term) -> Poly:
    """The normal form of a closed number."""
    return scalar(nf, term, {})
