"""Refutation by proof: at the values of a witness, something that excludes the goal has a certificate.

No evaluation decides what a limit, a series or an improper integral is, that nothing has a
property, or that something has not one solution.  There a witness gives values for the symbols,
at which all hypotheses hold; a statement without symbols; and a certificate for it.  Values that
are no fractions stand in the certificate itself: it shows that a counterexample exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from symproof.kernel.check import check
from symproof.kernel.decide import OPPOSITE, negation
from symproof.kernel.growth import meaning
from symproof.kernel.infinity import infinite
from symproof.kernel.ledger import Ledger
from symproof.kernel.statement import Hypothesis, Statement, Symbol
from symproof.kernel.verdict import _SEAL, Refutation, Rejected
from symproof.kernel.witness import Checker
from symproof.terms.build import make, num, sym
from symproof.terms.codec import Malformed, decode
from symproof.terms.plain import plain
from symproof.terms.rewrite import free_symbols, substitute
from symproof.terms.tree import Term
from symproof.terms.types import Scalar


def check_denial(statement: Statement, data: Mapping[str, Any], ledger: Ledger) -> Refutation:
    """The refutation that the values, the statement instead and its proof show; raises Rejected.

    Where there are no values, the statement instead says that there are some.
    """
    try:
        instead = decode(data.get("instead"))
    except Malformed as error:
        raise Rejected("denial", str(error)) from None
    if statement.symbols and data["values"] == {} and statement.goal.op != "solve":
        texts, (left, right) = _named(data.get("proof")), ("false", "true")
        if instead != counterexample(statement):
            raise Rejected("denial", "what is shown instead is no counterexample")
    else:
        given, rest = at_values(statement, data["values"])
        texts = Checker(given).admits({"values": data["values"]})
        left, right = excluded(rest, instead)
    theorem = check(Statement((), (), (), instead), data.get("proof"), ledger)
    if theorem.conditions:
        raise Rejected("denial", "what is shown instead holds only under conditions")
    return Refutation(statement, texts, left, right, dict(data), _SEAL)


def counterexample(statement: Statement) -> Term:
    """There are numbers that meet every hypothesis and at which the opposite of the goal holds."""
    if statement.definitions or not statement.symbols:
        raise Rejected("denial", "a statement with definitions or without symbols")
    domains = []
    for symbol in statement.symbols:
        if not isinstance(symbol.type, Scalar) or symbol.attributes - {"size"} or symbol.law or symbol.random:
            raise Rejected("denial", f"{symbol.name} is not a number")
        domains.append(make("numbers", data=symbol.type.domain))
    parts = [*(h.statement for h in statement.hypotheses), negation(statement.goal)]
    body = make("and", *parts) if len(parts) > 1 else parts[0]
    return make("exists", body, *domains, data=tuple((s.name,) for s in statement.symbols))


def _named(proof: Any) -> dict[str, str]:
    """The values that a proof of existence names, as text; they are for the reader alone."""
    values = proof.get("values") if isinstance(proof, Mapping) and proof.get("rule") == "exists" else None
    try:
        return {str(name): plain(decode(value)) for name, value in dict(values or {}).items()}
    except (Malformed, TypeError, ValueError):
        return {}


def at_values(statement: Statement, values: Any) -> tuple[Statement, Statement]:
    """What is assumed of the symbols with values, and the rest of the statement with the values put in.

    Every symbol has a value but the unknowns of a goal that asks to solve.
    """
    if statement.definitions:
        raise Rejected("denial", "a statement with definitions")
    unknown = frozenset(_unknowns(statement.goal))
    put = {s.name: _value(s, values) for s in statement.symbols if s.name not in unknown}
    if set(values) != set(put):
        raise Rejected("denial", "values for other symbols than those that need one")
    about = [h for h in statement.hypotheses if unknown & free_symbols(h.statement)]
    given = replace(
        statement,
        symbols=tuple(s for s in statement.symbols if s.name in put),
        hypotheses=tuple(h for h in statement.hypotheses if h not in about),
        goal=make("true"),
    )
    rest = replace(
        statement,
        symbols=tuple(s for s in statement.symbols if s.name in unknown),
        hypotheses=tuple(Hypothesis(h.name, substitute(h.statement, put)) for h in about),
        goal=substitute(statement.goal, put),
    )
    return given, rest


def _value(symbol: Symbol, values: Any) -> Term:
    """The value that the witness gives a number."""
    type, text = symbol.type, values.get(symbol.name) if isinstance(values, Mapping) else None
    if not isinstance(type, Scalar) or type.domain == "complex" or symbol.random or symbol.law is not None:
        raise Rejected("denial", f"{symbol.name} is no real number")
    try:
        value = Fraction(text) if isinstance(text, str) else None
    except (ValueError, ZeroDivisionError):
        value = None
    if value is None or (type.domain == "integer" and value.denominator != 1):
        raise Rejected("denial", f"no value for {symbol.name}")
    return num(value)


def excluded(statement: Statement, instead: Term) -> tuple[str, str]:
    """What both sides of the goal are, where the other statement holds; raises Rejected.

    A conjunction is excluded by what excludes one of its parts.  A relation L R is excluded by L = a and
    R = b where a R b fails in exact or ball arithmetic; a limit, series or integral that is a number by
    one that is infinite, and the other way round; a goal that asks to solve by `no_solution` or
    `two_solutions`; and any other goal by its opposite.
    """
    goal = statement.goal
    for part in goal.args if goal.op == "and" else ():
        try:
            return excluded(replace(statement, goal=part), instead)
        except Rejected:
            continue
    if goal.op == "solve":
        if instead == no_solution(statement):
            return "no solution", "one solution"
        if instead == two_solutions(statement):
            return "several solutions", "one solution"
    elif instead == negation(goal):
        return "false", "true"
    if goal.op == "little_o":
        goal = meaning(goal)
    if goal.op in OPPOSITE:
        left, right = goal.args
        equations = [e for e in (instead.args if instead.op == "and" else (instead,)) if e.op == "eq"]
        values = {e.args[0]: e.args[1] for e in equations}
        a, b = values.get(left), values.get(right, right)
        ends = (0, 0) if a is None else (_infinite(a), _infinite(b))
        if a is not None and any(ends):
            if (
                goal.op == "eq"
                and left.op in ("limit", "sum", "integral")
                and ends[0] != ends[1]
                and (ends[1] or right in values)
            ):
                return plain(a), plain(b)
        elif left in values and right in values:
            apart = replace(statement, goal=make(goal.op, values[left], values[right]))
            found = Checker(apart).check({"values": {}})
            if "undefined" not in (found.left, found.right):
                return found.left, found.right
    raise Rejected("denial", "what is shown instead does not exclude the goal")


def _infinite(term: Term) -> int:
    """1 for ∞, −1 for −∞ and 0 for a number; raises Rejected where it is neither."""
    if infinite(term):
        return -1 if term.op == "neg" else 1
    if any(node.data == "oo" for node in term.walk()):
        raise Rejected("denial", "a number with ∞ in it")
    return 0


def no_solution(statement: Statement) -> Term:
    """Nothing that is admitted solves what the goal asks."""
    names, asked = _unknowns(statement.goal), _asked(statement)
    fails = negation(asked[-1])
    for assumed in reversed(asked[:-1]):
        fails = make("implies", assumed, fails)
    return make("forall", fails, *_domains(statement), data=tuple((n,) for n in names))


def two_solutions(statement: Statement) -> Term:
    """Two different things that are admitted solve what the goal asks."""
    names, asked = _unknowns(statement.goal), _asked(statement)
    types = {s.name: s.type for s in statement.symbols}
    other = {n: sym(f"another {n}", types[n]) for n in names}
    differ = [make("ne", sym(n, types[n]), other[n]) for n in names]
    parts = [make("or", *differ) if len(differ) > 1 else differ[0]]
    parts += [*asked, *(substitute(prop, other) for prop in asked)]
    bound = (*((n,) for n in names), *((str(other[n].data),) for n in names))
    return make("exists", make("and", *parts), *_domains(statement), *_domains(statement), data=bound)


def _unknowns(goal: Term) -> list[str]:
    return [name for group in goal.data for name in group] if goal.op == "solve" else []  # type: ignore[attr-defined]


def _asked(statement: Statement) -> list[Term]:
    """What is assumed of the unknowns, and what is asked of them."""
    return [*(h.statement for h in statement.hypotheses), statement.goal.args[0]]


def _domains(statement: Statement) -> list[Term]:
    domains = []
    for name in _unknowns(statement.goal):
        symbol = statement.symbol(name)
        if symbol is None or not isinstance(symbol.type, Scalar) or symbol.attributes or symbol.law:
            raise Rejected("denial", f"{name} is not a number")
        domains.append(make("numbers", data=symbol.type.domain))
    return domains
