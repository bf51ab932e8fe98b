"""Results as one HTML page that needs nothing else: no network, no other file.

Every text of a claim goes through `_text`, every formula through the MathML
printer; and the page forbids every script and style but its own.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from html import escape
from itertools import groupby, islice
from pathlib import PurePath

from symproof import __version__
from symproof.kernel.ledger import Ledger
from symproof.kernel.statement import Statement, Symbol
from symproof.reporting.page import SCRIPT, STYLE
from symproof.reporting.pictures import picture
from symproof.reporting.story import Step, story
from symproof.reporting.terminal import known, safe
from symproof.reporting.words import MAX_NODES, MAX_TEXT, MEANINGS, facts, summary
from symproof.results import VERDICTS, ClaimResult, Result
from symproof.terms.mathml import mathml, mathml_name, mathml_type
from symproof.terms.plain import plain
from symproof.terms.tree import Term
from symproof.terms.types import Function
from symproof.terms.types import Sequence as Indexed

# A formula that is too long to be set is cut as text.
MAX_FORMULA = 600
# A page that a mail can carry; what is left out is said, and stands in the JSON.
MAX_PAGE = 9_000_000
LEFT_OUT = "left out here, for this page has become long; the JSON report holds "
# A vector or matrix of numbers that is not too long to be laid out.
_NUMBERS = re.compile(r"(?=.{1,400}\Z)\[(\[[-0-9/., ]+\](, )?)+\]|(?=.{1,160}\Z)\[[-0-9/., ]+\]")


def render(
    results: Sequence[ClaimResult], ledger: Ledger, *, strict: bool = False, lenient: bool = False
) -> str:
    """The page."""
    bad = [bool(r.exit_code(strict=strict, lenient=lenient)) for r in results]
    body = [
        '<a class="skip" href="#claims">Skip to the claims</a>',
        "<header><h1>Verification report</h1>",
        f'<p class="soft">symproof {_text(__version__)} · {summary(results)}</p></header>',
        "<main>",
        _overview(results, sum(bad)),
        '<div id="claims">',
    ]
    number, left = 0, MAX_PAGE
    for file, claims in groupby(results, key=lambda r: r.file or ""):
        shown = []
        for claim in claims:
            room = left // (len(results) - number)
            shown.append(_claim(claim, number, bad[number], ledger, room))
            left -= len(shown[-1].encode())
            number += 1
        heading = f"<h2>{_text(file)}</h2>" if file else "<h2>Statements</h2>"
        body.append(f'<section class="file">{heading}{"".join(shown)}</section>')
    body += ["</div></main>", _footer()]
    policy = f"default-src 'none'; style-src '{_hash(STYLE)}'; script-src '{_hash(SCRIPT)}'"
    policy += "; base-uri 'none'; form-action 'none'"
    page = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Verification report</title><style>{STYLE}</style></head><body>",
        "\n".join(body),
        f"<script>{SCRIPT}</script></body></html>\n",
    ]
    return "\n".join(page)


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _text(text: str) -> str:
    """Text of a claim: markup is shown and not obeyed, what cannot be seen is shown as its number."""
    return escape(safe(text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + " …"))


def _span(text: str) -> str:
    return f'<span class="text">{_text(text)}</span>'


def _math(term: Term, display: bool = False) -> str:
    """A formula; one that nobody would read as such is shown as text."""
    if next(islice(term.walk(), MAX_NODES, None), None) is not None:
        text = plain(term)
        return f"<code>{_text(text if len(text) <= MAX_FORMULA else text[:MAX_FORMULA] + ' …')}</code>"
    return mathml(term, display)


def _wide(term: Term) -> str:
    """A formula in a line of text that may be wider than a phone."""
    return f'<span class="wide">{_math(term)}</span>'


# --- overview ------------------------------------------------------------------------------------


def _overview(results: Sequence[ClaimResult], bad: int) -> str:
    counts = Counter(result.verdict for result in results)
    present = [verdict for verdict in VERDICTS if counts[verdict]]
    buttons = [_button(v, _verdict(v, f"{counts[v]} ")) for v in present]
    if bad:
        buttons.append(_button("bad", f"{bad} not as expected"))
    return "\n".join(
        [
            '<section aria-labelledby="overview"><h2 id="overview" class="hidden-label">Overview</h2>',
            _bar(counts, present, len(results)),
            '<div class="tools" role="group" aria-label="Show only">' + "".join(buttons) + "</div>",
            '<div class="tools"><label><span class="hidden-label">Search in claims</span>',
            '<input id="search" type="search" placeholder="Search (press /)" autocomplete="off"></label>',
            '<button type="button" id="open-all" aria-pressed="false">Open all</button></div>',
            '<p id="status" class="status meta" role="status"></p>',
            _folders(results, present),
            "</section>",
        ]
    )


def _button(only: str, label: str) -> str:
    return f'<button type="button" data-only="{only}" aria-pressed="false">{label}</button>'


def _verdict(verdict: str, before: str = "") -> str:
    """The verdict in its colour; the style sheet puts its mark before it."""
    return f'<b class="{verdict}">{before}{verdict}</b>'


def _bar(counts: Mapping[str, int], present: Iterable[str], total: int) -> str:
    parts, at = [], 0
    words = ", ".join(f"{counts[v]} {v}" for v in present)
    for verdict in present:
        parts.append(f'<rect class="{verdict}" x="{at}" width="{counts[verdict]}" height="1"/>')
        at += counts[verdict]
    return (
        f'<svg class="bar" viewBox="0 0 {max(total, 1)} 1" preserveAspectRatio="none" role="img" '
        f'aria-label="{words}">{"".join(parts)}</svg>'
    )


def _folders(results: Sequence[ClaimResult], present: Sequence[str]) -> str:
    """Verdicts by folder."""
    folders: dict[str, Counter[str]] = {}
    for result in results:
        folder = PurePath(result.file).parent.as_posix() if result.file else "—"
        folders.setdefault(folder, Counter())[result.verdict] += 1
    head = "".join(f'<th scope="col">{verdict}</th>' for verdict in present)
    rows = [
        f'<tr><th scope="row">{_span(folder)}</th>'
        + "".join(f"<td>{counts[v] or '–'}</td>" for v in present)
        + "</tr>"
        for folder, counts in folders.items()
    ]
    return (
        '<div class="scroll"><table class="folders"><caption>Verdicts by folder</caption>'
        f'<thead><tr><th scope="col">folder</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _footer() -> str:
    rows = "".join(f"<dt>{_verdict(v)}</dt><dd>{MEANINGS[v]}</dd>" for v in VERDICTS)
    return f'<footer><h2>What the verdicts say</h2><dl class="given">{rows}</dl></footer>'


# --- a claim -----------------------------------------------------------------------------------


def _claim(claim: ClaimResult, number: int, bad: bool, ledger: Ledger, room: int) -> str:
    """A claim in about as many bytes as there is room for."""
    refuted = sum(variant.verdict == "refuted" for variant in claim.refute)
    teeth = f"{refuted} of {len(claim.refute)} false variants refuted" if claim.refute else ""
    expected = f"expected {claim.expected}" if claim.expected != "proved" else ""
    words = " · ".join(filter(None, [known(claim), expected, teeth]))
    title = f'<span class="meta">{_span(claim.title)}</span>' if claim.title else ""
    body = [*_decided(claim, ledger, room)]
    if claim.refute:
        body.append('<h4>False variants</h4><p class="meta">Each must be refuted.</p>')
        spent = sum(len(part.encode()) for part in body) + 1000
        for k, variant in enumerate(claim.refute):
            shown = _variant(variant, ledger, room)
            spent += len(shown.encode())
            if spent > room:
                body.append(f'<p class="meta">{len(claim.refute) - k} more are {LEFT_OUT}them.</p>')
                break
            body.append(shown)
    flag = " data-bad" if bad else ""
    return (
        f'<details class="claim" id="claim-{number + 1}" data-verdict="{claim.verdict}"{flag}>'
        f"<summary>{_verdict(claim.verdict)}"
        f'<h3>{_span(claim.id)}</h3>{title}<span class="meta">{_text(words)}</span></summary>'
        f'<div class="body">{"".join(body)}</div></details>\n'
    )


def _variant(variant: ClaimResult, ledger: Ledger, room: int) -> str:
    words = " · ".join(filter(None, [known(variant), f"{variant.seconds:.2f} s"]))
    head = f'<p>{_verdict(variant.verdict)} <span class="meta">{_text(words)}</span></p>'
    return f'<div class="variant">{head}{"".join(_decided(variant, ledger, room, brief=True))}</div>'


def _decided(result: ClaimResult, ledger: Ledger, room: int, brief: bool = False) -> Iterable[str]:
    """The statement, what is assumed, the verdict and how it is known."""
    source = result.source
    if source is not None:
        yield f'<div class="formula">{_math(source.goal, display=True)}</div>'
    if result.statement:
        yield f'<p class="meta">{"" if brief else "as written: "}<code>{_text(result.statement)}</code></p>'
    if source is not None and not brief:
        yield from _assumed(source)
    if not brief:
        yield f"<h4>Verdict</h4><p>{MEANINGS[result.verdict]}</p>"
    yield from _facts(result, ("if", "evidence") if brief else ())
    if result.evidence.get("kind") == "witness" or result.witness is not None:
        yield from _witness(result)
    if result.evidence.get("kind") == "certificate" and source is not None:
        yield "<h4>How it is known</h4>"
        steps = _steps(story(source, result.evidence.get("certificate"), ledger))
        yield steps if len(steps.encode()) < room else f"<p>The steps are {LEFT_OUT}the certificate.</p>"
    if result.verdict != "invalid" and not brief:
        yield f'<p class="meta">{result.seconds:.2f} s</p>'


def _facts(result: Result, only: Sequence[str]) -> Iterable[str]:
    """What belongs to the verdict, and the message."""
    rows = [
        (label, "<br>".join(f"<code>{_text(text)}</code>" for text in texts))
        for label, texts in facts(result)
        if not only or label in only
    ]
    if rows:
        yield '<dl class="given">' + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in rows) + "</dl>"
    if result.message:
        yield f'<div class="code text">{_text(result.message)}</div>'


def _assumed(source: Statement) -> Iterable[str]:
    """Declarations, definitions and hypotheses."""
    rows = []
    if source.symbols:
        items = "".join(f'<span class="item">{_declared(symbol)}</span> ' for symbol in source.symbols)
        rows.append(("let", items))
    for definition in source.definitions:
        head = mathml_name(definition.name)
        if definition.params:
            head += f"({', '.join(mathml_name(p) for p, _ in definition.params)})"
        rows.append(("define", f"{head} := {_wide(definition.body)}"))
    rows += [(_text(h.name), _wide(h.statement)) for h in source.hypotheses]
    if rows:
        body = "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in rows)
        yield f'<h4>Assumed</h4><dl class="given">{body}</dl>'


def _declared(symbol: Symbol) -> str:
    kind, words = symbol.type, " ".join(sorted(symbol.attributes))
    if isinstance(kind, Indexed):
        text = f"{mathml_name(symbol.name)} : ℤ → {mathml_type(kind.item)}"
    else:
        link = ":" if isinstance(kind, Function) else "∈"
        text = f"{mathml_name(symbol.name)} {link} {mathml_type(kind)}"
    if words:
        text += f' <span class="soft">{_text(words)}</span>'
    if symbol.law is not None:
        text += f" ~ {_text(symbol.law.name)}({', '.join(map(_math, symbol.law.args))})"
    return text


def _witness(result: Result) -> Iterable[str]:
    """The values put in, and both sides worked out."""
    point = result.witness
    if point is None:
        return
    data = result.evidence.get("witness")
    raw = data.get("values", {}) if isinstance(data, dict) else {}
    raw = raw if isinstance(raw, dict) else {}
    rows = [f"<tr><th>{mathml_name(n)}</th><td>{_value(v)}</td></tr>" for n, v in point.values.items()]
    for side, value in (("left side", point.left), ("right side", point.right)):
        rows.append(f"<tr><th>{side}</th><td><b>{_value(value)}</b></td></tr>")
    if result.verdict == "conditional":
        yield "<h4>A point where a condition fails</h4>"
    yield f'<table class="witness">{"".join(rows)}</table>'
    if result.source is not None and result.verdict == "refuted":
        yield picture(result.source, raw, point.values)


def _value(text: str) -> str:
    """A value: a vector or matrix of numbers laid out, anything else as it was printed."""
    if not _NUMBERS.fullmatch(text):
        return f"<code>{_text(text)}</code>"
    rows = [row.split(",") for row in text.strip("[] ").replace("[", "").split("],")]
    if len(rows) == 1:  # a vector is a column
        rows = [[entry] for entry in rows[0]]
    lines = ["".join(f"<mtd><mn>{_text(x.strip(' ]'))}</mn></mtd>" for x in row) for row in rows]
    cells = "".join(f"<mtr>{line}</mtr>" for line in lines)
    return f'<math><mrow class="matrix"><mo>(</mo><mtable>{cells}</mtable><mo>)</mo></mrow></math>'


def _steps(steps: Iterable[Step]) -> str:
    parts = []
    for step in steps:
        said = "".join(_text(p) if isinstance(p, str) else _wide(p) for p in step.say)
        parts.append(f"<li>{said}{_steps(step.inside) if step.inside else ''}</li>")
    return f'<ol class="steps">{"".join(parts)}</ol>'
