"""Terms as conventional LaTeX, for math mode."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise

from symproof.terms.plain import number
from symproof.terms.tree import Term
from symproof.terms.types import Array, Domain, Function, Graph, Prop, Scalar, Sequence, Type, Vertex

FOR, IMPLIES, OR, AND, NOT, RELATION, SUM, NEGATIVE, BIG, PRODUCT, POWER, ATOM = range(12)
_RELATIONS = {"eq": "=", "ne": r"\neq", "lt": "<", "le": r"\leq", "gt": ">", "ge": r"\geq"}
_CONNECTIVES = {
    "and": (r" \text{ and } ", AND),
    "or": (r" \text{ or } ", OR),
    "implies": (r" \implies ", IMPLIES),
    "iff": (r" \iff ", IMPLIES),
}
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ",
        r"\alpha \beta \gamma \delta \varepsilon \zeta \eta \theta \iota \kappa \lambda \mu \nu \xi \pi \rho "
        r"\sigma \tau \upsilon \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon "
        r"\Phi \Psi \Omega".split(),
        strict=True,
    )
)
_ACCENTS = {
    "\u0302": r"\hat", "\u0303": r"\tilde", "\u0304": r"\bar", "\u0307": r"\dot", "\u0308": r"\ddot",
}  # fmt: skip
_NUMBERS = {"integer": r"\mathbb{Z}", "real": r"\mathbb{R}", "complex": r"\mathbb{C}"}
_BIG = {
    "sum": r"\sum", "product": r"\prod", "maximum": r"\max", "minimum": r"\min",
    "argmax": r"\operatorname*{arg\,max}", "argmin": r"\operatorname*{arg\,min}",
}  # fmt: skip
# Functions that LaTeX has a command for; the others are written upright.
_COMMANDS = {
    "exp": r"\exp", "log": r"\log", "sin": r"\sin", "cos": r"\cos", "tan": r"\tan", "asin": r"\arcsin",
    "acos": r"\arccos", "atan": r"\arctan", "sinh": r"\sinh", "cosh": r"\cosh", "tanh": r"\tanh",
    "gamma": r"\Gamma", "max": r"\max", "min": r"\min", "re": r"\operatorname{Re}",
    "im": r"\operatorname{Im}",
    "det": r"\det", "trace": r"\operatorname{tr}", "lambda_max": r"\lambda_{\max}",
    "lambda_min": r"\lambda_{\min}", "degree_matrix": r"\operatorname{degree}", "vertices": "V", "edges": "E",
}  # fmt: skip
_AROUND = {
    "floor": (r"\lfloor ", r" \rfloor"),
    "ceil": (r"\lceil ", r" \rceil"),
    "sqrt": (r"\sqrt{", "}"),
    "conj": (r"\overline{", "}"),
}
_TIMES, _ROWS = r" \times ", r" \\ "
_BRACKETS = {
    "expect": r"\mathbb{E}", "variance": r"\operatorname{Var}", "covariance": r"\operatorname{Cov}",
    "probability": r"\mathbb{P}",
}  # fmt: skip


def latex(term: Term) -> str:
    """The term as LaTeX."""
    return _text(term, FOR)


def latex_type(kind: Type) -> str:
    """The set of all things of a type, as LaTeX."""
    if isinstance(kind, Scalar):
        return _NUMBERS[kind.domain]
    if isinstance(kind, Array):
        return f"{_NUMBERS[kind.domain]}^{{{_TIMES.join(map(_axis, kind.axes))}}}"
    if isinstance(kind, Function):
        return rf"{_TIMES.join(map(latex_type, kind.params))} \to {latex_type(kind.result)}"
    if isinstance(kind, Sequence):
        return rf"({latex_type(kind.item)})^{{\mathbb{{Z}}}}"
    if isinstance(kind, Vertex):
        return f"V({latex(kind.graph)})"
    word = "graphs" if isinstance(kind, Graph) else "statements" if isinstance(kind, Prop) else "sets"
    return rf"\text{{{word}}}"


def name(symbol: str) -> str:
    """A symbol: Greek letters and accents as commands, `x_0` and `x0` with a subscript."""
    head, *rest = symbol.split("_")
    digits = len(head) - len(head.rstrip("0123456789"))
    if digits and digits < len(head):
        rest.insert(0, head[-digits:])
        head = head[:-digits]
    text = _letters(head)
    return f"{text}_{{{','.join(map(_letters, rest))}}}" if rest else text


def _letters(word: str) -> str:
    """One letter as it is, a word upright."""
    parts: list[str] = []
    for c in unicodedata.normalize("NFD", word):
        if c in _ACCENTS and parts:
            parts[-1] = f"{_ACCENTS[c]}{{{parts[-1]}}}"
        elif c in _GREEK:
            parts.append(_GREEK[c])
        elif c.isalnum():
            parts.append(c)
    if len(parts) == 1 or word.isdigit():
        return "".join(parts)
    return rf"\mathrm{{{' '.join(parts) if any(len(p) > 1 for p in parts) else ''.join(parts)}}}"


def _axis(axis: Term) -> str:
    """n for the indices 1..n."""
    if axis.op == "range" and axis.args[0].op == "num" and axis.args[0].data == 1:
        return _text(axis.args[1], SUM)
    return _text(axis, SUM)


def _text(term: Term, least: int) -> str:
    text, level = _show(term)
    return text if level >= least else rf"\left({text}\right)"


def _all(terms: Iterable[Term]) -> str:
    return ", ".join([_text(term, IMPLIES) for term in terms])


def _show(term: Term) -> tuple[str, int]:
    op = term.op
    if op in _RELATIONS:
        left, right = (_text(arg, SUM) for arg in term.args)
        return f"{left} {_RELATIONS[op]} {right}", RELATION
    if op in _CONNECTIVES:
        return _connective(term)
    if op in _BIG:
        return f"{_BIG[op]}{_scripts(term)} {_text(term.args[0], BIG)}", BIG
    if op in _BRACKETS:
        return rf"{_BRACKETS[op]}\left[{_all(term.args)}\right]", ATOM
    shown = _SHOW.get(op)
    if shown is not None:
        return shown(term)
    return _function(op, term.args), ATOM


def _function(function: str, args: Iterable[Term]) -> str:
    command = _COMMANDS.get(function, rf"\operatorname{{{function.replace('_', ' ')}}}")
    return rf"{command}\left({_all(args)}\right)"


# --- numbers and arrays ------------------------------------------------------------------------


def _num(term: Term) -> tuple[str, int]:
    value: Fraction = term.data  # type: ignore[assignment]
    sign = "-" if value < 0 else ""
    level = NEGATIVE if sign else ATOM
    if value.denominator == 1:
        text = number(abs(value))
        return sign + (text if text.isdigit() else rf"\text{{{text}}}"), level
    return (
        rf"{sign}\frac{{{number(Fraction(abs(value.numerator)))}}}{{{value.denominator}}}",
        level or PRODUCT,
    )


def _add(term: Term) -> tuple[str, int]:
    parts = [_text(term.args[0], NEGATIVE)]
    for arg in term.args[1:]:
        if arg.op == "neg":
            parts.append(f" - {_text(arg.args[0], BIG)}")
        else:
            parts.append(f" + {_text(arg, BIG)}")
    return "".join(parts), SUM


def _product(term: Term) -> tuple[str, int]:
    factors = _factors(term)
    text = _text(factors[0], PRODUCT if len(factors) > 1 else BIG)
    for k, factor in enumerate(factors[1:], start=1):
        last = k == len(factors) - 1 and factor.op != "hadamard" and factor.data != "mod"
        more = _text(factor, BIG if last else PRODUCT)
        apart = more[0].isdigit() or (more.startswith(r"\frac") and text[-1:].isdigit())
        text += (r" \cdot " if apart else r" \, " if more.startswith(r"\left(") else " ") + more
    return text, PRODUCT


def _factors(term: Term) -> list[Term]:
    if term.op == "mul":
        return [f for arg in term.args for f in (_factors(arg) if arg.op == "matmul" else [arg])]
    if term.op not in ("scale", "matmul"):
        return [term]
    left, right = term.args
    first = _factors(left) if left.op in ("mul", "matmul") else [left]
    return [*first, *(_factors(right) if term.op == "scale" and right.op == "matmul" else [right])]


def _power(term: Term) -> tuple[str, int]:
    base, exponent = term.args
    return f"{_base(base)}^{{{_text(exponent, FOR)}}}", POWER


def _base(term: Term) -> str:
    """What can carry a superscript: a fraction or a number with a sign cannot."""
    text, level = _show(term)
    plain_fraction = term.op in ("div", "num") and r"\frac" in text
    return text if level >= ATOM and not plain_fraction else rf"\left({text}\right)"


def _call(term: Term) -> tuple[str, int]:
    function, args = str(term.data), term.args
    if function == "abs" and not isinstance(args[0].type, Array):
        return rf"\left\lvert {_text(args[0], FOR)} \right\rvert", ATOM
    if function in _AROUND:
        before, behind = _AROUND[function]
        return f"{before}{_text(args[0], FOR)}{behind}", ATOM
    if function == "factorial":
        return f"{_text(args[0], ATOM)}!", ATOM
    if function == "binomial":
        return rf"\binom{{{_text(args[0], FOR)}}}{{{_text(args[1], FOR)}}}", ATOM
    if function == "mod":
        return rf"{_text(args[0], PRODUCT)} \bmod {_text(args[1], POWER)}", BIG
    return _function(function, args), ATOM


def _index(term: Term) -> tuple[str, int]:
    """h[t][i] and h[t, i] alike are h with two subscripts."""
    indices: list[Term] = []
    while term.op == "index":
        indices[:0] = term.args[1:]
        term = term.args[0]
    base = _show(term)[0]
    if term.op != "sym" or "_" in base:
        base = rf"\left({base}\right)"
    return f"{base}_{{{','.join([_text(arg, SUM) for arg in indices])}}}", ATOM


def _entries(term: Term) -> tuple[str, int]:
    rows = [row.args if row.op == "entries" else (row,) for row in term.args]
    body = _ROWS.join([" & ".join([_text(entry, IMPLIES) for entry in row]) for row in rows])
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}", ATOM


def _filled(term: Term) -> tuple[str, int]:
    digit = "1" if term.op == "ones" else "0"
    sizes = _TIMES.join(map(_axis, term.args))
    text = rf"\mathbf{{{digit}}}_{{{sizes}}}"
    return (rf"{text}^{{\top}}", POWER) if term.data else (text, ATOM)


def _cases(term: Term) -> tuple[str, int]:
    args = term.args
    rows = [
        rf"{_text(value, IMPLIES)} & \text{{if }} {_text(condition, IMPLIES)}"
        for condition, value in zip(args[:-1:2], args[1:-1:2], strict=True)
    ]
    rows.append(rf"{_text(args[-1], IMPLIES)} & \text{{otherwise}}")
    return rf"\begin{{cases}} {_ROWS.join(rows)} \end{{cases}}", ATOM


# --- sets and binders ---------------------------------------------------------------------------


def _range(term: Term) -> tuple[str, int]:
    low, high = (_text(arg, SUM) for arg in term.args)
    return rf"\{{{low}, \ldots, {high}\}}", ATOM


def _interval(term: Term) -> tuple[str, int]:
    first, last = list(str(term.data))
    return rf"\left{first}{_all(term.args)}\right{last}", ATOM


def _type(term: Term) -> tuple[str, int]:
    assert isinstance(term.type, Domain)
    return latex_type(term.type.items[0]), ATOM


def _groups(term: Term) -> list[tuple[str, Term]]:
    """The bound names and the set that each group ranges over."""
    data: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    names = [name(g[0]) if len(g) == 1 else f"({', '.join(map(name, g))})" for g in data]
    return list(zip(names, term.args[1:], strict=True))


def _scripts(term: Term) -> str:
    """What stands under and above a big operator."""
    groups = _groups(term)
    if len(groups) == 1 and groups[0][1].op == "range" and term.op in ("sum", "product", "array"):
        low, high = groups[0][1].args
        return f"_{{{groups[0][0]}={_text(low, SUM)}}}^{{{_text(high, SUM)}}}"
    return f"_{{{', '.join([_member(names, domain) for names, domain in groups])}}}"


def _member(names: str, domain: Term) -> str:
    if domain.op == "range":
        return rf"{_text(domain.args[0], SUM)} \leq {names} \leq {_text(domain.args[1], SUM)}"
    return rf"{names} \in {_text(domain, SUM)}"


def _lambda(term: Term) -> tuple[str, int]:
    names = [names for names, _ in _groups(term)]
    left = names[0] if len(names) == 1 else f"({', '.join(names)})"
    return rf"\left({left} \mapsto {_text(term.args[0], IMPLIES)}\right)", ATOM


def _bound(term: Term) -> str:
    data: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    return name(data[0][0])


def _integral(term: Term) -> tuple[str, int]:
    body, low, high = term.args
    bounds = f"_{{{_text(low, SUM)}}}^{{{_text(high, SUM)}}}"
    return rf"\int{bounds} {_text(body, PRODUCT)} \, d{_bound(term)}", BIG


def _derivative(term: Term) -> tuple[str, int]:
    body, point = term.args[:2]
    variable = _bound(term)
    if term.op == "diff":
        order = _text(term.args[2], FOR)
        power = "" if order == "1" else f"^{{{order}}}"
        if body.op == "apply" and body.args[0].op == "sym" and len(power) < 5 and _is(body.args[1], term):
            primes = "'" * int(order) if order.isdigit() else rf"^{{({order})}}"
            return rf"{name(str(body.args[0].data))}{primes}\left({_text(point, FOR)}\right)", ATOM
        operator = rf"\frac{{d{power}}}{{d{variable}{power}}}"
    else:
        operator = {
            "grad": rf"\nabla_{{{variable}}}",
            "hessian": rf"\nabla_{{{variable}}}^{{2}}",
            "jacobian": rf"\frac{{\partial}}{{\partial {variable}}}",
        }[term.op]
    text = f"{operator} {_text(body, POWER)}"
    if _is(point, term):
        return text, BIG
    return rf"\left. {text} \right|_{{{variable} = {_text(point, SUM)}}}", BIG


def _is(point: Term, term: Term) -> bool:
    """Is it the bound variable of the term?"""
    data: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    return point.op == "sym" and point.data == data[0][0]


def _limit(term: Term) -> tuple[str, int]:
    body, point, side = term.args
    sign = {1: "^{+}", -1: "^{-}"}.get(int(side.data), "")  # type: ignore[call-overload]
    return rf"\lim_{{{_bound(term)} \to {_text(point, SUM)}{sign}}} {_text(body, BIG)}", BIG


# --- statements -----------------------------------------------------------------------------------


def _connective(term: Term) -> tuple[str, int]:
    link, level = _CONNECTIVES[term.op]
    args = term.args
    if term.op == "and" and all(a.op in _RELATIONS for a in args):
        if all(a.args[1] == b.args[0] for a, b in pairwise(args)):
            parts = [_text(args[0].args[0], SUM)]
            parts += [f"{_RELATIONS[a.op]} {_text(a.args[1], SUM)}" for a in args]
            return " ".join(parts), RELATION
    return link.join([_text(arg, level + 1) for arg in args]), level


def _forall(term: Term) -> tuple[str, int]:
    body = term.args[0]
    where = ", ".join([rf"{names} \in {_text(domain, SUM)}" for names, domain in _groups(term)])
    if body.op == "implies":
        condition, body = body.args
        where += rf" \text{{ with }} {_text(condition, IMPLIES)}"
    return rf"{_text(body, IMPLIES)} \quad \text{{for all }} {where}", FOR


def _exists(term: Term) -> tuple[str, int]:
    where = ", ".join([rf"{names} \in {_text(domain, SUM)}" for names, domain in _groups(term)])
    return rf"\exists {where} : {_text(term.args[0], IMPLIES)}", FOR


def _solve(term: Term) -> tuple[str, int]:
    data: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    return rf"\text{{solve for }} {', '.join(map(name, data[0]))} : {_text(term.args[0], IMPLIES)}", FOR


def _order(term: Term) -> tuple[str, int]:
    f, g = _text(term.args[0], SUM), _text(term.args[1], FOR)
    if term.op == "theta":
        data: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        return rf"{f} = \Theta\left({g}\right) \text{{ in }} {', '.join(map(name, data[0]))}", RELATION
    letter = "o" if term.op == "little_o" else "O"
    return (
        rf"{f} = {letter}\left({g}\right) \text{{ as }} {_bound(term)} \to {_text(term.args[2], SUM)}",
        RELATION,
    )


def _with_arguments(term: Term) -> tuple[str, int]:
    return rf"{_text(term.args[0], ATOM)}\left({_all(term.args[1:])}\right)", ATOM


_CONSTANTS = {"pi": r"\pi", "oo": r"\infty"}
_SHOW: dict[str, Callable[[Term], tuple[str, int]]] = {
    "sym": lambda t: (name(str(t.data)), ATOM),
    "num": _num,
    "const": lambda t: (_CONSTANTS.get(str(t.data), str(t.data)), ATOM),
    "add": _add,
    "neg": lambda t: (f"-{_text(t.args[0], BIG)}", NEGATIVE),
    "mul": _product,
    "scale": _product,
    "matmul": _product,
    "div": lambda t: (rf"\frac{{{_text(t.args[0], FOR)}}}{{{_text(t.args[1], FOR)}}}", PRODUCT),
    "pow": _power,
    "matpow": _power,
    "inverse": lambda t: (f"{_base(t.args[0])}^{{-1}}", POWER),
    "transpose": lambda t: (rf"{_base(t.args[0])}^{{\top}}", POWER),
    "hadamard": lambda t: (rf"{_text(t.args[0], POWER)} \odot {_text(t.args[1], POWER)}", BIG),
    "dot": lambda t: (rf"\left\langle {_all(t.args)} \right\rangle", ATOM),
    "call": _call,
    "apply": _with_arguments,
    "index": _index,
    "norm": lambda t: (rf"\left\lVert {_text(t.args[0], FOR)} \right\rVert", ATOM),
    "opnorm": lambda t: (rf"\left\lVert {_text(t.args[0], FOR)} \right\rVert_{{2}}", ATOM),
    "fronorm": lambda t: (rf"\left\lVert {_text(t.args[0], FOR)} \right\rVert_{{F}}", ATOM),
    "cardinality": lambda t: (rf"\left\lvert {_text(t.args[0], FOR)} \right\rvert", ATOM),
    "eye": lambda t: (f"I_{{{_axis(t.args[0])}}}", ATOM),
    "ones": _filled,
    "zeros": _filled,
    "softmax": lambda t: (_function("softmax columns" if t.data else "softmax", t.args), ATOM),
    "degree": lambda t: (rf"\deg\left({_text(t.args[1], FOR)}\right)", ATOM),
    "entries": _entries,
    "cases": _cases,
    "bracket": lambda t: (rf"\left[{_text(t.args[0], FOR)}\right]", ATOM),
    "range": _range,
    "interval": _interval,
    **dict.fromkeys(("numbers", "arrays", "functions", "sequences", "graphs"), _type),
    "array": lambda t: (rf"\left({_text(t.args[0], IMPLIES)}\right){_scripts(t)}", POWER),
    "lambda": _lambda,
    "integral": _integral,
    **dict.fromkeys(("diff", "grad", "jacobian", "hessian"), _derivative),
    "limit": _limit,
    "not": lambda t: (rf"\lnot {_text(t.args[0], RELATION)}", NOT),
    "in": lambda t: (rf"{_text(t.args[0], SUM)} \in {_text(t.args[1], SUM)}", RELATION),
    "forall": _forall,
    "exists": _exists,
    "solve": _solve,
    **dict.fromkeys(("little_o", "big_o", "theta"), _order),
    "psd": lambda t: (rf"{_text(t.args[0], SUM)} \succeq 0", RELATION),
    "independent": lambda t: (r" \perp ".join([_text(a, SUM) for a in t.args]), RELATION),
    "true": lambda t: (r"\top", ATOM),
    "false": lambda t: (r"\bot", ATOM),
}
