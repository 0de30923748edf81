"""One process that answers queries over a read-only store, and may be ended at any moment.

It is its own process because nothing else can end a running query: not a thread,
not a time limit of the engine. When it runs out of memory it dies alone.
`serve.nursery` forks it.
"""

from __future__ import annotations

import ctypes
import io
import os
import resource
import secrets
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.sparql import names_its_graphs, refuse_requests, syntax_error
from policygraph.iris import PREFIXES
from policygraph.serve.wire import pack, receive

#: Results up to this size travel through the socket, larger ones through a file.
INLINE_BYTES = 256 * 1024
_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000

SOLUTIONS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
}


class ResultTooLarge(Exception):
    """The result passed its limit."""


class Spool(io.RawIOBase):
    """Collects a result in memory, from `INLINE_BYTES` on in a file; ends at the limit."""

    def __init__(self, folder: str, limit: int) -> None:
        self.folder, self.limit = folder, limit
        self.size = 0
        self.path = ""
        self._memory = bytearray()
        self._file: BinaryIO | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self.size += len(piece)
        if self.size > self.limit:
            raise ResultTooLarge
        if self._file is None and len(self._memory) + len(piece) > INLINE_BYTES:
            self._file = unfinished(self.folder, os.getpid()).open("wb")
            self._file.write(self._memory)
            self._memory.clear()
        if self._file is None:
            self._memory += piece
        else:
            self._file.write(piece)
        return len(piece)

    def finish(self) -> bytes:
        """The result where it is small; else b'' and `path` names the file."""
        if self._file is not None:
            self._file.close()
            self.path = str(Path(self.folder) / secrets.token_hex(8))
            unfinished(self.folder, os.getpid()).rename(self.path)
        return bytes(self._memory)

    def drop(self) -> None:
        """Forget the result."""
        if self._file is not None:
            self._file.close()
            unfinished(self.folder, os.getpid()).unlink()


def unfinished(folder: str | Path, pid: int) -> Path:
    """Where a worker writes a large result; who ends the worker removes it."""
    return Path(folder) / f"{pid}.part"


@dataclass(frozen=True)
class Settings:
    """What a worker was started with."""

    spool: str
    result_bytes: int
    memory_mb: int
    services: tuple[str, ...]


def answer(store: ox.Store, request: dict[str, Any], settings: Settings) -> tuple[dict[str, Any], bytes]:
    """Run one query; what is to be said about the result, and the result where it is small."""
    try:
        refuse_requests(request["query"], settings.services)
    except QueryError as error:
        return {"error": "refused", "message": str(error)}, b""
    spool = Spool(settings.spool, settings.result_bytes)
    try:
        results = _evaluate(store, request)
        if isinstance(results, ox.QueryTriples):
            name = request["triples"]
            formats: dict[str, Any] = TRIPLES
        else:
            name = request["solutions"]
            formats = SOLUTIONS
        if name is None:
            kind = "graphs" if formats is TRIPLES else "result tables"
            return {"error": "not acceptable", "message": f"{kind} come as {', '.join(formats)}"}, b""
        if formats is TRIPLES:
            # The engine writes prefixes only through `serialize`, and streams there as well.
            short = PREFIXES if name in ("turtle", "trig") else None
            ox.serialize(results, cast("BinaryIO", spool), formats[name], prefixes=short)
        else:
            results.serialize(spool, formats[name])
    except SyntaxError as error:
        spool.drop()
        return {"error": "syntax", "message": str(syntax_error(request["query"], str(error)))}, b""
    except ResultTooLarge:
        spool.drop()
        return {"error": "result limit", "message": ""}, b""
    except MemoryError:
        spool.drop()
        return {"error": "memory limit", "message": ""}, b""
    except (ValueError, OSError, RuntimeError, OverflowError) as error:
        spool.drop()
        return {"error": "evaluation", "message": str(error)}, b""
    body = spool.finish()
    return {"format": name, "size": spool.size, "file": spool.path}, body


def _evaluate(store: ox.Store, request: dict[str, Any]) -> Any:
    """Graphs named by the request are the dataset, else those that the query names, else the union of all."""
    options: dict[str, Any] = {"prefixes": PREFIXES, "base_iri": request["base"]}
    default, named = request["default_graphs"], request["named_graphs"]
    if default or named:
        options["default_graph"] = [ox.NamedNode(g) for g in default]
        options["named_graphs"] = [ox.NamedNode(g) for g in named]
    else:
        options["use_default_graph_as_union"] = not names_its_graphs(request["query"])
    return store.query(request["query"], **options)


def cut_off_network() -> None:
    """Leave this process, and those that it forks, without a network where the system can do that.

    Best effort, to be done before any thread runs; without the right to do so,
    the check of the query's text stands alone.
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_NETWORK) != 0:
            libc.unshare(_NEW_USER | _NEW_NETWORK)


def bound_memory(memory_mb: int) -> None:
    """Let this process use this much on top of what it holds."""
    if memory_mb and sys.platform == "linux":
        held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        limit = held + memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def work(channel: socket.socket, path: str, settings: Settings) -> None:
    """Open the store, say so, and answer requests from the channel until it closes."""
    # What the engine has to say when it dies concerns nobody: the server tells the client.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    store = ox.Store.read_only(path)
    bound_memory(settings.memory_mb)
    channel.sendall(pack({"ready": True}))
    while (message := receive(channel)) is not None:
        request, body = message
        request["query"] = body.decode()
        head, result = answer(store, request, settings)
        channel.sendall(pack({**head, "seconds": time.process_time()}, result))
