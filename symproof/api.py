"""The Python API: what the command does, on text, sympy expressions and networkx graphs.

>>> import symproof
>>> symproof.prove("(a + b)^2 = a^2 + 2 a b + b^2", let=["a: real", "b: real"]).verdict
'proved'
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

from symproof.grading.results import Graded
from symproof.kernel.statement import Hypothesis, Statement, Symbol
from symproof.options import Options
from symproof.reading.inline import Problem, Scope, Source, assume, declare
from symproof.results import Result, Results
from symproof.terms.build import make, num, sym
from symproof.terms.plain import plain
from symproof.terms.tree import Term
from symproof.terms.types import GRAPH, PROP, Vertex

# A larger graph would make a hypothesis that nothing here can use.
MAX_VERTICES = 7


def prove(
    statement: Any,
    let: Iterable[Any] | Mapping[str, Any] = (),
    given: Iterable[Any] | Mapping[str, Any] = (),
    *,
    timeout: float = 10.0,
    memory: int = 1024,
    seed: int = 0,
) -> Result:
    """The verdict on one statement: text, or a sympy relation such as `Eq(...)` or `Le(...)`.

    `let` declares symbols: text such as `"x: real > 0"`, sympy symbols (what they assume is taken
    over), or a mapping from names to types; there a networkx graph stands for itself, up to the
    names of its vertices.  Symbols of a sympy statement need no declaration.  `given` holds
    hypotheses, text or sympy relations, perhaps by name.

    What cannot be read is a result with the verdict `invalid`; what cannot be said in symproof's
    language at all (a sympy function that it does not know) raises ValueError.
    """
    from symproof.running.claims import decide_one, unreadable

    options = Options(timeout=timeout, memory=memory, seed=seed)
    try:
        read = read_question(statement, let, given)
    except Problem as problem:
        return unreadable([problem], statement if isinstance(statement, str) else "")
    return decide_one(read, options)


def check(
    *paths: str | Path,
    timeout: float = 10.0,
    memory: int = 1024,
    seed: int = 0,
    jobs: int = 1,
    cluster: str | None = None,
) -> Results:
    """The results for all claims in the given files and folders, or in claims/.

    `jobs` processes decide at the same time; with `cluster`, the address of a dask.distributed
    scheduler, its workers do.
    """
    from symproof.running.claims import check_claims
    from symproof.running.entries import load

    options = Options(timeout=timeout, memory=memory, seed=seed, jobs=jobs, cluster=cluster)
    entries = load([Path(path) for path in paths or ("claims",)])
    return Results(tuple(check_claims(entries, options)))


def grade(
    assignment: str | Path,
    *submissions: str | Path,
    timeout: float = 10.0,
    memory: int = 1024,
    seed: int = 0,
    jobs: int = 1,
    cluster: str | None = None,
) -> Graded | tuple[Graded, ...]:
    """The marks of one submission (a file) or of several (files, or a folder); raises Problem for an
    assignment that cannot be read.

    A submission that cannot be read has a `problem` and no questions.
    """
    from symproof.grading.assignments import load
    from symproof.grading.classroom import gather, grade_class

    options = Options(timeout=timeout, memory=memory, seed=seed, jobs=jobs, cluster=cluster)
    paths = [Path(path) for path in submissions]
    found = tuple(grade_class(load(assignment), gather(paths), options))
    return found[0] if len(paths) == 1 and not paths[0].is_dir() else found


def read_question(
    statement: Any, let: Iterable[Any] | Mapping[str, Any], given: Iterable[Any] | Mapping[str, Any]
) -> Statement:
    """The statement to decide; raises Problem, or ValueError for what only sympy can say."""
    scope, texts = Scope(), []
    for name, item in _pairs(let):
        if isinstance(item, str):
            texts.append(f"{name}: {item}" if name else item)
        elif _is_graph(item):
            _declare_graph(scope, name, item)
        else:
            _translate(scope, item)
    declare(scope, texts)  # last, since types may speak of a graph: vertex(G)
    for name, item in _pairs(given):
        if isinstance(item, str):
            assume(scope, f"{name}: {item}" if name else item)
        else:
            _assume(scope, _translate(scope, item), name)
    if isinstance(statement, str):
        return scope.statement(Source(statement, "statement"))
    goal = _translate(scope, statement)
    if goal.type != PROP:
        raise ValueError(f"{statement} states nothing; compare it with something, as in Eq(…, 0)")
    return Statement(tuple(scope.symbols.values()), tuple(scope.definitions), tuple(scope.hypotheses), goal)


def _pairs(items: Iterable[Any] | Mapping[str, Any]) -> list[tuple[str | None, Any]]:
    if isinstance(items, Mapping):
        return list(items.items())
    return [(None, item) for item in ([items] if isinstance(items, str) else items)]


def _assume(scope: Scope, statement: Term, name: str | None = None) -> None:
    scope.hypotheses.append(Hypothesis(name or plain(statement), statement))


def _translate(scope: Scope, expression: Any) -> Term:
    """A sympy expression as a term; the symbols that are new in it are declared with what they assume."""
    if "sympy" not in sys.modules:
        raise ValueError(f"expected text or a sympy expression, found {type(expression).__name__}")
    import sympy

    from symproof.methods.sympy_reader import Foreign, Untranslatable

    if isinstance(expression, bool):
        expression = sympy.true if expression else sympy.false
    if not isinstance(expression, sympy.Basic | sympy.MatrixBase):
        raise ValueError(f"expected text or a sympy expression, found {type(expression).__name__}")
    foreign = Foreign(scope.symbols)
    try:
        term = foreign.read(expression)
    except Untranslatable as reason:
        raise ValueError(str(reason)) from None
    for name, symbol in foreign.symbols.items():
        if name not in scope.symbols:
            scope.introduce(symbol)
    for fact in foreign.facts:
        _assume(scope, fact)
    return term


def _is_graph(item: Any) -> bool:
    """Is it a networkx graph?  Networkx is not imported to find out."""
    networkx = sys.modules.get("networkx")
    return networkx is not None and isinstance(item, networkx.Graph)


def _declare_graph(scope: Scope, name: str | None, graph: Any) -> None:
    """Declare a graph, and that it is this one: its vertices have an order in which its edges are these."""
    if name is None:
        raise ValueError('a graph needs a name: let={"G": graph}')
    if graph.is_directed() or graph.is_multigraph() or any(u == v for u, v in graph.edges):
        raise ValueError(f"{name} is not a simple undirected graph")
    vertices = list(graph.nodes)
    if not 1 <= len(vertices) <= MAX_VERTICES:
        raise ValueError(f"{name} has {len(vertices)} vertices; a given graph may have 1 to {MAX_VERTICES}")
    scope.introduce(Symbol(name, GRAPH))
    this = sym(name, GRAPH)
    domain = make("vertices", this)
    names = [f"{name}_{k}" for k in range(1, len(vertices) + 1)]
    points = [sym(n, Vertex(this)) for n in names]
    facts = []
    for (u, p), (v, q) in combinations(zip(vertices, points, strict=True), 2):
        joined = make("index", make("adjacency", this), p, q)
        facts += [make("ne", p, q), make("eq", joined, num(int(graph.has_edge(u, v))))]
    size = make("eq", make("cardinality", domain), num(len(vertices)))
    if facts:
        body = make("and", *facts)
        drawn = make("exists", body, *[domain] * len(names), data=tuple((n,) for n in names))
        _assume(scope, drawn, f"{name} is given")
    _assume(scope, size, f"{name} has {len(vertices)} vertices")
