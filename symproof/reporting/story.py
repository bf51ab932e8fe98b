"""A certificate told as a derivation: steps in words and mathematics.

The rules are followed as the kernel follows them, with its own functions for
what a rule does to goal and context, but nothing is judged here: the story of
a certificate that the kernel accepted says what it accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import introduce, negation
from symproof.kernel.growth import meaning
from symproof.kernel.induction import without
from symproof.kernel.known import belonging
from symproof.kernel.ledger import Ledger, instance
from symproof.kernel.logic import unfolding
from symproof.kernel.solving import equations, setting
from symproof.kernel.statement import Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.terms.build import Mistyped, make, num, sym
from symproof.terms.codec import Malformed, decode
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Array

_UNTELLABLE = (
    Rejected, Malformed, Mistyped, TypeError, ValueError, LookupError, AttributeError, RecursionError
)  # fmt: skip
# A story with more steps is cut off: nobody reads it, and the certificate says it all.
MAX_STEPS = 120

Piece = str | Term


@dataclass(frozen=True, slots=True)
class Step:
    """Words and mathematics in the order of reading, and the steps that this one consists of."""

    say: tuple[Piece, ...]
    inside: tuple[Step, ...] = ()


def story(statement: Statement, certificate: Any, ledger: Ledger) -> tuple[Step, ...]:
    """The derivation that a certificate of the statement stands for."""
    teller = _Teller(statement, ledger)
    try:
        return tuple(teller.tell(Context.of(statement), statement.goal, certificate))
    except _UNTELLABLE:
        return (Step(("The certificate cannot be told as a derivation.",)),)


class _Teller:
    def __init__(self, statement: Statement, ledger: Ledger) -> None:
        self.goal = statement.goal
        self.ledger = ledger
        self.left = MAX_STEPS
        self.shown: Term | None = None  # the goal that the reader has just seen

    def tell(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        self.left -= 1
        if self.left == 0:
            return [Step(("Further steps are left out here; the certificate holds them.",))]
        if self.left < 0:
            return []
        return _RULES[certificate["rule"]](self, context, goal, certificate)

    def part(self, context: Context, goal: Term, certificate: Any, *say: Piece) -> Step:
        """A goal of its own within a step."""
        self.shown = goal if goal in say or not say else None
        return Step(say or ("To show: ", goal), tuple(self.tell(context, goal, certificate)))

    def so(self, words: str, goal: Term, *using: Piece) -> Step:
        """How a goal is closed; it is written out unless the reader has it before the eyes."""
        if goal in (self.goal, self.shown):
            return Step((words, *using, "."))
        return Step((f"{words}: ", goal, *using, "."))

    # --- what closes a goal ---

    def algebra(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        entries = isinstance(goal.args[0].type, Array)
        words = "Multiplied out, both sides " + ("have the same entries" if entries else "are the same")
        return [self.so(words, goal, *_using(certificate))]

    def order(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        if "terms" not in certificate:
            return [self.so("The sign of the difference is seen", goal, *_using(certificate))]
        left, right = goal.args
        if goal.op in ("lt", "le") or certificate.get("negative"):
            left, right = right, left
        gap = left if right.data == 0 else make("add", left, make("neg", right))
        for factor in certificate.get("scale", ()):
            gap = make("mul", decode(factor), gap)
        parts = [_summand(item) for item in certificate["terms"]]
        total = num(0) if not parts else parts[0] if len(parts) == 1 else make("add", *parts)
        words = "The difference is a sum of products of squares and of things that are not negative"
        return [self.so(words, goal, *_using(certificate)), Step((make("eq", gap, total),))]

    def evident(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        for name, fact in context.facts.items():
            if fact == goal:
                return [self.so(f"This is what “{name}” says", goal)]
        return [self.so("This is seen at once", goal, *_using(certificate))]

    # --- goals taken apart ---

    def intro(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        if goal.op == "forall":
            inner, body = introduce(context, goal)
            fresh = [s for n, s in inner.symbols.items() if n not in context.symbols]
            facts = [f for n, f in inner.facts.items() if n not in context.facts]
            say: list[Piece] = ["Take any ", *_listed(sym(s.name, s.type) for s in fresh)]
            if facts:
                say += [" with ", *_listed(facts)]
        else:
            name, body = certificate["name"], goal.args[1]
            inner = context.assuming(name, goal.args[0])
            say = ["Assume ", goal.args[0], f" (“{name}”)"]
        return [Step((*say, ".")), *self.tell(inner, body, certificate["then"])]

    def split(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        if goal.op == "iff":
            goals: Iterable[Term] = (make("implies", *goal.args), make("implies", *goal.args[::-1]))
        else:
            goals = goal.args if goal.op == "and" else belonging(goal)
        inside = [self.part(context, g, p) for g, p in zip(goals, certificate["parts"], strict=True)]
        return [Step(("Each part is shown by itself.",), tuple(inside))]

    def choose(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        chosen = goal.args[certificate["index"]]
        self.shown = chosen
        step = Step(("It is this alternative that holds: ", chosen))
        return [step, *self.tell(context, chosen, certificate["then"])]

    def exists(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        values = {str(n): decode(v) for n, v in certificate["values"].items()}
        self.shown = body = substitute(goal.args[0], values)
        step = Step(("Take ", *_assigned(values), "; to show: ", body))
        return [step, *self.tell(context, body, certificate["then"])]

    def cases(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        on = decode(certificate["on"])
        return [self._branches(context, goal, certificate, (on, negation(on)), "Two cases are told apart.")]

    def either(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        fact = context.facts[certificate["fact"]]
        words = f"By “{certificate['fact']}” one of these cases holds."
        return [self._branches(context, goal, certificate, fact.args, words)]

    def _branches(
        self, context: Context, goal: Term, certificate: Mapping[str, Any], cases: Iterable[Term], words: str
    ) -> Step:
        inside = [
            self.part(context.assuming(certificate["name"], case), goal, branch, "Case ", case)
            for case, branch in zip(cases, certificate["branches"], strict=True)
        ]
        return Step((words,), tuple(inside))

    def obtain(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        fact = context.facts[certificate["fact"]]
        inner, body = introduce(context, make("forall", *fact.args, data=fact.data))
        fresh = [sym(s.name, s.type) for n, s in inner.symbols.items() if n not in context.symbols]
        inner = inner.assuming(certificate["name"], body)
        say = (f"By “{certificate['fact']}” there are such ", *_listed(fresh), ": ", body)
        return [Step(say), *self.tell(inner, goal, certificate["then"])]

    def contradiction(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        name, claim = certificate["name"], decode(certificate["claim"])
        opposite = negation(goal)
        inner = context.assuming(name, opposite)
        one, other = certificate["proofs"]
        inside = [
            self.part(inner, claim, one, "On one hand ", claim),
            self.part(inner, negation(claim), other, "On the other hand ", negation(claim)),
        ]
        return [Step(("Suppose the contrary, ", opposite, "; this contradicts itself."), tuple(inside))]

    # --- facts brought in ---

    def have(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        name, inside = certificate["name"], []
        if "claim" in certificate:
            gained = decode(certificate["claim"])
            proof, label = certificate["proof"], f" (“{name}”)."
            if proof == {"rule": "evident"}:
                step = Step(("Hence ", gained, label))
            else:
                step = self.part(context, gained, proof, "First, ", gained, label)
            self.shown = None
        else:
            at = {str(n): decode(v) for n, v in certificate["at"].items()}
            if "axiom" in certificate:
                axiom = self.ledger[certificate["axiom"]]
                premises, gained = instance(context, axiom, at)
                proofs = certificate.get("premises", {})
                inside = [self.part(context, p, proofs[n]) for n, p in premises.items() if n in proofs]
                source = f"By the {'theorem' if axiom.imported else 'axiom'} {axiom.name}"
            else:
                gained = _instance(context.facts[certificate["fact"]], at)
                source = f"By “{certificate['fact']}”"
            where = _at(at)
            step = Step((source, *where, ": ", gained, f" (“{name}”)."), tuple(inside))
        return [step, *self.tell(context.with_fact(name, gained), goal, certificate["then"])]

    def unfold(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        inner, target = unfolding(context, goal)
        self.shown = target
        say: tuple[Piece, ...] = ("With the definitions written out, it is to show that ", target)
        return [Step(say), *self.tell(inner, target, certificate["then"])]

    def meaning(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        if "fact" not in certificate:
            self.shown = target = meaning(goal)
            return [Step(("This means: ", target)), *self.tell(context, target, certificate["then"])]
        name, spelled = certificate["name"], meaning(context.facts[certificate["fact"]])
        step = Step((f"“{certificate['fact']}” means: ", spelled, f" (“{name}”)."))
        return [step, *self.tell(context.with_fact(name, spelled), goal, certificate["then"])]

    # --- induction and solving ---

    def induction(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        name, start, bases = certificate["on"], decode(certificate["from"]), certificate["bases"]
        variable, outer, inside = sym(name, INTEGER), without(context, name), []
        for k, base in enumerate(bases):
            point = start if k == 0 else _plus(start, k)
            at = substitute(goal, {name: point})
            inside.append(self.part(outer, at, base, "Base, ", make("eq", variable, point), ": ", at))
        inner = outer.with_symbol(Symbol(name, INTEGER)).with_fact(
            f"{name} from the start", make("ge", variable, start)
        )
        for k in range(len(bases)):
            assumed = substitute(goal, {name: make("add", variable, num(k))}) if k else goal
            inner = inner.with_fact(f"induction {k}" if k else "induction", assumed)
        target = substitute(goal, {name: make("add", variable, num(len(bases)))})
        given = "what is shown" if len(bases) == 1 else f"the {len(bases)} cases before"
        words = f"Step, from {given} to the next (“induction” is the assumption): "
        inside.append(self.part(inner, target, certificate["step"], words, target))
        return [Step(("By induction on ", variable, " from ", start, "."), tuple(inside))]

    def solve(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        names = [n for group in goal.data for n in group]  # type: ignore[attr-defined]
        outer, assumed = setting(context, names)
        values = {n: decode(certificate["values"][n]) for n in names}
        wanted = [substitute(prop, values) for prop in (*assumed, goal.args[0])]
        inside = [self.part(outer, w, p) for w, p in zip(wanted, certificate["holds"], strict=True)]
        inner = context.assuming(certificate["name"], goal.args[0])
        only = equations(context, values)
        inside.append(self.part(inner, only, certificate["unique"], "And there is no other: ", only))
        return [Step(("The one solution is ", *_assigned(values), "."), tuple(inside))]


def _listed(terms: Iterable[Term]) -> list[Piece]:
    found: list[Piece] = []
    for term in terms:
        found += [", ", term] if found else [term]
    return found


def _assigned(values: Mapping[str, Term]) -> list[Piece]:
    """Names with their values; how a name is written does not depend on its type."""
    found: list[Piece] = []
    for name, value in values.items():
        found += [", "] if found else []
        found += [sym(name, value.type), " := ", value]
    return found


def _plus(start: Term, k: int) -> Term:
    return num(start.data + k) if start.op == "num" else make("add", start, num(k))  # type: ignore[operator]


def _instance(fact: Term, at: Mapping[str, Term]) -> Term:
    """What a fact says at values for its variables."""
    while fact.op in ("forall", "implies"):
        fact = fact.args[1] if fact.op == "implies" else substitute(fact.args[0], _here(fact, at))
    return fact


def _here(fact: Term, at: Mapping[str, Term]) -> dict[str, Term]:
    return {n: at[n] for group in fact.data for n in group}  # type: ignore[attr-defined]


def _using(certificate: Mapping[str, Any]) -> list[Piece]:
    """Which known equations were put in, and which multiples of them were subtracted."""
    found: list[Piece] = []
    for item in certificate.get("rewrite", ()):
        name, at = (item, {}) if isinstance(item, str) else (item["fact"], item.get("at", {}))
        found += [", " if found else ", after rewriting with ", f"“{name}”"]
        found += _at({str(n): decode(v) for n, v in at.items()})
    first = True
    for item in certificate.get("combine", ()):
        found += [", using " if first else " and "]
        first = False
        if "times" in item and item["times"] != ["num", "1"]:
            found += [decode(item["times"]), " times "]
        found += [f"“{item['fact']}”", *_at({str(n): decode(v) for n, v in item.get("at", {}).items()})]
        if item.get("over"):
            found.append(", summed over ")
            found += _listed(sym(n, decode(d).type.items[0]) for n, d in item["over"])  # type: ignore[union-attr]
    if certificate.get("angles"):
        found.append(", with sin² + cos² = 1")
    return found


def _at(at: Mapping[str, Term]) -> list[Piece]:
    """The values at which something is taken; that n is n goes without saying."""
    values = _assigned({n: v for n, v in at.items() if v.op != "sym" or v.data != n})
    return [" at ", *values] if values else []


def _summand(item: Mapping[str, Any]) -> Term:
    """c·ΣΠf as a term."""
    coefficient = decode(["num", item["c"]])
    factors = []
    for data, power in item.get("factors", ()):
        factor = decode(data)
        factors.append(make("pow", factor, num(2)) if power == 2 else factor)
    if coefficient.data != 1 or not factors:
        factors.insert(0, coefficient)
    term = factors[0] if len(factors) == 1 else make("mul", *factors)
    over = item.get("over", ())
    if not over:
        return term
    return make("sum", term, *(decode(d) for _, d in over), data=tuple((n,) for n, _ in over))


_RULES: dict[str, Callable[[_Teller, Context, Term, Mapping[str, Any]], list[Step]]] = {
    "algebra": _Teller.algebra,
    "order": _Teller.order,
    "evident": _Teller.evident,
    "intro": _Teller.intro,
    "split": _Teller.split,
    "choose": _Teller.choose,
    "exists": _Teller.exists,
    "cases": _Teller.cases,
    "either": _Teller.either,
    "obtain": _Teller.obtain,
    "contradiction": _Teller.contradiction,
    "have": _Teller.have,
    "solve": _Teller.solve,
    "unfold": _Teller.unfold,
    "meaning": _Teller.meaning,
    "induction": _Teller.induction,
}
