"""The door of the kernel: a statement and a certificate in, a theorem out."""

from __future__ import annotations

from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.ledger import Ledger
from symproof.kernel.rules import Checker
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import _SEAL, Rejected, Theorem
from symproof.kernel.wellformed import declared_type, occurrences
from symproof.terms.build import same_type
from symproof.terms.types import Array, Function, Graph, Scalar, Sequence, Type


def check(statement: Statement, certificate: Any, ledger: Ledger) -> Theorem:
    """The theorem that the certificate shows; raises Rejected with "rule: reason"."""
    checker = Checker(ledger)
    try:
        context = Context.of(statement)
        well_formed(context, statement)
        conditions = checker.check(context, statement.goal, certificate)
    except (RecursionError, OverflowError) as error:
        raise Rejected("check", f"too large: {type(error).__name__}") from None
    return Theorem(
        statement=statement,
        conditions=tuple(dict.fromkeys(conditions)),
        imports=tuple(sorted(n for n, imported in checker.axioms.items() if imported)),
        axioms=tuple(sorted(checker.axioms)),
        scope="all sizes" if any(_sized(s.type) for s in statement.symbols) else "fixed",
        seal=_SEAL,
    )


def well_formed(context: Context, statement: Statement) -> None:
    """Every symbol is declared, with one type, under a name that the kernel does not use itself."""
    for name in (*context.symbols, *context.definitions):
        if name.startswith(("$", "#")) or not name:
            raise Rejected("statement", f"the name {name!r} is not allowed")
    if not context.symbols.keys().isdisjoint(context.definitions):
        raise Rejected("statement", "a name that is declared and defined")
    for prop in (statement.goal, *context.facts.values()):
        for name, type in occurrences(prop):
            declared = declared_type(context, name)
            if declared is None:
                raise Rejected("statement", f"{name} is not declared")
            if declared != type and not same_type(declared, type):
                raise Rejected("statement", f"{name} occurs with another type than declared")


def _sized(type: Type) -> bool:
    """Does a type leave a size open: an integer, a graph, a sequence, an axis with a symbol?"""
    if isinstance(type, Scalar):
        return type.domain == "integer"
    if isinstance(type, Array):
        return any(n.op == "sym" for axis in type.axes for n in axis.walk())
    return isinstance(type, Graph | Sequence) or (
        isinstance(type, Function) and any(map(_sized, (*type.params, type.result)))
    )
