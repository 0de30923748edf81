"""Carries out one change of the graph in a process of its own, and puts the result in force in one step.

Started as `python -m policygraph.serve.writer BUILD MEMORY_MB`; the change comes on
standard input as a JSON line and a body, what went wrong goes to standard
error. The change is made on a copy of the newest generation, so whoever reads
meanwhile sees the graph before it or after it, and a change that fails or is
ended leaves nothing behind.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from policygraph.errors import PolicyGraphError, QueryError, StoreMissingError
from policygraph.graph.generations import PARTS, BuildFolder
from policygraph.graph.sparql import refuse_requests, syntax_error
from policygraph.iris import PREFIXES
from policygraph.serve.worker import TRIPLES, bound_memory, cut_off_network

#: Exit code: the change was wrong.
WRONG = 3


def carry_out(build: Path, change: dict[str, Any], body: bytes) -> None:
    """Make the change on a copy and publish it.

    Raises:
        QueryError: the update or the data cannot be read.
        ProjectError: a build or another change is under way.
    """
    folder = BuildFolder(build)
    with folder.lock():
        present = folder.current()
        if present is None:
            raise StoreMissingError("there is no built graph here", where=build, hint="run 'policygraph build'")
        with folder.new_generation() as generation:
            _copy(present, generation)
            store = ox.Store(str(generation / "store"))
            _change(store, change, body)
            store.flush()
            del store
            folder.publish(generation)


def _copy(present: Path, generation: Path) -> None:
    """Everything of the present generation as hard links, but for what describes only that one.

    The whole graph as a file would be out of date, and writing it anew could
    take longer than the change; the next build writes it.
    """
    ox.Store.read_only(str(present / "store")).backup(str(generation / "store"))
    for path in present.iterdir():
        if path.name in ("store", "graph.trig", "in-use"):
            continue
        if path.is_dir():
            shutil.copytree(path, generation / path.name, copy_function=os.link)
        elif path.name in PARTS or path.suffix == ".json":
            os.link(path, generation / path.name)


def _change(store: ox.Store, change: dict[str, Any], body: bytes) -> None:
    graph = ox.NamedNode(change["graph"]) if change.get("graph") else ox.DefaultGraph()
    if change["kind"] == "update":
        text = body.decode("utf-8")
        refuse_requests(text)
        try:
            store.update(text, base_iri=change["base"], prefixes=PREFIXES)
        except SyntaxError as error:
            raise syntax_error(text, str(error)) from None
        return
    if change["kind"] in ("delete", "put"):
        store.remove_graph(graph)
    if change["kind"] == "delete":
        return
    if isinstance(graph, ox.NamedNode):
        # An empty graph is a graph all the same.
        store.add_graph(graph)
    begin = 0
    for format, size in change["parts"]:
        try:
            part = body[begin : begin + size]
            store.load(part, format=TRIPLES[format], base_iri=change["base"], to_graph=graph)
        except (SyntaxError, ValueError) as error:
            raise QueryError(f"the data cannot be read: {error}") from None
        begin += size


def main(arguments: list[str]) -> int:
    """Carry out the change that stands on standard input."""
    build, memory_mb = arguments
    head, _, body = sys.stdin.buffer.read().partition(b"\n")
    cut_off_network()
    bound_memory(int(memory_mb))
    try:
        carry_out(Path(build), json.loads(head), body)
    except PolicyGraphError as error:
        sys.stderr.write(str(error))
        return WRONG if isinstance(error, QueryError) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
