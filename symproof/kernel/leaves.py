"""The rules that close a goal: equations, inequalities, and what is seen at once."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, cast

from symproof.kernel import known, lower, signs
from symproof.kernel.certificates import Certificate, Conditions, read_term
from symproof.kernel.context import Context
from symproof.kernel.decide import normal, seen
from symproof.kernel.instances import closed, combination, indices, rewrite_facts, types_of
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, Poly, of_atom, total
from symproof.kernel.sums import sum_all
from symproof.kernel.verdict import Rejected
from symproof.terms.build import make
from symproof.terms.codec import decode
from symproof.terms.rewrite import alike
from symproof.terms.tree import Term
from symproof.terms.types import Array

if TYPE_CHECKING:
    from symproof.kernel.rules import Checker


def algebra(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """L − R − Σ c·(instances of known equations) has normal form 0, with known equations as rewrite rules ⊢ L
    = R.
    """
    if goal.op != "eq":
        raise Rejected("algebra", f"the goal is no equation but {goal.op}")
    rules = rewrite_facts(context, "algebra", certificate)
    nf = normal(context, rules, bool(certificate.get("angles")))
    gap, used = _gap(nf, context, "algebra", goal, certificate)
    if not nf.is_zero(gap):
        raise Rejected("algebra", "the difference is not 0")
    return checker.undischarged(context, rules, goal, *used)


def _gap(
    nf: Normal, context: Context, rule: str, goal: Term, certificate: Certificate
) -> tuple[Poly, list[Term]]:
    """left − right − the combination of known equations, and the terms that the combination brings in."""
    variables, left, right = lower.sides(nf, goal.args[0], goal.args[1], {})
    gap = left - right
    axes = [(f"#{k}", a) for k, a in enumerate(getattr(goal.args[0].type, "axes", ()), start=1)]
    env = {n: of_atom(v) + lower.offset(nf, a, {}) for (n, a), v in zip(axes, variables, strict=True)}
    used: list[Term] = []
    for item in certificate.get("combine", ()):
        part, terms = combination(nf, context, rule, item, env, axes)
        gap = gap - part
        used += [closed(t, axes) for t in terms] if axes else terms
    return gap, used


def order(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """scale·(L − R) = Σ c·Πf with c > 0, scale > 0, every f >= 0 (for a strict goal some product > 0) ⊢ L >=
    R.

    A summand may itself be a finite sum over indices of such products.
    """
    if goal.op not in ("lt", "le", "gt", "ge", "ne"):
        raise Rejected("order", f"the goal is no inequality but {goal.op}")
    if isinstance(goal.args[0].type, Array):
        raise Rejected("order", "arrays differ in some entry, if they have entries at all")
    rules = rewrite_facts(context, "order", certificate)
    nf = normal(context, rules, bool(certificate.get("angles")))
    gap, used = _gap(nf, context, "order", make("eq", *goal.args), certificate)
    ((gap, relation),) = known.as_fact(gap, goal.op)
    if "terms" not in certificate:
        if not signs.holds(nf, gap, relation):
            raise Rejected("order", "the sign is not seen")
        return checker.undischarged(context, rules, goal, *used)
    if relation == "ne":
        gap, relation = (-gap if certificate.get("negative") else gap), "gt"
    for data in certificate.get("scale", ()):
        factor = read_term(context, "order", data)
        value = lower.lower(nf, factor)
        if not signs.holds(nf, value, "gt"):
            raise Rejected("order", "a scale that is not seen to be positive")
        gap, used = nf.times(gap, value), [*used, factor]
    strict = False
    parts = []
    for item in certificate["terms"]:
        value, positive, terms = _summand(nf, context, item)
        parts.append(value)
        strict |= positive
        used += terms
    if not nf.is_zero(gap - total(parts)):
        raise Rejected("order", "the decomposition does not add up")
    if relation == "gt" and not strict:
        raise Rejected("order", "no summand is seen to be positive")
    return checker.undischarged(context, rules, goal, *used)


def _summand(nf: Normal, context: Context, item: Any) -> tuple[Poly, bool, list[Term]]:
    """c·ΣΠf: its value, whether it is positive, and its factors; a factor may be a square [f, 2]."""
    if not isinstance(item, Mapping) or not isinstance(item.get("c"), str):
        raise Rejected("order", "a summand has a coefficient c and factors")
    coefficient = cast(Fraction, decode(["num", item["c"]]).data)
    if coefficient <= 0:
        raise Rejected("order", "a coefficient that is not positive")
    env, variables, binders = indices(nf, context, "order", item, {})
    scope = types_of(binders)
    value, positive, terms = ONE.scale(coefficient), not variables, []
    for data, power in item.get("factors", ()):
        factor = read_term(context, "order", data, scope)
        poly = lower.scalar(nf, factor, env)
        if signs.IMAGINARY in poly.key:
            raise Rejected("order", "a factor that need not be real")
        if power == 2:
            positive = positive and signs.holds(nf, poly, "ne")
            poly = nf.times(poly, poly)
        elif power != 1 or not signs.holds(nf, poly, "ge"):
            raise Rejected("order", "a factor that is not seen to be nonnegative")
        else:
            positive = positive and signs.holds(nf, poly, "gt")
        value = nf.times(value, poly)
        terms.append(closed(factor, binders) if binders else factor)
    return sum_all(nf, value, variables), positive, terms


def evident(checker: Checker, context: Context, goal: Term, certificate: Certificate) -> Conditions:
    """The goal is seen at once by normal forms and signs, or is a fact or a part of one ⊢ goal."""
    rules = rewrite_facts(context, "evident", certificate)
    known = any(alike(goal, part) for fact in context.facts.values() for part in parts(fact))
    if known:
        return ()  # what is a fact is defined
    if not seen(context, goal, rules):
        raise Rejected("evident", "the goal is not seen at once")
    return checker.undischarged(context, rules, goal)


def parts(fact: Term) -> tuple[Term, ...]:
    """A and B says A, and B; A iff B says that A implies B, and B implies A."""
    if fact.op == "iff":
        return (fact, make("implies", *fact.args), make("implies", *fact.args[::-1]))
    return (fact, *fact.args) if fact.op == "and" else (fact,)
