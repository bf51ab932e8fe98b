"""Admissible points of a statement: values for its symbols that meet its hypotheses.

Values are chosen symbol by symbol, small and telling ones first; symbols that hypotheses define
are left out for the evaluator to compute, and an equation that does not hold yet is solved for
a number that occurs in it linearly.  The same seed gives the same points.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from random import Random
from typing import Any

from symproof.evaluation.arithmetic import TooCostly, Undefined, Unknown
from symproof.evaluation.balls import Balls
from symproof.evaluation.chance import Choice
from symproof.evaluation.compiler import FiniteGraph
from symproof.evaluation.model import Model
from symproof.kernel.statement import Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import Checker
from symproof.methods.base import Budget
from symproof.methods.families import (
    Range,
    functions,
    is_smooth,
    matrix,
    nth_function,
    outcome_patterns,
    scaled,
    vector,
)
from symproof.methods.floats import Floats
from symproof.methods.glance import glance
from symproof.methods.graphs import graphs, telling
from symproof.methods.probe import Probe, exact_data, to_data
from symproof.methods.solve import solved
from symproof.terms.build import make, num
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term, bound_names
from symproof.terms.types import INTEGER, REAL, Array, Function, Graph, Scalar, Sequence, Type, Vertex

FAILURES = (Rejected, Undefined, Unknown, TooCostly, Choice, ArithmeticError, RecursionError)
_TRIANGLES = ((3, 4, 5), (20, 21, 29), (5, 12, 13), (0, 1, 1), (119, 120, 169))
_FLIPPED = {"lt": "gt", "le": "ge", "gt": "lt", "ge": "le", "eq": "eq"}
# Matrices that are not theirs any more when an entry is changed.
_SHAPED = frozenset(("symmetric", "orthogonal", "diagonal", "psd", "invertible"))
Values = dict[str, Any]
# One that meets the hypotheses is looked for among the first points, and so many more, for so many seconds.
SOME, MANY, SECONDS = 60, 2000, 1.0
BLIND = 20  # points without one that is admissible at which a hypothesis could not be judged


class Points:
    """The points of one statement."""

    def __init__(self, statement: Statement, seed: int = 0) -> None:
        self.statement, self.seed = statement, seed
        self.model = Model(statement, Floats())
        self.exact = Model(statement, Balls())
        self.most: int | None = None  # the largest size to choose
        self.outcomes = self._pointwise()
        self.chosen = _order(self._free())
        self.bounds = self._bounds()
        self._dice = Random()
        self._ranges: dict[str, Range] = {}  # those that no other symbol moves
        self.checked = self._checked()
        self.wishes = _wishes(statement.goal)
        self.orders = dict(_orders(statement))
        self.glance = glance(self.model, self.chosen, self.checked)
        premises = statement.symbols, statement.definitions, statement.hypotheses
        self._met = _met(*premises, self.outcomes, seed)

    def probe(self, values: Values) -> Probe:
        """A look at a point in floats."""
        return self.exactly(self.model, values)

    def exactly(self, model: Model, values: Values) -> Probe:
        """A look at a point over the arithmetic of the model."""
        data = self.split(values)
        return Probe(model, data["values"], data.get("outcome", {}))

    def split(self, values: Values) -> dict[str, Values]:
        """The parts of a witness: values, and outcomes of normal laws."""
        outcome = {name: value for name, value in values.items() if name in self.outcomes}
        found = {"values": {name: value for name, value in values.items() if name not in self.outcomes}}
        return {**found, "outcome": outcome} if outcome else found

    def data(self, values: Values, where: Values | None = None) -> Any:
        """The witness as JSON data, with the values of bound names."""
        return to_data({**self.split(values), "at": where} if where else self.split(values))

    def point(self, p: int) -> Values | None:
        """The p-th point, if it is admissible as far as floats can tell."""
        values = self._admissible(p)
        if values is None or not self.wishes:
            return values
        wish = self.wishes[p % len(self.wishes)]
        return solved(self, values, [wish]) or values

    def _admissible(self, p: int) -> Values | None:
        """The p-th point, found once for all statements under the same hypotheses; None where it is not
        admissible, and where some hypothesis cannot be judged wherever one looks.
        """
        met, place = self._met, (p, self.most)
        if place not in met.points and met.blind < BLIND:
            raw = self.raw(p)
            met.points[place] = None if raw is None else self.mended(raw)
            if met.points[place] is not None or raw is None:
                met.blind = 0
            else:
                probe = self.probe(raw)
                met.blind += not probe.admissible() and probe.blind
        return met.points.get(place)

    def mended(self, values: Values, thoroughly: bool = True) -> Values | None:
        """The values if they are admissible, or with a few of them changed so that they are."""
        if self.glance is not None and self.glance.admits(values):
            return values
        for _ in range(3 if thoroughly else 1):
            if self.probe(values).admissible():
                return values
            found = solved(self, values, self.checked)
            if found is not None or not thoroughly:
                return found
            changed = self._changed(values)
            if changed is None:
                return None
            values = changed
        return None

    def _changed(self, values: Values) -> Values | None:
        """The values with something else for one symbol, so that one more hypothesis holds."""
        failing = next((term for term in self.checked if not self._holds(term, values)), None)
        if failing is None:
            return None
        names = self.model.definitional.closure(failing)
        for symbol in self.chosen:
            for other in _others(symbol, values[symbol.name]) if symbol.name in names else ():
                changed = {**values, symbol.name: other}
                if self._holds(failing, changed):
                    return changed
        return None

    def _holds(self, term: Term, values: Values) -> bool:
        probe = self.probe(values)
        try:
            return all(probe.outcomes(lambda env: probe.holds(term, env)))
        except FAILURES:
            return False

    def points(self, first: int = 0, last: int = 10**6) -> Iterator[Values]:
        """The admissible points among those of the given numbers, each once."""
        seen: set[str] = set()
        for p in range(first, last):
            values = self.point(p)
            key = repr(values)
            if values is None or key in seen:
                continue
            seen.add(key)
            yield values

    def raw(self, p: int) -> Values | None:
        """The p-th choice of values, perhaps not admissible; None where a range is empty."""
        random = self._dice
        random.seed(self.seed << 20 | p)
        values: Values = {}
        counts: dict[str, int] = {}
        for symbol in self.chosen:
            kind = _kind(symbol)
            j = counts[kind] = counts.get(kind, -1) + 1
            value = self._value(symbol, p, j, random, values)
            if value is None:
                return None
            values[symbol.name] = value
        numbers = [s.name for s in self.chosen if s.type == REAL]
        if p > 5 and len(numbers) > 1 and random.random() < 0.2:  # a rational point of the unit circle
            c, s, r = random.choice(_TRIANGLES)
            first, second = random.sample(numbers, 2)
            values[first], values[second] = Fraction(random.choice((c, -c)), r), Fraction(s, r)
        return values

    def completed(self, values: Values) -> Values:
        """The values with those that equations give, as far as they are rational."""
        probe = self.exactly(self.exact, values)
        found = dict(values)
        for symbol in self.statement.symbols:
            if symbol.name in probe.world.definers and isinstance(symbol.type, Scalar | Array):
                try:
                    found[symbol.name] = exact_data(probe.world.read(symbol.name))
                except (*FAILURES, TypeError):
                    continue
        return found

    # --- which symbols, and what bounds them ---------------------------------------------

    def _free(self) -> list[Symbol]:
        """The symbols that no hypothesis defines and no law describes, and outcomes to look at."""
        rule = self.model.definitional
        needs: dict[str, set[str]] = {}
        for rules in ([r] for r in rule.recurrences.values()):
            needs.setdefault(rules[0].name, set()).update(rule.closure(rules[0].body))
        for starts in rule.starts.values():
            for start in starts:
                needs.setdefault(start.name, set()).update(rule.closure(start.body))
        for name, equations in rule.equations.items():
            for equation in equations:
                wanted = rule.closure(equation.body)
                if self.statement.symbol(name) and name not in needs and not _reaches(needs, wanted, name):
                    needs[name] = set(wanted)
        return [
            s
            for s in self.statement.symbols
            if s.name in self.outcomes
            or (s.law is None and not self._defined(s) and (s.name not in needs or s.name in rule.starts))
            or (s.name in rule.recurrences and not self._defined(s))
        ]

    def _pointwise(self) -> frozenset[str]:
        """The symbols with a normal law that the goal mentions outside of expectations."""
        found: set[str] = set()
        stack, seen = [self.statement.goal], set[str]()
        while stack:
            term = stack.pop()
            if term.op in ("expect", "variance", "covariance", "probability"):
                continue
            stack.extend(term.args)
            symbol = self.statement.symbol(str(term.data)) if term.op == "sym" else None
            if symbol is not None and symbol.law is not None and symbol.law.name == "normal":
                found.add(symbol.name)
            elif term.op == "sym" and term.data in self.model.definitions and term.data not in seen:
                seen.add(str(term.data))
                stack.append(self.model.definitions[str(term.data)].body)
        return frozenset(found)

    def _defined(self, symbol: Symbol) -> bool:
        """Do hypotheses say all of a sequence or function that matters?"""
        rule = self.model.definitional
        if isinstance(symbol.type, Function):
            return symbol.name in rule.recurrences
        return rule.settled(symbol.name)

    def _checked(self) -> list[Term]:
        """The hypotheses that do not hold by construction."""
        rule, names = self.model.definitional, {s.name: None for s in self.chosen}
        serving = {id(r.hypothesis) for r in rule.recurrences.values()}
        serving |= {id(r.hypothesis) for r in self.model.definers(names).values()}
        return [h.statement for h in self.statement.hypotheses if id(h) not in serving]

    def _bounds(self) -> dict[str, list[tuple[str, Term]]]:
        """What numbers, and all entries of arrays and sequences, are compared with, by their symbols."""
        found: dict[str, list[tuple[str, Term]]] = {}
        for hypothesis in self.statement.hypotheses:
            for part, bound in _relations(hypothesis.statement, frozenset()):
                sides = part.args
                for op, (left, right) in ((part.op, sides), (_FLIPPED[part.op], sides[::-1])):
                    whole = left
                    while whole.op == "index" and bound & free_symbols(whole.args[1]):
                        whole = whole.args[0]
                    plain = isinstance(left.type, Scalar) and (whole is not left or not bound)
                    if whole.op == "sym" and plain and not free_symbols(right) & bound:
                        found.setdefault(str(whole.data), []).append((op, right))
        return found

    def _range(self, symbol: Symbol, values: Values) -> Range:
        """The range of a number, or of the entries of an array or sequence."""
        if symbol.name in self._ranges:
            return self._ranges[symbol.name]
        item = symbol.type.item if isinstance(symbol.type, Sequence) else symbol.type
        assert isinstance(item, Scalar | Array)
        found = Range(item.domain == "integer")
        bounds = self.bounds.get(symbol.name, ())
        world = self.model.world(values) if bounds else None
        for op, term in bounds:
            assert world is not None
            self.model.A.steps = 10_000
            try:
                bound = self.model.run(term)(world.env)
                found.narrow(op, Fraction(bound).limit_denominator(10**6))
            except (*FAILURES, TypeError, ValueError):
                continue
        if not any(free_symbols(term) for _, term in bounds):
            self._ranges[symbol.name] = found
        return found

    def _within(self, value: Any, found: Range, p: int, j: int, random: Random) -> Any:
        """The value with others for the entries that are outside of the range."""
        if isinstance(value, list):
            return [self._within(part, found, p, j + k, random) for k, part in enumerate(value)]
        return found.pick(p, j, random) if isinstance(value, Fraction) and value not in found else value

    # --- one value -----------------------------------------------------------------------

    def _value(self, symbol: Symbol, p: int, j: int, random: Random, values: Values) -> Any:
        type = symbol.type
        if symbol.random and symbol.law is None:
            return self._random(symbol, p, random, values)
        if isinstance(type, Function):
            known = self.orders.get(symbol.name)
            return (
                nth_function(type, is_smooth(symbol), p + 2 * j) if known is None else known[p % len(known)]
            )
        if isinstance(type, Graph):
            return _graph(symbol.attributes, p, j, random, self.most)
        if isinstance(type, Scalar):
            found = self._range(symbol, values)
            if "size" in symbol.attributes:
                return _size(found, p, j, random, self.most)
            if type.domain == "complex":
                return [found.pick(p, j, random), found.pick(p + 1, j + 1, random)]
            return found.pick(p, j, random)
        if isinstance(type, Sequence):
            item = type.item
            places = {k: self._entry(item, symbol, p, j + k, random, values) for k in range(-1, 7)}
            rest = self._entry(item, symbol, p, j, random, values)
            kept = {} if p % 3 == 2 else places
            return {"at": {str(k): v for k, v in kept.items()}, "else": rest}
        return self._entry(type, symbol, p, j, random, values)

    def _entry(self, type: Type, symbol: Symbol, p: int, j: int, random: Random, values: Values) -> Any:
        """A number or array of the type, with entries as they are bounded."""
        value = self._any_entry(type, symbol, p, j, random, values)
        if value is None or symbol.name not in self.bounds or symbol.attributes & _SHAPED:
            return value
        return self._within(value, self._range(symbol, values), p, j, random)

    def _any_entry(self, type: Type, symbol: Symbol, p: int, j: int, random: Random, values: Values) -> Any:
        if isinstance(type, Scalar):
            return Range(type.domain == "integer").pick(p if p < 3 else 9, j, random)
        if isinstance(type, Vertex):
            graph = self.model.world(values).read(str(type.graph.data))
            return Fraction(j % graph.n if p < 3 else random.randrange(graph.n))
        if not isinstance(type, Array):
            return None
        try:
            _, shape = self.model.compiler.shape(type.axes)(self.model.world(values).env)
        except FAILURES:
            return None
        if sum(shape) > 40:
            return None
        integer = type.domain == "integer"
        if p > 5 and p % 8 == 5 and not symbol.attributes & {"invertible", "orthogonal"}:
            return _plain(shape, random)
        if len(shape) == 1:
            return vector(shape[0], p, random, integer)
        if len(shape) == 2:
            return matrix(shape[0], shape[1], symbol.attributes, p, random, integer)
        return _nested(shape, p, random)

    def _random(self, symbol: Symbol, p: int, random: Random, values: Values) -> Any:
        """Outcomes for each entry, or for the whole, or a fixed value."""
        type: Type = symbol.type
        pattern = outcome_patterns(p, random)
        if isinstance(type, Scalar):
            return self._together(symbol, p, values) or {"outcomes": pattern}
        if p % 3 == 0 or "independent" in symbol.attributes:
            return {"each": {"outcomes": pattern}}

        def whole() -> Any:
            item = type.item if isinstance(type, Sequence) else type
            value = self._entry(item, symbol, p, 0, random, values)
            if not isinstance(type, Sequence):
                return value
            special = [(p // 6 + 1) % 2] if p % 6 > 3 else []  # a first place may be unlike the others
            at = {str(k): self._entry(item, symbol, p, k, random, values) for k in special}
            return {"at": at, "else": value}

        return whole() if p % 3 == 2 else {"outcomes": [[w, whole()] for w, _ in pattern]}

    def _together(self, symbol: Symbol, p: int, values: Values) -> Any:
        """At some points the value or the opposite of another random number, if nothing says otherwise."""
        leaders = [
            name
            for name, value in values.items()
            if isinstance(value, dict) and "outcomes" in value and "with" not in value
            and self._may_depend(symbol, name)
        ]  # fmt: skip
        before = sum(s.random for s in self.chosen[: self.chosen.index(symbol)])
        if p % 3 != 1 or not leaders or (p // 3) >> (before - 1) & 1:
            return None
        sign = 1 if p % 2 else -1
        pairs = values[leaders[0]]["outcomes"]
        return {"with": leaders[0], "outcomes": [[w, sign * v] for w, v in pairs]}

    def _may_depend(self, symbol: Symbol, name: str) -> bool:
        other = self.statement.symbol(name)
        return (
            other is not None
            and other.type == symbol.type
            and "independent" not in symbol.attributes | other.attributes
        )


@dataclass
class Met:
    """The points that were found, by their numbers and the largest size; how many could not be judged."""

    points: dict[tuple[int, int | None], Values | None] = field(default_factory=dict)
    blind: int = 0


@lru_cache(8)
def _met(*premises: Any) -> Met:
    """What is asked under the same hypotheses has the same points."""
    return Met()


def find_point(statement: Statement, budget: Budget) -> Any:
    """A witness's values that meet every hypothesis, checked by the kernel, or None."""
    points, checker = Points(statement, budget.seed), Checker(statement)
    start = budget.left()
    enough = start / 4  # others have to look, too
    for p in range(MANY if points.chosen else 1):
        if p > SOME and budget.left() < start - SECONDS:
            break
        values = points.point(p)
        for data in (
            (points.data(points.completed(values)), points.data(values)) if values is not None else ()
        ):
            try:
                checker.admits(data)
            except Rejected:
                continue
            return data
        if budget.left() <= enough:
            break
    return None


def _reaches(needs: dict[str, set[str]], names: frozenset[str], goal: str) -> bool:
    """Does one of the names need the goal, perhaps through others?"""
    todo, seen = list(names), set[str]()
    while todo:
        name = todo.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            todo.extend(needs.get(name, ()))
    return False


def _relations(term: Term, bound: frozenset[str]) -> Iterator[tuple[Term, frozenset[str]]]:
    """The relations that a hypothesis is made of, with the names bound there."""
    if term.op in _FLIPPED:
        yield term, bound
    elif term.op == "and":
        for part in term.args:
            yield from _relations(part, bound)
    elif term.op == "forall":
        yield from _relations(term.args[0], bound | set(bound_names(term)))
    elif term.op == "implies" and bound:
        yield from _relations(term.args[1], bound)


def _wishes(goal: Term) -> list[Term]:
    """What should hold at a point for the goal to say something there: premises, sides of an equivalence."""
    if goal.op == "implies":
        return [goal.args[0]]
    if goal.op == "iff":
        return [*goal.args, make("true")]
    if goal.op in ("and", "or"):
        return [wish for part in goal.args for wish in _wishes(part)]
    return []


def _orders(statement: Statement) -> Iterator[tuple[str, list[Term]]]:
    """Functions whose order of growth is assumed, f(n, …) = Θ(g): g itself, 2 g, and g + 1."""
    for hypothesis in statement.hypotheses:
        fact = hypothesis.statement
        if fact.op != "theta" or fact.args[0].op != "apply" or fact.args[0].args[0].op != "sym":
            continue
        (head, *places), order = fact.args[0].args, fact.args[1]
        names = [str(place.data) for place in places]
        if all(place.op == "sym" and place.type == INTEGER for place in places):
            domains = [make("numbers", data="integer")] * len(places)
            bodies = (order, make("mul", num(2), order), make("add", order, num(1)))
            data = tuple((name,) for name in names)
            yield str(head.data), [make("lambda", body, *domains, data=data) for body in bodies]


def _others(symbol: Symbol, value: Any) -> Iterator[Any]:
    """Other values for a symbol, for when a hypothesis does not hold."""
    if isinstance(value, Term) and isinstance(symbol.type, Function):
        yield from functions(symbol.type, is_smooth(symbol))
    elif isinstance(value, Fraction) and "size" not in symbol.attributes:
        yield from (Fraction(x) for x in (0, 1, 2, -1, 4)) if value.denominator == 1 else ()
        yield from (value * x for x in (Fraction(1, 4), Fraction(4), Fraction(-1)))
    elif isinstance(value, list):
        yield from (
            scaled(value, x)
            for x in (Fraction(1, 4), Fraction(1, 16), Fraction(0), Fraction(4), Fraction(-1))
        )
    elif isinstance(value, dict) and isinstance(value.get("else"), Fraction):  # of a sequence, constant ones
        yield from ({"at": {}, "else": Fraction(x)} for x in (1, 0, 2, -1))


def _kind(symbol: Symbol) -> str:
    if "size" in symbol.attributes:
        return "size"
    return type(symbol.type).__name__ + (symbol.type.domain if isinstance(symbol.type, Scalar) else "")


def _order(symbols: list[Symbol]) -> list[Symbol]:
    """Sizes and graphs first, then numbers, then what is built over them."""

    def rank(symbol: Symbol) -> int:
        if "size" in symbol.attributes:
            return 0
        if isinstance(symbol.type, Graph):
            return 1
        if isinstance(symbol.type, Scalar):
            return 2 if symbol.type.domain == "integer" else 3
        return 4

    return sorted(symbols, key=rank)


def _size(found: Range, p: int, j: int, random: Random, most: int | None) -> Fraction | None:
    """Different sizes of at least 2 first, then the corner 1 and equal sizes."""
    if p == 0:
        wanted = 2 + j % 3
    elif p == 1:
        wanted = 3 - j % 2 if j < 2 else 2 + j % 2
    elif p == 2:
        wanted = 1
    else:
        wanted = random.choice((1, 2, 2, 3, 3, 4))
    size = Fraction(wanted if most is None else min(wanted, most))
    while size not in found:
        size += 1
        if size > 12:
            candidates = found.simple()
            return candidates[p % len(candidates)] if candidates else None
    return size


def _graph(
    attributes: frozenset[str], p: int, j: int, random: Random, most: int | None
) -> FiniteGraph | None:
    def admitted(graph: FiniteGraph) -> bool:
        return ("connected" not in attributes or graph.connected()) and (
            "bipartite" not in attributes or graph.bipartite()
        )

    first = [graph for graph in telling() if admitted(graph) and (most is None or graph.n <= most)]
    if p + j < len(first):
        return first[p + j]
    n = random.choice((2, 3, 3, 4, 4, 4, 5))
    n = n if most is None else min(n, most)
    candidates = [graph for graph in graphs(n) if admitted(graph)]
    return random.choice(candidates) if candidates else None


def _plain(shape: tuple[int, ...], random: Random) -> Any:
    """Zero, or the unit matrix, or all ones: where something comes to rest or cancels."""
    kind = random.random()
    if kind < 0.6 or len(shape) != 2:
        return _filled(shape, Fraction(kind >= 0.6))
    return [[Fraction(i == j) for j in range(shape[1])] for i in range(shape[0])]


def _filled(shape: tuple[int, ...], value: Fraction) -> Any:
    return [_filled(shape[1:], value) for _ in range(shape[0])] if shape else value


def _nested(shape: tuple[int, ...], p: int, random: Random) -> Any:
    if len(shape) == 1:
        return vector(shape[0], p, random)
    return [_nested(shape[1:], p, random) for _ in range(shape[0])]
