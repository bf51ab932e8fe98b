"""What the commands share: options, where claims are found, progress, and files that are written."""

from __future__ import annotations

import contextlib
import functools
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from symproof.reporting.live import Live
    from symproof.reporting.terminal import Painter
    from symproof.results import ClaimResult
    from symproof.running.entries import Entry, Memory


INTERRUPTED = 130
F = TypeVar("F", bound=Callable[..., Any])


class Trouble(click.ClickException):
    """Something outside the claims is in the way; says what to do."""

    exit_code = 2


def deciding(jobs: bool = True, cluster: bool = True) -> Callable[[F], F]:
    """The options that bound decisions and say where they are made; the command is given `options`."""
    found = [
        click.option(
            "--timeout",
            type=click.FloatRange(min=0.1),
            default=10.0,
            metavar="S",
            help="Seconds that a statement may take.  [default: 10]",
        ),
        click.option(
            "--memory",
            type=click.IntRange(min=128),
            default=1024,
            metavar="MB",
            help="Memory that a statement may take.  [default: 1024]",
        ),
        click.option(
            "--seed", type=int, default=0, metavar="N", help="Seed of every random choice.  [default: 0]"
        ),
    ]
    if cluster:
        help = "Decide on the dask.distributed cluster with this scheduler, such as tcp://host:8786."
        found.insert(0, click.option("--cluster", default=None, metavar="ADDRESS", help=help))
    if jobs:
        help = "Processes that decide at the same time.  [default: one a processor]"
        found.insert(
            0, click.option("--jobs", type=click.IntRange(min=1), default=processors, metavar="N", help=help)
        )

    def decorate(command: F) -> F:
        @functools.wraps(command)
        def gathered(**values: Any) -> Any:
            from dataclasses import fields

            from symproof.options import Options

            taken = {field.name: values.pop(field.name) for field in fields(Options) if field.name in values}
            return command(options=Options(**taken), **values)

        for option in reversed(found):
            gathered = option(gathered)
        return cast(F, gathered)

    return decorate


def processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def strictness(command: F) -> F:
    """The options that say which verdicts pass."""
    command = click.option("--lenient", is_flag=True, help="`conditional` passes too.")(command)
    return click.option("--strict", is_flag=True, help="`supported` does not pass.")(command)


def verbose_option(command: F) -> F:
    return click.option("--verbose", "-v", is_flag=True, help="Tell how each result is known.")(command)


def json_option(command: F) -> F:
    help = "Write the results as JSON; `-` for standard output."
    return click.option("--json", "json_file", metavar="FILE", help=help)(command)


def paths_argument(command: F) -> F:
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path))(command)


def entries_in(paths: tuple[Path, ...], memory: Memory | None = None) -> list[Entry]:
    """What stands in the given files and folders, or in claims/."""
    from symproof.running.entries import load

    if not paths and not Path("claims").exists():
        raise Trouble("there is no folder claims/ here; write a first claim with: symproof new NAME")
    entries = load(paths or (Path("claims"),), memory)
    if not entries:
        where = ", ".join(map(str, paths)) or "claims/"
        raise Trouble(f"there is no claim file (*.yaml) in {where}; write one with: symproof new NAME")
    return entries


def new_painter() -> Painter:
    from symproof.reporting.terminal import Painter

    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if not terminal:
        return Painter(colour)
    from shutil import get_terminal_size

    return Painter(colour, get_terminal_size().columns)


@contextlib.contextmanager
def clean_stop(live: Live, words: str) -> Iterator[None]:
    """Take the line of progress away at the end, also after Ctrl-C; then say what became of the work."""
    try:
        yield
    except KeyboardInterrupt:
        live.clear()
        click.echo(f"stopped: {words}", err=True)
        raise
    finally:
        live.clear()


def live_view(
    names: Sequence[str], strict: bool = False, lenient: bool = False, verbose: bool = False
) -> Live:
    from symproof.reporting.live import Live

    def passes(result: ClaimResult) -> bool:
        return not result.exit_code(strict=strict, lenient=lenient)

    progress = sys.stderr if sys.stderr.isatty() else None
    tell = teller() if verbose else None
    return Live(new_painter(), names, sys.stdout, progress, passes=passes, tell=tell)


def teller() -> Callable[[ClaimResult], str]:
    """Tells how a result is known."""
    from symproof.reading.ledger import load
    from symproof.reporting.telling import verbose

    axioms, width = load(), new_painter().width
    return lambda result: verbose(result, axioms, width)


def write(target: str, text: str) -> None:
    """Write a report to a file, or to standard output for `-`."""
    if target == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Trouble(f"cannot write {target}: {error.strerror}") from None
