"""Looks at a network over time, and pictures: windows, compare, chart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policygraph.cli.looks import engine_option, most_option, network, write_rows
from policygraph.cli.output import format_option
from policygraph.cli.projection import project, projection
from policygraph.errors import UnknownNameError, UsageError

if TYPE_CHECKING:
    from policygraph.network import Network


@network.command()
@projection
@click.option("--every", default="year", show_default=True, help="month, quarter or year.")
@click.option("--measure", multiple=True, default=("degree",), show_default=True, help="May be given again.")
@engine_option
@most_option
@format_option
def windows(
    place: str, every: str, measure: tuple[str, ...], engine: str, most: int, form: str | None, **options: Any
) -> None:
    """Rank actors in one window of time after the other.

    \b
    Example:
      policygraph network windows --every year --since 2017
    """
    overlap = options["overlap"]
    found = project(place, options)
    write_rows(found.windows(every, measure, overlap=overlap, engine=engine), form, most)


@network.command()
@click.argument("before", metavar="PERIOD")
@click.argument("after", metavar="PERIOD")
@projection
@click.option("--by", default="pair", show_default=True, help="pair, or predicate to tell relations apart.")
@click.option("--ranks", metavar="MEASURE", help="Compare ranks by this measure instead of ties.")
@most_option
@format_option
def compare(
    before: str, after: str, place: str, by: str, ranks: str | None, most: int, form: str | None, **options: Any
) -> None:
    """Compare two periods.

    A period is a year, month or day, or two of them: 2017-01/2021-01. Ties are new, gone, stronger,
    weaker or of changed sign. To compare two builds, use `policygraph diff`.

    \b
    Example:
      policygraph network compare 2017/2020 2021/2024 --ranks degree
    """
    old, new = _periods(place, options, before, after)
    write_rows(old.compare_ranks(new, ranks) if ranks else old.compare(new, by=by), form, most)


def _periods(place: str, options: dict[str, Any], *periods: str) -> list[Network]:
    """The parts of a network that fall into each of the periods."""
    overlap = options["overlap"]
    found = project(place, options)
    parts = [_ends(period) for period in periods]
    return [found.between(since=since, until=until, overlap=overlap) for since, until in parts]


def _ends(period: str) -> tuple[str | None, str | None]:
    first, slash, last = period.partition("/")
    ends = (first, last) if slash else (first, first)
    since, until = (None if end in ("", "..") else end for end in ends)
    return since, until


@network.command()
@click.argument("kind", metavar="KIND")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@projection
@click.option("--measure", default="degree", show_default=True, help="The measure that ranks.")
@click.option("--resamples", type=int, default=0, metavar="N", help="Draw intervals from so many resamples.")
@click.option("--by", default="source", show_default=True, help="What is drawn: source, publisher or statement.")
@click.option("--before", metavar="PERIOD", help="For change: the period on the left.")
@click.option("--after", metavar="PERIOD", help="For change: the period on the right.")
@click.option("--most", type=click.IntRange(min=1), help="Actors shown.")
def chart(
    kind: str, file: Path, place: str, measure: str, resamples: int, by: str, before: str | None, after: str | None,
    most: int | None, **options: Any,
) -> None:  # fmt: skip
    """Draw a picture into FILE, an SVG, PNG or PDF.

    KIND is ranks (with intervals, if --resamples is given), change (between the periods --before and
    --after), heat (who acts towards whom) or drawing (points and arrows).

    \b
    Example:
      policygraph network chart ranks ranks.svg --resamples 200 --by statement
      policygraph network chart change moves.png --before 2017/2020 --after 2021/2024
    """
    from policygraph.cli.progress import counting
    from policygraph.network import charts

    if kind not in _CHARTS:
        raise UnknownNameError("kind of chart", kind, _CHARTS)
    if file.suffix.lower() not in (".svg", ".png", ".pdf"):
        raise UsageError(f"the ending of '{file.name}' tells no kind of picture", hint="use .svg, .png or .pdf")
    size: dict[str, Any] = {} if most is None else {"most": most}
    if kind == "change":
        if before is None or after is None:
            raise UsageError("a change needs two periods", hint="add --before 2017/2020 --after 2021/2024")
        old, new = _periods(place, options, before, after)
        figure = charts.change_plot(old.compare_ranks(new, measure), before=before, after=after, **size)
    else:
        found = project(place, options)
        with counting("resamples") as tell:
            table = found.centrality(measure, resamples=resamples, by=by, progress=tell) if kind == "ranks" else None
        figure = charts.rank_plot(table, **size) if table else _CHARTS[kind](charts)(found, **size)
    try:
        figure.savefig(file)
    except OSError as error:
        raise UsageError(f"the picture cannot be written: {error.strerror}", where=file) from error
    click.echo(file)


_CHARTS: dict[str, Callable[[Any], Callable[..., Any]]] = {
    "ranks": lambda charts: charts.rank_plot,
    "change": lambda charts: charts.change_plot,
    "heat": lambda charts: charts.heat_map,
    "drawing": lambda charts: charts.drawing,
}
