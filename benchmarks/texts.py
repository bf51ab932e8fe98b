"""Statements as text for Maxima and Giac; what they have no words for raises `Untold`."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import ClassVar

from symproof.kernel.statement import Statement
from symproof.terms.tree import Term
from symproof.terms.types import INTEGER, Function, Scalar


class Untold(Exception):
    """The tool has no words for this."""


_COMMON = {name: name for name in "exp sqrt sin cos tan asin acos atan sinh cosh tanh erf abs".split()}
_SHAPES: dict[str, Callable[[str], str]] = {
    "sigmoid": lambda x: f"(1/(1+exp(-({x}))))",
    "softplus": lambda x: f"log(1+exp({x}))",
    "relu": lambda x: f"max(0,{x})",
}
_RELATIONS = {"eq": "=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}


class Language:
    """The words of one tool."""

    calls: ClassVar[dict[str, str]] = {}
    constants: ClassVar[dict[str, str]] = {}

    def __init__(self, statement: Statement) -> None:
        self.names = {s.name: f"v{k}" for k, s in enumerate(statement.symbols)}
        self.types = {s.name: s.type for s in statement.symbols}
        self.bound: dict[str, str] = {}
        if statement.definitions:
            raise Untold("definitions")
        if not all(isinstance(s.type, Scalar | Function) for s in statement.symbols):
            raise Untold("arrays")

    def term(self, t: Term) -> str:
        op, args = t.op, t.args
        if op == "num":
            assert isinstance(t.data, Fraction)
            return f"({t.data})"
        if op == "sym":
            name = str(t.data)
            return self.bound.get(name) or self.names[name]
        if op == "const":
            return self.constants[str(t.data)]
        if op == "add":
            return "(" + "+".join(map(self.term, args)) + ")"
        if op == "mul":
            return "(" + "*".join(map(self.term, args)) + ")"
        if op == "neg":
            return f"(-{self.term(args[0])})"
        if op == "div":
            return f"({self.term(args[0])}/{self.term(args[1])})"
        if op == "pow":
            return f"({self.term(args[0])})^({self.term(args[1])})"
        if op == "call":
            return self.call(str(t.data), [self.term(a) for a in args])
        if op == "apply" and args[0].op == "sym":
            return f"{self.term(args[0])}({','.join(map(self.term, args[1:]))})"
        if op in ("sum", "product") and len(args) == 2 and args[1].op == "range":
            return self.inside(t, lambda x, body: self.ranged(op, body, x, *map(self.term, args[1].args)))
        if op == "integral":
            return self.inside(t, lambda x, body: self.integral(body, x, *map(self.term, args[1:])))
        if op == "limit":
            side = int(args[2].data)  # type: ignore[call-overload]
            return self.inside(t, lambda x, body: self.limit(body, x, self.term(args[1]), side))
        if op == "diff" and args[2].op == "num" and isinstance(t.type, Scalar):
            order = int(args[2].data)  # type: ignore[call-overload]
            return self.inside(t, lambda x, body: self.diff(body, x, self.term(args[1]), order))
        raise Untold(op)

    def inside(self, t: Term, write: Callable[[str, str], str]) -> str:
        ((name,),) = t.data  # type: ignore[misc]
        kept, self.bound = self.bound, {**self.bound, name: f"b{len(self.bound)}"}
        try:
            body, x = self.term(t.args[0]), self.bound[name]
        finally:
            self.bound = kept
        return write(x, body)

    def call(self, name: str, args: list[str]) -> str:
        if name in _SHAPES:
            return _SHAPES[name](*args)
        word = self.calls.get(name) or _COMMON.get(name)
        if word is None:
            raise Untold(name)
        return f"{word}({','.join(args)})"

    def relation(self, t: Term) -> tuple[str, str, str]:
        """Both sides and the sign between them."""
        if t.op not in _RELATIONS or not all(isinstance(a.type, Scalar) for a in t.args):
            raise Untold(t.op)
        return self.term(t.args[0]), _RELATIONS[t.op], self.term(t.args[1])

    def ranged(self, op: str, body: str, x: str, low: str, high: str) -> str:
        return f"{op}({body},{x},{low},{high})"

    def integral(self, body: str, x: str, low: str, high: str) -> str:
        return f"integrate({body},{x},{low},{high})"

    def limit(self, body: str, x: str, point: str, side: int) -> str:
        raise NotImplementedError

    def diff(self, body: str, x: str, at: str, order: int) -> str:
        raise NotImplementedError


class Maxima(Language):
    """Maxima, as STACK uses it."""

    calls: ClassVar[dict[str, str]] = {
        **{name: name for name in "log asinh acosh atanh max min binomial factorial gamma floor mod".split()},
        "ceil": "ceiling", "sign": "signum",
    }  # fmt: skip
    constants: ClassVar[dict[str, str]] = {"pi": "%pi", "e": "%e", "oo": "inf", "i": "%i"}

    def limit(self, body: str, x: str, point: str, side: int) -> str:
        return f"limit({body},{x},{point}{ {0: '', 1: ',plus', -1: ',minus'}[side] })"

    def diff(self, body: str, x: str, at: str, order: int) -> str:
        return f"at(diff({body},{x},{order}),{x}={at})"

    def commands(self, statement: Statement) -> str:
        """What asks whether the statement holds, and prints one word."""
        told = []
        for symbol in statement.symbols:
            if symbol.type == INTEGER:
                told.append(f"declare({self.names[symbol.name]},integer)")
        for hypothesis in statement.hypotheses:
            try:
                left, sign, right = self.relation(hypothesis.statement)
            except Untold:
                continue
            fact = f"equal({left},{right})" if sign == "=" else f"{left}{sign}{right}"
            told.append(f"assume({fact})")
        left, sign, right = self.relation(statement.goal)
        asked = f"ask_equal({left},{right})" if sign == "=" else f"ask_order(({left}){sign}({right}))"
        return f"{'$'.join([*told, asked])}$"


class Giac(Language):
    """Giac."""

    calls: ClassVar[dict[str, str]] = {
        **{name: name for name in "asinh acosh atanh max min factorial floor ceil sign".split()},
        "log": "ln", "binomial": "comb", "gamma": "Gamma",
    }  # fmt: skip
    constants: ClassVar[dict[str, str]] = {"pi": "pi", "e": "e", "oo": "+infinity", "i": "i"}

    def limit(self, body: str, x: str, point: str, side: int) -> str:
        return f"limit({body},{x},{point}{f',{side}' if side else ''})"

    def diff(self, body: str, x: str, at: str, order: int) -> str:
        return f"subst(diff({body},{x},{order}),{x}={at})"

    def commands(self, statement: Statement) -> tuple[list[str], str]:
        """What is assumed, and the difference that should become 0."""
        told = []
        for hypothesis in statement.hypotheses:
            try:
                left, sign, right = self.relation(hypothesis.statement)
            except Untold:
                continue
            told.append(f"{'assume' if len(told) == 0 else 'additionally'}({left}{sign}{right})")
        left, sign, right = self.relation(statement.goal)
        if sign != "=":
            raise Untold("an inequality")
        return told, f"simplify(({left})-({right}))"
