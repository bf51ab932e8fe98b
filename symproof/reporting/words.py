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
_EVIDENCE = {
    "sympy": "sympy {sympy} finds it: {step}",
    "bounded": "exact in all {cases} cases with {bound}",
    "sampled": "{points} points that meet what is assumed agree, to {digits} digits",
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
    axioms = tuple(str(a) for a in result.evidence.get("axioms") or () if a not in result.imports)
    rows = [
        ("if", result.conditions),
        ("rests on the theorems", result.imports),
        ("rests on the axioms", axioms),
        ("evidence", (_evidence(result),) if result.verdict == "supported" else ()),
    ]
    return [(label, texts) for label, texts in rows if texts]


def _evidence(result: Result) -> str:
    """What was seen of a statement that is supported."""
    said = {key: str(value) for key, value in result.evidence.items()}
    try:
        return _EVIDENCE[said["kind"]].format(**said)
    except (KeyError, ValueError):
        return ", ".join(f"{key}: {value}" for key, value in sorted(said.items()))
