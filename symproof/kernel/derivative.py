"""Derivatives of normal forms, entry by entry: the product and chain rules and a short table.

That the function is differentiable at the point is asked for elsewhere
(defined.py), of the term: a derivative here is right wherever it exists.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import cast

from symproof.kernel import atoms, closing, elementary, integrals, sums
from symproof.kernel.lower import Env, Indices, entry, is_complex, refuse, scalar
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ONE,
    PI,
    ZERO,
    Atom,
    E,
    Exponent,
    Poly,
    as_poly,
    fresh_ids,
    number,
    of_atom,
    of_mono,
    total,
)
from symproof.kernel.statement import TIED
from symproof.terms.tree import Term
from symproof.terms.types import Array


def differentiate(nf: Normal, term: Term, indices: Indices, env: Env) -> Poly:
    """diff, grad, jacobian and hessian: derive in a fresh symbol, then put the point for it."""
    ((name,),) = cast(tuple[tuple[str]], term.data)
    body, at = term.args[0], term.args[1]
    if is_complex(at.type):
        raise refuse("a derivative in a complex number")
    if at.op == "sym" and at.data in nf.context.symbols:
        if not nf.context.symbols[str(at.data)].attributes.isdisjoint(TIED):
            raise refuse("a derivative in a matrix whose entries are tied to each other")
    fresh = f"${fresh_ids()}"
    if isinstance(at.type, Array):
        inner: Env = {**env, name: lambda i: atoms.element(nf, fresh, i)}
        if term.op == "jacobian":
            value = derive(nf, entry(nf, body, indices[:1], inner), fresh, indices[1:])
        elif term.op == "hessian":
            value = derive(nf, derive(nf, scalar(nf, body, inner), fresh, indices[:1]), fresh, indices[1:])
        else:
            value = derive(nf, scalar(nf, body, inner), fresh, indices)

        def at_point(atom: Atom) -> Poly | None:
            if atom.kind == "elem" and atom.parts[0] == fresh:
                return entry(nf, at, cast(Indices, atom.parts[1:]), env)
            return None

        return nf.rebuild(value, lambda a: fresh in a.names, at_point)
    order = term.args[2].data
    if term.args[2].op != "num" or not isinstance(order, Fraction) or not 0 <= order <= 20:
        raise refuse("a derivative whose order is not a small number")
    symbol = Atom("sym", fresh)
    value = entry(nf, body, indices, {**env, name: of_atom(symbol)})
    for _ in range(int(order)):
        value = derive(nf, value, fresh, ())
    return nf.replace(value, {symbol: scalar(nf, at, env)})


def derive(nf: Normal, poly: Poly, name: str, indices: Indices) -> Poly:
    """The derivative in the symbol, or in its entry at the indices."""
    result: list[Poly] = []
    for mono, coeff in poly.terms.items():
        for k, (atom, exponent) in enumerate(mono):
            inner = _factor(nf, atom, exponent, name, indices)
            if inner:
                rest = of_mono(mono[:k] + mono[k + 1 :], coeff)
                result.append(nf.times(rest, inner))
    return total(result)


def _factor(nf: Normal, atom: Atom, exponent: Exponent, name: str, indices: Indices) -> Poly:
    """(a^q)' = q a^(q−1) a' + a^q log(a) q'."""
    base = of_atom(atom)
    if atom.kind == "pow":
        base = atom.part
    result: list[Poly] = []
    if name in atom.names:
        outer = nf.times(as_poly(exponent), nf.power(base, as_poly(exponent) - ONE))
        result.append(nf.times(outer, _atom(nf, atom, name, indices)))
    if isinstance(exponent, Poly) and name in exponent.names:
        slope = derive(nf, exponent, name, indices)
        log = ONE if atom == E else elementary.logarithm(nf, base)
        result.append(nf.product(nf.reduce(((atom, exponent),)), log, slope))
    return total(result)


def _atom(nf: Normal, atom: Atom, name: str, indices: Indices) -> Poly:
    kind = atom.kind
    if kind == "sym":
        return ONE
    if kind == "elem":
        base = atom.parts[0]
        if base == name:
            given = cast(Indices, atom.parts[1:])
            return nf.product(*(atoms.equal(nf, a, b) for a, b in zip(given, indices, strict=True)))
        if isinstance(base, Atom) and base.kind in ("nabla", "fun"):
            return _chain(nf, base, cast(Indices, atom.parts[1:]), name, indices)
        raise refuse("the derivative of an entry whose matrix depends on the variable")
    if kind == "pow":
        return derive(nf, atom.part, name, indices)
    if kind == "abs":
        inner = atom.part
        sign = nf.times(inner, nf.power(nf.absolute(inner), -1))
        return nf.times(sign, derive(nf, inner, name, indices))
    if kind == "sum":
        variables, body = sums.open_sum(nf, atom)
        return sums.sum_all(nf, derive(nf, body, name, indices), variables)
    if kind == "fun":
        return _function(nf, atom, name, indices)
    if kind == "bind" and atom.parts[0] == "integral":
        return _integral(nf, atom, name, indices)
    raise refuse(f"no derivative of {kind}")


def _integral(nf: Normal, atom: Atom, name: str, indices: Indices) -> Poly:
    """(∫_a^b f)' = f(b) b' − f(a) a' + ∫_a^b f'."""
    low, high = cast(tuple[Poly, Poly], atom.parts[3])
    if not {low, high}.isdisjoint((integrals.INFINITY, -integrals.INFINITY)):
        raise refuse("the derivative of an integral to infinity")
    (var,), (body,) = closing.open_bind(nf, atom)
    below, above = (
        nf.times(nf.replace(body, {var: end}), derive(nf, end, name, indices)) if name in end.names else ZERO
        for end in (low, high)
    )
    inside = integrals.integral(nf, derive(nf, body, name, indices), var, low, high)
    return above - below + inside


def _function(nf: Normal, atom: Atom, name: str, indices: Indices) -> Poly:
    function, args = str(atom.parts[0]), atom.parts[1:]
    if function in _TABLE:
        inner = cast(Poly, args[0])
        return nf.times(_TABLE[function](nf, inner), derive(nf, inner, name, indices))
    if function.rstrip("'") not in nf.context.symbols:
        raise refuse(f"no derivative of {function}")
    if [type(arg) for arg in args] == [Poly]:
        (inner,) = cast(tuple[Poly], args)
        return nf.times(atoms.made(nf, Atom("fun", function + "'", inner)), derive(nf, inner, name, indices))
    return _chain(nf, atom, (), name, indices)


def _chain(nf: Normal, function: Atom, before: Indices, name: str, indices: Indices) -> Poly:
    """The derivative of f(a, b, …) is the sum over its arguments of ∇f · (argument)'.

    ("nabla", slot, f, a, b, …) is the derivative of f in one argument; its last index is the entry of
    that argument (none for a number), the others are those of f.
    """
    args = function.parts[1:] if function.kind == "fun" else cast(Atom, function.parts[1]).parts[1:]
    if function.kind == "nabla" and (len(args) != 1 or len(before) != 1):
        raise refuse("a derivative of higher order")
    result: list[Poly] = []
    for slot, arg in enumerate(args):
        if name not in arg.names:  # type: ignore[attr-defined]
            continue
        nabla = Atom("nabla", slot, function)
        if isinstance(arg, Poly):
            partial = atoms.element(nf, nabla, before)
            result.append(nf.times(partial, derive(nf, arg, name, indices)))
            continue
        variables, body = closing.open_array(nf, cast(Atom, arg))
        whole = (*before, *map(of_atom, variables))
        value = nf.times(atoms.element(nf, nabla, whole), derive(nf, body, name, indices))
        result.append(sums.sum_all(nf, value, variables))
    return total(result)


def _asin(nf: Normal, u: Poly) -> Poly:
    return nf.power(ONE - nf.times(u, u), Fraction(-1, 2))


def _erf(nf: Normal, u: Poly) -> Poly:
    return nf.product(
        number(2), nf.power(of_atom(PI), Fraction(-1, 2)), elementary.exponential(nf, -nf.times(u, u))
    )


_TABLE: dict[str, Callable[[Normal, Poly], Poly]] = {
    "log": lambda nf, u: nf.power(u, -1),
    "sin": lambda nf, u: atoms.apply(nf, "cos", (u,)),
    "cos": lambda nf, u: -atoms.apply(nf, "sin", (u,)),
    "asin": _asin,
    "acos": lambda nf, u: -_asin(nf, u),
    "atan": lambda nf, u: nf.power(ONE + nf.times(u, u), -1),
    "erf": _erf,
}
