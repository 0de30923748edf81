"""One process that answers queries over a read-only store, and may be ended at any moment.

Started as `python -m policygraph.serve.worker FD STORE SPOOL MEMORY_MB RESULT_MB SERVICES`. It is
its own process because nothing else can end a running query: not a thread, not
a time limit of the engine. When it runs out of memory it dies alone.
"""

from __future__ import annotations

import ctypes
import io
import json
import os
import resource
import signal
import socket
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import pyoxigraph as ox

from policygraph.errors import QueryError
from policygraph.graph.sparql import names_its_graphs, refuse_requests, syntax_error
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
            handle, self.path = tempfile.mkstemp(dir=self.folder)
            self._file = os.fdopen(handle, "wb")
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
        return bytes(self._memory)

    def drop(self) -> None:
        """Forget the result."""
        if self._file is not None:
            self._file.close()
            Path(self.path).unlink()


@dataclass(frozen=True)
class Settings:
    """What a worker was started with."""

    spool: str
    result_bytes: int
    services: tuple[str, ...]


def answer(store: ox.Store, request: dict[str, Any], settings: Settings) -> bytes:
    """Run one query and pack the reply."""
    try:
        refuse_requests(request["query"], settings.services)
    except QueryError as error:
        return pack({"error": "refused", "message": str(error)})
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
            return pack({"error": "not acceptable", "message": f"{kind} come as {', '.join(formats)}"})
        if formats is TRIPLES:
            # The engine writes prefixes only through `serialize`, and streams there as well.
            short = request["prefixes"] if name in ("turtle", "trig") else None
            ox.serialize(results, cast("BinaryIO", spool), formats[name], prefixes=short)
        else:
            results.serialize(spool, formats[name])
    except SyntaxError as error:
        spool.drop()
        return pack({"error": "syntax", "message": str(syntax_error(request["query"], str(error)))})
    except ResultTooLarge:
        spool.drop()
        return pack({"error": "result limit", "message": ""})
    except MemoryError:
        spool.drop()
        return pack({"error": "memory limit", "message": ""})
    except (ValueError, OSError, RuntimeError, OverflowError) as error:
        spool.drop()
        return pack({"error": "evaluation", "message": str(error)})
    body = spool.finish()
    return pack({"format": name, "size": spool.size, "file": spool.path}, body)


def _evaluate(store: ox.Store, request: dict[str, Any]) -> Any:
    """Graphs named by the request are the dataset, else those that the query names, else the union of all."""
    options: dict[str, Any] = {"prefixes": request["prefixes"], "base_iri": request["base"]}
    default, named = request["default_graphs"], request["named_graphs"]
    if default or named:
        options["default_graph"] = [ox.NamedNode(g) for g in default]
        options["named_graphs"] = [ox.NamedNode(g) for g in named]
    else:
        options["use_default_graph_as_union"] = not names_its_graphs(request["query"])
    return store.query(request["query"], **options)


def lock_down(memory_mb: int, network: bool) -> None:
    """Bound the memory of this process and cut it off from the network where the system can."""
    if not network and sys.platform == "linux":
        # Best effort: without the right to do so, the check of the query's text stands alone.
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_NEW_NETWORK) != 0:
            libc.unshare(_NEW_USER | _NEW_NETWORK)
    if memory_mb and sys.platform == "linux":
        held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        limit = held + memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Answer requests from the socket until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    descriptor, path, spool, memory_mb, result_mb, services = arguments
    channel = socket.socket(fileno=int(descriptor))
    names = tuple(json.loads(services))
    store = ox.Store.read_only(path)
    lock_down(int(memory_mb), bool(names))
    settings = Settings(spool, int(result_mb) * 1024 * 1024, names)
    channel.sendall(pack({"ready": True}))
    while (message := receive(channel)) is not None:
        request, body = message
        request["query"] = body.decode()
        channel.sendall(answer(store, request, settings))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
