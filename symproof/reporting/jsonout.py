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


def lines(results: Iterable[ClaimResult], *, timed: bool = True) -> str:
    """The same document with a claim a line: small, and what changed between two of them is seen."""
    data = document(results)
    if not timed:
        for claim in data["claims"]:
            _untimed(claim)
    claims = ",\n".join(
        json.dumps(claim, ensure_ascii=False, separators=(",", ":")) for claim in data["claims"]
    )
    head = json.dumps({k: v for k, v in data.items() if k != "claims"}, ensure_ascii=False)[:-1]
    return _clean(f'{head}, "claims": [\n{claims}\n]}}\n')


def _untimed(result: dict[str, Any]) -> None:
    """Take the times out, here and in steps and variants."""
    del result["seconds"]
    for part in (*result.get("steps", ()), *result.get("refute", ())):
        _untimed(part)


def text(data: Any) -> str:
    """JSON data as text that any file can hold: half characters (from odd file names) stay escaped."""
    return _clean(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def _clean(written: str) -> str:
    return written.encode("utf-8", "backslashreplace").decode("utf-8")
