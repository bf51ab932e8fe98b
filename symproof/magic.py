"""`%%claim` for IPython and Jupyter: a cell that holds a claim as in a claim file.

%load_ext symproof

%%claim square --timeout 20
let: {a: real, b: real}
prove: (a + b)^2 = a^2 + 2 a b + b^2
"""

from __future__ import annotations

import re

from symproof.options import Options
from symproof.results import ClaimResult, Results
from symproof.running.claims import check_claims
from symproof.running.entries import from_text

_LINE = re.compile(r"\s*(?P<name>[^\s-]\S*)?(?:\s*--timeout[ =](?P<timeout>\d+(\.\d+)?))?\s*")


def claim(line: str, cell: str) -> ClaimResult | Results:
    """Decide the claim in the cell, or each of a list of claims; the results are the cell's value.

    %%claim [NAME] [--timeout S]

    NAME is the claim's, where the cell has no line `claim: …`.
    """
    told = _LINE.fullmatch(line)
    if told is None:
        raise ValueError("usage: %%claim [NAME] [--timeout SECONDS]")
    # the name takes the place of the first line, so that lines count as in the cell
    text = f"claim: {told['name']}\n{cell}" if told["name"] else f"\n{cell}"
    options = Options(timeout=float(told["timeout"] or 10))
    found = Results(tuple(check_claims(from_text(text, "cell"), options)))
    return found[0] if len(found) == 1 else found
