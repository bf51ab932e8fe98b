"""Terms as MathML (MathML Core), made from the tree alone, with every leaf escaped.

A part is a row of elements and how tightly it holds together, in the levels of
`latex`.  What MathML wants as one element is wrapped by `_one`; what stands
between stretching brackets is a row of its own, so that they grow with it only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from fractions import Fraction
from html import escape
from itertools import pairwise

from symproof.terms.latex import (
    AND,
    ATOM,
    BIG,
    FOR,
    IMPLIES,
    NEGATIVE,
    NOT,
    OR,
    POWER,
    PRODUCT,
    RELATION,
    SUM,
)
from symproof.terms.plain import number
from symproof.terms.tree import Term
from symproof.terms.types import Array, Domain, Function, Graph, Prop, Scalar, Sequence, Type, Vertex

Part = tuple[str, int]
_RELATIONS = {"eq": "=", "ne": "≠", "lt": "<", "le": "≤", "gt": ">", "ge": "≥"}
_CONNECTIVES = {"and": ("and", AND), "or": ("or", OR), "implies": ("⟹", IMPLIES), "iff": ("⟺", IMPLIES)}
_NUMBERS = {"integer": "ℤ", "real": "ℝ", "complex": "ℂ"}
_BIG = {"sum": "∑", "product": "∏"}
_UNDER = {"maximum": "max", "minimum": "min", "argmax": "arg max", "argmin": "arg min"}
_BRACKETS = {"expect": "𝔼", "variance": "Var", "covariance": "Cov", "probability": "ℙ"}
_ACCENTS = {"\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0307": "˙", "\u0308": "¨"}
_WORDS = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "re": "Re", "im": "Im", "trace": "tr",
    "degree_matrix": "degree",
}  # fmt: skip
_APPLIED, _TIMES, _MINUS = "<mo>\u2061</mo>", "<mo>\u2062</mo>", "<mo>−</mo>"
_NEGATIVE = '<mo form="prefix">−</mo>'  # what negates stands close to what it negates
_THIN, _QUAD = '<mspace width="0.17em"/>', '<mspace width="1em"/>'
_WIDE = '<mspace width="0.4em"/>'
_CONTROL = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
_FIRST_NUMBER = re.compile(r"(<(mrow|msup|msub)>)*<mn>")
_FIRST_WORD = re.compile(r"(<(mrow|msup|msub)>)*<mi>\w\w")
_LAST_WORD = re.compile(r"<mi>\w\w+</mi>\Z")
_FIRST_BRACKET = re.compile(r"(<m(row|sup)>)*<mo[^>]*>\(")
_RISING = re.compile("<m(over|sup|subsup)>")
_TALL = re.compile("<m(frac|table|sqrt|under|underover)[ >]")


def mathml(term: Term, display: bool = False) -> str:
    """The term as a `math` element, in a line of text or on a line of its own."""
    return _whole(_text(term, FOR), display)


def mathml_type(kind: Type) -> str:
    """The set of all things of a type, as a `math` element."""
    return _whole(_kind(kind), False)


def mathml_name(symbol: str) -> str:
    """A symbol as a `math` element."""
    return _whole(name(symbol), False)


def _whole(row: str, display: bool) -> str:
    return f'<math display="block">{row}</math>' if display else f"<math>{row}</math>"


def name(symbol: str) -> str:
    """A symbol: one letter slanted, a word upright, accents above, `x_0` and `x0` with a subscript."""
    head, *rest = symbol.split("_")
    digits = len(head) - len(head.rstrip("0123456789"))
    if digits and digits < len(head):
        rest.insert(0, head[-digits:])
        head = head[:-digits]
    if not rest:
        return _letters(head)
    return f"<msub>{_letters(head)}{_one('<mo>,</mo>'.join(map(_letters, rest)))}</msub>"


def _letters(word: str) -> str:
    if word.isdigit():
        return _leaf("mn", word)
    marks = [c for c in unicodedata.normalize("NFD", word) if c in _ACCENTS]
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if c not in _ACCENTS)
    if len(bare) != 1:
        return _leaf("mi", word)
    text = _leaf("mi", bare)
    for mark in marks:
        text = f'<mover accent="true">{text}<mo stretchy="false">{_ACCENTS[mark]}</mo></mover>'
    return text


def _leaf(tag: str, text: str) -> str:
    """An element with text in it; characters that one cannot see are written as their numbers."""
    if not text.isprintable():
        text = "".join(f"\\u{ord(c):04x}" if unicodedata.category(c) in _CONTROL else c for c in text)
    return f"<{tag}>{escape(text)}</{tag}>"


def _upright(word: str) -> str:
    """The name of a function or operator."""
    if len(word) == 1 and word.isalpha():
        return f'<mi mathvariant="normal">{word}</mi>'
    return _leaf("mi", word)


def _words(text: str) -> str:
    """Text between formulas, with its spaces."""
    return f"<mtext>\u00a0{text}\u00a0</mtext>"


def _one(row: str) -> str:
    """The row as one element."""
    return row if row.count("<m") == 1 else f"<mrow>{row}</mrow>"


def _fenced(row: str, left: str = "(", right: str = ")") -> str:
    """Between brackets, which grow with what is tall and stay as they are beside what is not."""
    mo = "<mo>" if _TALL.search(row) else '<mo stretchy="false">'
    return f"<mrow>{mo}{left}</mo>{row}{mo}{right}</mo></mrow>"


def _text(term: Term, least: int) -> str:
    text, level = _show(term)
    return text if level >= least else _fenced(text)


def _all(terms: Iterable[Term]) -> str:
    return "<mo>,</mo>".join([_text(term, IMPLIES) for term in terms])


def _show(term: Term) -> Part:
    op = term.op
    if op in _RELATIONS:
        left, right = (_text(arg, SUM) for arg in term.args)
        return f"{left}{_leaf('mo', _RELATIONS[op])}{right}", RELATION
    if op in _CONNECTIVES:
        return _connective(term)
    if op in _BIG or op in _UNDER:
        return _scripts(term) + _text(term.args[0], BIG), BIG
    if op in _BRACKETS:
        return f"{_leaf('mi', _BRACKETS[op])}{_APPLIED}{_fenced(_all(term.args), '[', ']')}", ATOM
    shown = _SHOW.get(op)
    if shown is not None:
        return shown(term)
    return _function(op, term.args), ATOM


def _function(function: str, args: Iterable[Term]) -> str:
    if function in ("lambda_max", "lambda_min"):
        head = f"<msub><mi>λ</mi><mi>{function[-3:]}</mi></msub>"
    elif function == "gamma":
        head = _upright("Γ")
    elif function in ("vertices", "edges"):
        head = f"<mi>{function[0].upper()}</mi>"
    else:
        head = _upright(_WORDS.get(function, function.replace("_", "\u00a0")))
    return f"{head}{_APPLIED}{_fenced(_all(args))}"


# --- types -----------------------------------------------------------------------------------


def _kind(kind: Type) -> str:
    times = "<mo>×</mo>"
    if isinstance(kind, Scalar):
        return _leaf("mi", _NUMBERS[kind.domain])
    if isinstance(kind, Array):
        axes = times.join(map(_axis, kind.axes))
        return f"<msup>{_leaf('mi', _NUMBERS[kind.domain])}{_one(axes)}</msup>"
    if isinstance(kind, Function):
        return f"{times.join(map(_kind, kind.params))}<mo>→</mo>{_kind(kind.result)}"
    if isinstance(kind, Sequence):
        return f"<msup>{_fenced(_kind(kind.item))}<mi>ℤ</mi></msup>"
    if isinstance(kind, Vertex):
        return _function("vertices", [kind.graph])
    word = "graphs" if isinstance(kind, Graph) else "statements" if isinstance(kind, Prop) else "sets"
    return f"<mtext>{word}</mtext>"


def _axis(axis: Term) -> str:
    """n for the indices 1..n."""
    if axis.op == "range" and axis.args[0].op == "num" and axis.args[0].data == 1:
        return _text(axis.args[1], SUM)
    return _text(axis, SUM)


# --- numbers and arrays ------------------------------------------------------------------------


def _digits(value: Fraction) -> str:
    text = number(value)
    return _leaf("mn" if text.isdigit() else "mtext", text)


def _num(term: Term) -> Part:
    value: Fraction = term.data  # type: ignore[assignment]
    sign = _NEGATIVE if value < 0 else ""
    over = _digits(Fraction(abs(value.numerator)))
    if value.denominator == 1:
        return sign + over, NEGATIVE if sign else ATOM
    text = f"{sign}<mfrac>{over}{_digits(Fraction(value.denominator))}</mfrac>"
    return text, NEGATIVE if sign else PRODUCT


def _add(term: Term) -> Part:
    parts = [_text(term.args[0], NEGATIVE)]
    for arg in term.args[1:]:
        if arg.op == "neg":
            parts.append(_MINUS + _text(arg.args[0], BIG))
        else:
            parts.append("<mo>+</mo>" + _text(arg, BIG))
    return "".join(parts), SUM


def _product(term: Term) -> Part:
    factors = _factors(term)
    text = _text(factors[0], PRODUCT if len(factors) > 1 else BIG)
    for k, factor in enumerate(factors[1:], start=1):
        more = _text(factor, BIG if k == len(factors) - 1 else PRODUCT)
        if _FIRST_NUMBER.match(more) or (more.startswith("<mfrac>") and text.endswith("</mn>")):
            text += "<mo>⋅</mo>"
        elif _FIRST_WORD.match(more) or _LAST_WORD.search(text) or _FIRST_BRACKET.match(more):
            text += _TIMES + _THIN
        else:
            text += _TIMES
        text += more
    return text, PRODUCT


def _factors(term: Term) -> list[Term]:
    if term.op == "mul":
        return [f for arg in term.args for f in (_factors(arg) if arg.op == "matmul" else [arg])]
    if term.op not in ("scale", "matmul"):
        return [term]
    left, right = term.args
    first = _factors(left) if left.op in ("mul", "matmul") else [left]
    return [*first, *(_factors(right) if term.op == "scale" and right.op == "matmul" else [right])]


def _raised(base: Term, exponent: str) -> Part:
    """A power; a fraction, a number with a sign and what has a superscript already stand in parentheses."""
    text, level = _show(base)
    if level == ATOM and text.startswith("<msub>") and text.endswith("</msub>"):  # one above the other
        return f"<msubsup>{text[6:-7]}{_one(exponent)}</msubsup>", POWER
    if level < ATOM or text.startswith("<mfrac>"):
        text = _fenced(text)
    return f"<msup>{_one(text)}{_one(exponent)}</msup>", POWER


def _exponent(term: Term) -> str:
    """What is raised; a fraction of numbers stays on its line there."""
    if term.op == "neg" and term.args[0].op == "num":
        return _NEGATIVE + _exponent(term.args[0])
    if term.op == "num" and isinstance(term.data, Fraction) and term.data.denominator != 1:
        over, under = (_digits(Fraction(part)) for part in (term.data.numerator, term.data.denominator))
        return f"{over}<mo>/</mo>{under}"
    return _text(term, FOR)


def _call(term: Term) -> Part:
    function, args = str(term.data), term.args
    inner = _text(args[0], FOR)
    if function == "abs" and not isinstance(args[0].type, Array):
        return _fenced(inner, "|", "|"), ATOM
    if function == "floor":
        return _fenced(inner, "⌊", "⌋"), ATOM
    if function == "ceil":
        return _fenced(inner, "⌈", "⌉"), ATOM
    if function == "sqrt":
        height = "" if _TALL.search(inner) else ' class="mid"' if _RISING.search(inner) else ' class="low"'
        return f"<msqrt{height}>{inner}</msqrt>", ATOM
    if function == "conj":
        return f"<mover>{_one(inner)}<mo>¯</mo></mover>", ATOM
    if function == "factorial":
        return f"{_text(args[0], ATOM)}<mo>!</mo>", POWER
    if function == "binomial":
        below = _one(_text(args[1], FOR))
        return _fenced(f'<mfrac linethickness="0">{_one(inner)}{below}</mfrac>'), ATOM
    if function == "mod":
        return f"{_text(args[0], PRODUCT)}{_words('mod')}{_text(args[1], POWER)}", BIG
    return _function(function, args), ATOM


def _index(term: Term) -> Part:
    """h[t][i] and h[t, i] alike are h with two subscripts."""
    indices: list[Term] = []
    while term.op == "index":
        indices[:0] = term.args[1:]
        term = term.args[0]
    base = _show(term)[0]
    if term.op != "sym" or base.startswith("<msub>"):
        base = _fenced(base)
    below = "<mo>,</mo>".join([_text(arg, SUM) for arg in indices])
    return f"<msub>{_one(base)}{_one(below)}</msub>", ATOM


def _table(rows: Iterable[Iterable[str]]) -> str:
    lines = ["".join(f"<mtd>{cell}</mtd>" for cell in row) for row in rows]
    return f"<mtable>{''.join(f'<mtr>{line}</mtr>' for line in lines)}</mtable>"


def _entries(term: Term) -> Part:
    rows = [row.args if row.op == "entries" else (row,) for row in term.args]
    table = _table([_text(entry, IMPLIES) for entry in row] for row in rows)
    return f'<mrow class="matrix"><mo>(</mo>{table}<mo>)</mo></mrow>', ATOM


def _filled(term: Term) -> Part:
    digit = "𝟏" if term.op == "ones" else "𝟎"
    sizes = _one("<mo>×</mo>".join(map(_axis, term.args)))
    if term.data:
        return f"<msubsup><mn>{digit}</mn>{sizes}<mo>⊤</mo></msubsup>", POWER
    return f"<msub><mn>{digit}</mn>{sizes}</msub>", ATOM


def _cases(term: Term) -> Part:
    args = term.args
    rows = [
        (_text(value, IMPLIES), f"<mtext>if\u00a0</mtext>{_text(condition, IMPLIES)}")
        for condition, value in zip(args[:-1:2], args[1:-1:2], strict=True)
    ]
    rows.append((_text(args[-1], IMPLIES), "<mtext>otherwise</mtext>"))
    return f'<mrow class="cases"><mo>{{</mo>{_table(rows)}</mrow>', ATOM


# --- sets and binders ---------------------------------------------------------------------------


def _range(term: Term) -> Part:
    low, high = (_text(arg, SUM) for arg in term.args)
    return _fenced(f"{low}<mo>,</mo><mo>…</mo><mo>,</mo>{high}", "{", "}"), ATOM


def _interval(term: Term) -> Part:
    left, right = list(str(term.data))
    return _fenced(_all(term.args), left, right), ATOM


def _type(term: Term) -> Part:
    assert isinstance(term.type, Domain)
    return _kind(term.type.items[0]), ATOM


def _tuple(names: Iterable[str]) -> str:
    found = [name(n) for n in names]
    return found[0] if len(found) == 1 else _fenced("<mo>,</mo>".join(found))


def _groups(term: Term) -> list[tuple[str, Term]]:
    """The bound names and the set that each group ranges over."""
    data: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    return list(zip(map(_tuple, data), term.args[1:], strict=True))


def _scripts(term: Term) -> str:
    """A big operator with what stands under and above it."""
    op = _leaf("mo", _BIG[term.op]) if term.op in _BIG else _leaf("mi", _UNDER[term.op])
    groups = _groups(term)
    if len(groups) == 1 and groups[0][1].op == "range" and term.op in _BIG:
        low, high = groups[0][1].args
        below = f"{groups[0][0]}<mo>=</mo>{_text(low, SUM)}"
        return f"<munderover>{op}{_one(below)}{_one(_text(high, SUM))}</munderover>"
    return f"<munder>{op}{_one(_members(groups))}</munder>"


def _members(groups: Iterable[tuple[str, Term]]) -> str:
    found = []
    for names, domain in groups:
        if domain.op == "range":
            low, high = (_text(arg, SUM) for arg in domain.args)
            found.append(f"{low}<mo>≤</mo>{names}<mo>≤</mo>{high}")
        else:
            found.append(f"{names}<mo>∈</mo>{_text(domain, SUM)}")
    return "<mo>,</mo>".join(found)


def _array(term: Term) -> Part:
    return f"<msub>{_fenced(_text(term.args[0], IMPLIES))}{_one(_members(_groups(term)))}</msub>", POWER


def _lambda(term: Term) -> Part:
    names = [names for names, _ in _groups(term)]
    left = names[0] if len(names) == 1 else _fenced("<mo>,</mo>".join(names))
    return _fenced(f"{left}<mo>↦</mo>{_text(term.args[0], IMPLIES)}"), ATOM


def _bound(term: Term) -> str:
    data: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    return name(data[0][0])


def _is(point: Term, term: Term) -> bool:
    """Is it the bound variable of the term?"""
    data: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    return point.op == "sym" and point.data == data[0][0]


def _integral(term: Term) -> Part:
    body, low, high = term.args
    sign = f"<msubsup><mo>∫</mo>{_one(_text(low, SUM))}{_one(_text(high, SUM))}</msubsup>"
    return f"{sign}{_text(body, PRODUCT)}{_THIN}{_upright('d')}{_bound(term)}", BIG


def _derivative(term: Term) -> Part:
    body, point = term.args[:2]
    variable = _bound(term)
    if term.op == "diff":
        order = term.args[2]
        times = order.data if isinstance(order.data, Fraction) else None
        if body.op == "apply" and body.args[0].op == "sym" and _is(body.args[1], term) and times != 0:
            function = name(str(body.args[0].data))
            if times in (1, 2, 3):  # a prime stands high as it is
                function += f'<mo lspace="0" rspace="0">{"′″‴"[int(times) - 1]}</mo>'
            else:
                function = f"<msup>{_one(function)}{_fenced(_text(order, FOR))}</msup>"
            return f"{function}{_APPLIED}{_fenced(_text(point, FOR))}", ATOM
        power = _one(_text(order, FOR))
        d = _upright("d")
        if times == 1:
            operator = f"<mfrac>{d}<mrow>{d}{variable}</mrow></mfrac>"
        else:
            below = f"<mrow>{d}<msup>{_one(variable)}{power}</msup></mrow>"
            operator = f"<mfrac><msup>{d}{power}</msup>{below}</mfrac>"
    elif term.op == "jacobian":
        operator = f"<mfrac><mo>∂</mo><mrow><mo>∂</mo>{variable}</mrow></mfrac>"
    elif term.op == "grad":
        operator = f"<msub><mo>∇</mo>{_one(variable)}</msub>"
    else:
        operator = f"<msubsup><mo>∇</mo>{_one(variable)}<mn>2</mn></msubsup>"
    text = f"{operator}{_THIN}{_text(body, POWER)}"
    if _is(point, term):
        return text, BIG
    where = _one(f"{variable}<mo>=</mo>{_text(point, SUM)}")
    return f"<msub><mrow>{text}<mo>|</mo></mrow>{where}</msub>", BIG


def _limit(term: Term) -> Part:
    body, point, side = term.args
    target = _text(point, SUM)
    sign = {1: "<mo>+</mo>", -1: _MINUS}.get(int(side.data))  # type: ignore[call-overload]
    if sign is not None:
        target = f"<msup>{_one(target)}{sign}</msup>"
    below = _one(f"{_bound(term)}<mo>→</mo>{target}")
    return f"<munder><mi>lim</mi>{below}</munder>{_APPLIED}{_THIN}{_text(body, BIG)}", BIG


# --- statements -----------------------------------------------------------------------------------


def _connective(term: Term) -> Part:
    link, level = _CONNECTIVES[term.op]
    args = term.args
    if term.op == "and" and all(a.op in _RELATIONS for a in args):
        if all(a.args[1] == b.args[0] for a, b in pairwise(args)):
            parts = [_text(args[0].args[0], SUM)]
            parts += [_leaf("mo", _RELATIONS[a.op]) + _text(a.args[1], SUM) for a in args]
            return "".join(parts), RELATION
    between = _words(link) if link.isalpha() else f"{_WIDE}<mo>{link}</mo>{_WIDE}"
    return between.join([_text(arg, level + 1) for arg in args]), level


def _belong(term: Term) -> str:
    return "<mo>,</mo>".join([f"{names}<mo>∈</mo>{_text(domain, SUM)}" for names, domain in _groups(term)])


def _forall(term: Term) -> Part:
    body, where = term.args[0], _belong(term)
    if body.op == "implies":
        condition, body = body.args
        where += _words("with") + _text(condition, IMPLIES)
    return f"{_text(body, FOR)}{_QUAD}<mtext>for all\u00a0</mtext>{where}", FOR


def _exists(term: Term) -> Part:
    return f"<mo>∃</mo>{_belong(term)}<mo>:</mo>{_text(term.args[0], IMPLIES)}", FOR


def _listed(term: Term) -> str:
    data: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    return "<mo>,</mo>".join(map(name, data[0]))


def _solve(term: Term) -> Part:
    body = _text(term.args[0], IMPLIES)
    return f"<mtext>solve for\u00a0</mtext>{_listed(term)}<mo>:</mo>{body}", FOR


def _order(term: Term) -> Part:
    f, g = _text(term.args[0], SUM), _fenced(_text(term.args[1], FOR))
    if term.op == "theta":
        return f"{f}<mo>=</mo>{_upright('Θ')}{_APPLIED}{g}{_words('in')}{_listed(term)}", RELATION
    letter = "<mi>o</mi>" if term.op == "little_o" else "<mi>O</mi>"
    where = f"{_words('as')}{_bound(term)}<mo>→</mo>{_text(term.args[2], SUM)}"
    return f"{f}<mo>=</mo>{letter}{_APPLIED}{g}{where}", RELATION


def _norm(kind: str) -> Callable[[Term], Part]:
    def show(term: Term) -> Part:
        bars = _fenced(_text(term.args[0], FOR), "‖", "‖")
        return (f"<msub>{bars}{kind}</msub>" if kind else bars), ATOM

    return show


_CONSTANTS = {"pi": "π", "oo": "∞"}
_SHOW: dict[str, Callable[[Term], Part]] = {
    "sym": lambda t: (name(str(t.data)), ATOM),
    "num": _num,
    "const": lambda t: (_leaf("mi", _CONSTANTS.get(str(t.data), str(t.data))), ATOM),
    "add": _add,
    "neg": lambda t: (_NEGATIVE + _text(t.args[0], BIG), NEGATIVE),
    **dict.fromkeys(("mul", "scale", "matmul"), _product),
    "div": lambda t: (f"<mfrac>{_one(_text(t.args[0], FOR))}{_one(_text(t.args[1], FOR))}</mfrac>", PRODUCT),
    **dict.fromkeys(("pow", "matpow"), lambda t: _raised(t.args[0], _exponent(t.args[1]))),
    "inverse": lambda t: _raised(t.args[0], f"{_NEGATIVE}<mn>1</mn>"),
    "transpose": lambda t: _raised(t.args[0], "<mo>⊤</mo>"),
    "hadamard": lambda t: (f"{_text(t.args[0], POWER)}<mo>⊙</mo>{_text(t.args[1], POWER)}", BIG),
    "dot": lambda t: (_fenced(_all(t.args), "⟨", "⟩"), ATOM),
    "call": _call,
    "apply": lambda t: (f"{_text(t.args[0], ATOM)}{_APPLIED}{_fenced(_all(t.args[1:]))}", ATOM),
    "index": _index,
    "norm": _norm(""),
    "opnorm": _norm("<mn>2</mn>"),
    "fronorm": _norm("<mi>F</mi>"),
    "cardinality": lambda t: (_fenced(_text(t.args[0], FOR), "|", "|"), ATOM),
    "eye": lambda t: (f"<msub><mi>I</mi>{_one(_axis(t.args[0]))}</msub>", ATOM),
    **dict.fromkeys(("ones", "zeros"), _filled),
    "softmax": lambda t: (_function("softmax_columns" if t.data else "softmax", t.args), ATOM),
    "degree": lambda t: (f"<mi>deg</mi>{_APPLIED}{_fenced(_text(t.args[1], FOR))}", ATOM),
    "entries": _entries,
    "cases": _cases,
    "bracket": lambda t: (_fenced(_text(t.args[0], FOR), "[", "]"), ATOM),
    "range": _range,
    "interval": _interval,
    **dict.fromkeys(("numbers", "arrays", "functions", "sequences", "graphs"), _type),
    "array": _array,
    "lambda": _lambda,
    "integral": _integral,
    **dict.fromkeys(("diff", "grad", "jacobian", "hessian"), _derivative),
    "limit": _limit,
    "not": lambda t: (f"<mo>¬</mo>{_text(t.args[0], RELATION)}", NOT),
    "in": lambda t: (f"{_text(t.args[0], SUM)}<mo>∈</mo>{_text(t.args[1], SUM)}", RELATION),
    "forall": _forall,
    "exists": _exists,
    "solve": _solve,
    **dict.fromkeys(("little_o", "big_o", "theta"), _order),
    "psd": lambda t: (f"{_text(t.args[0], SUM)}<mo>⪰</mo><mn>0</mn>", RELATION),
    "independent": lambda t: ("<mo>⫫</mo>".join([_text(a, SUM) for a in t.args]), RELATION),
    "true": lambda t: ("<mtext>true</mtext>", ATOM),
    "false": lambda t: ("<mtext>false</mtext>", ATOM),
}
