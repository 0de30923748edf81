"""Commands that make a graph: init, build, extract, import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policygraph.cli import importing, starter
from policygraph.cli.output import TABLE_FORMATS, cell, say
from policygraph.errors import SourceError

if TYPE_CHECKING:
    from policygraph.records import Document, Extraction
    from policygraph.report import Report


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Make a starter project in DIR.

    It has a project file, an example article and a folder for tables of your own.

    \b
    Example:
      policygraph init andes
    """
    written = starter.write(folder)
    for path in written:
        click.echo(path)
    say(f"Next: cd {folder} && policygraph build")


@click.command()
@click.option("--project", default="policygraph.toml", show_default=True, metavar="FILE", help="The project file.")
@click.option("--out", metavar="DIR", help="Where to build, instead of what the project file says.")
def build(project: str, out: str | None) -> int:
    """Build the graph of a project.

    Only what changed since the last build is read again. A build that is stopped leaves
    the last good graph as it was.

    \b
    Example:
      policygraph build --project policygraph.toml
    """
    from policygraph.cli.progress import Bars
    from policygraph.project import run_build

    with Bars() as bars:
        report = run_build(project, out, bars)
    for warning in report.warnings:
        say(f"Warning: {warning}")
    for error in report.errors:
        say(f"Error: {error}")
    click.echo(summary(report))
    return report.exit_code


def summary(report: Report) -> str:
    """What a build found, for a person to read."""
    counts = report.counts
    stances = ", ".join(f"{number:,} {name}" for name, number in report.modalities.items())
    lines = [
        (
            "sources",
            f"{counts.get('sources', 0):,}" + (f" ({report.read_again:,} read again)" if report.changed else ""),
        ),
        ("entities", f"{counts.get('entities', 0):,}"),
        ("statements", f"{counts.get('claims', 0):,}" + (f": {stances}" if stances else "")),
        ("events", f"{counts.get('events', 0):,}"),
        ("evidence", f"{counts.get('evidence', 0):,} spans"),
        ("on record", f"{counts.get('reference records', 0):,} rows of reference tables"),
        ("warnings", f"{len(report.warnings):,}" + (f", {len(report.errors):,} errors" if report.errors else "")),
        ("time", f"{report.seconds:.1f} s" + ("" if report.changed else " (nothing had changed)")),
        ("graph", f"{report.out}, {counts.get('triples', 0):,} triples"),
    ]
    page = report.out / "view.html"
    lines += [("page", str(page))] if page.exists() else []
    return "\n".join(f"{name:<11} {cell(text)}" for name, text in lines)


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["jsonl", *TABLE_FORMATS[:2]]), default="jsonl", show_default=True)
def extract(files: tuple[str, ...], form: str) -> int:
    """Write the records of single articles.

    No project or graph is needed; `-` reads standard input.

    \b
    Example:
      policygraph extract article.txt --format table
    """
    from policygraph.extraction import extract as take
    from policygraph.importing.reference import load_reference

    known = load_reference()
    failed = 0
    for name in files:
        try:
            _write_records(take(_document(name), known), form)
        except SourceError as error:
            say(f"Error: {error}")
            failed = 1
    return failed


def _document(name: str) -> Document:
    from policygraph.reading import read, read_bytes

    return read_bytes(sys.stdin.buffer.read(), "standard input") if name == "-" else read(name)


def _write_records(found: Extraction, form: str) -> None:
    from policygraph.cli import records

    if form == "jsonl":
        for line in records.lines(found):
            click.echo(line)
        return
    from policygraph.cli.output import write_table

    write_table(records.table(found), form)


@click.group(name="import")
def import_() -> None:
    """Take foreign data into a project.

    \b
    Example:
      policygraph import reference visits.csv
    """


@import_.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--project", default="policygraph.toml", show_default=True, metavar="FILE", help="The project file.")
def reference(files: tuple[Path, ...], project: str) -> None:
    """Add reference tables to the project.

    CSV or Turtle; everything is checked before anything is written. A row with a known key
    replaces the earlier one.

    \b
    Example:
      policygraph import reference visits.csv --project policygraph.toml
    """
    from policygraph.errors import ProjectError
    from policygraph.importing.reference_import import import_reference
    from policygraph.projectfile import Project

    plan = Project.load(project)
    if not plan.tables:
        raise ProjectError(
            "the project has no folder for reference tables",
            where=plan.file,
            hint='add tables = ["reference"] under [reference] and make that folder',
        )
    for taken in import_reference(files, plan.tables[0], plan.bundled):
        say(f"{taken.path}: {taken.added:,} rows added, {taken.replaced:,} replaced")
    say("Next: policygraph build")


for _kind in importing.COMMANDS:
    import_.add_command(_kind)

COMMANDS = (init, build, extract, import_)
