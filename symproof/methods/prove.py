"""The prover: goals taken apart, equations and inequalities closed, induction where nothing else helps."""

from __future__ import annotations

from symproof.kernel.statement import Statement
from symproof.methods import quick
from symproof.methods import search as logic
from symproof.methods.addends import addends
from symproof.methods.alternatives import exhaust
from symproof.methods.applying import applied
from symproof.methods.assumptions import assumed, denial, factored
from symproof.methods.asymptotics import large, small
from symproof.methods.attained import attained
from symproof.methods.averages import averaged
from symproof.methods.axioms import backward, backward_deep, forward, forward_deep
from symproof.methods.base import Budget, Evidence
from symproof.methods.bounding import bound
from symproof.methods.cancelling import cancel
from symproof.methods.chance import chance
from symproof.methods.commuting import commuting
from symproof.methods.comparisons import by_comparison
from symproof.methods.contracting import contracted
from symproof.methods.contradiction import at_numbers, differ, indirect
from symproof.methods.denominators import denominators
from symproof.methods.equalities import combined, paired, squeezed
from symproof.methods.equations import equation
from symproof.methods.explicit import by_entries
from symproof.methods.extrema import extreme
from symproof.methods.factorwise import factorwise
from symproof.methods.functional import functional
from symproof.methods.induction import induction
from symproof.methods.inequalities import by_functions, dear, light, squares, summed
from symproof.methods.integers import enumerated, indivisible, residues
from symproof.methods.inverse_matrices import inverse_matrices, inverse_of
from symproof.methods.inverses import inverted
from symproof.methods.mean_values import mean_value
from symproof.methods.outcomes import by_outcomes
from symproof.methods.outgrowing import outgrown
from symproof.methods.particulars import particular
from symproof.methods.quadratics import quadratic
from symproof.methods.quick import INEQUALITIES, order
from symproof.methods.radicals import exponentials, logarithms, roots
from symproof.methods.refutations import by_refutation, from_absurd
from symproof.methods.reversing import turned
from symproof.methods.search import Tactic
from symproof.methods.sizes import size
from symproof.methods.solving import solve
from symproof.methods.specials import special_values
from symproof.methods.splitting import cases
from symproof.methods.squeezing import between
from symproof.methods.strengthening import strengthened
from symproof.methods.summation import binomials, nested_sums, telescoped
from symproof.methods.termwise import termwise
from symproof.methods.theta import theta
from symproof.methods.trigonometry import angle, identity, wave
from symproof.methods.unrolling import unroll
from symproof.methods.values import valued
from symproof.methods.witnesses import exists

LOGIC: dict[str, tuple[Tactic, ...]] = {
    **quick.LOGIC,
    "and": (*quick.LOGIC["and"], induction),
    "implies": (*quick.LOGIC["implies"], induction),
    "forall": (*quick.LOGIC["forall"], induction),
    "not": (logic.evident, outgrown, denial),
    "theta": (logic.evident, theta),
    "little_o": (logic.evident, small),
    "big_o": (logic.evident, large),
    "psd": (logic.evident, backward, backward_deep),
}
# What costs milliseconds: normal forms, signs, bounds by facts, induction.
PLAIN: dict[str, tuple[Tactic, ...]] = {
    **LOGIC,
    "eq": (equation, inverse_of, identity, chance, induction),
    **dict.fromkeys(INEQUALITIES, (order, squares, bound, induction)),
}
split_cases = cases(
    {
        "eq": (equation, squeezed, valued),
        **dict.fromkeys(INEQUALITIES, (order, squares, light, by_comparison, by_functions, dear)),
        "or": (logic.evident, logic.choose, exhaust),
    }
)
# What most statements need: normal forms, signs, decompositions, cases, induction; what costs less first.
_EQUATIONS: tuple[Tactic, ...] = (
    *(equation, commuting, contracted, identity, applied, particular, valued, binomials, roots, logarithms),
    *(exponentials, inverted, cancel),
    *(
        chance,
        by_outcomes,
        averaged,
        assumed,
        combined,
        split_cases,
        residues,
        angle,
        factored,
        paired,
        squeezed,
    ),
    extreme,
    by_entries,
    functional,
)
_DIFFERENT: tuple[Tactic, ...] = (
    *(
        order,
        applied,
        indivisible,
        wave,
        squares,
        factorwise,
        differ,
        assumed,
        indirect,
        split_cases,
        forward,
    ),
    *(light, by_refutation, by_functions, extreme, particular),
)
LIGHT: dict[str, tuple[Tactic, ...]] = {
    **LOGIC,
    "eq": (*_EQUATIONS, turned, induction),
    **dict.fromkeys(
        INEQUALITIES,
        (
            *(order, applied, wave, squares, denominators, size, assumed, split_cases, light, summed, bound),
            *(factorwise, addends),
            *(
                factored,
                termwise,
                by_comparison,
                extreme,
                particular,
                by_functions,
                by_refutation,
                dear,
                mean_value,
                attained,
                unroll,
                quadratic,
            ),
            *(strengthened, induction),
        ),
    ),
    "ne": (*_DIFFERENT, residues, induction),
    "or": (
        *(logic.evident, assumed, factored, split_cases, logic.choose, exhaust, inverted, particular),
        *(residues, enumerated, from_absurd),
    ),
    "exists": (at_numbers, special_values, exists, induction, assumed, backward, residues, from_absurd),
    "solve": (solve,),
}
# … and what the ledger says of the terms that occur.
LEDGER: dict[str, tuple[Tactic, ...]] = {
    **LIGHT,
    "eq": (
        equation,
        identity,
        applied,
        chance,
        averaged,
        inverse_of,
        inverse_matrices,
        between,
        backward,
        forward,
        induction,
        backward_deep,
    ),
    **dict.fromkeys(
        INEQUALITIES,
        (order, applied, addends, squares, summed, bound, backward, forward, induction, backward_deep),
    ),
    "ne": (order, squares, factorwise, differ, backward, backward_deep),
}
FULL: dict[str, tuple[Tactic, ...]] = {
    **LIGHT,
    "eq": (
        *(
            *_EQUATIONS,
            turned,
            enumerated,
            from_absurd,
            inverse_matrices,
            commuting,
            between,
            backward,
            forward,
        ),
        *(induction, telescoped, nested_sums, backward_deep, forward_deep),
    ),
    **dict.fromkeys(
        INEQUALITIES,
        (
            *(
                order,
                applied,
                wave,
                squares,
                denominators,
                summed,
                size,
                assumed,
                split_cases,
                light,
                bound,
                factorwise,
                addends,
                factored,
                termwise,
                by_comparison,
            ),
            *(
                extreme,
                particular,
                by_functions,
                by_refutation,
                dear,
                at_numbers,
                attained,
                indirect,
                from_absurd,
            ),
            *(backward, forward, induction, backward_deep, forward_deep),
        ),
    ),
    "ne": (*_DIFFERENT, backward, induction, backward_deep, forward_deep),
}


WAVES = ((PLAIN, 0.1), (LIGHT, 0.25), (LEDGER, 0.4), (FULL, 1.0))


def propose(statement: Statement, budget: Budget) -> Evidence | None:
    """Everything this prover knows, in waves: what is cheap everywhere before what is dear anywhere."""
    return logic.run(statement, budget, WAVES, quick.ledger())
