"""The search for certificates: goals are taken apart, tactics close what is left.

A tactic looks at a goal in a context and returns a certificate that the kernel's
checker accepted for it, or None.  Search works with the checker itself, so that
what it returns has been checked once already; the kernel checks the whole again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from symproof.kernel.certificates import Conditions
from symproof.kernel.context import NOTHING, Context
from symproof.kernel.decide import OPPOSITE, introduce, negation, seen
from symproof.kernel.known import belonging
from symproof.kernel.leaves import parts
from symproof.kernel.ledger import Axiom, Ledger
from symproof.kernel.logic import exists_by_itself
from symproof.kernel.poly import TooLarge
from symproof.kernel.rules import Checker
from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.methods.base import Budget, Evidence, OutOfTime
from symproof.terms.build import Mistyped, make, num
from symproof.terms.codec import decode, encode
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL

Certificate = dict[str, Any]
Tactic = Callable[["Search", Context, Term, int], Certificate | None]
MAX_DEPTH = 6
CONDITION_WAVES = 3  # how many waves look for proofs of what the goal needs to be defined


Tactics = dict[str, tuple[Tactic, ...]]
Wave = tuple[Tactics, float]  # tactics, and the share of the time that is left
Shown = dict[tuple[Term, frozenset[tuple[str, Term]]], Certificate]
RELATIONS = frozenset(OPPOSITE)
COMPOUND = frozenset(("and", "iff", "forall", "implies"))
SUMS = frozenset(("sum", "dot", "matmul", "norm"))
# What is tried besides the methods that the author names.
PLAIN = frozenset(("equation", "order", "bound"))


class Search:
    """One search: its budget, its ledger, its tactics, and the parts that an earlier wave has shown."""

    def __init__(self, ledger: Ledger, budget: Budget, tactics: Tactics) -> None:
        self.ledger = ledger
        self.budget = budget
        self.tactics = tactics
        self.shown: Shown = {}
        self.hinted: frozenset[str] = frozenset()
        self._checked: dict[tuple[int, Term, int], tuple[Conditions | None, Context, Certificate]] = {}
        self.lines: dict[str, str] = {}  # the names of the facts that the steps (1), (2) … have become
        self._by_relation: dict[str | None, list[Axiom]] | None = None
        self.problems: dict[tuple[int, Term], tuple[Context, list[Any]]] = {}  # posed so far (see posing.py)
        self.follow(budget.hint)

    def follow(self, hint: str | None) -> None:
        """Heed what the author says of the proof: the names of methods, or of the axioms to use."""
        self.hinted = frozenset((hint or "").replace(",", " ").split())
        self._by_relation = None
        if any(name in self.ledger for name in self.hinted):
            self.hinted |= {"backward", "forward", "backward_deep", "forward_deep"}

    def relying(self, context: Context) -> Context:
        """The context with only those hypotheses and steps that the author names, if any are named.

        The others say nothing there; what is declared is always at hand.
        """
        named = {self.lines.get(hint, hint) for hint in self.hinted}
        if named.isdisjoint(context.facts):
            return context
        return context.relying(frozenset(n for n in context.facts if n in named or ":" in n))

    def named(self, tactics: Tactics) -> tuple[Wave, ...]:
        """A first wave with the methods that the author names, if any."""
        names = {t.__name__ for group in tactics.values() for t in group} & self.hinted
        if not names:
            return ()
        few = {
            op: tuple(t for t in group if op not in RELATIONS or t.__name__ in names | PLAIN)
            for op, group in tactics.items()
        }
        return ((few, 0.5),)

    @contextmanager
    def wave(self, wave: Wave, part: float = 1) -> Iterator[None]:
        """Search with these tactics for their share of the time that is left, or a part of it."""
        whole = self.budget
        self.tactics, share = wave
        self.budget = replace(whole, seconds=part * share * whole.left(), started=time.thread_time())
        try:
            yield
        except OutOfTime:
            pass
        finally:
            self.budget = whole

    def spend(self) -> None:
        """Raise OutOfTime when the budget in force is spent."""
        self.budget.spend()

    def axioms(self, op: str | None) -> list[Axiom]:
        """The axioms whose conclusion is a relation of this kind, not between bare symbols; all kinds for
        None.
        """
        if self._by_relation is None:
            self._by_relation = {}
            names = getattr(self.ledger, "searched", self.ledger)
            for name in [n for n in self.hinted if n in self.ledger] or names:
                axiom = self.ledger[name]
                body = axiom.statement.goal
                while body.op in ("forall", "implies"):
                    body = body.args[0] if body.op == "forall" else body.args[1]
                if (
                    body.op in RELATIONS
                    and all(side.op == "sym" for side in body.args)
                    and name not in self.hinted
                ):
                    continue  # it would match every goal
                for key in (body.op, None):
                    self._by_relation.setdefault(key, []).append(axiom)
        return self._by_relation.get(op, [])

    def undischarged(self, context: Context, goal: Term) -> Conditions:
        """What the goal needs to be defined and is not seen to hold."""
        try:
            return Checker(self.ledger).undischarged(context, (), goal)
        except (Rejected, TooLarge):
            return ()

    def left(self, context: Context, goal: Term, certificate: Certificate) -> Conditions | None:
        """The conditions that the certificate leaves; None when it is rejected, or one fails everywhere."""
        self.budget.spend()
        key = id(context), goal, id(certificate)
        if key not in self._checked:  # what was checked is kept, so that its id stays its own
            self._checked[key] = self._left(context, goal, certificate), context, certificate
        return self._checked[key][0]

    def _left(self, context: Context, goal: Term, certificate: Certificate) -> Conditions | None:
        try:
            found = tuple(dict.fromkeys(Checker(self.ledger).check(context, goal, certificate)))
        except (Rejected, TooLarge, RecursionError):
            return None
        if any(c.op in OPPOSITE and seen(context, negation(c)) for c in found):
            return None
        return found

    def conditions(self, context: Context, goal: Term, certificate: Certificate) -> int | None:
        """How many conditions the certificate leaves; None when it is rejected."""
        found = self.left(context, goal, certificate)
        return None if found is None else len(found)

    def first(self, context: Context, goal: Term, candidates: Iterator[Certificate]) -> Certificate | None:
        """The first candidate accepted without conditions, else the one with fewest."""
        best: tuple[int, Certificate] | None = None
        for candidate in candidates:
            left = self.conditions(context, goal, candidate)
            if left == 0:
                return candidate
            if left is not None and (best is None or left < best[0]):
                best = (left, candidate)
        return best[1] if best else None

    def clean(self, context: Context, goal: Term, candidates: Iterator[Certificate]) -> Certificate | None:
        """The first candidate that leaves no more conditions than the goal itself asks for."""
        own: int | None = None
        for candidate in candidates:
            left = self.conditions(context, goal, candidate)
            if left and own is None:
                own = len(self.undischarged(context, goal))
            if left is not None and left <= (own or 0):
                return candidate
        return None

    def prove(self, context: Context, goal: Term, depth: int = 0) -> Certificate | None:
        """A certificate for the goal, or None."""
        if depth > MAX_DEPTH:
            return None
        self.budget.spend()
        if any(goal in parts(fact) for fact in context.facts.values()):
            return {"rule": "evident"}
        tactics: Iterable[Tactic] = self.tactics.get(goal.op, ())
        if self.hinted and depth == 0:  # what the author names goes first
            tactics = sorted(tactics, key=lambda t: t.__name__ not in self.hinted)
        for tactic in tactics:
            try:
                found = tactic(self, context, goal, depth)
            except (Rejected, TooLarge, Mistyped):
                continue
            if found is not None:
                return found
        return None

    def part(self, context: Context, goal: Term, depth: int) -> Certificate | None:
        """A certificate for a part of what is to be shown; one without conditions is kept for the next
        search.
        """
        key = (goal, frozenset(context.facts.items()))
        if key in self.shown:
            return self.shown[key]
        found = self.prove(context, goal, depth)
        if found is None:
            return None
        if self.conditions(context, goal, found):
            found = with_conditions_shown(self, context, goal, found)
        if self.conditions(context, goal, found) == 0:
            self.shown[key] = found
        return found


# --- taking goals apart -----------------------------------------------------------


def intro(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """For all x: P — take x; A implies B — assume A."""
    if goal.op == "forall":
        inner, body = introduce(context, goal)
        then = search.prove(inner, body, depth)
        if then is not None and depth == 0 and search.conditions(inner, body, then):
            then = with_conditions_shown(search, inner, body, then)
        return None if then is None else {"rule": "intro", "then": then}
    name = fresh_name(context, "assumed")
    inner, haves = _assuming(context, name, goal.args[0])
    then = search.prove(inner, goal.args[1], depth)
    return None if then is None else {"rule": "intro", "name": name, "then": nested(haves, then)}


def taken_apart(context: Context, fact: Term) -> tuple[Context, list[Certificate]]:
    """The parts of a conjunction as facts of their own."""
    haves: list[Certificate] = []
    for part in fact.args if fact.op == "and" else ():
        name = fresh_name(context, "part")
        haves.append(_claim(name, part, {"rule": "evident"}))
        context, further = taken_apart(context.with_fact(name, part), part)
        haves += further
    return context, haves


def _assuming(context: Context, name: str, premise: Term) -> tuple[Context, list[Certificate]]:
    """The context with a premise, its parts, and what follows from implications that have it as theirs."""
    before = [(n, fact) for n, fact in context.facts.items() if fact.op == "implies"]
    context, haves = taken_apart(context.assuming(name, premise), premise)
    for fact, implication in before:
        if seen(context, implication.args[0]) and implication.args[1] not in context.facts.values():
            gained = fresh_name(context, "gained")
            haves.append({"rule": "have", "name": gained, "fact": fact, "at": {}})
            context, further = taken_apart(
                context.with_fact(gained, implication.args[1]), implication.args[1]
            )
            haves += further
    return context, haves


def fresh_name(context: Context, base: str) -> str:
    """A name for a new fact."""
    return context.unused(base)


def split(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """A and B — both, what does not go alone with the help of the others; A iff B — both ways."""
    goals = tuple(belonging(goal)) if goal.op == "in" else goal.args
    if goal.op == "iff":
        goals = (make("implies", *goal.args), make("implies", *goal.args[::-1]))
    if not goals:
        return None
    parts: dict[int, Certificate] = {}
    haves: list[Certificate] = []
    inner = context
    while len(parts) < len(goals):
        found = {k: search.part(inner, g, depth) for k, g in enumerate(goals) if k not in parts}
        gained = {k: proof for k, proof in found.items() if proof is not None}
        if not gained or (goal.op == "iff" and len(gained) < 2):
            return None
        parts |= {k: nested(haves, proof) for k, proof in gained.items()}
        for k, proof in gained.items():
            haves.append(_claim(fresh_name(inner, "shown"), goals[k], proof))
            inner = inner.with_fact(haves[-1]["name"], goals[k])
    return {"rule": "split", "parts": [parts[k] for k in range(len(goals))]}


def choose(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """A or B — one of them."""
    for index, part in enumerate(goal.args):
        proof = search.prove(context, part, depth + 1)
        found = proof and {"rule": "choose", "index": index, "then": proof}
        if found is not None and search.conditions(context, goal, found) is not None:
            return found
    return None


def evident(search: Search, context: Context, goal: Term, depth: int) -> Certificate | None:
    """What is seen at once, or assumed."""
    return search.first(context, goal, iter([{"rule": "evident"}]))


def run(
    statement: Statement, budget: Budget, waves: tuple[Wave, ...], ledger: Ledger, clean: bool = False
) -> Evidence | None:
    """Evidence for a statement by a search, first with cheap tactics, then with dear ones.

    `clean`: only a proof that leaves no conditions.
    """
    try:
        context = Context.of(statement)
    except Rejected:
        return None
    search = Search(ledger, budget, waves[-1][0])
    found = _by_steps(search, waves, context, statement.goal)
    if found is None and any(not d.params for d in statement.definitions):
        found = _unfolded(search, waves, context, statement.goal)
    if found is None or (clean and search.conditions(context, statement.goal, found) != 0):
        return None
    return Evidence("certificate", found)


def _by_steps(search: Search, waves: tuple[Wave, ...], context: Context, goal: Term) -> Certificate | None:
    """The goal, from what the author shows on the way; a step that cannot be shown is left out, and so is
    one on which nothing rests.
    """
    start = context
    haves: dict[int, Certificate] = {}
    rests: dict[int, frozenset[int]] = {}

    def on(claim: Term, proof: Certificate, alone: bool) -> frozenset[int]:
        """The steps that what was just shown rests on."""
        if haves and search.conditions(start, claim, proof) == 0:
            return frozenset()
        named = [n for n in haves if not alone or f"({n})" in search.hinted]
        return frozenset(named).union(*(rests[n] for n in named))

    for number, step in enumerate(search.budget.steps, start=1):
        proof, standing = step.proof, frozenset(step.rests)
        if step.failed:
            continue
        if proof is not None and haves:  # as it was shown, before there were others
            facts = [*start.facts, *(haves[n]["name"] for n in sorted(standing))]
            proof = {"rule": "only", "facts": facts, "then": proof}
        if proof is None or (step.theorem is None and search.conditions(context, step.claim, proof) is None):
            search.follow(step.hint)
            proof, alone = _hinted(search, waves, context, step.claim)
            standing = frozenset() if proof is None else on(step.claim, proof, alone)
        if proof is not None:
            search.lines[f"({number})"] = name = fresh_name(context, "line")
            haves[number], rests[number] = _claim(name, step.claim, proof), standing
            context = context.with_fact(name, step.claim)
    search.follow(search.budget.hint)
    then, alone = _hinted(search, waves, context, goal)
    return None if then is None else nested([haves[n] for n in sorted(on(goal, then, alone))], then)


def _hinted(
    search: Search, waves: tuple[Wave, ...], context: Context, goal: Term
) -> tuple[Certificate | None, bool]:
    """From the hypotheses and steps that the author names alone, then from all that is known; from which?"""
    few = search.relying(context)
    if few is not context:
        found = _in_waves(search, waves, few, goal)
        if found is not None and search.conditions(few, goal, found) == 0:
            facts = [name for name, fact in few.facts.items() if fact != NOTHING]
            return {"rule": "only", "facts": facts, "then": found}, True
        if found is not None and search.conditions(context, goal, found) == 0:
            return found, False
    return _in_waves(search, waves, context, goal), False


def _in_waves(search: Search, waves: tuple[Wave, ...], context: Context, goal: Term) -> Certificate | None:
    """A certificate from the waves; what the cheapest does not show as a whole is shown part by part, unless
    the author says that it goes by induction.
    """
    if goal.op not in COMPOUND or len(waves) == 1:
        return _waves(search, waves, context, goal)
    whole = waves if "induction" in search.hinted else waves[:1]
    found = _waves(search, whole, context, goal)
    if found is not None and search.conditions(context, goal, found) == 0:
        return found
    if goal.op in ("and", "iff"):
        return _part_by_part(search, waves, context, goal) or found
    if goal.op == "forall":
        inner, body = introduce(context, goal)
        then = _in_waves(search, waves, inner, body)
        return found if then is None else {"rule": "intro", "then": then}
    name = fresh_name(context, "assumed")
    inner, haves = _assuming(context, name, goal.args[0])
    then = _in_waves(search, waves, inner, goal.args[1])
    return found if then is None else {"rule": "intro", "name": name, "then": nested(haves, then)}


def _part_by_part(
    search: Search, waves: tuple[Wave, ...], context: Context, goal: Term
) -> Certificate | None:
    """Each part of a conjunction, or direction of an equivalence, through all the waves, with the help of
    those before it.
    """
    parts = goal.args
    if goal.op == "iff":
        parts = (make("implies", *parts), make("implies", *parts[::-1]))
    inner = context
    proofs: list[Certificate] = []
    haves: list[Certificate] = []
    for k, part in enumerate(parts):
        whole = search.budget
        share = whole.left() / (len(parts) - k)
        search.budget = replace(whole, seconds=share, started=time.thread_time())
        try:
            proof = _in_waves(search, waves, inner, part)
        finally:
            search.budget = whole
        if proof is None:
            return None
        proofs.append(nested(haves, proof))
        haves.append(_claim(fresh_name(inner, "shown"), part, proof))
        inner = inner.with_fact(haves[-1]["name"], part)
    return {"rule": "split", "parts": proofs}


def _waves(search: Search, waves: tuple[Wave, ...], context: Context, goal: Term) -> Certificate | None:
    """A certificate without conditions from the first wave that has one, else one with conditions.

    What the goal itself needs to be defined is shown first, or else assumed: it is a condition anyway.
    """
    haves: list[Certificate] = []
    asked = search.undischarged(context, goal)
    for wave in waves[: CONDITION_WAVES if asked else 0]:
        with search.wave(wave, 0.5):
            for have in _shown(search, context, tuple(c for c in asked if not exists_by_itself(c))):
                haves.append(have)
                context = context.with_fact(have["name"], decode(have["claim"]))
        asked = search.undischarged(context, goal)
    assumed, name = context, fresh_name(context, "defined")
    for k, condition in enumerate(asked, start=1):
        if not exists_by_itself(condition):
            assumed = assumed.assuming(f"{name} {k}", condition)
    best = None
    for k, wave in enumerate((*search.named(waves[-1][0]), *waves)):
        with search.wave(wave):
            if best is not None and k >= CONDITION_WAVES:  # what is dear looks for proofs of its conditions
                whole = with_conditions_shown(search, context, goal, best)
                if search.conditions(context, goal, whole) == 0:
                    return nested(haves, whole)
                continue
            found = _clean_or_not(search, context, goal)
            if assumed is not context and (found is None or search.conditions(context, goal, found)):
                under = _clean_or_not(search, assumed, goal)
                found = under and {"rule": "defined", "name": name, "then": under}
            left = None if found is None else search.left(context, goal, found)
            if found is not None and left is not None and set(left) <= set(asked):
                return nested(haves, found)  # what it needs to be defined is all that can be asked
            best = best or found
    return None if best is None else nested(haves, best)


def _clean_or_not(search: Search, context: Context, goal: Term) -> Certificate | None:
    found = search.prove(context, goal)
    return None if found is None else with_conditions_shown(search, context, goal, found)


def with_conditions_shown(search: Search, context: Context, goal: Term, found: Certificate) -> Certificate:
    """The certificate, with those of its conditions shown first that the search can show."""
    left = search.left(context, goal, found)
    return nested(list(_shown(search, context, left or ())), found)


def _shown(search: Search, context: Context, conditions: Conditions) -> Iterator[Certificate]:
    """Those of the conditions that the search can show, one with the help of the others."""
    for condition in conditions:
        stronger = _positive(condition)
        proof = None if stronger is None else search.prove(context, stronger)
        if stronger is not None and proof is not None and search.conditions(context, stronger, proof) == 0:
            have = _claim(fresh_name(context, "condition"), stronger, proof)
            context = context.with_fact(have["name"], stronger)
            yield have
        proof = search.prove(context, condition)
        if proof is not None and search.conditions(context, condition, proof) == 0:
            have = _claim(fresh_name(context, "condition"), condition, proof)
            context = context.with_fact(have["name"], condition)
            yield have


def _positive(condition: Term) -> Term | None:
    """u > 0 for a condition u != 0 about a sum, which tells more where it can be shown."""
    if condition.op != "ne" or condition.args[1] != num(0):
        return None
    if condition.args[0].type not in (REAL, INTEGER) or not any(n.op in SUMS for n in condition.walk()):
        return None
    return make("gt", *condition.args)


def _claim(name: str, claim: Term, proof: Certificate) -> Certificate:
    return {"rule": "have", "name": name, "claim": encode(claim), "proof": proof}


def nested(haves: list[Certificate], then: Certificate) -> Certificate:
    """One fact brought in after the other, and what follows from them all."""
    for have in reversed(haves):
        then = {**have, "then": then}
    return then


def _unfolded(search: Search, waves: tuple[Wave, ...], context: Context, goal: Term) -> Certificate | None:
    """The goal with all its definitions written out, for rules that must see inside them."""
    from symproof.kernel.logic import unfolding

    try:
        inner, target = unfolding(context, goal)
    except Rejected:
        return None
    then = _in_waves(search, waves, inner, target)
    return None if then is None else {"rule": "unfold", "then": then}
