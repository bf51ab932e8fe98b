"""How a result is known, in plain text: the steps of its proof, its variants and their witnesses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

from symproof.kernel.ledger import Ledger
from symproof.kernel.statement import Statement
from symproof.reporting.sentences import Step
from symproof.reporting.story import denial, story
from symproof.reporting.terminal import explain, safe
from symproof.results import ClaimResult, Result
from symproof.terms.plain import plain


def told(result: Result, ledger: Ledger) -> list[str]:
    """The derivation that a certificate, or the proof in a witness, stands for: a line a step."""
    evidence = result.evidence
    if (found := denial(evidence.get("witness"), ledger)) is not None:
        return [f"There it holds instead that {plain(found[0])}:", *_lines(found[1], "   ")]
    if evidence.get("kind") != "certificate":
        return []
    source = result.source or Statement.decode(evidence["statement"])
    return list(_lines(story(source, evidence.get("certificate"), ledger), ""))


def verbose(result: ClaimResult, ledger: Ledger, width: int | None = None) -> str:
    """All that is known of a claim, below its line: the proof, and each variant with its witness."""
    lines = told(result, ledger)
    for step in result.steps:
        open = "" if step.verdict == "proved" else f" ({step.verdict})"
        lines += [f"step{open}: {step.statement}", *(f"  {line}" for line in told(step, ledger))]
    for variant in result.refute:
        where = "; ".join(line.strip() for line in explain(variant)).replace(":;", ":")
        lines.append(f"{variant.verdict}: {variant.statement}" + (f"  ({where})" if where else ""))
    return "".join(_folded(f"      {safe(line)}", width) for line in lines)


def _folded(line: str, width: int | None) -> str:
    """The line, in a terminal folded so that its rest stands below its text."""
    if width is None or len(line) <= width:
        return line + "\n"
    margin = len(line) - len(line.lstrip(" 0123456789."))
    return fill(line, max(width, margin + 20), subsequent_indent=" " * margin) + "\n"


def _lines(steps: Sequence[Step], margin: str) -> Iterator[str]:
    for number, step in enumerate(steps, start=1):
        mark = f"{number}. " if len(steps) > 1 else ""
        said = "".join(piece if isinstance(piece, str) else plain(piece) for piece in step.say)
        yield f"{margin}{mark}{said}"
        yield from _lines(step.inside, margin + "   ")
