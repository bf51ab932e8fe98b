"""Every code of the closed list, with the text that a person sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.reading.claims import load
from symproof.reading.inline import Problem, read_scope, read_statement, read_term
from symproof.reading.problems import CODES, Source
from tests.reading.grown import scope

SCOPE = scope()

FORMULAS = [
    ("ambiguous", "1/2x", """\
term:1:4: a division followed by a product without a space [ambiguous]
    1 | 1/2x
      |    ^
  write a/(b c) or (a/b) c"""),
    ("arguments", "binomial(n)", """\
term:1:1: binomial takes 2 argument(s), found 1 [arguments]
    1 | binomial(n)
      | ^^^^^^^^^^^"""),
    ("attribute", "a = 0 for t: random real", """\
term:1:14: a bound variable cannot be declared random [attribute]
    1 | a = 0 for t: random real
      |              ^^^^^^"""),
    ("bracket", "(a + b", """\
term:1:1: `(` is never closed [bracket]
    1 | (a + b
      | ^
  expected a `)`"""),
    ("character", "a; b", """\
term:1:2: the character `;` has no meaning here [character]
    1 | a; b
      |  ^
  separate with a comma"""),
    ("index", "x[n + 1]", """\
term:1:3: the index n + 1 is outside 1..n [index]
    1 | x[n + 1]
      |   ^^^^^"""),
    ("large", "1e9999 a", """\
term:1:1: a number of more than 4,000 digits [large]
    1 | 1e9999 a
      | ^^^^^^"""),
    ("latex", "$a + b", """\
term:1:1: a formula in LaTeX stands between two $ [latex]
    1 | $a + b
      | ^^^^^^
  $x^2 + 1$"""),
    ("name", "alpha + bta(a)", """\
term:1:1: `α` is not declared [name]
    1 | alpha + bta(a)
      | ^^^^^"""),
    ("name", "ab", """\
term:1:1: `ab` is not declared [name]
    1 | ab
      | ^^
  a product is written with spaces: a b"""),
    ("name", "exq(a)", """\
term:1:1: `exq` is not declared [name]
    1 | exq(a)
      | ^^^
  did you mean `exp`?"""),
    ("name-taken", "sum(a, i = 1..n, i = 2..n)", """\
term:1:18: `i` is bound twice [name-taken]
    1 | sum(a, i = 1..n, i = 2..n)
      |                  ^"""),
    ("reserved", "sum(a, e = 1..2)", """\
term:1:8: `e` has a meaning and cannot be a variable [reserved]
    1 | sum(a, e = 1..2)
      |        ^"""),
    ("size", "I = 1", """\
term:1:1: cannot tell the size of `I` here [size]
    1 | I = 1
      | ^
  write it: I(n)"""),
    ("statement", "a = b + (a = b)", """\
term:1:9: a statement cannot be added [statement]
    1 | a = b + (a = b)
      |         ^^^^^^^"""),
    ("syntax", "a + * b", """\
term:1:5: `*` does not fit here [syntax]
    1 | a + * b
      |     ^
  expected a term"""),
    ("type", "x + a", """\
term:1:5: cannot add real to vector(n) [type]
    1 | x + a
      |     ^
  a number and an array are not added; write c ones(n) for the array whose entries are c"""),
    ("type", "β + ‖k‖", """\
term:1:5: a norm of integer [type]
    1 | β + ‖k‖
      |     ^^^
  write |x| for an absolute value"""),
    ("nesting", "(" * 200, """\
term:1:161: nested too deeply [nesting]
    1 | %s
      |                                                   ^""" % ("(" * 90)),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "shown"), FORMULAS)
def test_a_formula(code: str, text: str, shown: str) -> None:
    with pytest.raises(Problem) as caught:
        read_term(text, SCOPE)
    assert caught.value.code == code
    assert str(caught.value) == shown


FILES = [
    ("claim-taken", "- claim: a\n  prove: 1 = 1\n- claim: a\n  prove: 1 = 2\n", """\
c.yaml:3:10: the name `a` is taken by the claim in c.yaml:1 [claim-taken]
    3 | - claim: a
      |          ^"""),
    ("control", "claim: a\nprove: 1\x07 = 1\n", """\
c.yaml:2:9: the invisible character U+0007 (a control character) [control]
    2 | prove: 1\N{REPLACEMENT CHARACTER} = 1
      |         ^"""),
    ("duplicate-key", "claim: a\nprove: 1 = 1\nprove: 1 = 2\n", """\
c.yaml:3:1: the key `prove` stands already in line 2 [duplicate-key]
    3 | prove: 1 = 2
      | ^^^^^"""),
    ("key", "claim: a\ntitel: b\nprove: 1 = 1\n", """\
c.yaml:2:1: there is no key `titel` [key]
    2 | titel: b
      | ^^^^^
  expected claim, title, source, also, why, let, define, given, prove, by, steps, refute, expect
  did you mean `title`?"""),
    ("law", "claim: a\nlet: {x: random real ~ cauchy(0)}\nprove: 1 = 1\n", """\
c.yaml:2:24: this law is not known [law]
    2 | let: {x: random real ~ cauchy(0)}
      |                        ^^^^^^^^^
  expected normal(mean, covariance) or bernoulli(p)"""),
    ("missing-key", "claim: a\n", """\
c.yaml:1:1: the claim has no `prove` [missing-key]
    1 | claim: a
      | ^
  expected prove: the statement to decide"""),
    ("value", "claim: a\nexpect: refutd\nprove: 1 = 1\n", """\
c.yaml:2:9: `refutd` is no verdict [value]
    2 | expect: refutd
      |         ^^^^^^
  expected proved, conditional, refuted, supported, undecided, invalid
  did you mean `refuted`?"""),
    ("variant", "claim: a\nlet: {n: size}\nprove: n = n\nrefute:\n  - {without: m}\n", """\
c.yaml:5:15: there is no hypothesis or declaration `m` [variant]
    5 |   - {without: m}
      |               ^"""),
    ("yaml", "claim: a\nprove: {a: 1\n", """\
c.yaml:2:8: YAML reads a value that begins with `{` as a mapping [yaml-value]
    2 | prove: {a: 1
      |        ^
  quote the value: prove: "{a: 1\""""),
    ("yaml", "claim: a\n\tprove: 1 = 1\n", """\
c.yaml:2:1: a tab where YAML needs spaces [yaml]
    2 |  prove: 1 = 1
      | ^"""),
    ("yaml-value", "claim: a\nprove: |1| = 1\n", """\
c.yaml:2:8: YAML reads a value that begins with `|` as the start of a block of text [yaml-value]
    2 | prove: |1| = 1
      |        ^
  quote the value: prove: "|1| = 1\""""),
    ("yaml-value", "claim: a\nlet: {a: real, L: real in [0, 1)}\nprove: L = L\n", """\
c.yaml:2:27: inside braces YAML reads `[` and `]` as a list, which a half-open interval does not close [yaml-value]
    2 | let: {a: real, L: real in [0, 1)}
      |                           ^^^^^^
  quote the value: L: "real in [0, 1)\""""),
    ("yaml-value", "claim: a\nlet: {A: matrix(2, 3)}\nprove: A = A\n", """\
c.yaml:2:20: inside brackets or braces YAML reads a comma as the end of a value [yaml-value]
    2 | let: {A: matrix(2, 3)}
      |                    ^^
  quote the value: {A: "matrix(m, n)"}"""),
    ("yaml-value", "claim: a\nprove: exists x: real such that x = 1\n", """\
c.yaml:2:16: YAML reads `: ` inside a value as a further key [yaml-value]
    2 | prove: exists x: real such that x = 1
      |                ^
  quote the value: prove: "exists x: real such that x = 1\""""),
    ("syntax", "claim: a\nprove: 1 = # 1\n", """\
c.yaml:2:11: the text ends too early [syntax]
    2 | prove: 1 = # 1
      |           ^
  expected a term
  YAML reads what follows ` #` as a comment; quote the value if it belongs to it"""),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "shown"), FILES)
def test_a_file(code: str, text: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").write_text(text, encoding="utf-8")
    problems = [found for found in load(["c.yaml"]) if isinstance(found, Problem)]
    assert [str(problem) for problem in problems] == [shown]


def test_a_file_that_is_not_there() -> None:
    (problem,) = load(["nowhere/c.yaml"])
    assert isinstance(problem, Problem)
    assert str(problem) == "nowhere/c.yaml: there is no such file or folder [file]"


def test_every_code_is_shown_here() -> None:
    assert {code for code, _, _ in [*FORMULAS, *FILES]} | {"file"} == set(CODES)


@pytest.mark.parametrize(
    ("value", "column"),
    [
        ("prove: θ̂ β + c = 0", 15),
        ("prove: 'θ̂ β'' + c = 0'", 18),
        ('prove: "\\u03b2 + c = 0"', 18),
        ("prove: |\n    β +\n    c = 0", 5),
        ("prove: >-\n    β +\n    c = 0", 5),
        ("prove: β +\n    c = 0", 5),
        ("prove: >-\n    β\n\n    + c = 0", 7),
        ("{prove: 漢 + c = 0}", 9),
    ],
)
def test_columns_are_those_of_the_file(
    value: str, column: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In quoted, folded and literal values, with accents, wide letters and escapes."""
    monkeypatch.chdir(tmp_path)
    flow = value.startswith("{")
    text = f"- {value[:-1]}, claim: a}}\n" if flow else f"claim: a\nlet: {{β: real, θ̂: real}}\n{value}\n"
    Path("c.yaml").write_text(text, encoding="utf-8")
    (problem,) = load(["c.yaml"])
    assert isinstance(problem, Problem) and problem.place is not None
    assert problem.code in ("name", "type")
    line = text.splitlines()[problem.place.line - 1]
    if flow:
        assert line[problem.place.column - 1] == "漢"
    elif problem.code == "name":
        assert line[problem.place.column - 1] == "c"
        assert problem.place.column == column


def test_the_caret_stands_under_wide_and_combining_letters() -> None:
    """What a terminal shows in two columns moves the caret by two, what it shows in none by none."""
    source = Source("漢字 θ̂ q")
    shown = str(source.problem("name", "unknown", 6, 7)).splitlines()
    assert shown[1] == "    1 | 漢字 θ̂ q"
    assert shown[2] == "      |        ^"


def test_problems_in_declarations_stand_in_their_text() -> None:
    with pytest.raises(Problem) as caught:
        read_statement("x = 0", let=["n: size", "x: vektor(n)"])
    assert (
        str(caught.value)
        == """\
let:1:4: there is no type `vektor` [name]
    1 | x: vektor(n)
      |    ^^^^^^
  expected a type such as `real`, `integer`, `size`, `vector(n)`, `matrix(m, n)`, `sequence of real`, \
`function` or `graph`
  did you mean `vector`?"""
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sum(n x, n = 1..3)", "name-taken"),
        ("x' x >= 0 for integer n", "name-taken"),
        ("h[n] = 0 for integer n", "name-taken"),
        ("X[u] = 0 for G: graph, u in V(G)", "name-taken"),
        ("limit(|x|/n, n -> oo) = 0", "name-taken"),
        ("sum(ones(j), j = 1..n)", "type"),
        ("matrix(i, i = 1..n, j = 1..i)", "type"),
        ("x in (0, 1)", "type"),
        ("max(A)", "type"),
        ("x(1)", "ambiguous"),
        ("max(1,000)", "syntax"),
        ("x[i] = 0", "name"),
        ("a = 0 iff x[i] = 0 for i in 1..n", "ambiguous"),
        ("a = 0 and x[i] = 0 for i in 1..n", "ambiguous"),
        ("x[i] = 0 implies a = 0 for i in 1..n", "ambiguous"),
        ("x[i] = 0 for i in 1..n and a = 0", "ambiguous"),
        ("x[i] = 0 for i in 1..n iff a = 0", "ambiguous"),
        ("a = 0 for t >= 1", "syntax"),
        ("a = 0 for k >= 1", "syntax"),
        ("x y = 1", "type"),
        ("x' x' = 1", "type"),
        ("A x = y", "type"),
        ("a < z", "type"),
        ("s + 1 = 0", "type"),
        ("f = 1", "type"),
        ("degree(a) = 1", "type"),
        ("X[1] = 0", "type"),
        ("x[v0] = 0", "type"),
        ("E[a | b] = 0", "bracket"),
        ("exp a = 1", "syntax"),
        ("a = b, b = r", "syntax"),
        ("v[t = 1]", "name"),
    ],
)
def test_what_must_not_be_read(text: str, code: str) -> None:
    """Sizes that would change their meaning, entries written as products, mixtures of types."""
    with pytest.raises(Problem) as caught:
        read_term(text, SCOPE)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("let", "code"),
    [
        ("x: real real", "syntax"),
        ("x real", "syntax"),
        ("x, x: real", "name-taken"),
        ("exp: real", "reserved"),
        ("x: symmetric matrix(m, n)", "attribute"),
        ("x: connected real", "attribute"),
        ("x: matrix(m, n, n)", "arguments"),
        ("x: vector(0)", "index"),
        ("x: vector(y)", "name"),
        ("x: real ~ normal(0, 1)", "law"),
        ("x: random real ~ normal(0)", "law"),
        ("x: random vector(n) ~ normal(0, 1)", "law"),
        ("x: random graph", "attribute"),
        ("x: real in 3", "type"),
        ("x: integer in (0, V(G))", "statement"),
    ],
)
def test_bad_declarations(let: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        read_scope(["m: size", "n: size", "G: graph", let])
    assert caught.value.code == code
