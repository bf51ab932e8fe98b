"""Expectations: finite outcomes by going through them, the normal law by its moments.

A random quantity with finitely many outcomes raises `Choice` when it is first read; the
evaluation is repeated once for each of its outcomes.  Entries of a normal law are free
quantities of an `ExpPolynomial`, centred, with their variances in the world.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import comb
from typing import Any

from symproof.evaluation.arithmetic import Arithmetic, Expansion, ExpPolynomial, Generator, Number, Unknown
from symproof.evaluation.linear import Tensor

Env = dict[str, Any]
Run = Callable[[Env], Any]


class Choice(Exception):
    """A random quantity was read whose outcome is not chosen yet."""

    def __init__(self, key: object, outcomes: list[tuple[Number, Any]]) -> None:
        super().__init__(str(key))
        self.key, self.outcomes = key, outcomes


def outcomes(
    A: Arithmetic, run: Run, env: Env, fixed: dict[object, Any] | None = None
) -> Iterator[tuple[Number, Any]]:
    """What the run gives for each joint outcome of positive probability, and the probability.

    Outcomes that are `fixed` are not gone through.
    """
    stack: list[tuple[dict[object, Any], Number]] = [(fixed or {}, A.one)]
    while stack:
        chosen, weight = stack.pop()
        A.spend()
        try:
            value = run({**env, "": env[""].branch(chosen)})
        except Choice as choice:
            for p, outcome in choice.outcomes:
                if A.sign(p) > 0:
                    stack.append(({**chosen, choice.key: outcome}, weight * p))
            continue
        yield weight, value


def expectation(A: Arithmetic, run: Run, env: Env) -> Any:
    """The mean of the run over all that is random."""
    total: Any = None
    variances: dict[Generator, Number] = env[""].variances
    for weight, value in outcomes(A, run, env):
        if isinstance(value, Tensor):
            part: Any = value.map(lambda x, w=weight: _mean(A, x, variances) * w)  # type: ignore[misc]
        else:
            part = _mean(A, value, variances) * weight
        total = part if total is None else total + part
    return total


def variance(A: Arithmetic, run: Run, env: Env) -> Any:
    """E[x²] - E[x]², entry by entry."""
    mean = expectation(A, run, env)
    square = expectation(A, lambda inner: _paired(run(inner), lambda x: x * x), env)
    return square + -_paired(mean, lambda x: x * x)


def covariance(A: Arithmetic, left: Run, right: Run, env: Env) -> Any:
    """E[x y] - E[x] E[y]; of two vectors the matrix of them."""
    first, second = expectation(A, left, env), expectation(A, right, env)
    joint = expectation(A, lambda inner: _outer(left(inner), right(inner)), env)
    return joint + -_outer(first, second)


def _paired(value: Any, f: Callable[[Number], Number]) -> Any:
    return value.map(f) if isinstance(value, Tensor) else f(value)


def _outer(x: Any, y: Any) -> Any:
    if not isinstance(x, Tensor):
        return x * y
    return Tensor(x.starts + y.starts, x.shape + y.shape, [a * b for a in x.cells for b in y.cells])


def _mean(A: Arithmetic, x: Number, variances: dict[Generator, Number]) -> Number:
    if isinstance(x, Expansion):
        return Expansion(x.level, x.low, [_mean(A, c, variances) for c in x.c])
    if not isinstance(x, ExpPolynomial):
        return x
    total = A.zero
    for c, mono, rate in x.terms:
        total = total + c * _gaussian(A, dict(mono), dict(rate), variances)
    return total


def _gaussian(
    A: Arithmetic,
    powers: dict[Generator, int],
    rates: dict[Generator, Number],
    variances: dict[Generator, Number],
) -> Number:
    """E[Π x^m exp(a x)] = exp(Σ a² v / 2) Π E[(x + a v)^m] for independent normal x of variance v."""
    exponent, product = A.zero, A.one
    for x in powers.keys() | rates.keys():
        if x not in variances:
            raise Unknown("an expectation of something that is not random")
        v, m = variances[x], powers.get(x, 0)
        a: Number = rates.get(x, A.zero)
        exponent = exponent + a * a * v * A.number(Fraction(1, 2))
        A.spend(m)
        total, moment = A.zero, A.one  # moment runs through E[x^j] = v^(j/2) (j-1)!!, j even
        for j in range(0, m + 1, 2):
            total = total + A.repeat(a * v, m - j) * moment * comb(m, j)
            moment = A.bounded(moment * v * (j + 1))
        product = product * total
    return product * A.call("exp", exponent)
