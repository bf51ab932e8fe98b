"""The formats in which `symproof report` writes results."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from symproof.reading.ledger import load
from symproof.reporting import html, jsonout, markdown
from symproof.results import ClaimResult


@dataclass(frozen=True, slots=True)
class Style:
    """Which verdicts pass, and whether the report tells times, which differ from run to run."""

    strict: bool = False
    lenient: bool = False
    timed: bool = True


def _html(found: Sequence[ClaimResult], style: Style) -> str:
    return html.render(found, load(), strict=style.strict, lenient=style.lenient, timed=style.timed)


FORMATS: dict[str, Callable[[Sequence[ClaimResult], Style], str]] = {
    "html": _html,
    "md": lambda found, style: markdown.render(found, load(), timed=style.timed),
    "json": lambda found, style: jsonout.lines(found, timed=style.timed),
}
