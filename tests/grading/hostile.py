"""Two hundred submissions that would do harm if anything in them were obeyed: twenty kinds, ten of each.

They are made by rule, so that they are the same in every run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from symproof.grading.classroom import Submission

COUNT = 10
RIGHT = r"v_t = \beta v_{t-1} + (1-\beta) g_t"
CODE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<body onload=alert(1)>",
    "<a href='javascript:alert(1)' id=x>x</a>", "</pre></style></script><script>alert(1)</script>",
    "<math><maction actiontype='statusline' xlink:href='javascript:alert(1)'>x</maction></math>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>", "<details open ontoggle=alert(1)>",
)  # fmt: skip
LINKS = (
    "[x](javascript:alert(1))", "![x](https://evil.example/a.png)", "<https://evil.example>",
    "[x]: javascript:alert(1)", "[x](data:text/html,<script>alert(1)</script>)", "<a href=//evil.example>x</a>",
    "<link rel=stylesheet href=https://evil.example/a.css>", "<base href=https://evil.example/>",
    "<form action=https://evil.example><button>x</button></form>", "<object data=https://evil.example></object>",
)  # fmt: skip
MACROS = (
    r"\def\a{\a\a}\a", r"\newcommand{\x}{\x\x\x}\x", r"\let\v\beta v_t", r"\catcode`\$=12 a",
    r"\loop\iftrue\repeat", r"\csname v_t\endcsname", r"\expandafter\def\csname t\endcsname{1}",
    r"\renewcommand{\frac}[2]{#2/#1}\frac{1}{2}", r"\DeclareMathOperator{\f}{f}\f", r"\edef\a{\the\a}\a",
)  # fmt: skip
FILES = (
    r"\input{/etc/passwd}", r"\include{../../secret}", r"\immediate\write18{ls}", r"\openin1=/etc/passwd",
    r"\directlua{os.execute('ls')}", r"\usepackage{shellesc}", r"\includegraphics{/etc/hostname}",
    r"\special{ps: run}", r"\href{javascript:alert(1)}{v_t}", r"\url{file:///etc/passwd}",
)  # fmt: skip
NESTS = (
    ("{", "}"), ("(", ")"), (r"\left(", r"\right)"), (r"\frac{1}{", "}"), (r"\sqrt{", "}"), (r"\hat{", "}"),
    ("v_{", "}"), ("r^{", "}"), (r"\begin{cases}", r"\end{cases}"), (r"\|", r"\|"),
)  # fmt: skip
NUMBERS = (
    "10^{10^{10^{10}}}", "9" * 3_900, "(10^9)!", "((9!)!)!", r"\binom{10^9}{10^8}", "2^{2^{2^{2^{2^2}}}}",
    r"\sum_{i=1}^{10^{12}} i", r"\prod_{i=1}^{10^7} i", "(1 + \\beta)^{100000}", "0." + "0" * 3_000 + "1",
)  # fmt: skip
ESCAPES = (
    '" onmouseover="alert(1)', "' onfocus='alert(1)' autofocus='", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;script&#x3e;alert(1)", "<![CDATA[<script>alert(1)</script>]]>", "--><script>alert(1)</script><!--",
    "{{constructor.constructor('alert(1)')()}}", "${alert(1)}", "</title></textarea><script>alert(1)</script>",
    "\\u003cscript\\u003ealert(1)",
)  # fmt: skip
UNSEEN = (
    "\u202e v_t", "a\x00b", "\x1b[31mred", "\u200b\u200d\ufeff", "\u2066x\u2069", "e" + "\u0301" * 5_000, "\ufffe",
    "\U000e0001", "\u2028alert(1)\u2029", "\r\rx\x0b\x0c",
)  # fmt: skip
BROKEN = (
    "$$", "$", r"\[", r"\begin{aligned} v_t &=", "```", r"$$ v_t = \text{ $$", r"\end{aligned}", "$$ } { $$",
    "<!-- $$", "$$ v_t = 1",
)  # fmt: skip
CHAINS = (
    "v_t = " * 800 + "v_t", r"v_t = 1 \implies " * 300 + "v_t = 1", r"r < " * 800 + "r", "r + " * 3_000 + "r = 1",
    "r " * 3_000 + "= 1", "-" * 9_000 + "r = 1", r"r \leq r \geq " * 200 + "r", "f(" + "r," * 3_000 + "r) = 1",
    r"\begin{aligned}" + r"v_t &= v_t \\ " * 400 + r"\end{aligned}", r"\log " * 2_000 + "r = 1",
)  # fmt: skip
BLOWN = (
    "(a+b+c+r)^{80} = r", r"(r+1)^{1000} = (r+1)^{999}", r"\prod_{k=1}^{60}(r+k) = r", "r^{r^{r^{r}}} = 1",
    r"\sum_{i=1}^{t}\sum_{j=1}^{t}\sum_{k=1}^{t}\sum_{l=1}^{t} i j k l = 1", r"\int_0^1 e^{e^{e^x}} dx = 1",
    r"\lim_{x\to\infty} x^{x^x} = 1", r"\frac{d}{dx} x^{x^{x^{x}}} = 1", "((((r^9+1)^9+1)^9+1)^9+1)^9 = 1",
    r"\max_{i} \max_{j} \max_{k} v_{i+j+k} = 1",
)  # fmt: skip
HEADINGS = (
    "## 1<script>alert(1)</script>\n", "## 1\n" * 500, "# " * 3_000, "## 2\n## 1\n## 2\n", "> " * 5_000,
    "| a " * 2_000 + "|\n" + "|---" * 2_000 + "|", "- " * 4_000, "1. " * 4_000, "***" * 4_000, "[" * 9_000,
)  # fmt: skip
NAMES = (
    "<script>alert(1)</script>.md", "../../../etc/passwd", "a\u202egpj.md", "x" * 250 + ".md", '"><img src=x>.md',
    "=cmd|' /C calc'!A0.md", "javascript:alert(1)", "con", "a\nb.md", ".md",
)  # fmt: skip
RUNS = ("a", "1", " ", "$", "\\", "{", "v_", "\\beta ", "|", "é")


def submissions() -> Iterator[Submission]:
    """The two hundred."""
    for kind, write in KINDS.items():
        for k in range(COUNT):
            name = NAMES[k] if kind == "names" else f"{kind}-{k}.md"
            yield Submission(f"{k}/{name}" if kind == "names" else name, write(k))


def _answer(math: str, words: str = "") -> str:
    """An answer to both questions of the example: a right line, and what is hostile before and behind it."""
    return f"# Answers\n\n## 1\n\n{words}\n\n$${RIGHT}$$\n\n$${math}$$\n\n## 2\n\n{words} ${math}$\n\n$$x^\\top x = {math}$$\n"


def _nested(k: int) -> str:
    opening, closing = NESTS[k]
    depth = 1_000 * (1 + k % 4)
    return _answer("v_t = " + opening * depth + "r" + closing * depth)


def _long(k: int) -> str:
    """A line of a megabyte, in a formula or in the text."""
    run = RUNS[k] * (1_000_000 // len(RUNS[k]))
    return f"## 1\n\n$$v_t = {run}$$\n" if k % 2 else f"## 1\n\n{run}\n\n$${RIGHT}$$\n"


def _many(k: int) -> str:
    """Many lines, right and wrong."""
    return "## 1\n\n" + f"$${RIGHT}$$\n\n$$v_t = {k}$$\n\n" * (20 * (k + 1))


KINDS: dict[str, Callable[[int], str]] = {
    "script in text": lambda k: _answer(rf"v_t = \text{{{CODE[k]}}}"),
    "script in names": lambda k: _answer(rf"\mathrm{{{CODE[k]}}}_t = \operatorname{{{CODE[-1 - k]}}}(x)"),
    "script in words": lambda k: _answer("v_t = 1", CODE[k]),
    "script in formulas": lambda k: _answer(f"v_t = {CODE[k]}"),
    "links": lambda k: _answer(rf"v_t = \href{{javascript:alert(1)}}{{{k}}}", LINKS[k]),
    "links in formulas": lambda k: _answer(rf"v_t = \text{{{LINKS[k]}}}"),
    "macros": lambda k: _answer(f"{MACROS[k]} = 1", f"${MACROS[k]}$"),
    "files": lambda k: _answer(f"v_t = {FILES[k]}", FILES[k]),
    "nesting": _nested,
    "long lines": _long,
    "numbers": lambda k: _answer(f"v_t = {NUMBERS[k]}"),
    "numbers on both sides": lambda k: _answer(f"{NUMBERS[k]} = {NUMBERS[-1 - k]}"),
    "escapes": lambda k: _answer(rf"v_t = \text{{{ESCAPES[k]}}}", ESCAPES[k]),
    "unseen": lambda k: _answer(f"v_t = {UNSEEN[k]}", UNSEEN[k]),
    "broken": lambda k: _answer("v_t = 1", BROKEN[k]) + BROKEN[-1 - k],
    "chains": lambda k: _answer(CHAINS[k]),
    "blown up": lambda k: _answer(BLOWN[k]),
    "headings": lambda k: f"{HEADINGS[k]}\n\n{_answer('v_t = 1', HEADINGS[k])}",
    "names": lambda k: _answer("v_t = 1", f"{CODE[k]} {LINKS[k]}"),
    "many lines": _many,
}

EXAMPLE = Path(__file__).parents[2] / "examples" / "grading" / "assignment.yaml"
