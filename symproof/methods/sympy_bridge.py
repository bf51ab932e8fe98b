"""Between our terms and sympy's expressions, both ways, by walking the trees.

Nothing goes through text.  What one side cannot say raises `Untranslatable`
with the reason.  Two things mean something else over there, so whoever uses a
result of sympy's must check it here: an empty range (sympy's sums over b < a - 1
are negative sums, ours are 0) and roots of negative numbers (complex there,
undefined here).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import sympy
from sympy.core.facts import InconsistentAssumptions

from symproof.kernel.statement import Statement
from symproof.methods.sympy_reader import MAX_DIGITS, Reader, Untranslatable
from symproof.methods.universal import clauses
from symproof.terms.build import make, sym
from symproof.terms.rewrite import substitute
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, REAL, Function, Scalar, Type

_CALLS: dict[str, Any] = {
    "exp": sympy.exp, "log": sympy.log, "sqrt": sympy.sqrt, "sin": sympy.sin, "cos": sympy.cos,
    "tan": sympy.tan, "asin": sympy.asin, "acos": sympy.acos, "atan": sympy.atan, "sinh": sympy.sinh,
    "cosh": sympy.cosh, "tanh": sympy.tanh, "asinh": sympy.asinh, "acosh": sympy.acosh,
    "atanh": sympy.atanh, "erf": sympy.erf, "gamma": sympy.gamma, "abs": sympy.Abs, "re": sympy.re,
    "im": sympy.im, "conj": sympy.conjugate, "sign": sympy.sign, "floor": sympy.floor,
    "ceil": sympy.ceiling, "factorial": sympy.factorial, "binomial": sympy.binomial,
    "max": sympy.Max, "min": sympy.Min,
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
    "relu": lambda x: sympy.Max(0, x),
    "mod": lambda a, m: a - m * sympy.floor(a / m),
}  # fmt: skip
_RELATIONS: dict[str, Any] = {
    "eq": sympy.Eq, "ne": sympy.Ne, "lt": sympy.Lt, "le": sympy.Le, "gt": sympy.Gt, "ge": sympy.Ge,
    "and": sympy.And, "or": sympy.Or, "not": sympy.Not, "implies": sympy.Implies, "iff": sympy.Equivalent,
}  # fmt: skip
_CONSTANTS: dict[str, Any] = {"pi": sympy.pi, "e": sympy.E, "oo": sympy.oo, "i": sympy.I}
_SIGNS = {"gt": "positive", "ge": "nonnegative", "lt": "negative", "le": "nonpositive", "ne": "nonzero"}
_MIRROR = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge", "ne": "ne"}


class Bridge:
    """Translates the terms of one statement to sympy, and sympy's answers back.

    Symbols carry what their types and the simplest hypotheses (x > 0, x != 0, …) say.
    """

    def __init__(self, statement: Statement) -> None:
        signs: dict[str, dict[str, bool]] = {}
        for hypothesis in statement.hypotheses:
            for name, sign in _sign(hypothesis.statement):
                signs.setdefault(name, {})[sign] = True
        self._terms: dict[Any, Term] = {}
        self._symbols: dict[str, Any] = {}
        self._definitions = {definition.name: definition for definition in statement.definitions}
        for declared in statement.symbols:
            if isinstance(declared.type, Scalar):
                known = {declared.type.domain: True, **signs.get(declared.name, {})}
                self._symbols[declared.name] = self._symbol(declared.name, declared.type, known)

    def _symbol(self, name: str, type: Type, known: Mapping[str, bool]) -> Any:
        try:
            symbol = sympy.Symbol(name, **known)
        except InconsistentAssumptions:
            raise Untranslatable(f"nothing satisfies what is known of {name}") from None
        self._terms[symbol] = sym(name, type)
        return symbol

    # --- to sympy --------------------------------------------------------------

    def to(self, term: Term) -> Any:
        """The expression or relation in sympy."""
        return self._to(term, {})

    def _to(self, term: Term, bound: Mapping[str, Any]) -> Any:
        op, args = term.op, term.args
        if op == "num":
            value = term.data
            assert isinstance(value, Fraction)
            return sympy.Rational(value.numerator, value.denominator)
        if op == "sym":
            name = str(term.data)
            if name in bound:
                return bound[name]
            if name in self._definitions:
                return self._to(self._definitions[name].body, {})
            if name not in self._symbols:
                raise Untranslatable(f"{name} is not a number")
            return self._symbols[name]
        if op == "const":
            return _CONSTANTS[str(term.data)]
        if op in ("true", "false"):
            return sympy.S.true if op == "true" else sympy.S.false
        if op in _BINDING:
            return _BINDING[op](self, term, bound)
        if op in ("index", "apply"):
            return self._applied(term, bound)
        if op == "cases":
            inner = [self._to(arg, bound) for arg in args]
            pairs = [(inner[k + 1], inner[k]) for k in range(0, len(inner) - 1, 2)]
            return sympy.Piecewise(*pairs, (inner[-1], True))
        if op not in _PLAIN and op not in _RELATIONS and op != "call":
            raise Untranslatable(f"sympy has no {op}")
        if not all(isinstance(arg.type, Scalar) or op in _RELATIONS for arg in args):
            raise Untranslatable(f"{op} of an array")
        inner = [self._to(arg, bound) for arg in args]
        if op == "call":
            return _CALLS[str(term.data)](*inner)
        if op in _RELATIONS:
            return _RELATIONS[op](*inner)
        return _PLAIN[op](*inner)

    def _applied(self, term: Term, bound: Mapping[str, Any]) -> Any:
        """A value of a named function, an entry of a named array or sequence: one undefined function."""
        head = term.args[0]
        if head.op == "sym" and head.data in self._definitions and head.data not in bound:
            definition = self._definitions[str(head.data)]
            names = [name for name, _ in definition.params]
            return self._to(substitute(definition.body, dict(zip(names, term.args[1:], strict=True))), bound)
        if head.op != "sym" or head.data in bound or not isinstance(term.type, Scalar):
            raise Untranslatable(f"sympy has no {term.op} of {head!r}")
        function = sympy.Function(str(head.data), **{term.type.domain: True})
        self._terms[function] = head
        return function(*(self._to(arg, bound) for arg in term.args[1:]))

    def _bind(self, name: str, type: Scalar) -> Any:
        symbol = sympy.Dummy(name, **{type.domain: True})
        self._terms[symbol] = sym(name, type)
        return symbol

    def _inside(self, term: Term, bound: Mapping[str, Any]) -> tuple[Any, Any]:
        """The bound symbol of a binder with one name, and its body."""
        names = [name for group in term.data for name in group]  # type: ignore[attr-defined]
        if len(names) != 1:
            raise Untranslatable(f"{term.op} over several names")
        body = term.args[0]
        # the limit of a sequence binds an integer, everything else a real number
        found = {node.type for node in body.walk() if node.op == "sym" and node.data == names[0]}
        symbol = self._bind(names[0], INTEGER if INTEGER in found else REAL)
        return symbol, self._to(body, {**bound, names[0]: symbol})

    def _ranged(self, term: Term, bound: Mapping[str, Any]) -> Any:
        """A sum or product over ranges, each of which may mention the names before it."""
        inner, limits = dict(bound), []
        for (name, *others), domain in clauses(term):
            if others or domain.op != "range" or not isinstance(term.type, Scalar):
                raise Untranslatable(f"{term.op} over {domain.op}")
            low, high = (self._to(arg, inner) for arg in domain.args)
            inner[name] = self._bind(name, INTEGER)
            limits.append((inner[name], low, high))
        make_it = sympy.Sum if term.op == "sum" else sympy.Product
        return make_it(self._to(term.args[0], inner), *reversed(limits))

    def _integral(self, term: Term, bound: Mapping[str, Any]) -> Any:
        symbol, body = self._inside(term, bound)
        return sympy.Integral(body, (symbol, *(self._to(arg, bound) for arg in term.args[1:])))

    def _limit(self, term: Term, bound: Mapping[str, Any]) -> Any:
        symbol, body = self._inside(term, bound)
        side = term.args[2].data
        sign = {-1: "-", 0: "+-", 1: "+"}[int(side)]  # type: ignore[call-overload]
        point = self._to(term.args[1], bound)
        return sympy.Limit(body, symbol, point, "-" if point is sympy.oo else sign)

    def _derivative(self, term: Term, bound: Mapping[str, Any]) -> Any:
        if not isinstance(term.type, Scalar):
            raise Untranslatable("a derivative of an array")
        symbol, body = self._inside(term, bound)
        order = term.args[2]
        if order.op != "num" or not 0 <= order.data <= 20:  # type: ignore[operator]
            raise Untranslatable("a derivative of symbolic order")
        at = self._to(term.args[1], bound)
        return sympy.Subs(sympy.Derivative(body, (symbol, int(order.data))), symbol, at)  # type: ignore[call-overload]

    def _bracket(self, term: Term, bound: Mapping[str, Any]) -> Any:
        return sympy.Piecewise((1, self._to(term.args[0], bound)), (0, True))

    # --- and back --------------------------------------------------------------

    def back(self, expression: Any) -> Term:
        """The term that a sympy expression over this statement's symbols means."""
        return Reader(self._named, self._function).read(expression)

    def _named(self, symbol: Any) -> Term:
        if symbol in self._terms:
            return self._terms[symbol]
        raise Untranslatable(f"an unknown symbol {symbol}")

    def _function(self, applied: Any, args: list[Term]) -> Term:
        head = self._terms.get(applied.func)
        if head is None:
            raise Untranslatable(f"an unknown function {applied.func}")
        return make("apply" if isinstance(head.type, Function) else "index", head, *args)


def _sign(statement: Term) -> Iterator[tuple[str, str]]:
    """What a hypothesis such as 0 < x says of the sign of one symbol."""
    if statement.op == "and":
        for part in statement.args:
            yield from _sign(part)
    elif statement.op in _SIGNS:
        left, right = statement.args
        op = statement.op
        if left.op == "num":
            left, right, op = right, left, _MIRROR[op]
        if left.op == "sym" and right.op == "num" and isinstance(left.type, Scalar):
            bound = right.data
            assert isinstance(bound, Fraction)
            name = str(left.data)
            if bound == 0:
                yield name, _SIGNS[op]
            elif bound > 0 and op in ("gt", "ge"):
                yield name, "positive"
            elif bound < 0 and op in ("lt", "le"):
                yield name, "negative"


_PLAIN: dict[str, Callable[..., Any]] = {
    "add": lambda *terms: sympy.Add(*terms),
    "neg": lambda x: -x,
    "mul": lambda *factors: sympy.Mul(*factors),
    "div": lambda a, b: a / b,
    "pow": lambda a, b: sympy.Pow(a, b, evaluate=_small_power(a, b)),
}
_BINDING: dict[str, Callable[[Bridge, Term, Mapping[str, Any]], Any]] = {
    "sum": Bridge._ranged,
    "product": Bridge._ranged,
    "integral": Bridge._integral,
    "limit": Bridge._limit,
    "diff": Bridge._derivative,
    "bracket": Bridge._bracket,
}


def _small_power(base: Any, exponent: Any) -> bool:
    """May sympy work this power out?  Numbers with too many digits stay powers."""
    if base.is_Rational and exponent.is_Rational:
        size = max(abs(int(base.p)), int(base.q)).bit_length()
        return bool(size * abs(exponent) <= 3 * MAX_DIGITS)
    return True
