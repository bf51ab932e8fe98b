"""The methods, each in a file of its own; the engine tries them in order of cost (milliseconds, about)."""

from __future__ import annotations

from symproof.methods.base import Method, lazily

METHODS: tuple[Method, ...] = (Method("sympy", 3000.0, lazily("simplify")),)
