"""From the files of a project to what each says: read, extracted, encoded, and kept for the next build."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from policygraph import __version__, iris
from policygraph.errors import PolicyGraphError, ServiceError, SourceError
from policygraph.graph.cache import Cache, Entry, code_digest
from policygraph.graph.encode import encode
from policygraph.projectfile import Project, article_files
from policygraph.records import Document, Extraction, ReferenceData, SourceInfo


class Progress(Protocol):
    """What a build tells about how far it is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A new stage begins, with so many steps where that is known."""
        ...

    def step(self, what: str = "") -> None:
        """One step of the stage is done."""
        ...

    def reach(self, done: int, total: int) -> None:
        """So much of the stage is done, of so much."""
        ...

    def tell(self, text: str) -> None:
        """Something that a person should know before it goes on."""
        ...


class Quiet:
    """A progress that says nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def step(self, what: str = "") -> None:
        """Say nothing."""

    def reach(self, done: int, total: int) -> None:
        """Say nothing."""

    def tell(self, text: str) -> None:
        """Say nothing."""


Extractor = Callable[[Document, ReferenceData], Extraction]


def rules() -> Extractor:
    """The extractor that comes with policygraph."""
    from policygraph.extraction import extract

    return extract


def extractor_of(project: Project, progress: Progress) -> Extractor:
    """The rules, or the rules and the model that the project names.

    What the model would be sent is told before the first request.

    Raises:
        UsageError: it would be sent more than the project allows.
    """
    if project.model is None:
        return rules()
    from policygraph.extraction.llm.client import Endpoint
    from policygraph.extraction.llm.second import SecondReader

    plan = project.model
    endpoint = Endpoint(plan.url, plan.name, price_in=plan.price_in, price_out=plan.price_out)
    if plan.key_variable:
        endpoint = replace(endpoint, key_variable=plan.key_variable)
    reader = SecondReader(endpoint, project.out / "model-answers", plan.max_requests)
    estimate = reader.estimate(list(_documents(project)))
    if estimate.requests:
        progress.tell(f"The model {plan.name} will be sent {estimate}.")
    return reader.extractor()


def _documents(project: Project) -> Iterator[Document]:
    """The sources as documents; those that cannot be read are told of when they are taken in."""
    from policygraph.reading import SUFFIXES, read

    for path in article_files(project, SUFFIXES):
        with contextlib.suppress(PolicyGraphError, OSError):
            yield read(path)


def reference_of(project: Project) -> tuple[ReferenceData, list[Path]]:
    """The reference tables of a project, and its Turtle files.

    Raises:
        DataError: a table breaks its schema.
    """
    from policygraph.importing.reference import load_reference, turtle_files

    return load_reference(project.tables, project.bundled), turtle_files(project.tables)


def _stale(reference: ReferenceData) -> list[str]:
    from policygraph.importing.reference import stale_tables

    today = dt.datetime.now(dt.UTC).date()
    return [
        f"{table}: last reviewed on {day}; people may have left office since"
        for table, day in stale_tables(reference, today)
    ]


class Gathering:
    """Takes in the sources of a project; afterwards `errors` and `warnings` say what was wrong."""

    def __init__(
        self,
        project: Project,
        cache: Cache,
        progress: Progress,
        extract: Extractor,
        scheduler: str | None = None,
    ) -> None:
        self.project, self.cache, self.progress, self.extract = project, cache, progress, extract
        self.scheduler = scheduler
        self.errors: list[str] = []
        self.warnings: list[str] = []
        self.read_again = 0

    def sources(self, reference: ReferenceData) -> list[Entry]:
        """The sources that could be taken in, each text once, in the order of their names in the graph.

        Raises:
            SourceError: there are sources, and none of them can be read.
            DataError: the catalogue is wrong.
        """
        from policygraph.reading import SUFFIXES

        self.warnings += _stale(reference)
        paths = list(article_files(self.project, SUFFIXES))
        infos = _catalogue(self.project, paths, self.warnings)
        salt = _salt(reference, self.extract)
        if self.scheduler:
            self._spread(self.scheduler, [(path, infos.get(path.resolve(), SourceInfo())) for path in paths], salt)
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
        try:
            entry, read_now = take_in(path, info, salt, reference, self.extract, self.cache)
            self.read_again += read_now
            return entry
        except ServiceError:
            raise  # the last good graph stays, and the next run goes on where this one stopped
        except PolicyGraphError as error:
            self.errors.append(str(error))
        except PermissionError as error:
            self.errors.append(f"{path}: the article cannot be read: {error.strerror}")
        return None

    def _spread(self, scheduler: str, sources: list[tuple[Path, SourceInfo]], salt: str) -> None:
        """Let the workers of a cluster fill the cache with what is new.

        Raises:
            MissingExtraError, ServiceError: see `cluster.workers`.
        """
        from policygraph.cluster import workers

        new = [source for source in sources if not self._holds(*source, salt)]
        batches = [new[at : at + _BATCH] for at in range(0, len(new), _BATCH)]
        if not batches:
            return
        self.progress.stage("sources, on the cluster", len(new))
        place = _Place(self.cache.folder.resolve(), self.project.tables, self.project.bundled, salt)
        before = self.read_again
        calls = [(batch, place, self.extract) for batch in batches]
        with workers(scheduler) as hands, contextlib.closing(hands.run(take_in_batch, calls)) as done:
            for batch, count in zip(batches, done, strict=True):
                self.read_again += count
                for path, _ in batch:
                    self.progress.step(path.name)
        if self.read_again == before:
            self.warnings.append(
                "the workers could take in none of the sources, so all were read here: "
                "articles, tables and the build folder must be on a folder that all machines share"
            )

    def _holds(self, path: Path, info: SourceInfo, salt: str) -> bool:
        try:
            return self.cache.holds(_key(path, info, salt))
        except OSError:
            # Whoever reads it says why it cannot be read.
            return False


#: Articles that a worker takes in at a time.
_BATCH = 25


@dataclass(frozen=True)
class _Place:
    """What a worker needs to know of a project; `salt` is what the names of entries depend on."""

    cache: Path
    tables: tuple[Path, ...]
    bundled: bool
    salt: str


def take_in_batch(sources: list[tuple[Path, SourceInfo]], place: _Place, extract: Extractor) -> int:
    """On a worker: take some sources into the cache; the number that is there afterwards.

    What cannot be read is left to the machine that builds, which says why.

    Raises:
        ServiceError: this machine would take something else from them than the one that builds.
    """
    reference, done = _reference(place.tables, place.bundled, place.salt), 0
    if _salt(reference, extract) != place.salt:
        raise ServiceError(
            f"the worker on {socket.gethostname()} has another policygraph or other reference tables",
            hint="install the same policygraph everywhere and put the project's tables on a shared folder",
        )
    for path, info in sources:
        with contextlib.suppress(PolicyGraphError, OSError):
            take_in(path, info, place.salt, reference, extract, Cache(place.cache))
            done += 1
    return done


@lru_cache(maxsize=1)
def _reference(tables: tuple[Path, ...], bundled: bool, salt: str) -> ReferenceData:
    """The tables, read once by a worker for as long as the builder's are the same."""
    from policygraph.importing.reference import load_reference

    return load_reference(tables, bundled)


def take_in(
    path: Path, info: SourceInfo, salt: str, reference: ReferenceData, extract: Extractor, cache: Cache
) -> tuple[Entry, bool]:
    """The entry of a source, and whether it was read now rather than found in the cache.

    Raises:
        SourceError, MissingExtraError: it cannot be read.
        OSError: the system refuses.
    """
    from policygraph.reading import read

    key = _key(path, info, salt)
    entry = cache.get(key)
    if entry:
        return entry, False
    document = read(path, info)
    encoded = encode(extract(document, reference))
    return cache.put(key, encoded, document.title, document.text, document.warnings), True


def _salt(reference: ReferenceData, extract: Extractor) -> str:
    """Stands for all that may change what is taken from one and the same source."""
    by = f"{extract.__module__}.{extract.__qualname__}"
    return iris.content_key(reference.digest, __version__, by, code_digest("reading", "extraction", "graph"))


def _key(path: Path, info: SourceInfo, salt: str) -> str:
    return iris.content_key(salt, path.name, repr(info), iris.sha256(path.read_bytes()))


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


def extract_file(path: Path) -> Extraction:
    """Read one article and take its records, with the bundled reference data.

    Raises:
        SourceError: the file cannot be read as text.
    """
    from policygraph.importing.reference import load_reference
    from policygraph.reading import read

    return rules()(read(path), load_reference())
