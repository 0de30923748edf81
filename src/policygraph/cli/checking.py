"""Commands that check a graph: validate, verify."""

from __future__ import annotations

import click

from policygraph.cli.output import format_option, graph_option, open_graph, write_table


@click.command()
@format_option
@graph_option
def validate(form: str | None, place: str) -> int:
    """Check the graph by its shapes and by lint.

    Exits 1 if anything is wrong.

    \b
    Example:
      policygraph validate --graph build
    """
    with open_graph(place) as graph:
        report = graph.validate()
    write_table(report.table(), form)
    return 0 if report.ok else 1


@click.command()
@format_option
@graph_option
def verify(form: str | None, place: str) -> int:
    """Check every quote against its source.

    Exits 1 if any differs.

    \b
    Example:
      policygraph verify --graph build
    """
    with open_graph(place) as graph:
        report = graph.verify()
    write_table(report.table(), form)
    return 0 if report.ok else 1


COMMANDS = (validate, verify)
