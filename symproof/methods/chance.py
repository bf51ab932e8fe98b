"""Expectations: moments and exponential moments that a declared law gives, as instances of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from symproof.kernel.context import Context
from symproof.kernel.decide import difference, normal
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, Mono, Poly, TooLarge
from symproof.kernel.statement import Symbol
from symproof.kernel.verdict import Rejected
from symproof.methods.equations import orientable, rewritings
from symproof.methods.raising import NoTerm, random_coefficient
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.terms.build import Mistyped, sym
from symproof.terms.codec import decode, encode
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import Array, Scalar

OPS = frozenset(("expect", "variance", "covariance", "probability"))
MAX_INSTANCES = 8
DIAGONAL = frozenset(("eye", "diag"))  # covariances of independent entries


def chance(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Bring in what the laws say of the expectations that are left, then try the equation again."""
    if not any(n.op in OPS for n in _unfolded(context, goal).walk()) or depth > 2:
        return None
    haves: list[Certificate] = []
    for _ in range(MAX_INSTANCES):
        found = None
        for item in _instances(search, context, goal):
            if not any(h["axiom"] == item["axiom"] and h["at"] == item["at"] for h in haves):
                found = item
                break
        if found is None:
            return None
        name = fresh_name(context, found["axiom"])
        try:
            fact = conclusion(search, context, found)
        except (Rejected, Mistyped):
            return None
        haves.append({"rule": "have", "name": name, **found})
        context = context.with_fact(name, fact)
        usable = [n for n, f in context.facts.items() if orientable(context, f)]
        new = [h["name"] for h in haves]
        old = [n for n in usable if n not in new]
        then = search.first(
            context,
            goal,
            iter([{"rule": "algebra", "rewrite": [*new, *old]}, {"rule": "algebra", "rewrite": new}]),
        )
        if then is not None:
            for have in reversed(haves):
                then = {**have, "then": then}
            return then
    return None


def _unfolded(context: Context, goal: Term) -> Term:
    return substitute(goal, {d.name: d.body for d in context.definitions.values() if not d.params})


def conclusion(search: Search, context: Context, item: Certificate) -> Term:
    from symproof.kernel.ledger import instance

    values = {k: decode(v) for k, v in item["at"].items()}
    return instance(context, search.ledger[item["axiom"]], values)[1]


def _instances(search: Search, context: Context, goal: Term) -> Iterator[Certificate]:
    """Axioms about the expectations that remain when what is known has been used."""
    for rules in list(rewritings(context, goal))[:3]:
        try:
            names = [r for r in rules.get("rewrite", ()) if isinstance(r, str)]
            nf = normal(context, tuple(context.facts[n] for n in names))
            gap = difference(nf, *goal.args)
        except (Rejected, TooLarge):
            continue
        for atom in sorted(_expectations(gap), key=lambda a: a.key):
            yield from exponentials(nf, cast(Mono, atom.parts[0]))
    for symbol in context.symbols.values():
        if symbol.law is not None:
            yield from _moments(symbol)


def _expectations(poly: Poly) -> set[Atom]:
    """All expectation atoms in a polynomial, those inside sums included."""
    found: set[Atom] = set()

    def visit(part: Any) -> None:
        if isinstance(part, Poly):
            for mono in part.terms:
                visit(mono)
        elif isinstance(part, tuple):
            for inner in part:
                visit(inner)
        elif isinstance(part, Atom):
            if part.kind == "E":
                found.add(part)
            for inner in part.parts:
                visit(inner)

    visit(poly)
    return found


def exponentials(nf: Normal, mono: Mono) -> Iterator[Certificate]:
    """E[exp(a'x)] for a normal vector x, E[exp(Σ a_ij x_ij)] for a normal matrix."""
    for atom, exponent in mono:
        if atom.kind != "base" or not isinstance(exponent, Poly):
            continue
        for name in sorted(exponent.names & nf.context.random):
            symbol = nf.context.symbols[name]
            if symbol.law is None or symbol.law.name != "normal":
                continue
            axes = symbol.type.axes if isinstance(symbol.type, Array) else ()
            if not axes and not isinstance(symbol.type, Scalar):
                continue
            try:
                a = random_coefficient(nf, exponent, name, axes)
            except (NoTerm, Rejected, Mistyped):
                continue
            x = sym(name, symbol.type)
            mean, spread = symbol.law.args
            if not axes:
                yield _item("normal-exponential-number", {"m": mean, "v": spread, "a": a, "x": x})
            elif len(axes) == 1:
                at = {"d": axes[0].args[1], "μ": mean, "S": spread, "a": a, "x": x}
                yield _item("normal-exponential", at)
            elif len(axes) == 2:
                sizes = {"m": axes[0].args[1], "n": axes[1].args[1]}
                yield _item("normal-exponential-matrix", {**sizes, "A": a, "X": x})


def _moments(symbol: Symbol) -> Iterator[Certificate]:
    """The moments of a symbol with a law."""
    assert symbol.law is not None
    x, law = sym(symbol.name, symbol.type), symbol.law
    if law.name == "bernoulli" and isinstance(symbol.type, Scalar):
        yield _item("bernoulli-mean", {"p": law.args[0], "x": x})
    elif law.name == "normal" and isinstance(symbol.type, Scalar):
        at = {"m": law.args[0], "v": law.args[1], "x": x}
        for name in ("mean", "second-moment", "third-moment", "fourth-moment"):
            yield _item(f"normal-{name}-number", at)
    elif law.name == "normal" and isinstance(symbol.type, Array) and len(symbol.type.axes) == 1:
        at = {"d": symbol.type.axes[0].args[1], "μ": law.args[0], "S": law.args[1], "x": x}
        yield _item("normal-mean", at)
        yield _item("normal-square" if law.args[1].op in DIAGONAL else "normal-second-moment", at)


def _item(axiom: str, at: dict[str, Term]) -> Certificate:
    return {"axiom": axiom, "at": {k: encode(v) for k, v in at.items()}}
