"""The methods, each in a file of its own; the engine tries them in order of cost (milliseconds, about)."""

from __future__ import annotations

from symproof.methods.base import Method, lazily

METHODS: tuple[Method, ...] = (
    Method("points", 1.0, lazily("refute", "quickly")),
    Method("algebra", 2.0, lazily("prove", "quickly")),
    Method("search", 200.0, lazily("prove")),
    Method("more points", 1000.0, lazily("refute")),
    Method("sympy", 3000.0, lazily("simplify")),
    Method("sampling", 5000.0, lazily("sample")),
)
