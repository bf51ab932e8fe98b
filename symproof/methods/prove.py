"""The prover: goals taken apart, equations and inequalities closed, induction where nothing else helps."""

from __future__ import annotations

import functools

from symproof.kernel.ledger import Ledger
from symproof.kernel.statement import Statement
from symproof.methods import search as logic
from symproof.methods.alternatives import exhaust
from symproof.methods.assumptions import assumed, denial, factored
from symproof.methods.asymptotics import large, small, theta
from symproof.methods.averages import averaged
from symproof.methods.axioms import backward, backward_deep, forward, forward_deep
from symproof.methods.base import Budget, Evidence
from symproof.methods.bounding import bound
from symproof.methods.cancelling import cancel
from symproof.methods.chance import chance
from symproof.methods.comparisons import by_comparison
from symproof.methods.contradiction import at_numbers, differ, indirect
from symproof.methods.equalities import combined, squeezed
from symproof.methods.equations import equation
from symproof.methods.induction import induction
from symproof.methods.inequalities import by_functions, dear, light, order, squares, summed
from symproof.methods.integers import enumerated, residues
from symproof.methods.inverses import inverted
from symproof.methods.radicals import logarithms, roots
from symproof.methods.refutations import by_refutation, from_absurd
from symproof.methods.search import Tactic
from symproof.methods.solving import solve
from symproof.methods.splitting import cases
from symproof.methods.squeezing import between
from symproof.methods.strengthening import strengthened
from symproof.methods.summation import binomials, reversed_sums
from symproof.methods.trigonometry import angle, identity, wave
from symproof.methods.values import valued
from symproof.methods.witnesses import exists

INEQUALITIES = ("lt", "le", "gt", "ge", "ne")
LOGIC: dict[str, tuple[Tactic, ...]] = {
    "forall": (logic.intro,),
    "implies": (logic.intro,),
    "and": (logic.split,),
    "iff": (logic.split,),
    "or": (logic.evident, logic.choose),
    "in": (logic.evident, logic.split),
    "not": (logic.evident, denial),
    "true": (logic.evident,),
    "integrable": (logic.evident,),
    "theta": (logic.evident, theta),
    "little_o": (logic.evident, small),
    "big_o": (logic.evident, large),
}
CHEAP: dict[str, tuple[Tactic, ...]] = {
    **LOGIC,
    "eq": (equation, identity),
    **dict.fromkeys(INEQUALITIES, (order, squares, light)),
}
split_cases = cases(
    {
        "eq": (equation, squeezed),
        **dict.fromkeys(INEQUALITIES, (order, squares, light, by_comparison, by_functions, dear)),
        "or": (logic.evident, logic.choose, exhaust),
    }
)
# What most statements need: normal forms, signs, decompositions, cases, induction.
LIGHT: dict[str, tuple[Tactic, ...]] = {
    **LOGIC,
    "eq": (
        *(equation, identity, valued, binomials, angle, roots, logarithms, chance, averaged, cancel, assumed, factored, split_cases, combined, squeezed),
        inverted,
        *(residues, induction),
    ),
    **dict.fromkeys(
        INEQUALITIES,
        (
            *(order, wave, squares, assumed, split_cases, light, summed, bound, factored, by_comparison),
            *(by_functions, by_refutation, dear, strengthened, induction),
        ),
    ),
    "ne": (
        *(order, wave, squares, differ, assumed, split_cases, light, by_refutation, by_functions),
        *(residues, induction),
    ),
    "or": (logic.evident, assumed, factored, split_cases, logic.choose, exhaust, inverted, residues, enumerated, from_absurd),
    "exists": (at_numbers, assumed, exists, residues, induction, from_absurd),
    "solve": (solve,),
}
# … and what the ledger says of the terms that occur.
LEDGER: dict[str, tuple[Tactic, ...]] = {
    **LIGHT,
    "eq": (equation, identity, chance, averaged, between, backward, forward, induction),
    **dict.fromkeys(
        INEQUALITIES, (order, squares, summed, bound, backward, forward, induction, backward_deep)
    ),
}
FULL: dict[str, tuple[Tactic, ...]] = {
    **LIGHT,
    "eq": (
        *(equation, identity, valued, binomials, angle, roots, logarithms, cancel, chance, averaged, assumed, factored, split_cases, combined),
        *(squeezed, inverted, residues, enumerated, from_absurd, between, backward, forward, induction, reversed_sums),
        *(backward_deep, forward_deep),
    ),
    **dict.fromkeys(
        INEQUALITIES,
        (
            *(order, wave, squares, summed, assumed, split_cases, light, bound, factored, by_comparison),
            *(by_functions, by_refutation, dear, at_numbers, indirect, from_absurd),
            *(backward, forward, induction, backward_deep, forward_deep),
        ),
    ),
    "ne": (
        *(order, wave, squares, differ, assumed, split_cases, light, by_refutation, by_functions),
        *(backward, indirect, forward, induction, backward_deep, forward_deep),
    ),
}


def quickly(statement: Statement, budget: Budget) -> Evidence | None:
    """Normal forms and signs alone."""
    return logic.run(statement, budget, ((CHEAP, 1.0),), _ledger())


def propose(statement: Statement, budget: Budget) -> Evidence | None:
    """Everything this prover knows, in waves: what is cheap everywhere before what is dear anywhere."""
    return logic.run(statement, budget, ((LIGHT, 0.2), (LEDGER, 0.4), (FULL, 1.0)), _ledger())


@functools.cache
def _ledger() -> Ledger:
    from symproof.reading.ledger import load

    return load()
