"""Certificates told as derivations, both sides at a witness, and what a variant changes: they say what is so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from symproof.engine import Options
from symproof.kernel import rules as kernel_rules
from symproof.kernel.check import check
from symproof.kernel.statement import Statement
from symproof.reading.inline import read_statement
from symproof.reading.ledger import load
from symproof.reporting import html, markdown
from symproof.reporting.letters import Letters
from symproof.reporting.sentences import Step
from symproof.reporting.story import RULES, story
from symproof.reporting.telling import told as told_lines
from symproof.reporting.worked import changes, sides
from symproof.results import ClaimResult
from symproof.running.claims import check_claims, prove_text
from symproof.running.entries import load as load_claims
from symproof.terms.build import make, num, sym
from symproof.terms.plain import plain
from symproof.terms.types import INTEGER

LEDGER = load()
OPTIONS = Options(timeout=20)


def flat(steps: Iterable[Step]) -> str:
    """The words and formulas of a derivation, in order."""
    return " ".join(
        "".join(p if isinstance(p, str) else f"[{plain(p)}]" for p in step.say) + " " + flat(step.inside)
        for step in steps
    )


def told(text: str, let: list[str], given: list[str]) -> str:
    result = prove_text(text, let, given, OPTIONS)
    assert result.verdict == "proved" and result.source is not None
    return flat(story(result.source, result.evidence["certificate"], LEDGER))


def test_an_induction_names_its_assumption_and_the_equations_put_in() -> None:
    found = told(
        "v[t] = (1 - b^t) m",
        ["b: real", "t: integer >= 0", "m: real", "v: sequence of real"],
        ["v[0] = 0", "v[k] = b v[k-1] + (1 - b) m for integer k >= 1"],
    )
    assert "By induction on [t] from [0]" in found
    assert "Step. Assume, for some [t >= 0], [v[t] = (1 - b^t) m] (1); to show: [v[t + 1]" in found
    assert ", (1), " in found and " put in, both sides are [-b^(1 + t) m + m]." in found


def test_both_sides_are_told_where_they_meet() -> None:
    found = told("(a + b)^2 - (a - b)^2 = 2 a b + 2 b a", ["a: real", "b: real"], [])
    assert "Multiplied out, both sides are [4 a b]." in found


def test_made_up_names_become_letters_that_are_free() -> None:
    statement = read_statement("sum(i, i = 1..n) = 0", ["n: size", "j: real"], [])
    letters = Letters(statement)
    inner = make("mul", sym("i_2", INTEGER), sym("n", INTEGER))
    domain = make("range", num(1), sym("n", INTEGER))
    term = make("sum", inner, domain, data=(("i_2",),))
    assert plain(letters.tidy(term)) == "sum(k n, k = 1..n)"
    assert plain(letters.tidy(sym("i_7", INTEGER))) == "l"
    gap = make("add", make("neg", sym("#1", INTEGER)), num(-2), sym("i_2", INTEGER))
    assert plain(letters.tidy(make("bracket", make("eq", gap, num(0))))) == "[k = p + 2]"
    assert plain(letters.tidy(sym("i_2", INTEGER))) == "k"


@pytest.mark.parametrize(
    ("text", "let", "left", "right"),
    [
        ("(a + b)^2 = a^2 + b^2", ["a: real", "b: real"], "(1 + 1)^2", "1^2 + 1^2"),
        ("0 <= a^2 <= a", ["a: real > 1"], "2^2", None),
        ("n^2 = n for integer n >= 0", [], "2^2", None),
    ],
)
def test_both_sides_are_worked_out_at_the_witness(
    text: str, let: list[str], left: str, right: str | None
) -> None:
    """With the values put in, of the relation that fails; what would only repeat itself is left out."""
    result = prove_text(text, let, [], OPTIONS)
    assert result.verdict == "refuted"
    for side, shown in zip(sides(result), (left, right), strict=True):
        assert side.term is not None and (shown is None) == (side.put_in is None)
        assert side.put_in is None or plain(side.put_in) == shown


def statement(let: list[str], given: list[str]) -> Statement:
    return read_statement("x = y", let, given)


def test_what_a_variant_changes() -> None:
    claim = statement(["x: real > 0", "y: real"], ["x = y", "y < 3"])
    assert changes(claim, claim) == []
    weaker = replace(claim, hypotheses=claim.hypotheses[:-1])
    assert [(c.word, c.name) for c in changes(claim, weaker)] == [("without", claim.hypotheses[-1].name)]
    assert [c.word for c in changes(weaker, claim)] == ["with"]
    assert [c.name for c in changes(claim, statement(["x: integer", "y: real"], []))][-1] == "x"


def test_the_author_s_steps_are_shown_with_their_verdicts(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(
        "claim: am-gm\nwhy: It is used everywhere.\nsource: homework 1\nalso: [homework 2]\n"
        "let: {a: real >= 0, b: real >= 0}\nprove: 2 a b <= a^2 + b^2\n"
        "steps: |\n  (a - b)^2 >= 0\n  a^2 - 2 a b + b^2 >= 0\n",
        encoding="utf-8",
    )
    [claim] = check_claims(load_claims([tmp_path]), OPTIONS)
    assert [step.verdict for step in claim.steps] == ["proved", "proved"]
    data = claim.encode()
    assert [step["id"] for step in data["steps"]] == ["am-gm/step-1", "am-gm/step-2"]
    assert claim.source is not None and data["hash"] == claim.source.digest
    again = ClaimResult.restore(data, "proved")
    assert again.encode() == data
    page = html.render([claim], LEDGER)
    assert page.count('<li><div class="formula">') == 2
    assert "It is used everywhere." in page and "homework 2" in page


def test_without_times_a_report_does_not_depend_on_them() -> None:
    result = prove_text("a^2 >= 0", ["a: real"], [], OPTIONS)
    slower = replace(result, seconds=result.seconds + 1)
    assert html.render([result], LEDGER) != html.render([slower], LEDGER)
    assert html.render([result], LEDGER, timed=False) == html.render([slower], LEDGER, timed=False)


def test_every_rule_of_the_kernel_can_be_told() -> None:
    assert set(RULES) == set(kernel_rules.RULES)


def test_what_a_goal_needs_to_be_defined_is_told() -> None:
    """A condition of the verdict is named where the derivation begins to use it."""
    statement = read_statement("x/x = 1", ["x: real"], [])
    certificate = {"rule": "defined", "name": "d", "then": {"rule": "algebra"}}
    assert check(statement, certificate, LEDGER).conditions
    assert flat(story(statement, certificate, LEDGER)).startswith(
        "All of this is defined where [x != 0]; so much"
    )


def test_a_refutation_by_proof_is_told() -> None:
    """What holds instead, and why, in every format."""
    result = prove_text("sum(q^k, k = 0..oo) = 1/(1 + q)", ["q: real in (0, 1)"], [], OPTIONS)
    assert result.verdict == "refuted" and "proof" in result.evidence["witness"]
    for text in (
        html.render([result], LEDGER),
        markdown.render([result], LEDGER),
        "\n".join(told_lines(result, LEDGER)),
    ):
        assert "There it holds instead that" in text and "series-geometric" in text.replace("\\", "")
        assert "cannot be told" not in text and "step 1" not in text
