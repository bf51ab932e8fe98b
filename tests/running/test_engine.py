"""The engine's course: order, trust, notes, and what it makes of every kind of evidence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from symproof.engine import Options, complete, decide, scope
from symproof.kernel.statement import Statement
from symproof.methods.base import Budget, Evidence, Method, OutOfTime
from symproof.reading.inline import read_statement
from symproof.results import InternalContradiction, Point, Result
from symproof.terms.build import make, num, sym
from symproof.terms.types import INTEGER, REAL, Array, Function, leaves_open
from tests.running.fakes import (
    FALSE_CERTIFICATE,
    FALSE_WITNESS,
    POSITIVE,
    WITNESS,
    FakeJudges,
    certificate,
    method,
    statement,
)

SAMPLED = Evidence("sampled", {"points": 20, "digits": 15})
BOUNDED = Evidence("bounded", {"bound": "n <= 3", "cases": 12})


def says(name: str, evidence: Evidence | None, cost: float = 1.0) -> Method:
    return method(name, lambda goal, budget: evidence, cost)


def fails(name: str, error: BaseException, cost: float = 1.0) -> Method:
    def act(goal: Any, budget: Budget) -> Evidence | None:
        raise error

    return method(name, act, cost)


def decided(*methods: Method, judges: FakeJudges | None = None, **options: Any) -> Result:
    return decide(statement(), Options(**options), methods=methods, judges=judges or FakeJudges())


def test_methods_go_in_order_of_cost_until_one_decides() -> None:
    """The cheapest method with evidence that counts is the last that is asked."""
    asked: list[str] = []

    def asks(name: str, cost: float, evidence: Evidence | None) -> Method:
        def act(goal: Any, budget: Budget) -> Evidence | None:
            asked.append(name)
            return evidence

        return method(name, act, cost)

    result = decided(asks("dear", 9, WITNESS), asks("cheap", 1, None), asks("middle", 5, certificate()))
    assert asked == ["cheap", "middle"]
    assert (result.verdict, result.methods) == ("proved", ("middle",))


@pytest.mark.parametrize(
    ("evidence", "verdict", "scope"),
    [
        (certificate(), "proved", "fixed"),
        (certificate(POSITIVE), "conditional", "fixed"),
        (WITNESS, "refuted", None),
        (SAMPLED, "supported", None),
        (BOUNDED, "supported", "n <= 3"),
        (Evidence("sympy", {"step": "simplify"}), "supported", None),
        (FALSE_CERTIFICATE, "undecided", None),
        (FALSE_WITNESS, "undecided", None),
        (None, "undecided", None),
    ],
    ids=lambda value: str(getattr(value, "kind", value)),
)
def test_each_kind_of_evidence_has_its_verdict(
    evidence: Evidence | None, verdict: str, scope: str | None
) -> None:
    """Only what the kernel accepts is proved or refuted; the rest is at most supported."""
    result = decided(says("m", evidence))
    assert (result.verdict, result.scope) == (verdict, scope)
    assert json.loads(json.dumps(result.encode())) == result.encode()
    assert Result.decode(result.encode()).encode() == result.encode()


def test_numbers_never_prove() -> None:
    """A million sampled points are `supported`, and say so."""
    result = decided(says("sampling", Evidence("sampled", {"points": 10**6, "digits": 50})))
    assert result.verdict == "supported"
    assert result.evidence == {"kind": "sampled", "points": 10**6, "digits": 50}


def test_agreement_to_a_few_digits_is_no_evidence() -> None:
    """Where the samples cannot tell the sides apart because they see too few digits, nothing is supported."""
    blind = Evidence("sampled", {"points": 100, "digits": 3})
    assert decided(says("sampling", blind)).verdict == "undecided"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("odd"), "crash: bad (ValueError: odd) crashed"),
        (RecursionError(), "crash: bad (RecursionError) crashed"),
        (OutOfTime(), "time: bad ran out of time"),
    ],
)
def test_a_method_that_fails_is_a_note_and_the_next_one_goes_on(error: Exception, reason: str) -> None:
    """What a method raises never becomes a verdict; alone it leaves the goal undecided, with the reason."""
    assert decided(fails("bad", error), says("good", certificate(), 2)).verdict == "proved"
    alone = decided(fails("bad", error))
    assert (alone.verdict, alone.message) == ("undecided", reason)
    assert not complete(alone)


def test_memory_is_left_to_the_worker() -> None:
    """After a MemoryError the process is not used any more, so the engine does not go on in it."""
    with pytest.raises(MemoryError):
        decided(fails("hungry", MemoryError()))


def test_without_any_idea_it_says_so() -> None:
    """All methods passed: ideas ran out, and another run would not find more."""
    result = decided(says("a", None), says("b", None))
    assert result.message == "ideas: no method found a proof or a counterexample"
    assert complete(result)


def test_a_proof_without_conditions_is_preferred() -> None:
    """After a proof under a condition the cheap methods are still asked, the dear ones not."""
    first = says("first", certificate(POSITIVE))
    assert decided(first, says("second", certificate(), 2)).verdict == "proved"
    assert decided(first, says("second", WITNESS, 2)).verdict == "refuted"
    assert decided(first, says("second", certificate(), 500)).verdict == "conditional"


def test_a_conditional_verdict_shows_its_conditions() -> None:
    """The condition is text in the claim language; with it comes a point where it fails."""
    result = decided(says("m", certificate(POSITIVE)))
    assert result.conditions == ("x > 0",)
    assert result.witness == Point({"x": "0"}, "undefined", "undefined")


def test_what_is_false_where_a_condition_fails_is_refuted() -> None:
    """A proof under x > 0 and a witness among the other x: refuted, not conditional."""
    judges = FakeJudges(admissible=WITNESS.data)
    assert decided(says("m", certificate(POSITIVE)), judges=judges).verdict == "refuted"


def test_every_proof_is_challenged() -> None:
    """A certain counterexample to a checked proof stops everything, with what reproduces it."""
    judges = FakeJudges(counterexample=WITNESS.data)
    for proof in (certificate(), certificate(POSITIVE)):
        with pytest.raises(InternalContradiction) as caught:
            decided(says("m", proof), judges=judges, seed=5)
        report = json.loads(json.dumps(caught.value.report))
        assert report["certificate"] == proof.data
        assert report["witness"] == WITNESS.data
        assert report["statement"] == statement().encode()
        assert (report["proved by"], report["refuted by"], report["seed"]) == ("m", "challenge", 5)


def test_a_challenge_that_does_not_hold_up_changes_nothing() -> None:
    """A counterexample that the kernel rejects is no contradiction."""
    judges = FakeJudges(counterexample=FALSE_WITNESS.data)
    assert decided(says("m", certificate()), judges=judges).verdict == "proved"


def test_the_challenge_refutes_what_sympy_supports() -> None:
    """Sympy's word does not stand against a witness."""
    judges = FakeJudges(counterexample=WITNESS.data)
    assert decided(says("m", Evidence("sympy", {})), judges=judges).verdict == "refuted"


@pytest.mark.parametrize("proof", [certificate(), certificate(POSITIVE), None])
def test_contradictory_hypotheses_make_the_claim_invalid(proof: Evidence | None) -> None:
    """Nothing satisfies the hypotheses, and the kernel has seen why: not proved but invalid."""

    def act(goal: Statement, budget: Budget) -> Evidence | None:
        return proof if goal.goal == statement().goal else certificate()

    result = decide(statement(0, POSITIVE), methods=[method("m", act)], judges=FakeJudges(admissible=None))
    assert result.verdict == "invalid"
    assert result.message.startswith("no point satisfies the hypotheses")


@pytest.mark.parametrize("absurdity", [None, certificate(POSITIVE), FALSE_CERTIFICATE, SAMPLED])
def test_where_no_point_was_found_the_proof_says_so(absurdity: Evidence | None) -> None:
    """Not finding a point proves nothing, and a proof under conditions is no contradiction."""

    def act(goal: Statement, budget: Budget) -> Evidence | None:
        return certificate() if goal.goal == statement().goal else absurdity

    result = decide(statement(0, POSITIVE), methods=[method("m", act)], judges=FakeJudges(admissible=None))
    assert (result.verdict, result.message) == ("proved", "no point was found that satisfies the hypotheses")


def test_stages_are_announced_with_half_of_the_time_that_is_left() -> None:
    """Each method is named before it begins; the times shrink and never exceed the limit."""
    heard: list[tuple[str, float]] = []
    decide(
        statement(),
        Options(timeout=8.0),
        methods=[says("a", None), says("b", certificate(), 2)],
        judges=FakeJudges(),
        stage=lambda name, seconds, state: heard.append((name, seconds)),
    )
    assert [name for name, _ in heard] == ["a", "b", "admit", "conditions", "challenge"]
    assert all(3.5 < seconds <= 4.0 for _, seconds in heard)


@pytest.mark.parametrize("lost", range(5))
def test_another_process_goes_on_behind_the_stage_that_was_lost(lost: int) -> None:
    """Whichever stage is lost, the state sent through JSON leads to a verdict without it."""
    methods = [says("a", None), says("b", certificate(POSITIVE), 2)]
    states: list[tuple[Any, str]] = []
    decide(
        statement(),
        methods=methods,
        judges=FakeJudges(),
        stage=lambda name, seconds, state: states.append((json.loads(json.dumps(state)), name)),
    )
    state, name = states[lost]
    again: list[str] = []
    result = decide(
        statement(),
        methods=methods,
        judges=FakeJudges(),
        stage=lambda name, seconds, state: again.append(name),
        lost=(state, name, "time"),
    )
    assert name not in again
    assert result.verdict == ("undecided" if name == "b" else "conditional")
    if name == "b":
        assert result.message == "time: b ran out of time"


@pytest.mark.parametrize(
    ("let", "wanted"),
    [
        ("x: real", "fixed"),
        ("n: size", "all sizes"),
        ("u: vector(3)", "fixed"),
        ("n: size; u: vector(n)", "all sizes"),
        ("G: graph", "all sizes"),
        ("g: sequence of real", "all sizes"),
        ("F: vector(2) -> real", "fixed"),
        ("c: integer -> real", "all sizes"),
        ("n: size; F: vector(n) -> real", "all sizes"),
    ],
)
def test_the_scope_says_whether_a_size_is_open(let: str, wanted: str) -> None:
    """An integer, a graph, a sequence, an axis with a symbol, and functions of such types."""
    assert scope(read_statement("0 = 0", let.split("; "))) == wanted


def test_the_scope_of_each_kind_of_open_size_alone() -> None:
    """A vector or function whose size is a symbol is open by itself."""
    axis = make("range", num(1), sym("n", INTEGER))
    for type in (Array((axis,)), Function((Array((axis,)),), REAL), Function((REAL,), Array((axis,)))):
        assert leaves_open(type)
    assert not leaves_open(Function((REAL,), Array((make("range", num(1), num(2)),))))
