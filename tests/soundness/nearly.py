"""Statements that hold nearly: forms that are true for fitting values, filled with values at random.

What stands in a slot is written in brackets: <R> a real number, <N> an integer, <E> the end of a range,
<B> a body in t, each with a number; <B1:E1> is the body at that value of t.
"""

from __future__ import annotations

import re
from random import Random

REALS = (
    "x y x y p q r s w 0 1 2 -1 1/2 i n x+1 x-y -x x^2 x*y x/y |x| floor(x) p+x s*x 1-w x/s sqrt(q) n-1 m x-1 p*r "
    "x^n g[n] u[k] w-1 1/p exp(x) x-x sum(g[t],t=1..c) max(x,y) [x=y] d-1"
).split()
INTEGERS = "i j n m l c n-1 n+1 m-1 0 1 2 -1 2*n d-1 i-j -n i^2 |i| c+1 n*m floor(x) [i=j] m-n 3".split()
ENDS = "n n n-1 m m-1 c d n+1 c+1 d-1 0 1 2 m+n -1 2*n n-m m-2 i".split()
BODIES = (
    "t t^2 x^t g[t] 1/t x t*x 2^t (-1)^t x/(t+1) [t=i] g[t]*x |g[t]| t-n (t-i)*g[t] x^(n-t) 1/(x-t) g[t]^2 y "
    "s^t g[t]-g[t-1] 1/(t*(t+1)) p*g[t] t*g[t] q^t r [t>=2] x^(t-1) h[t] log(t) sqrt(t) 1/s"
).split()

FORMS = """
sqrt(<R1>^2) = <R1>
sqrt(<R1>^2) = |<R1>|
(<R1>^<N1>)^<N2> = <R1>^(<N1> * <N2>)
<R1>^<N1> * <R1>^<N2> = <R1>^(<N1> + <N2>)
(<R1> * <R2>)^<N1> = <R1>^<N1> * <R2>^<N1>
(<R1> / <R2>)^<N1> = <R1>^<N1> / <R2>^<N1>
<R1>^<N1> / <R1>^<N2> = <R1>^(<N1> - <N2>)
<R1> * <R1>^(<N1> - 1) = <R1>^<N1>
<R1>^<N1> = 0
<R1>^<N1> > 0
<R1>^(2 * <N1>) >= 0
<R1>^<N1> <= <R1>^<N2>
<R1>^<N1> >= 1 + <N1> * (<R1> - 1)
(1 + <R1>)^<N1> >= 1 + <N1> * <R1>
(-1)^<N1> = 1
(-1)^(2 * <N1> + 1) = -1
<R1>^<R2> * <R1>^<R3> = <R1>^(<R2> + <R3>)
(<R1> * <R2>)^<R3> = <R1>^<R3> * <R2>^<R3>
(<R1>^2)^(1/2) = <R1>
(<R1>^3)^(1/3) = <R1>
(<R1>^4)^(1/2) = <R1>^2
(<R1>^<R2>)^<R3> = <R1>^(<R2> * <R3>)
log(<R1> * <R2>) = log(<R1>) + log(<R2>)
log(<R1> / <R2>) = log(<R1>) - log(<R2>)
log(<R1>^<N1>) = <N1> * log(<R1>)
log(<R1>^2) = 2 * log(|<R1>|)
exp(log(<R1>)) = <R1>
log(exp(<R1>)) = <R1>
exp(<R1>) * exp(<R2>) = exp(<R1> + <R2>)
exp(<R1>)^<R2> = exp(<R1> * <R2>)
exp(<R1>) >= 1 + <R1>
exp(<R1>) > 1
log(<R1>) <= <R1> - 1
log(<R1>) < log(<R2>)
log(1 + <R1>) <= <R1>
|<R1> * <R2>| = |<R1>| * |<R2>|
|<R1> / <R2>| = |<R1>| / |<R2>|
|<R1> + <R2>| <= |<R1>| + |<R2>|
|<R1> + <R2>| = |<R1>| + |<R2>|
|<R1>| - |<R2>| <= |<R1> - <R2>|
|<R1>| > 0
<R1> * <R2> <= (<R1>^2 + <R2>^2) / 2
sqrt(<R1> * <R2>) <= (<R1> + <R2>) / 2
sqrt(<R1> * <R2>) = sqrt(<R1>) * sqrt(<R2>)
sqrt(<R1> / <R2>) = sqrt(<R1>) / sqrt(<R2>)
sqrt(<R1>)^2 = <R1>
sqrt(<R1> + <R2>) <= sqrt(<R1>) + sqrt(<R2>)
sqrt(<R1>) * sqrt(<R1>) = |<R1>|
floor(<R1> + <N1>) = floor(<R1>) + <N1>
floor(-<R1>) = -ceil(<R1>)
floor(<R1> + <R2>) >= floor(<R1>) + floor(<R2>)
floor(<R1>) <= <R1>
floor(<N1>) = <N1>
ceil(<R1>) = floor(<R1>) + 1
ceil(<R1>) < <R1> + 1
max(<R1>, <R2>) + min(<R1>, <R2>) = <R1> + <R2>
max(<R1>, <R2>) * min(<R1>, <R2>) = <R1> * <R2>
max(<R1>, <R2>) > <R1>
max(<R1> * <R3>, <R2> * <R3>) = <R3> * max(<R1>, <R2>)
sign(<R1>) * |<R1>| = <R1>
sign(<R1>)^2 = 1
sign(<R1> * <R2>) = sign(<R1>) * sign(<R2>)
sign(<R1>) = <R1> / |<R1>|
relu(<R1>) - relu(-<R1>) = <R1>
relu(<R1> * <R2>) = <R1> * relu(<R2>)
<R1> / <R1> = 1
(<R1>^2 - <R2>^2) / (<R1> - <R2>) = <R1> + <R2>
<R1> / <R2> + <R3> / <R2> = (<R1> + <R3>) / <R2>
1 / (<R1> / <R2>) = <R2> / <R1>
1 / <R1> <= 1 / <R2>
<R1> / <R2> >= 0
<R1> * <R2> >= 0
<R1> * <R2> != 0
<R1> <= <R2>
<R1> = <R2>
<R1>^2 >= <R1>
<R1>^2 > 0
<R1>^2 + <R2>^2 > 0
<R1> + 1 / <R1> >= 2
(<R1> + <R2>)^2 >= 4 * <R1> * <R2>
<R1>^3 <= <R2>^3
mod(<N1> + <N2>, <N2>) = mod(<N1>, <N2>)
mod(<N1>, <N2>) >= 0
mod(<N1>, <N2>) < <N2>
mod(<N1> * <N2>, <N2>) = 0
<N1>^2 >= <N1>
<N1> * (<N1> + 1) / 2 = floor(<N1> * (<N1> + 1) / 2)
mod(<N1>^2 - <N1>, 2) = 0
<N1> >= 1 or <N1> <= 0
<N1> >= 1 or <N1> < 0
<R1> > 0 or <R1> < 0
<R1> <= <R2> or <R2> <= <R3>
<R1> * <R2> = 0 implies <R1> = 0
<R1>^2 = <R2>^2 implies <R1> = <R2>
<R1> < <R2> implies <R1> * <R3> < <R2> * <R3>
<R1> <= <R2> implies <R1>^2 <= <R2>^2
<R1> <= <R2> implies <R1>^<N1> <= <R2>^<N1>
<R1> < <R2> implies 1 / <R2> < 1 / <R1>
<R1> * <R3> = <R2> * <R3> implies <R1> = <R2>
<R1> < <N1> implies <R1> <= <N1> - 1
<N1> < <N2> implies <N1> + 1 <= <N2>
sum(<B1>, t=1..<E1>) = sum(<B1>, t=1..<E1>-1) + <B1:E1>
sum(<B1>, t=1..<E1>) + sum(<B1>, t=<E1>+1..<E2>) = sum(<B1>, t=1..<E2>)
sum(<B1>, t=0..<E1>) = sum(<B1>, t=1..<E1>) + <B1:0>
sum(<B1>, t=<N1>..<E1>) = sum(<B1>, t=1..<E1>) - sum(<B1>, t=1..<N1>-1)
sum(t, t=1..<E1>) = <E1> * (<E1> + 1) / 2
sum(t^2, t=1..<E1>) = <E1> * (<E1> + 1) * (2 * <E1> + 1) / 6
sum(t, t=<N1>..<E1>) = (<E1> + <N1>) * (<E1> - <N1> + 1) / 2
sum(<R1>^t, t=0..<E1>) = (1 - <R1>^(<E1> + 1)) / (1 - <R1>)
(1 - <R1>) * sum(<R1>^t, t=0..<E1>) = 1 - <R1>^(<E1> + 1)
sum(<R1>^t, t=1..<E1>) = <R1> * sum(<R1>^(t-1), t=1..<E1>)
sum(1, t=1..<E1>) = <E1>
sum(<R1>, t=<N1>..<E1>) = (<E1> - <N1> + 1) * <R1>
sum(<B1> + <B2>, t=1..<E1>) = sum(<B1>, t=1..<E1>) + sum(<B2>, t=1..<E1>)
sum(<R1> * <B1>, t=1..<E1>) = <R1> * sum(<B1>, t=1..<E1>)
sum(<B1> / <R1>, t=1..<E1>) * <R1> = sum(<B1>, t=1..<E1>)
sum(<B1>, t=1..<E1>) / <R1> = sum(<B1> / <R1>, t=1..<E1>)
sum([t = <N1>] * <B1>, t=1..<E1>) = <B1:N1>
sum([t >= <N1>] * <B1>, t=1..<E1>) = sum(<B1>, t=<N1>..<E1>)
sum([t <= <N1>] * <B1>, t=1..<E1>) = sum(<B1>, t=1..<N1>)
sum([t = <N1>], t=1..<E1>) = 1
sum(<B1>, t=1..<E1>) >= 0
sum(<B1>, t=1..<E1>) > 0
sum(<B1>, t=1..<E1>) <= sum(<B2>, t=1..<E1>)
sum(<B1>, t=1..<E1>) <= sum(<B1>, t=1..<E2>)
sum(<B1>, t=1..<E1>)^2 <= <E1> * sum((<B1>)^2, t=1..<E1>)
|sum(<B1>, t=1..<E1>)| <= sum(|<B1>|, t=1..<E1>)
sum(g[t] - g[t-1], t=1..<E1>) = g[<E1>] - g[0]
sum(g[t], t=1..<E1>) = sum(g[<E1> + 1 - t], t=1..<E1>)
sum(sum(<B1>, t=1..<E1>), s_=1..<E2>) = <E2> * sum(<B1>, t=1..<E1>)
sum(sum(g[t] * x^s_, s_=1..<E2>), t=1..<E1>) = sum(sum(g[t] * x^s_, t=1..<E1>), s_=1..<E2>)
sum(sum(g[t], s_=1..t), t=1..<E1>) = sum((<E1> + 1 - t) * g[t], t=1..<E1>)
sum(1 / (t * (t+1)), t=1..<E1>) = 1 - 1 / (<E1> + 1)
product(<R1>, t=1..<E1>) = <R1>^<E1>
product(<B1>, t=1..<E1>) = product(<B1>, t=1..<E1>-1) * <B1:E1>
product(t, t=1..<E1>) = factorial(<E1>)
product(<B1>, t=1..<E1>) = 0
product(<B1>, t=1..<E1>) > 0
product(<R1> * t, t=1..<E1>) = <R1>^<E1> * product(t, t=1..<E1>)
product((t+1) / t, t=1..<E1>) = <E1> + 1
max(<B1>, t=1..<E1>) >= <B1:1>
max(<B1>, t=1..<E1>) >= <B1:N1>
max(<B1>, t=1..<E1>) = <B1:E1>
factorial(<E1> + 1) = (<E1> + 1) * factorial(<E1>)
factorial(<E1>) = <E1> * factorial(<E1> - 1)
factorial(<E1>) >= <E1>
factorial(<E1>) >= 2^(<E1> - 1)
factorial(<E1>) / factorial(<E1> - 1) = <E1>
binomial(<E1>, <N1>) = binomial(<E1>, <E1> - <N1>)
binomial(<E1> + 1, <N1>) = binomial(<E1>, <N1>) + binomial(<E1>, <N1> - 1)
<N1> * binomial(<E1>, <N1>) = <E1> * binomial(<E1> - 1, <N1> - 1)
binomial(<E1>, <N1>) = factorial(<E1>) / (factorial(<N1>) * factorial(<E1> - <N1>))
binomial(<E1>, <N1>) > 0
binomial(<E1>, 2) = <E1> * (<E1> - 1) / 2
sum(binomial(<E1>, t), t=0..<E1>) = 2^<E1>
sum((-1)^t * binomial(<E1>, t), t=0..<E1>) = 0
sum(binomial(<E1>, t) * <R1>^t * <R2>^(<E1> - t), t=0..<E1>) = (<R1> + <R2>)^<E1>
sum(t * binomial(<E1>, t), t=0..<E1>) = <E1> * 2^(<E1> - 1)
gamma(<R1> + 1) = <R1> * gamma(<R1>)
gamma(<E1> + 1) = factorial(<E1>)
sin(<R1> + <R2>) = sin(<R1>) * cos(<R2>) + cos(<R1>) * sin(<R2>)
sin(<R1>)^2 + cos(<R1>)^2 = 1
sqrt(1 - sin(<R1>)^2) = cos(<R1>)
sqrt(1 - sin(<R1>)^2) = |cos(<R1>)|
tan(<R1>) * cos(<R1>) = sin(<R1>)
1 + tan(<R1>)^2 = 1 / cos(<R1>)^2
sin(2 * <R1>) / sin(<R1>) = 2 * cos(<R1>)
cos(2 * <R1>) = 1 - 2 * sin(<R1>)^2
tan(<R1> + <R2>) = (tan(<R1>) + tan(<R2>)) / (1 - tan(<R1>) * tan(<R2>))
asin(sin(<R1>)) = <R1>
sin(asin(<R1>)) = <R1>
acos(cos(<R1>)) = |<R1>|
tan(atan(<R1>)) = <R1>
atan(<R1>) + atan(1 / <R1>) = pi / 2
atan(<R1>) + atan(<R2>) = atan((<R1> + <R2>) / (1 - <R1> * <R2>))
acos(<R1>) + asin(<R1>) = pi / 2
cos(asin(<R1>)) = sqrt(1 - <R1>^2)
sin(acos(<R1>)) = sqrt(1 - <R1>^2)
sin(<R1>) <= <R1>
|sin(<R1>)| <= |<R1>|
cos(<R1>) >= 1 - <R1>^2 / 2
cos(<N1> * pi) = (-1)^<N1>
sin(<N1> * pi / 2) = 0
cos(<R1>) > 0
sin(<R1>) >= 0
cosh(<R1>)^2 - sinh(<R1>)^2 = 1
tanh(<R1>) < 1
asinh(sinh(<R1>)) = <R1>
acosh(cosh(<R1>)) = <R1>
atanh(tanh(<R1>)) = <R1>
tanh(atanh(<R1>)) = <R1>
sigmoid(<R1>) + sigmoid(-<R1>) = 1
log(sigmoid(<R1>)) = -softplus(-<R1>)
softplus(<R1>) > <R1>
sigmoid(<R1>) < sigmoid(<R2>)
erf(-<R1>) = -erf(<R1>)
u'v <= |u| * |v|
u'v < |u| * |v|
|u + v| <= |u| + |v|
|<R1> u| = <R1> * |u|
|u / <R1>| = |u| / |<R1>|
|u| > 0
|u|^2 = u'u
|u + v|^2 = |u|^2 + |v|^2
|u - v| = 0 implies u = v
u'u = 0 implies u[k] = 0
|u[k]| <= |u|
|u| <= sum(|u[t]|, t=1..d)
sum(|u[t]|, t=1..d) <= sqrt(d) * |u|
sum(u[t], t=1..d)^2 <= d * u'u
max(u[t], t=1..d) >= u[k]
sum(softmax(u)[t], t=1..d) = 1
softmax(u)[k] < 1
softmax(u + <R1> ones(d)) = softmax(u)
softmax(<R1> u) = softmax(u)
A S = S A
(A S)' = S A'
u' A v = v' A u
u' S v = v' S u
u' S u >= 0
u' A' A u >= 0
trace(A S) = trace(S A)
trace(A) = trace(D)
trace(A' A) >= 0
(A D)[k, k] = A[k, k] * D[k, k]
D S = S D
D D = D D
(A^<N1>) (A^<N2>) = A^(<N1> + <N2>)
A^n A = A^(n + 1)
(S^n)' = S^n
(A + S)^2 = A^2 + 2 A S + S^2
(u u') v = (u'v) u
u u' = v v'
hadamard(u, v) = hadamard(v, u)
sum(z[t], t=1..n) = z[n] + sum(z[t], t=1..n-1)
sum(z[t]^2, t=1..n) > 0
max(z[t], t=1..n) >= z[1]
z'z >= 0
|z| > 0
f(<R1>) = f(<R2>)
f(<R1> + <R2>) = f(<R1>) + f(<R2>)
diff(f(x), x) * diff(f(y), y) = diff(f(y), y) * diff(f(x), x)
diff(x^<N1>, x) = <N1> * x^(<N1> - 1)
diff(|x|, x) = sign(x)
diff(sqrt(x^2), x) = x / |x|
diff(log(|x|), x) = 1 / x
diff(sqrt(x), x) = 1 / (2 * sqrt(x))
diff(x * |x|, x) = 2 * |x|
diff(f(x)^2, x) = 2 * f(x) * diff(f(x), x)
diff(f(<R1> * x), x) = <R1> * diff(f(x), x)
diff(sum(x^t, t=0..n), x) = sum(t * x^(t-1), t=1..n)
diff(1 / (x - y), x) = -1 / (x - y)^2
diff(max(x, y), x) = [x >= y]
integral(t^2, t=<R1>..<R2>) = (<R2>^3 - <R1>^3) / 3
integral(exp(t), t=<R1>..<R2>) = exp(<R2>) - exp(<R1>)
integral(t^<N1>, t=0..<R1>) = <R1>^(<N1> + 1) / (<N1> + 1)
integral(t, t=<R1>..<R2>) >= 0
integral(t^2, t=<R1>..<R2>) <= integral(t^2, t=<R1>..<R3>)
integral(1 / (1 + t^2), t=<R1>..<R2>) = atan(<R2>) - atan(<R1>)
integral(cos(t), t=<R1>..<R2>) = sin(<R2>) - sin(<R1>)
sum(degree(t), t in V(G)) = 2 * |E(G)|
sum(a[t], t in V(G)) = sum(a[t] * degree(t), t in V(G))
sum(a[t] * [t = o], t in V(G)) = a[o]
degree(o) = degree(b)
degree(o) <= |V(G)| - 1
degree(o) < |V(G)|
|E(G)| <= |V(G)| * (|V(G)| - 1) / 2
|E(G)| >= |V(G)| - 1
sum(adjacency(G)[o, t], t in V(G)) = degree(o)
adjacency(G)[o, b] = adjacency(G)[b, o]
adjacency(G)[o, b] = 1
sum(1, t in V(G)) = |V(G)|
sum(sum(adjacency(G)[t, s_], t in V(G)), s_ in V(G)) = |E(G)|
"""
GIVEN = (
    "x > 0", "x >= 0", "x != 0", "x < 1", "x = y", "x y = 0", "x^2 = 1", "i < j", "n >= 1", "|x| < 1", "x != 1",
    "i >= 0", "x + y = 0", "x <= y", "g[t] >= 0 for integer t >= 1", "g[t] = 1 for integer t in 1..n", "i = j or x = 0",
    "n = 0 implies x = 0", "m >= n", "f(x) = x", "w = 0 or w = 1", "d = 1", "i j = 1", "x > 0 implies y > 0",
)  # fmt: skip
SLOT = re.compile(r"<([RNEB]\d)(?::([EN]?\d))?>")
POOLS = {"R": REALS, "N": INTEGERS, "E": ENDS, "B": BODIES}
TWISTS = (
    (" = ", " <= "), (" = ", " >= "), (" <= ", " < "), (" >= ", " > "), (" + ", " - "), ("+1", ""), ("-1", ""),
    ("t=1", "t=0"), ("t=0", "t=1"), (" > ", " != "), (" implies ", " iff "), ("2", "3"),
)  # fmt: skip


def filled(random: Random, form: str) -> str:
    """The form with something in its slots; the same in the same slot."""
    chosen: dict[str, str] = {}

    def put(slot: re.Match[str]) -> str:
        name, at = slot.groups()
        text = chosen.setdefault(name, random.choice(POOLS[name[0]]))
        if at is None:
            return f"({text})"
        place = at if at.isdigit() else chosen.setdefault(at, random.choice(POOLS[at[0]]))
        return "(" + re.sub(r"(?<![a-z])t(?![a-z])", f"({place})", text) + ")"

    return SLOT.sub(put, form)


def nearly(random: Random) -> tuple[str, list[str]]:
    """A statement that holds for some values at least, and what is given."""
    forms = FORMS.strip().splitlines()
    text = filled(random, random.choice(forms))
    if random.random() < 0.25:
        text = text.replace(*random.choice(TWISTS), 1)
    return text, random.sample(GIVEN, random.choice([0, 0, 0, 1, 1, 2]))
