"""The value of a term at a point, over any arithmetic.

`Compiler.run(term)` turns a term into a closure from environments to values; nothing is ever
evaluated as code.  A value is a number, a truth value, a `Tensor`, a `FiniteGraph`, a
vertex (an `int`), or a Python callable for a function or sequence.  A term without a value
raises `Undefined`; what cannot be decided raises `Unknown`.  An environment maps the bound
names in scope to values; under "" it holds the world that knows the declared symbols.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from symproof.evaluation.arithmetic import Arithmetic, Undefined, Unknown
from symproof.evaluation.linear import Tensor
from symproof.terms.rewrite import free_symbols
from symproof.terms.tree import Term
from symproof.terms.types import Scalar

Value = Any
Env = dict[str, Value]
Run = Callable[[Env], Value]
Build = Callable[["Compiler", Term], Run]
BUILD: dict[str, Build] = {}


@dataclass(frozen=True)
class FiniteGraph:
    """A simple graph on the vertices 0 … n-1."""

    n: int
    edges: frozenset[tuple[int, int]]  # each with its smaller end first

    def joined(self, u: int, v: int) -> bool:
        return (min(u, v), max(u, v)) in self.edges

    def degree(self, v: int) -> int:
        return sum(v in edge for edge in self.edges)

    def spread(self) -> list[int]:
        """For each vertex the smallest one of its component."""
        label = list(range(self.n))
        for _ in range(self.n):
            for u, v in self.edges:
                label[u] = label[v] = min(label[u], label[v])
        return label

    def connected(self) -> bool:
        return len(set(self.spread())) == 1

    def bipartite(self) -> bool:
        """No component of the double cover holds both copies of a vertex."""
        n = self.n
        double = frozenset(e for u, v in self.edges for e in ((u, v + n), (v, u + n)))
        label = FiniteGraph(2 * n, double).spread()
        return all(label[v] != label[v + n] for v in range(n))


def builds(*ops: str) -> Callable[[Build], Build]:
    def register(build: Build) -> Build:
        BUILD.update(dict.fromkeys(ops, build))
        return build

    return register


class Averaging:
    """A function that takes an expectation over something with its argument: that must not be random."""

    def __init__(self, at: Callable[..., Value]) -> None:
        self.at = at

    def __call__(self, *values: Value) -> Value:
        raise Unknown("an expectation at what may be random")


class Compiler:
    """Turns terms into closures over one arithmetic."""

    def __init__(self, arithmetic: Arithmetic) -> None:
        self.A = arithmetic
        self.bound: frozenset[str] = frozenset()
        self.params: frozenset[str] = frozenset()

    def run(self, term: Term) -> Run:
        build = BUILD.get(term.op)
        if build is None:
            return self.refuse(f"{term.op} has no evaluation")
        return build(self, term)

    def refuse(self, reason: str) -> Run:
        def run(env: Env) -> Value:
            raise Unknown(reason)

        return run

    def runs(self, terms: tuple[Term, ...]) -> list[Run]:
        return [self.run(term) for term in terms]

    def under(self, names: tuple[str, ...], term: Term, params: bool = False) -> Run:
        """A body in which more names are bound; what binds parameters is called by value."""
        kept = self.bound, self.params
        self.bound |= set(names)
        self.params = self.params | set(names) if params else self.params - set(names)
        try:
            return self.run(term)
        finally:
            self.bound, self.params = kept

    def real(self, term: Term) -> Run:
        """A scalar argument, made complex where its type is."""
        inner = self.run(term)
        if term.type == Scalar("complex"):
            return lambda env: self.A.complex(inner(env))
        return inner

    # --- domains ---------------------------------------------------------------

    def domain(self, domain: Term) -> Callable[[Env], Iterator[tuple[Value, ...]] | list[tuple[Value, ...]]]:
        """The items of a finite domain, each a tuple with a value for each name."""
        A = self.A
        if domain.op == "range":
            bounds = self.axis(domain)

            def integers(env: Env) -> Iterator[tuple[Value, ...]]:
                start, size = bounds(env)
                if size > A.steps:
                    A.spend(size)
                return ((A.number(k),) for k in range(start, start + size))

            return integers
        if domain.op in ("vertices", "edges"):
            graph = self.run(domain.args[0])
            if domain.op == "edges":
                return lambda env: sorted(graph(env).edges)
            return lambda env: [(v,) for v in range(graph(env).n)]
        return self.refuse(f"{domain.op} is not finite")

    def axis(self, axis: Term) -> Callable[[Env], tuple[int, int]]:
        """The first index of an axis and its length."""
        A = self.A
        if axis.op == "vertices":
            graph = self.run(axis.args[0])
            return lambda env: (0, graph(env).n)
        if axis.op != "range":
            return self.refuse(f"{axis.op} is no axis")
        low, high = self.runs(axis.args)

        def run(env: Env) -> tuple[int, int]:
            start = A.integer(low(env))
            return start, max(0, A.integer(high(env)) - start + 1)

        return run

    def shape(self, axes: tuple[Term, ...]) -> Callable[[Env], tuple[tuple[int, ...], tuple[int, ...]]]:
        """The first indices and the lengths of the axes."""
        runs = [self.axis(axis) for axis in axes]

        def run(env: Env) -> tuple[tuple[int, ...], tuple[int, ...]]:
            found = [axis(env) for axis in runs]
            return tuple(start for start, _ in found), tuple(size for _, size in found)

        return run

    def points(self, term: Term) -> Callable[[Env], Iterator[Env]]:
        """The environments in which the body of a binder is evaluated."""
        groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        domains = []
        seen: tuple[str, ...] = ()
        for group, domain in zip(groups, term.args[1:], strict=True):
            kept, self.bound = self.bound, self.bound | set(seen)
            domains.append((group, self.domain(domain)))
            self.bound = kept
            seen += group
        A = self.A

        def fill(k: int, env: Env) -> Iterator[Env]:
            group, items = domains[k]
            inner = dict(env)
            for item in items(env):
                A.spend()
                inner.update(zip(group, item, strict=True))
                if k + 1 == len(domains):
                    yield inner
                else:
                    yield from fill(k + 1, inner)

        return lambda env: fill(0, env)

    def body(self, term: Term) -> Run:
        """The body of a binder; over edges it must not change when the ends are swapped."""
        groups: tuple[tuple[str, ...], ...] = term.data  # type: ignore[assignment]
        run = self.under(tuple(name for group in groups for name in group), term.args[0])
        for k, (group, domain) in enumerate(zip(groups, term.args[1:], strict=True)):
            if domain.op == "edges":
                if any(free_symbols(later) & set(group) for later in term.args[k + 2 :]):
                    return self.refuse("a range that depends on an edge")
                run = self._unordered(run, *group)
        return run

    def _unordered(self, run: Run, u: str, v: str) -> Run:
        def both(env: Env) -> Value:
            value = run(env)
            other = run({**env, u: env[v], v: env[u]})
            if not (value == other if isinstance(value, bool) else same(self.A, value, other)):
                raise Undefined("the body depends on the direction of an edge")
            return value

        return both


def same(A: Arithmetic, left: Value, right: Value) -> bool:
    """Are the two values equal, for certain?"""
    if isinstance(left, Tensor):
        if (left.starts, left.shape) != (right.starts, right.shape):
            raise Unknown("arrays of different shapes")
        unsure: Unknown | None = None
        for a, b in zip(left.cells, right.cells, strict=True):
            try:
                if not A.equal(a, b):
                    return False
            except Unknown as error:
                unsure = error
        if unsure:
            raise unsure
        return True
    if isinstance(left, int) and isinstance(right, int):
        return left == right
    if callable(left) or isinstance(left, FiniteGraph):
        raise Unknown("equality of functions, sequences or graphs")
    return A.equal(left, right)
