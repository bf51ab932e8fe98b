"""Matching an axiom's terms against terms of a goal, to find what to instantiate it at.

Symbols of the axiom stand for terms; a function of the axiom applied to bound
names, or to symbols of the axiom that turn out to be symbols, stands for any term
in them (f(i) against x_i² gives f = i ↦ x_i²).  Sizes are read off the types of
what was matched.
"""

from __future__ import annotations

from collections.abc import Mapping

from symproof.kernel.statement import Statement
from symproof.terms.build import fits, make, sym
from symproof.terms.rewrite import MULTI, alike, free_symbols, substitute, substitute_type
from symproof.terms.sizes import same_axis
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import Array, Function, Scalar, Sequence, Type, Vertex

Values = dict[str, Term]


class _Found(Values):
    """The values so far, and the function applications to look at when the arguments are known."""

    def __init__(self) -> None:
        super().__init__()
        self.later: list[tuple[Term, Term]] = []


def match(axiom: Statement, pattern: Term, target: Term) -> Values | None:
    """Values for symbols of the axiom that make the pattern the target."""
    return match_names({s.name: s.type for s in axiom.symbols}, pattern, target)


def match_further(axiom: Statement, pattern: Term, target: Term, found: Values) -> Values | None:
    """The values found so far with those for further symbols that make the pattern the target."""
    return match_names({s.name: s.type for s in axiom.symbols}, pattern, target, found)


def match_names(
    names: Mapping[str, Type], pattern: Term, target: Term, so_far: Mapping[str, Term] | None = None
) -> Values | None:
    """Values for the names that make the pattern the target."""
    found = _Found()
    found.update(so_far or {})
    if not _match(names, pattern, target, found, {}):
        return None
    for application, value in found.later:
        args = [found.get(str(arg.data)) for arg in application.args[1:] if arg.op == "sym"]
        known = {str(arg.data): arg for arg in args if arg is not None and arg.op == "sym"}
        if len(known) == len(application.args) - 1:
            renamed = make("apply", application.args[0], *known.values())
            if not _match_function(names, renamed, value, found, known):
                return None
    if any(str(application.args[0].data) not in found for application, _ in found.later):
        return None
    return dict(found)


def _match(
    names: Mapping[str, Type], pattern: Term, target: Term, found: _Found, bound: Mapping[str, Term]
) -> bool:
    if pattern.op == "sym":
        name = str(pattern.data)
        if name in bound:
            return bound[name] == target
        if name in names:
            return _bind(names, name, target, found, bound)
        return pattern == target
    if pattern.op == "apply" and pattern.args[0].op == "sym" and pattern.args[0].data in names:
        applied = _match_function(names, pattern, target, found, bound)
        if applied is not None:
            return applied
    if pattern.op != target.op or len(pattern.args) != len(target.args):
        return False
    if pattern.op in BINDERS:
        return _match_binder(names, pattern, target, found, bound)
    if pattern.data != target.data:
        return False
    return all(_match(names, p, t, found, bound) for p, t in zip(pattern.args, target.args, strict=True))


def _bind(
    names: Mapping[str, Type], name: str, target: Term, found: _Found, bound: Mapping[str, Term]
) -> bool:
    if name in found:
        return found[name] == target
    if not free_symbols(target).isdisjoint(str(b.data) for b in bound.values()):
        return False
    if not _match_type(names, names[name], target.type, found):
        return False
    if not fits(target.type, substitute_type(names[name], found)):
        return False
    found[name] = target
    return True


def _match_type(names: Mapping[str, Type], pattern: Type, target: Type, found: _Found) -> bool:
    """Read sizes off the axes of a matched term."""
    if isinstance(pattern, Array) and isinstance(target, Array):
        if len(pattern.axes) != len(target.axes) or pattern.row != target.row:
            return False
        return all(_match_axis(names, p, t, found) for p, t in zip(pattern.axes, target.axes, strict=True))
    if isinstance(pattern, Sequence) and isinstance(target, Sequence):
        return _match_type(names, pattern.item, target.item, found)
    if isinstance(pattern, Vertex) and isinstance(target, Vertex):
        return _match(names, pattern.graph, target.graph, found, {})
    if isinstance(pattern, Function) and isinstance(target, Function):
        return len(pattern.params) == len(target.params) and all(
            _match_type(names, p, t, found)
            for p, t in zip((*pattern.params, pattern.result), (*target.params, target.result), strict=True)
        )
    return type(pattern) is type(target)


def _match_axis(names: Mapping[str, Type], pattern: Term, target: Term, found: _Found) -> bool:
    if pattern.op != target.op:
        return False
    for p, t in zip(pattern.args, target.args, strict=True):
        if p.op == "sym" and p.data in names and p.data not in found:
            found[str(p.data)] = t
    return same_axis(substitute(pattern, found), target)


def _match_function(
    names: Mapping[str, Type], pattern: Term, target: Term, found: _Found, bound: Mapping[str, Term]
) -> bool | None:
    """f(i, j) against a term: f is the term as a function of the bound names; None when it is not of that
    form.
    """
    name, args = str(pattern.args[0].data), pattern.args[1:]
    if any(a.op != "sym" or a.data not in bound for a in args):
        if name in found and found[name].op == "lambda":
            places: tuple[tuple[str, ...], ...] = found[name].data  # type: ignore[assignment]
            so_far: Values = {**found, **bound}
            if all(free_symbols(a) <= so_far.keys() for a in args):  # its names are not those of the axiom
                args = tuple(substitute(a, so_far) for a in args)
                body = substitute(found[name].args[0], {g[0]: a for g, a in zip(places, args, strict=True)})
                return alike(body, target)
            body = substitute(found[name].args[0], {g[0]: a for g, a in zip(places, args, strict=True)})
            return _match(names, body, target, found, bound)
        if not any(free_symbols(a) & bound.keys() for a in args):
            if _match_applied(names, name, pattern, target, found, bound):
                return True
            found.later.append((pattern, target))
            return True
        return None
    inner = [bound[str(a.data)] for a in args]
    if name in found:
        known = found[name]
        if known.op != "lambda":
            return None
        groups: tuple[tuple[str, ...], ...] = known.data  # type: ignore[assignment]
        values = {g[0]: v for g, v in zip(groups, inner, strict=True)}
        return substitute(known.args[0], values) == target
    function = names[name]
    assert isinstance(function, Function)
    if not isinstance(target.type, Scalar) or not isinstance(function.result, Scalar):
        return None
    others = [str(b.data) for b in bound.values() if b not in inner]
    if not free_symbols(target).isdisjoint(others):
        return False
    domains = [_domain(b.type) for b in inner]
    if any(d is None for d in domains):
        return None
    found[name] = make(
        "lambda", target, *(d for d in domains if d is not None), data=tuple((str(b.data),) for b in inner)
    )
    return True


def _match_applied(
    names: Mapping[str, Type],
    name: str,
    pattern: Term,
    target: Term,
    found: _Found,
    bound: Mapping[str, Term],
) -> bool:
    """f(t) against g(s) for a declared function g: f is g, where t matches s."""
    if target.op != "apply" or target.args[0].op != "sym" or len(pattern.args) != len(target.args):
        return False
    trial = _Found()
    trial.update(found)
    trial.later = list(found.later)
    pairs = zip(pattern.args[1:], target.args[1:], strict=True)
    if not _bind(names, name, target.args[0], trial, bound) or not all(
        _match(names, p, t, trial, bound) for p, t in pairs
    ):
        return False
    found.update(trial)
    found.later = trial.later
    return True


def _domain(type: Type) -> Term | None:
    if isinstance(type, Scalar):
        return make("numbers", data=type.domain)
    return make("vertices", type.graph) if isinstance(type, Vertex) else None


def _match_binder(
    names: Mapping[str, Type], pattern: Term, target: Term, found: _Found, bound: Mapping[str, Term]
) -> bool:
    mine: tuple[tuple[str, ...], ...] = pattern.data  # type: ignore[assignment]
    theirs: tuple[tuple[str, ...], ...] = target.data  # type: ignore[assignment]
    if [len(g) for g in mine] != [len(g) for g in theirs]:
        return False
    scoped = BINDERS[pattern.op]
    inner = dict(bound)
    if pattern.op in MULTI:
        for a, b, p, t in zip(mine, theirs, pattern.args[scoped:], target.args[scoped:], strict=True):
            if not _match(names, p, t, found, inner):
                return False
            inner |= {x: sym(y, k) for x, y, k in zip(a, b, t.type.items, strict=True)}  # type: ignore[union-attr]
    else:
        for p, t in zip(pattern.args[scoped:], target.args[scoped:], strict=True):
            if not _match(names, p, t, found, bound):
                return False
        ((x,),), ((y,),) = mine, theirs
        inner[x] = sym(y, _type_in(target, y))
    return all(
        _match(names, p, t, found, inner)
        for p, t in zip(pattern.args[:scoped], target.args[:scoped], strict=True)
    )


def _type_in(term: Term, name: str) -> Type:
    for node in term.args[0].walk():
        if node.op == "sym" and node.data == name:
            return node.type
    return Scalar("real")
