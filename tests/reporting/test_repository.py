"""reports/ tells of the claims that stand in this repository, and of no others, as they stand there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from symproof import __version__
from symproof.options import Options
from symproof.reading.claims import Claim, load
from symproof.results import VERDICTS
from symproof.running.recheck import recheck, records

ROOT = Path(__file__).parents[2]
RENEW = "the claims have changed since the report was written: run `make reports`"


@pytest.fixture(scope="module")
def report() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "reports" / "report.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    found = load([ROOT / "claims"])
    assert all(isinstance(claim, Claim) for claim in found)
    return [claim for claim in found if isinstance(claim, Claim)]


def test_it_tells_of_every_claim_as_it_stands(report: dict[str, Any], claims: list[Claim]) -> None:
    """The same claims in the same order, with the same statements; so too their steps and variants."""
    told = [
        (c["file"], c["id"], c["title"], c.get("hash"), *(s.get("hash") for s in c.get("steps", ())),
         *(v.get("hash") for v in c["refute"]))
        for c in report["claims"]
    ]  # fmt: skip
    stands = [
        (Path(c.file).relative_to(ROOT).as_posix(), c.id, c.title, c.statement.digest,
         *(s.statement.digest for s in c.steps), *(v.statement.digest for v in c.variants))
        for c in claims
    ]  # fmt: skip
    assert told == stands, RENEW


def test_its_verdicts_are_those_expected(report: dict[str, Any], claims: list[Claim]) -> None:
    assert report["symproof"] == __version__, RENEW
    expected = {claim.id: claim.expect for claim in claims}
    for claim in report["claims"]:
        assert claim["verdict"] == expected[claim["id"]], claim["id"]
        assert {variant["verdict"] for variant in claim["refute"]} <= {"refuted"}, claim["id"]
    counts = {v: sum(claim["verdict"] == v for claim in report["claims"]) for v in VERDICTS}
    assert report["summary"] == counts


@pytest.mark.parametrize("name", ["report.html", "report.md"])
def test_the_pages_tell_of_the_same_claims(report: dict[str, Any], name: str) -> None:
    page = (ROOT / "reports" / name).read_text(encoding="utf-8")
    for claim in report["claims"]:
        assert claim["id"] in page.replace("\\", ""), claim["id"]
    assert len(page.encode()) < 10_000_000


def test_the_kernel_accepts_its_evidence() -> None:
    """Every certificate and witness in it, checked again."""
    found = list(records("report.json", (ROOT / "reports" / "report.json").read_bytes()))
    assert len(found) > 100
    rejected = [(w.record.name, w.text) for w in recheck(found, Options(timeout=60)) if not w.accepted]
    assert rejected == [], RENEW


def test_no_times_stand_in_it(report: dict[str, Any]) -> None:
    assert all("seconds" not in claim for claim in report["claims"])
