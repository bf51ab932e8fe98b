"""The axioms of the ledger, as a person reads them."""

from __future__ import annotations

from symproof.kernel.ledger import Axiom
from symproof.terms.plain import plain, plain_type


def show(axiom: Axiom) -> str:
    """An axiom: its name, what its letters stand for, its side conditions, what it says."""
    statement = axiom.statement
    lines = [axiom.name + (" (a theorem taken from the literature)" if axiom.imported else "")]
    for symbol in statement.symbols:
        words = [*sorted(symbol.attributes), plain_type(symbol.type)]
        if symbol.law is not None:
            words.append(f"~ {symbol.law.name}({', '.join(map(plain, symbol.law.args))})")
        lines.append(f"    let    {symbol.name}: {' '.join(words)}")
    lines += [f"    if     {plain(hypothesis.statement)}" for hypothesis in statement.hypotheses]
    lines.append(f"    then   {plain(statement.goal)}")
    if axiom.note:
        lines += [f"    {line}" for line in axiom.note.splitlines()]
    return "\n".join(lines) + "\n"
