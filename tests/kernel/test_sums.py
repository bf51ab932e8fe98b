"""Finite sums: one form whatever the indices are called and however the sum is written."""

from __future__ import annotations

from itertools import permutations
from random import Random

import pytest

from symproof.kernel import sums
from symproof.kernel.lower import lower
from symproof.kernel.poly import Atom, TooLarge, number, of_atom
from symproof.kernel.verdict import Rejected
from tests.kernel.kit import ALGEBRA, form, normal, not_proved, proved, rejected, term

LET = [
    "n: size", "m: size", "g: sequence of real", "h: sequence of real", "x: real", "y: real", "A: matrix(n)", "S: symmetric matrix(n)",
    "B: matrix(n)", "u: vector(n)", "v: vector(n)", "T: (real, real) -> real", "G: graph", "a: vector(V(G))", "k: integer", "q: real",
]  # fmt: skip

# Bodies over the indices i, j, l, o; every renaming and order of summation gives one form.
BODIES = [
    ("g[i] h[j] T(g[i], h[j])", "ij"), ("A[i, j] u[i] v[j]", "ij"), ("A[i, j] A[j, l] A[l, i]", "ijl"),
    ("A[i, j] A[j, i]", "ij"), ("S[i, j] S[j, l] u[i] u[l]", "ijl"), ("S[i, j] S[j, l] S[l, i]", "ijl"),
    ("A[i, j] B[j, l] A[l, i] u[i]", "ijl"), ("u[i] v[j]", "ij"), ("x^i y^j T(i, j)", "ij"),
    ("exp(u[i] u[j]) A[i, j]", "ij"), ("A[i, j] A[i, l] A[j, l]", "ijl"), ("A[i, j] A[j, l] A[l, o] A[o, i]", "ijlo"),
    ("u[i]^2 u[j] A[i, j]^2", "ij"), ("T(u[i], u[j]) T(u[j], u[l])", "ijl"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "indices"), BODIES, ids=[b for b, _ in BODIES])
def test_renaming_and_reordering_change_nothing(body: str, indices: str) -> None:
    """The canonical form is invariant under bijective renaming and permutation of the binders."""
    found = set()
    nf = normal(LET)
    for names in permutations(indices):
        renamed = "".join(
            dict(zip(indices, names, strict=True)).get(c, c) if _alone(body, k) else c
            for k, c in enumerate(body)
        )
        for order in (indices, indices[::-1]):
            binders = ", ".join(f"{c}=1..n" for c in order)
            found.add(lower(nf, term(f"sum({renamed}, {binders})", LET)).key)
    assert len(found) == 1


def _alone(text: str, k: int) -> bool:
    """Is the letter a name of its own?"""
    return not (text[k - 1 : k].isalpha() or text[k + 1 : k + 2].isalpha())


EQUAL: list[tuple[str, str]] = [
    ("sum(g[i], i=1..n) + sum(h[j], j=1..n)", "sum(g[l] + h[l], l=1..n)"),
    ("sum(g[i] h[j], i=1..n, j=1..m)", "sum(g[i], i=1..n) sum(h[j], j=1..m)"),
    ("sum(sum(g[i] h[j], i=1..n), j=1..m)", "sum(sum(g[i] h[j], j=1..m), i=1..n)"),
    ("sum(2 g[i] x, i=1..n)", "2 x sum(g[i], i=1..n)"), ("sum(g[i + 3], i=1..n)", "sum(g[i], i=4..n + 3)"),
    ("sum(g[n - i], i=0..n)", "sum(g[n + 1 - i], i=1..n + 1)"), ("sum(g[i], i=1..n + 2)", "sum(g[i], i=1..n) + g[n + 1] + g[n + 2]"),
    ("sum(g[i], i=2..4)", "g[2] + g[3] + g[4]"), ("sum(x, i=1..n)", "n x"), ("sum(x, i=1..n, j=1..m)", "n m x"),
    ("sum(i, i=3..2)", "0"), ("sum(g[i], i=1..0)", "0"), ("sum(q^(n - i) g[i], i=1..n) q", "sum(q^(n - i + 1) g[i], i=1..n)"),
    ("sum(q^(i + 2), i=0..n)", "q^2 sum(q^i, i=0..n)"), ("sum(2^(i - n), i=1..n)", "2^(-n) sum(2^i, i=1..n)"),
    ("sum(A[i, j] u[j], j=1..n, i=1..n)", "sum(sum(A[i, j], i=1..n) u[j], j=1..n)"), ("sum(g[i], i=1..n)^2", "sum(g[i] g[j], i=1..n, j=1..n)"),
    ("sum([i = j] g[i] h[j], i=1..n, j=1..n)", "sum(g[i] h[i], i=1..n)"), ("sum([i = j], i=1..n, j=1..n)", "n"),

    ("sum(sum([j = i] g[j], j=1..i), i=1..n)", "sum(g[i], i=1..n)"), ("sum(sum(1, j=1..i), i=1..n)", "sum(i, i=1..n)"),
    ("sum(exp(g[i] + x), i=1..n)", "exp(x) sum(exp(g[i]), i=1..n)"), ("sum(exp(g[i])/sum(exp(g[j]), j=1..n), i=1..n)", "1"),
    ("sum(sum(A[j, i]/sum(A[l, i], l=1..n) u[i], j=1..n), i=1..n)", "sum(u[i] sum(A[j, i], j=1..n)/sum(A[j, i], j=1..n), i=1..n)"),
    ("sum(adjacency(G)[v, w] a[v], v in V(G), w in V(G))", "sum(degree(v) a[v], v in V(G))"),
    ("sum(a[v] + a[w], (v, w) in E(G))", "sum(degree(v) a[v], v in V(G))"), ("sum([v = w] a[w], v in V(G), w in V(G))", "sum(a[v], v in V(G))"),
    ("|E(G)|", "sum(1, (v, w) in E(G))"), ("sum(1, v in V(G))", "|V(G)|"), ("sum(g[i] - g[i], i=1..n)", "0"),
    ("sum([i <= n] g[i], i=1..n + m)", "sum(g[i], i=1..n)"), ("sum(sum(exp(A[i, j])/sum(exp(A[i, l]), l=1..n), j=1..n), i=1..n)", "n"),
    ("sum(sum(u[i] exp(A[j, i])/sum(exp(A[l, i]), l=1..n), j=1..n), i=1..n)", "sum(u[i], i=1..n)"),
    ("sum(sum(u[i] exp(A[j, i])/sum(exp(A[l, i]), l=1..n), i=1..n), j=1..n)", "sum(u[i], i=1..n)"),
    ("sum(sum(u[i] v[j] exp(A[j, i])/sum(exp(A[l, i]), l=1..n), i=1..n), j=1..n)", "sum(sum(u[i] v[j] exp(A[j, i])/sum(exp(A[l, i]), l=1..n), j=1..n), i=1..n)"),
    ("sum(sum(exp(A[j, i])/sum(exp(A[l, i]), l=1..n), i=1..n), j=1..n + 1)", "sum(sum(exp(A[j, i])/sum(exp(A[l, i]), l=1..n), j=1..n + 1), i=1..n)"),
    ("sum(sum(sum(u[i] u[o] exp(A[j, i])/sum(exp(A[l, i]), l=1..n), i=1..n), j=1..n), o=1..n)", "sum(u[i], i=1..n)^2"),
    ("sum(x^(m - i) g[i], i=1..m) + x^m", "sum(x^(m - j) g[j], j=1..m) + x^m"), ("sum(q^(2 n - 2 i), i=1..n) q", "sum(q^(2 n + 1 - 2 i), i=1..n)"),
    ("sum([2 i = k] g[i], i=1..n)", "sum([k = 2 j] g[j], j=1..n)"),
    ("sum([v = w] a[v] a[w], v in V(G), w in V(G))", "sum(a[v]^2, v in V(G))"), ("sum(sum([i >= j] g[j], j=1..n), i=1..n)", "sum(sum([l >= i] g[i], i=1..n), l=1..n)"),
    ("sum([i >= x] g[i], i=1..n)", "sum([j >= x] g[j], j=1..n)"), ("sum(sum([i <= l] g[l], l=1..i), i=1..n)", "sum(g[i], i=1..n)"),
    ("sum(g[i], i=1..n)^3", "sum(g[i] g[j] g[l], i=1..n, j=1..n, l=1..n)"), ("sum((sum(A[i, j], j=1..n))^2, i=1..n)", "sum(A[i, j] A[i, l], i=1..n, j=1..n, l=1..n)"),
]  # fmt: skip
DIFFERENT: list[tuple[str, str]] = [
    ("sum(g[i], i=1..n)", "sum(g[i], i=1..m)"), ("sum(A[i, j] A[i, j], i=1..n, j=1..n)", "sum(A[i, j] A[j, i], i=1..n, j=1..n)"),
    ("sum(g[i] h[i], i=1..n)", "sum(g[i], i=1..n) sum(h[i], i=1..n)"), ("sum(sum(g[i] h[j], j=1..i), i=1..n)", "sum(sum(h[i] g[j], j=1..i), i=1..n)"),
    ("sum(g[i], i=1..n + 1)", "sum(g[i], i=1..n) + g[n]"), ("sum([i = k] g[i], i=1..n)", "g[k]"), ("sum([i <= k] g[i], i=1..n)", "sum(g[i], i=1..k)"),
    ("sum(a[v] a[w], (v, w) in E(G))", "sum(a[v]^2, v in V(G))"), ("sum(adjacency(G)[v, w] a[v] a[w], v in V(G), w in V(G))", "sum(degree(v) a[v]^2, v in V(G))"),
    ("sum(x^i, i=1..n)", "x sum(x^i, i=1..n)"), ("sum(i, i=1..n)", "n"), ("sum([i >= k] g[i], i=1..n)", "sum(g[i], i=k..n)"),
    ("sum(q^(i - 3), i=1..n) q^3", "sum(q^i, i=1..n) + 1"), ("sum(S[i, j] A[i, j], i=1..n, j=1..n)", "sum(S[i, j] A[i, i], i=1..n, j=1..n)"),
]  # fmt: skip


@pytest.mark.parametrize("case", EQUAL, ids=str)
def test_equal_sums_have_one_form(case: tuple[str, str]) -> None:
    """Splitting, merging, shifting, peeling, contracting."""
    nf = normal(LET)
    left, right = (lower(nf, term(t, LET)) for t in case)
    assert nf.is_zero(left - right), (left, right)


@pytest.mark.parametrize("case", DIFFERENT, ids=str)
def test_different_sums_differ(case: tuple[str, str]) -> None:
    """No step takes one for the other."""
    nf = normal(LET)
    left, right = (lower(nf, term(t, LET)) for t in case)
    assert not nf.is_zero(left - right)


@pytest.mark.parametrize("seed", range(40))
def test_opening_and_closing_again_changes_nothing(seed: int) -> None:
    """A sum that is opened and summed again is the same sum; so is one whose size is renamed there and back."""
    rng = Random(seed)
    body, indices = rng.choice(BODIES)
    ranges = {c: f"1..{rng.choice(['n', 'n', indices[0] if c != indices[0] else 'n'])}" for c in indices}
    text = body
    for c in reversed(indices):
        text = f"sum({text}, {c}={ranges[c]})"
    nf = normal(LET)
    poly = lower(nf, term(text, LET))
    for mono in poly.terms:
        for atom, _ in mono:
            if atom.kind == "sum":
                variables, opened = sums.open_sum(nf, atom)
                for var in reversed(variables):
                    opened = sums.sum_over(nf, opened, var)
                assert opened == of_atom(atom)
    n, m = Atom("sym", "n"), Atom("sym", "m")
    there = nf.replace(poly, {n: of_atom(m)})
    assert nf.replace(there, {m: of_atom(n)}) == poly
    assert there == lower(nf, term(text.replace("n", "m"), [l.replace("(n", "(m") for l in LET]))


def test_too_many_equal_indices_are_refused() -> None:
    """The trace of seven equal matrices has 5,040 namings: that is said, not computed."""
    rejected("algebra: a sum with too many equal indices", f"trace({'A ' * 7}) = 0", ALGEBRA, LET)
    proved("trace(A B A B) = trace(B A B A)", ALGEBRA, LET)


def test_a_sum_over_edges_must_not_know_the_ends_apart() -> None:
    """Swapping the ends changes a[u] − a[v]: no sum over edges."""
    with pytest.raises(Rejected) as caught:
        form("sum(a[v] - a[w], (v, w) in E(G))", LET)
    assert str(caught.value) == "lowering: a sum over edges of what changes when the ends are swapped"
    with pytest.raises(Rejected) as caught:
        form("max(a[v] a[w], (v, w) in E(G))", LET)
    assert str(caught.value) == "lowering: maximum over edges"


def test_lengths_of_ranges() -> None:
    """Known to be natural, known to be empty, or neither."""
    nf = normal(["n: integer >= 0", "k: integer"])
    n, k = of_atom(Atom("sym", "n")), of_atom(Atom("sym", "k"))
    assert sums.length(nf, ("range", n)) == n
    assert not sums.length(nf, ("range", -n))
    assert sums.length(nf, ("range", k)) == of_atom(Atom("length", k))
    assert sums.length(nf, ("vertices", "G")) == of_atom(Atom("card", "G"))
    assert sums.surely_nonempty(nf, ("range", n + number(1))) and not sums.surely_nonempty(nf, ("range", n))
    assert sums.surely_nonempty(nf, ("range", None)) and sums.surely_nonempty(nf, ("vertices", "G"))


@pytest.mark.parametrize(
    ("text", "let", "undefined"),
    [
        ("x", [], False), ("x^(-1)", [], True), ("x^(-1)", ["x > 0"], False), ("x^(1/2)", [], False), ("x^(-1/2)", [], True),
        ("x^k", [], True), ("x^k", ["k >= 0"], False), ("log(x)", [], True), ("log(x)", ["x > 0"], False), ("tan(x)", [], True),
        ("exp(x)", [], False), ("2^(-x)", [], False), ("1/(x + y)", [], True), ("1/(x + y)", ["x + y > 0"], False), ("1/(x + y)", ["x + y != 0"], False),
    ],
)  # fmt: skip
def test_factors_that_may_be_undefined(text: str, let: list[str], undefined: bool) -> None:
    """Divisions and poles, unless signs exclude them."""
    ((mono, _),) = form(text, LET, let).terms.items()
    nf = normal(LET, let)
    assert any(sums.perhaps_undefined(nf, *factor) for factor in mono) is undefined


def test_a_runaway_form_stops() -> None:
    """Work is counted."""
    nf = normal(LET)
    with pytest.raises(TooLarge):
        for _ in range(10**6):
            nf.spend(1000)


def test_a_power_at_an_index_that_a_bracket_fixes() -> None:
    """Σ_k [k = 1] 2^k = 2."""
    let = ["n: size", "x: real"]
    proved("sum(2^k [k = 1], k = 1..n) = 2", ALGEBRA, let)
    proved("sum(x^k (3^(k + 1)) [k = 1], k = 1..n) = 9 x", ALGEBRA, let)
    not_proved("sum(2^k [k = 1], k = 1..n) = 1", ALGEBRA, let)


def test_multiples_of_pi_that_are_no_numbers() -> None:
    """cos(n π) = (−1)^n for integers n alone."""
    let = ["n: integer", "x: real", "m: integer"]
    proved("cos(n pi) = (-1)^n", ALGEBRA, let)
    proved("sin(x + n pi) = (-1)^n sin(x)", ALGEBRA, let)
    proved("cos(x + 2 n m pi) = cos(x)", ALGEBRA, let)
    not_proved("cos(x pi) = (-1)^n", ALGEBRA, let)
    not_proved("cos(n pi/2) = (-1)^n", ALGEBRA, let)
    not_proved("cos(n x) = (-1)^n", ALGEBRA, let)


def test_arguments_are_compared_in_normal_form() -> None:
    """What cancels in a product leaves nothing behind."""
    let = ["f: function", "x: real", "y: real"]
    proved("f((x + y) (x - y)) = f(x^2 - y^2)", ALGEBRA, let)
    proved("cos(pi/4) = 1/sqrt(2)", ALGEBRA, let)
    proved("atan(-1) = -(pi/4)", ALGEBRA, let)
    proved("atan(sqrt(3)) = pi/3", ALGEBRA, let)
    not_proved("f((x + y) (x - y)) = f(x^2 + y^2)", ALGEBRA, let)
