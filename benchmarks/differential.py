"""Identities built at random by rewriting, and the same with one random error.

A true one is an expression and what a few rules make of it; a false one has a number, a sign or an
operation changed, and differs at a point for certain.  Neither is looked at by symproof before it
decides, and the numbers that tell them apart are worked out here, in plain floats.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

from symproof.kernel.statement import Hypothesis, Statement, Symbol
from symproof.terms.build import make, num, sym
from symproof.terms.tree import Term
from symproof.terms.types import REAL

NAMES = ("x", "y", "a")  # a is positive
X, Y, A = (sym(name, REAL) for name in NAMES)
POSITIVE = Hypothesis("a: real > 0", make("gt", A, num(0)))
CALLS = ("sin", "cos", "exp", "tanh", "sigmoid", "abs", "atan", "sqrt", "log", "softplus")
LARGEST = 60  # nodes of an expression
Rule = Callable[[Term, Random], Term | None]


def call(name: str, *args: Term) -> Term:
    return make("call", *args, data=name)


def minus(u: Term) -> Term:
    return make("neg", u)


def expression(random: Random, depth: int) -> Term:
    """A random expression that is defined everywhere."""
    if depth == 0 or random.random() < 0.15:
        return random.choice(
            (X, Y, A, num(random.randint(1, 4)), make("div", num(1), num(random.randint(2, 4))))
        )
    kind = random.random()
    u = expression(random, depth - 1)
    if kind < 0.3:
        return make("add", u, expression(random, depth - 1))
    if kind < 0.5:
        return make("mul", u, expression(random, depth - 1))
    if kind < 0.6:
        return make("pow", u, num(random.choice((2, 2, 3))))
    if kind < 0.65:
        return minus(u)
    if kind < 0.72:
        return make("div", u, make("add", num(1), make("pow", expression(random, depth - 1), num(2))))
    if kind < 0.78:
        return call("max", u, expression(random, depth - 1))
    name = random.choice(CALLS)
    if name in ("sqrt", "log"):
        u = make("add", num(1), make("pow", u, num(2)))
    return call(name, u)


# --- rules: each gives an equal term, or None where it does not apply ------------------------------


def _swap(t: Term, random: Random) -> Term | None:
    return make(t.op, *reversed(t.args)) if t.op in ("add", "mul") else None


def _distribute(t: Term, random: Random) -> Term | None:
    if t.op != "mul" or len(t.args) != 2 or t.args[1].op != "add":
        return None
    return make("add", *(make("mul", t.args[0], part) for part in t.args[1].args))


def _pad(t: Term, random: Random) -> Term | None:
    other = random.choice((X, Y, num(random.randint(1, 5))))
    return make("add", t, other, minus(other))


def _stretch(t: Term, random: Random) -> Term | None:
    k = num(random.randint(2, 5))
    return make("div", make("mul", k, t), k)


def _power(t: Term, random: Random) -> Term | None:
    if t.op != "pow" or t.args[1].op != "num":
        return None
    base, n = t.args[0], int(t.args[1].data)  # type: ignore[call-overload]
    if n == 2 and base.op == "add" and len(base.args) == 2:
        u, v = base.args
        two = num(2)
        return make("add", make("pow", u, two), make("mul", two, u, v), make("pow", v, two))
    return make("mul", *[base] * n)


def _call(t: Term, random: Random) -> Term | None:
    if t.op != "call":
        return None
    u, half, two = t.args[0], make("div", t.args[0], num(2)), num(2)
    if t.data == "max":
        v = t.args[1]
        gap = make("add", u, minus(v))
        return make("div", make("add", u, v, call("abs", gap)), two)
    if t.data == "sin":
        return make("mul", two, call("sin", half), call("cos", half))
    if t.data == "cos":
        return make("add", num(1), minus(make("mul", two, make("pow", call("sin", half), two))))
    if t.data == "exp":
        return random.choice(
            (make("div", num(1), call("exp", minus(u))), make("pow", call("exp", half), two))
        )
    if t.data == "tanh":
        e = call("exp", make("mul", two, u))
        return make("div", make("add", e, minus(num(1))), make("add", e, num(1)))
    if t.data == "sigmoid":
        other = make("add", num(1), minus(call("sigmoid", minus(u))))
        return random.choice((other, make("div", num(1), make("add", num(1), call("exp", minus(u))))))
    if t.data == "softplus":
        return random.choice(
            (make("add", u, call("softplus", minus(u))), call("log", make("add", num(1), call("exp", u))))
        )
    if t.data == "abs":
        return random.choice(
            (call("max", u, minus(u)), call("sqrt", make("pow", u, two)), call("abs", minus(u)))
        )
    if t.data == "atan":
        return minus(call("atan", minus(u)))
    return None


def _sum_inside(t: Term, random: Random) -> Term | None:
    if t.op != "call" or t.data not in ("sin", "exp") or t.args[0].op != "add" or len(t.args[0].args) != 2:
        return None
    u, v = t.args[0].args
    if t.data == "exp":
        return make("mul", call("exp", u), call("exp", v))
    return make(
        "add", make("mul", call("sin", u), call("cos", v)), make("mul", call("cos", u), call("sin", v))
    )


def _one(t: Term, random: Random) -> Term | None:
    if t.op != "num" or t.data != 1:
        return None
    u, two = random.choice((X, Y, A)), num(2)
    return make("add", make("pow", call("sin", u), two), make("pow", call("cos", u), two))


def _wrap(t: Term, random: Random) -> Term | None:
    return call("log", call("exp", t)) if t.op in ("sym", "num", "add") else None


RULES: tuple[Rule, ...] = (
    *(_swap, _distribute, _distribute, _pad, _stretch, _power, _power),
    *(_call, _call, _call, _sum_inside, _sum_inside, _one, _wrap),
)


def places(t: Term) -> list[tuple[int, ...]]:
    """The paths to all parts of a term but exponents: a power of a negative number asks for a plain one."""
    parts = t.args[:1] if t.op == "pow" else t.args
    return [(), *((k, *rest) for k, arg in enumerate(parts) for rest in places(arg))]


def changed(t: Term, path: tuple[int, ...], change: Callable[[Term], Term | None]) -> Term | None:
    """The term with one part changed."""
    if not path:
        return change(t)
    inner = changed(t.args[path[0]], path[1:], change)
    if inner is None:
        return None
    args = [inner if k == path[0] else arg for k, arg in enumerate(t.args)]
    return make(t.op, *args, data=t.data if t.op == "call" else None)


def rewritten(t: Term, random: Random, times: int) -> Term:
    """An equal term, after so many rules."""
    for _ in range(times * 10):
        if times == 0:
            break
        rule = random.choice(RULES)
        found = changed(t, random.choice(places(t)), lambda part, rule=rule: rule(part, random))  # type: ignore[misc]
        if found is not None and found != t and len(places(found)) <= LARGEST:
            t, times = found, times - 1
    return t


def spoiled(t: Term, random: Random) -> Term | None:
    """The term with one error."""

    def change(part: Term) -> Term | None:
        if part.op == "num":
            return num(part.data + random.choice((1, 2, -1)))  # type: ignore[operator]
        if part.op == "neg":
            return part.args[0]
        if part.op in ("add", "mul") and len(part.args) == 2:
            return make("mul" if part.op == "add" else "add", *part.args)
        if part.op == "sym":
            return random.choice((X, Y, A, minus(part)))
        if part.op == "call" and part.data in ("sin", "cos", "exp", "tanh", "sigmoid"):
            return call(random.choice(("sin", "cos", "exp", "tanh", "sigmoid")), *part.args)
        return None

    return changed(t, random.choice(places(t)), change)


# --- floats ---------------------------------------------------------------------------------------------

_VALUES: dict[str, Callable[..., float]] = {
    **{name: getattr(math, name) for name in ("sin", "cos", "exp", "tanh", "atan", "sqrt", "log")},
    "abs": abs,
    "max": max,
    "sigmoid": lambda u: 1 / (1 + math.exp(-u)),
    "softplus": lambda u: math.log1p(math.exp(u)),
}


def value(t: Term, at: dict[str, float]) -> float:
    """The value at a point; raises ArithmeticError or ValueError where there is none."""
    if t.op == "num":
        assert isinstance(t.data, Fraction)
        return float(t.data)
    if t.op == "sym":
        return at[str(t.data)]
    args = [value(arg, at) for arg in t.args]
    if t.op == "add":
        return math.fsum(args)
    if t.op == "mul":
        return math.prod(args)
    if t.op == "neg":
        return -args[0]
    if t.op == "div":
        return args[0] / args[1]
    if t.op == "pow":
        return math.pow(*args)
    return _VALUES[str(t.data)](*args)


def gaps(left: Term, right: Term, random: Random) -> list[float]:
    """How far the sides are apart at a few points, relative to their size."""
    found = []
    for _ in range(6):
        at = {"x": random.uniform(-2, 2), "y": random.uniform(-2, 2), "a": random.uniform(0.2, 2)}
        try:
            p, q = value(left, at), value(right, at)
        except (ArithmeticError, ValueError):
            continue
        if math.isfinite(p) and math.isfinite(q):
            found.append(abs(p - q) / (1 + abs(p) + abs(q)))
    return found


def statement(left: Term, right: Term) -> Statement:
    return Statement(tuple(Symbol(n, REAL) for n in NAMES), (), (POSITIVE,), make("eq", left, right))


def pairs(seed: int) -> Iterator[tuple[Statement, Statement]]:
    """True identities, each with a false one beside it."""
    random = Random(seed)
    while True:
        left = expression(random, random.choice((1, 2, 2, 3)))
        right = rewritten(left, random, random.randint(1, 5))
        if left == right:
            continue
        same = gaps(left, right, random)
        if len(same) < 4 or max(same) > 1e-7:
            continue
        for _ in range(20):
            wrong = spoiled(right, random)
            apart = [] if wrong is None else gaps(left, wrong, random)
            if len(apart) >= 4 and max(apart) > 1e-3:
                assert wrong is not None
                yield statement(left, right), statement(left, wrong)
                break
