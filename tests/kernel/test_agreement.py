"""A normal form has the value of the term that it comes from, at random points and in corners."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pytest

from symproof.kernel.context import Context
from symproof.kernel.lower import lower
from symproof.kernel.normal import Normal
from symproof.reading.inline import Source, read_scope
from tests.kernel.kit import claim
from tests.kernel.semantics import Arr, Net, NoValue, Point, close

LET = [
    "x: real", "y: real", "z: real", "p: real > 0", "q: real >= 0", "r: real < 0", "s: real != 0",
    "i: integer", "j: integer", "l: integer", "n: integer >= 0", "m: integer >= 1", "d: size", "ε: size",
    "k: index(d)", "t: index(d)",
    "u: vector(d)", "v: vector(d)", "w: vector(ε)", "A: matrix(d, d)", "B: matrix(d, d)", "M: matrix(d, ε)",
    "S: symmetric matrix(d)", "D: diagonal matrix(d)", "Q: orthogonal matrix(d)", "C: invertible matrix(d)",
    "g: sequence of real", "h: sequence of integer", "H: sequence of vector(d)",
    "f: function", "c: integer -> integer", "F: vector(d) -> real", "L: vector(d) -> vector(d)",
    "T: (real, real) -> real",
    "G: graph", "a: vector(V(G))", "o: vertex(G)", "b: vertex(G)",
    "X: random real", "Y: random real", "Z: random real ~ bernoulli(1/2)", "N: random vector(d)", "V: random vector(d) ~ normal(0, I)",
    "α: real", "β: real", "η: real", "δ: real",
]  # fmt: skip
GIVEN = ["E[X] = α", "E[X Y] = β", "E[X^2] = η", "E[Y] = δ", "E[Z] = 1/2"]
DEFINE = [
    "κ: x + y",
    "twice(y: real): 2 y",
    "square(y: real): y^2 + x",
    "image(ω: vector(d)): A ω",
    "Δ: diag(u)",
    "Ω: Δ",
    "pick(φ: real -> real): φ(x) + φ(2)",
]
STATEMENT = claim("0 = 0", LET, GIVEN, DEFINE)
SCOPE = read_scope(LET, (), DEFINE)

NUMBERS = """
x + 2 y - (x - y)
-(x + y) + 3/7
(x + y)^3 - x^3
(x - y) (x + y) + 2/3 x
(x + y)^0 + x^1
x/y + y/x
x^2/(x y)
1/(x + y) - 1/(x - y)
(x^2 - y^2)/(x + y)
(2 x + 4 y)^(-2)
(x^2 y)^(-1) (x + x y)^(-3)
1/(1 + 1/x)
(x/y)^(-2) (6 x)^2
(x y + x z)^2/(x y^2 + x y z)
x^(1/2) x^(1/2) + x^(3/2)
x^(-1/2) x
(x + y)^(1/2) (x + y)^(3/2)
(x + y)^(-1/2) (x + y)^(-3/2)
sqrt(x^2) + sqrt(4 x^2)
sqrt(x^2 y^2) - sqrt(x^4)
sqrt(12) + sqrt(1/3) + sqrt(75)
sqrt(p^3 x^2)
sqrt(x^3)
sqrt(-x)
sqrt(8 p) + sqrt(p q)
sqrt(r^2 p)
(x^2)^(3/2)
(p^2 x^4)^(1/4)
(-8 x^3)^(1/3)
(x^2 y + x^2 z)^(1/2)
(-x^2 y - x^2 z)^(1/2)
x^n x^(n + 1)
x^n/x^m
(x + y)^n (x + y)^2
(x + y)^(n + 2) - x (x + y)^(n + 1)
(x + y)^(n - 1)
(x + y)^(n - m) (x + y)^m
(x y)^n
(x + x y)^n
(2 x)^n * 3^m
6^n/2^n
2^(n + 1) * 2^(-n) + 2^(1/2)
4^(n/2)
(1/2)^n
(-1)^n (-1)^n
(-1)^(n + 1) (-1)^(2 m)
(-1)^(n m) (-1)^i
(-2)^n
(-x)^n
(-x - y)^n
(-x - y)^3
0^n + 0^m
0^(n + 1) x
(x - x)^n
x^y x^z
p^x p^(-x)
(p q)^x
(p^2)^y
(x^2)^y
(p x)^y
2^x * 2^y
(1/4)^x
|x| |y| - |x y|
|x|^2 + |x|^3
|x|^(-1) |x|^(-2)
|2 x - 2 y|
|p x|
|x^2 y|
|q| + |r|
|x^n|
|p^x y|
|x^(1/2) y|
|x + y + x^2|
max(x, y) + min(x, y)
max(x, y, z)
min(x, 2, z)
max(x, x + p)
relu(x) - relu(-x)
sign(x) |x|
sign(2 x - 2 y)
sign(-3 x y)
sign(p) + sign(r) + sign(q - q)
sign(x^2 y + x^2 z)
exp(x) exp(y) exp(-x)
exp(x + log(p))
exp(2 log(p) + x log(q + 1))
exp(x log(2)) - 2^x
exp(log(p) log(q + 1))
exp(n x) exp(x)
exp(0) + exp(1)
exp(x)^2 exp(y)^z
(exp(x) + 1)^2
e^x + e^(x + 1)
exp(x)^(1/2)
sqrt(exp(x) exp(x + y))
log(p^2 x)
log(4 p/9)
log(p exp(x))
log(p + p q)
log(-x)
log(p^x)
log(x y)
log(1/p)
log(6) - log(2) - log(3)
log((p + q)^2)
log(-p x)
log(2^n)
sinh(x) + cosh(x)
tanh(x) (cosh(x))
sigmoid(x) + sigmoid(-x)
softplus(x) - softplus(-x)
sin(x)^2 + cos(x)
tan(x) + atan(x)
asin(x/4) + acos(y/4)
asinh(x) - acosh(y)
atanh(x)
erf(x) + gamma(p)
floor(x + 2)
floor(x + n)
floor(n + 1/2)
floor(7/2) + floor(-7/2)
floor(2 x)
ceil(x) + ceil(n - 1/3)
mod(n, 2)
mod(7, 3) + mod(-7, 3)
mod(i, m)
factorial(n + 2)
factorial(5) + factorial(0)
factorial(n)/factorial(n + 1)
factorial(n + m)
binomial(n, 2)
pi x + pi^2
[x > y] + [x >= y]
[x < y] [y < x]
[x = y] [x = y] + [x != y]
[2 x = 2 y] - [y = x]
[i = j] x + [i <= j]
[i = j + 1/2]
[x y = x z]
[x > 0 and y > 0]
[x > 0 or not y > 0]
[x > 0 implies y > 0]
[p > 0] + [r >= 0] + [q >= 0] + [p = 0]
cases(x if x > 0, 0 if x = 0, -x)
cases(1/x if x != 0, 7)
cases(x/(x + y) + y/(x + y) if x + y != 0, 5)
(x + i)^2 + [i = j] (i - j)
(2 + 3 h[i]) (1 - h[i]) + h[i]^2
c(i + 1) c(1 + i) - c(i)
f(x + y) - f(y + x) + f(x)^2
f(f(x)) + f(2)
T(x, y) + T(y, x)
f(x)^(-1) f(x)
sum(i, i=1..n)
sum(i^2 + x, i=2..n)
sum(2, i=1..n)
sum(g[i], i=1..n) + sum(g[j], j=1..n)
sum(g[i + 1], i=1..n)
sum(g[i], i=3..n + 2)
sum(g[i], i=n..n + 2)
sum(g[i], i=1..n - 1)
sum(g[i], i=1..n + 3)
sum(g[i], i=-2..2)
sum(g[i], i=5..2)
sum(x, i=1..n - 5)
sum(x g[i] y, i=1..n)
sum(x^i, i=0..n)
sum(x^(n - i), i=0..n)
sum(x^(n - i) g[i], i=1..n)
sum(x^(i - 1) g[i], i=1..n)
sum(x^(i + n), i=1..m)
sum(p^(n - i) g[i], i=1..n)
sum(2^(i - n), i=1..n)
sum(x^(i j), i=1..n, j=1..m)
sum(exp(x + g[i]), i=1..n)
sum(exp(g[i])/sum(exp(g[j]), j=1..n), i=1..n)
sum(g[i] h[j], i=1..n, j=1..m)
sum(sum(g[i] h[j], j=1..m), i=1..n)
sum(sum(g[i] h[j], j=1..i), i=1..n)
sum(sum(g[j], j=i..n), i=1..n)
sum(sum(1, j=1..i), i=1..n)
sum(g[i], i=1..n)^2
sum(g[i], i=1..n)^2 sum(g[i], i=1..n)
sum(sum(g[i], i=1..n) h[j], j=1..n)
sum(sum(g[i] g[j], j=1..n)^2, i=1..n)
1/(1 + sum(g[i]^2, i=1..m))
sum([i = 2] g[i], i=1..n)
sum([i = j] g[i] h[j], i=1..n, j=1..m)
sum([i + 1 = j] g[j], j=1..n)
sum([i = x], i=1..n)
sum([i <= 2] g[i], i=1..m)
sum([i >= 2] g[i], i=1..m)
sum([i <= m] g[i], i=1..n)
sum([i < j] g[i] h[j], i=1..n, j=1..n)
sum(sum([j = i] g[j], j=1..i), i=1..n)
sum(sum(sum([i = 2] g[l], l=1..j), j=1..i), i=1..n)
sum(sum(sum([l = 2] g[i], l=1..j), j=1..i), i=1..n)
sum(cases(g[i] if i > 1, 7), i=1..n)
sum(1/i, i=1..n) + sum(1/(i + 1), i=0..n - 1)
sum((-1)^i g[i], i=1..n)
sum((-1)^(i + n) g[i], i=1..n)
product(2, i=1..n)
product(i, i=1..5) + product(g[i], i=1..2)
product(g[i], i=1..n + 1)
product(g[i] x, i=1..n)
product(x, i=1..n - 4)
product(g[i], i=4..3)
max(g[i], i=1..m) + min(g[i], i=1..m)
|u|^2 + |u + v|^2
|2 u|
|u| |v|
u'v + v'u
dot(u, v) - u'v
u'A v
u'(A + A')v
u'S v - v'S u
(A B)[k, t]
(A B')[k, t] - (B A')[t, k]
(A (B u))[k]
((A B) u)[k]
(u v')[k, t]
(M w)[k]
(M M')[k, t]
trace(A B) - trace(B A)
trace(M M')
trace(A)
trace(I(d))
fronorm(A)
(2 A - B)[k, t]
(A/x)[k, t]
(x A)[k, t] + (x u)[k]
hadamard(u, v)[k]
hadamard(A, B)[k, t]
diag(u)[k, t]
(diag(u) v)[k]
(diag(u) A diag(v))[k, t]
(D A)[k, t]
(D D)[k, t]
S[k, t] + S[t, k]
I(d)[k, t] u[k]
(I(d) A)[k, t]
sum(u[i] v[i], i=1..d) - u'v
sum(A[i, i], i=1..d)
sum(A[k, i], i=1..d)
(Q'Q)[k, t]
(Q Q')[k, t]
|Q u|^2
(Q'A Q)[k, t]
trace(Q'A Q)
(C^-1 C)[k, t]
(C C^-1)[k, t]
(C^-1 A C)[k, t]
trace(C^-1 A C)
((2 C)^-1)[k, t]
((C')^-1)[k, t]
(I(d)^-1)[k, t]
(diag(u)^-1)[k, t]
((C + C)^-1)[k, t]
(A^2)[k, t]
(A^0)[k, t]
(A^n)[k, t]
(A^(n + 1))[k, t]
(A^(n + 2))[k, t]
(A^n A)[k, t]
(A^n A^n)[k, t]
((A + B)^n)[k, t]
((A B)^2)[k, t]
(S^2)[k, t]
sum((A^i)[k, t], i=1..3)
sum(i (A^i)[k, t], i=1..2)
sum((A^i)[k, k], i=1..n)
ones(d)'u
zeros(d)'u
(ones(d) u')[k, t]
dot([1, 2, 3], [x, y, z])
[1, 2, x][i]
[x, y][2]
[[1, x], [y, 2]][1, 2]
[[x, 1], [y, 2]][2, 1]
trace([[x, 1], [y, 2]])
softmax(u)[k]
sum(softmax(u)[i], i=1..d)
softmax(A)[k, t]
softmax(u + x ones(d))[k] - softmax(u)[k]
exp(u)[k]
f(u)[k]
sum(f(u)[i], i=1..d)
|f(u)|^2
F(u) + F(2 u)
F(u + v) - F(v + u)
F(A u)
L(u)[k]
L(L(u))[k]
|L(u)|^2
sum(L(u)[i], i=1..d)
sum(H[n][i], i=1..d)
H[n][k] H[1 + n][t]
|H[n]|^2
sum(F(H[i]), i=1..n)
array(x i, i in 1..d)[k]
array(i + j, i in 1..d, j in 1..ε)[k, 1]
array(g[i], i in 0..n)[0]
array(g[i], i in 0..n)[n]
sum(array(g[i], i in 0..n)[j], j=0..n)
|array(g[i], i in 0..n)|^2
sum(array(g[i], i in 2..5)[j], j=2..5)
degree(o)
(degree(G) - adjacency(G))[o, b]
a'(degree(G) - adjacency(G)) a
sum(a[v], v in V(G))
sum((a[i] - a[j])^2, (i, j) in E(G))
sum(degree(v), v in V(G))
sum(1, v in V(G))
|E(G)|
|V(G)|
adjacency(G)[o, b] + adjacency(G)[b, o]
adjacency(G)[o, o]
(adjacency(G) ones(V(G)))[o]
(adjacency(G)^2)[o, b]
trace(adjacency(G)^2)
sum(adjacency(G)[u, v] a[u], u in V(G), v in V(G))
sum(adjacency(G)[u, v]^2, v in V(G), u in V(G))
sum(a[u] [u = o], u in V(G))
[o = b] a[o]
E[X]
E[2 X + 3]
E[X x]
E[X^2 - X]
E[x]
E[X + Y]
E[(X + 1)^2]
Var[X]
Cov[X, Y]
gamma(n + 1)
gamma(p + 2)
gamma(p + 1/2)
gamma(1/2) + gamma(5/2) + gamma(7/3)
gamma(p - 1/4)
gamma(p + 15)
binomial(n, 0) + binomial(n, 3) + binomial(n, n - 1) + binomial(n, n + 1) + binomial(n, -2)
binomial(n + m, m)
factorial(n - 1)
factorial(n + 20)
factorial(n + m - 2)
log(-r x^2)
log(-r^3)
log(-r)
log(-x^2 y)
log(r x)
log(r^2 (x + y)^2)
erf(-x) + erf(x) + erf(0)
sign(x) + sign(-x)
sign(g[1]) g[1]
floor(x) + floor(x) floor(y)
re(x) + im(x) + conj(y)
κ + κ^2
twice(x) + twice(twice(y))
square(x) - square(2)
(image(u))[k] + (image(2 u))[t]
(Δ v)[k]
(Δ^-1)[k, t]
(Ω^-1)[k, t]
twice(u)[k] + square(v)[t]
pick(f)
pick(twice)
sum(max(g[i + j], j=1..m), i=1..3)
sum(min(g[i + j], j=i..i + 2), i=1..2)
sum(product(g[i + j], j=1..m), i=1..3)
sum(product(g[j], j=1..i + n), i=1..2)
sum(product(g[j], j in 1..m, i in 1..2), l=1..2)
sum(integral(exp(i s), s = 0..i), i=1..3)
sum(integral(s^i, s = 0..1), i=1..3)
sum(F(i u), i=1..3)
sum(L(i u)[k], i=1..2)
sum(H[i], i=1..n)[k]
sum(H[i], i=1..3)[k]
sum(A^i, i=1..2)[k, t]
argmax(g[i], i=1..m) + argmin(g[i], i=1..m)
argmax(-(i - 2)^2, i=0..3)
sum(f(g[i]) T(g[i], x), i=1..2)
sum(C[i, i] (C^-1)[i, i], i=1..d)
sum(((i A + C)^-1)[k, k], i=1..1)
sum(c(i) h[i + 1], i=1..n)
sum(|g[i] x|, i=1..n)
sum(|i - 2|, i=1..4)
sum([i >= j], i=1..3, j=1..3)
sum(sign(g[i]), i=1..2)
sum(floor(i/2), i=1..4)
sum(degree(o) i, i=1..n)
sum(adjacency(G)[u, o] [u = b], u in V(G))
sum(adjacency(G)[u, v] adjacency(G)[v, u] a[u], u in V(G), v in V(G))
sum(adjacency(G)[u, u], u in V(G))
sum(u[i] S[i, j] v[j], i=1..d, j=1..d) - u'S v
sum(S[i, j] S[j, l] S[l, i], i=1..d, j=1..d, l=1..d)
sum((Q S)[i, j] Q[i, l], i=1..d, j=1..d, l=1..d)
sum(A[i, j] Q[l, j], i=1..d, j=1..d, l=1..d)
(A^n A^m)[k, t] - (A^m A^n)[k, t]
(A A^n)[k, t] - (A^n A)[k, t]
(A' A^n)[k, t]
(A^n B)[k, t]
(S^n S)[k, t]
E[sum(g[i] X^2, i=1..n)]
E[(X + sum(g[i], i=1..n))^2]
E[V[k]^2]
E[3 V[k]^4]
E[exp(x) X]
E[2^x X^2]
sum([i = X] g[i], i=1..n) E[Y]
Cov[X, X] - Var[X]
E[Z^2 X]
Z^3 + Z
(Z + 1)^2
E[X]^2 + E[E[X] Y]
P[x > y]
E[sum(g[i] X, i=1..n)]
E[N][k]
E[(X + x)^2 + x Y]
E[X^2] - E[X]^2
"""  # fmt: skip
ANGLES = """
sin(x + y) - cos(-x)
sin(-x) + cos(x - y) + cos(y - x)
sin(x)^2 + cos(x)^2
sin(x)^3 cos(x)^2
sin(2 x) + cos(3 x)
sin(x) sin(y) + cos(x) cos(x + y)
sin(pi) + cos(pi) + sin(pi/2) + cos(pi/3) + sin(pi/4) + cos(pi/6)
sin(7 pi/6) - cos(-5 pi/4) + sin(-pi/3)
cos(pi/5) + cos(2 pi/5) - sin(pi/5)
cos(pi/7) + cos(3 pi/7) + cos(5 pi/7)
cos(2 pi/9) + cos(4 pi/9) + cos(8 pi/9) + sin(2 pi/9)
cos(pi/12) + sin(pi/8) + cos(pi/30) - sin(pi/18)
sqrt(5) + sqrt(3) + sqrt(2) + sqrt(7) + sqrt(11) + cos(2 pi/11)
sin(x + pi/3) + cos(x - pi/2) + sin(x + 5 pi)
cos(pi/3 - x) + 2 sin(pi/3 - x) + sin(pi/5 - y)
cos(pi/2 - x) + 2 sin(pi/2 - x) + 3 sin(3 pi/2 - x) + cos(7 pi/5 - x - y)
cos(n pi) + sin(n pi + x) + cos(2 n pi)
sin(x + 2 pi n) cos(n pi/2)
tan(x) + tan(-x) + tan(x + pi)
tan(pi/4) + tan(2 pi/3) + tan(x + pi/3)
sin(x)/cos(x) - tan(x)
1/cos(x)^2 - tan(x)^2
asin(1/2) + acos(1/2) + atan(1) + asin(-1) + acos(-1/2) + atan(-sqrt(3))
asin(0) + acos(1) + atan(0) + asin(sqrt(3)/2) + acos(-sqrt(2)/2)
asin(-x/4) + acos(-x/4) + atan(-x)
sin(asin(x/4)) + cos(acos(x/4)) + tan(atan(x))
cos(asin(x/4)) + sin(acos(x/4)) + cos(atan(x)) + sin(atan(x))
cos(2 atan(x)) + sin(3 asin(x/4))
cos(asin(x/4)/2) + sin(asin(x/4)/2)
cos(acos(x/4)/2) + sin(acos(x/4)/2)
cos(atan(x)/2) + sin(atan(x)/2)
sin(x)^n cos(x)
sin(x p) cos(p x)
"""
INTEGRALS = """
integral(s^2 + 1, s = 0..x)
integral(s^2, s = x..0) + integral(s, s = 0..1)
integral(x s y + s^3, s = x..y)
integral(exp(s), s = 0..p)
integral(x exp(s) - sin(s), s = x..y)
integral(|s|, s = 0..q)
integral(2, s = x..x + 1) + integral(x, s = x..x)
integral(integral(s t, s = 0..t), t = 0..x)
integral(integral(exp(s + t), s = 0..t), t = 0..x)
integral(g[n] exp(s x), s = 0..1)
integral(f(s), s = 0..1) - integral(f(t), t = 0..1)
"""
DERIVATIVES = """
diff(x^3 y - 2 x, x)
diff(x^2, x, 0) + diff(x^4, x, 2)
diff(1/(x^2 + 1), x)
diff((x^2 + 1)^(3/2), x)
diff((x^2 + 1)^y, y)
diff(2^x + p^x, x)
diff((x^2 + 1)^x, x)
diff(exp(x y), x)
diff(log(x^2 + 1), x)
diff(sin(x) cos(x), x) + diff(tan(x/9), x)
diff(asin(x/4), x) + diff(acos(x/4), x) + diff(atan(x), x)
diff(asin(x/4), x) - 2 diff(acos(y/4), y)
diff(asinh(x), x) + diff(acosh(x^2 + 2), x) + diff(atanh(x/4), x)
diff(erf(x), x)
diff(sigmoid(x), x) + diff(tanh(x), x) + diff(softplus(x), x)
diff(|x^2 + p|, x)
diff(p |s|, s)
diff(sqrt(p), p)
diff(f(x), x) + diff(f(x^2), x)
diff(f(f(x)), x)
diff(f(x), x, 2)
diff(T(x, y), x) + diff(T(x, x), x)
diff(sum(x^i, i=1..n), x)
diff(sum(g[i] exp(i x/9), i=1..m), x)
diff(u[k] x^2, x)
diff(integral(s x^2, s = 0..x), x)
diff(integral(exp(s x/9), s = 0..y), x)
grad(u'u, u)[k]
grad(u'A u, u)[k]
grad(norm(u)^2, u)[k] + grad((v'u)^3, u)[t]
grad(F(u), u)[k]
grad(F(A u), u)[k]
grad(f(u'v), u)[k]
grad(trace(A'A), A)[k, t]
grad(u'A v, A)[k, t]
grad(sum(exp(u[i]/9), i=1..d), u)[k]
grad(u[k], u)[t]
grad(1/(1 + u'u), u)[k]
jacobian(A u, u)[k, t]
jacobian(f(u), u)[k, t]
jacobian(L(u), u)[k, t]
jacobian(L(A u), u)[k, t]
jacobian(softmax(u), u)[k, t]
hessian(u'A u, u)[k, t]
hessian((u'u)^2, u)[k, t]
hessian(F(u), u)[k, t]
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


TERMS = lines(NUMBERS)


def random_point(seed: int) -> Point:
    """Values that meet every declaration; the first points are corners."""
    rng = Random(seed)
    corner = seed < 6
    whole = (lambda: rng.choice([-2, -1, 0, 1, 2, 3])) if corner else (lambda: rng.uniform(-3, 3))
    d, e = (1 if seed == 0 else rng.choice([2, 3])), rng.choice([1, 2, 3])
    axis, other = tuple(range(1, d + 1)), tuple(range(1, e + 1))

    def vector(dims: tuple[int, ...]) -> Arr:
        return Arr.of((dims,), lambda i: whole())

    def matrix(rows: tuple[int, ...], columns: tuple[int, ...]) -> Arr:
        return Arr.of((rows, columns), lambda i, j: whole())

    half = matrix(axis, axis)
    angle = rng.uniform(0, 6)
    turn = {
        (1, 1): math.cos(angle),
        (1, 2): -math.sin(angle),
        (2, 1): math.sin(angle),
        (2, 2): math.cos(angle),
    }
    count = rng.choice([1, 2, 3, 4])
    pairs = [(u, v) for u in range(count) for v in range(u + 1, count) if rng.random() < 0.6]
    numbers = [rng.uniform(-2, 2) for _ in range(60)]
    values: dict[str, Any] = {
        "x": 0 if seed == 1 else whole(), "y": whole(), "z": whole(),
        "p": abs(whole()) + 0.5, "q": 0 if seed == 2 else abs(whole()), "r": -abs(whole()) - 0.5,
        "s": abs(whole()) + 1, "i": rng.randint(-2, 3), "j": rng.randint(-2, 3), "l": 0,
        "n": min(seed, 3) if corner else rng.randint(0, 4), "m": rng.randint(1, 4), "d": d, "ε": e,
        "k": rng.choice(axis), "t": rng.choice(axis),
        "u": vector(axis), "v": vector(axis), "w": vector(other),
        "A": matrix(axis, axis), "B": matrix(axis, axis), "M": matrix(axis, other),
        "S": Arr.of((axis, axis), lambda i, j: half.cells[i, j] + half.cells[j, i]),
        "D": Arr.of((axis, axis), lambda i, j: half.cells[i, j] if i == j else 0),
        "Q": Arr.of((axis, axis), lambda i, j: turn.get((i, j), float(i == j)) if d > 1 else 1.0),
        "C": Arr.of((axis, axis), lambda i, j: half.cells[i, j] / 9 + 2.0 * (i == j)),
        "g": lambda k: numbers[k + 20], "h": lambda k: round(numbers[k + 20]),
        "H": lambda k: Arr.of((axis,), lambda i: numbers[20 + k + 3 * i]),
        "f": lambda x: x * x / 3 - x + 0.3, "f'": lambda x: 2 * x / 3 - 1, "f''": lambda x: 2 / 3, "c": lambda k: k * k - 2,
        "F": lambda x: sum((k + 1) * y * y + y for k, y in enumerate(x.list)),
        "L": lambda x: Arr(x.axes, {k: v * v - k[0] for k, v in x.cells.items()}),
        "T": lambda x, y: x - 2 * y + x * y,
        "G": Net(count, frozenset(pairs)),
        "a": Arr.of((tuple(range(count)),), lambda v: whole()),
        "o": rng.randrange(count), "b": rng.randrange(count),
    }  # fmt: skip
    outcomes = []
    for _ in range(3):
        chosen = {"X": whole(), "Y": whole(), "Z": rng.randint(0, 1), "N": vector(axis)}
        chosen["V"] = vector(axis)
        outcomes.append((1 / 3, chosen))
    definitions = {d.name: d for d in STATEMENT.definitions}
    point = Point({**values, **outcomes[0][1]}, outcomes, definitions)
    moments = {"α": "E[X]", "β": "E[X Y]", "η": "E[X^2]", "δ": "E[Y]"}
    return point.at(**{name: point.term(SCOPE.term(Source(text, "term"))) for name, text in moments.items()})


POINTS = [random_point(seed) for seed in range(16)]


def agree(text: str, tolerance: float = 1e-9, angles: bool = False, points: list[Point] = POINTS) -> None:
    """Compare a term with its normal form at points."""
    term = SCOPE.term(Source(text, "term"))
    poly = lower(Normal(Context.of(STATEMENT), angles=angles), term)
    compared = 0
    for point in points:
        try:
            wanted, found = point.term(term), point.poly(poly)
        except NoValue:
            continue
        compared += 1
        assert close(found, wanted, tolerance), (text, str(poly), wanted, found, point.values)
    assert compared >= 3, text


@pytest.mark.parametrize("text", TERMS)
def test_the_normal_form_has_the_value_of_the_term(text: str) -> None:
    """Wherever both are defined, a term and its normal form are equal."""
    agree(text)


@pytest.mark.parametrize("text", lines(ANGLES))
@pytest.mark.parametrize("angles", [False, True])
def test_angles_are_brought_to_one_form(text: str, angles: bool) -> None:
    """With angles multiplied out and without."""
    agree(text, angles=angles)


@pytest.mark.parametrize("text", lines(INTEGRALS))
def test_integrals_are_linear(text: str) -> None:
    """What leaves an integral, and what is integrated, changes no value."""
    agree(text, points=POINTS[6:12])


@pytest.mark.parametrize("text", lines(DERIVATIVES))
def test_derivatives_are_slopes(text: str) -> None:
    """Derivatives by rules are those by differences."""
    agree(text, 1e-5, points=POINTS[6:12])
