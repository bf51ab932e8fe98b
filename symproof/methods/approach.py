"""How the variable of a limit moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from symproof.kernel.context import Context
from symproof.kernel.infinity import infinite
from symproof.kernel.poly import TooLarge
from symproof.kernel.statement import Symbol
from symproof.kernel.verdict import Rejected
from symproof.methods.raising import NoTerm
from symproof.methods.steps import Steps
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL

ZERO, INFINITY = num(0), make("const", data="oo")
FAILURES = (Rejected, TooLarge, Mistyped, NoTerm, ZeroDivisionError, OverflowError, ValueError)


@dataclass(frozen=True)
class Approach:
    """How a variable moves: to a point (from both sides), or through the reals or integers to infinity."""

    kind: str  # "point", "infinity" or "sequence"; the axioms' names begin with it
    x: Term
    radius: Term  # how near is near: a distance, or where near infinity begins
    point: Term = ZERO

    def limit(self, body: Term, side: int = 0) -> Term:
        to = self.point if self.kind == "point" else INFINITY
        return make("limit", body, to, num(side), data=((str(self.x.data),),))

    def values(self, **more: Term) -> dict[str, Term]:
        """What an axiom of this kind is instantiated at."""
        return {"d": self.radius, **({"a": self.point} if self.kind == "point" else {}), **more}

    def near(self, context: Context) -> Context:
        """The context with the variable near its end."""
        context = context.with_symbol(Symbol(str(self.x.data), self.x.type))
        x, d, a = self.x, self.radius, self.point
        if self.kind == "infinity":
            facts = [make("gt", x, d)]
        elif self.kind == "sequence":
            facts = [make("ge", x, d)]
        else:
            low, high = make("add", a, make("neg", d)), make("add", a, d)
            facts = [make("ne", x, a), make("lt", low, x), make("lt", x, high)]
        for fact in facts:
            context = context.with_fact(f"near {len(context.facts)}", fact)
        return context


def approach_of(steps: Steps, term: Term) -> tuple[Approach, Term]:
    """How the variable of a limit moves, and the body in a variable with a name of its own."""
    body, point, _ = term.args
    ((name,),) = cast(tuple[tuple[str]], term.data)
    integer = any(n.op == "sym" and n.data == name and n.type == INTEGER for n in body.walk())
    kind = "sequence" if integer else "infinity" if infinite(point) else "point"
    fresh = name
    while fresh in steps.context.symbols or fresh in steps.context.definitions:
        fresh += "_"
    x = sym(fresh, INTEGER if integer else REAL)
    approach = Approach(kind, x, num(1), point if kind == "point" else ZERO)
    return approach, substitute(body, {name: x})
