"""docs/claims.md: every claim with its statement, its verdict and what it rests on.

    symproof check claims/ --json build/claims.json
    python docs/claims_page.py build/claims.json

`make claims-page` does both.  A test compares the page with the claim files.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from symproof.reading.claims import Claim, load
from symproof.terms.latex import latex

PAGE = Path(__file__).parent / "claims.md"
FOLDER = Path(__file__).parents[1] / "claims"
HEAD = """\
---
orphan: true
---

# The claims

What the documents claim, as it is decided: `make claims-page` writes this page. The axioms are those of
the certificate, in *italics* where they are theorems taken from the literature; the time is that of one
decision with its false variants.
"""


def statement(claim: Claim) -> str:
    """What the claim says, as mathematics that may stand in a table."""
    text = latex(claim.statement.goal).replace("\\|", "\\Vert ").replace("|", "\\vert ")
    return "$" + " ".join(text.split()) + "$"


def row(claim: Claim, result: Mapping[str, Any]) -> str:
    """The line of one claim."""
    axioms = [
        f"*{name}*" if name in result["imports"] else name for name in result["evidence"].get("axioms", ())
    ]
    refuted = sum(variant["verdict"] == "refuted" for variant in result["refute"])
    seconds = result["seconds"] + sum(variant["seconds"] for variant in result["refute"])
    cells = (
        claim.id,
        ", ".join((claim.source, *claim.also)),
        statement(claim),
        result["verdict"],
        result["scope"] or "",
        ", ".join(axioms),
        f"{refuted} of {len(claim.variants)}",
        f"{seconds:.1f} s",
    )
    return "| " + " | ".join(cells) + " |"


def page(claims: Iterable[Claim], results: Mapping[str, Mapping[str, Any]]) -> str:
    """The whole page."""
    known = [claim for claim in claims if claim.id in results]
    counts = Counter(results[claim.id]["verdict"] for claim in known)
    lines = [
        HEAD,
        f"{len(known)} claims: " + ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common()) + ".",
    ]
    for folder, members in groupby(known, key=lambda claim: Path(claim.file).parent.name):
        lines += [
            "",
            f"## {folder}",
            "",
            "| claim | source | statement | verdict | scope | axioms | variants refuted | time |",
        ]
        lines += ["|---|---|---|---|---|---|---|--:|", *(row(claim, results[claim.id]) for claim in members)]
    return "\n".join(lines) + "\n"


def claims() -> list[Claim]:
    """The claims of the repository, in the order of their files."""
    return [claim for claim in load([FOLDER]) if isinstance(claim, Claim)]


def main() -> None:
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["claims"]
    PAGE.write_text(page(claims(), {result["id"]: result for result in found}), encoding="utf-8")
    print(f"wrote {PAGE}")


if __name__ == "__main__":
    main()
