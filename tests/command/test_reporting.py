"""Every output says the same, and none can be broken by what a claim says."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from symproof import __version__
from symproof.reporting import jsonout, junit, sarif
from symproof.reporting.live import Live
from symproof.reporting.telling import verbose
from symproof.reporting.terminal import Painter, safe
from symproof.results import VERDICTS, ClaimResult, Place, Point, Result

POINT = Point({"t": "1", "β": "1/2"}, "1/2", "1")


def claim(id: str, verdict: str = "proved", **fields: object) -> ClaimResult:
    expected = fields.pop("expected", "proved")
    refute = fields.pop("refute", ())
    file = fields.pop("file", "claims/a.yaml")
    result = Result(statement=f"E[v] = {id}", verdict=verdict, **fields)  # type: ignore[arg-type]
    return ClaimResult.of(result, id=id, file=file, title="T", refute=refute, expected=expected)  # type: ignore[arg-type]


def variant(verdict: str) -> ClaimResult:
    return claim("v", verdict, expected="refuted", witness=POINT if verdict == "refuted" else None)


GOOD = claim("good", scope="all sizes", methods=("induction",), refute=(variant("refuted"),), seconds=0.25)
BAD = claim("bad", "refuted", witness=POINT, place=Place(3, 8), evidence={"kind": "witness"})
ODD = claim("odd", "undecided", message="time: induction ran out of time", file="claims/b.yaml")
FIELDS = (
    "id file title statement verdict scope conditions imports methods evidence witness message place "
    "seconds refute"
).split()


def test_json_has_exactly_the_agreed_fields() -> None:
    """One object with version, summary and claims; a claim and its variants have the same fields."""
    data = json.loads(jsonout.render([GOOD, BAD]))
    assert list(data) == ["symproof", "summary", "claims"]
    assert data["symproof"] == __version__
    assert data["summary"] == {**dict.fromkeys(VERDICTS, 0), "proved": 1, "refuted": 1}
    for entry in (*data["claims"], *data["claims"][0]["refute"]):
        assert list(entry) == FIELDS
    assert data["claims"][1]["witness"] == {"values": {"t": "1", "β": "1/2"}, "lhs": "1/2", "rhs": "1"}
    assert data["claims"][1]["place"] == {"line": 3, "column": 8}
    assert data["claims"][0]["witness"] is None


@pytest.mark.parametrize(
    ("verdict", "plain", "strict", "lenient"),
    [
        ("proved", 0, 0, 0),
        ("conditional", 1, 1, 0),
        ("refuted", 1, 1, 1),
        ("supported", 0, 1, 0),
        ("undecided", 1, 1, 1),
        ("invalid", 2, 2, 2),
    ],
)
def test_exit_codes(verdict: str, plain: int, strict: int, lenient: int) -> None:
    """As the design says, for a claim that is meant to be true."""
    found = claim("c", verdict)
    assert found.exit_code() == plain
    assert found.exit_code(strict=True) == strict
    assert found.exit_code(lenient=True) == lenient


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_variant_or_an_expectation_counts(verdict: str) -> None:
    """A claim that is false on purpose passes when refuted, and only then; so does a false variant."""
    code = {"refuted": 0, "invalid": 2}.get(verdict, 1)
    assert claim("c", verdict, expected="refuted").exit_code() == code
    assert claim("c", refute=(variant("refuted"), variant(verdict))).exit_code() == code


def test_junit_tells_failures_from_errors() -> None:
    """A suite a file, a case a claim and a variant; a failure shows its witness."""
    bad = claim("bad", "refuted", witness=POINT)
    broken = claim("broken", "invalid", message="b.yaml:1:1: no", file="claims/b.yaml")
    root = ElementTree.fromstring(junit.render([GOOD, bad, broken]))
    first, second = root.findall("testsuite")
    assert (first.get("name"), first.get("tests"), first.get("failures")) == ("claims/a.yaml", "3", "1")
    assert (second.get("tests"), second.get("errors")) == ("1", "1")
    failure = first.findall("testcase/failure")[0]
    assert failure.get("type") == "refuted"
    assert "t = 1, β = 1/2" in (failure.text or "")
    assert root.findall(".//testcase[@name='good']/failure") == []


# What Jenkins' schema of JUnit files allows; readers elsewhere allow more.
_JUNIT = {
    "testsuites": ("name", {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        "name tests failures errors",
        {"name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "file"},
        {"testcase"},
    ),
    "testcase": ("name", {"name", "classname", "time"}, {"failure", "error"}),
    "failure": ("", {"type", "message"}, set()),
    "error": ("", {"type", "message"}, set()),
}


def test_junit_has_only_what_its_schema_has() -> None:
    """Elements, attributes and times, as Jenkins and GitLab read them."""
    broken = claim("broken", "invalid", message="b.yaml:1:1: no", file="claims/b.yaml")
    root = ElementTree.fromstring(junit.render([GOOD, BAD, broken, ODD]))
    for node in root.iter():
        needed, allowed, inside = _JUNIT[node.tag]
        assert set(needed.split()) <= node.attrib.keys() <= allowed
        assert {child.tag for child in node} <= inside
        assert re.fullmatch(r"\d+\.\d{3}", node.get("time", "0.000"))
    failure = root.find(".//failure")
    assert failure is not None and failure.get("message") == "refuted: E[v] = bad"
    assert (failure.text or "").startswith("claims/a.yaml:3:8\n")


def test_sarif_has_only_what_its_schema_has() -> None:
    """The objects and properties of SARIF 2.1.0 that are used, each where it belongs."""
    log = json.loads(sarif.render([GOOD, BAD, ODD]))
    assert log.keys() == {"$schema", "version", "runs"} and log["$schema"].endswith("sarif-2.1.0.json")
    [run] = log["runs"]
    assert run.keys() == {"tool", "columnKind", "results"} and run["columnKind"] == "unicodeCodePoints"
    assert run["tool"].keys() == {"driver"}
    assert run["tool"]["driver"].keys() == {"name", "semanticVersion", "rules"}
    assert all(rule.keys() == {"id", "shortDescription"} for rule in run["tool"]["driver"]["rules"])
    for result in run["results"]:
        assert result.keys() <= {"ruleId", "level", "message", "locations"}
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"].keys() == {"text"} and result["message"]["text"]
        for location in result["locations"]:
            assert location.keys() == {"physicalLocation"}
            physical = location["physicalLocation"]
            assert physical.keys() <= {"artifactLocation", "region"}
            assert physical["artifactLocation"].keys() == {"uri"}
            assert all(number >= 1 for number in physical.get("region", {}).values())


def test_sarif_places_what_was_not_expected() -> None:
    """Only surprises are results; each has a level, a text and a place."""
    run = json.loads(sarif.render([GOOD, BAD, ODD]))["runs"][0]
    assert run["tool"]["driver"]["semanticVersion"] == __version__
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == set(VERDICTS)
    found = run["results"]
    assert [(r["ruleId"], r["level"]) for r in found] == [("refuted", "error"), ("undecided", "warning")]
    assert found[0]["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "claims/a.yaml"},
        "region": {"startLine": 3, "startColumn": 8},
    }


def test_sarif_is_cut_where_its_readers_stop() -> None:
    """At most 5,000 results."""
    assert len(json.loads(sarif.render([BAD] * 6000))["runs"][0]["results"]) == 5000


HOSTILE = "<script>alert(1)</script> \x1b[2J \u202e ]]> & \x00 \ud800 \"'"


@pytest.mark.parametrize("render", [jsonout.render, junit.render, sarif.render], ids=lambda f: f.__module__)
def test_hostile_text_stays_text(render: object) -> None:
    """Markup, escapes, NUL, lone surrogates and bidirectional controls in every field parse back."""
    bad = ClaimResult.of(
        Result(HOSTILE, "refuted", message=HOSTILE, witness=Point({HOSTILE: HOSTILE}, HOSTILE, HOSTILE)),
        id=HOSTILE,
        file=HOSTILE,
        title=HOSTILE,
    )
    text = render([bad])  # type: ignore[operator]
    if text.startswith("<"):
        ElementTree.fromstring(text)
        assert "<script>" not in text
    else:
        json.loads(text)
    text.encode("utf-8")


def test_the_terminal_never_sees_control_characters() -> None:
    """Escape sequences and direction marks are shown, not obeyed."""
    assert safe(HOSTILE).isprintable() or "\ufffd" in safe(HOSTILE)
    painter = Painter(colour=False)
    bad = claim("\x1b[31mid", "refuted", message=HOSTILE)
    for text in (painter.one(bad), painter.line(bad), painter.surprises([bad], strict=False, lenient=False)):
        assert "\x1b" not in text and "\u202e" not in text and "\x00" not in text


def test_plain_lines_align_and_say_what_there_is() -> None:
    """Verdict, name, scope, method, teeth and time, in columns."""
    painter = Painter(colour=False)
    assert painter.line(GOOD, 6) == (
        "  proved       good    all sizes · by induction · 1 of 1 variants refuted · 0.25 s\n"
    )
    assert painter.heading("claims/a.yaml") == "claims/a.yaml\n"
    assert painter.summary([GOOD, BAD, ODD], 2.0) == (
        "1 proved, 1 refuted, 1 undecided · 1 of 1 false variants refuted · 2.0 s\n"
    )


def test_a_narrow_terminal_gets_short_lines() -> None:
    """Nothing is wider than the terminal."""
    assert all(len(Painter(False, width).line(GOOD, 6).rstrip("\n")) <= width for width in range(40, 90))


def test_colours_only_when_asked() -> None:
    """The same text with and without colour, apart from the colour."""
    plain, painted = Painter(False), Painter(True)
    for text, colourful in (
        (plain.line(GOOD), painted.line(GOOD)),
        (plain.one(BAD), painted.one(BAD)),
        (plain.summary([BAD], 1.0), painted.summary([BAD], 1.0)),
    ):
        assert "\x1b" not in text
        assert "\x1b" in colourful
        assert re.sub("\x1b\\[[0-9;]*m", "", colourful) == text


def test_a_surprise_is_shown_like_a_compilers(tmp_path: Path) -> None:
    """Place, the line itself, a caret, the statement, the witness and both sides."""
    file = tmp_path / "a.yaml"
    file.write_text("claim: bad\nlet: {}\nprove: E[v[t]] = m\n", encoding="utf-8")
    bad = claim("bad", "refuted", witness=POINT, place=Place(3, 8), file=str(file))
    assert Painter(False).surprises([GOOD, bad], strict=False, lenient=False) == (
        "\nrefuted: bad\n"
        f" --> {file}:3:8\n"
        "  |\n"
        "3 | prove: E[v[t]] = m\n"
        "  |        ^\n"
        "  = E[v] = bad\n"
        "    at t = 1, β = 1/2:\n"
        "        left   1/2\n"
        "        right  1\n"
    )


def test_a_conditional_verdict_shows_where_it_fails() -> None:
    """The conditions, a point where they fail, and what happens there."""
    found = claim("c", "conditional", conditions=("x != 0",), witness=Point({"x": "0"}, "undefined", "1"))
    assert Painter(False).one(found) == (
        "conditional: E[v] = c\n  if x != 0\n  where that fails, at x = 0:\n"
        "      left   undefined\n      right  1\n"
    )


def test_the_progress_line_is_taken_away_before_results() -> None:
    """A progress line on standard error, never more than a line, never mixed with results."""
    out, progress = io.StringIO(), io.StringIO()
    live = Live(Painter(False), ["good", "bad"], out, progress)
    live.working("good")
    live.claim(GOOD)
    live.claim(BAD)
    assert progress.getvalue().startswith("\r\x1b[K" + "-" * 20 + " 0/2  good")
    assert progress.getvalue().endswith("\r\x1b[K")
    assert "\r" not in out.getvalue()
    assert out.getvalue().splitlines()[0] == "claims/a.yaml"


class Terminal(io.StringIO):
    """A terminal that can show every character."""

    encoding = "utf-8"


def test_the_bar_fills_and_says_how_long_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line that fits the terminal: the bar, how many are done, what is in work, the time left."""
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setattr("symproof.reporting.live.PAUSE", 0.0)
    progress = Terminal()
    live = Live(Painter(False), ["good", "bad"], io.StringIO(), progress)
    live.claim(GOOD)
    for name in ("bad: search", "b" * 100):
        live.working(name)
        line = progress.getvalue().rpartition("\r\x1b[K")[2]
        assert line.startswith("━" * 10 + "─" * 10 + f" 1/2  {name[:3]}")
        assert line.endswith(" · about 0 s left") and len(line) < 70


def test_a_failing_line_is_marked_and_what_is_known_already_takes_no_time() -> None:
    """A cross before what does not pass; `unchanged` instead of a time."""
    still = claim("still", scope="all sizes", refute=(variant("proved"),))
    assert Painter(False).line(still, passes=False) == (
        "✗ proved       still  all sizes · 0 of 1 variants refuted · unchanged\n"
    )


def test_little_room_gets_shorter_words_before_it_gets_dots() -> None:
    """The way it is known goes first, then the scope; the teeth and the time stay."""
    ends = [Painter(False, width).line(GOOD, 6).strip().split("  ")[-1] for width in (90, 60, 50, 36)]
    assert ends == [
        "all sizes · by induction · 1 of 1 variants refuted · 0.25 s",
        "all sizes · 1 of 1 refuted · 0.25 s",
        "1 of 1 refuted · 0.25 s",
        "1 of 1 refut…",
    ]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (claim("c", "conditional", conditions=("x != 0",)), "--lenient"),
        (claim("c", "undecided", message="time: search ran out of time"), "--timeout"),
        (claim("c", "undecided", message="ideas: none"), "`steps:`"),
        (claim("c", "supported"), "--strict"),
        (variant("proved"), "change it or take it out"),
    ],
)
def test_a_surprise_comes_with_advice(case: ClaimResult, words: str) -> None:
    """What to do about it, in one line."""
    text = Painter(False).surprises([case], strict=True, lenient=False)
    assert "= help: " in text and words in text.rpartition("= help: ")[2]


def test_a_statement_that_stands_in_its_line_is_underlined_not_repeated(tmp_path: Path) -> None:
    """Carets below all of it."""
    file = tmp_path / "a.yaml"
    file.write_text("prove: E[v] = bad   # really\n", encoding="utf-8")
    bad = claim("bad", "refuted", witness=POINT, place=Place(1, 8), file=str(file))
    text = Painter(False).surprises([bad], strict=False, lenient=False)
    assert "  |        ^^^^^^^^^^\n" in text and text.count("E[v] = bad") == 1


def test_verbose_tells_the_proof_and_the_witnesses(tmp_path: Path) -> None:
    """The steps of the induction, numbered; each variant with its point; folded to the width."""
    (tmp_path / "a.yaml").write_text(
        "claim: gauss\nlet: {n: integer >= 1}\nprove: sum(i, i = 1..n) = n (n + 1)/2\n"
        "refute: sum(i, i = 1..n) = n^2/2\n"
    )
    from symproof.api import check
    from symproof.reading.ledger import load

    [result] = check(tmp_path)
    text = verbose(result, load())
    assert "By induction on n from 1." in text and "1. Base, n = 1:" in text and "2. Step." in text
    assert "refuted: sum(i, i = 1..n) = n^2/2  (at n = 1: left   1; right  1/2)" in text
    assert verbose(dataclasses.replace(result, source=None), load()) == text
    assert max(map(len, verbose(result, load(), 60).splitlines())) <= 60


def test_an_undecided_claim_names_the_first_step_that_is_not_shown() -> None:
    """The terminal says where to begin, and `--verbose` which steps are open."""
    steps = tuple(claim(f"c/step-{k}", verdict) for k, verdict in enumerate(("proved", "undecided"), start=1))
    open = dataclasses.replace(claim("c", "undecided"), steps=steps)
    said = Painter(False).surprises([open], strict=False, lenient=False)
    assert "help: begin with step (2), which is undecided" in said
    told = verbose(open, {})
    assert "step: " in told and "step (undecided): " in told
