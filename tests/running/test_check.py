"""Statements decided in workers: hostile methods, the cache, and certificates from it."""

from __future__ import annotations

import ctypes
import os
from pathlib import Path
from typing import Any

import pytest

from symproof.engine import Judges, Options
from symproof.kernel.statement import Statement
from symproof.methods.base import Budget, Evidence, Method, Step
from symproof.reading.inline import read_statement
from symproof.results import InternalContradiction, Result
from symproof.running.cache import Cache
from symproof.running.check import Question, decide_all
from symproof.running.claims import decide_one
from tests.running.fakes import WITNESS, FakeJudges, certificate, method, statement

KEY = b"k" * 32


def hang() -> None:
    ctypes.PyDLL(None).sleep(1000)


def exhaust() -> None:
    held = []
    while True:
        held.append(bytearray(1 << 24))


def leave() -> None:
    os._exit(0)


def crash() -> None:
    ctypes.string_at(0)


def hostile(act: Any) -> Method:
    def propose(goal: Statement, budget: Budget) -> Evidence | None:
        act()
        return None

    return method("hostile", propose)


def decided(methods: list[Method], judges: FakeJudges | None = None, **options: Any) -> Result:
    [(_, result)] = decide_all(
        [Question("q", statement())], Options(**options), methods=methods, judges=judges or FakeJudges()
    )
    return result


@pytest.mark.parametrize(
    ("act", "why"), [(hang, "time"), (exhaust, "memory"), (leave, "crash"), (crash, "crash")]
)
def test_a_method_that_kills_its_process_is_left_out(act: Any, why: str) -> None:
    """The next method decides in a new process; alone, the goal is undecided for the right reason."""
    proves = method("good", lambda goal, budget: certificate(), 2.0)
    options = {"timeout": 1.0 if act is hang else 20.0, "memory": 256}
    assert decided([hostile(act), proves], **options).verdict == "proved"
    alone = decided([hostile(act)], **options)
    assert alone.verdict == "undecided"
    assert alone.message.startswith(f"{why}: hostile")


def test_a_challenge_that_hangs_does_not_hide_the_proof() -> None:
    """The proof was checked; that nobody could attack it in time changes no verdict."""

    class Slow(FakeJudges):
        def challenge(self, statement: Statement, budget: Budget) -> Any:
            hang()

    result = decided([method("good", lambda goal, budget: certificate())], Slow(), timeout=1.0)
    assert result.verdict == "proved"


def test_a_contradiction_crosses_the_processes() -> None:
    """Proved and refuted at once: the parent raises, with the report."""
    judges = FakeJudges(counterexample=WITNESS.data)
    with pytest.raises(InternalContradiction) as caught:
        decided([method("good", lambda goal, budget: certificate())], judges)
    assert caught.value.report["witness"] == WITNESS.data


def test_many_questions_keep_their_numbers() -> None:
    """Two jobs, every third question hostile: each result belongs to its question."""

    def propose(goal: Statement, budget: Budget) -> Evidence | None:
        number = goal.goal.args[1].data
        if number % 3 == 0:  # type: ignore[operator]
            leave()
        return certificate()

    questions = [Question(str(k), statement(k)) for k in range(60)]
    results = dict(
        decide_all(questions, Options(jobs=2), methods=[method("m", propose)], judges=FakeJudges())
    )
    assert [results[k].statement for k in range(60)] == [f"x = {k}" for k in range(60)]
    assert [results[k].verdict == "proved" for k in range(60)] == [k % 3 != 0 for k in range(60)]


# --- with the real kernel ------------------------------------------------------------

TRUE = read_statement("(a + b)^2 = a^2 + 2 a b + b^2", ["a: real", "b: real"])
FALSE = read_statement("(a + b)^2 = a^2 + b^2", ["a: real", "b: real"])


def refuses(goal: Statement, budget: Budget) -> Evidence | None:
    raise AssertionError("the methods are not needed")


def check(cache: Cache, *statements: Statement, **fields: Any) -> list[Result]:
    questions = [Question("q", statement) for statement in statements]
    found = dict(decide_all(questions, fields.pop("options", Options()), cache, **fields))
    return [found[k] for k in range(len(statements))]


def test_the_second_run_needs_no_method(tmp_path: Path) -> None:
    """Proofs and refutations come from the cache; the kernel has looked at them again."""
    cache = Cache(tmp_path, KEY)
    first = check(cache, TRUE, FALSE)
    assert [result.verdict for result in first] == ["proved", "refuted"]
    again = check(cache, TRUE, FALSE, methods=[method("none", refuses)])
    for one, two in zip(first, again, strict=True):
        assert {**one.encode(), "seconds": 0} == {**two.encode(), "seconds": 0}


def test_other_options_or_statements_are_decided_anew(tmp_path: Path) -> None:
    """Another seed, time limit or hypothesis is another question."""
    cache = Cache(tmp_path, KEY)
    check(cache, TRUE)
    for options in (Options(seed=1), Options(timeout=9.0), Options(memory=512)):
        [result] = check(cache, TRUE, options=options, methods=[method("none", refuses)])
        assert result.verdict == "undecided"
    other = read_statement("(a + b)^2 = a^2 + 2 a b + b^2", ["a: real", "b: real > 0"])
    [result] = check(cache, other, methods=[method("none", refuses)])
    assert result.verdict == "undecided"


@pytest.mark.parametrize("forged", ["certificate", "witness", "verdict", "conditions"])
def test_what_the_kernel_rejects_is_not_recalled(forged: str, tmp_path: Path) -> None:
    """Even an entry with a right signature is only believed when the kernel accepts its evidence."""
    cache = Cache(tmp_path, KEY)
    check(cache, TRUE, FALSE)
    for path, body in list(cache.entries()):
        import json

        entry = json.loads(body)
        if forged == "certificate" and entry["verdict"] == "proved":
            entry["evidence"]["certificate"] = {"rule": "trust me"}
        elif forged == "witness" and entry["verdict"] == "refuted":
            entry["evidence"]["witness"] = {"values": {"a": "0", "b": "0"}}
        elif forged == "verdict" and entry["verdict"] == "refuted":
            entry["verdict"] = "proved"
        elif forged == "conditions" and entry["verdict"] == "proved":
            entry["conditions"] = ["a > 0"]
        else:
            continue
        cache.put(path.stem, entry)
    results = check(cache, TRUE, FALSE, methods=[method("none", refuses)])
    assert [result.verdict for result in results].count("undecided") == 1
    assert [result.verdict for result in check(cache, TRUE, FALSE)] == ["proved", "refuted"]


def test_time_outs_and_crashes_are_not_kept(tmp_path: Path) -> None:
    """A goal that was killed is tried again by the next run."""
    cache = Cache(tmp_path, KEY)
    options = Options(timeout=0.5)
    [first] = check(cache, TRUE, methods=[hostile(hang)], options=options)
    assert first.verdict == "undecided"
    [second] = check(cache, TRUE, options=options)
    assert second.verdict == "proved"


def test_a_single_statement_is_decided_in_a_worker() -> None:
    """`prove` survives what would take this process with it."""
    assert decide_one(TRUE, Options(), methods=[hostile(crash)]).verdict == "undecided"
    assert decide_one(TRUE, Options()).verdict == "proved"


# --- derivations ---------------------------------------------------------------------


def derivation(*lines: Statement) -> list[Question]:
    """The lines, each with those before it."""
    shown = tuple(Step(line.goal) for line in lines)
    return [Question(str(k), line, None, shown[:k]) for k, line in enumerate(lines)]


def test_what_was_shown_stays_shown() -> None:
    """Every line has the proofs of those before it, also after its worker died."""

    def propose(goal: Statement, budget: Budget) -> Evidence | None:
        number = goal.goal.args[1].data
        assert number == 9 or len(budget.steps) == number
        if all(step.proof == certificate().data for step in budget.steps):
            return certificate()
        return None

    def dies(goal: Statement, budget: Budget) -> Evidence | None:
        if goal.goal.args[1].data == 1:
            leave()
        return None

    methods = [method("dies", dies), method("m", propose, 2.0)]
    questions = [*derivation(*map(statement, range(3))), Question("alone", statement(9))]
    found = dict(decide_all(questions, Options(), methods=methods, judges=FakeJudges()))
    assert [found[k].statement for k in range(4)] == ["x = 0", "x = 1", "x = 2", "x = 9"]
    assert [found[k].verdict for k in range(4)] == ["proved"] * 4


def test_a_question_with_steps_may_stand_alone() -> None:
    """It does not belong to the questions before it, and its steps have no proofs yet."""

    def propose(goal: Statement, budget: Budget) -> Evidence | None:
        return certificate() if [step.proof for step in budget.steps] == [None] else None

    steps = (Step(statement(0).goal),)
    questions = [Question(str(k), statement(k), None, steps, alone=True) for k in range(3)]
    found = dict(decide_all(questions, Options(), methods=[method("m", propose)], judges=FakeJudges()))
    assert [found[k].verdict for k in range(3)] == ["proved"] * 3


def test_a_line_without_a_proof_is_left_to_those_behind_it() -> None:
    """They have the proofs of the others."""

    def propose(goal: Statement, budget: Budget) -> Evidence | None:
        known = [step.proof is not None for step in budget.steps]
        return certificate() if goal.goal.args[1].data != 1 and known == [True, False][: len(known)] else None

    questions = derivation(*map(statement, range(3)))
    found = dict(decide_all(questions, Options(), methods=[method("m", propose)], judges=FakeJudges()))
    assert [found[k].verdict for k in range(3)] == ["proved", "undecided", "proved"]


def test_a_derivation_is_proved_line_by_line(tmp_path: Path) -> None:
    """Each certificate stands alone, with the lines that it rests on; all of them are kept."""
    lines = [read_statement(text, ["a: real >= 1"]) for text in ("a^2 >= a", "a^3 >= a^2", "a^3 >= a")]
    questions = derivation(*lines)
    cache = Cache(tmp_path, KEY)
    first = dict(decide_all(questions, Options(), cache))
    assert [first[k].verdict for k in range(3)] == ["proved"] * 3
    for k, line in enumerate(lines):
        assert Judges().certificate(line, first[k].evidence["certificate"]).conditions == ()
    again = dict(decide_all(questions, Options(), cache, methods=[method("none", refuses)]))
    assert [again[k].evidence for k in range(3)] == [first[k].evidence for k in range(3)]
