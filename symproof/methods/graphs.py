"""Small graphs in order of size, one of each kind up to isomorphism."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations, permutations

from symproof.evaluation.compiler import FiniteGraph

ATLAS = 7


def make_graph(n: int, edges: frozenset[tuple[int, int]]) -> FiniteGraph:
    return FiniteGraph(n, frozenset((min(e), max(e)) for e in edges))


@cache
def _all(n: int) -> tuple[FiniteGraph, ...]:
    """The graphs on n vertices: by trying all for small n, from the atlas of networkx beyond."""
    if n > 4:
        from networkx import graph_atlas_g

        return tuple(make_graph(n, frozenset(g.edges())) for g in graph_atlas_g() if g.number_of_nodes() == n)
    pairs = list(combinations(range(n), 2))
    seen: set[frozenset[tuple[int, int]]] = set()
    found = []
    for k in range(len(pairs) + 1):
        for edges in combinations(pairs, k):
            graph = make_graph(n, frozenset(edges))
            if graph.edges not in seen:
                seen |= {relabelled(graph, order).edges for order in permutations(range(n))}
                found.append(graph)
    return tuple(found)


def relabelled(graph: FiniteGraph, order: tuple[int, ...]) -> FiniteGraph:
    """The same graph with vertex v called order[v]."""
    return make_graph(graph.n, frozenset((order[u], order[v]) for u, v in graph.edges))


def graphs(n: int) -> tuple[FiniteGraph, ...]:
    """All graphs on n vertices up to isomorphism, few edges first; n at most 7."""
    return _all(n)


def telling() -> Iterator[FiniteGraph]:
    """Graphs for a first look: uneven degrees, then regular ones, odd and even cycles, several parts."""
    for n, edges in (
        (3, "01 12"), (2, "01"), (3, "01 12 02"), (4, "01 12 23"), (4, "01 02 03"), (4, "01 23"),
        (3, "01"), (4, "01 12 23 03"), (4, "01 12 02 03"), (1, ""), (5, "01 12 23 34 04"), (2, ""),
    ):  # fmt: skip
        yield make_graph(n, frozenset((int(e[0]), int(e[1])) for e in edges.split()))
