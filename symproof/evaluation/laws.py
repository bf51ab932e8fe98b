"""Values of random symbols in one outcome: drawn from what a witness or a law says."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from symproof.evaluation.arithmetic import ExpPolynomial, Number, Unknown
from symproof.evaluation.chance import Choice
from symproof.evaluation.given import TESTS, check_attributes, exact, given, reject
from symproof.evaluation.linear import Tensor
from symproof.kernel.statement import Law, Symbol
from symproof.terms.types import Array, Scalar, Sequence, Type

if TYPE_CHECKING:
    from symproof.evaluation.model import World

Place = tuple[Any, ...]


def is_random(raw: Any) -> bool:
    """Does the data give outcomes instead of a value?"""
    return isinstance(raw, dict) and ("outcomes" in raw or "each" in raw)


def drawn(world: World, symbol: Symbol, raw: Any) -> Any:
    """A value with the outcomes of the data; `each` says that all entries have them independently."""
    if "each" in raw:
        return _entries(
            world,
            symbol,
            lambda place, type: _draw(world, place, lambda: _outcomes(world, type, raw["each"], symbol)),
        )
    if "independent" in symbol.attributes and not isinstance(symbol.type, Scalar):
        raise reject(f"the entries of {symbol.name} must be independent: give the law of each")
    if symbol.name not in world.root.drawn:
        world.root.drawn[symbol.name] = _outcomes(world, symbol.type, raw, symbol)
    found = world.root.drawn[symbol.name]
    key = (_together(world, symbol, raw),)
    return found[_draw(world, key, lambda: [(p, k) for k, (p, _) in enumerate(found)])][1]


def source(raw: Any, name: str) -> str:
    """The symbol on whose draw the outcome depends: itself, or the one that it is drawn together with."""
    other = raw.get("with") if isinstance(raw, dict) else None
    return other if isinstance(other, str) else name


def _together(world: World, symbol: Symbol, raw: Any) -> str:
    """The source of a symbol, which has outcomes of the same probabilities; what is declared independent
    is drawn with nothing.
    """
    name = source(raw, symbol.name)
    if name == symbol.name:
        return name
    other, leader = world.model.statement.symbol(name), world.raw.get(name)
    if other is None or not other.random or other.law is not None or not isinstance(leader, dict):
        raise reject(f"{symbol.name} is drawn with {name}, which has no outcomes")
    if "independent" in symbol.attributes | other.attributes or "with" in leader or "each" in leader:
        raise reject(f"{symbol.name} cannot be drawn with {name}")
    weights = [[exact(p, symbol.name) for p, _ in data["outcomes"]] for data in (raw, leader)]
    if weights[0] != weights[1]:
        raise reject(f"{symbol.name} and {name} have outcomes of other probabilities")
    return name


def lawful(world: World, symbol: Symbol, law: Law) -> Any:
    """A value of a declared law: Bernoulli entries are drawn, normal ones are free quantities."""
    A, parameters = world.A, _parameters(world, symbol, law)
    if law.name == "bernoulli":

        def outcomes(place: Place) -> list[tuple[Number, Any]]:
            p = _entry(parameters[0], symbol, place)
            return [(A.one - p, A.zero), (p, A.one)]

        return _entries(world, symbol, lambda place, type: _draw(world, place, lambda: outcomes(place)))
    mean, variance = parameters

    def entry(place: Place, type: Type) -> Number:
        if place in world.chosen:
            return world.chosen[place]
        world.variances[place] = _entry(variance, symbol, place)
        return _entry(mean, symbol, place) + ExpPolynomial.free(A, place)

    return _entries(world, symbol, entry)


def fixed_outcome(world: World, symbol: Symbol, raw: Any) -> dict[object, Any]:
    """One outcome of a normal law, by place: any value is one, as long as no variance is zero."""
    law = symbol.law
    if law is None or law.name != "normal":
        raise reject(f"{symbol.name} has no normal law")
    *_, variance = _parameters(world, symbol, law)
    if any(world.A.sign(v) <= 0 for v in (variance.cells if isinstance(variance, Tensor) else [variance])):
        raise reject(f"{symbol.name} may be constant")
    value = given(world, symbol.type, raw, symbol.name)
    if isinstance(value, Tensor):
        return {(symbol.name, k): x for k, x in enumerate(value.cells)}
    return {(symbol.name,): value}


def check_law(world: World, symbol: Symbol, law: Law) -> None:
    """Reject parameters for which there is no such law."""
    if symbol.name in world.raw:
        raise reject(f"{symbol.name} has a law and takes no value")
    *_, last = _parameters(world, symbol, law)
    for x in last.cells if isinstance(last, Tensor) else [last]:
        if world.A.sign(x) < 0 or (law.name == "bernoulli" and world.A.sign(world.A.one - x) < 0):
            raise reject(f"the law of {symbol.name} has a parameter outside its range")


def _parameters(world: World, symbol: Symbol, law: Law) -> tuple[Any, ...]:
    """The probability of 1, or the mean and the variances."""
    args = tuple(world.root.value(arg) for arg in law.args)
    if law.name == "bernoulli" and len(args) == 1:
        return args
    if law.name == "normal" and len(args) == 2:
        return args[0], _variances(world, symbol, args[1])
    raise Unknown(f"the law {law.name}")


def _variances(world: World, symbol: Symbol, covariance: Any) -> Any:
    """The diagonal of a covariance; a random matrix has independent standard normal entries."""
    if not isinstance(covariance, Tensor):
        return covariance
    n = covariance.shape[0]
    if any(not world.A.vanishes(c) for k, c in enumerate(covariance.cells) if k % (n + 1)):
        raise Unknown("a normal law with dependent entries")
    diagonal = covariance.cells[:: n + 1]
    if isinstance(symbol.type, Array) and len(symbol.type.axes) == 2:
        if any(not world.A.equal(c, world.A.one) for c in diagonal):
            raise Unknown("a normal law of a matrix that is not standard")
        return world.A.one
    return Tensor(covariance.starts[:1], (n,), diagonal)


def _draw(world: World, key: Place, outcomes: Callable[[], list[tuple[Number, Any]]]) -> Any:
    if key not in world.chosen:
        raise Choice(key, outcomes())
    return world.chosen[key]


def _entries(world: World, symbol: Symbol, draw: Callable[[Place, Type], Any]) -> Any:
    """A value whose entries are drawn one by one, each under its place."""
    if symbol.attributes & TESTS.keys():
        raise reject(f"{symbol.name} has random entries and more that is declared of it")

    def fill(type: Type, place: Place) -> Any:
        if isinstance(type, Sequence):
            return lambda k: fill(type.item, (*place, k))
        if isinstance(type, Array):
            return world.filled(type.axes, lambda k: draw((*place, k), Scalar(type.domain)))
        return draw(place, type)

    return fill(symbol.type, (symbol.name,))


def _entry(value: Any, symbol: Symbol, place: Place) -> Number:
    """The parameter of one entry; one number may stand for all."""
    if not isinstance(value, Tensor):
        return value
    type = symbol.type.item if isinstance(symbol.type, Sequence) else symbol.type
    if not isinstance(type, Array) or place[-1] >= len(value.cells):
        raise Unknown("a law with parameters of another shape")
    return value.cells[place[-1]]


def _outcomes(world: World, type: Type, raw: Any, symbol: Symbol) -> list[tuple[Number, Any]]:
    pairs = raw.get("outcomes") if isinstance(raw, dict) else None
    if not isinstance(pairs, list) or not all(isinstance(p, list) and len(p) == 2 for p in pairs):
        raise reject(f"{symbol.name} has no outcomes")
    weights = [exact(p, symbol.name) for p, _ in pairs]
    if any(w < 0 for w in weights) or sum(weights) != 1:
        raise reject(f"the probabilities of {symbol.name} do not sum to 1")
    values = [given(world, type, value, symbol.name) for _, value in pairs]
    for value in values:
        check_attributes(world, symbol, value)
    return list(zip(map(world.A.number, weights), values, strict=True))
