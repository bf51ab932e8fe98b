"""A claim to start from."""

from __future__ import annotations

# The file beside claims that editors read; the first line of a claim names it.
SCHEMA = "claims.schema.json"
_CLAIM = """\
# yaml-language-server: $schema={schema}
# A claim: what is given, what follows, and slips that must be caught.
claim: {name}
title: The square of a sum
let:                        # every symbol and its type, perhaps with conditions: real > 0, vector(n), …
  a: real
  b: real
prove: (a + b)^2 = a^2 + 2 a b + b^2
refute:                     # false variants: each must be refuted with a witness
  - (a + b)^2 = a^2 + b^2
  - (a + b)^2 = a^2 + a b + b^2
"""


def starter(name: str) -> str:
    """The text of a claim file that passes as it is."""
    return _CLAIM.format(name=name, schema=SCHEMA)
