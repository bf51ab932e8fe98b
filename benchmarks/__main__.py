"""`python -m benchmarks`: symproof and its peers on one corpus, and what else is measured."""

from __future__ import annotations

import os
import platform
import time
from datetime import date
from pathlib import Path
from random import Random

import click

from benchmarks.corpus import HERE, questions
from benchmarks.table import Asked, Run, remarks, table
from benchmarks.tools import TIMEOUT, TOOLS
from benchmarks.workers import Worker

GRACE = 2.0


@click.group()
def main() -> None:
    """Measure symproof: against its peers, over seeds, and on identities built at random."""


@main.command()
@click.option("--corpus", type=click.Path(path_type=Path), default=HERE / "corpus", help="A folder.")
@click.option("--tool", "chosen", multiple=True, help="Only these tools (symproof, Maxima, …).")
@click.option("--only", default="", help="Only questions with this in their name.")
@click.option("--open", "show", is_flag=True, help="List what symproof does not decide rightly.")
@click.option(
    "--minutes", type=float, default=None, help="Stop after so long: a random part of the questions."
)
def run(corpus: Path, chosen: tuple[str, ...], only: str, show: bool, minutes: float | None) -> None:
    """Ask all installed tools all questions, in turn, and print the table."""
    selected = [q for q in questions(corpus) if only in q.name]
    if minutes is not None:
        Random(0).shuffle(selected)
    end = None if minutes is None else time.monotonic() + 60 * minutes
    workers = {
        name: Worker(make, TIMEOUT + GRACE)
        for name, (make, installed) in TOOLS.items()
        if (not chosen or name in chosen) and installed()
    }
    asked: dict[str, list[Asked]] = {name: [] for name in workers}
    try:
        with click.progressbar(selected, label=", ".join(workers)) as bar:
            for question in bar:
                if end is not None and time.monotonic() > end:
                    break
                for name, worker in workers.items():
                    asked[name].append(Asked(question, worker.ask(question)))
    finally:
        for worker in workers.values():
            worker.close()
    runs = [Run(name, asked[name], worker.loading) for name, worker in workers.items()]
    click.echo(f"\n{date.today()}, {machine()}, {len(runs[0].asked)} questions\n")
    click.echo(table(runs))
    click.echo("\n" + remarks(runs))
    if show:
        for item in asked.get("symproof", []):
            if item.grade != "right":
                text = f"{item.grade:6} {item.answer.said:12} {item.answer.seconds * 1000:9.1f} ms"
                click.echo(f"{text}  {item.question.name:24} {item.question.text}")


@main.command()
@click.option("--seeds", default=20, help="So many seeds.")
@click.option("--only", default="", help="Only questions with this in their name.")
def seeds(seeds: int, only: str) -> None:
    """Decide every question with many seeds: the verdicts must be the same."""
    from symproof.engine import Options, decide

    chosen = [q for q in questions() if only in q.name]
    moved = 0
    with click.progressbar(chosen, label="questions") as bar:
        for question in bar:
            statement = question.statement()
            found = {decide(statement, Options(timeout=TIMEOUT, seed=seed)).verdict for seed in range(seeds)}
            if len(found) > 1:
                moved += 1
                click.echo(f"\n{question.name}: {', '.join(sorted(found))}  {question.text}")
    click.echo(f"{len(chosen) - moved} of {len(chosen)} questions have one verdict over {seeds} seeds")
    raise SystemExit(moved > 0)


@main.command()
@click.option("--count", default=5000, help="So many true identities, and as many false ones.")
@click.option("--seed", default=0, help="Another seed makes other identities.")
def differential(count: int, seed: int) -> None:
    """Decide identities that were built at random: no false `proved`, no false `refuted`."""
    from collections import Counter
    from itertools import islice

    from benchmarks.differential import pairs
    from symproof.engine import Options, decide
    from symproof.methods import METHODS
    from symproof.terms.plain import plain

    quick = [method for method in METHODS if method.cost <= 200]
    said: dict[str, Counter[str]] = {"true": Counter(), "false": Counter()}
    wrong = []
    with click.progressbar(islice(pairs(seed), count), length=count, label="pairs") as bar:
        for pair in bar:
            for kind, statement in zip(said, pair, strict=True):
                verdict = decide(statement, Options(timeout=2.0), methods=quick).verdict
                said[kind][verdict] += 1
                if verdict in (("refuted", "invalid") if kind == "true" else ("proved", "invalid")):
                    wrong.append(f"{kind}: {verdict}: {plain(statement.goal)}")
    for kind, counts in said.items():
        click.echo(f"{kind:6}" + ", ".join(f"{n} {verdict}" for verdict, n in sorted(counts.items())))
    click.echo("\n".join(wrong) or "none wrong")
    raise SystemExit(bool(wrong))


def machine() -> str:
    """The kind of machine, not its name."""
    return f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
