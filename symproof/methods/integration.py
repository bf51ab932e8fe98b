"""Integrals: by an antiderivative on the closed interval, by its limits at the ends, by known integrals."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from symproof.kernel.context import Context
from symproof.kernel.decide import normal, seen
from symproof.kernel.derivative import derive
from symproof.kernel.infinity import infinite
from symproof.kernel.lower import lower
from symproof.kernel.poly import Atom, E, Exponent, Poly, as_poly, coefficient_of, of_atom, total
from symproof.kernel.statement import Symbol
from symproof.methods.antiderivatives import antiderivatives, factor_names
from symproof.methods.approach import FAILURES, INFINITY
from symproof.methods.letters import factors
from symproof.methods.limits import infinite_limit, limit
from symproof.methods.raising import raise_poly
from symproof.methods.steps import Steps, Stuck, function
from symproof.terms.build import make, num, sym
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term
from symproof.terms.types import REAL


def integral(steps: Steps, term: Term) -> None:
    """Facts that give the value of an integral; raises Stuck."""
    body, low, high = term.args
    ((name,),) = cast(tuple[tuple[str]], term.data)
    fresh = name
    while fresh in steps.context.symbols or fresh in steps.context.definitions:
        fresh += "_"
    x = sym(fresh, REAL)
    body = substitute(body, {name: x})
    if infinite(low) or infinite(high):
        attempt = steps.copy()
        try:
            _known(attempt, body, x, low, high)
            steps.take(attempt)
            return
        except (Stuck, *FAILURES):
            pass
    if _pieces(steps, body, x, low, high):
        return
    for found in antiderivatives(_between(steps.context, x, low, high), body, x):
        if fresh not in free_symbols(found) or not _sound(found):
            continue
        for way in (_closed, _open):
            attempt = steps.copy()
            try:
                way(attempt, body, found, x, low, high)
            except (Stuck, *FAILURES):
                continue
            steps.take(attempt)
            return
    _substituted(steps, body, x, low, high)


def infinite_integral(steps: Steps, term: Term) -> None:
    """The fact that an integral is infinite, at its upper end or at its lower one; raises Stuck."""
    body, low, high = term.args
    ((name,),) = cast(tuple[tuple[str]], term.data)
    x = sym(name, REAL)
    if name in steps.context.symbols or infinite(low):
        raise Stuck("no integral from a number upward")
    if _across_a_pole(steps, term, x):
        return
    for found in antiderivatives(_between(steps.context, x, low, high), body, x):
        attempt = steps.copy()

        def end(bound: Term, side: int, found: Term = found) -> Term:
            return make("limit", found, bound, num(side), data=((name,),))

        values = {"f": function(body, x), "F": function(found, x), "a": low}
        try:
            if infinite(high):
                s = limit(attempt, end(low, 1))
                infinite_limit(attempt, end(high, 0), 1)
                attempt.use("integral-upward-infinite", {**values, "s": s})
            else:
                _at_an_end(attempt, values, end, high)
        except (Stuck, *FAILURES):
            continue
        steps.take(attempt)
        return
    raise Stuck("no antiderivative that grows")


def _at_an_end(steps: Steps, values: dict[str, Term], end: Callable[[Term, int], Term], high: Term) -> None:
    """The antiderivative falls beyond all bounds at the lower end, or grows so at the upper one."""
    low, attempt = values["a"], steps.copy()
    try:
        infinite_limit(attempt, end(low, 1), -1)
        t = limit(attempt, end(high, -1))
        attempt.use("integral-open-infinite", {**values, "b": high, "t": t})
    except (Stuck, *FAILURES):
        attempt = steps.copy()
        s = limit(attempt, end(low, 1))
        infinite_limit(attempt, end(high, -1), 1)
        attempt.use("integral-end-infinite", {**values, "b": high, "s": s})
    steps.take(attempt)


def _across_a_pole(steps: Steps, term: Term, x: Term) -> bool:
    """The integral is infinite from a zero of a denominator upward, and nothing before it is negative."""
    body, low, high = term.args
    for pole in () if infinite(high) else _poles(steps.context, body, x):
        inside = [make("lt", low, pole), make("lt", pole, high)]
        attempt = steps.copy()
        try:
            if all(seen(steps.context, prop) for prop in inside):
                infinite_integral(attempt, make("integral", body, pole, high, data=term.data))
                values = {"f": function(body, x), "a": low, "b": high, "c": pole}
                attempt.use("integral-inside-infinite", values)
                steps.take(attempt)
                return True
        except (Stuck, *FAILURES):
            continue
    return False


def _poles(context: Context, body: Term, x: Term) -> list[Term]:
    """The zeros of linear factors of the denominators."""
    variable = Atom("sym", str(x.data))
    nf = normal(context.with_symbol(Symbol(str(x.data), REAL)), ())
    found = []
    for atom, exponent in (factor for mono in lower(nf, body).terms for factor in mono):
        if not isinstance(exponent, int) or exponent >= 0 or str(x.data) not in atom.names:
            continue
        below = cast(Poly, atom.parts[0]) if atom.kind == "pow" else of_atom(atom)
        split = factors(nf, below)
        for factor in [below] if split is None else [f for f, _ in split[1]]:
            parts = coefficient_of(factor, variable)
            if parts is not None and parts[0] and str(x.data) not in parts[0].names:
                found.append(raise_poly(nf, -nf.times(parts[1], nf.power(parts[0], -1)), {}))
    return list(dict.fromkeys(found))


def _substituted(steps: Steps, body: Term, x: Term, low: Term, high: Term) -> None:
    """∫ c f(g(x)) g'(x) for a declared function f."""
    nf = normal(_between(steps.context, x, low, high), ())
    for node in dict.fromkeys(body.walk()):
        if node.op == "apply" and node.args[0].op == "sym" and node.args[1] != x:
            inner, name = node.args[1], str(x.data)
            slope = derive(nf, lower(nf, inner), name, ())
            ratio = nf.product(lower(nf, body), nf.power(nf.times(lower(nf, node), slope), -1))
            if slope and name not in ratio.names:
                functions = {"f": node.args[0], "g": function(inner, x)}
                h = function(raise_poly(nf, slope, {}), x)
                steps.use("integral-substitution", {**functions, "h": h, "a": low, "b": high})
                return
    raise Stuck("no antiderivative")


def _pieces(steps: Steps, body: Term, x: Term, low: Term, high: Term) -> bool:
    """Cut the interval where the argument of a |·|, max or min changes its sign."""
    line = infinite(low) and infinite(high) and low.op == "neg"
    if (infinite(low) or infinite(high)) and not line:
        return False
    context = _between(steps.context, x, low, high)
    nf = normal(context, ())
    for node in dict.fromkeys(body.walk()):
        if node.op != "call" or node.data not in ("abs", "max", "min", "relu"):
            continue
        last = make("neg", node.args[1]) if len(node.args) == 2 else num(0)
        parts = coefficient_of(lower(nf, make("add", node.args[0], last)), Atom("sym", str(x.data)))
        if parts is None or not parts[0]:
            continue
        cut = raise_poly(nf, -nf.times(parts[1], nf.power(parts[0], -1)), {})
        if line:
            _cut_line(steps, body, x, cut)
            return True
        if not seen(steps.context, make("lt", low, cut)) or not seen(steps.context, make("lt", cut, high)):
            continue
        steps.use("integral-additive", {"f": function(body, x), "a": low, "b": cut, "c": high})
        for ends in ((low, cut), (cut, high)):
            attempt = steps.copy()
            try:
                integral(attempt, make("integral", body, *ends, data=((str(x.data),),)))
                steps.take(attempt)
            except (Stuck, *FAILURES):
                continue  # the normal form may know it
        return True
    return False


def _cut_line(steps: Steps, body: Term, x: Term, cut: Term) -> None:
    """The integral over the line as that over two half-lines."""
    ends = [(make("neg", INFINITY), cut), (cut, INFINITY)]
    values = []
    for low, high in ends:
        half = make("integral", body, low, high, data=((str(x.data),),))
        before = len(steps.haves)
        integral(steps, half)
        facts = steps.context.facts
        names = [n for n in steps.names[before:] if facts[n].op == "eq" and facts[n].args[0].op == "integral"]
        values.append(steps.evaluate(half, names))
    given = {"f": function(body, x), "c": cut, "s": values[0], "t": values[1]}
    steps.use("integral-line-cut", given)


def chained(steps: Steps, terms: list[Term]) -> None:
    """Integrals of one function over several intervals, all from one point."""
    for body in dict.fromkeys(t.args[0] for t in terms):
        same = [t for t in terms if t.args[0] == body and not infinite(t.args[1]) and not infinite(t.args[2])]
        for term in same[1:]:
            base, (low, high) = same[0].args[1], term.args[1:]
            if base not in (low, high):
                x = sym(term.data[0][0], REAL)  # type: ignore[index]
                try:
                    steps.use("integral-additive", {"f": function(body, x), "a": low, "b": base, "c": high})
                except Stuck:
                    continue


def _sound(term: Term) -> bool:
    """Has the term only what the kernel can derive?"""
    return not any(node.op in ("integral", "sum", "cases", "limit") for node in term.walk())


def _between(context: Context, x: Term, low: Term, high: Term) -> Context:
    """The context with x strictly between the bounds, as far as they are in order."""
    context = context.with_symbol(Symbol(str(x.data), REAL))
    if not (infinite(low) or infinite(high)) and seen(context, make("lt", high, low)):
        low, high = high, low
    for k, (bound, op) in enumerate(((low, "gt"), (high, "lt"))):
        if not infinite(bound):
            context = context.with_fact(f"between {k}", make(op, x, bound))
    return context


def _closed(steps: Steps, body: Term, found: Term, x: Term, low: Term, high: Term) -> None:
    """Differentiable on the closed interval."""
    if infinite(low) or infinite(high):
        raise Stuck("no closed interval")
    values = {"f": function(body, x), "F": function(found, x), "a": low, "b": high}
    steps.use("integral-antiderivative", values)


def _open(steps: Steps, body: Term, found: Term, x: Term, low: Term, high: Term) -> None:
    """Differentiable inside, with limits at the ends."""
    if infinite(low) and low.op != "neg" or infinite(high) and high.op == "neg":
        raise Stuck("an integral that runs backwards")

    def end(bound: Term, side: int) -> Term:
        side = 0 if infinite(bound) else side
        return make("limit", found, bound, num(side), data=((str(x.data),),))

    s, t = (limit(steps, end(bound, side)) for bound, side in ((low, 1), (high, -1)))
    values = {"f": function(body, x), "F": function(found, x), "s": s, "t": t}
    kinds = {"": "line", "a": "upward", "b": "downward", "ab": "open"}
    kept = {key: bound for key, bound in (("a", low), ("b", high)) if not infinite(bound)}
    steps.use(f"integral-{kinds[''.join(kept)]}", {**values, **kept})


# --- known integrals ---------------------------------------------------------------------------


def _known(steps: Steps, body: Term, x: Term, low: Term, high: Term) -> None:
    """Moments of Gaussians over the line, powers times exponentials over the half-line."""
    nf = normal(_between(steps.context, x, low, high), ())
    variable = Atom("sym", str(x.data))
    for mono in lower(nf, body).terms:
        inside = {a: e for a, e in mono if not factor_names((a, e)).isdisjoint(variable.names)}
        rate, power = inside.pop(E, None), inside.pop(variable, 0)
        if inside or not isinstance(rate, Poly) or infinite(high) and high.op == "neg":
            raise Stuck("no known integral")
        b, a = (-_coefficient(rate, variable, degree) for degree in (1, 2))
        rest = total((rate, nf.times(b, of_atom(variable)), nf.times(a, of_atom(variable, 2))))
        if str(x.data) in rest.names:
            raise Stuck("an exponent of high degree")
        numbers = {"a": a, "b": b, "p": as_poly(power)}
        terms = {key: raise_poly(nf, poly, {}) for key, poly in numbers.items()}
        if infinite(low) and infinite(high):
            _gauss(steps, power, terms)
        elif low == num(0) and infinite(high) and not (a and b):
            kept = ("p", "a") if a else ("p", "b")
            steps.use("integral-gauss-half" if a else "integral-gamma", {key: terms[key] for key in kept})
        else:
            raise Stuck("no known integral")


def _gauss(steps: Steps, power: Exponent, terms: dict[str, Term]) -> None:
    """∫ x^k exp(−b x − a x²) over the line."""
    linear = make("neg", terms["b"])
    names = {0: "integral-gauss", 1: "integral-gauss-first", 2: "integral-gauss-second"}
    if isinstance(power, int) and power in names:
        steps.use(names[power], {"a": terms["a"], "b": linear})
    elif isinstance(power, int) and power > 0 and terms["b"] == num(0):
        kind = "odd" if power % 2 else "even"
        steps.use(f"integral-gauss-{kind}", {"a": terms["a"], "n": num(power // 2)})
    else:
        raise Stuck("no known moment")


def _coefficient(poly: Poly, x: Atom, degree: int) -> Poly:
    """The coefficient of a power of x."""
    power = (x, degree)
    return Poly({tuple(f for f in m if f != power): c for m, c in poly.terms.items() if power in m})
