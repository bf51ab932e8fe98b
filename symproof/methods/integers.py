"""Integers: division with remainder, and trying all the values between two bounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction

from symproof.evaluation.model import Model
from symproof.kernel.context import Context
from symproof.kernel.decide import difference, introduce, negation, normal
from symproof.kernel.ledger import instance
from symproof.kernel.poly import Atom, Mono, number
from symproof.kernel.statement import Statement, Symbol
from symproof.methods.floats import Floats
from symproof.methods.glance import CANNOT, STEPS, test
from symproof.methods.raising import raise_poly
from symproof.methods.refutations import from_absurd
from symproof.methods.search import Certificate, Search, fresh_name, nested, taken_apart
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

MAX_MODULUS = 60
MAX_VALUES = 9
SCANNED = 60
ORDER = frozenset(("lt", "le", "gt", "ge"))
DIVIDED = "divided "
ROUNDED = frozenset(("floor", "ceil"))
Leaf = Callable[[int, Context], Certificate | None]


def residues(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Write an integer n of the goal as m·q + r, with m from its remainders, and try every r."""
    about = [goal, *(f for f in context.facts.values() if f.op != "forall")]
    modulus = math.lcm(*_moduli(about)) if _moduli(about) else 0
    if not 2 <= modulus <= MAX_MODULUS:
        return None
    for name in sorted(free_symbols(goal)):
        symbol = context.symbols.get(name)
        if symbol is None or symbol.type != INTEGER or f"{DIVIDED}{name}" in context.facts:
            continue
        if not any(name in free_symbols(arg) for arg in _divided(about)):
            continue
        return _by_residues(search, context, goal, depth, name, modulus)
    return None


def _moduli(about: list[Term]) -> list[int]:
    """The numbers m in mod(·, m) and in what is rounded, and the integer coefficients where something is said
    to exist.
    """
    found: dict[int, None] = {}
    for term in about:
        for node in term.walk():
            if node.op == "call" and node.data == "mod" and _natural(node.args[1]):
                found[_natural(node.args[1])] = None
            if node.op == "call" and node.data in ROUNDED:
                found |= dict.fromkeys(_denominators(node.args[0]))
            if node.op == "exists":
                for inner in node.args[0].walk():
                    if inner.op == "mul" and _natural(inner.args[0]) >= 2:
                        found[_natural(inner.args[0])] = None
    return list(found)


def _denominators(term: Term) -> Iterator[int]:
    """The integers that the term is divided by."""
    for node in term.walk():
        if node.op == "div" and _natural(node.args[1]) >= 2:
            yield _natural(node.args[1])
        elif node.op == "num" and isinstance(node.data, Fraction) and node.data.denominator > 1:
            yield node.data.denominator


def _natural(term: Term) -> int:
    value = term.data
    return int(value) if term.op == "num" and isinstance(value, Fraction) and value.denominator == 1 else 0


def _divided(about: list[Term]) -> Iterator[Term]:
    for term in about:
        for node in term.walk():
            if node.op == "call" and (node.data == "mod" or node.data in ROUNDED):
                yield node.args[0]
            elif node.op == "exists":
                yield node


def _by_residues(
    search: Search, context: Context, goal: Term, depth: int, name: str, modulus: int
) -> Certificate | None:
    """There is q with n = m·q or … or n = m·q + m − 1: take it, and prove the goal in each case."""
    n, bound = sym(name, INTEGER), _unused(context, "q")
    cases = make("or", *(make("eq", n, _plus(modulus, sym(bound, INTEGER), j)) for j in range(modulus)))
    claim = make("exists", cases, make("numbers", data="integer"), data=((bound,),))
    proof = _divide(search, context, bound, n, modulus)
    if proof is None:
        return None
    fact, chosen = fresh_name(context, "residues"), f"{DIVIDED}{name}"
    inner, body = introduce(context.with_fact(fact, claim), make("forall", *claim.args, data=claim.data))
    inner = inner.with_fact(chosen, body)
    case = fresh_name(inner, "residue")
    branches = []
    for part in body.args:
        here = inner.with_fact(case, part)
        then = from_absurd(search, here, goal, depth) or search.prove(here, goal, depth + 1)
        if then is None:
            return None
        branches.append(then)
    use = {"rule": "either", "fact": chosen, "name": case, "branches": branches}
    then = {"rule": "obtain", "fact": fact, "name": chosen, "then": use}
    return {"rule": "have", "name": fact, "claim": encode(claim), "proof": proof, "then": then}


def _unused(context: Context, name: str) -> str:
    while name in context.symbols or name in context.definitions:
        name += "_"
    return name


def _plus(modulus: int, quotient: Term, remainder: int) -> Term:
    product = make("mul", num(modulus), quotient)
    return make("add", product, num(remainder)) if remainder else product


def _divide(search: Search, context: Context, bound: str, n: Term, modulus: int) -> Certificate | None:
    """That there is such a number, called `bound`, from division with remainder."""
    at = {"n": n, "m": num(modulus)}
    _, exists = instance(context, search.ledger["division"], at)
    first, second = fresh_name(context, "division"), fresh_name(context, "divided")
    inner, body = introduce(context.with_fact(first, exists), make("forall", *exists.args, data=exists.data))
    quotient, remainder = (sym(s, INTEGER) for s in inner.symbols if s not in context.symbols)
    inner, haves = taken_apart(inner.assuming(second, body), body)
    equation = haves[0]["name"]

    def leaf(index: int, context: Context) -> Certificate:
        value = list(context.facts)[-1]
        sums = {"rule": "algebra", "combine": [{"fact": equation}, {"fact": value}]}
        chosen = {"rule": "choose", "index": index, "then": sums}
        return {"rule": "exists", "values": {bound: encode(quotient)}, "then": chosen}

    then = trying(search, inner, remainder, range(modulus), leaf)
    return then and {
        "rule": "have",
        "name": first,
        "axiom": "division",
        "at": {k: encode(v) for k, v in at.items()},
        "then": {"rule": "obtain", "fact": first, "name": second, "then": nested(haves, then)},
    }


def trying(search: Search, context: Context, value: Term, choices: range, leaf: Leaf) -> Certificate | None:
    """Go through the integers that the value may be, one half and then the other."""
    search.budget.spend()
    if len(choices) == 1:
        name = fresh_name(context, "value")
        last = make("eq", value, num(choices[0]))
        then = leaf(choices[0], context.with_fact(name, last))
        ends = {"x": encode(value), "y": encode(num(choices[0]))}
        return then and {"rule": "have", "name": name, "axiom": "antisymmetric", "at": ends, "then": then}
    middle = choices[(len(choices) - 1) // 2]
    on, name = make("le", value, num(middle)), fresh_name(context, "case")
    branches = []
    for assumed, part in (
        (on, range(choices[0], middle + 1)),
        (negation(on), range(middle + 1, choices[-1] + 1)),
    ):
        then = trying(search, context.with_fact(name, assumed), value, part, leaf)
        if then is None:
            return None
        branches.append(then)
    return {"rule": "cases", "name": name, "on": encode(on), "branches": branches}


def indivisible(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L != R between integers: L − R is m·t + c where m divides t's coefficients and not c, perhaps for
    each remainder of an integer of the goal by the coefficient of another.
    """
    if not all(side.type == INTEGER for side in goal.args):
        return None
    known = [n for n, f in context.facts.items() if f.op == "eq" and f.args[0].type == INTEGER]
    known = [n for n in known if context.facts[n].args[0].op == "sym"]
    nf = normal(context, tuple(context.facts[n] for n in known))
    gap = difference(nf, *goal.args)
    parts = [mono for mono in gap.terms if mono]
    if not parts or any(Fraction(c).denominator != 1 for c in gap.terms.values()):
        return None
    modulus, constant = math.gcd(*(int(gap.terms[m]) for m in parts)), int(gap.terms.get((), 0))
    if constant % modulus:
        t = raise_poly(nf, (gap - number(constant)).scale(Fraction(1, modulus)), {})
        on = encode(make("le", t, num(-constant // modulus)))
        apart = {"rule": "order", "rewrite": known}
        case = fresh_name(context, "part")
        cases = {"rule": "cases", "on": on, "name": case, "branches": [apart, apart]}
        return search.first(context, goal, iter([cases]))
    for mono in parts:
        size = abs(int(gap.terms[mono]))
        alone = len(mono) == 1 and sum(mono[0][0] in m_atoms for m_atoms in map(_atoms, parts)) == 1
        for name in sorted(free_symbols(goal)) if alone and 2 <= size <= MAX_MODULUS else ():
            new = name in context.symbols and f"{DIVIDED}{name}" not in context.facts
            if new and context.symbols[name].type == INTEGER and Atom("sym", name) != mono[0][0]:
                found = _by_residues(search, context, goal, depth, name, size)
                if found is not None:
                    return found
    return None


def _atoms(mono: Mono) -> frozenset[Atom]:
    return frozenset(atom for atom, _ in mono)


def enumerated(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Try the values of an integer of the goal that has two bounds close together."""
    for name in sorted(free_symbols(goal)):
        symbol = context.symbols.get(name)
        if symbol is None or symbol.type != INTEGER:
            continue
        if any(
            f.op == "eq" and f.args[0].op == "sym" and f.args[0].data == name for f in context.facts.values()
        ):
            continue
        inner, haves = _bounded(search, context, name, depth)
        low, high = _limits(inner, name)
        if low is None or high is None or not 1 <= high - low + 1 <= MAX_VALUES or low == high:
            continue
        found = trying(
            search,
            inner,
            sym(name, INTEGER),
            range(low, high + 1),
            lambda value, context: search.prove(context, goal, depth + 1),
        )
        if found is not None:
            return nested(haves, found)
    return None


def _bounded(search: Search, context: Context, name: str, depth: int) -> tuple[Context, list[Certificate]]:
    """The context with bounds of an integer that facts about it alone leave few values, as floats see it."""
    haves: list[Certificate] = []
    about = [f for f in context.facts.values() if f.op in ORDER and free_symbols(f) == {name}]
    low, high = _limits(context, name)
    if not about or (low is not None and high is not None):
        return context, haves
    found = _admitted(about, name)
    if not 1 <= len(found) <= MAX_VALUES or found[0] == -SCANNED or found[-1] == SCANNED:
        return context, haves
    for known, op, value in ((low, "ge", found[0]), (high, "le", found[-1])):
        claim = make(op, sym(name, INTEGER), num(value))
        proof = search.prove(context, claim, depth + 1) if known is None else None
        if proof is not None and search.conditions(context, claim, proof) == 0:
            bound = fresh_name(context, "bound")
            haves.append({"rule": "have", "name": bound, "claim": encode(claim), "proof": proof})
            context = context.with_fact(bound, claim)
    return context, haves


def _admitted(about: list[Term], name: str) -> list[int]:
    """The integers of a stretch around 0 at which the relations plainly hold."""
    model = Model(Statement((Symbol(name, INTEGER),), (), (), about[0]), Floats())
    tests = [test(model, fact) for fact in about]
    env, found = model.world({}).env, []
    for value in range(-SCANNED, SCANNED + 1):
        model.A.steps = STEPS
        try:
            if all(holds({**env, name: value}) for holds in tests):
                found.append(value)
        except CANNOT:
            continue
    return found


def _limits(context: Context, name: str) -> tuple[int | None, int | None]:
    """The least and the greatest value that the facts leave to an integer, where they say it by numbers."""
    low: list[int] = []
    high: list[int] = []
    for fact in context.facts.values():
        if fact.op not in ("lt", "le", "gt", "ge"):
            continue
        left, right = fact.args if fact.op in ("lt", "le") else fact.args[::-1]
        strict = fact.op in ("lt", "gt")
        if left.op == "num" and right.op == "sym" and right.data == name:
            bound = left.data
            assert isinstance(bound, Fraction)
            low.append(math.floor(bound) + 1 if strict else math.ceil(bound))
        elif right.op == "num" and left.op == "sym" and left.data == name:
            bound = right.data
            assert isinstance(bound, Fraction)
            high.append(math.ceil(bound) - 1 if strict else math.floor(bound))
    return max(low, default=None), min(high, default=None)
