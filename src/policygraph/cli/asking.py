"""Commands that ask a graph: questions, ask, query, evidence."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policygraph.cli.output import format_option, graph_option, open_graph, say, write_table
from policygraph.errors import QueryError, UsageError

if TYPE_CHECKING:
    from policygraph.questions import Question

_STREAMED = ("tsv", "xml", "ttl", "nt", "rdfxml", "jsonld")


@click.command()
@format_option
def questions(form: str | None) -> None:
    """List the questions that `ask` answers.

    Each with its parameters.

    \b
    Example:
      policygraph questions
    """
    from policygraph.questions import library
    from policygraph.table import Table

    rows = [(q.name, q.title, ", ".join(f"--{p.name}" for p in q.parameters)) for q in library()]
    write_table(Table(("name", "question", "parameters"), rows), form)


class _Questions(click.Group):
    """One command a question of the library, made when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        from policygraph.questions import names

        return names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        from policygraph.questions import question

        return _command(question(cmd_name))


def _command(asked: Question) -> click.Command:
    def answer(place: str, form: str | None, **values: Any) -> None:
        with open_graph(place) as graph:
            write_table(graph.ask(asked.name, **values), form)

    options: list[click.Parameter] = [
        click.Option(
            [f"--{p.name}", p.name.replace("-", "_")],
            metavar=p.type.upper(),
            help=p.description + (" Needed." if p.required else "") + (f" [default: {p.default}]" if p.default else ""),
        )
        for p in asked.parameters
    ]
    example = f"policygraph ask {asked.name} {asked.example}".rstrip()
    command = click.Command(
        asked.name,
        params=options,
        callback=answer,
        help=f"{asked.title}\n\n{asked.description}\n\n\b\nExample:\n  {example}",
        short_help=asked.title,
    )
    return format_option(graph_option(command))


@click.group(cls=_Questions, subcommand_metavar="NAME [--PARAMETER VALUE]…")
def ask() -> None:
    """Ask a question of the library.

    `policygraph ask NAME --help` tells its parameters.

    \b
    Example:
      policygraph ask incidents --country MEX
    """


@click.command()
@click.argument("sparql", required=False, metavar="[SPARQL|-]")
@click.option("--file", type=click.Path(path_type=Path), metavar="F", help="Read the query from a file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", *_STREAMED]),
    help="How to write the answer; the last five are for CONSTRUCT and DESCRIBE.",
)
@click.option("--timeout", type=float, metavar="SECONDS", help="End the query after so many seconds.")
@graph_option
def query(sparql: str | None, file: Path | None, form: str | None, timeout: float | None, place: str) -> None:
    """Answer any SPARQL 1.1 query.

    It sees all named graphs together; `-` reads it from standard input.

    \b
    Example:
      policygraph query "SELECT ?name { ?x a pg:Incident ; skos:prefLabel ?name }"
    """
    from policygraph.table import Table

    text = _query_text(sparql, file)
    with open_graph(place) as graph:
        if form in _STREAMED and timeout is None:
            graph.store.write_answer(text, sys.stdout.buffer, form)
            return
        found = graph.query(text, timeout=timeout)
    if isinstance(found, Table):
        write_table(found, form)
    elif isinstance(found, bool):
        click.echo("true" if found else "false")
    elif form in (None, "table", "csv", "json"):
        write_table(found.table(), form) if form else click.echo(found.turtle(), nl=False)
    else:
        click.echo(found.serialize(str(form)), nl=False)


def _query_text(sparql: str | None, file: Path | None) -> str:
    if (sparql is None) == (file is None):
        raise UsageError("give a query, or --file with a file that holds one", hint="policygraph query --help")
    if file is not None:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"the query cannot be read: {error}", where=file) from error
    return sys.stdin.read() if sparql == "-" else str(sparql)


@click.command()
@click.argument("name", metavar="IRI|NAME")
@click.argument("other", required=False)
@format_option
@graph_option
def evidence(name: str, other: str | None, form: str | None, place: str) -> None:
    """Show the sentences behind an entity or pair.

    With OTHER, the sentences that link the two.

    \b
    Example:
      policygraph evidence "Marco Rubio" "Latin America"
    """
    with open_graph(place) as graph:
        found = graph.evidence(name, other)
    write_table(found, form)
    if not found.rows and not found.note:
        say("No source says anything of it.")


@click.command()
@click.option(
    "--strategy", metavar="NAME", help="Merge by it now: exact, one-a-day, dyad-day, story or near; else as stored."
)
@click.option("--days", type=int, help="Days between reports of one incident, instead of the strategy's own.")
@click.option("--since", metavar="DAY", help="First day, YYYY-MM-DD.")
@click.option("--until", metavar="DAY", help="Last day, YYYY-MM-DD.")
@click.option("--min-sources", type=int, default=1, help="Leave out what fewer independent sources report.")
@click.option("--single", is_flag=True, help="Also what merges nothing: one event on one report.")
@click.option("--limit", type=int, metavar="N", help="Show the first N.")
@click.option("--write", is_flag=True, help="Store the result in the graph, in place of what was merged before.")
@format_option
@graph_option
def incidents(
    strategy: str | None, days: int | None, write: bool, form: str | None, place: str, **options: Any
) -> None:
    """Count the reports of each incident together.

    Reports of one event, from articles and data sets, are merged by a strategy; each stays in the
    graph as evidence. Those with the most independent sources come first.

    \b
    Example:
      policygraph incidents --min-sources 2
      policygraph incidents --strategy dyad-day --since 2015-10-01 --write
    """
    if write:
        _merge(place, strategy, days)
        strategy = days = None
    with open_graph(place) as graph:
        write_table(graph.incidents(strategy, days=days, **options), form)


def _merge(place: str, name: str | None, days: int | None) -> None:
    from policygraph.cli.progress import counting
    from policygraph.incidents import DEFAULT, strategy
    from policygraph.merging import merge_built

    if place.startswith(("http://", "https://")):
        raise UsageError("incidents are written to a graph on this machine, not to an endpoint", where=place)
    chosen = strategy(name or DEFAULT, days)
    with counting("incidents") as tell:
        done = merge_built(Path(place), chosen, watch=tell)
    say(done.words if done else "")


COMMANDS = (questions, ask, query, evidence, incidents)
