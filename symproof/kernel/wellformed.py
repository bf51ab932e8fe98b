"""Symbols have the types of their declarations: what a certificate or a statement must keep to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symproof.kernel.context import Context
from symproof.kernel.verdict import Rejected
from symproof.terms.build import same_type
from symproof.terms.rewrite import MULTI
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import INTEGER, REAL, Function, Scalar, Type


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


def occurrences(term: Term) -> Iterator[tuple[str, Type]]:
    """The free symbols with the types they occur with; raises Rejected where a bound one has not its binder's."""
    stack: list[tuple[Term, Mapping[str, Type]]] = [(term, {})]
    while stack:
        node, bound = stack.pop()
        if node.op == "sym":
            name = str(node.data)
            if name not in bound:
                yield name, node.type
            elif bound[name] != node.type and not same_type(bound[name], node.type):
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
                inner |= dict(zip(group, items, strict=True))
            stack.append((node.args[0], inner))
        elif node.op in BINDERS:
            ((name,), *rest) = node.data  # type: ignore[misc]
            scoped = BINDERS[node.op]
            if rest:
                raise Rejected("types", f"{node.op} binds one name")
            found = {n.type for b in node.args[:scoped] for n in b.walk() if n.op == "sym" and n.data == name}
            wanted = REAL if node.op == "integral" else node.args[scoped].type
            if node.op in ("limit", "little_o", "big_o") and found <= {INTEGER}:
                wanted = INTEGER if found else REAL
            elif isinstance(wanted, Scalar):
                wanted = REAL
            for k, arg in enumerate(node.args):
                stack.append((arg, {**bound, name: wanted} if k < scoped else bound))
        else:
            stack.extend((arg, bound) for arg in node.args)
