"""Lowering refuses what it cannot mean; names are looked up where they are bound."""

from __future__ import annotations

from typing import Any

import pytest

from symproof.kernel import lower as lowering
from symproof.kernel.lower import axis_sort, entry, index_variables, lower, scalar, value_of
from symproof.kernel.normal import Normal
from symproof.kernel.poly import ONE, Atom, number, of_atom
from symproof.kernel.verdict import Rejected
from symproof.terms.build import make, num, sym
from symproof.terms.tree import Term
from symproof.terms.types import COMPLEX, GRAPH, INTEGER, PROP, REAL, Array, Function, Sequence, Vertex
from tests.kernel.kit import ALGEBRA, form, normal, proved, rejected, term

LET = ["x: real", "n: size", "u: vector(n)", "A: matrix(n)", "f: function", "g: sequence of real", "G: graph", "o: vertex(G)", "C: (real) -> complex",
       "F: vector(n) -> real", "L: vector(n) -> vector(n)", "S: psd matrix(n)"]  # fmt: skip
NF = normal(LET)
REALS = make("numbers", data="real")
X = sym("x", REAL)
R2R = Function((REAL,), REAL)
VEC = Array((make("range", num(1), sym("n", INTEGER)),))


def refused(run: Any) -> str:
    with pytest.raises(Rejected) as caught:
        run()
    return str(caught.value)


NUMBERS: list[tuple[Term, str]] = [
    (sym("q", REAL), "q is not declared"), (make("apply", sym("C", Function((REAL,), COMPLEX)), X), "only single complex numbers have a normal form"),
    (sym("u", VEC), "a number was expected, found sym"), (make("const", data="oo"), "infinity is no number"),
    (make("call", make("const", data="i"), data="sqrt"), "sqrt of a complex number"),
    (make("apply", sym("q", R2R), X), "q is not declared"), (make("cardinality", REALS), "an axis that is not a range"),
    (make("index", sym("q", VEC), num(1)), "q is not declared"), (make("sum", X, REALS, data=(("s",),)), "an axis that is not a range"),
    (make("bracket", make("independent", X, X)), "no bracket for independent"),
    (make("pow", make("const", data="i"), make("div", num(1), num(2))), "a power of a complex number that is not an integer one"),
    (make("apply", make("index", sym("h", Sequence(R2R)), num(1)), X), "no function in index"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "reason"), NUMBERS, ids=str)
def test_what_is_no_number_is_refused(found: Term, reason: str) -> None:
    """Undeclared names, complex numbers, infinity, sets without an index."""
    assert refused(lambda: scalar(NF, found, {})) == f"lowering: {reason}"


def test_names_bound_to_other_things() -> None:
    """A bound name is what it is bound to, whatever is declared."""
    array, closure = (
        value_of(NF, sym("u", VEC), {}),
        lowering.Closure(make("lambda", X, REALS, data=(("x",),)), {}),
    )
    assert refused(lambda: scalar(NF, X, {"x": array})) == "lowering: x is not a number"
    assert refused(lambda: entry(NF, sym("u", VEC), (ONE,), {"u": closure})) == "lowering: u has no entries"
    assert refused(lambda: entry(NF, sym("u", VEC), (ONE,), {"u": ONE})) == "lowering: u has no entries"
    assert (
        refused(lambda: lowering.function_of(NF, sym("f", R2R), {"f": ONE}))
        == "lowering: f is not a function"
    )
    assert lowering.function_of(NF, sym("f", R2R), {"f": closure}) is closure
    assert scalar(NF, X, {"x": number(7)}) == number(7)
    assert entry(NF, X, (), {"x": number(7)}) == number(7)
    assert entry(NF, sym("u", VEC), (number(2),), {}) == of_atom(Atom("elem", "u", number(2)))
    assert refused(lambda: entry(NF, sym("q", VEC), (ONE,), {})) == "lowering: q is not declared"
    assert entry(NF, X, (), {}) == of_atom(Atom("sym", "x"))


def test_functions_with_the_wrong_number_of_arguments() -> None:
    """A lambda is applied to as many arguments as it binds."""
    two = lowering.Closure(make("lambda", X, REALS, REALS, data=(("x",), ("y",))), {})
    assert (
        refused(lambda: lowering.bound_env(NF, two, (X,), {}))
        == "lowering: a function with the wrong number of arguments"
    )


def test_axes_and_graphs() -> None:
    """An index runs over a range or the vertices of a declared graph."""
    graph = make("vertices", sym("G", GRAPH))
    assert axis_sort(NF, graph, {}) == ("vertices", "G")
    assert axis_sort(NF, make("range", num(2), num(5)), {}) == ("range", number(4))
    assert axis_sort(NF, make("range", num(2), make("const", data="oo")), {}) == ("range", None)
    assert refused(lambda: axis_sort(NF, REALS, {})) == "lowering: an axis that is not a range"
    other = Term("vertices", (Term("other", (), None, GRAPH),), None, graph.type)
    assert refused(lambda: axis_sort(NF, other, {})) == "lowering: a graph that is not a symbol"
    assert refused(lambda: index_variables(NF, REAL, {})) == "lowering: no axes"


def test_what_cannot_be_bound_or_indexed() -> None:
    """Propositions are no values; operators without a rule are refused."""
    prop = make("eq", X, X)
    assert refused(lambda: value_of(NF, prop, {})) == "lowering: this cannot be substituted"
    strange = Term("strange", (), None, REAL)
    assert refused(lambda: scalar(NF, strange, {})) == "lowering: no normal form for strange"
    assert (
        refused(lambda: entry(NF, Term("strange", (), None, VEC), (ONE,), {}))
        == "lowering: no entries for strange"
    )
    assert prop.type == PROP and Vertex(sym("G", GRAPH)) == sym("o", Vertex(sym("G", GRAPH))).type


def test_a_matrix_to_a_power_that_is_no_integer() -> None:
    """A^(1/2) is not written with ^."""
    half = Term(
        "matpow", (sym("A", Array(VEC.axes * 2)), make("div", num(1), num(2))), None, Array(VEC.axes * 2)
    )
    assert (
        refused(lambda: entry(NF, half, (ONE, ONE), {}))
        == "lowering: a matrix to a power that is not an integer"
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("grad(trace(S), S)[1, 1]", "a derivative in a matrix whose entries are tied to each other"),
        ("diff(floor(x), x)", "no derivative of floor"), ("diff([x > 0], x)", "no derivative of bracket"),
        ("diff(T(f(x), x), x, 21)", "a derivative whose order is not a small number"),
        ("grad(det(A), A)[1, 1]", "no derivative of det"), ("diff(max(g[k] x, k=1..n), x)", "no derivative of bind"),
        ("grad((A^-1)[1, 1], A)[1, 1]", "the derivative of an entry whose matrix depends on the variable"),
        ("diff(integral(exp(s x), s = 0..oo), x)", "the derivative of an integral to infinity"),
        ("diff(E[exp(X x)], x)", "no derivative of E"), ("diff(binomial(n, 2) factorial(n) x, x) + diff(gamma(x), x)", "no derivative of gamma"),
        ("diff(T(f(x), x), x, 3)", "a derivative of higher order"),
    ],
)  # fmt: skip
def test_derivatives_without_a_rule(text: str, reason: str) -> None:
    """Each is refused with its reason."""
    let = [*LET, "T: (real, real) -> real", "X: random real"]
    assert refused(lambda: form(text, let, ["E[X] = 1"])) == f"lowering: {reason}"


def test_constants_and_powers_of_e() -> None:
    """e^x is exp(x), and i is i."""
    assert form("e^2") == form("exp(2)")
    assert form("e") == form("exp(1)")
    assert lower(NF, make("const", data="i")) == of_atom(Atom("i"))
    assert form("pi") == of_atom(Atom("const", "pi"))


def test_powers_of_i() -> None:
    """i has four powers."""
    i = make("const", data="i")
    values = ["1", "i", "-1", "-i"]
    for k in range(-4, 9):
        wanted = lower(NF, term(values[k % 4], LET))
        assert lower(NF, make("pow", i, num(k))) == wanted, k
    proved("(x + i) (x - i) = x^2 + 1", ALGEBRA, ["x: real"])
    proved("exp(i x) exp(-i x) = 1", {**ALGEBRA, "angles": True}, ["x: real"])
    rejected("lowering: sqrt of a complex number", "sqrt(exp(i x)) = 1", ALGEBRA, ["x: real"])


def test_normal_forms_count_their_variables_apart() -> None:
    """Every variable is new, in one normal form and between two."""
    first, second = Normal(NF.context), Normal(NF.context)
    found = {nf.variable(("range", ONE)) for nf in (first, second, first)}
    found |= {first.number_variable(("number", d)) for d in ("integer", "real")} | {first.hole()}
    assert len(found) == 6
    assert sorted(v.kind for v in found) == ["hole", "real", "var", "var", "var", "var"]
