"""What the statements of growth mean: Θ, O and o as quantified statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from symproof.kernel.certificates import Certificate, Conditions, field
from symproof.kernel.context import Context
from symproof.kernel.decide import conjunction
from symproof.kernel.infinity import infinite
from symproof.kernel.verdict import Rejected
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, REAL, Array, Scalar, Type

if TYPE_CHECKING:
    from symproof.kernel.rules import Checker

ZERO, ONE = num(0), num(1)
NUMBERS = make("numbers", data="real")


def meaning(term: Term) -> Term:
    """The statement that a statement of growth stands for."""
    if term.op == "theta":
        return _theta(term)
    if term.op not in ("little_o", "big_o"):
        raise Rejected("meaning", f"nothing to spell out in {term.op}")
    f, g, point = term.args
    ((name,),) = cast(tuple[tuple[str]], term.data)
    type = _type(term, name)
    if term.op == "little_o" and isinstance(type, Scalar):
        return make("eq", make("limit", make("div", f, g), point, ZERO, data=term.data), ZERO)
    x, (factor, radius) = sym(name, type), _fresh(term, "c", "d")
    near = _near(x, point, radius)
    small = make("le", _size(f), make("mul", factor, _size(g)))
    if isinstance(type, Array):
        domain = make("arrays", *type.axes, data=type.domain)
    else:
        domain = make("numbers", data=cast(Scalar, type).domain)
    body = make("forall", make("implies", near, small), domain, data=term.data)
    body = _exists(radius, make("and", make("gt", radius, ZERO), body))
    positive = make("gt", factor, ZERO)
    if term.op == "big_o":
        return _exists(factor, make("and", positive, body))
    return make("forall", make("implies", positive, body), NUMBERS, data=((str(factor.data),),))


def _theta(term: Term) -> Term:
    """There are c, d > 0 with c g <= f <= d g for all values >= 1 of the growing sizes."""
    f, g = term.args
    (names,) = cast(tuple[tuple[str, ...]], term.data)
    below, above = _fresh(term, "c", "d")
    large = [make("ge", sym(name, INTEGER), ONE) for name in names]
    bounds = make("and", make("le", make("mul", below, g), f), make("le", f, make("mul", above, g)))
    body = make("implies", conjunction(large), bounds)
    domains = [make("numbers", data="integer")] * len(names)
    every = make("forall", body, *domains, data=tuple((name,) for name in names))
    positive = make("gt", below, ZERO), make("gt", above, ZERO)
    return _exists(below, _exists(above, make("and", *positive, every)))


def _exists(name: Term, body: Term) -> Term:
    return make("exists", body, NUMBERS, data=((str(name.data),),))


def _fresh(term: Term, *names: str) -> list[Term]:
    """Names for constants that the term does not use."""
    used = free_symbols(term) | {name for group in term.data for name in group}  # type: ignore[attr-defined]
    found = []
    for name in names:
        while name in used:
            name += "_"
        found.append(sym(name, REAL))
    return found


def _type(term: Term, name: str) -> Type:
    """The type of the variable that moves."""
    for body in term.args[:2]:
        for node in body.walk():
            if node.op == "sym" and node.data == name:
                return node.type
    point = term.args[2].type
    return point if isinstance(point, Array) else REAL


def _size(value: Term) -> Term:
    return make("norm", value) if isinstance(value.type, Array) else make("call", value, data="abs")


def _near(x: Term, point: Term, radius: Term) -> Term:
    """x is within the radius of the point and not there; for ∞, beyond the radius."""
    if infinite(point):
        return make("ge", make("neg", x) if point.op == "neg" else x, radius)
    away = _size(make("add", x, make("neg", point)))
    return make("and", make("gt", away, ZERO), make("lt", away, radius))


def free_of_definitions(context: Context, prop: Term) -> None:
    """Raises Rejected where a defined name hides one of the sizes that grow: it would stand still."""
    for node in prop.walk():
        if node.op == "theta":
            for name in free_symbols(node):
                context.definition(name, bound_names(node))


def spelled(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """What a statement of growth means, as the goal or as one more fact: Γ ⊢ meaning of G gives Γ ⊢ G."""
    then = field("meaning", certificate, "then")
    if "fact" not in certificate:
        free_of_definitions(context, goal)
        return checker.check(context, meaning(goal), then)
    fact = context.facts.get(str(certificate["fact"]))
    if fact is None:
        raise Rejected("meaning", f"no fact {certificate['fact']!r}")
    free_of_definitions(context, fact)
    inner = context.with_fact(field("meaning", certificate, "name", str), meaning(fact))
    return checker.check(inner, goal, then)
