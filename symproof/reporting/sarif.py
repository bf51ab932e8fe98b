"""Results as SARIF 2.1.0: what was not as expected, at its place, for code review and editors."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from symproof import __version__
from symproof.reporting.jsonout import text
from symproof.reporting.terminal import explain
from symproof.results import ClaimResult

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# Readers of SARIF show no more than this.
MAX_RESULTS = 5000
_RULES = {
    "proved": "A statement that was expected to fail is true",
    "conditional": "The statement holds only under conditions that it does not state",
    "refuted": "The statement is false",
    "supported": "There is evidence for the statement but no proof",
    "undecided": "The statement could not be decided",
    "invalid": "The statement cannot be read, or nothing satisfies its hypotheses",
}
_LEVELS = {"supported": "warning", "undecided": "warning"}


def render(results: Iterable[ClaimResult], *, strict: bool = False, lenient: bool = False) -> str:
    """The SARIF text for all results with an unexpected verdict."""
    found = [_result(case) for claim in results for case in claim.unexpected(strict=strict, lenient=lenient)][
        :MAX_RESULTS
    ]
    driver = {
        "name": "symproof",
        "semanticVersion": __version__,
        "rules": [{"id": id, "shortDescription": {"text": text}} for id, text in _RULES.items()],
    }
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    return text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(case: ClaimResult) -> dict[str, Any]:
    message = "\n".join([f"{case.id}: {case.verdict}: {case.statement}", *explain(case)])
    result: dict[str, Any] = {
        "ruleId": case.verdict,
        "level": _LEVELS.get(case.verdict, "error"),
        "message": {"text": message},
    }
    if case.file is not None:
        uri = quote(PurePath(case.file).as_posix(), errors="replace")
        location: dict[str, Any] = {"artifactLocation": {"uri": uri}}
        if case.place is not None:
            location["region"] = {"startLine": case.place.line, "startColumn": case.place.column}
        result["locations"] = [{"physicalLocation": location}]
    return result
