"""What the reports say in words, the same in every format."""

from __future__ import annotations

from collections.abc import Sequence

from symproof.results import ClaimResult, Result

MEANINGS = {
    "proved": "The kernel has checked a proof.",
    "conditional": "The kernel has checked a proof under conditions that nothing here implies.",
    "refuted": "False: at the values shown everything assumed holds, and the statement fails.",
    "supported": "There is evidence, but no proof.",
    "undecided": "Neither a proof nor a counterexample was found.",
    "invalid": "It cannot be read, or nothing satisfies what it assumes.",
}
UNDEFINED = "undefined"
# Formulas with more operators, and texts with more characters, are for a program to read.
MAX_NODES = 160
MAX_TEXT = 1500


def summary(results: Sequence[ClaimResult], timed: bool = True) -> str:
    """How many claims and variants there are, and the time they took."""
    variants = [variant for result in results for variant in result.refute]
    refuted = sum(variant.verdict == "refuted" for variant in variants)
    seconds = sum(case.seconds for result in results for case in (result, *result.steps, *result.refute))
    words = f"{len(results)} claim{'' if len(results) == 1 else 's'}"
    if variants:
        words += f" · {refuted} of {len(variants)} false variants refuted"
    return f"{words} · {seconds:.1f} s of work" if timed else words


def facts(result: Result) -> list[tuple[str, tuple[str, ...]]]:
    """What belongs to a verdict: under which conditions it holds, and what it rests on."""
    evidence = sorted(result.evidence.items())
    axioms = tuple(str(a) for a in result.evidence.get("axioms") or () if a not in result.imports)
    details = ", ".join(f"{k}: {v}" for k, v in evidence if isinstance(v, str | int | float))
    rows = [
        ("if", result.conditions),
        ("rests on the theorems", result.imports),
        ("rests on the axioms", axioms),
        ("evidence", (details,) if result.verdict == "supported" else ()),
    ]
    return [(label, texts) for label, texts in rows if texts]
