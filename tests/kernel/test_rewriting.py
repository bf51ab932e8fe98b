"""Matching, orienting and rewriting: an equation is used exactly where it says something."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel import rewriting
from symproof.kernel.decide import normal as made
from symproof.kernel.decide import rewrites
from symproof.kernel.known import bind
from symproof.kernel.lower import lower, scalar
from symproof.kernel.normal import Normal
from symproof.kernel.poly import Atom, Poly, number, of_atom
from symproof.kernel.verdict import Rejected
from tests.kernel.kit import form, normal, not_proved, proved, rejected, term

LET = [
    "x: real", "y: real", "n: integer", "m: integer", "d: size", "u: vector(d)", "v: vector(d)", "A: matrix(d)",
    "g: sequence of real", "h: sequence of vector(d)", "f: function", "F: vector(d) -> real", "T: (real, real) -> real",
    "c: integer -> integer", "G: graph", "a: vector(V(G))", "o: vertex(G)", "X: random real", "i: index(d)", "j: index(d)",
]  # fmt: skip


def rewritten(text: str, *facts: str) -> dict[str, Any]:
    return {"rule": "algebra", "rewrite": [f"r{k}" for k in range(len(facts))]}


# goal, rules
USED: list[tuple[str, ...]] = [
    ("x = 2", "x = 2"), ("x^2 + x = 6", "x = 2"), ("x + y = 3", "x = 3 - y"), ("2 x = y", "2 x = y"), ("x y = 0", "y = 0"),
    ("f(3) = 1", "f(3) = 1"), ("f(x) = x^2", "f(s) = s^2 for real s"), ("f(x + y) = (x + y)^2", "f(s) = s^2 for real s"),
    ("f(x + 1) = x", "f(s + 1) = s for real s"), ("f(2 - x) = x", "f(2 - s) = s for real s"), ("f(x) = x - 1", "f(s + 1) = s for real s"),
    ("g[6] = 2 g[5]", "g[k] = 2 g[k - 1] for integer k >= 6"), ("g[5] = 8 g[2]", "g[k] = 2 g[k - 1] for integer k >= 3"),
    ("g[n + m] = 0", "g[k] = 0 for integer k"), ("T(x, x) = x", "T(s, s) = s for real s"), ("T(x, y) = T(y, x)", "T(x, y) = T(y, x)"),
    ("T(x, 2 x) = 1", "T(s, 2 s) = 1 for real s"), ("T(x + y, x) = y", "T(s, t) = s - t for s: real, t: real"),
    ("u[i] = 1", "u[k] = 1 for k in 1..d"), ("u[1] = 1", "u[k] = 1 for k in 1..d"), ("u'v = sum(v)", "u = ones(d)"),
    ("A[1, 2] = 0", "A = I(d)"), ("A[i, i] = 0", "A = zeros(d, d)"),
    ("trace(A) = d", "A[k, k] = 1 for k in 1..d"), ("h[5] = 2 h[4]", "h[k] = 2 h[k - 1] for integer k >= 5"),
    ("h[5][i] = 2 h[4][i]", "h[k] = 2 h[k - 1] for integer k >= 5"), ("norm(h[3])^2 = 4 norm(h[2])^2", "h[k] = 2 h[k - 1] for integer k >= 3"),
    ("F(u) = u'u", "F(w) = w'w for w: vector(d)"), ("F(2 u) = 4 u'u", "F(w) = w'w for w: vector(d)"),
    ("F(A u) = 0", "F(w) = 0 for w: vector(d)"), ("a[o] = 1", "a[v] = 1 for v in V(G)"),
    ("sum(a[v], v in V(G)) = |V(G)|", "a[v] = 1 for v in V(G)"), ("c(n + 1) = n", "c(k) = k - 1 for integer k"),
    ("x = 6", "y = 3", "x = 2 y"), ("g[2] = 4", "g[k] = 2 g[k - 1] for integer k >= 1", "g[0] = 1"), ("x = y", "x = 2 and y = 2"),
    ("f(f(x)) = x", "f(s) = s for real s"), ("f(x) = 0", "f(s) = 0 for real s with s > 1 and s < 3", "x = 2"),
    ("E[X^2] = 3", "E[X^2] = 3"), ("sum(g[k] x^k, k=0..n) = sum(x^k, k=0..n)", "g[k] = 1 for integer k >= 0"),
    ("sum(g[k], k=1..n) = 7", "sum(g[k], k=1..n) = 7"),
    ("max(g[k], k=1..n) = 7", "max(g[k], k=1..n) = 7"),
    ("g[m] = 5", "g[n + k] = 5 for integer k"), ("y = 5", "g[n + k] = 5 for integer k", "y = g[m]"),
    ("sum((A'u)[j], j=1..d) = sum(u)", "sum(A[k, j], j=1..d) = 1 for k in 1..d"),
]  # fmt: skip
UNUSED: list[tuple[str, ...]] = [
    ("g[0] = 2 g[-1]", "g[k] = 2 g[k - 1] for integer k >= 1"), ("f(x) = 0", "f(k) = 0 for integer k"), ("f(x/2) = 0", "f(k) = 0 for integer k"),
    ("f(x) = 0", "f(s) = 0 for real s with s > 1"), ("T(x, y) = x", "T(s, s) = s for real s"), ("T(x, 3 x) = 1", "T(s, 2 s) = 1 for real s"),
    ("u[i] = 1", "u[k] = 1 for k in 1..d - 1"), ("f(2 x) = x", "f(s) = s for real s"), ("E[X^2] = 9", "E[X] = 3"),
    ("E[X^3] = 9", "E[X^2] = 3"), ("f(y) = 1", "f(x) = 1"), ("F(h[n]) = 0", "F(w) = 0 for w: vector(d) with norm(w) > 1"),
    ("A[1, 2] = 0", "A[k, k] = 0 for k in 1..d"), ("g[n] = 3", "g[2 k] = 3 for integer k"), ("g[2 n + 1] = 3", "g[2 k] = 3 for integer k"),
    ("degree(o) = 3", "degree(v) = 2 for v in V(G)"), ("|x| = 5", "|x| = 4"), ("sqrt(x + y) = 5", "sqrt(x + y) = 4"),
    ("exp(x) = 4", "exp(x) = 5"), ("2^n = 4", "2^n = 5"), ("A[1, 2] = A[2, 1]", "A = A'"), ("g[c(n)] = 1", "g[k] = 1 for integer k with k >= 0"),
]  # fmt: skip


@pytest.mark.parametrize("case", USED, ids=str)
def test_equations_are_used(case: tuple[str, ...]) -> None:
    """The left side matches at values that meet the premises."""
    goal, *facts = case
    given = [f"r{k}: {f}" for k, f in enumerate(facts)]
    more = ["d >= 3", "n >= 1"]
    proved(goal, rewritten(goal, *facts), LET, [*given, *more])


@pytest.mark.parametrize(
    ("goal", "rule", "rules"),
    [("g[m] >= 0", "evident", []), ("y >= g[m]", "order", ["equal"]), ("x >= 7", "order", ["equal"])],
)
def test_indices_may_name_other_symbols(goal: str, rule: str, rules: list[str]) -> None:
    """x[n + k] is x[m] for k = m - n, in what is known as in what is asked."""
    given = ["least: g[n + k] >= 0 for integer k", "equal: T(x, c(n + k)) = 7 for integer k"]
    known = ["first: x >= T(x, c(m))", "last: y >= g[m] + T(x, c(m)) - 7"]
    certificate = {"rule": rule, **({"rewrite": rules} if rules else {})}
    proved(goal, certificate, LET, [*given, *known])


def test_a_rule_is_read_once_unless_there_are_variables_of_its_own() -> None:
    """The larger context was read before the smaller one, so that the two share no variables."""
    outer = normal(LET).context
    first, second = term("f(s) = s for real s", LET), term("g[k] = 1 for integer k", LET)
    inner = outer.with_fact("first", first).with_fact("second", second)
    apart = made(inner, ())
    made(outer, (first,))
    both = made(inner, (first, second))
    assert both.sorts is not apart.sorts and len(both.rewrites) == 2
    assert not apart.oriented


@pytest.mark.parametrize("case", UNUSED, ids=str)
def test_equations_are_not_used_elsewhere(case: tuple[str, ...]) -> None:
    """No match, no premise, no integer: no step."""
    goal, *facts = case
    given = [f"r{k}: {f}" for k, f in enumerate(facts)]
    not_proved(goal, rewritten(goal, *facts), LET, [*given, "d >= 3"])


def test_rewriting_without_end_is_stopped() -> None:
    """x = x + 1 cannot be a rule; g[k] = g[k+1] is one that never ends."""
    reason = "rewrite: no side of the equation is a single symbol, entry, function value or expectation"
    rejected(reason, "x = 2", rewritten("", ""), LET, ["r0: x y = 1"])
    for fact in ("g[k] = g[k + 1] for integer k", "f(s) = f(s + 1) for real s"):
        goal = "g[0] = 0" if fact.startswith("g") else "f(0) = 0"
        rejected("algebra: rewriting without end", goal, rewritten("", ""), LET, [f"r0: {fact}"])


def pattern(text: str, names: str, given: list[str]) -> tuple[Normal, Atom, frozenset[Atom], dict[str, Atom]]:
    """The atom of a term with the given names variables."""
    nf = normal(LET, given)
    whole = term(f"for {names}: {text} = 0", LET)
    bound = bind(nf, whole, {})
    assert bound is not None
    env, variables, _ = bound
    atom = scalar(nf, whole.args[0].args[0], env).atom()
    assert atom is not None
    named = {k: p.atom() for k, p in env.items() if isinstance(p, Poly)}
    return nf, atom, variables, {k: a for k, a in named.items() if a is not None}


@pytest.mark.parametrize(
    ("text", "names", "target", "values"),
    [
        ("f(s)", "real s", "f(x y)", {"s": "x y"}), ("f(s + y)", "real s", "f(x)", {"s": "x - y"}),
        ("f(y - s)", "real s", "f(x)", {"s": "y - x"}), ("f(2 s)", "real s", "f(2 x)", None), ("f(s)", "real s", "g[n]", None),
        ("T(s, t)", "s: real, t: real", "T(x, y)", {"s": "x", "t": "y"}), ("T(s + t, t)", "s: real, t: real", "T(x, y)", {"s": "x - y", "t": "y"}),
        ("T(s, s)", "real s", "T(x, y)", None), ("T(s, s)", "real s", "T(x, x)", {"s": "x"}), ("T(s + t, s - t)", "s: real, t: real", "T(x, y)", None),
        ("f(s x)", "real s", "f(x y)", None), ("f(f(s))", "real s", "f(f(x))", {"s": "x"}), ("f(f(s))", "real s", "f(x)", None),
        ("T(f(s), s)", "real s", "T(f(x), y)", None), ("T(s, f(s))", "real s", "T(x, f(x))", {"s": "x"}),
        ("g[k]", "integer k", "g[n + 2]", {"k": "n + 2"}), ("E[X^2]", "integer k", "E[X^2]", {}),
        ("f(s^2)", "real s", "f(x^2)", None), ("|s|", "real s", "|x|", {"s": "x"}), ("|s - 1|", "real s", "|x|", {"s": "x + 1"}),
    ],
)  # fmt: skip
def test_matching_binds_the_variables(
    text: str, names: str, target: str, values: dict[str, str] | None
) -> None:
    """The values that make the pattern the target, or none."""
    given = ["E[X^2] = 1"]
    nf, atom, variables, named = pattern(text, names, given)
    wanted = form(target, LET, given).atom()
    assert wanted is not None
    found = list(rewriting.match(atom, wanted, variables))
    if values is None:
        assert found == []
        return
    assert found == [{named[k]: lower(nf, term(v, LET)) for k, v in values.items()}]


def test_products_match_in_any_order_and_squares_as_products() -> None:
    """E[x_k x_l] meets E[x_1²] with k = l = 1, and E[x_1 x_2] both ways round."""
    let = ["d: size", "x: random vector(d)"]
    nf = normal(let)
    k, l = nf.variable(("range", number(5))), nf.variable(("range", number(5)))
    product = Atom(
        "E", tuple(sorted(((Atom("elem", "x", of_atom(v)), 1) for v in (k, l)), key=lambda f: f[0].key))
    )
    one, two = Atom("elem", "x", number(1)), Atom("elem", "x", number(2))
    variables = frozenset((k, l))
    square = list(rewriting.match(product, Atom("E", ((one, 2),)), variables))
    assert square == [{k: number(1), l: number(1)}]
    pairs = list(rewriting.match(product, Atom("E", ((one, 1), (two, 1))), variables))
    assert {(b[k], b[l]) for b in pairs} == {(number(1), number(2)), (number(2), number(1))}
    assert not list(rewriting.match(product, Atom("E", ((one, 1),)), variables))
    assert not list(rewriting.match(product, Atom("E", ((one, 3),)), variables))
    high = Atom("E", ((one, 7),))
    assert not list(rewriting.match(product, high, variables)) and rewriting._factors(((one, 7),)) == [
        (one, 7)
    ]
    assert rewriting._factors(((one, -1), (two, 2))) == [(one, -1), (two, 1), (two, 1)]


def test_what_a_binder_binds_is_not_captured() -> None:
    """Σ_i g(i, k) matches no sum over i in which k would be i."""
    let = ["n: size", "g: (integer, integer) -> real", "m: integer"]
    not_proved(
        "sum(g(i, i), i=1..n) >= 0", {"rule": "order"}, let, ["sum(g(i, k), i=1..n) = 0 for integer k"]
    )  # fmt: skip
    proved("sum(g(i, m), i=1..n) >= 0", {"rule": "order"}, let, ["sum(g(i, k), i=1..n) = 0 for integer k"])


def test_arrays_in_patterns_that_are_no_holes() -> None:
    """F(2 u) is a pattern, too."""
    let = ["d: size", "F: (vector(d)) -> real", "u: vector(d)"]
    by = {"rule": "algebra", "rewrite": ["a"]}
    proved("F(2 u) + 1 = 4", by, let, ["a: F(2 u) = 3"])
    proved("F(u + u) + 1 = 4", by, let, ["a: F(2 u) = 3"])
    not_proved("F(3 u) = 3", by, let, ["a: F(2 u) = 3"])


def test_holes_stand_for_whole_arrays() -> None:
    """f(w) for all w matches any array over the same axes, and only the same array twice."""
    let = [
        "d: size",
        "u: vector(d)",
        "v: vector(d)",
        "F: (vector(d), vector(d)) -> real",
        "w: vector(d + 1)",
        "f: vector(d + 1) -> real",
    ]
    proved("F(u, u) = 0", {"rule": "algebra", "rewrite": ["a"]}, let, ["a: F(s, s) = 0 for s: vector(d)"])
    not_proved("F(u, v) = 0", {"rule": "algebra", "rewrite": ["a"]}, let, ["a: F(s, s) = 0 for s: vector(d)"])
    not_proved(
        "F(u, v) = 0", {"rule": "algebra", "rewrite": ["a"]}, let, ["a: F(s, 2 s) = 0 for s: vector(d)"]
    )
    proved(
        "F(u, 2 v) = u'v",
        {"rule": "algebra", "rewrite": ["a"]},
        let,
        ["a: F(s, t) = s't/2 for s: vector(d), t: vector(d)"],
    )


ORIENTED: list[tuple[str, str, str | None]] = [
    ("x", "y", "x"), ("2 x + y", "3", "y"), ("x y", "1", None), ("x^2", "1", None),
    ("x + x y", "1", None), ("3", "x", None), ("E[X] + x", "1", "E[X]"), ("g[n] + g[m]", "0", "g[n]"), ("u[1] x", "2", None), ("2^n x", "1", "x"), ("pi x/y", "1", "x"),
]  # fmt: skip


@pytest.mark.parametrize("case", ORIENTED, ids=str)
def test_orienting_an_equation(case: tuple[str, str, str | None]) -> None:
    """An atom that stands alone on the left, and nowhere else in it, becomes the rest."""
    left, right, expected = case
    given = ["E[X] = 1"]
    sides = form(left, LET, given), form(right, LET, given)
    nf = normal(LET)
    found = rewriting.orient(nf, *sides)
    if expected is None:
        assert found is None
        return
    assert found is not None
    pattern, value = found
    assert of_atom(pattern) == form(expected, LET, given)
    assert nf.is_zero(nf.replace(sides[0], {pattern: value}) - sides[1])


@pytest.mark.parametrize(
    ("fact", "reason"),
    [
        ("x y = 1", "no side of the equation is a single symbol, entry, function value or expectation"),
        ("x > 1", "no side of the equation is a single symbol, entry, function value or expectation"),
        (
            "φ(s) = 1 for φ: function, s: real",
            "a quantifier over something else than numbers, indices or vertices",
        ),
        ("(x = 1 or y = 1) implies y = 2", "a premise that is not a relation between numbers"),
        ("o = o", "an equation between things that are not numbers or arrays"),
        (
            "f(0) = s for real s",
            "no side of the equation is a single symbol, entry, function value or expectation",
        ),
    ],
)
def test_facts_that_are_no_rules(fact: str, reason: str) -> None:
    """Each is refused with its reason."""
    nf = normal(LET)
    with pytest.raises(Rejected) as caught:
        rewrites(nf, term(fact.replace("o = o", "o = b"), [*LET, "b: vertex(G)"]))
    assert str(caught.value) == f"rewrite: {reason}"
