"""Reading certificates: fields of the expected kind, terms whose symbols are declared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.verdict import Rejected
from symproof.kernel.wellformed import check_types
from symproof.terms.codec import decode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term

Certificate = Mapping[str, Any]
Conditions = tuple[Term, ...]


def short(data: Any) -> str:
    return repr(data.get("rule") if isinstance(data, Mapping) else data)[:60]


def field(rule: str, certificate: Certificate, name: str, kind: type = object) -> Any:
    if name not in certificate or not isinstance(certificate[name], kind):
        raise Rejected(rule, f"the field {name} is missing or malformed")
    return certificate[name]


def read_term(context: Context, rule: str, data: Any, bound: frozenset[str] = frozenset()) -> Term:
    """A term of the certificate; its symbols must be declared, with the types it claims."""
    term = decode(data)
    for name in free_symbols(term) - bound:
        if name not in context.symbols and name not in context.definitions:
            raise Rejected(rule, f"{name} is not declared")
    check_types(context, rule, term)
    return term
