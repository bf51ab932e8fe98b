"""Claim files: keys, variants, steps, and what is kept when something is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.reading.claims import CLAIM_KEYS, Claim, load
from symproof.reading.problems import Problem
from symproof.reading.schema import schema
from symproof.terms.plain import plain


def read(tmp_path: Path, text: str) -> list[Claim | Problem]:
    path = tmp_path / "claims.yaml"
    path.write_text(text, encoding="utf-8")
    return load([path])


def one(tmp_path: Path, text: str) -> Claim:
    (claim,) = read(tmp_path, text)
    assert isinstance(claim, Claim), claim
    return claim


BASE = """\
claim: product
title: A product
source: a book
also: [other, third]
why: >
  it is
  worth it
let:
  a, b: real > 0
  H: symmetric matrix(2)
given:
  big: a > 2
  small: b < 1
prove: a b > 0
by: signs
"""


def test_all_keys(tmp_path: Path) -> None:
    claim = one(tmp_path, BASE)
    assert (claim.id, claim.title, claim.source, claim.why) == (
        "product",
        "A product",
        "a book",
        "it is worth it",
    )
    assert claim.also == ("other", "third")
    assert (claim.by, claim.expect, claim.text) == ("signs", "proved", "a b > 0")
    assert [h.name for h in claim.statement.hypotheses] == ["a: real > 0", "b: real > 0", "big", "small"]
    assert claim.place == (14, 8)
    assert claim.file.endswith("claims.yaml")


@pytest.mark.parametrize(
    ("variant", "goal", "hypotheses"),
    [
        ("a b < 0", "a b < 0", ["a: real > 0", "b: real > 0", "big", "small"]),
        ("{without: small}", "a b > 0", ["a: real > 0", "b: real > 0", "big"]),
        ("{without: b}", "a b > 0", ["a: real > 0", "big", "small"]),
        ("{let: {b: real}}", "a b > 0", ["a: real > 0", "big", "small"]),
        ("{given: {big: a < 2}}", "a b > 0", ["a: real > 0", "b: real > 0", "small", "big"]),
        ("{prove: a b < c, let: {c: real}}", "a b < c", ["a: real > 0", "b: real > 0", "big", "small"]),
    ],
)
def test_variants(tmp_path: Path, variant: str, goal: str, hypotheses: list[str]) -> None:
    """A variant is another goal, or another set of declarations and hypotheses."""
    claim = one(tmp_path, f"{BASE}refute:\n  - {variant}\n")
    (found,) = claim.variants
    assert plain(found.statement.goal) == goal
    assert [h.name for h in found.statement.hypotheses] == hypotheses
    assert found.place == (17, 5)


def test_without_a_declaration_keeps_the_type_alone(tmp_path: Path) -> None:
    claim = one(tmp_path, f"{BASE}refute: {{without: H}}\n")
    before, after = claim.statement.symbol("H"), claim.variants[0].statement.symbol("H")
    assert before is not None and after is not None
    assert (before.attributes, after.attributes) == ({"symmetric"}, frozenset())
    assert before.type == after.type
    assert claim.variants[0].text == "a b > 0 (without H)"


def test_a_variant_that_is_the_claim_is_refused(tmp_path: Path) -> None:
    found = read(tmp_path, "claim: a\nlet: {x: real}\nprove: x = 1\nrefute: [x  =  1]\n")
    assert [p.code for p in found if isinstance(p, Problem)] == ["variant"]
    found = read(tmp_path, "claim: a\nlet: {x: real}\nprove: x = 1\nrefute:\n  - x  =  1\n")
    assert [p.code for p in found if isinstance(p, Problem)] == ["variant"]


STEPS = """\
claim: steps
let: {a: real, b: real}
prove: (a + b)^2 = a^2 + 2 a b + b^2
"""


@pytest.mark.parametrize(
    "steps",
    [
        "|\n  (a + b)^2 = (a + b) (a + b)\n    = a^2 + a b + b a + b^2\n\n  = a^2 + 2 a b + b^2\n",
        "\n  - (a + b)^2 = (a + b) (a + b)\n  - = a^2 + a b + b a + b^2\n"
        "  - {step: = a^2 + 2 a b + b^2, by: collect}\n",
    ],
)
def test_steps_continue_a_chain(tmp_path: Path, steps: str) -> None:
    """A line that begins with a relation sign has the last right side on its left."""
    claim = one(tmp_path, f"{STEPS}steps: {steps}")
    assert [plain(step.statement.goal) for step in claim.steps] == [
        "(a + b)^2 = (a + b) (a + b)",
        "(a + b) (a + b) = a^2 + a b + b a + b^2",
        "a^2 + a b + b a + b^2 = a^2 + 2 a b + b^2",
    ]
    assert [step.place.line for step in claim.steps][:2] == [5, 6]
    assert claim.steps[2].by in (None, "collect")


def test_a_problem_in_a_continued_step_stands_in_its_line(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, f"{STEPS}steps: |\n  a = b\n  = c\n")
    assert isinstance(problem, Problem) and problem.place is not None
    assert (problem.place.line, problem.place.column) == (6, 5)


def test_several_problems_of_a_claim_are_reported_together(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "claim: a\nlet: {x: real}\ngiven:\n  - x = y\n  - x = z\nprove: u = x\n"
        "refute:\n  - v = x\nstepz: 1\n",
    )
    problems = [p for p in found if isinstance(p, Problem)]
    assert len(problems) == len(found)
    assert [(p.code, p.place and p.place.line) for p in problems] == [
        ("key", 9), ("name", 4), ("name", 5), ("name", 6), ("name", 8),
    ]  # fmt: skip
    assert {p.claim for p in problems} == {"a"}


def test_a_bad_claim_does_not_lose_the_others(tmp_path: Path) -> None:
    """Neither one that cannot be typed nor one that is not even YAML."""
    good = "- claim: {}\n  prove: 1 = 1\n"
    bad = ["- claim: worse\n  prove: |1| = 1\n", "- claim: bad\n  prove: x = 1\n", "- just text\n"]
    found = read(tmp_path, "# all of them\n" + good.format("a") + "".join(bad) + good.format("b"))
    assert [c.id if isinstance(c, Claim) else c.code for c in found] == [
        "a",
        "yaml-value",
        "name",
        "value",
        "b",
    ]


def test_names_are_unique_over_all_files(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yml"):
        (tmp_path / name).write_text("claim: same\nprove: 1 = 1\n", encoding="utf-8")
    first, second = load([tmp_path])
    assert isinstance(first, Claim) and isinstance(second, Problem)
    assert second.code == "claim-taken" and "one.yaml:1" in second.message


def test_scalars_are_text(tmp_path: Path) -> None:
    """What YAML 1.1 takes for numbers, booleans or nothing stays what was written."""
    claim = one(tmp_path, "claim: 012\ntitle: no\nlet: {no: real, y: real}\nprove: no = 1e-3 y\n")
    assert (claim.id, claim.title) == ("012", "no")
    assert plain(claim.statement.goal) == "no = 1/1000 y"


def test_expectations_travel_with_problems(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, "claim: a\nexpect: invalid\nprove: x = 1\n")
    assert isinstance(problem, Problem) and problem.expect == "invalid"


def test_the_schema_has_the_keys_of_the_reader() -> None:
    """Editors complete exactly what is read, and every reference leads somewhere."""
    found = schema()
    assert set(found["$defs"]["claim"]["properties"]) == set(CLAIM_KEYS)
    assert all(entry["description"] for entry in found["$defs"]["claim"]["properties"].values())

    def references(part: object) -> set[str]:
        if isinstance(part, dict):
            return {str(v) for k, v in part.items() if k == "$ref"}.union(*map(references, part.values()))
        return set().union(*map(references, part)) if isinstance(part, list) else set()

    assert references(found) == {f"#/$defs/{name}" for name in found["$defs"]}
