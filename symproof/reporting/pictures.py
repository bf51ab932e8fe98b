"""Pictures of witnesses, as SVG: a graph with the values at its vertices, both sides over a free variable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from html import escape
from math import cos, isfinite, pi, sin
from typing import Any

from symproof.kernel.statement import Statement
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Array, Graph, Scalar

MAX_VERTICES = 12
SAMPLES = 81
WIDTH, HEIGHT, MARGIN = 440, 220, 48
_RELATIONS = ("eq", "ne", "lt", "le", "gt", "ge")


def picture(statement: Statement, raw: Mapping[str, Any], values: Mapping[str, str]) -> str:
    """A picture of the witness where one helps, else nothing."""
    for symbol in statement.symbols:
        if isinstance(symbol.type, Graph):
            return graph(statement, symbol.name, raw)
    return plot(statement, raw, values)


def graph(statement: Statement, name: str, raw: Mapping[str, Any]) -> str:
    """The graph on a circle; at each vertex its number and what the vectors over the vertices are there."""
    data = raw.get(name)
    if not isinstance(data, dict) or type(data.get("vertices")) is not int:
        return ""
    n, edges = data["vertices"], data.get("edges")
    if not 1 <= n <= MAX_VERTICES or not isinstance(edges, list):
        return ""
    radius = 0 if n == 1 else 22 + 10 * n
    turn = 0.25 if n == 2 else 0.0  # two vertices lie side by side
    x0, y0 = 110 + radius, 44 + (radius if n > 2 else 0)
    angles = [2 * pi * (k / n - turn) for k in range(n)]
    places = [(x0 + radius * sin(a), y0 - radius * cos(a)) for a in angles]
    parts = []
    for edge in edges:
        ends = edge if isinstance(edge, list) else []
        if len(ends) != 2 or not all(type(v) is int and 0 <= v < n for v in ends):
            return ""
        (x1, y1), (x2, y2) = places[ends[0]], places[ends[1]]
        parts.append(f'<line class="edge" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
    for k, (x, y) in enumerate(places):
        parts.append(f'<circle class="vertex" cx="{x:.1f}" cy="{y:.1f}" r="12"/>')
        parts.append(f'<text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle">{k}</text>')
        notes = _at_vertex(statement, name, raw, k)
        if notes:
            dx, dy = (x - x0) / radius if radius else 0.0, (y - y0) / radius if radius else -1.0
            anchor = "start" if dx > 0.1 else "end" if dx < -0.1 else "middle"
            at = f'x="{x + 18 * dx:.1f}" y="{y + 22 * dy + 4:.1f}" text-anchor="{anchor}"'
            parts.append(f"<text {at}>{escape(notes)}</text>")
    return _svg(2 * round(x0), 2 * round(y0), f"the graph {name} of the witness", parts)


def _at_vertex(statement: Statement, name: str, raw: Mapping[str, Any], vertex: int) -> str:
    notes = []
    for symbol in statement.symbols:
        type, value = symbol.type, raw.get(symbol.name)
        over = isinstance(type, Array) and [(a.op, a.args[0].data) for a in type.axes] == [("vertices", name)]
        if over and isinstance(value, list) and vertex < len(value):
            notes.append(f"{symbol.name} = {value[vertex]}"[:24])
    return ", ".join(notes)[:40]


def plot(statement: Statement, raw: Mapping[str, Any], values: Mapping[str, str]) -> str:
    """Both sides of a relation over a real variable, with the others as at the witness, which is marked."""
    goal = statement.goal
    used = free_symbols(goal)
    reals = [s.name for s in statement.symbols if s.type == Scalar("real") and s.name in used]
    if goal.op not in _RELATIONS or not isinstance(goal.args[0].type, Scalar) or not reals:
        return ""
    if any(not isinstance(s.type, Scalar) or s.random for s in statement.symbols):
        return ""
    name = reals[0]
    try:
        here = float(Fraction(str(raw.get(name, values.get(name)))))
    except (ValueError, ZeroDivisionError, OverflowError):
        return ""
    reach = max(2.0, 1.5 * abs(here))
    low, high = here - reach, here + reach
    for _ in range(2):  # the second time over what the conditions leave of it
        xs = [low + (high - low) * k / (SAMPLES - 1) for k in range(SAMPLES)]
        curves = [_curve(statement, side, raw, name, xs) for side in goal.args]
        there = [x for x, *ys in zip(xs, *curves, strict=True) if ys != [None, None]]
        if len(there) > SAMPLES / 2 or len(there) < 3:
            break
        step = (high - low) / (SAMPLES - 1)
        low, high = there[0] - step, there[-1] + step
    finite = sorted(y for curve in curves for y in curve if y is not None)
    if len(finite) < SAMPLES // 3:
        return ""
    bottom, top = finite[len(finite) // 20], finite[-1 - len(finite) // 20]
    if top - bottom < 1e-9:
        bottom, top = bottom - 1, top + 1
    bottom, top = bottom - (top - bottom) / 10, top + (top - bottom) / 10

    def across(x: float) -> float:
        return MARGIN + (x - low) / (high - low) * (WIDTH - 2 * MARGIN)

    def up(y: float) -> float:
        return HEIGHT - MARGIN - (y - bottom) / (top - bottom) * (HEIGHT - 2 * MARGIN)

    base = HEIGHT - MARGIN
    parts = [
        f'<line class="axis" x1="{MARGIN}" y1="{base}" x2="{WIDTH - MARGIN}" y2="{base}"/>',
        f'<line class="here" x1="{across(here):.1f}" y1="{MARGIN - 8}" x2="{across(here):.1f}" y2="{base}"/>',
    ]
    for side, curve in zip(("left", "right"), curves, strict=True):
        path = _path(xs, curve, across, up, bottom, top)
        dashed = ' stroke-dasharray="24 12"' if side == "right" else ""
        drawn = f'transform="scale(.25)" d="{path}" fill="none" stroke-width="8"'
        parts.append(f'<path class="{side}" {drawn}{dashed}/>')
        y = _curve(statement, goal.args[side == "right"], raw, name, [here])[0]
        if y is not None and bottom <= y <= top:
            at = f'cx="{across(here):.1f}" cy="{up(y):.1f}"'
            parts.append(f'<circle class="{side}" {at} r="4" fill="none"/>')
    for end, height in ((top, MARGIN + 4), (bottom, base)):
        parts.append(f'<text x="{MARGIN - 4}" y="{height}" text-anchor="end">{end:.2g}</text>')
    shown = escape(f"{name} = {values.get(name, '')}"[:40])
    parts += [
        f'<text x="{across(here):.1f}" y="{HEIGHT - 14}" text-anchor="middle">{shown}</text>',
        f'<text class="left" x="{MARGIN}" y="16">— left side</text>',
        f'<text class="right" x="{MARGIN + 90}" y="16">- - right side</text>',
    ]
    return _svg(WIDTH, HEIGHT, f"both sides over {name}, with the witness marked", parts)


def _curve(
    statement: Statement, side: Term, raw: Mapping[str, Any], name: str, xs: list[float]
) -> list[float | None]:
    """The values of a side in floats, None where it has none; good enough for a picture only."""
    from symproof.evaluation.model import Model
    from symproof.methods.floats import Floats

    model = Model(statement, Floats())
    conditions = [h.statement for h in statement.hypotheses if free_symbols(h.statement) == {name}]
    found: list[float | None] = []
    for x in xs:
        try:
            model.A.steps = 20_000
            world = model.world({**raw, name: str(Fraction(x).limit_denominator(10_000))})
            value = model.run(side)(world.env) if all(model.run(c)(world.env) for c in conditions) else None
            found.append(float(value) if isinstance(value, int | float) and isfinite(value) else None)
        except Exception:  # a picture is never worth a failure
            found.append(None)
    return found


def _path(
    xs: list[float],
    ys: list[float | None],
    across: Callable[[float], float],
    up: Callable[[float], float],
    bottom: float,
    top: float,
) -> str:
    parts: list[str] = []
    last: tuple[int, int] | None = None
    for x, y in zip(xs, ys, strict=True):
        if y is None or not bottom <= y <= top:
            last = None
            continue
        across4, up4 = round(across(x) * 4), round(up(y) * 4)  # in quarters of a pixel
        parts.append(f"M{across4} {up4}" if last is None else f"l{across4 - last[0]} {up4 - last[1]}")
        last = across4, up4
    return "".join(parts)


def _svg(width: int, height: int, words: str, parts: list[str]) -> str:
    return (
        f'<svg class="picture" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{escape(words)}">{"".join(parts)}</svg>'
    )
