"""docs/command.md says what `--help` says: every command, every option, in the same words."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from symproof.cli import cli

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "command.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def test_every_command_has_a_section_and_no_other() -> None:
    """In the order of `symproof --help`, too."""
    assert list(SECTIONS) == list(cli.commands)


@pytest.mark.parametrize("name", list(cli.commands))
def test_a_section_has_the_usage_and_every_option(name: str) -> None:
    """A row for each option, in its order, with the words of the help."""
    command = cli.commands[name]
    context = click.Context(command, info_name=f"symproof {name}")
    section = SECTIONS[name]
    assert command.get_usage(context).removeprefix("Usage: ") in section
    rows = []
    for option in command.params:
        if isinstance(option, click.Option):
            metavar = "" if option.is_flag else f" {option.make_metavar(context)}"
            names = ", ".join(f"`{o}{metavar if o == option.opts[0] else ''}`" for o in option.opts)
            rows.append(f"| {names} | {option.help} |")
    assert re.findall(r"^\| `.*$", section, re.MULTILINE) == rows


def test_every_option_of_the_pytest_plugin_is_in_the_docs() -> None:
    """With its help text."""
    from symproof import pytest_plugin

    page = (DOCS / "tools.md").read_text(encoding="utf-8")
    parser = pytest.Parser(_ispytest=True)
    pytest_plugin.pytest_addoption(parser)
    for option in parser.getgroup("symproof").options:
        [name] = option.names()
        assert f"`{name}" in page and option.attrs()["help"] in page, name
