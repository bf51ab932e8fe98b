"""Results as Markdown, with the mathematics as LaTeX where a reader shows it and readable where none does.

All text of a claim is escaped character by character, so that it can be no
markup, no link and no HTML.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, islice

from symproof import __version__
from symproof.kernel.ledger import Ledger
from symproof.kernel.statement import Statement, Symbol
from symproof.reporting.sentences import Step
from symproof.reporting.story import denial, story
from symproof.reporting.terminal import known, safe
from symproof.reporting.words import MAX_NODES, MAX_TEXT, MEANINGS, facts, summary
from symproof.reporting.worked import Change, changes, grouped, sides
from symproof.results import VERDICTS, ClaimResult
from symproof.terms.latex import latex, latex_type, name
from symproof.terms.plain import plain
from symproof.terms.tree import Term
from symproof.terms.types import Function
from symproof.terms.types import Sequence as Indexed

_PUNCTUATION = str.maketrans({c: "\\" + c for c in "\\`*_{}[]#!|<>&~$:^@."})
_BACKTICKS = re.compile("`+")


def render(results: Sequence[ClaimResult], ledger: Ledger, *, timed: bool = True) -> str:
    """The Markdown text."""
    counts = Counter(result.verdict for result in results)
    lines = ["# Verification report", "", inline(f"symproof {__version__} · {summary(results, timed)}"), ""]
    lines += ["| verdict | claims | |", "|---|--:|---|"]
    lines += [f"| {v} | {counts[v]} | {MEANINGS[v]} |" for v in VERDICTS if counts[v]]
    for file, claims in groupby(results, key=lambda r: r.file or ""):
        lines += ["", f"## {inline(file) or 'Statements'}"]
        for claim in claims:
            lines += ["", f"### {inline(claim.id)}: {claim.verdict}", ""]
            words = [inline(claim.title), inline(known(claim))]
            if claim.expected != "proved":
                words.append(f"expected: {claim.expected}")
            if claim.origins:
                words.append("from " + "; ".join(map(inline, claim.origins)))
            lines += [" · ".join(filter(None, words))]
            lines += ["", inline(claim.why)] if claim.why else []
            lines += _decided(claim, ledger, timed)
            for k, step in enumerate(claim.steps, start=1):
                lines += ["", f"#### Step {k}: {step.verdict}", *_decided(step, ledger, timed, brief=True)]
            for k, variant in enumerate(claim.refute, start=1):
                lines += ["", f"#### False variant {k}: {variant.verdict}"]
                lines += _decided(variant, ledger, timed, brief=True, claim=claim.source)
    return "\n".join(lines) + "\n"


def inline(text: str) -> str:
    """Text of a claim in one line, where every sign stands for itself."""
    flat = " ".join(text.split())
    found = safe(flat if len(flat) <= MAX_TEXT else flat[:MAX_TEXT] + " …").translate(_PUNCTUATION)
    return "\\" + found if found[:1] in ("-", "+", "=") and found else found


def code(text: str) -> str:
    """Text of a claim as code, between more backticks than it has."""
    flat = safe(" ".join(text.split()))
    flat = flat if len(flat) <= MAX_TEXT else flat[:MAX_TEXT] + " …"
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(flat)), default=0))
    return f"{fence}{flat}{fence}" if flat and fence == "`" else f"{fence} {flat} {fence}"


def _math(term: Term) -> str:
    if next(islice(term.walk(), MAX_NODES, None), None) is not None:
        return code(plain(term))
    return f"$`{latex(term)}`$"


def _decided(
    result: ClaimResult, ledger: Ledger, timed: bool, brief: bool = False, claim: Statement | None = None
) -> list[str]:
    """The statement, what is assumed, the verdict and how it is known; of a variant what it changes."""
    source, lines = result.source, [""]
    if source is not None:
        lines += [_math(source.goal), ""]
    if result.statement:
        lines += [f"as written: {code(result.statement)}", ""]
    if source is not None and not brief:
        lines += _assumed(source)
    if source is not None and claim is not None:
        lines += [f"- {c.word} {_change(c, source)}" for c in changes(claim, source)]
    lines += [f"- {label}: {'; '.join(map(code, texts))}" for label, texts in facts(result)]
    point = result.witness
    if point is not None:
        lines += [f"- {code(n)} = {code(value)}" for n, value in point.values.items()]
        for label, side in zip(("left", "right"), sides(result), strict=True):
            shown = [_math(term) for term in (side.term, side.put_in) if term is not None]
            lines.append(f"- {label} side: {' = '.join([*shown, code(side.value)])}")
    instead = denial(result.evidence.get("witness"), ledger)
    if result.message:
        lines += [f"- message: {code(line)}" for line in result.message.splitlines() if line.strip()]
    if timed and result.verdict != "invalid":
        lines.append(f"- time: {result.seconds:.2f} s")
    if instead is not None:
        lines += ["", f"There it holds instead that {_math(instead[0])}:", "", *_steps(instead[1], "")]
    if result.evidence.get("kind") == "certificate" and source is not None:
        lines += ["", "How it is known:", ""]
        lines += _steps(story(source, result.evidence.get("certificate"), ledger), "")
    return lines


def _assumed(source: Statement) -> list[str]:
    said, hypotheses = grouped(source)
    lines = []
    for symbol in source.symbols:
        more = f", {_math(said[symbol.name])}" if symbol.name in said else ""
        lines.append(f"- let {_declared(symbol)}{more}")
    for definition in source.definitions:
        head = definition.name
        if definition.params:
            head += f"({', '.join(p for p, _ in definition.params)})"
        lines.append(f"- define {code(head)} as {_math(definition.body)}")
    lines += [f"- given {inline(label)}: {_math(statement)}" for label, statement in hypotheses]
    return [*lines, ""] if lines else []


def _declared(symbol: Symbol) -> str:
    kind = symbol.type
    if isinstance(kind, Indexed):
        text = rf"{name(symbol.name)} : \mathbb{{Z}} \to {latex_type(kind.item)}"
    else:
        link = ":" if isinstance(kind, Function) else r"\in"
        text = rf"{name(symbol.name)} {link} {latex_type(kind)}"
    words = " ".join(sorted(symbol.attributes - {"size"}))
    law = ""
    if symbol.law is not None:
        law = f" ~ {inline(symbol.law.name)}({', '.join(map(_math, symbol.law.args))})"
    return f"$`{text}`$ {words}{law}".rstrip()


def _change(change: Change, variant: Statement) -> str:
    symbol = variant.symbol(change.name)
    if change.term is not None:
        return f"{inline(change.name)}: {_math(change.term)}"
    return _declared(symbol) if symbol is not None else inline(change.name)


def _steps(steps: Iterable[Step], margin: str) -> list[str]:
    lines = []
    for k, step in enumerate(steps, start=1):
        said = "".join(_text_piece(p) if isinstance(p, str) else _math(p) for p in step.say)
        lines += [f"{margin}{k}. {said}", *_steps(step.inside, margin + "   ")]
    return lines


def _text_piece(text: str) -> str:
    """Words between formulas: the spaces at their ends count."""
    before, behind = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before[:1]}{inline(text)}{behind[:1]}" if text.strip() else " "
