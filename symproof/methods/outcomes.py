"""Expectations of what depends on one 0/1 variable: its two values, weighed by their probabilities."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.verdict import Rejected
from symproof.methods.chance import conclusion
from symproof.methods.equations import rewritings
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.terms.build import Mistyped, make, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL, Array, Scalar

MAX_EXPECTATIONS = 3
VALUE = "z_"  # what stands for the variable


def by_outcomes(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R by E[f(x)] = p f(1) + (1 - p) f(0) for the expectations that occur."""
    items = list(dict.fromkeys(n for n in goal.walk() if n.op == "expect"))
    haves: list[Certificate] = []
    for expectation in items if len(items) <= MAX_EXPECTATIONS else ():
        item = _instance(context, expectation)
        if item is None:
            continue
        name = fresh_name(context, item["axiom"])
        try:
            fact = conclusion(search, context, item)
        except (Rejected, Mistyped):
            continue
        haves.append({"rule": "have", "name": name, **item})
        context = context.with_fact(name, fact)
    if not haves:
        return None
    then = search.clean(context, goal, _combinations(context, goal, [h["name"] for h in haves]))
    return None if then is None else nested(haves, then)


def _instance(context: Context, expectation: Term) -> Certificate | None:
    """The axiom for the one random symbol of the body, if that is a 0/1 variable."""
    (body,) = expectation.args
    random = [n for n in free_symbols(body) if n in context.symbols and context.symbols[n].random]
    law = context.symbols[random[0]].law if len(random) == 1 else None
    if law is None or law.name != "bernoulli" or context.symbols[random[0]].type != REAL:
        return None
    values = {
        "p": law.args[0],
        "x": sym(random[0], REAL),
        "f": make(
            "lambda",
            substitute(body, {random[0]: sym(VALUE, REAL)}),
            make("numbers", data="real"),
            data=((VALUE,),),
        ),
    }
    if isinstance(body.type, Scalar):
        axiom = "bernoulli-function"
    elif isinstance(body.type, Array) and [a.op for a in body.type.axes] == ["range"]:
        axiom, values["n"] = "bernoulli-function-vector", body.type.axes[0].args[1]
    else:
        return None
    return {"axiom": axiom, "at": {k: encode(v) for k, v in values.items()}}


def _combinations(context: Context, goal: Term, names: list[str]) -> Iterator[Certificate]:
    """Each fact taken away once, or added, under what else is known; or all as rewrite rules."""
    ways = list(itertools.islice(rewritings(context, goal), 2))
    for rules in reversed(ways):
        kept = [r for r in rules.get("rewrite", ()) if r not in names]
        for signs in itertools.product(("1", "-1"), repeat=len(names)):
            combine: list[dict[str, Any]] = []
            for name, sign in zip(names, signs, strict=True):
                array = isinstance(context.facts[name].args[0].type, Array)
                entry = {"entry": [encode(sym("#1", INTEGER))]} if array else {}
                combine.append({"fact": name, "times": ["num", sign], **entry})
            yield {"rule": "algebra", "combine": combine, **({"rewrite": kept} if kept else {})}
    yield from ({"rule": "algebra", **rules} for rules in ways)
