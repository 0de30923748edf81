"""Brings a store up to date: what each named graph must hold, and writing only what differs."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

import pyoxigraph as ox

from policygraph import iris
from policygraph.errors import GraphError
from policygraph.graph.cache import Cache, Entry, code_digest
from policygraph.graph.encode import entity_quads
from policygraph.graph.generations import IMPORTS, read_json, same_format
from policygraph.graph.materialise import materialise
from policygraph.graph.reference import reference_ids, reference_quads
from policygraph.graph.rules import infer
from policygraph.graph.snapshot import in_order
from policygraph.graph.store import EmbeddedStore
from policygraph.graph.turtle import schema_files, schema_quads, user_quads
from policygraph.records import ReferenceData

#: Beside a store: what each of its graphs was made from.
MANIFEST = "manifest.json"
#: By graph: a key that changes when its content may change, and the content, for a source as the cache keeps it.
Contents = dict[str, tuple[str, Iterable[ox.Quad] | Entry]]


def contents(reference: ReferenceData, turtle: Sequence[Path], entries: Sequence[Entry]) -> Contents:
    """What each named graph must hold, derived graphs aside.

    Raises:
        DataError: a Turtle file of the user cannot be read.
    """
    code = code_digest("graph")
    own = list(user_quads(turtle))
    files = [iris.sha256(path.read_bytes()) for path in schema_files()]
    # What the tables describe has its type and names there, whatever an article says.
    known = reference_ids(reference) | {iris.local_name(str(quad.subject)[1:-1]) for quad in own}
    named = in_order(entity_quads(one for entry in entries for one in entry.named if one.id not in known))
    facts = dict.fromkeys(chain(reference_quads(reference), own))
    return {
        iris.SCHEMA_GRAPH: (iris.content_key(code, *files), schema_quads()),
        iris.REFERENCE_GRAPH: (iris.content_key(code, reference.digest, *map(str, own)), facts),
        iris.ENTITIES_GRAPH: (iris.content_key(*map(str, named)), named),
        **{iris.source_graph(entry.doc_id): (entry.key, entry) for entry in entries},
    }


def manifest(wanted: Contents, title: str, strategy: str) -> dict[str, object]:
    """What a generation is made from; equal manifests mean equal graphs and files.

    `strategy` is how reports are merged into incidents.
    """
    rules = sorted(schema_files()[0].parent.glob("rules/*"))
    derived = code_digest("graph", "incidents", "network", "view")
    keys = {graph: key for graph, (key, _) in wanted.items()}
    made = iris.content_key(derived, *(iris.sha256(p.read_bytes()) for p in rules))
    return {**keys, "title": title, "incidents": strategy, "derived": made}


def up_to_date(generation: Path, wanted: Mapping[str, object]) -> bool:
    """Whether a finished generation holds exactly what is wanted, and can be read."""
    if not same_format(generation) or read_json(generation / MANIFEST) != wanted:
        return False
    try:
        return len(EmbeddedStore.read(generation / "store")) > 0
    except (GraphError, OSError, RuntimeError):
        return False


def fill(folder: Path, wanted: Contents, present: Path | None, cache: Cache) -> EmbeddedStore:
    """A store in `folder` that holds what is wanted, its derived graphs not yet made.

    It starts as a copy of the present generation's store, by hard links, and
    is changed graph by graph; what was imported from data sets stays.
    """
    held = _copy(present, folder) if present and same_format(present) else {}
    store = EmbeddedStore.create(folder)
    # They describe the graph as it was.
    store.engine.remove_graph(ox.NamedNode(iris.MEASUREMENTS_GRAPH))
    for graph in sorted(held):
        if graph.startswith(iris.GRAPHS) and held[graph] != wanted.get(graph, ("", ()))[0]:
            store.engine.remove_graph(ox.NamedNode(graph))
    missing = [content for graph, (key, content) in wanted.items() if held.get(graph) != key]
    store.extend(chain.from_iterable(quads for quads in missing if not isinstance(quads, Entry)))
    sources = cache.stream(entry for entry in missing if isinstance(entry, Entry))
    store.engine.bulk_load(sources, format=ox.RdfFormat.N_QUADS)
    return store


def derive(store: EmbeddedStore) -> None:
    """Make the derived graphs anew: edges from asserted claims, then what the rules find."""
    materialise(store.engine)
    infer(store.engine)
    store.engine.flush()


def _copy(present: Path, folder: Path) -> dict[str, object]:
    """Start from the last store; what it holds, or nothing where it cannot be copied."""
    try:
        ox.Store.read_only(str(present / "store")).backup(str(folder))
    except (OSError, RuntimeError) as error:
        if is_full(error):
            raise
        for leftover in folder.parent.glob(f"{folder.name}*"):
            shutil.rmtree(leftover)
        return {}
    if (present / IMPORTS).is_file():
        shutil.copy2(present / IMPORTS, folder.parent)
    return read_json(present / MANIFEST)


def is_full(error: OSError | RuntimeError) -> bool:
    """Whether the disk is full: the engine passes on the system's words without its number.

    >>> is_full(OSError("IO error: No space left on device: While appending to file"))
    True
    """
    return "No space left" in str(error) or "Disk quota exceeded" in str(error)
