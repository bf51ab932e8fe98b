"""Substitution and free symbols, with binders respected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from symproof.terms.build import make, sym
from symproof.terms.tree import BINDERS, Term, bound_names
from symproof.terms.types import REAL, Array, Domain, Function, Sequence, Type, Vertex

NO_NAMES: frozenset[str] = frozenset()


def free_symbols(term: Term) -> frozenset[str]:
    """The names of the symbols that occur free, in the term and in no type; worked out once for each node."""
    if term._free is None:
        object.__setattr__(term, "_free", _free(term))
    return term._free  # type: ignore[return-value]


def _free(term: Term) -> frozenset[str]:
    if term.op == "sym":
        return frozenset((str(term.data),))
    if not term.args:
        return NO_NAMES
    if term.op not in BINDERS:
        if len(term.args) == 1:
            return free_symbols(term.args[0])
        return NO_NAMES.union(*map(free_symbols, term.args))
    scoped, found = BINDERS[term.op], NO_NAMES
    inner = frozenset(bound_names(term))
    for k, arg in enumerate(term.args):
        found |= free_symbols(arg) - (inner if k < scoped else _domain_scope(term, k, NO_NAMES))
    return found


def _domain_scope(node: Term, k: int, bound: frozenset[str]) -> frozenset[str]:
    """What is bound in the k-th argument: a domain sees the names of the domains before it."""
    if node.op in MULTI:
        groups: tuple[tuple[str, ...], ...] = node.data  # type: ignore[assignment]
        return bound | {name for group in groups[: k - BINDERS[node.op]] for name in group}
    return bound


# Binders with one domain for each group of names.
MULTI = frozenset("sum product maximum minimum argmax argmin array lambda forall exists".split())


def substitute(term: Term, values: Mapping[str, Term]) -> Term:
    """The term with terms put for free symbols; bound names are renamed where they would capture."""
    if not values:
        return term
    avoid = frozenset().union(*map(occurring, values.values()))
    return _substitute(term, dict(values), avoid)


def occurring(term: Term) -> frozenset[str]:
    """The free symbols of a term, those in the sizes of its symbols included; worked out once a node."""
    if term._occurring is None:
        found = free_symbols(term)
        sizes = [type_symbols(node.type) for node in term.walk() if node.op == "sym" and node.data in found]
        object.__setattr__(term, "_occurring", found.union(*sizes))
    return term._occurring  # type: ignore[return-value]


def type_symbols(type: Type) -> frozenset[str]:
    """The symbols in the sizes of a type."""
    if isinstance(type, Array):
        return frozenset().union(*map(free_symbols, type.axes))
    if isinstance(type, Sequence):
        return type_symbols(type.item)
    if isinstance(type, Function):
        return frozenset().union(*map(type_symbols, (*type.params, type.result)))
    return free_symbols(type.graph) if isinstance(type, Vertex) else frozenset()


def renamed(term: Term, taken: frozenset[str]) -> Term:
    """The term with bound names changed where they are among those taken."""
    return _substitute(term, {}, taken)


def _substitute(term: Term, values: dict[str, Term], avoid: frozenset[str]) -> Term:
    if term.op == "sym":
        name = str(term.data)
        if name in values:
            return values[name]
        type = substitute_type(term.type, values)
        return term if type is term.type else sym(name, type, term.span)
    if not term.args:
        return term
    if term.op not in BINDERS:
        args = tuple(_substitute(arg, values, avoid) for arg in term.args)
        if all(a is b for a, b in zip(args, term.args, strict=True)):
            return term
        return make(term.op, *args, data=term.data, span=term.span)
    groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    scoped = BINDERS[term.op]
    domains = list(term.args[scoped:])
    inner = dict(values)
    renamed: list[tuple[str, ...]] = []
    for g, group in enumerate(groups):
        if term.op in MULTI:
            domains[g] = _substitute(domains[g], inner, avoid)
            kinds = domains[g].type.items  # type: ignore[union-attr]
        else:
            kinds = None
        names = []
        for p, name in enumerate(group):
            inner.pop(name, None)
            fresh = name
            if name in avoid:
                fresh = _fresh(name, avoid | free_symbols(term))
                avoid = avoid | {fresh}
            kind = kinds[p] if kinds is not None else substitute_type(bound_type(term, name), values)
            if fresh != name or kinds is not None or kind != bound_type(term, name):
                inner[name] = sym(fresh, kind)
            names.append(fresh)
        renamed.append(tuple(names))
    if term.op not in MULTI:
        domains = [_substitute(d, values, avoid) for d in domains]
    bodies = [_substitute(b, inner, avoid) for b in term.args[:scoped]]
    return make(term.op, *bodies, *domains, data=tuple(renamed), span=term.span)


def bound_type(term: Term, name: str) -> Type:
    """The type a binder without typed domains gives its name, read off what it binds; real if that is
    nothing.
    """
    stack = list(term.args[: BINDERS[term.op]])
    while stack:
        node = stack.pop()
        if node.op == "sym" and node.data == name:
            return node.type
        again = node.op in BINDERS and name in bound_names(node)
        stack.extend(node.args[BINDERS[node.op] :] if again else node.args)
    return REAL


def _fresh(name: str, taken: frozenset[str]) -> str:
    base, k = name.rstrip("0123456789_") or "x", 1
    while f"{base}_{k}" in taken:
        k += 1
    return f"{base}_{k}"


def substitute_type(type: Type, values: Mapping[str, Term]) -> Type:
    """The type with terms put for the symbols in its sizes."""
    if isinstance(type, Array):
        axes = tuple(substitute(axis, values) for axis in type.axes)
        return type if axes == type.axes else Array(axes, type.domain, type.row)
    if isinstance(type, Sequence):
        item = substitute_type(type.item, values)
        return type if item is type.item else Sequence(item)
    if isinstance(type, Function):
        params = tuple(substitute_type(p, values) for p in type.params)
        result = substitute_type(type.result, values)
        return type if (params, result) == (type.params, type.result) else Function(params, result)
    if isinstance(type, Vertex):
        graph = substitute(type.graph, values)
        return type if graph == type.graph else Vertex(graph)
    if isinstance(type, Domain):
        return Domain(tuple(substitute_type(i, values) for i in type.items))
    return type


def reduced(term: Term) -> Term:
    """The term with every function that is written out applied to its arguments."""
    if not any(node.op == "lambda" for node in term.walk()):
        return term
    args = tuple(map(reduced, term.args))
    head = args[0] if term.op == "apply" else None
    if head is not None and head.op == "lambda" and not isinstance(term.type, Array):
        groups: tuple[tuple[str, ...], ...] = head.data  # type: ignore[assignment]
        values = {group[0]: arg for group, arg in zip(groups, args[1:], strict=True)}
        return reduced(substitute(head.args[0], values))
    return make(term.op, *args, data=term.data, span=term.span)


def alike(left: Term, right: Term) -> bool:
    """Are the terms the same but for the names that their binders bind?"""
    return left == right or _alike(left, right, {}, {}, 0)


def _alike(left: Term, right: Term, mine: Mapping[str, int], yours: Mapping[str, int], depth: int) -> bool:
    """The same, where the bound names of both sides are known by number."""
    if left.op != right.op or len(left.args) != len(right.args):
        return False
    if left.op == "sym":
        here, there = mine.get(str(left.data)), yours.get(str(right.data))
        return here == there if here is not None or there is not None else left.data == right.data
    if left.op not in BINDERS:
        if left.data != right.data:
            return False
        return all(_alike(a, b, mine, yours, depth) for a, b in zip(left.args, right.args, strict=True))
    if list(map(len, left.data)) != list(map(len, right.data)):  # type: ignore[call-overload]
        return False
    scoped = BINDERS[left.op]
    inner, outer = dict(mine), dict(yours)
    scopes = []  # what each domain sees: the names of the domains before it
    for group, other in zip(left.data, right.data, strict=True):  # type: ignore[call-overload]
        scopes.append((dict(inner), dict(outer)) if left.op in MULTI else (mine, yours))
        for name, counterpart in zip(group, other, strict=True):
            if left.op not in MULTI and bound_type(left, name) != bound_type(right, counterpart):
                return False
            inner[name] = outer[counterpart] = depth
            depth += 1
    scopes += [(mine, yours)] * (len(left.args) - scoped - len(scopes))
    scopes = [(inner, outer)] * scoped + scopes
    pairs = zip(left.args, right.args, scopes, strict=False)
    return all(_alike(a, b, *scope, depth) for a, b, scope in pairs)


def parts(statement: Term) -> Iterator[Term]:
    """The conjuncts of a statement."""
    if statement.op == "and":
        for arg in statement.args:
            yield from parts(arg)
    else:
        yield statement
