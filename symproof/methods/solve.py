"""Making equations hold: an equation that misses is solved for a number that occurs linearly in it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import fmpq

from symproof.evaluation.arithmetic import Number, TooCostly, Undefined, Unknown
from symproof.evaluation.linear import Tensor
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import is_finite
from symproof.methods.probe import Probe
from symproof.terms.tree import Term
from symproof.terms.types import REAL

if TYPE_CHECKING:
    from symproof.methods.points import Points

Values = dict[str, Any]
Path = tuple[Any, ...]
ROUNDS = 6
MAX_SLOTS = 16


def solved(points: Points, values: Values, terms: list[Term]) -> Values | None:
    """Admissible values with a number or two changed so that the equations in the terms hold, or None."""
    equations = [term for term in terms if any(t.op == "eq" for t in term.walk())]
    if not equations:
        return None
    found: Values | None = values
    for _ in range(ROUNDS):
        missed = next((term for term in equations if found and _misses(points, term, found)), None)
        if missed is None or found is None:
            break
        found = _adjusted(points, missed, found)
    if found is not None and points.probe(found).admissible():
        return found
    scaled = _scaled(points, equations[0], values) if len(equations) == 1 else None
    return scaled if scaled is not None and points.probe(scaled).admissible() else None


def _scaled(points: Points, term: Term, values: Values) -> Values | None:
    """The values with all real numbers of an equation multiplied by what makes it hold."""
    names = points.model.definitional.closure(term)
    reals = [s.name for s in points.chosen if s.name in names and s.type == REAL]

    def times(factor: Fraction) -> Values:
        return {**values, **{name: factor * values[name] for name in reals}}

    at = [_gaps(points, term, times(Fraction(k))) for k in (0, 1, 2)] if len(reals) > 1 else [None]
    rows = [row for gaps in at for row in gaps or ()]
    if len(rows) != 3 or rows[0] == rows[1] or rows[2] - rows[1] != rows[1] - rows[0]:
        return None
    root = rows[0] / (rows[0] - rows[1])
    return times(Fraction(int(root.p), int(root.q)))


def _misses(points: Points, term: Term, values: Values) -> bool:
    gaps = _gaps(points, term, values)
    return gaps is not None and any(gaps)


def _adjusted(points: Points, term: Term, values: Values) -> Values | None:
    """The values with one number changed so that the equation holds."""
    names = points.model.definitional.closure(term)
    wrong = sum(map(bool, _gaps(points, term, values) or ()))
    for name, path in list(_slots(values, names))[:MAX_SLOTS]:
        at = [_gaps(points, term, _with(values, name, path, Fraction(x))) for x in (0, 1, 2)]
        if at[0] is None or at[1] is None or at[2] is None:
            continue
        rows = list(zip(*at, strict=False))
        moving = [(a, b) for a, b, c in rows if a != b and c - b == b - a]
        if not moving:
            continue
        a, b = moving[0]
        root = a / (a - b)
        changed = _with(values, name, path, Fraction(int(root.p), int(root.q)))
        after = _gaps(points, term, changed)
        if after is not None and sum(map(bool, after)) < wrong:
            return changed
    return None


def _gaps(points: Points, term: Term, values: Values) -> list[Any] | None:
    """Left side minus right side, for every case of the equation; None where it cannot be told."""
    probe = points.exactly(points.exact, values)
    try:
        found = [g for gaps in probe.outcomes(lambda env: list(_sides(probe, term, env))) for g in gaps]
    except (Rejected, Undefined, Unknown, TooCostly, ArithmeticError, RecursionError):
        return None
    return found if all(type(g) is fmpq for g in found) else None


def _sides(probe: Probe, term: Term, env: dict[str, Any]) -> Iterator[Number]:
    if term.op == "and":
        for part in term.args:
            yield from _sides(probe, part, env)
    elif term.op == "implies":
        if probe.holds(term.args[0], env):
            yield from _sides(probe, term.args[1], env)
    elif term.op == "forall":
        for inner in probe.inside(term, env) if is_finite(term) else probe.instances(term, env):
            yield from _sides(probe, term.args[0], inner)
    elif term.op == "eq":
        left, right = (probe.value(side, env) for side in term.args)
        yield from (left + -right).cells if isinstance(left, Tensor) else [left - right]


def _slots(values: Values, names: frozenset[str]) -> Iterator[tuple[str, Path]]:
    """The places of numbers in the values of the names: single numbers first."""
    chosen = {name: value for name, value in values.items() if name in names}
    for name, value in chosen.items():
        if isinstance(value, Fraction):
            yield name, ()
    for name, value in chosen.items():
        if isinstance(value, dict) and isinstance(value.get("else"), Fraction):
            yield name, ("else",)
        elif isinstance(value, list):
            yield from ((name, path) for path in _paths(value))


def _paths(value: Any) -> Iterator[Path]:
    for k in reversed(range(len(value))):
        if isinstance(value[k], list):
            yield from ((k, *path) for path in _paths(value[k]))
        else:
            yield (k,)


def _with(values: Values, name: str, path: Path, x: Fraction) -> Values:
    return {**values, name: replaced(values[name], path, x)}


def replaced(value: Any, path: Path, x: Any) -> Any:
    """The value with something else at a place inside it."""
    if not path:
        return x
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], x)
    return copy
