"""Sums that the ledger knows: rows of binomial coefficients, series, ranges run through backwards."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import cast

from symproof.kernel.context import Context
from symproof.kernel.decide import normal, seen
from symproof.kernel.existence import improper
from symproof.kernel.infinity import infinite
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.kernel.poly import (
    ONE,
    ZERO,
    Atom,
    Exponent,
    Poly,
    as_exponent,
    as_poly,
    coefficient_of,
    number,
    of_atom,
    of_mono,
)
from symproof.kernel.statement import Symbol
from symproof.methods.antiderivatives import factor_names
from symproof.methods.approach import FAILURES, INFINITY
from symproof.methods.equations import equation
from symproof.methods.induction import induction
from symproof.methods.limits import infinite_limit, limit
from symproof.methods.raising import raise_poly
from symproof.methods.search import Certificate, Search, fresh_name
from symproof.methods.search import nested as nested_certificate
from symproof.methods.steps import Steps, Stuck, function, unused
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER

MAX_PASCAL = 6
MAX_NESTED_POWER = 3
POWERS = "power sum"


@dataclass(frozen=True)
class Piece:
    """c k^p x^k y^(n − k) times functions of k."""

    power: int
    x: Poly
    y: Poly
    others: tuple[tuple[Atom, Exponent], ...]


def pieces(nf: Normal, poly: Poly, k: Atom, n: Poly | None) -> Iterator[Piece]:
    """The monomials of a summand, read as products of powers; raises Stuck."""
    for mono in poly.terms:
        power, x, y, others = 0, ONE, ONE, []
        for atom, exponent in mono:
            if k.names.isdisjoint(factor_names((atom, exponent))):
                continue
            if atom == k and isinstance(exponent, int) and exponent > 0:
                power += exponent
                continue
            parts = coefficient_of(as_poly(exponent), k) if k.names.isdisjoint(atom.names) else None
            slope = parts and parts[0].constant()
            if parts is None or slope is None:
                others.append((atom, exponent))
            elif slope < 0 and n is not None:
                y = nf.times(y, nf.power(of_atom(atom), as_exponent(number(-slope))))
            else:
                x = nf.times(x, nf.power(of_atom(atom), as_exponent(number(slope))))
        yield Piece(power, x, y, tuple(others))


def _opened(steps: Steps, term: Term) -> tuple[Normal, Atom, Poly, Term, Term]:
    """A sum over one range: a normal form in which its index is a symbol, the summand, and the bounds."""
    groups = cast(tuple[tuple[str, ...], ...], term.data)
    if len(groups) != 1 or term.args[1].op != "range":
        raise Stuck("no sum over one range")
    name = groups[0][0]
    fresh = name
    while fresh in steps.context.symbols or fresh in steps.context.definitions:
        fresh += "_"
    low, high = term.args[1].args
    index = sym(fresh, INTEGER)
    context = steps.context.with_symbol(Symbol(fresh, INTEGER)).with_fact("from", make("ge", index, low))
    nf = normal(context, ())
    body = lower(nf, substitute(term.args[0], {name: index}))
    return nf, Atom("sym", fresh), body, low, high


# --- rows of binomial coefficients ----------------------------------------------------------------


def row(steps: Steps, term: Term) -> None:
    """Σ k^p binomial(n, k) x^k y^(n − k) over 0..n, and the sums that have names."""
    nf, k, body, low, high = _opened(steps, term)
    if improper(term) or low.op != "num":
        raise Stuck("no row")
    if all(m == () or len(m) == 1 and m[0][0] == k and _natural(m[0][1]) for m in body.terms):
        _power_sum(steps, term, nf, k, body)
        return
    n = lower(nf, high)
    for piece in pieces(nf, body, k, n):
        rows = [(a.parts[1:], e) for a, e in piece.others if a.kind == "fun" and a.parts[0] == "binomial"]
        chosen, squared = ([pair for pair, e in rows if e == power] for power in (1, 2))
        plain = piece.x == ONE and piece.y == ONE and piece.power == 0
        if squared and squared[0] == (n, of_atom(k)) and plain:
            steps.use("binomial-squares", {"n": high})
        elif len(chosen) == 2 and plain:
            _convolution(steps, nf, k, chosen, high)
        elif len(chosen) != 1 or len(piece.others) != 1:
            raise Stuck("no binomial coefficients")
        elif chosen[0] == (n, of_atom(k)):
            x, y = (raise_poly(nf, p, {}) for p in (piece.x, piece.y))
            for power in range(piece.power + 1):
                names = ("binomial-theorem", "binomial-first-moment", "binomial-second-moment")
                steps.use(names[power], {"n": high, "x": x, "y": y})
        elif chosen[0][0] == of_atom(k) and plain:
            steps.use("binomial-diagonal", {"n": high, "r": raise_poly(nf, cast(Poly, chosen[0][1]), {})})
        elif chosen[0][1] == of_atom(k) and piece.x == number(-1) and not piece.power:
            upper = raise_poly(nf, cast(Poly, chosen[0][0]), {})
            steps.use("binomial-alternating", {"n": upper, "m": high})
        else:
            raise Stuck("no row that is known")


def _natural(exponent: Exponent) -> bool:
    return isinstance(exponent, int) and exponent > 0


def _power_sum(steps: Steps, term: Term, nf: Normal, k: Atom, body: Poly) -> None:
    """A sum of a polynomial with rational coefficients: the polynomial through its values, by induction."""
    claim = make("eq", term, _power_form(term, nf, k, body))
    proof = induction(steps.search, steps.context, claim, 1)
    if proof is None:
        raise Stuck("no induction")
    steps.claim(claim, proof)


def _power_form(term: Term, nf: Normal, k: Atom, body: Poly) -> Term:
    """The polynomial that goes through the values of a sum of powers."""
    low, high = term.args[1].args
    if high.op != "sym" or not body.terms:
        raise Stuck("no power sum")
    degree = 1 + max(cast(int, e) for m in body.terms for _, e in m or ((k, 0),))
    start = int(cast(Fraction, low.data))
    values, so_far = [], Fraction(0)
    for j in range(start - 1, start + degree):
        if j >= start:
            so_far += Fraction(nf.replace(body, {k: number(j)}).constant() or 0)
        values.append((Fraction(j), so_far))
    return _interpolated(values, high)


def _interpolated(values: list[tuple[Fraction, Fraction]], n: Term) -> Term:
    """Lagrange's polynomial through the values, at n."""
    terms = []
    for i, (x, y) in enumerate(values):
        factors = [make("add", n, num(-z)) for j, (z, _) in enumerate(values) if j != i]
        scale = math.prod((x - z for j, (z, _) in enumerate(values) if j != i), start=Fraction(1))
        if y:
            terms.append(make("mul", num(y / scale), *factors))
    return make("add", num(0), *terms) if terms else num(0)


def _convolution(steps: Steps, nf: Normal, k: Atom, chosen: list[tuple[object, ...]], high: Term) -> None:
    """Vandermonde's convolution."""
    first, second = sorted(chosen, key=lambda pair: pair[1] != of_atom(k))
    sizes = {"m": first[0], "n": second[0]}
    values = {key: raise_poly(nf, cast(Poly, poly), {}) for key, poly in sizes.items()}
    steps.use("binomial-vandermonde", {**values, "r": high})


# --- series ----------------------------------------------------------------------------------------


def series(steps: Steps, term: Term) -> None:
    """Facts that give the value of a series; raises Stuck."""
    nf, k, body, low, _ = _opened(steps, term)
    for way in (_named_series, _partial_sums):
        attempt = steps.copy()
        try:
            way(attempt, nf, k, body, low, term)
        except (Stuck, *FAILURES):
            continue
        steps.take(attempt)
        return
    raise Stuck("no series that is known")


def _named_series(steps: Steps, nf: Normal, k: Atom, body: Poly, low: Term, term: Term) -> None:
    """Each monomial belongs to a series with a name; all of them from one start."""
    start = lower(nf, low).constant()
    found = False
    names: tuple[str, ...]
    values: dict[str, Term]
    for piece in pieces(nf, body, k, None):
        x = raise_poly(nf, piece.x, {})
        kinds = {(_kind(a, k), e) for a, e in piece.others}
        if not kinds:
            names, values, first = ("geometric", "geometric-first", "geometric-second"), {"q": x}, 0
        elif kinds == {("factorial", -1)}:
            names, values, first = ("exponential", "exponential-first", "exponential-second"), {"x": x}, 0
        elif kinds == {("k", -1)} and piece.power == 0:
            names, values, first = ("logarithm",), {"x": x}, 1
        elif kinds in ({("k", -2)}, {("k", -4)}) and x == num(1):
            names, values, first = ("basel" if ("k", -2) in kinds else "fourth-powers",), {}, 1
        else:
            names, values, first = _other(nf, k, piece)
        if start is None or not first <= start <= first + 4 or piece.power >= len(names):
            raise Stuck("no series that is known")
        if names[0] == "geometric" and start == 1:
            for name in ("geometric-derived", "geometric-derived-second")[: piece.power]:
                steps.use(f"series-{name}", values)
        for name in names[: piece.power + 1]:
            fact = steps.use(f"series-{name}", values)
            for _ in range(int(start) - first):
                fact = _without_first(steps, fact)
        found = True
    if not found:
        raise Stuck("nothing to sum")


def _kind(atom: Atom, k: Atom) -> str:
    """`k`, `factorial` of k, or something else."""
    if atom == k:
        return "k"
    return "factorial" if atom == Atom("fun", "factorial", of_atom(k)) else "other"


def _other(nf: Normal, k: Atom, piece: Piece) -> tuple[tuple[str, ...], dict[str, Term], int]:
    """Series of sines, cosines and arctangents: (−1)^k x^(2k + 1), over its factorial or 2k + 1."""
    odd = [(a, e) for a, e in piece.others if a == Atom("pow", of_atom(k).scale(2) + ONE)]
    factorials = [(a, e) for a, e in piece.others if a.kind == "fun" and a.parts[0] == "factorial"]
    others = factorials or odd  # (2k + 1)! stands as (2k + 1) (2k)!
    if len(others) != 1 or len(piece.others) > 1 + bool(factorials and odd) or piece.power:
        raise Stuck("no series that is known")
    ((atom, exponent),) = others
    square = nf.times(piece.x, number(-1))  # x² for (−1)^k x^(2k)
    root = raise_poly(nf, _half(nf, square), {})
    inside = atom.parts[-1] if isinstance(atom.parts[-1], Poly) else ZERO
    double = of_atom(k).scale(2)
    if exponent != -1 or inside not in (double, double + ONE):
        raise Stuck("no series that is known")
    if atom.kind == "fun" and atom.parts[0] == "factorial":
        if odd and (odd[0][1] != -1 or inside != double):
            raise Stuck("no series that is known")
        return ("sine" if odd or inside != double else "cosine",), {"x": root}, 0
    if atom.kind == "pow" and inside == double + ONE:
        return ("arctangent",), {"x": root}, 0
    raise Stuck("no series that is known")


def _half(nf: Normal, square: Poly) -> Poly:
    """x for x², whatever its sign."""
    single = square.single()
    if single is not None and single[1] == 1 and all(isinstance(e, int) and e % 2 == 0 for _, e in single[0]):
        return of_mono(tuple((a, cast(int, e) // 2) for a, e in single[0]))
    return nf.power(square, Fraction(1, 2))


def _without_first(steps: Steps, fact: Term) -> Term:
    """The series from the next start."""
    whole, value = fact.args
    groups = cast(tuple[tuple[str, ...], ...], whole.data)
    index = sym(groups[0][0], INTEGER)
    values = {"f": function(whole.args[0], index), "a": whole.args[1].args[0], "s": value}
    return steps.use("series-bottom", values)


def _partial_sums(steps: Steps, nf: Normal, k: Atom, body: Poly, low: Term, term: Term) -> None:
    """A closed form of the partial sums, and its limit."""
    for attempt, closed, n in _summed_up(steps, term):
        index = sym(cast(tuple[tuple[str, ...], ...], term.data)[0][0], INTEGER)
        tends = make("limit", closed, make("const", data="oo"), num(0), data=((str(n.data),),))
        try:
            s = limit(attempt, tends)
            functions = {"f": function(term.args[0], index), "S": function(closed, n)}
            attempt.use("series-limit", {**functions, "a": low, "s": s})
        except (Stuck, *FAILURES):
            continue
        steps.take(attempt)
        return
    raise Stuck("no closed form")


def infinite_series(steps: Steps, term: Term) -> None:
    """The fact that a series is infinite; raises Stuck."""
    if not improper(term) or len(term.args) != 2:
        raise Stuck("no series")
    for attempt, closed, n in _summed_up(steps, term):
        index = sym(cast(tuple[tuple[str, ...], ...], term.data)[0][0], INTEGER)
        try:
            infinite_limit(attempt, make("limit", closed, INFINITY, num(0), data=((str(n.data),),)), 1)
            functions = {"f": function(term.args[0], index), "S": function(closed, n)}
            attempt.use("series-infinite", {**functions, "a": term.args[1].args[0]})
        except (Stuck, *FAILURES):
            continue
        steps.take(attempt)
        return
    raise Stuck("no closed form that grows")


def partial_sum(steps: Steps, term: Term) -> Term:
    """The closed form of a sum for all its upper bounds, which becomes a fact; raises Stuck."""
    if len(term.args) != 2 or term.args[1].op != "range":
        raise Stuck("no sum over one range")
    for attempt, closed, n in _summed_up(steps, term):
        steps.take(attempt)
        return substitute(closed, {str(n.data): term.args[1].args[1]})
    raise Stuck("no closed form")


def _summed_up(steps: Steps, term: Term) -> Iterator[tuple[Steps, Term, Term]]:
    """Closed forms of the sums up to n, each with the steps that show it for all n."""
    low = term.args[1].args[0]
    n = sym(unused("n", term, *steps.context.facts.values()), INTEGER)
    index = sym(cast(tuple[tuple[str, ...], ...], term.data)[0][0], INTEGER)
    whole = make("sum", term.args[0], make("range", low, n), data=term.data)
    for closed in chain(_elementary(steps, whole, n), _closed_forms(steps.context, term, index, n)):
        attempt = steps.copy()
        claim = make("forall", make("implies", make("ge", n, low), make("eq", whole, closed)),
                     make("numbers", data="integer"), data=((str(n.data),),))  # fmt: skip
        proof = steps.search.prove(attempt.context, claim, 1)
        if proof is not None:
            attempt.claim(claim, proof)
            yield attempt, closed, n


def _elementary(steps: Steps, whole: Term, n: Term) -> list[Term]:
    """Sums of powers of the index, and of one geometric sequence."""
    inner = steps.context.with_symbol(Symbol(str(n.data), INTEGER))
    around = Steps(steps.search, inner)
    try:
        nf, k, body, low, _ = _opened(around, whole)
        if all(m == () or len(m) == 1 and m[0][0] == k and _natural(m[0][1]) for m in body.terms):
            return [_power_form(whole, nf, k, body)] if low.op == "num" else []
        (piece,) = pieces(nf, body, k, None)
        if piece.power or piece.others or piece.x == ONE:
            return []
        ratio = raise_poly(nf, piece.x, {})
        first = raise_poly(nf, nf.replace(body, {k: lower(nf, low)}), {})
        count = make("add", n, make("neg", low), num(1))
        one = make("add", num(1), make("neg", ratio))
        return [
            make("div", make("mul", first, make("add", num(1), make("neg", make("pow", ratio, count)))), one)
        ]
    except (Stuck, *FAILURES):
        return []


def _closed_forms(context: Context, term: Term, index: Term, n: Term) -> Iterator[Term]:
    """The closed form of the partial sums that Gosper's algorithm finds, if there is one."""
    import sympy
    from sympy.concrete.gosper import gosper_sum

    from symproof.kernel.statement import Hypothesis, Statement
    from symproof.methods.sympy_bridge import Bridge
    from symproof.methods.sympy_reader import Untranslatable
    from symproof.terms.types import Scalar

    symbols = [s for s in context.symbols.values() if isinstance(s.type, Scalar)]
    symbols += [Symbol(str(s.data), INTEGER) for s in (index, n) if s.data not in context.symbols]
    facts = tuple(Hypothesis(name, fact) for name, fact in context.facts.items())
    bridge = Bridge(Statement(tuple(symbols), (), facts, make("eq", n, n)))
    try:
        body, variable = bridge.to(term.args[0]), bridge.to(index)
        bounds = (variable, bridge.to(term.args[1].args[0]), bridge.to(n))
        found = gosper_sum(body, bounds)
        if found is not None:
            yield bridge.back(sympy.simplify(found))
    except (Untranslatable, NotImplementedError, AttributeError, TypeError, *FAILURES):
        return


# --- equations between sums --------------------------------------------------------------------------


def telescoped(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Σ (F(k + 1) − F(k)) = F(b + 1) − F(a), where the body stands so, in either order."""
    steps = Steps(search, context, goal)
    for node in dict.fromkeys(n for n in goal.walk() if n.op == "sum" and len(n.args) == 2):
        body, domain = node.args
        (name,) = (n for group in cast(tuple[tuple[str, ...], ...], node.data) for n in group)
        if domain.op != "range" or infinite(domain.args[1]) or body.op != "add" or len(body.args) != 2:
            continue
        k = sym(name, INTEGER)
        plain, taken = sorted(body.args, key=lambda part: part.op == "neg")
        if taken.op != "neg" or plain.op == "neg":
            continue
        for low, sign in ((taken.args[0], 1), (plain, -1)):
            values = {"f": function(body, k), "a": domain.args[0], "b": domain.args[1]}
            values["F"] = function(low if sign > 0 else make("neg", low), k)
            try:
                steps.use("sum-telescope", values)
                break
            except (Stuck, *FAILURES):
                continue
    return steps.equation(context, goal, depth)


def nested_sums(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """L = R with sums inside of sums: the sums of the first powers are brought in, and then by induction."""
    nested = [n for n in goal.walk() if n.op == "sum" and any(m.op == "sum" for m in n.args[0].walk())]
    if depth > 0 or not nested or any(name.startswith(POWERS) for name in context.facts):
        return None
    n = sym(unused("n", goal, *(sym(s, INTEGER) for s in context.symbols)), INTEGER)
    k = sym(unused("k", goal, n, *(sym(s, INTEGER) for s in context.symbols)), INTEGER)
    haves: list[Certificate] = []
    for power in range(1, MAX_NESTED_POWER + 1):
        total = make("sum", make("pow", k, num(power)), make("range", num(1), n), data=((str(k.data),),))
        values = [(Fraction(j), Fraction(sum(i**power for i in range(1, j + 1)))) for j in range(power + 2)]
        equal = make("implies", make("ge", n, num(0)), make("eq", total, _interpolated(values, n)))
        claim = make("forall", equal, make("numbers", data="integer"), data=((str(n.data),),))
        proof = search.prove(context, claim, 1)
        if proof is None:
            return None
        name = fresh_name(context, POWERS)
        haves.append({"rule": "have", "name": name, "claim": encode(claim), "proof": proof})
        context = context.with_fact(name, claim)
    then = equation(search, context, goal, depth) or induction(search, context, goal, depth)
    return None if then is None else nested_certificate(haves, then)


def binomials(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """Equations between binomial coefficients: by factorials inside the triangle, else by Pascal's rule."""
    nodes = [n for n in dict.fromkeys(goal.walk()) if n.op == "call" and n.data == "binomial"]
    if not nodes or any(n.op == "sum" for n in goal.walk()):
        return None
    for way in (_by_factorials, _by_pascal, _by_symmetry, _by_absorption):
        steps = Steps(search, context, goal)
        try:
            way(steps, nodes)
        except (Stuck, *FAILURES):
            continue
        ends = iter([steps.then({"rule": "algebra", "rewrite": steps.names})])
        found = search.clean(context, goal, ends)
        if found is None:
            found = steps.equation(context, goal, depth)
        if found is not None:
            return found
    return None


def _by_factorials(steps: Steps, nodes: list[Term]) -> None:
    for node in nodes:
        steps.use("binomial-factorials", {"n": node.args[0], "k": node.args[1]})


def _by_symmetry(steps: Steps, nodes: list[Term]) -> None:
    for node in nodes[:2]:
        steps.use("binomial-symmetry", {"n": node.args[0], "k": node.args[1]})


def _by_absorption(steps: Steps, nodes: list[Term]) -> None:
    for node in nodes[:2]:
        try:
            steps.use("binomial-absorption", {"n": node.args[0], "k": node.args[1]})
        except Stuck:
            continue
    if not steps.haves:
        raise Stuck("no row below")


def _by_pascal(steps: Steps, nodes: list[Term]) -> None:
    """Every coefficient in the lowest row that occurs, where the rows differ by numbers."""
    nf = normal(steps.context, ())
    rows = [lower(nf, node.args[0]) for node in nodes]
    gaps = [(r - rows[0]).constant() for r in rows]
    if None in gaps:
        raise Stuck("rows that do not belong together")
    base = min(range(len(rows)), key=lambda j: cast(int, gaps[j]))
    pending = [(node, cast(int, gaps[j]) - cast(int, gaps[base])) for j, node in enumerate(nodes)]
    lowest = nodes[base].args[0]
    done = 0
    while pending:
        node, height = pending.pop()
        if height <= 0:
            continue
        done += 1
        if done > MAX_PASCAL:
            raise Stuck("rows too far apart")
        above = steps.simplified(make("add", lowest, num(height - 1)))
        left = steps.simplified(make("add", node.args[1], num(-1)))
        steps.use("binomial-pascal", {"n": above, "k": left})
        for lower_index in (left, node.args[1]):
            pending.append((make("call", above, lower_index, data="binomial"), height - 1))
    if not seen(steps.context, make("ge", lowest, num(0))):
        raise Stuck("a row that may not exist")
