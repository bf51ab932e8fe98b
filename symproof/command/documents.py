"""Submissions graded and reports written: `grade`, `report`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from symproof.command.shared import (
    Trouble,
    clean_stop,
    deciding,
    entries_in,
    live_view,
    new_painter,
    paths_argument,
    strictness,
    write,
)

if TYPE_CHECKING:
    from symproof.options import Options


GRADES = ("html", "md", "json", "csv", "gradescope", "markus")


@click.command()
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
@deciding()
@click.option("--no-cache", is_flag=True, help="Neither use nor keep answers in .symproof/.")
def grade(
    assignment: Path,
    submissions: tuple[Path, ...],
    forms: str | None,
    out: Path | None,
    feedback: str | None,
    harness: Path | None,
    options: Options,
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
    live = live_view([item.name for item in handed])
    found = []
    printed = bool(chosen) and out is None
    with clean_stop(live, "answers found so far are kept; the same command goes on from there"):
        cache = None if no_cache else Cache(Path(FOLDER))
        for graded in grade_class(task, handed, options, cache, live.working):
            found.append(graded)
            live.show("" if printed else grades_terminal.submission(graded))
    sources = {item.name: item.text for item in handed}
    if out is not None and out.suffix == ".json" and len(chosen) == 1 and len(found) == 1:
        write(str(out), grades_files.single(chosen[0], found, sources, feedback))
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


@click.command()
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
@deciding()
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
    options: Options,
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
    entries = entries_in(paths)
    cache = None if no_cache else Cache(Path(FOLDER))
    live, found = live_view([entry.id for entry in entries], strict, lenient), []
    with clean_stop(live, "no report is written; what was decided is kept in .symproof/"):
        for result in decide(entries, options, cache, watch=live.working):
            found.append(result)
            live.claim(result)
    click.echo(new_painter().surprises(found, strict=strict, lenient=lenient), nl=False)
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
            write(str(path), files.FORMATS[name](found, style))
        click.echo(f"wrote {path}")
    click.echo(new_painter().summary(found, sum(result.seconds for result in found)), nl=False)
    return max((result.exit_code(strict=strict, lenient=lenient) for result in found), default=0)
