"""The way in: build a project, open its graph, ask it, measure it, show it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from policygraph.errors import UsageError
from policygraph.graph.evidence import EvidenceTable, evidence
from policygraph.graph.export import export
from policygraph.graph.generations import open_generation, read_json
from policygraph.graph.results import Triples
from policygraph.graph.store import EmbeddedStore
from policygraph.graph.terms import to_term
from policygraph.projectfile import FILE_NAME, Project
from policygraph.records import Extraction
from policygraph.table import Table

if TYPE_CHECKING:
    import rdflib

    from policygraph.dataimport import Imported, Step
    from policygraph.gathering import Progress
    from policygraph.graph.findings import Report as Findings
    from policygraph.graph.http import Access
    from policygraph.graph.remote import RemoteStore
    from policygraph.network import Network
    from policygraph.report import Report
    from policygraph.view import View


class PolicyGraph:
    """A graph to ask, measure and show. Made by `build` and `open`; closes like a file.

    `store` is the graph itself, for whoever writes to `interfaces.GraphReader`.
    """

    def __init__(
        self, store: EmbeddedStore | RemoteStore, folder: Path | None = None, lock: IO[bytes] | None = None
    ) -> None:
        self.store = store
        self.folder = folder
        self._lock = lock
        self._copy: EmbeddedStore | None = None

    # --- asking --------------------------------------------------------------

    def query(
        self, sparql: str, bindings: Mapping[str, Any] | None = None, *, timeout: float | None = None
    ) -> Table | bool | Triples:
        """Answer any SPARQL 1.1 query over the union of all graphs.

        Args:
            sparql: SELECT gives a `Table`, ASK a bool, CONSTRUCT and DESCRIBE `Triples`.
                The prefixes of `policygraph.PREFIXES` need no declaration.
            bindings: values for variables: an `IRI`, text, number, date.
            timeout: seconds after which the query is ended.

        Raises:
            QueryError: the query cannot be read; the place is shown.
            QueryLimitError: the time was up.
        """
        terms = {name: to_term(given) for name, given in (bindings or {}).items()}
        return self.store.query(sparql, terms, timeout=timeout)

    def ask(self, question: str, **parameters: Any) -> Table:
        """Answer a question of the library; an empty answer says why in its `note`.

        `parameters` are values by name (`country="MEX"`), as `policygraph questions` lists them.

        Raises:
            UnknownNameError: no such question, parameter, entity or concept; near names are offered.
            UsageError: a value has the wrong form, or one that is needed is missing.
        """
        from policygraph.questions import run

        return run(self.store, question, **parameters)

    def evidence(self, name: str, other: str | None = None) -> EvidenceTable:
        """The sentences behind an entity, or behind the link of two; see `graph.evidence`.

        Raises:
            UnknownNameError: nothing has that name; near ones are offered.
        """
        return evidence(self.store, name, other)

    def entities(self, search: str = "", type: str | None = None) -> Table:
        """Who and what the sources and tables speak of: name, type, other names, claims, sources.

        `search` is part of a name, case ignored; `type` a class (`Person`).
        """
        from policygraph.graph.listing import entities

        return entities(self.store, search, type)

    def sources(self) -> Table:
        """The articles of the graph: title, publisher, day, claims per source."""
        from policygraph.graph.listing import sources

        return sources(self.store)

    def incidents(self, strategy: str | None = None, **options: Any) -> Table:
        """What happened, with all reports of one incident counted together; see `incidents.list_incidents`.

        Args:
            strategy: `exact`, `one-a-day`, `dyad-day`, `story` or `near`; None takes what build or import merged.
            options: `since`, `until`, `days`, `min_sources`, `single`, `limit`.

        Raises:
            UnknownNameError: no such strategy; near names are offered.
            UsageError: an option that cannot be meant.
        """
        from policygraph.incidents import list_incidents

        return list_incidents(self.store, strategy, **options)

    # --- measuring and showing -----------------------------------------------

    def network(self, layer: str = "claims", **options: Any) -> Network:
        """A network of actors; the options are those of `policygraph.network.project`."""
        from policygraph.network import project

        return project(self.store, layer, **options)

    def keep(self, network: Network, table: Table, *, resampling: str = "") -> int:
        """Put a table of centrality into the graph, for SPARQL to ask for; how many values there are.

        They stand in `graph:measurements` until the graph changes. Whoever else has the graph open
        keeps what they have.

        Raises:
            UsageError: the table holds no measures, or the graph is an endpoint or not in a build folder.
        """
        from policygraph.keeping import keep_measurements

        self._local()
        if self.folder is None or self.folder.parent.name != ".generations":
            raise UsageError("only a graph in a build folder can keep values", hint="open a build folder")
        out = self.folder.parent.parent
        kept = keep_measurements(out, network.measurements(table, resampling=resampling))
        if self._lock:
            self._lock.close()
        generation, self._lock = open_generation(out)
        self.store, self.folder = EmbeddedStore.read(generation / "store", generation / "sources"), generation
        return kept

    def view(self, **options: Any) -> View:
        """The interactive page; the options are those of `policygraph.view.view`."""
        from policygraph.view import view

        return view(self.store, **({"title": self.title} | options))

    @property
    def title(self) -> str:
        """The title of the project that the graph was built from."""
        report = read_json(self.folder / "report.json") if self.folder else {}
        return str(report.get("title", "policygraph"))

    @property
    def report(self) -> dict[str, object]:
        """What the build said: counts, warnings, errors, time."""
        return read_json(self.folder / "report.json") if self.folder else {}

    @property
    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset on the same store; pass queries as text, so that the engine answers them."""
        return self._local().rdflib

    # --- checking and writing ------------------------------------------------

    def validate(self) -> Findings:
        """Check the graph by SHACL shapes and lint (extra `validate`)."""
        from policygraph.graph.validate import validate

        return validate(self._local().engine)

    def verify(self) -> Findings:
        """Check every quote against the stored text of its source, and every content name.

        Raises:
            UsageError: the graph is behind an address, where no texts are kept.
        """
        from policygraph.graph.verify import verify

        if not isinstance(self.store, EmbeddedStore):
            raise UsageError(
                "an endpoint keeps no texts to check quotes against", where=self.store.url, hint="open a build folder"
            )
        return verify(self.store.engine, self.store.source_text)

    def export(self, format: str = "trig", path: str | Path | None = None) -> str:
        """The graph as text in one of `graph.export.FORMATS`, or written to `path`, whose name is returned.

        Raises:
            UnknownNameError: no such format.
        """
        if path is not None:
            export(self._local().engine, format, Path(path))
            return str(path)
        out = io.BytesIO()
        export(self._local().engine, format, out)
        return out.getvalue().decode("utf-8")

    def _local(self) -> EmbeddedStore:
        """The store itself; of a graph behind an address a copy in memory, fetched once."""
        if isinstance(self.store, EmbeddedStore):
            return self.store
        if self._copy is None:
            copy = EmbeddedStore.memory()
            copy.extend(self.store.quads())
            # Kept only when it is whole: a part must never pass for the graph.
            self._copy = copy
        return self._copy

    # --- life ----------------------------------------------------------------

    def close(self) -> None:
        """Let go of the graph; a later build may then remove its files."""
        if self._lock:
            self._lock.close()
        if not isinstance(self.store, EmbeddedStore):
            self.store.close()

    def __enter__(self) -> PolicyGraph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        if isinstance(self.store, EmbeddedStore):
            return f"<PolicyGraph {self.title!r}, {len(self.store):,} triples>"
        return f"<PolicyGraph at {self.store.url}>"


def build(
    project: str | Path | Project = FILE_NAME, out: str | Path | None = None, progress: Progress | None = None
) -> PolicyGraph:
    """Build a project and open its graph; sources that cannot be read stand in `report["errors"]`.

    Raises:
        ProjectError, SourceError, DataError, GraphError: see `building.build`.
    """
    done = run_build(project, out, progress)
    return open_folder(done.out)


def run_build(
    project: str | Path | Project = FILE_NAME,
    out: str | Path | None = None,
    progress: Progress | None = None,
    scheduler: str | None = None,
) -> Report:
    """Build a project and return what was found, without opening the graph; `scheduler` names a Dask cluster."""
    from policygraph.building import build as run

    return run(project if isinstance(project, Project) else Project.load(project, out), progress, scheduler=scheduler)


def import_data(
    kind: str,
    paths: str | Path | Sequence[str | Path],
    project: str | Path | Project = FILE_NAME,
    out: str | Path | None = None,
    *,
    strict: bool = False,
    merge: bool = True,
    watch: Callable[[Step], None] | None = None,
) -> Imported:
    """Take event data into the built graph of a project, as `policygraph import` does; a notebook shows the outcome.

    A graph that is open stays as it was: open it again to see the events.

    Args:
        kind: `gdelt`, `icews`, `polecat`, `acled` or `plover`.
        paths: a file or folder, or several: plain, gzip or zip. Files that are in the graph already change nothing.
        strict: stop at the first line that cannot be used, instead of leaving it out.
        merge: count reports of one event together afterwards.
        watch: told how far it is; None shows that where a person is watching.

    Raises:
        StoreMissingError, SourceError, DataError, GraphError, UnknownNameError: see `dataimport.import_events`.
        ProjectError: there is no such project, or a build or import is running there.
    """
    from policygraph.dataimport import import_events
    from policygraph.merging import BY_ITSELF, merge_built
    from policygraph.watching import watched

    plan = project if isinstance(project, Project) else Project.load(project, out)
    files = [Path(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
    with contextlib.nullcontext(watch) if watch else watched() as show:
        done = import_events(plan.out, kind, files, tables=plan.tables, bundled=plan.bundled, strict=strict, watch=show)
    if merge and done.changed:
        done.merged = merge_built(plan.out, plan.merging(), BY_ITSELF)
    return done


def open_folder(folder: str | Path) -> PolicyGraph:
    """Open the graph of a build folder.

    Raises:
        StoreMissingError: nothing has been built there.
        StoreVersionError: it was built by a newer policygraph.
    """
    generation, lock = open_generation(Path(folder))
    return PolicyGraph(EmbeddedStore.read(generation / "store", generation / "sources"), generation, lock)


def open(place: str | Path = "build", access: Access | None = None) -> PolicyGraph:
    """Open a graph: a build folder, or the address of a SPARQL endpoint.

    `access` says how to sign in to an endpoint and how long to wait for it
    (extra `llm` or `serve`, which bring httpx); nothing is sent before the first question.

    Raises:
        StoreMissingError, StoreVersionError: see `open_folder`.
    """
    if isinstance(place, str) and place.startswith(("http://", "https://")):
        from policygraph.graph.remote import RemoteStore

        return PolicyGraph(RemoteStore(place, access))
    return open_folder(place)


def extract(path: str | Path) -> Extraction:
    """The records of one article, without a graph."""
    from policygraph.gathering import extract_file

    return extract_file(Path(path))


__all__ = ["PolicyGraph", "build", "extract", "import_data", "open", "open_folder", "run_build"]
