"""MathML from the term tree: well formed for every term, and nothing in it that a claim could inject."""

from __future__ import annotations

from random import Random
from xml.etree import ElementTree

import pytest

from symproof.reading.inline import read_term
from symproof.terms import mathml as printer
from symproof.terms.build import RULES, Mistyped, make, num, sym
from symproof.terms.mathml import mathml, mathml_name, mathml_type
from symproof.terms.types import REAL
from tests.reading.grown import Grower, scope

SCOPE = scope()
# MathML Core, and what of it may stand in a term.
ELEMENTS = (
    "math mrow mi mn mo mtext mspace mfrac msqrt msup msub msubsup munder mover munderover mtable mtr mtd"
).split()
ATTRIBUTES = "display form lspace rspace width mathvariant accent stretchy linethickness class".split()
EXAMPLES = (
    "2 a b + b^2/2 - 0.1", "-a^2", "|a| + |x| + |V(G)|", "exp(a) + log(b) + sigmoid(β)",
    "binomial(n, k) + k!",
    "x' y + dot(x, y)", "S^-1 + S^2 + I - ones ones'/n", "[[1, 2], [3, 4]]", "product(s[t], t = 1..k)",
    "max(x[i], i = 1..n)", "x[argmax(x[i], i = 1..n)]", "min(x[i], i = 1..n) + x[argmin(x[i], i = 1..n)]",
    "[k = 1]", "cases(a if a > 0, 0 if a = 0, -a)", "integral(exp(-t^2), t = -oo..oo)", "floor(a) + ceil(a)",
    "limit(1/t, t -> 0+)", "f'(a) + f(a)", "diff(a^3, a, 2)", "diff(t^3, t, at = a + 1)", "grad(x' S x, x)",
    "trace(jacobian(S x, x)) + trace(hessian(x' S x, x))", "opnorm(A) + fronorm(A) + det(S) + rank(A)",
    "lambda_max(S) + lambda_min(S)", "hadamard(x, y) + diag(x) y + softmax(S)[1]",
    "degree(v0) + components(G)",
    "trace(degree(G) - adjacency(G)) + trace(laplacian(G))", "fn(t: real, t^2)(3)",
    "E[r] + Var[r] + Cov[r, r^2] + P[r > 0]", "mod(k, 2)", "re(z) + |z| + conj(z) sqrt(a)",
    "sum((X[u] - X[v])^2, (u, v) in E(G))", "zeros(n)' x", "vector(i^2, i = 1..3)", "2 x",
)  # fmt: skip


def parsed(text: str) -> ElementTree.Element:
    """The element, if it is well formed and holds nothing but MathML."""
    root = ElementTree.fromstring(text)
    for node in root.iter():
        assert node.tag in ELEMENTS
        assert set(node.attrib) <= set(ATTRIBUTES)
        if node.tag in ("mfrac", "msup", "msub", "munder", "mover"):
            assert len(node) == 2, text
        if node.tag in ("msubsup", "munderover"):
            assert len(node) == 3, text
        if node.tag in ("mi", "mn", "mo", "mtext"):
            assert len(node) == 0
    return root


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a^2 + 1/2", "<msup><mi>a</mi><mn>2</mn></msup><mo>+</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>"),
        ("x[1]", "<msub><mi>x</mi><mn>1</mn></msub>"),
        ("2 * 3", "<mn>2</mn><mo>⋅</mo><mn>3</mn>"),
        ("a < b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        ("sqrt(a + b)", '<msqrt class="low"><mi>a</mi><mo>+</mo><mi>b</mi></msqrt>'),
        ("x[1]^2", "<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>"),
        ("a^(1/2)", "<msup><mi>a</mi><mrow><mn>1</mn><mo>/</mo><mn>2</mn></mrow></msup>"),
    ],
)
def test_usual_terms(text: str, shown: str) -> None:
    assert mathml(read_term(text, SCOPE)) == f"<math>{shown}</math>"


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_well_formed(text: str) -> None:
    parsed(mathml(read_term(text, SCOPE), display=True))


def test_every_operator_is_printed() -> None:
    """Each operator is met in random terms and the examples, or is a function of its arguments."""
    met = {node.op for text in EXAMPLES for node in read_term(text, SCOPE).walk()}
    for seed in range(1500):
        try:
            term = Grower(Random(seed)).statement(5)
        except Mistyped:
            continue
        met |= {node.op for node in term.walk()}
        parsed(mathml(term))
    real = make("numbers", data="real")
    rest = [
        make("sequences", real), make("functions", real, real), make("graphs"), make("true"), make("false"),
        make("interval", num(0), num(1), data="[)"),
        make("solve", make("eq", sym("a", REAL), num(1)), data=(("a",),)),
        make("psd", read_term("S", SCOPE)), make("independent", sym("a", REAL), sym("b", REAL)),
        make("integrable", sym("a", REAL)), make("differentiable", read_term("f", SCOPE)),
        read_term("sum(s[t], t = 1..k) + product(s[t], t = 1..k)", SCOPE),
    ]  # fmt: skip
    for text in ("n^2 = Theta(n) in n", "f(a) = o(a^2) as a -> 0", "f(t) = O(t) as t -> oo",
                 "a in [0, 1)", "not a < b", "a = b iff b = a", "exists t: real such that t^2 = a",
                 "u' S u >= 0 for u: vector(n)"):  # fmt: skip
        rest.append(read_term(text, SCOPE))
    for term in rest:
        met |= {node.op for node in term.walk()}
        parsed(mathml(term))
    assert set(RULES) | {"num", "sym"} <= met | {"inverse", "matpow"}


@pytest.mark.parametrize(
    "symbol",
    ["<script>alert(1)</script>", 'a"onerror="x', "a_<b>_&amp;", "a\u202eb", "\0", "</math><img src=x>", "_"],
)
def test_names_inject_nothing(symbol: str) -> None:
    """A name is text, whatever stands in it, and its invisible characters are seen."""
    for text in (mathml(sym(symbol, REAL)), mathml_name(symbol)):
        root = parsed(text)
        assert all(c.isprintable() for node in root.iter() for c in node.text or "")
        assert "<script" not in text and "<img" not in text


def test_names_bound_by_every_binder_are_escaped() -> None:
    bad = "<script>"
    domain, body = make("range", num(1), num(3)), make("eq", sym(bad, REAL), num(0))
    for op in ("sum", "product", "maximum", "minimum", "argmax", "argmin", "array", "lambda"):
        parsed(mathml(make(op, num(1), domain, data=((bad,),))))
    for op in ("forall", "exists"):
        parsed(mathml(make(op, body, domain, data=((bad,),))))
    parsed(mathml(make("limit", num(1), num(0), num(0), data=((bad,),))))
    parsed(mathml(make("diff", num(1), num(0), num(2), data=((bad,),))))
    parsed(mathml(make("integral", num(1), num(0), num(1), data=((bad,),))))


def test_types_are_well_formed() -> None:
    for kind in SCOPE.types.values():
        parsed(mathml_type(kind))


def test_words_and_accents() -> None:
    assert printer.name("θ̂_t") == (
        '<msub><mover accent="true"><mi>θ</mi><mo stretchy="false">^</mo></mover><mi>t</mi></msub>'
    )
    assert printer.name("loss") == "<mi>loss</mi>"
