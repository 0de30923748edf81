"""Commands that measure a graph: network, why, paths, diff."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policygraph.cli.output import TABLE_FORMATS, format_option, graph_option, open_graph, say, write_table

if TYPE_CHECKING:
    from policygraph.network import Network

_Function = TypeVar("_Function", bound=Callable[..., Any])

_PROJECTION = (
    click.option("--layer", default="claims", show_default=True, help="claims, events, initiatives, places, mentions."),
    click.option(
        "--modality", multiple=True, default=("asserted",), show_default=True, help="May be given again; or all."
    ),
    click.option("--since", metavar="DAY", help="First day, month or year."),
    click.option("--until", metavar="DAY", help="Last day, month or year."),
    click.option("--source", multiple=True, help="Only this source, by title, publisher or id."),
    click.option("--predicate", multiple=True, help="Only this relation, event type or quad class."),
    click.option("--roll-up", metavar="country", help="Put countries in the place of those who act for them."),
    click.option("--min-confidence", type=float, default=0.0, help="Leave out statements below it, 0 to 1."),
    click.option("--no-reference", is_flag=True, help="Leave out facts from reference tables and events of data sets."),
)


def projection(function: _Function) -> _Function:
    """Adds the options that say which network is meant."""
    for option in reversed(_PROJECTION):
        function = option(function)
    return graph_option(function)


def project(place: str, options: dict[str, Any]) -> Network:
    """The network that the options describe."""
    chosen: dict[str, Any] = {
        k: list(v) if isinstance(v, tuple) else v for k, v in options.items() if v not in (None, ())
    }
    if "all" in chosen.get("modality", []):
        chosen["modality"] = "all"
    chosen["reference"] = not chosen.pop("no_reference")
    layer = str(chosen.pop("layer"))
    return open_graph(place).network(layer, **chosen)


@click.command()
@projection
@click.option("--measure", multiple=True, default=("degree", "betweenness", "pagerank"), show_default=True)
@click.option("--resamples", type=int, default=0, help="Give intervals from so many resamples of the sources.")
@click.option("--format", "form", type=click.Choice([*TABLE_FORMATS, "graphml", "gexf", "pajek"]))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the network to a file.")
def network(
    place: str, measure: tuple[str, ...], resamples: int, form: str | None, output: Path | None, **options: Any
) -> None:
    """Rank actors by centrality.

    With -o or a format for other programs, the network itself is written.

    \b
    Example:
      policygraph network --modality asserted --modality planned --roll-up country
      policygraph network --format graphml -o actors.graphml
    """
    found = project(place, options)
    if output is not None or form in ("graphml", "gexf", "pajek"):
        target = output or Path(f"network.{'net' if form == 'pajek' else form}")
        for path in found.write(target, None if form in ("table", None) else form):
            click.echo(path)
        return
    more = {"resamples": resamples} if resamples else {}
    write_table(found.centrality(list(measure), **more), form)


@click.command()
@click.argument("actor")
@projection
@click.option("--measure", default="pagerank", show_default=True, help="The measure to explain.")
@format_option
def why(actor: str, place: str, measure: str, form: str | None, **options: Any) -> None:
    """Show what makes ACTOR central, in its words.

    \b
    Example:
      policygraph why "Marco Rubio" --modality all
    """
    write_table(project(place, options).why(actor, measure), form)


@click.command()
@click.argument("start")
@click.argument("end")
@projection
@format_option
def paths(start: str, end: str, place: str, form: str | None, **options: Any) -> None:
    """Show chains of statements from START to END.

    Each step comes with its words.

    \b
    Example:
      policygraph paths "Marco Rubio" "Donald Trump" --modality all
    """
    write_table(project(place, options).paths(start, end), form)


@click.command()
@click.argument("before", metavar="BEFORE")
@projection
@format_option
def diff(before: str, place: str, form: str | None, **options: Any) -> None:
    """Show what changed since the build in BEFORE.

    \b
    Example:
      policygraph diff build-of-may --graph build
    """
    old, new = project(before, dict(options)), project(place, dict(options))
    changes = old.compare(new)
    write_table(changes, form)
    if not changes.rows:
        say("The two networks are the same.")


COMMANDS = (network, why, paths, diff)
