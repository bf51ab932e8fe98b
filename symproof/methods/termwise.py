"""Inequalities between sums, term by term: what bounds a factor of a term at every index is multiplied
by the rest of the term and summed.

Σ w_i f_i <= Σ w_i g_i from f_i <= g_i and w_i >= 0.  The bounds are what is assumed for all indices,
that a maximum is at least each of its values, and tangents and monotonicity of exp and log; from these
come Jensen's inequality, that relative entropies are not negative, and bounds of log Σ exp.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symproof.kernel import signs, sums
from symproof.kernel.context import Context
from symproof.kernel.decide import introduce, seen
from symproof.kernel.ledger import instance
from symproof.kernel.lower import scalar
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, ZERO, Atom, E, Mono, Poly, as_poly, of_atom, of_mono, rational, total
from symproof.methods.equations import cofactor
from symproof.methods.extrema import SIDES, extrema, values_of
from symproof.methods.particulars import in_sight
from symproof.methods.posing import FAILURES, posed
from symproof.methods.positivity import Problem, Summand
from symproof.methods.raising import raise_poly, variable_domain
from symproof.methods.search import Certificate, Search, fresh_name, nested
from symproof.methods.universal import opened
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.plain import plain
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array

ORDERS = ("le", "lt", "ge", "gt")
MAX_EXTREMA = 3
MAX_TRIED = 40
MAX_QUOTIENTS = 6
MAX_SUMMANDS = 12
MAX_CHOSEN = 3
MAX_PLACES = 4
# For each function a tangent, monotonicity, and where its value is simple.
FUNCTIONS = {
    "exp": ("exp-tangent-at", "exp-monotone", ZERO),
    "log": ("log-tangent-at", "log-monotone", ONE),
}


@dataclass
class _Range:
    """An index with its range, as a variable of the normal form and as a name in terms."""

    var: Atom
    name: Term
    domain: Term
    parts: list[Poly] = field(default_factory=list)  # what is summed, with what stands before the sums

    def forall(self, prop: Term) -> Term:
        return make("forall", prop, self.domain, data=((str(self.name.data),),))

    def at(self, nf: Normal, term: Term) -> Poly:
        """The normal form of a term at the index."""
        return scalar(nf, term, {str(self.name.data): of_atom(self.var)})


@dataclass(frozen=True)
class _Bound:
    """Factors whose product is not negative at the index; and the fact that says so, if it is to be shown."""

    factors: tuple[Term, ...]
    have: Certificate | None = None


@dataclass(frozen=True)
class _Summand:
    """Σ weight · bound over a range, and its normal form."""

    span: _Range
    weight: Poly
    bound: _Bound
    value: Poly


def termwise(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L <= R by bounds of factors at every index."""
    if goal.op == "ne":
        return None
    haves: list[Certificate] = []
    inner = _below_totals(search, _above_values(search, context, goal, haves), haves)
    inner = _along(search, inner, goal, haves)
    for problem in posed(search, inner, goal, facts=False)[:2]:
        try:
            summands = [s for span in _ranges(problem) for s in _summands(search, inner, problem, span)]
            found = _chosen(search, problem, summands)
            if found is not None:
                then = _certificate(problem, *found)
                if search.conditions(inner, goal, then) is not None:
                    return nested(haves, then)
        except FAILURES:
            continue
    return None


def _chosen(search: Search, problem: Problem, summands: list[_Summand]) -> tuple[list[_Summand], Poly] | None:
    """Summands that leave something that is seen to be positive, or not negative."""
    nf, relation = problem.nf, "gt" if problem.strict else "ge"
    for count in range(1, MAX_CHOSEN + 1):
        for chosen in itertools.combinations(summands[:MAX_SUMMANDS], count):
            search.spend()
            rest = problem.target - total(s.value for s in chosen)
            if (not rest and not problem.strict) or signs.holds(nf, rest, relation):
                return list(chosen), rest
    return None


def _certificate(problem: Problem, chosen: list[_Summand], rest: Poly) -> Certificate:
    found = problem.certificate([Summand(1, (rest,))] if rest else [])
    haves = []
    for item in chosen:
        span, name = item.span, str(item.span.name.data)
        factors = [raise_poly(problem.nf, item.weight, {span.var: span.name}), *item.bound.factors]
        over = [[name, encode(span.domain)]]
        found["terms"].append({"c": "1", "over": over, "factors": [[encode(f), 1] for f in factors]})
        if item.bound.have is not None and item.bound.have not in haves:
            haves.append(item.bound.have)
    return nested(haves, found)


def _above_values(search: Search, context: Context, goal: Term, haves: list[Certificate]) -> Context:
    """The context in which every maximum and minimum of the goal bounds all its values."""
    for term in itertools.islice(extrema(context, [goal]), MAX_EXTREMA):
        if term.op not in SIDES:
            continue
        body, domain = term.args
        ends = (body, term) if term.op == "maximum" else (term, body)
        claim = make("forall", make("le", *ends), domain, data=term.data)
        inner, index = _introduced(context, claim)
        have = _for_all(inner, claim, SIDES[term.op][0], {**values_of(term), "j": index})
        context = _with(search, context, have, claim, haves)
    return context


def _below_totals(search: Search, context: Context, haves: list[Certificate]) -> Context:
    """The context in which numbers that are not negative are at most their sum, where something is assumed of
    that."""
    for fact in list(context.facts.values()):
        for term in fact.args if fact.op == "eq" else ():
            if term.op != "sum" or len(term.args) != 2 or term.args[1].op != "range":
                continue
            body, domain = term.args
            if domain.args[0] != num(1):
                continue
            claim = make("forall", make("le", body, term), domain, data=term.data)
            inner, index = _introduced(context, claim)
            terms = make("lambda", body, make("numbers", data="integer"), data=term.data)
            have = _for_all(inner, claim, "sum-above-term", {"n": domain.args[1], "f": terms, "j": index})
            context = _with(search, context, have, claim, haves)
    return context


def _along(search: Search, context: Context, goal: Term, haves: list[Certificate]) -> Context:
    """The context in which what is assumed for several indices, or for all integers, is said along each range
    of the goal, the other indices at integers in sight.
    """
    nodes = [node for term in (goal, *_meant(context)) for node in term.walk()]
    spans = [d for node in nodes if node.op in ("sum", "matmul") for d in _spans(node)]
    places = in_sight(context, goal)
    for name, fact in list(context.facts.items()):
        bound, body = opened(fact)
        if body.op not in ORDERS or not bound or any(t != INTEGER for t in bound.values()):
            continue
        if len(bound) == 1 and fact.args[1].op == "range":
            continue
        for span, running in itertools.product(dict.fromkeys(spans), bound):
            others = [n for n in bound if n != running]
            for values in itertools.islice(itertools.product(places, repeat=len(others)), MAX_PLACES):
                search.spend()
                at = dict(zip(others, values, strict=True))
                said = substitute(body, at)
                claim = make("forall", said, span, data=((running,),))
                inner, index = _introduced(context, claim)
                use = {k: encode(v) for k, v in {**at, running: index}.items()}
                have = {"rule": "have", "fact": name, "at": use, "name": fresh_name(inner, "here")}
                proof = {"rule": "intro", "then": {**have, "then": {"rule": "evident"}}}
                have = {"rule": "have", "claim": encode(claim), "proof": proof}
                context = _with(search, context, have, claim, haves)
    return context


def _meant(context: Context) -> Iterator[Term]:
    """What names stand for."""
    return (fact.args[1] for fact in context.facts.values() if fact.op == "eq" and fact.args[0].op == "sym")


def _spans(node: Term) -> Iterator[Term]:
    """The ranges that a sum or a product of matrices runs over."""
    if node.op == "sum":
        yield from (d for d in node.args[1:] if d.op == "range")
    elif isinstance(node.args[1].type, Array) and node.args[1].type.axes[0].op == "range":
        yield node.args[1].type.axes[0]


def _with(
    search: Search, context: Context, have: Certificate, claim: Term, haves: list[Certificate]
) -> Context:
    """The context with a claim, if it is new and the kernel accepts its proof."""
    if claim in context.facts.values() or search.conditions(context, claim, have["proof"]) != 0:
        return context
    haves.append({**have, "name": fresh_name(context, "bound")})
    return context.with_fact(haves[-1]["name"], claim)


def _introduced(context: Context, claim: Term) -> tuple[Context, Term]:
    """The context with the index of a quantified claim, and the index."""
    inner, _ = introduce(context, claim)
    fresh = next(s for name, s in inner.symbols.items() if name not in context.symbols)
    return inner, sym(fresh.name, fresh.type)


def _for_all(inner: Context, claim: Term, axiom: str, at: dict[str, Term]) -> Certificate:
    """The fact that a claim is, by an axiom at the index."""
    have = {"rule": "have", "axiom": axiom, "at": {k: encode(v) for k, v in at.items()}}
    then = {**have, "name": fresh_name(inner, "bound"), "then": {"rule": "evident"}}
    return {"rule": "have", "claim": encode(claim), "proof": {"rule": "intro", "then": then}}


def _ranges(problem: Problem) -> list[_Range]:
    """The ranges of the sums over one index in what is to be shown positive, with what is summed."""
    nf, found = problem.nf, dict[str, _Range]()
    for mono, coeff in problem.target.terms.items():
        for atom, exponent in mono:
            if atom.kind != "sum" or exponent != 1 or len(atom.parts[0]) != 1:  # type: ignore[arg-type]
                continue
            (var,), body = sums.open_sum(nf, atom)
            key = repr(nf.sorts[var])
            if key not in found:
                domain, name = variable_domain(nf, var, {}, f"i_{len(found) + 1}")
                found[key] = _Range(var, name, domain)
            span = found[key]
            before = of_mono(tuple(f for f in mono if f[0] != atom), coeff)
            span.parts.append(nf.times(before, nf.replace(body, {var: of_atom(span.var)})))
    return list(found.values())


def _summands(search: Search, context: Context, problem: Problem, span: _Range) -> Iterator[_Summand]:
    """Weighted sums of bounds that cancel a term of what is summed."""
    nf, done = problem.nf, set[str]()
    for item in (*_assumed(context, span), *_of_functions(search, context, nf, span, problem.target)):
        try:
            gap = nf.product(*(span.at(nf, factor) for factor in item.factors))
            for weight in _weights(nf, span, gap):
                value = sums.sum_over(nf, nf.times(weight, gap), span.var)
                if value.terms and value.key not in done:
                    done.add(value.key)
                    yield _Summand(span, weight, item, value)
        except FAILURES:
            continue


def _assumed(context: Context, span: _Range) -> Iterator[_Bound]:
    """Inequalities that are assumed for all indices, and those of the squares of what they bound."""
    for name, fact in context.facts.items():
        groups: Any = fact.data
        if fact.op == "forall" and fact.args[1:] == (span.domain,) and fact.args[0].op in ORDERS:
            sides = [substitute(side, {groups[0][0]: span.name}) for side in fact.args[0].args]
            low, high = sides if fact.args[0].op in ("le", "lt") else sides[::-1]
            gap = make("add", high, make("neg", low))
            yield _Bound((gap,))
            if low.op == "call" and low.data == "abs":
                yield _Bound((gap, make("add", high, low)))
                for side in (low.args[0], make("neg", low.args[0])):
                    yield _inside(context, span, name, groups[0][0], side, low, high)


def _inside(
    context: Context, span: _Range, fact: str, name: str, side: Term, size: Term, high: Term
) -> _Bound:
    """u <= c or −u <= c at every index, from the fact |u| <= c: both c − |u| and |u| ∓ u are not negative."""
    prop = make("le", side, high)
    inner, index = _introduced(context, span.forall(prop))
    here = {"rule": "have", "fact": fact, "at": {name: encode(index)}, "name": fresh_name(inner, "size")}
    gaps = (make("add", high, make("neg", size)), make("add", size, make("neg", side)))
    at = {str(span.name.data): index}
    terms = [{"c": "1", "factors": [[encode(substitute(gap, at)), 1]]} for gap in gaps]
    proof = {"rule": "intro", "then": {**here, "then": {"rule": "order", "terms": terms}}}
    have = {"rule": "have", "claim": encode(span.forall(prop)), "proof": proof}
    gap = make("add", high, make("neg", side))
    return _Bound((gap,), {**have, "name": f"{fact} {plain(prop)}"})


def _of_functions(search: Search, context: Context, nf: Normal, span: _Range, poly: Poly) -> Iterator[_Bound]:
    """Monotonicity and tangents of exp and log between the places where they stand."""
    for function, (tangent, monotone, anchor) in FUNCTIONS.items():
        inside = list(dict.fromkeys(u for part in span.parts for u in _places(function, part)))
        here = [u for u in inside if span.var in u.vars]
        there = dict.fromkeys([*_places(function, poly), *(u for u in inside if u not in here), anchor])
        if function == "log":  # a logarithm of a quotient stands as a difference of logarithms
            quotients = (nf.times(v, nf.power(w, -1)) for v, w in itertools.permutations(there, 2))
            there |= dict.fromkeys(itertools.islice(quotients, MAX_QUOTIENTS))
        for u, v in itertools.islice(itertools.product(here, (*there, *here)), MAX_TRIED):
            for axiom in (monotone, tangent) if u != v else ():
                for x, y in ((u, v), (v, u)):
                    found = _everywhere(search, context, nf, span, axiom, {"x": x, "y": y})
                    if found is not None:
                        yield found


def _places(function: str, poly: Poly) -> Iterator[Poly]:
    """The arguments of a function in the monomials."""
    for mono in poly.terms:
        for atom, exponent in mono:
            if function == "exp" and atom == E:
                yield as_poly(exponent)
            elif atom.kind == "fun" and atom.parts[0] == function and isinstance(atom.parts[1], Poly):
                yield atom.parts[1]


def _everywhere(
    search: Search, context: Context, nf: Normal, span: _Range, axiom: str, values: dict[str, Poly]
) -> _Bound | None:
    """The axiom at every index, if its premises are seen."""
    search.spend()
    try:
        terms = {k: raise_poly(nf, v, {span.var: span.name}) for k, v in values.items()}
        inner, index = _introduced(context, span.forall(make("eq", span.name, span.name)))
        at = {k: substitute(t, {str(span.name.data): index}) for k, t in terms.items()}
        premises, fact = instance(inner, search.ledger[axiom], at)
    except FAILURES:
        return None
    if not all(seen(inner, premise) for premise in premises.values()):
        return None
    body = substitute(fact, {str(index.data): span.name})
    have = _for_all(inner, span.forall(body), axiom, at)
    have["name"] = f"{axiom} {'|'.join(v.key for v in values.values())}"
    low, high = body.args if body.op in ("le", "lt") else body.args[::-1]
    return _Bound((make("add", high, make("neg", low)),), have)


def _weights(nf: Normal, span: _Range, gap: Poly) -> Iterator[Poly]:
    """What the bound is multiplied by to cancel a term of what is summed."""
    done: set[str] = set()
    for part in span.parts:
        for mono, coeff in part.terms.items():
            for lead, size in gap.terms.items():
                rest = cofactor(mono, lead) if _fits(span, mono, lead) else None
                if rest is not None:
                    weight = of_mono(rest, rational(Fraction(coeff) / size))
                    if weight.key not in done and signs.holds(nf, weight, "ge"):
                        done.add(weight.key)
                        yield weight


def _fits(span: _Range, mono: Mono, lead: Mono) -> bool:
    """Does the term depend on the index, by powers that stand so in the other?"""
    have = dict(mono)
    depends = any(span.var in a.vars or span.var in as_poly(e).vars for a, e in lead)
    return depends and all(isinstance(e, int) or have.get(a) == e for a, e in lead)
