"""Commands that show and hand on a graph: view, export."""

from __future__ import annotations

from pathlib import Path

import click

from policygraph.cli.output import graph_option, open_graph


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), default="view.html", show_default=True, metavar="FILE")
@click.option("--focus", multiple=True, metavar="NAME", help="Draw this name and its neighbours; may be given again.")
@click.option("--max-nodes", type=int, default=300, show_default=True, help="Most names drawn at first.")
@click.option("--period", metavar="PERIOD", help="Time shown at first: 2023, 2023-01 or 2023-01/2023-06.")
@click.option("--no-reference", is_flag=True, help="Leave out facts from reference tables.")
@click.option("--title", metavar="TEXT", help="Heading of the page.")
@click.option(
    "--lang", default="en", show_default=True, metavar="LANG", help="Language of the page's own words: en, es."
)
@click.option("--story", type=click.Path(path_type=Path), metavar="FILE", help="Steps to lead through, as JSON.")
@graph_option
def view(
    output: Path, focus: tuple[str, ...], max_nodes: int, period: str | None, no_reference: bool, title: str | None,
    lang: str, story: Path | None, place: str,
) -> None:  # fmt: skip
    """Write the graph as one page.

    It works offline; click a link to read its sentence.

    \b
    Example:
      policygraph view -o rubio.html --focus "Marco Rubio"
    """
    from policygraph.view import read_story

    steps = None if story is None else read_story(story)
    with open_graph(place) as graph:
        page = graph.view(
            **({} if title is None else {"title": title}),
            lang=lang,
            story=steps,
            focus=list(focus) or None,
            max_nodes=max_nodes,
            period=period,
            reference=not no_reference,
        )
        click.echo(page.write(output))


@click.command()
@click.option(
    "--format", "form", default="trig", show_default=True, help="trig, nquads, jsonld, turtle, rdf12 or plover."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
@graph_option
def export(form: str, output: Path | None, place: str) -> None:
    """Write the whole graph in another shape.

    `plover` writes the events alone, as PLOVER JSON lines: a record a line.

    \b
    Example:
      policygraph export --format jsonld -o graph.jsonld
      policygraph export --format plover -o events.jsonl
    """
    with open_graph(place) as graph:
        if output is None:
            click.echo(graph.export(form), nl=False)
        else:
            click.echo(graph.export(form, output))


COMMANDS = (view, export)
