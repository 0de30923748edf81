"""Pattern scans that several rooms share: over one predicate at a time, kept as strings.

Each term that leaves the engine costs a look-up, and a graph may hold millions of coded events. Who does not ask
about these therefore leaves the graphs of data sets out within the engine, by `outside_datasets`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from policygraph import iris

if TYPE_CHECKING:
    from policygraph.interfaces import GraphReader

_ENDS = attrgetter("subject.value", "object.value")
_GRAPHS = """
SELECT ?property ?graph {{
  VALUES ?property {{ {properties} }} VALUES ?graph {{ {graphs} }}
  FILTER EXISTS {{ GRAPH ?graph {{ ?subject ?property ?object }} }}
}}"""
_OUTSIDE = """
SELECT ?subject ?object (LANG(?object) AS ?language) {{
  VALUES ?graph {{ {graphs} }} GRAPH ?graph {{ ?subject {property} ?object }}
}}"""


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

    return reader.scan(subject=node(subject), predicate=node(predicate), object=node(object), graph=node(graph))


def pairs(
    reader: GraphReader, predicate: str, graph: str | None = None, skip: Collection[str] = ()
) -> Iterator[tuple[str, str]]:
    """Subject and object of every quad with a property, but for the graphs in `skip`."""
    found = quads(reader, predicate, graph=graph)
    return map(_ENDS, found if not skip else (quad for quad in found if _graph(quad) not in skip))


def _graph(quad: Any) -> str:
    return getattr(quad.graph_name, "value", "")


def graphs_with(reader: GraphReader, *predicates: str) -> dict[str, list[str]]:
    """The graphs that say something with each of these properties, in alphabetical order."""
    asked = _GRAPHS.format(properties=_iris(predicates), graphs=_iris(reader.graphs()))
    found: dict[str, list[str]] = {predicate: [] for predicate in predicates}
    for predicate, graph in reader.rows(asked):
        found[predicate].append(str(graph))
    return {predicate: sorted(graphs) for predicate, graphs in found.items()}


def outside_datasets(reader: GraphReader, predicate: str) -> Iterator[tuple[str, str, str]]:
    """Subject, object and its language of every quad with a property, but for what data sets of events say."""
    outside = (graph for graph in reader.graphs() if not graph.startswith(iris.DATASET_GRAPHS))
    asked = _OUTSIDE.format(property=f"<{predicate}>", graphs=_iris(outside))
    for subject, value, language in reader.rows(asked):
        yield str(subject), str(value), language or ""


def _iris(names: Iterable[str]) -> str:
    """Names as a query has them."""
    import pyoxigraph as ox

    return " ".join(str(ox.NamedNode(name)) for name in names)


def mapping(
    reader: GraphReader, predicate: str, graph: str | None = None, skip: Collection[str] = ()
) -> dict[str, str]:
    """Subject to object; where a subject has several, the first in alphabetical order."""
    return _firsts(list(pairs(reader, predicate, graph, skip)))


def mapping_outside(reader: GraphReader, predicate: str) -> dict[str, str]:
    """As `mapping`, but for what data sets of events say."""
    return _firsts([(subject, value) for subject, value, _ in outside_datasets(reader, predicate)])


def _firsts(told: list[tuple[str, str]]) -> dict[str, str]:
    found = dict(told)
    # Most properties have one object a subject: only the others need sorting.
    return found if len(found) == len(told) else dict(sorted(told, reverse=True))


def grouped(
    reader: GraphReader, predicate: str, graph: str | None = None, skip: Collection[str] = ()
) -> dict[str, list[str]]:
    """Subject to all its objects, each once, in alphabetical order."""
    found: dict[str, list[str]] = {}
    for subject, value in pairs(reader, predicate, graph, skip):
        if subject in found:
            found[subject].append(value)
        else:
            found[subject] = [value]
    for values in found.values():
        if len(values) > 1:
            values[:] = sorted(set(values))
    return found


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
