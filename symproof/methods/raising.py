"""From normal forms back to terms: multipliers and instances that a search reads off a polynomial."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from symproof.kernel import closing, sums
from symproof.kernel.lower import offset
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, Exponent, Mono, Poly, of_atom
from symproof.terms.build import FUNCTIONS, RULES, make, num, sym
from symproof.terms.tree import Term
from symproof.terms.types import GRAPH, INTEGER, REAL, Array, Sequence, Type, Vertex

Names = Mapping[Atom, Term]
_POINT = "z_"  # the bound variable of a derivative


class NoTerm(Exception):
    """The polynomial has an atom that no term of the language stands for."""


def raise_poly(nf: Normal, poly: Poly, names: Names) -> Term:
    """A term whose normal form is the polynomial; `names` says what its index variables are called."""
    terms = [_mono(nf, mono, Fraction(coeff), names) for mono, coeff in poly.terms.items()]
    if not terms:
        return num(0)
    return terms[0] if len(terms) == 1 else make("add", *terms)


def _mono(nf: Normal, mono: Mono, coeff: Fraction, names: Names) -> Term:
    factors = [] if abs(coeff) == 1 and mono else [num(abs(coeff))]
    factors += [_power(nf, atom, exponent, names) for atom, exponent in mono]
    term = factors[0] if len(factors) == 1 else make("mul", *factors)
    return make("neg", term) if coeff < 0 else term


def _power(nf: Normal, atom: Atom, exponent: Exponent, names: Names) -> Term:
    if atom.kind == "base" and atom.parts[0] == "e":
        power = raise_poly(nf, exponent, names) if isinstance(exponent, Poly) else num(exponent)
        return make("call", power, data="exp")
    term = _atom(nf, atom, names)
    if exponent == 1:
        return term
    if isinstance(exponent, Poly):
        return make("pow", term, raise_poly(nf, exponent, names))
    return make("pow", term, num(exponent))


def _atom(nf: Normal, atom: Atom, names: Names) -> Term:
    if atom in names:
        return names[atom]
    kind, parts = atom.kind, atom.parts
    if kind == "sym":
        return _symbol(nf, str(parts[0]))
    if kind == "base":
        return num(cast(int, parts[0]))
    if kind == "const":
        return make("const", data="pi")
    if kind == "pow":
        return raise_poly(nf, cast(Poly, parts[0]), names)
    if kind == "abs":
        return make("call", raise_poly(nf, cast(Poly, parts[0]), names), data="abs")
    if kind == "elem":
        base = _base(nf, parts[0], names)
        places = _written(nf, base.type, [cast(Poly, p) for p in parts[1:]])
        indices = [raise_poly(nf, p, names) for p in places]
        return make("index", base, *indices) if indices else base  # a partial derivative is a number itself
    if kind == "fun":
        return _function(nf, atom, names)
    if kind == "nabla":
        return _derivative(nf, atom, names)
    if kind == "bracket":
        relation = "eq" if parts[0] == "eq" else "ge"
        left = raise_poly(nf, cast(Poly, parts[1]), names)
        return make("bracket", make(relation, left, num(0)))
    if kind in ("adj", "deg"):
        graph = sym(str(parts[0]), GRAPH)
        ends = [raise_poly(nf, cast(Poly, p), names) for p in parts[1:]]
        if kind == "deg":
            return make("degree", graph, *ends)
        return make("index", make("adjacency", graph), *ends)
    if kind == "card":
        return make("cardinality", make("vertices", sym(str(parts[0]), GRAPH)))
    if kind == "E":
        return make("expect", _mono(nf, cast(Mono, parts[0]), Fraction(1), names))
    if kind == "sum":
        return _binder(nf, "sum", *sums.open_sum(nf, atom), names)
    if kind == "bind" and parts[0] in ("maximum", "minimum", "product"):
        variables, (body,) = closing.open_bind(nf, atom)
        return _binder(nf, str(parts[0]), tuple(variables), body, names)
    raise NoTerm(kind)


def _written(nf: Normal, type: Type, places: list[Poly]) -> list[Poly]:
    """Indices as they are written, from ones that count from 1; those of sequences are what they are."""
    item, kept = (type.item, places[:1]) if isinstance(type, Sequence) else (type, [])
    axes = item.axes if isinstance(item, Array) else ()
    rest = places[len(kept) :]
    return [
        *kept,
        *(p + offset(nf, axis, {}) for p, axis in zip(rest, axes, strict=False)),
        *rest[len(axes) :],
    ]


def _argument(nf: Normal, part: object, names: Names) -> Term:
    """A number, or an array: the declared one whose entries these are, else written out entry by entry."""
    if isinstance(part, Poly):
        return raise_poly(nf, part, names)
    if not isinstance(part, Atom) or part.kind != "array":
        raise NoTerm("an argument without a term")
    variables, body = closing.open_array(nf, part)
    atom = body.atom()
    if atom is not None and atom.kind == "elem" and atom.parts[1:] == tuple(map(of_atom, variables)):
        return _base(nf, atom.parts[0], names)
    return _binder(nf, "array", variables, body, names)


def _function(nf: Normal, atom: Atom, names: Names) -> Term:
    """A function of the language, an operator, or a declared function or its derivatives f', f''."""
    name, args = str(atom.parts[0]), [_argument(nf, p, names) for p in atom.parts[1:]]
    if name in FUNCTIONS:
        return make("call", *args, data=name)
    declared = name.rstrip("'")
    if declared in nf.context.symbols:
        function = _symbol(nf, declared)
        if name == declared:
            return make("apply", function, *args)
        z = "x" if name[0] == "z" else "z"
        body = make("apply", function, sym(z, REAL))
        return make("diff", body, args[0], num(len(name) - len(declared)), data=((z,),))
    if name in RULES:
        return make(name, *args)
    raise NoTerm(name)


def _derivative(nf: Normal, atom: Atom, names: Names) -> Term:
    """The derivative of a declared function of several arguments in one of them."""
    slot, inner = cast(int, atom.parts[0]), atom.parts[1]
    if not isinstance(inner, Atom) or inner.kind != "fun":
        raise NoTerm("a second derivative")
    function = _symbol(nf, str(inner.parts[0]))
    args = [_argument(nf, p, names) for p in inner.parts[1:]]
    at = args[slot]
    args[slot] = sym(_POINT, at.type if isinstance(at.type, Array) else REAL)
    body = make("apply", function, *args)
    if not isinstance(at.type, Array):
        return make("diff", body, at, num(1), data=((_POINT,),))
    return make("jacobian" if isinstance(body.type, Array) else "grad", body, at, data=((_POINT,),))


def _symbol(nf: Normal, name: str) -> Term:
    symbol = nf.context.symbols.get(name)
    if symbol is None:
        raise NoTerm(name)
    return sym(name, symbol.type)


def _base(nf: Normal, base: object, names: Names) -> Term:
    if isinstance(base, str):
        return _symbol(nf, base)
    if isinstance(base, Atom) and base.kind == "fun":
        return _function(nf, base, names)
    if isinstance(base, Atom) and base.kind == "nabla":
        return _derivative(nf, base, names)
    if isinstance(base, Atom) and base.kind == "inverse":
        return make("inverse", _matrix(nf, base.parts[0], names))
    if isinstance(base, Atom) and base.kind == "matpow":
        exponent = raise_poly(nf, cast(Poly, base.parts[1]), names)
        return make("matpow", _matrix(nf, base.parts[0], names), exponent)
    raise NoTerm("an array without a name")


def _matrix(nf: Normal, base: object, names: Names) -> Term:
    """A matrix by its name, or written out entry by entry."""
    return _symbol(nf, base) if isinstance(base, str) else _argument(nf, base, names)


def _binder(nf: Normal, op: str, variables: tuple[Atom, ...], body: Poly, names: Names) -> Term:
    """A binder over index ranges with the body written out."""
    inner, domains, bound = dict(names), [], []
    for var in variables:
        domain, term = variable_domain(nf, var, inner, f"i_{len(inner) + 1}")
        inner[var] = term
        domains.append(domain)
        bound.append((str(term.data),))
    return make(op, raise_poly(nf, body, inner), *domains, data=tuple(bound))


def variable_domain(nf: Normal, var: Atom, names: Names, name: str) -> tuple[Term, Term]:
    """The domain of an index variable and a symbol that runs over it."""
    sort, name = nf.sorts[var], nf.context.fresh(name)
    if sort[0] == "vertices":
        graph = sym(sort[1], GRAPH)
        return make("vertices", graph), sym(name, Vertex(graph))
    if sort[0] != "range" or sort[1] is None:
        raise NoTerm("a variable without a range")
    return make("range", num(1), raise_poly(nf, sort[1], names)), sym(name, INTEGER)


def random_coefficient(nf: Normal, exponent: Poly, name: str, axes: tuple[Term, ...]) -> Term:
    """The array (or number) a with exponent = Σ a_i x_i + (free of x), as an explicit term; x is named."""
    from symproof.kernel.derivative import derive
    from symproof.kernel.lower import axis_sort

    variables = [nf.variable(axis_sort(nf, axis, {})) for axis in axes]
    slope = derive(nf, exponent, name, tuple(map(of_atom, variables)))
    if name in slope.names:
        raise NoTerm("an exponent that is not affine")
    names = {
        var: sym(nf.context.fresh(f"j_{k}"), axis.type.items[0])  # type: ignore[union-attr]
        for k, (var, axis) in enumerate(zip(variables, axes, strict=True), start=1)
    }
    body = raise_poly(nf, slope, names)
    if not axes:
        return body
    return make("array", body, *axes, data=tuple((str(n.data),) for n in names.values()))
