"""Claims and statements decided: `check`, `prove`, `recheck`, `mutate`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from symproof.command.shared import (
    INTERRUPTED,
    Trouble,
    clean_stop,
    deciding,
    entries_in,
    json_option,
    live_view,
    new_painter,
    paths_argument,
    strictness,
    teller,
    verbose_option,
    write,
)

if TYPE_CHECKING:
    from symproof.options import Options
    from symproof.results import ClaimResult


@click.command()
@paths_argument
@json_option
@click.option("--junit", "junit_file", metavar="FILE", help="Write the results as JUnit XML.")
@click.option("--sarif", "sarif_file", metavar="FILE", help="Write what is not as expected as SARIF.")
@verbose_option
@strictness
@deciding()
@click.option("--no-cache", is_flag=True, help="Neither use nor keep results in .symproof/.")
def check(
    paths: tuple[Path, ...],
    json_file: str | None,
    junit_file: str | None,
    sarif_file: str | None,
    verbose: bool,
    strict: bool,
    lenient: bool,
    options: Options,
    no_cache: bool,
) -> int:
    """Decide claim files: those in the given files and folders, or in claims/.

    \b
    symproof check
    symproof check claims/adam.yaml --timeout 60
    symproof check --json results.json --junit junit.xml --strict
    """
    from symproof.running.cache import FOLDER, Cache
    from symproof.running.entries import Memory, decide

    began = time.monotonic()
    cache = None if no_cache else Cache(Path(FOLDER))
    files = None if cache is None else Memory(cache, options)
    entries = entries_in(paths, files)
    names = [entry.id for entry in entries]
    silent = "-" in (json_file, junit_file, sarif_file)
    live = None if silent else live_view(names, strict, lenient, verbose)
    found: list[ClaimResult] = []
    stopped = False
    try:
        for result in decide(entries, options, cache, files, live.working if live else None):
            found.append(result)
            if live is not None:
                live.claim(result)
    except KeyboardInterrupt:
        stopped = True
    if live is not None:
        live.clear()
        painter = new_painter()
        click.echo(painter.surprises(found, strict=strict, lenient=lenient), nl=False)
        click.echo("\n" + painter.summary(found, time.monotonic() - began), nl=False)
    if json_file is not None:
        from symproof.reporting import jsonout

        write(json_file, jsonout.render(found))
    if junit_file is not None:
        from symproof.reporting import junit

        write(junit_file, junit.render(found, strict=strict, lenient=lenient))
    if sarif_file is not None:
        from symproof.reporting import sarif

        write(sarif_file, sarif.render(found, strict=strict, lenient=lenient))
    if cache is not None and cache.problem:
        click.echo(f"note: {cache.problem}", err=True)
    if stopped:
        click.echo(f"stopped: {len(found)} of {len(entries)} claims are decided", err=True)
        return INTERRUPTED
    return max((result.exit_code(strict=strict, lenient=lenient) for result in found), default=0)


@click.command()
@click.argument("statement")
@click.option("--let", multiple=True, metavar="'NAME: TYPE'", help="Declare a symbol; may be repeated.")
@click.option("--given", multiple=True, metavar="HYPOTHESIS", help="Assume a statement; may be repeated.")
@json_option
@verbose_option
@strictness
@deciding(jobs=False, cluster=False)
def prove(
    statement: str,
    let: tuple[str, ...],
    given: tuple[str, ...],
    json_file: str | None,
    verbose: bool,
    strict: bool,
    lenient: bool,
    options: Options,
) -> int:
    """Decide one STATEMENT.

    \b
    symproof prove '(a+b)^2 = a^2 + 2 a b + b^2' --let 'a: real' --let 'b: real'
    symproof prove 'x + 1/x >= 2' --let 'x: real > 0'
    symproof prove "x' A x >= 0" --let 'n: size' --let 'A: psd matrix(n)' --let 'x: vector(n)'
    """
    from symproof.running.claims import prove_text

    result = prove_text(statement, let, given, options)
    if json_file != "-":
        click.echo(new_painter().one(result) + (teller()(result) if verbose else ""), nl=False)
    if json_file is not None:
        from symproof.reporting import jsonout

        write(json_file, jsonout.render([result]))
    return result.exit_code(strict=strict, lenient=lenient)


@click.command()
@click.argument(
    "files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="[FILE]…"
)
@deciding(cluster=False)
def recheck(files: tuple[Path, ...], options: Options) -> int:
    """Check certificates and witnesses again with the kernel alone; sympy cannot even be imported.

    FILE is what `symproof check --json FILE` wrote; without one, the results in .symproof/ are taken.

    \b
    symproof check --json results.json && symproof recheck results.json
    """
    from symproof.running.cache import FOLDER, Cache
    from symproof.running.recheck import Unreadable, recheck, records

    try:
        if files:
            found = [record for file in files for record in records(str(file), file.read_bytes())]
        else:
            entries = Cache(Path(FOLDER)).entries()
            found = [record for path, body in entries for record in records(path.stem[:12], body)]
    except Unreadable as error:
        raise Trouble(str(error)) from None
    if not found:
        raise Trouble("there is no certificate or witness to check: run `symproof check` first")
    painter, rejected = new_painter(), 0
    for word in recheck(found, options):
        rejected += not word.accepted
        line = painter.word(word.accepted, word.record.verdict, word.record.name, word.text)
        click.echo(line, nl=False)
    click.echo(f"\n{len(found) - rejected} accepted, {rejected} rejected, without sympy")
    return 1 if rejected else 0


@click.command()
@paths_argument
@json_option
@click.option(
    "--limit", type=click.IntRange(min=1), default=60, metavar="N", help="Mutants of a claim.  [default: 60]"
)
@deciding()
def mutate(
    paths: tuple[Path, ...],
    json_file: str | None,
    limit: int,
    options: Options,
) -> int:
    """Make false variants of true claims, one slip each, and see them refuted.

    What is proved is true in spite of the slip; what is neither is listed for what it is.

    \b
    symproof mutate
    symproof mutate claims/adam.yaml --json -
    """
    from symproof.running.entries import true_claims
    from symproof.running.mutate import mutate as tallies

    entries = entries_in(paths)
    claims = true_claims(entries)
    live, painter, found = live_view([claim.id for claim in claims]), new_painter(), []
    with clean_stop(live, f"{len(claims)} claims were to be mutated"):
        for tally in tallies(claims, options, limit, lambda question, stage: live.working(question.name)):
            found.append(tally)
            left = [(f"{mutant.kind}: {mutant.description}", result) for mutant, result in tally.left()]
            text = painter.tally(tally.claim, tally.count(), left)
            live.show(text if json_file != "-" else "")
    if json_file is not None:
        from symproof.reporting import jsonout

        write(json_file, jsonout.text([tally.encode() for tally in found]))
    unread = [entry.id for entry in entries if entry.problems]
    if unread:
        raise Trouble(f"cannot be read: {', '.join(unread)}; `symproof check` says why")
    return 0
