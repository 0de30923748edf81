"""The build pipeline: files to documents, records, quads, rules, and one new generation in force.

Only what changed is read and written again: extractions are kept by the bytes
of their source, and a new generation starts from the last one's store and
replaces graph by graph.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from policygraph.errors import GraphError, UsageError
from policygraph.gathering import Extractor, Gathering, Progress, Quiet, extractor_of, reference_of
from policygraph.graph.assemble import MANIFEST, contents, derive, fill, is_full, manifest, up_to_date
from policygraph.graph.cache import Cache, Entry
from policygraph.graph.generations import BuildFolder, write_json
from policygraph.graph.snapshot import write_trig
from policygraph.graph.store import EmbeddedStore
from policygraph.merging import BY_ITSELF, merge
from policygraph.projectfile import Project
from policygraph.report import Report, counts, modalities

#: Writes one file of a generation: from the graph, the folder and the project's title.
FileWriter = Callable[[EmbeddedStore, Path, str], None]


def write_page(store: EmbeddedStore, folder: Path, title: str) -> None:
    """The interactive page, `view.html`."""
    from policygraph.view import view

    view(store, title=title).write(folder / "view.html")


def write_centrality(store: EmbeddedStore, folder: Path, title: str) -> None:
    """Who is central in what is asserted and on record, `centrality.csv`."""
    from policygraph.network import project

    project(store).centrality().to_csv(folder / "centrality.csv")


FILES: tuple[FileWriter, ...] = (write_page, write_centrality)


def build(
    project: Project,
    progress: Progress | None = None,
    extract: Extractor | None = None,
    files: Sequence[FileWriter] = FILES,
    scheduler: str | None = None,
) -> Report:
    """Build a project; the last good graph stays in force until the new one is complete.

    A source that cannot be read is reported and left out; the others are kept.
    `extract` takes the place of the rules that come with policygraph, and of the
    model that the project names; `files` write what stands beside the store and `graph.trig`. With
    `scheduler` the workers of a Dask cluster read the sources (see `cluster.workers`); the graph is the same.

    Raises:
        ServiceError: the project's model did not answer; run again to go on.
        UsageError: the model would be sent more than the project allows.
        ProjectError: another build is running, or the build folder cannot be used.
        SourceError: there are sources, and none of them can be read.
        DataError: a reference table is wrong.
        GraphError: the disk is full or refuses.
        MissingExtraError, ServiceError: the cluster cannot be used.
    """
    folder = BuildFolder(project.out)
    with _disk_errors(project.out), folder.lock():
        if scheduler and project.model:
            raise UsageError("a model is asked from one machine", hint="build without --scheduler")
        extractor = extract or extractor_of(project, progress or Quiet())
        return _Build(project, folder, progress or Quiet(), extractor, files, scheduler).run()


class _Build:
    """One run: gathers what the new graph must hold, then writes what differs from the last."""

    def __init__(
        self,
        project: Project,
        folder: BuildFolder,
        progress: Progress,
        extract: Extractor,
        files: Sequence[FileWriter],
        scheduler: str | None,
    ) -> None:
        self.project, self.folder, self.progress, self.files = project, folder, progress, files
        self.cache = Cache(folder.cache)
        self.gathering = Gathering(project, self.cache, progress, extract, scheduler)
        self.started, self._clock = dt.datetime.now(dt.UTC), time.monotonic()

    def run(self) -> Report:
        """Do the work; see `build`."""
        self.progress.stage("reference data")
        reference, turtle = reference_of(self.project)
        entries = self.gathering.sources(reference)
        wanted = contents(reference, turtle, entries)
        made_from = manifest(wanted, self.project.title, self.project.strategy)
        present = self.folder.current()
        if present and up_to_date(present, made_from):
            return self._report(present, entries, changed=False)
        with self.folder.new_generation() as generation:
            self.progress.stage("graph")
            store = fill(generation / "store", wanted, present, self.cache)
            self.progress.stage("rules")
            derive(store)
            self.progress.stage("incidents")
            self._texts(generation, entries)
            with_texts = EmbeddedStore(store.engine, sources=generation / "sources")
            merged = merge(with_texts, self.project.merging(), BY_ITSELF, folder=generation, watch=self.progress.reach)
            if merged and merged.too_many:
                self.progress.tell(merged.words)
            # The files are written from a reader: the store is closed for writing from here on.
            del store, with_texts
            self.progress.stage("files")
            self._files(generation)
            write_json(generation / MANIFEST, made_from)
            report = self._report(generation, entries, changed=True)
            self.folder.publish(generation)
        self.cache.prune(entries)
        self.folder.clean()
        return report

    def _texts(self, generation: Path, entries: Sequence[Entry]) -> None:
        """The stored texts, which quotes are checked against and copies are found by."""
        (generation / "sources").mkdir()
        for entry in entries:
            self.cache.copy_text(entry, generation / "sources")

    def _files(self, generation: Path) -> None:
        """What stands beside the store: the sorted graph, the page and tables."""
        store = EmbeddedStore.read(generation / "store", generation / "sources")
        write_trig(store.engine, generation / "graph.trig")
        for write in self.files:
            write(store, generation, self.project.title)

    def _report(self, generation: Path, entries: Sequence[Entry], *, changed: bool) -> Report:
        store = EmbeddedStore.read(generation / "store")
        report = Report(
            out=self.project.out,
            counts=counts(store),
            modalities=modalities(store),
            sources=tuple({"id": e.doc_id, "title": e.title, "claims": e.claims} for e in entries),
            warnings=tuple(self.gathering.warnings),
            errors=tuple(self.gathering.errors),
            seconds=round(time.monotonic() - self._clock, 2),
            read_again=self.gathering.read_again,
            changed=changed,
        )
        write_json(generation / "report.json", report.as_json(self.project.title, self.started))
        return report


@contextlib.contextmanager
def _disk_errors(out: Path) -> Iterator[None]:
    """Turn what the operating system says into a sentence that tells what to do."""
    try:
        yield
    except OSError as error:
        if is_full(error):
            raise GraphError(
                "the disk is full; the last good graph is unchanged", where=out, hint="free some space and build again"
            ) from error
        raise GraphError(
            f"the build folder cannot be written: {error.strerror or error}", where=error.filename or out
        ) from error
