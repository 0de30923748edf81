"""Commands that take event data sets into the graph: `policygraph import gdelt FILE…` and the others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policygraph.cli.output import say

if TYPE_CHECKING:
    from policygraph.dataimport import Imported
    from policygraph.projectfile import Project

#: What each data set is and files to name in an example; `importing.formats` reads them.
KINDS = {
    "plover": ("PLOVER JSON lines: one coded event a line.", "events.jsonl"),
    "gdelt": ("GDELT events, version 2.0 or 1.0, and mentions.", "20190121220000.export.CSV.zip"),
    "icews": ("ICEWS events, yearly or daily files.", "events.2016.20180710092545.tab.zip"),
    "polecat": ("POLECAT events, weekly, monthly or yearly files.", "ngecEvents.DV.2023.txt.zip"),
    "acled": ("ACLED events, present or older layout, and deletions.", "mexico.csv deleted.csv"),
}


def _command(kind: str, about: str, example: str) -> click.Command:
    @click.command(
        name=kind,
        help=f"""{about}

        Plain files, gzip, zip, folders, or `-` for standard input. A line that cannot be used is
        counted, named and left out. A stopped import goes on where it was when it is run again;
        a file that is in the graph already changes nothing.

        \b
        Example:
          policygraph import {kind} {example}""",
    )
    @click.argument("files", nargs=-1, required=True, metavar="FILE…")
    @click.option("--project", default="policygraph.toml", show_default=True, metavar="FILE", help="The project file.")
    @click.option("--strict", is_flag=True, help="Stop at the first line that cannot be used.")
    @click.option("--no-incidents", is_flag=True, help="Do not merge reports of one event after the import.")
    @click.option("--scheduler", metavar="ADDRESS", help="Convert on this Dask cluster: tcp://HOST:PORT or a file.")
    @click.option("--shards", metavar="DIR", help="Keep the N-Quads files here; all machines must see this folder.")
    @click.option("--shards-only", is_flag=True, help="Write N-Quads files for another store, and load nothing.")
    def run(
        files: tuple[str, ...],
        project: str,
        strict: bool,
        no_incidents: bool,
        scheduler: str | None,
        shards: str | None,
        shards_only: bool,
    ) -> int:
        from policygraph.dataimport import import_events
        from policygraph.projectfile import Project
        from policygraph.spreading import write_shards
        from policygraph.watching import watched

        if shards_only and not shards:
            raise click.UsageError("--shards-only needs a folder: --shards DIR")
        plan, paths = Project.load(project), [Path(name) for name in files]
        given: dict[str, Any] = {"tables": plan.tables, "bundled": plan.bundled, "strict": strict}
        with watched() as show:
            given |= {"scheduler": scheduler, "watch": show}
            if shards_only:
                done = write_shards(kind, paths, Path(str(shards)), **given)
            else:
                done = import_events(plan.out, kind, paths, shards=Path(shards) if shards else None, **given)
        _tell(done)
        if done.changed and not no_incidents and not shards_only:
            _merge(plan)
        return done.exit_code

    return run


def _merge(plan: Project) -> None:
    """Count reports of one event together, those of earlier imports and of articles included."""
    from policygraph.cli.progress import counting
    from policygraph.merging import BY_ITSELF, merge_built

    say("Merging reports of the same events …")
    with counting("incidents") as tell:
        done = merge_built(plan.out, plan.merging(), BY_ITSELF, tell)
    if done:
        say(done.words)


def _tell(done: Imported) -> None:
    """What was taken in, on standard output; what was wrong, on standard error."""
    for name in done.known:
        say(f"{name}: in the graph already")
    for line in done.tally.named:
        say(f"Left out: {line}")
    for error in done.broken:
        say(f"Error: {error}")
    # The start of the programs is the greater part of a short import, so its rate would tell nothing.
    rate = f", {done.tally.events / done.seconds:,.0f} a second" if done.tally.events > 10_000 else ""
    click.echo(f"{done.tally.summary()}; {done.seconds:.1f} s{rate}")


COMMANDS = tuple(_command(kind, *about) for kind, about in KINDS.items())
