"""What LaTeX formulas say under declared names, and where they say nothing."""

from __future__ import annotations

import pytest

from symproof.reading.inline import read_scope, read_term
from symproof.reading.latex import Notation, Reader, Vocabulary, parse_latex, relations
from symproof.reading.problems import Problem, Source
from symproof.terms.plain import plain

SCOPE = read_scope(
    [
        "n, m: size",
        "a, b, β, μ, μ_prime, λ_1, L_reg: real",
        "k, t, T: integer",
        "i, j: index(n)",
        "x, y, w: vector(n)",
        "A: matrix(m, n)",
        "S: matrix(n, n)",
        "K: matrix(n, m)",
        "f, σ: function",
        "L: vector(n) -> real",
        "F: (vector(n), vector(n)) -> real",
        "h, θ: sequence of vector(n)",
        "v, g: sequence of real",
        "r: random real",
        "z: random vector(n) ~ normal(0, I)",
        "W_Q: matrix(n, n)",
        "Δθ: sequence of vector(n)",
        "θ̂: vector(n)",
        "w_star: vector(n)",
        "Q_prime: matrix(n, n)",
        "G: graph",
        "X: vector(V(G))",
        "loss: real",
        "φ: sequence of function",
        "B: matrix(k, k)",
    ],
)
NOTATION = Notation(
    aliases=(
        (r"\frac{\partial h_{#1}}{\partial h_{#2}}", "S^(#1 - #2)"),
        (r"\lambda_{\star}(#1)", "lambda_max(#1)"),
    ),
    norm="opnorm",
    orders="a -> 0",
)


def shown(text: str, notation: Notation | None = None) -> str:
    source = Source(text)
    vocabulary = Vocabulary(SCOPE.types, SCOPE.kinds, notation, SCOPE.symbols)
    return plain(SCOPE.elaborator(source).whole(parse_latex(source, vocabulary)))


@pytest.mark.parametrize(
    "text, same",
    [
        # names: bold, accents, labels, primes, words
        (r"\mathbf{x} = \boldsymbol x", "x = x"),
        (r"{\bm x}_i + x_{i}", "x[i] + x[i]"),
        (r"\hat{\theta}", "θ̂"),
        (r"\hat{\boldsymbol{\theta}}_1", "θ̂[1]"),
        (r"\lambda_1 L_{\text{reg}}", "λ_1 L_reg"),
        (r"W^Q x", "W_Q x"),
        (r"\mu'\mu", "μ_prime μ"),
        (r"w^*", "w_star"),
        (r"loss + \mathrm{loss}", "loss + loss"),
        (r"\Delta\theta_{t-1}", "Δθ[t - 1]"),
        ("β² a₁", None),
        ("‖x‖² ≤ xᵀx", "|x|^2 <= x' x"),
        # superscripts by type
        (r"\beta^t \theta^t", "β^t θ[t]"),
        (r"\theta^{(t+1)} - \theta_t", "θ[t + 1] - θ[t]"),
        ("x^T S x", "x' S x"),
        (r"A^\top x", None),
        (r"A^{\mathsf T} A x", "A' A x"),
        (r"S^{-1} S^{-\top} S^{2}", "S^-1 (S^-1)' S^2"),
        (r"v_t^2", "v[t]^2"),
        (r"Q'^\top x", "Q_prime' x"),
        (r"(S x)^\top y", "(S x)' y"),
        # subscripts by type
        ("A_{1j} + A_{1,2} + A_1^T x", "A[1, j] + A[1, 2] + A[1]' x"),
        ("S_{ij}", "S[i, j]"),
        (r"(S^2)_{ij}", "(S^2)[i, j]"),
        (r"h_{t,i} + \theta^t_i", "h[t, i] + θ[t, i]"),
        (r"X_u", None),
        # application or product
        ("a(b + 1)", "a (b + 1)"),
        ("f(b + 1)", "f(b + 1)"),
        (r"f'(a) + f^{(3)}(a)", "f'(a) + f'''(a)"),
        (r"S\sigma(x)", "S σ(x)"),
        (r"\sigma a", "σ(a)"),
        (r"\log 2a + \exp(x)_i", "log(2 a) + exp(x)[i]"),
        (r"\sin^2 a", "sin(a)^2"),
        (r"\log_2 a", "log(a)/log(2)"),
        (r"exp(a)b", "exp(a) b"),
        ("ab", "a b"),
        (r"\varphi_t(a)", "φ[t](a)"),
        (r"F(x; y)", "F(x, y)"),
        (r"\operatorname{tr}(S)", "trace(S)"),
        # bars
        (r"|a| \, \|x\| ||y||", "|a| |x| |y|"),
        (r"\left\lVert S\right\rVert_F \|S\|_2", "fronorm(S) opnorm(S)"),
        (r"\left|\left|x\right|\right|^2", "|x|^2"),
        (r"\|x\|_2^2", "|x|^2"),
        ("|a||b|", "|a| |b|"),
        (r"|V(G)|", "|V(G)|"),
        (r"\lvert a - b\rvert", "|a - b|"),
        # numbers, fractions, roots
        (r"\tfrac12 a", "1/2 a"),
        (r"\frac{a}{b} \cdot 2", "a/b * 2"),
        (r"\sqrt[3]{a} + \sqrt2", "a^(1/3) + sqrt(2)"),
        ("0.25a", "0.25 a"),
        (r"\binom{k}{2} k!", "binomial(k, 2) k!"),
        (r"k \bmod 2", "mod(k, 2)"),
        # sums
        (r"\sum_{i=1}^n x_i^2 + 1", "sum(x[i]^2, i = 1..n) + 1"),
        (r"\sum_i x_i \sum_{j\ne i} y_j", "sum(x[i] sum(cases(y[j] if j != i, 0), j = 1..n), i = 1..n)"),
        (r"\sum_{1 \le i < k} v_i", "sum(v[i], i = 1..(k - 1))"),
        (r"\prod\limits_{s=1}^{t} v_s", "product(v[s], s = 1..t)"),
        (r"\sum_{(u,v) \in E(G)} (X_u - X_v)^2", "sum((X[u] - X[v])^2, (u, v) in E(G))"),
        (r"\max_i x_i", "max(x[i], i = 1..n)"),
        (r"\operatorname*{arg\,max}_i x_i", "argmax(x[i], i = 1..n)"),
        (r"\arg\min_i x_i", "argmin(x[i], i = 1..n)"),
        (r"\max(a, b)", "max(a, b)"),
        (r"\min\{a, b\}", "min(a, b)"),
        (r"(x_i)_{i=1}^{n}", "vector(x[i], i = 1..n)"),
        # dots
        (r"x_1 + x_2 + \dots + x_n", "sum(x[l], l = 1..n)"),
        (r"v_1 v_2 \cdots v_t", "product(v[l], l = 1..t)"),
        (r"v_1^2 + \cdots + v_k^2", "sum(v[l]^2, l = 1..k)"),
        (r"1 + 2 + \dots + k", "sum(l, l = 1..k)"),
        (r"v_{t-1}v_{t-2}\cdots v_0", "product(v[t - l], l = 1..t)"),
        # calculus
        (r"\int_0^1 a^2\,da", "integral(a^2, a = 0..1)"),
        (r"\lim_{a\to 0^+} f(a)", "limit(f(a), a -> 0+)"),
        (r"\frac{d}{da} f(a)", "diff(f(a), a)"),
        (r"\frac{\mathrm{d}^2 f(a)}{\mathrm{d}a^2}", "diff(f(a), a, 2)"),
        (r"\frac{\partial F(x, y)}{\partial x}", "grad(F(x, y), x)"),
        (r"\nabla_x F(x, y)", "grad(F(x, y), x)"),
        (r"\nabla L(x)", "grad(L(z), z, at = x)"),
        (r"\frac{\partial \|x\|^2}{\partial x_i}", "grad(|x|^2, x)[i]"),
        (r"\partial (S h_{t-1})/\partial h_{t-1}", "jacobian(S u, u, at = h[t - 1])"),
        (r"\nabla_x^2 L(x)", "hessian(L(x), x)"),
        # probability
        (r"\mathbb{E}[r^2] - \mathbb{E}[r]^2", "E[r^2] - E[r]^2"),
        (r"\mathrm{Var}(r)", "Var[r]"),
        ("E(r)", "E[r]"),
        (r"\mathbb{P}(r > 0)", "P[r > 0]"),
        (r"\mathbb{E}_{z \sim \mathcal{N}(0, I)}[z^\top x]", "E[z' x]"),
        # arrays and cases
        (r"\begin{pmatrix} 1 & 2 \\ 3 & a \end{pmatrix}", "[[1, 2], [3, a]]"),
        (r"[1, 2, a]", "[1, 2, a]"),
        (r"\begin{bmatrix} x_1 \\ \vdots \\ x_n \end{bmatrix}", "vector(x[l], l = 1..n)"),
        (r"\begin{cases} a & \text{if } a > 0 \\ 0 & \text{otherwise} \end{cases}", "cases(a if a > 0, 0)"),
        (r"\begin{cases} a, & i = j, \\ 0, & i \neq j \end{cases}", "cases(a if i = j, 0)"),
        (r"\begin{cases} a & a > 0 \\ 0 & a < 0 \end{cases}", "cases(a if a > 0, 0 if a < 0, 1/(0))"),
        (r"\mathbf{1}^\top x + \mathbf{0}_n^\top x", "ones' x + zeros(n)' x"),
        (r"[i = j] + \mathbb{1}[a < b]", "[i = j] + [a < b]"),
        (r"x \odot y", "hadamard(x, y)"),
        (r"\langle x, y\rangle", "dot(x, y)"),
        # statements
        (r"0 \le a < 1", "0 <= a < 1"),
        (r"a \in [0, 1)", "a in [0, 1)"),
        (r"k \in \{1, \dots, n\}", "k in 1..n"),
        (r"a = b \implies b = a", "a = b implies b = a"),
        (r"a > 0 \text{ and } b > 0", "a > 0 and b > 0"),
        (r"x_i \ge 0 \ \forall i", "x[i] >= 0 for i in 1..n"),
        (r"v_s = 0 \text{ for all } s \geq 1", "v[s] = 0 for integer s >= 1"),
        (r"\forall s > 0, v_s = 1", "v[s] = 1 for integer s > 0"),
        (r"v_s = 1 \text{ for } s = 1, \dots, n", "v[s] = 1 for s in 1..n"),
        (r"a \approx 0.667", "|a - 0.667| <= 0.0005"),
        (r"S \succeq 0", "psd(S)"),
        (r"n^2 m = \Theta(n^2 m)", "n^2 m = Θ(n^2 m)"),
        (r"f(a) = o(a) \text{ as } a \to 0", "f(a) = o(a) as a -> 0"),
        (r"u = 0 \text{ for all } u \in \mathbb{R}", "u = 0 for u: real"),
        (r"\text{solve for } a : a + b = 1", "solve for a such that a + b = 1"),
    ],
)
def test_readings(text: str, same: str | None) -> None:
    """The formula is the term that the plain text is; None where it cannot be read."""
    if same is None:
        with pytest.raises(Problem):
            found = shown(text)
            assert not found, found
        return
    assert shown(text) == plain(read_term(same, SCOPE))


@pytest.mark.parametrize(
    "text, same",
    [
        (r"\frac{\partial h_t}{\partial h_{t-1}}", "S^(t - (t - 1))"),
        (r"\|S\| \le a", "opnorm(S) <= a"),
        (r"\lambda_\star(S^\top S)", "lambda_max(S' S)"),
        (r"f(a) = b + o(a)", "f(a) - b = o(a) as a -> 0"),
        (r"f(a) \ll a^2", "f(a) = o(a^2) as a -> 0"),
    ],
)
def test_notations(text: str, same: str) -> None:
    """What a document writes in its own way is read as its notation says."""
    assert shown(text, NOTATION) == plain(read_term(same, SCOPE))


@pytest.mark.parametrize(
    "text, column, message",
    [
        (r"a + q", 5, "`q` is not declared"),
        (r"a + \foo", 5, r"the command `\foo` is not known"),
        (r"S^T x", 1, "a transpose, or the T-th power?"),
        (r"\|S\|", 1, "bars around a matrix"),
        (r"\frac{\partial \loss}{\partial a}", 16, "is not known"),
        (r"\frac{\partial loss}{\partial a}", 31, "does not occur"),
        (r"\sum_s f(a)", 1, "it is not said what `s` ranges over"),
        (r"a \approx b", 3, "without stated digits"),
        (r"\sum_{i=1} x_i", 1, "without its upper limit"),
        (r"(a + b", 1, "is never closed"),
        (r"a + b)", 6, "does not fit"),
        (r"|a", 1, "is never closed"),
        (r"\log a b", 8, "belong to the argument"),
        (r"a/ba", 4, "a division followed by a product"),
        (r"v_1 + \dots", 7, "dots"),
        (r"a + \dots + b", 5, "dots"),
        (r"\mathbb{P}(a \mid b)", 14, ""),
        (r"x \sim a", 3, "is not read here"),
        (r"f^{-1}(a)", 4, "an inverse function"),
        (r"\mathcal{L} = a", 1, "is not declared"),
        (r"x y", 3, "cannot multiply"),
        (r"\beta'", 1, "with a prime is not declared"),
        (r"a_1", 1, "has no index"),
        (r"\int_a f(a) da", 1, "without its limits"),
        (r"a = \text{the mean}", 5, "does not fit"),
        (r"a^{b}^{2}", 6, "two superscripts"),
        ("S' x", 1, "a transpose, or another name?"),
        ("S_{ij}^T", 8, "an entry of the transpose"),
        (r"v^2", 3, "a power, or the place"),
        (r"h_{2t}", 4, "two indices, or a product?"),
        (r"f^2(a)", 3, "applied again"),
        (r"\log a/b", 7, "the argument, or the value"),
        (r"\prod_{s=1}^{t} v_s a", 21, "a factor for every index"),
        (r"\gamma(a)", 1, "is not declared"),
        (r"\begin{cases} a", 1, "without its"),
        (r"2 3", 3, "does not fit"),
        (r"\left( a", 1, "is never closed"),
        (r"x_{n+1}", 4, "outside"),
    ],
)
def test_problems(text: str, column: int, message: str) -> None:
    """What is ambiguous or unreadable is said at its column."""
    with pytest.raises(Problem) as caught:
        found = shown(text)
        assert not found, found
    assert message in caught.value.message
    assert caught.value.place is not None and caught.value.place.column == column


@pytest.mark.parametrize(
    "text, same, notes",
    [
        ("q_t = 1", "g[t] = 1", ["q is read as g"]),
        ("S'x = y", "S' x = y", ["' is read as a transpose"]),
        (r"\beta + los = a", "β + loss = a", ["los is read as loss"]),
        (r"S + a = S", "S + a I = S", ["a number beside a matrix is read as that number times I"]),
        (r"xy = a", "dot(x, y) = a", ["a product of two vectors is read as the inner product"]),
        (r"S \cdot 0 = x", "S zeros(n) = x", ["0 is read as the zero array"]),
        (r"x^2 = a", "dot(x, x) = a", ["the square of a vector is read as its inner product with itself"]),
        (r"\frac{a}{b}} = 1", "a/b = 1", ["a bracket that closes nothing is left out"]),
        (
            r"S = [i = j] S_{ij}",
            "S[i, j] = [i = j] S[i, j]",
            ["an array beside a number is read as its entry at i, j"],
        ),
    ],
)
def test_candidates(text: str, same: str, notes: list[str]) -> None:
    """Slips and abuses are read as what they may mean, and say what they suppose."""
    (line,) = relations(Source(text))
    readings = Reader(SCOPE).readings(line)
    assert [plain(r.term) for r in readings] == [plain(read_term(same, SCOPE))]
    assert [note.text for note in readings[0].notes] == notes


def test_both_readings() -> None:
    """A T that may transpose or count is offered as a transpose, with a note."""
    (line,) = relations(Source("S^T x = y"))
    (reading,) = Reader(SCOPE).readings(line)
    assert plain(reading.term) == "S' x = y" and reading.notes


def test_stated_digits() -> None:
    """2.66 for 8/3 is false as it stands; rounded it agrees."""
    (line,) = relations(Source("8/3 = 2.66"))
    reading = Reader(SCOPE).read(line)
    assert plain(reading.term) == "8/3 = 133/50"
    assert reading.rounded is not None and plain(reading.rounded) == "|8/3 - 133/50| < 1/100"
