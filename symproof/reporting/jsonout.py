"""Results as the JSON object that `--json` prints."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from symproof import __version__
from symproof.results import VERDICTS, ClaimResult


def document(results: Iterable[ClaimResult]) -> dict[str, Any]:
    """All results and how many claims have each verdict; the false variants stand with their claims."""
    claims = [result.encode() for result in results]
    summary = {verdict: sum(claim["verdict"] == verdict for claim in claims) for verdict in VERDICTS}
    return {"symproof": __version__, "summary": summary, "claims": claims}


def render(results: Iterable[ClaimResult]) -> str:
    """The document as text that ends with a newline."""
    return text(document(results))


def text(data: Any) -> str:
    """JSON data as text that any file can hold: half characters (from odd file names) stay escaped."""
    written = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return written.encode("utf-8", "backslashreplace").decode("utf-8")
