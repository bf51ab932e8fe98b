"""Counterexamples among numbers that are no fractions: multiples of π, roots, e, and such times i.

Floats choose among them; that one is a counterexample has a proof.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.denial import counterexample
from symproof.kernel.statement import Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.methods.base import Budget
from symproof.methods.glance import CANNOT, STEPS, test
from symproof.methods.points import Points
from symproof.methods.quick import ledger
from symproof.methods.search import Certificate, Search, Wave, run
from symproof.terms.build import make, num
from symproof.terms.codec import encode
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

MOST = 3  # symbols
PROVED = 4  # so many that floats find are tried
PI, UNIT, BASE = (make("const", data=name) for name in ("pi", "i", "e"))
Special = tuple[Term, complex]


def _times(*parts: Term) -> Term:
    return make("mul", *parts)


_INTEGERS: tuple[Special, ...] = tuple((num(k), complex(k)) for k in (0, 1, -1, 2))
_REALS: tuple[Special, ...] = (
    *_INTEGERS,
    (PI, math.pi),
    (make("neg", PI), -math.pi),
    (_times(num(2), PI), 2 * math.pi),
    (make("div", PI, num(2)), math.pi / 2),
    (make("call", num(2), data="sqrt"), math.sqrt(2)),
    (make("neg", make("call", num(2), data="sqrt")), -math.sqrt(2)),
    (BASE, math.e),
    (make("div", num(1), BASE), 1 / math.e),
    (make("call", num(2), data="log"), math.log(2)),
    (make("pow", num(2), make("div", num(1), num(3))), 2 ** (1 / 3)),
)
_COMPLEX: tuple[Special, ...] = (
    *_INTEGERS,
    (UNIT, 1j),
    (make("neg", UNIT), -1j),
    (_times(PI, UNIT), math.pi * 1j),
    (_times(num(2), PI, UNIT), 2 * math.pi * 1j),
    (PI, math.pi),
    (make("add", num(1), UNIT), 1 + 1j),
    (
        make("add", make("neg", make("div", num(1), num(2))),
             _times(make("div", make("call", num(3), data="sqrt"), num(2)), UNIT)),
        cmath.exp(2j * math.pi / 3),
    ),
)  # fmt: skip
_CHOICE = {"integer": _INTEGERS, "real": _REALS, "complex": _COMPLEX}


def special(statement: Statement, budget: Budget, waves: tuple[Wave, ...]) -> Any:
    """The data of a refutation by a proof that a counterexample exists, or None."""
    try:
        claim = counterexample(statement)
    except Rejected:
        return None
    for count, values in enumerate(_failing(statement), start=1):
        budget.spend()
        body = substitute(claim.args[0], values)
        part = Budget(budget.left() / 2, budget.seed)
        found = run(Statement((), (), (), body), part, waves, ledger(), clean=True)
        if found is not None:
            named = {name: encode(value) for name, value in values.items()}
            proof = {"rule": "exists", "values": named, "then": found.data}
            return {"values": {}, "instead": encode(claim), "proof": proof}
        if count >= PROVED:
            return None
    return None


def special_values(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """There are numbers with P: some of these, where nothing else is spoken of."""
    if context.symbols or context.definitions or depth > 0:
        return None
    groups: Any = goal.data
    names = [name for group in groups for name in group]
    types = [type for domain in goal.args[1:] for type in domain.type.items]  # type: ignore[union-attr]
    symbols = tuple(Symbol(name, type) for name, type in zip(names, types, strict=True))
    opposite = Statement(symbols, (), (), make("not", goal.args[0]))
    for values in islice(_failing(opposite), PROVED):
        search.spend()
        then = search.prove(context, substitute(goal.args[0], values), depth + 1)
        found = {"rule": "exists", "values": {k: encode(v) for k, v in values.items()}, "then": then}
        if then is not None and search.conditions(context, goal, found) == 0:
            return found
    return None


def _failing(statement: Statement) -> Iterator[dict[str, Term]]:
    """Values at which, as floats see it, the hypotheses hold and the goal does not."""
    symbols = statement.symbols
    if not 0 < len(symbols) <= MOST or not all(isinstance(s.type, Scalar) for s in symbols):
        return
    model = Points(statement).model
    hypotheses = [test(model, h.statement) for h in statement.hypotheses]
    goal = test(model, statement.goal)
    choices = [_CHOICE[s.type.domain] for s in symbols]  # type: ignore[union-attr]
    for combination in product(*choices):
        env = model.world({}).env | {
            s.name: value if s.type.domain == "complex" else value.real  # type: ignore[union-attr]
            for s, (_, value) in zip(symbols, combination, strict=True)
        }
        model.A.steps = STEPS
        try:
            if all(h(env) for h in hypotheses) and not goal(env):
                yield {s.name: term for s, (term, _) in zip(symbols, combination, strict=True)}
        except CANNOT:
            continue
