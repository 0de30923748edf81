"""Commands that make a graph: init, build, extract, import."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policygraph.cli import importing, starter
from policygraph.cli.output import TABLE_FORMATS, cell, say
from policygraph.errors import SourceError, UsageError

if TYPE_CHECKING:
    from policygraph.extraction.llm.second import SecondReader
    from policygraph.records import Document, Extraction, ReferenceData
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
@click.option(
    "--scheduler", metavar="ADDRESS", help="Read the articles on this Dask cluster: tcp://HOST:PORT or a file."
)
def build(project: str, out: str | None, scheduler: str | None) -> int:
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
        report = run_build(project, out, bars, scheduler)
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
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="When the articles appeared, as 2024-05-31.")
@click.option("--model-url", metavar="URL", help="Where a language model that reads as well is asked.")
@click.option("--model", metavar="NAME", help="The name of that model.")
@click.option(
    "--answers", default="model-answers", show_default=True, metavar="DIR", help="Where its answers are kept."
)
@click.option("--max-requests", default=500, show_default=True, metavar="N", help="The most that the model is asked.")
@click.option("--estimate", is_flag=True, help="Only say what the model would be sent.")
def extract(files: tuple[str, ...], form: str, day: dt.datetime | None, estimate: bool, **model: Any) -> int:
    """Write the records of single articles.

    No project or graph is needed; `-` reads standard input. Words such as "on Tuesday" are
    read against --date and stay open without it. With --model-url and --model a language
    model reads as well; its key stands in the environment, as POLICYGRAPH_MODEL_KEY.

    \b
    Example:
      policygraph extract article.txt --format table --date 2024-05-31
    """
    from policygraph.importing.reference import load_reference

    reader = _second_reader(**model)
    documents, failed = _documents(files, day.date() if day else None)
    if reader is not None:
        say(f"The model {model['model']} will be sent {reader.estimate(documents)}.")
    if estimate:
        return failed
    take = _rules() if reader is None else reader.read
    known = load_reference()
    for document in documents:
        _write_records(take(document, known), form)
    return failed


def _rules() -> Callable[[Document, ReferenceData], Extraction]:
    from policygraph.extraction import extract as take

    return take


def _second_reader(model_url: str | None, model: str | None, answers: str, max_requests: int) -> SecondReader | None:
    if not model_url and not model:
        return None
    if not model_url or not model:
        raise UsageError(
            "a language model needs an address and a name",
            hint="give both --model-url, such as http://localhost:8080/v1, and --model",
        )
    from policygraph.extraction.llm import Endpoint
    from policygraph.extraction.llm.second import SecondReader

    return SecondReader(Endpoint(model_url, model), answers, max_requests)


def _documents(files: Sequence[str], day: dt.date | None) -> tuple[list[Document], int]:
    """The articles that can be read, and 1 if some cannot."""
    from policygraph.reading import read, read_bytes
    from policygraph.records import SourceInfo

    info, made, failed = SourceInfo(published=day), [], 0
    for name in files:
        try:
            text = sys.stdin.buffer.read() if name == "-" else None
            made.append(read(name, info) if text is None else read_bytes(text, "standard input", info))
        except SourceError as error:
            say(f"Error: {error}")
            failed = 1
    return made, failed


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
      policygraph import gdelt 20190121220000.export.CSV.zip
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
