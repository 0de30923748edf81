"""Pattern scans that several rooms share: over one predicate at a time, kept as strings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from policygraph import iris

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader


def quads(
    reader: GraphReader,
    predicate: str | None,
    object: str | None = None,
    graph: str | None = None,
    subject: str | None = None,
) -> Iterator[Any]:
    """Quads that fit a pattern of IRIs; None fits all."""
    import pyoxigraph as ox

    def node(iri: str | None) -> ox.NamedNode | None:
        return None if iri is None else ox.NamedNode(iri)

    return reader.scan(node(subject), node(predicate), node(object), node(graph))


def mapping(reader: GraphReader, predicate: str, graph: str | None = None) -> dict[str, str]:
    """Subject to object; where a subject has several, the first in alphabetical order."""
    found: dict[str, str] = {}
    for quad in quads(reader, predicate, graph=graph):
        subject, value = quad.subject.value, quad.object.value
        if subject not in found or value < found[subject]:
            found[subject] = value
    return found


def grouped(reader: GraphReader, predicate: str, graph: str | None = None) -> dict[str, list[str]]:
    """Subject to all its objects, each once, in alphabetical order."""
    found: dict[str, set[str]] = {}
    for quad in quads(reader, predicate, graph=graph):
        found.setdefault(quad.subject.value, set()).add(quad.object.value)
    return {subject: sorted(values) for subject, values in found.items()}


def read_countries(reader: GraphReader, *, inferred: bool = False) -> dict[str, tuple[str, ...]]:
    """The countries that each actor acts for and each place lies in, as IRIs.

    Follows `actsFor`, `governs` and `administrationOf` then `governs` for
    actors, `within` upwards for places. Countries that the words only let
    guess (`mayActFor`) count when `inferred` is true and nothing firm is known.
    """
    found: dict[str, set[str]] = {}
    governs = grouped(reader, iris.term("governs"))
    for predicate in ("actsFor", "governs"):
        for actor, countries in grouped(reader, iris.term(predicate)).items():
            found.setdefault(actor, set()).update(countries)
    for administration, governments in grouped(reader, iris.term("administrationOf")).items():
        for government in governments:
            found.setdefault(administration, set()).update(governs.get(government, ()))
    if inferred:
        for actor, countries in grouped(reader, iris.term("mayActFor")).items():
            if not found.get(actor):
                found[actor] = set(countries)
    found.update(_places(reader))
    return {iri: tuple(sorted(countries)) for iri, countries in found.items() if countries}


def _places(reader: GraphReader) -> dict[str, set[str]]:
    countries = {q.subject.value for q in quads(reader, iris.RDF + "type", iris.term("Country"))}
    within = grouped(reader, iris.term("within"))
    found = {iri: {iri} for iri in countries}
    for place in within:
        reached: set[str] = set()
        queue = [place]
        while queue:
            here = queue.pop()
            queue += [up for up in within.get(here, ()) if up not in reached]
            reached.update(within.get(here, ()))
        if place not in countries and reached & countries:
            found[place] = reached & countries
    return found
