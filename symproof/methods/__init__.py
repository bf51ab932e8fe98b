"""The methods, each in a file of its own; the engine tries them in order of cost (milliseconds, about)."""

from __future__ import annotations

from symproof.methods.base import Lazy, Method

METHODS: tuple[Method, ...] = (
    Method("points", 1.0, Lazy("refute", "quickly")),
    Method("algebra", 2.0, Lazy("quick")),
    Method("some points", 60.0, Lazy("refute", "further"), refutes=True),
    Method("values", 100.0, Lazy("denial", "by_values")),
    Method("search", 200.0, Lazy("prove")),
    Method("denial", 400.0, Lazy("denial")),
    Method("more points", 1000.0, Lazy("refute")),
    Method("sympy", 3000.0, Lazy("simplify")),
    Method("small sizes", 4000.0, Lazy("bounded")),
    Method("sampling", 5000.0, Lazy("sample")),
)
