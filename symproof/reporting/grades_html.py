"""Graded submissions as HTML: the source as it was written, with marks beside the lines.

Everything that a submission brings is shown as text; the page allows no script but its own, which is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import quote

from symproof.grading.results import Graded, Line, Mark, Question, apart
from symproof.reporting.grades import SAID, SIGNS, mistakes, number, reason
from symproof.reporting.page import page
from symproof.reporting.setting import code, text, value
from symproof.reporting.terminal import safe

STYLE = """
.source { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .6rem 0;
  overflow: hidden; }
.row { display: grid; grid-template-columns: 3.2rem 1.8rem 1fr; gap: .3rem; padding: .1rem .6rem; }
.row .n { color: var(--soft); text-align: right; font-variant-numeric: tabular-nums; }
.row .m { font-weight: 700; text-align: center; }
.row pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: isolate;
  font: .875em/1.5 ui-monospace, SFMono-Regular, Consolas, "DejaVu Sans Mono", monospace; }
.note { margin: .1rem .6rem .4rem 6.2rem; padding: .3rem .7rem; border-left: 3px solid var(--soft);
  background: var(--fill); border-radius: 0 6px 6px 0; overflow-wrap: anywhere; }
.note p { margin: .15rem 0; }
.follows .m, .follows.tag { color: var(--proved); }
.wrong .m, .wrong.tag { color: var(--refuted); } .note.wrong { border-color: var(--refuted); }
.carried .m, .carried.tag { color: var(--conditional); } .note.carried { border-color: var(--conditional); }
.assumed .m, .open .m, .unreadable .m, .person { color: var(--conditional); }
.awards td:last-child { color: var(--soft); }
@media (max-width: 34rem) { .row { grid-template-columns: 2rem 1.2rem 1fr; } .note { margin-left: .6rem; } }
"""


def submission(item: Graded, source: str) -> str:
    """The annotated source of one submission; `item` is what its reader may see."""
    body = [
        "<header><h1>" + text(item.submission) + "</h1>",
        f'<p class="soft">{_points(item.points, item.max_points)}{_person(item.needs_person)}</p></header>',
        "<main>",
    ]
    if item.problem:
        body.append(f"<p><b>Not graded:</b> {text(item.problem)}</p>")
    body += ["<h2>Points</h2>", _table(item.questions), "<h2>Line by line</h2>", _source(item, source)]
    body.append(f"</main><footer>{_legend()}</footer>")
    title = safe(f"{item.submission}: {number(item.points)} points")
    return page(title, "\n".join(body), script="", style=STYLE)


def summary(graded: Sequence[Graded], pages: Mapping[str, str]) -> str:
    """The class: a table of submissions that links to their pages, and the mistakes, equal ones together."""
    rows = "".join(
        f'<tr><th scope="row">{_link(item.submission, pages)}</th><td>{number(item.points)}</td>'
        f"<td>{number(item.max_points)}</td><td>{_left(item)}</td></tr>"
        for item in graded
    )
    body = [
        f"<header><h1>{len(graded)} submissions</h1></header><main>",
        '<div class="scroll"><table class="folders"><thead><tr><th scope="col">submission</th>'
        '<th scope="col">points</th><th scope="col">of</th><th scope="col">for a person</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>",
        "<h2>Mistakes</h2>",
    ]
    found = mistakes(graded)
    if not found:
        body.append("<p>None was found.</p>")
    for mistake in found:
        count = len(mistake.submissions)
        who = ", ".join(_link(name, pages) for name in mistake.submissions[:20]) + (
            " …" if count > 20 else ""
        )
        body.append(
            f"<section><h3>{count} × {text(mistake.kind)}, question {text(mistake.question)}</h3>"
            f"{code(mistake.line.read_as or mistake.line.text)}{_reasons(mistake.line)}"
            f'<p class="meta">{who}</p></section>'
        )
    return page(f"{len(graded)} submissions", "\n".join([*body, "</main>"]), script="", style=STYLE)


def _link(name: str, pages: Mapping[str, str]) -> str:
    return f'<a href="{text(quote(pages[name]))}">{text(name)}</a>' if name in pages else text(name)


def _left(item: Graded) -> str:
    if item.problem:
        return text(item.problem)
    lines = sum(line.needs_person for q in item.questions for line in q.lines)
    return f"{lines} line{'s' if lines != 1 else ''}" if lines else "yes" if item.needs_person else ""


def _points(points: float, most: float) -> str:
    return f"<b>{number(points)} of {number(most)} points</b>"


def _person(needed: bool) -> str:
    return ' · <span class="person">some of it is for a person</span>' if needed else ""


def _table(questions: Iterable[Question]) -> str:
    rows = []
    for q in questions:
        told = text(q.message) or "; ".join(
            f"{text(a.name)} {number(a.points)}" + (f"/{number(a.max_points)}" if a.max_points else "")
            + (f" ({text(a.why)})" if a.why else "")
            for a in q.awards
        )  # fmt: skip
        rows.append(
            f'<tr><th scope="row">{text(q.question)}</th><td>{text(q.title)}</td>'
            f"<td>{number(q.points)}/{number(q.max_points)}{_person(q.needs_person)}</td><td>{told}</td></tr>"
        )
    return (
        '<div class="scroll"><table class="awards"><thead><tr><th scope="col">question</th>'
        '<th scope="col">title</th>'
        '<th scope="col">points</th><th scope="col">why</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _source(item: Graded, source: str) -> str:
    """The source line by line; what was marked has its mark where it begins and its reasons where it ends."""
    marks: dict[int, list[Line]] = {}
    ends: dict[int, list[Line]] = {}
    for line in (line for q in item.questions for line in q.lines if line.mark is not Mark.PROSE):
        marks.setdefault(line.line, []).append(line)
        ends.setdefault(max(line.line, line.end_line), []).append(line)
    rows = []
    for k, written in enumerate(source.splitlines(), start=1):
        here = marks.get(k, ())
        worst = next((m for m in WORST if any(line.mark is m for line in here)), None)
        signs = "".join(dict.fromkeys(SIGNS[line.mark] for line in here))
        rows.append(
            f'<div class="row {worst.value if worst else ""}"><span class="n">{k}</span>'
            f'<span class="m"{_title(here)}>{signs}</span>'
            f"<pre>{text(written)}</pre></div>"
        )
        rows += [_note(line) for line in ends.get(k, ()) if line.mark is not Mark.FOLLOWS or reason(line)]
    return f'<div class="source">{"".join(rows)}</div>'


WORST = (Mark.WRONG, Mark.CARRIED, Mark.ASSUMED, Mark.OPEN, Mark.UNREADABLE, Mark.FOLLOWS)


def _title(lines: Sequence[Line]) -> str:
    said = ", ".join(dict.fromkeys(SAID[line.mark] for line in lines))
    return f' role="img" aria-label="{text(said)}"' if lines else ""


def _note(line: Line) -> str:
    read = f'<p class="meta">read as {code(line.read_as)}</p>' if line.read_as else ""
    return (
        f'<div class="note {line.mark.value}"><p><b class="{line.mark.value} tag">{text(SAID[line.mark])}</b>'
        f"</p>{read}{_witness(line)}{_reasons(line)}</div>"
    )


def _witness(line: Line) -> str:
    if line.witness is None:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{text(name)}</th><td>{value(shown)}</td></tr>'
        for name, shown in (
            *line.witness.values.items(), ("left side", line.witness.left),
            ("right side", line.witness.right),
        )
    )  # fmt: skip
    return f'<div class="scroll witness"><table><tbody>{rows}</tbody></table></div>'


def _reasons(line: Line) -> str:
    """What is said of the line, but for the values that the table shows."""
    shown = apart(line.witness)
    told = (said.removesuffix(shown).rstrip("; ") if shown else said for said in reason(line))
    return "".join(f"<p>{text(said)}</p>" for said in told if said)


def _legend() -> str:
    items = "".join(f"<dt>{SIGNS[mark]}</dt><dd>{text(said)}</dd>" for mark, said in SAID.items())
    return f'<h2>Marks</h2><dl class="given">{items}</dl>'
