"""Short ways to statements, certificates and normal forms, for the tests of the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from symproof.kernel.check import check
from symproof.kernel.context import Context
from symproof.kernel.ledger import Axiom, Ledger
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Poly
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected, Theorem
from symproof.reading.inline import Source, read_scope, read_statement
from symproof.terms.codec import encode
from symproof.terms.plain import plain
from symproof.terms.tree import Term

Texts = Sequence[str]
Certificate = dict[str, Any]
ALGEBRA: Certificate = {"rule": "algebra"}
ORDER: Certificate = {"rule": "order"}
EVIDENT: Certificate = {"rule": "evident"}


def reals(names: str) -> list[str]:
    """Declarations of real numbers."""
    return [f"{name}: real" for name in names.split()]


def claim(text: str, let: Texts = (), given: Texts = (), define: Texts = ()) -> Statement:
    """A statement in the claim language."""
    return read_statement(text, let, given, define)


def term(text: str, let: Texts = (), define: Texts = ()) -> Term:
    """A term or statement in the claim language."""
    scope = read_scope(let, (), define)
    return scope.term(Source(text, "term"))


def code(text: str, let: Texts = (), define: Texts = ()) -> Any:
    """A term as certificates hold it."""
    return encode(term(text, let, define))


def axiom(
    text: str, let: Texts = (), given: Texts = (), name: str = "axiom", imported: bool = False
) -> Ledger:
    """A ledger of one axiom."""
    return {name: Axiom(name, read_statement(text, let, given), imported, "")}


def theorem(
    text: str | Statement,
    certificate: Certificate,
    let: Texts = (),
    given: Texts = (),
    define: Texts = (),
    ledger: Ledger | None = None,
) -> Theorem:
    """What the certificate shows; raises Rejected."""
    statement = claim(text, let, given, define) if isinstance(text, str) else text
    return check(statement, certificate, ledger or {})


def proved(text: str | Statement, certificate: Certificate, *rest: Any, **more: Any) -> None:
    """The certificate shows the statement, without conditions."""
    found = theorem(text, certificate, *rest, **more)
    assert not found.conditions, [plain(c) for c in found.conditions]


def conditional(text: str | Statement, certificate: Certificate, *rest: Any, **more: Any) -> list[str]:
    """The conditions under which the certificate shows the statement; there are some."""
    found = theorem(text, certificate, *rest, **more)
    assert found.conditions
    return [plain(c) for c in found.conditions]


def rejected(message: str, text: str | Statement, certificate: Any, *rest: Any, **more: Any) -> None:
    """The certificate is rejected with exactly this "rule: reason"."""
    with pytest.raises(Rejected) as caught:
        theorem(text, certificate, *rest, **more)
    assert str(caught.value) == message, str(caught.value)


def not_proved(text: str | Statement, certificate: Certificate, *rest: Any, **more: Any) -> None:
    """The certificate is rejected, or leaves conditions."""
    try:
        found = theorem(text, certificate, *rest, **more)
    except Rejected:
        return
    assert found.conditions, f"proved: {text}"


def normal(let: Texts = (), given: Texts = (), define: Texts = ()) -> Normal:
    """A normal form in the context of the declarations."""
    return Normal(Context.of(claim("0 = 0", let, given, define)))


def form(text: str, let: Texts = (), given: Texts = (), define: Texts = ()) -> Poly:
    """The normal form of a number."""
    return lower(normal(let, given, define), term(text, let, define))
