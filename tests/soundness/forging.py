"""Forged certificates: what the kernel makes of a statement and data that nobody vouches for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symproof.kernel.check import check
from symproof.kernel.ledger import Axiom, Ledger
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected, Theorem
from symproof.reading.inline import read_scope, read_statement
from symproof.reading.problems import Problem, Source
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.tree import Term

Texts = Sequence[str]
ALGEBRA = {"rule": "algebra"}
ORDER = {"rule": "order"}
EVIDENT = {"rule": "evident"}
LEAVES = (ALGEBRA, ORDER, EVIDENT, {"rule": "algebra", "angles": True})


def attempt(statement: Statement, *certificates: Any, ledger: Ledger | None = None) -> Theorem | None:
    """The first theorem without conditions that one of the certificates gives; None when all are refused."""
    for certificate in certificates or LEAVES:
        try:
            theorem = check(statement, certificate, ledger or {})
        except Rejected:
            continue
        if not theorem.conditions:
            return theorem
    return None


def claim(text: str, let: Texts = (), given: Texts = (), define: Texts = ()) -> Statement:
    """A statement of the claim language."""
    return read_statement(text, let, given, define)


def refused(
    text: str, let: Texts = (), given: Texts = (), define: Texts = (), by: Sequence[Any] = LEAVES
) -> bool:
    """Is the statement not shown (or not even read)?"""
    try:
        statement = claim(text, let, given, define)
    except Problem:
        return True
    return attempt(statement, *by) is None


def shown(
    text: str, let: Texts = (), given: Texts = (), define: Texts = (), by: Sequence[Any] = LEAVES
) -> bool:
    """Is the statement shown, without conditions?"""
    return attempt(claim(text, let, given, define), *by) is not None


def term(text: str, let: Texts = (), define: Texts = ()) -> Any:
    """A term of the claim language as certificates hold it."""
    return encode(read_scope(let, (), define).term(Source(text, "term")))


def stated(let: Texts, goal: Term, given: Sequence[tuple[str, Term]] = (), define: Texts = ()) -> Statement:
    """A statement whose goal and hypotheses are built by hand under declarations of the claim language."""
    from symproof.kernel.statement import Hypothesis

    base = read_statement("0 = 0", let, (), define)
    facts = tuple(Hypothesis(name, fact) for name, fact in given)
    return Statement(base.symbols, base.definitions, base.hypotheses + facts, goal)


def axiom(text: str, let: Texts = (), given: Texts = ()) -> Axiom:
    """An axiom of a ledger of the test's own."""
    return Axiom("test", read_statement(text, let, given), False, "")


__all__ = [
    "ALGEBRA", "EVIDENT", "LEAVES", "ORDER", "attempt", "axiom", "claim", "encode", "make", "num", "refused",
    "shown", "stated", "sym", "term",
]  # fmt: skip
