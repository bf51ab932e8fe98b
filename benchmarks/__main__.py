"""`python -m benchmarks`: symproof and its peers on one corpus, and what else is measured."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

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
def run(corpus: Path, chosen: tuple[str, ...], only: str, show: bool) -> None:
    """Ask all installed tools all questions, in turn, and print the table."""
    workers = {
        name: Worker(make, TIMEOUT + GRACE)
        for name, (make, installed) in TOOLS.items()
        if (not chosen or name in chosen) and installed()
    }
    asked: dict[str, list[Asked]] = {name: [] for name in workers}
    try:
        with click.progressbar(
            [q for q in questions(corpus) if only in q.name], label=", ".join(workers)
        ) as bar:
            for question in bar:
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


def machine() -> str:
    """The kind of machine, not its name."""
    return f"{os.cpu_count()} processors, {platform.machine()}, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
