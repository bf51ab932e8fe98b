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

from symproof.kernel import atoms, closing, complexes, elementary, sums
from symproof.kernel.normal import Normal, Sort
from symproof.kernel.poly import ONE, PI, ZERO, Atom, E, I, Poly, as_exponent, number, of_atom, total
from symproof.kernel.statement import Definition
from symproof.kernel.verdict import Rejected
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import COMPLEX, INTEGER, Array, Function, Scalar, Sequence, Type, Vertex

if TYPE_CHECKING:
    from collections.abc import Sequence as Seq


@dataclass(frozen=True)
class Closure:
    """A lambda term with the environment it was met in."""

    term: Term
    env: Env


Entries: TypeAlias = Callable[[tuple[Poly, ...]], Poly]
Value: TypeAlias = "Poly | Entries | Closure | str"  # a declared function is its name
Env: TypeAlias = Mapping[str, "Value"]
Indices: TypeAlias = tuple[Poly, ...]


def refuse(what: str) -> Rejected:
    return Rejected("lowering", what)


def is_complex(type: Type) -> bool:
    """A complex number, an array of them, a sequence of these, or a function to them."""
    while isinstance(type, Sequence | Function):
        type = type.item if isinstance(type, Sequence) else type.result
    return isinstance(type, Scalar | Array) and type.domain == "complex"


def at_all_outcomes(nf: Normal, env: Env) -> Env:
    """The names inside an expectation: one that stands for a random value has none there."""
    return {name: _steady(nf, value) for name, value in env.items()}


def _steady(nf: Normal, value: Value) -> Value:
    from symproof.kernel.expectation import depends_on_chance

    if isinstance(value, Closure):
        if nf.context.is_random(value.term):
            return _no_value
        return Closure(value.term, at_all_outcomes(nf, value.env))
    if isinstance(value, Poly):
        return _no_value if depends_on_chance(nf, value) else value
    if isinstance(value, str):
        return value

    def checked(indices: Indices) -> Poly:
        found = value(indices)
        return _no_value(indices) if depends_on_chance(nf, found) else found

    return checked


def _no_value(indices: Indices) -> Poly:
    raise refuse("a random value put into an expectation")


def real_arguments(term: Term) -> None:
    """Refuse what is meant for real numbers where an argument may be complex."""
    if any(is_complex(arg.type) for arg in term.args):
        raise refuse(f"{term.data or term.op} of a complex number")


# --- numbers -------------------------------------------------------------------


def scalar(nf: Normal, term: Term, env: Env) -> Poly:
    """The normal form of a number (or a vertex)."""
    if not isinstance(term.type, Scalar | Vertex):
        raise refuse(f"a number was expected, found {term.op}")
    rule = SCALAR.get(term.op)
    if rule is None:
        raise refuse(f"no normal form for {term.op}")
    nf.spend()
    return rule(nf, term, env)


def symbol(nf: Normal, term: Term, env: Env) -> Poly:
    found = named(nf, str(term.data), env)
    if isinstance(found, Definition):
        return scalar(nf, found.body, {})
    if found is None:
        return atoms.made(nf, Atom("sym", str(term.data)))
    if not isinstance(found, Poly):
        raise refuse(f"{term.data} is not a number")
    return found


def named(nf: Normal, name: str, env: Env) -> Value | Definition | None:
    """What a name stands for where it is bound or defined; None for a declared real symbol."""
    if name in env:
        return env[name]
    definition = nf.context.definition(name, env)
    if definition is None and name not in nf.context.symbols:
        raise refuse(f"{name} is not declared")
    if definition is None and is_complex(nf.context.symbols[name].type):
        if nf.context.symbols[name].type != COMPLEX:
            raise refuse("only single complex numbers have a normal form")
        return complexes.symbol(nf, name)
    return definition


def _const(nf: Normal, term: Term, env: Env) -> Poly:
    if term.data == "pi":
        return of_atom(PI)
    if term.data == "e":
        return elementary.exponential(nf, ONE)
    if term.data == "i":
        return of_atom(I)
    raise refuse("infinity is no number")


def _call(nf: Normal, term: Term, env: Env) -> Poly:
    if any(is_complex(arg.type) for arg in term.args):
        if term.data == "abs":
            return modulus(nf, term.arg, env)
        rule = complexes.FUNCTIONS.get(str(term.data))
        if rule is None:
            raise refuse(f"{term.data} of a complex number")
        return rule(nf, scalar(nf, term.arg, env))
    return atoms.apply(nf, str(term.data), tuple(scalar(nf, arg, env) for arg in term.args))


def modulus(nf: Normal, term: Term, env: Env) -> Poly:
    """|z|: that of a product is the product of those of the factors, and |e^z| = e^(re z)."""
    args = term.args
    if term.op == "mul":
        return nf.product(*(modulus(nf, arg, env) for arg in args))
    if term.op == "div":
        return nf.times(modulus(nf, args[0], env), nf.power(modulus(nf, args[1], env), -1))
    if term.op == "pow" and args[1].type == INTEGER:
        return nf.power(modulus(nf, args[0], env), as_exponent(scalar(nf, args[1], env)))
    exponent = args[1] if term.op == "pow" and args[0].data == "e" else None
    if term.op == "call" and term.data == "exp":
        exponent = term.arg
    if exponent is not None:
        return elementary.exponential(nf, complexes.parts(nf, scalar(nf, exponent, env))[0])
    return complexes.modulus(nf, scalar(nf, term, env))


def apply_number(nf: Normal, term: Term, env: Env) -> Poly:
    function = function_of(nf, term.args[0], env)
    if isinstance(function, Closure):
        return scalar(nf, function.term.args[0], bound_env(nf, function, term.args[1:], env))
    return atoms.apply(nf, function, tuple(argument(nf, arg, env) for arg in term.args[1:]))


def function_of(nf: Normal, term: Term, env: Env) -> Closure | str:
    """A function as a closure, or by its name when nothing is known of it."""
    if term.op == "lambda":
        return Closure(term, env)
    if term.op != "sym":
        raise refuse(f"no function in {term.op}")
    found = named(nf, str(term.data), env)
    if found is None:
        return str(term.data)
    if isinstance(found, Definition):
        return Closure(Term("lambda", (found.body,), tuple((p,) for p, _ in found.params), term.type), {})
    if not isinstance(found, Closure | str):
        raise refuse(f"{term.data} is not a function")
    return found


def bound_env(nf: Normal, function: Closure, args: Seq[Term], env: Env) -> Env:
    names = bound_names(function.term)
    if len(names) != len(args):
        raise refuse("a function with the wrong number of arguments")
    return {**function.env, **{name: value_of(nf, a, env) for name, a in zip(names, args, strict=True)}}


def value_of(nf: Normal, term: Term, env: Env) -> Value:
    """What a bound name stands for when it is given this term."""
    if isinstance(term.type, Scalar | Vertex):
        return scalar(nf, term, env)
    if isinstance(term.type, Array | Sequence):
        return lambda indices: entry(nf, term, indices, env)
    if isinstance(term.type, Function):
        return function_of(nf, term, env)
    raise refuse("this cannot be substituted")


def argument(nf: Normal, term: Term, env: Env) -> Poly | Atom:
    """An argument of an unknown function: a number, or an array closed over its axes."""
    if isinstance(term.type, Array):
        return array_atom(nf, term, env)
    return scalar(nf, term, env)


def sides(nf: Normal, left: Term, right: Term, env: Env) -> tuple[tuple[Atom, ...], Poly, Poly]:
    """Two numbers, or arrays at fresh indices, which are given besides."""
    if isinstance(left.type, Function):
        raise Rejected("equality", "functions are compared at an argument")
    if not isinstance(left.type, Array):
        return (), scalar(nf, left, env), scalar(nf, right, env)
    variables = index_variables(nf, left.type, env)
    indices = tuple(map(of_atom, variables))
    return variables, entry(nf, left, indices, env), entry(nf, right, indices, env)


def array_atom(nf: Normal, term: Term, env: Env) -> Atom:
    """The array as an atom: equal entries give equal atoms."""
    variables = index_variables(nf, term.type, env)
    body = entry(nf, term, tuple(map(of_atom, variables)), env)
    return closing.close_array(nf, variables, body)


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


def offset(nf: Normal, axis: Term, env: Env) -> Poly:
    """What an index that counts from 1 lacks to the one that is written: low − 1 for the range low..high."""
    return scalar(nf, axis.args[0], env) - ONE if axis.op == "range" else ZERO


def index_variables(nf: Normal, type: Type, env: Env) -> tuple[Atom, ...]:
    """Fresh indices for the axes of an array type."""
    if not isinstance(type, Array):
        raise refuse("no axes")
    return tuple(nf.variable(axis_sort(nf, axis, env)) for axis in type.axes)


def over(nf: Normal, axis: Term, env: Env, body: Callable[[Poly], Poly]) -> Poly:
    """Σ over an axis, the index counted from 1."""
    var = nf.variable(axis_sort(nf, axis, env))
    return sums.sum_over(nf, body(of_atom(var)), var)


def axis_of(term: Term, k: int) -> Term:
    assert isinstance(term.type, Array)
    return term.type.axes[k]


def _matmul_scalar(nf: Normal, term: Term, env: Env) -> Poly:
    left, right = term.args
    return over(
        nf, axis_of(right, 0), env,
        lambda k: nf.times(entry(nf, left, (k,), env), entry(nf, right, (k,), env)),
    )  # fmt: skip


def _norm(nf: Normal, term: Term, env: Env) -> Poly:
    real_arguments(term)
    return nf.power(square_sum(nf, term.arg, env), atoms.HALF)


def square_sum(nf: Normal, term: Term, env: Env) -> Poly:
    """The sum of the squares of all entries."""
    variables = index_variables(nf, term.type, env)
    value = entry(nf, term, tuple(map(of_atom, variables)), env)
    return sums.sum_all(nf, nf.times(value, value), variables)


def _trace(nf: Normal, term: Term, env: Env) -> Poly:
    matrix = term.arg
    return over(nf, axis_of(matrix, 0), env, lambda k: entry(nf, matrix, (k, k), env))


def _opaque(nf: Normal, term: Term, env: Env) -> Poly:
    return atoms.made(nf, Atom("fun", term.op, *(argument(nf, arg, env) for arg in term.args)))


def _pow(nf: Normal, term: Term, env: Env) -> Poly:
    base, exponent = term.args
    if is_complex(base.type) and exponent.type != INTEGER:
        raise refuse("a power of a complex number that is not an integer one")
    return power(nf, scalar(nf, base, env), scalar(nf, exponent, env))


def power(nf: Normal, base: Poly, exponent: Poly) -> Poly:
    """base^exponent for terms; e^x is exp(x)."""
    if base.atom() == E:
        if I.key in exponent.key:
            return complexes.exponential(nf, exponent)
        return elementary.exponential(nf, exponent)
    raised = as_exponent(exponent)
    if I.key in base.key and isinstance(raised, int) and raised < 0:
        return nf.power(complexes.reciprocal(nf, base), -raised)
    return nf.power(base, raised)


def _cardinality(nf: Normal, term: Term, env: Env) -> Poly:
    domain = term.arg
    if domain.op == "edges":
        graph = str(domain.arg.data)
        var = nf.variable(("vertices", graph))
        degree = of_atom(Atom("deg", graph, of_atom(var)))
        return sums.sum_over(nf, degree, var).scale(atoms.HALF)
    return sums.length(nf, axis_sort(nf, domain, env))


def entry(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """The normal form of one entry; no indices for a number."""
    if not indices and isinstance(term.type, Scalar | Vertex) and term.op not in BOTH:
        return scalar(nf, term, env)
    rule = ENTRY.get(term.op)
    if rule is None:
        raise refuse(f"no entries for {term.op}")
    nf.spend()
    return rule(nf, term, indices, env)


def _as_entry(nf: Normal, term: Term, env: Env) -> Poly:
    return entry(nf, term, (), env)


SCALAR: dict[str, Callable[[Normal, Term, Env], Poly]] = {
    "num": lambda nf, t, env: number(t.data),  # type: ignore[arg-type]
    "sym": symbol,
    "const": _const,
    "add": lambda nf, t, env: total(scalar(nf, a, env) for a in t.args),
    "neg": lambda nf, t, env: -scalar(nf, t.arg, env),
    "mul": lambda nf, t, env: nf.product(*(scalar(nf, a, env) for a in t.args)),
    "div": lambda nf, t, env: nf.times(
        scalar(nf, t.args[0], env), power(nf, scalar(nf, t.args[1], env), -ONE)
    ),
    "pow": _pow,
    "call": _call,
    "apply": apply_number,
    "index": _as_entry,
    "matmul": _matmul_scalar,
    "dot": _matmul_scalar,
    "norm": _norm,
    "fronorm": _norm,
    "trace": _trace,
    "opnorm": _opaque,
    "det": _opaque,
    "rank": _opaque,
    "lambda_max": _opaque,
    "lambda_min": _opaque,
    "degree": lambda nf, t, env: of_atom(Atom("deg", str(t.args[0].data), scalar(nf, t.args[1], env))),
    "components": lambda nf, t, env: of_atom(Atom("fun", "components", str(t.arg.data))),
    "cardinality": lambda nf, t, env: _cardinality(nf, t, env),
    "diff": _as_entry,
    "expect": _as_entry,
    "variance": _as_entry,
    "covariance": _as_entry,
}

# Filled by entries.py.
ENTRY: dict[str, Callable[[Normal, Term, Indices, Env], Poly]] = {}


# Numbers whose rule is that of entries.
BOTH = frozenset(("index", "expect", "variance", "covariance", "diff"))


def lower(nf: Normal, term: Term) -> Poly:
    """The normal form of a closed number."""
    return scalar(nf, term, {})


from symproof.kernel import binders, entries  # noqa: E402, F401  (they fill the tables)
