"""Marks, one kind after another, on answers written for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.grading.results import Mark, Role
from tests.grading.kit import AVERAGE, grade, lines, question

GOAL = r"v_t = \beta^2 v_{t-2} + \beta(1-\beta)g_{t-1} + (1-\beta)g_t"
FIND = AVERAGE.replace("points: 4", "points: 4\n    task: find")


def test_a_right_answer(tmp_path: Path) -> None:
    """What is given, a step, and the result; all points."""
    answer = (
        r"$$v_t = \beta v_{t-1} + (1-\beta)g_t$$"
        "\n\n"
        r"$$= \beta(\beta v_{t-2} + (1-\beta)g_{t-1}) + (1-\beta)g_t$$"
        "\n\n"
        r"$$= \beta^2 v_{t-2} + \beta(1-\beta)g_{t-1} + (1-\beta)g_t$$"
    )
    graded = grade(tmp_path, answer)
    found = graded.questions[0].lines
    assert [(line.mark, line.role) for line in found] == [
        (Mark.FOLLOWS, Role.GIVEN),
        (Mark.FOLLOWS, Role.RESULT),
        (Mark.FOLLOWS, Role.RESULT),
    ]
    assert graded.points == graded.max_points == 4.0 and not graded.needs_person
    assert (found[1].line, found[1].column) == (7, 3)


def test_a_wrong_line_and_what_follows_from_it(tmp_path: Path) -> None:
    """One mistake is wrong once, with numbers and a repair; what it leads to is carried."""
    first, second = lines(
        tmp_path, r"v_{t-1} = \beta v_{t-2} - (1-\beta)g_{t-1}",
        r"v_t = \beta^2 v_{t-2} - \beta(1-\beta)g_{t-1} + (1-\beta)g_t",
    )  # fmt: skip
    assert first.mark is Mark.WRONG and first.verdict == "refuted" and first.witness is not None
    assert first.repair is not None and first.repair.kind == "sign"
    assert first.repair.text == "v[t - 1] = β v[t - 2] + (1 - β) g[t - 1]"
    assert first.repair.left == first.repair.right != ""
    assert second.mark is Mark.CARRIED and "line 5" in second.message


def test_two_mistakes_cost_twice(tmp_path: Path) -> None:
    """A second mistake that has nothing to do with the first is no consequence of it."""
    first, second = lines(tmp_path, r"v_t = \beta v_{t-1} - (1-\beta)g_t", r"v_1 = (1+\beta)g_1")
    assert (first.mark, second.mark) == (Mark.WRONG, Mark.WRONG)


def test_an_empty_mistake_earns_nothing(tmp_path: Path) -> None:
    """From v_t = 0 everything is easy: what follows from it is carried and worth nothing."""
    found = question(tmp_path, "$$v_t = 0$$\n\n$$r v_t = 0$$\n\n$$3 v_t = v_t$$", FIND)
    assert [line.mark for line in found.lines] == [Mark.WRONG, Mark.CARRIED, Mark.CARRIED]
    assert found.points == 0.0


def test_a_shell_that_restates_the_goal(tmp_path: Path) -> None:
    """The goal without a step that leads there earns nothing, nor do givens and the same on both sides."""
    found = question(tmp_path, f"$$v_t = \\beta v_{{t-1}} + (1-\\beta)g_t$$\n\n$$v_t = v_t$$\n\n$${GOAL}$$")
    assert [line.role for line in found.lines] == [Role.GIVEN, Role.REPEATED, Role.JUMP]
    assert found.points == 0.0


def test_a_result_that_was_not_told(tmp_path: Path) -> None:
    """Where the question asks for it, the result alone is right."""
    found = question(tmp_path, f"$${GOAL}$$", FIND)
    assert found.lines[0].role is Role.RESULT and found.points == 4.0


def test_names_of_the_answer(tmp_path: Path) -> None:
    """A new name for a term can be used; a slip of transcription is read where the line then checks."""
    found = lines(
        tmp_path, r"d = (1-\beta)g_t", r"v_t = \beta v_{t-1} + d", r"q_t (1-\beta) = v_t - \beta v_{t-1}"
    )
    assert found[0].role is Role.DEFINITION and found[1].mark is Mark.FOLLOWS
    assert found[2].mark is Mark.FOLLOWS and found[2].slips == ("q is read as g",)


def test_suppositions(tmp_path: Path) -> None:
    """What is assumed is told apart from what is claimed, and may be used."""
    text = "Assume that $r = 2c$. Then we have $$r - 2 c = 0$$ and for $t = 5$ nothing."
    found = question(tmp_path, text).lines
    assert [line.mark for line in found] == [Mark.ASSUMED, Mark.FOLLOWS, Mark.PROSE]
    assert "assumption" in found[1].message


def test_conditions(tmp_path: Path) -> None:
    """A division by what may be 0 follows under a condition that is said."""
    (line,) = lines(tmp_path, r"\frac{r c}{c} = r")
    assert line.mark is Mark.FOLLOWS and line.message == "provided that c != 0"
    (never,) = lines(tmp_path, r"\log(-\beta) = \log(-\beta)")
    assert never.mark is not Mark.FOLLOWS


@pytest.mark.parametrize(
    "text, mark",
    [
        (r"v_t + \foo = 1", Mark.UNREADABLE),
        (r"\text{nothing to see}", Mark.PROSE),
        (r"v_t + g_t", Mark.PROSE),
        (r"r = 0.667", Mark.WRONG),
        (r"\frac{2}{3} = 0.667", Mark.FOLLOWS),
        (r"\frac{2}{3} = 0.66", Mark.FOLLOWS),
        (r"\frac{2}{3} = 0.7", Mark.FOLLOWS),
        (r"\frac{2}{3} = 0.65", Mark.WRONG),
        (r"\frac{2}{3} = 66.7\%", Mark.FOLLOWS),
        (r"\frac{2}{3} = 67\,\%", Mark.FOLLOWS),
        (r"\frac{2}{3} = 65\%", Mark.WRONG),
        (r"\lim_{t\to\infty} \beta^t \leq \beta^t = 0", Mark.FOLLOWS),
    ],
)
def test_other_lines(tmp_path: Path, text: str, mark: Mark) -> None:
    """Lines that stand alone."""
    found = [line.mark for line in lines(tmp_path, text)]
    assert found[-1] is mark and set(found) <= {mark, Mark.FOLLOWS}


def test_chains(tmp_path: Path) -> None:
    """A wrong link in the middle is wrong; the ends of the chain are compared all the same."""
    found = lines(
        tmp_path, r"(r+c)^2 = r^2 + c^2 = r^2 + 2rc + c^2",
        text=AVERAGE.replace("goal: v[t] = β^2 v[t-2] + β (1 - β) g[t-1] + (1 - β) g[t]", "goal: (r + c)^2 = r^2 + 2 r c + c^2"),
    )  # fmt: skip
    assert [line.mark for line in found] == [Mark.WRONG, Mark.CARRIED]


def test_the_induction_hypothesis(tmp_path: Path) -> None:
    """What was to be shown, at an earlier place, may be supposed."""
    text = (
        "assignment: a\nquestions:\n  - question: '1'\n    points: 1\n    own: true\n"
        "    let: {t: integer >= 1, 'v, w': sequence of real, σ: function}\n"
        "    given: {one: 'v[k] = σ(v[k-1]) for integer k >= 1', two: 'w[k] = σ(w[k-1]) for integer k >= 1'}\n"
        "    goal: v[t] = w[t]\n"
    )
    first, last = question(
        tmp_path, "Assume $v_{t-1} = w_{t-1}$. Then $$v_t = \\sigma(w_{t-1})$$", text
    ).lines
    assert first.mark is Mark.FOLLOWS and first.message == "the hypothesis of the induction"
    assert last.mark is Mark.FOLLOWS and last.message == ""


def test_another_index(tmp_path: Path) -> None:
    """A sum over the wrong index is mended by the right one."""
    text = (
        "assignment: a\nquestions:\n  - question: '1'\n    points: 1\n    own: true\n"
        "    let: {n: size, A: 'matrix(n, n)', x: vector(n), i: index(n), j: index(n)}\n    goal: x = x\n"
    )
    (line,) = question(tmp_path, "$$(Ax)_i = \\sum_{i=1}^n A_{ij} x_j$$", text).lines
    assert line.mark is Mark.WRONG and line.repair is not None
    assert (line.repair.kind, line.repair.change) == ("index", "over j instead of i")


def test_lemmas(tmp_path: Path) -> None:
    """A line that is not shown without them may use the lemmas of the question; they excuse nothing wrong."""
    text = (
        "assignment: a\nquestions:\n  - question: '1'\n    points: 1\n    own: true\n"
        "    let: {t: integer >= 1}\n    goal: sin(t)^2 > 0\n"
    )
    answer = "$$\\sin(t) \\neq 0$$ $$\\sin(t)^2 > 0$$ $$\\sin(t)^2 < 0$$"
    without = [line.mark for line in question(tmp_path, answer, text).lines]
    assert without == [Mark.OPEN, Mark.OPEN, Mark.WRONG]
    found = question(tmp_path, answer, text + "    lemmas: ['sin(k) != 0 for integer k >= 1']\n").lines
    assert [line.mark for line in found] == [Mark.FOLLOWS, Mark.FOLLOWS, Mark.WRONG]
    assert "not proved" in found[0].message
    proved = "    lemmas: [cos(t)^2 <= 1, sin(t)^2 >= 0]\n"
    line = question(tmp_path, "$$\\sin(t)^2 \\geq 0$$", text + proved).lines[0]
    assert line.mark is Mark.FOLLOWS and "not proved" not in line.message


def test_places_are_put_for_integers_alone(tmp_path: Path) -> None:
    """A place in a line is no value of what is given for all vectors."""
    text = (
        "assignment: a\nquestions:\n  - question: '1'\n    points: 1\n    own: true\n"
        "    let: {n: size, t: integer >= 1, s: sequence of real, f: function(vector(n)) -> real}\n"
        "    given: {small: 'f(y) <= 1 for vector(n) y', start: 's[k] = k for integer k'}\n    goal: s[t] = t\n"
    )
    assert question(tmp_path, "$$s_t = t$$", text).lines[0].mark is Mark.FOLLOWS


def test_a_false_lemma(tmp_path: Path) -> None:
    """It is not used, and the question says so."""
    text = (
        "assignment: a\nquestions:\n  - question: '1'\n    points: 1\n    own: true\n"
        "    let: {t: integer >= 1}\n    goal: sin(t)^2 > 0\n    lemmas: [t >= 2]\n"
    )
    marked = question(tmp_path, "$$\\sin(t)^2 > 0$$", text)
    assert [line.mark for line in marked.lines] == [Mark.OPEN]
    assert "`t >= 2` of the assignment is false" in marked.message


def test_a_limit_over_a_chain(tmp_path: Path) -> None:
    """Behind `lim f <= g(t)` a sign goes on with the limit of g where the line holds only so."""
    found = lines(tmp_path, r"\lim_{t\to\infty} \frac{\beta^t}{2} \leq \beta^t = 0")
    assert found[-1].mark is Mark.FOLLOWS and found[-1].read_as == "limit(β^t, integer t -> oo) = 0"


def test_nothing_found(tmp_path: Path) -> None:
    """A text without the question is no answer; an empty answer earns nothing."""
    found = grade(tmp_path, "no mathematics").questions[0]
    assert found.found and found.points == 0.0 and found.lines == ()
