"""Terms as plain text in the claim language.

Reading the text back under the same declarations gives the same term, so
parentheses stand exactly where leaving them out would change the tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise

from symproof.terms.build import FUNCTIONS
from symproof.terms.rewrite import bound_type
from symproof.terms.tree import Term
from symproof.terms.types import (
    INTEGER,
    REAL,
    Array,
    Domain,
    Function,
    Graph,
    Prop,
    Scalar,
    Sequence,
    Type,
    Vertex,
)

# From loose to tight; a text of some level needs parentheses where a tighter one is wanted.
FOR, IFF, IMPLIES, OR, AND, NOT, RELATION, RANGE, SUM, NEGATIVE, PRODUCT, POWER, POSTFIX = range(13)
RELATIONS = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
_CONNECTIVES = {"and": AND, "or": OR, "implies": IMPLIES, "iff": IFF}
_BINDERS = {
    "sum": "sum",
    "product": "product",
    "maximum": "max",
    "minimum": "min",
    "argmax": "argmax",
    "argmin": "argmin",
}
_BRACKETS = {"expect": "E", "variance": "Var", "covariance": "Cov", "probability": "P"}
_ARRAYS = {1: "vector", 2: "matrix"}
# What is written when a symbol of the term has taken the usual letter.
_TAKEN = {"E": "\U0001d53c", "P": "\u2119", "i": "\u2148", "I": "eye"}
_LETTERS = {"pi": "π"}
# operator: its name before the arguments
_CALLS = {
    op: op
    for op in "hadamard dot opnorm fronorm trace det rank diag lambda_max lambda_min adjacency components "
    "independent psd integrable differentiable".split()
} | {"degree_matrix": "degree", "vertices": "V", "edges": "E"}


def plain(term: Term) -> str:
    """The term as text."""
    return _Printer(term).text(term, FOR)


def plain_type(type: Type) -> str:
    """The type as text."""
    if isinstance(type, Scalar):
        return type.domain
    if isinstance(type, Vertex):
        return f"vertex({plain(type.graph)})"
    if isinstance(type, Array):
        entries = "" if type.domain == "real" else f"{type.domain} "
        axes = ", ".join(map(_axis, type.axes))
        return f"{entries}{'row ' if type.row else ''}{_ARRAYS.get(len(type.axes), 'array')}({axes})"
    if isinstance(type, Sequence):
        return f"sequence of {plain_type(type.item)}"
    if isinstance(type, Function):
        if type.params == (REAL,) and type.result == REAL:
            return "function"
        return f"function({', '.join(map(plain_type, type.params))}) -> {plain_type(type.result)}"
    if isinstance(type, Prop):
        return "statement"
    return "graph" if isinstance(type, Graph) else "set"


def _axis(axis: Term) -> str:
    if axis.op == "range" and axis.args[0].op == "num" and axis.args[0].data == 1:
        axis = axis.args[1]
    return _Printer(axis).text(axis, IFF)


def type_of_domain(domain: Term) -> str | None:
    """The words for all things of a type; None for a set that is not a whole type."""
    if domain.op not in ("numbers", "arrays", "functions", "sequences", "graphs"):
        return None
    assert isinstance(domain.type, Domain)
    return plain_type(domain.type.items[0])


def number(value: Fraction) -> str:
    """An exact number; one with too many digits for a line by its length."""
    try:
        return str(value)
    except ValueError:
        digits = int(abs(value.numerator).bit_length() * 0.30103)
        return f"(a number of about {digits} digits)"


def literal(term: Term, least: int = 0) -> bool:
    """Is it an integer that is written with digits alone?"""
    value = term.data
    return isinstance(value, Fraction) and value.denominator == 1 and value >= least


class _Printer:
    def __init__(self, term: Term) -> None:
        self.symbols = {node.data for node in term.walk() if node.op == "sym"}
        self.bars = True  # may bars be written?

    def text(self, term: Term, least: int) -> str:
        """The term, in parentheses where it is looser than `least`."""
        text, level = self.show(term)
        return text if level >= least else f"({text})"

    def all(self, terms: Iterable[Term]) -> str:
        return ", ".join(map(self.argument, terms))

    def argument(self, term: Term) -> str:
        """Between commas, where `for` would swallow what follows."""
        return self.text(term, IFF)

    def letter(self, name: str) -> str:
        return _TAKEN[name] if name in self.symbols and name in _TAKEN else name

    def show(self, term: Term) -> tuple[str, int]:
        op = term.op
        if op in _CALLS:
            return f"{_CALLS[op]}({self.all(term.args)})", POSTFIX
        if op in RELATIONS:
            left, right = (self.text(arg, SUM) for arg in term.args)
            return f"{left} {RELATIONS[op]} {right}", RELATION
        if op in _BINDERS or op == "array":
            return self.binder(term), POSTFIX
        return _SHOW[op](self, term)

    # --- numbers and products ---------------------------------------------------------

    def num(self, term: Term) -> tuple[str, int]:
        value: Fraction = term.data  # type: ignore[assignment]
        if value < 0:
            return number(value), NEGATIVE
        return number(value), POSTFIX if value.denominator == 1 else PRODUCT

    def const(self, term: Term) -> tuple[str, int]:
        name = str(term.data)
        return _LETTERS.get(name, self.letter(name)), POSTFIX

    def add(self, term: Term) -> tuple[str, int]:
        parts = [self.text(term.args[0], NEGATIVE)]
        for arg in term.args[1:]:
            if arg.op == "neg":
                parts.append(f" - {self.text(arg.args[0], PRODUCT)}")
            else:
                parts.append(f" + {self.text(arg, NEGATIVE)}")
        return "".join(parts), SUM

    def neg(self, term: Term) -> tuple[str, int]:
        inner = term.args[0]
        text = self.text(inner, PRODUCT)
        if inner.op == "num" and not text.startswith("("):
            text = f"({text})"
        return f"-{text}", NEGATIVE

    def product(self, term: Term) -> tuple[str, int]:
        """A run of factors: numbers first, then arrays, without parentheses where none are needed."""
        factors = self.factors(term)
        text = self.head(factors[0])
        for factor in factors[1:]:
            more = self.text(factor, POWER)
            text += (" * " if more[0] in "[0123456789" else " ") + more
        return text, PRODUCT

    def head(self, term: Term) -> str:
        """The first factor, where a quotient needs no parentheses."""
        text, level = self.show(term)
        if term.op in ("div", "num") and level == PRODUCT and not isinstance(term.type, Array):
            return text
        return text if level >= POWER else f"({text})"

    def factors(self, term: Term) -> list[Term]:
        """The factors that reading collects into this very product."""
        if term.op == "mul":
            return [f for arg in term.args for f in (self.factors(arg) if arg.op == "matmul" else [arg])]
        if term.op == "scale":
            number, array = term.args
            first = self.factors(number) if number.op in ("mul", "matmul") else [number]
            return first + (self.factors(array) if array.op == "matmul" else [array])
        assert term.op == "matmul"
        left, right = term.args
        return [*(self.factors(left) if left.op == "matmul" else [left]), right]

    def div(self, term: Term) -> tuple[str, int]:
        top, below = term.args
        text, level = self.show(top)
        if level < PRODUCT:
            text = f"({text})"
        under = self.text(below, POWER)
        if literal(top) and literal(below):
            under = f"({under})"  # 1/2 is one number; this is a quotient of two
        return f"{text}/{under}", PRODUCT

    def pow(self, term: Term) -> tuple[str, int]:
        base, exponent = term.args
        return f"{self.text(base, POSTFIX)}^{self.exponent(exponent)}", POWER

    def exponent(self, term: Term) -> str:
        text, level = self.show(term)
        if level >= POSTFIX or term.op == "num" and "/" not in text:
            return text
        if term.op == "neg" and (term.args[0].op == "num" or self.show(term.args[0])[1] >= POSTFIX):
            return text
        return f"({text})"

    def matpow(self, term: Term) -> tuple[str, int]:
        base, exponent = term.args
        if exponent.op == "num" and exponent.data == -1:
            return f"matpow({self.all(term.args)})", POSTFIX
        return f"{self.text(base, POSTFIX)}^{self.exponent(exponent)}", POWER

    def inverse(self, term: Term) -> tuple[str, int]:
        return f"{self.text(term.args[0], POSTFIX)}^-1", POWER

    def transpose(self, term: Term) -> tuple[str, int]:
        return f"{self.text(term.args[0], POSTFIX)}'", POSTFIX

    # --- functions ------------------------------------------------------------------------

    def call(self, term: Term) -> tuple[str, int]:
        if term.data == "abs" and not isinstance(term.args[0].type, Array):
            return self.between_bars(term.args[0], "abs"), POSTFIX
        name = "Γ" if term.data == "gamma" else term.data
        return f"{name}({self.all(term.args)})", POSTFIX

    def between_bars(self, inner: Term, name: str) -> str:
        """|x|; bars within bars would close the outer ones, so then the function is written."""
        text = self.text(inner, IFF)
        return f"|{text}|" if self.bars and "|" not in text else f"{name}({text})"

    def norm(self, term: Term) -> tuple[str, int]:
        return self.between_bars(term.args[0], "norm"), POSTFIX

    def cardinality(self, term: Term) -> tuple[str, int]:
        outer, self.bars = self.bars, False
        text = self.text(term.args[0], RANGE)
        self.bars = outer
        return f"|{text}|", POSTFIX

    def apply(self, term: Term) -> tuple[str, int]:
        return f"{self.text(term.args[0], POSTFIX)}({self.all(term.args[1:])})", POSTFIX

    def index(self, term: Term) -> tuple[str, int]:
        return f"{self.text(term.args[0], POSTFIX)}[{self.all(term.args[1:])}]", POSTFIX

    def softmax(self, term: Term) -> tuple[str, int]:
        name = "softmax_columns" if term.data == "columns" else "softmax"
        return f"{name}({self.all(term.args)})", POSTFIX

    def eye(self, term: Term) -> tuple[str, int]:
        return f"{self.letter('I')}({_axis(term.args[0])})", POSTFIX

    def filled(self, term: Term) -> tuple[str, int]:
        return f"{'row_' if term.data else ''}{term.op}({', '.join(map(_axis, term.args))})", POSTFIX

    def degree(self, term: Term) -> tuple[str, int]:
        return f"degree({self.text(term.args[1], IFF)})", POSTFIX

    def entries(self, term: Term) -> tuple[str, int]:
        return f"[{self.all(term.args)}]", POSTFIX

    def bracketed(self, term: Term) -> tuple[str, int]:
        return f"{self.letter(_BRACKETS[term.op])}[{self.all(term.args)}]", POSTFIX

    def bracket(self, term: Term) -> tuple[str, int]:
        return f"[{self.text(term.args[0], IFF)}]", POSTFIX

    def cases(self, term: Term) -> tuple[str, int]:
        args = term.args
        pairs = [
            f"{self.text(value, IFF)} if {self.text(condition, IFF)}, "
            for condition, value in zip(args[:-1:2], args[1:-1:2], strict=True)
        ]
        return f"cases({''.join(pairs)}{self.text(args[-1], IFF)})", POSTFIX

    # --- sets -----------------------------------------------------------------------------------

    def range(self, term: Term) -> tuple[str, int]:
        return f"{self.text(term.args[0], SUM)}..{self.text(term.args[1], SUM)}", RANGE

    def interval(self, term: Term) -> tuple[str, int]:
        first, last = list(str(term.data))
        low, high = (self.text(arg, SUM) for arg in term.args)
        return f"{first}{low}, {high}{last}", POSTFIX

    def whole_type(self, term: Term) -> tuple[str, int]:
        return type_of_domain(term) or "", POSTFIX

    # --- binders ----------------------------------------------------------------------------------

    def clause(self, names: tuple[str, ...], domain: Term, equals: bool = False) -> str:
        """Names and what they range over."""
        left = f"({', '.join(names)})" if len(names) > 1 else names[0]
        where = type_of_domain(domain)
        if where is not None and not equals:
            return f"{left}: {where}"
        link = " = " if equals and domain.op == "range" else " in "
        return f"{left}{link}{self.text(domain, RANGE)}"

    def clauses(self, term: Term, equals: bool = False) -> str:
        groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        return ", ".join(self.clause(n, d, equals) for n, d in zip(groups, term.args[1:], strict=True))

    def binder(self, term: Term) -> str:
        if term.op == "array":
            name = _ARRAYS.get(len(term.args) - 1, "array")
        else:
            name = _BINDERS[term.op]
        return f"{name}({self.text(term.args[0], IFF)}, {self.clauses(term, equals=True)})"

    def lambda_(self, term: Term) -> tuple[str, int]:
        return f"fn({self.clauses(term)}, {self.text(term.args[0], IFF)})", POSTFIX

    def integral(self, term: Term) -> tuple[str, int]:
        body, low, high = term.args
        bounds = f"{self.text(low, SUM)}..{self.text(high, SUM)}"
        return f"integral({self.text(body, IFF)}, {_bound(term)} = {bounds})", POSTFIX

    def derivative(self, term: Term) -> tuple[str, int]:
        name, (body, point) = _bound(term), term.args[:2]
        short = self.primed(term)
        if short is not None:
            return short, POSTFIX
        text = f"{term.op}({self.text(body, IFF)}, {name}"
        if term.op == "diff" and not (term.args[2].op == "num" and term.args[2].data == 1):
            text += f", {self.text(term.args[2], IFF)}"
        if not (point.op == "sym" and point.data == name and point.type != INTEGER):
            text += f", at = {self.text(point, SUM)}"
        return f"{text})", POSTFIX

    def primed(self, term: Term) -> str | None:
        """f'(p), where the derivative is of f alone and its variable the one that reading chooses."""
        if term.op != "diff" or not literal(term.args[2], least=1) or term.args[2].data > 3:  # type: ignore[operator]
            return None
        body, point, order = term.args
        if body.op == "apply" and len(body.args) == 2 and body.args[0].op == "sym":
            name, variable = str(body.args[0].data), body.args[1]
            if body.args[0].type.params != (REAL,):  # type: ignore[union-attr]
                return None
        elif body.op == "call" and len(body.args) == 1 and body.data not in ("gamma", "max", "min"):
            name, variable = str(body.data), body.args[0]
            assert name in FUNCTIONS
        else:
            return None
        chosen = "x" if name == "z" else "z"
        if variable.op != "sym" or variable.data != chosen or variable.type != REAL or _bound(term) != chosen:
            return None
        return f"{name}{chr(39) * int(order.data)}({self.text(point, IFF)})"  # type: ignore[call-overload]

    def limit(self, term: Term) -> tuple[str, int]:
        body, point, side = term.args
        sign = {1: "+", -1: "-"}.get(int(side.data), "")  # type: ignore[call-overload]
        return f"limit({self.text(body, IFF)}, {self.arrow(term, (body,), point)}{sign})", POSTFIX

    def arrow(self, term: Term, bodies: tuple[Term, ...], point: Term) -> str:
        """x -> a, with the type where reading would take another."""
        name = _bound(term)
        type = bound_type(term, name)
        word = "integer " if type == INTEGER else ""
        if type == REAL and any(_indexed(body, name) for body in bodies):
            word = "real "
        return f"{word}{name} -> {self.text(point, SUM)}"

    # --- statements -----------------------------------------------------------------------------------

    def connective(self, term: Term) -> tuple[str, int]:
        op, args = term.op, term.args
        level = _CONNECTIVES[op]
        if op == "and" and len(args) > 1 and _linked(args):
            parts = [self.text(args[0].args[0], SUM)]
            parts += [f"{RELATIONS[a.op]} {self.text(a.args[1], SUM)}" for a in args]
            return " ".join(parts), RELATION
        inner = [self.text(a, level + 1) for a in args[:-1]]
        inner.append(self.text(args[-1], level if op == "implies" else level + 1))
        return f" {op} ".join(inner), level

    def not_(self, term: Term) -> tuple[str, int]:
        return f"not {self.text(term.args[0], RELATION)}", NOT

    def member(self, term: Term) -> tuple[str, int]:
        return f"{self.text(term.args[0], SUM)} in {self.text(term.args[1], RANGE)}", RELATION

    def forall(self, term: Term) -> tuple[str, int]:
        body, domains = term.args[0], term.args[1:]
        groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        condition = None
        if body.op == "implies":
            condition, body = body.args
        short = len(domains) == 1 and domains[0].op == "numbers"
        where = f"{domains[0].data} {groups[0][0]}" if short else self.clauses(term)
        if condition is not None:
            left = condition.args[0] if condition.op in RELATIONS else None
            if short and left is not None and left.op == "sym" and left.data == groups[0][0]:
                where += f" {RELATIONS[condition.op]} {self.text(condition.args[1], SUM)}"
            else:
                where += f" with {self.text(condition, IFF)}"
        text, level = self.show(body)
        if level == FOR and body.op in ("exists", "solve") or _unclear(body, {n for g in groups for n in g}):
            text = f"({text})"
        return f"{text} for {where}", FOR

    def exists(self, term: Term) -> tuple[str, int]:
        return f"exists {self.clauses(term)} such that {self.text(term.args[0], FOR)}", FOR

    def solve(self, term: Term) -> tuple[str, int]:
        groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        return f"solve for {', '.join(groups[0])} such that {self.text(term.args[0], FOR)}", FOR

    def order(self, term: Term) -> tuple[str, int]:
        f, g = (self.text(arg, SUM) for arg in term.args[:2])
        if term.op == "theta":
            groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
            return f"{f} = Θ({g}) in {', '.join(groups[0])}", FOR
        letter = "o" if term.op == "little_o" else "O"
        return f"{f} = {letter}({g}) as {self.arrow(term, term.args[:2], term.args[2])}", RELATION


def _bound(term: Term) -> str:
    groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
    return groups[0][0]


def _linked(args: tuple[Term, ...]) -> bool:
    """a < b and b = c: a chain."""
    return all(a.op in RELATIONS for a in args) and all(a.args[1] == b.args[0] for a, b in pairwise(args))


def _unclear(body: Term, names: set[str]) -> bool:
    """Has the body a part of which one could doubt that a `for` behind it is meant for it too?"""
    if body.op not in ("and", "iff", "implies"):
        return False
    parts = body.args[1:] if body.op == "implies" else body.args
    return any(all(n.op != "sym" or n.data not in names for n in part.walk()) for part in parts)


def _indexed(term: Term, name: str) -> bool:
    """Does the name occur where reading takes an unknown one for an integer?"""
    stack = [(term, False)]
    while stack:
        node, inside = stack.pop()
        if node.op == "sym" and node.data == name and inside:
            return True
        if node.op in ("index", "integral"):  # bounds are written as a range
            stack.append((node.args[0], inside))
            stack.extend((arg, True) for arg in node.args[1:])
        else:
            inside = inside or node.op == "range" or node.data in ("factorial", "binomial")
            stack.extend((arg, inside) for arg in node.args)
    return False


_SHOW: dict[str, Callable[[_Printer, Term], tuple[str, int]]] = {
    "sym": lambda printer, term: (str(term.data), POSTFIX),
    "num": _Printer.num,
    "const": _Printer.const,
    "add": _Printer.add,
    "neg": _Printer.neg,
    "mul": _Printer.product,
    "scale": _Printer.product,
    "matmul": _Printer.product,
    "div": _Printer.div,
    "pow": _Printer.pow,
    "matpow": _Printer.matpow,
    "inverse": _Printer.inverse,
    "transpose": _Printer.transpose,
    "call": _Printer.call,
    "norm": _Printer.norm,
    "cardinality": _Printer.cardinality,
    "apply": _Printer.apply,
    "index": _Printer.index,
    "softmax": _Printer.softmax,
    "eye": _Printer.eye,
    "ones": _Printer.filled,
    "zeros": _Printer.filled,
    "degree": _Printer.degree,
    "entries": _Printer.entries,
    **dict.fromkeys(_BRACKETS, _Printer.bracketed),
    "bracket": _Printer.bracket,
    "cases": _Printer.cases,
    "range": _Printer.range,
    "interval": _Printer.interval,
    **dict.fromkeys(("numbers", "arrays", "functions", "sequences", "graphs"), _Printer.whole_type),
    "lambda": _Printer.lambda_,
    "integral": _Printer.integral,
    **dict.fromkeys(("diff", "grad", "jacobian", "hessian"), _Printer.derivative),
    "limit": _Printer.limit,
    **dict.fromkeys(_CONNECTIVES, _Printer.connective),
    "not": _Printer.not_,
    "in": _Printer.member,
    "forall": _Printer.forall,
    "exists": _Printer.exists,
    "solve": _Printer.solve,
    **dict.fromkeys(("little_o", "big_o", "theta"), _Printer.order),
    "true": lambda printer, term: ("true", POSTFIX),
    "false": lambda printer, term: ("false", POSTFIX),
}
