"""What stands in claim files, and what is known already of files that did not change.

An unchanged file is neither read nor decided again: its results are shown as they were
found.  They are believed like all results of the cache: signed with the user's key and
filed under the program's own hash, the file's name and bytes, and the options.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from symproof.options import Options
from symproof.reading.folders import claim_files
from symproof.reading.problems import Problem
from symproof.results import ClaimResult
from symproof.running.cache import Cache

if TYPE_CHECKING:
    from symproof.reading.claims import Claim


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a file under one name: a claim, what is wrong with it, or what is known already."""

    id: str
    file: str | None
    claim: Claim | None = None
    problems: tuple[Problem, ...] = ()
    known: ClaimResult | None = None


class Memory:
    """The results for whole files, as long as the files stay as they are."""

    def __init__(self, cache: Cache, options: Options) -> None:
        self._cache = cache
        self._options = [options.timeout, options.memory, options.seed]
        self._names: dict[str, str] = {}
        self._places: dict[str, dict[str, str]] = {}

    def recall(self, path: Path, taken: dict[str, str]) -> list[Entry] | None:
        """The entries of the file if it is unchanged; `taken` learns its names."""
        file = str(path)
        self._names[file] = self._name(path)
        kept = self._cache.get(self._names[file], "claims")
        if kept is None or not taken.keys().isdisjoint(kept["places"]):
            return None
        taken.update(kept["places"])
        found = [ClaimResult.restore(data, expected) for expected, data in kept["claims"]]
        return [Entry(result.id, file, known=result) for result in found]

    def read(self, path: Path, places: dict[str, str]) -> None:
        """The file was read, and its claims stand at these places."""
        self._places[str(path)] = places

    def keep(self, file: str, results: Sequence[ClaimResult]) -> None:
        """Keep all results of a file, unless it has changed since it was read."""
        if file not in self._places or self._name(Path(file)) != self._names[file]:
            return
        claims = [[result.expected, _still(result)] for result in results]
        self._cache.put(self._names[file], {"places": self._places[file], "claims": claims}, "claims")

    def _name(self, path: Path) -> str:
        try:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            content = ""
        return hashlib.sha256(repr([str(path), content, self._options]).encode()).hexdigest()


def _still(result: ClaimResult) -> dict[str, Any]:
    """The result as data; finding it again takes no time."""
    refute = tuple(replace(variant, seconds=0.0) for variant in result.refute)
    steps = tuple(replace(step, seconds=0.0) for step in result.steps)
    return replace(result, seconds=0.0, refute=refute, steps=steps).encode()


def load(
    paths: Sequence[Path], memory: Memory | None = None, taken: dict[str, str] | None = None
) -> list[Entry]:
    """The claims in files and folders; all that is wrong with one claim is one entry.

    `taken` holds the names of the claims that were loaded before, and where they stand.
    """
    entries: list[Entry] = []
    taken = {} if taken is None else taken
    for path in claim_files(paths):
        known = None if memory is None or isinstance(path, Problem) else memory.recall(path, taken)
        if known is not None:
            entries += known
        elif isinstance(path, Problem):
            entries += _gathered([path])
        else:
            from symproof.reading.claims import read

            before = set(taken)
            entries += _gathered(read(path, taken))
            if memory is not None:
                memory.read(path, {name: place for name, place in taken.items() if name not in before})
    return entries


def from_text(text: str, name: str) -> list[Entry]:
    """The claims in a text; `name` stands for the file in what is said of them."""
    from symproof.reading.claims import read_text

    return list(_gathered(read_text(text, name)))


def _gathered(found: Sequence[Claim | Problem]) -> Iterator[Entry]:
    """An entry for each claim, and one for all problems of a claim that cannot be read."""
    last: Entry | None = None
    for item in found:
        if not isinstance(item, Problem):
            if last is not None:
                yield last
            last = Entry(item.id, item.file, item)
            continue
        # a problem with a file as a whole begins with the name of the file
        file = item.place.file if item.place is not None else item.message.partition(":")[0]
        if last is not None and last.problems and item.claim is not None and last.id == item.claim:
            last = replace(last, problems=(*last.problems, item))
            continue
        if last is not None:
            yield last
        last = Entry(item.claim or Path(file or "claims").name, file, problems=(item,))
    if last is not None:
        yield last


def true_claims(entries: Sequence[Entry]) -> list[Claim]:
    """The claims that are meant to be true."""
    claims = [entry.claim for entry in entries if entry.claim is not None]
    return [claim for claim in claims if claim.expect == "proved"]


def decide(
    entries: Sequence[Entry],
    options: Options,
    cache: Cache | None,
    memory: Memory | None = None,
    watch: Callable[[str], None] | None = None,
) -> Iterator[ClaimResult]:
    """The results of all entries, in order; where all are known, nothing that decides is loaded."""
    if all(entry.known is not None for entry in entries):
        yield from (entry.known for entry in entries if entry.known is not None)
        return
    from symproof.running.claims import check_claims

    yield from check_claims(entries, options, cache, memory=memory, watch=watch)
