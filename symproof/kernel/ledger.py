"""Axioms: statements taken as true, each under its side conditions.

An axiom is a statement like any other: its symbols are what it may be
instantiated at, its hypotheses (those of declarations included) are the side
conditions, its goal is what an instance gives.  The file that lists them is
read once and handed to the kernel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from symproof.kernel.context import Context
from symproof.kernel.statement import TIED, Law, Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.build import fits, make, num
from symproof.terms.rewrite import free_symbols, reduced, substitute, substitute_type
from symproof.terms.tree import Term
from symproof.terms.types import Array, Type


@dataclass(frozen=True)
class Axiom:
    """A named axiom; `imported` ones are theorems from the literature and are listed in verdicts."""

    name: str
    statement: Statement
    imported: bool
    note: str


Ledger = Mapping[str, Axiom]


def instance(context: Context, axiom: Axiom, values: Mapping[str, Term]) -> tuple[dict[str, Term], Term]:
    """The side conditions, by name, and the conclusion of an axiom at the given terms."""
    statement = axiom.statement
    rule = f"axiom {axiom.name}"
    wanted = {s.name for s in statement.symbols}
    if set(values) != wanted:
        raise Rejected(rule, f"needs values for exactly {', '.join(sorted(wanted))}")
    premises: dict[str, Term] = {}
    speaks_of_chance = any(s.random for s in statement.symbols)
    if speaks_of_chance and context.conditional:
        raise Rejected(rule, "an expectation where something is assumed of random values")
    for symbol in statement.symbols:
        value = values[symbol.name]
        expected = substitute_type(symbol.type, values)
        if not fits(value.type, expected):
            raise Rejected(rule, f"{symbol.name} has another type there")
        for name in free_symbols(value):
            if name not in context.symbols and name not in context.definitions:
                raise Rejected(rule, f"{name} is not declared")
        if symbol.random:
            _same_law(context, rule, symbol, value, values)
        elif speaks_of_chance and context.is_random(value):
            raise Rejected(rule, f"{symbol.name} must not be random")
        premises.update(_attribute_premises(context, rule, symbol, value))
    _keep_apart(context, rule, statement.symbols, values)
    for definition in statement.definitions:
        raise Rejected(rule, f"an axiom must not define {definition.name}")
    for hypothesis in statement.hypotheses:
        name = hypothesis.name
        while name in premises:  # `β: real in (0, 1)` declares two
            name += "'"
        premises[name] = reduced(substitute(hypothesis.statement, values))
    return premises, reduced(substitute(statement.goal, values))


def _keep_apart(context: Context, rule: str, symbols: Sequence[Symbol], values: Mapping[str, Term]) -> None:
    """Parameters that are independent of each other stand for different symbols; and no function that is an
    expectation is written out at a random value."""
    bases = [_base(values[s.name]).data for s in symbols if s.law or "independent" in s.attributes]
    if len(set(bases)) < len(bases):
        raise Rejected(rule, "one random symbol for two that are independent")
    if any(map(context.is_random, values.values())):
        if any(v.op == "lambda" and context.speaks_of_chance(v) for v in values.values()):
            raise Rejected(rule, "an expectation as a function of random values")


def _base(value: Term) -> Term:
    """The symbol of which a value is a member or an entry."""
    return value.args[0] if value.op == "index" else value


def _same_law(context: Context, rule: str, symbol: Symbol, value: Term, values: Mapping[str, Term]) -> None:
    """A random parameter stands for a symbol of the same law, or for a row or member of one."""
    if symbol.law is None and "independent" not in symbol.attributes:
        return  # any random variable will do
    base = _base(value)
    if value.op == "index" and any(map(context.is_random, value.args[1:])):
        raise Rejected(rule, f"a random index in {symbol.name}")
    declared = context.symbols.get(str(base.data)) if base.op == "sym" else None
    if declared is None or not declared.random:
        raise Rejected(rule, f"{symbol.name} must be a random symbol")
    if symbol.law is None:
        if not _independent(declared, value.type):
            raise Rejected(rule, f"{symbol.name} must be independent")
        return
    law = symbol.law
    if declared.law is None or declared.law.name != law.name:
        raise Rejected(rule, f"{symbol.name} must have the law {law.name}")
    if law.name == "normal" and _standard(law):
        if not _standard(declared.law):
            raise Rejected(rule, f"{symbol.name} must be standard normal")
    elif [substitute(a, values) for a in law.args] != list(declared.law.args):
        raise Rejected(rule, f"{symbol.name} has another parameter")


def _standard(law: Law) -> bool:
    """Is it the normal law with mean 0 and covariance I, or variance 1?"""
    mean, spread = law.args
    return mean.op in ("zeros", "num") and not mean.data and (spread.op == "eye" or spread == num(1))


def _independent(symbol: Symbol, type: Type) -> bool:
    """Are the entries of a symbol, or of such a member of it, independent?"""
    if symbol.law is not None:
        return True
    whole = type == symbol.type or not isinstance(type, Array)  # of a member of a sequence nothing is said
    return "independent" in symbol.attributes and whole and symbol.attributes.isdisjoint(TIED)


def _attribute_premises(context: Context, rule: str, symbol: Symbol, value: Term) -> dict[str, Term]:
    """What a parameter's attributes ask of the term that stands for it."""
    premises: dict[str, Term] = {}
    declared = context.symbols.get(str(value.data)) if value.op == "sym" else None
    held = declared.attributes if declared is not None else frozenset()
    for attribute in sorted(symbol.attributes - {"size", "random", "independent"} - held):
        if attribute == "symmetric":
            premises[f"{symbol.name} is symmetric"] = make("eq", make("transpose", value), value)
        elif attribute == "orthogonal":
            product = make("matmul", make("transpose", value), value)
            axis = value.type.axes[1]  # type: ignore[union-attr]
            premises[f"{symbol.name} is orthogonal"] = make("eq", product, make("eye", axis))
        elif attribute == "invertible":
            premises[f"{symbol.name} is invertible"] = make("ne", make("det", value), num(0))
        elif (
            attribute == "differentiable"
            and "twice_differentiable" in held
            or attribute == "continuous"
            and not held.isdisjoint(("differentiable", "twice_differentiable"))
        ):
            continue
        else:
            raise Rejected(rule, f"{symbol.name} must be declared {attribute}")
    return premises
