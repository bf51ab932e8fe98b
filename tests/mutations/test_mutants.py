"""Mutants of statements: well typed, different, deterministic, of every kind, and undone by a neighbour."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from symproof.kernel.statement import Statement
from symproof.kernel.verdict import Rejected
from symproof.kernel.witness import check_witness
from symproof.mutations import Kind, mutants, neighbours
from symproof.mutations.places import Scope
from symproof.mutations.pool import Pool
from symproof.mutations.same import Canon
from symproof.mutations.statements import MAX_DEPTH, edits
from symproof.reading.inline import Scope as ReadingScope
from symproof.reading.inline import read_statement, read_term
from symproof.terms.build import make, num, sym
from symproof.terms.plain import plain
from symproof.terms.rewrite import MULTI, free_symbols
from symproof.terms.tree import BINDERS, Term
from symproof.terms.types import REAL


def well_scoped(term: Term, types: dict[str, object]) -> None:
    """Every symbol has the type that its declaration or its binder gives it."""
    if term.op == "sym":
        assert types.get(str(term.data)) == term.type, term
        return
    inner = dict(types)
    scoped = BINDERS.get(term.op, 0)
    if term.op in MULTI:
        for group, domain in zip(term.data, term.args[scoped:], strict=True):
            well_scoped(domain, inner)
            inner.update(zip(group, domain.type.items, strict=True))
    elif scoped:
        for body in term.args[:scoped]:
            inner.update({n.data: n.type for n in body.walk() if n.op == "sym" and (n.data,) in term.data})
    for k, arg in enumerate(term.args):
        if not (term.op in MULTI and k >= scoped):
            well_scoped(arg, inner if k < scoped else types)


def test_mutants_decode_to_themselves(example: Statement) -> None:
    """Decoding builds every node anew, so a mutant that comes back is well typed."""
    for mutant in mutants(example):
        assert Statement.decode(mutant.statement.encode()) == mutant.statement


def test_mutants_read_back(claim: tuple[str, Statement, ReadingScope]) -> None:
    """A mutant has the shape in which people write: printed and read again it is the same term."""
    _, statement, scope = claim
    for mutant in mutants(statement):
        goal = mutant.statement.goal
        if goal != statement.goal:
            assert read_term(plain(goal), scope) == goal, mutant.description


def test_mutants_are_well_scoped(example: Statement) -> None:
    """No mutant mentions a name out of its scope or with a type that it does not have."""
    types = dict(Scope.of(example.symbols, example.definitions).types)
    for mutant in mutants(example):
        statement = mutant.statement
        assert Scope.of(statement.symbols, statement.definitions).types == types
        for term in (statement.goal, *(h.statement for h in statement.hypotheses)):
            well_scoped(term, types)
        for k, definition in enumerate(statement.definitions):
            before = Scope.of(statement.symbols, statement.definitions[:k]).types
            well_scoped(definition.body, {**before, **dict(definition.params)})


def test_mutants_differ_from_the_statement_and_each_other(example: Statement) -> None:
    """No mutant is the statement, and none comes twice."""
    found = [example.digest, *(m.statement.digest for m in mutants(example))]
    assert len(set(found)) == len(found)


def test_one_part_of_the_statement_changes(example: Statement) -> None:
    """A mutant has one slip: in the goal, in one definition, one hypothesis or one declaration."""
    for mutant in mutants(example):
        new = mutant.statement
        changed = new.goal != example.goal
        changed += new.definitions != example.definitions
        changed += new.symbols != example.symbols
        if len(new.hypotheses) == len(example.hypotheses):
            changed += sum(a != b for a, b in zip(new.hypotheses, example.hypotheses, strict=True))
        else:
            changed += len(example.hypotheses) - len(new.hypotheses)
        assert changed == 1, mutant.description


def test_claims_of_the_design_have_forty_mutants(design: Statement) -> None:
    """At least forty mutants, nearly as many without terms and factors put in; the limit cuts the list."""
    found = mutants(design)
    assert len(found) >= 60
    assert sum(m.kind not in (Kind.ADDED, Kind.SPURIOUS) for m in found) >= 35
    assert [m.statement for m in mutants(design, limit=40)] == [m.statement for m in found[:40]]
    assert len({m.kind for m in found[:40]}) >= 8


def test_sizes_stay_sizes(example: Statement) -> None:
    """That a size is at least 1 is no assumption that anybody forgets."""
    sizes = [h for h in example.hypotheses if h.name.endswith(": size")]
    for mutant in mutants(example):
        assert all(h in mutant.statement.hypotheses for h in sizes)


def test_only_what_matters_is_left_out() -> None:
    """Assumptions about symbols that have nothing to do with the goal are not worth leaving out."""
    let = ["a: real > 0", "b: real", "c: real", "H: symmetric matrix(2)"]
    statement = read_statement("a = b", let=let, given=["b > a", "c = 0"])
    left_out = [m.description for m in mutants(statement) if "without the hypothesis" in m.description]
    assert len(left_out) == 2 and not any("c" in words.split(":")[-1] for words in left_out)
    assert all(m.statement.symbols == statement.symbols for m in mutants(statement))


def test_every_kind_occurs(examples: list[Statement]) -> None:
    """The list of kinds is closed: each has an example, a weight and a meaning."""
    found = Counter(m.kind for e in examples for m in mutants(e))
    assert set(found) == set(Kind)
    assert all(kind.weight > 0 and kind.meaning for kind in Kind)


def test_mutants_say_what_changed(example: Statement) -> None:
    """Every description is in words, and a description of a hypothesis names it."""
    for mutant in mutants(example):
        assert mutant.description
        if len(mutant.statement.hypotheses) < len(example.hypotheses):
            assert "without the hypothesis" in mutant.description


def _listed(statement: Statement, seed: int = 0) -> list[tuple[str, str, str]]:
    return [(m.kind, m.description, m.statement.digest) for m in mutants(statement, seed=seed)]


def test_mutants_know_their_place(claim: tuple[str, Statement, ReadingScope]) -> None:
    """A slip in the goal has its place in the text of the goal, and most are narrower than all of it."""
    text, statement, _ = claim
    spans = [m.place for m in mutants(statement) if m.statement.goal != statement.goal]
    assert all(span is not None and text[span.start : span.end].strip() for span in spans)
    assert 2 * sum(span is not None and span.end - span.start < len(text) for span in spans) > len(spans)


def test_same_seed_same_mutants(example: Statement) -> None:
    """Mutants are a function of the statement and the seed; a seed changes the order alone."""
    plainly, drawn = _listed(example), _listed(example, seed=7)
    assert plainly == _listed(Statement.decode(example.encode()))
    assert drawn == _listed(example, seed=7)
    assert sorted(drawn) == sorted(plainly)


def test_mutants_do_not_depend_on_hashes(examples: list[Statement]) -> None:
    """Another process, in which Python hashes text otherwise, lists the same mutants."""
    program = (
        "import json, sys; from symproof.kernel.statement import Statement;"
        "from symproof.mutations import mutants;"
        "print([m.statement.digest for d in json.load(sys.stdin) for m in mutants(Statement.decode(d))])"
    )
    data = json.dumps([e.encode() for e in examples])
    expected = str([m.statement.digest for e in examples for m in mutants(e)])
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program],
            input=data,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert run.stdout.strip() == expected


def test_likely_slips_come_first(examples: list[Statement]) -> None:
    """Within the first ten there is a sign; what is put in comes after every kind that is likelier."""
    for example in examples:
        kinds = [m.kind for m in mutants(example)]
        first = {kind: kinds.index(kind) for kind in kinds}
        ranked = sorted(first, key=lambda kind: first[kind])
        assert [k.weight for k in ranked] == sorted((k.weight for k in ranked), reverse=True)


# The share of mutants of a goal that have the original among their neighbours, at least, by kind:
# without the lines around, a term or factor left out can be restored only if it occurs elsewhere.
UNDONE = dict.fromkeys(Kind, 1.0) | {
    Kind.MISSING: 0.4,
    Kind.DROPPED: 0.2,
    Kind.ASSUMPTION: 0.0,
    Kind.BRACKET: 0.85,
}


def test_neighbours_undo_mutants(examples: list[Statement]) -> None:
    """The original is a neighbour of its mutant, for most kinds always."""
    shares = _undone(examples, given=False)
    for kind, (hits, tries) in shares.items():
        assert hits >= UNDONE[kind] * tries, (kind, hits, tries)


def test_the_lines_around_restore_what_is_left_out(examples: list[Statement]) -> None:
    """With a line that mentions it, a missing term or factor is put back."""
    shares = _undone(examples, given=True, kinds={Kind.MISSING, Kind.DROPPED}, most=3)
    for kind, (hits, tries) in shares.items():
        assert hits >= 0.8 * tries, (kind, hits, tries)


def _undone(
    examples: list[Statement], given: bool, kinds: set[Kind] | None = None, most: int = 1
) -> dict[Kind, tuple[int, int]]:
    chance = random.Random(1)
    tried: dict[Kind, list[bool]] = defaultdict(list)
    for example in examples:
        canon = Canon(Scope.of(example.symbols).symmetric)
        original = canon.key(example.goal)
        by_kind = defaultdict(list)
        for mutant in mutants(example):
            if mutant.statement.goal != example.goal and (kinds is None or mutant.kind in kinds):
                by_kind[mutant.kind].append(mutant.statement.goal)
        for kind, goals in by_kind.items():
            for goal in chance.sample(goals, min(len(goals), most)):
                pool = example.goal.args if given else ()
                around = neighbours(goal, example.symbols, example.definitions, pool)
                tried[kind].append(any(canon.key(term) == original for _, _, term in around))
    return {kind: (sum(hits), len(hits)) for kind, hits in tried.items()}


# --- keys ----------------------------------------------------------------------

a, b, c = (sym(name, REAL) for name in "abc")
i, j = (sym(name, num(1).type) for name in "ij")


def total(body: Term, name: str) -> Term:
    return make("sum", body, make("range", num(1), num(9)), data=((name,),))


SAME = [
    (make("add", a, b), make("add", b, a)),
    (make("eq", a, make("add", b, c)), make("eq", make("add", a, make("neg", c)), b)),
    (make("lt", a, b), make("gt", b, a)),
    (make("mul", a, make("neg", b)), make("neg", make("mul", b, a))),
    (
        make("pow", make("add", a, make("neg", b)), num(2)),
        make("pow", make("add", b, make("neg", a)), num(2)),
    ),
    (total(make("mul", a, i), "i"), total(make("mul", j, a), "j")),
    (make("div", a, num(2)), make("mul", make("div", num(1), num(2)), a)),
    (make("mul", a, a), make("pow", a, num(2))),
    (make("and", make("lt", a, b), make("lt", b, c)), make("and", make("lt", b, c), make("lt", a, b))),
]
DIFFERENT = [
    (make("add", a, b), make("add", a, make("neg", b))),
    (make("lt", a, b), make("lt", b, a)),
    (make("lt", a, b), make("le", a, b)),
    (make("eq", a, make("div", b, c)), make("eq", make("mul", a, c), b)),
    (make("div", make("mul", a, b), b), a),
    (total(i, "i"), total(j, "i")),
    (make("call", make("neg", a), data="exp"), make("call", a, data="exp")),
    (make("pow", a, num(2)), make("pow", a, num(3))),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_equal_keys(left: Term, right: Term) -> None:
    """What differs in order, in names or in the side of an equation has one key."""
    assert Canon().key(left) == Canon().key(right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_different_keys(left: Term, right: Term) -> None:
    """What means something else, or is defined elsewhere, has another key."""
    assert Canon().key(left) != Canon().key(right)


POINTS = {
    "sum(i^2, i = 1..n) = n (n + 1) (2 n + 1)/6": [{"n": "1"}, {"n": "3"}],
    "sqrt(a^2) <= (a + b)/2 - exp(a) and a^2 - b^2 = (a - b) (a + b)": [
        {"a": "2", "b": "1/2"},
        {"a": "-1", "b": "3"},
    ],
    "x' A y = y' A' x and |A x|^2 <= (A x)' A x": [
        {"A": [["1", "2"], ["0", "3"]], "x": ["1", "-1"], "y": ["2", "1/2"]}
    ],
}


@pytest.mark.parametrize("text", POINTS)
def test_terms_with_one_key_agree(text: str) -> None:
    """Changes that a key does not tell apart are refuted by the same witnesses."""
    let = ["n: size", "a: real", "b: real", "A: matrix(2)", "x: vector(2)", "y: vector(2)"]
    statement = read_statement(text, let=let)
    used = free_symbols(statement.goal)
    hypotheses = tuple(h for h in statement.hypotheses if free_symbols(h.statement) <= used)
    statement = replace(
        statement, symbols=tuple(s for s in statement.symbols if s.name in used), hypotheses=hypotheses
    )
    scope, canon = Scope.of(statement.symbols), Canon()
    groups: dict[str, dict[Term, None]] = defaultdict(dict)
    pool = Pool.of(statement.goal, (), scope, most=2)
    for place, edit in edits(statement.goal, scope, pool):
        whole = place.put(edit.term)
        if whole is not None:
            groups[canon.key(whole)].setdefault(whole)
    compared = 0
    for group in groups.values():
        found = {tuple(_fails(replace(statement, goal=goal), p) for p in POINTS[text]) for goal in group}
        assert len(found) == 1, [plain(goal) for goal in group]
        compared += len(group) - 1
    assert compared > 10


def _fails(statement: Statement, values: dict[str, object]) -> bool:
    try:
        check_witness(statement, {"values": values})
    except Rejected:
        return False
    return True


def test_neighbours_are_unique_and_different(example: Statement) -> None:
    """No neighbour is the term itself, up to its key, and none comes twice."""
    canon = Canon(Scope.of(example.symbols).symmetric)
    keys = [canon.key(t) for _, _, t in neighbours(example.goal, example.symbols, example.definitions)]
    assert canon.key(example.goal) not in keys
    assert len(set(keys)) == len(keys)


def test_symmetric_matrices_are_not_transposed(examples: list[Statement]) -> None:
    """Transposing a symmetric matrix, declared or by definition, is no slip."""
    for example in examples:
        declared = any("symmetric" in s.attributes for s in example.symbols)
        if declared or any(d.name == "L" for d in example.definitions):
            assert all(m.kind is not Kind.TRANSPOSE for m in mutants(example))


def test_definitions_do_not_become_recursive(examples: list[Statement]) -> None:
    """A slip in a definition mentions neither the name defined nor a later one."""
    for example in examples:
        for mutant in mutants(example):
            names = [d.name for d in mutant.statement.definitions]
            for k, d in enumerate(mutant.statement.definitions):
                assert not free_symbols(d.body) & set(names[k:])


def test_deep_terms_have_no_neighbours() -> None:
    """A term nested past the bound gives nothing, without running out of stack."""
    deep = a
    for _ in range(5 * MAX_DEPTH):
        deep = make("call", deep, data="exp")
    assert list(neighbours(make("eq", deep, a))) == []


def test_long_sums_are_bounded() -> None:
    """A sum of a hundred terms ends, and a slip at its end is still found."""
    terms = [make("mul", num(k), a) for k in range(2, 102)]
    found = list(neighbours(make("eq", make("add", *terms), b)))
    assert 200 < len(found) < 20_000


def test_no_product_of_vectors() -> None:
    """A sum of vectors does not become one; one of numbers does."""
    let = ["n: size", "g: sequence of vector(n)", "x: vector(n)"]
    kinds = [
        [m.statement.goal.args[1].op for m in mutants(read_statement(text, let)) if m.kind == "function"]
        for text in ("x = sum(g[t], t = 1..3)", "x[1] = sum(x[i], i = 1..n)")
    ]
    assert "product" not in kinds[0] and "product" in kinds[1]
