"""Closing bodies over bound variables, and opening them again.

A closed body names its variables by height and position; the height is one
more than that of anything inside, so that no name is captured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from symproof.kernel.poly import Atom, Poly, TooLarge, of_atom
from symproof.kernel.rewriting import rewrite

if TYPE_CHECKING:
    from symproof.kernel.normal import Normal, Sort


def reopen(nf: Normal, body: Poly, height: int, values: dict[Atom, Poly]) -> Poly:
    """A body with its bound variables, all of one height, replaced."""
    marks = (f"bv({height},", f"br({height},")
    return nf.rebuild(body, lambda a: marks[0] in a.key or marks[1] in a.key, values.get)


def open_bodies(
    nf: Normal, atom: Atom, sorts: Sequence[Sort], bodies: Sequence[Poly]
) -> tuple[tuple[Atom, ...], list[Poly]]:
    """Fresh variables for those that the atom binds, and the bodies at them."""
    variables: list[Atom] = []
    values: dict[Atom, Poly] = {}
    for k, sort in enumerate(sorts):
        if sort[0] == "range" and sort[1] is not None:
            sort = ("range", reopen(nf, sort[1], atom.height, values))
        var = nf.number_variable(sort) if sort[0] == "number" else nf.variable(sort)
        values[Atom("br" if var.kind == "real" else "bv", atom.height, k)] = of_atom(var)
        variables.append(var)
    return tuple(variables), [reopen(nf, p, atom.height, values) for p in bodies]


def again_confined(nf: Normal, variables: Sequence[Atom], again: Callable[[Poly], Poly]) -> None:
    """The ranges of variables with what they mention replaced."""
    for var in variables:
        sort = nf.sorts[var]
        if sort[0] == "range" and sort[1] is not None:
            nf.confine(var, ("range", again(sort[1])))


def at_height(atom: Atom, height: int) -> Atom:
    """The atom, whose bound variables carry the height it must have to be opened again."""
    if atom.height != height:
        raise TooLarge("a binder whose body changes when it is renamed")
    return atom


def close_bodies(
    nf: Normal, variables: Sequence[Atom], bodies: Sequence[Poly], least: int = 0
) -> tuple[int, tuple[Sort, ...], tuple[Poly, ...]]:
    """The height, sorts and bodies, the variables replaced by canonical bound ones, in the order given."""
    inner = [p.height for p in bodies] + [
        nf.sorts[v][1].height for v in variables if nf.sorts[v][0] == "range" and nf.sorts[v][1] is not None
    ]
    height = 1 + max(least, *inner)
    names = {v: of_atom(Atom("br" if v.kind == "real" else "bv", height, k)) for k, v in enumerate(variables)}
    sorts = tuple(
        ("range", nf.replace(nf.sorts[v][1], names))
        if nf.sorts[v][0] == "range" and nf.sorts[v][1] is not None
        else nf.sorts[v]
        for v in variables
    )
    return height, sorts, tuple(nf.replace(p, names) for p in bodies)


def close_array(nf: Normal, variables: Sequence[Atom], body: Poly) -> Atom:
    """An array as an argument: its entry at the variables, closed over them."""
    height, sorts, (closed,) = close_bodies(nf, variables, (body,))
    return at_height(Atom("array", sorts, closed), height)


def array_entry(nf: Normal, atom: Atom, indices: Sequence[Poly]) -> Poly:
    """The entry of an array argument."""
    values: dict[Atom, Poly] = {Atom("bv", atom.height, k): p for k, p in enumerate(indices)}
    return reopen(nf, atom.parts[1], atom.height, values)  # type: ignore[arg-type]


def open_array(nf: Normal, atom: Atom) -> tuple[tuple[Atom, ...], Poly]:
    """Fresh variables for the axes of an array argument, and its entry at them."""
    variables, (body,) = open_bodies(nf, atom, atom.parts[0], (atom.parts[1],))  # type: ignore[arg-type]
    return variables, body


def rebuild_array(nf: Normal, atom: Atom, again: Callable[[Poly], Poly]) -> Atom:
    """The array with what it mentions replaced."""
    variables, body = open_array(nf, atom)
    again_confined(nf, variables, again)
    return close_array(nf, variables, again(body))


def open_bind(nf: Normal, atom: Atom) -> tuple[tuple[Atom, ...], list[Poly]]:
    """Fresh variables for another binder (name, sorts, bodies, rest), and its bodies at them."""
    return open_bodies(nf, atom, atom.parts[1], atom.parts[2])  # type: ignore[arg-type]


def rebuild_bind(nf: Normal, atom: Atom, again: Callable[[object], object]) -> Poly:
    """Another binder with what it mentions replaced."""
    variables, bodies = open_bind(nf, atom)
    again_confined(nf, variables, again)  # type: ignore[arg-type]
    fresh = [again(p) for p in bodies]
    return _bound(nf, str(atom.parts[0]), variables, fresh, again(atom.parts[3]))  # type: ignore[arg-type]


def _bound(nf: Normal, name: str, variables: Sequence[Atom], bodies: Sequence[Poly], rest: object) -> Poly:
    """A binder over fresh variables, in its own form."""
    from symproof.kernel import binders, integrals

    if name == "integral":
        (var,), (body,) = variables, bodies
        low, high = cast(tuple[Poly, Poly], rest)
        return integrals.integral(nf, body, var, low, high)
    if name == "series" and len(variables) == 1:
        (var,), (body,) = variables, bodies
        return integrals.series(nf, body, var)
    if name == "product" and [nf.sorts[var][0] for var in variables] == ["range"]:
        (var,), (body,) = variables, bodies
        return binders.product_over(nf, body, var)
    if name in ("maximum", "minimum"):
        (body,) = bodies
        return binders.extremum_over(nf, name, variables, body)
    return close_bind(nf, name, variables, bodies, rest)


def close_bind(
    nf: Normal, name: str, variables: Sequence[Atom], bodies: Sequence[Poly], rest: object
) -> Poly:
    """A binder that the normal form does not look into."""
    least = max(p.height for p in rest) if isinstance(rest, tuple) else 0
    height, sorts, closed = close_bodies(nf, variables, bodies, least)
    atom = at_height(Atom("bind", name, sorts, closed, rest), height)
    found = rewrite(nf, atom)
    return of_atom(atom) if found is None else found
