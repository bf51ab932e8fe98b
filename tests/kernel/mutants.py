"""Small mutants of a module: one comparison, connective, number, sign, result, condition or statement changed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import CodeType

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """A change at a line of a module; `inside` names the function that holds it, if one does."""

    module: str
    line: int
    change: str
    inside: str | None
    path: Path
    place: int
    edit: int
    text: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line}: {self.change}: {self.text}"

    @cached_property
    def code(self) -> CodeType:
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        target = list(_places(tree))[self.place][0]
        list(_edits(target))[self.edit][1](target)
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec")


def mutants(module: str, path: Path) -> Iterator[Mutant]:
    """All mutants of the module, in the order of its source."""
    source = path.read_text(encoding="utf-8")
    lines = source.splitlines()
    for k, (node, inside) in enumerate(_places(ast.parse(source))):
        for j, (change, _) in enumerate(_edits(node)):
            change, text = f"{change} in `{_text(node)}`", lines[node.lineno - 1].strip()
            yield Mutant(module, node.lineno, change, inside, path, k, j, text)


def _places(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, str | None]]:
    """The expressions and statements that may be changed, with the function around each."""
    stack: list[tuple[ast.AST, str | None]] = [(tree, None)]
    while stack:
        node, inside = stack.pop()
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.Assert | ast.Import | ast.ImportFrom) or _says(node):
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        if inside is None and _bound(node):
            continue
        if isinstance(node, ast.expr | ast.stmt):
            yield node, inside
        outside = inside  # where default arguments are worked out
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            inside = inside or getattr(node, "name", "lambda")
        given = node.args.defaults if isinstance(node, ast.FunctionDef | ast.Lambda) else []
        stack.extend((child, outside if child in given else inside) for child in reversed(_children(node)))


def _bound(node: ast.AST) -> bool:
    """A limit on cost, `MAX_STEPS = 400_000`: one more or less is as good."""
    return (
        isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]).isupper()
        and isinstance(node.value, ast.Constant)
    )


def _says(node: ast.AST) -> bool:
    """A name for people: `__repr__`."""
    return isinstance(node, ast.FunctionDef) and node.name in ("__repr__", "short")


def _children(node: ast.AST) -> list[ast.AST]:
    """What lies below, without annotations, types and the texts of messages."""
    if isinstance(node, ast.FunctionDef):
        return [*node.args.defaults, *node.body]
    if isinstance(node, ast.AnnAssign):
        return [node.value] if node.value is not None else []
    if isinstance(node, ast.Raise) or (
        isinstance(node, ast.Call) and _named(node) in ("refuse", "Rejected", "TooLarge", "cast")
    ):
        return []
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.keyword) and node.arg == "strict"):
        return []  # what is zipped strictly has been counted before
    return list(ast.iter_child_nodes(node))


def _named(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _text(node: ast.AST) -> str:
    text = ast.unparse(node).split("\n")[0]
    return text if len(text) <= 70 else f"{text[:67]}…"


Edit = Callable[[ast.AST], None]


def _edits(node: ast.AST) -> Iterator[tuple[str, Edit]]:
    """The changes to one node."""
    if isinstance(node, ast.Compare):
        for k, op in enumerate(node.ops):
            other = COMPARISONS[type(op)]
            yield f"{type(op).__name__} → {other.__name__}", lambda n, k=k, o=other: _put(n.ops, k, o())  # type: ignore[misc, attr-defined]
    elif isinstance(node, ast.BoolOp):
        other_op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield "and ↔ or", lambda n: setattr(n, "op", other_op)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        swapped = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield "+ ↔ −", lambda n: setattr(n, "op", swapped)
    elif (
        isinstance(node, ast.UnaryOp)
        and isinstance(node.op, ast.USub)
        and not isinstance(node.operand, ast.Constant)
    ):
        yield "sign dropped", lambda n: setattr(n, "op", ast.UAdd()) if False else _unsigned(n)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield f"{node.value} → {node.value + 1}", lambda n: setattr(n, "value", n.value + 1)  # type: ignore[attr-defined]
        yield f"{node.value} → {node.value - 1}", lambda n: setattr(n, "value", n.value - 1)  # type: ignore[attr-defined]
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield f"{node.value} → {not node.value}", lambda n: setattr(n, "value", not n.value)  # type: ignore[attr-defined]
    elif isinstance(node, ast.Return) and node.value is not None and not _is_false(node.value):
        yield "result dropped", lambda n: setattr(n, "value", ast.Constant(None))
    elif isinstance(node, ast.If | ast.While | ast.IfExp):
        yield "condition negated", _negated
    elif isinstance(node, (ast.Raise | ast.AugAssign | ast.Continue | ast.Break, ast.Expr)):
        yield "statement deleted", _deleted
    if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
        for k, part in enumerate(node.generators):
            for j in range(len(part.ifs)):
                yield "filter dropped", lambda n, k=k, j=j: n.generators[k].ifs.pop(j) and None  # type: ignore[misc, attr-defined]


def _put(items: list[ast.cmpop], k: int, op: ast.cmpop) -> None:
    items[k] = op


def _is_false(node: ast.AST) -> bool:
    """None and False: where truth is asked, one is as good as the other."""
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def _negated(node: ast.AST) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)  # type: ignore[attr-defined]


def _become(node: ast.AST, other: ast.AST) -> None:
    """Turn a node into another one, in place."""
    place = {name: getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")}
    node.__class__ = other.__class__
    node.__dict__.clear()
    node.__dict__.update(other.__dict__)
    node.__dict__.update(place)


def _unsigned(node: ast.AST) -> None:
    _become(node, node.operand)  # type: ignore[attr-defined]


def _deleted(node: ast.AST) -> None:
    _become(node, ast.Pass())
