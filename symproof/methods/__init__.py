"""The methods, each in a file of its own; the engine tries them in order of cost."""

from __future__ import annotations

from symproof.methods.base import Method

METHODS: tuple[Method, ...] = ()
