"""The build pipeline: files to documents, records, quads, rules, and one new generation in force.

Only what changed is read and written again: extractions are kept by the bytes
of their source, and a new generation starts from the last one's store and
replaces graph by graph.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import errno
import importlib
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox

from policygraph import __version__, iris
from policygraph.errors import GraphError, PolicyGraphError, SourceError
from policygraph.graph import naming as n
from policygraph.graph.cache import Cache, Entry, code_digest
from policygraph.graph.encode import encode, entity_quads
from policygraph.graph.generations import BuildFolder, read_json, same_format, write_json
from policygraph.graph.materialise import materialise
from policygraph.graph.reference import reference_quads
from policygraph.graph.rules import infer
from policygraph.graph.snapshot import in_order, write_trig
from policygraph.graph.store import EmbeddedStore
from policygraph.graph.turtle import schema_files, schema_quads, user_quads
from policygraph.projectfile import Project, article_files
from policygraph.records import Document, Extraction, ReferenceData, SourceInfo

_MANIFEST = "manifest.json"


class Progress(Protocol):
    """What a build tells about how far it is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins, with so many steps where that is known."""
        ...

    def step(self, what: str = "") -> None:
        """One step of the stage is done."""
        ...


class Quiet:
    """A progress that says nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def step(self, what: str = "") -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Report:
    """What a build found; `errors` are sources that could not be taken in."""

    out: Path
    counts: dict[str, int]
    modalities: dict[str, int]
    sources: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    errors: tuple[str, ...]
    seconds: float
    read_again: int
    changed: bool

    @property
    def exit_code(self) -> int:
        """0, or 1 where a source could not be taken in."""
        return 1 if self.errors else 0


Extractor = Callable[[Document, ReferenceData], Extraction]


def build(project: Project, progress: Progress | None = None, extract: Extractor | None = None) -> Report:
    """Build a project; the last good graph stays in force until the new one is complete.

    A source that cannot be read is reported and left out; the others are kept.
    `extract` takes the place of the rules that come with policygraph.

    Raises:
        ProjectError: another build is running, or the build folder cannot be used.
        SourceError: there are sources, and none of them can be read.
        DataError: a reference table is wrong.
        GraphError: the disk is full or refuses.
    """
    folder = BuildFolder(project.out)
    with _disk_errors(project.out), folder.lock():
        return _Build(project, folder, progress or Quiet(), extract or _rules()).run()


class _Build:
    """One run: gathers what the new graph must hold, then writes what differs from the last."""

    def __init__(self, project: Project, folder: BuildFolder, progress: Progress, extract: Extractor) -> None:
        self.project, self.folder, self.progress, self.extract = project, folder, progress, extract
        self.cache = Cache(folder.cache)
        self.errors: list[str] = []
        self.warnings: list[str] = []
        self.read_again = 0
        self.started, self._clock = dt.datetime.now(dt.UTC), time.monotonic()

    def run(self) -> Report:
        """Do the work; see `build`."""
        self.progress.stage("reference data")
        reference, turtle = _reference(self.project)
        self.warnings += _stale(reference)
        entries = self._sources(reference)
        graphs = self._graphs(reference, turtle, entries)
        present = self.folder.current()
        manifest = _manifest({iri: key for iri, (key, _) in graphs.items()})
        if present and read_json(present / _MANIFEST) == manifest and same_format(present):
            report = self._report(present, entries, changed=False)
            write_json(present / "report.json", self._as_json(report))
            return report
        with self.folder.new_generation() as generation:
            self._fill(generation, present, graphs)
            self._sources_folder(generation, entries)
            report = self._outputs(generation, entries)
            write_json(generation / _MANIFEST, manifest)
            write_json(generation / "report.json", self._as_json(report))
            self.folder.publish(generation)
        self.cache.prune(entries)
        self.folder.clean()
        return report

    # --- sources -------------------------------------------------------------

    def _sources(self, reference: ReferenceData) -> list[Entry]:
        from policygraph.reading import SUFFIXES

        paths = list(article_files(self.project, SUFFIXES))
        infos = _catalogue(self.project, paths, self.warnings)
        by = f"{self.extract.__module__}.{self.extract.__qualname__}"
        salt = iris.content_key(reference.digest, __version__, by, code_digest("reading", "extraction", "graph"))
        self.progress.stage("sources", len(paths))
        entries: dict[str, Entry] = {}
        for path in paths:
            entry = self._source(path, infos.get(path.resolve(), SourceInfo()), reference, salt)
            if entry and entry.doc_id in entries:
                self.warnings.append(f"{path}: the same text as '{entries[entry.doc_id].title}'; it is kept once")
            elif entry:
                entries[entry.doc_id] = entry
                self.warnings += [f"{path}: {warning}" for warning in entry.warnings]
            self.progress.step(path.name)
        if self.errors and not entries:
            raise SourceError(f"none of the {len(paths)} sources can be read. The first: {self.errors[0]}")
        if not paths:
            self.warnings.append("the project has no sources yet: put articles into its folders")
        return sorted(entries.values(), key=lambda e: e.doc_id)

    def _source(self, path: Path, info: SourceInfo, reference: ReferenceData, salt: str) -> Entry | None:
        """The entry of one source, from the cache or read now; None where it cannot be read."""
        from policygraph.reading import read

        try:
            key = iris.content_key(salt, path.name, repr(info), iris.sha256(path.read_bytes()))
            entry = self.cache.get(key)
            if entry:
                return entry
            document = read(path, info)
            encoded = encode(self.extract(document, reference))
            self.read_again += 1
            return self.cache.put(key, encoded, document.title, document.text, document.warnings)
        except PolicyGraphError as error:
            self.errors.append(str(error))
        except PermissionError as error:
            self.errors.append(f"{path}: the article cannot be read: {error.strerror}")
        return None

    # --- graphs --------------------------------------------------------------

    def _graphs(
        self, reference: ReferenceData, turtle: list[Path], entries: list[Entry]
    ) -> dict[str, tuple[str, Iterable[ox.Quad]]]:
        """What each named graph must hold: a key of its content, and its quads."""
        code = code_digest("graph")
        user = [iris.sha256(path.read_bytes()) for path in turtle]
        schema = [iris.sha256(path.read_bytes()) for path in schema_files()]
        entities = in_order(entity_quads(named for entry in entries for named in entry.named))
        facts = _once(chain(reference_quads(reference), user_quads(turtle)))
        return {
            iris.SCHEMA_GRAPH: (iris.content_key(code, *schema), schema_quads()),
            iris.REFERENCE_GRAPH: (iris.content_key(code, reference.digest, *user), facts),
            iris.ENTITIES_GRAPH: (iris.content_key(*map(str, entities)), entities),
            **{iris.source_graph(e.doc_id): (e.key, self._source_quads(e)) for e in entries},
        }

    def _source_quads(self, entry: Entry) -> Iterator[ox.Quad]:
        yield from self.cache.quads(entry)

    def _fill(self, generation: Path, present: Path | None, graphs: dict[str, tuple[str, Iterable[ox.Quad]]]) -> None:
        """Bring a copy of the last store up to date, graph by graph, then derive edges and inferences."""
        self.progress.stage("graph")
        held: dict[str, object] = {}
        if present and same_format(present) and (present / "store" / "CURRENT").is_file():
            ox.Store.read_only(str(present / "store")).backup(str(generation / "store"))
            held = read_json(present / _MANIFEST)
        store = EmbeddedStore.create(generation / "store")
        for graph in sorted(held):
            if graph.startswith(iris.GRAPHS) and held[graph] != graphs.get(graph, ("", ()))[0]:
                store.engine.remove_graph(ox.NamedNode(graph))
        store.extend(chain.from_iterable(quads for graph, (key, quads) in graphs.items() if held.get(graph) != key))
        self.progress.stage("rules")
        materialise(store.engine)
        infer(store.engine)
        store.engine.flush()

    def _sources_folder(self, generation: Path, entries: list[Entry]) -> None:
        folder = generation / "sources"
        folder.mkdir()
        for entry in entries:
            self.cache.copy_text(entry, folder)

    # --- outputs -------------------------------------------------------------

    def _outputs(self, generation: Path, entries: list[Entry]) -> Report:
        """The files beside the store; the store must be closed for writing by now."""
        self.progress.stage("files")
        store = EmbeddedStore.read(generation / "store", generation / "sources")
        write_trig(store.engine, generation / "graph.trig")
        return self._report(generation, entries, changed=True)

    def _report(self, generation: Path, entries: list[Entry], *, changed: bool) -> Report:
        store = EmbeddedStore.read(generation / "store")
        return Report(
            out=self.project.out,
            counts=_counts(store),
            modalities=_modalities(store),
            sources=tuple({"id": e.doc_id, "title": e.title, "claims": e.claims} for e in entries),
            warnings=tuple(self.warnings),
            errors=tuple(self.errors),
            seconds=round(time.monotonic() - self._clock, 2),
            read_again=self.read_again,
            changed=changed,
        )

    def _as_json(self, report: Report) -> dict[str, Any]:
        plain = {f.name: getattr(report, f.name) for f in dataclasses.fields(report) if f.name != "out"}
        about = {"policygraph": __version__, "title": self.project.title, "started": self.started.isoformat()}
        return about | plain


def _rules() -> Extractor:
    """The extractor that comes with policygraph."""
    extractor: Extractor = importlib.import_module("policygraph.extraction").extract
    return extractor


def _reference(project: Project) -> tuple[ReferenceData, list[Path]]:
    from policygraph.importing.reference import load_reference, turtle_files

    return load_reference(project.tables, project.bundled), turtle_files(project.tables)


def _stale(reference: ReferenceData) -> list[str]:
    from policygraph.importing.reference import stale_tables

    today = dt.datetime.now(dt.UTC).date()
    return [
        f"{table}: last reviewed on {day}; people may have left office since"
        for table, day in stale_tables(reference, today)
    ]


def _catalogue(project: Project, paths: list[Path], warnings: list[str]) -> dict[Path, SourceInfo]:
    """What is known about each article, by its resolved path."""
    from policygraph.reading import read_catalogue

    if project.catalogue is None:
        return {}
    folder = project.catalogue.parent
    infos = {(folder / name).resolve(): info for name, info in read_catalogue(project.catalogue).items()}
    found = {path.resolve() for path in paths}
    for path in infos:
        if path not in found:
            warnings.append(f"{project.catalogue}: '{path.name}' is listed but is no source of this project")
    return infos


def _manifest(keys: dict[str, str]) -> dict[str, object]:
    """What a generation was made from; equal manifests mean equal graphs."""
    derived = code_digest("graph", "network", "view")
    rules = [iris.sha256(path.read_bytes()) for path in sorted(schema_files()[0].parent.glob("rules/*"))]
    return {**keys, "derived": iris.content_key(derived, *rules)}


def _once(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    return iter(dict.fromkeys(quads))


def _counts(store: EmbeddedStore) -> dict[str, int]:
    def count(name: str) -> int:
        return sum(1 for _ in store.scan(None, n.TYPE, n.pg(name)))

    def size(graph: ox.NamedNode) -> int:
        return sum(1 for _ in store.scan(graph=graph))

    mentioned = {q.subject for q in store.scan(None, n.pg("mentionedIn"))}
    return {
        "sources": count("SourceDocument"),
        "claims": count("Claim"),
        "evidence": count("Evidence"),
        "entities": len(mentioned),
        "reference records": count("Record"),
        "edges": size(n.EDGES),
        "inferred": size(n.INFERRED),
        "triples": len(store),
    }


def _modalities(store: EmbeddedStore) -> dict[str, int]:
    rows = store.select(
        "SELECT ?m (COUNT(?c) AS ?n) { ?c a pg:Claim ; pg:modality ?m } GROUP BY ?m ORDER BY DESC(?n) ?m"
    ).rows
    return {modality.rsplit("/", 1)[-1]: number for modality, number in rows}


@contextlib.contextmanager
def _disk_errors(out: Path) -> Iterator[None]:
    """Turn what the operating system says into a sentence that tells what to do."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error)
        if full:
            raise GraphError(
                "the disk is full; the last good graph is unchanged", where=out, hint="free some space and build again"
            ) from error
        raise GraphError(
            f"the build folder cannot be written: {error.strerror or error}", where=error.filename or out
        ) from error


def extract_file(path: Path) -> Extraction:
    """Read one article and take its records, with the bundled reference data.

    Raises:
        SourceError: the file cannot be read as text.
    """
    from policygraph.importing.reference import load_reference
    from policygraph.reading import read

    return _rules()(read(path), load_reference())
