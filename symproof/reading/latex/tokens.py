"""LaTeX in math mode to tokens; every token knows its offsets.

Fonts are dropped where they only decorate (bold, upright letters); script and blackboard letters are
names of their own.  What a name means is left to the parser, which knows the declarations.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from symproof.reading.names import GREEK
from symproof.reading.problems import Source

MAX_TEXT = 20_000


class Token(NamedTuple):
    """`kind` is num, name, letters, label, text, word, set, op, cmd, begin, finish, quad or end.

    `letters` is a run of plain letters that may be one name or a product; `label` is an upright
    word; `word` joins statements (`and`, `if`, `for all` …); `text` is any other text.
    """

    kind: str
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"""(?P<space>[\s~]+|\\[,;:!>\ ]|%[^\n]*\n?|\\(?=\n))
    |(?P<row>\\\\(?:\s*\[[0-9.]+\s*[a-z]{2}\])?)
    |\\(?P<cmd>[a-zA-Z]+)\*?
    |\\(?P<escaped>.)
    |(?P<num>[0-9]+(?:\.[0-9]+)?)
    |(?P<letters>[a-zA-Z]+)
    |(?P<op>:=|=:|<=|>=|!=|\.\.\.?|[-+*/=<>^_{}()\[\]|',;:!&])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_BRACED = re.compile(r"\s*\{([^{}\\$]*)\}")
_WORDED = re.compile(r"\s*\{([^{}$]*)\}")
_SPACES = re.compile(r"\\[,;:! ]")
_DIMENSION = re.compile(r"\s*(?:\{[^{}]*\}|\[[^\[\]]*\])")

OPERATORS: dict[str, str] = {
    "leq": "<=", "le": "<=", "leqslant": "<=", "geq": ">=", "ge": ">=", "geqslant": ">=", "neq": "!=",
    "ne": "!=", "lt": "<", "gt": ">", "cdot": "*", "times": "*", "ast": "*", "odot": "⊙", "circ": "⊙",
    "div": "/", "to": "->", "rightarrow": "->", "longrightarrow": "->", "gets": ":=", "leftarrow": ":=",
    "coloneqq": ":=", "triangleq": ":=", "equiv": "=", "ldots": "…", "dots": "…", "cdots": "…",
    "dotsc": "…", "dotsb": "…", "vdots": "…", "ddots": "…", "in": "in", "implies": "implies",
    "Rightarrow": "implies", "Longrightarrow": "implies", "iff": "iff", "Leftrightarrow": "iff",
    "Longleftrightarrow": "iff", "land": "and", "wedge": "and", "lor": "or", "vee": "or", "neg": "not",
    "lnot": "not", "forall": "forall", "exists": "exists", "partial": "∂", "nabla": "∇", "top": "⊤",
    "intercal": "⊤", "prime": "'", "Vert": "‖", "lVert": "‖", "rVert": "‖", "lvert": "|", "rvert": "|",
    "vert": "|", "mid": "∣", "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈",
    "rceil": "⌉", "ll": "≪", "gg": "≫", "approx": "≈", "simeq": "≈", "sim": "∼", "perp": "⊥", "pm": "±",
    "lbrace": "{{", "rbrace": "}}", "lbrack": "[", "rbrack": "]", "star": "⋆", "succeq": "⪰", "bmod": "mod",
    "mapsto": "↦", "dagger": "†", "therefore": "implies", "mp": "±", "colon": ":", "cap": "∩", "cup": "∪",
    "setminus": "∖", "subset": "⊂", "subseteq": "⊂", "emptyset": "∅", "propto": "∝", "bot": "⊥",
}  # fmt: skip
_SAME = {
    "≤": "<=", "≥": ">=", "≠": "!=", "·": "*", "⋅": "*", "×": "*", "∗": "*", "−": "-", "–": "-", "÷": "/",
    "→": "->", "⟶": "->", "←": ":=", "≔": ":=", "…": "…", "⋯": "…", "⋮": "…", "∈": "in", "⇒": "implies",
    "⟹": "implies", "⇔": "iff", "⟺": "iff", "∧": "and", "∨": "or", "¬": "not", "∀": "forall",
    "∃": "exists", "∂": "∂", "∇": "∇", "⊤": "⊤", "′": "'", "’": "'", "‖": "‖", "∥": "‖", "∣": "∣",
    "⟨": "⟨", "⟩": "⟩", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "≪": "≪", "≫": "≫", "≈": "≈", "∼": "∼",
    "⊙": "⊙", "∘": "⊙", "⊥": "⊥", "±": "±", "⪰": "⪰", "↦": "↦", "∴": "implies", "†": "†", "≡": "=",
    "“": "quote", "”": "quote",
}  # fmt: skip
_COMMAND_SIGNS = {"∑": "sum", "∏": "prod", "∫": "int", "√": "sqrt"}
COMMANDS = frozenset(
    "frac sqrt sum prod int lim max min argmax argmin sup inf binom substack underbrace overbrace "
    "overline boxed arg".split()
)
FUNCTIONS = {
    name: name
    for name in "exp log sin cos tan sinh cosh tanh det deg".split()
} | {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "Pr": "Pr", "Re": "re", "Im": "im",
}  # fmt: skip
_RENAMED = {"tfrac": "frac", "dfrac": "frac", "cfrac": "frac", "dbinom": "binom", "tbinom": "binom"}
_BOLD = frozenset("mathbf boldsymbol bm pmb bf textbf mathbfit symbf".split())
_UPRIGHT = frozenset("mathrm text textrm mathsf mathit textit operatorname mbox textsf mathtt rm it".split())
_SCRIPT = frozenset("mathcal mathscr mathfrak cal".split())
_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "dot": "\u0307", "ddot": "\u0308", "vec": "",
}  # fmt: skip
_IGNORED = frozenset(
    "displaystyle textstyle scriptstyle limits nolimits nonumber notag hline bigl bigr Bigl Bigr biggl biggr "
    "Biggl Biggr big Big bigg Bigg middle strut centering "
    "qed qedhere qedsymbol blacksquare square Box checkmark".split()  # the end of a proof says nothing
)
_SKIPPED = frozenset("label tag vspace hspace vskip phantom hphantom vphantom".split())
_FORBIDDEN = frozenset(
    "def edef gdef xdef let newcommand renewcommand providecommand DeclareMathOperator newenvironment input "
    "include includegraphics write openin openout read immediate special csname catcode loop href url "
    "usepackage documentclass expandafter futurelet directlua".split()
)
_WORDS = {
    "and": "and", "or": "or", "if": "if", "for": "forall", "when": "if", "otherwise": "otherwise",
    "else": "otherwise",
    "for all": "forall", "for each": "forall", "for every": "forall", "where": "where", "with": "with",
    "as": "as", "s.t": "with", "such that": "with", "subject to": "with", "implies": "implies",
    "iff": "iff", "if and only if": "iff", "in": "over", "then": "implies", "so": "implies",
    "hence": "implies", "thus": "implies", "therefore": "implies", "solve for": "solve", "not": "not",
}  # fmt: skip
_BLACKBOARD = {"E": "\U0001d53c", "P": "\u2119", "1": "𝟙"}
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ", "0123456789-n")
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def tokens(source: Source, first: int = 0, last: int | None = None) -> list[Token]:
    """The tokens of text[first:last], an `end` token last; raises Problem."""
    text = source.text
    last = len(text) if last is None else last
    if last - first > MAX_TEXT:
        message = f"the formula has {last - first:,} characters; the limit is {MAX_TEXT:,}"
        raise source.problem("large", message, first, first + 1)
    return _Lexer(source, text, first, last).run()


class _Lexer:
    def __init__(self, source: Source, text: str, first: int, last: int) -> None:
        self.source = source
        self.text = text
        self.at = first
        self.last = last
        self.found: list[Token] = []

    def add(self, kind: str, text: str, start: int, end: int) -> None:
        self.found.append(Token(kind, text, start, end))

    def run(self) -> list[Token]:
        match = _TOKEN.match
        add = self.found.append
        text, last = self.text, self.last
        while self.at < last:
            found = match(text, self.at, last)
            assert found is not None
            kind, start, end = found.lastgroup, self.at, found.end()
            self.at = end
            if kind == "space":
                continue
            if kind == "letters":
                word = found.group()
                add(Token("name" if len(word) == 1 else "letters", word, start, end))
            elif kind == "op":
                word = found.group()
                add(Token("op", {"...": "…", "..": "…", "=:": ":="}.get(word, word), start, end))
            elif kind == "num":
                if end - start > 4000:
                    raise self.source.problem("large", "a number of more than 4,000 digits", start, end)
                add(Token("num", found.group(), start, end))
            elif kind == "cmd":
                self.command(found["cmd"], start)
            elif kind == "row":
                add(Token("op", "\\\\", start, end))
            elif kind == "escaped":
                self.escaped(found["escaped"], start, end)
            else:
                self.other(found.group(), start, end)
        add(Token("end", "", last, last))
        return self.found

    # --- commands ------------------------------------------------------------------------

    def command(self, name: str, start: int) -> None:
        end = self.at
        name = _RENAMED.get(name, name)
        operator = OPERATORS.get(name)
        if operator is not None:
            self.add("op", operator, start, end)
        elif name in COMMANDS:
            self.add("cmd", name, start, end)
        elif name in GREEK:
            self.add("name", GREEK[name], start, end)
        elif name in FUNCTIONS:
            self.add("label", FUNCTIONS[name], start, end)
        elif name in _BOLD or name in _UPRIGHT or name in _SCRIPT or name == "mathbb" or name == "mathds":
            self.font(name, start)
        elif name in _ACCENTS:
            self.accent(name, start)
        elif name in ("left", "right"):
            self.delimiter(name, start)
        elif name in ("quad", "qquad"):
            self.add("quad", "", start, end)
        elif name == "infty":
            self.add("name", "oo", start, end)
        elif name == "ell":
            self.add("name", "ℓ", start, end)
        elif name in ("begin", "end"):
            self.environment("begin" if name == "begin" else "finish", start)
        elif name in _IGNORED:
            pass
        elif name in _SKIPPED:
            found = _DIMENSION.match(self.text, self.at, self.last)
            self.at = found.end() if found else self.at
        elif name == "not":
            self.negated(start)
        else:
            message = f"the command `\\{name[:40]}` is not known"
            if name in _FORBIDDEN:
                message = f"`\\{name}` defines or loads something, which is not read"
            raise self.source.problem("latex", message, start, end)

    def environment(self, kind: str, start: int) -> None:
        found = _BRACED.match(self.text, self.at, self.last)
        if not found:
            raise self.source.problem("latex", "an environment without its name in braces", start, self.at)
        self.at = found.end()
        name = found[1].strip().rstrip("*")
        if kind == "begin" and name in ("array", "aligned", "alignat", "tabular"):
            columns = _DIMENSION.match(self.text, self.at, self.last)
            if columns and name != "aligned":
                self.at = columns.end()
        self.add(kind, name, start, self.at)

    def delimiter(self, side: str, start: int) -> None:
        """`\\left(`: the bracket; of bars it is kept on which side they stand."""
        found = _TOKEN.match(self.text, self.at, self.last)
        while found and found.lastgroup == "space":
            self.at = found.end()
            found = _TOKEN.match(self.text, self.at, self.last)
        if not found:
            raise self.source.problem("bracket", f"`\\{side}` without a bracket", start, self.at)
        if found.group() in (".", "..", "..."):
            self.at += 1
            self.add("op", "left." if side == "left" else "right.", start, self.at)
            return
        count = len(self.found)
        self.at = found.end()
        if found.lastgroup == "cmd":
            self.command(found["cmd"], start)
        elif found.lastgroup == "escaped":
            self.escaped(found["escaped"], start, self.at)
        elif found.lastgroup == "op" and found.group() in "()[]|<>/":
            sign = {"<": "⟨", ">": "⟩"}.get(found.group(), found.group())
            self.add("op", sign, start, self.at)
        elif found.lastgroup == "other":
            self.other(found.group(), start, self.at)
        if len(self.found) != count + 1 or self.found[-1].kind != "op":
            raise self.source.problem("bracket", f"`\\{side}` without a bracket", start, self.at)
        token = self.found[-1]
        if token.text in ("|", "‖"):
            self.found[-1] = Token("op", f"{side}{token.text}", start, self.at)

    def escaped(self, c: str, start: int, end: int) -> None:
        if c in "{}":
            self.add("op", c * 2, start, end)
        elif c == "|":
            self.add("op", "‖", start, end)
        elif c == "%" and self.found and self.found[-1].kind == "num":
            number = self.found.pop()
            self.found.append(Token("num", _hundredth(number.text), number.start, end))
        elif c in "%$#&_/-":
            if c in "&$#%":
                self.add("text", c, start, end)
        else:
            raise self.source.problem("latex", f"`\\{c}` is not known", start, end)

    def negated(self, start: int) -> None:
        count = len(self.found)
        found = _TOKEN.match(self.text, self.at, self.last)
        if found and found.lastgroup == "op" and found.group() == "=":
            self.at = found.end()
            self.add("op", "!=", start, self.at)
        if len(self.found) == count:
            raise self.source.problem("latex", "`\\not` stands before `=` only", start, self.at)

    # --- letters -------------------------------------------------------------------------

    def font(self, name: str, start: int) -> None:
        found = (_WORDED if name == "operatorname" else _BRACED).match(self.text, self.at, self.last)
        if not found:
            if name in _SCRIPT or name in ("mathbb", "mathds"):
                bare = re.compile(r"\s*(\w)").match(self.text, self.at, self.last)
                if bare:
                    self.at = bare.end()
                    self.styled(name, bare[1], start)
            return  # the font of what follows, which is read as it is
        self.at = found.end()
        self.styled(name, _SPACES.sub("", found[1]) if name == "operatorname" else found[1], start)

    def styled(self, name: str, content: str, start: int) -> None:
        end, bare = self.at, " ".join(content.split())
        if name in ("mathbb", "mathds"):
            if bare in ("R", "N", "Z", "C", "Q"):
                self.add("set", bare, start, end)
            elif bare in _BLACKBOARD:
                self.add("name", _BLACKBOARD[bare], start, end)
            elif len(bare) == 1 and bare.isalpha():
                self.add("name", unicodedata.normalize("NFC", bare), start, end)
            else:
                raise self.source.problem("latex", f"`{bare[:20]}` in this font is not known", start, end)
        elif name in _SCRIPT:
            for c in bare.replace(" ", ""):
                self.add("name", script(c), start, end)
        elif name in _BOLD and bare in ("0", "1", "I"):
            self.add("name", {"0": "zeros", "1": "ones", "I": "I"}[bare], start, end)
        elif not bare:
            return
        elif name in _BOLD or name in ("mathit", "it") and not bare.isalpha():
            self.inner(start, content)
        elif bare.lower().strip(",.: ") in _WORDS and name != "operatorname":
            self.add("word", _WORDS[bare.lower().strip(",.: ")], start, end)
        elif bare in ("T", "⊤", "t") and self.raised():
            self.add("op", "⊤", start, end)
        elif len(bare) == 1 and bare.isalpha():
            self.add("name", bare, start, end)
        elif re.fullmatch(r"[^\W_]+(?:[-_ ]?[^\W_]+)*", bare) and (" " not in bare or name == "operatorname"):
            word = bare.replace(" ", "_").replace("-", "_")
            self.add("num" if word.isdigit() else "label", FUNCTIONS.get(word, word), start, end)
        else:
            self.add("text", bare, start, end)

    def raised(self) -> bool:
        """Does a superscript begin here?"""
        found = self.found
        return bool(found) and (
            found[-1].text == "^" or found[-1].text == "{" and len(found) > 1 and found[-2].text == "^"
        )

    def inner(self, start: int, content: str) -> None:
        """The contents of a font that only decorates."""
        begin = self.text.index("{", start) + 1
        inner = _Lexer(self.source, self.text, begin, begin + len(content)).run()[:-1]
        if len(inner) == 1:
            self.add(inner[0].kind, inner[0].text, start, self.at)
            return
        self.add("op", "{", start, begin)
        self.found += inner
        self.add("op", "}", self.at - 1, self.at)

    def accent(self, name: str, start: int) -> None:
        """`\\hat{x}`: a name of its own; `\\vec` decorates only."""
        count = len(self.found)
        opened = re.compile(r"\s*\{").match(self.text, self.at, self.last)
        if opened:
            close = matching(self.text, opened.end(), self.last)
            if close < 0:
                raise self.source.problem("bracket", "`{` is never closed", opened.end() - 1, opened.end())
            inner = _Lexer(self.source, self.text, opened.end(), close).run()[:-1]
            self.at = close + 1
        else:
            found = _TOKEN.match(self.text, self.at, self.last)
            while found and found.lastgroup == "space":
                self.at = found.end()
                found = _TOKEN.match(self.text, self.at, self.last)
            if not found:
                raise self.source.problem("latex", f"`\\{name}` over nothing", start, self.at)
            if found.lastgroup == "letters":
                self.at += 1
                inner = [Token("name", found.group()[0], start, self.at)]
            else:
                inner = _Lexer(self.source, self.text, self.at, found.end()).run()[:-1]
                self.at = found.end()
        inner = [token for token in inner if token.text not in "{}"]
        if not inner or inner[0].kind not in ("name", "label", "letters", "num") or len(self.found) != count:
            raise self.source.problem("latex", f"`\\{name}` stands over one letter only", start, self.at)
        head, *rest = inner
        accented = unicodedata.normalize("NFC", head.text[0] + _ACCENTS[name]) + head.text[1:]
        if head.kind == "num" or len(head.text) > 1 and head.kind != "name":
            raise self.source.problem("latex", f"`\\{name}` stands over one letter only", start, self.at)
        self.add("name", accented, start, head.end if rest else self.at)
        self.found += rest

    def other(self, c: str, start: int, end: int) -> None:
        """A character that is neither ASCII letter nor digit nor sign."""
        if c in _SAME:
            if _SAME[c] != "quote":
                self.add("op", _SAME[c], start, end)
        elif c in _COMMAND_SIGNS:
            self.add("cmd", _COMMAND_SIGNS[c], start, end)
        elif c == "∞":
            self.add("name", "oo", start, end)
        elif c == "ᵀ":
            self.add("op", "^", start, start)
            self.add("op", "⊤", start, end)
        elif c in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ" or c in "₀₁₂₃₄₅₆₇₈₉":
            self.scripts(c, start)
        elif c.isalpha():
            folded = unicodedata.normalize("NFKC", c) if "MATHEMATICAL" in unicodedata.name(c, "") else c
            if "SCRIPT" in unicodedata.name(c, ""):
                folded = c
            known = {"µ": "μ", "ϵ": "ε", "ϑ": "θ", "ϕ": "φ", "ϱ": "ρ", "Ω": "Ω", "∆": "Δ"}
            self.add("name", known.get(folded, folded), start, end)
        elif c == "∆":
            self.add("name", "Δ", start, end)
        elif c == ".":
            if self.text[end : self.last].strip(" $\\}]"):
                if not (self.found and self.found[-1].kind == "quad"):
                    self.add("op", ".", start, end)
        elif unicodedata.combining(c) and self.found and self.found[-1].kind == "name":
            before = self.found.pop()
            self.add("name", unicodedata.normalize("NFC", before.text + c), before.start, end)
        else:
            name = unicodedata.name(c, f"U+{ord(c):04X}").lower()
            raise self.source.problem("character", f"{name} has no meaning in a formula", start, end)

    def scripts(self, c: str, start: int) -> None:
        """x², x₁ and longer runs."""
        table, sign = (_SUPERSCRIPTS, "^") if c in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ" else (_SUBSCRIPTS, "_")
        signs = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿ" if sign == "^" else "₀₁₂₃₄₅₆₇₈₉"
        while self.at < self.last and self.text[self.at] in signs:
            self.at += 1
        content = self.text[start : self.at].translate(table)
        self.add("op", sign, start, start)
        self.add("op", "{", start, start)
        for found in _TOKEN.finditer(content):
            kind = "name" if found.lastgroup == "letters" else found.lastgroup or "op"
            self.add(kind, found.group(), start, self.at)
        self.add("op", "}", self.at, self.at)


def script(c: str) -> str:
    """The script letter; 𝓛 for L."""
    if not c.isascii() or not c.isalpha():
        return c
    case = "CAPITAL" if c.isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"MATHEMATICAL SCRIPT {case} {c.upper()}")
    except KeyError:
        return unicodedata.lookup(f"SCRIPT {case} {c.upper()}")


def matching(text: str, at: int, last: int) -> int:
    """The offset of the brace that closes the one before `at`, or -1."""
    depth = 1
    while at < last:
        c = text[at]
        if c == "\\":
            at += 1
        elif c == "{":
            depth += 1
        elif c == "}":
            depth -= 1
            if not depth:
                return at
        at += 1
    return -1


def _hundredth(number: str) -> str:
    """12.5 % as 0.125, with as many digits."""
    whole, _, decimals = number.partition(".")
    whole = whole.rjust(3, "0")
    return f"{whole[:-2]}.{whole[-2:]}{decimals}"
