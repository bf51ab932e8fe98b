"""Results as one HTML page that needs nothing else: no network, no other file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import PurePath

from symproof import __version__
from symproof.kernel.ledger import Ledger
from symproof.reporting.card import Card
from symproof.reporting.page import page
from symproof.reporting.setting import span, text, verdict
from symproof.reporting.words import MEANINGS, summary
from symproof.results import VERDICTS, ClaimResult

# A page that a mail can carry; what is left out is said, and stands in the JSON.
MAX_PAGE = 7_000_000


def render(
    results: Sequence[ClaimResult],
    ledger: Ledger,
    *,
    strict: bool = False,
    lenient: bool = False,
    timed: bool = True,
) -> str:
    """The page."""
    bad = [bool(r.exit_code(strict=strict, lenient=lenient)) for r in results]
    body = [
        '<a class="skip" href="#claims">Skip to the claims</a>',
        "<header><h1>Verification report</h1>",
        f'<p class="soft">symproof {text(__version__)} · {summary(results, timed)}</p></header>',
        "<main>",
        _overview(results, sum(bad)),
        '<div id="claims">',
    ]
    wrong = {id(case) for r in results for case in r.unexpected(strict=strict, lenient=lenient)}
    card, anchors = Card(ledger, timed, wrong), _anchors(results)
    number, left = 0, MAX_PAGE
    for file, claims in groupby(results, key=lambda r: r.file or ""):
        shown = []
        for claim in claims:
            room = left // (len(results) - number)
            shown.append(card.claim(claim, anchors[number], bad[number], room))
            left -= len(shown[-1].encode())
            number += 1
        heading = f"<h2>{text(file)}</h2>" if file else "<h2>Statements</h2>"
        body.append(f'<section class="file">{heading}{"".join(shown)}</section>')
    body += ["</div></main>", _footer()]
    return page("Verification report", "\n".join(body))


def _anchors(results: Sequence[ClaimResult]) -> list[str]:
    """A place in the page for each claim, called after it: links to it stay good."""
    found: list[str] = []
    for number, result in enumerate(results, start=1):
        anchor = "claim-" + re.sub(r"[^A-Za-z0-9]+", "-", result.id)[:80].strip("-")
        found.append(anchor if anchor not in found else f"{anchor}-{number}")
    return found


# --- overview ------------------------------------------------------------------------------------


def _overview(results: Sequence[ClaimResult], bad: int) -> str:
    counts = Counter(result.verdict for result in results)
    present = [v for v in VERDICTS if counts[v]]
    buttons = [_button(v, verdict(v, f"{counts[v]} ")) for v in present]
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


def _bar(counts: Mapping[str, int], present: Iterable[str], total: int) -> str:
    parts, at = [], 0
    words = ", ".join(f"{counts[v]} {v}" for v in present)
    for v in present:
        parts.append(f'<rect class="{v}" x="{at}" width="{counts[v]}" height="1"/>')
        at += counts[v]
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
    head = "".join(f'<th scope="col">{v}</th>' for v in present)
    rows = [
        f'<tr><th scope="row">{span(folder)}</th>'
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
    rows = "".join(f"<dt>{verdict(v)}</dt><dd>{MEANINGS[v]}</dd>" for v in VERDICTS)
    return f'<footer><h2>What the verdicts say</h2><dl class="given">{rows}</dl></footer>'
