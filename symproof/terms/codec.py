"""Terms and types as JSON data, and back.

A term is `[op, data, arg, …]`; a number's data is its text, a symbol carries its
type.  Decoding builds every node with `make`, so what comes back is well typed
or raises `Malformed`; depth and size are bounded before anything is built.
"""

from __future__ import annotations

import hashlib
import json
import re
from fractions import Fraction
from typing import Any

from symproof.terms.build import RULES, Mistyped, make, num, sym
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import (
    GRAPH,
    PROP,
    Array,
    Domain,
    Function,
    Graph,
    Scalar,
    Sequence,
    Type,
    Vertex,
)

MAX_DEPTH = 250
# Integers and fractions written out, so that no exponent makes a short text a long number.
NUMBER = re.compile(r"-?[0-9]{1,4000}(/[0-9]{1,4000})?")


class Malformed(ValueError):
    """The data does not encode a term."""


def encode(term: Term) -> list[Any]:
    """The term as JSON data."""
    if term.op == "num":
        return ["num", str(term.data)]
    if term.op == "sym":
        return ["sym", term.data, encode_type(term.type)]
    data: Any = term.data
    if term.op in BINDERS:
        data = [list(group) for group in data]
    return [term.op, data, *map(encode, term.args)]


def encode_type(type: Type) -> list[Any]:
    """The type as JSON data."""
    if isinstance(type, Scalar):
        return [type.domain]
    if isinstance(type, Vertex):
        return ["vertex", encode(type.graph)]
    if isinstance(type, Array):
        return ["array", type.domain, type.row, *map(encode, type.axes)]
    if isinstance(type, Sequence):
        return ["sequence", encode_type(type.item)]
    if isinstance(type, Function):
        return ["function", *map(encode_type, (*type.params, type.result))]
    if isinstance(type, Domain):
        return ["domain", *map(encode_type, type.items)]
    return ["graph" if isinstance(type, Graph) else "prop"]


def decode(data: Any, depth: int = 0) -> Term:
    """The term that the data encodes; raises Malformed."""
    if depth > MAX_DEPTH:
        raise Malformed("nested too deeply")
    if not isinstance(data, list) or not data or not isinstance(data[0], str):
        raise Malformed(f"not a term: {str(data)[:60]}")
    op = data[0]
    try:
        if op == "num":
            if len(data) != 2 or not isinstance(data[1], str) or not NUMBER.fullmatch(data[1]):
                raise Malformed("not a number")
            return num(Fraction(data[1]))
        if op == "sym":
            if len(data) != 3 or not isinstance(data[1], str):
                raise Malformed("not a symbol")
            return sym(data[1], decode_type(data[2], depth + 1))
        if op not in RULES or len(data) < 2:
            raise Malformed(f"unknown operator {op!r}")
        args = [decode(arg, depth + 1) for arg in data[2:]]
        return make(op, *args, data=_datum(op, data[1]))
    except Mistyped as error:
        raise Malformed(f"{op}: {error.reason}") from None
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        ZeroDivisionError,
        OverflowError,
    ) as error:
        if isinstance(error, Malformed):
            raise
        raise Malformed(f"{op}: {type(error).__name__}") from None


def _datum(op: str, data: Any) -> object:
    if op in BINDERS:
        if not isinstance(data, list) or not all(
            isinstance(g, list) and g and all(isinstance(n, str) for n in g) for g in data
        ):
            raise Malformed(f"{op}: the bound names are missing")
        return tuple(tuple(g) for g in data)
    if data is not None and not isinstance(data, str | bool):
        raise Malformed(f"{op}: unexpected data")
    return data


def decode_type(data: Any, depth: int = 0) -> Type:
    """The type that the data encodes; raises Malformed."""
    if depth > MAX_DEPTH or not isinstance(data, list) or not data:
        raise Malformed("not a type")
    kind, rest = data[0], data[1:]
    if kind in ("integer", "real", "complex") and not rest:
        return Scalar(kind)
    if kind == "vertex" and len(rest) == 1:
        return Vertex(decode(rest[0], depth + 1))
    if kind == "array" and len(rest) >= 3 and rest[0] in ("integer", "real", "complex"):
        axes = tuple(decode(axis, depth + 1) for axis in rest[2:])
        if all(axis.op in ("range", "vertices") for axis in axes) and (len(axes) == 1 or not rest[1]):
            return Array(axes, rest[0], bool(rest[1]))
    if kind == "sequence" and len(rest) == 1:
        return Sequence(decode_type(rest[0], depth + 1))
    if kind == "function" and len(rest) >= 2:
        types = [decode_type(t, depth + 1) for t in rest]
        return Function(tuple(types[:-1]), types[-1])
    if kind == "domain":
        return Domain(tuple(decode_type(t, depth + 1) for t in rest))
    if kind in ("graph", "prop") and not rest:
        return GRAPH if kind == "graph" else PROP
    raise Malformed(f"not a type: {str(data)[:60]}")


def digest(data: Any) -> str:
    """A hash of JSON data that does not depend on the order of keys."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
