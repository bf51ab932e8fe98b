"""Particulars of the normal form and of the rules, each at the least statement that visits it."""

from __future__ import annotations

import pytest

from symproof.kernel import contractions, signs
from symproof.kernel.context import Context
from symproof.kernel.defined import conditions
from symproof.kernel.lower import entry
from symproof.kernel.normal import Normal
from symproof.kernel.poly import MINUS, ONE, Atom, I, Poly, number, of_atom
from symproof.kernel.rewriting import instances
from symproof.kernel.smooth import hull
from symproof.kernel.sums import sum_over
from symproof.kernel.verdict import Rejected
from symproof.terms.build import make, num
from tests.kernel.kit import (
    ALGEBRA,
    EVIDENT,
    axiom,
    claim,
    code,
    form,
    normal,
    not_proved,
    proved,
    rejected,
    term,
    theorem,
)  # fmt: skip
from tests.kernel.semantics import Point

GRAPH = ["G: graph", "a: vector(V(G))", "u: vertex(G)"]
SEQUENCES = ["n: integer >= 0", "m: integer >= 0", "g: sequence of real"]


@pytest.mark.parametrize(
    ("text", "let"),
    [
        ("sum((a[v] - a[w])^2 a[o], (v, w) in E(G), o in V(G))"
         " = sum(a[o], o in V(G)) sum((a[v] - a[w])^2, (v, w) in E(G))", GRAPH),
        ("sum(f(k a), k = 1..2) = f(a) + f(2 a)", [*GRAPH, "f: function(vector(V(G))) -> real"]),
        ("sum(sum(a[v]^k, v in V(G)), k = 1..2) = sum(a[v] + a[v]^2, v in V(G))", GRAPH),
        ("i sqrt(2) sqrt(2) = 2 i", []),
        ("sum(max(t g[i], i = 1..n), t = 1..2) = max(g[i], i = 1..n) + max(2 g[i], i = 1..n)",
         ["n: size", "g: sequence of real"]),
        ("sum(argmax(g[i]^t, i = 1..n), t = 1..2) = argmax(g[i], i = 1..n) + argmax(g[i]^2, i = 1..n)",
         ["n: size", "g: sequence of real"]),
        ("product(k, k = 1..3) = 6", []),
        ("sum(g[k], k = 1..sum(h[j], j = 1..n)) = sum(g[k], k = 1..0 + sum(h[i], i = 1..n))",
         [*SEQUENCES, "h: sequence of integer"]),
        ("max(g[i], i = 1..2) = max(g[1], g[2])", ["g: sequence of real"]),
        ("min(g[i], i = 1..3) = -max(-g[1], -g[2], -g[3])", ["g: sequence of real"]),
        ("product(x + k, k = 1..n + 1) = (x + n + 1) product(x + k, k = 1..n)", ["x: real", "n: integer >= 0"]),
        ("product(x, k = 1..n) = x^n", ["x: real", "n: integer >= 0"]),
        ("gamma(x + 5/2) = (x + 3/2) gamma(x + 3/2)", ["x: real > -1"]),
        ("|x (y - z)| = |x| (z - y)", ["x: real", "y: real", "z: real >= y"]),
        ("|x (z - y)| = |x| (z - y)", ["x: real", "y: real", "z: real >= y"]),
        ("|x (y - z)| = |x| (y - z)", ["x: real", "y: real", "z: real <= y"]),
        ("sum(sum([j <= 2 i] g[j], j = 1..n), i = 1..m) = sum(sum(g[j] [j <= 2 i], i = 1..m), j = 1..n)",
         SEQUENCES),
        ("sum(sum(exp(g[j])/sum(exp(g[t]), t = 1..i), j = 1..i), i = 1..n) = n", SEQUENCES),
    ],
)  # fmt: skip
def test_it_is_one_normal_form(text: str, let: list[str]) -> None:
    proved(text, ALGEBRA, let)


def test_the_derivative_in_one_parameter_of_a_definition() -> None:
    """|b| need not be smooth where the slope in a is asked for."""
    proved("diff(F(t, y), t) = |y|", ALGEBRA, ["t: real", "y: real"], [], ["F(a, b): a |b|"])


def test_the_derivative_of_cases() -> None:
    """Cases that do not change with the variable are derived one by one; others are refused."""
    let = ["x: real", "y: real"]
    proved("diff(cases(x^2 if y > 0, 3 x), x) = cases(2 x if y > 0, 3)", ALGEBRA, let)
    with pytest.raises(Rejected, match="cases that change with the variable"):
        list(conditions(Context.of(claim("0 = 0", let)), term("diff(cases(x if x > 0, 0), x)", let)))


def test_second_derivatives_commute_where_they_are_declared() -> None:
    """The Hessian of a function of a vector is symmetric where it is twice differentiable."""
    text = "hessian(f(A x), x)[i, j] = hessian(f(A x), x)[j, i]"
    let = ["n: size", "A: matrix(n)", "x: vector(n)", "i: index(n)", "j: index(n)"]
    proved(text, ALGEBRA, [*let, "f: twice_differentiable function(vector(n)) -> real"])
    not_proved(text, ALGEBRA, [*let, "f: differentiable function(vector(n)) -> real"])


def test_a_bracket_that_ties_an_index_to_the_range_of_another() -> None:
    """[i = 2 j] with j in 1..i fixes neither index; twice an index is no value of it."""
    text = "sum(sum([i = 2 j] g[j], j = 1..i), i = 1..n)"
    assert form(text, SEQUENCES)
    text = "sum(sum(exp(g[j]) g[i + j]/sum(exp(g[t]), t = 1..i), j = 1..i), i = 1..n)"
    assert form(text, SEQUENCES) != form("sum(sum(g[i + j], j = 1..i), i = 1..n)", SEQUENCES)
    nf = normal()
    var = nf.variable(("range", number(20)))
    bracket = of_atom(Atom("bracket", "eq", of_atom(var).scale(2) - ONE))
    assert not nf.is_zero(nf.times(bracket, of_atom(var)))


def test_a_multiple_of_an_index_is_not_fixed_by_a_bracket() -> None:
    """[2 j = i] fixes j at i/2, not at 2 i; [i = j] does not fix i where j runs up to it."""
    let = [*SEQUENCES, "i: integer"]
    not_proved("sum([2 j = i] g[j], j = 1..n) = [1 <= 2 i] [2 i <= n] g[2 i]", ALGEBRA, let)
    text = "sum(sum([i = 2 j] g[i + j], j = 1..i), i = 1..n)"
    at = Point({"n": 6, "g": lambda k: k * k + 1})
    assert at.poly(form(text, SEQUENCES)) == at.term(term(text, SEQUENCES)) == 10 + 37 + 82


def test_what_leaves_a_series() -> None:
    """x^(n + t) = x^(n + 1) x^(t − 1), but of x^(n − t) nothing may leave it: x may be 0."""
    let = ["x: real", "n: integer >= 0"]
    fact = "sum(x^t, t = 1..oo) = sum(x^t, t = 1..oo) + 0"
    assert form("sum(x^(n + t), t = 1..oo)", let) == form("x^n sum(x^t, t = 1..oo)", let)
    assert form("sum(x^(n - t), t = 1..oo)", let) != form("x^n sum(x^(-t), t = 1..oo)", let)
    assert claim(fact, let)


def test_a_power_of_minus_one_whose_exponent_is_no_integer() -> None:
    """(−1)^(3 n) = (−1)^n for integers only."""
    nf = normal(["x: real", "n: integer"])
    x, n = (of_atom(Atom("sym", name)) for name in "xn")
    assert nf.reduce(((MINUS, n.scale(3)),)) == of_atom(MINUS, n)
    assert nf.reduce(((MINUS, x.scale(3)),)) == of_atom(MINUS, x.scale(3))


def test_a_sum_cut_below_counts_from_one() -> None:
    """Σ_t [t >= l] g_t is Σ from l where l >= 1; for l = 0 the range l..n has one place more."""
    text, given = "sum([t >= l] g[t], t = 1..n) = sum(g[t], t = l..n)", []  # type: ignore[var-annotated]
    proved(text, ALGEBRA, [*SEQUENCES, "l: integer >= 1"], given)
    for least in (0, -1):
        not_proved(text, ALGEBRA, [*SEQUENCES, f"l: integer >= {least}"], given)


def test_a_division_in_a_sum_over_edges() -> None:
    """Where there is no edge, 1/x stands nowhere."""
    text = "sum(1/x, (u, v) in E(G)) = |E(G)|/x"
    message = "lowering: a division in a sum over edges, of which there may be none"
    rejected(message, text, ALGEBRA, ["G: graph", "x: real"])
    proved(text, ALGEBRA, ["G: graph", "x: real != 0"])


def test_the_variable_of_an_integral_lies_between_its_bounds() -> None:
    proved("integral(|t|, t = 1..2) = 3/2", ALGEBRA)
    not_proved("integral(|t|, t = -1..1) = 0", ALGEBRA)
    not_proved("integral(|t|, t = -2..-1) = -3/2", ALGEBRA)


def test_limits_and_integrals_of_different_functions_differ() -> None:
    for text in (
        "limit(f(x), x -> 0) = limit(2 f(x), x -> 0)",
        "limit(f(x), x -> 0) = limit(f(x), x -> 1)",
        "limit(f(x), x -> 0) = limit(f(x), x -> 0+)",
        "integral(f(t), t = 0..1) = integral(f(t), t = 0..2)",
        "integral(f(t), t = 0..1) = integral(f(2 t), t = 0..1)",
    ):
        with pytest.raises(Rejected, match="not 0"):
            theorem(text, ALGEBRA, ["f: continuous function"])


def test_an_integral_of_a_sum_whose_parts_exist() -> None:
    """Facts that speak of multiples of the parts show that the whole exists."""
    let = ["f: continuous function", "g: continuous function"]
    given = ["pi integral(f(t), t = 0..oo) = 1", "integral(g(t), t = 0..oo) = 2"]
    text = "integral(f(t) + g(t), t = 0..oo) = integral(f(t), t = 0..oo) + integral(g(t), t = 0..oo)"
    proved(text, ALGEBRA, let, given)
    not_proved(text, ALGEBRA, let, given[:1])


def test_softmax_of_columns() -> None:
    """The entries of a column add up to 1; those of a row do not."""
    let = ["m: size", "n: size", "A: matrix(m, n)", "i: index(m)", "j: index(n)"]
    nf = normal(let)
    soft = make("softmax", term("A", let), data="columns")
    row = of_atom(nf.variable(("range", form("m", let))))
    column = of_atom(Atom("sym", "j"))
    value = entry(nf, soft, (row, column), {})
    (var,) = row.vars
    assert nf.is_zero(sum_over(nf, value, var) - ONE)
    over = of_atom(nf.variable(("range", form("n", let))))
    (var,) = over.vars
    assert not nf.is_zero(sum_over(nf, entry(nf, soft, (of_atom(Atom("sym", "i")), over), {}), var) - ONE)


def test_twice_differentiable_functions_are_differentiable() -> None:
    """An axiom for functions that are differentiable holds for those that are so twice, and not otherwise."""
    ledger = axiom("f(0) = f(0)", ["f: differentiable function"])
    for attribute in ("differentiable", "twice_differentiable"):
        let = [f"g: {attribute} function"]
        step = {"rule": "have", "name": "x", "axiom": "axiom", "at": {"f": code("g", let)}, "then": EVIDENT}
        proved("g(0) = g(0)", step, let, ledger=ledger)
    let = ["g: continuous function"]
    step = {"rule": "have", "name": "x", "axiom": "axiom", "at": {"f": code("g", let)}, "then": EVIDENT}
    rejected("axiom axiom: f must be declared differentiable", "g(0) = g(0)", step, let, ledger=ledger)


def test_no_axis_is_known_of_what_is_not_declared() -> None:
    nf = normal(GRAPH)
    assert not contractions._full_axis(nf, "nothing", nf.variable(("vertices", "G")))


def test_neighbours_of_a_value_of_the_index_are_not_counted() -> None:
    """Σ_v A[u, s(v)] is not the degree of u."""
    nf = normal([*GRAPH, "s: function(vertex(G)) -> vertex(G)"])
    var, u = nf.variable(("vertices", "G")), of_atom(Atom("sym", "u"))
    image = of_atom(Atom("fun", "s", of_atom(var)))
    assert contractions.contract_one(nf, Atom("adj", "G", u, image), var) is None
    assert contractions.contract_one(nf, Atom("adj", "G", image, u), var) is None
    assert contractions.contract_one(nf, Atom("adj", "G", u, of_atom(var)), var) is not None


def test_imaginary_values() -> None:
    """i has no sign, and a fact for real numbers says nothing of it."""
    nf = normal(["f: function"])
    assert signs.mono_sign(nf, ((I, 1),)) is None
    var = nf.number_variable(("number", "real"))
    pattern = Atom("fun", "f", of_atom(var))
    assert list(instances(nf, pattern, Atom("fun", "f", of_atom(I)), frozenset((var,)), ())) == []
    assert list(instances(nf, pattern, Atom("fun", "f", ONE), frozenset((var,)), ())) == [{var: ONE}]


@pytest.mark.parametrize(
    ("text", "let", "fact"),
    [
        ("product(f(i + x), i = 1..m) = x", ["f: function", "m: size", "n: size", "x: real"],
         "product(f(i + t), i = 1..n) = t for real t"),
        ("f(S) = f(S')", ["n: size", "S: matrix(n)", "f: function(matrix(n)) -> real"],
         "f(A' + 0 A) = f(A) + 1 for A: matrix(n)"),
        ("h(x, x^2) = x", ["h: function(real, real) -> real", "x: real"], "h(t, t^2) = t for real t"),
        ("E[exp(x Y)] = f(x)", ["X: random real", "Y: random real", "f: function", "x: real"],
         "E[exp(t X)] = f(t) for real t"),
        ("E[X^8] = 1", ["X: random real"], "E[X^7] = 1"),
    ],
)  # fmt: skip
def test_equations_that_do_not_fit(text: str, let: list[str], fact: str) -> None:
    """A pattern with other sizes, other factors or a variable that is not alone matches nothing."""
    not_proved(text, {"rule": "algebra", "rewrite": ["fact"]}, let, [f"fact: {fact}"])


def test_an_expectation_whose_premise_fails_is_not_known() -> None:
    """E[g[k]] exists for k >= 1; of g[0] nothing is said."""
    let = ["g: random sequence of real", "h: function"]
    given = ["E[g[k]] = 1 for integer k >= 1", "h(t) >= 0 for real t"]
    proved("E[g[2] + 1] = E[g[2]] + 1", ALGEBRA, let, given)
    not_proved("E[g[0] + 1] = E[g[0]] + 1", ALGEBRA, let, given)


def test_a_bracket_is_bounded() -> None:
    """[X > 0] Y has an expectation where Y² has one."""
    let = ["X: random real", "Y: random real"]
    proved("E[[X > 0] Y + 1] = E[[X > 0] Y] + 1", ALGEBRA, let, ["integrable(Y^2)"])
    not_proved("E[[X > 0] Y^3 + 1] = E[[X > 0] Y^3] + 1", ALGEBRA, let, ["integrable(Y^2)"])


def test_roots_of_independent_entries_stay_together() -> None:
    """Entries at indices that may be the same are not independent of each other."""
    let = ["n: size", "x: independent random vector(n)", "i: index(n)"]
    given = ["integrable(sqrt(x[k] + 0) x[k]) for k in 1..n"]
    not_proved("E[|x[1]|^(1/2) |x[i]|^(1/2)] = E[|x[1]|^(1/2)] E[|x[i]|^(1/2)]", ALGEBRA, let, given)


def test_entries_of_a_symmetric_matrix_are_not_independent() -> None:
    """S[1, 2] and S[2, 1] are the same."""
    let = ["n: size", "S: {}independent random matrix(n)", "i: index(n)", "j: index(n)"]
    given = ["integrable(S[k, l]^2) for k in 1..n, l in 1..n", "i != j"]
    text = "E[S[i, j] S[j, j]] = E[S[i, j]] E[S[j, j]]"
    proved(text, ALGEBRA, [d.format("") for d in let], given)
    not_proved(text, ALGEBRA, [d.format("symmetric ") for d in let], given)


def test_a_fact_within_a_fact_stays_for_all_values() -> None:
    """x > 0 implies (f(t) = t for all t): had as it stands once x > 0 is seen."""
    let = ["x: real > 0", "f: function"]
    given = ["h: x > 0 implies (f(t) = t for real t)"]
    step = {
        "rule": "have",
        "name": "all",
        "fact": "h",
        "at": {},
        "then": {"rule": "algebra", "rewrite": ["all"]},
    }
    proved("f(3) = 3", step, let, given)
    not_proved("f(3) = 3", step, ["x: real", "f: function"], given)


def test_no_axiom_of_chance_under_an_assumption_on_the_outcome() -> None:
    """X >= 0 at an outcome says nothing of the mean."""
    ledger = axiom("E[X] >= 0", ["X: random real"], ["positive: X >= 0"])
    let, at = ["X: random real"], {"X": code("X", ["X: random real"])}
    step = {"rule": "have", "name": "mean", "axiom": "axiom", "at": at, "then": EVIDENT}
    rejected(
        "axiom axiom: an expectation where something is assumed of random values",
        "X >= 0 implies E[X] >= 0", {"rule": "intro", "name": "a", "then": step}, let, ledger=ledger,
    )  # fmt: skip


def test_a_premise_for_one_of_two_variables() -> None:
    let, given = (
        ["F: function(integer, integer) -> real"],
        ["k >= 1 implies F(k, j) >= 0 for integer k, integer j"],
    )
    proved("F(2, 3) >= 0", {"rule": "order"}, let, given)
    not_proved("F(0, 3) >= 0", {"rule": "order"}, let, given)


def test_what_needs_no_condition() -> None:
    """That a limit is infinite says all; a probability exists; an integral may run downwards."""
    context = Context.of(claim("0 = 0", ["X: random real", "x: real"]))
    assert list(conditions(context, term("limit(1/x^2, x -> 0) = oo", ["x: real"]))) == []
    assert list(conditions(context, term("P[X > 0]", ["X: random real"]))) == []
    infinite = make("const", data="oo")
    assert hull(context, infinite, num(0)) == make("interval", num(0), infinite, data="[]")


def test_the_meaning_of_growth_with_further_names() -> None:
    """A constant beside the size that grows is no definition that hides it."""
    goal = "c n = Theta(n)"
    with pytest.raises(Rejected, match="exists"):
        from symproof.kernel.check import check

        certificate = {"rule": "meaning", "then": {"rule": "exists", "values": {}, "then": EVIDENT}}
        check(claim(goal, ["c: real > 0", "n: size"]), certificate, {})


def test_no_random_solution_inside_an_expectation() -> None:
    """x = X solves nothing where E[x X] is spoken of."""
    certificate = {
        "rule": "solve", "name": "s", "values": {"x": code("X", ["X: random real"])},
        "holds": [EVIDENT], "unique": EVIDENT,
    }  # fmt: skip
    rejected(
        "solve: a random value for x inside an expectation",
        "solve for x: E[x X] = E[X X]", certificate, ["X: random real", "x: real"],
    )  # fmt: skip


def test_what_an_axiom_says_of_all_members() -> None:
    """That each expectation exists is what the axiom says; its parameters must fit in its terms."""
    let = ["n: size", "x: random vector(n)", "i: index(n)"]
    ledger = axiom("E[x[i]] = 0 for i in 1..n", ["n: size", "x: random vector(n)"])
    step = {
        "rule": "have",
        "name": "mean",
        "axiom": "axiom",
        "at": {"n": code("n", let), "x": code("x", let)},
    }
    proved("E[x[i] + 1] = 1", {**step, "then": {"rule": "algebra", "rewrite": ["mean"]}}, let, ledger=ledger)
    let, ledger = ["g: function(integer) -> real"], axiom("f(1/2) = f(1/2)", ["f: function"])
    step = {"rule": "have", "name": "x", "axiom": "axiom", "at": {"f": code("g", let)}, "then": EVIDENT}
    rejected("axiom axiom: f has another type there", "g(1) = g(1)", step, let, ledger=ledger)


def test_signs_of_sums_over_nothing_known() -> None:
    assert not signs.holds(normal(["x: real"]), Poly({((Atom("sym", "x"), 1),): 1}), "gt")
    assert Normal(Context.of(claim("0 = 0", ["x: real"]))).is_zero(number(0))
