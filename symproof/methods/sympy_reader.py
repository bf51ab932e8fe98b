"""Reading sympy's expressions into terms, by walking the tree: never through text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy

from symproof.kernel.statement import Symbol as Declared
from symproof.terms.build import Mistyped, fits, make, num, show_type, sym
from symproof.terms.tree import Term
from symproof.terms.types import COMPLEX, INTEGER, REAL, Array, Function, Sequence

MAX_DIGITS = 2000


class Untranslatable(Exception):
    """The other side has no word for this."""


_FUNCTIONS = {
    getattr(sympy, theirs): ours
    for theirs, ours in (
        ("exp", "exp"), ("log", "log"), ("sin", "sin"), ("cos", "cos"), ("tan", "tan"), ("asin", "asin"),
        ("acos", "acos"), ("atan", "atan"), ("sinh", "sinh"), ("cosh", "cosh"), ("tanh", "tanh"),
        ("asinh", "asinh"), ("acosh", "acosh"), ("atanh", "atanh"), ("erf", "erf"), ("gamma", "gamma"),
        ("Abs", "abs"), ("re", "re"), ("im", "im"), ("conjugate", "conj"), ("sign", "sign"),
        ("floor", "floor"), ("ceiling", "ceil"), ("factorial", "factorial"), ("binomial", "binomial"),
        ("Max", "max"), ("Min", "min"), ("Mod", "mod"),
    )
}  # fmt: skip
_INVERTED = {sympy.cot: "tan", sympy.sec: "cos", sympy.csc: "sin", sympy.coth: "tanh", sympy.sech: "cosh"}
_RELATIONS = {
    sympy.Eq: "eq", sympy.Ne: "ne", sympy.Lt: "lt", sympy.Le: "le", sympy.Gt: "gt", sympy.Ge: "ge",
    sympy.And: "and", sympy.Or: "or", sympy.Not: "not", sympy.Implies: "implies", sympy.Equivalent: "iff",
}  # fmt: skip
_CONSTANTS = {sympy.pi: "pi", sympy.E: "e", sympy.oo: "oo", sympy.I: "i"}


class Reader:
    """Reads sympy expressions; the owner says what symbols and undefined functions are."""

    def __init__(self, symbol: Callable[[Any], Term], function: Callable[[Any, list[Term]], Term]) -> None:
        self._symbol = symbol
        self._function = function

    def read(self, expression: Any) -> Term:
        try:
            return self._read(expression, {})
        except Mistyped as mistyped:
            raise Untranslatable(str(mistyped)) from None

    def _read(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        if e.is_Symbol:
            return bound[e] if e in bound else self._symbol(e)
        if e.is_Rational:
            if max(abs(int(e.p)), int(e.q)).bit_length() > 3.4 * MAX_DIGITS:
                raise Untranslatable("a number with too many digits")
            return num(Fraction(int(e.p), int(e.q)))
        if e.is_Float:
            raise Untranslatable(f"{e} is a floating-point number; write it exactly, as a Rational")
        if e in _CONSTANTS:
            return make("const", data=_CONSTANTS[e])
        if e is sympy.S.NegativeInfinity:
            return make("neg", make("const", data="oo"))
        if e is sympy.S.true or e is sympy.S.false:
            return make("true" if e is sympy.S.true else "false")
        if getattr(e, "is_Matrix", False):
            return self._matrix(e, bound)
        for kind, read in _READERS.items():
            if isinstance(e, kind):
                return read(self, e, bound)
        args = [self._read(arg, bound) for arg in e.args]
        if e.func in _FUNCTIONS:
            return make("call", *args, data=_FUNCTIONS[e.func])
        if e.func in _INVERTED:
            return make("div", num(1), make("call", *args, data=_INVERTED[e.func]))
        if e.func in _RELATIONS:
            return make(_RELATIONS[e.func], *args)
        if e.is_Function and isinstance(e, sympy.core.function.AppliedUndef):
            return self._function(e, args)
        raise Untranslatable(f"{type(e).__name__} has no counterpart here")

    def _sum(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        parts = []
        for part in e.as_ordered_terms():
            coefficient = part.as_coeff_Mul()[0]
            if coefficient.is_Rational and coefficient < 0:
                parts.append(make("neg", self._read(-part, bound)))
            else:
                parts.append(self._read(part, bound))
        return make("add", *parts)

    def _product(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        coefficient = e.as_coeff_Mul()[0]
        if coefficient.is_Rational and coefficient < 0:
            return make("neg", self._read(-e, bound))
        above, below = e.as_numer_denom() if any(_below(f) for f in e.args) else (e, sympy.S.One)
        if below is not sympy.S.One and not (above.is_Mul and any(_below(f) for f in above.args)):
            return make("div", self._read(above, bound), self._read(below, bound))
        return make("mul", *(self._read(f, bound) for f in e.args))

    def _power(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        base, exponent = e.as_base_exp() if not _below(e) else (e.base, e.exp)
        if _below(e):
            return make("div", num(1), self._read(sympy.Pow(base, -exponent), bound))
        if exponent == sympy.Rational(1, 2):
            return make("call", self._read(base, bound), data="sqrt")
        return make("pow", self._read(base, bound), self._read(exponent, bound))

    def _ranged(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        body, inner = e.function, dict(bound)
        groups, domains = [], []
        for symbol, low, high in reversed(e.limits):
            domains.append(make("range", self._read(low, inner), self._read(high, inner)))
            name = self._fresh(symbol, inner)
            inner[symbol] = sym(name, INTEGER)
            groups.append((name,))
        op = "sum" if isinstance(e, sympy.Sum) else "product"
        return make(op, self._read(body, inner), *domains, data=tuple(groups))

    def _integral(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        return self._integrate(e.function, list(e.limits), bound)

    def _integrate(self, body: Any, limits: list[Any], bound: Mapping[Any, Term]) -> Term:
        if not limits:
            return self._read(body, bound)
        if len(limits[-1]) != 3:
            raise Untranslatable("an integral without limits")
        symbol, low, high = limits[-1]
        name = self._fresh(symbol, bound)
        inner = self._integrate(body, limits[:-1], {**bound, symbol: sym(name, REAL)})
        return make("integral", inner, self._read(low, bound), self._read(high, bound), data=((name,),))

    def _limit(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        body, symbol, point, side = e.args
        name = self._fresh(symbol, bound)
        inner = {**bound, symbol: sym(name, INTEGER if symbol.is_integer else REAL)}
        infinite = point in (sympy.oo, -sympy.oo)
        sign = 0 if infinite else {"+": 1, "-": -1, "+-": 0}[str(side)]
        return make("limit", self._read(body, inner), self._read(point, bound), num(sign), data=((name,),))

    def _derivative(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        return self._differentiate(e.expr, list(e.variable_count), {}, bound)

    def _substituted(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        if isinstance(e.expr, sympy.Derivative):
            return self._differentiate(
                e.expr.expr, list(e.expr.variable_count), dict(zip(e.variables, e.point, strict=True)), bound
            )
        return self._read(e.expr.subs(dict(zip(e.variables, e.point, strict=True))), bound)

    def _differentiate(
        self, body: Any, counts: list[Any], at: Mapping[Any, Any], bound: Mapping[Any, Term]
    ) -> Term:
        if not counts:
            return self._read(body, bound)
        symbol, order = counts[-1]
        if not symbol.is_Symbol:
            raise Untranslatable("a derivative in something that is not a symbol")
        name = self._fresh(symbol, bound)
        inner = self._differentiate(body, counts[:-1], at, {**bound, symbol: sym(name, REAL)})
        point = self._read(at.get(symbol, symbol), bound)
        return make("diff", inner, point, self._read(order, bound), data=((name,),))

    def _cases(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        args: list[Term] = []
        for value, condition in e.args:
            if condition == True:  # noqa: E712 - sympy's true compares so
                return make("cases", *args, self._read(value, bound)) if args else self._read(value, bound)
            args += [self._read(condition, bound), self._read(value, bound)]
        raise Untranslatable("cases that do not cover everything")

    def _matrix(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        def read(part: Any) -> Term:
            return self._read(part, bound)

        if isinstance(e, sympy.matrices.MatrixBase):
            rows = [make("entries", *(read(x) for x in e.row(k))) for k in range(e.rows)]
            return make("entries", *rows)
        if isinstance(e, sympy.MatrixSymbol):
            return self._symbol(e)
        if isinstance(e, sympy.MatAdd):
            return make("add", *map(read, e.args))
        if isinstance(e, sympy.MatMul):
            scalars, matrices = e.as_coeff_matrices()
            product = read(matrices[0])
            for factor in matrices[1:]:
                product = make("matmul", product, read(factor))
            return product if scalars == 1 else make("scale", read(scalars), product)
        if isinstance(e, sympy.Transpose | sympy.Inverse):
            return make("transpose" if isinstance(e, sympy.Transpose) else "inverse", read(e.arg))
        if isinstance(e, sympy.MatPow):
            return make("matpow", read(e.base), read(e.exp))
        axes = tuple(make("range", num(1), read(size)) for size in e.shape)
        if isinstance(e, sympy.Identity):
            return make("eye", axes[0])
        if isinstance(e, sympy.ZeroMatrix):
            return make("zeros", *axes)
        raise Untranslatable(f"{type(e).__name__} has no counterpart here")

    def _trace(self, e: Any, bound: Mapping[Any, Term]) -> Term:
        return make("trace" if isinstance(e, sympy.Trace) else "det", self._read(e.arg, bound))

    @staticmethod
    def _fresh(symbol: Any, bound: Mapping[Any, Term]) -> str:
        """The bound symbol's name, or one like it where another bound symbol has that name."""
        taken = {str(term.data) for key, term in bound.items() if key != symbol}
        name, k = str(symbol.name), 1
        while name in taken:
            name, k = f"{symbol.name}_{k}", k + 1
        return name


_READERS: dict[Any, Callable[[Reader, Any, Mapping[Any, Term]], Term]] = {
    sympy.Add: Reader._sum,
    sympy.Mul: Reader._product,
    sympy.Pow: Reader._power,
    sympy.Sum: Reader._ranged,
    sympy.Product: Reader._ranged,
    sympy.Integral: Reader._integral,
    sympy.Limit: Reader._limit,
    sympy.Derivative: Reader._derivative,
    sympy.Subs: Reader._substituted,
    sympy.Piecewise: Reader._cases,
    sympy.Trace: Reader._trace,
    sympy.Determinant: Reader._trace,
}


def _below(factor: Any) -> bool:
    """Does the factor stand under a fraction bar?"""
    return bool(factor.is_Pow and factor.exp.could_extract_minus_sign() and factor.exp.is_Rational)


# --- statements given as sympy expressions ----------------------------------------


_SIGNS = {"positive": "gt", "negative": "lt", "nonnegative": "ge", "nonpositive": "le"}


class Foreign:
    """Reads sympy expressions with symbols of their own, and collects what these symbols say.

    `symbols` are the declarations and `facts` the hypotheses that sympy's
    assumptions turn into; an assumption that cannot be said here is refused,
    since without it a true statement could be refuted.
    """

    def __init__(self, declared: Mapping[str, Declared]) -> None:
        self.symbols: dict[str, Declared] = dict(declared)
        self.facts: list[Term] = []
        self._own: dict[str, Any] = {}

    def read(self, expression: Any) -> Term:
        """The term that the expression means."""
        return Reader(self._symbol, self._applied).read(expression)

    def _symbol(self, symbol: Any) -> Term:
        name = str(symbol.name)
        if name not in self._own:
            self._own[name] = symbol
            if isinstance(symbol, sympy.MatrixSymbol):
                axes = tuple(make("range", num(1), self.read(size)) for size in symbol.shape)
                self.symbols.setdefault(name, Declared(name, Array(axes)))
            else:
                self._scalar(name, symbol)
        if self._own[name] != symbol:
            raise Untranslatable(f"two different symbols are called {name}")
        return sym(name, self.symbols[name].type)

    def _applied(self, applied: Any, args: list[Term]) -> Term:
        name = str(applied.func.__name__)
        if self._own.setdefault(name, applied.func) != applied.func:
            raise Untranslatable(f"two different things are called {name}")
        if name not in self.symbols:
            type = Function((REAL,) * len(args), REAL if applied.func(*applied.args).is_real else COMPLEX)
            self.symbols[name] = Declared(name, type)
        head = sym(name, self.symbols[name].type)
        return make("index" if isinstance(head.type, Sequence) else "apply", head, *args)

    def _scalar(self, name: str, symbol: Any) -> None:
        """Take over what sympy assumes of a symbol: its type, and what else there is as facts."""
        domain = INTEGER if symbol.is_integer else REAL if symbol.is_real else COMPLEX
        type = self.symbols.setdefault(name, Declared(name, domain)).type
        if not fits(type, domain):
            raise Untranslatable(f"{name} is declared {show_type(type)} but is {domain.domain} in sympy")
        term, zero = sym(name, type), num(0)
        facts = {("nonzero", True): make("ne", term, zero), ("zero", False): make("ne", term, zero)}
        if type != COMPLEX:
            for word, op in _SIGNS.items():
                facts[word, True] = make(op, term, zero)
        if type == INTEGER:
            for word, rest in (("even", 0), ("odd", 1)):
                facts[word, True] = make("eq", make("call", term, num(2), data="mod"), num(rest))
        given = getattr(symbol, "_assumptions_orig", symbol.assumptions0)
        for word, value in sorted(given.items()):
            if (word, value) in facts:
                self.facts.append(facts[word, value])
            elif not (word in ("complex", "real", "integer", "finite", "commutative") and value):
                raise Untranslatable(
                    f"{symbol} is {'' if value else 'not '}{word} in sympy, which cannot be said here; "
                    "use a symbol without that and state what is needed under given"
                )
