"""Claims as tests: `pytest claims/` collects claim files once symproof is installed.

A claim is a test, and so is each of its false variants.  A test passes when the verdict is the
expected one.  Without claim files nothing of symproof is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from symproof.options import Options
    from symproof.results import ClaimResult
    from symproof.running.cache import Cache
    from symproof.running.entries import Entry

CONTRADICTION = 3
# What every claim has: a name and a statement, at the margin or as the item of a list.
_NAME = re.compile(r"^(- )?claim:", re.MULTILINE)
_GOAL = re.compile(r"^( *|- )prove:", re.MULTILINE)
_named = pytest.StashKey[list[Path]]()
_taken = pytest.StashKey[dict[str, str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("symproof", "claims as tests")
    group.addoption("--symproof-strict", action="store_true", help="`supported` claims fail")
    group.addoption("--symproof-lenient", action="store_true", help="`conditional` claims pass")
    group.addoption(
        "--symproof-timeout", type=float, default=10.0, metavar="S", help="seconds that a statement may take"
    )
    group.addoption(
        "--symproof-memory", type=int, default=1024, metavar="MB", help="memory that a statement may take"
    )
    group.addoption(
        "--symproof-no-cache", action="store_true", help="neither use nor keep results in .symproof/"
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A claim file is a collector of tests."""
    if file_path.suffix not in (".yaml", ".yml") or not _asked_for(parent.config, file_path):
        return None
    try:
        text = file_path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    if not _NAME.search(text) or not _GOAL.search(text):
        return None
    return ClaimFile.from_parent(parent, path=file_path)


def _asked_for(config: pytest.Config, path: Path) -> bool:
    """Claim files count in folders called claims, and where they or a folder of them was named.

    A folder with tests in Python is none of claims: what lies there are data of those tests.
    """
    if "claims" in path.parts[len(config.rootpath.parts) : -1]:
        return True
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        return False
    named = config.stash.get(_named, None)
    if named is None:
        found = [Path(config.invocation_params.dir, arg.partition("::")[0]) for arg in config.args]
        named = config.stash[_named] = [given for given in found if not any(given.rglob("test_*.py"))]
    return any(given == path or given in path.parents for given in named)


class ClaimFile(pytest.File):
    """A file with claims."""

    def collect(self) -> Iterator[pytest.Item]:
        """A test for each claim, followed by those for its false variants."""
        from symproof.options import Options
        from symproof.running.cache import FOLDER, Cache
        from symproof.running.entries import Memory, load

        option = self.config.option
        options = Options(option.symproof_timeout, option.symproof_memory)
        cache = None if option.symproof_no_cache else Cache(self.config.rootpath / FOLDER)
        memory = None if cache is None else Memory(cache, options)
        taken = self.config.stash.setdefault(_taken, {})
        for entry in load([_shown(self.path)], memory, taken):
            false = entry.known.refute if entry.known else entry.claim.variants if entry.claim else ()
            for number in range(1 + len(false)):
                name = f"{entry.id}/refute-{number}" if number else entry.id
                yield ClaimTest.from_parent(
                    self, name=name, entry=entry, number=number, options=options, cache=cache
                )


class ClaimTest(pytest.Item):
    """A claim without its variants, or one false variant."""

    def __init__(
        self, *, entry: Entry, number: int, options: Options, cache: Cache | None, **rest: Any
    ) -> None:
        super().__init__(**rest)
        self.entry = entry
        self.number = number
        self.options = options
        self.cache = cache

    def runtest(self) -> None:
        """Decide it; a verdict that was not expected fails."""
        from symproof.results import InternalContradiction
        from symproof.running.claims import check_part

        option = self.config.option
        try:
            result = check_part(self.entry, self.number, self.options, self.cache)
        except InternalContradiction as contradiction:
            pytest.exit(f"symproof has proved and refuted one statement: {contradiction}", CONTRADICTION)
        self.user_properties.append(("verdict", result.verdict))
        if result.exit_code(strict=option.symproof_strict, lenient=option.symproof_lenient):
            raise Unexpected(result)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was found, the way `symproof check` shows it."""
        if not isinstance(excinfo.value, Unexpected):
            return super().repr_failure(excinfo, style)
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The place of the claim, and its name."""
        claim = self.entry.claim
        place = None
        if claim is not None:
            place = claim.variants[self.number - 1].place if self.number else claim.place
        return self.path, place and place.line - 1, self.name


class Unexpected(Exception):
    """A verdict that was not the expected one; its first line says the most."""

    def __init__(self, result: ClaimResult) -> None:
        from symproof.reporting.terminal import Painter, explain, safe

        reason = "; ".join(safe(line.strip()) for line in explain(result)[:1]).rstrip(":")
        head = f"{result.verdict}: {safe(result.statement)}" + (f" ({reason})" if reason else "")
        block = Painter(colour=False).surprises([result], strict=True, lenient=False)
        super().__init__(f"{head}\n{block}".rstrip())


def _shown(path: Path) -> Path:
    """The path as a person would write it here."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
