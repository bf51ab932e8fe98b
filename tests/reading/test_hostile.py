"""Input that means harm ends in a problem, at once."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import pytest

from symproof.reading.claims import Claim, load
from symproof.reading.inline import Problem, Source, read_term
from symproof.reading.lexer import tokens
from symproof.terms.build import Mistyped
from symproof.terms.latex import latex
from symproof.terms.plain import plain
from tests.reading.grown import Grower, scope

SCOPE = scope()

TEXTS = {
    "brackets": "(" * 9_000 + "a" + ")" * 9_000,
    "lists": "[" * 9_000,
    "bars": "|" * 3_000 + "a",
    "ten megabytes": "a + " * 2_500_000 + "a",
    "minus": "-" * 9_000 + "a",
    "tower": "^".join(["9"] * 5_000),
    "calls": "f(" * 3_000 + "a" + ")" * 3_000,
    "factorials": "k" + "!" * 9_000,
    "matrix product": "S " * 5_000,
    "primes": "x" + "'" * 9_000,
    "implications": "a = b implies " * 1_000 + "a = b",
    "unsized sums": "(" * 100 + "I" + " + I)" * 100 + " = S",
    "unsized chain": " = ".join(["I"] * 3_000),
    "quantifiers": "a = b" + " for integer t" * 1_000,
    "nul": "a\0b",
    "bidirectional": "a \u202e= b",
    "lone surrogate": "a = \ud800",
    "python": "__import__('os').system('true')",
    "digits": "9" * 5_000,
    "exponent": "1e999999 = a",
    "negative exponent": "1e-99999999999 = a",
    "invisible": "a\u2063b",
    "no text": "",
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_formula(name: str) -> None:
    start = time.process_time()
    with pytest.raises(Problem) as caught:
        read_term(TEXTS[name], SCOPE)
    assert time.process_time() - start < 3
    shown = str(caught.value)
    assert len(shown) < 1_500
    assert shown.isprintable() or not any(ord(c) in (0, 0x202E, 0xD800, 0x2063) for c in shown)


def test_a_tower_of_powers_is_only_read() -> None:
    assert plain(read_term("9^9^9^9", SCOPE)) == "9^(9^(9^9))"


def test_many_terms_are_read_in_time() -> None:
    start = time.process_time()
    read_term("+".join(["a"] * 9_000), SCOPE)
    assert time.process_time() - start < 3


FILES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "value"),
    "spaces": (b"  \n \n", "value"),
    "only a comment": (b"# nothing\n", "value"),
    "not UTF-8": (b"claim: a\nprove: \xff = 1\n", "control"),
    "UTF-16": ("claim: a\nprove: 1 = 1\n".encode("utf-16"), "control"),
    "nul": (b"claim: a\nprove: 1\0 = 1\n", "control"),
    "bidirectional": ("claim: a\ntitle: \u202eb\nprove: 1 = 1\n".encode(), "control"),
    "escaped": (b'claim: a\ntitle: "\\u202eb"\nprove: 1 = 1\n', "control"),
    "surrogate": (b'claim: a\ntitle: "\\ud800"\nprove: 1 = 1\n', "yaml"),
    "three megabytes": (b"# " + b"x" * 3_000_000, "large"),
    "aliases": (b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "yaml-value"),
    "merge": (b"- &x {claim: a}\n- <<: *x\n", "yaml"),
    "tag": (b"!!python/object/apply:os.system ['true']\n", "yaml-value"),
    "nested": (b"[" * 10_000, "nesting"),
    "nested keys": (b"a: {" * 10_000, "nesting"),
    "two documents": (b"claim: a\n---\nclaim: b\n", "yaml"),
    "a number": (b"42\n", "value"),
    "a complex key": (b"? [a]\n: b\n", "yaml"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file(name: str, tmp_path: Path) -> None:
    data, code = FILES[name]
    path = tmp_path / "claims.yaml"
    path.write_bytes(data)
    start = time.process_time()
    found = load([path])
    assert time.process_time() - start < 3
    problem = found[0]
    assert isinstance(problem, Problem)
    assert problem.code == code
    assert str(problem)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(b"\xef\xbb\xbfclaim: a\r\nprove: 1 = 1\r\n")
    (claim,) = load([path])
    assert isinstance(claim, Claim) and claim.place == (2, 8)


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    assert load([tmp_path]) == []
    (tmp_path / "b.yaml").symlink_to(tmp_path / "missing")
    assert load([tmp_path]) == []


WORDS = (
    "( ) [ ] { } | ‖ ' , : = < in for and or not implies iff such that with integer real x: vector(n) e π "
    "i I "
    "ones zeros 0 1 2/3 + - * / ^ .. -> as o(a) Theta(n) E[ P[ V(G) E(G) A S x y f s h G z k n sum( max( "
    "diff( limit( fn( cases( if exists solve at ~ ! √ ² exp( det( grad( argmax( vector( ones( I( degree( L( "
    "true"
).split()


@pytest.mark.parametrize("block", range(5))
def test_slips_of_the_pen(block: int) -> None:
    """Texts with words dropped, swapped or put in: a problem, or a term that prints and reads."""
    for seed in range(block * 400, block * 400 + 400):
        random = Random(seed)
        try:
            text = plain(Grower(random).statement(random.randint(1, 4)))
        except Mistyped:
            continue
        words = [text[t.start : t.end] for t in tokens(Source(text)) if t.kind != "end"]
        for _ in range(random.randint(1, 3)):
            at = random.randrange(len(words))
            change = random.choice(("drop", "insert", "replace", "name"))
            if change == "drop" and len(words) > 1:
                del words[at]
            elif change == "insert":
                words.insert(at, random.choice(WORDS))
            elif change == "replace":
                words[at] = random.choice(WORDS)
            elif words[at][0].isalpha():
                words[at] = random.choice("a b k n m x y w A S f L s h G X v0 r z 0 1".split())
        try:
            term = read_term(" ".join(words), SCOPE)
        except Problem as problem:
            assert str(problem)
        else:
            assert read_term(plain(term), SCOPE) == term
            assert latex(term)
