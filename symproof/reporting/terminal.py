"""Results for a person at a terminal: a line a claim, and for each surprise what, where and why."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from symproof.results import VERDICTS, ClaimResult, Result

_COLOURS = {
    "proved": "32",
    "conditional": "33",
    "refuted": "31",
    "supported": "36",
    "undecided": "33",
    "invalid": "35",
}
_KINDS = {
    "sympy": "sympy's simplifier says so",
    "bounded": "checked exactly up to a bound",
    "sampled": "agrees at sampled points",
}


def safe(text: str) -> str:
    """The text without characters that control a terminal or change the reading direction."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs") else f"\\u{ord(c):04x}"
        for c in text
    )


def explain(result: Result) -> list[str]:
    """What there is to say beside the statement and the verdict, a line each."""
    lines = []
    point = result.witness
    if result.verdict == "conditional":
        lines += [f"if {condition}" for condition in result.conditions]
        if point is not None:
            lines.append(f"where that fails, at {_values(point.values)}:")
    elif point is not None:
        lines.append(f"at {_values(point.values)}:" if point.values else "in every case:")
    if point is not None:
        lines += [f"    left   {point.left}", f"    right  {point.right}"]
    if result.imports:
        lines.append("rests on " + ", ".join(result.imports))
    if result.message:
        lines += result.message.splitlines()
    return lines


def known(result: Result) -> str:
    """In a few words how far the verdict reaches and how it is known."""
    words = [result.scope or ""]
    kind = result.evidence.get("kind")
    if result.verdict == "supported":
        words.append(_KINDS.get(str(kind), str(kind)))
    elif result.methods:
        words.append("by " + ", ".join(result.methods))
    return " · ".join(filter(None, words))


def advice(case: ClaimResult) -> list[str]:
    """What its author can do about a verdict that was not expected."""
    if case.verdict == "proved":
        return ["it is true; a false variant must fail somewhere: change it or take it out"]
    if case.expected != "proved":
        return []
    if case.verdict == "conditional":
        return ["say under `let:` or `given:` what it needs, or accept conditions with --lenient"]
    if case.verdict == "supported":
        return ["evidence is no proof: show the way under `steps:`, or leave out --strict"]
    if case.verdict == "undecided":
        more = "give it more time with --timeout, or " if case.message.startswith("time") else ""
        steps = enumerate(case.steps, start=1)
        open = [
            f"begin with step ({k}), which is {step.verdict}: {step.statement}"
            for k, step in steps
            if step.verdict != "proved"
        ]
        return [*open[:1], f"{more}show the way under `steps:`, or give a hint under `by:`"]
    return []


def _details(result: ClaimResult, room: int | None) -> str:
    """How far it reaches, how it is known, its teeth and the time; in little room the shorter words."""
    refuted = sum(variant.verdict == "refuted" for variant in result.refute)
    count = f"{refuted} of {len(result.refute)}" if result.refute else ""
    spent = sum(case.seconds for case in (result, *result.refute))
    expected = f"expected {result.expected}" if result.expected != "proved" else ""
    seconds = "" if result.verdict == "invalid" else f"{spent:.2f} s" if spent else "unchanged"
    long = [known(result), expected, count and f"{count} variants refuted", seconds]
    short = [result.scope or "", expected, count and f"{count} refuted", seconds]
    texts = [" · ".join(filter(None, parts)) for parts in (long, short, short[1:])]
    if room is None:
        return texts[0]
    return next((text for text in texts if len(text) <= room), cut(texts[-1], room))


class Painter:
    """Writes results in colour or plain, within a width or (in a pipe) without one."""

    def __init__(self, colour: bool, width: int | None = None) -> None:
        self._colour = colour
        self.width = width

    def _paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour else text

    def verdict(self, verdict: str, pad: int = 0) -> str:
        return self._paint(verdict.ljust(pad), f"1;{_COLOURS[verdict]}")

    def good(self, text: str) -> str:
        return self._paint(text, _COLOURS["proved"]) if text else ""

    def faint(self, text: str) -> str:
        return self._paint(text, "2") if text else ""

    def one(self, result: Result) -> str:
        """A single statement: what `prove` prints."""
        lines = [f"{self.verdict(result.verdict)}: {safe(result.statement)}"]
        if words := known(result):
            lines.append("  " + self.faint(safe(words)))
        lines += [f"  {safe(line)}" for line in explain(result)]
        return "\n".join(lines) + "\n"

    def heading(self, file: str) -> str:
        """The name of a file, above the lines of its claims."""
        return self._paint(safe(file), "1") + "\n"

    def line(self, result: ClaimResult, widest: int = 0, *, passes: bool = True) -> str:
        """A claim in one line; `widest` is the length of the longest name beside it."""
        mark = " " if passes else self._paint("✗", "1;31")
        name = safe(result.id)
        if self.width is not None:
            widest = min(widest, self.width // 2)
            name = cut(name, widest) if widest else name
        name = name.ljust(widest)
        room = None if self.width is None else max(10, self.width - len(name) - 17)
        rest = self.faint(safe(_details(result, room)))
        return f"{mark} {self.verdict(result.verdict, 11)}  {name}  {rest}".rstrip() + "\n"

    def word(self, accepted: bool, verdict: str, name: str, text: str) -> str:
        """The kernel's word on one certificate or witness: what `recheck` prints."""
        head = self._paint("accepted", "1;32") if accepted else self._paint("rejected", "1;31")
        return f"{head}  {self.verdict(verdict, 11)}  {safe(name)}  {safe(text)}\n"

    def tally(self, claim: str, counts: Mapping[str, int], left: Iterable[tuple[str, Result]]) -> str:
        """The mutants of one claim: how many were refuted, and the others one by one."""
        others = ", ".join(f"{counts[v]} {v}" for v in VERDICTS if counts.get(v) and v != "refuted")
        head = f"{counts.get('refuted', 0)} of {sum(counts.values())} mutants refuted"
        lines = [f"{self._paint(safe(claim), '1')}  {head}" + (f"; {others}" if others else "")]
        for slip, result in left:
            lines.append(f"  {self.verdict(result.verdict, 11)}  {safe(slip)}: {safe(result.statement)}")
            if result.verdict == "undecided":
                lines.append(f"  {'':<11}  {self.faint(safe(result.message))}")
        return "\n".join(lines) + "\n"

    def surprises(self, results: Iterable[ClaimResult], *, strict: bool, lenient: bool) -> str:
        """Every verdict that was not expected, the way a good compiler shows an error."""
        blocks = [
            self._surprise(case)
            for result in results
            for case in result.unexpected(strict=strict, lenient=lenient)
        ]
        return "".join("\n" + block for block in blocks)

    def _surprise(self, case: ClaimResult) -> str:
        expected = f" (expected: {case.expected})" if case.expected != "proved" else ""
        head = self._paint(case.verdict, "1;" + self._colour_of(case))
        lines = [f"{head}: {safe(case.id)}{expected}"]
        if case.file is not None and case.message.startswith(case.file):  # the message shows its place itself
            return "\n".join([*lines, *(f"  {safe(line)}" for line in explain(case))]) + "\n"
        quoted = _quote(case)
        margin = " " * (len(str(case.place.line)) if case.place and quoted else 1)
        if case.file is not None:
            place = f":{case.place.line}:{case.place.column}" if case.place else ""
            lines.append(f"{margin}{self.faint('-->')} {safe(case.file)}{place}")
        shown = False
        if quoted is not None and case.place is not None:
            bar = self.faint("|")
            before, rest = quoted[: case.place.column - 1], quoted[case.place.column - 1 :]
            gap = "".join("\t" if c == "\t" else " " * len(safe(c)) for c in before)
            shown = bool(case.statement) and rest.startswith(case.statement)
            carets = "^" * (len(safe(case.statement)) if shown else 1)
            lines += [
                f"{margin} {bar}",
                f"{self.faint(str(case.place.line))} {bar} {safe(quoted)}",
                f"{margin} {bar} {gap}{self._paint(carets, '1;' + self._colour_of(case))}",
            ]
        if case.statement and not shown:
            lines.append(f"{margin} {self.faint('=')} {safe(case.statement)}")
        lines += [f"{margin}   {safe(line)}" for line in explain(case)]
        lines += [f"{margin} {self.faint('= help:')} {safe(line)}" for line in advice(case)]
        return "\n".join(lines) + "\n"

    def _colour_of(self, case: ClaimResult) -> str:
        """Red where something is true that was to fail: its own green would say that all is well."""
        return _COLOURS["refuted" if case.verdict == "proved" else case.verdict]

    def summary(self, results: Sequence[ClaimResult], seconds: float) -> str:
        """How many claims have which verdict, in one line."""
        counts = Counter(result.verdict for result in results)
        parts = [self._paint(f"{counts[v]} {v}", _COLOURS[v]) for v in VERDICTS if counts[v]]
        variants = [variant for result in results for variant in result.refute]
        line = ", ".join(parts) or "no claims"
        if variants:
            refuted = sum(variant.verdict == "refuted" for variant in variants)
            line += f" · {refuted} of {len(variants)} false variants refuted"
        return f"{line} · {seconds:.1f} s\n"


def _values(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def cut(text: str, width: int) -> str:
    """The text, cut off where it is too long."""
    return text if len(text) <= width else text[: width - 1] + "…"


def _quote(case: ClaimResult) -> str | None:
    """The line of the file that the case stands in, if it can still be read."""
    if case.file is None or case.place is None:
        return None
    try:
        with Path(case.file).open(encoding="utf-8-sig", errors="replace") as file:
            for number, line in enumerate(file, start=1):
                if number == case.place.line:
                    return line.rstrip("\r\n")[:500]
    except OSError:
        pass
    return None
