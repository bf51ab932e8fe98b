"""The JSON Schema of claim files, made from the keys and words that the reader knows.

Editors complete keys, verdicts and types from it, show what a key is for, and mark what is
misspelt while it is typed.  It accepts all that the reader accepts; the mathematics inside the
texts is the reader's to check.
"""

from __future__ import annotations

from typing import Any

from symproof.reading.claims import CLAIM_KEYS, STEP_KEYS, VARIANT_KEYS, VERDICTS
from symproof.reading.names import ADJECTIVES
from symproof.reading.phrases import SCALAR_TYPES, TYPE_WORDS

TYPES = (
    "real",
    "real > 0",
    "real in (0, 1)",
    "integer",
    "integer >= 1",
    "size",
    "index(n)",
    "complex",
    "vector(n)",
    "matrix(m, n)",
    "symmetric matrix(n)",
    "psd matrix(n)",
    "sequence of real",
    "function",
    "differentiable function",
    "vector(n) -> real",
    "random real",
    "random vector(n) ~ normal(0, I)",
    "graph",
    "connected graph",
    "vector(V(G))",
)
_EXAMPLES: dict[str, list[Any]] = {
    "claim": ["square-of-a-sum"],
    "title": ["The square of a sum"],
    "prove": ["(a + b)^2 = a^2 + 2 a b + b^2", "x' A x >= 0", "sum(i, i = 1..n) = n (n + 1)/2"],
    "by": ["induction on t"],
    "step": ["a b >= 2 b"],
}
_VERDICT_WORDS = {
    "proved": "the kernel accepts a proof; this is what is expected if nothing is said",
    "conditional": "a proof under conditions that are not given",
    "refuted": "false on purpose: there is a counterexample",
    "supported": "evidence, but no proof",
    "undecided": "neither proved nor refuted",
    "invalid": "it cannot be read, or nothing satisfies its hypotheses",
}
_TEXT = {"type": "string", "minLength": 1}
# YAML editors take `m: 1` for a number; the reader takes every scalar as text.
_SCALAR = {"type": ["string", "number", "boolean"]}


def schema() -> dict[str, Any]:
    """One claim or a list of claims."""
    claim = {"$ref": "#/$defs/claim"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "symproof claims",
        "description": "One claim or a list of claims; formulas are plain text or $LaTeX$.",
        "oneOf": [claim, {"type": "array", "items": claim, "minItems": 1}],
        "$defs": {
            "claim": _mapping(CLAIM_KEYS, _CLAIM, required=["claim", "prove"]),
            "variant": _mapping(VARIANT_KEYS, _VARIANT) | {"minProperties": 1},
            "step": _mapping(STEP_KEYS, {}, required=["step"]),
            "types": {"type": "object", "additionalProperties": {"$ref": "#/$defs/type"}},
            "type": {
                "description": "A type, perhaps with conditions: " + ", ".join(TYPES),
                "type": "string",
                "pattern": _type_pattern(),
                "examples": list(TYPES),
            },
            "names": {"type": "object", "additionalProperties": _SCALAR},
        },
    }


def _type_pattern() -> str:
    """Adjectives, then a word for a type or the types of a function's arguments."""
    before = "|".join(sorted([*ADJECTIVES, *SCALAR_TYPES, "twice"]))
    words = "|".join(sorted(TYPE_WORDS))
    return rf"^\s*(({before})\s+)*(({words})(?![A-Za-z0-9_])|\()"


def _several(item: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


_TYPES = {"$ref": "#/$defs/types"}
_NAMES = {"$ref": "#/$defs/names"}
_GIVEN = {"anyOf": [_NAMES, *_several(_TEXT)["anyOf"]]}
_CLAIM: dict[str, dict[str, Any]] = {
    "claim": {"type": ["string", "number"], "pattern": r"^[^\W_][\w.-]*$"},
    "also": _several(_TEXT),
    "let": _TYPES,
    "define": _NAMES,
    "given": _GIVEN,
    "steps": _several({"anyOf": [_TEXT, {"$ref": "#/$defs/step"}]}),
    "refute": _several({"anyOf": [_TEXT, {"$ref": "#/$defs/variant"}]}),
    "expect": {"enum": list(VERDICTS), "enumDescriptions": [_VERDICT_WORDS[v] for v in VERDICTS]},
}
_VARIANT: dict[str, dict[str, Any]] = {
    "let": _TYPES,
    "define": _NAMES,
    "given": _GIVEN,
    "without": _several(_TEXT),
}


def _mapping(
    keys: dict[str, str], shapes: dict[str, dict[str, Any]], required: list[str] | None = None
) -> dict[str, Any]:
    properties = {}
    for key, text in keys.items():
        properties[key] = {"description": text, **shapes.get(key, _TEXT)}
        if key in _EXAMPLES:
            properties[key]["examples"] = _EXAMPLES[key]
    found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | {"required": required} if required else found
