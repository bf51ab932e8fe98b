"""Names have the types of their declarations: what a statement and a certificate must keep to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symproof.kernel.context import OPAQUE, Context
from symproof.kernel.infinity import among_numbers
from symproof.kernel.statement import TIED, Definition, Law, Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.build import FUNCTIONS, fits
from symproof.terms.rewrite import MULTI, bound_type, type_symbols
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import INTEGER, REAL, Array, Function, Scalar, Sequence, Type

Bound = Mapping[str, tuple[int, Type]]  # how deep a name is bound, and its type
LAWS = {"normal": 2, "bernoulli": 1}


def well_formed(context: Context, statement: Statement) -> None:
    """Every name is declared once, before it is used, with one type, and is none the kernel uses itself."""
    names = [s.name for s in statement.symbols] + [d.name for d in statement.definitions]
    for name in names:
        if name.startswith(("$", "#")) or name.endswith("'") or not name:
            raise Rejected("statement", f"the name {name!r} is not allowed")
        if names.count(name) > 1:
            raise Rejected("statement", f"{name} is declared twice")
    for symbol in statement.symbols:
        _symbol(context, symbol)
    known: dict[str, Definition] = {}
    for definition in statement.definitions:
        within = Context(context.symbols, known, {})
        _declared(within, definition.body, dict(definition.params))
        known = {**known, definition.name: definition}
    for prop in (statement.goal, *context.facts.values()):
        _declared(context, prop, {})
    for term in (statement.goal, *context.facts.values(), *(d.body for d in statement.definitions)):
        if among_numbers(term):
            raise Rejected("statement", "infinity is no number")


def _symbol(context: Context, symbol: Symbol) -> None:
    for name in type_symbols(symbol.type):
        if context.symbols.get(name) is None and name not in context.definitions:
            raise Rejected("statement", f"{name} is not declared")
    result = symbol.type
    while isinstance(result, Sequence):
        result = result.item
    if isinstance(result, Function) and (symbol.name in FUNCTIONS or symbol.name in OPAQUE):
        raise Rejected("statement", f"the name {symbol.name!r} is not allowed")
    if symbol.random and not isinstance(result, Scalar | Array):
        raise Rejected("statement", f"{symbol.name}: only numbers and arrays can be random")
    if symbol.law is not None:
        if not symbol.random or any(map(context.is_random, symbol.law.args)):
            raise Rejected("statement", f"{symbol.name}: a law is for what is random, with fixed parameters")
        if not symbol.attributes.isdisjoint(TIED):
            raise Rejected("statement", f"{symbol.name}: entries with a law are not tied to each other")
        _law(context, symbol.law)


def _law(context: Context, law: Law) -> None:
    if LAWS.get(law.name) != len(law.args):
        raise Rejected("statement", f"no law {law.name} with {len(law.args)} parameters")
    for arg in law.args:
        _declared(context, arg, {})


def _declared(context: Context, term: Term, bound: Mapping[str, Type]) -> None:
    """Every name in the term is declared, with the type that it occurs with."""
    for name, type in occurrences(term):
        declared = bound[name] if name in bound else declared_type(context, name)
        if declared is None:
            raise Rejected("statement", f"{name} is not declared")
        if not agree(declared, type):
            raise Rejected("statement", f"{name} occurs with another type than declared")


def declared_type(context: Context, name: str) -> Type | None:
    """The type of a declared or defined symbol."""
    if name in context.symbols:
        return context.symbols[name].type
    definition = context.definitions.get(name)
    if definition is None:
        return None
    if definition.params:
        return Function(tuple(t for _, t in definition.params), definition.body.type)
    return definition.body.type


def agree(left: Type, right: Type) -> bool:
    """Are the types the same, up to how a size is written?"""
    return fits(left, right) and fits(right, left)


def occurrences(term: Term) -> Iterator[tuple[str, Type]]:
    """The free symbols with the types they occur with; raises Rejected where a bound one has not its
    binder's.
    """
    stack: list[tuple[Term, Bound]] = [(term, {})]
    while stack:
        node, bound = stack.pop()
        if node.op == "sym":
            name = str(node.data)
            here, type = bound.get(name, (0, node.type))
            if any(bound[n][0] > here for n in type_symbols(node.type) if n in bound):
                raise Rejected("types", f"a size of {name} is bound anew")
            if name not in bound:
                yield name, node.type
            elif not agree(type, node.type):
                raise Rejected("types", f"{name} has not the type of its binder")
        elif node.op in MULTI:
            names: tuple[tuple[str, ...], ...] = node.data  # type: ignore[assignment]
            if len(names) != len(node.args) - 1:
                raise Rejected("types", "a binder with the wrong number of domains")
            inner = dict(bound)
            for group, domain in zip(names, node.args[1:], strict=True):
                stack.append((domain, dict(inner)))
                items = domain.type.items  # type: ignore[union-attr]
                if len(items) != len(group):
                    raise Rejected("types", "a binder with the wrong number of names")
                inner |= {n: (len(inner) + 1, t) for n, t in zip(group, items, strict=True)}
            stack.append((node.args[0], inner))
        elif node.op in BINDERS:
            inner = {**bound, **{n: (len(bound) + 1, t) for n, t in _bound(node).items()}}
            scoped = BINDERS[node.op]
            stack.extend((arg, inner if k < scoped else bound) for k, arg in enumerate(node.args))
        else:
            stack.extend((arg, bound) for arg in node.args)


def _bound(node: Term) -> dict[str, Type]:
    """The types of the names that a binder without typed domains binds."""
    names = [name for group in node.data for name in group]  # type: ignore[attr-defined]
    if node.op in ("theta", "solve"):
        found = {n.data: n.type for b in node.args for n in b.walk() if n.op == "sym"}
        return {name: found.get(name, REAL) for name in names}
    if len(names) != 1:
        raise Rejected("types", f"{node.op} binds one name")
    (name,) = names
    scoped = BINDERS[node.op]
    at = REAL if node.op == "integral" else node.args[scoped].type
    if isinstance(at, Array):
        return {name: Array(at.axes, "real", at.row)}
    if node.op in ("limit", "little_o", "big_o"):
        return {name: INTEGER if bound_type(node, name) == INTEGER else REAL}
    return {name: REAL if isinstance(at, Scalar) else at}
