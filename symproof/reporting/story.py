"""A certificate told as a derivation: steps in words and mathematics.

The rules are followed as the kernel follows them, with its own functions for
what a rule does to goal and context, but nothing is judged here: the story of
a certificate that the kernel accepted says what it accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from symproof.kernel.context import Context
from symproof.kernel.decide import introduce, negation
from symproof.kernel.growth import meaning
from symproof.kernel.induction import without
from symproof.kernel.known import belonging
from symproof.kernel.ledger import Ledger, instance
from symproof.kernel.logic import exists_by_itself, unfolding
from symproof.kernel.rules import Checker
from symproof.kernel.solving import equations, setting
from symproof.kernel.statement import Statement, Symbol
from symproof.kernel.verdict import Rejected
from symproof.reporting.letters import Letters
from symproof.reporting.multiplied import common_form
from symproof.reporting.sentences import (
    Piece,
    Step,
    assigned,
    cited,
    listed,
    marked,
    plus,
    specialised,
    summand,
    taken_at,
)
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


def story(statement: Statement, certificate: Any, ledger: Ledger) -> tuple[Step, ...]:
    """The derivation that a certificate of the statement stands for."""
    teller, letters = _Teller(statement, certificate, ledger), Letters(statement)
    try:
        steps = teller.tell(Context.of(statement), statement.goal, certificate)
        return tuple(_tidied(step, letters) for step in steps)
    except _UNTELLABLE:
        return (Step(("The certificate cannot be told as a derivation.",)),)


def denial(data: Any, ledger: Ledger) -> tuple[Term, tuple[Step, ...]] | None:
    """What a witness shows to hold instead of the goal, and its derivation, where it brings a proof."""
    try:
        instead = decode(data["instead"])
    except _UNTELLABLE:
        return None
    return instead, story(Statement((), (), (), instead), data.get("proof"), ledger)


def _tidied(step: Step, letters: Letters) -> Step:
    say = tuple(letters.tidy(piece) if isinstance(piece, Term) else piece for piece in step.say)
    return Step(say, tuple(_tidied(part, letters) for part in step.inside))


class _Teller:
    def __init__(self, statement: Statement, certificate: Any, ledger: Ledger) -> None:
        self.goal = statement.goal
        self.given = {hypothesis.name for hypothesis in statement.hypotheses}
        self.ledger = ledger
        self.left = MAX_STEPS
        self.shown: Term | None = None  # the goal that the reader has just seen
        self.cited = frozenset(cited(certificate))
        self.labels: dict[str, str] = {}  # how facts that the proof itself brings in are called
        self.count = 0
        self.begun = False  # has a first intermediate result been told?

    def tell(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        self.left -= 1
        if self.left == 0:
            return [Step(("Further steps are left out here; the certificate holds them.",))]
        if self.left < 0:
            return []
        return RULES[certificate["rule"]](self, context, goal, certificate)

    def part(self, context: Context, goal: Term, certificate: Any, *say: Piece) -> Step:
        """A goal of its own within a step; what takes one sentence is said in the same line."""
        say = say or ("To show: ", goal)
        self.shown = goal if goal in say else None
        inside = self.tell(context, goal, certificate)
        if len(inside) == 1 and not inside[0].inside and inside[0].say[0] != goal:
            between = "" if isinstance(say[-1], str) else "."
            return Step((*say, f"{between} ", *inside[0].say))
        return Step((*say, ":") if isinstance(say[-1], Term) else say, tuple(inside))

    def so(self, goal: Term, words: str, *more: Piece) -> Step:
        """How a goal is closed; it is written out unless the reader has it before the eyes."""
        if goal in (self.goal, self.shown):
            return Step((words, *more, "."))
        return Step((goal, f". {words}", *more, "."))

    def label(self, name: str) -> str:
        """Mark a fact that is referred to later with a number."""
        if name not in self.cited:
            return ""
        self.count += 1
        self.labels[name] = f"({self.count})"
        return f" {self.labels[name]}"

    def cite(self, name: str) -> str:
        """A fact by its number, or by the name that the author gave it."""
        return self.labels.get(name) or f"“{name}”"

    # --- what closes a goal ---

    def algebra(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        entries = isinstance(goal.args[0].type, Array)
        words = ["Multiplied out", *self.put_in(certificate)]
        if certificate.get("combine"):
            words += [", the difference of both sides is that of ", *self.combined(certificate)]
        else:
            form = common_form(context, goal, certificate)
            words += [", both sides "]
            words += ["have the same entries" if entries else "are the same"] if form is None else []
            words += [] if form is None else ["have the entries " if entries else "are ", form]
        return [self.so(goal, *words)]  # type: ignore[arg-type]

    def order(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        using = self.using(certificate)
        if "terms" not in certificate:
            return [self.so(goal, "The sign of the difference is seen", *using)]
        left, right = goal.args
        if goal.op in ("lt", "le") or certificate.get("negative"):
            left, right = right, left
        gap = left if right.data == 0 else make("add", left, make("neg", right))
        for factor in certificate.get("scale", ()):
            gap = make("mul", decode(factor), gap)
        parts = [summand(item) for item in certificate["terms"]]
        total = num(0) if not parts else parts[0] if len(parts) == 1 else make("add", *parts)
        words = "No summand of this is negative"
        if goal.op in ("lt", "gt", "ne"):
            words += ", and one is positive"
        return [self.so(goal, f"{words}: ", make("eq", gap, total), *using)]

    def evident(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        for name, fact in context.facts.items():
            if fact == goal:
                known = name in self.labels or name in self.given
                return [
                    self.so(goal, f"This is what {self.cite(name)} says" if known else "This was shown above")
                ]
        return [self.so(goal, "This is seen at once", *self.using(certificate))]

    # --- goals taken apart ---

    def intro(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        fresh: list[Term] = []
        facts: list[Piece] = []
        seen = goal in (self.goal, self.shown)
        while certificate["rule"] == "intro":
            if goal.op == "forall":
                inner, goal = introduce(context, goal)
                fresh += [sym(s.name, s.type) for n, s in inner.symbols.items() if n not in context.symbols]
                for name, fact in inner.facts.items():
                    if name not in context.facts:
                        facts += [", " if facts else "", fact, self.label(name)]
            else:
                inner = context.assuming(certificate["name"], goal.args[0])
                facts += [", " if facts else "", goal.args[0], self.label(certificate["name"])]
                goal = goal.args[1]
            context, certificate = inner, certificate["then"]
        if seen:
            self.shown = goal
        say: list[Piece] = ["Take any ", *listed(fresh)] if fresh else ["Assume "]
        say += [" with " if fresh and facts else "", *facts]
        return [Step((*say, ".")), *self.tell(context, goal, certificate)]

    def split(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        if goal.op == "iff":
            goals: Iterable[Term] = (make("implies", *goal.args), make("implies", *goal.args[::-1]))
        else:
            goals = goal.args if goal.op == "and" else belonging(goal)
        inside = [self.part(context, g, p) for g, p in zip(goals, certificate["parts"], strict=True)]
        return [Step(("Each part is shown by itself.",), tuple(inside))]

    def choose(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        chosen = goal.args[certificate["index"]]
        return [
            self.part(context, chosen, certificate["then"], "It is this alternative that holds: ", chosen)
        ]

    def exists(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        values = {str(n): decode(v) for n, v in certificate["values"].items()}
        body = substitute(goal.args[0], values)
        say = ("Take ", *assigned(values), "; to show: ", body)
        return [self.part(context, body, certificate["then"], *say)]

    def cases(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        on = decode(certificate["on"])
        return [self._branches(context, goal, certificate, (on, negation(on)), "Two cases are told apart.")]

    def either(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        fact = context.facts[certificate["fact"]]
        words = f"By {self.cite(certificate['fact'])} one of these cases holds."
        return [self._branches(context, goal, certificate, fact.args, words)]

    def _branches(
        self, context: Context, goal: Term, certificate: Mapping[str, Any], cases: Iterable[Term], words: str
    ) -> Step:
        name, seen, inside = certificate["name"], goal in (self.goal, self.shown), []
        for case, branch in zip(cases, certificate["branches"], strict=True):
            say = ("Case ", case, self.label(name), ".")
            self.shown = goal if seen else None
            told = self.tell(context.assuming(name, case), goal, branch)
            single = len(told) == 1 and not told[0].inside
            inside.append(Step((*say, " ", *told[0].say)) if single else Step(say, tuple(told)))
        return Step((words,), tuple(inside))

    def obtain(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        fact = context.facts[certificate["fact"]]
        inner, body = introduce(context, make("forall", *fact.args, data=fact.data))
        fresh = [sym(s.name, s.type) for n, s in inner.symbols.items() if n not in context.symbols]
        inner = inner.assuming(certificate["name"], body)
        head = f"By {self.cite(certificate['fact'])} there are such "
        say = (head, *listed(fresh), ": ", body, f"{self.label(certificate['name'])}.")
        return [Step(say), *self.tell(inner, goal, certificate["then"])]

    def defined(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        inner, name = context, certificate["name"]
        asked: list[Piece] = []
        for k, condition in enumerate(Checker(self.ledger).undischarged(context, (), goal), start=1):
            if not exists_by_itself(condition):
                inner = inner.assuming(f"{name} {k}", condition)
                asked += [", " if asked else "", condition, self.label(f"{name} {k}")]
        told = self.tell(inner, goal, certificate["then"])
        return (
            [Step(("All of this is defined where ", *asked, "; so much is asked for.")), *told]
            if asked
            else told
        )

    def contradiction(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        name, claim = certificate["name"], decode(certificate["claim"])
        opposite = negation(goal)
        inner = context.assuming(name, opposite)
        one, other = certificate["proofs"]
        say = ("Suppose the contrary, ", opposite, f"{self.label(name)}. It contradicts itself:")
        inside = [
            self.part(inner, claim, one, "On one hand ", claim),
            self.part(inner, negation(claim), other, "On the other hand ", negation(claim)),
        ]
        return [Step(say, tuple(inside))]

    # --- facts brought in ---

    def have(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        name, then, inside = certificate["name"], certificate["then"], []
        if "claim" in certificate:
            gained = decode(certificate["claim"])
            proof = certificate["proof"]
            if proof == {"rule": "evident"}:
                step = Step(("Hence ", gained, f"{self.label(name)}."))
            else:
                shown, label = self.shown, self.label(name)
                word = "Then " if self.begun else "First, "
                self.begun = True
                step = marked(self.part(context, gained, proof, word, gained), gained, label)
                self.shown = shown
        else:
            at = {str(n): decode(v) for n, v in certificate["at"].items()}
            if "axiom" in certificate:
                axiom = self.ledger[certificate["axiom"]]
                premises, gained = instance(context, axiom, at)
                proofs = certificate.get("premises", {})
                shown = self.shown
                inside = [self.part(context, p, proofs[n]) for n, p in premises.items() if n in proofs]
                self.shown = shown
                source = f"the {'theorem' if axiom.imported else 'axiom'} {axiom.name}"
            else:
                gained = specialised(context.facts[certificate["fact"]], at)
                source = self.cite(certificate["fact"])
            if gained == goal and goal in (self.goal, self.shown) and then == {"rule": "evident"}:
                return [Step((f"This is what {source} says", *taken_at(at), "."), tuple(inside))]
            step = Step((f"By {source}", *taken_at(at), ": ", gained, f"{self.label(name)}."), tuple(inside))
        if gained == goal:  # this was to be shown
            return [step]
        return [step, *self.tell(context.with_fact(name, gained), goal, then)]

    def only(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        return self.tell(context.relying(frozenset(certificate["facts"])), goal, certificate["then"])

    def unfold(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        inner, target = unfolding(context, goal)
        say = ("With the definitions written out, it is to show that ", target)
        return [self.part(inner, target, certificate["then"], *say)]

    def meaning(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        if "fact" not in certificate:
            target = meaning(goal)
            return [self.part(context, target, certificate["then"], "This means: ", target)]
        name, spelled = certificate["name"], meaning(context.facts[certificate["fact"]])
        head = f"What {self.cite(certificate['fact'])} says means: "
        step = Step((head, spelled, f"{self.label(name)}."))
        return [step, *self.tell(context.with_fact(name, spelled), goal, certificate["then"])]

    # --- induction and solving ---

    def induction(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        name, start, bases = certificate["on"], decode(certificate["from"]), certificate["bases"]
        variable, outer, inside = sym(name, INTEGER), without(context, name), []
        for k, base in enumerate(bases):
            point = start if k == 0 else plus(start, k)
            at = substitute(goal, {name: point})
            inside.append(self.part(outer, at, base, "Base, ", make("eq", variable, point), ": ", at))
        inner = outer.with_symbol(Symbol(name, INTEGER)).with_fact(
            f"{name} from the start", make("ge", variable, start)
        )
        say: list[Piece] = ["Step. Assume, for some ", make("ge", variable, start), ", "]
        for k in range(len(bases)):
            assumed = substitute(goal, {name: plus(variable, k)}) if k else goal
            fact = f"induction {k}" if k else "induction"
            inner = inner.with_fact(fact, assumed)
            say += [" and " if k else "", assumed, self.label(fact)]
        target = substitute(goal, {name: plus(variable, len(bases))})
        inside.append(self.part(inner, target, certificate["step"], *say, "; to show: ", target))
        return [Step(("By induction on ", variable, " from ", start, "."), tuple(inside))]

    def solve(self, context: Context, goal: Term, certificate: Mapping[str, Any]) -> list[Step]:
        names = [n for group in goal.data for n in group]  # type: ignore[attr-defined]
        outer, assumed = setting(context, names)
        values = {n: decode(certificate["values"][n]) for n in names}
        wanted = [substitute(prop, values) for prop in (*assumed, goal.args[0])]
        inside = [self.part(outer, w, p) for w, p in zip(wanted, certificate["holds"], strict=True)]
        inner = context.assuming(certificate["name"], goal.args[0])
        self.label(certificate["name"])
        only = equations(context, values)
        inside.append(self.part(inner, only, certificate["unique"], "And there is no other: ", only))
        return [Step(("The one solution is ", *assigned(values), "."), tuple(inside))]

    # --- what is used ---

    def using(self, certificate: Mapping[str, Any]) -> list[Piece]:
        """The known equations that were put in, and the multiples of others that were added."""
        found = self.put_in(certificate)
        if certificate.get("combine"):
            found += [", using ", *self.combined(certificate)]
        if certificate.get("angles"):
            found.append(", with sin² + cos² = 1")
        return found

    def put_in(self, certificate: Mapping[str, Any]) -> list[Piece]:
        found: list[Piece] = []
        for item in certificate.get("rewrite", ()):
            name, at = (item, {}) if isinstance(item, str) else (item["fact"], item.get("at", {}))
            found += [", " if found else ", with ", self.cite(name)]
            found += taken_at({str(n): decode(v) for n, v in at.items()})
        return [*found, " put in"] if found else []

    def combined(self, certificate: Mapping[str, Any]) -> list[Piece]:
        found: list[Piece] = []
        for item in certificate.get("combine", ()):
            found += [" and "] if found else []
            if "times" in item and item["times"] != ["num", "1"]:
                found += [decode(item["times"]), " times "]
            found += [
                self.cite(item["fact"]),
                *taken_at({str(n): decode(v) for n, v in item.get("at", {}).items()}),
            ]
            if item.get("over"):
                found.append(", summed over ")
                found += listed(sym(n, decode(d).type.items[0]) for n, d in item["over"])  # type: ignore[union-attr]
        return found


RULES: dict[str, Callable[[_Teller, Context, Term, Mapping[str, Any]], list[Step]]] = {
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
    "defined": _Teller.defined,
    "contradiction": _Teller.contradiction,
    "have": _Teller.have,
    "only": _Teller.only,
    "solve": _Teller.solve,
    "unfold": _Teller.unfold,
    "meaning": _Teller.meaning,
    "induction": _Teller.induction,
}
