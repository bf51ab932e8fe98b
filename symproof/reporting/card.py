"""A claim of the HTML report: what is claimed, the verdict, how it is known, and the false variants."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import islice

from symproof.kernel.ledger import Ledger
from symproof.kernel.statement import Statement, Symbol
from symproof.reporting.pictures import picture
from symproof.reporting.sentences import Step
from symproof.reporting.setting import code, formula, name, plain_text, span, text, value, verdict, wide
from symproof.reporting.story import denial, story
from symproof.reporting.terminal import advice, known
from symproof.reporting.words import MEANINGS, UNDEFINED, facts
from symproof.reporting.worked import Change, Side, changes, function, grouped, sides
from symproof.results import ClaimResult, Result
from symproof.terms.mathml import mathml, mathml_type
from symproof.terms.types import Function
from symproof.terms.types import Sequence as Indexed

# A statement with more operators is not shown before its claim is opened.
MAX_GLIMPSE = 50
LEFT_OUT = "left out here, for this page has become long; the JSON report holds "


class Card:
    """Sets claims, with what they all need: the axioms, and whether times are told."""

    def __init__(self, ledger: Ledger, timed: bool, wrong: Collection[int] = ()) -> None:
        self.ledger = ledger
        self.timed = timed
        self.wrong = wrong  # the identities of results that are not as expected

    def claim(self, claim: ClaimResult, anchor: str, bad: bool, room: int) -> str:
        """A claim in about as many bytes as there is room for."""
        refuted = sum(variant.verdict == "refuted" for variant in claim.refute)
        teeth = f"{refuted} of {len(claim.refute)} false variants refuted" if claim.refute else ""
        expected = f"expected {claim.expected}" if claim.expected != "proved" else ""
        words = " · ".join(filter(None, [known(claim), expected, teeth]))
        title = f'<span class="meta">{span(claim.title)}</span>' if claim.title else ""
        body = [*self.origin(claim), *self.decided(claim, room), *self.steps(claim, room)]
        spent = sum(len(part.encode()) for part in body) + 1000
        if claim.refute:
            body.append('<h4>False variants</h4><p class="meta">Each must be refuted.</p>')
            for k, variant in enumerate(claim.refute):
                shown = self.variant(claim, variant, k + 1, room)
                spent += len(shown.encode())
                if spent > room:
                    body.append(f'<p class="meta">{len(claim.refute) - k} more are {LEFT_OUT}them.</p>')
                    break
                body.append(shown)
        flag = " data-bad" if bad else ""
        return (
            f'<details class="claim" id="{anchor}" data-verdict="{claim.verdict}"{flag}>'
            f"<summary>{verdict(claim.verdict)}"
            f"<h3>{span(claim.id)}</h3>{title}{_glimpse(claim)}"
            f'<span class="meta">{text(words)}</span></summary>'
            f'<div class="body">{"".join(body)}</div></details>\n'
        )

    def origin(self, claim: ClaimResult) -> Iterable[str]:
        """Where the claim comes from, and what it is good for."""
        if claim.why:
            yield f"<p>{span(claim.why)}</p>"
        if claim.origins:
            yield f'<p class="meta">from {"; ".join(map(span, claim.origins))}</p>'

    def variant(self, claim: ClaimResult, variant: ClaimResult, number: int, room: int) -> str:
        """A false variant: what it changes, and the witness."""
        words = " · ".join(filter(None, [known(variant), self.seconds(variant)]))
        head = (
            f'<h5>{verdict(variant.verdict)} <span class="meta">variant {number} · {text(words)}</span></h5>'
        )
        changed = ""
        if claim.source is not None and variant.source is not None:
            changed = _changed(changes(claim.source, variant.source), variant.source)
        body = "".join(self.decided(variant, room, brief=True, changed=changed))
        return f'<section class="variant">{head}{body}</section>'

    def steps(self, claim: ClaimResult, room: int) -> Iterable[str]:
        """The derivation that the author gave, line by line."""
        if not claim.steps:
            return
        yield "<h4>The author's steps</h4>"
        parts = []
        for step in claim.steps:
            told = "".join(self.decided(step, room // 4, brief=True, shown=True))
            words = " · ".join(filter(None, [known(step), self.seconds(step)]))
            parts.append(
                f"<li>{formula(step.source.goal) if step.source is not None else code(step.statement)}"
                f'<details><summary>{verdict(step.verdict)} <span class="meta">{text(words)}</span></summary>'
                f"{told}</details></li>"
            )
        yield f'<ol class="lines">{"".join(parts)}</ol>'

    def seconds(self, result: Result) -> str:
        return f"{result.seconds:.2f} s" if self.timed and result.verdict != "invalid" else ""

    def decided(
        self, result: ClaimResult, room: int, brief: bool = False, changed: str = "", shown: bool = False
    ) -> Iterable[str]:
        """The statement, what is assumed, the verdict and how it is known."""
        source = result.source
        if source is not None and not shown:
            yield formula(source.goal)
        yield changed
        if result.statement and not (brief and source is not None):
            yield f'<p class="meta">as written: {code(result.statement)}</p>'
        if source is not None and not brief:
            yield from _assumed(source)
        if not brief:
            yield f"<h4>Verdict</h4><p>{_meaning(result)}</p>"
        yield from _facts(result, ("if", "evidence") if brief else ())
        if id(result) in self.wrong:
            yield from (f"<p>What can be done: {text(words)}.</p>" for words in advice(result))
        if result.witness is not None:
            yield from _witness(result)
            yield from self.denied(result, room)
        if result.evidence.get("kind") == "certificate" and source is not None:
            if not brief:
                yield "<h4>How it is known</h4>"
            steps = _told(story(source, result.evidence.get("certificate"), self.ledger))
            yield steps if len(steps.encode()) < room else f"<p>The steps are {LEFT_OUT}the certificate.</p>"
        if not brief and self.seconds(result):
            yield f'<p class="meta">decided in {self.seconds(result)}</p>'

    def denied(self, result: Result, room: int) -> Iterable[str]:
        """What holds instead, where the refutation is a proof of that."""
        found = denial(result.evidence.get("witness"), self.ledger)
        if found is not None:
            steps = _told(found[1])
            yield f"<p>There it holds instead that {wide(found[0])}:</p>"
            yield steps if len(steps.encode()) < room else f"<p>The steps are {LEFT_OUT}the witness.</p>"


def _glimpse(claim: ClaimResult) -> str:
    """The statement for the line that is seen while the claim is closed, where it is short."""
    if claim.source is None or next(islice(claim.source.goal.walk(), MAX_GLIMPSE, None), None) is not None:
        return ""
    return f'<span class="glimpse">{mathml(claim.source.goal)}</span>'


def _meaning(result: Result) -> str:
    words = MEANINGS[result.verdict]
    if result.scope == "all sizes":
        words += " It holds for all sizes."
    elif result.scope not in (None, "fixed"):
        words += f" It reaches as far as {text(str(result.scope))}."
    return words


def _facts(result: Result, only: Sequence[str]) -> Iterable[str]:
    """What belongs to the verdict, and the message."""
    rows = [
        (label, "<br>".join(map(code, texts))) for label, texts in facts(result) if not only or label in only
    ]
    if rows:
        yield '<dl class="given">' + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in rows) + "</dl>"
    if result.message:
        yield f'<div class="code text">{text(result.message)}</div>'


def _assumed(source: Statement) -> Iterable[str]:
    """Declarations, definitions and hypotheses."""
    hypotheses = grouped(source)[1]
    rows = [("let", declarations(source))] if source.symbols else []
    for definition in source.definitions:
        head = name(definition.name)
        if definition.params:
            head += f"({', '.join(name(p) for p, _ in definition.params)})"
        rows.append(("define", f"{head} := {wide(definition.body)}"))
    rows += [(text(label), wide(statement)) for label, statement in hypotheses]
    if rows:
        body = "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in rows)
        yield f'<h4>Assumed</h4><dl class="given">{body}</dl>'


def declarations(source: Statement) -> str:
    """The symbols with their types and what is declared of them beside."""
    said, items = grouped(source)[0], []
    for symbol in source.symbols:
        more = f", {wide(said[symbol.name])}" if symbol.name in said else ""
        items.append(f'<span class="item">{_declared(symbol)}{more}</span> ')
    return "".join(items)


def _declared(symbol: Symbol) -> str:
    kind, words = symbol.type, " ".join(sorted(symbol.attributes - {"size"}))
    if isinstance(kind, Indexed):
        shown = f"{name(symbol.name)} : ℤ → {mathml_type(kind.item)}"
    else:
        link = ":" if isinstance(kind, Function) else "∈"
        shown = f"{name(symbol.name)} {link} {mathml_type(kind)}"
    if words:
        shown += f' <span class="soft">{text(words)}</span>'
    if symbol.law is not None:
        shown += f" ~ {text(symbol.law.name)}({', '.join(map(wide, symbol.law.args))})"
    return shown


def _changed(found: Sequence[Change], variant: Statement) -> str:
    """How the variant differs from its claim beside the statement itself."""
    parts = []
    for change in found:
        symbol = variant.symbol(change.name) if change.term is None else None
        if symbol is not None:
            shown = _declared(symbol)
        else:
            shown = (
                f"{span(change.name)}: {wide(change.term)}" if change.term is not None else span(change.name)
            )
        parts.append(f'<span class="item">{change.word} {shown}</span> ')
    return f'<p class="changed">{"".join(parts)}</p>' if parts else ""


def _witness(result: Result) -> Iterable[str]:
    """The values put in, both sides worked out, and a picture where one helps."""
    point = result.witness
    assert point is not None
    data = result.evidence.get("witness")
    raw = data.get("values", {}) if isinstance(data, dict) else {}
    raw = raw if isinstance(raw, dict) else {}
    if result.verdict == "conditional":
        yield "<h4>A point where a condition fails</h4>"
    items = []
    for n, shown in point.values.items():
        given = function(raw.get(n))
        worked = wide(given) if given is not None else value(shown)
        link = _link(shown) if given is None else "="
        items.append(f'<span class="item">{name(n)} {link} {worked}</span> ')
    rows = []
    for label, side in zip(("left side", "right side"), sides(result), strict=True):
        rows.append(f'<tr><th scope="row">{label}</th><td>{_worked(side)}</td></tr>')
    drawn = ""
    if result.source is not None and result.verdict == "refuted":
        drawn = picture(result.source, raw, point.values)
    put = f'<p class="put">{"".join(items)}</p>' if items else "<p>in every case</p>"
    yield f'<div class="witness"><div>{put}<table>{"".join(rows)}</table></div>{drawn}</div>'


def _link(shown: str) -> str:
    """How a value stands beside what it is the value of."""
    return "≈" if plain_text(shown) and "." in shown else ":" if " " in shown and shown[:1] != "[" else "="


def _worked(side: Side) -> str:
    if side.term is None:
        return f"<b>{value(side.value)}</b>"
    parts = [wide(side.term)]
    if side.put_in is not None:
        parts.append(wide(side.put_in))
    if side.value == UNDEFINED:
        return f"{' = '.join(parts)} is <b>undefined</b>"
    return f"{' = '.join(parts)} {_link(side.value)} <b>{value(side.value)}</b>"


def _told(steps: Iterable[Step]) -> str:
    parts = []
    for step in steps:
        said = "".join(text(p) if isinstance(p, str) else wide(p) for p in step.say)
        parts.append(f"<li>{said}{_told(step.inside) if step.inside else ''}</li>")
    return f'<ol class="steps">{"".join(parts)}</ol>'
