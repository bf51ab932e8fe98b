"""Statements and terms from single texts, as the command line and the Python API take them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from symproof.kernel.statement import Statement
from symproof.reading.declarations import Scope
from symproof.reading.problems import Problem, Source
from symproof.terms.tree import Term

_NAMED = re.compile(r"\s*([^\W_][\w-]*)\s*:(?=\s)")


def read_scope(let: Sequence[str] = (), given: Sequence[str] = (), define: Sequence[str] = ()) -> Scope:
    """Declarations `x: real > 0`, definitions `f(x): x^2`, hypotheses (`start: v[0] = 0` has a name)."""
    scope = Scope()
    declare(scope, let)
    for text in define:
        scope.define(*split(Source(text, "define"), "f(x): x^2"))
    for text in given:
        assume(scope, text)
    return scope


def declare(scope: Scope, let: Sequence[str]) -> None:
    """Add declarations `x: real > 0`, in any order."""
    scope.declare([split(Source(text, "let"), "x: real") for text in let])


def assume(scope: Scope, text: str) -> None:
    """Add the hypothesis `name: statement` or `statement`."""
    source = Source(text, "given")
    named = _NAMED.match(text)
    if named:
        scope.assume(named[1], source.part(named.end(), len(text)))
    else:
        scope.assume(" ".join(text.split()), source)


def read_statement(
    text: str, let: Sequence[str] = (), given: Sequence[str] = (), define: Sequence[str] = ()
) -> Statement:
    """The statement, ready to be decided; raises Problem."""
    return read_scope(let, given, define).statement(Source(text, "statement"))


def read_term(text: str, scope: Scope) -> Term:
    """One term or statement under what the scope declares; raises Problem."""
    return scope.term(Source(text, "term"))


def split(source: Source, form: str) -> tuple[Source, Source]:
    """`name: text` in two, at the first colon outside brackets."""
    depth = 0
    for k, c in enumerate(source.text):
        if c in "([":
            depth += 1
        elif c in ")]":
            depth -= 1
        elif c == ":" and depth == 0:
            return source.part(0, k), source.part(k + 1, len(source.text))
    raise source.problem("syntax", "there is no `:` behind a name", 0, len(source.text), expected=form)


__all__ = ["Problem", "Scope", "Source", "assume", "declare", "read_scope", "read_statement", "read_term"]
