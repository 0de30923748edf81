"""Looks at one network: ranks, ties, communities, brokers, signs, a summary, files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policygraph.cli.looks import (
    FILES,
    drawn,
    engine_option,
    measure_option,
    most_option,
    network,
    without,
    write_rows,
)
from policygraph.cli.output import TABLE_FORMATS, format_option, open_graph, say
from policygraph.cli.projection import network_of, project, projection
from policygraph.errors import UsageError

if TYPE_CHECKING:
    from policygraph.network import Network
    from policygraph.table import Table


@network.command()
@projection
@measure_option
@click.option("--resamples", type=int, default=0, metavar="N", help="Give intervals from so many resamples.")
@click.option("--by", default="source", show_default=True, help="What is drawn: source, publisher or statement.")
@click.option("--level", type=float, default=0.95, show_default=True, help="Share of the draws that intervals hold.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same intervals.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes; as many as there are cores unless told.")
@engine_option
@most_option
@click.option("--store", is_flag=True, help="Keep the values in the graph, too, for SPARQL.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*TABLE_FORMATS, *FILES]),
    help="How to write the ranking; the last three write the network itself.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
def ranks(
    place: str,
    measure: tuple[str, ...],
    resamples: int,
    by: str,
    level: float,
    seed: int,
    workers: int | None,
    engine: str,
    most: int,
    store: bool,
    form: str | None,
    output: Path | None,
    **options: Any,
) -> None:
    """Rank actors by centrality.

    Measures: degree, in_degree, out_degree, strength, in_strength, out_strength, pagerank,
    betweenness, weighted_betweenness, closeness, weighted_closeness, harmonic, eigenvector, katz,
    hub, authority, constraint, effective_size, clustering, core_number.

    \b
    Example:
      policygraph network ranks --measure in_strength --resamples 200 --by publisher
      policygraph network --layer events --store
    """
    from policygraph.cli.progress import counting

    with open_graph(place) as graph:
        found = network_of(graph, options)
        if form in FILES or (output is not None and _is_network(output, form)):
            _export(found, output, form)
            return
        with counting("resamples") as tell:
            table = found.centrality(
                measure, resamples=resamples, by=by, level=level, seed=seed, workers=workers, engine=engine,
                progress=tell,
            )  # fmt: skip
        if store:
            how = f"{resamples} draws by {by}, level {level:g}, seed {seed}" if resamples else ""
            say(f"{graph.keep(found, table, resampling=how):,} values kept in the graph.")
    if output is not None:
        _save(table, output, form)
    else:
        # Where rows stand in order, ranks by other measures than the first only take room.
        others = [f"{name}_rank" for name in measure[1:]] if drawn(form) and not resamples else []
        write_rows(without(table, others), form, most)


def _is_network(output: Path, form: str | None) -> bool:
    from policygraph.network.export import ENDINGS

    return form is None and ENDINGS.get(output.suffix.lower()) in FILES


def _save(table: Table, output: Path, form: str | None) -> None:
    json = form == "json" or (form is None and output.suffix.lower() == ".json")
    try:
        output.write_text(table.json(indent=2) + "\n" if json else table.csv(), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"the file cannot be written: {error.strerror}", where=output) from error
    click.echo(output)
    if table.note:
        say(table.note)


def _export(found: Network, output: Path | None, form: str | None) -> None:
    """The network itself, to a file or, where there is none, to standard output."""
    import tempfile

    if output is not None and str(output) != "-":
        for path in found.write(output, form):
            click.echo(path)
    else:
        with tempfile.TemporaryDirectory() as folder:
            (path,) = found.write(Path(folder) / "network", form)
            click.echo(path.read_text(encoding="utf-8"), nl=False)
    if found.note:
        say(found.note)


@network.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@projection
@click.option("--format", "form", type=click.Choice([*FILES, "json", "csv"]), help="Unless the ending of FILE says it.")
def export(file: Path, place: str, form: str | None, **options: Any) -> None:
    """Write the network itself to FILE.

    GraphML, GEXF for Gephi, Pajek, node-link JSON, or CSV, which makes a file of nodes and one of edges;
    `-` with --format writes to standard output.

    \b
    Example:
      policygraph network export actors.gexf --layer events
    """
    if str(file) == "-" and form in (None, "csv"):
        raise UsageError("standard output needs one format", hint="add --format graphml, gexf, pajek or json")
    _export(project(place, options), file, form)


@network.command()
@projection
@most_option
@format_option
def ties(place: str, most: int, form: str | None, **options: Any) -> None:
    """List who is tied to whom, the heaviest first.

    \b
    Example:
      policygraph network ties --layer events --format csv
    """
    from policygraph.table import Table

    table = project(place, options).table()
    at = table.columns.index("weight")
    rows = sorted(table.rows, key=lambda row: -row[at])
    write_rows(Table(table.columns, rows, title=table.title, note=table.note), form, most)


@network.command()
@projection
@click.option("--method", default="auto", show_default=True, help="leiden (with igraph), louvain, or auto.")
@click.option("--resolution", type=float, default=1.0, show_default=True, help="Above 1 smaller communities.")
@click.option("--runs", type=int, default=20, show_default=True, help="Seeds to try; the note tells how they agree.")
@click.option("--seed", type=int, default=0, show_default=True, help="The first seed.")
@engine_option
@most_option
@format_option
def communities(
    place: str, method: str, resolution: float, runs: int, seed: int, engine: str, most: int, form: str | None,
    **options: Any,
) -> None:  # fmt: skip
    """Divide actors into communities.

    The note tells modularity and how stable the division is.

    \b
    Example:
      policygraph network communities --layer events --runs 50
    """
    found = project(place, options)
    write_rows(found.communities(method=method, resolution=resolution, runs=runs, seed=seed, engine=engine), form, most)


@network.command()
@projection
@click.option("--by", default="country", show_default=True, help="Group actors by country or type.")
@click.option(
    "--blocs",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Group by this CSV: name or country code, then bloc; no heading.",
)
@most_option
@format_option
def brokers(place: str, by: str, blocs: Path | None, most: int, form: str | None, **options: Any) -> None:
    """Tell who bridges countries or blocs.

    In the five roles of Gould and Fernandez, with Burt's constraint and effective size.

    \b
    Example:
      policygraph network brokers --by country
    """
    table = project(place, options).brokers(by if blocs is None else _blocs(blocs))
    write_rows(without(table, ["type"]) if drawn(form) else table, form, most)


def _blocs(path: Path) -> dict[str, str]:
    import csv

    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = [row for row in csv.reader(handle) if any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the blocs cannot be read: {error}", where=path) from error
    for number, row in enumerate(rows, start=1):
        if len(row) != 2:
            raise UsageError(
                f"row {number} has {len(row)} columns, expected 2", where=path, hint="write lines such as BRA,south"
            )
    return {name.strip(): bloc.strip() for name, bloc in rows}


@network.command()
@projection
@most_option
@format_option
def signed(place: str, most: int, form: str | None, **options: Any) -> None:
    """Tell friendly from hostile ties of each actor.

    The note tells how many triangles are balanced.

    \b
    Example:
      policygraph network signed --layer events --roll-up country
    """
    write_rows(project(place, options).signed(), form, most)


@network.command()
@projection
@engine_option
@format_option
def summary(place: str, engine: str, form: str | None, **options: Any) -> None:
    """Describe the network as a whole.

    Size, density, reciprocity, assortativity, clustering, cores, balance.

    \b
    Example:
      policygraph network summary --layer events
    """
    write_rows(project(place, options).summary(engine=engine), form)


@network.command(name="leave-one-out")
@projection
@click.option("--measure", default="pagerank", show_default=True, help="The measure that ranks.")
@click.option("--by", default="publisher", show_default=True, help="Leave out publisher or source.")
@click.option("--actor", metavar="NAME", help="Follow this actor instead of the whole ranking.")
@engine_option
@most_option
@format_option
def leave_one_out(
    place: str, measure: str, by: str, actor: str | None, engine: str, most: int, form: str | None, **options: Any
) -> None:
    """Rank without each outlet in turn.

    The outlet that carries most of the result comes first.

    \b
    Example:
      policygraph network leave-one-out --measure in_strength
    """
    from policygraph.cli.progress import counting

    found = project(place, options)
    with counting(f"without each {by}") as tell:
        table = found.leave_one_out(measure, by=by, actor=actor, engine=engine, progress=tell)
    write_rows(table, form, most)
