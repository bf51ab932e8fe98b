"""The command: thin, and quick to start, since everything else is imported when it is needed."""

from __future__ import annotations

import gc
import json
import os
import sys

import click

from symproof import __version__
from symproof.command.deciding import check, mutate, prove, recheck
from symproof.command.documents import grade, report
from symproof.command.files import ledger, new, schema
from symproof.command.shared import INTERRUPTED, Trouble

CONTRADICTION = 3


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


for command in (check, prove, grade, report, recheck, mutate, new, schema, ledger):
    cli.add_command(command)
