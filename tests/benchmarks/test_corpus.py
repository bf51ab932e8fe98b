"""The questions of the benchmark: readable, half of them false, each false one a mutant of a true one."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.corpus import Question, questions
from benchmarks.table import Asked, Run, table
from benchmarks.workers import Answer

ALL = questions()


@pytest.mark.parametrize("question", ALL, ids=lambda question: question.name)
def test_every_question_can_be_read(question: Question) -> None:
    question.statement()


def test_there_are_enough_of_each_kind() -> None:
    kinds = Counter(question.kind for question in ALL)
    assert kinds["true"] == kinds["false"] >= 150
    assert kinds["trap"] >= 40
    assert len({(question.text, question.let, question.given) for question in ALL}) == len(ALL)


def test_the_table_counts_what_was_said() -> None:
    """A conditional answer is right for true ones and traps, and wrong for false ones."""
    asked = [Asked(question, Answer("conditional", 0.001)) for question in ALL]
    run = Run("tool", asked, 0.0)
    assert run.count("right") == sum(question.kind != "false" for question in ALL)
    assert run.count("wrong", "false") == run.count("wrong")
    assert f"| tool | {len(ALL)} |" in table([run])
