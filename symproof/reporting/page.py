"""The frame of an HTML page that needs nothing else: style sheet, script and font are embedded.

The page forbids every script, style and address but its own.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files

STYLE = """
@font-face { font-family: "Symproof Math"; src: url(FONT) format("woff2"); }
:root { color-scheme: light dark; --bg: #fcfcfa; --card: #ffffff; --ink: #1b1c1e; --soft: #595d64;
  --line: #d9dbd6; --fill: #f1f2ee; --link: #14539a;
  --proved: #1a6b38; --conditional: #855400; --refuted: #b3261e; --supported: #0c6478;
  --undecided: #5d5f66; --invalid: #7b2f92; }
@media (prefers-color-scheme: dark) { :root { --bg: #15171a; --card: #1d2024; --ink: #e8e8e4;
  --soft: #a6abb3;
  --line: #363b42; --fill: #262a2f; --link: #8ab8f0;
  --proved: #6cc98b; --conditional: #e3b04f; --refuted: #ff8f86; --supported: #67c5db;
  --undecided: #b4b8c0; --invalid: #d49ae6; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; background: var(--bg); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
header, main, footer { max-width: 60rem; margin: 0 auto; padding: 0 1rem; }
header { padding-top: 1.6rem; }
h1 { overflow-wrap: anywhere; font-size: 1.6rem; line-height: 1.25; margin: 0 0 .2rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; overflow-wrap: anywhere; }
h3, h4, h5 { overflow-wrap: anywhere; }
h3, h4 { font-size: 1rem; margin: 0; font-weight: 600; }
h4 { margin: 1.3rem 0 .3rem; font-size: .8rem; letter-spacing: .04em; text-transform: uppercase;
  color: var(--soft); }
p { margin: .35rem 0; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .3rem .6rem; z-index: 2; }
.soft, .meta { color: var(--soft); }
.meta { font-size: .875rem; }
.text { unicode-bidi: isolate; overflow-wrap: anywhere; white-space: pre-wrap; }
code, .code { font: .875em/1.5 ui-monospace, SFMono-Regular, Consolas, "DejaVu Sans Mono", monospace;
  unicode-bidi: isolate; overflow-wrap: anywhere; }
.code { display: block; white-space: pre-wrap; background: var(--fill); border-radius: 6px;
  padding: .5rem .7rem;
  margin: .4rem 0; }
math { font-family: "Symproof Math", "STIX Two Math", "Latin Modern Math", "Cambria Math", math;
  font-size: 1.1em; }
math[display="block"] { text-align: left; margin: 0; width: max-content; }
mrow.matrix mtd { padding: .1em .35em; }
mrow.cases > mtable > mtr > mtd { text-align: left; padding: .1em .6em .1em 0; }
/* Chromium leaves room behind a root as if its sign were as tall as it can be. */
@supports (-webkit-app-region: drag) {
  msqrt.mid { margin-right: -.15em; } msqrt.low { margin-right: -.4em; }
}
.formula { overflow-x: auto; overflow-y: hidden; padding: .35rem 0; max-width: 100%; }
.wide { display: inline-block; max-width: 100%; overflow-x: auto; overflow-y: hidden;
  vertical-align: middle; padding: .1rem 0; }
.bar { display: block; width: 100%; height: 14px; border-radius: 7px; margin: 1rem 0 .8rem; }
.tools { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .6rem 0; }
.tools button { font: inherit; font-size: .9rem; color: var(--ink); background: var(--card);
  border: 1px solid var(--line); border-radius: 999px; padding: .3rem .8rem; min-height: 2.25rem;
  cursor: pointer; }
.tools button[aria-pressed="true"] { background: var(--ink); color: var(--bg); border-color: var(--ink); }
.tools button[aria-pressed="true"] b { color: inherit; }
.tools label { flex: 1 1 14rem; display: flex; }
.tools input { font: inherit; width: 100%; min-height: 2.25rem; padding: .3rem .8rem; color: inherit;
  background: var(--card); border: 1px solid var(--soft); border-radius: 999px; }
.hidden-label { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.folders { width: 100%; font-size: .9rem; }
.folders caption { text-align: left; color: var(--soft); padding-bottom: .3rem; }
th, td { text-align: left; padding: .3rem .7rem .3rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere; }
thead th { white-space: nowrap; }
.folders th[scope="row"] { min-width: 9rem; }
.folders td, .folders thead th + th { text-align: right; }
b.proved::before { content: "✓ "; content: "✓ " / ""; }
b.conditional::before { content: "◐ "; content: "◐ " / ""; }
b.refuted::before { content: "✗ "; content: "✗ " / ""; }
b.supported::before { content: "≈ "; content: "≈ " / ""; }
b.undecided::before { content: "? "; content: "? " / ""; }
b.invalid::before { content: "! "; content: "! " / ""; }
b.proved, b.conditional, b.refuted, b.supported, b.undecided, b.invalid { font-weight: 600; }
.proved { color: var(--proved); } .conditional { color: var(--conditional); }
.refuted { color: var(--refuted); }
.supported { color: var(--supported); } .undecided { color: var(--undecided); }
.invalid { color: var(--invalid); }
rect.proved { fill: var(--proved); } rect.conditional { fill: var(--conditional); }
rect.refuted { fill: var(--refuted); } rect.supported { fill: var(--supported); }
rect.undecided { fill: var(--undecided); } rect.invalid { fill: var(--invalid); }
.claim { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: .5rem 0;
  content-visibility: auto; contain-intrinsic-size: auto 4.5rem; }
.claim[data-bad] { border-left: 4px solid var(--refuted); }
.claim > summary { padding: .6rem .9rem; cursor: pointer; list-style: none; display: grid;
  grid-template-columns: 8.2rem 1fr; gap: 0 .6rem; align-items: baseline; border-radius: 10px; }
.claim > summary::-webkit-details-marker { display: none; }
.claim > summary:hover { background: var(--fill); }
.claim > summary .meta, .claim > summary .glimpse { grid-column: 2; }
.glimpse { overflow: hidden; white-space: nowrap; min-width: 0; padding: .1rem 0; }
.claim[open] > summary .glimpse { display: none; }
.body { padding: .5rem .9rem .9rem; border-top: 1px solid var(--line); }
dl.given { display: grid; grid-template-columns: minmax(6.5rem, max-content) 1fr; gap: .15rem .9rem;
  margin: .2rem 0; }
dl.given dt { color: var(--soft); overflow-wrap: anywhere; max-width: 14rem; }
dl.given dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.item { display: inline-block; margin-right: 1.2rem; max-width: 100%; }
ol.steps { margin: .2rem 0; padding-left: 1.5rem; }
ol.steps ol { padding-left: 1.3rem; border-left: 2px solid var(--line); margin-left: .1rem; }
ol.steps li { margin: .25rem 0; overflow-wrap: anywhere; }
.variant { border-top: 1px dashed var(--line); margin-top: .7rem; padding-top: .5rem; }
.witness { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: center; margin: .4rem 0; }
.witness > div { min-width: 0; max-width: 100%; }
.witness th { font-weight: 400; white-space: nowrap; color: var(--soft); border: 0;
  padding: .15rem .9rem .15rem 0; }
.witness td { overflow-wrap: anywhere; border: 0; padding: .15rem 0; }
.changed { color: var(--soft); }
h5 { font-size: 1rem; margin: 0 0 .2rem; font-weight: 400; }
ol.lines > li { margin: .35rem 0; }
details details > summary { cursor: pointer; }
.picture { display: block; max-width: 100%; height: auto; color: var(--ink); }
.picture text { font: 12px system-ui, sans-serif; fill: currentColor; }
.picture .left { stroke: var(--link); } .picture .right { stroke: var(--refuted); }
.picture .edge, .picture .axis { stroke: var(--soft); }
.picture .vertex { fill: var(--card); stroke: currentColor; }
.picture .here { stroke: var(--ink); stroke-dasharray: 3 3; }
.picture text.left { fill: var(--link); stroke: none; }
.picture text.right { fill: var(--refuted); stroke: none; }
footer { padding-top: 2rem; padding-bottom: 3rem; }
[hidden] { display: none !important; }
@media (max-width: 34rem) {
  body { font-size: 15px; }
  .claim > summary { grid-template-columns: 1fr; }
  .claim > summary .meta, .claim > summary .glimpse { grid-column: 1; }
  dl.given { grid-template-columns: 1fr; }
  dl.given dd { margin-bottom: .35rem; }
}
@media print {
  :root { --bg: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --fill: #f4f4f4; --link: #000;
    --proved: #1a6b38; --conditional: #855400; --refuted: #b3261e; --supported: #0c6478;
    --undecided: #5d5f66; --invalid: #7b2f92; }
  .tools, .skip, .status { display: none; }
  .claim { content-visibility: visible; break-inside: auto; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .variant, .witness, li { break-inside: avoid; }
  .formula, .scroll, .wide { overflow: visible; }
  body { font-size: 10.5pt; }
}
"""

SCRIPT = """
"use strict";
const claims = [...document.querySelectorAll(".claim")];
let texts = [];
const files = [...document.querySelectorAll(".file")];
const buttons = [...document.querySelectorAll("button[data-only]")];
const box = document.getElementById("search");
const status = document.getElementById("status");
const all = document.getElementById("open-all");
let only = "";
function told(claim) {
  return (claim.closest(".file").firstElementChild.textContent + " " + claim.textContent).toLowerCase();
}
function apply() {
  const words = box.value.toLowerCase().split(/\\s+/).filter(Boolean);
  if (words.length && !texts.length) texts = claims.map(told);
  let shown = 0;
  claims.forEach((c, k) => {
    const fits = only === "" || c.dataset.verdict === only || (only === "bad" && "bad" in c.dataset);
    c.hidden = !(fits && words.every((w) => texts[k].includes(w)));
    shown += c.hidden ? 0 : 1;
  });
  files.forEach((f) => { f.hidden = !f.querySelector(".claim:not([hidden])"); });
  status.textContent = shown + " of " + claims.length + " claims shown";
}
function scrollable(root) {
  const wide = [...root.querySelectorAll(".formula, .wide, .scroll")];
  wide.filter((e) => e.scrollWidth > e.clientWidth + 1).forEach((e) => {
    e.tabIndex = 0;
    e.setAttribute("role", "group");
    e.setAttribute("aria-label", "formula, scrollable");
  });
}
buttons.forEach((b) => b.addEventListener("click", () => {
  only = only === b.dataset.only ? "" : b.dataset.only;
  buttons.forEach((o) => o.setAttribute("aria-pressed", String(o.dataset.only === only)));
  apply();
}));
box.addEventListener("input", apply);
document.addEventListener("keydown", (e) => {
  if (e.key === "/" && document.activeElement !== box) { e.preventDefault(); box.focus(); }
  if (e.key === "Escape" && document.activeElement === box) { box.value = ""; apply(); }
});
/* Measuring lays out what is off the screen: one claim at a time, so that many can be opened at once. */
const waiting = [];
function measure() {
  const claim = waiting.shift();
  if (claim.open) scrollable(claim);
  if (waiting.length) setTimeout(measure);
}
claims.forEach((c) => c.addEventListener("toggle", () => {
  if (c.open && waiting.push(c) === 1) setTimeout(measure);
}));
all.addEventListener("click", () => {
  const open = all.getAttribute("aria-pressed") !== "true";
  all.setAttribute("aria-pressed", String(open));
  claims.forEach((c) => { if (!c.hidden) c.open = open; });
});
function follow() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target && target.matches(".claim")) { target.open = true; target.scrollIntoView(); }
}
let before = [];
addEventListener("beforeprint", () => {
  before = [...document.querySelectorAll("details")].filter((d) => !d.open);
  before.forEach((d) => { d.open = true; });
});
addEventListener("afterprint", () => before.forEach((d) => { d.open = false; }));
addEventListener("hashchange", follow);
scrollable(document.querySelector("main > section"));
follow();
"""


def page(title: str, body: str, *, script: str = SCRIPT, style: str = "") -> str:
    """The page around a body whose texts are escaped already; `style` adds to the sheet."""
    style = STYLE.replace("FONT", font()) + style
    policy = f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    policy += "; font-src data:; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>\n"
        f"{body}\n<script>{script}</script></body></html>\n"
    )


@cache
def font() -> str:
    """The font of formulas as an address that holds it; symproof/reporting/font says where it is from."""
    data = files("symproof.reporting").joinpath("font/stix-two-math.woff2").read_bytes()
    return "data:font/woff2;base64," + b64encode(data).decode()


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
