"""Operators that are mistaken for each other."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from symproof.mutations.edits import Edit, edit
from symproof.mutations.kinds import Kind
from symproof.mutations.places import Place
from symproof.terms.build import make
from symproof.terms.types import Array

_FUNCTIONS: dict[str, tuple[str, ...]] = {
    "sin": ("cos",), "cos": ("sin",), "tan": ("sin",), "asin": ("acos",), "acos": ("asin",), "atan": ("tan",),
    "sinh": ("cosh",), "cosh": ("sinh",), "exp": ("log",), "log": ("exp",), "max": ("min",), "min": ("max",),
    "sigmoid": ("tanh",), "tanh": ("sigmoid",), "relu": ("softplus",), "softplus": ("relu",),
    "floor": ("ceil",), "ceil": ("floor",), "re": ("im",), "im": ("re",),
}  # fmt: skip
_OPERATORS: dict[str, tuple[tuple[str, Kind], ...]] = {
    "sum": (("product", Kind.FUNCTION),),
    "product": (("sum", Kind.FUNCTION),),
    "maximum": (("minimum", Kind.FUNCTION),),
    "minimum": (("maximum", Kind.FUNCTION),),
    "argmax": (("argmin", Kind.FUNCTION),),
    "argmin": (("argmax", Kind.FUNCTION),),
    "opnorm": (("fronorm", Kind.FUNCTION),),
    "fronorm": (("opnorm", Kind.FUNCTION),),
    "trace": (("det", Kind.FUNCTION),),
    "det": (("trace", Kind.FUNCTION),),
    "lambda_max": (("lambda_min", Kind.FUNCTION), ("opnorm", Kind.FUNCTION)),
    "lambda_min": (("lambda_max", Kind.FUNCTION),),
    "expect": (("variance", Kind.MOMENT),),
    "variance": (("expect", Kind.MOMENT),),
    "degree_matrix": (("adjacency", Kind.GRAPH),),
    "adjacency": (("degree_matrix", Kind.GRAPH),),
    "eye": (("ones", Kind.CONSTANT),),
    "zeros": (("ones", Kind.CONSTANT),),
    "ones": (("zeros", Kind.CONSTANT),),
    "hadamard": (("matmul", Kind.PRODUCT),),
    "matmul": (("hadamard", Kind.PRODUCT),),
    "lt": (("le", Kind.RELATION), ("gt", Kind.RELATION)),
    "le": (("lt", Kind.RELATION), ("ge", Kind.RELATION), ("eq", Kind.RELATION)),
    "gt": (("ge", Kind.RELATION), ("lt", Kind.RELATION)),
    "ge": (("gt", Kind.RELATION), ("le", Kind.RELATION), ("eq", Kind.RELATION)),
    "eq": (("le", Kind.RELATION), ("ge", Kind.RELATION), ("ne", Kind.RELATION)),
    "ne": (("eq", Kind.RELATION),),
    "little_o": (("big_o", Kind.RELATION),),
    "big_o": (("little_o", Kind.RELATION),),
    "and": (("or", Kind.CONNECTIVE),),
    "or": (("and", Kind.CONNECTIVE),),
    "implies": (("iff", Kind.CONNECTIVE),),
    "iff": (("implies", Kind.CONNECTIVE),),
    "forall": (("exists", Kind.CONNECTIVE),),
    "exists": (("forall", Kind.CONNECTIVE),),
}


_WORDS = {
    "eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "little_o": "o", "big_o": "O",
    "and": "and", "or": "or", "implies": "implies", "iff": "iff", "forall": "for all", "exists": "exists",
    "sum": "sum", "product": "product", "maximum": "max", "minimum": "min", "argmax": "argmax",
    "argmin": "argmin",
}  # fmt: skip


def siblings(place: Place) -> Iterator[Edit]:
    """Another operator with the same arguments."""
    term = place.term
    for op, kind in _OPERATORS.get(term.op, ()):
        if op == "product" and isinstance(term.type, Array):
            continue  # what a product of vectors is nobody could say
        args = term.args * 2 if (term.op, op) == ("eye", "ones") else term.args
        words = f"{_WORDS[op]} instead of {_WORDS[term.op]}" if op in _WORDS else ""
        build = partial(make, op, *args, data=term.data, span=term.span)
        yield from edit(kind, build, words=words)
    if term.op == "call":
        for name in _FUNCTIONS.get(str(term.data), ()):
            yield from edit(Kind.FUNCTION, lambda name=name: make("call", *term.args, data=name))
