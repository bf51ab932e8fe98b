"""Mutations: the smallest changes that a person makes by mistake, as pure functions on statements.

`mutants(statement)` lists statements with one slip, `neighbours(term, …)` the terms one slip away from
one term, which are also the smallest repairs of a wrong one.  Both are deterministic, well typed, free
of duplicates and of what is plainly the same, and begin with the likeliest slip.
"""

from symproof.mutations.kinds import Kind
from symproof.mutations.statements import Mutant, mutants, neighbours

__all__ = ["Kind", "Mutant", "mutants", "neighbours"]
