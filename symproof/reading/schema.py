"""The JSON Schema of claim files, made from the keys that the reader knows."""

from __future__ import annotations

from typing import Any

from symproof.reading.claims import CLAIM_KEYS, STEP_KEYS, VARIANT_KEYS, VERDICTS

_TEXT = {"type": "string", "minLength": 1}
# YAML editors take `m: 1` for a number; the reader takes every scalar as text.
_SCALAR = {"type": ["string", "number", "boolean"]}


def schema() -> dict[str, Any]:
    """One claim or a list of claims."""
    claim = {"$ref": "#/$defs/claim"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "symproof claims",
        "description": "One claim or a list of claims; formulas are plain text.",
        "oneOf": [claim, {"type": "array", "items": claim, "minItems": 1}],
        "$defs": {
            "claim": _mapping(CLAIM_KEYS, _CLAIM, required=["claim", "prove"]),
            "variant": _mapping(VARIANT_KEYS, _VARIANT) | {"minProperties": 1},
            "step": _mapping(STEP_KEYS, {}, required=["step"]),
            "names": {"type": "object", "additionalProperties": _SCALAR},
        },
    }


def _several(item: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


_NAMES = {"$ref": "#/$defs/names"}
_GIVEN = {"anyOf": [_NAMES, *_several(_TEXT)["anyOf"]]}
_CLAIM: dict[str, dict[str, Any]] = {
    "claim": {"type": ["string", "number"], "pattern": r"^[^\W_][\w.-]*$"},
    "also": _several(_TEXT),
    "let": _NAMES,
    "define": _NAMES,
    "given": _GIVEN,
    "steps": _several({"anyOf": [_TEXT, {"$ref": "#/$defs/step"}]}),
    "refute": _several({"anyOf": [_TEXT, {"$ref": "#/$defs/variant"}]}),
    "expect": {"enum": list(VERDICTS)},
}
_VARIANT: dict[str, dict[str, Any]] = {
    "let": _NAMES,
    "define": _NAMES,
    "given": _GIVEN,
    "without": _several(_TEXT),
}


def _mapping(
    keys: dict[str, str], shapes: dict[str, dict[str, Any]], required: list[str] | None = None
) -> dict[str, Any]:
    properties = {key: {"description": text, **shapes.get(key, _TEXT)} for key, text in keys.items()}
    found: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return found | {"required": required} if required else found
