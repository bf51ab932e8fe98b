"""The parts of sentences in which a certificate is told: lists, values, facts and summands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from symproof.terms.build import make, num, sym
from symproof.terms.codec import decode
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term

Piece = str | Term


@dataclass(frozen=True, slots=True)
class Step:
    """Words and mathematics in the order of reading, and the steps that this one consists of."""

    say: tuple[Piece, ...]
    inside: tuple[Step, ...] = ()


def cited(certificate: Any) -> Iterator[str]:
    """The names of facts that a certificate refers to."""
    stack = [certificate]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if isinstance(node.get("fact"), str):
                yield node["fact"]
            if isinstance(node.get("rewrite"), list):
                yield from (name for name in node["rewrite"] if isinstance(name, str))
            stack += node.values()
        elif isinstance(node, list) and not (node and isinstance(node[0], str)):  # a term cites nothing
            stack += node


def marked(step: Step, gained: Term, label: str) -> Step:
    """The step with the number of what it gains behind it."""
    if not label:
        return step
    k = step.say.index(gained)
    return Step((*step.say[: k + 1], label, *step.say[k + 1 :]), step.inside)


def listed(terms: Iterable[Term]) -> list[Piece]:
    found: list[Piece] = []
    for term in terms:
        found += [", ", term] if found else [term]
    return found


def assigned(values: Mapping[str, Term]) -> list[Piece]:
    """Names with their values; how a name is written does not depend on its type."""
    found: list[Piece] = []
    for name, value in values.items():
        found += [", "] if found else []
        found += [sym(name, value.type), " := ", value]
    return found


def plus(start: Term, k: int) -> Term:
    return num(start.data + k) if start.op == "num" else make("add", start, num(k))  # type: ignore[operator]


def specialised(fact: Term, at: Mapping[str, Term]) -> Term:
    """What a fact says at values for its variables."""
    while fact.op in ("forall", "implies"):
        fact = fact.args[1] if fact.op == "implies" else substitute(fact.args[0], here(fact, at))
    return fact


def here(fact: Term, at: Mapping[str, Term]) -> dict[str, Term]:
    return {n: at[n] for group in fact.data for n in group}  # type: ignore[attr-defined]


def taken_at(at: Mapping[str, Term]) -> list[Piece]:
    """The values at which something is taken; that n is n goes without saying."""
    values = assigned({n: v for n, v in at.items() if v.op != "sym" or v.data != n})
    return [" at ", *values] if values else []


def summand(item: Mapping[str, Any]) -> Term:
    """c·ΣΠf as a term."""
    coefficient = decode(["num", item["c"]])
    factors = []
    for data, power in item.get("factors", ()):
        factor = decode(data)
        factors.append(make("pow", factor, num(2)) if power == 2 else factor)
    if coefficient.data != 1 or not factors:
        factors.insert(0, coefficient)
    term = factors[0] if len(factors) == 1 else make("mul", *factors)
    over = item.get("over", ())
    if not over:
        return term
    return make("sum", term, *(decode(d) for _, d in over), data=tuple((n,) for n, _ in over))
