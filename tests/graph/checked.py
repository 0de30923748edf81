"""A small graph that is right in every way, for tests that break it."""

from functools import cache
from pathlib import Path

import pyoxigraph as ox

from policygraph import iris, resources

DATA = Path(__file__).parents[1] / "data" / "checked"
TEXT = (DATA / "source.txt").read_text(encoding="utf-8")
DOC = iris.document_id(TEXT.encode())

PREFIXES = (
    "\n".join(f"PREFIX {name}: <{iri}>" for name, iri in iris.PREFIXES.items())
    + f"\nPREFIX person: <{iris.thing('person/')}> PREFIX place: <{iris.thing('place/')}>"
    + f"\nPREFIX country: <{iris.thing('country/')}> PREFIX government: <{iris.thing('government/')}>"
    + f"\nPREFIX source: <{iris.SOURCE_GRAPHS}>\n"
)


def load_schema(store: ox.Store) -> None:
    """Put the ontology and its vocabularies into the schema graph."""
    folder = resources.ontology()
    for path in [folder / "policygraph.ttl", folder / "alignments.ttl", *sorted((folder / "vocab").glob("*.ttl"))]:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(iris.SCHEMA_GRAPH))


def checked_graph() -> ox.Store:
    """The whole small graph, without what rules infer."""
    store = ox.Store()
    store.bulk_load(_checked(), ox.RdfFormat.N_QUADS)
    return store


@cache
def _checked() -> bytes:
    store = ox.Store()
    load_schema(store)
    store.load(path=str(DATA / "graph.trig"), format=ox.RdfFormat.TRIG)
    return store.dump(format=ox.RdfFormat.N_QUADS)


def text_of(doc_id: str) -> str | None:
    """The stored text of the one source."""
    return TEXT if doc_id == DOC else None
