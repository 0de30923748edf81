"""Takes event data sets into a built graph: read and converted in one process, stored in another.

The graph grows part by part; each part is a new generation of the build folder,
together with the note of how far each file has been taken in. A stopped import
thus loses at most one part, and goes on from there when it is run again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import pyoxigraph as ox

from policygraph import iris
from policygraph.child import start
from policygraph.compacting import compact, is_due
from policygraph.converting import Job, from_json, inlet
from policygraph.errors import GraphError, PolicyGraphError, StoreMissingError
from policygraph.graph import naming as n
from policygraph.graph.assemble import is_full
from policygraph.graph.generations import IMPORTS, BuildFolder, carry_over, read_json, write_json
from policygraph.graph.store import EmbeddedStore
from policygraph.importing.formats import Format, format_named
from policygraph.importing.lines import STANDARD_INPUT, Member, members
from policygraph.importing.tally import Tally
from policygraph.merging import Merged
from policygraph.table import Table

#: Where workers put N-Quads, if no other folder is named.
SHARDS = ".shards"
#: Events of which one part is made; where a set revises events, the part is held in memory.
PART, REVISING_PART = 500_000, 20_000


@dataclass(frozen=True, slots=True)
class Step:
    """How far an import is: bytes read of the file at hand (0 where unknown), events and seconds so far."""

    file: str
    read: int
    size: int
    events: int
    seconds: float


@dataclass
class Imported:
    """What an import did: counts, files that were complete before, and files that broke off.

    >>> Imported(Tally(events=2), known=("a.CSV",)).table.rows
    [('events', None, 2), ('file in the graph already', 'a.CSV', None)]
    """

    tally: Tally = field(default_factory=Tally)
    known: tuple[str, ...] = ()
    broken: list[PolicyGraphError] = field(default_factory=list)
    seconds: float = 0.0
    merged: Merged | None = None

    @property
    def changed(self) -> bool:
        """Whether events came in or were taken back."""
        return bool(self.tally.events or self.tally.withdrawn)

    @property
    def table(self) -> Table:
        """What was counted and met, a row each; a notebook shows it by itself."""
        tally = self.tally
        rows: list[tuple[Any, ...]] = [("events", None, tally.events)]
        rows += [("events taken back", None, tally.withdrawn)] if tally.withdrawn else []
        rows += [("lines left out", reason, number) for reason, number in tally.left_out.most_common()]
        rows += [("lines mended", reason, number) for reason, number in tally.changed.most_common()]
        rows += [("file in the graph already", name, None) for name in self.known]
        rows += [("file that broke off", str(error), None) for error in self.broken]
        return Table(("what", "which", "number"), rows, "Import", self.merged.words if self.merged else "")

    def _repr_html_(self) -> str:
        return self.table._repr_html_()

    @property
    def exit_code(self) -> int:
        """0, or 1 where a file could not be read to its end."""
        return 1 if self.broken else 0


def import_events(
    out: Path,
    kind: str,
    paths: Sequence[Path],
    *,
    tables: Sequence[Path] = (),
    bundled: bool = True,
    strict: bool = False,
    part: int | None = None,
    watch: Callable[[Step], None] | None = None,
    scheduler: str | None = None,
    shards: Path | None = None,
) -> Imported:
    """Take the files of a data set into the graph built in `out`.

    A file that has been taken in is known by its content and passed over; one
    that was begun is continued. `tables` and `bundled` are the reference data
    that actors and places are linked by. `watch` is told every megabyte or so.

    With `scheduler` the workers of a Dask cluster convert, see `cluster.workers`;
    the N-Quads they write stay in the folder `shards` where one is named. The
    graph is the same.

    Raises:
        StoreMissingError: nothing has been built in `out`.
        SourceError: there is nothing to read.
        DataError: with `strict`, at the first bad line.
        GraphError: the disk is full, or the converting process was ended.
        UnknownNameError: there is no such kind of data set.
        ServiceError: the cluster does not answer, or its workers die.
    """
    form = format_named(kind)
    folder = BuildFolder(out)
    if folder.current() is None:
        raise StoreMissingError("there is no built graph to import into", where=out, hint="run 'policygraph build'")
    found = [member for path in paths for member in members(path, form.suffixes)]
    with folder.lock():
        done = _done(folder)
        todo = members_to_do(kind, found, done)
        size = part or (REVISING_PART if form.revises else PART)
        job = Job(kind, tuple(m for m in todo if not m[2] < 0), tuple(tables), bundled, strict, size)
        result = Imported(known=tuple(member.name for member, _, after in todo if after < 0))
        if job.members:
            source = _spread(job, scheduler, shards or out / SHARDS) if scheduler or shards else _converter(job)
            _Import(folder, form, result, watch).run(source)
            if shards is None:
                shutil.rmtree(out / SHARDS, ignore_errors=True)
        # Also where nothing came in: an earlier run may have been stopped here.
        if is_due(folder):
            if watch:
                watch(Step("putting the store in order", 0, 0, result.tally.events, result.seconds))
            compact(folder)
    return result


def _done(folder: BuildFolder) -> dict[str, Any]:
    present = folder.current()
    state = read_json(present / IMPORTS) if present else {}
    files = state.get("files", {})
    return files if isinstance(files, dict) else {}


def members_to_do(kind: str, found: Sequence[Member], done: dict[str, Any]) -> list[tuple[Member, str, int]]:
    """Each member with its key and the line it was taken in to: -1 where it is complete.

    The kind is part of the key: a file that was taken for another data set by mistake is not known yet.
    """
    keys: dict[Path, str] = {}
    todo = []
    for member in found:
        if member.path == STANDARD_INPUT:
            todo.append((member, "", 0))
            continue
        if member.path not in keys:
            with member.path.open("rb") as handle:
                keys[member.path] = hashlib.file_digest(handle, "sha256").hexdigest()
        key = ":".join(filter(None, (kind, keys[member.path], member.inside)))
        known = done.get(key, {})
        todo.append((member, key, -1 if known.get("done") else int(known.get("rows", 0))))
    # The same content under two names is taken in once.
    return list({key: (member, key, after) for member, key, after in reversed(todo)}.values())[::-1]


class _Import:
    """One run: parts come through the pipe and become generations."""

    def __init__(
        self, folder: BuildFolder, form: Format, result: Imported, watch: Callable[[Step], None] | None
    ) -> None:
        self.folder, self.form, self.result, self.watch = folder, form, result, watch
        self._clock = time.monotonic()

    def run(self, source: AbstractContextManager[Iterator[bytes]]) -> None:
        """Take in all parts."""
        with source as messages:
            while (stream := _Part(messages, self._tell)).begins():
                with self.folder.new_generation() as generation:
                    self._store(generation, stream)
                    self.folder.publish(generation)
                self.folder.clean()
        self.result.seconds = time.monotonic() - self._clock

    def _store(self, generation: Path, stream: _Part) -> None:
        """Write one part into a copy of the present store."""
        present = self.folder.current()
        assert present is not None  # noqa: S101 - checked before, and the folder is locked
        try:
            carry_over(present, generation)
            store = EmbeddedStore.create(generation / "store")
            # They describe the graph as it was.
            store.engine.remove_graph(ox.NamedNode(iris.MEASUREMENTS_GRAPH))
            if self.form.revises:
                self._spool(generation, stream, store)
            else:
                store.engine.bulk_load(input=cast("IO[bytes]", stream), format=ox.RdfFormat.N_QUADS)
            store.engine.flush()
        except (OSError, RuntimeError) as error:
            raise stream.error or _explained(error, self.folder.out) from error
        if stream.error:
            raise stream.error
        self.result.broken += stream.broken
        assert stream.end is not None  # noqa: S101 - a part ends with its note or with an error
        self._note(generation, stream.end)

    def _spool(self, generation: Path, stream: _Part, store: EmbeddedStore) -> None:
        """What a part replaces must go before the part comes in, so it is kept in a file meanwhile."""
        path = generation / "part.nq"
        withdrawn = self._withdrawn(generation)
        with path.open("wb") as handle:
            shutil.copyfileobj(cast("IO[bytes]", stream), handle, 1 << 20)
            for node, (revision, lines) in stream.latest.items():
                event = ox.NamedNode(node[1:-1])
                if max(withdrawn.get(node, -1), revision_of(store.engine, event)) > revision:
                    stream.outdated += [lines] if lines else []
                    continue
                remove_event(store.engine, event)
                if lines:
                    handle.write(lines.encode("utf-8", "replace"))
                    withdrawn.pop(node, None)
                else:
                    withdrawn[node] = revision
        store.engine.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        path.unlink()
        for quad in ox.parse("".join(stream.outdated).encode("utf-8", "replace"), format=ox.RdfFormat.N_QUADS):
            if quad.predicate == n.pg("recordedIn") and isinstance(quad.object, ox.NamedNode):
                _remove_unused(store.engine, quad.object)
        write_json(generation / IMPORTS, read_json(generation / IMPORTS) | {"withdrawn": withdrawn})

    def _withdrawn(self, generation: Path) -> dict[str, int]:
        """Events that their set has taken back, with the revision up to which they stay out."""
        found = read_json(generation / IMPORTS).get("withdrawn", {})
        return dict(found) if isinstance(found, dict) else {}

    def _note(self, generation: Path, end: dict[str, Any]) -> None:
        """Write down how far each file is, and what was counted."""
        state = read_json(generation / IMPORTS)
        files = state.get("files", {})
        assert isinstance(files, dict)  # noqa: S101 - written by this function
        files |= {key: about | {"format": self.form.name} for key, about in end["files"].items() if key}
        write_json(generation / IMPORTS, state | {"files": files})
        self.result.tally.take(end["tally"])

    def _tell(self, told: dict[str, Any]) -> None:
        if self.watch:
            self.watch(Step(told["file"], told["read"], told["size"], told["events"], time.monotonic() - self._clock))


class _Part:
    """The N-Quads of one part, as a file that is read from the messages of a conversion; see `converting`."""

    def __init__(self, messages: Iterator[bytes], tell: Callable[[dict[str, Any]], None]) -> None:
        self._messages, self._tell = messages, tell
        self._rest = memoryview(b"")
        self._over = False
        self.end: dict[str, Any] | None = None
        self.error: PolicyGraphError | None = None
        self.broken: list[PolicyGraphError] = []
        self.latest: dict[str, tuple[int, str | None]] = {}
        self.outdated: list[str] = []

    def begins(self) -> bool:
        """Wait for the first data; False where there is no further part.

        Raises:
            PolicyGraphError: the converting process met an error, or was ended.
        """
        while not self._rest and not self._over:
            self._receive()
        if self.error:
            raise self.error
        return bool(self._rest) or self.end is not None

    def read(self, size: int = -1) -> bytes:
        """The next bytes, none at the end of the part."""
        while not self._rest and not self._over:
            self._receive()
        size = len(self._rest) if size < 0 else size
        piece, self._rest = bytes(self._rest[:size]), self._rest[size:]
        return piece

    def _receive(self) -> None:
        message = next(self._messages, None)
        if message is None:
            self.error = GraphError(
                "the process that converts the data was ended; what was imported before is kept",
                hint="run the same import again: it goes on from there",
            )
            self._over = True
            return
        letter, body = message[:1], memoryview(message)[1:]
        if letter == b"Q":
            self._rest = body
        else:
            self._said(letter, json.loads(bytes(body)) if body else None)

    def _said(self, letter: bytes, told: Any) -> None:
        if letter == b"P":
            self._tell(told)
        elif letter == b"R":
            self.latest, self.outdated = told["latest"], told["outdated"]
        elif letter == b"E":
            self.end, self._over = told, True
        elif letter == b"F":
            self.broken.append(from_json(told))
        elif letter == b"X":
            self.error, self._over = from_json(told), True
        else:
            self._over = True


def _explained(error: OSError | RuntimeError, out: Path) -> GraphError:
    if is_full(error):
        return GraphError(
            "the disk is full; what was imported before is kept", where=out, hint="free some space and import again"
        )
    return GraphError(f"the store cannot take the data in: {error}", where=out)


@contextlib.contextmanager
def _converter(job: Job) -> Iterator[Iterator[bytes]]:
    """The messages of a converting process; it ends with the block, however that ends."""
    piped = any(member.path == STANDARD_INPUT for member, _, _ in job.members)
    with tempfile.TemporaryDirectory(prefix="policygraph-") as folder:
        file = Path(folder) / "job.json"
        file.write_text(job.dump(), encoding="utf-8")
        child = start("policygraph.converting", str(file), stdin=None if piped else subprocess.DEVNULL)
        try:
            yield inlet(cast("BinaryIO", child.stdout))
        finally:
            child.kill()
            cast("BinaryIO", child.stdout).close()
            child.wait()


@contextlib.contextmanager
def _spread(job: Job, scheduler: str | None, folder: Path) -> Iterator[Iterator[bytes]]:
    """The messages of a conversion that many workers do, by way of shards in `folder`."""
    from policygraph.cluster import workers
    from policygraph.shards import convert_shard, messages, plan, sweep

    folder.mkdir(parents=True, exist_ok=True)
    shards = plan(job)
    calls = [(shard, str(folder.resolve())) for shard in shards]
    with workers(scheduler) as hands, contextlib.closing(hands.run(convert_shard, calls)) as notes:
        yield messages(job, shards, notes, folder)
    sweep(shards, folder)


def remove_event(store: ox.Store, event: ox.NamedNode) -> None:
    """Take an event out of whatever graph it stands in, with reports that nothing else rests on."""
    quads = list(store.quads_for_pattern(event, None, None, None))
    for quad in quads:
        store.remove(quad)
    for record in [quad.object for quad in quads if quad.predicate == n.pg("recordedIn")]:
        if isinstance(record, ox.NamedNode):
            _remove_unused(store, record)


def revision_of(store: ox.Store, event: ox.NamedNode) -> int:
    """The revision that the graph has of an event, 0 where it has none."""
    found = next(store.quads_for_pattern(event, n.pg("revision"), None, None), None)
    return int(found.object.value) if found and isinstance(found.object, ox.Literal) else 0


def _remove_unused(store: ox.Store, record: ox.NamedNode) -> None:
    if next(store.quads_for_pattern(None, n.pg("recordedIn"), record, None), None) is None:
        for quad in list(store.quads_for_pattern(record, None, None, None)):
            store.remove(quad)
