"""Results in a notebook: the card of the report, with the little style that it needs there."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from symproof.kernel.ledger import Ledger
from symproof.reading.ledger import load
from symproof.reporting.card import Card
from symproof.reporting.setting import formula, span, text
from symproof.reporting.terminal import Painter, known
from symproof.results import ClaimResult, Result
from symproof.terms.latex import latex

# Bytes that the proof of one result may take in a notebook.
ROOM = 200_000
_STYLE = """<style>
.symproof dl { display: grid; grid-template-columns: max-content 1fr; gap: .2em 1em; margin: .5em 0 }
.symproof dt { opacity: .7 } .symproof dd { margin: 0 }
.symproof h4, .symproof h5 { margin: .8em 0 .2em } .symproof p { margin: .3em 0 }
.symproof .formula { overflow-x: auto; padding: .4em 0 } .symproof .meta { opacity: .7 }
.symproof .item { display: inline-block; margin-right: 1.2em } .symproof .picture { max-width: 100% }
.symproof .witness { display: flex; flex-wrap: wrap; gap: .5em 2em } .symproof h5 { font-weight: 400 }
.symproof .picture text { font: 12px sans-serif; fill: currentColor; stroke: none }
.symproof .picture .left { stroke: #0969da } .symproof .picture .right { stroke: #cf222e }
.symproof .picture text.left { stroke: none; fill: #0969da }
.symproof .picture text.right { stroke: none; fill: #cf222e }
.symproof .picture .edge, .symproof .picture .axis, .symproof .picture .here { stroke: gray }
.symproof .picture .vertex { fill: white; stroke: gray }
.symproof .code { white-space: pre-wrap; font-family: monospace }
.symproof b.proved { color: #1a7f37 } .symproof b.refuted, .symproof b.invalid { color: #cf222e }
.symproof b.conditional, .symproof b.undecided { color: #9a6700 } .symproof b.supported { color: #0969da }
</style>"""


@functools.cache
def _ledger() -> Ledger:
    return load()


def bundle(result: Result) -> dict[str, str]:
    """One result as HTML, LaTeX and text."""
    claim = result if isinstance(result, ClaimResult) else ClaimResult.of(result, id="", file=None)
    found = {"text/plain": Painter(colour=False).one(claim).rstrip(), "text/html": _html(claim)}
    if result.source is not None:
        found["text/latex"] = f"$\\displaystyle {latex(result.source.goal)}$"
    return found


def table(results: Sequence[ClaimResult]) -> dict[str, str]:
    """Several results: a row for each, which opens."""
    painter = Painter(colour=False)
    widest = max((len(result.id) for result in results), default=0)
    lines = [painter.line(result, widest) for result in results]
    spent = sum(case.seconds for result in results for case in (result, *result.refute))
    rows = "".join(
        f"<details><summary>{_head(result)}</summary>{_body(result)}</details>" for result in results
    )
    return {
        "text/plain": "".join(lines) + painter.summary(results, spent).rstrip(),
        "text/html": _framed(rows + f"<p>{text(painter.summary(results, spent))}</p>"),
    }


def _html(claim: ClaimResult) -> str:
    """The verdict and the statement; the rest opens."""
    shown = formula(claim.source.goal) if claim.source is not None else ""
    opened = "" if claim.verdict == "proved" else ' open=""'
    rest = f"<details{opened}><summary>more</summary>{_body(claim)}</details>"
    return _framed(f"<p>{_head(claim)}</p>{shown}{rest}")


def _framed(inner: str) -> str:
    return f'{_STYLE}<div class="symproof">{inner}</div>'


def _head(claim: ClaimResult) -> str:
    refuted = sum(variant.verdict == "refuted" for variant in claim.refute)
    teeth = f"{refuted} of {len(claim.refute)} false variants refuted" if claim.refute else ""
    words = " · ".join(filter(None, [known(claim), teeth]))
    name = f" {span(claim.id)}" if claim.id else ""
    return f'<b class="{claim.verdict}">{claim.verdict}</b>{name} <span class="meta">{text(words)}</span>'


def _body(claim: ClaimResult) -> str:
    card = Card(_ledger(), timed=True)
    body = [*card.decided(claim, ROOM, shown=not claim.id), *card.steps(claim, ROOM)]
    body += [card.variant(claim, variant, k, ROOM) for k, variant in enumerate(claim.refute, start=1)]
    return "".join(body)
