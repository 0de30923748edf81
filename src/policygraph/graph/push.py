"""Loads a graph into a SPARQL server: graph by graph, resumable, verified by counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

import pyoxigraph as ox

from policygraph.errors import ServiceError, UsageError
from policygraph.graph.http import Access, Connection
from policygraph.graph.remote import RemoteStore

_BATCH = 1000


class Source(Protocol):
    """What is pushed: a store with named graphs."""

    def graphs(self) -> list[str]:
        """The IRIs of all named graphs, sorted."""
        ...

    def scan(
        self,
        subject: ox.NamedNode | None = None,
        predicate: ox.NamedNode | None = None,
        object: ox.NamedNode | ox.Literal | None = None,
        graph: ox.NamedNode | None = None,
    ) -> Iterator[ox.Quad]:
        """All quads that fit the pattern."""
        ...


@dataclass(frozen=True, slots=True)
class Target:
    """A server: where it answers queries, and where it takes graphs or updates.

    Exactly one of `graph_store` (Graph Store Protocol, graphs are PUT) and
    `update` (SPARQL Update) is given.
    """

    query: str
    graph_store: str | None = None
    update: str | None = None
    access: Access = field(default_factory=Access)

    def __post_init__(self) -> None:
        if (self.graph_store is None) == (self.update is None):
            raise UsageError("name either the server's graph store or its update address, not both or none")


@dataclass
class PushReport:
    """Graphs that were sent, were there already, and triples in all."""

    sent: int = 0
    kept: int = 0
    removed: int = 0
    triples: int = 0


def push(
    source: Source,
    target: Target,
    state: Path,
    *,
    remove_others: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> PushReport:
    """Make the server's graphs equal to those of `source`.

    `state` is a file that notes what the server holds; a push that was cut off
    goes on after the last verified graph, and one without changes sends nothing.
    Graphs of the server whose IRI starts with `remove_others` and that `source`
    does not have are removed. `progress` is called with (done, all) graphs.

    Raises:
        ServiceError: the server refuses, or holds another number of triples than was sent.
    """
    notes = _Notes(state, target)
    reader, report = RemoteStore(target.query, target.access), PushReport()
    names = source.graphs()
    try:
        present = _sizes(reader)
        for number, name in enumerate(names, 1):
            content = _Content(source, name)
            report.triples += content.triples
            if notes.get(name) == content.digest and present.get(name) == content.triples:
                report.kept += 1
            else:
                notes.drop(name)
                _send(content, target, reader.connection)
                _verify(reader, name, content.triples)
                notes.put(name, content.digest)
                report.sent += 1
            if progress:
                progress(number, len(names))
        for name in sorted(set(present) - set(names)):
            if remove_others and name.startswith(remove_others):
                _remove(name, target, reader.connection)
                notes.drop(name)
                report.removed += 1
    finally:
        reader.close()
    return report


class _Notes:
    """What a server is known to hold: digest by graph, for one address."""

    def __init__(self, path: Path, target: Target) -> None:
        self.path = path
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            data = {}
        known = isinstance(data, dict) and data.get("query") == target.query
        self._graphs: dict[str, str] = dict(data["graphs"]) if known else {}
        self._query = target.query

    def get(self, name: str) -> str | None:
        return self._graphs.get(name)

    def put(self, name: str, digest: str) -> None:
        self._graphs[name] = digest
        self._save()

    def drop(self, name: str) -> None:
        if self._graphs.pop(name, None):
            self._save()

    def _save(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_suffix(".part")
        part.write_text(
            json.dumps({"query": self._query, "graphs": self._graphs}, indent=1, sort_keys=True), encoding="utf-8"
        )
        part.replace(self.path)


class _Content:
    """The N-Triples of one graph, which may be read again: a sign-in asks for the body twice."""

    def __init__(self, source: Source, name: str) -> None:
        self.source, self.name = source, name
        total, self.triples, self.size = 0, 0, 0
        for line in self.lines():
            total = (total + int.from_bytes(hashlib.blake2b(line, digest_size=16).digest())) % (1 << 128)
            self.triples += 1
            self.size += len(line)
        # A sum of hashes does not depend on the order in which the store hands out triples.
        self.digest = f"{self.triples}-{total:032x}"

    def lines(self) -> Iterator[bytes]:
        for quad in self.source.scan(graph=ox.NamedNode(self.name)):
            yield f"{quad.subject} {quad.predicate} {quad.object} .\n".encode()

    def __iter__(self) -> Iterator[bytes]:
        lines = self.lines()
        while batch := b"".join(islice(lines, _BATCH)):
            yield batch


def _send(content: _Content, target: Target, connection: Connection) -> None:
    name = content.name
    if target.graph_store:
        address = f"{target.graph_store}?graph={quote(name, safe='')}"
        connection.write("PUT", address, content, "application/n-triples", size=content.size)
        return
    _remove(name, target, connection)
    for batch in content:
        text = b"INSERT DATA { GRAPH <" + name.encode() + b"> {\n" + batch + b"} }"
        connection.write("POST", str(target.update), text, "application/sparql-update")


def _remove(name: str, target: Target, connection: Connection) -> None:
    if target.graph_store:
        connection.write("DELETE", f"{target.graph_store}?graph={quote(name, safe='')}", b"", "application/n-triples")
    else:
        text = f"DROP SILENT GRAPH <{name}>"
        connection.write("POST", str(target.update), text.encode(), "application/sparql-update")


def _sizes(reader: RemoteStore) -> dict[str, int]:
    return {name: reader.size(name) for name in reader.graphs()}


def _verify(reader: RemoteStore, name: str, expected: int) -> None:
    found = reader.size(name)
    if found != expected:
        raise ServiceError(
            f"the server holds {found:,} triples of the graph, {expected:,} were sent", where=name, hint="push again"
        )
