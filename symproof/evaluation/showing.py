"""Values of a witness as text for a person."""

from __future__ import annotations

from typing import Any

from flint import acb, arb, fmpq

from symproof.evaluation.compiler import FiniteGraph
from symproof.evaluation.linear import Tensor
from symproof.terms.codec import Malformed, decode
from symproof.terms.plain import plain
from symproof.terms.tree import Term

MAX_DIGITS = 60


def show(value: Any) -> str:
    """A value, or the data that gives one, as text."""
    if isinstance(value, fmpq):
        return _short(str(value)) if value.height_bits() < 2000 else arb(value).str(12, radius=False)
    if isinstance(value, arb):
        return value.str(12, radius=False)
    if isinstance(value, acb):
        return f"{show(value.real)} + {show(value.imag)} i"
    if isinstance(value, Tensor):
        if len(value.shape) == 1:
            return _row(value.cells)
        return _row([value.pick(value.starts[0] + k) for k in range(value.shape[0])])
    if isinstance(value, FiniteGraph):
        return _graph(value.n, sorted(value.edges))
    if isinstance(value, Term):
        return plain(value)
    if isinstance(value, list | tuple):
        if value and isinstance(value[0], str) and value[0] == "lambda":
            try:
                return plain(decode(list(value)))
            except Malformed:
                return "a function"
        return _row(value)
    if isinstance(value, dict):
        return _record(value)
    return "computed" if callable(value) else _short(str(value))


def _row(values: Any) -> str:
    return "[" + ", ".join(map(show, values)) + "]"


def _short(text: str) -> str:
    return text if len(text) <= MAX_DIGITS else f"{text[: MAX_DIGITS // 2]}… ({len(text)} characters)"


def _graph(n: int, edges: Any) -> str:
    joined = ", ".join(f"{u}-{v}" for u, v in edges)
    return f"{n} {'vertex' if n == 1 else 'vertices'}, " + (f"edges {joined}" if joined else "no edges")


def _record(value: dict[str, Any]) -> str:
    if "vertices" in value:
        return _graph(value["vertices"], value["edges"])
    if "outcomes" in value:
        listed = "; ".join(f"{show(v)} with probability {show(p)}" for p, v in value["outcomes"])
        return f"{listed}, drawn together with {value['with']}" if "with" in value else listed
    if "each" in value:
        return f"independent entries, each {show(value['each'])}"
    if "else" in value:
        places = ", ".join(f"{show(v)} at {k}" for k, v in value.get("at", {}).items())
        return f"{places}, else {show(value['else'])}" if places else f"always {show(value['else'])}"
    return str(value)
