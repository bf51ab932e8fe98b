"""The door of the kernel: a statement and a certificate in, a theorem out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.ledger import Ledger
from symproof.kernel.rules import Checker
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import _SEAL, Rejected, Theorem
from symproof.kernel.wellformed import well_formed
from symproof.terms.build import Mistyped

# What taking apart data of the wrong shape, or building a term from it, may raise.
UNFIT = (Mistyped, TypeError, ValueError, LookupError, AttributeError, AssertionError, ZeroDivisionError)


def check(
    statement: Statement, certificate: Any, ledger: Ledger, theorems: Sequence[Theorem] = ()
) -> Theorem:
    """The theorem that the certificate shows; raises Rejected with "rule: reason".

    A claim on the way that one of the `theorems` states, under no other hypotheses, is not checked again.
    """
    checker = Checker(ledger, theorems)
    try:
        context = Context.of(statement)
        well_formed(context, statement)
        conditions = checker.check(context, statement.goal, certificate)
    except (RecursionError, OverflowError) as error:
        raise Rejected("check", f"too large: {type(error).__name__}") from None
    except UNFIT as error:
        raise Rejected("check", f"malformed: {type(error).__name__}") from None
    return Theorem(
        statement=statement,
        conditions=tuple(dict.fromkeys(conditions)),
        imports=tuple(sorted(n for n, imported in checker.axioms.items() if imported)),
        axioms=tuple(sorted(checker.axioms)),
        seal=_SEAL,
    )
