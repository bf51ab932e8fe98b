"""The kernel's check of a witness: what it accepts, and why it refuses what is wrong."""

from __future__ import annotations

import copy

import pytest

import symproof
from symproof.kernel.verdict import Refutation, Rejected
from symproof.kernel.witness import Checker, check_witness
from symproof.reading.inline import read_statement
from symproof.terms.build import make, num, sym
from symproof.terms.codec import encode
from symproof.terms.types import REAL

X = sym("z", REAL)
LAMBDA = (("z",),)


def function(body):
    return encode(make("lambda", body, make("numbers", data="real"), data=LAMBDA))


def refutes(text, let=(), values=None, given=(), define=(), **more):
    return check_witness(read_statement(text, let, given, define), {"values": values or {}, **more})


def refused(*args, **more):
    with pytest.raises(Rejected) as error:
        refutes(*args, **more)
    assert error.value.rule == "witness"
    return error.value.reason


def test_a_refutation_shows_values_and_sides():
    found = refutes("(x + y)^2 = x^2 + y^2", ["x: real", "y: real"], {"x": "1", "y": "1/2"})
    assert (found.values, found.left, found.right) == ({"x": "1", "y": "1/2"}, "9/4", "5/4")


def test_only_the_kernel_makes_refutations():
    statement = read_statement("x = 1", ["x: real"])
    with pytest.raises(Rejected):
        Refutation(statement, {}, "0", "1", {}, object())


REAL_X = ["x: real"]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"x": "0"}, "does not fail"),
        ({"x": "2"}, "both sides are undefined"),
        ({}, "no value for x"),
        ({"x": "nan"}, "exact number"),
        ({"x": "NaN"}, "exact number"),
        ({"x": "inf"}, "exact number"),
        ({"x": "1e5"}, "exact number"),
        ({"x": "1.5"}, "exact number"),
        ({"x": 1.5}, "exact number"),
        ({"x": True}, "exact number"),
        ({"x": None}, "no value for x"),
        ({"x": ["1"]}, "exact number"),
        ({"x": "1/0"}, "divided by zero"),
        ({"x": "9" * 401}, "exact number"),
        ({"x": "１"}, "exact number"),
        ({"x": "3", "y": "1"}, "y is not declared"),
    ],
)
def test_values_that_are_no_witness(values, reason):
    """Each wrong value is refused for its own reason."""
    text = "x/(x - 2) = x^2/(x - 2)"
    assert refutes(text, REAL_X, {"x": "3"}).left == "3"
    assert reason in refused(text, REAL_X, values)


@pytest.mark.parametrize("data", [None, [], "x", {}, {"value": {}}, {"values": []}, {"values": {}, "at": 1}])
def test_data_that_are_no_witness(data):
    with pytest.raises(Rejected):
        check_witness(read_statement("1 = 2"), data)


def test_one_side_undefined():
    found = refutes("log(x y) = log(x) + log(y)", ["x: real", "y: real"], {"x": "-1", "y": "-1"})
    assert (found.left, found.right) == ("0", "undefined")


@pytest.mark.parametrize(
    ("declaration", "good", "bad", "reason"),
    [
        ("A: symmetric matrix(2)", [["1", "2"], ["2", "1"]], [["1", "2"], ["3", "1"]], "not symmetric"),
        ("A: psd matrix(2)", [["1", "1"], ["1", "1"]], [["1", "2"], ["2", "1"]], "not psd"),
        ("A: psd matrix(2)", [["0", "0"], ["0", "1"]], [["1", "1"], ["0", "1"]], "not psd"),
        ("A: orthogonal matrix(2)", [["0", "1"], ["-1", "0"]], [["1", "1"], ["0", "1"]], "not orthogonal"),
        ("A: diagonal matrix(2)", [["3", "0"], ["0", "1"]], [["3", "1"], ["0", "1"]], "not diagonal"),
        ("A: invertible matrix(2)", [["1", "1"], ["0", "1"]], [["1", "2"], ["2", "4"]], "not invertible"),
        ("A: matrix(2, 2)", [["1", "1"], ["0", "1"]], [["1", "2", "3"], ["2", "4", "5"]], "another shape"),
        ("A: matrix(2, 2)", [["1", "1"], ["0", "1"]], [["1", "2"]], "another shape"),
        ("A: matrix(2, 2)", [["1", "1"], ["0", "1"]], [["1", "x"], ["2", "4"]], "exact number"),
    ],
)
def test_declared_matrices(declaration, good, bad, reason):
    text = "A[1, 1] + A[2, 2] + A[1, 2] = 100"
    assert refutes(text, [declaration], {"A": good})
    assert reason in refused(text, [declaration], {"A": bad})


@pytest.mark.parametrize(
    ("declaration", "bad", "reason"),
    [
        ("G: connected graph", {"vertices": 2, "edges": []}, "not connected"),
        ("G: bipartite graph", {"vertices": 3, "edges": [[0, 1], [1, 2], [0, 2]]}, "not bipartite"),
        ("G: graph", {"vertices": 2, "edges": [[0, 0]]}, "not simple"),
        ("G: graph", {"vertices": 2, "edges": [[0, 2]]}, "leaves it"),
        ("G: graph", {"vertices": 2, "edges": [[0, 1], [1, 0]]}, "not simple"),
        ("G: graph", {"vertices": 0, "edges": []}, "no graph"),
        ("G: graph", {"vertices": 10**9, "edges": []}, "no graph"),
        ("G: graph", {"vertices": 2, "edges": [[0, True]]}, "no pair"),
    ],
)
def test_declared_graphs(declaration, bad, reason):
    assert refutes("|V(G)| = 5", [declaration], {"G": {"vertices": 2, "edges": [[0, 1]]}})
    assert reason in refused("|V(G)| = 5", [declaration], {"G": bad})


def test_integers_sizes_and_bounds():
    assert "not an integer" in refused("n = 5", ["n: integer"], {"n": "1/2"})
    assert "does not hold" in refused("n = 5", ["n: size"], {"n": "0"})
    assert "does not hold" in refused("x = 5", ["x: real in (0, 1)"], {"x": "1"})
    assert "does not hold" in refused("i = 9", ["n: size", "i: index(n)"], {"n": "2", "i": "3"})


def test_a_hypothesis_that_is_undefined_does_not_hold():
    assert "undefined" in refused("x = 5", REAL_X, {"x": "0"}, ["1/x != 7"])


def test_near_misses_take_more_bits():
    """The two sides may be closer than 64 or 256 bits tell."""
    assert refutes("sqrt(10^40 + 1) - 10^20 = 1/(2 * 10^20)")
    assert refutes("exp(10^(-60)) = 1 + 10^(-60)")
    assert "cannot be told" in refused("sqrt(2) sqrt(3) = sqrt(6)")


@pytest.mark.parametrize("text", ["9^9^9^9 = 1", "factorial(10^9) = 1", "sum(i, i = 1..10^12) = 1"])
def test_costly_witnesses_are_refused_at_once(text):
    assert "cannot be told" in refused(text)


def test_hypotheses_hold_for_certain_or_not_at_all():
    given = ["a^2 = 2"]
    assert refutes("a = 1", ["a: real"], {}, ["a = sqrt(2)"])
    assert "does not hold" in refused("a = 1", ["a: real"], {"a": "1414/1000"}, given)


# --- functions -----------------------------------------------------------------------

SIGMA = ["σ: function", "x: real"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (make("div", num(1), X), "not defined everywhere"),
        (make("call", X, data="log"), "not defined everywhere"),
        (make("pow", X, num(-1)), "not defined everywhere"),
        (make("add", X, sym("x", REAL)), "uses x"),
    ],
)
def test_functions_are_total_and_closed(body, reason):
    assert refutes("σ(x) = 0", SIGMA, {"σ": function(X), "x": "1"})
    assert reason in refused("σ(x) = 0", SIGMA, {"σ": function(body), "x": "1"})


def test_functions_of_the_wrong_kind():
    assert "no function" in refused("σ(x) = 0", SIGMA, {"σ": ["lambda"], "x": "1"})
    assert "another type" in refused("σ(x) = 0", SIGMA, {"σ": ["num", "1"], "x": "1"})


def test_differentiable_functions():
    let = ["σ: differentiable function", "x: real"]
    assert refutes("σ(x) = 0", let, {"σ": function(make("call", X, data="tanh")), "x": "1"})
    kinked = function(make("call", X, data="abs"))
    assert "not differentiable" in refused("σ(x) = 0", let, {"σ": kinked, "x": "1"})


# --- recursions ----------------------------------------------------------------------

BIAS = (
    [
        "β: real in (0, 1)",
        "t: integer >= 1",
        "m: real",
        "g: random sequence of real",
        "v: random sequence of real",
    ],
    [
        "start: v[0] = 0",
        "update: v[k] = β v[k-1] + (1-β) g[k] for integer k >= 1",
        "stationary: E[g[k]] = m for integer k >= 1",
    ],
)
COIN = {"outcomes": [["1/2", {"else": "0"}], ["1/2", {"else": "2"}]]}


def bias(text, values):
    return refutes(text, BIAS[0], values, BIAS[1])


def test_a_recursion_is_computed():
    values = {"β": "1/2", "t": "3", "g": COIN, "m": "1"}
    assert bias("E[v[t]] = m", values).left == "7/8"
    assert "does not fail" in refused("E[v[t]] = (1 - β^t) m", BIAS[0], values, BIAS[1])


def test_stationarity_is_checked_at_every_place():
    """A sequence that changes its mean somewhere does not meet a hypothesis about all places."""
    later = {"at": {"7": "5"}, "else": "1"}
    values = {"β": "1/2", "t": "1", "g": later, "m": "1"}
    assert "stationary does not hold" in refused("E[v[t]] = m", BIAS[0], values, BIAS[1])
    before = {"at": {"0": "5", "-3": "8"}, "else": "1"}
    assert bias("E[v[t]] = m", {**values, "g": before})


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        ("v[k] = v[k] + 1 for integer k >= 1", "not known to be defined"),
        ("v[k] = v[k+1] + v[k-1] for integer k", "cannot be told"),
        ("v[k] = v[2 k] for integer k >= 1", "cannot be told"),
        ("v[k] = v[k-1]/(v[k-1] - 8) for integer k >= 1", "not known to be defined"),
        ("v[k] = log(v[k-1]) for integer k >= 1", "not known to be defined"),
        ("v[k] = v[k-1]/(k - 9) for integer k >= 1", "not known to be defined"),
        ("v[k] = sum(v[i], i = 1..k) for integer k >= 1", "cannot be told"),
    ],
)
def test_recursions_that_define_nothing(update, reason):
    """A recursion must descend and be defined at every index, also where nobody looks."""
    found = refused("v[1] = 100", ["v: sequence of real"], {}, ["v[0] = 1", update])
    assert reason in found


def test_recursions_over_a_finite_range_are_followed_to_its_end():
    given = ["v[0] = 1", "v[k] = v[k-1]/(v[k-1] - 3) for k in 1..n"]
    let = ["v: sequence of real", "n: integer"]
    assert refutes("v[1] = 100", let, {"n": "2"}, given).left == "-1/2"
    given[1] = "v[k] = 1/(k - 3) for k in 1..n"
    assert refutes("v[1] = 100", let, {"n": "2"}, given)
    assert "division by zero" in refused("v[1] = 100", let, {"n": "4"}, given)


def test_integer_sequences_stay_integer():
    """That the values looked at are integers does not make a sequence of integers."""
    given = ["s[0] = 4", "s[k] = s[k-1]/2 for integer k >= 1"]
    assert "declared" in refused("s[1] = 7", ["s: sequence of integer"], {}, given)
    assert refutes("s[1] = 7", ["s: sequence of real"], {}, given)


def test_a_start_inside_the_recursion_is_checked():
    given = ["v[0] = 0", "v[k] = v[k-1] + 1 for integer k >= 1", "v[2] = 5"]
    assert "does not hold" in refused("v[1] = 9", ["v: sequence of real"], {}, given)
    given[2] = "v[2] = 2"
    assert refutes("v[1] = 9", ["v: sequence of real"], {}, given)


def test_two_sequences_that_need_each_other():
    let = ["a: sequence of real", "b: sequence of real"]
    fine = [
        "a[0] = 1",
        "b[0] = 1",
        "a[k] = a[k-1] + b[k-1] for integer k >= 1",
        "b[k] = a[k] for integer k >= 1",
    ]
    assert refutes("b[3] = 0", let, {}, fine).left == "8"
    knot = ["a[k] = b[k] for integer k >= 1", "b[k] = a[k] + 1 for integer k >= 1"]
    refused("b[3] = 0", let, {}, knot)


def test_symbols_defined_by_equations():
    let, given = ["x: real", "y: real", "z: real"], ["y = x + 1", "z = y^2", "z = 9"]
    assert refutes("y = 4", let, {"x": "2"}, given).left == "3"
    assert "does not hold" in refused("y = 4", let, {"x": "3"}, given)
    refused("x = 1", ["x: real", "y: real"], {}, ["x = y", "y = x"])


def test_arrays_defined_entry_by_entry():
    let, given = ["n: size", "x: vector(n)", "y: vector(n)"], ["y[i] = 2 x[i] for i in 1..n"]
    assert refutes("y = x", let, {"n": "2", "x": ["1", "3"]}, given).left == "[2, 6]"


FLOW = (
    [
        "n: size",
        "W: matrix(n, n)",
        "σ: differentiable function",
        "z: vector(n)",
        "T: integer >= 0",
        "h: differentiable function(integer, vector(n)) -> vector(n)",
    ],
    ["h(0, y) = y for vector(n) y", "h(t, y) = W σ(h(t-1, y)) for integer t >= 1, vector(n) y"],
)


def flow(text, body, steps="2", given=FLOW[1], let=FLOW[0]):
    values = {"n": "2", "W": [["1", "1"], ["0", "1"]], "σ": function(body), "z": ["1", "2"], "T": steps}
    return refutes(text, let, values, given)


def test_functions_defined_by_recursion():
    """The state after T steps as a function of the first one, and its Jacobian."""
    square = make("pow", X, num(2))
    assert flow("h(T, z) = z", square).left == "[41, 16]"
    assert flow("jacobian(h(T, z), z) = W", square).left == "[[20, 72], [0, 32]]"
    assert flow("h(T, z) = z", square, "1").left == "[5, 4]"


def test_functions_defined_by_recursion_are_what_they_are_declared():
    kinked = ["n: size", "z: vector(n)", "h: differentiable function(integer, vector(n)) -> vector(n)"]
    values = {"n": "1", "z": ["1"]}
    start = "h(0, y) = y for vector(n) y"
    good = [start, "h(t, y) = tanh(h(t-1, y)) for integer t >= 1, vector(n) y"]
    assert refutes("h(2, z) = z", kinked, values, good)
    for step in ("|h(t-1, y)| y", "h(t-1, y)/|y|", "sqrt(y' y) h(t-1, y)", "relu(h(t-1, y))"):
        given = [start, f"h(t, y) = {step} for integer t >= 1, vector(n) y"]
        assert "not known" in refused("h(2, z) = z", kinked, values, given)
    loop = [start, "h(t, y) = h(t, y) + y for integer t >= 1, vector(n) y"]
    refused("h(2, z) = z", kinked, values, loop)


def test_functions_defined_by_a_formula():
    let = ["f: differentiable function", "a: real", "x: real"]
    given = ["f(y) = a y^2 for real y"]
    assert refutes("f'(x) = a x", let, {"a": "3", "x": "1"}, given).left == "6"
    assert "not known" in refused("f(x) = 5", let, {"a": "3", "x": "1"}, ["f(y) = a/y for real y"])
    assert "not known" in refused("f(x) = 5", let, {"a": "3", "x": "1"}, ["f(y) = |y| for real y"])


# --- randomness ----------------------------------------------------------------------


def test_probabilities_sum_to_one():
    let = ["x: random real"]
    assert refutes("E[x] = 0", let, {"x": {"outcomes": [["1/2", "1"], ["1/2", "2"]]}})
    for pairs in ([["1/2", "1"]], [["3/2", "1"], ["-1/2", "2"]], "1"):
        refused("E[x] = 0", let, {"x": {"outcomes": pairs}})


def test_independent_entries_need_their_own_laws():
    let, text = ["x: independent random vector(2)"], "E[x[1]] = 5"
    both = {"outcomes": [["1/2", ["0", "0"]], ["1/2", ["1", "1"]]]}
    assert "independent" in refused(text, let, {"x": both})
    assert refutes(text, let, {"x": {"each": {"outcomes": [["1/2", "0"], ["1/2", "1"]]}}})


def test_what_is_not_random_has_one_value():
    """A constant cannot be defined by something random."""
    values = {"x": {"outcomes": [["1/2", "0"], ["1/2", "1"]]}}
    refused("y = 7", ["x: random real", "y: real"], values, ["y = x"])
    assert refutes("E[y] = 7", ["x: random real", "y: random real"], values, ["y = x"])


def test_hypotheses_about_random_symbols_hold_surely():
    values = {"x": {"outcomes": [["1/2", "0"], ["1/2", "1"]]}}
    assert "does not hold" in refused("E[x] = 7", ["x: random real"], values, ["x > 0"])
    assert refutes("x = 0", ["x: random real"], values).left == "1"


def test_laws_have_parameters_in_range():
    assert "outside its range" in refused(
        "E[x] = 7", ["p: real", "x: random real ~ bernoulli(p)"], {"p": "2"}
    )
    assert "takes no value" in refused("E[x] = 7", ["x: random real ~ bernoulli(1/2)"], {"x": "1"})


def test_an_outcome_of_a_normal_law():
    """What is said of a normal variable is said at all its values; one of them may refute it."""
    let, text = ["x: random real ~ normal(0, 1)"], "x^2 = E[x^2]"
    assert refutes(text, let, {}, outcome={"x": "3"}).left == "9"
    assert "does not fail" in refused(text, let, {}, outcome={"x": "1"})
    refused(text, let, {})
    assert "constant" in refused("x = 1", ["x: random real ~ normal(0, 0)"], {}, outcome={"x": "3"})
    assert "no normal law" in refused("x = 1", ["x: random real"], {"x": "2"}, outcome={"x": "3"})
    assert "told" in refused(text, let, {}, ["x^2 = 9"], outcome={"x": "3"})


# --- quantifiers ---------------------------------------------------------------------


def test_goals_for_all_integers_name_a_place():
    text, let = "x[t] = 1 for integer t >= 0", ["x: sequence of real"]
    values = {"x": {"at": {"4": "2"}, "else": "1"}}
    assert refutes(text, let, values, at={"t": "4"}).values["t"] == "4"
    assert "does not fail" in refused(text, let, values, at={"t": "3"})
    assert "does not fail" in refused(text, let, {"x": {"at": {"-4": "2"}, "else": "1"}}, at={"t": "-4"})
    assert "gives no t" in refused(text, let, values)
    assert "not an integer" in refused(text, let, values, at={"t": "1/2"})


def test_connectives():
    let = ["x: real"]
    assert refutes("x > 0 or x < -1", let, {"x": "-1/2"})
    assert refutes("x > 0 implies x > 1", let, {"x": "1/2"})
    refused("x > 0 implies x > 1", let, {"x": "-1"})
    assert refutes("x^2 = 1 iff x = 1", let, {"x": "-1"})
    assert refutes("not x = 1", let, {"x": "1"})
    assert refutes("x < 1 and x > 0", let, {"x": "2"})
    assert refutes("x = i for i in 1..3", let, {"x": "2"}).values["i"] == "1"
    assert refutes("exists i in 1..3: x = i", let, {"x": "5"})
    refused("exists y: real such that x = y", let, {"x": "5"}, at={"y": "4"})
    assert refutes("exists y: real such that y^2 = x", let, {"x": "-1"}).left == "nothing"
    refused("exists y: real such that y^2 = x", let, {"x": "1"})
    assert refutes("exists k: integer such that x = 2 k", let, {"x": "3"})
    refused("exists k: integer such that x = 2 k", let, {"x": "4"})
    refused("exists y: real such that x = 2 y", let, {"x": "3"})


def test_growth():
    """Θ fails along a ray of sizes on which the quotient tends to 0 or to infinity."""
    text, let = "n^2 d = Theta(n d)", ["n: size", "d: size"]
    assert refutes(text, let, {"n": "1", "d": "1"}, grow={"n": 1, "d": 0})
    refused("2 n^2 d + n = Theta(n^2 d)", let, {"n": "1", "d": "1"}, grow={"n": 1, "d": 2})
    refused(text, let, {"n": "1", "d": "1"}, grow={"n": "1", "d": 0})
    assert refutes("x = o(x^2) as x -> 0", ["y: real"], {"y": "0"})
    refused("x^2 = o(x) as x -> 0", ["y: real"], {"y": "0"})


# --- tampering -----------------------------------------------------------------------


def places(data, path=()):
    if isinstance(data, dict):
        for key, part in data.items():
            yield from places(part, (*path, key))
    elif isinstance(data, list):
        for key, part in enumerate(data):
            yield from places(part, (*path, key))
    yield path


def test_mangled_witnesses_are_refused_or_true():
    """Whatever is put into a witness, the check ends in a refutation or in Rejected."""
    statement = read_statement(
        "E[v[t]] + σ(x[1]) + trace(A) = |V(G)|", [*BIAS[0], "σ: function", "n: size", "x: vector(n)",
        "A: symmetric matrix(n)", "G: connected graph"], BIAS[1],
    )  # fmt: skip
    data = {
        "values": {
            "β": "1/2", "t": "2", "g": COIN, "m": "1", "σ": function(X), "n": "2", "x": ["1", "2"],
            "A": [["1", "2"], ["2", "1"]], "G": {"vertices": 2, "edges": [[0, 1]]},
        }
    }  # fmt: skip
    checker = Checker(statement)
    assert checker.check(data).left == "15/4"
    junk = [
        None,
        "",
        "x",
        -1,
        0,
        1,
        True,
        [],
        {},
        "1/0",
        "0",
        "9" * 300,
        ["1"],
        {"else": "1"},
        1.0,
        float("nan"),
    ]
    for path in places(data):
        for piece in junk:
            changed = copy.deepcopy(data)
            if not path:
                changed = piece
            else:
                inner = changed
                for key in path[:-1]:
                    inner = inner[key]
                inner[path[-1]] = piece
            try:
                checker.check(changed)
            except Rejected as error:
                assert error.rule == "witness"


def test_one_outcome_that_fails_is_enough():
    """At x = (1, -1) both sides are 0, which balls cannot tell; at x = (1, 1) the first is twice the second."""
    let = ["n: size", "w: vector(n)", "x: random vector(n)"]
    statement = read_statement("2 ((w/|w|)' x) = w' x/|w|", let, ["w != zeros(n)"])
    sign = [["1/2", "-1"], ["1/2", "1"]]
    refutation = check_witness(
        statement, {"values": {"n": "2", "w": ["1", "1"], "x": {"each": {"outcomes": sign}}}}
    )
    assert refutation.left != refutation.right


@pytest.mark.parametrize(
    ("goal", "let", "given"),
    [
        ("a != 0", ["s: sequence of real", "a: real"], ["a s[1] = 1"]),
        ("a != 0", ["s: sequence of real", "a: real"], ["s[1] = 1/a"]),
        ("a != 0", ["s: sequence of real", "a: real"], ["s[0] = 1", "a s[1] = 2"]),
        ("c > 0", ["s: sequence of real", "c: real"], ["s[1] + log(c) = 0"]),
        (
            "c^3 >= 0",
            ["s: sequence of real", "c: real"],
            ["s[k] = s[k-1] for integer k >= 1", "s[0] = sqrt(c)"],
        ),
        ("cos(2 pi a) = 1", ["s: sequence of integer", "a: real"], ["s[1] = a"]),
        ("cos(2 pi a) = 1", ["s: sequence of integer", "a: real"], ["3 s[1] = 3 a"]),
        ("A[1, 2] = A[2, 1]", ["s: sequence of symmetric matrix(2)", "A: matrix(2)"], ["s[1] = A"]),
        ("a > 3", ["s: sequence of real", "a: integer"], ["(k - a) s[k] = 1 for integer k with k <= 3"]),
        (
            "mod(a, 2) = 0",
            ["s: sequence of integer", "a: integer"],
            ["s[k] = a (4-k)/2 for integer k with k <= 2"],
        ),
    ],
)
def test_what_defines_first_values_has_to_hold(goal, let, given):
    """A first value is worked out, and of its type; a rule without a lower end is not seen at its upper one."""
    assert symproof.prove(goal, let, given, timeout=2).verdict != "refuted"


TWO = [["1/2", "0"], ["1/2", "1"]]


def test_random_numbers_may_depend_on_each_other():
    """What nothing says to be independent need not be."""
    let = ["x: random real", "y: random real"]
    values = {"x": {"outcomes": TWO}, "y": {"with": "x", "outcomes": TWO}}
    assert refutes("E[x y] = E[x] E[y]", let, values)
    assert refutes("Var[x + y] = Var[x] + Var[y]", let, values)
    refused("E[x y] = E[x] E[y]", let, values, ["independent(x, y)"])
    refused("E[x y] = E[x] E[y]", let, {**values, "y": {"outcomes": TWO}})


def test_a_draw_together_is_refused_where_it_is_none():
    """Independent symbols, other probabilities, chains, symbols without outcomes."""
    let, claim = ["x: random real", "y: random real", "z: random real"], "E[x y] = E[x] E[y]"
    x, y = {"outcomes": TWO}, {"with": "x", "outcomes": TWO}
    for symbol in ("x", "y"):
        free = [f"{n}: {'independent ' if n == symbol else ''}random real" for n in "xy"]
        refused(claim, free, {"x": x, "y": y})
    refused(claim, let, {"x": x, "y": {**y, "outcomes": [["1/3", "0"], ["2/3", "1"]]}, "z": "0"})
    refused(claim, let, {"x": {"with": "y", "outcomes": TWO}, "y": y, "z": "0"})
    refused("E[y z] = E[y] E[z]", let, {"x": x, "y": y, "z": {"with": "y", "outcomes": TWO}})
    for other in ("w", "q", 3):
        refused(claim, [*let, "q: real"], {"x": x, "y": {**y, "with": other}, "z": "0", "q": "1"})
    refused("E[x y] = E[x] E[y]", ["x: random real ~ normal(0, 1)", "y: random real"], {"y": y})
    refused("independent(x, z)", let, {"x": x, "y": y, "z": x})
