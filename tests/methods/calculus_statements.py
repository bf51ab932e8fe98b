"""Equations of calculus that hold, and near misses and traps that do not: (text, declarations, hypotheses)."""

from __future__ import annotations

Item = tuple[str, tuple[str, ...], tuple[str, ...]]


def _items(text: str) -> list[Item]:
    """One statement a line: `declarations given hypotheses | statement`, the lists split by `;`."""
    found = []
    for line in text.strip().splitlines():
        declared, bar, goal = line.rpartition(" | ")
        let, _, given = declared.partition(" given ")
        found.append(((goal if bar else line).strip(), _list(let), _list(given)))
    return found


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


TRUE: dict[str, list[Item]] = {
    "angles": _items("""
x: real | sin(x)^2 + cos(x)^2 = 1
x: real; y: real | cos(x - y) = cos(x) cos(y) + sin(x) sin(y)
x: real | sin(3 x) = 3 sin(x) - 4 sin(x)^3
x: real | cos(4 x) = 8 cos(x)^4 - 8 cos(x)^2 + 1
x: real | sin(x)^4 + cos(x)^4 = 1 - sin(2 x)^2 / 2
x: real | (cos(x) + sin(x))^2 - (cos(x) - sin(x))^2 = 2 sin(2 x)
x: real; y: real | cos(x) - cos(y) = -2 sin((x + y) / 2) sin((x - y) / 2)
x: real; y: real; z: real | cos(x + y + z) + cos(x + y - z) + cos(x - y + z) + cos(y + z - x) = 4 cos(x) cos(y) cos(z)
x: real given cos(x) != 0 | 1 + tan(x)^2 = 1 / cos(x)^2
x: real given sin(x) != 0; cos(x) != 0 | tan(x) + 1 / tan(x) = 2 / sin(2 x)
x: real given cos(x) != 0; cos(2 x) != 0; tan(x)^2 != 1 | tan(2 x) = 2 tan(x) / (1 - tan(x)^2)
x: real | 8 sin(x)^4 = 3 - 4 cos(2 x) + cos(4 x)
x: real | sin(x + pi / 6) = sqrt(3) / 2 * sin(x) + cos(x) / 2
x: real | cos(x) + cos(x + 2 pi / 3) + cos(x + 4 pi / 3) = 0
x: real | sin(x) sin(pi / 3 - x) sin(pi / 3 + x) = sin(3 x) / 4
n: integer; x: real | cos(x + n pi) = (-1)^n cos(x)
n: integer | sin(n pi) = 0
n: integer | cos(2 n pi) = 1
n: integer >= 0; x: real | cos((n + 2) x) = 2 cos(x) cos((n + 1) x) - cos(n x)
A: real; φ: real; t: real | A cos(t - φ) = A cos(φ) cos(t) + A sin(φ) sin(t)
a: real; b: real; t: real given a > 0 | a cos(t) + b sin(t) = sqrt(a^2 + b^2) cos(t - atan(b / a))
"""),
    "special values": _items("""
cos(pi / 3) = 1/2
sin(pi / 4) = sqrt(2) / 2
tan(pi / 3) = sqrt(3)
cos(2 pi / 5) = (sqrt(5) - 1) / 4
sin(pi / 12) = (sqrt(6) - sqrt(2)) / 4
tan(pi / 8) = sqrt(2) - 1
cos(pi / 7) cos(2 pi / 7) cos(3 pi / 7) = 1/8
sin(pi / 18) sin(5 pi / 18) sin(7 pi / 18) = 1/8
tan(3 pi / 11) + 4 sin(2 pi / 11) = sqrt(11)
cos(pi / 5) - cos(2 pi / 5) = 1/2
sin(pi / 8) = sqrt(2 - sqrt(2)) / 2
sin(pi / 5) = sqrt(10 - 2 sqrt(5)) / 4
cos(pi / 24) = sqrt(2 + sqrt(2 + sqrt(3))) / 2
"""),
    "inverse functions": _items("""
x: real in [-1, 1] | sin(asin(x)) = x
x: real in [-1, 1] | cos(asin(x)) = sqrt(1 - x^2)
x: real | cos(atan(x)) = 1 / sqrt(1 + x^2)
x: real | tan(atan(x)) = x
x: real in [-1, 1] | sin(2 asin(x)) = 2 x sqrt(1 - x^2)
x: real in [-1, 1] | cos(3 acos(x)) = 4 x^3 - 3 x
x: real in [-1, 1] | asin(x) + acos(x) = pi / 2
x: real > 0 | atan(x) + atan(1 / x) = pi / 2
x: real < 0 | atan(x) + atan(1 / x) = -pi / 2
atan(1/2) + atan(1/3) = pi / 4
4 atan(1/5) - atan(1/239) = pi / 4
2 atan(1/3) + atan(1/7) = pi / 4
atan(1) + atan(2) + atan(3) = pi
5 atan(1/7) + 2 atan(3/79) = pi / 4
asin(3/5) + asin(4/5) = pi / 2
x: real in [-pi / 2, pi / 2] | asin(sin(x)) = x
x: real in [0, pi] | acos(cos(x)) = x
x: real in (-pi / 2, pi / 2) | atan(tan(x)) = x
x: real in [-1, 1] | acos(-x) = pi - acos(x)
x: real in [0, 1] | 2 asin(x) = acos(1 - 2 x^2)
x: real > 0; y: real > 0 given x y < 1 | atan(x) + atan(y) = atan((x + y) / (1 - x y))
x: real | sinh(asinh(x)) = x
x: real >= 1 | cosh(acosh(x)) = x
x: real in (-1, 1) | atanh(x) = log((1 + x) / (1 - x)) / 2
x: real | asinh(x) = log(x + sqrt(x^2 + 1))
x: real | diff(atan(x), x) = 1 / (1 + x^2)
"""),
    "hyperbolic and logistic": _items("""
x: real | cosh(x)^2 - sinh(x)^2 = 1
x: real; y: real | sinh(x + y) = sinh(x) cosh(y) + cosh(x) sinh(y)
x: real | tanh(2 x) = 2 tanh(x) / (1 + tanh(x)^2)
x: real | cosh(3 x) = 4 cosh(x)^3 - 3 cosh(x)
x: real | sigmoid(x) + sigmoid(-x) = 1
x: real | tanh(x) = 2 sigmoid(2 x) - 1
x: real | softplus(x) - softplus(-x) = x
x: real | diff(softplus(x), x) = sigmoid(x)
x: real | diff(sigmoid(x), x) = sigmoid(x) (1 - sigmoid(x))
x: real | diff(x sigmoid(x), x) = sigmoid(x) + x sigmoid(x) (1 - sigmoid(x))
x: real | diff(x / 2 * (1 + erf(x / sqrt(2))), x) = (1 + erf(x / sqrt(2))) / 2 + x exp(-x^2 / 2) / sqrt(2 pi)
x: real; y: real; c: real | log(exp(x + c) + exp(y + c)) = c + log(exp(x) + exp(y))
x: real | log(sigmoid(x)) = -softplus(-x)
p: real in (0, 1) | sigmoid(log(p / (1 - p))) = p
"""),
    "powers and logarithms": _items("""
x: real > 0; y: real > 0 | log(x y) = log(x) + log(y)
x: real > 0; a: real | log(x^a) = a log(x)
x: real given x != 0 | log(x^2) = 2 log(|x|)
x: real < 0; y: real < 0 | log(x y) = log(-x) + log(-y)
x: real > 0; a: real; b: real | (x^a)^b = x^(a b)
x: real > 0; y: real > 0 | x^log(y) = y^log(x)
x: real | sqrt(x^2) = |x|
x: real > 0; y: real | sqrt(x y^2) = sqrt(x) |y|
x: real | sqrt(x^2 + 2 x + 1) = |x + 1|
a: real > 0; b: real > 0 | (sqrt(a) - sqrt(b)) (sqrt(a) + sqrt(b)) = a - b
x: real >= 0 | sqrt(x + 1 + 2 sqrt(x)) = sqrt(x) + 1
sqrt(3 + 2 sqrt(2)) = 1 + sqrt(2)
sqrt(5 - 2 sqrt(6)) = sqrt(3) - sqrt(2)
sqrt(2 + sqrt(3)) + sqrt(2 - sqrt(3)) = sqrt(6)
sqrt(9 + 4 sqrt(5)) = 2 + sqrt(5)
1 / (sqrt(2) + sqrt(3)) = sqrt(3) - sqrt(2)
1 / (1 + sqrt(2) + sqrt(3)) = (2 + sqrt(2) - sqrt(6)) / 4
x: real > 0; a: real | diff(x^a, x) = a x^(a - 1)
x: real > 0 | diff(x^x, x) = x^x (1 + log(x))
x: real > 0 | exp(3 log(x) - log(x)) = x^2
"""),
    "finite sums": _items("""
n: integer >= 0 | sum(k^3, k = 1..n) = sum(k, k = 1..n)^2
n: integer >= 0; q: real given q != 1 | sum(q^k, k = 0..n) = (1 - q^(n + 1)) / (1 - q)
n: integer >= 0; q: real given q != 1 | sum(k q^k, k = 0..n) = q (1 - (n + 1) q^n + n q^(n + 1)) / (1 - q)^2
n: integer >= 0 | sum(1 / (k (k + 1)), k = 1..n) = n / (n + 1)
n: integer >= 0 | sum(k factorial(k), k = 1..n) = factorial(n + 1) - 1
n: integer >= 0 | sum((-1)^k, k = 0..n) = (1 + (-1)^n) / 2
n: integer >= 0 | sum(1 / ((2 k - 1) (2 k + 1)), k = 1..n) = n / (2 n + 1)
n: integer >= 0 | sum(sum(1 / k, k = 1..j), j = 1..n) = (n + 1) sum(1 / k, k = 1..n) - n
n: integer >= 0; H: sequence of real given H[0] = 0; H[k] = H[k-1] + 1/k for integer k >= 1 | H[n] = sum(1 / k, k = 1..n)
f: function(integer) -> real; a: integer; b: integer given b >= a | sum(f(k + 1) - f(k), k = a..b) = f(b + 1) - f(a)
f: function(integer) -> real; n: integer >= 0 | sum(f(n - k), k = 0..n) = sum(f(k), k = 0..n)
f: function(integer) -> real; n: integer >= 0 | sum(f(k), k = 1..2 n) = sum(f(2 k - 1) + f(2 k), k = 1..n)
f: function(integer) -> real; a: integer; b: integer; c: integer given a <= b; b <= c | sum(f(k), k = a..c) = sum(f(k), k = a..b) + sum(f(k), k = b+1..c)
n: integer >= 0; a: sequence of real; b: sequence of real | sum(sum(a[i] b[j], j = 1..i), i = 1..n) = sum(sum(a[i] b[j], i = j..n), j = 1..n)
β: real; t: integer >= 0 given β != 1 | sum(β^(t - i), i = 1..t) = (1 - β^t) / (1 - β)
n: integer >= 0; x: real given sin(x / 2) != 0 | sum(cos(k x), k = 0..n) = sin((n + 1) x / 2) cos(n x / 2) / sin(x / 2)
n: integer >= 1; x: real given sin(x / 2) != 0 | 1/2 + sum(cos(k x), k = 1..n) = sin((n + 1/2) x) / (2 sin(x / 2))
n: integer >= 0 | product(k, k = 1..n) = factorial(n)
n: integer >= 0 | product((k + 1) / k, k = 1..n) = n + 1
n: integer >= 2 | product(1 - 1 / k^2, k = 2..n) = (n + 1) / (2 n)
n: integer >= 0; c: real > 0 | product(c^k, k = 1..n) = c^(n (n + 1) / 2)
n: integer >= 0; x: real > 0 given x != 1 | product(1 + x^(2^k), k = 0..n) = (1 - x^(2^(n + 1))) / (1 - x)
"""),
    "binomials and gamma": _items("""
n: integer >= 0 | sum(binomial(n, k), k = 0..n) = 2^n
n: integer >= 1 | sum((-1)^k binomial(n, k), k = 0..n) = 0
n: integer >= 1 | sum(k binomial(n, k), k = 0..n) = n * 2^(n - 1)
n: integer >= 0; x: real | sum(binomial(n, k) x^k, k = 0..n) = (1 + x)^n
n: integer >= 0; p: real | sum(binomial(n, k) p^k (1 - p)^(n - k), k = 0..n) = 1
n: integer >= 1; p: real | sum(k binomial(n, k) p^k (1 - p)^(n - k), k = 0..n) = n p
n: integer >= 2; p: real | sum(k^2 binomial(n, k) p^k (1 - p)^(n - k), k = 0..n) = n p (1 - p) + n^2 p^2
n: integer >= 0 | sum(binomial(n, k)^2, k = 0..n) = binomial(2 n, n)
m: integer >= 0; n: integer >= 0; r: integer >= 0 | sum(binomial(m, k) binomial(n, r - k), k = 0..r) = binomial(m + n, r)
n: integer >= 0; r: integer >= 0 | sum(binomial(k, r), k = 0..n) = binomial(n + 1, r + 1)
n: integer >= 0; k: integer | binomial(n + 1, k + 1) = binomial(n, k) + binomial(n, k + 1)
n: integer >= 0; k: integer | binomial(n + 2, k + 2) = binomial(n, k) + 2 binomial(n, k + 1) + binomial(n, k + 2)
n: integer >= 1; k: integer | k binomial(n, k) = n binomial(n - 1, k - 1)
n: integer >= 0; k: integer | binomial(n, k) = binomial(n, n - k)
n: integer >= 0; k: integer >= 0 given k <= n | binomial(n, k) = factorial(n) / (factorial(k) factorial(n - k))
n: integer >= 0; k: integer >= 0 given k <= n | (n + 1 - k) binomial(n + 1, k) = (n + 1) binomial(n, k)
n: integer >= 0 | binomial(n + 3, 3) = (n + 3) (n + 2) (n + 1) / 6
n: integer >= 1 | factorial(n) / factorial(n - 1) = n
n: integer >= 0 | gamma(n + 1) = factorial(n)
gamma(5/2) = 3/4 * sqrt(pi)
x: real > 0 | gamma(x + 2) = x (x + 1) gamma(x)
n: integer >= 0 | gamma(n + 1/2) = factorial(2 n) / (4^n factorial(n)) * sqrt(pi)
"""),
    "series": _items("""
q: real in (-1, 1) | sum(q^k, k = 0..oo) = 1 / (1 - q)
q: real in (-1, 1) | sum(k q^k, k = 1..oo) = q / (1 - q)^2
q: real in (-1, 1) | sum(k^2 q^k, k = 1..oo) = q (1 + q) / (1 - q)^3
sum((1/2)^k, k = 1..oo) = 1
sum(1 / 3^k, k = 0..oo) = 3/2
p: real in (0, 1] | sum(p (1 - p)^k, k = 0..oo) = 1
p: real in (0, 1] | sum(k p (1 - p)^(k - 1), k = 1..oo) = 1 / p
x: real | sum(x^k / factorial(k), k = 0..oo) = exp(x)
λ: real > 0 | sum(exp(-λ) λ^k / factorial(k), k = 0..oo) = 1
λ: real > 0 | sum(k exp(-λ) λ^k / factorial(k), k = 0..oo) = λ
λ: real > 0 | sum(k^2 exp(-λ) λ^k / factorial(k), k = 0..oo) = λ + λ^2
sum(1 / factorial(k), k = 0..oo) = e
sum(1 / (k (k + 1)), k = 1..oo) = 1
sum(1 / k^2, k = 1..oo) = pi^2 / 6
x: real in (-1, 1) | sum(x^k / k, k = 1..oo) = -log(1 - x)
sum((-1)^k / (2 k + 1), k = 0..oo) = pi / 4
x: real | sum((-1)^k x^(2 k) / factorial(2 k), k = 0..oo) = cos(x)
sum((-1)^(k + 1) / k, k = 1..oo) = log(2)
"""),
    "derivatives": _items("""
x: real | diff(exp(-x^2 / 2), x) = -x exp(-x^2 / 2)
x: real > 0 | diff(log(x)^2, x) = 2 log(x) / x
x: real | diff(sin(x^2), x, 2) = 2 cos(x^2) - 4 x^2 sin(x^2)
x: real given cos(x) != 0 | diff(tan(x), x) = 1 + tan(x)^2
x: real in (-1, 1) | diff(asin(x), x) = 1 / sqrt(1 - x^2)
f: differentiable function; g: differentiable function; x: real | diff(f(x) g(x), x) = f'(x) g(x) + f(x) g'(x)
f: differentiable function; g: differentiable function; x: real given g(x) != 0 | diff(f(x) / g(x), x) = (f'(x) g(x) - f(x) g'(x)) / g(x)^2
f: differentiable function; x: real | diff(f(x^2), x) = 2 x f'(x^2)
f: twice differentiable function; c: real; x: real; t: real | diff(f(x - c t), t, 2) = c^2 diff(f(x - c t), x, 2)
a: real; b: real; x: real; y: real | diff(exp(a x + b y), y) = b exp(a x + b y)
x: real; y: real | diff(diff(x^3 y^2, x), y) = 6 x^2 y
f: continuous function; F: function; x: real | diff(integral(exp(-t^2), t = 0..x), x) = exp(-x^2)
f: differentiable function; x: real | diff(integral(f(t), t = 0..x), x) = f(x)
x: real | diff(integral(sin(x t), t = 0..1), x) = integral(t cos(x t), t = 0..1)
x: real given x != 0 | diff(|x|, x) = sign(x)
x: real; n: integer >= 0 | diff(x^(n + 1), x) = (n + 1) x^n
"""),
    "integrals": _items("""
integral(x^3 - 2 x, x = 0..2) = 0
integral(exp(x), x = 0..1) = e - 1
a: real > 0; b: real > 0 | integral(1 / x, x = a..b) = log(b / a)
integral(sin(x), x = 0..pi) = 2
integral(cos(x)^2, x = 0..pi) = pi / 2
m: integer >= 1 | integral(sin(m x)^2, x = 0..2 pi) = pi
integral(x exp(x), x = 0..1) = 1
integral(x^2 sin(x), x = 0..pi) = pi^2 - 4
integral(log(x), x = 1..e) = 1
integral(1 / (1 + x^2), x = 0..1) = pi / 4
integral(1 / sqrt(1 - x^2), x = 0..1/2) = pi / 6
integral(x exp(-x^2), x = 0..1) = (1 - exp(-1)) / 2
integral(1 / (x^2 - 1), x = 2..3) = log(3/2) / 2
integral(tan(x), x = 0..pi / 4) = log(2) / 2
integral(atan(x), x = 0..1) = pi / 4 - log(2) / 2
integral(|x - 1|, x = 0..3) = 5/2
integral(max(x, 1 - x), x = 0..1) = 3/4
a: real; b: real | integral(x^2, x = a..b) = (b^3 - a^3) / 3
n: integer >= 0 | integral(x^n, x = 0..1) = 1 / (n + 1)
f: differentiable function; a: real; b: real | integral(f'(x), x = a..b) = f(b) - f(a)
f: continuous function; a: real; b: real; c: real | integral(f(x), x = a..b) + integral(f(x), x = b..c) = integral(f(x), x = a..c)
f: continuous function; g: continuous function; a: real; b: real | integral(2 f(x) - 3 g(x), x = a..b) = 2 integral(f(x), x = a..b) - 3 integral(g(x), x = a..b)
f: continuous function; a: real | integral(f(a - x), x = 0..a) = integral(f(x), x = 0..a)
f: continuous function | integral(2 x f(x^2), x = 0..1) = integral(f(u), u = 0..1)
"""),
    "improper integrals": _items("""
integral(1 / sqrt(x), x = 0..1) = 2
integral(log(x), x = 0..1) = -1
integral(1 / x^2, x = 1..oo) = 1
a: real > 0 | integral(exp(-a x), x = 0..oo) = 1 / a
integral(x^3 exp(-2 x), x = 0..oo) = 3/8
s: real > 0 | integral(x^(s - 1) exp(-x), x = 0..oo) = gamma(s)
a: real > 0 | integral(exp(-a x^2), x = -oo..oo) = sqrt(pi / a)
integral(exp(-x^2 / 2) / sqrt(2 pi), x = -oo..oo) = 1
integral(x^2 exp(-x^2 / 2) / sqrt(2 pi), x = -oo..oo) = 1
m: real; s: real > 0 | integral(exp(-(x - m)^2 / (2 s^2)) / (s sqrt(2 pi)), x = -oo..oo) = 1
m: real | integral(x exp(-(x - m)^2 / 2) / sqrt(2 pi), x = -oo..oo) = m
t: real | integral(exp(t x) exp(-x^2 / 2) / sqrt(2 pi), x = -oo..oo) = exp(t^2 / 2)
integral(x^4 exp(-x^2 / 2) / sqrt(2 pi), x = -oo..oo) = 3
integral(1 / (1 + x^2), x = -oo..oo) = pi
integral(exp(-x) sin(x), x = 0..oo) = 1/2
integral(x / (1 + x^2)^2, x = 0..oo) = 1/2
b: real > 0 | integral(exp(-|x| / b) / (2 b), x = -oo..oo) = 1
"""),
    "limits": _items("""
limit(sin(x) / x, x -> 0) = 1
limit((1 - cos(x)) / x^2, x -> 0) = 1/2
a: real > 0 | limit((a^x - 1) / x, x -> 0) = log(a)
limit((tan(x) - sin(x)) / x^3, x -> 0) = 1/2
limit(1 / x - 1 / sin(x), x -> 0) = 0
limit((1 + x)^(1 / x), x -> 0) = e
limit((x^2 - 1) / (x - 1), x -> 1) = 2
limit((sqrt(x) - 2) / (x - 4), x -> 4) = 1/4
n: integer >= 1; a: real > 0 | limit((x^n - a^n) / (x - a), x -> a) = n a^(n - 1)
limit((3 x^2 + 1) / (2 x^2 - x), x -> oo) = 3/2
limit(sqrt(x^2 + x) - x, x -> oo) = 1/2
limit(x^5 exp(-x), x -> oo) = 0
limit(log(x) / sqrt(x), x -> oo) = 0
limit((exp(x) + x) / (2 exp(x) - log(x)), x -> oo) = 1/2
limit(tanh(x), x -> -oo) = -1
limit(atan(x), x -> oo) = pi / 2
limit(x log(x), x -> 0+) = 0
limit(x^x, x -> 0+) = 1
limit(exp(-1 / x), x -> 0+) = 0
limit(|x| / x, x -> 0-) = -1
limit(x sin(1 / x), x -> 0) = 0
limit(sin(x) / x, x -> oo) = 0
limit((1 + 1 / n)^n, n -> oo) = e
limit(n^(1 / n), integer n -> oo) = 1
limit(sqrt(n + 1) - sqrt(n), integer n -> oo) = 0
limit(n^3 / 2^n, integer n -> oo) = 0
limit(2^n / factorial(n), integer n -> oo) = 0
limit((-1)^n / n, integer n -> oo) = 0
q: real in (-1, 1) | limit((1 - q^n) / (1 - q), integer n -> oo) = 1 / (1 - q)
limit((2^n + 3^n) / (3^n + n), integer n -> oo) = 1
f: differentiable function; a: real | limit((f(a + h) - f(a - h)) / (2 h), h -> 0) = f'(a)
f: continuous function; a: real | limit(f(x) + 2, x -> a) = f(a) + 2
limit(x^2, x -> oo) = oo
limit(log(x), x -> 0+) = -oo
limit(log(1 + exp(x)) - x, x -> oo) = 0
"""),
    "orders of growth": _items("""
n: size | 3 n^2 + 2 n + 1 = Theta(n^2)
n: size; d: size | 2 n^2 d + n d = Theta(n^2 d) in n, d
n: size; d: size | n^2 + n d = Theta(n^2) in n
n: size | n^2 - n + 1 = Theta(n^2)
x^2 = o(x) as x -> 0
sin(x) - x = o(x^2) as x -> 0
log(x) = o(x) as x -> oo
n = o(2^n) as integer n -> oo
3 x^2 + x = O(x^2) as x -> oo
sin(x) = O(1) as x -> oo
f: function; g: function given f(x) = o(x) as x -> 0; g(x) = o(x) as x -> 0 | f(x) + 2 g(x) = o(x) as x -> 0
f: differentiable function; a: real | f(a + h) - f(a) - h f'(a) = o(h) as h -> 0
f: twice differentiable function; a: real | f(a + h) - f(a) - h f'(a) - h^2 f''(a) / 2 = o(h^2) as h -> 0
n: size; L: differentiable function(vector(n)) -> real; w: vector(n) | L(w + h) - L(w) - grad(L(v), v, at = w)' h = o(|h|) as h -> zeros(n)
n: size; L: twice differentiable function(vector(n)) -> real; w: vector(n) | 1/2 (L(w + h) - L(w - h)) - grad(L(v), v, at = w)' h = o(|h|^2) as h -> zeros(n)
n: size; L: differentiable function(vector(n)) -> real; w: vector(n); h: vector(n) | |grad(L(v), v, at = w)' h - (L(w + h) - L(w))| = o(|h|) as h -> zeros(n)
f: function given f(x) = o(x) as x -> 0 | |f(x)| = o(x) as x -> 0
exp(x) - 1 - x - x^2 / 2 = o(x^2) as x -> 0
"""),
    "closed forms and ends": _items("""
limit(sum(k, k = 1..n) / n^2, integer n -> oo) = 1/2
r: real in [0, 1) | limit(sum(r^k, k = 0..n), integer n -> oo) = 1 / (1 - r)
limit(asin(x), x -> 1-) = pi / 2
limit(sqrt(1 - x^2), x -> 1-) = 0
integral(1 / sqrt(1 - x^2), x = 0..1) = pi / 2
integral(1 / cosh(x)^2, x = -oo..oo) = 2
integral(sigmoid(x) (1 - sigmoid(x)), x = -oo..oo) = 1
m: integer >= 1; n: integer >= 1 given m != n | integral(sin(m x) sin(n x), x = 0..2 pi) = 0
t: real | integral(|x|, x = 0..t) = t |t| / 2
x: real | sum((-1)^k x^(2 k + 1) / factorial(2 k + 1), k = 0..oo) = sin(x)
λ: real > 0 | sum(k (k - 1) exp(-λ) λ^k / factorial(k), k = 0..oo) = λ^2
sum(2^k, k = 0..oo) = oo
n: integer >= 0; m: integer >= 0 | sum(binomial(m + k, k), k = 0..n) = binomial(m + n + 1, n)
n: integer >= 0 | sum(sum(i j, j = 1..i), i = 1..n) = n (n + 1) (n + 2) (3 n + 1) / 24
"""),
}

FALSE: dict[str, list[Item]] = {
    "angles": _items("""
x: real | asin(sin(x)) = x
x: real | acos(cos(x)) = x
x: real in [-pi, pi] | acos(cos(x)) = x
x: real given cos(x) != 0 | atan(tan(x)) = x
x: real given x != 0 | atan(x) + atan(1 / x) = pi / 2
x: real; y: real given x y != 1 | atan(x) + atan(y) = atan((x + y) / (1 - x y))
x: real | sqrt(1 - sin(x)^2) = cos(x)
x: real | sqrt((1 - cos(x)) / 2) = sin(x / 2)
x: real in [-1, 1] | asin(x) + acos(x) = pi
x: real in [-1, 1] | 2 asin(x) = acos(1 - 2 x^2)
x: real in [-1, 1] | asin(2 x sqrt(1 - x^2)) = 2 asin(x)
4 atan(1/5) - atan(1/239) = pi / 4 + 1/10^30
atan(1) + atan(2) + atan(3) = 0
atan(1/2) + atan(1/3) = pi / 4 + 2 pi
x: real | sin(x)^2 + cos(x)^2 = 1 + 1/10^40
x: real | cos(2 x) = 2 cos(x)^2 + 1
x: real; y: real | sin(x + y) = sin(x) + sin(y)
n: integer | sin(n pi / 2) = 0
n: integer | cos(n pi) = 1
n: integer | cos(n pi / 3) = 1
cos(2 pi / 17) = 93/100
tan(pi / 2) = tan(pi / 2)
x: real | tan(x) = sin(x) / cos(x) + 0 * tan(2 x)
a: real; b: real; t: real | a cos(t) + b sin(t) = sqrt(a^2 + b^2) cos(t - atan(b / a))
"""),
    "powers and logarithms": _items("""
x: real | sqrt(x^2) = x
x: real given x != 0 | log(x^2) = 2 log(x)
x: real; y: real | log(x y) = log(x) + log(y)
x: real; y: real given x y > 0 | log(x y) = log(x) + log(y)
x: real; y: real given x y >= 0 | sqrt(x y) = sqrt(x) sqrt(y)
x: real; a: real | (x^2)^a = x^(2 a)
x: real | (x^2)^(1/2) = x
x: real | exp(log(x)) = x
x: real | log(exp(x) + 1) = x + log(2)
sqrt(5 - 2 sqrt(6)) = sqrt(2) - sqrt(3)
sqrt(2) + sqrt(3) = sqrt(10)
x: real | x / x = 1
x: real given x != 0 | 0^x = 0
x: real | x^0 = x^0 * x / x
x: real > 0; y: real > 0 | x^log(y) = y^log(x) + 1/10^20
x: real | sqrt(x^2 + 2 x + 1) = x + 1
x: real | sigmoid(x) = 1 - sigmoid(x)
x: real | cosh(acosh(x)) = x
x: real | acosh(cosh(x)) = x
"""),
    "sums": _items("""
r: real; n: integer >= 0 | sum(r^k, k = 0..n) = (1 - r^(n + 1)) / (1 - r)
r: real | sum(r^k, k = 0..oo) = 1 / (1 - r)
r: real in [-1, 1] | sum(r^k, k = 0..oo) = 1 / (1 - r)
sum(2^k, k = 0..oo) = -1
sum((-1)^k, k = 0..oo) = 1/2
sum(1 / k, k = 1..oo) = 1
c: real given c = 0; sum(c * 2^k, k = 0..oo) = 0 | sum(2^k, k = 0..oo) - sum(2^k, k = 0..oo) = 0
sum(2^k, k = 0..oo) - sum(2^k, k = 0..oo) = 0
x: real | sum(x^k / k, k = 1..oo) = -log(1 - x)
n: integer | sum(k, k = 1..n) = n (n + 1) / 2
n: integer | sum(1, k = 1..n) = n
f: function(integer) -> real; a: integer; b: integer | sum(f(k + 1) - f(k), k = a..b) = f(b + 1) - f(a)
f: function(integer) -> real; a: integer; b: integer; c: integer | sum(f(k), k = a..c) = sum(f(k), k = a..b) + sum(f(k), k = b+1..c)
n: integer >= 0 | sum((-1)^k binomial(n, k), k = 0..n) = 0
n: integer >= 0 | sum(k binomial(n, k), k = 0..n) = n * 2^(n - 1) + 1
n: integer; k: integer | binomial(n + 1, k + 1) = binomial(n, k) + binomial(n, k + 1)
n: integer >= 0; k: integer | binomial(n, k) = factorial(n) / (factorial(k) factorial(n - k))
n: integer >= 0 | factorial(n) / factorial(n - 1) = n
x: real | gamma(x + 1) = x gamma(x)
n: integer >= 1 | sum(1 / (k - 3), k = 1..n) = sum(1 / (k - 3), k = 1..n)
n: integer >= 1 | product(1 - 1 / k^2, k = 1..n) = (n + 1) / (2 n)
n: integer >= 0 | product(k - 2, k = 1..n) / product(k - 2, k = 1..n) = 1
n: integer >= 1 | sum(1 / (k (k - 1)), k = 1..n) = 1 - 1 / n
n: integer >= 0 | sum(binomial(n, k)^2, k = 0..n) = binomial(2 n, n) + 1
q: real in (-1, 1) | sum(k q^k, k = 1..oo) = q / (1 - q)
λ: real > 0 | sum(λ^k / factorial(k), k = 1..oo) = exp(λ)
"""),
    "derivatives and integrals": _items("""
integral(1 / x, x = -1..1) = 0
integral(1 / x^2, x = -1..1) = -2
integral(1 / (2 + cos(x)), x = 0..2 pi) = 0
t: real | integral(|x|, x = 0..t) = t^2 / 2
a: real; b: real | integral(1 / x, x = a..b) = log(b) - log(a)
a: real | integral(exp(-a x), x = 0..oo) = 1 / a
a: real | integral(exp(-a x^2), x = -oo..oo) = sqrt(pi / a)
integral(1 / x, x = 1..oo) = 1
integral(1 / x, x = 0..1) = 1
integral(sin(x), x = 0..oo) = 1
integral(exp(x), x = 0..oo) = -1
integral(1 / (x - 1)^2, x = 0..3) = -3/2
integral(1 / x, x = 1..oo) - integral(1 / x, x = 1..oo) = 0
b: real | integral(exp(-x^2) b / b, x = -oo..oo) = sqrt(pi)
integral(tan(x), x = 0..pi) = 0
integral(1 / (1 + x^2), x = -oo..oo) = 0
x: real | diff(|x|, x) = sign(x)
x: real | diff(sqrt(x^2), x) = 1
x: real | diff(log(|x|), x) = 1 / x
x: real in [-1, 1] | diff(asin(x), x) = 1 / sqrt(1 - x^2)
f: function; x: real | diff(f(x) + x, x) = f'(x) + 1
f: differentiable function; x: real | f''(x) = f''(x)
f: function; a: real; b: real | integral(f(x) + f(x), x = a..b) = 2 integral(f(x), x = a..b)
f: function; x: real | diff(integral(f(t), t = 0..x), x) = f(x)
f: function; a: real; b: real; c: real | integral(f(x), x = a..b) + integral(f(x), x = b..c) = integral(f(x), x = a..c)
x: real | diff(integral(log(t), t = 1..x), x) = log(x)
x: real | diff(floor(x), x) = 0
integral(floor(x), x = 0..2) = 0
p: real | integral(x^p, x = 0..1) = 1 / (p + 1)
s: real | integral(x^(s - 1) exp(-x), x = 0..oo) = gamma(s)
"""),
    "limits": _items("""
limit(1 / x, x -> 0) = 0
limit(|x| / x, x -> 0) = 1
limit(sin(1 / x), x -> 0) = 0
limit(sin(x), x -> oo) = 0
limit((-1)^n, integer n -> oo) = 0
q: real | limit(q^n, integer n -> oo) = 0
q: real in [-1, 1] | limit(q^n, integer n -> oo) = 0
limit(sin(x) / x, x -> 0) = 0
limit((1 - cos(x)) / x^2, x -> 0) = 1
limit(sqrt(x), x -> 0) = 0
limit(log(x), x -> 0) = 0
limit(x^2 / x^2 + 1 / x - 1 / x, x -> oo) = 2
limit((1 + 1 / n)^n, n -> oo) = e + 1/10^20
limit((x^2 + x) / x^2, x -> 0) = 1
limit(exp(1 / x), x -> 0) = 0
limit(1 / x, x -> 0) = oo
limit(x sin(x), x -> oo) = oo
limit(1 / x^2, x -> 0) - limit(1 / x^2, x -> 0) = 0
f: function | limit(f(x), x -> 0) - limit(f(x), x -> 0) = 0
f: function; a: real | limit(f(x), x -> a) = f(a)
b: real | limit(b x / b, x -> 0) = 0
limit(x / x, x -> oo) = 2
limit(atan(x), x -> -oo) = pi / 2
limit(floor(x), x -> 0) = 0
a: real | limit((a^x - 1) / x, x -> 0) = log(a)
f: differentiable function; a: real | limit((f(a + h) - f(a - h)) / h, h -> 0) = f'(a)
limit(n^2 (-1)^n, integer n -> oo) = 0
a: real; b: real | limit(x^a exp(-b x), x -> oo) = 0
"""),
    "orders of growth": _items("""
n: size | n^2 + n = Theta(n)
n: size; d: size | n d = Theta(n) in n, d
n: size; d: size | n^2 + d = Theta(n^2) in n, d
n: size | n^2 - n = Theta(n^2)
n: size | n = Theta(n^2)
x = o(x^2) as x -> 0
|x| = o(x) as x -> 0
x = o(x) as x -> oo
x^2 = O(x) as x -> oo
sin(x) = o(x) as x -> 0
f: function; g: function given f(x) = o(x) as x -> 0 | f(x) + g(x) = o(x) as x -> 0
f: function given f(x) = O(x) as x -> 0 | f(x) = o(x) as x -> 0
f: differentiable function; a: real | f(a + h) - f(a) - h f'(a) = o(h^2) as h -> 0
n: size; L: twice differentiable function(vector(n)) -> real; w: vector(n) | L(w + h) - L(w) - grad(L(v), v, at = w)' h = o(|h|^2) as h -> zeros(n)
"""),
    "closed forms and ends": _items("""
sum((1/2)^k, k = 0..oo) = oo
integral(exp(-x), x = 0..oo) = oo
integral(1 / sqrt(x), x = 0..1) = oo
r: real | sum(r^k, k = 0..oo) = 1 / (1 - r)
limit(asin(x), x -> 1-) = pi
"""),
}
