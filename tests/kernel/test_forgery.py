"""Forged certificates: for every rule one that holds, and tampered ones that fail for their own reason."""

from __future__ import annotations

import copy
from typing import Any, NamedTuple

import pytest

from symproof.kernel.rules import RULES
from tests.kernel.kit import ALGEBRA, EVIDENT, ORDER, axiom, code, proved, reals, rejected

DROP = object()
Change = tuple[tuple[Any, ...], Any]


class Forgery(NamedTuple):
    """A statement, a certificate that shows it, and changes to it with the reasons that reject them."""

    rule: str
    text: str
    certificate: dict[str, Any]
    let: list[str]
    changes: list[tuple[list[Change], str]]
    given: list[str] = []
    define: list[str] = []
    ledger: Any = None


def changed(certificate: dict[str, Any], changes: list[Change]) -> dict[str, Any]:
    """A copy with what stands at some paths replaced or dropped."""
    copied = copy.deepcopy(certificate)
    for path, value in changes:
        place: Any = copied
        for key in path[:-1]:
            place = place[key]
        if value is DROP:
            del place[path[-1]]
        else:
            place[path[-1]] = value
    return copied


XY = reals("x y")
XYZ = reals("x y z")
N = ["n: integer >= 0"]
VEC = ["n: size", "u: vector(n)", "v: vector(n)", "w: vector(n)"]
SEQ = ["v: sequence of real", "t: integer >= 0"]
T1 = code("t", SEQ)
ONE, ZERO = ["num", "1"], ["num", "0"]
SOCRATES = axiom("f(x) > 0", ["f: function", "x: real > 0"], ["all: f(y) > 0 for real y > 0"])
LAWS = axiom("E[c X] = 0", ["X: random real ~ normal(0, 1)", "c: real"], imported=True)
FLIPS = axiom("E[X] = p", ["p: real in [0, 1]", "X: random real ~ bernoulli(p)"])
GRAM = axiom("x' A y = y' A x", ["m: size", "A: symmetric matrix(m)", "x: vector(m)", "y: vector(m)"])
SMOOTH = axiom("diff(f(x), x) = diff(f(x), x)", ["f: differentiable function", "x: real"])
INDEP = axiom("Var[X[1]] = Var[X[1]]", ["X: independent random sequence of real", "Y: random real"])

FORGERIES = [
    Forgery(
        "defined", "x + y = y + x", {"rule": "defined", "name": "needed", "then": ALGEBRA}, XYZ,
        [
            ([(("name",), DROP)], "defined: the field name is missing or malformed"),
            ([(("name",), 1)], "defined: the field name is missing or malformed"),
            ([(("then",), DROP)], "defined: the field then is missing or malformed"),
            ([(("then",), {"rule": "evident", "fact": "needed 1"})], "evident: unknown field fact"),
        ],
    ),
    Forgery(
        "only", "x > 0", {"rule": "only", "facts": ["a", "b"], "then": ORDER}, XYZ,
        [
            ([(("facts",), ["a"])], "order: the sign is not seen"),
            ([(("facts",), [])], "order: the sign is not seen"),
            ([(("facts",), ["a", "d"])], "only: the facts must be named"),
            ([(("facts",), ["a", 1])], "only: the facts must be named"),
            ([(("facts",), "ab")], "only: the field facts is missing or malformed"),
            ([(("facts",), DROP)], "only: the field facts is missing or malformed"),
            ([(("then",), DROP)], "only: the field then is missing or malformed"),
            ([(("facts",), ["c"]), (("then",), {"rule": "algebra", "combine": [{"fact": "a"}]})],
             "algebra: the goal is no equation but gt"),
            ([(("facts",), ["b"]), (("then",), {"rule": "have", "name": "a", "fact": "b", "at": {}, "then": ORDER})],
             "assume: the name a is taken"),
            ([(("facts",), ["b"]), (("then",), {"rule": "have", "name": "e", "fact": "a", "at": {}, "then": ORDER})],
             "order: the sign is not seen"),
        ],
        ["a: x > y", "b: y > 1", "c: z > 2"],
    ),
    Forgery(
        "algebra", "x = z", {"rule": "algebra", "combine": [{"fact": "a"}, {"fact": "b", "times": ONE}]}, XYZ,
        [
            ([(("combine",), [])], "algebra: the difference is not 0"),
            ([(("combine", 1, "times"), ["num", "2"])], "algebra: the difference is not 0"),
            ([(("combine", 1, "fact"), "a")], "algebra: the difference is not 0"),
            ([(("combine", 1, "fact"), "c")], "algebra: no fact 'c'"),
            ([(("combine", 1), "b")], "algebra: a combination is an object"),
            ([(("combine", 1, "times"), code("q", ["q: real"]))], "algebra: q is not declared"),
            ([(("combine", 1, "times"), ["sym", "x", ["integer"]])], "algebra: x is declared with another type"),
            ([(("combine", 1, "times"), ["num", "1/0"])], "algebra: num: ZeroDivisionError"),
            ([(("combine", 1, "times"), ["frob", None])], "algebra: unknown operator 'frob'"),
            ([(("extra",), 1)], "algebra: unknown field extra"),
            ([(("rule",), "arithmetic")], "certificate: unknown rule 'arithmetic'"),
            ([(("rule",), "order"), (("combine",), [])], "order: the goal is no inequality but eq"),
        ],
        ["a: x = y", "b: y = z"],
    ),
    Forgery(
        "algebra", "v[t + 1] = 1", {"rule": "algebra", "combine": [{"fact": "a", "at": {"k": T1}}]}, SEQ,
        [
            ([(("combine", 0, "at", "k"), code("t - 1", SEQ))], "algebra: a premise of the fact is not seen to hold"),
            ([(("combine", 0, "at", "k"), code("t + 1", SEQ))], "algebra: the difference is not 0"),
            ([(("combine", 0, "at", "k"), DROP)], "algebra: the fact needs a value for k"),
            ([(("combine", 0, "at"), DROP)], "algebra: the fact needs a value for k"),
            ([(("combine", 0, "at", "k"), code("t/2", SEQ))], "algebra: k has another type there"),
            ([(("combine", 0, "fact"), "start")], "algebra: the fact is no equation"),
        ],
        ["a: v[k + 1] = 1 for integer k >= 0", "start: v[0] >= 0"],
    ),
    Forgery(
        "algebra", "v[t] = 1", {"rule": "algebra", "rewrite": [{"fact": "a", "at": {"k": T1}}]},
        [*SEQ, "G: graph", "o: vertex(G)", "b: vertex(G)"],
        [
            ([(("rewrite",), ["b"])], "algebra: no fact 'b'"),
            ([(("rewrite", 0, "at", "k"), code("t - 1", SEQ))], "algebra: a premise of the fact is not seen to hold"),
            ([(("rewrite", 0, "at"), {"j": T1})], "algebra: the fact needs a value for k"),
            ([(("rewrite", 0, "at", "k"), code("t/2", SEQ))], "algebra: k has another type there"),
            ([(("rewrite",), ["product"])],
             "rewrite: no side of the equation is a single symbol, entry, function value or expectation"),
            ([(("rewrite",), ["graph"])], "rewrite: an equation between things that are not numbers or arrays"),
            ([(("rewrite",), ["functions"])],
             "rewrite: a quantifier over something else than numbers, indices or vertices"),
            ([(("rewrite",), ["alternative"])], "rewrite: a premise that is not a relation between numbers"),
        ],
        ["a: v[k] = 1 for integer k >= 0", "product: v[0] v[1] = v[0] v[2]", "graph: o = b",
         "functions: f(0) = 0 for f: function", "alternative: (v[0] = 1 or v[0] = 2) implies v[1] = 3"],
    ),
    Forgery(
        "algebra", "2 u = 2 v", {"rule": "algebra", "combine": [{"fact": "a", "times": ["num", "2"], "entry": [["sym", "#1", ["integer"]]]}]},
        VEC,
        [
            ([(("combine", 0, "entry"), [])], "algebra: an equation of arrays needs the entry that is meant"),
            ([(("combine", 0, "entry", 0), ["num", "0"])], "algebra: the entry may leave its range"),
            ([(("combine", 0, "entry", 0), code("n + 1", VEC))], "algebra: the entry may leave its range"),
            ([(("combine", 0, "entry", 0), ["num", "1"])], "algebra: the difference is not 0"),
            ([(("combine", 0, "entry", 0), ["sym", "#1", ["real"]])], "algebra: #1 is declared with another type"),
            ([(("combine", 0, "entry", 0), ["sym", "#2", ["integer"]])], "algebra: #2 is not declared"),
        ],
        ["a: u = v"],
    ),
    Forgery(
        "algebra", "sum(u[i] w[i], i=1..n) = sum(v[i] w[i], i=1..n)",
        {"rule": "algebra", "combine": [{
            "fact": "a", "over": [["k", code("1..n", VEC)]], "at": {"i": ["sym", "k", ["integer"]]},
            "times": ["index", None, code("w", VEC), ["sym", "k", ["integer"]]],
        }]},
        VEC,
        [
            ([(("combine", 0, "over", 0, 1), code("1..n + 1", VEC))], "algebra: i may leave its range"),
            ([(("combine", 0, "over", 0, 1), code("0..n", VEC))], "algebra: i may leave its range"),
            ([(("combine", 0, "over", 0, 1), ["range", None, ZERO, ["const", "oo"]])], "algebra: a sum without end"),
            ([(("combine", 0, "over", 0, 0), "n")], "algebra: the name n is taken"),
            ([(("combine", 0, "over"), [])], "algebra: k is not declared"),
            ([(("combine", 0, "over", 0, 1), ["numbers", "integer"])], "lowering: an axis that is not a range"),
            ([(("combine", 0, "at", "i"), ONE)], "algebra: the difference is not 0"),
        ],
        ["a: u[i] = v[i] for i in 1..n"],
    ),
    Forgery(
        "order", "x^2 + y^2 >= 2 x y",
        {"rule": "order", "terms": [{"c": "1", "factors": [[code("x - y", XY), 2]]}]}, XY,
        [
            ([(("terms",), DROP)], "order: the sign is not seen"),
            ([(("terms", 0, "c"), "2")], "order: the decomposition does not add up"),
            ([(("terms", 0, "c"), "-1")], "order: a coefficient that is not positive"),
            ([(("terms", 0, "c"), "0")], "order: a coefficient that is not positive"),
            ([(("terms", 0, "c"), 1)], "order: a summand has a coefficient c and factors"),
            ([(("terms", 0, "factors", 0, 1), 1)], "order: a factor that is not seen to be nonnegative"),
            ([(("terms", 0, "factors", 0, 1), 3)], "order: a factor that is not seen to be nonnegative"),
            ([(("terms", 0, "factors", 0, 0), code("x + y", XY))], "order: the decomposition does not add up"),
            ([(("terms",), [])], "order: the decomposition does not add up"),
            ([(("terms", 0), [])], "order: a summand has a coefficient c and factors"),
            ([(("terms", 0, "factors", 0, 0), code("i (x - y)", XY))], "order: a factor that need not be real"),
            ([(("rule",), "algebra"), (("terms",), DROP)], "algebra: the goal is no equation but ge"),
            ([(("rule",), "evident"), (("terms",), DROP)], "evident: the goal is not seen at once"),
        ],
    ),
    Forgery(
        "order", "x > y", {"rule": "order", "scale": [code("z", XYZ)], "terms": [{"c": "1", "factors": [[code("x z - y z", XYZ), 1]]}]},
        XYZ,
        [
            ([(("scale",), [])], "order: the decomposition does not add up"),
            ([(("scale", 0), code("-z", XYZ)), (("terms", 0, "factors", 0, 0), code("y z - x z", XYZ))],
             "order: a scale that is not seen to be positive"),
            ([(("scale", 0), code("z - z", XYZ)), (("terms",), [])], "order: a scale that is not seen to be positive"),
            ([(("terms", 0, "factors", 0, 0), code("y z - x z", XYZ))],
             "order: a factor that is not seen to be nonnegative"),
        ],
        ["a: z > 0", "b: x z > y z"],
    ),
    Forgery(
        "order", "x^2 + 1 > 0",
        {"rule": "order", "terms": [{"c": "1", "factors": [[code("x", XY), 2]]}, {"c": "1", "factors": []}]}, XY,
        [
            ([(("terms", 1, "factors"), [[code("y", XY), 2]])], "order: the decomposition does not add up"),
            ([(("terms", 1, "c"), "1/2")], "order: the decomposition does not add up"),
        ],
    ),
    Forgery(
        "order", "x < x + 1", {"rule": "order"}, XY,
        [([(("negative",), True), (("terms",), [{"c": "1", "factors": [[code("x", XY), 2]]}])], "order: the decomposition does not add up")],
    ),
    Forgery(
        "order", "x != y", {"rule": "order", "negative": True, "terms": [{"c": "1", "factors": [[code("y - x", XY), 1]]}]}, XY,
        [
            ([(("negative",), False)], "order: the decomposition does not add up"),
            ([(("terms", 0, "factors", 0), [code("y - x", XY), 2])], "order: the decomposition does not add up"),
        ],
        ["a: y > x"],
    ),
    Forgery(
        "order", "x^2 >= 0", {"rule": "order", "terms": [{"c": "1", "factors": [[code("x", XY), 2]]}]}, XY,
        [([(("terms", 0, "c"), "one")], "order: not a number")],
    ),
    Forgery(
        "evident", "x + 1 > x - y^2", {"rule": "evident"}, XY,
        [
            ([(("rewrite",), ["a"])], "evident: no fact 'a'"),
            ([(("then",), EVIDENT)], "evident: unknown field then"),
            ([(("rule",), "unfold")], "unfold: the field then is missing or malformed"),
        ],
    ),
    Forgery(
        "evident", "x = y", {"rule": "evident", "rewrite": ["a"]}, XY,
        [
            ([(("rewrite",), [])], "evident: the goal is not seen at once"),
            ([(("rewrite",), ["b"])], "evident: the goal is not seen at once"),
            ([(("rewrite",), ["c"])], "evident: no fact 'c'"),
        ],
        ["a: x = y + 0", "b: x^2 = y^2 + x - x"],
    ),
    Forgery(
        "intro", "x > 0 implies x + y > y", {"rule": "intro", "name": "a", "then": ORDER}, XY,
        [
            ([(("name",), DROP)], "intro: the field name is missing or malformed"),
            ([(("name",), 1)], "intro: the field name is missing or malformed"),
            ([(("name",), "taken")], "assume: the name taken is taken"),
            ([(("then",), DROP)], "intro: the field then is missing or malformed"),
            ([(("then",), ALGEBRA)], "algebra: the goal is no equation but gt"),
            ([(("then",), {"rule": "intro", "name": "b", "then": ORDER})], "intro: nothing to introduce in gt"),
            ([(("then",), [])], "certificate: unknown rule []"),
        ],
        ["taken: x = x"],
    ),
    Forgery(
        "intro", "for real s: s^2 + x > x - 1", {"rule": "intro", "then": ORDER}, XY,
        [
            ([(("then",), EVIDENT), (("rule",), "split")], "split: unknown field then"),
            ([(("then",), {"rule": "order", "terms": []})], "order: the decomposition does not add up"),
            ([(("then",), {"rule": "order", "terms": [{"c": "1", "factors": [[code("s_", ["s_: real"]), 2]]}]})],
             "order: s_ is not declared"),
        ],
    ),
    Forgery(
        "split", "x + 1 > x and x - 1 < x", {"rule": "split", "parts": [ORDER, ORDER]}, XY,
        [
            ([(("parts",), [ORDER])], "split: expected 2 parts, found 1"),
            ([(("parts",), [ORDER] * 3)], "split: expected 2 parts, found 3"),
            ([(("parts",), DROP)], "split: the field parts is missing or malformed"),
            ([(("parts", 1), ALGEBRA)], "algebra: the goal is no equation but lt"),
            ([(("parts", 0), {"rule": "split", "parts": []})], "split: nothing to split in gt"),
        ],
    ),
    Forgery(
        "split", "x = y iff y = x",
        {"rule": "split", "parts": [{"rule": "intro", "name": "a", "then": {"rule": "algebra", "rewrite": ["a"]}}] * 2}, XY,
        [
            ([(("parts",), [])], "split: expected 2 parts, found 0"),
            ([(("parts", 1, "then", "rewrite"), [])], "algebra: the difference is not 0"),
            ([(("parts", 0, "then", "rewrite"), [])], "algebra: the difference is not 0"),
        ],
    ),
    Forgery(
        "choose", "x < x or x + 1 > x", {"rule": "choose", "index": 1, "then": ORDER}, XY,
        [
            ([(("index",), 0)], "order: the sign is not seen"),
            ([(("index",), 2)], "choose: no such alternative"),
            ([(("index",), -1)], "choose: no such alternative"),
            ([(("index",), "1")], "choose: the field index is missing or malformed"),
            ([(("then",), {"rule": "choose", "index": 0, "then": ORDER})], "choose: no such alternative"),
            ([(("then",), DROP)], "choose: the field then is missing or malformed"),
        ],
    ),
    Forgery(
        "exists", "exists k in 1..n + 1 such that k > n",
        {"rule": "exists", "values": {"k": code("n + 1", N)}, "then": ORDER}, N,
        [
            ([(("values", "k"), code("n", N))], "exists: k is not seen to lie in its domain"),
            ([(("values", "k"), code("n + 2", N))], "exists: k is not seen to lie in its domain"),
            ([(("values", "k"), ONE)], "order: the sign is not seen"),
            ([(("values",), {})], "exists: no value for k"),
            ([(("values",), [])], "exists: the field values is missing or malformed"),
            ([(("values", "k"), code("n + 1/2", N))], "exists: k has another type there"),
            ([(("values", "k"), code("q", ["q: integer"]))], "exists: q is not declared"),
            ([(("then",), DROP)], "exists: the field then is missing or malformed"),
            ([(("then",), {"rule": "exists", "values": {}, "then": ORDER})], "exists: the goal is gt"),
        ],
    ),
    Forgery(
        "cases", "max(x, y) >= x", {"rule": "cases", "on": code("x >= y", XY), "name": "a", "branches": [ORDER, ORDER]}, XY,
        [
            ([(("branches",), [ORDER])], "cases: a statement and two branches are needed"),
            ([(("on",), code("x", XY))], "cases: a statement and two branches are needed"),
            ([(("on",), code("1/x > 0", XY))], "cases: the statement to split on may be undefined"),
            ([(("on",), code("log(x) = y", XY))], "cases: the statement to split on may be undefined"),
            ([(("on",), code("q > 0", ["q: real"]))], "cases: q is not declared"),
            ([(("name",), "taken")], "assume: the name taken is taken"),
            ([(("branches", 1), ALGEBRA)], "algebra: the goal is no equation but ge"),
            ([(("on",), DROP)], "cases: the field on is missing or malformed"),
        ],
        ["taken: x = x"],
    ),
    Forgery(
        "either", "x^2 = 1",
        {"rule": "either", "fact": "a", "name": "b", "branches": [{"rule": "algebra", "rewrite": ["b"]}] * 2}, XY,
        [
            ([(("branches",), [{"rule": "algebra", "rewrite": ["b"]}])],
             "either: the fact must be an alternative with a branch for each case"),
            ([(("fact",), "c")], "either: the fact must be an alternative with a branch for each case"),
            ([(("fact",), "d")], "either: the fact must be an alternative with a branch for each case"),
            ([(("branches", 1, "rewrite"), [])], "algebra: the difference is not 0"),
            ([(("branches", 0, "rewrite"), [])], "algebra: the difference is not 0"),
            ([(("name",), "a")], "assume: the name a is taken"),
        ],
        ["a: x = 1 or x = -1", "d: y = 1"],
    ),
    Forgery(
        "obtain", "x > 0", {"rule": "obtain", "fact": "a", "name": "b", "then": {
            "rule": "order", "terms": [{"c": "1", "factors": [[code("s", ["s: real"]), 2]]}, {"c": "1", "factors": []}],
            "combine": [{"fact": "b"}]}},
        XY,
        [
            ([(("fact",), "c")], "obtain: the fact must say that something exists"),
            ([(("fact",), "d")], "obtain: the fact must say that something exists"),
            ([(("name",), "a")], "assume: the name a is taken"),
            ([(("then", "combine"), [])], "order: the decomposition does not add up"),
            ([(("then", "combine", 0, "fact"), "s")], "order: no fact 's'"),
            ([(("then", "terms", 0, "factors", 0, 0), code("q", ["q: real"]))], "order: q is not declared"),
            ([(("rule",), "intro"), (("fact",), DROP)], "intro: nothing to introduce in gt"),
        ],
        ["a: exists real s such that x = s^2 + 1", "d: y = 1"],
    ),
    Forgery(
        "contradiction", "x != 0",
        {"rule": "contradiction", "name": "a", "claim": code("x y = 0", XY),
         "proofs": [{"rule": "algebra", "rewrite": ["a"]}, {"rule": "order", "combine": []}]},
        XY,
        [
            ([(("claim",), code("x", XY))], "contradiction: a statement and two proofs are needed"),
            ([(("proofs",), [EVIDENT])], "contradiction: a statement and two proofs are needed"),
            ([(("claim",), code("y = 0", XY))], "algebra: the difference is not 0"),
            ([(("proofs", 0, "rewrite"), [])], "algebra: the difference is not 0"),
            ([(("proofs", 0, "rewrite"), ["b"])], "algebra: no fact 'b'"),
            ([(("name",), "h")], "assume: the name h is taken"),
            ([(("proofs", 1), ALGEBRA)], "algebra: the goal is no equation but ne"),
        ],
        ["h: x y = 1"],
    ),
    Forgery(
        "have", "x + 1 > 0", {"rule": "have", "name": "a", "claim": code("x >= 0", XY), "proof": EVIDENT, "then": ORDER}, XY,
        [
            ([(("claim",), code("x >= 1", XY))], "evident: the goal is not seen at once"),
            ([(("claim",), code("x", XY))], "have: the claim states nothing"),
            ([(("proof",), DROP)], "have: the field proof is missing or malformed"),
            ([(("fact",), "h")], "have: one of axiom, fact and claim is needed"),
            ([(("claim",), DROP)], "have: one of axiom, fact and claim is needed"),
            ([(("name",), "h")], "assume: the name h is taken"),
            ([(("claim",), code("q >= 0", ["q: real"]))], "have: q is not declared"),
            ([(("claim",), ["ge", None, ["sym", "x", ["integer"]], ZERO])], "have: x is declared with another type"),
            ([(("claim",), ["ge", None, ["sym", "x", ["complex"]], ZERO])], "have: ge: complex numbers have no order"),
        ],
        ["h: x >= 0"],
    ),
    Forgery(
        "have", "v[t] > 0", {"rule": "have", "name": "b", "fact": "a", "at": {"k": T1}, "then": EVIDENT}, SEQ,
        [
            ([(("fact",), "c")], "have: no fact 'c'"),
            ([(("at",), {})], "have: the fact needs a value for k"),
            ([(("at",), DROP)], "have: the field at is missing or malformed"),
            ([(("at", "k"), code("-t", SEQ))], "have: a premise of the fact is not seen to hold"),
            ([(("at", "k"), code("t/2", SEQ))], "have: k has another type there"),
            ([(("at", "k"), code("t + 1", SEQ)), (("then",), {"rule": "algebra"})],
             "algebra: the goal is no equation but gt"),
            ([(("fact",), "i"), (("at",), {"i": T1})], "have: i may leave its range"),
        ],
        ["a: v[k] > 0 for integer k >= 0", "i: v[i] > 0 for i in 1..5"],
    ),
    Forgery(
        "have", "f(y) > 0",
        {"rule": "have", "name": "b", "axiom": "axiom", "at": {"f": ["sym", "f", ["function", ["real"], ["real"]]],
                                                             "x": code("y", XY)},
         "premises": {"all": {"rule": "evident"}}, "then": EVIDENT},
        ["f: function", *XY],
        [
            ([(("axiom",), "other")], "have: no axiom 'other'"),
            ([(("at", "x"), DROP)], "axiom axiom: needs values for exactly f, x"),
            ([(("at", "z"), code("y", XY))], "axiom axiom: needs values for exactly f, x"),
            ([(("at", "x"), code("x", XY))], "axiom axiom: the side condition 'x: real > 0' is not seen to hold"),
            ([(("at", "f"), code("y", XY))], "axiom axiom: f has another type there"),
            ([(("at", "x"), code("1 + i", XY))], "axiom axiom: x has another type there"),
            ([(("at", "x"), code("q", ["q: real"]))], "have: q is not declared"),
            ([(("premises", "all"), ALGEBRA)], "algebra: the goal is no equation but forall"),
            ([(("at",), DROP)], "have: the field at is missing or malformed"),
            ([(("at", "f"), ["lambda", [["s"]], ["num", "-1"], ["numbers", "real"]]), (("premises",), {})],
             "axiom axiom: the side condition 'all' is not seen to hold"),
        ],
        ["a: y > 0", "h: f(y) > 0 for real y > 0"], [], SOCRATES,
    ),
    Forgery(
        "have", "E[2 Y] = 0",
        {"rule": "have", "name": "b", "axiom": "axiom", "at": {"X": code("Y", ["Y: random real"]), "c": ["num", "2"]},
         "then": EVIDENT},
        ["Y: random real ~ normal(0, 1)", "Z: random real ~ normal(1, 1)", "W: random real ~ bernoulli(1/2)",
         "V: random sequence of real ~ normal(0, 1)", "T: random integer", "x: real"],
        [
            ([(("at", "X"), code("Z", ["Z: random real"]))], "axiom axiom: X must be standard normal"),
            ([(("at", "X"), code("W", ["W: random real"]))], "axiom axiom: X must have the law normal"),
            ([(("at", "X"), code("x", XY))], "axiom axiom: X must be a random symbol"),
            ([(("at", "X"), code("2 Y", ["Y: random real"]))], "axiom axiom: X must be a random symbol"),
            ([(("at", "c"), code("Y", ["Y: random real"]))], "axiom axiom: c must not be random"),
            ([(("at", "X"), code("V[T]", ["V: random sequence of real", "T: random integer"]))],
             "axiom axiom: a random index in X"),
            ([(("at", "c"), ["num", "3"]), (("then",), EVIDENT)], "evident: the goal is not seen at once"),
        ],
        [], [], LAWS,
    ),
    Forgery(
        "have", "E[Y] = 1/3",
        {"rule": "have", "name": "b", "axiom": "axiom", "at": {"X": code("Y", ["Y: random real"]), "p": ["num", "1/3"]},
         "then": EVIDENT},
        ["Y: random real ~ bernoulli(1/3)", "x: real"],
        [
            ([(("at", "p"), ["num", "1/2"])], "axiom axiom: X has another parameter"),
            ([(("at", "p"), ["num", "2"])], "axiom axiom: X has another parameter"),
            ([(("at", "p"), code("x", XY))], "axiom axiom: X has another parameter"),
        ],
        [], [], FLIPS,
    ),
    Forgery(
        "have", "u' S v = v' S u",
        {"rule": "have", "name": "b", "axiom": "axiom", "then": EVIDENT, "at": {
            "m": code("n", VEC), "A": code("S", ["n: size", "S: matrix(n)"]),
            "x": code("u", VEC), "y": code("v", VEC)}},
        [*VEC, "S: symmetric matrix(n)", "B: matrix(n)"],
        [
            ([(("at", "A"), code("B", ["n: size", "B: matrix(n)"]))],
             "axiom axiom: the side condition 'A is symmetric' is not seen to hold"),
            ([(("at", "m"), code("n + 1", VEC))], "axiom axiom: A has another type there"),
        ],
        [], [], GRAM,
    ),
    Forgery(
        "have", "diff(g(x), x) = diff(g(x), x)",
        {"rule": "have", "name": "b", "axiom": "axiom", "then": EVIDENT, "at": {
            "f": ["sym", "g", ["function", ["real"], ["real"]]], "x": code("x", XY)}},
        ["g: differentiable function", "h: function", "x: real"],
        [([(("at", "f"), ["sym", "h", ["function", ["real"], ["real"]]])], "axiom axiom: f must be declared differentiable")],
        [], [], SMOOTH,
    ),
    Forgery(
        "have", "x = x",
        {"rule": "have", "name": "b", "axiom": "axiom", "then": EVIDENT,
         "at": {"X": code("V", ["V: random sequence of real"]), "Y": code("Y", ["Y: random real"])}},
        ["V: independent random sequence of real", "W: random sequence of real", "Y: random real", "x: real"],
        [([(("at", "X"), code("W", ["W: random sequence of real"]))], "axiom axiom: X must be independent")],
        ["E[V[k]^2] = 1 for integer k"], [], INDEP,
    ),
    Forgery(
        "unfold", "a + 1 > 1", {"rule": "unfold", "then": ORDER}, ["x: real > 0"],
        [
            ([(("then",), DROP)], "unfold: the field then is missing or malformed"),
            ([(("then",), ALGEBRA)], "algebra: the goal is no equation but gt"),
            ([(("rule",), "have"), (("name",), "x")], "have: one of axiom, fact and claim is needed"),
            ([(("name",), "x")], "unfold: unknown field name"),
        ],
        [], ["a: x^2 + x"],
    ),
    Forgery(
        "induction", "sum(i, i=1..n) = n (n + 1)/2",
        {"rule": "induction", "on": "n", "from": ZERO, "bases": [ALGEBRA],
         "step": {"rule": "algebra", "combine": [{"fact": "induction"}]}},
        [*N, "m: integer", "x: real"],
        [
            ([(("on",), "m")], "induction: nothing says that m is at least the start"),
            ([(("on",), "x")], "induction: x is no integer of the context"),
            ([(("on",), "k")], "induction: k is no integer of the context"),
            ([(("on",), 1)], "induction: the field on is missing or malformed"),
            ([(("from",), ONE)], "induction: nothing says that n is at least the start"),
            ([(("from",), code("n", N))],
             "induction: the start must be an integer that does not mention the variable"),
            ([(("from",), ["num", "1/2"])],
             "induction: the start must be an integer that does not mention the variable"),
            ([(("bases",), [])], "induction: one to four base cases"),
            ([(("bases",), [ALGEBRA] * 5)], "induction: one to four base cases"),
            ([(("step", "combine"), [])], "algebra: the difference is not 0"),
            ([(("step", "combine", 0, "fact"), "induction 1")], "algebra: no fact 'induction 1'"),
            ([(("bases", 0), ORDER)], "order: the goal is no inequality but eq"),
            ([(("from",), code("-1", N)), (("bases", 0), ALGEBRA)], "algebra: the difference is not 0"),
            ([(("step", "combine", 0, "times"), ["num", "2"])], "algebra: the difference is not 0"),
        ],
    ),
    Forgery(
        "induction", "v[t] = 0",
        {"rule": "induction", "on": "t", "from": ZERO, "bases": [{"rule": "algebra", "rewrite": ["a"]},
                                                                {"rule": "algebra", "rewrite": ["b"]}],
         "step": {"rule": "algebra", "rewrite": ["c", "induction", "induction 1"]}},
        SEQ,
        [
            ([(("bases",), [{"rule": "algebra", "rewrite": ["a"]}])], "algebra: no fact 'induction 1'"),
            ([(("bases", 1, "rewrite"), ["a"])], "algebra: the difference is not 0"),
            ([(("step", "rewrite"), ["c", "induction"])], "algebra: the difference is not 0"),
        ],
        ["a: v[0] = 0", "b: v[1] = 0", "c: v[k + 2] = v[k + 1] + v[k] for integer k >= 0"],
    ),
    Forgery(
        "solve", "solve for x: 2 x = 4 y",
        {"rule": "solve", "name": "a", "values": {"x": code("2 y", XY)}, "holds": [ALGEBRA],
         "unique": {"rule": "algebra", "combine": [{"fact": "a", "times": ["num", "1/2"]}]}},
        XY,
        [
            ([(("values", "x"), code("3 y", XY))], "algebra: the difference is not 0"),
            ([(("values", "x"), code("x", XY))], "solve: x is not declared"),
            ([(("values",), {})], "solve: no value for x"),
            ([(("holds",), [])], "solve: expected 1 proofs, found 0"),
            ([(("unique", "combine"), [])], "algebra: the difference is not 0"),
            ([(("rule",), "intro"), (("then",), 1), (("values",), DROP), (("holds",), DROP), (("unique",), DROP)],
             "intro: what is to be solved is meant under all that is assumed, and no more"),
        ],
    ),
    Forgery(
        "meaning", "2 n = Theta(n) in n",
        {"rule": "meaning", "then": {"rule": "exists", "values": {"c": ONE}, "then": {"rule": "exists", "values": {"d": ["num", "2"]}, "then": {
            "rule": "split", "parts": [ORDER, ORDER, {"rule": "intro", "then": {"rule": "intro", "name": "a", "then": {"rule": "split", "parts": [ORDER, ORDER]}}}]}}}},
        N,
        [
            ([(("then", "values", "c"), ["num", "3"])], "order: the sign is not seen"),
            ([(("then", "values", "c"), ZERO)], "order: the sign is not seen"),
            ([(("then", "then", "values", "d"), ONE)], "order: the sign is not seen"),
            ([(("fact",), "a"), (("name",), "b")], "meaning: no fact 'a'"),
            ([(("then",), DROP)], "meaning: the field then is missing or malformed"),
            ([(("then",), {"rule": "meaning", "then": EVIDENT})], "meaning: nothing to spell out in exists"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda f: f"{f.rule}: {f.text}")
def test_the_certificate_that_is_tampered_with_holds(forgery: Forgery) -> None:
    """What is changed below is right before."""
    proved(forgery.text, forgery.certificate, forgery.let, forgery.given, forgery.define, forgery.ledger)


CASES = [(f, changes, reason) for f in FORGERIES for changes, reason in f.changes]


@pytest.mark.parametrize(
    ("forgery", "changes", "reason"), CASES, ids=[f"{f.rule}-{k}: {r}" for k, (f, _, r) in enumerate(CASES)]
)
def test_a_tampered_certificate_is_rejected_for_its_own_reason(
    forgery: Forgery, changes: list[Change], reason: str
) -> None:
    """Each change is refused with "rule: reason"."""
    forged = changed(forgery.certificate, changes)
    rejected(reason, forgery.text, forged, forgery.let, forgery.given, forgery.define, forgery.ledger)


def test_every_rule_is_forged_at_least_three_times() -> None:
    """No rule is left out, and there are well over sixty forgeries."""
    counts = dict.fromkeys(RULES, 0)
    for forgery, _, _ in CASES:
        counts[forgery.rule] += 1
    assert min(counts.values()) >= 3, counts
    assert len(CASES) >= 60
