"""Reading certificates: fields of the expected kind, terms whose symbols are declared."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.infinity import among_numbers
from symproof.kernel.verdict import Rejected
from symproof.kernel.wellformed import declared_type, occurrences
from symproof.terms.codec import decode
from symproof.terms.tree import Term
from symproof.terms.types import Type

Certificate = Mapping[str, Any]
Conditions = tuple[Term, ...]
NOTHING: Mapping[str, Type] = MappingProxyType({})


def short(data: Any) -> str:
    return repr(data.get("rule") if isinstance(data, Mapping) else data)[:60]


def field(rule: str, certificate: Certificate, name: str, kind: type = object) -> Any:
    if name not in certificate or not isinstance(certificate[name], kind):
        raise Rejected(rule, f"the field {name} is missing or malformed")
    return certificate[name]


def read_term(context: Context, rule: str, data: Any, bound: Mapping[str, Type] = NOTHING) -> Term:
    """A term of the certificate; its symbols must be declared or bound, with the types that it claims."""
    term = decode(data)
    for name, type in occurrences(term):
        declared = bound[name] if name in bound else declared_type(context, name)
        if declared is None:
            raise Rejected(rule, f"{name} is not declared")
        if declared != type:
            raise Rejected(rule, f"{name} is declared with another type")
    if among_numbers(term):
        raise Rejected(rule, "infinity is no number")
    return term
