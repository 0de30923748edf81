"""Commands that explain and compare networks: why, paths, diff."""

from __future__ import annotations

from typing import Any

import click

from policygraph.cli import changes, networks  # noqa: F401  (they add their commands to `network`)
from policygraph.cli.looks import network
from policygraph.cli.output import format_option, say, write_table
from policygraph.cli.projection import project, projection

_most = click.option("--most", type=click.IntRange(min=1), default=10, show_default=True, help="Statements shown.")


@click.command()
@click.argument("actor")
@projection
@click.option("--measure", default="pagerank", show_default=True, help="The measure to explain.")
@_most
@format_option
def why(actor: str, place: str, measure: str, most: int, form: str | None, **options: Any) -> None:
    """Show what makes ACTOR central, in its words.

    A fact from a table or a coded event has no sentence: its table and row stand in the place of the quote.

    \b
    Example:
      policygraph why "Marco Rubio" --modality all
    """
    write_table(project(place, options).why(actor, measure, most=most), form)


@click.command()
@click.argument("start")
@click.argument("end")
@projection
@click.option(
    "--by", default="shortest", show_default=True, help="shortest, or evidence: the chains most likely to hold."
)
@click.option("--most", type=click.IntRange(min=1), default=3, show_default=True, help="Chains shown.")
@click.option("--directed", is_flag=True, help="Follow ties forwards only.")
@format_option
def paths(
    start: str, end: str, place: str, by: str, most: int, directed: bool, form: str | None, **options: Any
) -> None:
    """Show chains of statements from START to END.

    Each step comes with its words.

    \b
    Example:
      policygraph paths "Marco Rubio" "Government of Mexico" --modality all
    """
    write_table(project(place, options).paths(start, end, by=by, most=most, directed=directed), form)


@click.command()
@click.argument("before", metavar="BEFORE")
@projection
@click.option("--by", default="pair", show_default=True, help="pair, or predicate to tell relations apart.")
@click.option("--ranks", metavar="MEASURE", help="Compare ranks by this measure instead of ties.")
@format_option
def diff(before: str, place: str, by: str, ranks: str | None, form: str | None, **options: Any) -> None:
    """Show what changed since the build in BEFORE.

    Ties that are new, gone, stronger, weaker or of changed sign. To compare two periods of one
    graph, use `policygraph network compare`.

    \b
    Example:
      policygraph diff build-of-may --graph build
    """
    old, new = project(before, dict(options)), project(place, dict(options))
    if ranks:
        write_table(old.compare_ranks(new, ranks), form)
        return
    found = old.compare(new, by=by)
    write_table(found, form)
    if not found.rows:
        say("The two networks are the same.")


COMMANDS = (network, why, paths, diff)
