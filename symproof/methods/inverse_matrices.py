"""Inverses of matrices that are no single symbol: what they undo, as facts, and then the equation."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

from symproof.kernel.context import Context
from symproof.kernel.decide import seen
from symproof.kernel.ledger import instance
from symproof.kernel.verdict import Rejected
from symproof.methods.axioms import unrolled
from symproof.methods.cancelling import cancel
from symproof.methods.contracting import contracted
from symproof.methods.equations import equation
from symproof.methods.explicit import by_entries
from symproof.methods.matching import Values
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.codec import encode
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import INTEGER, Array

MAX_FACTS = 12
MAX_COMBINED = 4


def inverse_matrices(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Bring in M (M⁻¹ B) = B for the products that occur, then M M⁻¹ = I and M⁻¹ M = I; try the equation."""
    if depth > 1:
        return None
    terms = [
        _multiplied(goal),
        *unrolled(context, goal),
        *(fact for fact in context.facts.values() if fact.op == "eq"),
    ]
    nodes = list(dict.fromkeys(node for term in terms for node in _outside_binders(term)))
    haves: list[Certificate] = []
    inner = _with(search, context, _inverses(nodes), haves, depth)
    if haves:
        then = contracted(search, inner, goal, depth)
        if then is not None:
            return nested(haves, then)
    haves = []
    for instances in (_products(nodes), _inverses(nodes)):
        context = _with(search, context, instances, haves, depth)
        if haves:
            then = equation(search, context, goal, depth)
            then = then or search.first(context, goal, _differences(haves, goal))
            then = then or cancel(search, context, goal, depth)
            if then is not None:
                return nested(haves, then)
    return None


def _with(
    search: Search,
    context: Context,
    instances: Iterator[tuple[str, Values]],
    haves: list[Certificate],
    depth: int,
) -> Context:
    """The context with instances of axioms, which are added to what is brought in."""
    for name, values in instances:
        gained = _gained(search, context, name, values, depth) if len(haves) < MAX_FACTS else []
        for have, fact in gained or ():
            haves.append(have)
            context = context.with_fact(have["name"], fact)
    return context


def _differences(haves: list[Certificate], goal: Term) -> Iterator[Certificate]:
    """The equation as a fact, or as the sum or difference of two, entry by entry."""
    if not isinstance(goal.args[0].type, Array):
        return
    entry = [encode(sym(f"#{k}", INTEGER)) for k in range(1, len(goal.args[0].type.axes) + 1)]
    names = [have["name"] for have in haves if "axiom" in have]
    signed = {n: [{"fact": n, "times": encode(num(s)), "entry": entry} for s in (1, -1)] for n in names}
    for one in (item for name in names for item in signed[name]):
        yield {"rule": "algebra", "combine": [one]}
    for first, second in itertools.combinations(names[-MAX_COMBINED:], 2):
        for pair in itertools.product(signed[first], signed[second]):
            yield {"rule": "algebra", "combine": list(pair)}


def _multiplied(term: Term) -> Term:
    """The term with M M for M²."""
    if term.op in BINDERS or not term.args:
        return term
    args = tuple(map(_multiplied, term.args))
    if term.op in ("pow", "matpow") and isinstance(term.type, Array) and args[1] == num(2):
        return make("matmul", args[0], args[0])
    return make(term.op, *args, data=term.data)


def _gained(
    search: Search, context: Context, name: str, values: Values, depth: int
) -> list[tuple[Certificate, Term]] | None:
    """An axiom's instance as a fact, behind its side conditions as facts; None when one cannot be shown."""
    axiom = search.ledger.get(name)
    if axiom is None:
        return None
    try:
        premises, fact = instance(context, axiom, values)
    except (Rejected, Mistyped):
        return None
    found: list[tuple[Certificate, Term]] = []
    for premise in premises.values():
        if not seen(context, premise):
            proof = search.part(context, premise, depth + 1)
            if proof is None:
                return None
            label = fresh_name(context, "invertible")
            found.append(({"rule": "have", "name": label, "claim": encode(premise), "proof": proof}, premise))
            context = context.with_fact(label, premise)
    label = fresh_name(context, "inverse")
    at = {k: encode(v) for k, v in values.items()}
    return [*found, ({"rule": "have", "name": label, "axiom": name, "at": at}, fact)]


def inverse_of(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """M⁻¹ = B from M B = I."""
    for inverse, other in (goal.args, goal.args[::-1]):
        if inverse.op != "inverse":
            continue
        (matrix,) = inverse.args
        values = {"n": _size(matrix), "A": matrix, "B": other}
        product = make("eq", make("matmul", matrix, other), make("eye", matrix.type.axes[0]))  # type: ignore[union-attr]
        proof = equation(search, context, product, depth) or by_entries(search, context, product, depth)
        if proof is None and any(node.op == "inverse" for node in other.walk()):
            proof = inverse_matrices(search, context, product, depth + 1)
        if proof is None:
            continue
        name = fresh_name(context, "product")
        so = {"at": {k: encode(v) for k, v in values.items()}, "premises": {"product": {"rule": "evident"}}}
        haves: list[Certificate] = [
            {"rule": "have", "name": name, "claim": encode(product), "proof": proof},
            {"rule": "have", "name": f"{name} determinant", "axiom": "right-inverse-determinant", **so},
            {"rule": "have", "name": f"{name} unique", "axiom": "inverse-unique", **so},
        ]
        for end in ({"rule": "evident"}, {"rule": "algebra", "rewrite": [f"{name} unique"]}):
            found = nested(haves, end)
            if search.conditions(context, goal, found) is not None:
                return found
    return None


def _inverses(nodes: list[Term]) -> Iterator[tuple[str, Values]]:
    """What an inverse is."""
    for node in nodes:
        if node.op == "inverse" and node.args[0].op != "sym":
            for name in ("inverse-right", "inverse-left"):
                yield name, {"n": _size(node), "A": node.args[0]}


def _products(nodes: list[Term]) -> Iterator[tuple[str, Values]]:
    """What inverses undo in the products that occur."""
    for node in nodes:
        if node.op == "matmul" and isinstance(node.type, Array):
            factors = _factors(node)
            for k, factor in enumerate(factors):
                if factor.op == "inverse" and factor.args[0].op != "sym":
                    yield from _undone(factors, k)


def _undone(factors: list[Term], place: int) -> Iterator[tuple[str, Values]]:
    """What the inverse at a place in a product undoes: its matrix beside it, or one put before it."""
    (matrix,) = factors[place].args
    values = {"n": _size(matrix), "A": matrix}
    within, behind = _factors(matrix), factors[place + 1 :]
    if behind:
        yield from _typed("inverse-applied", values, "B", _product(behind))
    if behind and place:
        left = _product(factors[:place])
        if isinstance(left.type, Array) and len(left.type.axes) == 2:
            more = {**values, "B": left, "p": _length(left, 0)}
            yield from _typed("inverse-cancelled-right", more, "C", _product(behind))
    for name, first in (
        ("inverse-cancelled-left", place + 1),
        ("inverse-cancelled-right", place - len(within)),
    ):
        last = first + len(within)
        if first >= 0 and factors[first:last] == within:
            before, after = factors[: min(first, place)], factors[max(last, place + 1) :]
            unit = make("eye", matrix.type.axes[0])  # type: ignore[union-attr]
            left = _product(before or [unit])
            if isinstance(left.type, Array) and len(left.type.axes) == 2:
                more = {**values, "B": left, "p": _length(left, 0)}
                yield from _typed(name, more, "C", _product(after or [unit]))


def _typed(axiom: str, values: Values, name: str, value: Term) -> Iterator[tuple[str, Values]]:
    """The axiom about matrices or its twin about vectors."""
    if isinstance(value.type, Array) and len(value.type.axes) == 2:
        size = "q" if name == "C" else "p"
        yield axiom, {**values, name: value, size: _length(value, 1)}
    elif isinstance(value.type, Array) and not value.type.row:
        yield f"{axiom}-vector", {**values, name: value}


def _factors(product: Term) -> list[Term]:
    """The factors of a product of matrices from left to right."""
    if product.op != "matmul":
        return [product]
    return [factor for arg in product.args for factor in _factors(arg)]


def _product(factors: list[Term]) -> Term:
    return functools.reduce(lambda left, right: make("matmul", left, right), factors)


def _size(matrix: Term) -> Term:
    return _length(matrix, 0)


def _length(array: Term, k: int) -> Term:
    assert isinstance(array.type, Array)
    axis = array.type.axes[k]
    return axis.args[1] if axis.op == "range" else num(1)


def _outside_binders(term: Term) -> Iterator[Term]:
    yield term
    for arg in () if term.op in BINDERS else term.args:
        yield from _outside_binders(arg)
