"""How answers are written: a table for people, CSV or JSON for programs; talk goes to standard error."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from policygraph.project import PolicyGraph
    from policygraph.table import Table

_Function = TypeVar("_Function", bound=Callable[..., Any])
# Text from the web must not steer the terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

TABLE_FORMATS = ("table", "csv", "json")


def graph_option(function: _Function) -> _Function:
    """Adds `--graph` to a command."""
    return click.option(
        "--graph",
        "place",
        default="build",
        show_default=True,
        metavar="DIR|URL",
        envvar="POLICYGRAPH_GRAPH",
        help="A build folder, or the address of a SPARQL endpoint.",
    )(function)


def format_option(function: _Function) -> _Function:
    """Adds `--format` to a command that answers with a table."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(TABLE_FORMATS),
        help="How to write the answer; a table on a terminal, CSV elsewhere.",
    )(function)


def open_graph(place: str) -> PolicyGraph:
    """The graph that a command is about."""
    from policygraph.project import open as open_place

    return open_place(place)


def say(text: str) -> None:
    """Talk to the person, on standard error."""
    click.echo(_CONTROL.sub("", text), err=True)


def write_table(table: Table, form: str | None = None) -> None:
    """Write an answer to standard output, and its note to standard error."""
    chosen = form or ("table" if sys.stdout.isatty() else "csv")
    if chosen == "json":
        click.echo(table.json(indent=2))
    elif chosen == "csv":
        click.echo(table.csv(), nl=False)
    else:
        from policygraph.cli.tables import show

        show(table)
    if table.note:
        say(table.note)


def cell(value: object) -> str:
    """A value as words for the terminal: no control characters, short IRIs, four digits.

    >>> cell(0.123456), cell(42.0), cell(None), cell("a\\x1b[31m")
    ('0.1235', '42', '', 'a[31m')
    """
    from policygraph.iris import IRI, shorten

    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else f"{value:.1f}" if abs(value) >= 1000 else f"{value:.4g}"
    if isinstance(value, (tuple, list)):
        return "; ".join(cell(part) for part in value)
    return _CONTROL.sub("", shorten(value) if isinstance(value, IRI) else str(value))
