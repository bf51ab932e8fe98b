"""The Python API: text, sympy expressions and networkx graphs in, frozen results out."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import networkx
import pytest
import sympy

import symproof
from symproof.api import read_question
from symproof.terms.plain import plain

x = sympy.Symbol("x", real=True)
p = sympy.Symbol("p", positive=True)
n = sympy.Symbol("n", integer=True, positive=True)
k = sympy.Symbol("k", integer=True)


def test_text() -> None:
    """Declarations as a list or a mapping, hypotheses named or not."""
    identity = "(a + b)^2 = a^2 + 2 a b + b^2"
    assert symproof.prove(identity, ["a: real", "b: real"]).verdict == "proved"
    assert symproof.prove(identity, {"a": "real", "b": "real"}).verdict == "proved"
    found = symproof.prove("y > 1", {"y": "real"}, given={"large": "y > 2"})
    assert found.verdict == "proved"
    assert symproof.prove("y > 1", "y: real", given=["y > 2"]).verdict == "proved"
    assert symproof.prove("y > 1", "y: real").verdict == "refuted"


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        (sympy.Eq((x + 1) ** 2, x**2 + 2 * x + 1), "proved"),
        (sympy.Eq((x + 1) ** 2, x**2 + 1), "refuted"),
        (sympy.Eq(sympy.Sum(k, (k, 1, n)), n * (n + 1) / 2), "proved"),
        (sympy.Gt(p + 1, 1), "proved"),
        (sympy.Gt(x + 1, 1), "refuted"),
        (sympy.Ne(p, 0, evaluate=False), "proved"),
        (True, "proved"),
    ],
    ids=str,
)
def test_sympy_relations(statement: Any, verdict: str) -> None:
    """Assumptions of the symbols are hypotheses: without them the verdict changes."""
    assert symproof.prove(statement).verdict == verdict


def test_sympy_and_text_mix() -> None:
    """A sympy hypothesis for a text statement, and sympy symbols as declarations."""
    assert symproof.prove("p > 0", let=[p]).verdict == "proved"
    assert symproof.prove("x > 1", let=[x], given=[sympy.Gt(x, 2)]).verdict == "proved"
    assert symproof.prove(sympy.Gt(x, 1), given=["x > 2"], let=["x: real"]).verdict == "proved"


def test_a_graph_stands_for_itself() -> None:
    """The sum of the degrees of a path of four vertices is 6; the statement says which graph it is."""
    statement = read_question("sum(degree(v), v in V(G)) = 6", {"G": networkx.path_graph(4)}, ())
    assert [h.name for h in statement.hypotheses] == ["G is given", "G has 4 vertices"]
    assert "exists" in plain(statement.hypotheses[0].statement)
    assert symproof.prove("sum(degree(v), v in V(G)) = 2", {"G": networkx.path_graph(2)}).verdict != "refuted"
    assert symproof.prove("sum(degree(v), v in V(G)) = 3", {"G": networkx.path_graph(2)}).verdict != "proved"


def test_types_may_speak_of_a_graph_that_is_given() -> None:
    """A vertex of it, and a vector over its vertices, declared before it or after."""
    triangle = networkx.cycle_graph(3)
    assert symproof.prove("degree(v) >= 3", {"v": "vertex(G)", "G": triangle}).verdict == "refuted"
    statement = read_question("x' laplacian(G) x >= 0", {"G": triangle, "x": "vector(V(G))"}, ())
    assert [symbol.name for symbol in statement.symbols] == ["G", "x"]


def test_names_that_are_declared_twice_are_a_problem() -> None:
    """By a sympy symbol and by text, too."""
    assert symproof.prove("x = x", [x, "x: real"]).verdict == "invalid"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((3.5,), "expected text or a sympy expression"),
        ((x + 1,), "states nothing"),
        ((sympy.Eq(sympy.zeta(x), 1),), "zeta"),
        (("1 = 1", [object()]), "expected text or a sympy expression"),
        (("1 = 1", [networkx.path_graph(2)]), "needs a name"),
        (("1 = 1", {"G": networkx.DiGraph([(1, 2)])}), "simple undirected"),
        (("1 = 1", {"G": networkx.complete_graph(8)}), "1 to 7"),
    ],
)
def test_what_cannot_be_said_is_an_error(arguments: tuple[Any, ...], message: str) -> None:
    """ValueError with a reason, never a guess."""
    with pytest.raises(ValueError, match=message):
        symproof.prove(*arguments)


def test_what_cannot_be_read_is_invalid() -> None:
    """Text that is wrong is a result like any other, with a place."""
    found = symproof.prove("x = = 1", ["x: real"])
    assert found.verdict == "invalid"
    assert found.place is not None and found.place.line == 1
    assert "^" in found.message


def test_check_reads_folders(tmp_path: Path) -> None:
    """One result a claim, with its variants; nothing is written."""
    (tmp_path / "a.yaml").write_text(
        "claim: a\nlet:\n  x: real\nprove: (x + 1)^2 = x^2 + 2 x + 1\nrefute:\n  - (x + 1)^2 = x^2 + 1\n"
    )
    [found] = symproof.check(tmp_path)
    assert (found.id, found.verdict, found.refute[0].verdict) == ("a", "proved", "refuted")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.yaml"]


def test_results_are_frozen_and_show_themselves() -> None:
    """A notebook shows the statement as mathematics and the verdict as HTML."""
    found = symproof.prove("1/y = y^-1", {"y": "real"})
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.verdict = "proved"  # type: ignore[misc]
    data = found._repr_mimebundle_()
    assert data["text/latex"].startswith("$") and "<math" in data["text/html"]
    assert data["text/plain"].startswith("conditional: 1/y = y^-1")


def test_it_works_from_threads() -> None:
    """Four threads decide at the same time; nothing uses signals."""
    found: list[str] = []

    def body(k: int) -> None:
        found.append(symproof.prove(f"(y + {k})^2 = y^2 + {2 * k} y + {k * k}", {"y": "real"}).verdict)

    threads = [threading.Thread(target=body, args=(k,)) for k in range(1, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["proved"] * 4


def test_importing_the_package_loads_nothing() -> None:
    """`import symproof` is free; the API comes with its first use, sympy only with sympy expressions."""
    program = (
        "import sys, symproof\n"
        "assert 'symproof.api' not in sys.modules\n"
        "symproof.prove\n"
        "assert 'symproof.api' in sys.modules and not {'sympy', 'networkx'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
