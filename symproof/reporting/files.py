"""The formats in which `symproof report` writes results."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symproof.reading.ledger import load
from symproof.reporting import html, jsonout, markdown
from symproof.results import ClaimResult

Writer = Callable[[Sequence[ClaimResult], bool, bool], str]
FORMATS: dict[str, Writer] = {
    "html": lambda found, strict, lenient: html.render(found, load(), strict=strict, lenient=lenient),
    "md": lambda found, strict, lenient: markdown.render(found, load()),
    "json": lambda found, strict, lenient: jsonout.render(found),
}
