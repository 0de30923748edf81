"""The command `network`, and what its commands share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policygraph.cli.output import write_table
from policygraph.errors import UnknownNameError

if TYPE_CHECKING:
    from policygraph.table import Table

_Function = TypeVar("_Function", bound=Callable[..., Any])
_DEFAULT = "ranks"
_MEASURES = ("degree", "betweenness", "pagerank")
#: Formats of whole networks that one file, or standard output, can take.
FILES = ("graphml", "gexf", "pajek")
_SHOWN = 30


class _Network(click.Group):
    """Ranks actors where no other way to look is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = [_DEFAULT, *args]
        return super().parse_args(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        found = super().get_command(ctx, cmd_name)
        if found is None:
            raise UnknownNameError("way to look at a network", cmd_name, self.commands)
        return found


@click.group(cls=_Network, context_settings={"help_option_names": ["-h", "--help"]})
def network() -> None:
    """Measure who is tied to whom.

    Without COMMAND, actors are ranked; `policygraph network ranks --help` tells the options.

    \b
    Example:
      policygraph network --modality asserted --modality planned --roll-up country
      policygraph network brokers --layer events
    """


def measure_option(function: _Function) -> _Function:
    """Adds `--measure`, which may be given several times."""
    told = "degree, strength, betweenness, …; may be given again."
    return click.option("--measure", multiple=True, default=_MEASURES, show_default=True, help=told)(function)


def engine_option(function: _Function) -> _Function:
    """Adds `--engine`."""
    return click.option("--engine", default="auto", show_default=True, help="auto, igraph or networkx.")(function)


def most_option(function: _Function) -> _Function:
    """Adds `--most`: how many rows a person sees."""
    told = f"Rows of a table on the terminal; {_SHOWN} unless told, 0 for all."
    return click.option("--most", type=click.IntRange(min=0), default=_SHOWN, help=told)(function)


def write_rows(table: Table, form: str | None, most: int = 0) -> None:
    """Write a table; on a terminal only its first rows, with a word on the others."""
    from policygraph.table import Table

    more = len(table.rows) - most
    if most and more > 0 and drawn(form):
        told = f"{more:,} more rows: --most 0 shows all, --format csv writes them."
        note = f"{table.note} {told}".strip()
        table = Table(table.columns, table.rows[:most], title=table.title, note=note)
    write_table(table, form)


def drawn(form: str | None) -> bool:
    """Whether a person will read the table on a terminal."""
    return form == "table" or (form is None and sys.stdout.isatty())


def without(table: Table, names: Sequence[str]) -> Table:
    """A table without some of its columns."""
    from policygraph.table import Table

    keep = [at for at, name in enumerate(table.columns) if name not in names]
    rows = [tuple(row[at] for at in keep) for row in table.rows]
    return Table(tuple(table.columns[at] for at in keep), rows, title=table.title, note=table.note)
