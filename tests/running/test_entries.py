"""Files that did not change are neither read nor decided again; everything else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.options import Options
from symproof.results import ClaimResult
from symproof.running import claims
from symproof.running.cache import Cache
from symproof.running.entries import Entry, Memory, decide, load

KEY = b"k" * 32
GOOD = "claim: {name}\ntitle: T\nsource: S\nwhy: W\nsteps: x + x = 2 x\nlet: {{x: real}}\nprove: x + x = 2 x\nrefute: x + x = {k} x\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files with a claim each."""
    for name, k in (("a", 3), ("b", 4)):
        (tmp_path / f"{name}.yaml").write_text(GOOD.format(name=name, k=k))
    return tmp_path


def check(folder: Path, **options: float) -> tuple[list[Entry], list[ClaimResult]]:
    chosen = Options(**options)  # type: ignore[arg-type]
    cache = Cache(folder / ".symproof", KEY)
    memory = Memory(cache, chosen)
    entries = load([folder], memory)
    return entries, list(decide(entries, chosen, cache, memory))


def known(folder: Path, **options: float) -> list[str]:
    """The claims that a run knows before it decides."""
    return [entry.id for entry in check(folder, **options)[0] if entry.known is not None]


def test_an_unchanged_file_is_shown_as_it_was_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of the result, variants too, without reading or deciding anything."""
    entries, first = check(folder)
    assert [entry.known for entry in entries] == [None, None]

    def nobody(*args: object) -> None:
        raise AssertionError("nothing is decided")

    monkeypatch.setattr(claims, "check_claims", nobody)
    monkeypatch.setattr("symproof.reading.claims.read", nobody)
    _, again = check(folder)
    assert len(again) == 2
    for one, two in zip(first, again, strict=True):
        assert one.expected == two.expected and one.refute[0].expected == two.refute[0].expected == "refuted"
        assert two.seconds == two.refute[0].seconds == 0
        old, new = one.encode(), two.encode()
        for data in (old, new, *old["refute"], *new["refute"], *old["steps"], *new["steps"]):
            data["seconds"] = 0
        assert old == new


def test_a_changed_file_is_decided_again(folder: Path) -> None:
    """One changed byte: that file is read, the other is not."""
    check(folder)
    (folder / "b.yaml").write_text(GOOD.format(name="b", k=5))
    assert known(folder) == ["a"]
    assert known(folder) == ["a", "b"]


@pytest.mark.parametrize("options", [{"timeout": 9.0}, {"memory": 512}, {"seed": 1}])
def test_other_options_are_another_question(folder: Path, options: dict[str, float]) -> None:
    """What could change a verdict is part of the key."""
    check(folder)
    assert known(folder, **options) == []


def test_a_name_that_is_taken_meanwhile_is_noticed(folder: Path) -> None:
    """A new file before an unchanged one takes its claim's name: the unchanged one is read again."""
    check(folder)
    (folder / "a-first.yaml").write_text(GOOD.format(name="b", k=6))
    _, found = check(folder)
    assert [(result.file and Path(result.file).name, result.verdict) for result in found] == [
        ("a-first.yaml", "proved"),
        ("a.yaml", "proved"),
        ("b.yaml", "invalid"),
    ]
    assert "taken" in found[2].message


def test_what_cannot_be_read_or_ran_out_of_time_is_not_kept(folder: Path) -> None:
    """Such files are tried again by the next run."""
    (folder / "a.yaml").write_text("claim: a\nprove: x = \n---")
    slow = "claim: b\nlet: {f: function, x: real}\nprove: f(x) = f(x + 1)^2 + f(x + 3)\n"
    (folder / "b.yaml").write_text(slow)
    _, found = check(folder, timeout=0.001)
    assert [result.verdict for result in found] == ["invalid", "undecided"]
    assert known(folder, timeout=0.001) == []


def test_a_file_that_changes_while_it_is_decided_is_not_kept(folder: Path) -> None:
    """The results belong to what was read, and that is gone."""
    cache = Cache(folder / ".symproof", KEY)
    memory = Memory(cache, Options())
    entries = load([folder], memory)
    (folder / "a.yaml").write_text(GOOD.format(name="a", k=7))
    list(decide(entries, Options(), cache, memory))
    assert known(folder) == ["b"]


def test_an_edited_memory_is_not_believed(folder: Path) -> None:
    """A `refuted` made `proved` by hand: the signature is wrong, the file is decided again."""
    (folder / "a.yaml").write_text("claim: a\nlet: {x: real}\nprove: x + x = 3 x\n")
    check(folder)
    for path in folder.glob(".symproof/*/*/*.claims"):
        path.write_bytes(path.read_bytes().replace(b'"refuted"', b'"proved"'))
    entries, found = check(folder)
    assert [entry.known for entry in entries] == [None, None]
    assert found[0].verdict == "refuted"
