"""Documents in blocks, formulas in lines, each with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.reading.inline import read_scope
from symproof.reading.latex import Line, Reader, lines, read_document, relations
from symproof.reading.problems import Source
from symproof.terms.plain import plain

TEXT = r"""# Homework

**Question 1** (2-3). About numbers.

1.1 Show that $a = b$.

answer: Since $b = a$ we have

$$a = b$$

$$\begin{aligned} a &= b \\ &= c \tag{1} \end{aligned}$$

$$\leq d$$

\*1.2 Something starred, with code `$x$` and a price of \$5.

#### Answer for the second part:

```
$$ x = y $$
```

| what | cost |
| $n$ | \(n^2\) |

(a) A part with \[c = d.\]
"""


def test_blocks() -> None:
    document = read_document(TEXT)
    assert [(block.kind, block.label) for block in document.blocks] == [
        ("heading", ""),
        ("question", "1"),
        ("question", "1.1"),
        ("answer", "answer"),
        ("prose", ""),
        ("display", ""),
        ("display", ""),
        ("display", ""),
        ("question", "1.2"),
        ("answer", "answer for the second part"),
        ("code", ""),
        ("table", ""),
        ("question", "a"),
        ("display", ""),
    ]
    shown = [document.text[f.start : f.end] for f in document.formulas]
    assert shown[0] == "a = b" and shown[-3:] == ["n", "n^2", "c = d."] and len(shown) == 8
    assert [(f.line, f.column) for f in document.formulas[:3]] == [(5, 16), (7, 16), (9, 3)]
    assert "".join("".join(TEXT[b.start : b.end] for b in document.blocks).split()) == "".join(TEXT.split())


def test_blocks_that_continue() -> None:
    """A display that begins with a relation sign goes on from the one before."""
    document = read_document(TEXT)
    found = lines(document, document.formulas[2:5])
    assert [(line.sign, line.continued) for line in found] == [
        ("=", False),
        ("=", False),
        ("=", True),
        ("<=", True),
    ]
    reader = Reader(read_scope(["a, b, c, d: real"]))
    assert [plain(reader.read(line).term) for line in found] == ["a = b", "a = b", "b = c", "c <= d"]
    assert document.place(found[-1].start) == (13, 3)


def shown(line: Line) -> str:
    def side(toks: tuple[object, ...]) -> str:
        return "".join(token.text for token in toks)  # type: ignore[attr-defined]

    if line.kind != "relation":
        return f"{line.kind} {line.text}"
    return f"{side(line.left)} {line.sign} {side(line.right)}"


@pytest.mark.parametrize(
    "text, found",
    [
        ("a = b < c", ["a = b", "b < c"]),
        (r"a = b, \quad c = d", ["a = b", "c = d"]),
        ("a = b; c = d", ["a = b", "c = d"]),
        (r"a = b \text{ and } c = d", ["a = b", "c = d"]),
        (r"a = b \implies c = d", [r"statement a = b \implies c = d"]),
        (r"\implies a = b", ["a = b"]),
        ("a + b", ["expression a + b"]),
        ("f(a, b) = c", ["f(a,b) = c"]),
        (r"a_i = b_i, \quad i = 1, \dots, n", ["a_i = b_i", "i = 1,…,n"]),
        (r"a_i = b \ \forall i", ["a_i = b"]),
        (r"a = b \text{ for } i = 1, \dots, n", ["a = b"]),
        (r"\text{sample 1: } a = b", ["a = b"]),
        ("step 1 : a = b", ["a = b"]),
        (r"\begin{cases} a & i = j \\ b & i \ne j \end{cases} = c", None),
        (r"\begin{split} a &= b \\ & \quad + c \end{split}", None),
        (r"a \in [0, 1), b = c", ["a in [0,1)", "b = c"]),
        (r"W^\perp = b", ["W^⊥ = b"]),
        ("[a = b] = c", ["[a=b] = c"]),
        (r"f = o(a) = o(b)", ["f = o(a)", "f = o(b)"]),
        (r"= a", ["  "]),
        (r"a = b = ", ["a = b", "b = "]),
        (r"a \text{ is } b", [r"expression a \text{ is } b"]),
        (r"a := b", ["a := b"]),
        (r"\min_a b \text{ s.t. } c = d", [r"expression \min_a b \text{ s.t. } c = d"]),
    ],
)
def test_lines(text: str, found: list[str] | None) -> None:
    """One line a link, a row or a statement of a list."""
    if found is not None:
        assert [shown(line) for line in relations(Source(text))] == found


def test_leads_and_labels() -> None:
    (line,) = relations(Source(r"\Rightarrow \text{sample 1: } a = b"))
    assert (line.leads, line.label) == ("implies", "sample 1")


def test_places_in_the_file() -> None:
    """A problem in a formula is at its line and column of the document."""
    document = read_document("text\n\n$$a = b$$\n\n$$= \\foo$$\n", "homework.md")
    found = lines(document, document.formulas)
    assert found[1].problem is not None
    assert found[1].problem.place is not None
    assert (found[1].problem.place.file, *found[1].problem.place[1:3]) == ("homework.md", 5, 5)


def test_formulas_in_claim_files(tmp_path: Path) -> None:
    """LaTeX between dollars stands for text in hypotheses, definitions, goals and steps."""
    from symproof.reading import claims

    file = tmp_path / "claims.yaml"
    file.write_text(
        "claim: square\n"
        "let: {n: size, x: vector(n), a: real, b: real}\n"
        "define: {q(y): '$\\|y\\|^2$', c: '$\\frac{a}{2}$'}\n"
        "given: ['$a \\leq b$']\n"
        "prove: '$q(x) = \\sum_{i=1}^{n} x_i^2$'\n"
        "steps:\n  - '$(a + b)^2 = a^2 + 2ab + b^2$'\n  - '$= b^2 + 2ab + a^2$'\n",
        encoding="utf-8",
    )
    (claim,) = claims.load([file])
    assert isinstance(claim, claims.Claim), claim
    assert plain(claim.statement.goal) == "q(x) = sum(x[i]^2, i = 1..n)"
    assert plain(claim.statement.hypotheses[-1].statement) == "a <= b"
    assert [plain(step.statement.goal) for step in claim.steps] == [
        "(a + b)^2 = a^2 + 2 a b + b^2",
        "a^2 + 2 a b + b^2 = b^2 + 2 a b + a^2",
    ]
