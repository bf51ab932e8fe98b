"""What is known of all values, used for a goal that it matches; what an equivalence says in both directions."""

from __future__ import annotations

import pytest

from symproof.kernel.check import check
from symproof.methods.base import Budget
from symproof.methods.prove import propose
from symproof.methods.quick import ledger
from symproof.reading.inline import read_statement

N = ("n: size", "x: vector(n)", "y: vector(n)", "H: matrix(n)")
REALS = ("a: real", "b: real", "f: function", "g: (real, real) -> real")
GRAPH = ("G: graph", "z: vector(V(G))")
DEFINITE = "(u != zeros(n) implies u' H u > 0) for vector(n) u"

TRUE = [
    ("x != y implies (x - y)' H (x - y) > 0", N, (DEFINITE,)),
    ("x + y != zeros(n) implies 0 < (x + y)' H (x + y)", N, (DEFINITE,)),
    ("f(a b) >= f(b)", REALS, ("(t >= b implies f(t) >= f(b)) for real t", "a b >= b")),
    ("g(a^2, b) = b", REALS, ("(s >= 0 implies g(s, t) = t) for real s, real t",)),
    ("z[v] = -z[u] for u in V(G), v in V(G) with adjacency(G)[u, v] = 1", GRAPH,
     ("z[u] + z[v] = 0 for (u, v) in E(G)",)),
    ("b > 0", REALS, ("f(a) > 0 iff b > 0", "f(a) > 0")),
    ("f(a) > 0", REALS, ("f(a) > 0 iff b > 0", "b > 0")),
    ("a > 0 implies (b < 1 iff f(a) > 2)", REALS, ("b < 1 iff f(b) < 0", "a > 0 implies (f(b) < 0 iff f(a) > 2)")),
]  # fmt: skip
FALSE = [
    ("(x - y)' H (x - y) > 0", N, (DEFINITE,)),
    ("f(a b) >= f(b)", REALS, ("(t >= b implies f(t) >= f(b)) for real t", "a b >= a")),
    ("g(a, b) = b", REALS, ("(s >= 0 implies g(s, t) = t) for real s, real t",)),
    ("z[v] = -z[u] for u in V(G), v in V(G)", GRAPH, ("z[u] + z[v] = 0 for (u, v) in E(G)",)),
    ("b > 0", REALS, ("f(a) > 0 iff b > 0",)),
    ("b > 0", REALS, ("f(a) > 0 iff b < 0", "f(a) > 0")),
]


@pytest.mark.parametrize(("text", "let", "given"), TRUE)
def test_what_follows_is_proved(text: str, let: tuple[str, ...], given: tuple[str, ...]) -> None:
    statement = read_statement(text, let, given)
    evidence = propose(statement, Budget(20.0))
    assert evidence is not None and check(statement, evidence.data, ledger()).conditions == ()


@pytest.mark.parametrize(("text", "let", "given"), FALSE)
def test_what_does_not_follow_is_not(text: str, let: tuple[str, ...], given: tuple[str, ...]) -> None:
    """A premise that is not known, or a value to which the fact does not apply."""
    statement = read_statement(text, let, given)
    evidence = propose(statement, Budget(0.5))
    assert evidence is None or check(statement, evidence.data, ledger()).conditions
