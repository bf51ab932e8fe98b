"""LaTeX as people write it, well formed for every term."""

from __future__ import annotations

import re
from random import Random

import pytest

from symproof.reading.inline import read_term
from symproof.terms.build import Mistyped
from symproof.terms.latex import latex, name
from tests.reading.grown import Grower, scope

SCOPE = scope()


@pytest.mark.parametrize(
    "text, shown",
    [
        ("β^(k-1) a", r"\beta^{k - 1} a"),
        ("1/2 a^2", r"\frac{1}{2} a^{2}"),
        ("x' S x/(a b)", r"\frac{x^{\top} S x}{a b}"),
        ("(a/b)^2", r"\left(\frac{a}{b}\right)^{2}"),
        ("a * 2", r"a \cdot 2"),
        ("-a^2 - b", r"-a^{2} - b"),
        ("|x|^2", r"\left\lVert x \right\rVert^{2}"),
        ("S^-1", r"S^{-1}"),
        ("sum(x[i]^2, i = 1..n)", r"\sum_{i=1}^{n} x_{i}^{2}"),
        ("sum(s[i] + 1, i = 1..n)", r"\sum_{i=1}^{n} \left(s_{i} + 1\right)"),
        (
            "sum((X[u] - X[v])^2, (u, v) in E(G))",
            r"\sum_{(u, v) \in E\left(G\right)} \left(X_{u} - X_{v}\right)^{2}",
        ),
        ("E[exp(x' y)]", r"\mathbb{E}\left[\exp\left(x^{\top} y\right)\right]"),
        ("f'(a)", r"f'\left(a\right)"),
        ("h[k - 1][1]", r"h_{k - 1,1}"),
        ("limit(s[t], integer t -> oo)", r"\lim_{t \to \infty} s_{t}"),
        (
            "cases(a if a > 0, -a)",
            r"\begin{cases} a & \text{if } a > 0 \\ -a & \text{otherwise} \end{cases}",
        ),
        ("0 < a <= 1", r"0 < a \leq 1"),
        ("x[i] = 0 for i in 1..n", r"x_{i} = 0 \quad \text{for all } i \in \{1, \ldots, n\}"),
        ("[[1, 2], [3, a]]", r"\begin{pmatrix} 1 & 2 \\ 3 & a \end{pmatrix}"),
        ("integral(t, t = 0..1)", r"\int_{0}^{1} t \, dt"),
    ],
)
def test_usual_terms(text: str, shown: str) -> None:
    assert latex(read_term(text, SCOPE)) == shown


@pytest.mark.parametrize(
    "symbol, shown",
    [
        ("x0", "x_{0}"),
        ("x_0", "x_{0}"),
        ("θ̂_t", r"\hat{\theta}_{t}"),
        ("loss", r"\mathrm{loss}"),
        ("σ_max", r"\sigma_{\mathrm{max}}"),
        (r"a}\input{b", r"\mathrm{ainputb}"),
    ],
)
def test_names(symbol: str, shown: str) -> None:
    """Subscripts, accents and words; nothing in a name can be a command."""
    assert name(symbol) == shown


def test_brackets_match_in_every_term() -> None:
    for seed in range(1500):
        try:
            text = latex(Grower(Random(seed)).statement(5))
        except Mistyped:
            continue
        bare = text.replace(r"\{", "").replace(r"\}", "")
        assert bare.count("{") == bare.count("}")
        assert len(re.findall(r"\\left(?![a-z])", text)) == len(re.findall(r"\\right(?![a-z])", text))
