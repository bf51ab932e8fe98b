"""Random certificates in fixed worlds: whatever they claim to show must hold there.

The hypotheses hold in the world, the goal does not; so every certificate is forged, and the
kernel must refuse it or ask for a condition that fails in the world as well.

`python -m tests.soundness.test_worlds FIRST SECONDS` goes on for longer than the tests do.
"""

from __future__ import annotations

import sys
import time
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from symproof.kernel.check import check
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.codec import encode
from symproof.terms.plain import plain
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL, Function, Sequence
from tests.kernel.semantics import Arr, NoValue
from tests.soundness.forging import claim
from tests.soundness.growing import Point, Unclear

LET = [
    "x: real", "y: real", "s: real != 0", "i: integer", "j: integer", "n: integer >= 0", "m: integer >= 1",
    "g: sequence of real", "h: sequence of real", "f: function", "F: function", "z: vector(n)", "w: vector(m)",
]  # fmt: skip
GIVEN = {
    "squares": "g[k] = k^2 - 1 for integer k >= 1",
    "recursion": "h[k] = 2 h[k - 1] + s for integer k >= 1",
    "start": "h[0] = x",
    "whole": "f(k) = 0 for integer k",
    "upper": "F(t) = t for real t >= 0",
    "lower": "F(t) = -2 t for real t < 0",
    "parts": "(k >= 3 implies g[k] > 7) and (k <= -3 implies g[k] < k) for integer k",
    "few": "z[k] = x for k in 1..n",
    "none": "x = y + 5 for k in 1..n - 3",
    "some": "w[k] = k s for k in 1..m",
    "either": "i = 1 or i = 2",
    "even": "exists q: integer such that j = 2 q",
    "zero": "x y = 0",
    "power": "s^n (x - 3)^n != 0",
    "squared": "x^2 <= 9",
}
CLAIM = claim("0 = 0", LET, [f"{name}: {text}" for name, text in GIVEN.items()])
TYPES = {t.name: t.type for t in CLAIM.symbols}
FACTS = list(GIVEN)


def world(seed: int) -> Point:
    """Values at which all hypotheses hold."""
    rng = Random(seed)
    x = Fraction(rng.choice([-3, -1, 0, 2, 3]))
    y = Fraction(rng.choice([-1, 0, 2])) if x == 0 else Fraction(0)
    s = Fraction(rng.choice([-1, 1, 2]))
    n, m = 0 if x == 3 else rng.choice([0, 1, 2]), rng.choice([1, 2])
    low = {k: Fraction(rng.randint(-5, 5)) for k in range(-60, 1)}

    def g(k: int) -> Fraction:
        return Fraction(k * k - 1) if k >= 1 else low[max(k, -60)] if k > -3 else Fraction(k - 1)

    def h(k: int) -> Fraction:
        return x if k == 0 else low[max(k, -60)] if k < 0 else 2 * h(k - 1) + s

    values: dict[str, Any] = {
        "x": x, "y": y, "s": s, "i": rng.choice([1, 2]), "j": rng.choice([-2, 0, 4]), "n": n, "m": m, "g": g, "h": h,
        "f": lambda t: t - t // 1, "F": lambda t: t if t >= 0 else -2 * t,
        "z": Arr.of((tuple(range(1, n + 1)),), lambda k: x), "w": Arr.of((tuple(range(1, m + 1)),), lambda k: k * s),
    }  # fmt: skip
    return Point(values)


WORLDS = [world(seed) for seed in range(24)]


class Forger:
    """Grows goals and certificates over the symbols and facts of the claim."""

    def __init__(self, random: Random) -> None:
        self.random, self.bound, self.named = random, [], 0  # type: ignore[var-annotated]

    def pick(self, *choices: Any) -> Any:
        return self.random.choice(choices)

    # terms

    def integer(self, depth: int = 2) -> Term:
        names = ["i", "j", "n", "m", *self.bound, *self.bound]
        if depth <= 0 or self.random.random() < 0.5:
            name = self.pick(*names)
            return self.pick(sym(name, INTEGER), num(self.random.randint(-3, 4)))  # type: ignore[no-any-return]
        kind = self.pick("add", "shift", "mul", "neg", "abs")
        if kind == "add":
            return make("add", self.integer(depth - 1), self.integer(depth - 1))
        if kind == "shift":
            return make("add", self.integer(depth - 1), num(self.pick(-1, 1, 2)))
        if kind == "mul":
            return make("mul", num(2), self.integer(depth - 1))
        return make("neg", self.integer(0)) if kind == "neg" else make("call", self.integer(0), data="abs")

    def real(self, depth: int = 2) -> Term:
        if depth <= 0 or self.random.random() < 0.3:
            return self.pick(  # type: ignore[no-any-return]
                sym("x", REAL),
                sym("y", REAL),
                sym("s", REAL),
                num(self.pick(0, 1, -1, Fraction(1, 2), 2)),
                self.integer(0),
            )
        kind = self.pick("add", "mul", "div", "pow", "g", "h", "f", "F", "z", "w", "sum", "abs")
        if kind in ("add", "mul", "div"):
            return make(kind, self.real(depth - 1), self.real(depth - 1))
        if kind == "pow":
            return make("pow", self.real(depth - 1), self.pick(num(2), num(-1), self.integer(1)))
        if kind in "gh":
            return make("index", sym(kind, Sequence(REAL)), self.integer())
        if kind in "fF":
            return make("apply", sym(kind, Function((REAL,), REAL)), self.real(depth - 1))
        if kind in "zw":
            return make("index", sym(kind, TYPES[kind]), self.integer(1))
        if kind == "abs":
            return make("call", self.real(depth - 1), data="abs")
        self.named += 1
        name, high = f"t{self.named}", self.integer(1)
        self.bound.append(name)
        body = self.real(depth - 1)
        self.bound.pop()
        return make("sum", body, make("range", num(1), high), data=((name,),))

    def statement(self, depth: int = 1) -> Term:
        kind = self.pick("plain", "plain", "plain", "plain", "not", "and", "or", "implies")
        if depth <= 0 or kind == "plain":
            op = self.pick("eq", "eq", "eq", "ne", "le", "lt", "ge", "gt")
            return make(op, self.real(), self.real(1))
        if kind == "not":
            return make("not", self.statement(depth - 1))
        return make(kind, self.statement(depth - 1), self.statement(depth - 1))

    def consequence(self) -> Term:
        """What a hypothesis says, at any values and without its premises; or something near it."""
        fact = self.pick(*(h.statement for h in CLAIM.hypotheses))
        while fact.op in ("forall", "exists", "implies", "and"):
            if fact.op in ("forall", "exists"):
                value = self.value() if fact.args[1].data == "real" else self.integer()
                fact = substitute(fact.args[0], {fact.data[0][0]: value})
            else:
                fact = self.pick(*fact.args)
        if fact.op == "or" or self.random.random() < 0.5:
            return fact  # type: ignore[no-any-return]
        left, right = fact.args
        kind = self.pick("scale", "move", "turn")
        if kind == "scale":
            factor = self.real(1)
            return make(fact.op, make("mul", factor, left), make("mul", factor, right))
        if kind == "move":
            return make(fact.op, make("add", left, make("neg", right)), num(0))
        return make(self.pick("eq", "ne", "le", "lt", "ge", "gt"), left, right)

    def value(self) -> Term:
        return self.pick(self.integer(), self.integer(1), self.real(1))  # type: ignore[no-any-return]

    # certificates

    def names(self, context: list[str]) -> list[Any]:
        """Facts to rewrite with, some of them at values."""
        chosen = self.random.sample(context, min(len(context), self.pick(0, 1, 1, 2, 3)))
        return [self.pick(n, n, {"fact": n, "at": self.at()}) for n in chosen]

    def at(self) -> dict[str, Any]:
        value = encode(self.value())
        return dict.fromkeys(("k", "t", "q"), value)

    def items(self, context: list[str]) -> list[Any]:
        found = []
        for _ in range(self.pick(0, 0, 1, 1, 2)):
            item: dict[str, Any] = {
                "fact": self.pick(*context),
                "times": encode(self.real(1)),
                "at": self.at(),
            }
            if self.random.random() < 0.3:
                item["over"] = [["o", encode(make("range", num(1), self.integer(1)))]]
                item["at"] = {name: ["sym", "o", ["integer"]] for name in ("k", "t", "q")}
            found.append(item)
        return found

    def certificate(self, goal: Term, context: list[str], depth: int) -> Any:
        rules = ["leaf"] * 3
        if depth > 0:
            rules += ["cases", "either", "obtain", "contradiction", "have", "have", "induction"]
            rules += {"implies": ["intro"] * 9, "and": ["split"] * 9, "or": ["choose"] * 9}.get(goal.op, [])
        rule = self.pick(*rules)
        self.named += 1
        name = f"c{self.named}"
        more = [*context, name]
        if rule == "leaf":
            leaf = self.pick("algebra", "algebra", "order", "evident")
            found = {"rule": leaf, "rewrite": self.names(context)}
            return found if leaf == "evident" else {**found, "combine": self.items(context)}
        if rule == "intro":
            return {"rule": "intro", "name": name, "then": self.certificate(goal.args[1], more, depth)}
        if rule == "split":
            return {"rule": "split", "parts": [self.certificate(a, context, depth - 1) for a in goal.args]}
        if rule == "choose":
            k = self.random.randrange(len(goal.args))
            return {"rule": "choose", "index": k, "then": self.certificate(goal.args[k], context, depth - 1)}
        if rule == "cases":
            on = encode(self.pick(self.statement(0), make("not", goal), goal))
            branches = [self.certificate(goal, more, depth - 1) for _ in range(2)]
            return {"rule": "cases", "on": on, "name": name, "branches": branches}
        if rule == "either":
            branches = [self.certificate(goal, more, depth - 1) for _ in range(2)]
            return {
                "rule": "either",
                "fact": self.pick("either", *context),
                "name": name,
                "branches": branches,
            }
        if rule == "obtain":
            return {
                "rule": "obtain",
                "fact": "even",
                "name": name,
                "then": self.certificate(goal, more, depth - 1),
            }
        if rule == "contradiction":
            claim = self.statement(0)
            proofs = [
                self.certificate(claim, more, depth - 1),
                self.certificate(make("not", claim), more, depth - 1),
            ]
            return {"rule": "contradiction", "name": name, "claim": encode(claim), "proofs": proofs}
        if rule == "induction":
            bases = [self.certificate(goal, context, depth - 1) for _ in range(self.pick(1, 1, 2))]
            start = encode(num(self.pick(0, 1)))
            on = self.pick("n", "m", "i", "j")
            step = self.certificate(goal, [*context, "induction"], depth - 1)
            return {"rule": "induction", "on": on, "from": start, "bases": bases, "step": step}
        then = self.certificate(goal, more, depth - 1)
        if self.random.random() < 0.5:
            return {"rule": "have", "name": name, "fact": self.pick(*context), "at": self.at(), "then": then}
        lemma = self.statement(0)
        proof = self.certificate(lemma, context, depth - 1)
        return {"rule": "have", "name": name, "claim": encode(lemma), "proof": proof, "then": then}


def fails(at: Point, goal: Term) -> bool:
    """Is the goal false or undefined in the world, for certain?"""
    try:
        return not at.term(goal)
    except NoValue:
        return True
    except (Unclear, OverflowError, TypeError, RecursionError):
        return False


def holds(at: Point, condition: Term) -> bool:
    try:
        return bool(at.term(condition))
    except (NoValue, Unclear, OverflowError, TypeError, AttributeError, RecursionError):
        return False


def attack(seed: int, tries: int = 6) -> str | None:
    """A complaint about a certificate that was accepted for a goal that fails in some world."""
    forger = Forger(Random(seed))
    try:
        goal = forger.pick(forger.statement, forger.consequence, forger.consequence)()
    except Mistyped:
        return None
    against = [at for at in WORLDS if fails(at, goal)]
    if not against:
        return None
    statement = Statement(CLAIM.symbols, (), CLAIM.hypotheses, goal)
    for _ in range(tries):
        try:
            certificate = forger.certificate(goal, FACTS, forger.pick(0, 0, 1, 1, 2))
        except Mistyped:
            continue
        try:
            theorem = check(statement, certificate, {})
        except Rejected:
            continue
        for at in against:
            if all(holds(at, c) for c in theorem.conditions):
                shown = {k: getattr(v, "cells", v) for k, v in at.values.items() if not callable(v)}
                return f"seed {seed}: {plain(goal)} by {certificate} under {theorem.conditions} at {shown}"
    return None


def test_the_worlds_meet_the_hypotheses() -> None:
    """What can be evaluated of the hypotheses holds in every world."""
    for at in WORLDS:
        x, s, n, m = (at.values[k] for k in "xsnm")
        for hypothesis in CLAIM.hypotheses:
            if hypothesis.statement.op != "forall" and hypothesis.name != "even":
                assert at.term(hypothesis.statement), hypothesis.name
        for k in range(-6, 7):
            g, h = at.values["g"], at.values["h"]
            assert k < 1 or (g(k) == k * k - 1 and h(k) == 2 * h(k - 1) + s)
            assert (k < 3 or g(k) > 7) and (k > -3 or g(k) < k)
        assert n - 3 < 1 and all(at.values["w"].cells[k,] == k * s for k in range(1, m + 1)) and x**2 <= 9


@pytest.mark.parametrize("block", range(4))
def test_forged_certificates_are_refused(block: int) -> None:
    """No random certificate shows what fails in a world in which the hypotheses hold."""
    for seed in range(block * 100, (block + 1) * 100):
        complaint = attack(seed)
        assert complaint is None, complaint


if __name__ == "__main__":
    first, seconds = int(sys.argv[1]), float(sys.argv[2])
    started, seed = time.monotonic(), first
    while time.monotonic() - started < seconds:
        complaint = attack(seed)
        if complaint is not None:
            print(complaint)
        seed += 1
    print(f"{seed - first} seeds")
