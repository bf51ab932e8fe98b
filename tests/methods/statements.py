"""Statements of order and logic that hold, and near misses that do not: (text, declarations, hypotheses)."""

from __future__ import annotations

Item = tuple[str, tuple[str, ...], tuple[str, ...]]


def _items(text: str) -> list[Item]:
    """One statement a line: `declarations [given hypotheses] prove statement`, the lists split by `;`."""
    found = []
    for line in text.strip().splitlines():
        declared, goal = line.split("prove ", 1)
        let, _, given = declared.partition("given ")
        found.append((goal.strip(), _list(let), _list(given)))
    return found


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


TRUE: dict[str, list[Item]] = {
    "functional equations": _items("""
f: function; x: real given f(x + y) = f(x) + f(y) for x, y: real prove f(2 x) = 2 f(x)
f: function given f(x + y) = f(x) + f(y) for x, y: real prove f(0) = 0
f: function; x: real given f(x + y) = f(x) + f(y) for x, y: real prove f(-x) = -f(x)
f: function; x: real; y: real given f(x + y) = f(x) + f(y) for x, y: real prove f(x - y) = f(x) - f(y)
f: function; x: real given f(x + 1) = -f(x) for x: real prove f(x + 2) = f(x)
"""),
    "denominators": _items("""
x: real given x < 1 prove 1 / (x - 1)^2 >= 0
x: real given x != 1 prove 1 / (x - 1)^2 > 0
x: real prove 1 / (x^2 - 2 x + 2) <= 1
x: real prove (x^2 + 1) / (x^2 + x + 1) >= 2/3
"""),
    "roots and angles": _items("""
x: real >= 0 prove sqrt(x + 4 + 4 sqrt(x)) = sqrt(x) + 2
x: real >= 0 prove sqrt(2 x + 1 + 2 sqrt(x^2 + x)) = sqrt(x) + sqrt(x + 1)
x: real >= 0 prove acos((1 - x^2) / (1 + x^2)) = 2 atan(x)
"""),
    "few integers": _items("""
n: integer given n^2 < 9 prove n = -2 or n = -1 or n = 0 or n = 1 or n = 2
n: integer given 4 <= n; n^2 < 30 prove n = 4 or n = 5
"""),
    "rounding": _items("""
n: integer prove floor(n / 2) + ceil(n / 2) = n
n: integer prove floor((n + 1) / 2) = ceil(n / 2)
n: integer prove floor(n / 3) + floor((n + 1) / 3) + floor((n + 2) / 3) = n
"""),
    "moduli": _items("""
z: complex; w: complex prove |z + w| <= |z| + |w|
z: complex; w: complex prove |z - w| <= |z| + |w|
z: complex given z != 0 prove i z != 0
x: real prove 1 + i x != 0
prove 2 pi i != 0
"""),
    "inverses": _items("""
n: size; A: matrix(n, n); B: matrix(n, n) given A B = I prove B A = I
"""),
    "polynomials": _items("""
x: real; y: real prove x^2 + y^2 >= 2 x y
x: real prove x^2 - 2 x + 1 >= 0
x: real prove x^2 + x + 1 > 0
x: real prove x^4 + 1 >= 2 x^2
x: real prove x^4 - x^2 + 1 > 0
x: real; y: real; z: real prove x^2 + y^2 + z^2 >= x y + y z + z x
x: real; y: real; z: real prove (x + y + z)^2 <= 3 (x^2 + y^2 + z^2)
a: real; b: real; c: real; d: real prove (a c + b d)^2 <= (a^2 + b^2) (c^2 + d^2)
x: real; y: real prove x^4 + y^4 >= x^3 y + x y^3
x: real; y: real prove x^2 + x y + y^2 >= 0
x: real; y: real prove 2 x^2 + 2 x y + 5 y^2 - 6 y + 3 >= 0
x: real; y: real prove x y <= (x + y)^2 / 4
x: real; y: real; ε: real > 0 prove x y <= ε x^2 / 2 + y^2 / (2 ε)
x: real; y: real; z: real prove x^4 + y^4 + z^4 >= x y z (x + y + z)
x: real; y: real; z: real prove x^2 y^2 + y^2 z^2 + z^2 x^2 >= x y z (x + y + z)
x: real prove x^6 - x^3 + 1 > 0
x: real prove 2 x^4 - 3 x^3 + 3 x^2 - 2 x + 1 > 0
x: real prove x (1 - x) <= 1/4
a: real; b: real; c: real; d: real prove a^2 + b^2 + c^2 + d^2 + a + b + c + d >= -1
x: real; y: real prove (1 + x^2) (1 + y^2) >= (1 + x y)^2
a: real; b: real; c: real; x: real; y: real; z: real prove (a x + b y + c z)^2 <= (a^2 + b^2 + c^2) (x^2 + y^2 + z^2)
"""),
    "conditional": _items("""
a: real > 0; b: real > 0; c: real > 0 prove a^3 + b^3 + c^3 >= 3 a b c
a: real > 0; b: real > 0; c: real > 0 given a + b + c = 1 prove 1 / a + 1 / b + 1 / c >= 9
a: real > 0; b: real > 0; c: real > 0 given a + b + c = 1 prove (1 - a) (1 - b) (1 - c) >= 8 a b c
a: real > 0; b: real > 0; c: real > 0; d: real > 0 prove (a + b + c + d) (1 / a + 1 / b + 1 / c + 1 / d) >= 16
a: real > 0; b: real > 0; c: real > 0 prove a^4 + b^4 + c^4 >= a b c (a + b + c)
a: real > 0; b: real > 0 prove a^3 + b^3 >= a^2 b + a b^2
a: real > 0; b: real > 0 prove a / b + b / a >= 2
x: real > 0 prove x + 1 / x >= 2
a: real > 0; b: real > 0 prove 2 / (1 / a + 1 / b) <= (a + b) / 2
a: real > 0; b: real > 0 prove (a + b) (1 / a + 1 / b) >= 4
a: real > 0; b: real > 0; c: real > 0 prove (a + b) (b + c) (c + a) >= 8 a b c
a: real > 0; b: real > 0; c: real > 0 prove (a + b + c) (1 / a + 1 / b + 1 / c) >= 9
a: real > 0; b: real > 0; c: real > 0 prove a / (b + c) + b / (c + a) + c / (a + b) >= 3/2
x: real in [0, 1] prove x^2 <= x
x: real in [0, 1]; y: real in [0, 1] prove x + y - x y <= 1
x: real in [0, 1]; y: real in [0, 1] prove x y >= x + y - 1
x: real in [-1, 1] prove 4 x^3 - 3 x <= 1
x: real >= 1 prove x^3 >= 1
x: real >= 2 prove x^3 - 3 x - 2 >= 0
x: real; y: real given x < y prove x < (x + y) / 2
x: real; y: real given 0 < x; x < y prove 1 / y < 1 / x
a: real; b: real; c: real given a < b; b < c prove a < c
a: real; b: real; c: real; d: real given a <= b; c <= d prove a + c <= b + d
a: real; b: real; c: real given a <= b; c >= 0 prove a c <= b c
x: real > 0 prove x / (1 + x) < 1
x: real prove 1 / (1 + x^2) <= 1
x: real prove x / (1 + x^2) <= 1/2
x: real prove -1/2 <= x / (1 + x^2) <= 1/2
x: real; y: real given x + y = 1 prove x^2 + y^2 >= 1/2
x: real >= 0; y: real >= 0 given x + y = 2 prove x y <= 1
a: real; b: real given a^2 + b^2 = 1 prove a + b <= 3/2
x: real; y: real given x^2 + y^2 <= 1 prove x y <= 1/2
x: real; y: real given x >= 1; y >= 1 prove x y + 1 >= x + y
a: real > 0; b: real > 0 given a + b = 1 prove (1 + 1 / a) (1 + 1 / b) >= 9
n: integer >= 1 prove (n + 1)^2 > n^2
n: integer >= 3 prove n^2 >= 2 n + 3
n: size; m: size prove n m + 1 >= n
n: integer given n > 3 prove n >= 4
n: integer; m: integer given n < m prove n + 1 <= m
x: real given 2 < x; x < 3 prove 0 < (x - 2) (3 - x) <= 1/4
"""),
    "functions": _items("""
x: real prove exp(x) >= 1 + x
x: real > 0 prove log(x) <= x - 1
x: real > -1 prove log(1 + x) <= x
x: real > 0 prove log(x) < x
x: real > 0 prove 1 - 1 / x <= log(x)
x: real prove |sin(x)| <= 1
x: real prove sin(x)^2 + cos(x) <= 5/4
x: real prove -1 < tanh(x) < 1
x: real prove 0 < sigmoid(x) < 1
x: real prove sigmoid(x) (1 - sigmoid(x)) <= 1/4
x: real prove softplus(x) > 0
x: real prove softplus(x) >= x
x: real prove cosh(x) >= 1
x: real prove exp(x) + exp(-x) >= 2
x: real; y: real prove exp((x + y) / 2) <= (exp(x) + exp(y)) / 2
a: real >= 0; b: real >= 0 prove sqrt(a b) <= (a + b) / 2
a: real >= 0; b: real >= 0 prove sqrt(a + b) <= sqrt(a) + sqrt(b)
x: real >= 0 prove sqrt(1 + x) <= 1 + x / 2
x: real; y: real given x < y prove exp(x) < exp(y)
x: real > 0; y: real given x <= y prove log(x) <= log(y)
x: real >= 0; y: real given x < y prove sqrt(x) < sqrt(y)
x: real; y: real given x < y prove sigmoid(x) < sigmoid(y)
x: real; y: real given x <= y prove tanh(x) <= tanh(y)
x: real prove |atan(x)| < pi / 2
x: real prove exp(-x^2) <= 1
x: real >= 0 prove exp(-x) <= 1
x: real > 0; y: real > 0 prove log(x y) <= x + y - 2
β: real in [0, 1); t: integer >= 1 prove β^t <= β
β: real in (0, 1); t: integer >= 1 prove β^t < 1
q: real in [0, 1]; n: integer >= 0 prove q^(n + 1) <= q^n
x: real > 1 prove x^2 > sqrt(x)
x: real prove sin(x) cos(x) <= 1/2
x: real >= 1 prove log(x) >= 0
x: real prove log(1 + exp(x)) >= log(2) + x / 2
x: real; y: real prove |sin(x) - sin(y)| <= 2
"""),
    "absolute values": _items("""
x: real; y: real prove |x + y| <= |x| + |y|
x: real; y: real prove ||x| - |y|| <= |x - y|
x: real; y: real; z: real prove |x - z| <= |x - y| + |y - z|
x: real prove |x| >= x
x: real; y: real prove max(x, y) >= (x + y) / 2
x: real; y: real prove min(x, y) <= max(x, y)
x: real; y: real; z: real prove max(x, y) + z = max(x + z, y + z)
x: real; y: real prove max(x, y) = (x + y + |x - y|) / 2
x: real prove relu(x) >= 0
x: real; y: real prove |relu(x) - relu(y)| <= |x - y|
x: real; y: real prove relu(x + y) <= relu(x) + relu(y)
x: real prove x sign(x) = |x|
x: real; a: real prove |x| <= a iff -a <= x and x <= a
x: real given |x| < 1 prove x^2 < 1
x: real given x^2 < 4 prove |x| < 2
x: real; y: real prove max(|x|, |y|)^2 <= x^2 + y^2
x: real prove floor(x) <= x < floor(x) + 1
x: real prove floor(x + 1/2) - x <= 1/2
x: real; a: real; ε: real given |x - a| < ε prove a - ε < x < a + ε
x: real; y: real; z: real prove max(x, max(y, z)) = max(max(x, y), z)
x: real; y: real prove min(x, y) max(x, y) = x y
x: real prove |x|^3 >= 0
x: real; y: real prove |x y| <= (x^2 + y^2) / 2
"""),
    "all sizes": _items("""
n: size; x: vector(n); y: vector(n) prove (x' y)^2 <= |x|^2 |y|^2
n: size; x: vector(n); y: vector(n) prove |x + y|^2 <= 2 |x|^2 + 2 |y|^2
n: size; x: vector(n); y: vector(n) prove 2 x' y <= |x|^2 + |y|^2
n: size; x: vector(n) prove sum(x[i], i = 1..n)^2 <= n |x|^2
G: graph; x: vector(V(G)) prove x' (degree(G) - adjacency(G)) x >= 0
G: graph; x: vector(V(G)) prove x' (degree(G) + adjacency(G)) x >= 0
n: size; m: size; A: matrix(m, n); x: vector(n) prove x' A' A x >= 0
n: size; x: vector(n); y: vector(n); ε: real > 0 prove x' y <= ε |x|^2 / 2 + |y|^2 / (2 ε)
n: size; x: vector(n); y: vector(n) prove |x + y| <= |x| + |y|
n: size; x: vector(n); y: vector(n) prove |x' y| <= |x| |y|
n: size; p: vector(n) given p[i] >= 0 for i in 1..n prove sum(p[i], i = 1..n) >= 0
n: size; a: vector(n); b: vector(n) given a[i] <= b[i] for i in 1..n prove sum(a[i], i = 1..n) <= sum(b[i], i = 1..n)
n: size; x: vector(n); c: real prove sum((x[i] - c)^2, i = 1..n) >= 0
n: integer >= 0 prove 2^n > n
n: integer >= 4 prove 2^n >= n^2
n: integer >= 1 prove factorial(n) >= 2^(n - 1)
n: integer >= 1 prove sum(1 / k^2, k = 1..n) <= 2 - 1 / n
n: integer >= 0; x: real >= -1 prove (1 + x)^n >= 1 + n x
n: integer >= 1 prove sum(1 / sqrt(k), k = 1..n) >= sqrt(n)
n: size; x: vector(n) prove |x|^2 >= 0
"""),
    "logic": _items("""
x: real prove x^2 = 4 iff x = 2 or x = -2
x: real prove x^2 = x iff x in {0, 1}
x: real; y: real prove x y = 0 iff x = 0 or y = 0
x: real prove x^2 - 5 x + 6 = 0 implies x = 2 or x = 3
x: real prove x > 1 implies x^2 > 1
x: real; y: real prove x^2 + y^2 = 0 iff x = 0 and y = 0
x: real prove x^2 = 0 implies x = 0
x: real prove x^3 = 8 iff x = 2
x: real; y: real prove x + y = 3 and x - y = 1 iff x = 2 and y = 1
x: real prove x^2 >= 1 iff x <= -1 or x >= 1
x: real prove x^2 < 9 iff -3 < x and x < 3
x: real; y: real given x y = 1 prove x != 0
x: real given x^2 = 9; x > 0 prove x = 3
x: real; y: real given x + y = 5; x y = 6 prove x = 2 or x = 3
x: real; y: real given x = 2 y; y = 3 prove x^2 = 36
x: real given x > 0; x < 0 prove x = 7
x: real; y: real given x^2 = y^2; x >= 0; y >= 0 prove x = y
x: real prove exists y: real such that y > x
a: real; b: real given a < b prove exists x: real such that a < x and x < b
a: real; b: real given a != 0 prove exists x: real such that a x + b = 0
b: real; c: real given b^2 >= c prove exists x: real such that x^2 + 2 b x + c = 0
y: real > 0 prove exists x: real such that exp(x) = y
ε: real > 0 prove exists δ: real such that δ > 0 and 3 δ < ε
x: real prove not (x < x)
x: real; y: real given x >= y; x <= y prove x = y
x: real; y: real prove x < y or x = y or x > y
x: real given x != 0 prove x > 0 or x < 0
x: real; y: real given x = 1 or x = 2; y = x^2 prove y <= 4
x: real given x in [0, 1] prove x^2 <= 1
x: real; y: real; a: real given a != 0 prove a x = a y iff x = y
x: real; y: real prove exp(x) = exp(y) implies x = y
x: real > 0 prove log(x) = 0 iff x = 1
x: real prove |x| = 3 iff x = 3 or x = -3
x: real; y: real given x > 0 implies y > 1; x > 2 prove y > 0
x: real; y: real prove x < y implies not (y <= x)
α: real; a: real; b: real given a α = b; a != 0 prove α = b / a
s: real; d: real; x: real; y: real prove x + y = s and x - y = d iff x = (s + d) / 2 and y = (s - d) / 2
"""),
    "integers": _items("""
n: integer prove mod(n^2 + n, 2) = 0
n: integer prove mod(n^3 - n, 3) = 0
n: integer prove mod(n^3 - n, 6) = 0
n: integer prove mod(n^2, 4) = 0 or mod(n^2, 4) = 1
n: integer given mod(n, 2) = 1 prove mod(n^2, 8) = 1
n: integer given mod(n^2, 2) = 0 prove mod(n, 2) = 0
a: integer; b: integer given mod(a, 2) = 0; mod(b, 2) = 0 prove mod(a + b, 2) = 0
a: integer; b: integer; m: integer >= 1 given mod(a, m) = 0; mod(b, m) = 0 prove mod(a + b, m) = 0
a: integer; b: integer; m: integer >= 1 given mod(a, m) = 0 prove mod(a b, m) = 0
n: integer prove exists k: integer such that n = 2 k or n = 2 k + 1
n: integer prove exists k: integer such that n^2 + n = 2 k
n: integer >= 0 prove exists k: integer such that 4^n = 3 k + 1
n: integer >= 0 prove exists k: integer such that 7^n - 1 = 6 k
n: integer given n > 0; n < 3 prove n = 1 or n = 2
n: integer given 2 n > 5 prove n >= 3
n: integer; m: integer given n m = 1; n > 0 prove n >= 1
n: integer prove n^2 >= n
n: integer given n != 0 prove n^2 >= 1
n: integer; a: integer prove mod(n + 5 a, 5) = mod(n, 5)
n: integer prove mod(n, 3) < 3
"""),
    "written before they were measured": _items("""
x: real; y: real prove x^2 + 4 y^2 + 4 x y >= 0
x: real; y: real; z: real prove 3 (x y + y z + z x) <= (x + y + z)^2
x: real prove x^2 - 4 x + 5 > 0
x: real prove x^4 + x^3 + x^2 + x + 1 > 0
x: real prove x^4 + 4 >= 4 x
x: real prove 3 x^4 - 4 x^3 + 1 >= 0
a: real; b: real prove a^2 b^2 + 1 >= 2 a b
a: real; b: real; c: real prove a^2 + b^2 + c^2 + 3 >= 2 (a + b + c)
a: real; b: real; c: real prove a^4 + b^4 + c^4 >= a^2 b c + b^2 c a + c^2 a b
x: real; y: real; z: real prove x^2 + 2 y^2 + 3 z^2 >= 2 y (x + z)
x: real; y: real prove (x + y)^4 <= 8 (x^4 + y^4)
a: real > 0; b: real > 0 prove (a + b)^3 <= 4 (a^3 + b^3)
a: real > 0; b: real > 0 prove a / b^2 + b / a^2 >= 1 / a + 1 / b
a: real > 0; b: real > 0 prove 1 / (a + b) <= (1 / a + 1 / b) / 4
a: real > 0; b: real > 0; c: real > 0 prove a^2 / b + b^2 / c + c^2 / a >= a + b + c
a: real > 0; b: real > 0; c: real > 0 given a b c = 1 prove a + b + c >= 3
a: real > 0; b: real > 0; c: real > 0 given a + b + c = 1 prove a b + b c + c a <= 1/3
a: real >= 0; b: real >= 0; c: real >= 0 prove (a + b + c)^3 >= 27 a b c
x: real > 0 prove x^3 + 1 / x^3 >= 2
x: real > 0 prove x^2 + 2 / x >= 3
x: real >= 0 prove x^3 - 3 x + 2 >= 0
x: real in [0, 1] prove x (1 - x)^2 <= 4/27
x: real in [0, 2] prove x^2 <= 2 x
x: real in (0, 1) prove 1 / x > 1
x: real in (0, 1) prove x^3 < x^2
x: real in [1, 3] prove x + 3 / x <= 4
x: real >= 3 prove x^2 - 2 x >= 3
x: real given |x - 1| <= 1 prove 0 <= x and x <= 2
x: real; y: real given x > y; y > 0 prove x^2 > y^2
x: real; y: real given x > y prove x^3 > y^3
x: real; y: real; z: real given x <= y; y <= z; z <= x prove x = z
x: real; y: real given x + y >= 2 prove x^2 + y^2 >= 2
x: real; y: real; z: real given x + y + z = 3 prove x^2 + y^2 + z^2 >= 3
x: real; y: real given 2 x + 3 y = 6 prove x^2 + y^2 >= 36/13
x: real; y: real given x >= 0; y >= 0; x + 2 y <= 4; 3 x + y <= 6 prove x + y <= 14/5
p: real in [0, 1] prove p (1 - p) <= 1/4
p: real in [0, 1]; q: real in [0, 1] prove p + q - p q in [0, 1]
λ: real in [0, 1]; x: real; y: real prove (λ x + (1 - λ) y)^2 <= λ x^2 + (1 - λ) y^2
λ: real in [0, 1]; a: real; b: real; m: real given a <= m; b <= m prove λ a + (1 - λ) b <= m
n: integer >= 2 prove n / (n - 1) <= 2
n: integer >= 1 prove 1 / (n (n + 1)) <= 1 / n^2
n: integer >= 1 prove (1 + 1 / n)^2 <= 4
n: integer >= 1; m: integer >= 1 given m > n prove m^2 >= n^2 + 2 n + 1
x: real prove exp(2 x) + 1 >= 2 exp(x)
x: real prove exp(x) > x
x: real >= 0 prove exp(x) >= 1
x: real < 0 prove exp(x) < 1
x: real > 0 prove exp(x) > 1 + x
x: real > 0 prove log(1 + 1 / x) <= 1 / x
x: real > 0; y: real > 0 prove log((x + y) / 2) >= (log(x) + log(y)) / 2
x: real in (0, 1) prove log(x) < 0
x: real > 0 prove log(1 + x) < x
x: real; y: real prove log(exp(x) + exp(y)) >= x
x: real; y: real prove log(exp(x) + exp(y)) <= max(x, y) + log(2)
x: real; y: real prove log(exp(x) + exp(y)) >= max(x, y)
x: real prove softplus(x) >= relu(x)
x: real prove sigmoid(x) + sigmoid(-x) <= 1
x: real; y: real given x <= y prove softplus(x) <= softplus(y)
x: real prove tanh(x)^2 < 1
x: real prove tanh(x)^2 <= 1
x: real >= 0 prove tanh(x) >= 0
x: real prove sinh(x)^2 < cosh(x)^2
x: real >= 1 prove sqrt(x) <= x
x: real >= 0 prove sqrt(x) <= (1 + x) / 2
x: real >= 0; y: real >= 0 given x <= y prove sqrt(y) - sqrt(x) <= sqrt(y - x)
x: real prove sqrt(x^2 + 1) > |x|
x: real prove sqrt(x^2 + 1) <= |x| + 1
x: real prove x < sqrt(x^2 + 1)
n: integer >= 1 prove sqrt(n + 1) - sqrt(n) < 1 / (2 sqrt(n))
x: real > 0; y: real > 0 prove 2 x y / (x + y) <= sqrt(x y)
 prove sqrt(2) + sqrt(3) > 3
 prove sqrt(2) < 3/2
 prove sqrt(2) > 7/5
 prove pi > 3
 prove exp(1) < 3
x: real prove cos(x)^2 <= 1
x: real prove 2 sin(x) <= 3
x: real prove sin(x)^2 - sin(x) + 1 > 0
x: real; y: real prove sin(x) sin(y) <= 1
x: real prove |3 sin(x) + 4 cos(x)| <= 5
x: real prove sin(x)^4 + cos(x)^4 >= 1/2
x: real in [0, pi] prove sin(x) >= 0
x: real >= 0 prove sin(x) <= x
x: real prove 1 - cos(x) <= x^2 / 2
x: real prove -pi / 2 < atan(x)
x: real; y: real given x < y prove atan(x) < atan(y)
x: real prove erf(x) <= 1
q: real in (0, 1); n: integer >= 1 prove q^n <= 1
q: real in (0, 1); n: integer >= 1 prove q^(2 n) <= q^n
q: real > 1; n: integer >= 1 prove q^n >= q
x: real >= 0; n: integer >= 0 prove (1 + x)^n >= 1
n: integer >= 0 prove 3^n >= 2^n
n: integer >= 1 prove 2^n >= 2 n
n: integer >= 5 prove 2^n > n^2
n: integer >= 1 prove factorial(n) <= n^n
n: integer >= 0 prove sum(k, k = 0..n) <= n^2 + 1
n: integer >= 1 prove sum(1 / k, k = 1..n) <= n
n: integer >= 1 prove sum(1 / (k (k + 1)), k = 1..n) < 1
n: integer >= 0; x: real in [0, 1] prove sum(x^k, k = 0..n) <= n + 1
n: size; p: vector(n) given p[i] >= 0 for i in 1..n; sum(p[i], i = 1..n) = 1 prove p[j] <= 1 for j in 1..n
n: size; x: vector(n); y: vector(n) prove |x - y|^2 >= 0
n: size; x: vector(n); y: vector(n) prove |x + y|^2 + |x - y|^2 >= 2 |x|^2
n: size; x: vector(n); y: vector(n) given x' y = 0 prove |x + y|^2 >= |x|^2
n: size; x: vector(n); y: vector(n); λ: real in [0, 1] prove |λ x + (1 - λ) y|^2 <= λ |x|^2 + (1 - λ) |y|^2
n: size; m: size; A: matrix(m, n); x: vector(n); b: vector(m) prove |A x - b|^2 >= 0
n: size; x: vector(n); μ: real given μ = sum(x[i], i = 1..n) / n prove sum((x[i] - μ)^2, i = 1..n) <= sum(x[i]^2, i = 1..n)
n: size; x: vector(n); c: real prove sum((x[i] - sum(x[j], j = 1..n) / n)^2, i = 1..n) <= sum((x[i] - c)^2, i = 1..n)
n: size; w: vector(n); x: vector(n) given w[i] >= 0 for i in 1..n prove sum(w[i] x[i], i = 1..n)^2 <= sum(w[i], i = 1..n) sum(w[i] x[i]^2, i = 1..n)
G: graph; x: vector(V(G)) prove sum((x[u] - x[v])^2, (u,v) in E(G)) <= 2 sum(degree(v) x[v]^2, v in V(G))
n: size; a: vector(n); b: vector(n) given 0 <= a[i] <= b[i] for i in 1..n prove sum(a[i]^2, i = 1..n) <= sum(b[i]^2, i = 1..n)
x: real; y: real prove |x| |y| <= (x^2 + y^2) / 2
x: real; y: real prove |x| + |y| <= 2 max(|x|, |y|)
x: real; y: real prove max(x, y) + min(x, y) = x + y
x: real; y: real; z: real prove min(x, min(y, z)) <= (x + y + z) / 3
x: real; y: real prove |max(x, 0) - max(y, 0)| <= |x - y|
x: real prove |x| = max(x, -x)
x: real prove x = relu(x) - relu(-x)
x: real; ε: real > 0 prove |x| < ε iff -ε < x and x < ε
x: real; a: real; b: real given |x - a| <= 1; |x - b| <= 1 prove |a - b| <= 2
x: real prove floor(x + 1) = floor(x) + 1
x: real prove ceil(x) >= x
x: real prove ceil(x) - floor(x) <= 1
x: real prove x^2 = 1 iff x in {-1, 1}
x: real prove x^2 - 3 x + 2 <= 0 iff 1 <= x and x <= 2
x: real prove x^2 < x iff 0 < x and x < 1
x: real prove 1 / (1 + x^2) = 1 implies x = 0
x: real; y: real prove x^2 = y^2 iff x = y or x = -y
x: real; y: real; z: real given x y z = 0 prove x = 0 or y = 0 or z = 0
x: real; y: real prove x^3 = y^3 implies x = y
a: real; b: real; c: real given a != 0; b^2 < 4 a c prove a x^2 + b x + c != 0 for x in (-oo, oo)
x: real; y: real given x + y = 2; x y = 1 prove x = 1 and y = 1
x: real given x^2 + x + 1 = 0 prove x = 5
x: real given x^3 - x = 0; x > 0 prove x = 1
x: real; y: real given 2 x + y = 4; x - y = -1 prove x = 1 and y = 2
a: real; b: real; c: real given a = b; b = c prove a = c
x: real; y: real given x = y + 1 prove x^2 - y^2 = 2 y + 1
x: real > 0 prove x^2 = 2 iff x = sqrt(2)
x: real prove exp(x) = 1 iff x = 0
x: real prove exists y: real such that y^3 = x
x: real prove exists n: integer such that n > x
x: real; y: real prove exists z: real such that z > x and z > y
x: real; y: real given x < y prove exists z: real such that x < z < y
a: real; b: real prove exists x: real, y: real such that x + y = a and x - y = b
n: integer given mod(n, 2) = 0 prove exists k: integer such that n = 2 k
n: integer; m: integer given mod(n, 2) = 1; mod(m, 2) = 1 prove mod(n m, 2) = 1
n: integer; m: integer given mod(n, 2) = 1; mod(m, 2) = 1 prove mod(n + m, 2) = 0
n: integer prove mod(n (n + 1) (n + 2), 6) = 0
n: integer prove mod(n^5 - n, 5) = 0
n: integer prove mod(n^2 + 1, 3) != 0
n: integer given mod(n, 3) = 2 prove mod(n^2, 3) = 1
n: integer; m: integer prove mod(n + m, 7) = mod(mod(n, 7) + mod(m, 7), 7)
a: integer; b: integer; c: integer; m: integer >= 1 given mod(a - b, m) = 0; mod(b - c, m) = 0 prove mod(a - c, m) = 0
n: integer given 3 <= n; n <= 5 prove n = 3 or n = 4 or n = 5
x: integer; y: integer given x < y; y < x + 2 prove y = x + 1
ε: real > 0 prove exists δ: real such that δ > 0 and (|2 x - 6| < ε for x in (3 - δ, 3 + δ))
x: real; m: real; c: real; y: real given m != 0 prove solve for x: m x + c = y
x: real > 0 prove solve for x: x^2 = 9
"""),
    "solving": _items("""
x: real; a: real; b: real given a != 0 prove solve for x: a x = b
x: real; y: real; s: real; d: real prove solve for x, y: x + y = s and x - y = d
x: real prove solve for x: 2 x + 3 = 7
α: real; ε: real; β: real; δ: real prove solve for α, ε: α + ε = β and α - 2 ε = δ
x: real prove solve for x: x^3 = 27
x: real; y: real > 0 prove solve for x: exp(x) = y
"""),
    "complex": _items("""
z: complex; w: complex prove conj(z w) = conj(z) conj(w)
z: complex prove z conj(z) = |z|^2
z: complex; w: complex prove |z w| = |z| |w|
z: complex; w: complex prove |z + w|^2 + |z - w|^2 = 2 |z|^2 + 2 |w|^2
z: complex given z != 0 prove 1 / z = conj(z) / |z|^2
z: complex prove re(z) <= |z|
t: real prove e^(i t) = cos(t) + i sin(t)
a: real; b: real prove e^(i a) e^(i b) = e^(i (a + b))
t: real prove |e^(i t)| = 1
z: complex; n: integer >= 0 given z != 1 prove sum(z^k, k = 0..n) = (1 - z^(n + 1)) / (1 - z)
"""),
    "term by term": _items("""
n: size; x: vector(n) prove exp(mean(x)) <= mean(exp(x[i]), i = 1..n)
n: size; x: vector(n) > 0 prove mean(log(x[i]), i = 1..n) <= log(mean(x))
n: size; p: vector(n) > 0; q: vector(n) > 0 given sum(p) = 1; sum(q) = 1 prove sum(p[i] log(p[i]/q[i]), i = 1..n) >= 0
n: size; p: vector(n) > 0 given sum(p) = 1 prove 0 <= -sum(p[i] log(p[i]), i = 1..n) <= log(n)
n: size; z: vector(n) prove max(z) <= log(sum(exp(z[j]), j = 1..n)) <= max(z) + log(n)
n: size; x: vector(n) prove min(x) <= mean(x) <= max(x)
n: size; w: vector(n) >= 0; v: vector(n) given sum(w) = 1 prove sum(w[i] v[i], i = 1..n) <= max(v)
n: size; x: vector(n) prove |x| <= sqrt(n) max(|x[i]|, i = 1..n)
n: size; a: vector(n); M: real given |a[i]| <= M for i in 1..n prove |sum(a)| <= n M
n: size; x: vector(n) > 0 prove product(x[i], i = 1..n)^(1/n) <= mean(x)
"""),
    "mean values and powers": _items("""
x: real; y: real prove |sin(x) - sin(y)| <= |x - y|
x: real; y: real prove |sigmoid(x) - sigmoid(y)| <= |x - y|/4
f: differentiable function; L: real; x: real; y: real given |f'(t)| <= L for all real t prove |f(x) - f(y)| <= L |x - y|
x: real >= 0 prove x - x^3/6 <= sin(x)
x: real prove cosh(x) <= exp(x^2/2)
x: real in [0, 1]; n: integer >= 1 prove (1 - x)^n <= 1/(1 + n x)
x: real in [0, 1]; n: integer >= 0 prove (1 - x)^n <= exp(-n x)
n: integer >= 1 prove (1 + 1/n)^n <= e
n: integer >= 1 prove log(n + 1) <= sum(1/k, k = 1..n) <= 1 + log(n)
x: real prove cases(1 if x > 0, 0 if x = 0, -1) = sign(x)
n: integer prove mod(n^5 - n, 30) = 0
"""),
}

FALSE: dict[str, list[Item]] = {
    "functional equations": _items("""
f: function; x: real given f(x + y) = f(x) + f(y) for x, y: real prove f(2 x) = 3 f(x)
f: function; x: real given f(x + y) = f(x) + f(y) for x, y: real prove f(x + 1) = f(x)
f: function; x: real given f(x + 1) = -f(x) for x: real prove f(x + 1/2) = f(x)
"""),
    "denominators": _items("""
x: real given x < 1 prove 1 / (x - 1) >= 0
x: real prove (x^2 + 1) / (x^2 + x + 1) >= 3/4
a: real > 0; b: real > 0; c: real > 0 given a + b + c = 1 prove 1 / a + 1 / b + 1 / c >= 10
a: real; b: real; c: real; d: real given a b c d != 0 prove (a + b + c + d) (1 / a + 1 / b + 1 / c + 1 / d) >= 16
"""),
    "roots and angles": _items("""
x: real >= 0 prove sqrt(x + 4 + 4 sqrt(x)) = sqrt(x) + 3
x: real prove acos((1 - x^2) / (1 + x^2)) = 2 atan(x)
"""),
    "few integers": _items("""
n: integer given n^2 < 9 prove n = -1 or n = 0 or n = 1 or n = 2
n: integer given 4 <= n; n^2 < 40 prove n = 4 or n = 5
"""),
    "rounding": _items("""
n: integer prove floor(n / 2) = ceil(n / 2)
n: integer prove floor(n / 3) + floor((n + 1) / 3) = n
"""),
    "moduli": _items("""
z: complex; w: complex prove |z + w| <= |z|
z: complex prove 1 + i z != 0
z: complex; w: complex prove |z| + |w| <= |z + w|
"""),
    "inverses": _items("""
n: size; m: size; A: matrix(n, m); B: matrix(m, n) given A B = I prove B A = I
"""),
    "polynomials": _items("""
x: real; y: real prove x^2 + y^2 > 2 x y
x: real prove x^2 - 2 x + 1 > 0
x: real prove x^2 + x - 1/1000 >= 0
x: real prove x^4 + 1 >= 201/100 x^2
x: real; y: real; z: real prove 101 (x^2 + y^2 + z^2) >= 102 (x y + y z + z x)
x: real; y: real; z: real prove (x + y + z)^2 <= 2 (x^2 + y^2 + z^2)
a: real; b: real; c: real; d: real prove (a c + b d)^2 < (a^2 + b^2) (c^2 + d^2)
x: real; y: real prove x^4 + y^4 >= x^3 y + 2 x y^3
x: real; y: real prove x^2 + 3 x y + y^2 >= 0
x: real; y: real prove x y <= (x + y)^2 / 5
x: real prove x (1 - x) < 1/4
x: real prove x^3 >= x
x: real; y: real prove x^2 y^2 (x^2 + y^2 - 3) + 99/100 >= 0
"""),
    "conditional": _items("""
a: real > 0; b: real > 0; c: real > 0 prove a^3 + b^3 + c^3 >= 301/100 a b c
a: real; b: real; c: real prove a^3 + b^3 + c^3 >= 3 a b c
a: real; b: real given a != 0; b != 0 prove a / b + b / a >= 2
x: real > 0 prove x + 1 / x > 2
a: real > 0; b: real > 0 prove 2 / (1 / a + 1 / b) < (a + b) / 2
x: real in [0, 1] prove x^2 < x
x: real in [-1, 1] prove 4 x^3 - 3 x < 1
x: real in [-1, 1]; y: real in [0, 1] prove x + y - x y <= 99/100
x: real >= 2 prove x^3 - 3 x - 2 > 0
x: real; y: real given x < y prove 1 / y < 1 / x
a: real; b: real; c: real given a <= b prove a c <= b c
a: real; b: real; c: real; d: real given a <= b; c <= d prove a c <= b d
x: real prove x / (1 + x^2) <= 49/100
x: real; y: real given x + y = 1 prove x^2 + y^2 > 1/2
x: real given x < 1 prove x^2 < 1
n: integer >= 2 prove n^2 >= 2 n + 1
n: integer given n > 3 prove n >= 5
x: real given x > 3 prove x >= 4
a: real; b: real given a^2 + b^2 = 1 prove a + b <= 7/5
x: real; y: real given x^2 + y^2 <= 1 prove x y < 1/2
"""),
    "functions": _items("""
x: real prove exp(x) > 1 + x
x: real prove exp(x) >= 1 + x + x^2 / 2
x: real > 0 prove log(x) < x - 1
x: real > 0 prove log(x) <= x - 101/100
x: real prove sin(x) < 1
x: real prove sin(x)^2 + cos(x) <= 6/5
x: real prove sigmoid(x) (1 - sigmoid(x)) < 1/4
x: real prove cosh(x) > 1
x: real; y: real prove exp((x + y) / 2) < (exp(x) + exp(y)) / 2
a: real >= 0; b: real >= 0 prove sqrt(a b) < (a + b) / 2
a: real >= 0; b: real >= 0 prove sqrt(a + b) < sqrt(a) + sqrt(b)
x: real; y: real given x <= y prove exp(x) < exp(y)
x: real; y: real prove exp(x) <= exp(y)
β: real in [0, 1]; t: integer >= 1 prove β^t < 1
β: real in (-1, 1); t: integer >= 1 prove β^t <= β
β: real in [0, 1); t: integer >= 0 prove β^t <= β
x: real >= 0 prove exp(-x) < 1
x: real > 0 prove x^2 > sqrt(x)
x: real prove sin(x) cos(x) <= 49/100
x: real prove tanh(x) <= 99/100
"""),
    "absolute values": _items("""
x: real; y: real prove |x + y| < |x| + |y|
x: real; y: real prove |x| - |y| >= |x - y|
x: real prove |x| > x
x: real; y: real prove max(x, y) > min(x, y)
x: real; y: real; z: real prove max(x, y) z = max(x z, y z)
x: real; y: real prove relu(x + y) >= relu(x) + relu(y)
x: real prove sign(x)^2 = 1
x: real given x^2 <= 4 prove |x| < 2
x: real prove floor(x) < x
x: real; y: real prove floor(x + y) = floor(x) + floor(y)
x: real; a: real prove |x| <= a iff x <= a
"""),
    "all sizes": _items("""
n: size; x: vector(n); y: vector(n) prove (x' y)^2 < |x|^2 |y|^2
n: size; x: vector(n); y: vector(n) prove |x + y|^2 <= |x|^2 + 2 |y|^2
n: size; x: vector(n) prove sum(x[i], i = 1..n)^2 <= |x|^2
n: size; x: vector(n) prove n sum(x[i], i = 1..n)^2 <= |x|^2
G: graph; x: vector(V(G)) prove x' (degree(G) - adjacency(G)) x > 0
G: graph; x: vector(V(G)) prove x' (degree(G) - 2 adjacency(G)) x >= 0
n: size; A: matrix(n, n); x: vector(n) prove x' A x >= 0
n: size; x: vector(n); y: vector(n) prove |x + y| >= |x| + |y|
n: integer >= 0 prove 2^n >= n^2
n: integer >= 1 prove factorial(n) > 2^(n - 1)
n: integer >= 0; x: real prove (1 + x)^n >= 1 + n x
n: integer >= 1 prove sum(1 / k^2, k = 1..n) < 2 - 1 / n
"""),
    "logic": _items("""
x: real prove x^2 = 4 iff x = 2
x: real prove x^2 = 4 implies x = 2
x: real; y: real prove x y = 0 implies x = 0
x: real; y: real prove x y = 0 iff x = 0 and y = 0
x: real prove x^2 > 1 implies x > 1
x: real prove x^2 = 1 or x = 2
x: real; y: real prove x^2 = y^2 implies x = y
x: real given x^2 = 9 prove x = 3
x: real prove exists y: real such that y^2 = x
a: real; b: real prove exists x: real such that a < x and x < b
a: real; b: real prove exists x: real such that a x + b = 0
b: real; c: real prove exists x: real such that x^2 + 2 b x + c = 0
x: real; y: real prove x < y or x > y
x: real; y: real; a: real prove a x = a y iff x = y
x: real prove |x| = 3 iff x = 3
x: real; y: real given x > 0 implies y > 1 prove y > 0
x: real given x in {1, 2} prove x = 1
"""),
    "integers": _items("""
n: integer prove mod(n^2 + n, 4) = 0
n: integer prove mod(n^3 - n, 4) = 0
n: integer given mod(n, 2) = 1 prove mod(n^2, 16) = 1
n: integer given mod(n^2, 4) = 0 prove mod(n, 4) = 0
n: integer prove exists k: integer such that n = 2 k
n: integer >= 0 prove exists k: integer such that 4^n = 3 k
n: integer given n > 0; n < 4 prove n = 1 or n = 2
n: integer given 2 n > 5 prove n >= 4
x: real given 2 x > 5 prove x >= 3
n: integer prove n^2 > n
a: integer; b: integer; m: integer >= 1 given mod(a b, m) = 0 prove mod(a, m) = 0 or mod(b, m) = 0
"""),
    "solving": _items("""
x: real; a: real; b: real prove solve for x: a x = b
x: real prove solve for x: x^2 = 4
x: real; y: real; s: real prove solve for x, y: x + y = s
x: real; y: real prove solve for x: exp(x) = y
x: real prove solve for x: x^2 + 1 = 0
"""),
    "complex": _items("""
z: complex prove z^2 = |z|^2
z: complex prove re(z) < |z|
z: complex; w: complex prove |z + w| = |z| + |w|
t: real prove e^(i t) = cos(t) - i sin(t)
z: complex prove conj(z) = z
"""),
    "term by term": _items("""
n: size; x: vector(n) prove exp(mean(x)) < mean(exp(x[i]), i = 1..n)
n: size; p: vector(n); q: vector(n) > 0 given p[i] >= 0 for i in 1..n; sum(p) = 1 prove sum(p[i] q[i], i = 1..n) < max(q)
x: real; y: real prove |sigmoid(x) - sigmoid(y)| <= |x - y|/5
x: real prove x - x^3/6 <= sin(x)
"""),
}
