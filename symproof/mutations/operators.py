"""The slips that belong to an operator."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from symproof.mutations.edits import Edit, edit
from symproof.mutations.kinds import Kind
from symproof.mutations.places import Place, Role
from symproof.mutations.shapes import (
    ONE,
    chained,
    links,
    multiplied,
    number,
    product,
    shifted,
    signed,
    total,
)
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import Scalar, Vertex

_EDITS: dict[str, Callable[[Place], Iterator[Edit]]] = {}


def operator(place: Place) -> Iterator[Edit]:
    """The changes that depend on the operator."""
    found = _EDITS.get(place.term.op)
    if found is not None:
        yield from found(place)


def _on(*ops: str) -> Callable[[Callable[[Place], Iterator[Edit]]], Callable[[Place], Iterator[Edit]]]:
    def register(function: Callable[[Place], Iterator[Edit]]) -> Callable[[Place], Iterator[Edit]]:
        _EDITS.update(dict.fromkeys(ops, function))
        return function

    return register


def _without(terms: tuple[Term, ...] | list[Term], k: int) -> list[Term]:
    return [*terms[:k], *terms[k + 1 :]]


@_on("num")
def _(place: Place) -> Iterator[Edit]:
    value: Fraction = place.term.data  # type: ignore[assignment]
    if place.role in (Role.VALUE, Role.FACTOR, Role.PART):
        for step in (1, -1):
            yield Edit(Kind.CONSTANT, num(value + step))
        if value not in (0, 1):
            yield Edit(Kind.FACTOR, num(1 / value))


@_on("const")
def _(place: Place) -> Iterator[Edit]:
    other = {"pi": "e", "e": "pi"}.get(str(place.term.data))
    if other:
        yield Edit(Kind.CONSTANT, make("const", data=other))


@_on("add")
def _(place: Place) -> Iterator[Edit]:
    args = place.term.args
    index = place.role in (Role.INDEX, Role.BOUND, Role.PART)
    for k, arg in enumerate(args):
        if k or not index:
            yield from edit(Kind.DROPPED, total, _without(args, k), without=signed(arg)[1])


@_on("mul")
def _(place: Place) -> Iterator[Edit]:
    args = place.term.args
    for k, arg in enumerate(args):
        rest = product(_without(args, k))
        value = number(arg)
        if value is not None and value.denominator == 1 and value > 1:
            yield Edit(Kind.EXPONENT, make("pow", rest, arg))
        kind = Kind.MISSING if number(arg) is None else Kind.FACTOR
        yield Edit(kind, rest, arg)
        yield from edit(Kind.FRACTION, make, "div", rest, arg)
        yield from edit(Kind.DOUBLED, product, [*args[:k], arg, *args[k:]])


@_on("scale")
def _(place: Place) -> Iterator[Edit]:
    factor, array = place.term.args
    yield Edit(Kind.MISSING if number(factor) is None else Kind.FACTOR, array, factor)
    yield from edit(Kind.FRACTION, make, "div", array, factor)


@_on("div")
def _(place: Place) -> Iterator[Edit]:
    above, below = place.term.args
    yield Edit(Kind.MISSING if number(below) is None else Kind.FACTOR, above, below)
    yield from edit(Kind.FRACTION, make, "div", below, above)
    yield from edit(Kind.FRACTION, multiplied, below, above)
    if number(above) is None:
        yield from edit(Kind.MISSING, make, "div", ONE, below, without=above)


@_on("pow", "matpow")
def _(place: Place) -> Iterator[Edit]:
    base, exponent = place.term.args
    op = place.term.op
    value = number(exponent)
    kind = Kind.EXPONENT
    if value is not None and (base.op.endswith("norm") or base.op == "call" and base.data == "abs"):
        kind = Kind.SQUARE
    yield Edit(kind, base)
    for step in (-1, 1):
        if value is None or value + step not in (0, 1):
            yield from edit(Kind.EXPONENT, lambda step=step: make(op, base, shifted(exponent, step)))
    if value is not None and value.denominator == 1:
        yield from edit(Kind.EXPONENT, multiplied, num(value), base)
    if exponent.op == "neg":
        yield from edit(Kind.INVERSE, make, op, base, exponent.args[0])


@_on("matmul")
def _(place: Place) -> Iterator[Edit]:
    if place.parent == "matmul":
        return
    chain = links(place.term)
    for k in range(len(chain) - 1):
        swapped = [*chain[:k], chain[k + 1], chain[k], *chain[k + 2 :]]
        yield from edit(Kind.ORDER, chained, swapped)
    if len(chain) > 2:
        yield from edit(Kind.ORDER, chained, chain[::-1])
    for k, link in enumerate(chain):
        yield from edit(Kind.MISSING, chained, _without(chain, k), without=link)
        yield from edit(Kind.DOUBLED, chained, [*chain[:k], link, *chain[k:]])


@_on("hadamard", "covariance")
def _(place: Place) -> Iterator[Edit]:
    left, right = place.term.args
    if place.term.op == "hadamard":
        yield Edit(Kind.MISSING, right, left)
        yield Edit(Kind.MISSING, left, right)
        return
    yield from edit(Kind.MOMENT, lambda: make("expect", product([left, right])))
    yield from edit(Kind.MOMENT, lambda: make("expect", chained([left, make("transpose", right)])))
    yield from edit(Kind.MOMENT, make, "variance", left)


@_on("transpose", "inverse")
def _(place: Place) -> Iterator[Edit]:
    """(A B)' as A' B'; an inverse left out."""
    (inside,) = place.term.args
    op = place.term.op
    if op == "inverse":
        yield Edit(Kind.INVERSE, inside)
    if inside.op == "matmul":
        yield from edit(Kind.ORDER, lambda: chained([make(op, link) for link in links(inside)]))


@_on("index")
def _(place: Place) -> Iterator[Edit]:
    args = place.term.args
    if len(args) == 3:
        yield from edit(Kind.TRANSPOSE, make, "index", args[0], args[2], args[1])


@_on("call", "apply")
def _(place: Place) -> Iterator[Edit]:
    term = place.term
    first = 1 if term.op == "apply" else 0
    args = term.args[first:]
    if len(args) == 1:
        kind = Kind.EXPONENT if term.data == "sqrt" else Kind.MISSING
        if args[0].type == term.type or isinstance(args[0].type, Scalar) and isinstance(term.type, Scalar):
            yield Edit(kind, args[0])
        return
    for k in range(len(args) - 1):
        swapped = [*term.args[:first], *args[:k], args[k + 1], args[k], *args[k + 2 :]]
        yield from edit(Kind.ORDER, lambda swapped=swapped: make(term.op, *swapped, data=term.data))
    if term.data in ("max", "min"):
        for k, arg in enumerate(args):
            rest = _without(args, k)
            if len(rest) == 1:
                yield Edit(Kind.DROPPED, rest[0], arg)
            else:
                yield from edit(
                    Kind.DROPPED, lambda rest=rest: make("call", *rest, data=term.data), without=arg
                )


@_on("softmax")
def _(place: Place) -> Iterator[Edit]:
    other = None if place.term.data == "columns" else "columns"
    yield from edit(Kind.FUNCTION, lambda: make("softmax", *place.term.args, data=other))
    yield Edit(Kind.MISSING, place.term.args[0])


@_on("sum", "product")
def _(place: Place) -> Iterator[Edit]:
    term = place.term
    body, *domains = term.args
    groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    if not free_symbols(body) & frozenset(bound_names(term)):
        yield Edit(Kind.MISSING, body)
    if len(domains) == 1 and domains[0].op == "edges":  # every edge in both directions
        ends = make("vertices", domains[0].args[0])
        ((u, v),) = groups
        yield from edit(Kind.GRAPH, lambda: make(term.op, body, ends, ends, data=((u,), (v,))))
    if len(domains) == 2 and all(d.op == "vertices" for d in domains) and domains[0] == domains[1]:
        ends = make("edges", domains[0].args[0])
        pair = tuple(name for group in groups for name in group)
        yield from edit(Kind.GRAPH, lambda: make(term.op, body, ends, data=(pair,)))


@_on("diff")
def _(place: Place) -> Iterator[Edit]:
    body, at, _ = place.term.args
    (name,) = bound_names(place.term)
    yield from edit(Kind.MISSING, substitute, body, {name: at})


@_on("expect")
def _(place: Place) -> Iterator[Edit]:
    (inside,) = place.term.args
    yield Edit(Kind.EXPECTATION, inside)
    if inside.op == "pow" and inside.args[1] == num(2):
        yield from edit(Kind.MOMENT, make, "variance", inside.args[0])
    if inside.op == "mul" and len(inside.args) == 2:
        yield from edit(Kind.MOMENT, make, "covariance", *inside.args)


@_on("variance")
def _(place: Place) -> Iterator[Edit]:
    (inside,) = place.term.args
    yield from edit(Kind.MOMENT, lambda: make("expect", make("pow", inside, num(2))))
    yield from edit(Kind.EXPONENT, lambda: make("call", place.term, data="sqrt"))
    for name in sorted(place.scope.random):
        yield from edit(Kind.MOMENT, make, "covariance", inside, sym(name, place.scope.types[name]))


@_on("components", "cardinality", "degree")
def _(place: Place) -> Iterator[Edit]:
    term = place.term
    domain = term.args[0]
    if term.op == "components":
        yield from edit(Kind.GRAPH, lambda: make("cardinality", make("vertices", domain)))
    elif term.op == "cardinality" and domain.op in ("vertices", "edges"):
        other = "edges" if domain.op == "vertices" else "vertices"
        yield from edit(Kind.GRAPH, lambda: make("cardinality", make(other, *domain.args)))
        yield from edit(Kind.GRAPH, make, "components", *domain.args)
        for name, type in place.scope.types.items():
            if type == Vertex(domain.args[0]):
                yield from edit(Kind.GRAPH, make, "degree", domain.args[0], sym(name, type))
    elif term.op == "degree":
        yield from edit(Kind.GRAPH, lambda: make("cardinality", make("vertices", domain)))


@_on("interval")
def _(place: Place) -> Iterator[Edit]:
    left, right = tuple(str(place.term.data))
    for ends in ("(["[left == "("] + right, left + ")]"[right == ")"]):
        yield from edit(Kind.RELATION, lambda ends=ends: make("interval", *place.term.args, data=ends))


@_on("cases")
def _(place: Place) -> Iterator[Edit]:
    args = list(place.term.args)
    values = [*range(1, len(args) - 1, 2), len(args) - 1]
    for a, b in pairwise(values):
        swapped = list(args)
        swapped[a], swapped[b] = args[b], args[a]
        yield from edit(Kind.ORDER, make, "cases", *swapped)


@_on("implies")
def _(place: Place) -> Iterator[Edit]:
    given, then = place.term.args
    yield Edit(Kind.ASSUMPTION, then, given)
    yield Edit(Kind.CONNECTIVE, make("implies", then, given), words="the implication reversed")
    if given.op == "and":
        for k, arg in enumerate(given.args):
            rest = _without(given.args, k)
            whole = rest[0] if len(rest) == 1 else make("and", *rest)
            yield Edit(Kind.ASSUMPTION, make("implies", whole, then), arg)


@_on("or")
def _(place: Place) -> Iterator[Edit]:
    args = place.term.args
    for k, arg in enumerate(args):
        rest = _without(args, k)
        yield Edit(Kind.DROPPED, rest[0] if len(rest) == 1 else make("or", *rest), arg)


@_on("not")
def _(place: Place) -> Iterator[Edit]:
    yield Edit(Kind.CONNECTIVE, place.term.args[0])
