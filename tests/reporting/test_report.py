"""The reports: complete, self-contained, the same each time, and deaf to what a claim tells them to do."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from symproof.cli import cli
from symproof.engine import Options
from symproof.kernel.ledger import Ledger
from symproof.kernel.statement import Definition, Hypothesis, Statement, Symbol
from symproof.reading.inline import read_statement
from symproof.reading.ledger import load
from symproof.reporting import html, jsonout, markdown
from symproof.reporting.page import font
from symproof.reporting.pictures import picture
from symproof.results import VERDICTS, ClaimResult, Place, Point, Result
from symproof.running.claims import prove_text
from symproof.terms.build import make, num, sym
from symproof.terms.types import REAL

LEDGER: Ledger = load()
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1)) ![x](https://evil.example/a.png) https://evil.example",
    "</style><svg/onload=alert(1)>",
    "a\u202egnp.exe\u2066 b\x00\x1b[31m\ud800",
    "`````` $`x`$ <!-- ]]> &lt;b&gt; ```\n```\n# heading\n| a | b |",
)
VOID = frozenset("meta input br".split())
SCHEMES = re.compile(r"(?i)(https?:|//|javascript:|data:|url\(|@import)")


class Page(HTMLParser):
    """Reads a page strictly: elements close in order, and all tags and attributes are kept."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def hostile(text: str, verdict: str = "proved", **more: Any) -> ClaimResult:
    """A claim with the text in every field that can hold text."""
    x = sym(text, REAL)
    statement = Statement(
        (Symbol(text, REAL),),
        (Definition(text, ((text, REAL),), x),),
        (Hypothesis(text, make("eq", x, num(1))),),
        make("forall", make("eq", x, num(1)), make("numbers", data="real"), data=((text,),)),
    )
    leaf = {"rule": "evident", "rewrite": [text]}
    evidence = {"kind": text, text: text, "axioms": [text]}
    if verdict == "proved":
        have = {"rule": "have", "name": text, "fact": text, "at": {}, "then": leaf}
        certificate = {"rule": "intro", "then": have}
        evidence = {"kind": "certificate", "certificate": certificate, "axioms": [text]}
    result = Result(
        statement=text, verdict=verdict, scope=text, conditions=(text,), imports=(text,), methods=(text,),
        evidence=evidence, witness=Point({text: text}, text, text), message=text, place=Place(1, 1),
        source=statement,
    )  # fmt: skip
    return ClaimResult.of(result, id=text, file=f"claims/{text}", title=text, **more)


@pytest.fixture(scope="module")
def found() -> list[ClaimResult]:
    """One claim for each verdict, decided for real."""
    questions = [
        ("sum(i, i = 1..n) = n (n + 1)/2", ["n: size"]),
        ("x^2/x = x", ["x: real"]),
        ("sin(x) <= x", ["x: real"]),
        ("a^2 + b^2 >= 2 a b", ["a: real", "b: real"]),
        ("x + = 2", ["x: real"]),
        ("A B = B A", ["A: matrix(2, 2)", "B: matrix(2, 2)"]),
    ]
    results = []
    for k, (text, let) in enumerate(questions):
        result = prove_text(text, let, (), Options(timeout=10))
        result = replace(result, id=f"claim-{k}", file="claims/some.yaml", title="A title", seconds=0.25)
        results.append(result)
    undecided = Result(statement="x = y", verdict="undecided", message="time: search ran out of time")
    variant = replace(results[2], expected="refuted")
    results[0] = replace(results[0], refute=(variant,))
    return [*results, ClaimResult.of(undecided, id="open", file="other/file.yaml")]


def test_the_page_is_well_formed_and_complete(found: list[ClaimResult]) -> None:
    page = Page(html.render(found, LEDGER))
    text = " ".join("".join(page.words).split())
    for claim in found:
        assert claim.id in text and claim.statement in text
    told = "By induction on", "Multiplied out", "A point where a condition fails", "time: search ran out"
    assert all(words in text for words in told)
    details = [attrs for tag, attrs in page.tags if tag == "details"]
    assert [d["data-verdict"] for d in details] == [claim.verdict for claim in found]
    assert {claim.verdict for claim in found} >= {"proved", "conditional", "refuted", "undecided", "invalid"}
    assert any(attrs.get("class") == "picture" for tag, attrs in page.tags if tag == "svg")


def test_the_page_needs_nothing_else(found: list[ClaimResult]) -> None:
    """No address in any attribute or style, no event handler, and a policy that forbids both."""
    text = html.render([*found, *map(hostile, HOSTILE)], LEDGER)
    page = Page(text)
    for tag, attrs in page.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base", "form", "image", "use")
        for name, value in attrs.items():
            assert not name.startswith("on") and name not in ("src", "style", "xlink:href")
            if name == "href":
                assert value is not None and value.startswith("#")
            if name in ("id", "class", "d", "viewbox", "content") or name.startswith("data-"):
                assert SCHEMES.search((value or "").replace("font-src data:;", "")) is None
    assert [tag for tag, _ in page.tags].count("script") == 1
    code = "".join(re.findall(r"<(?:style|script)>(.*?)</", text, re.S))
    assert not SCHEMES.search(code.replace(f"url({font()})", ""))
    policy = next(a["content"] for t, a in page.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None and policy.startswith("default-src 'none'") and "unsafe" not in policy


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_not_obeyed(text: str, verdict: str) -> None:
    """In every field of a claim and of a variant: no tag comes of it, and nothing invisible is left."""
    harmless = hostile("harmless", verdict, refute=(hostile("harmless", "refuted"),))
    claim = hostile(text, verdict, refute=(hostile(text, "refuted"),))
    calm, page = (Page(html.render([c], LEDGER)) for c in (harmless, claim))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in calm.tags} | {"br", "code", "msub"}
    for tag in ("script", "style", "svg", "table", "details", "a", "math"):
        assert [t for t, _ in page.tags].count(tag) == [t for t, _ in calm.tags].count(tag)
    allowed = {"\u2061", "\u2062", "\u00a0", "\n"}
    assert all(c.isprintable() or c in allowed for c in "".join(page.words))
    html.render([claim], LEDGER).encode()


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_no_markdown(text: str, verdict: str) -> None:
    """Outside of code and formulas no sign that means something in Markdown stands unescaped."""
    written = markdown.render([hostile(text, verdict, refute=(hostile(text, "refuted"),))], LEDGER)
    written.encode()
    assert all(c.isprintable() or c == "\n" for c in written.replace("\u00a0", ""))
    bare = re.sub(r"(?<![`\\])\$`[^`]*`\$|(?<![`\\])(`+)(?!`).*?(?<!`)\1(?!`)", "", written)
    bare = re.sub(r"\\.", "", bare)
    assert "<" not in bare and "](" not in bare and "![" not in bare and "`" not in bare
    assert "https:" not in bare and "javascript:" not in bare
    heads = [line for line in bare.splitlines() if line.startswith("#")]
    assert len(heads) == 4


def test_reports_are_the_same_each_time(found: list[ClaimResult]) -> None:
    assert html.render(found, LEDGER) == html.render(list(found), load())
    assert markdown.render(found, LEDGER) == markdown.render(list(found), load())
    assert json.loads(jsonout.render(found))["summary"]["proved"] == 2


def test_a_thousand_claims_fit_in_a_mail(found: list[ClaimResult]) -> None:
    """Claims with proofs, false variants and pictures stay under 10 MB, and say what they leave out."""
    plain, plotted = replace(found[5], expected="refuted"), replace(found[2], expected="refuted")
    claims = [replace(found[0], refute=(plain,) * 5), replace(found[0], refute=(plotted, *(plain,) * 40))]
    many = [replace(claims[k % 9 == 0], id=f"c{k}", file=f"claims/{k // 50}.yaml") for k in range(1000)]
    text = html.render(many, LEDGER)
    assert len(text.encode()) < 10_000_000
    assert text.count("By induction on") == 1000 and "left out here" in text


def test_pictures_of_graphs_show_the_values_at_vertices() -> None:
    statement = read_statement("x' laplacian(G) x = 0", ["G: graph", "x: vector(V(G))"], [])
    raw = {"G": {"vertices": 2, "edges": [[0, 1]]}, "x": ["0", "7/2"]}
    drawn = picture(statement, raw, {})
    assert drawn.count("<circle") == 2 and drawn.count("<line") == 1 and "x = 7/2" in drawn
    large, wild = {"vertices": 10**9, "edges": []}, {"vertices": 2, "edges": [[0, 5]]}
    for odd in (large, wild, {"vertices": 2, "edges": [[0, []]]}, {"vertices": "<"}, 3, None):
        assert picture(statement, {"G": odd}, {}) == ""


def test_empty_report() -> None:
    Page(html.render([], LEDGER))
    assert "0 claims" in markdown.render([], LEDGER)


def test_command_writes_the_formats_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("claims").mkdir()
    Path("claims/a.yaml").write_text("claim: square\nlet: {a: real}\nprove: a^2 >= 0\n", encoding="utf-8")
    run = CliRunner().invoke(cli, ["report", "--out", "out", "--jobs", "1"], standalone_mode=False)
    assert run.return_value == 0, run.output
    assert sorted(p.name for p in Path("out").iterdir()) == ["report.html", "report.json", "report.md"]
    assert "square" in Path("out/report.html").read_text(encoding="utf-8")
    run = CliRunner().invoke(cli, ["report", "--format", "html,doc"])
    assert run.exit_code == 2 and "doc" in run.output


def test_plots_keep_to_what_is_assumed() -> None:
    """Over a condition's interval alone, with the other variables as at the witness."""
    text, let = "(1 - β)^t + c = 1 - β^t + c", ["β: real in (0, 1)", "t: integer >= 1", "c: real"]
    raw = {"β": "1/2", "t": "2", "c": "5"}
    drawn = picture(read_statement(text, let, []), raw, raw)
    assert drawn.count("<path") == 2 and "β = 1/2" in drawn
    low, high = re.findall(r'text-anchor="end">([-0-9.]+)<', drawn)[::-1]
    assert 4.5 < float(low) < float(high) < 6.5
    assert picture(read_statement(text, let, []), {**raw, "β": "x"}, {}) == ""


def test_command_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `check` does, beside writing the report; without a browser there is no PDF, and that is said first."""
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(cli, ["report", "none.yaml", "--jobs", "1"], standalone_mode=False)
    assert run.return_value == 2 and "there is no such file or folder" in run.output
    monkeypatch.setenv("PATH", str(tmp_path))
    run = CliRunner().invoke(cli, ["report", "none.yaml", "--format", "pdf"])
    assert run.exit_code == 2 and "install chromium" in run.output


def test_what_is_not_as_expected_comes_with_advice_and_evidence_with_words() -> None:
    evidence = {"kind": "bounded", "bound": "n <= 3", "cases": 3}
    supported = ClaimResult.of(
        Result(statement="a = b", verdict="supported", scope="n <= 3", evidence=evidence), id="s", file=None
    )
    for written in (html.render([supported], LEDGER), markdown.render([supported], LEDGER)):
        assert (
            "exact in all 3 cases with n &lt;= 3" in written or "exact in all 3 cases with n <= 3" in written
        )
    assert "What can be done" not in html.render([supported], LEDGER)
    assert "What can be done: evidence is no proof" in html.render([supported], LEDGER, strict=True)
