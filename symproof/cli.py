"""The command: thin, and quick to start, since everything else is imported when it is needed."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from symproof import __version__

if TYPE_CHECKING:
    from symproof.options import Options
    from symproof.reporting.live import Live
    from symproof.reporting.terminal import Painter
    from symproof.results import ClaimResult
    from symproof.running.entries import Entry, Memory

INTERRUPTED = 130
CONTRADICTION = 3
F = TypeVar("F", bound=Callable[..., Any])


class Trouble(click.ClickException):
    """Something outside the claims is in the way; says what to do."""

    exit_code = 2


def main() -> None:
    """Run the command and leave with its exit code."""
    gc.set_threshold(50_000, 20, 20)  # loading makes many objects and no garbage
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code = cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except Exception as error:
        from symproof.results import InternalContradiction
        from symproof.running.crew import Unavailable

        if isinstance(error, Unavailable):
            Trouble(str(error)).show()
            sys.exit(Trouble.exit_code)
        if not isinstance(error, InternalContradiction):
            raise
        click.echo(
            f"{error}\nsymproof has proved and refuted the same statement: one of the two is wrong, and "
            "nothing it says can be\ntrusted until that is found. Please report it together with this:\n"
            + json.dumps(error.report, ensure_ascii=False),
            err=True,
        )
        code = CONTRADICTION
    sys.exit(code)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="symproof", message="%(prog)s %(version)s")
def cli() -> None:
    """Say whether a mathematical claim is true, how that is known, and where a false one breaks.

    \b
    symproof new my-claim                a claim to start from
    symproof check                       decide every claim in claims/
    symproof prove '(a+b)^2 = a^2 + 2 a b + b^2' --let 'a: real' --let 'b: real'
    symproof grade assignment.yaml submissions/   marks derivations line by line

    \b
    Exit codes: 0 all as expected · 1 something is not · 2 something cannot be read, or wrong usage ·
    3 symproof contradicts itself (please report it) · 130 stopped with Ctrl-C
    """


def limits(command: F) -> F:
    """The options that bound a decision."""
    for option in reversed(
        [
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
    ):
        command = option(command)
    return command


def strictness(command: F) -> F:
    """The options that say which verdicts pass."""
    command = click.option("--lenient", is_flag=True, help="`conditional` passes too.")(command)
    return click.option("--strict", is_flag=True, help="`supported` does not pass.")(command)


def verbose_option(command: F) -> F:
    return click.option("--verbose", "-v", is_flag=True, help="Tell how each result is known.")(command)


def jobs_option(command: F) -> F:
    return click.option(
        "--jobs",
        type=click.IntRange(min=1),
        default=None,
        metavar="N",
        help="Processes that decide at the same time.  [default: one a processor]",
    )(command)


def cluster_option(command: F) -> F:
    return click.option(
        "--cluster",
        default=None,
        metavar="ADDRESS",
        help="Decide on the dask.distributed cluster with this scheduler, such as tcp://host:8786.",
    )(command)


def json_option(command: F) -> F:
    help = "Write the results as JSON; `-` for standard output."
    return click.option("--json", "json_file", metavar="FILE", help=help)(command)


def paths_argument(command: F) -> F:
    return click.argument("paths", nargs=-1, type=click.Path(path_type=Path))(command)


def _options(
    timeout: float, memory: int, seed: int, jobs: int | None = 1, cluster: str | None = None
) -> Options:
    from symproof.options import Options

    if jobs is None:
        jobs = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Options(timeout, memory, seed, jobs, cluster)


def _entries(paths: tuple[Path, ...], memory: Memory | None = None) -> list[Entry]:
    """What stands in the given files and folders, or in claims/."""
    from symproof.running.entries import load

    if not paths and not Path("claims").exists():
        raise Trouble("there is no folder claims/ here; write a first claim with: symproof new NAME")
    entries = load(paths or (Path("claims"),), memory)
    if not entries:
        where = ", ".join(map(str, paths)) or "claims/"
        raise Trouble(f"there is no claim file (*.yaml) in {where}; write one with: symproof new NAME")
    return entries


def _painter() -> Painter:
    from symproof.reporting.terminal import Painter

    terminal = sys.stdout.isatty()
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if not terminal:
        return Painter(colour)
    from shutil import get_terminal_size

    return Painter(colour, get_terminal_size().columns)


@contextlib.contextmanager
def _clean_stop(live: Live, words: str) -> Iterator[None]:
    """Take the line of progress away at the end, also after Ctrl-C; then say what became of the work."""
    try:
        yield
    except KeyboardInterrupt:
        live.clear()
        click.echo(f"stopped: {words}", err=True)
        raise
    finally:
        live.clear()


def _live(names: Sequence[str], strict: bool = False, lenient: bool = False, verbose: bool = False) -> Live:
    from symproof.reporting.live import Live

    def passes(result: ClaimResult) -> bool:
        return not result.exit_code(strict=strict, lenient=lenient)

    progress = sys.stderr if sys.stderr.isatty() else None
    tell = _teller() if verbose else None
    return Live(_painter(), names, sys.stdout, progress, passes=passes, tell=tell)


def _teller() -> Callable[[ClaimResult], str]:
    """Tells how a result is known."""
    from symproof.reading.ledger import load
    from symproof.reporting.telling import verbose

    axioms, width = load(), _painter().width
    return lambda result: verbose(result, axioms, width)


def _write(target: str, text: str) -> None:
    """Write a report to a file, or to standard output for `-`."""
    if target == "-":
        click.echo(text, nl=False)
        return
    try:
        Path(target).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Trouble(f"cannot write {target}: {error.strerror}") from None


@cli.command()
@paths_argument
@json_option
@click.option("--junit", "junit_file", metavar="FILE", help="Write the results as JUnit XML.")
@click.option("--sarif", "sarif_file", metavar="FILE", help="Write what is not as expected as SARIF.")
@verbose_option
@strictness
@jobs_option
@cluster_option
@limits
@click.option("--no-cache", is_flag=True, help="Neither use nor keep results in .symproof/.")
def check(
    paths: tuple[Path, ...],
    json_file: str | None,
    junit_file: str | None,
    sarif_file: str | None,
    verbose: bool,
    strict: bool,
    lenient: bool,
    jobs: int | None,
    cluster: str | None,
    timeout: float,
    memory: int,
    seed: int,
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
    options = _options(timeout, memory, seed, jobs, cluster)
    cache = None if no_cache else Cache(Path(FOLDER))
    files = None if cache is None else Memory(cache, options)
    entries = _entries(paths, files)
    names = [entry.id for entry in entries]
    silent = "-" in (json_file, junit_file, sarif_file)
    live = None if silent else _live(names, strict, lenient, verbose)
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
        painter = _painter()
        click.echo(painter.surprises(found, strict=strict, lenient=lenient), nl=False)
        click.echo("\n" + painter.summary(found, time.monotonic() - began), nl=False)
    if json_file is not None:
        from symproof.reporting import jsonout

        _write(json_file, jsonout.render(found))
    if junit_file is not None:
        from symproof.reporting import junit

        _write(junit_file, junit.render(found, strict=strict, lenient=lenient))
    if sarif_file is not None:
        from symproof.reporting import sarif

        _write(sarif_file, sarif.render(found, strict=strict, lenient=lenient))
    if cache is not None and cache.problem:
        click.echo(f"note: {cache.problem}", err=True)
    if stopped:
        click.echo(f"stopped: {len(found)} of {len(entries)} claims are decided", err=True)
        return INTERRUPTED
    return max((result.exit_code(strict=strict, lenient=lenient) for result in found), default=0)


@cli.command()
@click.argument("statement")
@click.option("--let", multiple=True, metavar="'NAME: TYPE'", help="Declare a symbol; may be repeated.")
@click.option("--given", multiple=True, metavar="HYPOTHESIS", help="Assume a statement; may be repeated.")
@json_option
@verbose_option
@strictness
@limits
def prove(
    statement: str,
    let: tuple[str, ...],
    given: tuple[str, ...],
    json_file: str | None,
    verbose: bool,
    strict: bool,
    lenient: bool,
    timeout: float,
    memory: int,
    seed: int,
) -> int:
    """Decide one STATEMENT.

    \b
    symproof prove '(a+b)^2 = a^2 + 2 a b + b^2' --let 'a: real' --let 'b: real'
    symproof prove 'x + 1/x >= 2' --let 'x: real > 0'
    symproof prove "x' A x >= 0" --let 'n: size' --let 'A: psd matrix(n)' --let 'x: vector(n)'
    """
    from symproof.running.claims import prove_text

    result = prove_text(statement, let, given, _options(timeout, memory, seed))
    if json_file != "-":
        click.echo(_painter().one(result) + (_teller()(result) if verbose else ""), nl=False)
    if json_file is not None:
        from symproof.reporting import jsonout

        _write(json_file, jsonout.render([result]))
    return result.exit_code(strict=strict, lenient=lenient)


GRADES = ("html", "md", "json", "csv", "gradescope", "markus")


@cli.command()
@click.argument("assignment", type=click.Path(path_type=Path))
@click.argument("submissions", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "forms",
    default=None,
    metavar="F,…",
    help=f"Of {', '.join(GRADES)}; printed, or written into --out.  [default with --out: html,csv,json]",
)
@click.option("--out", type=click.Path(path_type=Path), default=None, metavar="DIR", help="Write files here.")
@click.option(
    "--feedback",
    type=click.Choice(["mark", "hint", "full"]),
    default=None,
    metavar="LEVEL",
    help="mark, hint or full: what students are shown.  [default: what the assignment says]",
)
@click.option(
    "--harness",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="Write the files of a Gradescope autograder into DIR, to be zipped; grades nothing.",
)
@jobs_option
@cluster_option
@limits
@click.option("--no-cache", is_flag=True, help="Neither use nor keep answers in .symproof/.")
def grade(
    assignment: Path,
    submissions: tuple[Path, ...],
    forms: str | None,
    out: Path | None,
    feedback: str | None,
    harness: Path | None,
    jobs: int | None,
    cluster: str | None,
    timeout: float,
    memory: int,
    seed: int,
    no_cache: bool,
) -> int:
    """Grade derivations line by line: Markdown or TeX files, or folders of them.

    \b
    symproof grade assignments/hw1.yaml alice.md
    symproof grade assignments/hw1.yaml submissions/ --out graded/ --format html,csv
    symproof grade assignments/hw1.yaml --harness autograder/
    """
    from symproof.grading.assignments import claim_sources, load
    from symproof.grading.classroom import gather, grade_class
    from symproof.reading.problems import Problem
    from symproof.reporting import grades_files, grades_platforms, grades_terminal
    from symproof.running.cache import FOLDER, Cache

    chosen = [form.strip() for form in (forms or ("html,csv,json" if out else "")).split(",") if form.strip()]
    for form in chosen:
        if form not in GRADES:
            raise click.BadParameter(f"{form!r} is none of {', '.join(GRADES)}", param_hint="--format")
    if len(chosen) > 1 and out is None:
        raise click.BadParameter("several formats need a folder: --out DIR", param_hint="--format")
    try:
        task = load(assignment)
        if harness is not None:
            for file in grades_platforms.harness(assignment, claim_sources(assignment), harness):
                click.echo(str(file))
            return 0
    except Problem as problem:
        raise Trouble(str(problem)) from None
    for path in submissions:
        if not path.exists():
            raise Trouble(f"there is no file or folder {path}")
    handed = gather(submissions)
    if not handed:
        raise Trouble("there is nothing to grade; name files (*.md, *.tex, *.txt) or folders that hold them")
    options = _options(timeout, memory, seed, jobs, cluster)
    live = _live([item.name for item in handed])
    found = []
    printed = bool(chosen) and out is None
    with _clean_stop(live, "answers found so far are kept; the same command goes on from there"):
        cache = None if no_cache else Cache(Path(FOLDER))
        for graded in grade_class(task, handed, options, cache, live.working):
            found.append(graded)
            live.show("" if printed else grades_terminal.submission(graded))
    sources = {item.name: item.text for item in handed}
    if out is not None and out.suffix == ".json" and len(chosen) == 1 and len(found) == 1:
        _write(str(out), grades_files.single(chosen[0], found, sources, feedback))
    elif out is not None:
        try:
            written = grades_files.write(out, chosen, found, sources, feedback)
        except OSError as error:
            raise Trouble(f"cannot write into {out}: {error.strerror}") from None
        click.echo(f"{len(written)} files in {out}", err=True)
    elif printed:
        click.echo(grades_files.single(chosen[0], found, sources, feedback), nl=False)
    elif len(found) > 1:
        click.echo("\n" + grades_terminal.summary(found), nl=False)
    return 0


@cli.command()
@paths_argument
@click.option(
    "--format",
    "formats",
    default="html,md,json",
    metavar="FORMATS",
    help="Which of html, md, json and pdf, with commas.  [default: html,md,json]",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    metavar="DIR",
    help="The folder to write to.  [default: reports]",
)
@strictness
@jobs_option
@cluster_option
@limits
@click.option(
    "--no-times", is_flag=True, help="Leave out times: the same claims give the same report, byte for byte."
)
@click.option("--no-cache", is_flag=True, help="Neither use nor keep results in .symproof/.")
def report(
    paths: tuple[Path, ...],
    formats: str,
    out: Path,
    strict: bool,
    lenient: bool,
    jobs: int | None,
    cluster: str | None,
    timeout: float,
    memory: int,
    seed: int,
    no_times: bool,
    no_cache: bool,
) -> int:
    """Decide claim files and write what was found, and how it is known, for people to read.

    \b
    symproof report
    symproof report claims/adam.yaml --format html --out site
    symproof report --format pdf            (needs Chromium or Chrome)
    """
    from symproof.reporting import files, pdf
    from symproof.running.cache import FOLDER, Cache
    from symproof.running.entries import decide

    wanted = [name.strip() for name in formats.split(",")]
    unknown = [name for name in wanted if name not in (*files.FORMATS, "pdf")]
    if unknown:
        raise click.BadParameter(f"{unknown[0]!r} is none of html, md, json, pdf", param_hint="--format")
    if "pdf" in wanted and pdf.browser() is None:
        raise Trouble(pdf.MISSING)
    entries = _entries(paths)
    cache = None if no_cache else Cache(Path(FOLDER))
    options = _options(timeout, memory, seed, jobs, cluster)
    live, found = _live([entry.id for entry in entries], strict, lenient), []
    with _clean_stop(live, "no report is written; what was decided is kept in .symproof/"):
        for result in decide(entries, options, cache, watch=live.working):
            found.append(result)
            live.claim(result)
    click.echo(_painter().surprises(found, strict=strict, lenient=lenient), nl=False)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"cannot make the folder {out}: {error.strerror}") from None
    style = files.Style(strict, lenient, not no_times)
    for name in wanted:
        path = out / f"report.{name}"
        if name == "pdf":
            try:
                pdf.write(files.FORMATS["html"](found, style), path)
            except pdf.NoBrowser as error:
                raise Trouble(str(error)) from None
        else:
            _write(str(path), files.FORMATS[name](found, style))
        click.echo(f"wrote {path}")
    click.echo(_painter().summary(found, sum(result.seconds for result in found)), nl=False)
    return max((result.exit_code(strict=strict, lenient=lenient) for result in found), default=0)


@cli.command()
@click.argument(
    "files", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True), metavar="[FILE]…"
)
@jobs_option
@limits
def recheck(files: tuple[Path, ...], jobs: int | None, timeout: float, memory: int, seed: int) -> int:
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
    painter, rejected = _painter(), 0
    for word in recheck(found, _options(timeout, memory, seed, jobs)):
        rejected += not word.accepted
        line = painter.word(word.accepted, word.record.verdict, word.record.name, word.text)
        click.echo(line, nl=False)
    click.echo(f"\n{len(found) - rejected} accepted, {rejected} rejected, without sympy")
    return 1 if rejected else 0


@cli.command()
@paths_argument
@json_option
@click.option(
    "--limit", type=click.IntRange(min=1), default=60, metavar="N", help="Mutants of a claim.  [default: 60]"
)
@jobs_option
@cluster_option
@limits
def mutate(
    paths: tuple[Path, ...],
    json_file: str | None,
    limit: int,
    jobs: int | None,
    cluster: str | None,
    timeout: float,
    memory: int,
    seed: int,
) -> int:
    """Make false variants of true claims, one slip each, and see them refuted.

    What is proved is true in spite of the slip; what is neither is listed for what it is.

    \b
    symproof mutate
    symproof mutate claims/adam.yaml --json -
    """
    from symproof.running.entries import true_claims
    from symproof.running.mutate import mutate as tallies

    entries = _entries(paths)
    claims = true_claims(entries)
    live, painter, found = _live([name for name, *_ in claims]), _painter(), []
    options = _options(timeout, memory, seed, jobs, cluster)
    with _clean_stop(live, f"{len(claims)} claims were to be mutated"):
        for tally in tallies(claims, options, limit, lambda question, stage: live.working(question.name)):
            found.append(tally)
            left = [(f"{mutant.kind}: {mutant.description}", result) for mutant, result in tally.left()]
            text = painter.tally(tally.claim, tally.count(), left)
            live.show(text if json_file != "-" else "")
    if json_file is not None:
        from symproof.reporting import jsonout

        _write(json_file, jsonout.text([tally.encode() for tally in found]))
    unread = [entry.id for entry in entries if entry.problems]
    if unread:
        raise Trouble(f"cannot be read: {', '.join(unread)}; `symproof check` says why")
    return 0


@cli.command()
@click.argument("name")
def new(name: str) -> int:
    """Write a claim to start from, claims/NAME.yaml; it passes as it is.

    Beside it stands claims/claims.schema.json, from which editors complete and check claims.

    \b
    symproof new square-of-a-sum && symproof check
    """
    from symproof.reading.starter import SCHEMA, starter

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name):
        raise click.BadParameter("a name has letters, digits, `-`, `_` and `.` only", param_hint="NAME")
    path = Path("claims", f"{name}.yaml")
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(starter(name))
        Path("claims", SCHEMA).write_text(_description("claims"), encoding="utf-8")
    except FileExistsError:
        raise Trouble(f"{path} exists already; choose another name or edit that file") from None
    except OSError as error:
        raise Trouble(f"cannot write {path}: {error.strerror}") from None
    click.echo(f"wrote {path}; decide it with: symproof check {path}")
    return 0


@cli.command()
@click.argument("kind", type=click.Choice(["claims", "assignment", "highlighting"]), default="claims")
def schema(kind: str) -> int:
    """Print what editors need: the JSON Schema of claim files (KIND claims, if none is given) or of
    assignments, or a TextMate grammar that highlights the mathematics in claim files.

    \b
    symproof schema > claims.schema.json
    symproof schema assignment > assignment.schema.json
    symproof schema highlighting > symproof.tmLanguage.json
    """
    click.echo(_description(kind), nl=False)
    return 0


def _description(kind: str) -> str:
    if kind == "claims":
        from symproof.reading.schema import schema as describe
    elif kind == "assignment":
        from symproof.grading.schema import schema as describe
    else:
        from symproof.reading.highlighting import grammar as describe
    return json.dumps(describe(), ensure_ascii=False, indent=2) + "\n"


@cli.command()
@click.argument("names", nargs=-1)
def ledger(names: tuple[str, ...]) -> int:
    """Print the axioms that proofs may rest on, or those whose names contain one of NAMES.

    \b
    symproof ledger
    symproof ledger norm expectation
    """
    from symproof.reading.ledger import load
    from symproof.reporting.axioms import show

    found = [axiom for name, axiom in load().items() if not names or any(part in name for part in names)]
    if not found:
        raise Trouble(f"no axiom has {' or '.join(names)} in its name; `symproof ledger` lists them all")
    click.echo("\n".join(map(show, found)), nl=False)
    return 0
