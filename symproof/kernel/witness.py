"""Checking a witness: values at which every hypothesis holds and the goal fails, both for certain.

A relation fails when both sides are defined and it is false, or when one side is defined and the
other is not.  Numbers are exact or balls, and a ball that cannot tell makes the check start again
with more bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from flint import ctx

from symproof.evaluation.arithmetic import Expansion, Imprecise, Level, TooCostly, Undefined, Unknown
from symproof.evaluation.balls import Balls
from symproof.evaluation.chance import outcomes
from symproof.evaluation.compiler import same
from symproof.evaluation.given import reject
from symproof.evaluation.infinite import holds_everywhere, same_order
from symproof.evaluation.laws import check_law, fixed_outcome
from symproof.evaluation.model import Model
from symproof.evaluation.showing import show
from symproof.kernel.statement import Hypothesis, Statement
from symproof.kernel.verdict import _SEAL, Refutation
from symproof.terms.build import make
from symproof.terms.tree import Term, bound_names

PRECISIONS = (64, 256, 1024, 4096)
STEPS = 200_000
_POWERS = {0: "1", 1: "s"}
Env = dict[str, Any]


def check_witness(statement: Statement, data: Any) -> Refutation:
    """The refutation that the witness shows; raises Rejected with the reason where it shows none."""
    return Checker(statement).check(data)


@dataclass(frozen=True)
class Failure:
    """What the two sides are where a goal fails, and the values of the bound names there."""

    left: str
    right: str
    where: tuple[tuple[str, Any], ...] = ()


class Checker:
    """Checks witnesses of one statement, each at a cost of so many steps a precision."""

    def __init__(self, statement: Statement, steps: int = STEPS) -> None:
        self.statement, self.steps = statement, steps
        self.model = Model(statement, Balls())

    def check(self, data: Any) -> Refutation:
        """The refutation that the witness shows; raises Rejected."""
        values, failure = self._with_enough_bits(data, True)
        assert failure is not None
        values.update({name: show(value) for name, value in failure.where})
        return Refutation(self.statement, values, failure.left, failure.right, data, _SEAL)

    def admits(self, data: Any) -> dict[str, str]:
        """The values as text, where they meet every declaration and hypothesis; raises Rejected."""
        return self._with_enough_bits(data, False)[0]

    def _with_enough_bits(self, data: Any, goal: bool) -> tuple[dict[str, str], Failure | None]:
        parts = data if isinstance(data, dict) else {}
        values, at, grow, outcome = (parts.get(key, {}) for key in ("values", "at", "grow", "outcome"))
        if "values" not in parts or not all(isinstance(part, dict) for part in (values, at, grow, outcome)):
            raise reject("it gives no values")
        for name in (*values, *outcome):
            if self.statement.symbol(name) is None:
                raise reject(f"{name} is not declared")
        kept = ctx.prec
        try:
            for bits in PRECISIONS:
                ctx.prec, self.model.A.steps = bits, self.steps
                try:
                    return Check(self.model, values, at, grow, outcome).run(goal)
                except Imprecise as error:
                    reason = f"{error}, with {bits} bits"
        except (Unknown, Undefined, TooCostly) as error:
            reason = str(error)
        except RecursionError:
            reason = "nested too deeply"
        finally:
            ctx.prec = kept
        raise reject(f"it cannot be told: {reason}")


class Check:
    """One check of one witness at one precision."""

    def __init__(self, model: Model, values: Env, at: Env, grow: Env, outcome: Env) -> None:
        self.model, self.A, self.world = model, model.A, model.world(values)
        self.at, self.grow, self.outcome = at, grow, outcome
        self.reason = "the goal does not fail"

    def run(self, goal: bool) -> tuple[dict[str, str], Failure | None]:
        statement = self.model.statement
        values = {}
        for symbol in statement.symbols:
            if symbol.law is not None:
                check_law(self.world, symbol, symbol.law)
            else:
                raw = self.world.raw.get(symbol.name)
                found = self.outcomes(partial(_read, symbol.name))
                if raw is not None or not (len(found) > 1 or callable(found[0])):
                    text = show(found[0] if raw is None else raw)
                    ruled = raw is not None and self.model.definitional.rules(symbol.name)
                    values[symbol.name] = f"{text}, but for what is assumed" if ruled else text
        for hypothesis in statement.hypotheses:
            self.hypothesis(hypothesis)
        if not goal:
            return values, None
        failure = self.first_failure()
        if failure is None:
            raise reject(self.reason)
        values.update({name: show(raw) for name, raw in self.outcome.items()})
        return values, failure

    def first_failure(self) -> Failure | None:
        """How the goal fails in some outcome, or in the one that the witness names."""
        fixed: dict[object, Any] = {}
        for name, raw in self.outcome.items():
            symbol = self.model.statement.symbol(name)
            assert symbol is not None
            fixed.update(fixed_outcome(self.world, symbol, raw))
        unsure: list[Exception] = []  # what cannot be told matters only where nothing fails

        def fails(env: Env) -> Failure | None:
            try:
                return self.fails(self.model.statement.goal, env)
            except (Undefined, Unknown) as error:
                unsure.append(error)
                return None

        failure: Failure | None
        for _, failure in outcomes(self.A, fails, self.world.env, fixed):
            if failure is not None:
                return failure
        if unsure:
            raise unsure[0]
        return None

    def outcomes(self, run: Callable[[Env], Any]) -> list[Any]:
        """What is said of random symbols is said in each of their outcomes."""
        return [value for _, value in outcomes(self.A, run, self.world.env)]

    def hypothesis(self, hypothesis: Hypothesis) -> None:
        """Raises Rejected where the hypothesis does not hold."""
        if id(hypothesis) in self.world.used:
            self.outcomes(lambda env: env[""].check_definition(hypothesis))
            return
        try:
            if all(self.outcomes(lambda env: self.holds(hypothesis.statement, env))):
                return
        except Undefined as error:
            raise reject(f"the hypothesis {hypothesis.name} is undefined: {error}") from None
        raise reject(f"the hypothesis {hypothesis.name} does not hold")

    def value(self, term: Term, env: Env) -> Any:
        return self.model.run(term, tuple(name for name in env if name))(env)

    # --- truth --------------------------------------------------------------------------

    def holds(self, term: Term, env: Env) -> bool:
        """The truth of a statement, for certain; raises Undefined or Unknown."""
        if term.op == "and":
            return all(self.holds(part, env) for part in term.args)
        if term.op == "implies":
            return not self.holds(term.args[0], env) or self.holds(term.args[1], env)
        if term.op == "not":
            return not self.holds(term.args[0], env)
        if term.op == "iff":
            return self.holds(term.args[0], env) is self.holds(term.args[1], env)
        if term.op == "forall":
            if is_finite(term):
                return all(self.holds(term.args[0], inner) for inner in self.inside(term, env))
            return self.everywhere(term, env)
        if term.op == "exists" and not is_finite(term):
            if self.holds(term.args[0], self._chosen(term, env)):
                return True
            raise Unknown("something may exist that the witness does not name")
        if term.op == "theta":
            return same_order(self, term, env)
        return bool(self.value(term, env))

    def everywhere(self, term: Term, env: Env) -> bool:
        """The truth of a `forall` over infinitely many things."""
        return holds_everywhere(self, term, env)

    def instances(self, term: Term, env: Env) -> Iterator[Env]:
        """Where a `forall` over infinitely many things may fail: at what the witness names."""
        yield self._chosen(term, env)

    def inside(self, term: Term, env: Env) -> Iterator[Env]:
        """The environments of the body of a binder over finite ranges."""
        for inner in self.model.points(term, tuple(name for name in env if name))(env):
            yield dict(inner)

    def _chosen(self, term: Term, env: Env) -> Env:
        """The environment of the body with the values that the witness gives for the bound names."""
        inner = dict(env)
        groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        for group, domain in zip(groups, term.args[1:], strict=True):
            for name, type in zip(group, domain.type.items, strict=True):  # type: ignore[union-attr]
                if name not in self.at:
                    raise Unknown(f"the witness gives no {name}")
                inner[name] = env[""].given(type, self.at[name], name)
            if domain.op in ("range", "interval"):
                self._within(group[0], domain, inner, env)
        return inner

    def _within(self, name: str, domain: Term, inner: Env, env: Env) -> None:
        for k, bound in enumerate(domain.args):
            if bound.data == "oo" or (bound.op == "neg" and bound.args[0].data == "oo"):
                continue
            gap = self.A.sign((inner[name] - self.value(bound, env)) * (1 if k == 0 else -1))
            if gap < 0 or (gap == 0 and domain.op == "interval" and str(domain.data)[k] in "()"):
                raise reject(f"{name} is outside its range")

    # --- failure --------------------------------------------------------------------------

    def fails(self, term: Term, env: Env) -> Failure | None:
        """How a statement fails, for certain; None when it does not."""
        op, args = term.op, term.args
        if op in ("eq", "ne", "lt", "le", "gt", "ge"):
            return self._relation_fails(term, env)
        if op == "and":
            return self._first(partial(self.fails, part, env) for part in args)
        if op == "or":
            failures = [self.fails(part, env) for part in args]
            return None if None in failures else failures[-1]
        if op == "implies":
            return self.fails(args[1], env) if self.holds(args[0], env) else None
        if op == "forall":
            inside = self.inside(term, env) if is_finite(term) else self.instances(term, env)
            return self._first(partial(self._fails_inside, term, inner) for inner in inside)
        if op == "theta":
            return self._theta_fails(term, env)
        if op == "exists" and not is_finite(term):
            nothing = make("forall", make("not", args[0]), *args[1:], data=term.data)
            return Failure("nothing", "something") if self.everywhere(nothing, env) else None
        if op == "iff":
            return self._first(partial(self._apart, p, q, env) for p, q in (args, args[::-1]))
        if op == "not":
            return Failure("not true", "true") if self.holds(args[0], env) else None
        return None if self.value(term, env) else Failure("false", "true")

    def _first(self, attempts: Iterable[Callable[[], Failure | None]]) -> Failure | None:
        """The first failure; what cannot be told matters only where nothing fails."""
        unsure: Exception | None = None
        for attempt in attempts:
            try:
                failure = attempt()
            except (Undefined, Unknown) as error:
                unsure = error
                continue
            if failure is not None:
                return failure
        if unsure is not None:
            raise unsure
        return None

    def _apart(self, true: Term, false: Term, env: Env) -> Failure | None:
        """One side of an equivalence holds, and the other is defined and fails."""
        failure = self.fails(false, env) if self.holds(true, env) else None
        return None if failure is None or "undefined" in (failure.left, failure.right) else failure

    def _fails_inside(self, term: Term, env: Env) -> Failure | None:
        failure = self.fails(term.args[0], env)
        if failure is None:
            return None
        where = tuple((name, env[name]) for name in bound_names(term))
        return Failure(failure.left, failure.right, where + failure.where)

    def _relation_fails(self, term: Term, env: Env) -> Failure | None:
        sides, texts = [], []
        for side in term.args:
            try:
                sides.append(self.value(side, env))
                texts.append(show(sides[-1]))
            except Undefined:
                texts.append("undefined")
        if not sides:
            self.reason = "both sides are undefined"
            return None
        if len(sides) == 2:
            left, right = sides
            if term.op in ("eq", "ne"):
                if same(self.A, left, right) is (term.op == "eq"):
                    return None
            else:
                order = self.A.sign(left - right) * (1 if term.op in ("lt", "le") else -1)
                if order < 0 or (order == 0 and term.op in ("le", "ge")):
                    return None
        return Failure(texts[0], texts[1])

    def _theta_fails(self, term: Term, env: Env) -> Failure | None:
        """f/g is 0, or tends to 0, infinity or a negative number, where each size is a power of s -> oo."""
        level, inner = Level(self.A, 0), dict(env)
        for name in bound_names(term):
            power = self.grow.get(name)
            if type(power) is not int or not 0 <= power <= 20:
                raise Unknown(f"the witness does not say how {name} grows")
            large = Expansion(level, -power, [self.A.one] + [self.A.zero] * 12)
            inner[name] = large if power else self.A.one
        f, g = (self.value(side, inner) for side in term.args)
        where = tuple((name, _POWERS.get(k := self.grow[name], f"s^{k}")) for name in bound_names(term))
        if not isinstance(f, Expansion) and self.A.vanishes(f) and self.A.sign(g) != 0:
            return Failure("f/g is 0", "f/g stays between positive constants", where)
        ratio = self.A.divide(f, g)
        if not isinstance(ratio, Expansion):
            return None
        ratio = ratio.strip()
        if ratio.low == 0 and self.A.sign(ratio.c[0]) > 0:
            return None
        kind = "0" if ratio.low > 0 else "a negative number" if ratio.low == 0 else "infinity"
        return Failure(f"f/g tends to {kind} as s grows", "f/g stays between positive constants", where)


def _read(name: str, env: Env) -> Any:
    return env[""].read(name)


def is_finite(term: Term) -> bool:
    """Does the binder range over finitely many things?"""
    return all(
        d.op in ("vertices", "edges") or (d.op == "range" and d.args[1].data != "oo") for d in term.args[1:]
    )
